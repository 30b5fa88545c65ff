"""The one form in which an id of a dwelling or a property is kept and compared.

Such ids are DAR or BBR UUIDs as a rule, and systems write those in capitals, without hyphens, in
braces or as a URN. Any other id is the caller's own and stays as it is, letter for letter.
"""

from __future__ import annotations

import re

UUID_FORM = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
"""A UUID in its canonical form, as a pattern."""

_UUID = re.compile(
    r"(?:urn:uuid:)?(\{)?"
    r"([0-9a-f]{8})(-?)([0-9a-f]{4})\3([0-9a-f]{4})\3([0-9a-f]{4})\3([0-9a-f]{12})"
    r"(?(1)\})",
    re.IGNORECASE | re.ASCII,
)


def canonical_id(text: str) -> str:
    """Return a UUID in lower case with hyphens; any other id as it is."""
    found = _UUID.fullmatch(text)
    if found is None:
        return text
    parts = found.group(2, 4, 5, 6, 7)
    return "-".join(parts).lower()
