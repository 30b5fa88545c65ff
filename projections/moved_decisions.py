"""The list of answers that something recorded later has moved: what is kept of each.

The rows follow from the log and from the key store, so their follower stands with the answers
(`services/answers/moved.py`). In the open a row has no more than the receipt's id, the entry and a
position; the outcomes are sealed under the household's key of the class decisions.
"""

from __future__ import annotations

from typing import Any

import msgspec

from domain.law.edition import Edition
from projections.view import View


class Row(msgspec.Struct, frozen=True, gc=False):
    """What is kept of an answer: `sealed` holds its outcomes, under its household's key."""

    receipt: bytes
    entry: int
    moved_at: int
    sealed: bytes


def _no_fold(edition: Edition) -> Any:
    raise TypeError("the rows follow from the log and the keys, and are made by their follower")


VIEW = View[Row](
    name="moved_decisions",
    file="views-moved.db",
    format=1,
    types=(),
    fold=_no_fold,
    key=("receipt", "entry"),
    columns={
        "receipt": "BLOB NOT NULL",
        "entry": "INTEGER NOT NULL",
        "moved_at": "INTEGER NOT NULL",
        "sealed": "BLOB NOT NULL",
    },
    pack=lambda row: (row.receipt, row.entry, row.moved_at, row.sealed),
    unpack=Row,
)
