"""A question about a dwelling and an incoming household that is decided ground by ground.

Letting, exchange and sublet have in common where the dwelling lies, the criteria that bind it
and the rejections of §§ 51 b and 51 c. A ground is looked at where the dwelling lies first, and
only where it reaches the dwelling are persons read.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec

from domain import calendar
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    ClauseJudged,
    CriteriaBasis,
    CriteriaSet,
    DispensationDecided,
    HouseholdMember,
    InstanceCreated,
    ListKind,
    MemberRole,
)
from domain.facts.declared import Field
from domain.law.answer import NO_AREA, Decision, DwellingUnknownError, Membership, Need
from domain.law.case import ERASED, Household, single
from domain.law.edition import Edition
from domain.law.grounds import GroundCase, TriedGround
from domain.law.kernel import (
    Change,
    Finding,
    Missing,
    Outcome,
    Readings,
    Rule,
    Status,
    Tree,
    applies,
    chosen,
)
from domain.law.letting import flexible, meeting
from domain.law.letting import rejection as letting
from domain.law.letting.rejection import Couple, Days, LettingChannel
from domain.law.question import Dwelling, MovesIn, Question
from domain.reference import View


class IncomingQuestion(Question, frozen=True, kw_only=True):
    """A question about a household that is to move into a dwelling."""

    household: MovesIn
    dwelling: Dwelling
    takeover: Annotated[
        date | None,
        Field(
            "dagen, hvor boligen overtages",
            "the day that the dwelling is taken over",
            not_before="day",
        ),
    ] = None


Q = TypeVar("Q", bound=IncomingQuestion)


class Grounds(GroundCase[Q]):
    """The working state of a question about a dwelling and a household."""

    def __init__(self, question: Q, view: View, position: int, edition: Edition) -> None:
        super().__init__(question, view, position, edition)
        dwelling = view.dwelling(question.dwelling, question.day)
        if dwelling is None:
            raise DwellingUnknownError(question.dwelling)
        self.dwelling = dwelling
        self.decisions: Sequence[Recorded[Any]] | None = ()
        self.read: dict[tuple[DataClass, UUID], Any] = {}
        self._membership_read = False
        self._decisions_read = False

    @property
    def place(self) -> str:
        """The area that the dwelling lies in."""
        return self.dwelling.fact.area or NO_AREA

    # -- reading

    def read_decisions(self) -> Generator[Need, Any, None]:
        """Read what has been decided about the household, once."""
        if self._decisions_read:
            return
        self._decisions_read = True
        self.decisions = yield Need(DataClass.DECISIONS)

    def decided(self, kind: type[Any]) -> list[Recorded[Any]] | None:
        """Return what was decided of one kind; None: it was erased."""
        if self.decisions is None:
            return None
        return [item for item in self.decisions if type(item.fact) is kind]

    def read_household(self) -> Generator[Need, Any, None]:
        """Read who belongs to the household, once."""
        if self._membership_read:
            return
        self._membership_read = True
        membership: Membership = yield Need(DataClass.MEMBERSHIP)
        self.household = Household(
            membership,
            self.question.day,
            self.readings["AMB-HOUSEHOLD"],
            supplier="housing_organisation",
        )
        self.consult(self.household.points)

    def read_class(
        self, data_class: DataClass, members: Sequence[UUID]
    ) -> Generator[Need, Any, dict[UUID, Any]]:
        """Read one data class of these members, each once."""
        wanted = tuple(p for p in members if (data_class, p) not in self.read)
        if wanted:
            found = yield from self.read_members(data_class, wanted)
            for person, record in found.items():
                self.read[data_class, person] = record
        return {person: self.read[data_class, person] for person in members}

    # -- the household under a reading

    def listed(self, readings: Readings) -> list[tuple[UUID | None, HouseholdMember | None]]:
        """Return the members, asking how a household is read only where that matters."""
        return self.household.listed(self._list(readings))

    def complete(self, readings: Readings) -> bool:
        """Tell whether the members are all known."""
        return self.household.complete(self._list(readings))

    def _list(self, readings: Readings) -> dict[str, str]:
        return {point: readings(point) for point in self.household.points}

    def in_use_readings(self) -> Readings:
        """Return the readings in use, as a rule asks for them."""
        return Readings(self.edition.points, self.readings)

    def roles(self, readings: Readings) -> tuple[list[UUID], list[UUID], list[UUID]]:
        """Return the applicants, their spouses or partners, and the others."""
        found: tuple[list[UUID], list[UUID], list[UUID]] = ([], [], [])
        for person, fact in self.listed(readings):
            if person is None or fact is None:
                continue
            match fact.role:
                case MemberRole.APPLICANT:
                    found[0].append(person)
                case MemberRole.SPOUSE | MemberRole.PARTNER:
                    found[1].append(person)
                case _:
                    found[2].append(person)
        return found

    def of(
        self, trees: dict[UUID, Tree[Finding]], readings: Readings
    ) -> Callable[[object], Finding]:
        """Return what was found of a member under these readings."""

        def found(person: object) -> Finding:
            tree = trees.get(person) if isinstance(person, UUID) else None
            return Finding(Status.NOT_EXAMINED) if tree is None else chosen(tree, readings)

        return found

    # -- §§ 51 b and 51 c

    def days_51c(self, offered: date | None = None) -> Days:
        """Return the days that § 51 c may speak of (AMB-REFDATE-51C)."""
        takeover = self.question.takeover
        at_takeover = self.readings["AMB-REFDATE-51C"] == "c"
        return Days(offered, takeover, takeover_open=at_takeover and takeover is None)

    def transformation(self) -> Tree[Finding]:
        """Say whether § 51 c reaches the dwelling's department."""
        dwelling, day = self.dwelling.fact, self.question.day
        return self.here(
            "LET-OMD-51C",
            lambda readings: letting.transformation_here(
                self.edition, self.view, dwelling, day, readings
            ),
        )

    def examine_couple(
        self, rule_id: str, about: str
    ) -> Generator[Need, Any, dict[UUID, Tree[Finding]]]:
        """Hold the applicant, and then whoever counts as a spouse, against a rule.

        An applicant who is not rejected settles it where both must be.
        """
        rule = self.edition.rules[rule_id]
        yield from self.read_household()
        readings = self.in_use_readings()
        couple = self._couple(readings)
        self.consult(readings.consulted)
        trees: dict[UUID, Tree[Finding]] = {}
        people = [couple.applicant, *(person for person, _ in couple.spouses)]
        for person in people:
            if not isinstance(person, UUID):
                continue
            records = yield from self.read_class(DataClass.ATTESTATIONS, (person,))
            trees.update(
                self.examine_members(rule, DataClass.ATTESTATIONS, (person,), records, about)
            )
            found = trees[person].under(self.readings)
            if found.status is Status.NOT_MET and self.readings["AMB-AND"] == "a":
                break
        return trees

    def _couple(self, readings: Readings) -> Couple:
        return letting.couple(
            self.listed(readings), self.complete(readings), self.question.day, readings
        )

    def rejected(
        self, trees: dict[UUID, Tree[Finding]], lift: Tree[Finding] | None, lift_id: str
    ) -> Callable[[Readings], Finding]:
        """Return what a rejection of applicant and spouse comes to, unless it is lifted."""

        def found(readings: Readings) -> Finding:
            lifted = Finding(Status.NOT_MET) if lift is None else chosen(lift, readings)
            if lifted.status is Status.MET:
                return Finding(Status.NOT_MET, (), (("lifted_by", lift_id),))
            made = letting.both_rejected(self._couple(readings), self.of(trees, readings), readings)
            if made.status is Status.MET and lifted.status is Status.UNKNOWN:
                return Finding(Status.UNKNOWN, (), (), lifted.missing)
            return made

        return found

    def _areas(self) -> tuple[str, ...]:
        """Return every area that the dwelling, or its department, lies in."""
        dwelling = self.dwelling.fact
        return (*(() if dwelling.area is None else (dwelling.area,)), *dwelling.department_areas)

    def dispensation(self) -> Tree[Finding]:
        """Say whether the municipality has dispensed from § 51 c."""
        rule = self.edition.rules["LET-OMD-51C-DISP"]
        decided = self.decided(DispensationDecided)
        found = (
            Finding(Status.UNKNOWN, (), (), (ERASED,))
            if decided is None
            else rule.evaluate(decided, self._areas(), self.question.day)
        )
        tree = single(found)
        self.note(rule, tree)
        return tree

    # -- flexible letting

    def criteria_here(self, channel: LettingChannel) -> tuple[str, Tree[Finding]]:
        """Say which criteria bind the dwelling: those set for its area, else those agreed.

        Returns the rule that they bind under, and the finding.
        """
        dwelling, day = self.dwelling.fact, self.question.day
        none = (Status.NOT_MET, Status.NOT_IN_FORCE)
        for rule_id, kind in (
            ("LET-FLEX-2011", ListKind.PARALLEL_SOCIETY),
            ("LET-FLEX-OBL", ListKind.VULNERABLE),
            ("LET-FLEX-OBL-FORE", ListKind.PREVENTION),
        ):
            rule = self.edition.rules[rule_id]
            if rule.last_day is not None and day > rule.last_day:
                continue

            def found(readings: Readings, rule: Rule = rule, kind: ListKind = kind) -> Finding:
                made: Finding = rule.evaluate(
                    self.edition, self.view, dwelling, day, kind, readings
                )
                return made

            tree = self.here(rule_id, found)
            if tree.under(self.readings).status not in none or self.may_be_met(tree):
                return rule_id, tree
        if channel is LettingChannel.ADVERTISED:
            of_ad = self.edition.rules["LET-ADVERTISED-CRITERIA"]
            by_ad = self.here(
                of_ad.id, lambda _: of_ad.evaluate(self.view, dwelling, day, self.advertised_on())
            )
            if by_ad.under(self.readings).status not in none or self.may_be_met(by_ad):
                return of_ad.id, by_ad
        agreed = self.edition.rules["LET-FLEX-VOL"]
        by_agreement = self.here(
            agreed.id,
            lambda readings: agreed.evaluate(self.edition, self.view, dwelling, day, channel),
        )
        self._examine_extension(by_agreement.under(self.readings))
        return agreed.id, by_agreement

    def _examine_extension(self, agreed: Finding) -> None:
        """Say beside criteria that others agreed whether the municipality has extended them."""
        if any(
            type(item.fact) is CriteriaSet and item.fact.basis is CriteriaBasis.EXTENDED
            for item in agreed.evidence
        ):
            rule = self.edition.rules["LET-FLEX-EXTENDED"]
            here, day = self.dwelling.fact.municipality, self.question.day
            self.here(rule.id, lambda _: rule.evaluate(self.view, here, day))

    def criteria_ground(
        self, channel: LettingChannel, lives_in_department: bool | None, then: Outcome
    ) -> Generator[Need, Any, TriedGround]:
        """Hold the household against the criteria that bind the dwelling."""
        rule_id, here = self.criteria_here(channel)
        binding = here.under(self.readings)
        criteria = self._criteria(binding)
        outside = self._outside_criteria(channel, criteria, lives_in_department)
        trees: dict[UUID, Tree[Finding]] = {}
        referred = channel is LettingChannel.OTHER_REFERRAL and self.readings["AMB-FLEX-59"] == "a"
        read = criteria is not None and outside is None and not referred
        judged = meeting.NOTHING_JUDGED
        if criteria is not None and read:
            yield from self.read_household()
            trees = yield from self._examine_criteria(criteria, lives_in_department)
            judged = yield from self._judged(binding, criteria, trees, lives_in_department)
            if criteria.priority_only:
                then = Outcome.PERMITTED

        def found(readings: Readings) -> Finding:
            if outside is not None:
                return outside
            if channel is LettingChannel.OTHER_REFERRAL and readings("AMB-FLEX-59") == "a":
                return Finding(Status.NOT_APPLICABLE, (), (("channel", str(channel)),))
            if criteria is None or not read:
                return Finding(Status.NOT_EXAMINED)
            return self._household_meets(criteria, trees, lives_in_department, readings, judged)

        return self.ground(
            rule_id, here, found, then, adverse=Status.NOT_MET, members_rule="LET-FLEX-MEETS"
        )

    def _criteria(self, binding: Finding) -> CriteriaSet | None:
        for item in binding.evidence:
            if type(item.fact) is CriteriaSet:
                return item.fact if binding.status is Status.MET else None
        return None

    def _outside_criteria(
        self,
        channel: LettingChannel,
        criteria: CriteriaSet | None,
        lives_in_department: bool | None,
    ) -> Finding | None:
        """Return why the criteria are not applied to this letting; None: they are."""
        if channel in (LettingChannel.REFERRAL, LettingChannel.HALFWAY):
            return Finding(Status.NOT_APPLICABLE, (), (("channel", str(channel)),))
        if channel is LettingChannel.REHOUSING:
            tree = self.explored(
                lambda readings: (
                    self.edition.rules["REH-NOFLEX"].evaluate(Status.MET)
                    if applies(self.edition.rules["REH-NOFLEX"], self.question.day, readings)
                    else Finding(Status.NOT_IN_FORCE)
                )
            )
            self.note(self.edition.rules["REH-NOFLEX"], tree)
            return Finding(Status.NOT_APPLICABLE, (), (("channel", str(channel)),))
        if criteria is None:
            return None
        residents = flexible.not_for_residents(criteria, lives_in_department)
        if residents.status is Status.MET:
            return Finding(Status.NOT_APPLICABLE, (), (("exempt", "residents"),))
        if residents.status is Status.UNKNOWN:
            return residents
        return None

    def _examine_criteria(
        self, criteria: CriteriaSet, resident: bool | None
    ) -> Generator[Need, Any, dict[UUID, Tree[Finding]]]:
        """Hold the members against the criteria, until no further one can change the answer."""
        readings, question = self.in_use_readings(), self.question
        rule = self.edition.rules["LET-FLEX-MEETS"]
        trees: dict[UUID, Tree[Finding]] = {}
        let_by = self.let_by(criteria)
        ranked = len({*(meeting.ranks(criteria, let_by) or {}).values()}) > 1
        # What two have together is known when both were looked at.
        of_both = meeting.asks_income_of_both(criteria)
        roles = (meeting.APPLICANT, meeting.PARTNER, meeting.OTHER)
        for role, people in zip(roles, self.roles(readings), strict=True):
            if not meeting.reached(criteria, role):
                continue
            about = meeting.HeldAgainst(
                criteria.criteria, role, question.day, self.offered(), question.takeover, let_by
            ).about()
            for person in people:
                records = yield from self.read_class(DataClass.ATTESTATIONS, (person,))
                trees.update(
                    self.examine_members(rule, DataClass.ATTESTATIONS, (person,), records, about)
                )
                found = self._household_meets(criteria, trees, resident, readings)
                said = dict(found.values)
                best = not ranked or ("rank" in said and "rank_may_be_better" not in said)
                settled = found.status is Status.NOT_MET or (found.status is Status.MET and best)
                if settled and not of_both:
                    return trees
        return trees

    def _judged(
        self,
        binding: Finding,
        criteria: CriteriaSet,
        trees: dict[UUID, Tree[Finding]],
        resident: bool | None,
    ) -> Generator[Need, Any, Mapping[int, bool]]:
        """Read what a named person found of clauses, where the answer may hang on one."""
        found = self._household_meets(criteria, trees, resident, self.in_use_readings())
        if not meeting.may_settle(criteria, found):
            return meeting.NOTHING_JUDGED
        yield from self.read_decisions()
        rule, decided = self.edition.rules["LET-FLEX-CLAUSE"], self.decided(ClauseJudged)
        [item] = [each for each in binding.evidence if each.fact == criteria]
        made = (
            Finding(Status.UNKNOWN, (), (), (ERASED,))
            if decided is None
            else rule.evaluate(decided, item, self.question.dwelling, self.question.day, self.view)
        )
        self.note(rule, single(made))
        return meeting.judgments(made)

    def offered(self) -> date | None:
        """Return the day of the offer, where the question says one."""
        return None

    def let_by(self, criteria: CriteriaSet) -> int | None:
        """Return the way or turn of the criteria that the dwelling is let by, where one is said."""
        return None

    def advertised_on(self) -> date | None:
        """Return the day of the advertisement, where the question says one."""
        return None

    def _household_meets(
        self,
        criteria: CriteriaSet,
        trees: dict[UUID, Tree[Finding]],
        resident: bool | None,
        readings: Readings,
        judged: Mapping[int, bool] = meeting.NOTHING_JUDGED,
    ) -> Finding:
        applicants, partners, others = self.roles(readings)
        found = self.of(trees, readings)
        listed = self.listed(readings)
        told = all(fact is not None and fact.role is not None for _, fact in listed)
        complete = self.complete(readings) and told
        counting = [(person, self._counts(criteria, person, readings)) for person in partners]
        couple: bool | None = any(counts for _, counts in counting)
        if not couple and (not complete or any(counts is None for _, counts in counting)):
            couple = None
        members = meeting.Members(
            found(applicants[0]) if applicants else None,
            [found(person) for person, counts in counting if counts],
            [*(found(person) for person, counts in counting if not counts), *map(found, others)],
            complete,
            couple,
            all(counts is not None for _, counts in counting),
            resident,
            self.dwelling.fact.rooms,
            self.dwelling.fact.dwelling,
        )
        made = meeting.household_meets(criteria, members, judged, self.let_by(criteria))
        if made.status is Status.UNKNOWN and not (applicants and told):
            missing = Missing("roles_stated", "housing_organisation")
            return msgspec.structs.replace(made, missing=(missing, *made.missing))
        return made

    def _counts(self, criteria: CriteriaSet, person: UUID, readings: Readings) -> bool | None:
        """Tell whether a partner counts as the applicant's couple (None: not known)."""
        if criteria.couple_months is None:
            return True
        [fact] = [each for member, each in self.listed(readings) if member == person]
        if fact is None or fact.role is MemberRole.SPOUSE:
            return True
        if fact.together_since is None:
            return None
        since = calendar.months_after(fact.together_since, criteria.couple_months)
        return since <= self.question.day

    # -- what a ground comes to for the household

    def any_member(self, trees: dict[UUID, Tree[Finding]], readings: Readings) -> Finding:
        """Say whether a rule is met by any member of the household."""
        found = self.of(trees, readings)
        each = [found(person) for person, _ in self.listed(readings)]
        made = letting.first_of(each)
        if made.status is Status.MET:
            return Finding(Status.MET)
        if any(one.status is Status.NOT_EXAMINED for one in each):
            return Finding(Status.NOT_EXAMINED)
        if made.status is Status.UNKNOWN or not self.complete(readings):
            return Finding(Status.UNKNOWN, (), (), made.missing)
        return Finding(Status.NOT_MET)

    def applicant_found(self, trees: dict[UUID, Tree[Finding]], readings: Readings) -> Finding:
        """Say what a rule about the applicant alone comes to."""
        applicants, _, _ = self.roles(readings)
        if not applicants:
            missing = Missing("roles_stated", "housing_organisation")
            return Finding(Status.UNKNOWN, (), (), (missing,))
        found = self.of(trees, readings)(applicants[0])
        return Finding(found.status, (), (), found.missing)

    def crowded(self, most: int, staying: int | None = 0) -> Callable[[Readings], Finding]:
        """Return whether the dwelling would hold more than `most` persons a room.

        `staying`: how many live there beside the household that moves in; None: not stated.
        """
        unsaid = (Missing("staying_stated", "housing_organisation"),) if staying is None else ()

        persons_per_room = self.edition.rules["LET-OCC-26"].evaluate

        def found(readings: Readings) -> Finding:
            members = self.listed(readings)
            known = self.complete(readings) and staying is not None
            persons = len(members) + (staying or 0)
            rooms = self.dwelling.fact.rooms
            made = persons_per_room(persons, rooms, most, staying=staying)
            # Those who are not known can only be more.
            if known or made.status is not Status.NOT_MET:
                return made
            return persons_per_room(None, rooms, most, unsaid)

        return found

    # -- the decision

    def decision(self) -> Decision:
        """Put the answer together from what was examined."""
        varied = self.varied()
        outcome = varied.outcome
        return Decision(
            question=self.question,
            position=self.position,
            edition=self.edition.id,
            area=self.dwelling.fact.area,
            outcome=outcome,
            examined=tuple(self.examined),
            members=self.household.members,
            membership=self.household.evidence,
            reference=self._reference(),
            missing=self._missing() if outcome is Outcome.UNDETERMINED else (),
            changes=self._changes(outcome),
            variations=varied.variations,
            exhaustive=varied.exhaustive,
            consulted=tuple(self.consulted),
            chosen=self.chosen,
            duties=tuple(self.duties_for(outcome)),
            warnings=tuple(self.notes),
            others_unexamined=bool(self.unexamined),
            concluded=self.concluded(),
            decided_by=self.decided_by(outcome),
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

    def _missing(self) -> tuple[tuple[Missing, UUID | None], ...]:
        """Return what is missing in the grounds that are not decided."""
        found: dict[tuple[Missing, UUID | None], None] = {}
        open_grounds = [
            ground
            for ground in self.grounds
            if ground.tree.under(self.readings).status is Status.UNKNOWN
        ]
        rules = {ground.members_rule for ground in open_grounds}
        named = {m for ground in open_grounds for m in ground.tree.under(self.readings).missing}
        for examined in self.examined:
            if examined.person is not None and examined.rule_id in rules:
                # Who meets one condition of several may lack what leaves the others open.
                found.update(
                    dict.fromkeys(
                        (m, examined.person)
                        for m in examined.finding.missing
                        if m in named or examined.finding.status is Status.UNKNOWN
                    )
                )
        of_members = {missing for missing, _ in found}
        for ground in open_grounds:
            missing = ground.tree.under(self.readings).missing
            found.update(dict.fromkeys((m, None) for m in missing if m not in of_members))
        if open_grounds and self._membership_read:
            found.update(dict.fromkeys((missing, None) for missing in self.household.missing))
        return tuple(found)

    def _changes(self, outcome: Outcome) -> tuple[tuple[Change, str, UUID | None], ...]:
        """Return what would remove the grounds that brought the outcome about."""
        found: dict[tuple[Change, str, UUID | None], None] = {}
        for ground in self.grounds:
            finding = ground.tree.under(self.readings)
            if ground.then is not outcome or finding.status is not ground.adverse:
                continue
            for examined in self.examined:
                if examined.person is not None and examined.rule_id == ground.members_rule:
                    found.update(
                        dict.fromkeys(
                            (change, ground.rule_id, examined.person)
                            for change in examined.finding.changes
                        )
                    )
            found.update(dict.fromkeys((c, ground.rule_id, None) for c in finding.changes))
            lift = _LIFTING.get(ground.rule_id)
            if lift is not None:
                found[lift, ground.rule_id, None] = None
        return tuple(found)


_LIFTING = {
    "LET-OMD-51C": Change("dispensation_decided"),
    "LET-KOMB-51B-BASE": Change("nobody_else_wants_it"),
    "LET-KOMB-51B-EXT": Change("nobody_else_wants_it"),
}
