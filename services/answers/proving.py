"""The bundle of an answer: what whoever was given it can verify on another machine."""

from __future__ import annotations

from domain.questions import PAGE_TYPES, RECEIPT_TYPES
from husret_verify.bundle import Bundle, Consistency, Proved
from husret_verify.checkpoint import Checkpoint
from husret_verify.event import Row
from husret_verify.note import Note
from services.answers import stored
from services.instance.instance import Instance
from services.log import tree
from services.log.event import RecordedEvent
from services.persons.reading import TamperedEvent


class NotAnAnswer(ValueError):
    """The event is no receipt and no page of a waiting list."""


class BeyondCheckpoint(ValueError):
    """The answer was recorded after the checkpoint; a newer one is needed."""


def bundle(
    instance: Instance, event: RecordedEvent, checkpoint: str, other: str | None = None
) -> Bundle:
    """Return the bundle of a receipt or page under a checkpoint of its log.

    `checkpoint` is a signed note of the log itself, and so is `other`: to it the bundle then proves
    consistency, whether it is the older or the newer. What is sealed stays sealed; nothing is
    unsealed for it.

    Raises NotAnAnswer, BeyondCheckpoint, TamperedEvent for an answer or a frame that was altered
    where it is stored, MalformedReceiptError, and TreeDamaged when nodes of the tree are gone.
    """
    if event.type not in RECEIPT_TYPES and event.type not in PAGE_TYPES:
        raise NotAnAnswer("only a receipt, or a page of a waiting list, is exported")
    head = _head(checkpoint)
    if event.position > head.size:
        raise BeyondCheckpoint(
            f"the answer at position {event.position} was recorded after the checkpoint of "
            f"{head.size} events; ask for a newer one"
        )
    named = stored.stated(instance, event).named
    frame = instance.log.event_by_id(named.id)
    if frame is None or not event.is_intact():
        raise TamperedEvent(event.position)
    if not frame.is_intact():
        raise TamperedEvent(frame.position)
    return Bundle(
        size=head.size,
        receipt=_proved(instance, event, head.size),
        frame=_proved(instance, frame, head.size),
        checkpoint=checkpoint,
        consistency=None if other is None else _consistency(instance, head, other),
    )


def _head(checkpoint: str) -> Checkpoint:
    return Checkpoint.parse(Note.parse(checkpoint).text)


def _proved(instance: Instance, event: RecordedEvent, size: int) -> Proved:
    row = Row(
        position=event.position,
        event_id=event.event_id,
        recorded_at=event.recorded_at,
        type=event.type,
        schema_version=event.schema_version,
        batch_index=event.batch_index,
        batch_size=event.batch_size,
        tags=tuple(event.tags),
        data=event.data,
        metadata=event.metadata,
        fingerprint=event.fingerprint,
    )
    return Proved(row, tuple(tree.inclusion(instance.log.hashes, event.position, size)))


def _consistency(instance: Instance, head: Checkpoint, other: str) -> Consistency:
    first, second = sorted((head.size, _head(other).size))
    return Consistency(other, tuple(tree.consistency(instance.log.hashes, first, second)))
