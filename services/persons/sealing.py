"""Sealed payloads of one subject's one class, and what is derived from its key.

docs/formats.md gives the bytes of a sealed payload, of a commitment, of a sealed part of a receipt
and of a fingerprint, with test vectors.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from services.persons.tokens import token_bytes

KEY_BYTES = 32
METADATA_SECTION = 1
"""The section of an event of one fact that seals who recorded it; the fact itself is section 0."""

_VERSION = 2
_HEADER_BYTES = 3
NONCE_BYTES = 12
_BLOCK_BYTES = 16
_TAG_BYTES = 16
_ID_BYTES = 16
MAX_PERIOD = 0xFFFF
_FINGERPRINT_INFO = b"husret fingerprint"
_STATEMENT_INFO = b"husret statement"
_RECEIPT_INFO = b"husret receipt"
_POSITIONS_INFO = b"husret positions"
_SHA256 = SHA256()


class KeyErased(Exception):
    """There is no key any more: what was sealed under it is erased."""


class Tampered(Exception):
    """A sealed payload does not authenticate: it, or what it is bound to, was changed."""


class Binding(NamedTuple):
    """The place in the log that a payload is bound to; moved elsewhere, it does not open."""

    log_id: bytes
    event_id: bytes
    event_type: str
    schema_version: int
    section: int = 0
    """Number of the section within the event; 0 for an event that has only one payload."""


class ClassKey:
    """The key of one token in one retention period (a calendar year), ready for use.

    Keys derived from it are held in the object alone, so that they die with it.
    """

    __slots__ = (
        "_aead",
        "_extracted",
        "_fingerprint_keys",
        "_masking",
        "_masks",
        "_receipt_keys",
        "_statement_keys",
        "_whose",
        "period",
        "token",
    )

    def __init__(self, token: str, period: int, secret: bytes, subject_id: bytes) -> None:
        """Take the 32 secret bytes of `token` in `period`, and whose it is (16 bytes).

        The subject is bound to what is sealed, so that a token that was exchanged for another
        subject's opens nothing. Raises ValueError for other sizes.
        """
        check_period(period)
        _check_id("subject_id", subject_id)
        if len(secret) != KEY_BYTES:
            raise ValueError(f"secret: {KEY_BYTES} bytes are needed, {len(secret)} were given")
        self.token = token
        self.period = period
        self._whose = token_bytes(token) + subject_id
        # What HKDF extracts from the secret is the same for everything derived from it.
        self._extracted = HKDF.extract(_SHA256, None, secret)
        self._aead = AESGCM(secret)
        self._fingerprint_keys: dict[bytes, bytes] = {}
        self._statement_keys: dict[bytes, bytes] = {}
        self._receipt_keys: dict[bytes, bytes] = {}
        # One context is set anew for each part: to make one takes longer than to use it.
        self._masking = Lock()
        self._masks: dict[bytes, CipherContext] = {}

    def seal(
        self,
        binding: Binding,
        plaintext: bytes,
        random: Callable[[int], bytes] = os.urandom,
    ) -> bytes:
        """Return `plaintext` sealed for its place in the log, under a fresh random nonce."""
        return self.seal_with(random(NONCE_BYTES), binding, plaintext)

    def seal_with(self, nonce: bytes, binding: Binding, plaintext: bytes) -> bytes:
        """Return `plaintext` sealed under a nonce that was drawn for it alone."""
        header = bytes((_VERSION, *self.period.to_bytes(2, "big")))
        sealed = self._aead.encrypt(nonce, plaintext, self._associated_data(binding, header))
        return header + nonce + sealed

    def unseal(self, binding: Binding, payload: bytes) -> bytes:
        """Return what was sealed; raises Tampered when it does not authenticate."""
        try:
            return self._aead.decrypt(
                payload[_HEADER_BYTES : _HEADER_BYTES + NONCE_BYTES],
                payload[_HEADER_BYTES + NONCE_BYTES :],
                self._associated_data(binding, payload[:_HEADER_BYTES]),
            )
        except InvalidTag:
            raise Tampered(
                f"a sealed payload of type {binding.event_type}, section {binding.section}, "
                "does not authenticate; compare the log with a backup"
            ) from None

    def commitment(self, log_id: bytes, message: bytes) -> bytes:
        """Return the 32-byte commitment to a part of a receipt, the same at every replay.

        Nobody finds two messages, or two keys, with one commitment; nobody without the key can
        tell what it commits to, however few things that may be.
        """
        key = self._receipt_keys.get(log_id)
        if key is None:
            _check_id("log_id", log_id)
            key = self._receipt_keys[log_id] = self._derive(_RECEIPT_INFO + log_id)
        return hmac.digest(key, message, "sha256")

    def masked(self, log_id: bytes, commitment: bytes, data: bytes) -> bytes:
        """Seal a part of a receipt that has this commitment, or open it again.

        AES-256-CTR whose first counter block is the commitment's first 16 bytes: with the
        commitment for a tag, the SIV construction (Rogaway and Shrimpton, 2006). What is opened
        is as it was made only if it gives the commitment: whoever opens it checks that.
        """
        with self._masking:
            mask = self._masks.get(log_id)
            if mask is None:
                _check_id("log_id", log_id)
                key = self._derive(_POSITIONS_INFO + log_id)
                mask = Cipher(AES(key), CTR(commitment[:_BLOCK_BYTES])).encryptor()
                self._masks[log_id] = mask
            else:
                mask.reset_nonce(commitment[:_BLOCK_BYTES])
            return mask.update(data)

    def fingerprint(self, log_id: bytes, request: bytes) -> bytes:
        """Return the 32 bytes that recognise a repeat of the canonical bytes of a request.

        Equal only under the same key: a repeat is compared under the period of the event that
        is already in the log (`period_of` its payload), not under the period of the repeat.
        """
        key = self._fingerprint_keys.get(log_id)
        if key is None:
            _check_id("log_id", log_id)
            key = self._fingerprint_keys[log_id] = self._derive(_FINGERPRINT_INFO + log_id)
        return hmac.digest(key, request, "sha256")

    def statement_id(self, log_id: bytes, statement: bytes) -> bytes:
        """Return the 16 bytes that stand for what is stated of the subject, in place of a request.

        Who does not have the key can't tell by them what was stated, however few things it may be.
        """
        key = self._statement_keys.get(log_id)
        if key is None:
            _check_id("log_id", log_id)
            key = self._statement_keys[log_id] = self._derive(_STATEMENT_INFO + log_id)
        return hmac.digest(key, statement, "sha256")[:_ID_BYTES]

    def _derive(self, info: bytes) -> bytes:
        return HKDFExpand(algorithm=_SHA256, length=KEY_BYTES, info=info).derive(self._extracted)

    def _associated_data(self, binding: Binding, header: bytes) -> bytes:
        log_id, event_id, event_type, schema_version, section = binding
        _check_id("log_id", log_id)
        _check_id("event_id", event_id)
        name = event_type.encode()
        return b"".join(
            (
                log_id,
                event_id,
                len(name).to_bytes(2, "big"),
                name,
                schema_version.to_bytes(4, "big"),
                self._whose,
                section.to_bytes(2, "big"),
                header,
            )
        )


def unseal(
    key_of: Callable[[str, int], ClassKey | None], token: str, binding: Binding, payload: bytes
) -> bytes:
    """Open a sealed payload with the key that `key_of(token, period)` finds for it.

    Raises KeyErased when there is no key, Tampered when the payload does not authenticate.
    """
    key = key_of(token, period_of(payload))
    if key is None:
        raise KeyErased("the key of this sealed payload is erased, and its content with it")
    return key.unseal(binding, payload)


def period_of(payload: bytes) -> int:
    """Return the retention period whose key sealed the payload; raises Tampered if unreadable."""
    if len(payload) < _HEADER_BYTES + NONCE_BYTES + _TAG_BYTES or payload[0] != _VERSION:
        raise Tampered("not a sealed payload of version 2; compare the log with a backup")
    return payload[1] << 8 | payload[2]


def check_period(period: int) -> None:
    """Raise ValueError unless `period` is a calendar year that a sealed payload can name."""
    if not 1 <= period <= MAX_PERIOD:
        raise ValueError(f"period: a calendar year from 1 to {MAX_PERIOD} is needed")


def _check_id(name: str, value: bytes) -> None:
    if len(value) != _ID_BYTES:
        raise ValueError(f"{name}: {_ID_BYTES} bytes are needed, {len(value)} were given")
