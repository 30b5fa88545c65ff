"""Signed notes (C2SP signed-note) with Ed25519 signatures and cosignatures of witnesses.

A note is a text and signatures over it, each by a key that is known by its name and a short id.
What signs and verifies is Ed25519 of `cryptography`. Cosignatures are those of C2SP
tlog-cosignature, version 1 (`cosignature/v1`, Ed25519).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from husret_verify.problems import NotValid, Unreadable

ED25519 = 0x01
"""Type of a signature over the note's text."""

COSIGNATURE = 0x04
"""Type of a witness's cosignature: over a time and the note's text."""

MOST_BYTES = 1_000_000
"""Longest note that is read: room for 100 signatures of the longest known kind, and the text."""

MOST_SIGNATURES = 100
"""Most signatures of one note; the specification wants at least 16."""

_PREFIX = "— "
_KEY_ID = re.compile("[0-9a-f]{8}")


@dataclass(frozen=True)
class VerifierKey:
    """A public key with its name and the type of its signatures: what a vkey says."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The first four bytes of SHA-256 of name ‖ 0a ‖ type ‖ public key."""
        named = self.name.encode() + b"\n" + bytes((self.kind,)) + self.public
        return sha256(named).digest()[:4]

    def __str__(self) -> str:
        """Write the vkey: name, id and key, joined by plus signs."""
        key = base64.b64encode(bytes((self.kind,)) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{key}"

    @classmethod
    def parse(cls, vkey: str) -> VerifierKey:
        """Read a vkey. Raises Unreadable saying what is wrong with it."""
        parts = vkey.split("+", 2)
        if len(parts) != 3:
            raise Unreadable("vkey_form")
        name, key_id, encoded = parts
        if not is_name(name) or not _KEY_ID.fullmatch(key_id):
            raise Unreadable("vkey_form")
        key = decoded_base64(encoded)
        if not key:
            raise Unreadable("vkey_form")
        if key[0] not in (ED25519, COSIGNATURE):
            raise Unreadable("vkey_kind", kind=key[0])
        if len(key) != 33:
            raise Unreadable("vkey_form")
        read = cls(name, key[0], key[1:])
        if read.id.hex() != key_id:
            raise Unreadable("vkey_id")
        return read

    def verify(self, text: str, signature: bytes) -> int | None:
        """Check a signature of this key over a note's text.

        Return the time of a cosignature, in seconds since 1970 UTC; of a signature None. Raises
        NotValid (`signature`) when it isn't one of this key over this text.
        """
        time, message = None, text.encode()
        if self.kind == COSIGNATURE:
            stamp, signature = signature[:8], signature[8:]
            time = int.from_bytes(stamp, "big")
            if len(stamp) < 8 or time >= 2**63:
                raise NotValid("signature", key=self.name)
            message = cosigned(text, time)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise NotValid("signature", key=self.name) from None
        return time


@dataclass(frozen=True)
class Signature:
    """One signature line: the name and id of a key, and what it signed the text with."""

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> str:
        """Write the line, with its line feed."""
        return f"{_PREFIX}{self.name} {base64.b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True)
class Note:
    """A text that ends in a line feed, and its signatures, none of them verified."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """Write the note."""
        return f"{self.text}\n{''.join(each.line() for each in self.signatures)}"

    @classmethod
    def parse(cls, note: str) -> Note:
        """Read a note. Raises Unreadable saying which part is wrong (`note_line`, `note_end`, …).

        A signature that stands twice is kept once.
        """
        _check_characters(note)
        text, blank, lines = note.rpartition("\n\n")
        if not blank:
            raise Unreadable("note_blank")
        if not lines.endswith("\n"):
            raise Unreadable("note_end")
        signatures: dict[Signature, None] = {}
        for number, line in enumerate(lines[:-1].split("\n"), start=1):
            if number > MOST_SIGNATURES:
                raise Unreadable("note_many", most=MOST_SIGNATURES)
            signatures[_signature(line, number)] = None
        return cls(text + "\n", tuple(signatures))


@dataclass(frozen=True)
class Opened:
    """A note whose signatures were checked.

    `signed` are the keys that signed it, `cosigned` those of witnesses with the time that each
    names (seconds since 1970 UTC), and `unknown` the signatures of keys that weren't given.
    """

    text: str
    signed: tuple[VerifierKey, ...]
    cosigned: tuple[tuple[VerifierKey, int], ...]
    unknown: tuple[Signature, ...] = field(default=())


def open_note(note: str, keys: Iterable[VerifierKey]) -> Opened:
    """Read a note and check every signature of a key that is given; others are kept as unknown.

    Raises Unreadable for what is no note, NotValid for a signature of a known key that is wrong
    (`signature`) or a note that no known key has signed (`unsigned`).
    """
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.id), key) != key:
            raise Unreadable("ambiguous_key", key=key.name)
    parsed = Note.parse(note)
    signed: dict[VerifierKey, None] = {}
    cosigned_at: dict[VerifierKey, int] = {}
    unknown = []
    for each in parsed.signatures:
        signer = known.get((each.name, each.key_id))
        if signer is None:
            unknown.append(each)
            continue
        time = signer.verify(parsed.text, each.signature)
        if time is None:
            signed[signer] = None
        else:
            cosigned_at[signer] = max(time, cosigned_at.get(signer, 0))
    if not signed and not cosigned_at:
        raise NotValid("unsigned")
    return Opened(parsed.text, tuple(signed), tuple(cosigned_at.items()), tuple(unknown))


def verifier_key(name: str, private: Ed25519PrivateKey, kind: int = ED25519) -> VerifierKey:
    """Return the public side of a signing key under a name.

    Raises ValueError for a name that a note can't carry.
    """
    if not is_name(name):
        raise ValueError("the name of a key must not be empty, nor hold a space or a plus sign")
    return VerifierKey(name, kind, private.public_key().public_bytes_raw())


def sign(text: str, name: str, private: Ed25519PrivateKey, others: Sequence[Signature] = ()) -> str:
    """Sign a text, and return the note with this signature behind the `others`.

    One of the same key among the others is replaced. Raises ValueError for a text or name that no
    note can carry.
    """
    key = verifier_key(name, private)
    kept = [each for each in others if (each.name, each.key_id) != (key.name, key.id)]
    if not text.endswith("\n"):
        raise ValueError("the text of a note must end in a line feed")
    own = Signature(key.name, key.id, private.sign(text.encode()))
    note = str(Note(text, (*kept, own)))
    Note.parse(note)
    return note


def cosigned(text: str, time: int) -> bytes:
    """Return what a witness signs: header, time (seconds since 1970 UTC) and the note's text."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def is_name(name: str) -> bool:
    """Whether a key may have this name: not empty, no Unicode space, no plus sign, no control."""
    return bool(name) and not any(each.isspace() or each == "+" or each < " " for each in name)


def decoded_base64(text: str) -> bytes | None:
    """Return the bytes of a text in base64 (RFC 4648, section 4), None if it isn't written so.

    Each byte string has one spelling: padding is there, and unused bits are zero.
    """
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    return data if base64.b64encode(data).decode() == text else None


def _check_characters(note: str) -> None:
    try:
        length = len(note.encode())
    except UnicodeEncodeError:
        raise Unreadable("note_text") from None
    if length > MOST_BYTES:
        raise Unreadable("note_long", most=MOST_BYTES)
    if any(each < " " and each != "\n" for each in note):
        raise Unreadable("note_text")


def _signature(line: str, number: int) -> Signature:
    name, space, encoded = line.removeprefix(_PREFIX).partition(" ")
    data = decoded_base64(encoded)
    if not line.startswith(_PREFIX) or not space or not is_name(name) or not data or len(data) < 5:
        raise Unreadable("note_line", line=number)
    return Signature(name, data[:4], data[4:])
