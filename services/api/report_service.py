"""ReportService: what reports hold, and the views that count lists and allocations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

import grpc
import msgspec
from google.protobuf import json_format
from google.protobuf.message import Message

from domain.facts import ControllerKind, ListKind
from domain.law.editions import CURRENT
from domain.reference import View
from domain.reports import combined_letting
from domain.reports.areas import NoListsError, area_report
from domain.reports.combined_letting import NothingDecidedError, combined_letting_report
from domain.shown import Showing, Shown
from husret.v1 import core_pb2 as core
from husret.v1 import report_service_pb2 as pb
from husret.v1 import report_service_pb2_grpc as pb_grpc
from projections.ledger_recount import Tally
from projections.list_movements import ListRow
from projections.plan_progress import ProgressRow
from projections.table import Walk, WalkEnded
from projections.view import Evidence
from services.api import convert, pages
from services.api.calls import Call, known_day, view_for
from services.api.subject_report import subject_report
from services.facts.fields import FieldErrors
from services.facts.municipalities import not_a_municipality
from services.instance.instance import Instance
from services.instance.views import FollowedView, Views
from services.reports.rejections import rejected_in

M = TypeVar("M", bound=Message)
R = TypeVar("R")

LATEST_YEAR = 2199


class _Page(NamedTuple):
    """The rows of one page of a walk, and what the answer says beside them."""

    rows: list[Message]
    token: str
    position: int
    head: int


class ReportService(pb_grpc.ReportServiceServicer):
    """Makes reports of open facts or of one subject, and reads the views that count."""

    def __init__(self, instance: Instance, views: Views, least_shown: int) -> None:
        self._instance = instance
        self._views = views
        self._least_shown = least_shown

    # -- reports

    def GetAreaReport(
        self, request: pb.GetAreaReportRequest, context: grpc.ServicerContext
    ) -> pb.GetAreaReportResponse:
        """Make the yearly report on housing areas."""
        wrong = FieldErrors()
        convert.context(request.context, wrong)
        self._check(request.year, request.municipality, CURRENT.first_day.year, wrong)
        view = view_for(self._instance, request.consistency, wrong)
        wrong.raise_if_any()
        Call(context).check_time()
        try:
            made = area_report(CURRENT, view, request.year, request.municipality, self._shown)
        except NoListsError:
            wrong.add("year", "no list of that year is recorded here; import one first")
            wrong.raise_if_any()
        return _message(made, pb.GetAreaReportResponse())

    def GetCombinedLettingReport(
        self, request: pb.GetCombinedLettingReportRequest, context: grpc.ServicerContext
    ) -> pb.GetCombinedLettingReportResponse:
        """Make the report of combined letting from 1 June to 31 May."""
        wrong = FieldErrors()
        reader = convert.context(request.context, wrong).reader()
        self._check(request.year, request.municipality, CURRENT.first_day.year + 1, wrong)
        view = view_for(self._instance, request.consistency, wrong)
        wrong.raise_if_any()
        call = Call(context)
        call.check_time()
        year, municipality = request.year, request.municipality
        rejected = None
        if view.instance().controller_kind is ControllerKind.HOUSING_ORGANISATION:
            decided = combined_letting.decided(view, year, municipality)
            areas = {item.fact.area for item in decided}
            days = combined_letting.period(year)
            rejected = rejected_in(
                self._instance, areas, *days, view.position, reader, call.check_time
            )
        try:
            made = combined_letting_report(CURRENT, view, year, municipality, rejected)
        except NothingDecidedError:
            wrong.add("year", "no decision on combined letting of that time is recorded here")
            wrong.raise_if_any()
        return _message(made, pb.GetCombinedLettingReportResponse())

    def GetSubjectReport(
        self, request: pb.GetSubjectReportRequest, context: grpc.ServicerContext
    ) -> pb.GetSubjectReportResponse:
        """Hold all facts of one person or household, and who looked."""
        return subject_report(self._instance, request, self._least_shown, Call(context))

    def _shown(self, view: View, area: str) -> Shown:
        return Shown(view, area, self._least_shown)

    def _check(self, year: int, municipality: str, first: int, wrong: FieldErrors) -> None:
        if not year:
            wrong.add("year", "name a year")
        elif year < first:
            wrong.add("year", f"is before the first that the edition of the law covers, {first}")
        elif year > self._instance.today().year:
            wrong.add("year", "lies ahead; a report is of a year that has begun")
        if municipality and not_a_municipality(municipality):
            wrong.add("municipality", not_a_municipality(municipality))

    # -- views

    def ListListMovements(
        self, request: pb.ListListMovementsRequest, context: grpc.ServicerContext
    ) -> pb.ListListMovementsResponse:
        """Walk the published lists with their counts and movements."""
        wrong = FieldErrors()
        if request.kind and request.kind not in set(ListKind):
            wrong.add("kind", f"must be one of {', '.join(ListKind)}, or empty for all")
        if not 0 <= request.year <= LATEST_YEAR:
            wrong.add("year", "must be a year, or 0 for all")
        wanted: list[tuple[str, tuple[Any, ...]]] = []
        if request.kind:
            wanted.append(("kind = ?", (request.kind,)))
        if request.year:
            between = (f"{request.year:04}-01-01", f"{request.year:04}-12-31")
            wanted.append(("list_day BETWEEN ? AND ?", between))
        asked = [request.kind, str(request.year)]
        page = self._page(
            self._views.list_movements, request, wanted, asked, _list_row, Call(context), wrong
        )
        return pb.ListListMovementsResponse(
            lists=page.rows,  # type: ignore[arg-type]  # `_list_row` makes them
            next_page_token=page.token,
            known_at_position=page.position,
            head_position=page.head,
        )

    def ListLedgerTallies(
        self, request: pb.ListLedgerTalliesRequest, context: grpc.ServicerContext
    ) -> pb.ListLedgerTalliesResponse:
        """Walk the recounted allocation ledger."""
        wrong = FieldErrors()
        if not 0 <= request.year <= LATEST_YEAR:
            wrong.add("year", "must be a year, or 0 for all")
        wanted: list[tuple[str, tuple[Any, ...]]] = []
        if request.organisation:
            wanted.append(("organisation = ?", (request.organisation,)))
        if request.year:
            wanted.append(("year = ?", (request.year,)))
        asked = [request.organisation, str(request.year)]
        page = self._page(
            self._views.ledger_recount, request, wanted, asked, _tally, Call(context), wrong
        )
        return pb.ListLedgerTalliesResponse(
            tallies=page.rows,  # type: ignore[arg-type]  # `_tally` makes them
            next_page_token=page.token,
            known_at_position=page.position,
            head_position=page.head,
        )

    def ListPlanProgress(
        self, request: pb.ListPlanProgressRequest, context: grpc.ServicerContext
    ) -> pb.ListPlanProgressResponse:
        """Walk how the development plans of areas stand, period by period."""
        wrong = FieldErrors()
        wanted: list[tuple[str, tuple[Any, ...]]] = []
        if request.municipality:
            if not_a_municipality(request.municipality):
                wrong.add("municipality", not_a_municipality(request.municipality))
            wanted.append(("municipality = ?", (request.municipality,)))
        if request.area:
            wanted.append(("area = ?", (request.area,)))
        if request.day:
            known_day(request.day, "day", wrong)
            between = "first_day <= ? AND (last_day IS NULL OR last_day >= ?)"
            wanted.append((between, (request.day, request.day)))
        asked = [request.municipality, request.area, request.day]
        page = self._page(
            self._views.plan_progress, request, wanted, asked, _progress_row, Call(context), wrong
        )
        return pb.ListPlanProgressResponse(
            periods=page.rows,  # type: ignore[arg-type]  # `_progress_row` makes them
            next_page_token=page.token,
            known_at_position=page.position,
            head_position=page.head,
        )

    def _page(
        self,
        followed: FollowedView[R],
        request: Any,
        wanted: list[tuple[str, tuple[Any, ...]]],
        asked: list[str],
        message: Any,
        call: Call,
        wrong: FieldErrors,
    ) -> _Page:
        """Return a page of a walk; `asked` is what it was begun with."""
        log_id, name = self._instance.log_id, followed.view.name
        if request.page_size < 0:
            wrong.add("page_size", "must not be negative")
        freshness = convert.consistency(request.consistency, wrong)
        if "at" in freshness:
            wrong.add("consistency.at_position", "the rows are kept as of one position only")
        walk = None
        if request.page_token:
            content = pages.read_token(log_id, name, request.page_token, tuple[Walk, list[str]])
            if content is None:
                wrong.add("page_token", "is not a token that this log gave; begin the walk anew")
            elif content[1] != asked:
                wrong.add("page_token", "was given for another question")
            else:
                walk = content[0]
        wrong.raise_if_any()
        call.check_time()
        if walk is None:
            if "at_least" in freshness:
                followed.wait_for(freshness["at_least"], call.check_time)
            elif not followed.wait_for_first_rows(call.check_time):
                return _Page([], "", 0, self._instance.log.head())
            walk = followed.table.begin_walk()
        size = pages.size_of(request.page_size)
        try:
            rows = followed.table.page(walk, wanted, size + 1)
        except WalkEnded:
            wrong.add("page_token", "is of a walk whose rows were made anew; begin the walk anew")
            wrong.raise_if_any()
        showing = Showing(self._instance.view(), self._least_shown)
        shown = pages.fitting([message(row, showing) for row in rows[:size]])
        token = ""
        if len(shown) < len(rows):
            after = followed.view.key_of(rows[len(shown) - 1])
            token = pages.token(log_id, name, (walk._replace(after=after), asked))
        return _Page(shown, token, walk.position, self._instance.log.head())


def _message(made: Any, message: M) -> M:
    """Return what a report holds as its message, whose fields have the same names."""
    plain = _without_nothing(msgspec.to_builtins(made))
    return json_format.ParseDict(plain, message)


def _without_nothing(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_nothing(each) for name, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_without_nothing(each) for each in value]
    return value


def _list_row(row: ListRow, showing: Showing) -> pb.ListMovementRow:
    return pb.ListMovementRow(
        list_day=row.list_day.isoformat(),
        kind=row.kind.value,
        published=row.published,
        published_total=row.published_total,
        complete_nationwide=row.complete_nationwide,
        complete_for=row.complete_for,
        areas=[
            pb.AreaMovement(
                area=each.area,
                name=each.name,
                municipality=each.municipality,
                movement=each.movement.value,
            )
            for each in row.entries
        ],
        not_known=row.not_known,
        law_package=row.edition,
        evidence=_evidence(row.evidence, showing),
        known_at_position=row.known_at,
    )


def _progress_row(row: ProgressRow, showing: Showing) -> pb.PlanProgressRow:
    share = None
    if row.share:
        numbers = {name: getattr(row, name) for name in ("family", "too_many", "to_build")}
        share = pb.PlanShare(
            status=row.share_status,
            total=row.total,
            share=row.share,
            by_agreement=row.by_agreement,
            target=row.target,
            counted_on=_day(row.counted_on),
            **numbers,
        )
    return pb.PlanProgressRow(
        area=row.area,
        name=row.name,
        municipality=row.municipality,
        first_day=row.first_day.isoformat(),
        last_day=_day(row.last_day),
        status=row.status,
        state=row.state,
        in_time=row.in_time,
        kind=row.kind,
        due_on=_day(row.due_on),
        council_due_on=_day(row.council_due_on),
        sent_on=_day(row.sent_on),
        refused_on=_day(row.refused_on),
        approved_on=_day(row.approved_on),
        amended_on=_day(row.amended_on),
        reported_on=_day(row.reported_on),
        carried_out_on=_day(row.carried_out_on),
        share=share,
        law_package=row.edition,
        evidence=_evidence(row.evidence, showing),
        known_at_position=row.known_at,
    )


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _tally(row: Tally, showing: Showing) -> pb.LedgerTally:
    return pb.LedgerTally(
        **row.key._asdict(),
        allocated=row.allocated,
        in_order=row.in_order,
        released=row.released,
        out_of_order=_evidence(row.out_of_order, showing),
        digest=bytes.fromhex(row.digest),
        known_at_position=row.known_at,
    )


def _evidence(of: tuple[Evidence, ...], showing: Showing) -> Iterator[core.Evidence]:
    return (
        core.Evidence(
            position=each.position,
            leaf_hash=showing.leaf_hash(each.position, bytes.fromhex(each.leaf_hash)),
        )
        for each in of
    )
