"""Write docs/facts.md from the declarations of facts.

`python -m tools.facts` writes it; a test fails when it is not current.
"""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from domain import facts
from domain.events import EVENT_TYPES, EventType
from domain.facts.declared import BOTH, Slot, json_name, parts, slots
from domain.law.undecided import DECISIONS

DOCUMENT = Path(__file__).parent.parent / "docs" / "facts.md"
HEAD = """# Facts

What can be recorded, as `domain/facts/` declares it. `python -m tools.facts` writes this page. A
fact that is recorded fact by fact has the name of its field in `Fact`; the steps of a dwelling's
life are recorded by `TenancyService` ([tenancy.md](tenancy.md)). Under each name stands first what
it says, in Danish and English; then whose it is, and who may hold it. What a field about a person
or household is held for stands under its meaning, with the section where that is not the one of
the whole fact; a field that says neither is refused. How facts are written in the log:
[formats.md](formats.md).

Days are `YYYY-MM-DD`, from 1900-01-01 to 2199-12-31. *past*: not after today. A field without a
star may be left out. A correction names the fact that it takes the place of.
"""
_PLAIN = {str: "text", bool: "yes or no", int: "number", date: "day", UUID: "UUID"}


def page() -> str:
    """Return the whole page."""
    within = [f"## `{json_name(part)}`\n\n{_of(part)}\n\n{_table(part)}" for part in parts()]
    return "\n\n".join([HEAD.rstrip(), *(_fact(each) for each in EVENT_TYPES), *within]) + "\n"


def _fact(kind: EventType) -> str:
    whose = "open"
    if kind.data_class is not None:
        whose = f"sealed: a {'household' if kind.of_household else 'person'}'s {kind.data_class}"
    if kind.fact is facts.Retracted:
        whose = "open or sealed, as the fact that it takes back"
    if kind.held_by == BOTH:
        held = "held by both kinds of controller"
    elif kind.held_by:
        [one] = kind.held_by
        held = f"held by a {one.replace('_', ' ')} alone"
    else:
        held = "the log's own"
    tags = "".join(f", `{tag.text}`" for tag in kind.tags)
    head = f"## `{json_name(kind.fact)}`\n\n{kind.da}  \n{_of(kind.fact)}"
    tagged = f"; tags{tags[1:]}" if tags else ""
    section = f"; {kind.section}" if kind.section else ""
    about = f"`{kind.name}`; {whose}; {held}{tagged}{section}."
    sealed = kind.data_class is not None
    return f"{head}\n\n{about}\n\n{_table(kind.fact, sealed=sealed)}"


def _of(struct: type[Any]) -> str:
    return " ".join((struct.__doc__ or "").partition("\n\n")[0].split())


def _table(struct: type[Any], *, sealed: bool = False) -> str:
    rows = ["| field | what it is | what it says |", "|---|---|---|"]
    for slot in slots(struct):
        if slot.name == "corrects":
            continue
        said = slot.said
        meaning = f"{said.da}<br>{said.en}"
        if sealed and said.why:
            meaning += f"<br>*For:* {said.why}" + (f" ({said.by})" if said.by else "")
        star = " *" if slot.required and not slot.nullable else ""
        rows.append(f"| `{slot.wire}`{star} | {what(slot)} | {meaning} |")
    return "\n".join(rows)


def what(slot: Slot) -> str:
    """Return what a field is: its type and its limits."""
    said = slot.said
    if slot.each is not None:
        limit = f", at most {said.most:,}" if said.most else ""
        return f"list of: {what(slot.each)}{limit}"
    if issubclass(slot.kind, msgspec.Struct):
        return f"[`{json_name(slot.kind)}`](#{json_name(slot.kind)})"
    if issubclass(slot.kind, StrEnum):
        return ", ".join(f"`{word}`" for word in slot.kind)
    return ", ".join(filter(None, [_plain(slot), *_limits(slot)]))


def _plain(slot: Slot) -> str:
    said = slot.said
    if said.known == "decision":
        return "one of " + ", ".join(f"`{each}`" for each in sorted(DECISIONS))
    if said.refers:
        return f"id of {'an area' if said.refers == 'area' else 'a dwelling'} recorded here"
    if said.share:
        return f"{said.unit}, as decimal text, from {said.least or 0} to {said.most:,}"
    if said.pattern:
        return f"text: {said.says}"
    return _PLAIN[slot.kind]


def _limits(slot: Slot) -> list[str]:
    said = slot.said
    found = [said.unit or ""] if not said.share else []
    if said.least is not None and not said.share:
        found.append(f"from {said.least}" + (f" to {said.most:,}" if said.most else ""))
    if said.longest:
        found.append(f"at most {said.longest:,} characters")
    if said.plausible:
        found.append("plausible from {} to {}".format(*said.plausible))
    if said.past:
        found.append("past")
    if said.not_before:
        found.append(f"not before `{said.not_before}`")
    if said.none_by:
        found.append(f"or `{said.none_by}` is said")
    return found


def main() -> int:
    """Write the page; returns the exit code."""
    DOCUMENT.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
