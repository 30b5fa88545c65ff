"""Facts, question, law and readings make a decision.

`referral` is a generator: it asks for one data class at a time and is sent what the log holds
of it, so that nothing is read or unsealed that the rules in force do not need (design 2.9). The
order is: the law and its readings, the dwelling, its area and lists, the controller's own
decision, and only then persons, ground by ground in the order of the act.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from domain import calendar
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    DwellingKind,
    FallbackDecided,
    HouseholdMember,
    InstanceCreated,
    MemberList,
    MembersAttested,
)
from domain.law import referral as law
from domain.law.benefits import BenefitRecord
from domain.law.kernel import (
    Change,
    Confidence,
    Finding,
    LawPackage,
    Missing,
    Outcome,
    ReadingInUse,
    Record,
    Rule,
    Status,
    Tree,
    Variation,
    Varied,
    explore,
    only_on_facts_at_hand,
    readings_in_use,
    vary,
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


class ReferralQuestion(msgspec.Struct, frozen=True):
    """May the municipality refer this household to this dwelling on this day?"""

    household: UUID
    dwelling: str
    basis: Basis
    day: date
    asked_on: date | None = None
    """The day the question is put, when `day` lies after it: what goes on is known up to it."""


class Need(msgspec.Struct, frozen=True):
    """What the decision must read next: one data class of the household or of its members.

    The answer to DECISIONS is `Sequence[Recorded[FallbackDecided]] | None`, to MEMBERSHIP a
    `Membership`, to a class of members a dict from person to that person's standing facts.
    None in place of facts says that they were erased.
    """

    data_class: DataClass
    members: tuple[UUID, ...] = ()


class Membership(msgspec.Struct, frozen=True):
    """The standing facts about who belongs to a household.

    A member whose person has been erased is None; the fact itself can then not be read either.
    """

    members: tuple[tuple[UUID | None, Recorded[HouseholdMember] | None], ...]
    attested: tuple[Recorded[MembersAttested], ...]
    erased: bool = False


class Examined(msgspec.Struct, frozen=True):
    """One rule applied to one subject: what it finds under every reading, and in use."""

    rule_id: str
    finding: Finding
    tree: Tree[Finding]
    person: UUID | None = None
    data_class: DataClass | None = None
    area: str = ""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """An answer with everything that it rests on; `domain/receipt.py` writes it down."""

    question: ReferralQuestion
    position: int
    package: str
    area: str | None
    outcome: Outcome
    examined: tuple[Examined, ...]
    members: tuple[UUID, ...] = ()
    membership: tuple[tuple[UUID | None, Recorded[Any]], ...] = ()
    reference: tuple[Recorded[Any], ...] = ()
    """What stands behind every finding: the dwelling, its areas, the readings chosen, whose
    instance this is."""
    missing: tuple[tuple[Missing, UUID | None], ...] = ()
    changes: tuple[tuple[Change, str, UUID | None], ...] = ()
    variations: tuple[Variation, ...] = ()
    exhaustive: bool = True
    consulted: tuple[str, ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    duties: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    others_unexamined: bool = False


class BeforeCoverageError(ValueError):
    """The day asked about lies before the first day that the law package covers."""

    def __init__(self, day: date, first_day: date) -> None:
        super().__init__(f"the law package covers days from {first_day}; {day} lies before")
        self.first_day = first_day


class DwellingUnknownError(LookupError):
    """The dwelling asked about is not recorded for the day asked about."""


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
LAW_NEWER_THAN_REVIEW = "LAW_NEWER_THAN_REVIEW"
LAW_REVIEW_STALE = "LAW_REVIEW_STALE"
DAY_AHEAD = "DAY_AHEAD"
"""The day lies after the day of asking: what holds until further notice is taken to go on."""
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
    case = _Case(question, view, position, package)
    yield from case.examine()
    return case.decision()


def _settings(
    view: View, day: date, package: LawPackage
) -> tuple[dict[str, ReadingInUse], tuple[tuple[str, str], ...], dict[str, str]]:
    key = ("readings", day, id(package))
    known = view.memo.get(key)
    if known is None:
        chosen = {point: item.fact.reading for point, item in view.readings(day).items()}
        in_use = readings_in_use(package.points, chosen)
        known = view.memo[key] = (
            in_use,
            tuple(sorted(chosen.items())),
            {point: use.reading for point, use in in_use.items()},
        )
    settings: tuple[dict[str, ReadingInUse], tuple[tuple[str, str], ...], dict[str, str]] = known
    return settings


def membership_evidence(
    membership: Membership, day: date, view: View, package: LawPackage
) -> tuple[tuple[UUID | None, Recorded[Any]], ...]:
    """Return the facts that make persons members on `day`; None: that the list is complete."""
    _, _, readings = _settings(view, day, package)
    return _Household(membership, day, readings["AMB-HOUSEHOLD"]).evidence


def examine_member(
    rule_ids: Sequence[str],
    person: UUID,
    facts: Sequence[Recorded[Any]] | None,
    day: date,
    asked_on: date | None,
    view: View,
    package: LawPackage,
) -> list[Examined]:
    """Apply rules about one member to that member's facts alone."""
    facts = _as_known(facts, asked_on)
    _, chosen, readings = _settings(view, day, package)
    return [
        _examined(package, package.rules[rule_id], person, facts, day, readings, chosen)
        for rule_id in rule_ids
    ]


def _examined(
    package: LawPackage,
    rule: Rule,
    person: UUID,
    facts: Any,
    day: date,
    in_use: dict[str, str],
    chosen: tuple[tuple[str, str], ...],
) -> Examined:
    record = prepared(rule.data_class, facts)
    if record is None:
        tree = _single(Finding(Status.UNKNOWN, (), (), (_ERASED,)))
    else:
        key = (rule.id, rule.revision, day, chosen)
        known = record.trees.get(key)
        if known is None:
            known = record.trees[key] = only_on_facts_at_hand(
                explore(package.points, lambda readings: rule.evaluate(record, day, readings)),
                in_use,
            )
        tree = known
    return Examined(rule.id, tree.under(in_use), tree, person, rule.data_class)


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


class _Case:
    """The working state of one question."""

    def __init__(
        self, question: ReferralQuestion, view: View, position: int, package: LawPackage
    ) -> None:
        if question.day < package.first_day:
            raise BeforeCoverageError(question.day, package.first_day)
        self.question = question
        self.view = view
        self.position = position
        self.package = package
        self.in_use, self.chosen, self.readings = _settings(view, question.day, package)
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
        reviewed = package.reviewed_through
        limit = calendar.months_after(reviewed, view.instance().stale_after_months)
        self.stale = question.day > limit
        self.examined: list[Examined] = []
        self.consulted: dict[str, None] = dict.fromkeys(self.place.points)
        self.household: _Household | _Unexamined = _Unexamined()
        self.fallback: Tree[Finding] = _NOT_EXAMINED
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
        self.household = _Household(membership, self.question.day, self.readings["AMB-HOUSEHOLD"])
        self._consult(self.household.points)
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
                sent = yield Need(data_class, members)
                held[data_class] = {
                    person: _as_known(prepared(data_class, facts), self.question.asked_on)
                    for person, facts in sent.items()
                }
            self._examine_ground(rule, members, held.get(data_class, {}))
            if self._prohibited_for_sure(rule_id):
                return

    def _examine_fallback(self, decisions: Sequence[Recorded[FallbackDecided]] | None) -> None:
        rule = self.package.rules["REF-FALLBACK"]
        day = self.question.day
        if decisions is None:
            self.fallback = _single(Finding(Status.UNKNOWN, (), (), (_ERASED,)))
        else:
            vulnerable = self.regime is not Regime.PREVENTION
            prevention = self._prevention_areas() if decisions else Finding(Status.NOT_EXAMINED)
            self.fallback = self._explored(
                lambda readings: rule.evaluate(decisions, day, vulnerable, prevention, readings)
            )
        self._note(rule, self.fallback)

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
            tree = self._explored(
                lambda readings, area=area: rule.evaluate(
                    self.view, municipality, area, day, readings
                )
            )
            self._note(rule, tree)
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
        trees: dict[UUID, Tree[Finding]] = {}
        for person in members:
            examined = _examined(
                self.package,
                rule,
                person,
                records[person],
                self.question.day,
                self.readings,
                self.chosen,
            )
            trees[person] = examined.tree
            self._consult(examined.tree.points)
            self.examined.append(examined)
        self.grounds[rule.id] = trees
        if rule.id == "REF-UDS-N4" and self._students(trees):
            self._consult(("AMB-STUDENT",))

    def _explored(self, evaluate: Any) -> Tree[Finding]:
        tree = explore(self.package.points, evaluate)
        return only_on_facts_at_hand(tree, self.readings)

    def _note(self, rule: Rule, tree: Tree[Finding]) -> None:
        self._consult(tree.points)
        self.examined.append(
            Examined(rule.id, tree.under(self.readings), tree, data_class=rule.data_class)
        )

    def _consult(self, points: Sequence[str]) -> None:
        for point in points:
            self.consulted.setdefault(point)

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
        consulted = tuple(self.consulted)
        if not consulted:
            return Varied(self._outcome_under(self.readings) or Outcome.UNDETERMINED, (), True)
        return vary(self.package.points, self.in_use, consulted, self._outcome_under)

    # -- the decision

    def decision(self) -> Decision:
        """Put the answer together from what was examined."""
        varied = self._varied()
        outcome = varied.outcome
        warnings = []
        if self.question.day > self.package.reviewed_through:
            warnings.append(LAW_NEWER_THAN_REVIEW)
        if self.stale:
            warnings.append(LAW_REVIEW_STALE)
        if self.question.asked_on is not None:
            warnings.append(DAY_AHEAD)
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
            Examined(rule_id, finding, _single(finding), area=area)
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
            rest.append(Examined(rule_id, Finding(status), _single(Finding(status))))
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


class _Household:
    """Who belongs to the household on the day, on each reading of AMB-HOUSEHOLD."""

    def __init__(self, membership: Membership, day: date, reading: str) -> None:
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
            for kind in MemberList
        }
        self._attested = {
            kind: [
                item
                for item in membership.attested
                if item.fact.member_list is kind
                and calendar.covers(item.fact.first_day, item.fact.last_day, day)
            ]
            for kind in MemberList
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
            missing.append(_ERASED)
        if not self._attested[self._in_use] or not self._lists[self._in_use]:
            details = (("list", str(self._in_use)), ("day", day.isoformat()))
            missing.append(Missing("members_attested", "municipality_referral", details))
        self.missing = tuple(missing)

    def on(self, readings: dict[str, str]) -> list[UUID | None]:
        """Return the members under these readings; None for one whose person was erased."""
        return [person for person, _ in self._lists[self._read(readings)]]

    def complete(self, readings: dict[str, str]) -> bool:
        """Tell whether the list is attested to name everyone."""
        kind = self._read(readings)
        return bool(self._attested[kind]) and bool(self._lists[kind]) and not self._erased

    def _read(self, readings: dict[str, str]) -> MemberList:
        return _list_read(readings["AMB-HOUSEHOLD"]) if self._varies else self._in_use


def _list_read(reading: str) -> MemberList:
    return MemberList.DECLARED if reading == "a" else MemberList.REGISTERED


class _Unexamined:
    """The household of a question that no rule about persons was needed for."""

    members: tuple[UUID, ...] = ()
    points: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    evidence: tuple[tuple[UUID | None, Recorded[Any]], ...] = ()

    def on(self, readings: dict[str, str]) -> list[UUID | None]:
        """Nobody was looked at."""
        return []

    def complete(self, readings: dict[str, str]) -> bool:
        """Nothing is known of who belongs to it."""
        return False


_MOST_DEMANDING = (
    Regime.VULNERABLE,
    Regime.PREVENTION,
    Regime.UNKNOWN,
    Regime.OUTSIDE_SECTION,
    Regime.ORDINARY,
)
_ERASED = Missing("erased", "nobody")
_NOT_EXAMINED = Tree((((), Finding(Status.NOT_EXAMINED)),))
_LIFTING = {
    "REF-FALLBACK": Change("fallback_decided"),
    "REF-FORE-30PCT": Change("exemption_decided"),
}


def _single(finding: Finding) -> Tree[Finding]:
    return Tree((((), finding),))


def _as_known(record: Any, asked_on: date | None) -> Any:
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
    return Record(facts) if data_class is DataClass.ATTESTATIONS else facts
