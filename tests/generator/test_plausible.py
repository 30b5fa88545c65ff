"""What is made up looks like the real thing where it matters, and is nobody's."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any
from uuid import UUID

from domain import cpr, facts
from domain.facts import Listing, ListKind
from domain.facts.declared import slots
from services.area_lists import shipped
from services.area_lists.reading import parse
from services.facts.municipalities import MADE_UP_MUNICIPALITY, municipalities
from services.facts.plausibility import figure_doubts
from services.generator.told import Told
from tests.generator.made import COUNTRY, TOWN, erased, told


@cache
def everything(name: str) -> list[tuple[date, Told]]:
    return [(day, each) for day, listed in told(name) for each in listed]


def of_kind(name: str, kind: type[facts.Fact]) -> list[tuple[date, Any]]:
    return [(day, each.fact) for day, each in everything(name) if isinstance(each.fact, kind)]


def periods() -> dict[UUID | None, list[facts.BenefitPeriod]]:
    """The periods of each person that stand in the end, in the order of their days."""
    found: defaultdict[UUID | None, dict[UUID, facts.BenefitPeriod]] = defaultdict(dict)
    for _, each in everything(TOWN):
        if isinstance(each.fact, facts.BenefitPeriod):
            if each.fact.corrects is not None:
                del found[each.subject][each.fact.corrects]
            found[each.subject][each.id] = each.fact
        elif isinstance(each.fact, facts.Retracted):
            found[each.subject].pop(each.fact.retracts, None)
    return {
        who: sorted(held.values(), key=lambda fact: fact.first_day) for who, held in found.items()
    }


def test_benefits_begin_and_end_on_any_day_and_have_gaps_of_every_length() -> None:
    each = [fact for held in periods().values() for fact in held]
    begun = Counter(fact.first_day.day for fact in each)
    assert set(begun) == set(range(1, 32))
    gaps = [
        (after.first_day - before.last_day).days - 1
        for held in periods().values()
        for before, after in pairwise(held)
        if before.last_day is not None
    ]
    real = [gap for gap in gaps if gap > 0]
    assert len(real) > 100
    assert 10 < median(real) < 400
    assert Counter(real).most_common(1)[0][1] < len(real) / 10, "no gap is the usual one"
    lengths = [(fact.last_day - fact.first_day).days for fact in each if fact.last_day is not None]
    assert len(set(lengths)) > 100
    assert len({fact.benefit for fact in each}) > 8


def test_one_person_is_not_as_the_next() -> None:
    shapes = Counter(
        tuple((fact.benefit, fact.first_day, fact.last_day) for fact in held)
        for held in periods().values()
        if held
    )
    assert max(shapes.values()) == 1


def test_some_is_told_late_corrected_or_taken_back_and_some_is_erased() -> None:
    told_after = [
        (day - fact.last_day).days
        for day, fact in of_kind(TOWN, facts.BenefitPeriod)
        if fact.last_day is not None and fact.corrects is None
    ]
    assert min(told_after) > 0
    assert any(days > 200 for days in told_after)
    assert sum(days < 60 for days in told_after) > len(told_after) / 2
    corrected = [fact for _, fact in of_kind(TOWN, facts.BenefitPeriod) if fact.corrects]
    assert 0.02 < len(corrected) / len(told_after) < 0.3
    assert of_kind(TOWN, facts.Retracted)
    assert erased(TOWN)


def test_households_form_part_move_and_refuse() -> None:
    people = Counter(
        each.household
        for _, each in everything(TOWN)
        if isinstance(each.fact, facts.HouseholdMember) and each.fact.corrects is None
    )
    assert len(set(people.values())) > 3
    left = [fact for _, fact in of_kind(TOWN, facts.HouseholdMember) if fact.last_day is not None]
    partners = [fact for _, fact in of_kind(TOWN, facts.HouseholdMember) if fact.together_since]
    assert left
    assert partners
    for kind in (
        facts.OfferMade,
        facts.OfferRefused,
        facts.OfferLapsed,
        facts.TenancyCommenced,
        facts.TenancyEnded,
        facts.VacancyWithdrawn,
    ):
        assert of_kind(TOWN, kind), kind


def test_offices_write_nothing_down_on_a_weekend() -> None:
    kinds = facts.BenefitPeriod | facts.BenefitsAttested | facts.OfferMade
    days = {day.isoweekday() for day, each in everything(TOWN) if isinstance(each.fact, kinds)}
    assert days == {1, 2, 3, 4, 5}


def test_no_figure_of_an_area_is_doubted_and_lists_follow_from_them() -> None:
    for name in (COUNTRY, TOWN):
        for _, row in of_kind(name, facts.AreaListed):
            assert figure_doubts(row.figures, row.list_day, row, ()) == []
    rows = [row for _, row in of_kind(COUNTRY, facts.AreaListed)]
    for kind in (ListKind.VULNERABLE, ListKind.PREVENTION):
        on = [row for row in rows if getattr(row, kind.value) is Listing.ON]
        assert 0 < len(on) < len(rows) / 3


def test_the_country_has_every_municipality_and_no_person() -> None:
    registered = {fact.municipality for _, fact in of_kind(COUNTRY, facts.AreaRegistered)}
    assert registered == set(municipalities()) - {MADE_UP_MUNICIPALITY}
    assert len(registered) == 98
    assert {day.year for day, _ in of_kind(COUNTRY, facts.AreaListed)} == set(range(2019, 2026))
    assert all(each.subject is None for _, each in everything(COUNTRY))


def test_households_live_in_the_municipality_that_is_none() -> None:
    homes = {fact.municipality for _, fact in of_kind(TOWN, facts.DwellingRecorded)}
    assert homes == {MADE_UP_MUNICIPALITY}


def test_nothing_is_anybody_s() -> None:
    real = {
        row.registered.name for row in parse(shipped.read(shipped.PUBLISHED), "published").areas
    }
    for name in (COUNTRY, TOWN):
        assert not real & {fact.name for _, fact in of_kind(name, facts.AreaRegistered)}
        for _, each in everything(name):
            for slot in slots(type(each.fact)):
                value = getattr(each.fact, slot.name)
                if isinstance(value, str):
                    assert not cpr.stands_in(value), slot.name
    assert all(not fact.cpr for _, fact in of_kind(TOWN, facts.PersonRegistered))
    assert all(
        fact.dwelling.startswith("made-up-")
        for name in (COUNTRY, TOWN)
        for _, fact in of_kind(name, facts.DwellingRecorded)
    )
