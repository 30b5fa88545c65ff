"""The token of an instance: who has it may call its server on this machine.

256 bits from the system's chance in base64url (43 characters), in a file of mode 0600 beside the
others of the instance. It opens nothing that is sealed and is no part of a backup; whoever may
read it may ask the server all that its own commands ask.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from services import files

FILE = "api.token"
_WRITTEN = re.compile(r"[A-Za-z0-9_-]{43,200}")


class TokenError(Exception):
    """The token is missing, malformed, or kept where others can read it; says what to do."""


def new() -> str:
    """Draw a token."""
    return secrets.token_urlsafe(32)


def replace(directory: Path) -> Path:
    """Write a new token durably, in the place of one that is there, and return its file.

    A server that runs goes on asking for the one before.
    """
    path = directory / FILE
    made = directory / f"{FILE}.new"
    made.unlink(missing_ok=True)
    files.create_new(made)
    with made.open("w", encoding="ascii") as file:
        file.write(new() + "\n")
        file.flush()
        os.fsync(file.fileno())
    made.rename(path)
    files.make_durable(directory)
    return path


def load(path: Path) -> str:
    """Return the token in a file.

    Raises TokenError when there is none, when it is no token, or when the group or others have
    any right to the file.
    """
    try:
        text, mode = files.read_secret(path)
    except FileNotFoundError:
        raise TokenError(
            f"{path}: no token, which the server asks for; `husret token` makes one in an "
            "instance's directory"
        ) from None
    if mode & files.OPEN_TO_OTHERS:
        raise TokenError(
            f"{path}: mode {mode:04o} lets others at the token; run `chmod 600` on it, and "
            "`husret token` for a new one if others may have read it"
        )
    if not _WRITTEN.fullmatch(text):
        raise TokenError(f"{path}: holds no token; `husret token` makes a new one")
    return text
