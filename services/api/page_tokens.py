"""Page tokens and cursors: where a walk stands, bound to one log and to what was asked."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TypeVar
from uuid import UUID

import msgspec

from domain import canonical

T = TypeVar("T")
_CHECK_BYTES = 8


def write(log_id: UUID, purpose: str, walk: object) -> str:
    """Return the token of a walk; `purpose` names the call that it belongs to."""
    payload = canonical.encode(walk)
    return base64.urlsafe_b64encode(_check(log_id, purpose, payload) + payload).decode()


def read(log_id: UUID, purpose: str, token: str, type: type[T]) -> T | None:
    """Read a token; None when it is damaged, another log's, or another call's."""
    try:
        raw = base64.b64decode(token.encode(), altchars=b"-_", validate=True)
        payload = raw[_CHECK_BYTES:]
        if raw[:_CHECK_BYTES] != _check(log_id, purpose, payload):
            return None
        return msgspec.json.decode(payload, type=type)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        return None


def _check(log_id: UUID, purpose: str, payload: bytes) -> bytes:
    """Return bytes that show a damaged token, or one of another log or call."""
    hashed = b"husret page" + purpose.encode() + log_id.bytes + payload
    return hashlib.sha256(hashed).digest()[:_CHECK_BYTES]
