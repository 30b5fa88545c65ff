"""Where a rule reaches: areas of some categories, and former ones under a plan that keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.law.area import former
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.kernel import Finding, Readings, Status
from domain.reference import View


def reached(
    edition: Edition,
    view: View,
    area: str | None,
    categories: Sequence[Category],
    day: date,
    readings: Readings,
) -> Finding:
    """Say whether an area is of one of the categories, or a former transformation area that keeps
    what a plan keeps up (§ 168 a, stk. 5, and § 168 b, stk. 9). None: it lies in no area.
    """
    if area is None:
        return Finding(Status.NOT_MET)
    found = [area_law.status(edition, view, area, each, day, readings) for each in categories]
    if edition.rules["PLAN-FORMER-TOOLS"].in_force(day):
        found.append(former.former_area_tools(view, area, day, readings))
    evidence = tuple(dict.fromkeys(item for each in found for item in each.evidence))
    statuses = {each.status for each in found}
    if Status.MET in statuses:
        return Finding(Status.MET, evidence)
    if Status.UNKNOWN in statuses:
        missing = dict.fromkeys(m for each in found for m in each.missing)
        return Finding(Status.UNKNOWN, evidence, (), tuple(missing))
    return Finding(Status.NOT_MET, evidence)
