"""What rules about development plans share: how they are declared, and what the aim is."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import partial

from domain.law import acts
from domain.law.kernel import rule
from domain.reference import View

about_plans = partial(rule, question="plan")
"""Declares a rule about development plans."""

FIRST_DAY = acts.LOV_1322_2018.in_force
"""§§ 168 a to 168 c came with the act of 2018."""

TARGET = Fraction(40, 100)
"""§ 168 a, stk. 1, and § 168 b, stk. 1: the largest share of social family dwellings."""

TARGET_DAY = date(2030, 1, 1)
"""It is to be reached before this day."""

LAST_DAY = TARGET_DAY - timedelta(days=1)
"""The last day on which it can be."""


def municipality_of(view: View, area: str) -> str:
    """Return where an area lies; empty for one that is not registered."""
    registered = view.area(area)
    return "" if registered is None else registered.fact.municipality
