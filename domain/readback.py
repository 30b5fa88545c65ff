"""Facts read back: what each field says, what became of a fact, and what facts are about.

All of it derives from the declarations of the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain import facts
from domain.data_classes import DataClass
from domain.events import BY_FACT, EVENT_TYPES, EventType
from domain.facts.declared import Slot, json_name, slots
from domain.law.texts.kinds import Text
from domain.law.texts.words import CITIZENSHIP, LIST_KINDS, MEMBER_LISTS, MONTHS, PLANS

READABLE = {
    json_name(kind.fact): kind
    for kind in EVENT_TYPES
    if not kind.of_log and kind.fact is not facts.Retracted
}
"""Every kind of fact that is read back, by its name; the log's own events are walked in the log,
and a retraction is told of with what it took back.
"""

ABOUT = frozenset(
    template.text.partition(":")[0]
    for kind in READABLE.values()
    for template in kind.tags
    if ":" in template.text
)
"""What stands before the colon in the tags of open facts: what they can be about."""

STEPS = "dwelling"
"""The tag that the sealed steps of a tenancy have too (`domain/facts/tenancies.py`)."""

CLASSES = {
    DataClass.IDENTITY: Text("identitet", "identity"),
    DataClass.MEMBERSHIP: Text("medlemskab", "membership"),
    DataClass.BENEFITS: Text("ydelser", "benefits"),
    DataClass.CONVICTIONS: Text("domme", "convictions"),
    DataClass.TERMINATIONS: Text("ophævelser", "terminations"),
    DataClass.ATTESTATIONS: Text("modtagne oplysninger", "attestations"),
    DataClass.TENANCY: Text("lejemål", "tenancy"),
    DataClass.DECISIONS: Text("afgørelser", "decisions"),
}
"""What the classes of data are called."""

YES_OR_NO = {True: Text("ja", "yes"), False: Text("nej", "no")}
_OF_PERSONS: tuple[dict[Any, Text], ...] = (
    {
        facts.MemberRole.APPLICANT: Text("ansøger", "applicant"),
        facts.MemberRole.SPOUSE: Text("ægtefælle", "spouse"),
        facts.MemberRole.PARTNER: Text("samlever", "partner"),
        facts.MemberRole.OTHER: Text("andet medlem", "other member"),
    },
    {
        facts.CohabitationProof.REGISTER: Text("folkeregistret", "the civil register"),
        facts.CohabitationProof.OTHER: Text("andet", "other"),
    },
    {
        facts.ReleasedFrom.PRISON_SENTENCE: Text("afsoning i fængsel", "a prison sentence"),
        facts.ReleasedFrom.REMAND: Text("varetægt", "remand"),
        facts.ReleasedFrom.TAG_OR_HALFWAY_HOUSE: Text(
            "fodlænke eller udslusning", "a tag or a halfway house"
        ),
        facts.ReleasedFrom.OUTSIDE_PRISON_SERVICE: Text(
            "en institution uden for kriminalforsorgen", "an institution outside the prison service"
        ),
    },
    {
        facts.ActionPlan.DUTY: Text("skal udarbejdes", "must be drawn up"),
        facts.ActionPlan.MADE: Text("er udarbejdet", "drawn up"),
        facts.ActionPlan.DUTY_AND_MADE: Text(
            "skal udarbejdes og er udarbejdet", "must be and is drawn up"
        ),
        facts.ActionPlan.NEITHER: Text("ingen", "none"),
        facts.ActionPlan.UNKNOWN: Text("ikke oplyst", "not known"),
    },
    {
        facts.TenancyEnding.LANDLORD: Text("ophævet eller opsagt af udlejer", "by the landlord"),
        facts.TenancyEnding.SETTLEMENT: Text("forlig eller fraflytning", "settled, or moved out"),
        facts.TenancyEnding.DISPUTED: Text("bestridt", "disputed"),
    },
)
_ALL: tuple[Mapping[Any, Text], ...] = (
    CITIZENSHIP,
    LIST_KINDS,
    MEMBER_LISTS,
    PLANS,
    *_OF_PERSONS,
)
_WORDS: dict[tuple[type[Any], StrEnum], Text] = {
    (type(word), word): text for words in _ALL for word, text in words.items()
}


class State(StrEnum):
    """What became of a fact."""

    STANDS = "stands"
    CORRECTED = "corrected"
    """Another fact took its place."""
    RETRACTED = "retracted"
    ERASED = "erased"
    """It can't be read any more."""
    UNKNOWN = "unknown"
    """Something that may have ended it can't be read any more."""


class Value(NamedTuple):
    """A field of a fact: its name, what stands in it, and both in words."""

    name: str
    value: str
    meaning: Text
    said: Text


def says(kind: EventType) -> Text:
    """Return what a kind of fact says, in one sentence."""
    return Text(kind.da, " ".join((kind.fact.__doc__ or "").partition("\n\n")[0].split()))


def values(fact: Any, within: str = "") -> Iterator[Value]:
    """Yield what a fact, or a part of one, says; fields that say nothing are left out."""
    for slot in slots(type(fact)):
        value = getattr(fact, slot.name)
        name = f"{within}{slot.wire}"
        if value in (None, "") or slot.name == "corrects":
            continue
        if slot.each is None:
            yield from _values(slot, value, name)
            continue
        for index, each in enumerate(value):
            yield from _values(slot.each, each, f"{name}[{index}]", slot)


def _values(slot: Slot, value: Any, name: str, of: Slot | None = None) -> Iterator[Value]:
    if isinstance(value, msgspec.Struct):
        yield from values(value, f"{name}.")
        return
    said = (of or slot).said
    meaning = Text(said.da or "", said.en or "")
    # A message's name says the opposite of the meaning, so only what stands under it is turned.
    plain = _plain(not value if said.turned else value)
    yield Value(name, plain, meaning, _in_words(value))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _in_words(value: Any) -> Text:
    if isinstance(value, bool):
        return YES_OR_NO[value]
    if isinstance(value, date):
        month = MONTHS[value.month - 1]
        return Text(f"{value.day}. {month.da} {value.year}", f"{value.day} {month.en} {value.year}")
    if isinstance(value, facts.Benefit):
        return Text(value.da, value.en)
    if isinstance(value, StrEnum):
        word = str(value).replace("_", " ")
        return _WORDS.get((type(value), value), Text(word, word))
    return Text(_plain(value), _plain(value))


class Recalled(NamedTuple):
    """An event of a fact as far as it can still be read; `fact` None: it is erased."""

    event_id: UUID
    kind: str
    about: str
    """Under whose token, or about what, it was recorded."""
    fact: Any


def states(history: Sequence[Recalled]) -> dict[UUID, tuple[State, UUID | None]]:
    """Tell what became of each fact of one boundary, and which event ended it.

    `history` is in the order of the log. What a correction took the place of does not come back
    when the correction is taken back itself.
    """
    found: dict[UUID, tuple[State, UUID | None]] = {}
    unread: list[tuple[str, str]] = []
    for each in reversed(history):
        fact = each.fact
        if fact is None:
            found[each.event_id] = (State.ERASED, None)
            unread.append((each.about, each.kind))
            continue
        if each.event_id not in found and any(
            about == each.about and kind in (each.kind, _RETRACTED) for about, kind in unread
        ):
            found[each.event_id] = (State.UNKNOWN, None)
        found.setdefault(each.event_id, (State.STANDS, None))
        if isinstance(fact, facts.Retracted):
            found[fact.retracts] = (State.RETRACTED, each.event_id)
        elif fact.corrects is not None:
            found[fact.corrects] = (State.CORRECTED, each.event_id)
    return found


def kinds_of(data_class: DataClass | None) -> Iterable[EventType]:
    """Return the kinds of fact that are sealed under a class; of None, those that are open."""
    return (kind for kind in READABLE.values() if kind.data_class is data_class)


_RETRACTED = BY_FACT[facts.Retracted].name
