"""An edition of the law: everything of it that an answer depends on, under one id.

A receipt names the edition that it was given under, and is computed again and put into words by
that edition alone. A released edition therefore never changes: what changes is `amended` into a
new one beside it, which holds only what differs (docs/amending.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from domain import canonical
from domain.law.answer import Decision, Need
from domain.law.kernel import OpenPoint, Rule, start_points
from domain.law.question import Question
from domain.law.texts.kinds import Texts

K = TypeVar("K", Rule, "Step")


@dataclass(frozen=True, slots=True)
class Step:
    """How one kind of question is examined, in one revision.

    `examine` takes the question, the reference state, the position and the edition, asks for
    facts as the rules need them, and returns the decision.
    """

    question: type[Question]
    examine: Callable[..., Generator[Need, Any, Decision]]
    revision: int = 1
    first_day: date | None = None
    """The first day that the question can be asked about; None: the edition's."""

    @property
    def id(self) -> str:
        """The kind of question."""
        return self.question.kind


class EditionUnknownError(LookupError):
    """The edition that a receipt names is none that this version can run."""

    def __init__(self, id: str) -> None:
        super().__init__(f"this version of husret cannot run the edition {id} of the law")
        self.id = id


@dataclass(frozen=True, eq=False)
class Edition:
    """Rules, open points, steps and texts of the law, each in one revision, with their days.

    `first_day` is the first day that may be asked about; `reviewed_through` is the day that the
    law was last compared with its sources.
    """

    rules: Mapping[str, Rule]
    open_points: Mapping[str, OpenPoint]
    steps: Mapping[str, Step]
    """By kind of question, how it is examined."""
    texts: Texts
    first_day: date
    reviewed_through: date
    semantics: int = 1
    """Version of the meaning of what all steps share: kernel, cases, and `domain.decide`."""
    not_covered: Mapping[str, str] = field(default_factory=dict)
    """Grounds of the act that the edition does not hold, by rule id, with their citation."""

    def amended(
        self,
        *,
        rules: Iterable[Rule] = (),
        without_rules: Collection[str] = (),
        points: Iterable[OpenPoint] = (),
        without_points: Collection[str] = (),
        steps: Iterable[Step] = (),
        texts: Mapping[str, Any] | None = None,
        **others: Any,
    ) -> Edition:
        """Return the edition after this one: what is given here, and for the rest what this holds.

        `texts` by the name of their table: what is put into a table, or takes a text's place.
        `others` are the fields that hold one value (days, semantics, what is not covered).

        Raises ValueError for a rule or step that replaces one of the same revision, and for the
        name of a rule, point or table that this edition does not have.
        """
        for gone, held in ((without_rules, self.rules), (without_points, self.open_points)):
            if unknown := sorted(set(gone) - set(held)):
                raise ValueError(f"there is none to leave out: {', '.join(unknown)}")
        kept = {id: rule for id, rule in self.rules.items() if id not in without_rules}
        read = {id: each for id, each in self.open_points.items() if id not in without_points}
        return replace(
            self,
            rules=_replaced(kept, rules),
            open_points={**read, **{point.id: point for point in points}},
            steps=_replaced(self.steps, steps),
            texts=self.texts.amended(texts or {}),
            **others,
        )

    @cached_property
    def points(self) -> dict[str, OpenPoint]:
        """The open points, and one for each rule whose first day was not verified."""
        return {**self.open_points, **start_points(self.rules.values())}

    @cached_property
    def rule_numbers(self) -> dict[str, int]:
        """Each rule's place among the sorted ids: how the page of a waiting list names it."""
        return {rule_id: number for number, rule_id in enumerate(sorted(self.rules))}

    def covers_from(self, kind: str) -> date:
        """Return the first day that a kind of question may be asked about."""
        return self.steps[kind].first_day or self.first_day

    @cached_property
    def id(self) -> str:
        """The SHA-256, in hex, of the canonical form of all that it holds (docs/formats.md)."""
        described: dict[str, Any] = {
            "first_day": self.first_day,
            "not_covered": self.not_covered,
            "points": sorted((p.id, p.readings, p.default or "") for p in self.points.values()),
            "reviewed_through": self.reviewed_through,
            "rules": sorted((r.id, r.declaration_hash()) for r in self.rules.values()),
            "semantics": self.semantics,
            "steps": sorted((s.id, s.revision, s.first_day) for s in self.steps.values()),
            "texts": hashlib.sha256(canonical.encode(self.texts.described())).hexdigest(),
        }
        return hashlib.sha256(canonical.encode(described)).hexdigest()


def _replaced(held: Mapping[str, K], new: Iterable[K]) -> dict[str, K]:
    """Return what is held with what is new in its place; one of the same revision is refused."""
    found = dict(held)
    for each in new:
        before = held.get(each.id)
        if before is not None and before.revision == each.revision:
            raise ValueError(f"{each.id} is another in the same revision, {each.revision}")
        found[each.id] = each
    return found
