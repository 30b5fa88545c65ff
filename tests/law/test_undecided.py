"""What another controller decided is unknown, never none: of every fact that one decides."""

from __future__ import annotations

import copy
from datetime import date
from functools import cache
from typing import Any

import msgspec
import pytest

from domain.decide import Decision
from domain.events import EVENT_TYPES, Recorded
from domain.facts import ControllerKind, Fact, InstanceCreated, ListKind, NothingDecided
from domain.facts.declared import NOBODY, ORGANISATION, EventType, json_name
from domain.law.area import lists
from domain.law.editions import CURRENT
from domain.law.kernel import Outcome
from domain.law.undecided import DECISIONS
from domain.questions import KINDS
from domain.reference import Reference
from services.cases import putting
from services.cases.casebook import Case
from services.cases.world import AREA, LONG_AGO, MUNICIPALITY, World
from tests.law import golden

ELSEWHERE = "0101"

DECIDED = {json_name(each.fact): each for each in EVENT_TYPES if each.decided_by != NOBODY}
OPEN = {name: each for name, each in DECIDED.items() if name in DECISIONS}
BARS_NOTHING = {"referral_agreed"}
"""§ 59, stk. 1 to 3, bar nothing where they are not recorded: the dwelling is at disposal."""

STATED_IN_THE_QUESTION = {"support-as-the-master-plan-is-recorded"}
"""Who asks states what the master plan says, and that holds where nothing is recorded of it."""

ASKED_BY_ITS_OWN = {"occupancy_cap_used", "proceeds_use_decided"}
"""Only the controller whose decision it is may ask the questions that rest on it."""


def another(kind: EventType) -> tuple[ControllerKind, str]:
    """Return a controller, and where it is, that does not take decisions of a kind."""
    if kind.decided_by == ORGANISATION:
        return ControllerKind.MUNICIPALITY, MUNICIPALITY
    if ControllerKind.HOUSING_ORGANISATION in kind.held_by:
        return ControllerKind.HOUSING_ORGANISATION, MUNICIPALITY
    return ControllerKind.MUNICIPALITY, ELSEWHERE


def is_anothers(kind: EventType, fact: Fact) -> bool:
    """Tell whether a fact is a decision of a kind that `another` does not take."""
    if not isinstance(fact, kind.fact):
        return False
    by: Any = kind.decided_by
    if isinstance(by, frozenset):
        return True
    [how] = {each for name in fact.__struct_fields__ if (each := getattr(fact, name)) in by}
    return another(kind)[0] not in by[how]


def as_seen(world: World, kind: EventType, *, told: bool) -> World:
    """Return the log as `another` holds it: with its decisions of a kind, or without any word."""
    seen = copy.copy(world)
    seen.reference = Reference()
    controller, municipality = another(kind)
    for item in world.recorded_openly:
        fact = item.fact
        if isinstance(fact, InstanceCreated):
            fact = msgspec.structs.replace(
                fact, controller_kind=controller, municipality=municipality
            )
        elif isinstance(fact, NothingDecided):
            said = tuple(each for each in fact.decisions if each != json_name(kind.fact))
            fact = msgspec.structs.replace(fact, decisions=said)
        if told or not is_anothers(kind, fact):
            seen.reference.apply(Recorded(item.position, item.event_id, item.leaf_hash, fact))
    return seen


class Answers(msgspec.Struct, frozen=True):
    """How one case comes out with a decision, without it, and when nobody has told of it."""

    id: str
    case: Case
    decided: Decision
    none: Decision
    silent: World
    """What is recorded when nobody has told of it."""

    @property
    def unknown(self) -> Decision:
        """Return the answer when nobody has told of it."""
        return putting.ask(self.case, self.silent)


@cache
def stating() -> dict[str, list[Case]]:
    """Return the cases that state a decision of each kind that `another` does not take."""
    found: dict[str, list[Case]] = {name: [] for name in DECIDED}
    for case in golden.decided():
        stated = [item.fact for item in putting.build(case).recorded_openly]
        for name, kind in DECIDED.items():
            if any(is_anothers(kind, fact) for fact in stated):
                found[name].append(case)
    return found


@cache
def answered(name: str) -> tuple[Answers, ...]:
    """Return the answers of every case that states such a decision and that `another` may ask."""
    kind, found = DECIDED[name], []
    asked = {each.name for each in KINDS.values() if another(kind)[0] in each.asked_by}
    for case in stating()[name]:
        world = putting.build(case)
        if case["question"] not in asked or not can_be_decided(name, world, case["day"]):
            continue
        silent = as_seen(world, kind, told=False)
        none = copy.copy(silent)
        none.reference = copy.deepcopy(silent.reference)
        none.record(
            NothingDecided(
                municipality=MUNICIPALITY,
                decisions=(name,),
                first_day=LONG_AGO,
                answered_by="made up",
            )
        )
        decided = as_seen(world, kind, told=True)
        there, gone = putting.ask(case, decided), putting.ask(case, none)
        found.append(Answers(case["id"], case, there, gone, silent))
    return tuple(found)


def can_be_decided(name: str, world: World, day: date) -> bool:
    """Tell whether the lists allow it; a decision on combined letting of no such area is void."""
    if name != "combined_letting_decided":
        return True
    kind = ListKind.COMBINED_LETTING
    return lists.first_that_may_name(world.view(), AREA, kind, day) is not None


def asks_for(decision: Decision, name: str) -> bool:
    """Tell whether an answer says that a decision of a kind is to be asked for."""
    return any(("asked_decision", name) in missing.details for missing, _ in decision.missing)


@pytest.mark.parametrize("name", sorted(set(OPEN) - BARS_NOTHING - ASKED_BY_ITS_OWN))
def test_a_decision_that_would_change_the_answer_is_asked_for_where_nobody_told_of_it(
    name: str,
) -> None:
    differ = [
        each
        for each in answered(name)
        if each.decided.outcome != each.none.outcome and each.id not in STATED_IN_THE_QUESTION
    ]

    assert differ, "no case is answered otherwise with such a decision than without"
    for each in differ:
        unknown = each.unknown
        assert unknown.outcome is Outcome.UNDETERMINED, each.id
        assert asks_for(unknown, name), each.id


@pytest.mark.parametrize("name", sorted(BARS_NOTHING))
def test_what_bars_nothing_where_it_is_not_recorded_changes_no_answer(name: str) -> None:
    assert all(each.decided.outcome is each.none.outcome for each in answered(name))


@pytest.mark.parametrize("name", sorted(ASKED_BY_ITS_OWN))
def test_nobody_else_asks_what_rests_on_what_the_asker_decides(name: str) -> None:
    assert stating()[name]
    assert not answered(name)


def test_who_decides_without_being_asked_here_says_why_silence_is_none() -> None:
    sealed = {
        name: each
        for name, each in DECIDED.items()
        if each.data_class is not None and each.held_by - deciders(each)
    }

    assert {name for name, each in sealed.items() if not each.silence} == {"approval_answered"}
    assert set(sealed) == {"approval_answered", "dispensation_decided"}


def deciders(kind: EventType) -> frozenset[ControllerKind]:
    """Return who may decide a fact, however it comes about."""
    by: Any = kind.decided_by
    return by if isinstance(by, frozenset) else frozenset().union(*by.values())


def test_each_decision_that_may_be_taken_elsewhere_has_a_name_in_both_languages() -> None:
    assert set(CURRENT.texts.DECISIONS) == DECISIONS
