"""A person's own request: all that is held, what became of it, and who looked."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import grpc
import pypdf
import pytest
from google.protobuf.json_format import MessageToJson

from domain.data_classes import DataClass
from domain.purposes import PURPOSES
from domain.readback import CLASSES
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as facts
from husret.v1 import report_service_pb2 as pb
from services.api.server import serving
from services.cli import main as cli
from services.instance.instance import Instance
from services.reports import rendering, subject
from services.reports.words import PURPOSE_NAMES
from services.reports.writing import Writing
from tests.api.client import (
    Client,
    Refusal,
    a_benefit,
    a_fallback,
    a_household,
    a_member,
    a_person,
    an_id,
    benefits_attested,
    context,
    members_attested,
)
from tests.api.conftest import directory as directory
from tests.tenancies.letting import Letting

Refused = Callable[[Callable[[], object]], Refusal]
DANISH, ENGLISH = Writing("da"), Writing("en")


def report_of(client: Client, **values: Any) -> pb.GetSubjectReportResponse:
    values.setdefault("context", context(purpose="subject_access", actor="clerk.1"))
    return client.reports.GetSubjectReport(pb.GetSubjectReportRequest(**values), timeout=20)


def facts_of(report: pb.GetSubjectReportResponse) -> Iterator[facts.ReadFact]:
    for each in report.classes:
        yield from each.facts


@pytest.fixture
def known(client: Client) -> tuple[str, str]:
    """A person with a benefit that was corrected, and the household."""
    person, household = an_id(), an_id()
    first, *_ = client.record(
        a_person(person, name="Bo Prøve"),
        a_household(household),
        a_benefit(person),
        a_member(household, person),
        members_attested(household),
        a_fallback(household),
        actor="clerk.9",
    )[2:]
    client.correct(first.fact_id, a_benefit(person, last_day="2025-06-30"))
    return person, household


def test_every_fact_of_a_person_stands_in_it_what_stood_and_what_stands(
    client: Client, known: tuple[str, str]
) -> None:
    report = report_of(client, person_id=known[0])
    assert [(each.kind, each.state) for each in facts_of(report)] == [
        ("person_registered", facts.FACT_STATE_STANDS),
        ("household_member", facts.FACT_STATE_STANDS),
        ("benefit_period", facts.FACT_STATE_CORRECTED),
        ("benefit_period", facts.FACT_STATE_STANDS),
    ]
    assert list(report.households) == [known[1]]
    assert report.basis.known_at_position == client.head()


def test_a_household_has_a_report_of_its_own_with_its_decisions(
    client: Client, known: tuple[str, str]
) -> None:
    report = report_of(client, household_id=known[1])
    assert [each.kind for each in facts_of(report)] == [
        "household_registered",
        "household_member",
        "members_attested",
        "fallback_decided",
    ]
    page = subject.page(report, DANISH)
    assert "Kim Sagsbehandler" in page
    assert "Bo Prøve" not in page, "who the members are is theirs"


def test_answers_about_the_household_stand_with_who_asked(client: Client) -> None:
    letting = Letting(client)
    client.import_areas()
    household, _ = letting.a_household()
    receipt = letting.receipt(household, letting.a_dwelling("home-1"))
    [answer] = report_of(client, household_id=household).answers
    assert (answer.receipt_id, answer.question) == (receipt, "referral")
    assert answer.asked_by.actor == "clerk.7"
    assert answer.outcome != core.OUTCOME_UNSPECIFIED
    assert answer.title.da.endswith("?")


def test_a_page_of_a_waiting_list_tells_of_the_household_and_of_no_other(client: Client) -> None:
    letting = Letting(client)
    households = [letting.a_household()[0] for _ in range(2)]
    request = eligibility.ScreenWaitingListRequest(
        context=context(purpose="referral"),
        request_id=an_id(),
        referral=eligibility.ReferralQuestion(
            dwelling_id=letting.a_dwelling("home-1"), basis=eligibility.REFERRAL_BASIS_STK_2
        ),
        household_ids=households,
    )
    [page] = client.eligibility.ScreenWaitingList(request, timeout=20)
    for each in page.households:
        [answer] = report_of(client, household_id=each.household_id).answers
        assert (answer.receipt_id, answer.outcome) == (page.receipt_id, each.outcome)
    client.erase(household_id=households[0], data_class=core.DATA_CLASS_DECISIONS)
    assert not report_of(client, household_id=households[0]).answers
    assert report_of(client, household_id=households[1]).answers


def test_who_looked_stands_in_it_with_purpose_and_class(
    client: Client, known: tuple[str, str]
) -> None:
    asked = facts.ListFactsRequest(
        context=context(purpose="audit", actor="auditor.1"),
        person_id=known[0],
        data_class=core.DATA_CLASS_BENEFITS,
    )
    client.facts.ListFacts(asked)
    last = report_of(client, person_id=known[0]).accesses[-1]
    assert (last.by.actor, last.by.purpose) == ("auditor.1", "audit")
    assert list(last.data_classes) == [core.DATA_CLASS_BENEFITS]


def test_making_the_report_is_noted_and_stands_in_the_next(
    client: Client, known: tuple[str, str], instance: Instance
) -> None:
    first = report_of(client, person_id=known[0])
    assert "subject_access" not in [each.by.purpose for each in first.accesses]
    again = report_of(client, person_id=known[0])
    [noted] = [each for each in again.accesses if each.by.purpose == "subject_access"]
    assert set(noted.data_classes) >= {each.data_class for each in first.classes}
    token = instance.keys.token(UUID(known[0]), DataClass.BENEFITS)
    assert instance.access.reads([token])[-1].actor == "clerk.1"


def test_it_is_made_for_the_persons_request_alone(
    client: Client, known: tuple[str, str], refused: Refused
) -> None:
    asked = partial(report_of, client, person_id=known[0], context=context(purpose="audit"))
    assert set(refused(asked).fields) == {"context.purpose"}


def test_who_is_not_here_or_was_erased_is_not_found_without_an_echo(
    client: Client, known: tuple[str, str], refused: Refused
) -> None:
    client.erase(person_id=known[0])
    for person in (known[0], an_id()):
        refusal = refused(partial(report_of, client, person_id=person))
        assert refusal.code is grpc.StatusCode.NOT_FOUND
        assert person not in refusal.whole


def test_a_class_that_was_erased_says_so_and_nothing_of_it_comes_back(
    client: Client, known: tuple[str, str]
) -> None:
    before = client.head()
    client.erase(person_id=known[0], data_class=core.DATA_CLASS_BENEFITS)
    for position in (before, client.head()):
        report = report_of(client, person_id=known[0], consistency={"at_position": position})
        [benefits] = [
            each for each in report.classes if each.data_class == core.DATA_CLASS_BENEFITS
        ]
        assert (benefits.erased, len(benefits.facts)) == (True, 0)
        page = subject.page(report, DANISH)
        assert "Hvad der stod, ved vi ikke mere." in page
        assert "kontanthjælp" not in page


@pytest.mark.parametrize("writing", [DANISH, ENGLISH], ids=["da", "en"])
def test_the_page_says_each_field_in_words_and_stands_alone(
    client: Client, known: tuple[str, str], writing: Writing
) -> None:
    report_of(client, person_id=known[0])
    page = subject.page(report_of(client, person_id=known[0]), writing)
    for said in {
        "da": ("Bo Prøve", "kontanthjælp", "30. juni 2025", "er rettet den", "clerk.9"),
        "en": ("Bo Prøve", "cash benefit", "30 June 2025", "was corrected on", "clerk.9"),
    }[writing.language]:
        assert said in page
    assert not re.search(r"(src|href)=\"(?!data:)", page)
    assert "FACT_STATE" not in page
    assert "None" not in page


def test_a_person_of_whom_nothing_but_the_id_is_held_gets_a_page_that_says_so(
    client: Client,
) -> None:
    page = subject.page(report_of(client, person_id=client.a_person()), DANISH)
    assert "Der er ikke registreret noget." in page


def test_one_position_and_moment_give_the_same_bytes_whatever_came_since(
    client: Client, known: tuple[str, str]
) -> None:
    first = report_of(client, person_id=known[0])
    later = {"first_day": "2025-08-01", "last_day": "2025-08-31"}
    client.record(a_benefit(known[0], **later), benefits_attested(known[0]))
    again = report_of(
        client,
        person_id=known[0],
        consistency={"at_position": first.basis.known_at_position},
        looked_before=first.looked_before,
    )
    assert again == first
    assert MessageToJson(again) == MessageToJson(first)
    assert subject.page(again, DANISH) == subject.page(first, DANISH)


@pytest.mark.pango
def test_the_pdf_is_the_same_twice_and_can_be_read(client: Client, known: tuple[str, str]) -> None:
    page = subject.page(report_of(client, person_id=known[0]), DANISH)
    made = rendering.pdf(page)
    assert made == rendering.pdf(page)
    text = " ".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(made)).pages)
    assert "Oplysninger om dig" in text
    assert "kontanthjælp" in text


def test_every_class_and_every_purpose_has_words_for_the_person() -> None:
    assert set(CLASSES) == set(DataClass)
    assert set(PURPOSE_NAMES) == set(PURPOSES)


def test_the_command_writes_page_and_json_that_are_not_called_after_anybody(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(directory) as server:
        client = Client(server.endpoint)
        person = client.a_person(name="Bo Prøve")
        client.close()
    asked = ["report", "subject", "--person", person, "--dir", str(directory)]
    formats = ["--format", "html", "--format", "json"]
    assert cli.main([*asked, "--out", str(tmp_path / "one"), *formats]) == 0
    report = json.loads((tmp_path / "one" / "subject-access.json").read_text("utf-8"))
    assert report["person_id"] == person
    again = ["--at-position", str(report["basis"]["known_at_position"])]
    again += ["--looked-before", report["looked_before"]]
    assert cli.main([*asked, *again, "--out", str(tmp_path / "two"), *formats]) == 0
    for name in ("subject-access.html", "subject-access.json"):
        one, two = (tmp_path / each / name for each in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
    capsys.readouterr()
    assert cli.main(asked) == 0
    assert "Identitet: 1" in capsys.readouterr().out
    assert cli.main([*asked, "--looked-before", "yesterday"]) == 1
