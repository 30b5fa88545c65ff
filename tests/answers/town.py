"""A made-up municipality whose facts are recorded through the commands, and which is asked."""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Self
from uuid import UUID

from domain import canonical, facts, receipt
from domain.data_classes import DataClass, SubjectKind
from domain.facts import Benefit, CitizenshipCondition, MemberList
from domain.frame import FRAME_TYPE
from domain.law.referral.bases import Basis
from domain.law.referral.steps import ReferralQuestion
from husret_verify.event import event_id, leaf_hash
from services.answers.asking import Answers
from services.answers.receipts import Answer, Asked, request_bytes
from services.answers.replay import Replay, replayed
from services.area_lists import shipped
from services.area_lists.planning import plan_import
from services.area_lists.reading import parse
from services.facts import recording
from services.facts.checks import NewFact
from services.facts.recording import Context, Written
from services.instance.frames import frame_id
from services.instance.instance import Instance
from services.log.event import Event
from services.log.sqlite_rows import tags_of
from services.persons.erasing import Erasure
from services.persons.reading import Reader

MUNICIPALITY = "9999"
TODAY = date(2024, 11, 21)
ASKED_DAY = date(2024, 9, 2)
LONG_AGO = date(2000, 1, 1)

ORDINARY, VULNERABLE, PREVENTION, ELDERLY, YOUTH = "D0", "D1", "D2", "D3", "D4"
"""Dwellings by the place they lie in, or by what they are let as."""

_DWELLINGS = {
    ORDINARY: (facts.DwellingKind.FAMILY, None),
    VULNERABLE: (facts.DwellingKind.FAMILY, "9999-kastanjeparken"),
    PREVENTION: (facts.DwellingKind.FAMILY, "9999-hasselvangen"),
    ELDERLY: (facts.DwellingKind.ELDERLY, "9999-kastanjeparken"),
    YOUTH: (facts.DwellingKind.YOUTH, "9999-kastanjeparken"),
}


def new_id() -> UUID:
    """Return a random id."""
    return UUID(bytes=secrets.token_bytes(16), version=4)


class Household(NamedTuple):
    """A household and its members, by id."""

    id: UUID
    members: tuple[UUID, ...]


@dataclass
class Calendar:
    """The day that the instance takes today to be."""

    day: date = TODAY

    def today(self) -> date:
        return self.day


class Town:
    """An instance with the made-up areas, five dwellings, and what the tests record."""

    context = Context("letting-system", "demonstration", "case 12")
    reader = Reader("auditor", "audit", "inspection")

    def __init__(self, instance: Instance, calendar: Calendar) -> None:
        self.instance = instance
        self.calendar = calendar
        self.answers = Answers(instance)

    @classmethod
    def founded(cls, directory: Path | None = None) -> Self:
        """Make the instance, in memory or in a directory, with its areas and dwellings."""
        calendar = Calendar()
        if directory is None:
            instance = Instance.in_memory(today=calendar.today)
        else:
            instance = Instance.create(
                directory,
                controller="Prøvekøbing Kommune",
                kind=facts.ControllerKind.MUNICIPALITY,
                municipality=MUNICIPALITY,
                today=calendar.today,
            )
        town = cls(instance, calendar)
        view = instance.view()
        plan = plan_import(parse(shipped.read(shipped.MADE_UP), "made up"), view)
        recording.append_open(instance, cls.context, new_id(), plan.facts, view.position, [])
        town.record(
            *(
                facts.DwellingRecorded(
                    dwelling=dwelling,
                    municipality=MUNICIPALITY,
                    kind=kind,
                    area=area,
                    first_day=LONG_AGO,
                )
                for dwelling, (kind, area) in _DWELLINGS.items()
            ),
            *(
                facts.ReferralRightDecided(
                    municipality=MUNICIPALITY,
                    right=right,
                    decision_day=LONG_AGO,
                    decided_by="the municipal council",
                )
                for right in (facts.ReferralRight.STK_1, facts.ReferralRight.STK_3)
            ),
        )
        return town

    @classmethod
    def reopened(cls, directory: Path) -> Self:
        """Open the instance of a directory again."""
        calendar = Calendar()
        return cls(Instance.open(directory, today=calendar.today), calendar)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.instance.close()

    # -- recording

    def record(
        self, *new: facts.Fact, person: UUID | None = None, household: UUID | None = None
    ) -> list[Written]:
        """Record facts about one person, one household, or nobody."""
        listed = [NewFact(fact, person, household) for fact in new]
        return recording.record(self.instance, self.context, new_id(), listed)

    def correct(self, written: Written, fact: facts.Fact, person: UUID | None) -> list[Written]:
        """Put another fact in the place of one that was recorded."""
        item = NewFact(fact, person)
        return recording.correct(self.instance, self.context, new_id(), written.fact_id, item)

    def retract(self, written: Written) -> list[Written]:
        """Take a fact back."""
        return recording.retract(self.instance, self.context, new_id(), written.fact_id)

    def register(self, count: int = 3) -> Household:
        """Register a household and its members, all of them attested, without any benefit."""
        household = Household(new_id(), tuple(new_id() for _ in range(count)))
        new = [
            NewFact(
                facts.HouseholdRegistered(registered_on=date(2020, 1, 1)), household=household.id
            ),
            NewFact(
                facts.MembersAttested(member_list=MemberList.DECLARED, first_day=LONG_AGO),
                household=household.id,
            ),
        ]
        for person in household.members:
            new.append(NewFact(facts.PersonRegistered(), person=person))
            member = facts.HouseholdMember(member_list=MemberList.DECLARED, first_day=LONG_AGO)
            new.append(NewFact(member, person=person, household=household.id))
            for fact in attested():
                new.append(NewFact(fact, person=person))
        recording.record(self.instance, self.context, new_id(), new)
        return household

    def on_kontanthjaelp(self, person: UUID, months: int = 7) -> list[Written]:
        """Record whole months of kontanthjælp for a person, the last one August 2024."""
        return self.record(
            facts.BenefitPeriod(
                benefit=Benefit.KONTANTHJAELP,
                first_day=date(2024, 9 - months, 1),
                last_day=date(2024, 8, 31),
            ),
            person=person,
        )

    def decide_fallback(self, household: Household) -> list[Written]:
        """Record that nothing outside the areas can be referred (§ 59, stk. 9)."""
        return self.record(
            facts.FallbackDecided(
                decision_day=date(2024, 8, 1),
                decided_by="the referral office",
                reasons="nothing else is vacant",
                party_heard=True,
                prevention_area_possible=False,
            ),
            household=household.id,
        )

    def exempt(self, share: str = "35.2") -> list[Written]:
        """Record that the prevention area is exempt (§ 59, stk. 8)."""
        return self.record(
            facts.ExemptionDecided(
                municipality=MUNICIPALITY,
                decision_day=date(2024, 3, 1),
                areas=("9999-hasselvangen",),
                share_used=share,
                decided_by="the municipal council",
            )
        )

    def choose(self, point: str, reading: str) -> list[Written]:
        """Record how the municipality reads an open point of law."""
        return self.record(
            facts.ReadingChosen(
                point=point,
                reading=reading,
                first_day=LONG_AGO,
                chosen_by="the legal office",
                reason="a test",
            )
        )

    def erase(
        self,
        subject: UUID,
        data_class: DataClass | None = None,
        kind: SubjectKind = SubjectKind.PERSON,
        policy: str = "request-17",
    ) -> Erasure:
        """Erase a subject, or one class of it."""
        return recording.erase(self.instance, self.context, subject, kind, data_class, policy)

    # -- asking

    def asked(
        self,
        household: Household,
        dwelling: str = VULNERABLE,
        day: date | None = ASKED_DAY,
        request_id: UUID | None = None,
        basis: Basis | None = None,
    ) -> Asked:
        """Return the question; a `day` of None is today, and is not said in the request."""
        said = "" if day is None else day.isoformat()
        basis = basis or (Basis.STK_3 if dwelling == YOUTH else Basis.STK_1)
        question = ReferralQuestion(
            household=household.id, dwelling=dwelling, basis=basis, day=day or self.calendar.day
        )
        return Asked(
            question,
            request_bytes(question, said),
            event_id(self.instance.log_id, request_id or new_id(), 0),
        )

    def ask(
        self,
        household: Household,
        dwelling: str = VULNERABLE,
        day: date | None = ASKED_DAY,
        request_id: UUID | None = None,
    ) -> Answer:
        """Ask, and record the receipt."""
        asked = self.asked(household, dwelling, day, request_id)
        return self.answers.check(asked, self.reader, self.instance.view())

    def replay(self, answer: Answer) -> Replay:
        """Compute the receipt of an answer again."""
        assert answer.receipt_id is not None
        receipts = self.answers.receipts
        return replayed(receipts, receipts.find(answer.receipt_id), self.reader)

    def token(self, subject: UUID, data_class: DataClass) -> str:
        """Return the token of one class of a subject."""
        return self.instance.keys.token(subject, data_class)


def attested(upto: date = TODAY) -> list[facts.Fact]:
    """Return what makes the absence of every ground known of a person."""
    return [
        facts.CitizenshipAttested(condition=CitizenshipCondition.MET, first_day=LONG_AGO),
        facts.BenefitsAttested(first_day=date(2018, 1, 1), last_day=upto),
        facts.ReleasesAttested(first_day=LONG_AGO, last_day=upto),
        facts.TerminationsAttested(first_day=LONG_AGO, last_day=upto),
        facts.RefugeeAttested(allocated=False, first_day=LONG_AGO),
    ]


# --- Altering what is stored, behind the service's back -------------------------------------


def alter(path: Path, position: int, seal_again: bool, **columns: Any) -> None:
    """Change columns of a stored event; `seal_again` computes its leaf hash anew."""
    names = (
        "position, event_id, recorded_at, name, schema_version, batch_index, batch_size, tags, "
        "data, metadata"
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for name, value in columns.items():
            changed = database.execute(
                f"UPDATE event SET {name} = ? WHERE position = ?", (value, position)
            )
            assert changed.rowcount == 1
        if not seal_again:
            return
        row = database.execute(
            f"SELECT {names}, fingerprint FROM event JOIN event_type ON id = type_id"
            " WHERE position = ?",
            (position,),
        ).fetchone()
        row = (*row[:7], tags_of(row[7]), *row[8:])
        database.execute(
            "UPDATE event SET leaf_hash = ? WHERE position = ?", (leaf_hash(*row), position)
        )


def restated(town: Town, data: bytes, **changes: Any) -> bytes:
    """Return a receipt's payload that states something else: what one may who has the log alone.

    Where its frame says it, another frame is appended, which the receipt names.
    """
    packed = receipt.unpack(data)
    position = changes.pop("position", packed.position)
    outcome = changes.pop("outcome", packed.outcome)
    named = packed.frame_id
    if changes:
        payload = canonical.encode(
            {**canonical.decode(town.instance.frames.as_stored(named).payload), **changes}
        )
        named = frame_id(town.instance.log_id, payload)
        town.instance.writer.append_batch(
            [Event(type=FRAME_TYPE, data=payload, tags=[], event_id=named)]
        )
    head = receipt.head(named, position, outcome, packed.period, len(packed.sections))
    return receipt.pack(head, packed.sections, packed.last)


def stored(path: Path, position: int, column: str) -> Any:
    """Return one column of a stored event."""
    with closing(sqlite3.connect(path)) as database:
        (value,) = database.execute(
            f"SELECT {column} FROM event WHERE position = ?", (position,)
        ).fetchone()
        return value


def with_bit_flipped(data: bytes, at: int) -> bytes:
    """Return the bytes with one bit of one byte changed."""
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)
