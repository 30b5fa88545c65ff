"""Files that a command writes of a report: the server makes them, and the manifest of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from husret.v1 import report_service_pb2 as pb
from husret.v1.report_service_pb2_grpc import ReportServiceStub
from services.cli.exits import ANSWERED, CommandError
from services.cli.options import Options, Parser
from services.terminal import output

DEADLINE = 600.0
"""Seconds that the files of a report may take."""

FORMATS = ("html", "pdf", "csv", "json", "svg", "text")


def where(parser: Parser, formats: Iterable[str], default: str) -> None:
    """Add where the files go, and which are written; `default` says which are without a word."""
    parser.add_argument(
        "-o",
        "--out",
        type=Path,
        metavar="PATH",
        help="write the files in this folder, or as this file (its ending is a format)",
    )
    parser.add_argument(
        "--format",
        action="append",
        choices=formats,
        default=[],
        help=f"write only these; may be given again (default: {default})",
    )


def put(
    options: Options,
    stub: ReportServiceStub,
    requests: Iterable[pb.RenderReportRequest],
) -> int:
    """Have reports made, write their files, and say which."""
    folder, name, formats = _meant(options)
    written: list[tuple[str, bytes]] = []
    for request in requests:
        request.formats.extend(pb.ReportFormat.Value(f"REPORT_FORMAT_{f.upper()}") for f in formats)
        request.language, request.name = options.language, name
        made = stub.RenderReport(request, timeout=DEADLINE)
        files = (*made.files, *([made.manifest] if made.HasField("manifest") else ()))
        written += [(file.name, file.content) for file in files]
    return files_in(options, folder, written)


def files_in(options: Options, folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files into a folder, and say which."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[dict[str, str | int]] = []
    for name, content in files:
        if Path(name).name != name:
            raise CommandError("the server names a file that would lie in another folder")
        (folder / name).write_bytes(content)
        written.append({"file": name, "bytes": len(content)})
    lines = [f"{folder / str(each['file'])}  {each['bytes']} bytes" for each in written]
    output.put(options, {"folder": str(folder), "files": written}, lines)
    return ANSWERED


def _meant(options: Options) -> tuple[Path, str, list[str]]:
    """Return the folder, how the files are called ("": as the server says), and the formats."""
    out: Path = options.out
    ending = {"txt": "text"}.get(out.suffix[1:], out.suffix[1:])
    formats = list(options.format)
    if ending not in FORMATS or out.is_dir():
        return out, "", formats
    if formats and ending not in formats:
        raise CommandError(f"--out ends in .{ending}, and --format says {', '.join(formats)}")
    return out.parent, out.stem, formats or [ending]
