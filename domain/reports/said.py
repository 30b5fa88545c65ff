"""The shapes that reports share: a text in both languages, and what a report rests on.

Fields have the names of the messages of `report_service.proto`, which are made of them as they
stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from domain import calendar
from domain.events import Recorded
from domain.law import explain
from domain.law.area import status as area_law
from domain.law.beside import LAW_NEWER_THAN_REVIEW, LAW_REVIEW_STALE
from domain.law.edition import Edition
from domain.law.texts.kinds import Text
from domain.reference import View


class Said(msgspec.Struct, frozen=True):
    """The same said in Danish and in English."""

    da: str
    en: str


def said(text: Text, **values: str | Said) -> Said:
    """Return a text, filled with values."""

    def of(language: str) -> dict[str, str]:
        return {
            name: value if isinstance(value, str) else getattr(value, language)
            for name, value in values.items()
        }

    return Said(text.da.format(**of("da")), text.en.format(**of("en")))


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How an open point of law was read. `position`: the event that chose so; 0: the default."""

    point: str
    reading: str
    question: Said
    text: Said
    position: int = 0


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where facts of the report are from, how many, and the positions of the first and last."""

    source: str
    facts: int
    first_position: int
    last_position: int


class Exceptional(msgspec.Struct, frozen=True, kw_only=True):
    """Something that whoever reads the report must know: `code`, and what it says.

    `area` and `positions` where it is about an area, and about events.
    """

    code: str
    text: Said
    area: str = ""
    positions: tuple[int, ...] = ()


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What a whole report rests on: whose it is, the log up to a position, and the law."""

    controller: str
    controller_kind: str
    log_id: str
    known_at_position: int
    law_package: str
    reviewed_through: date


def basis(edition: Edition, view: View) -> Basis:
    """Return what a report made of this view rests on."""
    instance = view.instance()
    return Basis(
        controller=instance.controller,
        controller_kind=instance.controller_kind.value,
        log_id=str(instance.log_id),
        known_at_position=view.position,
        law_package=edition.id,
        reviewed_through=edition.reviewed_through,
    )


def of_review(edition: Edition, view: View, day: date) -> list[Exceptional]:
    """Return the warning that the law was reviewed before `day`, and how long before."""
    reviewed = edition.reviewed_through
    if day <= reviewed:
        return []
    stale = day > calendar.months_after(reviewed, view.instance().stale_after_months)
    return [warning(edition, LAW_REVIEW_STALE if stale else LAW_NEWER_THAN_REVIEW)]


def warning(edition: Edition, code: str) -> Exceptional:
    """Return a warning of the law as a report says it."""
    return Exceptional(code=code, text=literal(explain.warning_text(edition, code)))


def literal(text: Text) -> Said:
    """Return a text of the law as a report says it."""
    return Said(text.da, text.en)


def readings_used(
    edition: Edition, view: View, day: date, points: Iterable[str]
) -> tuple[Reading, ...]:
    """Return how the open points that were asked for are read on `day`."""
    in_use, chosen = area_law.in_use(edition, view, day), view.readings(day)
    found = []
    for point in sorted(set(points)):
        text, reading = explain.point_text(edition, point), in_use[point]
        found.append(
            Reading(
                point=point,
                reading=reading,
                question=literal(text.question),
                text=literal(text.readings[reading]),
                position=chosen[point].position if point in chosen else 0,
            )
        )
    return tuple(found)


def sources_of(evidence: Iterable[Recorded[Any]]) -> tuple[Source, ...]:
    """Return where facts are from, as they themselves say; the most used first."""
    by_source: dict[str, set[int]] = {}
    for item in evidence:
        source = getattr(item.fact, "source", "")
        if source:
            by_source.setdefault(source, set()).add(item.position)
    ordered = sorted(by_source.items(), key=lambda each: (-len(each[1]), each[0]))
    return tuple(
        Source(
            source=source,
            facts=len(positions),
            first_position=min(positions),
            last_position=max(positions),
        )
        for source, positions in ordered
    )
