"""Reads the fields of a request; strict, and every wrong field noted.

A value that can't be read is noted as wrong and becomes None, so that the rest of the request
can still be checked; a request with a wrong field is never carried out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from domain import external_ids
from domain.facts.kinds import FIRST_DAY, LAST_DAY
from domain.ids import UUID_FORM
from services.facts.fields import FieldErrors, wrong_text

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)

_UUID = re.compile(UUID_FORM, re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OPAQUE = re.compile(r"[A-Za-z0-9._:-]{1,64}")


UNREAD = UUID(int=0)
"""Stands where an id could not be read, and its error is noted."""


class Fields:
    """Reads the fields of one message; `path` stands before each field's name in an error."""

    __slots__ = ("_path", "_wrong")

    def __init__(self, wrong: FieldErrors, path: str = "") -> None:
        self._wrong = wrong
        self._path = path

    def path(self, field: str) -> str:
        """Return the full path of a field; of "" that of the message itself."""
        return f"{self._path}.{field}" if self._path and field else self._path or field

    def within(self, field: str) -> Fields:
        """Return a reader of the message that stands in a field."""
        return Fields(self._wrong, self.path(field))

    def bad(self, field: str, description: str) -> None:
        """Note a wrong field."""
        self._wrong.add(self.path(field), description)

    # The readers return Any: None stands for what could not be read, in a fact that is then
    # checked further but never recorded.

    def uuid(self, field: str, text: str) -> Any:
        """Read a UUID in its canonical text form."""
        if not text:
            self.bad(field, "is empty; give a UUID or an external id (ejd:12345)")
        elif not _UUID.fullmatch(text):
            self.bad(field, _no_uuid(text))
        else:
            return UUID(int=int(text.replace("-", ""), 16))  # half the time of reading it again
        return None

    def given(self, field: str, message: Any) -> Any:
        """Read a number or a yes or no that must be said: what is left out is not its default."""
        if not message.HasField(field):
            self.bad(field, "is not given; say it, also where it is 0 or false")
        return getattr(message, field)

    def day(self, field: str, text: str, *, optional: bool = False) -> Any:
        """Read a day written YYYY-MM-DD; an empty one is None where it may be left out."""
        if not text:
            if not optional:
                self.bad(field, "is empty; give a day as YYYY-MM-DD")
            return None
        try:
            # `fromisoformat` reads other forms too, none of them with hyphens in these places.
            found = date.fromisoformat(text) if text[4:8:3] == "--" and len(text) == 10 else None
        except ValueError:
            found = None
        if found is None:
            shaped = _DAY.fullmatch(text)
            no_day = "is no day of the calendar" if shaped else "is not a day written as YYYY-MM-DD"
            self.bad(field, no_day)
            return None
        if not FIRST_DAY <= found <= LAST_DAY:
            self.bad(field, f"must lie from {FIRST_DAY} to {LAST_DAY}")
            return None
        return found

    def word(self, field: str, number: int, words: Mapping[Any, T]) -> Any:
        """Read an enum's value; UNSPECIFIED and unknown numbers are wrong unless in `words`."""
        if number in words:
            return words[number]
        self.bad(field, "is not given" if number == 0 else "is a number not known to this release")
        return None

    def text(self, field: str, text: str, longest: int, *, optional: bool = False) -> Any:
        """Read a short text in Unicode normal form C, without line breaks."""
        wrong = wrong_text(text, longest, empty=optional)
        if wrong:
            self.bad(field, wrong)
        return None if wrong else text

    def opaque(self, field: str, text: str, *, optional: bool = False) -> Any:
        """Read an opaque id."""
        if external_ids.looks_like_cpr(text):
            self.bad(field, external_ids.LIKE_A_CPR)
            return None
        if _OPAQUE.fullmatch(text) or (optional and not text):
            return text
        self.bad(field, "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -")
        return None


def _no_uuid(text: str) -> str:
    if external_ids.looks_like_cpr(text):
        return f"{external_ids.LIKE_A_CPR}; look the person up by the number (LookUp)"
    if external_ids.has_form(text):
        return "is an external id that names nothing of this kind here"
    return "is neither a UUID in its canonical form of 36 characters nor an external id (ejd:12345)"


def words(enum: Any, kind: type[W], prefix: str) -> dict[Any, W]:
    """Return the words of an enum of the contract; its zero says that nothing is given."""
    return {
        number: kind(name.removeprefix(prefix).lower())
        for name, number in enum.items()
        if number != 0
    }


def said(message: Any, *names: str) -> dict[str, Any]:
    """Return what a message says by these names; None for what it leaves out."""
    return {name: getattr(message, name) if message.HasField(name) else None for name in names}
