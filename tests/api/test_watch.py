"""A system watches what is its own affair: nothing twice, nothing left out, nothing of others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import grpc
import pytest

from domain import facts
from husret.v1 import core_pb2 as core
from husret.v1 import watch_service_pb2 as pb
from services.answers.screening import ListRequest, Screening
from services.persons.reading import Reader
from tests.answers.town import Town, new_id
from tests.api.client import Client, Refusal, context
from tests.api.conftest import served

Refused = Callable[[Callable[[], object]], Refusal]


@pytest.fixture
def town() -> Town:
    return Town.founded()


@pytest.fixture
def client(town: Town) -> Iterator[Client]:
    with served(town.instance) as connected:
        yield connected


def watched(client: Client, town: Town, **values: Any) -> list[pb.WatchResponse]:
    values.setdefault("until_now", True)
    values.setdefault("context", context(purpose="audit", actor=town.reader.actor))
    return list(client.watching.Watch(pb.WatchRequest(**values), timeout=30))


def kinds(told: list[pb.WatchResponse]) -> list[str | None]:
    return [each.WhichOneof("told") for each in told]


def test_a_system_is_told_of_its_own_answers_and_of_no_other_s(town: Town, client: Client) -> None:
    mine = town.ask(town.register(1))
    other = Reader("another", town.reader.purpose, town.reader.legal_basis)
    town.answers.check_all([town.asked(town.register(1))], other, town.instance.view())
    told = watched(client, town, kinds=[pb.WATCH_KIND_ANSWERS])
    assert kinds(told) == ["answer", "checkpoint"]
    assert told[0].answer.receipt_id == str(mine.receipt_id)
    assert told[0].answer.outcome == core.OUTCOME_PERMITTED
    assert told[0].position == mine.position
    assert told[1].position == town.instance.log.head()


def test_an_answer_that_was_moved_is_told_without_what_moved_it(town: Town, client: Client) -> None:
    household = town.register(2)
    mine = town.ask(household)
    town.ask(town.register(1))
    before = town.instance.log.head()
    town.on_kontanthjaelp(household.members[0])
    told = watched(client, town, after_position=before, kinds=[pb.WATCH_KIND_ANSWERS_MOVED])
    assert kinds(told) == ["answer_moved", "checkpoint"]
    assert told[0].answer_moved == pb.WatchedMove(receipt_id=str(mine.receipt_id))
    assert not watched(
        client, town, after_position=told[0].position, kinds=[pb.WATCH_KIND_ANSWERS_MOVED]
    )[:-1]


def test_an_entry_of_a_page_is_told_of_by_its_household(town: Town, client: Client) -> None:
    households = [town.register(1) for _ in range(3)]
    question = town.asked(households[0]).question
    walk = ListRequest(question, town.instance.view(), town.reader, new_id())
    [page] = Screening(town.instance).pages(walk, [each.id for each in households], 10)
    before = town.instance.log.head()
    town.on_kontanthjaelp(households[1].members[0])
    told = watched(client, town, after_position=before)
    moved = [each.answer_moved for each in told if each.HasField("answer_moved")]
    assert moved == [
        pb.WatchedMove(receipt_id=str(page.receipt_id), household_id=str(households[1].id))
    ]


def test_an_area_is_told_of_when_what_is_recorded_makes_it_something_else(
    town: Town, client: Client
) -> None:
    told = watched(client, town, kinds=[pb.WATCH_KIND_AREA_STATUS])
    listed = {each.area_status.area for each in told[:-1]}
    assert {"9999-kastanjeparken", "9999-hasselvangen"} <= listed
    before = told[-1].position
    some = next(iter(sorted(listed)))
    town.exempt()  # no status hangs on it
    assert kinds(watched(client, town, after_position=before)) == ["checkpoint"]
    town.record(
        facts.OriginCriterionSuspended(
            first_day=date(2021, 12, 1),
            decided_by="the council",
            reason="a test",
            legal_basis="a judgment",
        )
    )
    changed = watched(client, town, after_position=before, kinds=[pb.WATCH_KIND_AREA_STATUS])
    of = {each.area_status.area for each in changed[:-1]}
    assert of
    assert of <= listed
    for area in (min(of), some):
        only = watched(
            client, town, after_position=before, kinds=[pb.WATCH_KIND_AREA_STATUS], areas=[area]
        )
        assert {each.area_status.area for each in only[:-1]} == of & {area}


def test_an_erasure_is_told_as_such(town: Town, client: Client) -> None:
    household = town.register(1)
    before = town.instance.log.head()
    town.erase(household.members[0])
    told = watched(client, town, after_position=before, kinds=[pb.WATCH_KIND_ERASURES])
    assert set(kinds(told)) == {"erasure", "checkpoint"}
    assert all(str(household.members[0]) not in str(each) for each in told)


def test_a_watch_that_was_cut_off_anywhere_goes_on_where_it_was(town: Town, client: Client) -> None:
    households = [town.register(1) for _ in range(3)]
    for household in households:
        town.ask(household)
    for household in households[:2]:
        town.on_kontanthjaelp(household.members[0])
    town.erase(households[2].members[0])
    whole = watched(client, town)[:-1]
    assert len(whole) > 5
    for number, each in enumerate(whole):
        if number + 1 < len(whole) and whole[number + 1].position == each.position:
            continue  # several at one position are told together
        rest = watched(client, town, after_position=each.position)[:-1]
        assert rest == whole[number + 1 :]


def test_what_is_recorded_while_it_waits_is_told_and_silence_has_a_checkpoint(
    town: Town, client: Client
) -> None:
    call = client.watching.Watch(
        pb.WatchRequest(
            context=context(purpose="audit", actor=town.reader.actor),
            from_now=True,
            checkpoint_seconds=1,
            kinds=[pb.WATCH_KIND_ANSWERS],
        ),
        timeout=30,
    )
    assert next(call).HasField("checkpoint")  # it is waiting
    household = town.register(1)
    asked = threading.Thread(target=town.ask, args=(household,))
    asked.start()
    told = next(each for each in call if each.HasField("answer"))
    asked.join()
    assert told.answer.question == "referral"
    call.cancel()


def test_what_is_wrong_with_a_watch_is_named(client: Client, town: Town, refused: Refused) -> None:
    for values, field in (
        ({"after_position": -1}, "after_position"),
        ({"after_position": 1, "from_now": True}, "after_position"),
        ({"kinds": [0]}, "kinds[0]"),
        ({"areas": ["nowhere"]}, "areas[0]"),
        ({"checkpoint_seconds": 301}, "checkpoint_seconds"),
    ):
        refusal = refused(partial(watched, client, town, **values))
        assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
        assert set(refusal.fields) == {field}
    beyond = refused(partial(watched, client, town, after_position=10**6))
    assert beyond.code is grpc.StatusCode.INVALID_ARGUMENT
    assert "beyond" in beyond.details
