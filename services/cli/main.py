"""The command line of husret.

Every command but `init` and `serve` is a client: it asks the server that owns the instance, or,
when there is none, starts one on a free port of the loopback for as long as the command runs.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from uuid import uuid4

import grpc
from eventsourcing.persistence import InfrastructureFactoryError
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from domain.facts import ControllerKind
from husret.v1 import (
    area_service_pb2,
    area_service_pb2_grpc,
    audit_service_pb2,
    audit_service_pb2_grpc,
    core_pb2,
    eligibility_service_pb2,
    eligibility_service_pb2_grpc,
    fact_service_pb2,
    tenancy_service_pb2,
    tenancy_service_pb2_grpc,
)
from services.api import server
from services.area_lists import lists as area_lists
from services.cli import checks as cli_checks
from services.cli import shell, show
from services.facts import municipalities
from services.instance import backup
from services.instance.instance import Instance, InstanceError
from services.log import ownership
from services.log.port import StorageError
from services.log.sqlite import SQLiteEventLog
from services.persons.keys import KeyStoreError
from services.persons.master_key import MasterKeyError

ANSWERED = 0
FAILED = 1
USAGE = 2
DIFFERENT = 3

EXIT_CODES = f"""exit codes:
  {ANSWERED}  answered, whatever the answer is
  {FAILED}  refused, not found, or not reached; stderr says why
  {USAGE}  the command line can't be understood
  {DIFFERENT}  replay: something came out differently; log verify, backup and restore: an event
     was altered"""

PATIENCE = 5.0
"""Seconds to wait for a server that owns the instance and has not said where it is yet."""

DEADLINE = 60.0
"""Seconds that one call may take."""

VERIFYING = 3_600.0
"""Seconds that reading the whole log may take."""

CHANGED = 90
"""Most characters shown of what an import changes in a row."""

_SHIPPED = {"published": area_lists.PUBLISHED, "made-up": area_lists.MADE_UP}
_BASES = {
    "stk_1": eligibility_service_pb2.REFERRAL_BASIS_STK_1,
    "stk_2": eligibility_service_pb2.REFERRAL_BASIS_STK_2,
    "stk_3": eligibility_service_pb2.REFERRAL_BASIS_STK_3,
    "stk_4": eligibility_service_pb2.REFERRAL_BASIS_STK_4,
    "stk_5": eligibility_service_pb2.REFERRAL_BASIS_STK_5,
    "urban_renewal": eligibility_service_pb2.REFERRAL_BASIS_URBAN_RENEWAL,
    "private_agreement": eligibility_service_pb2.REFERRAL_BASIS_PRIVATE_AGREEMENT,
    "private_tenth": eligibility_service_pb2.REFERRAL_BASIS_PRIVATE_TENTH,
}

Options = argparse.Namespace


class CommandError(Exception):
    """A command can't be carried out; the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    shell.write_anything()
    try:
        try:
            return _carry_out(arguments)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        shell.stop_writing()
        return ANSWERED


def _carry_out(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    run: Callable[[Options], int] = options.run
    try:
        return run(options)
    except grpc.RpcError as error:
        return _refused(error, options)
    except (
        CommandError,
        InstanceError,
        KeyStoreError,
        MasterKeyError,
        server.ServerError,
        ownership.LogOwned,
        InfrastructureFactoryError,
        StorageError,
        backup.BackupError,
        ownership.Held,
    ) as error:
        return _failed({"message": str(error)}, options)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _failed({"message": _os_error(error)}, options)
    except KeyboardInterrupt:
        return FAILED


def _directory() -> Path:
    """Return the instance's directory that is meant unless --dir says another."""
    return Path(os.environ.get("HUSRET_DIR", "husret-data"))


def _os_error(error: OSError) -> str:
    """Say what the system refused, and where, without the error's number."""
    if error.strerror is None:
        return str(error)
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


# --- The command line -----------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument(
        "--dir",
        type=Path,
        default=_directory(),
        metavar="DIR",
        help="the instance's directory (default: $HUSRET_DIR, else ./husret-data)",
    )
    everywhere.add_argument("--json", action="store_true", help="print one JSON document")
    asking = argparse.ArgumentParser(add_help=False, parents=[everywhere])
    asking.add_argument(
        "--server",
        metavar="HOST:PORT",
        default=os.environ.get("HUSRET_SERVER", ""),
        help="ask this server, not the owner of DIR (default: $HUSRET_SERVER)",
    )
    _tls_options(asking, "the client's certificate", "--tls-server-ca", "the server's CA")
    asking.add_argument(
        "--actor",
        default=os.environ.get("HUSRET_ACTOR", "cli"),
        help="opaque id of who asks (default: $HUSRET_ACTOR, else cli)",
    )
    asking.add_argument("--legal-basis", default="", help="the section that allows it")
    asking.add_argument(
        "--language", choices=("da", "en"), default="da", help="language of texts (default: da)"
    )

    parser = argparse.ArgumentParser(
        prog="husret",
        description="What Danish law says about municipal referral to social housing, and about "
        "the status of its areas, on an event log of facts.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"husret {_version()}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    init = commands.add_parser("init", parents=[everywhere], help="make a new instance in DIR")
    init.add_argument(
        "--controller", default="Prøvekøbing Kommune", help="the data controller's name"
    )
    init.add_argument(
        "--kind",
        choices=[str(kind) for kind in ControllerKind],
        default=str(ControllerKind.MUNICIPALITY),
        help="what the controller is (default: %(default)s)",
    )
    init.add_argument(
        "--municipality",
        default=municipalities.MADE_UP_MUNICIPALITY,
        help="its municipality's four digits (default: %(default)s, which is made up)",
    )
    init.add_argument(
        "--stale-after-months",
        type=int,
        default=24,
        help="how long after the law's review answers stay firm (default: %(default)s)",
    )
    init.set_defaults(run=_init)

    serve = commands.add_parser(
        "serve", parents=[everywhere], help="serve the instance until SIGTERM or Ctrl-C"
    )
    serve.add_argument(
        "--listen",
        metavar="HOST:PORT",
        default=os.environ.get("HUSRET_LISTEN", "127.0.0.1:50051"),
        help="where (default: $HUSRET_LISTEN, else 127.0.0.1:50051; port 0: a free one); any "
        "other host than the loopback needs the three --tls options",
    )
    _tls_options(serve, "the server's certificate", "--tls-client-ca", "the clients' CA")
    serve.set_defaults(run=_serve)

    import_ = commands.add_parser("import", help="take over data from a file")
    imports = import_.add_subparsers(metavar="WHAT", required=True)
    lists = imports.add_parser(
        "area-lists", parents=[asking], help="published area lists (docs/data.md)"
    )
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
        help="take areas for new although a run of lists would break if they are known ones",
    )
    lists.add_argument(
        "--accept-implausible",
        action="store_true",
        help="take implausible figures, and lists of days to come",
    )
    lists.set_defaults(run=_import_area_lists)

    check = commands.add_parser("check", help="ask what the law says")
    checks = check.add_subparsers(metavar="QUESTION", required=True)
    referral = checks.add_parser(
        "referral", parents=[asking], help="may this household be referred to this dwelling?"
    )
    referral.add_argument("--household", required=True, metavar="UUID")
    _add_question(referral)
    referral.set_defaults(run=_check_referral)
    waiting_list = checks.add_parser(
        "waiting-list",
        parents=[asking],
        help="may each household on the waiting list be referred to this dwelling, or let it?",
    )
    _add_question(waiting_list)
    waiting_list.add_argument(
        "--channel",
        choices=sorted(cli_checks.CHANNELS),
        help="ask about letting through this channel, as an organisation, not about referral",
    )
    waiting_list.add_argument(
        "--households",
        type=Path,
        metavar="FILE",
        help="ids in the order of the list, one a line (default: all that are registered)",
    )
    waiting_list.set_defaults(run=_check_waiting_list)
    cli_checks.add(checks, asking, _check_other)

    area = commands.add_parser("area", help="look at areas")
    areas = area.add_subparsers(metavar="WHAT", required=True)
    status = areas.add_parser("status", parents=[asking], help="what is an area on a day, and why?")
    status.add_argument("area", metavar="AREA", help="e.g. 9999-elmehegnet")
    status.add_argument("--day", default="", metavar="YYYY-MM-DD", help="default: today")
    status.set_defaults(run=_area_status)
    listed = areas.add_parser(
        "list", parents=[asking], help="the status of all areas, and the events that it rests on"
    )
    listed.add_argument("--municipality", default="", metavar="CODE", help="default: all")
    listed.add_argument("--category", default="", metavar="CATEGORY", help="default: all")
    listed.add_argument(
        "--day", default="", metavar="YYYY-MM-DD", help="what holds then (default: every period)"
    )
    listed.set_defaults(run=_area_list)
    timeline = areas.add_parser(
        "timeline", parents=[asking], help="what has an area been, from when to when, and why?"
    )
    timeline.add_argument("area", metavar="AREA", help="e.g. 9999-elmehegnet")
    timeline.add_argument("--upto", default="", metavar="YYYY-MM-DD", help="default: today")
    timeline.set_defaults(run=_area_timeline)

    _tenancy_commands(commands, asking)

    replay = commands.add_parser(
        "replay", parents=[asking], help="compute a recorded answer again and compare"
    )
    replay.add_argument("receipt", metavar="RECEIPT", help="the receipt's id")
    replay.set_defaults(run=_replay)

    shown = commands.add_parser("show", parents=[asking], help="show a recorded answer")
    shown.add_argument("receipt", metavar="RECEIPT", help="the receipt's id")
    shown.add_argument(
        "--household",
        default="",
        metavar="UUID",
        help="with a page of a waiting list: whose answer",
    )
    shown.set_defaults(run=_show)

    log = commands.add_parser("log", help="look at the event log")
    logs = log.add_subparsers(metavar="WHAT", required=True)
    tail = logs.add_parser("tail", parents=[asking], help="the last events")
    tail.add_argument("-n", type=_count, default=20, metavar="N", help="how many (default: 20)")
    tail.set_defaults(run=_log_tail)
    verify = logs.add_parser(
        "verify",
        parents=[asking],
        help="read all of it, and name what was altered; needs no key and writes nothing",
    )
    verify.add_argument(
        "log", nargs="?", type=Path, metavar="LOG", help="a log's file (default: the one in DIR)"
    )
    verify.set_defaults(run=_log_verify)

    clock = commands.add_parser("clock", help="the wall clock that events are recorded by")
    clocks = clock.add_subparsers(metavar="WHAT", required=True)
    accepted = clocks.add_parser(
        "accept",
        parents=[asking],
        help="write again with the clock as it is now, after one that could not be trusted",
    )
    accepted.add_argument(
        "--reason", required=True, metavar="TEXT", help="why it is right; recorded in the open"
    )
    accepted.set_defaults(run=_clock_accept)

    health = commands.add_parser(
        "status", parents=[asking], help="where the log stands, and how far its views are behind"
    )
    health.set_defaults(run=_status)

    cases = commands.add_parser(
        "cases", help="try cases that a lawyer wrote against the law (docs/cases.md)"
    )
    cases.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="YAML files, or folders")
    cases.add_argument(
        "--exact",
        action="store_true",
        help="points, duties and warnings that a case leaves unsaid must be none",
    )
    cases.add_argument(
        "--language", choices=("da", "en"), default="da", help="language of reasons (default: da)"
    )
    cases.add_argument("--json", action="store_true", help="print one JSON document")
    cases.set_defaults(run=_cases)

    backup_ = commands.add_parser(
        "backup",
        parents=[everywhere],
        help="copy the instance, while it is served, and try the copy",
    )
    backup_.add_argument("target", type=Path, metavar="TARGET", help="a new directory")
    backup_.set_defaults(run=_backup)
    restore = commands.add_parser(
        "restore", parents=[everywhere], help="make an instance in DIR of a copy"
    )
    restore.add_argument("source", type=Path, metavar="COPY", help="made by husret backup")
    restore.add_argument(
        "--master-key",
        type=Path,
        metavar="FILE",
        help="the master key (default: master.key in DIR, or $HUSRET_MASTER_KEY)",
    )
    restore.add_argument(
        "--erasures",
        type=Path,
        metavar="LOG",
        help="a newer log of the instance: what was erased in it is erased here too",
    )
    restore.set_defaults(run=_restore)

    demo = commands.add_parser("demo", help="show what husret answers, on made-up data")
    demo.add_argument("--seed", type=int, default=1, help="varies the made-up data (default: 1)")
    demo.add_argument("--json", action="store_true", help="print one JSON document")
    demo.set_defaults(run=_demo)
    return parser


def _tenancy_commands(commands: Any, asking: argparse.ArgumentParser) -> None:
    ledger = commands.add_parser(
        "ledger", parents=[asking], help="every allocation of an organisation, with its counts"
    )
    ledger.add_argument("organisation", metavar="ORGANISATION")
    ledger.add_argument("--department", default="", help="only this department's rows")
    ledger.set_defaults(run=_ledger)

    tenancy = commands.add_parser("tenancy", help="from vacancy to contract (docs/tenancy.md)")
    steps = tenancy.add_subparsers(metavar="STEP", required=True)
    vacancy = steps.add_parser("vacancy", parents=[asking], help="a dwelling is vacant")
    vacancy.add_argument("dwelling", metavar="DWELLING")
    vacancy.add_argument("--from", dest="vacant_from", required=True, metavar="YYYY-MM-DD")
    vacancy.set_defaults(run=_vacancy)
    allocate = steps.add_parser(
        "allocate", parents=[asking], help="give a vacancy to the channel that is due"
    )
    allocate.add_argument("vacancy", metavar="VACANCY")
    allocate.add_argument("--rehousing", action="store_true", help="to rehousing, which goes first")
    allocate.set_defaults(run=_allocate)
    resting = argparse.ArgumentParser(add_help=False, parents=[asking])
    resting.add_argument("--day", default="", metavar="YYYY-MM-DD", help="default: today")
    resting.add_argument(
        "--receipt", action="append", default=[], metavar="RECEIPT", help="may be repeated"
    )
    resting.add_argument("--decided-by", default="", metavar="WHO", help="who decides, if needed")
    resting.add_argument("--reasons", default="", metavar="TEXT", help="why; sealed")
    resting.add_argument("--party-heard", choices=("yes", "no"), help="was the party heard?")
    offer = steps.add_parser("offer", parents=[resting], help="offer it to a household")
    offer.add_argument("allocation", metavar="ALLOCATION")
    offer.add_argument("--household", required=True, metavar="UUID")
    offer.add_argument("--deadline", required=True, metavar="YYYY-MM-DD")
    offer.set_defaults(run=_offer)
    accept = steps.add_parser("accept", parents=[resting], help="the household accepts")
    accept.add_argument("offer", metavar="OFFER")
    accept.set_defaults(run=_accept)
    contract = steps.add_parser("contract", parents=[resting], help="make the contract")
    contract.add_argument("offer", metavar="OFFER")
    contract.add_argument("--first-day", required=True, metavar="YYYY-MM-DD")
    contract.set_defaults(run=_contract)
    shown = steps.add_parser("show", parents=[asking], help="where a dwelling stands")
    shown.add_argument("dwelling", metavar="DWELLING")
    shown.set_defaults(run=_tenancy_show)


def _add_question(parser: argparse.ArgumentParser) -> None:
    """Add what a referral question asks beside the household."""
    parser.add_argument("--dwelling", required=True, metavar="ID")
    parser.add_argument(
        "--basis",
        choices=sorted(_BASES),
        default="stk_1",
        help="what the dwelling is at disposal under (default: %(default)s, of § 59)",
    )
    parser.add_argument("--day", default="", metavar="YYYY-MM-DD", help="default: today")
    parser.add_argument(
        "--letting-day", default="", metavar="YYYY-MM-DD", help="the day of the letting, if known"
    )
    parser.add_argument(
        "--move-in-day", default="", metavar="YYYY-MM-DD", help="the day of moving in, if known"
    )
    parser.add_argument(
        "--preview", action="store_true", help="don't record; what is printed is no answer"
    )


def _question(options: Options, household: str = "") -> eligibility_service_pb2.ReferralQuestion:
    return eligibility_service_pb2.ReferralQuestion(
        household_id=household,
        dwelling_id=options.dwelling,
        basis=_BASES[options.basis],
        day=options.day,
        letting_day=options.letting_day,
        move_in_day=options.move_in_day,
    )


def _version() -> str:
    try:
        return version("husret")
    except PackageNotFoundError:
        return "(not installed as a distribution)"


def _tls_options(parser: argparse.ArgumentParser, whose: str, ca: str, whose_ca: str) -> None:
    for option, what in (("--tls-cert", whose), ("--tls-key", "its key"), (ca, whose_ca)):
        variable = "HUSRET" + option[1:].replace("-", "_").upper()
        parser.add_argument(
            option,
            type=Path,
            metavar="PEM",
            dest="tls_ca" if option == ca else None,
            default=Path(os.environ[variable]) if variable in os.environ else None,
            help=f"{what} (default: ${variable})",
        )


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError("must lie from 1 to 1000000")
    return number


# --- Commands -------------------------------------------------------------------------------


def _init(options: Options) -> int:
    code = options.municipality
    wrong = municipalities.not_a_municipality(code)
    if wrong:
        raise CommandError(f"--municipality: {code!r} {wrong}")
    if not 0 <= options.stale_after_months <= 1200:
        raise CommandError("--stale-after-months: must lie from 0 to 1200")
    if not options.controller.strip() or len(options.controller) > 200:
        raise CommandError("--controller: must be 1 to 200 characters")
    with Instance.create(
        options.dir,
        controller=options.controller,
        kind=ControllerKind(options.kind),
        municipality=code,
        stale_after_months=options.stale_after_months,
    ) as instance:
        created = instance.created
    made = {
        "directory": str(options.dir),
        "log_id": str(created.log_id),
        "controller": created.controller,
        "controller_kind": str(created.controller_kind),
        "municipality": created.municipality,
    }
    _print(
        options,
        made,
        [
            f"New instance of {created.controller} (municipality {code}) in {options.dir}.",
            "Its master key is master.key there: back it up apart from the rest, and keep it.",
            _hint("Next: `husret serve`, or `husret import area-lists published`", options),
        ],
    )
    return ANSWERED


def _serve(options: Options) -> int:
    tls = None
    given = [options.tls_cert, options.tls_key, options.tls_ca]
    if any(given):
        if not all(given):
            raise CommandError("give all three: --tls-cert, --tls-key and --tls-client-ca")
        tls = server.Tls(*(path.read_bytes() for path in given))
    server.log_to_stderr()

    def ready(running: server.Server) -> None:
        line = f"husret serves {options.dir} at {running.address}"
        if options.json:
            line = shell.as_json({"address": running.address}, sys.stdout)
        print(line, flush=True)

    server.serve(options.dir, options.listen, tls, ready)
    return ANSWERED


def _import_area_lists(options: Options) -> int:
    path = Path(options.file)
    if options.file in _SHIPPED and not path.exists():
        name, content = _SHIPPED[options.file], area_lists.shipped(_SHIPPED[options.file])
    else:
        name, content = path.name, path.read_bytes()
    request = area_service_pb2.ImportAreaListsRequest(
        context=_context(options, "import"),
        request_id=str(uuid4()),
        file_name=name,
        content=content,
        validate_only=True,
        correct=options.correct,
        accept_new=options.accept_new,
        accept_implausible=options.accept_implausible,
    )
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        transient=True,
        disable=not sys.stderr.isatty(),
        redirect_stdout=False,
        console=_stderr(),
    ) as progress:
        task = progress.add_task("starting", total=3)
        with _channel(options) as channel:
            progress.update(task, completed=1, description=f"importing {name}")
            stub = area_service_pb2_grpc.AreaServiceStub(channel)
            # Whoever imports is told what it means before anything is appended.
            response = stub.ImportAreaLists(request, timeout=DEADLINE)
            lines = [
                f"{name}: {response.rows} rows: {response.new_rows} new, "
                f"{len(response.changed_rows)} changed, {response.unchanged_rows} as they stood",
                *_changed(response.changed_rows),
                *_taken_for_new(response),
                *_that_left(response),
            ]
            if not options.json:
                print("\n".join(lines), flush=True)
            if not options.validate_only:
                request.validate_only = False
                response = stub.ImportAreaLists(request, timeout=DEADLINE)
            progress.update(task, completed=3, description="done")
    lines = [
        "nothing was recorded: --validate-only"
        if options.validate_only
        else f"the log stands at position {response.position}",
    ]
    _print(options, response, lines)
    return ANSWERED


def _changed(rows: Sequence[str]) -> list[str]:
    """Name the rows that changed in a line each; --json has them whole."""
    lines = [row if len(row) <= CHANGED else f"{row[: CHANGED - 2]} …" for row in rows]
    return [f"  changed: {line}" for line in lines]


def _taken_for_new(response: area_service_pb2.ImportAreaListsResponse) -> Iterator[str]:
    """Name the areas that an import takes for new, those first that may be others."""
    for area in sorted(response.new_areas, key=lambda each: not each.near):
        yield f"  new area: {area.area} ({area.name})"
        for near in area.near:
            where = ", in another municipality" if near.moved else ""
            run = "; a run of lists breaks if they are one" if near.breaks_run else ""
            yield f"    may be {near.area} ({near.name}): {near.why}{where}{run}"


def _that_left(response: area_service_pb2.ImportAreaListsResponse) -> Iterator[str]:
    """Name the areas that a list of an import names no longer."""
    for left in response.left:
        kind = core_pb2.ListKind.Name(left.kind).removeprefix("LIST_KIND_").lower()
        sure = "left" if left.known else "not named, and not known to be off"
        yield (
            f"  {sure}: {left.area} ({left.name}), {kind} list of {left.list_day}, "
            f"after {left.lists_in_a_row} in a row"
        )


def _check_referral(options: Options) -> int:
    request = eligibility_service_pb2.CheckReferralRequest(
        context=_context(options, "referral"),
        request_id="" if options.preview else str(uuid4()),
        question=_question(options, options.household),
        preview=options.preview,
    )
    with _channel(options) as channel:
        stub = eligibility_service_pb2_grpc.EligibilityServiceStub(channel)
        decision = stub.CheckReferral(request, timeout=DEADLINE).decision
    _show_decision(options, decision)
    return ANSWERED


def _check_waiting_list(options: Options) -> int:
    named = [] if options.households is None else options.households.read_text().split()
    asked: dict[str, Any] = {"referral": _question(options)}
    if options.channel:
        asked = {
            "letting": eligibility_service_pb2.LettingQuestion(
                dwelling_id=options.dwelling,
                day=options.day,
                channel=cli_checks.CHANNELS[options.channel],
            )
        }
    [kind] = asked
    request = eligibility_service_pb2.ScreenWaitingListRequest(
        context=_context(options, kind),
        request_id="" if options.preview else str(uuid4()),
        **asked,
        household_ids=named,
        preview=options.preview,
    )
    counts: Counter[str] = Counter()
    receipts: list[str] = []
    with (
        Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            transient=True,
            disable=not sys.stderr.isatty(),
            redirect_stdout=False,
            console=_stderr(),
        ) as progress,
        _channel(options) as channel,
    ):
        task = progress.add_task("screening", total=None)
        stub = eligibility_service_pb2_grpc.EligibilityServiceStub(channel)
        for page in stub.ScreenWaitingList(request):
            progress.update(task, completed=page.done, total=page.total)
            receipts += [page.receipt_id] if page.receipt_id else []
            for household in page.households:
                outcome = core_pb2.Outcome.Name(household.outcome).removeprefix("OUTCOME_")
                said = household.error.reason if household.HasField("error") else outcome
                counts[said] += 1
                if not options.json:
                    rules = " ".join(household.rule_ids)
                    print(f"{household.household_id}  {said:<12}  {rules}".rstrip())
                else:
                    print(
                        shell.as_json(
                            {
                                "household": household.household_id,
                                "outcome": said,
                                "rules": list(household.rule_ids),
                                "receipt": page.receipt_id,
                            },
                            sys.stdout,
                        )
                    )
    if not options.json:
        words = show.Words(options.language)
        counted = ", ".join(f"{count} {said}" for said, count in sorted(counts.items()))
        print(counted or words.say("ingen", "nobody"))
        for receipt in receipts:
            print(f"{words.say('side', 'page')}: {receipt}")
    return ANSWERED


def _check_other(options: Options) -> int:
    with _channel(options) as channel:
        stub = eligibility_service_pb2_grpc.EligibilityServiceStub(channel)
        decision = options.ask(stub, _context(options, "letting"), options, DEADLINE)
    _show_decision(options, decision)
    return ANSWERED


def _show(options: Options) -> int:
    with _channel(options) as channel:
        stub = audit_service_pb2_grpc.AuditServiceStub(channel)
        request = audit_service_pb2.GetDecisionRequest(
            context=_context(options, "audit"),
            receipt_id=options.receipt,
            household_id=options.household,
        )
        decision = stub.GetDecision(request, timeout=DEADLINE).decision
    _show_decision(options, decision)
    return ANSWERED


def _show_decision(options: Options, decision: core_pb2.Decision) -> None:
    words = show.Words(options.language)
    where = decision.area or words.say("uden for områder", "outside areas")
    rows: list[show.Row] = [
        (
            words.say("Spørgsmål", "Question"),
            [Text(f"{where}, {words.day(decision.day)}")],
        ),
        *words.answer(decision),
        (words.say("Udgave af loven", "Edition of the law"), [Text(decision.law_package[:12])]),
    ]
    if decision.receipt_id:
        hashed = Text(f"hash {decision.receipt_hash.hex()}")
        rows.append((words.say("Kvittering", "Receipt"), [Text(words.receipt(decision)), hashed]))
    else:
        preview = words.say(
            "PRØVE: ikke gemt og intet svar", "PREVIEW: not recorded, and no answer"
        )
        rows.insert(0, ("", [Text(preview, "bold")]))
    _print_rows(options, decision, rows)


def _area_status(options: Options) -> int:
    request = area_service_pb2.GetAreaStatusRequest(area=options.area, day=options.day)
    with _channel(options) as channel:
        stub = area_service_pb2_grpc.AreaServiceStub(channel)
        status = stub.GetAreaStatus(request, timeout=DEADLINE)
    words = show.Words(options.language)
    place = Text(f"{status.name} ({status.area}), {words.day(status.day)}", "bold")
    rows: list[show.Row] = [
        (words.say("Område", "Area"), [place, *words.lines([status.summary])]),
        *words.area(status),
    ]
    _print_rows(options, status, rows)
    return ANSWERED


def _area_list(options: Options) -> int:
    request = area_service_pb2.ListAreaStatusRequest(
        municipality=options.municipality,
        category=options.category,
        day=options.day,
        page_size=1_000,
    )
    periods: list[area_service_pb2.AreaStatusPeriod] = []
    with _channel(options) as channel:
        stub = area_service_pb2_grpc.AreaServiceStub(channel)
        request.consistency.at_least_position = _health(channel).head_position
        while True:
            try:
                page = stub.ListAreaStatus(request, timeout=DEADLINE)
            except grpc.RpcError as error:
                if _said(error).get("reason") != "ERROR_REASON_VIEW_BEHIND":
                    raise
                # What the view has is worth more than nothing, and says how far it is.
                request.ClearField("consistency")
                page = stub.ListAreaStatus(request, timeout=DEADLINE)
            periods += page.periods
            if not page.next_page_token:
                break
            request.page_token = page.next_page_token
    behind = []
    if not request.HasField("consistency"):
        behind = [f"the view is behind: the log stands at position {page.head_position}"]
    _print(
        options,
        {
            "known_at_position": page.known_at_position,
            "head_position": page.head_position,
            "periods": [_plain(period) for period in periods],
        },
        [
            *(_period(period) for period in periods),
            f"{len(periods)} periods, known at position {page.known_at_position}",
            *behind,
        ],
    )
    return ANSWERED


def _period(period: area_service_pb2.AreaStatusPeriod) -> str:
    """Return a period in one line: area, days, what it was, and the events that say so."""
    status = core_pb2.FindingStatus.Name(period.status).removeprefix("FINDING_STATUS_").lower()
    evidence = [f"#{each.position} {each.leaf_hash.hex()[:8]}" for each in period.evidence]
    return (
        f"{period.area:<28} {period.first_day} - {period.last_day or '':<10} "
        f"{period.category:<22} {status:<8} {', '.join(evidence)}"
    ).rstrip()


def _health(channel: grpc.Channel) -> audit_service_pb2.GetHealthResponse:
    stub = audit_service_pb2_grpc.AuditServiceStub(channel)
    return stub.GetHealth(audit_service_pb2.GetHealthRequest(), timeout=DEADLINE)


def _status(options: Options) -> int:
    with _channel(options) as channel:
        health = _health(channel)
    _print(
        options,
        health,
        [
            f"The log stands at position {health.head_position}.",
            health.clock_problem and _hint(_suspect(health.clock_problem), options),
            *map(_view, health.views),
        ],
    )
    return ANSWERED


def _suspect(problem: str) -> str:
    return (
        f"Nothing is written: {problem}. Set the clock right; or, if it is right as it is, "
        "`husret clock accept --reason TEXT`"
    )


def _clock_accept(options: Options) -> int:
    request = audit_service_pb2.AcceptClockRequest(
        context=_context(options, "audit"), request_id=str(uuid4()), reason=options.reason
    )
    with _channel(options) as channel:
        stub = audit_service_pb2_grpc.AuditServiceStub(channel)
        accepted = stub.AcceptClock(request, timeout=DEADLINE)
    _print(options, accepted, [f"accepted at position {accepted.position}: events are written"])
    return ANSWERED


def _view(view: audit_service_pb2.ViewHealth) -> str:
    state = audit_service_pb2.ViewState.Name(view.state).removeprefix("VIEW_STATE_").lower()
    line = f"View {view.name}: {state} at position {view.position}, {view.lag} behind"
    return f"{line} ({view.problem})" if view.problem else line


def _area_timeline(options: Options) -> int:
    request = area_service_pb2.GetAreaTimelineRequest(area=options.area, upto=options.upto)
    with _channel(options) as channel:
        stub = area_service_pb2_grpc.AreaServiceStub(channel)
        timeline = stub.GetAreaTimeline(request, timeout=DEADLINE)
    words = show.Words(options.language)
    place = Text(f"{timeline.name} ({timeline.area}), {words.day(timeline.upto)}", "bold")
    rows: list[show.Row] = [(words.say("Område", "Area"), [place]), *words.timeline(timeline)]
    _print_rows(options, timeline, rows)
    return ANSWERED


def _replay(options: Options) -> int:
    request = audit_service_pb2.ReplayDecisionRequest(
        context=_context(options, "audit"), receipt_id=options.receipt
    )
    with _channel(options) as channel:
        stub = audit_service_pb2_grpc.AuditServiceStub(channel)
        replay = stub.ReplayDecision(request, timeout=DEADLINE)
        words = show.Words(options.language)
        asked = _asked(stub, options, words)
    _print_rows(options, replay, [asked, *words.replay(replay)])
    differs = replay.verdict == audit_service_pb2.REPLAY_VERDICT_DIFFERENT
    return DIFFERENT if differs else ANSWERED


def _asked(
    stub: audit_service_pb2_grpc.AuditServiceStub, options: Options, words: show.Words
) -> show.Row:
    """Say what a receipt answers: the day, the area and the outcome, as far as they are told."""
    label = words.say("Spørgsmål", "Question")
    if options.json:
        return label, []
    request = audit_service_pb2.GetDecisionRequest(
        context=_context(options, "audit"), receipt_id=options.receipt
    )
    try:
        decision = stub.GetDecision(request, timeout=DEADLINE).decision
    except grpc.RpcError as error:
        if error.code() is grpc.StatusCode.INVALID_ARGUMENT:
            # It was found, but is shown for one household only.
            page = words.say(
                "en side af en venteliste; `husret show RECEIPT --household UUID` viser svaret om "
                "en husstand",
                "a page of a waiting list; `husret show RECEIPT --household UUID` shows the answer "
                "about one",
            )
            return label, [Text(_hint(page, options))]
        return label, [Text(f"{words.say('kan ikke vises', 'cannot be shown')}: {error.details()}")]
    where = decision.area or words.say("uden for områder", "outside areas")
    asked = Text(f"{where}, {words.day(decision.day)}: ")
    return label, [asked + words.outcome(decision.outcome)]


def _log_verify(options: Options) -> int:
    if options.server and options.log is None:
        with _channel(options) as channel:
            stub = audit_service_pb2_grpc.AuditServiceStub(channel)
            request = audit_service_pb2.VerifyLogRequest(context=_context(options, "audit"))
            verified = stub.VerifyLog(request, timeout=VERIFYING)
    else:
        with closing(SQLiteEventLog.as_it_lies(options.log or options.dir / "log.db")) as log:
            head, positions = log.head(), list(log.altered())
        verified = audit_service_pb2.VerifyLogResponse(
            altered_positions=positions, altered=len(positions), known_at_position=head
        )
    head, named = verified.known_at_position, len(verified.altered_positions)
    lines = [f"{head} events, {verified.altered} of them altered or gone"]
    lines += [
        f"  event at position {position}: altered where it is stored, or gone"
        for position in verified.altered_positions
    ]
    if verified.altered > named:
        lines.append(f"  and {verified.altered - named} more")
    if verified.altered:
        lines.append("Compare the log with a backup; nothing new is answered on an altered one.")
    _print(options, verified, lines)
    return DIFFERENT if verified.altered else ANSWERED


def _cases(options: Options) -> int:
    from services.cases import trying  # only here: nothing else reads YAML
    from services.cases.stated import CaseError

    try:
        tried = list(trying.tried(options.paths, options.exact))
    except CaseError as error:
        raise CommandError(str(error)) from error
    held = sum(each.holds for each in tried)
    failed = [each for each in tried if not each.holds]
    document = {
        "cases": [trying.plain(each, options.language) for each in tried],
        "held": held,
        "tried": len(tried),
    }
    shown = [line for each in failed for line in trying.lines(each, options.language)]
    _print(options, document, [*shown, f"{held} of {len(tried)} hold"])
    return FAILED if failed else ANSWERED


def _backup(options: Options) -> int:
    checked = backup.backup(options.dir, options.target)
    return _copied(
        options,
        checked,
        f"{options.target}: a copy of {options.dir} up to position {checked.position}; an instance "
        "was made of it, and works",
        "The master key is not in it. Keep the copy no longer than your erasures allow.",
    )


def _restore(options: Options) -> int:
    checked = backup.restore(
        options.source, options.dir, key_file=options.master_key, erasures=options.erasures
    )
    return _copied(
        options,
        checked,
        f"{options.dir}: the instance as of position {checked.position}; {checked.erased} tokens "
        "erased since were erased again",
        ""
        if options.erasures
        else "What was erased after that position is back: erase it again, or restore with "
        "--erasures and a newer log.",
    )


def _copied(options: Options, checked: backup.Checked, *lines: str) -> int:
    altered = [
        f"  event at position {position}: altered where it is stored, or gone"
        for position in checked.altered
    ]
    said = {**checked._asdict(), "log_id": str(checked.log_id)}
    _print(options, said, [*lines, *altered])
    return DIFFERENT if altered else ANSWERED


def _log_tail(options: Options) -> int:
    with _channel(options) as channel:
        stub = audit_service_pb2_grpc.AuditServiceStub(channel)
        asked = audit_service_pb2.ListEventsRequest(context=_context(options, "audit"), page_size=1)
        head = stub.ListEvents(asked, timeout=DEADLINE).known_at_position
        asked.after_position = max(0, head - options.n)
        asked.page_size = 1_000
        events: list[audit_service_pb2.LogEvent] = []
        while True:
            page = stub.ListEvents(asked, timeout=DEADLINE)
            events += page.events
            if not page.next_page_token:
                break
            asked.page_token = page.next_page_token
    events = events[-options.n :]
    _print(
        options,
        {"events": [_plain(event) for event in events]},
        (
            f"{event.position:>8} {event.recorded_at.ToJsonString()} {event.type:<28} "
            + _content(event)
            for event in events
        ),
    )
    return ANSWERED


def _step(options: Options, method: str, **values: Any) -> int:
    """Take one step, and print the id that the next step names."""
    request = getattr(tenancy_service_pb2, f"{method}Request")(
        context=_context(options, "case"), request_id=str(uuid4()), **values
    )
    with _channel(options) as channel:
        stub = tenancy_service_pb2_grpc.TenancyServiceStub(channel)
        recorded = getattr(stub, method)(request, timeout=DEADLINE).recorded
    _print(options, recorded, [f"{recorded.step_id} at position {recorded.position}"])
    return ANSWERED


def _vacancy(options: Options) -> int:
    return _step(
        options, "RecordVacancy", dwelling_id=options.dwelling, vacant_from=options.vacant_from
    )


def _allocate(options: Options) -> int:
    turn = tenancy_service_pb2.Turn(channel=tenancy_service_pb2.CHANNEL_REHOUSING)
    if not options.rehousing:
        asked = tenancy_service_pb2.GetDueChannelRequest(
            context=_context(options, "case"), vacancy_id=options.vacancy
        )
        with _channel(options) as channel:
            stub = tenancy_service_pb2_grpc.TenancyServiceStub(channel)
            turn = stub.GetDueChannel(asked, timeout=DEADLINE).due
    if not options.json:
        print(_turn(turn))
    return _step(
        options,
        "AllocateVacancy",
        vacancy_id=options.vacancy,
        channel=turn.channel,
        basis=turn.basis,
    )


def _basis(options: Options) -> tenancy_service_pb2.StepBasis:
    heard = None if options.party_heard is None else options.party_heard == "yes"
    return tenancy_service_pb2.StepBasis(
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


def _tenancy_show(options: Options) -> int:
    request = tenancy_service_pb2.GetTenancyRequest(
        context=_context(options, "case"), dwelling_id=options.dwelling
    )
    with _channel(options) as channel:
        stub = tenancy_service_pb2_grpc.TenancyServiceStub(channel)
        life = stub.GetTenancy(request, timeout=DEADLINE)
    state = tenancy_service_pb2.DwellingState.Name(life.state).removeprefix("DWELLING_STATE_")
    lines = [f"{options.dwelling}: {state}"]
    for step in life.steps:
        days = ", ".join(f"{name} {step.days[name]}" for name in sorted(step.days))
        said = "erased" if step.erased else days
        lines.append(f"{step.position:>8} {step.type:<22} {step.step_id}  {said}")
    _print(options, life, lines)
    return ANSWERED


def _ledger(options: Options) -> int:
    request = tenancy_service_pb2.GetAllocationLedgerRequest(
        context=_context(options, "audit"),
        organisation=options.organisation,
        department=options.department,
    )
    with _channel(options) as channel:
        stub = tenancy_service_pb2_grpc.TenancyServiceStub(channel)
        ledger = stub.GetAllocationLedger(request, timeout=DEADLINE)
    lines = [
        f"{row.number:>5} {row.position:>8} {row.day} {row.department:<8} {row.dwelling_id:<20} "
        f"{_turn(row.turn)}" + ("" if row.in_order else f"; due was: {_turn(row.due)}")
        for row in ledger.rows
    ]
    _print(options, ledger, lines or ["no allocation is recorded"])
    return ANSWERED


def _turn(turn: tenancy_service_pb2.Turn) -> str:
    """Say a turn in a line: the channel, and the count that makes it due."""
    name = tenancy_service_pb2.Channel.Name(turn.channel).removeprefix("CHANNEL_").lower()
    if turn.basis:
        basis = fact_service_pb2.ShareBasis.Name(turn.basis).removeprefix("SHARE_BASIS_").lower()
        name = f"{name}/{basis}"
    if not turn.dwellings:
        return name
    return f"{name}: {turn.taken} of {turn.dwellings} before it, {turn.allowed} allowed"


def _content(event: audit_service_pb2.LogEvent) -> str:
    """Return an open event's payload; of a receipt, the id to show and replay it by."""
    if event.open_part:
        return f"receipt {event.event_id}"
    return f"sealed, {event.sealed_size} bytes" if event.sealed_size else event.open_data


def _demo(options: Options) -> int:
    from services.demo import course as demo

    return demo.run(seed=options.seed, as_json=options.json)


# --- Asking a server ------------------------------------------------------------------------


@contextmanager
def _channel(options: Options) -> Iterator[grpc.Channel]:
    """Connect to the server named, else to the owner of the directory, else to one of our own."""
    address = options.server or _owner(options.dir)
    if address:
        with _connected(address, options) as channel:
            yield channel
        return
    with (
        server.serving(options.dir, follow=False) as own,
        grpc.insecure_channel(own.address, _CHANNEL_OPTIONS) as channel,
    ):
        yield channel


_CHANNEL_OPTIONS = (("grpc.max_receive_message_length", 64 * 1024 * 1024),)


def _connected(address: str, options: Options) -> grpc.Channel:
    if server.is_loopback(address) and not options.tls_cert:
        return grpc.insecure_channel(address, _CHANNEL_OPTIONS)
    given = [options.tls_cert, options.tls_key, options.tls_ca]
    if not all(given):
        raise CommandError(
            f"the server at {address} needs mutual TLS: give --tls-cert, --tls-key and "
            "--tls-server-ca"
        )
    certificate, key, ca = (path.read_bytes() for path in given)
    return grpc.secure_channel(
        address, grpc.ssl_channel_credentials(ca, key, certificate), _CHANNEL_OPTIONS
    )


def _owner(directory: Path) -> str:
    """Return where the server of the directory is; "" when it has none."""
    deadline = time.monotonic() + PATIENCE
    while True:
        address = ownership.owner(directory / "log.db")
        if address is None:
            return ""
        if address:
            return address
        if time.monotonic() > deadline:
            raise CommandError(
                f"the instance in {directory} has a server that does not say where it is; "
                "wait for it, or stop it"
            )
        time.sleep(0.05)


def _context(options: Options, purpose: str) -> core_pb2.RequestContext:
    return core_pb2.RequestContext(
        actor=options.actor, purpose=purpose, legal_basis=options.legal_basis
    )


# --- Printing -------------------------------------------------------------------------------


def _plain(message: Message) -> dict[str, Any]:
    plain: dict[str, Any] = MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    return plain


def _print(options: Options, answer: Message | dict[str, Any], lines: Any) -> None:
    if options.json:
        plain = _plain(answer) if isinstance(answer, Message) else answer
        print(shell.as_json(plain, sys.stdout, indent=2))
        return
    for line in lines:
        if line:
            print(line)


def _print_rows(options: Options, answer: Message, rows: Sequence[show.Row]) -> None:
    if options.json:
        _print(options, answer, ())
        return
    console = show.console()
    with console.capture() as printed:
        console.print(show.grid(rows))
    for line in printed.get().splitlines():
        print(line.rstrip())


def _stderr() -> Any:
    from rich.console import Console

    return Console(stderr=True)


def _refused(error: grpc.RpcError, options: Options) -> int:
    return _failed(_said(error), options)


def _said(error: grpc.RpcError) -> dict[str, Any]:
    """Return what the server said with an error: code, message, reason and wrong fields."""
    code = error.code()
    said: dict[str, Any] = {
        "code": code.name,
        "message": error.details(),
        "fields": [],
    }
    status = rpc_status.from_call(error)  # type: ignore[arg-type]  # as above
    for detail in () if status is None else status.details:
        info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
        broken = error_details_pb2.PreconditionFailure()
        if detail.Unpack(info):
            said["reason"] = info.reason
            if "wrong_fields" in info.metadata:
                said["wrong_fields"] = int(info.metadata["wrong_fields"])
        elif detail.Unpack(bad):
            named = [(each.field, each.description) for each in bad.field_violations]
            said["fields"] = [{"field": field, "what": what} for field, what in named]
        elif detail.Unpack(broken):
            named = [(each.subject, each.description) for each in broken.violations]
            said["fields"] = [{"field": field, "what": what} for field, what in named]
    if code is grpc.StatusCode.UNAVAILABLE and not said.get("reason"):
        said["message"] = f"the server can't be reached: {said['message']}"
    return said


def _hint(text: str, options: Options) -> str:
    """Return a text whose commands can be typed in this shell, for this directory."""
    meant = getattr(options, "server", "") or getattr(options, "dir", None) in (None, _directory())
    return shell.hint(text, None if meant else options.dir)


def _failed(said: dict[str, Any], options: Options) -> int:
    said["message"] = _hint(said["message"], options)
    if options.json:
        print(shell.as_json({"error": said}, sys.stderr), file=sys.stderr)
    else:
        fields = said.get("fields", [])
        if len(fields) == 1:
            print(f"husret: {fields[0]['field']}: {fields[0]['what']}", file=sys.stderr)
            return FAILED
        wrong = said.get("wrong_fields", len(fields))
        print(f"husret: {f'{wrong} wrong:' if fields else said['message']}", file=sys.stderr)
        for each in fields:
            print(f"  {each['field']}: {each['what']}", file=sys.stderr)
        if wrong > len(fields):
            print(f"  and {wrong - len(fields)} more", file=sys.stderr)
    return FAILED
