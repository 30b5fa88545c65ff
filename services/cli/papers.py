"""`husret sheet` and `husret letter`: a recorded answer, and a decision, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from husret.v1 import audit_service_pb2 as audit
from husret.v1 import report_service_pb2 as reports
from husret.v1.audit_service_pb2_grpc import AuditServiceStub
from husret.v1.report_service_pb2_grpc import ReportServiceStub
from services.cli import connection, following, written
from services.cli import options as shared
from services.cli.options import Options, Parser

DEADLINE = 60.0
"""Seconds that an answer may take to be computed again."""


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
    _written(parser, "html", "pdf", "json")
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
    _written(parser, "html", "pdf", "text", "json")
    parser.set_defaults(run=_letter)


def _written(parser: Parser, *formats: str) -> None:
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(),
        metavar="FOLDER",
        help="write the files there (default: here)",
    )
    parser.add_argument(
        "--format",
        action="append",
        choices=formats,
        default=[],
        help="write only these; may be given again (default: html and pdf)",
    )


def _sheet(options: Options) -> int:
    from services.reports import case_sheet
    from services.reports.writing import Writing

    with connection.channel(options) as channel:
        request = audit.GetDecisionRequest(
            context=connection.context(options, "case"),
            receipt_id=connection.event_id(options, channel, options.receipt),
            household_id=options.household,
            names=True,
        )
        found = AuditServiceStub(channel).GetDecision(request, timeout=DEADLINE)
    following.found(options, receipt=found.decision.receipt_id)
    # No file is called after whom it is about.
    name = f"case-sheet-{found.decision.receipt_id[:8]}"

    def files() -> Iterator[tuple[str, bytes]]:
        formats = options.format or ("html", "pdf")
        yield from written.pages(case_sheet.page(found, Writing(options.language)), name, formats)
        if "json" in formats:
            yield f"{name}.json", written.as_json(found)

    return written.put(options, files())


def _letter(options: Options) -> int:
    from services.reports import letter
    from services.reports.writing import Writing

    writing, made = Writing(options.language), []
    with connection.channel(options) as channel:
        for each in options.decisions:
            request = reports.GetLetterRequest(
                context=connection.context(options, "case"),
                decision_id=connection.event_id(options, channel, each),
                person_id=options.person,
            )
            made.append(ReportServiceStub(channel).GetLetter(request, timeout=DEADLINE))

    def files() -> Iterator[tuple[str, bytes]]:
        formats = options.format or ("html", "pdf")
        for each in made:
            name = f"letter-{each.decision_id[:8]}"
            yield from written.pages(letter.page(each, writing), name, formats)
            if "text" in formats:
                yield f"{name}.txt", letter.text(each, writing).encode()
            if "json" in formats:
                yield f"{name}.json", written.as_json(each)

    return written.put(options, files())
