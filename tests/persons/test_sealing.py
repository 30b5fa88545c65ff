from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

import pytest

from services.persons.sealing import Binding, ClassKey, KeyErased, Tampered, unseal
from services.persons.tokens import token_text
from tests.persons.support import LOG_ID, a_place

CONTENT = b'{"months":["2024-11"]}'


def a_key(period: int = 2025) -> ClassKey:
    return ClassKey(token_text(os.urandom(16)), period, os.urandom(32))


def test_what_is_sealed_opens_in_its_place() -> None:
    key, place = a_key(), a_place()
    payload = key.seal(place, CONTENT)
    assert unseal(lambda _token, _period: key, key.token, place, payload) == CONTENT


def test_content_is_not_visible_and_no_two_sealings_are_equal() -> None:
    key, place = a_key(), a_place()
    first, second = key.seal(place, CONTENT), key.seal(place, CONTENT)
    assert CONTENT not in first
    assert first != second


@pytest.mark.parametrize(
    "moved",
    [
        {"log_id": bytes(16)},
        {"event_id": uuid4().bytes},
        {"event_type": "benefit-months-recordee"},
        {"schema_version": 2},
        {"section": 1},
    ],
    ids=lambda moved: next(iter(moved)),
)
def test_a_payload_moved_to_another_place_does_not_open(
    moved: dict[str, bytes | str | int],
) -> None:
    key, place = a_key(), a_place()
    payload = key.seal(place, CONTENT)
    with pytest.raises(Tampered):
        key.unseal(Binding(**{**place._asdict(), **moved}), payload)


def test_a_payload_does_not_open_for_another_token_even_under_the_same_secret() -> None:
    secret, place = os.urandom(32), a_place()
    one, other = (ClassKey(token_text(os.urandom(16)), 2025, secret) for _ in range(2))
    with pytest.raises(Tampered):
        other.unseal(place, one.seal(place, CONTENT))


def test_a_payload_does_not_open_as_one_of_another_period_under_the_same_secret() -> None:
    token, secret, place = token_text(os.urandom(16)), os.urandom(32), a_place()
    payload = ClassKey(token, 2025, secret).seal(place, CONTENT)
    as_next_year = payload[:1] + (2026).to_bytes(2, "big") + payload[3:]
    with pytest.raises(Tampered):
        unseal(lambda token, period: ClassKey(token, period, secret), token, place, as_next_year)


def test_a_change_of_any_single_byte_is_found() -> None:
    key, place = a_key(), a_place()
    payload = key.seal(place, CONTENT)
    for index in range(len(payload)):
        changed = bytearray(payload)
        changed[index] ^= 1
        with pytest.raises(Tampered):
            unseal(lambda _token, _period: key, key.token, place, bytes(changed))


def test_a_payload_cut_short_is_found() -> None:
    key, place = a_key(), a_place()
    payload = key.seal(place, CONTENT)
    for length in range(len(payload)):
        with pytest.raises(Tampered):
            unseal(lambda _token, _period: key, key.token, place, payload[:length])


def test_without_its_key_a_payload_is_erased() -> None:
    key, place = a_key(), a_place()
    with pytest.raises(KeyErased):
        unseal(lambda _token, _period: None, key.token, place, key.seal(place, CONTENT))


def test_commitments_differ_by_message_log_and_key_and_stay_the_same() -> None:
    key, other = a_key(), uuid4().bytes
    commitments = {
        key.commitment(LOG_ID, CONTENT),
        key.commitment(LOG_ID, CONTENT + b" "),
        key.commitment(other, CONTENT),
        a_key().commitment(LOG_ID, CONTENT),
    }
    assert len(commitments) == 4
    assert key.commitment(LOG_ID, CONTENT) in commitments


def test_what_is_sealed_under_a_commitment_opens_with_its_key_log_and_commitment_alone() -> None:
    key, other = a_key(), uuid4().bytes
    committed = key.commitment(LOG_ID, CONTENT)
    sealed = key.masked(LOG_ID, committed, CONTENT)
    assert len(sealed) == len(CONTENT)
    assert key.masked(LOG_ID, committed, sealed) == CONTENT
    opened = [
        key.masked(other, committed, sealed),
        key.masked(LOG_ID, key.commitment(LOG_ID, b"another"), sealed),
        a_key().masked(LOG_ID, committed, sealed),
        sealed,
    ]
    assert CONTENT not in opened


def test_threads_that_seal_at_once_do_not_take_each_others_stream(
    request: pytest.FixtureRequest,
) -> None:
    key = a_key()
    messages = [bytes([n]) * 16 for n in range(64)]
    commitments = [key.commitment(LOG_ID, each) for each in messages]
    alone = [key.masked(LOG_ID, c, m) for c, m in zip(commitments, messages, strict=True)]
    request.addfinalizer(partial(sys.setswitchinterval, sys.getswitchinterval()))
    sys.setswitchinterval(1e-6)

    def seal(_: int) -> list[bytes]:
        return [key.masked(LOG_ID, c, m) for c, m in zip(commitments, messages, strict=True)]

    with ThreadPoolExecutor(4) as pool:
        assert all(sealed == alone for sealed in pool.map(seal, range(40)))


def test_a_repeated_request_has_the_same_fingerprint_and_another_has_not() -> None:
    key, other_log = a_key(), uuid4().bytes
    fingerprint = key.fingerprint(LOG_ID, CONTENT)
    assert key.fingerprint(LOG_ID, CONTENT) == fingerprint
    assert key.fingerprint(LOG_ID, CONTENT + b" ") != fingerprint
    assert key.fingerprint(other_log, CONTENT) != fingerprint
    assert a_key().fingerprint(LOG_ID, CONTENT) != fingerprint


@pytest.mark.parametrize("period", [0, 65_536])
def test_a_period_that_a_payload_can_not_name_is_refused(period: int) -> None:
    with pytest.raises(ValueError, match="period"):
        a_key(period)


def test_an_id_of_the_wrong_length_is_refused_by_name() -> None:
    key = a_key()
    with pytest.raises(ValueError, match="log_id"):
        key.seal(a_place()._replace(log_id=b"short"), CONTENT)
    with pytest.raises(ValueError, match="event_id"):
        key.seal(a_place()._replace(event_id=b"short"), CONTENT)
    with pytest.raises(ValueError, match="log_id"):
        key.commitment(b"short", CONTENT)
    with pytest.raises(ValueError, match="log_id"):
        key.masked(b"short", bytes(32), CONTENT)


def test_a_key_does_not_show_its_secret() -> None:
    secret = os.urandom(32)
    key = ClassKey(token_text(os.urandom(16)), 2025, secret)
    assert repr(secret) not in repr(key)
    assert secret.hex() not in repr(key)
