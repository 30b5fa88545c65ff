"""The master key: 32 bytes that wrap every key of the key store.

Its text form is base64 (44 characters), in a file that only its owner may read or in the
environment variable HUSRET_MASTER_KEY.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from services import files

MASTER_KEY_BYTES = 32
MASTER_KEY_VARIABLE = "HUSRET_MASTER_KEY"


class MasterKeyError(Exception):
    """The master key is missing, malformed, or kept where others can read it."""


def create(path: Path, random: Callable[[int], bytes] = os.urandom) -> bytes:
    """Write a new master key to a new file of mode 0600, durably, and return its 32 bytes.

    Raises MasterKeyError when the file exists: overwriting it would lose every sealed payload.
    """
    key = random(MASTER_KEY_BYTES)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise MasterKeyError(f"{path}: a master key is already there; it is kept") from None
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, 0o600)  # the umask may have taken more
        file.write(base64.b64encode(key) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    files.make_durable(path.parent)
    return key


def load(path: Path, environment: Mapping[str, str] = os.environ) -> bytes:
    """Return the master key from the environment variable if it is set, else from the file.

    Raises MasterKeyError when there is none, when it is not 32 bytes in base64, or when the
    group or others have any right to the file.
    """
    given = environment.get(MASTER_KEY_VARIABLE)
    if given is not None:
        return _decode(given, MASTER_KEY_VARIABLE)
    try:
        text, mode = files.read_secret(path)
    except FileNotFoundError:
        raise MasterKeyError(
            f"{path}: no master key; run `husret init`, or set {MASTER_KEY_VARIABLE}"
        ) from None
    if mode & files.OPEN_TO_OTHERS:
        raise MasterKeyError(
            f"{path}: mode {mode:04o} lets others at the master key; run `chmod 600` on it"
        )
    return _decode(text, str(path))


def _decode(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise MasterKeyError(f"{where}: the master key is not base64") from None
    if len(key) != MASTER_KEY_BYTES:
        raise MasterKeyError(
            f"{where}: the master key must be {MASTER_KEY_BYTES} bytes, not {len(key)}"
        )
    return key
