"""What the tests run in a process of its own, to be killed: `child.py DIRECTORY WHAT [ID …]`."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID

from domain.data_classes import SubjectKind
from domain.facts import PersonRegistered
from services.facts import recording
from services.facts.checks import NewFact
from tests.answers.town import Household, Town


def register(town: Town, person: UUID, request_id: UUID) -> None:
    """Register one person."""
    new = [NewFact(PersonRegistered(name="Opdigtet"), person=person)]
    recording.record(town.instance, town.context, request_id, new)


def main() -> None:
    """Do what the command line says."""
    directory, what, *ids = sys.argv[1:]
    with Town.reopened(Path(directory)) as town:
        match what:
            case "register":
                register(town, UUID(ids[0]), UUID(ids[1]))
            case "erase":
                town.erase(UUID(ids[0]), kind=SubjectKind.PERSON)
            case "ask":
                town.ask(Household(UUID(ids[0]), ()))
            case "register without end":
                print("begun", flush=True)
                while True:
                    household = town.register(2)
                    town.on_kontanthjaelp(household.members[0])
                    town.ask(household)


if __name__ == "__main__":
    main()
