"""The lists of ghetto areas before 1 December 2018, and the list of combined-letting areas.

§ 61 a, stk. 2 of 2010 named 1 January 2011 and then each 1 October. The first list on the test of
2014 came on 1 February 2014; since then lists come on 1 December.
"""

from __future__ import annotations

from datetime import date

from domain import calendar
from domain.facts import ListKind
from domain.law import area as area_law
from domain.law.kernel import Finding
from domain.reference import View

LIST_DAYS = (
    date(2011, 1, 1),
    date(2011, 10, 1),
    date(2012, 10, 1),
    date(2013, 10, 1),
    date(2014, 2, 1),
)
FIRST_DECEMBER = date(2014, 12, 1)


def list_day_due(kind: ListKind, day: date) -> date:
    """Return the day of the list of a kind that holds on `day`."""
    if kind is ListKind.PARALLEL_SOCIETY and LIST_DAYS[0] <= day < FIRST_DECEMBER:
        return max(due for due in LIST_DAYS if due <= day)
    return calendar.list_day_due(day)


def listed(view: View, area: str, kind: ListKind, day: date) -> Finding:
    """Say whether the area is on the list of a kind that holds on `day`."""
    return area_law.on_list(view, area, kind, list_day_due(kind, day))
