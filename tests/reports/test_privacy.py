"""No report holds anything of a person: what is sealed in the log is in no file."""

from __future__ import annotations

import io

import pypdf
import pytest
from google.protobuf.json_format import MessageToJson

from services.reports import areas, combined_letting, rendering
from services.reports.writing import Writing
from tests.api.client import Client, a_benefit, a_fallback, a_person, an_id
from tests.reports.conftest import PLANNED, area_report
from tests.reports.test_combined_letting import reported
from tests.tenancies.letting import Letting

CANARY = "Kanariefugl"


@pytest.mark.parametrize("pdf", [False, pytest.param(True, marks=pytest.mark.pango)])
def test_what_is_recorded_of_persons_is_in_no_file_of_any_report(
    municipality: Client, pdf: bool
) -> None:
    letting = Letting(municipality)
    household, person = letting.a_household()
    named = an_id()
    municipality.record(
        a_person(named, name=f"{CANARY} Prøve", cpr="6101800001"),
        a_benefit(person),
        a_fallback(household, decided_by=CANARY, reasons=f"{CANARY} har grunde."),
    )
    letting.check(household, letting.a_dwelling("home-9", area=PLANNED))
    report, form = area_report(municipality), reported(municipality)
    files: list[bytes] = []
    for writing in (Writing("da"), Writing("en")):
        for kind, made in ((areas, report), (combined_letting, form)):
            page = kind.page(made, writing)
            files.append(page.encode())
            if pdf:
                text = pypdf.PdfReader(io.BytesIO(rendering.pdf(page)))
                files.append(" ".join(each.extract_text() for each in text.pages).encode())
            files += [content for _, content in kind.tables(made, writing)]
            files.append(MessageToJson(made).encode())
    assert len(files) > 20
    for content in files:
        for secret in (CANARY, person, household, named, "6101800001", "home-"):
            assert secret.encode() not in content
