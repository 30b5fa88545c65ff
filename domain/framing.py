"""Pieces of bytes joined so that they can be told apart again, and numbers of few bytes."""

from __future__ import annotations

from collections.abc import Iterable

_LENGTHS = [length.to_bytes(8, "big") for length in range(1_024)]
_NUMBERS = [bytes((number,)) for number in range(128)]
LARGEST = 2**63 - 1
"""The largest number that is written."""


class MalformedNumberError(ValueError):
    """Bytes that end within a number, or do not write it in the one way that it is written."""


def framed(pieces: Iterable[bytes]) -> bytes:
    """Join the pieces, each behind its length as 8 bytes big endian."""
    joined = []
    for piece in pieces:
        length = len(piece)
        joined.append(_LENGTHS[length] if length < len(_LENGTHS) else length.to_bytes(8, "big"))
        joined.append(piece)
    return b"".join(joined)


def varint(value: int) -> bytes:
    """Return a number as LEB128: seven bits a byte, the lowest first; the last has no top bit."""
    if value < 128:
        return _NUMBERS[value]
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    written.append(value)
    return bytes(written)


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number that stands at `at`, and where it ends; raises MalformedNumberError."""
    value = shift = 0
    for here in range(at, min(len(data), at + 9)):
        byte = data[here]
        value |= (byte & 127) << shift
        if byte < 128:
            if byte == 0 and here > at:
                raise MalformedNumberError("a number is drawn out by a last byte of zero")
            return value, here + 1
        shift += 7
    raise MalformedNumberError("a number does not end where it must")
