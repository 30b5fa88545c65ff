"""May the landlord oppose an exchange or a sublet, must it, or may it not?

PERMITTED: the tenant has the right and nothing lets the landlord oppose. DISCRETIONARY: the
landlord may oppose. PROHIBITED: it must, or whoever moves in may not.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar

from domain.facts import OppositionAssessed, OppositionGround
from domain.facts.declared import ORGANISATION, Field
from domain.law.answer import Decision, Need
from domain.law.case import ERASED, single
from domain.law.edition import Edition, Step
from domain.law.kernel import Finding, Outcome, Readings, Rule, Status, Tree, chosen
from domain.law.letting import exchange as law
from domain.law.letting import refusal
from domain.law.letting.case import Grounds, IncomingQuestion
from domain.law.letting.exchange import SubletReason
from domain.law.letting.rejection import LettingChannel
from domain.law.question import question
from domain.reference import View

MeetsConditions = Annotated[
    bool | None,
    Field(
        "om den, der flytter ind, opfylder ungdoms- eller ældreboligens betingelser",
        "of a youth or elderly dwelling: whether whoever moves in meets its conditions",
    ),
]


@question(
    "exchange",
    da="Må lejeren af boligen bytte med en husstand, der skal flytte ind?",
    asked_by=ORGANISATION,
    asks=("exchange", "letting"),
)
class ExchangeQuestion(IncomingQuestion, frozen=True, kw_only=True):
    """May the tenant of this dwelling exchange with a household that is to move in?"""

    lived_since: Annotated[
        date | None,
        Field(
            "siden hvornår den lejer, der flytter ud, har boet der",
            "since when the tenant who moves out has lived there",
        ),
    ] = None
    partner_is_tenant: Annotated[
        bool | None,
        Field(
            "om den anden husstand er lejer af en anden bolig",
            "whether the other household is a tenant of another dwelling",
        ),
    ] = None
    meets_conditions: MeetsConditions = None
    municipality_consents: Annotated[
        bool | None, Field("om kommunen samtykker", "whether the municipality consents")
    ] = None


@question(
    "sublet",
    da="Må lejeren fremleje boligen, eller værelser af den, til en husstand?",
    asked_by=ORGANISATION,
    asks=("sublet", "letting"),
)
class SubletQuestion(IncomingQuestion, frozen=True, kw_only=True):
    """May the tenant of this dwelling sublet it, or rooms of it, to a household?"""

    whole: Annotated[
        bool,
        Field(
            "hele boligen (§ 65) eller værelser af den (§ 64)",
            "the whole dwelling (§ 65), or rooms of it (§ 64)",
        ),
    ]
    staying: Annotated[
        int | None,
        Field(
            "hvor mange der bliver boende, når værelser fremlejes",
            "how many persons stay, where rooms are sublet",
            unit="persons",
            least=0,
            most=100,
        ),
    ] = None
    rooms_sublet: Annotated[
        int | None,
        Field("hvor mange værelser", "how many rooms are sublet", unit="rooms", least=1),
    ] = None
    months: Annotated[
        int | None, Field("hvor mange måneder", "for how many months", unit="months", least=1)
    ] = None
    reason: Annotated[SubletReason | None, Field("grunden", "the reason")] = None
    notified_on: Annotated[
        date | None,
        Field("hvornår udlejer fik besked", "when the landlord was told of it"),
    ] = None
    opposed_on: Annotated[
        date | None,
        Field(
            "hvornår udlejer modsatte sig det; tom: ikke sket",
            "when the landlord opposed it; empty: it has not",
        ),
    ] = None
    agreement_on: Annotated[
        date | None, Field("hvornår aftalen blev indgået", "when it was agreed")
    ] = None
    starts_on: Annotated[
        date | None, Field("hvornår fremlejen begynder", "when the sublet starts")
    ] = None
    copy_sent_on: Annotated[
        date | None,
        Field("hvornår udlejer fik en kopi af aftalen", "when the landlord was sent a copy"),
    ] = None
    proof_sent_on: Annotated[
        date | None,
        Field(
            "hvornår det blev vist, at den, der flytter ind, opfylder det, en ny lejer skal",
            "when it was shown that whoever moves in meets what a newcomer must meet",
        ),
    ] = None
    rent_exceeds_own: Annotated[
        bool | None,
        Field(
            "om lejen er højere end den, lejeren selv betaler",
            "whether the rent is higher than what the tenant pays",
        ),
    ] = None
    meets_conditions: MeetsConditions = None


Q = TypeVar("Q", bound=IncomingQuestion)


def exchange(
    question: ExchangeQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide an exchange on what stood at `position`.

    Raises BeforeCoverageError or DwellingUnknownError for a question that cannot be asked.
    """
    case = _Exchange(question, view, position, edition)
    yield from case.examine()
    return case.decision()


def sublet(
    question: SubletQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide a sublet on what stood at `position`.

    Raises BeforeCoverageError or DwellingUnknownError for a question that cannot be asked.
    """
    case = _Sublet(question, view, position, edition)
    yield from case.examine()
    return case.decision()


class _Incoming(Grounds[Q]):
    """What exchange and sublet have in common."""

    general: ClassVar[str]
    newcomer: ClassVar[str]

    @property
    def law(self) -> Rule:
        """The rule that gives the right, as the edition has it."""
        return self.edition.rules[self.general]

    def stated(self, finding: Finding, then: Outcome = Outcome.DISCRETIONARY) -> None:
        """Put a ground together that rests on what the question states."""
        self.ground(self.general, None, lambda _: finding, then)

    def assessed(self, under: OppositionGround, day: date) -> Finding:
        """Say whether by a day the organisation has found a reasonable ground to oppose."""
        assessed = self.decided(OppositionAssessed)
        if assessed is None:
            return Finding(Status.UNKNOWN, (), (("ground", "reasonable_ground"),), (ERASED,))
        return self.law.part(refusal.opposed)(assessed, under, self.question.dwelling, day)

    def opposed(self, found: Finding) -> None:
        """Put the ground together that the organisation finds reasonable."""
        self.note(self.law, single(found))
        self.stated(found)

    def persons(
        self,
        staying: int | None,
        *,
        most_allowed: Outcome,
        lapsed: Finding | None = None,
        while_it_may: Callable[[Finding], Finding] | None = None,
    ) -> None:
        """Hold the number of persons against one a room, and two where the cap is used.

        `lapsed`: the right to oppose is gone, and `while_it_may` says what becomes of one a room
        where that is not known. The duty to oppose (two a room) does not lapse.
        """
        capped = self.edition.rules[refusal.CAP]
        cap = capped.part(refusal.cap_used)(self.view, self.dwelling.fact, self.question.day)
        # Where one a room is the most already, two a room say nothing more.
        if cap.status is Status.MET and most_allowed is not Outcome.PROHIBITED:
            two = self.crowded(capped.parameters["persons_per_room"], staying)
            self.ground(self.general, None, two, Outcome.PROHIBITED)
        if lapsed is not None:
            return
        one = self.crowded(self.law.parameters["persons_per_room"], staying)
        made = one if while_it_may is None else lambda readings: while_it_may(one(readings))
        self.ground(self.general, None, made, most_allowed)

    def meets_what_a_newcomer_must(self) -> Generator[Need, Any, None]:
        """Hold whoever moves in against the criteria, and § 51 c as AMB-EXC-MEET is read."""
        dwelling, day = self.dwelling.fact, self.question.day
        newcomer_here = self.edition.rules["EXC-69-UDS"].evaluate
        here = self.here(
            self.newcomer,
            lambda readings: newcomer_here(self.edition, self.view, dwelling, day, readings),
        )
        if not self.may_be_met(here):
            self.ground(self.newcomer, here, None, Outcome.PROHIBITED)
            return
        # As a newcomer from outside: what lets residents move freely is not about this household.
        criteria = yield from self.criteria_ground(
            LettingChannel.FLEXIBLE, False, Outcome.PROHIBITED
        )
        self.grounds.remove(criteria)
        # Criteria that only say who comes first shut nobody out.
        shut_out = criteria.then is Outcome.PROHIBITED
        rejected: Callable[[Readings], Finding] | None = None
        all_rules = self.readings["AMB-EXC-MEET"] == "b" or not self.in_use["AMB-EXC-MEET"].settled
        failed = shut_out and criteria.tree.under(self.readings).status is Status.NOT_MET
        transformation: Tree[Finding] | None = None
        if all_rules and not failed:
            transformation = self.transformation()
            if self.may_be_met(transformation):
                yield from self.read_decisions()
                lift = self.dispensation()
                trees = yield from self.examine_couple("LET-OMD-51C", self.days_51c().about())
                rejected = self.rejected(trees, lift, "LET-OMD-51C-DISP")

        def found(readings: Readings) -> Finding:
            held = chosen(criteria.tree, readings) if shut_out else Finding(Status.MET)
            if held.status is Status.NOT_MET:
                return Finding(Status.MET, (), (("fails", "criteria"), *held.values))
            status = Status.UNKNOWN if held.status is Status.UNKNOWN else Status.NOT_MET
            if held.status is Status.NOT_EXAMINED:
                status = Status.NOT_EXAMINED
            made = Finding(status, (), (("fails", "nothing"),), held.missing)
            if transformation is None or readings("AMB-EXC-MEET") == "a":
                return made
            reached = chosen(transformation, readings)
            if reached.status is Status.UNKNOWN:
                return Finding(Status.UNKNOWN, (), (), reached.missing)
            if reached.status is not Status.MET:
                return made
            if rejected is None:
                return Finding(Status.NOT_EXAMINED)
            rejection = rejected(readings)
            if rejection.status is Status.MET:
                return Finding(Status.MET, (), (("fails", "section_51c"),))
            return made if rejection.status is Status.NOT_MET else rejection

        self.ground(
            self.newcomer,
            here,
            found,
            Outcome.PROHIBITED,
            members_rule="LET-FLEX-MEETS" if rejected is None else "LET-OMD-51C",
        )


class _Exchange(_Incoming[ExchangeQuestion]):
    """The working state of an exchange question."""

    general = "EXC-69-GENERAL"
    newcomer = "EXC-69-UDS"

    def examine(self) -> Generator[Need, Any, None]:
        """Read and examine what the rules in force need, in the order of the act."""
        question, day, dwelling = self.question, self.question.day, self.dwelling.fact
        yield from self.read_decisions()
        self.opposed(self.assessed(OppositionGround.EXCHANGE_69, day))
        yield from self.read_household()
        self.stated(self.law.part(law.not_a_tenant)(question.partner_is_tenant, day))
        self.stated(self.law.evaluate(question.lived_since, day))
        self.persons(0, most_allowed=Outcome.DISCRETIONARY)
        self.stated(
            self.law.part(law.outside_its_conditions)(
                dwelling,
                question.meets_conditions,
                day,
                question.municipality_consents,
                consent_helps=True,
            ),
            Outcome.PROHIBITED,
        )
        if self.settled():
            self.unexamined.append(self.newcomer)
            return
        yield from self.meets_what_a_newcomer_must()


class _Sublet(_Incoming[SubletQuestion]):
    """The working state of a sublet question."""

    general = "SUB-64-65-GENERAL"
    newcomer = "SUB-UDS"

    def examine(self) -> Generator[Need, Any, None]:
        """Read and examine what the rules in force need, in the order of the act."""
        question, day, dwelling = self.question, self.question.day, self.dwelling.fact
        own = self.law.part
        lapsed: Finding | None = None
        if question.whole:
            yield from self.read_decisions()
            lapsed = self._lapsed()
            assessed = self.assessed(OppositionGround.SUBLET_65, day)
            self.opposed(lapsed or self._while_it_may_oppose(assessed))
        yield from self.read_household()
        if question.whole:
            for_a_time = self.law.evaluate(question.months, question.reason, day)
            self.stated(for_a_time, Outcome.PROHIBITED)
            told_too_late = own(law.told_too_late)
            self.stated(told_too_late(question.notified_on, question.agreement_on, day))
            # Of the whole dwelling nobody stays unless the question says so.
            staying = question.staying or 0
            self.persons(
                staying,
                most_allowed=Outcome.DISCRETIONARY,
                lapsed=lapsed,
                while_it_may=self._while_it_may_oppose,
            )
            if lapsed is None:
                outside = own(law.outside_its_conditions)(
                    dwelling, question.meets_conditions, day, consent_helps=False
                )
                self.stated(self._while_it_may_oppose(outside))
        else:
            too_many = own(law.too_many_rooms)(question.rooms_sublet, dwelling.rooms, day)
            self.stated(too_many, Outcome.PROHIBITED)
            self.persons(question.staying, most_allowed=Outcome.PROHIBITED)
        self.stated(own(law.rent_too_high)(question.rent_exceeds_own, day))
        late = own(law.not_copied)(question.copy_sent_on, question.starts_on, day)
        self.stated(late, Outcome.PROHIBITED)
        if self.settled():
            self.unexamined.append(self.newcomer)
            return
        yield from self._proof()
        yield from self.meets_what_a_newcomer_must()

    def _lapsed(self) -> Finding | None:
        """Return that the right to oppose is gone; None: it is not, or that is not known.

        What the landlord found in time is taken to have been said in time.
        """
        question = self.question
        if question.notified_on is None:
            return None
        oppose_by = self.law.part(law.oppose_by)(question.notified_on, question.day)
        in_time = self.assessed(OppositionGround.SUBLET_65, oppose_by)
        if in_time.status is not Status.NOT_MET:
            return None
        right_lapsed = self.law.part(law.right_lapsed)
        return right_lapsed(oppose_by, question.opposed_on, question.day)

    def _while_it_may_oppose(self, found: Finding) -> Finding:
        while_it_may = self.law.part(law.while_it_may_oppose)
        return while_it_may(found, self.question.notified_on, self.question.day)

    def _proof(self) -> Generator[Need, Any, None]:
        question, rules = self.question, self.edition.rules
        newcomer_here = rules["EXC-69-UDS"].evaluate
        here = self.here(
            self.newcomer,
            lambda readings: newcomer_here(
                self.edition, self.view, self.dwelling.fact, question.day, readings
            ),
        )
        late = rules[self.newcomer].evaluate(
            question.proof_sent_on, question.starts_on, question.day
        )
        self.ground(self.newcomer, here, lambda _: late, Outcome.PROHIBITED)
        yield from ()


STEPS = (Step(ExchangeQuestion, exchange), Step(SubletQuestion, sublet))
