"""How a fact is declared: once, beside its struct; everything else that is known of it derives.

`@fact` says of a kind of fact its name in the log, whose it is, who may hold it, what it is found
by and what two of a kind may not contradict each other in. `Field`, in the `Annotated` type of a
field, says what stands in it and what it may be; a type that many fields share (`kinds.py`) says
its part, and the field the rest. msgspec passes over both: what an event holds in the log follows
from the plain types alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from itertools import product
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec

from domain.data_classes import DataClass
from domain.facts.words import ControllerKind

MUNICIPALITY = frozenset({ControllerKind.MUNICIPALITY})
ORGANISATION = frozenset({ControllerKind.HOUSING_ORGANISATION})
BOTH = MUNICIPALITY | ORGANISATION
NOBODY: frozenset[ControllerKind] = frozenset()
"""Of what no controller decides: it is so, or a minister or a court decides it."""


class DeclaredTwiceError(TypeError):
    """Something of a fact is declared a second time."""


class UndeclaredError(TypeError):
    """Something is not said that every fact must say."""


# --- A field --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """What is said of a field: first its meaning in Danish and English, why and by which law.

    None: nothing is said here, but perhaps by the type that the field shares with others.
    """

    da: str | None = None
    en: str | None = None
    why: str | None = None
    """The purpose that a field about a person or household may be held for (design 2.7)."""
    by: str | None = None
    """The section that asks for it or allows it, where it is not the one of the whole fact."""
    unit: str | None = None
    past: bool | None = None
    """A day that may not lie after today."""
    not_before: str | None = None
    """The field with the day that this day may not lie before."""
    longest: int | None = None
    """Most characters of a text."""
    lines: bool | None = None
    """The text may have several lines."""
    pattern: str | None = None
    says: str | None = None
    """What a text must be that `pattern` does not match, as the error says it."""
    known: str | None = None
    """What the text must name, of what the service knows: a municipality, a provision and so on."""
    refers: str | None = None
    """What the id is of, which must be recorded: "area", "dwelling" or "sale"."""
    here: bool | None = None
    """The area referred to must lie in the fact's municipality."""
    least: int | None = None
    most: int | None = None
    """The limits of a number, of a share in its unit, or of how many a list names."""
    share: bool | None = None
    """Decimal text with a point."""
    plausible: tuple[str, str] | None = None
    """The least and the most that it can well be; beyond them somebody must confirm it."""
    of_one: bool | None = None
    """It is said of one household alone, so that nothing can be asked of a list with it."""
    usual: str | None = None
    """The word that the command line takes where none is said."""
    empty: bool | None = None
    """A list that is always given, and may name none."""
    wire: str | None = None
    """What messages, JSON and CSV call it, where that is not the field's own name."""
    turned: bool | None = None
    """They say the opposite of it."""
    goes_with: tuple[str, ...] | None = None
    """The words of the field `kind` beside which it says something."""
    none_by: str | None = None
    """The field of a message that says that there is none; leaving this one out does not."""

    def over(self, other: Field) -> Field:
        """Return what both say; where they differ, what this one says."""
        both = ((getattr(self, name), getattr(other, name)) for name in _SAID)
        return Field(*(mine if mine is not None else theirs for mine, theirs in both))


_SAID = tuple(each.name for each in fields(Field))
_NOTHING = Field()


@dataclass(frozen=True, slots=True)
class Slot:
    """A field as it was declared: its type without what surrounds it, and what is said of it."""

    name: str
    kind: Any
    said: Field
    each: Slot | None = None
    """Of a list: what each of its entries is."""
    nullable: bool = False
    default: Any = msgspec.NODEFAULT

    @property
    def wire(self) -> str:
        """What messages, JSON and CSV call the field."""
        return self.said.wire or self.name

    @property
    def required(self) -> bool:
        """It has no default: it must be given, if only as None."""
        return self.default is msgspec.NODEFAULT


_SLOTS: dict[type[Any], tuple[Slot, ...]] = {}


def slots(struct: type[Any]) -> tuple[Slot, ...]:
    """Return the declared fields of a fact, or of a part of one, in their order."""
    if struct not in _SLOTS:
        _SLOTS[struct] = tuple(
            replace(_slot(each.name, each.type), default=each.default)
            for each in msgspec.structs.fields(struct)
        )
    return _SLOTS[struct]


def _slot(name: str, hint: Any) -> Slot:
    if get_origin(hint) is Annotated:
        inner = _slot(name, hint.__origin__)
        said = inner.said
        for each in hint.__metadata__:
            said = each if said is _NOTHING else each.over(said)
        return replace(inner, said=said)
    if get_origin(hint) in (Union, UnionType):
        [one] = [each for each in get_args(hint) if each is not NoneType]
        return replace(_slot(name, one), nullable=True)
    if get_origin(hint) is tuple:
        each = _slot(name, get_args(hint)[0])
        # What a shared type says of the meaning goes for a list of it too.
        said = Field(each.said.da, each.said.en, each.said.why, each.said.by, wire=each.said.wire)
        return Slot(name, tuple, said, each)
    return Slot(name, hint, _NOTHING)


# --- A kind of fact -------------------------------------------------------------------------


class About(NamedTuple):
    """What a fact is a statement about: the fields that name it, and the days it is stated for.

    `each`: a field of several things, every one of which it is about. `days`: the first and the
    last day of those that it speaks of; none: the fields of `what` name its day. `says`: what may
    not differ; none: everything else. `apart`: a smallest and a largest value; it differs when
    both cannot be true.
    """

    what: tuple[str, ...] = ()
    each: str = ""
    days: tuple[str, str] | None = None
    says: tuple[str, ...] = ()
    apart: tuple[str, str] | None = None


class Whose(NamedTuple):
    """Whose a fact is: a person's or a household's, sealed under one class, or nobody's (open)."""

    data_class: DataClass | None = None
    of_household: bool = False


OPEN = Whose()
LOG = Whose()
"""The log's own events: about no question, and recorded by no request."""


def person(data_class: DataClass) -> Whose:
    """Say that a fact is a person's, of one class."""
    return Whose(data_class)


def household(data_class: DataClass) -> Whose:
    """Say that a fact is a household's, of one class."""
    return Whose(data_class, True)


Deciders = frozenset[ControllerKind] | Mapping[StrEnum, frozenset[ControllerKind]]
"""The kinds of controller whose decision a fact is; of some it goes by how it came about."""

Upcast = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class EventType:
    """How one kind of fact is written in the log, and what else was declared of it."""

    name: str
    fact: type[Any]
    schema_version: int = 1
    data_class: DataClass | None = None
    """The data class of a sealed event; None for an open one."""
    of_household: bool = False
    """A sealed event's payload is the household's, not a person's."""
    step: bool = False
    """A step of a dwelling's life (`domain/tenancy.py`): followed by the next, never corrected."""
    upcasts: tuple[Upcast, ...] = ()
    """upcasts[n] turns the plain form of schema version n + 1 into that of n + 2."""
    da: str = ""
    """The fact in one sentence of Danish; its docstring says it in English."""
    section: str = ""
    """The section that its fields are held under, unless they name another."""
    held_by: frozenset[ControllerKind] = frozenset()
    """The kinds of controller that may hold it."""
    decided_by: Deciders = field(default=NOBODY, hash=False)
    """Those whose decision it is, or who are party to it: where one of them has not recorded it,
    it was not taken. For anybody else it is unknown (`domain/law/undecided.py`)."""
    silence: str = ""
    """Why there is none where nothing is recorded by whom it is told, though another decides it."""
    of_log: bool = False
    strict: bool = False
    """Nothing of a message is passed over: a field that this release does not know is refused."""
    about: tuple[About, ...] = ()
    not_compared: str = ""
    """Why two of the kind are not compared with each other, where `about` is empty."""
    tags: tuple[Template, ...] = ()
    found_by: tuple[tuple[Template, Template], ...] = ()
    """What an open fact is found by: each key, and the tag that goes with it."""
    no_status: bool = False
    """What an area is never rests on such an open fact; views of it do not read them."""
    no_rule: bool = False
    """No rule reads such a fact about a household, so that it moves no answer."""
    word: str | None = None
    """What stands before the key in its tag, where the tag is that and the key."""

    def tag_of(self, key: str) -> str:
        """Return the tag of the facts that are found by this key.

        Of a key that says no tag it is "", any: too much is watched rather than too little.
        """
        if self.word is not None:
            return f"{self.word}{key}"
        for key_template, tag_template in self.found_by:
            if (found := key_template.read(key)) is not None:
                return tag_template.write(found)
        return ""


class Template:
    """A text with fields of a fact in braces: "area:{area}". A list gives one text for each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._names = re.findall(r"{(\w+)}", text)
        literals = re.split(r"{\w+}", text)
        self._literals = literals
        named = [f"(?P<{name}>.*?)" for name in self._names]
        pattern = re.escape(literals[0])
        for group, literal in zip(named, literals[1:], strict=True):
            pattern += group + re.escape(literal)
        self._pattern = re.compile(pattern)

    @property
    def names(self) -> list[str]:
        """The fields in it."""
        return self._names

    def of(self, fact: Any) -> Iterable[str]:
        """Return the texts for a fact; none where a field in it is None or an empty list."""
        if len(self._names) == 1:
            value = getattr(fact, self._names[0])
            before, after = self._literals
            if type(value) is str:
                return (before + value + after,)
            if type(value) is tuple and all(type(each) is str for each in value):
                return [before + each + after for each in value]
        values = [getattr(fact, name) for name in self._names]
        lists = [v if type(v) is tuple else () if v is None else (v,) for v in values]
        return [self.write(dict(zip(self._names, one, strict=True))) for one in product(*lists)]

    def read(self, text: str) -> dict[str, str] | None:
        """Return the fields of a text of this form; None for another text."""
        found = self._pattern.fullmatch(text)
        return None if found is None else found.groupdict()

    def write(self, values: dict[str, Any]) -> str:
        """Return the text with these fields."""
        return self.text.format_map(values)


def _word(key: str, tag: str) -> str | None:
    return tag.removesuffix(key) if key and tag.endswith(key) else None


DECLARED: dict[str, EventType] = {}
"""Every kind of fact by its name in the log."""

S = TypeVar("S", bound=msgspec.Struct)


def fact(
    name: str,
    *,
    da: str,
    of: Whose = OPEN,
    held_by: frozenset[ControllerKind] = frozenset(),
    decided_by: Deciders | None = None,
    silence: str = "",
    section: str = "",
    tags: Sequence[str] = (),
    found_by: Sequence[tuple[str, str]] = (),
    about: Sequence[About] = (),
    not_compared: str = "",
    step: bool = False,
    schema_version: int = 1,
    upcasts: Sequence[Upcast] = (),
    strict: bool = False,
    no_status: bool = False,
    no_rule: bool = False,
) -> Callable[[type[S]], type[S]]:
    """Declare a kind of fact.

    Raises DeclaredTwiceError for a name or struct declared before; UndeclaredError for a field
    without a meaning or, about a person or household, without a purpose and a section; and where
    it is not said who decides an open fact or one of the decisions about a household.

    `tags`: of an open fact, what it is about. `found_by`: its keys in the reference state with
    their tags; by default what follows the colon of the first tag.
    """

    def declare(struct: type[S]) -> type[S]:
        if name in DECLARED or any(each.fact is struct for each in DECLARED.values()):
            raise DeclaredTwiceError(f"{name}, or {struct.__name__}, is declared twice")
        for slot in slots(struct):
            said = slot.said
            if not (said.da and said.en):
                raise UndeclaredError(f"{name}: what {slot.name} means is not said")
            if of.data_class is not None and not (said.why and (said.by or section)):
                raise UndeclaredError(f"{name}: why {slot.name} may be held is not said")
        may_be_decision = (
            of is not LOG and not step and of.data_class in (None, DataClass.DECISIONS)
        )
        if may_be_decision and decided_by is None:
            raise UndeclaredError(f"{name}: who decides it is not said")
        keys = found_by or [(tag.partition(":")[2], tag) for tag in tags[:1]]
        DECLARED[name] = EventType(
            name,
            struct,
            schema_version=schema_version,
            data_class=of.data_class,
            of_household=of.of_household,
            step=step,
            upcasts=tuple(upcasts),
            da=da,
            section=section,
            held_by=held_by,
            decided_by=NOBODY if decided_by is None else decided_by,
            silence=silence,
            of_log=of is LOG,
            strict=strict,
            no_status=no_status,
            no_rule=no_rule,
            about=tuple(about),
            not_compared=not_compared,
            tags=tuple(Template(tag) for tag in tags),
            found_by=tuple((Template(key), Template(tag)) for key, tag in keys),
            word=_word(*keys[0]) if len(keys) == 1 else None,
        )
        return struct

    return declare


# --- Names outside the log ------------------------------------------------------------------


def json_name(struct: type[Any]) -> str:
    """Return what messages and JSON call a kind of fact: `benefit_period`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", struct.__name__).lower()


def parts() -> list[type[Any]]:
    """Return what stands within facts as parts of their own, each after what it stands in."""
    within = [each.fact for each in DECLARED.values()]
    facts_alone = len(within)
    for struct in within:
        for slot in slots(struct):
            kind = (slot.each or slot).kind
            if issubclass(kind, msgspec.Struct) and kind not in within:
                within.append(kind)
    return within[facts_alone:]


def columns(struct: type[Any]) -> dict[str, Slot]:
    """Return the columns of a kind of fact in a file: its fields, and those of a part of it.

    Of a part the name is that of its field, a point, and its own: `figures.residents`. A list is
    one column.
    """
    found: dict[str, Slot] = {}
    for slot in slots(struct):
        if slot.name == "corrects":
            continue
        if slot.each is None and issubclass(slot.kind, msgspec.Struct):
            inner = columns(slot.kind)
            found |= {f"{slot.wire}.{name}": each for name, each in inner.items()}
        else:
            found[slot.wire] = slot
    return found
