"""The report of a period as files: page, tables and JSON. Nobody is named in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.law.editions import CURRENT
from domain.law.kernel import Outcome
from husret.v1 import report_service_pb2 as pb
from services.reports import rendering
from services.reports.tables import Cell, basis_rows, csv_file, events_of
from services.reports.words import FILES
from services.reports.writing import Writing

Report = pb.GetPeriodReportResponse

OUTCOMES = ("permitted", "prohibited", "discretionary", "undetermined")
"""The counts of a question, in the order of the columns."""


def page(report: Report, writing: Writing) -> str:
    """Return the report as a page."""
    return rendering.page(
        "period.html",
        writing,
        report=report,
        outcomes=[(each, _outcome(each, writing)) for each in OUTCOMES],
        shown=lambda count: _shown(count, writing),
        count_of=lambda each, name: _shown(getattr(each, name), writing),
        opened=", ".join(map(writing.data_class, report.opened)),
        late=lambda each: _late(each, writing),
    )


def tables(report: Report, writing: Writing) -> Iterator[tuple[str, bytes]]:
    """Yield the report's tables: what each is called, and its content."""
    for name, columns, rows in (
        ("basis", ("field", "value"), _basis(report, writing)),
        (
            "answers",
            ("code", "question", "total", *OUTCOMES),
            _answers(report, writing),
        ),
        ("pages", ("code", "question", "pages", "households_on"), _pages(report, writing)),
        ("reasons", ("code", "reason", "answers", "missing"), _reasons(report, writing)),
        (
            "chosen",
            ("code", "point", "reading", "text", "from_day", "recorded_on", "events"),
            _readings(report, writing),
        ),
        ("erasures", ("policy", "erased"), _erasures(report, writing)),
        ("clock", ("recorded_on", "text", "events"), _clock(report, writing)),
        (
            "corrections",
            ("code", "kind", "corrected", "retracted", "late", "most_days"),
            _corrections(report, writing),
        ),
        (
            "ledger",
            (
                *("organisation_title", "department", "channel_code", "basis_code", "channel"),
                *("section", "allocated", "in_order", "released"),
            ),
            _ledger(report, writing),
        ),
        (
            "recount",
            ("organisation_title", "department", "out_of_order_title", "digest"),
            _recount(report, writing),
        ),
        ("exceptions", ("code", "text", "events"), _exceptions(report, writing)),
    ):
        titles = [_outcome(c, writing) if c in OUTCOMES else writing.word(c) for c in columns]
        yield writing.said(FILES[name]), csv_file(titles, rows)


_Rows = Iterator[Sequence[Cell]]


def _outcome(name: str, writing: Writing) -> str:
    return writing.first_upper(writing.said(CURRENT.texts.OUTCOMES[Outcome(name.upper())]))


def _shown(count: pb.ShownCount, writing: Writing) -> str:
    return writing.count(count.value) if count.HasField("value") else writing.word("few")


def _cell(count: pb.ShownCount, writing: Writing) -> Cell:
    return count.value if count.HasField("value") else writing.word("few")


def _known(known: bool, count: pb.ShownCount, writing: Writing) -> Cell:
    """Return a count as a cell; nothing where it is not known."""
    return _cell(count, writing) if known else None


def _late(each: pb.CorrectionCount, writing: Writing) -> str:
    if not each.HasField("late"):
        return writing.word("known_empty")
    return _shown(each.late, writing)


def _basis(report: Report, writing: Writing) -> _Rows:
    yield writing.word("from_day"), report.first_day
    yield writing.word("to_day"), report.last_day
    yield writing.word("least_shown"), report.least_shown
    yield from basis_rows(report.basis, writing)


def _answers(report: Report, writing: Writing) -> _Rows:
    for each in report.answers:
        counts = (getattr(each, name) for name in ("total", *OUTCOMES))
        yield each.question, writing.said(each.title), *(_cell(c, writing) for c in counts)


def _pages(report: Report, writing: Writing) -> _Rows:
    for each in report.pages:
        households = _cell(each.households, writing)
        yield each.question, writing.said(each.title), each.pages, households


def _reasons(report: Report, writing: Writing) -> _Rows:
    for each in report.reasons:
        title, answers = writing.said(each.title), _cell(each.answers, writing)
        yield each.family, title, answers, " ".join(each.kinds)


def _readings(report: Report, writing: Writing) -> _Rows:
    for each in report.readings:
        yield (
            *(each.point, writing.said(each.question), each.reading, writing.said(each.text)),
            *(each.first_day, writing.moment(each.recorded_at), each.position),
        )


def _erasures(report: Report, writing: Writing) -> _Rows:
    for each in report.erasures:
        yield each.policy, _cell(each.erased, writing)


def _clock(report: Report, writing: Writing) -> _Rows:
    for each in report.clock:
        yield writing.moment(each.recorded_at), each.reason, each.position


def _corrections(report: Report, writing: Writing) -> _Rows:
    for each in report.corrections:
        counts = (
            _known(each.HasField("corrected"), each.corrected, writing),
            _cell(each.retracted, writing),
            _known(each.HasField("late"), each.late, writing),
        )
        most = each.most_days if each.HasField("most_days") else None
        yield each.kind, writing.said(each.title), *counts, most


def _ledger(report: Report, writing: Writing) -> _Rows:
    for department in report.departments:
        organisation = writing.word("organisation", number=department.organisation)
        named = writing.word("department_number", number=department.department)
        for each in department.lettings:
            yield (
                *(organisation, named, each.channel, each.basis, writing.said(each.title)),
                *(each.citation, each.allocated, each.in_order, each.released),
            )


def _recount(report: Report, writing: Writing) -> _Rows:
    for each in report.departments:
        yield (
            writing.word("organisation", number=each.organisation),
            writing.word("department_number", number=each.department),
            events_of(each.out_of_order),
            each.digest.hex(),
        )


def _exceptions(report: Report, writing: Writing) -> _Rows:
    for each in report.exceptions:
        yield each.code, writing.said(each.text), events_of(each.positions)
