"""Plan progress: a row for each area and run of days on which its plan stands the same way.

What the row says is what the rules of plans find on each of its days (`domain/law/plans`). Only
areas of which there is something to tell have rows: named by a list of transformation areas, with
counted dwellings, or with anything of a plan recorded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain import events, facts
from domain.events import BY_FACT, Recorded
from domain.facts import ListKind
from domain.law.edition import Edition
from domain.law.plans import progress
from domain.law.plans.counting import COUNTED, Share
from domain.law.plans.inventory import EVENTS, day_of
from domain.law.plans.kinds import FIRST_DAY
from domain.law.plans.progress import DAYS, READ, Seen, Standing
from domain.reference import Reference, View
from projections import view as views
from projections.view import Changes, Condition, Evidence, digested


class ProgressRow(msgspec.Struct, frozen=True, kw_only=True):
    """How the plan of an area stands from a day through a day; None: as far as is known.

    `status`, `state` and the days are those of `Standing`, empty where the area need have no plan
    and has none. The share is that of `Share`, empty where the dwellings were never counted.
    `evidence`: what the row rests on, on any of its days; readings chosen are among it.
    `known_at`: the last position among that and the registration; no shorter log gives this row.
    """

    area: str
    name: str
    municipality: str
    first_day: date
    last_day: date | None
    status: str = ""
    state: str = ""
    in_time: str = ""
    kind: str = ""
    due_on: date | None = None
    council_due_on: date | None = None
    sent_on: date | None = None
    refused_on: date | None = None
    approved_on: date | None = None
    amended_on: date | None = None
    reported_on: date | None = None
    carried_out_on: date | None = None
    share_status: str = ""
    family: int | None = None
    total: str = ""
    share: str = ""
    by_agreement: str = ""
    target: str = ""
    too_many: int | None = None
    to_build: int | None = None
    counted_on: date | None = None
    edition: str
    evidence: tuple[Evidence, ...]
    known_at: int


class _Run(NamedTuple):
    """Days that one row is made of, with what was seen of plan and share, and its last day."""

    days: list[tuple[date, Seen, Seen]]
    last_day: date | None

    def is_same(self, other: _Run) -> bool:
        """Tell whether none of the days was looked at again."""
        return (
            self.last_day == other.last_day
            and len(self.days) == len(other.days)
            and all(
                day == theirs[0] and plan is theirs[1] and share is theirs[2]
                for (day, plan, share), theirs in zip(self.days, other.days, strict=True)
            )
        )


@dataclass
class _Part:
    """What was seen of an area's plan, or of its share, on each day on which it can change."""

    seen: dict[date, Seen] = field(default_factory=dict)

    def look(
        self, days: list[date], reached: _Reached, at: Callable[[date], Seen]
    ) -> tuple[list[date], list[Seen]]:
        """Look at days that were not looked at, or are reached by what was recorded."""
        known = self.seen
        self.seen = {
            day: at(day) if day not in known or reached.has(day) else known[day] for day in days
        }
        return days, list(self.seen.values())


@dataclass
class _Reached:
    """Days on which what was recorded since can matter."""

    spans: list[tuple[date, date | None]] = field(default_factory=list)

    def add(self, first: date, end: date | None = None) -> None:
        self.spans.append((first, end))

    def has(self, day: date) -> bool:
        return any(first <= day and (end is None or day < end) for first, end in self.spans)


@dataclass
class _Area:
    """What is kept of an area, and what reaches it since it was last looked at."""

    plan: _Part = field(default_factory=_Part)
    share: _Part = field(default_factory=_Part)
    plan_reached: _Reached = field(default_factory=_Reached)
    share_reached: _Reached = field(default_factory=_Reached)
    lists: set[date] = field(default_factory=set)
    rows: dict[date, ProgressRow] = field(default_factory=dict)
    made_of: dict[date, _Run] = field(default_factory=dict)
    """What each row was made of, by its first day."""

    def settle(self, view: View, area: str) -> tuple[_Reached, _Reached]:
        """Return what reaches plan and share, and begin anew."""
        for list_day in self.lists:
            self.plan_reached.add(*progress.list_days_reached(view, area, list_day))
        found = self.plan_reached, self.share_reached
        self.plan_reached, self.share_reached, self.lists = _Reached(), _Reached(), set()
        return found


class PlanProgress:
    """Folds events, and makes the rows of the areas that they touch."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._reference = Reference()
        self._facts: dict[UUID, facts.Fact] = {}
        """What was applied, by event id: what is taken back touches what it was about."""
        self._linked: dict[str, set[str]] = {}
        self._areas: dict[str, _Area] = {}
        self._touched: set[str] = set()
        self._touched_all = False
        self._published: set[date] = set()
        self._last_list = FIRST_DAY
        self.digest = b""

    def apply(self, item: Recorded[Any]) -> None:
        """Fold one event in; events come in the order of the log."""
        fact = item.fact
        self.digest = digested(self.digest, item)
        gone = fact.retracts if isinstance(fact, facts.Retracted) else fact.corrects
        before = None if gone is None else self._facts.get(gone)
        if before is not None:
            self._touch(before)
        self._reference.apply(item)
        if not isinstance(fact, facts.Retracted):
            self._facts[item.event_id] = fact
            self._touch(fact)

    def _touch(self, fact: facts.Fact) -> None:
        """Note which areas may have other rows now, and on which days."""
        kind = type(fact)
        match fact:
            case facts.AreaListPublished():
                if fact.kind is ListKind.TRANSFORMATION:
                    self._published.add(fact.list_day)
                    self._last_list = max(self._last_list, fact.list_day)
                return
            case facts.AreaListed() if fact.list_day < FIRST_DAY:
                return
            case facts.AreaListed():
                for area in self._together(fact):
                    self._areas[area].lists.add(fact.list_day)
                self._last_list = max(self._last_list, fact.list_day)
                return
        areas = self._together(fact)
        if not areas:
            self._touched_all = True
        for area in areas:
            own = self._areas[area]
            if kind in DAYS:
                own.plan_reached.add(progress.day_of(fact))
            elif kind in COUNTED:
                own.share_reached.add(getattr(fact, COUNTED[kind]))
            elif isinstance(fact, EVENTS):
                own.share_reached.add(day_of(fact))
            else:
                own.plan_reached.add(date.min)
                own.share_reached.add(date.min)

    def _together(self, fact: facts.Fact) -> set[str]:
        """Return the areas that a fact names, and what they came out of or became."""
        named = [tag[5:] for tag in events.open_tags(fact) if tag.startswith("area:")]
        together = {area for name in named for area in self._linked.get(name, {name})}
        for area in together:
            self._linked[area] = together
            self._areas.setdefault(area, _Area())
        self._touched |= together
        return together

    def resume(self, rows: Iterable[ProgressRow]) -> None:
        """Take what has been applied so far as known: these rows were made of it."""
        self.changed()

    def changed(self, go_on: Callable[[], bool] = lambda: True) -> Changes[ProgressRow] | None:
        """Make the rows that were touched since they were last made, and return what is new.

        None when `go_on` says no between two areas; the fold is then of no more use.
        """
        view = View(self._reference, self._reference.position, {})
        self._reached_by_lists(view)
        if self._touched_all:
            for area, own in self._areas.items():
                own.plan_reached.add(date.min)
                own.share_reached.add(date.min)
                self._touched.add(area)
        touched, self._touched, self._touched_all = self._touched, set(), False
        changes: Changes[ProgressRow] = Changes([], [])
        for area in sorted(touched):
            if not go_on():
                return None
            # What is remembered of one area is of no use for another.
            alone = View(self._reference, view.position, {})
            before = self._areas[area].rows
            now = {row.first_day: row for row in self._rows(alone, area)}
            changes.gone.extend(row for day, row in before.items() if _other(now.get(day), row))
            changes.made.extend(row for day, row in now.items() if _other(before.get(day), row))
            self._areas[area].rows = now
        return changes

    def _reached_by_lists(self, view: View) -> None:
        """Find the areas of which a list that was published, or not, says something by being whole.

        It does of those that have no row of their own for its day.
        """
        for list_day in self._published:
            key = f"{ListKind.TRANSFORMATION}:{list_day.isoformat()}"
            known = self._reference.recorded(facts.AreaListPublished, key, view.position)
            nationwide = any(item.fact.complete_nationwide for item in known)
            complete_for = {code for item in known for code in item.fact.complete_for}
            if not nationwide and not complete_for:
                continue
            for area in self._reference.keys(facts.AreaRegistered):
                registered = view.area(area)
                if registered is None or not (
                    nationwide or registered.fact.municipality in complete_for
                ):
                    continue
                for each in self._linked.get(area, {area}):
                    if each != area or view.listed(area, list_day) is None:
                        self._areas.setdefault(each, _Area()).lists.add(list_day)
                        self._touched.add(each)
        self._published = set()

    def _rows(self, view: View, area: str) -> Iterator[ProgressRow]:
        own, edition = self._areas[area], self._edition
        plan_reached, share_reached = own.settle(view, area)
        registered = view.area(area)
        if registered is None or not progress.is_of_interest(view, area):
            own.plan, own.share, own.made_of = _Part(), _Part(), {}
            return
        plan_days, plans = own.plan.look(
            progress.days_of_change(edition, view, area, self._last_list),
            plan_reached,
            lambda day: progress.plan_on(edition, view, area, day),
        )
        share_days, shares = own.share.look(
            progress.share_days_of_change(view, area),
            share_reached,
            lambda day: progress.share_on(edition, view, area, day),
        )
        runs: list[_Run] = []
        run: list[tuple[date, Seen, Seen]] = []
        for day in sorted({*plan_days, *share_days}):
            plan = plans[bisect_right(plan_days, day) - 1]
            share = shares[bisect_right(share_days, day) - 1]
            if run and _differ(run[-1], plan, share):
                runs.append(_Run(run, day - timedelta(days=1)))
                run = []
            run.append((day, plan, share))
        runs.append(_Run(run, None))
        before, own.made_of = own.made_of, {each.days[0][0]: each for each in runs}
        for each in runs:
            first_day = each.days[0][0]
            same = first_day in before and before[first_day].is_same(each)
            if not same:
                yield from self._row(view, registered, each.days, each.last_day)
            elif first_day in own.rows:
                yield own.rows[first_day]

    def _row(
        self,
        view: View,
        registered: Recorded[facts.AreaRegistered],
        run: list[tuple[date, Seen, Seen]],
        last_day: date | None,
    ) -> Iterator[ProgressRow]:
        """Yield the row of a run of days; none where there is nothing to tell."""
        first_day, plan, share = run[0]
        if plan.found is None and share.found is None:
            return
        rests_on: dict[int, Recorded[Any]] = {}
        for day, *both in run:
            for seen in both:
                rests_on.update((item.position, item) for item in seen.evidence)
                if seen.points:
                    chosen = view.readings(day)
                    read = (chosen[point] for point in seen.points if point in chosen)
                    rests_on.update((item.position, item) for item in read)
        area = registered.fact.area
        yield ProgressRow(
            area=area,
            name=view.area_name(area, first_day),
            municipality=registered.fact.municipality,
            first_day=first_day,
            last_day=last_day,
            **_of_plan(plan.found),
            **_of_share(share.found),
            edition=self._edition.id,
            evidence=views.evidence(rests_on.values()),
            known_at=max([registered.position, *rests_on]),
        )


def _other(one: ProgressRow | None, row: ProgressRow) -> bool:
    return one is not row and one != row


def _differ(before: tuple[date, Seen, Seen], plan: Seen, share: Seen) -> bool:
    """Tell whether something else is seen than the day before; mostly it is the same object."""
    return (before[1] is not plan and before[1].found != plan.found) or (
        before[2] is not share and before[2].found != share.found
    )


def _of_plan(found: Standing | Share | None) -> dict[str, Any]:
    """Return what a row says of the plan."""
    if not isinstance(found, Standing):
        return {}
    said = found._asdict()
    said.update(
        status=found.status.value,
        in_time=found.in_time.value,
        kind="" if found.kind is None else found.kind.value,
    )
    return said


def _of_share(found: Standing | Share | None) -> dict[str, Any]:
    """Return what a row says of the share."""
    if not isinstance(found, Share):
        return {}
    said = found._asdict()
    said["share_status"] = said.pop("status").value
    return said


# --- How rows are kept ----------------------------------------------------------------------

TYPES = tuple(sorted(BY_FACT[kind].name for kind in READ))

_EVIDENCE = msgspec.json.Decoder(tuple[Evidence, ...])
_FIELDS = ProgressRow.__struct_fields__
_NUMBERS = frozenset({"family", "too_many", "to_build", "known_at"})
_NOT_ALWAYS = frozenset({"last_day", "family", "too_many", "to_build"}) | {
    name for name in _FIELDS if name.endswith("_on")
}
_DAYS = frozenset(name for name in _FIELDS if name.endswith(("_on", "_day")))


def _packed(row: ProgressRow) -> tuple[Any, ...]:
    def packed(name: str, value: Any) -> Any:
        if name == "evidence":
            return msgspec.json.encode(value).decode()
        return value.isoformat() if isinstance(value, date) else value

    return tuple(packed(name, getattr(row, name)) for name in _FIELDS)


def _row(*values: Any) -> ProgressRow:
    row = dict(zip(_FIELDS, values, strict=True))
    row["evidence"] = _EVIDENCE.decode(row["evidence"])
    for name in _DAYS:
        if row[name] is not None:
            row[name] = date.fromisoformat(row[name])
    return ProgressRow(**row)


VIEW = views.View(
    name="plan_progress",
    file="views-plans.db",
    format=1,
    types=TYPES,
    fold=PlanProgress,
    key=("area", "first_day"),
    columns={
        name: ("INTEGER" if name in _NUMBERS else "TEXT")
        + ("" if name in _NOT_ALWAYS else " NOT NULL")
        for name in _FIELDS
    },
    pack=_packed,
    unpack=_row,
)


class Filter(NamedTuple):
    """Which rows are wanted: of a municipality, of an area, those that hold on a day."""

    municipality: str = ""
    area: str = ""
    day: date | None = None

    def conditions(self) -> list[Condition]:
        """Return it as the table asks."""
        same = views.equal(municipality=self.municipality, area=self.area)
        return [*same, *views.holding_on(self.day)]
