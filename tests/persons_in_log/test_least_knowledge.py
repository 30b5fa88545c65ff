"""Who has read what is recorded; and where no rule asks about persons nothing is unsealed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.data_classes import DataClass
from domain.law.kernel import Outcome
from services.answers.replay import replayed
from services.log.event import RecordedEvent
from services.persons.access import Access
from services.persons.reading import TamperedEvent, is_personal
from tests.answers.town import ELDERLY, ORDINARY, VULNERABLE, Household, Town, alter


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "instance"


def reads(town: Town, household: Household) -> list[Access]:
    tokens = [
        token
        for subject in (household.id, *household.members)
        for token in town.instance.keys.tokens_of(subject).values()
    ]
    return town.instance.access.reads(tokens)


def test_what_a_question_reads_of_persons_stands_in_the_access_table(directory: Path) -> None:
    with Town.founded(directory) as town:
        household = town.register(2)
        before = len(reads(town, household))
        town.ask(household, VULNERABLE)
        of_the_question = reads(town, household)[before:]
        assert {(each.actor, each.purpose, each.legal_basis) for each in of_the_question} == {
            ("auditor", "audit", "inspection")
        }
        read = {entry for each in of_the_question for entry in each.read}
        expected = {
            (data_class, town.token(person, data_class))
            for person in household.members
            for data_class in (
                DataClass.CONVICTIONS,
                DataClass.TERMINATIONS,
                DataClass.ATTESTATIONS,
                DataClass.BENEFITS,
            )
        }
        expected |= {
            (data_class, town.token(household.id, data_class))
            for data_class in (DataClass.DECISIONS, DataClass.MEMBERSHIP)
        }
        assert read == expected


def test_a_reading_is_recorded_although_it_is_answered_from_memory(directory: Path) -> None:
    with Town.founded(directory) as town:
        household = town.register(1)
        town.ask(household)
        before = len(reads(town, household))
        town.ask(household)
        between = len(reads(town, household))
        town.replay(town.ask(household))
        assert before < between < len(reads(town, household))


@pytest.mark.parametrize("dwelling", [ORDINARY, ELDERLY])
def test_a_question_outside_every_area_reads_nothing_of_persons(
    directory: Path, dwelling: str
) -> None:
    with Town.founded(directory) as town:
        household = town.register(3)
        before = reads(town, household)
        answer = town.ask(household, dwelling)
        assert answer.unsealed == 0
        assert reads(town, household) == before
        previewed = town.answers.preview(
            town.asked(household, dwelling), town.reader, town.instance.view()
        )
        assert previewed.unsealed == 0
        assert reads(town, household) == before


def test_a_question_outside_every_area_is_answered_although_no_fact_can_be_unsealed(
    directory: Path,
) -> None:
    with Town.founded(directory) as town:
        household = town.register(3)
        sealed = [event for event in town.instance.log.read() if is_personal(event.tags)]
    for event in sealed:
        alter(directory / "log.db", event.position, True, data=broken(event))
    with Town.reopened(directory) as town:
        assert town.ask(household, ORDINARY).decision.outcome is Outcome.PERMITTED
        with pytest.raises(TamperedEvent):
            town.ask(household, VULNERABLE)


def broken(event: RecordedEvent) -> bytes:
    """Return a sealed payload of the same length that no key opens."""
    return event.data[:15] + bytes(len(event.data) - 15)


def test_a_question_outside_every_area_needs_no_key_of_a_person(directory: Path) -> None:
    with Town.founded(directory) as town:
        household = town.register(3)

    with closing(sqlite3.connect(directory / "keys.db", isolation_level=None)) as database:
        database.execute("DELETE FROM class_key")
    with Town.reopened(directory) as town:
        assert town.ask(household, ORDINARY).decision.outcome is Outcome.PERMITTED
    with closing(sqlite3.connect(directory / "keys.db")) as database:
        # The one key that there is now sealed the household's part of the receipt.
        made = database.execute("SELECT count(*) FROM class_key").fetchone()
        assert made == (1,)


def test_only_the_classes_that_the_rules_in_force_ask_for_are_read(directory: Path) -> None:
    with Town.founded(directory) as town:
        household = town.register(1)
        town.decide_fallback(household)
        before = len(reads(town, household))
        answer = town.ask(household, VULNERABLE)
        assert answer.decision.outcome is Outcome.PERMITTED
        read = {entry[0] for each in reads(town, household)[before:] for entry in each.read}
        # The fallback lifts every ban of § 59; what is left is whether a member is a refugee.
        assert read == {DataClass.DECISIONS, DataClass.MEMBERSHIP, DataClass.ATTESTATIONS}


def test_showing_or_replaying_a_receipt_is_recorded_where_no_rule_asked_about_persons(
    directory: Path,
) -> None:
    with Town.founded(directory) as town:
        household = town.register(2)
        answer = town.ask(household, ORDINARY)
        assert answer.receipt_id is not None
        receipt = town.answers.receipts.find(answer.receipt_id)
        opened = (DataClass.DECISIONS, town.token(household.id, DataClass.DECISIONS))
        before = len(reads(town, household))
        town.answers.receipts.get(receipt, town.reader)
        [shown] = reads(town, household)[before:]
        assert shown.read == (opened,)
        assert (shown.actor, shown.purpose) == ("auditor", "audit")
        replayed(town.answers.receipts, receipt, town.reader)
        [_, again] = reads(town, household)[before:]
        assert again.read == (opened,)
