"""Repeated, racing, refused and unrecorded questions."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.data_classes import DataClass, SubjectKind
from domain.law.kernel import Outcome
from domain.questions import RECEIPT_TYPES
from services.answers.receipts import Answer, UnknownHousehold, UnknownReceipt
from services.instance.instance import PositionBeyondHead
from services.log.port import EventIdReused
from tests.answers.town import ASKED_DAY, ORDINARY, PREVENTION, Household, Town, attested, new_id
from tests.support import scaled


def first_receipt_again(first: Answer, again: Answer) -> bool:
    return (
        again.receipt_id == first.receipt_id
        and again.receipt_hash == first.receipt_hash
        and again.position == first.position
        and again.decision.outcome == first.decision.outcome
        and again.decision.position == first.decision.position
    )


# --- Repeats --------------------------------------------------------------------------------


def test_a_repeat_returns_the_first_receipt_although_the_facts_have_changed(town: Town) -> None:
    household, request_id = town.register(1), new_id()
    first = town.ask(household, request_id=request_id)
    assert first.decision.outcome is Outcome.PERMITTED
    town.on_kontanthjaelp(household.members[0])
    head = town.instance.log.head()
    again = town.ask(household, request_id=request_id)
    assert first_receipt_again(first, again)
    assert town.instance.log.head() == head
    assert town.ask(household).decision.outcome is Outcome.PROHIBITED


def test_a_repeat_returns_the_first_receipt_although_the_day_has_turned(town: Town) -> None:
    household, request_id = town.register(1), new_id()
    first = town.ask(household, day=None, request_id=request_id)
    asked_on = town.calendar.day
    town.calendar.day += timedelta(days=1)
    again = town.ask(household, day=None, request_id=request_id)
    assert first_receipt_again(first, again)
    assert again.decision.question.day == asked_on


def test_a_repeat_returns_the_first_receipt_although_the_year_has_turned(town: Town) -> None:
    household, request_id = town.register(1), new_id()
    first = town.ask(household, request_id=request_id)
    town.calendar.day = date(town.calendar.day.year + 1, 1, 2)
    assert first_receipt_again(first, town.ask(household, request_id=request_id))
    later = town.ask(household)
    assert town.replay(first).differences == town.replay(later).differences == []


def test_a_repeat_returns_the_first_receipt_after_a_restart(
    town_on_disk: Town, directory: Path
) -> None:
    household, request_id = town_on_disk.register(1), new_id()
    first = town_on_disk.ask(household, request_id=request_id)
    town_on_disk.instance.close()
    with Town.reopened(directory) as town:
        assert first_receipt_again(first, town.ask(household, request_id=request_id))


def test_another_question_with_the_same_request_id_is_refused(town: Town) -> None:
    household, other, request_id = town.register(1), town.register(1), new_id()
    first = town.ask(household, request_id=request_id)
    head = town.instance.log.head()
    for asked in (
        town.asked(household, ORDINARY, request_id=request_id),
        town.asked(household, day=ASKED_DAY + timedelta(days=1), request_id=request_id),
        town.asked(household, day=None, request_id=request_id),
        town.asked(other, request_id=request_id),
    ):
        with pytest.raises(EventIdReused):
            town.answers.check(asked, town.reader, town.instance.view())
    assert town.instance.log.head() == head
    assert first_receipt_again(first, town.ask(household, request_id=request_id))


def test_the_id_of_a_fact_is_refused_for_a_question(town: Town) -> None:
    household = town.register(1)
    [written] = town.on_kontanthjaelp(household.members[0])
    asked = town.asked(household)._replace(event_id=written.fact_id.bytes)
    with pytest.raises(EventIdReused):
        town.answers.check(asked, town.reader, town.instance.view())
    with pytest.raises(UnknownReceipt):
        town.answers.receipts.find(written.fact_id)


@pytest.mark.parametrize("turn", range(scaled(2, 20)))
def test_racing_repeats_make_one_receipt_although_the_log_grows(
    town_on_disk: Town, turn: int
) -> None:
    town = town_on_disk
    household, other, request_id, threads = town.register(2), town.register(1), new_id(), 8
    start = threading.Barrier(threads)

    def ask(number: int) -> Answer:
        asked = town.asked(household, request_id=request_id)
        start.wait()
        # So that each of them asks at a position of its own.
        town.record(attested()[1], person=other.members[0])
        return town.answers.check(asked, town.reader, town.instance.view())

    with ThreadPoolExecutor(threads) as pool:
        answers = list(pool.map(ask, range(threads)))
    assert len({(a.receipt_id, a.receipt_hash, a.position) for a in answers}) == 1
    assert len({a.decision.position for a in answers}) == 1
    receipts = [e for e in town.instance.log.read() if e.type in RECEIPT_TYPES]
    assert [event.position for event in receipts] == [answers[0].position]


def test_racing_questions_with_one_id_make_one_receipt_and_refuse_the_others(
    town_on_disk: Town,
) -> None:
    town = town_on_disk
    household, request_id, threads = town.register(1), new_id(), 8
    head = town.instance.log.head()
    start = threading.Barrier(threads)

    def ask(number: int) -> Answer | EventIdReused:
        start.wait()
        try:
            dwelling = ORDINARY if number % 2 else PREVENTION
            return town.ask(household, dwelling, request_id=request_id)
        except EventIdReused as error:
            return error

    with ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(ask, range(threads)))
    answered = [each for each in results if isinstance(each, Answer)]
    assert len(answered) == threads // 2
    assert len({each.receipt_hash for each in answered}) == 1
    # The receipt, and its frame.
    assert town.instance.log.head() == head + 2


def test_one_question_twice_in_a_batch_makes_one_receipt(town: Town) -> None:
    household, request_id = town.register(1), new_id()
    asked = town.asked(household, request_id=request_id)
    one, two = town.answers.check_all([asked, asked], town.reader, town.instance.view())
    assert isinstance(one, Answer)
    assert isinstance(two, Answer)
    assert first_receipt_again(one, two)


# --- What is not recorded -------------------------------------------------------------------


def test_a_preview_writes_nothing_to_the_log(town_on_disk: Town, directory: Path) -> None:
    town = town_on_disk
    household = town.register(2)
    before = town.instance.log.read().all()
    answer = town.answers.preview(town.asked(household), town.reader, town.instance.view())
    assert town.instance.log.read().all() == before
    assert answer.receipt_id is None
    assert answer.receipt_hash == b""
    assert answer.position == 0
    recorded = town.ask(household)
    assert recorded.decision.outcome is answer.decision.outcome
    assert recorded.decision.examined == answer.decision.examined


def test_an_unknown_household_is_refused_and_nothing_is_written(town: Town) -> None:
    household = town.register(1)
    head = town.instance.log.head()
    for stranger in (new_id(), household.members[0]):
        asked = town.asked(Household(stranger, ()))
        with pytest.raises(UnknownHousehold):
            town.answers.check(asked, town.reader, town.instance.view())
        with pytest.raises(UnknownHousehold):
            town.answers.preview(asked, town.reader, town.instance.view())
    assert town.instance.log.head() == head


def test_one_bad_question_of_a_batch_leaves_the_others_answered(town: Town) -> None:
    household = town.register(1)
    listed = [
        town.asked(household),
        town.asked(Household(new_id(), ())),
        town.asked(household, ORDINARY),
    ]
    one, two, three = town.answers.check_all(listed, town.reader, town.instance.view())
    assert isinstance(one, Answer)
    assert isinstance(two, UnknownHousehold)
    assert isinstance(three, Answer)
    # The dwellings lie in different areas: before the second receipt stands its frame.
    assert three.position == one.position + 2


def test_a_position_that_the_log_has_not_reached_is_refused(town: Town) -> None:
    head = town.instance.log.head()
    with pytest.raises(PositionBeyondHead):
        town.instance.view(at=head + 1)
    with pytest.raises(PositionBeyondHead):
        town.instance.view(at_least=head + 1)
    assert town.instance.view(at=head).position == head


def test_an_id_that_no_receipt_has_is_told(town: Town) -> None:
    with pytest.raises(UnknownReceipt):
        town.answers.receipts.find(new_id())


def test_a_household_whose_list_of_members_was_erased_is_answered_undetermined(
    town: Town,
) -> None:
    household = town.register(1)
    town.erase(household.id, DataClass.MEMBERSHIP, SubjectKind.HOUSEHOLD)
    answer = town.ask(household)
    assert answer.decision.outcome is Outcome.UNDETERMINED
    assert town.replay(answer).differences == []
