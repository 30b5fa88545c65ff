"""The frame of receipts: stated once, before what names it, and about nobody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import IntegrityError

from domain import receipt
from domain.frame import FRAME_TYPE
from services.answers import stored
from services.answers.receipts import Answer
from services.cases.casebook import Case
from services.instance import frames
from services.log import group_commit
from services.log.event import RecordedEvent
from services.log.port import Batch, StorageError
from tests.answers.town import ORDINARY, PREVENTION, VULNERABLE, Town, new_id
from tests.law import golden


def stated(town: Town) -> list[RecordedEvent]:
    return [event for event in town.instance.log.read() if event.type == FRAME_TYPE]


def frame_of(town: Town, answer: Answer) -> RecordedEvent:
    """Return the event that an answer's receipt names, which stands before it."""
    assert answer.receipt_id is not None
    event = town.answers.receipts.find(answer.receipt_id)
    named = town.instance.log.event_by_id(receipt.unpack(event.data).frame_id)
    assert named is not None
    assert named.type == FRAME_TYPE
    assert named.position < event.position
    return named


def test_receipts_of_one_question_place_and_day_share_a_frame(town: Town) -> None:
    answers = [town.ask(town.register(members)) for members in (1, 3)]
    assert {frame_of(town, answer) for answer in answers} == set(stated(town))
    assert len(stated(town)) == 1
    other_place = town.ask(town.register(1), ORDINARY)
    town.choose("AMB-WINDOW", "b")
    other_reading = town.ask(town.register(1))
    assert [frame_of(town, each) for each in (other_place, other_reading)] == stated(town)[1:]


def test_a_frame_has_no_tag_and_no_metadata_and_stands_right_before_its_receipt(
    town: Town,
) -> None:
    answer = town.ask(town.register(1))
    event = frame_of(town, answer)
    assert (event.tags, event.metadata) == ([], b"{}")
    assert event.position == answer.position - 1


def test_a_server_that_starts_again_states_no_frame_again(
    town_on_disk: Town, directory: Any
) -> None:
    household = town_on_disk.register(1)
    first = town_on_disk.ask(household)
    town_on_disk.instance.close()
    with Town.reopened(directory) as town:
        again = town.ask(household)
        assert frame_of(town, again) == frame_of(town, first)
        assert len(stated(town)) == 1


def test_servers_that_state_one_frame_at_once_state_it_once(town_on_disk: Town) -> None:
    town = town_on_disk
    households = [town.register(1) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(town.ask, households))
    assert len(stated(town)) == 1
    assert len({frame_of(town, answer) for answer in answers}) == 1


def test_a_repeated_question_states_no_frame(town: Town) -> None:
    household, request_id = town.register(1), new_id()
    town.ask(household, request_id=request_id)
    head = town.instance.log.head()
    town.ask(household, request_id=request_id)
    assert town.instance.log.head() == head


def test_a_frame_whose_commit_failed_is_stated_with_the_next_receipt(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    household = town.register(1)

    def full(_: Sequence[Batch]) -> list[range | IntegrityError]:
        raise StorageError("no room")

    with monkeypatch.context() as patched:
        patched.setattr(town.instance.log, "commit", full)
        with pytest.raises(StorageError):
            town.ask(household)
    assert stated(town) == []
    frame_of(town, town.ask(household))


def test_no_receipt_is_written_when_the_commit_with_its_frame_failed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of very many receipts at once the later ones wait for those before them, and their frames."""
    monkeypatch.setattr(group_commit, "LARGEST_GROUP", 3)
    household, commit = town.register(1), town.instance.log.commit
    tries: list[int] = []

    def first_fails(batches: Sequence[Batch]) -> list[range | IntegrityError]:
        tries.append(len(batches))
        if len(tries) == 1:
            raise StorageError("no room")
        return commit(batches)

    monkeypatch.setattr(town.instance.log, "commit", first_fails)
    head = town.instance.log.head()
    asked = [town.asked(household) for _ in range(7)]
    with pytest.raises(StorageError):
        town.answers.check_all(asked, town.reader, town.instance.view())
    assert (tries, town.instance.log.head()) == ([3], head)


def test_no_caller_can_take_the_id_of_a_frame(town: Town) -> None:
    """The id of a request's event is made of a UUID and a number, which no frame's name is."""
    payload = frame_of(town, town.ask(town.register(1))).data
    assert frames.frame_id(town.instance.log_id, payload) == stated(town)[0].event_id
    assert frames.frame_id(UUID(int=1), payload) != stated(town)[0].event_id
    assert frames.frame_id(town.instance.log_id, payload + b" ") != stated(town)[0].event_id


def test_few_frames_are_kept_in_memory_and_the_others_are_read_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "KEPT", 2)
    household = town.register(1)
    answers = [town.ask(household, place) for place in (ORDINARY, VULNERABLE, PREVENTION)]
    assert len(town.instance.frames._durable) == len(town.instance.frames._made) == 2
    again = [town.ask(household, place) for place in (ORDINARY, VULNERABLE, PREVENTION)]
    assert len(stated(town)) == 3
    for answer in (*answers, *again):
        event = frame_of(town, answer)
        assert answer.receipt_id is not None
        said = stored.answer(town.instance, town.answers.receipts.find(answer.receipt_id))
        assert said.named.id == event.event_id
        assert town.replay(answer).differences == []


def one_of_each_kind() -> list[Case]:
    return list({case["question"]: case for case in golden.decided()}.values())


@pytest.mark.parametrize("case", one_of_each_kind(), ids=lambda case: case["question"])
def test_a_frame_names_no_person_household_or_dwelling(case: Case) -> None:
    decision = golden.answer(case)
    payload = receipt.frame(decision, UUID(int=7)).payload()
    said = json.loads(payload)
    assert said.keys() <= {"area", "asked", "chosen", "day", "judged", "kind", "law", "log"}
    question = decision.question
    for id in {question.household, *decision.members} - {UUID(int=0)}:
        assert str(id).encode() not in payload
    dwelling = getattr(question, "dwelling", None)
    assert dwelling is None or json.dumps(dwelling).encode() not in payload
