"""Facts about what was sold of a housing organisation's property, and what became of the money.

Money is in whole øre. A sale is called by an id of the landlord's own; what is recorded of its
proceeds names it.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from domain.facts.base import Fact
from domain.facts.declared import BOTH, NOBODY, ORGANISATION, About, Field, fact
from domain.facts.kinds import (
    ABL,
    Area,
    AreaHere,
    DecidedBy,
    Department,
    Municipality,
    Opaque,
    Organisation,
    Past,
)

MOST_OERE = 10_000_000_000_000
"""A hundred billion kroner: no sale comes near it."""


class Buyer(StrEnum):
    """Who takes the property over, and for what (almenboligloven § 27)."""

    PRIVATE = "private"
    COOPERATIVE = "cooperative"
    """A cooperative founded by the residents (stk. 11); private too."""
    SOCIAL = "social"
    """Whoever goes on letting it as social dwellings (stk. 2, 2. pkt.)."""
    FREE_CARE = "free_care"
    """A certified provider of independent care dwellings (friplejeboligleverandør, stk. 2)."""
    PUBLIC = "public"
    """A municipality or region, to use it otherwise (stk. 6)."""
    TENANT = "tenant"
    """The tenant of the dwelling, under chapter 5 a (stk. 12)."""


GOES_ON = (Buyer.SOCIAL, Buyer.FREE_CARE)
"""Buyers with whom the dwellings go on as social or care dwellings (stk. 2, 2. pkt.): none of them
becomes a private one."""


class PartOfPlan(StrEnum):
    """The development plan that a sale is part of (§§ 168 a and 168 b)."""

    JOINT = "joint"
    MUNICIPAL = "municipal"
    NONE = "none"


class ProceedsUse(StrEnum):
    """What money of the fund (dispositionsfond) is used for (§§ 20 and 80 g)."""

    MASTER_PLAN = "master_plan"
    """Activities that an approved master plan (helhedsplan) covers."""
    LAND_GRANT = "land_grant"
    """A grant for buying land for social dwellings (§§ 20, stk. 5, and 119 b)."""
    REMARKING = "remarking"
    """A contribution to dwellings marked anew as youth dwellings (§ 20, stk. 6)."""
    IMPROVEMENT = "improvement"
    """Improving, restoring or maintaining departments, apart from such plans (§ 20, stk. 3)."""
    RENT_REDUCTION = "rent_reduction"
    """Lowering the rent of departments, apart from such plans (§ 20, stk. 3)."""
    OTHER = "other"
    """What else the fund may bear (§ 20, stk. 2-4, 7 and 8)."""


Oere = Annotated[int, Field(unit="øre", least=0, most=MOST_OERE)]
Sale = Annotated[Opaque, Field("salget, ved udlejerens egen betegnelse", "the sale, by its id")]
SaleRecorded = Annotated[Sale, Field(refers="sale")]


@fact(
    "property.sold",
    da="En almen boligorganisations ejendom i et område er solgt.",
    held_by=BOTH,
    decided_by=NOBODY,
    section=f"{ABL} § 27",
    tags=("sale:{sale}", "area:{area}"),
    about=(About(("sale",)),),
    no_status=True,
)
class PropertySold(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Property of a housing organisation in an area has been sold (§ 27).

    It is the contract, for the money and its approvals, whatever was sold. Which dwellings of the
    area's inventory went with it `DwellingsSold` says, by naming the sale.
    """

    sale: Sale
    municipality: Municipality
    area: AreaHere
    organisation: Organisation
    department: Department
    sold_on: Annotated[Past, Field("dagen for købsaftalen", "the day of the contract of sale")]
    taken_over_on: Annotated[
        date | None,
        Field(
            "overtagelsesdagen; tom: ikke oplyst",
            "the day the buyer takes over; empty: not stated",
            not_before="sold_on",
        ),
    ] = None
    buyer: Annotated[
        Buyer | None, Field("køberen; tom: ikke oplyst", "the buyer; empty: not stated")
    ] = None
    plan: Annotated[
        PartOfPlan | None,
        Field(
            "den udviklingsplan, salget er led i; tom: ikke oplyst",
            "the development plan that it is part of; empty: not stated",
        ),
    ] = None


@fact(
    "proceeds.settled",
    da="Nettoprovenuet af et salg er gjort op, og hvad der gik i dispositionsfonden.",
    held_by=ORGANISATION,
    decided_by=NOBODY,
    section=f"{ABL} § 20, stk. 1, nr. 2, og § 28, stk. 5 og 6",
    tags=("sale:{sale}",),
    about=(About(("sale",)),),
    no_status=True,
)
class ProceedsSettled(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The net proceeds of a sale are settled, and what of them went into the fund."""

    sale: SaleRecorded
    settled_on: Annotated[Past, Field("dagen for opgørelsen", "the day of the settlement")]
    net_oere: Annotated[
        Oere, Field("nettoprovenuet i øre", "the net proceeds (nettoprovenu), in øre")
    ]
    into_fund_oere: Annotated[
        Oere,
        Field(
            "hvad der heraf er gået i dispositionsfonden, i øre",
            "what of them went into the fund (dispositionsfond), in øre",
        ),
    ]
    transfer_approved: Annotated[
        bool | None,
        Field(
            "om ministeren har godkendt, at det går i fonden i stedet for at afdrage lån "
            "(§ 28, stk. 6, 2. pkt.); tom: ikke oplyst",
            "whether the minister has approved that it goes into the fund instead of repaying "
            "loans (§ 28, stk. 6, 2. pkt.); empty: not stated",
        ),
    ] = None


@fact(
    "proceeds.use_decided",
    da="Det er besluttet, hvad en del af et salgs provenu i dispositionsfonden anvendes til.",
    held_by=ORGANISATION,
    decided_by=ORGANISATION,
    section=f"{ABL} §§ 20 og 80 g",
    tags=("sale:{sale}",),
    about=(About(("sale", "use", "decided_on", "used_in")),),
    no_status=True,
)
class ProceedsUseDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """It is decided what part of a sale's proceeds in the fund is used for."""

    sale: SaleRecorded
    use: Annotated[ProceedsUse, Field("hvad de anvendes til", "what they are used for")]
    amount_oere: Annotated[Oere, Field("beløbet i øre", "the amount, in øre", least=1)]
    decided_on: Annotated[Past, Field("dagen for beslutningen", "the day of the decision")]
    decided_by: DecidedBy
    used_in: Annotated[
        Area | None,
        Field(
            "det boligområde, de anvendes i; tom: ikke oplyst, eller i intet",
            "the housing area that they are used in; empty: not stated, or in none",
        ),
    ] = None
