"""Measures how far the place of an offence lies from a property.

The property is its cadastral parcels as polygons, the place a point and the radius within which
it may lie; coordinates are metres in EPSG:25832. What comes out is an interval: the true distance
lies in it, for every point within the radius. A measurement is recorded as a fact and decided on
as it stands; nothing is measured again when an answer is replayed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from services.facts.fields import FieldErrors

CRS = "EPSG:25832"
LIBRARY = "shapely"
TOLERANCE_UM = 1
"""Micrometres that the computation may err by: a length so near a whole centimetre is that one."""

MOST_PARCELS = 1_000
MOST_POINTS = 100_000
LARGEST_UNCERTAINTY_M = 10_000.0

# Denmark with its waters; Bornholm lies in zone 33 and is written in zone 32 all the same.
EASTINGS = (400_000.0, 920_000.0)
NORTHINGS = (6_000_000.0, 6_450_000.0)

Point = tuple[float, float]
Ring = Sequence[Point]


class Parcel(NamedTuple):
    """One parcel: its closed outer ring, and the closed rings of what it leaves out."""

    outer: Ring
    holes: Sequence[Ring] = ()


class Measured(NamedTuple):
    """The interval that the distance lies in, in whole centimetres, rounded outward."""

    shortest_cm: int
    longest_cm: int


def _shapely() -> Any:
    """Import the library once somebody measures: a start that waits for it is an eighth longer."""
    import shapely

    return shapely


def version() -> str:
    """Return the version of the library that measures."""
    return str(_shapely().__version__)


def check(
    parcels: Sequence[Parcel],
    place: Point,
    uncertainty_m: float,
    address: Point | None,
    wrong: FieldErrors,
) -> None:
    """Note every wrong field: rings that don't close or cross themselves, coordinates not in
    Denmark or in degrees, a property without parcels, a radius that makes no sense.
    """
    if not parcels:
        wrong.add("parcels", "is empty; give at least one parcel")
    points = sum(len(ring) for parcel in parcels for ring in (parcel.outer, *parcel.holes))
    if len(parcels) > MOST_PARCELS or points > MOST_POINTS:
        wrong.add(
            "parcels",
            f"has {len(parcels)} parcels and {points} points; at most {MOST_PARCELS} and "
            f"{MOST_POINTS} are allowed",
        )
        return
    for number, parcel in enumerate(parcels):
        _check_parcel(f"parcels[{number}]", parcel, wrong)
    _check_point("place.point", place, wrong)
    if not math.isfinite(uncertainty_m) or not 0 <= uncertainty_m <= LARGEST_UNCERTAINTY_M:
        wrong.add("place.uncertainty_m", f"must lie from 0 to {LARGEST_UNCERTAINTY_M:.0f} metres")
    if address is not None:
        _check_point("address_point", address, wrong)


def _check_parcel(path: str, parcel: Parcel, wrong: FieldErrors) -> None:
    sound = [
        _check_ring(f"{path}.{name}", ring, wrong)
        for name, ring in (
            ("outer", parcel.outer),
            *((f"holes[{number}]", ring) for number, ring in enumerate(parcel.holes)),
        )
    ]
    if not all(sound):
        return
    polygon = _shapely().Polygon(parcel.outer, parcel.holes)
    if not polygon.is_valid:
        wrong.add(path, "its rings cross themselves or one another, or a hole lies outside")
    elif polygon.area == 0:
        wrong.add(f"{path}.outer", "encloses nothing")


def _check_ring(path: str, ring: Ring, wrong: FieldErrors) -> bool:
    before = len(wrong.found)
    if not ring:
        wrong.add(path, "is empty; give a closed ring of points")
        return False
    for number, point in enumerate(ring):
        _check_point(f"{path}.points[{number}]", point, wrong)
    if len(ring) < 4:
        wrong.add(path, f"has {len(ring)} points; a closed ring has at least 4")
    elif tuple(ring[0]) != tuple(ring[-1]):
        wrong.add(path, "is not closed: its last point is not its first")
    elif len(wrong.found) == before and not _shapely().LinearRing(ring).is_simple:
        wrong.add(path, "crosses or touches itself")
    return len(wrong.found) == before


def _check_point(path: str, point: Point, wrong: FieldErrors) -> None:
    easting, northing = point
    if not math.isfinite(easting) or not math.isfinite(northing):
        wrong.add(path, "is not a number of metres")
    elif abs(easting) <= 180 and abs(northing) <= 180:
        wrong.add(path, f"looks like degrees; give metres in {CRS}")
    elif not (EASTINGS[0] <= easting <= EASTINGS[1] and NORTHINGS[0] <= northing <= NORTHINGS[1]):
        wrong.add(path, f"does not lie in Denmark in {CRS}, easting first")


def from_property(parcels: Sequence[Parcel], place: Point, uncertainty_m: float) -> Measured:
    """Measure from the nearest point of the property; inside it is no distance at all.

    `parcels` have been checked.
    """
    shapely = _shapely()
    whole = shapely.union_all([shapely.Polygon(parcel.outer, parcel.holes) for parcel in parcels])
    point = shapely.Point(place)
    away = whole.distance(point)
    # Nothing within the radius lies further away than its centre and the radius together; a
    # centre inside the property must first come to its boundary.
    inside = whole.boundary.distance(point) if away == 0 else 0.0
    return _outward(away - uncertainty_m, away + uncertainty_m - inside)


def from_point(address: Point, place: Point, uncertainty_m: float) -> Measured:
    """Measure in a straight line from an address point."""
    away = math.dist(address, place)
    return _outward(away - uncertainty_m, away + uncertainty_m)


def _outward(shortest_m: float, longest_m: float) -> Measured:
    """Round an interval of metres outward to whole centimetres, past the tolerance only."""
    shortest = math.floor(round(max(0.0, shortest_m) * 1_000_000) / 10_000)
    longest = math.ceil(round(max(0.0, longest_m) * 1_000_000) / 10_000)
    return Measured(shortest, longest)


def uncertainty_cm(uncertainty_m: float) -> int:
    """Return the radius in whole centimetres, rounded up."""
    return math.ceil(round(uncertainty_m * 1_000_000) / 10_000)
