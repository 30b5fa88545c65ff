"""Who belongs to a household on a day, by name."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain import facts
from domain.calendar import covers
from domain.data_classes import DataClass
from services.persons.keys import UnknownSubject
from services.persons.reading import Erased, PersonFacts, Reader


class Member(NamedTuple):
    """A member of a household; `name` "": none is recorded, or it is erased."""

    person: UUID
    name: str
    role: facts.MemberRole | None


def members_on(
    persons: PersonFacts, household: UUID, day: date, upto: int, reader: Reader
) -> list[Member]:
    """Return who belongs to a household on a day, each once, as known at `upto`.

    Membership and identities are opened for it, and the reading is noted.
    """
    found = persons.membership(household, upto, reader)
    roles: dict[UUID, facts.MemberRole | None] = {}
    for person, item in found.members:
        if person is not None and item is not None:
            fact: facts.HouseholdMember = item.fact
            if covers(fact.first_day, fact.last_day, day):
                roles[person] = fact.role or roles.get(person)
    return [
        Member(person, _name(persons, person, upto, reader), role) for person, role in roles.items()
    ]


def _name(persons: PersonFacts, person: UUID, upto: int, reader: Reader) -> str:
    try:
        held = persons.standing(person, DataClass.IDENTITY, upto, reader)
    except (Erased, UnknownSubject):
        return ""
    return next((item.fact.name for item in held if item.fact.name), "")
