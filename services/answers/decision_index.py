"""The index of decisions, open part: what receipts and pages state, as the view keeps it.

Nothing is unsealed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import canonical, tenancy
from domain.events import Recorded
from domain.law.question import NOBODY
from domain.questions import QUESTIONS
from domain.receipt import MalformedReceiptError
from domain.reference import View
from projections.decisions import TYPES, Stated
from services.answers import stored
from services.facts.history import who
from services.instance.instance import Instance, PositionBeyondHead
from services.log.event import RecordedEvent
from services.log.wall_clock import COPENHAGEN
from services.persons.reading import TamperedEvent


class StatedReceipts:
    """The receipts and pages of an instance's log, as the index of decisions reads them."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._query = DCBQuery(items=[DCBQueryItem(types=list(TYPES))])
        self.log_id = str(instance.log_id)

    def head(self) -> int:
        """Return the last position."""
        return self._instance.log.head()

    def read(self, after: int, upto: int) -> Iterator[Recorded[Any]]:
        """Return what stands openly (`Stated`) in each receipt and page between two positions.

        Raises TamperedEvent for one that was altered where it is stored, StorageError.
        """
        for event in self._instance.log.read(self._query, after=after, upto=upto):
            yield self.of(event)

    def of(self, event: RecordedEvent) -> Recorded[Any]:
        """Return what one receipt or page states (`Stated`); raises TamperedEvent."""
        if not event.is_intact():
            raise TamperedEvent(event.position)
        try:
            fact = stated(event, self._instance)
        except (MalformedReceiptError, PositionBeyondHead, ValueError, LookupError):
            raise TamperedEvent(event.position) from None
        return Recorded(event.position, UUID(bytes=event.event_id), event.leaf_hash, fact)

    def dwellings(self, event: RecordedEvent) -> tuple[str, ...]:
        """Return the dwellings that everybody on a page was asked about; they stand openly."""
        said = stored.page(self._instance, event)
        question = QUESTIONS[said.kind].restored(NOBODY, said.day, said.asked, said.target)
        return tuple(each for each in tenancy.dwellings_of(question) if each)


def stated(event: RecordedEvent, instance: Instance) -> Stated:
    """Return what a receipt or page states in the open.

    Raises MalformedReceiptError, TamperedEvent where its frame was altered, and ValueError or
    LookupError for what no receipt says.
    """
    said = stored.stated(instance, event)
    view = instance.view(at=said.position)
    if isinstance(said, stored.StatedPage):
        area, households, outcome = _area_of(said, view), len(said.packed.entries), ""
    else:
        area, households, outcome = said.area, 0, str(said.outcome)
    registered = view.area(area) if area else None
    by = who(canonical.decode(event.metadata))
    return Stated(
        kind=said.kind,
        households=households,
        outcome=outcome,
        area=area or "",
        municipality="" if registered is None else registered.fact.municipality,
        day=said.day,
        asked=said.asked,
        judged=said.frame.judged,
        law=said.law,
        known_at=said.position,
        recorded_at=event.recorded_at,
        recorded_on=datetime.fromtimestamp(event.recorded_at // 1_000_000, UTC)
        .astimezone(COPENHAGEN)
        .date(),
        actor=by.actor,
        system=by.system,
        purpose=by.purpose,
        legal_basis=by.legal_basis,
    )


def _area_of(said: stored.StatedPage, view: View) -> str | None:
    """Return the area of the dwelling that everybody on a page was asked about."""
    named = said.target.get("dwelling")
    dwelling = None if named is None else view.dwelling(named, said.day)
    return None if dwelling is None else dwelling.fact.area
