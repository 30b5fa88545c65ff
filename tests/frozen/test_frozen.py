"""Receipts that were frozen are replayed byte for byte by every later release."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from domain.law.editions import EDITIONS
from domain.questions import RECEIPT_TYPES
from services.answers import stored
from services.answers.asking import Answers
from services.answers.replay import replayed
from services.answers.screening import Screening
from services.instance.instance import Instance
from services.persons.sealing import KeyErased
from tests.answers.town import Town

CORPORA = sorted(Path(__file__).parent.glob("corpus_*"))


class Corpus(NamedTuple):
    """A copy of a frozen instance, open, and what its receipts must give."""

    instance: Instance
    receipts: list[dict[str, Any]]
    pages: list[dict[str, Any]]


@pytest.fixture(params=CORPORA, ids=lambda path: path.name)
def corpus(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Corpus]:
    frozen: Path = request.param
    expected = json.loads((frozen / "expected.json").read_text("utf-8"))
    directory = tmp_path / "instance"
    directory.mkdir()
    for name in ("log.db", "keys.db", "keys.root"):
        (directory / name).write_bytes((frozen / name).read_bytes())
    monkeypatch.setenv("HUSRET_MASTER_KEY", expected["master_key"])
    with Instance.open(directory) as instance:
        yield Corpus(instance, expected["receipts"], expected["pages"])


def test_there_is_a_corpus() -> None:
    assert CORPORA, "no frozen receipts; make them with `python -m tests.frozen.make`"


def test_every_frozen_receipt_comes_out_as_it_was(corpus: Corpus) -> None:
    answers = Answers(corpus.instance)
    for each in corpus.receipts:
        event = answers.receipts.find(UUID(each["receipt_id"]))
        replay = replayed(answers.receipts, event, Town.reader)
        assert replay.differences == [], each["name"]
        assert replay.stored_hash.hex() == each["receipt_hash"], each["name"]
        assert replay.computed_hash.hex() == each["receipt_hash"], each["name"]
        assert [[str(s.data_class), s.verdict] for s in replay.sections] == each["sections"]


def test_every_frozen_receipt_still_says_its_outcome(corpus: Corpus) -> None:
    answers = Answers(corpus.instance)
    for each in corpus.receipts:
        event = answers.receipts.find(UUID(each["receipt_id"]))
        stated = stored.answer(corpus.instance, event)
        assert stated.outcome == each["outcome"]
        assert stated.law == each["law"]
        assert stated.law in EDITIONS
        try:
            shown = answers.receipts.get(event, Town.reader)
        except KeyErased:
            assert each["sections"][0] == ["decisions", "erased"]
        else:
            assert shown.decision.outcome == each["outcome"]
            assert shown.receipt_hash.hex() == each["receipt_hash"]


def test_every_event_of_a_frozen_log_is_intact(corpus: Corpus) -> None:
    assert all(event.is_intact() for event in corpus.instance.log.read())


def test_every_frozen_page_comes_out_as_it_was(corpus: Corpus) -> None:
    answers, screening = Answers(corpus.instance), Screening(corpus.instance)
    for each in corpus.pages:
        event = answers.receipts.receipt_or_page(UUID(each["receipt_id"]))
        replay = screening.replay(event, Town.reader)
        assert replay.differences == []
        assert replay.stored_hash.hex() == replay.computed_hash.hex() == each["receipt_hash"]


def test_every_kind_of_question_that_is_recorded_is_frozen_with_different_outcomes() -> None:
    frozen = [json.loads((path / "expected.json").read_text("utf-8")) for path in CORPORA]
    outcomes: defaultdict[str, set[str]] = defaultdict(set)
    for each in (made for corpus in frozen for made in corpus["receipts"]):
        outcomes[each["kind"]].add(each["outcome"])
    assert set(outcomes) == set(RECEIPT_TYPES.values())
    assert all(len(each) >= 2 for each in outcomes.values()), outcomes
    assert any(corpus["pages"] for corpus in frozen)
