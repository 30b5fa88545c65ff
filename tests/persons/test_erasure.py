from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import pytest

from domain.cpr import parse
from domain.data_classes import DataClass, SubjectKind
from services.persons.keys import KeyStore, UnknownSubject
from services.persons.sealing import KeyErased, unseal
from services.persons.tokens import token_bytes
from tests.persons.support import MASTER_KEY, a_person, a_place, every_byte
from tests.support import scaled

CPR = parse("610190-0001", allow_test_numbers=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.db"


def traces_of(path: Path, tokens: Iterable[str], subject_id: UUID | None = None) -> set[bytes]:
    """Return all bytes that a closed store holds of these tokens, and of the subject itself."""
    database = sqlite3.connect(path)
    traces = set()
    for token in tokens:
        raw = token_bytes(token)
        traces |= {raw, raw.hex().encode(), token.encode()}
        rows = database.execute("SELECT wrapped FROM class_key WHERE token = ?", (raw,))
        traces |= {wrapped for (wrapped,) in rows}
    if subject_id is not None:
        traces |= {subject_id.bytes, subject_id.hex.encode(), str(subject_id).encode()}
        rows = database.execute("SELECT lookup FROM cpr WHERE subject_id = ?", (subject_id.bytes,))
        traces |= {lookup for (lookup,) in rows}
    database.close()
    return traces


def found_in(directory: Path, traces: Iterable[bytes]) -> int:
    """Count the traces of which the first 16 bytes stand somewhere in the directory's files."""
    content = every_byte(directory)
    windows = {content[at : at + 16] for at in range(len(content) - 15)}
    return sum(trace[:16] in windows for trace in traces)


@pytest.mark.parametrize("seed", range(scaled(1, 8)))
def test_after_erasure_no_byte_of_a_subject_is_left_in_any_file(path: Path, seed: int) -> None:
    # Many subjects come and go in several rounds, so that SQLite moves rows between its pages:
    # it then leaves stale copies of them, which deleting the row alone would not blank.
    chance = random.Random(seed)
    present: list[UUID] = []
    tokens: dict[UUID, list[str]] = {}
    of_the_erased: set[bytes] = set()
    for _ in range(4):
        store = KeyStore(path, MASTER_KEY, chance.randbytes)
        newcomers = [UUID(bytes=chance.randbytes(16)) for _ in range(300)]
        store.register((person, SubjectKind.PERSON) for person in newcomers)
        store.sealing_keys([(person, each) for person in newcomers for each in DataClass], 2025)
        present += newcomers
        chance.shuffle(present)
        leaving, present = present[:200], present[200:]
        tokens |= {person: list(store.tokens_of(person).values()) for person in newcomers}
        store.link_cpr(leaving[0], CPR)
        store.close()
        traces = {person: traces_of(path, tokens[person], person) for person in leaving}
        assert len(traces[leaving[0]]) == 8 * 3 + 8 + 3 + 1
        stored = len(DataClass) * 2 + 1  # of each class token and wrapped key, and the id
        assert found_in(path.parent, set().union(*traces.values())) == 200 * stored + 1
        of_the_erased |= set().union(*traces.values())

        store = KeyStore(path, MASTER_KEY)
        store.erase_tokens(token for person in leaving for token in tokens[person])
        assert found_in(path.parent, of_the_erased) == 0
        assert store.find_by_cpr(CPR) is None
        assert not any(store.known(person) or store.tokens_of(person) for person in leaving)
        assert all(list(store.tokens_of(person).values()) == tokens[person] for person in present)
        store.close()
        assert found_in(path.parent, of_the_erased) == 0


def test_what_was_sealed_is_erased_with_its_key_and_repeating_the_erasure_does_no_harm(
    path: Path,
) -> None:
    store = KeyStore(path, MASTER_KEY)
    person, place = a_person(store), a_place()
    key = store.sealing_key(person, DataClass.BENEFITS, 2025)
    payload = key.seal(place, b"content")
    tokens = list(store.tokens_of(person).values())
    for _ in range(2):
        store.erase_tokens(tokens)
        with pytest.raises(KeyErased):
            unseal(store.key, key.token, place, payload)
        assert store.subject_of(key.token) is None
        with pytest.raises(UnknownSubject):
            store.sealing_key(person, DataClass.BENEFITS, 2025)


def test_erasing_a_class_leaves_the_others_readable(path: Path) -> None:
    store = KeyStore(path, MASTER_KEY)
    person, place = a_person(store), a_place()
    keys = {each: store.sealing_key(person, each, 2025) for each in DataClass}
    payloads = {each: keys[each].seal(place, each.encode()) for each in DataClass}
    erased = store.token(person, DataClass.CONVICTIONS)
    store.close()
    traces = traces_of(path, [erased])

    store = KeyStore(path, MASTER_KEY)
    store.erase_tokens([erased])
    assert found_in(path.parent, traces) == 0
    for each in set(DataClass) - {DataClass.CONVICTIONS}:
        token = store.token(person, each)
        assert unseal(store.key, token, place, payloads[each]) == each.encode()
    with pytest.raises(KeyErased):
        unseal(store.key, erased, place, payloads[DataClass.CONVICTIONS])
    assert store.known(person) is SubjectKind.PERSON


def test_a_class_that_begins_anew_is_not_linked_to_what_was_erased() -> None:
    store = KeyStore(":memory:", MASTER_KEY)
    person, place = a_person(store), a_place()
    old = store.sealing_key(person, DataClass.BENEFITS, 2025)
    payload = old.seal(place, b"content")
    store.erase_tokens([old.token])
    store.register([(person, SubjectKind.PERSON)])
    new = store.sealing_key(person, DataClass.BENEFITS, 2025)
    assert new.token != old.token
    with pytest.raises(KeyErased):
        unseal(store.key, old.token, place, payload)


def test_the_cpr_look_up_goes_with_the_class_identity_and_with_no_other(path: Path) -> None:
    store = KeyStore(path, MASTER_KEY)
    person = a_person(store)
    store.link_cpr(person, CPR)
    store.erase_tokens([store.token(person, DataClass.BENEFITS)])
    assert store.find_by_cpr(CPR) == person
    store.erase_tokens([store.token(person, DataClass.IDENTITY)])
    assert store.find_by_cpr(CPR) is None
    assert store.known(person) is SubjectKind.PERSON


def test_erasing_periods_leaves_later_ones_and_makes_no_new_key_for_them(path: Path) -> None:
    store = KeyStore(path, MASTER_KEY)
    person, place = a_person(store), a_place()
    token = store.token(person, DataClass.BENEFITS)
    payloads = {
        period: store.sealing_key(person, DataClass.BENEFITS, period).seal(place, b"content")
        for period in (2023, 2024, 2025)
    }
    store.close()
    database = sqlite3.connect(path)
    rows = database.execute("SELECT wrapped FROM class_key WHERE period <= 2024").fetchall()
    database.close()

    store = KeyStore(path, MASTER_KEY)
    assert unseal(store.key, token, place, payloads[2024]) == b"content"
    store.erase_periods([token], through=2024)
    assert len(rows) == 2
    assert found_in(path.parent, {wrapped for (wrapped,) in rows}) == 0
    for period in (2023, 2024):
        with pytest.raises(KeyErased):
            unseal(store.key, token, place, payloads[period])
        with pytest.raises(KeyErased):
            store.sealing_key(person, DataClass.BENEFITS, period)
    assert unseal(store.key, token, place, payloads[2025]) == b"content"
    assert store.token(person, DataClass.BENEFITS) == token


def test_no_thread_finds_a_key_once_its_erasure_has_returned() -> None:
    store = KeyStore(":memory:", MASTER_KEY, cached_tokens=4)
    people = [a_person(store) for _ in range(scaled(100, 1_000))]
    store.sealing_keys([(person, DataClass.BENEFITS) for person in people], 2025)
    tokens = [store.token(person, DataClass.BENEFITS) for person in people]
    finished, found_late = threading.Event(), []
    erased_up_to = [0]

    def look_up() -> None:
        while not finished.is_set():
            erased = erased_up_to[0]
            for at in range(max(0, erased - 3), min(erased + 3, len(tokens))):
                if store.key(tokens[at], 2025) is not None and at < erased:
                    found_late.append(at)

    readers = [threading.Thread(target=look_up) for _ in range(4)]
    for reader in readers:
        reader.start()
    for count, token in enumerate(tokens, start=1):
        store.erase_tokens([token])
        erased_up_to[0] = count
    finished.set()
    for reader in readers:
        reader.join()
    assert found_late == []


CHILD = """
import sys
from pathlib import Path
from services.persons.keys import KeyStore
from tests.persons.support import MASTER_KEY

store = KeyStore(Path(sys.argv[1]), MASTER_KEY)
print("open", flush=True)
for line in sys.stdin:
    print("erasing", flush=True)
    store.erase_tokens(line.split())
"""


def test_an_erasure_that_was_killed_is_completed_from_the_tokens_alone(path: Path) -> None:
    store = KeyStore(path, MASTER_KEY)
    people = [a_person(store) for _ in range(200)]
    store.sealing_keys([(person, each) for person in people for each in DataClass], 2025)
    store.close()
    chance = random.Random(7)
    for person in people[: scaled(5, 50)]:
        store = KeyStore(path, MASTER_KEY)
        tokens = list(store.tokens_of(person).values())
        store.close()
        traces = traces_of(path, tokens, person)
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path)],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        child.stdin.write(" ".join(tokens) + "\n")
        child.stdin.flush()
        assert child.stdout.readline() == "erasing\n"
        threading.Event().wait(chance.random() * 0.02)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdin.close()
        child.stdout.close()

        store = KeyStore(path, MASTER_KEY)
        store.erase_tokens(tokens)
        assert found_in(path.parent, traces) == 0
        assert store.known(person) is None
        store.close()
