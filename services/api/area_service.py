"""AreaService: the published lists, and what an area's status is and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import grpc

from domain.decide import BeforeCoverageError, Examined
from domain.events import BY_FACT
from domain.facts import AreaListed, AreaListPublished, AreaRegistered, Listing, ListKind
from domain.law import area as area_law
from domain.law import explain
from domain.law.kernel import Finding, Readings, Status, Tree, explore, readings_in_use
from domain.law.package import CURRENT
from domain.reference import View
from husret.v1 import area_service_pb2 as pb
from husret.v1 import area_service_pb2_grpc as pb_grpc
from husret.v1 import core_pb2 as core
from services import recording
from services.api import convert, decisions
from services.api.calls import Call, known_day, known_request_id, view_for
from services.api.errors import AreaUnknown, OverLimit
from services.area_lists import KINDS, ImportPlan, listing, parse, plan_import
from services.fields import FieldErrors
from services.instance import Instance
from services.log.port import AppendConflict

LARGEST_FILE = 8 * 1024 * 1024
"""Most bytes of a file of area lists."""

_MUNICIPALITY = re.compile(r"[0-9]{4}")
_KINDS = {kind: number for number, kind in convert.LIST_KINDS.items()}
_REGISTERED = BY_FACT[AreaRegistered].name
_PUBLISHED = BY_FACT[AreaListPublished].name
_LISTED = BY_FACT[AreaListed].name
_RENAMED = date(2021, 11, 30)

FORMER_TRANSFORMATION = "former_transformation"


class AreaService(pb_grpc.AreaServiceServicer):
    """Imports and lists area lists, and tells an area's status."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

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
        name = convert.Fields(wrong).text("file_name", request.file_name, 200, optional=True)
        wrong.raise_if_any()
        file = parse(request.content, name or "the file")
        for attempt in range(1, recording.ATTEMPTS + 1):
            call.check_time()
            view = self._instance.view()
            plan = plan_import(file, view)
            if request.validate_only or not plan.facts:
                return _imported(len(file.lists) + len(file.areas), plan, view.position)
            try:
                written = recording.append_open(
                    self._instance,
                    caller,
                    request_id or UUID(int=0),
                    plan.facts,
                    view.position,
                    (_REGISTERED, _PUBLISHED, _LISTED, "fact.retracted"),
                    call.check_time,
                )
            except AppendConflict:
                if attempt == recording.ATTEMPTS:
                    raise
                continue
            return _imported(len(file.lists) + len(file.areas), plan, written[-1].position)
        raise AssertionError("the loop returns or raises")

    def ListAreaLists(
        self, request: pb.ListAreaListsRequest, context: grpc.ServicerContext
    ) -> pb.ListAreaListsResponse:
        """Summarise the lists held, per list day and kind."""
        wrong = FieldErrors()
        view = view_for(self._instance, request.consistency, wrong)
        if request.municipality and not _MUNICIPALITY.fullmatch(request.municipality):
            wrong.add("municipality", "must be four digits, such as 9999, or empty for all")
        wrong.raise_if_any()
        held = [view.find(AreaListPublished, key)[-1].fact for key in view.keys(AreaListPublished)]
        held.sort(key=lambda fact: (fact.list_day, list(ListKind).index(fact.kind)))
        return pb.ListAreaListsResponse(
            lists=[_summary(view, fact, request.municipality) for fact in held],
            known_at_position=view.position,
        )

    # -- status

    def GetAreaStatus(
        self, request: pb.GetAreaStatusRequest, context: grpc.ServicerContext
    ) -> pb.GetAreaStatusResponse:
        """Say what an area is on a day, and why."""
        wrong = FieldErrors()
        view = view_for(self._instance, request.consistency, wrong)
        day = known_day(request.day, "day", wrong) if request.day else self._instance.today()
        if not request.area:
            wrong.add("area", "is empty; name an area")
        wrong.raise_if_any()
        day = day or self._instance.today()
        if day < CURRENT.first_day:
            raise BeforeCoverageError(day, CURRENT.first_day)
        registered = view.area(request.area)
        if registered is None:
            raise AreaUnknown("no area with this id is registered here")
        status = _Status(view, request.area, day)
        categories = [*(status.of_kind(kind) for kind in KINDS), status.former()]
        return pb.GetAreaStatusResponse(
            area=request.area,
            name=registered.fact.name,
            municipality=registered.fact.municipality,
            day=day.isoformat(),
            known_at_position=view.position,
            categories=categories,
            summary=decisions.text(explain.area_text(day, status.official.items())),
        )


def _imported(rows: int, plan: ImportPlan, position: int) -> pb.ImportAreaListsResponse:
    return pb.ImportAreaListsResponse(
        rows=rows,
        new_rows=plan.new,
        unchanged_rows=plan.unchanged,
        changed_rows=[f"{row.row}: {'; '.join(row.changes)}" for row in plan.changed_rows],
        position=position,
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
        if row is not None and listing(row.fact, fact.kind) is Listing.ON and wanted(area):
            on.append(area)
    computed = []
    if fact.kind is ListKind.TRANSFORMATION:
        readings = _readings(view, fact.list_day)
        found = area_law.computed_transformation_areas(view, fact.list_day, readings)
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


def _in_use(view: View, day: date) -> dict[str, str]:
    chosen = {point: item.fact.reading for point, item in view.readings(day).items()}
    return {point: use.reading for point, use in readings_in_use(CURRENT.points, chosen).items()}


def _readings(view: View, day: date) -> Readings:
    return Readings(CURRENT.points, _in_use(view, day))


class _Status:
    """What one area is on one day, under the readings in use."""

    def __init__(self, view: View, area: str, day: date) -> None:
        self._view = view
        self._area = area
        self._day = day
        self._in_use = _in_use(view, day)
        self.official: dict[str, Status] = {}
        """What the area is officially, category by category."""

    def of_kind(self, kind: ListKind) -> pb.AreaCategoryStatus:
        """Say whether the area is of a kind: as published, and by its figures."""
        view, area, day = self._view, self._area, self._day
        official = self._examined(
            "AREA-PUBLISH", lambda readings: area_law.official(view, area, kind, day)
        )
        computed = self._examined(
            _figure_rule(kind, day),
            lambda readings: area_law.by_figures(view, area, kind, day, readings),
        )
        left = self._examined(
            "AREA-LEAVE", lambda readings: area_law.left_list(view, area, kind, day)
        )
        shown = [official, computed]
        if left.finding.status is Status.MET:
            shown.append(left)
        return self._message(str(kind), official.finding, computed.finding, shown)

    def former(self) -> pb.AreaCategoryStatus:
        """Say whether the area is a former transformation area under a plan."""
        view, area, day = self._view, self._area, self._day
        found = self._examined(
            "PLAN-FORMER-LETTING",
            lambda readings: area_law.former_transformation_area(view, area, day, readings),
        )
        computed = Finding(Status.NOT_EXAMINED)
        return self._message(FORMER_TRANSFORMATION, found.finding, computed, [found])

    def _examined(self, rule_id: str, evaluate: Callable[[Readings], Finding]) -> Examined:
        if not CURRENT.rules[rule_id].in_force(self._day):
            finding = Finding(Status.NOT_IN_FORCE)
            return Examined(rule_id, finding, Tree((((), finding),)), area=self._area)
        tree = explore(CURRENT.points, evaluate)
        return Examined(rule_id, tree.under(self._in_use), tree, area=self._area)

    def _message(
        self, category: str, official: Finding, computed: Finding, shown: list[Examined]
    ) -> pb.AreaCategoryStatus:
        self.official[category] = official.status
        missing: dict[Any, None] = dict.fromkeys((*official.missing, *computed.missing))
        decisive = {Status.MET, Status.NOT_MET}
        return pb.AreaCategoryStatus(
            category=category,
            official=decisions.STATUSES[official.status],
            computed=decisions.STATUSES[computed.status],
            differs=official.status is not computed.status
            and {official.status, computed.status} <= decisive,
            findings=[
                decisions.finding(CURRENT, each, None, texts=True, day=self._day) for each in shown
            ],
            missing=[
                core.MissingFact(
                    kind=each.kind,
                    details=dict(each.details),
                    supplier=each.supplier,
                    text=decisions.text(explain.missing_text(each)),
                )
                for each in missing
            ],
        )


def _figure_rule(kind: ListKind, day: date) -> str:
    match kind:
        case ListKind.VULNERABLE:
            return "AREA-UDS-2018"
        case ListKind.PARALLEL_SOCIETY:
            return "AREA-PAR-2018"
        case ListKind.TRANSFORMATION:
            return "AREA-OMD-2021" if day >= _RENAMED else "AREA-HARD-2018-2021"
        case ListKind.PREVENTION:
            return "AREA-FORE-2021"
        case ListKind.COMBINED_LETTING:
            raise LookupError("no rule of the package takes figures of combined letting")
