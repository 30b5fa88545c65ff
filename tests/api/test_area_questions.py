"""A question about an area and nobody: recorded openly, shown and computed again."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain import receipt
from domain.law.kernel import Outcome
from husret.v1 import audit_service_pb2, core_pb2
from husret.v1 import eligibility_service_pb2 as questions
from services.instance.instance import Instance
from tests.answers.town import alter, stored
from tests.api.client import Client, Refusal, an_id, audit_request, context
from tests.api.conftest import served

Refused = Callable[[Callable[[], object]], Refusal]
AREA = "9999-pilehaven"


def asked(
    request_id: str = "", area: str = AREA, day: str = "2024-06-01", preview: bool = False
) -> questions.CheckPlanRequest:
    return questions.CheckPlanRequest(
        context=context(purpose="area"),
        request_id=request_id or ("" if preview else an_id()),
        question=questions.PlanQuestion(area=area, day=day),
        preview=preview,
    )


def check(client: Client, **values: Any) -> core_pb2.Decision:
    return client.eligibility.CheckPlan(asked(**values), timeout=20).decision


@pytest.fixture
def areas(client: Client) -> Client:
    client.import_areas()
    return client


def test_its_answer_is_recorded_under_the_areas_tag_and_reads_nobody(areas: Client) -> None:
    answer = check(areas)

    assert (answer.area, answer.unsealed) == (AREA, 0)
    [event] = areas.audit.ListEvents(audit_request(types=["decision.plan"]), timeout=20).events
    assert event.event_id == answer.receipt_id
    assert list(event.tags) == [f"area:{AREA}"]
    assert (event.sealed_size, event.open_data) == (0, "")
    frame, packed = frame_and_receipt(event.open_part)
    assert (frame["kind"], frame["area"]) == ("plan", AREA)
    assert packed.sections == ()
    assert f"OUTCOME_{packed.outcome}" == core_pb2.Outcome.Name(answer.outcome)
    found = json.loads(packed.last)
    assert found["area"] == AREA
    assert [each[0] for each in found["f"]] == [f.rule_id for f in answer.findings]
    assert hashlib.sha256(b"\x02" + event.open_part).digest() == answer.receipt_hash
    [named] = areas.audit.ListEvents(audit_request(types=["frame.stated"]), timeout=20).events
    assert UUID(named.event_id).bytes == packed.frame_id
    assert json.loads(named.open_data) == frame
    assert (list(named.tags), named.metadata) == ([], "{}")
    assert named.position == event.position - 1


def frame_and_receipt(hashed: bytes) -> tuple[dict[str, Any], receipt.Packed]:
    """Take apart what a receipt's hash is made over: two pieces, each behind its length."""
    (length,) = struct.unpack_from(">Q", hashed)
    return json.loads(hashed[8 : 8 + length]), receipt.unpack(hashed[16 + length :])


def test_a_repeat_gets_the_first_receipt_and_other_content_is_refused(
    areas: Client, refused: Refused
) -> None:
    request_id = an_id()
    first = check(areas, request_id=request_id)
    head = areas.head()
    again = check(areas, request_id=request_id)

    assert (again.receipt_id, again.receipt_hash, areas.head()) == (
        first.receipt_id,
        first.receipt_hash,
        head,
    )
    other = refused(lambda: check(areas, request_id=request_id, day="2024-06-02"))
    assert other.reason == "ERROR_REASON_REQUEST_ID_REUSED"


def test_it_is_shown_again_and_comes_out_the_same_also_when_more_is_known(areas: Client) -> None:
    answer = check(areas)
    areas.an_area("9999-nyhaven")
    shown = areas.audit.GetDecision(
        audit_service_pb2.GetDecisionRequest(
            context=context(purpose="audit"), receipt_id=answer.receipt_id
        ),
        timeout=20,
    ).decision
    replay = areas.replay(answer.receipt_id)

    assert (shown.outcome, shown.receipt_hash) == (answer.outcome, answer.receipt_hash)
    assert shown.findings == answer.findings
    assert replay.verdict == audit_service_pb2.REPLAY_VERDICT_EQUAL
    assert replay.computed_hash == replay.stored_hash == answer.receipt_hash
    assert (list(replay.sections), list(replay.differences)) == ([], [])


def test_a_preview_records_nothing(areas: Client) -> None:
    head = areas.head()
    answer = check(areas, preview=True)
    assert (answer.receipt_id, areas.head()) == ("", head)


def test_it_can_be_asked_in_a_batch_with_others(areas: Client) -> None:
    response = areas.eligibility.BatchCheck(
        questions.BatchCheckRequest(
            context=context(purpose="area"),
            request_id=an_id(),
            checks=[
                questions.CheckQuestion(plan=questions.PlanQuestion(area=area, day="2024-06-01"))
                for area in (AREA, "9999-intetsteds")
            ],
        ),
        timeout=20,
    )
    one, wrong = response.items
    assert one.receipt_id
    assert [each.field for each in wrong.error.fields] == ["checks[1].area"]
    assert areas.replay(one.receipt_id).verdict == audit_service_pb2.REPLAY_VERDICT_EQUAL


def test_an_area_that_is_not_registered_and_a_day_before_the_law_are_refused(
    areas: Client, refused: Refused
) -> None:
    unknown = refused(lambda: check(areas, area="9999-intetsteds"))
    assert unknown.fields == {"question.area": "no area is registered under this id"}
    early = refused(lambda: check(areas, day="2018-11-30"))
    assert early.reason == "ERROR_REASON_BEFORE_COVERAGE"


@pytest.mark.parametrize("refit", [True, False], ids=["with a hash that fits", "alone"])
def test_another_outcome_than_was_answered_is_found_when_it_is_stored(
    directory: Path, refit: bool
) -> None:
    with served(Instance.open(directory)) as client:
        client.import_areas()
        answer = check(client)
    log, position = directory / "log.db", answer.recorded_position
    packed = receipt.unpack(stored(log, position, "data"))
    other = next(each for each in Outcome if each is not packed.outcome)
    head = receipt.head(packed.frame_id, packed.position, other, 0, 0)
    alter(log, position, refit, data=receipt.pack(head, (), packed.last))
    with served(Instance.open(directory)) as client:
        replay = client.replay(answer.receipt_id)
    assert replay.verdict == audit_service_pb2.REPLAY_VERDICT_DIFFERENT
    assert any("outcome" in each for each in replay.differences), replay.differences


def test_an_altered_fact_that_it_rests_on_is_named(directory: Path) -> None:
    with served(Instance.open(directory)) as client:
        client.import_areas()
        answer = check(client)
    log = directory / "log.db"
    listed = answer.findings[0].evidence[0].position
    alter(log, listed, False, recorded_at=stored(log, listed, "recorded_at") + 1)
    with served(Instance.open(directory)) as client:
        replay = client.replay(answer.receipt_id)
    assert replay.verdict == audit_service_pb2.REPLAY_VERDICT_DIFFERENT
    assert any(f"position {listed}" in each for each in replay.differences), replay.differences
