"""What is made up could have been recorded as anything else is, fact by fact, on its day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from domain import events, facts, tenancy
from domain.data_classes import SubjectKind
from domain.facts import ControllerKind
from domain.ledger import ledger
from services.facts import recording
from services.facts.checks import NewFact
from services.facts.recording import Context
from services.generator.told import Told
from services.instance.instance import Instance, begin
from services.instance.signing import vouch_of
from services.log.sqlite import SQLiteEventLog
from services.persons.access import AccessTable
from services.persons.keys import KeyStore
from tests.generator.made import COUNTRY, TOWN, opened, told

CONTEXT = Context("generator", "made-up data")
AN_ID = UUID("00000000-0000-4000-8000-000000000001")


def dwelling_of(each: Told) -> str:
    step: Any = each.fact
    dwelling: str = step.dwelling
    return dwelling


class Recorder:
    """Records what a world tells as an office would: through every check of what else stands."""

    def __init__(self) -> None:
        self.day = date(2006, 1, 1)
        log = SQLiteEventLog(":memory:", clock=self.time, monotonic=self.time)
        log.vouch_with(vouch_of(bytes(32)))
        begin(log, AN_ID, "Opdigtet Kommune", ControllerKind.MUNICIPALITY, "9999", 24)
        self.instance = Instance(
            log,
            KeyStore(":memory:", bytes(32)),
            AccessTable(":memory:"),
            directory=None,
            today=lambda: self.day,
            secret=bytes(32),
        )
        self._ids: dict[UUID, UUID] = {}
        self._number = 0
        self.fallen: set[UUID] = set()
        """What fell with what was corrected or taken back, by the ids that they were given."""

    def time(self) -> int:
        return int(
            datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC).timestamp()
        ) * (1_000_000)

    def _request(self) -> UUID:
        self._number += 1
        return UUID(int=self._number)

    def record(self, day: date, each: Told) -> None:
        self.day = day
        fact: Any = each.fact
        if isinstance(fact, facts.Retracted):
            gone = self._ids[fact.retracts]
            if gone not in self.fallen:
                written = recording.retract(self.instance, CONTEXT, self._request(), gone)
                self._note_fallen(written[1:])
            self.fallen.discard(gone)
            return
        of_household = each.kind is SubjectKind.HOUSEHOLD
        item = NewFact(
            fact,
            person=None if of_household else each.subject,
            household=each.subject if of_household else each.household,
        )
        if fact.corrects is None:
            written = recording.record(
                self.instance, CONTEXT, self._request(), [item], accept_new=True
            )
        else:
            item = msgspec.structs.replace(item, fact=msgspec.structs.replace(fact, corrects=None))
            written = recording.correct(
                self.instance, CONTEXT, self._request(), self._ids[fact.corrects], item
            )
            self._note_fallen(written[1:])
        self._ids[each.id] = written[0].fact_id

    def _note_fallen(self, written: list[recording.Written]) -> None:
        for each in written:
            event = self.instance.log.event_by_id(each.fact_id.bytes)
            assert event is not None
            fact = self.instance.person_facts.unsealed(event).fact
            self.fallen.add(fact.retracts)


@pytest.mark.parametrize("name", [TOWN, COUNTRY])
def test_every_fact_but_the_steps_could_have_been_recorded(name: str) -> None:
    recorder = Recorder()
    try:
        recorded = 0
        for day, listed in told(name, seed=2, scale=0.0004):
            for each in listed:
                if not events.BY_FACT[type(each.fact)].step:
                    recorder.record(day, each)
                    recorded += 1
        assert recorded > 1_000
        assert not recorder.fallen, "what falls with a fact that is gone is told too"
    finally:
        recorder.instance.close()


def test_every_dwelling_takes_one_step_after_the_other() -> None:
    steps: dict[str, list[str]] = {}
    for _, listed in told(TOWN):
        for each in listed:
            event_type = events.BY_FACT[type(each.fact)]
            if event_type.step:
                steps.setdefault(dwelling_of(each), []).append(event_type.name)
    assert len(steps) > 50
    for taken in steps.values():
        tenancy.state_of(taken)


def test_every_vacancy_goes_to_the_channel_that_is_due() -> None:
    with opened(TOWN) as instance:
        view = instance.view()
        organisations = view.keys(facts.LettingShareDecided)
        rows = [row for each in organisations for row in ledger(each, view).rows()]
    assert len(rows) > 100
    assert all(row.in_order for row in rows)
    channels = {row.turn.channel for row in rows}
    assert channels == {facts.Channel.REFERRAL, facts.Channel.INTERNAL, facts.Channel.EXTERNAL}


def test_a_step_names_the_step_that_it_follows() -> None:
    known: dict[UUID, str] = {}
    named = 0
    for _, listed in told(TOWN):
        for each in listed:
            for field in ("vacancy", "allocation", "offer", "tenancy"):
                before = getattr(each.fact, field, None)
                if before is not None:
                    assert known[before] == dwelling_of(each)
                    named += 1
            if events.BY_FACT[type(each.fact)].step:
                known[each.id] = dwelling_of(each)
    assert named > 500
