"""Letting from the waiting list: combined letting (§ 51 b) and transformation areas (§ 51 c).

Both speak of the applicant and a spouse, and whoever has lived with the applicant for two years
is taken as one. What a person receives is for the municipality to look at: in its own instance
the rules `...-PERSON` read its benefit facts; a housing organisation holds the yes or no that
the municipality vouches for, for one day, and `rejected_by` reads that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from enum import StrEnum
from functools import partial

import msgspec

from domain import calendar
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    AttestedAnswer,
    Benefit,
    BenefitCondition,
    BenefitConditionAttested,
    CohabitationProof,
    CombinedLettingDecided,
    DispensationDecided,
    DwellingKind,
    DwellingRecorded,
    GroupingApproved,
    HouseholdMember,
    ListKind,
    MemberRole,
    PlanApproved,
)
from domain.law import acts
from domain.law.area import lists, origin
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.former import FORMER_YEARS
from domain.law.benefits import (
    BenefitRecord,
    Ground,
    described,
    run_of_months,
)
from domain.law.edition import Edition
from domain.law.kernel import (
    Change,
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
from domain.law.referral.grounds import REFORM, RENAMING
from domain.law.standing import newest, of_case, standing
from domain.law.undecided import none_recorded
from domain.reference import View


class LettingChannel(StrEnum):
    """Which way a dwelling is let."""

    WAITING_LIST = "waiting_list"
    """Ordinary or internal list (§ 51, stk. 1)."""
    FLEXIBLE = "flexible"
    """One of the dwellings that criteria are used for (§ 60)."""
    ADVERTISED = "advertised"
    """By public advertising in a problem-stricken department (§ 60 a)."""
    OUTSIDE_LIST = "outside_list"
    """To others, since nobody on the list wants it (§ 51, stk. 5)."""
    REHOUSING = "rehousing"
    """§ 51, stk. 7, or almenlejeloven § 86."""
    REFERRAL = "referral"
    """Put at the municipality's disposal (§ 59, stk. 1 or 2)."""
    OTHER_REFERRAL = "other_referral"
    """Referred by the municipality under § 59, stk. 3 to 5."""
    HALFWAY = "halfway"
    """A halfway dwelling (*udslusningsbolig*, § 63)."""


FROM_THE_LIST = frozenset({LettingChannel.WAITING_LIST, LettingChannel.FLEXIBLE})
"""Ways of letting to somebody on the waiting list."""


# --- Where § 51 c and § 51 b reach ----------------------------------------------------------


def transformation_here(
    edition: Edition, view: View, dwelling: DwellingRecorded, day: date, readings: Readings
) -> Finding:
    """§ 51 c, stk. 1: the department lies in a transformation area, or in a former one."""
    areas = [] if dwelling.area is None else [dwelling.area]
    others = [area for area in dwelling.department_areas if area not in areas]
    if others and readings("AMB-DEPT-DEPARTMENT") == "b":
        areas += others
    return first_of([_transformation(edition, view, area, day, readings) for area in areas])


def _transformation(
    edition: Edition, view: View, area: str, day: date, readings: Readings
) -> Finding:
    found = area_law.status(edition, view, area, Category.TRANSFORMATION, day, readings)
    if found.status is not Status.NOT_MET:
        return found
    former = edition.rules["PLAN-FORMER-LETTING"]
    if not applies(former, day, readings):
        return found
    kept = area_law.status(edition, view, area, Category.FORMER_TRANSFORMATION, day, readings)
    if kept.status is Status.NOT_MET and _still_vulnerable(view, area, day):
        off = _off_one_list(view, area, day, kept, readings)
        return origin.without(view, Category.FORMER_TRANSFORMATION, day, off, readings)
    return kept


def _still_vulnerable(view: View, area: str, day: date) -> bool:
    return (
        _planned(view, area, day).status is not Status.NOT_MET
        and lists.official(view, area, ListKind.VULNERABLE, day).status is Status.MET
    )


def _planned(view: View, area: str, day: date) -> Finding:
    """Say whether a plan of the area is approved."""
    if any(plan.fact.approved_on <= day for plan in view.find(PlanApproved, area)):
        return Finding(Status.MET)
    none = ("plan", "none")
    registered = view.area(area)
    if registered is None:
        return Finding(Status.NOT_MET, (), (none,))
    return none_recorded(view, PlanApproved, registered.fact.municipality, day, none, area)


def _off_one_list(view: View, area: str, day: date, kept: Finding, readings: Readings) -> Finding:
    """Off the transformation list and still vulnerable: former by one reading of § 168 a only."""
    if dict(kept.values).get("plan") == "carried_out":
        return kept
    if readings("AMB-FORMER-YEARS-WHICH") == "a":
        return kept
    due = lists.list_day_due(ListKind.TRANSFORMATION, day)
    evidence = list(kept.evidence)
    for count in range(FORMER_YEARS):
        found = lists.on_list(
            view, area, ListKind.TRANSFORMATION, due.replace(year=due.year - count)
        )
        evidence.extend(found.evidence)
        if found.status is Status.MET:
            planned = _planned(view, area, day)
            if planned.status is Status.UNKNOWN:
                return Finding(Status.UNKNOWN, tuple(evidence), planned.values, planned.missing)
            values = (("lists_off_in_a_row", str(count)), ("plan", "joint"))
            return Finding(Status.MET, tuple(evidence), values)
        if found.status is Status.UNKNOWN:
            return Finding(Status.UNKNOWN, tuple(evidence), (), found.missing)
    return kept


def combined_letting_here(
    view: View, dwelling: DwellingRecorded, day: date, readings: Readings, *, extended: bool
) -> Finding:
    """§ 51 b, stk. 1: the municipality has decided on combined letting for the area.

    Family dwellings alone are let so.
    """
    decided = [
        item
        for item in (
            []
            if dwelling.area is None or dwelling.kind is not DwellingKind.FAMILY
            else view.find(CombinedLettingDecided, dwelling.area)
        )
        if item.fact.decided_on <= day
        and calendar.covers(item.fact.first_day, item.fact.last_day, day)
    ]
    if not decided:
        return _not_combined(view, dwelling, day)
    item = max(decided, key=lambda i: (i.fact.decided_on, i.position))
    values = (("decided_on", item.fact.decided_on.isoformat()),)
    if extended and not item.fact.extended:
        return Finding(Status.NOT_MET, (item,), (("decision", "not_extended"), *values))
    left = _left_the_list(view, item.fact.area, day)
    if left is not None and readings("AMB-51B-OFF") == "b":
        status = Status.NOT_MET if left.status is Status.NOT_MET else Status.UNKNOWN
        evidence = (item, *left.evidence)
        return Finding(status, evidence, (("decision", "off_the_list"), *values), left.missing)
    return Finding(Status.MET, (item,), values)


def _left_the_list(view: View, area: str, day: date) -> Finding | None:
    """Return what the list due says of an area that was on one, and is or may be so no longer.

    None: it is on the list, counts as one that is (stk. 6), or is on none that is held.
    """
    kind = ListKind.COMBINED_LETTING
    now = lists.official(view, area, kind, day)
    grouped = any(
        calendar.covers(item.fact.approved_on, item.fact.last_day, day)
        for item in view.find(GroupingApproved, area)
    )
    before = [lists.on_list(view, area, kind, each) for each in lists.list_days(kind, day)]
    was_on = any(each.status is Status.MET for each in before)
    return None if grouped or now.status is Status.MET or not was_on else now


def _not_combined(view: View, dwelling: DwellingRecorded, day: date) -> Finding:
    """Say what it means that no decision is recorded.

    Only of an area with a high share outside the labour market can one be taken (stk. 3 to 6).
    """
    none, kind = ("decision", "none"), ListKind.COMBINED_LETTING
    area = dwelling.area
    if area is None or dwelling.kind is not DwellingKind.FAMILY:
        return Finding(Status.NOT_MET, (), (none,))
    silent = none_recorded(view, CombinedLettingDecided, dwelling.municipality, day, none, area)
    grouped = any(item.fact.approved_on <= day for item in view.find(GroupingApproved, area))
    if grouped or lists.first_that_may_name(view, area, kind, day) is not None:
        return silent
    return Finding(Status.NOT_MET, (), (none,))


EVALUATION_YEARS = 5
"""§ 51 b, stk. 10: the municipality evaluates who lives there every fifth year."""


def evaluation_overdue(decided: Recorded[CombinedLettingDecided], day: date) -> bool:
    """Tell whether a decision on combined letting should have been evaluated by `day`."""
    last = decided.fact.evaluated_on or decided.fact.decided_on
    return calendar.months_after(last, 12 * EVALUATION_YEARS) < day


def listed(view: View, area: str, kind: ListKind, day: date) -> bool:
    """Tell whether the list due on the day names the area."""
    return lists.official(view, area, kind, day).status is Status.MET


def first_of(findings: Iterable[Finding]) -> Finding:
    """Return a finding that is met, else one that is unknown, else that none is met."""
    found = list(findings)
    for status in (Status.MET, Status.UNKNOWN):
        for each in found:
            if each.status is status:
                return each
    evidence = tuple(dict.fromkeys(item for each in found for item in each.evidence))
    return Finding(Status.NOT_MET, evidence)


# --- What the municipality finds about one person -------------------------------------------

_UDDANNELSESHJAELP = frozenset({Benefit.UDDANNELSESHJAELP})
_OLD = frozenset({Benefit.KONTANTHJAELP}) | _UDDANNELSESHJAELP
_SHO = frozenset({Benefit.SELVFORSOERGELSES_OG_HJEMREJSEYDELSE, Benefit.OVERGANGSYDELSE})
_INTEGRATION = frozenset({Benefit.INTEGRATIONSYDELSE})
_KONTANTHJAELP = frozenset(
    {Benefit.KONTANTHJAELP, Benefit.KONTANTHJAELP_16_1, Benefit.KONTANTHJAELP_16_2}
)
_EXTENDED = frozenset({Benefit.ARBEJDSLOESHEDSDAGPENGE, Benefit.SYGEDAGPENGE})
_JOBAFKLARING = frozenset({Benefit.RESSOURCEFORLOEBSYDELSE_JOBAFKLARING})
_RESSOURCE = frozenset({Benefit.RESSOURCEFORLOEBSYDELSE})
_PENSION = frozenset({Benefit.FOERTIDSPENSION})
_SENIOR = frozenset({Benefit.SENIORPENSION})

SIX_MONTHS = (
    (date(2006, 1, 1), Ground(6, frozenset({Benefit.KONTANTHJAELP}))),
    (date(2014, 1, 1), Ground(6, _OLD | _INTEGRATION, renamed=_SHO)),
    (RENAMING, Ground(6, _OLD | _SHO, renamed=_INTEGRATION)),
    (REFORM, Ground(6, _KONTANTHJAELP, replaced=_UDDANNELSESHJAELP | _SHO)),
)
"""The benefits of § 51 b, stk. 1, 1. pkt., and of § 51 c, by the day asked about.

*Starthjælp* and *introduktionsydelse*, which it also named until the end of 2011, are not held.
"""

EXTENDED = (
    (date(2011, 1, 1), Ground(6, _EXTENDED)),
    (date(2018, 12, 1), Ground(6, _EXTENDED | _JOBAFKLARING)),
)
"""The benefits of § 51 b, stk. 1, 2. pkt., by the day asked about."""


def _wording(wordings: Iterable[tuple[date, Ground]], day: date) -> Ground | None:
    found = [ground for first_day, ground in wordings if first_day <= day]
    return found[-1] if found else None


COHABITATION_MONTHS = 24
"""§ 51 b, stk. 1, 4. pkt. and § 51 c, stk. 2: at least two years."""

_letting = partial(rule, question="letting")
_rejects = partial(
    _letting,
    effect=Effect.BANS,
    data_class=DataClass.ATTESTATIONS,
    asked_with_more=True,
    parameters={"cohabitation_months": COHABITATION_MONTHS},
)
_of_one_person = partial(
    rule,
    question="benefit_condition",
    effect=Effect.BANS,
    data_class=DataClass.BENEFITS,
)
_OMD = ("transformation", "former_transformation")
_SPOUSE_POINTS = ("AMB-AND", "AMB-2Y")
_MONTH_POINTS = ("AMB-WINDOW", "AMB-CALMONTH", "AMB-MIX-WITHIN", "AMB-NAMEGAP", "AMB-2025")


@_of_one_person(
    "LET-OMD-51C-PERSON",
    "almenboligloven § 51 c, stk. 1 og 3",
    act=f"{acts.LOV_1322_2018}; {acts.LOV_2157_2021}; {acts.LOV_1655_2024}",
    first_day=date(2019, 7, 1),
    areas=_OMD,
    points=("AMB-NAMEGAP",),
    parameters=described(SIX_MONTHS),
    whose=Whose.MEMBERS,
)
def receives_listed(record: BenefitRecord, day: date, readings: Readings) -> Finding:
    """§ 51 c, stk. 1: receives a listed benefit on the day; no window of months."""
    ground = _wording(SIX_MONTHS, day)
    if ground is None:
        return Finding(Status.NOT_MET)
    return received(record, ground.named, ground.renamed, day, readings, "AMB-NAMEGAP", "a")


@_of_one_person(
    "LET-KOMB-51B-BASE-PERSON",
    "almenboligloven § 51 b, stk. 1, 2 og 7",
    act=f"{acts.LOV_328_2005}; {acts.LOV_2157_2021}; {acts.LOV_1655_2024}",
    first_day=acts.LOV_328_2005.in_force,
    start_verified=False,
    signed=acts.LOV_328_2005.day,
    printed=acts.LBK_1204_2009.day,
    points=_MONTH_POINTS,
    parameters=described(SIX_MONTHS),
    whose=Whose.MEMBERS,
)
def six_months_listed(record: BenefitRecord, day: date, readings: Readings) -> Finding:
    """§ 51 b, stk. 1, 1. and 3. pkt.: six months on listed benefits, and receives one now."""
    ground = _wording(SIX_MONTHS, day)
    if ground is None:
        return Finding(Status.NOT_MET)
    now = _receives_now(record, day, readings)
    if now.status is not Status.MET:
        return now
    return _both(run_of_months(ground, record, day, readings), now)


@_of_one_person(
    "LET-KOMB-51B-EXT-PERSON",
    "almenboligloven § 51 b, stk. 1, 2. pkt., stk. 2 og 7",
    act=f"{acts.LOV_1611_2010}; {acts.LOV_1322_2018}",
    first_day=acts.LOV_1611_2010.in_force,
    start_verified=False,
    signed=acts.LOV_1611_2010.day,
    printed=acts.LBK_103_2011.day,
    points=(*_MONTH_POINTS, "AMB-MIX-ACROSS", "AMB-SENIOR", "AMB-RESSOURCE"),
    parameters=described(EXTENDED),
    whose=Whose.MEMBERS,
)
def extended_list(record: BenefitRecord, day: date, readings: Readings) -> Finding:
    """§ 51 b, stk. 1, 2. and 3. pkt.: disability pension, or six months on the extended list."""
    ground = _wording(EXTENDED, day)
    if ground is None:
        return Finding(Status.NOT_MET)
    pension = received(record, _PENSION, _SENIOR, day, readings, "AMB-SENIOR", "b")
    if pension.status is Status.MET:
        return pension
    now = _receives_now(record, day, readings)
    if now.status is not Status.MET:
        return now
    beside = _RESSOURCE & record.kinds and ground.named >= _JOBAFKLARING
    if beside and readings("AMB-RESSOURCE") == "b":
        ground = msgspec.structs.replace(ground, named=ground.named | _RESSOURCE)
    base = _wording(SIX_MONTHS, day)
    if base is not None:
        ground = msgspec.structs.replace(ground, joined=base.named)
    months = run_of_months(ground, record, day, readings)
    if months.status is Status.NOT_MET:
        return pension if pension.status is Status.UNKNOWN else _both(months, pension)
    return _both(months, now)


def _receives_now(record: BenefitRecord, day: date, readings: Readings) -> Finding:
    """§ 51 b, stk. 1, 3. pkt.: receives a benefit of either sentence on the day."""
    base, extended = _wording(SIX_MONTHS, day), _wording(EXTENDED, day)
    named = _PENSION
    renamed: frozenset[Benefit] = frozenset()
    if base is not None:
        named, renamed = named | base.named, base.renamed
    if extended is not None:
        named = named | extended.named
    return received(record, named, renamed, day, readings, "AMB-NAMEGAP", "a")


def _both(decides: Finding, beside: Finding) -> Finding:
    """Return a finding that rests on another one too."""
    evidence = (*decides.evidence, *(i for i in beside.evidence if i not in decides.evidence))
    return msgspec.structs.replace(decides, evidence=evidence)


def received(
    record: BenefitRecord,
    named: frozenset[Benefit],
    other: frozenset[Benefit],
    day: date,
    readings: Readings,
    point: str,
    counts: str,
) -> Finding:
    """Say whether a benefit is received on the day; `other` counts where `point` is read so."""
    values = (("day", day.isoformat()),)
    received = record.received_on(named, day)
    beside = record.received_on(other, day)
    if not received and beside and readings(point) == counts:
        received = beside
    if received:
        kinds = sorted({str(item.fact.benefit) for item in received})
        change = Change("benefit_condition_not_met", values)
        return Finding(
            Status.MET, tuple(received), (*values, ("benefits", " ".join(kinds))), (), (change,)
        )
    vouching = record.attested_on(named, day, day)
    if vouching is None:
        details = (
            ("benefits", " ".join(sorted(named))),
            ("months", calendar.month_text(calendar.month_of(day))),
        )
        missing = Missing("benefits_attested", "municipality_benefits", details)
        return Finding(Status.UNKNOWN, tuple(beside), values, (missing,))
    return Finding(Status.NOT_MET, (*beside, *vouching), values)


# --- What the organisation holds of one person ----------------------------------------------


def unless_resident(made: Finding, lives_in_department: bool | None, day: date) -> Finding:
    """§§ 51 b and 51 c, stk. 1: who has a dwelling in the department already is not rejected.

    Whether the applicant has one matters only where both are rejected otherwise.
    """
    if made.status is Status.MET and lives_in_department is None:
        missing = Missing("residence_stated", "housing_organisation")
        return Finding(Status.UNKNOWN, made.evidence, made.values, (missing,))
    return made


class Days(msgspec.Struct, frozen=True):
    """The days of a letting beside the day itself; None: not stated."""

    offered: date | None = None
    takeover: date | None = None
    takeover_open: bool = False
    """The rule looks at the day of takeover, and it is not stated."""

    def about(self) -> str:
        """Write them as a member's finding names them."""
        said = (("offered", self.offered), ("takeover", self.takeover))
        days = [f"{name}={day.isoformat()}" for name, day in said if day is not None]
        return " ".join([*days, *([f"takeover={_OPEN}"] if self.takeover_open else [])])


_OPEN = "open"


def days_of(about: str) -> Days:
    """Read the days that a member's finding was asked with."""
    said = dict(each.split("=", 1) for each in about.split())
    takeover_open = said.get("takeover") == _OPEN
    if takeover_open:
        del said["takeover"]
    days = {name: date.fromisoformat(day) for name, day in said.items()}
    return Days(**days, takeover_open=takeover_open)


@_rejects(
    "LET-OMD-51C",
    "almenboligloven § 51 c, stk. 1-3",
    act=f"{acts.LOV_1322_2018}; {acts.LOV_2157_2021}; {acts.LOV_1655_2024}",
    first_day=date(2019, 7, 1),
    areas=_OMD,
    points=(*_SPOUSE_POINTS, "AMB-REFDATE-51C", "AMB-DEPT-DEPARTMENT"),
    defeated_by=("LET-OMD-51C-DISP",),
    whose=Whose.COUPLE,
    parts=(unless_resident,),
)
def rejected_in_transformation(
    record: Record, day: date, readings: Readings, view: View, about: str
) -> Finding:
    """§ 51 c, stk. 1 and 3: the municipality vouches that a listed benefit is received."""
    days = days_of(about)
    found = {
        reading: _attested(record, BenefitCondition.RECEIVES_51C, on)
        for reading, on in (
            ("a", days.offered or day),
            ("b", day),
            ("c", days.takeover or day),
        )
    }
    if days.takeover_open:
        missing = Missing("takeover_stated", "housing_organisation")
        found["c"] = Finding(Status.UNKNOWN, (), (), (missing,))
    if len({each.status for each in found.values()}) == 1:
        return found["b"]
    return found[readings("AMB-REFDATE-51C")]


_rejects_combined = partial(
    _rejects,
    start_verified=False,
    areas=("combined_letting",),
    points=(*_SPOUSE_POINTS, "AMB-51B-OFF"),
    defeated_by=("LET-KOMB-51B-EMPTY",),
    whose=Whose.COUPLE,
    parts=(combined_letting_here, evaluation_overdue, unless_resident),
)


@_rejects_combined(
    "LET-KOMB-51B-BASE",
    "almenboligloven § 51 b, stk. 1, 2 og 7",
    act=f"{acts.LOV_328_2005}; {acts.LOV_2157_2021}; {acts.LOV_1655_2024}",
    first_day=acts.LOV_328_2005.in_force,
    signed=acts.LOV_328_2005.day,
    printed=acts.LBK_1204_2009.day,
)
def rejected_by_six_months(
    record: Record, day: date, readings: Readings, view: View, about: str
) -> Finding:
    """§ 51 b, stk. 1, 1. and 3. pkt., and stk. 7: as the municipality vouches."""
    return _attested(record, BenefitCondition.SIX_MONTHS_51B, day)


@_rejects_combined(
    "LET-KOMB-51B-EXT",
    "almenboligloven § 51 b, stk. 1, 2. pkt., stk. 2 og 7",
    act=f"{acts.LOV_1611_2010}; {acts.LOV_1322_2018}",
    first_day=acts.LOV_1611_2010.in_force,
    signed=acts.LOV_1611_2010.day,
    printed=acts.LBK_103_2011.day,
)
def rejected_by_extended_list(
    record: Record, day: date, readings: Readings, view: View, about: str
) -> Finding:
    """§ 51 b, stk. 1, 2. and 3. pkt., and stk. 7: as the municipality vouches."""
    return _attested(record, BenefitCondition.EXTENDED_51B, day)


def _attested(record: Record, condition: BenefitCondition, day: date) -> Finding:
    values: tuple[tuple[str, str], ...] = (("day", day.isoformat()),)
    details = (("asked_condition", str(condition)), *values)
    said = [
        item
        for item in record.facts
        if type(item.fact) is BenefitConditionAttested
        and item.fact.condition is condition
        and item.fact.day == day
    ]
    answers = {item.fact.answer for item in said}
    if len(answers) != 1:
        kind = "benefit_condition_contradictory" if answers else "benefit_condition_attested"
        return Finding(
            Status.UNKNOWN, tuple(said), values, (Missing(kind, "municipality_answers", details),)
        )
    item = said[-1]
    if item.fact.points:
        values = (*values, ("attested_points", " ".join(item.fact.points)))
    match item.fact.answer:
        case AttestedAnswer.YES:
            change = Change("benefit_condition_not_met", (("day", day.isoformat()),))
            return Finding(Status.MET, (item,), values, (), (change,))
        case AttestedAnswer.NO:
            return Finding(Status.NOT_MET, (item,), values)
        case _:
            missing = Missing("benefit_condition_undetermined", "municipality_answers", details)
            return Finding(Status.UNKNOWN, (item,), values, (missing,))


# --- The applicant and whoever counts as a spouse -------------------------------------------

Of = Callable[[object], Finding]


class Couple(msgspec.Struct, frozen=True):
    """The applicant, and who may count as a spouse, each with whether that is sure."""

    applicant: object | None
    spouses: tuple[tuple[object, bool], ...]
    complete: bool
    """Nobody else can be a spouse."""
    missing: tuple[Missing, ...] = ()


def couple(
    members: Iterable[tuple[object | None, HouseholdMember | None]],
    complete: bool,
    day: date,
    readings: Readings,
) -> Couple:
    """Say who is the applicant, and who is taken as a spouse (§ 51 b, stk. 1; § 51 c, stk. 2).

    Of several applicants it is not known whom a spouse belongs to, or whether they are a couple.
    """
    applicants: list[object] = []
    spouses: list[tuple[object, bool]] = []
    missing: list[Missing] = []
    for person, fact in members:
        if person is None or fact is None:
            continue
        if fact.role is MemberRole.APPLICANT:
            applicants.append(person)
        elif fact.role is MemberRole.SPOUSE:
            spouses.append((person, True))
        elif fact.role is None:
            spouses.append((person, False))
            missing.append(_ROLES)
        elif fact.role is MemberRole.PARTNER:
            equated = _lived_together(fact, day, readings)
            if equated is None:
                missing.append(Missing("cohabitation_stated", "housing_organisation"))
            if equated is not False:
                spouses.append((person, equated is True))
    applicant = applicants[0] if len(applicants) == 1 else None
    if applicant is None and _ROLES not in missing:
        missing.append(_ROLES)
    return Couple(applicant, tuple(spouses), complete, tuple(missing))


_ROLES = Missing("roles_stated", "housing_organisation")


def _lived_together(fact: HouseholdMember, day: date, readings: Readings) -> bool | None:
    if fact.together_since is None:
        return None
    if calendar.months_after(fact.together_since, COHABITATION_MONTHS) > day:
        return False
    return fact.together_by is CohabitationProof.REGISTER or readings("AMB-2Y") == "b"


def both_rejected(found: Couple, of: Of, readings: Readings) -> Finding:
    """Say whether applicant and spouse are both rejected; a single applicant is tested alone."""
    if found.applicant is None:
        return Finding(Status.UNKNOWN, (), (), found.missing)
    own = of(found.applicant)
    sure = [of(person) for person, is_spouse in found.spouses if is_spouse]
    if not found.spouses and found.complete:
        return Finding(own.status, (), (("who", "single"),), own.missing)
    values = (("who", "couple"),)
    others = {each.status for each in sure} or {Status.UNKNOWN}
    if others == {own.status} and own.status is not Status.UNKNOWN:
        return Finding(own.status, (), values)
    every = {own.status, *others}
    missing = (*own.missing, *(m for each in sure for m in each.missing), *found.missing)
    if readings("AMB-AND") == "b":
        status = _one_of(every, (Status.MET, Status.NOT_EXAMINED, Status.UNKNOWN))
    else:
        status = _one_of(every, (Status.NOT_MET, Status.NOT_EXAMINED, Status.UNKNOWN))
        if not sure and own.status is Status.MET:
            # Whoever may be a spouse leaves it open only where it is not rejected too.
            unsure = {of(person).status for person, _ in found.spouses}
            status = Status.MET if unsure == {Status.MET} and found.complete else Status.UNKNOWN
    return Finding(status, (), values, missing if status is Status.UNKNOWN else ())


def _one_of(statuses: set[Status], order: Iterable[Status]) -> Status:
    for status in order:
        if status in statuses:
            return status
    return statuses.pop()


# --- What lifts a rejection, and what it brings ---------------------------------------------


@_letting(
    "LET-OMD-51C-DISP",
    "almenboligloven § 51 c, stk. 4",
    act=acts.LOV_1322_2018,
    first_day=date(2019, 7, 1),
    effect=Effect.LIFTS,
    data_class=DataClass.DECISIONS,
    areas=_OMD,
)
def dispensation(
    decisions: Iterable[Recorded[DispensationDecided]], areas: Collection[str], day: date
) -> Finding:
    """§ 51 c, stk. 4: the municipality dispenses in a wholly special case.

    It lifts the rejection by being told to the organisation; one that was not told is none, and
    one for another area (`areas`: those that the department lies in) is not for this letting.
    """
    of = of_case(decisions, "area", areas)
    for item in (standing(of.named, day), standing(of.unnamed, day)):
        if item is None:
            continue
        values = (("decision_day", item.fact.decision_day.isoformat()),)
        if item.fact.area:
            return Finding(Status.MET, (item,), values)
        missing = Missing("dispensation_area", "municipality", values)
        return Finding(Status.UNKNOWN, (item,), values, (missing,))
    ended = newest(of.named, day)
    if ended is not None:
        values = (("decision_day", ended.fact.decision_day.isoformat()),)
        return Finding(Status.NOT_MET, (ended,), (("decision", "ended"), *values))
    return Finding(Status.NOT_MET, (), (("decision", "none"),))


EMPTY_MONTHS = 12
"""§ 51 b, stk. 8: how long a dwelling may be left empty by agreement."""


@_letting(
    "LET-KOMB-51B-EMPTY",
    "almenboligloven § 51 b, stk. 8",
    act=acts.LOV_328_2005,
    first_day=acts.LOV_328_2005.in_force,
    start_verified=False,
    signed=acts.LOV_328_2005.day,
    printed=acts.LBK_1204_2009.day,
    effect=Effect.LIFTS,
    areas=("combined_letting",),
    parameters={"empty_months": EMPTY_MONTHS},
)
def nobody_else(wanted_by_nobody_else: bool, left_empty_since: date | None, day: date) -> Finding:
    """§ 51 b, stk. 8: a dwelling that nobody else on the list wants goes to those rejected.

    `left_empty_since`: it became vacant then, and leaving it empty is agreed.
    """
    if not wanted_by_nobody_else:
        return Finding(Status.NOT_MET, (), (("others", "wanted"),))
    if left_empty_since is not None:
        until = calendar.months_after(left_empty_since, EMPTY_MONTHS)
        if day < until:
            return Finding(Status.NOT_MET, (), (("left_empty_until", until.isoformat()),))
    return Finding(Status.MET, (), (("others", "none"),))


OFFER_MONTHS = 6
"""§ 51 b, stk. 9: as far as possible within six months of the notice of rejection."""


@_letting(
    "LET-KOMB-51B-OFFER",
    "almenboligloven § 51 b, stk. 9",
    act=acts.LOV_328_2005,
    first_day=acts.LOV_328_2005.in_force,
    start_verified=False,
    signed=acts.LOV_328_2005.day,
    printed=acts.LBK_1204_2009.day,
    effect=Effect.CLASSIFIES,
    areas=("combined_letting",),
    parameters={"offer_months": OFFER_MONTHS},
)
def owed_another_dwelling(
    decided: Recorded[CombinedLettingDecided], registered_on: date | None, day: date
) -> Finding:
    """§ 51 b, stk. 9: who was on the list by the day of the decision is owed another dwelling."""
    values: tuple[tuple[str, str], ...] = (("decided_on", decided.fact.decided_on.isoformat()),)
    if registered_on is None:
        missing = Missing("registered_on_stated", "housing_organisation")
        return Finding(Status.UNKNOWN, (decided,), values, (missing,))
    values = (*values, ("registered_on", registered_on.isoformat()))
    if registered_on > decided.fact.decided_on:
        return Finding(Status.NOT_MET, (decided,), values)
    until = calendar.months_after(day, OFFER_MONTHS)
    return Finding(Status.MET, (decided,), (*values, ("offer_by", until.isoformat())))


RULES = declared(globals())

CONDITIONS = {
    BenefitCondition.RECEIVES_51C: "LET-OMD-51C-PERSON",
    BenefitCondition.SIX_MONTHS_51B: "LET-KOMB-51B-BASE-PERSON",
    BenefitCondition.EXTENDED_51B: "LET-KOMB-51B-EXT-PERSON",
}
"""The rule that a municipality answers each condition by."""
