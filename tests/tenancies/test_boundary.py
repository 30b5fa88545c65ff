"""What moves an answer: exactly what its decision asked for, and nothing else."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest

from domain import boundary, events, facts, reference
from domain.facts import Benefit, CitizenshipCondition, MemberList
from services.answers.receipts import Answer, Reexamined
from services.facts.fields import InvalidFields
from services.facts.recording import InvariantBroken, Written
from tests.answers.town import (
    ORDINARY,
    PREVENTION,
    VULNERABLE,
    Household,
    Town,
    attested,
    new_id,
)
from tests.support import scaled


@pytest.fixture
def town() -> Iterator[Town]:
    with Town.founded() as founded:
        yield founded


def resting(town: Town, answer: Answer) -> Reexamined:
    assert answer.receipt_id is not None
    receipts = town.answers.receipts
    return receipts.reexamine(receipts.find(answer.receipt_id), town.reader)


def moved(town: Town, found: Reexamined) -> list[str]:
    """Return the types of what has moved an answer since it was known."""
    known = found.answer.decision.position
    return [event.type for event in town.instance.log.read(found.boundary, after=known)]


def test_an_answer_about_persons_is_moved_by_each_class_that_it_read(town: Town) -> None:
    household = town.register(2)
    [period, *_] = town.on_kontanthjaelp(household.members[1])
    found = resting(town, town.ask(household))
    assert moved(town, found) == []
    town.retract(period)
    assert moved(town, found) == ["fact.retracted"]
    town.decide_fallback(household)
    town.record(
        facts.HouseholdMember(member_list=MemberList.REGISTERED, first_day=date(2000, 1, 1)),
        person=new_member(town),
        household=household.id,
    )
    assert moved(town, found) == [
        "fact.retracted",
        "referral.fallback_decided",
        "household.member",
    ]


def new_member(town: Town) -> UUID:
    person = new_id()
    town.record(facts.PersonRegistered(), person=person)
    return person


def test_an_answer_that_read_nobody_is_moved_by_nobody(town: Town) -> None:
    household = town.register(1)
    found = resting(town, town.ask(household, ORDINARY))
    town.on_kontanthjaelp(household.members[0])
    town.decide_fallback(household)
    town.exempt()
    assert moved(town, found) == []
    [placed] = town.instance.view().find(facts.DwellingRecorded, ORDINARY)
    stands = Written(placed.event_id, placed.position)
    town.correct(stands, dwelling(ORDINARY, "9999-kastanjeparken"), None)
    assert moved(town, found) == ["dwelling.recorded"]


def dwelling(name: str, area: str | None) -> facts.DwellingRecorded:
    return facts.DwellingRecorded(
        dwelling=name,
        municipality="9999",
        kind=facts.DwellingKind.FAMILY,
        area=area,
        first_day=date(2020, 1, 1),
    )


def test_a_chosen_reading_and_its_retraction_move_every_answer(town: Town) -> None:
    household = town.register(1)
    found = resting(town, town.ask(household, ORDINARY))
    [chosen] = town.choose("AMB-YOUTH", "b")
    assert moved(town, found) == ["law.reading_chosen"]
    later = resting(town, town.ask(household, ORDINARY))
    town.retract(chosen)
    assert moved(town, later) == ["fact.retracted"]


def test_receipts_and_everything_about_others_move_nothing(town: Town) -> None:
    household, other = town.register(2), town.register(2)
    found = resting(town, town.ask(household))
    town.ask(household)
    town.ask(other)
    town.on_kontanthjaelp(other.members[0])
    town.decide_fallback(other)
    town.record(dwelling("elsewhere", "9999-kastanjeparken"))
    town.erase(other.members[0])
    assert moved(town, found) == []


def test_every_open_fact_can_be_watched() -> None:
    """What the reference state holds under a key is seen under the tag that stands for the key."""
    made = [
        facts.AreaRegistered(area="A", name="n", municipality="1"),
        facts.AreaParcels(area="A", parcels=("p",), first_day=date(2020, 1, 1)),
        facts.AreaFigures(
            area="A", reference_day=date(2020, 1, 1), figures=facts.Figures(), source="s"
        ),
        facts.AreaListed(
            area="A",
            list_day=date(2020, 12, 1),
            vulnerable=facts.Listing.ON,
            parallel_society=facts.Listing.ON,
            transformation=facts.Listing.ON,
            prevention=facts.Listing.OFF,
            source="s",
            confidence="made_up",
        ),
        facts.AreaListPublished(
            kind=facts.ListKind.VULNERABLE, list_day=date(2020, 12, 1), source="s"
        ),
        dwelling("D", None),
        facts.FamilyDwellingsCounted(
            municipality="1", counted_on=date(2020, 1, 1), in_listed_areas=1, in_municipality=2
        ),
        facts.ExemptionDecided(
            municipality="1",
            decision_day=date(2020, 1, 1),
            areas=(),
            share_used="1",
            decided_by="d",
        ),
        facts.DisposalDecided(
            dwellings=("D", "E"),
            kind=facts.DisposalKind.SALE,
            decision_day=date(2020, 1, 1),
            decided_by="d",
            grounds=(),
        ),
        facts.OriginCriterionSuspended(
            first_day=date(2020, 1, 1), decided_by="d", reason="r", legal_basis="l"
        ),
        facts.PlanApproved(area="A", kind=facts.PlanKind.JOINT, approved_on=date(2020, 1, 1)),
        facts.PlanCarriedOut(area="A", carried_out_on=date(2020, 1, 1)),
        facts.ReadingChosen(
            point="p", reading="a", first_day=date(2020, 1, 1), chosen_by="c", reason="r"
        ),
        facts.CombinedLettingDecided(
            area="A", decided_on=date(2020, 1, 1), extended=False, first_day=date(2020, 1, 1)
        ),
        facts.ApprovalSchemeDecided(municipality="1", organisation="O", first_day=date(2020, 1, 1)),
        facts.OccupancyCapUsed(municipality="1", organisation="O", first_day=date(2020, 1, 1)),
        *(
            facts.CriteriaSet(
                criteria="C",
                municipality="1",
                basis=facts.CriteriaBasis.AGREED,
                set_on=date(2020, 1, 1),
                first_day=date(2020, 1, 1),
                organisation="O",
                departments=departments,
                area=area,
                confirmed_by="made up",
            )
            for departments, area in ((("1", "2"), None), ((), "A"))
        ),
    ]
    for fact in made:
        for key in reference.keys_of(fact):
            [move] = boundary.of_open([(type(fact), key)])
            assert move.tag in events.open_tags(fact)
            assert move.types == (events.BY_FACT[type(fact)].name, "fact.retracted")
    for name in events.OPEN_TYPES:
        # A retraction has the tags of what it retracts.
        assert events.BY_NAME[name].found_by or name == "fact.retracted"


def test_whatever_changes_an_answer_has_moved_it(town: Town) -> None:
    """The soundness of the boundary, on random histories: no answer changes unmoved."""
    chance = random.Random(7)
    households = [town.register(chance.randint(1, 3)) for _ in range(4)]
    written: list[Written] = []
    changed = unmoved = 0
    for _ in range(scaled(60, 600)):
        household = chance.choice(households)
        where = chance.choice([ORDINARY, VULNERABLE, PREVENTION])
        found = resting(town, town.ask(household, where))
        for _ in range(chance.randint(1, 3)):
            try:
                written += chance.choice(_HAPPENINGS)(town, chance.choice(households), chance)
            except (InvalidFields, InvariantBroken):
                continue
        if written and chance.random() < 0.3:
            with contextlib.suppress(InvariantBroken):
                town.retract(written.pop(chance.randrange(len(written))))
        before = found.answer.decision
        now = resting(town, town.ask(household, where)).answer.decision
        if now.outcome is not before.outcome or now.examined != before.examined:
            changed += 1
            assert moved(town, found), f"{before.outcome} became {now.outcome} unmoved"
        elif not moved(town, found):
            unmoved += 1
    assert changed > scaled(5, 50)
    assert unmoved > scaled(5, 50)


def _benefit(town: Town, household: Household, chance: random.Random) -> list[Written]:
    month = chance.randint(1, 8)
    period = facts.BenefitPeriod(
        benefit=chance.choice([Benefit.KONTANTHJAELP, Benefit.FOERTIDSPENSION]),
        first_day=date(2024, month, 1),
        last_day=date(2024, 8, 31),
    )
    return town.record(period, person=chance.choice(household.members))


def _citizenship(town: Town, household: Household, chance: random.Random) -> list[Written]:
    said = facts.CitizenshipAttested(
        condition=chance.choice(list(CitizenshipCondition)), first_day=date(2024, 8, 1)
    )
    return town.record(said, person=chance.choice(household.members))


def _fallback(town: Town, household: Household, chance: random.Random) -> list[Written]:
    return town.decide_fallback(household)


def _exemption(town: Town, household: Household, chance: random.Random) -> list[Written]:
    return town.exempt()


def _joins(town: Town, household: Household, chance: random.Random) -> list[Written]:
    person = new_id()
    member = facts.HouseholdMember(
        member_list=chance.choice(list(MemberList)), first_day=date(2024, 1, 1)
    )
    town.record(facts.PersonRegistered(), person=person)
    if chance.random() < 0.5:
        town.record(*attested(), person=person)
    return town.record(member, person=person, household=household.id)


def _reading(town: Town, household: Household, chance: random.Random) -> list[Written]:
    return town.choose("AMB-HOUSEHOLD", chance.choice("ab"))


def _moves_house(town: Town, household: Household, chance: random.Random) -> list[Written]:
    areas = [None, "9999-kastanjeparken", "9999-hasselvangen"]
    return town.record(dwelling(chance.choice([ORDINARY, VULNERABLE]), chance.choice(areas)))


def _delisted(town: Town, household: Household, chance: random.Random) -> list[Written]:
    area = chance.choice(["9999-kastanjeparken", "9999-hasselvangen"])
    return town.record(
        facts.PlanApproved(area=area, kind=facts.PlanKind.JOINT, approved_on=date(2024, 1, 1))
    )


_HAPPENINGS: list[Callable[[Town, Household, random.Random], list[Written]]] = [
    _benefit,
    _citizenship,
    _fallback,
    _exemption,
    _joins,
    _reading,
    _moves_house,
    _delisted,
]
