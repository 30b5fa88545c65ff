"""What the tests of tenancies run in processes of their own.

`python -m tests.tenancies.workers <json>` prints "ready", waits for a line on its standard input,
takes steps at an instance that many processes have open, and prints what became of them.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from domain import facts
from domain.facts import Channel, ShareBasis
from domain.law.referral.bases import Basis
from domain.tenancy import State
from services.facts.recording import InvariantBroken
from services.log.port import AppendConflict
from services.tenancies.requirements import StaleReceipt, StepBasis
from tests.answers.town import Town
from tests.tenancies.estate import NOTHING, Estate

REFUSED = (InvariantBroken, StaleReceipt, AppendConflict)


def let(directory: str, seed: int, dwellings: list[str], households: list[str], steps: int) -> None:
    """Take `steps` steps at random dwellings, whatever the others do meanwhile.

    Each step is one that was right when its dwelling was looked at; the handlers must refuse it
    when it no longer is.
    """
    chance = random.Random(seed)
    became: Counter[str] = Counter()
    with Town.reopened(Path(directory)) as town:
        estate = Estate(town)
        print("ready", flush=True)
        sys.stdin.readline()
        for _ in range(steps):
            dwelling = chance.choice(dwellings)
            household = UUID(chance.choice(households))
            try:
                became[_step(estate, dwelling, household, chance)] += 1
            except REFUSED as error:
                became[type(error).__name__] += 1
    print(json.dumps(became), flush=True)


def _step(estate: Estate, dwelling: str, household: UUID, chance: random.Random) -> str:
    life = estate.tenancies.lives.life(dwelling)

    def last(kind: type[facts.Fact]) -> UUID:
        event = life.last(kind)
        assert event is not None
        return UUID(bytes=event.event_id)

    # Each tenancy lasts for a day, and the next begins on the day after.
    ended = sum(event.type == "tenancy.ended" for event in life.steps)
    day = estate.today + timedelta(days=ended)
    match life.state:
        case State.FREE:
            estate.vacancy(dwelling, day)
        case State.VACANT:
            if chance.random() < 0.5:
                estate.allocate(last(facts.VacancyRecorded))
            else:
                # As a letting system that has not asked which channel is due.
                estate.allocate(last(facts.VacancyRecorded), Channel.REFERRAL, ShareBasis.AGREED)
        case State.ALLOCATED:
            event = life.last(facts.VacancyAllocated)
            allocated = estate.tenancies.lives.open_fact(event)
            assert isinstance(allocated, facts.VacancyAllocated)
            if allocated.channel is not Channel.REFERRAL:
                estate.withdraw_vacancy(last(facts.VacancyRecorded))
            else:
                decided = _permitted(estate, dwelling, household, chance)
                estate.offer(last(facts.VacancyAllocated), household, decided)
        case State.OFFERED | State.ACCEPTED:
            offer = last(facts.OfferMade)
            event = life.last(facts.OfferMade)
            assert event is not None
            to = estate.tenancies.lives.read(event, estate.town.reader).household
            assert to is not None
            if chance.random() < 0.2:
                estate.refuse(offer)
                return "refused"
            decided = _permitted(estate, dwelling, to, chance)
            if life.state is State.OFFERED:
                estate.accept(offer, decided)
            else:
                estate.commence(offer, decided, day)
        case State.LET | State.UNDER_NOTICE:
            estate.end(last(facts.TenancyCommenced), day)
    return str(life.state)


def _permitted(estate: Estate, dwelling: str, household: UUID, chance: random.Random) -> StepBasis:
    receipt = estate.permitted(household, dwelling, Basis.STK_2)
    if chance.random() < 0.1:
        # Something about the household moves between the check and the step.
        estate.town.record(
            facts.FallbackDecided(
                decision_day=estate.today - timedelta(days=1),
                decided_by="the referral office",
                reasons="nothing else is vacant",
                party_heard=True,
                prevention_area_possible=False,
            ),
            household=household,
        )
    return NOTHING._replace(receipts=(receipt,))


if __name__ == "__main__":
    let(**json.loads(sys.argv[1]))
