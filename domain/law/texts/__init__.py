"""Texts for people as data: Danish, which is authoritative, and English beside it.

Nothing here is hashed or replayed: a text may be written better without a new revision of a
rule. Words in braces are filled from a finding's values or a missing fact's details by
`explain.py`; a text that is missing is an error there, never a blank.
"""

from __future__ import annotations

from domain.law.texts import area, referral
from domain.law.texts.answers import (
    AREA_IS,
    AREA_IS_NOTHING,
    AREA_IS_UNKNOWN,
    CHANGES,
    DUTIES,
    FALLBACK_CHANGES,
    MISSING,
    NOT_EXAMINED_ELSEWHERE,
    SUMMARY_BARRED,
    SUMMARY_LIFTED,
    SUMMARY_MISSING,
    SUMMARY_NO_GROUND,
    SUMMARY_ORDINARY,
    SUMMARY_OTHER_ACT,
    SUMMARY_POINTS,
    SUMMARY_PROHIBITED,
    SUMMARY_UKRAINE,
    SUMMARY_UNDETERMINED,
    SUPPLIED_BY,
    SUPPLIERS,
    VARIATION_DECIDES,
    VARIATION_NOT_EXAMINED,
    VARIATION_OUTCOME,
    VARIATION_READ,
    WARNINGS,
)
from domain.law.texts.consequences import CONSEQUENCES
from domain.law.texts.kinds import PointText, RuleText, Sentence, Text
from domain.law.texts.points import POINTS, START_POINT
from domain.law.texts.words import (
    AND,
    AREA_CATEGORIES,
    BENEFITS,
    CITIZENSHIP,
    CRITERIA,
    ERASED,
    LIST_KINDS,
    MEMBER_LISTS,
    MET_WORDS,
    MONTHS,
    NAMES_CHANGED,
    NATIONAL_SHARE_UNKNOWN,
    OLDER_LIST_KINDS,
    OUTCOMES,
    PLACES,
    PLANS,
    STATUSES,
    WITHOUT_VALUES,
)

RULES: dict[str, RuleText] = {**area.RULES, **referral.RULES}
"""Every rule of the package and every ground that it does not hold, by rule id."""

OLDER_RULES = area.OLDER_RULES

__all__ = [
    "AND",
    "AREA_CATEGORIES",
    "AREA_IS",
    "AREA_IS_NOTHING",
    "AREA_IS_UNKNOWN",
    "BENEFITS",
    "CHANGES",
    "CITIZENSHIP",
    "CONSEQUENCES",
    "CRITERIA",
    "DUTIES",
    "ERASED",
    "FALLBACK_CHANGES",
    "LIST_KINDS",
    "MEMBER_LISTS",
    "MET_WORDS",
    "MISSING",
    "MONTHS",
    "NAMES_CHANGED",
    "NATIONAL_SHARE_UNKNOWN",
    "NOT_EXAMINED_ELSEWHERE",
    "OLDER_LIST_KINDS",
    "OLDER_RULES",
    "OUTCOMES",
    "PLACES",
    "PLANS",
    "POINTS",
    "RULES",
    "START_POINT",
    "STATUSES",
    "SUMMARY_BARRED",
    "SUMMARY_LIFTED",
    "SUMMARY_MISSING",
    "SUMMARY_NO_GROUND",
    "SUMMARY_ORDINARY",
    "SUMMARY_OTHER_ACT",
    "SUMMARY_POINTS",
    "SUMMARY_PROHIBITED",
    "SUMMARY_UKRAINE",
    "SUMMARY_UNDETERMINED",
    "SUPPLIED_BY",
    "SUPPLIERS",
    "VARIATION_DECIDES",
    "VARIATION_NOT_EXAMINED",
    "VARIATION_OUTCOME",
    "VARIATION_READ",
    "WARNINGS",
    "WITHOUT_VALUES",
    "PointText",
    "RuleText",
    "Sentence",
    "Text",
]
