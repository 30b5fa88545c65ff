"""The demo's second instance: a housing organisation that lets, and asks the municipality.

The organisation holds no benefits. It is told yes or no, about one person and one day, and
records that beside the municipality's receipt.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import grpc

from husret.v1 import area_service_pb2 as areas
from husret.v1 import area_service_pb2_grpc as areas_grpc
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import eligibility_service_pb2_grpc as eligibility_grpc
from husret.v1 import fact_service_pb2 as facts
from husret.v1 import fact_service_pb2_grpc as facts_grpc
from services.area_lists import shipped
from services.demo import data as demo_data
from services.demo.show import Show

ORGANISATION = "Boligforeningen Kastanjen"
AREA = "9999-elmehegnet"
DWELLING = "9999-elmehegnet-12"
DAY = "2024-11-27"
SINCE = "2020-01-01"
BASIS = "almenboligloven § 51 c, stk. 3"

_TIMEOUT = 30.0
_EXPECTED = (core.OUTCOME_UNDETERMINED, core.OUTCOME_PROHIBITED)


class Side:
    """One instance, as its own system calls it."""

    def __init__(self, address: str, new_id: Callable[[], str], legal_basis: str = BASIS) -> None:
        self._new_id, self._legal_basis = new_id, legal_basis
        self.channel = grpc.insecure_channel(address)
        self.facts = facts_grpc.FactServiceStub(self.channel)
        self.areas = areas_grpc.AreaServiceStub(self.channel)
        self.eligibility = eligibility_grpc.EligibilityServiceStub(self.channel)
        self.household, self.applicant = new_id(), new_id()

    def asking(self) -> dict[str, Any]:
        """Return who asks, and a request id."""
        context = core.RequestContext(
            actor="demo", purpose="demonstration", legal_basis=self._legal_basis
        )
        return {"context": context, "request_id": self._new_id()}

    def record(self, *new: facts.Fact) -> None:
        """Record facts."""
        request = facts.RecordFactsRequest(**self.asking(), facts=new)
        self.facts.RecordFacts(request, timeout=_TIMEOUT)

    def applies(self) -> None:
        """Record a household of one applicant."""
        household: dict[str, Any] = {"household_id": self.household}
        on: dict[str, Any] = {
            **household,
            "member_list": facts.MEMBER_LIST_DECLARED,
            "first_day": SINCE,
        }
        self.record(
            facts.Fact(person_registered=facts.PersonRegistered(person_id=self.applicant)),
            facts.Fact(
                household_registered=facts.HouseholdRegistered(**household, registered_on=SINCE)
            ),
            facts.Fact(
                household_member=facts.HouseholdMember(
                    **on, person_id=self.applicant, role=facts.MEMBER_ROLE_APPLICANT
                )
            ),
            facts.Fact(members_attested=facts.MembersAttested(**on)),
        )


def go(show: Show, municipality: str, organisation: str, seed: int) -> list[str]:
    """Let a dwelling in a transformation area; return what did not come out as expected."""
    show.step(
        "En instans til: boligorganisationen",
        "A second instance: the housing organisation",
        "Den må ikke have ydelser. Kommunen svarer ja eller nej om én person og én dag.",
        "It may not hold benefits. The municipality answers yes or no about one person and day.",
    )
    drawn = random.Random(f"letting of {seed}")

    def new_id() -> str:
        return str(UUID(int=drawn.getrandbits(128), version=4))

    answers, lets = Side(municipality, new_id), Side(organisation, new_id)
    try:
        show.instance(ORGANISATION, demo_data.MUNICIPALITY, organisation)
        return _let(show, answers, lets)
    finally:
        answers.channel.close()
        lets.channel.close()


def _let(show: Show, answers: Side, lets: Side) -> list[str]:
    answers.applies()
    answers.record(
        facts.Fact(
            benefit_period=facts.BenefitPeriod(
                person_id=answers.applicant,
                benefit=facts.BENEFIT_KONTANTHJAELP,
                first_day="2024-10-28",
                last_day="2025-01-31",
            )
        )
    )
    lets.applies()
    lets.areas.ImportAreaLists(
        areas.ImportAreaListsRequest(
            **lets.asking(),
            file_name=shipped.MADE_UP,
            content=shipped.read(shipped.MADE_UP),
        ),
        timeout=_TIMEOUT,
    )
    lets.record(
        facts.Fact(
            dwelling_recorded=facts.DwellingRecorded(
                dwelling_id=DWELLING,
                municipality=demo_data.MUNICIPALITY,
                kind=core.DWELLING_KIND_FAMILY,
                area=AREA,
                first_day="2000-01-01",
                rooms=3,
            )
        )
    )
    first = _check(lets)
    show.told("Før kommunen har svaret", "Before the municipality answered", first)
    said = answers.eligibility.AttestBenefitCondition(
        eligibility.AttestBenefitConditionRequest(
            **answers.asking(),
            household_id=answers.household,
            person_id=answers.applicant,
            condition=core.BENEFIT_CONDITION_RECEIVES_51C,
            day=DAY,
        ),
        timeout=_TIMEOUT,
    )
    show.event(
        "Kommunen svarer ja, med sin egen kvittering, og siger ikke hvilken ydelse",
        "The municipality answers yes, with a receipt of its own, and does not say which benefit",
    )
    lets.record(
        facts.Fact(
            benefit_condition_attested=facts.BenefitConditionAttested(
                person_id=lets.applicant,
                condition=said.condition,
                answer=said.answer,
                day=said.day,
                municipality=said.municipality,
                receipt_id=said.receipt_id,
                receipt_hash=said.receipt_hash.hex(),
                readings=said.readings,
                points=said.points,
            )
        )
    )
    second = _check(lets)
    show.told("Derefter", "After that", second)
    return [
        f"letting {number}: {core.Outcome.Name(made.outcome)}"
        for number, (made, expected) in enumerate(zip((first, second), _EXPECTED, strict=True), 1)
        if made.outcome != expected
    ]


def _check(lets: Side) -> core.Decision:
    request = eligibility.CheckLettingRequest(
        **lets.asking(),
        question=eligibility.LettingQuestion(
            household_id=lets.household,
            dwelling_id=DWELLING,
            day=DAY,
            channel=eligibility.LETTING_CHANNEL_WAITING_LIST,
            lives_in_department=core.STATED_NO,
        ),
    )
    decision: core.Decision = lets.eligibility.CheckLetting(request, timeout=_TIMEOUT).decision
    return decision
