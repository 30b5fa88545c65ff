"""The shapes of a text: in both languages, for a rule, for an open point."""

from __future__ import annotations

from typing import NamedTuple

from domain.law.kernel import Status


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


def one(da: str, en: str, **when: str) -> Sentence:
    """Return a sentence in both languages, used when the finding has these values."""
    return Sentence(Text(da, en), tuple(when.items()))
