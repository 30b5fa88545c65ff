"""Whether what was published of a list goes with the areas that are known to be on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.facts import (
    AreaListed,
    AreaListPublished,
    Listing,
    ListKind,
)
from domain.law.area.lists import listing
from services.area_lists.file import ListRow
from services.facts.municipalities import MADE_UP_MUNICIPALITY
from services.sheets.file import Problem


@dataclass(frozen=True, slots=True)
class ListSummary:
    """One list as it will stand: the areas known to be on it beside what was published.

    `known_on` counts areas of real municipalities, `made_up_on` those of the made-up one;
    `published_total` None: not known. `complete_for` names municipalities, where it is not
    complete nationwide.
    """

    list_day: date
    kind: ListKind
    known_on: int
    made_up_on: int
    published_total: int | None
    complete_nationwide: bool
    complete_for: tuple[str, ...]


def miscounted(
    lists: Iterable[ListRow], rows: Iterable[tuple[str, AreaListed]], left_out: Collection[str]
) -> Iterator[Problem]:
    """Find lists whose total or completeness the rows of their day speak against.

    `rows` pairs each row with its municipality's code; `left_out` are the areas of those rows
    that stand in the log and are not in the file.
    """
    by_day = rows_by_day(rows)
    for item in lists:
        fact, known = item.fact, by_day[item.fact.list_day]
        on, total = summary_of(fact, known).known_on, fact.published_total
        if total is not None and on > total:
            what = f"{total} areas were published, but {on} rows are on the {fact.kind} list"
            also = sorted(
                row.area
                for _, row in known
                if row.area in left_out and listing(row, fact.kind) is Listing.ON
            )
            if also:
                what += f", counting those that stand and are not in the file: {', '.join(also)}"
            yield Problem(item.line, "published_total", f"{what} (list of {fact.list_day})")
        if total is not None and on < total and fact.complete_nationwide:
            what = f"says nationwide, but {on} rows of {total} are on the {fact.kind} list"
            yield Problem(item.line, "complete", f"{what} of {fact.list_day}")
        unknown = sorted(
            row.area
            for municipality, row in known
            if listing(row, fact.kind) is Listing.UNKNOWN
            and (fact.complete_nationwide or municipality in fact.complete_for)
        )
        if unknown:
            what = f"covers areas that are unknown on the {fact.kind} list of {fact.list_day}"
            yield Problem(item.line, "complete", f"{what}: {', '.join(unknown)}")


def rows_by_day(
    rows: Iterable[tuple[str, AreaListed]],
) -> defaultdict[date, list[tuple[str, AreaListed]]]:
    """Return the rows of each list day, each with its municipality's code."""
    by_day: defaultdict[date, list[tuple[str, AreaListed]]] = defaultdict(list)
    for municipality, row in rows:
        by_day[row.list_day].append((municipality, row))
    return by_day


def summary_of(fact: AreaListPublished, known: list[tuple[str, AreaListed]]) -> ListSummary:
    """Return how a list stands beside the rows of its day."""
    on = [municipality for municipality, row in known if listing(row, fact.kind) is Listing.ON]
    made_up_on = on.count(MADE_UP_MUNICIPALITY)
    return ListSummary(
        list_day=fact.list_day,
        kind=fact.kind,
        known_on=len(on) - made_up_on,
        made_up_on=made_up_on,
        published_total=fact.published_total,
        complete_nationwide=fact.complete_nationwide,
        complete_for=fact.complete_for,
    )
