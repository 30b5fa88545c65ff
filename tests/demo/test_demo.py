"""The demo: it answers as it says it will, whatever the seed, and notices when it does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from domain.facts import ControllerKind
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as facts
from services.api.server import Server
from services.area_lists import shipped
from services.demo import data as demo_data
from services.demo import termination as demo_termination
from services.demo.course import Client, Demo
from services.demo.data import Expected
from services.demo.show import Show
from services.instance.instance import Instance
from tests.support import scaled

ROOT = Path(__file__).parents[2]

OUTCOMES = {
    "ordinary_area": "PERMITTED",
    "fallback": "PERMITTED",
    "citizenship": "PROHIBITED",
    "six_months": "PROHIBITED",
    "former_transformation": "PROHIBITED",
    "facts_missing": "UNDETERMINED",
    "no_ground": "PERMITTED",
    "released": "PROHIBITED",
    "refugee": "PROHIBITED",
    "private_flat": "PERMITTED",
    "share_over_30_undecided": "UNDETERMINED",
    "older_run": "UNDETERMINED",
    "youth_dwelling": "PROHIBITED",
    "fallback_order": "PROHIBITED",
    "household_lists": "PROHIBITED",
    "split_department": "PERMITTED",
    "elderly_dwelling": "UNDETERMINED",
    "rule_not_in_force": "PERMITTED",
    "rule_in_force": "PROHIBITED",
    "exempted": "PERMITTED",
    "not_exempted": "PROHIBITED",
    "facts_missing, supplied": "PROHIBITED",
    "six_months, corrected": "PERMITTED",
    "share_over_30_undecided, reading chosen": "PERMITTED",
    "six_months, erased": "UNDETERMINED",
}


def husret_demo(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, in a process of its own."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "protos")))
    return subprocess.run(
        [sys.executable, "-m", "services.cli", "demo", *arguments],
        env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@cache
def document(seed: int) -> dict[str, Any]:
    done = husret_demo("--seed", str(seed), "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture
def address() -> Iterator[str]:
    with Instance.in_memory(today=lambda: date(2026, 6, 15)) as instance:
        server = Server(instance)
        try:
            yield server.address
        finally:
            server.stop()


@pytest.mark.parametrize("seed", [1, 2])
def test_every_answer_of_a_seed_is_the_expected_one(seed: int) -> None:
    found = document(seed)
    outcomes = {each["key"]: each["outcome"].removeprefix("OUTCOME_") for each in found["answers"]}
    assert outcomes == OUTCOMES
    assert found["unexpected"] == []


def test_another_seed_has_other_names_days_and_order_and_the_same_answers() -> None:
    one, two = document(1), document(2)
    assert not set(one["names"].items()) & set(two["names"].items())
    days = [{a["key"]: a["question"]["day"] for a in each["answers"]} for each in (one, two)]
    assert days[0] != days[1]
    order = [[a["key"] for a in each["answers"]] for each in (one, two)]
    assert order[0] != order[1]
    assert sorted(order[0]) == sorted(order[1])


def test_a_seed_always_makes_the_same_households_and_questions() -> None:
    assert demo_data.make(3) == demo_data.make(3)
    assert demo_data.make(3) != demo_data.make(4)


def test_the_first_answer_replays_to_the_same_bytes_after_correction_and_erasure() -> None:
    replays = {each["replay"]["verdict"]: each for each in document(1)["replays"]}
    assert set(replays) == {"REPLAY_VERDICT_EQUAL", "REPLAY_VERDICT_EQUAL_BUT_ERASED"}
    for each in replays.values():
        assert each["replay"]["computed_hash"] == each["replay"]["stored_hash"]
        assert each["differences"] == []
    verdicts = {
        section["verdict"]
        for section in replays["REPLAY_VERDICT_EQUAL_BUT_ERASED"]["replay"]["sections"]
    }
    assert verdicts == {"equal", "erased"}


def test_the_published_transformation_lists_are_what_five_lists_in_a_row_give() -> None:
    published = {
        each["list_day"]: each
        for each in document(1)["area_lists"]
        if each["kind"] == "LIST_KIND_TRANSFORMATION"
    }
    for day in ("2018-12-01", "2019-12-01", "2020-12-01"):
        assert published[day]["areas"]
        assert sorted(published[day]["areas"]) == sorted(published[day]["computed_areas"])


def test_the_printed_demo_is_plain_when_piped_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = husret_demo(TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert max(len(line.rstrip()) for line in done.stdout.splitlines()) <= 100
    for made in demo_data.make(1).scenarios:
        assert f"{made.title.da} · {made.title.en}" in done.stdout
    printed = " ".join(done.stdout.split())
    assert "afhænger af AMB-WINDOW · depends on AMB-WINDOW" in printed
    assert "heller ikke kan anvises en bolig i et forebyggelsesområde" in printed
    assert "Den følger § 54" in printed
    assert "The place is known to within 150 m: 750 m – 1050 m" in printed
    assert "husret demo --seed 2" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_whatever_the_seed_nothing_comes_out_unexpected() -> None:
    for seed in range(100, 100 + scaled(3, 50)):
        with Instance.in_memory(today=lambda: date(2026, 6, 15)) as instance:
            server = Server(instance)
            try:
                demo = Demo(demo_data.make(seed), Show(quiet=True))
                demo.go(server.address)
            finally:
                server.stop()
        assert demo.unexpected() == [], f"seed {seed}"


def test_an_unexpected_answer_is_named(address: str) -> None:
    made = demo_data.make(1)
    made.scenarios = [
        replace(each, expected=Expected(core.OUTCOME_PERMITTED))
        if each.key == "citizenship"
        else each
        for each in made.scenarios
    ]
    demo = Demo(made, Show(quiet=True))
    demo.go(address)
    assert demo.unexpected() == [
        "citizenship: outcome: expected OUTCOME_PERMITTED, got OUTCOME_PROHIBITED"
    ]


@pytest.mark.parametrize(
    ("rough", "unexpected"), [(150.0, []), (25.0, ["termination 1: OUTCOME_DISCRETIONARY"])]
)
def test_a_place_that_may_lie_on_either_side_of_one_kilometre_leaves_a_termination_open(
    monkeypatch: pytest.MonkeyPatch, rough: float, unexpected: list[str]
) -> None:
    monkeypatch.setattr(demo_termination, "ROUGH", rough)
    kind = ControllerKind.HOUSING_ORGANISATION
    with Instance.in_memory(kind=kind, today=lambda: date(2026, 6, 15)) as instance:
        server = Server(instance)
        try:
            assert demo_termination.go(Show(quiet=True), server.address, 1) == unexpected
        finally:
            server.stop()


def test_changing_one_fact_changes_the_answer(address: str) -> None:
    made = demo_data.make(1)
    question = made.scenario("six_months").question
    [dwelling] = [
        each
        for each in made.reference
        if each.dwelling_recorded.dwelling_id == question.dwelling_id
    ]
    client = Client(address, seed=1)
    try:
        client.import_lists("made up", shipped.read(shipped.MADE_UP))
        [dwelling_id] = client.record([dwelling])
        client.record(made.households[question.household_id])
        assert client.check(question).outcome == core.OUTCOME_PROHIBITED

        outside = facts.Fact()
        outside.CopyFrom(dwelling)
        outside.dwelling_recorded.area = ""
        outside.dwelling_recorded.outside_areas = True
        client.correct(dwelling_id, outside)
        answer = client.check(question)
        assert answer.outcome == core.OUTCOME_PERMITTED
        assert answer.unsealed == 0
    finally:
        client.close()
