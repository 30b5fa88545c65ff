"""Small cells: which counts of persons are not shown, and which others with them.

A count below a limit tells of single persons. It is hidden, and so are as many of the other counts
as it takes that it cannot be computed back: a total less the parts that are shown, a part of
another table, a share of a number that is known. Whoever knows this module and all that is shown
finds, for each hidden count, more than one value that fits. So which one is hidden beside another
goes by its place in the sums and never by how large it is: that would tell something of both.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)

LEAST_SHOWN = 5
"""The smallest count that is shown, unless an instance is told otherwise."""


class Sum(NamedTuple, Generic[K]):
    """A count that others add up to."""

    total: K
    parts: Sequence[K]


def hidden(
    counts: Mapping[K, int],
    sums: Sequence[Sum[K]] = (),
    least: int = LEAST_SHOWN,
    unseen: Collection[K] = (),
) -> frozenset[K]:
    """Return which counts must not be shown.

    `counts` have every count that a sum names. `unseen`: those that are never shown, but that can
    be worked out of others; a small one is protected like the rest, and they are not returned.

    A small count (below `least`) can then have at least as many values as it could have by being
    small, and another hidden one at least two. Counts are whole and not negative, which whoever
    tries knows too. Of those that can be hidden beside it, the first part of the first sum is.
    Raises ValueError where the counts do not add up.
    """
    for total, parts in sums:
        if counts[total] != sum(counts[part] for part in parts):
            raise ValueError(f"the parts do not add up to {total}")
    small = {key for key, count in counts.items() if count < least}
    unknown = small | set(unseen)
    while True:
        exposed = _exposed(counts, sums, unknown, small, unseen, least)
        if exposed is None:
            return frozenset(unknown - set(unseen))
        unknown.add(exposed)


def _exposed(
    counts: Mapping[K, int],
    sums: Sequence[Sum[K]],
    unknown: set[K],
    small: set[K],
    unseen: Collection[K],
    least: int,
) -> K | None:
    """Return the count to hide next, because one that is hidden can be told; None: none can."""
    for keys, within in _components(sums, unknown):
        moves = _moves(keys, within)
        for key in keys:
            wanted = least if key in small else 1 if key in unseen else 2
            if _values(key, moves, counts) >= wanted:
                continue
            if _values(key, _together(moves), counts) >= wanted:
                continue
            shown = (
                each for total, parts in within for each in (*parts, total) if each not in unknown
            )
            if (first := next(shown, None)) is not None:
                return first
    return None


def _components(sums: Sequence[Sum[K]], unknown: set[K]) -> Iterator[tuple[list[K], list[Sum[K]]]]:
    """Yield the unknown counts that hang together by sums, with those sums."""
    by_key: dict[K, list[int]] = {}
    for at, (total, parts) in enumerate(sums):
        for key in (total, *parts):
            if key in unknown:
                by_key.setdefault(key, []).append(at)
    seen: set[K] = set()
    for start in by_key:
        if start in seen:
            continue
        keys, within, waiting = [], dict[int, None](), [start]
        seen.add(start)
        while waiting:
            key = waiting.pop()
            keys.append(key)
            for at in by_key[key]:
                if at in within:
                    continue
                within[at] = None
                total, parts = sums[at]
                new = [each for each in (total, *parts) if each in unknown and each not in seen]
                seen.update(new)
                waiting.extend(new)
        yield keys, [sums[at] for at in within]


def _moves(keys: Sequence[K], sums: Iterable[Sum[K]]) -> list[dict[K, int]]:
    """Return ways in which the unknown counts can differ together while every sum still holds.

    They are a basis of the null space of the sums, in whole numbers: a count that none of them
    moves is determined by what is shown.
    """
    at = {key: number for number, key in enumerate(keys)}
    rows: list[list[Fraction]] = []
    for total, parts in sums:
        row = [Fraction(0)] * len(keys)
        for key, sign in ((total, 1), *((part, -1) for part in parts)):
            if key in at:
                row[at[key]] += sign
        rows.append(row)
    pivots: list[int] = []
    for column in range(len(keys)):
        below = len(pivots)
        found = next((r for r in range(below, len(rows)) if rows[r][column]), None)
        if found is None:
            continue
        rows[below], rows[found] = rows[found], rows[below]
        pivot = rows[below][column]
        rows[below] = [value / pivot for value in rows[below]]
        for r, row in enumerate(rows):
            if r != below and row[column]:
                factor = row[column]
                rows[r] = [a - factor * b for a, b in zip(row, rows[below], strict=True)]
        pivots.append(column)
    moves = []
    for free in range(len(keys)):
        if free in pivots:
            continue
        vector = {free: Fraction(1)}
        vector |= {column: -rows[r][free] for r, column in enumerate(pivots) if rows[r][free]}
        scale = lcm(*(value.denominator for value in vector.values()))
        moves.append({keys[column]: int(value * scale) for column, value in vector.items()})
    return moves


def _together(moves: Sequence[Mapping[K, int]]) -> Iterator[dict[K, int]]:
    """Yield what two moves come to, the one with the other or against it."""
    for one, other in combinations(moves, 2):
        for sign in (1, -1):
            both = {key: one.get(key, 0) + sign * other.get(key, 0) for key in {**one, **other}}
            yield {key: step for key, step in both.items() if step}


def _values(key: K, moves: Iterable[Mapping[K, int]], counts: Mapping[K, int]) -> float:
    """Return how many values of a count one of the moves gives, all others staying possible."""
    most: float = 1
    for move in moves:
        if key not in move:
            continue
        down = [counts[each] // step for each, step in move.items() if step > 0]
        up = [counts[each] // -step for each, step in move.items() if step < 0]
        if not down or not up:
            return float("inf")
        most = max(most, 1 + min(down) + min(up))
    return most
