"""The demo: it answers as it says it will, whatever the seed, and notices when it does not."""

from __future__ import annotations

import json
import os
import re
import shlex
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
from services.api.bearer import Endpoint
from services.api.server import Server, serving
from services.area_lists import shipped
from services.cli import main as cli
from services.cli.main import COMMANDS
from services.demo import termination as demo_termination
from services.demo.client import Client
from services.demo.course import Course
from services.demo.expected import Expected
from services.demo.questions import make
from services.demo.show import Show
from services.instance.instance import Instance
from tests.support import PYTHONPATH, scaled

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": PYTHONPATH,
    "PYTHONIOENCODING": "utf-8",
}

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
    return subprocess.run(
        [sys.executable, "-m", "services.cli", "demo", *arguments],
        env={**ENVIRONMENT, **environment},
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
def endpoint() -> Iterator[Endpoint]:
    with Instance.in_memory(today=lambda: date(2026, 6, 15)) as instance:
        server = Server(instance)
        try:
            yield server.endpoint
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
    assert make(3) == make(3)
    assert make(3) != make(4)


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


def test_the_whole_course_is_plain_when_piped_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = husret_demo("--all", TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert max(len(line.rstrip()) for line in done.stdout.splitlines()) <= 100
    for made in make(1).scenarios:
        assert f"{made.title.da} · {made.title.en}" in done.stdout
    printed = " ".join(done.stdout.split())
    assert "afhænger af AMB-WINDOW · depends on AMB-WINDOW" in printed
    assert "heller ikke kan anvises en bolig i et forebyggelsesområde" in printed
    assert "Den følger § 54" in printed
    assert "The place is known to within 150 m: 750 m – 1050 m" in printed
    # Several rules of a section may rest on the same fact, and some on none.
    for rests in re.findall(r"\(([^()]*#[^()]*)\)", printed):
        facts = rests.split(", ")
        assert all(facts), rests
        assert len(set(facts)) == len(facts), rests
    assert "28 of 28 answers and replays as expected" in printed
    assert list(tmp_path.iterdir()) == []


def test_the_first_screen_is_the_first_answer_and_the_one_that_the_readme_shows() -> None:
    done = husret_demo("--language", "en")
    assert (done.returncode, done.stderr) == (0, "")
    page = (ROOT / "README.md").read_text("utf-8")
    shown = page.partition("<!-- answer -->")[2].partition("```text\n")[2].partition("\n```")[0]
    screen = done.stdout.partition("\n\n28 of 28")[0]
    assert without_chance(screen) == without_chance(shown)
    assert screen.splitlines()[0] == make(1).scenarios[0].title.en
    assert "husret demo --seed 2" in done.stdout
    assert len(done.stdout.splitlines()) < 65


def without_chance(printed: str) -> str:
    """What is printed, without what follows from the random id of the log."""
    ids = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    return re.sub(rf"{ids}|(?<=hash )[0-9a-f]{{16}}|(?<=#)(\d+) [0-9a-f]{{8}}", r"\2", printed)


def test_an_unexpected_answer_is_said_on_the_first_screen_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo_termination, "ROUGH", 25.0)
    assert cli.main(["demo"]) == 1
    assert "UVENTET termination 1: OUTCOME_DISCRETIONARY" in capsys.readouterr().out


def test_an_instance_that_is_kept_answers_the_commands_that_are_printed(tmp_path: Path) -> None:
    place = tmp_path / "my town"
    done = husret_demo("--language", "en", "--keep", str(place))
    assert done.returncode == 0, done.stderr
    commands = [
        line.strip()
        for line in done.stdout.partition("Going on:\n")[2].splitlines()
        if not line.lstrip().startswith("#")
    ]
    assert len(commands) == 7
    said = {}
    for command in commands:
        words = shlex.split(command)
        name = next(word for word in words if word in COMMANDS)
        if name == "serve":
            continue
        ran = subprocess.run(
            words, env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False
        )
        assert (ran.returncode, ran.stderr) == (0, ""), command
        said[name] = ran.stdout
    assert set(said) == {"show", "replay", "check", "area", "record", "log"}
    assert "PROHIBITED" in said["show"]
    assert "PROHIBITED" in said["check"]
    assert "the same bytes" in said["replay"]
    with serving(place) as served:  # as the first of the commands does
        [show] = [command for command in commands if " show " in command]
        again = [*shlex.split(show), "--server", served.address]
        assert subprocess.run(again, env=ENVIRONMENT, check=False).returncode == 0


def test_an_instance_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    assert cli.main(["init", "--dir", str(tmp_path / "mine"), "--controller", "Mine"]) == 0
    before = (tmp_path / "mine" / "log.db").read_bytes()
    done = husret_demo("--keep", str(tmp_path / "mine"))
    assert done.returncode == 1
    assert "already holds an instance" in done.stderr
    assert (tmp_path / "mine" / "log.db").read_bytes() == before


def test_whatever_the_seed_nothing_comes_out_unexpected() -> None:
    for seed in range(100, 100 + scaled(3, 50)):
        with Instance.in_memory(today=lambda: date(2026, 6, 15)) as instance:
            server = Server(instance)
            try:
                course = Course(make(seed), Show(quiet=True))
                course.go(server.endpoint)
            finally:
                server.stop()
        assert course.unexpected() == [], f"seed {seed}"


def test_a_decision_of_the_municipality_is_made_on_the_lists_of_the_day_asked_about() -> None:
    for seed in range(scaled(200, 1_000)):
        made = make(seed)
        for scenario in made.scenarios:
            day = date.fromisoformat(scenario.question.day)
            listed = date(day.year if day.month == 12 else day.year - 1, 12, 1)
            for fact in made.households[scenario.question.household_id]:
                if fact.HasField("fallback_decided"):
                    decided = date.fromisoformat(fact.fallback_decided.decision_day)
                    assert listed <= decided <= day, f"seed {seed}: {scenario.key}"


def test_an_unexpected_answer_is_named(endpoint: Endpoint) -> None:
    made = make(1)
    made.scenarios = [
        replace(each, expected=Expected(core.OUTCOME_PERMITTED))
        if each.key == "citizenship"
        else each
        for each in made.scenarios
    ]
    course = Course(made, Show(quiet=True))
    course.go(endpoint)
    assert course.unexpected() == [
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
            assert demo_termination.go(Show(quiet=True), server.endpoint, 1) == unexpected
        finally:
            server.stop()


def test_changing_one_fact_changes_the_answer(endpoint: Endpoint) -> None:
    made = make(1)
    question = made.scenario("six_months").question
    [dwelling] = [
        each
        for each in made.reference
        if each.dwelling_recorded.dwelling_id == question.dwelling_id
    ]
    with Client(endpoint, seed="1") as client:
        client.import_lists("made up", shipped.read(shipped.MADE_UP))
        [dwelling_id] = client.record(dwelling)
        client.record(*made.households[question.household_id])
        assert client.check(question).outcome == core.OUTCOME_PROHIBITED

        outside = facts.Fact()
        outside.CopyFrom(dwelling)
        outside.dwelling_recorded.area = ""
        outside.dwelling_recorded.outside_areas = True
        client.correct(dwelling_id, outside)
        answer = client.check(question)
        assert answer.outcome == core.OUTCOME_PERMITTED
        assert answer.unsealed == 0
