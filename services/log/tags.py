"""How the tags of an event stand in a recorder's table."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

_TOKEN = re.compile(r"[ph]:[A-Za-z0-9_-]{21}[AQgw]", re.ASCII)
"""The tag of a token: a letter, and 16 bytes in base64url, whose unused bits are zero."""

_PACKED = 17
"""Bytes of such a tag in the column: its letter, and the token's 16."""


def packed(tags: Sequence[str]) -> str | bytes:
    """Return what stands in the column: tokens alone as bytes, else texts joined by line feeds."""
    if tags and all(map(_TOKEN.fullmatch, tags)):
        return b"".join(tag[0].encode() + urlsafe_b64decode(tag[2:] + "==") for tag in tags)
    return "\n".join(tags)


def unpacked(column: object) -> list[str]:
    """Return the tags of a column; what nobody has packed gives tags that the event never had."""
    if not isinstance(column, bytes):
        return str(column).split("\n") if column else []
    tags = []
    for start in range(0, len(column), _PACKED):
        token = urlsafe_b64encode(column[start + 1 : start + _PACKED])[:22]
        tags.append(f"{chr(column[start])}:{token.decode()}")
    return tags
