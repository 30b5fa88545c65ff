"""Words and names: benefits, kinds of area, criteria, outcomes."""

from __future__ import annotations

from datetime import date

from domain.facts import CitizenshipCondition, ListKind, MemberList, PlanKind
from domain.law.kernel import Outcome, Status
from domain.law.texts.kinds import Text

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
ONE_OF = Text("en af disse: {}", "one of these: {}")

LIST_KINDS = {
    ListKind.VULNERABLE: Text("udsat boligområde", "vulnerable housing area"),
    ListKind.PARALLEL_SOCIETY: Text("parallelsamfund", "parallel society"),
    ListKind.TRANSFORMATION: Text("omdannelsesområde", "transformation area"),
    ListKind.PREVENTION: Text("forebyggelsesområde", "prevention area"),
    ListKind.COMBINED_LETTING: Text("område for kombineret udlejning", "combined-letting area"),
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

PLACES = {
    "ordinary": Text("ikke omfattet af forbuddene", "not under the bans"),
    "vulnerable": Text("udsat boligområde", "vulnerable housing area"),
    "former_transformation": AREA_CATEGORIES["former_transformation"],
    "prevention": Text("forebyggelsesområde", "prevention area"),
    "ghetto": Text(
        "ghettoområde eller område for kombineret udlejning",
        "ghetto area or area for combined letting",
    ),
    "unknown": Text("område med ukendt status", "area whose status is not known"),
}
"""The places that an answer tells apart when it says where else a household can be referred."""

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
    MemberList.ATTACHED: Text(
        "dem, der er dokumenteret knyttet til husstanden uden at bo der",
        "those documented as attached to the household without living there",
    ),
}

PLANS = {
    PlanKind.JOINT: Text("en fælles udviklingsplan", "a joint development plan"),
    PlanKind.MUNICIPAL: Text("en kommunal udviklingsplan", "a municipal development plan"),
}

CRITERIA = {
    "unattached_share": Text(
        "andel uden tilknytning til arbejdsmarkedet eller uddannelse",
        "share without attachment to the labour market or education",
    ),
    "unattached_share_4_years": Text(
        "andel uden tilknytning til arbejdsmarkedet eller uddannelse over fire år",
        "share without attachment to the labour market or education over four years",
    ),
    "convicted_share": Text("andel dømte", "share of convicted residents"),
    "convicted_share_adults": Text(
        "andel dømte blandt voksne", "share of convicted residents among adults"
    ),
    "convicted_per_10000": Text("dømte pr. 10.000 voksne", "convicted residents per 10,000 adults"),
    "basic_schooling_share": Text(
        "andel, der alene har en grundskoleuddannelse", "share with basic schooling only"
    ),
    "income_ratio": Text(
        "gennemsnitlig bruttoindkomst i forhold til regionen",
        "average gross income compared with that of the region",
    ),
    "nonwestern_share": Text(
        "andel af indvandrere og efterkommere fra ikkevestlige lande",
        "share of immigrants and descendants from non-western countries",
    ),
    "outside_labour_market_share": Text(
        "andel uden for arbejdsmarkedet", "share outside the labour market"
    ),
}

FIGURES = {
    **CRITERIA,
    "convicted_share_country": Text(
        "andel dømte i hele landet", "share of convicted residents in the whole country"
    ),
    "residents": Text("beboere", "residents"),
    "residents_2010": Text("beboere i 2010", "residents in 2010"),
    "average_income": Text("gennemsnitlig bruttoindkomst", "average gross income"),
    "convicted_limit": Text(
        "tre gange andelen af dømte i hele landet",
        "three times the share of convicted residents in the whole country",
    ),
    "unattached": Text(
        "18-64-årige uden tilknytning til arbejdsmarkedet eller uddannelse",
        "aged 18-64 without attachment to the labour market or education",
    ),
    "convicted": Text("dømte", "convicted residents"),
    "convicted_adults": Text("dømte på 18 år og derover", "convicted residents aged 18 or more"),
    "basic_schooling": Text(
        "30-59-årige, der alene har en grundskoleuddannelse",
        "aged 30-59 with basic schooling only",
    ),
    "nonwestern": Text(
        "indvandrere og efterkommere fra ikkevestlige lande",
        "immigrants and descendants from non-western countries",
    ),
    "outside_labour_market": Text(
        "18-64-årige uden for arbejdsmarkedet", "aged 18-64 outside the labour market"
    ),
}
"""What the figures of an area are called, those that no criterion compares too. They are no part of
an edition: no answer is put into words by them."""

NATIONAL_SHARE_UNKNOWN = Text("landsgennemsnittet (ukendt)", "the national average (unknown)")
"""Follows "3 x" when the country's share of convicted residents is not held."""

MET_WORDS = {
    "met": Text("opfyldt", "met"),
    "not_met": Text("ikke opfyldt", "not met"),
    "not_decidable": Text("kan ikke afgøres efter afrundede tal", "not decidable when rounded"),
    "missing": Text("tallet mangler", "figure missing"),
    "education_open": Text(
        "afhænger af, hvilken uddannelse der er talt med", "depends on which education was counted"
    ),
    "set_aside": Text("anvendes ikke", "not applied"),
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
DECIDED_ELSEWHERE = Text(
    "Beslutningen ligger hos en anden, og det er ikke registreret her, hvad der er besluttet.",
    "Somebody else decides it, and what is decided is not recorded here.",
)
DECISIONS = {
    "approval_scheme_decided": Text(
        "godkendelse af hver enkelt udlejning (§ 61)", "approval of each letting (§ 61)"
    ),
    "combined_letting_decided": Text(
        "kombineret udlejning i området (§ 51 b)", "combined letting in the area (§ 51 b)"
    ),
    "agreement_extended": Text(
        "at det, der er aftalt med andre, skal bruges af alle (§ 60 b)",
        "that what was agreed with others is to be used by all (§ 60 b)",
    ),
    "criteria_set": Text(
        "kriterier for fleksibel udlejning (§ 60)", "criteria for flexible letting (§ 60)"
    ),
    "disposal_decided": Text(
        "nedrivning, ombygning eller salg af ejendommen",
        "demolition, rebuilding or sale of the property",
    ),
    "exemption_decided": Text(
        "undtagelse af området (30-procentsundtagelsen, § 59, stk. 8)",
        "exemption of the area (the exemption of 30 per cent, § 59, stk. 8)",
    ),
    "occupancy_cap_used": Text(
        "brug af loftet på to personer pr. beboelsesrum",
        "use of the cap of two persons a habitable room",
    ),
    "plan_approved": Text(
        "en udviklingsplan for området (§§ 168 a og 168 b)",
        "a development plan for the area (§§ 168 a and 168 b)",
    ),
    "plan_decided": Text(
        "udviklingsplanen for området, før den blev sendt",
        "the development plan of the area, before it was sent",
    ),
    "private_referral_agreed": Text(
        "anvisning til boliger i den private ejendom", "referral to flats of the private property"
    ),
    "proceeds_use_decided": Text(
        "anvendelse af et salgs provenu (§§ 20 og 80 g)",
        "the use of a sale's proceeds (§§ 20 and 80 g)",
    ),
    "referral_agreed": Text(
        "boliger, der stilles til rådighed efter aftale (§ 59, stk. 2 og 3)",
        "dwellings put at disposal by agreement (§ 59, stk. 2 and 3)",
    ),
    "referral_increase_approved": Text(
        "flere boliger til anvisning (§ 59, stk. 5)", "more dwellings for referral (§ 59, stk. 5)"
    ),
    "referral_right_decided": Text(
        "kommunens ret til at anvise til boligen",
        "the municipality's right to refer to the dwelling",
    ),
}
"""The decisions that another controller may have taken, as the facts about them are called."""
