"""The view of a real instance, in processes that are started anew, killed, or shown a bad log."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from domain import events, facts
from domain.facts import ControllerKind
from domain.law.editions import CURRENT
from projections import follower
from projections.area_status import VIEW, Row
from projections.table import Table
from projections.view import View
from services.area_lists import shipped
from services.area_lists.planning import plan_import
from services.area_lists.reading import parse
from services.facts import recording
from services.facts.recording import Context
from services.instance.instance import Instance
from services.instance.views import FollowedView, LogSource, ViewBehind, ViewState
from services.log.event import Event, metadata
from services.persons.reading import TamperedEvent
from tests.projections.child import BATCH, VIEWS
from tests.projections.test_plan_progress import counted, sold
from tests.support import PYTHONPATH, scaled
from tests.tenancies.test_recount import Town

ROOT = Path(__file__).resolve().parent.parent.parent
CONTEXT = Context("test", "import")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The directory of an instance with the made-up areas and their lists."""
    place = tmp_path / "instance"
    with Instance.create(
        place,
        controller="Prøvekøbing Kommune",
        kind=ControllerKind.MUNICIPALITY,
        municipality="9999",
    ) as instance:
        import_lists(instance)
    return place


def import_lists(instance: Instance, name: str = shipped.MADE_UP) -> None:
    view = instance.view()
    plan = plan_import(parse(shipped.read(name), name), view)
    recording.append_open(instance, CONTEXT, uuid4(), plan.facts, view.position, (), lambda: None)


def child(directory: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tests.projections.child", str(directory), *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": PYTHONPATH},
        capture_output=True,
        timeout=60,
        check=False,
    )


def rows_in(process: subprocess.CompletedProcess[bytes]) -> list[Row]:
    assert process.returncode == 0, process.stderr.decode()
    return msgspec.json.decode(process.stdout, type=list[Row])


def from_the_log(directory: Path, upto: int | None = None) -> list[Row]:
    """The rows as they come out of the log alone."""
    with Instance.open(directory) as instance:
        source = LogSource(instance, VIEW)
        return VIEW.made_from(CURRENT, source.read(0, source.head() if upto is None else upto))


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_rebuild_in_a_fresh_process_gives_the_same_rows(directory: Path, view: View[Any]) -> None:
    with Instance.open(directory) as instance:
        append_letting(instance)
        append_plans(instance)
        followed = FollowedView(instance, view)
        followed.wait_for(10)
        import_lists(instance, shipped.PUBLISHED)
        followed.wait_for(instance.log.head())
        here = msgspec.json.encode(followed.table.rows())
        followed.stop()
    assert len(here) > 200
    assert rows_of(child(directory, view.name, "rows")) == here
    (directory / view.file).unlink()
    assert rows_of(child(directory, view.name, "rows")) == here


def append_plans(instance: Instance) -> None:
    """Append what became of an area's plan, and of its dwellings."""
    area = "9999-elmehegnet"
    made = [
        counted(area, date(2019, 3, 1), 917, 100),
        facts.PlanSent(area=area, kind=facts.PlanKind.JOINT, sent_on=date(2019, 5, 31)),
        facts.PlanApproved(area=area, kind=facts.PlanKind.JOINT, approved_on=date(2019, 9, 1)),
        sold(area, date(2022, 3, 1), 200),
        facts.PlanAmended(area=area, amended_on=date(2022, 6, 1)),
    ]
    instance.log.append_batch(
        [
            Event(
                type=events.BY_FACT[type(fact)].name,
                data=events.encode_fact(fact),
                tags=events.open_tags(fact),
                event_id=uuid4().bytes,
                schema_version=1,
                metadata=metadata({"actor": "test"}),
            )
            for fact in made
        ]
    )


def append_letting(instance: Instance) -> None:
    """Append what was let in a random organisation."""
    town = Town(7)
    town.live()
    instance.log.append_batch(
        [
            Event(
                type=events.BY_FACT[type(item.fact)].name,
                data=events.encode_fact(item.fact),
                tags=events.open_tags(item.fact),
                event_id=item.event_id.bytes,
                schema_version=1,
                metadata=metadata({"actor": "test"}),
            )
            for item in town.book.recorded
        ]
    )


def rows_of(process: subprocess.CompletedProcess[bytes]) -> bytes:
    assert process.returncode == 0, process.stderr.decode()
    return process.stdout


def test_a_killed_follower_leaves_rows_and_checkpoint_of_one_batch(directory: Path) -> None:
    chance = random.Random(3)
    outcomes = set()
    with Instance.open(directory) as instance:
        view = FollowedView(instance, VIEW)
        view.wait_for(1)
        view.stop()
        import_lists(instance, shipped.PUBLISHED)
    for number in range(scaled(4, 30)):
        place = directory.parent / f"copy {number}"
        shutil.copytree(directory, place)
        when = ("before", "after")[number % 2]
        # The first commit opens the table; the others take batches.
        killed = child(place, VIEW.name, when, str(chance.randint(1, 1 + 250 // BATCH)))
        assert killed.returncode == -9, killed.stderr.decode()
        table = Table(place / VIEW.file, VIEW)
        assert table.checkpoint is not None
        found, position = table.rows(), table.checkpoint.position
        table.close()
        assert found == from_the_log(place, position)
        outcomes.add(position)
        assert rows_in(child(place, VIEW.name, "rows")) == from_the_log(place)
    assert len(outcomes) > 1


def test_an_altered_event_stops_the_view_and_leaves_its_rows(directory: Path) -> None:
    with Instance.open(directory) as instance:
        view = FollowedView(instance, VIEW)
        view.wait_for(instance.log.head())
        before, position = view.table.rows(), instance.log.head()
        import_lists(instance, shipped.PUBLISHED)
        with sqlite3.connect(directory / "log.db") as log:
            log.execute("UPDATE event SET data = CAST(' ' || data AS BLOB) WHERE position = 300")
        log.close()
        view.start()
        with pytest.raises(TamperedEvent, match="position 300"):
            view.wait_for(instance.log.head())
        status = view.status()
        assert (status.state, status.position) == (ViewState.STOPPED, position)
        assert "position 300" in status.problem
        assert status.lag == instance.log.head() - position
        assert view.table.rows() == before
        view.stop()


def test_the_view_follows_a_log_that_grows_and_shows_how_far_it_is_behind(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "BATCH", BATCH)
    with Instance.open(directory) as instance:
        view = FollowedView(instance, VIEW)
        idle = view.status()
        assert (idle.state, idle.lag, idle.edition) == (ViewState.IDLE, instance.log.head(), "")
        view.start()
        import_lists(instance, shipped.PUBLISHED)
        head = instance.log.head()
        view.wait_for(head)
        status = view.status()
        assert (status.state, status.position, status.lag) == (ViewState.FOLLOWING, head, 0)
        assert status.edition == CURRENT.id
        view.stop()
    assert Table(directory / VIEW.file, VIEW).rows() == from_the_log(directory)


def test_a_reader_is_told_when_the_view_does_not_get_there_in_time(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Instance.open(directory) as instance:
        view = FollowedView(instance, VIEW)
        view.start()
        view.wait_for(instance.log.head())
        with view._catching_up, monkeypatch.context() as impatient:
            impatient.setattr("services.instance.views.PATIENCE", 0.2)
            import_lists(instance, shipped.PUBLISHED)
            with pytest.raises(ViewBehind, match="has not reached"):
                view.wait_for(instance.log.head())
        view.wait_for(instance.log.head())
        view.stop()


@pytest.fixture
def failing(directory: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FollowedView[Row]]:
    """A view whose first commit meets a full disk."""
    monkeypatch.setattr("services.instance.views.RETRY", 0.05)
    with Instance.open(directory) as instance:
        view = FollowedView(instance, VIEW)
        real, calls = view.table._commit, []

        def full_once() -> None:
            calls.append(time.monotonic())
            if len(calls) == 1:
                raise sqlite3.OperationalError("database or disk is full")
            real()

        view.table._commit = full_once  # type: ignore[method-assign]  # stands in for the disk
        yield view
        assert len(calls) > 1
        view.stop()


def test_a_full_disk_is_tried_again(failing: FollowedView[Row]) -> None:
    failing.start()
    failing.wait_for(1)
    assert failing.table.rows()
