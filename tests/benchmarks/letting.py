"""Made-up lettings: organisations with a share for the municipality, and what they allocated."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from domain import events, facts
from domain.facts import Channel, DwellingKind, ReleaseReason, ShareBasis
from services.instance.instance import Instance
from services.log.event import Event

ORGANISATIONS = 5
FIRST_DAY = date(2019, 1, 1)
DAYS = 6 * 365
_SEED = 60
_BATCH = 500


def populate(instance: Instance, count: int) -> None:
    """Record so many lettings, in the order of their days."""
    written = [
        Event(
            type=events.BY_FACT[type(fact)].name,
            data=events.encode_fact(fact),
            tags=events.open_tags(fact),
            event_id=id.bytes,
        )
        for id, fact in _facts(random.Random(_SEED), count)
    ]
    for start in range(0, len(written), _BATCH):
        instance.writer.append_batch(written[start : start + _BATCH])


def _facts(chance: random.Random, count: int) -> Iterator[tuple[UUID, facts.Fact]]:
    for number in range(ORGANISATIONS):
        yield (
            uuid4(),
            facts.LettingShareDecided(
                organisation=f"{number:04}",
                basis=ShareBasis.QUARTER,
                kind=DwellingKind.FAMILY,
                numerator=1,
                denominator=4,
                first_day=FIRST_DAY,
                decided_by="made up",
            ),
        )
    for number in range(count):
        day = FIRST_DAY + timedelta(days=DAYS * number // count)
        of: dict[str, Any] = {
            "dwelling": f"home-{chance.randrange(count):06}",
            "organisation": f"{chance.randrange(ORGANISATIONS):04}",
        }
        vacancy, allocation = uuid4(), uuid4()
        yield (
            vacancy,
            facts.VacancyRecorded(
                **of,
                department=str(chance.randint(1, 20)),
                kind=DwellingKind.FAMILY,
                vacant_from=day,
            ),
        )
        referred = chance.random() < 0.25
        yield (
            allocation,
            facts.VacancyAllocated(
                **of,
                vacancy=vacancy,
                allocated_on=day,
                channel=Channel.REFERRAL if referred else Channel.EXTERNAL,
                basis=ShareBasis.QUARTER if referred else None,
            ),
        )
        if chance.random() < 0.1:
            yield (
                uuid4(),
                facts.AllocationReleased(
                    **of, allocation=allocation, released_on=day, reason=ReleaseReason.NOBODY
                ),
            )
