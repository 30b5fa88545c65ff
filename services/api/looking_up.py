"""Whom or what a CPR number, or the caller's own id, names here."""

from __future__ import annotations

from domain import cpr, external_ids
from domain.data_classes import SubjectKind
from husret.v1 import fact_service_pb2 as pb
from services.api import convert
from services.api.errors import NotNamed
from services.facts.external_ids import Named, named
from services.facts.fields import FieldErrors
from services.instance.instance import Instance

_NOBODY = "nobody and nothing here is known by it"


def look_up(instance: Instance, request: pb.LookUpRequest) -> pb.LookUpResponse:
    """Return what is named; whom it is of is noted as a reading. Raises NotNamed."""
    wrong = FieldErrors()
    reader = convert.context(request.context, wrong).reader()
    found: Named | None = None
    match request.WhichOneof("by"):
        case "cpr":
            try:
                number = cpr.parse(request.cpr, allow_test_numbers=True)
            except cpr.InvalidCpr as error:
                wrong.add("cpr", str(error).removeprefix("cpr: "))
                number = None
            wrong.raise_if_any()
            person = None if number is None else instance.keys.find_by_cpr(number)
            found = None if person is None else Named(SubjectKind.PERSON, str(person))
        case "external_id":
            what = external_ids.wrong(request.external_id)
            if what:
                wrong.add("external_id", what)
            wrong.raise_if_any()
            found = named(instance, instance.view(), request.external_id)
        case _:
            wrong.add("by", "is not given; name a CPR number or an external id")
            wrong.raise_if_any()
    if found is None:
        raise NotNamed(_NOBODY)
    if found.subject is not None and not instance.person_facts.note_looked_up(
        [found.subject], reader
    ):
        raise NotNamed(_NOBODY)  # erased meanwhile
    return pb.LookUpResponse(**{f"{found.kind}_id": found.id})
