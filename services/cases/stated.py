"""Reads a file of cases: strict YAML, and mappings that remember which words their reader knows.

What a reader never asks for means nothing where it stands, so it is a mistake and not a remark:
each word is said once, by the code that reads it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec
import yaml

T = TypeVar("T", bound=msgspec.Struct)
_BAD_VALUE = re.compile(r"(?P<value>'.*'|\S+) is not a valid (?P<name>\w+)")
_BAD_STRUCT = re.compile(r"(?P<what>.*?)( - at `\$\.?(?P<field>.*)`)?")


class CaseError(Exception):
    """A case can't be read: `where` it stands, and `what` is wrong and what to write instead."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}" if where else what)
        self.where, self.what = where, what


class Stated(dict[str, Any]):
    """What a case states under one word (`path`), and the words that were asked for there."""

    __slots__ = ("known", "path")

    def __init__(self, stated: dict[str, Any], path: str, known: set[str] | None = None) -> None:
        super().__init__(stated)
        self.path = path
        self.known: set[str] = set() if known is None else known

    def get(self, word: str, default: Any = None) -> Any:
        """Return what is stated under the word, else the default."""
        self.known.add(word)
        return super().get(word, default)

    def __getitem__(self, word: str) -> Any:
        self.known.add(word)
        return super().__getitem__(word)

    def __contains__(self, word: object) -> bool:
        self.known.add(str(word))
        return super().__contains__(word)

    def __missing__(self, word: str) -> Any:
        raise CaseError(self.path, f"'{word}' is missing")

    def items(self) -> Any:
        """Return the pairs of a mapping whose words are names of the case's own."""
        self.known.update(self)
        return super().items()

    def into(self, kind: type[T], **others: Any) -> T:
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
        hints = [get_type_hints(kind) for kind in kinds]
        for field in {name for kind in kinds for name in kind.__struct_fields__}:
            below = [kind for each in hints for kind in _structs(each.get(field))]
            _ask_fields(value.get(field), below)


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
    return stated if isinstance(stated, list) else [stated]


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known word is nearest to one that is not; without one, which there are."""
    names = sorted(known)
    close = difflib.get_close_matches(str(word), names, 1, 0.5)
    return f"nearest: '{close[0]}'" if close else f"known: {', '.join(names)}"


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


class _Loader(yaml.SafeLoader):
    """Reads YAML and refuses a word that stands twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key, _ in node.value:
        if key.tag == _MERGED:
            continue  # `<<: *name` takes over what stands elsewhere
        word = loader.construct_object(key)
        if word in seen:
            line = key.start_mark.line + 1
            raise CaseError(f"line {line}", f"'{word}' stands twice")
        seen.add(word)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(path: Path) -> list[Stated]:
    """Return the cases of a file, in their order; raises CaseError, and OSError."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = "" if error.problem_mark is None else f"line {error.problem_mark.line + 1}"
        raise CaseError(line, f"this is not YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CaseError("", "this is not YAML in UTF-8") from error
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise CaseError("", "a file is a list of cases, each beginning with '- id:'")
    return [stated(each, "") for each in found]


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


def _word(word: Any) -> Any:
    """Words are text; the year or day of a list stays what it is."""
    return word if isinstance(word, int | date) and not isinstance(word, bool) else str(word)


def _below(path: str, word: Any) -> str:
    return f"{path}.{word}" if path else str(word)
