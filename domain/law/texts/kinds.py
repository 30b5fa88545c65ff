"""The shapes of a text: in both languages, for a rule, for an open point; and all of an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, NamedTuple

from domain.facts import (
    CitizenshipCondition,
    DisposalGround,
    DistanceMethod,
    Factor,
    ListKind,
    MemberList,
    PlanKind,
    RequestDetail,
    Sanction,
    WindingUpFactor,
)
from domain.law.kernel import Outcome, Status


class Text(NamedTuple):
    """The same said in Danish and in English."""

    da: str
    en: str


class Sentence(NamedTuple):
    """A text for one way in which a rule may come out.

    It is used when the finding has these values and every value that the text names.
    """

    text: Text
    when: tuple[tuple[str, str], ...] = ()


class RuleText(NamedTuple):
    """What a rule is called, what it says, and sentences for its findings."""

    title: Text
    says: Text
    findings: dict[Status, tuple[Sentence, ...]]


class PointText(NamedTuple):
    """An open point of law: the question, each reading, and why the default is what it is."""

    question: Text
    readings: dict[str, Text]
    reason: Text


class OutsideText(NamedTuple):
    """What lies outside of what the law here decides, why, and where it is named."""

    what: Text
    why: Text
    named_in: Text


def one(da: str, en: str, **when: str) -> Sentence:
    """Return a sentence in both languages, used when the finding has these values."""
    return Sentence(Text(da, en), tuple(when.items()))


Names = Mapping[str, Text]


@dataclass(frozen=True, eq=False)
class Texts:
    """Everything that an edition says to people, by the name of its table in the files of texts.

    Words in braces are filled from a finding's values or a missing fact's details by `explain`; a
    text that is missing is an error there, never a blank.
    """

    AGREEMENT: Text
    AND: Text
    ONE_OF: Text
    AREA_CATEGORIES: Names
    AREA_IS: Text
    AREA_IS_NOTHING: Text
    AREA_IS_UNKNOWN: Text
    ASKED_CONDITIONS: Names
    CHANGES: Names
    CITIZENSHIP: Mapping[CitizenshipCondition, Text]
    CONDITIONS: Names
    CONDITION_DETAILS: Names
    CONSEQUENCES: Names
    CRITERIA: Names
    CRITERION_KINDS: Names
    DECIDED_ELSEWHERE: Text
    DECISIONS: Names
    DUTIES: Names
    ERASED: Text
    FACTORS: Mapping[Factor, Text]
    FALLBACK_CHANGES: Mapping[tuple[str, str], Text]
    GROUNDS: Mapping[DisposalGround, Text]
    LIST_KINDS: Mapping[ListKind, Text]
    MEMBER_LISTS: Mapping[MemberList, Text]
    METHODS: Mapping[DistanceMethod, Text]
    MET_WORDS: Names
    MISSING: Names
    MONTHS: tuple[Text, ...]
    NAMES_CHANGED: date
    NATIONAL_SHARE_UNKNOWN: Text
    NONE: Text
    NOT_EXAMINED_ELSEWHERE: Text
    OLDER_LIST_KINDS: Mapping[ListKind, Text]
    OLDER_RULES: Mapping[str, RuleText]
    OUTCOMES: Mapping[Outcome, Text]
    OUTSIDE: Mapping[str, OutsideText]
    PLACES: Names
    PLANS: Mapping[PlanKind, Text]
    POINTS: Mapping[str, PointText]
    REQUEST_DETAILS: Mapping[RequestDetail, Text]
    RULES: Mapping[str, RuleText]
    SANCTIONS: Mapping[Sanction, Text]
    SIGHT_DETAILS: Names
    START_POINT: PointText
    STATUSES: Mapping[Status, Text]
    SUMMARIES: Mapping[str, Names]
    SUMMARIES_BY: Mapping[tuple[str, str, str], Text]
    SUMMARIES_FOUND: Mapping[tuple[str, str, str, Status], Text]
    SUMMARY_BARRED: Text
    SUMMARY_DUTY_UNDER_80: Text
    SUMMARY_ERASED: Text
    SUMMARY_LIFTED: Names
    SUMMARY_MISSING: Text
    SUMMARY_NO_GROUND: Text
    SUMMARY_ORDINARY: Text
    SUMMARY_OTHER_ACT: Text
    SUMMARY_POINTS: Text
    SUMMARY_PROHIBITED: Text
    SUMMARY_UNDETERMINED: Text
    SUMMARY_UNMET: Text
    SUPPLIED_BY: Text
    SUPPLIERS: Names
    TOOL_KINDS: Names
    UNSEEN: Names
    VALUES: Names
    VARIATION_DECIDES: Text
    VARIATION_NOT_EXAMINED: Text
    VARIATION_OUTCOME: Text
    VARIATION_READ: Text
    WARNINGS: Names
    WINDING_UP_FACTORS: Mapping[WindingUpFactor, Text]
    WITHOUT_VALUES: Mapping[Status, Text]

    @classmethod
    def gathered(cls, *tables: Any) -> Texts:
        """Return the tables of several modules, each put together from those that have a part.

        Raises ValueError for a text that two of them have, LookupError for a table that none has.
        """
        return cls(**{each.name: _joined(each.name, tables) for each in fields(cls)})

    def amended(self, changed: Mapping[str, Any]) -> Texts:
        """Return the texts with others put into tables, or in the place of a text.

        Raises ValueError for a table that there is not.
        """
        if unknown := sorted(set(changed) - {each.name for each in fields(self)}):
            raise ValueError(f"there is no table of texts {', '.join(unknown)}")
        put = {
            name: {**getattr(self, name), **value} if isinstance(value, Mapping) else value
            for name, value in changed.items()
        }
        return replace(self, **put)  # type: ignore[arg-type] # the names were compared above

    def described(self) -> Any:
        """Return the content of every table, as the edition's id is made over it."""
        names = sorted(each.name for each in fields(self))
        return [[name, _plain(getattr(self, name))] for name in names]


def _joined(name: str, tables: tuple[Any, ...]) -> Any:
    # What a module takes from another is the same object, and one part.
    parts = {id(part): part for each in tables if (part := vars(each).get(name)) is not None}
    if not parts:
        raise LookupError(f"no module has the texts {name}")
    first, *others = parts.values()
    if not others:
        return first
    joined = dict(first)
    for part in others:
        if twice := sorted(set(joined) & set(part)):
            raise ValueError(f"{name} has two texts for {twice}")
        joined.update(part)
    return joined


def _plain(value: Any) -> Any:
    """Return a text or table as lists; a table as a list of keys with what they stand for."""
    if isinstance(value, Mapping):
        return sorted(([_plain(key), _plain(each)] for key, each in value.items()), key=_key)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _key(entry: list[Any]) -> Any:
    return entry[0]
