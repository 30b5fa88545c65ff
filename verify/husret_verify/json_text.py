"""JSON read strictly: what could be read in two ways is refused."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from husret_verify.problems import Unreadable

LARGEST_INTEGER = 2**63 - 1
"""Largest number that is read; no column of an event holds more."""


def decode(text: bytes) -> Any:
    """Read JSON in UTF-8.

    Raises Unreadable for what isn't UTF-8 (`json_utf8`) or JSON (`json_syntax`), a key that stands
    twice (`json_twice`), a number that is no whole one of 64 bits (`json_number`), and parts that
    are nested too deep (`json_deep`).
    """
    try:
        return json.loads(
            text.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_refused,
            parse_constant=_refused,
        )
    except UnicodeDecodeError:
        raise Unreadable("json_utf8") from None
    except json.JSONDecodeError as error:
        raise Unreadable("json_syntax", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise Unreadable("json_deep") from None


def encode(value: Any) -> bytes:
    """Return the canonical form (RFC 8785) of a value with ASCII keys and whole numbers."""
    written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode("utf-8")


def canonical(text: bytes, what: str) -> dict[str, Any]:
    """Read an object that stands in its canonical form.

    Raises Unreadable: what `decode` does, and `canonical` for another spelling, or no object.
    """
    value = decode(text)
    try:
        spelled = encode(value) == text
    except (UnicodeEncodeError, RecursionError):
        spelled = False
    if not isinstance(value, dict) or not spelled:
        raise Unreadable("canonical", what=what)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise Unreadable("json_twice")
    return made


def _integer(digits: str) -> int:
    if len(digits) > 20 or abs(value := int(digits)) > LARGEST_INTEGER:
        raise Unreadable("json_number")
    return value


def _refused(_: str) -> NoReturn:
    raise Unreadable("json_number")
