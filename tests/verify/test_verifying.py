"""Bundles: what is proved is said, and whatever isn't is named, one fault at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from husret_verify import bundle as bundles
from husret_verify import receipt
from husret_verify.bundle import Bundle, Consistency, Proved
from husret_verify.note import Signature
from husret_verify.problems import Unreadable
from husret_verify.receipt import Page, Receipt
from husret_verify.verifying import Refused, Valid, stated, verify
from tests.verify.made import (
    LOG_ID,
    OTHER_LOG_ID,
    QUESTION,
    WITNESS_KEY,
    Log,
    Made,
    made,
    page_payload,
    receipt_payload,
)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.problems]


def changed(of: Made, **columns: Any) -> Bundle:
    """The bundle with other columns of the answer's event, the proof untouched."""
    event = replace(of.answer, **columns)
    return replace(of.bundle, receipt=replace(of.bundle.receipt, event=event))


def in_log(
    payload: Callable[[bytes], bytes], type: str = "decision.referral"
) -> tuple[Log, Bundle]:
    """A log that really holds an answer with this payload, and its bundle."""
    log = Log()
    frame = log.frame()
    answer = log.append(type, payload(frame.event_id), metadata=b"{}")
    return log, log.bundle(answer, frame, 2)


def test_an_answer_that_the_log_holds_is_valid() -> None:
    of = made()
    proved = verify(bundles.read(bundles.write(of.bundle)), of.log.key)
    assert isinstance(proved.answer, Receipt)
    assert proved.log == LOG_ID
    assert proved.position == of.answer.position
    assert proved.recorded_at == of.answer.recorded_at
    assert proved.frame.kind == "referral"
    assert proved.frame.area == "9999-kastanjeparken"
    assert proved.answer.outcome == "PROHIBITED"
    assert [(each.subject, each.data_class) for each in proved.answer.sections] == [
        (0, "decisions"),
        (0, "membership"),
        (1, "benefits"),
    ]
    assert proved.hash == receipt.receipt_hash(of.frame.data, of.answer.data)
    assert [each.name for each in proved.unchecked] == [WITNESS_KEY.name]


def test_a_page_of_a_waiting_list_is_proved_too() -> None:
    of = made(page=True)
    proved = verify(of.bundle, of.log.key)
    assert isinstance(proved.answer, Page)
    assert len(proved.answer.entries) == 3
    assert proved.hash == receipt.page_hash(of.frame.data, of.answer.data)
    assert proved.frame.target == '{"dwelling":"D1"}'
    assert stated(proved)["target"] == {"dwelling": "D1"}


def test_an_answer_about_an_area_alone_shows_what_was_found() -> None:
    log = Log()
    frame = log.frame(kind="area_status")
    answer = log.answer(frame, "decision.area_status", sections=[], question=b'{"e":[1]}')
    proved = verify(log.bundle(answer, frame, 2), log.key)
    assert stated(proved)["found"] == {"e": [1]}


def test_another_spelling_of_the_json_is_the_same_bundle() -> None:
    of = made()
    written = json.loads(bundles.write(of.bundle))
    spelled = json.dumps(dict(reversed(written.items())), indent="\t").encode()
    assert verify(bundles.read(spelled), of.log.key) == verify(of.bundle, of.log.key)


def test_a_bundle_is_written_the_same_each_time() -> None:
    of = made()
    assert bundles.write(bundles.read(bundles.write(of.bundle))) == bundles.write(of.bundle)


@pytest.mark.parametrize("size", range(21, 41))
def test_it_is_valid_at_every_size_that_holds_it(size: int) -> None:
    of = made()
    assert verify(of.log.bundle(of.answer, of.frame, size), of.log.key).checkpoint.size == size


@pytest.mark.parametrize("other", [1, 16, 29, 30, 31, 40])
def test_it_is_joined_to_an_older_or_newer_checkpoint(other: int) -> None:
    of = made(other)
    kept = of.log.checkpoint(other)
    proved = verify(of.bundle, of.log.key, kept=kept)
    assert proved.joined == ((other, of.log.head(other).root),)


def test_a_kept_checkpoint_of_the_same_size_needs_no_proof() -> None:
    of = made(None)
    assert verify(of.bundle, of.log.key, kept=of.log.checkpoint(30)).joined == ()


def test_a_witness_that_is_asked_for_is_named_with_its_time() -> None:
    of = made()
    proved = verify(of.bundle, of.log.key, [WITNESS_KEY])
    assert proved.witnesses == (("witness.example/1", 1_769_342_500),)
    assert proved.unchecked == ()


def test_the_hash_that_was_given_is_compared() -> None:
    of = made()
    right = receipt.receipt_hash(of.frame.data, of.answer.data)
    assert verify(of.bundle, of.log.key, given_hash=right).hash == right
    with pytest.raises(Refused) as refused:
        verify(of.bundle, of.log.key, given_hash=bytes(32))
    assert codes(refused) == ["other_hash"]


@pytest.mark.parametrize(
    "columns",
    [
        {"event_id": bytes(16)},
        {"recorded_at": 1},
        {"type": "decision.letting"},
        {"schema_version": 2},
        {"batch_index": 1},
        {"batch_size": 2},
        {"tags": ("t:0093",)},
        {"tags": ("t:7ae3", "t:0093")},
        {"data": receipt_payload(bytes(16), 19, outcome=1)},
        {"metadata": b"{}"},
        {"fingerprint": bytes(32)},
    ],
    ids=lambda each: next(iter(each)),
)
def test_any_other_column_is_not_what_the_log_holds(columns: dict[str, Any]) -> None:
    of = made()
    with pytest.raises(Refused) as refused:
        verify(changed(of, **columns), of.log.key)
    assert "inclusion" in codes(refused)
    assert refused.value.readable


def test_every_fault_is_told_at_once() -> None:
    of = made()
    wrong = replace(changed(of, recorded_at=1), checkpoint=of.log.checkpoint(30))
    with pytest.raises(Refused) as refused:
        verify(wrong, of.log.key, [WITNESS_KEY], given_hash=bytes(32))
    assert codes(refused) == ["not_witnessed", "other_hash"]
    with pytest.raises(Refused) as refused:
        verify(wrong, of.log.key, given_hash=bytes(32))
    assert codes(refused) == ["inclusion", "other_hash"]


def test_the_events_of_answer_and_frame_are_not_interchangeable() -> None:
    of = made()
    with pytest.raises(Refused) as refused:
        verify(replace(of.bundle, receipt=of.bundle.frame), of.log.key)
    assert codes(refused) == ["not_an_answer"]
    with pytest.raises(Refused) as refused:
        verify(replace(of.bundle, frame=of.bundle.receipt), of.log.key)
    assert not {"json_utf8", "json_syntax"}.isdisjoint(codes(refused))


def test_a_key_that_is_not_trusted_is_said() -> None:
    of, forger = made(), made(seed=1)
    with pytest.raises(Refused) as refused:
        verify(forger.bundle, of.log.key)
    assert codes(refused) == ["not_signed_by"]


def test_an_answer_of_another_log_is_said() -> None:
    of, other = made(), made(id=OTHER_LOG_ID)
    with pytest.raises(Refused) as refused:
        verify(other.bundle, of.log.key)
    assert codes(refused) == ["not_signed_by", "another_log"]
    # The same key under the other's name, as when one key signs for two logs.
    with pytest.raises(Refused) as refused:
        verify(replace(of.bundle, checkpoint=other.bundle.checkpoint), of.log.key)
    assert codes(refused) == ["not_signed_by"]


def test_a_log_can_hold_an_answer_of_another_and_it_is_still_not_valid() -> None:
    log = Log()
    stranger = Log(OTHER_LOG_ID).frame()
    frame = log.append(receipt.FRAME_TYPE, stranger.data, event_id=stranger.event_id)
    answer = log.answer(frame)
    with pytest.raises(Refused) as refused:
        verify(log.bundle(answer, frame, 2), log.key)
    assert codes(refused) == ["another_log"]


def test_a_position_beyond_the_head_is_said() -> None:
    of = made()
    cut = Bundle(20, of.bundle.receipt, of.log.proved(of.frame, 20), of.log.checkpoint(20))
    with pytest.raises(Refused) as refused:
        verify(cut, of.log.key)
    assert codes(refused) == ["beyond_size"]


def test_a_proof_for_another_size_is_said() -> None:
    of = made()
    later = of.log.bundle(of.answer, of.frame, 36)
    with pytest.raises(Refused) as refused:
        verify(replace(later, size=30), of.log.key)
    assert codes(refused) == ["proof_of_another_size"]
    with pytest.raises(Refused) as refused:
        verify(replace(of.bundle, receipt=later.receipt, frame=later.frame), of.log.key)
    assert set(codes(refused)) <= {"proof_length", "inclusion"}


def test_a_path_with_a_hash_too_many_or_too_few_is_said() -> None:
    of = made()
    path = of.bundle.receipt.path
    for wrong in (path[:-1], (*path, bytes(32)), ()):
        proved = replace(of.bundle.receipt, path=wrong)
        with pytest.raises(Refused) as refused:
            verify(replace(of.bundle, receipt=proved), of.log.key)
        assert codes(refused) == ["proof_length"]


def test_a_log_that_shows_two_histories_is_found_by_a_kept_checkpoint() -> None:
    of, rewritten = made(None), Log()
    rewritten.append(data=b'{"another":1}')
    rewritten.fill(39)
    with pytest.raises(Refused) as refused:
        verify(of.bundle, of.log.key, kept=rewritten.checkpoint(30))
    assert codes(refused) == ["two_histories"]
    joined = Consistency(rewritten.checkpoint(37), of.log.consistency(30, 37))
    with pytest.raises(Refused) as refused:
        verify(replace(of.bundle, consistency=joined), of.log.key)
    assert codes(refused) == ["consistency"]


def test_a_kept_checkpoint_that_the_file_does_not_lead_to_is_said() -> None:
    of = made(37)
    with pytest.raises(Refused) as refused:
        verify(of.bundle, of.log.key, kept=of.log.checkpoint(25))
    assert codes(refused) == ["not_joined"]


def test_a_kept_checkpoint_of_a_forger_is_not_believed() -> None:
    of, forger = made(), made(seed=1)
    with pytest.raises(Refused) as refused:
        verify(of.bundle, of.log.key, kept=forger.log.checkpoint(37))
    assert codes(refused) == ["not_signed_by"]


def test_a_frame_that_does_not_belong_is_said() -> None:
    log = Log()
    frame, other = log.frame(), log.frame(day="2024-09-03")
    answer = log.answer(frame)
    with pytest.raises(Refused) as refused:
        verify(log.bundle(answer, other, 3), log.key)
    assert codes(refused) == ["another_frame"]


def test_a_frame_whose_id_does_not_follow_from_it_is_said() -> None:
    log = Log()
    frame = log.append(receipt.FRAME_TYPE, Log().frame().data, event_id=bytes(16))
    answer = log.answer(frame)
    with pytest.raises(Refused) as refused:
        verify(log.bundle(answer, frame, 2), log.key)
    assert codes(refused) == ["frame_id"]


def test_a_frame_that_comes_after_is_said() -> None:
    log, id = Log(), Log().frame().event_id
    answer = log.append("decision.referral", receipt_payload(id, 0))
    frame = log.frame()
    with pytest.raises(Refused) as refused:
        verify(log.bundle(answer, frame, 2), log.key)
    assert codes(refused) == ["frame_after"]


def test_an_answer_that_knew_what_came_later_is_said() -> None:
    log, bundle = in_log(lambda frame: receipt_payload(frame, 2))
    with pytest.raises(Refused) as refused:
        verify(bundle, log.key)
    assert codes(refused) == ["known_after"]


@pytest.mark.parametrize(
    ("type", "code"),
    [
        ("decision.letting", "another_kind"),
        ("decision.", "another_kind"),
        ("benefit.period", "not_an_answer"),
    ],
)
def test_an_event_of_another_kind_is_said(type: str, code: str) -> None:
    log, bundle = in_log(lambda frame: receipt_payload(frame, 1), type)
    with pytest.raises(Refused) as refused:
        verify(bundle, log.key)
    assert codes(refused) == [code]


def test_a_page_needs_the_frame_of_a_page() -> None:
    log, bundle = in_log(lambda frame: page_payload(frame, 1), "screening.referral")
    with pytest.raises(Refused) as refused:
        verify(bundle, log.key)
    assert codes(refused) == ["another_kind"]


def test_every_truncation_of_a_payload_is_refused() -> None:
    of = made()
    whole = of.answer.data
    question = whole.index(QUESTION)
    for length in range(question + 32):
        with pytest.raises(Unreadable):
            receipt.read_receipt(whole[:length])
    page = made(page=True).answer.data
    for length in range(len(page)):
        with pytest.raises(Unreadable):
            receipt.read_page(page[:length])
    with pytest.raises(Unreadable, match="end"):
        receipt.read_page(page + b"\x00")


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"\x01" + receipt_payload(bytes(16), 1)[1:], "version"),
        (b"\x03" + receipt_payload(bytes(16), 1)[1:], "version"),
        (receipt_payload(bytes(16), 1, outcome=0), "receipt_form"),
        (receipt_payload(bytes(16), 1, outcome=5), "receipt_form"),
        (receipt_payload(bytes(16), 1, question=bytes(31)), "receipt_form"),
        (receipt_payload(bytes(16), 1, sections=[], question=b""), "receipt_form"),
        (receipt_payload(bytes(16), 1, sections=[], question=b'{"b":1,"a":2}'), "canonical"),
        (receipt_payload(bytes(16), 1, sections=[], question=b"[]"), "canonical"),
        # A number in a longer spelling than it needs, and one of more than 63 bits.
        (b"\x02" + bytes(16) + b"\x81\x00" + receipt_payload(bytes(16), 1)[18:], "receipt_form"),
        (b"\x02" + bytes(16) + b"\xff" * 9 + receipt_payload(bytes(16), 1)[18:], "receipt_form"),
        # More sections than there can be.
        (b"\x02" + bytes(16) + b"\x01\x01\x07\xe8" + b"\xff" * 8 + b"\x7f" * 40, "receipt_form"),
    ],
    ids=range(11),
)
def test_a_receipt_of_another_form_is_refused(payload: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        receipt.read_receipt(payload)
    assert refused.value.code == code


def test_a_malformed_receipt_that_the_log_holds_is_unreadable_and_not_called_altered() -> None:
    log, bundle = in_log(lambda frame: b"\x01" + receipt_payload(frame, 1)[1:])
    with pytest.raises(Refused) as refused:
        verify(bundle, log.key)
    assert codes(refused) == ["version"]
    assert not refused.value.readable


@pytest.mark.parametrize(
    "changes",
    [
        {"day": "2024-9-02"},
        {"day": "20240902"},
        {"day": "2024-02-30"},
        {"day": None},
        {"kind": "Referral!"},
        {"kind": 7},
        {"law": ""},
        {"log": "6F22D88B-F1E7-4867-B7EA-1FEF9AE25160"},
        {"log": 7},
        {"chosen": "AMB-WINDOW"},
        {"chosen": [["AMB-WINDOW"]]},
        {"chosen": [["AMB-WINDOW", 1]]},
        {"area": 7},
        {"area": ...},
        {"asked": 7},
        {"judged": "then"},
        {"more": 1},
        {"target": "D1", "area": ...},
        {"target": {"dwelling": "D1"}},
    ],
    ids=str,
)
def test_a_frame_of_another_form_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match="frame_form"):
        receipt.read_frame(Log().frame(**changes).data)


def test_a_frame_in_no_area_and_with_other_days_is_read() -> None:
    read = receipt.read_frame(Log().frame(area=None, asked="2024-09-03", judged="2024-09-04").data)
    assert read.area is None
    assert (str(read.asked), str(read.judged)) == ("2024-09-03", "2024-09-04")


def test_a_frame_in_another_spelling_is_refused() -> None:
    payload = Log().frame().data
    for other in (b" " + payload, payload.replace(b'"day"', b'"d\\u0061y"')):
        with pytest.raises(Unreadable, match="canonical: what frame"):
            receipt.read_frame(other)


def test_a_key_that_is_no_logs_is_refused() -> None:
    class Named(Log):
        @property
        def origin(self) -> str:
            return f"husret/{str(self.id).upper()}"

    log = Named()
    frame = log.frame()
    answer = log.answer(frame)
    with pytest.raises(Refused) as refused:
        verify(log.bundle(answer, frame, 2), log.key)
    assert codes(refused) == ["vkey_origin"]


def test_unknown_signatures_of_a_checkpoint_are_named_and_not_judged() -> None:
    of = made()
    stranger = Signature("stranger.example", b"abcd", b"not a signature at all")
    head = of.log.checkpoint(30, stranger)
    proved = verify(replace(of.bundle, checkpoint=head), of.log.key)
    assert [each.name for each in proved.unchecked] == ["stranger.example"]
    assert stated(proved)["unchecked_signatures"] == ["stranger.example"]


def at(whole: dict[str, Any], path: str, value: Any) -> bytes:
    """The bundle's JSON with one field set, or left out (...)."""
    *way, name = path.split(".")
    inner = whole
    for each in way:
        inner = inner[each]
    if value is ...:
        del inner[name]
    else:
        inner[name] = value
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("format", "husret-proof/2", "format"),
        ("format", ..., "not_a_bundle"),
        ("format", 1, "not_a_bundle"),
        ("size", ..., "field: field size"),
        ("size", "30", "field: field size"),
        ("size", True, "field: field size"),
        ("size", -1, "field: field size"),
        ("size", 30.0, "json_number"),
        ("size", 2**63, "json_number"),
        ("size", 10**30, "json_number"),
        ("checkpoint", None, "field: field checkpoint"),
        ("checkpoint", "\ud800", "field: field checkpoint"),
        ("more", 1, "field_unknown: field file"),
        ("consistency", None, "field: field consistency"),
        ("consistency.path", None, "field: field consistency.path"),
        ("consistency.more", 1, "field_unknown: field consistency"),
        ("receipt", [], "field: field receipt"),
        ("receipt.path", {}, "field: field receipt.path"),
        ("receipt.path", ["AAAA"], "field: field receipt.path"),
        ("receipt.path", [7], "field: field receipt.path"),
        ("receipt.path", ["A" * 43 + "="] * 129, "field: field receipt.path"),
        ("receipt.event", None, "field: field receipt.event"),
        ("receipt.event.more", 1, "field_unknown: field receipt.event"),
        ("receipt.event.tags", "t", "field: field receipt.event.tags"),
        ("receipt.event.tags", [1], "field: field receipt.event.tags"),
        ("receipt.event.data", "AAB=", "field: field receipt.event.data"),
        ("receipt.event.data", "AAA", "field: field receipt.event.data"),
        ("receipt.event.data", " AAAA", "field: field receipt.event.data"),
        ("receipt.event.event_id", "x", "field: field receipt.event.event_id"),
        ("receipt.event.event_id", "{" + "0" * 32 + "}", "field: field receipt.event.event_id"),
        ("frame.event.position", ..., "field: field frame.event.position"),
    ],
    ids=str,
)
def test_a_field_that_is_wrong_is_named(path: str, value: Any, said: str) -> None:
    whole = json.loads(bundles.write(made().bundle))
    with pytest.raises(Unreadable) as refused:
        bundles.read(at(whole, path, value))
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "json_syntax"),
        (b"null", "not_a_bundle"),
        (b"{", "json_syntax"),
        (b"\xff", "json_utf8"),
        ("{}".encode("utf-16"), "json_utf8"),
        (b"\xef\xbb\xbf{}", "json_syntax"),
        (b'{"format":"husret-proof/1","format":"husret-proof/1"}', "json_twice"),
        (b'{"format":NaN}', "json_number"),
        (b'{"format":1e2}', "json_number"),
        (b"[" * 100_000, "json_deep"),
        (b'{"a":' * 100_000, "json_deep"),
        (b"9" * 5_000, "json_number"),
    ],
    ids=range(12),
)
def test_what_is_no_bundle_is_said_to_be_none(text: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        bundles.read(text)
    assert refused.value.code == code


def test_a_file_that_is_too_long_is_refused_unread() -> None:
    with pytest.raises(Unreadable, match="too_long"):
        bundles.read(b" " * (bundles.MOST_BYTES + 1))


def test_a_column_that_no_event_can_have_is_refused() -> None:
    of = made()
    for columns in ({"schema_version": 2**32}, {"fingerprint": b""}, {"batch_size": 2**40}):
        with pytest.raises(Refused) as refused:
            verify(changed(of, **columns), of.log.key)
        assert codes(refused) == ["columns"]
        assert not refused.value.readable
    none = replace(of.answer, position=0)
    with pytest.raises(Refused):
        verify(replace(of.bundle, receipt=Proved(none, of.bundle.receipt.path)), of.log.key)


def test_what_is_proved_is_told_to_programs() -> None:
    of = made()
    proved: Valid = verify(of.bundle, of.log.key, [WITNESS_KEY])
    said = stated(proved)
    assert json.loads(json.dumps(said)) == said
    assert said["outcome"] == "PROHIBITED"
    assert said["metadata"] == {"actor": "clerk-7", "purpose": "referral"}
    assert said["receipt"] == str(UUID(bytes=of.answer.event_id))
    assert said["same_history"] == [{"size": 37, "root": of.log.head(37).root.hex()}]
