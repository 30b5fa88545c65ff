"""What a system is told of the log as it grows: its own answers, areas, erasures.

Of an answer that something has moved it is told that, and neither what moved it nor why. What has
been told stands at a position, in their order, so that a watch goes on where it was cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import canonical, events, facts
from domain.questions import PAGE_TYPES
from projections import area_status
from projections.moved_decisions import Row
from projections.table import Table
from services.answers import stored
from services.answers.given import RECORDED_TYPES, about_of, area_of
from services.answers.stored import Stated
from services.instance.instance import Instance
from services.log.event import RecordedEvent

_ERASED = events.BY_FACT[facts.ErasureDone].name


class Kind(StrEnum):
    """What may be watched."""

    ANSWERS = "answers"
    AREA_STATUS = "area_status"
    MOVED = "moved"
    ERASURES = "erasures"


class Own(NamedTuple):
    """An answer of this system's, and the area that it is about; None: outside every area."""

    stated: Stated
    area: str | None


class Answered(NamedTuple):
    """An answer was recorded."""

    event: RecordedEvent
    own: Own


class StatusChanged(NamedTuple):
    """An area is something else than before on some days, by what was recorded."""

    area: str
    periods: tuple[area_status.Row, ...]
    """Those that were not there before."""


class AnswerMoved(NamedTuple):
    """An answer may be another now; `household`: of a page's entry, else None.

    `about` is the tag of the household that it is about, "" where it is about nobody.
    """

    event: RecordedEvent
    household: UUID | None
    about: str


class WasErased(NamedTuple):
    """There was an erasure."""

    policy: str


Told = Answered | StatusChanged | AnswerMoved | WasErased


class Watch:
    """What one system watches."""

    def __init__(
        self,
        instance: Instance,
        moved: Table[Row],
        status: Table[area_status.Row],
        kinds: frozenset[Kind],
        areas: frozenset[str],
        is_own: Callable[[str], bool],
    ) -> None:
        """`is_own` tells by the actor of an answer whether it is this system's; no areas: all."""
        self._instance = instance
        self._moved = moved
        self._status = status
        self._kinds = kinds
        self._areas = areas
        self._is_own = is_own

    def step(self, after: int, upto: int) -> Iterator[tuple[int, Told]]:
        """Yield what is to be told of a stretch of the log, each with its position, in order.

        The rows of what is watched must stand at `upto` or later.
        """
        found: list[tuple[int, Told]] = []
        types = [
            *(RECORDED_TYPES if Kind.ANSWERS in self._kinds else ()),
            *([_ERASED] if Kind.ERASURES in self._kinds else ()),
        ]
        if types:
            query = DCBQuery(items=[DCBQueryItem(types=types)])
            for event in self._instance.log.read(query, after=after, upto=upto):
                found += ((event.position, told) for told in self._told_of(event))
        if Kind.AREA_STATUS in self._kinds:
            found += self._areas_in(after, upto)
        if Kind.MOVED in self._kinds:
            found += self._moved_in(after, upto)
        yield from sorted(found, key=lambda each: each[0])

    def _told_of(self, event: RecordedEvent) -> Iterator[Told]:
        if event.type in RECORDED_TYPES:
            said = self._own(event)
            if said is not None:
                yield Answered(event, said)
        elif event.type == _ERASED:
            fact = events.decode_fact(event.type, event.schema_version, event.data)
            assert isinstance(fact, facts.ErasureDone)
            yield WasErased(fact.policy)

    def _own(self, event: RecordedEvent) -> Own | None:
        """Return what an answer states, if it is this system's and about an area it watches."""
        if not self._is_own(canonical.decode(event.metadata).get("actor", "")):
            return None
        said = stored.stated(self._instance, event)
        area = area_of(said, self._instance.view())
        return Own(said, area) if not self._areas or area in self._areas else None

    def _moved_in(self, after: int, upto: int) -> Iterator[tuple[int, Told]]:
        for since, row in self._moved.made_in(after, upto):
            event = self._instance.log.event_by_id(row.receipt)
            if event is None or self._own(event) is None:
                continue
            about, household = about_of(event, row.entry), None
            if about:
                found = self._instance.keys.subject_of(about[2:])
                if found is None:
                    continue  # erased: nobody is left to ask about
                household = found[0] if event.type in PAGE_TYPES else None
            yield since, AnswerMoved(event, household, about)

    def _areas_in(self, after: int, upto: int) -> Iterator[tuple[int, Told]]:
        made: dict[tuple[int, str], list[area_status.Row]] = {}
        for since, row in self._status.made_in(after, upto):
            made.setdefault((since, row.area), []).append(row)
        for until, row in self._status.gone_in(after, upto):
            made.setdefault((until, row.area), [])
        for (position, area), rows in made.items():
            if not self._areas or area in self._areas:
                yield position, StatusChanged(area, tuple(rows))
