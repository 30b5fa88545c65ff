"""What the API says of a log that was altered where it is stored."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import grpc
import pytest

from husret.v1 import area_service_pb2 as area
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2
from services.cli import main as cli
from services.cli.exits import DIFFERENT
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from tests.api.client import (
    Client,
    Refusal,
    a_benefit,
    a_dwelling,
    a_household,
    a_member,
    a_person,
    an_id,
    benefits_attested,
    citizenship,
    context,
    members_attested,
)
from tests.api.conftest import DAY, served

ASKED_DAY = "2025-06-02"

Refused = Callable[[Callable[[], object]], Refusal]


class Answered(NamedTuple):
    """A closed instance with one prohibited answer."""

    directory: Path
    household: str
    receipt_id: str

    def position(self, type: str) -> int:
        """Return where the last event of a type stands."""
        with Instance.open(self.directory, today=lambda: DAY) as instance:
            found: list[RecordedEvent] = instance.log.read().all()
        return max(event.position for event in found if event.type == type)

    def alter(self, statement: str, position: int) -> None:
        """Change the log's file."""
        with closing(sqlite3.connect(self.directory / "log.db", isolation_level=None)) as database:
            assert database.execute(statement, (position,)).rowcount == 1


@pytest.fixture
def answered(directory: Path) -> Answered:
    household, person = an_id(), an_id()
    with served(Instance.open(directory, today=lambda: DAY)) as client:
        client.import_areas()
        client.record(
            a_dwelling("D1", area="9999-kastanjeparken"),
            a_dwelling("D0", area="", outside_areas=True),
            a_household(household),
            members_attested(household, first_day="2020-01-01"),
            a_person(person),
            a_member(household, person, first_day="2020-01-01"),
            citizenship(person),
            benefits_attested(person, first_day="2018-01-01"),
            a_benefit(person, first_day="2024-10-01", last_day="2025-05-31"),
        )
        decision = client.check(household, "D1", ASKED_DAY)
    assert decision.outcome == core_pb2.OUTCOME_PROHIBITED
    return Answered(directory, household, decision.receipt_id)


def show(client: Client, receipt_id: str) -> pb.GetDecisionResponse:
    request = pb.GetDecisionRequest(context=context(purpose="audit"), receipt_id=receipt_id)
    return client.audit.GetDecision(request, timeout=20)


def verify(client: Client) -> pb.VerifyLogResponse:
    request = pb.VerifyLogRequest(context=context(purpose="audit"))
    return client.audit.VerifyLog(request, timeout=20)


def names(text: str, position: int) -> bool:
    return re.search(rf"\bposition {position}\b", text) is not None


@pytest.mark.parametrize(
    ("file", "statement", "kind"),
    [
        ("views-decisions.db", "UPDATE decisions SET outcome = 'PERMITTED'", "view-row-altered"),
        ("views-decisions.db", "DELETE FROM decisions", "view-row-missing"),
        (
            "views.db",
            "UPDATE area_status SET status = '?' WHERE FIRST",
            "view-row-altered",
        ),
        ("views-grounds.db", "UPDATE sealed SET part = zeroblob(90)", "sealed-row-altered"),
    ],
)
def test_verifying_the_log_names_rows_of_views_that_do_not_follow(
    answered: Answered,
    file: str,
    statement: str,
    kind: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with served(Instance.open(answered.directory, today=lambda: DAY)) as client:
        fresh = core_pb2.Consistency(at_least_position=client.head())
        client.areas.ListAreaStatus(area.ListAreaStatusRequest(consistency=fresh), timeout=20)
        request = pb.ListDecisionsRequest(context=context(purpose="audit"), opened=True)
        assert client.audit.ListDecisions(request, timeout=20).decisions
        assert verify(client).found == 0
    first = "(area, category, first_day) = (SELECT area, category, first_day FROM area_status)"
    with closing(sqlite3.connect(answered.directory / file, isolation_level=None)) as database:
        changed = database.execute(statement.replace("FIRST", first))
        assert changed.rowcount == 1
    with served(Instance.open(answered.directory, today=lambda: DAY)) as client:
        verified = verify(client)
        assert [each.kind for each in verified.findings] == [kind]
        assert answered.household not in str(verified)
        assert verified.altered == 0
    asked = ["log", "verify", "--dir", str(answered.directory), "--language", "en"]
    assert cli.main(asked) == 0
    assert "Views were not looked at" in capsys.readouterr().out
    assert cli.main([*asked, "--views"]) == DIFFERENT
    said = capsys.readouterr().out
    assert f"  {kind}: {verified.findings[0].place} (" in said
    assert "made anew" in said
    assert "backup" not in said


def test_a_log_that_nobody_touched_verifies_and_answers(answered: Answered) -> None:
    with served(Instance.open(answered.directory, today=lambda: DAY)) as client:
        verified = verify(client)
        assert (list(verified.altered_positions), verified.altered) == ([], 0)
        assert verified.known_at_position == client.head()
        assert client.replay(answered.receipt_id).verdict == pb.REPLAY_VERDICT_EQUAL
        assert (
            client.check(answered.household, "D1", ASKED_DAY).outcome == core_pb2.OUTCOME_PROHIBITED
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET data = CAST(replace(data, '2000-01-01', '2001-01-01') AS BLOB)"
        " WHERE position = ?",
        "DELETE FROM event WHERE position = ?",
    ],
    ids=["altered", "removed"],
)
def test_after_an_open_event_was_touched_nothing_new_is_answered_and_all_name_it(
    answered: Answered, refused: Refused, statement: str
) -> None:
    position = answered.position("dwelling.recorded") - 1
    answered.alter(statement, position)
    with served(Instance.open(answered.directory, today=lambda: DAY)) as client:
        refusal = refused(lambda: client.check(answered.household, "D0", ASKED_DAY))
        assert refusal.code is grpc.StatusCode.DATA_LOSS
        assert refusal.reason == "ERROR_REASON_LOG_ALTERED"
        assert names(refusal.details, position)
        verified = verify(client)
        assert (list(verified.altered_positions), verified.altered) == ([position], 1)
        replayed = client.replay(answered.receipt_id)
        assert replayed.verdict == pb.REPLAY_VERDICT_DIFFERENT
        assert any(names(said, position) for said in replayed.differences)


def test_an_altered_sealed_event_is_data_loss_and_named_whoever_reads_it(
    answered: Answered, refused: Refused
) -> None:
    position = answered.position("benefit.period")
    answered.alter("UPDATE event SET data = randomblob(length(data)) WHERE position = ?", position)
    with served(Instance.open(answered.directory, today=lambda: DAY)) as client:
        for call in (
            lambda: client.check(answered.household, "D1", ASKED_DAY),
            lambda: show(client, answered.receipt_id),
        ):
            refusal = refused(call)
            assert refusal.code is grpc.StatusCode.DATA_LOSS
            assert refusal.reason == "ERROR_REASON_LOG_ALTERED"
            assert names(refusal.details, position)
        assert list(verify(client).altered_positions) == [position]
        replayed = client.replay(answered.receipt_id)
        assert any(names(said, position) for said in replayed.differences)
