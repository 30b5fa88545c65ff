"""`husret correct`, `retract` and `erase`: what was recorded is put right, or taken away."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from domain.data_classes import DataClass
from husret.v1 import core_pb2
from husret.v1 import fact_service_pb2 as pb
from husret.v1.fact_service_pb2_grpc import FactServiceStub
from services.cli import connection, records
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED, CommandError
from services.cli.options import Options, Parser
from services.terminal import output


def add_correct(parser: Parser) -> None:
    """Add which fact, and what is said in its place."""
    _of_fact(parser)
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=Path,
        help="the whole fact as it should be, as husret record takes it",
    )
    parser.add_argument("--kind", default="", help="what it states; else the file says it")
    records.stated(parser)
    parser.add_argument(
        "--accept-implausible", action="store_true", help="take implausible figures"
    )
    parser.add_argument("--accept-new", action="store_true", help="take near names for new areas")
    parser.set_defaults(run=_correct)


def add_retract(parser: Parser) -> None:
    """Add which fact."""
    _of_fact(parser)
    parser.set_defaults(run=_retract)


def _of_fact(parser: Parser) -> None:
    shared.asking(parser)
    parser.add_argument("fact", metavar="FACT", help=shared.EVENT)
    parser.add_argument("--dry-run", action="store_true", help="check, and record nothing")


def add_erase(parser: Parser) -> None:
    """Add of whom, which class, and under which policy."""
    shared.asking(parser)
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--person", default="", metavar="ID")
    whose.add_argument("--household", default="", metavar="ID")
    parser.add_argument(
        "--class",
        dest="data_class",
        choices=[str(each) for each in DataClass],
        default="",
        help="only this class of data (default: everything)",
    )
    parser.add_argument(
        "--policy",
        required=True,
        metavar="NAME",
        help="the policy that it follows, such as retention-5-years; it stays in the open",
    )
    parser.set_defaults(run=_erase)


def _correct(options: Options) -> int:
    if (options.file is None) is not bool(options.set):
        raise CommandError("name a file with the whole fact, or state it with --kind and --set")
    if options.file is None:
        file = records.typed(options)
    else:
        content = options.file.read_bytes()
        file = pb.FactFile(name=options.file.name, content=content, kind=options.kind)
    with connection.channel(options) as channel:
        request = pb.CorrectFactRequest(
            context=connection.context(options, "correction"),
            request_id=str(uuid4()),
            fact_id=connection.event_id(options, channel, options.fact),
            file=file,
            validate_only=options.dry_run,
            accept_implausible=options.accept_implausible,
            accept_new=options.accept_new,
        )
        recorded = FactServiceStub(channel).CorrectFact(request, timeout=DEADLINE).recorded
    return _put(options, recorded)


def _retract(options: Options) -> int:
    with connection.channel(options) as channel:
        request = pb.RetractFactRequest(
            context=connection.context(options, "correction"),
            request_id=str(uuid4()),
            fact_id=connection.event_id(options, channel, options.fact),
            validate_only=options.dry_run,
        )
        recorded = FactServiceStub(channel).RetractFact(request, timeout=DEADLINE).recorded
    return _put(options, recorded)


def _put(options: Options, recorded: pb.RecordedFact) -> int:
    said = output.recorded(options, recorded.fact_id, recorded.position)
    output.put(options, recorded, [output.tried(options) if options.dry_run else said])
    return ANSWERED


def _erase(options: Options) -> int:
    request = pb.EraseSubjectRequest(
        context=connection.context(options, "erasure"), policy=options.policy
    )
    if options.person:
        request.person_id = options.person
    else:
        request.household_id = options.household
    if options.data_class:
        request.data_class = core_pb2.DataClass.Value(f"DATA_CLASS_{options.data_class.upper()}")
    with connection.stub(options, FactServiceStub) as stub:
        erased = stub.EraseSubject(request, timeout=DEADLINE)
    begun, done = erased.begun_position, erased.done_position
    lines = [
        output.say(
            options,
            f"slettet ved position {done}, begyndt ved {begun}",
            f"erased at position {done}, begun at {begun}",
        ),
        output.say(
            options,
            "Kopier fra før sletningen rummer stadig det slettede.",
            "Copies made before it still hold what was erased.",
        ),
    ]
    output.put(options, erased, lines)
    return ANSWERED
