"""Who meets criteria of flexible letting (§ 60): a person by what was seen, a household by members.

A sight shows what it shows. What was asked for and not shown is not met, what nobody asked for is
unknown, and what the form of the criteria can't say is for a person to look at. Who comes first is
said by the rank that the criteria themselves give: nobody is scored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from domain import calendar
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    Alternative,
    AsksMore,
    AttestedAnswer,
    BreakKind,
    ChildLiving,
    Clause,
    ClauseJudged,
    Condition,
    CriteriaSet,
    CriteriaTest,
    Criterion,
    CriterionKind,
    DocumentKind,
    EducationLevel,
    HouseholdKind,
    IncomeKind,
    LooksAtIt,
    MustMeet,
    NothingShown,
    Place,
    SightAttested,
    TieKind,
    Way,
)
from domain.law import acts
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
from domain.law.letting.flexible import FORM, current
from domain.law.standing import standing
from domain.reference import View

# --- What a person is held against ----------------------------------------------------------

APPLICANT, PARTNER, OTHER = "applicant", "partner", "other"
"""What a member is, as far as criteria tell members apart."""

_REACHED = {
    MustMeet.APPLICANT: (APPLICANT,),
    MustMeet.APPLICANT_OR_PARTNER: (APPLICANT, PARTNER),
    MustMeet.APPLICANT_AND_PARTNER: (APPLICANT, PARTNER),
    MustMeet.ONE_IN_HOUSEHOLD: (APPLICANT, PARTNER, OTHER),
    MustMeet.EVERYONE: (APPLICANT, PARTNER, OTHER),
    MustMeet.TOGETHER: (APPLICANT, PARTNER),
}
_EACH = (MustMeet.APPLICANT_AND_PARTNER, MustMeet.EVERYONE)
"""Each of those reached must meet the condition; of the others, one is enough."""


class HeldAgainst(msgspec.Struct, frozen=True):
    """What a member was held against: a set of criteria, as whom, and the days of the letting."""

    criteria: str
    role: str
    day: date
    offered: date | None = None
    takeover: date | None = None
    """None: not stated; it may then be any day from the one asked about."""
    way: int | None = None
    """The way, or the turn, that the dwelling is let by; None: by no one."""

    def about(self) -> str:
        """Write it as a member's finding names it."""
        days = {"day": self.day, "offered": self.offered, "takeover": self.takeover}
        said = "".join(f" {name}={day.isoformat()}" for name, day in days.items() if day)
        way = "" if self.way is None else f" way={self.way}"
        return f"criteria={self.criteria} role={self.role}{said}{way}"

    @classmethod
    def of(cls, about: str) -> HeldAgainst:
        """Read it from a member's finding."""
        said = dict(each.split("=", 1) for each in about.split())
        return msgspec.convert(said, cls, strict=False)


def ranks(criteria: CriteriaSet, way: int | None) -> dict[int, int] | None:
    """Return the rank of each way that a dwelling may be let by, by number.

    `way`: the one that it is let by, or the turn where the criteria have turns; None: any way.
    None is returned where the criteria have no such way or turn.
    """
    if way is not None and not 1 <= way <= len(criteria.turns or criteria.ways):
        return None
    if way is not None and criteria.turns:
        turn = criteria.turns[way - 1]
        return {each: 1 if turn.equal else at for at, each in enumerate(turn.ways, 1)}
    return {
        number: each.rank
        for number, each in enumerate(criteria.ways, 1)
        if way is None or number == way
    }


class _Test(NamedTuple):
    """The day on which something must hold, and when the dwelling is taken over."""

    day: date
    takeover: date | None
    open: bool
    """It must hold at the takeover, whose day is not stated."""


def _test(condition: Condition, asked: HeldAgainst) -> _Test:
    match condition.tested:
        case CriteriaTest.OFFER:
            return _Test(asked.offered or asked.day, asked.takeover, False)
        case CriteriaTest.TAKEOVER:
            return _Test(asked.takeover or asked.day, asked.takeover, asked.takeover is None)
        case _:
            return _Test(asked.day, asked.takeover, False)


def reached(criteria: CriteriaSet, role: str) -> bool:
    """Tell whether any condition asks something of members of this role."""
    return any(role in _REACHED[each.who] for each in criteria.conditions)


def asks_income_of_both(criteria: CriteriaSet) -> bool:
    """Tell whether any condition asks what applicant and partner earn together."""
    return any(
        criterion.kind is CriterionKind.INCOME
        for condition in criteria.conditions
        if condition.who is MustMeet.TOGETHER
        for alternative in condition.any_of
        for criterion in alternative.all_of
    )


# --- Whether a person meets them ------------------------------------------------------------

INCOME_AGREED = "AMB-INCOME-AGREED"
"""Whether criteria may ask for an income at all, beside § 61 and the letting order § 42."""

_MEETS, _NOT, _OPEN, _NOT_ASKED = "m", "n", "u", "-"
_LETTERS = {
    Status.MET: _MEETS,
    Status.NOT_MET: _NOT,
    Status.UNKNOWN: _OPEN,
    Status.NOT_APPLICABLE: "x",
}
"""How a person's finding writes what it found of each condition in turn; not applicable: free of
it. Of what is not asked of this person it writes a dash."""
_STATUSES = {letter: status for status, letter in _LETTERS.items()}
_FREE_AND_OPEN = "y"
"""Of whom is free of a condition, and may meet it too, which would carry a rank."""


@rule(
    "LET-FLEX-MEETS",
    "almenboligloven § 60, stk. 1 og 4",
    question="letting",
    parameters=FORM,
    act=acts.LOV_1322_2018,
    first_day=date(2000, 1, 1),
    effect=Effect.CLASSIFIES,
    points=(INCOME_AGREED,),
    data_class=DataClass.ATTESTATIONS,
    asked_with_more=True,
    whose=Whose.MEMBERS,
)
def meets(record: Record, day: date, readings: Readings, view: View, about: str) -> Finding:
    """Say which conditions of the criteria one person meets, by what was seen."""
    asked = HeldAgainst.of(about)
    item = current(view, asked.criteria, day)
    if item is None:
        raise LookupError("the criteria that a member was held against do not stand")
    criteria = _as_read(item.fact, readings)
    seen = _Seen(record, day, criteria)
    void = _void(criteria)
    exempt = _exemptions(criteria)
    found = [
        _condition(each, exempt[at], asked, seen, void=at in void)
        for at, each in enumerate(criteria.conditions)
    ]
    letters = "".join(map(_letter, found))
    values: tuple[tuple[str, str], ...] = (
        ("criteria_set", asked.criteria),
        ("test_day", _first_test(item.fact, asked).isoformat()),
        ("conditions", letters),
        *_together(criteria, asked, seen),
    )
    met = [each for each in found if each is not None and each.status is Status.MET]
    evidence = tuple(dict.fromkeys(i for f in found if f is not None for i in f.evidence))
    missing = tuple(dict.fromkeys(m for f in found if f is not None for m in f.missing))
    failing = zip(item.fact.conditions, letters, strict=True)
    asked_for = " ".join(
        dict.fromkeys(named_by(a) for c, letter in failing if letter == _NOT for a in c.any_of)
    )
    changes = (Change("criteria_shown_met", (("asked_for", asked_for),)),) if asked_for else ()
    if met:
        # One condition met says nothing of the others: what they lack is named all the same.
        named = " ".join(dict.fromkeys(dict(each.values)["met_by"] for each in met))
        values = (*values, ("met_by", named), *_own_rank(item.fact, letters, asked.way))
        return Finding(Status.MET, evidence, values, missing, changes)
    if _OPEN in letters:
        return Finding(Status.UNKNOWN, evidence, values, missing)
    if not asked_for:
        return Finding(Status.NOT_APPLICABLE, evidence, values)
    return Finding(Status.NOT_MET, evidence, (*values, ("asked_for", asked_for)), (), changes)


def _exemptions(criteria: CriteriaSet) -> list[tuple[Alternative, ...]]:
    """Return for each condition who is free of it: of all of them, or of those of its way."""
    of_ways = [(*criteria.exempt, *way.exempt) for way in criteria.ways for _ in way.conditions]
    return [*(criteria.exempt for _ in criteria.every), *of_ways]


def _letter(found: Finding | None) -> str:
    if found is None:
        return _NOT_ASKED
    free_and_open = found.status is Status.NOT_APPLICABLE and found.values
    return _FREE_AND_OPEN if free_and_open else _LETTERS[found.status]


def _as_read(criteria: CriteriaSet, readings: Readings) -> CriteriaSet:
    """Return what criteria ask where they may not ask for an income: the rest of it."""
    asked = (each for c in criteria.conditions for a in c.any_of for each in a.all_of)
    if all(each.kind is not CriterionKind.INCOME for each in asked) or (
        readings(INCOME_AGREED) == "a"
    ):
        return criteria
    return msgspec.structs.replace(
        criteria,
        every=tuple(map(_without_income, criteria.every)),
        ways=tuple(
            msgspec.structs.replace(way, conditions=tuple(map(_without_income, way.conditions)))
            for way in criteria.ways
        ),
    )


def _void(criteria: CriteriaSet) -> set[int]:
    """Return the conditions of ways of which nothing is left: such a way lets nobody in."""
    at = len(criteria.every)
    found: set[int] = set()
    for way in criteria.ways:
        own = range(at, at := at + len(way.conditions))
        if own and not any(each.any_of for each in way.conditions):
            found.update(own)
    return found


def _without_income(condition: Condition) -> Condition:
    without = (
        Alternative(all_of=tuple(c for c in each.all_of if c.kind is not CriterionKind.INCOME))
        for each in condition.any_of
    )
    left = tuple(each for each in without if each.all_of)
    return msgspec.structs.replace(condition, any_of=left)


def _first_test(criteria: CriteriaSet, asked: HeldAgainst) -> date:
    days = [_test(c, asked).day for c in criteria.conditions if asked.role in _REACHED[c.who]]
    return next(iter(days), asked.day)


def _own_rank(
    criteria: CriteriaSet, letters: str, let_by: int | None
) -> tuple[tuple[str, str], ...]:
    """Return the rank of the first way of which a person meets all that is asked of them."""
    if criteria.turns and let_by is None:
        return ()  # whose turn it is says which way comes first
    by_number = ranks(criteria, let_by) or {}
    at, met = len(criteria.every), []
    for number, way in enumerate(criteria.ways, 1):
        own = letters[at : at + len(way.conditions)]
        at += len(way.conditions)
        if number in by_number and _MEETS in own and not set(own) - {_MEETS, _NOT_ASKED}:
            met.append(by_number[number])
    return (("rank", str(min(met))),) if met else ()


def _together(
    criteria: CriteriaSet, asked: HeldAgainst, seen: _Seen
) -> tuple[tuple[str, str], ...]:
    """Return what a person was seen to add to what a couple meets together.

    Each by the condition and its alternative, counted from 0: "2.0=20.5" hours of work; of an
    income of both whether it reaches the sum, "open" where of this person's own nothing follows.
    """
    hours, incomes = [], []
    for at, condition in enumerate(criteria.conditions):
        if condition.who is not MustMeet.TOGETHER or asked.role not in _REACHED[condition.who]:
            continue
        test = _test(condition, asked)
        for number, alternative in enumerate(condition.any_of):
            for criterion in alternative.all_of:
                if criterion.kind is CriterionKind.WORK:
                    worked = _hours_seen(criterion, seen, test)
                    hours += [f"{at}.{number}={worked}"] if worked else []
                else:
                    said = _income_seen(criterion, seen, test)
                    incomes += [f"{at}.{number}={said}"] if said else []
    named = (("hours_together", hours), ("income_together", incomes))
    return tuple((name, " ".join(each)) for name, each in named if each)


def _income_seen(criterion: Criterion, seen_of: _Seen, test: _Test) -> str:
    """Say what was seen of the income of applicant and partner together; "": nothing."""
    sights = [each.fact for each in _of(criterion, seen_of)]
    alone = msgspec.structs.replace
    of_both = {
        _income(criterion, alone(each, of_couple=None), test).fits
        for each in sights
        if each.of_couple and each.reached is not None
    }
    if of_both:
        return "open" if len(of_both) > 1 else "yes" if of_both == {True} else "no"
    none = any(criterion.kind in each.fact.kinds for each in seen_of.nothing)
    return "open" if sights and not none else ""


def _hours_seen(criterion: Criterion, seen_of: _Seen, test: _Test) -> Decimal:
    """Return how many hours the jobs that fit a criterion come to, of those not asked for since."""
    none = [each for each in seen_of.nothing if criterion.kind in each.fact.kinds]
    fitting = (
        each.fact
        for each in _of(criterion, seen_of)
        if each.fact.answer is None
        and _shows(criterion, each.fact, test, criterion in seen_of.sole).fits
        and not _asked_since(each, none)
    )
    return _hours_of(each for each in fitting if not test.open or _lasts(each))


class _Seen:
    """What was seen of a person, and what was asked for and not shown, as it stands on a day."""

    def __init__(self, record: Record, day: date, criteria: CriteriaSet) -> None:
        self.sole = _sole(criteria)
        self.sights = [
            each
            for each in _standing(record.facts, day)
            if each.fact.expires_on is None or day <= each.fact.expires_on
        ]
        self.nothing = [
            each
            for each in record.facts
            if type(each.fact) is NothingShown
            and calendar.covers(each.fact.first_day, each.fact.last_day, day)
        ]


def _sole(criteria: CriteriaSet) -> set[Criterion]:
    """Return the criteria that no other one of the set shares its kind with.

    An authority that answers for a criterion as a whole has answered for one of these; of others
    nobody can tell which one it meant.
    """
    asked = {
        each
        for alternatives in (
            *(c.any_of for c in criteria.conditions),
            criteria.exempt,
            *(way.exempt for way in criteria.ways),
        )
        for alternative in alternatives
        for each in alternative.all_of
    }
    asked.update(each for condition in criteria.conditions for each in _other_ages(condition))
    kinds = Counter(each.kind for each in asked)
    return {each for each in asked if kinds[each.kind] == 1}


def _standing(facts: Iterable[Recorded[Any]], day: date) -> list[Recorded[SightAttested]]:
    """Return what was seen by `day`, without what was later seen to be otherwise."""
    seen = [i for i in facts if type(i.fact) is SightAttested and i.fact.seen_on <= day]
    return [one for one in seen if not any(_seen_otherwise(one.fact, other.fact) for other in seen)]


_OF_THE_SIGHT = {"kind", "document", "issuer", "seen_by", "seen_on", "first_day", "expires_on"}
_SHOWN = tuple(n for n in SightAttested.__struct_fields__ if n not in {*_OF_THE_SIGHT, "corrects"})
"""What a sight shows, beside when it was seen and what of."""


def _seen_otherwise(one: SightAttested, later: SightAttested) -> bool:
    """Tell whether a later sight shows the same (a job, an education) and says otherwise of it.

    What began on one day is taken to be one thing, unless it was seen twice on one day.
    """
    return (
        (later.kind, later.first_day) == (one.kind, one.first_day)
        and later.seen_on > one.seen_on
        and any(getattr(later, name) not in (None, (), getattr(one, name)) for name in _SHOWN)
    )


def _condition(
    condition: Condition,
    exempt: Sequence[Alternative],
    asked: HeldAgainst,
    seen: _Seen,
    *,
    void: bool,
) -> Finding | None:
    """Say whether a person meets a condition, or is free of it; None: it is not asked of them.

    Of one that nothing is left of everybody is free, unless its whole way is `void`.
    """
    if asked.role not in _REACHED[condition.who]:
        return None
    test = _test(condition, asked)
    if not condition.any_of:
        return Finding(Status.NOT_MET if void else Status.NOT_APPLICABLE)
    found = _any_of(condition.any_of, seen, test)
    if found.status is Status.MET:
        return found
    freed = [_any_of(exempt, seen, test), *_out_of_ages(condition, seen, test)]
    for each in freed:
        if each.status is Status.MET:
            may_meet = (("may_meet", "yes"),) if found.status is Status.UNKNOWN else ()
            return Finding(Status.NOT_APPLICABLE, each.evidence, may_meet)
    unknown = [each for each in (found, *freed) if each.status is Status.UNKNOWN]
    if not unknown:
        return found
    evidence = tuple(dict.fromkeys(i for each in unknown for i in each.evidence))
    missing = tuple(dict.fromkeys(m for each in unknown for m in each.missing))
    return Finding(Status.UNKNOWN, evidence, (), missing)


def _out_of_ages(condition: Condition, seen: _Seen, test: _Test) -> list[Finding]:
    """Say whether a person is of an age that the condition does not ask."""
    return [_criterion(each, seen, test) for each in _other_ages(condition)]


def _other_ages(condition: Condition) -> Iterator[Criterion]:
    """Yield the ages that a condition does not ask, as criteria."""
    if condition.from_age is not None:
        yield Criterion(kind=CriterionKind.AGE, most_age=condition.from_age - 1)
    if condition.to_age is not None:
        yield Criterion(kind=CriterionKind.AGE, age=condition.to_age + 1)


def _any_of(alternatives: Sequence[Alternative], seen: _Seen, test: _Test) -> Finding:
    found = [(each, _alternative(each, seen, test)) for each in alternatives]
    for alternative, each in found:
        if each.status is Status.MET:
            return Finding(Status.MET, each.evidence, (("met_by", named_by(alternative)),))
    unknown = [each for _, each in found if each.status is Status.UNKNOWN]
    of = unknown or [each for _, each in found]
    evidence = tuple(dict.fromkeys(i for each in of for i in each.evidence))
    missing = tuple(dict.fromkeys(m for each in unknown for m in each.missing))
    return Finding(Status.UNKNOWN if unknown else Status.NOT_MET, evidence, (), missing)


def named_by(alternative: Alternative) -> str:
    """Name an alternative by what it asks for: "work", "age+tie"."""
    return "+".join(str(each.kind) for each in alternative.all_of)


def _alternative(alternative: Alternative, seen: _Seen, test: _Test) -> Finding:
    found = [_criterion(each, seen, test) for each in alternative.all_of]
    evidence = tuple(dict.fromkeys(i for each in found for i in each.evidence))
    for status in (Status.NOT_MET, Status.UNKNOWN):
        failing = [each for each in found if each.status is status]
        if failing:
            missing = tuple(m for each in failing for m in each.missing)
            return Finding(status, evidence, (), missing)
    return Finding(Status.MET, evidence)


# --- What one sight shows of one criterion --------------------------------------------------


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
    return _Shown(fits=not lacks, lacks=lacks, later=later)


def _of_one(found: _Shown) -> _Shown:
    """Return what is shown by one of several (a child, an education): of the others, nothing."""
    return _NOTHING if found.contradicts else found


def _criterion(criterion: Criterion, seen_of: _Seen, test: _Test) -> Finding:
    """Say whether a criterion is met by what was seen.

    A sight shows what it shows: what is left to ask for is unknown, unless somebody was asked for
    more and showed nothing, or what was seen contradicts the criterion.
    """
    seen = _of(criterion, seen_of)
    if criterion.amount_year not in (None, test.day.year):
        known = (("criterion", str(criterion.kind)), ("year", str(test.day.year)))
        return _open(seen, Missing("amount_published", "municipality", known))
    sole = criterion in seen_of.sole
    beside = [each.fact for each in seen]
    shown = [(each, _shows(criterion, each.fact, test, sole, beside)) for each in seen]
    none = [each for each in seen_of.nothing if criterion.kind in each.fact.kinds]
    fitting = [each for each, says in shown if says.fits]
    whole = criterion.kind in _WHOLE or criterion.none or _denied(shown)
    if whole and any(says.contradicts for _, says in shown):
        # Each such sight speaks of all there is, so that two which differ leave it open.
        if fitting:
            return _open(seen, Missing("more_shown", "applicant", _asked_for(criterion, test)))
        return Finding(Status.NOT_MET, tuple(seen))
    if fitting and not _worked(criterion, beside, test):
        if test.open:
            return _open(seen, _TAKEOVER)
        fitting = []
    if _enough(criterion, fitting):
        if not _enough(criterion, [each for each in fitting if not _asked_since(each, none)]):
            # Shown once, and not when it was asked for again.
            contradicted = Missing("criterion_shown", "applicant", _asked_for(criterion, test))
            return _open([*seen, *none[-1:]], contradicted)
        if test.open and not _enough(criterion, [e for e in fitting if _lasts(e.fact)]):
            return _open(seen, _TAKEOVER)
        return Finding(Status.MET, tuple(seen if criterion.kind in _WHOLE else fitting))
    lacking = [(each, says) for each, says in shown if says.lacks]
    names = dict.fromkeys(name for _, says in lacking for name in says.lacks)
    if criterion.children is not None and len(fitting) >= criterion.children:
        names["children"] = None  # seen at several times, so that they may be the same
    if names and _enough(criterion, [*fitting, *(each for each, _ in lacking)], may=True):
        by_takeover = (_TAKEOVER,) if names.pop(_BY_TAKEOVER, "") is None else ()
        details = (*_asked_for(criterion, test), ("lacks", " ".join(names)))
        silent = (Missing("sight_detail", "applicant", details),) if names else ()
        return _open(seen, *silent, *by_takeover)
    if test.open and any(says.later for _, says in shown):
        return _open(seen, _TAKEOVER)
    if none:
        return Finding(Status.NOT_MET, (*seen, *none[-1:]))
    if any(says.contradicts for _, says in shown):
        return Finding(Status.NOT_MET, tuple(seen))
    kind = "more_shown" if seen else "criterion_shown"
    return _open(seen, Missing(kind, "applicant", _asked_for(criterion, test)))


_WHOLE = (CriterionKind.SELF_SUPPORT, CriterionKind.INCOME)
"""What a sight shows the whole of, so that another one adds nothing to it."""


def _of(criterion: Criterion, seen_of: _Seen) -> list[Recorded[SightAttested]]:
    """Return the sights of a criterion's kind, by the documents and issuers that it takes."""
    return [
        each
        for each in seen_of.sights
        if each.fact.kind is criterion.kind
        and (not criterion.shown_by or each.fact.document in criterion.shown_by)
        and (not criterion.issued_by or each.fact.issuer in criterion.issued_by)
    ]


def _denied(shown: Iterable[tuple[Recorded[SightAttested], _Shown]]) -> bool:
    """Tell whether an authority answered no while what else was shown held already."""
    said = list(shown)
    held = [each.fact.first_day for each, says in said if says.fits]
    no = [each.fact.seen_on for each, s in said if s.contradicts and each.fact.answer is not None]
    return bool(held) and bool(no) and max(no) >= min(held)


def _asked_since(sight: Recorded[SightAttested], nothing: list[Recorded[NothingShown]]) -> bool:
    return any(each.fact.first_day > sight.fact.seen_on for each in nothing)


def _open(seen: list[Recorded[Any]], *missing: Missing) -> Finding:
    return Finding(Status.UNKNOWN, tuple(seen), (), missing)


_TAKEOVER = Missing("takeover_stated", "housing_organisation")
_BY_TAKEOVER = "takeover"


def _asked_for(criterion: Criterion, test: _Test) -> tuple[tuple[str, str], ...]:
    return ("criterion", str(criterion.kind)), ("day", test.day.isoformat())


def _lasts(fact: SightAttested) -> bool:
    """Tell whether what was seen to hold goes on holding, whenever the dwelling is taken over."""
    passing = (CriterionKind.SEPARATION, CriterionKind.DEGREE, CriterionKind.CHILD)
    return fact.last_day is None and fact.kind not in passing


def _enough(
    criterion: Criterion, sights: list[Recorded[SightAttested]], *, may: bool = False
) -> bool:
    """Tell whether sights are enough together: jobs add up; hours not stated may be any.

    `may`: whether they may be enough, as far as what they leave open goes.
    """
    if criterion.children is not None and all(each.fact.answer is None for each in sights):
        return (len(sights) if may else _most_at_once(sights)) >= criterion.children
    if criterion.kind is not CriterionKind.WORK or criterion.hours is None:
        return bool(sights)
    if criterion.full_time_agreed and any(
        each.fact.full_time_agreed or (may and each.fact.full_time_agreed is None)
        for each in sights
    ):
        return True
    if any(each.fact.answer is not None or each.fact.hours is None for each in sights):
        return True
    return _hours_of([each.fact for each in sights]) >= Decimal(criterion.hours)


def _hours_of(jobs: Iterable[SightAttested]) -> Decimal:
    """Return how many hours jobs come to, each counted once.

    What began on one day is one job, however often it is seen; of several that did, as many are
    told apart as were seen on one day by one kind of document.
    """
    found: defaultdict[date, Counter[tuple[date, DocumentKind]]] = defaultdict(Counter)
    for job in jobs:
        # In hundredths, which a Counter adds up.
        found[job.first_day][job.seen_on, job.document] += int(100 * Decimal(job.hours or "0"))
    return Decimal(sum(max(of_one.values()) for of_one in found.values())) / 100


def _most_at_once(sights: list[Recorded[SightAttested]]) -> int:
    """Return how many were seen on one day by one kind of document, so that none counts twice."""
    return max(Counter((i.fact.seen_on, i.fact.document) for i in sights).values(), default=0)


def _worked(criterion: Criterion, sights: Sequence[SightAttested], test: _Test) -> bool:
    """Tell whether jobs have come to the hours asked for, for long enough without a break."""
    if criterion.worked is None or any(each.answer is AttestedAnswer.YES for each in sights):
        return True
    counting = [
        each
        for each in sights
        if each.answer is None
        and _job_counts(criterion, each) is True
        and all(lies for _, lies in _placed(criterion, each))
    ]
    first, day = test.day + timedelta(days=1), test.day
    while True:
        at_once = [each for each in counting if _holds(each, day) is None]
        full_time = criterion.full_time_agreed and any(each.full_time_agreed for each in at_once)
        if not at_once or not (full_time or _hours_of(at_once) >= Decimal(criterion.hours or "0")):
            break
        # Since the latest day on which one of them began, or another ended.
        ended = [e.last_day for e in counting if e.last_day is not None and e.last_day < day]
        since = max(each.first_day for each in at_once)
        first = max([since, *(each + timedelta(days=1) for each in ended)])
        day = first - timedelta(days=1)
    return calendar.months_after(first, criterion.worked) <= test.day


def _shows(
    criterion: Criterion,
    fact: SightAttested,
    test: _Test,
    sole: bool,
    beside: Sequence[SightAttested] = (),
) -> _Shown:
    """Say what one sight of the criterion's kind shows of it, `beside` all those of the kind.

    `sole`: there is no other criterion of the kind.
    """
    if fact.answer is not None:
        return _answered(fact, test.day) if sole else _Shown(lacks=("which",))
    if criterion.kind is CriterionKind.SELF_SUPPORT:
        return _self_support(criterion, fact, test, beside)
    return _SHOWS[criterion.kind](criterion, fact, test)


def _answered(fact: SightAttested, day: date) -> _Shown:
    """Say what an authority's answer to the criterion as a whole shows."""
    silent = _holds(fact, day)
    if silent is not None:
        return silent
    if fact.answer is AttestedAnswer.UNDETERMINED:
        return _Shown(lacks=("answer",))
    return _judged((("answer", fact.answer is AttestedAnswer.YES),))


def _holds(fact: SightAttested, day: date) -> _Shown | None:
    """Return what a sight says of a day that it does not speak of; None: it speaks of it."""
    if fact.first_day > day:
        return _NOT_YET
    return _NOTHING if fact.last_day is not None and fact.last_day < day else None


def _job(criterion: Criterion, fact: SightAttested, test: _Test) -> _Shown:
    """Say what a job shows: one that fails contradicts only where it fills the hours asked for.

    Jobs add up, so one of fewer hours says nothing of another one.
    """
    silent = _holds(fact, test.day)
    if silent is not None and not (silent is _NOT_YET and criterion.start_within is not None):
        return silent
    in_time = _begun(criterion, fact, test)
    long_enough = True
    if fact.last_day is not None and criterion.months is not None:
        term = calendar.months_after(fact.first_day, criterion.months) - timedelta(days=1)
        long_enough = fact.last_day >= term
    held = True
    if criterion.held is not None:
        held = calendar.months_after(fact.first_day, criterion.held) <= test.day
    needs_hours = criterion.hours is not None and not (
        criterion.full_time_agreed and fact.full_time_agreed
    )
    found = _judged(
        (
            ("job", _job_counts(criterion, fact)),
            ("hours", None if needs_hours and fact.hours is None else True),
            ("term", long_enough and not (criterion.permanent and fact.last_day is not None)),
            ("left", fact.last_day is None or _goes_on(criterion, fact.last_day, test)),
            ("held", held),
            *_placed(criterion, fact),
            (_BY_TAKEOVER, in_time),
        ),
        later=not in_time or not held,
    )
    if criterion.full_time_agreed and fact.full_time_agreed is None and found.fits:
        short = Decimal(fact.hours or "0") < Decimal(criterion.hours or "0")
        return _Shown(lacks=("full_time_agreed",)) if short else found
    if found.contradicts and Decimal(fact.hours or "0") < Decimal(criterion.hours or "1"):
        return _Shown(later=found.later)
    return found


def _job_counts(criterion: Criterion, fact: SightAttested) -> bool | None:
    if not criterion.jobs and not criterion.excluded:
        return True
    if fact.job is None:
        return None
    return fact.job not in criterion.excluded and (not criterion.jobs or fact.job in criterion.jobs)


def _begun(criterion: Criterion, fact: SightAttested, test: _Test) -> bool | None:
    """Say whether something has begun in time; None: it hangs on the day of the takeover."""
    latest = test.day
    if criterion.start_within is not None:
        from_day = test.takeover or test.day
        latest = max(latest, calendar.months_after(from_day, criterion.start_within))
    if fact.first_day <= latest:
        return True
    return None if criterion.start_within is not None and test.takeover is None else False


def _placed(criterion: Criterion, fact: SightAttested) -> Iterable[tuple[str, bool | None]]:
    """Say whether what was seen lies where the criterion asks; None: the sight does not say."""
    if criterion.inside is not None:
        yield "inside", _lies(criterion.inside, fact.inside, fact.outside)
    if criterion.outside is not None:
        inside = _lies(criterion.outside, fact.inside, fact.outside)
        yield "outside", None if inside is None else not inside
    if criterion.within_km is not None:
        yield "km", None if fact.km is None else fact.km <= criterion.within_km


def _lies(place: Place, inside: tuple[Place, ...], outside: tuple[Place, ...]) -> bool | None:
    if any(each is place or place.holds(each) for each in inside):
        return True
    return False if any(each is place or each.holds(place) for each in outside) else None


def _education(criterion: Criterion, fact: SightAttested, test: _Test) -> _Shown:
    if criterion.start_within is None:
        silent = _holds(fact, test.day)
        if silent is not None:
            return silent
        begun: bool | None = True
    else:
        if fact.last_day is not None and fact.last_day < test.day:
            return _NOTHING
        begun = _begun(criterion, fact, test)
    where = (*_placed(criterion, fact), (_BY_TAKEOVER, begun))
    if criterion.apprentice and fact.document is DocumentKind.APPRENTICESHIP_CONTRACT:
        return _judged(where, later=not begun)
    months = criterion.months
    long_enough = None if fact.months is None else fact.months >= (months or 0)
    return _judged(
        (
            *where,
            ("level", _reaches(criterion, fact)),
            ("su_eligible", fact.su_eligible if criterion.su_eligible else True),
            ("full_time", fact.full_time if criterion.full_time else True),
            ("months", True if months is None else long_enough),
            ("left", _goes_on(criterion, fact.last_day, test)),
        ),
        later=not begun,
    )


def _goes_on(criterion: Criterion, last_day: date | None, test: _Test) -> bool | None:
    """Say whether what ends on a day goes on for long enough; None: its last day is not said."""
    if criterion.left is None:
        return True
    if last_day is None:
        return None
    return last_day >= calendar.months_after(test.day, criterion.left) - timedelta(days=1)


_LEVELS = (
    EducationLevel.BASIC,
    EducationLevel.UPPER_SECONDARY,
    EducationLevel.VOCATIONAL,
    EducationLevel.HIGHER,
)
"""From the lowest up."""


def _reaches(criterion: Criterion, fact: SightAttested) -> bool | None:
    if criterion.level is None:
        return True
    if fact.level is None:
        return None
    return _LEVELS.index(fact.level) >= _LEVELS.index(criterion.level)


def _degree(criterion: Criterion, fact: SightAttested, test: _Test) -> _Shown:
    if fact.first_day > test.day:
        return _NOT_YET
    recent = _recent(criterion, fact, test)
    return _of_one(_judged((("level", _reaches(criterion, fact)), ("first_day", recent))))


def _recent(criterion: Criterion, fact: SightAttested, test: _Test) -> bool:
    months = criterion.months
    return months is None or calendar.months_after(fact.first_day, months) >= test.day


def _as_one(
    one: SightAttested, sights: Iterable[SightAttested], back: date = date.min
) -> SightAttested:
    """Return a sight of what somebody lived from, with those that go before it without a gap.

    Four quarters show what one year does. Those that ended before `back` are left out.
    """
    before = sorted(
        (
            each
            for each in sights
            if each.last_day is not None
            and back <= each.last_day
            and each.first_day < one.first_day
            and each.answer is None
            and each.incomes
        ),
        key=lambda each: each.first_day,
        reverse=True,
    )
    for each in before:
        if each.last_day is not None and each.last_day >= one.first_day - timedelta(days=1):
            lived_from = tuple(dict.fromkeys((*one.incomes, *each.incomes)))
            first = min(one.first_day, each.first_day)
            one = msgspec.structs.replace(one, first_day=first, incomes=lived_from)
    return one


def _self_support(
    criterion: Criterion, fact: SightAttested, test: _Test, beside: Sequence[SightAttested]
) -> _Shown:
    """Say what a sight of all that somebody lived from in a time shows, `beside` other ones."""
    back = test.day
    if criterion.months is not None:
        back = calendar.months_before(test.day, criterion.months)
    if fact.last_day is not None and fact.last_day < back:
        return _NOTHING
    if fact.first_day > test.day:
        return _NOT_YET
    counting = [each for each in beside if not any(i in criterion.none_of for i in each.incomes)]
    whole = _as_one(fact, counting, back)
    if not criterion.none_of:
        # Where nothing is excluded by name, all of the time back is lived from what counts.
        fact = whole
    excluding = any(each in criterion.none_of for each in fact.incomes)
    other = bool(criterion.incomes) and any(each not in criterion.incomes for each in fact.incomes)
    all_the_time = criterion.months is not None and not criterion.none_of
    now = fact.last_day is None or fact.last_day >= test.day
    if excluding or (other and (now or all_the_time)):
        return _Shown(contradicts=True)
    if fact.last_day is not None and fact.last_day < test.day:
        return _NOTHING
    reaches_back = whole.first_day <= back
    of_sickness = [each for each in beside if any(i in _SICK_PAY for i in each.incomes)]
    sick = _as_one(fact, of_sickness)
    return _judged(
        (
            ("incomes", True if fact.incomes else None),
            ("back", reaches_back or None),
            ("sick_since", _sick_so_short(criterion, sick, test)),
        )
    )


_SICK_PAY = (IncomeKind.SICK_PAY_IN_JOB, IncomeKind.SICK_PAY_WITHOUT_JOB)


def _sick_so_short(criterion: Criterion, fact: SightAttested, test: _Test) -> bool | None:
    """Say whether sickness benefit was had for a short enough time; None: it may have been."""
    if criterion.sick_weeks is None or not any(each in _SICK_PAY for each in fact.incomes):
        return True
    if test.day < fact.first_day + timedelta(weeks=criterion.sick_weeks):
        return True
    # What else was lived from in that time may have come before it.
    return False if all(each in _SICK_PAY for each in fact.incomes) else None


def _income(criterion: Criterion, fact: SightAttested, test: _Test) -> _Shown:
    silent = _holds(fact, test.day)
    if silent is not None:
        return silent
    if fact.amount is None or fact.reached is None:
        return _Shown(lacks=("amount",))
    if fact.of_couple and fact.reached:
        return _NOTHING  # of either alone it says nothing
    over = criterion.months is None or (fact.months is not None and fact.months >= criterion.months)
    if criterion.most_amount is not None:
        most = _at_most(criterion.most_amount, fact.amount, reached=fact.reached)
        return _judged((("amount", most), ("over", over or None)))
    asked = criterion.amount or 0
    if (fact.reached and fact.amount < asked) or (not fact.reached and fact.amount > asked):
        return _Shown(lacks=("amount",))
    if criterion.months is not None and fact.months is None:
        return _Shown(lacks=("over",))
    return _judged((("amount", fact.reached), ("over", over or None)))


def _at_most(most: int, compared: int, *, reached: bool) -> bool | None:
    """Tell whether an income that reaches a sum, or does not, is at most another (øre)."""
    if reached:
        return False if compared > most else None
    return True if compared <= most + 1 else None


def ages(fact: SightAttested, day: date) -> tuple[int, int] | None:
    """Return the least and the greatest age that a person seen to be of an age can have on a day.

    The birthday is not held, so the age of another day lies between two; None: no age is shown.
    """
    if fact.age is None:
        return None
    if day >= fact.first_day:
        years, whole = _years(fact.first_day, day)
        return fact.age + years, fact.age + years + (0 if whole else 1)
    years, whole = _years(day, fact.first_day)
    return fact.age - years - (0 if whole else 1), fact.age - years


def _years(first: date, last: date) -> tuple[int, bool]:
    """Return how many years there are between two days, and whether they are whole ones."""
    years = last.year - first.year
    if calendar.months_after(first, 12 * years) > last:
        years -= 1
    return years, calendar.months_after(first, 12 * years) == last


def _between(found: tuple[int, int], least: int, most: int) -> bool | None:
    """Say whether an age that lies between two lies within limits; None: it may."""
    low, high = found
    if least <= low and high <= most:
        return True
    return False if high < least or low > most else None


_NO_AGE = 1_000


def _age(criterion: Criterion, fact: SightAttested, test: _Test) -> _Shown:
    found = ages(fact, test.day)
    if found is None:
        return _Shown(lacks=("age",))
    asked: list[tuple[str, bool | None]] = []
    if criterion.age is not None:
        asked.append(("age", _between(found, criterion.age, _NO_AGE)))
    if criterion.most_age is not None:
        asked.append(("age", _between(found, 0, criterion.most_age)))
    if criterion.over_age is not None:
        # "Over 65" of somebody who is 65: from the birthday on, or from the next one?
        over = _between(found, criterion.over_age + 1, _NO_AGE)
        may = over is False and _between(found, criterion.over_age, _NO_AGE) is not False
        asked.append(("over_age" if may or over is None else "age", None if may else over))
    if test.open and None in dict(asked).values():
        return _NOT_YET  # older by the takeover, whenever that is
    return _judged(asked, later=True)


def _pension(criterion: Criterion, fact: SightAttested, test: _Test) -> _Shown:
    silent = _holds(fact, test.day)
    if silent is not None:
        return silent
    if not criterion.pensions:
        return _Shown(fits=True)
    known = None if fact.pension is None else fact.pension in criterion.pensions
    return _judged((("pension", known),))


_ENDED = (BreakKind.SEPARATION, BreakKind.DIVORCE, BreakKind.PARTNERSHIP_ENDED)


def _separated(criterion: Criterion, fact: SightAttested, test: _Test) -> _Shown:
    if fact.first_day > test.day:
        return _NOT_YET
    by: bool | None = True
    if fact.ended_by is not None:
        by = fact.ended_by in (criterion.breaks or _ENDED)
    elif criterion.breaks:
        by = None
    together: bool | None = True
    if criterion.together is not None:
        together = None if fact.months is None else fact.months >= criterion.together
    return _of_one(
        _judged(
            (
                ("ended_by", by),
                ("together", together),
                *_placed(criterion, fact),
                ("first_day", _recent(criterion, fact, test)),
            )
        )
    )


def _child(criterion: Criterion, fact: SightAttested, test: _Test) -> _Shown:
    silent = _holds(fact, test.day)
    if silent is not None:
        return silent
    found = None if fact.no_child is not None else ages(fact, test.day)
    young: bool | None = True
    if criterion.below_age is not None:
        young = None if found is None else _between(found, 0, criterion.below_age - 1)
    if criterion.none or fact.no_child is not None:
        return _no_child(criterion, fact, young)
    living = criterion.living or (ChildLiving.HERE, ChildLiving.SHARED)
    lives = None if fact.living is None else fact.living in living
    return _of_one(_judged((("age", young), ("living", lives), *_placed(criterion, fact))))


def _no_child(criterion: Criterion, fact: SightAttested, young: bool | None) -> _Shown:
    """Say what a sight shows of there being no child, or what one of none shows of a child.

    `young`: whether a child that was seen is of the age that is asked about. Beside `no_child` the
    age of a sight says below which age there is none; where it says none, of whatever age.
    """
    if not criterion.none:
        return _NOTHING
    if fact.no_child is None:
        if young is False or fact.living is ChildLiving.CONTACT:
            return _NOTHING
        known = young is not None and fact.living is not None
        return _Shown(contradicts=True) if known else _Shown(lacks=("no_child",))
    if fact.no_child:
        below = criterion.below_age
        covers = fact.age is None or (below is not None and fact.age >= below)
        return _judged((("no_child", covers or None),))
    of_these = fact.age is None or (criterion.below_age or fact.age) >= fact.age
    return _judged((("no_child", False if of_these else None),))


def _tie(criterion: Criterion, fact: SightAttested, test: _Test) -> _Shown:
    if fact.tie is None:
        return _Shown(lacks=("tie",))
    lives = criterion.tie is TieKind.HAS_LIVED and fact.tie is TieKind.LIVES
    if criterion.tie is not None and fact.tie is not criterion.tie and not lives:
        return _NOTHING
    past = fact.tie is TieKind.HAS_LIVED
    silent = None if past else _holds(fact, test.day)
    if silent is not None:
        return silent
    last = test.day if fact.last_day is None else min(fact.last_day, test.day)
    long_enough = True
    if criterion.months is not None:
        long_enough = calendar.months_after(fact.first_day, criterion.months) <= last
    found = _judged((*_placed(criterion, fact), ("first_day", long_enough)), later=not long_enough)
    # Whoever lives somewhere lives there alone; any other tie is one of several.
    return found if criterion.tie is TieKind.LIVES else _of_one(found)


def _leaves(criterion: Criterion, fact: SightAttested, test: _Test) -> _Shown:
    if fact.leaves is None:
        return _Shown(lacks=("leaves",))
    if criterion.leaves is not None and fact.leaves is not criterion.leaves:
        return _NOTHING
    if fact.first_day > test.day:
        return _NOT_YET
    still = fact.last_day is None or fact.last_day >= test.day
    large: bool | None = True
    if criterion.rooms is not None:
        large = None if fact.rooms is None else fact.rooms >= criterion.rooms
    return _judged((("first_day", still), ("rooms", large), *_placed(criterion, fact)))


def _needed(criterion: Criterion, fact: SightAttested, test: _Test) -> _Shown:
    return _holds(fact, test.day) or _Shown(fits=True)


_SHOWS: dict[CriterionKind, Callable[[Criterion, SightAttested, _Test], _Shown]] = {
    CriterionKind.WORK: _job,
    CriterionKind.EDUCATION: _education,
    CriterionKind.DEGREE: _degree,
    CriterionKind.INCOME: _income,
    CriterionKind.AGE: _age,
    CriterionKind.PENSION: _pension,
    CriterionKind.SEPARATION: _separated,
    CriterionKind.CHILD: _child,
    CriterionKind.TIE: _tie,
    CriterionKind.LEAVES: _leaves,
    CriterionKind.OTHER_DWELLING_NEEDED: _needed,
}


# --- Whether a household meets them ---------------------------------------------------------


class Members(NamedTuple):
    """What was found of the members of a household, and what it is to move into."""

    applicant: Finding | None
    partners: list[Finding]
    """Those who count as the applicant's couple."""
    others: list[Finding]
    complete: bool
    """All members are known, and what each of them is."""
    couple: bool | None
    """Whether the applicant moves in with a partner who counts; None: not known."""
    together: bool
    """Since when each partner lives with the applicant is stated, as far as it is asked."""
    resident: bool | None
    """Whether the applicant lives in the department already; None: not stated."""
    rooms: int | None
    """How many habitable rooms the dwelling has; None: not recorded."""
    dwelling: str


NOTHING_JUDGED: Mapping[int, bool] = MappingProxyType({})


class _Reached(NamedTuple):
    """A way that is met: by being free of all that it asks, or else in a rank."""

    free: bool
    rank: int
    number: int
    found: Finding
    may_rank: bool = False
    """Somebody who is free of it may meet it too, which would carry its rank."""


def household_meets(
    criteria: CriteriaSet,
    members: Members,
    judged: Mapping[int, bool] = NOTHING_JUDGED,
    let_by: int | None = None,
) -> Finding:
    """Say whether the household meets the criteria, and in which rank.

    Who is free of all that is asked meets them in no rank. `judged`: the clauses that a named
    person has looked at, by number, and whether the household fits them. `let_by`: the way, or the
    turn, that the dwelling is let by; None: by no one. Whose turn it is says who comes first.
    """
    by_number = ranks(criteria, let_by)
    if by_number is None:
        return Finding(Status.UNKNOWN, (), (), (_LET_BY,))
    of_these = [
        (at, each)
        for at, each in enumerate(criteria.clauses, 1)
        if each.way is None or each.way in by_number
    ]
    said = [(each, judged[at]) for at, each in of_these if at in judged]
    left = [each for at, each in of_these if at not in judged]
    criteria = msgspec.structs.replace(criteria, clauses=tuple(left))
    let_in, against = _let_in(said, None), _closed(said, None)
    if against is not None and let_in is None:
        others = [e for e in left if e.does in (AsksMore.WAY_IN, AsksMore.EXEMPTION) and not e.way]
        return _to_look_at(others) if others else against
    made = _by_form(criteria, members, said, by_number, let_by)
    values = dict(made.values)
    if let_in is None or (against is None and "rank" in values):
        return made
    may_rank = made.status is Status.UNKNOWN or "rank_may_be_better" in values
    if against is not None or not may_rank or not criteria.ways:
        return let_in
    return msgspec.structs.replace(let_in, values=(*let_in.values, ("rank_may_be_better", "yes")))


def _by_form(
    criteria: CriteriaSet,
    members: Members,
    said: Sequence[tuple[Clause, bool]],
    by_number: Mapping[int, int],
    let_by: int | None,
) -> Finding:
    """Say what comes of the conditions and ways, and of what was `said` of clauses of one way."""
    found = [_of_household(at, each, members) for at, each in enumerate(criteria.conditions)]
    first = len(criteria.every)
    always = found[:first]
    if not criteria.ways:
        made = _all(always)
        free = all(_is_free(each) for each in always)
        reached = [_Reached(free, 1, 0, made)] if _met(made) else []
        return _with_clauses(criteria, made, reached, always)
    people = [*filter(None, [members.applicant]), *members.partners, *members.others]
    ways: list[_Reached] = []
    closed: list[int] = []
    for number, way in enumerate(criteria.ways, 1):
        own = found[first : first + len(way.conditions)]
        first += len(way.conditions)
        if number not in by_number:
            continue
        rank, open_to = by_number[number], _open_to(way, members)
        if any(each.status is Status.NOT_MET for each in open_to):
            ways.append(_Reached(False, rank, number, Finding(Status.NOT_MET)))
            closed.append(number)
            continue
        free = bool(own) and all(_is_free(each) for each in own)
        at = range(first - len(own), first)
        may_rank = free and any(
            _letter_of(each, n) == _FREE_AND_OPEN for each in people for n in at
        )
        made = _all([*own, *open_to])
        let_in, against = _let_in(said, number), _closed(said, number)
        if let_in is not None and (against is not None or free or not _met(made)):
            # Who meets the way as well keeps the rank that an exemption would not carry.
            made, free = _all([let_in, *open_to]), _is_free(let_in)
        elif against is not None:
            made, free = against, False
        ways.append(_Reached(free, rank, number, made, may_rank))
    open_clauses = tuple(each for each in criteria.clauses if each.way not in closed)
    criteria = msgspec.structs.replace(criteria, clauses=open_clauses)
    made = _all([_any([each.found for each in ways]), *always])
    reached = [each for each in ways if _met(each.found)] if _met(made) else []
    made = _with_clauses(criteria, made, reached, always)
    first_rank = dict(made.values).get("rank")
    if first_rank is None and not _met(made):
        return made
    if first_rank is not None and criteria.turns and let_by is None:
        open_order = (*_without(made, "rank", "order_open"), ("order_open", "yes"))
        return msgspec.structs.replace(made, values=open_order)
    better = any(
        (first_rank is None or each.rank < int(first_rank))
        and (_may_rank(criteria, each) if each.free else _may_be_met(criteria, each))
        for each in ways
    )
    extra = (("rank_may_be_better", "yes"),) if better else ()
    return msgspec.structs.replace(made, values=(*made.values, *extra))


def may_settle(criteria: CriteriaSet, found: Finding) -> bool:
    """Tell whether a named person's finding of a clause could change what was found."""
    does = {each.does for each in criteria.clauses}
    lets_in = not does.isdisjoint((AsksMore.WAY_IN, AsksMore.EXEMPTION))
    if found.status is Status.NOT_MET:
        return lets_in
    return lets_in or AsksMore.CONDITION in does


def _without(found: Finding, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple(each for each in found.values if each[0] not in names)


def _may_rank(criteria: CriteriaSet, way: _Reached) -> bool:
    """Tell whether who is free of a way may meet it too, or be let in by it."""
    let_in = _clauses(criteria, AsksMore.WAY_IN)
    return way.may_rank or any(_is_of(each, way) for each in let_in)


def _may_be_met(criteria: CriteriaSet, way: _Reached) -> bool:
    """Tell whether a way that was not what decided may be met all the same."""
    if way.found.status is not Status.NOT_MET:
        return True
    others = _clauses(criteria, AsksMore.WAY_IN, AsksMore.EXEMPTION)
    return any(_is_of(each, way) for each in others)


def _is_free(found: Finding) -> bool:
    return found == _FREE_OF_IT


_FREE_OF_IT = Finding(Status.MET, (), (("exempt", "yes"),))
"""Nobody is left whom the condition asks."""


def _met(found: Finding) -> bool:
    return found.status is Status.MET


def _open_to(way: Way, members: Members) -> list[Finding]:
    """Say whether a way is open to a household at all, where it is not open to every one."""
    found = []
    if way.household is not None:
        wanted = way.household is HouseholdKind.COUPLE
        unsaid = _COUPLE if members.together else COHABITATION
        found.append(_said(members.couple, wanted, unsaid))
    if way.residents_only:
        found.append(_said(members.resident, True, _RESIDENCE))
    if way.from_rooms is not None or way.to_rooms is not None:
        found.append(_said(_of_rooms(way, members.rooms), True, _ROOMS))
    named = not way.only_dwellings or members.dwelling in way.only_dwellings
    if not named or members.dwelling in way.not_dwellings:
        found.append(Finding(Status.NOT_MET))
    return found


def _of_rooms(way: Way, rooms: int | None) -> bool | None:
    if rooms is None:
        return None
    return (way.from_rooms or rooms) <= rooms <= (way.to_rooms or rooms)


COHABITATION = Missing("cohabitation_stated", "housing_organisation")
_LET_BY = Missing("let_by_stated", "housing_organisation")
_COUPLE = Missing("couple_stated", "housing_organisation")
_RESIDENCE = Missing("residence_stated", "housing_organisation")
_ROOMS = Missing("rooms_recorded", "housing_organisation")


def _said(said: bool | None, wanted: bool, missing: Missing) -> Finding:
    if said is None:
        return Finding(Status.UNKNOWN, (), (), (missing,))
    return Finding(Status.MET if said is wanted else Status.NOT_MET)


def _of_household(at: int, condition: Condition, members: Members) -> Finding:
    """Say whether a household meets one condition, by who of it must."""
    roles = _REACHED[condition.who]
    applicants = [] if members.applicant is None else [members.applicant]
    people = [*applicants]
    people += members.partners if PARTNER in roles else []
    people += members.others if OTHER in roles else []
    complete = members.applicant is not None
    if condition.who is not MustMeet.APPLICANT:
        complete = complete and members.complete and (OTHER in roles or members.couple is not None)
    each = [_of_person(at, found) for found in people]
    asked = [found for found in each if found.status is not Status.NOT_APPLICABLE]
    unsaid = () if members.together or condition.who is MustMeet.APPLICANT else (COHABITATION,)
    unknown = [] if complete else [Finding(Status.UNKNOWN, (), (), unsaid)]
    if not asked and not unknown:
        # Who is free of the condition meets it for nobody else; where all are, nobody is left to.
        return _FREE_OF_IT
    if condition.who in _EACH:
        return _all([*asked, *unknown])
    if condition.who is MustMeet.TOGETHER:
        if _hours_enough(at, condition, people):
            return Finding(Status.MET, (), (("met_by", str(CriterionKind.WORK)),))
        of_both = _income_of_both(at, people) if members.couple else set()
        at_most = any(c.most_amount is not None for a in condition.any_of for c in a.all_of)
        if of_both == {"yes"}:
            return Finding(Status.MET, (), (("met_by", str(CriterionKind.INCOME)),))
        if at_most and members.couple is not False:
            # What one has alone says little of a greatest sum for both, unless it is more.
            over = [each for each in asked if each.status is Status.NOT_MET]
            if over or of_both == {"no"}:
                return over[0] if over else Finding(Status.NOT_MET)
            return Finding(Status.UNKNOWN, (), (), (_INCOME_OF_BOTH,))
        if of_both and of_both != {"no"}:
            unknown.append(Finding(Status.UNKNOWN, (), (), (_INCOME_OF_BOTH,)))
    return _any([*asked, *unknown])


_INCOME_OF_BOTH = Missing("income_of_both_shown", "applicant")


def _income_of_both(at: int, people: Iterable[Finding]) -> set[str]:
    """Return what was seen of the income of a couple together, of each alternative."""
    said = (dict(found.values).get("income_together", "").split() for found in people)
    pairs = (each.split("=") for of_one in said for each in of_one)
    return {value for key, value in pairs if key.split(".")[0] == str(at)}


def _hours_enough(at: int, condition: Condition, people: Iterable[Finding]) -> bool:
    """Tell whether the hours of a couple are enough when they are added up."""
    total: defaultdict[str, Decimal] = defaultdict(Decimal)
    for found in people:
        for each in dict(found.values).get("hours_together", "").split():
            key, hours = each.split("=")
            total[key] += Decimal(hours)
    return any(
        total[f"{at}.{number}"] >= Decimal(criterion.hours)
        for number, alternative in enumerate(condition.any_of)
        for criterion in alternative.all_of
        if criterion.hours is not None
    )


def _of_person(at: int, found: Finding) -> Finding:
    if found.status is Status.NOT_EXAMINED:
        return found
    letters = dict(found.values).get("conditions")
    if letters is None:  # of somebody whose facts were erased
        return Finding(Status.UNKNOWN, (), (), found.missing)
    match _STATUSES.get(letters[at], Status.NOT_APPLICABLE):
        case Status.MET:
            return Finding(Status.MET, (), _named(found, "met_by"))
        case Status.NOT_MET:
            return Finding(Status.NOT_MET, (), _named(found, "asked_for"))
        case Status.UNKNOWN:
            return Finding(Status.UNKNOWN, (), (), found.missing)
        case _:
            return Finding(Status.NOT_APPLICABLE)


def _letter_of(found: Finding, at: int) -> str:
    return dict(found.values).get("conditions", "")[at : at + 1]


def _named(found: Finding, name: str) -> tuple[tuple[str, str], ...]:
    return tuple(each for each in found.values if each[0] in ("criteria_set", name))


def _any(found: list[Finding]) -> Finding:
    """Return what comes out where one is enough."""
    return _settled(found, Status.MET, Status.NOT_MET)


def _all(found: list[Finding]) -> Finding:
    """Return what comes out where each is needed."""
    return _settled(found, Status.NOT_MET, Status.MET)


def _settled(found: list[Finding], settles: Status, otherwise: Status) -> Finding:
    for each in found:
        if each.status is settles:
            return each
    if any(each.status is Status.NOT_EXAMINED for each in found):
        return Finding(Status.NOT_EXAMINED)
    unknown = [each for each in found if each.status is Status.UNKNOWN]
    if unknown:
        missing = tuple(dict.fromkeys(m for each in unknown for m in each.missing))
        return Finding(Status.UNKNOWN, (), (), missing)
    return Finding(otherwise, (), _joined(found))


def _joined(found: list[Finding]) -> tuple[tuple[str, str], ...]:
    """Put together what the findings name, each thing once."""
    named: dict[str, dict[str, None]] = {}
    for each in found:
        for name, value in each.values:
            named.setdefault(name, {}).update(dict.fromkeys(value.split()))
    if len(named) > 1:
        named.pop("exempt", None)
    return tuple((name, " ".join(values)) for name, values in named.items())


# --- What the form can't say ----------------------------------------------------------------


@rule(
    "LET-FLEX-CLAUSE",
    "almenboligloven § 60, stk. 1 og 4",
    question="letting",
    act=acts.LOV_1322_2018,
    first_day=date(2000, 1, 1),
    effect=Effect.CLASSIFIES,
    data_class=DataClass.DECISIONS,
)
def judged_by_a_person(
    decisions: Iterable[Recorded[ClauseJudged]],
    criteria: Recorded[CriteriaSet],
    dwelling: str,
    day: date,
    view: View,
) -> Finding:
    """Say which clauses that the form can't say a named person has looked at, and what was found.

    A finding is of the criteria as they stood on its day, and of the dwelling that it names, if
    any; one of the dwelling at hand goes before one of each.
    """
    of_these = [
        item
        for item in decisions
        if item.fact.criteria == criteria.fact.criteria
        and item.fact.number <= len(criteria.fact.clauses)
        and criteria.fact.clauses[item.fact.number - 1].does is not AsksMore.ORDER
        and current(view, item.fact.criteria, item.fact.decision_day) == criteria
    ]
    found: dict[int, Recorded[ClauseJudged]] = {}
    for named in ("", dwelling):
        for number in {item.fact.number for item in of_these}:
            of_one = [
                item
                for item in of_these
                if item.fact.number == number and item.fact.dwelling == named
            ]
            item = standing(of_one, day)
            if item is not None:
                found[number] = item
    values = [
        (name, " ".join(str(each) for each in sorted(found) if found[each].fact.fits is fits))
        for name, fits in (("fits", True), ("fails", False))
    ]
    said = tuple((name, each) for name, each in values if each)
    evidence = tuple(found[each] for each in sorted(found))
    return Finding(Status.MET if found else Status.NOT_MET, evidence, said)


def judgments(found: Finding) -> dict[int, bool]:
    """Return the clauses that were looked at, by number, and whether the household fits them."""
    said = dict(found.values)
    return {
        int(number): fits
        for name, fits in (("fits", True), ("fails", False))
        for number in said.get(name, "").split()
    }


def _closed(said: Iterable[tuple[Clause, bool]], way: int | None) -> Finding | None:
    """Return that a person found a clause not met which asks for more, of a way or of all."""
    for clause, fits in said:
        if clause.does is AsksMore.CONDITION and clause.way == way and not fits:
            return Finding(Status.NOT_MET, (), (("clause_failed", _where(clause)),))
    return None


def _let_in(said: Iterable[tuple[Clause, bool]], way: int | None) -> Finding | None:
    """Return that a person found the household let in or exempt, by a clause of a way or of all."""
    for clause, fits in said:
        if clause.way != way or not fits:
            continue
        if clause.does is AsksMore.EXEMPTION:
            return _FREE_OF_IT
        if clause.does is AsksMore.WAY_IN:
            return Finding(Status.MET, (), (("let_in_by", _where(clause)),))
    return None


def _where(clause: Clause) -> str:
    return clause.at or clause.says.rstrip(".")


def _with_clauses(
    criteria: CriteriaSet, found: Finding, reached: list[_Reached], always: list[Finding]
) -> Finding:
    """Return what stands once the clauses that the form can't say are thought of."""
    if found.status is Status.NOT_MET:
        others = _clauses(criteria, AsksMore.WAY_IN, AsksMore.EXEMPTION)
        if any(each.status is Status.NOT_MET for each in always):
            # What is asked in any case is asked of those whom a clause lets in by one way too.
            others = [each for each in others if each.way is None]
        return _to_look_at(others) if others else found
    if not reached:
        return found
    more = _clauses(criteria, AsksMore.CONDITION)
    firm = [each for each in reached if not any(_is_of(clause, each) for clause in more)]
    if not firm:
        return _to_look_at([c for c in more if any(_is_of(c, each) for each in reached)])
    best = min(firm, key=lambda each: each[:3])
    ranked = () if best.free else (("rank", str(best.rank)),)
    order = (("order_open", "yes"),) if _clauses(criteria, AsksMore.ORDER) else ()
    return Finding(Status.MET, (), (*best.found.values, *ranked, *order))


def _is_of(clause: Clause, reached: _Reached) -> bool:
    return clause.way in (None, reached.number)


def _clauses(criteria: CriteriaSet, *does: AsksMore) -> list[Clause]:
    return [each for each in criteria.clauses if each.does in does]


def _to_look_at(clauses: list[Clause]) -> Finding:
    """Say that a person has to look at what the form can't say."""
    missing = tuple(_looked_at(each) for each in clauses)
    return Finding(Status.UNKNOWN, (), (("asks_more", "yes"),), missing)


def _looked_at(clause: Clause) -> Missing:
    at = (("at", _where(clause)),)
    if clause.looks is LooksAtIt.MUNICIPALITY:
        return Missing("clause_looked_at", "municipality", at)
    return Missing("clause_looked_at", "housing_organisation", at)


RULES = declared(globals())
