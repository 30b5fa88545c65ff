"""`husret check`: each kind of question that a message of the contract asks alone, or of a list."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from domain.law.question import QuestionKind
from domain.questions import KINDS
from husret.v1 import core_pb2
from husret.v1 import eligibility_service_pb2 as pb
from husret.v1.eligibility_service_pb2_grpc import EligibilityServiceStub
from services.cli import connection, following, lacking, questions, waiting_list
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED
from services.cli.options import Options, Parser
from services.terminal import show

ASKED = {
    questions.word(kind): kind
    for kind in KINDS.values()
    if "decision" in getattr(pb, f"{kind.method}Response").DESCRIPTOR.fields_by_name
}
"""The questions that a command puts, and whose answer it prints."""


def add_check(parser: Parser) -> None:
    """Add the questions."""
    commands = parser.add_subparsers(metavar="QUESTION", required=True)
    for name, kind in ASKED.items():
        of_question = commands.add_parser(name, help=questions.said_of(kind))
        shared.asking(of_question)
        questions.add_fields(of_question, kind)
        if kind.recorded:
            shared.preview(of_question, quiet=True)
        shared.known(of_question)
        of_question.set_defaults(run=_check, kind=kind)
    waiting_list.add_screening(
        commands.add_parser("waiting-list", help="ask one question of each household on a list")
    )


def note(options: Options, decision: core_pb2.Decision, dwelling: str) -> None:
    """Note what may follow an answer: the steps that rest on it, or recording what is missing."""
    may = decision.outcome in (core_pb2.OUTCOME_PERMITTED, core_pb2.OUTCOME_DISCRETIONARY)
    following.found(
        options,
        receipt=decision.receipt_id,
        fact=lacking.template(decision.missing),
        named=decision.receipt_id if any(each.person_id for each in decision.findings) else "",
        to_measure=dwelling
        if any(each.kind in lacking.MEASURED for each in decision.missing)
        else "",
        may_go_on=dwelling if may and decision.receipt_id else "",
    )


def _check(options: Options) -> int:
    kind: QuestionKind = options.kind
    asked: Any = questions.filled(kind, options)
    if kind.recorded:
        asked = getattr(pb, f"{kind.method}Request")(
            request_id="" if options.preview else str(uuid4()),
            question=asked,
            preview=options.preview,
        )
    asked.context.CopyFrom(connection.context(options, kind.purpose))
    asked.consistency.CopyFrom(connection.consistency(options))
    with connection.stub(options, EligibilityServiceStub) as stub:
        decision = getattr(stub, kind.method)(asked, timeout=DEADLINE).decision
    if getattr(options, "quiet", False) and not options.json:
        print(decision.receipt_id)
        return ANSWERED
    note(options, decision, getattr(options, "dwelling", ""))
    show.put_decision(options, decision, questions.told(kind, options))
    return ANSWERED
