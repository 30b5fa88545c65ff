"""After a wrong clock: what still works, and the operator's way back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

import grpc
import pytest

from domain import facts
from domain.events import BY_FACT, encode_fact, open_tags
from husret.v1 import area_service_pb2 as area_pb
from husret.v1 import audit_service_pb2 as audit
from services.cli import main as cli
from services.instance.instance import Instance
from services.instance.signing import vouch_of
from services.log.event import Event
from services.log.sqlite import SQLiteEventLog
from services.persons import master_key
from tests.api.client import Client, Refusal, a_person, an_area, an_id, context
from tests.api.conftest import served
from tests.api.test_server import errors_of, process

DAY = 86_400_000_000
Refused = Callable[[Callable[[], object]], Refusal]


def jump(instance: Instance, by: int) -> None:
    """Have the wall clock jump under a log that is open."""
    assert isinstance(instance.log, SQLiteEventLog)
    instance.log._wall.time = lambda: time.time_ns() // 1000 + by


def accept(client: Client, reason: str, request_id: str = "") -> int:
    request = audit.AcceptClockRequest(
        context=context(purpose="audit"), request_id=request_id or an_id(), reason=reason
    )
    return int(client.audit.AcceptClock(request, timeout=10).position)


def status(client: Client, day: str = "") -> area_pb.GetAreaStatusResponse:
    request = area_pb.GetAreaStatusRequest(area="9999-before", day=day)
    return client.areas.GetAreaStatus(request, timeout=10)


def problem(client: Client) -> str:
    return client.audit.GetHealth(audit.GetHealthRequest()).clock_problem


@pytest.fixture
def behind(directory: Path) -> Path:
    """An instance whose last event was recorded by a clock that was a day ahead."""
    log = SQLiteEventLog(directory / "log.db", clock=lambda: time.time_ns() // 1000 + DAY)
    log.vouch_with(vouch_of(master_key.load(directory / "master.key")))
    fact = facts.AreaRegistered(area="9999-ahead", name="Ahead", municipality="9999")
    log.append_batch(
        [Event(type=BY_FACT[type(fact)].name, data=encode_fact(fact), tags=open_tags(fact))]
    )
    log.close()
    return directory


def test_a_server_whose_clock_jumped_says_so_and_goes_on_once_it_is_accepted(
    client: Client, instance: Instance, refused: Refused
) -> None:
    client.record(an_area("9999-before"))
    assert problem(client) == ""
    jump(instance, 2 * DAY)
    refusal = refused(lambda: client.record(an_area("9999-during")))
    assert refusal.code is grpc.StatusCode.UNAVAILABLE
    assert refusal.reason == "ERROR_REASON_LOG_NOT_WRITABLE"
    assert "husret clock accept" in refusal.details
    assert "jumped 2 days ahead" in problem(client)
    request_id = an_id()
    position = accept(client, "the machine was moved", request_id)
    assert problem(client) == ""
    client.record(an_area("9999-after"))
    event = instance.log.event_at(position)
    assert event is not None
    assert event.type == "clock.accepted"
    said = json.loads(event.data)
    assert said["reason"] == "the machine was moved"
    assert abs(said["clock"] - time.time_ns() // 1000 - 2 * DAY) < 60_000_000
    assert json.loads(event.metadata)["actor"] == "clerk.7"
    assert accept(client, "the machine was moved", request_id) == position
    again = refused(lambda: accept(client, "another reason", request_id))
    assert again.code is grpc.StatusCode.ALREADY_EXISTS


def test_what_day_it_is_is_not_told_by_a_clock_that_is_in_doubt(
    client: Client, instance: Instance, refused: Refused
) -> None:
    client.record(an_area("9999-before"))
    jump(instance, 2 * DAY)

    refusal = refused(lambda: status(client))
    assert refusal.code is grpc.StatusCode.UNAVAILABLE
    assert "what day it is can't be told" in refusal.details
    assert status(client, "2024-06-01").name

    accept(client, "the machine was moved")
    assert status(client).name


def test_a_jump_that_is_put_right_needs_nobody(
    client: Client, instance: Instance, refused: Refused
) -> None:
    jump(instance, -DAY)
    refused(lambda: client.record(an_area()))
    jump(instance, 0)
    client.record(an_area())


def test_a_clock_that_nobody_doubts_is_not_accepted(
    client: Client, instance: Instance, refused: Refused
) -> None:
    head = instance.log.head()
    assert refused(lambda: accept(client, "why not")).code is grpc.StatusCode.FAILED_PRECONDITION
    for reason in ("", "x" * 501, "two\nlines"):
        assert set(refused(partial(accept, client, reason)).fields) == {"reason"}
    assert instance.log.head() == head


def test_a_start_with_the_clock_behind_serves_what_is_there(behind: Path, refused: Refused) -> None:
    with process(behind) as (child, endpoint):
        client = Client(endpoint)
        assert client.head() == 2
        assert "before the last event" in problem(client)
        refusal = refused(lambda: client.record(an_area()))
        assert refusal.code is grpc.StatusCode.UNAVAILABLE
        accept(client, "it was a day ahead")
        client.record(an_area())
        client.close()
        child.terminate()
        assert child.wait(30) == 0
    errors = errors_of(behind).read_text()
    assert "Traceback" not in errors
    assert "before the last event" in errors
    with process(behind) as (_, endpoint):
        client = Client(endpoint)
        client.record(an_area("9999-next"))
        client.close()


def test_the_command_line_leads_out_of_it(behind: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main([*arguments, "--dir", str(behind)])
        return code, *capsys.readouterr()

    code, _, err = run("import", "area-lists", "made-up")
    assert code == 1
    assert "clock accept --reason" in err
    code, out, _ = run("status")
    assert code == 0
    assert "Nothing is written" in out
    assert "clock accept --reason" in out
    assert run("clock", "accept", "--reason", "it was a day ahead")[0] == 0
    assert run("import", "area-lists", "made-up")[0] == 0
    assert "Nothing is written" not in run("status")[1]
    assert run("clock", "accept", "--reason", "once more")[0] == 1


def test_an_erasure_that_waits_for_the_clock_does_not_keep_the_instance_shut(
    directory: Path,
) -> None:
    person = an_id()
    with served(Instance.open(directory)) as client:
        client.record(a_person(person))
    with Instance.open(directory) as instance:
        tokens = sorted(instance.keys.tokens_of(UUID(person)).values())
        jump(instance, DAY)
        assert isinstance(instance.log, SQLiteEventLog)
        instance.log._wall._offset += DAY
        for token in tokens:
            begun = facts.ErasureBegun(tokens=(token,), policy="on-request")
            instance.writer.append(
                [Event(type="erasure.begun", data=encode_fact(begun), tags=open_tags(begun))]
            )
    with Instance.open(directory) as instance:
        assert instance.keys.known(UUID(person)) is None
        assert "erasure.done" not in {event.type for event in instance.log.read()}
    with served(Instance.open(directory)) as client:
        accept(client, "it was a day ahead")
    with Instance.open(directory) as instance:
        done = [event for event in instance.log.read() if event.type == "erasure.done"]
        assert sorted(json.loads(event.data)["tokens"][0] for event in done) == tokens
        assert instance.erasures.complete(instance.view()) == 0
