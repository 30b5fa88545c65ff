"""Flexible letting (§ 60): criteria that are agreed or set, and who meets them.

Criteria are facts in a small form, never code. A person meets them by what was seen; what was
asked for and not shown is not met, and what nobody asked for is unknown. Who comes first is
said by the rank that the criteria themselves give and by time on the waiting list: nobody is
scored.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
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
from domain.law import acts, lists
from domain.law import area as area_law
from domain.law.categories import Category
from domain.law.kernel import (
    Change,
    Confidence,
    Effect,
    Finding,
    LawPackage,
    Missing,
    Readings,
    Record,
    Rule,
    Status,
)
from domain.law.letting import Channel
from domain.law.referral import RENAMING
from domain.reference import View

REVISION_YEARS = 4
"""§ 60, stk. 2 and 4: criteria are taken up for revision within four years."""


LACKING = "lacking"
"""Names the value of a finding that no criteria are in force where the act needs them: those of
the `area`, or those `agreed` for what is let flexibly."""


# --- Which criteria bind a letting ----------------------------------------------------------


def current(view: View, key: str, day: date) -> Recorded[CriteriaSet] | None:
    """Return the criteria under a key (a set, an area, a department) that stand on `day`."""
    return _newest(view.find(CriteriaSet, key), day)


def _newest(found: Iterable[Recorded[CriteriaSet]], day: date) -> Recorded[CriteriaSet] | None:
    """Return the criteria set last; those announced before stand until newer ones are too."""
    standing = [
        item
        for item in found
        if item.fact.set_on <= day and calendar.covers(item.fact.first_day, item.fact.last_day, day)
    ]
    return max(
        standing,
        key=lambda i: (_announced(i.fact, day), i.fact.set_on, i.position),
        default=None,
    )


def due_for_revision(criteria: CriteriaSet) -> date:
    """Return the day by which the criteria must be taken up for revision."""
    return calendar.months_after(criteria.revised_on or criteria.set_on, 12 * REVISION_YEARS)


def set_for_area(
    package: LawPackage,
    view: View,
    dwelling: DwellingRecorded,
    day: date,
    kind: ListKind,
    readings: Readings,
) -> Finding:
    """§ 60, stk. 4: criteria that the municipality has set for the area bind the letting.

    What was not set is not set: it is the municipality's decision, and must be announced.
    """
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
    status = area_law.status(package, view, dwelling.area, Category(kind.value), day, readings)
    if item is None or not _announced(item.fact, day):
        why = _none("none") if item is None else _none("not_announced", item)
        return _lacking("area", why, status)
    if status.status is not Status.MET:
        evidence = (item, *(i for i in status.evidence if i != item))
        return Finding(status.status, evidence, status.values, status.missing)
    lapsed = _lapsed(view, dwelling.area, item.fact.set_on, day)
    if lapsed is None:
        return _binding(item, status.evidence)
    found = Finding(lapsed.status, (item, *lapsed.evidence), lapsed.values, lapsed.missing)
    return _lacking("area", found, status) if found.status is Status.NOT_MET else found


def set_2011(
    package: LawPackage,
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
        return _none("none")
    if day <= due_for_revision(item.fact):
        return _binding(item, ())
    # After four years the decision goes on only where the area still is a ghetto area.
    status = area_law.status(package, view, dwelling.area, Category(kind.value), day, readings)
    if status.status is Status.MET:
        return _binding(item, status.evidence)
    return Finding(status.status, (item, *status.evidence), status.values, status.missing)


def agreed_for_department(
    view: View, dwelling: DwellingRecorded, day: date, channel: Channel
) -> Finding:
    """§ 60, stk. 1-3: criteria agreed for the department bind the share that they are used for."""
    if dwelling.kind is not DwellingKind.FAMILY:
        return _none("none")
    key = f"department:{dwelling.organisation}/{dwelling.department}"
    item = _newest(
        (i for i in view.find(CriteriaSet, key) if i.fact.basis is not CriteriaBasis.MUNICIPALITY),
        day,
    )
    flexibly = Finding(Status.MET if channel is Channel.FLEXIBLE else Status.NOT_MET)
    if item is None:
        return _lacking("agreed", _none("none"), flexibly)
    if not _announced(item.fact, day):
        return _lacking("agreed", _none("not_announced", item), flexibly)
    if item.fact.share < 100 and channel is not Channel.FLEXIBLE:
        values = (("criteria", "other_dwellings"), ("share", str(item.fact.share)))
        return Finding(Status.NOT_MET, (item,), values)
    return _binding(item, ())


def _none(why: str, *evidence: Recorded[CriteriaSet]) -> Finding:
    return Finding(Status.NOT_MET, evidence, (("criteria", why),))


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

    def about(self) -> str:
        """Write it as a member's finding names it."""
        takeover = "" if self.takeover is None else f" takeover={self.takeover.isoformat()}"
        return f"criteria={self.criteria} test={self.test_day.isoformat()}{takeover}"

    @classmethod
    def of(cls, about: str) -> Asked:
        """Read it from a member's finding."""
        said = dict(each.split("=", 1) for each in about.split())
        takeover = said.get("takeover")
        return cls(
            said["criteria"],
            date.fromisoformat(said["test"]),
            None if takeover is None else date.fromisoformat(takeover),
        )


def test_day(criteria: CriteriaSet, day: date, takeover: date | None) -> date:
    """Return the day that the criteria are tested on, of a letting on `day`."""
    return takeover or day if criteria.tested is CriteriaTest.TAKEOVER else day


def meets(record: Record, day: date, readings: Readings, view: View, about: str) -> Finding:
    """Say whether one person meets one alternative of the criteria, by what was seen."""
    asked = Asked.of(about)
    item = current(view, asked.criteria, day)
    if item is None:
        raise LookupError("the criteria that a member was held against do not stand")
    sights = [
        each
        for each in record.facts
        if type(each.fact) is SightAttested
        and each.fact.seen_on <= day
        and (each.fact.expires_on is None or day <= each.fact.expires_on)
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


def _criterion(
    criterion: Criterion,
    sights: list[Recorded[SightAttested]],
    nothing: list[Recorded[NothingShown]],
    asked: Asked,
) -> Finding:
    seen = [each for each in sights if each.fact.kind is criterion.kind]
    match criterion.kind:
        case CriterionKind.WORK:
            fitting = _jobs(criterion, seen, asked)
        case CriterionKind.EDUCATION:
            fitting = [i for i in seen if _education(criterion, i.fact, asked.test_day)]
        case CriterionKind.AGE:
            fitting = [i for i in seen if _age_on(i.fact, asked.test_day) >= (criterion.age or 0)]
        case CriterionKind.PENSION:
            fitting = [i for i in seen if _holds(i.fact, asked.test_day)]
        case CriterionKind.SEPARATION:
            fitting = [i for i in seen if _separated(criterion, i.fact, asked.test_day)]
    if fitting:
        return Finding(Status.MET, tuple(fitting))
    none = [each for each in nothing if criterion.kind in each.fact.kinds]
    if seen or none:
        return Finding(Status.NOT_MET, (*seen, *none[-1:]))
    details = (("criterion", str(criterion.kind)), ("day", asked.test_day.isoformat()))
    return Finding(Status.UNKNOWN, (), (), (Missing("criterion_shown", "applicant", details),))


def _holds(fact: SightAttested, day: date) -> bool:
    return calendar.covers(fact.first_day, fact.last_day, day)


def _jobs(
    criterion: Criterion, seen: list[Recorded[SightAttested]], asked: Asked
) -> list[Recorded[SightAttested]]:
    """Return the jobs that count, when together they are of enough hours a week."""
    counting = [each for each in seen if _job(criterion, each.fact, asked)]
    hours = sum(each.fact.hours or 0 for each in counting)
    return counting if counting and hours >= (criterion.hours or 0) else []


def _job(criterion: Criterion, fact: SightAttested, asked: Asked) -> bool:
    if fact.job in criterion.excluded:
        return False
    if fact.last_day is not None:
        if fact.last_day < asked.test_day:
            return False
        if criterion.months is not None:
            term = calendar.months_after(fact.first_day, criterion.months) - timedelta(days=1)
            if fact.last_day < term:
                return False
    latest = asked.test_day
    if criterion.start_within is not None:
        from_day = asked.takeover or asked.test_day
        latest = max(latest, calendar.months_after(from_day, criterion.start_within))
    return fact.first_day <= latest


def _education(criterion: Criterion, fact: SightAttested, day: date) -> bool:
    if not _holds(fact, day) or (criterion.in_municipality and not fact.in_municipality):
        return False
    if criterion.apprentice and fact.document is DocumentKind.APPRENTICESHIP_CONTRACT:
        return True
    if (criterion.su_eligible and not fact.su_eligible) or (
        criterion.full_time and not fact.full_time
    ):
        return False
    return criterion.months is None or (fact.months or 0) >= criterion.months


def _age_on(fact: SightAttested, day: date) -> int:
    """Return the age that is sure to be reached on `day`; 0 when it lies before the proof."""
    if fact.age is None or day < fact.first_day:
        return 0
    years = day.year - fact.first_day.year
    if calendar.months_after(fact.first_day, 12 * years) > day:
        years -= 1
    return fact.age + years


def _separated(criterion: Criterion, fact: SightAttested, day: date) -> bool:
    if fact.first_day > day:
        return False
    return (
        criterion.months is None or calendar.months_after(fact.first_day, criterion.months) >= day
    )


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


# --- The rules ------------------------------------------------------------------------------

_ACT_2018 = "Lov nr. 1322 af 27/11/2018"
_ACT_2021 = "Lov nr. 2157 af 27/11/2021"
_FORM = {
    "kinds": sorted(CriterionKind),
    "revision_years": REVISION_YEARS,
    "tested": sorted(CriteriaTest),
    "who": sorted(MustMeet),
}

RULES = (
    Rule(
        id="LET-FLEX-OBL",
        revision=1,
        question="letting",
        citation="almenboligloven § 60, stk. 4",
        act=_ACT_2018,
        first_day=date(2018, 12, 1),
        last_day=None,
        effect=Effect.BANS,
        confidence=Confidence.TEXT_SEEN,
        evaluate=set_for_area,
        areas=("vulnerable", "parallel_society", "transformation"),
        whose="the applicant household",
        points=("AMB-FLEX-59",),
        defeated_by=("REH-NOFLEX",),
        parameters=_FORM,
    ),
    Rule(
        id="LET-FLEX-OBL-FORE",
        revision=1,
        question="letting",
        citation="almenboligloven § 60, stk. 4",
        act=_ACT_2021,
        first_day=RENAMING,
        last_day=None,
        effect=Effect.BANS,
        confidence=Confidence.TEXT_SEEN,
        evaluate=set_for_area,
        areas=("prevention",),
        whose="the applicant household",
        points=("AMB-FLEX-59",),
        defeated_by=("REH-NOFLEX",),
        parameters=_FORM,
    ),
    Rule(
        id="LET-FLEX-2011",
        revision=1,
        question="letting",
        citation="almenboligloven § 60, stk. 4 (indtil 30/11/2018)",
        act="Lov nr. 1611 af 22/12/2010",
        first_day=date(2011, 1, 1),
        last_day=date(2018, 11, 30),
        effect=Effect.BANS,
        confidence=Confidence.TEXT_SEEN,
        evaluate=set_2011,
        start_verified=False,
        signed=acts.LOV_1611_2010,
        printed=acts.LBK_103_2011,
        areas=("parallel_society",),
        whose="the applicant household",
        parameters=_FORM,
    ),
    Rule(
        id="LET-FLEX-VOL",
        revision=1,
        question="letting",
        citation="almenboligloven § 60, stk. 1-3",
        act="lov om almene boliger m.v.",
        first_day=date(2000, 1, 1),
        last_day=None,
        effect=Effect.BANS,
        confidence=Confidence.TEXT_SEEN,
        evaluate=agreed_for_department,
        start_verified=False,
        signed=acts.ALMENBOLIGLOVEN,
        printed=acts.LBK_1204_2009,
        whose="the applicant household",
        points=("AMB-FLEX-59",),
        defeated_by=("REH-NOFLEX",),
        parameters=_FORM,
    ),
    Rule(
        id="LET-FLEX-MEETS",
        revision=1,
        question="letting",
        citation="almenboligloven § 60, stk. 1 og 4",
        act=_ACT_2018,
        first_day=date(2000, 1, 1),
        last_day=None,
        effect=Effect.CLASSIFIES,
        confidence=Confidence.TEXT_SEEN,
        evaluate=meets,
        asked_with_more=True,
        data_class=DataClass.ATTESTATIONS,
        whose="one person",
        parameters=_FORM,
    ),
)
