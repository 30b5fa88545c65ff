"""What would move an answer: the events that its decision would have read, had they been there.

The boundary of an answer is derived from what its decision asked for, step by step, so the check
and the decision cannot drift apart: open facts by kind and by what they are about, and data
classes of persons and households by their tokens. Receipts are in no boundary, so an answer
recorded about a household makes no other answer stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from domain import facts
from domain.data_classes import DataClass
from domain.events import BY_FACT, EVENT_TYPES

_RETRACTED = BY_FACT[facts.Retracted].name
_OF_INSTANCE = (
    facts.InstanceCreated,
    facts.ClockAccepted,
    facts.ErasureBegun,
    facts.ErasureDone,
)
"""Never about a question: the first event is alone, a clock tells no fact, and an erasure takes
keys, not facts."""

_TAGS: dict[type[facts.Fact], str] = {
    facts.AreaRegistered: "area",
    facts.AreaParcels: "area",
    facts.AreaFigures: "area",
    facts.AreaListed: "area",
    facts.AreaRenamed: "area",
    facts.AreaChangeApproved: "area",
    facts.GroupingApproved: "area",
    facts.PlanApproved: "area",
    facts.PlanCarriedOut: "area",
    facts.DwellingRecorded: "dwelling",
    facts.FamilyDwellingsCounted: "municipality",
    facts.ExemptionDecided: "municipality",
    facts.ReferralRightDecided: "municipality",
    facts.ReferralAgreed: "municipality",
    facts.ReferralIncreaseApproved: "municipality",
    facts.PrivateReferralAgreed: "municipality",
    facts.CombinedLettingDecided: "area",
    facts.ReadingChosen: "point",
    facts.LettingShareDecided: "organisation",
    facts.VacancyRecorded: "organisation",
    facts.VacancyAllocated: "organisation",
    facts.AllocationReleased: "organisation",
    facts.VacancyWithdrawn: "organisation",
    facts.DwellingFreed: "dwelling",
    facts.DisposalDecided: "dwelling",
}


_OF_ORGANISATION = (facts.ApprovalSchemeDecided, facts.OccupancyCapUsed)
"""Their key is municipality and organisation; their tag the municipality."""


class Moves(NamedTuple):
    """Events of one of these types with this tag; a tag of "" stands for any."""

    types: tuple[str, ...]
    tag: str


def of_open(asked: Iterable[tuple[type[facts.Fact], str | None]]) -> list[Moves]:
    """Return what would move the open facts asked for: another of its kind, or a retraction.

    A fact that is asked for by kind alone is moved by any of its kind, but a retraction shows
    itself by tag only, so each key asked for is named too.
    """
    found = {Moves(_types(kind, key), _tag(kind, key)) for kind, key in asked if _matters(kind)}
    return sorted(found)


def of_sealed(data_class: DataClass, tags: Iterable[str]) -> list[Moves]:
    """Return what would move one class of facts: anything of the class under these tags."""
    types = tuple(t.name for t in EVENT_TYPES if t.data_class is data_class)
    return [Moves((*types, _RETRACTED), tag) for tag in tags]


def _matters(kind: type[facts.Fact]) -> bool:
    return kind not in _OF_INSTANCE


def _types(kind: type[facts.Fact], key: str | None) -> tuple[str, ...]:
    name = BY_FACT[kind].name
    return (name,) if key is None else (name, _RETRACTED)


def _tag(kind: type[facts.Fact], key: str | None) -> str:
    if key is None:
        return ""
    if kind is facts.AreaListPublished:
        # Its key is kind and day; its tag the day, which the lists of that day share.
        return f"list:{key.partition(':')[2]}"
    if kind is facts.CriteriaSet:
        # Asked for by area or department, which its tags name as its keys do, or by its own id.
        return key if ":" in key else f"criteria:{key}"
    if kind is facts.OriginCriterionSuspended:
        # There is one for the instance: its key is empty and its tag a word.
        return "origin-criterion"
    if kind in _OF_ORGANISATION:
        return f"municipality:{key.partition('/')[0]}"
    # A kind without a tag of its own is watched as a whole: too much rather than too little.
    return f"{_TAGS[kind]}:{key}" if kind in _TAGS else ""
