"""Made-up lives on benefits: what somebody receives, from when to when, and when that is told.

Each career has its own rhythm: how long somebody goes without, how long a benefit lasts, and which
it is. Spells begin and end on any day of a month, gaps are of days as well as of years, and some
spells go over from one benefit to the next.
"""

from __future__ import annotations

from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from domain.facts import Benefit
from services.generator.chance import Chance, Odds


class Career(Enum):
    """How a grown-up fares; of a child there is nothing to tell."""

    WORKING = auto()
    """At work but for a spell now and then."""
    UNSTEADY = auto()
    """In and out of work."""
    LASTING = auto()
    """On benefits with short gaps, often until a pension for good."""
    NEWCOMER = auto()
    """New in the country: the benefits of the first years, then in and out of work."""
    PENSIONED = auto()
    """On a pension for good: nothing more comes of it."""


class Rhythm(NamedTuple):
    """Of a career: days between spells and days of a spell (median and spread), and the benefits.

    `lasting`: how often a spell is a pension, which has no end.
    """

    gap: tuple[float, float]
    spell: tuple[float, float]
    benefits: Odds[Benefit]
    lasting: float


_B = Benefit
RHYTHMS: dict[Career, Rhythm] = {
    Career.WORKING: Rhythm(
        (2_200.0, 0.9),
        (75.0, 0.9),
        Odds({_B.ARBEJDSLOESHEDSDAGPENGE: 58.0, _B.SYGEDAGPENGE: 42.0}),
        0.01,
    ),
    Career.UNSTEADY: Rhythm(
        (170.0, 1.1),
        (140.0, 0.8),
        Odds(
            {
                _B.KONTANTHJAELP: 34.0,
                _B.UDDANNELSESHJAELP: 20.0,
                _B.ARBEJDSLOESHEDSDAGPENGE: 22.0,
                _B.SYGEDAGPENGE: 17.0,
                _B.RESSOURCEFORLOEBSYDELSE_JOBAFKLARING: 7.0,
            }
        ),
        0.012,
    ),
    Career.LASTING: Rhythm(
        (38.0, 1.0),
        (330.0, 0.8),
        Odds(
            {
                _B.KONTANTHJAELP: 58.0,
                _B.UDDANNELSESHJAELP: 12.0,
                _B.RESSOURCEFORLOEBSYDELSE: 16.0,
                _B.SYGEDAGPENGE: 14.0,
            }
        ),
        0.10,
    ),
    Career.NEWCOMER: Rhythm(
        (95.0, 1.0),
        (240.0, 0.7),
        Odds(
            {
                _B.INTEGRATIONSYDELSE: 45.0,
                _B.SELVFORSOERGELSES_OG_HJEMREJSEYDELSE: 40.0,
                _B.OVERGANGSYDELSE: 15.0,
            }
        ),
        0.0,
    ),
}
CAREERS = Odds({Career.WORKING: 56.0, Career.UNSTEADY: 26.0, Career.LASTING: 18.0})

NEWCOMER_DAYS = 1_900
"""For how long somebody is new."""
_GOES_OVER = 0.25
"""How often a spell goes over into another benefit at once."""
_LATER: dict[Benefit, tuple[date, Benefit]] = {
    _B.UDDANNELSESHJAELP: (date(2014, 1, 1), _B.KONTANTHJAELP),
    _B.RESSOURCEFORLOEBSYDELSE: (date(2013, 1, 1), _B.KONTANTHJAELP),
    _B.RESSOURCEFORLOEBSYDELSE_JOBAFKLARING: (date(2014, 7, 1), _B.SYGEDAGPENGE),
    _B.SELVFORSOERGELSES_OG_HJEMREJSEYDELSE: (date(2019, 3, 1), _B.INTEGRATIONSYDELSE),
    _B.OVERGANGSYDELSE: (date(2020, 1, 1), _B.INTEGRATIONSYDELSE),
    _B.SENIORPENSION: (date(2020, 1, 1), _B.FOERTIDSPENSION),
}
"""From when a benefit is drawn here, about when it came to be, and what is drawn before."""
_AFTER_REFORM = Odds({_B.KONTANTHJAELP_16_1: 35.0, _B.KONTANTHJAELP_16_2: 65.0})
_FOR_GOOD = Odds({_B.FOERTIDSPENSION: 85.0, _B.SENIORPENSION: 15.0})


class Spell(NamedTuple):
    """A benefit from a day on: for so many days, or for good (None), and how long until the next.

    The gap is 0 where the next benefit follows at once.
    """

    benefit: Benefit
    days: int | None
    gap: int


def benefit_of(chance: Chance, career: Career, day: date) -> Benefit:
    """Draw a benefit that there is on the day."""
    benefit = RHYTHMS[career].benefits.drawn(chance)
    return _as_of(chance, benefit, day)


def _as_of(chance: Chance, benefit: Benefit, day: date) -> Benefit:
    later = _LATER.get(benefit)
    if later is not None and day < later[0]:
        benefit = later[1]
    until = _until(benefit)
    if until is not None and day >= until:
        return _AFTER_REFORM.drawn(chance)
    return benefit


def _until(benefit: Benefit) -> date | None:
    """Return the day from which a benefit is drawn no more; None: it goes on."""
    if benefit is Benefit.KONTANTHJAELP:
        return Benefit.KONTANTHJAELP_16_1.since
    return benefit.until


def spell(chance: Chance, career: Career, day: date) -> Spell:
    """Draw what somebody receives from a day on."""
    rhythm = RHYTHMS[career]
    if chance.whether(rhythm.lasting):
        return Spell(_as_of(chance, _FOR_GOOD.drawn(chance), day), None, 0)
    benefit = benefit_of(chance, career, day)
    days = chance.span(*rhythm.spell, least=4)
    gap = 0 if chance.whether(_GOES_OVER) else gap_of(chance, career)
    end = _until(benefit)
    if end is not None and day.toordinal() + days > end.toordinal():
        return Spell(benefit, end.toordinal() - day.toordinal(), 0)
    return Spell(benefit, days, gap)


def gap_of(chance: Chance, career: Career) -> int:
    """Draw how many days somebody goes without."""
    return chance.span(*RHYTHMS[career].gap)
