"""The report of one recorded answer as files: page, tables and JSON, for an auditor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import report_service_pb2 as pb
from services.reports import rendering
from services.reports.answer import Answered
from services.reports.tables import Cell, basis_rows, csv_file, events_of
from services.reports.words import FILES
from services.reports.writing import Writing

Report = pb.GetDecisionReportResponse

VERDICTS = {
    audit.REPLAY_VERDICT_EQUAL: "verdict_equal",
    audit.REPLAY_VERDICT_EQUAL_BUT_ERASED: "verdict_erased",
    audit.REPLAY_VERDICT_DIFFERENT: "verdict_different",
}
"""What replaying came to, by the word for it."""


def page(report: Report, writing: Writing) -> str:
    """Return the report as a page."""
    answered = Answered(report.decision, report.about, writing)
    return rendering.page(
        "decision.html",
        writing,
        heading=writing.word("decision_report"),
        report=report,
        opened=", ".join(map(writing.data_class, report.opened)),
        counted=lambda share: _counted(share, writing),
        verdict=writing.word(VERDICTS[report.replay.verdict]) if _is_replayed(report) else "",
        differences=list(_differences(report, writing)),
        sections=list(_sections(report, writing)),
        **answered.content(),
    )


def tables(report: Report, writing: Writing) -> Iterator[tuple[str, bytes]]:
    """Yield the report's tables: what each is called, and its content."""
    answered = Answered(report.decision, report.about, writing)
    for name, columns, rows in (
        ("basis", ("field", "value"), _basis(report, answered, writing)),
        (
            "findings",
            ("rule", "section", "whom", "status", "finding", "events"),
            _findings(answered, writing),
        ),
        (
            "shares",
            (
                *("rule", "section", "area", "share", "figure", "comparison", "limit_title"),
                *("counted", "result"),
            ),
            _shares(report, writing),
        ),
        ("open_points", ("point", "reading", "outcome", "text"), _points(answered, writing)),
        ("missing", ("code", "whom", "text"), _missing(answered, writing)),
        ("replay", ("receipt_section", "data_class", "status"), _sections(report, writing)),
        ("differences", ("code", "text", "events"), _different(report, writing)),
        ("exceptions", ("code", "text", "events"), _exceptions(report, writing)),
    ):
        yield writing.said(FILES[name]), csv_file([writing.word(each) for each in columns], rows)


_Rows = Iterator[Sequence[Cell]]


def _is_replayed(report: Report) -> bool:
    return report.HasField("replay")


def _basis(report: Report, answered: Answered, writing: Writing) -> _Rows:
    decision, about = report.decision, report.about
    yield writing.word("question"), writing.said(about.title)
    yield writing.word("asked_day"), decision.day
    yield writing.word("area"), about.area or writing.word("outside_areas")
    yield writing.word("outcome"), answered.outcome(decision.outcome)
    yield writing.word("conclusion"), writing.said(decision.summary)
    for each in decision.duties:
        yield writing.word("duty"), writing.said(each.text)
    for value in decision.values:
        yield writing.word("value"), writing.said(value.text)
    yield writing.word("receipt"), decision.receipt_id
    yield writing.word("hash"), decision.receipt_hash.hex()
    yield writing.word("leaf_hash"), report.leaf_hash.hex()
    yield writing.word("recorded_position"), decision.recorded_position
    yield writing.word("known"), decision.known_at_position
    if _is_replayed(report):
        yield writing.word("recomputed"), writing.word(VERDICTS[report.replay.verdict])
    yield from basis_rows(report.basis, writing)


def _findings(answered: Answered, writing: Writing) -> _Rows:
    for each in (*answered.applied, *answered.others):
        found = each.finding
        told = _events(found.evidence)
        yield (
            found.rule_id,
            writing.citation(each.citation),
            each.who,
            each.status,
            each.said,
            told,
        )
        for condition in found.conditions:
            said = writing.said(condition.text)
            yield (found.rule_id, "", each.who, "", said, _events(condition.evidence))


def _shares(report: Report, writing: Writing) -> _Rows:
    for each in report.shares:
        result = writing.word(f"result_{each.result}") if each.result else ""
        yield (
            *(each.rule_id, writing.citation(each.citation), each.area),
            *(writing.said(each.title), writing.number(each.share)),
            *(writing.compared(each.comparison), writing.number(each.limit)),
            *(_counted(each, writing), result),
        )


def _counted(share: pb.ComputedShare, writing: Writing) -> str:
    """Say how many of how many a share is, year by year."""
    if share.denominator:
        many, of = writing.number(share.numerator), writing.number(share.denominator)
        return writing.word("share_of", numerator=many, denominator=of)
    return writing.parts(share.counted)


def _points(answered: Answered, writing: Writing) -> _Rows:
    for each in answered.decision.open_points:
        outcome = "" if each.not_examined else answered.outcome(each.outcome)
        yield " ".join(each.point_ids), " ".join(each.readings), outcome, writing.said(each.text)


def _missing(answered: Answered, writing: Writing) -> _Rows:
    for each in answered.decision.missing:
        yield each.kind, answered.name(each.person_id), writing.said(each.text)


def _sections(report: Report, writing: Writing) -> Iterator[tuple[int, str, str]]:
    for each in report.replay.sections:
        said = writing.word(f"section_{each.verdict}")
        if each.policy:
            told = {"position": each.erased_at_position, "policy": each.policy}
            said = writing.word("section_erased_at", **told)
        yield each.number, writing.data_class(each.data_class), said


def _differences(report: Report, writing: Writing) -> Iterator[tuple[str, Sequence[int]]]:
    for each in report.replay.found:
        yield writing.said(each.text), each.positions


def _different(report: Report, writing: Writing) -> _Rows:
    for each in report.replay.found:
        yield each.code, writing.said(each.text), events_of(each.positions)


def _exceptions(report: Report, writing: Writing) -> _Rows:
    for each in report.exceptions:
        yield each.code, writing.said(each.text), events_of(each.positions)


def _events(evidence: Iterable[core.Evidence]) -> str:
    return events_of(each.position for each in evidence)
