"""Refugees: integrationsloven § 12, stk. 2, and the exception for persons from Ukraine.

The Integration Act's ban stands beside § 59 of the housing act. It is about where the dwelling
lies and has no fallback: § 59, stk. 9 lifts the bans of § 59 and not this one. Prevention areas
and former transformation areas are not named in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from domain import calendar
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import ListKind, RefugeeAttested, UkraineDecided, UkrainePermitAttested
from domain.law import acts
from domain.law.kernel import (
    Change,
    Confidence,
    Effect,
    Finding,
    Missing,
    Readings,
    Record,
    Status,
    declared,
    rule,
)
from domain.law.standing import (
    ASSESSMENT_MONTHS,
    assessed_anew,
    of_other_vacancies,
    standing,
)

WORDING_LAST_SEEN = date(2018, 11, 30)
"""The old wording was read up to LBK nr. 1127 af 11/10/2017. Which areas it named from 1 December
2018, when § 61 a changed under it, to LBK nr. 1 of 1/1/2020 was not seen."""


_referral = partial(
    rule, question="referral", data_class=DataClass.ATTESTATIONS, start_verified=False
)


_MEMBER = "any member of the applicant household"


@_referral(
    "REF-REFUGEE",
    "integrationsloven § 12, stk. 2",
    act=acts.LBK_1146_2020,
    first_day=date(2020, 1, 1),
    printed=acts.LBK_1_2020.day,
    effect=Effect.BANS,
    areas=("vulnerable", "parallel_society", "transformation"),
    whose=_MEMBER,
    defeated_by=("REF-UKRAINE",),
)
def refugee(record: Record, day: date, readings: Readings) -> Finding:
    """Integrationsloven § 12, stk. 2: a refugee allocated to the municipality under § 10."""
    return _attested(
        record,
        day,
        RefugeeAttested,
        "allocated",
        (
            Missing("refugee_attested", "municipality_integration", _on(day)),
            Missing("refugee_contradictory", "municipality_integration", _on(day)),
        ),
        (Change("refugee_not_allocated", _on(day)),),
    )


@_referral(
    "REF-REFUGEE-2017",
    "integrationsloven § 12, stk. 2 (indtil 31/12/2019)",
    act=acts.LBK_1127_2017,
    first_day=date(2011, 1, 1),
    last_day=date(2019, 12, 31),
    printed=acts.LBK_1071_2012.day,
    effect=Effect.BANS,
    confidence=Confidence.SECONDARY_SOURCE,
    areas=("parallel_society", "combined_letting"),
    whose=_MEMBER,
    parameters={"wording_last_seen": WORDING_LAST_SEEN},
)
def refugee_before_2020(record: Record, day: date, readings: Readings) -> Finding:
    """§ 12, stk. 2 as it was: a refugee's dwelling may not lie in a ghetto or letting area.

    A refugee on a day whose wording was not seen leaves it unknown whether the ban was there.
    """
    found = refugee(record, day, readings)
    if found.status is Status.MET and day > WORDING_LAST_SEEN:
        missing = Missing("wording_of_integration_act", "law_review", _on(day))
        return Finding(Status.UNKNOWN, found.evidence, found.values, (missing,))
    return found


def ukraine_assessment(
    decisions: Sequence[Recorded[Any]], day: date, readings: Readings
) -> Finding:
    """§ 30 a: the municipality finds that nothing outside vulnerable areas is possible.

    An assessment of its own that is not recorded is not made; one that is made is about the
    dwellings vacant then (AMB-FALLBACK-AGE).
    """
    item = standing((each for each in decisions if type(each.fact) is UkraineDecided), day)
    if item is None:
        return Finding(Status.NOT_MET, (), (("decision", "none"),))
    values = (("decision_day", item.fact.decision_day.isoformat()),)
    of_others = of_other_vacancies(item.fact.decision_day, (ListKind.VULNERABLE,), day)
    if of_others and readings("AMB-FALLBACK-AGE") == "b":
        return assessed_anew(item, values)
    return Finding(Status.MET, (item,), values)


@_referral(
    "REF-UKRAINE",
    "lov nr. 324 af 16/3/2022 § 30 a",
    act=acts.LOV_546_2022,
    first_day=date(2022, 5, 3),
    signed=acts.LOV_546_2022.day,
    effect=Effect.LIFTS,
    limbs=((DataClass.DECISIONS, ukraine_assessment),),
    areas=("vulnerable", "parallel_society", "transformation"),
    whose="the member with the permit, and the municipality",
    points=("AMB-FALLBACK-AGE",),
    parameters={"assessment_months": ASSESSMENT_MONTHS},
)
def ukraine_permit(record: Record, day: date, readings: Readings) -> Finding:
    """§ 30 a of the act on persons displaced from Ukraine: holds a permit under that act."""
    return _attested(
        record,
        day,
        UkrainePermitAttested,
        "permit",
        (
            Missing("ukraine_permit_attested", "municipality_integration", _on(day)),
            Missing("ukraine_permit_contradictory", "municipality_integration", _on(day)),
        ),
        (),
    )


def _attested(
    record: Record,
    day: date,
    kind: type[Any],
    field: str,
    missing: tuple[Missing, Missing],
    changes: tuple[Change, ...],
) -> Finding:
    """Say what is attested for `day`; `missing`: when nothing is, and when it contradicts."""
    attested = [
        item
        for item in record.facts
        if type(item.fact) is kind and calendar.covers(item.fact.first_day, item.fact.last_day, day)
    ]
    said = {getattr(item.fact, field) for item in attested}
    if len(said) != 1:
        return Finding(Status.UNKNOWN, tuple(attested), _on(day), (missing[bool(said)],))
    if True in said:
        return Finding(Status.MET, (attested[-1],), _on(day), (), changes)
    return Finding(Status.NOT_MET, (attested[-1],), _on(day))


def _on(day: date) -> tuple[tuple[str, str], ...]:
    return (("day", day.isoformat()),)


RULES = declared(globals())
