"""Page tokens: opaque, and bound to one log and one kind of walk."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from domain import canonical

DEFAULT_PAGE = 100
LARGEST_PAGE = 1_000
FULL_PAGE_BYTES = 3 * 1024 * 1024
"""A page ends early when its items reach this size: clients receive 4 MiB by default."""

_CHECK_BYTES = 8
T = TypeVar("T")


def size_of(asked: int) -> int:
    """Return how many items a page has when `asked` are wanted; 0 leaves it to us."""
    return min(asked or DEFAULT_PAGE, LARGEST_PAGE)


def fitting(found: list[T]) -> list[T]:
    """Return the first messages that fit on a page, at least one if there are any."""
    shown: list[T] = []
    used = 0
    message: Any
    for message in found:
        used += message.ByteSize()
        if shown and used > FULL_PAGE_BYTES:
            break
        shown.append(message)
    return shown


def token(log_id: UUID, kind: str, content: Any) -> str:
    """Return a token that holds `content`, for walks of one kind through one log."""
    payload = canonical.encode(content)
    return base64.urlsafe_b64encode(_check(log_id, kind, payload) + payload).decode()


def read_token(log_id: UUID, kind: str, given: str, content: type[T]) -> T | None:
    """Return what a token holds; None for one that is damaged, or of another log or kind."""
    try:
        raw = base64.b64decode(given.encode(), altchars=b"-_", validate=True)
        payload = raw[_CHECK_BYTES:]
        if raw[:_CHECK_BYTES] != _check(log_id, kind, payload):
            return None
        return msgspec.json.decode(payload, type=content)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        return None


def _check(log_id: UUID, kind: str, payload: bytes) -> bytes:
    """Return bytes that show a damaged token, or one of another log or kind."""
    seen = b"husret page " + kind.encode() + log_id.bytes + payload
    return hashlib.sha256(seen).digest()[:_CHECK_BYTES]
