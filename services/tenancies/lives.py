"""The lives of dwellings: which steps each has taken, and where it stands."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery

from domain import events, facts, tenancy
from domain.data_classes import DataClass
from domain.ledger import Ledger, ledger
from domain.tenancy import State
from services.facts.taken_over import steps_of
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.persons.reading import Reader
from services.persons.sealing import KeyErased

F = TypeVar("F", bound=facts.Fact)
_OPEN_STEPS = {t.name for t in events.EVENT_TYPES if t.step and t.data_class is None}
_STEP_FACTS = {t.name: t.fact for t in events.EVENT_TYPES if t.step}


class StepUnknown(LookupError):
    """No vacancy, allocation, offer or tenancy has this id."""


class Step(NamedTuple):
    """One step that a dwelling has taken; `household` None: erased, or of the dwelling alone."""

    event: RecordedEvent
    fact: facts.Fact | None
    """None: sealed under a key that was erased."""
    household: UUID | None


class Life(NamedTuple):
    """What a dwelling has gone through, as known at one position."""

    dwelling: str
    position: int
    state: State
    steps: tuple[RecordedEvent, ...]

    def last(self, *types: type[facts.Fact]) -> RecordedEvent | None:
        """Return the last step of these kinds."""
        names = {events.BY_FACT[kind].name for kind in types}
        return next((e for e in reversed(self.steps) if e.type in names), None)

    def stands(self, event: RecordedEvent) -> bool:
        """Tell whether this is the last step of its kind; a tenancy begins by one of two."""
        kind = _STEP_FACTS[event.type]
        last = self.last(*(tenancy.BEGINNINGS if kind in tenancy.BEGINNINGS else (kind,)))
        return last is not None and last.event_id == event.event_id


class Lives:
    """What the dwellings of one instance have gone through."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def life(self, dwelling: str, upto: int | None = None) -> Life:
        """Return where a dwelling stands, by the types of its events alone."""
        position = self._instance.log.head() if upto is None else upto
        read = self._instance.log.read(DCBQuery(items=[steps_of(dwelling)]), upto=position).all()
        state = tenancy.state_of(event.type for event in read)
        return Life(dwelling, position, state, tuple(read))

    def following(self, life: Life) -> list[tuple[str, str]]:
        """Return the methods of the steps that may follow, each with the id that its request names.

        Nothing is unsealed for it.
        """
        held = life.state in tenancy.before(facts.DwellingFreed)
        erased = held and not self.knows_household(life)
        named = []
        for each in tenancy.following(life.state, erased=erased):
            if each.step is facts.TenancyTakenOver and life.last(facts.VacancyRecorded):
                continue
            step = life.last(*each.names) if each.names else None
            named.append(
                (each.method, life.dwelling if step is None else str(UUID(bytes=step.event_id)))
            )
        return named

    def knows_household(self, life: Life) -> bool:
        """Tell whether the household of the last offer or tenancy is there; erased, it is not.

        A contract is of the household of its offer.
        """
        last = life.last(facts.OfferMade, facts.TenancyTakenOver)
        return last is not None and self._whose(last) is not None

    def _whose(self, event: RecordedEvent) -> tuple[UUID, DataClass] | None:
        """Return whose step it is, and of which class; None: it was erased."""
        return self._instance.keys.subject_of(event.tags[0][2:])

    def read(self, event: RecordedEvent, reader: Reader) -> Step:
        """Return what a step says; of an erased household, only that it was taken."""
        if not event.tags[0].startswith("h:"):
            fact = events.decode_fact(event.type, event.schema_version, event.data)
            return Step(event, fact, None)
        found = self._whose(event)
        if found is None:
            return Step(event, None, None)
        self._instance.person_facts.note([(found[1], event.tags[0][2:])], reader)
        return Step(event, self._instance.person_facts.unsealed(event).fact, found[0])

    def open_fact(self, event: RecordedEvent | None) -> facts.Fact | None:
        """Return what an open step says; None for no event, and for any other."""
        if event is None or event.type not in _OPEN_STEPS:
            return None
        return events.decode_fact(event.type, event.schema_version, event.data)

    def ledger(self, organisation: str, at: int | None = None) -> Ledger:
        """Return the allocations of an organisation."""
        return ledger(organisation, self._instance.view(at=at))

    def open_step(self, id: UUID, kind: type[F]) -> tuple[RecordedEvent, F]:
        """Return a step of the dwelling alone, and what it says; raises StepUnknown."""
        event = self._step(id, kind)
        fact: Any = events.decode_fact(event.type, event.schema_version, event.data)
        return event, fact

    def with_household(
        self, id: UUID, kind: type[F], reader: Reader
    ) -> tuple[RecordedEvent, F, UUID]:
        """Return a step, what it says, and its household; raises StepUnknown, and KeyErased."""
        return self._with_household(self._step(id, kind), reader)

    def tenancy(
        self, id: UUID, reader: Reader
    ) -> tuple[RecordedEvent, facts.TenancyCommenced | facts.TenancyTakenOver, UUID]:
        """Return how a tenancy began, and its household; raises StepUnknown, and KeyErased."""
        return self._with_household(self._step(id, *tenancy.BEGINNINGS), reader)

    def _with_household(self, event: RecordedEvent, reader: Reader) -> tuple[Any, Any, UUID]:
        step = self.read(event, reader)
        if step.household is None or step.fact is None:
            raise KeyErased(
                "the household of this step has been erased; FreeDwelling closes what is left"
            )
        return event, step.fact, step.household

    def _step(self, id: UUID, *kinds: type[facts.Fact]) -> RecordedEvent:
        event = self._instance.log.event_by_id(id.bytes)
        names = [events.BY_FACT[kind].name for kind in kinds]
        if event is None or event.type not in names:
            raise StepUnknown(f"no {' or '.join(names)} event has this id")
        return event
