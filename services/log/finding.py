"""What verifying finds: something that is not as it must be, and where."""

from __future__ import annotations

from typing import NamedTuple

KINDS = {
    "event-altered": "the leaf hash is not what the other columns give",
    "event-missing": "no event stands at this position",
    "time-backwards": "recorded before the event in front of it",
    "batch-broken": "its place in its batch does not follow from the events around it",
    "node-altered": "the node of the tree is not what its children give",
    "node-missing": "the node of the tree is gone",
    "node-stray": "no tree of this log has this node",
    "head-missing": "the row that says where the tree stands is gone",
    "head-size": "it is not of the last event: events were added at the end, or cut off",
    "head-root": "it is not the root of the tree over the events",
    "head-vouch": "it was not written by this instance",
    "checkpoint-size": "the log ends before this checkpoint: its end was cut off",
    "checkpoint-root": "the events up to this checkpoint are not those that it was made of",
    "type-unknown": "the type of this event has no name",
    "type-unused": "no event has this type",
    "tag-missing": "the index of tags lacks a tag of this event",
    "tag-stray": "the index of tags leads to an event that does not carry the tag, or to none",
    "file-damaged": "the database is damaged",
}
"""What can be found in a log, in words; what else is verified has words of its own."""

OF_EVENTS = ("event-altered", "event-missing")
"""What is found of an event that is not what was recorded at its position."""


class Finding(NamedTuple):
    """Something that does not follow from what it must follow from. It names nobody."""

    kind: str
    """A word such as `event-altered`; whoever yields it lists its words."""
    place: str
    """A position, or a table and a row, e.g. `event at position 17`."""
    position: int = 0
    """The position of the event that it is about, 0 for none alone."""

    @classmethod
    def at(cls, kind: str, position: int) -> Finding:
        """Return what was found of one event."""
        return cls(kind, f"event at position {position}", position)
