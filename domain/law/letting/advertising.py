"""Public advertising (§ 60 a): where it is allowed, and which criteria then bind the letting.

Up to half of the vacant dwellings of a problem-stricken department may be agreed to be let so; the
ledger counts them. Whoever wants the dwelling and meets the criteria is drawn by lot by the
organisation's auditor (letting order § 38, stk. 3): no list and no time on it counts.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from domain.calendar import covers
from domain.facts import (
    CriteriaBasis,
    CriteriaSet,
    DwellingKind,
    DwellingRecorded,
    LettingShareDecided,
    ProblemsFound,
    ShareBasis,
)
from domain.law import acts
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.kernel import Effect, Finding, Missing, Readings, Status, declared, rule
from domain.law.letting import flexible
from domain.law.standing import standing
from domain.reference import View

_advertising = partial(
    rule,
    question="letting",
    effect=Effect.BANS,
    act="lov om almene boliger m.v.",
    first_day=date(2011, 1, 1),
    start_verified=False,
    printed=acts.LBK_103_2011.day,
)


@_advertising(
    "LET-ADVERTISED",
    "almenboligloven § 60 a, stk. 1",
    areas=("combined_letting",),
)
def may_be_advertised(
    edition: Edition, view: View, dwelling: DwellingRecorded, day: date, readings: Readings
) -> Finding:
    """§ 60 a, stk. 1: by agreement, family dwellings of a problem-stricken department.

    The department is one where it lies in an area for combined letting (§ 51 b), or where
    substantial problems were found (§ 91 a, stk. 1). What nobody has recorded of them is unknown.
    The organisation is a party to the agreement: one that is not recorded is not made.
    """
    if dwelling.kind is not DwellingKind.FAMILY:
        return _not("not_family")
    if not dwelling.department:
        missing = Missing("department_recorded", "housing_organisation")
        return Finding(Status.UNKNOWN, (), (), (missing,))
    agreed = [
        item
        for item in view.find(LettingShareDecided, dwelling.organisation)
        if item.fact.basis is ShareBasis.ADVERTISED
        and dwelling.department in item.fact.departments
        and covers(item.fact.first_day, item.fact.last_day, day)
    ]
    if not agreed:
        return _not("not_agreed")
    stricken = _stricken(edition, view, dwelling, day, readings)
    evidence = (agreed[-1], *stricken.evidence)
    return Finding(stricken.status, evidence, stricken.values, stricken.missing)


def _not(why: str) -> Finding:
    return Finding(Status.NOT_MET, (), (("advertised", why),))


def _stricken(
    edition: Edition, view: View, dwelling: DwellingRecorded, day: date, readings: Readings
) -> Finding:
    """Say whether the department is problem-stricken (§ 51 b or § 91 a, stk. 1)."""
    key = f"department:{dwelling.organisation}/{dwelling.department}"
    newest = standing(view.find(ProblemsFound, key), day, "first_day")
    if newest is not None and newest.fact.found:
        return Finding(Status.MET, (newest,), (("problems", "found"),))
    areas = [*([] if dwelling.area is None else [dwelling.area]), *dwelling.department_areas]
    listed = [
        area_law.status(edition, view, area, Category.COMBINED_LETTING, day, readings)
        for area in areas
    ]
    for each in listed:
        if each.status is Status.MET:
            return Finding(Status.MET, each.evidence, (("problems", "combined_letting"),))
    missing = [m for each in listed if each.status is Status.UNKNOWN for m in each.missing]
    evidence = tuple(i for each in listed for i in each.evidence)
    if newest is None:
        missing.append(Missing("problems_found", "housing_organisation"))
    else:
        evidence = (newest, *(i for i in evidence if i != newest))
    if missing:
        return Finding(Status.UNKNOWN, evidence, (), tuple(dict.fromkeys(missing)))
    return Finding(Status.NOT_MET, evidence, (("advertised", "not_stricken"),))


@_advertising(
    "LET-ADVERTISED-CRITERIA",
    "almenboligloven § 60 a, stk. 1 og 2",
)
def agreed_for_advertising(
    view: View, dwelling: DwellingRecorded, day: date, advertised_on: date | None
) -> Finding:
    """§ 60 a, stk. 1: criteria agreed for advertising, published no later than the advertisement.

    Published later they do not bind: nobody who answered it could know them.
    """
    key = f"department:{dwelling.organisation}/{dwelling.department}"
    item = flexible.newest(
        (i for i in view.find(CriteriaSet, key) if i.fact.basis is CriteriaBasis.ADVERTISING), day
    )
    if item is None:
        return Finding(Status.NOT_MET, (), (("criteria", "none"),))
    published = item.fact.announced_on
    if published is None or published > day:
        return Finding(Status.NOT_MET, (item,), (("criteria", "not_announced"),))
    if advertised_on is None:
        missing = Missing("advertised_on_stated", "housing_organisation")
        return Finding(Status.UNKNOWN, (item,), (), (missing,))
    if published > advertised_on:
        values = (
            ("criteria", "published_late"),
            ("announced_on", published.isoformat()),
            ("advertised_on", advertised_on.isoformat()),
        )
        return Finding(Status.NOT_MET, (item,), values)
    return flexible.binding(item, ())


RULES = declared(globals())
