"""`husret export`: the file that proves a recorded answer to whoever was given it."""

from __future__ import annotations

from pathlib import Path

from husret.v1 import audit_service_pb2 as pb
from husret.v1.audit_service_pb2_grpc import AuditServiceStub
from services.cli import connection, following, written
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.options import Options, Parser


def add_export(parser: Parser) -> None:
    """Add which answer, the checkpoint it is to be joined to, and where the file goes."""
    shared.asking(parser)
    parser.add_argument("receipt", metavar="RECEIPT", help=shared.EVENT)
    parser.add_argument(
        "--checkpoint",
        type=Path,
        metavar="FILE",
        help="a checkpoint that somebody kept: the file leads from it to its own",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(),
        metavar="FOLDER",
        help="write the file there (default: here)",
    )
    parser.set_defaults(run=_export)


def _export(options: Options) -> int:
    kept = "" if options.checkpoint is None else options.checkpoint.read_text("utf-8", "replace")
    with connection.channel(options) as channel:
        receipt = connection.event_id(options, channel, options.receipt)
        request = pb.ExportProofRequest(
            context=connection.context(options, "audit"), receipt_id=receipt, checkpoint=kept
        )
        made = AuditServiceStub(channel).ExportProof(request, timeout=DEADLINE)
    # No file is called after whom it is about.
    name = f"proof-{receipt[:8]}.json"
    following.found(options, file=str(options.out / name))
    return written.put(options, [(name, made.bundle)])
