"""Recorded answers asked again from the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.cli import main as cli
from services.cli.exits import ANSWERED, DIFFERENT, FAILED
from tests.answers.town import Town, alter
from tests.api.client import reached
from tests.api.conftest import served
from tests.cli.conftest import Asked, Capture

Typed = Callable[..., Asked]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town.founded(tmp_path / "town")


@pytest.fixture
def husret(town: Town, capsys: Capture, tmp_path: Path) -> Iterator[Typed]:
    with served(town.instance) as client:

        def run(*words: object) -> Asked:
            where = reached(client.endpoint, tmp_path)
            code = cli.main([*map(str, words), *where, "--language", "en"])
            return Asked(code, *capsys.readouterr())

        yield run


def test_a_wrong_denial_is_found_explained_and_settled(town: Town, husret: Typed) -> None:
    household = town.register(1)
    [benefit] = town.on_kontanthjaelp(household.members[0])
    answer = town.ask(household)
    assert "0 decisions, known at position" in husret("decisions", "--stale").out
    town.retract(benefit)
    listed = husret("decisions", "--stale")
    assert "would now be permitted PROHIBITED -> PERMITTED" in listed.out
    now, remedy = listed.may_follow
    explained = husret(*now.split())
    assert explained.code == ANSWERED
    assert "This is no answer" in explained.out
    assert f"position {town.instance.log.head()}: fact.retracted" in explained.out
    assert "REF-UDS-N5" in explained.out
    assert "Before: " in explained.out
    settled = remedy.replace("YYYY-MM-DD", "2024-11-21").replace("WHO", "x").replace("TEXT", "y")
    assert husret(*settled.split()).code == ANSWERED
    assert str(answer.receipt_id) not in husret("decisions", "--stale").out
    assert str(answer.receipt_id) in husret("decisions", "--stale", "--settled").out
    rests = husret("decisions", "--stale", "--resting-on", benefit.position)
    assert str(answer.receipt_id) in rests.out


def test_another_law_is_named_in_words_and_a_wrong_one_is_refused(
    town: Town, husret: Typed
) -> None:
    receipt = town.ask(town.register(1)).receipt_id
    said = husret("decision", receipt, "--law", "four-years", "--reading", "AMB-YOUTH=b")
    assert "four years instead of five" in said.out
    assert "the same: PERMITTED" in said.out
    refused = husret("decision", receipt, "--reading", "AMB-YOUTH=z")
    assert (refused.code, "must be one of a, b" in refused.err) == (FAILED, True)
    with pytest.raises(SystemExit):
        husret("decision", receipt, "--reading", "AMB-YOUTH")


def test_a_law_is_tried_on_all_answers(town: Town, husret: Typed) -> None:
    households = [town.register(1) for _ in range(6)]
    for each in households:
        town.ask(each)
    said = husret("law", "try", "--origin-suspended")
    assert said.code == ANSWERED
    assert "referral 9999-kastanjeparken" in said.out
    assert "PERMITTED =" in said.out
    assert "6 answers; 0 cannot be told (erased), 0 not run by this version" in said.out


def test_all_receipts_are_replayed_and_what_differs_is_named(
    town: Town, husret: Typed, tmp_path: Path
) -> None:
    answers = [town.ask(town.register(1)) for _ in range(2)]
    assert husret("replay", "--all").code == ANSWERED
    altered = answers[1].position
    alter(tmp_path / "town" / "log.db", altered, False, metadata=b"{}")
    said = husret("replay", "--all")
    assert said.code == DIFFERENT
    assert f"position {altered} {answers[1].receipt_id}:" in said.out
    assert "2 of 2 computed again" in said.out
    assert husret("replay", answers[0].receipt_id, "--at-position", 5).code == FAILED
