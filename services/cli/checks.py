"""`husret check`: the questions that can be put, and what is said of their options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import uuid4

from husret.v1 import eligibility_service_pb2 as pb
from husret.v1.eligibility_service_pb2_grpc import EligibilityServiceStub
from services.cli import connection, questions, waiting_list
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED
from services.cli.options import Options, Parser
from services.terminal import show


class Check(NamedTuple):
    """A question that a command puts, and whose answer it prints."""

    kind: str
    """As the contract names it: `Check<kind>` takes a `<kind>Question`."""
    help: str
    says: Mapping[str, str] = {}
    """What is said of the options that need a word, by field."""
    special: Mapping[str, Mapping[str, Any]] = {}
    """What argparse must know beside a field's type."""
    purpose: str = "letting"


_MOVES_IN = {"household_id": "who moves in"}
_LIVES_THERE = {"household_id": "who lives there"}
_WEEKS = {"agreed_weeks": "of youth dwellings"}

CHECKS = {
    "referral": Check(
        "Referral",
        "may this household be referred to this dwelling?",
        questions.SAID_OF_REFERRAL,
        questions.BASIS,
        purpose="referral",
    ),
    "letting": Check(
        "Letting",
        "may the organisation let this dwelling to a household?",
        _MOVES_IN
        | {
            "consider": "a ground that the organisation considers to refuse on; may be given "
            "several times",
            "nobody_else": "nobody else wants it (§ 51 b)",
        },
        {"channel": {"default": "waiting-list"}},
    ),
    "exchange": Check("Exchange", "may the landlord oppose an exchange?", _MOVES_IN),
    "sublet": Check(
        "Sublet",
        "may the landlord oppose a sublet?",
        _MOVES_IN | {"whole": "the whole dwelling, or rooms of it"},
        {"whole": {"required": True}},
    ),
    "termination": Check(
        "Termination",
        "may the tenancy be terminated because of crime?",
        _LIVES_THERE | _WEEKS,
    ),
    "notice": Check(
        "Notice",
        "may, or must, notice be given for demolition or sale?",
        _LIVES_THERE | _WEEKS,
        {"ground": {"required": True}},
    ),
    "rehousing": Check(
        "Rehousing",
        "is a dwelling the replacement that is due?",
        _LIVES_THERE
        | {
            "offered_dwelling_id": "the dwelling offered",
            "offered_rooms": "rooms of the dwelling offered",
            "rooms_before": "rooms of the dwelling that must be left",
            "months": "for how many months it can't be lived in",
            "age": "the tenant's age, for the internal waiting list",
        },
    ),
    "private-lease": Check(
        "PrivateLease",
        "is a private landlord's lease against the municipality's criteria?",
        _LIVES_THERE,
    ),
}


def add_check(parser: Parser) -> None:
    """Add the questions."""
    commands = parser.add_subparsers(metavar="QUESTION", required=True)
    for name, check in CHECKS.items():
        of_question = commands.add_parser(name, help=check.help)
        shared.asking(of_question)
        message = getattr(pb, f"{check.kind}Question")
        questions.add_fields(of_question, message, {**shared.TODAY, **check.says}, **check.special)
        shared.preview(of_question)
        of_question.set_defaults(run=_check, check=check)
    waiting_list.add_screening(
        commands.add_parser(
            "waiting-list",
            help="may each household on the waiting list be referred to this dwelling, or let it?",
        )
    )
    certificate = commands.add_parser(
        "certificate", help="may a criminal record certificate be demanded here on this day?"
    )
    shared.asking(certificate)
    says = {**shared.TODAY, "channel": "how it is let"}
    message = pb.MayRequestCriminalRecordRequest
    questions.add_fields(
        certificate, message, says, without=["context", "omit_texts", "consistency"]
    )
    certificate.set_defaults(run=_certificate)


def _check(options: Options) -> int:
    method = f"Check{options.check.kind}"
    request = getattr(pb, f"{method}Request")(
        context=connection.context(options, options.check.purpose),
        request_id="" if options.preview else str(uuid4()),
        question=questions.filled(getattr(pb, f"{options.check.kind}Question"), options),
        preview=options.preview,
    )
    with connection.stub(options, EligibilityServiceStub) as stub:
        decision = getattr(stub, method)(request, timeout=DEADLINE).decision
    show.put_decision(options, decision)
    return ANSWERED


def _certificate(options: Options) -> int:
    request = questions.filled(pb.MayRequestCriminalRecordRequest, options)
    request.context.CopyFrom(connection.context(options, "letting"))
    with connection.stub(options, EligibilityServiceStub) as stub:
        decision = stub.MayRequestCriminalRecord(request, timeout=DEADLINE).decision
    show.put_decision(options, decision)
    return ANSWERED
