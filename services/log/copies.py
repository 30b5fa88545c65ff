"""Copies of SQLite files, made while others write them; and reading one as it lies."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from services import files
from services.log.port import StorageError

_PATIENCE = 30.0


class Lying:
    """A file that is only read: nothing is written, in its directory neither."""

    def __init__(self, path: str | Path) -> None:
        """Find how to open it; raises OSError when there is no such file."""
        self._copied: TemporaryDirectory[str] | None = None
        where = Path(path).resolve(strict=True)
        if where.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        beside = Path(f"{where}-wal")
        # What a write-ahead log holds is a part of the file, and SQLite needs a file of its own
        # beside it to read it.
        if beside.exists() and beside.stat().st_size and not _may_write(where.parent):
            self._copied = TemporaryDirectory(prefix="husret-")
            for each in (where, beside):
                shutil.copyfile(each, Path(self._copied.name) / each.name)
            where = Path(self._copied.name) / where.name
        self.uri = f"{where.as_uri()}?mode=ro"
        if not beside.exists() and not Path(f"{where}-shm").exists():
            # Nobody has it open, so that it needs no file beside it.
            self.uri += "&immutable=1"

    def close(self) -> None:
        """Remove what was copied to be read."""
        if self._copied is not None:
            self._copied.cleanup()


def _may_write(directory: Path) -> bool:
    return os.access(directory, os.W_OK) and not os.statvfs(directory).f_flag & os.ST_RDONLY


def copy(source: Path, target: Path) -> None:
    """Copy a database as it stands at one moment, whoever writes it meanwhile, into a new file.

    The file has mode 0600. Raises OSError and StorageError.
    """
    files.create_new(target)
    lying = Lying(source)
    try:
        with (
            closing(sqlite3.connect(lying.uri, uri=True, timeout=_PATIENCE)) as read,
            closing(sqlite3.connect(target)) as written,
        ):
            read.backup(written)
    except sqlite3.Error as error:
        raise StorageError(str(error)) from error
    finally:
        lying.close()
