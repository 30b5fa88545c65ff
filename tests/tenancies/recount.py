"""A second count of the allocation ledger, from what `husret ledger --json` prints and no more.

It shares no code with the service: what docs/tenancy.md says of the ledger, in plain Python. For
every row it looks through all rows before it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

EVERY_SECOND_FROM = "2019-07-01"
FAMILY = "DWELLING_KIND_FAMILY"
INTERNAL, EXTERNAL = "CHANNEL_INTERNAL", "CHANNEL_EXTERNAL"
REFERRAL, REHOUSING, TEMPORARY = "CHANNEL_REFERRAL", "CHANNEL_REHOUSING", "CHANNEL_TEMPORARY"
NO_SHARE = "SHARE_BASIS_UNSPECIFIED"
IN_TURN = [
    f"SHARE_BASIS_{name}"
    for name in (
        *("AREA", "QUARTER", "AGREED", "INCREASE", "REPLACEMENT"),
        *("CRITERIA_SET", "CRITERIA_AGREED", "ADVERTISED"),
    )
]

Json = dict[str, Any]


def recounted(ledger: Json) -> Iterator[tuple[Json, Json, bool]]:
    """Yield of each row the turn it took and the turn that was due, and whether it was in order."""
    rows = ledger["rows"]
    for number, row in enumerate(rows):
        before = _Before(rows[:number], row, ledger["terms"])
        taken = before.turn(row["turn"]["channel"], row["turn"]["basis"], row["turn"].get("way"))
        due = before.due()
        as_due = all(taken.get(name) == due.get(name) for name in ("channel", "basis", "way"))
        out_of_turn = taken["channel"] in (REHOUSING, TEMPORARY)
        yield taken, due, (as_due or out_of_turn) and not _over(taken)


def _over(turn: Json) -> bool:
    share = turn["dwellings"] > 0 and turn["taken"] >= turn["allowed"]
    return share or ("way" in turn and turn["way_taken"] >= turn["way_allowed"])


def _said(channel: str, basis: str = NO_SHARE, way: int | None = None, *counts: int) -> Json:
    names = ("dwellings", "taken", "allowed", "way_dwellings", "way_taken", "way_allowed")
    turn = {"channel": channel, "basis": basis, **dict.fromkeys(names, 0)}
    turn.update(zip(names, counts, strict=False))
    return turn if way is None else {**turn, "way": way}


class _Before:
    """What had happened before a row."""

    def __init__(self, rows: list[Json], row: Json, terms: list[Json]) -> None:
        self.row, self.terms = row, terms
        self.others: dict[str, list[Json]] = {}
        self.here: list[Json] = []
        for each in rows:
            if each["vacancy_id"] == row["vacancy_id"]:
                self.here.append(each)
            else:
                self.others.setdefault(each["vacancy_id"], []).append(each)

    def due(self) -> Json:
        had = [
            (each["turn"]["channel"], each["turn"]["basis"], each["turn"].get("way"))
            for each in self.here
        ]
        internal = [self._of_list(INTERNAL)] if self.row["kind"] == FAMILY else []
        turns = []
        for basis in IN_TURN:
            terms = self._terms(basis)
            if terms is not None and terms["of"] == "SHARE_OF_AFTER_INTERNAL":
                turns += internal
            turns += self._of_share(basis)
        for turn in [*turns, *internal]:
            if not _over(turn) and (turn["channel"], turn["basis"], turn.get("way")) not in had:
                return turn
        return self._of_list(EXTERNAL)

    def turn(self, channel: str, basis: str, way: int | None) -> Json:
        found = self._of_share(basis)
        if basis == NO_SHARE and channel in (INTERNAL, EXTERNAL):
            found = [self._of_list(channel)]
        for turn in found:
            if (turn["channel"], turn.get("way")) == (channel, way):
                return turn
        return _said(channel, basis, way)

    def _terms(self, basis: str) -> Json | None:
        row, position = self.row, int(self.row["position"])
        begun = [
            each
            for each in self.terms
            if each["basis"] == basis
            and each["kind"] == row["kind"]
            and (not each["departments"] or row["department"] in each["departments"])
            and int(each["known_from"]) <= position
            and (each["known_until"] == "0" or position < int(each["known_until"]))
            and each["first_day"] <= row["day"]
        ]
        latest = {}
        for each in sorted(begun, key=lambda each: int(each["order"])):
            latest[each["share_id"]] = each
        standing = [each for each in latest.values() if row["day"] <= (each["last_day"] or "9999")]
        return max(standing, key=lambda each: int(each["order"]), default=None)

    def _of_share(self, basis: str) -> list[Json]:
        row, terms = self.row, self._terms(basis)
        if terms is None:
            return []
        series = [
            place
            for place in self.others.values()
            if _counts(place, terms) and _beside(place[0], row, terms)
        ]
        of_share = [
            {each["turn"].get("way") for each in place if each["turn"]["basis"] == basis}
            for place in series
        ]
        of_share = [ways for ways in of_share if ways]
        dwellings, taken = len(series) + 1, len(of_share)
        share, rounding = _part(row, terms) or terms, terms["rounding"]
        allowed = _rounded(dwellings, share, rounding)
        if terms["most_a_year"]:
            left = terms["most_a_year"] - self._in_year(basis, terms)
            allowed = min(allowed, taken + max(0, left))
        counts = (dwellings, taken, allowed)
        of_part = "ROUNDING_UP" if terms["in_turns"] else rounding
        turns = [
            _said(
                terms["channel"],
                basis,
                part["way"],
                *counts,
                taken + 1,
                sum(part["way"] in ways for ways in of_share),
                _rounded(taken + 1, part, of_part),
            )
            for part in terms["ways"]
        ]
        return [*turns, _said(terms["channel"], basis, None, *counts)]

    def _in_year(self, basis: str, terms: Json) -> int:
        """Return how many other dwellings the share has had in the year of the row."""
        return sum(
            place[0]["kind"] == terms["kind"]
            and place[0]["day"] >= terms["counted_from"]
            and any(
                each["turn"]["basis"] == basis and each["day"][:4] == self.row["day"][:4]
                for each in place
            )
            for place in self.others.values()
        )

    def _of_list(self, channel: str) -> Json:
        if self.row["kind"] != FAMILY or self.row["day"] < EVERY_SECOND_FROM:
            return _said(channel)
        series = [
            {each["turn"]["channel"] for each in place}
            for place in self.others.values()
            if place[0]["kind"] == FAMILY and place[0]["day"] >= EVERY_SECOND_FROM
        ]
        series = [channels for channels in series if channels & {INTERNAL, EXTERNAL}]
        dwellings = len(series) + 1
        allowed = dwellings // 2 if channel == INTERNAL else dwellings
        taken = sum(channel in channels for channels in series)
        return _said(channel, NO_SHARE, None, dwellings, taken, allowed)


def _rounded(dwellings: int, share: Json, rounding: str) -> int:
    of = Fraction(dwellings * share["numerator"], share["denominator"])
    if rounding == "ROUNDING_UP":
        return math.ceil(of)
    return math.floor(of + Fraction(1, 2)) if rounding == "ROUNDING_NEAREST" else math.floor(of)


def _part(row: Json, terms: Json) -> Json | None:
    """Return the other share that a row's dwelling counts in, if any."""
    for share in terms["others"]:
        least, most, rooms = share["from_rooms"], share["to_rooms"], row.get("rooms")
        if share["departments"] and row["department"] not in share["departments"]:
            continue
        if not (least or most) or (
            rooms is not None and least <= rooms and (not most or rooms <= most)
        ):
            found: Json = share
            return found
    return None


def _beside(row: Json, other: Json, terms: Json) -> bool:
    """Tell whether the dwellings of two rows are counted together."""
    apart = {"COUNTED_BY_DEPARTMENT": "department", "COUNTED_BY_ROOMS": "rooms"}
    return _part(row, terms) == _part(other, terms) and all(
        row.get(apart[by]) == other.get(apart[by]) for by in terms["counted_by"]
    )


def _counts(place: list[Json], terms: Json) -> bool:
    """Tell whether a dwelling counts in the series of a share."""
    left_out = {TEMPORARY}
    if terms["of"] == "SHARE_OF_AFTER_REFERRAL":
        left_out |= {REFERRAL, REHOUSING}
    if terms["of"] == "SHARE_OF_AFTER_INTERNAL":
        left_out |= {REFERRAL, REHOUSING, INTERNAL}
    if terms["basis"] == "SHARE_BASIS_REPLACEMENT":
        left_out |= {INTERNAL}
    first = place[0]
    return bool(
        first["kind"] == terms["kind"]
        and first["day"] >= terms["counted_from"]
        and (not terms["departments"] or first["department"] in terms["departments"])
        and any(each["turn"]["channel"] not in left_out for each in place)
    )
