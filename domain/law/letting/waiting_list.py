"""The waiting list (almenboligloven § 51, letting order §§ 2-10): whose turn it is.

A turn follows from rules and dates alone: the rank that published criteria give, a priority
that the order or an agreement names, and time on the list. Nobody is scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

import msgspec

from domain import calendar
from domain.facts import Ties
from domain.law import acts
from domain.law.kernel import (
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    declared,
    rule,
)

CHILD_ROOMS = 3
"""Order § 4: from how many rooms on households with children may come first."""

LISTED_FROM_AGE = 15
"""Order § 3: whoever has turned 15 may be put on the list."""


class WaitingList(StrEnum):
    """The lists of an organisation."""

    ORDINARY = "ordinary"
    INTERNAL = "internal"
    """*Oprykningsventelisten*: tenants who give up a dwelling of the organisation."""


MOST_LOTS = 9_999
"""The greatest number that is drawn by lot, or in which somebody asked."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """What a candidate's turn rests on; `key` is the caller's own.

    `rank`: of the way that the criteria are met by, None where none bind the letting or it is not
    known. `exempt`: need not meet the criteria, which gives no rank. `lot`: the number drawn, 1
    first. `same_department`: gives up a dwelling in the department. `children`: has a child in
    the household, where an agreement under § 4 gives priority. `larger`, of somebody on the
    internal list: the dwelling has a larger gross floor area than the one given up. None: not
    stated.
    """

    key: str
    waiting_list: WaitingList
    registered_on: date | None
    rank: int | None = None
    exempt: bool = False
    lot: int | None = None
    asked: int | None = None
    same_department: bool | None = None
    children: bool | None = None
    larger: bool | None = None


class ListPlace(msgspec.Struct, frozen=True):
    """One candidate's place, and the reasons in the order in which they decide.

    Those whom nothing tells apart share a place. `tie` stands before what tells candidates apart
    who are level by the reasons before it, by its word (`Ties`), and "open" where that is not known
    or does not tell them apart.
    """

    key: str
    place: int
    reasons: tuple[tuple[str, str], ...]


_orders = partial(rule, question="waiting_list", effect=Effect.CLASSIFIES)


@_orders(
    "LET-WAITLIST",
    "almenboligloven § 51, stk. 1; udlejningsbekendtgørelsen § 2 og § 3",
    act=f"lov om almene boliger m.v.; {acts.LETTING_ORDER}",
    first_day=date(1997, 1, 1),
    start_verified=False,
    signed=acts.ALMENBOLIGLOVEN.day,
    printed=acts.LBK_1204_2009.day,
    points=("AMB-29FEB",),
    parameters={"age": LISTED_FROM_AGE},
)
def may_be_listed(
    born_on: date, day: date, readings: Readings, *, continues_tenancy: bool = False
) -> Finding:
    """Order § 3: at 15 a person may be put on the list, earlier who continues a tenancy.

    Whoever was born on 29 February turns 15 in a year that lacks the day (AMB-29FEB).
    """
    if continues_tenancy:
        return Finding(Status.MET, (), (("tenancy", "continued"),))
    from_day = calendar.months_after(born_on, 12 * LISTED_FROM_AGE)
    if from_day.day != born_on.day and day == from_day and readings("AMB-29FEB") == "b":
        from_day += timedelta(days=1)
    values = (("from_day", from_day.isoformat()),)
    return Finding(Status.MET if from_day <= day else Status.NOT_MET, (), values)


def internal_turns(vacancies: int) -> int:
    """Return to how many of so many vacant family dwellings the internal list goes first (§ 7)."""
    return vacancies // 2


@_orders(
    "LET-WAITLIST-HALF",
    "udlejningsbekendtgørelsen § 7",
    act=f"{acts.BEK_519_2019}; {acts.BEK_977_2024}",
    first_day=acts.BEK_519_2019.in_force,
    parameters={"every": 2},
)
def list_due(internal_before: int, ordinary_before: int) -> Finding:
    """Say whether a vacancy goes to the internal list: every second one does (§ 7).

    `..._before`: how many of the organisation's vacant family dwellings went to each list, since
    the alternation began. The second is the first that the priority reaches.
    """
    internal = internal_before < internal_turns(internal_before + ordinary_before + 1)
    values = (("internal", str(internal_before)), ("ordinary", str(ordinary_before)))
    return Finding(Status.MET if internal else Status.NOT_MET, (), values)


@_orders(
    "LET-CHILD",
    "udlejningsbekendtgørelsen § 4",
    act=acts.LETTING_ORDER,
    first_day=acts.BEK_1360_2018.in_force,
    parameters={"rooms": CHILD_ROOMS},
)
def children_first(agreed: bool, children: int | None, rooms: int | None) -> Finding:
    """Order § 4: by agreement, households with children come first to three rooms or more."""
    if not agreed:
        return Finding(Status.NOT_MET, (), (("agreement", "none"),))
    lacking = tuple(
        missing
        for missing, given in (
            (Missing("children_stated", "housing_organisation"), children),
            (Missing("rooms_recorded", "housing_organisation"), rooms),
        )
        if given is None
    )
    if children is None or rooms is None:
        return Finding(Status.UNKNOWN, (), (), lacking)
    met = children >= 1 and rooms >= CHILD_ROOMS
    values = (("children", str(children)), ("rooms", str(rooms)))
    return Finding(Status.MET if met else Status.NOT_MET, (), values)


def turns(
    candidates: Sequence[Candidate],
    due: WaitingList,
    every_second_since: bool,
    ties: Ties = Ties.SENIORITY,
) -> list[ListPlace]:
    """Put candidates in the order in which the dwelling is offered to them.

    First the rank that the criteria give; whoever is exempt from them was given none, and comes by
    list after those who were, as does whose rank is not known. Then households with children where
    that is agreed, then the list that the vacancy is due to, within the internal list those who
    give up a dwelling in the department (§ 10), and then the longest time on the list. Whoever uses
    the priority of § 7 goes before the children of § 4 unless the dwelling is larger than the one
    given up (§ 7, 3. pkt.). A candidate whose time is not known comes last, and is said to; what
    else is not known gives no priority, and is said as "?". `every_second_since`: the day lies
    after 1 July 2019; before it the internal list always came first. `ties`: by lot, or by who
    asked first, that alone follows on the rank; by time alone no list goes before another.
    """
    internal_first = not every_second_since or ties is Ties.INTERNAL_FIRST
    first = WaitingList.INTERNAL if internal_first else due
    agreed = any(one.children for one in candidates)
    # Where criteria give ranks, whoever was given none comes after those who were.
    ranked = any(one.rank is not None for one in candidates)

    def by_list(each: Candidate) -> list[tuple[str, str]]:
        found = []
        internal = each.waiting_list is WaitingList.INTERNAL
        alone = ties is Ties.TIME_ALONE
        if agreed:
            moves = internal and first is WaitingList.INTERNAL and not alone
            if moves and not each.children:
                # The agreement of § 4 reaches a move to a larger dwelling alone.
                found.append((_LARGER, _UNKNOWN if each.larger is None else str(int(each.larger))))
            before = True if moves and not each.larger else each.children
            found.append(("children_first", _first(before)))
        if alone:
            return found
        found.append(("list", "0" if each.waiting_list is first else "1"))
        found.append(("department", _first(each.same_department if internal else False)))
        return found

    def level(each: Candidate) -> list[tuple[str, str]]:
        rank = _UNKNOWN if each.rank is None else f"{each.rank:03d}"
        found = [("rank", _EXEMPT if each.exempt else rank)] if ranked else []
        return found if ties in _NO_LIST else found + by_list(each)

    def last(each: Candidate) -> tuple[str, str]:
        if ties in _NO_LIST:
            name = _NO_LIST[ties]
            number: int | None = getattr(each, name)
            return name, _UNKNOWN if number is None else f"{number:05d}"
        known = each.registered_on
        return "registered_on", _NEVER if known is None else known.isoformat()

    def order(reasons: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        # What is not known stands where "no" does.
        return tuple(_NO_PRIORITY.get(value, value) for name, value in reasons if name != _LARGER)

    def place(each: Candidate) -> tuple[tuple[str, ...], ...]:
        return order(level(each)), order([last(each)])

    levels = Counter(order(level(each)) for each in candidates)
    places = Counter(place(each) for each in candidates)

    def reasons(each: Candidate) -> tuple[tuple[str, str], ...]:
        if levels[order(level(each))] == 1:
            return (*level(each), last(each))
        known = last(each)[1] not in (_UNKNOWN, _NEVER)
        told = known and places[place(each)] == 1
        return (*level(each), (_TIE, str(ties) if told else _OPEN), last(each))

    ordered = sorted(candidates, key=lambda each: (place(each), each.key))
    first_with: dict[object, int] = {}
    for number, each in enumerate(ordered, 1):
        first_with.setdefault(place(each), number)
    return [ListPlace(each.key, first_with[place(each)], reasons(each)) for each in ordered]


_NO_LIST = {Ties.LOT: "lot", Ties.ASKED_FIRST: "asked"}
"""What follows on the rank alone, and the number of a candidate that it goes by."""
_TIE, _OPEN = "tie", "open"
_LARGER = "larger"
"""Said beside `children_first`, which it explains; it is no place in the order of its own."""
_FIRST, _LAST, _UNKNOWN, _EXEMPT, _NEVER = "0", "1", "?", "exempt", "9999-99-99"
_NO_PRIORITY = {_UNKNOWN: _LAST, _EXEMPT: _LAST}


def _first(given: bool | None) -> str:
    return _UNKNOWN if given is None else _FIRST if given else _LAST


RULES = declared(globals())
