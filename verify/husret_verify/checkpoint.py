"""Checkpoints (C2SP tlog-checkpoint): what a log says of its tree at one size, in a signed note."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass

from husret_verify.merkle import EMPTY_ROOT, HASH_BYTES, LARGEST_SIZE
from husret_verify.note import Opened, VerifierKey, decoded_base64, open_note
from husret_verify.problems import NotValid, Unreadable

_SIZE = re.compile("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """The root of a log's tree at one size.

    `origin` names the log: of husret it is `husret/` and the log's id. `extensions` are further
    lines that the log signed; they have no meaning here.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Write the text that is signed. Raises ValueError for what no checkpoint can say."""
        lines = (
            self.origin,
            str(self.size),
            base64.b64encode(self.root).decode(),
            *self.extensions,
        )
        text = "".join(f"{line}\n" for line in lines)
        if Checkpoint.parse(text) != self:
            raise ValueError("a line of a checkpoint must not hold a line feed")
        return text

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read a note's text. Raises Unreadable (`checkpoint_form`) saying which line is wrong."""
        if not text.endswith("\n"):
            raise Unreadable("checkpoint_form", line=text.count("\n") + 1)
        lines = text[:-1].split("\n")
        for number, line in enumerate(lines, start=1):
            if not line:
                raise Unreadable("checkpoint_form", line=number)
        if len(lines) < 3:
            raise Unreadable("checkpoint_form", line=len(lines) + 1)
        origin, size, encoded, *extensions = lines
        if not _SIZE.fullmatch(size) or int(size) > LARGEST_SIZE:
            raise Unreadable("checkpoint_form", line=2)
        root = decoded_base64(encoded)
        if root is None or len(root) != HASH_BYTES:
            raise Unreadable("checkpoint_form", line=3)
        if size == "0" and root != EMPTY_ROOT:
            raise Unreadable("checkpoint_form", line=3)
        return cls(origin, int(size), root, tuple(extensions))


def open_checkpoint(
    note: str, log: VerifierKey, witnesses: Iterable[VerifierKey] = ()
) -> tuple[Checkpoint, Opened]:
    """Read a checkpoint that the log's own key must have signed, and check its cosignatures.

    Raises Unreadable for what is no checkpoint; NotValid: `signature` when a known key's is
    wrong, `not_signed_by` without one of the log's key, `origin` when the checkpoint is of a log
    that the key isn't named for, `not_witnessed` when a witness that was given has not signed.
    """
    asked = tuple(witnesses)
    try:
        opened = open_note(note, (log, *asked))
    except NotValid as problem:
        if problem.code == "unsigned":
            raise NotValid("not_signed_by", key=log.name, id=log.id.hex()) from None
        raise
    if log not in opened.signed:
        raise NotValid("not_signed_by", key=log.name, id=log.id.hex())
    for witness in asked:
        if witness not in opened.signed and witness not in dict(opened.cosigned):
            raise NotValid("not_witnessed", key=witness.name, id=witness.id.hex())
    read = Checkpoint.parse(opened.text)
    if read.origin != log.name:
        raise NotValid("origin", origin=read.origin, key=log.name)
    return read, opened
