"""A suppressed count cannot be computed back from what is shown: tried by trying every way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.suppression import LEAST_SHOWN, Sum, hidden

Key = str


def possible(
    counts: Mapping[Key, int], sums: Sequence[Sum[Key]], unknown: frozenset[Key], most: int
) -> dict[Key, set[int]]:
    """Every value that each unknown count can have beside what is shown, by trying them all."""
    keys = sorted(unknown)
    found: dict[Key, set[int]] = {key: set() for key in keys}
    for values in _fitting(keys, dict(counts), sums, most):
        for key, value in values.items():
            found[key].add(value)
    return found


def _fitting(
    keys: list[Key], counts: dict[Key, int], sums: Sequence[Sum[Key]], most: int
) -> Iterator[dict[Key, int]]:
    left = set(keys)

    def go(at: int) -> Iterator[dict[Key, int]]:
        if at == len(keys):
            yield {key: counts[key] for key in keys}
            return
        key = keys[at]
        left.discard(key)
        for value in range(most + 1):
            counts[key] = value
            if all(_can_hold(one, counts, left) for one in sums if key in (one.total, *one.parts)):
                yield from go(at + 1)
        left.add(key)

    yield from go(0)


def _can_hold(one: Sum[Key], counts: Mapping[Key, int], left: set[Key]) -> bool:
    parts = sum(counts[part] for part in one.parts if part not in left)
    if one.total in left:
        return True
    open_parts = any(part in left for part in one.parts)
    return parts <= counts[one.total] if open_parts else parts == counts[one.total]


Tables = st.builds(
    lambda rows, columns, values: (rows, columns, values),
    st.integers(1, 3),
    st.integers(2, 3),
    st.lists(st.integers(0, 9), min_size=9, max_size=9),
)


def a_table(rows: int, columns: int, values: list[int]) -> tuple[dict[Key, int], list[Sum[Key]]]:
    """A table with the totals of its rows and columns, and that of all."""
    cells = {f"{r}{c}": values[r * 3 + c] for r, c in product(range(rows), range(columns))}
    sums = [Sum(f"{r}t", [f"{r}{c}" for c in range(columns)]) for r in range(rows)]
    if rows > 1:
        sums += [Sum(f"t{c}", [f"{r}{c}" for r in range(rows)]) for c in range(columns)]
        sums += [Sum("tt", [f"{r}t" for r in range(rows)])]
        sums += [Sum("tt", [f"t{c}" for c in range(columns)])]
    for total, parts in sums:
        cells[total] = sum(cells[part] for part in parts)
    return cells, sums


@settings(max_examples=150, deadline=None)
@given(Tables)
def test_no_hidden_count_of_a_table_with_totals_can_be_computed_back(
    table: tuple[int, int, list[int]],
) -> None:
    counts, sums = a_table(*table)
    least = 3
    unknown = hidden(counts, sums, least)
    assert {key for key, count in counts.items() if count < least} <= unknown
    if len(unknown) > 7:
        return  # too many ways to try; that most is hidden tells nothing
    found = possible(counts, sums, unknown, max(counts.values()) + 3)
    for key, values in found.items():
        assert counts[key] in values
        assert len(values) >= (least if counts[key] < least else 2), key


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_a_count_within_another_cannot_be_told_from_their_difference(
    adults: int, minors: int, others: int
) -> None:
    counts = {"convicted": adults + minors, "adults": adults, "minors": minors, "all": 0}
    counts["all"] = counts["convicted"] + others
    counts["not convicted"] = others
    sums = [Sum("convicted", ["adults", "minors"]), Sum("all", ["convicted", "not convicted"])]
    unseen = {"minors", "not convicted"}
    unknown = hidden(counts, sums, LEAST_SHOWN, unseen)
    found = possible(counts, sums, unknown | unseen, counts["all"] + 8)
    for key, count in counts.items():
        if count < LEAST_SHOWN:
            assert len(found[key]) >= LEAST_SHOWN, key
        elif key in unknown:
            assert len(found[key]) >= 2, key


def test_large_counts_are_all_shown() -> None:
    counts = {"a": 5, "b": 7, "all": 12}
    assert hidden(counts, [Sum("all", ["a", "b"])]) == frozenset()


@pytest.mark.parametrize("sizes", [(7, 90), (90, 7)])
def test_a_small_count_takes_the_first_beside_it_along_however_large(
    sizes: tuple[int, int],
) -> None:
    counts = {"a": 4, "b": sizes[0], "c": sizes[1], "all": 101}
    assert hidden(counts, [Sum("all", ["a", "b", "c"])]) == {"a", "b"}


def test_two_small_counts_that_add_up_to_next_to_nothing_take_a_third_along() -> None:
    counts = {"a": 0, "b": 1, "c": 90, "all": 91}
    assert hidden(counts, [Sum("all", ["a", "b", "c"])]) == {"a", "b", "c"}


def test_the_other_side_of_a_share_is_protected_though_it_is_never_shown() -> None:
    counts = {"with": 97, "without": 3, "all": 100}
    sums = [Sum("all", ["with", "without"])]
    assert hidden(counts, sums, unseen={"without"}) == {"with"}
    counts = {"with": 95, "without": 5, "all": 100}
    assert hidden(counts, sums, unseen={"without"}) == frozenset()


def test_the_limit_is_the_first_count_that_is_shown() -> None:
    counts = {"a": 4, "b": 5, "c": 6}
    assert hidden(counts) == {"a"}
    assert hidden(counts, least=6) == {"a", "b"}
    assert hidden(counts, least=0) == frozenset()


def test_counts_that_do_not_add_up_are_no_table() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        hidden({"a": 5, "b": 7, "all": 13}, [Sum("all", ["a", "b"])])
