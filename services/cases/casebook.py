"""Reads cases about referral and areas: what a lawyer writes becomes facts in a made-up town.

How a case is written is described in `docs/cases.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from domain import calendar
from domain.decide import Decision
from domain.facts import (
    ActionPlan,
    AreaChange,
    AreaChangeApproved,
    AreaFigures,
    AreaPart,
    Benefit,
    BenefitPeriod,
    BenefitsAttested,
    CitizenshipAttested,
    CitizenshipCondition,
    ControllerKind,
    DwellingKind,
    DwellingMark,
    EnrolmentAttested,
    ExemptionDecided,
    FallbackDecided,
    FamilyDwellingsCounted,
    Figures,
    GroupingApproved,
    ListKind,
    MasterPlanApproved,
    Measure,
    Measured,
    MemberList,
    NothingDecided,
    OriginCriterionSuspended,
    PlanApproved,
    PlanCarriedOut,
    PlanKind,
    PrivateReferralAgreed,
    ProblemsFound,
    ReferenceFigures,
    ReferralAgreed,
    ReferralIncreaseApproved,
    ReferralRight,
    ReferralRightDecided,
    RefugeeAttested,
    ReleasedFrom,
    ReleaseRecorded,
    ReleasesAttested,
    ReplacementRightAttested,
    TenancyEnding,
    TerminationRecorded,
    TerminationsAttested,
    UkraineDecided,
    UkrainePermitAttested,
)
from domain.facts.declared import slots
from domain.law.area.lists import list_day_due
from domain.law.area.measured import COUNTED
from domain.law.referral.bases import Basis
from domain.law.undecided import DECISIONS
from domain.questions import KINDS
from services.cases.stated import CaseError, Stated, each_of, nearest
from services.cases.world import (
    AREA,
    BOTH_LISTS,
    DEPARTMENT,
    LONG_AGO,
    MUNICIPALITY,
    ORGANISATION,
    World,
    person,
)

FIRST_LIST_YEAR = 2010
OTHER_AREA = "neighbouring-area"
_PERIOD = re.compile(r"(?P<benefit>\w+) (?:from (?P<from>[\d-]+)|(?P<first>\S+) to (?P<last>\S+))")
_NUMBER = re.compile(r"[0-9]{1,5}(\.[0-9]{1,4})?")
_EXEMPTED = {"this": (AREA,), "neighbouring": (OTHER_AREA,), "both": (AREA, OTHER_AREA)}
_INSIDE = {
    ListKind.TRANSFORMATION: (ListKind.PARALLEL_SOCIETY, ListKind.VULNERABLE),
    ListKind.PARALLEL_SOCIETY: (ListKind.VULNERABLE,),
}

T = TypeVar("T")

Case = Stated


def build(case: Case, otherwise: str | None = None) -> World:
    """Record what the case states; `otherwise` overrides what holds for everything else."""
    all_attested = attested(case, otherwise)
    world = begin(case, all_attested)
    _record_municipality(world, case.get("municipality", {}))
    _record_household(world, case, all_attested)
    world.choose(case.get("readings", {}))
    return world


def begin(case: Case, attested: bool) -> World:
    """Return the log of whoever asks, with the area, the dwelling and what nobody has decided."""
    world = World(case.get("stale_after_months", 24), _asks(case))
    record_area(world, case)
    here = (case.get("area") or {}).get("municipality", MUNICIPALITY)
    stated = [(here, each) for each in each_of(case.get("municipality", {}).get("none_decided"))]
    if attested:
        stated += [(MUNICIPALITY, each) for each in sorted(DECISIONS)]
    for municipality in dict.fromkeys(each for each, _ in stated):
        world.record(
            NothingDecided(
                municipality=municipality,
                decisions=tuple(_decision(said) for each, said in stated if each == municipality),
                first_day=LONG_AGO,
                answered_by="made up",
            )
        )
    return world


def _decision(said: str) -> str:
    if said not in DECISIONS:
        what = f"'{said}' is not known here; {nearest(said, DECISIONS)}"
        raise CaseError("municipality.none_decided", what)
    return said


def _asks(case: Case) -> ControllerKind:
    """Return the kind of controller in whose log the question is put; raises CaseError."""
    asked = KINDS.get(case["question"])
    asked_by = [] if asked is None else sorted(asked.asked_by)
    may_ask = asked_by or list(ControllerKind)
    usual = ControllerKind.MUNICIPALITY
    if asked_by and ControllerKind.HOUSING_ORGANISATION in asked_by:
        usual = ControllerKind.HOUSING_ORGANISATION
    said = case.get("asked_by", usual)
    if said not in may_ask:
        raise CaseError("asked_by", f"'{said}' can't ask this; {nearest(said, may_ask)}")
    return ControllerKind(said)


def ask(case: Case, world: World) -> Decision:
    """Put the case's question."""
    kind = case.get("dwelling", {}).get("kind", "family")
    usual = {"youth": "stk_3", "private": "private_agreement"}
    return world.decide(
        case["day"],
        Basis(case.get("basis", usual.get(kind, "stk_1"))),
        asked_on=case.get("asked_on"),
        letting_day=case.get("letting_day"),
        move_in_day=case.get("move_in_day"),
    )


# --- Areas and dwellings --------------------------------------------------------------------


def record_area(world: World, case: Case) -> None:
    """Record the area, its lists and plans, and the dwelling."""
    area, day = case.get("area") or {}, case["day"]
    municipality = area.get("municipality", MUNICIPALITY)
    world.register_area(AREA, municipality)
    world.register_area(OTHER_AREA)
    incomplete = area.get("lists_here") == "incomplete"
    both = tuple(sorted({MUNICIPALITY, municipality}))
    world.publish_lists(FIRST_LIST_YEAR, day.year, not incomplete, both)
    by_day = _by_day(area.get("on_lists_of", {}))
    for name in each_of(area.get("is")):
        by_day.setdefault(list_day_due(ListKind(name), day), []).append(name)
    if area.get("is") == []:
        by_day[list_day_due(ListKind.VULNERABLE, day)] = []
    for list_day, kinds in sorted(by_day.items()):
        world.list_area(list_day, _all_kinds(kinds))
    for list_day, kinds in sorted(_by_day(area.get("neighbour_on_lists_of", {})).items()):
        world.list_area(list_day, _all_kinds(kinds), OTHER_AREA)
    _record_changes(world, area)
    for figures in each_of(area.get("figures")):
        world.record(_area_figures(figures, day))
    for against in each_of(area.get("measured_against")):
        world.record(_reference(against, day, municipality))
    for plan in each_of(area.get("plan")):
        kind = PlanKind(plan.get("kind", "joint"))
        covered = f"before-{plan['of']}" if "of" in plan else AREA
        world.record(PlanApproved(area=covered, kind=kind, approved_on=plan["approved"]))
        if "carried_out" in plan:
            world.record(PlanCarriedOut(area=covered, carried_out_on=plan["carried_out"]))
    for plan in each_of(area.get("master_plan")):
        world.record(
            MasterPlanApproved(
                area=AREA,
                approved_on=plan["approved"],
                last_day=plan.get("last_day"),
                city_analysed=plan.get("city_analysed"),
                reduction_follows_plan=plan.get("reduction_follows_plan"),
            )
        )
    for problems in each_of(area.get("problems")):
        world.record(
            ProblemsFound(
                organisation=ORGANISATION,
                department=DEPARTMENT,
                found=problems["found"],
                found_by="made up",
                area=AREA,
                first_day=problems.get("first_day", LONG_AGO),
                last_day=problems.get("last_day"),
            )
        )
    dwelling = case.get("dwelling", {})
    outside = dwelling.get("outside_every_area", dwelling.get("kind") == "private")
    other = (OTHER_AREA,) if dwelling.get("department_also_in_neighbouring_area") else ()
    world.place_dwelling(
        None if outside else AREA,
        DwellingKind(dwelling.get("kind", "family")),
        other,
        municipality=municipality,
        department=dwelling.get("department", DEPARTMENT),
        mark=DwellingMark(dwelling.get("mark", "none")),
        property=dwelling.get("property", ""),
        rooms=dwelling.get("rooms"),
        care=dwelling.get("care"),
    )


def _by_day(stated: Stated) -> dict[date, list[str]]:
    """Read lists by their day, where a year means its 1 December; raises CaseError."""
    found: dict[date, list[str]] = {}
    for key, kinds in stated.items():
        if not isinstance(key, int | date) or (type(key) is int and not 1 <= key <= 9999):
            raise CaseError(stated.path, f"'{key}' is no year and no day of a list")
        day = key if isinstance(key, date) else date(key, 12, 1)
        if day in found:
            raise CaseError(stated.path, f"the list of {day} stands twice")
        found[day] = each_of(kinds)
    return found


def _record_changes(world: World, area: dict[str, Any]) -> None:
    """Record what the area came out of, and what else the minister or the instance decided."""
    for stated, change, kept in (
        (area.get("split_off"), AreaChange.SPLIT, OTHER_AREA),
        (area.get("merged"), AreaChange.MERGER, None),
    ):
        if stated is None:
            continue
        wholes = each_of(stated["on_lists_of"])
        before = [f"before-{number}" for number, _ in enumerate(wholes, 1)]
        for name, by_day in zip(before, wholes, strict=True):
            world.register_area(name)
            for list_day, kinds in _by_day(by_day).items():
                world.list_area(list_day, _all_kinds(kinds), name)
        parts = before if kept is None else [AREA, kept]
        world.record(
            AreaChangeApproved(
                area=AREA if kept is None else before[0],
                change=change,
                parts=tuple(AreaPart(area=part) for part in parts),
                approved_on=stated["approved"],
                source="made up",
            )
        )
    if "grouping_approved" in area:
        fact = GroupingApproved(
            area=AREA,
            approved_on=area["grouping_approved"],
            last_day=area.get("grouping_until"),
            source="made up",
        )
        world.record(fact)
    suspended = area.get("origin_criterion_suspended")
    if suspended is not None:
        world.record(
            OriginCriterionSuspended(
                first_day=suspended["from"],
                last_day=suspended.get("to"),
                decided_by="made up",
                reason="made up",
                legal_basis="made up",
            )
        )


def _all_kinds(names: list[str]) -> set[ListKind]:
    kinds = {ListKind(name) for name in names}
    return kinds.union(*(_INSIDE.get(kind, ()) for kind in kinds))


def _area_figures(stated: Case, day: date) -> AreaFigures:
    known: date = stated.get("day", day)
    figures = _figures(stated.without("day"))
    return AreaFigures(area=AREA, reference_day=known, figures=figures, source="made up")


def _reference(stated: Case, day: date, municipality: str) -> ReferenceFigures:
    """Read the figures of the country, or of the region that the area lies in."""
    known, of = stated.get("day", day), stated["of"]
    if of not in _PLACES:
        raise CaseError(f"{stated.path}.of", f"'{of}': {nearest(str(of), _PLACES)}")
    return ReferenceFigures(
        place=of,
        municipalities=(municipality,) if of == "region" else (),
        reference_day=known,
        figures=_figures(stated.without("day", "of")),
        source="made up",
    )


_PLACES = ("country", "region")
_COUNTED = re.compile(r"([a-z_]+) ([0-9]{4}) (?:([0-9]+)/([0-9]+)|([0-9]+(?:\.[0-9]+)?))")
_OVER = re.compile(r"([a-z_]+) ([0-9]{4})(?:-([0-9]{4}))?")


def _figures(stated: Stated) -> Figures:
    shares = stated.without("counts", "measured_over")
    shares["measured"] = (*_counted(stated), *_measured_over(stated))
    for name in dict(shares):
        if name in _SHARES:
            shares[name] = number(shares, name)
    return shares.into(Figures, rounded=False, education_cleaned=True)


_SHARES = frozenset(slot.name for slot in slots(Figures) if slot.said.share)


def _counted(stated: Stated) -> Iterator[Measured]:
    """Read what was counted: in a year so many of so many, or the share alone."""
    for said in each_of(stated.get("counts")):
        found = _COUNTED.fullmatch(str(said))
        if found is None or found[1] not in COUNTED:
            what = f"'{said}' is not as 'convicted 2021 30/1500'; {nearest(str(said), COUNTED)}"
            raise CaseError(f"{stated.path}.counts", what)
        yield Measured(
            figure=Measure(found[1]),
            first_year=int(found[2]),
            numerator=int(found[3]) if found[3] else None,
            denominator=int(found[4]) if found[4] else None,
            share=found[5],
        )


def _measured_over(stated: Stated) -> Iterator[Measured]:
    """Read the years that published figures were measured over."""
    for said in each_of(stated.get("measured_over")):
        found = _OVER.fullmatch(str(said))
        if found is None or found[1] not in Figures.__struct_fields__:
            what = f"'{said}' is not a figure and its years, as 'convicted_share 2021-2022'"
            raise CaseError(f"{stated.path}.measured_over", what)
        first, last = int(found[2]), int(found[3] or found[2])
        yield Measured(figure=Measure(found[1]), first_year=first, last_year=last)


def _record_municipality(world: World, stated: dict[str, Any]) -> None:
    _record_rights(world, stated)
    for counted in each_of(stated.get("family_dwellings")):
        world.record(
            FamilyDwellingsCounted(
                municipality=MUNICIPALITY,
                counted_on=counted.get("day", date(2018, 12, 1)),
                in_listed_areas=counted["in_listed_areas"],
                in_municipality=counted["in_municipality"],
            )
        )
    for exempted in each_of(stated.get("exempted")):
        world.record(
            ExemptionDecided(
                municipality=MUNICIPALITY,
                decision_day=exempted["day"],
                last_day=exempted.get("last_day"),
                areas=_areas(exempted, "this"),
                share_used=number(exempted, "share_used"),
                decided_by="made up",
            )
        )
    for fallback in each_of(stated.get("nothing_possible_outside")):
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


_ALL_DISPOSAL = [{"right": "stk_1"}, {"right": "stk_3"}]


def _record_rights(world: World, stated: dict[str, Any]) -> None:
    """Record what puts dwellings at disposal: unless said, what stk. 1 to 3 rest on."""
    for right in each_of(stated.get("rights", _ALL_DISPOSAL)):
        world.record(
            ReferralRightDecided(
                municipality=MUNICIPALITY,
                right=ReferralRight(right["right"]),
                decision_day=right.get("day", LONG_AGO),
                last_day=right.get("last_day"),
                organisation=right.get("organisation", ""),
                areas=_areas(right) if "area" in right else (),
                properties=tuple(right.get("properties", ())),
                half_of_own_flats=right.get("half_of_own_flats", False),
                decided_by="made up",
            )
        )
    usual = [{"kind": "family"}, {"kind": "youth"}] if "rights" not in stated else []
    for agreed in each_of(stated.get("agreements", usual)):
        world.record(
            ReferralAgreed(
                municipality=MUNICIPALITY,
                organisation=agreed.get("organisation", ORGANISATION),
                kind=DwellingKind(agreed["kind"]),
                agreed_on=agreed.get("day", LONG_AGO),
                last_day=agreed.get("last_day"),
            )
        )
    for approved in each_of(stated.get("increase_approved")):
        world.record(
            ReferralIncreaseApproved(
                municipality=MUNICIPALITY,
                approved_on=approved["day"],
                last_day=approved.get("last_day"),
                dwellings=approved["dwellings"],
            )
        )
    for agreed in each_of(stated.get("private_agreement")):
        world.record(
            PrivateReferralAgreed(
                municipality=MUNICIPALITY,
                property=agreed["property"],
                agreed_on=agreed["day"],
                last_day=agreed.get("last_day"),
                owners_invited=agreed.get("owners_invited", True),
                share=number(agreed, "share") if "share" in agreed else "",
                named=tuple(agreed.get("named", ())),
                flats=agreed.get("flats", 100),
            )
        )
    for assessed in each_of(stated.get("nothing_else_for_persons_from_ukraine")):
        world.record_decision(
            UkraineDecided(
                decision_day=assessed["day"],
                last_day=assessed.get("last_day"),
                decided_by="made up",
                reasons="made up",
                party_heard=True,
            )
        )
    for right in each_of(stated.get("replacement_right")):
        world.record_decision(
            ReplacementRightAttested(
                entitled=right.get("entitled", True),
                first_day=right.get("day", LONG_AGO),
                last_day=right.get("last_day"),
            )
        )


# --- Households -----------------------------------------------------------------------------


OTHERWISE = {"attested_absent": True, "unknown": False}


def attested(case: Case, otherwise: str | None) -> bool:
    """Tell whether everything not stated was asked for and is not so; raises CaseError."""
    said = otherwise or case["otherwise"]
    if said not in OTHERWISE:
        raise CaseError("otherwise", f"'{said}' is not known here; {nearest(said, OTHERWISE)}")
    return OTHERWISE[said]


def _record_household(world: World, case: Case, attested: bool) -> None:
    last = max(case["day"], case.get("letting_day", LONG_AGO), case.get("move_in_day", LONG_AGO))
    for name, stated in case.get("household", {"applicant": {}}).items():
        member = stated or {}
        lists = [MemberList(each) for each in each_of(member.get("on_lists", list(BOTH_LISTS)))]
        world.belongs(person(name), lists)
        _record_member(world, name, member, last, attested)
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
    _record_releases(world, subject, member, day, attested)
    for text in each_of(member.get("benefits")):
        world.record_about(subject, benefit_period(text))
    attestations = member.get("benefits_attested", [{"to": day}] if attested else [])
    for stated in each_of(attestations):
        world.record_about(
            subject,
            BenefitsAttested(
                benefits=tuple(Benefit(b) for b in each_of(stated.get("benefits"))),
                first_day=stated.get("from"),
                last_day=stated["to"],
            ),
        )


def _record_releases(
    world: World, subject: UUID, member: dict[str, Any], day: date, attested: bool
) -> None:
    for release in each_of(member.get("released")):
        world.record_about(
            subject,
            ReleaseRecorded(
                released_on=release["day"],
                released_from=ReleasedFrom(release.get("from", "prison_sentence")),
                convicted=release.get("convicted", True),
                convicted_on=release.get("convicted_on"),
                action_plan=ActionPlan(release.get("plan", "duty_and_made")),
                under_18_until=release.get("under_18_until"),
            ),
        )
    for termination in each_of(member.get("terminated")):
        world.record_about(
            subject,
            TerminationRecorded(
                ended_on=termination["day"],
                ending=TenancyEnding(termination.get("ending", "landlord")),
                gross_breach=termination.get("gross_breach", True),
                given_on=termination.get("given"),
            ),
        )
    usual = [{"from": LONG_AGO, "to": day}] if attested else []
    for stated in each_of(member.get("releases_attested", usual)):
        world.record_about(
            subject, ReleasesAttested(first_day=stated["from"], last_day=stated["to"])
        )
    for stated in each_of(member.get("terminations_attested", usual)):
        world.record_about(
            subject, TerminationsAttested(first_day=stated["from"], last_day=stated["to"])
        )
    refugee = member.get("refugee", False if attested else None)
    if refugee is not None:
        world.record_about(subject, RefugeeAttested(allocated=refugee, first_day=LONG_AGO))
    permit = member.get("ukraine_permit", False if attested else None)
    if permit is not None:
        world.record_about(subject, UkrainePermitAttested(permit=permit, first_day=LONG_AGO))


def benefit_period(text: str) -> BenefitPeriod:
    """Read `kontanthjaelp 2024-03 to 2024-08` or `foertidspension from 2020-01`.

    Raises CaseError for what is neither, and for days on which there was no such benefit.
    """
    found = _PERIOD.fullmatch(str(text))
    if found is None:
        said = f"'{text}' is not '<benefit> <first> to <last>' or '<benefit> from <day>'"
        raise CaseError("benefits", said)
    last = found["last"]
    benefit = Benefit(found["benefit"])
    try:
        first_day = _first(found["from"] or found["first"])
        last_day = None if last is None else _last(last)
    except ValueError as error:
        raise CaseError("benefits", f"'{text}': {error}") from error
    if last_day is not None and last_day < first_day:
        raise CaseError("benefits", f"'{text}' ends before it begins")
    if benefit.since is not None and first_day < benefit.since:
        raise CaseError("benefits", f"'{text}': there was no such benefit before {benefit.since}")
    if benefit.until is not None and first_day >= benefit.until:
        said = f"'{text}': there was no such benefit from {benefit.until} on"
        raise CaseError("benefits", said)
    return BenefitPeriod(benefit=benefit, first_day=first_day, last_day=last_day)


def number(stated: Stated, word: str) -> str:
    """Return a number as decimal text; raises CaseError for what is none."""
    text = str(stated[word])
    if _NUMBER.fullmatch(text) is None:
        raise CaseError(stated.path, f"'{word}' is a number, as 34 or 40.1; here is '{text}'")
    return text


def _areas(stated: Stated, usual: str | None = None) -> tuple[str, ...]:
    """Return the areas that a decision is about; raises CaseError for words that name none."""
    said = stated.get("area", usual)
    if said not in _EXEMPTED:
        raise CaseError(f"{stated.path}.area", f"'{said}': {nearest(str(said), _EXEMPTED)}")
    return _EXEMPTED[said]


def _first(text: str) -> date:
    if len(text) == len("2024-03"):
        return calendar.first_day(_read(calendar.parse_month, text))
    return _read(date.fromisoformat, text)


def _last(text: str) -> date:
    if len(text) == len("2024-03"):
        return calendar.last_day(_read(calendar.parse_month, text))
    return _read(date.fromisoformat, text)


def _read(parse: Callable[[str], T], text: str) -> T:
    try:
        return parse(text)
    except ValueError:
        raise ValueError(
            f"'{text}' is no day or month: they are written 2024-09-02, 2024-09"
        ) from None
