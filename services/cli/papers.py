"""`husret sheet` and `husret letter`: a recorded answer, and a decision, on paper."""

from __future__ import annotations

from pathlib import Path

from husret.v1 import audit_service_pb2 as audit
from husret.v1 import report_service_pb2 as reports
from husret.v1.report_service_pb2_grpc import ReportServiceStub
from services.cli import connection, following, written
from services.cli import options as shared
from services.cli.options import Options, Parser


def add_sheet(parser: Parser) -> None:
    """Add which answer, and where its sheet goes."""
    shared.asking(parser)
    parser.add_argument("receipt", metavar="RECEIPT", help=shared.EVENT)
    parser.add_argument(
        "--household",
        default="",
        metavar="ID",
        help="with a page of a waiting list: whose answer",
    )
    written.where(parser, ("html", "pdf", "json"), "html and pdf, here")
    parser.set_defaults(run=_sheet)


def add_letter(parser: Parser) -> None:
    """Add which decisions, to whom, and where their letters go."""
    shared.asking(parser)
    parser.add_argument(
        "decisions",
        nargs="+",
        metavar="DECISION",
        help="the receipt decided on, or a case_decided or a step that somebody decided: "
        + shared.EVENT,
    )
    parser.add_argument(
        "--person",
        default="",
        metavar="ID",
        help="whom it is to (default: the one applicant, or the one member)",
    )
    written.where(parser, ("html", "pdf", "text", "json"), "html and pdf, here")
    parser.set_defaults(run=_letter)


def _sheet(options: Options) -> int:
    options.out, options.format = options.out or Path(), options.format or ["html", "pdf"]
    with connection.channel(options) as channel:
        receipt = connection.event_id(options, channel, options.receipt)
        asked = audit.GetDecisionRequest(
            context=connection.context(options, "case"),
            receipt_id=receipt,
            household_id=options.household,
            names=True,
        )
        following.found(options, receipt=receipt)
        request = reports.RenderReportRequest(sheet=asked)
        return written.put(options, ReportServiceStub(channel), [request])


def _letter(options: Options) -> int:
    options.out, options.format = options.out or Path(), options.format or ["html", "pdf"]
    with connection.channel(options) as channel:
        requests = [
            reports.RenderReportRequest(
                letter=reports.GetLetterRequest(
                    context=connection.context(options, "case"),
                    decision_id=connection.event_id(options, channel, each),
                    person_id=options.person,
                )
            )
            for each in options.decisions
        ]
        return written.put(options, ReportServiceStub(channel), requests)
