"""The files of an instance: nobody else's to read whatever the umask, and no links elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

OPEN_TO_OTHERS = 0o077
"""The rights of the group and of others."""


class FilesError(Exception):
    """A directory can't hold an instance; the message says why, and what to do."""


class OpenToOthers(Exception):
    """The group or others have some right to a file that holds a secret; says which."""


def create(path: Path | str) -> None:
    """Make an empty file of mode 0600 unless there is one; a symbolic link is not followed."""
    with suppress(FileExistsError):
        create_new(path)


def create_new(path: Path | str) -> None:
    """Make an empty file of mode 0600; raises FileExistsError, for a symbolic link too."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.fchmod(descriptor, 0o600)  # the umask may have taken more
    finally:
        os.close(descriptor)


def write_secret(path: Path, text: str) -> None:
    """Write a line durably to a new file of mode 0600; `make_durable` keeps its name too.

    Raises FileExistsError, for a symbolic link too.
    """
    create_new(path)
    with path.open("w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def copy(source: Path, target: Path) -> None:
    """Copy a small file durably to a new one of mode 0600; `make_durable` keeps its name too.

    Raises OSError.
    """
    content = source.read_bytes()
    create_new(target)
    with target.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_secret(path: Path) -> str:
    """Return the text of a file that nobody else has a right to, without white space around it.

    Raises FileNotFoundError, OpenToOthers.
    """
    with path.open(encoding="ascii", errors="replace") as file:
        # The open file is asked, not the path, so that it can't be exchanged in between.
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & OPEN_TO_OTHERS:
            raise OpenToOthers(f"mode {mode:04o}")
        return file.read(_LONGEST_SECRET).strip()


_LONGEST_SECRET = 1_000
"""Characters; a file that holds more is none of ours."""


def make_durable(directory: Path) -> None:
    """Have the names in a directory outlive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_directory(directory: Path) -> None:
    """Make a directory of mode 0700 for a new instance, or take one that is there.

    Raises FilesError for a symbolic link, or one inside; for a directory of another user; and for
    one that others may enter and that holds something already, for that is not ours to close.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    try:
        directory.mkdir(mode=0o700)
    except FileExistsError:
        if directory.is_symlink():
            raise FilesError(f"{directory} is a symbolic link; name the directory itself") from None
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        found = os.fstat(descriptor)
        if found.st_uid != os.geteuid():
            raise FilesError(f"{directory} belongs to another user; choose one of your own")
        with os.scandir(descriptor) as entries:
            inside = [(entry.name, entry.is_symlink()) for entry in entries]
        for name, is_link in inside:
            if is_link:
                raise FilesError(f"{directory / name} is a symbolic link; choose another directory")
        if inside and stat.S_IMODE(found.st_mode) & OPEN_TO_OTHERS:
            raise FilesError(
                f"{directory} holds files already and is open to others; choose another directory, "
                "or run `chmod 700` on it"
            )
        os.fchmod(descriptor, 0o700)
    finally:
        os.close(descriptor)


def close_to_others(directory: Path, besides: Collection[str]) -> None:
    """Take every right of others to an instance's directory and its files, `besides` some of them.

    What an earlier release left open is closed so. What is another user's is left as it is.
    """
    paths = [directory, *(path for path in directory.iterdir() if path.name not in besides)]
    for path in paths:
        found = path.lstat()
        ours = found.st_uid == os.geteuid() and not stat.S_ISLNK(found.st_mode)
        if ours and stat.S_IMODE(found.st_mode) & OPEN_TO_OTHERS:
            path.chmod(stat.S_IMODE(found.st_mode) & ~OPEN_TO_OTHERS)
