"""What stands beside every answer, whatever was asked: warnings, and texts that were not seen.

All of it is derived from what the answer rests on: its findings, under every reading, and the law
on the day. `decide` adds it to each decision, so that no question can forget it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import msgspec

from domain import calendar
from domain.law.answer import Decision, Examined
from domain.law.area import origin
from domain.law.area.categories import Category
from domain.law.case import settings
from domain.law.kernel import Confidence, Finding, LawPackage, ReadingInUse, Status, Tree
from domain.law.letting.flexible import LACKING
from domain.reference import View

LAW_NEWER_THAN_REVIEW = "LAW_NEWER_THAN_REVIEW"
LAW_REVIEW_STALE = "LAW_REVIEW_STALE"
DAY_AHEAD = "DAY_AHEAD"
"""The day lies after the day of asking: what holds until further notice is taken to go on."""
CRITERIA_NOT_SET = "CRITERIA_NOT_SET"
CRITERIA_REVISION_OVERDUE = "CRITERIA_REVISION_OVERDUE"
ATTESTED_ON_READINGS = "ATTESTED_ON_READINGS"

_APPLIED = frozenset({Status.MET, Status.NOT_MET, Status.UNKNOWN})


def told(decision: Decision, view: View, package: LawPackage) -> Decision:
    """Return the decision with what it must say of itself."""
    day = decision.judged_on or decision.question.day
    warned = dict.fromkeys(_of_the_law(decision, day, view, package))
    warned.update(dict.fromkeys(decision.warnings))
    if _rests_on_origin(decision, day, view, package):
        warned[origin.ORIGIN_CRITERION_JUDGMENT] = None
    warned.update(dict.fromkeys(_of_findings(decision, day)))
    return msgspec.structs.replace(
        decision, warnings=tuple(warned), unseen=tuple(_unseen(decision, package))
    )


def _of_the_law(decision: Decision, day: date, view: View, package: LawPackage) -> Iterator[str]:
    """Say that the law may have changed by the day, or that the day has not come."""
    if day > package.reviewed_through:
        yield LAW_NEWER_THAN_REVIEW
        limit = view.instance().stale_after_months
        if day > calendar.months_after(package.reviewed_through, limit):
            yield LAW_REVIEW_STALE
    asked_on = decision.question.asked_on
    if asked_on is not None and day > asked_on:
        yield DAY_AHEAD


def _of_findings(decision: Decision, day: date) -> Iterator[str]:
    set_aside = {e.rule_id for e in decision.concluded if _not_applicable(e.finding)}
    for each in (*decision.examined, *decision.concluded):
        for name, value in each.finding.values:
            if name == LACKING:
                yield CRITERIA_NOT_SET
            elif name == "attested_points":
                yield ATTESTED_ON_READINGS
            elif (
                name == "revision_due"
                and each.rule_id not in set_aside
                and date.fromisoformat(value) < day
            ):
                yield CRITERIA_REVISION_OVERDUE


def _not_applicable(finding: Finding) -> bool:
    return finding.status is Status.NOT_APPLICABLE


# --- The criterion of origin ----------------------------------------------------------------


def _rests_on_origin(decision: Decision, day: date, view: View, package: LawPackage) -> bool:
    """Tell whether something that the answer says would be otherwise without the criterion.

    Where the instance leaves it out of account on the day, nothing rests on it.
    """
    if day < origin.JUDGMENT or origin.suspension(view, day) is not None:
        return False
    in_use, _, readings = settings(view, day, package)
    if readings[origin.POINT] != origin.COUNTS:
        return False
    trees = [each.tree for each in (*decision.examined, *decision.concluded)]
    return (
        any(origin.POINT in variation.points for variation in decision.variations)
        or any(_parts(tree, in_use, package) for tree in (*trees, *decision.places))
        or any(_only_by_origin(each, day, package) for each in decision.examined)
    )


def _parts(tree: Tree[Any], in_use: dict[str, ReadingInUse], package: LawPackage) -> bool:
    """Tell whether a result is another where the criterion is set aside, as the rest is read.

    A point without a reading in use is read in every way.
    """
    if origin.POINT not in tree.points:
        return False
    free = [point for point in tree.points if not in_use[point].settled]
    for ways in product(*(package.points[point].readings for point in free)):
        read = {point: in_use[point].reading for point in tree.points}
        read.update(zip(free, ways, strict=True))
        results = [_said(tree.under({**read, origin.POINT: each})) for each in origin.READINGS]
        if results[0] != results[1]:
            return True
    return False


def _said(result: Any) -> Any:
    return (result.status, result.values) if isinstance(result, Finding) else result


def _only_by_origin(examined: Examined, day: date, package: LawPackage) -> bool:
    """Tell whether a rule applied reaches only areas that are what they are by the criterion.

    What a member is held against reaches that member whether it is met or not.
    """
    rule = package.rules.get(examined.rule_id)
    if rule is None or not rule.areas:
        return False
    applied = _APPLIED if examined.person is not None else {Status.MET}
    return examined.finding.status in applied and all(
        origin.rests(Category(area), day) for area in rule.areas
    )


# --- Texts that were not seen ---------------------------------------------------------------


def _unseen(decision: Decision, package: LawPackage) -> Iterator[tuple[str, Confidence]]:
    """Name each rule that the answer applied and whose text was not seen in the act itself."""
    findings = (*decision.examined, *decision.concluded)
    for rule_id in dict.fromkeys(e.rule_id for e in findings if e.finding.status in _APPLIED):
        rule = package.rules.get(rule_id)
        if rule is not None and rule.confidence is not Confidence.TEXT_SEEN:
            yield rule_id, rule.confidence
