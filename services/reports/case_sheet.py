"""A recorded answer on paper, with lines for whoever decides."""

from __future__ import annotations

from husret.v1 import audit_service_pb2 as pb
from services.reports import rendering
from services.reports.answer import Answered
from services.reports.writing import Writing


def page(found: pb.GetDecisionResponse, writing: Writing) -> str:
    """Return the sheet as a page."""
    answered = Answered(found.decision, found.about, writing)
    heading = " ".join(filter(None, (writing.word("case_sheet"), found.about.case_number)))
    return rendering.page("case_sheet.html", writing, heading=heading, **answered.content())
