"""Nothing in the log but time and order links two classes of one person."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from domain import facts
from domain.data_classes import DataClass
from domain.questions import RECEIPT_TYPES
from services.facts import recording
from services.facts.checks import NewFact
from services.log.sqlite_rows import tags_of
from tests.answers.town import VULNERABLE, Town, new_id

SHORTEST = 8
"""Values, and parts of bytes, shorter than this are equal by chance."""

SHARED_BY_EVERYONE = {"actor", "purpose", "legal_basis"}
"""Metadata that events of all persons share, and that therefore link nobody."""


@pytest.fixture
def rows(tmp_path: Path) -> list[tuple[DataClass, dict[str, Any]]]:
    """Every sealed event of one household with its class, as the log's file holds it."""
    directory = tmp_path / "instance"
    with Town.founded(directory) as town:
        household = town.register(1)
        [person] = household.members
        new = [
            NewFact(facts.EnrolmentAttested(enrolled=True, first_day=date(2023, 8, 1)), person),
            NewFact(
                facts.BenefitPeriod(
                    benefit=facts.Benefit.SYGEDAGPENGE,
                    first_day=date(2023, 8, 1),
                    last_day=date(2023, 9, 1),
                ),
                person,
            ),
        ]
        recording.record(town.instance, town.context, new_id(), new)
        town.on_kontanthjaelp(person)
        town.decide_fallback(household)
        town.ask(household, VULNERABLE)
        classes = {
            (prefix + token): data_class
            for prefix, subject in (("p:", person), ("h:", household.id))
            for data_class, token in town.instance.keys.tokens_of(subject).items()
        }
    with closing(sqlite3.connect(directory / "log.db")) as database:
        database.row_factory = sqlite3.Row
        found = [dict(row) for row in database.execute("SELECT * FROM event")]
        types = dict(database.execute("SELECT id, name FROM event_type"))
    listed = []
    for row in found:
        row["type"] = types[row.pop("type_id")]
        row["tags"] = tags_of(row["tags"])
        first = row["tags"][0] if row["tags"] else ""
        if first in classes:
            listed.append((classes[first], row))
    return listed


def values(row: dict[str, Any]) -> Iterator[Any]:
    """Yield everything in a row that could link it: texts and numbers whole, bytes in parts."""
    yield from row["tags"]
    yield from (tag[2:] for tag in row["tags"])
    metadata = json.loads(row["metadata"])
    for name, value in metadata.items():
        if name not in SHARED_BY_EVERYONE and len(value) >= SHORTEST:
            yield value
    for column in ("event_id", "data", "fingerprint", "leaf_hash"):
        content = row[column]
        for at in range(len(content) - SHORTEST + 1):
            yield content[at : at + SHORTEST]


def test_every_column_is_looked_at_or_named_here(
    rows: list[tuple[DataClass, dict[str, Any]]],
) -> None:
    looked_at = {"event_id", "data", "fingerprint", "leaf_hash", "tags", "metadata"}
    time_and_order = {"position", "recorded_at", "batch_index", "batch_size"}
    of_the_kind = {"type", "schema_version"}
    assert set(rows[0][1]) == looked_at | time_and_order | of_the_kind


def test_events_of_different_classes_share_no_value(
    rows: list[tuple[DataClass, dict[str, Any]]],
) -> None:
    by_class: defaultdict[DataClass, set[Any]] = defaultdict(set)
    for data_class, row in rows:
        by_class[data_class] |= set(values(row))
    assert set(by_class) == {
        DataClass.IDENTITY,
        DataClass.MEMBERSHIP,
        DataClass.CONVICTIONS,
        DataClass.TERMINATIONS,
        DataClass.BENEFITS,
        DataClass.ATTESTATIONS,
        DataClass.DECISIONS,
    }
    for one, other in combinations(by_class, 2):
        assert by_class[one] & by_class[other] == set(), (one, other)


def test_a_sealed_event_shows_its_purpose_and_nothing_else_of_its_context(
    rows: list[tuple[DataClass, dict[str, Any]]],
) -> None:
    for _, row in rows:
        named = set(json.loads(row["metadata"]))
        if row["type"] in RECEIPT_TYPES:
            assert named == SHARED_BY_EVERYONE
        else:
            assert named == {"purpose", "sealed"}


def test_a_receipt_carries_tokens_of_the_class_decisions_only(
    rows: list[tuple[DataClass, dict[str, Any]]],
) -> None:
    [(data_class, row)] = [each for each in rows if each[1]["type"] in RECEIPT_TYPES]
    assert data_class is DataClass.DECISIONS
    others = {t for of, each in rows if of is not DataClass.DECISIONS for t in each["tags"]}
    assert not others.intersection(row["tags"])


def test_no_sealed_event_is_tagged_with_a_dwelling_or_an_area(
    rows: list[tuple[DataClass, dict[str, Any]]],
) -> None:
    for _, row in rows:
        assert all(tag[:2] in ("p:", "h:") for tag in row["tags"])


def test_the_events_of_an_erasure_share_nothing_but_their_policy(tmp_path: Path) -> None:
    with Town.founded(tmp_path / "instance") as town:
        [person] = town.register(1).members
        town.erase(person, policy="a-policy")
        done = [event for event in town.instance.log.read() if event.type == "erasure.done"]
    assert len(done) == len(DataClass)
    for one, other in combinations(done, 2):
        first, second = json.loads(one.data), json.loads(other.data)
        assert first["policy"] == second["policy"] == "a-policy"
        assert not set(first["tokens"]) & set(second["tokens"])
        assert set(first) == {"policy", "tokens"}
        assert json.loads(one.metadata) == json.loads(other.metadata) == {"purpose": "erasure"}
