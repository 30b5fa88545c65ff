"""What is answered about a plan on less is answered so on more: unknown is never taken for none.

In the log of a party to the plan silence about what the parties do themselves is that it was not
done; of what nobody decides, and of what a fact leaves unsaid, it is unknown. In the log of another
it is unknown of everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.decide import Decision
from domain.facts import (
    AreaDwellingsCounted,
    AreaFigures,
    Builder,
    CommercialAreaMeasured,
    DwellingKind,
    DwellingsBuilt,
    DwellingsDemolished,
    DwellingsRelabelled,
    DwellingsSold,
    Fact,
    FamilyDwellingsByArea,
    Figures,
    ListKind,
    NewBuildingDocumented,
    NewBuildingProof,
    PlanApproved,
    PlanBody,
    PlanDecided,
    PlanDispensation,
    PlanDispensationApplied,
    PlanDispensationDecided,
    PlanKind,
    PlanRefused,
    PlanSent,
    PlanStatusReported,
    SaleValued,
)
from domain.law.kernel import Outcome
from domain.law.plans.steps import (
    DispensationQuestion,
    PlanQuestion,
    RelabellingQuestion,
    WindingUpQuestion,
)
from domain.law.question import AreaQuestion
from services.cases.world import AREA, MUNICIPALITY, World
from tests.support import scaled

ELSEWHERE = "0461"
LISTED = date(2018, 12, 1)
COUNTED = date(2019, 1, 1)
ASKED = [date(2019, 3, 1), date(2019, 9, 2), date(2026, 1, 15)]
EARLY = [date(2018, 11, 30), date(2019, 1, 15), date(2019, 2, 1), date(2019, 6, 1)]
DAYS = [*EARLY, date(2019, 8, 1), date(2024, 5, 1)]


def _of(values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


_UNSAID = st.none() | st.booleans()
_KIND = _of([PlanKind.JOINT, PlanKind.MUNICIPAL])
_AREA: dict[str, Any] = {"area": st.just(AREA)}
_GONE: dict[str, Any] = {**_AREA, "dwellings": _of([10, 50, 200])}


def _built(unit: str, kind: DwellingKind, many: int, day: date, replaces: str | None) -> Fact:
    return DwellingsBuilt(
        area=AREA,
        unit=unit,
        kind=kind,
        dwellings=many,
        built_on=day,
        built_by=Builder.HOUSING_ORGANISATION,
        replacement=None if replaces is None else bool(replaces),
        replaces=replaces or "",
    )


FACTS: tuple[st.SearchStrategy[Any], ...] = (
    st.builds(
        _built,
        _of(["x", "y"]),
        _of([DwellingKind.FAMILY, DwellingKind.PRIVATE]),
        _of([10, 50]),
        _of(DAYS),
        _of([None, "", "x"]),
    ),
    st.builds(
        DwellingsDemolished,
        unit=_of(["x", "z"]),
        kind=st.just(DwellingKind.FAMILY),
        demolished_on=_of([date(2010, 6, 1), date(2012, 1, 1), *DAYS]),
        **_GONE,
    ),
    st.builds(
        DwellingsSold,
        unit=st.just("s"),
        kind=st.just(DwellingKind.FAMILY),
        taken_over_on=_of(DAYS),
        **_GONE,
    ),
    st.builds(
        DwellingsRelabelled,
        unit=st.just("r"),
        kind=st.just(DwellingKind.FAMILY),
        to_kind=st.just(DwellingKind.YOUTH),
        relabelled_on=_of(DAYS),
        **_GONE,
    ),
    st.builds(
        AreaDwellingsCounted,
        counted_on=st.just(COUNTED),
        family=_of([400, 450, 600]),
        youth=st.just(0),
        elderly=st.just(0),
        private=_of([400, 600]),
        commercial_m2=_of([None, 0, 7_500]),
        source=st.just("made up"),
        **_AREA,
    ),
    st.builds(
        CommercialAreaMeasured,
        measured_on=_of([date(2019, 8, 1)]),
        square_metres=_of([0, 7_500]),
        source=st.just("made up"),
        **_AREA,
    ),
    st.builds(
        PlanDecided,
        kind=_KIND,
        body=_of([PlanBody.ORGANISATION, PlanBody.COUNCIL]),
        decided_on=_of(DAYS),
        **_AREA,
    ),
    st.builds(PlanSent, kind=_KIND, sent_on=_of(DAYS), **_AREA),
    st.builds(PlanRefused, kind=_KIND, refused_on=_of(DAYS), **_AREA),
    st.builds(PlanApproved, kind=_KIND, approved_on=_of(DAYS), **_AREA),
    st.builds(PlanStatusReported, reported_on=_of(DAYS), on_schedule=st.booleans(), **_AREA),
    st.builds(
        PlanDispensationApplied,
        under=_of(PlanDispensation),
        kind=_KIND,
        applied_on=_of(DAYS),
        share=st.just("50"),
        steps_accounted=_UNSAID,
        decided_first=_UNSAID,
        **_AREA,
    ),
    st.builds(
        PlanDispensationDecided,
        under=_of(PlanDispensation),
        decided_on=_of(DAYS),
        share=_of(["", "50"]),
        **_AREA,
    ),
    st.builds(
        SaleValued,
        valued_on=_of(DAYS),
        registered_agent=st.booleans(),
        only_at_loss=st.booleans(),
        **_AREA,
    ),
    st.builds(
        NewBuildingDocumented,
        documented_on=_of(DAYS),
        proofs=_of([(), (NewBuildingProof.NO_FREE_LAND,)]),
        **_AREA,
    ),
    st.builds(
        FamilyDwellingsByArea,
        municipality=_of([MUNICIPALITY]),
        counted_on=_of(EARLY),
        in_parallel_societies=_of([None, 90, 130]),
        in_transformation_areas=_of([None, 90, 130]),
        in_municipality=st.just(1_000),
    ),
    st.builds(
        AreaFigures,
        reference_day=_of([LISTED, date(2025, 12, 1)]),
        figures=st.builds(
            Figures,
            residents=_of([None, 2_099, 2_100]),
            convicted_share=_of([None, "1.5", "1.98"]),
            convicted_limit=st.just("1.98"),
        ),
        source=st.just("made up"),
        **_AREA,
    ),
)

TOLD_TOGETHER: tuple[type[Fact], ...] = (
    AreaDwellingsCounted,
    FamilyDwellingsByArea,
    SaleValued,
    NewBuildingDocumented,
    PlanStatusReported,
    AreaFigures,
)
"""Of these a party's log that holds none does not know how it is."""

UNSAID: dict[type[Fact], dict[str, Any]] = {
    DwellingsBuilt: {"replacement": None, "replaces": ""},
    AreaDwellingsCounted: {"commercial_m2": None},
    PlanDispensationApplied: {"steps_accounted": None, "decided_first": None},
    FamilyDwellingsByArea: {"in_parallel_societies": None, "in_transformation_areas": None},
}
"""What these facts may leave unsaid, and what stands there then."""

QUESTIONS: tuple[st.SearchStrategy[AreaQuestion], ...] = (
    st.builds(PlanQuestion, area=st.just(AREA), day=_of([*ASKED, date(2030, 1, 2)])),
    st.builds(
        DispensationQuestion,
        area=st.just(AREA),
        day=_of(ASKED),
        under=_of(PlanDispensation),
        plan=_KIND,
    ),
    st.builds(WindingUpQuestion, area=st.just(AREA), day=_of(ASKED)),
    st.builds(
        RelabellingQuestion,
        area=st.just(AREA),
        day=_of(ASKED),
        gross_m2=_of([49, 50, 65, 66]),
        agreed=st.booleans(),
    ),
)


def _recorded(draw: st.DrawFn) -> list[Fact]:
    return [fact for each in FACTS for fact in draw(st.lists(each, max_size=2))]


RECORDED = st.composite(_recorded)()


def _unsaid(fact: Fact) -> Fact:
    return msgspec.structs.replace(fact, **UNSAID.get(type(fact), {}))


def _ask(
    question: AreaQuestion,
    facts: Sequence[Fact],
    municipality: str = MUNICIPALITY,
    *,
    complete: bool = True,
) -> Decision:
    world = World(stale_after_months=120)
    world.register_area(municipality=municipality)
    world.publish_lists(2018, 2029, complete, (municipality,))
    vulnerable = (ListKind.VULNERABLE, ListKind.PARALLEL_SOCIETY, ListKind.TRANSFORMATION)
    for year in range(2018, 2030):
        if complete or year > 2018:
            world.list_area(date(year, 12, 1), vulnerable)
    for fact in facts:
        world.record(fact)
    return world.put(question)


def _holds(less: Decision, more: Decision) -> None:
    if less.outcome is not Outcome.UNDETERMINED:
        assert more.outcome is less.outcome


_MANY = settings(max_examples=scaled(150, 5_000), deadline=None)


@_MANY
@given(st.one_of(QUESTIONS), RECORDED, st.sets(_of(TOLD_TOGETHER)), st.booleans())
def test_what_nobody_told_a_party_makes_no_answer_firmer(
    question: AreaQuestion, facts: list[Fact], withheld: set[type[Fact]], unsaid: bool
) -> None:
    told = [fact for fact in facts if type(fact) not in withheld]
    less = [_unsaid(fact) for fact in told] if unsaid else told
    _holds(_ask(question, less), _ask(question, facts))


@_MANY
@given(st.one_of(QUESTIONS), RECORDED, st.data())
def test_what_is_not_recorded_in_the_log_of_another_makes_no_answer_firmer(
    question: AreaQuestion, facts: list[Fact], data: st.DataObject
) -> None:
    facts = [
        msgspec.structs.replace(fact, municipality=ELSEWHERE)
        if isinstance(fact, FamilyDwellingsByArea)
        else fact
        for fact in facts
    ]
    figures = [fact for fact in facts if isinstance(fact, AreaFigures)]
    others = [fact for fact in facts if not isinstance(fact, AreaFigures)]
    kept = data.draw(st.lists(st.booleans(), min_size=len(others), max_size=len(others)))
    less = [fact for fact, keep in zip(others, kept, strict=True) if keep]
    # Figures are public: what is published is known everywhere, or it is not known at all.
    less += figures if data.draw(st.booleans()) else []
    _holds(_ask(question, less, ELSEWHERE), _ask(question, facts, ELSEWHERE))


@_MANY
@given(st.one_of(QUESTIONS), RECORDED)
def test_lists_that_are_not_held_make_no_answer_firmer(
    question: AreaQuestion, facts: list[Fact]
) -> None:
    _holds(_ask(question, facts, complete=False), _ask(question, facts))


@_MANY
@given(
    _of(ASKED), _of([49, 50, 65, 66]), st.booleans(), st.booleans(), st.booleans(), st.booleans()
)
def test_a_redesignation_of_which_less_is_stated_is_answered_no_firmer(
    day: date, gross_m2: int, agreed: bool, area: bool, size_stated: bool, agreement_stated: bool
) -> None:
    whole = RelabellingQuestion(area=AREA, day=day, gross_m2=gross_m2, agreed=agreed)
    part = msgspec.structs.replace(
        whole,
        gross_m2=gross_m2 if size_stated else None,
        agreed=agreed if agreement_stated else None,
    )
    _holds(_ask(part, [], complete=area), _ask(whole, []))
