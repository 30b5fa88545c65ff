"""What a municipality reports of combined letting each year: letting order § 36, stk. 2.

A municipality that has decided on combined letting (almenboligloven § 51 b, stk. 1) reports each
year before 1 September rejections and other dwellings assigned, and the result of the evaluation
of every fifth year (stk. 10). The order leaves the form to the agency; that its year runs from 1
June to 31 May is the agency's own guidance, and stands in neither act nor order.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from domain import calendar, facts
from domain.events import Recorded
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.letting import rejection
from domain.reference import View
from domain.reports import texts
from domain.reports.said import (
    Basis,
    Exceptional,
    Reading,
    Said,
    Source,
    basis,
    of_review,
    readings_used,
    said,
    sources_of,
)

REJECTING = ("LET-KOMB-51B-BASE", "LET-KOMB-51B-EXT")
"""The rules by which § 51 b rejects an applicant."""


class NothingDecidedError(LookupError):
    """No decision on combined letting stood on any day of the period, as far as is recorded."""


class CombinedLettingArea(msgspec.Struct, frozen=True, kw_only=True):
    """What is reported of one area under a decision on combined letting.

    `rejections` and `replacements` None: not known here.
    """

    area: str
    name: str
    municipality: str
    status: str
    decided_on: date
    extended: bool
    first_day: date
    last_day: date | None
    evaluated_on: date | None
    evaluation_due: date
    rejections: int | None
    replacements: int | None
    positions: tuple[int, ...]


class CombinedLettingReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report of combined letting from 1 June to 31 May."""

    year: int
    first_day: date
    last_day: date
    due_before: date
    municipality: str
    basis: Basis
    areas: tuple[CombinedLettingArea, ...]
    readings: tuple[Reading, ...]
    sources: tuple[Source, ...]
    exceptions: tuple[Exceptional, ...]


class Rejected(msgspec.Struct, frozen=True):
    """How many households recorded answers have rejected in an area, and how many answers can no
    longer be read, since the household was erased."""

    households: int = 0
    unreadable: int = 0


def period(year: int) -> tuple[date, date]:
    """Return the first and last day of what is due in a year."""
    return date(year - 1, 6, 1), date(year, 5, 31)


def decided(view: View, year: int, municipality: str) -> list[Recorded[Any]]:
    """Return the decisions on combined letting that stood on a day of the period, by area."""
    first, last = period(year)
    found = []
    for area in view.keys(facts.CombinedLettingDecided):
        registered = view.area(area)
        if registered is None or municipality not in ("", registered.fact.municipality):
            continue
        for item in view.find(facts.CombinedLettingDecided, area):
            if item.fact.first_day <= last and (item.fact.last_day or date.max) >= first:
                found.append(item)
    return found


def combined_letting_report(
    edition: Edition,
    view: View,
    year: int,
    municipality: str,
    rejected: Mapping[str, Rejected] | None,
) -> CombinedLettingReport:
    """Return the report that is due in a year; raises NothingDecidedError.

    `rejected` None: this instance does not know whom the housing organisations have rejected.
    """
    first, last = period(year)
    decisions = decided(view, year, municipality)
    if not decisions:
        raise NothingDecidedError
    points: set[str] = set()
    notes = of_review(edition, view, last)
    areas = []
    evidence: list[Recorded[Any]] = []
    for item in decisions:
        fact = item.fact
        registered = view.area(fact.area)
        assert registered is not None  # asked when the decisions were found
        until = min(last, fact.last_day or last)
        standing = area_law.standing(edition, view, fact.area, Category.COMBINED_LETTING, until)
        points.update(standing.tree.points)
        evidence += [item, *standing.finding.evidence]
        name = view.area_name(fact.area, last)
        found = None if rejected is None else rejected.get(fact.area, Rejected())
        if found is not None and found.unreadable:
            notes.append(
                _note("REJECTIONS_ERASED", fact.area, name=name, count=str(found.unreadable))
            )
        evaluated = fact.evaluated_on or fact.decided_on
        due = calendar.months_after(evaluated, 12 * rejection.EVALUATION_YEARS)
        if rejection.evaluation_overdue(item, until):
            notes.append(_note("EVALUATION_OVERDUE", fact.area, name=name, day=texts.day(due)))
        areas.append(
            CombinedLettingArea(
                area=fact.area,
                name=name,
                municipality=registered.fact.municipality,
                status=standing.finding.status.value,
                decided_on=fact.decided_on,
                extended=fact.extended,
                first_day=fact.first_day,
                last_day=fact.last_day,
                evaluated_on=fact.evaluated_on,
                evaluation_due=due,
                rejections=None if found is None else found.households,
                replacements=None,
                positions=tuple(
                    sorted({each.position for each in (item, *standing.finding.evidence)})
                ),
            )
        )
    if rejected is None:
        notes.append(_note("REJECTIONS_NOT_KNOWN"))
    notes += [_note("REPLACEMENTS_NOT_KNOWN"), _note("FORM_NOT_SEEN")]
    return CombinedLettingReport(
        year=year,
        first_day=first,
        last_day=last,
        due_before=date(year, 9, 1),
        municipality=municipality,
        basis=basis(edition, view),
        areas=tuple(areas),
        readings=readings_used(edition, view, last, points),
        sources=sources_of(evidence),
        exceptions=tuple(notes),
    )


def _note(code: str, area: str = "", **values: str | Said) -> Exceptional:
    return Exceptional(code=code, text=said(texts.EXCEPTIONS[code], **values), area=area)
