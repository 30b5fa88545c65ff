"""May this tenancy be terminated because of crime (almenlejeloven § 90, stk. 1, nr. 10)?

A checklist: each condition is met, not met or unproven. It never ends in a duty to terminate
but where § 80 is read so, and then only if good order needs it, which a person decides.
The order of reading is: the law, the dwelling, the landlord's own decisions, who belongs to the
household, and of those persons their judgments alone.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain.calendar import covers
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import DwellingKind, MemberList, TerminationDecided
from domain.facts.declared import ORGANISATION
from domain.law.answer import (
    Decision,
    Examined,
    Membership,
    Need,
    Value,
    ValueKind,
)
from domain.law.case import ERASED, prepared, single
from domain.law.edition import Edition, Step
from domain.law.ending import termination as law
from domain.law.home import (
    ENDING_FIRST_DAY,
    AgreedWeeks,
    HomeCase,
    HomeQuestion,
    OtherDwellingAssigned,
)
from domain.law.kernel import (
    Change,
    Condition,
    Finding,
    Missing,
    Outcome,
    Readings,
    Record,
    Status,
    Tree,
    Varied,
    all_met,
    applies,
    checklist,
    chosen,
)
from domain.law.lives import JudgmentState, judgment_on
from domain.law.question import question
from domain.reference import View

MUST_COMPENSATE = "MUST_COMPENSATE"
MUST_OFFER_DWELLING = "MUST_OFFER_DWELLING"
NO_PRIOR_NOTICE = "NO_PRIOR_NOTICE"
"""In the joint track the termination needs no notice to the tenant beforehand."""
LIABLE_IF_OVERTURNED = "LIABLE_IF_OVERTURNED"
"""The judgment is not final: § 92, stk. 4 makes the landlord answer for it."""
OTHER_GROUNDS = "OTHER_GROUNDS"
DUTY_TO_TERMINATE_OPEN = "DUTY_TO_TERMINATE_OPEN"
"""Whether § 80, stk. 1 names nr. 10 since 1 July 2022 was not seen (AMB-80)."""
MUST_TERMINATE_IF_NEEDED = "MUST_TERMINATE_IF_NEEDED"


@question(
    "termination",
    da="Må husstandens lejeaftale om boligen hæves på grund af kriminalitet på dagen?",
    asked_by=ORGANISATION,
    purpose="ending",
)
class TerminationQuestion(HomeQuestion, frozen=True, kw_only=True):
    """May this household's tenancy of this dwelling be terminated because of crime on this day?"""

    other_dwelling_assigned: OtherDwellingAssigned = None
    agreed_weeks: AgreedWeeks = None


def termination(
    question: TerminationQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide a termination on what stood at `position`, asking for facts as the rules need them.

    Raises BeforeCoverageError and DwellingUnknownError for a question that cannot be asked.
    """
    case = _Termination(question, view, position, edition)
    yield from case.examine()
    return case.decision()


class Links:
    """Who belongs, or is attached, to the tenant's household on which day."""

    def __init__(self, membership: Membership, day: date) -> None:
        self._members = [
            (person, item)
            for person, item in membership.members
            if person is not None and item is not None and item.fact.first_day <= day
        ]
        self._attested = [item for item in membership.attested if item.fact.first_day <= day]
        self.erased = membership.erased or any(
            person is None or item is None for person, item in membership.members
        )
        self.persons = tuple(dict.fromkeys(person for person, _ in self._members))
        self.evidence: tuple[tuple[UUID | None, Recorded[Any]], ...] = (
            *self._members,
            *((None, item) for item in self._attested),
        )

    def on(self, kind: MemberList, person: UUID, day: date) -> Recorded[Any] | None:
        """Return what puts a person on a list on a day."""
        for subject, item in reversed(self._members):
            if subject == person and item.fact.member_list is kind and _covers(item, day):
                return item
        return None

    def attested(self, kind: MemberList, day: date) -> Recorded[Any] | None:
        """Return what says that a list names everyone on a day."""
        for item in reversed(self._attested):
            if item.fact.member_list is kind and _covers(item, day):
                return item
        return None

    def link(self, person: UUID, moment: str, day: date, readings: Readings) -> Condition:
        """Say whether a person belonged to the household on a day (AMB-HOUSEHOLD-TIME)."""
        name = _MEMBER_AT[moment]
        kind = self._list(person, day, readings)
        values: tuple[tuple[str, str], ...] = (("day", day.isoformat()),)
        member = self.on(kind, person, day)
        if member is not None:
            return Condition(name, Status.MET, (member,), values)
        attached = self.on(MemberList.ATTACHED, person, day)
        none_else = self.attested(MemberList.ATTACHED, day)
        complete = self.attested(kind, day)
        matters = attached is not None or (complete is not None and none_else is None)
        if matters and readings("AMB-HOUSEHOLD-TIME-ATTACH") == "b":
            values = (*values, ("link", "attached"))
            if attached is not None:
                return Condition(name, Status.MET, (attached,), values)
            missing = members_missing(MemberList.ATTACHED, day)
            return Condition(name, Status.UNKNOWN, (), values, (missing,))
        if complete is not None:
            shown = (complete, attached or none_else)
            evidence = tuple(item for item in shown if item is not None)
            return Condition(name, Status.NOT_MET, evidence, values)
        return Condition(name, Status.UNKNOWN, (), values, (members_missing(kind, day),))

    def _list(self, person: UUID, day: date, readings: Readings) -> MemberList:
        """Return the list to look at: AMB-HOUSEHOLD matters where the two lists part."""
        declared = self.on(MemberList.DECLARED, person, day)
        registered = self.on(MemberList.REGISTERED, person, day)
        known = registered is not None or self.attested(MemberList.REGISTERED, day) is not None
        if (declared is None) == (registered is None) or not known:
            return MemberList.DECLARED
        return MemberList.DECLARED if readings("AMB-HOUSEHOLD") == "a" else MemberList.REGISTERED


def _covers(item: Recorded[Any], day: date) -> bool:
    return covers(item.fact.first_day, item.fact.last_day, day)


def members_missing(kind: MemberList, day: date) -> Missing:
    """Say that nobody has vouched for a list of the household being complete on a day."""
    details = (("list", str(kind)), ("day", day.isoformat()))
    return Missing("members_attested", "municipality_referral", details)


MOMENTS = {"a": "offence", "b": "judgment", "c": "termination"}
_MEMBER_AT = {
    "offence": "member_at_offence",
    "judgment": "member_at_judgment",
    "termination": "member_at_termination",
}
"""What each moment's condition is called."""
"""The readings of AMB-HOUSEHOLD-TIME-MOMENT."""


class _Termination(HomeCase[TerminationQuestion]):
    """The working state of a termination question."""

    def __init__(
        self, question: TerminationQuestion, view: View, position: int, edition: Edition
    ) -> None:
        super().__init__(question, view, position, edition)
        self.decisions: Sequence[Recorded[Any]] | None = ()
        self.links = Links(Membership((), ()), question.day)
        self.grounds: dict[UUID, list[Tree[Finding]]] = {}
        """For each person, what each judgment comes to; of one without any, what is missing."""
        self.joint: list[tuple[Tree[Finding], Tree[Finding]]] = []
        """For each judgment, what it comes to, and whether the joint track is open for it."""
        self.fell: list[tuple[UUID, Tree[Finding]]] = []
        self.derived: list[Examined] = []
        self.weighed: Tree[Finding] = single(Finding(Status.NOT_EXAMINED))

    # -- examining

    def examine(self) -> Generator[Need, Any, None]:
        """Read and examine what the rules in force need, and no more."""
        decisions: Sequence[Recorded[Any]] | None = yield Need(DataClass.DECISIONS)
        self.decisions = None if decisions is None else self._of_this_dwelling(decisions)
        self._examine_household()
        membership: Membership = yield Need(DataClass.MEMBERSHIP)
        self.links = Links(membership, self.question.day)
        if not self.links.persons:
            self._examine_joint({})
            return
        records = yield from self.read_members(DataClass.CONVICTIONS, self.links.persons)
        core = self.edition.rules["EVI-90-10-CORE"]
        # Distances are measured from the property of this dwelling.
        trees = self.examine_members(
            core, DataClass.CONVICTIONS, self.links.persons, records, self.question.dwelling
        )
        judgments = {
            person: prepared(DataClass.CONVICTIONS, records[person])
            for person in self.links.persons
        }
        for person, record in judgments.items():
            self._examine_person(person, record, trees[person])
        self._examine_joint(judgments)

    def _of_this_dwelling(self, decisions: Sequence[Recorded[Any]]) -> Sequence[Recorded[Any]]:
        """Leave out what the landlord has terminated of another dwelling of the household."""
        return [
            item
            for item in decisions
            if type(item.fact) is not TerminationDecided
            or item.fact.dwelling == self.question.dwelling
        ]

    def _examine_household(self) -> None:
        """Examine what rests on the day and the landlord's own decisions alone."""
        rules, day = self.edition.rules, self.question.day
        for rule_id in ("EVI-FOGED-596", "EVI-63D", "EVI-90-OTHER"):
            self.note(rules[rule_id], single(rules[rule_id].evaluate(day)))
        rule = rules["EVI-63E"]
        if not rule.in_force(day):
            found = Finding(Status.NOT_IN_FORCE)
        elif self.decisions is None:
            found = Finding(Status.UNKNOWN, (), (), (ERASED,))
        else:
            found = rule.evaluate(self.decisions, day)
        self.note(rule, single(found))
        self.care = self.examine_care(self.question.other_dwelling_assigned)

    @property
    def _decided(self) -> Sequence[Recorded[Any]]:
        return self.decisions or ()

    def _examine_person(self, person: UUID, record: Record | None, core: Tree[Finding]) -> None:
        day = self.question.day
        if record is None:
            self.grounds[person] = [core]
            return
        given = law.judgments(record, day)
        grounds = [self.explored(partial(self._ground, person, record, item)) for item in given]
        if not law.complete_until(record, day):
            unknown = Finding(Status.UNKNOWN, (), (), (law.judgments_missing(day),))
            grounds.append(single(unknown))
        self.grounds[person] = grounds or [single(Finding(Status.NOT_MET))]
        for tree in grounds:
            self.consult(tree.points)
        for rule_id in ("EVI-90-10", "EVI-90-10-NONFINAL"):
            if given:
                self._derive(rule_id, person, self._best(person, record, given, rule_id))
        ended = law.terminated(self._decided, day)
        for item in given:
            if ended is not None and item.fact.overturned_on is not None:
                rule = self.edition.rules["EVI-92-4"]
                tree = self.explored(partial(rule.evaluate, item, ended, day))
                self.fell.append((person, tree))
                self._derive(rule.id, person, tree)

    def _examine_joint(self, records: dict[UUID, Record | None]) -> None:
        """Say for each judgment whether the joint track is open for it (§ 996 b, stk. 3-5).

        Where nothing was asked for, or nobody's judgments are known, it is said once.
        """
        rule, day = self.edition.rules["EVI-FOGED-JOINT"], self.question.day
        if not rule.in_force(day):
            self.note(rule, single(Finding(Status.NOT_IN_FORCE)))
            return
        if self.decisions is None:
            self.note(rule, single(Finding(Status.UNKNOWN, (), (), (ERASED,))))
            return
        decisions, some = self.decisions, False
        made = law.requested(decisions, day)
        for person, record in records.items():
            if record is None or not made:
                continue
            trees = [
                self.explored(partial(self._joint, person, record, item))
                for item in law.judgments(record, day)
            ]
            self.joint += zip(self.grounds[person], trees, strict=False)
            if trees:
                some = True
                self._derive(rule.id, person, self.explored(partial(_furthest, trees)))
        if not some:
            known = records and all(
                record is not None and law.complete_until(record, day)
                for record in records.values()
            )
            none = Condition("convicted", Status.NOT_MET if known else Status.UNKNOWN)
            self.note(rule, single(rule.evaluate(decisions, None, none, day)))

    def _joint(
        self, person: UUID, record: Record, item: Recorded[Any], readings: Readings
    ) -> Finding:
        needed = (*self._core(record, item, readings), self._link(person, item, readings))
        core = checklist(needed)
        convicted = Condition("convicted", core.status, core.evidence, (), core.missing)
        if judgment_on(item.fact, self.question.day) is JudgmentState.OVERTURNED:
            # What the court sent on was a judgment that convicts nobody any longer.
            convicted = Condition("convicted", Status.NOT_MET, core.evidence)
        rule = self.edition.rules["EVI-FOGED-JOINT"]
        found: Finding = rule.evaluate(self._decided, item, convicted, self.question.day)
        return found

    def _derive(self, rule_id: str, person: UUID, tree: Tree[Finding]) -> None:
        self.consult(tree.points)
        self.derived.append(
            Examined(rule_id, tree.under(self.readings), tree, person, derived=True)
        )

    def _core(self, record: Record, item: Recorded[Any], readings: Readings) -> list[Condition]:
        core_of = self.edition.rules["EVI-90-10-CORE"].part(law.core_of)
        return list(core_of(item, record, self.question.dwelling, self.question.day, readings))

    def _link(self, person: UUID, item: Recorded[Any], readings: Readings) -> Condition:
        """Return the link at the moment that counts, consulted where the moments differ."""
        days = {
            "offence": item.fact.offence_day,
            "judgment": item.fact.judgment_day,
            "termination": self.question.day,
        }
        links = {
            moment: self.links.link(person, moment, on, readings) for moment, on in days.items()
        }
        if len({each.status for each in links.values()}) == 1:
            return links["offence"]
        return links[MOMENTS[readings("AMB-HOUSEHOLD-TIME-MOMENT")]]

    def _ground(
        self,
        person: UUID,
        record: Record,
        item: Recorded[Any],
        readings: Readings,
    ) -> Finding:
        """Say whether one judgment lets the tenancy be terminated."""
        conditions = self._core(record, item, readings)
        conditions.append(self._link(person, item, readings))
        if all_met(each.status for each in conditions) is Status.NOT_MET:
            return checklist(conditions)
        day = self.question.day
        weighed = law.weighing(self._decided, item, day)
        rule, before_final = (self.edition.rules[id] for id in ("EVI-90-10", "EVI-90-10-NONFINAL"))
        final = rule.evaluate(item, day, readings).conditions[0]
        overturned = ("state", "overturned") in final.values
        if (
            final.status is not Status.MET
            and not overturned
            and applies(before_final, day, readings)
        ):
            obligations = before_final.part(law.obligations_kept)(weighed, day, readings)
            if obligations.status is not Status.MET and final.status is Status.UNKNOWN:
                # If it turns out to be final, obligations bar nothing.
                conditions.append(final)
            if obligations.status is not Status.NOT_MET or final.status is not Status.UNKNOWN:
                conditions.append(obligations)
        else:
            conditions.append(final)
        found = checklist(conditions)
        if found.status is Status.MET:
            rule.part(law.proportionate)(weighed, day, readings)
        return found

    def _best(
        self, person: UUID, record: Record, given: Sequence[Recorded[Any]], rule_id: str
    ) -> Tree[Finding]:
        """Return what a rule comes to on the judgment that goes furthest, with its checklist."""
        rule, day = self.edition.rules[rule_id], self.question.day
        if not rule.in_force(day):
            return single(Finding(Status.NOT_IN_FORCE))

        def one(item: Recorded[Any], readings: Readings) -> Finding:
            weighed = law.weighing(self._decided, item, day)
            if rule_id == "EVI-90-10":
                state = rule.evaluate(item, day, readings)
            else:
                state = rule.evaluate(item, weighed, day, readings)
            links = [
                self.links.link(person, moment, on, readings)
                for moment, on in (
                    ("offence", item.fact.offence_day),
                    ("judgment", item.fact.judgment_day),
                    ("termination", day),
                )
            ]
            core = checklist(self._core(record, item, readings))
            needed = [
                # Shown one by one under the rule of its own.
                Condition("core_met", core.status, core.evidence, (), core.missing),
                *state.conditions,
                self._link(person, item, readings),
            ]
            found = checklist(needed, state.values)
            shown = [*needed[:-1], *links]
            # Final or not, a judgment may be used where it is not known which of the two it is.
            either = found.status is Status.UNKNOWN and rule_id == "EVI-90-10-NONFINAL"
            if found.status is Status.MET or (
                either and self._ground(person, record, item, readings).status is Status.MET
            ):
                shown.append(rule.part(law.proportionate)(weighed, day, readings))
            evidence = dict.fromkeys(e for each in shown for e in each.evidence)
            return Finding(
                found.status, tuple(evidence), found.values, found.missing, (), tuple(shown)
            )

        return self.explored(lambda readings: law.furthest([one(i, readings) for i in given]))

    # -- from findings to the outcome

    def _outcome_under(self, readings: dict[str, str]) -> Outcome | None:
        if self.stale:
            return Outcome.UNDETERMINED
        statuses = {
            tree.under(readings).status for trees in self.grounds.values() for tree in trees
        }
        if Status.MET in statuses:
            return self._allowed()
        if Status.NOT_EXAMINED in statuses:
            return None
        if Status.UNKNOWN in statuses or not self._complete(readings) or self.decisions is None:
            return Outcome.UNDETERMINED
        return Outcome.PROHIBITED

    def _allowed(self) -> Outcome:
        match self.care.status:
            case Status.NOT_MET:
                return Outcome.PROHIBITED
            case Status.UNKNOWN:
                return Outcome.UNDETERMINED
        return Outcome.DISCRETIONARY

    def _complete(self, readings: dict[str, str]) -> bool:
        """Tell whether nobody else can belong to the household on the day asked about."""
        return not self.links.erased and any(
            self.links.attested(kind, self.question.day) is not None
            for kind in (MemberList.DECLARED, MemberList.REGISTERED)
        )

    def _varied(self) -> Varied:
        return self.outcome_varied(self._outcome_under)

    # -- the decision

    def decision(self) -> Decision:
        """Put the answer together from what was examined."""
        varied = self._varied()
        outcome = varied.outcome
        warnings = [OTHER_GROUNDS]
        duties: list[tuple[str, str]] = []
        allowed = outcome is Outcome.DISCRETIONARY
        best = self._ground_met() if allowed else None
        if allowed and self.question.day >= law.FAST_TRACK:
            self.consult(("AMB-80",))
            if self.readings["AMB-80"] == "b":
                duties.append((MUST_TERMINATE_IF_NEEDED, "EVI-90-10"))
            elif not self.in_use["AMB-80"].settled:
                warnings.append(DUTY_TO_TERMINATE_OPEN)
        if best is not None:
            if self._joint_track_open():
                duties.append((NO_PRIOR_NOTICE, "EVI-FOGED-JOINT"))
            if any(each.name == "obligations_kept" for each in best.conditions):
                warnings.append(LIABLE_IF_OVERTURNED)
        # Where another judgment stands, only a termination that names its own is known to fall.
        moved = {each["moved"] for each in self._fallen() if not allowed or _rested(each)}
        if moved:
            duties.append((MUST_COMPENSATE, "EVI-92-4"))
        if "yes" in moved:
            duties.append((MUST_OFFER_DWELLING, "EVI-92-4"))
        values = self._values(allowed)
        return Decision(
            question=self.question,
            position=self.position,
            edition=self.edition.id,
            area=self.dwelling.fact.area,
            outcome=outcome,
            examined=(*self.examined, *self.derived),
            members=self.links.persons,
            membership=self.links.evidence,
            reference=self.reference(),
            missing=self._missing(outcome),
            changes=self._changes() if outcome is Outcome.PROHIBITED else (),
            variations=varied.variations,
            exhaustive=varied.exhaustive,
            consulted=tuple(self.consulted),
            chosen=self.chosen,
            duties=tuple(duties),
            values=values,
            warnings=tuple(warnings),
            others_unexamined=True,
        )

    def _fallen(self) -> list[dict[str, str]]:
        """Return what was found of each ground that fell, or may be the one that fell."""
        found = (tree.under(self.readings) for _, tree in self.fell)
        return [dict(each.values) for each in found if each.status is Status.MET]

    def _joint_track_open(self) -> bool:
        """Tell whether a judgment that allows the termination is one that the court sent on."""
        return any(
            ground.under(self.readings).status is joint.under(self.readings).status is Status.MET
            for ground, joint in self.joint
        )

    def _ground_met(self) -> Finding | None:
        for trees in self.grounds.values():
            for tree in trees:
                found = tree.under(self.readings)
                if found.status is Status.MET:
                    return found
        return None

    def _values(self, allowed: bool) -> tuple[Value, ...]:
        found = []
        for examined in self.examined:
            for condition in examined.finding.conditions:
                if condition.name != "within_1_km":
                    continue
                for name, value in condition.values:
                    if name in ("shortest", "longest"):
                        found.append(
                            Value(
                                f"distance_{name}",
                                ValueKind.DISTANCE_CM,
                                value,
                                examined.rule_id,
                            )
                        )
        if allowed:
            # § 92, stk. 1: rent is due as if notice by § 88 had been given on the day.
            day, agreed = self.question.day, self.question.agreed_weeks
            youth = self.dwelling.fact.kind is DwellingKind.YOUTH
            period = self.edition.rules["TERM-88-NOTICE"].evaluate
            rent = self.explored(partial(period, day, youth, agreed, day))
            self.consult(rent.points)
            until = dict(rent.under(self.readings).values)["earliest_end"]
            found.append(Value("rent_liable_until", ValueKind.DAY, until, "EVI-90-10"))
        return tuple(found)

    def _missing(self, outcome: Outcome) -> tuple[tuple[Missing, UUID | None], ...]:
        """Return what could change the outcome; of an allowed one, what is to be weighed."""
        found: dict[tuple[Missing, UUID | None], None] = {}
        if outcome is Outcome.DISCRETIONARY:
            if not all(_rested(each) for each in self._fallen()):
                # Another judgment stands: only the landlord knows which of them it rested on.
                found[Missing("judgment_rested_on", "landlord"), None] = None
            for allowed, joint in self.joint:
                track = joint.under(self.readings)
                if allowed.under(self.readings).status is Status.MET:
                    found.update(dict.fromkeys((each, None) for each in track.missing))
            for examined in self.derived:
                for condition in examined.finding.conditions:
                    if condition.name == "proportionality_weighed":
                        found.update(dict.fromkeys((each, None) for each in condition.missing))
        if outcome is not Outcome.UNDETERMINED:
            return tuple(found)
        if self.decisions is None or self.links.erased:
            found[ERASED, None] = None
        met = False
        for person, trees in self.grounds.items():
            for tree in trees:
                ground = tree.under(self.readings)
                met = met or ground.status is Status.MET
                if ground.status is Status.UNKNOWN:
                    found.update(dict.fromkeys((each, person) for each in ground.missing))
        if met:
            found.update(dict.fromkeys((each, None) for each in self.care.missing))
        if not met and not self._complete(self.readings):
            kind = MemberList.DECLARED
            found[members_missing(kind, self.question.day), None] = None
        return tuple(found)

    def _changes(self) -> tuple[tuple[Change, str, UUID | None], ...]:
        found: list[tuple[Change, str, UUID | None]] = []
        for person, trees in self.grounds.items():
            for tree in trees:
                conditions = tree.under(self.readings).conditions
                unmet = [each.name for each in conditions if each.status is not Status.MET]
                if any(("state", "overturned") in each.values for each in conditions):
                    continue
                if unmet in (["judgment_final"], ["obligations_kept"]):
                    found.append((Change("judgment_becomes_final"), "EVI-90-10", person))
        if self.care.status is Status.NOT_MET:
            found.append((Change("other_dwelling_assigned"), "TERM-86-7", None))
        found.append((Change("another_ground"), "EVI-90-OTHER", None))
        return tuple(found)


def _rested(fell: dict[str, str]) -> bool:
    """Tell whether the termination is known to have rested on the judgment that fell."""
    return fell["rested_on"] == "this"


def _furthest(trees: Sequence[Tree[Finding]], readings: Readings) -> Finding:
    """Return what goes furthest of what several judgments come to."""
    return law.furthest([chosen(tree, readings) for tree in trees])


STEPS = (Step(TerminationQuestion, termination, first_day=ENDING_FIRST_DAY),)
