"""What a rule is declared to consult and to read is what it consults and reads.

Every golden case is answered under an edition whose rules are the current ones, listened to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any
from uuid import UUID

import pytest

from domain.data_classes import DataClass
from domain.decide import Decision
from domain.events import BY_FACT, Recorded
from domain.facts import MemberRole
from domain.law.area import status as area_law
from domain.law.benefits import BenefitRecord
from domain.law.editions import CURRENT
from domain.law.kernel import Finding, Readings, Record, Rule, Status, Whose
from services.cases import expected, trying
from services.cases.world import World
from tests.law import golden
from tests.law.in_force import in_force
from tests.law.reaching import points_of

APPLIED = (Status.MET, Status.NOT_MET, Status.UNKNOWN)
COUPLE = {MemberRole.APPLICANT, MemberRole.SPOUSE, MemberRole.PARTNER}


@dataclass
class Heard:
    """What was heard of each rule, by its id."""

    called: set[str] = field(default_factory=set)
    points: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    handed: defaultdict[str, set[DataClass]] = field(default_factory=lambda: defaultdict(set))
    roles: defaultdict[str, set[MemberRole | None]] = field(
        default_factory=lambda: defaultdict(set)
    )
    """Of the persons that it was applied to."""
    found: set[str] = field(default_factory=set)
    """The rules that some answer has a finding of."""
    failed: list[str] = field(default_factory=list)


class Listened(Readings):
    """Readings that also tell which points one rule asks for."""

    __slots__ = ("_inner", "_said")

    def __init__(self, inner: Readings, said: set[str]) -> None:
        self._inner, self._said = inner, said

    def __call__(self, point: str) -> str:
        self._said.add(point)
        return self._inner(point)


def classes_of(value: Any) -> Iterator[DataClass]:
    """Return the classes of the sealed facts within what a function is handed."""
    match value:
        case Recorded():
            data_class = BY_FACT[type(value.fact)].data_class
            if data_class is not None:
                yield data_class
        case BenefitRecord():
            yield DataClass.BENEFITS
        case Record():
            yield from classes_of(value.facts)
        case tuple() | list():
            for each in value:
                yield from classes_of(each)


def listened_to(rule: Rule, heard: Heard) -> Rule:
    """Return the rule with functions that do the same and are heard."""

    def of(function: Callable[..., Finding]) -> Callable[..., Finding]:
        @wraps(function)
        def evaluate(*handed: Any, **named: Any) -> Finding:
            heard.called.add(rule.id)
            heard.handed[rule.id].update(classes_of((*handed, *named.values())))
            said = heard.points[rule.id]
            return function(
                *(Listened(each, said) if isinstance(each, Readings) else each for each in handed),
                **named,
            )

        return evaluate

    def part(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def asked(*handed: Any, **named: Any) -> Any:
            said = heard.points[rule.id]
            return function(
                *(Listened(each, said) if isinstance(each, Readings) else each for each in handed),
                **named,
            )

        return asked

    limbs = tuple((data_class, of(function)) for data_class, function in rule.limbs)
    parts = tuple(map(part, rule.parts))
    return replace(rule, revision=0, evaluate=of(rule.evaluate), limbs=limbs, parts=parts)


@pytest.fixture(scope="module")
def heard() -> Iterator[Heard]:
    found = Heard()
    edition = CURRENT.amended(rules=[listened_to(rule, found) for rule in CURRENT.rules.values()])
    compare = expected.decided

    def decided(case: Any, world: World, decision: Decision | None, *others: Any) -> Any:
        if decision is not None:
            note(found, world, decision)
        return compare(case, world, decision, *others)

    with pytest.MonkeyPatch.context() as patch:
        in_force(patch, edition)
        patch.setattr(expected, "decided", decided)
        for case in golden.load():
            tried = trying.try_case(case)
            if tried.differences or tried.wrong:
                found.failed.append(tried.id)
        yield found


def note(heard: Heard, world: World, decision: Decision) -> None:
    """Note the findings of an answer, and whom they are about."""
    roles: dict[UUID, MemberRole | None] = {
        person: item.fact.role for person, item in world.members if person is not None and item
    }
    for each in (*decision.examined, *decision.concluded):
        if each.finding.status in APPLIED:
            heard.found.add(each.rule_id)
            if each.person is not None:
                heard.roles[each.rule_id].add(roles.get(each.person))


def test_the_rules_listened_to_answer_every_case_as_before(heard: Heard) -> None:
    assert heard.failed == []
    assert len(heard.called) == len(CURRENT.rules)


def test_every_finding_comes_from_the_edition_s_own_rule(heard: Heard) -> None:
    """Else another function in a later edition would change nothing."""
    assert heard.found <= heard.called


@pytest.mark.parametrize("rule", CURRENT.rules.values(), ids=CURRENT.rules)
def test_a_rule_consults_the_points_that_it_declares(heard: Heard, rule: Rule) -> None:
    consulted = {point for point in heard.points[rule.id] if not point.startswith("START-")}
    behind_areas = set(points_of(area_law.status))
    for other in CURRENT.rules.values():
        behind_areas.update(other.points if other.question == "area" else ())
    assert consulted - set(rule.points) <= (set() if rule.question == "area" else behind_areas)
    functions = [rule.evaluate, *(function for _, function in rule.limbs), *rule.parts]
    steps: list[Callable[..., Any]] = [area_law.status]
    if rule.question != "area":
        steps = [step.examine for step in CURRENT.steps.values()]
    can_be_asked = {point for each in (*functions, *steps) for point in points_of(each)}
    assert set(rule.points) <= can_be_asked
    assert consulted <= can_be_asked | behind_areas


@pytest.mark.parametrize("rule", CURRENT.rules.values(), ids=CURRENT.rules)
def test_a_rule_is_handed_the_classes_of_facts_that_it_declares(heard: Heard, rule: Rule) -> None:
    declared = {rule.data_class, *(data_class for data_class, _ in rule.limbs), *rule.also_reads}
    assert heard.handed[rule.id] == declared - {None}


@pytest.mark.parametrize("rule", CURRENT.rules.values(), ids=CURRENT.rules)
def test_a_rule_reads_the_facts_of_those_persons_that_it_declares(heard: Heard, rule: Rule) -> None:
    roles = heard.roles[rule.id]
    match rule.whose:
        case None:
            assert roles <= ({None} if rule.also_reads else set())
        case Whose.APPLICANT:
            assert roles == {MemberRole.APPLICANT}
        case Whose.COUPLE:
            assert MemberRole.APPLICANT in roles
            assert roles <= {*COUPLE, None}, "None: whose role is not stated may be the spouse"
        case Whose.MEMBERS:
            assert roles


def test_each_word_for_whose_facts_are_read_is_as_wide_as_what_is_read(heard: Heard) -> None:
    read = {
        whose: {
            r
            for rule in CURRENT.rules.values()
            if rule.whose is whose
            for r in heard.roles[rule.id]
        }
        for whose in Whose
    }
    assert read[Whose.APPLICANT] < read[Whose.COUPLE] & COUPLE
    assert MemberRole.OTHER in read[Whose.MEMBERS] - read[Whose.COUPLE]
