"""Steps of a dwelling's life: from vacancy to contract, and to the tenancy's end.

Each command is one event. It is appended on condition that the dwelling has taken no other step,
that the organisation's ledger has not moved where the step counts in it, and that nothing in the
boundary of a receipt it rests on is newer than the position that receipt was known at. When
something has moved, the command is decided anew: it then goes on, or says what stands in its way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from eventsourcing.dcb.api import DCBQueryItem

from domain import events, facts, tenancy
from domain.data_classes import DataClass, SubjectKind
from domain.facts import Channel, DwellingKind, EndCause, Party, ShareBasis
from domain.ledger import Ledger, RoomsUnknownError, Turn, ledger
from domain.reference import View
from domain.tenancy import State
from husret_verify.event import event_id
from services.answers.receipts import Receipts
from services.facts.fields import FieldErrors
from services.facts.recording import (
    Command,
    Context,
    Draft,
    Prepared,
    SubjectUnknown,
    Written,
    _in_time,
)
from services.facts.taken_over import steps_of
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.persons.reading import Reader, tag
from services.tenancies.lives import Life, Lives
from services.tenancies.requirements import Requirements, StepBasis, StepRefused, require_person

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
_CRITERIA_TYPES = [events.BY_FACT[facts.CriteriaSet].name, _RETRACTED]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who takes a step, under which request, and until when."""

    context: Context
    request_id: UUID
    validate_only: bool = False
    in_time: Callable[[], None] = _in_time

    @property
    def reader(self) -> Reader:
        """Who reads what is needed for the step."""
        return self.context.reader()


class Tenancies:
    """The steps of the dwellings of one instance."""

    def __init__(self, instance: Instance, receipts: Receipts) -> None:
        self.lives = Lives(instance)
        self._instance = instance
        self._requirements = Requirements(instance, receipts, self.lives)

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
            rooms=about.rooms,
            awaits_other_use=awaits_other_use,
        )

        def check(life: Life, view: View) -> Prepared:
            now = view.dwelling(dwelling, vacant_from)
            if now is None or found is None or now.event_id != found.event_id:
                raise StepRefused("the dwelling was corrected or taken back meanwhile; ask again")
            ended = life.last(facts.TenancyEnded)
            if ended is not None:
                before = self.lives.read(ended, caller.reader).fact
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
        event, opened = self.lives.open_step(vacancy, facts.VacancyRecorded)
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
        way: int | None = None,
    ) -> list[Written]:
        """Give a vacancy to the channel that is due, or to one that may go out of turn."""
        event, opened = self.lives.open_step(vacancy, facts.VacancyRecorded)
        fact = facts.VacancyAllocated(
            vacancy=vacancy,
            dwelling=opened.dwelling,
            organisation=opened.organisation,
            allocated_on=day,
            channel=channel,
            basis=basis,
            way=way,
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            found = ledger(opened.organisation, view)
            possible = possible_turns(found, vacancy, day)
            if not any(turn.goes(channel, basis, way) for turn in possible):
                due = possible[0]
                named = f"{due.channel} ({due.basis})" if due.basis else f"{due.channel}"
                if due.way is not None:
                    named += f", way {due.way},"
                raise StepRefused(
                    f"channel: {named} is due for this vacancy: of {due.dwellings} dwellings "
                    f"{due.taken} have gone that way, and {due.allowed} may"
                )
            return Prepared(life.position, _ledger_of(opened.organisation, found.criteria))

        return self._take(caller, Draft(fact), opened.dwelling, check)

    def release(
        self, caller: Caller, allocation: UUID, day: date, reason: facts.ReleaseReason
    ) -> list[Written]:
        """Take a vacancy back from the channel that it was allocated to."""
        event, allocated = self.lives.open_step(allocation, facts.VacancyAllocated)
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
            if self.lives.knows_household(life):
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
        basis: StepBasis,
    ) -> list[Written]:
        """Offer a vacant dwelling to a household."""
        event, allocated = self.lives.open_step(allocation, facts.VacancyAllocated)
        if deadline < day:
            raise StepRefused("deadline: lies before the day of the offer")
        fact = facts.OfferMade(
            allocation=allocation,
            offered_on=day,
            deadline=deadline,
            **self._requirements.fields(basis, allocated.dwelling),
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            _require_after("offered_on", day, allocated.allocated_on, "the allocation")
            conditions = self._requirements.require_letting(
                caller.reader, basis, allocation, household, day, life.position
            )
            return Prepared(life.position, conditions=conditions)

        return self._take(caller, self._sealed(fact, household), allocated.dwelling, check)

    def accept(self, caller: Caller, offer: UUID, day: date, basis: StepBasis) -> list[Written]:
        """Record that a household accepts its offer, within the deadline."""
        event, made, household = self.lives.with_household(offer, facts.OfferMade, caller.reader)
        fact = facts.OfferAccepted(
            offer=offer, accepted_on=day, **self._requirements.fields(basis, made.dwelling)
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            _require_after("accepted_on", day, made.offered_on, "the offer")
            if day > made.deadline:
                raise StepRefused(f"the deadline of the offer was {made.deadline}")
            conditions = self._requirements.require_letting(
                caller.reader, basis, made.allocation, household, day, life.position
            )
            return Prepared(life.position, conditions=conditions)

        return self._take(caller, self._sealed(fact, household), made.dwelling, check)

    def refuse(self, caller: Caller, offer: UUID, day: date) -> list[Written]:
        """Record that a household does not want the dwelling, before or after accepting it."""
        event, made, household = self.lives.with_household(offer, facts.OfferMade, caller.reader)
        fact = facts.OfferRefused(dwelling=made.dwelling, offer=offer, refused_on=day)

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            _require_after("refused_on", day, made.offered_on, "the offer")
            return Prepared(life.position)

        return self._take(caller, self._sealed(fact, household), made.dwelling, check)

    def lapse(self, caller: Caller, offer: UUID, day: date) -> list[Written]:
        """Record that an offer's deadline passed without an acceptance."""
        event, made, household = self.lives.with_household(offer, facts.OfferMade, caller.reader)
        fact = facts.OfferLapsed(dwelling=made.dwelling, offer=offer, lapsed_on=day)

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            if day <= made.deadline:
                raise StepRefused(f"the offer stands through {made.deadline}")
            return Prepared(life.position)

        return self._take(caller, self._sealed(fact, household), made.dwelling, check)

    def withdraw_offer(
        self, caller: Caller, offer: UUID, day: date, basis: StepBasis
    ) -> list[Written]:
        """Take an offer back: a named person's decision, against the household."""
        event, made, household = self.lives.with_household(offer, facts.OfferMade, caller.reader)
        fact = facts.OfferWithdrawn(
            offer=offer, withdrawn_on=day, **self._requirements.fields(basis, made.dwelling)
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            _require_after("withdrawn_on", day, made.offered_on, "the offer")
            require_person(basis)
            found = self._requirements.about(caller.reader, basis, household, made.dwelling, day)
            conditions = self._requirements.require_current(found, life.position)
            return Prepared(life.position, conditions=conditions)

        return self._take(caller, self._sealed(fact, household), made.dwelling, check)

    def commence(
        self, caller: Caller, offer: UUID, day: date, first_day: date, basis: StepBasis
    ) -> list[Written]:
        """Make the contract of an accepted offer."""
        event, made, household = self.lives.with_household(offer, facts.OfferMade, caller.reader)
        _, allocated = self.lives.open_step(made.allocation, facts.VacancyAllocated)
        _, vacancy = self.lives.open_step(allocated.vacancy, facts.VacancyRecorded)
        fact = facts.TenancyCommenced(
            offer=offer,
            contract_on=day,
            first_day=first_day,
            **self._requirements.fields(basis, made.dwelling),
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            self._require_accepted(life, day, caller)
            if first_day < vacancy.vacant_from:
                raise StepRefused(
                    f"first_day: the dwelling is vacant from {vacancy.vacant_from} on"
                )
            conditions = self._requirements.require_letting(
                caller.reader,
                basis,
                made.allocation,
                household,
                day,
                life.position,
                first_day,
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
        basis: StepBasis,
    ) -> list[Written]:
        """Record a notice; the landlord's rests on receipts and a named person's decision."""
        event, begun, household = self.lives.tenancy(tenancy_id, caller.reader)
        fact = facts.NoticeGiven(
            tenancy=tenancy_id,
            given_by=by,
            given_on=day,
            last_day=last_day,
            **self._requirements.fields(basis, begun.dwelling),
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            # Of a tenancy from before, the day of the contract may not be known.
            if begun.contract_on is not None:
                _require_after("given_on", day, begun.contract_on, "the contract")
            _require_after("last_day", last_day, day, "the notice")
            conditions = self._requirements.require_landlord(
                caller.reader,
                basis,
                by is Party.LANDLORD,
                fact,
                household,
                day,
                life.position,
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
        basis: StepBasis,
    ) -> list[Written]:
        """Record what ends a tenancy, and with which day."""
        event, begun, household = self.lives.tenancy(tenancy_id, caller.reader)
        fact = facts.TenancyEnded(
            tenancy=tenancy_id,
            cause=cause,
            ended_on=day,
            last_day=last_day,
            **self._requirements.fields(basis, begun.dwelling),
        )

        def check(life: Life, view: View) -> Prepared:
            _require_same(life, event)
            _require_after("last_day", last_day, begun.first_day, "the tenancy's first day")
            if cause is EndCause.NOTICE:
                self._require_notice(life, last_day, caller)
            if cause is EndCause.TERMINATION:
                _require_after("last_day", last_day, day, "the termination")
            conditions = self._requirements.require_landlord(
                caller.reader,
                basis,
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
            life = self.lives.life(dwelling, view.position)
            if life.state not in tenancy.before(step):
                allowed = " or ".join(tenancy.before(step))
                raise StepRefused(f"the dwelling is {life.state}; it must be {allowed}")
            prepared = check(life, view)
            return prepared._replace(rests_on=(*prepared.rests_on, steps_of(dwelling)))

        return command.run([draft], prepare, caller.validate_only, FieldErrors())

    def _sealed(self, fact: Any, household: UUID) -> Draft:
        keys = self._instance.keys
        if keys.known(household) is not SubjectKind.HOUSEHOLD:
            raise SubjectUnknown("no household with this id is registered here")
        token = keys.token(household, DataClass.TENANCY)
        tags = (tag(SubjectKind.HOUSEHOLD, token), f"dwelling:{fact.dwelling}")
        return Draft(fact, household, DataClass.TENANCY, tags=tags)

    def _require_accepted(self, life: Life, day: date, caller: Caller) -> None:
        given = life.last(facts.OfferAccepted)
        accepted = given and self.lives.read(given, caller.reader).fact
        if isinstance(accepted, facts.OfferAccepted):
            _require_after("contract_on", day, accepted.accepted_on, "the acceptance")

    def _require_notice(self, life: Life, last_day: date, caller: Caller) -> None:
        given = life.last(facts.NoticeGiven)
        if life.state is not State.UNDER_NOTICE or given is None:
            raise StepRefused("cause: no notice has been given")
        notice = self.lives.read(given, caller.reader).fact
        if isinstance(notice, facts.NoticeGiven) and last_day != notice.last_day:
            raise StepRefused(f"last_day: the notice runs through {notice.last_day}")


def possible_turns(found: Ledger, vacancy: UUID, day: date) -> list[Turn]:
    """Return the turns that may be taken for a vacancy; the first is due."""
    try:
        return found.possible(vacancy, day)
    except RoomsUnknownError as error:
        raise StepRefused(
            "vacancy_id: a share goes by the number of rooms, which the dwelling was recorded "
            "without: withdraw the vacancy, correct the dwelling, and record the vacancy anew"
        ) from error


def _ledger_of(organisation: str, criteria: Iterable[str]) -> tuple[DCBQueryItem, ...]:
    """Return what moves a ledger: its own events, and the criteria that say its shares."""
    return (
        DCBQueryItem(types=_LEDGER_TYPES, tags=[f"organisation:{organisation}"]),
        *(DCBQueryItem(types=_CRITERIA_TYPES, tags=[f"criteria:{each}"]) for each in criteria),
    )


def _require_same(life: Life, event: RecordedEvent) -> None:
    if not life.stands(event):
        raise StepRefused("a later one has taken the place of what this step follows")


def _require_after(field: str, day: date, earlier: date, what: str) -> None:
    if day < earlier:
        raise StepRefused(f"{field}: lies before {what}, {earlier}")
