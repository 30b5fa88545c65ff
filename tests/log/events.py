"""Short ways to say which events and which queries a test means."""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid5

from eventsourcing.dcb.api import DCBAppendCondition, DCBQuery, DCBQueryItem

from services.log.event import Event
from services.log.port import EventLog


def event(type: str, *tags: str, request: str = "", data: bytes = b"data") -> Event:
    """Return an event; one with a `request` gets that request's event id."""
    if not request:
        return Event(type=type, data=data, tags=list(tags))
    event_id = uuid5(NAMESPACE_OID, request).bytes
    return Event(type=type, data=data, tags=list(tags), event_id=event_id)


def item(*tags: str, types: list[str] | None = None) -> DCBQueryItem:
    return DCBQueryItem(types=types or [], tags=list(tags))


def query(*items: DCBQueryItem) -> DCBQuery:
    return DCBQuery(items=list(items))


def unless(*items: DCBQueryItem, after: int | None = None) -> DCBAppendCondition:
    """Return the condition that nothing after this position matches one of the items."""
    return DCBAppendCondition(fail_if_events_match=query(*items), after=after)


def positions(log: EventLog, *items: DCBQueryItem, upto: int | None = None) -> list[int]:
    return [found.position for found in log.read(query(*items), upto=upto)]
