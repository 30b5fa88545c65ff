"""Verifying the views that rest on open facts: what does not follow from the log is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from domain.facts import ControllerKind
from projections.view import View
from services.area_lists import shipped
from services.instance.instance import Instance
from services.instance.verifying_views import findings
from services.instance.views import FollowedView
from services.log.finding import Finding
from tests.projections.child import VIEWS
from tests.projections.test_processes import append_letting, append_plans, import_lists


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an instance in which every view has rows."""
    place = tmp_path_factory.mktemp("views") / "instance"
    with Instance.create(
        place,
        controller="Prøvekøbing Kommune",
        kind=ControllerKind.MUNICIPALITY,
        municipality="9999",
    ) as instance:
        append_letting(instance)
        append_plans(instance)
        import_lists(instance, shipped.MADE_UP)
    return place


@pytest.fixture(params=[*VIEWS.values()], ids=[*VIEWS])
def followed(filled: Path, request: pytest.FixtureRequest) -> Iterator[FollowedView[Any]]:
    view: View[Any] = request.param
    (filled / view.file).unlink(missing_ok=True)
    with Instance.open(filled) as instance:
        made = FollowedView(instance, view)
        made.wait_for(instance.log.head())
        yield made
        made.stop()


def test_rows_that_follow_from_the_log_are_found_to(followed: FollowedView[Any]) -> None:
    assert followed.table.rows()
    assert list(findings([followed])) == []


def test_a_row_that_was_altered_dropped_or_added_is_named_by_its_key(
    followed: FollowedView[Any], filled: Path
) -> None:
    name, key = followed.view.name, followed.view.key
    first = followed.table.rows()[0]
    values = followed.view.key_of(first)
    where = " AND ".join(f"{column} = ?" for column in key)
    last = [*followed.view.columns][-1]

    def changed(statement: str, *more: object) -> list[Finding]:
        with closing(sqlite3.connect(filled / followed.view.file)) as database:
            assert database.execute(statement, more or values).rowcount == 1
            database.commit()
        return list(findings([followed]))

    place = f"{name}: " + ", ".join(f"{k} {v}" for k, v in zip(key, values, strict=True))
    assert changed(f"UPDATE {name} SET {last} = 999999 WHERE {where}") == [
        Finding("view-row-altered", place)
    ]
    assert changed(f"UPDATE {name} SET {key[0]} = '2001-01-01' WHERE {where}")[0] == Finding(
        "view-row-missing", place
    )
    found = list(findings([followed]))
    assert [each.kind for each in found] == ["view-row-missing", "view-row-stray"]
    assert changed(f"DELETE FROM {name} WHERE {key[0]} = ?", "2001-01-01") == [
        Finding("view-row-missing", place)
    ]
    assert followed.table.checkpoint is not None
    followed.table.checkpoint = followed.table.checkpoint._replace(digest=bytes(32))
    assert [each.kind for each in findings([followed])][-1] == "view-checkpoint"
