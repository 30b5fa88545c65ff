"""Facts about the log itself: whose it is, its clock, and what was erased from it (open)."""

from __future__ import annotations

from uuid import UUID

from domain.facts.base import Fact
from domain.facts.words import ControllerKind


class InstanceCreated(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The first event of a log: its random id and whose it is.

    `stale_after_months`: how long after the law was last reviewed an answer may still be firm.
    """

    log_id: UUID
    controller: str
    controller_kind: ControllerKind
    municipality: str
    stale_after_months: int = 24


class ClockAccepted(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """An operator found the wall clock right after all, and why; events are written again.

    `clock`: what it said then, in microseconds since 1970 UTC. The event's own time may be later:
    that of the event before it, which a wrong clock had given.
    """

    reason: str
    clock: int


class ErasureBegun(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The erasure of these tokens has begun under a policy; their keys die next."""

    tokens: tuple[str, ...]
    policy: str
    classes: tuple[str, ...] = ()


class ErasureDone(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The erasure of these tokens is done: their keys and mapping are gone.

    `classes` are the data classes erased, so that what rests on them can say so.
    """

    tokens: tuple[str, ...]
    policy: str
    classes: tuple[str, ...] = ()
