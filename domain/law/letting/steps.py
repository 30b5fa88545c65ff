"""May, must or may not the housing organisation let this dwelling to this household?

The rejections that the act commands come first, then the criteria, then the grounds that the
organisation says it considers to refuse on: no other is looked into, so that nobody's debts,
terminations or certificate are read for a power that nobody means to use.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import msgspec

from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    ApprovalAnswered,
    CombinedLettingDecided,
    CriteriaSet,
    OppositionAssessed,
)
from domain.facts.declared import ORGANISATION, Field
from domain.facts.kinds import MOST_ALTERNATIVES, Opaque
from domain.law.answer import Decision, Examined, Need
from domain.law.case import ERASED, single
from domain.law.edition import Edition, Step
from domain.law.kernel import Finding, Outcome, Readings, Status, Tree, chosen
from domain.law.letting import refusal
from domain.law.letting import rejection as law
from domain.law.letting.case import Grounds, IncomingQuestion
from domain.law.letting.refusal import RefusalGround
from domain.law.letting.rejection import FROM_THE_LIST, Days, LettingChannel
from domain.law.question import Day, question
from domain.reference import View


@question(
    "letting",
    da="Må boligorganisationen udleje boligen til husstanden på dagen?",
    asked_by=ORGANISATION,
    asks=("letting",),
)
class LettingQuestion(IncomingQuestion, frozen=True, kw_only=True):
    """May the organisation let this dwelling to this household on this day?"""

    day: Annotated[Day, Field(not_before="offered")]
    channel: Annotated[
        LettingChannel,
        Field("hvordan boligen udlejes", "which way it is let", usual="waiting_list"),
    ]
    lives_in_department: Annotated[
        bool | None,
        Field(
            "om ansøgeren allerede har en bolig i afdelingen",
            "whether the applicant has a dwelling in the same department already",
        ),
    ] = None
    offered: Annotated[
        date | None,
        Field("dagen for tilbuddet, hvis det er en anden", "the day of the offer, if another"),
    ] = None
    registered_on: Annotated[
        date | None,
        Field(
            "hvornår ansøgeren blev skrevet op",
            "since when the applicant is on the list",
            of_one=True,
        ),
    ] = None
    nobody_else: Annotated[
        bool,
        Field(
            "ingen anden på listen vil have den (§ 51 b)",
            "nobody else wants it (§ 51 b)",
            of_one=True,
        ),
    ] = False
    left_empty_since: Annotated[
        date | None,
        Field(
            "hvornår boligen blev ledig, når det er aftalt, at den står tom (§ 51 b, stk. 8)",
            "the day that it became vacant, where leaving it empty is agreed (§ 51 b, stk. 8)",
        ),
    ] = None
    advertised_on: Annotated[
        date | None,
        Field(
            "dagen for annonceringen af den ledige bolig (§ 60 a)",
            "the day that the vacant dwelling was advertised (§ 60 a)",
        ),
    ] = None
    sent_for_approval: Annotated[
        date | None,
        Field(
            "hvornår kommunen modtog udlejningen til godkendelse (§ 61)",
            "the day that the municipality received the letting for approval (§ 61)",
            of_one=True,
        ),
    ] = None
    way: Annotated[
        int | None,
        Field(
            "den måde eller tur efter kriterierne, som boligen er tildelt efter, som nummer i "
            "listen",
            "the way or turn of the criteria that the dwelling was allocated by, by its number in "
            "the list",
            least=1,
            most=MOST_ALTERNATIVES,
        ),
    ] = None
    way_of: Annotated[
        Opaque,
        Field(
            "de kriterier, hvis måde eller tur det er; tom: dem, der gælder",
            "the criteria whose way or turn it is; empty: those that bind",
        ),
    ] = ""
    consider: Annotated[
        tuple[RefusalGround, ...],
        Field(
            "en grund, som organisationen overvejer at afvise efter; flere kan nævnes",
            "a ground that the organisation considers to refuse on; may be given several times",
        ),
    ] = ()


_COMBINED = ("LET-KOMB-51B-BASE", "LET-KOMB-51B-EXT")
CRITERIA_RULES = (
    *("LET-FLEX-2011", "LET-FLEX-OBL", "LET-FLEX-OBL-FORE"),
    *("LET-ADVERTISED-CRITERIA", "LET-FLEX-VOL"),
)
ADVERTISED = "LET-ADVERTISED"

MUST_OFFER_ANOTHER = "MUST_OFFER_ANOTHER"
MUST_DRAW_LOTS = "MUST_DRAW_LOTS"
EVALUATION_OVERDUE = "EVALUATION_OVERDUE"


def letting(
    question: LettingQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide a letting on what stood at `position`, asking for facts as the rules need them.

    Raises BeforeCoverageError or DwellingUnknownError for a question that cannot be asked.
    """
    case = _Letting(question, view, position, edition)
    yield from case.examine()
    return case.decision()


class _Letting(Grounds[LettingQuestion]):
    """The working state of a letting question."""

    order = (
        "LET-OMD-51C",
        *_COMBINED,
        ADVERTISED,
        "LET-APPROVAL-42",
        *CRITERIA_RULES,
        refusal.CAP,
        *refusal.GROUNDS.values(),
    )

    def __init__(
        self, question: LettingQuestion, view: View, position: int, edition: Edition
    ) -> None:
        super().__init__(question, view, position, edition)
        self.decided_combined: dict[str, Recorded[CombinedLettingDecided]] = {}

    def examine(self) -> Generator[Need, Any, None]:
        """Read and examine what the rules in force need, and no more."""
        question = self.question
        transformation = self.transformation()
        combined = {
            rule_id: self._combined(rule_id, extended=rule_id == "LET-KOMB-51B-EXT")
            for rule_id in _COMBINED
        }
        approval = self.here("LET-APPROVAL-42", self._approval_here)
        rejects = self._from_the_list() and self.may_be_met(transformation)
        special = RefusalGround.SPECIAL_CASE in question.consider
        unknown = approval.under(self.readings).status is Status.UNKNOWN
        asked_for = unknown or self.may_be_met(approval)
        if rejects or asked_for or (special and self._reached_by_order()):
            yield from self.read_decisions()
        cap = self._cap_used()
        steps: list[tuple[str, Callable[[], Generator[Need, Any, None]]]] = []
        if question.channel is LettingChannel.ADVERTISED:
            steps.append((ADVERTISED, self._advertised_ground))
        steps += [
            ("LET-OMD-51C", partial(self._transformation_ground, transformation)),
            *(
                (rule_id, partial(self._combined_ground, rule_id, here))
                for rule_id, here in combined.items()
            ),
            ("LET-APPROVAL-42", partial(self._approval_ground, approval)),
            ("LET-FLEX-VOL", self._criteria_ground),
        ]
        if cap.status is Status.MET:
            steps.append((refusal.CAP, partial(self._cap_ground, cap)))
        steps += [
            (rule_id, partial(self._refusal_ground, ground))
            for ground, rule_id in refusal.GROUNDS.items()
        ]
        for number, (_, step) in enumerate(steps):
            yield from step()
            if self.settled():
                self.unexamined += [rule_id for rule_id, _ in steps[number + 1 :]]
                return

    def _from_the_list(self) -> bool:
        return self.question.channel in FROM_THE_LIST

    def _reached_by_order(self) -> bool:
        return self.question.channel not in refusal.OUTSIDE_THE_GROUNDS

    # -- § 60 a

    def _advertised_ground(self) -> Generator[Need, Any, None]:
        """Say whether the dwelling may be let by advertising at all."""
        question, rule = self.question, self.edition.rules[ADVERTISED]
        allowed = self.here(
            ADVERTISED,
            lambda readings: rule.evaluate(
                self.edition, self.view, self.dwelling.fact, question.day, readings
            ),
        )
        self.ground(
            ADVERTISED,
            None,
            lambda readings: chosen(allowed, readings),
            Outcome.PROHIBITED,
            adverse=Status.NOT_MET,
        )
        yield from ()

    def duties_for(self, outcome: Outcome) -> list[tuple[str, str]]:
        """Return what the answer obliges to: of an advertised dwelling, that lots are drawn."""
        advertised = self.question.channel is LettingChannel.ADVERTISED
        drawn = advertised and outcome in (Outcome.PERMITTED, Outcome.DISCRETIONARY)
        return [*self.duties, *([(MUST_DRAW_LOTS, ADVERTISED)] if drawn else [])]

    def advertised_on(self) -> date | None:
        """Return the day of the advertisement, where the question says one."""
        return self.question.advertised_on

    # -- § 51 c

    def _transformation_ground(self, here: Tree[Finding]) -> Generator[Need, Any, None]:
        conclude = self._not_rejected()
        if conclude is None and self.may_be_met(here):
            lift = self.dispensation()
            trees: dict[UUID, Tree[Finding]] = {}
            if lift.under(self.readings).status is not Status.MET:
                days = self.days_51c(self.question.offered)
                trees = yield from self.examine_couple("LET-OMD-51C", days.about())
            conclude = self._rejected("LET-OMD-51C", trees, lift, "LET-OMD-51C-DISP")
        self.ground("LET-OMD-51C", here, conclude, Outcome.PROHIBITED, members_rule="LET-OMD-51C")

    def _not_rejected(self) -> Callable[[Readings], Finding] | None:
        """Return why neither § 51 b nor § 51 c speaks of this applicant; None: they do."""
        if not self._from_the_list():
            values = (("channel", str(self.question.channel)),)
            return lambda _: Finding(Status.NOT_APPLICABLE, (), values)
        if self.question.lives_in_department:
            values = (("lives_in_department", "yes"),)
            return lambda _: Finding(Status.NOT_MET, (), values)
        return None

    def _rejected(
        self, rule_id: str, trees: dict[UUID, Tree[Finding]], lift: Tree[Finding], lift_id: str
    ) -> Callable[[Readings], Finding]:
        made = self.rejected(trees, lift, lift_id)
        resident = self.question.lives_in_department
        unless_resident = self.edition.rules[rule_id].part(law.unless_resident)
        return lambda readings: unless_resident(made(readings), resident, self.question.day)

    # -- § 51 b

    def _combined(self, rule_id: str, *, extended: bool) -> Tree[Finding]:
        combined_letting_here = self.edition.rules[rule_id].part(law.combined_letting_here)
        return self.here(
            rule_id,
            lambda readings: combined_letting_here(
                self.view, self.dwelling.fact, self.question.day, readings, extended=extended
            ),
        )

    def _combined_ground(self, rule_id: str, here: Tree[Finding]) -> Generator[Need, Any, None]:
        conclude = self._not_rejected()
        if conclude is None and self.may_be_met(here):
            question = self.question
            rule = self.edition.rules["LET-KOMB-51B-EMPTY"]
            lift = single(
                rule.evaluate(question.nobody_else, question.left_empty_since, question.day)
            )
            if rule_id == "LET-KOMB-51B-BASE":
                self.note(rule, lift)
            trees: dict[UUID, Tree[Finding]] = {}
            if lift.under(self.readings).status is not Status.MET:
                trees = yield from self.examine_couple(rule_id, "")
            conclude = self._rejected(rule_id, trees, lift, rule.id)
            self._remark_evaluation(rule_id, here)
        self.ground(rule_id, here, conclude, Outcome.PROHIBITED, members_rule=rule_id)

    def _remark_evaluation(self, rule_id: str, here: Tree[Finding]) -> None:
        for item in here.under(self.readings).evidence:
            if type(item.fact) is CombinedLettingDecided:
                self.decided_combined[rule_id] = item
                overdue = self.edition.rules[rule_id].part(law.evaluation_overdue)
                if overdue(item, self.question.day):
                    self.remark(EVALUATION_OVERDUE)

    # -- § 61 and order § 42

    def _approval_here(self, _: Readings) -> Finding:
        scheme = self.edition.rules["LET-APPROVAL-42"].part(refusal.approval_scheme)
        return scheme(self.view, self.dwelling.fact, self.question.day)

    def _approval_ground(self, here: Tree[Finding]) -> Generator[Need, Any, None]:
        answered = self.decided(ApprovalAnswered)
        question = self.question

        def refused(readings: Readings) -> Finding:
            if answered is None:
                return Finding(Status.UNKNOWN, (), (), (ERASED,))
            return self.edition.rules["LET-APPROVAL-42"].evaluate(
                answered,
                question.dwelling,
                question.day,
                question.sent_for_approval,
                readings,
            )

        if self.may_be_met(here):
            self.note(self.edition.rules["LET-APPROVAL-42"], self.explored(refused))
        self.ground("LET-APPROVAL-42", here, refused, Outcome.PROHIBITED)
        yield from ()

    # -- § 60

    def offered(self) -> date | None:
        """Return the day of the offer, where the question says one."""
        return self.question.offered

    def let_by(self, criteria: CriteriaSet) -> int | None:
        """Return the way or turn of the criteria that the dwelling is let by, where one is said."""
        of_these = self.question.way_of in ("", criteria.criteria)
        return self.question.way if of_these else None

    def _criteria_ground(self) -> Generator[Need, Any, None]:
        yield from self.criteria_ground(
            self.question.channel, self.question.lives_in_department, Outcome.PROHIBITED
        )

    # -- lov om boligforhold § 14

    def _cap_ground(self, cap: Finding) -> Generator[Need, Any, None]:
        """Hold the number of persons against the cap, whichever way the dwelling is let."""
        used = Finding(Status.MET, cap.evidence, (("cap", "used"),))
        here = self.here(refusal.CAP, lambda _: used)
        yield from self.read_household()
        rule = self.edition.rules[refusal.CAP]
        crowded = self.crowded(rule.parameters["persons_per_room"])
        capped = rule.evaluate
        self.ground(
            refusal.CAP,
            here,
            lambda readings: capped(crowded(readings)),
            Outcome.PROHIBITED,
        )

    # -- the letting order, §§ 26-30

    def _refusal_ground(self, ground: RefusalGround) -> Generator[Need, Any, None]:
        rule_id = refusal.GROUNDS[ground]
        if ground not in self.question.consider:
            self.unexamined.append(rule_id)
            return
        if not self._reached_by_order():
            values = (("channel", str(self.question.channel)),)
            outside = Finding(Status.NOT_APPLICABLE, (), values)
            self.ground(rule_id, None, lambda _: outside, Outcome.DISCRETIONARY)
            return
        if not self.edition.rules[rule_id].in_force(self.question.day):
            not_yet = Finding(Status.NOT_IN_FORCE)
            self.ground(rule_id, None, lambda _: not_yet, Outcome.DISCRETIONARY)
            return
        match ground:
            case RefusalGround.OCCUPANCY:
                yield from self._occupancy(rule_id)
            case RefusalGround.DEBT:
                yield from self._applicant_ground(rule_id, DataClass.TENANCY)
            case RefusalGround.TERMINATION:
                yield from self._members_ground(
                    rule_id, DataClass.TERMINATIONS, Days(takeover=self.question.takeover).about()
                )
            case RefusalGround.CERTIFICATE:
                yield from self._certificate(rule_id)
            case RefusalGround.SPECIAL_CASE:
                self._special_case(rule_id)

    def _cap_used(self) -> Finding:
        used = self.edition.rules[refusal.CAP].part(refusal.cap_used)
        return used(self.view, self.dwelling.fact, self.question.day)

    def _occupancy(self, rule_id: str) -> Generator[Need, Any, None]:
        cap = self._cap_used()
        used = cap.status is Status.MET
        status = Status.NOT_APPLICABLE if used else Status.MET
        values = (("cap", "used" if used else "not_used"),)
        here = self.here(rule_id, lambda _: Finding(status, cap.evidence, values))
        if not used:
            yield from self.read_household()
        most = self.edition.rules[rule_id].parameters["persons_per_room"]
        self.ground(rule_id, here, self.crowded(most), Outcome.DISCRETIONARY)

    def _applicant_ground(self, rule_id: str, data_class: DataClass) -> Generator[Need, Any, None]:
        yield from self.read_household()
        applicants, _, _ = self.roles(self.in_use_readings())
        trees: dict[UUID, Tree[Finding]] = {}
        for person in applicants[:1]:
            records = yield from self.read_class(data_class, (person,))
            trees.update(
                self.examine_members(self.edition.rules[rule_id], data_class, (person,), records)
            )
        self.ground(
            rule_id,
            None,
            lambda readings: self.applicant_found(trees, readings),
            Outcome.DISCRETIONARY,
            members_rule=rule_id,
        )

    def _members_ground(
        self,
        rule_id: str,
        data_class: DataClass,
        about: str = "",
        here: Tree[Finding] | None = None,
    ) -> Generator[Need, Any, None]:
        trees: dict[UUID, Tree[Finding]] = {}
        if here is None or self.may_be_met(here):
            yield from self.read_household()
            rule, members = self.edition.rules[rule_id], self.household.members
            records = yield from self.read_class(data_class, members)
            trees = self.examine_members(rule, data_class, members, records, about)
        self.ground(
            rule_id,
            here,
            lambda readings: self.any_member(trees, readings),
            Outcome.DISCRETIONARY,
            members_rule=rule_id,
        )

    def _certificate(self, rule_id: str) -> Generator[Need, Any, None]:
        certificate_here = self.edition.rules[rule_id].part(refusal.certificate_here)
        here = self.here(
            rule_id,
            lambda readings: certificate_here(
                self.edition,
                self.view,
                self.dwelling.fact,
                self.question.day,
                self.question.offered,
                readings,
            ),
        )
        about = f"area={self.dwelling.fact.area}"
        yield from self._members_ground(rule_id, DataClass.CONVICTIONS, about, here)

    def _special_case(self, rule_id: str) -> None:
        assessed = self.decided(OppositionAssessed)
        found = (
            Finding(Status.UNKNOWN, (), (), (ERASED,))
            if assessed is None
            else self.edition.rules[rule_id].evaluate(
                assessed, self.question.dwelling, self.question.day
            )
        )
        self.note(self.edition.rules[rule_id], single(found))
        self.ground(rule_id, None, lambda _: found, Outcome.DISCRETIONARY)

    # -- what the answer brings

    def decision(self) -> Decision:
        """Put the answer together; whom § 51 b rejects may be owed another dwelling."""
        made = super().decision()
        owed = self._owed(made.outcome)
        if owed is None:
            return made
        rule_id = "LET-KOMB-51B-OFFER"
        due = ((MUST_OFFER_ANOTHER, rule_id),) if owed.status is Status.MET else ()
        return msgspec.structs.replace(
            made,
            duties=(*made.duties, *due),
            concluded=(*made.concluded, Examined(rule_id, owed, single(owed))),
        )

    def _owed(self, outcome: Outcome) -> Finding | None:
        if outcome is not Outcome.PROHIBITED:
            return None
        for ground in self.grounds:
            decided = self.decided_combined.get(ground.rule_id)
            if decided is not None and ground.tree.under(self.readings).status is Status.MET:
                question, rule = self.question, self.edition.rules["LET-KOMB-51B-OFFER"]
                return rule.evaluate(decided, question.registered_on, question.day)
        return None


STEPS = (Step(LettingQuestion, letting),)
