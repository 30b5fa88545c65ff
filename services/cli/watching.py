"""`husret watch`: what happens in the log, a line each, as it happens."""

from __future__ import annotations

from collections.abc import Iterator

from husret.v1 import watch_service_pb2 as pb
from husret.v1.watch_service_pb2_grpc import WatchServiceStub
from services.cli import connection, following
from services.cli import options as shared
from services.cli.exits import ANSWERED
from services.cli.options import Options, Parser
from services.terminal import output, show

_KINDS = {
    "answers": pb.WATCH_KIND_ANSWERS,
    "area-status": pb.WATCH_KIND_AREA_STATUS,
    "answers-moved": pb.WATCH_KIND_ANSWERS_MOVED,
    "erasures": pb.WATCH_KIND_ERASURES,
}


def add_watch(parser: Parser) -> None:
    """Add from where on, and what."""
    shared.asking(parser)
    parser.add_argument(
        "--after",
        type=int,
        metavar="N",
        help="begin after this position; without it, with what is recorded from now on",
    )
    parser.add_argument(
        "--kind",
        action="append",
        default=[],
        choices=list(_KINDS),
        help="only this kind; may be repeated",
    )
    parser.add_argument(
        "--area",
        action="append",
        default=[],
        metavar="ID",
        help="only of this area; may be repeated",
    )
    parser.add_argument(
        "--until-now", action="store_true", help="end when everything recorded so far is told"
    )
    parser.add_argument(
        "--checkpoint-seconds",
        type=int,
        default=0,
        metavar="S",
        help="say where the log stands after so many seconds of silence (10)",
    )
    parser.set_defaults(run=_watch)


def _watch(options: Options) -> int:
    from_now = options.after is None and not options.until_now
    request = pb.WatchRequest(
        context=connection.context(options, "audit"),
        after_position=options.after or 0,
        from_now=from_now,
        kinds=[_KINDS[each] for each in options.kind],
        areas=options.area,
        until_now=options.until_now,
        checkpoint_seconds=options.checkpoint_seconds,
    )
    words = show.Words(options.language)
    last = request.after_position
    with connection.stub(options, WatchServiceStub) as stub:
        try:
            for told in stub.Watch(request):
                last = told.position
                following.found(options, receipt=told.answer.receipt_id)
                output.put(options, told, _lines(words, told))
        except KeyboardInterrupt:
            pass  # whoever watches ends it so
    following.found(options, watched=str(last))
    return ANSWERED


def _lines(words: show.Words, told: pb.WatchResponse) -> Iterator[str]:
    at = f"{told.position:>8}"
    match told.WhichOneof("told"):
        case "answer":
            of = told.answer
            outcome = words.outcome(of.outcome).plain if of.outcome else "-"
            yield f"{at}  {of.question} {of.day} {of.area or '-'}: {outcome}  {of.receipt_id}"
        case "area_status":
            of_area = told.area_status
            if not of_area.periods:
                yield f"{at}  {of_area.area}: " + words.say("er noget andet", "is something else")
            for each in of_area.periods:
                days = f"{each.first_day} - {each.last_day}".rstrip(" -")
                yield f"{at}  {of_area.area}: {each.category} ({days})"
        case "answer_moved":
            of_moved = told.answer_moved
            may = words.say("kan være et andet nu", "may be another now")
            yield f"{at}  {of_moved.receipt_id} {of_moved.household_id}".rstrip() + f": {may}"
        case "erasure":
            yield f"{at}  " + words.say("der blev slettet", "there was an erasure")
        case _:
            yield f"{at}  " + words.say("alt hertil er fortalt", "all is told up to here")
