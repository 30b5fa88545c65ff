"""The case sheet: of every kind of question, by what its answer rests on."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest

from domain.facts.declared import Slot
from domain.law.question import PlaceQuestion, QuestionKind
from domain.questions import KINDS
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import report_service_pb2 as reports
from services.reports import case_sheet, rendering
from services.reports.writing import Writing
from tests.api.client import Client, an_id, context
from tests.api.test_sales import SALE, sold
from tests.reports.test_files import Page
from tests.reports.test_letters import DAY, Case, a_case, landlord, municipality

__all__ = ["landlord", "municipality"]

DANISH, ENGLISH = Writing("da"), Writing("en")
RECORDED = [kind for kind in KINDS.values() if kind.recorded]
CASE = "2026-004711"
AREA = "9999-elmehegnet"


def shown(client: Client, receipt: str, **values: Any) -> audit.GetDecisionResponse:
    """Show a recorded answer with the names of whom it is about."""
    request = audit.GetDecisionRequest(
        context=context(purpose="case"), receipt_id=receipt, names=True, **values
    )
    return client.audit.GetDecision(request, timeout=20)


def asked(client: Client, kind: QuestionKind, case: Case) -> str:
    """Ask a question with the least that it must say; the receipt's id."""
    request = getattr(eligibility, f"{kind.method}Request")(
        context=context(legal_basis="almenboligloven § 51 c, stk. 3"), request_id=an_id()
    )
    within = "question" in request.DESCRIPTOR.fields_by_name
    question = request.question if within else request
    for slot in kind.fields:
        value = _value(slot, question, case)
        if value is not None:
            setattr(question, slot.wire, value)
    answer = getattr(client.eligibility, kind.method)(request, timeout=20)
    receipt: str = answer.decision.receipt_id if within else answer.receipt_id
    return receipt


def _value(slot: Slot, question: Any, case: Case) -> Any:
    known = {
        "household": case.household,
        "person": case.applicant,
        "dwelling": "dar-1",
        "area": AREA,
        "day": DAY,
        "sale": SALE,
        "case_number": CASE,
        "organisation": "0000",
        "department": "1",
    }
    if slot.name in known:
        return known[slot.name]
    if not slot.required:
        return None
    enum = question.DESCRIPTOR.fields_by_name[slot.wire].enum_type
    return 1 if enum is not None else slot.kind(1)


@pytest.fixture(scope="module")
def client_of(municipality: Client, landlord: Client) -> Callable[[QuestionKind], Any]:
    for each in (municipality, landlord):
        each.record(sold(area=AREA))
    case = {client: a_case(client) for client in (municipality, landlord)}

    def found(kind: QuestionKind) -> tuple[Client, Case]:
        client = municipality if "municipality" in kind.asked_by else landlord
        return client, case[client]

    return found


@pytest.mark.parametrize("kind", RECORDED, ids=[kind.name for kind in RECORDED])
def test_the_sheet_of_every_kind_of_question_says_all_that_its_answer_rests_on(
    client_of: Any, kind: QuestionKind
) -> None:
    client, case = client_of(kind)
    receipt = asked(client, kind, case)
    found = shown(client, receipt)
    decision, about = found.decision, found.about
    for writing in (DANISH, ENGLISH):
        page = case_sheet.page(found, writing)
        said = Page(page).root.words
        assert page == case_sheet.page(shown(client, receipt), writing)
        for text in (
            about.title,
            decision.summary,
            *(each.text for each in decision.missing),
            *(each.text for each in decision.would_change),
            *(each.text for each in decision.open_points),
            *decision.warning_texts,
        ):
            assert _plain(writing.said(text)) in _plain(said)
        assert receipt in said
        assert decision.receipt_hash.hex() in said
        assert about.controller in said
        if issubclass(kind.struct, PlaceQuestion):
            assert not about.household_id
            assert not about.case_number
            assert about.area_name in said
        else:
            assert "Bo Prøve" in said
            assert CASE in said
            assert not about.dwellings or about.dwellings[0].address in said


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.pango
def test_a_sheet_is_a_pdf_with_lines_to_sign_on(client_of: Any) -> None:
    client, case = client_of(KINDS["referral"])
    found = shown(client, asked(client, KINDS["referral"], case))
    pdf = pypdf.PdfReader(io.BytesIO(rendering.pdf(case_sheet.page(found, DANISH))))
    read = "".join(each.extract_text() for each in pdf.pages)
    for said in ("Bo Prøve", "Anemonevej 63", CASE, "Afgjort af", "Dato og underskrift"):
        assert said in read, said


def test_names_are_read_where_they_are_asked_for_alone_and_that_is_noted(
    municipality: Client,
) -> None:
    case = a_case(municipality)
    receipt = asked(municipality, KINDS["referral"], case)
    without = municipality.audit.GetDecision(
        audit.GetDecisionRequest(context=context(purpose="audit"), receipt_id=receipt), timeout=20
    )
    assert {each.name for each in without.about.members} <= {""}
    assert _read(municipality, case) == []
    shown(municipality, receipt)
    assert _read(municipality, case) == ["case"]


def _read(client: Client, case: Case) -> list[str]:
    """Return for what the applicant's identity was read."""
    asked = context(purpose="subject_access")
    request = reports.GetSubjectReportRequest(context=asked, person_id=case.applicant)
    found = client.reports.GetSubjectReport(request, timeout=20).accesses
    purposes = (each.by.purpose for each in found if core.DATA_CLASS_IDENTITY in each.data_classes)
    return [each for each in purposes if each != "subject_access"]


@pytest.mark.parametrize(
    "number", ["010180-0001", "0101800001", "01.01.80-0001", "sag 12", "Jensen", "-12", "1" * 41]
)
def test_a_case_number_is_no_free_text_and_no_cpr_number(
    municipality: Client, refused: Any, number: str
) -> None:
    case = a_case(municipality)
    found = refused(lambda: case.ask("Referral", basis=1, case_number=number))
    assert list(found.fields) == ["question.case_number"]
    assert number not in found.whole


def test_a_case_number_is_sealed_in_the_log_and_dies_with_the_household(
    municipality: Client, refused: Any
) -> None:
    case = a_case(municipality)
    answer = case.ask("Referral", basis=1, case_number=CASE)
    assert shown(municipality, answer.receipt_id).about.case_number == CASE
    municipality.erase(household_id=case.household)
    found = refused(lambda: shown(municipality, answer.receipt_id))
    assert found.reason == "ERROR_REASON_ERASED"


def test_the_same_request_with_another_case_number_is_another_question(
    municipality: Client, refused: Any
) -> None:
    case, request_id = a_case(municipality), an_id()
    question = eligibility.ReferralQuestion(
        household_id=case.household,
        dwelling_id="dar-1",
        basis=eligibility.REFERRAL_BASIS_STK_1,
        day=DAY,
        case_number=CASE,
    )

    def check() -> core.Decision:
        return municipality.eligibility.CheckReferral(
            eligibility.CheckReferralRequest(
                context=context(), request_id=request_id, question=question
            ),
            timeout=20,
        ).decision

    assert check().receipt_id == check().receipt_id
    question.case_number = "2026-004712"
    assert refused(check).reason == "ERROR_REASON_REQUEST_ID_REUSED"
