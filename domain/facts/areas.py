"""Facts about housing areas: lists, figures, parcels and development plans (open)."""

from __future__ import annotations

from typing import Annotated

import msgspec

from domain.facts.base import Fact
from domain.facts.declared import BOTH, MUNICIPALITY, NOBODY, About, Field, fact
from domain.facts.kinds import (
    LONGEST_NAME,
    LONGEST_SOURCE,
    MOST_AREAS,
    MOST_MEASURED,
    MOST_MUNICIPALITIES,
    MOST_PERSONS,
    Area,
    DecidedBy,
    First,
    Last,
    Municipality,
    Name,
    Parcels,
    Past,
    Percent,
    Reason,
    Source,
)
from domain.facts.words import AreaChange, Listing, ListKind, Measure, PlanKind

_Count = Annotated[
    int, Field(unit="residents", least=0, most=MOST_PERSONS, plausible=("100", "30000"))
]
_Unattached = Annotated[Percent, Field(plausible=("2", "90"))]
_Convicted = Annotated[Percent, Field(plausible=("0.1", "12"))]
_Listing = Annotated[Listing, Field("hvad listen siger om området", "what the list says of it")]


_Persons = Annotated[int, Field(unit="persons", least=0, most=MOST_PERSONS)]
_Year = Annotated[int, Field(least=1980, most=2199)]


class Measured(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """How a figure was measured: over which years, from how many of how many, by whom, and when.

    Of a figure that the same `Figures` state it says where that is from; of what is counted of one
    year it is the figure itself.
    """

    figure: Annotated[Measure, Field("hvad der er målt", "what was measured")]
    first_year: Annotated[
        _Year | None,
        Field("første år, det er målt over", "the first year of those measured"),
    ] = None
    last_year: Annotated[
        _Year | None,
        Field("sidste år, det er målt over", "the last year of those measured"),
    ] = None
    numerator: Annotated[_Persons | None, Field("hvor mange", "how many")] = None
    denominator: Annotated[_Persons | None, Field("af hvor mange", "of how many")] = None
    share: Annotated[
        Percent | None,
        Field(
            "andelen, hvor kilden oplyser den og ikke antallet",
            "the share, where the source gives that and not how many",
        ),
    ] = None
    supplier: Annotated[
        str,
        Field("hvem der har leveret tallet", "who supplied the figure", longest=LONGEST_NAME),
    ] = ""
    extracted_on: Annotated[
        Past | None, Field("dagen for udtrækket", "the day on which it was extracted")
    ] = None


class Figures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Figures of an area as published; shares are per cent as decimal text, None unknown.

    Each test has figures of its own, measured as its act says; one is never taken for another.
    What is plausible lies well outside what the lists since 2010 and the country have had: a
    figure beyond it is a slip as a rule.
    """

    residents: Annotated[_Count | None, Field("antal beboere", "how many live there")] = None
    residents_2010: Annotated[_Count | None, Field("antal beboere i 2010", "the same in 2010")] = (
        None
    )
    unattached_share: Annotated[
        _Unattached | None,
        Field(
            "andel af de 18-64-årige uden tilknytning til arbejdsmarked eller uddannelse, "
            "gennemsnit af de seneste 2 år",
            "of those aged 18-64, mean of the last two years (since 2014)",
        ),
    ] = None
    unattached_share_4_years: Annotated[
        _Unattached | None,
        Field(
            "det samme, gennemsnit af de seneste 4 år",
            "of those aged 18-64, mean of the last four years (test of 2010)",
        ),
    ] = None
    convicted_share: Annotated[
        _Convicted | None,
        Field(
            "andel dømte af beboerne, gennemsnit af de seneste 2 år",
            "of the residents, mean of the last two years (since December 2018)",
        ),
    ] = None
    convicted_share_country: Annotated[
        Percent | None,
        Field(
            "den samme andel på landsplan",
            "the same share of the whole country",
            plausible=("0.2", "2.5"),
        ),
    ] = None
    convicted_limit: Annotated[
        Percent | None,
        Field(
            "tre gange landsgennemsnittet, hvor kilden oplyser det og ikke andelen",
            "three times the country's share, where the source prints that and not the share",
            plausible=("0.6", "7.5"),
        ),
    ] = None
    convicted_share_adults: Annotated[
        _Convicted | None,
        Field(
            "andel dømte af beboerne på 18 år og derover, gennemsnit af de seneste 2 år",
            "of the residents aged 18 or more, mean of the last two years (test of 2014)",
        ),
    ] = None
    convicted_per_10000: Annotated[
        Percent | None,
        Field(
            "dømte pr. 10.000 beboere på 18 år og derover, gennemsnit af de seneste 4 år",
            "of residents aged 18 or more, mean of the last four years (test of 2010)",
            unit="per 10,000",
            most=10_000,
            plausible=("12", "2000"),
        ),
    ] = None
    basic_schooling_share: Annotated[
        Percent | None,
        Field(
            "andel af de 30-59-årige, der kun har en grundskoleuddannelse",
            "of those aged 30-59 who have basic schooling only",
            plausible=("5", "98"),
        ),
    ] = None
    income_ratio: Annotated[
        Percent | None,
        Field(
            "gennemsnitlig bruttoindkomst af regionens gennemsnit",
            "average gross income, of the region's average; it may lie above 100",
            most=300,
            plausible=("20", "180"),
        ),
    ] = None
    nonwestern_share: Annotated[
        Percent | None,
        Field(
            "andel indvandrere og efterkommere fra ikkevestlige lande, som offentliggjort",
            "immigrants and descendants from non-western countries, as published",
            plausible=("1", "99"),
        ),
    ] = None
    outside_labour_market_share: Annotated[
        Percent | None,
        Field(
            "andel af de 18-64-årige uden for arbejdsmarkedet, talt i fuldtidspersoner",
            "of those aged 18-64, counted as full-time persons (§ 51 b, stk. 3-4)",
            plausible=("2", "90"),
        ),
    ] = None
    average_income: Annotated[
        int | None,
        Field(
            "gennemsnitlig årlig bruttoindkomst for skattepligtige på 15-64 år, uden "
            "uddannelsessøgende",
            "average yearly gross income of taxpayers aged 15-64, without those in education",
            unit="øre",
            least=0,
            most=1_000_000_000,
            plausible=("10000000", "100000000"),
        ),
    ] = None
    education_cleaned: Annotated[
        bool | None,
        Field(
            "om uddannelsestallene er renset for selvrapporterede og skønnede oplysninger",
            "whether the figures on schooling were cleaned of self-reported and estimated data "
            "(agreement of 2018; AMB-EDU)",
        ),
    ] = None
    measured: Annotated[
        tuple[Measured, ...],
        Field(
            "hvordan tallene er målt, og hvad der er talt op år for år",
            "how the figures were measured, and what was counted year by year",
            most=MOST_MEASURED,
        ),
    ] = ()
    rounded: Annotated[
        bool,
        Field(
            "kilden oplyser afrundede tal, så et tal på grænsen afgør intet",
            "the source printed rounded figures, so that one equal to a limit decides nothing",
            wire="exact",
            turned=True,
        ),
    ] = True


@fact(
    "area.registered",
    da="Et boligområde, dets navn og den kommune, det ligger i.",
    held_by=BOTH,
    decided_by=NOBODY,
    tags=("area:{area}", "municipality:{municipality}"),
    not_compared="registered once; other content is refused as a registration",
)
class AreaRegistered(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A housing area, its name and the municipality (four digits) that it lies in."""

    area: Annotated[
        str,
        Field(
            "et varigt id: kommunens kode, bindestreg, bogstaver og tal",
            "a lasting id: the municipality's code, a hyphen, letters and digits",
            pattern=r"[0-9]{4}(-[a-z0-9]+)+",
            says="must be the municipality's code, a hyphen, and a-z, 0-9 or hyphens",
        ),
    ]
    name: Annotated[Name, Field("områdets navn", "the area's name")]
    municipality: Municipality


@fact(
    "area.renamed",
    da="Et område hedder noget andet fra en dag; det er stadig det samme område.",
    held_by=BOTH,
    decided_by=NOBODY,
    tags=("area:{area}",),
    about=(About(("area", "first_day")),),
)
class AreaRenamed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """An area goes by another name from a day on; it stays the same area."""

    area: Area
    name: Annotated[Name, Field("områdets navn fra da af", "the area's name from then on")]
    first_day: First


class AreaPart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An area, or plots, that take part in a change; `parcels` as far as they are known."""

    area: Area
    parcels: Parcels = ()


@fact(
    "area.change_approved",
    da="Ministeren eller styrelsen har godkendt en ændring af et områdes afgrænsning.",
    held_by=BOTH,
    decided_by=NOBODY,
    section="almenboligloven § 61 a, stk. 3",
    tags=("area:{areas}",),
    about=(About(("area", "change", "approved_on")),),
)
class AreaChangeApproved(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The minister or the agency has approved a change of an area's limits (§ 61 a, stk. 3).

    A split: `area` is the whole, `parts` what it becomes; one of them may keep the id of the
    whole. A merger: `area` is what `parts` become. An extension: the one part is the area itself
    with the plots that come in. From which list it counts, `domain.law.area.lists` says.
    """

    area: Area
    change: Annotated[AreaChange, Field("hvordan afgrænsningen er ændret", "how it was changed")]
    parts: Annotated[
        tuple[AreaPart, ...],
        Field("de områder, ændringen deler i eller samler", "its parts", most=MOST_AREAS),
    ]
    approved_on: Annotated[Past, Field("dagen for godkendelsen", "the day of the approval")]
    source: Source

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area that the change is about, the one it names first, each once."""
        return tuple(dict.fromkeys((self.area, *(part.area for part in self.parts))))


@fact(
    "area.grouping_approved",
    da="Afdelinger, der ligger nær hinanden, regnes for ét område ved kombineret udlejning.",
    held_by=BOTH,
    decided_by=NOBODY,
    section="almenboligloven § 51 b, stk. 6",
    tags=("area:{area}",),
    about=(About(("area", "approved_on")),),
)
class GroupingApproved(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Departments near each other count as one area for combined letting (§ 51 b, stk. 6)."""

    area: Area
    approved_on: Annotated[Past, Field("dagen for godkendelsen", "the day of the approval")]
    last_day: Annotated[Last | None, Field(not_before="approved_on")] = None
    source: Source


@fact(
    "area.parcels",
    da="De matrikler, et område består af fra en dag.",
    held_by=BOTH,
    decided_by=NOBODY,
    section="almenboligloven § 61 a, stk. 3",
    tags=("area:{area}",),
    about=(About(("area", "first_day")),),
    no_rule=True,
)
class AreaParcels(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The cadastral parcels of an area from a day on (§ 61 a, stk. 3)."""

    area: Area
    parcels: Parcels
    first_day: First


@fact(
    "area.figures",
    da="Tal for et område på en opgørelsesdag, uden for en offentliggjort liste.",
    held_by=BOTH,
    decided_by=NOBODY,
    tags=("area:{area}",),
    about=(About(("area", "reference_day")),),
)
class AreaFigures(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Figures of an area for a reference day, apart from a published list."""

    area: Area
    reference_day: Annotated[Past, Field("opgørelsesdagen", "the day that they are of")]
    figures: Annotated[Figures, Field("tallene", "the figures")]
    source: Source


@fact(
    "reference.figures",
    da="De samme tal for hele landet eller for en region, som områder måles mod.",
    held_by=BOTH,
    decided_by=NOBODY,
    section="almenboligloven § 61 a, stk. 1, nr. 2 og 4",
    tags=("reference:{place}",),
    about=(About(("place", "reference_day")),),
)
class ReferenceFigures(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The same figures of the country or of a region, which areas are measured against.

    The country's share of convicted residents and the region's average gross income (§ 61 a,
    stk. 1, nr. 2 and 4).
    """

    place: Annotated[
        Name, Field("landet eller regionen, ved sit navn", "the country or the region, by its name")
    ]
    municipalities: Annotated[
        tuple[Municipality, ...],
        Field(
            "de kommuner, en region består af; tom: hele landet",
            "the municipalities that a region consists of; empty: the whole country",
            most=MOST_MUNICIPALITIES,
        ),
    ] = ()
    reference_day: Annotated[Past, Field("opgørelsesdagen", "the day that they are of")]
    figures: Annotated[Figures, Field("tallene", "the figures")]
    source: Source


@fact(
    "area.listed",
    da="Hvad listerne fra en dag siger om et område, og de tal, der står ved det.",
    held_by=BOTH,
    decided_by=NOBODY,
    tags=("area:{area}", "list:{list_day}"),
    not_compared="imported, each beside the one that stands",
)
class AreaListed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """What the lists of one day say of one area, with the figures that stand beside it."""

    area: Area
    list_day: Annotated[Past, Field("den dag, listerne er fra", "the day of the lists")]
    vulnerable: _Listing
    parallel_society: _Listing
    transformation: _Listing
    prevention: _Listing
    combined_letting: _Listing = Listing.UNKNOWN
    figures: Annotated[Figures, Field("tallene ved området", "the figures beside it")] = Figures()
    source: Source
    confidence: Annotated[
        str, Field("hvordan rækken er fremkommet", "how the row was obtained", longest=20)
    ]


@fact(
    "arealist.published",
    da="En liste er offentliggjort, og for hvem den er fuldstændig her.",
    held_by=BOTH,
    decided_by=NOBODY,
    tags=("list:{list_day}",),
    found_by=(("{kind}:{list_day}", "list:{list_day}"),),
    not_compared="imported, each beside the one that stands",
)
class AreaListPublished(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A list of one kind was published on a day; how many areas it names, and for whom it is
    complete here.

    Completeness is attested: nationwide, or for the municipalities named.
    """

    kind: Annotated[ListKind, Field("listens slags", "the kind of list")]
    list_day: Annotated[Past, Field("den dag, listen er fra", "the day of the list")]
    published_total: Annotated[
        int | None, Field("antal områder på listen i hele landet", "how many areas it names")
    ] = None
    complete_nationwide: Annotated[
        bool, Field("om listen er fuldstændig for hele landet", "it is complete nationwide")
    ] = False
    complete_for: Annotated[
        tuple[Municipality, ...],
        Field(
            "de kommuner, som listen er fuldstændig for",
            "the municipalities that it is complete for",
            most=MOST_AREAS,
        ),
    ] = ()
    source: Source


@fact(
    "plan.approved",
    da="En udviklingsplan omfatter et område fra sin godkendelse.",
    held_by=BOTH,
    decided_by=MUNICIPALITY,
    section="almenboligloven §§ 168 a og 168 b",
    tags=("area:{area}",),
    about=(About(("area", "approved_on")),),
)
class PlanApproved(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A development plan covers an area from its approval (§§ 168 a, 168 b)."""

    area: Area
    kind: Annotated[PlanKind, Field("hvem der har udarbejdet planen", "who drew up the plan")]
    approved_on: Annotated[Past, Field("dagen for godkendelsen", "the day of the approval")]


@fact(
    "plan.carried_out",
    da="Et områdes udviklingsplan er gennemført.",
    held_by=BOTH,
    decided_by=NOBODY,
    section="almenboligloven § 168 a, stk. 6",
    tags=("area:{area}",),
    not_compared="once for each plan, whatever the day",
)
class PlanCarriedOut(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """An area's development plan has been carried out (§ 168 a, stk. 6)."""

    area: Area
    carried_out_on: Annotated[
        Past, Field("dagen, hvor den var gennemført", "the day on which it had been carried out")
    ]


@fact(
    "law.origin_criterion_suspended",
    da="Denne instans anvender ikke kriteriet om oprindelse fra en dag.",
    held_by=BOTH,
    decided_by=BOTH,
    section="almenboligloven § 61 a, stk. 2, og § 61 b",
    tags=("origin-criterion",),
    not_compared="two never overlap, whatever they say",
)
class OriginCriterionSuspended(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """This instance does not apply the criterion of origin from a day on (§§ 61 a stk. 2, 61 b).

    A named person has decided so, for a reason, on a legal basis; `last_day` None: until further
    notice.
    """

    first_day: First
    last_day: Last | None = None
    decided_by: DecidedBy
    reason: Reason
    legal_basis: Annotated[str, Field("retsgrundlaget", "the legal basis", longest=LONGEST_SOURCE)]
