"""Figures of areas over the API: importing a file of them, and showing what is held of an area.

What may be shown of them says `domain/shown.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from domain.events import BY_FACT, Recorded
from domain.facts import (
    AreaFigures,
    AreaListed,
    AreaRegistered,
    ReferenceFigures,
    Retracted,
)
from domain.law.area import figures as law
from domain.law.area.measured import Known, Mean, day_of, known
from domain.law.editions import CURRENT
from domain.law.kernel import Missing
from domain.law.numbers import decimal_text
from domain.law.texts.words import FIGURES
from domain.reference import View
from domain.shown import Showing, Shown, parts_hidden, year_of
from husret.v1 import area_service_pb2 as pb
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

_MOVED_BY: set[type[Any]] = {
    *checks.HELD_AGAINST[AreaRegistered],
    *checks.HELD_AGAINST[AreaFigures],
    ReferenceFigures,
    Retracted,
}
"""What an import of figures rests on."""


# --- Importing ------------------------------------------------------------------------------


def import_figures(
    instance: Instance,
    request: pb.ImportAreaFiguresRequest,
    in_time: Callable[[], None],
    least: int,
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
        plan = plan_import(file, view, least)
        problems = list(_problems(instance, view, file, plan, request, caller, least))
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
    file: FigureFile,
    plan: FigurePlan,
    request: pb.ImportAreaFiguresRequest,
    caller: recording.Context,
    least: int,
) -> Iterator[Problem]:
    """Yield all that is wrong, whether one row shows it, or only all of them beside the log."""
    yield from file.problems
    yield from plan.refused
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
    unread = {each.line for each in file.problems}
    for each in plan.problems(wrong):
        # Of a row that could not be read it is said already that its number is wrong.
        if each.line not in unread or each.column not in _NUMBERS:
            yield each
    if not request.accept_implausible:
        cannot_be = {int(path.partition(".")[0]) for path, _ in wrong.found}
        yield from implausible(plan, view, least, cannot_be)


_NUMBERS = ("", "figure", "value", "numerator", "denominator")


def _unasked(changed: Changed) -> Problem:
    what = f"{changed.row} stands with another value; say `correct` to correct it (--correct)"
    if changed.secret:
        what = (
            f"{changed.row} stands and tells of few persons, so that its value is not shown, nor "
            "whether this one differs; say `correct` to put this one in its place (--correct)"
        )
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
    items.sort(key=lambda item: (day_of(item.fact), item.position), reverse=True)
    missing = []
    if not items:
        details = {"area": area} if year is None else {"area": area, "year": str(year)}
        none = Missing("area_figures", "ministry", tuple(details.items()))
        missing.append(decisions.missing_fact(CURRENT, none))
    allowed = Shown(view, area, least)
    return pb.GetAreaFiguresResponse(
        area=area,
        name=registered.fact.name,
        municipality=registered.fact.municipality,
        days=[_of_day(view, item, allowed, Showing(view, least)) for item in items],
        missing=missing,
        known_at_position=view.position,
        least_shown=least,
    )


def _of_day(view: View, item: Recorded[Any], allowed: Shown, showing: Showing) -> pb.FiguresOfDay:
    fact = item.fact
    shown, names = allowed.small.figures(fact.figures, year_of(fact))
    message = pb.FiguresOfDay(
        reference_day=day_of(fact).isoformat(),
        of_list=isinstance(fact, AreaListed),
        suppressed=[*names, *parts_hidden(fact.figures, shown)],
        worked_out=worked_out(known(view, item), allowed),
        source=fact.source,
        evidence=decisions.evidence(showing.evidence([item]))[0],
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
