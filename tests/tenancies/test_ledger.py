"""Which channel is due, recounted apart from the code: shares never overdrawn, lists in turn."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import facts
from domain.events import Recorded
from domain.facts import Channel, DwellingKind, ReleaseReason, ShareBasis
from domain.ledger import CITATIONS, Ledger, Turn
from domain.reference import Reference
from tests.support import scaled

DAY = date(2026, 6, 15)
FAMILY, YOUTH = DwellingKind.FAMILY, DwellingKind.YOUTH


class Book:
    """Facts of one organisation, folded as a log would give them."""

    def __init__(self) -> None:
        self.reference = Reference()
        self.made: dict[UUID, UUID] = {}

    def add(self, fact: facts.Fact) -> UUID:
        position = self.reference.position + 1
        id = UUID(int=position)
        self.reference.apply(Recorded(position, id, b"", fact))
        return id

    @property
    def ledger(self) -> Ledger:
        return Ledger("O", self.reference.at())

    def share(self, basis: ShareBasis, numerator: int, denominator: int, **more: object) -> UUID:
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
        return self.add(facts.LettingShareDecided(**content))  # type: ignore[arg-type]  # by name

    def vacant(
        self, department: str = "1", kind: DwellingKind = FAMILY, *, awaits: bool = False
    ) -> UUID:
        return self.add(
            facts.VacancyRecorded(
                dwelling=f"D{self.reference.position}",
                organisation="O",
                department=department,
                kind=kind,
                vacant_from=DAY,
                awaits_other_use=awaits,
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
        """Let one vacancy after the other through the channel that is due; return them."""
        said = []
        for department in departments:
            vacancy = self.vacant(department)
            turn = self.ledger.due(vacancy, day)
            self.allocate(vacancy, turn, day)
            said.append(str(turn.basis or turn.channel))
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
    book.share(ShareBasis.CRITERIA_AGREED, 1, 2, departments=("3",))
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
    book.share(ShareBasis.CRITERIA_SET, 1, 1, departments=("1",))
    assert book.let(*"1111") == ["criteria_set"] * 3 + ["quarter"]


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
    },
)


@settings(max_examples=scaled(60, 1_000), deadline=None)
@given(shares=SHARES, steps=STEPS)
def test_no_share_is_ever_overdrawn_and_every_row_can_be_recounted(
    shares: dict[ShareBasis, Fraction], steps: list[tuple[str, ReleaseReason | None, bool, Channel]]
) -> None:
    book = Book()
    for basis, share in shares.items():
        departments = ("1",) if basis is ShareBasis.AREA else ()
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


def _recount(
    book: Book,
    shares: dict[ShareBasis, Fraction],
    places: list[tuple[str, list[tuple[Turn, ReleaseReason | None]]]],
) -> None:
    for basis, share in shares.items():
        flexible = basis is ShareBasis.CRITERIA_AGREED
        series = [
            had
            for department, had in places
            if (basis is not ShareBasis.AREA or department == "1")
            and (
                not flexible
                or any(
                    turn.channel in (Channel.FLEXIBLE, Channel.INTERNAL, Channel.EXTERNAL)
                    for turn, _ in had
                )
            )
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
