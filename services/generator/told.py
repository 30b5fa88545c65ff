"""What somebody comes to know on a day, on its way into the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, Protocol
from uuid import UUID

from domain import facts
from domain.data_classes import DataClass, SubjectKind


class Told(NamedTuple):
    """A fact with the id of its event, so that later ones may name it, and whose it is."""

    id: UUID
    fact: facts.Fact
    subject: UUID | None = None
    """Whose key seals it; None: it is open."""
    data_class: DataClass | None = None
    kind: SubjectKind = SubjectKind.PERSON
    household: UUID | None = None
    """Of a membership: the household."""


class Erased(NamedTuple):
    """A subject, or one class of it, that is erased for good."""

    subject: UUID
    data_class: DataClass | None
    policy: str


class World(Protocol):
    """Something made up that goes on day by day."""

    first_day: date
    last_day: date

    def days(self) -> Iterator[tuple[date, list[Told | Erased]]]:
        """Yield the days on which anything comes to be known, in their order."""
