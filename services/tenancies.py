"""Steps of a dwelling's life: from vacancy to contract, and to the tenancy's end.

Each command is one event. It is appended on condition that the dwelling has taken no other step,
that the organisation's ledger has not moved where the step counts in it, and that nothing in the
boundary of a receipt it rests on is newer than the position that receipt was known at. When
something has moved, the command is decided anew: it then goes on, or says what stands in its way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from eventsourcing.dcb.api import DCBAppendCondition, DCBQuery, DCBQueryItem

from domain import events, facts, tenancy
from domain.data_classes import DataClass, SubjectKind
from domain.facts import Channel, DwellingKind, EndCause, Party, ShareBasis
from domain.law.kernel import Outcome
from domain.ledger import Ledger, ledger
from domain.reference import View
from domain.tenancy import State
from services.answers import Answers, Resting
from services.fields import FieldErrors
from services.instance import Instance, event_id
from services.log.event import RecordedEvent
from services.person_facts import Reader, tag
from services.persons.sealing import KeyErased
from services.recording import (
    Command,
    Context,
    Draft,
    InvariantBroken,
    Prepared,
    SubjectUnknown,
    Written,
    _in_time,
)

F = TypeVar("F", bound=facts.Fact)

MOST_RECEIPTS = 10
"""Most receipts that one step rests on."""

_LEDGER_TYPES = [
    events.BY_FACT[fact].name
    for fact in (
        facts.LettingShareDecided,
        facts.VacancyAllocated,
        facts.AllocationReleased,
        facts.Retracted,
    )
]
_RETRACTED = events.BY_FACT[facts.Retracted].name
_OPEN_STEPS = {t.name for t in events.EVENT_TYPES if t.step and t.data_class is None}
_STEP_FACTS = {t.name: t.fact for t in events.EVENT_TYPES if t.step}


class StepUnknown(LookupError):
    """No vacancy, allocation, offer or tenancy has this id."""


class StaleReceipt(ValueError):
    """Something in the boundary of a receipt is newer than what it was decided on."""

    def __init__(self, index: int, type: str, position: int) -> None:
        super().__init__(
            f"receipts[{index}] is outdated: the event at position {position} ({type}) is newer "
            "than what it was decided on; ask again, and rest on the new receipt"
        )
        self.index = index
        self.type = type
        self.position = position


class StepRefused(InvariantBroken):
    """The step may not be taken as things stand; the message says why."""


class Decided(NamedTuple):
    """What a step rests on: receipts, and the named person's decision where there is one."""

    receipts: tuple[UUID, ...] = ()
    decided_by: str = ""
    reasons: str = ""
    party_heard: bool | None = None

    @property
    def by_person(self) -> bool:
        """Tell whether a named person has decided, with reasons, and says who was heard."""
        return bool(self.decided_by and self.reasons) and self.party_heard is not None


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
        """Tell whether this is the last step of its kind."""
        last = self.last(_STEP_FACTS[event.type])
        return last is not None and last.event_id == event.event_id


@dataclass(frozen=True, slots=True)
class Caller:
    """Who takes a step, under which request, and until when."""

    context: Context
    request_id: UUID
    validate_only: bool = False
    in_time: Callable[[], None] = _in_time


class Tenancies:
    """The steps of the dwellings of one instance."""

    def __init__(self, instance: Instance, answers: Answers) -> None:
        self._instance = instance
        self._answers = answers

    # -- looking

    def life(self, dwelling: str, upto: int | None = None) -> Life:
        """Return where a dwelling stands, by the types of its events alone."""
        position = self._instance.log.head() if upto is None else upto
        read = self._instance.log.read(DCBQuery(items=[_steps_of(dwelling)]), upto=position).all()
        state = tenancy.state_of(event.type for event in read)
        return Life(dwelling, position, state, tuple(read))

    def read(self, event: RecordedEvent, reader: Reader) -> Step:
        """Return what a step says; of an erased household, only that it was taken."""
        if not event.tags[0].startswith("h:"):
            fact = events.decode_fact(event.type, event.schema_version, event.data)
            return Step(event, fact, None)
        found = self._instance.keys.subject_of(event.tags[0][2:])
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

    # -- steps of the dwelling alone

    def record_vacancy(
        self,
        caller: Caller,
        dwelling: str,
        vacant_from: date,
        *,
        awaits_other_use: bool = False,
        wrong: FieldErrors,
    ) -> list[Written]:
        """Record that a dwelling is vacant from a day."""
        recorded = self._recorded_vacancy(caller, dwelling)
        found = self._instance.view().dwelling(dwelling, vacant_from)
        if recorded is not None:
            # A repeat; the dwelling may have been corrected since.
            found = None
        elif found is None:
            wrong.add("dwelling_id", "no dwelling is recorded under this id for the day")
        elif not found.fact.organisation or not found.fact.department:
            wrong.add(
                "dwelling_id",
                "is recorded without its organisation or department; correct that fact",
            )
        elif found.fact.kind is DwellingKind.ELDERLY:
            wrong.add(
                "dwelling_id",
                "is a dwelling for the elderly: those are allocated under § 54, not held here",
            )
        wrong.raise_if_any()
        about = recorded if found is None else found.fact
        assert about is not None  # else the field was noted as wrong
        fact = facts.VacancyRecorded(
            dwelling=dwelling,
            organisation=about.organisation,
            department=about.department,
            kind=about.kind,
            vacant_from=vacant_from,
            awaits_other_use=awaits_other_use,
        )

        def check(life: Life, view: View) -> Prepared:
            now = view.dwelling(dwelling, vacant_from)
            if now is None or found is None or now.event_id != found.event_id:
                raise StepRefused("the dwelling was corrected or taken back meanwhile; ask again")
            ended = life.last(facts.TenancyEnded)
            if ended is not None:
                before = self.read(ended, caller.context.reader()).fact
                if isinstance(before, facts.TenancyEnded) and before.last_day >= vacant_from:
                    raise StepRefused("vacant_from: the tenancy before it has not ended by then")
            of_dwelling = DCBQueryItem(
                types=[events.BY_FACT[facts.DwellingRecorded].name, _RETRACTED],
                tags=[f"dwelling:{dwelling}"],
            )
            return Prepared(life.position, (of_dwelling,))

        return self._take(caller, Draft(fact), dwelling, check)

    def _recorded_vacancy(self, caller: Caller, dwelling: str) -> facts.VacancyRecorded | None:
        """Return the vacancy of this dwelling that the same request recorded before."""
        id = event_id(self._instance.log_id, caller.request_id, 0)
        event = self._instance.log.event_by_id(id)
        if event is None or event.type != events.BY_FACT[facts.VacancyRecorded].name:
            return None
        fact = events.decode_fact(event.type, event.schema_version, event.data)
        if isinstance(fact, facts.VacancyRecorded) and fact.dwelling == dwelling:
            return fact
        return None

    def withdraw_vacancy(
        self, caller: Caller, vacancy: UUID, day: date, reason: facts.WithdrawalReason
    ) -> list[Written]:
        """Close a vacancy without a contract."""
        event, opened = self._open_step(vacancy, facts.VacancyRecorded)
        fact = facts.VacancyWithdrawn(
            vacancy=vacancy,
            dwelling=opened.dwelling,
            organisation=opened.organisation,
            withdrawn_on=day,
            reason=reason,
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            return Prepared(life.position)

        return self._take(caller, Draft(fact), opened.dwelling, check)

    def allocate(
        self,
        caller: Caller,
        vacancy: UUID,
        day: date,
        channel: Channel,
        basis: ShareBasis | None,
    ) -> list[Written]:
        """Give a vacancy to the channel that is due, or to one that may go out of turn."""
        event, opened = self._open_step(vacancy, facts.VacancyRecorded)
        fact = facts.VacancyAllocated(
            vacancy=vacancy,
            dwelling=opened.dwelling,
            organisation=opened.organisation,
            allocated_on=day,
            channel=channel,
            basis=basis,
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            possible = ledger(opened.organisation, view).possible(vacancy, day)
            if not any(turn.channel is channel and turn.basis is basis for turn in possible):
                due = possible[0]
                named = f"{due.channel} ({due.basis})" if due.basis else f"{due.channel}"
                raise StepRefused(
                    f"channel: {named} is due for this vacancy: of {due.dwellings} dwellings "
                    f"{due.taken} have gone that way, and {due.allowed} may"
                )
            return Prepared(life.position, (_ledger_of(opened.organisation),))

        return self._take(caller, Draft(fact), opened.dwelling, check)

    def release(
        self, caller: Caller, allocation: UUID, day: date, reason: facts.ReleaseReason
    ) -> list[Written]:
        """Take a vacancy back from the channel that it was allocated to."""
        event, allocated = self._open_step(allocation, facts.VacancyAllocated)
        if reason is facts.ReleaseReason.GIVEN_BACK and allocated.channel is not Channel.REFERRAL:
            raise StepRefused("reason: only the municipality gives a dwelling back")
        fact = facts.AllocationReleased(
            allocation=allocation,
            dwelling=allocated.dwelling,
            organisation=allocated.organisation,
            released_on=day,
            reason=reason,
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            _require_after("released_on", day, allocated.allocated_on, "the allocation")
            return Prepared(life.position)

        return self._take(caller, Draft(fact), allocated.dwelling, check)

    def free(self, caller: Caller, dwelling: str, day: date) -> list[Written]:
        """Close what is left of an offer or tenancy whose household has been erased."""

        def check(life: Life, view: View) -> Prepared:
            last = life.last(facts.OfferMade)
            if last is not None and self._instance.keys.subject_of(last.tags[0][2:]) is not None:
                raise StepRefused(
                    "the household is known here: end its tenancy, or withdraw its offer"
                )
            return Prepared(life.position)

        fact = facts.DwellingFreed(dwelling=dwelling, freed_on=day)
        return self._take(caller, Draft(fact), dwelling, check)

    # -- steps with a household

    def offer(
        self,
        caller: Caller,
        allocation: UUID,
        household: UUID,
        day: date,
        deadline: date,
        decided: Decided,
    ) -> list[Written]:
        """Offer a vacant dwelling to a household."""
        event, allocated = self._open_step(allocation, facts.VacancyAllocated)
        if deadline < day:
            raise StepRefused("deadline: lies before the day of the offer")
        fact = facts.OfferMade(
            allocation=allocation,
            offered_on=day,
            deadline=deadline,
            **self._resting(decided, allocated.dwelling),
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            _require_after("offered_on", day, allocated.allocated_on, "the allocation")
            conditions = self._require_letting(
                caller, decided, allocation, household, day, life.position
            )
            return Prepared(life.position, conditions=conditions)

        return self._take(caller, self._sealed(fact, household), allocated.dwelling, check)

    def accept(self, caller: Caller, offer: UUID, day: date, decided: Decided) -> list[Written]:
        """Record that a household accepts its offer, within the deadline."""
        event, made, household = self._with_household(offer, facts.OfferMade, caller)
        fact = facts.OfferAccepted(
            offer=offer, accepted_on=day, **self._resting(decided, made.dwelling)
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            _require_after("accepted_on", day, made.offered_on, "the offer")
            if day > made.deadline:
                raise StepRefused(f"the deadline of the offer was {made.deadline}")
            conditions = self._require_letting(
                caller, decided, made.allocation, household, day, life.position
            )
            return Prepared(life.position, conditions=conditions)

        return self._take(caller, self._sealed(fact, household), made.dwelling, check)

    def refuse(self, caller: Caller, offer: UUID, day: date) -> list[Written]:
        """Record that a household does not want the dwelling, before or after accepting it."""
        event, made, household = self._with_household(offer, facts.OfferMade, caller)
        fact = facts.OfferRefused(dwelling=made.dwelling, offer=offer, refused_on=day)

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            _require_after("refused_on", day, made.offered_on, "the offer")
            return Prepared(life.position)

        return self._take(caller, self._sealed(fact, household), made.dwelling, check)

    def lapse(self, caller: Caller, offer: UUID, day: date) -> list[Written]:
        """Record that an offer's deadline passed without an acceptance."""
        event, made, household = self._with_household(offer, facts.OfferMade, caller)
        fact = facts.OfferLapsed(dwelling=made.dwelling, offer=offer, lapsed_on=day)

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            if day <= made.deadline:
                raise StepRefused(f"the offer stands through {made.deadline}")
            return Prepared(life.position)

        return self._take(caller, self._sealed(fact, household), made.dwelling, check)

    def withdraw_offer(
        self, caller: Caller, offer: UUID, day: date, decided: Decided
    ) -> list[Written]:
        """Take an offer back: a named person's decision, against the household."""
        event, made, household = self._with_household(offer, facts.OfferMade, caller)
        fact = facts.OfferWithdrawn(
            offer=offer, withdrawn_on=day, **self._resting(decided, made.dwelling)
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            _require_after("withdrawn_on", day, made.offered_on, "the offer")
            _require_person(decided)
            found = self._receipts(caller, decided, household, made.dwelling, day)
            conditions = self._require_current(found, life.position)
            return Prepared(life.position, conditions=conditions)

        return self._take(caller, self._sealed(fact, household), made.dwelling, check)

    def commence(
        self, caller: Caller, offer: UUID, day: date, first_day: date, decided: Decided
    ) -> list[Written]:
        """Make the contract of an accepted offer."""
        event, made, household = self._with_household(offer, facts.OfferMade, caller)
        _, allocated = self._open_step(made.allocation, facts.VacancyAllocated)
        _, vacancy = self._open_step(allocated.vacancy, facts.VacancyRecorded)
        fact = facts.TenancyCommenced(
            offer=offer,
            contract_on=day,
            first_day=first_day,
            **self._resting(decided, made.dwelling),
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            self._require_accepted(life, day, caller)
            if first_day < vacancy.vacant_from:
                raise StepRefused(
                    f"first_day: the dwelling is vacant from {vacancy.vacant_from} on"
                )
            conditions = self._require_letting(
                caller, decided, made.allocation, household, day, life.position, first_day
            )
            return Prepared(life.position, conditions=conditions)

        return self._take(caller, self._sealed(fact, household), made.dwelling, check)

    def give_notice(
        self,
        caller: Caller,
        tenancy_id: UUID,
        by: Party,
        day: date,
        last_day: date,
        decided: Decided,
    ) -> list[Written]:
        """Record a notice; the landlord's rests on receipts and a named person's decision."""
        event, begun, household = self._with_household(tenancy_id, facts.TenancyCommenced, caller)
        fact = facts.NoticeGiven(
            tenancy=tenancy_id,
            given_by=by,
            given_on=day,
            last_day=last_day,
            **self._resting(decided, begun.dwelling),
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            _require_after("given_on", day, begun.contract_on, "the contract")
            _require_after("last_day", last_day, day, "the notice")
            conditions = self._require_landlord(
                caller, decided, by is Party.LANDLORD, fact, household, day, life.position
            )
            return Prepared(life.position, conditions=conditions)

        return self._take(caller, self._sealed(fact, household), begun.dwelling, check)

    def end(
        self,
        caller: Caller,
        tenancy_id: UUID,
        cause: EndCause,
        day: date,
        last_day: date,
        decided: Decided,
    ) -> list[Written]:
        """Record what ends a tenancy, and with which day."""
        event, begun, household = self._with_household(tenancy_id, facts.TenancyCommenced, caller)
        fact = facts.TenancyEnded(
            tenancy=tenancy_id,
            cause=cause,
            ended_on=day,
            last_day=last_day,
            **self._resting(decided, begun.dwelling),
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            _require_after("last_day", last_day, begun.first_day, "the tenancy's first day")
            if cause is EndCause.NOTICE:
                self._require_notice(life, last_day, caller)
            if cause is EndCause.TERMINATION:
                _require_after("last_day", last_day, day, "the termination")
            conditions = self._require_landlord(
                caller,
                decided,
                cause is EndCause.TERMINATION,
                fact,
                household,
                day,
                life.position,
            )
            return Prepared(life.position, conditions=conditions)

        return self._take(caller, self._sealed(fact, household), begun.dwelling, check)

    # -- taking a step

    def _take(
        self,
        caller: Caller,
        draft: Draft,
        dwelling: str,
        check: Callable[[Life, View], Prepared],
    ) -> list[Written]:
        command = Command(self._instance, caller.context, caller.request_id, caller.in_time)
        step = type(draft.fact)

        def prepare() -> Prepared:
            view = self._instance.view()
            life = self.life(dwelling, view.position)
            if life.state not in tenancy.before(step):
                allowed = " or ".join(tenancy.before(step))
                raise StepRefused(f"the dwelling is {life.state}; it must be {allowed}")
            prepared = check(life, view)
            return prepared._replace(rests_on=(*prepared.rests_on, _steps_of(dwelling)))

        return command.run([draft], prepare, caller.validate_only, FieldErrors())

    def _sealed(self, fact: Any, household: UUID) -> Draft:
        keys = self._instance.keys
        if keys.known(household) is not SubjectKind.HOUSEHOLD:
            raise SubjectUnknown("no household with this id is registered here")
        token = keys.token(household, DataClass.TENANCY)
        tags = (tag(SubjectKind.HOUSEHOLD, token), f"dwelling:{fact.dwelling}")
        return Draft(fact, household, DataClass.TENANCY, tags=tags)

    def _open_step(self, id: UUID, kind: type[F]) -> tuple[RecordedEvent, F]:
        event = self._step(id, kind)
        fact: Any = events.decode_fact(event.type, event.schema_version, event.data)
        return event, fact

    def _with_household(
        self, id: UUID, kind: type[F], caller: Caller
    ) -> tuple[RecordedEvent, F, UUID]:
        event = self._step(id, kind)
        step = self.read(event, caller.context.reader())
        if step.household is None or step.fact is None:
            raise KeyErased(
                "the household of this step has been erased; FreeDwelling closes what is left"
            )
        fact: Any = step.fact
        return event, fact, step.household

    def _step(self, id: UUID, kind: type[facts.Fact]) -> RecordedEvent:
        event = self._instance.log.event_by_id(id.bytes)
        if event is None or event.type != events.BY_FACT[kind].name:
            raise StepUnknown(f"no {events.BY_FACT[kind].name} event has this id")
        return event

    # -- receipts

    def _resting(self, decided: Decided, dwelling: str) -> dict[str, Any]:
        """Return the fields of a step that say what it rests on and who decided."""
        hashes = tuple(self._answers.hash_of(each).hex() for each in decided.receipts)
        return {
            "dwelling": dwelling,
            "receipts": decided.receipts,
            "receipt_hashes": hashes,
            "decided_by": decided.decided_by,
            "reasons": decided.reasons,
            "party_heard": decided.party_heard,
        }

    def _receipts(
        self, caller: Caller, decided: Decided, household: UUID, dwelling: str, day: date
    ) -> list[Resting]:
        """Return the receipts as decided again, each about this household, dwelling and day."""
        found = []
        for id in decided.receipts:
            resting = self._answers.resting(self._answers.find(id), caller.context.reader())
            question = resting.answer.decision.question
            if question.household != household:
                raise StepRefused("receipts: one is about another household")
            named = tenancy.dwellings_of(question)
            if named and dwelling not in named:
                raise StepRefused("receipts: one is about another dwelling")
            if question.day != day:
                raise StepRefused(
                    f"receipts: one answers for {question.day}, and the step is taken on {day}; "
                    "ask for that day"
                )
            if not resting.holds:
                raise StepRefused("receipts: what one rests on has been erased; ask again")
            found.append(resting)
        return found

    def _require_letting(
        self,
        caller: Caller,
        decided: Decided,
        allocation: UUID,
        household: UUID,
        day: date,
        position: int,
        first_day: date | None = None,
    ) -> tuple[DCBAppendCondition, ...]:
        """Require receipts that permit the letting; return what must not have moved."""
        _, allocated = self._open_step(allocation, facts.VacancyAllocated)
        _, vacancy = self._open_step(allocated.vacancy, facts.VacancyRecorded)
        kind = self._instance.created.controller_kind
        questions = tenancy.letting_questions(kind, allocated.channel, allocated.basis)
        found = self._receipts(caller, decided, household, allocated.dwelling, day)
        for resting in found:
            question = resting.answer.decision.question
            if not tenancy.asks_about(
                question,
                allocated.dwelling,
                vacancy.kind,
                allocated.channel,
                allocated.basis,
            ):
                raise StepRefused(
                    "receipts: one was asked on another basis than the dwelling is allocated on"
                )
            takeover = tenancy.takeover_of(question)
            if first_day is not None and takeover not in (None, first_day):
                raise StepRefused(
                    f"first_day: a receipt was asked for a takeover on {takeover}; ask for this day"
                )
        _require_outcomes(found, questions, decided)
        if not questions:
            _require_person(decided)
        return self._require_current(found, position)

    def _require_landlord(
        self,
        caller: Caller,
        decided: Decided,
        by_landlord: bool,
        fact: facts.NoticeGiven | facts.TenancyEnded,
        household: UUID,
        day: date,
        position: int,
    ) -> tuple[DCBAppendCondition, ...]:
        found = self._receipts(caller, decided, household, fact.dwelling, day)
        if by_landlord:
            _require_outcomes(found, tenancy.LANDLORD_QUESTIONS[type(fact)], decided)
            _require_person(decided)
            if isinstance(fact, facts.NoticeGiven):
                _require_length(fact, found)
        return self._require_current(found, position)

    def _require_accepted(self, life: Life, day: date, caller: Caller) -> None:
        given = life.last(facts.OfferAccepted)
        accepted = given and self.read(given, caller.context.reader()).fact
        if isinstance(accepted, facts.OfferAccepted):
            _require_after("contract_on", day, accepted.accepted_on, "the acceptance")

    def _require_notice(self, life: Life, last_day: date, caller: Caller) -> None:
        given = life.last(facts.NoticeGiven)
        if life.state is not State.UNDER_NOTICE or given is None:
            raise StepRefused("cause: no notice has been given")
        notice = self.read(given, caller.context.reader()).fact
        if isinstance(notice, facts.NoticeGiven) and last_day != notice.last_day:
            raise StepRefused(f"last_day: the notice runs through {notice.last_day}")

    def _require_current(
        self, found: Iterable[Resting], position: int
    ) -> tuple[DCBAppendCondition, ...]:
        """Require that nothing has moved any receipt; return that as conditions."""
        conditions = []
        for index, resting in enumerate(found):
            known = resting.answer.decision.position
            moved = self._instance.log.read(
                resting.boundary, after=known, upto=position, limit=1
            ).all()
            if moved:
                raise StaleReceipt(index, moved[0].type, moved[0].position)
            conditions.append(DCBAppendCondition(resting.boundary, known))
        return tuple(conditions)


def _steps_of(dwelling: str) -> DCBQueryItem:
    return DCBQueryItem(types=list(tenancy.STEPS), tags=[f"dwelling:{dwelling}"])


def _ledger_of(organisation: str) -> DCBQueryItem:
    return DCBQueryItem(types=_LEDGER_TYPES, tags=[f"organisation:{organisation}"])


def _require_same(life: Life, event: RecordedEvent) -> None:
    if not life.stands(event):
        raise StepRefused("a later one has taken the place of what this step follows")


def _require_after(field: str, day: date, earlier: date, what: str) -> None:
    if day < earlier:
        raise StepRefused(f"{field}: lies before {what}, {earlier}")


def _require_length(notice: facts.NoticeGiven, found: Iterable[Resting]) -> None:
    """Require that a landlord's notice is no shorter than its answer says (§ 88, stk. 1)."""
    for resting in found:
        for value in resting.answer.decision.values:
            if value.name == "earliest_end" and notice.last_day.isoformat() < value.value:
                raise StepRefused(f"last_day: the notice runs to {value.value} at the earliest")


def _require_person(decided: Decided) -> None:
    if not decided.by_person:
        raise StepRefused(
            "decision: a person decides this: give decided_by, reasons and party_heard"
        )


def _require_outcomes(
    found: Sequence[Resting], questions: frozenset[str], decided: Decided
) -> None:
    kinds = {resting.answer.decision.question.kind for resting in found}
    if questions and not questions & kinds:
        named = " or ".join(sorted(questions))
        raise StepRefused(f"receipts: an answer to the question {named} is needed")
    for resting in found:
        outcome = resting.answer.decision.outcome
        if outcome is Outcome.PROHIBITED:
            raise StepRefused("receipts: the answer is PROHIBITED; its receipt says why")
        if outcome is Outcome.UNDETERMINED:
            raise StepRefused(
                "receipts: the answer is UNDETERMINED; its receipt says what is missing"
            )
        if outcome is Outcome.DISCRETIONARY:
            _require_person(decided)
