"""`husret decisions`: finds recorded answers, as lines, as a table, or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain

from domain.law import explain
from domain.law.editions import CURRENT
from domain.purposes import PURPOSES
from domain.questions import KINDS, RECEIPT_TYPES
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2
from husret.v1.audit_service_pb2_grpc import AuditServiceStub
from services.cli import again, connection, following, questions
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED, CommandError
from services.cli.options import Options, Parser
from services.log.wall_clock import COPENHAGEN
from services.reports import tables
from services.terminal import output, shell, show

_QUESTIONS = {questions.word(KINDS[name]): name for name in sorted(RECEIPT_TYPES.values())}
_OUTCOMES = {
    show.outcome_name(number).lower(): number
    for number in core_pb2.Outcome.values()
    if number != core_pb2.OUTCOME_UNSPECIFIED
}
_DAYS = {"about": pb.DECISION_DAY_ASKED_ABOUT, "recorded": pb.DECISION_DAY_RECORDED}


def add_decisions(parser: Parser) -> None:
    """Add what answers are found by."""
    shared.asking(parser)
    for option, choices in (("--question", [*_QUESTIONS]), ("--outcome", [*_OUTCOMES])):
        more = "may be given again (default: all)"
        parser.add_argument(option, action="append", default=[], choices=choices, help=more)
    parser.add_argument("--area", default="", metavar="AREA", help="asked about, or dwelt in")
    parser.add_argument("--municipality", default="", metavar="CODE", help="of the area")
    parser.add_argument("--from", dest="first_day", default="", metavar=shared.DAY)
    parser.add_argument("--to", dest="last_day", default="", metavar=shared.DAY)
    parser.add_argument(
        "--kind-of-day",
        choices=[*_DAYS],
        default="about",
        help="which day lies from --from to --to: the one asked about, or that of recording "
        "(default: about)",
    )
    parser.add_argument("--asked-by", default="", metavar="ACTOR", help="who asked")
    parser.add_argument("--purpose", default="", choices=["", *PURPOSES], help="asked for what")
    parser.add_argument("--law", default="", metavar="EDITION", help="answered under this edition")
    parser.add_argument(
        "--ground", default="", metavar="RULE", help="that brought a refusal about; opens receipts"
    )
    parser.add_argument("--rule", default="", metavar="RULE", help="that was met; opens receipts")
    parser.add_argument("--household", default="", metavar="ID", help="about this household")
    parser.add_argument(
        "--dwelling", default="", metavar="ID", help="about this dwelling; opens receipts"
    )
    parser.add_argument(
        "--opened",
        action="store_true",
        help="say also whom each is about, and on which grounds; every reading is noted",
    )
    parser.add_argument(
        "--format",
        choices=("text", "csv"),
        default="text",
        help="csv: a table for a spreadsheet, on standard output (default: text)",
    )
    again.add_stale(parser)
    shared.known(parser)
    parser.set_defaults(run=_decisions)


def _decisions(options: Options) -> int:
    if options.stale:
        return again.stale(options)
    if options.json and options.format == "csv":
        raise CommandError("--json and --format csv are two forms; name one")
    request = pb.ListDecisionsRequest(
        context=connection.context(options, "audit"),
        questions=[_QUESTIONS[each] for each in options.question],
        outcomes=[_OUTCOMES[each] for each in options.outcome],
        area=options.area,
        municipality=options.municipality,
        first_day=options.first_day,
        last_day=options.last_day,
        kind_of_day=_DAYS[options.kind_of_day],
        actor=options.asked_by,
        purpose=options.purpose,
        law_package=options.law,
        ground=options.ground,
        rule=options.rule,
        household_id=options.household,
        dwelling_id=options.dwelling,
        opened=options.opened,
        page_size=1_000,
        consistency=connection.consistency(options),
    )
    found: list[pb.ListedDecision] = []
    erased = 0
    with connection.stub(options, AuditServiceStub) as stub:
        while True:
            page = stub.ListDecisions(request, timeout=DEADLINE)
            found += page.decisions
            erased += page.erased
            if not page.next_page_token:
                break
            request.page_token = page.next_page_token
    words = show.Words(options.language)
    if options.format == "csv":
        return _put_table(found, erased, words)
    _note_what_follows(options, found)
    said = {
        "decisions": [output.plain(each) for each in found],
        "known_at_position": page.known_at_position,
        "erased": erased,
    }
    counted = words.say(
        f"{len(found)} afgørelser, som kendt ved hændelse nr. {page.known_at_position}",
        f"{len(found)} decisions, as known at position {page.known_at_position}",
    )
    lines = chain.from_iterable(_lines(each, words) for each in found)
    output.put(options, said, [*lines, counted, _passed_over(erased, words)])
    return ANSWERED


def _note_what_follows(options: Options, found: Sequence[pb.ListedDecision]) -> None:
    receipt = next((each for each in found if not each.households), None)
    page = next((each for each in found if each.households), None)
    household = "ID" if page is None or not page.answers else page.answers[0].household_id
    following.found(
        options,
        receipt="" if receipt is None else receipt.receipt_id,
        page="" if page is None else page.receipt_id,
        household=household,
    )


def _passed_over(erased: int, words: show.Words) -> str:
    if not erased:
        return ""
    return words.say(
        f"{erased} svar er slettet og kunne ikke åbnes",
        f"{erased} answers have been erased, and could not be opened",
    )


def _lines(each: pb.ListedDecision, words: show.Words) -> Iterator[str]:
    """Yield a decision as lines: what it says openly, and below it what was opened."""
    outcome = (
        words.say(f"{each.households} husstande", f"{each.households} households")
        if each.households
        else words.outcome(each.outcome).plain
    )
    yield (
        f"{each.position:>8} {_moment(each)} {each.day} {each.question:<14} {outcome:<14} "
        f"{each.area or '-':<26} {_who(each)}  {each.receipt_id}"
    )
    for answer in each.answers:
        said = [answer.household_id, *answer.dwelling_ids]
        if each.households:
            said.append(words.outcome(answer.outcome).plain)
        if answer.grounds:
            said.append(f"{words.say('fordi', 'because of')} {', '.join(answer.grounds)}")
        if answer.rules:
            said.append(f"{words.say('opfyldt', 'met')}: {', '.join(answer.rules)}")
        if answer.partly_erased:
            said.append(words.say("noget er slettet", "some of it was erased"))
        yield "         " + "  ".join(filter(None, said))


def _who(each: pb.ListedDecision) -> str:
    return f"{show.who(each.asked_by)} ({each.asked_by.purpose})"


def _moment(each: pb.ListedDecision) -> str:
    return each.recorded_at.ToDatetime(COPENHAGEN).strftime("%Y-%m-%d %H:%M")


def _put_table(found: Sequence[pb.ListedDecision], erased: int, words: show.Words) -> int:
    """Print a row for each receipt, and for each entry of a page that was opened."""
    say = words.say
    columns = [
        say("Kvittering", "Receipt"),
        say("Hændelse nr.", "Position"),
        say("Registreret", "Recorded"),
        say("Spørgsmål", "Question"),
        say("Svar", "Answer"),
        say("Husstande på siden", "Households on the page"),
        say("Område", "Area"),
        say("Dag", "Day"),
        say("Spurgt den", "Asked on"),
        say("Bedømt pr.", "Judged on"),
        say("Lovudgave", "Edition of the law"),
        say("Kendt ved hændelse nr.", "Known at position"),
        say("Spurgt af", "Asked by"),
        say("Formål", "Purpose"),
        say("Hjemmel", "Legal basis"),
        say("Husstand", "Household"),
        say("Boliger", "Dwellings"),
        say("Grunde", "Grounds"),
        say("Regler opfyldt", "Rules met"),
        say("Noget er slettet", "Some of it was erased"),
    ]
    rows = [row for each in found for row in _rows(each, words)]
    with shell.whoever_reads():
        sys.stdout.buffer.write(tables.csv_file(columns, rows, zeros=True))
        sys.stdout.buffer.flush()
    passed_over = _passed_over(erased, words)
    if passed_over:
        print(passed_over, file=sys.stderr)
    return ANSWERED


def _rows(each: pb.ListedDecision, words: show.Words) -> Iterator[list[tables.Cell]]:
    for answer in each.answers or [pb.OpenedAnswer(outcome=each.outcome)]:
        known = answer.outcome != core_pb2.OUTCOME_UNSPECIFIED
        yield [
            each.receipt_id,
            each.position,
            _moment(each),
            words.both(each.title),
            words.outcome(answer.outcome).plain if known else "",
            each.households or None,
            each.area,
            each.day,
            each.asked_on,
            each.judged_on,
            each.law_package,
            each.known_at_position,
            show.who(each.asked_by),
            each.asked_by.purpose,
            each.asked_by.legal_basis,
            answer.household_id,
            ", ".join(answer.dwelling_ids),
            _rules(answer.grounds, words),
            _rules(answer.rules, words),
            words.say("ja", "yes") if answer.partly_erased else "",
        ]


def _rules(ids: Sequence[str], words: show.Words) -> str:
    """Name rules by id and title; of another edition's, which may have no title now, the id."""
    said = []
    for id in ids:
        try:
            said.append(f"{id} ({words.both(explain.rule_title(CURRENT, id))})")
        except LookupError:
            said.append(id)
    return "; ".join(said)
