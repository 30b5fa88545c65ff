"""What can come out otherwise when an answer is computed again: by code, in Danish and English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from domain.data_classes import DataClass
from domain.readback import CLASSES


class Difference(NamedTuple):
    """One thing that differs, or does not hold.

    `positions`: the events that it is about, or that what differs rests on. `section`: the number
    of the section, or of the entry of a page; 0: it is about none.
    """

    code: str
    da: str
    en: str
    positions: tuple[int, ...] = ()
    section: int = 0


_ALTERED = (
    "de gemte kolonner giver ikke dens bladhash",
    "the stored columns do not give its leaf hash",
)


def event_altered(position: int) -> Difference:
    """Say that an event was altered where it is stored, or is gone."""
    return _event("EVENT_ALTERED", position, *_ALTERED)


def event_not_as_read(position: int) -> Difference:
    """Say that an event is not what it was when this server read it."""
    return _event(
        "EVENT_NOT_AS_READ",
        position,
        "den er ikke længere gemt, som den var, da denne server hentede den",
        "it is not stored any more as it was when this server read it",
    )


def receipt_unreadable(position: int, why: str, *, intact: bool) -> Difference:
    """Say that the receipt itself cannot be read; `why` names no content."""
    da, en = ("", "") if intact else (f"; {_ALTERED[0]}", f"; {_ALTERED[1]}")
    return _event(
        "RECEIPT_UNREADABLE",
        position,
        f"kvitteringen kan ikke åbnes{da} ({why})",
        f"the receipt cannot be read{en} ({why})",
    )


def not_authentic(why: str, positions: Iterable[int] = ()) -> Difference:
    """Say that something sealed, or an event, is not what was recorded; `why` names no content."""
    at = tuple(positions)
    named = f" (hændelse nr. {', '.join(map(str, at))})" if at else ""
    da = f"Noget, der blev hentet{named}, er ændret, hvor det er gemt: {why}"
    return Difference("NOT_AUTHENTIC", da, why, at)


def law_unknown(why: str) -> Difference:
    """Say that the law that is stated is not one that the receipt can have been made by."""
    return Difference("LAW_ALTERED", f"den åbne del, law: {why}", f"open part, law: {why}")


def stated(name: str, computed: object, stored: object) -> Difference:
    """Say that what stands open under a name comes out otherwise."""
    return Difference(
        "STATED_DIFFERS",
        f"den åbne del, {name}: {computed!r} kommer ud, {stored!r} er gemt",
        f"open part, {name}: {computed!r} comes out, {stored!r} is stored",
    )


def receipt_differs() -> Difference:
    """Say that the receipt comes out otherwise, though each of its parts does not."""
    en = "the receipt comes out otherwise"
    return Difference("RECEIPT_DIFFERS", "kvitteringen kommer anderledes ud", en)


def question_differs() -> Difference:
    """Say that the question comes out otherwise, or is sealed for another receipt."""
    return Difference(
        "QUESTION_DIFFERS",
        "spørgsmålet: det kommer anderledes ud, eller er forseglet til noget andet",
        "the question: it comes out otherwise, or is sealed for something else",
    )


def question_altered() -> Difference:
    """Say that the question is sealed for what is not stated, or was altered."""
    return Difference(
        "QUESTION_ALTERED",
        "spørgsmålet: det er forseglet til en anden åben del, eller ændret",
        "the question: it is sealed for another statement, or altered",
    )


def section_not_stored(subject: int, data_class: DataClass) -> Difference:
    """Say that a section comes out that the receipt does not have."""
    return Difference(
        "SECTION_NOT_STORED",
        f"et afsnit ({CLASSES[data_class].da}) om nr. {subject} kommer ud, men er ikke gemt",
        f"a section ({data_class}) of subject {subject} comes out, none is stored",
    )


def section_not_made(
    number: int, data_class: DataClass, positions: Iterable[int] = ()
) -> Difference:
    """Say that a stored section does not come out."""
    what = "det kommer ikke ud", "it does not come out"
    return _section("SECTION_NOT_MADE", number, data_class, *what, positions)


def section_facts(number: int, data_class: DataClass, positions: Iterable[int]) -> Difference:
    """Say that a section rests on other facts."""
    what = "oplysningerne kommer anderledes ud", "the facts come out otherwise"
    return _section("SECTION_FACTS_DIFFER", number, data_class, *what, positions)


def section_rules(number: int, data_class: DataClass, positions: Iterable[int]) -> Difference:
    """Say that other rules were asked about what a section is of."""
    what = "der blev spurgt efter andre regler", "other rules were asked"
    return _section("SECTION_RULES_DIFFER", number, data_class, *what, positions)


def section_commits(number: int, data_class: DataClass, positions: Iterable[int]) -> Difference:
    """Say that a section commits to something else at the same events."""
    return _section(
        "SECTION_COMMITS_OTHERWISE",
        number,
        data_class,
        "det binder sig til andre fund, en anden åben del, eller andre hændelser dér",
        "it commits to other findings, another statement, or other events there",
        positions,
    )


def section_unreadable(number: int, data_class: DataClass) -> Difference:
    """Say that a section has its key, and cannot be read with it."""
    return _section(
        "SECTION_UNREADABLE", number, data_class, "det kan ikke åbnes", "it cannot be read"
    )


def section_without_key(number: int, data_class: DataClass) -> Difference:
    """Say that a section's key is gone, and no erasure tells why."""
    return _section(
        "SECTION_WITHOUT_KEY",
        number,
        data_class,
        "det har ingen nøgle, og loggen fortæller om ingen sletning siden",
        "it has no key, and the log tells of no erasure since",
    )


def page_unreadable(position: int, why: str) -> Difference:
    """Say that a page cannot be read; `why` names no content."""
    da, en = f"siden kan ikke åbnes ({why})", f"the page cannot be read ({why})"
    return _event("PAGE_UNREADABLE", position, da, en)


def page_differs() -> Difference:
    """Say that what a page states in the open comes out otherwise."""
    return Difference(
        "PAGE_DIFFERS",
        "sidens åbne del kommer anderledes ud",
        "the open part of the page comes out otherwise",
    )


def entry_not_asked(number: int, why: str) -> Difference:
    """Say that what an entry of a page answers cannot be asked again; `why` names no content."""
    return Difference(
        "ENTRY_NOT_ASKED",
        f"linje {number}: der kan ikke spørges igen ({why})",
        f"entry {number}: cannot be asked again ({why})",
        section=number,
    )


def entry_differs(number: int) -> Difference:
    """Say that an entry of a page comes out otherwise."""
    return Difference(
        "ENTRY_DIFFERS",
        f"linje {number}: kommer anderledes ud",
        f"entry {number}: comes out otherwise",
        section=number,
    )


def _event(code: str, position: int, da: str, en: str) -> Difference:
    return Difference(
        code,
        f"hændelse nr. {position}: {da}",
        f"event at position {position}: {en}",
        (position,),
    )


def _section(
    code: str,
    number: int,
    data_class: DataClass,
    da: str,
    en: str,
    positions: Iterable[int] | None = None,
) -> Difference:
    """Say something of a section; `positions`: what it rests on, None: that is not known."""
    at = None if positions is None else sorted(positions)
    da_at = "" if at is None else f"; det hviler på hændelserne nr. {at}"
    en_at = "" if at is None else f"; it rests on the events at positions {at}"
    return Difference(
        code,
        f"afsnit {number} ({CLASSES[data_class].da}): {da}{da_at}",
        f"section {number} ({data_class}): {en}{en_at}",
        tuple(at or ()),
        number,
    )
