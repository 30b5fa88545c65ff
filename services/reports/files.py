"""The files of a report, whichever it is: page, PDF, tables, pictures, plain text and JSON.

A report is the message that a call answers with; what each looks like stands in the file of its
kind. The same message gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from domain import canonical
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import report_service_pb2 as pb
from services.reports import (
    areas,
    case_sheet,
    combined_letting,
    decision,
    letter,
    period,
    rendering,
    subject,
)
from services.reports.writing import Writing

Tables = Iterable[tuple[str, bytes]]
Pictures = Iterable[tuple[str, str]]

FORMATS = ("html", "pdf", "csv", "json", "svg", "text")
"""The formats that there are, in the order in which a report's files come."""

_ENDINGS = {"text": "txt"}


class File(NamedTuple):
    """A file: what it is called, and what is in it."""

    name: str
    content: bytes

    @property
    def hash(self) -> bytes:
        """SHA-256 of the content."""
        return hashlib.sha256(self.content).digest()


class Kind(NamedTuple):
    """A kind of report: what its files are called, and what makes each; None: it has none."""

    name: Callable[[Any], str]
    """Never after a person."""
    page: Callable[[Any, Writing], str]
    tables: Callable[[Any, Writing], Tables] | None = None
    pictures: Callable[[Any, Writing], Pictures] | None = None
    text: Callable[[Any, Writing], str] | None = None

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that such a report has."""
        made = {"csv": self.tables, "svg": self.pictures, "text": self.text}
        return tuple(each for each in FORMATS if made.get(each, self.page) is not None)


KINDS: dict[type[Message], Kind] = {
    pb.GetDecisionReportResponse: Kind(
        lambda report: f"decision-{report.decision.receipt_id[:8]}",
        decision.page,
        decision.tables,
    ),
    pb.GetAreaReportResponse: Kind(
        lambda report: (
            f"area-{report.area}-{report.year}" if report.area else f"areas-{report.year}"
        ),
        areas.page,
        areas.tables,
        areas.pictures,
    ),
    pb.GetPeriodReportResponse: Kind(
        lambda report: f"period-{report.first_day}-{report.last_day}", period.page, period.tables
    ),
    pb.GetCombinedLettingReportResponse: Kind(
        lambda report: f"combined-letting-{report.year}",
        combined_letting.page,
        combined_letting.tables,
    ),
    pb.GetSubjectReportResponse: Kind(lambda report: "subject-access", subject.page),
    audit.GetDecisionResponse: Kind(
        lambda found: f"case-sheet-{found.decision.receipt_id[:8]}", case_sheet.page
    ),
    pb.GetLetterResponse: Kind(
        lambda made: f"letter-{made.decision_id[:8]}", letter.page, text=letter.text
    ),
}
"""Every kind of report, by the message that it is made of."""


def files(
    report: Message, writing: Writing, formats: Collection[str] = (), name: str = ""
) -> Iterator[File]:
    """Yield the files of a report; `formats` empty: all that it has; raises PdfUnavailable.

    `name`: how they are called before what tells them apart; empty: as the kind of report says.
    """
    kind = KINDS[type(report)]
    stem = name or kind.name(report)
    wanted = [each for each in kind.formats if not formats or each in formats]
    page = ""
    if {"html", "pdf"} & {*wanted}:
        page = kind.page(report, writing)
    for each in wanted:
        whole = f"{stem}.{_ENDINGS.get(each, each)}"
        if each == "html":
            yield File(whole, page.encode())
        elif each == "pdf":
            yield File(whole, rendering.pdf(page))
        elif each == "csv" and kind.tables is not None:
            for table, content in kind.tables(report, writing):
                yield File(f"{stem}-{table}.csv", content)
        elif each == "svg" and kind.pictures is not None:
            for picture, drawn in kind.pictures(report, writing):
                yield File(f"{stem}-{picture}.svg", drawn.encode())
        elif each == "text" and kind.text is not None:
            yield File(whole, kind.text(report, writing).encode())
        elif each == "json":
            yield File(whole, as_json(report))


def as_json(report: Message) -> bytes:
    """Return a report's message in canonical JSON, every field of it, and a line feed."""
    plain = MessageToDict(
        report, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    return canonical.encode(plain) + b"\n"
