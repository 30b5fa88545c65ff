"""An access is kept as long as the answer that it belongs to, and leads to no receipt."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from domain.data_classes import DataClass, SubjectKind
from domain.questions import RECEIPT_TYPES
from husret.v1 import eligibility_service_pb2, eligibility_service_pb2_grpc
from husret_verify.event import event_id
from services.instance import instance as instances
from services.instance.instance import Instance
from services.persons.access import AccessTable
from services.persons.tokens import token_bytes
from tests.answers.town import ASKED_DAY, VULNERABLE, Household, Town
from tests.api.client import an_id, context
from tests.api.conftest import served
from tests.persons_in_log.killing import TYPE, WHEN
from tests.support import PYTHONPATH

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def household(directory: Path) -> Household:
    with Town.founded(directory) as town:
        household = town.register(2)
        town.on_kontanthjaelp(household.members[0])
        return household


def rows(directory: Path) -> list[tuple[str, str, bytes | None]]:
    with closing(sqlite3.connect(directory / "access.db")) as table:
        return table.execute(
            "SELECT purpose, request_id, token FROM access JOIN access_class USING (access)"
        ).fetchall()


def test_a_kill_that_comes_after_an_answer_leaves_what_was_read_for_it(
    directory: Path, household: Household
) -> None:
    with Town.reopened(directory) as town:
        token = town.instance.keys.token(household.members[0], DataClass.BENEFITS)
    before = rows(directory)
    done = subprocess.run(
        [sys.executable, "-m", "tests.persons_in_log.child", directory, "ask", str(household.id)],
        env={
            **os.environ,
            "PYTHONPATH": PYTHONPATH,
            "PERSISTENCE_MODULE": "tests.persons_in_log.killing:KillingFactory",
            TYPE: "decision.referral",
            WHEN: "after",
        },
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    with Town.reopened(directory) as town:
        assert [event for event in town.instance.log.read() if event.type in RECEIPT_TYPES]
    added = rows(directory)[len(before) :]
    assert token_bytes(token) in {row[2] for row in added}


def test_an_append_waits_for_the_accesses_and_fails_when_they_can_not_be_kept(
    directory: Path, household: Household
) -> None:
    with Town.reopened(directory) as town:
        head = town.instance.log.head()
        with closing(sqlite3.connect(directory / "access.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(sqlite3.OperationalError):
                town.ask(household)
            assert town.instance.log.head() == head
            other.execute("ROLLBACK")
        town.instance.access.flush()
        town.ask(household)
        assert town.instance.log.head() == head + 2  # the receipt, and its frame


def _question(household: str, day: str) -> eligibility_service_pb2.ReferralQuestion:
    return eligibility_service_pb2.ReferralQuestion(
        household_id=household,
        dwelling_id=VULNERABLE,
        basis=eligibility_service_pb2.REFERRAL_BASIS_STK_1,
        day=day,
    )


def test_what_is_handed_out_without_a_receipt_waits_for_its_accesses_too(
    directory: Path, household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instances, "AccessTable", partial(AccessTable, interval=3_600.0))
    with served(Instance.open(directory)) as client:
        before = len(rows(directory))
        stub = eligibility_service_pb2_grpc.EligibilityServiceStub(client.channel)
        stub.CheckReferral(
            eligibility_service_pb2.CheckReferralRequest(
                context=context(),
                preview=True,
                question=_question(str(household.id), str(ASKED_DAY)),
            )
        )
        assert len(rows(directory)) > before
        before = len(rows(directory))
        [page] = stub.ScreenWaitingList(
            eligibility_service_pb2.ScreenWaitingListRequest(
                context=context(),
                preview=True,
                referral=_question("", str(ASKED_DAY)),
                household_ids=[str(household.id)],
            )
        )
        assert page.households
        assert len(rows(directory)) > before


def test_no_access_leads_to_a_receipt_before_an_erasure_or_after_it(
    directory: Path, household: Household
) -> None:
    request_ids = [an_id(), an_id()]
    with served(Instance.open(directory)) as client:
        stub = eligibility_service_pb2_grpc.EligibilityServiceStub(client.channel)
        for request_id in request_ids:
            stub.CheckReferral(
                eligibility_service_pb2.CheckReferralRequest(
                    context=context(),
                    request_id=request_id,
                    question=_question(str(household.id), str(ASKED_DAY)),
                )
            )
    with Instance.open(directory) as instance:
        for index in range(3):
            for _, noted, _ in rows(directory):
                assert noted not in request_ids
                try:
                    derived = event_id(instance.log_id, UUID(noted), index)
                except ValueError:
                    continue
                assert not instance.has_event(derived)
    with Town.reopened(directory) as town:
        of_the_erased = {
            token_bytes(t) for t in town.instance.keys.tokens_of(household.members[0]).values()
        }
        noted_before = {row[1] for row in rows(directory) if row[2] in of_the_erased}
        assert noted_before - {""}
        town.erase(household.members[0])
        town.erase(household.id, kind=SubjectKind.HOUSEHOLD)
    with closing(sqlite3.connect(directory / "access.db")) as table:
        erased = table.execute(
            "SELECT request_id FROM access WHERE access IN"
            " (SELECT access FROM access_class WHERE token IS NULL)"
        ).fetchall()
    assert erased
    assert set(erased) == {("",)}
