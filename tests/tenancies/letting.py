"""A letting system as the tests play it: households, vacancies, checks and steps over gRPC."""

from __future__ import annotations

from typing import Any

from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import tenancy_service_pb2 as pb
from tests.api import client as facts
from tests.api.client import TODAY, Client, an_id, context

ORGANISATION = "0042"
DEPARTMENT = "007"
QUARTER = facts.pb.SHARE_BASIS_QUARTER


def a_fallback(household: str, **values: Any) -> facts.pb.Fact:
    """Return the assessment that permits a referral inside a listed area (§ 59, stk. 9)."""
    content = {"prevention_area": facts.pb.ASSESSMENT_NOT_POSSIBLE, **values}
    return facts.a_fallback(household, **content)


class Letting:
    """Calls of TenancyService by short names."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.stub = client.tenancies

    # -- facts

    def a_dwelling(self, name: str, **values: Any) -> str:
        where: dict[str, Any] = {"organisation": ORGANISATION, "department": DEPARTMENT, **values}
        where.setdefault("outside_areas", not where.get("area"))
        self.client.record(facts.a_dwelling(name, **{"area": "", **where}))
        return name

    def a_share(self, numerator: int = 1, denominator: int = 4, **values: Any) -> str:
        content: dict[str, Any] = {
            "organisation": ORGANISATION,
            "basis": QUARTER,
            "kind": core.DWELLING_KIND_FAMILY,
            "numerator": numerator,
            "denominator": denominator,
            "first_day": "2026-01-01",
            "decided_by": "Kommunalbestyrelsen",
            **values,
        }
        [recorded] = self.client.record(
            facts.pb.Fact(letting_share_decided=facts.pb.LettingShareDecided(**content))
        )
        return recorded.fact_id

    def a_household(self) -> tuple[str, str]:
        """Register a household of one, of whom everything is attested; return both ids."""
        household, person = an_id(), an_id()
        lists = (facts.pb.MEMBER_LIST_DECLARED, facts.pb.MEMBER_LIST_REGISTERED)
        self.client.record(
            facts.a_household(household),
            facts.a_person(person),
            *(facts.a_member(household, person, member_list=each) for each in lists),
            *(facts.members_attested(household, member_list=each) for each in lists),
            facts.benefits_attested(person, last_day=TODAY),
            facts.citizenship(person),
            facts.no_refugee(person),
        )
        return household, person

    # -- questions

    def check(
        self,
        household: str,
        dwelling: str,
        day: str = TODAY,
        basis: eligibility.ReferralBasis.ValueType = eligibility.REFERRAL_BASIS_STK_1,
    ) -> core.Decision:
        request = eligibility.CheckReferralRequest(
            context=context(purpose="referral"),
            request_id=an_id(),
            question=eligibility.ReferralQuestion(
                household_id=household, dwelling_id=dwelling, basis=basis, day=day
            ),
        )
        return self.client.eligibility.CheckReferral(request, timeout=20).decision

    def receipt(self, household: str, dwelling: str, day: str = TODAY, **values: Any) -> str:
        return self.check(household, dwelling, day, **values).receipt_id

    # -- steps

    def vacancy(self, dwelling: str, **values: Any) -> str:
        return self.step("RecordVacancy", dwelling_id=dwelling, **{"vacant_from": TODAY, **values})

    def due(self, vacancy: str) -> pb.GetDueChannelResponse:
        request = pb.GetDueChannelRequest(context=context(), vacancy_id=vacancy)
        return self.stub.GetDueChannel(request, timeout=20)

    def allocate(self, vacancy: str, turn: pb.Turn | None = None) -> str:
        """Allocate the vacancy to the channel named, else to the one that is due."""
        turn = turn or self.due(vacancy).due
        return self.step(
            "AllocateVacancy", vacancy_id=vacancy, channel=turn.channel, basis=turn.basis
        )

    def vacant_for_referral(self, dwelling: str) -> str:
        """Record a vacancy that is allocated to the municipality; return the allocation."""
        vacancy = self.vacancy(dwelling)
        return self.allocate(vacancy, pb.Turn(channel=pb.CHANNEL_REFERRAL, basis=QUARTER))

    def offer(self, allocation: str, household: str, *receipts: str, **values: Any) -> str:
        return self.step(
            "MakeOffer",
            allocation_id=allocation,
            household_id=household,
            **{"deadline": "2026-06-25", "basis": pb.StepBasis(receipt_ids=receipts), **values},
        )

    def accept(self, offer: str, *receipts: str, **values: Any) -> str:
        basis = pb.StepBasis(receipt_ids=receipts)
        return self.step("AcceptOffer", offer_id=offer, **{"basis": basis, **values})

    def contract(self, offer: str, *receipts: str, **values: Any) -> str:
        content = {"first_day": "2026-07-01", "basis": pb.StepBasis(receipt_ids=receipts)}
        return self.step("CommenceTenancy", offer_id=offer, **{**content, **values})

    def step(self, method: str, **values: Any) -> str:
        """Take a step and return its id."""
        made = self.call(method, **values)
        return str(made.recorded.step_id)

    def call(self, method: str, **values: Any) -> Any:
        content = {"context": context(), "request_id": an_id(), **values}
        request = getattr(pb, f"{method}Request")(**content)
        return getattr(self.stub, method)(request, timeout=20)

    # -- looking

    def show(self, dwelling: str, **values: Any) -> pb.GetTenancyResponse:
        request = pb.GetTenancyRequest(context=context(), dwelling_id=dwelling, **values)
        return self.stub.GetTenancy(request, timeout=20)

    def state(self, dwelling: str) -> str:
        name = pb.DwellingState.Name(self.show(dwelling).state)
        return name.removeprefix("DWELLING_STATE_").lower()

    def rows(self, **values: Any) -> list[pb.LedgerRow]:
        request = pb.GetAllocationLedgerRequest(
            context=context(), organisation=ORGANISATION, **values
        )
        return list(self.stub.GetAllocationLedger(request, timeout=20).rows)
