"""The bundle of an answer: what whoever was given it can verify on another machine."""

from __future__ import annotations

from husret_verify.bundle import Bundle, Consistency, Proved
from husret_verify.checkpoint import Checkpoint, open_checkpoint
from husret_verify.event import Row
from services.answers import stored
from services.instance import checkpoints
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.log.port import LogAltered
from services.persons.reading import TamperedEvent


def bundle(instance: Instance, event: RecordedEvent, kept: str = "") -> Bundle:
    """Return the bundle of a receipt or page, under a checkpoint of the log as it stands.

    `kept` is a checkpoint that somebody has, a signed note: the bundle then leads from it to its
    own. What is sealed stays sealed; nothing is unsealed for it.

    Raises Problem for a `kept` that the log's own key has not signed, LogAltered where the log does
    not continue it or its tree is damaged, TamperedEvent for an answer or a frame that was altered
    where it is stored, MalformedReceiptError, SigningKeyError and StorageError.
    """
    head, note = checkpoints.made(instance)
    named = stored.stated(instance, event).named
    frame = instance.log.event_by_id(named.id)
    if frame is None or not event.is_intact():
        raise TamperedEvent(event.position)
    return Bundle(
        size=head.size,
        receipt=_proved(instance, event.position, head.size),
        frame=_proved(instance, frame.position, head.size),
        checkpoint=note,
        consistency=_consistency(instance, head, kept) if kept else None,
    )


def _proved(instance: Instance, position: int, size: int) -> Proved:
    found = checkpoints.inclusion(instance, position, size)
    event = found.event
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
    return Proved(row, tuple(found.hashes))


def _consistency(instance: Instance, head: Checkpoint, kept: str) -> Consistency:
    before, _ = open_checkpoint(kept, instance.signer().vkey)
    if before.size > head.size:
        raise LogAltered(f"it ends before the checkpoint of {before.size} events")
    proof = checkpoints.consistency(instance, before.size, head.size)
    if proof.first_root != before.root:
        raise LogAltered(f"it does not continue the checkpoint of {before.size} events")
    return Consistency(kept, tuple(proof.hashes))
