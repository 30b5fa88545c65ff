"""Lives of dwellings: who leaves them, which channel is due for them, and who is offered them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from domain import calendar, facts
from domain.data_classes import SubjectKind
from domain.events import Recorded
from domain.facts import (
    Channel,
    DwellingKind,
    EndCause,
    Party,
    ReleaseReason,
    TenancyEnding,
    WithdrawalReason,
)
from domain.ledger import Ledger
from services.generator.chance import Odds
from services.generator.course import Course
from services.generator.people import Dwelling, Household

_REFERRED = Odds({"refused": 22.0, "lapsed": 7.0, "withdrawn": 2.0, "accepted": 69.0})
_OFFERS = 3
"""How often a dwelling is offered before it goes the next way."""
_LOOKED_AT = 12
"""How many of those who wait are looked at."""

_REASONS = (
    "Ingen ledig bolig uden for områderne i de sidste tre måneder; nabokommunerne er spurgt.",
    "Husstanden skal bo nær sit behandlingssted, og der er intet andet at anvise.",
    "Den midlertidige bolig skal forlades, før en anden bliver ledig.",
)


class Lettings:
    """Goes from one tenancy of a dwelling to the next.

    Steps rest on a named person's decision and on no receipt, as those do that were taken in
    another system.
    """

    def __init__(self, course: Course, stay_ends: Callable[[Dwelling, Household], None]) -> None:
        """Take what becomes of a household that is known when its stay has lasted long enough."""
        self._course = course
        self._stay_ends = stay_ends
        self._position = 0
        self.ledgers: dict[str, Ledger] = {}
        """By organisation, with its shares."""
        self.waiting: deque[Household] = deque()
        """Who waits for an offer, in the order of applying."""

    def mean_stay(self, dwelling: Dwelling) -> float:
        """Return for how many days somebody lives in such a dwelling."""
        return 900.0 if dwelling.kind is DwellingKind.YOUTH else 4_600.0

    def stays(self, dwelling: Dwelling, days: int) -> None:
        """Plan for how long whoever lives in a dwelling does."""
        dwelling.stays += 1
        stay = dwelling.stays

        def ends() -> None:
            if dwelling.stays != stay or not dwelling.occupied:
                return
            household = dwelling.household
            if household is None or household.gone:
                self.leave(dwelling)
            else:
                self._stay_ends(dwelling, household)

        self._course.at_work(self._course.today + days, ends)

    def leave(self, dwelling: Dwelling) -> None:
        """Whoever lives in a dwelling leaves it: by notice, where the tenancy is known here."""
        chance = self._course.chance
        if not dwelling.occupied:
            return
        dwelling.stays += 1
        dwelling.occupied = False
        household, tenancy = dwelling.household, dwelling.tenancy
        dwelling.household, dwelling.tenancy = None, None
        if household is not None and household.dwelling is dwelling:
            household.dwelling = None
        if tenancy is None or household is None:
            vacant = self._course.today + chance.between(10, 75)
            self._course.soon(1, 9, lambda: self._vacant(dwelling, vacant))
            return
        last = calendar.notice_end(self._course.day, 3).toordinal()
        self._course.at_work(
            self._course.today + 1, lambda: self._ends(dwelling, household, tenancy, last)
        )

    def _ends(self, dwelling: Dwelling, household: Household, tenancy: UUID, last: int) -> None:
        chance = self._course.chance
        last_day = date.fromordinal(max(last, self._course.today))
        if not household.gone and chance.whether(0.04):
            self._tell_step(
                facts.TenancyEnded(
                    dwelling=dwelling.id,
                    tenancy=tenancy,
                    cause=EndCause.TERMINATION,
                    ended_on=self._course.day,
                    last_day=last_day,
                    **self._decided(),
                ),
                household,
            )
            breach = chance.whether(0.6)
            for person in household.adults(self._course.today):
                self._course.tell(
                    facts.TerminationRecorded(
                        ended_on=last_day,
                        ending=TenancyEnding.LANDLORD,
                        gross_breach=breach,
                        given_on=self._course.day,
                    ),
                    person.id,
                )
        else:
            self._tell_step(
                facts.NoticeGiven(
                    dwelling=dwelling.id,
                    tenancy=tenancy,
                    given_by=Party.TENANT,
                    given_on=self._course.day,
                    last_day=last_day,
                ),
                household,
            )
            self._tell_step(
                facts.TenancyEnded(
                    dwelling=dwelling.id,
                    tenancy=tenancy,
                    cause=EndCause.NOTICE,
                    ended_on=self._course.day,
                    last_day=last_day,
                ),
                household,
            )
        vacant = last_day.toordinal() + 1
        self._course.soon(1, 30, lambda: self._vacant(dwelling, vacant))

    def _decided(self) -> dict[str, Any]:
        """Say who decided: what stood before the log is taken over rests on no receipt of it."""
        return {
            "decided_by": f"Opdigtet Sagsbehandler {self._course.chance.between(1, 40)}",
            "reasons": self._course.chance.one_of(_REASONS),
            "party_heard": True,
        }

    def _tell_step(self, fact: facts.Fact, household: Household) -> UUID:
        return self._course.tell(fact, household.id, SubjectKind.HOUSEHOLD)

    def _vacant(self, dwelling: Dwelling, vacant_from: int) -> None:
        if dwelling.kind is DwellingKind.ELDERLY:
            # Those are allocated under § 54, which is not held here.
            dwelling.occupied = True
            self.stays(dwelling, self._course.chance.wait(self.mean_stay(dwelling)))
            return
        vacancy = facts.VacancyRecorded(
            dwelling=dwelling.id,
            organisation=dwelling.organisation,
            department=dwelling.department,
            kind=dwelling.kind,
            vacant_from=date.fromordinal(vacant_from),
        )
        id = self._course.tell(vacancy)
        book = self.ledgers[dwelling.organisation]
        book.add(Recorded(self.place(), id, b"", vacancy))
        self._course.soon(
            1,
            14,
            lambda: self._allocate(dwelling, id, vacant_from),
        )

    def place(self) -> int:
        """Return the next place among what the ledgers count; later is larger."""
        self._position += 1
        return self._position

    def _allocate(self, dwelling: Dwelling, vacancy: UUID, vacant_from: int) -> None:
        """Give a vacancy to the channel that is due by the ledger."""
        chance = self._course.chance
        book = self.ledgers[dwelling.organisation]
        turn = book.due(vacancy, self._course.day)
        fact = facts.VacancyAllocated(
            vacancy=vacancy,
            dwelling=dwelling.id,
            organisation=dwelling.organisation,
            allocated_on=self._course.day,
            channel=turn.channel,
            basis=turn.basis,
            way=turn.way,
        )
        id = self._course.tell(fact)
        book.add(Recorded(self.place(), id, b"", fact))
        if turn.channel is not Channel.REFERRAL:
            self._course.soon(
                5,
                60,
                lambda: self._let_by_others(dwelling, vacancy, vacant_from),
            )
        elif chance.whether(0.06):
            self._course.soon(
                3,
                12,
                lambda: self._release(dwelling, vacancy, vacant_from, id, ReleaseReason.GIVEN_BACK),
            )
        else:
            self._course.soon(
                1,
                9,
                lambda: self._offer(dwelling, vacancy, vacant_from, id, 1),
            )

    def _release(
        self,
        dwelling: Dwelling,
        vacancy: UUID,
        vacant_from: int,
        allocation: UUID,
        reason: ReleaseReason,
    ) -> None:
        self._course.tell(
            facts.AllocationReleased(
                allocation=allocation,
                dwelling=dwelling.id,
                organisation=dwelling.organisation,
                released_on=self._course.day,
                reason=reason,
            )
        )
        self._course.soon(
            1,
            7,
            lambda: self._allocate(dwelling, vacancy, vacant_from),
        )

    def _let_by_others(self, dwelling: Dwelling, vacancy: UUID, vacant_from: int) -> None:
        """The organisation lets it: to somebody who is known here, or to somebody who is not."""
        self._course.tell(
            facts.VacancyWithdrawn(
                vacancy=vacancy,
                dwelling=dwelling.id,
                organisation=dwelling.organisation,
                withdrawn_on=self._course.day,
                reason=WithdrawalReason.LET_BY_OTHERS,
            )
        )
        dwelling.occupied = True
        household = self._next_in_line(dwelling) if self._course.chance.whether(0.25) else None
        if household is not None:
            self._moves_in(household, dwelling, None)
        self.stays(dwelling, self._course.chance.wait(self.mean_stay(dwelling)))

    def _moves_in(self, household: Household, dwelling: Dwelling, tenancy: UUID | None) -> None:
        before = household.dwelling
        household.seeks = household.offered = False
        household.dwelling, dwelling.household = dwelling, household
        dwelling.tenancy = tenancy
        dwelling.occupied = True
        if before is not None and before.household is household:
            self.leave(before)

    def _next_in_line(self, dwelling: Dwelling) -> Household | None:
        """Return somebody who waits and whom the dwelling fits."""
        for _ in range(min(_LOOKED_AT, len(self.waiting))):
            household = self.waiting.popleft()
            if household.gone or not household.seeks or household.offered:
                continue
            if household.dwelling is dwelling or len(household.members) > 2 * dwelling.rooms:
                self.waiting.append(household)
                continue
            return household
        return None

    # -- offers

    def _offer(
        self, dwelling: Dwelling, vacancy: UUID, vacant_from: int, allocation: UUID, number: int
    ) -> None:
        chance = self._course.chance
        household = None if number > _OFFERS else self._next_in_line(dwelling)
        if household is None:
            self._release(dwelling, vacancy, vacant_from, allocation, ReleaseReason.NOBODY)
            return
        household.offered = True
        if chance.whether(0.03):
            self._course.tell(
                facts.FallbackDecided(
                    decision_day=self._course.day,
                    **self._decided(),
                    prevention_area_possible=chance.one_of((None, True, False)),
                    other_municipalities_tried=True,
                ),
                household.id,
                SubjectKind.HOUSEHOLD,
            )
        deadline = self._course.today + chance.between(6, 15)
        offer = self._tell_step(
            facts.OfferMade(
                dwelling=dwelling.id,
                allocation=allocation,
                offered_on=self._course.day,
                deadline=date.fromordinal(deadline),
                **self._decided(),
            ),
            household,
        )

        def again() -> None:
            self._offer(dwelling, vacancy, vacant_from, allocation, number + 1)

        answer = _REFERRED.drawn(chance)
        if answer == "accepted":
            day = min(self._course.today + chance.between(1, 12), deadline)
            self._course.on(
                day,
                lambda: self._accepts(household, dwelling, offer, vacant_from, again),
            )
            return
        day = deadline + 1 if answer == "lapsed" else self._course.today + chance.between(1, 6)
        self._course.at_work(
            day, lambda: self._turns_down(household, dwelling, offer, answer, deadline, again)
        )

    def _turns_down(
        self,
        household: Household,
        dwelling: Dwelling,
        offer: UUID,
        answer: str,
        deadline: int,
        again: Callable[[], None],
    ) -> None:
        fact: facts.Fact
        if answer == "refused":
            fact = facts.OfferRefused(
                dwelling=dwelling.id, offer=offer, refused_on=self._course.day
            )
        elif answer == "lapsed":
            fact = facts.OfferLapsed(dwelling=dwelling.id, offer=offer, lapsed_on=self._course.day)
        else:
            fact = facts.OfferWithdrawn(
                dwelling=dwelling.id, offer=offer, withdrawn_on=self._course.day, **self._decided()
            )
        self._tell_step(fact, household)
        household.offered = False
        if household.seeks:
            self.waiting.append(household)
        self._course.soon(1, 6, again)

    def _accepts(
        self,
        household: Household,
        dwelling: Dwelling,
        offer: UUID,
        vacant_from: int,
        again: Callable[[], None],
    ) -> None:
        chance = self._course.chance
        self._tell_step(
            facts.OfferAccepted(
                dwelling=dwelling.id, offer=offer, accepted_on=self._course.day, **self._decided()
            ),
            household,
        )
        if chance.whether(0.03):
            self._course.soon(
                1,
                9,
                lambda: self._turns_down(household, dwelling, offer, "refused", 0, again),
            )
            return
        self._course.soon(
            1,
            20,
            lambda: self._commences(household, dwelling, offer, vacant_from),
        )

    def _commences(
        self, household: Household, dwelling: Dwelling, offer: UUID, vacant_from: int
    ) -> None:
        chance = self._course.chance
        first = max(vacant_from, self._course.today + chance.between(0, 30))
        tenancy = self._tell_step(
            facts.TenancyCommenced(
                dwelling=dwelling.id,
                offer=offer,
                contract_on=self._course.day,
                first_day=date.fromordinal(first),
                **self._decided(),
            ),
            household,
        )
        self._moves_in(household, dwelling, tenancy)
        self.stays(dwelling, (first - self._course.today) + chance.wait(self.mean_stay(dwelling)))
