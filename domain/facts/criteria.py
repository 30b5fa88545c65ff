"""Criteria of flexible letting as facts (open), and what was seen of whoever is held against them.

Criteria are agreements, so they are held in a form, and never as code. What a set asks stands in
conditions: who must meet it, on which day, and by what. What the form can't say is kept as text,
and an answer that may hang on it is not firm.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from domain.data_classes import DataClass
from domain.facts.base import Fact
from domain.facts.declared import (
    BOTH,
    MUNICIPALITY,
    ORGANISATION,
    About,
    Field,
    fact,
    household,
    person,
)
from domain.facts.kinds import (
    ABL,
    MOST_ALTERNATIVES,
    MOST_DEPARTMENTS,
    MOST_NAMED,
    MOST_ROOMS,
    AreaHere,
    DecidedBy,
    DecisionDay,
    Department,
    Dwelling,
    First,
    FirstPast,
    Last,
    LastOfDecision,
    Municipality,
    Name,
    OnlyDepartments,
    Opaque,
    Organisation,
    PartyHeard,
    Past,
    Reason,
    Reasons,
    ReliedOnUntil,
    SeenBy,
)
from domain.facts.words import (
    AsksMore,
    AttestedAnswer,
    BreakKind,
    ChildLiving,
    CountedBy,
    CriteriaBasis,
    CriteriaTest,
    CriterionKind,
    DocumentKind,
    EducationLevel,
    HouseholdKind,
    IncomeKind,
    IssuerKind,
    JobKind,
    LeavesKind,
    LooksAtIt,
    MustMeet,
    PensionKind,
    Place,
    Rounding,
    ShareOf,
    TieKind,
    Ties,
)

MOST_CONDITIONS = 20
MOST_CRITERIA = 10
MOST_CLAUSES = 20
MOST_A_YEAR = 10_000
MOST_HOURS = 168
MOST_MONTHS = 600
MOST_WEEKS = 520
MOST_AGE = 120
MOST_RANK = 99
MOST_CHILDREN = 10
MOST_NAMED_DWELLINGS = 200
MOST_ORE = 100_000_000
"""A million kroner a month."""

_CRITERIA = f"{ABL} § 60, stk. 1 og 4"

_Hours = Annotated[
    str,
    Field(unit="hours a week", share=True, least=1, most=MOST_HOURS, wire="weekly_hours"),
]
_Months = Annotated[int, Field(unit="months", least=1, most=MOST_MONTHS)]
_Age = Annotated[int, Field(unit="years", least=1, most=MOST_AGE)]
_Ore = Annotated[int, Field(unit="øre a month", least=1, most=MOST_ORE)]
_Rank = Annotated[
    int, Field("rækkefølgen; 1 kommer først", "1 comes first", least=1, most=MOST_RANK)
]
_Rooms = Annotated[int, Field(unit="rooms", least=1, most=MOST_ROOMS)]
_FromRooms = Annotated[
    _Rooms, Field("kun boliger fra så mange beboelsesrum", "dwellings from so many rooms on only")
]
_ToRooms = Annotated[
    _Rooms,
    Field("kun boliger til og med så mange beboelsesrum", "only dwellings up to so many rooms"),
]
_Kind = Annotated[CriterionKind, Field("hvad kriteriet angår", "what the criterion is about")]
_Set = Annotated[Past, Field(not_before="set_on")]

_Share = Annotated[
    int,
    Field(
        "den del af de ledige boliger, de bruges til",
        "of the vacant dwellings, those they are used for",
        unit="dwellings",
        least=1,
        most=100,
    ),
]
_OfEvery = Annotated[
    int,
    Field(
        "så mange boliger, delen er sagt af; 100: procent",
        "of so many dwellings the share is said; 100: per cent",
        unit="dwellings",
        least=1,
        most=100,
    ),
]
_OfCriteria = Annotated[Opaque, Field("kriteriernes id", "the id of the criteria")]

_PLACED = ("work", "education", "separation", "child", "tie", "leaves")

# --- What is asked (open) -------------------------------------------------------------------


class Criterion(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that criteria for flexible letting ask of a person; None: not asked."""

    kind: _Kind
    hours: Annotated[
        _Hours | None,
        Field("mindst så mange timer om ugen", "at least so many hours", goes_with=("work",)),
    ] = None
    full_time_agreed: Annotated[
        bool,
        Field(
            "overenskomstens fuldtid er nok, også når den er kortere",
            "what its collective agreement has as full time is enough, also where it is shorter",
            goes_with=("work",),
        ),
    ] = False
    jobs: Annotated[
        tuple[JobKind, ...],
        Field("kun disse slags tæller", "only these kinds count", goes_with=("work",)),
    ] = ()
    excluded: Annotated[
        tuple[JobKind, ...],
        Field("slags, der ikke tæller", "kinds that don't count", goes_with=("work",)),
    ] = ()
    worked: Annotated[
        _Months | None,
        Field(
            "har arbejdet mindst så længe uden afbrydelse, uanset hos hvem",
            "has worked for at least so long without a break, for whomever",
            goes_with=("work",),
        ),
    ] = None
    held: Annotated[
        _Months | None,
        Field("har varet mindst så længe", "has lasted at least so long", goes_with=("work",)),
    ] = None
    left: Annotated[
        _Months | None,
        Field(
            "varer mindst så længe endnu",
            "goes on for at least so long from the day of the test",
            goes_with=("work", "education"),
        ),
    ] = None
    permanent: Annotated[
        bool, Field("uden tidsbegrænsning", "without a fixed term", goes_with=("work",))
    ] = False
    start_within: Annotated[
        int | None,
        Field(
            "begyndt senest så længe efter overtagelsen; 0: på dagen",
            "begun at the latest so long after the dwelling is taken over; 0: on the day",
            unit="months",
            least=0,
            most=MOST_MONTHS,
            goes_with=("work", "education"),
        ),
    ] = None
    months: Annotated[
        _Months | None,
        Field(
            "arbejde: mindste tidsbegrænsning; uddannelse: mindste længde; fuldført uddannelse og "
            "samlivets ophør: højst så længe siden; tilknytning: mindst så længe; forsørgelse og "
            "indtægt: så langt tilbage",
            "work: least length of a fixed term; education: its least length; completed education "
            "and the end of living together: at most so long ago; a tie: at least so long; what a "
            "person lives from, and income: so far back",
            goes_with=(
                "work",
                "education",
                "degree",
                "self_support",
                "income",
                "separation",
                "tie",
            ),
        ),
    ] = None
    full_time: Annotated[bool, Field("fuld tid", "full time", goes_with=("education",))] = False
    su_eligible: Annotated[
        bool,
        Field("giver ret til SU", "gives a right to a student grant", goes_with=("education",)),
    ] = False
    apprentice: Annotated[
        bool,
        Field(
            "en læreplads er også nok", "an apprenticeship is enough too", goes_with=("education",)
        ),
    ] = False
    level: Annotated[
        EducationLevel | None,
        Field("mindst dette niveau", "at least this level", goes_with=("education", "degree")),
    ] = None
    inside: Annotated[Place | None, Field("ligger i", "lies in", goes_with=_PLACED)] = None
    outside: Annotated[
        Place | None, Field("ligger uden for", "lies outside", goes_with=_PLACED)
    ] = None
    within_km: Annotated[
        int | None,
        Field(
            "højst så langt fra boligen",
            "at most so far from the dwelling",
            unit="kilometres",
            least=1,
            most=1_000,
            goes_with=("work", "education"),
        ),
    ] = None
    age: Annotated[_Age | None, Field("mindst", "at least", goes_with=("age",))] = None
    over_age: Annotated[_Age | None, Field("ældre end", "older than", goes_with=("age",))] = None
    most_age: Annotated[_Age | None, Field("højst", "at most", goes_with=("age",))] = None
    below_age: Annotated[
        _Age | None, Field("barnet er under", "the child is below", goes_with=("child",))
    ] = None
    children: Annotated[
        int | None,
        Field(
            "mindst så mange børn; tom: ét",
            "at least so many children; empty: one",
            unit="children",
            least=2,
            most=MOST_CHILDREN,
            goes_with=("child",),
        ),
    ] = None
    none: Annotated[
        bool,
        Field(
            "der bor ikke noget barn hos personen",
            "no child lives with the person",
            goes_with=("child",),
        ),
    ] = False
    living: Annotated[
        tuple[ChildLiving, ...],
        Field(
            "hvor barnet bor; tom: hos personen eller delt",
            "where the child lives; empty: with the person, or shared",
            goes_with=("child",),
        ),
    ] = ()
    incomes: Annotated[
        tuple[IncomeKind, ...],
        Field("det, der tæller", "what counts", goes_with=("self_support",)),
    ] = ()
    none_of: Annotated[
        tuple[IncomeKind, ...],
        Field("det, der udelukker", "what excludes", goes_with=("self_support",)),
    ] = ()
    sick_weeks: Annotated[
        int | None,
        Field(
            "sygedagpenge tæller kun under så mange uger",
            "sickness benefit counts for less than so many weeks only",
            unit="weeks",
            least=1,
            most=MOST_WEEKS,
            goes_with=("self_support",),
        ),
    ] = None
    amount: Annotated[
        _Ore | None, Field("mindst så meget", "at least so much", goes_with=("income",))
    ] = None
    most_amount: Annotated[
        _Ore | None, Field("højst så meget", "at most so much", goes_with=("income",))
    ] = None
    amount_year: Annotated[
        int | None,
        Field(
            "det år, beløbet gælder for; tom: til kriterierne ændres",
            "the year that the sum is for; empty: until the criteria change",
            least=2000,
            most=2199,
            goes_with=("income",),
        ),
    ] = None
    pensions: Annotated[
        tuple[PensionKind, ...],
        Field("slags; tom: enhver", "kinds; empty: any", goes_with=("pension",)),
    ] = ()
    breaks: Annotated[
        tuple[BreakKind, ...],
        Field(
            "hvordan samlivet ophørte; tom: enhver måde, dog ikke ved død",
            "how living together ended; empty: in any way but by death",
            goes_with=("separation",),
        ),
    ] = ()
    together: Annotated[
        _Months | None,
        Field(
            "boede sammen mindst så længe",
            "had lived together at least so long",
            goes_with=("separation",),
        ),
    ] = None
    tie: Annotated[TieKind | None, Field("tilknytningen", "the tie", goes_with=("tie",))] = None
    leaves: Annotated[
        LeavesKind | None,
        Field("hvad der sker med boligen", "what becomes of the dwelling", goes_with=("leaves",)),
    ] = None
    rooms: Annotated[
        _Rooms | None,
        Field(
            "boligen har mindst så mange beboelsesrum",
            "the dwelling has at least so many rooms",
            goes_with=("leaves",),
        ),
    ] = None
    shown_by: Annotated[
        tuple[DocumentKind, ...],
        Field("kun vist ved et af disse", "shown by one of these alone"),
    ] = ()
    issued_by: Annotated[
        tuple[IssuerKind, ...],
        Field("kun bekræftet af en af disse", "confirmed by one of these alone"),
    ] = ()


class Alternative(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Criteria that one person must all meet."""

    all_of: Annotated[
        tuple[Criterion, ...],
        Field("kriterier, der alle skal opfyldes", "criteria to be met, all", most=MOST_CRITERIA),
    ]


class Condition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who must meet any one of some alternatives, and on which day."""

    who: Annotated[MustMeet, Field("hvem der skal opfylde den", "who must meet it")]
    tested: Annotated[CriteriaTest, Field("hvornår den skal være opfyldt", "when it must be met")]
    any_of: Annotated[
        tuple[Alternative, ...],
        Field("ét af dem er nok", "any one of them is enough", most=MOST_ALTERNATIVES),
    ]
    from_age: Annotated[
        _Age | None, Field("kun dem fra denne alder", "only those from this age on")
    ] = None
    to_age: Annotated[
        _Age | None,
        Field("kun dem til og med denne alder", "only those up to this age, and of it"),
    ] = None


class Way(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One way to meet the criteria: conditions that must all be met; 1 is the first rank."""

    conditions: Annotated[
        tuple[Condition, ...],
        Field(
            "betingelser, der alle skal opfyldes; en måde for nogle boliger eller kun for beboere "
            "kan være uden",
            "conditions, all; a way for some dwellings, or for residents only, may have none",
            most=MOST_CONDITIONS,
        ),
    ] = ()
    rank: _Rank = 1
    household: Annotated[
        HouseholdKind | None,
        Field("kun for enlige, eller kun for par", "for single people only, or for couples only"),
    ] = None
    residents_only: Annotated[
        bool,
        Field(
            "kun for dem, der bor i afdelingen", "only for those who live in the department already"
        ),
    ] = False
    from_rooms: _FromRooms | None = None
    to_rooms: _ToRooms | None = None
    only_dwellings: Annotated[
        tuple[Dwelling, ...],
        Field("kun disse boliger", "these dwellings only", most=MOST_NAMED_DWELLINGS),
    ] = ()
    not_dwellings: Annotated[
        tuple[Dwelling, ...],
        Field("ikke disse boliger", "not these dwellings", most=MOST_NAMED_DWELLINGS),
    ] = ()
    exempt: Annotated[
        tuple[Alternative, ...],
        Field(
            "hvem der er fri for betingelserne på denne måde; giver ingen prioritet",
            "who is free of the conditions of this way; it carries no rank",
            most=MOST_ALTERNATIVES,
        ),
    ] = ()
    share: Annotated[
        int | None,
        Field(
            "af de boliger, kriterierne bruges til, dem der udlejes på denne måde",
            "of the dwellings that the criteria are used for, those let by this way",
            unit="dwellings",
            least=1,
            most=100,
        ),
    ] = None
    share_of_every: _OfEvery = 100


class TurnOrder(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A turn: for some of the dwellings the ways come in an order of their own."""

    ways: Annotated[
        tuple[Annotated[int, Field(least=1, most=MOST_ALTERNATIVES)], ...],
        Field(
            "måderne i denne turs rækkefølge, som numre i listen; andre måder har ingen del i den",
            "the ways in the order of this turn, by their numbers in the list; others have no part",
            most=MOST_ALTERNATIVES,
        ),
    ]
    equal: Annotated[bool, Field("om måderne står lige i den", "the ways stand equal in it")] = (
        False
    )
    share: Annotated[
        int,
        Field(
            "af de boliger, kriterierne bruges til, dem der har denne tur",
            "of the dwellings that the criteria are used for, those that have this turn",
            unit="dwellings",
            least=1,
            most=100,
        ),
    ]
    share_of_every: _OfEvery = 100


class OtherShare(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Another share for some of the dwellings that criteria cover."""

    departments: OnlyDepartments = ()
    from_rooms: _FromRooms | None = None
    to_rooms: _ToRooms | None = None
    share: _Share
    share_of_every: _OfEvery = 100

    def fits(self, department: str, rooms: int | None) -> bool | None:
        """Tell whether it is of such dwellings; None: it goes by rooms, which are not recorded."""
        if self.departments and department not in self.departments:
            return False
        if self.from_rooms is None and self.to_rooms is None:
            return True
        if rooms is None:
            return None
        return (self.from_rooms or rooms) <= rooms <= (self.to_rooms or rooms)


class Clause(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A clause of the agreement that the form can't say."""

    says: Annotated[Reason, Field("bestemmelsens ord", "the words of the clause")]
    does: Annotated[AsksMore, Field("hvad den gør", "what it does")]
    looks: Annotated[LooksAtIt, Field("hvem der skal se på det", "who has to look at it")]
    at: Annotated[Name, Field("hvor den står i aftalen", "where it stands in the agreement")] = ""
    way: Annotated[
        int | None,
        Field(
            "den måde, den angår, som nummer i listen; tom: alle",
            "the way it concerns, by its number in the list; empty: all",
            least=1,
            most=MOST_ALTERNATIVES,
        ),
    ] = None


@fact(
    "letting.criteria_set",
    da="Kriterier for fleksibel udlejning, aftalt eller fastsat.",
    held_by=BOTH,
    decided_by={
        CriteriaBasis.AGREED: BOTH,
        CriteriaBasis.MINISTRY: BOTH,
        CriteriaBasis.MUNICIPALITY: MUNICIPALITY,
        CriteriaBasis.ADVERTISING: BOTH,
        # The municipality's decision is addressed to the organisation, which records what it was
        # told of it.
        CriteriaBasis.EXTENDED: BOTH,
    },
    section=_CRITERIA,
    strict=True,
    tags=(
        "criteria:{criteria}",
        "municipality:{municipality}",
        "area:{area}",
        "department:{organisation}/{departments}",
    ),
    found_by=(
        ("area:{area}", "area:{area}"),
        ("department:{organisation}/{departments}", "department:{organisation}/{departments}"),
        ("{criteria}", "criteria:{criteria}"),
    ),
    # Its own id, and each place.
    about=(
        About(("criteria", "set_on", "first_day")),
        About(("area", "basis", "set_on", "first_day")),
        About(("organisation", "basis", "set_on", "first_day"), each="departments"),
    ),
)
class CriteriaSet(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Criteria for flexible letting, as agreed or set (§ 60): every condition, and one of the ways.

    They cover departments of one organisation, or an area.
    """

    criteria: _OfCriteria
    municipality: Municipality
    basis: Annotated[CriteriaBasis, Field("hvordan de er blevet til", "how they came about")]
    set_on: Annotated[Past, Field("dagen for aftalen eller fastsættelsen", "the day they were set")]
    confirmed_by: Annotated[
        Name,
        Field(
            "hvem der står inde for, at de er rimelige og saglige",
            "who answers for their being reasonable and factual",
        ),
    ]
    first_day: Annotated[First, Field(not_before="set_on")]
    last_day: Last | None = None
    announced_on: Annotated[
        _Set | None, Field("dagen for offentliggørelsen", "the day of their publication")
    ] = None
    revised_on: Annotated[
        _Set | None, Field("dagen for den seneste revision", "when they were last revised")
    ] = None
    organisation: Organisation = ""
    departments: Annotated[
        tuple[Department, ...],
        Field("de afdelinger, de gælder", "the departments they cover", most=MOST_DEPARTMENTS),
    ] = ()
    area: AreaHere | None = None
    every: Annotated[
        tuple[Condition, ...],
        Field("betingelser, der altid skal opfyldes", "conditions to be met in any way"),
    ] = ()
    ways: Annotated[
        tuple[Way, ...],
        Field("måder; én er nok", "ways; one is enough", most=MOST_ALTERNATIVES),
    ] = ()
    exempt: Annotated[
        tuple[Alternative, ...],
        Field(
            "hvem der er fri for betingelserne, person for person; giver ingen prioritet",
            "who is free of the conditions, person by person; it carries no rank",
            most=MOST_ALTERNATIVES,
        ),
    ] = ()
    exempt_residents: Annotated[
        bool, Field("om afdelingens beboere er undtaget", "residents need not meet them")
    ] = False
    couple_months: Annotated[
        _Months | None,
        Field(
            "samlevere er et par, når de har boet sammen så længe",
            "partners are a couple once they have lived together so long",
        ),
    ] = None
    clauses: Annotated[
        tuple[Clause, ...],
        Field(
            "bestemmelser, som formen ikke kan sige",
            "clauses that the form can't say",
            most=MOST_CLAUSES,
        ),
    ] = ()
    share: _Share = 100
    share_of_every: _OfEvery = 100
    share_of: Annotated[ShareOf, Field("hvad delen regnes af", "what the share is counted of")] = (
        ShareOf.AFTER_REFERRAL
    )
    other_shares: Annotated[
        tuple[OtherShare, ...],
        Field(
            "en anden del for nogle af boligerne; den første, der passer, gælder",
            "another share for some of the dwellings; the first that fits holds",
            most=MOST_ALTERNATIVES,
        ),
    ] = ()
    counted_by: Annotated[
        tuple[CountedBy, ...],
        Field(
            "om delen tælles for sig i hver afdeling, eller for hver boligstørrelse",
            "whether each department, or each size of dwelling, is counted by itself",
            most=2,
        ),
    ] = ()
    most_a_year: Annotated[
        int | None,
        Field(
            "højst så mange boliger i et kalenderår",
            "at most so many dwellings in a calendar year",
            unit="dwellings",
            least=1,
            most=MOST_A_YEAR,
        ),
    ] = None
    rounding: Annotated[Rounding, Field("hvordan delen rundes af", "how the share is rounded")] = (
        Rounding.DOWN
    )
    turns: Annotated[
        tuple[TurnOrder, ...],
        Field(
            "ture med hver sin rækkefølge af måderne; de skiftes",
            "turns, each with an order of the ways of its own; they take turns",
            most=MOST_ALTERNATIVES,
        ),
    ] = ()
    ties: Annotated[
        Ties | None,
        Field(
            "hvad der skiller dem, der står lige; tom: ikke sagt",
            "what tells those apart who stand equal; empty: not said",
        ),
    ] = None
    priority_only: Annotated[
        bool,
        Field(
            "om de kun giver fortrin, så andre kan følge efter",
            "who meets them comes first, and others may follow",
        ),
    ] = False
    certificate: Annotated[
        bool,
        Field(
            "om straffeattest forlanges efter de offentliggjorte kriterier",
            "the published criteria ask for a certificate (AMB-RECORD-FORE)",
        ),
    ] = False

    def share_for(self, department: str, rooms: int | None) -> tuple[int, int] | None:
        """Return of such dwellings how many of every so many the criteria are used for.

        None: it goes by rooms, which are not recorded.
        """
        for other in self.other_shares:
            fits = other.fits(department, rooms)
            if fits is None:
                return None
            if fits:
                return other.share, other.share_of_every
        return self.share, self.share_of_every

    @property
    def splits(self) -> tuple[tuple[int, int, int], ...]:
        """The turns, or the ways, that have a part of the share, in the order of being due.

        Each by its number, with so many of every so many dwellings.
        """
        if self.turns:
            return tuple(
                (number, turn.share, turn.share_of_every)
                for number, turn in enumerate(self.turns, 1)
            )
        parts = [
            (way.rank, number, way.share, way.share_of_every)
            for number, way in enumerate(self.ways, 1)
            if way.share is not None
        ]
        return tuple((number, share, of_every) for _, number, share, of_every in sorted(parts))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition, in one order: those that always hold, then way by way."""
        return (*self.every, *(each for way in self.ways for each in way.conditions))


# --- What was seen (sealed) -----------------------------------------------------------------


@fact(
    "letting.sight_attested",
    da="Nogen har set et dokument, der viser, at en person opfylder noget; aldrig dokumentet.",
    of=person(DataClass.ATTESTATIONS),
    held_by=ORGANISATION,
    section=_CRITERIA,
    not_compared="several documents may be seen on one day; the rules weigh them",
)
class SightAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody saw a document that shows that a person meets something; never the document.

    `first_day` to `last_day`: when what it shows holds (a job from its first day, until its term
    ends); of an end of living together, or of a completed education, its day. None: what was seen
    does not show it.
    """

    kind: Annotated[_Kind, Field(why="which criterion the document speaks of")]
    document: Annotated[
        DocumentKind,
        Field(
            "dokumentets slags",
            "the kind of document",
            "what kind of document was seen; never the document",
        ),
    ]
    issuer: Annotated[
        IssuerKind, Field("hvem der har udstedt det", "who issued it", "what kind of issuer it has")
    ]
    seen_by: SeenBy
    seen_on: Annotated[Past, Field("dagen, det blev set", "the day of it", "when it was seen")]
    first_day: Annotated[First, Field(why="from when what it shows holds")]
    last_day: Annotated[Last | None, Field(why="until when what it shows holds")] = None
    expires_on: ReliedOnUntil | None = None
    answer: Annotated[
        AttestedAnswer | None,
        Field(
            "myndighedens svar på kriteriet som helhed",
            "what the authority answers of the criterion as a whole",
            "a yes or no in the place of any detail",
        ),
    ] = None
    hours: Annotated[
        _Hours | None,
        Field(
            "arbejdstiden",
            "the working time",
            "hours of work, which criteria set a minimum for",
            goes_with=("work",),
        ),
    ] = None
    full_time_agreed: Annotated[
        bool | None,
        Field(
            "om det er fuld tid efter overenskomsten",
            "whether it is full time by its collective agreement",
            "criteria may take an agreement's full time for their hours",
            goes_with=("work",),
        ),
    ] = None
    job: Annotated[
        JobKind | None,
        Field(
            "arbejdets slags",
            "the kind of work",
            "kind of work, since criteria leave some out",
            goes_with=("work",),
        ),
    ] = None
    full_time: Annotated[
        bool | None,
        Field(
            "om uddannelsen er på fuld tid",
            "education: full time",
            "whether the education is full time",
            goes_with=("education",),
        ),
    ] = None
    su_eligible: Annotated[
        bool | None,
        Field(
            "om uddannelsen giver ret til SU",
            "education: gives a right to a student grant",
            "whether the education gives a right to a student grant",
            goes_with=("education",),
        ),
    ] = None
    level: Annotated[
        EducationLevel | None,
        Field(
            "uddannelsens niveau",
            "the level of the education",
            "criteria ask for a level",
            goes_with=("education", "degree"),
        ),
    ] = None
    months: Annotated[
        _Months | None,
        Field(
            "uddannelsens længde; samliv: hvor længe det varede; indtægt: over hvor lang tid",
            "length of the education; how long they lived together; of income, over how long",
            "criteria set a least length",
            goes_with=("education", "separation", "income"),
        ),
    ] = None
    inside: Annotated[
        tuple[Place, ...],
        Field("hvor det ligger", "where it lies", "criteria name a place", goes_with=_PLACED),
    ] = ()
    outside: Annotated[
        tuple[Place, ...],
        Field(
            "hvor det ikke ligger",
            "where it does not lie",
            "criteria name a place",
            goes_with=_PLACED,
        ),
    ] = ()
    km: Annotated[
        int | None,
        Field(
            "højst så langt fra boligen",
            "at most so far from the dwelling",
            "criteria set a greatest distance",
            unit="kilometres",
            least=0,
            most=10_000,
            goes_with=("work", "education"),
        ),
    ] = None
    age: Annotated[
        _Age | None,
        Field(
            "alderen på første dag",
            "the age on the first day",
            "an age, which some criteria ask for or exempt",
            goes_with=("age", "child"),
        ),
    ] = None
    incomes: Annotated[
        tuple[IncomeKind, ...],
        Field(
            "alt, hvad personen levede af i tiden",
            "all that the person lived from in that time",
            "criteria name what counts as self-support",
            goes_with=("self_support",),
        ),
    ] = ()
    amount: Annotated[
        _Ore | None,
        Field(
            "det beløb, der blev sammenlignet med; aldrig indtægten",
            "the sum that was compared with; never the income",
            "criteria name a sum",
            goes_with=("income",),
        ),
    ] = None
    of_couple: Annotated[
        bool | None,
        Field(
            "om det er ansøgers og partners indtægt tilsammen; tom: personens egen",
            "whether it is the income of applicant and partner together; empty: the person's own",
            "criteria ask for the income of both together",
            goes_with=("income",),
        ),
    ] = None
    reached: Annotated[
        bool | None,
        Field(
            "om indtægten når beløbet",
            "whether the income reaches the sum",
            "whether the sum is reached",
            goes_with=("income",),
        ),
    ] = None
    no_child: Annotated[
        bool | None,
        Field(
            "om der ikke bor noget barn under den alder hos personen",
            "whether no child below the age lives with the person",
            "criteria ask that no child lives there",
            goes_with=("child",),
        ),
    ] = None
    rooms: Annotated[
        _Rooms | None,
        Field(
            "den nuværende boligs beboelsesrum",
            "the rooms of the present dwelling",
            "criteria ask how large it is",
            goes_with=("leaves",),
        ),
    ] = None
    pension: Annotated[
        PensionKind | None,
        Field(
            "pensionens slags",
            "the kind of pension",
            "criteria tell pensions apart",
            goes_with=("pension",),
        ),
    ] = None
    ended_by: Annotated[
        BreakKind | None,
        Field(
            "hvordan samlivet ophørte",
            "how living together ended",
            "criteria tell apart how it ended",
            goes_with=("separation",),
        ),
    ] = None
    living: Annotated[
        ChildLiving | None,
        Field(
            "hvor barnet bor",
            "where the child lives",
            "criteria ask where a child lives",
            goes_with=("child",),
        ),
    ] = None
    tie: Annotated[
        TieKind | None,
        Field("tilknytningen", "the tie", "criteria name a tie", goes_with=("tie",)),
    ] = None
    leaves: Annotated[
        LeavesKind | None,
        Field(
            "hvad der sker med den nuværende bolig",
            "what becomes of the present dwelling",
            "criteria ask what becomes of it",
            goes_with=("leaves",),
        ),
    ] = None


@fact(
    "letting.nothing_shown",
    da="En person, der blev bedt om at vise noget af disse slags, viste intet på disse dage.",
    of=person(DataClass.ATTESTATIONS),
    held_by=ORGANISATION,
    section=_CRITERIA,
    not_compared="says one thing only: that nothing was shown",
)
class NothingShown(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person who was asked to show something of these kinds showed nothing on these days."""

    kinds: Annotated[
        tuple[_Kind, ...],
        Field(why="for which criteria nothing was shown when asked", most=MOST_NAMED),
    ]
    first_day: Annotated[FirstPast, Field(why="from when nothing was shown")]
    last_day: Annotated[Last | None, Field(why="until when nothing was shown")] = None


# --- What a person found (sealed) -----------------------------------------------------------


@fact(
    "letting.clause_judged",
    da="Hvad en navngiven person har fundet om en husstand efter en bestemmelse, som kriteriernes "
    "form ikke kan sige.",
    of=household(DataClass.DECISIONS),
    held_by=ORGANISATION,
    # The clause says who looks: the organisation, or the municipality, which tells it.
    decided_by=BOTH,
    section=_CRITERIA,
    about=(About(("criteria", "number", "dwelling", "decision_day")),),
)
class ClauseJudged(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """What a named person found of a household under a clause that the form can't say.

    It is of the criteria as they stood on the decision day: newer ones are looked at anew.
    """

    criteria: Annotated[_OfCriteria, Field(why="which agreement the clause stands in")]
    number: Annotated[
        int,
        Field(
            "bestemmelsens nummer i kriteriernes liste",
            "the clause, by its number in the list of the criteria",
            "which clause was looked at",
            least=1,
            most=MOST_CLAUSES,
        ),
    ]
    fits: Annotated[
        bool,
        Field(
            "om husstanden opfylder den, lukkes ind ved den eller er fritaget ved den",
            "whether the household meets it, is let in by it, or is exempt by it",
            "what was found; never what was seen",
        ),
    ]
    decision_day: Annotated[DecisionDay, Field(why="from when the finding holds")]
    last_day: Annotated[LastOfDecision | None, Field(why="until when the finding holds")] = None
    decided_by: Annotated[DecidedBy, Field(why="who found so and answers for it")]
    reasons: Reasons
    party_heard: PartyHeard | None = None
    dwelling: Annotated[
        Dwelling,
        Field(
            "kun for udlejning af denne bolig; tom: for hver bolig, som kriterierne gælder",
            "of the letting of this dwelling alone; empty: of each that the criteria cover",
            "which letting it is about",
        ),
    ] = ""
