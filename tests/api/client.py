"""A client of the API as a letting system would write it, and short ways to name facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from domain.law.undecided import DECISIONS
from husret.v1 import (
    area_service_pb2,
    area_service_pb2_grpc,
    audit_service_pb2,
    audit_service_pb2_grpc,
    core_pb2,
    distance_service_pb2_grpc,
    eligibility_service_pb2,
    eligibility_service_pb2_grpc,
    fact_service_pb2,
    fact_service_pb2_grpc,
    report_service_pb2_grpc,
    tenancy_service_pb2_grpc,
    watch_service_pb2_grpc,
)
from services.api.bearer import Endpoint
from services.area_lists import shipped

AREA = "9999-elmehaven"
TODAY = "2026-06-15"


def context(**values: str) -> core_pb2.RequestContext:
    """Return who asks and why."""
    return core_pb2.RequestContext(
        **{
            "actor": "clerk.7",
            "purpose": "case",
            "correlation": "case-1",
            "legal_basis": "almenboligloven § 59",
            **values,
        }
    )


def an_id() -> str:
    return str(uuid4())


class Client:
    """Stubs over one channel, and calls that need no repetition."""

    def __init__(self, server: Endpoint) -> None:
        self.endpoint = server
        self.address = server.address
        self.channel = server.channel()
        self.facts = fact_service_pb2_grpc.FactServiceStub(self.channel)
        self.areas = area_service_pb2_grpc.AreaServiceStub(self.channel)
        self.audit = audit_service_pb2_grpc.AuditServiceStub(self.channel)
        self.tenancies = tenancy_service_pb2_grpc.TenancyServiceStub(self.channel)
        self.distances = distance_service_pb2_grpc.DistanceServiceStub(self.channel)
        self.reports = report_service_pb2_grpc.ReportServiceStub(self.channel)
        self.eligibility = eligibility_service_pb2_grpc.EligibilityServiceStub(self.channel)
        self.watching = watch_service_pb2_grpc.WatchServiceStub(self.channel)

    def close(self) -> None:
        self.channel.close()

    def record(
        self,
        *facts: fact_service_pb2.Fact,
        request_id: str | None = None,
        validate_only: bool = False,
        timeout: float = 20,
        **values: str,
    ) -> list[fact_service_pb2.RecordedFact]:
        request = fact_service_pb2.RecordFactsRequest(
            context=context(**values),
            request_id=an_id() if request_id is None else request_id,
            facts=facts,
            validate_only=validate_only,
        )
        return list(self.facts.RecordFacts(request, timeout=timeout).recorded)

    def correct(
        self, fact_id: str, fact: fact_service_pb2.Fact, request_id: str | None = None
    ) -> fact_service_pb2.RecordedFact:
        request = fact_service_pb2.CorrectFactRequest(
            context=context(purpose="correction"),
            request_id=request_id or an_id(),
            fact_id=fact_id,
            fact=fact,
        )
        return self.facts.CorrectFact(request, timeout=20).recorded

    def retract(self, fact_id: str, request_id: str | None = None) -> fact_service_pb2.RecordedFact:
        request = fact_service_pb2.RetractFactRequest(
            context=context(purpose="correction"),
            request_id=request_id or an_id(),
            fact_id=fact_id,
        )
        return self.facts.RetractFact(request, timeout=20).recorded

    def erase(self, **subject: Any) -> fact_service_pb2.EraseSubjectResponse:
        request = fact_service_pb2.EraseSubjectRequest(
            context=context(purpose="erasure"), policy="retention-5-years", **subject
        )
        return self.facts.EraseSubject(request, timeout=20)

    def a_person(self, **values: str) -> str:
        person = an_id()
        self.record(a_person(person, **values))
        return person

    def a_household(self) -> str:
        household = an_id()
        self.record(a_household(household))
        return household

    def an_area(self, area: str = AREA) -> str:
        self.record(an_area(area))
        return area

    def import_areas(self) -> None:
        """Import the made-up areas with their lists."""
        request = area_service_pb2.ImportAreaListsRequest(
            context=context(purpose="import"),
            request_id=an_id(),
            file_name="made up",
            content=shipped.read(shipped.MADE_UP),
        )
        self.areas.ImportAreaLists(request, timeout=20)

    def check(self, household: str, dwelling: str, day: str) -> core_pb2.Decision:
        """Ask whether the household may be referred to the dwelling on the day."""
        request = eligibility_service_pb2.CheckReferralRequest(
            context=context(),
            request_id=an_id(),
            question=eligibility_service_pb2.ReferralQuestion(
                household_id=household,
                dwelling_id=dwelling,
                basis=eligibility_service_pb2.REFERRAL_BASIS_STK_1,
                day=day,
            ),
        )
        return self.eligibility.CheckReferral(request, timeout=20).decision

    def replay(self, receipt_id: str) -> audit_service_pb2.ReplayDecisionResponse:
        request = audit_service_pb2.ReplayDecisionRequest(
            context=context(purpose="audit"), receipt_id=receipt_id
        )
        return self.audit.ReplayDecision(request, timeout=20)

    def head(self) -> int:
        request = audit_request(page_size=1)
        return int(self.audit.ListEvents(request, timeout=20).known_at_position)


def audit_request(**values: Any) -> audit_service_pb2.ListEventsRequest:
    return audit_service_pb2.ListEventsRequest(context=context(purpose="audit"), **values)


class Refusal:
    """A gRPC error taken apart: its code, reason, message and wrong fields."""

    def __init__(self, error: grpc.RpcError) -> None:
        self.code = error.code()
        self.details = error.details() or ""
        self.fields: dict[str, str] = {}
        self.reason = ""
        self.domain = ""
        self.metadata: dict[str, str] = {}
        status = rpc_status.from_call(error)  # type: ignore[arg-type]  # as above
        for detail in status.details if status else ():
            info = error_details_pb2.ErrorInfo()
            bad = error_details_pb2.BadRequest()
            broken = error_details_pb2.PreconditionFailure()
            if detail.Unpack(info):
                self.reason, self.domain = info.reason, info.domain
                self.metadata = dict(info.metadata)
            elif detail.Unpack(bad):
                self.fields = {each.field: each.description for each in bad.field_violations}
            elif detail.Unpack(broken):
                self.fields = {each.subject: each.description for each in broken.violations}
        self.whole = str(status) + self.details


def reached(server: Endpoint, folder: Path) -> tuple[str, ...]:
    """Return the options of a command that asks a server by its address."""
    held = folder / "token"
    held.touch(0o600)
    held.write_text(server.token)
    return "--server", server.address, "--token-file", str(held)


# --- Facts by short names -------------------------------------------------------------------

pb = fact_service_pb2


def a_person(person: str, **values: str) -> pb.Fact:
    return pb.Fact(person_registered=pb.PersonRegistered(person_id=person, **values))


def a_household(household: str, registered_on: str = "2026-01-01") -> pb.Fact:
    return pb.Fact(
        household_registered=pb.HouseholdRegistered(
            household_id=household, registered_on=registered_on
        )
    )


def a_member(household: str, person: str, **values: Any) -> pb.Fact:
    content = {"member_list": pb.MEMBER_LIST_DECLARED, "first_day": "2026-01-01", **values}
    return pb.Fact(
        household_member=pb.HouseholdMember(household_id=household, person_id=person, **content)
    )


def members_attested(household: str, **values: Any) -> pb.Fact:
    content = {"member_list": pb.MEMBER_LIST_DECLARED, "first_day": "2026-01-01", **values}
    return pb.Fact(members_attested=pb.MembersAttested(household_id=household, **content))


def a_benefit(person: str, **values: Any) -> pb.Fact:
    content = {
        "benefit": pb.BENEFIT_KONTANTHJAELP,
        "first_day": "2025-01-01",
        "last_day": "2025-05-31",
        **values,
    }
    return pb.Fact(benefit_period=pb.BenefitPeriod(person_id=person, **content))


def benefits_attested(person: str, **values: Any) -> pb.Fact:
    content = {"first_day": "2024-01-01", "last_day": "2026-05-31", **values}
    return pb.Fact(benefits_attested=pb.BenefitsAttested(person_id=person, **content))


def citizenship(person: str, **values: Any) -> pb.Fact:
    content = {"condition": pb.CITIZENSHIP_CONDITION_MET, "first_day": "2020-01-01", **values}
    return pb.Fact(citizenship_attested=pb.CitizenshipAttested(person_id=person, **content))


def no_refugee(person: str, **values: Any) -> pb.Fact:
    content = {"allocated": pb.ANSWER_NO, "first_day": "2020-01-01", **values}
    return pb.Fact(refugee_attested=pb.RefugeeAttested(person_id=person, **content))


def enrolment(person: str, **values: Any) -> pb.Fact:
    content = {"enrolment": pb.ENROLMENT_ENROLLED, "first_day": "2025-09-01", **values}
    return pb.Fact(enrolment_attested=pb.EnrolmentAttested(person_id=person, **content))


def a_fallback(household: str, **values: Any) -> pb.Fact:
    content = {
        "decision_day": "2026-06-01",
        "decided_by": "Kim Sagsbehandler",
        "reasons": "Ingen ledig bolig uden for områderne.",
        "party_heard": True,
        **values,
    }
    return pb.Fact(fallback_decided=pb.FallbackDecided(household_id=household, **content))


def an_area(area: str = AREA, **values: str) -> pb.Fact:
    name = area.partition("-")[2].capitalize()
    content = {"name": name, "municipality": "9999", **values}
    return pb.Fact(area_registered=pb.AreaRegistered(area=area, **content))


def a_dwelling(dwelling: str, **values: Any) -> pb.Fact:
    content = {
        "municipality": "9999",
        "kind": core_pb2.DWELLING_KIND_FAMILY,
        "area": AREA,
        "first_day": "2000-01-01",
        **values,
    }
    return pb.Fact(dwelling_recorded=pb.DwellingRecorded(dwelling_id=dwelling, **content))


def nothing_decided() -> pb.Fact:
    """Return the municipality's answer that it has decided nothing of any kind."""
    return pb.Fact(
        nothing_decided=pb.NothingDecided(
            municipality="9999",
            decisions=sorted(DECISIONS),
            first_day="2000-01-01",
            answered_by="Prøvekøbing Kommune",
        )
    )


def area_figures(area: str = AREA, **values: Any) -> pb.Fact:
    content = {"reference_day": "2025-12-01", "source": "made up", **values}
    content.setdefault("figures", pb.Figures(residents=1200, unattached_share="41.5"))
    return pb.Fact(area_figures=pb.AreaFigures(area=area, **content))
