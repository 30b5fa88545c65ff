"""`husret show` and `husret replay`: a recorded answer is shown, and computed again."""

from __future__ import annotations

import grpc
from rich.text import Text

from husret.v1 import audit_service_pb2 as pb
from husret.v1.audit_service_pb2_grpc import AuditServiceStub
from services.cli import connection, following
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED, DIFFERENT, CommandError
from services.cli.options import Options, Parser
from services.terminal import about, show


def add_show(parser: Parser) -> None:
    """Add which answer."""
    shared.asking(parser)
    _receipt(parser)
    parser.add_argument(
        "--household",
        default="",
        metavar="ID",
        help="with a page of a waiting list: whose answer",
    )
    parser.add_argument(
        "--names", action="store_true", help="name the household's members; the reading is noted"
    )
    parser.set_defaults(run=_show)


def _receipt(parser: Parser) -> None:
    parser.add_argument("receipt", metavar="RECEIPT", help=shared.EVENT)


def _show(options: Options) -> int:
    with connection.channel(options) as channel:
        options.receipt = connection.event_id(options, channel, options.receipt)
        request = pb.GetDecisionRequest(
            context=connection.context(options, "audit"),
            receipt_id=options.receipt,
            household_id=options.household,
            names=options.names,
        )
        found = AuditServiceStub(channel).GetDecision(request, timeout=DEADLINE)
    following.found(
        options, receipt=options.receipt, household=found.about.household_id or options.household
    )
    about.put(options, found)
    return ANSWERED


def add_replay(parser: Parser) -> None:
    """Add which answer, or all of them, or a sample."""
    shared.asking(parser)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("receipt", metavar="RECEIPT", nargs="?", help=shared.EVENT)
    which.add_argument("--all", action="store_true", help="every receipt and page of the log")
    which.add_argument(
        "--sample",
        type=int,
        default=0,
        metavar="N",
        help="so many, of every kind of question and outcome its share and one at least",
    )
    parser.add_argument(
        "--seed", default="", metavar="TEXT", help="which sample (default: the same every time)"
    )
    shared.known(parser)
    parser.set_defaults(run=_replay)


def _replay(options: Options) -> int:
    if options.all or options.sample:
        from services.cli import trials

        return trials.replay_many(options)
    if connection.consistency(options).WhichOneof("requirement"):
        raise CommandError(
            "a receipt is computed again at its own position; --at-position and --known-on say up "
            "to where --all and --sample read"
        )
    with connection.channel(options) as channel:
        stub = AuditServiceStub(channel)
        options.receipt = connection.event_id(options, channel, options.receipt)
        request = pb.ReplayDecisionRequest(
            context=connection.context(options, "audit"), receipt_id=options.receipt
        )
        replay = stub.ReplayDecision(request, timeout=DEADLINE)
        words = show.Words(options.language)
        asked = _asked(stub, options, words)
    following.found(options, receipt=options.receipt)
    show.put(options, replay, [asked, *words.replay(replay)])
    return DIFFERENT if replay.verdict == pb.REPLAY_VERDICT_DIFFERENT else ANSWERED


def _asked(stub: AuditServiceStub, options: Options, words: show.Words) -> show.Row:
    """Say what a receipt answers: the day, the area and the outcome, as far as they are told."""
    label = words.say("Spørgsmål", "Question")
    if options.json:
        return label, []
    request = pb.GetDecisionRequest(
        context=connection.context(options, "audit"), receipt_id=options.receipt
    )
    try:
        decision = stub.GetDecision(request, timeout=DEADLINE).decision
    except grpc.RpcError as error:
        if error.code() is grpc.StatusCode.INVALID_ARGUMENT:
            # It was found, but is shown for one household only.
            page = words.say(
                "en side af en venteliste; `husret show RECEIPT --household ID` viser svaret om "
                "en husstand",
                "a page of a waiting list; `husret show RECEIPT --household ID` shows the answer "
                "about one",
            )
            return label, [Text(shared.hint(page, options))]
        return label, [Text(f"{words.say('kan ikke vises', 'cannot be shown')}: {error.details()}")]
    asked = Text(f"{words.place(decision)}: ")
    return label, [asked + words.outcome(decision.outcome)]
