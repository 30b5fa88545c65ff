"""Recording what files state: any number of facts, all or none, and no fact twice.

A file has no request id that its sender would keep. So each fact has one of its own, which follows
from what it states: who takes the same file, or a longer one, again finds what is recorded. Event
ids are open, and what may be said of a person is soon guessed; the id of a sealed fact is therefore
an HMAC under a key of its subject's class, and dies with it. A key lasts for a retention period, so
a repeat is looked for under every period that is still held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID, uuid4

from eventsourcing.dcb.api import DCBQueryItem

from domain import canonical
from domain.data_classes import DataClass
from husret_verify.event import event_id
from services.facts import checks as fact_checks
from services.facts.checks import NewFact
from services.facts.fields import FieldErrors
from services.facts.recording import (
    ATTEMPTS,
    Command,
    Context,
    Draft,
    IdTaken,
    Prepared,
    Written,
    refuse_foreign,
)
from services.instance.instance import Instance
from services.log.port import AppendConflict, EventIdReused
from services.persons.keys import UnknownSubject
from services.persons.sealing import ClassKey

MOST_WATCHED = 500
"""Above so many subjects, an append is conditional on whole kinds of fact and not on each one's."""


class Stated(NamedTuple):
    """What became of the facts of some files."""

    new: int
    before: int
    """So many were recorded before, and are left as they are."""
    position: int


def record(
    instance: Instance,
    context: Context,
    new: Sequence[NewFact],
    wrong: FieldErrors,
    *,
    validate_only: bool,
    accept_implausible: bool,
    accept_new: bool,
    in_time: Callable[[], None],
) -> Stated:
    """Record those of the facts that are not recorded yet, all of them or none.

    `wrong` holds what the caller found wrong already. Raises what `recording.record` raises, but
    for EventIdReused.
    """
    refuse_foreign(instance, new)
    for item, first in _stated_twice(new):
        wrong.add(item.path, f"states the same as {first}")
    attempts = 0
    while True:
        in_time()
        if instance.keys.in_doubt():
            instance.keys.settle(instance.has_event)
        # The view first: what another sender of the same file records after it is found as
        # recorded, and is not taken for something that these facts contradict.
        view = instance.view()
        command = _Statements(instance, context, in_time)
        fresh = [item for item in new if not command.is_recorded(Draft.of(item))]
        found = FieldErrors()
        for each in wrong.found:
            found.add(*each)
        fact_checks.check(
            instance,
            view,
            fresh,
            context.reader(),
            found,
            accept_implausible=accept_implausible,
            accept_new=accept_new,
        )
        if found.found and instance.view().position != view.position and attempts < ATTEMPTS:
            attempts += 1
            continue
        found.raise_if_any()
        before = len(new) - len(fresh)
        if validate_only or not fresh:
            return Stated(len(fresh), before, view.position)
        try:
            written = command.write([Draft.of(item) for item in fresh], view.position)
        except (AppendConflict, EventIdReused, IdTaken):
            # The same facts may have been recorded meanwhile: then they are found now.
            attempts += 1
            if attempts >= ATTEMPTS:
                raise
            continue
        return Stated(len(fresh), before, written)


def _stated_twice(new: Sequence[NewFact]) -> Iterator[tuple[NewFact, str]]:
    """Return each fact that one before it states too, and that one's path."""
    seen: dict[tuple[UUID | None, bytes], str] = {}
    for item in new:
        draft = Draft.of(item)
        first = seen.setdefault((draft.subject, _statement(draft)), item.path)
        if first != item.path:
            yield item, first


def _statement(draft: Draft) -> bytes:
    """Return the canonical bytes of what a fact states; the subject is in the key."""
    return canonical.encode([draft.event_type.name, draft.household, draft.fact])


class _Statements(Command):
    """Facts whose event ids follow from what they state."""

    def __init__(self, instance: Instance, context: Context, in_time: Callable[[], None]) -> None:
        super().__init__(instance, context, uuid4(), in_time)
        self._ids: list[bytes] = []
        self._held: dict[tuple[UUID, DataClass], Sequence[ClassKey]] = {}

    def is_recorded(self, draft: Draft) -> bool:
        """Tell whether what a fact states was recorded in this way before."""
        keys = self._instance.keys
        held: Sequence[ClassKey | None] = [None]
        if draft.data_class is not None:
            if draft.subject is None:
                return False
            of = draft.subject, draft.data_class
            if of not in self._held:
                try:
                    self._held[of] = keys.keys_of(keys.token(*of))
                except UnknownSubject:
                    self._held[of] = ()
            held = self._held[of]
        return any(self._instance.has_event(self._id_of(draft, key)) for key in held)

    def write(self, drafts: Sequence[Draft], position: int) -> int:
        """Append facts that were found right on what stood at `position`; return the last's."""
        return self._write(drafts, Prepared(position))[-1].position

    def _id_of(self, draft: Draft, key: ClassKey | None) -> bytes:
        statement, log_id = _statement(draft), self._instance.log_id
        if key is None:
            stands_for = sha256(statement).digest()[:16]
        else:
            stands_for = key.statement_id(log_id.bytes, statement)
        return event_id(log_id, UUID(bytes=stands_for), 0)

    def _id(self, index: int) -> bytes:
        return self._ids[index] if self._ids else super()._id(index)

    def _append(
        self, drafts: Sequence[Draft], keys: Sequence[ClassKey], prepared: Prepared
    ) -> list[Written]:
        made = iter(keys)
        self._ids = [
            self._id_of(draft, None if draft.data_class is None else next(made)) for draft in drafts
        ]
        if keys:
            self._instance.keys.wait_for(self._ids[0])
        return super()._append(drafts, keys, prepared)

    def _watched(self, items: Sequence[DCBQueryItem]) -> Sequence[DCBQueryItem]:
        if len(items) <= MOST_WATCHED:
            return items
        return [DCBQueryItem(types=sorted({name for item in items for name in item.types}))]
