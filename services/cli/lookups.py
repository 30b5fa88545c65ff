"""`husret lookup`: whom a CPR number, or whom or what an id of the caller's system, names here."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from domain.purposes import PURPOSES
from husret.v1 import fact_service_pb2 as pb
from husret.v1.fact_service_pb2_grpc import FactServiceStub
from services.cli import connection
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED, CommandError
from services.cli.options import Options, Parser
from services.terminal import output


def add_lookup(parser: Parser) -> None:
    """Add what is looked up. A CPR number is no argument: those can be seen by others."""
    shared.asking(parser)
    parser.add_argument(
        "external_id", metavar="ID", nargs="?", default="", help="as your system has it: ejd:12345"
    )
    parser.add_argument(
        "--cpr",
        action="store_true",
        help="read a CPR number: from a file, from what is piped in, or typed unseen",
    )
    parser.add_argument("--cpr-file", type=Path, metavar="FILE", help="the file that it stands in")
    parser.add_argument(
        "--purpose",
        choices=list(PURPOSES),
        default="case",
        help="why it is looked up; stands in the access table (default: case)",
    )
    parser.set_defaults(run=_look_up)


def _look_up(options: Options) -> int:
    by_number = options.cpr or options.cpr_file is not None
    if by_number == bool(options.external_id):
        raise CommandError("name an id of your own system, or --cpr to be asked for a CPR number")
    request = pb.LookUpRequest(context=connection.context(options, options.purpose))
    if by_number:
        request.cpr = _number(options)
    else:
        request.external_id = options.external_id
    with connection.stub(options, FactServiceStub) as stub:
        found = stub.LookUp(request, timeout=DEADLINE)
    kind = str(found.WhichOneof("found")).removesuffix("_id")
    output.put(options, found, [f"{kind} {getattr(found, f'{kind}_id')}"])
    return ANSWERED


def _number(options: Options) -> str:
    """Read the CPR number, without showing it; raises CommandError where there is none."""
    if options.cpr_file is not None:
        said = options.cpr_file.read_text(encoding="utf-8")
    elif sys.stdin.isatty():
        said = getpass.getpass("CPR: ")
    else:
        said = sys.stdin.read()
    number: str = said.strip()
    if not number or len(number.split()) > 1:
        raise CommandError("give one CPR number: ten digits, with or without a hyphen")
    return number
