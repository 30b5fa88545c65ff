"""What is in force in an area on a day, by the kinds of tools that the agreement of 2018 brought.

One answer: rules of physical change, rules of letting, and Landsbyggefonden's money, each with its
section, and whether it is in force there or may be. What agreement and explainer name and husret
does not decide is listed apart (`outside_texts.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

import msgspec

from domain.law.answer import Examined
from domain.law.area import origin
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.consequences import KEEPING, Consequence, ToolKind, consequences, kind_of
from domain.law.edition import Edition
from domain.law.kernel import Finding, Readings, Status
from domain.reference import View

K = TypeVar("K", bound=str)

EVERYWHERE = ("fund", "governance")
"""What rules are asked for that are tools and reach every area, where they name no category."""

EVICTION = "EVI-90-10"
"""The agreement put it under vulnerable areas; the act lets it hold of every social tenancy."""


class Tool(msgspec.Struct, frozen=True, gc=False):
    """A rule that is in force in an area (met), or may be (unknown), and what that rests on.

    `categories`: those of the area that it follows from; none: it reaches every area.
    `evaluated`: the edition evaluates the rule; else it is named for information only. `said`: what
    the rule itself finds of the area, of a rule that is asked about areas.
    """

    rule_id: str
    section: str
    kind: ToolKind
    categories: tuple[Category, ...]
    evaluated: bool
    finding: Finding
    said: Examined | None = None


def kept_on(edition: Edition, view: View, area: str, day: date) -> dict[str, Finding]:
    """Return what the rules find that keep others going in a former transformation area."""
    found = {}
    for rule_id in KEEPING:
        rule = edition.rules[rule_id]
        if rule.in_force(day):
            found[rule_id], _ = area_law.judged(
                edition, view, day, partial(_kept, rule.evaluate, view, area, day)
            )
    return found


def _kept(
    evaluate: Callable[..., Finding], view: View, area: str, day: date, read: Readings
) -> Finding:
    found = evaluate(view, area, day, read)
    return origin.without(view, Category.FORMER_TRANSFORMATION, day, found, read)


def tools(edition: Edition, view: View, area: str, day: date) -> tuple[Tool, ...]:
    """Return every tool that is in force in the area on `day`, and each that may be."""
    standing = {
        each.category: each.finding for each in area_law.standings(edition, view, area, day)
    }
    kept = kept_on(edition, view, area, day)
    sure = consequences(edition, day, _of(standing, Status.MET), _of(kept, Status.MET))
    perhaps = consequences(
        edition,
        day,
        _of(standing, Status.MET, Status.UNKNOWN),
        _of(kept, Status.MET, Status.UNKNOWN),
    )
    known = {each.rule_id for each in sure}
    reaching = [(each, Status.MET) for each in sure]
    reaching += [(each, Status.UNKNOWN) for each in perhaps if each.rule_id not in known]
    reaching += [
        (Consequence(rule.id, rule.section, (), True, kind_of(rule)), Status.MET)
        for rule in edition.rules.values()
        if (rule.question in EVERYWHERE or rule.id == EVICTION)
        and not rule.areas
        and rule.in_force(day)
    ]
    found = []
    for each, status in reaching:
        rests_on = [standing[category] for category in each.categories]
        if Category.FORMER_TRANSFORMATION in each.categories:
            rests_on += kept.values()
        said = _said(edition, view, area, day, each.rule_id)
        finding = _resting(status, rests_on) if said is None else said.finding
        if finding.status in (Status.MET, Status.UNKNOWN):
            found.append(
                Tool(
                    each.rule_id,
                    each.section,
                    each.kind,
                    each.categories,
                    each.evaluated,
                    finding,
                    said,
                )
            )
    return tuple(found)


def _of(found: Mapping[K, Finding], *statuses: Status) -> Collection[K]:
    return [key for key, finding in found.items() if finding.status in statuses]


def _resting(status: Status, found: list[Finding]) -> Finding:
    """Return what a tool rests on that hangs on the area's status alone."""
    resting = [each for each in found if each.status is status]
    evidence = dict.fromkeys(item for each in resting for item in each.evidence)
    missing = dict.fromkeys(m for each in resting for m in each.missing)
    known = status is Status.MET
    return Finding(status, tuple(evidence), (), () if known else tuple(missing))


def _said(edition: Edition, view: View, area: str, day: date, rule_id: str) -> Examined | None:
    """Return what a rule about Landsbyggefonden's money finds of the area."""
    rule = edition.rules.get(rule_id)
    if rule is None or rule.question != "fund":
        return None

    def evaluate(readings: Readings) -> Finding:
        found: Finding = rule.evaluate(edition, view, area, day, readings)
        return found

    finding, tree = area_law.judged(edition, view, day, evaluate)
    return Examined(rule_id, finding, tree, area=area)
