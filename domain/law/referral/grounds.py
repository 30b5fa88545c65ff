"""Municipal referral: almenboligloven § 59, stk. 6 to 9.

The grounds of stk. 6 (vulnerable areas; until 30 November 2018 ghetto and combined-letting areas)
and stk. 7 (prevention areas) are about each member of the household. Two things lift them: the
exemption of stk. 7, 2. pkt. and stk. 8, and the municipality's assessment under stk. 9 (until 29
November 2021 stk. 7), after which it must refer inside. The Integration Act's ban for refugees
stands beside them (`refugees.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

import msgspec

from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    AreaListed,
    Benefit,
    DwellingKind,
    DwellingRecorded,
    ExemptionDecided,
    FallbackDecided,
    FamilyDwellingsCounted,
    ListKind,
)
from domain.law import acts
from domain.law.area import lists
from domain.law.area import status as area_law
from domain.law.area.categories import Category
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
    Status,
    Whose,
    applies,
    declared,
    rule,
)
from domain.law.referral import refugees, six_months
from domain.law.referral.six_months import STK_6_AREAS, bans, bans_in_prevention
from domain.law.standing import ASSESSMENT_MONTHS, assessed_anew, of_other_vacancies, standing
from domain.law.undecided import none_recorded
from domain.reference import View

SCOPE_OF_2018 = acts.LOV_1322_2018.in_force
"""Vulnerable areas in place of ghetto and combined-letting areas, and
the grounds about benefits."""

RENAMING = acts.LOV_2157_2021.in_force
"""Prevention areas, new names of areas and benefits."""

REFORM = acts.LOV_1655_2024.in_force
"""The cash-benefit reform."""


# --- Where the dwelling lies ----------------------------------------------------------------


class Regime(StrEnum):
    """Which bans reach the dwelling on the day."""

    ORDINARY = "ordinary"
    VULNERABLE = "vulnerable"
    """Stk. 6: a vulnerable area, or a former transformation area under a plan."""
    PREVENTION = "prevention"
    """Stk. 7: a family dwelling in a prevention area."""
    GHETTO = "ghetto"
    """Stk. 6 until 30 November 2018: a ghetto area or an area for combined letting."""
    UNKNOWN = "unknown"
    OUTSIDE_SECTION = "outside_section"
    """Not a dwelling that § 59, stk. 1-5 speaks of."""
    BEYOND_SECTION = "beyond_section"
    """Put at disposal under another act, so that the bans of § 59 do not reach it."""


class Place(msgspec.Struct, frozen=True, gc=False):
    """What the dwelling's place makes of the question, with the findings behind it.

    `areas` are those that bring the regime about. `refugees`: whether the Integration Act's ban
    reaches the dwelling, by the rule `refugee_rule`.
    """

    regime: Regime
    areas: tuple[str, ...] = ()
    findings: tuple[tuple[str, str, Finding], ...] = ()
    """Rule id, area, finding."""
    refugees: Status = Status.NOT_MET
    refugee_rule: str = ""


def place(
    edition: Edition,
    view: View,
    dwelling: DwellingRecorded,
    day: date,
    readings: Readings,
    by_section_59: bool = True,
) -> Place:
    """Say which bans reach the dwelling on `day`.

    Not put at disposal by § 59, it is out of that section's reach, not of the Integration Act's.
    """
    if not by_section_59:
        bans = Place(Regime.BEYOND_SECTION)
    elif dwelling.kind is DwellingKind.ELDERLY:
        return Place(Regime.OUTSIDE_SECTION)
    else:
        bans = _place_of_bans(edition, view, dwelling, day, readings)
    if dwelling.area is None:
        return bans
    rule_id, status, findings = _place_of_refugees(edition, view, dwelling.area, day, readings)
    known = {(each, area) for each, area, _ in bans.findings}
    more = tuple(
        found
        for found in findings
        if found[:2] not in known or found[2] not in [each for _, _, each in bans.findings]
    )
    return Place(bans.regime, bans.areas, (*bans.findings, *more), status, rule_id)


def _place_of_refugees(
    edition: Edition, view: View, area: str, day: date, readings: Readings
) -> tuple[str, Status, list[tuple[str, str, Finding]]]:
    """Say whether the Integration Act's ban reaches an area, by which rule, and why.

    § 12, stk. 2 names vulnerable areas by § 61 a, stk. 1 alone. The older wording named ghetto and
    combined-letting areas; what it named from 1 December 2018 on was not seen, so that then any of
    the three may be meant.
    """
    rule_id, categories = refugees_banned_from(edition, day, readings)
    findings: list[tuple[str, str, Finding]] = []
    reached = Status.NOT_MET
    for category in categories:
        found = _not_only_grouped(edition, view, area, category, day, readings)
        findings.append(("AREA-PUBLISH", area, found))
        if found.status is Status.MET:
            return rule_id, Status.MET, findings
        if found.status is Status.UNKNOWN:
            reached = Status.UNKNOWN
    return rule_id, reached, findings


def refugees_banned_from(
    edition: Edition, day: date, readings: Readings
) -> tuple[str, tuple[Category, ...]]:
    """Return the rule of the Integration Act on `day`, and the categories of area that it names."""
    if applies(edition.rules["REF-REFUGEE"], day, readings):
        return "REF-REFUGEE", (Category.VULNERABLE,)
    older = (Category.PARALLEL_SOCIETY, Category.COMBINED_LETTING)
    if not applies(edition.rules["REF-REFUGEE-2017"], day, readings):
        return "REF-REFUGEE-2017", ()
    if day > refugees.WORDING_LAST_SEEN:
        return "REF-REFUGEE-2017", (Category.VULNERABLE, *older)
    return "REF-REFUGEE-2017", older


def _place_of_bans(
    edition: Edition, view: View, dwelling: DwellingRecorded, day: date, readings: Readings
) -> Place:
    areas = [] if dwelling.area is None else [dwelling.area]
    others = [area for area in dwelling.department_areas if area not in areas]
    if others and readings("AMB-DEPT-DWELLING") == "b":
        areas += others
    places = [_place_in(edition, view, area, dwelling.kind, day, readings) for area in areas]
    findings = tuple(finding for each in places for finding in each.findings)
    for regime in (Regime.VULNERABLE, Regime.GHETTO, Regime.UNKNOWN, Regime.PREVENTION):
        banning = tuple(a for each in places if each.regime is regime for a in each.areas)
        if banning:
            return Place(regime, banning, findings)
    return Place(Regime.ORDINARY, (), findings)


def _place_in(
    edition: Edition,
    view: View,
    area: str,
    kind: DwellingKind,
    day: date,
    readings: Readings,
) -> Place:
    if day < SCOPE_OF_2018:
        return _place_before_2018(edition, view, area, kind, day, readings)
    findings: list[tuple[str, str, Finding]] = []

    def status(category: Category) -> Status:
        found = area_law.status(edition, view, area, category, day, readings)
        findings.append(("AREA-PUBLISH", area, found))
        return found.status

    vulnerable = status(Category.VULNERABLE)
    covered = vulnerable is Status.MET
    unsure = vulnerable is Status.UNKNOWN
    prevention_exists = applies(edition.rules["AREA-FORE-2021"], day, readings)
    if covered and prevention_exists and status(Category.PREVENTION) is Status.MET:
        # Stk. 6 holds every ground of stk. 7, so the stricter status alone says as much.
        readings("AMB-OVERLAP")
    if vulnerable is Status.NOT_MET:
        left = edition.rules["AREA-LEAVE"].evaluate(view, area, ListKind.VULNERABLE, day)
        if left.status is Status.MET:
            findings.append(("AREA-LEAVE", area, left))
    former = edition.rules["PLAN-FORMER-LETTING"]
    if not covered and not unsure and applies(former, day, readings):
        found = area_law.status(edition, view, area, Category.FORMER_TRANSFORMATION, day, readings)
        findings.append((former.id, area, found))
        covered = found.status is Status.MET
        unsure = found.status is Status.UNKNOWN
    if covered or unsure:
        regime = Regime.VULNERABLE if covered else Regime.UNKNOWN
        if kind is DwellingKind.YOUTH and readings("AMB-YOUTH") == "b":
            regime = Regime.ORDINARY
        return Place(regime, (area,), tuple(findings))
    if kind is DwellingKind.FAMILY and prevention_exists:
        prevention = status(Category.PREVENTION)
        if prevention is Status.MET:
            return Place(Regime.PREVENTION, (area,), tuple(findings))
        if prevention is Status.UNKNOWN:
            return Place(Regime.UNKNOWN, (area,), tuple(findings))
    return Place(Regime.ORDINARY, (area,), tuple(findings))


def _place_before_2018(
    edition: Edition,
    view: View,
    area: str,
    kind: DwellingKind,
    day: date,
    readings: Readings,
) -> Place:
    """Stk. 6 until 30 November 2018: ghetto areas, and areas that § 51 b, stk. 3-4 describes."""
    findings: list[tuple[str, str, Finding]] = []
    if not applies(edition.rules["REF-OLD-2011-2018"], day, readings):
        return Place(Regime.ORDINARY, (area,))
    regime = Regime.ORDINARY
    for category in (Category.PARALLEL_SOCIETY, Category.COMBINED_LETTING):
        found = _not_only_grouped(edition, view, area, category, day, readings)
        findings.append(("AREA-PUBLISH", area, found))
        if found.status is Status.MET:
            regime = Regime.GHETTO
            break
        if found.status is Status.UNKNOWN:
            regime = Regime.UNKNOWN
    barred = regime is not Regime.ORDINARY
    if barred and kind is DwellingKind.YOUTH and readings("AMB-YOUTH") == "b":
        regime = Regime.ORDINARY
    return Place(regime, (area,), tuple(findings))


def _not_only_grouped(
    edition: Edition,
    view: View,
    area: str,
    category: Category,
    day: date,
    readings: Readings,
) -> Finding:
    """Say what the area is; the older bans do not reach a grouping by § 51 b, stk. 6 alone."""
    return area_law.beyond_a_grouping(area_law.status(edition, view, area, category, day, readings))


# --- Benefits: nr. 5, nr. 6 and stk. 7 ------------------------------------------------------

_KONTANTHJAELP = frozenset(
    {Benefit.KONTANTHJAELP, Benefit.KONTANTHJAELP_16_1, Benefit.KONTANTHJAELP_16_2}
)
_SHO_AND_OVERGANG = frozenset(
    {Benefit.SELVFORSOERGELSES_OG_HJEMREJSEYDELSE, Benefit.OVERGANGSYDELSE}
)
_NR_7 = frozenset(
    {
        Benefit.ARBEJDSLOESHEDSDAGPENGE,
        Benefit.SYGEDAGPENGE,
        Benefit.RESSOURCEFORLOEBSYDELSE_JOBAFKLARING,
    }
)
_RESOURCE_COURSE = frozenset({Benefit.RESSOURCEFORLOEBSYDELSE})
_UDDANNELSESHJAELP = frozenset({Benefit.UDDANNELSESHJAELP})
_OLD_KONTANTHJAELP = frozenset({Benefit.KONTANTHJAELP})

NR_5 = (
    (
        date(2018, 12, 1),
        Ground(
            6,
            _OLD_KONTANTHJAELP | _UDDANNELSESHJAELP | {Benefit.INTEGRATIONSYDELSE},
            renamed=_SHO_AND_OVERGANG,
            joined=_NR_7,
            joined_resource_course=_RESOURCE_COURSE,
        ),
    ),
    (
        RENAMING,
        Ground(
            6,
            _OLD_KONTANTHJAELP | _UDDANNELSESHJAELP | _SHO_AND_OVERGANG,
            renamed=frozenset({Benefit.INTEGRATIONSYDELSE}),
            joined=_NR_7,
            joined_resource_course=_RESOURCE_COURSE,
        ),
    ),
    (
        REFORM,
        Ground(
            6,
            _KONTANTHJAELP,
            replaced=_UDDANNELSESHJAELP | _SHO_AND_OVERGANG,
            joined=_NR_7,
            joined_resource_course=_RESOURCE_COURSE,
        ),
    ),
)
"""The wordings of nr. 5 by the day asked about."""

NR_7 = (
    (
        SCOPE_OF_2018,
        Ground(6, _NR_7, resource_course=_RESOURCE_COURSE),
    ),
)
"""The wording of nr. 7. A run of months under nr. 5 and nr. 7 together is tried with nr. 5."""

STK_7_SIX_MONTHS = (
    (RENAMING, Ground(6, _SHO_AND_OVERGANG)),
    (
        REFORM,
        Ground(
            6,
            frozenset({Benefit.KONTANTHJAELP_16_2}),
            replaced=_SHO_AND_OVERGANG,
            ungraded=_OLD_KONTANTHJAELP,
        ),
    ),
)

STK_7_TWENTY_FOUR_MONTHS = (
    (RENAMING, Ground(24, _OLD_KONTANTHJAELP)),
    (
        REFORM,
        Ground(
            24,
            frozenset({Benefit.KONTANTHJAELP_16_1}),
            replaced=_OLD_KONTANTHJAELP,
            promoted=_UDDANNELSESHJAELP,
            ungraded=_OLD_KONTANTHJAELP,
        ),
    ),
)


def _wording(wordings: Iterable[tuple[date, Ground]], day: date) -> Ground:
    """Return the wording in force on `day`; the rule's own days say that there is one."""
    return [ground for first_day, ground in wordings if first_day <= day][-1]


_bans_by_benefits = partial(bans, data_class=DataClass.BENEFITS)
_prevention = partial(
    bans_in_prevention,
    act=f"{acts.LOV_2157_2021}; {acts.LOV_1655_2024}",
    data_class=DataClass.BENEFITS,
)
_lifts = partial(rule, question="referral", effect=Effect.LIFTS)
_RUN_POINTS = ("AMB-WINDOW", "AMB-CALMONTH", "AMB-2025", "AMB-HOUSEHOLD", "AMB-DEPT-DWELLING")


@_bans_by_benefits(
    "REF-UDS-N5",
    "almenboligloven § 59, stk. 6, nr. 5",
    act=f"{acts.LOV_1322_2018}; {acts.LOV_2157_2021}; {acts.LOV_1655_2024}",
    first_day=acts.LOV_1322_2018.in_force,
    points=(
        *_RUN_POINTS,
        "AMB-MIX-WITHIN",
        "AMB-MIX-ACROSS",
        "AMB-NAMEGAP",
        "AMB-RESSOURCE",
        "AMB-YOUTH",
    ),
    parameters=described(NR_5),
    whose=Whose.MEMBERS,
)
def benefit_six_months(record: BenefitRecord, day: date, readings: Readings) -> Finding:
    """§ 59, stk. 6, nr. 5: six consecutive calendar months on the benefits named."""
    return run_of_months(_wording(NR_5, day), record, day, readings)


@_bans_by_benefits(
    "REF-UDS-N7",
    "almenboligloven § 59, stk. 6, nr. 7",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
    points=(*_RUN_POINTS, "AMB-MIX-WITHIN", "AMB-MIX-ACROSS", "AMB-RESSOURCE", "AMB-YOUTH"),
    parameters=described(NR_7),
    whose=Whose.MEMBERS,
)
def benefit_six_months_by_insurance(
    record: BenefitRecord, day: date, readings: Readings
) -> Finding:
    """§ 59, stk. 6, nr. 7: six consecutive calendar months on the benefits named there."""
    return run_of_months(_wording(NR_7, day), record, day, readings)


@_prevention(
    "REF-FORE-SHO",
    "almenboligloven § 59, stk. 7, 1. pkt.",
    points=(*_RUN_POINTS, "AMB-MIX-WITHIN"),
    parameters=described(STK_7_SIX_MONTHS),
    whose=Whose.MEMBERS,
)
def prevention_six_months(record: BenefitRecord, day: date, readings: Readings) -> Finding:
    """§ 59, stk. 7, 1. pkt.: six consecutive calendar months on the lowest benefits."""
    return run_of_months(_wording(STK_7_SIX_MONTHS, day), record, day, readings)


@_prevention(
    "REF-FORE-24",
    "almenboligloven § 59, stk. 7, 1. pkt.",
    points=(*_RUN_POINTS, "AMB-MIX-WITHIN", "AMB-UDDHJ"),
    parameters=described(STK_7_TWENTY_FOUR_MONTHS),
    whose=Whose.MEMBERS,
)
def prevention_twenty_four_months(record: BenefitRecord, day: date, readings: Readings) -> Finding:
    """§ 59, stk. 7, 1. pkt.: twenty-four consecutive calendar months on kontanthjælp."""
    return run_of_months(_wording(STK_7_TWENTY_FOUR_MONTHS, day), record, day, readings)


PENSIONS = frozenset({Benefit.FOERTIDSPENSION})
SENIOR = frozenset({Benefit.SENIORPENSION})


@_bans_by_benefits(
    "REF-UDS-N6",
    "almenboligloven § 59, stk. 6, nr. 6",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
    points=("AMB-SENIOR", "AMB-HOUSEHOLD", "AMB-YOUTH", "AMB-DEPT-DWELLING"),
    parameters={"pensions": sorted(PENSIONS), "senior": sorted(SENIOR)},
    whose=Whose.MEMBERS,
)
def disability_pension(record: BenefitRecord, day: date, readings: Readings) -> Finding:
    """§ 59, stk. 6, nr. 6: receives disability pension on the day; no window of months."""
    values = (("day", day.isoformat()),)
    received = record.received_on(PENSIONS, day)
    senior = record.received_on(SENIOR, day)
    if not received and senior and readings("AMB-SENIOR") == "b":
        received = senior
    if received:
        change = Change("pension_not_received", (("day", day.isoformat()),))
        return Finding(Status.MET, tuple(received), values, (), (change,))
    vouching = record.attested_on(PENSIONS, day, day)
    if vouching is None:
        missing = Missing("pension_attested", "municipality_benefits", values)
        return Finding(Status.UNKNOWN, tuple(senior), values, (missing,))
    return Finding(Status.NOT_MET, (*senior, *vouching), values)


# --- What lifts a ban -----------------------------------------------------------------------

EXEMPTION_LIMIT = 30
"""Per cent of the municipality's social family dwellings (§ 59, stk. 7, 2. pkt.)."""


@_lifts(
    "REF-FORE-30PCT",
    "almenboligloven § 59, stk. 7, 2. pkt., og stk. 8",
    act=acts.LOV_2157_2021,
    first_day=acts.LOV_2157_2021.in_force,
    areas=("prevention",),
    points=("AMB-30PCT-UNDECIDED", "AMB-30PCT-COVER", "AMB-30PCT-DAY"),
    parameters={"share_over": EXEMPTION_LIMIT},
)
def exemption(view: View, municipality: str, area: str, day: date, readings: Readings) -> Finding:
    """§ 59, stk. 7, 2. pkt. and stk. 8: the municipality has exempted this prevention area.

    It holds to the extent that the share exceeds 30 per cent, by the share of the day that counts
    (AMB-30PCT-DAY). A decision says which areas are exempt, so a newer one replaces it.
    """
    counted = [
        item
        for item in view.find(FamilyDwellingsCounted, municipality)
        if item.fact.counted_on <= day
    ]
    decision = standing(view.find(ExemptionDecided, municipality), day)
    if decision is not None:
        if area not in decision.fact.areas:
            return Finding(Status.NOT_MET, (decision,), (("decision", "other_areas"),))
        share = _share_exceeds(decision, counted, day, readings)
        if share.status is Status.MET and readings("AMB-30PCT-COVER") == "a":
            # How many areas are "just enough" needs the dwellings of each, which no rule in
            # use asks for.
            return msgspec.structs.replace(share, status=Status.NOT_EXAMINED)
        return share
    silent = none_recorded(view, ExemptionDecided, municipality, day, ("decision", "none"), area)
    if silent.status is Status.UNKNOWN:
        return silent
    if not counted:
        if readings("AMB-30PCT-UNDECIDED") == "a":
            return silent
        missing = Missing(
            "family_dwellings_counted", "municipality", (("municipality", municipality),)
        )
        return Finding(Status.UNKNOWN, (), (), (missing,))
    newest = max(counted, key=_newest_count)
    values = (("decision", "none"), ("dwellings", _dwellings(newest)))
    if not _exceeds(newest):
        return Finding(Status.NOT_MET, (newest,), values)
    if readings("AMB-30PCT-UNDECIDED") == "b":
        return Finding(Status.MET, (newest,), values)
    return Finding(Status.NOT_MET, (newest,), values)


def _share_exceeds(
    decision: Recorded[ExemptionDecided],
    counted: Sequence[Recorded[FamilyDwellingsCounted]],
    day: date,
    readings: Readings,
) -> Finding:
    """Say whether the share exceeds 30 per cent on the day that gives it.

    It is the share that the decision states, or that of the day asked about, which a count says
    since the decision, and since the list that made the areas what they are on the day.
    """
    fact = decision.fact
    values: tuple[tuple[str, str], ...] = (("share_used", fact.share_used),)
    details = (("day", fact.decision_day.isoformat()),)
    stated = Decimal(fact.share_used) > EXEMPTION_LIMIT
    then = Finding(Status.MET if stated else Status.NOT_MET, (decision,), values)
    listed = lists.list_day_due(ListKind.PREVENTION, fact.decision_day)
    by_then = [item for item in counted if listed <= item.fact.counted_on <= fact.decision_day]
    beside = max(by_then, key=_newest_count, default=None)
    if beside is not None and _exceeds(beside) is not stated:
        # Counted on the list that was decided on, so that one of the two is wrong.
        missing = Missing("exemption_share_contradictory", "municipality", details)
        said = (*values, ("share", "contradictory"))
        then = Finding(Status.UNKNOWN, (decision, beside), said, (missing,))
    later = [item for item in counted if item.fact.counted_on > fact.decision_day]
    newest = max(later, key=_newest_count, default=None)
    known_on = fact.decision_day if newest is None else newest.fact.counted_on
    now = then
    if newest is not None:
        status = Status.MET if _exceeds(newest) else Status.NOT_MET
        said = (*values, ("dwellings", _dwellings(newest)), ("counted_on", known_on.isoformat()))
        now = Finding(status, (decision, newest), said)
    if known_on < lists.list_day_due(ListKind.PREVENTION, day) and now.status is not Status.NOT_MET:
        missing = Missing("family_dwellings_counted_anew", "municipality", details)
        said = (*values, ("share", "not_counted_since_the_list"))
        now = Finding(Status.UNKNOWN, now.evidence, said, (*now.missing, missing))
    if now.status is then.status:
        return now
    return then if readings("AMB-30PCT-DAY") == "a" else now


def _newest_count(item: Recorded[FamilyDwellingsCounted]) -> tuple[date, int]:
    return item.fact.counted_on, item.position


def _exceeds(item: Recorded[FamilyDwellingsCounted]) -> bool:
    return item.fact.in_listed_areas * 100 > EXEMPTION_LIMIT * item.fact.in_municipality


def _dwellings(item: Recorded[FamilyDwellingsCounted]) -> str:
    return f"{item.fact.in_listed_areas} / {item.fact.in_municipality}"


@_lifts(
    "REF-FALLBACK",
    "almenboligloven § 59, stk. 9 (indtil 29/11/2021: stk. 7)",
    act=f"{acts.LOV_1610_2010}; {acts.LOV_2157_2021}",
    first_day=acts.LOV_1610_2010.in_force,
    start_verified=False,
    signed=acts.LOV_1610_2010.day,
    printed=acts.LBK_103_2011.day,
    data_class=DataClass.DECISIONS,
    areas=(*STK_6_AREAS, "prevention", "combined_letting"),
    points=("AMB-FALLBACK-ORDER", "AMB-FALLBACK-SHOWN", "AMB-FALLBACK-AGE"),
    parameters={"assessment_months": ASSESSMENT_MONTHS},
)
def fallback(
    decisions: Sequence[Recorded[Any]],
    day: date,
    in_vulnerable_area: bool,
    prevention_areas: Finding,
    readings: Readings,
) -> Finding:
    """§ 59, stk. 9: nothing outside the areas can be referred, so it must be inside.

    `prevention_areas` says whether the municipality has any prevention area on the day. The
    assessment is the municipality's own decision: one that is not recorded is not taken. It is
    about the dwellings vacant then and the areas of then (AMB-FALLBACK-AGE).
    """
    item = standing((each for each in decisions if type(each.fact) is FallbackDecided), day)
    if item is None:
        return Finding(Status.NOT_MET, (), (("decision", "none"),))
    assessed_on = item.fact.decision_day
    values = (("decision_day", assessed_on.isoformat()),)
    before_prevention = assessed_on < RENAMING <= day
    of_others = of_other_vacancies(assessed_on, _kinds_of_stk_6(day), day)
    if (before_prevention or of_others) and readings("AMB-FALLBACK-AGE") == "b":
        return assessed_anew(item, values)
    tried = item.fact.other_municipalities_tried
    if not tried and readings("AMB-FALLBACK-SHOWN") == "b":
        if tried is None:
            missing = Missing("other_municipalities_stated", "municipality", values)
            return Finding(Status.UNKNOWN, (item,), values, (missing,))
        return Finding(Status.NOT_MET, (item,), (*values, ("other_municipalities", "not_tried")))
    possible = item.fact.prevention_area_possible
    first = in_vulnerable_area and possible is not False
    if first and not (possible is None and prevention_areas.status is Status.NOT_MET):
        evidence = (item, *prevention_areas.evidence)
        if readings("AMB-FALLBACK-ORDER") == "b":
            if possible:
                return Finding(Status.NOT_MET, (item,), (*values, ("prevention_area", "possible")))
            missing = Missing("fallback_prevention_area", "municipality", values)
            return Finding(Status.UNKNOWN, evidence, values, (missing,))
        return Finding(Status.MET, evidence, values)
    return Finding(Status.MET, (item,), values)


def _kinds_of_stk_6(day: date) -> tuple[ListKind, ...]:
    """Return the lists that say on `day` which areas lie outside those of stk. 6 and 7."""
    if day < SCOPE_OF_2018:
        return ListKind.PARALLEL_SOCIETY, ListKind.COMBINED_LETTING
    return (ListKind.VULNERABLE,) if day < RENAMING else (ListKind.VULNERABLE, ListKind.PREVENTION)


def any_prevention_area(view: View, municipality: str, day: date) -> Finding:
    """Say whether some area of the municipality is on the prevention list due on `day`."""
    unknown: list[Missing] = []
    for area in view.keys(AreaListed):
        registered = view.area(area)
        if registered is None or registered.fact.municipality != municipality:
            continue
        found = lists.official(view, area, ListKind.PREVENTION, day)
        if found.status is Status.MET:
            return found
        unknown.extend(found.missing)
    due = lists.list_day_due(ListKind.PREVENTION, day)
    published = view.published(ListKind.PREVENTION, due)
    complete = published is not None and (
        published.fact.complete_nationwide or municipality in published.fact.complete_for
    )
    if due < lists.FIRST_LIST[ListKind.PREVENTION]:
        return Finding(Status.NOT_MET)
    if complete and not unknown and published is not None:
        return Finding(Status.NOT_MET, (published,))
    return Finding(Status.UNKNOWN, (), (), tuple(unknown))


RULES = (*six_months.RULES, *declared(globals()))

_STK_6 = (
    "REF-UDS-N1",
    "REF-UDS-N2",
    "REF-UDS-N3",
    "REF-UDS-N4",
    "REF-UDS-N5",
    "REF-UDS-N6",
    "REF-UDS-N7",
)
_STK_7 = ("REF-FORE-N1-4", "REF-FORE-SHO", "REF-FORE-24")
_STK_6_UNTIL_2018 = ("REF-OLD-2011-2018",)

GROUNDS = {
    Regime.VULNERABLE: _STK_6,
    Regime.PREVENTION: _STK_7,
    Regime.GHETTO: _STK_6_UNTIL_2018,
}
"""The grounds of each ban in the order of the act."""
