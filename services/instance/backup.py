"""Copying an instance while it is served, and making one of a copy again.

A copy holds the log, the key store with its root, the access table and the signing key: the log
first, so that every event in it has its key in the copy too. The master key is not in it: whoever
has both can read everything. Nor is the token that the server asks for: what is restored gets a new
one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from domain import events, facts
from services import files
from services.instance import signing, token, views
from services.instance.instance import Instance, InstanceError, log_id_of
from services.instance.signing import vouch_of
from services.log import copies, ownership
from services.log.factory import FILE as LOG
from services.log.factory import environment_of, factory_of, read_file
from services.log.finding import Finding
from services.log.port import EventLog, StorageError
from services.log.verifying import findings
from services.persons import master_key
from services.persons.database import DatabaseError
from services.persons.keys import root_of

KEYS, ACCESS = "keys.db", "access.db"
ROOT = root_of(KEYS).name
ALL = (KEYS, ROOT, ACCESS, LOG)
"""In the order in which they are put in their place: the log last."""
MASTER_KEY = "master.key"

MAKING = "restoring"
"""The directory, in that of an instance, where the instance is made of a copy."""

TRIAL = "trial"
"""The directory, in that of a copy, where the copy is tried."""

PATIENCE = 60.0
"""Seconds that a backup waits for an erasure to end."""


class BackupError(Exception):
    """A copy cannot be made, or no instance be made of it; the message says what to do."""


class Checked(NamedTuple):
    """What a copy was found to hold."""

    log_id: UUID
    position: int
    """The last event in it."""
    found: list[Finding]
    """What does not follow from what it must follow from (`log verify`)."""
    erased: int
    """Tokens that were erased in making an instance of it."""


def backup(directory: Path, target: Path) -> Checked:
    """Copy the instance in `directory` to the new directory `target`, and try the copy.

    It may be served meanwhile; an erasure waits until the copy is made, and the other way round.
    The copy is tried by making an instance of it, in a directory that is removed again.

    Raises BackupError, InstanceError, MasterKeyError and KeyStoreError.
    """
    log = factory_of(environment_of(directory, os.environ))
    if not log.exists():
        raise InstanceError(f"{directory} holds no instance; make one with `husret init`")
    target = target.absolute()
    is_other = target.exists() and (not target.is_dir() or any(target.iterdir()))
    if target.is_symlink() or is_other or target == Path.cwd():
        raise BackupError(f"{target} is not an empty directory; name a new one")
    if target.resolve().is_relative_to(directory.resolve()):
        raise BackupError(
            f"{target} lies in the instance, where nothing of what is erased may be left; name a "
            "directory outside of it"
        )
    secret = master_key.load(directory / MASTER_KEY)
    made = target.with_name(f"{target.name}.partial")
    shutil.rmtree(made, ignore_errors=True)
    with _failures(directory):
        files.make_directory(made)
        try:
            with ownership.hold(directory, shared=True, patience=PATIENCE):
                log.copy(made / LOG)
                for name in (KEYS, ROOT, ACCESS):
                    if (directory / name).exists() or name != ACCESS:
                        _copy(directory / name, made / name)
                _copy_signing_key(directory, made)
            checked = _made_of(made, made / TRIAL, secret, None)
            shutil.rmtree(made / TRIAL)
            if target.exists():
                target.rmdir()
            made.rename(target)
        except BaseException:
            # A copy of keys that nobody knows of would outlive every erasure.
            shutil.rmtree(made, ignore_errors=True)
            raise
    return checked


def restore(
    source: Path,
    directory: Path,
    *,
    key_file: Path | None = None,
    erasures: Path | None = None,
) -> Checked:
    """Make an instance in `directory` of the copy in `source`.

    The master key is taken from `key_file`, else from the directory or the environment.
    `erasures` is a log of the same instance that is newer than the copy: what was erased in it is
    erased here too. An erasure that the copy's own log has begun is completed.

    Raises BackupError, InstanceError, MasterKeyError and KeyStoreError.
    """
    for name in (LOG, KEYS, ROOT):
        if not (source / name).is_file():
            raise BackupError(f"{source} has no {name}; name a copy that a backup has made")
    if (directory / MAKING).exists() and not (directory / LOG).exists():
        # A kill came in between. Whatever stands beside it was put there last, of that copy.
        for name in (KEYS, ROOT, ACCESS):
            (directory / name).unlink(missing_ok=True)
    held = [n for n in (*reversed(ALL), *views.FILES) if (directory / n).exists()]
    if held:
        raise BackupError(
            f"{directory} already holds {held[0]}: move what is there away first, and name its "
            f"{LOG} with --erasures if it can still be read"
        )
    if key_file is not None:
        secret = master_key.load(key_file, {})
    elif (directory / MASTER_KEY).exists() or master_key.MASTER_KEY_VARIABLE in os.environ:
        secret = master_key.load(directory / MASTER_KEY)
    else:
        raise BackupError(
            "the copy does not hold the master key, and without it nothing that is sealed can be "
            f"read: name its file with --master-key, or set {master_key.MASTER_KEY_VARIABLE}"
        )
    with _failures(source):
        checked = _made_of(source, directory, secret, erasures)
    if not (directory / token.FILE).exists():
        token.replace(directory)
    return checked


def _made_of(source: Path, directory: Path, secret: bytes, erasures: Path | None) -> Checked:
    """Make an instance of a copy, and find out what it holds.

    It is made apart, and put in its place once all is done that must not be left out: until then
    there is no log where an instance would be looked for, whenever this may be ended.
    """
    since = {} if erasures is None else _erased_in(erasures, source / LOG)
    made = directory / MAKING
    shutil.rmtree(made, ignore_errors=True)
    files.make_directory(directory)
    files.make_directory(made)
    try:
        # From the environment the master key is not written down; else it belongs in its place.
        if master_key.MASTER_KEY_VARIABLE not in os.environ:
            master_key.create(made / MASTER_KEY, lambda _: secret)
        for name in ALL:
            if (source / name).exists():
                _copy(source / name, made / name)
        _copy_signing_key(source, made)
        with closing(read_file(made / LOG)) as log:
            position, found = log.head(), list(findings(log, vouch_of(secret)))
        with ownership.own(made), Instance.open(made, env={}) as instance:
            erased = instance.erasures.erase_again(since)
            checked = Checked(instance.log_id, position, found, erased)
        if (made / MASTER_KEY).exists() and not (directory / MASTER_KEY).exists():
            (made / MASTER_KEY).rename(directory / MASTER_KEY)
        if (made / signing.FILE).exists() and not (directory / signing.FILE).exists():
            (made / signing.FILE).rename(directory / signing.FILE)
        for name in ALL:
            for each in (f"{name}-wal", name):
                if (made / each).exists():
                    (made / each).rename(directory / each)
        files.make_durable(directory)
        return checked
    finally:
        # So that it can be tried again, and no key lies about.
        shutil.rmtree(made, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    if source.name == ROOT:
        files.copy(source, target)
    else:
        copies.copy(source, target)


def _copy_signing_key(source: Path, target: Path) -> None:
    """Copy the signing key, which the master key has wrapped, where there is one."""
    with suppress(FileNotFoundError):
        files.write_secret(
            target / signing.FILE, (source / signing.FILE).read_text("ascii").strip()
        )


def _erased_in(newer: Path, older: Path) -> dict[str, list[str]]:
    """Return the tokens that a newer log says are erased, by policy."""
    found: dict[str, list[str]] = {}
    with (
        closing(read_file(newer)) as log,
        closing(read_file(older)) as copied,
    ):
        if log_id_of(log) != log_id_of(copied):
            raise BackupError(f"{newer} is the log of another instance")
        for fact in _begun(log, copied.head()):
            found.setdefault(fact.policy, []).extend(fact.tokens)
    return found


def _begun(log: EventLog, after: int) -> Iterator[facts.ErasureBegun]:
    for event in log.read(after=after):
        if event.type == events.BY_FACT[facts.ErasureBegun].name and event.is_intact():
            fact = events.decode_fact(event.type, event.schema_version, event.data)
            assert isinstance(fact, facts.ErasureBegun)
            yield fact


@contextmanager
def _failures(where: Path) -> Iterator[None]:
    try:
        yield
    except files.FilesError as error:
        raise BackupError(str(error)) from error
    except (DatabaseError, StorageError, LookupError) as error:
        raise BackupError(f"{where}: a file cannot be copied or read ({error})") from error
