"""`husret tenancy` and `husret ledger`: the steps from vacancy to contract, and who was due."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from husret.v1 import fact_service_pb2
from husret.v1 import tenancy_service_pb2 as pb
from husret.v1.tenancy_service_pb2_grpc import TenancyServiceStub
from services.cli import connection, taken_over
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED
from services.cli.options import Options, Parser
from services.terminal import output


def add_tenancy(parser: Parser) -> None:
    """Add the steps."""
    steps = parser.add_subparsers(metavar="STEP", required=True)
    vacancy = steps.add_parser("vacancy", help="a dwelling is vacant")
    shared.asking(vacancy)
    vacancy.add_argument("dwelling", metavar="DWELLING")
    vacancy.add_argument("--from", dest="vacant_from", required=True, metavar=shared.DAY)
    vacancy.set_defaults(run=_vacancy)
    allocate = steps.add_parser("allocate", help="give a vacancy to the channel that is due")
    shared.asking(allocate)
    allocate.add_argument("vacancy", metavar="VACANCY")
    allocate.add_argument("--rehousing", action="store_true", help="to rehousing, which goes first")
    allocate.set_defaults(run=_allocate)
    offer = steps.add_parser("offer", help="offer it to a household")
    _resting(offer)
    offer.add_argument("allocation", metavar="ALLOCATION")
    offer.add_argument("--household", required=True, metavar="UUID")
    offer.add_argument("--deadline", required=True, metavar=shared.DAY)
    offer.set_defaults(run=_offer)
    accept = steps.add_parser("accept", help="the household accepts")
    _resting(accept)
    accept.add_argument("offer", metavar="OFFER")
    accept.set_defaults(run=_accept)
    contract = steps.add_parser("contract", help="make the contract")
    _resting(contract)
    contract.add_argument("offer", metavar="OFFER")
    contract.add_argument("--first-day", required=True, metavar=shared.DAY)
    contract.set_defaults(run=_contract)
    taken_over.add(
        steps.add_parser("take-over", help="a tenancy that began before it was kept here")
    )
    shown = steps.add_parser("show", help="where a dwelling stands")
    shared.asking(shown)
    shown.add_argument("dwelling", metavar="DWELLING")
    shown.set_defaults(run=_show)


def _resting(parser: Parser) -> None:
    """Add what a step rests on: answers, and a person's decision."""
    shared.asking(parser)
    shared.day(parser)
    parser.add_argument(
        "--receipt", action="append", default=[], metavar="RECEIPT", help="may be repeated"
    )
    parser.add_argument("--decided-by", default="", metavar="WHO", help="who decides, if needed")
    parser.add_argument("--reasons", default="", metavar="TEXT", help="why; sealed")
    parser.add_argument("--party-heard", choices=("yes", "no"), help="was the party heard?")


def add_ledger(parser: Parser) -> None:
    """Add whose allocations."""
    shared.asking(parser)
    parser.add_argument("organisation", metavar="ORGANISATION")
    parser.add_argument("--department", default="", help="only this department's rows")
    parser.set_defaults(run=_ledger)


def _step(options: Options, method: str, **values: Any) -> int:
    """Take one step, and print the id that the next step names."""
    request = getattr(pb, f"{method}Request")(
        context=connection.context(options, "case"), request_id=str(uuid4()), **values
    )
    with connection.stub(options, TenancyServiceStub) as stub:
        recorded = getattr(stub, method)(request, timeout=DEADLINE).recorded
    output.put(options, recorded, [f"{recorded.step_id} at position {recorded.position}"])
    return ANSWERED


def _vacancy(options: Options) -> int:
    return _step(
        options, "RecordVacancy", dwelling_id=options.dwelling, vacant_from=options.vacant_from
    )


def _allocate(options: Options) -> int:
    turn = pb.Turn(channel=pb.CHANNEL_REHOUSING)
    if not options.rehousing:
        asked = pb.GetDueChannelRequest(
            context=connection.context(options, "case"), vacancy_id=options.vacancy
        )
        with connection.stub(options, TenancyServiceStub) as stub:
            turn = stub.GetDueChannel(asked, timeout=DEADLINE).due
    if not options.json:
        print(_turn(turn))
    return _step(
        options,
        "AllocateVacancy",
        vacancy_id=options.vacancy,
        channel=turn.channel,
        basis=turn.basis,
        way=turn.way if turn.HasField("way") else None,
    )


def _basis(options: Options) -> pb.StepBasis:
    heard = None if options.party_heard is None else options.party_heard == "yes"
    return pb.StepBasis(
        receipt_ids=options.receipt,
        decided_by=options.decided_by,
        reasons=options.reasons,
        party_heard=heard,
    )


def _offer(options: Options) -> int:
    return _step(
        options,
        "MakeOffer",
        allocation_id=options.allocation,
        household_id=options.household,
        day=options.day,
        deadline=options.deadline,
        basis=_basis(options),
    )


def _accept(options: Options) -> int:
    return _step(
        options, "AcceptOffer", offer_id=options.offer, day=options.day, basis=_basis(options)
    )


def _contract(options: Options) -> int:
    return _step(
        options,
        "CommenceTenancy",
        offer_id=options.offer,
        day=options.day,
        first_day=options.first_day,
        basis=_basis(options),
    )


def _show(options: Options) -> int:
    request = pb.GetTenancyRequest(
        context=connection.context(options, "case"), dwelling_id=options.dwelling
    )
    with connection.stub(options, TenancyServiceStub) as stub:
        life = stub.GetTenancy(request, timeout=DEADLINE)
    state = pb.DwellingState.Name(life.state).removeprefix("DWELLING_STATE_")
    lines = [f"{options.dwelling}: {state}"]
    for step in life.steps:
        days = ", ".join(f"{name} {step.days[name]}" for name in sorted(step.days))
        said = "erased" if step.erased else days
        lines.append(f"{step.position:>8} {step.type:<22} {step.step_id}  {said}")
    output.put(options, life, lines)
    return ANSWERED


def _ledger(options: Options) -> int:
    request = pb.GetAllocationLedgerRequest(
        context=connection.context(options, "audit"),
        organisation=options.organisation,
        department=options.department,
    )
    with connection.stub(options, TenancyServiceStub) as stub:
        ledger = stub.GetAllocationLedger(request, timeout=DEADLINE)
    lines = [
        f"{row.number:>5} {row.position:>8} {row.day} {row.department:<8} {row.dwelling_id:<20} "
        f"{_turn(row.turn)}" + ("" if row.in_order else f"; due was: {_turn(row.due)}")
        for row in ledger.rows
    ]
    output.put(options, ledger, lines or ["no allocation is recorded"])
    return ANSWERED


def _turn(turn: pb.Turn) -> str:
    """Say a turn in a line: the channel, and the count that makes it due."""
    name = pb.Channel.Name(turn.channel).removeprefix("CHANNEL_").lower()
    if turn.basis:
        basis = fact_service_pb2.ShareBasis.Name(turn.basis).removeprefix("SHARE_BASIS_").lower()
        name = f"{name}/{basis}"
    if not turn.dwellings:
        return name
    counted = f"{turn.taken} of {turn.dwellings} before it, {turn.allowed} allowed"
    if turn.HasField("way"):
        counted += (
            f"; way {turn.way}: {turn.way_taken} of {turn.way_dwellings} before it, "
            f"{turn.way_allowed} allowed"
        )
    return f"{name}: {counted}"
