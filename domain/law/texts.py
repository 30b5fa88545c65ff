"""Texts for people as data: Danish, which is authoritative, and English beside it.

Nothing here is hashed or replayed: a text may be written better without a new revision of a
rule. Words in braces are filled from a finding's values or a missing fact's details by
`explain.py`; a text that is missing is an error there, never a blank.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.facts import Benefit, CitizenshipCondition, ListKind, MemberList, PlanKind
from domain.law.kernel import Outcome, Status


class Text(NamedTuple):
    """The same said in Danish and in English."""

    da: str
    en: str


class Sentence(NamedTuple):
    """A text for one way in which a rule may come out.

    It is used when the finding has these values and every value that the text names.
    """

    text: Text
    when: tuple[tuple[str, str], ...] = ()


class RuleText(NamedTuple):
    """What a rule is called, what it says, and sentences for its findings."""

    title: Text
    says: Text
    findings: dict[Status, tuple[Sentence, ...]]


class PointText(NamedTuple):
    """An open point of law: the question, each reading, and why the default is what it is."""

    question: Text
    readings: dict[str, Text]
    reason: Text


# --- Words ----------------------------------------------------------------------------------

MONTHS = (
    Text("januar", "January"),
    Text("februar", "February"),
    Text("marts", "March"),
    Text("april", "April"),
    Text("maj", "May"),
    Text("juni", "June"),
    Text("juli", "July"),
    Text("august", "August"),
    Text("september", "September"),
    Text("oktober", "October"),
    Text("november", "November"),
    Text("december", "December"),
)

AND = Text("og", "and")

BENEFITS = {
    Benefit.INTEGRATIONSYDELSE: Text("integrationsydelse", "integration benefit"),
    Benefit.SELVFORSOERGELSES_OG_HJEMREJSEYDELSE: Text(
        "selvforsørgelses- og hjemrejseydelse", "self-support and return benefit"
    ),
    Benefit.OVERGANGSYDELSE: Text("overgangsydelse", "transitional benefit"),
    Benefit.UDDANNELSESHJAELP: Text("uddannelseshjælp", "education assistance"),
    Benefit.KONTANTHJAELP: Text("kontanthjælp", "cash benefit"),
    Benefit.KONTANTHJAELP_16_1: Text(
        "kontanthjælp efter aktivlovens § 16, stk. 1",
        "cash benefit under section 16(1) of the active social policy act",
    ),
    Benefit.KONTANTHJAELP_16_2: Text(
        "kontanthjælp efter aktivlovens § 16, stk. 2",
        "cash benefit under section 16(2) of the active social policy act",
    ),
    Benefit.FOERTIDSPENSION: Text("førtidspension", "disability pension"),
    Benefit.SENIORPENSION: Text("seniorpension", "senior pension"),
    Benefit.ARBEJDSLOESHEDSDAGPENGE: Text("arbejdsløshedsdagpenge", "unemployment benefit"),
    Benefit.SYGEDAGPENGE: Text("sygedagpenge", "sickness benefit"),
    Benefit.RESSOURCEFORLOEBSYDELSE_JOBAFKLARING: Text(
        "ressourceforløbsydelse under jobafklaringsforløb",
        "resource-course benefit during job clarification",
    ),
    Benefit.RESSOURCEFORLOEBSYDELSE: Text("ressourceforløbsydelse", "resource-course benefit"),
}

LIST_KINDS = {
    ListKind.VULNERABLE: Text("udsat boligområde", "vulnerable housing area"),
    ListKind.PARALLEL_SOCIETY: Text("parallelsamfund", "parallel society"),
    ListKind.TRANSFORMATION: Text("omdannelsesområde", "transformation area"),
    ListKind.PREVENTION: Text("forebyggelsesområde", "prevention area"),
}
"""The names of the lists since 30 November 2021."""

OLDER_LIST_KINDS = {
    ListKind.PARALLEL_SOCIETY: Text("ghettoområde", "ghetto area"),
    ListKind.TRANSFORMATION: Text("hårdt ghettoområde", "hard ghetto area"),
}
"""What two of the lists were called until the day before `NAMES_CHANGED`."""

NAMES_CHANGED = date(2021, 11, 30)
"""Lov nr. 2157 af 27/11/2021."""

AREA_CATEGORIES = {
    **{str(kind): text for kind, text in LIST_KINDS.items()},
    "former_transformation": Text(
        "tidligere omdannelsesområde med udviklingsplan",
        "former transformation area under a development plan",
    ),
}

CITIZENSHIP = {
    CitizenshipCondition.MET: Text("opfyldt", "met"),
    CitizenshipCondition.NOT_MET: Text("ikke opfyldt", "not met"),
    CitizenshipCondition.SEVERAL: Text(
        "flere statsborgerskaber, hvoraf et opfylder betingelsen",
        "several citizenships, one of which meets the condition",
    ),
    CitizenshipCondition.STATELESS: Text("statsløs", "stateless"),
    CitizenshipCondition.WITHDRAWAL_AGREEMENT: Text(
        "rettigheder efter udtrædelsesaftalen med Storbritannien",
        "rights under the withdrawal agreement with the United Kingdom",
    ),
}

MEMBER_LISTS = {
    MemberList.DECLARED: Text(
        "dem, der skal bo i boligen ved indflytningen", "those who will live there at move-in"
    ),
    MemberList.REGISTERED: Text(
        "dem, der er registreret i husstanden ved ansøgningen",
        "those registered in the household at the application",
    ),
}

PLANS = {
    PlanKind.JOINT: Text("en fælles udviklingsplan", "a joint development plan"),
    PlanKind.MUNICIPAL: Text("en kommunal udviklingsplan", "a municipal development plan"),
}

CRITERIA = {
    "unattached_share": Text(
        "andel uden tilknytning til arbejde eller uddannelse",
        "share without attachment to work or education",
    ),
    "convicted_share": Text("andel dømte", "share of convicted residents"),
    "basic_schooling_share": Text("andel med kun grundskole", "share with basic schooling only"),
    "income_ratio": Text(
        "indkomst i forhold til regionen", "income compared with that of the region"
    ),
    "nonwestern_share": Text(
        "andel af indvandrere og efterkommere fra ikkevestlige lande",
        "share of immigrants and descendants from non-western countries",
    ),
}

NATIONAL_SHARE_UNKNOWN = Text("landets andel (ukendt)", "the national share (unknown)")
"""Follows "3 x" when the country's share of convicted residents is not held."""

MET_WORDS = {
    "met": Text("opfyldt", "met"),
    "not_met": Text("ikke opfyldt", "not met"),
    "not_decidable": Text("kan ikke afgøres", "not decidable"),
}

OUTCOMES = {
    Outcome.PERMITTED: Text("tilladt", "permitted"),
    Outcome.PROHIBITED: Text("ikke tilladt", "prohibited"),
    Outcome.DISCRETIONARY: Text("overladt til et skøn", "discretionary"),
    Outcome.UNDETERMINED: Text("ikke afgjort", "undetermined"),
}

STATUSES = {
    Status.MET: Text("opfyldt", "met"),
    Status.NOT_MET: Text("ikke opfyldt", "not met"),
    Status.UNKNOWN: Text("ikke oplyst", "unknown"),
    Status.NOT_EXAMINED: Text("ikke undersøgt", "not examined"),
    Status.NOT_IN_FORCE: Text("ikke i kraft", "not in force"),
    Status.NOT_APPLICABLE: Text("ikke relevant", "not applicable"),
    Status.NOT_COVERED: Text("ikke dækket", "not covered"),
}

WITHOUT_VALUES = {
    Status.NOT_EXAMINED: Text("er ikke undersøgt.", "was not examined."),
    Status.NOT_IN_FORCE: Text(
        "gælder ikke den dag, der spørges om.", "is not in force on the day asked about."
    ),
    Status.NOT_APPLICABLE: Text("er ikke relevant her.", "does not apply here."),
    Status.NOT_COVERED: Text(
        "prøves ikke af husret endnu og skal undersøges på anden måde.",
        "is not examined by husret yet and must be examined in another way.",
    ),
}
"""What is said of any rule that was not applied."""

ERASED = Text(
    "kan ikke oplyses, fordi oplysningen er slettet.",
    "cannot be told, because the fact has been erased.",
)


# --- Rules ----------------------------------------------------------------------------------


def _one(da: str, en: str, **when: str) -> Sentence:
    return Sentence(Text(da, en), tuple(when.items()))


def _by_figures(name: Text) -> dict[Status, tuple[Sentence, ...]]:
    return {
        Status.MET: (
            _one(
                f"Tallene er dem, der kendetegner et {name.da}: {{criteria}}.",
                f"The figures are those of a {name.en}: {{criteria}}.",
            ),
        ),
        Status.NOT_MET: (
            _one(
                f"Tallene er ikke dem, der kendetegner et {name.da}: {{criteria}}.",
                f"The figures are not those of a {name.en}: {{criteria}}.",
            ),
        ),
        Status.UNKNOWN: (
            _one(
                f"Tallene kan ikke afgøre, om det er et {name.da}: {{criteria}}.",
                f"The figures cannot tell whether it is a {name.en}: {{criteria}}.",
            ),
        ),
    }


def _by_run(name: Text, yearly: Text) -> dict[Status, tuple[Sentence, ...]]:
    return {
        Status.MET: (
            _one(
                f"Området har været {yearly.da} {{years}} år i træk, senest den {{last_list}}; "
                f"det er dermed et {name.da}.",
                f"The area has been a {yearly.en} {{years}} years in a row, last on {{last_list}}, "
                f"which makes it a {name.en}.",
            ),
        ),
        Status.NOT_MET: (
            _one(
                f"Området har ikke været {yearly.da} {{years}} år i træk: det var det ikke den "
                f"{{gap}} og er derfor ikke et {name.da}.",
                f"The area has not been a {yearly.en} {{years}} years in a row: it was not one on "
                f"{{gap}}, and so it is not a {name.en}.",
            ),
        ),
        Status.UNKNOWN: (
            _one(
                f"Der mangler lister, så det vides ikke, om området er et {name.da}.",
                f"Lists are missing, so it is not known whether the area is a {name.en}.",
            ),
        ),
    }


def _run_of_months(who: Text) -> dict[Status, tuple[Sentence, ...]]:
    return {
        Status.MET: (
            _one(
                f"{who.da} har modtaget {{benefits}} i {{months_required}} kalendermåneder i træk, "
                "fra {run_from} til {run_to}.",
                f"{who.en} has received {{benefits}} for {{months_required}} calendar months in a "
                "row, from {run_from} to {run_to}.",
            ),
        ),
        Status.NOT_MET: (
            _one(
                f"{who.da} har ikke modtaget ydelserne i {{months_required}} kalendermåneder i "
                "træk: i {month_without} er der ikke modtaget en ydelse, der tæller med.",
                f"{who.en} has not received the benefits for {{months_required}} calendar months "
                "in a row: no benefit that counts was received in {month_without}.",
            ),
        ),
        Status.UNKNOWN: (
            _one(
                "Det vides ikke, om ydelserne er modtaget i {months_required} kalendermåneder i "
                "træk til og med {last_full_month}.",
                "It is not known whether the benefits were received for {months_required} calendar "
                "months in a row up to and including {last_full_month}.",
            ),
        ),
    }


_MEMBER = Text("Husstandsmedlemmet", "The member of the household")
_NO_VALUES: dict[Status, tuple[Sentence, ...]] = {}

RULES = {
    "AREA-UNIT-2018": RuleText(
        Text("Boligområdet og dets beboertal", "The housing area and its residents"),
        Text(
            "Kun sammenhængende almene matrikler med mindst 1.000 beboere i 2010 er et "
            "boligområde.",
            "Only contiguous social-housing plots with at least 1,000 residents in 2010 are a "
            "housing area.",
        ),
        {
            Status.MET: (
                _one(
                    "Området har beboere nok: {residents_2010} i 2010 og {residents} nu.",
                    "The area has enough residents: {residents_2010} in 2010 and {residents} now.",
                ),
                _one(
                    "Området havde beboere nok i 2010: {residents_2010}.",
                    "The area had enough residents in 2010: {residents_2010}.",
                ),
            ),
            Status.NOT_MET: (
                _one(
                    "Området har ikke beboere nok: {residents_2010} i 2010 og {residents} nu.",
                    "The area has too few residents: {residents_2010} in 2010 and {residents} now.",
                ),
                _one(
                    "Området havde ikke beboere nok i 2010: {residents_2010}.",
                    "The area had too few residents in 2010: {residents_2010}.",
                ),
                _one(
                    "Området har ikke beboere nok: {residents} nu.",
                    "The area has too few residents: {residents} now.",
                ),
            ),
            Status.UNKNOWN: (
                _one(
                    "Beboertallet er ikke oplyst for både 2010 og nu.",
                    "The number of residents is not known for both 2010 and now.",
                ),
            ),
        },
    ),
    "AREA-UDS-2018": RuleText(
        Text("Udsat boligområde efter tallene", "Vulnerable housing area by the figures"),
        Text(
            "Mindst to af fire kriterier om arbejde, domme, skolegang og indkomst skal være "
            "opfyldt.",
            "At least two of four criteria about work, convictions, schooling and income must be "
            "met.",
        ),
        _by_figures(LIST_KINDS[ListKind.VULNERABLE]),
    ),
    "AREA-PAR-2018": RuleText(
        Text("Parallelsamfund efter tallene", "Parallel society by the figures"),
        Text(
            "Som et udsat boligområde, og andelen af indvandrere og efterkommere fra ikkevestlige "
            "lande er over 50 procent.",
            "As a vulnerable housing area, with over 50 per cent immigrants and descendants from "
            "non-western countries.",
        ),
        _by_figures(LIST_KINDS[ListKind.PARALLEL_SOCIETY]),
    ),
    "AREA-HARD-2018-2021": RuleText(
        Text("Hårdt ghettoområde", "Hard ghetto area"),
        Text(
            "Et ghettoområde fem år i træk i årene 2018 til 2020, ellers fire.",
            "A ghetto area five years in a row for the years 2018 to 2020, otherwise four.",
        ),
        _by_run(
            OLDER_LIST_KINDS[ListKind.TRANSFORMATION], OLDER_LIST_KINDS[ListKind.PARALLEL_SOCIETY]
        ),
    ),
    "AREA-OMD-2021": RuleText(
        Text("Omdannelsesområde", "Transformation area"),
        Text(
            "Et område, der har været parallelsamfund i hvert af de seneste fem år.",
            "An area that has been a parallel society in each of the last five years.",
        ),
        _by_run(LIST_KINDS[ListKind.TRANSFORMATION], LIST_KINDS[ListKind.PARALLEL_SOCIETY]),
    ),
    "AREA-FORE-2021": RuleText(
        Text("Forebyggelsesområde efter tallene", "Prevention area by the figures"),
        Text(
            "Andelen af indvandrere og efterkommere fra ikkevestlige lande er over 30 procent, og "
            "mindst to af fire lavere kriterier er opfyldt.",
            "Over 30 per cent are immigrants and descendants from non-western countries, and at "
            "least two of four lower criteria are met.",
        ),
        _by_figures(LIST_KINDS[ListKind.PREVENTION]),
    ),
    "AREA-PUBLISH": RuleText(
        Text("De offentliggjorte lister", "The published lists"),
        Text(
            "Ministeriet offentliggør listerne den 1. december; en liste gælder til den næste.",
            "The ministry publishes the lists on 1 December; a list holds until the next one.",
        ),
        {
            Status.MET: (
                _one(
                    "Området er {kind} efter listen af {list_day}.",
                    "The area is a {kind} by the list of {list_day}.",
                ),
                _one(
                    "Området har tal, der opfylder betingelserne: {criteria}.",
                    "The area's figures meet the conditions: {criteria}.",
                ),
            ),
            Status.NOT_MET: (
                _one(
                    "Der fandtes ingen liste over denne slags område ({kind}) den {list_day}.",
                    "There was no list of this kind of area ({kind}) on {list_day}.",
                    list="none_yet",
                ),
                _one(
                    "Området er ikke {kind} efter listen af {list_day}.",
                    "The area is not a {kind} by the list of {list_day}.",
                ),
                _one(
                    "Området har tal, der ikke opfylder betingelserne: {criteria}.",
                    "The area's figures do not meet the conditions: {criteria}.",
                ),
            ),
            Status.UNKNOWN: (
                _one(
                    "Det vides ikke, om området er {kind}: listen af {list_day} er ikke "
                    "fuldstændig her.",
                    "It is not known whether the area is a {kind}: the list of {list_day} is not "
                    "held completely.",
                ),
            ),
        },
    ),
    "AREA-LEAVE": RuleText(
        Text("Området er udgået af en liste", "The area has left a list"),
        Text(
            "Står et område ikke på den nye liste, ophører de regler, der hang på listen.",
            "When an area is not on the new list, the rules that came with the list end.",
        ),
        {
            Status.MET: (
                _one(
                    "Området står ikke længere på den liste, der kom {list_day} ({kind}).",
                    "The area is no longer on the list of {list_day} ({kind}).",
                ),
            ),
            Status.NOT_MET: (
                _one(
                    "Området udgik ikke med den liste, der kom {list_day} ({kind}).",
                    "The area did not leave with the list of {list_day} ({kind}).",
                ),
            ),
            Status.UNKNOWN: (
                _one(
                    "Listerne er ikke fuldstændige her, så det vides ikke, om området er udgået "
                    "({kind}).",
                    "The lists are not held completely, so it is not known whether the area has "
                    "left ({kind}).",
                ),
            ),
        },
    ),
    "PLAN-FORMER-LETTING": RuleText(
        Text("Tidligere omdannelsesområde", "Former transformation area"),
        Text(
            "Forbuddet mod anvisning bliver ved, mens udviklingsplanen gennemføres, dog ikke efter "
            "fire lister i træk uden området og senest til og med den 1. januar 2030.",
            "The ban on referral goes on while the development plan is carried out, but not after "
            "four lists in a row without the area, and at the latest until 1 January 2030.",
        ),
        {
            Status.MET: (
                _one(
                    "Området er udgået af listen, men har {plan}, som ikke er gennemført; "
                    "lister i træk uden området: {lists_off_in_a_row}.",
                    "The area has left the list, but has {plan} that is not carried out; lists in "
                    "a row without the area: {lists_off_in_a_row}.",
                ),
            ),
            Status.NOT_MET: (
                _one(
                    "Området har ingen udviklingsplan.",
                    "The area has no development plan.",
                    plan="none",
                ),
                _one(
                    "Områdets udviklingsplan er gennemført.",
                    "The area's development plan has been carried out.",
                    plan="carried_out",
                ),
                _one(
                    "Området har været uden for listen {lists_off_in_a_row} lister i træk.",
                    "The area has been off the list {lists_off_in_a_row} lists in a row.",
                ),
                _one(
                    "Området står stadig på listen af {list_day} ({kind}).",
                    "The area is still on the list of {list_day} ({kind}).",
                ),
            ),
            Status.UNKNOWN: (
                _one(
                    "Området har en udviklingsplan, men listerne er ikke fuldstændige her.",
                    "The area has a development plan, but the lists are not held completely.",
                ),
            ),
        },
    ),
    "REF-UDS-N1": RuleText(
        Text("Løsladelse fra kriminalforsorgen (nr. 1)", "Release from prison (no. 1)"),
        Text(
            "Forbud, når et dømt medlem er løsladt inden for seks måneder og skal have handleplan.",
            "A ban when a convicted member was released within six months and is due an action "
            "plan.",
        ),
        _NO_VALUES,
    ),
    "REF-UDS-N2": RuleText(
        Text("Løsladelse af et medlem under 18 år (nr. 2)", "Release of a member under 18 (no. 2)"),
        Text(
            "Forbud, når et dømt medlem under 18 år er løsladt fra en anbringelse inden for seks "
            "måneder og skal have handleplan.",
            "A ban when a convicted member under 18 left a placement within six months and is due "
            "an action plan.",
        ),
        _NO_VALUES,
    ),
    "REF-UDS-N3": RuleText(
        Text("Ophævet eller opsagt lejemål (nr. 3)", "Terminated tenancy (no. 3)"),
        Text(
            "Forbud, når et medlem inden for seks måneder har mistet sit lejemål på grund af grov "
            "overtrædelse af god skik og orden.",
            "A ban when a member lost a tenancy within six months for gross breach of good order.",
        ),
        _NO_VALUES,
    ),
    "REF-UDS-N4": RuleText(
        Text("Statsborgerskab (nr. 4)", "Citizenship (no. 4)"),
        Text(
            "Forbud, når et medlem hverken er statsborger i EU, EØS eller Schweiz eller studerer.",
            "A ban when a member is neither a citizen of an EU or EEA state or Switzerland nor a "
            "student.",
        ),
        {
            Status.MET: (
                _one(
                    "Betingelsen om statsborgerskab er ikke opfyldt, og husstandsmedlemmet er ikke "
                    "indskrevet på en anerkendt uddannelsesinstitution.",
                    "The condition of citizenship is not met, and the member is not enrolled at a "
                    "recognised institution.",
                    condition="not_met",
                ),
                _one(
                    "Betingelsen om statsborgerskab anses ikke for opfyldt ({condition}), og "
                    "husstandsmedlemmet er ikke indskrevet på en anerkendt uddannelsesinstitution.",
                    "The condition of citizenship is not taken to be met ({condition}), and the "
                    "member is not enrolled at a recognised institution.",
                ),
            ),
            Status.NOT_MET: (
                _one(
                    "Husstandsmedlemmet er indskrevet på en anerkendt uddannelsesinstitution.",
                    "The member is enrolled at a recognised institution.",
                    enrolled="yes",
                ),
                _one(
                    "Betingelsen om statsborgerskab er opfyldt.",
                    "The condition of citizenship is met.",
                    condition="met",
                ),
                _one(
                    "Betingelsen om statsborgerskab anses for opfyldt ({condition}).",
                    "The condition of citizenship is taken to be met ({condition}).",
                ),
            ),
            Status.UNKNOWN: (
                _one(
                    "Det vides ikke, om husstandsmedlemmet er indskrevet på en anerkendt "
                    "uddannelsesinstitution; betingelsen om statsborgerskab: {condition}.",
                    "It is not known whether the member is enrolled at a recognised institution; "
                    "the condition of citizenship: {condition}.",
                ),
                _one(
                    "Det er ikke attesteret, om betingelsen om statsborgerskab er opfyldt.",
                    "It is not attested whether the condition of citizenship is met.",
                ),
            ),
        },
    ),
    "REF-UDS-N5": RuleText(
        Text("Kontanthjælp m.v. i seks måneder (nr. 5)", "Cash benefit for six months (no. 5)"),
        Text(
            "Forbud, når et medlem i seks kalendermåneder i træk har fået de ydelser, loven "
            "nævner.",
            "A ban when a member has had the benefits that the act names for six calendar months "
            "in a row.",
        ),
        _run_of_months(_MEMBER),
    ),
    "REF-UDS-N6": RuleText(
        Text("Førtidspension (nr. 6)", "Disability pension (no. 6)"),
        Text(
            "Forbud, når et medlem modtager førtidspension.",
            "A ban when a member receives disability pension.",
        ),
        {
            Status.MET: (
                _one(
                    "Husstandsmedlemmet modtager førtidspension den {day}.",
                    "The member receives disability pension on {day}.",
                ),
            ),
            Status.NOT_MET: (
                _one(
                    "Husstandsmedlemmet modtager ikke førtidspension den {day}.",
                    "The member does not receive disability pension on {day}.",
                ),
            ),
            Status.UNKNOWN: (
                _one(
                    "Det vides ikke, om husstandsmedlemmet modtager førtidspension den {day}.",
                    "It is not known whether the member receives disability pension on {day}.",
                ),
            ),
        },
    ),
    "REF-UDS-N7": RuleText(
        Text(
            "Dagpenge, sygedagpenge m.v. i seks måneder (nr. 7)",
            "Unemployment or sickness benefit for six months (no. 7)",
        ),
        Text(
            "Forbud, når et medlem i seks kalendermåneder i træk har fået dagpenge, sygedagpenge "
            "eller ressourceforløbsydelse under jobafklaring.",
            "A ban when a member has had unemployment, sickness or job-clarification benefit for "
            "six calendar months in a row.",
        ),
        _NO_VALUES,
    ),
    "REF-FORE-N1-4": RuleText(
        Text(
            "Løsladelse, mistet lejemål eller statsborgerskab (nr. 1-4)",
            "Release, lost tenancy or citizenship (nos. 1 to 4)",
        ),
        Text(
            "I forebyggelsesområder gælder forbuddene i nr. 1-4 for familieboliger.",
            "In prevention areas the bans of nos. 1 to 4 hold for family dwellings.",
        ),
        _NO_VALUES,
    ),
    "REF-FORE-SHO": RuleText(
        Text(
            "De laveste ydelser i seks måneder (forebyggelsesområde)",
            "The lowest benefits for six months (prevention area)",
        ),
        Text(
            "Forbud, når et medlem i seks kalendermåneder i træk har fået selvforsørgelses- og "
            "hjemrejseydelse eller overgangsydelse, fra 1. juli 2025 kontanthjælp efter § 16, "
            "stk. 2.",
            "A ban when a member has had self-support and return benefit or transitional benefit, "
            "from 1 July 2025 cash benefit under section 16(2), for six calendar months in a row.",
        ),
        {
            **_run_of_months(_MEMBER),
            # Values name cash benefit without its rate; here only that of section 16(2) counts.
            Status.MET: (
                _one(
                    "Husstandsmedlemmet har modtaget kontanthjælp efter aktivlovens § 16, stk. 2, "
                    "i {months_required} kalendermåneder i træk, fra {run_from} til {run_to}.",
                    "The member of the household has received cash benefit under section 16(2) of "
                    "the active social policy act for {months_required} calendar months in a row, "
                    "from {run_from} to {run_to}.",
                    benefits="kontanthjaelp",
                ),
                *_run_of_months(_MEMBER)[Status.MET],
            ),
        },
    ),
    "REF-FORE-24": RuleText(
        Text(
            "Kontanthjælp i 24 måneder (forebyggelsesområde)",
            "Cash benefit for 24 months (prevention area)",
        ),
        Text(
            "Forbud, når et medlem i 24 kalendermåneder i træk har fået kontanthjælp, fra 1. juli "
            "2025 efter § 16, stk. 1.",
            "A ban when a member has had cash benefit, from 1 July 2025 under section 16(1), for "
            "24 calendar months in a row.",
        ),
        _run_of_months(_MEMBER),
    ),
    "REF-FORE-30PCT": RuleText(
        Text("30-procent-undtagelsen", "The exemption of 30 per cent"),
        Text(
            "Ligger over 30 procent af kommunens almene familieboliger i udsatte boligområder og "
            "forebyggelsesområder, vælger kommunen, hvilke forebyggelsesområder der undtages.",
            "Where over 30 per cent of the municipality's social family dwellings lie in "
            "vulnerable and prevention areas, it chooses which prevention areas are exempt.",
        ),
        {
            Status.MET: (
                _one(
                    "Kommunen har undtaget området; den lagde en andel på {share_used} procent til "
                    "grund.",
                    "The municipality has exempted the area, on a share of {share_used} per cent.",
                ),
                _one(
                    "Andelen er over 30 procent ({dwellings} boliger), og intet er besluttet; "
                    "forbuddet anses for bortfaldet.",
                    "The share is over 30 per cent ({dwellings} dwellings) and nothing is decided; "
                    "the ban is taken to have lapsed.",
                ),
            ),
            Status.NOT_MET: (
                _one(
                    "Kommunens beslutning undtager andre områder end dette.",
                    "The municipality's decision exempts other areas than this one.",
                    decision="other_areas",
                ),
                _one(
                    "Beslutningen hviler på en andel på {share_used} procent, som ikke er over 30.",
                    "The decision rests on a share of {share_used} per cent, which is not over 30.",
                ),
                _one(
                    "Kommunen har ikke undtaget området; {dwellings} familieboliger ligger i "
                    "områderne.",
                    "The municipality has not exempted the area; {dwellings} family dwellings lie "
                    "in such areas.",
                ),
                _one(
                    "Kommunen har ikke besluttet at undtage området.",
                    "The municipality has not decided to exempt the area.",
                ),
            ),
            Status.UNKNOWN: (
                _one(
                    "Andelen af familieboliger i områderne er ikke opgjort her, og intet er "
                    "besluttet.",
                    "The share of family dwellings in such areas is not counted here, and nothing "
                    "is decided.",
                ),
            ),
        },
    ),
    "REF-FALLBACK": RuleText(
        Text("Ingen mulighed uden for områderne", "No possibility outside the areas"),
        Text(
            "Vurderer kommunen, at der ikke kan anvises en bolig uden for områderne, skal den "
            "anvise en ledig bolig i dem.",
            "Where the municipality finds that no dwelling outside the areas can be referred, it "
            "must refer a vacant one inside them.",
        ),
        {
            Status.MET: (
                _one(
                    "Kommunen har den {decision_day} vurderet, at der ikke kan anvises en bolig "
                    "uden for områderne.",
                    "On {decision_day} the municipality found that no dwelling outside the areas "
                    "can be referred.",
                ),
            ),
            Status.NOT_MET: (
                _one(
                    "Kommunen har ikke foretaget en vurdering af, om der er mulighed uden for "
                    "områderne.",
                    "The municipality has made no assessment of what is possible outside the "
                    "areas.",
                    decision="none",
                ),
                _one(
                    "Vurderingen af {decision_day} er gjort uden at prøve andre kommuner.",
                    "The assessment of {decision_day} was made without trying other "
                    "municipalities.",
                    other_municipalities="not_tried",
                ),
                _one(
                    "Efter vurderingen af {decision_day} er der mulighed i et forebyggelsesområde, "
                    "som går forud.",
                    "By the assessment of {decision_day} a prevention area is possible, which "
                    "comes first.",
                    prevention_area="possible",
                ),
            ),
            Status.UNKNOWN: (
                _one(
                    "Vurderingen af {decision_day} siger ikke, om der er mulighed i et "
                    "forebyggelsesområde, som går forud.",
                    "The assessment of {decision_day} does not say whether a prevention area, "
                    "which comes first, is possible.",
                ),
            ),
        },
    ),
}
"""Every rule of the package and every ground that it does not hold, by rule id."""

OLDER_RULES = {
    "AREA-PAR-2018": RuleText(
        Text("Ghettoområde efter tallene", "Ghetto area by the figures"),
        RULES["AREA-PAR-2018"].says,
        _by_figures(OLDER_LIST_KINDS[ListKind.PARALLEL_SOCIETY]),
    ),
}
"""What is said of a rule on days before `NAMES_CHANGED`, where that is something else."""


# --- Open points of law ---------------------------------------------------------------------

POINTS = {
    "AMB-1000": PointText(
        Text("Hvornår skal der være 1.000 beboere?", "When must there be 1,000 residents?"),
        {
            "a": Text("kun i 2010", "in 2010 only"),
            "b": Text("i 2010 og også nu", "in 2010 and also now"),
        },
        Text(
            "Siden 2021 er områder under 1.000 beboere udgået af listen; listen afgør status.",
            "Since 2021 areas below 1,000 residents have left the list; the list decides.",
        ),
    ),
    "AMB-2025": PointText(
        Text(
            "Tæller måneder på de ydelser, der blev afløst den 1. juli 2025, stadig med?",
            "Do months on benefits replaced on 1 July 2025 still count?",
        ),
        {
            "a": Text(
                "nej, kun måneder på den nye ydelse", "no, only months on the new benefit count"
            ),
            "b": Text(
                "ja, måneder på den afløste ydelse tæller videre",
                "yes, months on the replaced benefit count on",
            ),
        },
        Text(
            "Ingen læsning er valgt: en overgangsregel er ikke set, så svaret kræver, at begge "
            "læsninger er enige.",
            "No reading is chosen: no transitional rule was seen, so an answer needs both "
            "readings to agree.",
        ),
    ),
    "AMB-30PCT-COVER": PointText(
        Text(
            "Hvilke forebyggelsesområder kan kommunen undtage?",
            "Which prevention areas may the municipality exempt?",
        ),
        {
            "a": Text(
                "kun så mange, at andelen kommer ned på 30 procent",
                "only as many as bring the share down to 30 per cent",
            ),
            "b": Text(
                "dem, beslutningen nævner, med den andel, den bygger på",
                "those that the decision names, with the share that it used",
            ),
        },
        Text(
            "Den trufne beslutning lægges til grund, som den er.",
            "The decision is taken as it was made.",
        ),
    ),
    "AMB-30PCT-UNDECIDED": PointText(
        Text(
            "Gælder forbuddet, når andelen er over 30 procent og kommunen intet har besluttet?",
            "Does the ban hold when the share is over 30 per cent and nothing is decided?",
        ),
        {
            "a": Text("ja, indtil et område er undtaget", "yes, until an area is exempted"),
            "b": Text(
                "nej, det er bortfaldet i det omfang, andelen overstiger 30 procent",
                "no, it has lapsed to the extent that the share exceeds 30 per cent",
            ),
        },
        Text(
            "Ingen læsning er valgt: en beslutning kræves og sluttes aldrig af andet.",
            "No reading is chosen: a decision is required and never inferred.",
        ),
    ),
    "AMB-CALMONTH": PointText(
        Text(
            "Tæller en måned, hvor ydelsen kun er modtaget en del af tiden?",
            "Does a month with benefit for only part of it count?",
        ),
        {
            "a": Text("ja, enhver udbetaling i måneden tæller", "yes, any payment in it counts"),
            "b": Text(
                "nej, kun en måned fra første til sidste dag",
                "no, only a month from its first to its last day",
            ),
        },
        Text(
            "Ingen læsning er valgt: loven siger ikke, hvordan der tælles.",
            "No reading is chosen: the act does not say how to count.",
        ),
    ),
    "AMB-CITDUAL-DUAL": PointText(
        Text(
            "Er ét statsborgerskab, der opfylder betingelsen, nok, når der er flere?",
            "Is one citizenship that meets the condition enough where there are several?",
        ),
        {
            "a": Text("ja", "yes"),
            "b": Text("nej, hvert statsborgerskab prøves", "no, each citizenship is tested"),
        },
        Text(
            "Ordlyden spørger, om personen er statsborger i et af landene; det er personen.",
            "The wording asks whether the person is a citizen of such a state, and that is so.",
        ),
    ),
    "AMB-CITDUAL-STATELESS": PointText(
        Text(
            "Rammes en statsløs af betingelsen om statsborgerskab?",
            "Does a stateless person fail the condition of citizenship?",
        ),
        {
            "a": Text(
                "ja, intet statsborgerskab opfylder den", "yes, no citizenship meets the condition"
            ),
            "b": Text(
                "nej, den forudsætter et andet statsborgerskab",
                "no, it presupposes another citizenship",
            ),
        },
        Text("Følger ordlyden.", "Follows the wording."),
    ),
    "AMB-CITDUAL-UK": PointText(
        Text(
            "Ligestilles en britisk statsborger med rettigheder efter udtrædelsesaftalen med en "
            "EU-borger?",
            "Is a British citizen with rights under the withdrawal agreement treated as an EU "
            "citizen?",
        ),
        {
            "a": Text(
                "nej, efter ordlyden statsborger i et tredjeland",
                "no, by the wording a citizen of a third country",
            ),
            "b": Text("ja, aftalen giver ligebehandling", "yes, the agreement gives equality"),
        },
        Text(
            "Ordlyden er lagt til grund, indtil spørgsmålet er juridisk afklaret.",
            "The wording is followed until there is a legal review.",
        ),
    ),
    "AMB-CRIME18": PointText(
        Text(
            "Hvilke beboere måles andelen af dømte på?",
            "Among which residents is the convicted share measured?",
        ),
        {
            "a": Text("dem på 18 år og derover", "those aged 18 or more"),
            "b": Text("alle beboere", "all residents"),
            "c": Text("som ministeriet har offentliggjort", "as the ministry published it"),
        },
        Text(
            "Det offentliggjorte tal bruges og regnes ikke om.",
            "The published figure is used and never recomputed.",
        ),
    ),
    "AMB-DEPT-DWELLING": PointText(
        Text(
            "Hvad afgør det, når en afdeling kun delvis ligger i området?",
            "What decides when a department lies only partly in the area?",
        ),
        {
            "a": Text("boligens egen matrikel", "the plot of the dwelling"),
            "b": Text("hele afdelingen", "the whole department"),
        },
        Text(
            "Bestemmelsen taler om boliger, der ligger i området.",
            "The section speaks of dwellings situated in the area.",
        ),
    ),
    "AMB-EDU": PointText(
        Text(
            "Hvilken uddannelse tæller som mere end grundskole?",
            "Which education counts as more than basic schooling?",
        ),
        {
            "a": Text(
                "den, ministeriet måler: taget eller godkendt i Danmark",
                "what the ministry measures: taken or approved in Denmark",
            ),
            "b": Text("al uddannelse", "all education"),
        },
        Text("Det offentliggjorte tal bruges.", "The published figure is used."),
    ),
    "AMB-FALLBACK-ORDER": PointText(
        Text(
            "Er der en rækkefølge mellem områderne, når intet uden for dem er muligt?",
            "Is there an order among the areas when nothing outside them is possible?",
        ),
        {
            "a": Text("nej, kommunen vælger frit", "no, the municipality chooses freely"),
            "b": Text(
                "ja, et forebyggelsesområde går forud, hvor husstanden ikke er ramt af forbuddet",
                "yes, a prevention area comes first where the household is not banned there",
            ),
        },
        Text(
            "Den mildeste rækkefølge er valgt; loven angiver ingen.",
            "The mildest order is chosen; the act states none.",
        ),
    ),
    "AMB-FALLBACK-SHOWN": PointText(
        Text(
            "Hvordan skal det vises, at intet uden for områderne er muligt?",
            "How must it be shown that nothing outside the areas is possible?",
        ),
        {
            "a": Text(
                "ved kommunens egen, begrundede vurdering",
                "by the municipality's own reasoned assessment",
            ),
            "b": Text(
                "også ved at have prøvet andre kommuner",
                "also by having tried other municipalities",
            ),
        },
        Text(
            "Loven overlader vurderingen til kommunen.",
            "The act leaves the assessment to the municipality.",
        ),
    ),
    "AMB-FORMER-YEARS-EARLIER": PointText(
        Text(
            "Tæller lister fra før den 1. juli 2021 med blandt de fire?",
            "Do lists before 1 July 2021 count among the four?",
        ),
        {
            "a": Text("ja", "yes"),
            "b": Text("nej, kun fra reglens første dag", "no, only from the rule's first day"),
        },
        Text(
            "Ingen læsning er valgt: bestemmelsen siger det ikke.",
            "No reading is chosen: the section does not say.",
        ),
    ),
    "AMB-FORMER-YEARS-WHICH": PointText(
        Text(
            "Hvilken liste skal området have været uden for i fire år i træk?",
            "Off which list must the area have been for four years in a row?",
        ),
        {
            "a": Text(
                "listen over udsatte boligområder, og dermed dem begge",
                "the list of vulnerable areas, and thereby both",
            ),
            "b": Text(
                "en af dem; listen over omdannelsesområder er nok",
                "either one; the list of transformation areas is enough",
            ),
        },
        Text(
            "Lister uden området blandt de udsatte boligområder tælles.",
            "Lists without the area among the vulnerable areas are counted.",
        ),
    ),
    "AMB-HOUSEHOLD": PointText(
        Text("Hvem hører til husstanden?", "Who belongs to the household?"),
        {
            "a": MEMBER_LISTS[MemberList.DECLARED],
            "b": MEMBER_LISTS[MemberList.REGISTERED],
        },
        Text(
            "Boligen anvises til dem, der skal bo der.",
            "The dwelling is referred to those who will live there.",
        ),
    ),
    "AMB-LIST": PointText(
        Text(
            "Skaber den offentliggjorte liste områdets status, eller viser den den kun?",
            "Does the published list create the area's status or only show it?",
        ),
        {
            "a": Text(
                "listen skaber den, fra 1. december til 30. november",
                "the list creates it, from 1 December to 30 November",
            ),
            "b": Text(
                "betingelserne skaber den, listen er bevis",
                "the conditions create it, the list is evidence",
            ),
        },
        Text("Listen er den oplysning, der haves.", "The list is the fact that is kept."),
    ),
    "AMB-MIX-ACROSS": PointText(
        Text(
            "Kan måneder efter nr. 5 og nr. 7 lægges sammen?",
            "May months under no. 5 and no. 7 be joined?",
        ),
        {
            "a": Text("nej, hvert nummer for sig", "no, each number by itself"),
            "b": Text("ja, de to numre lægges sammen", "yes, the two numbers are joined"),
        },
        Text(
            "Ingen læsning er valgt: ordlyden udelukker det ikke, men siger det heller ikke.",
            "No reading is chosen: the wording does not exclude it, nor does it say so.",
        ),
    ),
    "AMB-MIX-WITHIN": PointText(
        Text(
            "Kan måneder på forskellige ydelser i samme nummer lægges sammen?",
            "May months on different benefits of the same number be joined?",
        ),
        {
            "a": Text("ja, enhver blanding tæller", "yes, any mix counts"),
            "b": Text("nej, hver ydelse for sig", "no, each benefit by itself"),
        },
        Text(
            "Nummeret nævner ydelserne i én opregning.", "The number lists its benefits together."
        ),
    ),
    "AMB-NAMEGAP": PointText(
        Text(
            "Tæller en ydelse, der havde et andet navn end det, loven brugte den dag?",
            "Does a benefit count that had another name than the act used on the day?",
        ),
        {
            "a": Text("ja, samme ydelse under nyt navn", "yes, the same benefit under a new name"),
            "b": Text("nej, kun det trykte navn", "no, only the printed name"),
        },
        Text(
            "Det er dokumenteret, at den ene ydelse afløste den anden.",
            "It is documented that one benefit followed the other.",
        ),
    ),
    "AMB-OVERLAP": PointText(
        Text(
            "Kan et område være udsat boligområde og forebyggelsesområde på én gang?",
            "Can an area be vulnerable and a prevention area at once?",
        ),
        {
            "a": Text("nej, den strengeste status alene", "no, the stricter status alone"),
            "b": Text("ja, begge regelsæt gælder", "yes, both sets of rules hold"),
        },
        Text(
            "De offentliggjorte lister flytter områder fra den ene til den anden.",
            "The published lists move areas from one to the other.",
        ),
    ),
    "AMB-ROUND": PointText(
        Text(
            "Afrundes procenter, før de sammenlignes?", "Are percentages rounded before comparison?"
        ),
        {
            "a": Text("nej", "no"),
            "b": Text("ja, til én decimal", "yes, to one decimal"),
        },
        Text(
            "Et tal, der kun kendes afrundet og er lig grænsen, afgør ikke noget.",
            "A figure known only rounded and equal to the limit decides nothing.",
        ),
    ),
    "AMB-SENIOR": PointText(
        Text("Er seniorpension førtidspension her?", "Is senior pension a disability pension?"),
        {"a": Text("nej", "no"), "b": Text("ja", "yes")},
        Text("Seniorpension er ikke nævnt.", "Senior pension is not named."),
    ),
    "AMB-STUDENT": PointText(
        Text(
            "Dækker undtagelsen for studerende kun den studerende eller hele husstanden?",
            "Does the student exemption cover only the student or the household?",
        ),
        {
            "a": Text("kun den, der er indskrevet", "only the person enrolled"),
            "b": Text("hele husstanden", "the whole household"),
        },
        Text("Hvert medlem prøves for sig.", "Each member is tested alone."),
    ),
    "AMB-UDDHJ": PointText(
        Text(
            "Fra hvilken måned tæller tidligere modtagere af uddannelseshjælp i "
            "forebyggelsesområder?",
            "From which month do former recipients of education assistance count in prevention "
            "areas?",
        ),
        {
            "a": Text("fra juli 2025", "from July 2025"),
            "b": Text("også tidligere måneder", "earlier months too"),
            "c": Text("slet ikke", "not at all"),
        },
        Text(
            "Ydelsen var ikke nævnt før, men siden får de kontanthjælp efter § 16, stk. 1.",
            "The benefit was not named before; since then they get cash benefit under "
            "section 16(1).",
        ),
    ),
    "AMB-WINDOW": PointText(
        Text(
            "Skal månederne på ydelsen række helt op til anvisningen?",
            "Must the months on the benefit reach up to the referral?",
        ),
        {
            "a": Text(
                "ja, den sidste hele måned før afgørelsen skal være med",
                "yes, the last full month before the decision must be among them",
            ),
            "b": Text(
                "nej, de skal være endt inden for de seneste seks måneder",
                "no, they must have ended within the last six months",
            ),
            "c": Text("nej, tidspunktet er uden betydning", "no, they may lie at any time"),
        },
        Text(
            "Ingen læsning er valgt: kun måneder op til den sidste hele måned er et forbud efter "
            "enhver læsning.",
            "No reading is chosen: only months up to the last full month are a ban under every "
            "reading.",
        ),
    ),
    "AMB-YEARS": PointText(
        Text("Hvad er fem (fire) år i træk?", "What are five (four) years in a row?"),
        {
            "a": Text(
                "så mange årlige lister i træk, også dem efter ældre kriterier",
                "that many annual lists in a row, those on older criteria included",
            ),
            "b": Text(
                "år genberegnet efter de nye kriterier", "years recalculated on the new criteria"
            ),
        },
        Text(
            "Det giver de områder, der faktisk blev offentliggjort.",
            "It gives the areas that were in fact published.",
        ),
    ),
    "AMB-YOUTH": PointText(
        Text("Gælder forbuddene for ungdomsboliger?", "Do the bans cover youth dwellings?"),
        {
            "a": Text("stk. 6 ja, stk. 7 nej", "subsection 6 yes, subsection 7 no"),
            "b": Text("nej, ingen af dem", "no, neither of them"),
        },
        Text(
            "Stk. 6 taler om boliger, stk. 7 om familieboliger.",
            "Subsection 6 speaks of dwellings, subsection 7 of family dwellings.",
        ),
    ),
}

START_POINT = PointText(
    Text(
        "Gjaldt reglen »{title}« allerede den dag, der spørges om?",
        "Was the rule “{title}” in force on the day asked about?",
    ),
    {
        "in_force": Text("ja", "yes"),
        "not_in_force": Text("nej, ikke endnu", "no, not yet"),
    },
    Text(
        "Reglens første dag er ikke bekræftet i en kilde.",
        "The first day of the rule was not confirmed in a source.",
    ),
)
"""For each rule whose first day was not verified; `{title}` is the rule's."""


# --- What is missing, and who can supply it -------------------------------------------------

SUPPLIERS = {
    "ministry": Text(
        "Social- og Boligministeriet, som offentliggør lister og tal den 1. december",
        "the Ministry of Social Affairs and Housing, which publishes lists and figures on "
        "1 December",
    ),
    "municipality": Text("kommunen selv", "the municipality itself"),
    "municipality_benefits": Text("kommunens ydelseskontor", "the municipality's benefits office"),
    "municipality_referral": Text("kommunens boliganvisning", "the municipality's referral office"),
    "municipality_register": Text(
        "kommunens borgerservice ud fra folkeregistret",
        "the municipality's citizen service, from the civil register",
    ),
    "educational_institution": Text("uddannelsesinstitutionen", "the educational institution"),
    "nobody": Text("ingen; oplysningen er slettet", "nobody; the fact has been erased"),
}

MISSING = {
    "area_list": Text(
        "Om området står på listen af {list_day} ({kind}).",
        "Whether the area is on the list of {list_day} ({kind}).",
    ),
    "area_figures": Text(
        "Områdets tal og landets andel af dømte, ikke afrundede og så nye, at de gælder.",
        "The area's figures and the country's share of convicted residents, not rounded and recent "
        "enough to apply.",
    ),
    "benefit_rate": Text(
        "Om kontanthjælpen i {months} er efter aktivlovens § 16, stk. 1 eller stk. 2.",
        "Whether the cash benefit in {months} is under section 16(1) or 16(2) of the active "
        "social policy act.",
    ),
    "benefits_attested": Text(
        "Om nogen af disse ydelser er modtaget i {months}: {benefits}.",
        "Whether any of these benefits was received in {months}: {benefits}.",
    ),
    "pension_attested": Text(
        "Om der modtages førtidspension den {day} eller ej.",
        "Whether disability pension is received on {day} or not.",
    ),
    "members_attested": Text(
        "At listen over husstanden er fuldstændig den {day}: {list}.",
        "That the list of the household is complete on {day}: {list}.",
    ),
    "citizenship_attested": Text(
        "Om betingelsen om statsborgerskab er opfyldt den {day}.",
        "Whether the condition of citizenship is met on {day}.",
    ),
    "citizenship_contradictory": Text(
        "Hvilken af de modstridende attester om statsborgerskab den {day} der er den rigtige.",
        "Which of the contradictory attestations of citizenship on {day} is right.",
    ),
    "enrolment_attested": Text(
        "Om der er indskrivning på en anerkendt uddannelsesinstitution den {day}.",
        "Whether there is enrolment at a recognised institution on {day}.",
    ),
    "enrolment_contradictory": Text(
        "Hvilken af de modstridende attester om indskrivning den {day} der er den rigtige.",
        "Which of the contradictory attestations of enrolment on {day} is right.",
    ),
    "family_dwellings_counted": Text(
        "Hvor mange af kommunens almene familieboliger der ligger i udsatte boligområder og "
        "forebyggelsesområder.",
        "How many of the municipality's social family dwellings lie in vulnerable and prevention "
        "areas.",
    ),
    "fallback_prevention_area": Text(
        "Om der efter vurderingen af {decision_day} kan anvises en bolig i et forebyggelsesområde.",
        "Whether, by the assessment of {decision_day}, a dwelling in a prevention area can be "
        "referred.",
    ),
    "erased": Text(
        "En oplysning, som svaret kræver, er slettet.",
        "A fact that the answer needs has been erased.",
    ),
}
"""What is missing, by kind; who can supply it is said beside it."""

SUPPLIED_BY = Text("Kan oplyses af", "Can be supplied by")


# --- What would change an answer, duties and warnings ---------------------------------------

CHANGES = {
    "benefit_not_received": Text(
        "Grunden falder bort, hvis ydelsen slet ikke er modtaget i {months}.",
        "The ground falls away if the benefit was not received at all in {months}.",
    ),
    "pension_not_received": Text(
        "Grunden falder bort, hvis der ikke modtages førtidspension den {day}.",
        "The ground falls away if disability pension is not received on {day}.",
    ),
    "citizenship_condition_met": Text(
        "Grunden falder bort, hvis betingelsen om statsborgerskab er opfyldt den {day}.",
        "The ground falls away if the condition of citizenship is met on {day}.",
    ),
    "enrolled": Text(
        "Grunden falder bort ved indskrivning på en anerkendt uddannelsesinstitution den {day}.",
        "The ground falls away with enrolment at a recognised institution on {day}.",
    ),
    "fallback_decided": Text(
        "Forbuddet gælder ikke, hvis kommunen vurderer, at der ikke kan anvises en bolig uden for "
        "områderne.",
        "The ban does not apply if the municipality finds that no dwelling outside the areas can "
        "be referred.",
    ),
    "exemption_decided": Text(
        "Forbuddet gælder ikke, hvis andelen er over 30 procent og kommunen undtager området.",
        "The ban does not apply if the share is over 30 per cent and the municipality exempts the "
        "area.",
    ),
}

FALLBACK_CHANGES = {
    ("prevention_area", "possible"): Text(
        "Forbuddet gælder ikke, hvis kommunen vurderer, at der heller ikke kan anvises en bolig i "
        "et forebyggelsesområde.",
        "The ban does not apply if the municipality finds that no dwelling in a prevention area "
        "can be referred either.",
    ),
    ("other_municipalities", "not_tried"): Text(
        "Forbuddet gælder ikke, hvis kommunen også har prøvet andre kommuner og stadig vurderer, "
        "at der ikke kan anvises en bolig uden for områderne.",
        "The ban does not apply if the municipality has tried other municipalities too and still "
        "finds that no dwelling outside the areas can be referred.",
    ),
}
"""What is said instead of `fallback_decided` where an assessment was made but falls short, by
the value of its finding that says in what."""

DUTIES = {
    "MUST_REFER_INSIDE": Text(
        "Kommunen skal anvise en ledig bolig i områderne, fordi intet uden for dem er muligt.",
        "The municipality must refer a vacant dwelling inside the areas, since nothing outside "
        "them is possible.",
    ),
}

WARNINGS = {
    "DAY_AHEAD": Text(
        "Dagen ligger efter i dag. Svaret bygger på det, der er kendt nu; spørg igen på dagen.",
        "The day lies after today. The answer rests on what is known now; ask again on the day.",
    ),
    "LAW_NEWER_THAN_REVIEW": Text(
        "Loven er gennemgået til og med den {reviewed_through}; senere ændringer er ikke med.",
        "The law was reviewed through {reviewed_through}; later changes are not included.",
    ),
    "LAW_REVIEW_STALE": Text(
        "Gennemgangen af loven er for gammel til et sikkert svar for den dag, der spørges om.",
        "The review of the law is too old for a firm answer about the day asked about.",
    ),
    "OUTSIDE_SECTION_59": Text(
        "§ 59, stk. 1-5, omfatter ikke anvisning til ældreboliger. Den følger § 54, som husret "
        "ikke prøver, og som skal undersøges på anden måde.",
        "Section 59(1) to (5) does not cover referral to dwellings for the elderly. That follows "
        "section 54, which husret does not examine and which must be examined in another way.",
    ),
    "REFUGEES_NOT_COVERED": Text(
        "For nyankomne flygtninge har integrationslovens § 12, stk. 2 sit eget forbud, som ikke "
        "prøves her.",
        "For newly arrived refugees section 12(2) of the integration act has a ban of its own, "
        "which is not examined here.",
    ),
}


# --- The answer in a sentence or two --------------------------------------------------------

SUMMARY_ORDINARY = Text(
    "Anvisning er tilladt: boligen er ikke omfattet af forbuddene i § 59, stk. 6 og 7.",
    "Referral is permitted: the bans of section 59(6) and (7) do not cover the dwelling.",
)
SUMMARY_LIFTED = {
    "REF-FALLBACK": Text(
        "Anvisning er tilladt: intet uden for områderne er muligt, og kommunen skal anvise inden "
        "for dem.",
        "Referral is permitted: nothing outside the areas is possible, and the municipality must "
        "refer inside them.",
    ),
    "REF-FORE-30PCT": Text(
        "Anvisning er tilladt: forbuddet gælder ikke i dette forebyggelsesområde "
        "(30-procent-undtagelsen).",
        "Referral is permitted: the ban does not apply in this prevention area (the exemption of "
        "30 per cent).",
    ),
}
SUMMARY_NO_GROUND = Text(
    "Anvisning er tilladt: ingen af forbuddets grunde er til stede.",
    "Referral is permitted: no ground of the ban is present.",
)
SUMMARY_PROHIBITED = Text(
    "Anvisning er ikke tilladt. Grund: {grounds}.",
    "Referral is prohibited. Ground: {grounds}.",
)
SUMMARY_UNDETERMINED = Text("Svaret er ikke afgjort.", "The answer is undetermined.")
SUMMARY_MISSING = Text("Der mangler oplysninger.", "Facts are missing.")
SUMMARY_POINTS = Text("Det afhænger af, hvordan loven læses.", "It depends on how the law is read.")
SUMMARY_NOT_COVERED = Text(
    "Disse grunde prøver husret ikke endnu, så de skal undersøges på anden måde: {grounds}.",
    "husret does not examine these grounds yet, so they must be examined in another way: "
    "{grounds}.",
)

VARIATION_READ = Text("{question} Læses det sådan: {reading}", "{question} Read thus: {reading}")
VARIATION_OUTCOME = Text("så er svaret: {outcome}.", "the answer is: {outcome}.")
VARIATION_NOT_EXAMINED = Text(
    "så kræver svaret flere oplysninger, som ikke er hentet.",
    "the answer needs more facts, which were not read.",
)
VARIATION_DECIDES = Text(
    "Ingen læsning er valgt, og derfor afgør punktet svaret.",
    "No reading is chosen, so the point decides the answer.",
)

AREA_IS = Text("Området er den {day}: {categories}.", "On {day} the area is: {categories}.")
AREA_IS_NOTHING = Text(
    "Området er den {day} ikke på nogen af listerne.", "On {day} the area is on none of the lists."
)
AREA_IS_UNKNOWN = Text(
    "Status er ikke kendt for: {categories}.", "The status is not known for: {categories}."
)
