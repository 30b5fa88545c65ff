"""Flexible letting (§ 60): criteria that are agreed or set, and who meets them.

Criteria are facts in a small form, never code. A person meets them by what was seen; what was
asked for and not shown is not met, and what nobody asked for is unknown. Who comes first is
said by the rank that the criteria themselves give and by time on the waiting list: nobody is
scored.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

import msgspec

from domain import calendar
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    Alternative,
    CriteriaBasis,
    CriteriaSet,
    CriteriaTest,
    Criterion,
    CriterionKind,
    DocumentKind,
    DwellingKind,
    DwellingRecorded,
    ListKind,
    MustMeet,
    NothingShown,
    SightAttested,
)
from domain.law import acts
from domain.law.area import lists
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.kernel import (
    Change,
    Effect,
    Finding,
    Missing,
    Readings,
    Record,
    Status,
    Whose,
    declared,
    rule,
)
from domain.law.letting.rejection import LettingChannel
from domain.law.referral.grounds import RENAMING
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
    return _newest(view.find(CriteriaSet, key), day)


def _newest(found: Iterable[Recorded[CriteriaSet]], day: date) -> Recorded[CriteriaSet] | None:
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


_FORM = {
    "kinds": sorted(CriterionKind),
    "revision_years": REVISION_YEARS,
    "tested": sorted(CriteriaTest),
    "who": sorted(MustMeet),
}
_criteria = partial(
    rule,
    question="letting",
    effect=Effect.BANS,
    parameters=_FORM,
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
    item = _newest(
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
        return _binding(item, status.evidence)
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
        return _binding(item, ())
    # After four years the decision goes on only where the area still is a ghetto area.
    status = area_law.status(edition, view, dwelling.area, Category(kind.value), day, readings)
    if status.status is Status.MET:
        return _binding(item, status.evidence)
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
    view: View, dwelling: DwellingRecorded, day: date, channel: LettingChannel
) -> Finding:
    """§ 60, stk. 1-3: criteria agreed for the department bind the share that they are used for."""
    if dwelling.kind is not DwellingKind.FAMILY:
        return _none("none")
    key = f"department:{dwelling.organisation}/{dwelling.department}"
    item = _newest(
        (i for i in view.find(CriteriaSet, key) if i.fact.basis is not CriteriaBasis.MUNICIPALITY),
        day,
    )
    flexibly = Finding(Status.MET if channel is LettingChannel.FLEXIBLE else Status.NOT_MET)
    if item is None:
        return _not_set(view, dwelling, day, CriteriaBasis.AGREED, "agreed", flexibly)
    if not _announced(item.fact, day):
        return _lacking("agreed", _none("not_announced", item), flexibly)
    if item.fact.share < 100 and channel is not LettingChannel.FLEXIBLE:
        values = (("criteria", "other_dwellings"), ("share", str(item.fact.share)))
        return Finding(Status.NOT_MET, (item,), values)
    return _binding(item, ())


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


def _binding(item: Recorded[CriteriaSet], evidence: Iterable[Recorded[Any]]) -> Finding:
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


# --- Whether a person meets them ------------------------------------------------------------


class Asked(msgspec.Struct, frozen=True):
    """What a member was held against: a set of criteria, the day of the test, the takeover."""

    criteria: str
    test_day: date
    takeover: date | None = None
    takeover_open: bool = False
    """The criteria are tested at the takeover, whose day is not stated: it may be any day from
    the one asked about."""

    def about(self) -> str:
        """Write it as a member's finding names it."""
        takeover = "" if self.takeover is None else f" takeover={self.takeover.isoformat()}"
        if self.takeover_open:
            takeover = f" takeover={_OPEN}"
        return f"criteria={self.criteria} test={self.test_day.isoformat()}{takeover}"

    @classmethod
    def of(cls, about: str) -> Asked:
        """Read it from a member's finding."""
        said = dict(each.split("=", 1) for each in about.split())
        takeover = said.get("takeover")
        return cls(
            said["criteria"],
            date.fromisoformat(said["test"]),
            None if takeover in (None, _OPEN) else date.fromisoformat(takeover),
            takeover == _OPEN,
        )


_OPEN = "open"


def asked_of(criteria: CriteriaSet, day: date, takeover: date | None) -> Asked:
    """Return what a member is held against, of a letting on `day`; `takeover` None: not stated."""
    at_takeover = criteria.tested is CriteriaTest.TAKEOVER
    test_day = takeover if at_takeover and takeover is not None else day
    open_day = at_takeover and takeover is None
    return Asked(criteria.criteria, test_day, takeover, open_day)


@_criteria(
    "LET-FLEX-MEETS",
    "almenboligloven § 60, stk. 1 og 4",
    act=acts.LOV_1322_2018,
    first_day=date(2000, 1, 1),
    effect=Effect.CLASSIFIES,
    data_class=DataClass.ATTESTATIONS,
    asked_with_more=True,
    whose=Whose.MEMBERS,
)
def meets(record: Record, day: date, readings: Readings, view: View, about: str) -> Finding:
    """Say whether one person meets one alternative of the criteria, by what was seen."""
    asked = Asked.of(about)
    item = current(view, asked.criteria, day)
    if item is None:
        raise LookupError("the criteria that a member was held against do not stand")
    sights = [
        each
        for each in _standing(record.facts, day)
        if each.fact.expires_on is None or day <= each.fact.expires_on
    ]
    nothing = [
        each
        for each in record.facts
        if type(each.fact) is NothingShown
        and calendar.covers(each.fact.first_day, each.fact.last_day, day)
    ]
    found = [
        (alternative, _alternative(alternative, sights, nothing, asked))
        for alternative in (*item.fact.alternatives, *_exemptions(item.fact))
    ]
    values: tuple[tuple[str, str], ...] = (
        ("criteria_set", asked.criteria),
        ("test_day", asked.test_day.isoformat()),
    )
    met = [(a, f) for a, f in found if f.status is Status.MET]
    if met:
        alternative, best = min(met, key=lambda each: each[0].rank)
        better = [f for a, f in found if f.status is Status.UNKNOWN and a.rank < alternative.rank]
        values = (
            *values,
            ("met_by", _named(alternative)),
            ("rank", str(alternative.rank)),
            *((("rank_may_be_better", "yes"),) if better else ()),
        )
        return Finding(Status.MET, best.evidence, values)
    unknown = [f for _, f in found if f.status is Status.UNKNOWN]
    if unknown:
        missing = tuple(dict.fromkeys(m for f in unknown for m in f.missing))
        evidence = tuple(dict.fromkeys(i for f in unknown for i in f.evidence))
        return Finding(Status.UNKNOWN, evidence, values, missing)
    evidence = tuple(dict.fromkeys(i for _, f in found for i in f.evidence))
    asked_for = " ".join(dict.fromkeys(_named(a) for a, _ in found))
    return Finding(
        Status.NOT_MET, evidence, (*values, ("asked_for", asked_for)), (), (_show(asked_for),)
    )


def _standing(facts: Iterable[Recorded[Any]], day: date) -> list[Recorded[SightAttested]]:
    """Return what was seen by `day`, without what was later seen to be otherwise."""
    seen = [i for i in facts if type(i.fact) is SightAttested and i.fact.seen_on <= day]
    return [one for one in seen if not any(_seen_otherwise(one.fact, other.fact) for other in seen)]


_SHOWN = (
    "last_day",
    "hours",
    "job",
    "full_time",
    "su_eligible",
    "in_municipality",
    "months",
    "age",
)


def _seen_otherwise(one: SightAttested, later: SightAttested) -> bool:
    """Tell whether a later sight shows the same (a job, an education) and says otherwise of it.

    What began on one day is taken to be one thing, unless it was seen twice on one day.
    """
    return (
        (later.kind, later.first_day) == (one.kind, one.first_day)
        and later.seen_on > one.seen_on
        and any(getattr(later, name) not in (None, getattr(one, name)) for name in _SHOWN)
    )


def _show(asked_for: str) -> Change:
    return Change("criteria_shown_met", (("asked_for", asked_for),))


def _exemptions(criteria: CriteriaSet) -> list[Alternative]:
    exempt = []
    if criteria.exempt_age is not None:
        exempt.append(Criterion(kind=CriterionKind.AGE, age=criteria.exempt_age))
    if criteria.exempt_pension:
        exempt.append(Criterion(kind=CriterionKind.PENSION))
    return [Alternative(all_of=(each,)) for each in exempt]


def _named(alternative: Alternative) -> str:
    return "+".join(str(each.kind) for each in alternative.all_of)


def _alternative(
    alternative: Alternative,
    sights: list[Recorded[SightAttested]],
    nothing: list[Recorded[NothingShown]],
    asked: Asked,
) -> Finding:
    found = [_criterion(each, sights, nothing, asked) for each in alternative.all_of]
    evidence = tuple(dict.fromkeys(i for each in found for i in each.evidence))
    for status in (Status.NOT_MET, Status.UNKNOWN):
        failing = [each for each in found if each.status is status]
        if failing:
            missing = tuple(m for each in failing for m in each.missing)
            return Finding(status, evidence, (), missing)
    return Finding(Status.MET, evidence)


class _Shown(msgspec.Struct, frozen=True):
    """What one sight shows of a criterion.

    `fits`: it meets the criterion. `lacks`: what was seen does not show these, and it may meet the
    criterion if they fit. `contradicts`: it shows that the criterion is not met. None of these: it
    says nothing of the day, or too little. `later`: it may show more of a later day.
    """

    fits: bool = False
    lacks: tuple[str, ...] = ()
    contradicts: bool = False
    later: bool = False


_NOTHING = _Shown()
_NOT_YET = _Shown(later=True)


def _judged(of: Iterable[tuple[str, bool | None]], *, later: bool = False) -> _Shown:
    """Put together what a sight shows of each thing that a criterion asks; None: it is silent."""
    found = dict(of)
    if False in found.values():
        return _Shown(contradicts=True, later=later)
    lacks = tuple(name for name, fits in found.items() if fits is None)
    return _Shown(fits=not lacks, lacks=lacks)


def _criterion(
    criterion: Criterion,
    sights: list[Recorded[SightAttested]],
    nothing: list[Recorded[NothingShown]],
    asked: Asked,
) -> Finding:
    """Say whether a criterion is met by what was seen.

    A sight shows what it shows: what is left to ask for is unknown, unless somebody was asked for
    more and showed nothing, or what was seen contradicts the criterion.
    """
    seen = [each for each in sights if each.fact.kind is criterion.kind]
    shown = [(each, _shows(criterion, each.fact, asked)) for each in seen]
    none = [each for each in nothing if criterion.kind in each.fact.kinds]
    fitting = [each for each, says in shown if says.fits]
    if _enough(criterion, fitting):
        if not _enough(criterion, [each for each in fitting if not _asked_since(each, none)]):
            # Shown once, and not when it was asked for again.
            contradicted = Missing("criterion_shown", "applicant", _asked_for(criterion, asked))
            return _open([*seen, *none[-1:]], contradicted)
        if asked.takeover_open and not _enough(criterion, [e for e in fitting if _lasts(e.fact)]):
            return _open(seen, _TAKEOVER)
        return Finding(Status.MET, tuple(fitting))
    lacking = [(each, says) for each, says in shown if says.lacks]
    if lacking and _enough(criterion, [*fitting, *(each for each, _ in lacking)]):
        names = dict.fromkeys(name for _, says in lacking for name in says.lacks)
        by_takeover = (_TAKEOVER,) if names.pop(_BY_TAKEOVER, "") is None else ()
        details = (*_asked_for(criterion, asked), ("lacks", " ".join(names)))
        silent = (Missing("sight_detail", "applicant", details),) if names else ()
        return _open(seen, *silent, *by_takeover)
    if asked.takeover_open and any(says.later for _, says in shown):
        return _open(seen, _TAKEOVER)
    if none:
        return Finding(Status.NOT_MET, (*seen, *none[-1:]))
    if any(says.contradicts for _, says in shown):
        return Finding(Status.NOT_MET, tuple(seen))
    kind = "more_shown" if seen else "criterion_shown"
    return _open(seen, Missing(kind, "applicant", _asked_for(criterion, asked)))


def _asked_since(sight: Recorded[SightAttested], nothing: list[Recorded[NothingShown]]) -> bool:
    return any(each.fact.first_day > sight.fact.seen_on for each in nothing)


def _open(seen: list[Recorded[Any]], *missing: Missing) -> Finding:
    return Finding(Status.UNKNOWN, tuple(seen), (), missing)


_TAKEOVER = Missing("takeover_stated", "housing_organisation")
_BY_TAKEOVER = "takeover"


def _asked_for(criterion: Criterion, asked: Asked) -> tuple[tuple[str, str], ...]:
    return ("criterion", str(criterion.kind)), ("day", asked.test_day.isoformat())


def _lasts(fact: SightAttested) -> bool:
    """Tell whether what was seen to hold goes on holding, whenever the dwelling is taken over."""
    return fact.last_day is None and fact.kind is not CriterionKind.SEPARATION


def _enough(criterion: Criterion, sights: list[Recorded[SightAttested]]) -> bool:
    """Tell whether sights are enough together: jobs add up; hours not stated may be any."""
    if criterion.kind is not CriterionKind.WORK or criterion.hours is None:
        return bool(sights)
    hours = [each.fact.hours for each in sights]
    return None in hours or sum(each or 0 for each in hours) >= criterion.hours


def _shows(criterion: Criterion, fact: SightAttested, asked: Asked) -> _Shown:
    """Say what one sight of the criterion's kind shows of it."""
    match criterion.kind:
        case CriterionKind.WORK:
            return _job(criterion, fact, asked)
        case CriterionKind.EDUCATION:
            return _education(criterion, fact, asked.test_day)
        case CriterionKind.AGE:
            return _age(criterion, fact, asked.test_day)
        case CriterionKind.PENSION:
            return _holds(fact, asked.test_day) or _Shown(fits=True)
        case CriterionKind.SEPARATION:
            return _separated(criterion, fact, asked.test_day)


def _holds(fact: SightAttested, day: date) -> _Shown | None:
    """Return what a sight says of a day that it does not speak of; None: it speaks of it."""
    if fact.first_day > day:
        return _NOT_YET
    return _NOTHING if fact.last_day is not None and fact.last_day < day else None


def _job(criterion: Criterion, fact: SightAttested, asked: Asked) -> _Shown:
    """Say what a job shows: one that fails contradicts only where it fills the hours asked for.

    Jobs add up, so one of fewer hours says nothing of another one.
    """
    silent = _holds(fact, asked.test_day)
    begins_later = silent is _NOT_YET and criterion.start_within is not None
    if silent is not None and not begins_later:
        return silent
    in_time: bool | None = True
    if begins_later:
        from_day = asked.takeover or asked.test_day
        latest = calendar.months_after(from_day, criterion.start_within or 0)
        in_time = fact.first_day <= latest or (None if asked.takeover is None else False)
    counts = None if fact.job is None else fact.job not in criterion.excluded
    long_enough = True
    if fact.last_day is not None and criterion.months is not None:
        term = calendar.months_after(fact.first_day, criterion.months) - timedelta(days=1)
        long_enough = fact.last_day >= term
    found = _judged(
        (
            ("job", counts if criterion.excluded else True),
            ("hours", None if criterion.hours and fact.hours is None else True),
            ("term", long_enough),
            (_BY_TAKEOVER, in_time),
        ),
        later=not in_time,
    )
    if found.contradicts and (fact.hours or 0) < (criterion.hours or 1):
        return _Shown(later=found.later)
    return found


def _education(criterion: Criterion, fact: SightAttested, day: date) -> _Shown:
    silent = _holds(fact, day)
    if silent is not None:
        return silent
    place = ("in_municipality", fact.in_municipality if criterion.in_municipality else True)
    if criterion.apprentice and fact.document is DocumentKind.APPRENTICESHIP_CONTRACT:
        return _judged((place,))
    months = criterion.months
    long_enough = None if fact.months is None else fact.months >= (months or 0)
    return _judged(
        (
            place,
            ("su_eligible", fact.su_eligible if criterion.su_eligible else True),
            ("full_time", fact.full_time if criterion.full_time else True),
            ("months", True if months is None else long_enough),
        )
    )


def _age(criterion: Criterion, fact: SightAttested, day: date) -> _Shown:
    """Say what a proof of age shows, by the age that is sure to be reached on `day`."""
    if fact.age is None:
        return _Shown(lacks=("age",))
    if day < fact.first_day:
        return _NOT_YET
    years = day.year - fact.first_day.year
    if calendar.months_after(fact.first_day, 12 * years) > day:
        years -= 1
    return _judged((("age", fact.age + years >= (criterion.age or 0)),), later=True)


def _separated(criterion: Criterion, fact: SightAttested, day: date) -> _Shown:
    if fact.first_day > day:
        return _NOT_YET
    months = criterion.months
    recent = months is None or calendar.months_after(fact.first_day, months) >= day
    return _judged((("first_day", recent),))


# --- Whether a household meets them ---------------------------------------------------------


def household_meets(
    who: MustMeet,
    applicant: Finding | None,
    partner: Iterable[Finding],
    others: Iterable[Finding],
    complete: bool,
) -> Finding:
    """Say whether the household meets the criteria, by who of it must."""
    own = [] if applicant is None else [applicant]
    both = [*own, *partner]
    match who:
        case MustMeet.APPLICANT:
            return _any(own, applicant is not None)
        case MustMeet.APPLICANT_OR_PARTNER:
            return _any(both, complete and applicant is not None)
        case MustMeet.ONE_IN_HOUSEHOLD:
            return _any([*both, *others], complete and applicant is not None)
        case MustMeet.APPLICANT_AND_PARTNER:
            return _every(both, complete and applicant is not None)


def _any(found: list[Finding], complete: bool) -> Finding:
    met = [each for each in found if each.status is Status.MET]
    if met:
        best = min(met, key=_rank)
        return Finding(Status.MET, (), best.values)
    missing = tuple(dict.fromkeys(m for each in found for m in each.missing))
    if any(each.status is Status.NOT_EXAMINED for each in found):
        return Finding(Status.NOT_EXAMINED)
    if missing or not complete or any(each.status is Status.UNKNOWN for each in found):
        return Finding(Status.UNKNOWN, (), (), missing)
    return Finding(Status.NOT_MET, (), _values(found))


def _every(found: list[Finding], complete: bool) -> Finding:
    failing = [each for each in found if each.status is Status.NOT_MET]
    if failing:
        return Finding(Status.NOT_MET, (), _values(failing))
    missing = tuple(dict.fromkeys(m for each in found for m in each.missing))
    if any(each.status is Status.NOT_EXAMINED for each in found):
        return Finding(Status.NOT_EXAMINED)
    if missing or not complete or any(each.status is Status.UNKNOWN for each in found):
        return Finding(Status.UNKNOWN, (), (), missing)
    return Finding(Status.MET, (), max(found, key=_rank).values)


def _values(found: list[Finding]) -> tuple[tuple[str, str], ...]:
    return found[0].values if found else ()


def _rank(finding: Finding) -> int:
    return int(dict(finding.values).get("rank", "1"))


RULES = declared(globals())
