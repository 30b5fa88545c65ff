"""A receipt computed again: the same bytes, whatever was recorded since."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest

from domain import canonical, facts, receipt
from domain.data_classes import DataClass
from domain.facts import Benefit, MemberList
from domain.law.editions import CURRENT
from domain.law.kernel import Outcome
from domain.law.referral import grounds as referral
from services.answers import stored
from services.answers.receipts import Answer, request_bytes
from services.answers.replay import Replay
from services.facts.fields import InvalidFields
from services.facts.recording import Written
from tests.answers.town import (
    ASKED_DAY,
    ELDERLY,
    LONG_AGO,
    ORDINARY,
    PREVENTION,
    VULNERABLE,
    YOUTH,
    Household,
    Town,
    new_id,
)
from tests.support import scaled

PLACES = [ORDINARY, VULNERABLE, PREVENTION, ELDERLY, YOUTH]


def assert_the_same(answer: Answer, replay: Replay) -> None:
    assert replay.differences == []
    assert {section.verdict for section in replay.sections} == {"equal"}
    assert replay.computed_hash == replay.stored_hash == answer.receipt_hash


@pytest.mark.parametrize("dwelling", PLACES)
def test_a_receipt_comes_out_the_same_open_and_sealed(town: Town, dwelling: str) -> None:
    household = town.register()
    town.on_kontanthjaelp(household.members[1])
    answer = town.ask(household, dwelling)
    replay = town.replay(answer)
    assert_the_same(answer, replay)
    assert answer.receipt_id is not None
    packed = receipt.unpack(town.answers.receipts.find(answer.receipt_id).data)
    assert [s.data_class for s in replay.sections] == [s.data_class for s in packed.sections]


def test_the_outcomes_differ_and_each_is_replayed(town: Town) -> None:
    household = town.register()
    outcomes = {}
    outcomes["nothing known against"] = town.ask(household, VULNERABLE)
    outcomes["outside every area"] = town.ask(household, ORDINARY)
    town.on_kontanthjaelp(household.members[2])
    outcomes["on kontanthjælp"] = town.ask(household, VULNERABLE)
    town.decide_fallback(household)
    outcomes["nothing else possible"] = town.ask(household, VULNERABLE)
    assert {name: answer.decision.outcome for name, answer in outcomes.items()} == {
        "nothing known against": Outcome.PERMITTED,
        "outside every area": Outcome.PERMITTED,
        "on kontanthjælp": Outcome.PROHIBITED,
        "nothing else possible": Outcome.PERMITTED,
    }
    for answer in outcomes.values():
        assert_the_same(answer, town.replay(answer))


def test_the_open_part_says_what_anyone_may_know_and_nothing_of_the_household(town: Town) -> None:
    household = town.register()
    answer = town.ask(household)
    assert answer.receipt_id is not None
    stated = stored.answer(town.instance, town.answers.receipts.find(answer.receipt_id))
    assert canonical.decode(stated.named.payload) == {
        "area": "9999-kastanjeparken",
        "chosen": [],
        "day": ASKED_DAY.isoformat(),
        "kind": "referral",
        "law": answer.decision.edition,
        "log": str(town.instance.log_id),
    }
    assert stated.outcome is Outcome.PERMITTED
    assert stated.position == answer.decision.position


def test_a_section_names_the_facts_that_it_rests_on(town: Town) -> None:
    household = town.register(1)
    [written] = town.on_kontanthjaelp(household.members[0])
    answer = town.ask(household)
    assert answer.decision.outcome is Outcome.PROHIBITED
    found = receipt.sections(answer.decision, CURRENT.rule_numbers)
    [benefits] = [each for each in found if each.data_class is DataClass.BENEFITS]
    assert written.position in benefits.content.positions
    for each in found:
        data = each.content.encode()
        assert receipt.Content.decode(data, each.subject, each.data_class) == each.content


# --- Later events ---------------------------------------------------------------------------


class Later:
    """Ways of recording more, each leaving the town with something that may change answers."""

    def __init__(self, town: Town, household: Household, choice: random.Random) -> None:
        self.town, self.household, self.choice = town, household, choice
        self.benefits: list[tuple[Written, Household]] = []
        self.fallbacks: list[Written] = []
        self.day_of_figures = date(2024, 1, 1)

    def ways(self) -> list[Callable[[], object]]:
        return [
            self.benefit,
            self.benefit,
            self.correction,
            self.retraction,
            self.reading,
            self.list_entry,
            self.fallback,
            self.exemption,
            self.member,
            self.enrolment,
            self.dwelling,
            self.question,
        ]

    def person(self) -> Household:
        return self.household._replace(members=(self.choice.choice(self.household.members),))

    def period(self) -> facts.BenefitPeriod:
        month = self.choice.randint(1, 7)
        return facts.BenefitPeriod(
            benefit=self.choice.choice([Benefit.KONTANTHJAELP, Benefit.OVERGANGSYDELSE]),
            first_day=date(2024, month, 1),
            last_day=date(2024, month + self.choice.randint(0, 3), 28),
        )

    def benefit(self) -> None:
        who = self.person()
        [written] = self.town.record(self.period(), person=who.members[0])
        self.benefits.append((written, who))

    def correction(self) -> None:
        if self.benefits:
            written, who = self.benefits.pop()
            [again] = self.town.correct(written, self.period(), who.members[0])
            self.benefits.append((again, who))

    def retraction(self) -> None:
        if self.benefits:
            self.town.retract(self.benefits.pop(0)[0])

    def reading(self) -> None:
        point = self.choice.choice(["AMB-WINDOW", "AMB-CALMONTH", "AMB-LIST", "AMB-HOUSEHOLD"])
        self.town.choose(point, self.choice.choice("ab"))

    def list_entry(self) -> None:
        figures = facts.Figures(residents=self.choice.randint(900, 1100))
        self.day_of_figures -= timedelta(days=1)
        self.town.record(
            facts.AreaFigures(
                area="9999-kastanjeparken",
                reference_day=self.day_of_figures,
                figures=figures,
                source="a test",
            )
        )

    def fallback(self) -> None:
        if self.fallbacks:
            self.town.retract(self.fallbacks.pop())
        else:
            self.fallbacks = self.town.decide_fallback(self.household)

    def exemption(self) -> None:
        self.town.exempt(self.choice.choice(["29.5", "35.2"]))

    def member(self) -> None:
        person = new_id()
        self.town.record(facts.PersonRegistered(), person=person)
        member = facts.HouseholdMember(member_list=MemberList.DECLARED, first_day=LONG_AGO)
        self.town.record(member, person=person, household=self.household.id)

    def enrolment(self) -> None:
        self.town.record(
            facts.EnrolmentAttested(enrolled=True, first_day=date(2024, 1, 1)),
            person=self.person().members[0],
        )

    def dwelling(self) -> None:
        [stands] = self.town.instance.view().find(facts.DwellingRecorded, VULNERABLE)
        other = self.choice.choice([None, "9999-hasselvangen", "9999-kastanjeparken"])
        self.town.correct(
            Written(stands.event_id, stands.position),
            msgspec.structs.replace(stands.fact, area=other),
            None,
        )

    def question(self) -> None:
        self.town.ask(self.household, PREVENTION)


_DIFFERENT = {Outcome.PERMITTED, Outcome.PROHIBITED}


@pytest.mark.parametrize("seed", range(scaled(3, 40)))
def test_nothing_recorded_later_changes_a_replay(town: Town, seed: int) -> None:
    choice = random.Random(seed)
    household = town.register(2)
    later = Later(town, household, choice)
    answers = [town.ask(household, VULNERABLE), town.ask(household, ORDINARY)]
    town.on_kontanthjaelp(household.members[0])
    answers.append(town.ask(household, VULNERABLE))
    assert {answer.decision.outcome for answer in answers} == _DIFFERENT
    for _ in range(scaled(30, 60)):
        if choice.random() < 0.4:
            answers.append(town.ask(household, choice.choice([ORDINARY, VULNERABLE, PREVENTION])))
        with contextlib.suppress(InvalidFields):  # it contradicts what stands
            choice.choice(later.ways())()
        answer = choice.choice(answers)
        assert_the_same(answer, town.replay(answer))
    for answer in answers:
        assert_the_same(answer, town.replay(answer))


# --- The law --------------------------------------------------------------------------------


def test_another_limit_in_a_rule_makes_the_replay_differ_and_say_what(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    household = town.register(1)
    town.exempt("35.2")
    answer = town.ask(household, PREVENTION)
    assert answer.decision.outcome is Outcome.PERMITTED
    monkeypatch.setattr(referral, "EXEMPTION_LIMIT", 40)
    replay = town.replay(answer)
    assert replay.stored_hash == answer.receipt_hash
    assert replay.computed_hash != answer.receipt_hash
    # More sections come out than are stored: without the exemption persons are examined.
    assert sum("comes out, none is stored" in said for said in replay.differences) == 6
    [first] = replay.sections
    assert (first.number, first.verdict) == (1, "different")


def test_another_number_of_months_makes_the_replay_differ_and_say_what(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    household = town.register(1)
    town.on_kontanthjaelp(household.members[0])
    answer = town.ask(household)
    assert answer.decision.outcome is Outcome.PROHIBITED
    longer = tuple((day, msgspec.structs.replace(it, months=12)) for day, it in referral.NR_5)
    monkeypatch.setattr(referral, "NR_5", longer)
    replay = town.replay(answer)
    assert "open part, outcome: 'PERMITTED' comes out, 'PROHIBITED' is stored" in (
        replay.differences
    )
    assert any(
        section.data_class is DataClass.BENEFITS and section.verdict == "different"
        for section in replay.sections
    )
    assert any("(benefits): " in said for said in replay.differences)


# --- Positions ------------------------------------------------------------------------------


def test_a_question_at_a_position_in_the_past_is_answered_on_what_was_known_then(
    town: Town,
) -> None:
    household = town.register(1)
    before = town.instance.log.head()
    town.on_kontanthjaelp(household.members[0])
    asked = town.asked(household)
    now = town.answers.preview(asked, town.reader, town.instance.view())
    then = town.answers.check(asked, town.reader, town.instance.view(at=before))
    assert now.decision.outcome is Outcome.PROHIBITED
    assert then.decision.outcome is Outcome.PERMITTED
    assert then.decision.position == before
    assert_the_same(then, town.replay(then))


def test_a_fact_counts_at_the_positions_where_it_stood(town: Town) -> None:
    household = town.register(1)
    before = town.instance.log.head()
    [written] = town.record(
        facts.BenefitPeriod(benefit=Benefit.FOERTIDSPENSION, first_day=LONG_AGO),
        person=household.members[0],
    )
    town.retract(written)
    while_it_stood = town.instance.view(at=written.position)
    asked = town.asked(household)
    outcomes = [
        town.answers.preview(asked, town.reader, view).decision.outcome
        for view in (town.instance.view(at=before), while_it_stood, town.instance.view())
    ]
    assert outcomes == [Outcome.PERMITTED, Outcome.PROHIBITED, Outcome.PERMITTED]


# --- The day that counts, refugees, and other bases -----------------------------------------


def _asked_for_days(town: Town, household: Household, letting_day: date) -> Answer:
    asked = town.asked(household, VULNERABLE)
    question = msgspec.structs.replace(asked.question, letting_day=letting_day)
    put = asked._replace(question=question, request=request_bytes(question, "2024-09-02"))
    return town.answers.check(put, town.reader, town.instance.view())


@pytest.mark.parametrize("reading", ["a", "b"])
def test_an_answer_for_another_day_than_that_of_the_question_is_replayed(
    town: Town, reading: str
) -> None:
    household = town.register(2)
    town.record(
        facts.TerminationRecorded(
            ended_on=date(2024, 4, 15), ending=facts.TenancyEnding.LANDLORD, gross_breach=True
        ),
        person=household.members[0],
    )
    town.choose("AMB-REFDATE-59", reading)
    answer = _asked_for_days(town, household, date(2024, 10, 16))
    # Six months after 15 April end on 15 October.
    outcomes = {"a": Outcome.PROHIBITED, "b": Outcome.PERMITTED}
    assert answer.decision.outcome is outcomes[reading]
    assert answer.decision.judged_on == (date(2024, 10, 16) if reading == "b" else None)
    flagged = [v for v in answer.decision.variations if v.points == ("AMB-REFDATE-59",)]
    other = outcomes["b" if reading == "a" else "a"]
    assert other in {variation.outcome for variation in flagged}
    assert_the_same(answer, town.replay(answer))
    town.erase(household.members[1])
    replay = town.replay(answer)
    assert replay.differences == []
    assert {section.verdict for section in replay.sections} == {"equal", "erased"}


def test_an_answer_about_a_refugee_is_replayed_although_a_member_is_erased(town: Town) -> None:
    household = town.register(2)
    person = household.members[0]
    town.decide_fallback(household)
    town.record(
        facts.UkraineDecided(
            decision_day=date(2024, 8, 1),
            decided_by="the referral office",
            reasons="nothing else is vacant",
            party_heard=True,
        ),
        household=household.id,
    )
    [before] = [
        item
        for item in town.instance.person_facts.standing(
            person, DataClass.ATTESTATIONS, town.instance.view().position, town.reader
        )
        if isinstance(item.fact, facts.RefugeeAttested)
    ]
    town.correct(
        Written(before.event_id, before.position),
        facts.RefugeeAttested(allocated=True, first_day=LONG_AGO),
        person,
    )
    assert town.ask(household, VULNERABLE).decision.outcome is Outcome.UNDETERMINED
    town.record(facts.UkrainePermitAttested(permit=True, first_day=LONG_AGO), person=person)
    answer = town.ask(household, VULNERABLE)
    assert answer.decision.outcome is Outcome.PERMITTED
    assert_the_same(answer, town.replay(answer))
    town.erase(household.members[1])
    assert town.replay(answer).differences == []
    town.erase(person)
    assert town.replay(answer).differences == []
