"""A waiting list of a file, and the table of what came out for each household on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from domain.law import explain
from domain.law.editions import CURRENT
from husret.v1 import eligibility_service_pb2 as pb
from services import files
from services.cli import lacking
from services.cli.exits import CommandError
from services.reports import tables
from services.sheets import reading
from services.sheets.file import BadFile
from services.terminal import show

ID_COLUMNS = ("household_id", "household", "husstand")
"""How a header may call the column that has the households' ids."""


class Listed(NamedTuple):
    """The households of a file in its order, and what else the file says of each."""

    ids: list[str]
    columns: list[str]
    own: dict[str, list[str]]
    """By a household's id, the cells of the caller's own columns."""


def read(path: Path | None) -> Listed:
    """Read a file: ids alone, one a line, or a table with a header and a column of ids.

    Raises CommandError.
    """
    if path is None:
        return Listed([], [], {})
    try:
        sheet = reading.read(path.read_bytes(), path.name)
    except BadFile as error:
        raise CommandError(str(error)) from None
    if sheet.problems:
        raise CommandError("\n".join(f"{path.name}: {each}" for each in sheet.problems))
    lines = [line.cells for line in sheet.lines]
    header = [cell.casefold() for cell in lines[0]] if lines else []
    at = next((header.index(each) for each in ID_COLUMNS if each in header), None)
    columns: list[str] = []
    if at is not None:
        columns = [cell for index, cell in enumerate(lines[0]) if index != at]
        lines = lines[1:]
    elif any(len(cells) > 1 for cells in lines):
        raise CommandError(
            f"{path.name}: a table needs a header, with the households' ids under "
            f"{' or '.join(ID_COLUMNS)}"
        )
    of_id = at or 0
    ids = [cells[of_id] if of_id < len(cells) else "" for cells in lines]
    own = {}
    for id, cells in zip(ids, lines, strict=True):
        rest = [cell for index, cell in enumerate(cells) if index != of_id]
        own[id] = (rest + [""] * len(columns))[: len(columns)]
    return Listed(ids, columns, own)


def check(path: Path) -> None:
    """Refuse, before anything is asked, a table that could not be written."""
    if path.suffix not in _WRITERS:
        raise CommandError(f"--table: must end in {' or '.join(_WRITERS)}")
    if path.exists():
        raise CommandError(f"--table: {path.name} is there already; name a new file")
    if not path.parent.is_dir():
        raise CommandError("--table: there is no such folder")


def write(
    path: Path,
    listed: Listed,
    pages: Iterable[pb.ScreenWaitingListResponse],
    words: show.Words,
) -> None:
    """Write what came out, a row for each household, into a new file that only its owner reads."""
    say = words.say
    columns = [
        *listed.columns,
        say("Husstand", "Household"),
        say("Svar", "Answer"),
        say("Svar i ord", "In words"),
        say("Regler", "Rules"),
        say("Mangler", "Missing"),
        say("Åbne fortolkninger", "Open points"),
        say("Advarsler", "Warnings"),
        say("Fejl", "Error"),
        say("Kvittering", "Receipt"),
        say("Kendt ved hændelse nr.", "Known at position"),
    ]
    rows: list[Sequence[tables.Cell]] = []
    for page in pages:
        said = {each.code: words.both(each.text) for each in page.warnings}
        for each in page.households:
            failed, id = each.HasField("error"), called(each)
            rows.append(
                [
                    *listed.own.get(id, [""] * len(listed.columns)),
                    id,
                    "" if failed else words.outcome(each.outcome).plain,
                    "" if failed else words.both(each.summary),
                    "; ".join(words.both(explain.rule_title(CURRENT, id)) for id in each.rule_ids),
                    " ".join(lacking.in_words(each.missing, words)),
                    " ".join(words.both(point.text) for point in each.open_points),
                    " ".join(said[code] for code in each.warnings),
                    each.error.reason if failed else "",
                    page.receipt_id,
                    page.known_at_position,
                ]
            )
    content = _WRITERS[path.suffix](columns, rows)
    files.create_new(path)
    path.write_bytes(content)


def called(household: pb.ScreenedHousehold) -> str:
    """Return the id that a household was asked for by."""
    return household.external_id or household.household_id


_WRITERS = {
    ".csv": lambda columns, rows: tables.csv_file(columns, rows, zeros=True),
    ".xlsx": tables.xlsx_file,
}
