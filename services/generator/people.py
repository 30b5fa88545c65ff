"""Who and what there is in a made-up town."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from domain import facts
from domain.facts import DwellingKind
from services.generator.careers import Career
from services.generator.course import Attested

YEAR = 365.25
"""Days of a year of somebody's age."""


@dataclass(eq=False, slots=True)
class Person:
    """Somebody made up; `born` is a day."""

    id: UUID
    born: int
    man: bool
    career: Career | None = None
    """None: of a child."""
    household: Household | None = None
    gone: bool = False
    asked: bool = False
    """What is asked once of an applicant has been told."""
    attested: Attested = field(default_factory=list)
    """Attestations of benefits."""

    def grown_up(self, day: int) -> bool:
        """Say whether somebody is 18 on a day."""
        return day - self.born >= 18 * YEAR


@dataclass(eq=False, slots=True)
class Household:
    """People who live together, or apply to; `since` is when they came to be known."""

    id: UUID
    since: int
    members: dict[Person, list[tuple[int, UUID, facts.HouseholdMember]]] = field(
        default_factory=dict
    )
    """Memberships that stand of each, with the days on which they were told."""
    attested: Attested = field(default_factory=list)
    dwelling: Dwelling | None = None
    known: bool = False
    """It is registered."""
    seeks: bool = False
    offered: bool = False
    gone: bool = False

    def adults(self, day: int) -> list[Person]:
        """Return those who are 18."""
        return [each for each in self.members if each.grown_up(day)]


@dataclass(eq=False, slots=True)
class Dwelling:
    """A dwelling, and who lives in it; `household` None: nobody who is known."""

    id: str
    organisation: str
    department: str
    area: str | None
    kind: DwellingKind
    rooms: int
    household: Household | None = None
    occupied: bool = True
    tenancy: UUID | None = None
    """The tenancy that the municipality has brought about."""
    stays: int = 0
    """Counts who has lived there, so that what was planned for one is not done to the next."""
