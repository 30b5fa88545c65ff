"""JSON is read strictly: what is not understood is named, and nothing of it is repeated."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
from google.protobuf import json_format
from hypothesis import given
from hypothesis import strategies as st

from husret.v1 import area_service_pb2 as areas
from husret.v1 import core_pb2 as core
from husret.v1 import distance_service_pb2 as distances
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as facts
from services.http.reading import Unreadable, read
from services.http.writing import plain, write

CHECK = eligibility.CheckReferralRequest.DESCRIPTOR
RECORD = facts.RecordFactsRequest.DESCRIPTOR
SECRET = "Bo Prøve 610180"


def wrong(kind: Any, body: str | bytes) -> list[str]:
    """Return the fields that are wrong with a body; nothing that is said repeats a value."""
    with pytest.raises(Unreadable) as caught:
        read(body if isinstance(body, bytes) else body.encode(), kind)
    for each in caught.value.wrong:
        assert "Prøve" not in each.what + each.field
        assert "610180" not in each.what
    return [each.field for each in caught.value.wrong]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ('{"question": {"dag": "2026-01-01"}}', ["question.dag"]),
        ('{"preview": true, "preview": true}', ["preview"]),
        ('{"requestId": "a", "request_id": "b"}', ["requestId"]),
        ('{"question": []}', ["question"]),
        ('{"question": ""}', ["question"]),
        ('{"question": null}', ["question"]),
        ('{"preview": null}', ["preview"]),
        ('{"preview": "true"}', ["preview"]),
        ('{"preview": 1}', ["preview"]),
        (f'{{"question": {{"basis": "{SECRET}"}}}}', ["question.basis"]),
        ('{"question": {"basis": 1}}', ["question.basis"]),
        (f'{{"question": {{"day": {{"x": "{SECRET}"}}}}}}', ["question.day"]),
        ('{"consistency": {"atPosition": "1", "atLeastPosition": 2}}',
         ["consistency.atLeastPosition"]),
        ('{"consistency": {"atPosition": 1.5}}', ["consistency.atPosition"]),
        ('{"consistency": {"atPosition": "9223372036854775808"}}', ["consistency.atPosition"]),
        ('{"consistency": {"atPosition": true}}', ["consistency.atPosition"]),
        ('{"requestId": "\\ud800"}', ["requestId"]),
        ('{"nothing": 1, "question": {"day": 1, "basis": "X"}, "preview": []}',
         ["nothing", "question.day", "question.basis", "preview"]),
        ("", [""]),
        ("[]", [""]),
        ("null", [""]),
        (f'"{SECRET}"', [""]),
        ('{"preview": NaN}', [""]),
        ('{"preview": true} x', [""]),
        ("{'preview': true}", [""]),
        (b'\xef\xbb\xbf{"preview": true}', [""]),
        ('{"requestId": "æ"}'.encode("latin-1"), [""]),
        ('{"preview": true}'.encode("utf-16"), [""]),
        ("[" * 100_000, [""]),
        ('{"requestId": %s}' % ("9" * 10_000), [""]),
        ('{"items": [%s{}]}' % ("{}," * 500_001), [""]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(body: str | bytes, fields: list[str]) -> None:
    assert wrong(CHECK, body) == fields


def test_who_sends_null_is_told_to_leave_it_out() -> None:
    with pytest.raises(Unreadable) as caught:
        read(b'{"preview": null}', CHECK)
    [only] = caught.value.wrong
    assert "null" in only.what


def test_a_place_in_a_list_is_told_and_a_name_that_nearly_fits_is_proposed() -> None:
    body = '{"facts": [{}, {"benefitPeriod": {"persnId": "x"}}, {"personRegisterd": {}}]}'
    with pytest.raises(Unreadable) as caught:
        read(body.encode(), RECORD)
    first, second = caught.value.wrong
    assert first.field == "facts[1].benefitPeriod.persnId"
    assert "personId" in first.what
    assert second.field == "facts[2].personRegisterd"
    assert "personRegistered" in second.what
    assert wrong(RECORD, '{"facts": {"0": {}}}') == ["facts"]
    assert wrong(RECORD, '{"facts": [{"personRegistered": {}, "areaListed": {}}]}') == [
        "facts[0].areaListed"
    ]


def test_bytes_numbers_and_maps_are_read() -> None:
    content = bytes(range(256))
    for text in (base64.b64encode(content), base64.urlsafe_b64encode(content).rstrip(b"=")):
        made = read(
            json.dumps({"content": text.decode()}).encode(),
            areas.ImportAreaListsRequest.DESCRIPTOR,
        )
        assert made == areas.ImportAreaListsRequest(content=content)
    assert wrong(areas.ImportAreaListsRequest.DESCRIPTOR, '{"content": "å"}') == ["content"]
    files = facts.RecordFilesRequest.DESCRIPTOR
    made = read(b'{"files": [{"columns": {"a": "b"}}]}', files)
    assert made == facts.RecordFilesRequest(files=[facts.FactFile(columns={"a": "b"})])
    assert wrong(files, f'{{"files": [{{"columns": {{"{SECRET}": 1}}}}]}}') == [
        "files[0].columns[0]"
    ]
    point = distances.MeasureDistanceRequest.DESCRIPTOR
    assert wrong(point, '{"place": {"point": {"easting": 1e999, "northing": "1"}}}') == [
        "place.point.easting",
        "place.point.northing",
    ]


def test_what_is_written_can_be_read_by_others_and_by_us() -> None:
    request = facts.RecordFactsRequest(
        context=core.RequestContext(actor="a", purpose="case"),
        facts=[
            facts.Fact(person_registered=facts.PersonRegistered(person_id="p", name='Bo æøå \n"')),
            facts.Fact(benefit_period=facts.BenefitPeriod(benefit=facts.BENEFIT_KONTANTHJAELP)),
        ],
    )
    text = write(request)
    assert b"\n" not in text
    assert json_format.Parse(text.decode(), facts.RecordFactsRequest()) == request
    assert read(text, RECORD) == request
    assert json.loads(text) == json.loads(
        json_format.MessageToJson(request, always_print_fields_with_no_presence=True)
    )
    health = core.Consistency(at_position=2**60)
    assert plain(health) == {"atPosition": str(2**60)}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["question", "basis", "day", "context", "facts", "consistency", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(_JSON)
def test_whatever_json_comes_is_read_or_refused(value: Any) -> None:
    body = json.dumps(value).encode()
    try:
        made = read(body, CHECK)
    except Unreadable:
        return
    assert read(write(made), CHECK) == made


@pytest.mark.parametrize(
    "name",
    [SECRET, "610180-1234", "cpr6101801234", "x" * 1_000_000, "\\ud800", "Prøve", ""],
    ids=["a person", "a number", "a number with a word", "very long", "half", "letters", "none"],
)
def test_a_name_that_no_field_has_is_told_by_its_place(name: str) -> None:
    assert wrong(CHECK, f'{{"question": {{"day": "", "{name}": 1}}}}') == ["question[1]"]


def test_a_number_beyond_all_bits_is_no_number() -> None:
    body = '{"place": {"uncertaintyM": %s}}'
    for number in ("9" * 400, "1e400", "-1e400"):
        assert wrong(distances.MeasureDistanceRequest.DESCRIPTOR, body % number) == [
            "place.uncertaintyM"
        ]


def test_the_cost_of_what_is_wrong_grows_with_its_length_alone() -> None:
    def cost(count: int) -> float:
        names = ",".join(
            f'"household_{chr(97 + n % 26)}{"x" * (n % 9)}{n}":1' for n in range(count)
        )
        started = time.process_time()
        wrong(RECORD, f'{{"facts": [{{"a": 1, "a": 2, {names}}}]}}')
        return time.process_time() - started

    few = min(cost(2_000) for _ in range(3))
    assert cost(20_000) < 40 * few  # name by name with all before it, it takes 100 times as much
