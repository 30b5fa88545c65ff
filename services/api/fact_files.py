"""Files of facts: JSON lines, YAML, CSV or a workbook, to facts that are all recorded or none.

Each kind of file comes down to lines, each a kind of fact and what is said of it by the declared
names (`plain_facts.py`). docs/data.md describes the files.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from functools import cache
from typing import Any, NamedTuple

import yaml

from domain import controllers
from domain.data_classes import SubjectKind
from domain.facts.declared import Slot, columns
from husret.v1 import fact_service_pb2 as pb
from services.api import convert
from services.api.errors import OverLimit
from services.api.facts import FACTS
from services.api.fields import Fields
from services.api.ids import Stated, naming, take_stated
from services.api.noun_rows import NOBODY, File, noun_of, noun_rows, persons_by_number
from services.api.nouns import NOUNS
from services.api.plain_facts import nearest, new_fact, subjects_of
from services.facts import stating
from services.facts.checks import NewFact
from services.facts.fields import FieldError, FieldErrors, InvalidFields
from services.facts.recording import ATTEMPTS
from services.instance.instance import Instance
from services.sheets import reading as sheets
from services.sheets.cells import plain_number
from services.sheets.file import ENCODINGS, SEPARATORS, BadFile

LARGEST_FILES = 24 * 1024 * 1024
"""Most bytes of the files of one call: 100,000 facts and more."""

MOST_FILES = 100
DEEPEST = 20
"""How many things may stand inside one another in JSON or YAML; no fact has half as many."""

KIND = "fact"
"""The column that says what a row states."""

_KRONER = "kroner"


class Entry(NamedTuple):
    """What one line states: the kind of fact, and what is said of it by the declared names.

    `called`: by field, the column that fills it, where the two differ. `once`: another line may say
    the same of the same subject.
    """

    line: int
    kind: str
    said: dict[str, Any]
    called: Mapping[str, str] = {}
    once: bool = False


class _Place(NamedTuple):
    """Where a fact stands."""

    file: _File
    line: int
    called: Mapping[str, str]


@dataclass(slots=True)
class _File(File):
    """A file, with what was found in it."""

    read_as: str = ""
    counted: Counter[str] = field(default_factory=Counter)


# --- Recording ------------------------------------------------------------------------------


def record_files(
    instance: Instance, request: pb.RecordFilesRequest, in_time: Callable[[], None]
) -> pb.RecordFilesResponse:
    """Record what the files state: all that is not recorded yet, or nothing."""
    for _ in range(ATTEMPTS):
        position = instance.view().position
        done = _recorded(instance, request, in_time)
        # What their external ids name was found first: another sender of the same files may have
        # recorded it since, and then they contradict nothing.
        if not done.problems or instance.view().position == position:
            break
    if done.problems and not (request.validate_only or request.tell_problems):
        raise InvalidFields([FieldError(_where(each), each.what) for each in done.problems])
    return done


def _recorded(
    instance: Instance, request: pb.RecordFilesRequest, in_time: Callable[[], None]
) -> pb.RecordFilesResponse:
    size = sum(len(each.content) for each in request.files)
    if size > LARGEST_FILES:
        raise OverLimit(f"files: {size} bytes; at most {LARGEST_FILES}")
    if len(request.files) > MOST_FILES:
        raise OverLimit(f"files: {len(request.files)}; at most {MOST_FILES}")
    wrong = FieldErrors()
    caller = convert.context(request.context, wrong)
    files = [_asked(each, f"files[{at}]", wrong) for at, each in enumerate(request.files)]
    if not files:
        wrong.add("files", "is empty; give at least one file")
    wrong.raise_if_any()
    stated: list[Stated] = []
    places: dict[str, _Place] = {}
    once: dict[Any, Stated] = {}
    for file in files:
        _read_into(file, stated, places, once, len(files) > 1)
    unknown = persons_by_number(instance, stated, caller.reader())
    _place([FieldError(f"{each.path}.person_id", NOBODY) for each in unknown], places)
    gone = {each.path for each in unknown}
    stated = [each for each in stated if each.path not in gone]
    take_stated(stated)
    new = [new_fact(each.kind, each.said, each.path, wrong) for each in stated] + naming().given
    naming().note()
    here = instance.created.controller_kind
    foreign = {item.path for item in new if not controllers.may_hold(here, type(item.fact))}
    what = f"states what an instance of a {here.replace('_', ' ')} may not hold"
    _place([FieldError(path, what) for path in foreign], places)
    new = [item for item in new if item.path not in foreign]
    done = stating.Stated(0, 0, instance.view().position)
    if new:
        try:
            done = stating.record(
                instance,
                caller,
                new,
                wrong,
                # What can't be read at all is wrong too, and then nothing is recorded.
                validate_only=request.validate_only or any(file.problems for file in files),
                accept_implausible=request.accept_implausible,
                accept_new=request.accept_new,
                in_time=in_time,
            )
        except InvalidFields as error:
            _place(error.fields, places)
    problems = [
        pb.FactFileProblem(file=file.name, line=each.line, column=each.column, what=each.what)
        for file in files
        # One cell may stand in several facts of its row, and is wrong once.
        for each in sorted({*file.problems}, key=lambda one: (one.line, one.column, one.what))
    ]
    return pb.RecordFilesResponse(
        files=[
            pb.FactFileRead(name=file.name, read_as=file.read_as, facts=file.counted)
            for file in files
        ],
        new_facts=done.new,
        known_facts=done.before,
        position=done.position,
        problems=problems,
    )


def one_fact(asked: pb.FactFile, path: str, wrong: FieldErrors) -> NewFact | None:
    """Return the one fact that a file states; None, and noted: it states none, or several."""
    if len(asked.content) > LARGEST_FILES:
        raise OverLimit(f"{path}: {len(asked.content)} bytes; at most {LARGEST_FILES}")
    before = len(wrong.found)
    file = _asked(asked, path, wrong)
    if len(wrong.found) > before:
        return None  # how it is to be read is not known
    stated: list[Stated] = []
    _read_into(file, stated, {}, {}, several=False)
    for each in file.problems:
        wrong.add(".".join(filter(None, (f"line {each.line}", each.column))), each.what)
    if len(stated) > 1:
        wrong.add(path, "states several facts; one takes the place of the other")
    if len(stated) != 1:
        return None
    [one] = stated
    made = new_fact(one.kind, one.said, one.path, wrong)
    naming().note()
    return made


def _asked(asked: pb.FactFile, path: str, wrong: FieldErrors) -> _File:
    fields = Fields(wrong, path)
    name = fields.text("name", asked.name, 200, optional=True)
    if asked.kind and asked.kind not in FACTS and asked.kind not in NOUNS:
        near = nearest(asked.kind, (*FACTS, *NOUNS))
        fields.bad("kind", f"is no kind of fact, and no noun{near} (docs/facts.md, docs/nouns.md)")
    if asked.systems.keys() - {*SubjectKind}:
        fields.bad("systems", "must be by person and household")
    if asked.encoding and asked.encoding not in ENCODINGS:
        fields.bad("encoding", f"must be one of {', '.join(ENCODINGS)}")
    if asked.separator and asked.separator not in SEPARATORS:
        fields.bad("separator", "must be a semicolon, a comma or a tabulator")
    return _File(asked, name or "the file")


def _read_into(
    file: _File,
    stated: list[Stated],
    places: dict[str, _Place],
    once: dict[Any, Stated],
    several: bool,
) -> None:
    """Read what a file states, and note by which path of a fact which line is meant."""
    try:
        for entry in _entries(file):
            if entry.kind not in FACTS:
                what = "is no kind of fact" if entry.kind else "is not given; name a kind of fact"
                known = nearest(entry.kind, FACTS)
                file.bad(entry.line, KIND, f"{what}{known} (docs/facts.md)")
                continue
            if entry.once and _is_said(entry, file, once, places):
                continue
            path = f"{file.name.replace('.', '_')}, " if several else ""
            path += f"line {entry.line}"
            while path in places:
                path += "'"
            places[path] = _Place(file, entry.line, entry.called)
            file.counted[entry.kind] += 1
            stated.append(Stated(entry.kind, entry.said, path))
            if entry.once:
                once[_subject(entry)] = stated[-1]
    except BadFile as error:
        for each in error.problems:
            file.bad(*astuple(each))
    except RecursionError:
        file.bad(1, "", "one thing stands inside another too many times")
    if not file.problems and not file.counted:
        file.bad(1, "", "the file states nothing")


def _subject(entry: Entry) -> tuple[Any, ...]:
    """Return what a fact that is stated once is known by: whom it registers, else all it says."""
    of = entry.said.get("person_id") or entry.said.get("household_id")
    if of is not None and entry.kind.endswith("_registered"):
        return entry.kind, of
    return entry.kind, *sorted(entry.said.items())


def _is_said(
    entry: Entry, file: _File, once: Mapping[Any, Stated], places: Mapping[str, _Place]
) -> bool:
    """Tell whether a line before says this too; what it leaves open is filled in."""
    before = once.get(_subject(entry))
    if before is None:
        return False
    for name, value in entry.said.items():
        if before.said.setdefault(name, value) != value:
            first = places[before.path]
            place = f"line {first.line}" + (f" of {first.file.name}" if first.file != file else "")
            file.bad(entry.line, entry.called.get(name, name), f"is not what {place} says of it")
    return True


def _place(fields: Iterable[FieldError], places: Mapping[str, _Place]) -> None:
    """Note wrong fields in the lines that their paths mean."""
    for path, what in fields:
        start, _, column = path.partition(".")
        file, line, called = places[start]
        # Of the facts of one line all but the first have a mark behind it.
        what = re.sub(r"(line [0-9]+)'+", r"\1", what)
        file.bad(line, called.get(re.split(r"[\[.]", column)[0], column), what)


def _where(problem: pb.FactFileProblem) -> str:
    column = f", column {problem.column}" if problem.column else ""
    return f"{problem.file}, line {problem.line}{column}"


# --- Reading --------------------------------------------------------------------------------


def _entries(file: _File) -> Iterator[Entry]:
    """Read the lines of a file, by its form."""
    start = file.asked.content[:64].lstrip(b"\xef\xbb\xff\xfe\xbf \t\r\n\0")
    # A list in JSON is one in YAML too.
    if file.name.endswith((".yaml", ".yml")) or start.startswith(b"["):
        yield from _of_yaml(file)
    elif start.startswith(b"{"):
        yield from _of_json_lines(file)
    else:
        yield from _of_rows(file)


def _of_json_lines(file: _File) -> Iterator[Entry]:
    text, encoding = sheets.read_text(file.asked.content, file.name, file.asked.encoding)
    file.read_as = f"JSON lines, {encoding}"
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line, object_pairs_hook=_once, parse_constant=_no_constant)
        except ValueError as error:
            what = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            file.bad(number, "", f"is no JSON: {what}")
            continue
        yield from _of_object(file, number, said)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_constant(_: str) -> Any:
    raise ValueError("NaN and Infinity are no numbers")


def _of_yaml(file: _File) -> Iterator[Entry]:
    text, encoding = sheets.read_text(file.asked.content, file.name, file.asked.encoding)
    file.read_as = f"YAML, {encoding}"
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.SequenceNode):
            file.bad(1, "", "the file must be a list of facts, each beginning with a hyphen")
            return
        seen: set[int] = set()
        for each in node.value:
            line = each.start_mark.line + 1
            if _is_shared(each, seen, 0):
                what = "takes over what stands elsewhere, or repeats a name; write it out once"
                file.bad(line, "", what)
                continue
            yield from _of_object(file, line, loader.construct_object(each, deep=True))
    except yaml.MarkedYAMLError as error:
        line = 1 if error.problem_mark is None else error.problem_mark.line + 1
        file.bad(line, "", f"is no YAML: {error.problem}")
    except (yaml.YAMLError, ValueError):
        file.bad(1, "", "is no YAML, or holds a day that is none of the calendar")
    finally:
        loader.dispose()


def _is_shared(node: yaml.Node, seen: set[int], depth: int) -> bool:
    """Tell whether YAML holds one thing in two places, a name twice, or too much inside another."""
    if isinstance(node, yaml.ScalarNode):
        return node.tag == "tag:yaml.org,2002:merge"
    if id(node) in seen or depth > DEEPEST:
        return True
    seen.add(id(node))
    inside = node.value
    if isinstance(node, yaml.MappingNode):
        names = [name.value for name, _ in node.value if isinstance(name, yaml.ScalarNode)]
        if len(set(names)) < len(node.value):
            return True
        inside = [each for pair in node.value for each in pair]
    return any(_is_shared(each, seen, depth + 1) for each in inside)


def _of_object(file: _File, line: int, said: Any) -> Iterator[Entry]:
    """Read an object: the fields of the kind asked for, or one name of a kind with its fields."""
    if not isinstance(said, Mapping):
        file.bad(line, "", "must be an object with names")
        return
    if _has_half(said):
        file.bad(line, "", "holds half of a character (a surrogate alone)")
        return
    kind: Any = file.asked.kind
    if not kind:
        if len(said) != 1:
            file.bad(line, "", "must have one name, that of a kind of fact, with its fields below")
            return
        [(kind, said)] = said.items()
        if not isinstance(said, Mapping):
            file.bad(line, str(kind), "must have the fields of the fact below it")
            return
    if file.asked.columns or file.asked.words:
        said = _translated(file, said)
    yield Entry(line, str(kind), said)


def _has_half(said: Mapping[Any, Any]) -> bool:
    """Tell whether a text holds what JSON and YAML can write, and no text can be."""
    try:
        json.dumps(said, ensure_ascii=False, skipkeys=True, default=str).encode()
    except UnicodeEncodeError:
        return True
    return False


def _translated(file: _File, said: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what is said in the declared names and words."""
    columns, words = file.asked.columns, file.asked.words
    found = {}
    for called, value in said.items():
        name = columns.get(called, called)
        if not name:
            continue
        if name != called:
            file.columns[name] = called
        known = words[name].words if name in words else {}
        found[name] = known.get(value, value) if isinstance(value, str) else value
    return found


# --- Rows -----------------------------------------------------------------------------------


def _of_rows(file: _File) -> Iterator[Entry]:
    """Read the rows of a sheet: a column for each field, and one that says the kind of fact."""
    asked = file.asked
    sheet = sheets.read(asked.content, file.name, asked.encoding, asked.separator)
    file.read_as = sheet.read_as
    if not sheet.lines:
        file.bad(1, "", "the file has no header")
        return
    header = sheet.lines[0]
    says_kind = KIND in (asked.columns.get(cell, _in_brackets(cell)) for cell in header.cells)
    noun = None if says_kind else noun_of(asked, header.cells)
    if noun is not None:
        file.read_as += f", {noun.name}"
        for row in noun_rows(file, noun, sheet):
            yield Entry(*row)
        return
    passed_over = []
    for at, called in enumerate(header.cells):
        name = asked.columns.get(called, _in_brackets(called))
        if called and not name:
            name = f"passed over {at}"
            passed_over.append(name)
        header.cells[at] = name
        if name and name != called:
            file.columns[name] = called
    kinds = [asked.kind] if asked.kind else list(FACTS)
    known = {name for kind in kinds for name in columns_of(kind)}
    needed = () if asked.kind else (KIND,)
    optional = [name for name in header.cells if name in known]
    if KIND in header.cells:
        optional.append(KIND)
    words = {name: dict(each.words) for name, each in asked.words.items()}
    for line, cells in sheets.records(sheet, file.name, needed, (*optional, *passed_over)):
        for name in passed_over:
            del cells[name]
        for name, known_words in words.items():
            if name in cells:
                cells[name] = known_words.get(cells[name], cells[name])
        kind = cells.pop(KIND, "") or asked.kind
        yield Entry(line, kind, _nested(kind, cells) if kind in FACTS else {})
    file.problems += sheet.problems


def _in_brackets(called: str) -> str:
    """Return the declared name in a header: it may stand in brackets behind words for people."""
    before, bracket, name = called.rpartition("[")
    return name[:-1].strip() if before and bracket and name.endswith("]") else called


@cache
def columns_of(kind: str) -> dict[str, Slot | None]:
    """Return the columns of a kind of fact in a sheet; None: it says whose the fact is, or none.

    An amount of øre has a column of kroner too.
    """
    declared = columns(FACTS[kind])
    found: dict[str, Slot | None] = dict.fromkeys(subjects_of(kind))
    for name, slot in declared.items():
        found[name] = slot
        if slot.said.none_by is not None:
            found[slot.said.none_by] = None
        if is_ore(slot):
            found[in_kroner(name)] = slot
    return found


def is_ore(slot: Slot) -> bool:
    """Tell whether a field is an amount in øre."""
    return (slot.said.unit or "").startswith("øre")


def in_kroner(name: str) -> str:
    """Return the column of the same amount in kroner."""
    return f"{name.removesuffix('_oere')}_{_KRONER}"


@cache
def _ways(kind: str) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Return where each column of a kind of fact stands in it, and whether it is in kroner."""
    found = {}
    for name, slot in columns_of(kind).items():
        found[name] = tuple(name.split(".")), False
        if slot is not None and is_ore(slot) and name.endswith(f"_{_KRONER}"):
            place = next(n for n, s in columns_of(kind).items() if s is slot)
            found[name] = tuple(place.split(".")), True
    return found


def _nested(kind: str, cells: Mapping[str, str]) -> dict[str, Any]:
    """Return what the cells of a row say as a fact has it, its parts with fields of their own."""
    ways = _ways(kind)
    said: dict[str, Any] = {}
    for name, cell in cells.items():
        if not cell:
            continue
        way, kroner = ways.get(name, ((name,), False))
        within = said
        for part in way[:-1]:
            within = within.setdefault(part, {})
        within[way[-1]] = _in_ore(cell) if kroner else cell
    return said


def _in_ore(cell: str) -> str:
    """Return an amount of kroner in øre; what is none as it is, which is refused as no amount."""
    whole, _, rest = plain_number(cell.removesuffix("kr.").removesuffix("kr").strip()).partition(
        "."
    )
    if whole.isdecimal() and len(rest) <= 2 and (rest.isdecimal() or not rest):
        return whole + rest.ljust(2, "0")
    return "no amount"
