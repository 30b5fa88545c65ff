"""Dwellings of one organisation, and their steps through the handlers, without a server."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from domain import facts
from domain.facts import Channel, DwellingKind, ReleaseReason, ShareBasis
from domain.law.referral.bases import Basis
from domain.law.referral.steps import ReferralQuestion
from domain.ledger import Turn
from husret_verify.event import event_id
from services.answers.receipts import Asked, request_bytes
from services.facts.fields import FieldErrors
from services.facts.recording import Written
from services.tenancies.requirements import StepBasis
from services.tenancies.steps import Caller, Tenancies
from tests.answers.town import LONG_AGO, MUNICIPALITY, Town, new_id

ORGANISATION, DEPARTMENT = "0042", "007"
NOTHING = StepBasis()


class Estate:
    """The dwellings of one organisation in a town."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.tenancies = Tenancies(town.instance, town.answers.receipts)

    @property
    def today(self) -> date:
        return self.town.calendar.day

    def caller(self, request_id: UUID | None = None) -> Caller:
        return Caller(self.town.context, request_id or new_id())

    # -- facts

    def build(
        self,
        *names: str,
        department: str = DEPARTMENT,
        area: str | None = None,
        kind: DwellingKind = DwellingKind.FAMILY,
    ) -> None:
        self.town.record(
            *(
                facts.DwellingRecorded(
                    dwelling=name,
                    municipality=MUNICIPALITY,
                    kind=kind,
                    area=area,
                    first_day=LONG_AGO,
                    organisation=ORGANISATION,
                    department=department,
                )
                for name in names
            )
        )

    def decide_share(
        self,
        basis: ShareBasis,
        numerator: int | None,
        denominator: int | None,
        *,
        departments: tuple[str, ...] = (),
        kind: DwellingKind = DwellingKind.FAMILY,
        first_day: date = LONG_AGO,
        last_day: date | None = None,
        criteria: str = "",
    ) -> Written:
        [written] = self.town.record(
            facts.LettingShareDecided(
                organisation=ORGANISATION,
                basis=basis,
                kind=kind,
                numerator=numerator,
                denominator=denominator,
                criteria=criteria,
                departments=departments,
                first_day=first_day,
                last_day=last_day,
                decided_by="the municipal council",
            )
        )
        return written

    # -- steps

    def vacancy(
        self, dwelling: str, vacant_from: date | None = None, *, awaits_other_use: bool = False
    ) -> UUID:
        [written] = self.tenancies.record_vacancy(
            self.caller(),
            dwelling,
            vacant_from or self.today,
            awaits_other_use=awaits_other_use,
            wrong=FieldErrors(),
        )
        return written.fact_id

    def due(self, vacancy: UUID, day: date | None = None) -> Turn:
        return self.tenancies.lives.ledger(ORGANISATION).due(vacancy, day or self.today)

    def allocate(
        self,
        vacancy: UUID,
        channel: Channel | None = None,
        basis: ShareBasis | None = None,
        day: date | None = None,
    ) -> UUID:
        """Allocate a vacancy to a channel, or to the one that is due."""
        way = None
        if channel is None:
            turn = self.due(vacancy, day)
            channel, basis, way = turn.channel, turn.basis, turn.way
        [written] = self.tenancies.allocate(
            self.caller(), vacancy, day or self.today, channel, basis, way
        )
        return written.fact_id

    def release(self, allocation: UUID, reason: ReleaseReason) -> UUID:
        [written] = self.tenancies.release(self.caller(), allocation, self.today, reason)
        return written.fact_id

    def withdraw_vacancy(self, vacancy: UUID) -> UUID:
        [written] = self.tenancies.withdraw_vacancy(
            self.caller(), vacancy, self.today, facts.WithdrawalReason.LET_BY_OTHERS
        )
        return written.fact_id

    def permitted(self, household: UUID, dwelling: str, basis: Basis = Basis.STK_2) -> UUID:
        """Ask about the household and the dwelling today; return the receipt."""
        question = ReferralQuestion(
            household=household, dwelling=dwelling, basis=basis, day=self.today
        )
        instance = self.town.instance
        id = event_id(instance.log_id, new_id(), 0)
        asked = Asked(question, request_bytes(question, ""), id)
        answer = self.town.answers.check(asked, self.town.reader, instance.view())
        assert answer.receipt_id is not None
        return answer.receipt_id

    def offer(self, allocation: UUID, household: UUID, decided: StepBasis) -> UUID:
        deadline = self.today + timedelta(days=10)
        [written] = self.tenancies.offer(
            self.caller(), allocation, household, self.today, deadline, decided
        )
        return written.fact_id

    def accept(self, offer: UUID, decided: StepBasis) -> UUID:
        [written] = self.tenancies.accept(self.caller(), offer, self.today, decided)
        return written.fact_id

    def refuse(self, offer: UUID) -> UUID:
        [written] = self.tenancies.refuse(self.caller(), offer, self.today)
        return written.fact_id

    def withdraw(self, offer: UUID, decided: StepBasis) -> UUID:
        [written] = self.tenancies.withdraw_offer(self.caller(), offer, self.today, decided)
        return written.fact_id

    def commence(self, offer: UUID, decided: StepBasis, first_day: date | None = None) -> UUID:
        [written] = self.tenancies.commence(
            self.caller(), offer, self.today, first_day or self.today, decided
        )
        return written.fact_id

    def end(self, tenancy: UUID, last_day: date | None = None) -> UUID:
        [written] = self.tenancies.end(
            self.caller(),
            tenancy,
            facts.EndCause.AGREEMENT,
            self.today,
            last_day or self.today,
            NOTHING,
        )
        return written.fact_id
