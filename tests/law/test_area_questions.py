"""What holds of every question about an area: it is answered, and less said is no firmer answer."""

from __future__ import annotations

import types
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.decide import Decision
from domain.facts import (
    AreaDwellingsCounted,
    Buyer,
    ControllerKind,
    DepartmentVoted,
    Fact,
    ListKind,
    MasterPlanApproved,
    PartOfPlan,
    PlanApproved,
    PlanKind,
    ProblemsFound,
    ProceedsSettled,
    ProceedsUse,
    ProceedsUseDecided,
    PropertySold,
    TopBodyDecided,
    VoteResult,
    WindingUpOrdered,
    WindingUpPlanSent,
)
from domain.law.fund.support_steps import SupportQuestion
from domain.law.kernel import Outcome
from domain.law.question import PlaceQuestion, Question
from domain.questions import QUESTIONS
from services.cases.world import AREA, DEPARTMENT, MUNICIPALITY, ORGANISATION, World
from tests.support import scaled

SALE, PROJECT = "made-up-sale", "made-up-project"
DAYS = [
    date(2018, 12, 31),
    date(2019, 12, 1),
    date(2020, 12, 31),
    date(2021, 7, 1),
    date(2024, 3, 1),
    date(2025, 1, 1),
    date(2027, 1, 1),
    date(2028, 1, 1),
]
EARLY = date(2018, 12, 1)
KINDS = sorted(kind for kind, struct in QUESTIONS.items() if issubclass(struct, PlaceQuestion))
FIXED = {
    "area": AREA,
    "sale": SALE,
    "organisation": ORGANISATION,
    "department": DEPARTMENT,
    "project": PROJECT,
}
"""What a question names rather than states: without it, it is another question."""
NOT_STATED = {"kind", "household", "case_number", "day", "asked_on", *FIXED}


def _inside(kind: Any) -> tuple[Any, bool]:
    """Return the type of a field without what is said of it, and whether it may be left out."""
    if get_origin(kind) in (Union, types.UnionType):
        given_, left_out = get_args(kind), type(None) in get_args(kind)
        return next(each for each in given_ if each is not type(None)), left_out
    return kind, False


def _values(kind: Any) -> st.SearchStrategy[Any]:
    if get_origin(kind) is tuple:
        return st.lists(_values(get_args(kind)[0]), unique=True, max_size=2).map(tuple)
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.sampled_from([1, 50, 55, 140, 141, 1000])
    if kind is date:
        return st.sampled_from(DAYS)
    if issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    raise TypeError(f"no values are made of {kind}")


NOT_LEFT_OUT = (
    # Without a use it is another question, and with one it has an amount.
    "use",
    "amount_oere",
    # Of a decision that is still to come it is a duty, which the answer names.
    "danish",
)


class Asked(NamedTuple):
    """A question, and which of its fields may be left unsaid."""

    question: Question
    may_be_left_out: tuple[str, ...]

    def as_recorded(self, facts: tuple[Fact, ...]) -> Asked:
        """Let it state of the master plan what is recorded of it: the record goes before it."""
        said = [f.reduction_follows_plan for f in facts if isinstance(f, MasterPlanApproved)]
        if not said or not isinstance(self.question, SupportQuestion):
            return self
        question = msgspec.structs.replace(self.question, follows_plan=said[0])
        return self._replace(question=question)


@st.composite
def questions(draw: st.DrawFn, kind: str) -> Asked:
    """Draw a question of a kind that says everything, and names its area unless it may do without.

    A use of money, once it is asked about, has an amount.
    """
    struct = QUESTIONS[kind]
    hints = get_type_hints(struct)
    said: dict[str, Any] = {name: FIXED[name] for name in FIXED if name in hints}
    left_out = []
    for name in struct.__struct_fields__:
        if name in NOT_STATED:
            continue
        if name == "used_in":
            said[name], optional = AREA, True
        else:
            inner, optional = _inside(hints[name])
            said[name] = draw(_values(inner))
        if optional and name not in NOT_LEFT_OUT:
            left_out.append(name)
    if not issubclass(struct, _AREA_ALONE) and draw(st.booleans()):
        said["area"] = None
    return Asked(struct(day=draw(st.sampled_from(DAYS)), **said), tuple(left_out))


_AREA_ALONE = tuple(
    struct
    for struct in QUESTIONS.values()
    if issubclass(struct, PlaceQuestion) and _inside(get_type_hints(struct)["area"])[1] is False
)

_MAYBE = st.booleans()
_SAID = {
    MasterPlanApproved: ("city_analysed", "reduction_follows_plan"),
    PropertySold: ("buyer", "plan"),
    ProceedsSettled: ("transfer_approved",),
    DepartmentVoted: ("danish",),
    TopBodyDecided: ("danish",),
    AreaDwellingsCounted: ("commercial_m2",),
}
"""Of each fact, what may be left unsaid of it."""


class Recorded(NamedTuple):
    """What is recorded, and of which controller's log it is."""

    kind: ControllerKind
    listed: tuple[tuple[int, frozenset[ListKind]], ...]
    facts: tuple[Fact, ...]

    def without(self, years: set[int], unsaid: set[tuple[str, str]], problems: bool) -> Recorded:
        """Return the same without the lists of some years, and with less said of the facts."""
        less = []
        for fact in self.facts:
            if problems and isinstance(fact, ProblemsFound):
                continue
            names = [n for t, n in unsaid if t == type(fact).__name__]
            less.append(msgspec.structs.replace(fact, **dict.fromkeys(names)) if names else fact)
        listed = tuple(each for each in self.listed if each[0] not in years)
        return Recorded(self.kind, listed, tuple(less))

    def world(self, years: set[int]) -> World:
        """Record it; the lists of `years` are not complete, so that who is on them is unknown."""
        world = World(kind=self.kind)
        world.register_area()
        for year in range(2010, 2028):
            world.publish_lists(year, year, year not in years)
        for year, kinds in self.listed:
            world.list_area(date(year, 12, 1), kinds)
        for fact in self.facts:
            world.record(fact)
        return world


@st.composite
def recorded(draw: st.DrawFn) -> Recorded:
    """Draw what is recorded of an area, its plans, its sale and its works."""
    steps = [
        frozenset[ListKind](),
        frozenset({ListKind.VULNERABLE}),
        frozenset({ListKind.VULNERABLE, ListKind.PARALLEL_SOCIETY}),
        frozenset({ListKind.VULNERABLE, ListKind.PARALLEL_SOCIETY, ListKind.TRANSFORMATION}),
    ]
    listed = tuple((year, draw(st.sampled_from(steps))) for year in range(2018, 2028))
    yes = st.booleans()
    of: dict[str, Any] = {"organisation": ORGANISATION, "department": DEPARTMENT}
    facts: list[Fact] = [
        PropertySold(
            sale=SALE,
            municipality=MUNICIPALITY,
            area=AREA,
            **of,
            sold_on=EARLY,
            buyer=draw(st.sampled_from(list(Buyer))),
            plan=draw(st.sampled_from(list(PartOfPlan))),
        ),
        ProceedsSettled(
            sale=SALE,
            settled_on=EARLY,
            net_oere=1_000,
            into_fund_oere=1_000,
            transfer_approved=draw(yes),
        ),
        DepartmentVoted(
            **of,
            project=PROJECT,
            voted_on=EARLY,
            result=draw(st.sampled_from(list(VoteResult))),
            danish=draw(yes),
        ),
        TopBodyDecided(**of, project=PROJECT, decided_on=EARLY, danish=draw(yes)),
        AreaDwellingsCounted(
            area=AREA,
            counted_on=EARLY,
            family=draw(st.sampled_from([390, 400, 500])),
            youth=0,
            elderly=0,
            private=600,
            commercial_m2=draw(st.sampled_from([0, 7_500])),
            source="made up",
        ),
    ]
    if draw(yes):
        facts.append(
            ProceedsUseDecided(
                sale=SALE,
                use=draw(st.sampled_from(list(ProceedsUse))),
                amount_oere=100,
                decided_on=EARLY,
                decided_by="made up",
                used_in=AREA,
            )
        )
    if draw(yes):
        facts.append(
            PlanApproved(area=AREA, kind=draw(st.sampled_from(PlanKind)), approved_on=EARLY)
        )
    if draw(yes):
        facts.append(
            MasterPlanApproved(
                area=AREA,
                approved_on=EARLY,
                city_analysed=draw(yes),
                reduction_follows_plan=draw(yes),
            )
        )
    if draw(yes):
        facts.append(
            ProblemsFound(**of, found=draw(yes), found_by="made up", area=AREA, first_day=EARLY)
        )
    if draw(yes):
        facts.append(WindingUpOrdered(area=AREA, ordered_on=EARLY, limit=date(2028, 1, 1)))
        facts.append(
            WindingUpPlanSent(area=AREA, sent_on=EARLY, social_dwellings=10, allowed_dwellings=100)
        )
    return Recorded(draw(st.sampled_from(list(ControllerKind))), listed, tuple(facts))


def _ask(what: Recorded, question: Question, years: set[int] | None = None) -> Decision:
    return what.world(years or set()).put(question)


_UNSAID = st.sets(
    st.sampled_from([(kind.__name__, name) for kind, names in _SAID.items() for name in names])
)
_MANY = settings(max_examples=scaled(30, 2_000), deadline=None)


@pytest.mark.parametrize("kind", KINDS)
@_MANY
@given(st.data())
def test_an_answer_that_stands_with_less_known_stands_with_all(
    kind: str, data: st.DataObject
) -> None:
    what, asked = data.draw(recorded()), data.draw(questions(kind))
    asked = asked.as_recorded(what.facts)
    left_out = data.draw(st.sets(st.sampled_from(asked.may_be_left_out or ("",))))
    years = data.draw(st.sets(st.integers(2018, 2027)))
    less = what.without(years, data.draw(_UNSAID), data.draw(_MAYBE))
    names = [name for name in left_out if name]
    fewer = msgspec.structs.replace(asked.question, **dict.fromkeys(names))
    with_less = _ask(less, fewer, years)
    if with_less.outcome is not Outcome.UNDETERMINED:
        assert _ask(what, asked.question).outcome is with_less.outcome
