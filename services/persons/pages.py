"""The parts of an SQLite file's pages that hold nothing: where deleted rows linger.

When SQLite moves rows from one page to another, the page they left keeps their bytes in the room
that is free now; `secure_delete` blanks what is deleted, not what was moved. The file's format
(https://www.sqlite.org/fileformat2.html) says which bytes of a page are in use. The others may be
blanked at any time: nothing reads them, and half of it done by a power cut is as good as none.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable

_HEADER_BYTES = 100
"""The file's own header, at the beginning of page 1."""

_INNER, _LEAF = (2, 5), (10, 13)
"""The first byte of a page of a tree. A page of another kind begins with a page number, which has
a zero there in any file below 64 GiB."""

_MOST_PAGES = 1 << 24
_WAL_HEADER, _FRAME_HEADER = 32, 24


class NotSwept(Exception):
    """The file is not laid out as this module knows it; the message says in what."""


def blanked(page: bytes, usable: int, start: int = 0) -> bytes | None:
    """Return the page with zeros wherever it holds nothing, None when it is so already.

    `usable` is how many of its bytes SQLite uses; `start` is where its header begins. A page that
    is not one of a tree is None too: deleting blanks those whole.
    """
    kind = page[start]
    if kind not in _INNER + _LEAF:
        return None
    block, cells, content = struct.unpack_from(">HHH", page, start + 1)
    first = start + (12 if kind in _INNER else 8) + 2 * cells
    content = content or 1 << 16
    if not first <= content <= usable:
        return None
    free = [(first, content)]
    while block:
        if not content <= block <= usable - 4:
            return None
        # The first four bytes of a free block say where the next one is, and how long this is.
        following, size = struct.unpack_from(">HH", page, block)
        if size < 4 or block + size > usable or 0 < following <= block:
            return None
        free.append((block + 4, block + size))
        block = following
    held = [(begin, end) for begin, end in free if page.count(0, begin, end) < end - begin]
    if not held:
        return None
    clean = bytearray(page)
    for begin, end in held:
        clean[begin:end] = bytes(end - begin)
    return bytes(clean)


def sweep(file: int, numbers: Iterable[int] | None = None) -> int:
    """Blank what the pages of an open file hold no more, durably; return how many had anything.

    `numbers` are the pages to look at, all when left out. The caller sees to it that nobody
    writes meanwhile. Raises OSError, and NotSwept.
    """
    header = os.pread(file, _HEADER_BYTES, 0)
    if len(header) < _HEADER_BYTES:
        return 0
    size = int.from_bytes(header[16:18], "big")
    size = 1 << 16 if size == 1 else size
    usable = size - header[20]
    count = os.fstat(file).st_size // size
    if count >= _MOST_PAGES or any(header[52:56]):
        raise NotSwept("the file is larger than 64 GiB, or vacuums itself")
    swept = 0
    for number in range(1, count + 1) if numbers is None else sorted(numbers):
        if number > count:
            continue
        page = os.pread(file, size, (number - 1) * size)
        clean = blanked(page, usable, _HEADER_BYTES if number == 1 else 0)
        if clean is not None:
            os.pwrite(file, clean, (number - 1) * size)
            swept += 1
    if swept:
        os.fsync(file)
    return swept


def pages_in_log(path: str) -> set[int]:
    """Return the numbers of the pages that a write-ahead log holds, whichever still count."""
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return set()
    try:
        header = os.pread(file, _WAL_HEADER, 0)
        if len(header) < _WAL_HEADER:
            return set()
        size = int.from_bytes(header[8:12], "big")
        step = _FRAME_HEADER + (1 << 16 if size == 1 else size)
        end = os.fstat(file).st_size
        return {
            int.from_bytes(os.pread(file, 4, at), "big") for at in range(_WAL_HEADER, end, step)
        }
    finally:
        os.close(file)
