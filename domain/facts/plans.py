"""Facts about development plans: the plan's course, and what is built and pulled down (open).

The approval of a plan, and that it has been carried out, stand in `areas.py`: what an area is rests
on them too. What stands here nothing but plans rests on. The parties to a plan record it as they
do it: in the log of one of them, what is not recorded has not been done.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from domain.facts.base import Fact
from domain.facts.declared import BOTH, MUNICIPALITY, NOBODY, ORGANISATION, About, Field, fact
from domain.facts.kinds import (
    MOST_NAMED,
    MOST_RESIDENTS,
    Area,
    Municipality,
    Opaque,
    Past,
    Percent,
    Source,
)
from domain.facts.sales import SaleRecorded
from domain.facts.words import (
    Builder,
    DwellingKind,
    NewBuildingProof,
    PlanBody,
    PlanDispensation,
    PlanKind,
    WindingUpFactor,
)

MOST_SQUARE_METRES = 10_000_000
MOST_PLOT_RATIO = 1_000

_PLANS = "almenboligloven §§ 168 a og 168 b"
_COUNTED = "almenboligloven § 168 a, stk. 1, og § 168 b, stk. 1"
_WOUND_UP = "almenboligloven § 168 c; BEK nr. 1354 af 27/11/2018 §§ 17-25"

_Plan = Annotated[PlanKind, Field("hvem der har udarbejdet planen", "who drew up the plan")]
_Count = Annotated[int, Field(unit="dwellings", least=0, most=MOST_RESIDENTS)]
_Many = Annotated[int, Field(unit="dwellings", least=1, most=MOST_RESIDENTS)]
_SquareMetres = Annotated[int, Field(unit="m²", least=0, most=MOST_SQUARE_METRES)]
_Unit = Annotated[
    Opaque,
    Field(
        "boligen eller blokken; en del af en blok er en enhed for sig",
        "the dwelling or block; a part of a block is a unit of its own",
    ),
]
_Kind = Annotated[
    DwellingKind,
    Field(
        "hvad boligerne er; private er alle, der ikke er almene",
        "what the dwellings are; private are all that are not social",
    ),
]
_Dwellings = Annotated[_Many, Field("antal boliger", "how many dwellings")]

_IN_ORDER = "the events of a unit are held against each other in the order of their days"


# --- The inventory: what dwellings an area has ----------------------------------------------


@fact(
    "area.dwellings_counted",
    da="Alle boliger i et område på en dag, efter deres slags, og erhvervsarealet.",
    held_by=BOTH,
    decided_by=NOBODY,
    section=_COUNTED,
    tags=("area:{area}",),
    about=(About(("area", "counted_on")),),
    no_status=True,
)
class AreaDwellingsCounted(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """All dwellings of an area on a day, by kind, and its commercial area.

    What changes on later days is counted from here; what happened up to that day is in it.
    """

    area: Area
    counted_on: Annotated[Past, Field("dagen for opgørelsen", "the day of the count")]
    family: Annotated[_Count, Field("almene familieboliger", "social family dwellings")]
    youth: Annotated[_Count, Field("almene ungdomsboliger", "social youth dwellings")]
    elderly: Annotated[_Count, Field("almene ældreboliger", "social dwellings for the elderly")]
    private: Annotated[
        _Count, Field("alle andre boliger i området", "every other dwelling in the area")
    ]
    commercial_m2: Annotated[
        _SquareMetres | None,
        Field(
            "erhvervsareal; tom: ikke oplyst", "square metres of commercial area; empty: not known"
        ),
    ] = None
    source: Source


@fact(
    "area.dwellings_built",
    da="Nye boliger er opført i et område, af hvem, og om de erstatter nogle, der er revet ned.",
    held_by=BOTH,
    decided_by=BOTH,
    section=_COUNTED,
    tags=("area:{area}",),
    not_compared=_IN_ORDER,
    no_status=True,
)
class DwellingsBuilt(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """New dwellings were built in an area, by whom, and whether in the place of some pulled down.

    `replacement` None: it is not known.
    """

    area: Area
    unit: _Unit
    kind: _Kind
    dwellings: _Dwellings
    built_on: Annotated[Past, Field("dagen, hvor de var opført", "the day they were built")]
    built_by: Annotated[Builder, Field("hvem der har bygget", "who built them")]
    replacement: Annotated[
        bool | None,
        Field("om de erstatter nedrevne boliger", "whether they replace dwellings pulled down"),
    ] = None
    replaces: Annotated[
        Opaque,
        Field(
            "den enhed, der blev revet ned, og som de erstatter",
            "the unit pulled down that they replace",
        ),
    ] = ""


@fact(
    "area.dwellings_demolished",
    da="Boliger i et område er revet ned.",
    held_by=BOTH,
    decided_by=BOTH,
    section=_COUNTED,
    tags=("area:{area}",),
    not_compared=_IN_ORDER,
    no_status=True,
)
class DwellingsDemolished(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Dwellings of an area were pulled down: the whole of a unit."""

    area: Area
    unit: _Unit
    kind: _Kind
    dwellings: _Dwellings
    demolished_on: Annotated[
        Past, Field("dagen, hvor de var revet ned", "the day they were pulled down")
    ]


@fact(
    "area.dwellings_sold",
    da="Almene boliger i et område er solgt og overtaget af en privat køber.",
    held_by=BOTH,
    decided_by=BOTH,
    section=_COUNTED,
    tags=("area:{area}",),
    not_compared=_IN_ORDER,
    no_status=True,
)
class DwellingsSold(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Social dwellings of an area were sold and taken over by a private buyer.

    It is of the inventory, for the share of family dwellings: how many of what kind are no longer
    social, and from when. What was contracted, and what it came to, `PropertySold` and
    `ProceedsSettled` say, of land and business too; `sale` names which sale it was.
    """

    area: Area
    unit: _Unit
    kind: _Kind
    dwellings: _Dwellings
    taken_over_on: Annotated[
        Past, Field("dagen, hvor køberen overtog dem", "the day the buyer took them over")
    ]
    sale: Annotated[
        SaleRecorded | None,
        Field(
            "det registrerede salg, de var en del af; tom: ikke oplyst",
            "the recorded sale that they were part of; empty: not stated",
        ),
    ] = None


@fact(
    "area.dwellings_relabelled",
    da="Almene boliger i et område er mærket om til en anden slags almene boliger.",
    held_by=BOTH,
    decided_by=BOTH,
    section=_COUNTED,
    tags=("area:{area}",),
    not_compared=_IN_ORDER,
    no_status=True,
)
class DwellingsRelabelled(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Social dwellings of an area were redesignated as another kind of social dwellings."""

    area: Area
    unit: _Unit
    kind: Annotated[
        DwellingKind, Field("hvad boligerne var mærket som", "what they were designated as before")
    ]
    to_kind: Annotated[
        DwellingKind, Field("hvad de fremover er mærket som", "what they are designated as now")
    ]
    dwellings: _Dwellings
    relabelled_on: Annotated[Past, Field("dagen for ommærkningen", "the day of it")]


@fact(
    "area.dwellings_merged",
    da="Boliger i et område er lagt sammen til færre.",
    held_by=BOTH,
    decided_by=BOTH,
    section=_COUNTED,
    tags=("area:{area}",),
    not_compared=_IN_ORDER,
    no_status=True,
)
class DwellingsMerged(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Dwellings of an area were merged into fewer."""

    area: Area
    unit: _Unit
    kind: _Kind
    dwellings: Annotated[_Many, Field("antal boliger før", "how many dwellings before")]
    merged_into: Annotated[_Many, Field("antal boliger efter", "how many dwellings after")]
    merged_on: Annotated[Past, Field("dagen for sammenlægningen", "the day of it")]


@fact(
    "area.commercial_area_measured",
    da="Erhvervsarealet i et område fra en dag.",
    held_by=BOTH,
    decided_by=NOBODY,
    section=_COUNTED,
    tags=("area:{area}",),
    about=(About(("area", "measured_on")),),
    no_status=True,
)
class CommercialAreaMeasured(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The whole commercial area of an area from a day on."""

    area: Area
    measured_on: Annotated[Past, Field("dagen for opgørelsen", "the day of the count")]
    square_metres: Annotated[_SquareMetres, Field("erhvervsareal", "commercial area")]
    source: Source


# --- The course of a plan -------------------------------------------------------------------


@fact(
    "plan.decided",
    da="Boligorganisationens øverste myndighed eller kommunen har besluttet en "
    "udviklingsplan for et område.",
    held_by=BOTH,
    decided_by={PlanBody.ORGANISATION: ORGANISATION, PlanBody.COUNCIL: MUNICIPALITY},
    section=f"{_PLANS}; BEK nr. 1354 af 27/11/2018 § 9, stk. 4",
    tags=("area:{area}",),
    about=(About(("area", "kind", "body", "decided_on")),),
    no_status=True,
)
class PlanDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The organisation's highest authority, or the council, has decided a plan for an area."""

    area: Area
    kind: _Plan
    body: Annotated[PlanBody, Field("hvem der har besluttet den", "who decided it")]
    decided_on: Annotated[Past, Field("dagen for beslutningen", "the day of the decision")]


@fact(
    "plan.sent",
    da="En udviklingsplan for et område er sendt til godkendelse.",
    held_by=BOTH,
    decided_by=BOTH,
    section=f"{_PLANS}; BEK nr. 1354 af 27/11/2018 § 9, stk. 3, og § 10, stk. 2",
    tags=("area:{area}",),
    about=(About(("area", "kind", "sent_on")),),
    no_status=True,
)
class PlanSent(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A development plan for an area was sent for approval."""

    area: Area
    kind: _Plan
    sent_on: Annotated[Past, Field("dagen for indsendelsen", "the day it was sent")]


@fact(
    "plan.refused",
    da="Ministeren kan ikke godkende den udviklingsplan, der er sendt ind for et område.",
    held_by=BOTH,
    decided_by=BOTH,
    section=f"{_PLANS}; BEK nr. 1354 af 27/11/2018 § 14",
    tags=("area:{area}",),
    about=(About(("area", "kind", "refused_on")),),
    no_status=True,
)
class PlanRefused(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The minister cannot approve the development plan that was sent for an area."""

    area: Area
    kind: _Plan
    refused_on: Annotated[Past, Field("dagen for afgørelsen", "the day of the decision")]


@fact(
    "plan.amended",
    da="Ministeren har godkendt en væsentlig ændring af et områdes udviklingsplan.",
    held_by=BOTH,
    decided_by=BOTH,
    section="BEK nr. 1354 af 27/11/2018 § 16, stk. 2",
    tags=("area:{area}",),
    about=(About(("area", "amended_on")),),
    no_status=True,
)
class PlanAmended(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The minister has approved a substantial change of an area's development plan.

    The plan is then measured by its new timetable: a report made before says nothing of it.
    """

    area: Area
    amended_on: Annotated[
        Past, Field("dagen for godkendelsen af ændringen", "the day the change was approved")
    ]


@fact(
    "plan.status_reported",
    da="Boligorganisation eller kommune har meldt, om en udviklingsplan gennemføres efter sin "
    "tidsplan.",
    held_by=BOTH,
    decided_by=BOTH,
    section="BEK nr. 1354 af 27/11/2018 §§ 15 og 16",
    tags=("area:{area}",),
    about=(About(("area", "reported_on")),),
    no_status=True,
)
class PlanStatusReported(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Organisation or municipality has reported whether a plan is carried out on its timetable."""

    area: Area
    reported_on: Annotated[Past, Field("dagen for underretningen", "the day of the report")]
    on_schedule: Annotated[
        bool,
        Field("om planen følger sin tidsplan", "whether the plan keeps its timetable"),
    ]


@fact(
    "plan.order_given",
    da="Kommunen har påbudt en boligorganisation at gennemføre den kommunale udviklingsplan.",
    held_by=BOTH,
    decided_by=BOTH,
    section="almenboligloven § 168 b, stk. 2-6",
    tags=("area:{area}",),
    about=(About(("area", "ordered_on")),),
    no_status=True,
)
class PlanOrderGiven(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The council has ordered a housing organisation to carry out the municipal plan."""

    area: Area
    ordered_on: Annotated[Past, Field("dagen for påbuddet", "the day of the order")]
    limit: Annotated[
        date,
        Field(
            "fristen for at efterkomme det", "the day it is to be met by", not_before="ordered_on"
        ),
    ]
    sale_or_demolition: Annotated[
        bool,
        Field(
            "om påbuddet omfatter salg eller nedrivning",
            "whether it orders a sale or a demolition",
        ),
    ]
    obeyed_on: Annotated[
        Past | None,
        Field(
            "dagen, hvor det var efterkommet", "the day it had been met", not_before="ordered_on"
        ),
    ] = None


# --- Dispensation from 40 per cent ----------------------------------------------------------


@fact(
    "plan.dispensation_applied",
    da="Der er søgt om dispensation fra højst 40 procent almene familieboliger i et område.",
    held_by=BOTH,
    decided_by=BOTH,
    section="almenboligloven § 168 a, stk. 3-4, og § 168 b, stk. 7-8",
    tags=("area:{area}",),
    about=(About(("area", "under", "applied_on")),),
    no_status=True,
)
class PlanDispensationApplied(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A dispensation from at most 40 per cent social family dwellings was applied for.

    `steps_accounted` and `decided_first` None: it is not known.
    """

    area: Area
    under: Annotated[
        PlanDispensation, Field("efter hvilket stykke", "by which subsection it is asked for")
    ]
    kind: _Plan
    applied_on: Annotated[Past, Field("dagen for ansøgningen", "the day it was sent")]
    share: Annotated[
        Percent,
        Field("den procentsats, der søges om", "the per cent that is asked for", least=40),
    ]
    steps_accounted: Annotated[
        bool | None,
        Field(
            "om ansøgningen fyldestgørende redegør for de skridt, der vil blive taget",
            "whether it accounts fully for the steps that will be taken",
        ),
    ] = None
    decided_first: Annotated[
        bool | None,
        Field(
            "om den først blev besluttet af boligorganisationens øverste myndighed og kommunen",
            "whether the organisation's highest authority and the council decided it first",
        ),
    ] = None


@fact(
    "plan.dispensation_decided",
    da="Ministeren har afgjort en ansøgning om dispensation fra højst 40 procent almene "
    "familieboliger.",
    held_by=BOTH,
    decided_by=BOTH,
    section="almenboligloven § 168 a, stk. 3-4, og § 168 b, stk. 7-8",
    tags=("area:{area}",),
    about=(About(("area", "under", "decided_on")),),
    no_status=True,
)
class PlanDispensationDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The minister has decided an application for dispensation; without a share: it was refused."""

    area: Area
    under: Annotated[PlanDispensation, Field("efter hvilket stykke", "by which subsection")]
    decided_on: Annotated[Past, Field("dagen for afgørelsen", "the day of the decision")]
    share: Annotated[
        Percent,
        Field(
            "den højeste andel, der kan være; tom: afslag",
            "the per cent it may be at most; empty: refused",
            least=40,
        ),
    ] = ""


@fact(
    "area.sale_valued",
    da="En ejendomsmægler har vurderet, om boliger i et område kun kan sælges med tab.",
    held_by=BOTH,
    decided_by=BOTH,
    section="almenboligloven § 168 a, stk. 3, nr. 4; BEK nr. 1354 af 27/11/2018 § 4, stk. 3, nr. 2",
    tags=("area:{area}",),
    about=(About(("area", "valued_on")),),
    no_status=True,
)
class SaleValued(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """An estate agent has valued whether dwellings of an area can be sold only at a loss."""

    area: Area
    valued_on: Annotated[Past, Field("dagen for vurderingen", "the day of the valuation")]
    registered_agent: Annotated[
        bool,
        Field("om mægleren er registreret", "whether the agent is registered"),
    ]
    only_at_loss: Annotated[
        bool,
        Field("om salg kun kan ske med tab", "whether a sale is possible only at a loss"),
    ]


@fact(
    "area.new_building_documented",
    da="Hvad der dokumenterer, at nybyggeri ikke i væsentligt omfang kan bidrage i et område.",
    held_by=BOTH,
    decided_by=BOTH,
    section="almenboligloven § 168 a, stk. 3, nr. 3; BEK nr. 1354 af 27/11/2018 § 4, stk. 4",
    tags=("area:{area}",),
    about=(About(("area", "documented_on")),),
    no_status=True,
)
class NewBuildingDocumented(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """What is documented to show that new building cannot contribute much in an area.

    What is not named is not documented. `plot_ratio` goes with that proof.
    """

    area: Area
    documented_on: Annotated[Past, Field("dagen for dokumentationen", "the day of it")]
    proofs: Annotated[
        tuple[NewBuildingProof, ...],
        Field("hvad der er dokumenteret", "what is documented", most=MOST_NAMED, empty=True),
    ]
    plot_ratio: Annotated[
        Percent,
        Field("bebyggelsesprocenten", "the plot ratio", most=MOST_PLOT_RATIO),
    ] = ""


@fact(
    "municipality.family_dwellings_by_area",
    da="Almene familieboliger i en kommune på en dag: i parallelsamfund, i omdannelsesområder og "
    "i alt.",
    held_by=BOTH,
    decided_by=NOBODY,
    section="almenboligloven § 168 a, stk. 3, nr. 2; BEK nr. 1354 af 27/11/2018 § 3, stk. 2, nr. 2",
    tags=("municipality:{municipality}",),
    about=(About(("municipality", "counted_on")),),
    no_status=True,
)
class FamilyDwellingsByArea(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Social family dwellings of a municipality: in parallel societies, in transformation areas,
    and in all.
    """

    municipality: Municipality
    counted_on: Annotated[Past, Field("dagen for opgørelsen", "the day of the count")]
    in_parallel_societies: Annotated[
        _Count | None,
        Field("i parallelsamfund; tom: ikke oplyst", "in parallel societies; empty: not known"),
    ] = None
    in_transformation_areas: Annotated[
        _Count | None,
        Field(
            "i omdannelsesområder; tom: ikke oplyst", "in transformation areas; empty: not known"
        ),
    ] = None
    in_municipality: Annotated[_Many, Field("i hele kommunen", "in the whole municipality")]


# --- Winding up -----------------------------------------------------------------------------


@fact(
    "plan.winding_up_ordered",
    da="Ministeren har påbudt, at afdelinger i et område afvikles.",
    held_by=BOTH,
    decided_by=BOTH,
    section=_WOUND_UP,
    tags=("area:{area}",),
    about=(About(("area", "ordered_on")),),
    no_status=True,
)
class WindingUpOrdered(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The minister has ordered departments of an area to be wound up.

    `considerations` names what the minister has weighed, as far as the order tells.
    """

    area: Area
    ordered_on: Annotated[Past, Field("dagen for påbuddet", "the day of the order")]
    limit: Annotated[
        date,
        Field("fristen for afviklingen", "the day it is to be done by", not_before="ordered_on"),
    ]
    considerations: Annotated[
        tuple[WindingUpFactor, ...],
        Field("hvad der indgår i vurderingen", "what was weighed", most=MOST_NAMED),
    ] = ()


@fact(
    "plan.winding_up_plan_sent",
    da="En afviklingsplan for et område er sendt, med de almene boliger, der bliver.",
    held_by=BOTH,
    decided_by=BOTH,
    section=_WOUND_UP,
    tags=("area:{area}",),
    about=(About(("area", "sent_on")),),
    no_status=True,
)
class WindingUpPlanSent(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A plan for winding up an area was sent, with the social dwellings that it leaves or builds.

    Both numbers are measured alike, in dwellings, of what the local plan allows.
    """

    area: Area
    sent_on: Annotated[Past, Field("dagen for indsendelsen", "the day it was sent")]
    social_dwellings: Annotated[
        _Count,
        Field(
            "almene boliger, der bevares eller bygges", "social dwellings that are kept or built"
        ),
    ]
    allowed_dwellings: Annotated[
        _Many,
        Field("boliger, som lokalplanen tillader", "dwellings that the local plan allows"),
    ]
