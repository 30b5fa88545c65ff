"""What several questions are put with: the words for their choices, and a referral's message."""

from __future__ import annotations

from typing import Any

from husret.v1 import eligibility_service_pb2 as pb
from services.cli import options as shared
from services.cli.options import Options, Parser


def names(enum: Any, prefix: str, between: str = "-") -> dict[str, Any]:
    """Return the values of an enum by the words of the command line."""
    return {
        name.removeprefix(prefix).lower().replace("_", between): number
        for name, number in enum.items()
        if number != 0
    }


CHANNELS = names(pb.LettingChannel, "LETTING_CHANNEL_")
"""The ways a dwelling is let."""
_BASES = names(pb.ReferralBasis, "REFERRAL_BASIS_", "_")


def add_referral(parser: Parser) -> None:
    """Add what a referral question asks beside the household."""
    parser.add_argument("--dwelling", required=True, metavar="ID")
    parser.add_argument(
        "--basis",
        choices=sorted(_BASES),
        default="stk_1",
        help="what the dwelling is at disposal under (default: %(default)s, of § 59)",
    )
    shared.day(parser)
    parser.add_argument(
        "--letting-day", default="", metavar=shared.DAY, help="the day of the letting, if known"
    )
    parser.add_argument(
        "--move-in-day", default="", metavar=shared.DAY, help="the day of moving in, if known"
    )
    shared.preview(parser)


def referral(options: Options, household: str = "") -> pb.ReferralQuestion:
    """Return the question that the options put, about a household or, on a list, about each."""
    return pb.ReferralQuestion(
        household_id=household,
        dwelling_id=options.dwelling,
        basis=_BASES[options.basis],
        day=options.day,
        letting_day=options.letting_day,
        move_in_day=options.move_in_day,
    )
