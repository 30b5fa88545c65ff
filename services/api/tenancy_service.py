"""TenancyService: the steps of a dwelling's life, and the ledger that says which channel is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

import grpc

from domain import facts
from domain.facts.kinds import LONGEST_NAME, LONGEST_REASONS
from domain.ledger import Ledger, Terms, Turn, channel_of
from domain.tenancy import State
from husret.v1 import fact_service_pb2 as messages
from husret.v1 import tenancy_service_pb2 as pb
from husret.v1 import tenancy_service_pb2_grpc as pb_grpc
from services.answers.asking import Answers
from services.api import convert, enums
from services.api.calls import Call, known_request_id, known_uuid, view_for
from services.api.errors import DwellingUnknown
from services.api.fields import UNREAD, Fields
from services.facts.fields import FieldErrors
from services.facts.recording import Written
from services.instance.instance import Instance
from services.tenancies.lives import Life, Step, StepUnknown
from services.tenancies.requirements import MOST_RECEIPTS, StepBasis
from services.tenancies.steps import Caller, Tenancies, possible_turns

W = TypeVar("W", bound=StrEnum)

_DWELLING = "dwelling:"
_OPEN_STATES = (State.VACANT, State.ALLOCATED, State.OFFERED, State.ACCEPTED)


def _words(enum: Any, prefix: str, words: type[W]) -> dict[int, W]:
    """Return the word of each number of an enum whose names are the words in capitals."""
    return {
        number: words(name.removeprefix(prefix).lower()) for name, number in enum.items() if number
    }


CHANNELS = _words(pb.Channel, "CHANNEL_", facts.Channel)
_STATES = _words(pb.DwellingState, "DWELLING_STATE_", State)
_RELEASES = _words(pb.ReleaseReason, "RELEASE_REASON_", facts.ReleaseReason)
_WITHDRAWALS = _words(pb.WithdrawalReason, "WITHDRAWAL_REASON_", facts.WithdrawalReason)
_PARTIES = _words(pb.Party, "PARTY_", facts.Party)
_CAUSES = _words(pb.EndCause, "END_CAUSE_", facts.EndCause)


def _numbers(words: dict[int, W]) -> dict[W, Any]:
    return {word: number for number, word in words.items()}


_CHANNEL_NUMBERS = _numbers(CHANNELS)
_STATE_NUMBERS = _numbers(_STATES)
_RELEASE_NUMBERS = _numbers(_RELEASES)
_BASIS_NUMBERS: dict[facts.ShareBasis, Any] = {
    word: number for number, word in enums.SHARE_BASES.items()
}
_OF_NUMBERS = {word: number for number, word in enums.SHARES_OF.items()}
_COUNTED_BY_NUMBERS = {word: number for number, word in enums.COUNTED_BY.items()}
_ROUNDING_NUMBERS = {word: number for number, word in enums.ROUNDINGS.items()}
_KIND_NUMBERS = {word: number for number, word in enums.DWELLING_KINDS.items()}


class _Request:
    """A request that records a step, read field by field; every wrong field is noted."""

    def __init__(self, message: Any, instance: Instance, call: Call) -> None:
        self.wrong = FieldErrors()
        self._message = message
        self._today = instance.today()
        self._fields = Fields(self.wrong)
        self.caller = Caller(
            convert.context(message.context, self.wrong),
            known_request_id(message.request_id, False, self.wrong) or UNREAD,
            message.validate_only,
            call.check_time,
        )

    def id(self, field: str) -> UUID:
        """Read the id of the step, or household, that the request names."""
        return known_uuid(getattr(self._message, field), field, self.wrong) or UNREAD

    def day(self) -> date:
        """Read the day on which the step is taken: today, or an earlier one."""
        if not self._message.day:
            return self._today
        day = self.any_day("day")
        if day > self._today:
            self.wrong.add("day", f"lies after today, {self._today}")
        return day

    def any_day(self, field: str) -> date:
        """Read a day that may lie ahead."""
        found: date | None = self._fields.day(field, getattr(self._message, field))
        return found or self._today

    def word(self, field: str, words: Mapping[Any, W]) -> Any:
        """Read an enum's value."""
        return self._fields.word(field, getattr(self._message, field), words)

    def dwelling(self) -> str:
        """Read the id of a dwelling."""
        return _dwelling(self._message.dwelling_id, self.wrong)

    def decided(self) -> StepBasis:
        """Read what the step rests on."""
        basis: pb.StepBasis = self._message.basis
        fields = Fields(self.wrong, "basis")
        if len(basis.receipt_ids) > MOST_RECEIPTS:
            fields.bad("receipt_ids", f"at most {MOST_RECEIPTS} receipts")
        found = [
            fields.uuid(f"receipt_ids[{index}]", text)
            for index, text in enumerate(basis.receipt_ids[:MOST_RECEIPTS])
        ]
        for index, each in enumerate(found):
            if each is not None and each in found[:index]:
                fields.bad(f"receipt_ids[{index}]", "is named twice")
        by = fields.text("decided_by", basis.decided_by, LONGEST_NAME, optional=True)
        reasons = basis.reasons.replace("\n", " ")
        fields.text("reasons", reasons, LONGEST_REASONS, optional=True)
        heard = basis.party_heard if basis.HasField("party_heard") else None
        return StepBasis(tuple(each for each in found if each), by or "", basis.reasons, heard)


class TenancyService(pb_grpc.TenancyServiceServicer):
    """Records the steps of the dwellings of one instance, and shows them."""

    def __init__(self, instance: Instance, answers: Answers) -> None:
        self._instance = instance
        self._tenancies = Tenancies(instance, answers.receipts)

    def _read(self, message: Any, context: grpc.ServicerContext) -> _Request:
        return _Request(message, self._instance, Call(context))

    def _step(self, written: Sequence[Written]) -> pb.RecordedStep | None:
        """Return the step recorded, and what may follow it; None after `validate_only`."""
        if not written:
            return None
        id = written[0].fact_id
        event = self._instance.log.event_by_id(id.bytes)
        assert event is not None  # it has just been recorded
        [dwelling] = [each for each in event.tags if each.startswith(_DWELLING)]
        life = self._tenancies.lives.life(dwelling.removeprefix(_DWELLING), event.position)
        return pb.RecordedStep(
            step_id=str(id),
            position=written[0].position,
            state=_STATE_NUMBERS[life.state],
            next=self._next(life),
        )

    def _next(self, life: Life) -> list[pb.NextStep]:
        following = self._tenancies.lives.following(life)
        return [pb.NextStep(method=method, names=names) for method, names in following]

    # -- vacancies

    def RecordVacancy(
        self, request: pb.RecordVacancyRequest, context: grpc.ServicerContext
    ) -> pb.RecordVacancyResponse:
        """Record that a dwelling is vacant from a day."""
        read = self._read(request, context)
        dwelling, vacant_from = read.dwelling(), read.any_day("vacant_from")
        written = self._tenancies.record_vacancy(
            read.caller,
            dwelling,
            vacant_from,
            awaits_other_use=request.awaits_other_use,
            wrong=read.wrong,
        )
        return pb.RecordVacancyResponse(recorded=self._step(written))

    def WithdrawVacancy(
        self, request: pb.WithdrawVacancyRequest, context: grpc.ServicerContext
    ) -> pb.WithdrawVacancyResponse:
        """Close a vacancy without a contract."""
        read = self._read(request, context)
        given = read.id("vacancy_id"), read.day(), read.word("reason", _WITHDRAWALS)
        read.wrong.raise_if_any()
        written = self._tenancies.withdraw_vacancy(read.caller, *given)
        return pb.WithdrawVacancyResponse(recorded=self._step(written))

    def GetDueChannel(
        self, request: pb.GetDueChannelRequest, context: grpc.ServicerContext
    ) -> pb.GetDueChannelResponse:
        """Say which channel is due for a vacancy, and by which count."""
        wrong = FieldErrors()
        convert.context(request.context, wrong)
        vacancy = known_uuid(request.vacancy_id, "vacancy_id", wrong) or UNREAD
        day = self._instance.today()
        if request.day:
            day = Fields(wrong).day("day", request.day) or day
        view = view_for(self._instance, request.consistency, wrong)
        wrong.raise_if_any()
        event = self._instance.log.event_by_id(vacancy.bytes)
        fact = self._tenancies.lives.open_fact(event)
        if not isinstance(fact, facts.VacancyRecorded):
            raise StepUnknown("no vacancy.recorded event has this id")
        ledger = self._tenancies.lives.ledger(fact.organisation, view.position)
        if ledger.vacancy(vacancy) is None:
            raise StepUnknown("no vacancy.recorded event has this id at that position")
        due, *others = possible_turns(ledger, vacancy, day)
        return pb.GetDueChannelResponse(
            due=_turn(due),
            out_of_turn=[_turn(each) for each in others],
            known_at_position=view.position,
        )

    def AllocateVacancy(
        self, request: pb.AllocateVacancyRequest, context: grpc.ServicerContext
    ) -> pb.AllocateVacancyResponse:
        """Give a vacancy to the channel that is due, or to one that goes before it."""
        read = self._read(request, context)
        given = read.id("vacancy_id"), read.day(), read.word("channel", CHANNELS)
        basis = read.word("basis", enums.SHARE_BASES) if request.basis else None
        way = request.way if request.HasField("way") else None
        read.wrong.raise_if_any()
        written = self._tenancies.allocate(read.caller, *given, basis, way)
        return pb.AllocateVacancyResponse(recorded=self._step(written))

    def ReleaseAllocation(
        self, request: pb.ReleaseAllocationRequest, context: grpc.ServicerContext
    ) -> pb.ReleaseAllocationResponse:
        """Take a vacancy back from its channel."""
        read = self._read(request, context)
        given = read.id("allocation_id"), read.day(), read.word("reason", _RELEASES)
        read.wrong.raise_if_any()
        written = self._tenancies.release(read.caller, *given)
        return pb.ReleaseAllocationResponse(recorded=self._step(written))

    # -- offers

    def MakeOffer(
        self, request: pb.MakeOfferRequest, context: grpc.ServicerContext
    ) -> pb.MakeOfferResponse:
        """Offer the dwelling to a household until a deadline."""
        read = self._read(request, context)
        allocation, household = read.id("allocation_id"), read.id("household_id")
        day, deadline, decided = read.day(), read.any_day("deadline"), read.decided()
        if deadline < day:
            read.wrong.add("deadline", f"lies before the day of the offer, {day}")
        read.wrong.raise_if_any()
        written = self._tenancies.offer(read.caller, allocation, household, day, deadline, decided)
        return pb.MakeOfferResponse(recorded=self._step(written))

    def AcceptOffer(
        self, request: pb.AcceptOfferRequest, context: grpc.ServicerContext
    ) -> pb.AcceptOfferResponse:
        """Record an acceptance within the deadline."""
        read = self._read(request, context)
        given = read.id("offer_id"), read.day(), read.decided()
        read.wrong.raise_if_any()
        return pb.AcceptOfferResponse(
            recorded=self._step(self._tenancies.accept(read.caller, *given))
        )

    def RefuseOffer(
        self, request: pb.RefuseOfferRequest, context: grpc.ServicerContext
    ) -> pb.RefuseOfferResponse:
        """Record that the household does not want the dwelling."""
        read = self._read(request, context)
        given = read.id("offer_id"), read.day()
        read.wrong.raise_if_any()
        return pb.RefuseOfferResponse(
            recorded=self._step(self._tenancies.refuse(read.caller, *given))
        )

    def LapseOffer(
        self, request: pb.LapseOfferRequest, context: grpc.ServicerContext
    ) -> pb.LapseOfferResponse:
        """Record that the deadline passed without an acceptance."""
        read = self._read(request, context)
        given = read.id("offer_id"), read.day()
        read.wrong.raise_if_any()
        return pb.LapseOfferResponse(
            recorded=self._step(self._tenancies.lapse(read.caller, *given))
        )

    def WithdrawOffer(
        self, request: pb.WithdrawOfferRequest, context: grpc.ServicerContext
    ) -> pb.WithdrawOfferResponse:
        """Take an offer back."""
        read = self._read(request, context)
        given = read.id("offer_id"), read.day(), read.decided()
        read.wrong.raise_if_any()
        written = self._tenancies.withdraw_offer(read.caller, *given)
        return pb.WithdrawOfferResponse(recorded=self._step(written))

    # -- tenancies

    def CommenceTenancy(
        self, request: pb.CommenceTenancyRequest, context: grpc.ServicerContext
    ) -> pb.CommenceTenancyResponse:
        """Make the contract of an accepted offer."""
        read = self._read(request, context)
        given = read.id("offer_id"), read.day(), read.any_day("first_day"), read.decided()
        read.wrong.raise_if_any()
        written = self._tenancies.commence(read.caller, *given)
        return pb.CommenceTenancyResponse(recorded=self._step(written))

    def GiveNotice(
        self, request: pb.GiveNoticeRequest, context: grpc.ServicerContext
    ) -> pb.GiveNoticeResponse:
        """Record a notice by either party."""
        read = self._read(request, context)
        tenancy, by = read.id("tenancy_id"), read.word("given_by", _PARTIES)
        given = read.day(), read.any_day("last_day"), read.decided()
        read.wrong.raise_if_any()
        written = self._tenancies.give_notice(read.caller, tenancy, by, *given)
        return pb.GiveNoticeResponse(recorded=self._step(written))

    def EndTenancy(
        self, request: pb.EndTenancyRequest, context: grpc.ServicerContext
    ) -> pb.EndTenancyResponse:
        """Record what ends a tenancy, and its last day."""
        read = self._read(request, context)
        tenancy, cause = read.id("tenancy_id"), read.word("cause", _CAUSES)
        given = read.day(), read.any_day("last_day"), read.decided()
        read.wrong.raise_if_any()
        written = self._tenancies.end(read.caller, tenancy, cause, *given)
        return pb.EndTenancyResponse(recorded=self._step(written))

    def FreeDwelling(
        self, request: pb.FreeDwellingRequest, context: grpc.ServicerContext
    ) -> pb.FreeDwellingResponse:
        """Close an offer or tenancy whose household has been erased."""
        read = self._read(request, context)
        given = read.dwelling(), read.day()
        read.wrong.raise_if_any()
        return pb.FreeDwellingResponse(
            recorded=self._step(self._tenancies.free(read.caller, *given))
        )

    # -- looking

    def GetTenancy(
        self, request: pb.GetTenancyRequest, context: grpc.ServicerContext
    ) -> pb.GetTenancyResponse:
        """Show where a dwelling stands and the steps it has taken."""
        wrong = FieldErrors()
        reader = convert.context(request.context, wrong).reader()
        dwelling = _dwelling(request.dwelling_id, wrong)
        view = view_for(self._instance, request.consistency, wrong)
        wrong.raise_if_any()
        Call(context).check_time()
        life = self._tenancies.lives.life(dwelling, view.position)
        if not life.steps and not view.find(facts.DwellingRecorded, dwelling):
            raise DwellingUnknown("no dwelling is recorded under this id")
        steps = [self._tenancies.lives.read(event, reader) for event in life.steps]
        return pb.GetTenancyResponse(
            state=_STATE_NUMBERS[life.state],
            steps=[_life_step(step) for step in steps],
            known_at_position=view.position,
            next=self._next(life),
        )

    def ListVacancies(
        self, request: pb.ListVacanciesRequest, context: grpc.ServicerContext
    ) -> pb.ListVacanciesResponse:
        """List the dwellings of an organisation that are vacant or on offer."""
        wrong = FieldErrors()
        convert.context(request.context, wrong)
        view = view_for(self._instance, request.consistency, wrong)
        wrong.raise_if_any()
        listed = []
        for item in view.find(facts.VacancyRecorded, request.organisation):
            if request.department not in ("", item.fact.department):
                continue
            life = self._tenancies.lives.life(item.fact.dwelling, view.position)
            last = life.last(facts.VacancyRecorded)
            if last is None or last.position != item.position or life.state not in _OPEN_STATES:
                continue
            vacancy = pb.Vacancy(
                vacancy_id=str(item.event_id),
                dwelling_id=item.fact.dwelling,
                department=item.fact.department,
                kind=_KIND_NUMBERS[item.fact.kind],
                vacant_from=item.fact.vacant_from.isoformat(),
                awaits_other_use=item.fact.awaits_other_use,
                state=_STATE_NUMBERS[life.state],
            )
            allocated = self._tenancies.lives.open_fact(life.last(facts.VacancyAllocated))
            if life.state is not State.VACANT and isinstance(allocated, facts.VacancyAllocated):
                step = life.last(facts.VacancyAllocated)
                vacancy.allocation_id = "" if step is None else str(UUID(bytes=step.event_id))
                vacancy.channel = _CHANNEL_NUMBERS[allocated.channel]
            listed.append(vacancy)
        return pb.ListVacanciesResponse(vacancies=listed, known_at_position=view.position)

    def GetAllocationLedger(
        self, request: pb.GetAllocationLedgerRequest, context: grpc.ServicerContext
    ) -> pb.GetAllocationLedgerResponse:
        """Show every allocation with its counts."""
        wrong = FieldErrors()
        convert.context(request.context, wrong)
        view = view_for(self._instance, request.consistency, wrong)
        wrong.raise_if_any()
        ledger = self._tenancies.lives.ledger(request.organisation, view.position)
        message = ledger_message(ledger, request.department)
        message.known_at_position = view.position
        return message


def ledger_message(ledger: Ledger, department: str = "") -> pb.GetAllocationLedgerResponse:
    """Return a ledger's rows, of one department or (empty) all, and the terms they rest on."""
    rows = [
        pb.LedgerRow(
            number=row.number,
            position=row.allocation.position,
            allocation_id=str(row.allocation.event_id),
            dwelling_id=row.allocation.fact.dwelling,
            department=row.department,
            kind=_KIND_NUMBERS[row.kind],
            day=row.allocation.fact.allocated_on.isoformat(),
            turn=_turn(row.turn),
            due=_turn(row.due),
            released=pb.RELEASE_REASON_UNSPECIFIED
            if row.released is None
            else _RELEASE_NUMBERS[row.released],
            in_order=row.in_order,
            vacancy_id=str(row.allocation.fact.vacancy),
            rooms=row.rooms,
        )
        for row in ledger.rows()
        if department in ("", row.department)
    ]
    return pb.GetAllocationLedgerResponse(rows=rows, terms=_terms(ledger.terms))


def _turn(turn: Turn) -> pb.Turn:
    return pb.Turn(
        channel=_CHANNEL_NUMBERS[turn.channel],
        basis=messages.SHARE_BASIS_UNSPECIFIED
        if turn.basis is None
        else _BASIS_NUMBERS[turn.basis],
        dwellings=turn.dwellings,
        taken=turn.taken,
        allowed=turn.allowed,
        citation=turn.citation,
        way=turn.way,
        way_dwellings=turn.way_dwellings,
        way_taken=turn.way_taken,
        way_allowed=turn.way_allowed,
        criteria=turn.criteria,
    )


def _terms(terms: Sequence[Terms]) -> list[pb.ShareTerms]:
    return [
        pb.ShareTerms(
            share_id=str(each.series),
            basis=_BASIS_NUMBERS[each.basis],
            kind=_KIND_NUMBERS[each.kind],
            channel=_CHANNEL_NUMBERS[channel_of(each.basis)],
            departments=each.departments,
            of=_OF_NUMBERS[each.of],
            numerator=each.numerator,
            denominator=each.denominator,
            others=[_other_share(other) for other in each.others],
            counted_by=[_COUNTED_BY_NUMBERS[by] for by in each.counted_by],
            rounding=_ROUNDING_NUMBERS[each.rounding],
            ways=[
                pb.WayPart(way=way, numerator=share, denominator=of_every)
                for way, share, of_every in each.ways
            ],
            in_turns=each.in_turns,
            most_a_year=each.most_a_year or 0,
            criteria=each.criteria,
            counted_from=each.counted_from.isoformat(),
            first_day=each.first_day.isoformat(),
            last_day="" if each.last_day is None else each.last_day.isoformat(),
            known_from=each.known_from,
            known_until=each.known_until or 0,
            order=order,
        )
        for order, each in enumerate(sorted(terms, key=lambda each: each.order))
    ]


def _other_share(share: facts.OtherShare) -> pb.OtherShareTerms:
    return pb.OtherShareTerms(
        departments=share.departments,
        from_rooms=share.from_rooms or 0,
        to_rooms=share.to_rooms or 0,
        numerator=share.share,
        denominator=share.share_of_every,
    )


_APART = ("decided_by", "reasons", "receipts", "receipt_hashes", "party_heard", "corrects")


def _dwelling(text: str, wrong: FieldErrors) -> str:
    """Read the id of a dwelling, which becomes a tag; a wrong one is noted and empty."""
    if not text:
        wrong.add("dwelling_id", "name a dwelling")
        return ""
    return str(Fields(wrong).opaque("dwelling_id", text) or "")


def _life_step(step: Step) -> pb.LifeStep:
    message = pb.LifeStep(
        step_id=str(UUID(bytes=step.event.event_id)),
        position=step.event.position,
        type=step.event.type,
        household_id="" if step.household is None else str(step.household),
        erased=step.fact is None,
    )
    if step.fact is None:
        return message
    for name in step.fact.__struct_fields__:
        value = getattr(step.fact, name)
        if name in _APART or value is None:
            continue
        if isinstance(value, date):
            message.days[name] = value.isoformat()
        else:
            message.values[name] = str(value).lower() if isinstance(value, bool) else str(value)
    message.receipt_ids.extend(str(each) for each in getattr(step.fact, "receipts", ()))
    message.decided_by = getattr(step.fact, "decided_by", "")
    message.reasons = getattr(step.fact, "reasons", "")
    heard = getattr(step.fact, "party_heard", None)
    if heard is not None:
        message.party_heard = heard
    return message
