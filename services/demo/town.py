"""The made-up municipality: its areas, its streets, its names, and what it has decided.

The municipality's code, 9999, belongs to none.
"""

from __future__ import annotations

from datetime import date

from husret.v1 import fact_service_pb2 as facts

MUNICIPALITY = "9999"
CONTROLLER = "Prøvekøbing Kommune"
POSTAL_TOWN = "9999 Prøvekøbing"

VULNERABLE = "9999-kastanjeparken"
PARALLEL_SOCIETY = "9999-lindevaenget"
TRANSFORMATION = "9999-elmehegnet"
FORMER_TRANSFORMATION = "9999-pilehaven"
VULNERABLE_IN_2023 = "9999-birkebo"
EXEMPTED = "9999-hasselvangen"
NOT_EXEMPTED = ("9999-tjoernemarken", "9999-roennebakken")
"""Areas of the made-up lists, by what they are; docs/data.md says since when."""

EXEMPTED_FROM = date(2025, 1, 15)
"""The day of the municipality's decision under § 59, stk. 8."""

LONG_AGO = date(2010, 1, 1)
_SHARE_OVER = "34.7"
GIVEN_NAMES = (
    "Alma Asger Astrid Bertram Birk Carla Dagny Ebbe Edith Ellen Emil Esther Frida Gudrun "
    "Harald Holger Ingrid Johan Karen Karl Liv Ludvig Malthe Marie Merle Nanna Oskar Palle "
    "Ragnhild Rigmor Sigurd Signe Sofus Svend Thyra Tove Valdemar Vigga Viggo Ylva"
)
FAMILY_NAMES = (
    "Agerholt Bøgelund Dalsro Egebæk Fjordager Granly Havreholm Isbjerg Kløverdal Lyngskær "
    "Mosevang Nattergal Ovesholm Pilegård Rugmark Skovkilde Stenbro Sølyst Tangmose Ulvedal "
    "Vibeeng Ådalen"
)
STREETS = (
    "Anemonevej Blåklokkevej Engkarsestien Fuglsangsvej Hyldestien Irisvænget Kornblomstvej "
    "Lærkestien Mælkebøttevej Nøddestien Okkergangen Solsikkevej Tusindfrydvej Valmuestien"
)
PROPERTY = "made-up-property-7"
"""A private property that the municipality has an agreement about."""


def reference_facts(official: str, plan_day: date) -> list[facts.Fact]:
    """Return dwellings counted, rights and agreements, an approved plan and an exemption."""
    counts = ((2021, 2_702, 9_731), (2024, 3_391, 9_772))
    made = [
        facts.Fact(
            family_dwellings_counted=facts.FamilyDwellingsCounted(
                municipality=MUNICIPALITY,
                counted_on=f"{year}-01-01",
                in_listed_areas=inside,
                in_municipality=total,
            )
        )
        for year, inside, total in counts
    ]
    made += [
        facts.Fact(
            referral_right_decided=facts.ReferralRightDecided(
                municipality=MUNICIPALITY,
                right=right,
                decision_day=LONG_AGO.isoformat(),
                decided_by=official,
            )
        )
        for right in (facts.REFERRAL_RIGHT_STK_1, facts.REFERRAL_RIGHT_STK_3)
    ]
    made += [
        facts.Fact(
            private_referral_agreed=facts.PrivateReferralAgreed(
                municipality=MUNICIPALITY,
                property=PROPERTY,
                agreed_on="2022-03-01",
                owners_invited=True,
                share="25",
                flats=48,
            )
        ),
        facts.Fact(
            plan_approved=facts.PlanApproved(
                area=FORMER_TRANSFORMATION,
                kind=facts.PLAN_KIND_JOINT,
                approved_on=plan_day.isoformat(),
            )
        ),
        facts.Fact(
            exemption_decided=facts.ExemptionDecided(
                municipality=MUNICIPALITY,
                decision_day=EXEMPTED_FROM.isoformat(),
                areas=[EXEMPTED],
                share_used=_SHARE_OVER,
                decided_by=official,
            )
        ),
    ]
    return made
