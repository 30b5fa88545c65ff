"""An auditor's report of one answer: everything that it rests on, in every format, noted."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pypdf
import pytest

from domain.law.question import QuestionKind
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import report_service_pb2 as pb
from husret_verify.note import VerifierKey
from services.instance.instance import Instance
from services.reports import decision, files, manifest
from services.reports.words import FILES
from services.reports.writing import Writing
from tests.api.client import Client, an_id, context
from tests.api.conftest import served
from tests.reports.conftest import PLANNED, TODAY, a_plan
from tests.reports.test_case_sheet import RECORDED, client_of
from tests.reports.test_case_sheet import asked as asked_of
from tests.reports.test_files import Page
from tests.reports.test_letters import Case, a_case, landlord, municipality, on_benefits

__all__ = ["client_of", "landlord", "municipality"]

DANISH, ENGLISH = Writing("da"), Writing("en")


@pytest.fixture(scope="module")
def case(municipality: Client) -> Case:
    case = a_case(municipality)
    municipality.record(*on_benefits(case.applicant))
    return case


@pytest.fixture(scope="module")
def receipt(case: Case) -> str:
    receipt: str = case.ask("Referral", basis=1, case_number="2026-000017").receipt_id
    return receipt


def asked(receipt: str, **values: Any) -> pb.GetDecisionReportRequest:
    return pb.GetDecisionReportRequest(
        context=context(purpose="audit", actor="auditor"), receipt_id=receipt, **values
    )


def reported(client: Client, receipt: str, **values: Any) -> pb.GetDecisionReportResponse:
    return client.reports.GetDecisionReport(asked(receipt, **values), timeout=30)


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def rows(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


def test_a_report_says_what_the_audit_calls_say_and_where_it_stands_in_the_log(
    municipality: Client, receipt: str
) -> None:
    report = reported(municipality, receipt)
    shown = municipality.audit.GetDecision(
        audit.GetDecisionRequest(context=context(purpose="audit"), receipt_id=receipt), timeout=20
    )
    replay = municipality.audit.ReplayDecision(
        audit.ReplayDecisionRequest(context=context(purpose="audit"), receipt_id=receipt),
        timeout=20,
    )
    assert report.decision == shown.decision
    assert report.about == shown.about
    assert report.replay == replay
    assert report.replay.verdict == audit.REPLAY_VERDICT_EQUAL
    [event] = municipality.audit.ListEvents(
        audit.ListEventsRequest(
            context=context(), after_position=report.decision.recorded_position - 1, page_size=1
        ),
        timeout=20,
    ).events
    assert event.event_id == receipt
    assert report.leaf_hash == event.leaf_hash
    proof = municipality.audit.GetInclusionProof(
        audit.GetInclusionProofRequest(
            context=context(purpose="audit"),
            position=report.decision.recorded_position,
            size=report.basis.known_at_position,
        ),
        timeout=20,
    )
    assert proof.root == report.basis.root_hash
    assert report.basis.commands[0] == (
        f"husret report decision {receipt} --at-position {report.basis.known_at_position}"
    )


def test_every_format_holds_the_same_findings_in_both_languages(
    municipality: Client, receipt: str
) -> None:
    report = reported(municipality, receipt)
    assert any(each.evidence for each in report.decision.findings)
    for writing in (DANISH, ENGLISH):
        made = {each.name: each.content for each in files.files(report, writing, ["html", "csv"])}
        page = plain(Page(made.pop(f"decision-{receipt[:8]}.html").decode()).root.words)
        tables = {name: rows(content) for name, content in made.items()}
        [findings] = [t for name, t in tables.items() if writing.said(FILES["findings"]) in name]
        for each in report.decision.findings:
            said = [row for row in findings if row[writing.word("rule")] == each.rule_id]
            assert said, each.rule_id
            assert all(
                str(item.position) in said[0][writing.word("events")] for item in each.evidence
            )
        for text in (report.decision.summary, *(each.text for each in report.decision.missing)):
            assert plain(writing.said(text)) in page
        for each in report.decision.findings:
            if each.status == core.FINDING_STATUS_MET:
                assert plain(writing.said(each.explanation)) in page
                assert all(f"#{item.position}" in page for item in each.evidence)
        for hashed in (report.decision.receipt_hash, report.leaf_hash, report.basis.leaf_hash):
            assert hashed.hex() in page
        assert all(command in page for command in report.basis.commands)
    said = json.loads(files.as_json(report))
    assert [each["rule_id"] for each in said["decision"]["findings"]] == [
        each.rule_id for each in report.decision.findings
    ]


def test_the_classes_that_a_report_says_were_opened_are_those_in_the_access_table(
    municipality: Client, case: Case, receipt: str
) -> None:
    for names in (False, True):
        before = len(accesses(municipality, case))
        report = reported(municipality, receipt, names=names)
        noted = accesses(municipality, case)[before:]
        assert {each for one in noted for each in one} == {*report.opened}
        assert (core.DATA_CLASS_IDENTITY in report.opened) is names


def accesses(client: Client, case: Case) -> list[list[core.DataClass.ValueType]]:
    """Return the classes that the auditor opened of the household and of its member."""
    found = []
    whose = context(purpose="subject_access")
    for request in (
        pb.GetSubjectReportRequest(context=whose, person_id=case.applicant),
        pb.GetSubjectReportRequest(context=whose, household_id=case.household),
    ):
        report = client.reports.GetSubjectReport(request, timeout=30)
        found += [
            (each.at.ToNanoseconds(), list(each.data_classes))
            for each in report.accesses
            if each.by.purpose == "audit"
        ]
    return [classes for _, classes in sorted(found)]


def test_nobody_is_named_unless_it_is_asked_for(municipality: Client, receipt: str) -> None:
    for names in (False, True):
        report = reported(municipality, receipt, names=names)
        made = list(files.files(report, DANISH, ["html", "csv", "json"]))
        assert any("Bo Prøve".encode() in each.content for each in made) is names


def test_a_report_as_known_earlier_than_the_answer_is_refused(
    municipality: Client, receipt: str, refused: Any
) -> None:
    found = refused(lambda: reported(municipality, receipt, consistency={"at_position": 5}))
    assert list(found.fields) == ["consistency"]


def test_the_same_position_gives_the_same_files_whatever_was_recorded_since(
    municipality: Client, case: Case, receipt: str
) -> None:
    position = reported(municipality, receipt).basis.known_at_position

    def made() -> pb.RenderReportResponse:
        request = pb.RenderReportRequest(
            decision=asked(receipt, names=True, consistency={"at_position": position}),
            formats=[pb.REPORT_FORMAT_HTML, pb.REPORT_FORMAT_CSV, pb.REPORT_FORMAT_JSON],
            language="en",
        )
        return municipality.reports.RenderReport(request, timeout=60)

    first = made()
    case.ask("Referral", basis=1)
    a_case(municipality, name="En Anden")
    assert made() == first


@pytest.mark.pango
def test_the_pdf_is_the_same_twice_and_numbers_its_pages(
    municipality: Client, receipt: str
) -> None:
    report = reported(municipality, receipt)
    [first], [second] = (list(files.files(report, DANISH, ["pdf"])) for _ in range(2))
    assert first == second
    read = pypdf.PdfReader(io.BytesIO(first.content))
    assert read.metadata is not None
    assert not [name for name in read.metadata if "Date" in name]
    for number, each in enumerate(read.pages, 1):
        assert f"{number} / {len(read.pages)}" in each.extract_text()


def test_a_manifest_names_every_file_with_its_hash_and_the_logs_key_has_signed_it(
    municipality: Client, receipt: str
) -> None:
    request = pb.RenderReportRequest(
        decision=asked(receipt), formats=[pb.REPORT_FORMAT_JSON, pb.REPORT_FORMAT_CSV], name="svar"
    )
    made = municipality.reports.RenderReport(request, timeout=60)
    checkpoint = municipality.audit.GetCheckpoint(
        audit.GetCheckpointRequest(context=context(purpose="audit")), timeout=20
    )
    key = VerifierKey.parse(checkpoint.vkey)
    said = manifest.read(made.manifest.content.decode(), [key])
    assert made.manifest.name == "svar.manifest"
    assert {name for name, _, _ in said.files} == {each.name for each in made.files}
    assert {digest for _, digest, _ in said.files} == {each.hash.hex() for each in made.files}
    assert said.position == made.known_at_position
    assert said.command.startswith(f"husret report decision {receipt} --at-position ")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"formats": [pb.REPORT_FORMAT_SVG]}, "formats[0]"),
        ({"formats": [99]}, "formats[0]"),
        ({"language": "de"}, "language"),
        ({"name": "../svar"}, "name"),
        ({"name": "Bo Prøve"}, "name"),
    ],
)
def test_what_can_not_be_made_is_refused_and_opens_nothing(
    municipality: Client, case: Case, receipt: str, refused: Any, values: Any, field: str
) -> None:
    before = len(accesses(municipality, case))
    request = pb.RenderReportRequest(decision=asked(receipt), **values)
    found = refused(lambda: municipality.reports.RenderReport(request, timeout=30))
    assert list(found.fields) == [field]
    assert len(accesses(municipality, case)) == before


def test_an_answer_says_its_shares_with_numerators_and_limits() -> None:
    with served(Instance.in_memory(today=lambda: TODAY)) as client:
        client.import_areas()
        client.record(*a_plan())
        question = eligibility.PlanQuestion(area=PLANNED, day="2026-06-15")
        request = eligibility.CheckPlanRequest(
            context=context(), request_id=an_id(), question=question
        )
        receipt = client.eligibility.CheckPlan(request, timeout=20).decision.receipt_id
        report = reported(client, receipt)
    [share] = report.shares
    assert (share.share, share.numerator, share.denominator) == ("70.50", "717", "1017")
    assert (share.comparison, share.limit, share.result) == ("<=", "40", "not_met")
    assert share.area == PLANNED
    assert not report.opened
    [row] = rows(dict(decision.tables(report, DANISH))["andele"])
    assert (row["Tal"], row["Optalt"], row["Grænse"]) == ("70,50", "717 af 1017", "40")
    assert row["Sammenligning"] == "højst"
    assert "717 of 1017" in plain(Page(decision.page(report, ENGLISH)).root.words)


def test_what_was_erased_is_said_and_the_rest_is_computed_again(
    municipality: Client, refused: Any
) -> None:
    case = a_case(municipality)
    municipality.record(*on_benefits(case.applicant))
    receipt = case.ask("Referral", basis=1).receipt_id
    municipality.erase(person_id=case.applicant, data_class=core.DATA_CLASS_BENEFITS)
    report = reported(municipality, receipt)
    assert report.replay.verdict == audit.REPLAY_VERDICT_EQUAL_BUT_ERASED
    assert "REPLAY_ERASED" in [each.code for each in report.exceptions]
    assert "slettet" in Page(decision.page(report, DANISH)).root.words
    municipality.erase(household_id=case.household)
    assert refused(lambda: reported(municipality, receipt)).reason == "ERROR_REASON_ERASED"


def test_of_an_entry_of_a_waiting_list_the_page_is_not_opened_for_all_others(
    municipality: Client, case: Case
) -> None:
    other = a_case(municipality)
    request = eligibility.ScreenWaitingListRequest(
        context=context(),
        request_id=an_id(),
        referral=eligibility.ReferralQuestion(
            dwelling_id="dar-1", basis=eligibility.REFERRAL_BASIS_STK_1, day="2026-06-10"
        ),
        household_ids=[case.household, other.household],
    )
    [page] = municipality.eligibility.ScreenWaitingList(request)
    before = len(accesses(municipality, other))
    report = reported(municipality, page.receipt_id, household_id=case.household)
    assert len(accesses(municipality, other)) == before
    assert not report.HasField("replay")
    assert "PAGE_NOT_REPLAYED" in [each.code for each in report.exceptions]
    assert report.decision.outcome == page.households[0].outcome
    for writing in (DANISH, ENGLISH):
        said = Page(decision.page(report, writing)).root.words
        assert writing.word("recomputed_not") in said
        assert not rows(dict(decision.tables(report, writing))[writing.said(FILES["differences"])])
    assert report.basis.commands[0].endswith(
        f"--household {case.household} --at-position {report.basis.known_at_position}"
    )


@pytest.mark.parametrize("kind", RECORDED, ids=[kind.name for kind in RECORDED])
def test_the_report_of_every_kind_of_question_is_written_in_every_format(
    client_of: Any, kind: QuestionKind
) -> None:
    client, case = client_of(kind)
    receipt = asked_of(client, kind, case)
    report = reported(client, receipt)
    assert report.replay.verdict == audit.REPLAY_VERDICT_EQUAL
    assert {each.section for each in report.replay.found} == set()
    for writing in (DANISH, ENGLISH):
        made = {each.name: each for each in files.files(report, writing, ["html", "csv", "json"])}
        page = plain(Page(made[f"decision-{receipt[:8]}.html"].content.decode()).root.words)
        assert plain(writing.said(report.decision.summary)) in page
        assert receipt in page
        assert len(made) == 10
