"""DistanceService: measures from a property to the place of an offence, and records it."""

from __future__ import annotations

from uuid import UUID

import grpc

from domain import facts
from domain.data_classes import DataClass
from husret.v1 import distance_service_pb2 as pb
from husret.v1 import distance_service_pb2_grpc as pb_grpc
from husret.v1 import fact_service_pb2 as messages
from husret_verify.event import event_id
from services.api import convert
from services.api.calls import Call, known_request_id, known_uuid
from services.api.facts import write
from services.api.fields import UNREAD
from services.facts import distance, recording
from services.facts.checks import NewFact
from services.facts.fields import FieldError, FieldErrors, InvalidFields
from services.instance.instance import Instance
from services.persons.reading import Erased, Reader


class DistanceService(pb_grpc.DistanceServiceServicer):
    """Measures for one instance."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def MeasureDistance(
        self, request: pb.MeasureDistanceRequest, context: grpc.ServicerContext
    ) -> pb.MeasureDistanceResponse:
        """Measure and record in one call; with `validate_only` measure alone."""
        wrong = FieldErrors()
        caller = convert.context(request.context, wrong)
        request_id = known_request_id(request.request_id, False, wrong)
        person = known_uuid(request.person_id, "person_id", wrong)
        parcels = [
            distance.Parcel(_ring(each.outer), [_ring(hole) for hole in each.holes])
            for each in request.parcels
        ]
        place = _point(request.place.point)
        radius = request.place.uncertainty_m if request.place.HasField("uncertainty_m") else None
        address = _point(request.address_point) if request.HasField("address_point") else None
        before = len(wrong.found)
        if not request.HasField("place") or not request.place.HasField("point"):
            wrong.add("place.point", "is not given")
        if radius is None and request.HasField("place"):
            wrong.add("place.uncertainty_m", "is not given; 0 where the point is known exactly")
        distance.check(parcels, place, radius or 0.0, address, wrong)
        sound = len(wrong.found) == before
        methods = [facts.DistanceMethod.PROPERTY_BOUNDARY]
        if address is not None:
            methods.append(facts.DistanceMethod.ADDRESS_POINT)
        measured = dict.fromkeys(methods, _NOT_MEASURED)
        if sound and radius is not None:
            measured[methods[0]] = distance.from_property(parcels, place, radius)
            if address is not None:
                measured[methods[1]] = distance.from_point(address, place, radius)
        first = self._recorded_before(request_id, person, caller.reader())
        made = [
            facts.DistanceMeasured(
                offence=request.offence,
                dwelling=request.dwelling_id,
                method=method,
                shortest_cm=each.shortest_cm,
                longest_cm=each.longest_cm,
                uncertainty_cm=(
                    distance.uncertainty_cm(radius) if sound and radius is not None else None
                ),
                tolerance_um=distance.TOLERANCE_UM,
                crs=distance.CRS,
                library=distance.LIBRARY,
                library_version=first.library_version if first else distance.version(),
                measured_on=first.measured_on if first else self._instance.today(),
            )
            for method, each in measured.items()
        ]
        try:
            written = recording.record(
                self._instance,
                caller,
                request_id or UNREAD,
                [NewFact(fact, person=person, path=_PATH) for fact in made],
                validate_only=request.validate_only,
                wrong=wrong,
                in_time=Call(context).check_time,
            )
        except InvalidFields as error:
            raise InvalidFields([_of_request(each) for each in error.fields]) from None
        return pb.MeasureDistanceResponse(
            measured=[
                write(fact, messages.DistanceMeasured(), person_id=request.person_id)
                for fact in made
            ],
            recorded=[
                messages.RecordedFact(fact_id=str(each.fact_id), position=each.position)
                for each in written
            ],
        )

    def _recorded_before(
        self, request_id: UUID | None, person: UUID | None, reader: Reader
    ) -> facts.DistanceMeasured | None:
        """Return what this request recorded first: a repeat says the same day and library."""
        if request_id is None or person is None:
            return None
        id = event_id(self._instance.log_id, request_id, 0)
        if self._instance.log.event_by_id(id) is None:
            return None
        view = self._instance.view()
        try:
            held = self._instance.person_facts.standing(
                person, DataClass.CONVICTIONS, view.position, reader
            )
        except Erased:
            return None
        for item in held:
            if item.event_id.bytes == id and isinstance(item.fact, facts.DistanceMeasured):
                return item.fact
        return None


_NOT_MEASURED = distance.Measured(0, 0)
"""Stands in a request that is refused: what else is wrong with it is named all the same."""

_PATH = "measured"
_NAMES = {"dwelling": "dwelling_id"}


def _of_request(error: FieldError) -> FieldError:
    """Name a wrong field of the fact as the request calls it."""
    name = error.field.removeprefix(f"{_PATH}.")
    return FieldError(_NAMES.get(name, name), error.description)


def _point(message: pb.Point) -> distance.Point:
    return message.easting, message.northing


def _ring(message: pb.Ring) -> list[distance.Point]:
    return [_point(each) for each in message.points]
