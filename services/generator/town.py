"""The set *large controller*: one municipality's households over twenty years.

Households form, grow, part and pair; they apply, are offered dwellings, refuse them, move in and
move on; grown-ups go on and off benefits; what was told wrong is put right, what should not have
been told is taken back, some of it is told late, and who has moved away is erased in time.

Nobody here exists. The municipality is 9999, and no CPR number is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from uuid import UUID

import msgspec

from domain import facts
from domain.data_classes import DataClass, SubjectKind
from domain.events import Recorded
from domain.facts import (
    CohabitationProof,
    DwellingKind,
    ListKind,
    MemberList,
    MemberRole,
    PlanKind,
    ReferralRight,
    ShareBasis,
)
from domain.ledger import Ledger
from domain.reference import Reference
from services.facts.municipalities import MADE_UP_MUNICIPALITY
from services.generator import areas
from services.generator.areas import Place
from services.generator.chance import Chance, Odds, ordinal
from services.generator.country import KINDS, ROOMS
from services.generator.course import Course
from services.generator.lettings import Lettings
from services.generator.people import YEAR, Dwelling, Household, Person
from services.generator.records import Records
from services.generator.told import Erased, Told

DWELLINGS = 70_000
PERSONS = 150_000
"""At the scale 1."""

FIRST = ordinal(2006, 1, 2)
LAST = ordinal(2025, 12, 31)
CLOSING = LAST - 9
"""On this day everybody who waits is attested anew, so that there is somebody to ask about."""

READINGS = {"AMB-2025": "a", "AMB-CALMONTH": "a", "AMB-MIX-ACROSS": "a", "AMB-WINDOW": "b"}
"""Chosen for points that have no default, so that the law gives an answer as often as not."""

BUILT = date(1974, 1, 1)
_POLICY = "moved away"

_AREAS = 36
"""However large the town: what an answer looks at does not grow with the log."""
_INSIDE = 0.6
"""Share of the departments that lie in an area."""
_ORGANISATIONS = 14
_DWELLINGS_OF_DEPARTMENT = 110
"""A usual department; in a small town they are smaller."""
_KNOWN_FIRST = 0.62
"""Share of the persons who live there when the log begins; the others come later."""
_MEN = 0.5

_SHAPES = Odds({(1, 0): 46.0, (2, 0): 17.0, (2, 1): 9.0, (2, 2): 9.0, (1, 1): 11.0, (1, 2): 8.0})
"""Grown-ups and children of a household."""
_LOOKED_AT = 12
"""How many others somebody who pairs looks at."""
_PATIENCE = 700
_RENEWED = 200
"""Days after which somebody who waits gives up, or is attested anew."""


class Town:
    """A municipality that follows from a seed, as it comes to know its households."""

    first_day = date.fromordinal(FIRST)
    last_day = date.fromordinal(LAST)

    def __init__(self, seed: int, scale: float) -> None:
        self.dwellings_wanted = max(24, round(DWELLINGS * scale))
        self.persons_wanted = max(50, round(PERSONS * scale))
        self.persons = 0
        """How many have been made up."""
        self.places: list[Place] = []
        self.dwellings: list[Dwelling] = []
        self._course = Course(Chance(f"town {seed}"), FIRST, LAST)
        self._records = Records(self._course)
        self._lettings = Lettings(self._course, self._stay_ends)
        self._households: list[Household] = []

    def days(self) -> Iterator[tuple[date, list[Told | Erased]]]:
        """Yield what comes to be known, day by day."""
        self._begin()
        yield from self._course.days()

    # -- the beginning

    def _begin(self) -> None:
        chance = self._course.chance
        self._areas()
        for point, reading in READINGS.items():
            self._course.tell(
                facts.ReadingChosen(
                    point=point,
                    reading=reading,
                    first_day=self.first_day,
                    chosen_by="Opdigtet Jurist",
                    reason="Opdigtet, så at svar kan gives.",
                )
            )
        for right in (ReferralRight.STK_1, ReferralRight.STK_3):
            self._course.tell(
                facts.ReferralRightDecided(
                    municipality=MADE_UP_MUNICIPALITY,
                    right=right,
                    decision_day=self.first_day,
                    decided_by="Opdigtet Byråd",
                )
            )
        self._estates()
        homes = [each for each in self.dwellings if chance.whether(0.97)]
        chance.shuffle(homes)
        at_first = self.persons_wanted * _KNOWN_FIRST
        for dwelling in homes:
            known = FIRST + min(int(chance.expovariate(1 / 300)), 1_400)
            if self.persons < at_first and dwelling.kind is not DwellingKind.ELDERLY:
                self._course.at_work(known, self._moved_in_before(self._made_up(), dwelling))
            self._lettings.stays(dwelling, chance.wait(self._lettings.mean_stay(dwelling)))
        left = self.persons_wanted - self.persons
        for _ in range(max(1, round(left * 0.42))):
            self._course.at_work(
                FIRST + 30 + int(chance.random() * (LAST - FIRST - 60)), self._arrives
            )
        self._course.on(CLOSING, self._attest_all_who_wait)

    def _areas(self) -> None:
        chance = self._course.chance
        self.places = areas.places(chance, MADE_UP_MUNICIPALITY, _AREAS)
        for number, place in enumerate(self.places):
            # Of such areas there are some in every municipality that this is made for.
            place.fares += 1.1 if number % 3 == 0 else 0.0
            place.origin += 1.0 if number % 3 == 0 else 0.0
            place.residents = max(place.residents, 1_150)
        self._course.out += areas.registered(chance, self.places)
        for year in range(2014, 2026):
            self._course.on(ordinal(year, 12, 1), self._lists)

    def _lists(self) -> None:
        for place in self.places:
            areas.drift(self._course.chance, place)
        # One that never gets better: there is always one to ask about.
        self.places[0].fares = max(2.3, self.places[0].fares)
        found = areas.lists_of(
            self._course.chance, self.places, self._course.day, (MADE_UP_MUNICIPALITY,)
        )
        self._course.out += [*found.published, *found.rows]
        for place in self.places:
            if ListKind.TRANSFORMATION in place.listed and not place.plan:
                place.plan = True
                self._course.soon(90, 180, partial(self._approve_plan, place.id))

    def _approve_plan(self, area: str) -> None:
        day = self._course.day
        self._course.tell(facts.PlanApproved(area=area, kind=PlanKind.JOINT, approved_on=day))

    def _estates(self) -> None:
        """Make up organisations, their departments and dwellings, and what share goes where."""
        chance = self._course.chance
        organisations = [
            f"X{number:03d}"
            for number in range(1, 1 + max(1, min(_ORGANISATIONS, self.dwellings_wanted // 400)))
        ]
        homes: Odds[str] = Odds({place.id: float(place.residents) for place in self.places})
        usual = min(_DWELLINGS_OF_DEPARTMENT, self.dwellings_wanted // 12)
        departments = 0
        while len(self.dwellings) < self.dwellings_wanted:
            organisation = chance.one_of(organisations)
            departments += 1
            department = f"{departments:03d}"
            area = homes.drawn(chance) if chance.whether(_INSIDE) else None
            if departments == 1:
                area = self.places[0].id
            for _ in range(max(4, int(chance.gauss(usual, usual / 3)))):
                if len(self.dwellings) == self.dwellings_wanted:
                    break
                self._build(organisation, department, area)
        shares = Reference()
        for organisation in organisations:
            for basis, kind, of in (
                (ShareBasis.QUARTER, DwellingKind.FAMILY, 4),
                (ShareBasis.QUARTER, DwellingKind.YOUTH, 4),
                (ShareBasis.AGREED, DwellingKind.FAMILY, 3),
            ):
                share = facts.LettingShareDecided(
                    organisation=organisation,
                    basis=basis,
                    kind=kind,
                    numerator=1,
                    denominator=of,
                    first_day=self.first_day,
                    decided_by="Opdigtet Byråd",
                )
                id = self._course.tell(share)
                shares.apply(Recorded(self._lettings.place(), id, b"", share))
            self._course.tell(
                facts.ReferralAgreed(
                    municipality=MADE_UP_MUNICIPALITY,
                    organisation=organisation,
                    kind=DwellingKind.FAMILY,
                    agreed_on=self.first_day,
                )
            )
        view = shares.at()
        self._lettings.ledgers = {each: Ledger(each, view) for each in organisations}

    def _build(self, organisation: str, department: str, area: str | None) -> None:
        chance = self._course.chance
        number = len(self.dwellings) + 1
        kind = KINDS.drawn(chance)
        rooms = 1 if kind is DwellingKind.YOUTH else ROOMS.drawn(chance)
        made = Dwelling(f"made-up-9999-{number:05d}", organisation, department, area, kind, rooms)
        self.dwellings.append(made)
        recorded = facts.DwellingRecorded(
            dwelling=made.id,
            municipality=MADE_UP_MUNICIPALITY,
            kind=made.kind,
            area=area,
            first_day=BUILT,
            organisation=organisation,
            department=department,
            rooms=made.rooms,
        )
        self._course.at_work(FIRST + number % 25, partial(self._course.tell, recorded))

    def _moved_in_before(self, household: Household, dwelling: Dwelling) -> Callable[[], None]:
        household.dwelling, dwelling.household = dwelling, household

        def known() -> None:
            if not household.known and not household.gone:
                self._know(household)

        return known

    # -- persons and households

    def _person(self, age: float, man: bool | None = None) -> Person:
        self.persons += 1
        born = self._course.today - int(age * YEAR)
        return Person(
            self._course.chance.id(),
            born,
            self._course.chance.whether(_MEN) if man is None else man,
        )

    def _made_up(self) -> Household:
        """Make up a household of a usual shape; nobody knows of it yet."""
        chance = self._course.chance
        household = Household(chance.id(), self._course.today)
        adults, children = _SHAPES.drawn(chance)
        age = 19 + 62 * chance.betavariate(1.3, 1.9)
        man = chance.whether(_MEN)
        for number in range(adults):
            older = self._person(max(18.2, age + chance.gauss(0, 3)), man is (number == 0))
            older.household = household
            household.members[older] = []
        for _ in range(children):
            child = self._person(chance.random() * min(17.9, max(0.5, age - 18)))
            child.household = household
            household.members[child] = []
        return household

    def _know(self, household: Household, newcomers: bool = False) -> None:
        """Register a household and its members, and begin their lives."""
        for person in household.members:
            self._register(person)
        self._register_household(household)
        adults = household.adults(self._course.today)
        for person in household.members:
            role = MemberRole.OTHER
            if person in adults:
                role = MemberRole.APPLICANT if person is adults[0] else MemberRole.SPOUSE
            self._joins(person, household, role)
        self._attest_members(household)
        for person in adults:
            self._records.grown_up(person, newcomers)
        self._course.some_day(1_900, lambda: self._changes(household))

    def _register_household(self, household: Household) -> None:
        household.since, household.known = self._course.today, True
        self._households.append(household)
        self._course.tell(
            facts.HouseholdRegistered(registered_on=self._course.day),
            household.id,
            SubjectKind.HOUSEHOLD,
        )

    def _register(self, person: Person) -> None:
        self._course.tell(facts.PersonRegistered(), person.id)
        if not person.grown_up(self._course.today):
            leaves = person.born + int((18.5 + 7 * self._course.chance.betavariate(2, 3)) * YEAR)
            self._course.at_work(leaves, lambda: self._leaves_home(person))

    def _joins(
        self, person: Person, household: Household, role: MemberRole, together: bool = False
    ) -> None:
        person.household = household
        told = household.members.setdefault(person, [])
        for member_list in (MemberList.DECLARED, MemberList.REGISTERED):
            fact = facts.HouseholdMember(
                member_list=member_list,
                first_day=self._course.day,
                role=role,
                together_since=self._course.day if together else None,
                together_by=CohabitationProof.REGISTER if together else None,
            )
            told.append(
                (
                    self._course.today,
                    self._course.tell(fact, person.id, household=household.id),
                    fact,
                )
            )

    def _leaves(self, person: Person) -> None:
        """End somebody's memberships; lists that counted on them fall where they do."""
        household = person.household
        if household is None:
            return
        person.household = None
        until = date.fromordinal(self._course.today - 1)
        for since, id, fact in household.members.pop(person, ()):
            if fact.first_day > until:
                until = fact.first_day
            ended = msgspec.structs.replace(fact, last_day=until, corrects=id)
            self._course.tell(ended, person.id, household=household.id)
            self._course.fall(
                fact, ended, since, household.attested, household.id, SubjectKind.HOUSEHOLD
            )
        if not household.attested and household.members:
            self._course.soon(
                5,
                60,
                lambda: self._attest_members(household),
            )

    def _attest_members(self, household: Household) -> None:
        if household.gone or not household.members:
            return
        for member_list in (MemberList.DECLARED, MemberList.REGISTERED):
            fact = facts.MembersAttested(
                member_list=member_list, first_day=date.fromordinal(household.since)
            )
            self._course.attest(fact, household.attested, household.id, SubjectKind.HOUSEHOLD)

    def _leaves_home(self, person: Person) -> None:
        """Somebody who has grown up looks for a home of their own."""
        if person.gone or person.household is None:
            return
        if len(person.household.members) > 1:
            self._apart([person])
        else:
            self._records.grown_up(person)

    def _apart(self, persons: list[Person]) -> None:
        """Have some members of a household make one of their own, and apply."""
        chance = self._course.chance
        for each in persons:
            self._leaves(each)
        household = Household(chance.id(), self._course.today)
        self._register_household(household)
        for number, each in enumerate(persons):
            role = MemberRole.OTHER if number else MemberRole.APPLICANT
            self._joins(each, household, role)
        self._attest_members(household)
        self._records.grown_up(persons[0])
        self._course.soon(1, 50, lambda: self._applies(household))
        self._course.some_day(2_600, lambda: self._changes(household))

    def _changes(self, household: Household) -> None:
        """Something happens in a household: a child, a parting, a pairing, or an application."""
        if household.gone or not household.members:
            return
        chance = self._course.chance
        adults = household.adults(self._course.today)
        if len(adults) == 2 and chance.whether(0.40) and not household.offered:
            children = [each for each in household.members if each not in adults]
            taken = children if chance.whether(0.35) else []
            self._apart([chance.one_of(adults), *taken])
        elif len(adults) == 2 and self.persons < self.persons_wanted:
            child = self._person(0.0)
            self._register(child)
            self._joins(child, household, MemberRole.OTHER)
        elif len(adults) == 1 and chance.whether(0.45):
            self._pairs(household, adults[0])
        elif not household.seeks:
            self._applies(household)
        self._course.some_day(1_300, lambda: self._changes(household))

    def _pairs(self, household: Household, one: Person) -> None:
        """Have two who live alone move together into the home of one of them."""
        chance = self._course.chance
        for _ in range(_LOOKED_AT):
            other = chance.one_of(self._households)
            if (
                other is household
                or other.gone
                or other.offered
                or household.offered
                or len(other.adults(self._course.today)) != 1
                or len(other.members) > 2
            ):
                continue
            for each in list(other.members):
                grown_up = each.grown_up(self._course.today)
                self._leaves(each)
                role = MemberRole.PARTNER if grown_up else MemberRole.OTHER
                self._joins(each, household, role, together=grown_up)
            self._dissolves(other)
            return

    def _dissolves(self, household: Household) -> None:
        """A household is no more; its dwelling is given up, and what is held of it is erased."""
        household.gone, household.seeks = True, False
        dwelling = household.dwelling
        if dwelling is not None and dwelling.household is household:
            self._lettings.leave(dwelling)
        if household.known:
            self._forget(household.id)

    def _forget(self, subject: UUID) -> None:
        chance = self._course.chance
        if chance.whether(0.12):
            when = self._course.today + chance.between(2 * 366, 6 * 366)
            data_class = None if chance.whether(0.75) else DataClass.MEMBERSHIP
            self._course.at_work(
                when, lambda: self._course.out.append(Erased(subject, data_class, _POLICY))
            )

    def _moves_away(self, household: Household) -> None:
        """A household leaves the municipality."""
        for person in household.members:
            person.gone = True
            if household.known:
                self._forget(person.id)
        self._dissolves(household)

    def _arrives(self) -> None:
        """A household comes from elsewhere and applies."""
        if self.persons >= self.persons_wanted:
            return
        household = self._made_up()
        self._know(household, newcomers=self._course.chance.whether(0.3))
        self._applies(household)

    # -- applying

    def _applies(self, household: Household) -> None:
        if household.gone or household.seeks or not household.members:
            return
        household.seeks = True
        self._records.attest_applicants(household)
        self._lettings.waiting.append(household)
        self._course.at_work(self._course.today + _RENEWED, lambda: self._renews(household))
        self._course.at_work(self._course.today + _PATIENCE, lambda: self._gives_up(household))

    def _renews(self, household: Household) -> None:
        if household.seeks and not household.gone:
            self._records.attest_applicants(household)
            self._course.at_work(self._course.today + _RENEWED, lambda: self._renews(household))

    def _gives_up(self, household: Household) -> None:
        if household.seeks and not household.offered and not household.gone:
            household.seeks = False
            if household.dwelling is None and self._course.chance.whether(0.4):
                self._moves_away(household)

    def _attest_all_who_wait(self) -> None:
        for household in self._lettings.waiting:
            if household.seeks and not household.gone:
                self._records.attest_applicants(household)

    def _stay_ends(self, dwelling: Dwelling, household: Household) -> None:
        """A household has lived somewhere long enough: it looks for another home, or moves away."""
        chance = self._course.chance
        if chance.whether(0.55):
            if not household.known:
                self._know(household)
            self._applies(household)
            self._lettings.stays(dwelling, chance.wait(700))
        elif household.offered:
            self._lettings.stays(dwelling, 60)
        else:
            self._moves_away(household)
