"""Releases and terminations within the last six months, and citizenship: § 59, stk. 6, nr. 1-4.

Six months are calendar months back from the day asked about: 31 August looks back to the last
day of February. Whether the very day lies within them is the open point AMB-6MDAY; whether the
last day of a month that lacks the day does, AMB-6MDAY-MONTH: an event of 28 February is six months
old on 28 August, and 31 August still looks back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from domain import calendar
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    ActionPlan,
    CitizenshipAttested,
    CitizenshipCondition,
    EnrolmentAttested,
    ReleasedFrom,
    ReleaseRecorded,
    ReleasesAttested,
    TenancyEnding,
    TerminationRecorded,
    TerminationsAttested,
)
from domain.law import acts
from domain.law.kernel import (
    Change,
    Effect,
    Finding,
    Missing,
    Readings,
    Record,
    Status,
    Whose,
    declared,
    rule,
)
from domain.law.lives import TerminationState, termination_on

_DAY = timedelta(days=1)

MONTHS = 6

PLAN_AFTER_MEETING = date(2014, 3, 21)
"""From when serviceloven § 57 c, stk. 1 may be about a network meeting (AMB-57C-MEETING).

LBK nr. 254 of 20/3/2014 is the last that has the plan there, LBK nr. 1023 of 23/9/2014 the first
with the meeting. A plan followed it by stk. 2, which LBK nr. 1287 of 28/8/2020 lacks too."""

PLAN_SECTION_GONE = date(2024, 1, 1)
"""From when serviceloven has no § 57 c, which nr. 2 points to still (AMB-57C). The day itself was
not verified: LBK nr. 67 of 22/1/2024 is the first that lacks it."""

_PLACE_POINTS = ("AMB-HOUSEHOLD", "AMB-YOUTH", "AMB-DEPT-DWELLING", "AMB-REFDATE-59")
_BOUNDARY_POINTS = ("AMB-6MDAY", "AMB-6MDAY-MONTH")
_RELEASE_POINTS = (*_BOUNDARY_POINTS, "AMB-RELEASE", "AMB-PLAN")
_TERMINATION_POINTS = ("AMB-TERMREASON", "AMB-TERMDAY")
_CONDITIONS = sorted(
    (
        CitizenshipCondition.MET,
        CitizenshipCondition.NOT_MET,
        CitizenshipCondition.SEVERAL,
        CitizenshipCondition.STATELESS,
        CitizenshipCondition.WITHDRAWAL_AGREEMENT,
    )
)
"""What can be attested of nr. 4."""

_CITIZENSHIP_POINTS = (
    "AMB-STUDENT",
    "AMB-CITDUAL-DUAL",
    "AMB-CITDUAL-STATELESS",
    "AMB-CITDUAL-UK",
)
_PLAN_OF_THE_YOUNG = {
    "plan_after_meeting": PLAN_AFTER_MEETING,
    "plan_section_gone": PLAN_SECTION_GONE,
}

STK_6_AREAS = ("vulnerable", "parallel_society", "transformation", "former_transformation")

bans = partial(
    rule,
    question="referral",
    effect=Effect.BANS,
    areas=STK_6_AREAS,
    defeated_by=("REF-FALLBACK",),
)
"""Declares a ground of § 59, stk. 6 for which the municipality may not refer."""

bans_in_prevention = partial(
    bans,
    act=acts.LOV_2157_2021,
    first_day=acts.LOV_2157_2021.in_force,
    areas=("prevention",),
    defeated_by=("REF-FORE-30PCT", "REF-FALLBACK"),
)
"""Declares a ground of § 59, stk. 7."""

_DUE = frozenset({ActionPlan.DUTY, ActionPlan.DUTY_AND_MADE})
_MADE = frozenset({ActionPlan.MADE, ActionPlan.DUTY_AND_MADE})

Judged = tuple[Status, tuple[Missing, ...]]
"""Whether one event is what the ground asks for, and what is missing to say so."""

_NO: Judged = (Status.NOT_MET, ())
_YES: Judged = (Status.MET, ())


@bans(
    "REF-UDS-N1",
    "almenboligloven § 59, stk. 6, nr. 1",
    act=f"{acts.LOV_1610_2010}; {acts.LOV_1322_2018}",
    first_day=acts.LOV_1322_2018.in_force,
    data_class=DataClass.CONVICTIONS,
    points=(*_RELEASE_POINTS, *_PLACE_POINTS),
    parameters={"months": MONTHS},
    whose=Whose.MEMBERS,
)
def released(record: Record, day: date, readings: Readings) -> Finding:
    """§ 59, stk. 6, nr. 1: convicted, released from the prison service, due an action plan."""

    def judge(fact: ReleaseRecorded) -> Judged:
        if fact.released_from is ReleasedFrom.OUTSIDE_PRISON_SERVICE or not _convicted(fact, day):
            return _NO
        sentence = fact.released_from is ReleasedFrom.PRISON_SENTENCE
        if fact.action_plan is ActionPlan.UNKNOWN:
            judged = _YES if readings("AMB-PLAN") == "c" else _plan_missing(fact)
        elif fact.action_plan is ActionPlan.DUTY_AND_MADE or _plan_due(fact, readings):
            judged = _YES
        else:
            return _NO
        if not sentence and readings("AMB-RELEASE") == "b":
            return _NO
        return judged

    return _within(record, day, readings, "1", RELEASES, judge)


def _plan_due(fact: ReleaseRecorded, readings: Readings) -> bool:
    match readings("AMB-PLAN"):
        case "a":
            return fact.action_plan in _DUE
        case "b":
            return fact.action_plan in _MADE
        case "c":
            return True
        case _:
            return fact.action_plan is not ActionPlan.NEITHER


@bans(
    "REF-UDS-N2",
    "almenboligloven § 59, stk. 6, nr. 2",
    act=f"{acts.LOV_1610_2010}; {acts.LOV_1322_2018}",
    first_day=acts.LOV_1322_2018.in_force,
    data_class=DataClass.CONVICTIONS,
    points=(*_BOUNDARY_POINTS, "AMB-57C", "AMB-57C-MEETING", *_PLACE_POINTS),
    parameters={"months": MONTHS, **_PLAN_OF_THE_YOUNG},
    whose=Whose.MEMBERS,
)
def released_under_18(record: Record, day: date, readings: Readings) -> Finding:
    """§ 59, stk. 6, nr. 2: under 18, convicted, released from a placement, due an action plan."""

    def judge(fact: ReleaseRecorded) -> Judged:
        if fact.released_from is not ReleasedFrom.OUTSIDE_PRISON_SERVICE:
            return _NO
        if not _convicted(fact, day):
            return _NO
        if fact.under_18_until is not None and fact.under_18_until < day:
            return _NO
        judged = _plan_of_the_young(fact, day, readings)
        if judged[0] is not Status.NOT_MET and fact.under_18_until is None:
            missing = Missing("under_18", "municipality_social", _on(fact.released_on))
            return Status.UNKNOWN, (missing, *judged[1])
        return judged

    return _within(record, day, readings, "2", RELEASES, judge)


def _plan_of_the_young(fact: ReleaseRecorded, day: date, readings: Readings) -> Judged:
    if day >= PLAN_SECTION_GONE:
        match readings("AMB-57C"):
            case "a":
                return _NO
            case "c":
                return _YES
    if fact.action_plan is ActionPlan.NEITHER:
        return _NO
    meeting = PLAN_AFTER_MEETING <= day < PLAN_SECTION_GONE
    if meeting and readings("AMB-57C-MEETING") == "a":
        return _NO
    return _plan_missing(fact) if fact.action_plan is ActionPlan.UNKNOWN else _YES


def _convicted(fact: ReleaseRecorded, day: date) -> bool:
    return fact.convicted and (fact.convicted_on is None or fact.convicted_on <= day)


def _plan_missing(fact: ReleaseRecorded) -> Judged:
    missing = Missing("action_plan", "municipality_social", _on(fact.released_on))
    return Status.UNKNOWN, (missing,)


@bans(
    "REF-UDS-N3",
    "almenboligloven § 59, stk. 6, nr. 3",
    act=f"{acts.LOV_1610_2010}; {acts.LOV_1322_2018}",
    first_day=acts.LOV_1322_2018.in_force,
    data_class=DataClass.TERMINATIONS,
    points=(*_BOUNDARY_POINTS, *_TERMINATION_POINTS, *_PLACE_POINTS),
    parameters={"months": MONTHS},
    whose=Whose.MEMBERS,
)
def terminated(record: Record, day: date, readings: Readings) -> Finding:
    """§ 59, stk. 6, nr. 3: lost a tenancy for gross breach of good order."""

    def judge(fact: TerminationRecorded) -> Judged:
        if not fact.gross_breach:
            return _NO
        match fact.ending:
            case TenancyEnding.LANDLORD:
                return _under_notice_or_ended(fact, day)
            case TenancyEnding.SETTLEMENT:
                if readings("AMB-TERMREASON") == "a":
                    return _NO
                return _under_notice_or_ended(fact, day)
            case TenancyEnding.DISPUTED:
                missing = Missing("termination_settled", "former_landlord", _on(fact.ended_on))
                return Status.UNKNOWN, (missing,)

    return _within(record, day, readings, "3", TERMINATIONS, judge)


def _under_notice_or_ended(fact: TerminationRecorded, day: date) -> Judged:
    """Nr. 3 is met by a tenancy that has ended and by one under notice ("er opsagt") alike."""
    if termination_on(fact, day) is not TerminationState.UNKNOWN:
        return _YES
    missing = Missing("notice_given_on", "former_landlord", _on(fact.ended_on))
    return Status.UNKNOWN, (missing,)


class When(NamedTuple):
    """The day of an event as the window sees it, and the one that its six months run from."""

    seen: date
    counts: date


def _released_on(fact: ReleaseRecorded, day: date, readings: Readings) -> When | None:
    return When(fact.released_on, fact.released_on) if fact.released_on <= day else None


def _terminated_on(fact: TerminationRecorded, day: date, readings: Readings) -> When | None:
    """Say when a tenancy was lost; None: not yet (AMB-TERMDAY where notice came before its end).

    As long as it is under notice it is being lost on the day itself, if its end counts.
    """
    state = termination_on(fact, day)
    if state is TerminationState.NOT_YET:
        return None
    by_end = When(min(fact.ended_on, day), fact.ended_on)
    if state is TerminationState.UNKNOWN or fact.given_on is None or not fact.gross_breach:
        return by_end
    by_notice = When(fact.given_on, fact.given_on)
    start = calendar.months_before(day, MONTHS)
    if _side(by_notice.seen, start) == _side(by_end.seen, start):
        return by_end
    return by_notice if readings("AMB-TERMDAY") == "a" else by_end


def _side(on: date, start: date) -> int:
    """Return whether a day lies before the window, on its first day, or within it."""
    return (on > start) - (on < start)


# --- The window -----------------------------------------------------------------------------


class Kind(NamedTuple):
    """What is looked for within six months, and what attests that nothing else happened."""

    fact: type[Any]
    when: Callable[[Any, date, Readings], When | None]
    attested: type[Any]
    missing: Callable[[tuple[tuple[str, str], ...]], Missing]
    change: Callable[[tuple[tuple[str, str], ...]], Change]


RELEASES = Kind(
    ReleaseRecorded,
    _released_on,
    ReleasesAttested,
    lambda days: Missing("releases_attested", "prison_service", days),
    lambda days: Change("release_six_months_ago", days),
)
TERMINATIONS = Kind(
    TerminationRecorded,
    _terminated_on,
    TerminationsAttested,
    lambda days: Missing("terminations_attested", "former_landlord", days),
    lambda days: Change("termination_six_months_ago", days),
)


def _within(
    record: Record,
    day: date,
    readings: Readings,
    number: str,
    kind: Kind,
    judge: Callable[[Any], Judged],
) -> Finding:
    """Look at what lies within six months, at the boundary day last and only if it matters."""
    start = calendar.months_before(day, MONTHS)
    after = start + _DAY
    values = (("number", number), ("from", start.isoformat()), ("day", day.isoformat()))
    found = [
        (when, item)
        for item in record.facts
        if type(item.fact) is kind.fact
        for when in (kind.when(item.fact, day, readings),)
        if when is not None
    ]
    counted = {item: when.counts for when, item in found}
    inside = _any([item for when, item in found if start < when.seen], judge)
    if inside.status is Status.MET:
        return _met(inside, values, kind, counted, day)
    boundary = _any([item for when, item in found if when.seen == start], judge)
    first, looked_at = start, [inside, boundary]
    silent_on_it = (
        inside.status is Status.NOT_MET
        and not _attested(record, kind, start, start)
        and _attested(record, kind, after, day)
    )
    matters = boundary.status is not Status.NOT_MET or silent_on_it
    point = "AMB-6MDAY" if start.day == day.day else "AMB-6MDAY-MONTH"
    if matters and readings(point) == "b":
        first, looked_at = after, [inside]
    elif boundary.status is Status.MET:
        return _met(boundary, values, kind, counted, day)
    vouching = [
        item
        for item in record.facts
        if type(item.fact) is kind.attested
        and item.fact.first_day <= day
        and item.fact.last_day >= start
    ]
    evidence = (*(item for each in looked_at for item in each.evidence), *vouching)
    missing = tuple(one for each in looked_at for one in each.missing)
    attested = _attested(record, kind, first, day)
    if not attested:
        missing = (*missing, kind.missing((("from", first.isoformat()), ("day", day.isoformat()))))
    status = Status.UNKNOWN if missing else Status.NOT_MET
    return Finding(status, evidence, values, tuple(dict.fromkeys(missing)))


def _any(items: Iterable[Recorded[Any]], judge: Callable[[Any], Judged]) -> Finding:
    """Judge each; one that is what the ground asks for is enough."""
    judged = [(item, *judge(item.fact)) for item in items]
    met = [item for item, status, _ in judged if status is Status.MET]
    if met:
        return Finding(Status.MET, tuple(met))
    missing = tuple(one for _, _, several in judged for one in several)
    status = Status.UNKNOWN if missing else Status.NOT_MET
    return Finding(status, tuple(item for item, _, _ in judged), (), missing)


def _met(
    found: Finding,
    values: tuple[tuple[str, str], ...],
    kind: Kind,
    counted: Mapping[Recorded[Any], date],
    day: date,
) -> Finding:
    latest = max(found.evidence, key=lambda item: (counted[item], item.position))
    on = counted[latest]
    change = kind.change((("day", first_day_outside(on).isoformat()),))
    values = (*values, ("on", on.isoformat()))
    if on > day:
        values = (*values, ("tenancy", "under_notice"))
    return Finding(Status.MET, (latest,), values, (), (change,))


def first_day_outside(event: date) -> date:
    """Return the first day whose six months an event lies outside of, on every reading."""
    day = calendar.months_after(event, MONTHS)
    while calendar.months_before(day, MONTHS) <= event:
        day += _DAY
    return day


def _attested(record: Record, kind: Kind, first: date, last: date) -> bool:
    """Tell whether attestations together cover these days."""
    attested = [item.fact for item in record.facts if type(item.fact) is kind.attested]
    day = first
    while day <= last:
        ends = [each.last_day for each in attested if each.first_day <= day <= each.last_day]
        if not ends:
            return False
        day = max(ends) + _DAY
    return True


def _on(day: date) -> tuple[tuple[str, str], ...]:
    return (("day", day.isoformat()),)


# --- Citizenship: nr. 4 ---------------------------------------------------------------------


@bans(
    "REF-UDS-N4",
    "almenboligloven § 59, stk. 6, nr. 4",
    act=f"{acts.LOV_1610_2010}; {acts.LOV_1322_2018}",
    first_day=acts.LOV_1322_2018.in_force,
    data_class=DataClass.ATTESTATIONS,
    points=(*_CITIZENSHIP_POINTS, *_PLACE_POINTS),
    parameters={"conditions": _CONDITIONS},
    whose=Whose.MEMBERS,
)
def citizenship(record: Record, day: date, readings: Readings) -> Finding:
    """§ 59, stk. 6, nr. 4: not a citizen of an EU or EEA state or Switzerland, nor a student."""
    attested = [
        item
        for item in record.facts
        if type(item.fact) is CitizenshipAttested
        and calendar.covers(item.fact.first_day, item.fact.last_day, day)
    ]
    conditions = {item.fact.condition for item in attested}
    if len(conditions) != 1:
        kind = "citizenship_contradictory" if conditions else "citizenship_attested"
        missing = Missing(kind, "municipality_register", (("day", day.isoformat()),))
        return Finding(Status.UNKNOWN, tuple(attested), (("number", "4"),), (missing,))
    (condition,) = conditions
    evidence: tuple[Recorded[Any], ...] = (attested[-1],)
    values = (("number", "4"), ("condition", str(condition)))
    if _qualifies(condition, readings):
        return Finding(Status.NOT_MET, evidence, values)
    enrolments = [
        item
        for item in record.facts
        if type(item.fact) is EnrolmentAttested
        and calendar.covers(item.fact.first_day, item.fact.last_day, day)
    ]
    said = {item.fact.enrolled for item in enrolments}
    if len(said) != 1:
        kind = "enrolment_contradictory" if said else "enrolment_attested"
        missing = Missing(kind, "educational_institution", (("day", day.isoformat()),))
        return Finding(Status.UNKNOWN, (*evidence, *enrolments), values, (missing,))
    evidence = (*evidence, enrolments[-1])
    if True in said:
        return Finding(Status.NOT_MET, evidence, (*values, ("enrolled", "yes")))
    changes = (
        Change("citizenship_condition_met", (("day", day.isoformat()),)),
        Change("enrolled", (("day", day.isoformat()),)),
    )
    return Finding(Status.MET, evidence, (*values, ("enrolled", "no")), (), changes)


def _qualifies(condition: CitizenshipCondition, readings: Readings) -> bool:
    match condition:
        case CitizenshipCondition.MET:
            return True
        case CitizenshipCondition.NOT_MET:
            return False
        case CitizenshipCondition.SEVERAL:
            return readings("AMB-CITDUAL-DUAL") == "a"
        case CitizenshipCondition.STATELESS:
            return readings("AMB-CITDUAL-STATELESS") == "b"
        case CitizenshipCondition.WITHDRAWAL_AGREEMENT:
            return readings("AMB-CITDUAL-UK") == "b"


# --- Nr. 1 to 4 together --------------------------------------------------------------------


_FURTHER_CLASSES = (
    (DataClass.TERMINATIONS, terminated),
    (DataClass.ATTESTATIONS, citizenship),
)
_NR_1_TO_4 = {
    "months": MONTHS,
    **_PLAN_OF_THE_YOUNG,
    "conditions": _CONDITIONS,
}


@bans(
    "REF-OLD-2011-2018",
    "almenboligloven § 59, stk. 6 (indtil 30/11/2018)",
    act=acts.LOV_1610_2010,
    first_day=acts.LOV_1610_2010.in_force,
    last_day=date(2018, 11, 30),
    start_verified=False,
    signed=acts.LOV_1610_2010.day,
    printed=acts.LBK_103_2011.day,
    data_class=DataClass.CONVICTIONS,
    limbs=_FURTHER_CLASSES,
    areas=("parallel_society", "combined_letting"),
    points=(
        *_RELEASE_POINTS,
        "AMB-57C-MEETING",
        *_TERMINATION_POINTS,
        *_CITIZENSHIP_POINTS,
        *_PLACE_POINTS,
    ),
    parameters=_NR_1_TO_4,
    whose=Whose.MEMBERS,
)
@bans_in_prevention(
    "REF-FORE-N1-4",
    "almenboligloven § 59, stk. 7, 1. pkt., jf. stk. 6, nr. 1-4",
    data_class=DataClass.CONVICTIONS,
    limbs=_FURTHER_CLASSES,
    points=(
        *_RELEASE_POINTS,
        "AMB-57C",
        "AMB-57C-MEETING",
        *_TERMINATION_POINTS,
        *_CITIZENSHIP_POINTS,
        *_PLACE_POINTS,
    ),
    parameters=_NR_1_TO_4,
    whose=Whose.MEMBERS,
)
def released_at_any_age(record: Record, day: date, readings: Readings) -> Finding:
    """Nr. 1 or nr. 2, where a rule takes them together (stk. 7, and stk. 6 until 2018)."""
    first = released(record, day, readings)
    if first.status is Status.MET:
        return first
    second = released_under_18(record, day, readings)
    if second.status is Status.MET:
        return second
    evidence = tuple(dict.fromkeys((*first.evidence, *second.evidence)))
    missing = tuple(dict.fromkeys((*first.missing, *second.missing)))
    status = Status.UNKNOWN if missing else Status.NOT_MET
    return Finding(status, evidence, (("number", "1-2"), *first.values[1:]), missing)


RULES = declared(globals())
