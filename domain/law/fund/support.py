"""When Landsbyggefonden may support a department of an area: the money there is, on its terms.

Which money there is the rules of `money` say; here stands what each kind of support takes of them,
and the terms of § 96, stk. 3. And the loss on a sale, which the agreement of 2018 lets the fund
cover and no act that was found does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from domain.law import acts
from domain.law.area.categories import Category
from domain.law.area.reached import reached
from domain.law.edition import Edition
from domain.law.fund.money import CARRIED_OVER, reduction
from domain.law.kernel import (
    Change,
    Confidence,
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    all_met,
    checklist,
    declared,
    rule,
)
from domain.reference import View


class Support(StrEnum):
    """What Landsbyggefonden is asked for."""

    WORKS = "works"
    """Loans for repair, access, rebuilding and common areas (§ 91, stk. 1, 2, 4 and 5)."""
    SOCIAL_EFFORT = "social_effort"
    """A social master plan's effort (boligsocial indsats, § 91 a, stk. 1)."""
    RENT = "rent"
    """Grants that lower the rent (§ 91 a, stk. 2, 1. pkt.)."""
    VACANCY_LOSS = "vacancy_loss"
    """A share of the rent lost by dwellings empty for rehousing (§ 91 a, stk. 2, 2. pkt.)."""
    INFRASTRUCTURE = "infrastructure"
    """Roads and the like that tie the area to the town (§ 91 b)."""
    RESCUE = "rescue"
    """Loans or grants to departments in economic trouble (§ 92, stk. 1)."""
    DEMOLITION = "demolition"
    """Demolition (§ 92, stk. 2)."""
    WINDING_UP = "winding_up"
    """Departments that a winding-up plan covers (§ 92, stk. 3)."""
    LOSS_ON_SALE = "loss_on_sale"
    """The loss on a sale under the plan, as the agreement of 2018 has it."""


class Takes(NamedTuple):
    """Where a kind of support stands, which rules have money for it, any of them, and what it asks.

    `needs`: the conditions of those rules that it must meet, beside § 96, stk. 3, and the years.
    """

    section: str
    rules: tuple[str, ...]
    needs: tuple[str, ...] = ()


TAKES = {
    Support.WORKS: Takes("§ 91, stk. 1, 2, 4 og 5", ("FUND-91-1", "FUND-91-4")),
    # From the master plan the fund may depart (§ 91 a, stk. 3). Substantial problems stk. 1 names,
    # of social efforts; stk. 2 names the frame alone.
    Support.SOCIAL_EFFORT: Takes("§ 91 a, stk. 1", ("FUND-91A",), ("substantial_problems_found",)),
    Support.RENT: Takes("§ 91 a, stk. 2, 1. pkt.", ("FUND-91A",)),
    Support.VACANCY_LOSS: Takes("§ 91 a, stk. 2, 2. pkt.", ("REH-VACANCY-LOSS",)),
    Support.INFRASTRUCTURE: Takes(
        "§ 91 b", ("FUND-91B",), ("master_plan_approved", "city_analysed")
    ),
    Support.RESCUE: Takes("§ 92, stk. 1", ("FUND-92-1",)),
    Support.DEMOLITION: Takes("§ 92, stk. 2", ("FUND-92-2", "FUND-92-2-ANYWHERE")),
    Support.WINDING_UP: Takes("§ 92, stk. 3", ("FUND-92-3",), ("winding_up_plan",)),
}
"""What each takes; the loss on a sale is in no act."""

NOT_NAMED = (Support.LOSS_ON_SALE, Support.WINDING_UP)
"""What § 96, stk. 3 does not name. Until 2021 it named § 92 as a whole; a winding-up plan takes the
place of the development plan that it speaks of, so that there is none to follow."""


_support = partial(
    rule,
    question="support",
    first_day=acts.LOV_1322_2018.in_force,
    act=acts.LOV_1322_2018,
)

_AREAS = ("transformation", "former_transformation")


@_support(
    "PLAN-96-3",
    "almenboligloven § 96, stk. 3",
    effect=Effect.OBLIGES,
    areas=_AREAS,
)
def only_by_the_plan(
    edition: Edition,
    view: View,
    area: str,
    support: Support,
    follows_plan: bool | None,
    day: date,
    readings: Readings,
) -> Finding:
    """§ 96, stk. 3: support is conditional on the reduction that the approved plan lays down.

    The master plan must entail it, for departments in a transformation area, or since 1 July 2021
    in a former one under a plan. The agreement says 40 per cent; the act says the approved plan,
    which may rest on a dispensation. Infrastructure is named throughout: as § 91 b in LBK
    1877/2021, before that as § 92 b, which § 91, stk. 11 of LBK 119/2019 says is about it. The text
    of § 92 b itself was not seen, nor the day on which it became § 91 b. `follows_plan` says what
    is recorded of no master plan; None: not stated.
    """
    if support in NOT_NAMED:
        return Finding(Status.NOT_APPLICABLE)
    place = reached(edition, view, area, (Category.TRANSFORMATION,), day, readings)
    if place.status is Status.NOT_MET:
        return Finding(Status.NOT_APPLICABLE, place.evidence)
    found = checklist(reduction(edition, view, area, follows_plan, day, readings))
    evidence = tuple(dict.fromkeys((*place.evidence, *found.evidence)))
    if place.status is Status.UNKNOWN and found.status is not Status.MET:
        missing = tuple(dict.fromkeys((*place.missing, *found.missing)))
        return Finding(Status.UNKNOWN, evidence, (), missing, (), found.conditions)
    return Finding(found.status, evidence, (), found.missing, (), found.conditions)


@_support(
    "FIN-SUPPORT",
    "almenboligloven §§ 91, 91 a, 91 b og 92",
    act=f"{acts.ALMENBOLIGLOVEN}; {acts.LOV_1322_2018}",
    effect=Effect.ALLOWS,
    parameters={str(support): list(takes) for support, takes in TAKES.items()},
)
def may_support(
    edition: Edition, support: Support, found: Mapping[str, Finding], day: date
) -> Finding:
    """§§ 91-92: Landsbyggefonden may support it, and decides, where some rule has money for it.

    `found`: what those rules say of the area on the day. Of a year with only what was left of the
    one before, how much that is nobody tells. What held before a rule's first day was not seen.
    """
    takes = TAKES[support]
    each = [_has_money(edition, rule_id, found[rule_id], takes, day) for rule_id in takes.rules]
    for status in (Status.MET, Status.UNKNOWN):
        those = [one for one in each if one.status is status]
        if those:
            break
    else:
        # What one of them lacks may be put right, which where it lies may not.
        lacking = [one for one in each if one.changes]
        those = (lacking or each)[:1]
    evidence = dict.fromkeys(item for one in those for item in one.evidence)
    missing = dict.fromkeys(m for one in those for m in one.missing)
    first = those[0]
    values = (("section", takes.section), *first.values)
    return Finding(first.status, tuple(evidence), values, tuple(missing), first.changes)


def _has_money(edition: Edition, rule_id: str, found: Finding, takes: Takes, day: date) -> Finding:
    """Say whether a rule has money for a kind of support, with what that demands."""
    if found.status is Status.NOT_IN_FORCE:
        first_day = edition.rules[rule_id].first_day
        if first_day <= day:
            return Finding(Status.NOT_MET, (), (("frame", "over"),))
        missing = Missing("support_before", "law_review", (("first_day", first_day.isoformat()),))
        return Finding(Status.UNKNOWN, (), (("text", "not_seen"),), (missing,))
    bearing = checklist([each for each in found.conditions if each.name in takes.needs])
    evidence = tuple(dict.fromkeys((*found.evidence, *bearing.evidence)))
    if found.status is Status.NOT_MET:
        return Finding(Status.NOT_MET, evidence)
    if bearing.status is Status.NOT_MET and found.status is Status.MET:
        change = Change("support_conditions_met")
        return Finding(Status.NOT_MET, evidence, (("lacking", "condition"),), (), (change,))
    carried = (CARRIED_OVER,) if "left_of" in dict(found.values) else ()
    missing_all = tuple(dict.fromkeys((*found.missing, *bearing.missing, *carried)))
    status = all_met((found.status, bearing.status, *((Status.UNKNOWN,) if carried else ())))
    return Finding(status, evidence, (), missing_all if status is Status.UNKNOWN else ())


@_support(
    "FIN-LOSS",
    "aftale af maj 2018 om parallelsamfund, del 2; ikke fundet i nogen lov",
    confidence=Confidence.AGREEMENT_ONLY,
    effect=Effect.INFORMS,
)
def loss_on_sale(*_: object) -> Finding:
    """Say of the loss on a sale, which the agreement lets the fund cover, that no act was found.

    § 75 j, stk. 5 and 6, are about sales to tenants under chapter 5 a alone.
    """
    return Finding(Status.UNKNOWN, (), (), (Missing("provision_found", "law_review"),))


RULES = declared(globals())
