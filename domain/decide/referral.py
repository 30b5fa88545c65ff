"""May the municipality refer this household to this dwelling on this day?

The order of reading is: the law and its readings, the dwelling, its area and lists, the
controller's own decision, and only then persons, ground by ground in the order of the act.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from domain.data_classes import DataClass
from domain.decide.answer import (
    Decision,
    DwellingUnknownError,
    Examined,
    Membership,
    Need,
    Question,
)
from domain.decide.case import (
    ERASED,
    NOT_EXAMINED,
    Case,
    Household,
    single,
)
from domain.events import Recorded
from domain.facts import (
    DwellingKind,
    FallbackDecided,
    InstanceCreated,
)
from domain.law import referral as law
from domain.law.kernel import (
    Change,
    Confidence,
    Finding,
    LawPackage,
    Missing,
    Outcome,
    Rule,
    Status,
    Tree,
    Varied,
    explore,
)
from domain.law.referral import Place, Regime
from domain.reference import View


class Basis(StrEnum):
    """What the dwelling is put at the municipality's disposal under (§ 59)."""

    STK_1 = "stk_1"
    STK_2 = "stk_2"
    STK_3 = "stk_3"
    STK_4 = "stk_4"
    STK_5 = "stk_5"


class ReferralQuestion(Question, frozen=True, kw_only=True):
    """May the municipality refer this household to this dwelling on this day?"""

    kind: ClassVar[str] = "referral"

    dwelling: str
    basis: Basis


class BasisMismatchError(ValueError):
    """The basis of the question does not go with the dwelling's kind (§ 59, stk. 1-5)."""


_KINDS_OF_BASIS = {
    Basis.STK_1: DwellingKind.FAMILY,
    Basis.STK_2: DwellingKind.FAMILY,
    Basis.STK_3: DwellingKind.YOUTH,
    Basis.STK_4: DwellingKind.FAMILY,
    Basis.STK_5: DwellingKind.FAMILY,
}

MUST_REFER_INSIDE = "MUST_REFER_INSIDE"
OUTSIDE_SECTION_59 = "OUTSIDE_SECTION_59"
"""§ 59, stk. 1-5 speak of family and youth dwellings; the package holds nothing on others."""
REFUGEES_NOT_COVERED = "REFUGEES_NOT_COVERED"
"""The Integration Act's own ban (§ 12, stk. 2) is not lifted by stk. 9 and not held here yet."""


def referral(
    question: ReferralQuestion, view: View, position: int, package: LawPackage
) -> Generator[Need, Any, Decision]:
    """Decide a referral on what stood at `position`, asking for facts as the rules need them.

    Raises BeforeCoverageError, DwellingUnknownError or BasisMismatchError for a question that
    cannot be asked.
    """
    case = _Referral(question, view, position, package)
    yield from case.examine()
    return case.decision()


def _fixed_grounds(view: View, day: date, package: LawPackage) -> dict[str, Status]:
    """Return the grounds that the package does not hold, or that are not in force on `day`."""
    key = ("fixed grounds", day, id(package))
    known: dict[str, Status] | None = view.memo.get(key)
    if known is None:
        known = view.memo[key] = {}
        for rule_id in (*law.STK_6, *law.STK_7):
            rule = package.rules.get(rule_id)
            if rule is None:
                known[rule_id] = Status.NOT_COVERED
            elif not rule.in_force(day):
                known[rule_id] = Status.NOT_IN_FORCE
    return known


class _Referral(Case[ReferralQuestion]):
    """The working state of a referral question."""

    def __init__(
        self, question: ReferralQuestion, view: View, position: int, package: LawPackage
    ) -> None:
        super().__init__(question, view, position, package)
        dwelling = view.dwelling(question.dwelling, question.day)
        if dwelling is None:
            raise DwellingUnknownError(question.dwelling)
        kind = dwelling.fact.kind
        if kind is not DwellingKind.ELDERLY and kind is not _KINDS_OF_BASIS[question.basis]:
            raise BasisMismatchError(f"{question.basis} does not speak of {kind} dwellings")
        self.dwelling = dwelling
        self.place = self._place()
        examined = self._place_examined_for()
        self.regime = examined.regime
        self.banning_areas = examined.areas
        self.consult(self.place.points)
        self.fallback: Tree[Finding] = NOT_EXAMINED
        self.exemptions: dict[str, Tree[Finding]] = {}
        self.grounds: dict[str, dict[UUID, Tree[Finding]]] = {}
        self._fixed = dict(_fixed_grounds(view, question.day, package))
        """Grounds whose status no reading changes."""
        self._points: dict[str, list[str]] = {}
        self._statuses: dict[tuple[str, ...], Status] = {}

    # -- examining, step by step

    def _place(self) -> Tree[Place]:
        key = ("place", self.question.dwelling, self.question.day, id(self.package))
        known: Tree[Place] | None = self.view.memo.get(key)
        if known is None:
            dwelling, day = self.dwelling.fact, self.question.day
            known = self.view.memo[key] = explore(
                self.package.points,
                lambda readings: law.place(self.package, self.view, dwelling, day, readings),
            )
        return known

    def _place_examined_for(self) -> Place:
        """Return the place to examine: where no reading is in use, the most demanding one."""
        possible = [
            place
            for path, place in self.place.leaves
            if all(
                self.readings[point] == reading or not self.in_use[point].settled
                for point, reading in path
            )
        ]
        return min(possible, key=lambda place: _MOST_DEMANDING.index(place.regime))

    def examine(self) -> Generator[Need, Any, None]:
        """Read and examine what the rules in force need, and no more."""
        if self.regime in (Regime.ORDINARY, Regime.OUTSIDE_SECTION):
            return
        decisions = yield Need(DataClass.DECISIONS)
        self._examine_fallback(decisions)
        if self._lifted(self.fallback) or self.regime is Regime.UNKNOWN:
            return
        if self.regime is Regime.PREVENTION:
            self._examine_exemption()
            if self._exempt(self.readings) is Status.MET:
                return
        membership: Membership = yield Need(DataClass.MEMBERSHIP)
        self.household = Household(membership, self.question.day, self.readings["AMB-HOUSEHOLD"])
        self.consult(self.household.points)
        members = self.household.members
        held: dict[DataClass, dict[UUID, Any]] = {}
        for rule_id in law.STK_6 if self.regime is Regime.VULNERABLE else law.STK_7:
            rule = self.package.rules.get(rule_id)
            if rule is None or not rule.in_force(self.question.day):
                continue
            data_class = rule.data_class
            if data_class is None:
                raise LookupError(f"{rule_id} names no data class")
            if data_class not in held and members:
                held[data_class] = yield from self.read_members(data_class, members)
            self._examine_ground(rule, members, held.get(data_class, {}))
            if self._prohibited_for_sure(rule_id):
                return

    def _examine_fallback(self, decisions: Sequence[Recorded[FallbackDecided]] | None) -> None:
        rule = self.package.rules["REF-FALLBACK"]
        day = self.question.day
        if decisions is None:
            self.fallback = single(Finding(Status.UNKNOWN, (), (), (ERASED,)))
        else:
            decisions = [item for item in decisions if type(item.fact) is FallbackDecided]
            vulnerable = self.regime is not Regime.PREVENTION
            prevention = self._prevention_areas() if decisions else Finding(Status.NOT_EXAMINED)
            self.fallback = self.explored(
                lambda readings: rule.evaluate(decisions, day, vulnerable, prevention, readings)
            )
        self.note(rule, self.fallback)

    def _prevention_areas(self) -> Finding:
        key = ("prevention areas", self.dwelling.fact.municipality, self.question.day)
        known: Finding | None = self.view.memo.get(key)
        if known is None:
            known = self.view.memo[key] = law.any_prevention_area(self.view, key[1], key[2])
        return known

    def _examine_exemption(self) -> None:
        """Every prevention area that brings the ban about must be exempt."""
        rule = self.package.rules["REF-FORE-30PCT"]
        municipality, day = self.dwelling.fact.municipality, self.question.day
        for area in self.banning_areas:
            tree = self.explored(partial(rule.evaluate, self.view, municipality, area, day))
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
        self, rule: Rule, members: tuple[UUID, ...], records: dict[UUID, Any]
    ) -> None:
        trees = self.examine_members(rule, members, records)
        self.grounds[rule.id] = trees
        if rule.id == "REF-UDS-N4" and self._students(trees):
            self.consult(("AMB-STUDENT",))

    def _students(self, trees: dict[UUID, Tree[Finding]]) -> bool:
        return len(trees) > 1 and any(
            ("enrolled", "yes") in finding.values
            for tree in trees.values()
            for _, finding in tree.leaves
        )

    # -- whether the search may stop

    def _lifted(self, tree: Tree[Finding]) -> bool:
        """Tell whether the reading in use lifts the ban, so that it needs nothing of persons."""
        return tree.under(self.readings).status is Status.MET

    def _prohibited_for_sure(self, rule_id: str) -> bool:
        """Tell whether the ground just examined prohibits under every reading consulted."""
        trees = self.grounds[rule_id].values()
        if not any(finding.status is Status.MET for tree in trees for _, finding in tree.leaves):
            return False
        varied = self._varied()
        return varied.outcome is Outcome.PROHIBITED and not varied.variations

    # -- from findings to the outcome

    def _outcome_under(self, readings: dict[str, str]) -> Outcome | None:
        if self.stale:
            return Outcome.UNDETERMINED
        regime = self.place.under(readings).regime
        if regime is Regime.ORDINARY:
            return Outcome.PERMITTED
        if regime is Regime.OUTSIDE_SECTION:
            return Outcome.UNDETERMINED
        lifts = [self.fallback.under(readings).status]
        if regime is Regime.PREVENTION:
            lifts.append(self._exempt(readings))
        if Status.MET in lifts:
            return Outcome.PERMITTED
        if Status.NOT_EXAMINED in lifts:
            return None
        if regime is Regime.UNKNOWN:
            return Outcome.UNDETERMINED
        return self._banned(regime, readings, Status.UNKNOWN in lifts)

    def _banned(
        self, regime: Regime, readings: dict[str, str], lift_unknown: bool
    ) -> Outcome | None:
        not_examined = unknown = False
        for rule_id in law.STK_6 if regime is Regime.VULNERABLE else law.STK_7:
            status = self._ground_status(rule_id, readings)
            if status is Status.MET:
                if self._may_ban(rule_id):
                    return Outcome.UNDETERMINED if lift_unknown else Outcome.PROHIBITED
                status = Status.UNKNOWN
            not_examined = not_examined or status is Status.NOT_EXAMINED
            unknown = unknown or status in (Status.UNKNOWN, Status.NOT_COVERED)
        if not_examined:
            return None
        return Outcome.UNDETERMINED if unknown else Outcome.PERMITTED

    def _may_ban(self, rule_id: str) -> bool:
        """What was only agreed, or was never verified, never prohibits (design 7)."""
        return self.package.rules[rule_id].confidence in (
            Confidence.TEXT_SEEN,
            Confidence.SECONDARY_SOURCE,
        )

    def _ground_status(self, rule_id: str, readings: dict[str, str]) -> Status:
        fixed = self._fixed.get(rule_id)
        if fixed is not None:
            return fixed
        trees = self.grounds.get(rule_id)
        if trees is None:
            return Status.NOT_EXAMINED
        points = self._points_of(rule_id, trees)
        key = (rule_id, *[readings[point] for point in points])
        status = self._statuses.get(key)
        if status is None:
            status = self._status_of_members(rule_id, trees, readings)
            self._statuses[key] = status
            if not points:
                self._fixed[rule_id] = status
        return status

    def _points_of(self, rule_id: str, trees: dict[UUID, Tree[Finding]]) -> list[str]:
        """Return the points whose readings the status of a ground may depend on."""
        points = self._points.get(rule_id)
        if points is None:
            found = dict.fromkeys(self.household.points)
            for tree in trees.values():
                found.update(dict.fromkeys(tree.points))
            if rule_id == "REF-UDS-N4" and "AMB-STUDENT" in self.consulted:
                found["AMB-STUDENT"] = None
            points = self._points[rule_id] = list(found)
        return points

    def _status_of_members(
        self, rule_id: str, trees: dict[UUID, Tree[Finding]], readings: dict[str, str]
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
        if rule_id == "REF-UDS-N4" and self._student_reading(readings) == "b":
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

    def decision(self) -> Decision:
        """Put the answer together from what was examined."""
        varied = self._varied()
        outcome = varied.outcome
        warnings = self.warnings()
        if self.regime is Regime.OUTSIDE_SECTION:
            warnings.append(OUTSIDE_SECTION_59)
        duties: list[tuple[str, str]] = []
        by_fallback = self.fallback.under(self.readings).status is Status.MET
        if outcome is Outcome.PERMITTED and by_fallback:
            duties.append((MUST_REFER_INSIDE, "REF-FALLBACK"))
            if self.regime is Regime.VULNERABLE:
                warnings.append(REFUGEES_NOT_COVERED)
        grounds = self._all_grounds()
        return Decision(
            question=self.question,
            position=self.position,
            package=self.package.id,
            area=self.dwelling.fact.area,
            outcome=outcome,
            examined=(*self._place_examined(), *self.examined, *grounds),
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
            warnings=tuple(warnings),
            others_unexamined=self._others_unexamined(),
        )

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

    def _all_grounds(self) -> tuple[Examined, ...]:
        """Say of every ground that was not examined why it was not."""
        if self.regime not in (Regime.VULNERABLE, Regime.PREVENTION):
            return ()
        rest = []
        for rule_id in law.STK_6 if self.regime is Regime.VULNERABLE else law.STK_7:
            if rule_id in self.grounds:
                continue
            status = self._ground_status(rule_id, self.readings)
            rest.append(Examined(rule_id, Finding(status), single(Finding(status))))
        return tuple(rest)

    def _others_unexamined(self) -> bool:
        if self.regime not in (Regime.VULNERABLE, Regime.PREVENTION):
            return False
        return any(
            self._ground_status(rule_id, self.readings)
            in (Status.NOT_EXAMINED, Status.NOT_COVERED, Status.UNKNOWN)
            for rule_id in (law.STK_6 if self.regime is Regime.VULNERABLE else law.STK_7)
        )

    def _missing(self) -> tuple[tuple[Missing, UUID | None], ...]:
        found: dict[tuple[Missing, UUID | None], None] = {}
        for _, _, finding in self.place.under(self.readings).findings:
            if self.regime is Regime.UNKNOWN:
                found.update(dict.fromkeys((missing, None) for missing in finding.missing))
        found.update(dict.fromkeys((missing, None) for missing in self.household.missing))
        for examined in self.examined:
            if examined.finding.status is Status.UNKNOWN:
                found.update(
                    dict.fromkeys(
                        (missing, examined.person) for missing in examined.finding.missing
                    )
                )
        return tuple(found)

    def _changes(self) -> tuple[tuple[Change, str, UUID | None], ...]:
        found: list[tuple[Change, str, UUID | None]] = []
        for examined in self.examined:
            if examined.finding.status is Status.MET:
                found += [
                    (change, examined.rule_id, examined.person)
                    for change in examined.finding.changes
                ]
        lifts = ["REF-FALLBACK"]
        if self.regime is Regime.PREVENTION:
            lifts.append("REF-FORE-30PCT")
        found += [(_LIFTING[rule_id], rule_id, None) for rule_id in lifts]
        return tuple(found)


_MOST_DEMANDING = (
    Regime.VULNERABLE,
    Regime.PREVENTION,
    Regime.UNKNOWN,
    Regime.OUTSIDE_SECTION,
    Regime.ORDINARY,
)
_LIFTING = {
    "REF-FALLBACK": Change("fallback_decided"),
    "REF-FORE-30PCT": Change("exemption_decided"),
}
