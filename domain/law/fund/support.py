"""When Landsbyggefonden may support a department of an area: the money there is, on its terms.

Which money there is the rules of `money` say; here stands what each kind of support takes of them,
and the terms of § 96, stk. 3. And the loss on a sale, which the agreement of 2018 lets the fund
cover and no act that was found does.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """Which rules have money for a kind of support, any of them; and what each then demands.

    `needs`: the conditions of those rules that it must meet, beside § 96, stk. 3, and the years.
    """

    rules: tuple[str, ...]
    needs: frozenset[str] = frozenset()


TAKES = {
    Support.WORKS: Takes(("FUND-91-1", "FUND-91-4")),
    # From the master plan the fund may depart (§ 91 a, stk. 3). Substantial problems stk. 1 names,
    # of social efforts; stk. 2 names the frame alone.
    Support.SOCIAL_EFFORT: Takes(("FUND-91A",), frozenset({"substantial_problems_found"})),
    Support.RENT: Takes(("FUND-91A",)),
    Support.VACANCY_LOSS: Takes(("REH-VACANCY-LOSS",)),
    Support.INFRASTRUCTURE: Takes(
        ("FUND-91B",), frozenset({"master_plan_approved", "city_analysed"})
    ),
    Support.RESCUE: Takes(("FUND-92-1",)),
    Support.DEMOLITION: Takes(("FUND-92-2-ANYWHERE", "FUND-92-2")),
    Support.WINDING_UP: Takes(("FUND-92-3",), frozenset({"winding_up_plan"})),
}
"""What each takes; the loss on a sale is in no act."""

NOT_NAMED = (Support.LOSS_ON_SALE, Support.WINDING_UP)
"""What § 96, stk. 3 does not name. Until 2021 it named § 92 as a whole; a winding-up plan takes the
place of the development plan that it speaks of, so that there is none to follow."""


def supported(found: Finding, needs: frozenset[str]) -> Finding:
    """Say whether there is money of a rule for a kind of support, with what that demands.

    Of a year with only what was left of the one before, how much that is nobody tells.
    """
    bearing = [each for each in found.conditions if each.name in needs]
    statuses = [found.status, *(each.status for each in bearing)]
    missing = [*found.missing, *(m for each in bearing for m in each.missing)]
    if "left_of" in dict(found.values):
        statuses.append(Status.UNKNOWN)
        missing.append(CARRIED_OVER)
    status = all_met(statuses)
    shown = (*found.evidence, *(item for each in bearing for item in each.evidence))
    lacks = found.status is Status.MET and all_met(each.status for each in bearing) is status
    lacking = lacks and status is not Status.MET
    return Finding(
        status,
        tuple(dict.fromkeys(shown)),
        (*found.values, *((("lacking", "condition"),) if lacking else ())),
        tuple(dict.fromkeys(missing)) if status is Status.UNKNOWN else (),
        (Change("support_conditions_met"),) if lacking and status is Status.NOT_MET else (),
        found.conditions,
    )


def not_yet(first_day: date) -> Finding:
    """Say of a rule that was not in force yet that what held before it was not seen."""
    missing = Missing("support_before", "law_review", (("first_day", first_day.isoformat()),))
    return Finding(Status.UNKNOWN, (), (("text", "not_seen"),), (missing,))


def unless(last: Finding, others: Sequence[Finding]) -> Finding:
    """Say what bars where any of several rules is enough: the last one found, unless another has
    money, or may have some.
    """
    if last.status is not Status.NOT_MET:
        return last
    if any(each.status is Status.MET for each in others):
        return Finding(Status.NOT_APPLICABLE)
    missing = [m for each in others if each.status is Status.UNKNOWN for m in each.missing]
    if missing:
        return Finding(Status.UNKNOWN, last.evidence, (), tuple(dict.fromkeys(missing)))
    return last


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
