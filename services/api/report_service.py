"""ReportService: what reports hold, and the views that count lists and allocations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

import grpc
import msgspec
from google.protobuf.message import Message

from domain.facts import ControllerKind, ListKind
from domain.facts.kinds import LAST_DAY
from domain.law.editions import CURRENT
from domain.reference import View
from domain.reports import combined_letting
from domain.reports.areas import NoListsError, area_report
from domain.reports.combined_letting import NothingDecidedError, combined_letting_report
from domain.shown import Showing, Shown
from husret.v1 import core_pb2 as core
from husret.v1 import report_service_pb2 as pb
from husret.v1 import report_service_pb2_grpc as pb_grpc
from projections import ledger_recount, list_movements, plan_progress
from projections.ledger_recount import Tally
from projections.list_movements import ListRow
from projections.plan_progress import ProgressRow
from projections.view import Evidence
from services.answers.receipts import Receipts
from services.api import convert, period_report, report_basis, report_files, walks
from services.api.audit_service import AuditService
from services.api.calls import Call, known_day, known_uuid, view_for
from services.api.decision_report import decision_report
from services.api.errors import AreaUnknown
from services.api.fields import UNREAD
from services.api.report_messages import fill
from services.api.subject_report import subject_report
from services.facts.fields import FieldErrors
from services.facts.municipalities import not_a_municipality
from services.instance.instance import Instance
from services.instance.views import Views
from services.letters.making import make
from services.reports.rejections import rejected_in

M = TypeVar("M", bound=Message)
R = TypeVar("R")
H = TypeVar("H", pb.GetAreaReportResponse, pb.GetCombinedLettingReportResponse)


class ReportService(pb_grpc.ReportServiceServicer):
    """Makes reports of open facts or of one subject, and reads the views that count."""

    def __init__(
        self,
        instance: Instance,
        receipts: Receipts,
        audits: AuditService,
        views: Views,
        least_shown: int,
    ) -> None:
        self._instance = instance
        self._receipts = receipts
        self._audits = audits
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
        if request.area and view.area(request.area) is None:
            raise AreaUnknown("no area has this id")
        year, municipality, area = request.year, request.municipality, request.area
        try:
            made = area_report(CURRENT, view, year, municipality, self._shown, area=area)
        except NoListsError:
            wrong.add("year", "no list of that year is recorded here; import one first")
            wrong.raise_if_any()
        report = fill(msgspec.to_builtins(made), pb.GetAreaReportResponse())
        words = ("report", "area", area) if area else ("report", "areas")
        return self._headed(report, view, words, year=year, municipality=municipality)

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
        report = fill(msgspec.to_builtins(made), pb.GetCombinedLettingReportResponse())
        words = ("report", "combined-letting")
        return self._headed(report, view, words, year=year, municipality=municipality)

    def _headed(self, report: H, view: View, words: Iterable[str], **options: str | int) -> H:
        """Put at a report's head where it lies in the log, and what gives it again."""
        command = report_basis.command(*words, **options, at_position=view.position)
        head = report_basis.head(self._instance, CURRENT, view, self._least_shown, [command])
        report.basis.CopyFrom(head)
        return report

    def GetDecisionReport(
        self, request: pb.GetDecisionReportRequest, context: grpc.ServicerContext
    ) -> pb.GetDecisionReportResponse:
        """Hold a recorded answer with all that it takes to perform it again."""
        return decision_report(
            *(self._instance, self._receipts, self._audits, self._least_shown, request, context)
        )

    def GetPeriodReport(
        self, request: pb.GetPeriodReportRequest, context: grpc.ServicerContext
    ) -> pb.GetPeriodReportResponse:
        """Count what was answered from one day to another."""
        return period_report.made(
            *(self._instance, self._receipts, self._least_shown, request, Call(context))
        )

    def RenderReport(
        self, request: pb.RenderReportRequest, context: grpc.ServicerContext
    ) -> pb.RenderReportResponse:
        """Make the files of a report, and the manifest that names them."""
        makers: dict[str, report_files.Make] = {
            "decision": self.GetDecisionReport,
            "area": self.GetAreaReport,
            "period": self.GetPeriodReport,
            "combined_letting": self.GetCombinedLettingReport,
            "subject": self.GetSubjectReport,
            "sheet": self._audits.GetDecision,
            "letter": self.GetLetter,
        }
        return report_files.rendered(self._instance, makers, request, context)

    def GetSubjectReport(
        self, request: pb.GetSubjectReportRequest, context: grpc.ServicerContext
    ) -> pb.GetSubjectReportResponse:
        """Hold all facts of one person or household, and who looked."""
        return subject_report(self._instance, request, self._least_shown, Call(context))

    def GetLetter(
        self, request: pb.GetLetterRequest, context: grpc.ServicerContext
    ) -> pb.GetLetterResponse:
        """Make the letter about a named person's decision."""
        wrong = FieldErrors()
        reader = convert.context(request.context, wrong).reader()
        decision = known_uuid(request.decision_id, "decision_id", wrong) or UNREAD
        person = known_uuid(request.person_id, "person_id", wrong) if request.person_id else None
        wrong.raise_if_any()
        Call(context).check_time()
        made = make(self._instance, self._receipts, decision, person, reader)
        message = fill(msgspec.to_builtins(made.letter), pb.GetLetterResponse())
        message.decision_id, message.receipt_id = str(made.decision_id), str(made.receipt_id)
        message.person_id, message.known_at_position = str(made.addressee), made.position
        return message

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
        _check_year_or_all(request.year, wrong)
        wanted = list_movements.Filter(request.kind, request.year)
        page = walks.page(
            self._instance,
            self._views.list_movements,
            request,
            wanted,
            self._writer(_list_row),
            Call(context),
            wrong,
        )
        return pb.ListListMovementsResponse(
            lists=page.rows,
            next_page_token=page.token,
            known_at_position=page.position,
            head_position=page.head,
        )

    def ListLedgerTallies(
        self, request: pb.ListLedgerTalliesRequest, context: grpc.ServicerContext
    ) -> pb.ListLedgerTalliesResponse:
        """Walk the recounted allocation ledger."""
        wrong = FieldErrors()
        _check_year_or_all(request.year, wrong)
        wanted = ledger_recount.Filter(request.organisation, request.year)
        page = walks.page(
            self._instance,
            self._views.ledger_recount,
            request,
            wanted,
            self._writer(_tally),
            Call(context),
            wrong,
        )
        return pb.ListLedgerTalliesResponse(
            tallies=page.rows,
            next_page_token=page.token,
            known_at_position=page.position,
            head_position=page.head,
        )

    def ListPlanProgress(
        self, request: pb.ListPlanProgressRequest, context: grpc.ServicerContext
    ) -> pb.ListPlanProgressResponse:
        """Walk how the development plans of areas stand, period by period."""
        wrong = FieldErrors()
        if request.municipality and not_a_municipality(request.municipality):
            wrong.add("municipality", not_a_municipality(request.municipality))
        day = known_day(request.day, "day", wrong) if request.day else None
        wanted = plan_progress.Filter(request.municipality, request.area, day)
        page = walks.page(
            self._instance,
            self._views.plan_progress,
            request,
            wanted,
            self._writer(_progress_row),
            Call(context),
            wrong,
        )
        return pb.ListPlanProgressResponse(
            periods=page.rows,
            next_page_token=page.token,
            known_at_position=page.position,
            head_position=page.head,
        )

    def _writer(self, message: Callable[[R, Showing], M]) -> Callable[[View], Callable[[R], M]]:
        def writer(view: View) -> Callable[[R], M]:
            showing = Showing(view, self._least_shown)
            return lambda row: message(row, showing)

        return writer


def _check_year_or_all(year: int, wrong: FieldErrors) -> None:
    if not 0 <= year <= LAST_DAY.year:
        wrong.add("year", "must be a year, or 0 for all")


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
