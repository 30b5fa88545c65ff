"""What is wrong with a request: every wrong field, named at once."""

from __future__ import annotations

from typing import NamedTuple

from domain import canonical


class FieldError(NamedTuple):
    """One wrong field: its path ("facts[2].benefit_period.first_day") and what is wrong.

    The description never repeats the value: it may be about a person.
    """

    field: str
    description: str


class InvalidFields(ValueError):
    """A request has wrong fields; nothing was recorded."""

    def __init__(self, fields: list[FieldError]) -> None:
        super().__init__("; ".join(f"{field}: {description}" for field, description in fields))
        self.fields = fields


class FieldErrors:
    """Collects wrong fields, so that all of them can be named at once."""

    __slots__ = ("_named", "found")

    def __init__(self) -> None:
        self.found: list[FieldError] = []
        self._named: set[str] = set()

    def add(self, field: str, description: str) -> None:
        """Note a wrong field; the first thing said of a field is kept."""
        if field not in self._named:
            self._named.add(field)
            self.found.append(FieldError(field, description))

    def raise_if_any(self) -> None:
        """Raise InvalidFields when a wrong field was noted."""
        if self.found:
            raise InvalidFields(self.found)


def wrong_text(text: str, longest: int, *, lines: bool = False, empty: bool = False) -> str:
    """Say what is wrong with a text: its length, Unicode form, or what can't be printed.

    "": nothing. `lines`: it may have several; `empty`: it need not be given.
    """
    if not text:
        return "" if empty else "is empty"
    if len(text) > longest:
        return f"has {len(text)} characters; at most {longest} are allowed"
    try:
        canonical.check_text(text, "text")
    except canonical.NotCanonicalError:
        return "must be in Unicode normal form C (NFC)"
    if text != text.strip():
        return "must not begin or end with a space"
    if not (text.replace("\n", "") if lines else text).isprintable():
        return "holds a line break or another character that cannot be printed"
    return ""
