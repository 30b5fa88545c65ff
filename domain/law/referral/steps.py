"""May the municipality refer this household to this dwelling on this day?

The order of reading is: the law and its readings, the dwelling and what puts it at disposal, its
area and lists, the controller's own decisions, and only then persons, ground by ground in the
order of the act; last, beside § 59, the Integration Act's ban for refugees.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec

from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import DwellingKind, DwellingRecorded, InstanceCreated
from domain.facts.declared import MUNICIPALITY, Field
from domain.law.answer import (
    BeforeCoverageError,
    Decision,
    DwellingUnknownError,
    Examined,
    FactsRead,
    Membership,
    Need,
    noted,
)
from domain.law.case import (
    ERASED,
    NOT_EXAMINED,
    Case,
    Household,
    settings,
    single,
)
from domain.law.edition import Edition, Step
from domain.law.kernel import (
    Change,
    Confidence,
    Finding,
    Missing,
    Outcome,
    Rule,
    Status,
    Tree,
    Variation,
    Varied,
    applies,
    explore,
)
from domain.law.question import Dwelling, Question, question
from domain.law.referral import bases
from domain.law.referral import grounds as law
from domain.law.referral.bases import Basis
from domain.law.referral.grounds import Place, Regime
from domain.reference import View


@question(
    "referral",
    da="Må kommunen anvise boligen til husstanden på dagen?",
    asked_by=MUNICIPALITY,
    asks=("referral",),
    purpose="referral",
)
class ReferralQuestion(Question, frozen=True, kw_only=True):
    """May the municipality refer this household to this dwelling on this day?"""

    dwelling: Dwelling
    basis: Annotated[
        Basis,
        Field(
            "det, kommunen råder over boligen efter",
            "what the dwelling is at the municipality's disposal under",
            usual="stk_1",
        ),
    ]
    # Days of the letting and of moving in; None: not stated (AMB-REFDATE-59).
    letting_day: Annotated[
        date | None,
        Field("dagen for udlejningen", "the day of the letting, if known", not_before="day"),
    ] = None
    move_in_day: Annotated[
        date | None,
        Field("dagen for indflytningen", "the day of moving in, if known", not_before="day"),
    ] = None


class BasisMismatchError(ValueError):
    """The basis of the question does not go with the dwelling's kind."""


MUST_REFER_INSIDE = "MUST_REFER_INSIDE"
OUTSIDE_SECTION_59 = "OUTSIDE_SECTION_59"
"""§ 59, stk. 1-5 speak of family and youth dwellings; the edition holds nothing on others."""
BASIS_NOT_RECORDED = "BASIS_NOT_RECORDED"
"""No decision or agreement under § 59, stk. 1-3 is recorded, so that no ledger can count it."""

REFDATE = "AMB-REFDATE-59"
_STATED = {
    "b": ("letting_day", Missing("letting_day_stated", "municipality_referral")),
    "c": ("move_in_day", Missing("move_in_day_stated", "municipality_referral")),
}
"""What the question must state where the bans are read to be about that day."""

T = TypeVar("T")

Limb = tuple[str, DataClass]
"""A rule about members, and the class of data that this part of it takes."""


def referral(
    question: ReferralQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide a referral on what stood at `position`, asking for facts as the rules need them.

    Raises BeforeCoverageError, DwellingUnknownError or BasisMismatchError for a question that
    cannot be asked.
    """
    days = {
        "a": question.day,
        "b": question.letting_day or question.day,
        "c": question.move_in_day or question.day,
    }
    _, _, readings = settings(view, question.day, edition)
    judged = days[readings[REFDATE]]
    if set(days.values()) == {question.day}:
        case = ReferralCase(question, view, position, edition)
        yield from case.examine()
        decision = case.decision()
    else:
        case = ReferralCase(_put_for(question, judged), view, position, edition)
        decision = yield from _beside_other_days(case, question, days, view, position, edition)
    stated = _STATED.get(readings[REFDATE])
    if stated is None or getattr(question, stated[0]) is not None or not case.reached:
        return decision
    return _for_want_of_a_day(decision, stated[1])


def _for_want_of_a_day(decision: Decision, missing: Missing) -> Decision:
    """Return the answer where the day that the bans are read to be about is not stated.

    What comes out on the day asked about is what comes of reading the bans to be about it.
    """
    varied = decision.variations
    if decision.outcome is not Outcome.UNDETERMINED:
        other_days = (each for each in decision.variations if REFDATE in each.points)
        varied = (Variation((REFDATE,), ("a",), decision.outcome), *other_days)
    return msgspec.structs.replace(
        decision,
        outcome=Outcome.UNDETERMINED,
        missing=((missing, None), *decision.missing),
        variations=varied,
        consulted=tuple(dict.fromkeys((*decision.consulted, REFDATE))),
        changes=(),
        duties=(),
        decided_by=(),
    )


def _beside_other_days(
    case: ReferralCase,
    question: ReferralQuestion,
    days: dict[str, date],
    view: View,
    position: int,
    edition: Edition,
) -> Generator[Need, Any, Decision]:
    """Decide on the day that AMB-REFDATE-59 is read to mean, and try the others beside it."""
    judged = case.question.day
    facts_read = FactsRead()

    def on(day: date) -> Decision | None:
        return _supposed(_put_for(question, day), view, position, edition, facts_read)

    def prohibited_on_every_day() -> bool:
        others = [on(day) for day in set(days.values()) - {judged}]
        return all(each is not None and each.outcome is Outcome.PROHIBITED for each in others)

    case.holds_otherwise = prohibited_on_every_day
    yield from noted(case.examine(), facts_read)
    decision = case.decision()
    variations = list(decision.variations)
    exhaustive = decision.exhaustive
    for reading, day in days.items():
        if day == judged:
            continue
        other = on(day)
        if other is None or other.outcome is not decision.outcome:
            outcome = None if other is None else other.outcome
            variations.append(Variation((REFDATE,), (reading,), outcome))
            continue
        exhaustive = exhaustive and other.exhaustive
        variations += [
            Variation((REFDATE, *each.points), (reading, *each.readings), each.outcome)
            for each in other.variations
            if each not in decision.variations
        ]
    return msgspec.structs.replace(
        decision,
        question=question,
        judged_on=None if judged == question.day else judged,
        consulted=(*decision.consulted, REFDATE),
        variations=tuple(variations),
        exhaustive=exhaustive,
    )


def _put_for(question: ReferralQuestion, day: date) -> ReferralQuestion:
    """Return the question as put for one day alone."""
    asked_on = question.asked_on
    if asked_on is not None and day <= asked_on:
        asked_on = None
    return msgspec.structs.replace(
        question, day=day, asked_on=asked_on, letting_day=None, move_in_day=None
    )


def _supposed(
    question: ReferralQuestion, view: View, position: int, edition: Edition, facts_read: FactsRead
) -> Decision | None:
    """Decide on the facts at hand; None where that needs more, or cannot be asked."""
    try:
        case = ReferralCase(question, view, position, edition)
    except (BeforeCoverageError, DwellingUnknownError, BasisMismatchError):
        return None
    return case.decision() if facts_read.drives(case.examine()) is None else None


def speaks_of(basis: Basis, kind: DwellingKind) -> bool:
    """Tell whether a basis can put dwellings of this kind at the municipality's disposal.

    One that § 59 leaves out can be asked about all the same: the answer says so.
    """
    return _left_out(basis, kind) or kind in bases.KINDS[basis]


def _left_out(basis: Basis, kind: DwellingKind) -> bool:
    """Tell whether § 59, stk. 1-5 leaves the dwelling out: one for the elderly."""
    return kind is DwellingKind.ELDERLY and basis not in bases.BEYOND_SECTION_59


class ReferralCase(Case[ReferralQuestion]):
    """The working state of a referral question.

    `dwelling` and `place` are given where another dwelling or place than the one asked about is
    supposed (`alternatives.py`).
    """

    def __init__(
        self,
        question: ReferralQuestion,
        view: View,
        position: int,
        edition: Edition,
        *,
        dwelling: Recorded[DwellingRecorded] | None = None,
        place: Tree[Place] | None = None,
    ) -> None:
        super().__init__(question, view, position, edition)
        if dwelling is None:
            dwelling = view.dwelling(question.dwelling, question.day)
        if dwelling is None:
            raise DwellingUnknownError(question.dwelling)
        kind, basis = dwelling.fact.kind, question.basis
        by_section_59 = basis not in bases.BEYOND_SECTION_59
        outside = _left_out(basis, kind)
        if not speaks_of(basis, kind):
            raise BasisMismatchError(f"{basis} does not speak of {kind} dwellings")
        self.dwelling = dwelling
        self.basis_rule = bases.rule_of(basis, question.day)
        self.basis = Finding(Status.MET) if place is not None else self._basis()
        self.barred = not outside and bases.barred(self.basis_rule, self.basis)
        if basis is Basis.URBAN_RENEWAL:
            # Who is owed a replacement dwelling is housed already: neither act's bans reach them.
            place = Tree((((), Place(Regime.BEYOND_SECTION)),))
        self.place = self._place(by_section_59) if place is None else place
        examined = self._place_examined_for()
        self.regime = examined.regime
        self.reached = not self.barred and (
            self.regime in _BANNED or examined.refugees is not Status.NOT_MET
        )
        """Whether a ban of either act reaches the dwelling, or may."""
        self.banning_areas = examined.areas
        self.consult(self.place.points)
        self.holds_otherwise: Callable[[], bool] | None = None
        """Whether a prohibition holds on every other day that may count (AMB-REFDATE-59)."""
        self.right: Finding | None = None
        """What a household has a right to where its rehousing is the basis."""
        self.fallback: Tree[Finding] = NOT_EXAMINED
        self.exemptions: dict[str, Tree[Finding]] = {}
        self.grounds: dict[Limb, dict[UUID, Tree[Finding]]] = {}
        self._refugee_rules = _refugee_rules(self.place)
        self.refugees: dict[str, dict[UUID, Tree[Finding]]] = {}
        self.ukraine: Tree[bool] = Tree((((), False),))
        """Whether the exception for persons from Ukraine applies on the day."""
        self.assessment: Tree[Finding] = NOT_EXAMINED
        self.permits: dict[UUID, Tree[Finding]] = {}
        self._points: dict[Limb, list[str]] = {}
        self._statuses: dict[tuple[Any, ...], Status] = {}
        self._settled_grounds: dict[tuple[Regime, int], tuple[frozenset[Status], list[Limb]]] = {}

    # -- examining, step by step

    def _basis(self) -> Finding:
        question, fact = self.question, self.dwelling.fact
        key = ("basis", question.dwelling, fact, question.basis, question.day, self.edition.id)
        known: Finding | None = self.view.memo.get(key)
        if known is None:
            known = self.view.memo[key] = bases.condition(
                self.edition,
                self.view,
                question.dwelling,
                fact,
                question.basis,
                question.day,
            )
        return known

    def _place(self, by_section_59: bool) -> Tree[Place]:
        dwelling, day = self.dwelling.fact, self.question.day
        key = (
            "place",
            dwelling.area,
            dwelling.department_areas,
            dwelling.kind,
            by_section_59,
            day,
            self.edition.id,
        )
        known: Tree[Place] | None = self.view.memo.get(key)
        if known is None:
            known = self.view.memo[key] = explore(
                self.edition.points,
                lambda readings: law.place(
                    self.edition, self.view, dwelling, day, readings, by_section_59
                ),
            )
        return known

    def _place_examined_for(self) -> Place:
        """Return the place to examine: where no reading is in use, the most demanding one."""
        if len(self.place.leaves) == 1:
            return self.place.leaves[0][1]
        return min(
            self._not_ruled_out(self.place),
            key=lambda place: (
                _MOST_DEMANDING.index(place.regime),
                place.refugees is Status.NOT_MET,
            ),
        )

    def examine(self) -> Generator[Need, Any, None]:
        """Read and examine what the rules in force need, and no more."""
        if self.barred or self.regime is Regime.OUTSIDE_SECTION:
            return
        refugees = self._place_examined_for().refugees is not Status.NOT_MET
        rehoused = self.question.basis is Basis.URBAN_RENEWAL
        banned = self.regime in _BANNED
        if not (banned or refugees or rehoused):
            return
        decisions = yield Need(DataClass.DECISIONS)
        if rehoused and not self._examine_right(decisions):
            return
        if banned:
            self._examine_fallback(decisions)
        if refugees:
            self._examine_assessment(decisions)
        lifted = self._lifted(self.fallback)
        if self.regime is Regime.UNKNOWN and not lifted:
            return
        if self.regime is Regime.PREVENTION and not lifted:
            self._examine_exemption()
            lifted = self._exempt(self.readings) is Status.MET
        grounds = () if lifted else law.GROUNDS.get(self.regime, ())
        if not grounds and not refugees:
            return
        membership: Membership = yield Need(DataClass.MEMBERSHIP)
        self.household = Household(membership, self.question.day, self.readings["AMB-HOUSEHOLD"])
        self.consult(self.household.points)
        members = self.household.members
        held: dict[DataClass, dict[UUID, Any]] = {}
        for rule_id in grounds:
            rule = self.edition.rules[rule_id]
            if not rule.in_force(self.question.day):
                continue
            for data_class in classes_of(rule):
                if data_class not in held and members:
                    held[data_class] = yield from self.read_members(data_class, members)
                self._examine_ground(rule, data_class, members, held.get(data_class, {}))
                if self._prohibited_for_sure((rule_id, data_class)):
                    return
        if refugees:
            data_class = DataClass.ATTESTATIONS
            if data_class not in held and members:
                held[data_class] = yield from self.read_members(data_class, members)
            self._examine_refugees(members, held.get(data_class, {}))

    def _examine_right(self, decisions: Sequence[Recorded[Any]] | None) -> bool:
        """Look for a right to a replacement dwelling; tell whether the household may have one."""
        rule = self.edition.rules[self.basis_rule]
        if decisions is None:
            found = Finding(Status.UNKNOWN, (), (), (ERASED,))
        else:
            found = rule.about(DataClass.DECISIONS)(decisions, self.question.day)
        self.right = found
        self.examined.append(
            Examined(rule.id, found, single(found), data_class=DataClass.DECISIONS)
        )
        return found.status is not Status.NOT_MET

    def _examine_fallback(self, decisions: Sequence[Recorded[Any]] | None) -> None:
        rule = self.edition.rules["REF-FALLBACK"]
        day = self.question.day
        if decisions is None:
            self.fallback = single(Finding(Status.UNKNOWN, (), (), (ERASED,)))
        else:
            ordered = self.regime in (Regime.VULNERABLE, Regime.UNKNOWN)
            prevention = self._prevention_areas() if decisions else Finding(Status.NOT_EXAMINED)
            self.fallback = self.explored(
                lambda readings: (
                    rule.evaluate(decisions, day, ordered, prevention, readings)
                    if applies(rule, day, readings)
                    else Finding(Status.NOT_IN_FORCE)
                )
            )
        self.note(rule, self.fallback)

    def _prevention_areas(self) -> Finding:
        key = ("prevention areas", self.dwelling.fact.municipality, self.question.day)
        known: Finding | None = self.view.memo.get(key)
        if known is None:
            known = self.view.memo[key] = law.any_prevention_area(self.view, key[1], key[2])
        return known

    def _examine_exemption(self) -> None:
        """Every prevention area that brings the ban about must be exempt.

        What it rests on is open and read already, so that no reading would need more facts: a
        count that is not recorded leaves open what it leaves open on each of them.
        """
        rule = self.edition.rules["REF-FORE-30PCT"]
        municipality, day = self.dwelling.fact.municipality, self.question.day
        for area in self.banning_areas:
            evaluate = partial(rule.evaluate, self.view, municipality, area, day)
            tree = explore(self.edition.points, evaluate)
            self.note(rule, tree)
            self.exemptions[area] = tree

    def _exempt(self, readings: dict[str, str]) -> Status:
        """Return whether all areas that ban are exempt, under these readings."""
        areas = self.place.under(readings).areas
        if any(area not in self.exemptions for area in areas):
            return Status.NOT_EXAMINED
        found = {self.exemptions[area].under(readings).status for area in areas}
        for status in (Status.NOT_MET, Status.NOT_EXAMINED, Status.UNKNOWN):
            if status in found:
                return status
        return Status.MET

    def _examine_ground(
        self,
        rule: Rule,
        data_class: DataClass,
        members: tuple[UUID, ...],
        records: dict[UUID, Any],
    ) -> None:
        trees = self.examine_members(rule, data_class, members, records)
        self.grounds[rule.id, data_class] = trees
        if data_class is DataClass.ATTESTATIONS and self._students(trees):
            self.consult(("AMB-STUDENT",))

    def _students(self, trees: dict[UUID, Tree[Finding]]) -> bool:
        return len(trees) > 1 and any(
            ("enrolled", "yes") in finding.values
            for tree in trees.values()
            for _, finding in tree.leaves
        )

    # -- refugees

    def _examine_assessment(self, decisions: Sequence[Recorded[Any]] | None) -> None:
        """Look for the municipality's assessment about persons displaced from Ukraine."""
        rule, day = self.edition.rules["REF-UKRAINE"], self.question.day
        self.ukraine = explore(self.edition.points, lambda readings: applies(rule, day, readings))
        if not any(in_force for _, in_force in self.ukraine.leaves):
            return
        if decisions is None:
            self.assessment = single(Finding(Status.UNKNOWN, (), (), (ERASED,)))
        else:
            assess = partial(rule.about(DataClass.DECISIONS), decisions, day)
            self.assessment = self.explored(assess)
        found = self.assessment.under(self.readings)
        self.examined.append(
            Examined(rule.id, found, self.assessment, data_class=DataClass.DECISIONS)
        )

    def _examine_refugees(self, members: tuple[UUID, ...], records: dict[UUID, Any]) -> None:
        data_class = DataClass.ATTESTATIONS
        for rule_id in self._refugee_rules:
            rule = self.edition.rules[rule_id]
            trees = self.examine_members(rule, data_class, members, records)
            self.refugees[rule_id] = trees
        assessed = {found.status for found in self._not_ruled_out(self.assessment)}
        if assessed & {Status.MET, Status.UNKNOWN}:
            possible = tuple(
                person
                for person in members
                if any(
                    finding.status is not Status.NOT_MET
                    for trees in self.refugees.values()
                    for _, finding in trees[person].leaves
                )
            )
            rule = self.edition.rules["REF-UKRAINE"]
            if possible:
                self.consult((*self.ukraine.points, *self.assessment.points))
            self.permits = self.examine_members(rule, data_class, possible, records)

    def _excepted(self, person: UUID, readings: dict[str, str]) -> Status:
        """Return whether the exception for persons from Ukraine lifts the ban for a member."""
        if person not in self.permits or not self.ukraine.under(readings):
            return Status.NOT_MET
        both = {self.assessment.under(readings).status, self.permits[person].under(readings).status}
        for status in (Status.NOT_MET, Status.UNKNOWN):
            if status in both:
                return status
        return Status.MET

    def _refugee_ban(self, place: Place, readings: dict[str, str]) -> Outcome | None:
        """Return what the Integration Act says; None: not examined."""
        if place.refugees is Status.NOT_MET:
            return Outcome.PERMITTED
        trees = self.refugees.get(place.refugee_rule)
        if trees is None:
            return None
        statuses = {
            self._refugee_status(person, trees, readings) for person in self.household.on(readings)
        }
        if Status.MET in statuses and self._may_ban(place.refugee_rule):
            unsure = place.refugees is Status.UNKNOWN
            return Outcome.UNDETERMINED if unsure else Outcome.PROHIBITED
        if Status.NOT_EXAMINED in statuses:
            return None
        if not self.household.complete(readings) or statuses - {Status.NOT_MET}:
            return Outcome.UNDETERMINED
        return Outcome.PERMITTED

    def _refugee_status(
        self, person: UUID | None, trees: dict[UUID, Tree[Finding]], readings: dict[str, str]
    ) -> Status:
        if person is None:
            return Status.UNKNOWN
        tree = trees.get(person)
        if tree is None:
            return Status.NOT_EXAMINED
        status = tree.under(readings).status
        if status is Status.NOT_MET:
            return status
        match self._excepted(person, readings):
            case Status.MET:
                return Status.NOT_MET
            case Status.UNKNOWN:
                return Status.UNKNOWN
            case _:
                return status

    # -- whether the search may stop

    def _lifted(self, tree: Tree[Finding]) -> bool:
        """Tell whether the reading in use lifts the ban, so that it needs nothing of persons."""
        return tree.under(self.readings).status is Status.MET

    def _prohibited_for_sure(self, limb: Limb) -> bool:
        """Tell whether the ground just examined prohibits under every reading consulted."""
        trees = self.grounds[limb].values()
        if not any(finding.status is Status.MET for tree in trees for _, finding in tree.leaves):
            return False
        varied = self._varied()
        sure = varied.outcome is Outcome.PROHIBITED and not varied.variations
        return sure and (self.holds_otherwise is None or self.holds_otherwise())

    # -- from findings to the outcome

    def _outcome_under(self, readings: dict[str, str]) -> Outcome | None:
        if self.stale:
            return Outcome.UNDETERMINED
        if self.barred:
            return Outcome.PROHIBITED
        if self.right is not None and self.right.status is Status.NOT_MET:
            return Outcome.PROHIBITED
        unsure = Status.UNKNOWN in (self.basis.status, self.right and self.right.status)
        place = self.place.under(readings)
        if place.regime is Regime.OUTSIDE_SECTION:
            return Outcome.UNDETERMINED
        banned = self._section_59(place, readings)
        refugees = self._refugee_ban(place, readings)
        if Outcome.PROHIBITED in (banned, refugees):
            return Outcome.PROHIBITED
        if place.regime is Regime.UNKNOWN and banned is Outcome.UNDETERMINED:
            return Outcome.UNDETERMINED
        if banned is None or refugees is None:
            return None
        unsure = unsure or Outcome.UNDETERMINED in (banned, refugees)
        return Outcome.UNDETERMINED if unsure else Outcome.PERMITTED

    def _section_59(self, place: Place, readings: dict[str, str]) -> Outcome | None:
        """Return what § 59, stk. 6 to 9 say; None: not examined."""
        regime = place.regime
        if regime in (Regime.ORDINARY, Regime.BEYOND_SECTION):
            return Outcome.PERMITTED
        lifts = [self.fallback.under(readings).status]
        if regime is Regime.PREVENTION:
            lifts.append(self._exempt(readings))
        if Status.MET in lifts:
            return Outcome.PERMITTED
        if Status.NOT_EXAMINED in lifts:
            return None
        if regime is Regime.UNKNOWN:
            return Outcome.UNDETERMINED if self._may_be_banned(readings) else Outcome.PERMITTED
        return self._banned(regime, readings, Status.UNKNOWN in lifts)

    def _may_be_banned(self, readings: dict[str, str]) -> bool:
        """Tell whether some ground stands or was not examined, whichever ban there may be.

        Stk. 6 holds every ground of stk. 7.
        """
        widest = Regime.VULNERABLE if self.question.day >= law.SCOPE_OF_2018 else Regime.GHETTO
        return any(
            self._ground_status(limb, readings) is not Status.NOT_MET
            for limb in self._limbs(widest)
        )

    def _banned(
        self, regime: Regime, readings: dict[str, str], lift_unknown: bool
    ) -> Outcome | None:
        settled, varying = self._settled(regime)
        statuses = {*settled, *(self._ban_status(limb, readings) for limb in varying)}
        if Status.MET in statuses:
            return Outcome.UNDETERMINED if lift_unknown else Outcome.PROHIBITED
        if Status.NOT_EXAMINED in statuses:
            return None
        return Outcome.UNDETERMINED if Status.UNKNOWN in statuses else Outcome.PERMITTED

    def _settled(self, regime: Regime) -> tuple[frozenset[Status], list[Limb]]:
        """Return what the grounds that no reading changes come to, and the grounds it may change.

        A question is decided under many readings, and most of its grounds depend on none.
        """
        key = (regime, len(self.grounds))
        known = self._settled_grounds.get(key)
        if known is None:
            settled: set[Status] = set()
            varying: list[Limb] = []
            for limb in self._limbs(regime):
                trees = self.grounds.get(limb)
                if trees is not None and self._points_of(limb, trees):
                    varying.append(limb)
                else:
                    settled.add(self._ban_status(limb, self.readings))
            known = self._settled_grounds[key] = (frozenset(settled), varying)
        return known

    def _ban_status(self, limb: Limb, readings: dict[str, str]) -> Status:
        """Return the status of a ground; one that may not ban is unknown when it is met."""
        status = self._ground_status(limb, readings)
        return Status.UNKNOWN if status is Status.MET and not self._may_ban(limb[0]) else status

    def _limbs(self, regime: Regime) -> list[Limb]:
        """Return the grounds of a ban that are in force, class by class, in the act's order."""
        key = ("limbs", regime, self.question.day, self.edition.id)
        known: list[Limb] | None = self.view.memo.get(key)
        if known is None:
            rules = [self.edition.rules[rule_id] for rule_id in law.GROUNDS.get(regime, ())]
            known = self.view.memo[key] = [
                (rule.id, data_class)
                for rule in rules
                if rule.in_force(self.question.day)
                for data_class in classes_of(rule)
            ]
        return known

    def _may_ban(self, rule_id: str) -> bool:
        """What was only agreed, or was never verified, never prohibits (design 7)."""
        return self.edition.rules[rule_id].confidence in (
            Confidence.TEXT_SEEN,
            Confidence.SECONDARY_SOURCE,
        )

    def _ground_status(self, limb: Limb, readings: dict[str, str]) -> Status:
        trees = self.grounds.get(limb)
        if trees is None:
            return Status.NOT_EXAMINED
        points = self._points_of(limb, trees)
        key = (limb, *[readings[point] for point in points])
        status = self._statuses.get(key)
        if status is None:
            status = self._statuses[key] = self._status_of_members(limb, trees, readings)
        return status

    def _points_of(self, limb: Limb, trees: dict[UUID, Tree[Finding]]) -> list[str]:
        """Return the points whose readings the status of a ground may depend on."""
        points = self._points.get(limb)
        if points is None:
            found = dict.fromkeys(self.household.points)
            for tree in trees.values():
                found.update(dict.fromkeys(tree.points))
            if limb[1] is DataClass.ATTESTATIONS and "AMB-STUDENT" in self.consulted:
                found["AMB-STUDENT"] = None
            points = self._points[limb] = list(found)
        return points

    def _status_of_members(
        self, limb: Limb, trees: dict[UUID, Tree[Finding]], readings: dict[str, str]
    ) -> Status:
        statuses: set[Status] = set()
        for person in self.household.on(readings):
            tree = trees.get(person) if person is not None else None
            if person is None:
                statuses.add(Status.UNKNOWN)
            elif tree is None:
                statuses.add(Status.NOT_EXAMINED)
            else:
                statuses.add(tree.under(readings).status)
        if not self.household.complete(readings):
            statuses.add(Status.UNKNOWN)
        if limb[1] is DataClass.ATTESTATIONS and self._student_reading(readings) == "b":
            return self._exempt_by_student(statuses, trees, readings)
        for status in (Status.MET, Status.NOT_EXAMINED, Status.UNKNOWN):
            if status in statuses:
                return status
        return Status.NOT_MET

    def _student_reading(self, readings: dict[str, str]) -> str:
        return readings.get("AMB-STUDENT", self.readings["AMB-STUDENT"])

    def _exempt_by_student(
        self, statuses: set[Status], trees: dict[UUID, Tree[Finding]], readings: dict[str, str]
    ) -> Status:
        """Read the exemption of a student to cover the household: one student is enough.

        So the ground is met only when nobody in the household can be one.
        """
        examined = [person for person in self.household.on(readings) if person in trees]
        if any(("enrolled", "yes") in trees[person].under(readings).values for person in examined):
            return Status.NOT_MET
        if Status.NOT_EXAMINED in statuses:
            return Status.NOT_EXAMINED
        if Status.UNKNOWN in statuses:
            in_use = self.readings["AMB-STUDENT"] == "b"
            return Status.UNKNOWN if in_use else Status.NOT_EXAMINED
        return Status.MET if Status.MET in statuses else Status.NOT_MET

    def _varied(self) -> Varied:
        return self.outcome_varied(self._outcome_under)

    # -- the decision

    def outcome(self) -> Outcome:
        """Return the outcome alone."""
        return self.outcome_alone(self._outcome_under)

    def decision(self) -> Decision:
        """Put the answer together from what was examined."""
        varied = self._varied()
        outcome = varied.outcome
        duties: list[tuple[str, str]] = []
        by_fallback = self.fallback.under(self.readings).status is Status.MET
        if outcome is Outcome.PERMITTED and by_fallback:
            # Owed to those "som nævnt i stk. 6" (§ 59, stk. 9). Whether the household is one of
            # them is not read: the assessment made for it lifts the ban. The text says so.
            duties.append((MUST_REFER_INSIDE, "REF-FALLBACK"))
        return Decision(
            question=self.question,
            position=self.position,
            edition=self.edition.id,
            area=self.dwelling.fact.area,
            outcome=outcome,
            examined=(
                Examined(self.basis_rule, self.basis, single(self.basis)),
                *self._place_examined(),
                *self.examined,
                *self._not_examined(),
            ),
            members=self.household.members,
            membership=self.household.evidence,
            reference=self._reference(),
            missing=self._missing() if outcome is Outcome.UNDETERMINED else (),
            changes=self._changes() if outcome is Outcome.PROHIBITED else (),
            variations=varied.variations,
            exhaustive=varied.exhaustive,
            consulted=tuple(self.consulted),
            chosen=self.chosen,
            duties=tuple(duties),
            warnings=tuple(self._warnings()),
            others_unexamined=self._others_unexamined(),
            places=(self._bans_here(),),
            decided_by=self._decided_by() if outcome is Outcome.PROHIBITED else (),
        )

    def _decided_by(self) -> tuple[Examined, ...]:
        """Return the findings that prohibit, as the readings in use have it."""
        if self.barred:
            return (Examined(self.basis_rule, self.basis, single(self.basis)),)
        if self.right is not None and self.right.status is Status.NOT_MET:
            return (Examined(self.basis_rule, self.right, single(self.right)),)
        place = self.place.under(self.readings)
        banned = self._section_59(place, self.readings) is Outcome.PROHIBITED
        limbs = {
            limb
            for limb in (self._limbs(place.regime) if banned else ())
            if self._ban_status(limb, self.readings) is Status.MET
        }
        refugee = self._refugee_ban(place, self.readings) is Outcome.PROHIBITED
        trees = self.refugees.get(place.refugee_rule, {}) if refugee else {}
        members = set(self.household.on(self.readings))
        return tuple(
            each
            for each in self.examined
            if each.person in members
            and each.finding.status is Status.MET
            and (
                (each.rule_id, each.data_class) in limbs
                or (
                    each.rule_id == place.refugee_rule
                    and self._refugee_status(each.person, trees, self.readings) is Status.MET
                )
            )
        )

    def _bans_here(self) -> Tree[Any]:
        """Return which bans reach the dwelling under every reading, without what shows it."""
        leaves = tuple((path, (place.regime, place.refugees)) for path, place in self.place.leaves)
        return Tree(leaves, self.place.points)

    def _warnings(self) -> list[str]:
        if self.regime is Regime.OUTSIDE_SECTION:
            return [OUTSIDE_SECTION_59]
        unrecorded = self.basis.status is Status.NOT_MET and not self.barred
        return [BASIS_NOT_RECORDED] if unrecorded else []

    def _reference(self) -> tuple[Recorded[Any], ...]:
        dwelling = self.dwelling.fact
        areas = () if dwelling.area is None else (dwelling.area,)
        registered = [self.view.area(area) for area in (*areas, *dwelling.department_areas)]
        return (
            *self.view.find(InstanceCreated, ""),
            *self.view.readings(self.question.day).values(),
            *(item for item in registered if item is not None),
            self.dwelling,
        )

    def _place_examined(self) -> tuple[Examined, ...]:
        return tuple(
            Examined(rule_id, finding, single(finding), area=area)
            for rule_id, area, finding in self.place.under(self.readings).findings
        )

    def _not_examined(self) -> list[Examined]:
        """Say of every ground that was not examined that, or why, it was not."""
        examined = {rule_id for rule_id, _ in self.grounds}
        rest = []
        for rule_id in law.GROUNDS.get(self.regime, ()):
            if rule_id not in examined:
                in_force = self.edition.rules[rule_id].in_force(self.question.day)
                status = Status.NOT_EXAMINED if in_force else Status.NOT_IN_FORCE
                rest.append(Examined(rule_id, Finding(status), single(Finding(status))))
        if not self.refugees and self._refugee_rules:
            found = Finding(Status.NOT_EXAMINED)
            rest += [Examined(rule_id, found, single(found)) for rule_id in self._refugee_rules]
        return rest

    def _others_unexamined(self) -> bool:
        refugees = bool(self._refugee_rules) and not self.refugees
        if self.regime not in law.GROUNDS or self.barred:
            return refugees or (self.barred and self.regime in law.GROUNDS)
        unsure = (Status.NOT_EXAMINED, Status.UNKNOWN)
        return refugees or any(
            self._ground_status(limb, self.readings) in unsure for limb in self._limbs(self.regime)
        )

    def _missing(self) -> tuple[tuple[Missing, UUID | None], ...]:
        found: dict[tuple[Missing, UUID | None], None] = {}
        for place in self._not_ruled_out(self.place):
            if place.regime is Regime.UNKNOWN or place.refugees is Status.UNKNOWN:
                for _, _, finding in place.findings:
                    found.update(dict.fromkeys((missing, None) for missing in finding.missing))
        if self.basis.status is Status.UNKNOWN:
            found.update(dict.fromkeys((missing, None) for missing in self.basis.missing))
        found.update(dict.fromkeys((missing, None) for missing in self.household.missing))
        lifts = (self.fallback, self.assessment, *self.exemptions.values())
        lacking = [found for tree in lifts for found in self._not_ruled_out(tree)]
        for finding in lacking:
            found.update(dict.fromkeys((missing, None) for missing in finding.missing))
        for examined in self.examined:
            person = examined.person
            if examined.finding.status is not Status.UNKNOWN:
                continue
            if (
                person is not None
                and examined.rule_id in self.refugees
                and self._excepted(person, self.readings) is Status.MET
            ):
                continue
            found.update(dict.fromkeys((missing, person) for missing in examined.finding.missing))
        return tuple(found)

    def _not_ruled_out(self, tree: Tree[T]) -> list[T]:
        """Return the results on every reading that this instance does not rule out."""
        return [
            result
            for path, result in tree.leaves
            if all(self.readings[p] == r or not self.in_use[p].settled for p, r in path)
        ]

    def _changes(self) -> tuple[tuple[Change, str, UUID | None], ...]:
        found: list[tuple[Change, str, UUID | None]] = []
        if self.barred:
            return tuple((change, self.basis_rule, None) for change in self.basis.changes)
        if self.right is not None and self.right.status is Status.NOT_MET:
            return tuple((change, self.basis_rule, None) for change in self.right.changes)
        section_59 = refugee = False
        for each in self._decided_by():
            refugee = refugee or each.rule_id in self.refugees
            section_59 = section_59 or (each.rule_id, each.data_class) in self.grounds
            found += [(change, each.rule_id, each.person) for change in each.finding.changes]
        if section_59:
            found.append((Change("fallback_decided"), "REF-FALLBACK", None))
            if self.regime is Regime.PREVENTION:
                found.append((Change("exemption_decided"), "REF-FORE-30PCT", None))
        if refugee and self.ukraine.under(self.readings):
            found.append((Change("ukraine_decided"), "REF-UKRAINE", None))
        return tuple(found)


def classes_of(rule: Rule) -> tuple[DataClass, ...]:
    """Return the classes of data that a rule about members takes, in the order of the act."""
    if rule.data_class is None:
        raise LookupError(f"{rule.id} names no data class")
    return (rule.data_class, *(data_class for data_class, _ in rule.limbs))


def _refugee_rules(place: Tree[Place]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            each.refugee_rule
            for _, each in place.leaves
            if each.refugee_rule and each.refugees is not Status.NOT_MET
        )
    )


_BANNED = frozenset({*law.GROUNDS, Regime.UNKNOWN})
"""Where a ban reaches the dwelling, or may."""

_MOST_DEMANDING = (
    Regime.VULNERABLE,
    Regime.GHETTO,
    Regime.PREVENTION,
    Regime.UNKNOWN,
    Regime.OUTSIDE_SECTION,
    Regime.BEYOND_SECTION,
    Regime.ORDINARY,
)


STEPS = (Step(ReferralQuestion, referral),)
