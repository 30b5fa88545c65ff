"""Flexible letting (§ 60): criteria that are agreed or set, and who meets them.

Criteria are facts in a small form, never code. A person meets them by what was seen; what was
asked for and not shown is not met, and what nobody asked for is unknown. Who comes first is
said by the rank that the criteria themselves give and by time on the waiting list: nobody is
scored.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

import msgspec

from domain import calendar
from domain.events import Recorded
from domain.facts import (
    AgreementExtended,
    CriteriaBasis,
    CriteriaSet,
    CriteriaTest,
    CriterionKind,
    DwellingKind,
    DwellingRecorded,
    ListKind,
    MustMeet,
)
from domain.law import acts
from domain.law.area import lists
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.kernel import (
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    declared,
    rule,
)
from domain.law.letting.rejection import LettingChannel
from domain.law.referral.grounds import RENAMING
from domain.law.standing import standing as standing_decision
from domain.law.undecided import none_recorded
from domain.reference import View

REVISION_YEARS = 4
"""§ 60, stk. 2 and 4: criteria are taken up for revision within four years."""


LACKING = "criteria_lacking"
"""Names the value of a finding that no criteria are in force where the act needs them: those of
the `area`, or those `agreed` for what is let flexibly. No other rule may use the name: every
answer with such a value warns of it."""


# --- Which criteria bind a letting ----------------------------------------------------------


def current(view: View, key: str, day: date) -> Recorded[CriteriaSet] | None:
    """Return the criteria under a key (a set, an area, a department) that stand on `day`."""
    return newest(view.find(CriteriaSet, key), day)


def newest(found: Iterable[Recorded[CriteriaSet]], day: date) -> Recorded[CriteriaSet] | None:
    """Return the criteria set last; those announced before stand until newer ones are too.

    What they took the place of does not come back when they end.
    """
    begun = [item for item in found if max(item.fact.set_on, item.fact.first_day) <= day]
    announced = [item for item in begun if _announced(item.fact, day)]
    latest = max(announced, key=_set, default=None)
    standing = [
        item
        for item in begun
        if (latest is None or _set(item) >= _set(latest))
        and (item.fact.last_day is None or day <= item.fact.last_day)
    ]
    return max(standing, key=lambda i: (_announced(i.fact, day), _set(i)), default=None)


def _set(item: Recorded[CriteriaSet]) -> tuple[date, int]:
    return item.fact.set_on, item.position


def due_for_revision(criteria: CriteriaSet) -> date:
    """Return the day by which the criteria must be taken up for revision."""
    return calendar.months_after(criteria.revised_on or criteria.set_on, 12 * REVISION_YEARS)


_AGREED = (CriteriaBasis.AGREED, CriteriaBasis.MINISTRY, CriteriaBasis.EXTENDED)

FORM = {
    "kinds": sorted(
        (
            CriterionKind.WORK,
            CriterionKind.EDUCATION,
            CriterionKind.DEGREE,
            CriterionKind.SELF_SUPPORT,
            CriterionKind.INCOME,
            CriterionKind.AGE,
            CriterionKind.PENSION,
            CriterionKind.SEPARATION,
            CriterionKind.CHILD,
            CriterionKind.TIE,
            CriterionKind.LEAVES,
            CriterionKind.OTHER_DWELLING_NEEDED,
        )
    ),
    "revision_years": REVISION_YEARS,
    "tested": sorted(
        (
            CriteriaTest.OFFER,
            CriteriaTest.ACCEPTANCE,
            CriteriaTest.ALLOCATION,
            CriteriaTest.CONTRACT,
            CriteriaTest.TAKEOVER,
        )
    ),
    "who": sorted(
        (
            MustMeet.APPLICANT,
            MustMeet.APPLICANT_OR_PARTNER,
            MustMeet.APPLICANT_AND_PARTNER,
            MustMeet.ONE_IN_HOUSEHOLD,
            MustMeet.EVERYONE,
            MustMeet.TOGETHER,
        )
    ),
}
_criteria = partial(
    rule,
    question="letting",
    effect=Effect.BANS,
    parameters=FORM,
)


@_criteria(
    "LET-FLEX-OBL",
    "almenboligloven § 60, stk. 4",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
    areas=("vulnerable", "parallel_society", "transformation"),
    points=("AMB-FLEX-59",),
    defeated_by=("REH-NOFLEX",),
)
@_criteria(
    "LET-FLEX-OBL-FORE",
    "almenboligloven § 60, stk. 4",
    act=acts.LOV_2157_2021,
    first_day=acts.LOV_2157_2021.in_force,
    areas=("prevention",),
    points=("AMB-FLEX-59",),
    defeated_by=("REH-NOFLEX",),
)
def set_for_area(
    edition: Edition,
    view: View,
    dwelling: DwellingRecorded,
    day: date,
    kind: ListKind,
    readings: Readings,
) -> Finding:
    """§ 60, stk. 4: criteria that the municipality has set and announced bind the letting."""
    if dwelling.area is None or dwelling.kind is not DwellingKind.FAMILY:
        return _none("none")
    item = newest(
        (
            each
            for each in view.find(CriteriaSet, f"area:{dwelling.area}")
            if each.fact.basis is CriteriaBasis.MUNICIPALITY
        ),
        day,
    )
    status = area_law.status(edition, view, dwelling.area, Category(kind.value), day, readings)
    if item is None:
        return _not_set(view, dwelling, day, CriteriaBasis.MUNICIPALITY, "area", status)
    if not _announced(item.fact, day):
        return _lacking("area", _none("not_announced", item), status)
    if status.status is not Status.MET:
        evidence = (item, *(i for i in status.evidence if i != item))
        return Finding(status.status, evidence, status.values, status.missing)
    lapsed = _lapsed(view, dwelling.area, item.fact.set_on, day)
    if lapsed is None:
        return binding(item, status.evidence)
    found = Finding(lapsed.status, (item, *lapsed.evidence), lapsed.values, lapsed.missing)
    return _lacking("area", found, status) if found.status is Status.NOT_MET else found


@_criteria(
    "LET-FLEX-2011",
    "almenboligloven § 60, stk. 4 (indtil 30/11/2018)",
    act=acts.LOV_1611_2010,
    first_day=acts.LOV_1611_2010.in_force,
    last_day=date(2018, 11, 30),
    start_verified=False,
    signed=acts.LOV_1611_2010.day,
    printed=acts.LBK_103_2011.day,
    areas=("parallel_society",),
)
def set_2011(
    edition: Edition,
    view: View,
    dwelling: DwellingRecorded,
    day: date,
    kind: ListKind,
    readings: Readings,
) -> Finding:
    """§ 60, stk. 4 until 30 November 2018: the municipality could decide on criteria."""
    if dwelling.area is None or dwelling.kind is not DwellingKind.FAMILY:
        return _none("none")
    item = current(view, f"area:{dwelling.area}", day)
    if item is None or item.fact.basis is not CriteriaBasis.MUNICIPALITY:
        named = lists.first_that_may_name(view, dwelling.area, kind, day)
        could_be_set = Finding(Status.NOT_MET if named is None else Status.MET)
        return _not_set(view, dwelling, day, CriteriaBasis.MUNICIPALITY, "", could_be_set)
    if day <= due_for_revision(item.fact):
        return binding(item, ())
    # After four years the decision goes on only where the area still is a ghetto area.
    status = area_law.status(edition, view, dwelling.area, Category(kind.value), day, readings)
    if status.status is Status.MET:
        return binding(item, status.evidence)
    return Finding(status.status, (item, *status.evidence), status.values, status.missing)


@_criteria(
    "LET-FLEX-VOL",
    "almenboligloven § 60, stk. 1-3",
    act="lov om almene boliger m.v.",
    first_day=date(2000, 1, 1),
    start_verified=False,
    signed=acts.ALMENBOLIGLOVEN.day,
    printed=acts.LBK_1204_2009.day,
    points=("AMB-FLEX-59",),
    defeated_by=("REH-NOFLEX",),
)
def agreed_for_department(
    edition: Edition, view: View, dwelling: DwellingRecorded, day: date, channel: LettingChannel
) -> Finding:
    """§ 60, stk. 1-3: criteria agreed for the department bind the share that they are used for."""
    if dwelling.kind is not DwellingKind.FAMILY:
        return _none("none")
    key = f"department:{dwelling.organisation}/{dwelling.department}"
    item = newest(
        (i for i in view.find(CriteriaSet, key) if i.fact.basis in _AGREED),
        day,
    )
    flexibly = Finding(Status.MET if channel is LettingChannel.FLEXIBLE else Status.NOT_MET)
    if item is None:
        return _not_set(view, dwelling, day, CriteriaBasis.AGREED, "agreed", flexibly)
    if not _announced(item.fact, day):
        return _lacking("agreed", _none("not_announced", item), flexibly)
    extended: Finding | None = None
    if item.fact.basis is CriteriaBasis.EXTENDED:
        extended = edition.rules["LET-FLEX-EXTENDED"].evaluate(view, dwelling.municipality, day)
        if extended.status is not Status.MET:
            values = (("criteria", "not_extended"), *extended.values)
            evidence = (item, *extended.evidence)
            found = Finding(extended.status, evidence, values, extended.missing)
            return found if found.missing else _lacking("agreed", found, flexibly)
    if channel is not LettingChannel.FLEXIBLE:
        share = item.fact.share_for(dwelling.department, dwelling.rooms)
        if share is None:
            missing = Missing("rooms_recorded", "housing_organisation")
            return Finding(Status.UNKNOWN, (item,), (), (missing,))
        of, of_every = share
        if of < of_every or item.fact.most_a_year is not None:
            values = (
                ("criteria", "other_dwellings"),
                ("share", str(of)),
                ("share_of_every", str(of_every)),
            )
            return Finding(Status.NOT_MET, (item,), values)
    if extended is None:
        return binding(item, ())
    due = min(dict(extended.values)["revision_due"], due_for_revision(item.fact).isoformat())
    made = binding(item, extended.evidence)
    return msgspec.structs.replace(made, values=(*_without_due(made), ("revision_due", due)))


def _without_due(found: Finding) -> tuple[tuple[str, str], ...]:
    return tuple(each for each in found.values if each[0] != "revision_due")


@_criteria(
    "LET-FLEX-EXTENDED",
    "almenboligloven § 60 b",
    act="lov om almene boliger m.v.",
    first_day=date(2011, 1, 1),
    start_verified=False,
    printed=acts.LBK_1116_2017.day,
)
def agreement_extended(view: View, municipality: str, day: date) -> Finding:
    """§ 60 b: the municipality has extended what others agreed to all organisations in it.

    The decision is taken up for revision within four years, and lapses when the agreement ends or
    no longer covers more than half of the family dwellings. It is addressed to the organisations
    that it binds: where one has recorded no criteria of it, there are none.
    """
    none = ("extension", "none")
    decided = view.find(AgreementExtended, municipality)
    if not decided:
        return none_recorded(view, AgreementExtended, municipality, day, none)
    begun = [each for each in decided if each.fact.first_day <= day]
    item = standing_decision(begun, day, "decided_on")
    if item is None:
        return Finding(Status.NOT_MET, (), (none,))
    lapsed = item.fact.lapsed_on
    if lapsed is not None and lapsed <= day:
        values = (("extension", "lapsed"), ("lapsed_on", lapsed.isoformat()))
        return Finding(Status.NOT_MET, (item,), values)
    revised = item.fact.revised_on or item.fact.decided_on
    due = calendar.months_after(revised, 12 * REVISION_YEARS)
    return Finding(Status.MET, (item,), (("revision_due", due.isoformat()),))


def _none(why: str, *evidence: Recorded[CriteriaSet]) -> Finding:
    return Finding(Status.NOT_MET, evidence, (("criteria", why),))


def _not_set(
    view: View,
    dwelling: DwellingRecorded,
    day: date,
    basis: CriteriaBasis,
    what: str,
    due: Finding,
) -> Finding:
    """Say what it means that no criteria are recorded, where they are due, or could be set.

    `what` of them is lacking if there are none; "": none have to be set.
    """
    none = ("criteria", "none")
    if due.status is Status.NOT_MET:
        return Finding(Status.NOT_MET, (), (none,))
    area = dwelling.area if basis is CriteriaBasis.MUNICIPALITY else None
    found = none_recorded(view, CriteriaSet, dwelling.municipality, day, none, area, basis)
    if found.status is Status.UNKNOWN:
        missing = (*due.missing, *found.missing)
        return Finding(Status.UNKNOWN, due.evidence, found.values, missing)
    return _lacking(what, found, due) if what else found


def _lacking(what: str, found: Finding, due: Finding) -> Finding:
    """Say of criteria that are not in force that they must be, where `due` is met."""
    if due.status is not Status.MET:
        return found
    evidence = (*found.evidence, *(i for i in due.evidence if i not in found.evidence))
    return Finding(found.status, evidence, (*found.values, (LACKING, what)))


def _announced(criteria: CriteriaSet, day: date) -> bool:
    return criteria.announced_on is not None and criteria.announced_on <= day


def binding(item: Recorded[CriteriaSet], evidence: Iterable[Recorded[Any]]) -> Finding:
    """Say that criteria bind a letting, and by when they are due for revision."""
    values = (
        ("criteria_set", item.fact.criteria),
        ("revision_due", due_for_revision(item.fact).isoformat()),
    )
    return Finding(Status.MET, (item, *evidence), values)


def _lapsed(view: View, area: str, set_on: date, day: date) -> Finding | None:
    """Say whether the area was, on a list since, neither vulnerable nor a prevention area.

    Criteria that have lapsed do not come back with the area. None: they have not lapsed.
    """
    first = lists.FIRST_LIST[ListKind.VULNERABLE]
    # Criteria from before the first list are first held against that list.
    list_day = max(
        lists.list_day_due(ListKind.VULNERABLE, set_on), first.replace(year=first.year - 1)
    )
    due = lists.list_day_due(ListKind.VULNERABLE, day)
    while list_day < due:
        list_day = list_day.replace(year=list_day.year + 1)
        kinds = [ListKind.VULNERABLE]
        if list_day >= RENAMING:
            kinds.append(ListKind.PREVENTION)
        found = [lists.on_list(view, area, kind, list_day) for kind in kinds]
        statuses = {each.status for each in found}
        if Status.MET in statuses:
            continue
        evidence = tuple(i for each in found for i in each.evidence)
        if Status.UNKNOWN in statuses:
            missing = tuple(m for each in found for m in each.missing)
            return Finding(Status.UNKNOWN, evidence, (), missing)
        lapsed_on = (("criteria", "lapsed"), ("lapsed_on", list_day.isoformat()))
        return Finding(Status.NOT_MET, evidence, lapsed_on)
    return None


def not_for_residents(criteria: CriteriaSet, lives_in_department: bool | None) -> Finding:
    """Say whether the criteria let those who live in the department already move freely.

    Where they say nothing of them, everybody must meet them.
    """
    if not criteria.exempt_residents:
        return Finding(Status.NOT_MET)
    if lives_in_department is None:
        missing = Missing("residence_stated", "housing_organisation")
        return Finding(Status.UNKNOWN, (), (), (missing,))
    return Finding(Status.MET if lives_in_department else Status.NOT_MET)


RULES = declared(globals())
