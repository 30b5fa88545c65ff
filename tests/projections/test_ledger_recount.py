"""The ledger recounted in a view: the sums of what the ledger itself says, however it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import BY_FACT, Recorded
from domain.facts import ReleaseReason, ShareBasis
from domain.law.editions import CURRENT
from domain.ledger import Counts, Ledger
from domain.reference import Reference
from projections.follower import Follower
from projections.ledger_recount import VIEW, Key, Tally
from projections.table import Table
from tests.support import scaled
from tests.tenancies.test_ledger import DAY, Book
from tests.tenancies.test_recount import Town


class Read:
    """The log of a random organisation, as the follower of this view reads it."""

    def __init__(self, events: Sequence[Recorded[Any]] = ()) -> None:
        self.log_id = "0b1f5a3e-7a55-4d3e-9c55-1f8f3a2b4c5d"
        self.events = list(events)

    def head(self) -> int:
        return len(self.events)

    def read(self, after: int, upto: int) -> list[Recorded[Any]]:
        found = self.events[after:upto]
        return [event for event in found if BY_FACT[type(event.fact)].name in VIEW.types]


def recorded_by(book: Book) -> list[Recorded[Any]]:
    """Return what a book holds as a log would, with leaf hashes."""
    found = []
    for item in book.recorded:
        seen = hashlib.sha256(f"{item.position} {item.fact!r}".encode()).digest()
        found.append(Recorded(item.position, item.event_id, seen, item.fact))
    return found


def rebuilt(log: Read, upto: int | None = None) -> list[Tally]:
    return VIEW.made_from(CURRENT, log.read(0, log.head() if upto is None else upto))


def summed(log: Read) -> dict[Key, tuple[int, int, int, list[int]]]:
    """Add up what the ledger itself says of each allocation."""
    reference = Reference()
    for item in log.events:
        reference.apply(item)
    sums: dict[Key, tuple[int, int, int, list[int]]] = {}
    for row in Ledger("O", reference.at()).rows():
        made = row.allocation.fact
        key = Key(
            "O",
            made.allocated_on.year,
            row.department,
            str(row.kind),
            str(made.channel),
            str(made.basis or ""),
        )
        allocated, in_order, released, out = sums.get(key, (0, 0, 0, []))
        sums[key] = (
            allocated + 1,
            in_order + row.in_order,
            released + (row.released is not None),
            out + [row.allocation.position] * (not row.in_order),
        )
    return sums


@settings(max_examples=scaled(20, 800), deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_rows_are_the_sums_of_the_ledger(seed: int) -> None:
    town = Town(seed)
    town.live()
    log = Read(recorded_by(town.book))
    assert {
        row.key: (row.allocated, row.in_order, row.released, [e.position for e in row.out_of_order])
        for row in rebuilt(log)
    } == summed(log)


@settings(max_examples=scaled(20, 800), deadline=None)
@given(st.integers(0, 2**32 - 1), st.data())
def test_a_prefix_and_its_continuation_give_the_rows_of_a_rebuild_at_every_step(
    seed: int, data: st.DataObject
) -> None:
    town = Town(seed)
    town.live()
    whole, seen, table = Read(recorded_by(town.book)), Read(), Table(":memory:", VIEW)
    following = Follower(seen, table, CURRENT)
    cuts = data.draw(st.sets(st.integers(1, whole.head())), label="ends of batches")
    restarts = data.draw(st.sets(st.integers(1, whole.head())), label="restarts")
    for position, event in enumerate(whole.events, 1):
        seen.events.append(event)
        if position in restarts:
            following = Follower(seen, table, CURRENT)
        if position in cuts or position == whole.head():
            following.catch_up()
            assert table.rows() == rebuilt(whole, position)
    table.close()


def test_the_random_organisations_have_allocations_out_of_order_and_released() -> None:
    # What the properties are worth: they would be empty if all went as it was due.
    rows = []
    for seed in range(20):
        town = Town(seed)
        town.live()
        rows += rebuilt(Read(recorded_by(town.book)))
    assert any(row.out_of_order for row in rows)
    assert any(row.released for row in rows)


def test_a_new_allocation_is_counted_on_and_a_new_share_counts_all_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted: list[int] = []
    real = Counts.recount

    def noted(self: Counts, number: int, *given: Any) -> Any:
        counted.append(number)
        return real(self, number, *given)

    monkeypatch.setattr(Counts, "recount", noted)
    book = Book()
    book.share(ShareBasis.QUARTER, 1, 4)
    book.let(*"1111")
    log, table = Read(recorded_by(book)), Table(":memory:", VIEW)
    following = Follower(log, table, CURRENT)
    following.catch_up()
    assert counted == [1, 2, 3, 4]
    counted.clear()
    book.let("1")
    log.events = recorded_by(book)
    following.catch_up()
    assert counted == [5]
    counted.clear()
    book.share(ShareBasis.AGREED, 1, 2)
    log.events = recorded_by(book)
    following.catch_up()
    assert counted == [1, 2, 3, 4, 5]
    assert table.rows() == rebuilt(log)
    table.close()


def test_a_share_that_was_read_before_the_first_vacancy_is_counted_by() -> None:
    book = Book()
    book.share(ShareBasis.QUARTER, 1, 1)
    log, table = Read(recorded_by(book)), Table(":memory:", VIEW)
    following = Follower(log, table, CURRENT)
    following.catch_up()
    book.let("1")
    log.events = recorded_by(book)
    following.catch_up()
    assert [(row.key.basis, row.in_order) for row in table.rows()] == [("quarter", 1)]
    table.close()


def test_a_release_is_counted_where_its_allocation_is() -> None:
    book = Book()
    vacancy = book.vacant()
    allocation = book.allocate(vacancy, book.ledger.due(vacancy, DAY))
    book.release(allocation, ReleaseReason.NOBODY)
    [row] = rebuilt(Read(recorded_by(book)))
    assert (row.allocated, row.in_order, row.released) == (1, 1, 1)
