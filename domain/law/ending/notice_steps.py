"""May, or must, the landlord give notice for demolition or sale, and does the notice hold?

Almenlejeloven §§ 85, stk. 1, nr. 1 and 2, 88 and 89, almenboligloven § 27, stk. 4. The notice
itself is part of the question: what it says, when it arrived, and what followed.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import DisposalKind, DwellingKind
from domain.facts.declared import ORGANISATION, Field
from domain.law.answer import Decision, Examined, Need, Value, ValueKind
from domain.law.case import ERASED, single
from domain.law.edition import Edition, Step
from domain.law.ending import sale
from domain.law.ending.notice import Objection
from domain.law.home import (
    ENDING_FIRST_DAY,
    AgreedWeeks,
    HomeCase,
    HomeQuestion,
    OtherDwellingAssigned,
)
from domain.law.kernel import Change, Finding, Missing, Outcome, Status, Tree, all_met
from domain.law.question import question
from domain.reference import View

MUST_GIVE_NOTICE = "MUST_GIVE_NOTICE"
MUST_SUE = "MUST_SUE"


class NoticeGround(StrEnum):
    """The ground of the notice (§ 85, stk. 1)."""

    DEMOLITION = "demolition"
    """Nr. 1: demolition, or a rebuilding that the dwelling must be left for."""
    SALE = "sale"
    """Nr. 2: a property in a vulnerable area is transferred."""


@question(
    "notice",
    da="Må eller skal husstanden opsiges på grund af nedrivning eller salg, og holder det?",
    asked_by=ORGANISATION,
    asks=("termination", "sale"),
    purpose="ending",
)
class NoticeQuestion(HomeQuestion, frozen=True, kw_only=True):
    """May, or must, notice be given to this household for demolition or sale, and does it hold?"""

    ground: Annotated[NoticeGround, Field("grunden til opsigelsen", "why notice is given")]
    received_on: Annotated[
        date | None,
        Field(
            "hvornår opsigelsen kom, eller kommer, frem til lejeren",
            "when the notice reached the tenant, or is to reach",
        ),
    ] = None
    written: Annotated[bool | None, Field("om den er skriftlig", "whether it is in writing")] = None
    states_ground: Annotated[
        bool | None, Field("om den nævner grunden", "whether it states the ground")
    ] = None
    states_objection: Annotated[
        bool | None,
        Field(
            "om den siger, at lejeren kan gøre indsigelse",
            "whether it says that the tenant may object",
        ),
    ] = None
    objected: Annotated[
        bool | None,
        Field(
            "om lejeren har gjort skriftlig indsigelse; en dag siger det også",
            "whether the tenant has objected in writing; a day says so too",
        ),
    ] = None
    objected_on: Annotated[
        date | None, Field("hvornår lejeren gjorde indsigelse", "when the tenant objected")
    ] = None
    sued: Annotated[
        bool | None,
        Field(
            "om udlejer har anlagt sag; en dag siger det også",
            "whether the landlord has gone to court; a day says so too",
        ),
    ] = None
    sued_on: Annotated[
        date | None, Field("hvornår udlejer anlagde sag", "when the landlord went to court")
    ] = None
    agreed_weeks: AgreedWeeks = None
    other_dwelling_assigned: OtherDwellingAssigned = None


def notice(
    question: NoticeQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide a notice on what stood at `position`, asking for facts as the rules need them.

    Raises BeforeCoverageError and DwellingUnknownError for a question that cannot be asked.
    """
    case = _Notice(question, view, position, edition)
    yield from case.examine()
    return case.decision()


_KINDS = {
    NoticeGround.DEMOLITION: (DisposalKind.DEMOLITION, DisposalKind.REBUILDING),
    NoticeGround.SALE: (DisposalKind.SALE,),
}


class _Notice(HomeCase[NoticeQuestion]):
    """The working state of a notice question."""

    def __init__(
        self, question: NoticeQuestion, view: View, position: int, edition: Edition
    ) -> None:
        super().__init__(question, view, position, edition)
        self.planned = sale.disposal(view, question.dwelling, question.day, _KINDS[question.ground])
        self.demanded: Tree[Finding] = single(Finding(Status.NOT_APPLICABLE))
        self.erased = False

    # -- examining

    def examine(self) -> Generator[Need, Any, None]:
        """Read and examine what the rules in force need: of the household only for a sale."""
        question, day, rules = self.question, self.question.day, self.edition.rules
        area = self.dwelling.fact.area
        if question.ground is NoticeGround.DEMOLITION:
            found = rules["TERM-85-1"].evaluate(self.planned, day)
            self.ground = self._take("TERM-85-1", single(found))
            self._approvals("SALE-28-DEMO")
        else:
            rule = rules["TERM-85-2"]
            evaluate = partial(rule.evaluate, self.edition, self.view, area, self.planned, day)
            self.ground = self._take(rule.id, self.explored(evaluate))
            former = rules["PLAN-FORMER-TOOLS"]
            if area is not None and former.in_force(day):
                tree = self.explored(partial(former.evaluate, self.view, area, day))
                self._take(former.id, tree)
            self._approvals("SALE-27")
            self._approvals("SALE-28-DEMO")
        self.period = self._take(
            "TERM-88-NOTICE",
            self.explored(
                partial(
                    rules["TERM-88-NOTICE"].evaluate,
                    question.received_on,
                    self.dwelling.fact.kind is DwellingKind.YOUTH,
                    question.agreed_weeks,
                    day,
                )
            ),
        )
        self.form = self._take(
            "TERM-89-FORM",
            single(
                rules["TERM-89-FORM"].evaluate(
                    question.written,
                    question.states_ground,
                    question.states_objection,
                    question.received_on,
                    Objection(
                        question.objected if question.objected_on is None else True,
                        question.objected_on,
                        question.sued if question.sued_on is None else True,
                        question.sued_on,
                    ),
                    day,
                )
            ),
        )
        self.care = self.examine_care(question.other_dwelling_assigned)
        if question.ground is NoticeGround.SALE and self.planned is not None:
            decisions: Sequence[Recorded[Any]] | None = yield Need(DataClass.DECISIONS)
            rule = rules["SALE-27-4"]
            if decisions is None:
                self.erased = True
                tree = single(Finding(Status.UNKNOWN, (), (), (ERASED,)))
            else:
                tree = self.explored(
                    partial(
                        rule.evaluate,
                        self.edition,
                        self.view,
                        area,
                        self.planned,
                        decisions,
                        question.dwelling,
                        day,
                    )
                )
            self.demanded = self._take(rule.id, tree)

    def _approvals(self, rule_id: str) -> None:
        """Say whether the grounds given could be approved; it informs and decides nothing."""
        if self.planned is not None:
            rule, area = self.edition.rules[rule_id], self.dwelling.fact.area
            evaluate = partial(
                rule.evaluate,
                self.edition,
                self.view,
                area,
                self.planned.fact.grounds,
                (self.planned,),
                self.question.day,
            )
            self._take(rule_id, self.explored(evaluate))

    def _take(self, rule_id: str, tree: Tree[Finding]) -> Tree[Finding]:
        self.note(self.edition.rules[rule_id], tree)
        return tree

    # -- from findings to the outcome

    def _outcome_under(self, readings: dict[str, str]) -> Outcome | None:
        if self.stale:
            return Outcome.UNDETERMINED
        found = [tree.under(readings) for tree in (self.ground, self.period, self.form)]
        if self.care.status is not Status.NOT_APPLICABLE:
            found.append(self.care)
        status = all_met(each.status for each in found)
        if status is Status.NOT_MET:
            return Outcome.PROHIBITED
        if status is Status.NOT_EXAMINED:
            return None
        demanded = self.demanded.under(readings).status
        if status is Status.UNKNOWN or demanded is Status.UNKNOWN:
            return Outcome.UNDETERMINED
        if demanded is Status.NOT_EXAMINED:
            return None
        return Outcome.PERMITTED if demanded is Status.MET else Outcome.DISCRETIONARY

    # -- the decision

    def decision(self) -> Decision:
        """Put the answer together from what was examined."""
        varied = self.outcome_varied(self._outcome_under)
        outcome = varied.outcome
        demanded = self.demanded.under(self.readings).status
        duties: list[tuple[str, str]] = []
        if demanded is Status.MET and outcome is not Outcome.PROHIBITED:
            duties.append((MUST_GIVE_NOTICE, "SALE-27-4"))
        form = self.form.under(self.readings)
        if outcome is not Outcome.PROHIBITED and any(
            ("objection", "open") in each.values and each.status is Status.MET
            for each in form.conditions
        ):
            duties.append((MUST_SUE, "TERM-89-FORM"))
        return Decision(
            question=self.question,
            position=self.position,
            edition=self.edition.id,
            area=self.dwelling.fact.area,
            outcome=outcome,
            examined=tuple(self.examined),
            reference=self.reference(),
            missing=self._missing() if outcome is Outcome.UNDETERMINED else (),
            changes=self._changes() if outcome is Outcome.PROHIBITED else (),
            variations=varied.variations,
            exhaustive=varied.exhaustive,
            consulted=tuple(self.consulted),
            chosen=self.chosen,
            duties=tuple(duties),
            values=self._values(),
            decided_by=self._decided_by() if outcome is Outcome.PROHIBITED else (),
        )

    def _values(self) -> tuple[Value, ...]:
        found = []
        end = dict(self.period.under(self.readings).values).get("earliest_end")
        if end is not None:
            found.append(Value("earliest_end", ValueKind.DAY, end, "TERM-88-NOTICE"))
        for name, day in self.form.under(self.readings).values:
            found.append(Value(name, ValueKind.DAY, day, "TERM-89-FORM"))
        return tuple(found)

    def _needed(self) -> list[Examined]:
        needed = (
            "TERM-85-1",
            "TERM-85-2",
            "TERM-86-7",
            "TERM-88-NOTICE",
            "TERM-89-FORM",
            "SALE-27-4",
        )
        return [each for each in self.examined if each.rule_id in needed]

    def _missing(self) -> tuple[tuple[Missing, UUID | None], ...]:
        found: dict[tuple[Missing, UUID | None], None] = {}
        for each in self._needed():
            if each.finding.status is Status.UNKNOWN:
                found.update(dict.fromkeys((missing, None) for missing in each.finding.missing))
        return tuple(found)

    def _decided_by(self) -> tuple[Examined, ...]:
        """Return what the notice lacks; that it need not be given (§ 27, stk. 4) is no lack."""
        return tuple(
            each
            for each in self._needed()
            if each.finding.status is Status.NOT_MET and each.rule_id in _CHANGES
        )

    def _changes(self) -> tuple[tuple[Change, str, UUID | None], ...]:
        return tuple((_CHANGES[each.rule_id], each.rule_id, None) for each in self._decided_by())


_CHANGES = {
    "TERM-85-1": Change("disposal_documented"),
    "TERM-85-2": Change("sale_in_vulnerable_area"),
    "TERM-86-7": Change("other_dwelling_assigned"),
    "TERM-89-FORM": Change("new_notice"),
}


STEPS = (Step(NoticeQuestion, notice, first_day=ENDING_FIRST_DAY),)
