"""Figures of areas over the API: importing a file of them, and showing what is held of an area.

Whatever shows a figure of an area asks here what may be shown (`Shown`): no count of few persons,
and nothing that gives one away.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec

from domain.decide import Examined
from domain.events import BY_FACT, Recorded
from domain.facts import (
    AreaFigures,
    AreaListed,
    AreaRegistered,
    Figures,
    ReferenceFigures,
    Retracted,
)
from domain.law import explain
from domain.law.area import figures as law
from domain.law.area.measured import Known, Mean, decimal_text, known
from domain.law.editions import CURRENT
from domain.law.kernel import Finding, Missing
from domain.law.letting.criteria import Criterion
from domain.law.texts.words import FIGURES
from domain.reference import View
from domain.shown import HIDDEN, Small, small, small_ever
from domain.suppression import LEAST_SHOWN
from husret.v1 import area_service_pb2 as pb
from husret.v1 import core_pb2 as core
from services.api import convert, decisions
from services.api import facts as messages
from services.api.calls import known_request_id
from services.api.errors import OverLimit
from services.api.fields import Fields
from services.area_figures.planning import Changed, FigurePlan, implausible, plan_import
from services.area_figures.reading import FigureFile, parse
from services.facts import checks, recording
from services.facts.fields import FieldErrors
from services.instance.instance import Instance
from services.log.port import AppendConflict
from services.sheets.file import BadFile, Problem

LARGEST_FILE = 24 * 1024 * 1024
"""Most bytes of a file of figures: 200,000 rows and more."""

LEAST_VARIABLE = "HUSRET_LEAST_SHOWN"

_MOVED_BY: set[type[Any]] = {
    *checks.HELD_AGAINST[AreaRegistered],
    *checks.HELD_AGAINST[AreaFigures],
    ReferenceFigures,
    Retracted,
}
"""What an import of figures rests on."""


class BadSetting(ValueError):
    """A setting of the environment is not what it must be."""


def least_shown() -> int:
    """Return the smallest count of persons that is shown; raises BadSetting for no such number."""
    text = os.environ.get(LEAST_VARIABLE, str(LEAST_SHOWN))
    if not text.isdecimal() or int(text) > 1_000:
        raise BadSetting(f"{LEAST_VARIABLE} must be a whole number from 0 (all is shown) to 1000")
    return int(text)


# --- Importing ------------------------------------------------------------------------------


def import_figures(
    instance: Instance, request: pb.ImportAreaFiguresRequest, in_time: Callable[[], None]
) -> pb.ImportAreaFiguresResponse:
    """Take a whole file of figures, all of it or nothing."""
    if len(request.content) > LARGEST_FILE:
        raise OverLimit(f"content: {len(request.content)} bytes; at most {LARGEST_FILE}")
    wrong = FieldErrors()
    caller = convert.context(request.context, wrong)
    request_id = known_request_id(request.request_id, False, wrong)
    name = Fields(wrong).text("file_name", request.file_name, 200, optional=True)
    wrong.raise_if_any()
    file = parse(request.content, name or "the file")
    for attempt in range(1, recording.ATTEMPTS + 1):
        in_time()
        view = instance.view()
        plan = plan_import(file, view)
        problems = list(_problems(instance, view, plan, request, caller))
        if problems:
            raise BadFile(file.name, problems)
        if request.validate_only or not plan.facts:
            return _imported(file, plan, view.position)
        try:
            written = recording.append_open(
                instance,
                caller,
                request_id or UUID(int=0),
                [each.fact for each in plan.facts],
                view.position,
                sorted(BY_FACT[kind].name for kind in _MOVED_BY),
                in_time,
            )
        except AppendConflict:
            if attempt == recording.ATTEMPTS:
                raise
            continue
        return _imported(file, plan, written[-1].position)
    raise AssertionError("the loop returns or raises")


def _problems(
    instance: Instance,
    view: View,
    plan: FigurePlan,
    request: pb.ImportAreaFiguresRequest,
    caller: recording.Context,
) -> Iterator[Problem]:
    if not request.correct:
        yield from map(_unasked, plan.changed)
    wrong = FieldErrors()
    checks.check(
        instance,
        view,
        plan.facts,
        caller.reader(),
        wrong,
        # What is doubted here is doubted beside the whole file.
        accept_implausible=True,
        accept_new=request.accept_new,
    )
    yield from plan.problems(wrong)
    if not request.accept_implausible and not wrong.found:
        yield from implausible(plan, view)


def _unasked(changed: Changed) -> Problem:
    what = f"{changed.row} stands with another value; say `correct` to correct it (--correct)"
    return Problem(changed.line, "figure", what)


def _imported(file: FigureFile, plan: FigurePlan, position: int) -> pb.ImportAreaFiguresResponse:
    return pb.ImportAreaFiguresResponse(
        rows=file.rows,
        new_figures=plan.new,
        unchanged_figures=plan.unchanged,
        changed_figures=[each.row for each in plan.changed],
        position=position,
        new_areas=[each.area for each in plan.new_areas],
        read_as=file.read_as,
        facts=len(plan.facts),
    )


# --- What may be shown ----------------------------------------------------------------------


class Shown:
    """What may be shown of an area's figures, wherever they are shown."""

    def __init__(self, view: View, area: str, least: int) -> None:
        self.small: Small = small(view, area, least)

    def hidden(self, figures: Known) -> frozenset[str]:
        """Return which of the figures that a test takes are not shown."""
        fact: Any = figures.item.fact
        _, names = self.small.figures(figures.figures, year_of(fact))
        means = (
            name
            for name, mean in figures.worked_out.items()
            if self.small.mean(name, mean, figures.figures)
        )
        return frozenset((*names, *means))

    def finding(self, finding: Finding, figures: Known | None) -> Finding:
        """Return a finding without the values that are not shown."""
        if figures is None:
            return finding
        hidden = self.hidden(figures)
        values = tuple(_without(name, value, hidden) for name, value in finding.values)
        return Finding(finding.status, finding.evidence, values, finding.missing)

    def examined(self, examined: Examined, figures: Known | None) -> Examined:
        """Return what was examined without the values that are not shown."""
        found = self.finding(examined.finding, figures)
        return Examined(examined.rule_id, found, examined.tree, area=examined.area)

    def values(self, values: Iterable[tuple[str, str]], figures: Known | None) -> dict[str, str]:
        """Return the values of a finding without those that are not shown."""
        hidden = frozenset[str]() if figures is None else self.hidden(figures)
        return dict(_without(name, value, hidden) for name, value in values)

    def criterion(self, criterion: Criterion, figures: Known | None) -> tuple[str, bool]:
        """Return the value of a criterion as it is shown, and whether it is left out."""
        hidden = figures is not None and criterion.name in self.hidden(figures)
        return ("", True) if hidden else (criterion.value or "", False)


def _without(name: str, value: str, hidden: Collection[str]) -> tuple[str, str]:
    if name not in hidden:
        return name, value
    _, blank, rest = value.partition(" ")
    return name, f"{HIDDEN}{blank}{rest}"


def year_of(fact: Any) -> int:
    """Return the year of the day that figures are of."""
    day = fact.list_day if isinstance(fact, AreaListed) else fact.reference_day
    year: int = day.year
    return year


def withheld(view: View, fact: Any, least: int) -> bool:
    """Tell whether the payload of an open event shows a figure of few persons."""
    if not isinstance(fact, AreaFigures | AreaListed):
        return False
    _, hidden = without_few(view, fact, least)
    return bool(hidden)


def without_few(
    view: View, fact: AreaFigures | AreaListed, least: int
) -> tuple[Any, tuple[str, ...]]:
    """Return a fact, standing or not, without figures of few persons, and the names of those."""
    shown, names = small_ever(view, fact.area, least).figures(fact.figures, year_of(fact))
    named = (*names, *_parts(fact.figures, shown))
    return msgspec.structs.replace(fact, figures=shown), named


def _parts(before: Figures, shown: Figures) -> Iterator[str]:
    """Name the parts of figures that are not shown."""
    for part, after in zip(before.measured, shown.measured, strict=True):
        if part != after:
            yield f"{part.figure} {part.first_year}"


# --- Showing --------------------------------------------------------------------------------


def figures_of(view: View, area: str, year: int | None, least: int) -> pb.GetAreaFiguresResponse:
    """Show the figures that stand of an area, the newest first."""
    registered = view.area(area)
    assert registered is not None  # the caller has looked
    stand: list[Recorded[Any]] = [*view.find(AreaFigures, area), *view.find(AreaListed, area)]
    items = [
        item
        for item in stand
        if law.says_anything(item.fact.figures) or item.fact.figures.measured
        if year is None or year_of(item.fact) == year
    ]
    items.sort(key=lambda item: (_day(item.fact), item.position), reverse=True)
    missing = []
    if not items:
        details = {"area": area} if year is None else {"area": area, "year": str(year)}
        missing.append(_missing(details))
    allowed = Shown(view, area, least)
    return pb.GetAreaFiguresResponse(
        area=area,
        name=registered.fact.name,
        municipality=registered.fact.municipality,
        days=[_of_day(view, item, allowed) for item in items],
        missing=missing,
        known_at_position=view.position,
        least_shown=least,
    )


def _missing(details: Mapping[str, str]) -> core.MissingFact:
    missing = Missing("area_figures", "ministry", tuple(details.items()))
    return core.MissingFact(
        kind=missing.kind,
        details=dict(details),
        supplier=missing.supplier,
        text=decisions.text(explain.missing_text(CURRENT, missing)),
    )


def _day(fact: Any) -> str:
    day = fact.list_day if isinstance(fact, AreaListed) else fact.reference_day
    text: str = day.isoformat()
    return text


def _of_day(view: View, item: Recorded[Any], allowed: Shown) -> pb.FiguresOfDay:
    fact = item.fact
    shown, names = allowed.small.figures(fact.figures, year_of(fact))
    message = pb.FiguresOfDay(
        reference_day=_day(fact),
        of_list=isinstance(fact, AreaListed),
        suppressed=[*names, *_parts(fact.figures, shown)],
        worked_out=worked_out(known(view, item), allowed),
        source=fact.source,
        evidence=decisions.evidence([item])[0],
    )
    messages.write(shown, message.figures)
    return message


def worked_out(figures: Known, allowed: Shown) -> list[pb.WorkedOutFigure]:
    """Show what is worked out beside what was published."""
    hidden = allowed.hidden(figures)
    differing = {each.figure for each in figures.differences()}
    return [
        _worked_out(figures, name, mean, name in hidden, name in differing)
        for name, mean in figures.worked_out.items()
    ]


def differences(figures: Known | None, allowed: Shown) -> list[pb.WorkedOutFigure]:
    """Show the published figures that what was counted does not give."""
    if figures is None:
        return []
    return [each for each in worked_out(figures, allowed) if each.differs]


def _worked_out(
    figures: Known, name: str, mean: Mean, hidden: bool, differs: bool
) -> pb.WorkedOutFigure:
    published = getattr(figures.figures, name)
    message = pb.WorkedOutFigure(
        figure=name,
        title=decisions.text(FIGURES[name]),
        first_year=mean.first_year,
        last_year=mean.last_year,
        differs=differs,
        suppressed=hidden,
    )
    if not hidden:
        message.by_shares = mean.text
        message.by_counts = "" if len(mean.ways) == 1 else decimal_text(mean.ways[1])
        message.published = "" if published is None else published
    return message
