"""`husret report`: what is counted in a year, as pages, PDFs, tables and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from domain.facts import ListKind
from husret.v1 import report_service_pb2 as pb
from husret.v1.report_service_pb2_grpc import ReportServiceStub
from services.cli import connection, following, views, written
from services.cli import options as shared
from services.cli.exits import ANSWERED, DIFFERENT, CommandError
from services.cli.options import Options, Parser
from services.terminal import output

FORMATS = ("html", "pdf", "csv", "json", "svg")
TABLED = ("html", "pdf", "csv", "json")
SUBJECT_FORMATS = ("html", "pdf", "json")


def add_report(parser: Parser) -> None:
    """Add the reports that there are."""
    reports = parser.add_subparsers(metavar="WHAT", required=True)
    areas = reports.add_parser(
        "areas", help="the lists of a year, the areas on them, and the use of each letting tool"
    )
    _asking(areas)
    areas.set_defaults(run=_areas)
    area = reports.add_parser(
        "area", help="one area in a year: status, criteria, plan, letting and the ledger"
    )
    area.add_argument("area", metavar="AREA")
    _asking(area)
    area.set_defaults(run=_areas)
    decision = reports.add_parser(
        "decision", help="a recorded answer, with all that it takes to perform it again"
    )
    decision.add_argument("receipt", metavar="RECEIPT", help=shared.EVENT)
    decision.add_argument(
        "--household",
        default="",
        metavar="ID",
        help="with a page of a waiting list: whose answer",
    )
    decision.add_argument(
        "--names", action="store_true", help="name the household's members; the reading is noted"
    )
    shared.asking(decision)
    _written(decision, TABLED)
    decision.set_defaults(run=_decision)
    period = reports.add_parser(
        "period", help="what was answered from day to day, and what was out of the ordinary"
    )
    period.add_argument("first_day", metavar="FIRST", help=f"the first day, {shared.DAY}")
    period.add_argument("last_day", metavar="LAST", help=f"the last day, {shared.DAY}")
    period.add_argument(
        "--reasons",
        action="store_true",
        help="and why answers are undetermined: they are decided again, which is noted",
    )
    shared.asking(period)
    _written(period, TABLED)
    period.set_defaults(run=_period)
    verify = reports.add_parser(
        "verify", help="compare a report's files with the manifest beside them"
    )
    verify.add_argument("manifest", type=Path, metavar="MANIFEST")
    verify.add_argument(
        "--vkey",
        action="append",
        default=[],
        metavar="VKEY",
        help="the key of the log that must have signed it; may be given again",
    )
    shared.language(verify)
    shared.as_json(verify)
    verify.set_defaults(run=_verify)
    combined = reports.add_parser(
        "combined-letting",
        help="rejections and replacements under combined letting, 1 June to 31 May (§ 51 b)",
    )
    _asking(combined)
    combined.set_defaults(run=_combined_letting)
    subject = reports.add_parser(
        "subject", help="all that is held of one person or household, and who looked"
    )
    shared.asking(subject)
    whose = subject.add_mutually_exclusive_group(required=True)
    whose.add_argument("--person", default="", metavar="ID")
    whose.add_argument("--household", default="", metavar="ID")
    subject.add_argument(
        "--looked-before",
        default="",
        metavar="MOMENT",
        help="who looked before it, as an earlier report names it (default: now)",
    )
    _written(subject, SUBJECT_FORMATS)
    subject.set_defaults(run=_subject)
    lists = reports.add_parser("lists", help="every list with its counts and movements")
    shared.asking(lists)
    lists.add_argument("--kind", default="", metavar="KIND", help="default: all")
    lists.add_argument("--year", type=int, default=0, metavar="YEAR", help="default: all")
    shared.known(lists)
    lists.set_defaults(run=_lists)
    ledger = reports.add_parser("ledger", help="the allocation ledger, recounted year by year")
    shared.asking(ledger)
    ledger.add_argument("--organisation", default="", metavar="ORGANISATION", help="default: all")
    ledger.add_argument("--year", type=int, default=0, metavar="YEAR", help="default: all")
    shared.known(ledger)
    ledger.set_defaults(run=_ledger)
    plans = reports.add_parser("plans", help="how development plans stand, and what is needed")
    shared.asking(plans)
    plans.add_argument("--municipality", default="", metavar="CODE", help="default: all")
    plans.add_argument("--area", default="", metavar="AREA", help="default: all")
    plans.add_argument("--on", default="", metavar="DAY", help="on this day (default: every day)")
    shared.known(plans)
    plans.set_defaults(run=_plans)


def _asking(parser: Parser) -> None:
    shared.asking(parser)
    parser.add_argument("--year", type=int, required=True, metavar="YEAR")
    parser.add_argument("--municipality", default="", metavar="CODE", help="default: all")
    _written(parser, FORMATS)


def _written(parser: Parser, formats: Sequence[str]) -> None:
    """Add as known when a report is made, and which files are written of it."""
    shared.known(parser)
    written.where(parser, formats, "all; without --out what stands first is printed")


def _areas(options: Options) -> int:
    request = pb.GetAreaReportRequest(**_asked(options), area=getattr(options, "area", ""))
    return _put(options, "GetAreaReport", area=request)


def _combined_letting(options: Options) -> int:
    request = pb.GetCombinedLettingReportRequest(**_asked(options))
    return _put(options, "GetCombinedLettingReport", combined_letting=request)


def _decision(options: Options) -> int:
    with connection.channel(options) as channel:
        receipt = connection.event_id(options, channel, options.receipt)
    following.found(options, receipt=receipt)
    request = pb.GetDecisionReportRequest(
        context=connection.context(options, "audit"),
        receipt_id=receipt,
        household_id=options.household,
        names=options.names,
        consistency=connection.consistency(options),
    )
    return _put(options, "GetDecisionReport", decision=request)


def _period(options: Options) -> int:
    request = pb.GetPeriodReportRequest(
        context=connection.context(options, "audit"),
        first_day=options.first_day,
        last_day=options.last_day,
        consistency=connection.consistency(options),
        reasons=options.reasons,
    )
    return _put(options, "GetPeriodReport", period=request)


def _subject(options: Options) -> int:
    request = pb.GetSubjectReportRequest(context=connection.context(options, "subject_access"))
    if options.person:
        request.person_id = options.person
    else:
        request.household_id = options.household
    request.consistency.CopyFrom(connection.consistency(options))
    if options.looked_before:
        try:
            request.looked_before.FromJsonString(options.looked_before)
        except ValueError:
            raise CommandError(
                "--looked-before must be a moment such as 2026-06-15T12:00:00Z"
            ) from None
    return _put(options, "GetSubjectReport", subject=request)


def _asked(options: Options) -> dict[str, Any]:
    return {
        "context": connection.context(options, "audit"),
        "year": options.year,
        "municipality": options.municipality,
        "consistency": connection.consistency(options),
    }


def _put(options: Options, method: str, **asked: Any) -> int:
    """Write the files of a report, or print what stands first in it."""
    with connection.stub(options, ReportServiceStub) as stub:
        if options.out is not None:
            request = pb.RenderReportRequest(**asked)
            return written.put(options, stub, [request])
        if options.format:
            raise CommandError("--format says which files are written; say where with --out")
        [of] = asked.values()
        report = getattr(stub, method)(of, timeout=written.DEADLINE)
    from services.reports.writing import Writing

    _follow(options)
    output.put(options, report, _summary(report, Writing(options.language)))
    return ANSWERED


def _follow(options: Options) -> None:
    """Note how the same report is written to files."""
    whose = ("year", "person", "household")
    named = ("receipt", "area", "first_day", "last_day")
    words = [value for each in named if (value := getattr(options, each, ""))]
    typed = [f"--{each} {value}" for each in whose if (value := getattr(options, each, ""))]
    following.found(options, again=" ".join((options.command, *words, *typed)))


def _verify(options: Options) -> int:
    from husret_verify import texts
    from husret_verify.note import VerifierKey
    from husret_verify.problems import Problem
    from services.reports import manifest

    path: Path = options.manifest
    if path.stat().st_size > manifest.LARGEST_FILE:
        raise CommandError(f"{path} is too large to be a manifest of a report")
    try:
        keys = [VerifierKey.parse(each) for each in options.vkey]
        said = manifest.read(path.read_bytes().decode("utf-8", "replace"), keys)
    except (manifest.BadManifest, Problem) as error:
        what = str(error)
        if isinstance(error, Problem):
            what = texts.problem(error, options.language)
        raise CommandError(f"{path}: {what}") from None
    checked = manifest.check(said, path.parent)
    wrong = [each for each in checked if each.verdict != "equal"]
    words = {
        "equal": output.say(options, "ens", "equal"),
        "different": output.say(options, "FORSKELLIG", "DIFFERENT"),
        "missing": output.say(options, "MANGLER", "MISSING"),
        "refused": output.say(
            options, "AFVIST: navnet peger andetsteds", "REFUSED: leads elsewhere"
        ),
    }
    lines = [f"{each.name}: {words[each.verdict]}" for each in checked]
    lines.append(
        f"log {said.log_id}, position {said.position}, "
        f"{output.say(options, 'lovudgave', 'edition')} {said.edition[:12]}"
    )
    lines.append(said.command)
    lines.append(
        output.say(options, "underskriften passer", "the signature is right")
        if keys
        else output.say(
            options,
            "underskriften er ikke efterprøvet: giv loggens nøgle med --vkey",
            "the signature was not checked: give the log's key with --vkey",
        )
    )
    put = {
        "log_id": said.log_id,
        "position": said.position,
        "command": said.command,
        "signature_checked": bool(keys),
    }
    output.put(options, {**put, "files": [each._asdict() for each in checked]}, lines)
    return DIFFERENT if wrong else ANSWERED


def _summary(report: Any, writing: Any) -> Iterator[str]:
    if isinstance(report, pb.GetAreaReportResponse):
        yield writing.word("area_report", year=report.year)
        for each in report.lists:
            named = f"{writing.day(each.day)}  {writing.said(each.title):<36} "
            if not each.published:
                yield named + writing.word("not_published_here")
                continue
            yield (
                f"{named}"
                f"{writing.word('on').lower()} {each.on}, "
                f"{writing.word('entered').lower()} {each.entered}, "
                f"{writing.word('left').lower()} {each.left}, "
                f"{writing.word('movement_may_have_left')} {each.may_have_left}"
            )
    elif isinstance(report, pb.GetDecisionReportResponse):
        yield from _of_decision(report, writing)
        return
    elif isinstance(report, pb.GetPeriodReportResponse):
        yield from _of_period(report, writing)
    elif isinstance(report, pb.GetSubjectReportResponse):
        for one in report.classes:
            erased = f", {writing.word('state_erased')}" if one.erased else ""
            name = writing.first_upper(writing.data_class(one.data_class))
            yield f"{name}: {len(one.facts)}{erased}"
        yield f"{writing.word('subject_answers')}: {len(report.answers)}"
        yield f"{writing.word('subject_accesses')}: {len(report.accesses)}"
        yield (
            f"{writing.word('known_at')} {report.basis.known_at_position}; "
            f"{writing.word('looked_before').lower()} {report.looked_before.ToJsonString()}"
        )
        return
    else:
        days = {"first": writing.day(report.first_day), "last": writing.day(report.last_day)}
        yield writing.word("combined_report", **days)
        for each in report.areas:
            rejected = each.rejections if each.HasField("rejections") else "?"
            yield f"{each.name}: {writing.word('rejections').lower()} {rejected}"
    for each in report.exceptions:
        yield f"! {writing.said(each.text)}"


def _of_decision(report: pb.GetDecisionReportResponse, writing: Any) -> Iterator[str]:
    from services.reports.decision import VERDICTS

    yield f"{writing.said(report.about.title)}, {writing.day(report.decision.day)}"
    yield writing.said(report.decision.summary)
    if report.HasField("replay"):
        yield f"{writing.word('recomputed')}: {writing.word(VERDICTS[report.replay.verdict])}"
        yield from (f"  {writing.said(each.text)}" for each in report.replay.found)
    yield from (f"! {writing.said(each.text)}" for each in report.exceptions)


def _of_period(report: pb.GetPeriodReportResponse, writing: Any) -> Iterator[str]:
    days = {"first": writing.day(report.first_day), "last": writing.day(report.last_day)}
    yield writing.word("period_report", **days)
    for each in report.answers:
        total = each.total.value if each.total.HasField("value") else writing.word("few")
        yield f"{writing.said(each.title)}: {total}"


def _lists(options: Options) -> int:
    from services.reports.writing import Writing

    writing = Writing(options.language)
    published = writing.word("published_total").lower()

    def line(row: pb.ListMovementRow) -> str:
        counts = [f"{writing.word(word).lower()} {count}" for word, count in _movements(row)]
        if row.HasField("published_total"):
            counts.append(f"{published} {row.published_total}")
        return f"{row.list_day} {_kind(row, writing):<34} {', '.join(counts)}"

    request = pb.ListListMovementsRequest(kind=options.kind, year=options.year, page_size=1_000)
    return views.put(options, ReportServiceStub, "ListListMovements", request, "lists", line)


def _movements(row: pb.ListMovementRow) -> list[tuple[str, int]]:
    found = Counter(f"movement_{area.movement}" for area in row.areas)
    return [*sorted(found.items()), ("not_known", row.not_known)]


def _kind(row: pb.ListMovementRow, writing: Any) -> str:
    """Say what the list was called on its day."""
    from domain.law import explain
    from domain.law.editions import CURRENT

    day = date.fromisoformat(row.list_day)
    return str(writing.said(explain.list_kind_text(CURRENT, ListKind(row.kind), day)))


def _ledger(options: Options) -> int:
    request = pb.ListLedgerTalliesRequest(
        organisation=options.organisation, year=options.year, page_size=1_000
    )
    return views.put(options, ReportServiceStub, "ListLedgerTallies", request, "tallies", _tally)


def _tally(row: pb.LedgerTally) -> str:
    turn = row.channel + ("/" + row.basis if row.basis else "")
    return (
        f"{row.organisation:<8} {row.year} {row.department:<8} {row.kind:<8} {turn:<28} "
        f"allocated {row.allocated}, in order {row.in_order}, released {row.released}"
    )


def _plans(options: Options) -> int:
    request = pb.ListPlanProgressRequest(
        municipality=options.municipality, area=options.area, day=options.on, page_size=1_000
    )
    return views.put(options, ReportServiceStub, "ListPlanProgress", request, "periods", _progress)


def _progress(row: pb.PlanProgressRow) -> str:
    return (
        f"{row.area:<30} {row.first_day} to {row.last_day or '…':<10} "
        f"{row.state or '-':<11} {row.status or '-':<14} "
        + (_share_line(row.share) if row.HasField("share") else "share not known")
    )


def _share_line(share: pb.PlanShare) -> str:
    needed = f", {share.too_many} too many" if share.too_many else ""
    agreed = f" (agreement: {share.by_agreement})" if share.by_agreement != share.share else ""
    return f"{share.share} % of at most {share.target} %{agreed}{needed}"
