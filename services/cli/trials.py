"""`husret law try` and `husret replay --all`: work on many recorded answers, with a bar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.progress import MofNCompleteColumn, TimeRemainingColumn

from domain.law.texts.kinds import Text as Said
from husret.v1 import audit_service_pb2 as pb
from husret.v1.audit_service_pb2_grpc import AuditServiceStub
from services.cli import again, connection, following
from services.cli import options as shared
from services.cli.exits import ANSWERED, DIFFERENT
from services.cli.options import Options, Parser
from services.terminal import output, show

_VERDICTS = {
    pb.REPLAY_VERDICT_EQUAL: Said("ens", "equal"),
    pb.REPLAY_VERDICT_EQUAL_BUT_ERASED: Said("ens, men noget er slettet", "equal but for erasures"),
    pb.REPLAY_VERDICT_DIFFERENT: Said("forskellig", "different"),
    pb.REPLAY_VERDICT_NOT_RUN: Said("kan ikke køres af denne version", "not run by this version"),
}


def add_law(parser: Parser) -> None:
    """Add what can be done with the law."""
    commands = parser.add_subparsers(metavar="WHAT", required=True)
    trying = commands.add_parser(
        "try",
        help="decide the answers of a period again under another law, and count the outcomes; "
        "nothing is recorded",
    )
    shared.asking(trying)
    again.law(trying)
    for option, which in (("--first-day", "from it on"), ("--last-day", "through it")):
        trying.add_argument(
            option, default="", metavar=shared.DAY, help=f"answers recorded {which}"
        )
    trying.add_argument("--area", default="", metavar="ID", help="only answers about this area")
    trying.add_argument(
        "--question",
        action="append",
        default=[],
        metavar="KIND",
        help="only this kind of question; may be repeated",
    )
    trying.add_argument(
        "--receipts", action="store_true", help="name the answers whose outcome changes"
    )
    shared.known(trying)
    trying.set_defaults(run=_try)


def _try(options: Options) -> int:
    request = pb.TryLawRequest(
        context=connection.context(options, "audit"),
        law=again.law_asked(options),
        first_day=options.first_day,
        last_day=options.last_day,
        area=options.area,
        questions=options.question,
        receipts=options.receipts,
        consistency=connection.consistency(options),
    )
    with connection.stub(options, AuditServiceStub) as stub:
        for page in _walked(stub.TryLaw(request), "law try"):
            last = page
    found = last.result
    words = show.Words(options.language)
    following.found(options, receipt=next((each.receipt_id for each in found.changed), ""))
    output.put(options, found, _trial(words, found))
    return ANSWERED


def _walked(pages: Iterable[Any], what: str) -> Iterator[Any]:
    """Yield the pages of a walk, and show how far it is."""
    with output.progress(MofNCompleteColumn(), TimeRemainingColumn()) as progress:
        task = progress.add_task(what, total=None)
        for page in pages:
            progress.update(task, completed=page.done, total=page.total)
            yield page


def _trial(words: show.Words, found: pb.LawTrial) -> Iterator[str]:
    if found.HasField("draft"):
        yield words.both(found.draft)
    for title, counts in (
        (words.say("Efter område", "By area"), found.by_area),
        (words.say("Efter de regler, der afgør", "By the rules that decide"), found.by_rule),
    ):
        yield title + ":"
        for each in counts:
            of = each.rule_id or f"{each.question} {each.area or '-'}"
            shown = words.say("få", "few") if each.hidden else str(each.answers)
            before, after = (words.outcome(o).plain for o in (each.before, each.after))
            arrow = f"{before} -> {after}" if before != after else f"{before} ="
            yield f"  {of:<40} {arrow:<34} {shown:>9}"
    for changed in found.changed:
        before, after = (words.outcome(o).plain for o in (changed.before, changed.after))
        whose = f" --household {changed.household_id}" if changed.household_id else ""
        yield f"  {changed.receipt_id}{whose} ({changed.recorded_position}): {before} -> {after}"
    yield words.say(
        f"{found.answers} svar; {found.cannot_be_told} kan ikke oplyses (slettet), "
        f"{found.not_run} kan denne version ikke køre; kendt ved position "
        f"{found.known_at_position}, udgave {found.law_package[:12]}",
        f"{found.answers} answers; {found.cannot_be_told} cannot be told (erased), "
        f"{found.not_run} not run by this version; known at position "
        f"{found.known_at_position}, edition {found.law_package[:12]}",
    )


def replay_many(options: Options) -> int:
    """Replay all receipts, or a sample, and print the report; return the exit code."""
    request = pb.ReplayDecisionsRequest(
        context=connection.context(options, "audit"),
        sample=options.sample,
        seed=options.seed,
        consistency=connection.consistency(options),
    )
    found: list[pb.ReplayedDecision] = []
    with connection.stub(options, AuditServiceStub) as stub:
        for page in _walked(stub.ReplayDecisions(request), "replay"):
            found += page.found
            last = page
    words, report = show.Words(options.language), last.report
    different = [each for each in found if each.verdict == pb.REPLAY_VERDICT_DIFFERENT]
    following.found(options, receipt=next((each.receipt_id for each in different), ""))
    found.sort(key=lambda each: each.position)
    said = {**output.plain(report), "found": [output.plain(each) for each in found]}
    output.put(options, said, _report(words, report, found))
    return DIFFERENT if different else ANSWERED


def _report(
    words: show.Words, report: pb.ReplayReport, found: Iterable[pb.ReplayedDecision]
) -> Iterator[str]:
    for each in report.counts:
        page = words.say("side", "page")
        outcome = words.outcome(each.outcome).plain if each.outcome else page
        verdict = words.both(_VERDICTS[each.verdict])
        yield f"  {each.question:<24} {outcome:<16} {verdict:<34} {each.receipts:>8}"
    for decision in found:
        yield f"position {decision.position} {decision.receipt_id}:"
        yield from (f"  {each}" for each in decision.differences)
    yield words.say(
        f"{report.replayed} af {report.recorded} beregnet igen; kendt ved position "
        f"{report.known_at_position}",
        f"{report.replayed} of {report.recorded} computed again; known at position "
        f"{report.known_at_position}",
    )
