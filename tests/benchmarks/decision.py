"""One decision in process, beside ZEN Engine evaluating the same rules as a bare expression."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import zen

from domain import calendar, decide, facts
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    Benefit,
    BenefitsAttested,
    CitizenshipAttested,
    CitizenshipCondition,
    HouseholdMember,
    MemberList,
    MembersAttested,
    RefugeeAttested,
    ReleasesAttested,
    TerminationsAttested,
)
from domain.law.benefits import BenefitRecord
from domain.law.edition import Edition
from domain.law.editions import CURRENT
from domain.law.kernel import OpenPoint, Status, readings_in_use
from domain.law.referral import grounds as referral
from domain.law.referral.bases import Basis
from domain.law.referral.steps import ReferralQuestion
from domain.law.referral.steps import referral as examine_referral
from domain.reference import View
from services.instance.instance import Instance
from tests.benchmarks.households import (
    ATTESTED_FROM,
    DAY,
    DWELLING,
    FIRST_MONTH,
    MEMBERS,
    periods,
    populate,
)
from tests.benchmarks.measuring import Line, Scale, in_rounds, microseconds_each

NAME = "decision"
MONTHS = 12
_DISTINCT = 200

# § 59, stk. 6, on the readings that the instance has chosen. It is given what
# husret has to find out: the wording in force, months as numbers, the window of AMB-WINDOW.
EXPRESSION = """
fallback ? 'PERMITTED'
: some(members as m,
    (m.citizenship == 'not_met' and not m.enrolled)
    or some([filter(m.periods as p, p.benefit in named),
            filter(m.periods as p, p.benefit in insured)] as counted,
        some(ends as last,
            all([last - 5..last] as month,
                some(counted as p, p.first <= month and month <= p.last))))
    or some(m.periods as p,
        p.benefit == 'foertidspension' and p.first_day <= day and day <= p.last_day)
    or some(m.releases as r, r > six_months_ago and r <= day)
    or some(m.terminations as t, t > six_months_ago and t <= day)
    or m.refugee)
? 'PROHIBITED'
: some(members as m, m.citizenship == 'unknown' or m.attested_from > first_needed
    or m.attested_to < day or m.releases_to < day or m.terminations_to < day)
? 'UNKNOWN' : 'NOT_MET'
"""


class Held(NamedTuple):
    """What the log holds of one household, by the class that a decision asks for."""

    question: ReferralQuestion
    membership: decide.Membership
    by_class: dict[DataClass, dict[UUID, Any]]


def lines(scale: Scale) -> Iterator[Line]:
    """Measure a decision from facts, and one from records prepared by an earlier decision."""
    chance = random.Random(12)
    with Instance.in_memory(today=lambda: date(2026, 11, 20)) as instance:
        populate(instance, 0)
        view = instance.view()
        made = [_household(chance) for _ in range(min(_DISTINCT, scale.households))]
        prepared = [_prepared(held) for held in made]
        expression = zen.compile_expression(EXPRESSION)
        contexts = [json.dumps(_context(held)).encode() for held in made]
        for held, context in zip(made, contexts, strict=True):
            _same_answer(_decided(held, view), expression.evaluate(context))
        baseline = microseconds_each(scale, expression.evaluate, contexts)
        for name, over, records in (
            (NAME, made, "made anew for each decision"),
            (f"{NAME}, prepared", prepared, "kept from an earlier decision"),
        ):
            ours, theirs = in_rounds(
                scale,
                microseconds_each(scale, lambda held: _decided(held, view), over),
                baseline,
            )
            yield Line(
                name=name,
                what="one decision: every rule, evidence, and each reading that would change it",
                against="ZEN Engine, one compiled expression, the outcome alone",
                unit="µs",
                ours=ours,
                baseline=theirs,
                goal=3.0,
                at_most=True,
                conditions={
                    "in_flight": 1,
                    "facts_per_household": 1 + MEMBERS * (6 + MONTHS),
                    "households": len(over),
                    "events_in_log": "none: facts in memory",
                    "pinned": False,
                    "records": records,
                },
            )
        yield _full(scale, made, view)


def _full(scale: Scale, made: list[Held], view: View) -> Line:
    """Measure what trying every reading that matters adds to the readings in use."""
    chosen = {point: item.fact.reading for point, item in view.readings(DAY).items()}
    points = {
        point: OpenPoint(point, (use.reading,), use.reading)
        for point, use in readings_in_use(CURRENT.points, chosen).items()
    }
    as_chosen = replace(CURRENT, open_points=points)
    ours, theirs = in_rounds(
        scale,
        microseconds_each(scale, lambda held: _decided(held, view), made),
        microseconds_each(scale, lambda held: _decided(held, view, as_chosen), made),
    )
    in_force = [rule for rule in CURRENT.rules.values() if rule.in_force(DAY)]
    return Line(
        name=f"{NAME}, full",
        what="one decision with all rules in force, and all readings that matter",
        against="the same decision with all rules in force, on the chosen readings alone",
        unit="µs",
        ours=ours,
        baseline=theirs,
        goal=None,
        conditions={
            "in_flight": 1,
            "rules_in_force": len(in_force),
            "open_points": len(CURRENT.points),
            "facts_per_household": 1 + MEMBERS * (6 + MONTHS),
            "households": len(made),
            "pinned": False,
            "records": "made anew for each decision",
        },
    )


def _household(chance: random.Random) -> Held:
    members = [uuid4() for _ in range(MEMBERS)]
    start = date(2020, 1, 1)
    declared = MemberList.DECLARED
    member = HouseholdMember(member_list=declared, first_day=start)
    attested = MembersAttested(member_list=declared, first_day=start)
    met = CitizenshipAttested(condition=CitizenshipCondition.MET, first_day=start)
    complete = BenefitsAttested(first_day=ATTESTED_FROM, last_day=DAY)
    no_refugee = RefugeeAttested(allocated=False, first_day=start)
    released = ReleasesAttested(first_day=ATTESTED_FROM, last_day=DAY)
    ended = TerminationsAttested(first_day=ATTESTED_FROM, last_day=DAY)
    return Held(
        ReferralQuestion(household=uuid4(), dwelling=DWELLING, basis=Basis.STK_1, day=DAY),
        decide.Membership(
            tuple((person, _recorded(chance, member)) for person in members),
            (_recorded(chance, attested),),
        ),
        {
            DataClass.ATTESTATIONS: {
                person: [_recorded(chance, met), _recorded(chance, no_refugee)]
                for person in members
            },
            DataClass.CONVICTIONS: {person: [_recorded(chance, released)] for person in members},
            DataClass.TERMINATIONS: {person: [_recorded(chance, ended)] for person in members},
            DataClass.BENEFITS: {
                person: [
                    _recorded(chance, fact)
                    for fact in (complete, *periods(chance, MONTHS, FIRST_MONTH))
                ]
                for person in members
            },
        },
    )


def _recorded(chance: random.Random, fact: facts.Fact) -> Recorded[Any]:
    return Recorded(chance.randrange(1, 10**6), uuid4(), chance.randbytes(32), fact)


def _prepared(held: Held) -> Held:
    benefits = {p: BenefitRecord(each) for p, each in held.by_class[DataClass.BENEFITS].items()}
    return held._replace(by_class={**held.by_class, DataClass.BENEFITS: benefits})


def _decided(held: Held, view: View, edition: Edition = CURRENT) -> decide.Decision:
    steps = examine_referral(held.question, view, view.position, edition)
    try:
        need = next(steps)
        while True:
            if need.data_class is DataClass.DECISIONS:
                need = steps.send(())
            elif need.data_class is DataClass.MEMBERSHIP:
                need = steps.send(held.membership)
            else:
                need = steps.send(held.by_class[need.data_class])
    except StopIteration as end:
        decision: decide.Decision = end.value
        return decision


def _context(held: Held) -> dict[str, Any]:
    """Return the same facts as ZEN is given them."""
    members = [
        member_context(
            benefits,
            *(
                held.by_class[data_class][person]
                for data_class in (
                    DataClass.ATTESTATIONS,
                    DataClass.CONVICTIONS,
                    DataClass.TERMINATIONS,
                )
            ),
        )
        for person, benefits in held.by_class[DataClass.BENEFITS].items()
    ]
    return {**shared_context(), "members": members}


def shared_context() -> dict[str, Any]:
    """Return what an engine is told that is the same for every household."""
    last_full = calendar.last_full_month(DAY)
    earliest = calendar.month_of(calendar.months_before(DAY, 6))
    return {
        "fallback": False,
        "day": DAY.toordinal(),
        "ends": list(range(last_full, earliest - 1, -1)),
        "six_months_ago": calendar.months_before(DAY, 6).toordinal(),
        "first_needed": calendar.first_day(earliest - 5).toordinal(),
        "named": [
            str(Benefit.KONTANTHJAELP),
            str(Benefit.UDDANNELSESHJAELP),
            str(Benefit.SELVFORSOERGELSES_OG_HJEMREJSEYDELSE),
            str(Benefit.OVERGANGSYDELSE),
        ],
        "insured": sorted(str(benefit) for benefit in referral.NR_7[0][1].named),
    }


def member_context(
    benefits: Sequence[Recorded[Any]],
    attestations: Sequence[Recorded[Any]],
    convictions: Sequence[Recorded[Any]],
    terminations: Sequence[Recorded[Any]],
) -> dict[str, Any]:
    """Return the facts of a member as an engine is given them."""
    citizenship, refugee = (item.fact for item in attestations)
    [released], [ended] = convictions, terminations
    attested, *received = (item.fact for item in benefits)
    return {
        "citizenship": str(citizenship.condition),
        "enrolled": False,
        "refugee": refugee.allocated,
        "releases": [],
        "releases_to": released.fact.last_day.toordinal(),
        "terminations": [],
        "terminations_to": ended.fact.last_day.toordinal(),
        "attested_from": attested.first_day.toordinal(),
        "attested_to": attested.last_day.toordinal(),
        "periods": [
            {
                "benefit": str(fact.benefit),
                "first": calendar.month_of(fact.first_day),
                "last": calendar.month_of(fact.last_day),
                "first_day": fact.first_day.toordinal(),
                "last_day": fact.last_day.toordinal(),
            }
            for fact in received
        ],
    }


def _same_answer(decision: decide.Decision, zen_says: str) -> None:
    """Hold both to the same finding, so that they are known to evaluate the same rules."""
    statuses = {each.finding.status for each in decision.examined if each.person is not None}
    met = Status.MET in statuses
    if (zen_says == "PROHIBITED") != met or (zen_says == "UNKNOWN") != (Status.UNKNOWN in statuses):
        raise AssertionError(f"ZEN says {zen_says}, husret {decision.outcome}")
