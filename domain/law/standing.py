"""Which decision stands on a day, and whether it is about the case at hand.

Whatever lifts a prohibition by being decided goes through here: a newer decision takes the place
of an older one, also after it has itself ended, and one that names another case is none of this
one. A decision that names no case is never taken to be about the one asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from domain import calendar
from domain.events import Recorded
from domain.facts import ListKind
from domain.law.area import lists
from domain.law.kernel import Finding, Missing, Status


def newest(
    decisions: Iterable[Recorded[Any]], day: date, taken: str = "decision_day"
) -> Recorded[Any] | None:
    """Return the decision taken last by `day`; `taken` names the field of its day.

    Of several taken on one day it is the one recorded last.
    """
    return max(
        (item for item in decisions if getattr(item.fact, taken) <= day),
        key=lambda item: (getattr(item.fact, taken), item.position),
        default=None,
    )


def standing(
    decisions: Iterable[Recorded[Any]], day: date, taken: str = "decision_day"
) -> Recorded[Any] | None:
    """Return the decision that stands on `day`: the newest, unless it has ended.

    What it took the place of does not come back when it ends.
    """
    item = newest(decisions, day, taken)
    if item is None or (item.fact.last_day is not None and item.fact.last_day < day):
        return None
    return item


class OfCase(NamedTuple):
    """Decisions that name the case, and those that name none."""

    named: list[Recorded[Any]]
    unnamed: list[Recorded[Any]]


def of_case(decisions: Iterable[Recorded[Any]], field: str, case: Collection[str]) -> OfCase:
    """Sort decisions by whether `field` names the case, whatever of `case` it goes by."""
    found = OfCase([], [])
    for item in decisions:
        named = getattr(item.fact, field)
        if not named:
            found.unnamed.append(item)
        elif named in case:
            found.named.append(item)
    return found


ASSESSMENT_MONTHS = 3
"""How long an assessment of what is vacant is taken to speak of the day asked about.

The acts name no period. Three months are an ordinary notice (almenlejeloven § 88): what falls
vacant within them could be known of when it was assessed.
"""


def of_other_vacancies(assessed_on: date, kinds: Iterable[ListKind], day: date) -> bool:
    """Tell whether what an assessment found possible may be no longer so on `day`.

    It looked at the dwellings vacant then, outside the areas on the lists of then.
    """
    listed = max(lists.list_day_due(kind, day) for kind in kinds)
    return assessed_on < listed or calendar.months_after(assessed_on, ASSESSMENT_MONTHS) < day


def assessed_anew(item: Recorded[Any], values: tuple[tuple[str, str], ...]) -> Finding:
    """Say that an assessment is of other vacancies, so that for the day none is made."""
    missing = Missing("assessed_anew", "municipality", values)
    return Finding(Status.NOT_MET, (item,), (*values, ("vacancies", "others")), (missing,))
