"""What every call has: its deadline, its caller, and how fresh it wants to read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import grpc

from domain.decide import BeforeCoverageError
from domain.law.editions import CURRENT
from domain.reference import View
from husret.v1 import core_pb2 as core
from services.api import convert
from services.api.convert import calling_system
from services.api.errors import item_error
from services.api.fields import Fields
from services.facts.fields import FieldErrors
from services.instance.instance import Instance
from services.persons.reading import Reader

__all__ = [
    "Call",
    "Serialized",
    "calling_system",
    "check_covered",
    "item_error",
    "known_day",
    "known_request_id",
    "known_uuid",
    "reader_of",
    "serialized",
    "view_for",
]


class Serialized(NamedTuple):
    """An answer that is already in the bytes that are sent."""

    message: bytes


def serialized(serialize: Callable[[Any], bytes], answer: Any) -> bytes:
    """Return the bytes of an answer, by its method's serializer unless it has them."""
    return answer.message if type(answer) is Serialized else serialize(answer)


class Call:
    """One call in progress: whether its caller still waits for it."""

    def __init__(self, context: grpc.ServicerContext) -> None:
        self._context = context

    def is_late(self) -> bool:
        """Tell whether the deadline has passed, or the caller has gone."""
        return not self._context.is_active() or self._context.time_remaining() <= 0

    def check_time(self) -> None:
        """Raise TimeoutError when nobody waits for the answer any more."""
        if self.is_late():
            raise TimeoutError


def known_uuid(text: str, field: str, errors: FieldErrors) -> UUID | None:
    """Read a UUID; a wrong one is noted and None."""
    found: UUID | None = Fields(errors).uuid(field, text)
    return found


def known_day(text: str, field: str, errors: FieldErrors) -> date | None:
    """Read a day written YYYY-MM-DD; a wrong one is noted and None."""
    found: date | None = Fields(errors).day(field, text)
    return found


def check_covered(day: date) -> None:
    """Raise BeforeCoverageError for a day before the first that the edition of the law covers."""
    if day < CURRENT.first_day:
        raise BeforeCoverageError(day, CURRENT.first_day)


def known_request_id(text: str, unneeded: bool, errors: FieldErrors) -> UUID | None:
    """Read the request id; `unneeded`: it may be left out, and is then None."""
    if unneeded and not text:
        return None
    return known_uuid(text, "request_id", errors)


def reader_of(message: core.RequestContext, errors: FieldErrors) -> Reader:
    """Read who asks and why, as the access table keeps it."""
    return convert.context(message, errors).reader()


def view_for(instance: Instance, message: core.Consistency, errors: FieldErrors) -> View:
    """Return the reference state that a read is to use.

    Raises PositionBeyondHead. A wrong consistency is noted, and the head is used.
    """
    return instance.view(**convert.consistency(message, instance, errors))
