"""The frames of receipts in the log: stated once, right before the first receipt that names one.

A frame's event id follows from its payload, so who states it again states nothing new; and a frame
that was altered where it is stored has not the id that it is named by.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple, TypeVar
from uuid import UUID, uuid5

from eventsourcing.persistence import IntegrityError

from domain import frame
from domain.frame import FRAME_TYPE, Frame, MalformedFrameError
from services.log.event import Event
from services.log.port import Batch, EventLog
from services.persons.reading import TamperedEvent

K = TypeVar("K")
KEPT = 2_000
"""So many frames are kept in memory: one for each question, place and day that is asked about."""


class UnknownFrame(LookupError):
    """The log has no frame of this id."""


class StatedFrame(NamedTuple):
    """A frame with the id and the payload of its event."""

    id: bytes
    payload: bytes
    frame: Frame


def frame_id(log_id: UUID, payload: bytes) -> bytes:
    """Return the event id of a frame: UUIDv5 of `frame:` and the SHA-256 of its payload.

    No request of a caller can have an event of this id.
    """
    return uuid5(log_id, f"frame:{hashlib.sha256(payload).hexdigest()}").bytes


class Frames:
    """The frames of one log."""

    def __init__(self, log: EventLog, writer: EventLog, log_id: UUID) -> None:
        self._log = log
        self._writer = writer
        self._log_id = log_id
        self._lock = threading.Lock()
        self._durable: OrderedDict[bytes, StatedFrame] = OrderedDict()
        """Frames that stand in the log, by id; the ones used last stand last."""
        self._made: OrderedDict[Frame, StatedFrame] = OrderedDict()
        """Frames of receipts whose payload is known: most questions share one with another."""

    def of(self, made: Frame) -> StatedFrame:
        """Return a frame with its id and payload, whether the log has it or not."""
        if made.target is not None:  # of a page: there are few, and none is asked for twice
            return self._stated(made)
        with self._lock:
            known = self._made.get(made)
            if known is None:
                known = self._stated(made)
                _keep(self._made, made, known)
            return known

    def _stated(self, made: Frame) -> StatedFrame:
        payload = made.payload()
        return StatedFrame(frame_id(self._log_id, payload), payload, made)

    def named(self, id: bytes) -> StatedFrame:
        """Return the frame that a receipt names; raises UnknownFrame, and TamperedEvent."""
        with self._lock:
            known = self._durable.get(id)
            if known is not None:
                self._durable.move_to_end(id)
                return known
        return self.as_stored(id)

    def as_stored(self, id: bytes) -> StatedFrame:
        """Return a frame as the log has it now.

        Raises UnknownFrame when it has none of this id, TamperedEvent when it was altered.
        """
        event = self._log.event_by_id(id)
        if event is None or event.type != FRAME_TYPE:
            raise UnknownFrame("the log has no frame of this id")
        if not event.is_intact() or frame_id(self._log_id, event.data) != id:
            raise TamperedEvent(event.position)
        try:
            found = StatedFrame(id, event.data, frame.read(event.data))
        except MalformedFrameError:
            raise TamperedEvent(event.position) from None
        self._note(found)
        return found

    def append(self, events: Sequence[tuple[Event, StatedFrame]]) -> list[range | IntegrityError]:
        """Append receipts, each with the frame that it names; what `commit` of the port says.

        A frame that the log does not have yet goes right before the first that names it, so both
        become durable together. Raises TamperedEvent for a frame that was altered in the log.
        """
        batches: list[Batch] = []
        new: dict[bytes, StatedFrame] = {}
        places = []
        for event, named in events:
            if named.id not in new and not self._has(named.id):
                new[named.id] = named
                batches.append(Batch([self._event(named)]))
            places.append(len(batches))
            batches.append(Batch([event]))
        written = self._writer.commit(batches)
        of_receipts = set(places)
        for at, each in enumerate(written):
            if at not in of_receipts and isinstance(each, IntegrityError):
                raise each
        for named in new.values():
            self._note(named)
        return [written[at] for at in places]

    def _has(self, id: bytes) -> bool:
        try:
            self.named(id)
        except UnknownFrame:
            return False
        return True

    def _event(self, named: StatedFrame) -> Event:
        return Event(type=FRAME_TYPE, data=named.payload, tags=[], event_id=named.id)

    def _note(self, named: StatedFrame) -> None:
        with self._lock:
            _keep(self._durable, named.id, named)


def _keep(kept: OrderedDict[K, StatedFrame], key: K, named: StatedFrame) -> None:
    kept[key] = named
    while len(kept) > KEPT:
        kept.popitem(last=False)
