"""What every fact has in common."""

from __future__ import annotations

from uuid import UUID

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=False, gc=False):
    """What every fact has: the event id of the fact that it corrects, if it corrects one."""

    corrects: UUID | None = None


class Retracted(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A fact is taken back: it should not have been recorded."""

    retracts: UUID
