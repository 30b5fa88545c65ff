"""`husret import`: data is taken over from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from domain.facts import ListKind
from domain.law import explain
from domain.law.editions import CURRENT
from husret.v1 import area_service_pb2 as pb
from husret.v1 import core_pb2
from husret.v1.area_service_pb2_grpc import AreaServiceStub
from services.area_lists import shipped
from services.area_lists.doubts import WHY
from services.cli import connection, vacancies
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED, CommandError
from services.cli.options import Options, Parser
from services.terminal import output, shell, show

CHANGED = 90
"""Most characters shown of what an import changes in a row."""

_KINDS = {
    name.removeprefix("LIST_KIND_").lower(): number
    for name, number in core_pb2.ListKind.items()
    if number
}
"""The kinds of lists, as the files call them."""

_SHIPPED = {"published": shipped.PUBLISHED, "made-up": shipped.MADE_UP}


def add_import(parser: Parser) -> None:
    """Add what can be taken over."""
    imports = parser.add_subparsers(metavar="WHAT", required=True)
    lists = imports.add_parser("area-lists", help="published area lists (docs/data.md)")
    _file(lists, "a file, or one that comes along: published, made-up")
    lists.add_argument(
        "--accept-implausible",
        action="store_true",
        help="take implausible figures, and lists of days to come",
    )
    published = lists.add_argument_group(
        "a list as the ministry publishes it", "a sheet, or the text of its PDF (docs/data.md)"
    )
    published.add_argument(
        "--published", default="", metavar=shared.DAY, help="default: it stands in a title"
    )
    published.add_argument("--kind", choices=_KINDS, help="the list; default: a title says it")
    published.add_argument(
        "--total",
        action="append",
        default=[],
        metavar="KIND=N",
        help="how many areas were published on a list; as many make it complete",
    )
    published.add_argument(
        "--area",
        action="append",
        default=[],
        metavar="NAME=ID",
        help="an area that the list writes so is the one with this id",
    )
    published.add_argument("--source", default="", help="where the list is known from")
    lists.set_defaults(run=_area_lists)
    figures = imports.add_parser(
        "figures", help="figures of areas, regions and the country (docs/data.md)"
    )
    _file(figures, "a file: CSV, or a workbook (.xlsx)")
    figures.add_argument(
        "--accept-implausible", action="store_true", help="take implausible figures"
    )
    figures.set_defaults(run=_figures)
    vacancies.add_vacancies(
        imports.add_parser("vacancies", help="dwellings that become vacant (docs/nouns.md)")
    )


def _file(parser: Parser, what: str) -> None:
    shared.asking(parser)
    parser.add_argument("file", metavar="FILE", help=what)
    parser.add_argument("--validate-only", action="store_true", help="check, and record nothing")
    parser.add_argument(
        "--correct", action="store_true", help="correct rows that stand with other content"
    )
    parser.add_argument(
        "--accept-new",
        action="store_true",
        help="take areas for new although they may be known ones under another name",
    )


def _area_lists(options: Options) -> int:
    path = Path(options.file)
    if options.file in _SHIPPED and not path.exists():
        name, content = _SHIPPED[options.file], shipped.read(_SHIPPED[options.file])
    else:
        name, content = path.name, path.read_bytes()
    request = pb.ImportAreaListsRequest(**_asked(options, name, content))
    _add_published(options, request)
    with connection.stub(options, AreaServiceStub) as stub:
        return _imported(options, request, stub.ImportAreaLists, _means)


def _add_published(options: Options, request: pb.ImportAreaListsRequest) -> None:
    """Add what is said of a list as the ministry publishes it; what is not said is left out."""
    if not (options.published or options.kind or options.total or options.area or options.source):
        return
    totals = []
    for text in options.total:
        kind, _, count = text.partition("=")
        if kind not in _KINDS or not count.isdecimal():
            raise CommandError(f"--total {text}: write it as prevention=63")
        totals.append(pb.PublishedTotal(kind=_KINDS[kind], areas=int(count)))
    areas = {}
    for text in options.area:
        name, _, area = text.rpartition("=")
        if not name:
            raise CommandError(f"--area {text}: write it as Vollsmose=0461-vollsmose")
        areas[name.strip()] = area.strip()
    request.as_published.MergeFrom(
        pb.PublishedLists(
            list_day=options.published,
            kind=_KINDS[options.kind] if options.kind else core_pb2.LIST_KIND_UNSPECIFIED,
            totals=totals,
            areas=areas,
            source=options.source,
        )
    )


def _figures(options: Options) -> int:
    path = Path(options.file)
    request = pb.ImportAreaFiguresRequest(**_asked(options, path.name, path.read_bytes()))
    with connection.stub(options, AreaServiceStub) as stub:
        return _imported(options, request, stub.ImportAreaFigures, _means_of_figures)


def _asked(options: Options, name: str, content: bytes) -> dict[str, Any]:
    return {
        "context": connection.context(options, "import"),
        "request_id": str(uuid4()),
        "file_name": name,
        "content": content,
        "validate_only": True,
        "correct": options.correct,
        "accept_new": options.accept_new,
        "accept_implausible": options.accept_implausible,
    }


def _imported(options: Options, request: Any, call: Any, means: Callable[..., list[str]]) -> int:
    """Say what a file means before anything is appended, then append it."""
    name = request.file_name
    with output.progress() as progress:
        task = progress.add_task(f"reading {name}", total=3)
        response = call(request, timeout=DEADLINE)
        progress.update(task, completed=1, description=f"importing {name}")
        if not options.json:
            with shell.whoever_reads():
                print("\n".join(means(show.Words(options.language), name, response)))
        if not options.validate_only:
            request.validate_only = False
            response = call(request, timeout=DEADLINE)
        progress.update(task, completed=3, description="done")
    words = show.Words(options.language)
    recorded = words.say("loggen står ved position", "the log stands at position")
    nothing = words.say("intet blev registreret", "nothing was recorded")
    told = f"{nothing}: --validate-only"
    if not options.validate_only:
        told = f"{recorded} {response.position}"
    output.put(options, response, [told])
    return ANSWERED


def _means_of_figures(
    words: show.Words, name: str, response: pb.ImportAreaFiguresResponse
) -> list[str]:
    new, same = response.new_figures, response.unchanged_figures
    changed = len(response.changed_figures)
    counted = words.say(
        f"{response.rows} tal: {new} nye, {changed} ændrede, {same} som de stod",
        f"{response.rows} figures: {new} new, {changed} changed, {same} as they stood",
    )
    new_area = words.say("nyt område", "new area")
    return [
        f"{name} ({words.read_as(response.read_as)}): {counted}",
        *_changed(words, response.changed_figures),
        *(f"  {new_area}: {area}" for area in response.new_areas),
    ]


def _means(words: show.Words, name: str, response: pb.ImportAreaListsResponse) -> list[str]:
    new, changed, same = response.new_rows, len(response.changed_rows), response.unchanged_rows
    counted = words.say(
        f"{response.rows} rækker: {new} nye, {changed} ændrede, {same} som de stod",
        f"{response.rows} rows: {new} new, {changed} changed, {same} as they stood",
    )
    return [
        f"{name} ({words.read_as(response.read_as)}): {counted}",
        *_changed(words, response.changed_rows),
        *(
            f"  {each.written}: {words.say('er', 'is')} {each.area} ({each.name})"
            for each in response.matched_areas
        ),
        *_taken_for_new(words, response),
        *_that_left(words, response),
    ]


def _changed(words: show.Words, rows: Sequence[str]) -> list[str]:
    """Name the rows that changed in a line each; --json has them whole."""
    lines = [row if len(row) <= CHANGED else f"{row[: CHANGED - 2]} …" for row in rows]
    return [f"  {words.say('ændret', 'changed')}: {line}" for line in lines]


def _taken_for_new(words: show.Words, response: pb.ImportAreaListsResponse) -> Iterator[str]:
    """Name the areas that an import takes for new, those first that may be others."""
    for area in sorted(response.new_areas, key=lambda each: not each.near):
        yield f"  {words.say('nyt område', 'new area')}: {area.area} ({area.name})"
        for near in area.near:
            said = [f"{near.area} ({near.name}): {words.say(*WHY[near.why])}"]
            if near.moved:
                said.append(words.say("i en anden kommune", "in another municipality"))
            if near.breaks_run:
                run = "en række af lister brydes, hvis de er ét"
                said.append(words.say(run, "a run of lists breaks if they are one"))
            yield f"    {words.say('kan være', 'may be')} {'; '.join(said)}"


def _that_left(words: show.Words, response: pb.ImportAreaListsResponse) -> Iterator[str]:
    """Name the areas that a list of an import names no longer."""
    for left in response.left:
        code = core_pb2.ListKind.Name(left.kind).removeprefix("LIST_KIND_").lower()
        day = date.fromisoformat(left.list_day)
        kind = words.both(explain.list_kind_text(CURRENT, ListKind(code), day))
        sure = words.say("ude", "left")
        if not left.known:
            sure = words.say(
                "ikke nævnt, og det vides ikke, om det er ude",
                "not named, and not known to be off",
            )
        of_list = words.say(
            f"listen af {left.list_day} ({kind}), efter {left.lists_in_a_row} i træk",
            f"list of {left.list_day} ({kind}), after {left.lists_in_a_row} in a row",
        )
        yield f"  {sure}: {left.area} ({left.name}), {of_list}"
