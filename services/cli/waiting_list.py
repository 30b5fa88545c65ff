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
from services.cli import connection, questions
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
        help="ids in the order of the list, one a line (default: all that are registered)",
    )
    parser.set_defaults(run=_screen, kind=kind)


def _screen(options: Options) -> int:
    request = _request(options)
    words = show.Words(options.language)
    counts: Counter[str] = Counter()
    receipts: list[str] = []
    warned: Counter[str] = Counter()
    warnings: dict[str, core_pb2.Text] = {}
    with (
        output.progress(MofNCompleteColumn()) as progress,
        connection.stub(options, EligibilityServiceStub) as stub,
    ):
        task = progress.add_task("screening", total=None)
        for page in stub.ScreenWaitingList(request):
            progress.update(task, completed=page.done, total=page.total)
            receipts += [page.receipt_id] if page.receipt_id else []
            warnings |= {each.code: each.text for each in page.warnings}
            for household in page.households:
                warned.update(household.warnings)
                said = _said(household)
                if not options.json and not household.HasField("error"):
                    said = words.outcome(household.outcome).plain
                counts[said] += 1
                print(_line(options, page, household, said))
    if not options.json:
        counted = ", ".join(f"{count} {said}" for said, count in sorted(counts.items()))
        print(counted or words.say("ingen", "nobody"))
        for code, text in warnings.items():
            print(f"{warned[code]} {code}: {words.both(text)}")
        for receipt in receipts:
            print(f"{words.say('side', 'page')}: {receipt}")
    return ANSWERED


def _request(options: Options) -> pb.ScreenWaitingListRequest:
    named = [] if options.households is None else options.households.read_text().split()
    kind: QuestionKind = options.kind
    asked: dict[str, Any] = {kind.name: questions.filled(kind, options)}
    return pb.ScreenWaitingListRequest(
        context=connection.context(options, kind.purpose),
        request_id="" if options.preview else str(uuid4()),
        **asked,
        household_ids=named,
        preview=options.preview,
    )


def _said(household: pb.ScreenedHousehold) -> str:
    if household.HasField("error"):
        return household.error.reason
    return show.outcome_name(household.outcome)


def _line(
    options: Options,
    page: pb.ScreenWaitingListResponse,
    household: pb.ScreenedHousehold,
    said: str,
) -> str:
    if not options.json:
        called = household.external_id or household.household_id
        return f"{called}  {said:<12}  {' '.join(household.rule_ids)}".rstrip()
    document = {
        "household": household.household_id,
        **({"external_id": household.external_id} if household.external_id else {}),
        "outcome": said,
        "rules": list(household.rule_ids),
        "warnings": list(household.warnings),
        "receipt": page.receipt_id,
    }
    return shell.as_json(document, sys.stdout)
