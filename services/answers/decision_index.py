"""The index of decisions, open part: what receipts and pages state, as the view keeps it.

Nothing is unsealed here, and here alone the index meets the bytes of receipts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import canonical, receipt, screening, tenancy
from domain.events import Recorded
from domain.law.question import NOBODY
from domain.questions import PAGE_TYPES, QUESTIONS, RECEIPT_TYPES
from domain.receipt import MalformedReceiptError
from domain.reference import View
from projections.decisions import TYPES, Stated
from services.answers.receipts import asked_on, day_of
from services.facts.history import who
from services.instance.instance import Instance, PositionBeyondHead
from services.log.event import RecordedEvent
from services.log.wall_clock import COPENHAGEN
from services.persons.reading import TamperedEvent
from services.persons.sealing import period_of


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
        said = canonical.decode(screening.unpack(event.data).statement)
        question = QUESTIONS[said["kind"]].restored(
            NOBODY, day_of(said["day"]), asked_on(said), said["target"]
        )
        return tuple(each for each in tenancy.dwellings_of(question) if each)


def stated(event: RecordedEvent, instance: Instance) -> Stated:
    """Return what a receipt or page states in the open.

    Raises MalformedReceiptError, and ValueError or LookupError where its statement can't be read.
    """
    is_page = event.type in PAGE_TYPES
    if is_page:
        page = screening.unpack(event.data)
        said: dict[str, Any] = canonical.decode(page.statement)
        households = len(page.sealed)
    else:
        said, households = canonical.decode(receipt.unpack(event.data).statement), 0
    day, view = day_of(said["day"]), instance.view(at=said["position"])
    area = _area_of(said["target"], view, day) if is_page else said["area"]
    registered = view.area(area) if area else None
    by = who(canonical.decode(event.metadata))
    return Stated(
        kind=(PAGE_TYPES if is_page else RECEIPT_TYPES)[event.type],
        households=households,
        outcome=said.get("outcome", ""),
        area=area or "",
        municipality="" if registered is None else registered.fact.municipality,
        day=day,
        asked=asked_on(said),
        judged=day_of(said["judged"]) if "judged" in said else None,
        law=said["law"],
        known_at=said["position"],
        recorded_at=event.recorded_at,
        recorded_on=datetime.fromtimestamp(event.recorded_at // 1_000_000, UTC)
        .astimezone(COPENHAGEN)
        .date(),
        actor=by.actor,
        system=by.system,
        purpose=by.purpose,
        legal_basis=by.legal_basis,
    )


def period_of_receipt(event: RecordedEvent) -> int:
    """Return the retention period whose keys a receipt about a household is sealed under."""
    return period_of(receipt.unpack(event.data).sections[0].payload)


def _area_of(target: dict[str, Any], view: View, day: date) -> str | None:
    """Return the area of the dwelling that everybody on a page was asked about."""
    dwelling = view.dwelling(target["dwelling"], day) if "dwelling" in target else None
    return None if dwelling is None else dwelling.fact.area
