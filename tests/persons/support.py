"""What the tests of the key store share: stores, and a look at every byte on disk."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

from domain.data_classes import SubjectKind
from services.persons.keys import KeyStore
from services.persons.sealing import Binding

MASTER_KEY = bytes(range(32))
LOG_ID = bytes(range(100, 116))


def a_person(store: KeyStore) -> UUID:
    """Register a new person and return its id."""
    subject_id = uuid4()
    store.register([(subject_id, SubjectKind.PERSON)])
    return subject_id


def a_place(section: int = 0) -> Binding:
    """Return a new event's place in the log of these tests."""
    return Binding(LOG_ID, uuid4().bytes, "benefit-months-recorded", 1, section)


def every_byte(directory: Path) -> bytes:
    """Return the content of all files below the directory, whatever they are called."""
    return b"\x00".join(
        file.read_bytes() for file in sorted(directory.rglob("*")) if file.is_file()
    )
