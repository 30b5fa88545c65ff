"""`husret decision` and `husret decisions --stale`: is it still so, which answers have moved."""

from __future__ import annotations

import argparse

from husret.v1 import audit_service_pb2 as pb
from husret.v1.audit_service_pb2_grpc import AuditServiceStub
from services.cli import connection, following, views
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED
from services.cli.options import Options, Parser
from services.terminal import again, show


def add_decision(parser: Parser) -> None:
    """Add which answer, and on which facts and under which law it is decided again."""
    shared.asking(parser)
    parser.add_argument("receipt", metavar="RECEIPT", help=shared.EVENT)
    parser.add_argument(
        "--household", default="", metavar="ID", help="with a page of a waiting list: whose answer"
    )
    parser.add_argument(
        "--now",
        action="store_true",
        help="on the facts as known now (default where no other law is named); with a law, too",
    )
    law(parser)
    shared.known(parser)
    parser.set_defaults(run=_decision)


def law(parser: Parser) -> None:
    """Add under which law."""
    parser.add_argument(
        "--law",
        default="",
        metavar="EDITION",
        help="an edition of the law, by how its id begins, or a draft: four-years",
    )
    parser.add_argument(
        "--reading",
        action="append",
        default=[],
        type=_reading,
        metavar="POINT=READING",
        help="read an open point otherwise, e.g. AMB-YOUTH=b; may be repeated",
    )
    parser.add_argument(
        "--origin-suspended",
        action="store_true",
        help="as if the criterion of origin were suspended (§§ 61 a stk. 2, 61 b)",
    )


def _reading(text: str) -> tuple[str, str]:
    point, sign, reading = text.partition("=")
    if not (point and sign and reading):
        raise argparse.ArgumentTypeError(f"{text!r} is not POINT=READING, e.g. AMB-YOUTH=b")
    return point, reading


def law_asked(options: Options) -> pb.LawToTry:
    """Return the law that was named."""
    return pb.LawToTry(
        edition=options.law,
        readings=dict(options.reading),
        origin_suspended=options.origin_suspended,
    )


def _decision(options: Options) -> int:
    asked = law_asked(options)
    at = connection.consistency(options)
    named = bool(asked.edition or asked.readings or asked.origin_suspended)
    as_then = named and not options.now and not at.WhichOneof("requirement")
    with connection.channel(options) as channel:
        options.receipt = connection.event_id(options, channel, options.receipt)
        request = pb.DecideAgainRequest(
            context=connection.context(options, "audit"),
            receipt_id=options.receipt,
            household_id=options.household,
            facts_as_then=as_then,
            consistency=None if as_then else at,
            law=asked,
        )
        found = AuditServiceStub(channel).DecideAgain(request, timeout=DEADLINE)
    following.found(options, receipt=options.receipt)
    again.put(options, found)
    return ANSWERED


def add_stale(parser: Parser) -> None:
    """Add what answers that have moved are found by, beside who asked."""
    parser.add_argument(
        "--stale",
        action="store_true",
        help="only answers that something recorded later has moved: denials that would now be "
        "permitted come first; with --asked-by, and the next three alone",
    )
    parser.add_argument(
        "--settled", action="store_true", help="of these, those that a remedy settles, too"
    )
    parser.add_argument(
        "--same", action="store_true", help="of these, those with the same outcome, too"
    )
    parser.add_argument(
        "--resting-on",
        type=int,
        default=0,
        metavar="POSITION",
        help="of these, every answer that rests on the event at this position, moved or not",
    )


def stale(options: Options) -> int:
    """List the answers that something has moved, the most pressing first."""
    request = pb.ListMovedDecisionsRequest(
        context=connection.context(options, "audit"),
        page_size=1_000,
        asked_by=options.asked_by,
        settled=options.settled,
        same_outcome=options.same,
        rests_on_position=options.resting_on,
    )
    words = show.Words(options.language)
    first: list[pb.MovedDecision] = []

    def line(each: pb.MovedDecision) -> str:
        first.append(each)
        return again.moved(words, each).plain

    code = views.put(options, AuditServiceStub, "ListMovedDecisions", request, "decisions", line)
    if first:
        following.found(options, stale=first[0].receipt_id, of=first[0].household_id)
    return code
