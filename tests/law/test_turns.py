"""Why each candidate stands where: made again from the reasons alone, and every tie named."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.facts import Ties
from domain.law.letting.waiting_list import Candidate, ListPlace, WaitingList, turns

ORDINARY, INTERNAL = WaitingList.ORDINARY, WaitingList.INTERNAL
LONG_AGO, LATER = date(2001, 1, 1), date(2020, 1, 1)


def on_list(key: str, registered_on: date | None = LONG_AGO, **more: object) -> Candidate:
    content: dict[str, object] = {"waiting_list": ORDINARY, "registered_on": registered_on, **more}
    return Candidate(key=key, **content)  # type: ignore[arg-type]  # each word has the type of its field


def ordered(*candidates: Candidate, ties: Ties = Ties.SENIORITY) -> list[ListPlace]:
    return turns(candidates, ORDINARY, True, ties)


def tie_of(place: ListPlace) -> str:
    return dict(place.reasons).get("tie", "")


def test_those_of_one_rank_are_told_apart_by_seniority_and_it_is_said() -> None:
    first, second, alone = ordered(
        on_list("b", LATER, rank=1), on_list("a", LONG_AGO, rank=1), on_list("c", rank=2)
    )
    assert [first.key, second.key, alone.key] == ["a", "b", "c"]
    assert [tie_of(each) for each in (first, second, alone)] == ["seniority", "seniority", ""]


def test_an_exemption_carries_no_rank_and_goes_by_list_after_those_who_have_one() -> None:
    made = ordered(
        on_list("tenant", LATER, exempt=True, waiting_list=INTERNAL),
        on_list("senior", LONG_AGO, exempt=True),
        on_list("worker", LATER, rank=3),
    )
    assert [each.key for each in made] == ["worker", "senior", "tenant"]
    assert dict(made[1].reasons)["rank"] == "exempt"
    alone = ordered(on_list("a", LATER, exempt=True), on_list("b", LONG_AGO))
    assert [each.key for each in alone] == ["b", "a"], "where nobody has a rank all go by list"


def test_whose_place_nothing_tells_apart_share_it_and_it_is_left_open() -> None:
    made = ordered(on_list("c", LATER), on_list("b"), on_list("a"))
    assert [(each.key, each.place, tie_of(each)) for each in made] == [
        ("a", 1, "open"),
        ("b", 1, "open"),
        ("c", 3, "seniority"),
    ]
    unknown = ordered(on_list("a", None), on_list("b"))
    assert [(each.key, tie_of(each)) for each in unknown] == [("b", "seniority"), ("a", "open")]


def test_by_lot_no_list_and_no_seniority_counts_and_what_is_not_drawn_is_open() -> None:
    made = ordered(
        on_list("long", LONG_AGO, lot=2, waiting_list=INTERNAL),
        on_list("short", LATER, lot=1),
        on_list("undrawn", LONG_AGO, waiting_list=INTERNAL, same_department=True),
        ties=Ties.LOT,
    )
    assert [(each.key, tie_of(each)) for each in made] == [
        ("short", "lot"),
        ("long", "lot"),
        ("undrawn", "open"),
    ]
    assert {kind for each in made for kind, _ in each.reasons} == {"tie", "lot"}


def test_who_asked_first_goes_first_in_a_rank() -> None:
    made = ordered(
        on_list("long", LONG_AGO, asked=2, rank=1),
        on_list("short", LATER, asked=1, rank=1),
        on_list("quick", LATER, asked=1, rank=2),
        on_list("unknown", LONG_AGO, rank=1),
        ties=Ties.ASKED_FIRST,
    )
    assert [(each.key, tie_of(each)) for each in made] == [
        ("short", "asked_first"),
        ("long", "asked_first"),
        ("unknown", "open"),
        ("quick", ""),
    ]


def test_the_agreement_may_put_the_internal_list_first_or_look_at_time_alone() -> None:
    moves = on_list("moves", LATER, waiting_list=INTERNAL)
    waits = on_list("waits", LONG_AGO)
    assert [each.key for each in ordered(moves, waits)] == ["waits", "moves"], "by what is due"
    first = ordered(moves, waits, ties=Ties.INTERNAL_FIRST)
    assert [each.key for each in first] == ["moves", "waits"]
    alone = ordered(moves, waits, ties=Ties.TIME_ALONE)
    assert [each.key for each in alone] == ["waits", "moves"]
    assert {kind for each in alone for kind, _ in each.reasons} == {"tie", "registered_on"}


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        key=st.uuids().map(str),
        waiting_list=st.sampled_from(list(WaitingList)),
        registered_on=st.sampled_from([None, LONG_AGO, LATER]),
        rank=st.sampled_from([None, 1, 2, 10]),
        lot=st.sampled_from([None, 1, 2, 10]),
        asked=st.sampled_from([None, 1, 2, 10]),
        same_department=st.sampled_from([None, True, False]),
        children=st.sampled_from([None, True, False]),
        larger=st.sampled_from([None, True, False]),
    ),
    max_size=8,
    unique_by=lambda each: each.key,
)


@given(
    candidates=CANDIDATES, due=st.sampled_from(list(WaitingList)), ties=st.sampled_from(list(Ties))
)
def test_the_order_is_made_again_from_the_reasons_alone(
    candidates: list[Candidate], due: WaitingList, ties: Ties
) -> None:
    made = turns(candidates, due, True, ties)

    def said(each: ListPlace) -> list[str]:
        told = [value for kind, value in each.reasons if kind not in ("tie", "larger")]
        return ["1" if value in ("?", "exempt") else value for value in told]

    for each in made:
        assert each.place == 1 + sum(said(other) < said(each) for other in made)
        level = [other for other in made if said(other)[:-1] == said(each)[:-1]]
        assert bool(tie_of(each)) is (len(level) > 1), "a tie is named where there is one"
        if sum(said(other) == said(each) for other in made) > 1:
            assert tie_of(each) == "open"
