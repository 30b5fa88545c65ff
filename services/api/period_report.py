"""What an instance answered from one day to another, as a report that names nobody."""

from __future__ import annotations

from typing import Any

import msgspec
from google.protobuf.timestamp_pb2 import Timestamp

from domain.law.editions import CURRENT
from domain.reports.period import PeriodReport, period_report
from husret.v1 import report_service_pb2 as pb
from services.answers.receipts import Receipts
from services.api import convert, report_basis
from services.api.calls import Call, known_day, view_for
from services.api.decisions import CLASSES
from services.api.facts_back import moment
from services.api.report_messages import fill
from services.facts.fields import FieldErrors
from services.instance.instance import Instance
from services.reports.answered import answered_in, noted_in, span


def made(
    instance: Instance,
    receipts: Receipts,
    least: int,
    request: pb.GetPeriodReportRequest,
    call: Call,
) -> pb.GetPeriodReportResponse:
    """Make the report of a period."""
    wrong = FieldErrors()
    reader = convert.context(request.context, wrong).reader()
    first = known_day(request.first_day, "first_day", wrong)
    last = known_day(request.last_day, "last_day", wrong)
    if first is not None and last is not None:
        if last < first:
            wrong.add("last_day", "lies before first_day")
        if last > instance.today():
            wrong.add("last_day", "lies ahead; a report is of days that have begun")
    view = view_for(instance, request.consistency, wrong)
    wrong.raise_if_any()
    assert first is not None  # noted as wrong otherwise
    assert last is not None  # the same
    call.check_time()
    within = span(instance, first, last, view.position)
    asked = reader if request.reasons else None
    answered = answered_in(instance, receipts, within, asked, call.check_time)
    noted, changed = noted_in(instance, within)
    call.check_time()
    report = period_report(CURRENT, view, (first, last), answered, noted, changed, least)
    message = _message(instance, report)
    command = report_basis.command(
        *("report", "period", request.first_day, request.last_day),
        reasons=request.reasons,
        at_position=view.position,
    )
    message.basis.CopyFrom(report_basis.head(instance, CURRENT, view, least, [command]))
    return message


def _message(instance: Instance, report: PeriodReport) -> pb.GetPeriodReportResponse:
    plain: dict[str, Any] = msgspec.to_builtins(report, builtin_types=(bytes,))
    plain["opened"] = [CLASSES[each] for each in report.opened]
    message = fill(plain, pb.GetPeriodReportResponse())
    for reading in message.readings:
        reading.recorded_at.CopyFrom(_recorded(instance, reading.position))
    for accepted in message.clock:
        accepted.recorded_at.CopyFrom(_recorded(instance, accepted.position))
    return message


def _recorded(instance: Instance, position: int) -> Timestamp:
    event = instance.log.event_at(position)
    return Timestamp() if event is None else moment(event.recorded_at)
