"""Which channel is due, recounted apart from the code: shares never overdrawn, lists in turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import facts
from domain.events import Recorded
from domain.facts import (
    Channel,
    CountedBy,
    CriteriaBasis,
    DwellingKind,
    ReleaseReason,
    Rounding,
    ShareBasis,
    ShareOf,
)
from domain.ledger import CITATIONS, Ledger, RoomsUnknownError, Turn
from domain.reference import Reference
from tests.support import scaled

DAY = date(2026, 6, 15)
FAMILY, YOUTH = DwellingKind.FAMILY, DwellingKind.YOUTH


class Book:
    """Facts of one organisation, folded as a log would give them."""

    def __init__(self) -> None:
        self.reference = Reference()
        self.made: dict[UUID, UUID] = {}
        self.recorded: list[Recorded[facts.Fact]] = []

    def add(self, fact: facts.Fact) -> UUID:
        position = self.reference.position + 1
        id = UUID(int=position)
        self.recorded.append(Recorded(position, id, b"", fact))
        self.reference.apply(self.recorded[-1])
        return id

    @property
    def ledger(self) -> Ledger:
        return Ledger("O", self.reference.at())

    def share(
        self, basis: ShareBasis, numerator: int | None, denominator: int | None, **more: object
    ) -> UUID:
        content: dict[str, object] = {
            "organisation": "O",
            "basis": basis,
            "kind": FAMILY,
            "numerator": numerator,
            "denominator": denominator,
            "first_day": date(2020, 1, 1),
            "decided_by": "the council",
            **more,
        }
        return self.add(facts.LettingShareDecided(**content))  # type: ignore[arg-type]  # each word has the type of its field

    def criteria(
        self,
        per_cent: int = 100,
        *departments: str,
        ways: Sequence[tuple[int, int | None]] = ((1, None),),
        **more: object,
    ) -> UUID:
        """Record criteria; of each way, its rank and its part of the share."""
        return self.add(self.agreed(per_cent, *departments, ways=ways, **more))

    def agreed(
        self,
        per_cent: int,
        *departments: str,
        ways: Sequence[tuple[int, int | None]] = ((1, None),),
        **more: object,
    ) -> facts.CriteriaSet:
        """Return such criteria."""
        content: dict[str, object] = {
            "criteria": "agreed",
            "municipality": "9999",
            "basis": CriteriaBasis.AGREED,
            "organisation": "O",
            "departments": departments,
            "set_on": date(2020, 1, 1),
            "first_day": date(2020, 1, 1),
            "announced_on": date(2020, 1, 1),
            "confirmed_by": "the head of letting",
            "share": per_cent,
            "ways": tuple(facts.Way(conditions=(), rank=rank, share=part) for rank, part in ways),
            **more,
        }
        return facts.CriteriaSet(**content)  # type: ignore[arg-type]  # each word has the type of its field

    def share_by_criteria(
        self, basis: ShareBasis = ShareBasis.CRITERIA_AGREED, **more: object
    ) -> UUID:
        named = {"criteria": "agreed", **more}
        return self.share(basis, None, None, **named)

    def vacant(
        self,
        department: str = "1",
        kind: DwellingKind = FAMILY,
        *,
        awaits: bool = False,
        rooms: int | None = None,
    ) -> UUID:
        return self.add(
            facts.VacancyRecorded(
                dwelling=f"D{self.reference.position}",
                organisation="O",
                department=department,
                kind=kind,
                vacant_from=DAY,
                awaits_other_use=awaits,
                rooms=rooms,
            )
        )

    def allocate(self, vacancy: UUID, turn: Turn, day: date = DAY) -> UUID:
        return self.add(
            facts.VacancyAllocated(
                vacancy=vacancy,
                dwelling="D",
                organisation="O",
                allocated_on=day,
                channel=turn.channel,
                basis=turn.basis,
                way=turn.way,
            )
        )

    def release(self, allocation: UUID, reason: ReleaseReason) -> None:
        self.add(
            facts.AllocationReleased(
                allocation=allocation,
                dwelling="D",
                organisation="O",
                released_on=DAY,
                reason=reason,
            )
        )

    def let(self, *departments: str, day: date = DAY) -> list[str]:
        """Let one vacancy after the other through the channel that is due; return them.

        A department's number, and after a hyphen the rooms of the dwelling: "1-3".
        """
        said = []
        for each in departments:
            department, _, rooms = each.partition("-")
            vacancy = self.vacant(department, rooms=int(rooms) if rooms else None)
            turn = self.ledger.due(vacancy, day)
            self.allocate(vacancy, turn, day)
            way = "" if turn.way is None else f" {turn.way}"
            said.append(f"{turn.basis or turn.channel}{way}")
        return said


def test_without_any_share_the_two_lists_take_turns() -> None:
    assert Book().let(*"1111") == ["external", "internal"] * 2


def test_before_july_2019_the_internal_list_came_first_each_time() -> None:
    book = Book()
    assert book.let("1", "1", day=date(2019, 6, 30)) == ["internal", "internal"]
    assert book.let("1", "1", day=date(2019, 7, 1)) == ["external", "internal"]


def test_the_municipality_has_every_fourth_and_the_lists_the_others_in_turn() -> None:
    book = Book()
    book.share(ShareBasis.QUARTER, 1, 4)
    assert book.let(*"11111111") == [
        "external",
        "internal",
        "external",
        "quarter",
        "internal",
        "external",
        "internal",
        "quarter",
    ]


def test_departments_of_one_organisation_are_counted_together() -> None:
    book = Book()
    book.share(ShareBasis.QUARTER, 1, 4)
    assert book.let(*"1234") == ["external", "internal", "external", "quarter"]


def test_a_share_of_some_departments_counts_them_alone() -> None:
    book = Book()
    book.share(ShareBasis.AREA, 1, 1, departments=("2",))
    book.criteria(50, "3")
    book.share_by_criteria()
    assert book.let(*"1212") == ["external", "area", "internal", "area"]
    assert book.let(*"3333") == ["external", "criteria_agreed", "internal", "criteria_agreed"]


def test_one_third_beside_the_quarter_is_counted_on_its_own() -> None:
    book = Book()
    book.share(ShareBasis.QUARTER, 1, 4)
    book.share(ShareBasis.INCREASE, 1, 3, departments=("2",))
    said = book.let(*"2222222222222")
    assert said.count("quarter") == 3
    assert said.count("increase") == 4


def test_set_criteria_take_all_that_no_municipal_share_takes() -> None:
    book = Book()
    book.share(ShareBasis.QUARTER, 1, 4)
    book.criteria(100, basis=CriteriaBasis.MUNICIPALITY, area="9999-1", organisation="")
    book.share_by_criteria(ShareBasis.CRITERIA_SET, departments=("1",))
    assert book.let(*"1111") == ["criteria_set"] * 3 + ["quarter"]
    assert book.let("2") == ["external"], "which department lies in the area, the share says"


def test_a_share_is_as_its_criteria_say_it_and_changes_with_them() -> None:
    book = Book()
    book.share_by_criteria()
    assert book.let("1") == ["external"], "criteria that are not recorded say no share"
    unsaid = book.criteria(50, "1", announced_on=None)
    assert book.let("1") == ["internal"], "what is not announced says no share"
    agreed = book.criteria(50, "1", corrects=unsaid)
    assert book.let(*"111") == ["criteria_agreed", "criteria_agreed", "external"]
    book.criteria(100, "1", "2", set_on=DAY, first_day=DAY, announced_on=DAY)
    assert book.let(*"1123") == [*["criteria_agreed"] * 3, "internal"]
    book.add(facts.Retracted(retracts=agreed))
    assert book.let("1", day=date(2026, 6, 14)) == ["external"]
    assert [row.in_order for row in book.ledger.rows()] == [True] * 10


def test_criteria_that_newer_ones_took_the_place_of_do_not_come_back_when_those_end() -> None:
    book = Book()
    book.criteria(100, "1")
    book.criteria(100, "1", set_on=DAY, first_day=DAY, last_day=DAY, announced_on=DAY)
    book.share_by_criteria()
    assert book.let("1", day=DAY) == ["criteria_agreed"]
    assert book.let("1", day=date(2026, 6, 16)) == ["external"]


def test_criteria_may_take_a_share_of_all_that_is_vacant_or_of_what_referral_leaves() -> None:
    for of, taken in ((ShareOf.ALL_VACANT, 19), (ShareOf.AFTER_REFERRAL, 15)):
        book = Book()
        book.share(ShareBasis.QUARTER, 1, 4)
        book.criteria(50, "1", share_of=of)
        book.share_by_criteria()
        said = book.let(*"1" * 39)
        assert said.count("quarter") == 9
        assert said.count("criteria_agreed") == taken


def test_a_third_is_every_third_dwelling() -> None:
    book = Book()
    book.criteria(1, "1", share_of_every=3)
    book.share_by_criteria()
    said = book.let(*"1" * 9)
    assert [at for at, each in enumerate(said, 1) if each == "criteria_agreed"] == [3, 6, 9]


def test_departments_are_counted_together_or_each_by_a_share_of_its_own() -> None:
    together = Book()
    together.criteria(50, "1", "2")
    together.share_by_criteria()
    assert together.let(*"1212") == ["external", "criteria_agreed", "internal", "criteria_agreed"]
    apart = Book()
    apart.criteria(50, "1", "2")
    for department in "12":
        apart.share_by_criteria(departments=(department,))
    assert apart.let(*"1212") == ["external", "internal", "criteria_agreed", "criteria_agreed"]


def test_a_share_may_be_counted_in_each_department_and_in_each_size_by_itself() -> None:
    for by, dwellings, said in (
        ((CountedBy.DEPARTMENT,), "1 2 1 2", [2, 3]),
        ((CountedBy.ROOMS,), "1-2 2-3 1-3 2-2", [2, 3]),
        ((CountedBy.DEPARTMENT, CountedBy.ROOMS), "1-2 2-2 1-3 2-3", []),
    ):
        book = Book()
        book.criteria(50, "1", "2", counted_by=by)
        book.share_by_criteria()
        made = book.let(*dwellings.split())
        assert [at for at, each in enumerate(made) if each == "criteria_agreed"] == said


def test_another_share_holds_for_some_of_the_dwellings_which_are_counted_by_themselves() -> None:
    book = Book()
    small = facts.OtherShare(to_rooms=1, share=3, share_of_every=4)
    of_one = facts.OtherShare(departments=("2",), share=100)
    book.criteria(50, "1", "2", other_shares=(small, of_one))
    book.share_by_criteria()
    assert book.let(*["1-1"] * 4).count("criteria_agreed") == 3
    assert book.let(*["2-1"] * 4).count("criteria_agreed") == 3, "the first that fits holds"
    assert book.let(*["2-2"] * 3) == ["criteria_agreed"] * 3
    assert book.let(*["1-2"] * 4).count("criteria_agreed") == 2


def test_where_a_share_goes_by_rooms_they_must_be_known() -> None:
    book = Book()
    book.criteria(50, "1", other_shares=(facts.OtherShare(from_rooms=3, share=80),))
    book.share_by_criteria()
    with pytest.raises(RoomsUnknownError):
        book.let("1")
    assert book.let("2") == ["external"], "the share is not of this department"


@pytest.mark.parametrize(
    ("rounding", "taken"),
    [(Rounding.DOWN, [3, 6]), (Rounding.NEAREST, [2, 5]), (Rounding.UP, [1, 4])],
)
def test_a_third_is_rounded_as_agreed(rounding: Rounding, taken: list[int]) -> None:
    book = Book()
    book.criteria(1, "1", share_of_every=3, rounding=rounding)
    book.share_by_criteria()
    said = book.let(*"1" * 6)
    assert [at for at, each in enumerate(said, 1) if each == "criteria_agreed"] == taken


def test_the_criteria_may_have_so_many_dwellings_in_a_year_and_no_more() -> None:
    book = Book()
    book.criteria(50, "1", most_a_year=2)
    book.share_by_criteria()
    assert book.let(*"1" * 8).count("criteria_agreed") == 2
    assert book.let(*"1" * 3, day=date(2027, 1, 1)).count("criteria_agreed") == 2


def test_criteria_may_be_used_for_what_the_internal_list_leaves() -> None:
    book = Book()
    book.criteria(50, "1", share_of=ShareOf.AFTER_INTERNAL)
    book.share_by_criteria()
    said = book.let(*"1" * 8)
    assert said[:4] == ["external", "internal", "criteria_agreed", "external"]
    assert said.count("criteria_agreed") <= (8 - said.count("internal")) // 2


def test_the_turns_follow_each_other_from_the_first_dwelling_on() -> None:
    thirds = [
        facts.TurnOrder(ways=ways, equal=equal, share=1, share_of_every=3)
        for ways, equal in (((1, 2), False), ((2, 1), False), ((3, 4), True))
    ]
    book = Book()
    book.criteria(100, "1", ways=[(1, None)] * 4, turns=tuple(thirds))
    book.share_by_criteria()
    assert book.let(*"1" * 7) == [f"criteria_agreed {turn}" for turn in (1, 2, 3, 1, 2, 3, 1)]


def test_a_way_may_have_a_third_of_the_dwellings() -> None:
    book = Book()
    third = facts.Way(conditions=(), share=1, share_of_every=3)
    book.add(msgspec.structs.replace(book.agreed(100, "1"), ways=(third,)))
    book.share_by_criteria()
    said = book.let(*"1" * 6)
    assert [at for at, each in enumerate(said, 1) if each == "criteria_agreed 1"] == [3, 6]


def test_a_share_is_split_by_way_and_no_way_is_ever_overdrawn() -> None:
    book = Book()
    book.criteria(100, "1", ways=((1, 80), (2, 10), (3, 10)))
    book.share_by_criteria()
    said = book.let(*"1" * 100)
    # At the first dwelling no way has a whole one yet, nor at the sixth.
    assert "".join(each[-1] if each[-1].isdigit() else "-" for each in said[:12]) == "-1111-111121"
    assert {way: said.count(f"criteria_agreed{way}") for way in ("", " 1", " 2", " 3")} == {
        "": 2,
        " 1": 80,
        " 2": 9,
        " 3": 9,
    }


def test_the_way_of_the_first_rank_is_due_first_whichever_stands_first_in_the_list() -> None:
    book = Book()
    book.criteria(100, "1", ways=((2, 50), (1, 50)))
    book.share_by_criteria()
    assert book.let(*"1111") == [
        "criteria_agreed",
        "criteria_agreed 2",
        "criteria_agreed 1",
        "criteria_agreed 2",
    ]


def test_where_nobody_is_left_in_a_way_the_dwelling_goes_to_the_others_by_rank() -> None:
    book = Book()
    book.criteria(100, "1", ways=((1, 100), (2, None)))
    book.share_by_criteria()
    vacancy = book.vacant()
    first = book.ledger.due(vacancy, DAY)
    assert first.way == 1
    book.release(book.allocate(vacancy, first), ReleaseReason.NOBODY)
    again = book.ledger.due(vacancy, DAY)
    assert (again.channel, again.way) == (Channel.FLEXIBLE, None)
    book.release(book.allocate(vacancy, again), ReleaseReason.NOBODY)
    assert book.ledger.due(vacancy, DAY).channel is Channel.EXTERNAL
    assert book.ledger.rows()[-1].turn.taken == 0, "the dwelling counts once in the share"


def test_half_of_a_department_is_advertised_of_what_no_referral_took() -> None:
    book = Book()
    book.share(ShareBasis.QUARTER, 1, 4)
    book.share(ShareBasis.ADVERTISED, 1, 2, departments=("1",))
    said = book.let(*"1" * 16)
    assert said.count("quarter") == 4
    assert said.count("advertised") == 6
    assert book.let(*"2222").count("advertised") == 0


def test_youth_dwellings_are_a_series_of_their_own() -> None:
    book = Book()
    book.share(ShareBasis.QUARTER, 1, 4, kind=YOUTH)
    book.let(*"111")
    for expected in (None, None, None, ShareBasis.QUARTER):
        vacancy = book.vacant(kind=YOUTH)
        turn = book.ledger.due(vacancy, DAY)
        assert turn.basis is expected
        assert turn.channel is (Channel.EXTERNAL if expected is None else Channel.REFERRAL)
        book.allocate(vacancy, turn)


def test_what_the_municipality_gives_back_has_been_at_its_disposal() -> None:
    book = Book()
    book.share(ShareBasis.QUARTER, 1, 4)
    book.let(*"111")
    vacancy = book.vacant()
    allocation = book.allocate(vacancy, book.ledger.due(vacancy, DAY))
    book.release(allocation, ReleaseReason.GIVEN_BACK)
    again = book.ledger.due(vacancy, DAY)
    assert again.channel is Channel.INTERNAL
    book.allocate(vacancy, again)
    assert book.let(*"1111") == ["external", "internal", "external", "quarter"]


def test_a_list_that_nobody_is_left_on_has_had_its_turn() -> None:
    book = Book()
    book.let("1")
    vacancy = book.vacant()
    allocation = book.allocate(vacancy, Turn(Channel.INTERNAL))
    book.release(allocation, ReleaseReason.NOBODY)
    again = book.ledger.due(vacancy, DAY)
    assert again.channel is Channel.EXTERNAL
    book.allocate(vacancy, again)
    assert book.let("1", "1") == ["external", "internal"]


def test_rehousing_goes_before_and_temporary_letting_only_where_it_was_chosen() -> None:
    book = Book()
    plain, waiting = book.vacant(), book.vacant(awaits=True)
    assert [turn.channel for turn in book.ledger.possible(plain, DAY)] == [
        Channel.EXTERNAL,
        Channel.REHOUSING,
    ]
    assert [turn.channel for turn in book.ledger.possible(waiting, DAY)][-1] is Channel.TEMPORARY
    assert book.ledger.due(waiting, DAY).channel is Channel.EXTERNAL
    assert CITATIONS[Channel.TEMPORARY] == "", "no act knows it"


def test_temporary_letting_counts_in_no_series_and_rehousing_among_the_vacant() -> None:
    book = Book()
    book.share(ShareBasis.QUARTER, 1, 4)
    for _ in range(3):
        book.allocate(book.vacant(awaits=True), Turn(Channel.TEMPORARY))
    assert book.let("1") == ["external"]
    for _ in range(2):
        book.allocate(book.vacant(), Turn(Channel.REHOUSING))
    assert book.let("1") == ["quarter"]


def test_a_share_holds_within_its_days_and_a_new_decision_counts_anew() -> None:
    book = Book()
    book.share(ShareBasis.QUARTER, 1, 4, last_day=date(2026, 6, 14))
    assert "quarter" not in book.let(*"11111")
    book.share(ShareBasis.QUARTER, 1, 2, first_day=DAY)
    assert book.let("1") == ["quarter"], "five are counted since that day, and none was taken"


def test_replacement_dwellings_leave_out_what_went_to_the_internal_list() -> None:
    book = Book()
    book.share(ShareBasis.REPLACEMENT, 1, 3)
    assert book.let(*"11111") == ["external", "internal", "external", "replacement", "internal"]


def test_a_row_says_what_was_due_when_it_was_made() -> None:
    book = Book()
    book.let("1")
    vacancy = book.vacant()
    book.allocate(vacancy, Turn(Channel.EXTERNAL))
    # A share that begins before, but was recorded after, was not known then.
    book.share(ShareBasis.AGREED, 1, 1)
    first, second = book.ledger.rows()
    assert first.in_order
    assert second.due.channel is Channel.INTERNAL
    assert not second.in_order
    assert (second.due.dwellings, second.due.taken, second.due.allowed) == (2, 0, 1)


# --- Against a count of its own -------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from("12"),
        st.sampled_from([None, *ReleaseReason]),
        st.booleans(),
        st.sampled_from([Channel.REHOUSING, None, None, None]),
    ),
    max_size=40,
)
SHARES = st.fixed_dictionaries(
    {},
    optional={
        ShareBasis.QUARTER: st.sampled_from([Fraction(1, 4), Fraction(1, 5)]),
        ShareBasis.AGREED: st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(1, 10)]),
        ShareBasis.AREA: st.sampled_from([Fraction(1), Fraction(1, 2)]),
        ShareBasis.CRITERIA_AGREED: st.sampled_from([Fraction(1, 2), Fraction(1)]),
        ShareBasis.ADVERTISED: st.sampled_from([Fraction(1, 2), Fraction(1, 3)]),
    },
)


@settings(max_examples=scaled(60, 1_000), deadline=None)
@given(shares=SHARES, steps=STEPS)
def test_no_share_is_ever_overdrawn_and_every_row_can_be_recounted(
    shares: dict[ShareBasis, Fraction], steps: list[tuple[str, ReleaseReason | None, bool, Channel]]
) -> None:
    book = Book()
    for basis, share in shares.items():
        if basis is ShareBasis.CRITERIA_AGREED:
            book.criteria(int(share * 100), "1", "2")
            book.share_by_criteria()
            continue
        departments = ("1",) if basis in _OF_ONE else ()
        book.share(basis, share.numerator, share.denominator, departments=departments)
    places: list[tuple[str, list[tuple[Turn, ReleaseReason | None]]]] = []
    for department, released, again, forced in steps:
        vacancy = book.vacant(department)
        had: list[tuple[Turn, ReleaseReason | None]] = []
        places.append((department, had))
        turn = Turn(forced) if forced else book.ledger.due(vacancy, DAY)
        allocation = book.allocate(vacancy, turn)
        had.append((turn, None))
        _recount(book, shares, places)
        if released and (turn.channel is Channel.REFERRAL or released is ReleaseReason.NOBODY):
            book.release(allocation, released)
            had[-1] = (turn, released)
            _recount(book, shares, places)
            if again:
                next_turn = book.ledger.due(vacancy, DAY)
                book.allocate(vacancy, next_turn)
                had.append((next_turn, None))
                _recount(book, shares, places)
    assert all(row.in_order for row in book.ledger.rows())


_OF_ONE = (ShareBasis.AREA, ShareBasis.ADVERTISED)
_LEFT = (Channel.FLEXIBLE, Channel.ADVERTISED, Channel.INTERNAL, Channel.EXTERNAL)


def _recount(
    book: Book,
    shares: dict[ShareBasis, Fraction],
    places: list[tuple[str, list[tuple[Turn, ReleaseReason | None]]]],
) -> None:
    for basis, share in shares.items():
        after = basis in (ShareBasis.CRITERIA_AGREED, ShareBasis.ADVERTISED)
        series = [
            had
            for department, had in places
            if (basis not in _OF_ONE or department == "1")
            and (not after or any(turn.channel in _LEFT for turn, _ in had))
        ]
        taken = sum(any(turn.basis is basis for turn, _ in had) for had in series)
        assert taken <= len(series) * share, basis
    lists = [
        had
        for _, had in places
        if any(t.channel in (Channel.INTERNAL, Channel.EXTERNAL) for t, _ in had)
    ]
    internal = sum(any(t.channel is Channel.INTERNAL for t, _ in had) for had in lists)
    assert 2 * internal <= len(lists)


def test_ten_thousand_allocations_are_counted_in_a_moment() -> None:
    book = Book()
    book.share(ShareBasis.QUARTER, 1, 4)
    for number in range(scaled(2_000, 10_000)):
        turn = Turn(Channel.REFERRAL, ShareBasis.QUARTER) if number % 4 == 3 else None
        book.allocate(book.vacant(), turn or Turn(Channel.EXTERNAL))
    rows = book.ledger.rows()
    assert rows[-1].turn.dwellings == len(rows)
    assert rows[-1].turn.taken == len(rows) // 4 - 1
    assert not rows[-1].turn.overdrawn


@pytest.mark.parametrize("basis", list(ShareBasis))
def test_every_share_names_its_section(basis: ShareBasis) -> None:
    assert "§" in CITATIONS[basis]
