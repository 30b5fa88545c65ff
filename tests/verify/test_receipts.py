"""The verifier and the writer of receipts, which share no code, held to the same vectors."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from husret_verify import receipt
from husret_verify.problems import Unreadable
from tests.support import ROOT


def vectors(name: str) -> Any:
    return json.loads((ROOT / "tests" / "formats" / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", vectors("receipt"), ids=lambda each: each["event_id"])
def test_a_receipt_is_read_as_it_was_written(vector: dict[str, Any]) -> None:
    frame, payload = vector["frame"].encode(), bytes.fromhex(vector["payload"])
    read, stated = receipt.read_receipt(payload), receipt.read_frame(frame)
    assert stated.log == UUID(hex=vector["log_id"])
    assert read.frame_id == receipt.frame_id(stated.log, frame) == bytes.fromhex(vector["frame_id"])
    assert (read.known_at, read.outcome, read.period) == (
        vector["position"],
        vector["outcome"],
        vector["period"],
    )
    assert [
        (each.subject, each.data_class, each.commitment.hex(), each.sealed.hex())
        for each in read.sections
    ] == [
        (each["subject"], each["class"], each["commitment"], each["sealed"])
        for each in vector["sections"]
    ]
    assert read.question[:32].hex() == vector["question_commitment"]
    assert receipt.receipt_hash(frame, payload).hex() == vector["receipt_hash"]


@pytest.mark.parametrize("vector", vectors("page"), ids=lambda each: each["event_id"])
def test_a_page_is_read_as_it_was_written(vector: dict[str, Any]) -> None:
    frame, payload = vector["frame"].encode(), bytes.fromhex(vector["payload"])
    read, stated = receipt.read_page(payload), receipt.read_frame(frame)
    assert stated.of_page
    assert read.frame_id == receipt.frame_id(stated.log, frame) == bytes.fromhex(vector["frame_id"])
    assert (read.known_at, read.number, read.period) == (
        vector["position"],
        vector["number"],
        vector["period"],
    )
    assert [(each.commitment.hex(), each.sealed.hex()) for each in read.entries] == [
        (each["commitment"], each["sealed"]) for each in vector["entries"]
    ]
    assert receipt.page_hash(frame, payload).hex() == vector["page_hash"]


@pytest.mark.parametrize("vector", vectors("varint")["valid"], ids=str)
def test_a_number_is_written_in_its_one_way(vector: dict[str, Any]) -> None:
    assert receipt.varint(vector["number"]).hex() == vector["bytes"]


@pytest.mark.parametrize("vector", vectors("varint")["invalid"], ids=lambda each: each["bytes"])
def test_a_number_in_another_way_is_refused(vector: dict[str, Any]) -> None:
    head, wrong = b"\x02" + bytes(16), bytes.fromhex(vector["bytes"])
    with pytest.raises(Unreadable, match="position"):
        receipt.read_receipt(head + wrong)
