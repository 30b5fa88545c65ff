"""An instance with many made-up households, each of three persons with 33 facts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from domain import calendar, events, facts
from domain.data_classes import DataClass, SubjectKind
from domain.facts import (
    Benefit,
    BenefitPeriod,
    BenefitsAttested,
    CitizenshipAttested,
    CitizenshipCondition,
    DwellingKind,
    DwellingRecorded,
    HouseholdMember,
    MemberList,
    MembersAttested,
    ReadingChosen,
    RefugeeAttested,
    ReleasesAttested,
    TerminationsAttested,
)
from domain.law.referral.bases import Basis
from domain.law.referral.steps import ReferralQuestion
from services.answers.receipts import Asked, request_bytes
from services.area_lists import shipped
from services.area_lists.planning import plan_import
from services.area_lists.reading import parse
from services.instance.instance import Instance
from services.log.event import Event
from services.persons.reading import Reader, tag
from services.persons.sealing import Binding

MUNICIPALITY = "9999"
AREA = "9999-kastanjeparken"
"""The area of the shipped list that is a vulnerable housing area on DAY."""
DWELLING = "B-1"
DAY = date(2024, 9, 2)
TODAY = date(2026, 11, 20)
FIRST_MONTH = calendar.month_of(date(2023, 9, 1))
ATTESTED_FROM = date(2022, 1, 1)
"""From when on the municipality has attested which benefits were received."""
MEMBERS = 3
FACTS = 33
MONTHS = (5, 5, 4)
"""Months on a benefit of each of the three: with membership and attestations 33 facts in all."""

READINGS = {"AMB-2025": "a", "AMB-CALMONTH": "a", "AMB-MIX-ACROSS": "a", "AMB-WINDOW": "b"}
"""Chosen for the points that have no default, so that the law gives an answer on these facts."""

_BENEFITS = (Benefit.KONTANTHJAELP, Benefit.UDDANNELSESHJAELP, Benefit.SYGEDAGPENGE)
_SEED = 59
_BATCH = 500

READER = Reader("benchmark", "referral", "almenboligloven § 59")


@dataclass(frozen=True)
class Household:
    """The ids of a household and of its members."""

    id: UUID
    members: tuple[UUID, ...]


def periods(chance: random.Random, months: int, first: int) -> list[BenefitPeriod]:
    """Return a benefit for each of `months` months, the same for two to eight months on end."""
    found: list[BenefitPeriod] = []
    while len(found) < months:
        benefit = chance.choice(_BENEFITS)
        for _ in range(min(chance.randint(2, 8), months - len(found))):
            month = first + len(found)
            found.append(
                BenefitPeriod(
                    benefit=benefit,
                    first_day=calendar.first_day(month),
                    last_day=calendar.last_day(month),
                )
            )
    return found


def populate(
    instance: Instance, count: int, months: Sequence[tuple[int, ...]] = (MONTHS,)
) -> list[Household]:
    """Record the made-up areas, the chosen readings, a dwelling and `count` households.

    `months`: on how many months each member was on a benefit, for the households in turn.
    """
    chance = random.Random(_SEED)
    text = shipped.read(shipped.MADE_UP)
    areas = plan_import(parse(text, "shipped"), instance.view())
    _append_open(instance, areas.facts)
    _append_open(
        instance,
        [
            DwellingRecorded(
                dwelling=DWELLING,
                municipality=MUNICIPALITY,
                kind=DwellingKind.FAMILY,
                area=AREA,
                first_day=date(2000, 1, 1),
            ),
            *(
                ReadingChosen(
                    point=point,
                    reading=reading,
                    first_day=date(2018, 1, 1),
                    chosen_by="benchmark",
                    reason="so that the answer is settled",
                )
                for point, reading in READINGS.items()
            ),
        ],
    )
    households = [
        Household(_uuid(chance), tuple(_uuid(chance) for _ in months[number % len(months)]))
        for number in range(count)
    ]
    instance.keys.register(
        [(h.id, SubjectKind.HOUSEHOLD) for h in households]
        + [(p, SubjectKind.PERSON) for h in households for p in h.members]
    )
    wanted = [
        (subject, data_class)
        for h in households
        for subject, data_class in [
            (h.id, DataClass.MEMBERSHIP),
            *((p, c) for p in h.members for c in _CLASSES),
        ]
    ]
    instance.keys.sealing_keys(wanted, instance.period())
    batch: list[Event] = []
    for number, household in enumerate(households):
        batch += _sealed(instance, household, months[number % len(months)], chance)
        if len(batch) >= _BATCH:
            instance.writer.append_batch(batch)
            batch = []
    if batch:
        instance.writer.append_batch(batch)
    return households


def asked(
    instance: Instance, household: Household, event_id: bytes = b"", day: date = DAY
) -> Asked:
    """Return the question that every benchmark asks: may they be referred to the dwelling?"""
    question = ReferralQuestion(
        household=household.id, dwelling=DWELLING, basis=Basis.STK_1, day=day
    )
    return Asked(question, request_bytes(question, day.isoformat()), event_id)


def created(path: Path) -> Instance:
    """Return a new instance in a directory."""
    return Instance.create(
        path,
        controller="Prøvekøbing Kommune",
        kind=facts.ControllerKind.MUNICIPALITY,
        municipality=MUNICIPALITY,
        today=lambda: TODAY,
    )


_CLASSES = (
    DataClass.MEMBERSHIP,
    DataClass.ATTESTATIONS,
    DataClass.BENEFITS,
    DataClass.CONVICTIONS,
    DataClass.TERMINATIONS,
)


def _uuid(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _append_open(instance: Instance, listed: list[facts.Fact] | tuple[facts.Fact, ...]) -> None:
    instance.writer.append_batch(
        [
            Event(
                type=events.BY_FACT[type(fact)].name,
                data=events.encode_fact(fact),
                tags=events.open_tags(fact),
            )
            for fact in listed
        ]
    )


def of_member(chance: random.Random, months: int) -> list[tuple[DataClass, facts.Fact]]:
    """Return what is recorded of a member: nobody was released, evicted or is a refugee."""
    start = date(2020, 1, 1)
    return [
        (
            DataClass.ATTESTATIONS,
            CitizenshipAttested(condition=CitizenshipCondition.MET, first_day=start),
        ),
        (DataClass.ATTESTATIONS, RefugeeAttested(allocated=False, first_day=start)),
        (DataClass.CONVICTIONS, ReleasesAttested(first_day=ATTESTED_FROM, last_day=DAY)),
        (DataClass.TERMINATIONS, TerminationsAttested(first_day=ATTESTED_FROM, last_day=DAY)),
        (DataClass.BENEFITS, BenefitsAttested(first_day=ATTESTED_FROM, last_day=DAY)),
        *(
            (DataClass.BENEFITS, period)
            for period in periods(chance, months, FIRST_MONTH + 12 - months)
        ),
    ]


def _sealed(
    instance: Instance, household: Household, months: tuple[int, ...], chance: random.Random
) -> list[Event]:
    """Return the facts of a household, sealed."""
    start = date(2020, 1, 1)
    declared = MemberList.DECLARED
    attested = MembersAttested(member_list=declared, first_day=start)
    token = instance.keys.token(household.id, DataClass.MEMBERSHIP)
    of_household = tag(SubjectKind.HOUSEHOLD, token)
    made = [_event(instance, household.id, DataClass.MEMBERSHIP, attested, [of_household], chance)]
    for person, received in zip(household.members, months, strict=True):
        tags = {c: [tag(SubjectKind.PERSON, instance.keys.token(person, c))] for c in _CLASSES}
        tags[DataClass.MEMBERSHIP].append(of_household)
        held: list[tuple[DataClass, facts.Fact]] = [
            (DataClass.MEMBERSHIP, HouseholdMember(member_list=declared, first_day=start)),
            *of_member(chance, received),
        ]
        made += [_event(instance, person, c, fact, tags[c], chance) for c, fact in held]
    return made


def _event(
    instance: Instance,
    subject: UUID,
    data_class: DataClass,
    fact: facts.Fact,
    tags: list[str],
    chance: random.Random,
) -> Event:
    event_type = events.BY_FACT[type(fact)]
    id = _uuid(chance).bytes
    key = instance.keys.sealing_key(subject, data_class, instance.period())
    binding = Binding(instance.log_id.bytes, id, event_type.name, event_type.schema_version)
    return Event(
        type=event_type.name,
        data=key.seal(binding, events.encode_fact(fact)),
        tags=tags,
        event_id=id,
    )
