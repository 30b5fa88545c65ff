"""Consecutive calendar months on a benefit: § 59, stk. 6, nr. 5 and stk. 7.

The act counts whole calendar months without saying how; the open points AMB-WINDOW,
AMB-CALMONTH, AMB-MIX, AMB-NAMEGAP, AMB-2025 and AMB-UDDHJ are where it can be read in more than
one way, and each is asked for only where a person's record makes it matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from domain import calendar
from domain.events import Recorded
from domain.facts import Benefit, BenefitPeriod, BenefitsAttested
from domain.law.kernel import Change, Finding, Missing, Readings, Record, Status

_DAY = timedelta(days=1)


class BenefitRecord(Record):
    """What is known of one person's benefits: periods received, and what is attested complete.

    Months are looked at once for each set of benefits and then remembered, since the readings
    of an open point look at the same months again.
    """

    __slots__ = ("_months", "_received", "_vouching", "attested", "kinds", "periods")

    def __init__(self, facts: Iterable[Recorded[Any]]) -> None:
        super().__init__(facts)
        self.periods: list[Recorded[BenefitPeriod]] = []
        self.attested: list[Recorded[BenefitsAttested]] = []
        for item in self.facts:
            if type(item.fact) is BenefitPeriod:
                self.periods.append(item)
            elif type(item.fact) is BenefitsAttested:
                self.attested.append(item)
        self._received = self.periods
        self.kinds = frozenset(item.fact.benefit for item in self.periods)
        self._months: dict[tuple[frozenset[Benefit], int], Month] = {}
        self._vouching: dict[frozenset[Benefit], list[Recorded[BenefitsAttested]]] = {}

    def longest_possible(self, kinds: frozenset[Benefit], upto: int) -> int:
        """Return a bound, in months up to `upto`, for any run of months with these benefits."""
        months = 0
        for item in self.periods:
            fact = item.fact
            if fact.benefit in kinds:
                end = upto if fact.last_day is None else calendar.month_of(fact.last_day)
                months += end - calendar.month_of(fact.first_day) + 1
        return months

    def since_ever(self, kinds: frozenset[Benefit]) -> list[Recorded[BenefitsAttested]]:
        """Return attestations without a first day, one for each benefit; empty: not for each."""
        used: list[Recorded[BenefitsAttested]] = []
        for kind in sorted(kinds):
            vouching = [
                item
                for item in self.attested
                if item.fact.first_day is None
                and (not item.fact.benefits or kind in item.fact.benefits)
            ]
            if not vouching:
                return []
            latest = max(vouching, key=lambda item: item.fact.last_day)
            if latest not in used:
                used.append(latest)
        return used

    def known_from(self, kinds: frozenset[Benefit]) -> int | None:
        """Return the first month that anything dated says something of these benefits."""
        days = [item.fact.first_day for item in self.periods if item.fact.benefit in kinds]
        days += [item.fact.first_day for item in self.attested if item.fact.first_day is not None]
        return calendar.month_of(min(days)) if days else None

    def as_far_as(self, day: date) -> BenefitRecord:
        """Return the record with what is still received cut off where `day`'s month begins.

        A benefit that goes on until further notice has not yet been received for months to come,
        and a month that is not over is not yet a month of it. Whether it is received on a day
        (`received_on`) is another matter: what goes on is taken to go on.
        """
        over = calendar.last_day(calendar.last_full_month(day))
        known = BenefitRecord(
            Recorded(
                item.position,
                item.event_id,
                item.leaf_hash,
                msgspec.structs.replace(item.fact, last_day=max(over, item.fact.first_day)),
            )
            if type(item.fact) is BenefitPeriod and item.fact.last_day is None
            else item
            for item in self.facts
        )
        known._received = self.periods
        return known

    def speaks_of(self, kinds: frozenset[Benefit]) -> bool:
        """Tell whether these benefits make any difference in this record.

        They do not when none was received and every attestation speaks of all benefits alike.
        """
        return bool(kinds & self.kinds) or any(item.fact.benefits for item in self.attested)

    def received_on(self, kinds: frozenset[Benefit], day: date) -> list[Recorded[BenefitPeriod]]:
        """Return the periods of these benefits that cover `day`."""
        return [
            item
            for item in self._received
            if item.fact.benefit in kinds
            and calendar.covers(item.fact.first_day, item.fact.last_day, day)
        ]

    def attested_on(
        self, kinds: frozenset[Benefit], first: date, last: date
    ) -> list[Recorded[BenefitsAttested]] | None:
        """Return attestations that together vouch for all of these benefits on all these days.

        None when some benefit is not vouched for on some day.
        """
        whole = self._vouching.get(kinds)
        if whole is None:
            whole = self._vouching[kinds] = [
                item
                for item in self.attested
                if not item.fact.benefits or kinds.issubset(item.fact.benefits)
            ]
        for item in whole:
            fact = item.fact
            if (fact.first_day is None or fact.first_day <= first) and fact.last_day >= last:
                return [item]
        used: list[Recorded[BenefitsAttested]] = []
        for kind in sorted(kinds):
            vouching = self._vouching_for(kind, first, last)
            if vouching is None:
                return None
            used.extend(item for item in vouching if item not in used)
        return used

    def _vouching_for(
        self, kind: Benefit, first: date, last: date
    ) -> list[Recorded[BenefitsAttested]] | None:
        used = []
        day = first
        while day <= last:
            for item in self.attested:
                fact = item.fact
                if (not fact.benefits or kind in fact.benefits) and calendar.covers(
                    fact.first_day, fact.last_day, day
                ):
                    used.append(item)
                    day = min(fact.last_day, last) + _DAY
                    break
            else:
                return None
        return used

    def month(self, kinds: frozenset[Benefit], month: int) -> Month:
        """Say whether a benefit among `kinds` was received in the month, some and every day."""
        key = (kinds, month)
        known = self._months.get(key)
        if known is None:
            known = self._months[key] = self._look_at(kinds, month)
        return known

    def _look_at(self, kinds: frozenset[Benefit], month: int) -> Month:
        first, last = calendar.first_day(month), calendar.last_day(month)
        touching = []
        if kinds & self.kinds:
            for item in self.periods:
                fact = item.fact
                end = fact.last_day
                if (
                    fact.benefit in kinds
                    and fact.first_day <= last
                    and (end is None or end >= first)
                ):
                    if fact.first_day <= first and (end is None or end >= last):
                        return Month(month, True, True, (item,))
                    touching.append(item)
        if not touching:
            vouching = self.attested_on(kinds, first, last)
            if vouching is None:
                return Month(month, None, None, ())
            return Month(month, False, False, tuple(vouching))
        gaps = _days_without(touching, first, last)
        if not gaps:
            return Month(month, True, True, tuple(touching))
        for start, end in gaps:
            vouching = self._vouched_day(kinds, start, end)
            if vouching is not None:
                return Month(month, True, False, (*touching, *vouching))
        return Month(month, True, None, tuple(touching))

    def _vouched_day(
        self, kinds: frozenset[Benefit], first: date, last: date
    ) -> list[Recorded[BenefitsAttested]] | None:
        """Return what vouches for the first day of the gap that is vouched for, if any is."""
        day = first
        while day <= last:
            vouching = self.attested_on(kinds, day, day)
            if vouching is not None:
                return vouching
            day += _DAY
        return None


def _days_without(
    touching: Sequence[Recorded[BenefitPeriod]], first: date, last: date
) -> list[tuple[date, date]]:
    """Return the stretches of days, within the interval, that no period covers."""
    gaps = []
    day = first
    for fact in sorted((item.fact for item in touching), key=_first_day):
        if fact.first_day > day:
            gaps.append((day, min(fact.first_day - _DAY, last)))
        if fact.last_day is None:
            return gaps
        day = max(day, fact.last_day + _DAY)
    if day <= last:
        gaps.append((day, last))
    return gaps


def _first_day(fact: BenefitPeriod) -> date:
    return fact.first_day


class Month(msgspec.Struct, frozen=True, gc=False):
    """One calendar month of one person and a set of benefits.

    `any_day` and `every_day` are three-valued: True, False, or None where the record is silent.
    """

    month: int
    any_day: bool | None
    every_day: bool | None
    evidence: tuple[Recorded[Any], ...]


class Run(msgspec.Struct, frozen=True, gc=False):
    """Whether a run of enough months ends where it must, and what that rests on."""

    status: Status
    evidence: tuple[Recorded[Any], ...] = ()
    missing: tuple[int, ...] = ()
    months: tuple[int, ...] = ()


class Ground(msgspec.Struct, frozen=True, gc=False):
    """A ground that asks for a run of months, in the wording of the day asked about.

    `named` are the benefits that the text names; `renamed` those that it named under another
    name (AMB-NAMEGAP); `replaced` those that the benefits named took the place of on 1 July 2025
    (AMB-2025), without kontanthjælp where it is named whatever its rate: it is named throughout;
    `promoted` those replaced that the text had not named before (AMB-UDDHJ); `joined` those of a
    neighbouring ground (AMB-MIX-ACROSS); `ungraded` a benefit recorded without the rate that the
    text asks for. `resource_course` is named, and `joined_resource_course` joined, where
    AMB-RESSOURCE is read so.
    """

    months: int
    named: frozenset[Benefit]
    renamed: frozenset[Benefit] = frozenset()
    replaced: frozenset[Benefit] = frozenset()
    promoted: frozenset[Benefit] = frozenset()
    joined: frozenset[Benefit] = frozenset()
    ungraded: frozenset[Benefit] = frozenset()
    resource_course: frozenset[Benefit] = frozenset()
    joined_resource_course: frozenset[Benefit] = frozenset()


REFORM_MONTH = calendar.month_of(date(2025, 7, 1))
"""The first month on the benefits of the cash-benefit reform (Lov 1655 of 30/12/2024)."""

WINDOW_MONTHS = 6
"""How long ago a run may have ended where AMB-WINDOW is read as in the agreement of 2018."""


def described(wordings: Iterable[tuple[date, Ground]]) -> list[Any]:
    """Return the wordings of a ground as parameters of its rule: everything that they say."""
    return [
        {
            "from": first_day,
            "reform_month": calendar.month_text(REFORM_MONTH),
            "window_months": WINDOW_MONTHS,
            **{name: _listed(getattr(ground, name)) for name in ground.__struct_fields__},
        }
        for first_day, ground in wordings
    ]


def _listed(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


_ONE_BENEFIT = frozenset(
    {Benefit.KONTANTHJAELP, Benefit.KONTANTHJAELP_16_1, Benefit.KONTANTHJAELP_16_2}
)
"""Kontanthjælp is one benefit whatever its rate, so its rates are never a mix."""

_NAMED_THROUGHOUT = frozenset({Benefit.KONTANTHJAELP})
"""A text that names kontanthjælp under the aktivlov names it as it was before the reform too."""

_SUCCEEDED = frozenset({Benefit.INTEGRATIONSYDELSE})
_SUCCESSORS = frozenset({Benefit.SELVFORSOERGELSES_OG_HJEMREJSEYDELSE, Benefit.OVERGANGSYDELSE})
"""What integrationsydelse became: one benefit with it where AMB-NAMEGAP is read so."""

_NONE: frozenset[Benefit] = frozenset()


class _Runs:
    """Runs of months in one record, under one way of counting.

    `since_reform` counts from July 2025 on, `before_reform` before it; grounds that the reform
    did not touch have the same set in both.
    """

    def __init__(
        self,
        record: BenefitRecord,
        readings: Readings,
        before_reform: frozenset[Benefit],
        since_reform: frozenset[Benefit],
        ungraded: frozenset[Benefit],
    ) -> None:
        self._record = record
        self._readings = readings
        self._before = before_reform
        self._since = since_reform
        self._ungraded = ungraded

    def month(self, month: int) -> tuple[bool | None, Month]:
        """Say whether the month counts, and what that rests on."""
        known = self._read(month)
        if known.any_day is True and known.every_day is not True:
            # A month with benefit for a part of it.
            whole = self._readings("AMB-CALMONTH") == "b"
            return (known.every_day if whole else True), known
        return known.any_day, known

    def _read(self, month: int) -> Month:
        kinds = self._since if month >= REFORM_MONTH else self._before
        if not kinds:
            return Month(month, False, False, ())
        known = self._record.month(kinds, month)
        if self._ungraded and known.every_day is not True and month >= REFORM_MONTH:
            silent = self._record.month(self._ungraded, month)
            if silent.any_day:
                return Month(month, None, None, (*known.evidence, *silent.evidence))
        return known

    def ending_at(self, last: int, length: int) -> Run:
        """Say whether the `length` months up to and including `last` are a run."""
        evidence: list[Recorded[Any]] = []
        missing: list[int] = []
        for month in range(last, last - length, -1):
            received, known = self.month(month)
            if received is False:
                return Run(Status.NOT_MET, known.evidence, (), (month,))
            if received is None:
                missing.append(month)
            evidence.extend(item for item in known.evidence if item not in evidence)
        if missing:
            return Run(Status.UNKNOWN, tuple(evidence), tuple(reversed(missing)))
        return Run(Status.MET, tuple(evidence), (), tuple(range(last - length + 1, last + 1)))

    def ending_within(self, earliest: int | None, latest: int, length: int) -> Run:
        """Say whether some run ends between the months; `earliest` None: at any time before."""
        wanted_from = None if earliest is None else earliest - length + 1
        kinds = self._before | self._since
        if not kinds:
            return Run(Status.NOT_MET)
        since_ever = self._record.since_ever(kinds)
        known_from = self._record.known_from(kinds)
        if since_ever:
            # Up to where it is vouched for, nothing was received but what is recorded.
            until = min(item.fact.last_day for item in since_ever)
            starts = [
                calendar.month_of(item.fact.first_day)
                for item in self._record.periods
                if item.fact.benefit in kinds
            ]
            known_from = min([*starts, calendar.month_after(until)])
        if known_from is None:
            return Run(Status.UNKNOWN, (), (latest,))
        floor = known_from if wanted_from is None else max(known_from, wanted_from)
        begins_unknown = not since_ever and (wanted_from is None or wanted_from < known_from)
        # A run that began before anything is known may end where the first known months do.
        uncertain = begins_unknown and (earliest is None or earliest < floor)
        if uncertain and self._record.longest_possible(kinds, latest) < length:
            # Too little was received for a run to be sure, and nothing can rule one out.
            touched = [i for i in self._record.periods if i.fact.benefit in kinds]
            return Run(Status.UNKNOWN, (*touched, *self._record.attested), (floor - 1,))
        evidence: list[Recorded[Any]] = []
        unknown: list[int] = [floor - 1] if begins_unknown else []
        possible = length if begins_unknown else 0
        sure = 0
        for month in range(floor, latest + 1):
            received, known = self.month(month)
            sure = sure + 1 if received else 0
            possible = 0 if received is False else possible + 1
            evidence.extend(item for item in known.evidence if item not in evidence)
            if received is None:
                unknown.append(month)
            if earliest is not None and month < earliest:
                continue
            if sure >= length:
                months = tuple(range(month - length + 1, month + 1))
                return Run(Status.MET, self._evidence_of(months), (), months)
            uncertain = uncertain or possible >= length
        if uncertain:
            return Run(Status.UNKNOWN, tuple(evidence), tuple(unknown))
        evidence.extend(item for item in since_ever if item not in evidence)
        return Run(Status.NOT_MET, tuple(evidence))

    def _evidence_of(self, months: Iterable[int]) -> tuple[Recorded[Any], ...]:
        used: list[Recorded[Any]] = []
        for month in months:
            used.extend(i for i in self.month(month)[1].evidence if i not in used)
        return tuple(used)


def run_of_months(ground: Ground, record: BenefitRecord, day: date, readings: Readings) -> Finding:
    """Say whether the ground's run of months stands on `day`, under the readings asked for."""
    last = calendar.last_full_month(day)
    named = ground.named
    if ground.renamed & record.kinds and readings("AMB-NAMEGAP") == "a":
        named = named | ground.renamed
    run = _run(ground, record, day, last, readings, named)
    if ground.resource_course & record.kinds:
        taken = named | ground.resource_course
        wider = _run(ground, record, day, last, readings, taken)
        if wider.status is not run.status and readings("AMB-RESSOURCE") == "b":
            named, run = taken, wider
        elif wider.status is run.status:
            run = _resting_on_both(run, wider)
    beside = ground.joined_resource_course & record.kinds
    if run.status is not Status.MET and (beside or record.speaks_of(ground.joined)):
        wider = _run(ground, record, day, last, readings, named | ground.joined, ground.joined)
        if beside:
            joined = ground.joined | ground.joined_resource_course
            widest = _run(ground, record, day, last, readings, named | joined, joined)
            wider = _read_as(wider, widest, readings, "AMB-RESSOURCE")
        run = _read_as(run, wider, readings, "AMB-MIX-ACROSS")
    if run.status is Status.MET and len(_benefits(run)) > 1:
        # Several periods may cover one month, so every benefit is tried, not those named alone.
        candidates = named | _besides(ground)
        alone = _alone(ground, record, day, last, readings, named, candidates & record.kinds, run)
        run = _read_as(run, alone, readings, "AMB-MIX-WITHIN")
    return _finding(ground, record, run, last)


def _read_as(run: Run, other: Run, readings: Readings, point: str) -> Run:
    """Ask the point only when its readings part; a result that both give rests on both."""
    if run.status is not other.status:
        return other if readings(point) == "b" else run
    return _resting_on_both(run, other)


def _resting_on_both(run: Run, other: Run) -> Run:
    evidence = (*run.evidence, *(item for item in other.evidence if item not in run.evidence))
    return Run(run.status, evidence, run.missing, run.months)


def _run(
    ground: Ground,
    record: BenefitRecord,
    day: date,
    last: int,
    readings: Readings,
    named: frozenset[Benefit],
    joined: frozenset[Benefit] = _NONE,
    only: frozenset[Benefit] | None = None,
) -> Run:
    """Find the run under the ground's wording; `only` narrows it to some of its benefits."""

    def counted(before: frozenset[Benefit], since: frozenset[Benefit]) -> Run:
        if only is not None:
            before, since = before & only, since & only
        runs = _Runs(record, readings, before, since, ground.ungraded)
        return _up_to_the_day(runs, day, last, ground.months, readings)

    if not ground.replaced:
        return counted(named, named)
    since = named
    throughout = joined | (named & _NAMED_THROUGHOUT)
    replaced = ground.replaced | throughout
    if ground.promoted & record.kinds:
        match readings("AMB-UDDHJ"):
            case "b":
                replaced = replaced | ground.promoted
            case "c":
                since = joined
    literal = counted(throughout, since)
    if literal.status is Status.MET:
        return literal
    return _read_as(literal, counted(replaced, since), readings, "AMB-2025")


def _up_to_the_day(runs: _Runs, day: date, last: int, length: int, readings: Readings) -> Run:
    """Take the run up to the last full month, or, as AMB-WINDOW is read, an older one."""
    run = runs.ending_at(last, length)
    if run.status is Status.MET:
        return run
    window = readings("AMB-WINDOW")
    if window == "a":
        return run
    earliest = None
    if window == "b":
        since = calendar.months_before(day, WINDOW_MONTHS)
        earliest = calendar.month_of(since)
    older = runs.ending_within(earliest, last - 1, length)
    if older.status is Status.MET or run.status is Status.NOT_MET:
        evidence = (*run.evidence, *(i for i in older.evidence if i not in run.evidence))
        if older.status is not Status.MET:
            return Run(older.status, evidence, older.missing, run.months)
        return older
    return run


def _alone(
    ground: Ground,
    record: BenefitRecord,
    day: date,
    last: int,
    readings: Readings,
    named: frozenset[Benefit],
    candidates: frozenset[Benefit],
    run: Run,
) -> Run:
    """Find a run on one benefit of the ground alone, under whichever of its names."""
    each_once = sorted({_canonical_benefit(kind) for kind in candidates})
    renamed = bool(ground.renamed & named)
    results = [
        _run(ground, record, day, last, readings, named, _NONE, _same_benefit(kind, renamed))
        for kind in each_once
    ]
    for status in (Status.MET, Status.UNKNOWN):
        for result in results:
            if result.status is status:
                return result
    return Run(Status.NOT_MET, run.evidence, (), run.months)


def _besides(ground: Ground) -> frozenset[Benefit]:
    """Return every benefit that some reading counts beside those named."""
    return (
        ground.replaced
        | ground.promoted
        | ground.joined
        | ground.resource_course
        | ground.joined_resource_course
    )


def _benefits(run: Run) -> list[Benefit]:
    """Name the benefits that a run rests on, kontanthjælp once whatever its rate."""
    kinds = {i.fact.benefit for i in run.evidence if type(i.fact) is BenefitPeriod}
    return sorted({_canonical_benefit(kind) for kind in kinds})


def _canonical_benefit(kind: Benefit) -> Benefit:
    return Benefit.KONTANTHJAELP if kind in _ONE_BENEFIT else kind


def _same_benefit(kind: Benefit, renamed: bool) -> frozenset[Benefit]:
    if kind in _ONE_BENEFIT:
        return _ONE_BENEFIT
    return frozenset((kind,)) | (_SUCCEEDED if renamed and kind in _SUCCESSORS else _NONE)


def _finding(ground: Ground, record: BenefitRecord, run: Run, last: int) -> Finding:
    values: tuple[tuple[str, str], ...] = (
        ("last_full_month", calendar.month_text(last)),
        ("months_required", str(ground.months)),
    )
    if run.status is Status.MET:
        found = (
            *values,
            ("run_from", calendar.month_text(run.months[0])),
            ("run_to", calendar.month_text(run.months[-1])),
            ("benefits", " ".join(_benefits(run))),
        )
        return Finding(Status.MET, run.evidence, found, (), (_breaking(ground, record, last),))
    if run.status is Status.UNKNOWN:
        return Finding(Status.UNKNOWN, run.evidence, values, (_missing(ground, run),))
    if run.months:
        values = (*values, ("month_without", calendar.month_text(run.months[-1])))
    return Finding(Status.NOT_MET, run.evidence, values)


def _missing(ground: Ground, run: Run) -> Missing:
    rate = any(
        type(i.fact) is BenefitPeriod and i.fact.benefit in ground.ungraded for i in run.evidence
    )
    return Missing(
        "benefit_rate" if rate else "benefits_attested",
        "municipality_benefits",
        (
            ("benefits", " ".join(sorted(_asked_about(ground, run.missing)))),
            ("months", " ".join(calendar.month_text(month) for month in run.missing)),
        ),
    )


def _asked_about(ground: Ground, months: Sequence[int]) -> frozenset[Benefit]:
    """Return the benefits that months need attested: before the reform those since replaced."""
    if not ground.replaced:
        return ground.named
    before = any(month < REFORM_MONTH for month in months)
    since = any(month >= REFORM_MONTH for month in months)
    older = ground.replaced | (ground.named & _NAMED_THROUGHOUT)
    return (older if before else _NONE) | (ground.named if since else _NONE)


def _breaking(ground: Ground, record: BenefitRecord, last: int) -> Change:
    """Name the fewest months, latest first, without which no run is left on any reading."""
    kinds = ground.named | ground.renamed | _besides(ground)
    periods = [i.fact for i in record.periods if i.fact.benefit in kinds]
    begin = min((calendar.month_of(fact.first_day) for fact in periods), default=last)
    months: list[int] = []
    length = 0
    for month in range(last, begin - 1, -1):
        first, end = calendar.first_day(month), calendar.last_day(month)
        if not any(f.first_day <= end and (f.last_day or end) >= first for f in periods):
            length = 0
            continue
        length += 1
        if month == last or length >= ground.months:
            months.append(month)
            length = 0
    return Change(
        "benefit_not_received",
        (("months", " ".join(calendar.month_text(month) for month in months)),),
    )
