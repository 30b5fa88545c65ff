"""Asking again: what a recorded answer would be on other facts, or under another law.

Three coordinates say which answer is meant, whatever is asked: the day asked about, the position
whose facts are known, and the edition of the law with its readings. The day stays; the other two
may be others. Nothing that comes out here is recorded, and nothing may rest on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.dcb.api import DCBQuery

from domain import facts
from domain.decide import Decision, Examined
from domain.events import BY_NAME
from domain.law import explain
from domain.law.drafts import DRAFTS, origin_suspended
from domain.law.edition import Edition
from domain.law.editions import CURRENT, EDITIONS, edition_named
from domain.law.kernel import Status
from domain.law.question import Question
from domain.law.texts.kinds import Text
from domain.reference import Supposed, View
from services.answers.finding import Decided, FactFinder
from services.answers.given import Given
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.persons.reading import Reader

MOST_MOVES = 1_000
"""Most events that are named as having moved one answer."""


class Law(NamedTuple):
    """A law to decide under: an edition, and what is supposed beside what the instance holds."""

    edition: Edition = CURRENT
    readings: Mapping[str, str] = {}
    """Open points read otherwise than the instance reads them."""
    without_origin: bool = False
    """The criterion of origin is suspended."""

    def on(self, view: View) -> View:
        """Return a view with what is supposed."""
        supposed: list[facts.Fact] = [
            facts.ReadingChosen(
                point=point, reading=reading, first_day=date.min, chosen_by="-", reason="-"
            )
            for point, reading in sorted(self.readings.items())
        ]
        if self.without_origin:
            supposed.append(origin_suspended())
        return Supposed(view, supposed) if supposed else view


class LawUnknown(ValueError):
    """No such edition, draft, open point or reading; `field` says which of them."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def law_named(
    edition: str, readings: Mapping[str, str], *, without_origin: bool = False, default: Edition
) -> Law:
    """Return the law that is named: an edition by its id, or by how that begins; or a draft.

    Raises LawUnknown.
    """
    found = default
    if edition in DRAFTS:
        found = _drafted(edition, CURRENT)
    elif edition:
        of = [each for id, each in EDITIONS.items() if id.startswith(edition)]
        if len(of) != 1:
            raise LawUnknown(
                "law",
                "names no edition of this version, nor a draft: give the id of an edition, or "
                + ", ".join(DRAFTS),
            )
        [found] = of
    for point, reading in readings.items():
        if point not in found.points:
            raise LawUnknown(f"readings[{point}]", "is no open point of the edition")
        if reading not in found.points[point].readings:
            known = ", ".join(found.points[point].readings)
            raise LawUnknown(f"readings[{point}]", f"must be one of {known}")
    return Law(found, readings, without_origin)


@cache
def _drafted(name: str, before: Edition) -> Edition:
    return DRAFTS[name].of(before)


def decided_all(
    instance: Instance,
    questions: Sequence[Question],
    law: Law,
    view: View,
    reader: Reader,
) -> list[Decided | Exception]:
    """Decide questions at a view's position under a law; nothing is recorded, nothing kept.

    A question that can't be asked has its error in its place.
    """
    finder = FactFinder(instance, view.position, reader, keep=False)
    return finder.answer_all(questions, law.on(view), law.edition)


class AsThen(NamedTuple):
    """A recorded answer decided again as known then: the decision, and what would move it."""

    decision: Decision
    boundary: DCBQuery

    def moved_by(
        self, instance: Instance, upto: int, limit: int = MOST_MOVES, after: int | None = None
    ) -> list[RecordedEvent]:
        """Return the events in the boundary that are newer than the answer, oldest first."""
        since = self.decision.position if after is None else max(after, self.decision.position)
        return instance.log.read(self.boundary, after=since, upto=upto, limit=limit).all()


def as_then(instance: Instance, given: Given, reader: Reader) -> AsThen:
    """Decide an answer again as known then, under its own law.

    Raises EditionUnknownError, TamperedEvent.
    """
    view = instance.view(at=given.position).traced()
    finder = FactFinder(instance, given.position, reader, keep=False)
    decided = finder.answer(given.question, view, edition_named(given.law))
    return AsThen(decided.decision, finder.boundary(view))


def asked_now(question: Question, today: date) -> Question:
    """Return a question as it would be put today: what is known of a day ahead is what is over."""
    if question.asked_on is None:
        return question
    later = today < question.day or today < question.asked_on
    return msgspec.structs.replace(question, asked_on=today if later else None)


class RuleDifference(NamedTuple):
    """One rule about one subject that came out otherwise; None: it was not examined there."""

    rule_id: str
    person: UUID | None
    before: Examined | None
    after: Examined | None
    said: Text
    """Before and after, in words."""

    @property
    def statuses(self) -> tuple[Status, Status]:
        """What it found before and after."""
        return _status(self.before), _status(self.after)


def _status(examined: Examined | None) -> Status:
    return Status.NOT_EXAMINED if examined is None else examined.finding.status


def differences(
    before: Decision, after: Decision, before_law: Edition, after_law: Edition
) -> Iterator[RuleDifference]:
    """Yield what rules found otherwise, in the order of the act, with what each said."""
    found, now = _by_subject(before.findings), _by_subject(after.findings)
    for key in dict.fromkeys((*now, *found)):
        one, other = found.get(key), now.get(key)
        if _said(one) == _said(other):
            continue
        was, is_now = (
            _text(law, key[0], examined, day)
            for law, examined, day in (
                (before_law, one, before.question.day),
                (after_law, other, after.question.day),
            )
        )
        said = Text(f"Før: {was.da} Nu: {is_now.da}", f"Before: {was.en} Now: {is_now.en}")
        yield RuleDifference(key[0], key[1], one, other, said)


def _text(law: Edition, rule_id: str, examined: Examined | None, day: date) -> Text:
    if examined is not None:
        return explain.finding_text(law, examined, day)
    if rule_id not in law.texts.RULES:
        return _NO_SUCH_RULE
    title, said = explain.rule_title(law, rule_id), law.texts.WITHOUT_VALUES[Status.NOT_EXAMINED]
    return Text(f"{title.da} {said.da}", f"{title.en} {said.en}")


_NO_SUCH_RULE = Text("Reglen findes ikke.", "There is no such rule.")


_Key = tuple[str, UUID | None, str, str]


def _by_subject(findings: Iterable[Examined]) -> dict[_Key, Examined]:
    return {(e.rule_id, e.person, e.area, e.about): e for e in findings}


def _said(examined: Examined | None) -> tuple[object, ...] | None:
    if examined is None or examined.finding.status is Status.NOT_EXAMINED:
        return None
    found = examined.finding
    return found.status, found.values, found.missing, found.conditions


def class_of(event: RecordedEvent) -> str:
    """Return the class of data of an event that moved an answer; "": it is open, or takes back."""
    known = BY_NAME.get(event.type)
    return "" if known is None or known.data_class is None else str(known.data_class)
