"""DistanceService on a real socket: an interval is measured and recorded, or every field named."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import grpc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from husret.v1 import distance_service_pb2 as pb
from husret.v1 import fact_service_pb2 as facts
from services.facts import distance
from services.facts.distance import Measured, Parcel
from services.facts.fields import FieldErrors
from tests.api.client import Client, Refusal, a_dwelling, an_area, an_id, context

Refused = Callable[[Callable[[], object]], Refusal]

EAST, NORTH = 720_000.0, 6_170_000.0
SQUARE: list[tuple[float, float]] = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
FAR: list[tuple[float, float]] = [(x + 500, y) for x, y in SQUARE]


def ring(points: list[tuple[float, float]]) -> pb.Ring:
    return pb.Ring(points=[pb.Point(easting=EAST + x, northing=NORTH + y) for x, y in points])


def parcel(points: list[tuple[float, float]]) -> Parcel:
    return Parcel([(EAST + x, NORTH + y) for x, y in points])


def request(person: str, **values: Any) -> pb.MeasureDistanceRequest:
    place = pb.OffencePlace(
        point=pb.Point(easting=EAST + 500, northing=NORTH + 50), uncertainty_m=0
    )
    return pb.MeasureDistanceRequest(
        **{
            "context": context(),
            "request_id": an_id(),
            "person_id": person,
            "offence": "offence-1",
            "dwelling_id": "dar-1",
            "parcels": [pb.Polygon(outer=ring(SQUARE))],
            "place": place,
            **values,
        }
    )


@pytest.fixture
def person(organisation: Client) -> str:
    organisation.record(an_area(), a_dwelling("dar-1"))
    return organisation.a_person()


def test_a_distance_is_measured_and_recorded_in_one_call(organisation: Client, person: str) -> None:
    asked = request(person)
    measured = organisation.distances.MeasureDistance(asked)
    (found,) = measured.measured
    assert (found.shortest_cm, found.longest_cm) == (40_000, 40_000)
    assert found.crs == "EPSG:25832"
    assert found.library == "shapely"
    assert found.method == facts.DISTANCE_METHOD_PROPERTY_BOUNDARY
    (recorded,) = measured.recorded
    assert organisation.head() == recorded.position
    again = organisation.distances.MeasureDistance(asked)
    assert again == measured, "a repeat says the same and records nothing"
    assert organisation.head() == recorded.position


def test_the_address_point_is_measured_beside_it(organisation: Client, person: str) -> None:
    address = pb.Point(easting=EAST + 50, northing=NORTH + 50)
    found = organisation.distances.MeasureDistance(request(person, address_point=address))
    assert [each.shortest_cm for each in found.measured] == [40_000, 45_000]
    assert len(found.recorded) == 2


def test_with_validate_only_nothing_is_recorded(organisation: Client, person: str) -> None:
    head = organisation.head()
    found = organisation.distances.MeasureDistance(request(person, validate_only=True))
    assert found.measured[0].longest_cm == 40_000
    assert not found.recorded
    assert organisation.head() == head


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"parcels": []}, {"parcels"}),
        ({"parcels": [pb.Polygon()]}, {"parcels[0].outer"}),
        ({"parcels": [pb.Polygon(outer=ring(SQUARE[:-1]))]}, {"parcels[0].outer"}),
        ({"parcels": [pb.Polygon(outer=ring([(0, 0), (1, 1), (0, 0)]))]}, {"parcels[0].outer"}),
        (
            {"parcels": [pb.Polygon(outer=ring([(0, 0), (9, 9), (9, 0), (0, 9), (0, 0)]))]},
            {"parcels[0].outer"},
        ),
        (
            {
                "parcels": [
                    pb.Polygon(outer=ring(SQUARE), holes=[ring([(x + 500, y) for x, y in SQUARE])])
                ]
            },
            {"parcels[0]"},
        ),
        ({"place": pb.OffencePlace()}, {"place.point", "place.uncertainty_m"}),
        (
            {"place": pb.OffencePlace(point=pb.Point(easting=EAST, northing=NORTH))},
            {"place.uncertainty_m"},
        ),
        (
            {
                "place": pb.OffencePlace(
                    point=pb.Point(easting=12.5, northing=55.7), uncertainty_m=0
                )
            },
            {"place.point"},
        ),
        (
            {
                "place": pb.OffencePlace(
                    point=pb.Point(easting=NORTH, northing=EAST), uncertainty_m=0
                )
            },
            {"place.point"},
        ),
        (
            {
                "place": pb.OffencePlace(
                    point=pb.Point(easting=math.nan, northing=NORTH), uncertainty_m=0
                )
            },
            {"place.point"},
        ),
        (
            {
                "place": pb.OffencePlace(
                    point=pb.Point(easting=EAST, northing=NORTH), uncertainty_m=-1
                )
            },
            {"place.uncertainty_m"},
        ),
        ({"offence": "has space"}, {"offence"}),
        ({"dwelling_id": "unknown"}, {"dwelling_id"}),
        ({"person_id": "8a1b7c5e-0000-4000-8000-000000000000"}, {"person_id"}),
        (
            {"parcels": [], "offence": "", "dwelling_id": "unknown", "person_id": "x"},
            {"parcels", "offence", "dwelling_id", "person_id"},
        ),
    ],
)
def test_every_wrong_field_is_named_and_nothing_recorded(
    organisation: Client, person: str, refused: Refused, values: Any, fields: set[str]
) -> None:
    head = organisation.head()
    refusal = refused(lambda: organisation.distances.MeasureDistance(request(person, **values)))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert set(refusal.fields) == fields
    assert organisation.head() == head


def test_a_municipality_measures_nothing(client: Client, refused: Refused) -> None:
    client.record(an_area(), a_dwelling("dar-1"))
    person = client.a_person()
    refusal = refused(lambda: client.distances.MeasureDistance(request(person)))
    assert refusal.reason == "ERROR_REASON_NOT_FOR_THIS_CONTROLLER"


# --- Measuring ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("east", "radius", "expected"),
    [
        (1_100.0, 0.0, Measured(100_000, 100_000)),
        (1_099.99, 0.0, Measured(99_999, 99_999)),
        (1_100.01, 0.0, Measured(100_001, 100_001)),
        (1_100.004, 0.0, Measured(100_000, 100_001)),
        (1_100.0, 5.0, Measured(99_500, 100_500)),
        (50.0, 0.0, Measured(0, 0)),
        (50.0, 30.0, Measured(0, 0)),
        (50.0, 80.0, Measured(0, 3_000)),
        (100.0, 0.0, Measured(0, 0)),
        (110.0, 25.0, Measured(0, 3_500)),
    ],
)
def test_an_interval_is_rounded_outward(east: float, radius: float, expected: Measured) -> None:
    place = (EAST + east, NORTH + 50)
    assert distance.from_property([parcel(SQUARE)], place, radius) == expected


def test_the_nearest_of_several_parcels_counts_and_a_hole_is_not_property() -> None:
    far = parcel([(x + 300, y) for x, y in SQUARE])
    assert distance.from_property([parcel(SQUARE), far], (EAST + 450, NORTH + 50), 0) == (
        5_000,
        5_000,
    )
    hole = [(EAST + x, NORTH + y) for x, y in [(40, 40), (60, 40), (60, 60), (40, 60), (40, 40)]]
    holed = Parcel(parcel(SQUARE).outer, [hole])
    assert distance.from_property([holed], (EAST + 50, NORTH + 50), 0) == (1_000, 1_000)


INNER: list[tuple[float, float]] = [(40, 40), (60, 40), (60, 60), (40, 60), (40, 40)]


@pytest.mark.parametrize(
    ("outer", "holes", "fields"),
    [
        (SQUARE, [INNER[:-1]], {"parcels[0].holes[0]"}),
        (SQUARE, [SQUARE], {"parcels[0]"}),
        (SQUARE, [INNER, [(x + 10, y) for x, y in INNER]], {"parcels[0]"}),
        ([(0, 0)] * 5, [], {"parcels[0]"}),
        ([(0, 0), (1, 0), (2, 0), (0, 0)], [], {"parcels[0].outer"}),
        (
            [(0, 0), (math.inf, 0), (9, 9), (0, 0)],
            [],
            {"parcels[0].outer.points[1]"},
        ),
    ],
)
def test_rings_that_enclose_no_property_are_named(
    outer: list[tuple[float, float]], holes: list[list[tuple[float, float]]], fields: set[str]
) -> None:
    wrong = FieldErrors()
    given_parcel = Parcel(parcel(outer).outer, [parcel(hole).outer for hole in holes])
    distance.check([given_parcel], (EAST + 500, NORTH), 0, None, wrong)
    assert {error.field for error in wrong.found} == fields


@pytest.mark.parametrize("radius", [math.nan, math.inf, -0.01, 10_000.01])
def test_a_radius_that_makes_no_sense_is_named(radius: float) -> None:
    wrong = FieldErrors()
    distance.check([parcel(SQUARE)], (EAST, NORTH), radius, None, wrong)
    assert {error.field for error in wrong.found} == {"place.uncertainty_m"}


def test_parcels_side_by_side_are_one_property() -> None:
    beside = parcel([(x + 100, y) for x, y in SQUARE])
    seam = (EAST + 100, NORTH + 50)
    assert distance.from_property([parcel(SQUARE), beside], seam, 60) == (0, 1_000)
    holed = Parcel(parcel(SQUARE).outer, [parcel(INNER).outer])
    middle = (EAST + 50, NORTH + 50)
    assert distance.from_property([holed, parcel(INNER)], middle, 10) == (0, 0)


@given(
    st.floats(-3_000, 3_000),
    st.floats(-3_000, 3_000),
    st.floats(0, 300),
    st.floats(0, 1),
    st.floats(0, 2 * math.pi),
)
def test_every_place_within_the_radius_lies_in_the_interval(
    x: float, y: float, radius: float, part: float, angle: float
) -> None:
    found = distance.from_property([parcel(SQUARE)], (EAST + x, NORTH + y), radius)
    px = x + radius * part * math.cos(angle)
    py = y + radius * part * math.sin(angle)
    away = math.hypot(max(0, -px, px - 100), max(0, -py, py - 100))
    assert found.shortest_cm - 0.001 <= away * 100 <= found.longest_cm + 0.001
    wrong = FieldErrors()
    distance.check([parcel(SQUARE)], (EAST + x, NORTH + y), radius, None, wrong)
    assert not wrong.found
