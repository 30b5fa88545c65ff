"""Reads a file of cases: strict YAML, and mappings that remember which words their reader knows.

What a reader never asks for means nothing where it stands, so it is a mistake and not a remark:
each word is said once, by the code that reads it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar, get_args, get_type_hints

import msgspec
import yaml

try:
    from yaml import CSafeLoader as SafeLoader  # reads five times as fast
except ImportError:  # where PyYAML is built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]  # another class, the same reading

T = TypeVar("T", bound=msgspec.Struct)
_BAD_VALUE = re.compile(r"(?P<value>'.*'|\S+) is not a valid (?P<name>\w+)")
_BAD_STRUCT = re.compile(r"(?P<what>.*?)( - at `\$\.?(?P<field>.*)`)?")


class CaseError(Exception):
    """A case can't be read: `where` it stands, and `what` is wrong and what to write instead."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}" if where else what)
        self.where, self.what = where, what


class LawFaultError(Exception):
    """The law failed on a case that was read: a fault of the edition, no mistake of the case."""


@contextmanager
def asked_of_the_law(*refusals: type[Exception]) -> Iterator[None]:
    """Run the law alone within: what it raises, but for `refusals`, raises LawFaultError."""
    try:
        yield
    except refusals:
        raise
    except Exception as error:
        raise LawFaultError(f"the law fails on this case: {error!r}") from error


class Stated(dict[str, Any]):
    """What a case states under one word (`path`), and the words that were asked for there."""

    __slots__ = ("known", "path")

    last: ClassVar[str] = ""
    """The word read last, with where it stands: what can't be read is there or just before."""

    def __init__(self, stated: dict[str, Any], path: str, known: set[str] | None = None) -> None:
        super().__init__(stated)
        self.path = path
        self.known: set[str] = set() if known is None else known

    def get(self, word: str, default: Any = None) -> Any:
        """Return what is stated under the word, else the default."""
        self._asked(word)
        return super().get(word, default)

    def __getitem__(self, word: str) -> Any:
        self._asked(word)
        return super().__getitem__(word)

    def _asked(self, word: str) -> None:
        self.known.add(word)
        if word in self.keys():
            Stated.last = _below(self.path, word)

    def __contains__(self, word: object) -> bool:
        self.known.add(str(word))
        return super().__contains__(word)

    def __missing__(self, word: str) -> Any:
        raise CaseError(self.path, f"'{word}' is missing")

    def items(self) -> Any:
        """Return the pairs of a mapping whose words are names of the case's own."""
        self.known.update(self)
        return super().items()

    def into(self, kind: type[T], /, **others: Any) -> T:
        """Make a fact or question from `others` and what is stated by the names of its fields.

        Raises CaseError when a field can't hold what is stated for it.
        """
        _ask_fields(self, (kind,))
        try:
            return msgspec.convert({**others, **self}, kind)
        except msgspec.ValidationError as error:
            raise CaseError(self.path, _about_field(str(error), kind)) from error

    def changed(self, **words: Any) -> Stated:
        """Return the same with other words; what is asked of it counts here too."""
        return Stated({**self, **words}, self.path, self.known)

    def without(self, *words: str) -> Stated:
        """Return the rest, those words having been read."""
        self.known.update(words)
        rest = {word: value for word, value in super().items() if word not in words}
        return Stated(rest, self.path, self.known)

    def pass_over(self) -> None:
        """Take every word, here and below, as read."""
        for _, value in self.items():
            for each in each_of(value):
                if isinstance(each, Stated):
                    each.pass_over()

    def unknown(self) -> Iterator[CaseError]:
        """Name each word, here and below, that no reader has asked for."""
        for word, value in super().items():
            if word not in self.known:
                yield CaseError(
                    self.path, f"'{word}' is not a word here; {nearest(word, self.known)}"
                )
            else:
                yield from _unknown(value)


def _ask_fields(value: Any, kinds: Iterable[type[msgspec.Struct]]) -> None:
    """Ask for the fields of the kinds that a value is made into, and so on below."""
    if isinstance(value, list):
        for each in value:
            _ask_fields(each, kinds)
    elif isinstance(value, Stated):
        for kind in kinds:
            for field, below in _fields(kind).items():
                _ask_fields(value.get(field), below)


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, tuple[type[msgspec.Struct], ...]]:
    """Return the fields of a kind, each with the kinds that it is made into."""
    hints = get_type_hints(kind)
    return {field: tuple(_structs(hints.get(field))) for field in kind.__struct_fields__}


def _structs(hint: Any) -> Iterator[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for each in get_args(hint):
        yield from _structs(each)


def _unknown(value: Any) -> Iterator[CaseError]:
    if isinstance(value, Stated):
        yield from value.unknown()
    elif isinstance(value, list):
        for each in value:
            yield from _unknown(each)


def each_of(stated: Any) -> list[Any]:
    """Return what is stated once or several times, in the order of recording."""
    if stated is None:
        return []
    return list(stated) if isinstance(stated, list) else [stated]


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known word is nearest to one that is not; without one, which there are."""
    names = sorted(known)
    close = difflib.get_close_matches(str(word), names, 1, 0.5)
    return f"nearest: '{close[0]}'" if close else f"known: {', '.join(names)}"


@contextmanager
def located() -> Iterator[None]:
    """Raise CaseError, which says where, for whatever can't be read of what is stated."""
    Stated.last = ""
    try:
        yield
    except CaseError:
        raise
    except msgspec.ValidationError as error:
        raise CaseError(f"at or before {Stated.last}", str(error)) from error
    except ValueError as error:
        raise CaseError(f"at or before {Stated.last}", about_value(error)) from error
    except (LookupError, TypeError, AttributeError, OverflowError) as error:
        said = f"{error} is not known here" if isinstance(error, KeyError) else str(error)
        where = f"at or before {Stated.last}: this can't be read (docs/cases.md)"
        raise CaseError(where, said) from error


def about_value(error: ValueError) -> str:
    """Say what is wrong with a value, and for one of a closed list which is nearest."""
    found = _BAD_VALUE.fullmatch(str(error))
    if found is None:
        return str(error)
    value = found["value"].strip("'")
    words = [w for kind in StrEnum.__subclasses__() if kind.__name__ == found["name"] for w in kind]
    return f"'{value}' is not known here" + (f"; {nearest(value, words)}" if words else "")


def _about_field(error: str, kind: type[msgspec.Struct]) -> str:
    """Say which field can't hold what is stated; for a word of a closed list, which is nearest."""
    found = _BAD_STRUCT.fullmatch(error)
    if found is None or not found["field"]:
        return error
    hint = get_type_hints(kind).get(re.split(r"[.\[]", found["field"])[0])
    words = [word for each in (hint, *get_args(hint)) if _is_enum(each) for word in each]
    value = re.search("'(.*)'", found["what"])
    near = f"; {nearest(value[1], words)}" if words and value else ""
    return f"'{found['field']}': {found['what']}{near}"


def _is_enum(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, StrEnum)


# --- Files ----------------------------------------------------------------------------------


_MERGED = "tag:yaml.org,2002:merge"

MOST_VALUES = 2_000_000
"""How many values a file may hold, what is taken over by `*name` counted each time."""


class _Loader(SafeLoader):
    """Reads YAML and refuses a word that stands twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key, _ in node.value:
        if key.tag == _MERGED:
            continue  # `<<: *name` takes over what stands elsewhere
        word = loader.construct_object(key)
        where = f"line {key.start_mark.line + 1}"
        if isinstance(word, list | dict):
            raise CaseError(where, "a word is text, a year or a day, not a list or mapping")
        if word in seen:
            raise CaseError(where, f"'{word}' stands twice")
        seen.add(word)
    return loader.construct_mapping(node, deep=True)


def _day(loader: _Loader, node: yaml.ScalarNode) -> Any:
    """Read what looks like a day; raises CaseError for one that there is not (30 February)."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        where = f"line {node.start_mark.line + 1}"
        raise CaseError(where, f"'{node.value}' is no day: {error}") from error


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


def read(path: Path) -> list[Stated]:
    """Return the cases of a file, in their order; raises CaseError, and OSError."""
    found = _loaded(path)
    if isinstance(found, dict) and "criteria" in found:
        raise CaseError("", "this is an agreement; `husret criteria check` reads it")
    if not found or not isinstance(found, list) or not all(isinstance(e, dict) for e in found):
        raise CaseError("", "a file is a list of cases, each beginning with '- id:'")
    return [stated(each, "") for each in found]


def read_words(path: Path) -> Stated:
    """Return what a file states under its words; raises CaseError, and OSError."""
    found = _loaded(path)
    if not isinstance(found, dict):
        raise CaseError("", "the file has words, each with what stands under it")
    words: Stated = stated(found)
    return words


def _loaded(path: Path) -> Any:
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = "" if error.problem_mark is None else f"line {error.problem_mark.line + 1}"
        raise CaseError(line, f"this is not YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CaseError("", "this is not YAML in UTF-8") from error
    except RecursionError as error:
        raise CaseError("", "one thing stands inside another too many times") from error
    if _values(found, {}) > MOST_VALUES:
        raise CaseError("", f"a file holds at most {MOST_VALUES} values; divide it")
    return found


def _values(value: Any, counted: dict[int, int]) -> int:
    """Count the values in YAML, those taken over by `*name` each time, looking at each once."""
    if not isinstance(value, dict | list):
        return 1
    if id(value) not in counted:
        inside = value.values() if isinstance(value, dict) else value
        counted[id(value)] = 1 + sum(_values(each, counted) for each in inside)
    return counted[id(value)]


def files(paths: Iterable[Path]) -> list[Path]:
    """Return the files named and, of each folder, its `.yaml` files; raises CaseError for none."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        if not inside:
            raise CaseError(str(path), "no .yaml file is in this folder")
        found += inside
    return found


def stated(value: Any, path: str = "") -> Any:
    """Return what YAML holds with its mappings as `Stated`; `path` is where it stands."""
    if isinstance(value, dict):
        return Stated({_word(w): stated(v, _below(path, w)) for w, v in value.items()}, path)
    if isinstance(value, list):
        return [stated(each, path) for each in value]
    return value


# --- Shapes ---------------------------------------------------------------------------------

_DAYS = frozenset((
    "day", "asked_on", "letting_day", "move_in_day", "applied_on", "first_day", "last_day",
    "approved", "carried_out", "given", "convicted_on", "under_18_until", "set_on", "announced_on",
    "revised_on", "evaluated", "approves_from", "cap_used_from", "received", "sent", "seen_on",
    "expires_on", "grouping_approved", "grouping_until", "registered", "born", "terminated_on",
    "taken_over_on", "lived_since", "agreement_on", "copy_sent_on", "notified_on", "opposed_on",
    "starts_on", "objected_on", "sued_on", "received_on", "registered_on", "offence_day",
    "appealed", "appeal_withdrawn", "final", "overturned", "moved_out", "limit", "documented",
    "together_since", "advertised_on", "counted_on", "built_on", "demolished_on",
    "relabelled_on", "merged_on", "measured_on", "decided_on", "sent_on", "refused_on",
    "amended_on", "reported_on", "ordered_on", "obeyed_on", "valued_on",
    "documented_on", "reported", "sold_on", "settled_on",
))  # fmt: skip
"""Words that a day stands under, wherever a case states facts or a question."""

_WORDS_BELOW = {
    "": frozenset((
        "area", "household", "municipality", "asked", "readings", "landlord", "dwelling",
        "decided", "offered", "inventory", "course",
    )),
    "area": frozenset(("on_lists_of", "neighbour_on_lists_of")),
}  # fmt: skip
"""Words that have words of their own below them, by where they stand."""

_ONCE_OR_MORE = frozenset((
    "family_dwellings", "exempted", "nothing_possible_outside", "rights", "agreements",
    "nothing_else_for_persons_from_ukraine", "increase_approved", "private_agreement",
    "replacement_right", "released", "releases_attested", "terminations_attested", "terminated",
    "figures", "measured_against", "split_off", "merged", "origin_criterion_suspended",
    "combined_letting", "advertising", "agreement_extended", "problems",
    "dispensation", "approval", "opposition", "clause", "debt", "disposal", "weighed",
    "enforcement_requested", "sale_criteria", "police_notice", "family_dwellings_by_area",
    "counted", "built", "demolished", "sold", "relabelled", "commercial", "plan_decided",
    "plan_sent", "plan_refused", "plan_amended", "plan_reported", "plan_ordered", "applied",
    "dispensed", "valued", "new_building", "winding_up", "winding_up_plan", "voted", "top_body",
    "proceeds", "uses",
))  # fmt: skip
"""Words with words of their own below them, which may be stated several times."""

_PLANS = (("area", "plan"), ("area", "master_plan"))
"""The same, where the word means that there alone."""

_EXPECTED = frozenset((
    "findings", "here", "person", "values", "conditions", "computed", "includes", "excludes",
    "texts_include", "texts_exclude", "elsewhere", "is", "periods", "tools",
))  # fmt: skip
"""Words under `expect` that have words of their own below them."""


def misshapen(case: Stated) -> Iterator[CaseError]:
    """Name each thing that is no day, or has no words below it, where that is what is meant."""
    yield from _misshapen(case)
    household = dict.get(case, "household")
    for name, member in household.items() if isinstance(household, Stated) else ():
        if member is not None and not isinstance(member, Stated):
            yield CaseError("household", f"'{name}' has words below it, or is {{}}")
    expect = dict.get(case, "expect")
    if isinstance(expect, Stated):
        for each in (expect, *(u for u in each_of(dict.get(expect, "under")))):
            if not isinstance(each, Stated):
                yield CaseError("expect", "'under' has words below it, 'read' the first of them")
                continue
            for word, value in dict.items(each):
                if word in _EXPECTED and not isinstance(value, Stated):
                    yield CaseError(each.path, f"'{word}' has words below it")


def _misshapen(stated: Stated) -> Iterator[CaseError]:
    top = stated.path == ""
    for word, value in dict.items(stated):
        if word == "expect":
            if not isinstance(value, Stated):
                yield CaseError("", "'expect' has words below it, as 'outcome: PERMITTED'")
            continue
        if isinstance(value, datetime) or (
            word in _DAYS and not isinstance(value, date) and (value is not None or top)
        ):
            yield CaseError(
                stated.path,
                f"'{word}' is a day, written 2024-09-02 without quotation marks and time of day; "
                f"here is '{value}'",
            )
        elif word in _WORDS_BELOW.get(stated.path, ()):
            if not isinstance(value, Stated) and (word, value) != ("area", None):
                yield CaseError(stated.path, f"'{word}' has words below it (docs/cases.md)")
        elif (word in _ONCE_OR_MORE or (stated.path, word) in _PLANS) and not all(
            isinstance(each, Stated) for each in each_of(value)
        ):
            yield CaseError(stated.path, f"'{word}' has words below it (docs/cases.md)")
        for each in each_of(value):
            if isinstance(each, Stated):
                yield from _misshapen(each)


def _word(word: Any) -> Any:
    """Words are text; the year or day of a list stays what it is."""
    return word if isinstance(word, int | date) and not isinstance(word, bool) else str(word)


def _below(path: str, word: Any) -> str:
    return f"{path}.{word}" if path else str(word)
