"""Letters about decisions: only of what is recorded, in plain words, and to one person."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import grpc
import pypdf
import pytest

from domain.facts import ControllerKind
from domain.law.editions import CURRENT
from domain.law.kernel import Confidence
from domain.letters.kinds import KINDS, LetterKind
from domain.questions import KINDS as QUESTIONS
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as facts
from husret.v1 import report_service_pb2 as pb
from husret.v1 import tenancy_service_pb2 as tenancy_pb
from services.instance.instance import Instance
from services.reports import letter, rendering
from services.reports.writing import Writing
from tests.api import client as api
from tests.api.client import Client, Refusal, an_id, context
from tests.api.conftest import served
from tests.api.test_distance import request as measuring
from tests.api.test_letting import attested
from tests.api.test_termination import a_disposal, a_judgment, a_weighing

Refused = Callable[[Callable[[], object]], Refusal]
DANISH, ENGLISH = Writing("da"), Writing("en")
GOLDEN = Path(__file__).with_name("letters")
TODAY = date(2026, 6, 15)
DAY = "2026-06-10"
SINCE = {"first_day": "2020-01-01"}
REASONS = (
    "Vi har set på din situation.\nVi har holdt det, der taler for, op mod det, der taler imod."
)


@dataclass
class Case:
    """A household about which somebody decides, on an answer."""

    client: Client
    household: str
    applicant: str
    receipt: str = ""

    def ask(self, name: str, **values: Any) -> core.Decision:
        """Ask a question of a kind, and rest on its receipt."""
        question = getattr(eligibility, f"{name}Question")(
            household_id=self.household, day=DAY, **{"dwelling_id": "dar-1", **values}
        )
        request = getattr(eligibility, f"Check{name}Request")(
            context=context(), request_id=an_id(), question=question
        )
        answer: core.Decision
        answer = getattr(self.client.eligibility, f"Check{name}")(request, timeout=20).decision
        self.receipt = answer.receipt_id
        return answer

    def decide(self, **values: Any) -> str:
        """Record what a named person decides; the id that a letter is asked for with."""
        said = {
            "receipt_id": self.receipt,
            "done": False,
            "decision_day": DAY,
            "decided_by": "Kim Sagsbehandler",
            "reasons": REASONS,
            "party_heard": True,
            **values,
        }
        decided = facts.CaseDecided(
            household_id=self.household,
            **{name: value for name, value in said.items() if value is not None},
        )
        [recorded] = self.client.record(facts.Fact(case_decided=decided))
        return recorded.fact_id

    def letter(self, decision: str, person: str = "") -> pb.GetLetterResponse:
        """Ask for the letter about a decision."""
        request = pb.GetLetterRequest(
            context=context(purpose="case"), decision_id=decision, person_id=person
        )
        return self.client.reports.GetLetter(request, timeout=20)


def a_case(client: Client, *more: facts.Fact, name: str = "Bo Prøve") -> Case:
    case = Case(client, an_id(), an_id())
    client.record(
        api.a_person(case.applicant, name=name),
        api.a_household(case.household, "2020-01-01"),
        api.a_member(case.household, case.applicant, role=facts.MEMBER_ROLE_APPLICANT, **SINCE),
        api.members_attested(case.household, **SINCE),
        *more,
    )
    return case


def on_benefits(person: str) -> list[facts.Fact]:
    return [
        api.a_benefit(person, first_day="2025-09-01", last_day="2026-05-31"),
        api.benefits_attested(person, first_day="2024-01-01", last_day="2026-05-31"),
    ]


@pytest.fixture(scope="module")
def municipality() -> Iterator[Client]:
    with served(Instance.in_memory(today=lambda: TODAY)) as client:
        client.import_areas()
        client.record(
            api.a_dwelling(
                "dar-1", area="9999-kastanjeparken", address="Anemonevej 63, 9999 Prøvekøbing"
            ),
            facts.Fact(
                referral_right_decided=facts.ReferralRightDecided(
                    municipality="9999",
                    right=facts.REFERRAL_RIGHT_STK_1,
                    decision_day="2020-01-01",
                    decided_by="Byrådet",
                )
            ),
        )
        yield client


@pytest.fixture(scope="module")
def landlord() -> Iterator[Client]:
    kind = ControllerKind.HOUSING_ORGANISATION
    with served(Instance.in_memory(today=lambda: TODAY, kind=kind, controller="Elmebo")) as client:
        client.import_areas()
        client.record(
            api.a_dwelling(
                "dar-1",
                area="9999-elmehegnet",
                organisation="0000",
                department="1",
                rooms=2,
                address="Elmevej 1, 9999 Prøvekøbing",
            ),
            api.nothing_decided(),
            a_disposal(),
            facts.Fact(
                approval_scheme_decided=facts.ApprovalSchemeDecided(
                    municipality="9999",
                    organisation="0001",
                    departments=["7"],
                    first_day="2020-01-01",
                )
            ),
        )
        yield client


@pytest.fixture
def referral(municipality: Client) -> Case:
    case = a_case(municipality)
    municipality.record(*on_benefits(case.applicant))
    answer = case.ask(
        "Referral", basis=eligibility.REFERRAL_BASIS_STK_1, case_number="27.03.08-G01-12-26"
    )
    assert answer.outcome == core.OUTCOME_PROHIBITED
    return case


@pytest.fixture
def letting(landlord: Client) -> Case:
    case = a_case(landlord)
    landlord.record(attested(case.applicant, day=DAY))
    answer = case.ask(
        "Letting",
        channel=eligibility.LETTING_CHANNEL_WAITING_LIST,
        lives_in_department=core.STATED_NO,
    )
    assert answer.outcome == core.OUTCOME_PROHIBITED
    return case


@pytest.fixture
def notice(landlord: Client) -> Case:
    case = a_case(landlord)
    case.ask(
        "Notice",
        ground=eligibility.NOTICE_GROUND_DEMOLITION,
        written=core.STATED_YES,
        states_ground=core.STATED_YES,
        states_objection=core.STATED_YES,
        received_on=DAY,
    )
    return case


@pytest.fixture
def termination(landlord: Client) -> tuple[Case, str]:
    """A termination because of what the tenant's son did, and the son."""
    case, son = a_case(landlord), an_id()
    landlord.record(
        api.a_person(son, name="Ib Prøve"),
        api.a_member(case.household, son, role=facts.MEMBER_ROLE_OTHER, **SINCE),
        *(
            facts.Fact(judgments_attested=facts.JudgmentsAttested(person_id=each, last_day=DAY))
            for each in (case.applicant, son)
        ),
        a_judgment(son),
        a_weighing(case.household),
    )
    landlord.distances.MeasureDistance(measuring(son))
    assert case.ask("Termination").outcome == core.OUTCOME_DISCRETIONARY
    return case, son


NO_AUTHORITY = {"complaint_to": facts.COMPLAINT_BODY_NO_AUTHORITY}
COURT = {"complaint_to": facts.COMPLAINT_BODY_HOUSING_COURT, "complain_by": "2026-07-08"}


@pytest.fixture
def letters(
    referral: Case, letting: Case, notice: Case, termination: tuple[Case, str]
) -> dict[str, pb.GetLetterResponse]:
    """A letter of each kind that is adverse, by what it is about."""
    ended, _ = termination
    return {
        "referral": referral.letter(referral.decide(**NO_AUTHORITY)),
        "letting": letting.letter(letting.decide()),
        "notice": notice.letter(notice.decide(done=True, party_heard=False)),
        "termination": ended.letter(ended.decide(done=True, **COURT)),
    }


def test_letters_read_as_they_were_read_when_they_were_approved(
    letters: dict[str, pb.GetLetterResponse],
) -> None:
    for name, each in letters.items():
        for writing in (DANISH, ENGLISH):
            kept = GOLDEN / f"{name}.{writing.language}.txt"
            assert letter.text(each, writing) == kept.read_text("utf-8"), kept.name


CODES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}|[0-9a-f]{12}|[A-Z]{2,}[-_][A-Z0-9]+|[0-9]{4}-[a-z]{3}|"
    r"\d{4}-\d\d-\d\d|_"
)


def test_no_letter_holds_an_id_a_code_or_a_day_as_a_machine_writes_it(
    letters: dict[str, pb.GetLetterResponse],
) -> None:
    named = [rule for rule in CURRENT.rules if "-" in rule]
    for each in letters.values():
        for writing in (DANISH, ENGLISH):
            said = letter.text(each, writing).replace(each.case_number or "\0", "")
            assert CODES.findall(said) == []
            assert [rule for rule in named if rule in said] == []
            page = letter.page(each, writing)
            ids = (each.decision_id, each.receipt_id, each.person_id)
            assert not [id for id in ids if id[:8] in page]


def test_a_letter_is_the_same_again(referral: Case) -> None:
    decision = referral.decide(**NO_AUTHORITY)
    first, second = (letter.page(referral.letter(decision), DANISH) for _ in range(2))
    assert first == second


@pytest.mark.pango
def test_a_letter_says_as_a_pdf_what_it_says_as_text(referral: Case) -> None:
    made = referral.letter(referral.decide(**NO_AUTHORITY))
    pdf = pypdf.PdfReader(io.BytesIO(rendering.pdf(letter.page(made, DANISH))))
    read = _letters_of("".join(each.extract_text() for each in pdf.pages))
    plain = _letters_of(letter.text(made, DANISH))
    for said in (made.opening, *(line for part in made.parts for line in part.lines)):
        assert _letters_of(said.da) in read
        assert _letters_of(said.da) in plain


def _letters_of(text: str) -> str:
    return re.sub(r"[^0-9a-zæøå§]", "", text.lower())


def test_nothing_of_what_another_member_did_is_told_but_the_rule_that_it_comes_under(
    termination: tuple[Case, str],
) -> None:
    case, _ = termination
    made = case.letter(case.decide(done=True, **COURT))
    said = letter.text(made, DANISH) + letter.text(made, ENGLISH)
    assert "Ib Prøve: Kriminalitet inden for 1 km (nr. 10)" in " ".join(said.split())
    for told in ("244", "2. marts 2026", "400", "ubetinget fængsel", "imprisonment"):
        assert told not in said, told


def test_what_one_of_a_couple_receives_is_not_told_to_the_other(landlord: Client) -> None:
    case, spouse = a_case(landlord), an_id()
    landlord.record(
        api.a_person(spouse, name="Eva Prøve"),
        api.a_member(case.household, spouse, role=facts.MEMBER_ROLE_SPOUSE, **SINCE),
        attested(case.applicant, day=DAY),
        attested(spouse, day=DAY),
    )
    channel = eligibility.LETTING_CHANNEL_WAITING_LIST
    answer = case.ask("Letting", channel=channel, lives_in_department=core.STATED_NO)
    assert answer.outcome == core.OUTCOME_PROHIBITED
    decision = case.decide()
    for whom, other in ((case.applicant, "Eva Prøve"), (spouse, "Bo Prøve")):
        said = " ".join(letter.text(case.letter(decision, whom), DANISH).split())
        assert f"{other}: Afvisning i omdannelsesområde. Vi skriver ikke mere" in said
        assert said.count("modtager efter kommunens oplysning") == 1
        assert "Du modtager efter kommunens oplysning" in said


def test_a_letter_is_to_who_applies_or_rents_and_to_nobody_else(
    termination: tuple[Case, str], refused: Refused
) -> None:
    case, son = termination
    decision = case.decide(done=True, **COURT)
    assert case.letter(decision).person_id == case.applicant
    found = refused(lambda: case.letter(decision, son))
    assert list(found.fields) == ["person_id"]


MISSING: list[tuple[str, dict[str, Any], list[str]]] = [
    ("the complaint", {"complaint_to": None}, ["complaint_to"]),
    ("the hearing", {**NO_AUTHORITY, "party_heard": None}, ["party_heard"]),
    ("a hearing that the law asks for", {**NO_AUTHORITY, "party_heard": False}, ["party_heard"]),
    ("plain reasons", {**NO_AUTHORITY, "reasons": "Se REF-UDS-N5."}, ["reasons"]),
    ("reasons of no number", {**NO_AUTHORITY, "reasons": "Se 000000-0000."}, ["reasons"]),
    ("an answer that lets it be done", {**NO_AUTHORITY, "done": True}, ["answer"]),
    (
        "all of it",
        {"complaint_to": None, "party_heard": None, "reasons": "Jf. 1ba16215-8228-4d15."},
        ["reasons", "party_heard", "complaint_to"],
    ),
]


@pytest.mark.parametrize(
    ("decided", "slots"), [each[1:] for each in MISSING], ids=[m[0] for m in MISSING]
)
def test_a_letter_is_refused_with_every_slot_that_is_not_filled(
    referral: Case, refused: Refused, decided: dict[str, Any], slots: list[str]
) -> None:
    found = refused(lambda: referral.letter(referral.decide(**decided)))
    assert found.code is grpc.StatusCode.FAILED_PRECONDITION
    assert found.reason == "ERROR_REASON_LETTER_INCOMPLETE"
    assert list(found.fields) == slots


def test_of_a_notice_that_the_landlord_gave_as_a_step_there_is_a_letter_with_its_last_day(
    landlord: Client, notice: Case
) -> None:
    let = facts.TenancyTakenOver(
        household_id=notice.household,
        dwelling_id="dar-1",
        first_day="2020-01-01",
        let_as=core.DWELLING_KIND_FAMILY,
    )
    [tenancy] = landlord.record(facts.Fact(tenancy_taken_over=let))
    given = landlord.tenancies.GiveNotice(
        tenancy_pb.GiveNoticeRequest(
            context=context(),
            request_id=an_id(),
            tenancy_id=tenancy.fact_id,
            given_by=tenancy_pb.PARTY_LANDLORD,
            day=DAY,
            last_day="2026-10-01",
            basis=tenancy_pb.StepBasis(
                receipt_ids=[notice.receipt],
                decided_by="Kim Sagsbehandler",
                reasons=REASONS,
                party_heard=True,
            ),
        ),
        timeout=20,
    )
    made = notice.letter(given.recorded.step_id)
    assert made.receipt_id == notice.receipt
    said = letter.text(made, DANISH)
    assert "10. juni 2026" in said
    assert "Din lejeaftale slutter den 1. oktober 2026." in said


@pytest.mark.parametrize(
    ("dwelling", "named"),
    [
        ({"department": "2"}, True),
        ({"department": "2", "kind": core.DWELLING_KIND_YOUTH}, False),
        ({"department": "7"}, False),
        ({"department": ""}, False),
    ],
    ids=["of a family", "of the young", "approved by the municipality", "perhaps approved"],
)
def test_the_residents_board_is_named_where_it_is_known_that_it_decides(
    landlord: Client, refused: Refused, dwelling: dict[str, Any], named: bool
) -> None:
    id, case = an_id(), a_case(landlord)
    known = {"area": "9999-elmehegnet", "organisation": "0001", "address": "Elmevej 2"}
    landlord.record(api.a_dwelling(id, **known, **dwelling), attested(case.applicant, day=DAY))
    answer = case.ask(
        "Letting",
        dwelling_id=id,
        channel=eligibility.LETTING_CHANNEL_WAITING_LIST,
        lives_in_department=core.STATED_NO,
    )
    assert answer.outcome == core.OUTCOME_PROHIBITED
    decision = case.decide()
    if named:
        assert "beboerklagenævnet" in letter.text(case.letter(decision), DANISH)
    else:
        assert list(refused(partial(case.letter, decision)).fields) == ["complaint_to"]


def test_of_facts_that_the_party_knew_no_hearing_is_asked_for(referral: Case) -> None:
    decision = referral.decide(**NO_AUTHORITY, party_heard=False, known_to_party=True)
    assert "Du kendte allerede" in letter.text(referral.letter(decision), DANISH)


def test_no_letter_rests_on_an_answer_that_facts_have_moved(
    referral: Case, refused: Refused
) -> None:
    decision = referral.decide(**NO_AUTHORITY)
    assert referral.letter(decision).receipt_id == referral.receipt
    referral.client.record(
        api.a_benefit(referral.applicant, first_day="2026-06-01", last_day="2026-06-05")
    )
    found = refused(lambda: referral.letter(decision))
    assert list(found.fields) == ["answer"]
    assert "out of date" in found.fields["answer"]


def test_no_letter_rests_on_an_undetermined_answer(municipality: Client, refused: Refused) -> None:
    case = a_case(municipality)
    answer = case.ask("Referral", basis=eligibility.REFERRAL_BASIS_STK_1)
    assert answer.outcome == core.OUTCOME_UNDETERMINED
    decision = case.decide(**NO_AUTHORITY)
    assert "UNDETERMINED" in refused(lambda: case.letter(decision)).fields["answer"]


def test_of_an_erased_household_or_member_there_is_no_letter(
    municipality: Client, refused: Refused
) -> None:
    for whom in ("household", "applicant"):
        case = a_case(municipality)
        municipality.record(*on_benefits(case.applicant))
        case.ask("Referral", basis=eligibility.REFERRAL_BASIS_STK_1)
        decision = case.decide(**NO_AUTHORITY)
        subject = {"household_id" if whom == "household" else "person_id": getattr(case, whom)}
        municipality.erase(**subject)
        found = refused(partial(case.letter, decision))
        assert found.code is grpc.StatusCode.FAILED_PRECONDITION
        assert "Prøve" not in found.whole


def test_a_decision_that_was_taken_back_has_no_letter(referral: Case, refused: Refused) -> None:
    decision = referral.decide(**NO_AUTHORITY)
    referral.client.retract(decision)
    assert refused(lambda: referral.letter(decision)).code is grpc.StatusCode.NOT_FOUND


def test_the_answer_names_the_last_decision_that_stands_on_it(
    referral: Case, refused: Refused
) -> None:
    found = refused(lambda: referral.letter(referral.receipt))
    assert list(found.fields) == ["decided_by"]
    first, second = (referral.decide(**NO_AUTHORITY) for _ in range(2))
    assert referral.letter(referral.receipt).decision_id == second
    referral.client.retract(second)
    assert referral.letter(referral.receipt).decision_id == first


def test_what_is_no_decision_has_no_letter(referral: Case, refused: Refused) -> None:
    assert refused(lambda: referral.letter(an_id())).code is grpc.StatusCode.NOT_FOUND


def test_a_decision_rests_on_an_answer_about_its_own_household(
    referral: Case, letting: Case, refused: Refused
) -> None:
    for receipt in (an_id(), letting.receipt, a_case(referral.client).household):
        found = refused(partial(referral.decide, receipt_id=receipt))
        assert list(found.fields) == ["facts[0].case_decided.receipt_id"]


def test_recording_a_decision_makes_no_answer_stale(referral: Case) -> None:
    first = referral.decide(**NO_AUTHORITY)
    referral.decide(**NO_AUTHORITY)
    assert referral.letter(first).receipt_id == referral.receipt


def test_a_letter_is_noted_as_a_reading_of_whom_it_names(referral: Case) -> None:
    decision = referral.decide(**NO_AUTHORITY)
    referral.letter(decision)
    report = referral.client.reports.GetSubjectReport(
        pb.GetSubjectReportRequest(
            context=context(purpose="subject_access"), person_id=referral.applicant
        ),
        timeout=20,
    )
    read = [set(each.data_classes) for each in report.accesses if each.by.purpose == "case"]
    assert {core.DATA_CLASS_IDENTITY} in read


def test_every_kind_of_letter_is_about_a_question_that_its_controller_asks() -> None:
    for kind in KINDS:
        assert kind.controller in QUESTIONS[kind.question].asked_by, kind.question
        if kind.route is not None and kind.route.unless:
            assert kind.route.unless in CURRENT.rules


def test_what_is_printed_as_the_law_on_complaints_was_read_in_its_text() -> None:
    printed = [kind.route.law for kind in KINDS if kind.route is not None]
    assert printed
    assert {law.confidence for law in printed} == {Confidence.TEXT_SEEN}


def test_the_page_on_letters_says_of_each_kind_what_the_data_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "letters.md").read_text("utf-8")
    rows = page.partition("| --- | --- | --- | --- | --- |\n")[2].partition("\n\n")[0]
    assert rows.splitlines() == [_row(kind) for kind in KINDS]


def _row(kind: LetterKind) -> str:
    asked = f"{kind.question}: {'yes' if kind.done else 'no'}"
    reasons, hearing = (law.section if law else "–" for law in (kind.reasons, kind.hearing))
    complaint = "–" if kind.favourable else "the decision says it"
    if kind.route is not None:
        complaint = f"{kind.route.body}: {kind.route.law.section}"
    return f"| {kind.controller} | {asked} | {reasons} | {hearing} | {complaint} |"
