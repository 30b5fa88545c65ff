"""What must hold of each field of a fact by itself: as its declaration says, in one validator.

A field that could not be read (its error is noted already) stands in the fact as None, and the
other fields of that fact are checked all the same; such a fact is never recorded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Protocol

import msgspec

from domain import cpr, external_ids
from domain.facts.declared import Field, Slot, slots
from domain.facts.kinds import OPAQUE
from domain.law.editions import CURRENT
from domain.law.ending.offences import CITATIONS
from domain.law.undecided import DECISIONS
from services.facts.fields import FieldErrors, wrong_text
from services.facts.municipalities import not_a_municipality

Known = Callable[[str], str]
"""Says what is wrong with a text that must name something known; "": nothing."""


def was_read(value: object) -> bool:
    """Tell whether a field that must be given could be read."""
    return value is not None


def all_read(fact: Any) -> bool:
    """Tell whether every field of a fact that must be given could be read."""
    return all(
        was_read(getattr(fact, slot.name))
        for slot in slots(type(fact))
        if slot.required and not slot.nullable
    )


class Notes(Protocol):
    """Notes wrong fields, by the names that messages give them."""

    def bad(self, field: str, description: str) -> None:
        """Note a wrong field."""


class Checked:
    """Notes wrong fields of one fact, by the names that messages give them."""

    def __init__(self, path: str, wrong: FieldErrors) -> None:
        self._path = path
        self._wrong = wrong

    def bad(self, field: str, description: str) -> None:
        """Note a wrong field."""
        self._wrong.add(f"{self._path}.{field}", description)

    def order(self, field: str, first: date | None, last: date | None) -> None:
        """Check that one day does not lie before another."""
        if first is not None and last is not None and last < first:
            self.bad(field, f"lies before {first}")


def check_fields(fact: Any, field: Notes, today: date, *, test_numbers: bool) -> None:
    """Note every field of a fact, or of a question, that is not as its declaration says.

    `test_numbers`: CPR numbers made for tests are read.
    """
    for path, description in _wrong(fact, "", today, _KNOWN[test_numbers]):
        field.bad(path, description)


def referred(fact: Any) -> Iterator[tuple[str, Field, str]]:
    """Return each id that a fact refers to something recorded by: its field, and what of it."""
    for slot in slots(type(fact)):
        value = getattr(fact, slot.name)
        if slot.each is None:
            if slot.said.refers and (value or slot.required) and value is not None:
                yield slot.wire, slot.said, value
            continue
        for index, each in enumerate(value):
            path = f"{slot.wire}[{index}]"
            if slot.each.said.refers:
                yield path, slot.each.said, each
            elif isinstance(each, msgspec.Struct):
                yield from ((f"{path}.{name}", said, id) for name, said, id in referred(each))


def refers(struct: type[Any], what: str) -> bool:
    """Tell whether a kind of fact has a field that refers to an area, a dwelling or a sale."""
    return any(
        slot.said.refers == what
        or (slot.each is not None and slot.each.said.refers == what)
        or (slot.each is not None and _is_part(slot.each.kind) and refers(slot.each.kind, what))
        for slot in slots(struct)
    )


def _is_part(kind: Any) -> bool:
    return issubclass(kind, msgspec.Struct)


_Wrong = Callable[[Any, Slot, Any, date, Mapping[str, Known]], Sequence[str]]
"""Says what is wrong with a field's value, of the fact that it stands in; nothing: it is right."""

_CHECKS: dict[type[Any], tuple[tuple[Slot, _Wrong | None], ...]] = {}
_LIMITS = ("past", "not_before", "longest", "pattern", "known", "least", "share")


def _checks(struct: type[Any]) -> tuple[tuple[Slot, _Wrong | None], ...]:
    """Return the fields of which something is said that a value can go against, and by what it is
    found; None: they are parts with fields of their own, or a list that alone is limited.
    """
    if struct not in _CHECKS:
        _CHECKS[struct] = tuple(
            (slot, _check_of(slot.each or slot))
            for slot in slots(struct)
            if slot.each is not None or _is_part(slot.kind) or _check_of(slot) is not None
        )
    return _CHECKS[struct]


def _check_of(slot: Slot) -> _Wrong | None:
    if all(getattr(slot.said, name) is None for name in _LIMITS):
        return None
    return _wrong_day if slot.kind is date else _wrong_number if slot.kind is int else _wrong_text


def _wrong(
    fact: Any, within: str, today: date, known: Mapping[str, Known]
) -> Iterator[tuple[str, str]]:
    for slot, check in _checks(type(fact)):
        value = getattr(fact, slot.name)
        if value is None:
            continue
        if slot.each is None and check is not None:
            for what in check(value, slot, fact, today, known):
                yield f"{within}{slot.wire}", what
        elif slot.each is None:
            yield from _wrong(value, f"{within}{slot.wire}.", today, known)
        else:
            path = f"{within}{slot.wire}"
            yield from _wrong_list(slot, value, path)
            for index, each in enumerate(value):
                if check is not None and each is not None:
                    for what in check(each, slot.each, fact, today, known):
                        yield f"{path}[{index}]", what
                elif isinstance(each, msgspec.Struct):
                    yield from _wrong(each, f"{path}[{index}].", today, known)


def _wrong_day(
    day: date, slot: Slot, fact: Any, today: date, _: Mapping[str, Known]
) -> Sequence[str]:
    said = slot.said
    found = []
    if said.past and day > today:
        found.append(f"lies after today, {today}")
    first = None if said.not_before is None else getattr(fact, said.not_before)
    if first is not None and day < first:
        found.append(f"lies before {first}")
    return found


def _wrong_list(slot: Slot, values: tuple[Any, ...], path: str) -> Iterator[tuple[str, str]]:
    said = slot.said
    if not values and slot.required and not said.empty:
        yield path, "is empty; name at least one"
    if said.most is not None and len(values) > said.most:
        yield path, f"names {len(values)}; at most {said.most} are allowed"
    for index, value in enumerate(values):
        if isinstance(value, str) and value in values[:index]:
            yield f"{path}[{index}]", "is named twice"


def _wrong_number(
    number: int, slot: Slot, _: Any, __: date, ___: Mapping[str, Known]
) -> Sequence[str]:
    said = slot.said
    if said.least is None or said.least <= number <= (number if said.most is None else said.most):
        return ()
    unit = f" {said.unit}" if said.unit else ""
    if said.most is not None:
        return (f"must lie from {said.least} to {said.most}{unit}",)
    return (f"must be at least {said.least}" if said.least else "must not be negative",)


def _wrong_text(
    text: str, slot: Slot, _: Any, __: date, known: Mapping[str, Known]
) -> Sequence[str]:
    if not text and not slot.required:
        return ()
    what = _not_as_said(text, slot.said, known)
    return (what,) if what else ()


def _not_as_said(text: str, said: Field, known: Mapping[str, Known]) -> str:
    if said.known is not None:
        return known[said.known](text)
    if said.share:
        return _wrong_share(text, said)
    if said.pattern is not None and not re.fullmatch(said.pattern, text):
        return said.says or ""
    if said.pattern == OPAQUE and external_ids.looks_like_cpr(text):
        return external_ids.LIKE_A_CPR
    if said.longest is not None:
        return wrong_text(text, said.longest, lines=bool(said.lines))
    return "is empty" if not text and said.pattern is not None else ""


_SHARE = re.compile(r"[0-9]{1,5}(\.[0-9]{1,4})?")


def _wrong_share(text: str, said: Field) -> str:
    if "," in text:
        return "has a comma; the decimal sign here is a point, as in 41.5"
    if not _SHARE.fullmatch(text):
        return f"must be {said.unit} as decimal text with a point, such as 41.5"
    least = said.least or 0
    if said.most is not None and not least <= float(text) <= said.most:
        return f"must lie from {least} to {said.most}"
    return ""


def _not_a_cpr(text: str, test_numbers: bool) -> str:
    try:
        cpr.parse(text, allow_test_numbers=test_numbers)
    except cpr.InvalidCpr as error:
        return str(error).removeprefix("cpr: ")
    return ""


def _not_a_point(text: str) -> str:
    return "" if text in CURRENT.points else "is not an open point of the edition of the law in use"


_READING = re.compile(r"[A-Z0-9-]+=[a-z_]+")


def _not_a_reading(text: str) -> str:
    if _READING.fullmatch(text) and text.split("=")[0] in CURRENT.points:
        return ""
    return "is not an open point and its reading, AMB-NAMEGAP=a"


def _not_a_provision(text: str) -> str:
    if text in CITATIONS:
        return ""
    return "is not a provision that the law in use knows; docs/data.md lists them"


def _not_a_decision(text: str) -> str:
    if text in DECISIONS:
        return ""
    return f"is not a decision that another may have taken: {', '.join(sorted(DECISIONS))}"


_KNOWN: dict[bool, dict[str, Known]] = {
    test_numbers: {
        "cpr": partial(_not_a_cpr, test_numbers=test_numbers),
        "municipality": not_a_municipality,
        "point": _not_a_point,
        "reading": _not_a_reading,
        "provision": _not_a_provision,
        "decision": _not_a_decision,
        "external_id": external_ids.wrong,
        "case_number": external_ids.wrong_case_number,
    }
    for test_numbers in (False, True)
}
"""What says of a text whether it names something known, with and without numbers made for tests."""
