"""What the demo records and asks, made up from a seed: names, days and order follow from it.

Nobody here exists. No CPR number is used at all.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as facts
from services.demo import town
from services.demo.expected import Expected, Scenario, Text
from services.demo.households import Member, about


@dataclass
class MadeUp:
    """What the demo records and asks, made from one seed."""

    seed: int
    scenarios: list[Scenario] = field(default_factory=list)
    reference: list[facts.Fact] = field(default_factory=list)
    """Dwellings, counts, plan and the municipality's decision: nothing about persons."""
    households: dict[str, list[facts.Fact]] = field(default_factory=dict)
    """The facts of each household, by the household's id."""
    names: dict[str, str] = field(default_factory=dict)
    """Names of persons, households and dwellings, by id: the log never holds them openly."""
    wrong_period: facts.Fact = field(default_factory=facts.Fact)
    """The period of benefit that a later step corrects."""
    official: str = ""
    """The person who decides for the municipality."""
    person_without_record: str = ""
    """The person whose benefits a later step supplies."""

    def scenario(self, key: str) -> Scenario:
        """Return the scenario of that key."""
        return next(each for each in self.scenarios if each.key == key)


class Builder:
    """Makes up dwellings and households, and puts the questions about them."""

    def __init__(self, seed: int) -> None:
        self.made = MadeUp(seed)
        self.random = random.Random(seed)
        self._given = self._shuffled(town.GIVEN_NAMES)
        self._family = self._shuffled(town.FAMILY_NAMES)
        self._streets = self._shuffled(town.STREETS)
        self._dwellings = 0
        self.made.official = f"{self._given.pop()} {self._family.pop()}"
        plan_day = self.day(date(2019, 5, 1), date(2019, 6, 1))
        self.made.reference += town.reference_facts(self.made.official, plan_day)

    def _shuffled(self, words: str) -> list[str]:
        return self.random.sample(words.split(), len(words.split()))

    def put_in_order(self, groups: Sequence[list[Scenario]]) -> None:
        """Put the questions in an order of the seed, the first one first."""
        first, *others = groups
        self.random.shuffle(others)
        self.made.scenarios = [each for group in (first, *others) for each in group]

    # -- days

    def day(self, first: date, last: date) -> date:
        """Draw a day."""
        return first + timedelta(days=self.random.randint(0, (last - first).days))

    # -- facts

    def dwelling(
        self,
        area: str,
        kind: core.DwellingKind.ValueType = core.DWELLING_KIND_FAMILY,
        department_areas: Sequence[str] = (),
    ) -> str:
        """Make up a dwelling (area "": outside every area); returns its id."""
        self._dwellings += 1
        department = self.random.randint(1, 40)
        private = kind == core.DWELLING_KIND_PRIVATE
        id = f"0999-{department:03d}-{self._dwellings:02d}"
        address = f"{self.random.choice(self._streets)} {self.random.randint(1, 120)}"
        self.made.reference.append(
            facts.Fact(
                dwelling_recorded=facts.DwellingRecorded(
                    dwelling_id=id,
                    municipality=town.MUNICIPALITY,
                    kind=kind,
                    area=area,
                    outside_areas=not area,
                    first_day=town.LONG_AGO.isoformat(),
                    organisation="" if private else "0999",
                    department="" if private else f"{department:03d}",
                    department_areas=department_areas,
                    property=town.PROPERTY if private else "",
                    address=f"{address}, {town.POSTAL_TOWN}",
                )
            )
        )
        self.made.names[id] = address
        return id

    # -- facts about persons

    def _id(self) -> str:
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def household(self, day: date, members: Sequence[Member]) -> tuple[str, list[str]]:
        """Make up a household that is asked about on `day`; returns its id and its members'."""
        household, family = self._id(), self._family.pop()
        self.made.names[household] = family
        start = date(day.year - 3, 1, 1)
        found = [
            facts.Fact(
                household_registered=facts.HouseholdRegistered(
                    household_id=household, registered_on=start.isoformat()
                )
            )
        ]
        persons = []
        for member in members:
            person, name = self._id(), f"{self._given.pop()} {family}"
            persons.append(person)
            self.made.names[person] = name
            found += about(household, person, name, member, start, day)
        found += [
            facts.Fact(
                members_attested=facts.MembersAttested(
                    household_id=household, member_list=each, first_day=start.isoformat()
                )
            )
            for each in (facts.MEMBER_LIST_DECLARED, facts.MEMBER_LIST_REGISTERED)
        ]
        self.made.households[household] = found
        return household, persons

    def decide_fallback(
        self, household: str, day: date, prevention_area: facts.Assessment.ValueType
    ) -> None:
        """Let the municipality decide that nothing outside the areas is possible."""
        decided = day - timedelta(days=self.random.randint(1, 9))
        listed = date(day.year if day.month == 12 else day.year - 1, 12, 1)
        self.made.households[household].append(
            facts.Fact(
                fallback_decided=facts.FallbackDecided(
                    household_id=household,
                    # Made on the lists of the day: one made on others may hold no longer.
                    decision_day=max(decided, listed).isoformat(),
                    decided_by=self.made.official,
                    reasons="Ingen ledig bolig uden for områderne; nabokommunerne er spurgt.",
                    party_heard=True,
                    prevention_area=prevention_area,
                    other_municipalities_tried=True,
                )
            )
        )

    # -- asking

    def ask(
        self,
        key: str,
        title: Text,
        why: Text,
        household: str,
        dwelling: str,
        day: date,
        expected: Expected,
        basis: eligibility.ReferralBasis.ValueType = eligibility.REFERRAL_BASIS_STK_1,
    ) -> None:
        """Put a question, and say what must come out."""
        question = eligibility.ReferralQuestion(
            household_id=household, dwelling_id=dwelling, basis=basis, day=day.isoformat()
        )
        self.made.scenarios.append(Scenario(key, title, why, question, expected))
