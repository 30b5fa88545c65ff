"""How near two names of housing areas are, as lists and people spell them.

The ministry's lists, plans and newspapers write one area in several ways: *Tåstrupgård* and
*Taastrupgaard*, *Stærevej mv.* and *Stærevej*, *Gellerupparken/Toveshøj* and *Toveshøj og
Gellerupparken*. A near name is no proof: it is what a person is asked about.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Nearness(StrEnum):
    """In what way two names are near each other."""

    SAME = "same"
    CASE = "case"
    SPELLING = "spelling"
    """The same letters, however *å*, spaces, hyphens and the order of the parts are written."""
    MV = "mv"
    """But for *mv.*, *m.fl.* and the like."""
    ALIKE = "alike"
    """A slip of a letter or two away."""
    PART = "part"
    """One is a part of the other, or they have a part in common."""


WHOLE = (Nearness.SAME, Nearness.CASE, Nearness.SPELLING, Nearness.MV)
"""The names are the whole of each other, however written."""

_ALIKE = 0.84
"""The least likeness (difflib's ratio) of two names that may be a slip of each other."""

_PAIRS_SHARED = 0.5
"""Names so alike share more of their pairs of letters than this; it spares most comparisons."""

_SHORTEST_PART = 4
_SHORTEST_BEGINNING = 6

_LETTERS = str.maketrans(
    {"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa", "ü": "u", "ß": "ss"}
)
_AND_OTHERS = re.compile(r"\b(m\W*v|m\W*fl|med videre|med flere|o\W*a|osv)\b\W*")
_BETWEEN = re.compile(r"[/,;&+()\-–—]|\bog\b")
_TOLD_APART = re.compile(
    r"\d+|\b([ivx]+|oest|vest|nord|syd|oestre|vestre|nordre|soendre|store|lille)\b"
)


class _Name(NamedTuple):
    """What of a name is compared."""

    letters: str
    whole: str
    """Without *mv.* and the like."""
    parts: frozenset[str]
    told_apart: frozenset[str]
    """Numbers and quarters of the compass, which tell neighbours apart."""
    pairs: frozenset[str]


@lru_cache(maxsize=10_000)
def _read(name: str) -> _Name:
    text = unicodedata.normalize("NFC", name).casefold().translate(_LETTERS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    without_others = _AND_OTHERS.sub(" ", text)
    whole = _letters(without_others)
    parts = (_letters(part) for part in _BETWEEN.split(without_others))
    return _Name(
        letters=_letters(text),
        whole=whole,
        parts=frozenset(part for part in parts if len(part) >= _SHORTEST_PART),
        told_apart=frozenset(found.group() for found in _TOLD_APART.finditer(text)),
        pairs=frozenset(whole[i : i + 2] for i in range(len(whole) - 1)),
    )


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text)


def whole(name: str) -> str:
    """Return what two names have in common that are the whole of each other, but for order."""
    return _read(name).whole


def nearness(one: str, other: str) -> Nearness | None:
    """Return in what way two names are near each other, None when they are not."""
    if one == other:
        return Nearness.SAME
    if one.casefold() == other.casefold():
        return Nearness.CASE
    first, second = _read(one), _read(other)
    if first.letters == second.letters:
        return Nearness.SPELLING
    if first.whole == second.whole:
        return Nearness.MV
    if first.told_apart and second.told_apart and first.told_apart != second.told_apart:
        return None
    if first.parts & second.parts:
        return Nearness.SPELLING if first.parts == second.parts else Nearness.PART
    shorter, longer = sorted((first.whole, second.whole), key=lambda text: (len(text), text))
    if _alike(first, second, shorter, longer):
        return Nearness.ALIKE
    if len(shorter) >= _SHORTEST_BEGINNING and longer.startswith(shorter):
        return Nearness.PART
    return None


def _alike(first: _Name, second: _Name, shorter: str, longer: str) -> bool:
    shared = len(first.pairs & second.pairs)
    if 2 * shared < _PAIRS_SHARED * (len(first.pairs) + len(second.pairs)):
        return False
    return SequenceMatcher(None, shorter, longer, autojunk=False).ratio() >= _ALIKE
