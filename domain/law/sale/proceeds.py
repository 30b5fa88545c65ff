"""What the proceeds of a sale may be used for, and what of them Landsbyggefonden is paid.

Almenboligloven §§ 20, stk. 1, nr. 2, and stk. 3-6, 28, stk. 6, 80 g and 119 b. Money is in whole
øre; a share of it is rounded to the nearest one, since no act says how.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, NamedTuple

from domain.events import Recorded
from domain.facts import (
    PartOfPlan,
    ProceedsSettled,
    ProceedsUse,
    ProceedsUseDecided,
    PropertySold,
)
from domain.law import acts
from domain.law.area.categories import Category
from domain.law.area.reached import reached
from domain.law.edition import Edition
from domain.law.kernel import (
    Change,
    Condition,
    Confidence,
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    checklist,
    declared,
    rule,
)
from domain.law.sale.approval import stated
from domain.law.sale.terms import in_vulnerable_area
from domain.reference import View

PER_CENT = 40
"""§ 80 g, stk. 1: the share that Landsbyggefonden is paid."""

FREE_USES = (ProceedsUse.MASTER_PLAN, ProceedsUse.LAND_GRANT, ProceedsUse.REMARKING)
"""§ 80 g, stk. 2: what money may be used for without that payment."""


class Proceeds(NamedTuple):
    """What stands on a day of a sale, of its settlement, and of what was decided of the money.

    None: not recorded, or of a later day.
    """

    sold: Recorded[PropertySold] | None
    settled: Recorded[ProceedsSettled] | None
    uses: tuple[Recorded[ProceedsUseDecided], ...] = ()

    @property
    def evidence(self) -> tuple[Recorded[Any], ...]:
        """What of it is recorded."""
        found: tuple[Recorded[Any] | None, ...] = (self.sold, self.settled, *self.uses)
        return tuple(item for item in found if item is not None)

    @property
    def decided_oere(self) -> int:
        """What is decided of it, whatever for."""
        return sum(use.fact.amount_oere for use in self.uses)


def recorded(view: View, sale: str, area: str, day: date) -> Proceeds:
    """Return what is recorded of the proceeds of a sale in an area up to `day`."""
    sold = [
        item
        for item in view.find(PropertySold, sale)
        if item.fact.area == area and item.fact.sold_on <= day
    ]
    settled = [i for i in view.find(ProceedsSettled, sale) if i.fact.settled_on <= day]
    uses = [item for item in view.find(ProceedsUseDecided, sale) if item.fact.decided_on <= day]
    if not sold:
        return Proceeds(None, None)
    return Proceeds(sold[-1], settled[-1] if settled else None, tuple(uses))


def share_oere(amount: int, day: date) -> int:
    """Return 40 per cent of an amount, to the nearest øre: the fifths of one are never halves."""
    return (amount * PER_CENT + 50) // 100


_proceeds = partial(
    rule,
    question="proceeds",
    effect=Effect.ALLOWS,
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
)


@_proceeds("FIN-PROCEEDS", "almenboligloven § 20, stk. 1, nr. 2, og stk. 2-4")
def in_the_fund(proceeds: Proceeds, amount: int | None, day: date) -> Finding:
    """§ 20, stk. 1, nr. 2: surplus net proceeds of what is disposed of go into the fund.

    And whether as much is left there as is asked about. `amount` None: no amount is asked about.
    """
    if proceeds.sold is None:
        return Finding(Status.UNKNOWN, (), (), (Missing("sale_recorded", "landlord"),))
    settled = proceeds.settled
    if settled is None:
        missing = (Missing("proceeds_settled", "landlord"),)
        return Finding(Status.UNKNOWN, proceeds.evidence, (), missing)
    left = settled.fact.into_fund_oere - proceeds.decided_oere
    values = (
        ("net_oere", str(settled.fact.net_oere)),
        ("into_fund_oere", str(settled.fact.into_fund_oere)),
        ("decided_oere", str(proceeds.decided_oere)),
        ("left_oere", str(left)),
    )
    evidence = proceeds.evidence
    if amount is None or amount <= left:
        return Finding(Status.MET, evidence, values)
    asked = (*values, ("asked_oere", str(amount)))
    change = Change("amount_left", (("left_oere", str(left)),))
    return Finding(Status.NOT_MET, evidence, asked, (), (change,))


@_proceeds(
    "FIN-28-6",
    "almenboligloven § 28, stk. 6, 2. pkt.",
    areas=("vulnerable", "former_transformation"),
)
def transferable(
    edition: Edition, view: View, area: str | None, sold_on: date, day: date, readings: Readings
) -> Finding:
    """§ 28, stk. 6, 2. pkt.: the minister may let proceeds from a vulnerable area go to the fund.

    Instead of repaying loans. What the area was on the day of the sale counts; since 1 July 2021
    a former transformation area under a plan keeps it. It is for the minister to hold to when it is
    applied for, and bars no use of the money: an approval that was given stands, and the money lies
    in the fund by it. Where the area was none of these, a warning says so.
    """
    place = in_vulnerable_area(edition, view, area, sold_on, readings)
    return Finding(place.status, place.evidence, (("sold_on", sold_on.isoformat()),), place.missing)


# --- Uses that have conditions of their own ----------------------------------------------------


@_proceeds("FIN-LAND", "almenboligloven § 20, stk. 5, og § 119 b")
def land_grant(
    sold: Recorded[PropertySold] | None,
    support_committed: bool | None,
    local_plan: bool | None,
    land_too_dear: bool | None,
    day: date,
) -> Finding:
    """§§ 20, stk. 5, and 119 b: a grant for land, of money from a sale under a joint plan.

    A municipal plan (§ 168 b) is not named. Further it takes a commitment of support under §§ 115
    and 117, a local plan for housing, and land that costs too much to build within the maximum;
    the minister approves it. § 119 a, whose condition also holds, was not seen.
    """
    name = "sold_under_joint_plan"
    if sold is None or sold.fact.plan is None:
        missing = (Missing("plan_of_sale_stated", "landlord"),)
        under_plan = Condition(name, Status.UNKNOWN, (), (), missing)
    else:
        status = Status.MET if sold.fact.plan is PartOfPlan.JOINT else Status.NOT_MET
        under_plan = Condition(name, status, (sold,))
    return checklist(
        (
            under_plan,
            stated(Missing("support_committed", "municipality"), support_committed),
            stated(Missing("local_plan_for_housing", "municipality"), local_plan),
            stated(Missing("land_too_dear", "landlord"), land_too_dear),
        )
    )


@_proceeds(
    "FIN-REMARK",
    "almenboligloven § 20, stk. 6",
    areas=("parallel_society", "former_transformation"),
)
def remarking(
    edition: Edition,
    view: View,
    area: str,
    sold_on: date,
    used_in: str | None,
    remarked: bool | None,
    rent_above_usual: bool | None,
    day: date,
    readings: Readings,
) -> Finding:
    """§ 20, stk. 6: a contribution to youth dwellings marked anew in a parallel society.

    Of money from a sale in one; the dwellings are marked under § 4, stk. 1, nr. 9 or 11, and
    their rent lies above the usual one of supported youth dwellings when it is promised. What the
    area of the sale was on the day of the sale counts. A former transformation area under a plan
    keeps it. § 101 b, stk. 3, which also holds, was not seen.
    """
    kinds = (Category.PARALLEL_SOCIETY,)
    sold_in = reached(edition, view, area, kinds, sold_on, readings)
    if used_in is None:
        youth_in = stated(Missing("youth_in_parallel_society", "landlord"), None)
    else:
        there = reached(edition, view, used_in, kinds, day, readings)
        youth_in = Condition(
            "youth_in_parallel_society", there.status, there.evidence, (), there.missing
        )
    return checklist(
        (
            Condition(
                "sold_in_parallel_society", sold_in.status, sold_in.evidence, (), sold_in.missing
            ),
            youth_in,
            stated(Missing("remarked_as_youth", "municipality"), remarked),
            stated(Missing("rent_above_usual", "landlord"), rent_above_usual),
        )
    )


# --- What Landsbyggefonden is paid -------------------------------------------------------------


class Planned(NamedTuple):
    """A use of the money that is asked about: what for, how much, and where (None: not stated)."""

    use: ProceedsUse
    amount_oere: int | None
    used_in: str | None


@_proceeds(
    "FIN-80G",
    "almenboligloven § 80 g",
    effect=Effect.OBLIGES,
    areas=("vulnerable", "former_transformation"),
    points=("AMB-80G-PLAN", "AMB-80G-UNDECIDED"),
    parameters={"per_cent": PER_CENT, "free": sorted(FREE_USES)},
    parts=(share_oere,),
)
def to_landsbyggefonden(
    proceeds: Proceeds, planned: Planned | None, area: str, day: date, readings: Readings
) -> Finding:
    """§ 80 g: of money under an approval of § 28, stk. 6, 2. pkt., 40 per cent are paid.

    Not of what it is decided to use for activities of an approved master plan, for land or for
    marking dwellings anew. Whether the master plan of another area will do is AMB-80G-PLAN; what
    holds of money of which nothing is decided is AMB-80G-UNDECIDED. What is asked about counts as
    if it were decided.
    """
    settled = proceeds.settled
    if proceeds.sold is None or settled is None:
        return Finding(Status.UNKNOWN, (), (), (Missing("proceeds_settled", "landlord"),))
    evidence = proceeds.evidence
    if settled.fact.transfer_approved is None:
        missing = (Missing("transfer_approval_stated", "landlord"),)
        return Finding(Status.UNKNOWN, evidence, (), missing)
    if not settled.fact.transfer_approved:
        return Finding(Status.NOT_APPLICABLE, evidence)
    decided = [Planned(u.fact.use, u.fact.amount_oere, u.fact.used_in) for u in proceeds.uses]
    asked = [planned] if planned is not None and planned.amount_oere is not None else []
    taken = [(_free(each, area, readings), each.amount_oere or 0) for each in (*decided, *asked)]
    if any(free is None for free, _ in taken):
        missing = (Missing("master_plan_of_stated", "landlord"),)
        return Finding(Status.UNKNOWN, evidence, (), missing)
    liable = sum(amount for free, amount in taken if not free)
    free = sum(amount for free, amount in taken if free)
    left = settled.fact.into_fund_oere - liable - free
    if left > 0 and planned is None and readings("AMB-80G-UNDECIDED") == "b":
        liable, left = liable + left, 0
    values: tuple[tuple[str, str], ...] = (
        ("liable_oere", str(liable)),
        ("free_oere", str(free)),
        ("undecided_oere", str(left)),
        ("to_pay_oere", str(share_oere(liable, day))),
    )
    if asked:
        this_free, amount = taken[-1]
        of_this = 0 if this_free else share_oere(amount, day)
        values = (*values, ("asked_oere", str(amount)), ("of_asked_oere", str(of_this)))
    return Finding(Status.MET if liable else Status.NOT_MET, evidence, values)


def _free(planned: Planned, area: str, readings: Readings) -> bool | None:
    """§ 80 g, stk. 2: nothing is paid of what is used for this; None: it can't be told."""
    if planned.use not in FREE_USES:
        return False
    if planned.use is not ProceedsUse.MASTER_PLAN or planned.used_in == area:
        return True
    if readings("AMB-80G-PLAN") == "a":
        return True
    return None if planned.used_in is None else False


@_proceeds(
    "FIN-80G-AGREED",
    "aftale af maj 2018 om parallelsamfund, del 2; ikke fundet i nogen lov",
    confidence=Confidence.AGREEMENT_ONLY,
    effect=Effect.INFORMS,
)
def free_in_other_areas(*_: object) -> Finding:
    """Say of what the agreement frees beyond the act that it decides nothing.

    Improvements and rent reductions in other vulnerable areas, without a master plan.
    """
    return Finding(Status.NOT_APPLICABLE)


RULES = declared(globals())
