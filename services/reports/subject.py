"""What is held of one person or household, as a page: for the person's own request."""

from __future__ import annotations

from collections.abc import Iterator

from husret.v1 import fact_service_pb2 as facts
from husret.v1 import report_service_pb2 as pb
from services.reports import rendering
from services.reports.writing import Writing
from services.terminal import show

Report = pb.GetSubjectReportResponse


def page(report: Report, writing: Writing) -> str:
    """Return the report as a page."""

    def state(fact: facts.ReadFact) -> str:
        name = facts.FactState.Name(fact.state).removeprefix("FACT_STATE_").lower()
        if not fact.HasField("ended"):
            return writing.word(f"state_{name}")
        return writing.word(f"state_{name}", day=writing.moment(fact.ended.recorded_at))

    who = "person" if report.person_id else "household"
    return rendering.page("subject.html", writing, report=report, who=who, state=state, by=show.who)


def tables(report: Report, writing: Writing) -> Iterator[tuple[str, bytes]]:
    """Yield no table: what is held of one subject is of many forms."""
    return iter(())


def pictures(report: Report, writing: Writing) -> Iterator[tuple[str, str]]:
    """Yield no picture."""
    return iter(())
