"""`husret check`: each question that can be put, its options, and its message."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from husret.v1 import core_pb2
from husret.v1 import eligibility_service_pb2 as pb
from husret.v1.eligibility_service_pb2_grpc import EligibilityServiceStub
from services.cli import connection, questions, show, waiting_list
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED
from services.cli.options import Options, Parser
from services.cli.questions import CHANNELS, names

_STATED = {"yes": core_pb2.STATED_YES, "no": core_pb2.STATED_NO}
_YES_OR_NO = argparse.BooleanOptionalAction
"""`--whole` or `--no-whole`; neither: not said."""


_GROUNDS = names(pb.RefusalGround, "REFUSAL_GROUND_")
_REASONS = names(pb.SubletReason, "SUBLET_REASON_")
_NOTICE_GROUNDS = names(pb.NoticeGround, "NOTICE_GROUND_")


def add_check(parser: Parser) -> None:
    """Add the questions."""
    checks = parser.add_subparsers(metavar="QUESTION", required=True)
    referral = checks.add_parser(
        "referral", help="may this household be referred to this dwelling?"
    )
    _asks(referral, "Referral", _referral, "referral")
    referral.add_argument("--household", required=True, metavar="UUID")
    questions.add_referral(referral)

    screened = checks.add_parser(
        "waiting-list",
        help="may each household on the waiting list be referred to this dwelling, or let it?",
    )
    waiting_list.add_screening(screened)

    letting = checks.add_parser(
        "letting", help="may the organisation let this dwelling to a household?"
    )
    _asks(letting, "Letting", _letting)
    _household(letting)
    letting.add_argument("--channel", choices=sorted(CHANNELS), default="waiting-list")
    letting.add_argument(
        "--consider",
        choices=list(_GROUNDS),
        action="append",
        default=[],
        help="a ground that the organisation considers to refuse on; may be given several times",
    )
    shared.days(letting, "offered", "registered-on", "left-empty-since", "sent-for-approval")
    _stated(letting, "lives-in-department")
    letting.add_argument("--nobody-else", action="store_true", help="nobody else wants it (§ 51 b)")

    exchange = checks.add_parser("exchange", help="may the landlord oppose an exchange?")
    _asks(exchange, "Exchange", _exchange)
    _household(exchange)
    shared.days(exchange, "lived-since")
    _stated(exchange, "partner-is-tenant", "meets-conditions")
    exchange.add_argument("--municipality-consents", action=_YES_OR_NO)

    sublet = checks.add_parser("sublet", help="may the landlord oppose a sublet?")
    _asks(sublet, "Sublet", _sublet)
    _household(sublet)
    sublet.add_argument(
        "--whole", action=_YES_OR_NO, required=True, help="the whole dwelling, or rooms of it"
    )
    for name in ("staying", "rooms-sublet", "months"):
        sublet.add_argument(f"--{name}", type=int, metavar="N")
    sublet.add_argument("--reason", choices=sorted(_REASONS))
    shared.days(sublet, "notified-on", "opposed-on", "agreement-on", "starts-on", "copy-sent-on")
    shared.days(sublet, "proof-sent-on")
    _stated(sublet, "rent-exceeds-own", "meets-conditions")

    certificate = checks.add_parser(
        "certificate",
        help="may a criminal record certificate be demanded here on this day?",
    )
    shared.asking(certificate)
    certificate.add_argument("--dwelling", required=True, metavar="ID")
    shared.day(certificate)
    shared.days(certificate, "offered")
    certificate.add_argument("--channel", choices=sorted(CHANNELS), help="how it is let")
    certificate.set_defaults(run=_check_certificate)

    termination = checks.add_parser(
        "termination", help="may the tenancy be terminated because of crime?"
    )
    _asks(termination, "Termination", _termination)
    _home(termination)
    _stated(termination, "other-dwelling-assigned")
    termination.add_argument("--agreed-weeks", type=int, metavar="N", help="of youth dwellings")

    notice = checks.add_parser(
        "notice", help="may, or must, notice be given for demolition or sale?"
    )
    _asks(notice, "Notice", _notice)
    _home(notice)
    notice.add_argument("--ground", choices=sorted(_NOTICE_GROUNDS), required=True)
    shared.days(notice, "received-on", "objected-on", "sued-on")
    _stated(notice, "written", "states-ground", "states-objection", "other-dwelling-assigned")
    notice.add_argument("--agreed-weeks", type=int, metavar="N", help="of youth dwellings")

    rehousing = checks.add_parser("rehousing", help="is a dwelling the replacement that is due?")
    _asks(rehousing, "Rehousing", _rehousing)
    _home(rehousing)
    rehousing.add_argument("--offered", default="", metavar="ID", help="the dwelling offered")
    for option, what in (
        ("--offered-rooms", "rooms of the dwelling offered"),
        ("--rooms-before", "rooms of the dwelling that must be left"),
        ("--months", "for how many months it can't be lived in"),
        ("--age", "the tenant's age, for the internal waiting list"),
    ):
        rehousing.add_argument(option, type=int, metavar="N", help=what)
    _stated(rehousing, "consents", "permanent", "entitled-to-rebuilt")

    lease = checks.add_parser(
        "private-lease",
        help="is a private landlord's lease against the municipality's criteria?",
    )
    _asks(lease, "PrivateLease", _private_lease)
    _home(lease)
    shared.days(lease, "taken-over-on")
    _stated(lease, "sold-in-vulnerable-area", "meets-criteria")


def _asks(
    parser: Parser, kind: str, question: Callable[[Options], Any], purpose: str = "letting"
) -> None:
    """Let a command put one kind of question: `question` makes its message of the options."""
    shared.asking(parser)
    parser.set_defaults(run=_check, kind=kind, question=question, purpose=purpose)


def _check(options: Options) -> int:
    request = getattr(pb, f"Check{options.kind}Request")(
        context=connection.context(options, options.purpose),
        request_id="" if options.preview else str(uuid4()),
        question=options.question(options),
        preview=options.preview,
    )
    with connection.stub(options, EligibilityServiceStub) as stub:
        decision = getattr(stub, f"Check{options.kind}")(request, timeout=DEADLINE).decision
    show.put_decision(options, decision)
    return ANSWERED


def _home(parser: Parser) -> None:
    parser.add_argument("--household", required=True, metavar="UUID", help="who lives there")
    _asked_about(parser)


def _household(parser: Parser) -> None:
    parser.add_argument("--household", required=True, metavar="UUID", help="who moves in")
    shared.days(parser, "takeover")
    _asked_about(parser)


def _asked_about(parser: Parser) -> None:
    parser.add_argument("--dwelling", required=True, metavar="ID")
    shared.day(parser)
    shared.preview(parser)


def _stated(parser: Parser, *names: str) -> None:
    for name in names:
        parser.add_argument(f"--{name}", choices=sorted(_STATED))


def _place(options: Options) -> dict[str, Any]:
    return {
        "household_id": options.household,
        "dwelling_id": options.dwelling,
        "day": options.day,
    }


def _common(options: Options) -> dict[str, Any]:
    return {**_place(options), "takeover": options.takeover}


def _given(options: Options, *names: str) -> dict[str, Any]:
    return {name: _STATED[said] for name in names if (said := getattr(options, name)) is not None}


def _referral(options: Options) -> pb.ReferralQuestion:
    return questions.referral(options, options.household)


def _letting(options: Options) -> pb.LettingQuestion:
    return pb.LettingQuestion(
        **_common(options),
        channel=CHANNELS[options.channel],
        offered=options.offered,
        registered_on=options.registered_on,
        left_empty_since=options.left_empty_since,
        sent_for_approval=options.sent_for_approval,
        nobody_else=options.nobody_else,
        consider=[_GROUNDS[each] for each in options.consider],
        **_given(options, "lives_in_department"),
    )


def _exchange(options: Options) -> pb.ExchangeQuestion:
    return pb.ExchangeQuestion(
        **_common(options),
        lived_since=options.lived_since,
        municipality_consents=options.municipality_consents,
        **_given(options, "partner_is_tenant", "meets_conditions"),
    )


def _sublet(options: Options) -> pb.SubletQuestion:
    numbers = {
        name: number
        for name in ("staying", "rooms_sublet", "months")
        if (number := getattr(options, name)) is not None
    }
    return pb.SubletQuestion(
        **_common(options),
        **numbers,
        whole=options.whole,
        reason=_REASONS.get(options.reason, pb.SUBLET_REASON_UNSPECIFIED),
        notified_on=options.notified_on,
        opposed_on=options.opposed_on,
        agreement_on=options.agreement_on,
        starts_on=options.starts_on,
        copy_sent_on=options.copy_sent_on,
        proof_sent_on=options.proof_sent_on,
        **_given(options, "rent_exceeds_own", "meets_conditions"),
    )


def _check_certificate(options: Options) -> int:
    request = pb.MayRequestCriminalRecordRequest(
        context=connection.context(options, "letting"),
        dwelling_id=options.dwelling,
        day=options.day,
        offered=options.offered,
        channel=CHANNELS.get(options.channel, pb.LETTING_CHANNEL_UNSPECIFIED),
    )
    with connection.stub(options, EligibilityServiceStub) as stub:
        decision = stub.MayRequestCriminalRecord(request, timeout=DEADLINE).decision
    show.put_decision(options, decision)
    return ANSWERED


def _termination(options: Options) -> pb.TerminationQuestion:
    return pb.TerminationQuestion(
        **_place(options),
        agreed_weeks=options.agreed_weeks,
        **_given(options, "other_dwelling_assigned"),
    )


def _notice(options: Options) -> pb.NoticeQuestion:
    return pb.NoticeQuestion(
        **_place(options),
        ground=_NOTICE_GROUNDS[options.ground],
        received_on=options.received_on,
        objected_on=options.objected_on,
        sued_on=options.sued_on,
        agreed_weeks=options.agreed_weeks,
        **_given(
            options, "written", "states_ground", "states_objection", "other_dwelling_assigned"
        ),
    )


def _rehousing(options: Options) -> pb.RehousingQuestion:
    return pb.RehousingQuestion(
        **_place(options),
        offered_dwelling_id=options.offered,
        offered_rooms=options.offered_rooms,
        rooms_before=options.rooms_before,
        months=options.months,
        age=options.age,
        **_given(options, "consents", "permanent", "entitled_to_rebuilt"),
    )


def _private_lease(options: Options) -> pb.PrivateLeaseQuestion:
    return pb.PrivateLeaseQuestion(
        **_place(options),
        taken_over_on=options.taken_over_on,
        **_given(options, "sold_in_vulnerable_area", "meets_criteria"),
    )
