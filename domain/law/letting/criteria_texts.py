"""What a set of criteria says, in sentences that a lettings clerk can hold beside the agreement.

Words in braces are filled with the values of the field; a field of a criterion that has no text
here is an error of the tests.
"""

from __future__ import annotations

from domain.facts import (
    AsksMore,
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
from domain.law.texts.kinds import Text

SET = {
    CriteriaBasis.AGREED: Text(
        "Kriterierne {criteria} er aftalt den {set_on}.",
        "The criteria {criteria} were agreed on {set_on}.",
    ),
    CriteriaBasis.MINISTRY: Text(
        "Kriterierne {criteria} er afgjort af ministeriet den {set_on}.",
        "The criteria {criteria} were decided by the ministry on {set_on}.",
    ),
    CriteriaBasis.MUNICIPALITY: Text(
        "Kriterierne {criteria} er fastsat af kommunen den {set_on}.",
        "The criteria {criteria} were set by the municipality on {set_on}.",
    ),
    CriteriaBasis.ADVERTISING: Text(
        "Kriterierne {criteria} er aftalt for annoncering den {set_on}.",
        "The criteria {criteria} were agreed for public advertising on {set_on}.",
    ),
    CriteriaBasis.EXTENDED: Text(
        "Kriterierne {criteria} er aftalt af andre den {set_on}; kommunen har besluttet, at alle "
        "skal bruge dem (§ 60 b).",
        "The criteria {criteria} were agreed by others on {set_on}; the municipality has decided "
        "that all are to use them (section 60 b).",
    ),
}
FROM = Text("De gælder fra den {first_day}.", "They hold from {first_day}.")
UNTIL = Text(
    "De gælder fra den {first_day} til og med den {last_day}.",
    "They hold from {first_day} until {last_day}.",
)
IN_PLACES = Text(
    "De gælder i boligorganisation {organisation}, afdeling {departments}.",
    "They cover department {departments} of housing organisation {organisation}.",
)
IN_AREA = Text("De gælder i området {area}.", "They cover the area {area}.")
CONFIRMED = Text(
    "{confirmed_by} står inde for, at de er rimelige og saglige.",
    "{confirmed_by} answers for their being reasonable and factual.",
)
ANNOUNCED = Text(
    "De er offentliggjort den {announced_on} og binder ikke før.",
    "They were published on {announced_on}, and bind nobody before.",
)
NOT_ANNOUNCED = Text(
    "De er ikke offentliggjort og gælder ikke endnu.",
    "They are not announced and do not hold yet.",
)
REVISION = Text(
    "De skal tages op til revision senest den {due}.",
    "They are to be taken up for revision by {due}.",
)
SHARE = {
    ShareOf.AFTER_REFERRAL: Text(
        "De bruges til {part} ledige familieboliger, som anvisning og genhusning ikke har taget.",
        "They are used for {part} vacant family dwellings that referral and rehousing have not "
        "taken.",
    ),
    ShareOf.ALL_VACANT: Text(
        "De bruges til {part} ledige familieboliger, anvisning og genhusning regnet med.",
        "They are used for {part} vacant family dwellings, referral and rehousing counted in.",
    ),
    ShareOf.AFTER_INTERNAL: Text(
        "De bruges til {part} ledige familieboliger, som anvisning, genhusning og "
        "oprykningsventelisten ikke har taget.",
        "They are used for {part} vacant family dwellings that referral, rehousing and the "
        "internal list have not taken.",
    ),
    ShareOf.MUNICIPALITY: Text(
        "De bruges til {part} ledige familieboliger i flere boligorganisationer tilsammen; her "
        "tælles kun organisationens egne.",
        "They are used for {part} vacant family dwellings of several organisations together; only "
        "the organisation's own are counted here.",
    ),
}
WHOLE = Text("alle", "all")
PER_HUNDRED = Text("{share} procent af de", "{share} per cent of the")
OF_EVERY = Text("{share} ud af hver {share_of_every}", "{share} of every {share_of_every}")
"""How large a part they are used for."""
OTHER_SHARE = Text("For boliger{where} bruges de dog til {part}.", "Of dwellings{where}, {part}.")
IN_DEPARTMENTS = Text(" i afdeling {departments}", " in department {departments}")
WITH_ROOMS = Text(" med {rooms}", " with {rooms}")
PART = Text("{share} procent", "{share} per cent are let by them")
PART_OF_EVERY = Text(
    "{share} ud af hver {share_of_every}", "{share} of every {share_of_every} are let by them"
)
COUNTED_BY = {
    CountedBy.DEPARTMENT: Text(
        "Hver afdeling tælles for sig.", "Each department is counted by itself."
    ),
    CountedBy.ROOMS: Text(
        "Hver boligstørrelse tælles for sig.", "Each size of dwelling is counted by itself."
    ),
}
ROUNDED = {
    Rounding.UP: Text("Delen rundes op.", "The share is rounded up."),
    Rounding.NEAREST: Text(
        "Delen rundes af til nærmeste hele bolig.",
        "The share is rounded to the nearest dwelling.",
    ),
}
"""How the share is rounded, where it is not down."""
TURN = Text("Tur {number}, {part}: måde {ways}.", "Turn {number}, {part}: way {ways}.")
EQUAL = Text("{ways}, som står lige", "{ways}, which stand equal")
THEN = Text("og derefter", "and then")
TIES = {
    Ties.SENIORITY: Text(
        "Blandt dem, der står lige, går den liste, der står for tur, forrest, og på den den, der "
        "har stået der længst.",
        "Of those who stand equal the list that is due goes first, and on it who has been there "
        "longest.",
    ),
    Ties.TIME_ALONE: Text(
        "Blandt dem, der står lige, går den forrest, der har stået længst på en liste, uanset "
        "hvilken.",
        "Of those who stand equal the one who has been on a list longest goes first, whichever it "
        "is.",
    ),
    Ties.INTERNAL_FIRST: Text(
        "Blandt dem, der står lige, går oprykningsventelisten forrest, og på hver liste den, der "
        "har stået der længst.",
        "Of those who stand equal the internal list goes first, and on each list who has been "
        "there longest.",
    ),
    Ties.LOT: Text(
        "Der trækkes lod blandt dem, der står lige.", "Lots are drawn among those who stand equal."
    ),
    Ties.ASKED_FIRST: Text(
        "Blandt dem, der står lige, går den forrest, der spurgte først.",
        "Of those who stand equal the one who asked first goes first.",
    ),
}

PRIORITY = Text(
    "De giver kun fortrin; andre kan følge efter.",
    "They give priority only; others may follow.",
)
CERTIFICATE = Text("De forlanger straffeattest.", "They ask for a criminal record certificate.")
COUPLE = Text(
    "Samlevere er et par, når de har boet sammen i mindst {couple_months} måneder.",
    "Partners are a couple once they have lived together for at least {couple_months} months.",
)
RESIDENTS_FREE = Text(
    "Den, der bor i afdelingen, er fri for kriterierne.",
    "Whoever lives in the department is free of the criteria.",
)
EXEMPT = Text(
    "Fri for betingelserne, uden prioritet, er den, der opfylder: {criteria}.",
    "Free of the conditions, with no rank, is whoever meets: {criteria}.",
)
ALWAYS = Text("I alle tilfælde: {condition}.", "In any case: {condition}.")
WAY = Text(
    "Måde {number}, prioritet {rank}{open_to}: {conditions}.",
    "Way {number}, rank {rank}{open_to}: {conditions}.",
)
OPEN_TO = {
    HouseholdKind.SINGLE: Text("for enlige", "for single people"),
    HouseholdKind.COUPLE: Text("for par", "for couples"),
}
NO_CONDITION = Text("uden andre betingelser", "without other conditions")
UNRANKED_WAY = Text("Måde {number}{open_to}: {conditions}.", "Way {number}{open_to}: {conditions}.")
"""Where turns say which way comes first, or all stand equal."""
FROM_TO_ROOMS = Text("{least}-{most} beboelsesrum", "{least} to {most} rooms")
SO_MANY_CHILDREN = Text("mindst {children} børn", "at least {children} children")
NO_CHILD = Text("intet barn boende hos sig", "no child living there")
ONLY_DWELLINGS = Text("kun for boligerne {dwellings}", "for the dwellings {dwellings} only")
NOT_DWELLINGS = Text("ikke for boligerne {dwellings}", "not for the dwellings {dwellings}")
EXEMPT_OF_WAY = Text("; fri for dem er: {criteria}", "; free of them is: {criteria}")
MOST_A_YEAR = Text(
    "De bruges til højst {most_a_year} boliger i et kalenderår.",
    "They are used for at most {most_a_year} dwellings in a calendar year.",
)
RESIDENTS_ONLY = Text("kun for afdelingens beboere", "for residents of the department only")
OF_ROOMS = Text("for boliger med {rooms}", "for dwellings of {rooms}")
FROM_ROOMS = Text("mindst {rooms} beboelsesrum", "at least {rooms} rooms")
ALL_ROOMS = Text("{rooms} beboelsesrum", "{rooms} rooms")
TO_ROOMS = Text("højst {rooms} beboelsesrum", "at most {rooms} rooms")
WAY_PART = Text("{share} procent af dem", "{share} per cent of them")
WAY_PART_OF_EVERY = Text(
    "{share} ud af hver {share_of_every} af dem", "{share} of every {share_of_every} of them"
)
CONDITION = Text("{who} {criteria}, {tested}", "{who} {criteria}, {tested}")
WHO = {
    MustMeet.APPLICANT: Text("ansøgeren skal have", "the applicant must have"),
    MustMeet.APPLICANT_OR_PARTNER: Text(
        "ansøgeren eller partneren skal have", "the applicant or the partner must have"
    ),
    MustMeet.APPLICANT_AND_PARTNER: Text(
        "både ansøgeren og en eventuel partner skal have",
        "the applicant and any partner must both have",
    ),
    MustMeet.ONE_IN_HOUSEHOLD: Text(
        "mindst én i husstanden skal have", "at least one of the household must have"
    ),
    MustMeet.TOGETHER: Text(
        "ansøgeren og en eventuel partner skal tilsammen have",
        "the applicant and any partner must together have",
    ),
    MustMeet.EVERYONE: Text("alle i husstanden{ages} skal have", "everybody{ages} must have"),
}
FROM_AGE = Text("fra {from_age} år", "from the age of {from_age}")
TO_AGE = Text("til og med {to_age} år", "up to the age of {to_age}")
TESTED = {
    CriteriaTest.OFFER: Text("når boligen tilbydes", "when the dwelling is offered"),
    CriteriaTest.ACCEPTANCE: Text("når boligen accepteres", "when the dwelling is accepted"),
    CriteriaTest.ALLOCATION: Text("når boligen tildeles", "when the dwelling is allocated"),
    CriteriaTest.CONTRACT: Text("når lejeaftalen indgås", "when the lease is made"),
    CriteriaTest.TAKEOVER: Text("når boligen overtages", "when the dwelling is taken over"),
}
CLAUSE = Text(
    "Herudover{at}{of_way}: {says} ({does}; {looks}).",
    "Besides{at}{of_way}: {says} ({does}; {looks}).",
)
OF_ALL = Text("", "")
OF_WAY = Text(", om måde {number}", ", of way {number}")
DOES = {
    AsksMore.CONDITION: Text("kræver mere", "asks for more"),
    AsksMore.WAY_IN: Text("lukker også andre ind", "lets in others too"),
    AsksMore.EXEMPTION: Text("fritager også andre", "exempts others too"),
    AsksMore.ORDER: Text("siger, hvem der kommer først", "says who comes first"),
}
LOOKS = {
    LooksAtIt.ORGANISATION: Text(
        "boligorganisationen skal se på det", "the organisation has to look at it"
    ),
    LooksAtIt.MUNICIPALITY: Text("kommunen skal se på det", "the municipality has to look at it"),
}

KINDS = {
    CriterionKind.WORK: Text("arbejde", "work"),
    CriterionKind.EDUCATION: Text("en igangværende uddannelse", "an education under way"),
    CriterionKind.DEGREE: Text("en fuldført uddannelse", "a completed education"),
    CriterionKind.SELF_SUPPORT: Text("et forsørgelsesgrundlag", "means of support"),
    CriterionKind.INCOME: Text("en indtægt", "an income"),
    CriterionKind.AGE: Text("en alder", "an age"),
    CriterionKind.PENSION: Text("pension", "a pension"),
    CriterionKind.SEPARATION: Text("et samliv, der er ophørt", "ended living together"),
    CriterionKind.CHILD: Text("et barn", "a child"),
    CriterionKind.TIE: Text("en tilknytning", "a tie"),
    CriterionKind.LEAVES: Text("en bolig", "a dwelling"),
    CriterionKind.OTHER_DWELLING_NEEDED: Text(
        "behov for en mere egnet bolig", "need of a more suitable dwelling"
    ),
}
FIELDS = {
    "tie": Text("ved at {}", "in that the person {}"),
    "hours": Text("på mindst {} timer om ugen", "of at least {} hours a week"),
    "full_time": Text("på fuld tid", "full time"),
    "level": Text("på mindst niveauet {}", "of at least the level {}"),
    "age": Text("på mindst {} år", "of at least {}"),
    "over_age": Text("på over {} år", "over {}"),
    "most_age": Text("på højst {} år", "of at most {}"),
    "below_age": Text("under {} år", "below the age of {}"),
    "amount": Text("på mindst {} kroner om måneden", "of at least {} kroner a month"),
    "most_amount": Text("på højst {} kroner om måneden", "of at most {} kroner a month"),
    "amount_year": Text("(beløb for {})", "(the sum of {})"),
    "breaks": Text("ved {}", "by {}"),
    "none_of": Text("uden {}", "without {}"),
    "pensions": Text("i form af {}", "in the form of {}"),
    "inside": Text("i {}", "in {}"),
    "outside": Text("uden for {}", "outside {}"),
    "within_km": Text("højst {} kilometer fra boligen", "at most {} kilometres from the dwelling"),
    "together": Text("efter mindst {} måneder sammen", "after at least {} months together"),
    "months": Text("{} måneder", "{} months"),
    "leaves": Text(", som {}", ", that {}"),
    "rooms": Text("og har mindst {} beboelsesrum", "and has at least {} rooms"),
    "none": Text("", ""),
    "full_time_agreed": Text(
        ", eller på fuld tid efter overenskomsten", ", or full time by its collective agreement"
    ),
    "jobs": Text(", kun som {}", ", only as {}"),
    "excluded": Text(", dog ikke som {}", ", but not as {}"),
    "permanent": Text(", uden tidsbegrænsning", ", without a fixed term"),
    "left": Text(
        ", som varer mindst {} måneder endnu", ", that goes on for at least {} months more"
    ),
    "worked": Text(
        ", i mindst {} måneder uden afbrydelse, uanset hos hvem",
        ", for at least {} months without a break, for whomever",
    ),
    "held": Text(", som har varet mindst {} måneder", ", that has lasted for at least {} months"),
    "su_eligible": Text(", som giver ret til SU", ", that gives a right to a student grant"),
    "start_within": Text(
        ", begyndt senest {} måneder efter overtagelsen",
        ", begun at the latest {} months after the dwelling is taken over",
    ),
    "children": Text("", ""),
    "living": Text(", som bor {}", ", living {}"),
    "incomes": Text(", nemlig {}", ", namely {}"),
    "sick_weeks": Text("(sygedagpenge i under {} uger)", "(sickness pay for less than {} weeks)"),
    "apprentice": Text(", eller en læreplads", ", or an apprenticeship"),
    "shown_by": Text(", kun vist ved {}", ", shown by {} alone"),
    "issued_by": Text(", kun bekræftet af {}", ", confirmed by {} alone"),
}
"""Of each field of a criterion but its kind, in the order in which they are said: what belongs to
the word before it, then what a comma sets apart. Of `months` each kind has its own."""

ONE_MONTH = Text("den seneste måned", "the last month")
"""Instead of the last 1 months."""

UNITS = {
    **{
        "kroner": "krone",
        "måneder": "måned",
        "timer": "time",
        "uger": "uge",
        "kilometer": "kilometer",
    },
    **{"months": "month", "hours": "hour", "weeks": "week", "kilometres": "kilometre"},
    "rooms": "room",
}
"""Of each unit, how one of it is said."""

BY_THE_TAKEOVER = Text(
    ", begyndt senest på dagen for overtagelsen",
    ", begun at the latest on the day the dwelling is taken over",
)
"""Instead of so many months after it, where there are none."""

MONTHS = {
    CriterionKind.WORK: Text(
        ", ikke tidsbegrænset til under {} måneder", ", for no term under {} months"
    ),
    CriterionKind.EDUCATION: Text("af mindst {} måneders længde", "of at least {} months"),
    CriterionKind.DEGREE: Text("inden for de seneste {} måneder", "within the last {} months"),
    CriterionKind.SELF_SUPPORT: Text("i de seneste {} måneder", "over the last {} months"),
    CriterionKind.INCOME: Text(
        "i gennemsnit over de seneste {} måneder", "on average over the last {} months"
    ),
    CriterionKind.SEPARATION: Text("for højst {} måneder siden", "at most {} months ago"),
    CriterionKind.TIE: Text("i mindst {} måneder", "for at least {} months"),
}

WORDS: dict[type, dict[str, Text]] = {
    IssuerKind: {
        "employer": Text("arbejdsgiveren", "the employer"),
        "tax_authority": Text("skatteforvaltningen", "the tax authority"),
        "educational_institution": Text("uddannelsesstedet", "the educational institution"),
        "public_authority": Text("en offentlig myndighed", "a public authority"),
    },
    JobKind: {
        "ordinary": Text("ordinært arbejde", "ordinary work"),
        "subsidised": Text("støttet arbejde", "subsidised work"),
        "self_employed": Text("selvstændig", "self-employment"),
        "apprentice": Text("lærling eller elev", "an apprenticeship"),
        "flex_job": Text("fleksjob", "a flex job"),
        "temporary": Text("vikararbejde", "temporary agency work"),
    },
    EducationLevel: {
        "basic": Text("folkeskole", "basic schooling"),
        "upper_secondary": Text("gymnasial uddannelse", "upper secondary"),
        "vocational": Text("erhvervsuddannelse", "vocational"),
        "higher": Text("videregående uddannelse", "higher"),
    },
    Place: {
        "department": Text("afdelingen", "the department"),
        "area": Text("området", "the area"),
        "municipality": Text("kommunen", "the municipality"),
        "denmark": Text("Danmark", "Denmark"),
    },
    IncomeKind: {
        "wage": Text("løn", "a wage"),
        "own_business": Text("egen virksomhed", "a business of one's own"),
        "holiday_pay": Text("feriepenge eller feriedagpenge", "holiday pay"),
        "parental_pay_in_job": Text("barselsdagpenge fra et job", "parental pay from a job"),
        "sick_pay_in_job": Text("sygedagpenge fra et job", "sickness pay from a job"),
        "sick_pay_without_job": Text("sygedagpenge uden job", "sickness pay without a job"),
        "flex_job": Text("fleksjob", "a flex job"),
        "flex_benefit": Text("fleksydelse", "flex benefit"),
        "early_retirement_pay": Text("efterløn", "early retirement pay"),
        "student_grant": Text("SU", "a student grant"),
        "age_pension": Text("folkepension", "an age pension"),
        "disability_pension": Text("førtidspension", "a disability pension"),
        "unemployment_benefit": Text("arbejdsløshedsdagpenge", "unemployment benefit"),
        "supplementary_benefit": Text(
            "supplerende ydelser ved siden af løn", "benefits beside a wage"
        ),
        "cash_benefit": Text("kontanthjælp", "cash benefit"),
        "senior_pension": Text("seniorpension", "a senior pension"),
        "early_pension": Text("tidlig pension", "an early pension"),
        "resource_benefit": Text("ressourceforløbsydelse", "resource benefit"),
        "rehabilitation_benefit": Text("revalideringsydelse", "rehabilitation benefit"),
        "flex_unemployment_benefit": Text("ledighedsydelse", "unemployment benefit for a flex job"),
        "own_means": Text("egen formue", "means of one's own"),
    },
    PensionKind: {
        "age_pension": Text("folkepension", "an age pension"),
        "early_retirement_pay": Text("efterløn", "early retirement pay"),
        "disability_pension": Text("førtidspension", "a disability pension"),
        "senior_pension": Text("seniorpension", "a senior pension"),
        "early_pension": Text("tidlig pension", "an early pension"),
    },
    BreakKind: {
        "separation": Text("separation", "separation"),
        "divorce": Text("skilsmisse", "divorce"),
        "partnership_ended": Text("ophør af samliv", "the end of a partnership"),
        "death": Text("dødsfald", "death"),
    },
    ChildLiving: {
        "here": Text("hos personen", "with the person"),
        "shared": Text("hos begge forældre", "with both parents"),
        "contact": Text(
            "hos den anden forælder, med samvær", "with the other parent, with contact"
        ),
    },
    TieKind: {
        "lives": Text("bo", "lives"),
        "has_lived": Text("have boet", "has lived"),
        "parents_live": Text("have forældre", "has parents"),
        "relatives_live": Text("have familie", "has relatives"),
        "works": Text("arbejde", "works"),
    },
    LeavesKind: {
        "gives_up": Text("opgives", "is given up"),
        "larger": Text("er større, almen og opgives", "is larger, social, and given up"),
        "for_sale": Text("er ejet og sat til salg", "is owned and put up for sale"),
        "youth_dwelling": Text("er en ungdomsbolig", "is a youth dwelling"),
        "parents": Text("er forældrenes hjem", "is the parents' home"),
    },
}
"""The words of the form, by the kind of word."""

PROOF = {
    CriterionKind.WORK: (
        DocumentKind.EMPLOYMENT_CONTRACT,
        DocumentKind.PAYSLIPS,
        DocumentKind.BUSINESS_REGISTER_EXTRACT,
    ),
    CriterionKind.EDUCATION: (
        DocumentKind.STATEMENT_OF_ENROLMENT,
        DocumentKind.STUDENT_GRANT_NOTICE,
        DocumentKind.APPRENTICESHIP_CONTRACT,
    ),
    CriterionKind.DEGREE: (DocumentKind.DIPLOMA,),
    CriterionKind.SELF_SUPPORT: (
        DocumentKind.INCOME_REGISTER_PRINTOUT,
        DocumentKind.BENEFIT_NOTICE,
        DocumentKind.AUTHORITY_ANSWER,
    ),
    CriterionKind.INCOME: (DocumentKind.INCOME_REGISTER_PRINTOUT, DocumentKind.PAYSLIPS),
    CriterionKind.AGE: (DocumentKind.PROOF_OF_AGE,),
    CriterionKind.PENSION: (DocumentKind.PENSION_NOTICE,),
    CriterionKind.SEPARATION: (DocumentKind.SEPARATION_GRANT, DocumentKind.DEATH_CERTIFICATE),
    CriterionKind.CHILD: (
        DocumentKind.HEALTH_CARD,
        DocumentKind.BIRTH_CERTIFICATE,
        DocumentKind.CONTACT_DECISION,
    ),
    CriterionKind.TIE: (DocumentKind.RESIDENCE_CERTIFICATE, DocumentKind.EMPLOYMENT_CONTRACT),
    CriterionKind.LEAVES: (DocumentKind.LEASE, DocumentKind.SALE_AGREEMENT),
    CriterionKind.OTHER_DWELLING_NEEDED: (DocumentKind.AUTHORITY_ANSWER,),
}
"""What is commonly shown of each; only that it was seen is held."""

DOCUMENTS = {
    DocumentKind.PAYSLIPS: Text("lønsedler", "payslips"),
    DocumentKind.EMPLOYMENT_CONTRACT: Text("ansættelseskontrakt", "a contract of employment"),
    DocumentKind.ANNUAL_TAX_STATEMENT: Text("årsopgørelse", "an annual tax statement"),
    DocumentKind.INCOME_REGISTER_PRINTOUT: Text(
        "udskrift fra indkomstregistret", "a printout of the income register"
    ),
    DocumentKind.BUSINESS_REGISTER_EXTRACT: Text(
        "udskrift fra CVR", "an extract of the business register"
    ),
    DocumentKind.STATEMENT_OF_ENROLMENT: Text(
        "indskrivningsbekræftelse", "a statement of enrolment"
    ),
    DocumentKind.STUDENT_GRANT_NOTICE: Text("SU-meddelelse", "a notice of the student grant"),
    DocumentKind.APPRENTICESHIP_CONTRACT: Text("uddannelsesaftale", "an apprenticeship contract"),
    DocumentKind.DIPLOMA: Text("eksamensbevis", "a diploma"),
    DocumentKind.PENSION_NOTICE: Text("pensionsmeddelelse", "a notice of the pension"),
    DocumentKind.BENEFIT_NOTICE: Text("ydelsesmeddelelse", "a notice of the benefit"),
    DocumentKind.PROOF_OF_AGE: Text("legitimation med alder", "a proof of age"),
    DocumentKind.SEPARATION_GRANT: Text(
        "separations- eller skilsmissebevilling", "a grant of separation or divorce"
    ),
    DocumentKind.DEATH_CERTIFICATE: Text("dødsattest", "a death certificate"),
    DocumentKind.HEALTH_CARD: Text("sundhedskort", "a health card"),
    DocumentKind.BIRTH_CERTIFICATE: Text("fødselsattest", "a birth certificate"),
    DocumentKind.CONTACT_DECISION: Text("afgørelse om samvær", "a decision on contact"),
    DocumentKind.RESIDENCE_CERTIFICATE: Text("bopælsattest", "a residence certificate"),
    DocumentKind.LEASE: Text("lejekontrakt", "a lease"),
    DocumentKind.SALE_AGREEMENT: Text(
        "aftale med ejendomsmægler eller om salg", "an agreement with an agent, or of sale"
    ),
    DocumentKind.AUTHORITY_ANSWER: Text("svar fra en myndighed", "the answer of an authority"),
}

ASKED_OF = {
    "members": Text(
        "hvem der hører til husstanden, og hvad de er (ansøger, ægtefælle, samlever)",
        "who belongs to the household, and what they are (applicant, spouse, partner)",
    ),
    "together_since": Text(
        "siden hvornår en samlever har boet sammen med ansøgeren",
        "since when a partner has lived together with the applicant",
    ),
    "ages": Text("alderen på hver i husstanden", "the age of each of the household"),
    "residence": Text(
        "om ansøgeren bor i afdelingen", "whether the applicant lives in the department"
    ),
    "let_by": Text(
        "hvilken måde eller tur boligen er tildelt efter",
        "which way or turn the dwelling was allocated by",
    ),
    "rooms": Text("hvor mange beboelsesrum boligen har", "how many rooms the dwelling has"),
    "offered": Text("dagen for tilbuddet", "the day of the offer"),
    "takeover": Text("dagen for overtagelsen", "the day of the takeover"),
}
"""What must be known of a household beside what is shown."""
