"""Ids in one form, and the codes of municipalities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from domain.ids import canonical_id
from husret.v1 import (
    area_service_pb2,
    audit_service_pb2,
    distance_service_pb2,
    eligibility_service_pb2,
    fact_service_pb2,
    tenancy_service_pb2,
)
from services.api import ids
from services.facts.municipalities import municipalities
from tests.api.client import TODAY, Client, Refusal, a_dwelling, an_area, an_id, context

Refused = Callable[[Callable[[], object]], Refusal]

UUID = "0a3f50a0-4c21-32b8-e044-0003ba298018"
SPELLINGS = [UUID.upper(), UUID.replace("-", ""), f"urn:uuid:{UUID}", f"{{{UUID}}}", UUID.title()]
pb = fact_service_pb2


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_uuid_has_one_form_however_it_is_spelt(spelling: str) -> None:
    assert canonical_id(spelling) == UUID


@pytest.mark.parametrize(
    "other",
    ["dar-1", "DAR-1", UUID[:-1], f"{UUID}0", UUID[:23], "a" * 33, f"{{{UUID}", f"{UUID}}}"],
)
def test_any_other_id_stays_as_it_is(other: str) -> None:
    assert canonical_id(other) == other


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_dwelling_is_the_same_however_its_uuid_is_spelt(
    spelling: str, client: Client, refused: Refused
) -> None:
    client.record(an_area(), an_area("9999-nabo"), a_dwelling(UUID))
    other = a_dwelling(spelling, area="9999-nabo")
    assert "facts[0].dwelling_recorded.area" in refused(lambda: client.record(other)).fields
    household = client.a_household()
    decisions = [client.check(household, each, TODAY) for each in (UUID, spelling)]
    assert decisions[0].outcome == decisions[1].outcome
    asked = tenancy_service_pb2.GetTenancyRequest(
        context=context(purpose="case"), dwelling_id=spelling
    )
    client.tenancies.GetTenancy(asked)


def _requests() -> Iterator[Message]:
    for module in (
        area_service_pb2,
        audit_service_pb2,
        distance_service_pb2,
        eligibility_service_pb2,
        fact_service_pb2,
        tenancy_service_pb2,
    ):
        for service in module.DESCRIPTOR.services_by_name.values():
            for method in service.methods:
                yield method.input_type._concrete_class()


def _fill(message: Message, path: str, filled: list[str], depth: int = 0) -> None:
    """Write the spelling into every field that may name a dwelling or a property."""
    fields: list[Any] = list(message.DESCRIPTOR.fields)
    for field in fields:
        name = f"{path}.{field.name}"
        if field.type == FieldDescriptor.TYPE_STRING:
            if re.search(r"dwelling|propert|^named$", field.name):
                filled.append(name)
                value = SPELLINGS[0]
                if field.is_repeated:
                    getattr(message, field.name).append(value)
                else:
                    setattr(message, field.name, value)
        elif field.type == FieldDescriptor.TYPE_MESSAGE and depth < 6:
            inner = field.message_type._concrete_class()
            before = len(filled)
            _fill(inner, name, filled, depth + 1)
            if len(filled) > before:
                whole = getattr(message, field.name)
                (whole.add() if field.is_repeated else whole).CopyFrom(inner)


def test_every_field_of_every_request_that_names_a_dwelling_or_property_is_put_in_form() -> None:
    filled: list[str] = []
    for request in _requests():
        _fill(request, request.DESCRIPTOR.name, filled)
        ids.put_in_form(request)
        assert SPELLINGS[0] not in str(request), request.DESCRIPTOR.name
    assert len(filled) > 20


@pytest.mark.parametrize("code", ["0411", "1234", "0000", "461", "04611", "", "０４６１"])
def test_what_is_no_municipality_is_refused_in_facts_and_filters(
    code: str, client: Client, refused: Refused
) -> None:
    counted = pb.FamilyDwellingsCounted(
        municipality=code, counted_on="2026-01-01", in_listed_areas=1, in_municipality=2
    )
    refusal = refused(lambda: client.record(pb.Fact(family_dwellings_counted=counted)))
    assert set(refusal.fields) == {"facts[0].family_dwellings_counted.municipality"}
    if code:
        asked = area_service_pb2.ListAreaListsRequest(municipality=code)
        assert set(refused(lambda: client.areas.ListAreaLists(asked)).fields) == {"municipality"}


@pytest.mark.parametrize("code", sorted(municipalities()))
def test_a_real_code_is_accepted(code: str, client: Client) -> None:
    client.record(
        an_area(f"{code}-proeve", municipality=code),
        a_dwelling(an_id(), municipality=code, area=f"{code}-proeve"),
    )


def test_christiansoe_is_named_as_what_it_is(client: Client, refused: Refused) -> None:
    area = an_area("0411-christiansoe", municipality="0411")
    refusal = refused(lambda: client.record(area))
    assert "Christiansø" in refusal.fields["facts[0].area_registered.municipality"]
