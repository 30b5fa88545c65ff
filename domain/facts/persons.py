"""Facts about persons and households; each is sealed under a key of its own."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from domain.data_classes import DataClass
from domain.facts.base import Fact
from domain.facts.declared import BOTH, MUNICIPALITY, About, Field, fact, household, person
from domain.facts.kinds import (
    ABL,
    DecidedBy,
    DecisionDay,
    First,
    FirstPast,
    Last,
    LastOfDecision,
    LastPast,
    Name,
    PartyHeard,
    Past,
    Reasons,
)
from domain.facts.words import (
    ActionPlan,
    Benefit,
    CitizenshipCondition,
    CohabitationProof,
    MemberList,
    MemberRole,
    ReleasedFrom,
    TenancyEnding,
)

_REFERRAL = f"{ABL} § 59, stk. 6 og 7"
_SPOUSE = f"{ABL} § 51 b, stk. 1, og § 51 c, stk. 1 og 2"
_BENEFITS = f"{ABL} § 59, stk. 6, nr. 5 og 6, og stk. 7"
_N4 = f"{ABL} § 59, stk. 6, nr. 4"
_RELEASE = f"{ABL} § 59, stk. 6, nr. 1 og 2"
_TERMINATION = f"{ABL} § 59, stk. 6, nr. 3"
_REFUGEE = "integrationsloven (LBK nr. 1146 af 22/6/2020) § 12, stk. 2"
_UKRAINE = "lov nr. 324 af 16/3/2022 § 30 a"
_RENEWAL = "byfornyelsesloven (LBK nr. 794 af 27/4/2021) § 64, jf. §§ 61 og 63"
_FALLBACK = f"{ABL} § 59, stk. 9"

_SPAN = ("first_day", "last_day")
_COMPLETE = "says one thing only: that the record is complete"
_REGISTERED = "registered once; other content is refused as a registration"

_List = Annotated[MemberList, Field("hvilken af husstandens lister", "which list of the household")]
_FirstComplete = Annotated[FirstPast, Field(why="first day for which the record is complete")]
_LastComplete = Annotated[LastPast, Field(why="last day for which the record is complete")]
_FirstAttested = Annotated[FirstPast, Field(why="first day that the attestation speaks of")]
_LastAttested = Annotated[LastPast, Field(why="last day that the attestation speaks of")]


@fact(
    "person.registered",
    da="En person er kendt her; navn og CPR-nummer er frivillige.",
    of=person(DataClass.IDENTITY),
    held_by=BOTH,
    section=_REFERRAL,
    not_compared=_REGISTERED,
)
class PersonRegistered(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person is known to this controller; name and CPR number are optional."""

    name: Annotated[
        Name,
        Field("personens navn", "the person's name", "telling persons apart in a case; optional"),
    ] = ""
    cpr: Annotated[
        str,
        Field(
            "CPR-nummeret, ti cifre",
            "the CPR number, ten digits",
            "telling persons apart for certain; optional",
            "databeskyttelsesloven § 11, stk. 1 og 2",
            known="cpr",
        ),
    ] = ""


@fact(
    "household.registered",
    da="En husstand er kendt her.",
    of=household(DataClass.MEMBERSHIP),
    held_by=BOTH,
    section=_REFERRAL,
    not_compared=_REGISTERED,
)
class HouseholdRegistered(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A household is known to this controller."""

    registered_on: Annotated[
        Past,
        Field(
            "dagen for registreringen",
            "the day on which it was registered",
            "since when the household is known here",
        ),
    ]


@fact(
    "household.member",
    da="En person hører til en husstand fra en dag (til en dag), på en af dens lister.",
    of=person(DataClass.MEMBERSHIP),
    held_by=BOTH,
    section=_REFERRAL,
    not_compared="two of one person and list never overlap, whatever they say",
)
class HouseholdMember(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person belongs to a household from a day (to a day), on one of its lists."""

    member_list: Annotated[
        _List, Field(why="whether declared at move-in or registered at application")
    ]
    first_day: Annotated[First, Field(why="since when the person belongs to the household")]
    last_day: Annotated[
        Last | None, Field(why="until when the person belongs to the household")
    ] = None
    role: Annotated[
        MemberRole | None,
        Field(
            "hvad personen er i ansøgningen; tom: ikke oplyst",
            "what the person is in an application; empty: not stated",
            "who applies, and who counts as a spouse",
            _SPOUSE,
        ),
    ] = None
    together_since: Annotated[
        Past | None,
        Field(
            "siden hvornår en samlever har boet sammen med ansøgeren",
            "since when a partner lives together with the applicant",
            "since when a partner counts as a spouse",
            _SPOUSE,
        ),
    ] = None
    together_by: Annotated[
        CohabitationProof | None,
        Field(
            "hvad der viser det",
            "what shows it",
            "how it is shown that a partner counts as a spouse",
            _SPOUSE,
        ),
    ] = None


@fact(
    "household.members_attested",
    da="En kilde bekræfter, at en husstands liste nævner alle dens medlemmer på disse dage.",
    of=household(DataClass.MEMBERSHIP),
    held_by=BOTH,
    section=_REFERRAL,
    not_compared="says one thing only: that the list is complete",
)
class MembersAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A source attests that a household's list names all its members on these days."""

    member_list: Annotated[_List, Field(why="which of the lists is complete")]
    first_day: Annotated[FirstPast, Field(why="first day on which the list is complete")]
    last_day: Annotated[LastPast | None, Field(why="last day on which the list is complete")] = None


@fact(
    "benefit.period",
    da="En person har modtaget en ydelse på hver af disse dage; uden sidste dag: og modtager den "
    "stadig.",
    of=person(DataClass.BENEFITS),
    held_by=MUNICIPALITY,
    section=_BENEFITS,
    about=(About(("benefit", "first_day")),),
)
class BenefitPeriod(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person received a benefit for each of these days; still does, where no last day is said."""

    benefit: Annotated[
        Benefit,
        Field(
            "ydelsen, ved sit navn på dagen",
            "the benefit, by its name of the day",
            "which of the benefits named by the act was received",
        ),
    ]
    first_day: Annotated[
        FirstPast, Field(why="first day of receipt: the act counts calendar months")
    ]
    last_day: Annotated[
        LastPast | None, Field(why="last day of receipt: the act counts calendar months")
    ] = None


@fact(
    "benefit.attested",
    da="En kilde bekræfter, at dens oplysninger om disse ydelser er fuldstændige for disse dage.",
    of=person(DataClass.BENEFITS),
    held_by=MUNICIPALITY,
    section=_BENEFITS,
    not_compared=_COMPLETE,
)
class BenefitsAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A source attests that its record of these benefits is complete for these days.

    Without a first day: since ever.
    """

    benefits: Annotated[
        tuple[Benefit, ...],
        Field(
            "ydelserne; ingen nævnt: alle, som tjenesten kender",
            "the benefits; none named: every one that this service knows",
            "for which benefits the record is complete",
        ),
    ] = ()
    first_day: _FirstComplete | None = None
    last_day: _LastComplete


@fact(
    "citizenship.attested",
    da="Om betingelsen om statsborgerskab er opfyldt på disse dage; aldrig hvilket.",
    of=person(DataClass.ATTESTATIONS),
    held_by=MUNICIPALITY,
    section=_N4,
    about=(About(days=_SPAN, says=("condition",)),),
)
class CitizenshipAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether the citizenship condition of § 59, stk. 6, nr. 4 is met on these days."""

    condition: Annotated[
        CitizenshipCondition,
        Field(
            "om betingelsen er opfyldt",
            "whether the condition is met",
            "whether the condition is met; never which citizenship",
        ),
    ]
    first_day: _FirstAttested
    last_day: _LastAttested | None = None


@fact(
    "enrolment.attested",
    da="Om en person er optaget på en offentligt anerkendt uddannelsesinstitution på disse dage.",
    of=person(DataClass.ATTESTATIONS),
    held_by=MUNICIPALITY,
    section=_N4,
    about=(About(days=_SPAN, says=("enrolled",)),),
)
class EnrolmentAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether a person is enrolled at a publicly recognised institution on these days."""

    enrolled: Annotated[
        bool,
        Field(
            "om personen er optaget",
            "whether the person is enrolled",
            "whether enrolled at a publicly recognised institution",
            wire="enrolment",
        ),
    ]
    first_day: _FirstAttested
    last_day: _LastAttested | None = None


@fact(
    "release.recorded",
    da="En person er løsladt, og hvad § 59, stk. 6, nr. 1 og 2 spørger om ved det.",
    of=person(DataClass.CONVICTIONS),
    held_by=MUNICIPALITY,
    section=_RELEASE,
    about=(About(("released_on",)),),
)
class ReleaseRecorded(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person was released on a day, and what § 59, stk. 6, nr. 1 and 2 ask about that.

    `under_18_until` is asked for nr. 2 alone: the last day of the six months after the release on
    which the person is under 18, the day before the release where there is none; never a day of
    birth.
    """

    released_on: Annotated[
        Past,
        Field(
            "dagen for løsladelsen",
            "the day of the release",
            "whether the release lies within six months",
        ),
    ]
    released_from: Annotated[
        ReleasedFrom,
        Field(
            "hvad personen er løsladt fra",
            "what the person was released from",
            "whether the institution is one that the act names",
        ),
    ]
    convicted: Annotated[
        bool,
        Field(
            "om personen er dømt for den lovovertrædelse, der lå bag",
            "convicted of the offence behind it",
            "whether convicted; never of what, nor to what",
        ),
    ]
    convicted_on: Annotated[
        Past | None,
        Field(
            "dagen for dommen, hvor den kendes",
            "the day of the conviction, where it is known",
            "whether convicted by the day asked about",
        ),
    ] = None
    action_plan: Annotated[
        ActionPlan,
        Field(
            "om der er eller skal være en handleplan",
            "whether there is, or must be, an action plan",
            "whether an action plan is to be drawn up",
        ),
    ]
    under_18_until: Annotated[
        date | None,
        Field(
            "sidste dag i de seks måneder, hvor personen er under 18",
            "the last day of the six months on which the person is under 18",
            "whether under 18 on a day within the six months; never a day of birth",
            f"{ABL} § 59, stk. 6, nr. 2",
        ),
    ] = None


@fact(
    "release.attested",
    da="En kilde bekræfter, at de registrerede løsladelser er alle personens på disse dage.",
    of=person(DataClass.CONVICTIONS),
    held_by=MUNICIPALITY,
    section=_RELEASE,
    not_compared=_COMPLETE,
)
class ReleasesAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A source attests that the releases recorded are all that a person had on these days."""

    first_day: _FirstComplete
    last_day: _LastComplete


@fact(
    "termination.recorded",
    da="En persons lejemål er ophævet eller opsagt, og om det var som følge af grove overtrædelser "
    "af god skik og orden.",
    of=person(DataClass.TERMINATIONS),
    held_by=MUNICIPALITY,
    section=_TERMINATION,
    about=(About(("ended_on",)),),
)
class TerminationRecorded(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person's tenancy was terminated, and whether for gross breach of good order.

    `given_on` None: not stated, or the day it ended.
    """

    ended_on: Annotated[
        date,
        Field(
            "dagen, hvor lejemålet ophørte eller skal ophøre",
            "the day it ended, or is to end on",
            "whether the ending lies within six months",
            not_before="given_on",
        ),
    ]
    ending: Annotated[
        TenancyEnding,
        Field(
            "hvordan det ophørte",
            "how it came to its end",
            "whether the landlord's termination was completed",
        ),
    ]
    gross_breach: Annotated[
        bool,
        Field(
            "om det var som følge af grove overtrædelser af god skik og orden",
            "for gross breach of good order",
            "whether for gross breach of good order",
            wire="cause",
        ),
    ]
    given_on: Annotated[
        Past | None,
        Field(
            "dagen for ophævelsen eller opsigelsen; tom: ikke oplyst",
            "the day on which it was terminated or notice was given; empty: not stated",
            "whether the person is under notice, and since when",
        ),
    ] = None


@fact(
    "termination.attested",
    da="En kilde bekræfter, at de registrerede ophævelser er alle personens på disse dage.",
    of=person(DataClass.TERMINATIONS),
    held_by=MUNICIPALITY,
    section=_TERMINATION,
    not_compared=_COMPLETE,
)
class TerminationsAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A source attests that the terminations recorded are all of a person on these days."""

    first_day: _FirstComplete
    last_day: _LastComplete


@fact(
    "refugee.attested",
    da="Om en person er en flygtning, der er visiteret til kommunen.",
    of=person(DataClass.ATTESTATIONS),
    held_by=MUNICIPALITY,
    section=_REFUGEE,
    about=(About(days=_SPAN, says=("allocated",)),),
)
class RefugeeAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether a person is a refugee allocated to the municipality (integrationsloven § 10)."""

    allocated: Annotated[
        bool,
        Field(
            "om personen er visiteret til kommunen",
            "whether allocated to the municipality",
            "whether allocated to the municipality as a refugee",
        ),
    ]
    first_day: _FirstAttested
    last_day: _LastAttested | None = None


@fact(
    "ukraine.permit_attested",
    da="Om en person har tilladelse efter særloven om fordrevne fra Ukraine.",
    of=person(DataClass.ATTESTATIONS),
    held_by=MUNICIPALITY,
    section=_UKRAINE,
    about=(About(days=_SPAN, says=("permit",)),),
)
class UkrainePermitAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether a person holds a permit under the act on persons displaced from Ukraine."""

    permit: Annotated[
        bool,
        Field(
            "om personen har tilladelsen",
            "whether the person holds the permit",
            "whether the special act's exception reaches the person",
        ),
    ]
    first_day: _FirstAttested
    last_day: _LastAttested | None = None


@fact(
    "referral.ukraine_decided",
    da="Kommunens vurdering af, at der ikke kan anvises en bolig uden for udsatte boligområder.",
    of=household(DataClass.DECISIONS),
    held_by=MUNICIPALITY,
    decided_by=MUNICIPALITY,
    section=_UKRAINE,
    about=(About(("decision_day",)),),
)
class UkraineDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality's assessment that nothing outside vulnerable areas is possible (§ 30 a).

    It is about a household, made by a named person with reasons, and never inferred.
    """

    decision_day: DecisionDay
    last_day: LastOfDecision | None = None
    decided_by: DecidedBy
    reasons: Reasons
    party_heard: PartyHeard | None = None


@fact(
    "household.replacement_right_attested",
    da="Om en husstand har ret til en erstatningsbolig.",
    of=household(DataClass.DECISIONS),
    held_by=MUNICIPALITY,
    decided_by=MUNICIPALITY,
    section=_RENEWAL,
    about=(About(days=_SPAN, says=("entitled",)),),
)
class ReplacementRightAttested(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """Whether a household has a right to a replacement dwelling (byfornyelsesloven §§ 61, 63)."""

    entitled: Annotated[
        bool,
        Field(
            "om husstanden har retten",
            "whether it has the right",
            "whether the household is owed a replacement dwelling",
        ),
    ]
    first_day: _FirstAttested
    last_day: _LastAttested | None = None


@fact(
    "referral.fallback_decided",
    da="Kommunens vurdering for en husstand af, at ingen bolig uden for områderne kan anvises.",
    of=household(DataClass.DECISIONS),
    held_by=MUNICIPALITY,
    decided_by=MUNICIPALITY,
    section=_FALLBACK,
    about=(About(("decision_day",)),),
)
class FallbackDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality's assessment for a household under § 59, stk. 9 (never inferred).

    It says that no dwelling outside the areas of stk. 6 and 7 can be referred.
    """

    decision_day: DecisionDay
    last_day: LastOfDecision | None = None
    decided_by: DecidedBy
    reasons: Reasons
    party_heard: PartyHeard | None = None
    prevention_area_possible: Annotated[
        bool | None,
        Field(
            "om en bolig i et forebyggelsesområde kunne anvises; tom: ikke oplyst",
            "whether one in a prevention area could be; empty: not stated",
            "whether a dwelling in a prevention area could be referred",
            wire="prevention_area",
        ),
    ] = None
    other_municipalities_tried: Annotated[
        bool | None,
        Field(
            "om andre kommuners boliger er forsøgt",
            "whether other municipalities were tried",
            "whether dwellings of other municipalities were tried",
        ),
    ] = None
