"""`husret check waiting-list`: one question about each household on a waiting list."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import uuid4

from rich.progress import MofNCompleteColumn

from domain.law.question import QuestionKind
from domain.questions import KINDS
from husret.v1 import core_pb2
from husret.v1 import eligibility_service_pb2 as pb
from husret.v1.eligibility_service_pb2_grpc import EligibilityServiceStub
from services.cli import connection, following, lacking, listed, questions
from services.cli import options as shared
from services.cli.exits import ANSWERED
from services.cli.options import Options, Parser
from services.terminal import output, shell, show

SCREENED = [
    KINDS[field.name]
    for field in pb.ScreenWaitingListRequest.DESCRIPTOR.oneofs_by_name["question"].fields
]
"""The questions that can be asked of a whole list."""


def add_screening(parser: Parser) -> None:
    """Add what can be asked of each on a list."""
    commands = parser.add_subparsers(metavar="QUESTION", required=True)
    for kind in SCREENED:
        help = questions.said_of(kind)
        _add_options(commands.add_parser(questions.word(kind), help=help), kind)


def _add_options(parser: Parser, kind: QuestionKind) -> None:
    """Add which list, and what is asked about each on it."""
    shared.asking(parser)
    of_one = [slot.name for slot in kind.fields if slot.said.of_one]
    questions.add_fields(parser, kind, without=["household", *of_one])
    shared.preview(parser)
    parser.add_argument(
        "--households",
        type=Path,
        metavar="FILE",
        help="ids in the order of the list, one a line; or a table (CSV, .xlsx) with a header, the "
        "ids under household_id, and columns of your own (default: all that are registered)",
    )
    parser.add_argument(
        "--texts", action="store_true", help="answers, and what is missing, in words"
    )
    parser.add_argument(
        "--table",
        type=Path,
        metavar="FILE",
        help="write a new .csv or .xlsx with your own columns beside what came out",
    )
    shared.known(parser)
    parser.set_defaults(run=_screen, kind=kind)


def _screen(options: Options) -> int:
    if options.table is not None:
        listed.check(options.table)
    asked_for = listed.read(options.households)
    request = _request(options, asked_for)
    words = show.Words(options.language)
    if options.preview and not options.json:
        print(words.both(show.PREVIEW))
    counts: Counter[str] = Counter()
    receipts: list[str] = []
    warned: Counter[str] = Counter()
    warnings: dict[str, core_pb2.Text] = {}
    pages: list[pb.ScreenWaitingListResponse] = []
    fact = ""
    first: list[pb.ScreenedHousehold] = []
    with (
        output.progress(MofNCompleteColumn()) as progress,
        connection.stub(options, EligibilityServiceStub) as stub,
    ):
        task = progress.add_task("screening", total=None)
        for page in stub.ScreenWaitingList(request):
            progress.update(task, completed=page.done, total=page.total)
            receipts += [page.receipt_id] if page.receipt_id else []
            warnings |= {each.code: each.text for each in page.warnings}
            pages += [page] if options.table is not None else []
            first = first or list(page.households)
            for household in page.households:
                warned.update(household.warnings)
                fact = fact or lacking.template(household.missing)
                said = _said(household)
                if not options.json and not household.HasField("error"):
                    said = words.outcome(household.outcome).plain
                counts[said] += 1
                if options.json or options.table is None:
                    _put(options, words, page, household, asked_for, said)
    following.found(
        options,
        page=next(iter(receipts), ""),
        fact=fact,
        household=next((listed.called(each) for each in first if not each.HasField("error")), ""),
    )
    if options.table is not None:
        listed.write(options.table, asked_for, pages, words)
    if not options.json:
        counted = ", ".join(f"{count} {said}" for said, count in sorted(counts.items()))
        print(counted or words.say("ingen", "nobody"))
        for code, text in warnings.items():
            print(f"{warned[code]} {code}: {words.both(text)}")
        for receipt in receipts:
            print(f"{words.say('side', 'page')}: {receipt}")
        if options.table is not None:
            print(options.table)
    return ANSWERED


def _request(options: Options, asked_for: listed.Listed) -> pb.ScreenWaitingListRequest:
    kind: QuestionKind = options.kind
    asked: dict[str, Any] = {kind.name: questions.filled(kind, options)}
    texts = options.texts or options.table is not None
    return pb.ScreenWaitingListRequest(
        context=connection.context(options, kind.purpose),
        request_id="" if options.preview else str(uuid4()),
        **asked,
        household_ids=asked_for.ids,
        preview=options.preview,
        consistency=connection.consistency(options),
        texts=texts,
        page_size=PAGE_WITH_TEXTS if texts else 0,
    )


PAGE_WITH_TEXTS = 200
"""Households on a page whose answers are said in words, which are long."""


def _said(household: pb.ScreenedHousehold) -> str:
    if household.HasField("error"):
        return household.error.reason
    return show.outcome_name(household.outcome)


def _put(
    options: Options,
    words: show.Words,
    page: pb.ScreenWaitingListResponse,
    household: pb.ScreenedHousehold,
    asked_for: listed.Listed,
    said: str,
) -> None:
    """Print what came out for a household: a line, and with --texts what is missing below it."""
    id = listed.called(household)
    own = asked_for.own.get(id, [])
    if options.json:
        document: dict[str, Any] = {
            "household": household.household_id,
            "outcome": said,
            "rules": list(household.rule_ids),
            "missing": [output.plain(each) for each in household.missing],
            "open_points": [output.plain(each) for each in household.open_points],
            "warnings": list(household.warnings),
            "receipt": page.receipt_id,
        }
        if household.external_id:
            document["external_id"] = household.external_id
        if own:
            document["own"] = dict(zip(asked_for.columns, own, strict=True))
        print(shell.as_json(document, sys.stdout))
        return
    named = "".join(f"{cell}  " for cell in own)
    short = "" if options.texts else lacking.in_short(household, words)
    rest = filter(None, (" ".join(household.rule_ids), short))
    print(f"{named}{id}  {said:<12}  {'  '.join(rest)}".rstrip())
    if options.texts and not household.HasField("error"):
        print(f"    {words.both(household.summary)}")
        for each in lacking.told(household, words):
            print(f"    - {each}")
