"""The canonical form: RFC 8785 JSON, restricted so that there is one way to write a thing.

Keys are ASCII, strings are in NFC, integers stay below 2^53, dates are ISO text. There are no
floats: shares are decimal text, lengths whole centimetres, money øre. docs/formats.md fixes it.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

_ENCODER = msgspec.json.Encoder(order="sorted", uuid_format="canonical")
LARGEST_INTEGER = 2**53 - 1


class NotCanonicalError(ValueError):
    """A value has no canonical form; the message names the path to it and why."""


def encode(value: Any) -> bytes:
    """Return the canonical bytes of a value that consists of canonical parts.

    The caller vouches for the parts: values that came through `check` or were made by the
    edition of the law. The encoder is msgspec's; a test holds it to RFC 8785 byte for byte.
    """
    return _ENCODER.encode(value)


def decode(data: bytes) -> Any:
    """Read canonical bytes back to plain lists, dicts, strings, integers, booleans, None."""
    return msgspec.json.decode(data)


def check(value: Any, path: str = "$") -> None:
    """Refuse what has no canonical form.

    Raises NotCanonicalError for a float, an integer of 2^53 or more, a string that is not in
    NFC or holds a lone surrogate, a key that is not ASCII text, or any other type.
    """
    match value:
        case None | bool() | date() | UUID():
            return
        case int():
            if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
                raise NotCanonicalError(f"{path}: an integer must stay below 2^53")
        case str():
            check_text(value, path)
        case list() | tuple():
            for index, item in enumerate(value):
                check(item, f"{path}[{index}]")
        case dict():
            for key, item in value.items():
                if not isinstance(key, str) or not key.isascii():
                    raise NotCanonicalError(f"{path}: a key must be ASCII text")
                check(item, f"{path}.{key}")
        case msgspec.Struct():
            for name in value.__struct_fields__:
                check(getattr(value, name), f"{path}.{name}")
        case _:
            raise NotCanonicalError(f"{path}: {type(value).__name__} has no canonical form")


def check_text(value: str, path: str) -> None:
    """Refuse text that is not in NFC or cannot be written as UTF-8 (NotCanonicalError)."""
    if value.isascii():
        return
    if not unicodedata.is_normalized("NFC", value):
        raise NotCanonicalError(f"{path}: text must be in Unicode normal form C")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise NotCanonicalError(f"{path}: text holds a lone surrogate") from None
