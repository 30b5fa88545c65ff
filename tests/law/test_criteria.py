"""What holds for any criteria of flexible letting and any household held against them."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.decide import Decision
from domain.facts import (
    Alternative,
    AsksMore,
    AttestedAnswer,
    BreakKind,
    ChildLiving,
    Clause,
    ClauseJudged,
    CohabitationProof,
    Condition,
    CriteriaBasis,
    CriteriaSet,
    CriteriaTest,
    Criterion,
    CriterionKind,
    DocumentKind,
    EducationLevel,
    Fact,
    HouseholdKind,
    IncomeKind,
    IssuerKind,
    JobKind,
    LeavesKind,
    LooksAtIt,
    MemberRole,
    MustMeet,
    NothingShown,
    PensionKind,
    Place,
    SightAttested,
    TieKind,
    Way,
)
from domain.law.kernel import Finding, Outcome, Status
from domain.law.letting.rejection import LettingChannel
from domain.law.letting.steps import LettingQuestion
from services.cases.world import (
    DEPARTMENT,
    DWELLING,
    HOUSEHOLD,
    LONG_AGO,
    MUNICIPALITY,
    ORGANISATION,
    World,
    person,
)
from tests.support import scaled

DAY = date(2024, 6, 3)
TAKEOVER = date(2024, 8, 1)
DAYS = [date(2015, 1, 1), date(2023, 11, 1), date(2024, 3, 1), date(2024, 5, 20), date(2024, 7, 15)]
FIRM = (Outcome.PERMITTED, Outcome.PROHIBITED)

# --- Criteria -------------------------------------------------------------------------------


def _of(kind: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(kind)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _some(kind: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(_of(kind), unique=True, max_size=2).map(tuple)


_PLACED = {"inside": _maybe(_of(Place)), "outside": _maybe(_of(Place))}
_WITHIN = {"within_km": _maybe(_of([10, 30]))}
_BEGUN = {"start_within": _maybe(_of([0, 2]))}
_ASKED: dict[CriterionKind, dict[str, st.SearchStrategy[Any]]] = {
    CriterionKind.WORK: {
        "hours": _maybe(_of(["20", "30", "36.5"])),
        "full_time_agreed": st.booleans(),
        "jobs": _some(JobKind),
        "excluded": _some(JobKind),
        "held": _maybe(_of([3, 6])),
        "permanent": st.booleans(),
        "months": _maybe(_of([6, 12])),
        **_BEGUN,
        **_PLACED,
        **_WITHIN,
    },
    CriterionKind.EDUCATION: {
        "months": _maybe(_of([6, 12])),
        "full_time": st.booleans(),
        "su_eligible": st.booleans(),
        "apprentice": st.booleans(),
        "level": _maybe(_of(EducationLevel)),
        **_BEGUN,
        **_PLACED,
        **_WITHIN,
    },
    CriterionKind.DEGREE: {"level": _of(EducationLevel), "months": _maybe(_of([6, 12]))},
    CriterionKind.SELF_SUPPORT: {
        "incomes": _some(IncomeKind),
        "none_of": _some(IncomeKind),
        "months": _of([1, 6, 24]),
        "sick_weeks": _maybe(st.just(8)),
    },
    CriterionKind.INCOME: {
        "amount": _of([1_000_000, 2_000_000]),
        "months": _maybe(_of([3, 6])),
        "amount_year": _maybe(_of([2023, 2024])),
    },
    CriterionKind.AGE: {
        "age": _maybe(_of([18, 55])),
        "over_age": _maybe(_of([17, 65])),
        "most_age": _of([29, 64, 99]),
    },
    CriterionKind.PENSION: {"pensions": _some(PensionKind)},
    CriterionKind.SEPARATION: {
        "breaks": _some(BreakKind),
        "together": _maybe(_of([12, 24])),
        "months": _maybe(_of([6, 12])),
        **_PLACED,
    },
    CriterionKind.CHILD: {
        "below_age": _maybe(_of([18, 22])),
        "living": _some(ChildLiving),
        **_PLACED,
    },
    CriterionKind.TIE: {"tie": _of(TieKind), "months": _maybe(_of([6, 24])), **_PLACED},
    CriterionKind.LEAVES: {"leaves": _of(LeavesKind), **_PLACED},
    CriterionKind.OTHER_DWELLING_NEEDED: {},
}


_NEEDED = {
    CriterionKind.DEGREE: ("level",),
    CriterionKind.SELF_SUPPORT: ("none_of", "months"),
    CriterionKind.INCOME: ("amount",),
    CriterionKind.AGE: ("most_age",),
    CriterionKind.TIE: ("tie",),
    CriterionKind.LEAVES: ("leaves",),
}
"""What a criterion of a kind says at least; more it says now and then."""


@st.composite
def _criteria(draw: st.DrawFn) -> Criterion:
    kind = draw(_of(CriterionKind))
    asked = _ASKED[kind]
    more = draw(st.sets(_of(sorted(asked)), max_size=2)) if asked else set()
    said = {name: draw(asked[name]) for name in asked if name in {*more, *_NEEDED.get(kind, ())}}
    return Criterion(kind=kind, **said)


_ALTERNATIVES = st.builds(
    Alternative, all_of=st.lists(_criteria(), min_size=1, max_size=2).map(tuple)
)


@st.composite
def _conditions(draw: st.DrawFn) -> Condition:
    who = draw(_of(MustMeet))
    ages = draw(_of([(None, None), (18, None), (18, 64)])) if who is MustMeet.EVERYONE else ()
    from_age, to_age = ages or (None, None)
    return Condition(
        who=who,
        tested=draw(_of(CriteriaTest)),
        any_of=tuple(draw(st.lists(_ALTERNATIVES, min_size=1, max_size=2))),
        from_age=from_age,
        to_age=to_age,
    )


@st.composite
def _ways(draw: st.DrawFn) -> Way:
    residents_only = draw(_of([False, False, True]))
    least = 0 if residents_only else 1
    return Way(
        conditions=tuple(draw(st.lists(_conditions(), min_size=least, max_size=2))),
        rank=draw(st.integers(1, 3)),
        household=draw(_maybe(_of(HouseholdKind))),
        residents_only=residents_only,
        from_rooms=draw(_maybe(_of([2, 4]))),
        to_rooms=draw(_maybe(_of([2, 4]))),
    )


def _clause(does: AsksMore, way: int | None = None) -> Clause:
    return Clause(says="made up", does=does, looks=LooksAtIt.ORGANISATION, way=way)


@st.composite
def criteria_sets(draw: st.DrawFn, clauses: bool = True) -> CriteriaSet:
    """Draw agreed criteria of up to two conditions that always hold, and up to three ways."""
    ways = tuple(draw(st.lists(_ways(), max_size=3)))
    least = 0 if ways else 1
    said = []
    if clauses:
        for does in draw(st.lists(_of(AsksMore), max_size=2)):
            said.append(_clause(does, draw(_of([None, *range(1, len(ways) + 1)]))))
    return CriteriaSet(
        criteria="made-up-criteria",
        municipality=MUNICIPALITY,
        basis=CriteriaBasis.AGREED,
        set_on=date(2023, 1, 1),
        first_day=date(2023, 1, 1),
        announced_on=date(2023, 1, 1),
        confirmed_by="made up",
        organisation=ORGANISATION,
        departments=(DEPARTMENT,),
        every=tuple(draw(st.lists(_conditions(), min_size=least, max_size=2))),
        ways=ways,
        exempt=tuple(draw(st.lists(_ALTERNATIVES, max_size=1))),
        exempt_residents=draw(_of([False, False, False, True])),
        couple_months=draw(_maybe(st.just(12))),
        clauses=tuple(said),
    )


# --- Households -----------------------------------------------------------------------------


def _places(draw: st.DrawFn) -> dict[str, tuple[Place, ...]]:
    at = draw(_maybe(_of(Place)))
    within = draw(st.booleans())
    return {} if at is None else {"inside" if within else "outside": (at,)}


_SEEN: dict[CriterionKind, dict[str, st.SearchStrategy[Any]]] = {
    CriterionKind.WORK: {
        "hours": _of(["10", "20", "36.5"]),
        "full_time_agreed": _maybe(st.booleans()),
        "job": _maybe(_of(JobKind)),
        "km": _maybe(_of([5, 20])),
    },
    CriterionKind.EDUCATION: {
        "full_time": _maybe(st.booleans()),
        "su_eligible": _maybe(st.booleans()),
        "level": _maybe(_of(EducationLevel)),
        "months": _maybe(_of([3, 36])),
        "km": _maybe(_of([5, 20])),
    },
    CriterionKind.DEGREE: {"level": _maybe(_of(EducationLevel))},
    CriterionKind.SELF_SUPPORT: {"incomes": _some(IncomeKind)},
    CriterionKind.INCOME: {
        "amount": _of([1_000_000, 2_000_000]),
        "reached": st.booleans(),
        "months": _maybe(_of([1, 3])),
    },
    CriterionKind.AGE: {"age": _of([16, 17, 25, 64, 65, 70])},
    CriterionKind.PENSION: {"pension": _maybe(_of(PensionKind))},
    CriterionKind.SEPARATION: {"months": _maybe(_of([6, 30])), "ended_by": _maybe(_of(BreakKind))},
    CriterionKind.CHILD: {"age": _maybe(_of([5, 20])), "living": _maybe(_of(ChildLiving))},
    CriterionKind.TIE: {"tie": _of(TieKind)},
    CriterionKind.LEAVES: {"leaves": _of(LeavesKind)},
    CriterionKind.OTHER_DWELLING_NEEDED: {},
}
_SEVERAL = ("degree", "separation", "child", "tie")
"""Of these a person may have several, so that each is seen by itself."""
_WITH_PLACES = ("work", "education", "separation", "child", "tie", "leaves")


@st.composite
def _sights(draw: st.DrawFn, kind: CriterionKind) -> SightAttested:
    said: dict[str, Any] = {name: draw(value) for name, value in _SEEN[kind].items()}
    if kind in _WITH_PLACES:
        said |= _places(draw)
    if kind is CriterionKind.OTHER_DWELLING_NEEDED or draw(st.integers(0, 5)) == 0:
        said = {"answer": draw(_of(AttestedAnswer))}
    document = draw(_of([DocumentKind.PAYSLIPS, DocumentKind.APPRENTICESHIP_CONTRACT]))
    return SightAttested(
        kind=kind,
        document=document,
        issuer=IssuerKind.PUBLIC_AUTHORITY,
        seen_by="clerk.7",
        seen_on=DAY,
        first_day=draw(_of(DAYS)),
        last_day=draw(_of([None, None, date(2024, 7, 31), date(2024, 12, 31)])),
        **said,
    )


@st.composite
def _evidence(draw: st.DrawFn) -> list[Fact]:
    """Draw of each kind a sight, or two, that nothing was shown when asked for, or neither."""
    found: list[Fact] = []
    nothing: list[CriterionKind] = []
    for kind in CriterionKind:
        match draw(st.integers(0, 3)):
            case 0 | 1:
                most = 2 if kind in _SEVERAL else 1
                found += draw(st.lists(_sights(kind), min_size=1, max_size=most))
            case 2:
                nothing.append(kind)
    if draw(st.booleans()):
        nothing.append(CriterionKind.WORK)  # of work more was asked for
    found += [NothingShown(kinds=(kind,), first_day=LONG_AGO) for kind in nothing]
    return found


class Household(NamedTuple):
    """Who moves in, what was seen of them, and what is stated of the letting."""

    members: dict[str, tuple[dict[str, Any], list[Fact]]]
    complete: bool
    resident: bool | None
    takeover: date | None
    judged: dict[int, bool]
    """The clauses that a named person has looked at, by number, and whether it fits them."""

    def without(
        self,
        withheld: set[tuple[str, CriterionKind]],
        first_of_several: bool,
        unjudged: set[int],
    ) -> Household:
        """Return the same of whom some kinds of evidence were never asked for.

        `first_of_several`: of what there may be several of, the first was not seen. `unjudged`:
        the clauses that nobody has looked at.
        """

        def kept(name: str, fact: Any, before: list[Fact]) -> bool:
            if isinstance(fact, NothingShown):
                return all((name, kind) not in withheld for kind in fact.kinds)
            first = all(getattr(each, "kind", None) is not fact.kind for each in before)
            if first_of_several and first and fact.kind in _SEVERAL:
                return False
            return (name, fact.kind) not in withheld

        members = {
            name: (stated, [fact for at, fact in enumerate(facts) if kept(name, fact, facts[:at])])
            for name, (stated, facts) in self.members.items()
        }
        judged = {n: fits for n, fits in self.judged.items() if n not in unjudged}
        return self._replace(members=members, judged=judged)


@st.composite
def households(draw: st.DrawFn, *, judged: bool = True) -> Household:
    """Draw an applicant, with a spouse or partner and a child or not."""
    members: dict[str, tuple[dict[str, Any], list[Fact]]] = {}
    members["applicant"] = ({"role": MemberRole.APPLICANT}, draw(_evidence()))
    match draw(st.integers(0, 3)):
        case 1:
            members["spouse"] = ({"role": MemberRole.SPOUSE}, draw(_evidence()))
        case 2:
            since = draw(_maybe(_of([date(2020, 1, 1), date(2024, 3, 1)])))
            stated: dict[str, Any] = {"role": MemberRole.PARTNER}
            if since is not None:
                stated |= {"together_since": since, "together_by": CohabitationProof.REGISTER}
            members["partner"] = (stated, draw(_evidence()))
    if draw(st.booleans()):
        members["child"] = ({"role": MemberRole.OTHER}, draw(_evidence()))
    return Household(
        members,
        complete=draw(_of([True, True, True, False])),
        resident=draw(_of([False, False, True, None])),
        takeover=draw(_of([TAKEOVER, None])),
        judged=draw(st.dictionaries(st.integers(1, 2), st.booleans())) if judged else {},
    )


def _ask(criteria: CriteriaSet, household: Household) -> Decision:
    world = World()
    world.register_area()
    world.publish_lists(2010, DAY.year)
    world.place_dwelling(None)
    world.record(criteria)
    for name, (stated, facts) in household.members.items():
        world.belongs(person(name), **stated)
        world.record_about(person(name), *facts)
    for number, fits in household.judged.items():
        world.record_decision(
            ClauseJudged(
                criteria=criteria.criteria,
                number=number,
                fits=fits,
                decision_day=DAY,
                decided_by="made up",
                reasons="made up",
            )
        )
    if household.complete:
        world.attest_members()
    return world.put(
        LettingQuestion(
            household=HOUSEHOLD,
            dwelling=DWELLING,
            day=DAY,
            channel=LettingChannel.FLEXIBLE,
            lives_in_department=household.resident,
            takeover=household.takeover,
        )
    )


def _found(decision: Decision) -> Finding:
    [found] = [each.finding for each in decision.concluded if each.rule_id == "LET-FLEX-VOL"]
    return found


def _rank(decision: Decision) -> str | None:
    return dict(_found(decision).values).get("rank")


WITHHELD = st.sets(
    st.tuples(_of(["applicant", "spouse", "partner", "child"]), _of(CriterionKind)), min_size=6
)
_MANY = settings(max_examples=scaled(40, 5_000), deadline=None)


# --- What holds -----------------------------------------------------------------------------


@_MANY
@given(criteria_sets(), households(), WITHHELD, st.booleans(), st.sets(st.integers(1, 2)))
def test_what_is_answered_with_less_shown_is_answered_so_with_more(
    criteria: CriteriaSet,
    household: Household,
    withheld: set[tuple[str, CriterionKind]],
    first_of_several: bool,
    unjudged: set[int],
) -> None:
    with_less = _ask(criteria, household.without(withheld, first_of_several, unjudged))
    if with_less.outcome not in FIRM:
        return
    with_all = _ask(criteria, household)
    assert with_all.outcome is with_less.outcome
    values = dict(_found(with_less).values)
    if "rank" in values and "rank_may_be_better" not in values:
        assert _rank(with_all) == values["rank"]


@_MANY
@given(criteria_sets(), households(judged=False))
def test_a_rank_comes_of_a_way_that_somebody_meets(
    criteria: CriteriaSet, household: Household
) -> None:
    decision = _ask(criteria, household)
    rank = _rank(decision)
    if rank is None or not criteria.ways:
        return
    letters = [
        dict(each.finding.values)["conditions"]
        for each in decision.examined
        if each.rule_id == "LET-FLEX-MEETS"
    ]
    at, met = len(criteria.every), []
    for way in criteria.ways:
        own = range(at, at + len(way.conditions))
        at += len(way.conditions)
        if not own or any(each[number] == "m" for each in letters for number in own):
            met.append(str(way.rank))
    assert rank in met


@_MANY
@given(criteria_sets(clauses=False), households(judged=False))
def test_who_is_free_of_all_that_is_asked_has_no_rank(
    criteria: CriteriaSet, household: Household
) -> None:
    everybody = Alternative(all_of=(Criterion(kind=CriterionKind.AGE, age=1),))
    asked = msgspec.structs.replace(criteria, exempt=(everybody,))
    idle = {
        name: (stated, [_of_age(), *(_nothing(k) for k in CriterionKind if k is not _AGE)])
        for name, (stated, _) in household.members.items()
    }
    if any(
        each.kind is _AGE for c in asked.conditions for a in c.any_of for each in a.all_of
    ) or any(not way.conditions for way in asked.ways):
        return  # whoever meets a condition by age, or as a resident, is not free of all of them
    decision = _ask(asked, household._replace(members=idle))
    assert _rank(decision) is None
    assert decision.outcome is not Outcome.PROHIBITED or asked.ways


_AGE = CriterionKind.AGE


def _of_age() -> SightAttested:
    return SightAttested(
        kind=_AGE,
        document=DocumentKind.PROOF_OF_AGE,
        issuer=IssuerKind.PUBLIC_AUTHORITY,
        seen_by="clerk.7",
        seen_on=DAY,
        first_day=DAY,
        age=40,
    )


def _nothing(kind: CriterionKind) -> NothingShown:
    return NothingShown(kinds=(kind,), first_day=LONG_AGO)


def _with(criteria: CriteriaSet, *clauses: Clause) -> CriteriaSet:
    return msgspec.structs.replace(criteria, clauses=clauses)


@_MANY
@given(criteria_sets(clauses=False), households(judged=False), st.data())
def test_no_answer_that_may_hang_on_a_clause_is_firm(
    criteria: CriteriaSet, household: Household, data: st.DataObject
) -> None:
    plain = _ask(criteria, household)
    status = _found(plain).status
    asks = _found(_ask(_with(criteria, _clause(AsksMore.CONDITION)), household)).status
    assert asks is (Status.UNKNOWN if status is Status.MET else status)
    for does in (AsksMore.WAY_IN, AsksMore.EXEMPTION):
        lets_in = _found(_ask(_with(criteria, _clause(does)), household)).status
        assert lets_in is (Status.UNKNOWN if status is Status.NOT_MET else status)
    order = _ask(_with(criteria, _clause(AsksMore.ORDER)), household)
    assert (order.outcome, _rank(order)) == (plain.outcome, _rank(plain))
    if len(criteria.ways) > 1:
        number = data.draw(st.integers(1, len(criteria.ways)))
        clause = _clause(AsksMore.CONDITION, number)
        others = (*criteria.ways[: number - 1], *criteria.ways[number:])
        without = msgspec.structs.replace(criteria, ways=others)
        of_one_way = _found(_ask(_with(criteria, clause), household)).status
        of_the_others = _found(_ask(without, household)).status
        assert (of_one_way is Status.MET) == (of_the_others is Status.MET)
