"""Exchange and sublet (almenlejeloven §§ 64-66 and 69).

The tenant has a right to both; the landlord may oppose on some grounds and must on others. In a
vulnerable area whoever comes in must since 30 November 2021 meet what a newcomer must meet.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from domain import calendar
from domain.facts import DwellingKind, DwellingRecorded
from domain.law import acts
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.kernel import (
    Change,
    Confidence,
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    applies,
    declared,
    rule,
)
from domain.law.letting.refusal import opposed
from domain.reference import View

RESIDENCE_MONTHS = 36
"""§ 69, stk. 2, nr. 1: the tenant who moves out has lived there for three years."""

ONE_PERSON_PER_ROOM = 1
"""§ 69, stk. 2, nr. 2; §§ 64 and 65, stk. 2, nr. 1: no more persons than rooms."""

SUBLET_MONTHS = 24
"""§ 65, stk. 1: a whole dwelling is sublet for up to two years."""

NOTICE_DAYS = 14
"""§ 65, stk. 6: told two weeks before the agreement is made, and two weeks to oppose."""


class SubletReason(StrEnum):
    """Why the tenant is away for a time (§ 65, stk. 1)."""

    ILLNESS = "illness"
    BUSINESS_TRIP = "business_trip"
    STUDY = "study"
    TEMPORARY_TRANSFER = "temporary_transfer"
    SIMILAR = "similar"
    OTHER = "other"
    """None of these, nor the like."""


_in_general = partial(
    rule,
    act="lov om leje af almene boliger",
    first_day=date(1998, 1, 1),
    effect=Effect.ALLOWS_REFUSAL,
    start_verified=False,
    signed=acts.ALMENLEJELOVEN.day,
    printed=acts.LBK_228_2016.day,
    points=("AMB-HOUSEHOLD",),
)
_in_vulnerable_areas = partial(
    rule,
    act=acts.LOV_2157_2021,
    first_day=acts.LOV_2157_2021.in_force,
    effect=Effect.BANS,
    confidence=Confidence.SECONDARY_SOURCE,
    areas=("vulnerable", "parallel_society", "transformation"),
    points=("AMB-EXC-FORE", "AMB-EXC-MEET"),
)


@_in_vulnerable_areas(
    "EXC-69-UDS",
    "almenlejeloven § 69 (stykke indsat ved lov nr. 2157 af 27/11/2021)",
    question="exchange",
)
def newcomer_here(
    edition: Edition, view: View, dwelling: DwellingRecorded, day: date, readings: Readings
) -> Finding:
    """Say whether whoever comes in must meet what a newcomer must (law of 27 November 2021)."""
    if dwelling.area is None:
        return Finding(Status.NOT_MET, (), (("place", "outside_areas"),))
    found = area_law.status(edition, view, dwelling.area, Category.VULNERABLE, day, readings)
    if found.status is not Status.NOT_MET:
        return found
    if not applies(edition.rules["AREA-FORE-2021"], day, readings):
        return found
    prevention = area_law.status(edition, view, dwelling.area, Category.PREVENTION, day, readings)
    if prevention.status is Status.NOT_MET:
        return found
    return prevention if readings("AMB-EXC-FORE") == "b" else found


def not_a_tenant(partner_is_tenant: bool | None, day: date) -> Finding:
    """§ 69, stk. 1: the right is to exchange with a tenant of another dwelling."""
    if partner_is_tenant is None:
        missing = Missing("partner_is_tenant_stated", "housing_organisation")
        return Finding(Status.UNKNOWN, (), (("ground", "not_a_tenant"),), (missing,))
    status = Status.NOT_MET if partner_is_tenant else Status.MET
    return Finding(status, (), (("ground", "not_a_tenant"),))


def outside_its_conditions(
    dwelling: DwellingRecorded,
    meets_conditions: bool | None,
    day: date,
    municipality_consents: bool | None = None,
    *,
    consent_helps: bool,
) -> Finding:
    """§ 69, stk. 5; § 65, stk. 4: youth and elderly dwellings need somebody of their kind.

    `municipality_consents`: to an exchange with somebody who is not; None: not stated. Of a
    sublet its consent is of no help.
    """
    values = (("ground", "kind_of_dwelling"), ("dwelling_kind", str(dwelling.kind)))
    if dwelling.kind is DwellingKind.FAMILY:
        return Finding(Status.NOT_APPLICABLE, (), values)
    if meets_conditions or municipality_consents:
        return Finding(Status.NOT_MET, (), values)
    if meets_conditions is None:
        missing = Missing("meets_conditions_stated", "housing_organisation")
        return Finding(Status.UNKNOWN, (), values, (missing,))
    if consent_helps and municipality_consents is None:
        missing = Missing("municipality_consents_stated", "municipality")
        return Finding(Status.UNKNOWN, (), values, (missing,))
    changes = (Change("municipality_consents"),) if consent_helps else ()
    return Finding(Status.MET, (), values, (), changes)


@_in_general(
    "EXC-69-GENERAL",
    "almenlejeloven § 69, stk. 1-3 og 5-6",
    question="exchange",
    parameters={"residence_months": RESIDENCE_MONTHS, "persons_per_room": ONE_PERSON_PER_ROOM},
    parts=(not_a_tenant, outside_its_conditions, opposed),
)
def lived_too_short(lived_since: date | None, day: date) -> Finding:
    """§ 69, stk. 2, nr. 1: the tenant who moves out has not lived there for three years."""
    if lived_since is None:
        missing = Missing("lived_since_stated", "housing_organisation")
        return Finding(Status.UNKNOWN, (), (("ground", "residence"),), (missing,))
    until = calendar.months_after(lived_since, RESIDENCE_MONTHS)
    values = (("ground", "residence"), ("three_years_on", until.isoformat()))
    if day < until:
        change = Change("lived_three_years", (("day", until.isoformat()),))
        return Finding(Status.MET, (), values, (), (change,))
    return Finding(Status.NOT_MET, (), values)


def too_many_rooms(rooms_sublet: int | None, rooms: int | None, day: date) -> Finding:
    """§ 64, stk. 1: at most half of the habitable rooms may be sublet."""
    values: tuple[tuple[str, str], ...] = (("ground", "rooms_sublet"),)
    lacking = [
        missing
        for missing, given in (
            (Missing("rooms_sublet_stated", "housing_organisation"), rooms_sublet),
            (Missing("rooms_recorded", "housing_organisation"), rooms),
        )
        if given is None
    ]
    if rooms_sublet is None or rooms is None:
        return Finding(Status.UNKNOWN, (), values, tuple(lacking))
    values = (*values, ("rooms_sublet", str(rooms_sublet)), ("rooms", str(rooms)))
    if 2 * rooms_sublet > rooms:
        change = Change("fewer_rooms_sublet", (("rooms", str(rooms // 2)),))
        return Finding(Status.MET, (), values, (), (change,))
    return Finding(Status.NOT_MET, (), values)


_WHEN_TOLD = Missing("sublet_notice_stated", "housing_organisation")


def told_too_late(notified_on: date | None, agreement_on: date | None, day: date) -> Finding:
    """§ 65, stk. 6: the landlord is told at the latest two weeks before the agreement is made."""
    values: tuple[tuple[str, str], ...] = (("ground", "told_too_late"),)
    if notified_on is None or agreement_on is None:
        return Finding(Status.UNKNOWN, (), values, (_WHEN_TOLD,))
    earliest = notified_on + timedelta(days=NOTICE_DAYS)
    values = (*values, ("earliest_agreement", earliest.isoformat()))
    if agreement_on < earliest:
        change = Change("agreement_after", (("day", earliest.isoformat()),))
        return Finding(Status.MET, (), values, (), (change,))
    return Finding(Status.NOT_MET, (), values)


def oppose_by(notified_on: date, day: date) -> date:
    """§ 65, stk. 6, 2. pkt.: the last day on which the landlord may oppose a sublet."""
    return notified_on + timedelta(days=NOTICE_DAYS)


def right_lapsed(last_day: date, opposed_on: date | None, day: date) -> Finding | None:
    """§ 65, stk. 6, 2. pkt.: not opposed within two weeks, the tenant may make the agreement.

    Returns what every ground that lets the landlord oppose under § 65 then comes to; None: the
    right is not gone. What the landlord must oppose (stk. 3), and a rent above the tenant's own
    (§ 66, stk. 2), are other rules' and do not lapse.
    """
    if day <= last_day or (opposed_on is not None and opposed_on <= last_day):
        return None
    return Finding(Status.NOT_MET, (), (("right", "lapsed"), ("oppose_by", last_day.isoformat())))


def while_it_may_oppose(found: Finding, notified_on: date | None, day: date) -> Finding:
    """§ 65, stk. 6, 2. pkt.: not knowing when the landlord was told, its right may be gone."""
    if notified_on is not None or found.status is not Status.MET:
        return found
    return Finding(Status.UNKNOWN, found.evidence, found.values, (_WHEN_TOLD,))


def rent_too_high(rent_exceeds_own: bool | None, day: date) -> Finding:
    """§ 66, stk. 2: the rent may not exceed what the tenant pays."""
    values = (("ground", "rent"),)
    if rent_exceeds_own is None:
        missing = Missing("sublet_rent_stated", "housing_organisation")
        return Finding(Status.UNKNOWN, (), values, (missing,))
    if rent_exceeds_own:
        return Finding(Status.MET, (), values, (), (Change("rent_lowered"),))
    return Finding(Status.NOT_MET, (), values)


def not_copied(copy_sent_on: date | None, starts_on: date | None, day: date) -> Finding:
    """§ 66, stk. 1: a copy of the written agreement reaches the landlord before it starts."""
    return _sent_late("no_copy", copy_sent_on, starts_on)


@_in_general(
    "SUB-64-65-GENERAL",
    "almenlejeloven §§ 64-66",
    question="sublet",
    parameters={
        "months": SUBLET_MONTHS,
        "notice_days": NOTICE_DAYS,
        "persons_per_room": ONE_PERSON_PER_ROOM,
    },
    parts=(
        opposed,
        told_too_late,
        oppose_by,
        right_lapsed,
        while_it_may_oppose,
        outside_its_conditions,
        too_many_rooms,
        rent_too_high,
        not_copied,
    ),
)
def not_for_a_time(months: int | None, reason: SubletReason | None, day: date) -> Finding:
    """§ 65, stk. 1: up to two years, while the tenant is away for a reason of its kind."""
    values: tuple[tuple[str, str], ...] = (("ground", "not_for_a_time"),)
    lacking = [
        missing
        for missing, given in (
            (Missing("sublet_months_stated", "housing_organisation"), months),
            (Missing("reason_stated", "housing_organisation"), reason),
        )
        if given is None
    ]
    if (months is not None and months > SUBLET_MONTHS) or reason is SubletReason.OTHER:
        change = Change("sublet_for_a_time", (("most_months", str(SUBLET_MONTHS)),))
        return Finding(Status.MET, (), values, (), (change,))
    if lacking:
        return Finding(Status.UNKNOWN, (), values, tuple(lacking))
    return Finding(Status.NOT_MET, (), values)


@_in_vulnerable_areas(
    "SUB-UDS",
    "almenlejeloven § 64 og § 65 (indsat ved lov nr. 2157 af 27/11/2021)",
    question="sublet",
    points=("AMB-EXC-MEET",),
)
def proof_too_late(proof_sent_on: date | None, starts_on: date | None, day: date) -> Finding:
    """Law of 27 November 2021: that the conditions are met is shown before the sublet starts."""
    return _sent_late("proof_too_late", proof_sent_on, starts_on)


def _sent_late(ground: str, sent_on: date | None, starts_on: date | None) -> Finding:
    values: tuple[tuple[str, str], ...] = (("ground", ground),)
    if sent_on is None or starts_on is None:
        missing = Missing("sublet_papers_stated", "housing_organisation")
        return Finding(Status.UNKNOWN, (), values, (missing,))
    values = (*values, ("sent_on", sent_on.isoformat()), ("starts_on", starts_on.isoformat()))
    if sent_on >= starts_on:
        change = Change("sent_before", (("day", starts_on.isoformat()),))
        return Finding(Status.MET, (), values, (), (change,))
    return Finding(Status.NOT_MET, (), values)


RULES = declared(globals())
