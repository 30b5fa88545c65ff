"""Reads the golden cases: what a lawyer writes in YAML becomes facts in a made-up municipality.

How a case is written is described in `cases/README.md`.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from domain import calendar
from domain.decide import Basis, Decision
from domain.facts import (
    AreaFigures,
    Benefit,
    BenefitPeriod,
    BenefitsAttested,
    CitizenshipAttested,
    CitizenshipCondition,
    ControllerKind,
    DwellingKind,
    EnrolmentAttested,
    ExemptionDecided,
    FallbackDecided,
    FamilyDwellingsCounted,
    Figures,
    ListKind,
    MemberList,
    PlanApproved,
    PlanCarriedOut,
    PlanKind,
)
from tests.law import casebook_termination
from tests.law.driver import AREA, BOTH_LISTS, LONG_AGO, MUNICIPALITY, World, person

Case = dict[str, Any]

FOLDER = Path(__file__).parent / "cases"
FIRST_LIST_YEAR = 2014
OTHER_AREA = "neighbouring-area"
_PERIOD = re.compile(r"(?P<benefit>\w+) (?:from (?P<from>[\d-]+)|(?P<first>\S+) to (?P<last>\S+))")
_EXEMPTED = {"this": (AREA,), "neighbouring": (OTHER_AREA,), "both": (AREA, OTHER_AREA)}
_INSIDE = {
    ListKind.TRANSFORMATION: (ListKind.PARALLEL_SOCIETY, ListKind.VULNERABLE),
    ListKind.PARALLEL_SOCIETY: (ListKind.VULNERABLE,),
}


def load() -> list[Case]:
    """Return every golden case, in the order of the files."""
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        found += yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def build(case: Case, otherwise: str | None = None) -> World:
    """Record what the case states; `otherwise` overrides what holds for everything else."""
    stale = case.get("stale_after_months", 24)
    if case["question"] in casebook_termination.KINDS:
        world = World(stale, ControllerKind.HOUSING_ORGANISATION)
        _record_area(world, case)
        attested = (otherwise or case["otherwise"]) == "attested_absent"
        casebook_termination.record(world, case, attested)
        world.choose(case.get("readings", {}))
        return world
    world = World(stale)
    _record_area(world, case)
    _record_municipality(world, case.get("municipality", {}))
    _record_household(world, case, otherwise or case["otherwise"])
    world.choose(case.get("readings", {}))
    return world


def ask(case: Case, world: World) -> Decision:
    """Put the case's question."""
    if case["question"] in casebook_termination.KINDS:
        return casebook_termination.ask(case, world)
    kind = case.get("dwelling", {}).get("kind", "family")
    basis = case.get("basis", "stk_3" if kind == "youth" else "stk_1")
    return world.decide(case["day"], Basis(basis), asked_on=case.get("asked_on"))


# --- Areas and dwellings --------------------------------------------------------------------


def _record_area(world: World, case: Case) -> None:
    area, day = case.get("area") or {}, case["day"]
    world.register_area()
    world.register_area(OTHER_AREA)
    due = calendar.list_day_due(day).year
    incomplete = area.get("lists_here") == "incomplete"
    world.publish_lists(FIRST_LIST_YEAR, due, complete=not incomplete)
    by_year = dict(area.get("on_lists_of", {}))
    if "is" in area:
        by_year[due] = area["is"]
    for year, kinds in sorted(by_year.items()):
        world.list_area(date(year, 12, 1), _all_kinds(kinds))
    for year, kinds in sorted(area.get("neighbour_on_lists_of", {}).items()):
        world.list_area(date(year, 12, 1), _all_kinds(kinds), OTHER_AREA)
    for figures in area.get("figures", []):
        world.record(_figures(figures, day))
    for plan in _each(area.get("plan")):
        kind = PlanKind(plan.get("kind", "joint"))
        world.record(PlanApproved(area=AREA, kind=kind, approved_on=plan["approved"]))
        if "carried_out" in plan:
            world.record(PlanCarriedOut(area=AREA, carried_out_on=plan["carried_out"]))
    dwelling = case.get("dwelling", {})
    other = (OTHER_AREA,) if dwelling.get("department_also_in_neighbouring_area") else ()
    world.place_dwelling(
        None if dwelling.get("outside_every_area") else AREA,
        DwellingKind(dwelling.get("kind", "family")),
        other,
    )


def _each(stated: dict[str, Any] | list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Return what is stated once or several times, in the order of recording."""
    if stated is None:
        return []
    return stated if isinstance(stated, list) else [stated]


def _all_kinds(names: list[str]) -> set[ListKind]:
    kinds = {ListKind(name) for name in names}
    return kinds.union(*(_INSIDE.get(kind, ()) for kind in kinds))


def _figures(stated: dict[str, Any], day: date) -> AreaFigures:
    known: date = stated.get("day", day)
    shares = {
        name: value if isinstance(value, int) else str(value)
        for name, value in stated.items()
        if name != "day"
    }
    figures = msgspec.convert(shares, Figures)
    return AreaFigures(area=AREA, reference_day=known, figures=figures, source="made up")


def _record_municipality(world: World, stated: dict[str, Any]) -> None:
    counted = stated.get("family_dwellings")
    if counted:
        world.record(
            FamilyDwellingsCounted(
                municipality=MUNICIPALITY,
                counted_on=counted.get("day", date(2018, 12, 1)),
                in_listed_areas=counted["in_listed_areas"],
                in_municipality=counted["in_municipality"],
            )
        )
    for exempted in _each(stated.get("exempted")):
        world.record(
            ExemptionDecided(
                municipality=MUNICIPALITY,
                decision_day=exempted["day"],
                last_day=exempted.get("last_day"),
                areas=_EXEMPTED[exempted.get("area", "this")],
                share_used=str(exempted["share_used"]),
                decided_by="made up",
            )
        )
    for fallback in _each(stated.get("nothing_possible_outside")):
        world.record_decision(
            FallbackDecided(
                decision_day=fallback["day"],
                last_day=fallback.get("last_day"),
                decided_by="made up",
                reasons="made up",
                party_heard=True,
                prevention_area_possible=fallback.get("prevention_area_possible"),
                other_municipalities_tried=fallback.get("other_municipalities_tried", True),
            )
        )


# --- Households -----------------------------------------------------------------------------


def _record_household(world: World, case: Case, otherwise: str) -> None:
    attested = {"attested_absent": True, "unknown": False}[otherwise]
    for name, stated in case.get("household", {"applicant": {}}).items():
        member = stated or {}
        lists = [MemberList(each) for each in member.get("on_lists", BOTH_LISTS)]
        world.belongs(person(name), lists)
        _record_member(world, name, member, case["day"], attested)
    if attested or case.get("members_attested"):
        world.attest_members()


def _record_member(
    world: World, name: str, member: dict[str, Any], day: date, attested: bool
) -> None:
    subject = person(name)
    condition = member.get("citizenship", "met" if attested else None)
    if condition is not None:
        fact = CitizenshipAttested(condition=CitizenshipCondition(condition), first_day=LONG_AGO)
        world.record_about(subject, fact)
    enrolled = member.get("enrolled", False if attested else None)
    if enrolled is not None:
        world.record_about(subject, EnrolmentAttested(enrolled=enrolled, first_day=LONG_AGO))
    for text in member.get("benefits", []):
        world.record_about(subject, benefit_period(text))
    attestations = member.get("benefits_attested", [{"to": day}] if attested else [])
    for stated in attestations:
        world.record_about(
            subject,
            BenefitsAttested(
                benefits=tuple(Benefit(b) for b in stated.get("benefits", ())),
                first_day=stated.get("from"),
                last_day=stated["to"],
            ),
        )


def benefit_period(text: str) -> BenefitPeriod:
    """Read `kontanthjaelp 2024-03 to 2024-08` or `foertidspension from 2020-01`."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not '<benefit> <first> to <last>' or '<benefit> from <day>'")
    last = found["last"]
    return BenefitPeriod(
        benefit=Benefit(found["benefit"]),
        first_day=_first(found["from"] or found["first"]),
        last_day=None if last is None else _last(last),
    )


def _first(text: str) -> date:
    if len(text) == len("2024-03"):
        return calendar.first_day(calendar.parse_month(text))
    return date.fromisoformat(text)


def _last(text: str) -> date:
    if len(text) == len("2024-03"):
        return calendar.last_day(calendar.parse_month(text))
    return date.fromisoformat(text)
