"""What a request makes in the key store goes when the log refuses its events."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain import facts
from domain.cpr import parse
from domain.data_classes import DataClass, SubjectKind
from services.facts import recording
from services.facts.checks import NewFact
from services.log.port import AppendConflict, ClockSuspect, LogFull, StorageError
from services.persons.wrapping import KeyStoreError
from tests.answers.town import Town, new_id
from tests.persons.support import every_byte
from tests.support import scaled

CPR, OTHER_CPR = "6101900001", "6101900002"
HOUSEHOLD = facts.HouseholdRegistered(registered_on=date(2024, 1, 1))
REFUSALS: dict[str, Callable[[], BaseException]] = {
    "a conflict": lambda: AppendConflict(7, "person.registered", b"x" * 16),
    "a full disk": lambda: LogFull("full"),
    "a wrong clock": lambda: ClockSuspect("clock"),
    "a deadline": TimeoutError,
    "a program that ends": KeyboardInterrupt,
}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def town(directory: Path) -> Iterator[Town]:
    with Town.founded(directory) as town:
        yield town


@pytest.fixture
def refusing(town: Town, monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException | None], None]:
    """Have the log refuse every append from now on; None: take them again."""
    whole = town.instance.writer.append_batch

    def refuse(error: BaseException | None) -> None:
        def append_batch(*arguments: Any) -> range:
            if error is not None:
                raise error
            return whole(*arguments)

        monkeypatch.setattr(town.instance.writer, "append_batch", append_batch)

    return refuse


def stored(town: Town) -> dict[str, set[tuple[Any, ...]]]:
    """Return every row that the key store has about subjects."""
    database = town.instance.keys._database
    return {
        table: set(database.execute(f"SELECT * FROM {table}"))
        for table in ("subject", "token", "class_key", "cpr")
    }


def registration(person: UUID, number: str = CPR) -> list[NewFact]:
    return [NewFact(facts.PersonRegistered(name="Opdigtet", cpr=number), person=person)]


def record(town: Town, new: list[NewFact], request_id: UUID | None = None) -> None:
    recording.record(town.instance, town.context, request_id or new_id(), new)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refused_registration_leaves_no_subject_no_key_and_no_number(
    town: Town, directory: Path, refusal: str, refusing: Callable[[BaseException | None], None]
) -> None:
    person, household = new_id(), new_id()
    before = stored(town)
    refusing(REFUSALS[refusal]())
    new = [
        *registration(person),
        NewFact(HOUSEHOLD, household=household),
    ]
    with pytest.raises(type(REFUSALS[refusal]())):
        record(town, new)
    assert stored(town) == before
    assert town.instance.keys.known(person) is town.instance.keys.known(household) is None
    assert town.instance.keys.tokens_of(person) == {}
    assert household not in town.instance.keys.households()
    content = every_byte(directory)
    assert person.bytes not in content
    assert household.bytes not in content
    # And the number is free, for whoever registers with it next.
    refusing(None)
    record(town, registration(new_id()))
    record(town, registration(person, OTHER_CPR))
    assert town.instance.keys.known(person) is SubjectKind.PERSON


def test_a_refused_fact_leaves_no_key_of_a_new_year(
    town: Town, refusing: Callable[[BaseException | None], None]
) -> None:
    person = town.register(1).members[0]
    town.calendar.day = date(2025, 3, 1)
    before = stored(town)
    refusing(LogFull("full"))
    with pytest.raises(LogFull):
        town.on_kontanthjaelp(person)
    assert stored(town) == before
    refusing(None)
    town.on_kontanthjaelp(person)
    assert len(stored(town)["class_key"]) == len(before["class_key"]) + 1


def test_a_refused_registration_of_an_erased_class_does_not_begin_it_anew(
    town: Town, refusing: Callable[[BaseException | None], None]
) -> None:
    person = town.register(1).members[0]
    town.erase(person, DataClass.BENEFITS)
    before = stored(town)
    refusing(ClockSuspect("clock"))
    with pytest.raises(ClockSuspect):
        town.record(facts.PersonRegistered(), person=person)
    assert stored(town) == before
    assert DataClass.BENEFITS not in town.instance.keys.tokens_of(person)


def test_a_refused_correction_leaves_the_number_that_was_linked(
    town: Town, refusing: Callable[[BaseException | None], None]
) -> None:
    person = new_id()
    [written] = recording.record(town.instance, town.context, new_id(), registration(person))
    refusing(LogFull("full"))
    corrected = facts.PersonRegistered(name="Opdigtet", cpr=OTHER_CPR)
    with pytest.raises(LogFull):
        town.correct(written, corrected, person)
    find = town.instance.keys.find_by_cpr
    assert find(parse(CPR, allow_test_numbers=True)) == person
    assert find(parse(OTHER_CPR, allow_test_numbers=True)) is None
    refusing(None)
    town.correct(written, corrected, person)
    assert find(parse(CPR, allow_test_numbers=True)) is None
    assert find(parse(OTHER_CPR, allow_test_numbers=True)) == person


def test_a_registration_is_seen_by_nobody_before_the_log_has_taken_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, household = new_id(), new_id()
    keys, seen = town.instance.keys, []
    whole = town.instance.writer.append_batch

    def look() -> None:
        seen.append(
            (
                keys.known(person),
                keys.tokens_of(person),
                keys.tokens([person], DataClass.IDENTITY)[person],
                keys.find_by_cpr(parse(CPR, allow_test_numbers=True)),
                household in keys.households(),
            )
        )

    def append_batch(*arguments: Any) -> range:
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        return whole(*arguments)

    monkeypatch.setattr(town.instance.writer, "append_batch", append_batch)
    record(
        town,
        [*registration(person), NewFact(HOUSEHOLD, household=household)],
    )
    assert seen == [(None, {}, None, None, False)]
    look()
    known, tokens, token, found, listed = seen[1]
    assert (known, found, listed) == (SubjectKind.PERSON, person, True)
    assert tokens[DataClass.IDENTITY] == token


# --- When the log can't say -----------------------------------------------------------------


@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize("then", ["asked again", "started again"])
def test_a_disk_that_fails_in_the_append_is_asked_again_whether_it_has_the_events(
    directory: Path, taken: bool, then: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, request_id = new_id(), new_id()
    with Town.founded(directory) as town:
        whole = town.instance.writer.append_batch
        before = stored(town)

        def append_batch(*arguments: Any) -> range:
            monkeypatch.undo()
            if taken:
                whole(*arguments)
            raise StorageError("a failing device")

        monkeypatch.setattr(town.instance.writer, "append_batch", append_batch)
        with pytest.raises(StorageError):
            record(town, registration(person), request_id)
        assert town.instance.keys.known(person) is None
        if then == "asked again":
            record(town, registration(person), request_id)
            assert town.instance.keys.known(person) is SubjectKind.PERSON
    with Town.reopened(directory) as town:
        if then == "started again" and not taken:
            assert stored(town) == before
            assert person.bytes not in every_byte(directory)
            return
        assert town.instance.keys.known(person) is SubjectKind.PERSON
        [history] = town.instance.person_facts.standing(
            person, DataClass.IDENTITY, town.instance.log.head(), town.reader
        )
        assert history.fact.cpr == CPR


# --- Raced ----------------------------------------------------------------------------------

THREADS = 16


def test_racing_registrations_leave_what_the_log_has_and_nothing_else(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(11)
    people = [new_id() for _ in range(8)]
    numbers = [f"610190{1000 + n:04}" for n in range(6)]
    became: Counter[str] = Counter()
    with Town.founded(directory) as town:
        whole = town.instance.writer.append_batch

        def append_batch(*arguments: Any) -> range:
            # Some are refused by the disk rather than by one another.
            if chance.random() < 0.2:
                raise LogFull("full")
            return whole(*arguments)

        monkeypatch.setattr(town.instance.writer, "append_batch", append_batch)
        own = [random.Random(seed) for seed in range(THREADS)]

        def register(at: int) -> None:
            for _ in range(scaled(12, 200)):
                mine = own[at]
                person, number = mine.choice(people), mine.choice(numbers)
                new = registration(person, number)
                if mine.random() < 0.5:
                    new.append(NewFact(HOUSEHOLD, household=new_id()))
                try:
                    record(town, new)
                    became["recorded"] += 1
                except (ValueError, AppendConflict, LogFull, KeyStoreError) as error:
                    became[type(error).__name__] += 1

        threads = [threading.Thread(target=register, args=(at,)) for at in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        monkeypatch.undo()
        print(dict(became))
        assert became["recorded"]
        assert len(became) > 1
        _nothing_but_what_the_log_has(town)
    with Town.reopened(directory) as town:
        _nothing_but_what_the_log_has(town)
    with closing(sqlite3.connect(directory / "keys.db")) as database:
        assert database.execute("SELECT count(*) FROM provisional").fetchone() == (0,)


def _nothing_but_what_the_log_has(town: Town) -> None:
    """Find subjects, tokens, keys and numbers in the store exactly as the log's events need."""
    keys, reader = town.instance.keys, town.reader
    sealed = [e for e in town.instance.log.read() if e.tags and e.tags[0][:2] in ("p:", "h:")]
    in_log = keys.subjects_of(event.tags[0][2:] for event in sealed)
    assert len(in_log) == len({event.tags[0] for event in sealed})
    rows = stored(town)
    assert {UUID(bytes=subject) for subject, _ in rows["subject"]} == set(in_log.values())
    assert len(rows["token"]) == len(rows["subject"]) * len(DataClass)
    # Each has the key of its registration, and one for the answers to come.
    assert len(rows["class_key"]) == len({(e.tags[0], town.instance.period()) for e in sealed}) * 2
    linked = {}
    for subject in set(in_log.values()):
        if keys.known(subject) is SubjectKind.PERSON:
            standing = town.instance.person_facts.standing(
                subject, DataClass.IDENTITY, town.instance.log.head(), reader
            )
            [number] = {each.fact.cpr for each in standing}
            linked[subject] = parse(number, allow_test_numbers=True)
    assert len(rows["cpr"]) == len(linked)
    for subject, number in linked.items():
        assert keys.find_by_cpr(number) == subject
