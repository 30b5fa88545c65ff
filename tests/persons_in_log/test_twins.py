"""A request that is repeated while the first is about to be answered has the same answer."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from domain import facts
from services.facts import recording
from services.facts.checks import NewFact
from tests.answers.town import Town, new_id


def test_a_twin_that_comes_between_the_log_and_the_answer_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, request_id = new_id(), new_id()
    new = [NewFact(facts.PersonRegistered(name="Opdigtet"), person=person)]
    said: list[Any] = []

    def record() -> None:
        try:
            said.append(recording.record(town.instance, town.context, request_id, new))
        except Exception as error:
            said.append(error)

    with Town.founded(tmp_path / "instance") as town:
        whole = town.instance.writer.append_batch
        twin = threading.Thread(target=record)

        def append_batch(*arguments: Any) -> range:
            monkeypatch.undo()
            positions = whole(*arguments)
            twin.start()
            twin.join(0.3)
            return positions

        monkeypatch.setattr(town.instance.writer, "append_batch", append_batch)
        record()
        twin.join()
    assert said[0] == said[1]
