"""Facts about dwellings (open)."""

from __future__ import annotations

from typing import Annotated

from domain.facts.base import Fact
from domain.facts.declared import BOTH, NOBODY, About, Field, fact
from domain.facts.kinds import (
    MOST_AREAS,
    MOST_ROOMS,
    Area,
    AreaHere,
    Department,
    First,
    Last,
    Municipality,
    Name,
    Opaque,
    Organisation,
    Property,
)
from domain.facts.words import DwellingKind, DwellingMark


@fact(
    "dwelling.recorded",
    da="En bolig på disse dage: dens slags og det område, dens grund ligger i.",
    held_by=BOTH,
    decided_by=NOBODY,
    tags=("dwelling:{dwelling}",),
    about=(About(("dwelling",), days=("first_day", "last_day")),),
    no_status=True,
)
class DwellingRecorded(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A dwelling on these days: its kind and the area that its plot lies in.

    `area` None is a statement too: the plot lies outside every housing area. Of a private flat
    the plot lies in an area where a social department owned it in 2010 (§ 61 a, stk. 3).
    """

    dwelling: Annotated[
        Opaque,
        Field(
            "boligen, ved sin adresse i DAR", "the dwelling, by its DAR address", wire="dwelling_id"
        ),
    ]
    municipality: Municipality
    kind: Annotated[DwellingKind, Field("hvad boligen udlejes som", "what it is let as")]
    area: Annotated[
        AreaHere | None,
        Field(
            "det område, grunden ligger i, eller at den ligger i intet boligområde",
            "the area that its plot lies in, or that it lies in none",
            none_by="outside_areas",
        ),
    ]
    first_day: First
    last_day: Last | None = None
    organisation: Organisation = ""
    department: Department = ""
    department_areas: Annotated[
        tuple[Area, ...],
        Field(
            "områder, som andre af afdelingens grunde ligger i",
            "areas that other plots of its department lie in (AMB-DEPT-DWELLING)",
            most=MOST_AREAS,
        ),
    ] = ()
    mark: Annotated[
        DwellingMark, Field("ungdomsboligens mærke", "of a youth dwelling: its mark")
    ] = DwellingMark.NONE
    property: Annotated[
        Property,
        Field("den private ejendom, lejligheden ligger i", "of a private flat: its property"),
    ] = ""
    rooms: Annotated[
        int | None, Field("beboelsesrum", "habitable rooms", unit="rooms", least=1, most=MOST_ROOMS)
    ] = None
    care: Annotated[
        bool | None,
        Field(
            "om en ældrebolig er en plejebolig, som kommunen anviser til",
            "of a dwelling for the elderly: a care dwelling that the municipality refers to",
        ),
    ] = None
    address: Annotated[
        Name,
        Field(
            "adressen, som den står på et brev; tom: ikke registreret",
            "the address as it is written on a letter; empty: not recorded",
        ),
    ] = ""
