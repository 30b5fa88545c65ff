"""The description of JSON over HTTP: current, valid, and true of what is answered."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup as CheckFailed

from services.api.contract import METHODS
from tests.http.client import Http
from tests.support import scaled
from tools import openapi

load_all_checks()


@cache
def described() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(openapi.TARGET.read_text())
    return found


def test_the_description_is_current() -> None:
    assert openapi.TARGET.read_text() == openapi.document(), "run `make proto`"


def test_every_method_and_message_is_described_and_nothing_else() -> None:
    document = described()
    assert set(document["paths"]) == set(METHODS)
    schemas = document["components"]["schemas"]
    named = set()

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            named.update([part["$ref"]] if "$ref" in part else [])
            part = list(part.values())
        if isinstance(part, list):
            for each in part:
                walk(each)

    walk(document)
    assert {name.removeprefix("#/components/schemas/") for name in named} <= set(schemas)
    for path in METHODS:
        assert document["paths"][path]["post"]["description"], path


def test_an_answer_is_as_it_is_described(http: Http) -> None:
    document = described()
    path = "/husret.v1.AreaService/GetAreaStatus"
    checks: Any = CHECKS.get_by_names(["response_schema_conformance"])
    request: Any = {"area": "9999-kastanjeparken", "day": "2024-01-01"}

    def asked(document: dict[str, Any]) -> None:
        case = schemathesis.openapi.from_dict(document)[path]["POST"].Case(
            body=request, media_type="application/json"
        )
        answer = case.call(base_url=http.url, headers={"authorization": f"Bearer {http.token}"})
        assert answer.status_code == 200
        case.validate_response(answer, checks=checks)

    asked(document)
    other = json.loads(json.dumps(document))
    del other["components"]["schemas"]["husret.v1.GetAreaStatusResponse"]["properties"]["area"]
    with pytest.raises(CheckFailed):
        asked(other)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_comes_is_answered_as_described_and_never_a_fault(
    http: Http, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_dict(described())
    found: Any = list(schema.get_all_operations())
    operations = [each.ok() for each in found]
    checks: Any = CHECKS.get_by_names(
        ["not_a_server_error", "status_code_conformance", "content_type_conformance"]
    )

    # One example of each method shares what making a strategy costs.
    @settings(
        max_examples=scaled(60, 6_600),
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        operation = data.draw(st.sampled_from(operations))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        answer = case.call(base_url=http.url, headers={"authorization": f"Bearer {http.token}"})
        case.validate_response(answer, checks=checks)
        reached.add(answer.status_code)

    reached: set[int] = set()
    ask()
    assert 400 in reached
    assert http.call("AuditService/GetHealth", {}).code == 200
