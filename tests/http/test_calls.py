"""Calls over HTTP, beside the same over gRPC."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from services.api.contract import METHODS
from services.cli import main as cli
from services.http.writing import plain
from services.instance import token
from tests.api.client import (
    Client,
    a_benefit,
    a_dwelling,
    a_member,
    an_id,
    members_attested,
)
from tests.http.client import CONTEXT, Http
from tests.support import PYTHONPATH, children

ROOT = Path(__file__).resolve().parents[2]
CHECK = "EligibilityService/CheckReferral"


@pytest.fixture(scope="module")
def household(client: Client) -> str:
    """A household whose member has received kontanthjælp for five months."""
    person, made = client.a_person(), client.a_household()
    client.record(
        a_member(made, person),
        members_attested(made),
        a_benefit(person),
        a_dwelling("dwelling-1", area="9999-kastanjeparken"),
    )
    return made


def question(household: str, **values: Any) -> dict[str, Any]:
    return {
        "householdId": household,
        "dwellingId": "dwelling-1",
        "basis": "REFERRAL_BASIS_STK_1",
        "day": "2026-06-01",
        **values,
    }


def test_a_recorded_check_is_the_same_as_over_grpc(
    client: Client, http: Http, household: str
) -> None:
    request = {"context": CONTEXT, "requestId": an_id(), "question": question(household)}
    answer = http.call(CHECK, request)
    assert answer.code == 200
    decision = answer.json["decision"]
    over_grpc = client.check(household, "dwelling-1", "2026-06-01")
    theirs = plain(over_grpc)
    moved = {"receiptId", "receiptHash", "recordedPosition", "knownAtPosition", "requestId"}
    assert decision.keys() == theirs.keys()
    same = [name for name in theirs if name not in moved]
    assert {name: decision[name] for name in same} == json.loads(
        json.dumps({name: theirs[name] for name in same})
    )
    assert decision["outcome"] in ("OUTCOME_PROHIBITED", "OUTCOME_UNDETERMINED")
    # It is kept like any other: the auditor finds the same receipt, and a repeat is the first one.
    replayed = client.replay(decision["receiptId"])
    assert replayed.computed_hash == replayed.stored_hash
    again = http.call(CHECK, request).json["decision"]
    assert again["receiptId"] == decision["receiptId"]
    # The names of the protos are taken too.
    named = {
        "context": CONTEXT,
        "request_id": request["requestId"],
        "question": {
            "household_id": household,
            "dwelling_id": "dwelling-1",
            "basis": "REFERRAL_BASIS_STK_1",
            "day": "2026-06-01",
        },
    }
    assert http.call(CHECK, named).json["decision"]["receiptId"] == decision["receiptId"]


def test_a_mistyped_field_is_refused_and_nothing_is_recorded(
    client: Client, http: Http, household: str
) -> None:
    head = client.head()
    asked = question(household)
    asked["dag"] = asked.pop("day")
    answer = http.call(CHECK, {"context": CONTEXT, "requestId": an_id(), "question": asked})
    assert (answer.code, answer.reason) == (400, "ERROR_REASON_INVALID_FIELDS")
    assert set(answer.fields) == {"question.dag"}
    assert "day" in answer.fields["question.dag"]
    assert client.head() == head


def test_what_the_server_refuses_names_its_fields_as_json_does(http: Http) -> None:
    answer = http.call(CHECK, {"context": CONTEXT, "question": {"householdId": "x"}})
    assert answer.code == 400
    assert {"requestId", "question.householdId", "question.dwellingId"} <= set(answer.fields)
    unknown = http.call("AreaService/GetAreaStatus", {"area": "9999-none", "day": "2026-06-01"})
    assert (unknown.code, unknown.reason) == (404, "ERROR_REASON_NOT_FOUND")


def test_a_waiting_list_comes_line_by_line(client: Client, http: Http, household: str) -> None:
    several = [client.a_household() for _ in range(3)]
    request = {
        "context": CONTEXT,
        "householdIds": [household, *several],
        "referral": question("", householdId=""),
        "preview": True,
        "pageSize": 2,
    }
    answer = http.call("EligibilityService/ScreenWaitingList", request)
    assert answer.code == 200, answer.body
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    told = [each["householdId"] for line in answer.lines for each in line.get("households", ())]
    assert told == [household, *several]
    refused = http.call("EligibilityService/ScreenWaitingList", {**request, "referral": {}})
    assert refused.code == 400


def test_every_method_can_be_called_and_is_refused_with_words_where_it_must(http: Http) -> None:
    for path in METHODS:
        answer = http.send("POST", path, b"{}")
        assert answer.code in (200, 400), (path, answer)
        if answer.code == 400:
            assert answer.json["error"]["code"] in (3, 9), path
            assert answer.reason.startswith("ERROR_REASON_")


def test_calls_at_the_same_time_are_all_answered(http: Http, household: str) -> None:
    def ask(number: int) -> tuple[int, str]:
        request = {"context": CONTEXT, "requestId": an_id(), "question": question(household)}
        answer = http.call(CHECK, request)
        return answer.code, answer.json["decision"]["receiptId"]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(24)))
    assert {code for code, _ in answers} == {200}
    assert len({receipt for _, receipt in answers}) == 24


def gone(pid: int, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if " Z " in Path(f"/proc/{pid}/stat").read_text():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_process_is_left_by_a_stop_or_a_kill_and_one_that_dies_is_started_again(
    tmp_path: Path,
) -> None:
    place = tmp_path / "instance"
    assert cli.main(["init", "--dir", str(place)]) == 0
    command = [sys.executable, "-m", "services.cli", "serve", "--dir", str(place), "--json"]
    for ending in (signal.SIGTERM, signal.SIGKILL):
        with (tmp_path / "stderr").open("w") as stderr:
            server = subprocess.Popen(
                [*command, "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"],
                env={"PYTHONPATH": PYTHONPATH, "PATH": "/usr/bin:/bin"},
                stdout=subprocess.PIPE,
                stderr=stderr,
                cwd=tmp_path,
            )
        try:
            assert server.stdout is not None
            url = json.loads(server.stdout.readline())["http"]
            http = Http(url, token.load(place / token.FILE))
            assert http.call("AuditService/GetHealth", {}).code == 200
            [beside] = children(server.pid)
            if ending == signal.SIGTERM:
                os.kill(beside, signal.SIGKILL)
                assert http.call("AuditService/GetHealth", {}).code == 200
                [beside] = children(server.pid)
            server.send_signal(ending)
            assert server.wait(30) == (0 if ending == signal.SIGTERM else -ending)
            assert gone(beside)
        finally:
            server.kill()
            server.communicate()
    said = (tmp_path / "stderr").read_text()
    assert http.token not in said
