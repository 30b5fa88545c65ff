"""What happens around an erasure: failures in the middle of it, and facts that come between."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain import facts
from domain.data_classes import DataClass, SubjectKind
from services.facts import recording
from services.facts.checks import NewFact
from services.facts.recording import SubjectUnknown
from services.log.event import RecordedEvent
from services.log.port import AppendConflict, StorageError
from services.persons.keys import UnknownSubject
from services.persons.reading import Erased
from services.persons.sealing import KeyErased
from services.persons.tokens import token_bytes
from services.tenancies.requirements import StepBasis
from services.tenancies.steps import Caller
from tests.answers.town import Household, Town, new_id
from tests.persons.support import every_byte
from tests.support import scaled
from tests.tenancies.estate import Estate

REFUSED = (Erased, KeyErased, UnknownSubject, SubjectUnknown)
"""What says that a subject is being erased, or is erased."""


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def town(directory: Path) -> Iterator[Town]:
    with Town.founded(directory) as town:
        yield town


def a_benefit() -> facts.BenefitPeriod:
    return facts.BenefitPeriod(
        benefit=facts.Benefit.SYGEDAGPENGE, first_day=date(2024, 1, 1), last_day=date(2024, 2, 1)
    )


def under(town: Town, tokens: set[str], after: int) -> list[RecordedEvent]:
    """Return the events after a position that carry one of the tokens."""
    return [
        event
        for event in town.instance.log.read(after=after)
        if {tag[2:] for tag in event.tags} & tokens
    ]


# --- An erasure that fails ------------------------------------------------------------------


def failing_at(town: Town, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have one step of the next erasure fail, once, after what it does or before it."""
    if what == "deleting the keys":
        place: Any = town.instance.keys
        name = "erase_tokens"
    elif what == "the access table":
        place, name = town.instance.access, "forget"
    else:
        place, name = town.instance.writer, "append"
    whole = getattr(place, name)

    def fail(*arguments: Any, **named: Any) -> Any:
        if name == "append" and arguments[0][0].type != what:
            return whole(*arguments, **named)
        monkeypatch.setattr(place, name, whole)
        if name == "append":
            raise StorageError("the disk is full")
        raise sqlite3.OperationalError("the disk is full")

    monkeypatch.setattr(place, name, fail)


@pytest.mark.parametrize("what", ["deleting the keys", "the access table", "erasure.done"])
@pytest.mark.parametrize("data_class", [None, DataClass.BENEFITS])
def test_an_erasure_that_failed_is_completed_by_asking_again(
    town: Town,
    directory: Path,
    what: str,
    data_class: DataClass | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    household = town.register(2)
    person = household.members[0]
    town.on_kontanthjaelp(person)
    tokens = town.instance.keys.tokens_of(person)
    gone = tokens if data_class is None else {data_class: tokens[data_class]}
    failing_at(town, what, monkeypatch)
    with pytest.raises((StorageError, sqlite3.OperationalError)):
        town.erase(person, data_class)
    begun = [e.position for e in town.instance.log.read() if e.type == "erasure.begun"]
    # Until then nothing more is taken about the person.
    with pytest.raises((*REFUSED, ValueError)):
        town.record(a_benefit(), person=person)

    erasure = town.erase(person, data_class)
    assert erasure.begun == begun[-1]
    log = town.instance.log.read().all()
    assert [e.position for e in log if e.type == "erasure.begun"] == begun
    assert len([e for e in log if e.type == "erasure.done"]) == len(gone)
    assert town.instance.erasures.complete(town.instance.view()) == 0
    assert town.instance.keys.held(gone.values()) == []
    content = every_byte(directory)
    assert not [token for token in gone.values() if token_bytes(token) in content]
    with pytest.raises((*REFUSED,)):
        town.erase(person, data_class)


def test_the_next_erasure_completes_one_that_failed_and_nobody_asked_for_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = town.register(1).members[0], town.register(1).members[0]
    failing_at(town, "erasure.done", monkeypatch)
    with pytest.raises(StorageError):
        town.erase(first)
    town.erase(second)
    done = [e for e in town.instance.log.read() if e.type == "erasure.done"]
    assert len(done) == 2 * len(DataClass)


# --- Facts and offers that come between -----------------------------------------------------


class Between:
    """Runs something when an erasure has begun, before it is done."""

    def __init__(self, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        self._town = town
        self.run: Callable[[], object] = lambda: None
        whole = town.instance.keys.erase_tokens

        def erase_tokens(tokens: Any) -> None:
            self.run()
            whole(tokens)

        monkeypatch.setattr(town.instance.keys, "erase_tokens", erase_tokens)


@pytest.mark.parametrize("data_class", [None, DataClass.BENEFITS])
def test_a_fact_between_the_beginning_and_the_end_of_an_erasure_is_refused(
    town: Town, data_class: DataClass | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, other = town.register(1).members[0], town.register(1).members[0]
    town.on_kontanthjaelp(person)
    tokens = town.instance.keys.tokens_of(person)
    between, happened = Between(town, monkeypatch), []

    def facts_come() -> None:
        with pytest.raises(REFUSED):
            town.record(a_benefit(), person=person)
        with pytest.raises(REFUSED):
            recording.record(
                town.instance,
                town.context,
                new_id(),
                # All or nothing: what is beside it is not recorded either.
                [NewFact(a_benefit(), other), NewFact(a_benefit(), person)],
            )
        happened.append(town.record(a_benefit(), person=other))

    between.run = facts_come
    erasure = town.erase(person, data_class)
    [[of_the_other]] = happened
    assert erasure.begun < of_the_other.position < erasure.done
    assert under(town, set(tokens.values()), erasure.begun) == []


def test_a_registration_between_is_refused_and_after_it_begins_anew(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = town.register(1).members[0]
    old = town.instance.keys.tokens_of(person)
    between = Between(town, monkeypatch)

    def registered_again() -> None:
        with pytest.raises((*REFUSED, ValueError)):
            town.record(facts.PersonRegistered(), person=person)

    between.run = registered_again
    town.erase(person)
    town.record(facts.PersonRegistered(), person=person)
    assert not set(old.values()) & set(town.instance.keys.tokens_of(person).values())


class Late:
    """Stops a request just before it appends, until an erasure is through."""

    def __init__(self, erase: Callable[[], object]) -> None:
        self._erase = erase
        self._asked = 0

    def in_time(self) -> None:
        self._asked += 1
        if self._asked == 2:
            thread = threading.Thread(target=self._erase)
            thread.start()
            thread.join()


def test_a_fact_that_was_sealed_before_an_erasure_and_comes_after_it_is_refused(
    town: Town,
) -> None:
    person = town.register(1).members[0]
    tokens = set(town.instance.keys.tokens_of(person).values())
    head = town.instance.log.head()
    late = Late(lambda: town.erase(person))
    with pytest.raises((*REFUSED, ValueError)):
        recording.record(
            town.instance,
            town.context,
            new_id(),
            [NewFact(a_benefit(), person)],
            in_time=late.in_time,
        )
    assert town.instance.keys.known(person) is None
    assert under(town, tokens, head) == []


def test_an_offer_to_a_household_that_is_being_erased_is_refused(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    household = town.register(1)
    estate, allocation = an_allocation(town)
    tokens = set(town.instance.keys.tokens_of(household.id).values())
    head = town.instance.log.head()
    decided = StepBasis((estate.permitted(household.id, "H1"),))
    between, happened = Between(town, monkeypatch), []

    def offered() -> None:
        with pytest.raises((*REFUSED, ValueError)) as refused:
            estate.offer(allocation, household.id, decided)
        happened.append(refused.value)

    between.run = offered
    erasure = town.erase(household.id, kind=SubjectKind.HOUSEHOLD)
    assert happened
    assert under(town, tokens, erasure.begun) == []
    assert [e for e in town.instance.log.read(after=head) if e.type.startswith("offer.")] == []


def test_an_offer_that_was_sealed_before_an_erasure_and_comes_after_it_is_refused(
    town: Town,
) -> None:
    household = town.register(1)
    estate, allocation = an_allocation(town)
    decided = StepBasis((estate.permitted(household.id, "H1"),))
    late = Late(lambda: town.erase(household.id, kind=SubjectKind.HOUSEHOLD))
    caller = Caller(town.context, new_id(), in_time=late.in_time)
    with pytest.raises((*REFUSED, LookupError, ValueError, AppendConflict)):
        estate.tenancies.offer(
            caller, allocation, household.id, estate.today, date(2025, 1, 1), decided
        )
    assert [e for e in town.instance.log.read() if e.type.startswith("offer.")] == []


def an_allocation(town: Town) -> tuple[Estate, UUID]:
    """Return a dwelling's allocation to the municipality."""
    estate = Estate(town)
    estate.build("H1")
    estate.decide_share(facts.ShareBasis.AGREED, 1, 1)
    allocation = estate.allocate(estate.vacancy("H1"))
    return estate, allocation


def test_racing_facts_are_in_the_log_before_an_erasure_or_not_at_all(town: Town) -> None:
    people = [town.register(1).members[0] for _ in range(scaled(6, 40))]
    tokens = {p: set(town.instance.keys.tokens_of(p).values()) for p in people}
    kept: dict[UUID, list[int]] = {p: [] for p in people}
    wrong: list[BaseException] = []

    def record(person: UUID) -> None:
        while True:
            try:
                kept[person] += [w.position for w in town.record(a_benefit(), person=person)]
            except AppendConflict:
                continue  # the others of this person were faster five times
            except (*REFUSED, ValueError):
                return
            except BaseException as error:
                wrong.append(error)
                return

    threads = [threading.Thread(target=record, args=(p,)) for p in people for _ in range(3)]
    for thread in threads:
        thread.start()
    erasures = {person: town.erase(person) for person in people}
    for thread in threads:
        thread.join()
    assert wrong == []
    for person in people:
        assert under(town, tokens[person], erasures[person].begun) == []
        assert all(position < erasures[person].begun for position in kept[person])


def test_the_household_of_an_erased_person_goes_on(town: Town) -> None:
    household: Household = town.register(2)
    town.erase(household.members[0])
    town.decide_fallback(household)
    town.on_kontanthjaelp(household.members[1])
