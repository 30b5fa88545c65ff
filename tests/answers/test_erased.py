"""What a receipt still says when those it is about have been erased."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from domain import decide, facts, receipt
from domain.data_classes import DataClass, SubjectKind
from domain.law.editions import CURRENT
from domain.law.kernel import Outcome
from services.answers.finding import FactFinder
from services.answers.receipts import Answer, UnknownHousehold
from services.answers.replay import Replay
from services.facts import recording
from services.facts.checks import NewFact
from services.facts.recording import SubjectUnknown
from services.persons.reading import Erased
from services.persons.sealing import KeyErased
from services.persons.tokens import token_bytes
from tests.answers.town import (
    LONG_AGO,
    ORDINARY,
    PREVENTION,
    Household,
    Town,
    attested,
    new_id,
)


@pytest.fixture
def household(town: Town) -> Household:
    return town.register(3)


def sections_of(town: Town, answer: Answer) -> list[tuple[int, DataClass]]:
    """Return subject number and class of each section, as the stored table says."""
    assert answer.receipt_id is not None
    packed = receipt.unpack(town.answers.receipts.find(answer.receipt_id).data)
    return [(section.subject, section.data_class) for section in packed.sections]


def verdicts(town: Town, answer: Answer, replay: Replay) -> dict[tuple[int, DataClass], str]:
    return {
        key: section.verdict
        for key, section in zip(sections_of(town, answer), replay.sections, strict=True)
    }


def test_after_erasing_a_member_everyone_elses_sections_come_out_equal(
    town: Town, household: Household
) -> None:
    town.on_kontanthjaelp(household.members[2])
    answer = town.ask(household)
    assert answer.decision.outcome is Outcome.PROHIBITED
    erasure = town.erase(household.members[1], policy="moved-away")
    replay = town.replay(answer)
    assert replay.differences == []
    for (subject, _), section in zip(sections_of(town, answer), replay.sections, strict=True):
        if subject == 2:
            assert section.verdict == "erased"
            assert section.policy == "moved-away"
            done = town.instance.log.event_at(section.erased_at)
            assert done is not None
            assert done.type == "erasure.done"
            assert erasure.begun < section.erased_at <= erasure.done
        else:
            assert section.verdict == "equal"
    assert {subject for subject, _ in sections_of(town, answer)} == {0, 1, 2, 3}
    assert replay.erased
    assert replay.stored_hash == replay.computed_hash == answer.receipt_hash


def test_after_erasing_one_class_only_that_section_is_erased(
    town: Town, household: Household
) -> None:
    answer = town.ask(household)
    town.erase(household.members[0], DataClass.BENEFITS)
    replay = town.replay(answer)
    assert replay.differences == []
    found = verdicts(town, answer, replay)
    assert found.pop((1, DataClass.BENEFITS)) == "erased"
    assert set(found.values()) == {"equal"}


def test_nothing_that_is_left_tells_which_erasure_of_a_class_was_this_persons(
    town: Town, household: Household
) -> None:
    answer = town.ask(household)
    for member in household.members[:2]:
        town.erase(member, DataClass.BENEFITS)
    erased = [s for s in town.replay(answer).sections if s.verdict == "erased"]
    assert [(s.erased_at, s.policy) for s in erased] == [(0, ""), (0, "")]


def test_after_erasing_the_household_the_members_own_sections_come_out_equal(
    town: Town, household: Household
) -> None:
    town.on_kontanthjaelp(household.members[0])
    answer = town.ask(household)
    town.erase(household.id, kind=SubjectKind.HOUSEHOLD)
    replay = town.replay(answer)
    assert replay.differences == []
    for (subject, data_class), verdict in verdicts(town, answer, replay).items():
        assert verdict == ("erased" if subject == 0 else "equal"), (subject, data_class)


def test_after_erasing_everyone_the_receipts_hash_still_verifies(
    town: Town, household: Household
) -> None:
    answer = town.ask(household)
    for member in household.members:
        town.erase(member)
    town.erase(household.id, kind=SubjectKind.HOUSEHOLD)
    replay = town.replay(answer)
    assert replay.differences == []
    assert {section.verdict for section in replay.sections} == {"erased"}
    assert all(section.erased_at > 0 for section in replay.sections)
    assert replay.stored_hash == answer.receipt_hash


@pytest.mark.parametrize("data_class", [DataClass.BENEFITS, DataClass.MEMBERSHIP])
def test_a_class_that_was_erased_and_begun_anew_leaves_the_old_receipt_erased_there(
    town: Town, household: Household, data_class: DataClass
) -> None:
    person = household.members[0]
    answer = town.ask(household)
    town.erase(person, data_class)
    town.record(facts.PersonRegistered(), person=person)
    member = facts.HouseholdMember(member_list=facts.MemberList.DECLARED, first_day=LONG_AGO)
    if data_class is DataClass.MEMBERSHIP:
        town.record(member, person=person, household=household.id)
    else:
        town.record(attested()[1], person=person)
    replay = town.replay(answer)
    assert replay.differences == []
    found = verdicts(town, answer, replay)
    assert found.pop((1, data_class)) == "erased"
    assert set(found.values()) == {"equal"}
    again = town.ask(household)
    replayed = town.replay(again)
    assert replayed.differences == []
    assert {section.verdict for section in replayed.sections} == {"equal"}


# --- New questions --------------------------------------------------------------------------


def test_a_question_that_needs_an_erased_fact_is_undetermined_and_says_so(
    town: Town, household: Household
) -> None:
    town.exempt("29.0")
    town.erase(household.members[0], DataClass.BENEFITS)
    answer = town.ask(household, PREVENTION)
    assert answer.decision.outcome is Outcome.UNDETERMINED
    assert ("erased", household.members[0]) in [
        (missing.kind, person) for missing, person in answer.decision.missing
    ]
    assert town.replay(answer).differences == []


def test_a_question_about_a_household_with_an_erased_member_is_undetermined(
    town: Town, household: Household
) -> None:
    town.erase(household.members[0])
    answer = town.ask(household)
    assert answer.decision.outcome is Outcome.UNDETERMINED
    assert ("erased", None) in [
        (missing.kind, person) for missing, person in answer.decision.missing
    ]
    assert town.replay(answer).differences == []


def test_a_ground_found_on_another_member_prohibits_although_one_is_erased(
    town: Town, household: Household
) -> None:
    town.on_kontanthjaelp(household.members[2])
    town.erase(household.members[0], DataClass.BENEFITS)
    answer = town.ask(household)
    assert answer.decision.outcome is Outcome.PROHIBITED
    assert town.replay(answer).differences == []


def test_a_question_that_needs_no_person_is_answered_as_before(
    town: Town, household: Household
) -> None:
    town.erase(household.members[0])
    assert town.ask(household, ORDINARY).decision.outcome is Outcome.PERMITTED


def test_an_erased_household_can_not_be_asked_about(town: Town, household: Household) -> None:
    answer = town.ask(household)
    town.erase(household.id, kind=SubjectKind.HOUSEHOLD)
    with pytest.raises(UnknownHousehold):
        town.ask(household)
    assert answer.receipt_id is not None
    with pytest.raises(KeyErased):
        town.answers.receipts.get(town.answers.receipts.find(answer.receipt_id), town.reader)


# --- Old answers ----------------------------------------------------------------------------


def test_a_recorded_outcome_stays_what_it_was_when_its_ground_is_erased(
    town: Town, household: Household
) -> None:
    town.on_kontanthjaelp(household.members[1])
    request_id = new_id()
    answer = town.ask(household, request_id=request_id)
    assert answer.decision.outcome is Outcome.PROHIBITED
    town.erase(household.members[1])
    assert town.ask(household).decision.outcome is Outcome.UNDETERMINED
    repeated = town.ask(household, request_id=request_id)
    assert repeated.decision.outcome is Outcome.PROHIBITED
    assert repeated.receipt_hash == answer.receipt_hash


def test_a_member_without_the_class_decisions_can_not_be_named_in_a_receipt(
    town: Town, household: Household
) -> None:
    town.erase(household.members[0], DataClass.DECISIONS)
    other = town.register(1)
    asked = [town.asked(household), town.asked(other)]
    refused, answered = town.answers.check_all(asked, town.reader, town.instance.view())
    assert isinstance(refused, Erased)
    assert isinstance(answered, Answer)
    town.record(facts.PersonRegistered(), person=household.members[0])
    assert town.replay(town.ask(household)).differences == []


def test_a_receipt_appended_after_an_erasure_of_what_it_had_read_is_erased_not_different(
    town: Town, household: Household
) -> None:
    asked = town.asked(household)
    view = town.instance.view()
    decided = FactFinder(town.instance, view.position, town.reader).answer(
        asked.question, view, CURRENT
    )
    made = town.answers.receipts.make(asked, decided, town.reader)
    town.erase(household.members[0], DataClass.BENEFITS)
    town.answers.receipts.record([made])
    replay = town.replay(made.answer)
    assert replay.differences == []
    assert verdicts(town, made.answer, replay)[1, DataClass.BENEFITS] == "erased"


# --- What was begun anew --------------------------------------------------------------------


def test_after_erasing_a_class_of_the_household_the_members_sections_come_out_equal(
    town: Town, household: Household
) -> None:
    answer = town.ask(household)
    town.erase(household.id, DataClass.MEMBERSHIP, SubjectKind.HOUSEHOLD)
    replay = town.replay(answer)
    assert replay.differences == []
    found = verdicts(town, answer, replay)
    assert found.pop((0, DataClass.MEMBERSHIP)) == "erased"
    assert set(found.values()) == {"equal"}


@pytest.mark.parametrize("anew", ["nothing", "the same member"])
def test_the_members_sections_come_out_equal_when_the_household_is_begun_anew(
    town: Town, household: Household, anew: str
) -> None:
    answer = town.ask(household)
    town.erase(household.id, DataClass.MEMBERSHIP, SubjectKind.HOUSEHOLD)
    town.record(facts.HouseholdRegistered(registered_on=LONG_AGO), household=household.id)
    between = town.ask(household)
    if anew == "the same member":
        member = facts.HouseholdMember(member_list=facts.MemberList.DECLARED, first_day=LONG_AGO)
        town.record(member, person=household.members[0], household=household.id)
    replay = town.replay(answer)
    assert replay.differences == []
    found = verdicts(town, answer, replay)
    assert found.pop((0, DataClass.MEMBERSHIP)) == "erased"
    assert set(found.values()) == {"equal"}
    assert town.replay(between).differences == []


@pytest.mark.parametrize("data_class", [DataClass.BENEFITS, DataClass.ATTESTATIONS])
def test_an_answer_without_an_erased_class_replays_equal_when_the_class_is_begun_anew(
    town: Town, household: Household, data_class: DataClass
) -> None:
    person = household.members[1]
    town.erase(person, data_class)
    answer = town.ask(household)
    assert answer.decision.outcome is Outcome.UNDETERMINED
    town.record(facts.PersonRegistered(), person=person)
    assert town.replay(answer).differences == []
    if data_class is DataClass.BENEFITS:
        town.on_kontanthjaelp(person)
        assert town.ask(household).decision.outcome is Outcome.PROHIBITED
    replay = town.replay(answer)
    assert replay.differences == []
    assert replay.computed_hash == answer.receipt_hash


def test_a_later_membership_is_left_out_when_the_household_is_erased(
    town: Town, household: Household
) -> None:
    answer = town.ask(household)
    later = facts.HouseholdMember(member_list=facts.MemberList.REGISTERED, first_day=LONG_AGO)
    town.record(later, person=household.members[1], household=household.id)
    town.erase(household.id, kind=SubjectKind.HOUSEHOLD)
    replay = town.replay(answer)
    assert replay.differences == []
    assert verdicts(town, answer, replay)[2, DataClass.MEMBERSHIP] == "equal"


def test_a_decision_that_was_erased_is_missing_and_not_taken_for_one_never_made(
    town: Town, household: Household
) -> None:
    town.on_kontanthjaelp(household.members[0])
    town.decide_fallback(household)
    assert town.ask(household).decision.outcome is Outcome.PERMITTED
    town.erase(household.id, DataClass.DECISIONS, SubjectKind.HOUSEHOLD)
    town.record(facts.HouseholdRegistered(registered_on=date(2020, 1, 1)), household=household.id)
    answer = town.ask(household)
    assert answer.decision.outcome is Outcome.UNDETERMINED
    assert "erased" in [missing.kind for missing, _ in answer.decision.missing]
    assert town.replay(answer).differences == []
    town.decide_fallback(household)
    assert town.ask(household).decision.outcome is Outcome.PERMITTED


# --- Writing, reading and erasing beside an erasure -------------------------------------------


def test_the_membership_of_a_household_with_an_erased_member_can_still_be_written(
    town: Town, household: Household
) -> None:
    [written] = town.record(
        facts.MembersAttested(member_list=facts.MemberList.REGISTERED, first_day=LONG_AGO),
        household=household.id,
    )
    town.erase(household.members[0])
    other = facts.MembersAttested(
        member_list=facts.MemberList.REGISTERED, first_day=date(2001, 1, 1)
    )
    [corrected] = recording.correct(
        town.instance,
        town.context,
        new_id(),
        written.fact_id,
        NewFact(other, household=household.id),
    )
    town.retract(corrected)
    town.record(facts.HouseholdRegistered(registered_on=date(2020, 1, 1)), household=household.id)
    town.record(
        facts.HouseholdMember(member_list=facts.MemberList.REGISTERED, first_day=LONG_AGO),
        person=household.members[1],
        household=household.id,
    )


def test_a_membership_read_just_before_an_erasure_shows_nothing_of_the_erased_member(
    town: Town, household: Household
) -> None:
    person_facts = town.instance.person_facts
    token = town.token(household.id, DataClass.MEMBERSHIP)
    history = person_facts._read([token], DataClass.MEMBERSHIP)[token].history
    town.erase(household.members[1])
    membership = person_facts._members(history)
    assert [person for person, _ in membership.members] == [
        household.members[0],
        None,
        household.members[2],
    ]
    assert [item is None for _, item in membership.members] == [False, True, False]
    view = town.instance.view()
    question = town.asked(household).question
    evidence = decide.membership_evidence(question, membership, question.day, view, CURRENT)
    of_nobody = [type(item.fact) for person, item in evidence if person is None]
    assert of_nobody == [facts.MembersAttested]


def test_a_reading_noted_after_an_erasure_brings_no_erased_token_back(
    town_on_disk: Town, directory: Path
) -> None:
    town = town_on_disk
    household = town.register(1)
    [person] = household.members
    town.ask(household)
    tokens = town.instance.keys.tokens_of(person)
    noted: list[tuple[DataClass, str]] = []
    position = town.instance.view().position
    town.instance.person_facts.of_many(
        [person], DataClass.BENEFITS, position, town.reader, noted=noted
    )
    town.erase(person)
    town.instance.person_facts.note(noted, town.reader)
    assert noted == [(DataClass.BENEFITS, tokens[DataClass.BENEFITS])]
    assert town.instance.access.reads(tokens.values()) == []
    for file in directory.glob("access.db*"):
        assert token_bytes(tokens[DataClass.BENEFITS]) not in file.read_bytes(), file.name


def test_of_many_erasures_of_one_person_at_once_one_is_done_and_the_others_find_nobody(
    town: Town, household: Household
) -> None:
    person = household.members[0]
    tokens = town.instance.keys.tokens_of(person)
    together = threading.Barrier(4)

    def wait_for_the_others() -> None:
        with suppress(threading.BrokenBarrierError):
            together.wait(timeout=0.3)

    def erase(_: int) -> bool:
        try:
            recording.erase(
                town.instance,
                town.context,
                person,
                SubjectKind.PERSON,
                None,
                "request-17",
                in_time=wait_for_the_others,
            )
        except SubjectUnknown:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(erase, range(4))) == [False, False, False, True]
    types = [event.type for event in town.instance.log.read()]
    assert types.count("erasure.begun") == types.count("erasure.done") == len(tokens)
