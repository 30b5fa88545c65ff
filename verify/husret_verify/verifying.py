"""The verdict on a bundle: whether the log that signed the checkpoint holds this answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from husret_verify import json_text, merkle, receipt
from husret_verify.bundle import Bundle, Proved
from husret_verify.checkpoint import Checkpoint, open_checkpoint
from husret_verify.note import Opened, Signature, VerifierKey
from husret_verify.problems import NotValid, Problem, Unreadable
from husret_verify.receipt import Frame, Page, Receipt

ORIGIN_PREFIX = "husret/"
"""What the origin of a log's checkpoint begins with, before the log's id."""

T = TypeVar("T")


class Refused(Exception):
    """It isn't shown that the log holds this answer; `problems` says everything that is wrong.

    `readable` is whether the bundle could be judged: something in it proves the contrary of what
    it should. When it is false, it couldn't be read, and nothing can be said of it.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))

    @property
    def readable(self) -> bool:
        """Whether a problem is one of what is proved, and not of form alone."""
        return any(isinstance(each, NotValid) for each in self.problems)


@dataclass(frozen=True, kw_only=True)
class Valid:
    """What is proved: this answer stands in this log at this place, in these bytes.

    `frame` and `answer` are what it states openly; `hash` is the hash of the receipt or page.
    `recorded_at` is in microseconds since 1970 UTC, as the log's own clock had it. `witnesses`
    are those that cosigned the checkpoint, each with its time in seconds since 1970 UTC or None.
    `joined` are the sizes and roots of other checkpoints that are of the same history.
    """

    log: UUID
    receipt_id: UUID
    position: int
    recorded_at: int
    metadata: tuple[tuple[str, str], ...]
    hash: bytes
    frame: Frame
    answer: Receipt | Page
    checkpoint: Checkpoint
    witnesses: tuple[tuple[str, int | None], ...]
    joined: tuple[tuple[int, bytes], ...]
    unchecked: tuple[Signature, ...] = field(default=(), compare=False)
    """Signatures of the checkpoint by keys that were not given: they are not judged."""


def verify(
    bundle: Bundle,
    log: VerifierKey,
    witnesses: Iterable[VerifierKey] = (),
    kept: str | None = None,
    given_hash: bytes | None = None,
) -> Valid:
    """Verify a bundle against the log's key and what the caller holds of its own.

    `witnesses` must each have cosigned the checkpoint. `kept` is a checkpoint that the caller has
    from elsewhere, a signed note: it must be of the same history. `given_hash` is the hash that
    the caller was given with the answer.

    Raises Refused with every problem found.
    """
    checks = _Checks()
    opened = checks.of(lambda: open_checkpoint(bundle.checkpoint, log, witnesses))
    held = None if kept is None else checks.of(lambda: open_checkpoint(kept, log)[0])
    frame = checks.of(lambda: receipt.read_frame(bundle.frame.event.data))
    answer = checks.of(lambda: _answer(bundle))
    metadata = checks.of(lambda: _metadata(bundle.receipt.event.metadata))
    if opened is not None:
        head = opened[0]
        checks.of(lambda: _included(bundle, head, bundle.receipt))
        checks.of(lambda: _included(bundle, head, bundle.frame))
    joined = checks.of(lambda: _joined(bundle, log, opened, held, kept is not None))
    log_id = checks.of(lambda: _log_id(log))
    if frame is not None and answer is not None and log_id is not None:
        checks.all(_belonging(bundle, frame, answer, log_id))
    of_page = bundle.receipt.event.type.startswith(receipt.PAGE_PREFIX)
    hash_of = receipt.page_hash if of_page else receipt.receipt_hash
    hashed = hash_of(bundle.frame.event.data, bundle.receipt.event.data)
    if given_hash is not None and given_hash != hashed:
        checks.all([NotValid("other_hash", given=given_hash.hex(), found=hashed.hex())])
    if (
        checks.problems
        # What follows can't be, for then there is a problem: it is said for the types.
        or opened is None
        or frame is None
        or answer is None
        or log_id is None
        or metadata is None
        or joined is None
    ):
        raise Refused(checks.problems)
    event = bundle.receipt.event
    return Valid(
        log=log_id,
        receipt_id=UUID(bytes=event.event_id),
        position=event.position,
        recorded_at=event.recorded_at,
        metadata=metadata,
        hash=hashed,
        frame=frame,
        answer=answer,
        checkpoint=opened[0],
        witnesses=_witnesses(opened[1], log),
        joined=joined,
        unchecked=opened[1].unknown,
    )


class _Checks:
    """Carries checks out and keeps what each finds wrong, so that all of it is told."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def of(self, check: Callable[[], T]) -> T | None:
        try:
            return check()
        except Problem as problem:
            self.all([problem])
            return None

    def all(self, problems: Iterable[Problem]) -> None:
        told = {str(each) for each in self.problems}
        self.problems += [each for each in problems if str(each) not in told]


def _answer(bundle: Bundle) -> Receipt | Page:
    event = bundle.receipt.event
    if event.type.startswith(receipt.RECEIPT_PREFIX):
        return receipt.read_receipt(event.data)
    if event.type.startswith(receipt.PAGE_PREFIX):
        return receipt.read_page(event.data)
    raise NotValid("not_an_answer", field="receipt.event.type")


def _metadata(text: bytes) -> tuple[tuple[str, str], ...]:
    said = json_text.canonical(text, "metadata")
    if not all(isinstance(value, str) for value in said.values()):
        raise Unreadable("canonical", what="metadata")
    return tuple(said.items())


def _included(bundle: Bundle, head: Checkpoint, proved: Proved) -> None:
    if bundle.size != head.size:
        raise NotValid("proof_of_another_size", proof=bundle.size, checkpoint=head.size)
    row = proved.event
    merkle.verify_inclusion(row.leaf_hash(), row.position - 1, head.size, proved.path, head.root)


def _joined(
    bundle: Bundle,
    log: VerifierKey,
    opened: tuple[Checkpoint, Opened] | None,
    held: Checkpoint | None,
    asked: bool,
) -> tuple[tuple[int, bytes], ...] | None:
    """Check the other checkpoint in the bundle, and that the caller's own is one of the two."""
    known = [] if opened is None else [opened[0]]
    if bundle.consistency is not None:
        other, _ = open_checkpoint(bundle.consistency.checkpoint, log)
        if opened is not None:
            older, newer = sorted((opened[0], other), key=lambda each: each.size)
            path = bundle.consistency.path
            merkle.verify_consistency(older.size, newer.size, older.root, newer.root, path)
        known.append(other)
    if asked and held is not None and opened is not None:
        same = [each for each in known if each.size == held.size]
        if not same:
            raise NotValid("not_joined", kept=held.size, checkpoint=opened[0].size)
        if any(each.root != held.root for each in same):
            raise NotValid("two_histories", size=held.size)
    return tuple((each.size, each.root) for each in known[1:])


def _log_id(log: VerifierKey) -> UUID:
    text = log.name.removeprefix(ORIGIN_PREFIX)
    try:
        read = UUID(text)
    except ValueError:
        read = None
    if read is None or f"{ORIGIN_PREFIX}{read}" != log.name:
        raise Unreadable("vkey_origin", key=log.name)
    return read


def _belonging(bundle: Bundle, frame: Frame, answer: Receipt | Page, log_id: UUID) -> list[Problem]:
    """Return what keeps frame and answer from belonging together, and to this log."""
    event, stated = bundle.receipt.event, bundle.frame.event
    of_page = isinstance(answer, Page)
    prefix = receipt.PAGE_PREFIX if of_page else receipt.RECEIPT_PREFIX
    wrong: list[Problem] = []
    if stated.type != receipt.FRAME_TYPE:
        wrong.append(NotValid("not_a_frame", field="frame.event.type"))
    if frame.log != log_id:
        wrong.append(NotValid("another_log", log=str(frame.log), key=str(log_id)))
    if stated.event_id != receipt.frame_id(frame.log, stated.data):
        wrong.append(NotValid("frame_id", field="frame.event.event_id"))
    if answer.frame_id != stated.event_id:
        wrong.append(NotValid("another_frame", field="frame.event"))
    if frame.of_page != of_page or event.type != prefix + frame.kind:
        wrong.append(NotValid("another_kind", field="receipt.event.type"))
    if stated.position >= event.position:
        wrong.append(NotValid("frame_after", frame=stated.position, receipt=event.position))
    if answer.known_at >= event.position:
        wrong.append(NotValid("known_after", known=answer.known_at, receipt=event.position))
    return wrong


def _witnesses(opened: Opened, log: VerifierKey) -> tuple[tuple[str, int | None], ...]:
    plain: list[tuple[str, int | None]] = [(key.name, None) for key in opened.signed if key != log]
    return (*plain, *((key.name, time) for key, time in opened.cosigned))


def stated(proved: Valid) -> dict[str, Any]:
    """Return what is proved as plain JSON values, for a program."""
    frame, answer = proved.frame, proved.answer
    said: dict[str, Any] = {
        "valid": True,
        "log": str(proved.log),
        "receipt": str(proved.receipt_id),
        "hash": proved.hash.hex(),
        "position": proved.position,
        "recorded_at": proved.recorded_at,
        "metadata": dict(proved.metadata),
        "kind": frame.kind,
        "day": frame.day.isoformat(),
        "law": frame.law,
        "readings": [list(each) for each in frame.chosen],
        "known_at": answer.known_at,
        "checkpoint": {
            "origin": proved.checkpoint.origin,
            "size": proved.checkpoint.size,
            "root": proved.checkpoint.root.hex(),
        },
        "witnesses": [{"name": name, "time": time} for name, time in proved.witnesses],
        "same_history": [{"size": size, "root": root.hex()} for size, root in proved.joined],
        "unchecked_signatures": [each.name for each in proved.unchecked],
    }
    if frame.asked is not None:
        said["asked"] = frame.asked.isoformat()
    if isinstance(answer, Page):
        said["target"] = json_text.decode((frame.target or "{}").encode())
        said["page"] = answer.number
        said["entries"] = [each.commitment.hex() for each in answer.entries]
        return said
    if frame.judged is not None:
        said["judged"] = frame.judged.isoformat()
    said["area"] = frame.area
    said["outcome"] = answer.outcome
    said["sections"] = [
        {
            "subject": each.subject,
            "class": each.data_class,
            "commitment": each.commitment.hex(),
        }
        for each in answer.sections
    ]
    if answer.found is not None:
        said["found"] = json_text.decode(answer.found.encode())
    return said
