"""The yearly report on housing areas as files: page, PDF, tables, JSON and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from domain.law.plans.kinds import TARGET_DAY
from domain.reports.areas import YEARS
from domain.shown import HIDDEN
from husret.v1 import report_service_pb2 as pb
from services.reports import charts, rendering
from services.reports.tables import Cell, basis_rows, csv_file, events_of
from services.reports.words import FILES, SHORT
from services.reports.writing import Writing

LIST_COLUMNS = (
    "on",
    "entered",
    "stayed",
    "on_before_not_known",
    "left",
    "changed",
    "may_have_left",
    "not_known",
)
"""The counts of a list, in the order of the columns."""

PLAN_STATES = ("not_due", "sent", "refused")
"""How a plan that is not approved may stand, where that is more than whether there is one."""

Report = pb.GetAreaReportResponse


class _Overview(NamedTuple):
    """The figures of the list's day, an area a row."""

    columns: list[str]
    rows: list[_Row]


class _Row(NamedTuple):
    name: str
    points: list[pb.CriterionPoint | None]


def page(report: Report, writing: Writing) -> str:
    """Return the report as a page."""
    smaller = _overview(report.smaller, report.year, whole=True)
    return rendering.page(
        "areas.html",
        writing,
        report=report,
        list_columns=LIST_COLUMNS,
        value=_count_of,
        moved=_moved,
        overview=_overview(report.areas, report.year, whole=False),
        smaller=smaller,
        smaller_rows=list(zip(smaller.rows, report.smaller, strict=True)),
        residents=lambda area: _residents(area, writing),
        plan_states=PLAN_STATES,
        short=lambda name: writing.said(SHORT[name]),
        charts=_Charts(report, writing),
        list_days=_list_days,
        counted=lambda course: _counted_course(course, writing),
        by_day=_by_day,
        plan_course=_plan_course,
        figure=lambda point: _figure(point, writing),
        tool_state=lambda tool: _tool_state(tool, writing),
        years=YEARS,
    )


def tables(report: Report, writing: Writing) -> Iterator[tuple[str, bytes]]:
    """Yield the report's tables: what each is called, and its content."""
    for name, columns, rows in (
        ("basis", ("field", "value"), _basis(report, writing)),
        (
            "lists",
            ("kind", "list", "list_day", "published_total", "complete", *LIST_COLUMNS),
            _lists(report, writing),
        ),
        (
            "movements",
            ("kind", "list_day", "code", "area", "municipality", "movement", "events"),
            _movements(report, writing),
        ),
        (
            "statuses",
            ("code", "area", "municipality", "category", "name", "by_list", "by_figures"),
            _statuses(report, writing),
        ),
        (
            "criteria",
            (
                *("code", "area", "municipality", "list_day", "name", "criterion"),
                *("figure", "counted", "comparison", "limit_title", "result"),
            ),
            _criteria(report, writing),
        ),
        (
            "family_share",
            (
                *("code", "area", "day", "family_dwellings", "all_dwellings", "share"),
                *("by_agreement", "target", "status", "too_many", "to_build", "events"),
            ),
            _family_share(report, writing),
        ),
        (
            "tools",
            (
                *("code", "area", "name", "tool", "section", "rules", "status"),
                *("from_day", "to_day", "events"),
            ),
            _tools(report, writing),
        ),
        (
            "lettings",
            (
                *("organisation_title", "code", "area", "name", "basis_code", "channel"),
                *("section", "allocated", "in_order", "released"),
            ),
            _lettings(report, writing),
        ),
        (
            "plans",
            (
                *("code", "area", "plan_kind", "plan_state", "plan_first_listed_on"),
                *("plan_due_on", "plan_in_time", "plan_sent_on", "plan_refused_on"),
                *("plan_approved_on", "plan_amended_on", "plan_reported_on"),
                *("plan_carried_out_on", "events"),
            ),
            _plans(report, writing),
        ),
        (
            "in_force",
            ("code", "area", "tool_kind", "rules", "rule", "section", "status", "events"),
            _in_force(report, writing),
        ),
        (
            "smaller",
            (
                *("code", "area", "municipality", "residents", "list_day", "name"),
                *("criterion", "figure", "counted", "comparison", "limit_title", "result"),
            ),
            _smaller(report, writing),
        ),
        ("exceptions", ("code", "area", "text", "events"), _exceptions(report, writing)),
    ):
        titles = [writing.word(column) for column in columns]
        yield writing.said(FILES[name]), csv_file(titles, rows)


def pictures(report: Report, writing: Writing) -> Iterator[tuple[str, str]]:
    """Yield the charts of every area: what each is called, and the picture as SVG."""
    drawn = _Charts(report, writing)
    for area in report.areas:
        if area.criteria:
            yield f"{area.area}-{writing.said(FILES['criteria'])}", drawn.criteria(area)
        if area.family_share:
            yield f"{area.area}-{writing.said(FILES['family_share'])}", drawn.family_share(area)


# --- What the page shows ---------------------------------------------------------------------


class _Charts:
    """The charts of the report's areas."""

    def __init__(self, report: Report, writing: Writing) -> None:
        self._report, self._writing = report, writing

    def criteria(self, area: pb.AreaSection) -> str:
        panels = [
            charts.Panel(
                self._writing.said(SHORT[course.name]),
                [
                    charts.Mark(
                        int(point.day[:4]), _number(point.value), _number(point.limit), point.result
                    )
                    for point in course.points
                ],
            )
            for course in area.criteria
        ]
        return charts.criteria(panels, self._writing)

    def family_share(self, area: pb.AreaSection) -> str:
        points = [
            charts.SharePoint(
                date.fromisoformat(point.day), Decimal(point.share), point.status == "met"
            )
            for point in area.family_share
        ]
        target = Decimal(area.family_share[-1].target)
        return charts.family_share(points, target, TARGET_DAY, self._writing)


def _number(text: str) -> Decimal | None:
    """Return a decimal; None for a figure, or a limit, that is not known."""
    return Decimal(text) if text and " " not in text else None


def _moved(found: pb.ListCount) -> list[pb.AreaMovement]:
    return [area for area in found.areas if area.movement != "stayed"]


def _overview(
    areas: Sequence[pb.AreaSection | pb.SmallerArea], year: int, *, whole: bool
) -> _Overview:
    """Return the figures of the year's own lists, beside each other; `whole`: of every area."""
    latest = {
        area.area: {
            course.name: course.points[-1]
            for course in area.criteria
            if course.points[-1].day[:4] == str(year)
        }
        for area in areas
    }
    columns = [name for name in SHORT if any(name in points for points in latest.values())]
    rows = [
        _Row(area.name, [latest[area.area].get(name) for name in columns])
        for area in areas
        if latest[area.area] or whole
    ]
    return _Overview(columns, rows)


def _residents(area: pb.SmallerArea, writing: Writing) -> str:
    return HIDDEN if area.withheld else writing.count(int(area.residents))


def _list_days(area: pb.AreaSection) -> list[str]:
    return sorted({point.day for course in area.criteria for point in course.points})


def _figure(point: pb.CriterionPoint, writing: Writing) -> str:
    """Write a figure; one that is not shown as two points, one that is not known as nothing."""
    return HIDDEN if point.withheld else writing.number(point.value)


def _by_day(course: pb.CriterionCourse, days: Sequence[str]) -> list[pb.CriterionPoint | None]:
    points = {point.day: point for point in course.points}
    return [points.get(day) for day in days]


def _counted_course(course: pb.CriterionCourse, writing: Writing) -> str:
    """Say how many of how many the newest figure of a criterion was worked out of."""
    return writing.parts(course.points[-1].counted)


def _plan_course(plan: pb.PlanState) -> list[tuple[str, str]]:
    """Return the days of a plan's course that are known, each with the name of its word."""
    days = (
        *("first_listed_on", "due_on", "council_due_on", "sent_on", "refused_on", "approved_on"),
        *("amended_on", "reported_on", "carried_out_on"),
    )
    return [(f"plan_{day}", getattr(plan, day)) for day in days if getattr(plan, day)]


def _tool_state(tool: pb.LettingTool, writing: Writing) -> str:
    if tool.status == "unknown":
        return writing.word("tool_unknown")
    if not tool.decided:
        return writing.word("tool_in_force")
    if tool.status == "not_met":
        return writing.word("tool_not_decided")
    first, last = writing.day(tool.first_day), writing.day(tool.last_day)
    if last:
        return writing.word("tool_decided_to", first=first, last=last)
    return writing.word("tool_decided", first=first)


# --- Tables ----------------------------------------------------------------------------------

_Rows = Iterator[Sequence[Cell]]


def _basis(report: Report, writing: Writing) -> _Rows:
    yield writing.word("as_of"), report.as_of
    code = report.municipality
    everywhere = writing.word("all_municipalities")
    yield writing.word("municipality"), writing.municipality(code) if code else everywhere
    yield from basis_rows(report.basis, writing)
    for reading in report.readings:
        yield reading.point, f"{reading.reading}: {writing.said(reading.text)}"
    for source in report.sources:
        yield writing.word("source"), source.source


def _lists(report: Report, writing: Writing) -> _Rows:
    for each in report.lists:
        total = each.published_total if each.HasField("published_total") else None
        complete = writing.word("complete_nationwide") if each.complete else ""
        if not complete and each.complete_for:
            complete = ", ".join(map(writing.municipality, each.complete_for))
        counts = [_count_of(each, column) for column in LIST_COLUMNS]
        yield each.kind, writing.said(each.title), each.day, total, complete, *counts


def _count_of(of: pb.ListCount, column: str) -> int | None:
    """Return a count of a list; None: the list is not held, so that nothing of it was counted."""
    if not of.published and column not in ("not_known", "may_have_left"):
        return None
    count: int = getattr(of, column)
    return count


def _movements(report: Report, writing: Writing) -> _Rows:
    for each in report.lists:
        for area in each.areas:
            moved = writing.word(f"movement_{area.movement}")
            where = writing.municipality(area.municipality)
            yield (
                each.kind,
                each.day,
                area.area,
                area.name,
                where,
                moved,
                events_of(area.positions),
            )


def _statuses(report: Report, writing: Writing) -> _Rows:
    for area in report.areas:
        where = writing.municipality(area.municipality)
        for each in area.statuses:
            yield (
                *(area.area, area.name, where, each.category, writing.said(each.title)),
                *(writing.status(each.official), writing.status(each.computed)),
            )


def _criteria(report: Report, writing: Writing) -> _Rows:
    for area in report.areas:
        where = writing.municipality(area.municipality)
        for day, *said in _points(area, writing):
            yield area.area, area.name, where, day, *said


def _smaller(report: Report, writing: Writing) -> _Rows:
    for area in report.smaller:
        where, residents = writing.municipality(area.municipality), _residents(area, writing)
        for day, *said in _points(area, writing):
            yield area.area, area.name, where, residents, day, *said


def _points(area: pb.AreaSection | pb.SmallerArea, writing: Writing) -> _Rows:
    for course in area.criteria:
        for point in course.points:
            yield (
                *(point.day, course.name, writing.said(course.title), _figure(point, writing)),
                *(writing.parts(point.counted), writing.compared(point.comparison)),
                writing.number(point.limit),
                writing.word(f"result_{point.result}"),
            )


def _plans(report: Report, writing: Writing) -> _Rows:
    for area in report.areas:
        plan = area.plan
        if not plan.state:
            continue
        yield (
            *(area.area, area.name, writing.word(f"plan_{plan.kind}") if plan.kind else ""),
            *(writing.word(f"plan_is_{plan.state}"), plan.first_listed_on, plan.due_on),
            *(writing.status(plan.in_time), plan.sent_on, plan.refused_on, plan.approved_on),
            *(plan.amended_on, plan.reported_on, plan.carried_out_on, events_of(plan.positions)),
        )


def _in_force(report: Report, writing: Writing) -> _Rows:
    for area in report.areas:
        for group in area.in_force:
            for each in group.tools:
                yield (
                    *(area.area, area.name, writing.said(group.title), each.rule_id),
                    *(writing.said(each.text), each.citation),
                    writing.word("tool_in_force" if each.status == "met" else "tool_perhaps"),
                    events_of(each.positions),
                )


def _family_share(report: Report, writing: Writing) -> _Rows:
    for area in report.areas:
        for point in area.family_share:
            shares = point.share, point.by_agreement, point.target
            yield (
                *(area.area, area.name, point.day, point.family, writing.number(point.total)),
                *map(writing.number, shares),
                writing.word(f"share_{point.status}"),
                *(point.too_many, point.to_build, events_of(point.positions)),
            )


def _tools(report: Report, writing: Writing) -> _Rows:
    for area in report.areas:
        for tool in area.tools:
            yield (
                *(area.area, area.name, tool.code, writing.said(tool.title), tool.citation),
                *(" ".join(tool.rules), _tool_state(tool, writing)),
                *(tool.first_day, tool.last_day, events_of(tool.positions)),
            )


def _lettings(report: Report, writing: Writing) -> _Rows:
    counted = [("", area.area, area.name, area.lettings) for area in report.areas]
    counted += [
        (writing.word("organisation", number=each.organisation), "", "", each.lettings)
        for each in report.organisations
    ]
    for organisation, code, name, lettings in counted:
        for each in lettings:
            yield (
                *(organisation, code, name, each.channel, each.basis),
                *(writing.said(each.title), each.citation),
                *(each.allocated, each.in_order, each.released),
            )


def _exceptions(report: Report, writing: Writing) -> _Rows:
    for each in report.exceptions:
        yield each.code, each.area, writing.said(each.text), events_of(each.positions)
