"""What holds for every household: evidence, readings, missing facts, months, least knowledge."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import product
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import domain.decide
import domain.law
from domain import calendar
from domain.data_classes import DataClass
from domain.decide import Decision, Examined
from domain.events import BY_FACT, Recorded
from domain.facts import (
    ActionPlan,
    Benefit,
    BenefitPeriod,
    BenefitsAttested,
    CitizenshipAttested,
    CitizenshipCondition,
    EnrolmentAttested,
    Fact,
    FallbackDecided,
    FamilyDwellingsCounted,
    ListKind,
    MemberList,
    RefugeeAttested,
    ReleasedFrom,
    ReleaseRecorded,
    ReleasesAttested,
    TenancyEnding,
    TerminationRecorded,
    TerminationsAttested,
    UkraineDecided,
    UkrainePermitAttested,
)
from domain.law import benefits, explain
from domain.law.area import figures as figures_law
from domain.law.area import former
from domain.law.area import lists as lists_law
from domain.law.area import status as area
from domain.law.benefits import BenefitRecord, Ground, run_of_months
from domain.law.edition import Edition
from domain.law.editions import CURRENT, EDITIONS
from domain.law.kernel import Change, Finding, Missing, Outcome, Readings, Status, Tree, explore
from domain.law.texts.kinds import Text
from services.cases import putting
from services.cases.casebook import Case
from services.cases.world import AREA, BOTH_LISTS, LONG_AGO, MUNICIPALITY, World, person
from tests.law import golden
from tests.support import scaled

_ONE_DAY = timedelta(days=1)
_OUTSIDE = ReleasedFrom.OUTSIDE_PRISON_SERVICE

# --- Generated households -------------------------------------------------------------------

DAYS = [
    date(2016, 8, 31),
    date(2019, 3, 1),
    date(2022, 8, 31),
    date(2024, 2, 29),
    date(2025, 8, 1),
    date(2026, 1, 5),
]
BENEFITS = [
    Benefit.KONTANTHJAELP,
    Benefit.KONTANTHJAELP_16_1,
    Benefit.KONTANTHJAELP_16_2,
    Benefit.UDDANNELSESHJAELP,
    Benefit.INTEGRATIONSYDELSE,
    Benefit.SELVFORSOERGELSES_OG_HJEMREJSEYDELSE,
    Benefit.OVERGANGSYDELSE,
    Benefit.SYGEDAGPENGE,
    Benefit.RESSOURCEFORLOEBSYDELSE,
    Benefit.FOERTIDSPENSION,
    Benefit.SENIORPENSION,
]


BY_RATE = {Benefit.KONTANTHJAELP_16_1, Benefit.KONTANTHJAELP_16_2}
"""What exists from July 2025 on."""


class Household:
    """A generated question: the day, the kind of area, and facts that can be left out."""

    def __init__(self, day: date, kind: ListKind) -> None:
        self.day = day
        self.kind = kind
        self.lists: dict[UUID, tuple[MemberList, ...]] = {}
        self.facts: list[tuple[UUID | None, Fact]] = []
        """About a person, or, under None, about the household or the municipality."""
        self.chosen: dict[str, str] = {}
        """How this municipality reads some of the points that have a default."""

    def world(self, without: Collection[int] = (), readings: dict[str, str] | None = None) -> World:
        """Build the log, leaving out some facts or choosing readings."""
        world = World()
        world.register_area()
        world.publish_lists(2010, self.day.year)
        world.list_area(lists_law.list_day_due(self.kind, self.day), {self.kind})
        world.place_dwelling()
        for subject, lists in self.lists.items():
            world.belongs(subject, lists)
        world.attest_members()
        for index, (about, fact) in enumerate(self.facts):
            if index in without:
                world.recorded(fact)  # its position stays empty, so that ids do not shift
            elif about is not None:
                world.record_about(about, fact)
            elif BY_FACT[type(fact)].data_class is DataClass.DECISIONS:
                world.record_decision(fact)
            else:
                world.record(fact)
        world.choose({**self.chosen, **(readings or {})})
        return world

    def ids(self) -> list[UUID]:
        """Return the event id that each fact has in the log."""
        world = self.world()
        known = [
            *(item for items in world.personal.values() for item in items),
            *world.decisions,
            *world.view().find(FamilyDwellingsCounted, MUNICIPALITY),
        ]
        ids = {id(item.fact): item.event_id for item in known}
        return [ids[id(fact)] for _, fact in self.facts]


@st.composite
def households(draw: st.DrawFn) -> Household:
    """Draw one to three members with histories of benefits, attestations and decisions."""
    day = draw(st.sampled_from(DAYS))
    kinds = [ListKind.VULNERABLE]
    if day < date(2018, 12, 1):
        kinds = [ListKind.PARALLEL_SOCIETY, ListKind.COMBINED_LETTING]
    if day >= date(2021, 12, 1):
        kinds.append(ListKind.PREVENTION)
    household = Household(day, draw(st.sampled_from(kinds)))
    for number in range(draw(st.integers(1, 3))):
        subject = person(f"member {number}")
        both = number == 0 or draw(st.integers(0, 3)) > 0
        household.lists[subject] = BOTH_LISTS if both else (MemberList.DECLARED,)
        for fact in draw(_facts_about(day)):
            household.facts.append((subject, fact))
    if draw(st.integers(0, 4)) == 0:
        household.facts.append((None, draw(_fallbacks(day))))
    if draw(st.integers(0, 4)) == 0:
        assessed = UkraineDecided(
            decision_day=day, decided_by="made up", reasons="made up", party_heard=True
        )
        household.facts.append((None, assessed))
    if draw(st.integers(0, 2)) == 0:
        settled = ["AMB-STUDENT", "AMB-HOUSEHOLD", "AMB-FALLBACK-ORDER", "AMB-RESSOURCE"]
        household.chosen = dict.fromkeys(draw(st.sets(st.sampled_from(settled), min_size=1)), "b")
    if household.kind is ListKind.PREVENTION and draw(st.booleans()):
        share = draw(st.sampled_from([30, 31]))
        household.facts.append(
            (
                None,
                FamilyDwellingsCounted(
                    municipality=MUNICIPALITY,
                    counted_on=date(2018, 12, 1),
                    in_listed_areas=share,
                    in_municipality=100,
                ),
            )
        )
    return household


@st.composite
def _fallbacks(draw: st.DrawFn, day: date) -> FallbackDecided:
    return FallbackDecided(
        decision_day=day - timedelta(days=draw(st.integers(-1, 3))),
        decided_by="made up",
        reasons="made up",
        party_heard=True,
        prevention_area_possible=draw(st.sampled_from([None, True, False])),
        other_municipalities_tried=draw(st.booleans()),
    )


@st.composite
def _releases_and_terminations(draw: st.DrawFn, day: date) -> list[Fact]:
    """Draw what happened about six months ago, and what of it is attested complete."""
    found: list[Fact] = []
    start = calendar.months_before(day, 6)
    near = st.sampled_from([start - _ONE_DAY, start, start + _ONE_DAY, day, day + _ONE_DAY])
    for _ in range(draw(st.sampled_from([0, 0, 0, 0, 0, 1, 2]))):
        young = draw(st.booleans())
        source = st.sampled_from([each for each in ReleasedFrom if each is not _OUTSIDE])
        found.append(
            ReleaseRecorded(
                released_on=draw(near),
                released_from=_OUTSIDE if young else draw(source),
                convicted=draw(st.integers(0, 3)) > 0,
                convicted_on=draw(st.sampled_from([None, day + _ONE_DAY])),
                action_plan=draw(st.sampled_from(ActionPlan)),
                under_18_until=draw(st.sampled_from([None, day - _ONE_DAY, day]))
                if young
                else None,
            )
        )
    for _ in range(draw(st.sampled_from([0, 0, 0, 0, 0, 1, 2]))):
        found.append(
            TerminationRecorded(
                ended_on=draw(near),
                ending=draw(st.sampled_from(TenancyEnding)),
                gross_breach=draw(st.integers(0, 3)) > 0,
            )
        )
    for attested in (ReleasesAttested, TerminationsAttested):
        first = draw(st.sampled_from([None, *[LONG_AGO] * 5, start, start + _ONE_DAY]))
        if first is not None:
            found.append(attested(first_day=first, last_day=day))
    for kind in (RefugeeAttested, UkrainePermitAttested):
        said = draw(st.sampled_from([None, True, *[False] * 6]))
        if said is not None:
            name = "allocated" if kind is RefugeeAttested else "permit"
            content: dict[str, Any] = {name: said, "first_day": LONG_AGO}
            found.append(kind(**content))
    return found


@st.composite
def _facts_about(draw: st.DrawFn, day: date) -> list[Fact]:
    found: list[Fact] = draw(_releases_and_terminations(day))
    condition = draw(st.sampled_from([None, *CitizenshipCondition, CitizenshipCondition.MET]))
    if condition is not None:
        found.append(CitizenshipAttested(condition=condition, first_day=LONG_AGO))
    enrolled = draw(st.sampled_from([None, True, False]))
    if enrolled is not None:
        found.append(EnrolmentAttested(enrolled=enrolled, first_day=LONG_AGO))
    # Stretches of months back from the day, each on one benefit or on none; none overlap.
    last = calendar.last_full_month(day) + draw(st.integers(-2, 1))
    for _ in range(draw(st.integers(0, 4))):
        length = draw(st.sampled_from([1, 2, 3, 5, 6, 7, 24]))
        since_reform = last - length + 1 >= benefits.REFORM_MONTH
        kinds = [b for b in BENEFITS if since_reform or b not in BY_RATE]
        benefit = draw(st.sampled_from([None, *kinds]))
        if benefit is not None:
            partial = draw(st.sampled_from([0, 0, 0, 10]))
            first = calendar.first_day(last - length + 1) + timedelta(days=partial)
            found.append(
                BenefitPeriod(benefit=benefit, first_day=first, last_day=calendar.last_day(last))
            )
        last -= length
    match draw(st.sampled_from(["since ever", "one year", "two pieces", "one benefit", "never"])):
        case "since ever":
            found.append(BenefitsAttested(last_day=day))
        case "one year":
            found.append(BenefitsAttested(first_day=day - timedelta(days=365), last_day=day))
        case "two pieces":
            half = day - timedelta(days=100)
            found.append(BenefitsAttested(last_day=half))
            found.append(BenefitsAttested(first_day=half + _ONE_DAY, last_day=day))
        case "one benefit":
            found.append(BenefitsAttested(benefits=(Benefit.FOERTIDSPENSION,), last_day=day))
    return found


# --- Evidence -------------------------------------------------------------------------------


Said = tuple[Status, tuple[tuple[str, str], ...], tuple[Missing, ...]]


def _said(finding: Finding) -> Said:
    # Of several months that break a run one is named; which one is no part of what is found.
    values = tuple(pair for pair in finding.values if pair[0] != "month_without")
    return finding.status, values, finding.missing


def _findings(decision: Decision) -> dict[tuple[str, UUID | None, str], Examined]:
    return {(e.rule_id, e.person, e.area): e for e in decision.examined}


def _under_every_reading(examined: Examined) -> dict[tuple[tuple[str, str], ...], Said]:
    return {
        path: (finding.status, finding.values, finding.missing)
        for path, finding in examined.tree.leaves
    }


def _named(findings: Iterable[Finding]) -> set[UUID]:
    return {item.event_id for finding in findings for item in finding.evidence}


@given(households())
@settings(max_examples=scaled(80, 3_000))
def test_a_fact_that_is_not_named_as_evidence_changes_nothing(household: Household) -> None:
    before = household.world().decide(household.day)
    named = _named(f for e in before.examined for _, f in e.tree.leaves)
    for index, event_id in enumerate(household.ids()):
        if event_id in named:
            continue
        after = household.world(without={index}).decide(household.day)
        assert after.outcome is before.outcome
        assert after.missing == before.missing
        assert _same_variations(after, before)
        assert {key: _said(e.finding) for key, e in _findings(after).items()} == {
            key: _said(e.finding) for key, e in _findings(before).items()
        }


@given(households())
@settings(max_examples=scaled(80, 3_000))
def test_what_is_found_does_not_stand_without_the_facts_that_it_names(
    household: Household,
) -> None:
    before = household.world().decide(household.day)
    ids = household.ids()
    for key, examined in _findings(before).items():
        named = {ids.index(each) for each in _named([examined.finding]) if each in ids}
        match examined.finding.status:
            case Status.MET:
                removals = [{index} for index in named]
            case Status.NOT_MET:
                # Several attestations may each rule a run out, so they are taken together.
                removals = [named] if named else []
            case _:
                removals = []
        for removed in removals:
            now = _findings(household.world(without=removed).decide(household.day)).get(key)
            assert now is None or _matters(examined, now)


def _same_variations(one: Decision, other: Decision) -> bool:
    found = [
        {(v.points, v.readings, v.outcome) for v in decision.variations}
        for decision in (one, other)
    ]
    if any(outcome is None for variations in found for _, _, outcome in variations):
        # A reading that needs more facts names none of those it has, and hides what is read
        # otherwise beside it.
        return True
    return found[0] == found[1]


def _matters(before: Examined, after: Examined) -> bool:
    """Tell whether a finding changed, or had to find another fact to rest on."""
    other = _named([after.finding]) - _named([before.finding])
    return bool(other) or _under_every_reading(after) != _under_every_reading(before)


# --- Readings -------------------------------------------------------------------------------


def _listed(decision: Decision, combination: dict[str, str]) -> bool:
    return any(
        all(
            combination[point] == reading
            for point, reading in zip(variation.points, variation.readings, strict=True)
        )
        for variation in decision.variations
    )


@given(households())
@settings(max_examples=scaled(50, 1_500))
def test_no_reading_that_matters_is_missed_against_brute_force(household: Household) -> None:
    world = household.world()
    decision = world.decide(household.day)
    assert decision.exhaustive
    consulted = decision.consulted
    combinations = list(product(*(CURRENT.points[point].readings for point in consulted)))
    if len(combinations) > scaled(150, 4_096):
        return
    for readings in combinations:
        combination = dict(zip(consulted, readings, strict=True))
        really = household.world(readings=combination).decide(household.day)
        if really.outcome is not decision.outcome:
            assert _listed(decision, combination), (combination, really.outcome)
    for variation in decision.variations:
        if variation.outcome is not None:
            changed = dict(zip(variation.points, variation.readings, strict=True))
            really = household.world(readings=changed).decide(household.day)
            # What is missing now stays missing in what an answer says of other readings. Once a
            # reading is chosen, the reading in use may not need it: never the other way round.
            cautious = variation.outcome is Outcome.UNDETERMINED
            assert really.outcome is variation.outcome or cautious, variation


# --- Texts ----------------------------------------------------------------------------------


MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(domain.law.__path__, "domain.law.")
]
"""Every module that may name a missing fact, a change, a duty or a warning."""


@cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))


def _first_words(module: ModuleType, name: str, argument: int) -> set[str]:
    """Return the words that a module may pass to `Missing(...)`, `Change(...)`, `Condition(...)`.

    A condition may be called as what would be missing, and by a table of the module.
    """
    found: set[str] = set()
    for function in ast.walk(_tree(module)):
        if not isinstance(function, ast.FunctionDef | ast.Module):
            continue
        calls = [
            call
            for call in ast.walk(function)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id == name
        ]
        if not calls:
            continue
        assigned = [
            (target.id, node.value)
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        ]
        for call in calls:
            word = call.args[argument]
            if ast.unparse(word) == "missing.kind":
                assert isinstance(function, ast.FunctionDef | ast.Module)
                if isinstance(function, ast.FunctionDef):
                    found |= _handed_to(function.name, module)
            elif not isinstance(word, ast.Name):
                found |= _possible_texts(word)
            elif isinstance(function, ast.FunctionDef):
                for name_, value in assigned:
                    if name_ != word.id:
                        continue
                    if isinstance(value, ast.Subscript):
                        found |= set(vars(module)[ast.unparse(value.value)].values())
                    else:
                        found |= _possible_texts(value)
    return found


def _handed_to(function: str, module: ModuleType) -> set[str]:
    """Return the kinds of what is missing that is handed to a function, wherever it is called."""
    return {
        word
        for each in MODULES
        if vars(each).get(function) is vars(module)[function]
        for call in ast.walk(_tree(each))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == function
        for handed in call.args
        if isinstance(handed, ast.Call) and ast.unparse(handed.func) == "Missing"
        for word in _possible_texts(handed.args[0])
    }


def _possible_texts(node: ast.expr) -> set[str]:
    match node:
        case ast.Constant(value=str(word)):
            return {word}
        case ast.IfExp(body=body, orelse=orelse):
            return _possible_texts(body) | _possible_texts(orelse)
    raise TypeError(f"a kind must be written out, not {ast.unparse(node)}")


def test_every_kind_of_missing_fact_in_the_code_has_a_text_and_no_text_is_left_over() -> None:
    kinds = {word for module in MODULES for word in _first_words(module, "Missing", 0)}
    suppliers = {word for module in MODULES for word in _first_words(module, "Missing", 1)}
    assert kinds == set(CURRENT.texts.MISSING)
    assert suppliers == set(CURRENT.texts.SUPPLIERS)


def test_every_change_in_the_code_has_a_text_and_no_text_is_left_over() -> None:
    kinds = {word for module in MODULES for word in _first_words(module, "Change", 0)}
    assert kinds == set(CURRENT.texts.CHANGES)


def test_every_condition_in_the_code_has_a_text_and_no_text_is_left_over() -> None:
    names = {word for module in MODULES for word in _first_words(module, "Condition", 0)}
    assert names == set(CURRENT.texts.CONDITIONS)
    assert set(CURRENT.texts.CONDITION_DETAILS) <= names


def test_every_duty_and_warning_of_the_code_has_a_text() -> None:
    codes = {
        value
        for module in MODULES
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str) and name == value
    }
    assert codes == {*CURRENT.texts.DUTIES, *CURRENT.texts.WARNINGS}


def test_no_text_is_about_a_rule_that_no_edition_has() -> None:
    known = {id for each in EDITIONS.values() for id in (*each.rules, *each.not_covered)}
    for edition in EDITIONS.values():
        assert set(edition.texts.RULES) <= known


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=list(EDITIONS))
def test_every_rule_point_and_reading_has_a_text_in_both_languages(edition: Edition) -> None:
    assert {*edition.rules, *edition.not_covered} <= set(edition.texts.RULES)
    for point in edition.points.values():
        text = explain.point_text(edition, point.id)
        assert set(text.readings) == set(point.readings), point.id
        for each in (text.question, text.reason, *text.readings.values()):
            assert each.da
            assert each.en


def test_a_kind_without_a_text_is_an_error_and_no_blank() -> None:
    with pytest.raises(LookupError, match="no text for the missing fact"):
        explain.missing_text(CURRENT, Missing("something_new", "ministry"))
    with pytest.raises(LookupError, match="no text for the supplier"):
        explain.missing_text(CURRENT, Missing("area_figures", "somebody_new"))
    with pytest.raises(LookupError, match="which is not given"):
        explain.change_text(CURRENT, Change("benefit_not_received"))


def _check_texts(decision: Decision) -> None:
    assert all(explain.summary_text(CURRENT, decision))
    for examined in decision.examined:
        _check_findings(examined.rule_id, examined.tree)
    for missing, _ in decision.missing:
        _check_missing(missing)
    for change, _, _ in decision.changes:
        assert all(explain.change_text(CURRENT, change))
    for variation in decision.variations:
        assert all(explain.variation_text(CURRENT, variation))
    for examined in decision.examined:
        for condition in examined.finding.conditions:
            _check_filled(explain.condition_text(CURRENT, condition))
    for value in decision.values:
        _check_filled(explain.value_text(CURRENT, value))
    for code, _ in decision.duties:
        assert all(explain.duty_text(CURRENT, code))
    for code in decision.warnings:
        assert all(explain.warning_text(CURRENT, code))


def _check_filled(said: Text) -> None:
    assert all(said)
    assert "{" not in said.da + said.en


def _check_missing(missing: Missing) -> None:
    said, supplier = (
        explain.missing_text(CURRENT, missing),
        explain.supplier_text(CURRENT, missing.supplier),
    )
    assert said.da.endswith(f"{CURRENT.texts.SUPPLIED_BY.da}: {supplier.da}.")
    assert said.en.endswith(f"{CURRENT.texts.SUPPLIED_BY.en}: {supplier.en}.")


@given(households())
@settings(max_examples=scaled(50, 1_500))
def test_everything_that_an_answer_says_has_a_text_in_both_languages(household: Household) -> None:
    _check_texts(household.world().decide(household.day))


GOLDEN = golden.about_households()


@golden.by_subject(GOLDEN)
def test_everything_that_a_golden_case_says_has_a_text(cases: list[Case]) -> None:
    for case in cases:
        _check_texts(golden.answer(case))


AREAS = [case for case in golden.load() if case["question"] == "area"]


@pytest.mark.parametrize("case", AREAS, ids=[case["id"] for case in AREAS])
def test_everything_that_an_area_case_says_has_a_text(case: Case) -> None:
    view, day = putting.build(case).view(), case["day"]
    judged: list[tuple[str, Callable[[Readings], Finding]]] = [
        ("PLAN-FORMER-LETTING", lambda r: former.former_transformation_area(view, AREA, day, r)),
        ("AREA-OMD-2021", lambda r: area.transformation_area(view, AREA, day, r)),
        ("AREA-HARD-2018-2021", lambda r: area.hard_ghetto_area(view, AREA, day, r)),
    ]
    figures = figures_law.figures_on(view, AREA, day)
    if figures is not None:
        item = figures
        judged += [
            ("AREA-UNIT-2018", lambda r: figures_law.unit(item, r)),
            ("AREA-UDS-2018", lambda r: figures_law.vulnerable_area(item, r)),
            ("AREA-PAR-2018", lambda r: figures_law.parallel_society(item, r)),
            ("AREA-FORE-2021", lambda r: figures_law.prevention_area(item, r)),
        ]
    for rule_id, evaluate in judged:
        _check_findings(rule_id, explore(CURRENT.points, evaluate))
    statuses = []
    for kind in ListKind:
        for rule_id, finding in (
            ("AREA-PUBLISH", lists_law.official(view, AREA, kind, day)),
            ("AREA-LEAVE", lists_law.left_list(view, AREA, kind, day)),
        ):
            _check_findings(rule_id, Tree((((), finding),)))
            statuses.append((str(kind), finding.status))
    assert all(explain.area_text(CURRENT, day, statuses))


def _check_findings(rule_id: str, tree: Tree[Finding]) -> None:
    for _, finding in tree.leaves:
        said = explain.finding_text(CURRENT, Examined(rule_id, finding, tree))
        assert said.da != said.en
        assert "{" not in said.da + said.en
        for missing in finding.missing:
            _check_missing(missing)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=list(EDITIONS))
def test_danish_and_english_are_filled_with_the_same_values(edition: Edition) -> None:
    pairs = [
        *(
            sentence.text
            for rule in edition.texts.RULES.values()
            for each in rule.findings.values()
            for sentence in each
        ),
        *edition.texts.MISSING.values(),
        *edition.texts.CHANGES.values(),
        *edition.texts.WARNINGS.values(),
    ]
    for da, en in pairs:
        assert set(re.findall(r"{\w+}", da)) == set(re.findall(r"{\w+}", en)), (da, en)


def test_an_area_is_named_as_on_the_day() -> None:
    kind = ListKind.TRANSFORMATION
    assert explain.list_kind_text(CURRENT, kind, date(2021, 11, 29)).da == "hårdt ghettoområde"
    assert explain.list_kind_text(CURRENT, kind, date(2021, 11, 30)).da == "omdannelsesområde"
    assert explain.month_text(CURRENT, "2024-08") == ("august 2024", "August 2024")


# --- Months ---------------------------------------------------------------------------------


def _month_ends() -> Iterator[date]:
    day = date(2019, 1, 1)
    while day.year <= scaled(2025, 2032):
        if (day + _ONE_DAY).day == 1:
            yield day
        day += _ONE_DAY


@cache
def _months_back(day: date, count: int) -> list[list[date]]:
    """Return the days of the last `count` whole months before `day`, newest first, by walking."""
    months: list[list[date]] = []
    walk = day - _ONE_DAY
    while walk.month == day.month and walk.year == day.year:
        walk -= _ONE_DAY
    for _ in range(count):
        month, number = [], walk.month
        while walk.month == number:
            month.append(walk)
            walk -= _ONE_DAY
        months.append(month)
    return months


@cache
def _six_months_earlier(day: date) -> date:
    """Return the same day six months ago, or the last day that the month has, by walking."""
    walk = day
    for _ in range(6):
        number = walk.month
        while walk.month == number:
            walk -= _ONE_DAY
    while walk.day > day.day:
        walk -= _ONE_DAY
    return walk


def _expected(day: date, period: tuple[date, date], length: int, window: str, whole: bool) -> bool:
    first, last = period

    def counts(month: list[date]) -> bool:
        received = [first <= each <= last for each in month]
        return all(received) if whole else any(received)

    months = _months_back(day, length + 7)
    ends = range(8) if window == "b" else range(1)
    return any(
        all(counts(month) for month in months[end : end + length])
        and (end == 0 or months[end][0] >= _six_months_earlier(day))
        for end in ends
    )


@pytest.mark.parametrize("length", [6, 24])
def test_windows_of_months_are_counted_as_by_walking_day_by_day(length: int) -> None:
    kinds = frozenset({Benefit.SYGEDAGPENGE})
    ground = Ground(length, kinds)
    attested = Recorded(1, person("attested"), b"", BenefitsAttested(last_day=date(2099, 12, 31)))
    seen = set()
    for end in _month_ends():
        for day in (end, end + _ONE_DAY):
            last_month, *_, first_month = _months_back(day, length)
            first, last = min(first_month), max(last_month)
            for begins, ends in product((-1, 0, 1), (-62, -31, -1, 0, 1)):
                period = first + timedelta(days=begins), last + timedelta(days=ends)
                fact = BenefitPeriod(
                    benefit=Benefit.SYGEDAGPENGE, first_day=period[0], last_day=period[1]
                )
                record = BenefitRecord([attested, Recorded(2, person("period"), b"", fact)])
                for window, whole in product("ab", (False, True)):
                    read = {"AMB-WINDOW": window, "AMB-CALMONTH": "b" if whole else "a"}
                    finding = run_of_months(ground, record, day, Readings(CURRENT.points, read))
                    expected = _expected(day, period, length, window, whole)
                    assert (finding.status is Status.MET) is expected, (day, period, read)
                    seen.add((window, whole, expected))
    assert len(seen) == 8, "every way of counting is seen to hold and not to hold"


# --- Unknown and unasked --------------------------------------------------------------------


def _rests_on_a_person(case: Case) -> bool:
    world = putting.build(case)
    putting.ask(case, world)
    return any(need.data_class is DataClass.MEMBERSHIP for need in world.needs)


SURE = [case for case in GOLDEN if case["question"] == "referral" and case["sure"] == "high"]
TERMINATIONS = [
    case
    for case in GOLDEN
    if case["question"] == "termination" and case["otherwise"] == "attested_absent"
]


def test_a_case_that_rests_on_a_person_is_never_permitted_with_the_rest_unknown() -> None:
    resting = [case for case in SURE if _rests_on_a_person(case)]
    assert resting
    for case in resting:
        decision = golden.answer(case, otherwise="unknown")
        assert decision.outcome is not Outcome.PERMITTED, case["id"]


def test_a_termination_is_never_ruled_out_with_the_rest_unknown_and_never_a_duty() -> None:
    assert TERMINATIONS
    for case in TERMINATIONS:
        decision = golden.answer(case, otherwise="unknown")
        care = [e.finding.status for e in decision.examined if e.rule_id == "TERM-86-7"]
        if Status.NOT_MET in care:
            # A care dwelling without another one assigned is not left, whatever else is found.
            assert decision.outcome in (Outcome.UNDETERMINED, Outcome.PROHIBITED), case["id"]
        else:
            assert decision.outcome in (Outcome.UNDETERMINED, Outcome.DISCRETIONARY), case["id"]


@given(households())
def test_nothing_known_of_the_members_is_never_a_permission_or_a_prohibition(
    household: Household,
) -> None:
    household.facts = []
    assert household.world().decide(household.day).outcome is Outcome.UNDETERMINED


@given(households())
def test_an_ordinary_area_asks_for_no_fact_at_all(household: Household) -> None:
    world = household.world()
    world.place_dwelling(area=None)
    assert world.decide(household.day).outcome is Outcome.PERMITTED
    assert world.needs == []


@given(households())
def test_a_ban_by_citizenship_under_every_reading_never_asks_for_benefits(
    household: Household,
) -> None:
    household.kind = ListKind.VULNERABLE
    household.chosen = {}
    if household.day < date(2018, 12, 1):
        household.kind = ListKind.PARALLEL_SOCIETY
    household.facts = [
        (about, fact)
        for about, fact in household.facts
        if about is not None
        and not isinstance(fact, ReleaseRecorded | TerminationRecorded)
        and not (
            about == person("member 0")
            and isinstance(fact, CitizenshipAttested | EnrolmentAttested)
        )
        and not (isinstance(fact, EnrolmentAttested) and fact.enrolled)
    ]
    for fact in (
        CitizenshipAttested(condition=CitizenshipCondition.NOT_MET, first_day=LONG_AGO),
        EnrolmentAttested(enrolled=False, first_day=LONG_AGO),
    ):
        household.facts.append((person("member 0"), fact))
    world = household.world()
    decision = world.decide(household.day)
    assert decision.outcome is Outcome.PROHIBITED
    assert decision.variations == ()
    assert [need.data_class for need in world.needs] == [
        DataClass.DECISIONS,
        DataClass.MEMBERSHIP,
        DataClass.CONVICTIONS,
        DataClass.TERMINATIONS,
        DataClass.ATTESTATIONS,
    ]
    assert decision.others_unexamined
