"""Facts about letting: criteria and schemes (open), and what is known of applicants (sealed)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from domain.data_classes import DataClass
from domain.facts.base import Fact
from domain.facts.declared import (
    BOTH,
    MUNICIPALITY,
    NOBODY,
    ORGANISATION,
    About,
    Field,
    fact,
    household,
    person,
)
from domain.facts.kinds import (
    ABL,
    MOST_NAMED,
    MOST_RESIDENTS,
    ORDER,
    Area,
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
    Organisation,
    PartyHeard,
    Past,
    Reasons,
    ReliedOnUntil,
    SeenBy,
)
from domain.facts.words import (
    AttestedAnswer,
    BenefitCondition,
    CertificateAssessment,
    DispensationFactor,
    EndedUnder,
    LandlordKind,
    OppositionGround,
)

_VOUCHED = f"{ABL} § 51 b, stk. 7, og § 51 c, stk. 3"
_DISPENSATION = f"{ABL} § 51 c, stk. 4"
_APPROVAL = f"{ABL} § 61"
_DEBT = f"{ORDER} § 27"
_PRIOR_TERMINATION = f"{ORDER} § 28 og {ABL} § 63 e"
_CERTIFICATE = f"{ORDER} § 29"
_OPPOSITION = f"{ORDER} § 30 og almenlejeloven § 65, stk. 2, og § 69, stk. 2"

_DEPARTMENT = "department:{organisation}/{department}"
_BarsRefusal = Annotated[bool, Field(why="bars refusal")]

# --- Criteria and schemes (open) ------------------------------------------------------------


@fact(
    "letting.combined_decided",
    da="Kommunens beslutning om kombineret udlejning i et område.",
    held_by=BOTH,
    decided_by=MUNICIPALITY,
    section="almenboligloven § 51 b, stk. 1",
    tags=("area:{area}",),
    about=(About(("area", "decided_on")),),
)
class CombinedLettingDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality's decision on combined letting in an area (§ 51 b, stk. 1)."""

    area: Area
    decided_on: Annotated[Past, Field("dagen for beslutningen", "the day of the decision")]
    extended: Annotated[
        bool, Field("om den også omfatter 2. pkt.", "also its second sentence is used")
    ]
    first_day: Annotated[First, Field(not_before="decided_on")]
    last_day: Last | None = None
    evaluated_on: Annotated[
        Past | None,
        Field(
            "dagen for den seneste evaluering (stk. 10)",
            "when it was last evaluated (stk. 10)",
            not_before="decided_on",
        ),
    ] = None


@fact(
    "letting.problems_found",
    da="Om der er konstateret væsentlige problemer i en afdeling.",
    held_by=BOTH,
    decided_by=NOBODY,
    section=f"{ABL} § 60 a, stk. 1, jf. § 91 a, stk. 1",
    tags=(_DEPARTMENT, "area:{area}"),
    found_by=((_DEPARTMENT, _DEPARTMENT), ("area:{area}", "area:{area}")),
    about=(About(("organisation", "department", "first_day")),),
)
class ProblemsFound(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether substantial problems were found in a department (§ 60 a, stk. 1, § 91 a, stk. 1).

    That makes it problem-stricken, as does an area for combined letting (§ 51 b), which its list
    says.
    """

    organisation: Organisation
    department: Department
    found: Annotated[
        bool,
        Field(
            "om der er konstateret væsentlige problemer af økonomisk, social eller anden karakter",
            "whether substantial problems, economic, social or other, were found",
        ),
    ]
    found_by: Annotated[Name, Field("hvem der har konstateret det", "who found it")]
    area: Annotated[
        Area | None,
        Field(
            "det boligområde, afdelingen ligger i; tom: ikke oplyst",
            "the housing area that the department lies in; empty: not stated",
        ),
    ] = None
    first_day: First
    last_day: Last | None = None


class _Scheme(Fact, frozen=True, kw_only=True, omit_defaults=True):
    municipality: Municipality
    organisation: Organisation
    first_day: First
    last_day: Last | None = None


@fact(
    "letting.agreement_extended",
    da="Kommunens beslutning om, at det, den har aftalt med nogle boligorganisationer, skal bruges "
    "af alle.",
    held_by=BOTH,
    decided_by=MUNICIPALITY,
    section=f"{ABL} § 60 b",
    tags=("municipality:{municipality}",),
    found_by=(("{municipality}", "municipality:{municipality}"),),
    about=(About(("municipality", "decided_on")),),
)
class AgreementExtended(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality extends a joint agreement to the organisations not party to it (§ 60 b).

    What was agreed for each of those is recorded of it: criteria on the basis `EXTENDED`, or a
    share.
    """

    municipality: Municipality
    decided_on: Annotated[Past, Field("dagen for beslutningen", "the day of the decision")]
    covered: Annotated[
        int,
        Field(
            "de familieboliger, som aftalen omfatter",
            "the family dwellings that the agreement covers",
            unit="dwellings",
            least=1,
            most=MOST_RESIDENTS,
        ),
    ]
    in_municipality: Annotated[
        int,
        Field(
            "alle almene familieboliger i kommunen",
            "all social family dwellings in the municipality",
            unit="dwellings",
            least=1,
            most=MOST_RESIDENTS,
        ),
    ]
    permitted_on: Annotated[
        Past | None,
        Field(
            "dagen for ministerens tilladelse, når den ikke omfatter mere end halvdelen (stk. 3)",
            "the day of the minister's permission, where it covers no more than half (stk. 3)",
        ),
    ] = None
    first_day: Annotated[First, Field(not_before="decided_on")]
    last_day: Last | None = None
    revised_on: Annotated[
        Past | None,
        Field(
            "dagen for den seneste revision",
            "when it was last taken up for revision",
            not_before="decided_on",
        ),
    ] = None
    lapsed_on: Annotated[
        Past | None,
        Field(
            "dagen, hvor aftalen ophørte eller ikke længere omfattede mere end halvdelen (stk. 2)",
            "when the agreement ended, or no longer covered more than half (stk. 2)",
            not_before="decided_on",
        ),
    ] = None


@fact(
    "letting.approval_scheme_decided",
    da="Kommunen godkender hver udlejning i denne organisation.",
    held_by=BOTH,
    decided_by=MUNICIPALITY,
    section=f"{_APPROVAL} og {ORDER} § 42",
    tags=("municipality:{municipality}",),
    found_by=(("{municipality}/{organisation}", "municipality:{municipality}"),),
    about=(About(("municipality", "organisation", "departments", "first_day")),),
)
class ApprovalSchemeDecided(_Scheme, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality approves each letting by this organisation (§ 61, letting order § 42)."""

    departments: OnlyDepartments = ()


@fact(
    "letting.occupancy_cap_used",
    da="Lovens loft på to personer pr. beboelsesrum bruges i denne organisations boliger.",
    held_by=BOTH,
    decided_by=ORGANISATION,
    tags=("municipality:{municipality}",),
    found_by=(("{municipality}/{organisation}", "municipality:{municipality}"),),
    about=(About(("municipality", "organisation", "first_day")),),
)
class OccupancyCapUsed(_Scheme, frozen=True, kw_only=True, omit_defaults=True):
    """The statutory cap of two persons a room is used in this organisation's dwellings."""


# --- Applicants (sealed) --------------------------------------------------------------------


@fact(
    "letting.benefit_condition_attested",
    da="En kommunes ja eller nej om én betingelse, én person og én dag.",
    of=person(DataClass.ATTESTATIONS),
    held_by=ORGANISATION,
    section=_VOUCHED,
    about=(About(("condition", "day", "municipality"), says=("answer",)),),
)
class BenefitConditionAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A municipality's yes or no about one condition, one person and one day (§§ 51 b, 51 c)."""

    condition: Annotated[
        BenefitCondition,
        Field(
            "den betingelse, der er spurgt om",
            "the condition",
            "which condition was asked about; never which benefit",
        ),
    ]
    answer: Annotated[
        AttestedAnswer,
        Field("kommunens svar", "what the municipality answers", "the municipality's yes or no"),
    ]
    day: Annotated[
        Past, Field("den dag, svaret gælder", "the day", "the one day that the answer speaks of")
    ]
    municipality: Annotated[Municipality, Field(why="who answered")]
    receipt_id: Annotated[
        UUID,
        Field(
            "kommunens egen kvittering",
            "the municipality's own receipt",
            "where the municipality's own answer is found",
        ),
    ]
    receipt_hash: Annotated[
        str,
        Field(
            "kvitteringens aftryk",
            "the hash of that receipt",
            "that the municipality's answer was not altered",
            pattern="[0-9a-f]{64}",
            says="must be the receipt's hash: 64 hex digits, a-f in lower case",
        ),
    ]
    readings: Annotated[
        tuple[Annotated[str, Field(known="reading")], ...],
        Field(
            "hvordan hvert fortolkningsspørgsmål blev besvaret",
            'how each point was read ("AMB-NAMEGAP=a")',
            "how open points of law were read",
        ),
    ] = ()
    points: Annotated[
        tuple[Annotated[str, Field(known="point")], ...],
        Field(
            "de fortolkningsspørgsmål, hvor en anden fortolkning ville ændre svaret",
            "the open points whose other reading would change it",
            "which open points would change the answer",
        ),
    ] = ()


@fact(
    "letting.certificate_seen",
    da="En persons straffeattest er set før en kontrakt; kun det, og hvad der blev fundet.",
    of=person(DataClass.CONVICTIONS),
    held_by=ORGANISATION,
    section=_CERTIFICATE,
    about=(About(("area", "seen_on")),),
)
class CertificateSeen(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person's certificate was seen before a contract; only that, and what was made of it."""

    area: Annotated[Area, Field(why="for which area the certificate was demanded")]
    seen_on: Annotated[Past, Field("dagen, den blev set", "the day of it", "when it was seen")]
    seen_by: SeenBy
    assessment: Annotated[
        CertificateAssessment,
        Field(
            "hvad der blev fundet ved den",
            "what was made of it",
            "what was made of it; never what it says",
        ),
    ]
    expires_on: ReliedOnUntil | None = None


@fact(
    "letting.termination_notified",
    da="En udlejers underretning om, at en persons lejemål er ophævet eller opsagt.",
    of=person(DataClass.TERMINATIONS),
    held_by=ORGANISATION,
    section=_PRIOR_TERMINATION,
    about=(About(("terminated_on", "landlord")),),
)
class TerminationNotified(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A landlord's notice that a person's tenancy was ended (§ 63 e, letting order § 28)."""

    terminated_on: Annotated[
        Past, Field("dagen for ophævelsen", "the day of it", "the two years run from it")
    ]
    landlord: Annotated[
        LandlordKind,
        Field(
            "hvis lejemål det var", "whose tenancy it was", "only another social landlord's counts"
        ),
    ]
    ended_under: Annotated[
        EndedUnder,
        Field(
            "den bestemmelse, det skete efter",
            "the number of § 85 or § 90",
            "only some grounds count",
        ),
    ]
    joint_area: Annotated[
        bool | None,
        Field(
            "om kommunen har fundet, at begge afdelinger ligger i ét område; tom: den har ikke "
            "udtalt sig",
            "the municipality has found that both departments lie in one area; empty: it has not "
            "said",
            "whether the municipality found one joint area",
        ),
    ] = None
    found_unjustified: Annotated[
        bool | None,
        Field(
            "om en domstol har fundet den uberettiget; tom: ikke oplyst",
            "a court found it unjustified; empty: nobody has said",
            "a court that found it unjustified bars refusal",
        ),
    ] = None
    objection_not_sued: Annotated[
        bool | None,
        Field(
            "om en indsigelse ikke blev fulgt af sag; tom: ikke oplyst",
            "an objection was never sued on; empty: nobody has said",
            "an objection never sued on bars refusal",
        ),
    ] = None


@fact(
    "letting.overdue_debt",
    da="Forfalden gæld til denne organisation fra et lejemål, og hvad der hindrer et afslag.",
    of=person(DataClass.TENANCY),
    held_by=ORGANISATION,
    section=_DEBT,
    about=(About(("first_day",)),),
)
class OverdueDebt(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Overdue debt to this organisation from a tenancy, and what bars a refusal on it (§ 27).

    None: not stated.
    """

    first_day: Annotated[FirstPast, Field(why="from when the debt is overdue")]
    last_day: Annotated[Last | None, Field(why="until when the debt is overdue")] = None
    insignificant: Annotated[
        _BarsRefusal | None, Field("om gælden er ubetydelig", "it is insignificant")
    ] = None
    time_barred: Annotated[
        _BarsRefusal | None, Field("om gælden er forældet", "it is time-barred")
    ] = None
    instalments_kept: Annotated[
        _BarsRefusal | None, Field("om en afdragsordning overholdes", "instalments are kept")
    ] = None
    relief_kept: Annotated[
        _BarsRefusal | None, Field("om en gældssanering overholdes", "a debt relief order is kept")
    ] = None


@fact(
    "letting.dispensation_decided",
    da="Kommunens dispensation for en husstand fra § 51 c.",
    of=household(DataClass.DECISIONS),
    held_by=BOTH,
    decided_by=MUNICIPALITY,
    # § 51 c, stk. 3 and 4: the municipality answers of each applicant before a letting, and may
    # then dispense; only where its answer is recorded can there be anything to dispense from.
    silence="the municipality tells of it with its own answer about the applicant",
    section=_DISPENSATION,
    about=(About(("decision_day",)),),
)
class DispensationDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality's dispensation for a household from § 51 c (stk. 4)."""

    decision_day: Annotated[DecisionDay, Field(why="from when the dispensation holds")]
    last_day: Annotated[LastOfDecision | None, Field(why="until when the dispensation holds")] = (
        None
    )
    decided_by: DecidedBy
    reasons: Reasons
    party_heard: PartyHeard | None = None
    factors: Annotated[
        tuple[DispensationFactor, ...],
        Field(
            "hvad dispensationen hviler på",
            "what it rests on",
            "which of the order's factors it rests on",
            f"{ORDER} § 37, stk. 2",
            most=MOST_NAMED,
        ),
    ]
    area: Annotated[
        Area,
        Field(
            "det omdannelsesområde, hvis afdelinger den gælder; tom: ikke oplyst",
            "the transformation area whose departments it is about; empty: not stated",
            "which letting it lets through",
        ),
    ] = ""


@fact(
    "letting.approval_answered",
    da="Hvornår kommunen fik en udlejning til godkendelse, og hvad den svarede hvornår.",
    of=household(DataClass.DECISIONS),
    held_by=ORGANISATION,
    decided_by=MUNICIPALITY,
    section=_APPROVAL,
    about=(About(("received_on",)),),
)
class ApprovalAnswered(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """When the municipality received a letting for approval, and what it answered when (§ 42)."""

    received_on: Annotated[
        Past,
        Field("dagen, kommunen fik den", "the day of receipt", "the five weekdays run from it"),
    ]
    refused: Annotated[
        bool, Field("om kommunen afslog", "it was refused", "what the municipality answered")
    ]
    sent_on: Annotated[
        Past,
        Field(
            "dagen, svaret blev sendt",
            "the day the answer was sent",
            "whether it answered in time",
            not_before="received_on",
        ),
    ]
    dwelling: Annotated[
        Dwelling,
        Field(
            "den bolig, der skulle udlejes; tom: ikke oplyst",
            "the one that was to be let; empty: not stated",
            "which letting was answered",
        ),
    ] = ""


@fact(
    "letting.opposition_assessed",
    da="Organisationens egen vurdering af, at den har rimelig grund til at modsætte sig.",
    of=household(DataClass.DECISIONS),
    held_by=ORGANISATION,
    decided_by=ORGANISATION,
    section=_OPPOSITION,
    about=(About(("ground", "decision_day")),),
)
class OppositionAssessed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The organisation's own finding that it has reasonable ground to oppose, and under what."""

    ground: Annotated[
        OppositionGround,
        Field("den bestemmelse, den bruger", "under what", "which power the organisation uses"),
    ]
    decision_day: Annotated[DecisionDay, Field(why="from when the finding holds")]
    last_day: Annotated[LastOfDecision | None, Field(why="until when the finding holds")] = None
    decided_by: Annotated[DecidedBy, Field(why="who found so and answers for it")]
    reasons: Annotated[Reasons, Field(by=_OPPOSITION)]
    party_heard: Annotated[PartyHeard | None, Field(by=_OPPOSITION)] = None
    dwelling: Annotated[
        Dwelling,
        Field(
            "den bolig, der skulle udlejes, byttes eller fremlejes; tom: ikke oplyst",
            "the one that was to be let, exchanged or sublet; empty: not stated",
            "which letting, exchange or sublet it is about",
        ),
    ] = ""
