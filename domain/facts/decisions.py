"""The controller's own decisions and counts that are not about a household (open)."""

from __future__ import annotations

from typing import Annotated

from domain.facts.base import Fact
from domain.facts.declared import BOTH, MUNICIPALITY, NOBODY, About, Field, fact
from domain.facts.kinds import (
    MOST_AREAS,
    MOST_FLATS,
    MOST_NAMED,
    MOST_RESIDENTS,
    AreaHere,
    DecidedBy,
    DecisionDay,
    First,
    FirstPast,
    Last,
    LastOfDecision,
    Municipality,
    Name,
    Opaque,
    Organisation,
    Past,
    Percent,
    Property,
    Reason,
)
from domain.facts.words import DwellingKind, ReferralRight

_Agreed = Annotated[Past, Field("dagen for aftalen", "the day of the agreement")]
_LastAgreed = Annotated[Last, Field(not_before="agreed_on")]
_Many = Annotated[int, Field(unit="dwellings", least=1, most=MOST_RESIDENTS)]


@fact(
    "municipality.family_dwellings_counted",
    da="Almene familieboliger i en kommune på en dag: i udsatte boligområder og "
    "forebyggelsesområder, og i alt.",
    held_by=BOTH,
    decided_by=NOBODY,
    section="almenboligloven § 59, stk. 7, 2. pkt.",
    tags=("municipality:{municipality}",),
    about=(About(("municipality", "counted_on")),),
    no_status=True,
)
class FamilyDwellingsCounted(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Social family dwellings of a municipality on a day: in vulnerable and prevention areas,
    and in all (§ 59, stk. 7, 2. pkt.).
    """

    municipality: Municipality
    counted_on: Annotated[Past, Field("dagen for optællingen", "the day of the count")]
    in_listed_areas: Annotated[
        int,
        Field(
            "familieboliger i udsatte boligområder og forebyggelsesområder",
            "family dwellings in vulnerable and prevention areas",
            unit="dwellings",
            least=0,
        ),
    ]
    in_municipality: Annotated[
        int,
        Field(
            "familieboliger i hele kommunen",
            "family dwellings in the whole municipality",
            unit="dwellings",
            least=0,
        ),
    ]


@fact(
    "municipality.exemption_decided",
    da="Kommunens afgørelse om, hvilke forebyggelsesområder der er undtaget.",
    held_by=MUNICIPALITY,
    decided_by=MUNICIPALITY,
    section="almenboligloven § 59, stk. 8",
    tags=("municipality:{municipality}",),
    about=(About(("municipality", "decision_day")),),
    no_status=True,
)
class ExemptionDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality's decision which prevention areas are exempt (§ 59, stk. 8)."""

    municipality: Municipality
    decision_day: DecisionDay
    last_day: LastOfDecision | None = None
    areas: Annotated[
        tuple[AreaHere, ...],
        Field("de undtagne områder", "the areas that are exempt", most=MOST_AREAS),
    ]
    share_used: Annotated[
        Percent,
        Field(
            "den andel familieboliger, afgørelsen hviler på",
            "the share of family dwellings that it rests on",
        ),
    ]
    decided_by: DecidedBy


@fact(
    "municipality.referral_right_decided",
    da="Kommunens afgørelse om at bruge en anvisningsret, eller en, som den hviler på.",
    held_by=MUNICIPALITY,
    decided_by=MUNICIPALITY,
    tags=("municipality:{municipality}",),
    about=(
        About(("municipality", "right", "organisation", "areas", "properties", "decision_day")),
    ),
)
class ReferralRightDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality's decision to use a right to refer, or one that such a right rests on.

    `organisation` narrows stk. 1 and 3 to one housing organisation; "" is every one. `areas` are
    those that a decision under § 59, stk. 4 or § 51 b covers. `half_of_own_flats` says that half
    of the vacant flats in the municipality's own properties are put at disposal as well
    (byfornyelsesloven § 64, stk. 4). `properties` are private properties, each found to have its
    rent set under lejeloven §§ 49-51 or its yield under § 25, stk. 3 or 4 (§ 58).
    """

    municipality: Municipality
    right: Annotated[ReferralRight, Field("den ret, der bruges", "the right that is used")]
    decision_day: DecisionDay
    last_day: LastOfDecision | None = None
    organisation: Organisation = ""
    areas: Annotated[
        tuple[AreaHere, ...],
        Field("de områder, den omfatter", "the areas that it covers", most=MOST_AREAS),
    ] = ()
    properties: Annotated[
        tuple[Property, ...],
        Field(
            "de private ejendomme, den omfatter",
            "the private properties that it covers",
            most=MOST_FLATS,
        ),
    ] = ()
    half_of_own_flats: Annotated[
        bool,
        Field(
            "om halvdelen af kommunens egne ledige lejligheder også stilles til rådighed",
            "half of the municipality's own vacant flats are put at disposal as well",
        ),
    ] = False
    decided_by: DecidedBy


@fact(
    "municipality.referral_agreed",
    da="En boligorganisation stiller ledige boliger af en slags til rådighed.",
    held_by=MUNICIPALITY,
    decided_by=MUNICIPALITY,
    section="almenboligloven § 59, stk. 2 og 3",
    tags=("municipality:{municipality}",),
    about=(About(("municipality", "organisation", "kind", "agreed_on")),),
)
class ReferralAgreed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A housing organisation puts vacant dwellings of a kind at disposal (§ 59, stk. 2 and 3)."""

    municipality: Municipality
    organisation: Organisation
    kind: Annotated[DwellingKind, Field("boligernes slags", "the kind of dwelling")]
    agreed_on: _Agreed
    last_day: _LastAgreed | None = None


@fact(
    "municipality.referral_increase_approved",
    da="Ministeren tillader, at antallet af boliger efter stk. 1 og 2 sættes op.",
    held_by=MUNICIPALITY,
    decided_by=MUNICIPALITY,
    section="almenboligloven § 59, stk. 5",
    tags=("municipality:{municipality}",),
    about=(About(("municipality", "approved_on")),),
)
class ReferralIncreaseApproved(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The minister lets the number of dwellings of stk. 1 and 2 be increased (§ 59, stk. 5)."""

    municipality: Municipality
    approved_on: Annotated[Past, Field("dagen for godkendelsen", "the day of the approval")]
    last_day: Annotated[Last | None, Field(not_before="approved_on")] = None
    dwellings: Annotated[_Many, Field("hvor mange boliger", "how many dwellings")]


@fact(
    "municipality.private_referral_agreed",
    da="En privat ejer lader kommunen anvise til ledige lejligheder mod betaling.",
    held_by=MUNICIPALITY,
    decided_by=MUNICIPALITY,
    section="lov om boligforhold §§ 49-53",
    tags=("municipality:{municipality}",),
    about=(About(("municipality", "property", "agreed_on")),),
)
class PrivateReferralAgreed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A private owner lets the municipality refer to vacant flats of a property, against payment.

    Either a share of all flats that fall vacant, or the flats named.
    """

    municipality: Municipality
    property: Property
    agreed_on: _Agreed
    last_day: _LastAgreed | None = None
    owners_invited: Annotated[
        bool,
        Field(
            "om alle private ejere i kommunen er opfordret til at tilbyde lejligheder",
            "every private owner of the municipality was asked to offer",
        ),
    ]
    share: Annotated[
        Percent, Field("andel af de ledige lejligheder", "share of all flats that fall vacant")
    ] = ""
    named: Annotated[
        tuple[Opaque, ...],
        Field(
            "de lejligheder, aftalen nævner",
            "the flats that the agreement names, by dwelling id",
            most=MOST_FLATS,
        ),
    ] = ()
    flats: Annotated[_Many, Field("ejendommens lejligheder", "how many flats the property has")]


@fact(
    "law.reading_chosen",
    da="Denne instans fortolker et fortolkningsspørgsmål på én måde fra en dag, og hvorfor.",
    held_by=BOTH,
    decided_by=BOTH,
    tags=("point:{point}",),
    about=(About(("point", "first_day"), says=("reading",)),),
)
class ReadingChosen(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """This instance reads an open point of law in one way from a day on, and why."""

    point: Annotated[str, Field("fortolkningsspørgsmålet", "the open point", known="point")]
    reading: Annotated[str, Field("fortolkningen", "the reading", longest=64)]
    first_day: First
    chosen_by: Annotated[Name, Field("hvem der har valgt", "who chose")]
    reason: Reason


@fact(
    "decision.none_taken",
    da="En anden myndighed eller organisation har svaret, at den intet har besluttet om dette.",
    held_by=BOTH,
    decided_by=NOBODY,
    tags=("municipality:{municipality}", "area:{area}"),
    found_by=(("{municipality}", "municipality:{municipality}"),),
    not_compared="says one thing only: that nothing is decided; a decision recorded goes before it",
)
class NothingDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Another controller has answered that it has decided nothing of these kinds, on these days.

    Without such an answer what only another controller decides is unknown where it is not
    recorded. A decision of the kind that is recorded goes before it.
    """

    municipality: Annotated[
        Municipality, Field("kommunen, det gælder i", "the municipality that it is said of")
    ]
    decisions: Annotated[
        tuple[Annotated[str, Field(known="decision")], ...],
        Field(
            "de slags beslutninger, der ikke er taget",
            "the kinds of decision that are not taken, as the facts about them are called",
            most=MOST_NAMED,
        ),
    ]
    area: Annotated[
        AreaHere | None,
        Field(
            "kun i dette område; tom: i hele kommunen", "in this area alone; empty: in all of it"
        ),
    ] = None
    first_day: FirstPast
    last_day: Last | None = None
    answered_by: Annotated[Name, Field("hvem der har svaret", "who has answered")]
