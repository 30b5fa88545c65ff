"""AreaService: the published lists, and what an area's status is and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import NamedTuple
from uuid import UUID

import grpc

from domain import calendar
from domain.decide import Examined
from domain.events import BY_FACT
from domain.facts import (
    AreaChangeApproved,
    AreaFigures,
    AreaListed,
    AreaListPublished,
    AreaRegistered,
    AreaRenamed,
    Listing,
    ListKind,
    Retracted,
)
from domain.facts.kinds import FIRST_DAY, LAST_DAY, LONGEST_SOURCE
from domain.law import explain
from domain.law.area import figures, lists, origin
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.consequences import ToolKind, consequences
from domain.law.area.measured import Known
from domain.law.area.timeline import Period, interval, timeline
from domain.law.area.tools import Tool, kept_on, tools
from domain.law.beside import LAW_NEWER_THAN_REVIEW, LAW_REVIEW_STALE
from domain.law.editions import CURRENT
from domain.law.kernel import Finding, Readings, Status, Tree
from domain.law.letting.criteria import Compared, Criterion
from domain.law.texts.kinds import Text
from domain.reference import View
from domain.shown import FIGURES, Showing, Shown, Values
from husret.v1 import area_service_pb2 as pb
from husret.v1 import area_service_pb2_grpc as pb_grpc
from husret.v1 import core_pb2 as core
from projections.area_status import Filter, Row
from services.api import area_figures, convert, decisions, enums, walks
from services.api.calls import (
    Call,
    Serialized,
    check_covered,
    known_day,
    known_request_id,
    view_for,
)
from services.api.errors import AreaUnknown, OverLimit
from services.api.fields import Fields
from services.area_lists import ministry, ministry_text
from services.area_lists.doubts import Doubts, doubts
from services.area_lists.file import AreaListFile
from services.area_lists.planning import ChangedRow, ImportPlan, is_name_of, plan_import
from services.area_lists.reading import parse
from services.facts import recording
from services.facts.fields import FieldErrors
from services.facts.municipalities import not_a_municipality
from services.instance.instance import Instance
from services.instance.views import FollowedView
from services.log.port import AppendConflict
from services.sheets.file import BadFile, Problem

LARGEST_FILE = 8 * 1024 * 1024
"""Most bytes of a file of area lists."""

_KINDS = {kind: number for number, kind in enums.LIST_KINDS.items()}
_REGISTERED = BY_FACT[AreaRegistered].name
_PUBLISHED = BY_FACT[AreaListPublished].name
_LISTED = BY_FACT[AreaListed].name
_CHANGED = BY_FACT[AreaChangeApproved].name
_RENAMED = BY_FACT[AreaRenamed].name
_FIGURES = BY_FACT[AreaFigures].name
_RETRACTED = BY_FACT[Retracted].name
CATEGORIES = tuple(str(category) for category in Category)


class AreaService(pb_grpc.AreaServiceServicer):
    """Imports and lists area lists, and tells an area's status."""

    def __init__(self, instance: Instance, view: FollowedView[Row], least_shown: int) -> None:
        self._instance = instance
        self._view = view
        self._least_shown = least_shown

    # -- lists

    def ImportAreaLists(
        self, request: pb.ImportAreaListsRequest, context: grpc.ServicerContext
    ) -> pb.ImportAreaListsResponse:
        """Take a whole list file, all of it or nothing."""
        if len(request.content) > LARGEST_FILE:
            raise OverLimit(f"content: {len(request.content)} bytes; at most {LARGEST_FILE}")
        call = Call(context)
        wrong = FieldErrors()
        caller = convert.context(request.context, wrong)
        request_id = known_request_id(request.request_id, False, wrong)
        name = Fields(wrong).text("file_name", request.file_name, 200, optional=True)
        asked = _as_published(request.as_published, wrong)
        wrong.raise_if_any()
        for attempt in range(1, recording.ATTEMPTS + 1):
            call.check_time()
            view = self._instance.view()
            file = self._read(request, name or "the file", asked, view)
            plan = plan_import(file, view, self._least_shown)
            found = doubts(file, view, plan, self._instance.today())
            problems = [
                *(_unasked(row) for row in plan.changed_rows if not (row.adds or request.correct)),
                *(() if request.accept_new else found.new_breaks),
                *(() if request.accept_implausible else found.implausible),
            ]
            if problems:
                raise BadFile(file.name, problems)
            if request.validate_only or not plan.facts:
                return _imported(file, plan, found, view.position)
            try:
                written = recording.append_open(
                    self._instance,
                    caller,
                    request_id or UUID(int=0),
                    plan.facts,
                    view.position,
                    (
                        _REGISTERED,
                        _PUBLISHED,
                        _LISTED,
                        _CHANGED,
                        _RENAMED,
                        _FIGURES,
                        _RETRACTED,
                    ),
                    call.check_time,
                )
            except AppendConflict:
                if attempt == recording.ATTEMPTS:
                    raise
                continue
            return _imported(file, plan, found, written[-1].position)
        raise AssertionError("the loop returns or raises")

    def _read(
        self, request: pb.ImportAreaListsRequest, name: str, asked: ministry_text.Asked, view: View
    ) -> AreaListFile:
        content = request.content
        if request.HasField("as_published") or ministry_text.is_published(content, name):
            return ministry.parse(content, name, asked, view)
        return parse(content, name, partial(is_name_of, view))

    def ListAreaLists(
        self, request: pb.ListAreaListsRequest, context: grpc.ServicerContext
    ) -> pb.ListAreaListsResponse:
        """Summarise the lists held, per list day and kind."""
        wrong = FieldErrors()
        view = view_for(self._instance, request.consistency, wrong)
        if request.municipality and not_a_municipality(request.municipality):
            wrong.add("municipality", not_a_municipality(request.municipality))
        wrong.raise_if_any()
        held = [view.find(AreaListPublished, key)[-1].fact for key in view.keys(AreaListPublished)]
        held.sort(key=lambda fact: (fact.list_day, list(ListKind).index(fact.kind)))
        return pb.ListAreaListsResponse(
            lists=[_summary(view, fact, request.municipality) for fact in held],
            known_at_position=view.position,
        )

    # -- figures

    def ImportAreaFigures(
        self, request: pb.ImportAreaFiguresRequest, context: grpc.ServicerContext
    ) -> pb.ImportAreaFiguresResponse:
        """Take a whole file of figures, all of it or nothing."""
        return area_figures.import_figures(
            self._instance, request, Call(context).check_time, self._least_shown
        )

    def GetAreaFigures(
        self, request: pb.GetAreaFiguresRequest, context: grpc.ServicerContext
    ) -> pb.GetAreaFiguresResponse:
        """Show the figures that stand of an area, without what tells of few persons."""
        wrong = FieldErrors()
        view = view_for(self._instance, request.consistency, wrong)
        if not request.area:
            wrong.add("area", "is empty; name an area")
        year = request.year if request.HasField("year") else None
        if year is not None and not FIRST_DAY.year <= year <= LAST_DAY.year:
            wrong.add("year", f"must lie from {FIRST_DAY.year} to {LAST_DAY.year}")
        wrong.raise_if_any()
        _require_area(view, request.area)
        return area_figures.figures_of(view, request.area, year, self._least_shown)

    # -- status

    def GetAreaStatus(  # type: ignore[override]  # Serialized holds a GetAreaStatusResponse
        self, request: pb.GetAreaStatusRequest, context: grpc.ServicerContext
    ) -> Serialized:
        """Say what an area is on a day, and why."""
        view, day, _ = self._area_on(request.area, "day", request.day, request.consistency)
        return _status(view, request.area, day, self._least_shown)

    def GetAreaTimeline(
        self, request: pb.GetAreaTimelineRequest, context: grpc.ServicerContext
    ) -> pb.GetAreaTimelineResponse:
        """Say what an area has been, from when to when, and why."""
        view, upto, registered = self._area_on(
            request.area, "upto", request.upto, request.consistency
        )
        return pb.GetAreaTimelineResponse(
            area=request.area,
            name=view.area_name(request.area, upto),
            municipality=registered.municipality,
            periods=[
                _period(each, _hiding(view, self._least_shown))
                for each in timeline(CURRENT, view, request.area, {}, upto)
            ],
            known_at_position=view.position,
            upto=upto.isoformat(),
        )

    def GetAreaTools(
        self, request: pb.GetAreaToolsRequest, context: grpc.ServicerContext
    ) -> pb.GetAreaToolsResponse:
        """Say what is in force in an area on a day, by kind of tool."""
        view, day, registered = self._area_on(request.area, "day", request.day, request.consistency)
        standings = area_law.standings(CURRENT, view, request.area, day)
        official = [(each.category, each.finding.status) for each in standings]
        warnings = (*_of_review(view, day), *origin.warnings(official, day))
        found = tools(CURRENT, view, request.area, day)
        showing = Showing(view, self._least_shown)
        return pb.GetAreaToolsResponse(
            area=request.area,
            name=view.area_name(request.area, day),
            municipality=registered.municipality,
            day=day.isoformat(),
            known_at_position=view.position,
            law_package=CURRENT.id,
            summary=decisions.text(
                explain.area_text(CURRENT, day, [(each.value, said) for each, said in official])
            ),
            groups=[
                pb.AreaToolGroup(
                    kind=number,
                    title=decisions.text(CURRENT.texts.TOOL_KINDS[kind]),
                    tools=[_tool(each, day, showing) for each in found if each.kind is kind],
                )
                for kind, number in _TOOL_KINDS.items()
            ],
            missing=[
                decisions.missing_fact(CURRENT, missing)
                for missing in dict.fromkeys(m for each in found for m in each.finding.missing)
            ],
            outside=[
                pb.OutsideTool(
                    code=code,
                    what=decisions.text(each.what),
                    why=decisions.text(each.why),
                    named_in=decisions.text(each.named_in),
                )
                for code, each in explain.outside(CURRENT).items()
            ],
            warnings=warnings,
            warning_texts=[
                decisions.text(explain.warning_text(CURRENT, code)) for code in warnings
            ],
        )

    def _area_on(
        self, area: str, field: str, day_asked: str, consistency: core.Consistency
    ) -> tuple[View, date, AreaRegistered]:
        """Read which area is asked about, on which day (today when empty) and as known when."""
        wrong = FieldErrors()
        view = view_for(self._instance, consistency, wrong)
        day = known_day(day_asked, field, wrong) if day_asked else None
        if not area:
            wrong.add("area", "is empty; name an area")
        wrong.raise_if_any()
        day = day or self._instance.today()
        check_covered(day)
        return view, day, _require_area(view, area)

    def ListAreaStatus(
        self, request: pb.ListAreaStatusRequest, context: grpc.ServicerContext
    ) -> pb.ListAreaStatusResponse:
        """Walk the status of all areas, period by period."""
        wrong = FieldErrors()
        wanted = _wanted(request, wrong)
        if wanted.day is not None and not wrong.found:
            check_covered(wanted.day)
        page = walks.page(
            self._instance, self._view, request, wanted, self._written, Call(context), wrong
        )
        return pb.ListAreaStatusResponse(
            periods=page.rows,
            next_page_token=page.token,
            known_at_position=page.position,
            head_position=page.head,
        )

    def _written(self, view: View) -> Callable[[Row], pb.AreaStatusPeriod]:
        return partial(
            _of_row,
            hiding=_hiding(view, self._least_shown),
            showing=Showing(view, self._least_shown),
        )


def _wanted(request: pb.ListAreaStatusRequest, wrong: FieldErrors) -> Filter:
    if request.municipality and not_a_municipality(request.municipality):
        wrong.add("municipality", not_a_municipality(request.municipality))
    if request.category and request.category not in CATEGORIES:
        wrong.add("category", f"must be one of {', '.join(CATEGORIES)}, or empty for all")
    day = known_day(request.day, "day", wrong) if request.day else None
    return Filter(request.municipality, request.category, day)


Hiding = Callable[[str, date, Values], dict[str, str]]
"""Takes from the values of a finding about an area on a day those that are not shown."""


def _hiding(view: View, least: int) -> Hiding:
    def shown(area: str, day: date, values: Values) -> dict[str, str]:
        if not any(name in FIGURES for name, _ in values):
            return dict(values)
        known = figures.figures_on(view, area, day)
        if known is None:
            found = Finding(Status.NOT_EXAMINED, (), values)
            return dict(Showing(view, least).finding(found, area).values)
        return dict(Shown(view, area, least).masked(values, known))

    return shown


def _day_after(last_day: date | None, first_day: date) -> date:
    """Return the day on which a period is over; what ended it was found of that day."""
    return first_day if last_day is None else last_day + timedelta(days=1)


def _of_row(row: Row, hiding: Hiding, showing: Showing) -> pb.AreaStatusPeriod:
    return pb.AreaStatusPeriod(
        area=row.area,
        name=row.name,
        municipality=row.municipality,
        category=row.category,
        first_day=row.first_day.isoformat(),
        last_day="" if row.last_day is None else row.last_day.isoformat(),
        status=decisions.STATUSES[Status(row.status)],
        law_package=row.edition,
        readings=[
            pb.AppliedReading(point_id=each.point, reading=each.reading, position=each.position)
            for each in row.readings
        ],
        evidence=[
            core.Evidence(
                position=each.position,
                leaf_hash=showing.leaf_hash(each.position, bytes.fromhex(each.leaf_hash)),
            )
            for each in row.evidence
        ],
        began=hiding(row.area, row.first_day, row.began),
        ended=hiding(row.area, _day_after(row.last_day, row.first_day), row.ended),
        known_at_position=row.known_at,
    )


def _unasked(row: ChangedRow) -> Problem:
    """Return what is wrong with a row that says something else than what stands."""
    changes = "; ".join(row.changes)
    what = f"{row.row} stands with other content ({changes}); say `correct` to correct it"
    return Problem(row.line, "", what)


def _as_published(asked: pb.PublishedLists, wrong: FieldErrors) -> ministry_text.Asked:
    fields = Fields(wrong, "as_published")
    day = known_day(asked.list_day, "as_published.list_day", wrong) if asked.list_day else None
    kinds = {number: kind for kind, number in _KINDS.items()}
    totals = {kinds[each.kind]: each.areas for each in asked.totals if each.kind in kinds}
    if len(totals) != len(asked.totals) or any(total < 1 for total in totals.values()):
        fields.bad("totals", "must name each kind of list once, and how many areas were published")
    return ministry_text.Asked(
        day,
        kinds.get(asked.kind),
        totals,
        dict(asked.areas),
        fields.text("source", asked.source, LONGEST_SOURCE, optional=True),
    )


def _imported(
    file: AreaListFile, plan: ImportPlan, found: Doubts, position: int
) -> pb.ImportAreaListsResponse:
    return pb.ImportAreaListsResponse(
        rows=len(file.lists) + len(file.areas),
        read_as=file.read_as,
        new_rows=plan.new,
        unchanged_rows=plan.unchanged,
        changed_rows=[f"{row.row}: {'; '.join(row.changes)}" for row in plan.changed_rows],
        position=position,
        matched_areas=[pb.MatchedArea(**each._asdict()) for each in file.matched],
        new_areas=[
            pb.NewArea(
                area=new.area,
                name=new.name,
                near=[pb.NearArea(**near._asdict()) for near in new.near],
            )
            for new in found.new
        ],
        left=[
            pb.AreaThatLeft(
                area=left.area,
                name=left.name,
                kind=_KINDS[left.kind],
                list_day=left.list_day.isoformat(),
                lists_in_a_row=left.in_a_row,
                known=left.known,
            )
            for left in found.left
        ],
    )


def _summary(view: View, fact: AreaListPublished, municipality: str) -> pb.AreaListSummary:
    def wanted(area: str) -> bool:
        registered = view.area(area)
        return not municipality or (
            registered is not None and registered.fact.municipality == municipality
        )

    on = []
    for area in view.keys(AreaListed):
        row = view.listed(area, fact.list_day)
        if row is not None and lists.listing(row.fact, fact.kind) is Listing.ON and wanted(area):
            on.append(area)
    computed = []
    if fact.kind is ListKind.TRANSFORMATION:
        in_use = area_law.in_use(CURRENT, view, fact.list_day)
        readings = Readings(CURRENT.points, in_use)
        found = area_law.computed_transformation_areas(CURRENT, view, fact.list_day, readings)
        computed = [area for area in found if wanted(area)]
    return pb.AreaListSummary(
        list_day=fact.list_day.isoformat(),
        kind=_KINDS[fact.kind],
        rows_known=len(on),
        published_total=fact.published_total,
        complete_nationwide=fact.complete_nationwide,
        complete_for=fact.complete_for,
        computed_areas=computed,
        areas=on,
    )


def _require_area(view: View, area: str) -> AreaRegistered:
    registered = view.area(area)
    if registered is None:
        raise AreaUnknown("no area with this id is registered here")
    return registered.fact


# --- Status ---------------------------------------------------------------------------------


class _Looked(NamedTuple):
    """What is the same of an area on every day of an interval on which nothing changes."""

    answer: bytes
    """All of a GetAreaStatusResponse that does not change from day to day, as it is sent."""
    official: tuple[tuple[str, Status], ...]
    resting: tuple[str, ...]
    """The warning that what the area is calls for."""


def _status(view: View, area: str, day: date, least: int) -> Serialized:
    """Say what an area is on a day; what does not change around it is looked up once."""
    since = interval(CURRENT, view, area, day)
    memo = ("area_status", area, since, least)
    looked: _Looked | None = view.memo.get(memo)
    if looked is None:
        looked = view.memo[memo] = _looked(view, area, since, least)
    warnings = (*_of_review(view, day), *looked.resting)
    of_the_day = pb.GetAreaStatusResponse(
        day=day.isoformat(),
        known_at_position=view.position,
        summary=_in_words(day, looked.official),
        warnings=warnings,
        warning_texts=[decisions.text(explain.warning_text(CURRENT, code)) for code in warnings],
    )
    # Two messages one after the other are their fields together.
    return Serialized(of_the_day.SerializeToString() + looked.answer)


@lru_cache(4096)
def _in_words(day: date, official: tuple[tuple[str, Status], ...]) -> core.Text:
    """Say of which categories an area is on a day; areas are mostly asked about on few days."""
    return decisions.text(explain.area_text(CURRENT, day, official))


def _of_review(view: View, day: date) -> tuple[str, ...]:
    """Return the warning that the law was reviewed before `day`, and how long before."""
    reviewed = CURRENT.reviewed_through
    if day <= reviewed:
        return ()
    if day > calendar.months_after(reviewed, view.instance().stale_after_months):
        return (LAW_REVIEW_STALE,)
    return (LAW_NEWER_THAN_REVIEW,)


def _looked(view: View, area: str, day: date, least: int) -> _Looked:
    known = figures.figures_on(view, area, day)
    allowed, showing = Shown(view, area, least), Showing(view, least)
    outside = area_law.is_outside_lists(CURRENT, view, area, day)
    standings = area_law.standings(CURRENT, view, area, day)
    official = tuple((each.category, each.finding.status) for each in standings)
    met = [category for category, status in official if status is Status.MET]
    kept = kept_on(CURRENT, view, area, day)
    former = [rule_id for rule_id, found in kept.items() if found.status is Status.MET]
    response = pb.GetAreaStatusResponse(
        area=area,
        name=view.area_name(area, day),
        municipality=_require_area(view, area).municipality,
        categories=[
            _category(view, area, day, each, known, allowed, showing) for each in standings
        ],
        outside_lists=outside,
        differences=area_figures.differences(known, allowed),
        consequences=[
            pb.Consequence(
                rule_id=each.rule_id,
                citation=each.section,
                categories=[category.value for category in each.categories],
                text=decisions.text(explain.consequence_text(CURRENT, each.rule_id)),
                evaluated=each.evaluated,
            )
            for each in consequences(CURRENT, day, met, former)
        ],
        changes=[
            pb.ApprovedChange(
                change=item.fact.change,
                area=item.fact.area,
                parts=[part.area for part in item.fact.parts],
                approved_on=item.fact.approved_on.isoformat(),
                counts_from=lists.counts_from(item.fact).isoformat(),
                evidence=decisions.evidence([item])[0],
            )
            for item in lists.changes(view, area)
            if item.fact.approved_on <= day
        ],
    )
    return _Looked(
        response.SerializeToString(),
        tuple((category.value, status) for category, status in official),
        (
            *origin.warnings(official, day),
            *((area_law.AREA_OUTSIDE_LISTS,) if outside else ()),
            *((area_law.FIGURES_DIFFER,) if response.differences else ()),
        ),
    )


def _category(
    view: View,
    area: str,
    day: date,
    standing: area_law.Standing,
    known: Known | None,
    allowed: Shown,
    showing: Showing,
) -> pb.AreaCategoryStatus:
    """Say whether the area is of a category: officially, and by its figures."""
    category, official = standing.category, standing.finding
    kind = category.list_kind
    readings = Readings(CURRENT.points, area_law.in_use(CURRENT, view, day))
    criteria: list[Criterion] = []
    if kind is None:
        shown = [Examined("PLAN-FORMER-LETTING", official, standing.tree, area=area)]
        computed = Finding(Status.NOT_EXAMINED)
        if official.status is not Status.NOT_IN_FORCE:
            shown.append(_examined(view, area, day, "PLAN-FORMER-TOOLS"))
    else:
        shown = [Examined("AREA-PUBLISH", official, standing.tree, area=area)]
        computed, tree = area_law.judged(
            CURRENT,
            view,
            day,
            lambda readings: area_law.by_figures(CURRENT, view, area, kind, day, readings),
        )
        criteria = area_law.criteria(view, area, category, day, readings)
        told = allowed.withhold(computed, criteria, known)
        if told is not computed:
            computed, tree = told, Tree((((), told),))
        shown.append(Examined(area_law.figure_rule(category, day), computed, tree, area=area))
        if known is not None and computed.values and _of_units(category, day):
            shown.append(_unit(view, area, day, known))
        left = lists.left_list(view, area, kind, day)
        if left.status is Status.MET:
            shown.append(Examined("AREA-LEAVE", left, Tree((((), left),)), area=area))
    judged = CURRENT.rules["EU-C417-23"].evaluate(category, official.status, day)
    if judged.status is Status.MET:
        shown.append(Examined("EU-C417-23", judged, Tree((((), judged),)), area=area))
    decisive = {Status.MET, Status.NOT_MET}
    missing = dict.fromkeys((*official.missing, *computed.missing))
    tested = kind is not None and computed.status is not Status.NOT_IN_FORCE
    return pb.AreaCategoryStatus(
        category=category.value,
        official=decisions.STATUSES[official.status],
        computed=decisions.STATUSES[computed.status],
        differs=official.status is not computed.status
        and {official.status, computed.status} <= decisive,
        findings=[decisions.finding(CURRENT, each, showing, day=day) for each in shown],
        missing=[decisions.missing_fact(CURRENT, each) for each in missing],
        criteria=[
            _criterion(each, *allowed.criterion(each, known), allowed.tells(each, known))
            for each in criteria
        ]
        if tested
        else [],
        rests_on_origin=standing.rests_on_origin,
    )


def _criterion(criterion: Criterion, value: str, suppressed: bool, withheld: bool) -> pb.Criterion:
    return pb.Criterion(
        name=criterion.name,
        value=value,
        limit=criterion.limit,
        comparison=criterion.comparison,
        result=pb.CRITERION_RESULT_WITHHELD if withheld else _RESULTS[criterion.compared],
        title=decisions.text(explain.criterion_title(CURRENT, criterion.name)),
        worked_out=criterion.worked_out,
        suppressed=suppressed,
    )


def _of_units(category: Category, day: date) -> bool:
    """Tell whether such areas are housing areas of § 61 a, stk. 3, with figures of their own."""
    listed = category in (Category.VULNERABLE, Category.PARALLEL_SOCIETY, Category.PREVENTION)
    return listed and CURRENT.rules["AREA-UNIT-2018"].in_force(day)


def _unit(view: View, area: str, day: date, known: Known) -> Examined:
    finding, tree = area_law.judged(
        CURRENT, view, day, lambda readings: figures.unit(known, readings)
    )
    return Examined("AREA-UNIT-2018", finding, tree, area=area)


def _examined(view: View, area: str, day: date, rule_id: str) -> Examined:
    rule = CURRENT.rules[rule_id]
    finding, tree = area_law.judged(
        CURRENT, view, day, lambda readings: rule.evaluate(view, area, day, readings)
    )
    return Examined(rule_id, finding, tree, area=area)


_RESULTS = {
    Compared.MET: pb.CRITERION_RESULT_MET,
    Compared.NOT_MET: pb.CRITERION_RESULT_NOT_MET,
    Compared.NOT_DECIDABLE: pb.CRITERION_RESULT_NOT_DECIDABLE,
    Compared.MISSING: pb.CRITERION_RESULT_MISSING,
    Compared.EDUCATION_OPEN: pb.CRITERION_RESULT_EDUCATION_OPEN,
    Compared.SET_ASIDE: pb.CRITERION_RESULT_SET_ASIDE,
}


# --- Tools ----------------------------------------------------------------------------------

_TOOL_KINDS = {
    ToolKind.PHYSICAL_CHANGE: pb.TOOL_KIND_PHYSICAL_CHANGE,
    ToolKind.LETTING: pb.TOOL_KIND_LETTING,
    ToolKind.FUND: pb.TOOL_KIND_FUND,
    ToolKind.BESIDE: pb.TOOL_KIND_BESIDE,
}


def _tool(tool: Tool, day: date, showing: Showing) -> pb.AreaTool:
    message = pb.AreaTool(
        rule_id=tool.rule_id,
        citation=tool.section,
        status=decisions.STATUSES[tool.finding.status],
        categories=[category.value for category in tool.categories],
        text=decisions.text(explain.consequence_text(CURRENT, tool.rule_id)),
        evaluated=tool.evaluated,
        evidence=decisions.evidence(showing.evidence(tool.finding.evidence)),
    )
    if tool.said is not None:
        message.finding.CopyFrom(decisions.finding(CURRENT, tool.said, showing, day=day))
    return message


# --- Timeline -------------------------------------------------------------------------------


def _period(period: Period, hiding: Hiding) -> pb.AreaPeriod:
    rule_id = "AREA-PUBLISH" if period.category.list_kind is not None else "PLAN-FORMER-LETTING"
    values = hiding(period.area, period.first_day, period.values)
    began = Finding(period.status, (), tuple(values.items()))
    message = pb.AreaPeriod(
        category=period.category.value,
        status=decisions.STATUSES[period.status],
        first_day=period.first_day.isoformat(),
        last_day="" if period.last_day is None else period.last_day.isoformat(),
        evidence_positions=period.evidence,
        began=values,
        began_text=decisions.text(_said(rule_id, began, period.first_day)),
    )
    if period.became is not None:
        ended = hiding(period.area, _day_after(period.last_day, period.first_day), period.ended)
        after = Finding(period.became, (), tuple(ended.items()))
        message.ended.update(ended)
        message.ended_text.CopyFrom(decisions.text(_said(rule_id, after, period.first_day)))
    return message


def _said(rule_id: str, finding: Finding, day: date) -> Text:
    return explain.finding_text(CURRENT, Examined(rule_id, finding, Tree((((), finding),))), day)
