"""Who lives in the made-up households, and the facts that say so. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from husret.v1 import fact_service_pb2 as facts
from services.demo.town import LONG_AGO


class Period(NamedTuple):
    """A benefit and the days that it was received for."""

    benefit: facts.Benefit.ValueType
    first_day: date
    last_day: date | None


@dataclass(frozen=True)
class Member:
    """What is known of one who lives in a household, and what is not."""

    benefits: tuple[Period, ...] = ()
    benefits_known: bool = True
    """A source attests that nothing else was received."""
    citizenship: facts.CitizenshipCondition.ValueType = facts.CITIZENSHIP_CONDITION_MET
    released_on: date | None = None
    refugee: bool = False
    declared: bool = True
    registered: bool = True


WORKS = Member()


def first_of_month(day: date, months: int) -> date:
    """Return the first day of the month that lies `months` after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def end_of_last_month(day: date) -> date:
    """Return the last day of the month before that of `day`."""
    return day.replace(day=1) - timedelta(days=1)


def on_kontanthjaelp(first_day: date, before: date, *, registered: bool = True) -> Member:
    """Someone on kontanthjælp from a day to the end of the last full month before another."""
    period = Period(facts.BENEFIT_KONTANTHJAELP, first_day, end_of_last_month(before))
    return Member((period,), registered=registered)


def about(
    household: str, person: str, name: str, member: Member, start: date, day: date
) -> list[facts.Fact]:
    """Return what is recorded of a member from `start` to `day`."""
    found = [
        facts.Fact(person_registered=facts.PersonRegistered(person_id=person, name=name)),
        facts.Fact(
            citizenship_attested=facts.CitizenshipAttested(
                person_id=person, condition=member.citizenship, first_day=start.isoformat()
            )
        ),
        facts.Fact(
            enrolment_attested=facts.EnrolmentAttested(
                person_id=person,
                enrolment=facts.ENROLMENT_NOT_ENROLLED,
                first_day=start.isoformat(),
            )
        ),
    ]
    lists = {
        facts.MEMBER_LIST_DECLARED: member.declared,
        facts.MEMBER_LIST_REGISTERED: member.registered,
    }
    found += [
        facts.Fact(
            household_member=facts.HouseholdMember(
                household_id=household,
                person_id=person,
                member_list=each,
                first_day=start.isoformat(),
            )
        )
        for each, stands in lists.items()
        if stands
    ]
    found += _attested_facts(person, member, day)
    return [*found, *(benefit_facts(person, member, day) if member.benefits_known else [])]


def _attested_facts(person: str, member: Member, day: date) -> list[facts.Fact]:
    """Return a release, if there was one, and that nothing else of the kind is to be told."""
    first, last = LONG_AGO.isoformat(), day.isoformat()
    found = [
        facts.Fact(
            releases_attested=facts.ReleasesAttested(
                person_id=person, first_day=first, last_day=last
            )
        ),
        facts.Fact(
            terminations_attested=facts.TerminationsAttested(
                person_id=person, first_day=first, last_day=last
            )
        ),
        facts.Fact(
            refugee_attested=facts.RefugeeAttested(
                person_id=person,
                allocated=facts.ANSWER_YES if member.refugee else facts.ANSWER_NO,
                first_day=first,
            )
        ),
    ]
    if member.released_on is not None:
        found.append(
            facts.Fact(
                release_recorded=facts.ReleaseRecorded(
                    person_id=person,
                    released_on=member.released_on.isoformat(),
                    released_from=facts.RELEASED_FROM_PRISON_SENTENCE,
                    convicted=facts.CONVICTED_YES,
                    action_plan=facts.ACTION_PLAN_DUTY_AND_MADE,
                )
            )
        )
    return found


def benefit_facts(person: str, member: Member, day: date) -> list[facts.Fact]:
    """Return the benefits of a person, and that up to `day` there were no others."""
    return [
        *(
            facts.Fact(
                benefit_period=facts.BenefitPeriod(
                    person_id=person,
                    benefit=period.benefit,
                    first_day=period.first_day.isoformat(),
                    last_day="" if period.last_day is None else period.last_day.isoformat(),
                )
            )
            for period in member.benefits
        ),
        facts.Fact(
            benefits_attested=facts.BenefitsAttested(person_id=person, last_day=day.isoformat())
        ),
    ]


def applicant_facts(household: str, person: str, since: str) -> list[facts.Fact]:
    """Return a household of one who applies for a dwelling, with no name and no benefits."""
    declared: dict[str, Any] = {
        "household_id": household,
        "member_list": facts.MEMBER_LIST_DECLARED,
        "first_day": since,
    }
    return [
        facts.Fact(person_registered=facts.PersonRegistered(person_id=person)),
        facts.Fact(
            household_registered=facts.HouseholdRegistered(
                household_id=household, registered_on=since
            )
        ),
        facts.Fact(
            household_member=facts.HouseholdMember(
                **declared, person_id=person, role=facts.MEMBER_ROLE_APPLICANT
            )
        ),
        facts.Fact(members_attested=facts.MembersAttested(**declared)),
    ]
