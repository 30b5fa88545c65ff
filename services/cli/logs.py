"""`husret log`, `status` and `clock`: the event log, where it stands, and what it is dated by."""

from __future__ import annotations

import argparse
import os
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2
from husret.v1.audit_service_pb2_grpc import AuditServiceStub
from services.cli import connection, following
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED, DIFFERENT
from services.cli.options import Options, Parser
from services.terminal import output

VERIFYING = 3_600.0
"""Seconds that reading the whole log may take."""


def add_log(parser: Parser) -> None:
    """Add what can be seen of the log."""
    logs = parser.add_subparsers(metavar="WHAT", required=True)
    tail = logs.add_parser("tail", help="the last events")
    shared.asking(tail)
    tail.add_argument("-n", type=_count, default=20, metavar="N", help="how many (default: 20)")
    shared.known(tail)
    tail.set_defaults(run=_tail)
    verify = logs.add_parser(
        "verify", help="read all of it, and name what was altered; needs no key and writes nothing"
    )
    shared.asking(verify)
    verify.add_argument(
        "log", nargs="?", type=Path, metavar="LOG", help="a log's file (default: the one in DIR)"
    )
    verify.set_defaults(run=_verify)

    origin = logs.add_parser(
        "origin", help="the areas and answers that rest on the criterion of origin"
    )
    shared.asking(origin)
    shared.day(origin)
    origin.add_argument(
        "--first-day", default="", metavar=shared.DAY, help="answers about days from it on"
    )
    shared.known(origin)
    origin.set_defaults(run=_origin)


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError("must lie from 1 to 1000000")
    return number


def _tail(options: Options) -> int:
    asked = pb.ListEventsRequest(
        context=connection.context(options, "audit"),
        page_size=1,
        consistency=connection.consistency(options),
    )
    events: list[pb.LogEvent] = []
    with connection.stub(options, AuditServiceStub) as stub:
        head = stub.ListEvents(asked, timeout=DEADLINE).known_at_position
        asked.after_position = max(0, head - options.n)
        asked.page_size = 1_000
        while True:
            page = stub.ListEvents(asked, timeout=DEADLINE)
            events += page.events
            if not page.next_page_token:
                break
            asked.page_token = page.next_page_token
    events = events[-options.n :]
    output.put(
        options,
        {"events": [output.plain(event) for event in events]},
        (
            f"{event.position:>8} {event.recorded_at.ToJsonString()} {event.type:<28} "
            + _content(event)
            for event in events
        ),
    )
    return ANSWERED


def _content(event: pb.LogEvent) -> str:
    """Return an open event's payload; of a receipt, the id to show and replay it by."""
    if event.open_part:
        return f"receipt {event.event_id}"
    if event.withheld:
        few = "withheld: figures of few persons"
        return few if event.type.startswith("area.") else f"receipt {event.event_id}, {few}"
    return f"sealed, {event.sealed_size} bytes" if event.sealed_size else event.open_data


def _origin(options: Options) -> int:
    asked = pb.ListOriginDependantsRequest(
        context=connection.context(options, "audit"),
        day=options.day,
        first_day=options.first_day,
        page_size=1_000,
        consistency=connection.consistency(options),
    )
    found = pb.ListOriginDependantsResponse()
    with connection.stub(options, AuditServiceStub) as stub:
        while True:
            page = stub.ListOriginDependants(asked, timeout=DEADLINE)
            found.MergeFrom(page)
            if not page.next_page_token:
                break
            asked.page_token = page.next_page_token
    found.next_page_token = ""
    lines = [
        f"{each.area:<28} {', '.join(each.categories)} -> {', '.join(each.without) or '-'}"
        + (" (suspended)" if each.suspended else "")
        for each in found.areas
    ]
    for answer in found.answers:
        outcome, without = (
            core_pb2.Outcome.Name(each).removeprefix("OUTCOME_") if each else "?"
            for each in (answer.outcome, answer.outcome_without)
        )
        lines.append(
            f"{answer.recorded_position:>8} {answer.day} {answer.area:<28} {outcome} -> {without}  "
            f"{answer.receipt_id}"
        )
    following.found(options, receipt=found.answers[0].receipt_id if found.answers else "")
    output.put(options, found, lines or ["nothing rests on it"])
    return ANSWERED


def _verify(options: Options) -> int:
    if options.server and options.log is None:
        request = pb.VerifyLogRequest(context=connection.context(options, "audit"))
        with connection.stub(options, AuditServiceStub) as stub:
            verified = stub.VerifyLog(request, timeout=VERIFYING)
    else:
        verified = _read_through(options)
    head, named = verified.known_at_position, len(verified.altered_positions)
    lines = [f"{head} events, {verified.altered} of them altered or gone"]
    lines += [output.altered(position) for position in verified.altered_positions]
    if verified.altered > named:
        lines.append(f"  and {verified.altered - named} more")
    if verified.altered:
        lines.append("Compare the log with a backup; nothing new is answered on an altered one.")
    output.put(options, verified, lines)
    return DIFFERENT if verified.altered else ANSWERED


def _read_through(options: Options) -> pb.VerifyLogResponse:
    # Only here: all else asks a server.
    from services.log.factory import environment_of, factory_of, read_file

    if options.log is not None:
        found = read_file(options.log)
    else:
        found = factory_of(environment_of(options.dir, os.environ)).as_it_lies()
    with closing(found) as log:
        head, positions = log.head(), list(log.altered())
    return pb.VerifyLogResponse(
        altered_positions=positions, altered=len(positions), known_at_position=head
    )


def add_status(parser: Parser) -> None:
    """Add nothing but whom to ask."""
    shared.asking(parser)
    parser.set_defaults(run=_status)


def _status(options: Options) -> int:
    with connection.stub(options, AuditServiceStub) as stub:
        health = stub.GetHealth(pb.GetHealthRequest(), timeout=DEADLINE)
    output.put(
        options,
        health,
        [
            f"The log stands at position {health.head_position}.",
            health.clock_problem and shared.hint(_suspect(health.clock_problem), options),
            *map(_view, health.views),
        ],
    )
    return ANSWERED


def _suspect(problem: str) -> str:
    return (
        f"Nothing is written: {problem}. Set the clock right; or, if it is right as it is, "
        "`husret clock accept --reason TEXT`"
    )


def _view(view: pb.ViewHealth) -> str:
    state = pb.ViewState.Name(view.state).removeprefix("VIEW_STATE_").lower()
    line = f"View {view.name}: {state} at position {view.position}, {view.lag} behind"
    if view.state == pb.VIEW_STATE_IDLE and view.lag:
        # Without a server nothing follows, and nothing is wrong.
        return f"{line} (it follows while the instance is served)"
    return f"{line} ({view.problem})" if view.problem else line


def add_clock(parser: Parser) -> None:
    """Add what an operator can say about the clock."""
    clocks = parser.add_subparsers(metavar="WHAT", required=True)
    accept = clocks.add_parser(
        "accept",
        help="write again with the clock as it is now, after one that could not be trusted",
    )
    shared.asking(accept)
    accept.add_argument(
        "--reason", required=True, metavar="TEXT", help="why it is right; recorded in the open"
    )
    accept.set_defaults(run=_accept)


def _accept(options: Options) -> int:
    request = pb.AcceptClockRequest(
        context=connection.context(options, "audit"),
        request_id=str(uuid4()),
        reason=options.reason,
    )
    with connection.stub(options, AuditServiceStub) as stub:
        accepted = stub.AcceptClock(request, timeout=DEADLINE)
    output.put(options, accepted, [f"accepted at position {accepted.position}: events are written"])
    return ANSWERED
