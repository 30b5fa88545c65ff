"""What every question does: read the law's readings, the household, and apply rules to members."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from domain import calendar
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import HouseholdMember, MemberList
from domain.law.answer import BeforeCoverageError, Examined, Membership, Need
from domain.law.benefits import BenefitRecord
from domain.law.edition import Edition
from domain.law.kernel import (
    Finding,
    Missing,
    Outcome,
    ReadingInUse,
    Readings,
    Record,
    Rule,
    Status,
    Tree,
    Varied,
    explore,
    only_on_facts_at_hand,
    outcome_alone,
    readings_in_use,
    vary,
)
from domain.law.question import Question
from domain.reference import View

Q = TypeVar("Q", bound=Question)


class Case(Generic[Q]):
    """The working state of one question: the readings, what was consulted and what was found."""

    def __init__(self, question: Q, view: View, position: int, edition: Edition) -> None:
        first_day = edition.covers_from(question.kind)
        if question.day < first_day:
            raise BeforeCoverageError(question.day, first_day)
        self.question = question
        self.view = view
        self.position = position
        self.edition = edition
        self.in_use, self.chosen, self.readings = settings(view, question.day, edition)
        limit = calendar.months_after(edition.reviewed_through, view.instance().stale_after_months)
        self.stale = question.day > limit
        self.examined: list[Examined] = []
        self.consulted: dict[str, None] = {}
        self.household: Household | Unexamined = Unexamined()

    def consult(self, points: Iterable[str]) -> None:
        """Note open points that the facts made matter."""
        for point in points:
            self.consulted.setdefault(point)

    def explored(self, evaluate: Callable[[Readings], Finding]) -> Tree[Finding]:
        """Return what a rule finds under every reading, as far as the facts at hand say."""
        return only_on_facts_at_hand(explore(self.edition.points, evaluate), self.readings)

    def note(self, rule: Rule, tree: Tree[Finding]) -> None:
        """Keep what a rule that is not about one member found."""
        self.consult(tree.points)
        self.examined.append(
            Examined(rule.id, tree.under(self.readings), tree, data_class=rule.data_class)
        )

    def examine_members(
        self,
        rule: Rule,
        data_class: DataClass,
        members: Sequence[UUID],
        records: Mapping[UUID, Any],
        about: str = "",
    ) -> dict[UUID, Tree[Finding]]:
        """Apply what a rule says of one class to each member, and keep what it found."""
        trees: dict[UUID, Tree[Finding]] = {}
        for person in members:
            examined = examined_by(
                self.edition,
                rule,
                data_class,
                person,
                records[person],
                self.question.day,
                self.readings,
                self.chosen,
                self.view,
                about,
            )
            trees[person] = examined.tree
            self.consult(examined.tree.points)
            self.examined.append(examined)
        return trees

    def read_members(
        self, data_class: DataClass, members: tuple[UUID, ...]
    ) -> Generator[Need, Any, dict[UUID, Any]]:
        """Read one data class of the members, as the rules of the class take it."""
        sent: dict[UUID, Any] = yield Need(data_class, members)
        return {
            person: as_known(prepared(data_class, facts), self.question.asked_on)
            for person, facts in sent.items()
        }

    def outcome_varied(self, outcome_under: Callable[[dict[str, str]], Outcome | None]) -> Varied:
        """Find the outcome, and which other readings would change it."""
        consulted = tuple(self.consulted)
        if not consulted:
            return Varied(outcome_under(self.readings) or Outcome.UNDETERMINED, (), True)
        return vary(self.edition.points, self.in_use, consulted, outcome_under)

    def outcome_alone(self, outcome_under: Callable[[dict[str, str]], Outcome | None]) -> Outcome:
        """Find the outcome, and not which other readings would change it."""
        consulted = tuple(self.consulted)
        if not consulted:
            return outcome_under(self.readings) or Outcome.UNDETERMINED
        return outcome_alone(self.edition.points, self.in_use, consulted, outcome_under)


def settings(
    view: View, day: date, edition: Edition
) -> tuple[dict[str, ReadingInUse], tuple[tuple[str, str], ...], dict[str, str]]:
    """Return how each open point is read on `day`: with what settles it, as chosen, and plainly."""
    key = ("readings", day, edition.id)
    known = view.memo.get(key)
    if known is None:
        chosen = {point: item.fact.reading for point, item in view.readings(day).items()}
        in_use = readings_in_use(edition.points, chosen)
        known = view.memo[key] = (
            in_use,
            tuple(sorted(chosen.items())),
            {point: use.reading for point, use in in_use.items()},
        )
    settings: tuple[dict[str, ReadingInUse], tuple[tuple[str, str], ...], dict[str, str]] = known
    return settings


def membership_evidence(
    membership: Membership, day: date, view: View, edition: Edition
) -> tuple[tuple[UUID | None, Recorded[Any]], ...]:
    """Return the facts that make persons members on `day`; None: that the list is complete."""
    _, _, readings = settings(view, day, edition)
    return Household(membership, day, readings["AMB-HOUSEHOLD"]).evidence


def examine_member(
    asked: Sequence[tuple[str, str]],
    data_class: DataClass,
    person: UUID,
    facts: Sequence[Recorded[Any]] | None,
    day: date,
    asked_on: date | None,
    view: View,
    edition: Edition,
) -> list[Examined]:
    """Apply rules about one member, each with what it was asked with, to that member's facts."""
    facts = as_known(facts, asked_on)
    _, chosen, readings = settings(view, day, edition)
    return [
        examined_by(
            edition,
            edition.rules[rule_id],
            data_class,
            person,
            facts,
            day,
            readings,
            chosen,
            view,
            about,
        )
        for rule_id, about in asked
    ]


def examined_by(
    edition: Edition,
    rule: Rule,
    data_class: DataClass,
    person: UUID,
    facts: Any,
    day: date,
    in_use: dict[str, str],
    chosen: tuple[tuple[str, str], ...],
    view: View,
    about: str = "",
) -> Examined:
    """Apply one rule to one member's facts; None: they were erased.

    A rule that is asked with more than the day (`about`) is not remembered: what it was asked
    with may rest on facts that are not the member's.
    """
    record = prepared(data_class, facts)
    if record is None:
        tree = single(Finding(Status.UNKNOWN, (), (), (ERASED,)))
    elif rule.asked_with_more:
        tree = only_on_facts_at_hand(
            explore(
                edition.points,
                lambda readings: rule.evaluate(record, day, readings, view, about),
            ),
            in_use,
        )
    else:
        key = (rule.id, edition.id, day, chosen)
        known = record.trees.get(key)
        if known is None:
            evaluate = rule.about(data_class)
            known = record.trees[key] = only_on_facts_at_hand(
                explore(edition.points, lambda readings: evaluate(record, day, readings)),
                in_use,
            )
        tree = known
    return Examined(rule.id, tree.under(in_use), tree, person, data_class, about=about)


class Household:
    """Who belongs to the household on the day, on each reading of AMB-HOUSEHOLD."""

    def __init__(
        self,
        membership: Membership,
        day: date,
        reading: str,
        supplier: str = "municipality_referral",
    ) -> None:
        self._lists = {
            kind: [
                (person, item)
                for person, item in membership.members
                if item is None
                or (
                    item.fact.member_list is kind
                    and calendar.covers(item.fact.first_day, item.fact.last_day, day)
                )
            ]
            for kind in _MEMBER_LISTS
        }
        self._attested = {
            kind: [
                item
                for item in membership.attested
                if item.fact.member_list is kind
                and calendar.covers(item.fact.first_day, item.fact.last_day, day)
            ]
            for kind in _MEMBER_LISTS
        }
        self._in_use = _list_read(reading)
        registered = self._lists[MemberList.REGISTERED]
        recorded = any(item is not None for _, item in registered) or bool(
            self._attested[MemberList.REGISTERED]
        )
        differ = {p for p, _ in registered} != {p for p, _ in self._lists[MemberList.DECLARED]}
        self.points = ("AMB-HOUSEHOLD",) if recorded and differ else ()
        self._varies = bool(self.points)
        self._erased = membership.erased
        self.members = tuple(
            dict.fromkeys(p for p, _ in self._lists[self._in_use] if p is not None)
        )
        self.evidence: tuple[tuple[UUID | None, Recorded[Any]], ...] = (
            *((p, item) for p, item in self._lists[self._in_use] if item is not None),
            *((None, item) for item in self._attested[self._in_use][-1:]),
        )
        missing: list[Missing] = []
        if membership.erased or any(p is None for p, _ in self._lists[self._in_use]):
            missing.append(ERASED)
        if not self._attested[self._in_use] or not self._lists[self._in_use]:
            details = (("list", str(self._in_use)), ("day", day.isoformat()))
            missing.append(Missing("members_attested", supplier, details))
        self.missing = tuple(missing)

    def on(self, readings: dict[str, str]) -> list[UUID | None]:
        """Return the members under these readings; None for one whose person was erased."""
        return [person for person, _ in self._lists[self._read(readings)]]

    def listed(self, readings: dict[str, str]) -> list[tuple[UUID | None, HouseholdMember | None]]:
        """Return the members under these readings with what is recorded of them."""
        return [
            (person, None if item is None else item.fact)
            for person, item in self._lists[self._read(readings)]
        ]

    def complete(self, readings: dict[str, str]) -> bool:
        """Tell whether the list is attested to name everyone."""
        kind = self._read(readings)
        return bool(self._attested[kind]) and bool(self._lists[kind]) and not self._erased

    def _read(self, readings: dict[str, str]) -> MemberList:
        return _list_read(readings["AMB-HOUSEHOLD"]) if self._varies else self._in_use


def _list_read(reading: str) -> MemberList:
    return MemberList.DECLARED if reading == "a" else MemberList.REGISTERED


class Unexamined:
    """The household of a question that no rule about persons was needed for."""

    members: tuple[UUID, ...] = ()
    points: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    evidence: tuple[tuple[UUID | None, Recorded[Any]], ...] = ()

    def on(self, readings: dict[str, str]) -> list[UUID | None]:
        """Nobody was looked at."""
        return []

    def listed(self, readings: dict[str, str]) -> list[tuple[UUID | None, HouseholdMember | None]]:
        """Nobody was looked at."""
        return []

    def complete(self, readings: dict[str, str]) -> bool:
        """Nothing is known of who belongs to it."""
        return False


_MEMBER_LISTS = (MemberList.DECLARED, MemberList.REGISTERED, MemberList.ATTACHED)

ERASED = Missing("erased", "nobody")
NOT_EXAMINED = Tree((((), Finding(Status.NOT_EXAMINED)),))


def single(finding: Finding) -> Tree[Finding]:
    """Return the tree of a finding that no reading changes."""
    return Tree((((), finding),))


def as_known(record: Any, asked_on: date | None) -> Any:
    """Return the record as far as anything can be known when the question is put."""
    if asked_on is not None and isinstance(record, BenefitRecord):
        return record.as_far_as(asked_on)
    return record


def prepared(data_class: DataClass | None, facts: Any) -> Any:
    """Return the record that the rules of a data class work on; None stays None (erased).

    A record that was prepared before is taken as it is; classes that no rule about a member
    reads stay what they are.
    """
    if facts is None or isinstance(facts, Record):
        return facts
    if data_class is DataClass.BENEFITS:
        return BenefitRecord(facts)
    return Record(facts) if data_class in _READ_BY_RULES else facts


_READ_BY_RULES = frozenset(
    {
        DataClass.ATTESTATIONS,
        DataClass.CONVICTIONS,
        DataClass.TERMINATIONS,
        DataClass.TENANCY,
    }
)
