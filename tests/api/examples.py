"""Makes a fact of any kind from its declaration: what it must have, and nothing that it may."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec

from domain.facts.declared import Slot, slots
from husret.v1 import fact_service_pb2 as pb
from services.api.facts import FACTS
from tests.api.client import AREA, an_id

_REFERRED = {"area": AREA, "dwelling": "dar-1"}
_KNOWN = {"municipality": "9999"}


def example(name: str, household: str, person: str) -> pb.Fact:
    """Make the fact that a field of `Fact` states."""
    fact = pb.Fact()
    content = getattr(fact, name)
    content.SetInParent()
    for field, of in (("person_id", person), ("household_id", household)):
        if field in content.DESCRIPTOR.fields_by_name:
            setattr(content, field, of)
    _fill(content, FACTS[name])
    return fact


def _fill(message: Any, struct: type[Any]) -> None:
    for slot in slots(struct):
        if not slot.required:
            continue
        if slot.each is None and issubclass(slot.kind, msgspec.Struct):
            _fill(getattr(message, slot.wire), slot.kind)
        elif slot.each is None:
            setattr(message, slot.wire, _value(message, slot, slot))
        elif issubclass(slot.each.kind, msgspec.Struct):
            _fill(getattr(message, slot.wire).add(), slot.each.kind)
        else:
            getattr(message, slot.wire).append(_value(message, slot, slot.each))


def _value(message: Any, field: Slot, slot: Slot) -> Any:
    said = slot.said
    if message.DESCRIPTOR.fields_by_name[field.wire].enum_type is not None:
        return 1
    if said.share:
        return said.plausible[0] if said.plausible else f"{said.least or 1}.0"
    if slot.kind is UUID:
        return an_id()
    if slot.kind is date:
        return "2024-01-01"
    if slot.kind is not str:
        return slot.kind(said.least or 1)
    if said.known == "external_id":
        return f"ejd:{uuid4().int % 10**9}"
    return _REFERRED.get(said.refers or "") or _KNOWN.get(said.known or "", "made-up")
