"""When Landsbyggefonden may support a department of an area under a development plan.

Almenboligloven §§ 91-92 and 96, stk. 3; and the loss on a sale, which the agreement of 2018 lets
it cover and no act that was found does. Frames and yearly amounts of the fund are not counted here.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import partial

from domain.law import acts
from domain.law.edition import Edition
from domain.law.ending import sale
from domain.law.kernel import (
    Condition,
    Confidence,
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    applies,
    checklist,
    declared,
    rule,
)
from domain.law.sale.approval import stated
from domain.reference import View

CARRIED_OVER_UNTIL = date(2028, 1, 1)
"""§ 91 a, stk. 1: what of 2026 is not used may be carried over to 2027, and no further."""

VACANCY_FRAME_OERE = 1_000_000_000
"""§ 91 a, stk. 2: 10 million kroner a year, at the prices of 2018; indexed since 2019."""


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
    LOSS_ON_SALE = "loss_on_sale"
    """The loss on a sale under the plan, as the agreement of 2018 has it."""


_support = partial(
    rule,
    question="support",
    first_day=acts.LOV_1322_2018.in_force,
    act=acts.LOV_1322_2018,
)

_AREAS = ("transformation", "former_transformation")


SECTIONS = {
    Support.WORKS: "§ 91, stk. 1, 2, 4 og 5",
    Support.SOCIAL_EFFORT: "§ 91 a, stk. 1",
    Support.RENT: "§ 91 a, stk. 2, 1. pkt.",
    Support.VACANCY_LOSS: "§ 91 a, stk. 2, 2. pkt.",
    Support.INFRASTRUCTURE: "§ 91 b",
    Support.RESCUE: "§ 92, stk. 1",
    Support.DEMOLITION: "§ 92, stk. 2",
}
"""Where each stands in almenboligloven."""


@_support(
    "FIN-SUPPORT",
    "almenboligloven §§ 91, 91 a, 91 b og 92",
    act=acts.ALMENBOLIGLOVEN,
    effect=Effect.ALLOWS,
    parameters={str(support): section for support, section in SECTIONS.items()},
)
def may_support(support: Support, day: date) -> Finding:
    """§§ 91-92: Landsbyggefonden may support it; it decides itself, within its frames."""
    return Finding(Status.MET, (), (("section", SECTIONS[support]),))


@_support(
    "PLAN-96-3-91B",
    "almenboligloven § 96, stk. 3, jf. § 91 b",
    act=acts.LBK_1877_2021,
    effect=Effect.OBLIGES,
    first_day=acts.LOV_1167_2021.in_force,
    start_verified=False,
    printed=acts.LBK_1877_2021.day,
)
def infrastructure_named(day: date) -> Finding:
    """§ 96, stk. 3, names support of infrastructure (§ 91 b): since when was not seen.

    The consolidations of 2019 and 2020 name §§ 91, 91 a, 92 and 92 b; that of 2021 § 91 b too.
    """
    return Finding(Status.MET)


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
    which may rest on a dispensation. None: not stated.
    """
    if support is Support.LOSS_ON_SALE:
        return Finding(Status.NOT_APPLICABLE)
    if support is Support.INFRASTRUCTURE:
        named = edition.rules["PLAN-96-3-91B"]
        if not applies(named, day, readings) or named.evaluate(day).status is not Status.MET:
            return Finding(Status.NOT_APPLICABLE)
    place = sale.transformation(edition, view, area, day, readings)
    if place.status is Status.NOT_MET:
        return Finding(Status.NOT_APPLICABLE, place.evidence)
    if follows_plan:
        return Finding(Status.MET, place.evidence)
    if place.status is Status.UNKNOWN:
        return Finding(Status.UNKNOWN, place.evidence, (), place.missing)
    if follows_plan is None:
        missing = (Missing("master_plan_follows", "landlord"),)
        return Finding(Status.UNKNOWN, place.evidence, (), missing)
    return Finding(Status.NOT_MET, place.evidence)


@_support(
    "FIN-VACANCY",
    "almenboligloven § 91 a, stk. 1, 2. pkt., og stk. 2, 2. pkt.",
    act=f"{acts.LOV_1322_2018}; {acts.LOV_1167_2021}",
    effect=Effect.ALLOWS,
    areas=_AREAS,
    parameters={"frame_oere": VACANCY_FRAME_OERE, "carried_over_until": CARRIED_OVER_UNTIL},
)
def share_of_vacancy_loss(
    edition: Edition,
    view: View,
    area: str,
    rehousing: bool | None,
    day: date,
    readings: Readings,
) -> Finding:
    """§ 91 a, stk. 2, 2. pkt.: a share of the rent lost by rehousing from a transformation area.

    How large a share the act leaves to the fund. It is of the years 2019-2026; what is then unused
    may be carried over to 2027. None: not stated.
    """
    rule = edition.rules["REH-VACANCY-LOSS"]
    place = sale.transformation(edition, view, area, day, readings)
    name = "frame_open"
    if rule.in_force(day):
        frame = Condition(name, Status.MET)
    elif day < CARRIED_OVER_UNTIL:
        missing = (Missing("carried_over", "landsbyggefonden"),)
        frame = Condition(name, Status.UNKNOWN, (), (), missing)
    else:
        frame = Condition(name, Status.NOT_MET)
    return checklist(
        (
            Condition("transformation_area", place.status, place.evidence, (), place.missing),
            stated(Missing("vacant_for_rehousing", "landlord"), rehousing),
            frame,
        )
    )


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
