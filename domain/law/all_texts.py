"""Texts for people as data: Danish, which is authoritative, and English beside it.

Nothing here is hashed or replayed: a text may be written better without a new revision of a
rule. Words in braces are filled from a finding's values or a missing fact's details by
`explain.py`; a text that is missing is an error there, never a blank.
"""

from __future__ import annotations

from domain.law.area import texts as area
from domain.law.area.consequences_texts import CONSEQUENCES
from domain.law.ending import texts as termination
from domain.law.ending.texts import (
    CONDITION_DETAILS,
    CONDITIONS,
    FACTORS,
    GROUNDS,
    METHODS,
    NONE,
    REQUEST_DETAILS,
    SANCTIONS,
    SUMMARY_DUTY_UNDER_80,
    VALUES,
)
from domain.law.letting import texts as letting
from domain.law.referral import texts as referral
from domain.law.texts import answers, points
from domain.law.texts.answers import (
    AREA_IS,
    AREA_IS_NOTHING,
    AREA_IS_UNKNOWN,
    FALLBACK_CHANGES,
    NOT_EXAMINED_ELSEWHERE,
    SUMMARY_BARRED,
    SUMMARY_ERASED,
    SUMMARY_LIFTED,
    SUMMARY_MISSING,
    SUMMARY_NO_GROUND,
    SUMMARY_ORDINARY,
    SUMMARY_OTHER_ACT,
    SUMMARY_POINTS,
    SUMMARY_PROHIBITED,
    SUMMARY_UKRAINE,
    SUMMARY_UNDETERMINED,
    SUMMARY_UNMET,
    SUPPLIED_BY,
    UNSEEN,
    VARIATION_DECIDES,
    VARIATION_NOT_EXAMINED,
    VARIATION_OUTCOME,
    VARIATION_READ,
)
from domain.law.texts.kinds import PointText, RuleText, Sentence, Text
from domain.law.texts.points import START_POINT
from domain.law.texts.words import (
    AND,
    AREA_CATEGORIES,
    BENEFITS,
    CITIZENSHIP,
    CRITERIA,
    DECIDED_ELSEWHERE,
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

RULES: dict[str, RuleText] = {
    **area.RULES,
    **referral.RULES,
    **letting.RULES,
    **termination.RULES,
}
"""Every rule of the package and every ground that it does not hold, by rule id."""

OLDER_RULES = area.OLDER_RULES
POINTS = {**points.POINTS, **points.LETTING_POINTS, **termination.POINTS}
SUPPLIERS = {**answers.SUPPLIERS, **letting.SUPPLIERS, **termination.SUPPLIERS}
MISSING = {**answers.MISSING, **letting.MISSING, **termination.MISSING}
CHANGES = {**answers.CHANGES, **letting.CHANGES, **termination.CHANGES}
DUTIES = {**answers.DUTIES, **letting.DUTIES, **termination.DUTIES}
WARNINGS = {**answers.WARNINGS, **letting.WARNINGS, **termination.WARNINGS}
SUMMARIES = {**letting.SUMMARIES, **termination.SUMMARIES}
SUMMARIES_BY = termination.SUMMARIES_BY
ASKED_CONDITIONS = letting.ASKED_CONDITIONS
CRITERION_KINDS = letting.CRITERION_KINDS
SIGHT_DETAILS = letting.SIGHT_DETAILS

__all__ = [
    "AND",
    "AREA_CATEGORIES",
    "AREA_IS",
    "AREA_IS_NOTHING",
    "AREA_IS_UNKNOWN",
    "ASKED_CONDITIONS",
    "BENEFITS",
    "CHANGES",
    "CITIZENSHIP",
    "CONDITIONS",
    "CONDITION_DETAILS",
    "CONSEQUENCES",
    "CRITERIA",
    "CRITERION_KINDS",
    "DECIDED_ELSEWHERE",
    "DUTIES",
    "ERASED",
    "FACTORS",
    "FALLBACK_CHANGES",
    "GROUNDS",
    "LIST_KINDS",
    "MEMBER_LISTS",
    "METHODS",
    "MET_WORDS",
    "MISSING",
    "MONTHS",
    "NAMES_CHANGED",
    "NATIONAL_SHARE_UNKNOWN",
    "NONE",
    "NOT_EXAMINED_ELSEWHERE",
    "OLDER_LIST_KINDS",
    "OLDER_RULES",
    "OUTCOMES",
    "PLACES",
    "PLANS",
    "POINTS",
    "REQUEST_DETAILS",
    "RULES",
    "SANCTIONS",
    "SIGHT_DETAILS",
    "START_POINT",
    "STATUSES",
    "SUMMARIES",
    "SUMMARIES_BY",
    "SUMMARY_BARRED",
    "SUMMARY_DUTY_UNDER_80",
    "SUMMARY_ERASED",
    "SUMMARY_LIFTED",
    "SUMMARY_MISSING",
    "SUMMARY_NO_GROUND",
    "SUMMARY_ORDINARY",
    "SUMMARY_OTHER_ACT",
    "SUMMARY_POINTS",
    "SUMMARY_PROHIBITED",
    "SUMMARY_UKRAINE",
    "SUMMARY_UNDETERMINED",
    "SUMMARY_UNMET",
    "SUPPLIED_BY",
    "SUPPLIERS",
    "UNSEEN",
    "VALUES",
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
