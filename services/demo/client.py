"""A client of one instance, as a system of its controller calls it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, Self
from uuid import UUID

from husret.v1 import area_service_pb2 as areas
from husret.v1 import area_service_pb2_grpc as areas_grpc
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import audit_service_pb2_grpc as audit_grpc
from husret.v1 import core_pb2 as core
from husret.v1 import distance_service_pb2 as distances
from husret.v1 import distance_service_pb2_grpc as distances_grpc
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import eligibility_service_pb2_grpc as eligibility_grpc
from husret.v1 import fact_service_pb2 as facts
from husret.v1 import fact_service_pb2_grpc as facts_grpc
from services.api.bearer import Endpoint

TIMEOUT = 30.0
"""Seconds that a call may take."""

Question = (
    eligibility.ReferralQuestion | eligibility.LettingQuestion | eligibility.TerminationQuestion
)


class Client:
    """The services over one channel; a context manager that closes it.

    seed: what the ids of its requests, persons and households are drawn from.
    """

    def __init__(
        self, server: Endpoint, seed: str, legal_basis: str = "almenboligloven § 59"
    ) -> None:
        self._channel = server.channel()
        self._facts = facts_grpc.FactServiceStub(self._channel)
        self._areas = areas_grpc.AreaServiceStub(self._channel)
        self._audit = audit_grpc.AuditServiceStub(self._channel)
        self._eligibility = eligibility_grpc.EligibilityServiceStub(self._channel)
        self._distances = distances_grpc.DistanceServiceStub(self._channel)
        self._random = random.Random(seed)
        self._context = core.RequestContext(
            actor="demo", purpose="demonstration", legal_basis=legal_basis
        )
        self._types: dict[int, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._channel.close()

    def new_id(self) -> str:
        """Draw an id that nothing has yet."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def _writing(self) -> dict[str, Any]:
        return {"context": self._context, "request_id": self.new_id()}

    # -- facts

    def import_lists(
        self, name: str, content: bytes, *, validate_only: bool = False
    ) -> areas.ImportAreaListsResponse:
        """Import a file of area lists, or only check it."""
        request = areas.ImportAreaListsRequest(
            **self._writing(), file_name=name, content=content, validate_only=validate_only
        )
        return self._areas.ImportAreaLists(request, timeout=TIMEOUT)

    def record(self, *new: facts.Fact) -> list[str]:
        """Record facts; returns their ids in the order given."""
        request = facts.RecordFactsRequest(**self._writing(), facts=new)
        response = self._facts.RecordFacts(request, timeout=TIMEOUT)
        return [each.fact_id for each in response.recorded]

    def correct(self, fact_id: str, fact: facts.Fact) -> None:
        """Put a fact in the place of another."""
        request = facts.CorrectFactRequest(**self._writing(), fact_id=fact_id, fact=fact)
        self._facts.CorrectFact(request, timeout=TIMEOUT)

    def erase(self, person: str) -> int:
        """Erase a person; returns the position at which it was done."""
        request = facts.EraseSubjectRequest(
            context=self._context, person_id=person, policy="demo-erasure"
        )
        return self._facts.EraseSubject(request, timeout=TIMEOUT).done_position

    def measure(self, **measured: Any) -> facts.DistanceMeasured:
        """Measure how far an offence lies from a dwelling, and record it."""
        request = distances.MeasureDistanceRequest(**self._writing(), **measured)
        return self._distances.MeasureDistance(request, timeout=TIMEOUT).measured[0]

    # -- answers

    def lists(self, municipality: str = "") -> Sequence[areas.AreaListSummary]:
        """Summarise the lists held."""
        request = areas.ListAreaListsRequest(municipality=municipality)
        return self._areas.ListAreaLists(request, timeout=TIMEOUT).lists

    def area_status(self, area: str, day: str) -> areas.GetAreaStatusResponse:
        """Ask what an area is on a day."""
        request = areas.GetAreaStatusRequest(area=area, day=day)
        return self._areas.GetAreaStatus(request, timeout=TIMEOUT)

    def check(self, question: Question) -> core.Decision:
        """Put a question; the answer is recorded."""
        method = f"Check{type(question).__name__.removesuffix('Question')}"
        request = getattr(eligibility, f"{method}Request")(**self._writing(), question=question)
        decision: core.Decision = getattr(self._eligibility, method)(
            request, timeout=TIMEOUT
        ).decision
        return decision

    def attest(self, **asked: Any) -> eligibility.AttestBenefitConditionResponse:
        """Ask the municipality for its yes or no about a person's benefits."""
        request = eligibility.AttestBenefitConditionRequest(**self._writing(), **asked)
        return self._eligibility.AttestBenefitCondition(request, timeout=TIMEOUT)

    def replay(self, receipt_id: str) -> audit.ReplayDecisionResponse:
        """Compute a recorded answer again."""
        request = audit.ReplayDecisionRequest(context=self._context, receipt_id=receipt_id)
        return self._audit.ReplayDecision(request, timeout=TIMEOUT)

    def event_types(self) -> dict[int, str]:
        """Return the type of every event in the log, by position."""
        request = audit.ListEventsRequest(
            context=self._context, page_size=1_000, after_position=max(self._types, default=0)
        )
        while True:
            page = self._audit.ListEvents(request, timeout=TIMEOUT)
            self._types.update((event.position, event.type) for event in page.events)
            if not page.next_page_token:
                return self._types
            request.page_token = page.next_page_token
