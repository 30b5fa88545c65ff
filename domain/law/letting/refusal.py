"""What a housing organisation may refuse on: the letting order, §§ 26-30, and § 42.

Refusing is a power, never a duty: a ground that is met leaves the organisation a choice, and a
named person makes it and gives reasons. What the organisation itself must assess and has not
recorded, it has not assessed. None of the grounds reaches a dwelling that is referred for
urgent needs or let to somebody who is rehoused (§ 1, stk. 4 and 5).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

import msgspec

from domain import calendar
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    ApprovalAnswered,
    ApprovalSchemeDecided,
    CertificateAssessment,
    CertificateSeen,
    CriteriaSet,
    DwellingKind,
    DwellingRecorded,
    EndedUnder,
    LandlordKind,
    ListKind,
    OccupancyCapUsed,
    OppositionAssessed,
    OppositionGround,
    OverdueDebt,
    TerminationNotified,
)
from domain.law import acts
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.kernel import (
    Change,
    Confidence,
    Effect,
    Finding,
    Missing,
    Readings,
    Record,
    Status,
    Whose,
    applies,
    declared,
    rule,
)
from domain.law.letting.flexible import LACKING
from domain.law.letting.rejection import LettingChannel, days_of
from domain.law.standing import ASSESSMENT_MONTHS, of_case, standing
from domain.law.undecided import none_recorded
from domain.reference import View


class RefusalGround(StrEnum):
    """A ground that the organisation considers to refuse on; no other is looked into."""

    OCCUPANCY = "occupancy"
    DEBT = "debt"
    TERMINATION = "termination"
    CERTIFICATE = "certificate"
    SPECIAL_CASE = "special_case"


OUTSIDE_THE_GROUNDS = frozenset({LettingChannel.REHOUSING, LettingChannel.REFERRAL})
"""Ways of letting that §§ 26-30 don't reach (§ 1, stk. 4 and 5)."""


# --- § 26: persons and rooms ----------------------------------------------------------------

PERSONS_PER_ROOM = 2


def cap_used(view: View, dwelling: DwellingRecorded, day: date) -> Finding:
    """Say whether the statutory cap is used in the organisation's dwellings.

    It is used where the landlord has said so itself.
    """
    key = f"{dwelling.municipality}/{dwelling.organisation}"
    used = [
        item
        for item in view.find(OccupancyCapUsed, key)
        if calendar.covers(item.fact.first_day, item.fact.last_day, day)
    ]
    if used:
        return Finding(Status.MET, (used[-1],))
    return none_recorded(view, OccupancyCapUsed, dwelling.municipality, day, ("cap", "not_used"))


_letting = partial(rule, question="letting")
_may_refuse = partial(
    _letting,
    act=acts.LETTING_ORDER,
    first_day=acts.BEK_1360_2018.in_force,
    effect=Effect.ALLOWS_REFUSAL,
)
_never_enacted = partial(
    _letting, act="politisk aftale uden lovkraft", effect=Effect.CLASSIFIES, start_verified=False
)


@_may_refuse(
    "LET-OCC-26",
    "udlejningsbekendtgørelsen § 26, jf. § 1, stk. 4-5",
    points=("AMB-HOUSEHOLD",),
    parameters={"persons_per_room": PERSONS_PER_ROOM},
)
def persons_per_room(
    persons: int | None,
    rooms: int | None,
    most: int,
    missing: Iterable[Missing] = (),
    staying: int | None = 0,
) -> Finding:
    """Say whether more than `most` persons a habitable room would live there.

    `persons` None: not known; `missing` then says why. `staying` of them live there already, so
    that only what they leave room for may move in; None: how many is not known.
    """
    limit = ("most", str(most))
    if rooms is None:
        lacking = Missing("rooms_recorded", "housing_organisation")
        return Finding(Status.UNKNOWN, (), (limit,), (lacking,))
    if persons is None:
        return Finding(Status.UNKNOWN, (), (("rooms", str(rooms)), limit), tuple(missing))
    values = (("persons", str(persons)), ("rooms", str(rooms)), limit)
    if persons > most * rooms:
        left = 0 if staying is None else most * rooms - staying
        change = Change("fewer_persons", (("persons", str(left)),))
        return Finding(Status.MET, (), values, (), (change,) if left > 0 else ())
    return Finding(Status.NOT_MET, (), values)


CAP = "LET-CAP-14"


@_letting(
    CAP,
    "lov om boligforhold § 14, stk. 1, jf. §§ 13 og 15",
    act=f"{acts.LOV_342_2022}; before lov om midlertidig regulering § 52 a",
    first_day=acts.BEK_1360_2018.in_force,
    effect=Effect.BANS,
    points=("AMB-HOUSEHOLD",),
    parameters={"persons_per_room": PERSONS_PER_ROOM},
    parts=(cap_used,),
)
def capped(crowded: Finding) -> Finding:
    """Lov om boligforhold § 14: where the cap is used, the dwelling must not be let to more.

    The municipality may permit it (§ 15); a permit that was not told of is none.
    """
    if crowded.status is not Status.MET:
        return crowded
    permitted = Change("more_persons_permitted")
    return msgspec.structs.replace(crowded, changes=(*crowded.changes, permitted))


# --- § 27: debt -----------------------------------------------------------------------------


@_may_refuse(
    "LET-DEBT-27",
    "udlejningsbekendtgørelsen § 27, jf. § 1, stk. 4-5",
    data_class=DataClass.TENANCY,
    whose=Whose.APPLICANT,
)
def overdue_debt(record: Record, day: date, readings: Readings) -> Finding:
    """§ 27: overdue debt to this organisation that nothing in stk. 2 takes out."""
    known = [
        item
        for item in record.facts
        if type(item.fact) is OverdueDebt
        and calendar.covers(item.fact.first_day, item.fact.last_day, day)
    ]
    barred: list[Recorded[OverdueDebt]] = []
    unsaid: list[Recorded[OverdueDebt]] = []
    for item in known:
        if _bar(item.fact) is None:
            if any(getattr(item.fact, name) is None for name in _BARS):
                unsaid.append(item)
                continue
            change = Change("debt_paid_or_instalments_kept")
            return Finding(Status.MET, (item,), (("debt", "overdue"),), (), (change,))
        barred.append(item)
    if unsaid:
        missing = Missing("debt_bar_stated", "housing_organisation")
        return Finding(Status.UNKNOWN, tuple(unsaid), (("debt", "overdue"),), (missing,))
    if barred:
        return Finding(Status.NOT_MET, tuple(barred), (("debt", _bar(barred[-1].fact) or ""),))
    return Finding(Status.NOT_MET, (), (("debt", "none"),))


_BARS = ("insignificant", "time_barred", "instalments_kept", "relief_kept")


def _bar(fact: OverdueDebt) -> str | None:
    for name in _BARS:
        if getattr(fact, name):
            return name
    return None


# --- § 28: a tenancy ended by another landlord ----------------------------------------------

TERMINATION_MONTHS = 24
_AS_PRINTED = frozenset({EndedUnder.SECTION_85_3, EndedUnder.SECTION_85_4})
_AS_RENUMBERED = frozenset({EndedUnder.SECTION_85_4, EndedUnder.SECTION_85_5})
_SECTION_90 = frozenset(
    {
        EndedUnder.SECTION_90_7,
        EndedUnder.SECTION_90_8,
        EndedUnder.SECTION_90_9,
        EndedUnder.SECTION_90_10,
        EndedUnder.SECTION_90_13,
    }
)


@_may_refuse(
    "LET-PRIOR-28",
    "udlejningsbekendtgørelsen § 28, jf. § 1, stk. 4-5; almenboligloven § 63 e",
    data_class=DataClass.TERMINATIONS,
    points=("AMB-28REF", "AMB-HOUSEHOLD"),
    parameters={
        "months": TERMINATION_MONTHS,
        "printed": sorted(_AS_PRINTED | _SECTION_90),
        "renumbered": sorted(_AS_RENUMBERED | _SECTION_90),
    },
    asked_with_more=True,
    whose=Whose.MEMBERS,
)
def ended_by_another_landlord(
    record: Record, day: date, readings: Readings, view: View, about: str
) -> Finding:
    """§ 28: another social landlord in the same area ended a tenancy within two years.

    The two years run from the termination to the day the dwelling is taken over.
    """
    takeover = days_of(about).takeover
    found = [
        _ended(item, day, takeover, readings)
        for item in record.facts
        if type(item.fact) is TerminationNotified and item.fact.terminated_on <= (takeover or day)
    ]
    for status in (Status.MET, Status.UNKNOWN):
        for each in found:
            if each.status is status:
                return each
    if found:
        return found[-1]
    return Finding(Status.NOT_MET, (), (("termination", "none"),))


def _ended(
    item: Recorded[TerminationNotified], day: date, takeover: date | None, readings: Readings
) -> Finding:
    fact = item.fact
    values: tuple[tuple[str, str], ...] = (("terminated_on", fact.terminated_on.isoformat()),)

    def not_met(why: str) -> Finding:
        return Finding(Status.NOT_MET, (item,), (("termination", why), *values))

    if fact.landlord is not LandlordKind.OTHER_SOCIAL:
        return not_met("other_landlord")
    if calendar.months_after(fact.terminated_on, TERMINATION_MONTHS) < (takeover or day):
        return not_met("too_long_ago")
    if fact.found_unjustified or fact.objection_not_sued:
        return not_met("not_upheld")
    if fact.ended_under not in _SECTION_90:
        if fact.ended_under not in _AS_PRINTED | _AS_RENUMBERED:
            return not_met("other_ground")
        if fact.ended_under not in _AS_PRINTED & _AS_RENUMBERED:
            meant = _AS_PRINTED if readings("AMB-28REF") == "a" else _AS_RENUMBERED
            if fact.ended_under not in meant:
                return not_met("other_ground")
    if fact.joint_area is False:
        return not_met("other_area")
    lacking = []
    if fact.joint_area is None:
        lacking.append(Missing("joint_area_assessed", "municipality"))
    if fact.found_unjustified is None or fact.objection_not_sued is None:
        lacking.append(Missing("termination_upheld_stated", "housing_organisation"))
    if lacking:
        return Finding(Status.UNKNOWN, (item,), values, tuple(lacking))
    until = calendar.months_after(fact.terminated_on, TERMINATION_MONTHS)
    change = Change("takeover_after", (("day", until.isoformat()),))
    values = (*values, ("ended_under", str(fact.ended_under)))
    if takeover is None:
        # It leaves a choice to a person, who is told which takeover it holds for.
        values = (*values, ("counts_until", until.isoformat()))
    return Finding(Status.MET, (item,), values, (), (change,))


# --- § 29: the criminal record certificate --------------------------------------------------


def certificate_here(
    edition: Edition,
    view: View,
    dwelling: DwellingRecorded,
    day: date,
    offered: date | None,
    readings: Readings,
) -> Finding:
    """§ 29, stk. 1: a certificate may be demanded before a contract in a vulnerable area.

    Whether criteria may ask for one elsewhere is open: AMB-RECORD-FORE and, where they are agreed
    under § 60, stk. 1, AMB-RECORD-AGREED.
    """
    found = _may_demand(edition, view, dwelling, day, readings)
    if offered is not None and offered != day:
        then = _may_demand(edition, view, dwelling, offered, readings)
        if then.status is not found.status and readings("AMB-REFDATE-29") == "a":
            return then
    return found


def _may_demand(
    edition: Edition, view: View, dwelling: DwellingRecorded, day: date, readings: Readings
) -> Finding:
    found = _may_demand_by_area(edition, view, dwelling, day, readings)
    agreed = _asking(_agreed(edition, view, dwelling, day))
    if (
        found.status is Status.NOT_MET
        and agreed is not None
        and readings("AMB-RECORD-AGREED") == "a"
    ):
        values = (("basis", "agreed"), ("criteria_set", agreed.fact.criteria))
        return Finding(Status.MET, (agreed, *found.evidence), values)
    return found


def _may_demand_by_area(
    edition: Edition, view: View, dwelling: DwellingRecorded, day: date, readings: Readings
) -> Finding:
    if dwelling.area is None:
        return Finding(Status.NOT_MET, (), (("place", "outside_areas"),))
    found = area_law.status(edition, view, dwelling.area, Category.VULNERABLE, day, readings)
    if found.status is not Status.NOT_MET:
        return found
    asking = _criteria_asking(edition, view, dwelling, day, readings)
    prevention = edition.rules["AREA-FORE-2021"]
    if not applies(prevention, day, readings):
        return found
    if asking is None:
        # Criteria could ask for one, and none are known to be in force.
        due = _set_for_area(edition, view, dwelling, day, readings)
        if due.status is Status.UNKNOWN and readings("AMB-RECORD-FORE") == "b":
            return due
        lacking = tuple(value for value in due.values if value[0] == LACKING)
        return msgspec.structs.replace(found, values=(*found.values, *lacking))
    listed = area_law.status(edition, view, dwelling.area, Category.PREVENTION, day, readings)
    if listed.status is Status.MET:
        if readings("AMB-RECORD-FORE") == "b":
            values = (*listed.values, ("criteria_set", asking.fact.criteria))
            return Finding(Status.MET, (asking, *listed.evidence), values)
        return found
    return listed if listed.status is Status.UNKNOWN else found


def _criteria_asking(
    edition: Edition, view: View, dwelling: DwellingRecorded, day: date, readings: Readings
) -> Recorded[CriteriaSet] | None:
    """Return the criteria that bind this dwelling, or may, and ask for a certificate."""
    for found in (
        _set_for_area(edition, view, dwelling, day, readings),
        _agreed(edition, view, dwelling, day),
    ):
        asking = _asking(found)
        if asking is not None:
            return asking
    return None


def _set_for_area(
    edition: Edition, view: View, dwelling: DwellingRecorded, day: date, readings: Readings
) -> Finding:
    kind = ListKind.PREVENTION
    made: Finding = edition.rules["LET-FLEX-OBL-FORE"].evaluate(
        edition, view, dwelling, day, kind, readings
    )
    return made


def _agreed(edition: Edition, view: View, dwelling: DwellingRecorded, day: date) -> Finding:
    made: Finding = edition.rules["LET-FLEX-VOL"].evaluate(
        edition, view, dwelling, day, LettingChannel.FLEXIBLE
    )
    return made


def _asking(criteria: Finding) -> Recorded[CriteriaSet] | None:
    """Return the criteria found that bind, or may, if they ask for a certificate."""
    if criteria.status is Status.NOT_MET:
        return None
    for item in criteria.evidence:
        if type(item.fact) is CriteriaSet and item.fact.certificate:
            return item
    return None


@_may_refuse(
    "LET-RECORD-29",
    "udlejningsbekendtgørelsen § 29, jf. § 1, stk. 4-5",
    data_class=DataClass.CONVICTIONS,
    areas=("vulnerable", "parallel_society", "transformation"),
    points=(
        "AMB-RECORD",
        "AMB-RECORD-AGE",
        "AMB-RECORD-AGREED",
        "AMB-RECORD-FORE",
        "AMB-REFDATE-29",
        "AMB-HOUSEHOLD",
    ),
    asked_with_more=True,
    whose=Whose.MEMBERS,
    parts=(certificate_here,),
)
def certificate_shows(
    record: Record, day: date, readings: Readings, view: View, about: str
) -> Finding:
    """§ 29, stk. 2: a certificate seen shows crime judged to matter for how safe the area is.

    What was made of it for another area says nothing of this one.
    """
    area = about.removeprefix("area=")
    seen = [
        item
        for item in record.facts
        if type(item.fact) is CertificateSeen
        and item.fact.area == area
        and item.fact.seen_on <= day
        and (item.fact.expires_on is None or day <= item.fact.expires_on)
    ]
    if not seen:
        return Finding(Status.UNKNOWN, (), (), (Missing("certificate_seen", "applicant"),))
    item = max(seen, key=lambda i: (i.fact.seen_on, i.position))
    values = (("seen_on", item.fact.seen_on.isoformat()),)
    old = calendar.months_after(item.fact.seen_on, ASSESSMENT_MONTHS) < day
    if item.fact.expires_on is None and old and readings("AMB-RECORD-AGE") == "b":
        missing = Missing("certificate_seen", "applicant")
        return Finding(Status.UNKNOWN, (item,), values, (missing,))
    if item.fact.assessment is CertificateAssessment.NOTHING_RELEVANT:
        return Finding(Status.NOT_MET, (item,), values)
    if readings("AMB-RECORD") == "b":
        # How old an entry is belongs to the assessment; it is not held.
        return Finding(Status.NOT_EXAMINED, (item,), values)
    return Finding(Status.MET, (item,), values)


# --- § 30 and § 42 --------------------------------------------------------------------------


def opposed(
    assessed: Iterable[Recorded[OppositionAssessed]],
    ground: OppositionGround,
    dwelling: str,
    day: date,
) -> Finding:
    """Say whether the organisation has found a reasonable ground to oppose, and recorded it.

    One found about another dwelling is about another letting, exchange or sublet.
    """
    of = of_case((i for i in assessed if i.fact.ground is ground), "dwelling", (dwelling,))
    for item in (standing(of.named, day), standing(of.unnamed, day)):
        if item is None:
            continue
        values = (("decision_day", item.fact.decision_day.isoformat()),)
        if item.fact.dwelling:
            return Finding(Status.MET, (item,), values)
        missing = Missing("opposition_dwelling", "housing_organisation", values)
        return Finding(Status.UNKNOWN, (item,), values, (missing,))
    return Finding(Status.NOT_MET, (), (("assessment", "none"),))


@_may_refuse(
    "LET-OTHER-30",
    "udlejningsbekendtgørelsen § 30, jf. § 1, stk. 4-5",
    data_class=DataClass.DECISIONS,
)
def special_case(
    assessed: Iterable[Recorded[OppositionAssessed]], dwelling: str, day: date
) -> Finding:
    """§ 30: the organisation has found a very special case with reasonable ground to oppose."""
    return opposed(assessed, OppositionGround.LETTING_30, dwelling, day)


APPROVAL_WEEKDAYS = 5


def approval_scheme(view: View, dwelling: DwellingRecorded, day: date) -> Finding:
    """§ 61: the municipality has decided to approve each letting by the organisation.

    The decision binds the organisation by being told to it; one that was not told is none. One
    for some departments reaches those alone.
    """
    if dwelling.kind not in (DwellingKind.FAMILY, DwellingKind.YOUTH):
        return Finding(Status.NOT_MET)
    key = f"{dwelling.municipality}/{dwelling.organisation}"
    decided = [
        item
        for item in view.find(ApprovalSchemeDecided, key)
        if calendar.covers(item.fact.first_day, item.fact.last_day, day)
    ]
    reaching = [
        item
        for item in decided
        if not item.fact.departments or dwelling.department in item.fact.departments
    ]
    if reaching:
        return Finding(Status.MET, tuple(reaching[-1:]))
    if decided and not dwelling.department:
        missing = Missing("department_recorded", "housing_organisation")
        return Finding(Status.UNKNOWN, tuple(decided[-1:]), (), (missing,))
    if decided:
        return Finding(Status.NOT_MET)
    none = ("scheme", "none")
    return none_recorded(view, ApprovalSchemeDecided, dwelling.municipality, day, none)


_SATURDAY = 6


def last_day_to_refuse(received_on: date, saturdays: bool) -> date:
    """Return the fifth weekday after the municipality received the letting (§ 42, stk. 3).

    No Sunday and no public holiday is one; `saturdays`: a Saturday is (AMB-42-SATURDAY).
    """
    day, left = received_on, APPROVAL_WEEKDAYS
    while left:
        day += timedelta(days=1)
        if not calendar.is_holy(day) and (saturdays or day.isoweekday() != _SATURDAY):
            left -= 1
    return day


def _refuse_by(received_on: date, acted_on: date, readings: Readings) -> date:
    """Return the last day, asking how Saturdays are read only where it matters for that day."""
    early, late = (last_day_to_refuse(received_on, saturdays) for saturdays in (True, False))
    if early < acted_on <= late:
        return early if readings("AMB-42-SATURDAY") == "a" else late
    return late


@_letting(
    "LET-APPROVAL-42",
    "udlejningsbekendtgørelsen § 42; almenboligloven § 61",
    act=acts.LETTING_ORDER,
    first_day=acts.BEK_1360_2018.in_force,
    effect=Effect.BANS,
    data_class=DataClass.DECISIONS,
    points=("AMB-42-SATURDAY",),
    parameters={"weekdays": APPROVAL_WEEKDAYS},
    parts=(approval_scheme,),
)
def refused_approval(
    answered: Iterable[Recorded[ApprovalAnswered]],
    dwelling: str,
    day: date,
    sent_for_approval: date | None,
    readings: Readings,
) -> Finding:
    """§ 42: the municipality has refused, and did so in time; later its power has lapsed.

    `sent_for_approval`: the day that the municipality received the letting; None: not stated.
    What it answered about another dwelling, or about a letting that it received before that day,
    is about another letting; an answer that names no dwelling is told apart by the day alone.
    """
    received = sent_for_approval or date.min
    of = of_case(
        (i for i in answered if i.fact.sent_on <= day and i.fact.received_on >= received),
        "dwelling",
        (dwelling,),
    )
    known = of.named + [i for i in of.unnamed if i.fact.received_on == sent_for_approval]
    if of.unnamed and not known:
        missing = Missing("approval_dwelling", "municipality")
        return Finding(Status.UNKNOWN, tuple(of.unnamed), (), (missing,))
    if known:
        item = max(known, key=lambda i: (i.fact.received_on, i.position))
        until = _refuse_by(item.fact.received_on, item.fact.sent_on, readings)
        values = (("refuse_by", until.isoformat()), ("sent_on", item.fact.sent_on.isoformat()))
        if not item.fact.refused:
            return Finding(Status.NOT_MET, (item,), (("approval", "given"), *values))
        if item.fact.sent_on > until:
            return Finding(Status.NOT_MET, (item,), (("approval", "lapsed"), *values))
        change = Change("approval_given")
        return Finding(Status.MET, (item,), values, (), (change,))
    if sent_for_approval is not None:
        until = _refuse_by(sent_for_approval, day, readings)
        if day > until:
            values = (("approval", "not_refused_in_time"), ("refuse_by", until.isoformat()))
            return Finding(Status.NOT_MET, (), values)
    return Finding(Status.UNKNOWN, (), (), (Missing("approval_answered", "municipality"),))


# --- What was agreed and never enacted ------------------------------------------------------


@_never_enacted(
    "LET-AGREEMENT-CRIME",
    "aftale af maj 2018 om parallelsamfund, del 4",
    first_day=date(2018, 5, 9),
    last_day=date(2018, 11, 30),
    confidence=Confidence.AGREEMENT_ONLY,
    areas=("vulnerable",),
)
@_never_enacted(
    "LET-STUDENT-TEMP",
    "aftale af maj 2018 om parallelsamfund, del 2; ikke fundet i nogen lov",
    first_day=acts.LOV_1322_2018.in_force,
    confidence=Confidence.NOT_VERIFIED,
    areas=("transformation",),
)
def never(*_: object) -> Finding:
    """Say of what was agreed, or searched for and not found in an act, that it decides nothing."""
    return Finding(Status.NOT_APPLICABLE)


RULES = declared(globals())

GROUNDS = {
    RefusalGround.OCCUPANCY: "LET-OCC-26",
    RefusalGround.DEBT: "LET-DEBT-27",
    RefusalGround.TERMINATION: "LET-PRIOR-28",
    RefusalGround.CERTIFICATE: "LET-RECORD-29",
    RefusalGround.SPECIAL_CASE: "LET-OTHER-30",
}
"""The rule of each ground, in the order of the order."""
