"""`husret log`, `status` and `clock`: the event log, where it stands, and what it is dated by."""

from __future__ import annotations

import argparse
import os
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2
from husret.v1.audit_service_pb2_grpc import AuditServiceStub
from services.cli import connection, following
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED, DIFFERENT, CommandError
from services.cli.options import Options, Parser
from services.terminal import output

if TYPE_CHECKING:
    from husret_verify.checkpoint import Checkpoint

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
        "verify",
        help="read all of it, and name all that does not follow from what it must follow from; "
        "writes nothing, and needs no key but to tell whether the instance itself wrote the end",
    )
    shared.asking(verify)
    verify.add_argument(
        "log", nargs="?", type=Path, metavar="LOG", help="a log's file (default: the one in DIR)"
    )
    verify.add_argument(
        "--checkpoint",
        type=Path,
        metavar="FILE",
        help="a checkpoint that was kept elsewhere: the log must continue it",
    )
    verify.add_argument(
        "--vkey",
        default="",
        metavar="VKEY",
        help="the key that has signed it (default: the instance's own)",
    )
    verify.set_defaults(run=_verify)
    checkpoint = logs.add_parser(
        "checkpoint", help="a signed note of where the log stands, to be kept elsewhere"
    )
    shared.asking(checkpoint)
    checkpoint.set_defaults(run=_checkpoint)
    prove = logs.add_parser("prove", help="that an event, or an earlier log, is in the log")
    shared.asking(prove)
    prove.add_argument(
        "position", nargs="?", type=_position, metavar="POSITION", help="the event's position"
    )
    prove.add_argument(
        "--since",
        type=_position,
        metavar="SIZE",
        help="in place of an event: that the log of that size was only added to",
    )
    prove.add_argument(
        "--size",
        type=_position,
        default=0,
        metavar="SIZE",
        help="in the log of that size, as a checkpoint says it (default: as it stands)",
    )
    prove.set_defaults(run=_prove)
    key = logs.add_parser("key", help="the key that others verify checkpoints with")
    shared.asking(key)
    key.add_argument(
        "--new",
        action="store_true",
        help="make the signing key of an instance that has none; whoever keeps the key of one "
        "that was lost must be told",
    )
    key.set_defaults(run=_key)

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


def _position(text: str) -> int:
    number = int(text)
    if not 1 <= number < 2**63:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


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
    kept = options.checkpoint.read_text("utf-8", "replace") if options.checkpoint else ""
    if options.vkey and not kept:
        raise CommandError("--vkey: is given with --checkpoint only")
    if options.server and options.log is None:
        request = pb.VerifyLogRequest(
            context=connection.context(options, "audit"), checkpoint=kept, vkey=options.vkey
        )
        with connection.stub(options, AuditServiceStub) as stub:
            verified = stub.VerifyLog(request, timeout=VERIFYING)
    else:
        verified = _read_through(options, kept)
    head, named = verified.known_at_position, len(verified.findings)
    lines = [f"{head} events, {verified.altered} of them altered or gone"]
    if verified.found > verified.altered:
        lines.append(f"{verified.found - verified.altered} other findings")
    lines += [output.found(each.kind, each.place) for each in verified.findings]
    if verified.found > named:
        lines.append(f"  and {verified.found - named} more")
    if not verified.head_vouched:
        lines.append(
            "Whether the instance itself wrote the end is not known without its master key: name "
            "its directory, or a checkpoint that was kept elsewhere."
        )
    if verified.found:
        lines.append("Compare the log with a backup; nothing new is answered on an altered one.")
    output.put(options, verified, lines)
    return DIFFERENT if verified.found else ANSWERED


def _read_through(options: Options, kept: str) -> pb.VerifyLogResponse:
    # Only here: all else asks a server.
    from services.api.audit_service import add_finding
    from services.instance import signing
    from services.instance.instance import log_id_of
    from services.log.factory import environment_of, factory_of, read_file
    from services.log.verifying import findings
    from services.persons import master_key

    vouch = secret = None
    if options.log is not None:
        found = read_file(options.log)
    else:
        found = factory_of(environment_of(options.dir, os.environ)).as_it_lies()
        with suppress(master_key.MasterKeyError):
            secret = master_key.load(options.dir / "master.key")
            vouch = signing.vouch_of(secret)
    with closing(found) as log:
        checkpoint = None
        if kept:
            vkey = options.vkey
            if not vkey and secret is not None:
                private = signing.load(options.dir / signing.FILE, secret)
                vkey = str(signing.Signer(private, log_id_of(log)).vkey)
            checkpoint = _opened(kept, vkey)
        verified = pb.VerifyLogResponse(
            known_at_position=log.head(), head_vouched=vouch is not None
        )
        for each in findings(log, vouch, checkpoint):
            add_finding(verified, each)
    return verified


def _opened(kept: str, vkey: str) -> Checkpoint:
    """Return the checkpoint of a note that this key must have signed."""
    from husret_verify import texts
    from husret_verify.checkpoint import open_checkpoint
    from husret_verify.note import VerifierKey
    from husret_verify.problems import Problem

    if not vkey:
        raise CommandError("--vkey: name the key that has signed the checkpoint")
    try:
        checkpoint, _ = open_checkpoint(kept, VerifierKey.parse(vkey))
    except Problem as problem:
        said = texts.problem(problem, texts.ENGLISH)
        raise CommandError(f"--checkpoint: {said}") from None
    return checkpoint


def _checkpoint(options: Options) -> int:
    asked = pb.GetCheckpointRequest(context=connection.context(options, "audit"))
    with connection.stub(options, AuditServiceStub) as stub:
        made = stub.GetCheckpoint(asked, timeout=DEADLINE)
    output.put(options, made, [made.note.removesuffix("\n")])
    return ANSWERED


def _prove(options: Options) -> int:
    if (options.position is None) == (options.since is None):
        raise CommandError("name the position of an event, or an earlier size with --since")
    asking = connection.context(options, "audit")
    proof: pb.GetInclusionProofResponse | pb.GetConsistencyProofResponse
    with connection.stub(options, AuditServiceStub) as stub:
        if options.since is None:
            proof = stub.GetInclusionProof(
                pb.GetInclusionProofRequest(
                    context=asking, position=options.position, size=options.size
                ),
                timeout=DEADLINE,
            )
            lines = [
                f"event {proof.position} in the log of {proof.size} events",
                f"root {proof.root.hex()}",
                f"leaf {proof.leaf_hash.hex()}" if proof.leaf_hash else "",
            ]
        else:
            proof = stub.GetConsistencyProof(
                pb.GetConsistencyProofRequest(
                    context=asking, first_size=options.since, second_size=options.size
                ),
                timeout=DEADLINE,
            )
            lines = [
                f"the log of {proof.second_size} events continues that of {proof.first_size}",
                f"first root {proof.first_root.hex()}",
                f"second root {proof.second_root.hex()}",
            ]
    output.put(options, proof, [*lines, *(each.hex() for each in proof.hashes)])
    return ANSWERED


def _key(options: Options) -> int:
    if options.new:
        from services.instance import signing
        from services.log import ownership
        from services.persons import master_key

        if options.server:
            raise CommandError("--new: is made in the instance's directory, not through a server")
        secret = master_key.load(options.dir / "master.key")
        with ownership.own(options.dir):
            signing.create(options.dir / signing.FILE, secret)
    asked = pb.GetCheckpointRequest(context=connection.context(options, "audit"))
    with connection.stub(options, AuditServiceStub) as stub:
        vkey = stub.GetCheckpoint(asked, timeout=DEADLINE).vkey
    output.put(options, {"vkey": vkey}, [vkey])
    return ANSWERED


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
