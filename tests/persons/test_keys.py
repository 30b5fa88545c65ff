from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.cpr import parse
from domain.data_classes import DataClass, SubjectKind
from services.persons.keys import (
    KeyStore,
    KeyStoreInUse,
    SubjectConflict,
    UnknownSubject,
)
from services.persons.sealing import unseal
from services.persons.tokens import token_bytes
from services.persons.wrapping import KeyStoreError, WrongMasterKey
from tests.persons.support import MASTER_KEY, a_person, a_place
from tests.support import scaled

CPR = parse("610190-0001", allow_test_numbers=True)
OTHER_CPR = parse("610190-0002", allow_test_numbers=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.db"


@pytest.fixture
def store() -> KeyStore:
    return KeyStore(":memory:", MASTER_KEY)


def test_a_registered_subject_has_a_token_for_every_class(store: KeyStore) -> None:
    person = a_person(store)
    tokens = store.tokens_of(person)
    assert set(tokens) == set(DataClass)
    for data_class, token in tokens.items():
        assert store.token(person, data_class) == token
        assert store.subject_of(token) == (person, data_class)


def test_registering_again_changes_nothing(store: KeyStore) -> None:
    person = a_person(store)
    tokens = store.tokens_of(person)
    store.register([(person, SubjectKind.PERSON), (person, SubjectKind.PERSON)])
    assert store.tokens_of(person) == tokens


def test_a_subject_keeps_its_kind(store: KeyStore) -> None:
    household = uuid4()
    store.register([(household, SubjectKind.HOUSEHOLD)])
    assert store.known(household) is SubjectKind.HOUSEHOLD
    newcomer = uuid4()
    with pytest.raises(SubjectConflict, match="household"):
        store.register([(newcomer, SubjectKind.PERSON), (household, SubjectKind.PERSON)])
    assert store.known(newcomer) is None


def test_tokens_come_from_chance_alone_and_not_from_the_subject_or_each_other() -> None:
    asked: list[bytes] = []

    def chance(count: int) -> bytes:
        asked.append(os.urandom(count))
        return asked[-1]

    store = KeyStore(":memory:", MASTER_KEY, chance)
    asked.clear()
    one, other = a_person(store), a_person(store)
    tokens = [
        token_bytes(token) for person in (one, other) for token in store.tokens_of(person).values()
    ]
    # Each token is a draw of its own, 16 whole bytes of it and nothing else.
    assert sorted(tokens) == sorted(asked)
    assert len(set(tokens)) == 2 * len(DataClass)
    # Two tokens share no run of four bytes, neither with each other nor with the id.
    values = [*tokens, one.bytes, other.bytes]
    runs = [{value[at : at + 4] for at in range(13)} for value in values]
    assert len(set().union(*runs)) == sum(len(run) for run in runs)


def test_an_unknown_subject_has_no_token_and_is_not_named(store: KeyStore) -> None:
    stranger = uuid4()
    assert store.known(stranger) is None
    assert store.tokens_of(stranger) == {}
    with pytest.raises(UnknownSubject) as refused:
        store.token(stranger, DataClass.BENEFITS)
    assert str(stranger) not in str(refused.value)
    with pytest.raises(UnknownSubject):
        store.sealing_key(stranger, DataClass.BENEFITS, 2025)


def test_every_subject_class_and_period_has_a_key_of_its_own(store: KeyStore) -> None:
    people = [a_person(store), a_person(store)]
    place = a_place()
    keys = [
        store.sealing_key(person, data_class, period)
        for person in people
        for data_class in DataClass
        for period in (2025, 2026)
    ]
    commitments = {key.commitment(place.log_id, b"one message") for key in keys}
    assert len(commitments) == 2 * len(DataClass) * 2


def test_a_key_that_is_made_stays_the_same_after_a_restart(path: Path) -> None:
    store = KeyStore(path, MASTER_KEY)
    person, place = a_person(store), a_place()
    key = store.sealing_key(person, DataClass.BENEFITS, 2025)
    payload = key.seal(place, b"content")
    store.close()
    reopened = KeyStore(path, MASTER_KEY)
    assert reopened.token(person, DataClass.BENEFITS) == key.token
    assert unseal(reopened.key, key.token, place, payload) == b"content"
    again = reopened.sealing_key(person, DataClass.BENEFITS, 2025)
    assert again.unseal(place, payload) == b"content"


def test_many_keys_come_in_the_order_asked_for(store: KeyStore) -> None:
    people = [a_person(store) for _ in range(5)]
    wanted = [(person, DataClass.BENEFITS) for person in (*people, people[0])]
    keys = store.sealing_keys(wanted, 2025)
    assert [key.token for key in keys] == [store.token(*each) for each in wanted]
    assert keys[0] is keys[5]


def test_no_key_is_made_when_one_of_the_subjects_is_unknown(store: KeyStore) -> None:
    person = a_person(store)
    wanted = [(person, DataClass.BENEFITS), (uuid4(), DataClass.BENEFITS)]
    with pytest.raises(UnknownSubject):
        store.sealing_keys(wanted, 2025)
    assert store.key(store.token(person, DataClass.BENEFITS), 2025) is None


def test_a_small_cache_only_costs_time() -> None:
    store = KeyStore(":memory:", MASTER_KEY, cached_tokens=2)
    people, place = [a_person(store) for _ in range(10)], a_place()
    payloads = [
        store.sealing_key(person, DataClass.BENEFITS, 2025).seal(place, person.bytes)
        for person in people
    ]
    for person, payload in zip(people, payloads, strict=True):
        token = store.token(person, DataClass.BENEFITS)
        assert unseal(store.key, token, place, payload) == person.bytes


def test_no_key_lies_unwrapped_in_the_file(path: Path) -> None:
    drawn: list[bytes] = []

    def chance(count: int) -> bytes:
        drawn.append(os.urandom(count))
        return drawn[-1]

    store = KeyStore(path, MASTER_KEY, chance)
    store.sealing_key(a_person(store), DataClass.BENEFITS, 2025)
    store.close()
    secret = drawn[-1]
    assert len(secret) == 32
    assert secret not in path.read_bytes()


def test_only_the_owner_may_read_the_file(path: Path) -> None:
    store = KeyStore(path, MASTER_KEY)
    a_person(store)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}


def test_another_master_key_is_refused_at_the_start(path: Path) -> None:
    KeyStore(path, MASTER_KEY).close()
    with pytest.raises(WrongMasterKey):
        KeyStore(path, bytes(32))
    KeyStore(path, MASTER_KEY).close()


def test_a_file_of_a_later_format_is_refused(path: Path) -> None:
    KeyStore(path, MASTER_KEY).close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 3")
    database.close()
    with pytest.raises(KeyStoreError, match="format 3"):
        KeyStore(path, MASTER_KEY)


def test_a_second_opening_is_refused_until_the_first_is_closed(path: Path) -> None:
    first = KeyStore(path, MASTER_KEY)
    with pytest.raises(KeyStoreInUse):
        KeyStore(path, MASTER_KEY)
    first.close()
    KeyStore(path, MASTER_KEY).close()


def test_a_person_is_found_by_cpr_number(store: KeyStore) -> None:
    person = a_person(store)
    assert store.find_by_cpr(CPR) is None
    store.link_cpr(person, CPR)
    store.link_cpr(person, CPR)
    assert store.find_by_cpr(CPR) == person
    store.link_cpr(person, OTHER_CPR)
    assert store.find_by_cpr(CPR) is None
    assert store.find_by_cpr(OTHER_CPR) == person


def test_a_cpr_number_belongs_to_one_person_and_to_no_household(store: KeyStore) -> None:
    one, other, household = a_person(store), a_person(store), uuid4()
    store.register([(household, SubjectKind.HOUSEHOLD)])
    store.link_cpr(one, CPR)
    with pytest.raises(SubjectConflict, match="another person") as refused:
        store.link_cpr(other, CPR)
    assert CPR.number not in str(refused.value)
    with pytest.raises(SubjectConflict, match="only a person"):
        store.link_cpr(household, OTHER_CPR)
    with pytest.raises(UnknownSubject):
        store.link_cpr(uuid4(), OTHER_CPR)
    assert store.find_by_cpr(CPR) == one


def test_a_cpr_number_is_not_in_the_file_and_its_hash_needs_the_master_key(tmp_path: Path) -> None:
    lookups = set()
    for name, master_key in (("one", MASTER_KEY), ("two", bytes(32))):
        store = KeyStore(tmp_path / name, master_key)
        store.link_cpr(a_person(store), CPR)
        store.close()
        assert CPR.number.encode() not in (tmp_path / name).read_bytes()
        database = sqlite3.connect(tmp_path / name)
        lookups.add(database.execute("SELECT lookup FROM cpr").fetchone()[0])
        database.close()
    assert len(lookups) == 2


CHILD = """
import sys
from pathlib import Path
from services.persons.keys import KeyStore
from domain.data_classes import DataClass
from tests.persons.support import MASTER_KEY, a_person, a_place

store = KeyStore(Path(sys.argv[1]), MASTER_KEY)
for number in range(1_000_000):
    person, place = a_person(store), a_place()
    key = store.sealing_key(person, DataClass.BENEFITS, 2025)
    payload = key.seal(place, str(number).encode())
    print(person, key.token, place.event_id.hex(), payload.hex(), number, flush=True)
"""


def test_a_key_that_was_handed_out_survives_a_kill_and_the_store_stays_usable(path: Path) -> None:
    used: list[list[str]] = []
    for round_ in range(scaled(3, 20)):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path)],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        used += [child.stdout.readline().split() for _ in range(5 + round_)]
        child.send_signal(signal.SIGKILL)
        # What stood in the pipe was used too; a line cut off by the kill was not.
        rest = child.stdout.read()
        used += [line.split() for line in rest[: rest.rfind("\n") + 1].splitlines()]
        child.wait()
        child.stdout.close()

        store = KeyStore(path, MASTER_KEY)
        for person, token, event_id, payload, content in used:
            assert store.token(UUID(person), DataClass.BENEFITS) == token
            place = a_place()._replace(event_id=bytes.fromhex(event_id))
            opened = unseal(store.key, token, place, bytes.fromhex(payload))
            assert opened == content.encode()
        store.sealing_key(a_person(store), DataClass.BENEFITS, 2025)
        store.close()


def test_what_a_store_is_filled_with_is_durable_at_the_end_and_what_is_erased_meanwhile_is_gone(
    path: Path,
) -> None:
    store = KeyStore(path, MASTER_KEY)
    with store.filling():
        kept, gone = a_person(store), a_person(store)
        [key] = store.sealing_keys([(kept, DataClass.BENEFITS)], 2020)
        [lost] = store.sealing_keys([(gone, DataClass.BENEFITS)], 2020)
        assert store.sealing_keys([(kept, DataClass.BENEFITS)], 2020) == [key]
        store.erase_tokens(list(store.tokens_of(gone).values()))
    store.close()
    again = KeyStore(path, MASTER_KEY)
    found = again.key(key.token, 2020)
    assert found is not None
    assert found.fingerprint(bytes(16), b"a") == key.fingerprint(bytes(16), b"a")
    assert again.known(gone) is None
    again.close()
    assert token_bytes(lost.token) not in path.read_bytes()
    assert token_bytes(key.token) in path.read_bytes()


def test_a_store_whose_filling_fails_holds_nothing_of_it(path: Path) -> None:
    store = KeyStore(path, MASTER_KEY)
    filling = store.filling()
    filling.__enter__()
    person = a_person(store)
    [key] = store.sealing_keys([(person, DataClass.BENEFITS)], 2020)
    assert not filling.__exit__(RuntimeError, RuntimeError(), None)
    assert store.known(person) is None
    assert store.key(key.token, 2020) is None
    assert store.known(a_person(store)) is SubjectKind.PERSON
    store.close()
