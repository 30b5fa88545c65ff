"""Examples of files of facts, for people to fill in: made of the declaration of each kind.

A sheet has a header in words, with the declared name in brackets, a line of what may stand in each
column, and a filled line. What no cell can hold is shown in YAML.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.events import BY_FACT
from domain.facts.declared import Slot, slots
from domain.law.editions import CURRENT
from domain.law.ending.offences import CITATIONS
from domain.law.undecided import DECISIONS
from services.api.fact_files import KIND, columns_of, in_kroner, is_ore
from services.api.facts import FACTS
from services.api.nouns import Column as NounColumn
from services.api.nouns import Noun
from services.api.plain_facts import subjects_of
from services.facts.municipalities import MADE_UP_MUNICIPALITY
from services.sheets.cells import iso_day

_ID = "00000000-0000-4000-8000-00000000000{}"
_SUBJECTS = {
    "person_id": (
        "personens id (UUID, eller id i eget system)",
        "the person's id (UUID or external id)",
        _ID.format(1),
    ),
    "household_id": (
        "husstandens id (UUID, eller id i eget system)",
        "the household's id (UUID or external id)",
        _ID.format(2),
    ),
}
_KIND = ("oplysningens art", "the kind of fact")
_TEXT, _DAY, _YES = ("tekst", "text"), ("dag: 31-12-2024", "day: 2024-12-31"), ("ja", "yes")
_YES_OR_NO, _WHOLE = ("ja | nej", "yes | no"), ("helt tal", "whole number")
_DECIMAL, _KRONER = ("tal: 41,5", "number: 41.5"), ("kroner: 1.234,50", "kroner: 1234.50")
_SEVERAL = ("flere med | imellem", "several with | between")
_STAR = {True: " *", False: ""}
_NONE = ("ikke sagt: {}", "there is none: {}")
_REFERRED = {"area": f"{MADE_UP_MUNICIPALITY}-eksempel"}
_KNOWN = {
    "municipality": MADE_UP_MUNICIPALITY,
    "external_id": "ejd:12345",
    "provision": min(CITATIONS),
    "decision": min(DECISIONS),
    "point": min(CURRENT.points),
    "reading": f"{min(CURRENT.points)}=a",
}


class Column(NamedTuple):
    """A column of a template: its name, what it means, what it may hold, and an example."""

    name: str
    means: tuple[str, str]
    holds: tuple[str, str]
    example: str
    required: bool


def is_flat(kind: str) -> bool:
    """Tell whether a row can state the kind: no part that must be given stands in a list of it."""
    return not any(
        slot.required and slot.each is not None and issubclass(slot.each.kind, msgspec.Struct)
        for slot in columns_of(kind).values()
        if slot is not None
    )


def sheet(kind: str, language: str) -> bytes:
    """Return a template of a kind that is flat, as CSV that a Danish spreadsheet opens."""
    said = int(language == "en")
    found = list(_columns(kind, language))
    header = (f"{each.means[said]}{_STAR[each.required]} [{each.name}]" for each in found)
    return _csv(
        [f"{_KIND[said]} * [{KIND}]", *header],
        [f"# {kind}", *(each.holds[said] for each in found)],
        [kind, *(each.example for each in found)],
    )


def noun_sheet(noun: Noun, language: str) -> bytes:
    """Return a template of a noun of the field, as CSV that a Danish spreadsheet opens."""
    said = int(language == "en")
    first, *holds = (noun_holds(noun, each)[said] for each in noun.columns)
    return _csv(
        [f"{(each.da, each.en)[said]}{_STAR[each.needed]}" for each in noun.columns],
        [f"# {first}", *holds],
        [_in_words_of(each, language) for each in noun.columns],
    )


def _csv(*rows: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _in_words_of(column: NounColumn, language: str) -> str:
    """Return a column's example, which is declared in Danish, in the language asked for."""
    if language == "da":
        return column.example
    said = (iso_day(each.strip()) for each in column.example.split("|"))
    words = {"ja": "yes", "nej": "no", **column.words}
    return " | ".join(words.get(each.casefold(), each) for each in said)


def noun_means(noun: Noun, column: NounColumn) -> tuple[str, str]:
    """Return what a column of a noun means: as it says itself, or the field that it fills."""
    if column.means is not None:
        return column.means
    slot = _filled_by(noun, column)
    return slot.said.da or "", slot.said.en or ""


def noun_holds(noun: Noun, column: NounColumn) -> tuple[str, str]:
    """Return what may stand in a column of a noun."""
    if column.means is not None:
        return column.means
    slot = _filled_by(noun, column)
    if column.words:
        in_danish: dict[str, str] = {}
        for danish, word in column.words.items():
            in_danish.setdefault(word, danish)
        return " | ".join(in_danish.values()), " | ".join(in_danish)
    return _YES_OR_NO if slot.said.none_by == column.name else _in_cell(slot)


def _filled_by(noun: Noun, column: NounColumn) -> Slot:
    """Return the first field that a column of a noun fills by itself."""
    for made in noun.makes:
        declared = columns_of(made.kind)
        for field, form in made.fields.items():
            slot = declared[field]
            if form == f"{{{column.name}}}" and slot is not None:
                return slot
            if form == f"{{{column.name}}}":  # that there is none of another field
                return next(
                    each for each in declared.values() if each and each.said.none_by == field
                )
    raise LookupError(f"{noun.name}: no field says what {column.name} means")


def document(kind: str, language: str) -> bytes:
    """Return a template of any kind in YAML, with what each field means beside it."""
    said = int(language == "en")
    struct = FACTS[kind]
    english = (struct.__doc__ or "").partition("\n")[0]
    lines = [f"# {(BY_FACT[struct].da, english)[said]}", f"- {kind}:"]
    for name in subjects_of(kind):
        lines.append(f"    {name}: {_SUBJECTS[name][2]}  # {_SUBJECTS[name][said]}")
    lines += _in_yaml(struct, "    ", said)
    return ("\n".join(lines) + "\n").encode()


def _columns(kind: str, language: str) -> Iterator[Column]:
    for name in subjects_of(kind):
        da, en, example = _SUBJECTS[name]
        yield Column(name, (da, en), _TEXT, example, True)
    declared = columns_of(kind)
    of = dict[int, str]()
    for name, slot in declared.items():
        if slot is None:
            continue
        each = slot.each or slot
        if issubclass(each.kind, msgspec.Struct):
            continue
        if id(slot) in of:
            continue  # in kroner, which stands in the place of the øre
        of[id(slot)] = name
        means = slot.said.da or "", slot.said.en or ""
        example = _example(slot, language) if slot.required else ""
        called = in_kroner(name) if is_ore(slot) else name
        yield Column(called, means, _in_cell(slot), example, slot.required)
        if slot.said.none_by is not None:
            none = tuple(text.format(mean) for text, mean in zip(_NONE, means, strict=True))
            yield Column(slot.said.none_by, (none[0], none[1]), _YES_OR_NO, "", False)


def _holds(slot: Slot) -> tuple[str, str]:
    each = slot.each or slot
    if issubclass(each.kind, StrEnum):
        words = " | ".join(each.kind)
        found = words, words
    elif each.said.share:
        found = _DECIMAL
    else:
        found = {bool: _YES_OR_NO, int: _WHOLE, date: _DAY}.get(each.kind, _TEXT)
    unit = f" ({each.said.unit})" if each.said.unit else ""
    return f"{found[0]}{unit}", f"{found[1]}{unit}"


def _in_cell(slot: Slot) -> tuple[str, str]:
    da, en = _KRONER if is_ore(slot) else _holds(slot)
    return (da, en) if slot.each is None else (f"{da}; {_SEVERAL[0]}", f"{en}; {_SEVERAL[1]}")


def _example(slot: Slot, language: str) -> str:
    """Return what may stand in a field, as a cell has it."""
    each = slot.each or slot
    said = each.said
    if said.share:
        found = said.plausible[0] if said.plausible else f"{said.least or 1}"
        return found if language == "en" else found.replace(".", ",")
    if issubclass(each.kind, StrEnum):
        return str(next(iter(each.kind)))
    if each.kind is bool:
        return _YES[int(language == "en")]
    if each.kind is int:
        return str(said.least or 1)
    if each.kind is date:
        return "2024-01-01" if language == "en" else "01-01-2024"
    if each.kind is UUID:
        return _ID.format(3)
    return _REFERRED.get(said.refers or "") or _KNOWN.get(said.known or "") or _text(slot)


def _text(slot: Slot) -> str:
    """Return a text of the form that a field has, as far as one of these is of it."""
    pattern = (slot.each or slot).said.pattern
    found = ("eksempel", _REFERRED["area"], pattern or "", "0" * 64)
    return next((each for each in found if re.fullmatch(pattern or ".*", each)), found[0])


def _in_yaml(struct: type[Any], indent: str, said: int) -> Iterator[str]:
    """Return the fields of a fact, or of a part; those that may be left out are comments."""
    for slot in slots(struct):
        if slot.name == "corrects":
            continue
        each = slot.each or slot
        means = (slot.said.da or "", slot.said.en or "")[said]
        shown = indent if slot.required else f"{indent}# "
        if issubclass(each.kind, msgspec.Struct):
            yield f"{shown}{slot.wire}:  # {means}"
            if slot.required:
                first, *rest = _in_yaml(each.kind, f"{indent}    ", said)
                yield f"{indent}  - {first.lstrip()}" if slot.each is not None else first
                yield from rest
            continue
        holds = _holds(slot)[said] if not is_ore(slot) else slot.said.unit
        value = _quoted(each, _example(slot, "en")) if slot.required else ""
        value = f"[{value}]" if slot.each is not None and value else value
        yield f"{shown}{slot.wire}: {value}  # {means} ({holds})"


def _quoted(slot: Slot, text: str) -> str:
    """Return a value as YAML has it: text in quotation marks, for digits in it may begin with 0."""
    is_text = issubclass(slot.kind, str) and not slot.said.share
    return f'"{text}"' if is_text else text
