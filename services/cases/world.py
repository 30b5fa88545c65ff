"""A log in memory: builds reference state and households from facts, and answers every Need.

It is what `services` does with a real log, without storage, keys or tokens: facts get
positions in the order in which they are recorded, and a question is decided on what stands.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Generator, Iterable
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID, uuid5

import msgspec

from domain import decide
from domain.data_classes import DataClass
from domain.decide import BeforeCoverageError, Decision, Elsewhere, FactsRead, Membership, Need
from domain.events import BY_FACT, Recorded
from domain.facts import (
    AreaListed,
    AreaListPublished,
    AreaRegistered,
    ControllerKind,
    DwellingKind,
    DwellingRecorded,
    Fact,
    HouseholdMember,
    InstanceCreated,
    Listing,
    ListKind,
    MemberList,
    MembersAttested,
    ReadingChosen,
)
from domain.law.area.lists import FIRST_LIST, list_days
from domain.law.edition import Edition
from domain.law.editions import CURRENT
from domain.law.question import Question
from domain.law.referral.bases import Basis
from domain.law.referral.steps import BasisMismatchError, ReferralQuestion
from domain.reference import Reference, View
from services.cases.stated import asked_of_the_law

MUNICIPALITY = "9999"
AREA = "made-up-area"
DWELLING = "made-up-dwelling"
ORGANISATION = "0000"
DEPARTMENT = "1"
NAMESPACE = UUID("00000000-0000-5000-8000-00000000beef")
HOUSEHOLD = uuid5(NAMESPACE, "household")
REFUSED: dict[str, type[Exception]] = {
    "BeforeCoverage": BeforeCoverageError,
    "BasisMismatch": BasisMismatchError,
}
"""Why a question can't be asked at all, by the words of `expect.refused`."""

REFUSALS = tuple(REFUSED.values())
LONG_AGO = date(2000, 1, 1)
BOTH_LISTS = (MemberList.DECLARED, MemberList.REGISTERED)


def person(name: str) -> UUID:
    """Return the made-up person's id."""
    return uuid5(NAMESPACE, name)


@cache
def _identity(position: int) -> tuple[UUID, bytes]:
    """Return the event id and the leaf hash at a position: the same in every world."""
    name = f"event {position}"
    return uuid5(NAMESPACE, name), hashlib.sha256(name.encode()).digest()


def _well_formed(fact: Fact | Question) -> None:
    """Raise ValidationError for a field of another type, and for a period that ends too early."""
    as_yaml = msgspec.to_builtins(fact, builtin_types=(date, UUID))
    msgspec.convert(as_yaml, type(fact), builtin_types=(date, UUID))
    first, last = getattr(fact, "first_day", None), getattr(fact, "last_day", None)
    if first is not None and last is not None and last < first:
        raise msgspec.ValidationError(f"this ends on {last}, before it begins on {first}")


class World:
    """Everything recorded so far in one made-up municipality."""

    def __init__(
        self,
        stale_after_months: int = 24,
        kind: ControllerKind = ControllerKind.MUNICIPALITY,
    ) -> None:
        self.reference = Reference()
        self.position = 0
        self.recorded_openly: list[Recorded[Any]] = []
        """The open facts, in order."""
        self.needs: list[Need] = []
        """What the last decision asked for, in order."""
        self.members: list[tuple[UUID | None, Recorded[HouseholdMember] | None]] = []
        self.members_attested: list[Recorded[MembersAttested]] = []
        self.personal: defaultdict[UUID, list[Recorded[Any]]] = defaultdict(list)
        self.decisions: list[Recorded[Any]] = []
        self.record(
            InstanceCreated(
                log_id=NAMESPACE,
                controller="made up",
                controller_kind=kind,
                municipality=MUNICIPALITY,
                stale_after_months=stale_after_months,
            )
        )

    # -- recording

    def recorded(self, fact: Fact) -> Recorded[Any]:
        """Give a fact its position, event id and leaf hash."""
        _well_formed(fact)
        self.position += 1
        return Recorded(self.position, *_identity(self.position), fact)

    def record(self, fact: Fact) -> Recorded[Any]:
        """Record an open fact: about areas, dwellings, lists, readings or the municipality."""
        item = self.recorded(fact)
        self.recorded_openly.append(item)
        self.reference.apply(item)
        return item

    def record_about(self, subject: UUID, *facts: Fact) -> None:
        """Record facts about a person: benefits, citizenship, enrolment."""
        for fact in facts:
            self.personal[subject].append(self.recorded(fact))

    def record_decision(self, fact: Fact) -> None:
        """Record the municipality's own decision about the household."""
        self.decisions.append(self.recorded(fact))

    def belongs(
        self,
        subject: UUID,
        lists: Iterable[MemberList] = BOTH_LISTS,
        first_day: date = LONG_AGO,
        last_day: date | None = None,
        **stated: Any,
    ) -> None:
        """Record that a person belongs to the household, and what is stated of that."""
        for member_list in lists:
            fact = HouseholdMember(
                member_list=member_list, first_day=first_day, last_day=last_day, **stated
            )
            self.members.append((subject, self.recorded(fact)))

    def attest_members(self, lists: Iterable[MemberList] = BOTH_LISTS) -> None:
        """Record that the lists of the household name everyone."""
        for member_list in lists:
            fact = MembersAttested(member_list=member_list, first_day=LONG_AGO)
            self.members_attested.append(self.recorded(fact))

    def register_area(self, area: str = AREA, municipality: str = MUNICIPALITY) -> None:
        """Record that the area lies in the made-up municipality, or in another."""
        self.record(AreaRegistered(area=area, name=area, municipality=municipality))

    def publish_lists(
        self,
        first_year: int,
        last_year: int,
        complete: bool = True,
        municipalities: tuple[str, ...] = (MUNICIPALITY,),
    ) -> None:
        """Record the lists of every kind of these years, complete for municipalities or not."""
        for kind in ListKind:
            for day in list_days(kind, date(last_year, 12, 1)):
                if day.year >= first_year:
                    fact = AreaListPublished(
                        kind=kind,
                        list_day=day,
                        complete_for=municipalities if complete else (),
                        source="made up",
                    )
                    self.record(fact)

    def list_area(
        self, list_day: date, on: Iterable[ListKind], area: str = AREA, **others: Any
    ) -> None:
        """Record what the lists of a day say of an area."""
        listed = set(on)

        def said(kind: ListKind) -> Listing:
            if kind in listed:
                return Listing.ON
            return Listing.OFF if list_day >= FIRST_LIST[kind] else Listing.NO_SUCH_LIST

        self.record(
            AreaListed(
                area=area,
                list_day=list_day,
                vulnerable=said(ListKind.VULNERABLE),
                parallel_society=said(ListKind.PARALLEL_SOCIETY),
                transformation=said(ListKind.TRANSFORMATION),
                prevention=said(ListKind.PREVENTION),
                combined_letting=said(ListKind.COMBINED_LETTING),
                source="made up",
                confidence="text_seen",
                **others,
            )
        )

    def place_dwelling(
        self,
        area: str | None = AREA,
        kind: DwellingKind = DwellingKind.FAMILY,
        department_areas: tuple[str, ...] = (),
        dwelling: str = DWELLING,
        municipality: str = MUNICIPALITY,
        department: str = DEPARTMENT,
        **stated: Any,
    ) -> None:
        """Record a dwelling: the one that is asked about, unless another is named."""
        self.record(
            DwellingRecorded(
                dwelling=dwelling,
                municipality=municipality,
                kind=kind,
                area=area,
                first_day=LONG_AGO,
                department_areas=department_areas,
                organisation=ORGANISATION,
                department=department,
                **stated,
            )
        )

    def choose(self, readings: dict[str, str]) -> None:
        """Record that the municipality reads open points in these ways."""
        for point, reading in readings.items():
            self.record(
                ReadingChosen(
                    point=point,
                    reading=reading,
                    first_day=LONG_AGO,
                    chosen_by="made up",
                    reason="made up",
                )
            )

    # -- asking

    def view(self) -> View:
        """Return the reference state as it stands."""
        return self.reference.at()

    def decide(
        self,
        day: date,
        basis: Basis = Basis.STK_1,
        edition: Edition | None = None,
        asked_on: date | None = None,
        letting_day: date | None = None,
        move_in_day: date | None = None,
    ) -> Decision:
        """Decide whether the household may be referred to the dwelling on the day."""
        question = ReferralQuestion(
            household=HOUSEHOLD,
            dwelling=DWELLING,
            basis=basis,
            day=day,
            asked_on=asked_on,
            letting_day=letting_day,
            move_in_day=move_in_day,
        )
        return self.put(question, edition)

    def put(self, question: Question, edition: Edition | None = None) -> Decision:
        """Decide a question on what stands; raises LawFaultError where the law fails on it."""
        _well_formed(question)
        self.facts_read = FactsRead()
        steps = decide.decide(question, self.view(), self.position, edition or CURRENT)
        self.needs = []
        with asked_of_the_law(*REFUSALS):
            return self._walked(steps)

    def _walked(self, steps: Generator[Need, Any, Decision]) -> Decision:
        answer: Any = None
        while True:
            try:
                need = steps.send(answer)
            except StopIteration as done:
                decision: Decision = done.value
                return decision
            self.needs.append(need)
            answer = self._answer(need)
            self.facts_read.note(need, answer)

    def elsewhere(self, decision: Decision) -> tuple[Elsewhere, ...]:
        """Say where else the household can be referred, on what the last answer has read."""
        question: Any = decision.question
        view = self.view()
        with asked_of_the_law():
            return decide.alternatives(question, view, self.position, CURRENT, self.facts_read)

    def _answer(self, need: Need) -> Any:
        match need.data_class:
            case DataClass.DECISIONS:
                return list(self.decisions)
            case DataClass.MEMBERSHIP:
                return Membership(tuple(self.members), tuple(self.members_attested))
            case _:
                return {
                    subject: [
                        item
                        for item in self.personal[subject]
                        if BY_FACT[type(item.fact)].data_class is need.data_class
                    ]
                    for subject in need.members
                }
