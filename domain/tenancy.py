"""A dwelling's life as one table: which step may follow which, and what must hold of it.

The state of a dwelling follows from the types of its events alone, in the order of the log: none
of it needs a key, so it holds whoever has been erased. docs/tenancy.md is made from this table.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from domain import facts
from domain.events import BY_FACT, EVENT_TYPES
from domain.facts import Channel, ControllerKind, DwellingKind, ShareBasis
from domain.law.ending.rehousing_steps import RehousingQuestion
from domain.law.letting.rejection import LettingChannel
from domain.law.letting.steps import LettingQuestion
from domain.law.question import Question
from domain.law.referral.bases import Basis
from domain.law.referral.steps import ReferralQuestion


class State(StrEnum):
    """Where a dwelling stands between two tenancies, or in one."""

    FREE = "free"
    """Nothing is recorded of its letting, or what was is over."""
    VACANT = "vacant"
    ALLOCATED = "allocated"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    LET = "let"
    UNDER_NOTICE = "under_notice"


class Transition(NamedTuple):
    """One step: the states it may be taken in, the state after it, and what must hold."""

    step: type[facts.Fact]
    before: tuple[State, ...]
    after: State
    method: str
    """The method of TenancyService that records it; RecordFacts is FactService's."""
    holds: tuple[str, ...]
    citation: str = ""
    names: tuple[type[facts.Fact], ...] = ()
    """The earlier steps of which the method's request names the last; none: the dwelling."""

    @property
    def event(self) -> str:
        """The type of the step's event."""
        return BY_FACT[self.step].name


_RECEIPTS = (
    "receipts of this household, dwelling and day permit it, or leave it to a named person who "
    "has decided with reasons",
    "nothing that the receipts rest on has moved since",
)
_DECIDED = ("a named person has decided, with reasons, and says whether the party was heard",)
_ABL = "almenboligloven"
_LEASE = "almenlejeloven"

BEGINNINGS = (facts.TenancyCommenced, facts.TenancyTakenOver)
"""The steps that a tenancy begins with."""

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        facts.VacancyRecorded,
        (State.FREE,),
        State.VACANT,
        "RecordVacancy",
        ("it is a family or youth dwelling with an organisation and a department on that day",),
        f"{_ABL} § 51, stk. 1",
    ),
    Transition(
        facts.VacancyWithdrawn,
        (State.VACANT, State.ALLOCATED),
        State.FREE,
        "WithdrawVacancy",
        (),
        names=(facts.VacancyRecorded,),
    ),
    Transition(
        facts.VacancyAllocated,
        (State.VACANT,),
        State.ALLOCATED,
        "AllocateVacancy",
        (
            "the channel is due, goes before it, or is the organisation's recorded choice",
            "no share is overdrawn",
        ),
        f"{_ABL} §§ 51, 59 and 60; letting order § 7",
        names=(facts.VacancyRecorded,),
    ),
    Transition(
        facts.AllocationReleased,
        (State.ALLOCATED,),
        State.VACANT,
        "ReleaseAllocation",
        ("the municipality gives it back, or nobody is left in the channel",),
        f"{_ABL} § 59, stk. 1, 5. pkt.; § 51, stk. 5",
        names=(facts.VacancyAllocated,),
    ),
    Transition(
        facts.OfferMade,
        (State.ALLOCATED,),
        State.OFFERED,
        "MakeOffer",
        _RECEIPTS,
        f"{_ABL} §§ 51-51 c, 59 and 60",
        names=(facts.VacancyAllocated,),
    ),
    Transition(
        facts.OfferAccepted,
        (State.OFFERED,),
        State.ACCEPTED,
        "AcceptOffer",
        ("the deadline has not passed", *_RECEIPTS),
        names=(facts.OfferMade,),
    ),
    Transition(
        facts.OfferRefused,
        (State.OFFERED, State.ACCEPTED),
        State.ALLOCATED,
        "RefuseOffer",
        (),
        names=(facts.OfferMade,),
    ),
    Transition(
        facts.OfferLapsed,
        (State.OFFERED,),
        State.ALLOCATED,
        "LapseOffer",
        ("the deadline has passed",),
        names=(facts.OfferMade,),
    ),
    Transition(
        facts.OfferWithdrawn,
        (State.OFFERED, State.ACCEPTED),
        State.ALLOCATED,
        "WithdrawOffer",
        _DECIDED,
        "forvaltningsloven §§ 19, 22 and 24",
        names=(facts.OfferMade,),
    ),
    Transition(
        facts.TenancyCommenced,
        (State.ACCEPTED,),
        State.LET,
        "CommenceTenancy",
        (
            "it begins no earlier than the dwelling is vacant, and on the day of takeover that a "
            "receipt was asked for",
            *_RECEIPTS,
        ),
        "letting order § 1, stk. 10",
        names=(facts.OfferMade,),
    ),
    Transition(
        facts.TenancyTakenOver,
        (State.FREE,),
        State.LET,
        "RecordFacts",
        ("no vacancy of the dwelling is recorded here", "it has begun, and no other stands"),
    ),
    Transition(
        facts.NoticeGiven,
        (State.LET,),
        State.UNDER_NOTICE,
        "GiveNotice",
        (
            "by the landlord: a receipt leaves it to a named person, who has decided, and its last "
            "day is no earlier than the receipt says",
        ),
        f"{_LEASE} §§ 84-89",
        names=BEGINNINGS,
    ),
    Transition(
        facts.TenancyEnded,
        (State.LET, State.UNDER_NOTICE),
        State.FREE,
        "EndTenancy",
        (
            "by a notice: one was given, and its last day is kept",
            "by the landlord at once: a receipt leaves it to a named person, who has decided",
        ),
        f"{_LEASE} §§ 84-90",
        names=BEGINNINGS,
    ),
    Transition(
        facts.DwellingFreed,
        (State.OFFERED, State.ACCEPTED),
        State.ALLOCATED,
        "FreeDwelling",
        ("the household's class tenancy has been erased",),
    ),
    Transition(
        facts.DwellingFreed,
        (State.LET, State.UNDER_NOTICE),
        State.FREE,
        "FreeDwelling",
        ("the household's class tenancy has been erased",),
    ),
)
"""Every step there is."""

STEPS = tuple(event_type.name for event_type in EVENT_TYPES if event_type.step)
"""The event types of the steps."""

_NEXT = {(before, t.event): t.after for t in TRANSITIONS for before in t.before}


def after(state: State, event: str) -> State | None:
    """Return the state after a step, None when it may not be taken."""
    return _NEXT.get((state, event))


def before(step: type[facts.Fact]) -> tuple[State, ...]:
    """Return the states that a step may be taken in."""
    return tuple(state for t in TRANSITIONS if t.step is step for state in t.before)


def following(state: State, *, erased: bool) -> tuple[Transition, ...]:
    """Return the steps that may be taken in a state, as far as the state alone tells.

    `erased`: the household of its offer or tenancy is, so that the dwelling can only be freed.
    """
    return tuple(
        t for t in TRANSITIONS if state in t.before and (t.step is facts.DwellingFreed) is erased
    )


def state_of(events: Iterable[str]) -> State:
    """Return where a dwelling stands after steps of these types, in the order of the log.

    Raises ValueError for a step that may not follow: the log never holds one.
    """
    state = State.FREE
    for event in events:
        following = after(state, event)
        if following is None:
            raise ValueError(f"{event} may not follow in the state {state}")
        state = following
    return state


# --- What a step rests on -------------------------------------------------------------------

LANDLORD_QUESTIONS: dict[type[facts.Fact], frozenset[str]] = {
    facts.NoticeGiven: frozenset({"notice", "termination"}),
    facts.TenancyEnded: frozenset({"termination"}),
}
"""The questions of which one must be answered before a landlord takes the step."""


def letting_questions(
    controller: ControllerKind, channel: Channel, basis: ShareBasis | None
) -> frozenset[str]:
    """Return the questions of which one must be answered before an offer through a channel.

    Nothing: a named person answers for it instead. A replacement dwelling (byfornyelsesloven
    § 64) is asked about as a referral on that basis; the organisation has no question of its own.
    """
    if controller is ControllerKind.MUNICIPALITY:
        return frozenset({"referral"})
    if basis is ShareBasis.REPLACEMENT:
        return frozenset()
    if channel is Channel.REHOUSING:
        return frozenset({"rehousing", "letting"})
    return frozenset({"letting"})


_REFERRAL_BASES = {
    ShareBasis.QUARTER: Basis.STK_1,
    ShareBasis.AGREED: Basis.STK_2,
    ShareBasis.AREA: Basis.STK_4,
    ShareBasis.INCREASE: Basis.STK_5,
    ShareBasis.REPLACEMENT: Basis.URBAN_RENEWAL,
}
"""What a question about a referral says of the share that a dwelling counts in."""


def dwellings_of(question: Question) -> tuple[str, ...]:
    """Return the dwellings that a question names: a rehousing's are the one left, and the new."""
    if isinstance(question, RehousingQuestion):
        return question.dwelling, question.offered
    dwelling = getattr(question, "dwelling", None)
    return () if dwelling is None else (dwelling,)


def takeover_of(question: Question) -> date | None:
    """Return the day that a question says the dwelling is taken over on; None: it says none."""
    if isinstance(question, LettingQuestion):
        return question.takeover
    return question.move_in_day if isinstance(question, ReferralQuestion) else None


def asks_about(
    question: Question,
    dwelling: str,
    kind: DwellingKind,
    channel: Channel,
    basis: ShareBasis | None,
    way: int | None,
    criteria: str,
) -> bool:
    """Tell whether a question is about this dwelling, let the way that it is allocated.

    `way`: the way of the criteria, or their turn, that the dwelling counts in; `criteria`: the id
    of those whose way it is.
    """
    if isinstance(question, RehousingQuestion):
        # Its dwelling is the one that must be left.
        return question.offered == dwelling
    if getattr(question, "dwelling", None) != dwelling:
        return False
    if isinstance(question, ReferralQuestion):
        expected = None if basis is None else _REFERRAL_BASES.get(basis)
        if kind is DwellingKind.YOUTH and expected in (Basis.STK_1, Basis.STK_2):
            expected = Basis.STK_3
        return question.basis is expected
    if isinstance(question, LettingQuestion):
        same_way = question.way == way and (way is None or question.way_of in ("", criteria))
        return same_way and question.channel in _letting_channels(channel, basis, kind)
    return True


_LETTING_CHANNELS: dict[Channel, tuple[LettingChannel, ...]] = {
    Channel.FLEXIBLE: (LettingChannel.FLEXIBLE,),
    Channel.ADVERTISED: (LettingChannel.ADVERTISED,),
    Channel.INTERNAL: (LettingChannel.WAITING_LIST,),
    Channel.EXTERNAL: (LettingChannel.WAITING_LIST, LettingChannel.OUTSIDE_LIST),
    Channel.REHOUSING: (LettingChannel.REHOUSING,),
    Channel.TEMPORARY: (LettingChannel.WAITING_LIST, LettingChannel.OUTSIDE_LIST),
}
"""What a question about a letting says of the channel that a dwelling is allocated to."""


def _letting_channels(
    channel: Channel, basis: ShareBasis | None, kind: DwellingKind
) -> tuple[LettingChannel, ...]:
    if channel is not Channel.REFERRAL:
        return _LETTING_CHANNELS[channel]
    by_stk_1_or_2 = basis in (ShareBasis.QUARTER, ShareBasis.AGREED)
    if by_stk_1_or_2 and kind is DwellingKind.FAMILY:
        return (LettingChannel.REFERRAL,)
    return (LettingChannel.OTHER_REFERRAL,)
