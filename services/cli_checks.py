"""The command line's questions about letting, exchange, sublet and the certificate."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from husret.v1 import core_pb2
from husret.v1 import eligibility_service_pb2 as pb

Options = argparse.Namespace
Ask = Callable[[Any, core_pb2.RequestContext, Options, float], core_pb2.Decision]

_STATED = {"yes": pb.STATED_YES, "no": pb.STATED_NO}
_DAY = "YYYY-MM-DD"


def _names(enum: Any, prefix: str) -> dict[str, Any]:
    return {
        name.removeprefix(prefix).lower().replace("_", "-"): number
        for name, number in enum.items()
        if number != 0
    }


_CHANNELS = _names(pb.LettingChannel, "LETTING_CHANNEL_")
_GROUNDS = _names(pb.RefusalGround, "REFUSAL_GROUND_")
_REASONS = _names(pb.SubletReason, "SUBLET_REASON_")


def add(checks: Any, asking: argparse.ArgumentParser, run: Callable[[Options], int]) -> None:
    """Add the questions to `husret check`; `run` puts the one that was chosen."""
    letting = checks.add_parser(
        "letting", parents=[asking], help="may the organisation let this dwelling to a household?"
    )
    _household(letting)
    letting.add_argument("--channel", choices=sorted(_CHANNELS), default="waiting-list")
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
    exchange.add_argument("--municipality-consents", action="store_true")
    exchange.set_defaults(run=run, ask=_exchange)

    sublet = checks.add_parser("sublet", parents=[asking], help="may the landlord oppose a sublet?")
    _household(sublet)
    sublet.add_argument("--whole", action="store_true", help="the whole dwelling, not rooms of it")
    for name in ("staying", "rooms-sublet", "months"):
        sublet.add_argument(f"--{name}", type=int, metavar="N")
    sublet.add_argument("--reason", choices=sorted(_REASONS))
    _days(sublet, "notified-on", "agreement-on", "starts-on", "copy-sent-on", "proof-sent-on")
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
    certificate.set_defaults(run=run, ask=_certificate)


def _household(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--household", required=True, metavar="UUID", help="who moves in")
    parser.add_argument("--dwelling", required=True, metavar="ID")
    parser.add_argument("--day", default="", metavar=_DAY, help="default: today")
    _days(parser, "takeover")
    parser.add_argument(
        "--preview", action="store_true", help="don't record; what is printed is no answer"
    )


def _days(parser: argparse.ArgumentParser, *names: str) -> None:
    for name in names:
        parser.add_argument(f"--{name}", default="", metavar=_DAY)


def _stated(parser: argparse.ArgumentParser, *names: str) -> None:
    for name in names:
        parser.add_argument(f"--{name}", choices=sorted(_STATED))


def _common(options: Options) -> dict[str, Any]:
    return {
        "household_id": options.household,
        "dwelling_id": options.dwelling,
        "day": options.day,
        "takeover": options.takeover,
    }


def _given(options: Options, *names: str) -> dict[str, Any]:
    return {name: _STATED[said] for name in names if (said := getattr(options, name)) is not None}


def _request(kind: Any, context: core_pb2.RequestContext, question: Any, options: Options) -> Any:
    return kind(
        context=context,
        request_id="" if options.preview else str(uuid4()),
        question=question,
        preview=options.preview,
    )


def _letting(
    stub: Any, context: core_pb2.RequestContext, options: Options, timeout: float
) -> core_pb2.Decision:
    question = pb.LettingQuestion(
        **_common(options),
        channel=_CHANNELS[options.channel],
        offered=options.offered,
        registered_on=options.registered_on,
        left_empty_since=options.left_empty_since,
        sent_for_approval=options.sent_for_approval,
        nobody_else=options.nobody_else,
        consider=[_GROUNDS[each] for each in options.consider],
        **_given(options, "lives_in_department"),
    )
    request = _request(pb.CheckLettingRequest, context, question, options)
    decision: core_pb2.Decision = stub.CheckLetting(request, timeout=timeout).decision
    return decision


def _exchange(
    stub: Any, context: core_pb2.RequestContext, options: Options, timeout: float
) -> core_pb2.Decision:
    question = pb.ExchangeQuestion(
        **_common(options),
        lived_since=options.lived_since,
        municipality_consents=options.municipality_consents,
        **_given(options, "partner_is_tenant", "meets_conditions"),
    )
    request = _request(pb.CheckExchangeRequest, context, question, options)
    decision: core_pb2.Decision = stub.CheckExchange(request, timeout=timeout).decision
    return decision


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
        agreement_on=options.agreement_on,
        starts_on=options.starts_on,
        copy_sent_on=options.copy_sent_on,
        proof_sent_on=options.proof_sent_on,
        **_given(options, "rent_exceeds_own", "meets_conditions"),
    )
    request = _request(pb.CheckSubletRequest, context, question, options)
    decision: core_pb2.Decision = stub.CheckSublet(request, timeout=timeout).decision
    return decision


def _certificate(
    stub: Any, context: core_pb2.RequestContext, options: Options, timeout: float
) -> core_pb2.Decision:
    request = pb.MayRequestCriminalRecordRequest(
        context=context,
        dwelling_id=options.dwelling,
        day=options.day,
        offered=options.offered,
    )
    decision: core_pb2.Decision = stub.MayRequestCriminalRecord(request, timeout=timeout).decision
    return decision
