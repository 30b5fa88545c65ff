"""`husret sheet`: a recorded answer on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from husret.v1 import audit_service_pb2 as audit
from husret.v1.audit_service_pb2_grpc import AuditServiceStub
from services.cli import connection, written
from services.cli import options as shared
from services.cli.options import Options, Parser

DEADLINE = 60.0
"""Seconds that an answer may take to be computed again."""


def add_sheet(parser: Parser) -> None:
    """Add which answer, and where its sheet goes."""
    shared.asking(parser)
    parser.add_argument("receipt", metavar="RECEIPT", help="the receipt's id")
    parser.add_argument(
        "--household",
        default="",
        metavar="UUID",
        help="with a page of a waiting list: whose answer",
    )
    _written(parser, "html", "pdf", "json")
    parser.set_defaults(run=_sheet)


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

    request = audit.GetDecisionRequest(
        context=connection.context(options, "case"),
        receipt_id=options.receipt,
        household_id=options.household,
        names=True,
    )
    with connection.stub(options, AuditServiceStub) as stub:
        found = stub.GetDecision(request, timeout=DEADLINE)
    # No file is called after whom it is about.
    name = f"case-sheet-{found.decision.receipt_id[:8]}"

    def files() -> Iterator[tuple[str, bytes]]:
        formats = options.format or ("html", "pdf")
        yield from written.pages(case_sheet.page(found, Writing(options.language)), name, formats)
        if "json" in formats:
            yield f"{name}.json", written.as_json(found)

    return written.put(options, files())
