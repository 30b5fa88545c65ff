"""The demo's termination: the housing organisation checks it, once the distance is known.

Two places of the same offence are measured: one so rough that it may lie on either side of one
kilometre, and a more exact one. Neither answer says that the tenancy must be terminated.
"""

from __future__ import annotations

from husret.v1 import core_pb2 as core
from husret.v1 import distance_service_pb2 as distances
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as facts
from services.api.bearer import Endpoint
from services.demo import town
from services.demo.client import Client
from services.demo.households import applicant_facts
from services.demo.letting import SINCE
from services.demo.show import Show
from services.terminal.show import Words

DWELLING = "9999-blaaklokkevej-4"
DAY = "2024-11-27"
OFFENCE = "offence-1"
BASIS = "almenlejeloven § 90, stk. 1, nr. 10"
EASTING, NORTHING = 720_000.0, 6_170_000.0
"""South-west corner of the property, which is 100 m wide and deep (EPSG:25832)."""
METRES_EAST = 1_000.0
"""From that corner to the middle of the offence's place: 900 m from the property."""
ROUGH, EXACT = 150.0, 25.0
"""Within how many metres of its middle the place lies: first, and once more is known."""

_EXPECTED = (core.OUTCOME_UNDETERMINED, core.OUTCOME_DISCRETIONARY)


def go(show: Show, organisation: Endpoint, seed: int) -> list[str]:
    """Check a termination twice; return what did not come out as expected."""
    show.step(
        "Ophævelse: inden for 1 km?",
        "Termination: within 1 km?",
        "Afstanden måles til det område, gerningsstedet ligger i, og registreres som et interval.",
        "The distance is measured to where the offence may lie, and recorded as an interval.",
    )
    with Client(organisation, f"termination of {seed}", BASIS) as landlord:
        return _check_twice(show, landlord)


def _check_twice(show: Show, landlord: Client) -> list[str]:
    household, tenant = landlord.new_id(), landlord.new_id()
    landlord.record(
        *applicant_facts(household, tenant, SINCE),
        facts.Fact(
            dwelling_recorded=facts.DwellingRecorded(
                dwelling_id=DWELLING,
                municipality=town.MUNICIPALITY,
                kind=core.DWELLING_KIND_FAMILY,
                outside_areas=True,
                first_day="2000-01-01",
                rooms=3,
                address=f"Birkehaven 7, {town.POSTAL_TOWN}",
            )
        ),
        facts.Fact(judgments_attested=facts.JudgmentsAttested(person_id=tenant, last_day=DAY)),
        facts.Fact(
            judgment_in_case=facts.JudgmentInCase(
                person_id=tenant,
                offence=OFFENCE,
                provisions=["strfl-244"],
                sanction=facts.SANCTION_UNCONDITIONAL_IMPRISONMENT,
                unconditional_days=60,
                offence_day="2024-05-11",
                judgment_day="2024-09-02",
                final_on="2024-09-16",
            )
        ),
    )
    question = eligibility.TerminationQuestion(
        household_id=household, dwelling_id=DWELLING, day=DAY
    )
    made = []
    for radius, da, en in (
        (ROUGH, "Gerningsstedet kendes på 150 m nær", "The place is known to within 150 m"),
        (EXACT, "Gerningsstedet kendes på 25 m nær", "The place is known to within 25 m"),
    ):
        measured = _measure(landlord, tenant, radius)
        between = " – ".join(
            f"{cm / 100:.0f} m" for cm in (measured.shortest_cm, measured.longest_cm)
        )
        show.event(f"{da}: {between}", f"{en}: {between}")
        made.append(landlord.check(question))
        words = Words(names={tenant: "lejeren · the tenant"}, types=landlord.event_types())
        show.told("Må lejemålet ophæves?", "May the tenancy be terminated?", made[-1], words)
    return [
        f"termination {number}: {core.Outcome.Name(each.outcome)}"
        for number, (each, expected) in enumerate(zip(made, _EXPECTED, strict=True), 1)
        if each.outcome != expected
    ]


def _measure(landlord: Client, tenant: str, radius: float) -> facts.DistanceMeasured:
    corners = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
    outer = distances.Ring(
        points=[distances.Point(easting=EASTING + x, northing=NORTHING + y) for x, y in corners]
    )
    middle = distances.Point(easting=EASTING + METRES_EAST, northing=NORTHING + 50)
    return landlord.measure(
        person_id=tenant,
        offence=OFFENCE,
        dwelling_id=DWELLING,
        parcels=[distances.Polygon(outer=outer)],
        place=distances.OffencePlace(point=middle, uncertainty_m=radius),
    )
