"""Recorded answers asked again: on the facts as known now, and under another law."""

from __future__ import annotations

from datetime import date

import pytest

from domain import facts
from domain.decide import Decision
from domain.facts import MemberList
from domain.law.edition import Edition
from domain.law.editions import CURRENT
from domain.law.kernel import Outcome, Status
from domain.reference import Supposed
from services.answers import again
from services.answers.again import Law, LawUnknown
from services.answers.given import Given, given
from services.answers.receipts import Answer
from tests.answers.town import PREVENTION, Town


def stands(town: Town, answer: Answer) -> Given:
    """Return a recorded answer as it stands in the log."""
    assert answer.receipt_id is not None
    receipts = town.answers.receipts
    [found] = given(receipts, receipts.find(answer.receipt_id), town.reader)
    return found


def now(town: Town, answer: Given, law: Law | None = None) -> Decision:
    """Decide it on the facts as known now."""
    view = town.instance.view()
    [found] = again.decided_all(town.instance, [answer.question], law or Law(), view, town.reader)
    assert not isinstance(found, Exception)
    return found.decision


def test_an_answer_that_nothing_has_moved_is_what_it_was(town: Town) -> None:
    household = town.register(2)
    answer = stands(town, town.ask(household))
    town.on_kontanthjaelp(town.register(1).members[0])
    then = again.as_then(town.instance, answer, town.reader)
    assert then.moved_by(town.instance, town.instance.log.head()) == []
    assert list(again.differences(then.decision, now(town, answer), CURRENT, CURRENT)) == []


def test_a_fact_recorded_late_is_named_with_what_the_rules_find_otherwise(town: Town) -> None:
    household = town.register(2)
    answer = stands(town, town.ask(household))
    [late] = town.on_kontanthjaelp(household.members[1])
    then = again.as_then(town.instance, answer, town.reader)
    [moving] = then.moved_by(town.instance, town.instance.log.head())
    assert (moving.position, again.class_of(moving)) == (late.position, "benefits")
    after = now(town, answer)
    assert (answer.outcome, after.outcome) == (Outcome.PERMITTED, Outcome.PROHIBITED)
    by_rule = {
        (each.rule_id, each.person): each
        for each in again.differences(then.decision, after, CURRENT, CURRENT)
    }
    ground = by_rule["REF-UDS-N5", household.members[1]]
    assert ground.statuses == (Status.NOT_MET, Status.MET)
    assert ground.said.da.startswith("Før: Kontanthjælp")
    assert "Nu: Kontanthjælp" in ground.said.da
    assert "Before: " in ground.said.en
    assert "from March 2024 to August 2024" in ground.said.en
    assert by_rule["REF-UDS-N6", household.members[1]].statuses[1] is Status.NOT_EXAMINED
    assert ("REF-UDS-N5", household.members[0]) not in by_rule


def test_nothing_that_is_asked_again_is_recorded(town: Town) -> None:
    answer = stands(town, town.ask(town.register(1)))
    head = town.instance.log.head()
    again.as_then(town.instance, answer, town.reader)
    now(town, answer, Law(readings={"AMB-YOUTH": "b"}, without_origin=True))
    assert town.instance.log.head() == head
    assert answer.outcome is now(town, answer).outcome


def test_another_reading_is_supposed_in_the_place_of_the_one_chosen(town: Town) -> None:
    household = town.register(1)
    person = town.register(1).members[0]
    town.record(
        facts.HouseholdMember(member_list=MemberList.REGISTERED, first_day=date(2000, 1, 1)),
        person=person,
        household=household.id,
    )
    town.record(
        facts.MembersAttested(member_list=MemberList.REGISTERED, first_day=date(2000, 1, 1)),
        household=household.id,
    )
    town.on_kontanthjaelp(person)
    town.choose("AMB-HOUSEHOLD", "a")
    answer = stands(town, town.ask(household))
    assert answer.outcome is Outcome.PERMITTED
    other = Law(readings={"AMB-HOUSEHOLD": "b"})
    assert now(town, answer, other).chosen == (("AMB-HOUSEHOLD", "b"),)
    assert now(town, answer, other).outcome is not Outcome.PERMITTED
    assert now(town, answer).outcome is Outcome.PERMITTED


def test_without_the_criterion_of_origin_a_prevention_area_is_none(town: Town) -> None:
    household = town.register(1)
    town.record(
        facts.BenefitPeriod(
            benefit=facts.Benefit.KONTANTHJAELP,
            first_day=date(2021, 1, 1),
            last_day=date(2024, 8, 31),
        ),
        person=household.members[0],
    )
    answer = stands(town, town.ask(household, PREVENTION))
    assert answer.outcome is not Outcome.PERMITTED
    assert now(town, answer, Law(without_origin=True)).outcome is Outcome.PERMITTED


@pytest.mark.parametrize(
    ("edition", "readings", "field"),
    [
        ("no-such", {}, "law"),
        ("", {"AMB-NONE": "a"}, "readings[AMB-NONE]"),
        ("", {"AMB-YOUTH": "z"}, "readings[AMB-YOUTH]"),
    ],
)
def test_a_law_that_is_not_known_is_named(
    edition: str, readings: dict[str, str], field: str
) -> None:
    with pytest.raises(LawUnknown) as raised:
        again.law_named(edition, readings, default=CURRENT)
    assert raised.value.field == field


def four_years() -> Edition:
    return again.law_named("four-years", {}, default=CURRENT).edition


def test_a_draft_is_another_edition_each_time_the_same() -> None:
    assert four_years().id == four_years().id != CURRENT.id
    changed = {id for id, rule in four_years().rules.items() if rule is not CURRENT.rules[id]}
    assert changed == {"AREA-OMD-2021", "AREA-PUBLISH"}


def test_what_is_supposed_stands_beside_what_is_recorded(town: Town) -> None:
    fact = facts.ReadingChosen(
        point="AMB-YOUTH", reading="b", first_day=date(2000, 1, 1), chosen_by="-", reason="-"
    )
    view = Supposed(town.instance.view(), [fact])
    assert "AMB-YOUTH" in view.keys(facts.ReadingChosen)
    assert town.instance.view().find(facts.ReadingChosen, "AMB-YOUTH") == []
    assert view.readings(date(1999, 1, 1))["AMB-YOUTH"].fact.reading == "b"
    assert view.keys(facts.AreaListed) == town.instance.view().keys(facts.AreaListed)
