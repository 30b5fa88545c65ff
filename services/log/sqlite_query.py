"""What a query selects, as SQL: from the tags and types of an event to its position."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from eventsourcing.dcb.api import DCBQuery

END = 2**63 - 1


def tag_number(tag: str) -> int:
    """Return what the index has in the place of a tag: 8 bytes of its hash, as a signed integer.

    Two tags may have the same, by chance or on purpose: what the index finds is compared with the
    event itself (`Matching`).
    """
    # What no UTF-8 is stands in a column that was altered; whoever verifies it goes on.
    encoded = tag.encode("utf-8", "surrogateescape")
    return int.from_bytes(sha256(encoded).digest()[:8], "big", signed=True)


class Matching:
    """Tells whether an event is one that a query asks for, by what stands in the event itself."""

    def __init__(self, query: DCBQuery | None) -> None:
        """Take a query apart; None, or one without items, asks for everything."""
        self._types: set[str] = set()
        self._tags: dict[str, set[str] | None] = {}
        self._joined: list[tuple[frozenset[str], frozenset[str]]] = []
        items = query.items if query is not None else []
        self._all = not items
        for item in items:
            if not item.tags:
                self._all |= not item.types
                self._types.update(item.types)
            elif len(item.tags) > 1:
                self._joined.append((frozenset(item.types), frozenset(item.tags)))
            elif not item.types:
                self._tags[item.tags[0]] = None
            else:
                held = self._tags.setdefault(item.tags[0], set())
                if held is not None:
                    held.update(item.types)

    def __call__(self, type: str, tags: Collection[str]) -> bool:
        """Tell whether an event of this type with these tags is asked for."""
        if self._all or type in self._types:
            return True
        for tag in tags:
            types = self._tags.get(tag, ())
            if types is None or type in types:
                return True
        return any(
            (not types or type in types) and wanted.issubset(tags) for types, wanted in self._joined
        )


class Shape(NamedTuple):
    """What decides the text of a selection's SQL: how many values of which kind it has."""

    pairs: int
    """Pairs of one tag and one type."""
    tags: int
    """Tags for which every type matches."""
    types: int
    """Types that match whatever the tags."""
    joins: tuple[tuple[int, int], ...]
    """For each item with several tags: how many tags, and how many types (0 for every type)."""


class Selection(NamedTuple):
    """The positions that a query selects, as SQL and its parameters."""

    sql: str
    parameters: list[Any]


def _values(row: str, count: int) -> str:
    return "(VALUES " + ", ".join([row] * count) + ") q"


@lru_cache(maxsize=1024)
def _selection_sql(shape: Shape) -> str:
    bounds = "position > ? AND {0}.position <= ?"
    in_tag = f"WHERE t.{bounds.format('t')}"
    sources = []
    # CROSS JOIN is SQLite's way to fix the order of the loops: from the values into the index.
    if shape.pairs:
        sources.append(
            f"SELECT DISTINCT t.position FROM {_values('(?, ?)', shape.pairs)} "
            f"CROSS JOIN tag t ON t.tag = q.column1 AND t.type_id = q.column2 {in_tag}"
        )
    if shape.tags:
        sources.append(
            f"SELECT DISTINCT t.position FROM {_values('(?)', shape.tags)} "
            f"CROSS JOIN tag t ON t.tag = q.column1 {in_tag}"
        )
    if shape.types:
        sources.append(
            f"SELECT e.position FROM {_values('(?)', shape.types)} "
            "CROSS JOIN event e INDEXED BY event_by_type ON e.type_id = q.column1 "
            f"WHERE e.{bounds.format('e')}"
        )
    for tags, types in shape.joins:
        first = "tag t ON t.tag = ?"
        if types:
            first = f"{_values('(?)', types)} CROSS JOIN {first} AND t.type_id = q.column1"
        else:
            first = f"(SELECT 1) CROSS JOIN {first}"
        others = "".join(
            f" CROSS JOIN tag t{n} ON t{n}.tag = ? AND t{n}.type_id = t.type_id "
            f"AND t{n}.position = t.position"
            for n in range(1, tags)
        )
        sources.append(f"SELECT t.position FROM {first}{others} {in_tag}")
    if not sources:
        return "SELECT position FROM event WHERE 0 LIMIT ?"
    return " UNION ".join(sources) + " ORDER BY 1 LIMIT ?"


def select(
    query: DCBQuery | None, types: dict[str, int], after: int, upto: int, limit: int
) -> Selection:
    """Return the positions that `query` selects; `limit` -1 is none."""
    items = query.items if query is not None else []
    if not items or any(not item.types and not item.tags for item in items):
        return Selection(
            "SELECT position FROM event WHERE position > ? AND position <= ? ORDER BY 1 LIMIT ?",
            [after, upto, limit],
        )
    pairs: dict[tuple[int, int], None] = {}
    tags: dict[int, None] = {}
    type_ids: dict[int, None] = {}
    joins: list[tuple[int, int]] = []
    join_parameters: list[Any] = []
    for item in items:
        # A type that was never recorded matches nothing.
        of_item = [types[name] for name in item.types if name in types]
        if item.types and not of_item:
            continue
        if not item.tags:
            type_ids.update(dict.fromkeys(of_item))
        elif len(item.tags) > 1:
            joins.append((len(item.tags), len(of_item)))
            join_parameters += [*of_item, *map(tag_number, item.tags), after, upto]
        elif of_item:
            number = tag_number(item.tags[0])
            for type_id in of_item:
                pairs[number, type_id] = None
        else:
            tags[tag_number(item.tags[0])] = None
    parameters: list[Any] = []
    for values in ([value for pair in pairs for value in pair], tags, type_ids):
        if values:
            parameters += [*values, after, upto]
    shape = Shape(len(pairs), len(tags), len(type_ids), tuple(joins))
    return Selection(_selection_sql(shape), [*parameters, *join_parameters, limit])
