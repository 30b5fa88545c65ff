"""What an answer says beside its findings: what is missing, what would change it, duties,
warnings, and the answer in a sentence or two."""

from __future__ import annotations

from domain.law.texts.kinds import Text

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
    "area_before_merger": Text(
        "Hvilken del af området der er tale om: kun noget af det stod på listen af {list_day} "
        "({kind}).",
        "Which part of the area it is: only some of it stood on the list of {list_day} ({kind}).",
    ),
    "run_through_change": Text(
        "Om lister fra før området blev ændret tæller med for det; det stod da som {parts}.",
        "Whether lists from before the area was changed count for it; it was then {parts}.",
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
    "ORIGIN_CRITERION_JUDGMENT": Text(
        "Svaret hviler på kriteriet om ikkevestlig oprindelse, som EU-Domstolens dom af 18. "
        "december 2025 i sag C-417/23 handler om. Loven anvendes uændret; den danske domstol har "
        "ikke afgjort sagen.",
        "The answer rests on the criterion of non-western origin, which the EU Court's judgment of "
        "18 December 2025 in case C-417/23 is about. The act is applied unchanged; the Danish "
        "court has not ruled.",
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
