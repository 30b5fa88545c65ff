"""The report of combined letting as files: page, PDF, a table and JSON."""

from __future__ import annotations

from collections.abc import Iterator

from husret.v1 import report_service_pb2 as pb
from services.reports import rendering
from services.reports.tables import csv_file
from services.reports.words import FILES
from services.reports.writing import Writing

Report = pb.GetCombinedLettingReportResponse


def page(report: Report, writing: Writing) -> str:
    """Return the report as a page."""
    return rendering.page("combined_letting.html", writing, report=report)


def tables(report: Report, writing: Writing) -> Iterator[tuple[str, bytes]]:
    """Yield the report's table: what it is called, and its content."""
    columns = (
        *("code", "area", "municipality", "is_combined", "decided_on", "extended"),
        *("from_day", "to_day", "rejections", "replacements", "evaluated_on", "evaluation_due"),
    )
    rows = (
        (
            *(area.area, area.name, writing.municipality(area.municipality)),
            *(writing.status(area.status), area.decided_on),
            *(writing.status("met" if area.extended else "not_met"), area.first_day),
            area.last_day,
            area.rejections if area.HasField("rejections") else None,
            area.replacements if area.HasField("replacements") else None,
            *(area.evaluated_on, area.evaluation_due),
        )
        for area in report.areas
    )
    yield writing.said(FILES["combined"]), csv_file([writing.word(c) for c in columns], rows)


def pictures(report: Report, writing: Writing) -> Iterator[tuple[str, str]]:
    """Yield no picture: the form has none."""
    return iter(())
