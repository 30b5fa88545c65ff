"""What was recorded of a subject, or of what open facts are about: read back from the log.

A history is what stands and what stood, as known at one position, with who recorded it. Of a
person or household one data class is opened at a time, and the reading is noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import canonical, events, facts, readback
from domain.data_classes import DataClass, SubjectKind
from domain.readback import Recalled, State
from domain.reference import View
from services.facts.recording import FactUnknown, SubjectUnknown
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.persons.reading import Opened, Reader, is_personal, tag

_RETRACTED = events.BY_FACT[facts.Retracted].name


class RecordedBy(NamedTuple):
    """Who recorded an event, why, and in which case."""

    actor: str = ""
    system: str = ""
    purpose: str = ""
    legal_basis: str = ""
    correlation: str = ""


class Ended(NamedTuple):
    """The event that corrected or retracted a fact."""

    event: RecordedEvent
    recorded_by: RecordedBy


class Past(NamedTuple):
    """A fact as the log holds it; `fact` None: it is erased."""

    event: RecordedEvent
    fact: Any
    state: State
    recorded_by: RecordedBy
    ended: Ended | None = None
    person: UUID | None = None
    household: UUID | None = None


class Wanted(NamedTuple):
    """Which facts are read: of these kinds (none: all), what stands alone, of one case."""

    kinds: tuple[str, ...] = ()
    standing_only: bool = False
    correlation: str = ""

    def types(self, data_class: DataClass | None) -> list[str]:
        """Return the events of these kinds that are sealed under a class, or open."""
        return [
            kind.name
            for kind in readback.kinds_of(data_class)
            if not self.kinds or kind.name in self.kinds
        ]

    def has(self, past: Past) -> bool:
        """Tell whether a fact is one of those."""
        return (
            (not self.kinds or past.event.type in self.kinds)
            and not (self.standing_only and past.state is not State.STANDS)
            and self.correlation in ("", past.recorded_by.correlation)
        )


EVERYTHING = Wanted()


class Read(NamedTuple):
    """A part of a history: what is shown of it, and where the next part begins."""

    shown: list[Past]
    after: int | None
    """The position that the next part begins after; None: there is none."""
    erased: bool = False
    """The class was erased; what it held then is not known any more."""


class History:
    """Reads what was recorded in one instance."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def of_subject(
        self,
        subject: UUID,
        kind: SubjectKind,
        data_class: DataClass,
        upto: int,
        reader: Reader,
        wanted: Wanted = EVERYTHING,
        *,
        after: int = 0,
        size: int | None = None,
        noted: list[tuple[DataClass, str]] | None = None,
    ) -> Read:
        """Read one class of a person or household; raises SubjectUnknown, TamperedEvent.

        The reading is noted in the access table, or added to `noted` for the caller to note.
        """
        keys = self._instance.keys
        if keys.known(subject) is not kind:
            raise SubjectUnknown(f"no {kind} with this id is registered here")
        token = keys.tokens([subject], data_class)[subject]
        if token is None:
            return Read([], None, erased=True)
        # Whatever is wanted, what became of a fact is told by all of its class.
        types = [*EVERYTHING.types(data_class), _RETRACTED]
        query = DCBQuery(items=[DCBQueryItem(types=types, tags=[tag(kind, token)])])
        found = self._instance.log.read(query, upto=upto).all()
        opened = self._instance.person_facts.opened(found, data_class, token, reader, noted)
        if self._instance.person_facts.is_erased(token):
            return Read([], None, erased=True)
        every = (each for each in self._told(opened) if each.event.position > after)
        shown, next_after = _cut(filter(wanted.has, every), size)
        return Read(shown, next_after, erased=keys.begun_anew(subject, data_class))

    def of_tag(
        self,
        about: str,
        data_class: DataClass | None,
        view: View,
        reader: Reader,
        wanted: Wanted = EVERYTHING,
        *,
        after: int = 0,
        size: int,
    ) -> Read:
        """Read `size` of the open facts with a tag, and of what is sealed beside them one class.

        Of those read, the ones that are not wanted are left out, so that fewer may be shown.

        Raises FactUnknown where nothing was ever recorded with the tag, and TamperedEvent.
        """
        log = self._instance.log
        types = wanted.types(None) + (wanted.types(data_class) if data_class is not None else [])
        query = DCBQuery(items=[DCBQueryItem(types=types, tags=[about])])
        read = []
        if types:
            read = log.read(query, after=after, upto=view.position, limit=size + 1).all()
        if not read and not after:
            anything = DCBQuery(items=[DCBQueryItem(types=[], tags=[about])])
            if not log.read(anything, upto=view.position, limit=1).all():
                raise FactUnknown("nothing is recorded about it here; look at how it is spelt")
        found = read[:size]
        sealed = [event for event in found if is_personal(event.tags)]
        opened: Iterator[Past] = iter(())
        if data_class is not None:
            opened = self._told(self._instance.person_facts.opened(sealed, data_class, "", reader))
        every = (
            next(opened) if is_personal(event.tags) else self._open(event, view) for event in found
        )
        more = found[-1].position if len(read) > size else None
        return Read([each for each in every if wanted.has(each)], more)

    def _open(self, event: RecordedEvent, view: View) -> Past:
        fact = events.decode_fact(event.type, event.schema_version, event.data)
        past = Past(event, fact, State.STANDS, who(canonical.decode(event.metadata)))
        position = view.ended(UUID(bytes=event.event_id))
        ending = None if position is None else self._instance.log.event_at(position)
        if ending is None:
            return past
        state = State.RETRACTED if ending.type == _RETRACTED else State.CORRECTED
        ended = Ended(ending, who(canonical.decode(ending.metadata)))
        return past._replace(state=state, ended=ended)

    def _told(self, opened: Sequence[Opened]) -> Iterator[Past]:
        """Tell of each fact that was opened what became of it, and whose it is."""
        recalled = [
            Recalled(
                UUID(bytes=each.event.event_id), each.event.type, each.event.tags[0], each.fact
            )
            for each in opened
        ]
        states = readback.states(recalled)
        by_id = {one.event_id: each for one, each in zip(recalled, opened, strict=True)}
        subjects = self._instance.keys.subjects_of(
            name[2:] for each in opened for name in each.event.tags if is_personal([name])
        )
        for one, each in zip(recalled, opened, strict=True):
            if each.event.type == _RETRACTED:
                continue
            state, by = states[one.event_id]
            ended = None
            if by is not None:
                ended = Ended(by_id[by].event, who(by_id[by].recorded_by))
            whose = {
                name[:2]: subjects.get(name[2:])
                for name in each.event.tags
                if is_personal([name]) and each.fact is not None
            }
            yield Past(
                each.event,
                each.fact,
                state,
                who(each.recorded_by or {"purpose": _purpose(each.event)}),
                ended,
                whose.get("p:"),
                whose.get("h:"),
            )


def _cut(found: Iterable[Past], size: int | None) -> tuple[list[Past], int | None]:
    """Return the first `size`, and after which position there is more."""
    if size is None:
        return list(found), None
    shown = list(islice(found, size + 1))
    if len(shown) <= size:
        return shown, None
    return shown[:size], shown[size - 1].event.position


def _purpose(event: RecordedEvent) -> str:
    purpose: str = canonical.decode(event.metadata).get("purpose", "")
    return purpose


def who(said: Any) -> RecordedBy:
    """Return who recorded an event, by what its metadata says; the system apart."""
    values = dict(said or {})
    system, _, actor = values.get("actor", "").rpartition("/")
    return RecordedBy(
        actor,
        system,
        values.get("purpose", ""),
        values.get("legal_basis", ""),
        values.get("correlation", ""),
    )
