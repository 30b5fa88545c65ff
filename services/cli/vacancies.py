"""`husret import vacancies`: a sheet of dwellings that are or become vacant, each a step.

A step is a request of its own. So all are tried first, and nothing is recorded where one is wrong;
each has an id that follows from its row, so that the same sheet records nothing twice.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid5

import grpc

from husret.v1 import fact_service_pb2, tenancy_service_pb2
from husret.v1.tenancy_service_pb2_grpc import TenancyServiceStub
from services.api.noun_rows import File, read_rows
from services.api.nouns import VACANCIES
from services.cli import connection, records
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED, CommandError, refusal
from services.cli.options import Options, Parser
from services.sheets import reading as sheets
from services.sheets.cells import YES_OR_NO, iso_day
from services.sheets.file import BadFile
from services.terminal import output, show

_ROW = UUID("5f0f9f0a-5d4e-4b53-9a86-0f0f4c1a7c11")
"""The namespace of the ids of rows."""


def add_vacancies(parser: Parser) -> None:
    """Add which sheet, and how it is read."""
    shared.asking(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV, or a workbook (.xlsx)")
    records.sheet(parser)
    parser.add_argument("--dry-run", action="store_true", help="check, and record nothing")
    parser.set_defaults(run=_vacancies)


def _vacancies(options: Options) -> int:
    words = show.Words(options.language)
    with output.stages() as stage, connection.stub(options, TenancyServiceStub) as stub:
        stage(words.say("indlæser", "reading"))
        try:
            file, requests = _requests(options)
        except BadFile as error:
            raise CommandError(str(error)) from None
        stage(words.say("kontrollerer", "checking"))
        known = _check(stub, file, requests)
        if not (file.problems or options.dry_run):
            stage(words.say("registrerer", "recording"))
            for line, request in requests.items():
                if line not in known:
                    request.validate_only = False
                    stub.RecordVacancy(request, timeout=DEADLINE)
    if file.problems:
        raise CommandError(str(BadFile(file.name, file.problems)))
    new, before = len(requests) - len(known), len(known)
    counted = words.say(
        f"{new} ledige boliger, {before} registreret før", f"{new} vacancies, {before} known"
    )
    if options.dry_run:
        counted += words.say("; intet blev registreret", "; nothing was recorded")
    output.put(options, {"new": new, "known": before}, [counted])
    return ANSWERED


def _requests(
    options: Options,
) -> tuple[File, dict[int, tenancy_service_pb2.RecordVacancyRequest]]:
    """Read the sheet: by line, what is asked for. Raises BadFile for what is no such sheet."""
    file = File(fact_service_pb2.FactFile(), options.file.name)
    data, separator = options.file.read_bytes(), records.separator(options)
    sheet = sheets.read(data, file.name, options.encoding, separator)
    found: dict[int, tenancy_service_pb2.RecordVacancyRequest] = {}
    lines: dict[str, int] = {}
    for line, cells in read_rows(file, VACANCIES, sheet):
        dwelling, day = cells["dwelling"], iso_day(cells["vacant_from"])
        other = YES_OR_NO.get(cells["awaits_other_use"].casefold() or "no")
        if other is None:
            file.bad(line, "awaits_other_use", "is not yes or no")
        if (first := lines.setdefault(dwelling, line)) != line:
            file.bad(line, "dwelling", f"already stands in line {first}")
        found[line] = tenancy_service_pb2.RecordVacancyRequest(
            context=connection.context(options, "import"),
            request_id=str(uuid5(_ROW, f"{dwelling}\n{day}\n{other}")),
            dwelling_id=dwelling,
            vacant_from=day,
            awaits_other_use=bool(other),
            validate_only=True,
        )
    return file, found


def _check(
    stub: TenancyServiceStub,
    file: File,
    requests: dict[int, tenancy_service_pb2.RecordVacancyRequest],
) -> set[int]:
    """Try each; note what is wrong, and return the lines that were recorded before."""
    known = set()
    for line, request in requests.items():
        try:
            response = stub.RecordVacancy(request, timeout=DEADLINE)
        except grpc.RpcError as error:
            if error.code() not in (
                grpc.StatusCode.INVALID_ARGUMENT,
                grpc.StatusCode.FAILED_PRECONDITION,
            ):
                raise
            said = refusal(error)
            for each in said["fields"] or [{"field": "", "what": said["message"]}]:
                column = {"dwelling_id": "dwelling"}.get(each["field"], each["field"])
                file.bad(line, column, each["what"])
            continue
        if response.HasField("recorded"):
            known.add(line)
    return known
