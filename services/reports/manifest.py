"""The manifest of a report's files: which they are, what they rest on, how to have them again.

It is canonical JSON in one line. Where the instance has a key of its log, the line is the text of
a signed note (C2SP signed-note), which cannot be taken for a checkpoint: that begins with the
log's name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from domain import canonical
from husret_verify.note import Note, VerifierKey, open_note
from husret_verify.problems import NotValid
from services.reports.files import File

ENDING = ".manifest"
ORIGIN = "husret/"
"""Begins the name of a log's key; the log's id follows."""
KIND = "husret report manifest"
VERSION = 1
LARGEST_FILE = 1_000_000
"""Bytes of a manifest that is read."""


class BadManifest(ValueError):
    """It is no manifest of a report; the message says why."""


class Manifest(NamedTuple):
    """What a manifest says."""

    report: str
    """The kind of report, e.g. "decision"."""
    log_id: str
    position: int
    edition: str
    """Id of the edition of the law."""
    language: str
    command: str
    """What gives the same files again, as it is typed."""
    files: tuple[tuple[str, str, int], ...]
    """Each file's name, the SHA-256 of its content in hexadecimal, and its bytes."""

    def text(self) -> str:
        """Return it as it is written and signed: canonical JSON in a line."""
        plain = self._asdict()
        plain["files"] = [
            {"name": name, "sha256": digest, "bytes": size} for name, digest, size in self.files
        ]
        return canonical.encode({"kind": KIND, "version": VERSION, **plain}).decode() + "\n"

    @classmethod
    def of(cls, files: Iterable[File], **values: Any) -> Manifest:
        """Return the manifest of files, in their order."""
        named = tuple((each.name, each.hash.hex(), len(each.content)) for each in files)
        return cls(files=named, **values)

    @classmethod
    def parse(cls, text: str) -> Manifest:
        """Read a manifest's text; raises BadManifest for what is not written as one is."""
        try:
            plain = canonical.decode(text.encode())
            if plain.pop("kind") != KIND or plain.pop("version") != VERSION:
                raise BadManifest("it is not a manifest of a report that this release can read")
            listed = plain.pop("files")
            named = tuple((each["name"], each["sha256"], each["bytes"]) for each in listed)
            read = cls(files=named, **plain)
            written = read.text()
        except (ValueError, LookupError, TypeError, AttributeError):
            raise BadManifest("it is no manifest of a report") from None
        if written != text:
            raise BadManifest("it is not written as a manifest is: one line of canonical JSON")
        return read


def read(written: str, keys: Iterable[VerifierKey] = ()) -> Manifest:
    """Read a manifest as it is written, signed or not; with keys, one of them must have signed it.

    Raises BadManifest; of what `husret_verify` finds wrong with the signature, Unreadable and
    NotValid (`unsigned`, `signature`, and `origin` where the key is that of another log).
    """
    known = tuple(keys)
    if not known:
        text = Note.parse(written).text if "\n\n" in written else written
        return Manifest.parse(text)
    opened = open_note(written, known)
    said = Manifest.parse(opened.text)
    own = ORIGIN + said.log_id
    for key in opened.signed:
        if key.name != own:
            raise NotValid("origin", origin=own, key=key.name)
    if not opened.signed:
        raise NotValid("unsigned")
    return said


class Checked(NamedTuple):
    """A file that a manifest names, and whether it is what the manifest says."""

    name: str
    verdict: str
    """"equal", "different", "missing", or "refused": its name leads elsewhere."""


def check(manifest: Manifest, folder: Path) -> list[Checked]:
    """Compare every file that a manifest names with what lies in a folder under its name."""
    return [Checked(name, _verdict(folder, name, digest)) for name, digest, _ in manifest.files]


def _verdict(folder: Path, name: str, digest: str) -> str:
    if Path(name).name != name:
        return "refused"
    path = folder / name
    if not path.is_file():
        return "missing"
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    return "equal" if found == digest else "different"
