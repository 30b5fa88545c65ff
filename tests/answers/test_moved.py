"""The list of answers that something recorded later has moved, kept by its follower."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from domain import facts
from domain.boundary import READ_BY_NO_QUESTION
from domain.data_classes import DataClass, SubjectKind
from domain.events import BY_NAME
from domain.facts import MemberList
from domain.law.kernel import Outcome
from projections.moved_decisions import VIEW, Row
from services.answers import moved
from services.answers.given import RECORDED_TYPES, given
from services.answers.moved import Listed, Moved, MovedFollower, Verdict
from services.answers.screening import ListRequest, Screening
from services.facts.fields import InvalidFields
from services.facts.recording import SubjectUnknown, Written
from services.instance.views import FollowedView
from services.persons.reading import Erased
from tests.answers.town import (
    ORDINARY,
    PREVENTION,
    TODAY,
    VULNERABLE,
    YOUTH,
    Household,
    Town,
    new_id,
)

Key = tuple[bytes, int]


@pytest.fixture
def followed(town: Town) -> Iterator[FollowedView[Row]]:
    with_rows = following(town)
    yield with_rows
    with_rows.stop()


def following(town: Town) -> FollowedView[Row]:
    follower = partial(MovedFollower, town.answers.receipts)
    return FollowedView(town.instance, VIEW, followed_by=follower)


def listed(town: Town, view: FollowedView[Row]) -> dict[Key, Moved]:
    """Return the list as of the log's head."""
    view.wait_for(town.instance.log.head())
    found: Iterable[Listed | None] = (moved.opened(town.instance, row) for row in view.table.rows())
    return {(e.moved.receipt, e.moved.entry): e.moved for e in found if e is not None}


def recomputed(town: Town) -> dict[Key, Moved]:
    """Decide every answer of the log again: what the list must be, found without following."""
    receipts, log = town.answers.receipts, town.instance.log
    answers = [
        answer
        for event in log.read()
        if event.type in RECORDED_TYPES
        for answer in given(receipts, event, town.reader)
    ]
    found = moved.moved_of(receipts, answers, log.head(), town.reader)
    return {(each.receipt, each.entry): each for each, _ in found if each.moved_at}


def told(found: dict[Key, Moved]) -> dict[Key, Moved]:
    """Return the answers of which it can be told what has become of them."""
    return {key: e for key, e in found.items() if e.verdict is not Verdict.CANNOT_BE_TOLD}


def verdicts(found: dict[Key, Moved]) -> list[Verdict]:
    return [each.verdict for each in sorted(found.values(), key=lambda each: each.urgency)]


def test_a_denial_that_rested_on_what_is_taken_back_comes_first(
    town: Town, followed: FollowedView[Row]
) -> None:
    denied, permitted, alone = (town.register(2) for _ in range(3))
    [benefit] = town.on_kontanthjaelp(denied.members[0])
    answers = [town.ask(each) for each in (denied, permitted, alone)]
    assert listed(town, followed) == {}
    town.on_kontanthjaelp(permitted.members[1])
    town.retract(benefit)
    found = listed(town, followed)
    assert verdicts(found) == [Verdict.WOULD_BE_PERMITTED, Verdict.OTHER_OUTCOME]
    first, second = sorted(found.values(), key=lambda each: each.urgency)
    assert [first.receipt, second.receipt] == [
        e.receipt_id.bytes for e in answers[:2] if e.receipt_id
    ]
    assert (first.before, first.after) == (Outcome.PROHIBITED, Outcome.PERMITTED)


def test_a_remedy_settles_an_answer_until_something_moves_it_again(
    town: Town, followed: FollowedView[Row]
) -> None:
    household = town.register(2)
    [benefit] = town.on_kontanthjaelp(household.members[0])
    answer = town.ask(household)
    town.retract(benefit)
    [remedy] = town.record(
        facts.AnswerRemedied(
            receipt=answer.receipt_id or new_id(),
            remedy=facts.Remedy.OFFERED_ANEW,
            decision_day=TODAY,
            decided_by="the letting office",
            reasons="the benefit was another person's",
        ),
        household=household.id,
    )
    [settled] = listed(town, followed).values()
    assert settled.settled_at == remedy.position
    town.on_kontanthjaelp(household.members[1])
    [opened] = listed(town, followed).values()
    assert (opened.settled_at, opened.verdict) == (0, Verdict.SAME_OUTCOME)


def test_who_joins_a_household_late_moves_its_answers_and_so_does_what_is_known_of_them(
    town: Town, followed: FollowedView[Row]
) -> None:
    household, other = town.register(1), town.register(1)
    answer = town.ask(household)
    person = other.members[0]
    town.record(
        facts.HouseholdMember(member_list=MemberList.DECLARED, first_day=date(2000, 1, 1)),
        person=person,
        household=household.id,
    )
    [joined] = listed(town, followed).values()
    assert (joined.receipt, joined.verdict) == (
        answer.receipt_id and answer.receipt_id.bytes,
        Verdict.SAME_OUTCOME,
    )
    town.on_kontanthjaelp(person)
    assert verdicts(listed(town, followed)) == [Verdict.OTHER_OUTCOME]


def test_an_entry_of_a_page_is_listed_alone(town: Town, followed: FollowedView[Row]) -> None:
    households = [town.register(1) for _ in range(3)]
    [benefit] = town.on_kontanthjaelp(households[1].members[0])
    screened(town, households)
    town.retract(benefit)
    [found] = listed(town, followed).values()
    assert (found.entry, found.verdict) == (2, Verdict.WOULD_BE_PERMITTED)


def screened(town: Town, households: list[Household], dwelling: str = VULNERABLE) -> None:
    question = town.asked(households[0], dwelling).question
    walk = ListRequest(question, town.instance.view(), town.reader, new_id())
    assert list(Screening(town.instance).pages(walk, [each.id for each in households], 10))


def test_which_answers_rest_on_a_fact_is_told_moved_or_not(town: Town) -> None:
    household = town.register(2)
    [benefit] = town.on_kontanthjaelp(household.members[0])
    town.on_kontanthjaelp(household.members[1], months=1)
    answer = town.ask(household)
    town.ask(household, ORDINARY)
    town.ask(town.register(1))
    event = town.instance.log.event_at(benefit.position)
    assert event is not None
    head = town.instance.log.head()
    [found] = moved.resting_on(town.answers.receipts, event, head, town.reader)
    assert found.moved.receipt == (answer.receipt_id and answer.receipt_id.bytes)
    assert found.moved.verdict is Verdict.NOT_MOVED
    town.retract(benefit)
    [found] = moved.resting_on(town.answers.receipts, event, town.instance.log.head(), town.reader)
    assert found.moved.verdict is Verdict.WOULD_BE_PERMITTED


def test_an_answer_that_does_not_rest_on_a_fact_is_opened_in_no_other_class(town: Town) -> None:
    household = town.register(1)
    [benefit] = town.on_kontanthjaelp(household.members[0], months=1)
    town.ask(household, ORDINARY)
    event = town.instance.log.event_at(benefit.position)
    assert event is not None
    auditor = town.reader._replace(actor="another")
    head = town.instance.log.head()
    assert moved.resting_on(town.answers.receipts, event, head, auditor) == []
    tokens = town.instance.keys.tokens_of(household.members[0]).values()
    assert "another" not in {each.actor for each in town.instance.access.reads(tokens)}


def test_what_was_recorded_between_the_reading_and_the_receipt_is_not_missed(
    town: Town, followed: FollowedView[Row]
) -> None:
    household = town.register(1)
    before = town.instance.view()
    town.on_kontanthjaelp(household.members[0])
    town.answers.check(town.asked(household), town.reader, before)
    assert verdicts(listed(town, followed)) == [Verdict.OTHER_OUTCOME]


def test_of_an_erased_household_the_list_says_nothing(
    town: Town, followed: FollowedView[Row]
) -> None:
    household = town.register(1)
    town.ask(household)
    town.on_kontanthjaelp(household.members[0])
    assert len(listed(town, followed)) == 1
    town.erase(household.id, kind=SubjectKind.HOUSEHOLD)
    assert listed(town, followed) == {}
    assert followed.table.rows() == []


def test_where_facts_are_erased_it_cannot_be_told(town: Town, followed: FollowedView[Row]) -> None:
    household = town.register(1)
    [benefit] = town.on_kontanthjaelp(household.members[0])
    town.ask(household)
    town.exempt()  # moves nothing here
    town.retract(benefit)
    town.choose("AMB-HOUSEHOLD", "a")
    assert verdicts(listed(town, followed)) == [Verdict.WOULD_BE_PERMITTED]
    town.erase(household.members[0], DataClass.BENEFITS)
    [found] = listed(town, followed).values()
    assert (found.verdict, found.after) == (Verdict.CANNOT_BE_TOLD, None)


def test_what_is_kept_in_the_open_is_a_receipt_an_entry_and_a_position(
    town_on_disk: Town, directory: Path
) -> None:
    town = town_on_disk
    household = town.register(1)
    town.on_kontanthjaelp(household.members[0])
    answer = town.ask(household)
    view = following(town)
    try:
        town.choose("AMB-YOUTH", "b")
        view.wait_for(town.instance.log.head())
        [row] = view.table.rows()
        assert row.receipt == (answer.receipt_id and answer.receipt_id.bytes)
        told = town.instance.keys.tokens([household.id], DataClass.DECISIONS)[household.id] or ""
    finally:
        view.stop()
    held = (directory / VIEW.file).read_bytes()
    for word in (b"PROHIBITED", b"PERMITTED", b"benefit", told.encode(), household.id.bytes):
        assert word not in held


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("DELETE FROM moved_decisions", "view-row-missing"),
        ("UPDATE moved_decisions SET moved_at = moved_at + 1", "view-row-altered"),
        ("UPDATE moved_decisions SET sealed = zeroblob(60)", "view-row-altered"),
        ("UPDATE moved_decisions SET receipt = (SELECT ?)", "view-row-altered"),
    ],
)
def test_a_row_that_does_not_follow_from_the_log_is_found(
    town: Town, followed: FollowedView[Row], statement: str, kind: str
) -> None:
    household = town.register(1)
    town.ask(household)
    other = town.ask(household, ORDINARY)
    assert other.receipt_id is not None
    town.on_kontanthjaelp(household.members[0])
    assert len(listed(town, followed)) == 1
    assert list(moved.findings(town.answers.receipts, followed)) == []
    values = [other.receipt_id.bytes] if "?" in statement else []
    followed.table._database.execute(statement, values)
    found = list(moved.findings(town.answers.receipts, followed))
    assert found[0].kind == kind


def test_the_follower_notes_every_reading(town: Town, followed: FollowedView[Row]) -> None:
    household = town.register(1)
    town.ask(household)
    town.on_kontanthjaelp(household.members[0])
    assert len(listed(town, followed)) == 1
    token = town.token(household.members[0], DataClass.BENEFITS)
    readers = {each.actor for each in town.instance.access.reads([token])}
    assert moved.FOLLOWER.actor in readers


def test_no_rule_names_what_moves_no_answer() -> None:
    law = Path(moved.__file__).parents[2] / "domain" / "law"
    text = "".join(each.read_text() for each in law.rglob("*.py"))
    read = {name for name in READ_BY_NO_QUESTION if BY_NAME[name].fact.__name__ in text}
    assert read <= {"instance.created"}


# --- The list against everything decided again --------------------------------------------------


def history(town: Town, chance: random.Random, steps: int) -> Iterator[int]:
    """Record and ask what chance says; yield the number of each step."""
    households = [town.register(chance.randint(1, 3)) for _ in range(5)]
    written: list[Written] = []
    for number in range(steps):
        with suppress(InvalidFields, Erased, SubjectUnknown):  # it can't be
            step(town, chance, number, households, written)
        yield number


def step(
    town: Town,
    chance: random.Random,
    number: int,
    households: list[Household],
    written: list[Written],
) -> None:
    """Record or ask one thing."""
    dwellings = (VULNERABLE, PREVENTION, ORDINARY, YOUTH)
    household = chance.choice(households)
    person = chance.choice(household.members)
    match chance.randrange(15):
        case 0 | 1 | 2 | 3:
            town.ask(household, chance.choice(dwellings))
        case 4:
            screened(town, chance.sample(households, 3), chance.choice(dwellings[:2]))
        case 5 | 6 | 7:
            written += town.on_kontanthjaelp(person, chance.randint(1, 8))
        case 8 if written:
            town.retract(written.pop(chance.randrange(len(written))))
        case 9:
            if chance.random() < 0.5:
                written += town.decide_fallback(household)
            else:
                written += town.exempt()
        case 10:
            town.choose(*chance.choice((("AMB-YOUTH", "b"), ("AMB-HOUSEHOLD", "a"))))
        case 11:
            town.record(
                facts.HouseholdMember(
                    member_list=MemberList.DECLARED, first_day=date(2001, 1, number % 28 + 1)
                ),
                person=chance.choice(chance.choice(households).members),
                household=household.id,
            )
        case 12:
            town.record(
                facts.DwellingRecorded(
                    dwelling=f"N{number}",
                    municipality="9999",
                    kind=facts.DwellingKind.FAMILY,
                    area=chance.choice((None, "9999-kastanjeparken")),
                    first_day=date(2001, 1, 1),
                )
            )
        case 14:
            town.erase(person, chance.choice((DataClass.BENEFITS, DataClass.CONVICTIONS)))
        case 13:
            before = town.instance.view()
            town.on_kontanthjaelp(person, 6)
            town.answers.check(town.asked(household), town.reader, before)


@pytest.mark.parametrize("seed", range(2))
def test_the_list_is_what_all_answers_decided_again_come_to(town: Town, seed: int) -> None:
    chance = random.Random(seed)
    view = following(town)
    try:
        for number in history(town, chance, 40):
            if number % 10 == 9:
                kept, found = listed(town, view), recomputed(town)
                assert told(kept) == told(found)
                # What erasures hide is not found from them, for nothing links them to an answer.
                assert kept.keys() <= found.keys()
        assert len(told(found)) > 5
        again = following(town)
        assert told(listed(town, again)) == told(kept)
        again.stop()
    finally:
        view.stop()
