"""`husret import`: data is taken over from a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from husret.v1 import area_service_pb2 as pb
from husret.v1 import core_pb2
from husret.v1.area_service_pb2_grpc import AreaServiceStub
from services.area_lists import shipped
from services.cli import connection
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED
from services.cli.options import Options, Parser
from services.terminal import output, shell

CHANGED = 90
"""Most characters shown of what an import changes in a row."""

_SHIPPED = {"published": shipped.PUBLISHED, "made-up": shipped.MADE_UP}


def add_import(parser: Parser) -> None:
    """Add what can be taken over."""
    imports = parser.add_subparsers(metavar="WHAT", required=True)
    lists = imports.add_parser("area-lists", help="published area lists (docs/data.md)")
    shared.asking(lists)
    lists.add_argument(
        "file", metavar="FILE", help="a file, or one that comes along: published, made-up"
    )
    lists.add_argument("--validate-only", action="store_true", help="check, and record nothing")
    lists.add_argument(
        "--correct", action="store_true", help="correct rows that stand with other content"
    )
    lists.add_argument(
        "--accept-new",
        action="store_true",
        help="take areas for new although they may be known ones under another name",
    )
    lists.add_argument(
        "--accept-implausible",
        action="store_true",
        help="take implausible figures, and lists of days to come",
    )
    lists.set_defaults(run=_area_lists)


def _area_lists(options: Options) -> int:
    path = Path(options.file)
    if options.file in _SHIPPED and not path.exists():
        name, content = _SHIPPED[options.file], shipped.read(_SHIPPED[options.file])
    else:
        name, content = path.name, path.read_bytes()
    request = pb.ImportAreaListsRequest(
        context=connection.context(options, "import"),
        request_id=str(uuid4()),
        file_name=name,
        content=content,
        validate_only=True,
        correct=options.correct,
        accept_new=options.accept_new,
        accept_implausible=options.accept_implausible,
    )
    with output.progress() as progress:
        task = progress.add_task("starting", total=3)
        with connection.stub(options, AreaServiceStub) as stub:
            progress.update(task, completed=1, description=f"importing {name}")
            # Whoever imports is told what it means before anything is appended.
            response = stub.ImportAreaLists(request, timeout=DEADLINE)
            if not options.json:
                with shell.whoever_reads():
                    print("\n".join(_means(name, response)))
            if not options.validate_only:
                request.validate_only = False
                response = stub.ImportAreaLists(request, timeout=DEADLINE)
            progress.update(task, completed=3, description="done")
    lines = [
        "nothing was recorded: --validate-only"
        if options.validate_only
        else f"the log stands at position {response.position}",
    ]
    output.put(options, response, lines)
    return ANSWERED


def _means(name: str, response: pb.ImportAreaListsResponse) -> list[str]:
    return [
        f"{name}: {response.rows} rows: {response.new_rows} new, "
        f"{len(response.changed_rows)} changed, {response.unchanged_rows} as they stood",
        *_changed(response.changed_rows),
        *_taken_for_new(response),
        *_that_left(response),
    ]


def _changed(rows: Sequence[str]) -> list[str]:
    """Name the rows that changed in a line each; --json has them whole."""
    lines = [row if len(row) <= CHANGED else f"{row[: CHANGED - 2]} …" for row in rows]
    return [f"  changed: {line}" for line in lines]


def _taken_for_new(response: pb.ImportAreaListsResponse) -> Iterator[str]:
    """Name the areas that an import takes for new, those first that may be others."""
    for area in sorted(response.new_areas, key=lambda each: not each.near):
        yield f"  new area: {area.area} ({area.name})"
        for near in area.near:
            where = ", in another municipality" if near.moved else ""
            run = "; a run of lists breaks if they are one" if near.breaks_run else ""
            yield f"    may be {near.area} ({near.name}): {near.why}{where}{run}"


def _that_left(response: pb.ImportAreaListsResponse) -> Iterator[str]:
    """Name the areas that a list of an import names no longer."""
    for left in response.left:
        kind = core_pb2.ListKind.Name(left.kind).removeprefix("LIST_KIND_").lower()
        sure = "left" if left.known else "not named, and not known to be off"
        yield (
            f"  {sure}: {left.area} ({left.name}), {kind} list of {left.list_day}, "
            f"after {left.lists_in_a_row} in a row"
        )
