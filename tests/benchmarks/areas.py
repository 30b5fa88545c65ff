"""Made-up areas with a registration, a row of every list of many years, figures, and a plan."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from domain import events, facts
from domain.facts import Figures, Listing, ListKind, PlanKind
from services.instance.instance import Instance
from services.log.event import Event

LIST_YEARS = range(2012, 2025)
MUNICIPALITY = "9999"
_SEED = 61
_BATCH = 500


def names(count: int) -> list[str]:
    """Return the ids of the areas."""
    return [f"{MUNICIPALITY}-omraade-{number:04}" for number in range(count)]


OfYear = Callable[[int], list[facts.Fact]]


def nothing(year: int) -> list[facts.Fact]:
    """Record nothing more in a year."""
    return []


def populate(instance: Instance, count: int, more: OfYear = nothing) -> list[facts.Fact]:
    """Record the lists of each year and the areas; return the facts in the order of the log.

    `more`: what is recorded beside in a year, before the lists of its December.
    """
    chance = random.Random(_SEED)
    made = list(_facts(chance, count, more))
    written = [
        Event(
            type=events.BY_FACT[type(fact)].name,
            data=events.encode_fact(fact),
            tags=events.open_tags(fact),
        )
        for fact in made
    ]
    for start in range(0, len(written), _BATCH):
        instance.writer.append_batch(written[start : start + _BATCH])
    return made


def _facts(chance: random.Random, count: int, more: OfYear) -> list[facts.Fact]:
    made: list[facts.Fact] = [
        facts.AreaRegistered(area=area, name="Opdigtet", municipality=MUNICIPALITY)
        for area in names(count)
    ]
    for year in LIST_YEARS:
        day = date(year, 12, 1)
        made += more(year)
        made += [
            facts.AreaListPublished(
                kind=kind, list_day=day, complete_nationwide=True, source="made up"
            )
            for kind in ListKind
        ]
        made += [_row(chance, area, day) for area in names(count)]
    for area in names(count):
        made += [
            facts.AreaFigures(
                area=area,
                reference_day=date(year, 1, 1),
                figures=_figures(chance),
                source="made up",
            )
            for year in (2019, 2021, 2023)
        ]
        if chance.random() < 0.3:
            made.append(
                facts.PlanApproved(
                    area=area, kind=chance.choice(list(PlanKind)), approved_on=date(2019, 6, 1)
                )
            )
    return made


def _row(chance: random.Random, area: str, day: date) -> facts.AreaListed:
    said = [chance.choice((Listing.ON, Listing.OFF)) for _ in range(4)]
    return facts.AreaListed(
        area=area,
        list_day=day,
        vulnerable=said[0],
        parallel_society=said[1],
        transformation=said[2],
        prevention=said[3],
        figures=_figures(chance),
        source="made up",
        confidence="high",
    )


def _figures(chance: random.Random) -> Figures:
    def share(low: int, high: int) -> str:
        return str(Decimal(chance.randint(low * 10, high * 10)) / 10)

    return Figures(
        residents=chance.randint(900, 4000),
        residents_2010=chance.randint(900, 4000),
        unattached_share=share(20, 60),
        convicted_share=share(1, 4),
        convicted_share_country=share(0, 1),
        basic_schooling_share=share(40, 80),
        income_ratio=share(40, 80),
        nonwestern_share=share(10, 80),
    )
