"""What is told of grown-ups: benefits as they come and go, and what a referral asks about."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from domain import calendar, facts
from domain.data_classes import DataClass, SubjectKind
from domain.facts import Benefit, CitizenshipCondition, ReleasedFrom
from services.generator.careers import CAREERS, NEWCOMER_DAYS, Career, gap_of, spell
from services.generator.chance import working_day
from services.generator.course import Course
from services.generator.people import Household, Person


class Records:
    """Tells of grown-ups, each for as long as they live there."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def grown_up(self, person: Person, newcomer: bool = False) -> None:
        """Begin the life of a grown-up."""
        chance = self._course.chance
        if person.career is not None:
            return
        person.career = Career.NEWCOMER if newcomer else CAREERS.drawn(chance)
        if newcomer:
            self._course.on(self._course.today + NEWCOMER_DAYS, lambda: self._settles(person))
        self._course.on(
            self._course.today + int(chance.random() * gap_of(chance, person.career)),
            lambda: self._receives(person),
        )
        if chance.whether(0.8 if person.career is not Career.WORKING else 0.45):
            self._course.soon(1, 365, lambda: self._attest_each_year(person))
        if person.man and chance.whether(0.06):
            self._course.on(self._course.today + chance.wait(2_500), lambda: self._released(person))

    def _settles(self, person: Person) -> None:
        if person.career is Career.NEWCOMER:
            person.career = CAREERS.drawn(self._course.chance)

    def _receives(self, person: Person) -> None:
        """A spell of benefits begins today."""
        career = person.career
        if person.gone or career is None or career is Career.PENSIONED:
            return
        chance = self._course.chance
        drawn = spell(chance, career, self._course.day)
        if drawn.days is None:
            person.career = Career.PENSIONED
            self._told_open(person, drawn.benefit, self._course.today, None)
            return
        last = self._course.today + drawn.days - 1
        way = chance.random()
        if way < 0.34:
            self._told_by_month(person, drawn.benefit, self._course.today, last)
        elif way < 0.54:
            self._told_open(person, drawn.benefit, self._course.today, last)
        else:
            first = self._course.today
            self._course.at_work(
                last + self._delay(), lambda: self._told(person, drawn.benefit, first, last)
            )
        self._course.on(last + 1 + drawn.gap, lambda: self._receives(person))

    def _delay(self) -> int:
        """Draw how many days pass until a benefit that is over is told: some are told late."""
        chance = self._course.chance
        late = chance.random()
        if late < 0.86:
            return chance.between(3, 40)
        return chance.between(41, 200) if late < 0.97 else chance.between(200, 480)

    def _told(self, person: Person, benefit: Benefit, first: int, last: int) -> None:
        if person.gone:
            return
        fact = facts.BenefitPeriod(
            benefit=benefit,
            first_day=date.fromordinal(first),
            last_day=date.fromordinal(last),
        )
        id = self._course.tell(fact, person.id)
        chance = self._course.chance
        wrong = chance.random()
        if wrong < 0.035:
            since = self._course.today
            self._course.at_work(
                since + chance.between(5, 200), lambda: self._put_right(person, id, fact, since)
            )
        elif wrong < 0.042:
            since = self._course.today
            self._course.at_work(
                since + chance.between(5, 200), lambda: self._taken_back(person, id, fact, since)
            )

    def _told_by_month(self, person: Person, benefit: Benefit, first: int, last: int) -> None:
        """Tell a spell as it is paid: month by month, each a few days after the month."""
        end = calendar.last_day(calendar.month_of(date.fromordinal(first))).toordinal()
        upto = min(end, last)
        self._course.at_work(
            upto + self._course.chance.between(3, 14),
            lambda: self._told(person, benefit, first, upto),
        )
        if upto < last:
            self._course.on(upto, lambda: self._told_by_month(person, benefit, upto + 1, last))

    def _told_open(self, person: Person, benefit: Benefit, first: int, last: int | None) -> None:
        """Tell a spell while it lasts, and put its end right when it has ended."""
        told = working_day(first + self._course.chance.between(4, 45))
        if last is not None and told > last:
            self._course.at_work(
                last + self._delay(), lambda: self._told(person, benefit, first, last)
            )
            return

        def tell() -> None:
            if person.gone:
                return
            fact = facts.BenefitPeriod(benefit=benefit, first_day=date.fromordinal(first))
            id, since = self._course.tell(fact, person.id), self._course.today
            if last is not None:
                ended = msgspec.structs.replace(fact, last_day=date.fromordinal(last), corrects=id)
                self._course.at_work(
                    last + self._course.chance.between(3, 45),
                    lambda: self._corrected(person, fact, ended, since),
                )

        self._course.on(told, tell)

    def _corrected(
        self, person: Person, was: facts.BenefitPeriod, now: facts.BenefitPeriod, since: int
    ) -> None:
        if person.gone:
            return
        self._course.tell(now, person.id)
        self._course.fall(was, now, since, person.attested, person.id, SubjectKind.PERSON)

    def _put_right(self, person: Person, id: UUID, was: facts.BenefitPeriod, since: int) -> None:
        """Put the days of a period right: it began later, or ended earlier, than was told."""
        assert was.last_day is not None  # what is told wrong here is over
        first, last = was.first_day.toordinal(), was.last_day.toordinal()
        by = self._course.chance.between(1, 9)
        if self._course.chance.whether(0.5):
            first = min(last, first + by)
        else:
            last = max(first, last - by)
        now = facts.BenefitPeriod(
            benefit=was.benefit,
            first_day=date.fromordinal(first),
            last_day=date.fromordinal(last),
            corrects=id,
        )
        self._corrected(person, was, now, since)

    def _taken_back(self, person: Person, id: UUID, was: facts.BenefitPeriod, since: int) -> None:
        """Take a period back that was another person's; whoever attested it attests anew."""
        if person.gone:
            return
        self._course.tell(
            facts.Retracted(retracts=id),
            person.id,
            data_class=DataClass.BENEFITS,
        )
        self._course.fall(was, None, since, person.attested, person.id, SubjectKind.PERSON)
        self._course.soon(
            2,
            30,
            lambda: self.attest_benefits(person),
        )

    def _attest_each_year(self, person: Person) -> None:
        if person.gone:
            return
        self.attest_benefits(person)
        self._course.soon(
            330,
            400,
            lambda: self._attest_each_year(person),
        )

    def attest_benefits(self, person: Person) -> None:
        """Attest that the record of benefits is complete up to some day before today."""
        if person.gone:
            return
        last = date.fromordinal(self._course.today - self._course.chance.between(1, 12))
        first = None if self._course.chance.whether(0.2) else date(self._course.day.year - 2, 1, 1)
        self._course.attest(
            facts.BenefitsAttested(first_day=first, last_day=last),
            person.attested,
            person.id,
            SubjectKind.PERSON,
        )

    def _released(self, person: Person) -> None:
        if person.gone:
            return
        chance = self._course.chance
        released = self._course.day
        convicted = chance.whether(0.9)
        plan = chance.one_of(tuple(facts.ActionPlan))
        from_where = chance.one_of(
            (ReleasedFrom.PRISON_SENTENCE, ReleasedFrom.PRISON_SENTENCE, ReleasedFrom.REMAND)
        )
        fact = facts.ReleaseRecorded(
            released_on=released,
            released_from=from_where,
            convicted=convicted,
            action_plan=plan,
        )
        self._course.soon(2, 70, lambda: self._tell_of_person(fact, person))
        if chance.whether(0.4):
            self._course.on(self._course.today + chance.wait(900), lambda: self._released(person))

    def _tell_of_person(self, fact: facts.Fact, person: Person) -> None:
        if not person.gone:
            self._course.tell(fact, person.id)

    def attest_applicants(self, household: Household) -> None:
        """Tell of each grown-up what a referral asks about."""
        chance = self._course.chance
        first, last = (
            date(self._course.day.year - 2, 1, 1),
            date.fromordinal(self._course.today - 1),
        )
        for person in household.adults(self._course.today):
            if not person.asked:
                person.asked = True
                met = chance.whether(0.9)
                condition = CitizenshipCondition.MET if met else CitizenshipCondition.NOT_MET
                self._course.tell(
                    facts.CitizenshipAttested(condition=condition, first_day=first), person.id
                )
                allocated = person.career is Career.NEWCOMER and chance.whether(0.5)
                self._course.tell(
                    facts.RefugeeAttested(allocated=allocated, first_day=first), person.id
                )
                if not met:
                    enrolled = chance.whether(0.3)
                    self._course.tell(
                        facts.EnrolmentAttested(enrolled=enrolled, first_day=first), person.id
                    )
            self._course.tell(facts.ReleasesAttested(first_day=first, last_day=last), person.id)
            self._course.tell(facts.TerminationsAttested(first_day=first, last_day=last), person.id)
            if chance.whether(0.95):
                self.attest_benefits(person)
