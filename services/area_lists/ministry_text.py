"""What stands in a list as the ministry publishes it: lists, and areas with their figures by name.

Such a file is a sheet with headings (Kommune, Boligområde, Antal beboere …), or the text of the PDF
pasted into a file or into the first column of a sheet. A title says which list follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import NamedTuple

from domain.facts import ListKind as Kind
from services.facts.area_names import whole
from services.facts.municipalities import municipalities
from services.sheets import reading as sheets
from services.sheets.cells import MONTHS
from services.sheets.file import Problem


class Asked(NamedTuple):
    """What is said beside a file; None and empty: the file says it itself, or nothing does.

    `totals`: how many areas were published. `areas`: ids by names as the file writes them.
    """

    list_day: date | None = None
    kind: Kind | None = None
    totals: Mapping[Kind, int] = {}
    areas: Mapping[str, str] = {}
    source: str = ""


FIRST_DAY = date(2018, 12, 1)
"""Lists before it name other figures; they are imported in the format of husret."""

_TITLES = {
    Kind.TRANSFORMATION: r"omdannelsesområder|hårde ghettoområder",
    Kind.VULNERABLE: r"udsatte (?:bolig)?områder",
    Kind.PARALLEL_SOCIETY: r"parallelsamfund|ghettoområder",
    Kind.PREVENTION: r"forebyggelsesområder",
}
"""What the ministry calls each list; those of ghettos until 29 November 2021."""

_DAY = re.compile(rf"(\d{{1,2}})\. ?({'|'.join(MONTHS)}) (\d{{4}})|\d{{4}}-\d\d-\d\d")
_TOTAL = re.compile(r"(?:i alt|antal)?\W*\b(\d{1,3})\b(?: (?:bolig)?områder)?")
_SUM = re.compile(r"i alt\W*(\d{1,3})(?: (?:bolig)?områder)?\W*")
_OF_A_TITLE = frozenset(
    (
        *("tabel", "bilag", "liste", "listen", "over", "de", "den", "ny", "nye", "årets"),
        *("ministeriets", "offentliggjorte", "pr", "per", "af", "fra", "i", "alt", "antal"),
        *("områder", "boligområder", "og"),
    )
)
"""Words that may stand in a title beside the list's name and day; a sentence has others."""

_HEADINGS = {
    "municipality": r"^kommune",
    "name": r"^(?:bolig)?område",
    "unattached_share": r"tilknytning|arbejdsmarked",
    "convicted_share": r"dømt",
    "basic_schooling_share": r"grundskole|grunduddannelse",
    "income_ratio": r"indkomst",
    "nonwestern_share": r"ikke[- ]?vestlig",
    "residents": r"antal beboere|antal indbyggere|^(?:beboere|indbyggere)",
}
"""By column, what its heading is known by. The first that is found counts."""

FIGURES = tuple(name for name in _HEADINGS if name not in ("municipality", "name"))
_NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?%?")
_NOTHING = frozenset(("-", "–", "..", "…", "n/a", "i.o."))
"""What stands for a figure that is not stated."""
_MARKS = "*†‡ "
"""How a criterion that is met is marked; whether it is, follows from the figure."""
_NOTE = re.compile(r"(?:[*†‡¹²³⁴-⁹ ]|\(?\b\d{1,2}\)|(?<=[^\W\d])\d{1,2}\))+$")
"""How a name is marked for a footnote: `*`, `¹` or `1)`."""


@dataclass(slots=True)
class Row:
    """An area in one of the lists: as it is written, and what stands of it."""

    line: int
    kind: Kind
    municipality: str
    name: str
    figures: dict[str, str]


@dataclass(slots=True)
class Found:
    """What a file holds."""

    asked: Asked
    rows: list[Row] = field(default_factory=list)
    kinds: dict[Kind, int] = field(default_factory=dict)
    """The lists that the file has, and the line of each title."""
    totals: dict[Kind, int] = field(default_factory=dict)
    days: dict[date, int] = field(default_factory=dict)
    passed_over: int = 0
    headings: dict[str, str] = field(default_factory=dict)
    """By column, its heading in the file."""
    problems: list[Problem] = field(default_factory=list)

    def bad(self, line: int, column: str, what: str) -> None:
        """Note what is wrong in a line."""
        self.problems.append(Problem(line, self.headings.get(column, column), what))


def is_published(data: bytes, name: str) -> bool:
    """Tell whether a file is of the ministry's form: it has a title or its headings.

    Raises BadFile for what is no text and no workbook.
    """
    for line in sheet_of(data, name).lines:
        cells = [cell.casefold() for cell in line.cells]
        if "record" in cells:
            return False
        if _titled(_joined(cells)) or {"municipality", "name"} <= _columns(cells).keys():
            return True
    return False


def sheet_of(data: bytes, name: str) -> sheets.Sheet:
    """Return the lines of a file, and how it was read; raises BadFile for another kind of file."""
    separator = "\t"
    if not data.startswith(b"PK\x03\x04"):
        sheets.refuse_other_files(data, name)
        text, encoding = sheets.read_text(data, name)
        commas = re.search(r"kommune[^\n]*,\W*boligområde", text, re.IGNORECASE)
        separator = ";" if text.count(";") > text.count("\t") else "," if commas else "\t"
        if separator not in text:  # decimal commas alone stand in the text of a PDF
            return sheets.read(data, name, separator="\t")._replace(read_as=f"{encoding}, lines")
    return sheets.read(data, name, separator=separator)


def _joined(cells: Iterable[str]) -> str:
    return " ".join(cell for cell in cells if cell)


def _titled(text: str) -> list[Kind]:
    """Return which lists a line is the title of; a sentence that names them is none."""
    rest, kinds = _DAY.sub(" ", text.casefold()), []
    for kind, words in _TITLES.items():
        rest, times = re.subn(rf"\b(?:{words})\b", " ", rest)
        if times:
            kinds.append(kind)
    is_title = set(re.findall(r"[^\W\d]+", rest)) <= _OF_A_TITLE
    return kinds if is_title and not _begins(text) else []


def _columns(cells: list[str]) -> dict[str, int]:
    """Return where each column stands whose heading is known."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        text = re.sub(r"\s+", " ", cell.casefold())
        for column, pattern in _HEADINGS.items():
            if column not in found and re.search(pattern, text):
                found[column] = at
                break
    return found


def _check_once(line: int, cells: list[str], columns: Mapping[str, int], found: Found) -> None:
    for at in columns.values():
        if [cell.casefold() for cell in cells].count(cells[at].casefold()) > 1:
            found.bad(
                line, "", f"the heading {cells[at]!r} stands twice; keep the column that counts"
            )


def read(lines: Iterable[sheets.Line], found: Found) -> None:
    """Note the lists and areas of the lines, and what is wrong in them."""
    kind = found.asked.kind
    columns: dict[str, int] = {}
    above, before = "", ""
    """The text since the last row, which may hold headings, and the municipality of that row."""
    order: tuple[str, ...] = ()
    for number, cells in lines:
        text = _joined(cells)
        if titles := _titled(text):
            _note_days(text, number, found)
            if len(titles) == 1:
                [kind] = titles
                columns, above, before, order = {}, "", "", ()
                found.kinds.setdefault(kind, number)
                _note_total(text, kind, found)
            continue
        summed = _SUM.fullmatch(text.casefold())
        if summed is not None and kind is not None:
            found.totals.setdefault(kind, int(summed[1]))
            continue
        headings = _columns(cells)
        if {"municipality", "name"} <= headings.keys():
            _check_once(number, cells, headings, found)
            columns = headings
            found.headings |= {column: cells[at] for column, at in headings.items()}
            before = ""
            continue
        single = sum(map(bool, cells)) == 1
        if columns and not single:
            row = _of_cells(number, cells, columns, before, found)
        else:
            if not (match := _begins(text)):
                above += f" {text}"
                _pass_over(number, text, found)
                continue
            if above:
                order, above = _order(above), ""
            row = _of_text(number, match, text, order, found)
        if row is None:
            continue
        before, name, figures = row[0], _without_note(row[1]), row[2]
        if kind is None:
            found.bad(number, "", "no title above says which list this is; say it with kind")
            return
        found.kinds.setdefault(kind, number)
        code = _municipality(before)
        if code is None:
            found.bad(number, "municipality", f"{before!r} is not the name of a municipality")
        else:
            found.rows.append(Row(number, kind, code, name, figures))
    _check_even(found)
    if not found.rows and not found.problems:
        found.bad(1, "", "no line names a municipality and a housing area")


def _note_days(text: str, line: int, found: Found) -> None:
    for match in _DAY.finditer(text.casefold()):
        iso = match[0]
        if match[2]:
            iso = f"{match[3]}-{MONTHS.index(match[2]) + 1:02}-{int(match[1]):02}"
        try:
            found.days.setdefault(date.fromisoformat(iso), line)
        except ValueError:
            found.bad(line, "", f"{match[0]!r} is no day of the calendar")


def _note_total(text: str, kind: Kind, found: Found) -> None:
    rest = re.sub(rf".*?(?:{_TITLES[kind]})", "", _DAY.sub(" ", text.casefold()), count=1)
    if total := _TOTAL.search(rest):
        found.totals.setdefault(kind, int(total[1]))


@cache
def _known_municipalities() -> dict[str, str]:
    """Return codes by the letters of their names, however written."""
    return {whole(name): code for code, name in municipalities().items()}


def _municipality(text: str) -> str | None:
    return _known_municipalities().get(whole(re.sub(r"(?i)\s+kommune$", "", text.strip())))


@cache
def _beginnings() -> re.Pattern[str]:
    names = [*municipalities().values(), "Århus", "Høje Taastrup", "Lyngby Taarbæk", "Åbenrå"]
    any_of = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?i)(?:\d{{1,3}}[.)]?\s+)?({any_of})(?:\s+kommune)?(?=\s|$)")


def _begins(text: str) -> str:
    """Return the name of a municipality that a line begins with; "": with none."""
    match = _beginnings().match(text)
    return "" if match is None else match[0]


def _order(text: str) -> tuple[str, ...]:
    """Return the figures that headings name, in their order in the text above the rows."""
    places = {
        name: match.start()
        for name in FIGURES
        if (match := re.search(_HEADINGS[name].replace("^", r"\b"), text.casefold()))
    }
    return tuple(sorted(places, key=places.__getitem__))


def _pass_over(line: int, text: str, found: Found) -> None:
    figures = [word for word in text.split() if _NUMBER.fullmatch(word.rstrip(_MARKS))]
    if found.rows and len(figures) >= 3:
        what = "holds figures and names no municipality; an area stands on one line with its own"
        found.bad(line, "", what)
    else:
        found.passed_over += 1


_Read = tuple[str, str, dict[str, str]]


def _of_cells(
    line: int, cells: list[str], columns: Mapping[str, int], before: str, found: Found
) -> _Read | None:
    """Read a row of a sheet; a municipality stands once for the rows below it."""
    said = {column: cells[at] for column, at in columns.items() if at < len(cells)}
    municipality, name = said.get("municipality", "") or before, said.get("name", "")
    if not name:
        if any(said.get(column) for column in FIGURES):
            found.bad(line, "name", "is empty")
        else:
            found.passed_over += 1
        return None
    return municipality, name, {c: _figure(c, said[c]) for c in FIGURES if said.get(c)}


def _of_text(
    line: int, beginning: str, text: str, order: tuple[str, ...], found: Found
) -> _Read | None:
    """Read a line of a pasted text: a municipality, an area, and figures in the headings' order."""
    words = text[len(beginning) :].split()
    figures: list[str] = []
    while words and (
        words[-1].strip(_MARKS) in ("", "%", *_NOTHING)
        or _NUMBER.fullmatch(words[-1].strip(_MARKS))
    ):
        word = words.pop().strip(_MARKS)
        if word not in ("", "%"):
            figures.insert(0, word)
    more = max(len(figures) - len(order), 0)
    if all(re.fullmatch(r"\d{1,3}", each) for each in figures[:more]):  # they end the area's name
        words, figures = [*words, *figures[:more]], figures[more:]
    if not words:
        found.bad(line, "name", "no housing area stands behind the municipality")
        return None
    if len(figures) != len(order) and figures:
        what = f"has {len(figures)} figures, and the headings above name {len(order)}"
        found.bad(line, "", f"{what}; put the headings in a line above the first area")
        return None
    municipality = re.sub(r"^\d{1,3}[.)]?\s+", "", beginning)
    said = {c: _figure(c, f) for c, f in zip(order, figures, strict=False)}
    return municipality, " ".join(words), said


def _without_note(name: str) -> str:
    """Return an area's name without the mark of a footnote."""
    return _NOTE.sub("", name) or name


def _figure(column: str, cell: str) -> str:
    """Return a figure as the format has it, without marks and points between thousands."""
    cell = cell.strip(_MARKS)
    if cell in _NOTHING:
        return ""
    if column == "residents" and re.fullmatch(r"\d{1,3}(\.\d{3})+", cell):
        return cell.replace(".", "")
    return cell


def _check_even(found: Found) -> None:
    """Find rows without figures among rows with them: such a row is broken over two lines."""
    with_figures = {row.kind for row in found.rows if row.figures}
    for row in found.rows:
        if not row.figures and row.kind in with_figures:
            what = "has no figures, as the other areas of the list have; is the line broken in two?"
            found.bad(row.line, "", what)


def list_day(found: Found) -> date | None:
    """Return the day of publication; None: it is not known, which is noted as wrong."""
    asked, days = found.asked.list_day, found.days
    for day, line in days.items():
        if asked is not None and day != asked:
            found.bad(line, "", f"is of {day}, and not of {asked}, the day that is asked")
    if asked is None and len(days) != 1:
        told = "several days" if days else "no day"
        found.bad(1, "", f"{told} of publication stands in a title; say it with published")
        return None
    day = asked or next(iter(days))
    if day < FIRST_DAY:
        what = f"lists before {FIRST_DAY} are imported in the format of docs/data.md"
        found.bad(1, "", what)
    return day
