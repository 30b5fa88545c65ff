"""Rebuilding the view of area status, and an area's status on a past day over gRPC."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.application import Application
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem
from eventsourcing.domain import DomainEvent
from eventsourcing.persistence import ApplicationRecorder, Tracking
from eventsourcing.popo import POPOApplicationRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from eventsourcing.sqlite import SQLiteTrackingRecorder

from domain import canonical, facts
from domain.events import Recorded, decode_fact
from domain.law.editions import CURRENT
from projections import ledger_recount, list_movements, plan_progress
from projections.area_status import VIEW
from projections.follower import Follower
from projections.table import Table
from projections.view import View
from services.instance.views import LogSource
from tests.benchmarks import areas, letting, serving
from tests.benchmarks.households import created
from tests.benchmarks.measuring import Line, Scale, directory, in_rounds
from tests.benchmarks.serving import Client, Job

NAME = "view"
FOLLOW = "view-follow"
STATUS = "status"
OTHERS = "view-others"
"""The views of lists, of the ledger and of plans."""


def lines(scale: Scale) -> Iterator[Line]:
    """Measure a rebuild beside reading alone, and beside the library's runner."""
    count = max(10, scale.households // 10)
    with directory() as path, created(path / "instance") as instance:
        made = areas.populate(instance, count)
        source = LogSource(instance, VIEW)
        query = DCBQuery(items=[DCBQueryItem(types=list(VIEW.types))])
        read = len(list(source.read(0, source.head())))

        def rebuilt() -> None:
            file = path / "views.db"
            for name in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
                with suppress(FileNotFoundError):
                    name.unlink()
            table = Table(file, VIEW)
            Follower(source, table, CURRENT).catch_up()
            table.close()

        def read_alone() -> None:
            for event in instance.log.read(query, after=0, upto=instance.log.head()):
                decode_fact(event.type, event.schema_version, event.data)

        conditions = {
            "events": read,
            "areas": count,
            "events_in_log": instance.log.head(),
            "pinned": False,
        }
        for name, against, goal, baseline in (
            (
                f"{NAME}, rebuild",
                "the same events read and decoded; no view, and no look at their leaf hashes",
                0.60,
                _rate(scale, read_alone, read),
            ),
            (
                f"{NAME}, rebuild, ProjectionRunner",
                "eventsourcing's ProjectionRunner: the log in memory (its SQLite recorder takes "
                "no subscription), one row and one tracking record for each event in SQLite",
                None,
                _Runner(path / "runner", made).rate,
            ),
        ):
            ours, theirs = in_rounds(scale, _rate(scale, rebuilt, read), baseline)
            yield Line(
                name=name,
                what="events/s of a rebuild: read, checked, decoded, folded, rows made and kept",
                against=against,
                unit="events/s",
                ours=ours,
                baseline=theirs,
                goal=goal,
                conditions=conditions,
            )


def follow_lines(scale: Scale) -> Iterator[Line]:
    """Measure following list after list, and a backlog of all of them, beside one rebuild."""
    count = max(10, scale.households // 10)
    with directory() as path, created(path / "instance") as instance:
        areas.populate(instance, count)
        source = LogSource(instance, VIEW)
        recorded = list(source.read(0, source.head()))
        ends = [*_years(recorded), recorded[-1].position]
        yield from _followed(scale, VIEW, recorded, ends, count)


class _InMemory:
    """A log in memory that grows to one position after another."""

    def __init__(self, recorded: list[Recorded[Any]]) -> None:
        self.log_id = "made up"
        self._recorded = recorded
        self.end = 0

    def head(self) -> int:
        return self.end

    def read(self, after: int, upto: int) -> Iterator[Recorded[Any]]:
        return (item for item in self._recorded if after < item.position <= upto)


def other_lines(scale: Scale) -> Iterator[Line]:
    """Measure the other views: a rebuild, following batch by batch, and a backlog at once.

    Of lists and plans a batch is what is recorded with the lists of a year; of the ledger, a tenth
    of what was let.
    """
    count = max(10, scale.households // 10)
    with directory() as path, created(path / "instance") as instance:
        areas.populate(instance, count, Plans(count).of_year)
        letting.populate(instance, 10 * count)
        for view in (list_movements.VIEW, plan_progress.VIEW, ledger_recount.VIEW):
            source = LogSource(instance, view)
            recorded = list(source.read(0, source.head()))
            first, last = recorded[0].position - 1, recorded[-1].position
            batches = 10
            ends = [first + (last - first) * at // batches for at in range(1, batches)]
            if view is not ledger_recount.VIEW:
                ends = _years(recorded)
            yield from _followed(scale, view, recorded, sorted({*ends, last}), count)


def _years(recorded: list[Recorded[Any]]) -> list[int]:
    """Return the positions before the lists of each year."""
    return [
        item.position - 1
        for item, before in zip(recorded[1:], recorded, strict=False)
        if isinstance(item.fact, facts.AreaListPublished)
        and not isinstance(before.fact, facts.AreaListPublished)
    ]


def _followed(
    scale: Scale, view: View[Any], recorded: list[Recorded[Any]], ends: list[int], count: int
) -> Iterator[Line]:
    def rebuild() -> float:
        return _processor_time(recorded, [recorded[-1].position], view)

    def rebuild_each() -> float:
        return sum(_processor_time(recorded, [stop], view) for stop in ends)

    backlog = [ends[0], ends[-1]]
    at_each = "with a commit after each batch"
    for name, what, stops, baseline, against, goal in (
        ("batch by batch", at_each, ends, rebuild_each, "that of a rebuild at each commit", 1.0),
        ("batch by batch, one rebuild", at_each, ends, rebuild, _ONE_REBUILD, 1.1),
        ("backlog", _BACKLOG, backlog, rebuild, _ONE_REBUILD, 1.1),
    ):

        def follow(stops: list[int] = stops) -> float:
            return _processor_time(recorded, stops, view)

        ours, theirs = in_rounds(scale, follow, baseline)
        yield Line(
            name=f"view, {view.name}, {name}",
            what=f"processor time of following, {what}",
            against=against,
            unit="ms",
            ours=ours,
            baseline=theirs,
            goal=goal,
            at_most=True,
            conditions={
                "areas": count,
                "events": len(recorded),
                "commits": len(stops),
                "pinned": False,
            },
        )


_BACKLOG = "of all that came in after the first batch"
_ONE_REBUILD = "that of one rebuild of the same events in memory"


class Plans:
    """What becomes of the plans and dwellings of each third area, year by year."""

    def __init__(self, count: int) -> None:
        self._areas = areas.names(count)[::3]
        self._chance = random.Random(168)

    def of_year(self, year: int) -> list[facts.Fact]:
        """Return what is recorded in a year."""
        made: list[facts.Fact] = []
        for area in self._areas if year >= 2019 else ():
            if year == 2019:
                made += self._begun(area)
            day = date(year, 3, 1) + timedelta(days=self._chance.randint(0, 200))
            on_schedule = self._chance.random() < 0.8
            made += [
                facts.DwellingsSold(
                    area=area,
                    unit=f"block-{year}",
                    kind=facts.DwellingKind.FAMILY,
                    dwellings=self._chance.randint(5, 60),
                    taken_over_on=day,
                ),
                facts.PlanStatusReported(
                    area=area, reported_on=date(year, 10, 1), on_schedule=on_schedule
                ),
            ]
        return made

    def _begun(self, area: str) -> list[facts.Fact]:
        return [
            facts.AreaDwellingsCounted(
                area=area,
                counted_on=date(2019, 1, 1),
                family=self._chance.randint(600, 900),
                youth=self._chance.randint(0, 60),
                elderly=self._chance.randint(0, 60),
                private=self._chance.randint(50, 400),
                commercial_m2=self._chance.randint(0, 6_000),
                source="made up",
            ),
            facts.PlanSent(area=area, kind=facts.PlanKind.JOINT, sent_on=date(2019, 5, 31)),
        ]


def _processor_time(
    recorded: list[Recorded[Any]], stops: list[int], view: View[Any] = VIEW
) -> float:
    """Return the processor time that a view takes to come to each of these positions."""
    source, table = _InMemory(recorded), Table(":memory:", view)
    follower = Follower(source, table, CURRENT)
    start = time.process_time()
    for source.end in stops:
        follower.catch_up()
    taken = time.process_time() - start
    table.close()
    return 1_000 * taken


def _rate(scale: Scale, once: Callable[[], None], events: int) -> Callable[[], float]:
    def measure() -> float:
        done = 0
        start = now = time.perf_counter()
        while now < start + scale.seconds or not done:
            once()
            done += events
            now = time.perf_counter()
        return done / (now - start)

    return measure


# --- The library's runner -------------------------------------------------------------------


@dataclass(frozen=True)
class FactRecorded(DomainEvent):
    """A fact as an event of the library, with the same content."""

    kind: str
    fact: dict[str, Any]


class Facts(Application[UUID]):
    """The library's application; every instance has the log that was filled for it."""

    shared: ClassVar[POPOApplicationRecorder] = POPOApplicationRecorder()

    def construct_recorder(self) -> ApplicationRecorder:
        """Return the one log."""
        return self.shared


class RowsView(SQLiteTrackingRecorder):
    """Rows of areas in SQLite, each written with its tracking record."""

    def construct_create_table_statements(self) -> list[str]:
        """Return the library's statements, and that of the table of rows."""
        return [
            *super().construct_create_table_statements(),
            "CREATE TABLE IF NOT EXISTS area_row (area TEXT, kind TEXT, day TEXT, content TEXT, "
            "PRIMARY KEY (area, kind, day)) WITHOUT ROWID",
        ]

    def put(self, row: tuple[str, str, str, str], tracking: Tracking) -> None:
        """Write a row and the tracking record in one transaction."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute("INSERT OR REPLACE INTO area_row VALUES (?, ?, ?, ?)", row)


class AreaRows(Projection[RowsView]):
    """Keeps what each fact says of its area, and computes nothing."""

    def process_event(self, domain_event: FactRecorded, tracking: Tracking) -> None:
        """Take one fact over."""
        fact = domain_event.fact
        day = fact.get("list_day") or fact.get("reference_day") or ""
        row = (fact.get("area", ""), domain_event.kind, day, str(fact))
        self.view.put(row, tracking)


class _Runner:
    """Runs the library's projection over the same facts, from the start, each time anew."""

    def __init__(self, path: Path, made: list[facts.Fact]) -> None:
        self._path = path
        path.mkdir()
        Facts.shared = POPOApplicationRecorder()
        versions: Counter[UUID] = Counter()
        listed: list[DomainEvent] = []
        for fact in made:
            area = uuid5(NAMESPACE_URL, getattr(fact, "area", ""))
            versions[area] += 1
            listed.append(
                FactRecorded(
                    originator_id=area,
                    originator_version=versions[area],
                    timestamp=datetime.now(tz=UTC),
                    kind=type(fact).__name__,
                    fact=canonical.decode(canonical.encode(fact)),
                )
            )
        Facts().events.put(listed)
        self._count = len(listed)
        self._number = 0

    def rate(self) -> float:
        """Return events a second of one run."""
        self._number += 1
        start = time.perf_counter()
        with ProjectionRunner(
            application_class=Facts,
            projection_class=AreaRows,
            view_class=RowsView,
            env={
                "AREAROWS_PERSISTENCE_MODULE": "eventsourcing.sqlite",
                "AREAROWS_SQLITE_DBNAME": str(self._path / f"{self._number}.db"),
            },
        ) as runner:
            runner.wait(self._count, timeout=600)
            return self._count / (time.perf_counter() - start)


# --- Status on a past day ---------------------------------------------------------------------


def status_lines(scale: Scale) -> Iterator[Line]:
    """Measure the median time of GetAreaStatus on a past day, with nothing else in flight."""
    count = max(10, scale.households // 10)
    with directory() as path:
        with created(path) as instance:
            areas.populate(instance, count)
            events = instance.log.head()
        client = Client()
        try:
            with serving.husret(path) as ours:
                asked = tuple(areas.names(count))
                job = Job(ours.server, 1, scale.seconds, (), recorded=False, areas=asked)
                answer = serving.status(ours.server, asked[0])
                with serving.echo(b"", b"", answer) as echo:
                    first, second = in_rounds(
                        scale,
                        lambda: client.do(job).p50,
                        lambda: client.do(replace(job, server=echo.server)).p50,
                    )
        finally:
            client.close()
        yield Line(
            name=STATUS,
            what=f"p50 of GetAreaStatus for {serving.PAST_DAY}, nothing else in flight",
            against="a gRPC server with the same pool and options that echoes an answer of husret",
            unit="µs",
            ours=first,
            baseline=second,
            goal=1.5,
            at_most=True,
            conditions={
                "in_flight": 1,
                "areas": count,
                "events_in_log": events,
                "answer_bytes": len(answer),
                "pinned": "client and server to one core each",
            },
        )
