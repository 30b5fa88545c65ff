"""Reports over JSON and HTTP: data, and the files that are made of it."""

from __future__ import annotations

import base64
import hashlib

from tests.http.client import CONTEXT, Http

AREA = "9999-elmehegnet"
ASKED = {"context": CONTEXT, "year": 2024, "area": AREA}


def test_a_report_and_its_files_come_over_http_as_they_do_over_grpc(http: Http) -> None:
    report = http.call("ReportService/GetAreaReport", ASKED).json
    assert [each["area"] for each in report["areas"]] == [AREA]
    asked = {"area": ASKED, "formats": ["REPORT_FORMAT_HTML", "REPORT_FORMAT_JSON"], "name": "a"}
    made = http.call("ReportService/RenderReport", asked).json
    assert [each["name"] for each in made["files"]] == ["a.html", "a.json"]
    for each in made["files"]:
        content = base64.b64decode(each["content"])
        assert hashlib.sha256(content).digest() == base64.b64decode(each["hash"])
        assert AREA.encode() in content
    assert made["manifest"]["name"] == "a.manifest"


def test_a_report_that_is_not_named_is_refused(http: Http) -> None:
    answer = http.call("ReportService/RenderReport", {"formats": ["REPORT_FORMAT_HTML"]})
    assert answer.code == 400
    assert list(answer.fields) == ["report"]
