"""The command line's questions about letting, a tenancy's end, and the certificate."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from husret.v1 import core_pb2
from husret.v1 import eligibility_service_pb2 as pb

Options = argparse.Namespace
Ask = Callable[[Any, core_pb2.RequestContext, Options, float], core_pb2.Decision]

_STATED = {"yes": core_pb2.STATED_YES, "no": core_pb2.STATED_NO}
_DAY = "YYYY-MM-DD"
_YES_OR_NO = argparse.BooleanOptionalAction
"""`--whole` or `--no-whole`; neither: not said."""


def _names(enum: Any, prefix: str) -> dict[str, Any]:
    return {
        name.removeprefix(prefix).lower().replace("_", "-"): number
        for name, number in enum.items()
        if number != 0
    }


CHANNELS = _names(pb.LettingChannel, "LETTING_CHANNEL_")
"""The ways a dwelling is let, by the words of the command line."""
_GROUNDS = _names(pb.RefusalGround, "REFUSAL_GROUND_")
_REASONS = _names(pb.SubletReason, "SUBLET_REASON_")
_NOTICE_GROUNDS = _names(pb.NoticeGround, "NOTICE_GROUND_")


def add(checks: Any, asking: argparse.ArgumentParser, run: Callable[[Options], int]) -> None:
    """Add the questions to `husret check`; `run` puts the one that was chosen."""
    letting = checks.add_parser(
        "letting", parents=[asking], help="may the organisation let this dwelling to a household?"
    )
    _household(letting)
    letting.add_argument("--channel", choices=sorted(CHANNELS), default="waiting-list")
    letting.add_argument(
        "--consider",
        choices=list(_GROUNDS),
        action="append",
        default=[],
        help="a ground that the organisation considers to refuse on; may be given several times",
    )
    _days(letting, "offered", "registered-on", "left-empty-since", "sent-for-approval")
    _stated(letting, "lives-in-department")
    letting.add_argument("--nobody-else", action="store_true", help="nobody else wants it (§ 51 b)")
    letting.set_defaults(run=run, ask=_letting)

    exchange = checks.add_parser(
        "exchange", parents=[asking], help="may the landlord oppose an exchange?"
    )
    _household(exchange)
    _days(exchange, "lived-since")
    _stated(exchange, "partner-is-tenant", "meets-conditions")
    exchange.add_argument("--municipality-consents", action=_YES_OR_NO)
    exchange.set_defaults(run=run, ask=_exchange)

    sublet = checks.add_parser("sublet", parents=[asking], help="may the landlord oppose a sublet?")
    _household(sublet)
    sublet.add_argument(
        "--whole", action=_YES_OR_NO, required=True, help="the whole dwelling, or rooms of it"
    )
    for name in ("staying", "rooms-sublet", "months"):
        sublet.add_argument(f"--{name}", type=int, metavar="N")
    sublet.add_argument("--reason", choices=sorted(_REASONS))
    _days(sublet, "notified-on", "opposed-on", "agreement-on", "starts-on", "copy-sent-on")
    _days(sublet, "proof-sent-on")
    _stated(sublet, "rent-exceeds-own", "meets-conditions")
    sublet.set_defaults(run=run, ask=_sublet)

    certificate = checks.add_parser(
        "certificate",
        parents=[asking],
        help="may a criminal record certificate be demanded here on this day?",
    )
    certificate.add_argument("--dwelling", required=True, metavar="ID")
    certificate.add_argument("--day", default="", metavar=_DAY, help="default: today")
    _days(certificate, "offered")
    certificate.add_argument("--channel", choices=sorted(CHANNELS), help="how it is let")
    certificate.set_defaults(run=run, ask=_certificate)

    termination = checks.add_parser(
        "termination", parents=[asking], help="may the tenancy be terminated because of crime?"
    )
    _home(termination)
    _stated(termination, "other-dwelling-assigned")
    termination.add_argument("--agreed-weeks", type=int, metavar="N", help="of youth dwellings")
    termination.set_defaults(run=run, ask=_termination)

    notice = checks.add_parser(
        "notice", parents=[asking], help="may, or must, notice be given for demolition or sale?"
    )
    _home(notice)
    notice.add_argument("--ground", choices=sorted(_NOTICE_GROUNDS), required=True)
    _days(notice, "received-on", "objected-on", "sued-on")
    _stated(notice, "written", "states-ground", "states-objection", "other-dwelling-assigned")
    notice.add_argument("--agreed-weeks", type=int, metavar="N", help="of youth dwellings")
    notice.set_defaults(run=run, ask=_notice)

    rehousing = checks.add_parser(
        "rehousing", parents=[asking], help="is a dwelling the replacement that is due?"
    )
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
    rehousing.set_defaults(run=run, ask=_rehousing)

    lease = checks.add_parser(
        "private-lease",
        parents=[asking],
        help="is a private landlord's lease against the municipality's criteria?",
    )
    _home(lease)
    _days(lease, "taken-over-on")
    _stated(lease, "sold-in-vulnerable-area", "meets-criteria")
    lease.set_defaults(run=run, ask=_private_lease)


def _home(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--household", required=True, metavar="UUID", help="who lives there")
    _asked_about(parser)


def _household(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--household", required=True, metavar="UUID", help="who moves in")
    _days(parser, "takeover")
    _asked_about(parser)


def _asked_about(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dwelling", required=True, metavar="ID")
    parser.add_argument("--day", default="", metavar=_DAY, help="default: today")
    parser.add_argument(
        "--preview", action="store_true", help="don't record; what is printed is no answer"
    )


def _days(parser: argparse.ArgumentParser, *names: str) -> None:
    for name in names:
        parser.add_argument(f"--{name}", default="", metavar=_DAY)


def _stated(parser: argparse.ArgumentParser, *names: str) -> None:
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


def _put(
    stub: Any,
    kind: str,
    context: core_pb2.RequestContext,
    question: Any,
    options: Options,
    timeout: float,
) -> core_pb2.Decision:
    request = getattr(pb, f"Check{kind}Request")(
        context=context,
        request_id="" if options.preview else str(uuid4()),
        question=question,
        preview=options.preview,
    )
    decision: core_pb2.Decision = getattr(stub, f"Check{kind}")(request, timeout=timeout).decision
    return decision


def _letting(
    stub: Any, context: core_pb2.RequestContext, options: Options, timeout: float
) -> core_pb2.Decision:
    question = pb.LettingQuestion(
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
    return _put(stub, "Letting", context, question, options, timeout)


def _exchange(
    stub: Any, context: core_pb2.RequestContext, options: Options, timeout: float
) -> core_pb2.Decision:
    question = pb.ExchangeQuestion(
        **_common(options),
        lived_since=options.lived_since,
        municipality_consents=options.municipality_consents,
        **_given(options, "partner_is_tenant", "meets_conditions"),
    )
    return _put(stub, "Exchange", context, question, options, timeout)


def _sublet(
    stub: Any, context: core_pb2.RequestContext, options: Options, timeout: float
) -> core_pb2.Decision:
    numbers = {
        name: number
        for name in ("staying", "rooms_sublet", "months")
        if (number := getattr(options, name)) is not None
    }
    question = pb.SubletQuestion(
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
    return _put(stub, "Sublet", context, question, options, timeout)


def _certificate(
    stub: Any, context: core_pb2.RequestContext, options: Options, timeout: float
) -> core_pb2.Decision:
    request = pb.MayRequestCriminalRecordRequest(
        context=context,
        dwelling_id=options.dwelling,
        day=options.day,
        offered=options.offered,
        channel=CHANNELS.get(options.channel, pb.LETTING_CHANNEL_UNSPECIFIED),
    )
    decision: core_pb2.Decision = stub.MayRequestCriminalRecord(request, timeout=timeout).decision
    return decision


def _termination(
    stub: Any, context: core_pb2.RequestContext, options: Options, timeout: float
) -> core_pb2.Decision:
    question = pb.TerminationQuestion(
        **_place(options),
        agreed_weeks=options.agreed_weeks,
        **_given(options, "other_dwelling_assigned"),
    )
    return _put(stub, "Termination", context, question, options, timeout)


def _notice(
    stub: Any, context: core_pb2.RequestContext, options: Options, timeout: float
) -> core_pb2.Decision:
    question = pb.NoticeQuestion(
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
    return _put(stub, "Notice", context, question, options, timeout)


def _rehousing(
    stub: Any, context: core_pb2.RequestContext, options: Options, timeout: float
) -> core_pb2.Decision:
    question = pb.RehousingQuestion(
        **_place(options),
        offered_dwelling_id=options.offered,
        offered_rooms=options.offered_rooms,
        rooms_before=options.rooms_before,
        months=options.months,
        age=options.age,
        **_given(options, "consents", "permanent", "entitled_to_rebuilt"),
    )
    return _put(stub, "Rehousing", context, question, options, timeout)


def _private_lease(
    stub: Any, context: core_pb2.RequestContext, options: Options, timeout: float
) -> core_pb2.Decision:
    question = pb.PrivateLeaseQuestion(
        **_place(options),
        taken_over_on=options.taken_over_on,
        **_given(options, "sold_in_vulnerable_area", "meets_criteria"),
    )
    return _put(stub, "PrivateLease", context, question, options, timeout)
