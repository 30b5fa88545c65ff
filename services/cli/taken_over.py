"""`husret tenancy take-over`: a tenancy that began before it was kept here."""

from __future__ import annotations

from uuid import uuid4

from domain.facts import DwellingKind
from husret.v1 import core_pb2
from husret.v1 import fact_service_pb2 as pb
from husret.v1.fact_service_pb2_grpc import FactServiceStub
from services.cli import connection
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED
from services.cli.options import Options, Parser
from services.terminal import output


def add(parser: Parser) -> None:
    """Add what is known of it."""
    shared.asking(parser)
    parser.add_argument("dwelling", metavar="DWELLING")
    parser.add_argument("--household", required=True, metavar="ID", help="who lives there")
    parser.add_argument("--first-day", required=True, metavar=shared.DAY, help="let since")
    parser.add_argument(
        "--let-as", required=True, choices=[str(each) for each in DwellingKind], help="its kind"
    )
    parser.add_argument(
        "--contract-on", default="", metavar=shared.DAY, help="of the contract; default: not known"
    )
    parser.add_argument(
        "--last-day", default="", metavar=shared.DAY, help="where it is let for a time only"
    )
    parser.set_defaults(run=_take_over)


def _take_over(options: Options) -> int:
    kind = core_pb2.DwellingKind.Value(f"DWELLING_KIND_{options.let_as.upper()}")
    fact = pb.TenancyTakenOver(
        household_id=options.household,
        dwelling_id=options.dwelling,
        first_day=options.first_day,
        let_as=kind,
        contract_on=options.contract_on,
        last_day=options.last_day,
    )
    request = pb.RecordFactsRequest(
        context=connection.context(options, "case"),
        request_id=str(uuid4()),
        facts=[pb.Fact(tenancy_taken_over=fact)],
    )
    with connection.stub(options, FactServiceStub) as stub:
        [recorded] = stub.RecordFacts(request, timeout=DEADLINE).recorded
    output.put(options, recorded, [output.recorded(options, recorded.fact_id, recorded.position)])
    return ANSWERED
