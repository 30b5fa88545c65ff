"""The criterion of origin, apart from all others, so that it can be suspended by itself.

§ 61 a, stk. 2 and § 61 b take the published share of immigrants and descendants from non-western
countries; it is a figure of an area and never of a person. The EU Court's judgment of 18 December
2025 in case C-417/23 concerns it; what follows from that here is an open point (AMB-CJEU), and an
instance may suspend the criterion from a day on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from domain import calendar
from domain.events import Recorded
from domain.facts import Figures, OriginCriterionSuspended
from domain.law import acts
from domain.law.area.categories import Category, classifies
from domain.law.area.measured import Known, Mean
from domain.law.kernel import Effect, Finding, Missing, Readings, Status, declared
from domain.law.letting.criteria import NOTHING, Compared, Criterion, Limit, compare
from domain.reference import View

JUDGMENT = date(2025, 12, 18)
"""The day of the judgment in C-417/23, ECLI:EU:C:2025:1017. The Advocate General's opinion of 13
February 2025 bound nobody."""

OWN_CRITERION_FROM = acts.LOV_1322_2018.in_force
"""Since then the share is a condition of its own; before, one of several that were counted."""

POINT = "AMB-CJEU"
"""Whether the criterion is applied since the judgment."""

COUNTS, SET_ASIDE = READINGS = ("a", "b")

ORIGIN_CRITERION_JUDGMENT = "ORIGIN_CRITERION_JUDGMENT"
"""Code of the warning on an answer that rests on the criterion."""

RESTING = frozenset(
    {
        Category.PARALLEL_SOCIETY,
        Category.TRANSFORMATION,
        Category.FORMER_TRANSFORMATION,
        Category.PREVENTION,
    }
)
"""What an area is only where the criterion is met, or was: not a vulnerable area and not an area
for combined letting."""

NAMED_IN_JUDGMENT = RESTING - {Category.PREVENTION}
"""The judgment is about the step from vulnerable area to parallel society, and what is built on
it. § 61 b (LBK 207/2026) names the same group in the same words, "indvandrere og efterkommere fra
ikkevestlige lande", with 30 for 50 per cent; what the EU Court answers of legislation that rests on
the ethnic origin of residents (directive 2000/43, art. 2) does not turn on the limit. So prevention
areas are warned of too, and told apart as "alike": a warning decides nothing."""


OVER_50 = Limit("nonwestern_share", ">", "50")
"""§ 61 a, stk. 2, and the tests of 2010 and 2014."""

OVER_30 = Limit("nonwestern_share", ">", "30")
"""§ 61 b."""


class Apart(msgspec.Struct, frozen=True, gc=False):
    """Whether the criterion is left out of account on a day, and why."""

    by: str
    evidence: tuple[Recorded[OriginCriterionSuspended], ...] = ()


def rests(category: Category, day: date) -> bool:
    """Tell whether an area is of this category only by the criterion of origin."""
    return category in RESTING and day >= OWN_CRITERION_FROM


def suspension(view: View, day: date) -> Recorded[OriginCriterionSuspended] | None:
    """Return what suspends the criterion in this instance on `day`, None when nothing does."""
    covering = [
        item
        for item in view.find(OriginCriterionSuspended, "")
        if calendar.covers(item.fact.first_day, item.fact.last_day, day)
    ]
    return covering[-1] if covering else None


def left_out(view: View, day: date, readings: Readings) -> Apart | None:
    """Say whether the criterion is left out of account on `day`: suspended here, or set aside.

    It asks how AMB-CJEU is read, so it is called only where the criterion matters.
    """
    suspended = suspension(view, day)
    if suspended is not None:
        return Apart("suspended", (suspended,))
    if day >= JUDGMENT and readings(POINT) == SET_ASIDE:
        return Apart("judgment")
    return None


def without(
    view: View, category: Category, day: date, found: Finding, readings: Readings
) -> Finding:
    """Take the criterion out of a finding about a category that rests on it, where it is left out.

    Without the criterion no area is of such a category.
    """
    if not rests(category, day) or found.status not in (Status.MET, Status.UNKNOWN):
        return found
    apart = left_out(view, day, readings)
    if apart is None:
        return found
    values = (*found.values, ("set_aside", apart.by))
    return Finding(Status.NOT_MET, (*found.evidence, *apart.evidence), values)


def criterion(
    figures: Figures,
    limit: Limit,
    apart: Apart | None,
    readings: Readings,
    worked_out: Mapping[str, Mean] = NOTHING,
) -> Criterion:
    """Apply the criterion of origin to figures."""
    if apart is None:
        return compare(figures, limit, readings, worked_out)
    return Criterion(
        limit.figure,
        getattr(figures, limit.figure),
        limit.limit,
        limit.comparison,
        Compared.SET_ASIDE,
    )


@classifies(
    "AREA-ORIGIN",
    "almenboligloven § 61 a, stk. 2, og § 61 b",
    act=f"{acts.LOV_1322_2018}; {acts.LOV_2157_2021}",
    first_day=acts.LOV_1322_2018.in_force,
    areas=("parallel_society", "transformation", "former_transformation", "prevention"),
    points=("AMB-MEAN", "AMB-ROUND", POINT),
    parameters={
        "parallel_society": OVER_50,
        "prevention": OVER_30,
        "own_criterion_from": OWN_CRITERION_FROM,
    },
)
def origin_share(
    known: Known, limit: Limit, readings: Readings, apart: Apart | None = None
) -> Finding:
    """§ 61 a, stk. 2 and § 61 b: the published share alone, over 50 or over 30 per cent."""
    found = criterion(known.figures, limit, apart, readings, known.worked_out)
    evidence = known.evidence((limit.figure,))
    if apart is not None:
        return Finding(Status.NOT_APPLICABLE, (*evidence, *apart.evidence), (found.said,))
    missing: tuple[Missing, ...] = ()
    if found.status is Status.UNKNOWN:
        missing = (Missing("area_figures", "ministry", (("area", known.area),)),)
    return Finding(found.status, evidence, (found.said,), missing)


@classifies(
    "EU-C417-23",
    "EU-Domstolens dom i sag C-417/23; direktiv 2000/43/EF artikel 2, stk. 2",
    act="ECLI:EU:C:2025:1017",
    first_day=JUDGMENT,
    effect=Effect.WARNS,
    areas=("parallel_society", "transformation", "former_transformation", "prevention"),
    points=(POINT,),
    parameters={"judgment": JUDGMENT, "resting": sorted(RESTING)},
)
def judgment(category: Category, status: Status, day: date) -> Finding:
    """C-417/23: an area that is what it is by the criterion of origin, on a day since the judgment.

    Met, it is a warning and nothing else: the act is unchanged, and the national court decides.
    """
    warned = day >= JUDGMENT and rests(category, day) and status in (Status.MET, Status.UNKNOWN)
    reach = "named" if category in NAMED_IN_JUDGMENT else "alike"
    values = (("category", category.value), ("reach", reach))
    return Finding(Status.MET if warned else Status.NOT_MET, (), values)


def warnings(standings: Iterable[tuple[Category, Status]], day: date) -> tuple[str, ...]:
    """Return the warning that what an area is calls for on `day`, if any of it does."""
    warned = any(
        judgment(category, status, day).status is Status.MET for category, status in standings
    )
    return (ORIGIN_CRITERION_JUDGMENT,) if warned else ()


RULES = declared(globals())
