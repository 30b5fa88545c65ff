"""What an answer must say of itself, an item of a batch and a screened household say too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from domain.controllers import may_ask
from domain.decide import Decision
from domain.facts import ControllerKind
from domain.questions import KINDS
from husret.v1 import eligibility_service_pb2 as pb
from services.answers.screening import Item
from services.api import eligibility_service as service
from services.cases.casebook import Case
from services.instance.instance import Instance
from services.persons.reading import Reader
from tests.frozen import from_cases
from tests.law import golden

READER = Reader("auditor", "audit", "inspection")
RECORDED = sorted(kind.name for kind in KINDS.values() if kind.recorded)
IN_A_BATCH = pb.CheckQuestion.DESCRIPTOR.oneofs_by_name["question"].fields
ON_A_LIST = pb.ScreenWaitingListRequest.DESCRIPTOR.oneofs_by_name["question"].fields


def warned(kind: str) -> Iterator[Case]:
    """Return the cases of a kind whose answers warn of something."""
    for case in golden.decided():
        if case["question"] == kind and golden.answer(case).warnings:
            yield case


def instance_of(kind: str) -> Instance:
    """Return an empty log of a controller that may ask a kind of question."""
    controller = next(each for each in ControllerKind if may_ask(each, kind))
    return Instance.in_memory(kind=controller, today=lambda: date(2040, 1, 1))


@pytest.mark.parametrize("kind", [each.name for each in IN_A_BATCH])
def test_an_item_of_a_batch_has_the_warnings_of_the_answer(kind: str) -> None:
    case = next(warned(kind))
    answer = from_cases.answer(instance_of(kind), case, 1, READER)

    item = service.batch_item(answer)

    assert item.receipt_id
    assert list(item.warnings) == list(answer.decision.warnings) != []


@pytest.mark.parametrize("kind", [each.name for each in ON_A_LIST])
def test_a_screened_household_has_the_warnings_of_the_answer(kind: str) -> None:
    decision: Decision = golden.answer(next(warned(kind)))

    made = service.screened(Item(decision.question.household, decision.outcome, decision=decision))

    assert list(made.warnings) == list(decision.warnings) != []


def test_every_kind_whose_answer_leaves_a_receipt_can_be_asked_in_a_batch() -> None:
    alone = {"benefit_condition"}  # the municipality vouches for one person at a time

    assert {each.name for each in IN_A_BATCH} == set(RECORDED) - alone
