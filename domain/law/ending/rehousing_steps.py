"""Is this dwelling the replacement that the household is due, and where may it lie?

Almenlejeloven §§ 86 and 86 a, the letting order §§ 1 and 2. Rooms, months and ages are part of
the question; the household's size comes from who belongs to it.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import DisposalDecided, DisposalKind, DwellingRecorded
from domain.facts.declared import BOTH, Field
from domain.facts.kinds import Opaque
from domain.law.answer import Decision, Examined, Membership, Need, Value, ValueKind
from domain.law.case import Household, single
from domain.law.edition import Edition, Step
from domain.law.ending import rehousing as law
from domain.law.ending import sale
from domain.law.home import ENDING_FIRST_DAY, HomeCase, HomeQuestion
from domain.law.kernel import (
    Change,
    Condition,
    Finding,
    Missing,
    Outcome,
    Readings,
    Status,
    Tree,
    all_met,
)
from domain.law.question import question
from domain.law.undecided import none_recorded
from domain.reference import View

MUST_OFFER_REPLACEMENT = "MUST_OFFER_REPLACEMENT"
"""A dwelling in the municipality; where the place is another, MUST_REHOUSE and the place."""
MUST_REHOUSE = "MUST_REHOUSE"
MUNICIPALITY_OFFERS = "MUNICIPALITY_OFFERS"
"""By agreement: the offer is the municipality's, the moving costs are not."""
MUNICIPALITY_REHOUSES = "MUNICIPALITY_REHOUSES"
"""By its own order: the duty and its cost are the municipality's."""
REHOUSER_OPEN = "REHOUSER_OPEN"
REPLACEMENT_INSIDE_AREA = "REPLACEMENT_INSIDE_AREA"
REPLACEMENT_PLACE_OPEN = "REPLACEMENT_PLACE_OPEN"
MUST_PAY_MOVING = "MUST_PAY_MOVING"
MUST_PAY_TEMPORARY = "MUST_PAY_TEMPORARY"
ASSIGN_WITH_NOTICE = "ASSIGN_WITH_NOTICE"
"""§ 86, stk. 7: whoever leaves a care dwelling is given notice only with another one assigned."""
MUST_OFFER_TEMPORARY = "MUST_OFFER_TEMPORARY"
TENANT_CHOOSES = "TENANT_CHOOSES"
TENANT_CHOOSES_IF_LONG = "TENANT_CHOOSES_IF_LONG"
"""The same, where how long it lasts was not stated."""
MUST_OFFER_IN_PROPERTY = "MUST_OFFER_IN_PROPERTY"
MUST_OFFER_REBUILT = "MUST_OFFER_REBUILT"
ONLY_THE_ENTITLED = "ONLY_THE_ENTITLED"
"""Whether the two above hold for this tenant is not known (§ 86, stk. 6)."""
ASSESS_SUITABILITY = "ASSESS_SUITABILITY"
"""Whether location, quality and fittings are suitable is for a named person to assess."""


_Rooms = Field(unit="rooms", least=0, most=100)


@question(
    "rehousing",
    da="Er en bolig den erstatningsbolig, som husstanden har krav på?",
    asked_by=BOTH,
    asks=("rehousing", "termination"),
    purpose="ending",
)
class RehousingQuestion(HomeQuestion, frozen=True, kw_only=True):
    """Is a dwelling the replacement for the one that this household must leave?"""

    offered: Annotated[
        Opaque,
        Field(
            "den bolig, der tilbydes; tom: ingen endnu",
            "the dwelling offered; empty: none yet",
            wire="offered_dwelling_id",
        ),
    ] = ""
    offered_rooms: Annotated[
        int | None,
        _Rooms,
        Field("værelser i den bolig, der tilbydes", "rooms of the dwelling offered"),
    ] = None
    rooms_before: Annotated[
        int | None,
        _Rooms,
        Field("værelser i den bolig, der skal forlades", "rooms of the dwelling that must be left"),
    ] = None
    consents: Annotated[
        bool | None,
        Field(
            "om lejeren går med til en bolig uden for kommunen",
            "whether the tenant agrees to a dwelling outside the municipality",
        ),
    ] = None
    permanent: Annotated[
        bool | None, Field("om genhusningen er permanent", "whether the rehousing is permanent")
    ] = None
    months: Annotated[
        int | None,
        Field(
            "i hvor mange måneder boligen ikke kan bebos",
            "for how many months it can't be lived in",
            unit="months",
            least=0,
            most=1_200,
        ),
    ] = None
    age: Annotated[
        int | None,
        Field(
            "lejerens alder, til oprykningsventelisten",
            "the tenant's age, for the internal waiting list alone",
            unit="years",
            least=0,
            most=150,
        ),
    ] = None
    entitled_to_rebuilt: Annotated[
        bool | None,
        Field(
            "om lejeren hører til den personkreds, de genopførte boliger er til (§ 86, stk. 6)",
            "whether the tenant is of those whom the rebuilt dwellings are for (§ 86, stk. 6)",
        ),
    ] = None


def rehousing(
    question: RehousingQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide a rehousing on what stood at `position`, asking for facts as the rules need them.

    Raises BeforeCoverageError and DwellingUnknownError for a question that cannot be asked.
    """
    case = _Rehousing(question, view, position, edition)
    yield from case.examine()
    return case.decision()


class _Rehousing(HomeCase[RehousingQuestion]):
    """The working state of a rehousing question."""

    def __init__(
        self, question: RehousingQuestion, view: View, position: int, edition: Edition
    ) -> None:
        super().__init__(question, view, position, edition)
        self.planned = sale.disposal(view, question.dwelling, question.day, sale.DISPOSALS)
        self.unplanned = none_recorded(
            view,
            DisposalDecided,
            self.dwelling.fact.municipality,
            question.day,
            ("planned", "none"),
            self.dwelling.fact.area,
        )
        """What it means that nothing is to become of the property, for all that is recorded."""
        self.offered = view.dwelling(question.offered, question.day) if question.offered else None
        self.general = single(Finding(Status.NOT_EXAMINED))
        self.derived: list[Examined] = []

    # -- examining

    def examine(self) -> Generator[Need, Any, None]:
        """Read and examine what the rules in force need; persons only to count them."""
        question, day, rules = self.question, self.question.day, self.edition.rules
        edition, view, dwelling = self.edition, self.view, self.dwelling.fact
        self.ground = self.explored(self._ground)
        self.note(rules[self._ground_rule], self.ground)
        inside = rules["REH-86-SALE-PLAN"]
        self.inside = self.explored(
            partial(inside.evaluate, edition, view, dwelling.area, self.planned, day)
        )
        self.note(inside, self.inside)
        self.taken_over: Finding = rules["REH-TAKEN-OVER"].evaluate(self.planned, day)
        self.note(rules["REH-TAKEN-OVER"], single(self.taken_over))
        self.further = {rule_id: self._further(rule_id) for rule_id in _FURTHER}
        # A dwelling that is offered is not yet one assigned with the notice.
        self.care = Finding(Status.NOT_APPLICABLE)
        if self.planned is not None:
            self.care = self.examine_care(None)
        rule = rules["REH-86A-TEMP"]
        self.temporary: Finding = rule.evaluate(question.permanent, question.months, day)
        self.note(rule, single(self.temporary))
        no_criteria = rules["REH-NOFLEX"]
        self.note(
            no_criteria, self.explored(lambda r: no_criteria.evaluate(self._ground(r).status))
        )
        internal = rules["REH-WAITLIST-NO-FEE"]
        self.internal = self.explored(
            partial(internal.evaluate, edition, view, dwelling, question.age, day)
        )
        self.note(internal, self.internal)
        loss = rules["REH-VACANCY-LOSS"]
        lost = single(Finding(Status.NOT_IN_FORCE))
        if loss.in_force(day):
            lost = self.explored(
                lambda r: loss.evaluate(
                    edition,
                    view,
                    dwelling.area,
                    Condition("rehousing_ground", self._ground(r).status),
                    day,
                    r,
                )
            )
        self.note(loss, lost)
        if self.planned is not None:
            membership: Membership = yield Need(DataClass.MEMBERSHIP)
            self.household = Household(membership, day, self.readings["AMB-HOUSEHOLD"])
        self._examine_offer()

    def _further(self, rule_id: str) -> Tree[Finding]:
        """Say what else is due to a tenant who is given notice (§ 86, stk. 4 and 5)."""
        rule, question = self.edition.rules[rule_id], self.question
        tree = self.explored(
            lambda readings: rule.evaluate(
                self.planned,
                self._ground(readings).status,
                question.permanent,
                question.entitled_to_rebuilt,
                question.day,
            )
        )
        if tree.under(self.readings).status is not Status.NOT_APPLICABLE:
            self.note(rule, tree)
        return tree

    @property
    def _ground_rule(self) -> str:
        sold = self.planned is not None and self.planned.fact.kind is DisposalKind.SALE
        return "TERM-85-2" if sold else "TERM-85-1"

    def _ground(self, readings: Readings) -> Finding:
        """Say whether the tenant could be given notice under § 85, stk. 1, nr. 1 or 2."""
        if self.planned is None and self.unplanned.status is Status.UNKNOWN:
            return self.unplanned
        rule, day = self.edition.rules[self._ground_rule], self.question.day
        if rule.id == "TERM-85-1":
            found: Finding = rule.evaluate(self.planned, day)
            return found
        area = self.dwelling.fact.area
        found = rule.evaluate(self.edition, self.view, area, self.planned, day, readings)
        return found

    def _members(self, readings: Readings) -> int | None:
        """Count the household; None where it is not known whole."""
        read = dict(self.readings)
        for point in self.household.points:
            read[point] = readings(point)
        return len(self.household.on(read)) if self.household.complete(read) else None

    def _examine_offer(self) -> None:
        question, rule = self.question, self.edition.rules["REH-86-GENERAL"]
        self.general = self.explored(
            lambda readings: rule.evaluate(
                self.planned,
                self._ground(readings).status,
                self._members(readings),
                self._rooms(question.rooms_before, self.dwelling),
                self._rooms(question.offered_rooms, self.offered),
                self._here(),
                question.consents,
                # Until it is decided to be for a while, it is tried as one for good.
                self.temporary.status is not Status.MET,
                question.day,
            )
        )
        self.consult(self.general.points)
        found = self.general.under(self.readings)
        self.derived.append(Examined(rule.id, found, self.general, derived=True))

    def _here(self) -> bool | None:
        """Tell whether the dwelling offered lies in the municipality; None: not known."""
        if self.offered is None:
            return None
        return self.offered.fact.municipality == self.dwelling.fact.municipality

    @staticmethod
    def _rooms(stated: int | None, dwelling: Recorded[DwellingRecorded] | None) -> int | None:
        """Return how many rooms a dwelling has: as the question says, else as recorded."""
        return stated if stated is not None or dwelling is None else dwelling.fact.rooms

    # -- from findings to the outcome

    def _outcome_under(self, readings: dict[str, str]) -> Outcome | None:
        if self.stale:
            return Outcome.UNDETERMINED
        if self._for_a_while(readings):
            status, met = self._agreed().status, Outcome.DISCRETIONARY
        elif self._list_alone(readings):
            status, met = self.internal.under(readings).status, Outcome.DISCRETIONARY
        else:
            status = all_met((self.general.under(readings).status, self._place(readings).status))
            met = Outcome.PERMITTED
        return {
            Status.NOT_MET: Outcome.PROHIBITED,
            Status.UNKNOWN: Outcome.UNDETERMINED,
            Status.NOT_EXAMINED: None,
        }.get(status, met)

    def _for_a_while(self, readings: dict[str, str]) -> bool:
        """§ 86 a, stk. 2: no ground for notice, but the dwelling must be left for a while.

        The landlord may then offer a temporary dwelling.
        """
        ground = self.ground.under(readings).status
        return self.temporary.status is Status.MET and ground is Status.NOT_MET

    def _list_alone(self, readings: dict[str, str]) -> bool:
        """The letting order § 2, stk. 2: the internal list, where nothing calls for rehousing.

        It is asked about by stating the tenant's age, and it is open to whoever need not leave.
        """
        return (
            self.question.age is not None
            and not self.question.offered
            and self.ground.under(readings).status is Status.NOT_MET
        )

    def _agreed(self) -> Condition:
        """Say whether what is offered for a while lies where it may (§ 86 a, stk. 1 and 2)."""
        if not self.question.offered:
            return Condition("in_municipality", Status.MET)
        in_municipality = self.edition.rules["REH-86A-TEMP"].part(law.in_municipality)
        return in_municipality(self._here(), self.question.consents, self.question.day)

    def _place(self, readings: dict[str, str]) -> Condition:
        """Say whether the dwelling offered lies where it may lie (§ 86, stk. 1, 3. pkt.)."""
        name = "inside_area"
        bound = self.inside.under(readings)
        if bound.status is Status.NOT_MET or not self.question.offered:
            return Condition(name, Status.MET)
        if self.offered is None:
            missing = Missing("offered_dwelling", "landlord")
            return Condition(name, Status.UNKNOWN, (), (), (missing,))
        if self.offered.fact.area == self.dwelling.fact.area:
            return Condition(name, Status.MET, (self.offered,))
        if bound.status is Status.MET:
            return Condition(name, Status.NOT_MET, (self.offered,))
        return Condition(name, bound.status, (self.offered,), (), bound.missing)

    # -- the decision

    def decision(self) -> Decision:
        """Put the answer together from what was examined."""
        varied = self.outcome_varied(self._outcome_under)
        outcome = varied.outcome
        offered = () if self.offered is None else (self.offered,)
        return Decision(
            question=self.question,
            position=self.position,
            edition=self.edition.id,
            area=self.dwelling.fact.area,
            outcome=outcome,
            examined=(*self.examined, *self.derived),
            members=self.household.members,
            membership=self.household.evidence,
            reference=(*self.reference(), *offered),
            missing=self._missing() if outcome is Outcome.UNDETERMINED else (),
            changes=self._changes() if outcome is Outcome.PROHIBITED else (),
            variations=varied.variations,
            exhaustive=varied.exhaustive,
            consulted=tuple(self.consulted),
            chosen=self.chosen,
            duties=self._duties(),
            values=self._values(),
            decided_by=self._decided_by(outcome),
        )

    def _decided_by(self, outcome: Outcome) -> tuple[Examined, ...]:
        """Return the finding that a refusing or discretionary outcome rests on."""
        if outcome not in (Outcome.PROHIBITED, Outcome.DISCRETIONARY):
            return ()
        if self._for_a_while(self.readings):
            return (Examined("REH-86A-TEMP", self.temporary, single(self.temporary)),)
        if self._list_alone(self.readings):
            rule_id, tree = "REH-WAITLIST-NO-FEE", self.internal
        elif self.ground.under(self.readings).status is Status.NOT_MET:
            rule_id, tree = self._ground_rule, self.ground
        elif self.general.under(self.readings).status is Status.NOT_MET:
            rule_id, tree = "REH-86-GENERAL", self.general
        else:
            rule_id, tree = "REH-86-SALE-PLAN", self.inside
        return (Examined(rule_id, tree.under(self.readings), tree),)

    def _duties(self) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        due = self.ground.under(self.readings).status is Status.MET
        if self.temporary.status is Status.MET:
            if due:
                found += self._who() or [(MUST_OFFER_TEMPORARY, "REH-86-GENERAL")]
            if not (due and self._ordered):
                found.append((MUST_PAY_TEMPORARY, "REH-86A-TEMP"))
            chooses = _CHOOSES.get(dict(self.temporary.values).get("choice", ""))
            if due and chooses is not None:
                found.append((chooses, "REH-86A-TEMP"))
        elif due:
            found += self._offer()
        if self.question.offered and due:
            found.append((ASSESS_SUITABILITY, "REH-86-GENERAL"))
        elif self.question.offered and self._for_a_while(self.readings):
            found.append((ASSESS_SUITABILITY, "REH-86A-TEMP"))
        return tuple(found)

    @property
    def _ordered(self) -> bool:
        return ("by", "order") in self.taken_over.values

    def _who(self) -> list[tuple[str, str]]:
        """Say who rehouses, where that is not the landlord, or is not known."""
        rule_id = "REH-TAKEN-OVER"
        match self.taken_over.status:
            case Status.MET:
                return [(MUNICIPALITY_REHOUSES if self._ordered else MUNICIPALITY_OFFERS, rule_id)]
            case Status.UNKNOWN:
                return [(REHOUSER_OPEN, rule_id)]
        return []

    def _offer(self) -> list[tuple[str, str]]:
        """Return the duty to offer a permanent dwelling: whose, where, and what goes with it."""
        who, place = self._who(), self._bound()
        found = list(who)
        if place is Status.NOT_MET:
            found = found or [(MUST_OFFER_REPLACEMENT, "REH-86-GENERAL")]
        else:
            found = found or [(MUST_REHOUSE, "REH-86-GENERAL")]
            code = REPLACEMENT_INSIDE_AREA if place is Status.MET else REPLACEMENT_PLACE_OPEN
            found.append((code, "REH-86-SALE-PLAN"))
        if self.care.status is not Status.NOT_APPLICABLE:
            found.append((ASSIGN_WITH_NOTICE, "TERM-86-7"))
        if not who or (self.taken_over.status is Status.MET and not self._ordered):
            found.append((MUST_PAY_MOVING, "REH-86-GENERAL"))
        further = {id: tree.under(self.readings).status for id, tree in self.further.items()}
        for rule_id, code in _FURTHER.items():
            if further[rule_id] in (Status.MET, Status.UNKNOWN):
                found.append((code, rule_id))
        found += [
            (ONLY_THE_ENTITLED, rule_id)
            for rule_id, tree in self.further.items()
            if further[rule_id] is Status.UNKNOWN
            and ("notice", "unknown") not in tree.under(self.readings).values
        ][:1]
        return found

    def _bound(self) -> Status:
        """Say whether the dwelling must lie inside the area, on every reading that is open."""
        statuses = {
            finding.status
            for path, finding in self.inside.leaves
            if all(
                self.readings[point] == reading or not self.in_use[point].settled
                for point, reading in path
            )
        }
        return statuses.pop() if len(statuses) == 1 else Status.UNKNOWN

    def _values(self) -> tuple[Value, ...]:
        suitable = self.edition.rules["REH-86-GENERAL"].part(law.suitable_rooms)
        before = self._rooms(self.question.rooms_before, self.dwelling)
        rooms = {
            "rooms_by_household": suitable(self._count(), None, self.question.day),
            "rooms_as_before": suitable(None, before, self.question.day),
        }
        return tuple(
            Value(name, ValueKind.NUMBER, str(number), "REH-86-GENERAL")
            for name, numbers in rooms.items()
            for number in numbers
        )

    def _count(self) -> int | None:
        if not self.household.complete(self.readings):
            return None
        return len(self.household.on(self.readings))

    def _missing(self) -> tuple[tuple[Missing, UUID | None], ...]:
        if self._for_a_while(self.readings):
            return tuple((each, None) for each in self._agreed().missing)
        if self._list_alone(self.readings):
            return tuple((each, None) for each in self.internal.under(self.readings).missing)
        found: dict[tuple[Missing, UUID | None], None] = {}
        place = self._place(self.readings)
        for each in (*self.general.under(self.readings).missing, *place.missing):
            found[each, None] = None
        ground = self.ground.under(self.readings)
        found.update(dict.fromkeys((each, None) for each in ground.missing))
        if any(missing.kind == "household_size" for missing, _ in found):
            found.update(dict.fromkeys((each, None) for each in self.household.missing))
        return tuple(found)

    def _changes(self) -> tuple[tuple[Change, str, UUID | None], ...]:
        if self._for_a_while(self.readings):
            return ((_CHANGES["in_municipality"], "REH-86A-TEMP", None),)
        found: list[tuple[Change, str, UUID | None]] = [
            (self._change(each.name), "REH-86-GENERAL", None)
            for each in self.general.under(self.readings).conditions
            if each.status is Status.NOT_MET
        ]
        if self._place(self.readings).status is Status.NOT_MET:
            found.append((_CHANGES["inside_area"], "REH-86-SALE-PLAN", None))
        return tuple(found)

    def _change(self, condition: str) -> Change:
        """Say what would meet a condition; what is to be sold is left for no demolition."""
        if condition == "rehousing_ground" and self._ground_rule == "TERM-85-2":
            return Change("sale_in_vulnerable_area")
        return _CHANGES[condition]


_FURTHER = {
    "REH-86-PROPERTY": MUST_OFFER_IN_PROPERTY,
    "REH-86-REBUILT": MUST_OFFER_REBUILT,
}
"""What else is due with a notice, by the rule that says so."""

_CHOOSES = {"yes": TENANT_CHOOSES, "unknown": TENANT_CHOOSES_IF_LONG}
"""What a temporary rehousing gives a right to, by whether it lasts over twelve months."""

_CHANGES = {
    "rehousing_ground": Change("disposal_documented"),
    "suitable_size": Change("suitable_size"),
    "in_municipality": Change("tenant_consents"),
    "inside_area": Change("dwelling_inside_area"),
}


STEPS = (Step(RehousingQuestion, rehousing, first_day=ENDING_FIRST_DAY),)
