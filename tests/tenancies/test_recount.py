"""Another program counts the ledger again from what is exported, and finds the same."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.facts import (
    Channel,
    CountedBy,
    CriteriaBasis,
    DwellingKind,
    OtherShare,
    ReleaseReason,
    Rounding,
    ShareBasis,
    ShareOf,
    TurnOrder,
)
from domain.ledger import Ledger, Turn
from services.api.tenancy_service import ledger_message
from services.terminal.output import plain
from tests.support import scaled
from tests.tenancies import recount
from tests.tenancies.test_ledger import Book

COUNTS = (
    *("channel", "basis", "way", "dwellings", "taken", "allowed"),
    *("way_dwellings", "way_taken", "way_allowed"),
)
FIRST, DAYS = date(2019, 5, 1), 800


def exported(ledger: Ledger) -> dict[str, Any]:
    """Return what `husret ledger ORGANISATION --json` prints, as another program reads it."""
    read: dict[str, Any] = json.loads(json.dumps(plain(ledger_message(ledger))))
    return read


def assert_recounted(ledger: dict[str, Any]) -> None:
    for row, (taken, due, in_order) in zip(ledger["rows"], recount.recounted(ledger), strict=True):
        for said, again in ((row["turn"], taken), (row["due"], due)):
            assert {name: said.get(name) for name in COUNTS} == {
                name: again.get(name) for name in COUNTS
            }, row["number"]
        assert row["in_order"] is in_order


def _turns(ways: int) -> tuple[TurnOrder, ...]:
    """Return a turn for each way, in which it comes first, and the others stand after it."""
    return tuple(
        TurnOrder(
            ways=(first, *(each for each in range(1, ways + 1) if each != first)),
            share=1,
            share_of_every=ways,
        )
        for first in range(1, ways + 1)
    )


class Town:
    """A random organisation: what was agreed and decided of it, and which dwellings it let."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.book = Book()
        self.agreed: list[UUID] = []
        self.offset = 0

    def some(self, *departments: str) -> tuple[str, ...]:
        return tuple(each for each in departments if self.chance.random() < 0.6)

    @property
    def day(self) -> date:
        return FIRST + timedelta(days=self.offset)

    def a_day(self) -> date:
        return FIRST + timedelta(days=self.chance.randrange(-DAYS, DAYS // 2))

    def municipal_share(self) -> None:
        basis = self.chance.choice([ShareBasis.QUARTER, ShareBasis.AGREED, ShareBasis.REPLACEMENT])
        self.book.share(
            basis,
            1,
            self.chance.randint(3, 10),
            departments=self.some("1"),
            kind=self.chance.choice([*3 * [DwellingKind.FAMILY], DwellingKind.YOUTH]),
            first_day=self.a_day(),
            last_day=self.chance.choice([None, None, None, self.a_day()]),
        )

    def criteria(self) -> None:
        """Agree criteria, or other ones in their place; some are corrected."""
        of = self.chance.choice([CriteriaBasis.AGREED, CriteriaBasis.ADVERTISING])
        parts = self.chance.choice([(), (80, 10, 10), (50, None), (33, 33)])
        ways = [(self.chance.randint(1, 3), part) for part in parts]
        by_turns = ways and self.chance.random() < 0.3
        if by_turns:
            ways = [(rank, None) for rank, _ in ways]
        by_ad = of is CriteriaBasis.ADVERTISING
        most = 50 if by_ad else 100
        others = [
            OtherShare(
                departments=self.some("1"),
                from_rooms=self.chance.choice([None, 2, 3]),
                to_rooms=self.chance.choice([None, 3]),
                share=self.chance.randint(1, most),
            )
            for _ in range(self.chance.choice([0, 0, 1, 2]))
        ]
        day = self.a_day()
        self.agreed.append(
            self.book.criteria(
                self.chance.randint(1, most),
                *("1", *self.some("2", "3")),
                ways=ways,
                criteria=str(of),
                basis=of,
                share_of=self.chance.choice(list(ShareOf)),
                other_shares=tuple(others),
                most_a_year=self.chance.choice([None, None, 1, 3]),
                counted_by=tuple(each for each in CountedBy if self.chance.random() < 0.2),
                rounding=Rounding.DOWN if by_ad else self.chance.choice(list(Rounding)),
                turns=_turns(len(ways)) if by_turns else (),
                set_on=day,
                first_day=day,
                last_day=self.chance.choice([None, None, None, self.a_day()]),
                announced_on=self.chance.choice([None, day, day, self.a_day()]),
                corrects=self.chance.choice([None, None, *self.agreed]),
            )
        )

    def share_by_criteria(self) -> None:
        basis, of, departments = self.chance.choice(
            [
                (ShareBasis.CRITERIA_AGREED, CriteriaBasis.AGREED, self.some("1", "2")),
                (ShareBasis.ADVERTISED, CriteriaBasis.ADVERTISING, ("1",)),
            ]
        )
        self.book.share_by_criteria(
            basis, criteria=str(of), departments=departments, first_day=self.a_day()
        )

    def share_of_advertising(self) -> None:
        self.book.share(
            ShareBasis.ADVERTISED,
            1,
            self.chance.randint(2, 4),
            departments=(self.chance.choice("12"),),
            first_day=self.a_day(),
        )

    def let(self) -> None:
        """Let a dwelling: mostly as it is due, at times otherwise, or again after a release."""
        self.offset += self.chance.randrange(40)
        kind = self.chance.choice([*3 * [DwellingKind.FAMILY], DwellingKind.YOUTH])
        rooms = self.chance.randint(1, 4)
        vacancy = self.book.vacant(self.chance.choice("123"), kind, rooms=rooms)
        while True:
            turn = self.book.ledger.due(vacancy, self.day)
            allocation = self.book.allocate(vacancy, self.otherwise(turn), self.day)
            if self.chance.random() < 0.8:
                return
            self.book.release(allocation, ReleaseReason.NOBODY)

    def otherwise(self, due: Turn) -> Turn:
        if self.chance.random() < 0.85:
            return due
        channels = (Channel.REHOUSING, Channel.TEMPORARY, Channel.INTERNAL, Channel.EXTERNAL)
        return Turn(self.chance.choice(channels))

    def live(self) -> Ledger:
        steps: list[Callable[[], None]] = [
            *(self.municipal_share, self.criteria, self.share_by_criteria),
            *(self.share_of_advertising, *16 * [self.let]),
        ]
        first = (self.criteria, self.criteria, *2 * [self.share_by_criteria], self.municipal_share)
        for step in (*first, *self.chance.choices(steps, k=40)):
            step()
        return self.book.ledger


@settings(max_examples=scaled(60, 1_000), deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_whatever_was_agreed_and_let_another_program_counts_the_same(seed: int) -> None:
    assert_recounted(exported(Town(seed).live()))


def test_the_random_agreements_reach_every_share_that_is_counted_and_every_part_of_one() -> None:
    # What the property is worth: it would be empty if nothing were ever let by criteria.
    ledgers = [exported(Town(seed).live()) for seed in range(60)]
    rows = [row for ledger in ledgers for row in ledger["rows"]]
    taken = {row["turn"]["basis"] for row in rows}
    assert {f"SHARE_BASIS_{name}" for name in ("CRITERIA_AGREED", "ADVERTISED", "QUARTER")} < taken
    assert {row["turn"].get("way") for row in rows} >= {None, 1, 2}
    assert any(not row["in_order"] for row in rows)
    terms = [each for ledger in ledgers for each in ledger["terms"]]
    assert {each["rounding"] for each in terms} == {f"ROUNDING_{r.name}" for r in Rounding}
    assert any(each["others"] for each in terms)
    assert any(each["most_a_year"] for each in terms)
    assert {each["of"] for each in terms} == {f"SHARE_OF_{each.name}" for each in ShareOf}
    assert any(each["in_turns"] for each in terms)
    assert {by for each in terms for by in each["counted_by"]} == {
        f"COUNTED_BY_{each.name}" for each in CountedBy
    }
    assert any(row["released"] != "RELEASE_REASON_UNSPECIFIED" for row in rows)


def test_a_count_that_is_altered_is_found() -> None:
    book = Book()
    book.criteria(50, "1")
    book.share_by_criteria()
    book.let(*"1111")
    ledger = exported(book.ledger)
    assert_recounted(ledger)
    ledger["terms"][0]["numerator"] = 75
    with pytest.raises(AssertionError):
        assert_recounted(ledger)
