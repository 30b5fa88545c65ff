"""`husret area`: what areas are, were, and which there are."""

from __future__ import annotations

from rich.text import Text

from husret.v1 import area_service_pb2 as pb
from husret.v1 import core_pb2
from husret.v1.area_service_pb2_grpc import AreaServiceStub
from services.cli import connection, following, views
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED
from services.cli.options import Options, Parser
from services.terminal import output, show


def add_area(parser: Parser) -> None:
    """Add what can be asked about areas."""
    areas = parser.add_subparsers(metavar="WHAT", required=True)
    status = areas.add_parser("status", help="what is an area on a day, and why?")
    shared.asking(status)
    _area(status)
    shared.day(status)
    shared.known(status)
    status.set_defaults(run=_status)
    listed = areas.add_parser(
        "list", help="the status of all areas, and the events that it rests on"
    )
    shared.asking(listed)
    listed.add_argument("--municipality", default="", metavar="CODE", help="default: all")
    listed.add_argument("--category", default="", metavar="CATEGORY", help="default: all")
    listed.add_argument(
        "--day", default="", metavar=shared.DAY, help="what holds then (default: every period)"
    )
    shared.known(listed)
    listed.set_defaults(run=_list)
    lists = areas.add_parser("lists", help="the lists held, and what five lists in a row give")
    shared.asking(lists)
    lists.add_argument("--municipality", default="", metavar="CODE", help="default: all")
    shared.known(lists)
    lists.set_defaults(run=_lists)
    figures = areas.add_parser(
        "figures", help="the figures of an area, and what is worked out of them"
    )
    shared.asking(figures)
    _area(figures)
    figures.add_argument("--year", type=int, metavar="YEAR", help="of days in it (default: all)")
    shared.known(figures)
    figures.set_defaults(run=_figures)
    timeline = areas.add_parser(
        "timeline", help="what has an area been, from when to when, and why?"
    )
    shared.asking(timeline)
    _area(timeline)
    shared.day(timeline, "--upto")
    shared.known(timeline)
    timeline.set_defaults(run=_timeline)

    tools = areas.add_parser(
        "tools",
        help="what is in force in an area on a day, by kind of tool, and what lies outside?",
    )
    shared.asking(tools)
    _area(tools)
    tools.add_argument("--on", "--day", default="", metavar=shared.DAY, help="default: today")
    shared.known(tools)
    tools.set_defaults(run=_tools)


def _area(parser: Parser) -> None:
    parser.add_argument("area", metavar="AREA", help="e.g. 9999-elmehegnet")


def _status(options: Options) -> int:
    following.found(options, area=options.area)
    request = pb.GetAreaStatusRequest(
        area=options.area, day=options.day, consistency=connection.consistency(options)
    )
    with connection.stub(options, AreaServiceStub) as stub:
        status = stub.GetAreaStatus(request, timeout=DEADLINE)
    words = show.Words(options.language)
    place = Text(f"{status.name} ({status.area}), {words.day(status.day)}", "bold")
    rows: list[show.Row] = [
        (words.say("Område", "Area"), [place, *words.lines([status.summary])]),
        *words.area(status),
    ]
    show.put(options, status, rows)
    return ANSWERED


def _list(options: Options) -> int:
    request = pb.ListAreaStatusRequest(
        municipality=options.municipality,
        category=options.category,
        day=options.day,
        page_size=1_000,
    )
    return views.put(options, AreaServiceStub, "ListAreaStatus", request, "periods", _period)


def _period(period: pb.AreaStatusPeriod) -> str:
    """Return a period in one line: area, days, what it was, and the events that say so."""
    status = core_pb2.FindingStatus.Name(period.status).removeprefix("FINDING_STATUS_").lower()
    evidence = [f"#{each.position} {each.leaf_hash.hex()[:8]}" for each in period.evidence]
    return (
        f"{period.area:<28} {period.first_day} - {period.last_day or '':<10} "
        f"{period.category:<22} {status:<8} {', '.join(evidence)}"
    ).rstrip()


def _lists(options: Options) -> int:
    request = pb.ListAreaListsRequest(
        municipality=options.municipality, consistency=connection.consistency(options)
    )
    with connection.stub(options, AreaServiceStub) as stub:
        held = stub.ListAreaLists(request, timeout=DEADLINE)
    words = show.Words(options.language)
    whole = words.say("hele landet", "nationwide")
    lines = []
    for each in held.lists:
        kind = core_pb2.ListKind.Name(each.kind).removeprefix("LIST_KIND_").lower()
        published = each.published_total if each.HasField("published_total") else "?"
        complete = whole if each.complete_nationwide else ", ".join(each.complete_for) or "-"
        counted = words.say(
            f"{each.rows_known} af {published}", f"{each.rows_known} of {published}"
        )
        told = words.say("fuldstændig for", "complete for")
        lines.append(f"{each.list_day} {kind:<18} {counted}; {told}: {complete}")
    output.put(options, held, lines or [words.say("ingen lister", "no lists")])
    return ANSWERED


def _figures(options: Options) -> int:
    following.found(options, area=options.area)
    request = pb.GetAreaFiguresRequest(
        area=options.area, year=options.year, consistency=connection.consistency(options)
    )
    with connection.stub(options, AreaServiceStub) as stub:
        found = stub.GetAreaFigures(request, timeout=DEADLINE)
    words = show.Words(options.language)
    rows: list[show.Row] = [
        (words.say("Område", "Area"), [Text(f"{found.name} ({found.area})", "bold")]),
        *words.figures(found),
    ]
    show.put(options, found, rows)
    return ANSWERED


def _timeline(options: Options) -> int:
    following.found(options, area=options.area)
    request = pb.GetAreaTimelineRequest(
        area=options.area, upto=options.upto, consistency=connection.consistency(options)
    )
    with connection.stub(options, AreaServiceStub) as stub:
        timeline = stub.GetAreaTimeline(request, timeout=DEADLINE)
    words = show.Words(options.language)
    place = Text(f"{timeline.name} ({timeline.area}), {words.day(timeline.upto)}", "bold")
    rows: list[show.Row] = [(words.say("Område", "Area"), [place]), *words.timeline(timeline)]
    show.put(options, timeline, rows)
    return ANSWERED


def _tools(options: Options) -> int:
    following.found(options, area=options.area)
    request = pb.GetAreaToolsRequest(
        area=options.area, day=options.on, consistency=connection.consistency(options)
    )
    with connection.stub(options, AreaServiceStub) as stub:
        found = stub.GetAreaTools(request, timeout=DEADLINE)
    words = show.Words(options.language)
    place = Text(f"{found.name} ({found.area}), {words.day(found.day)}", "bold")
    rows: list[show.Row] = [
        (words.say("Område", "Area"), [place, *words.lines([found.summary])]),
        *words.tools(found),
    ]
    show.put(options, found, rows)
    return ANSWERED
