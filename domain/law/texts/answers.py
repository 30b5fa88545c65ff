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
    "other_municipality": Text(
        "den kommune, som området eller boligen ligger i",
        "the municipality that the area or the dwelling lies in",
    ),
    "municipality_benefits": Text("kommunens ydelseskontor", "the municipality's benefits office"),
    "municipality_referral": Text("kommunens boliganvisning", "the municipality's referral office"),
    "municipality_register": Text(
        "kommunens borgerservice ud fra folkeregistret",
        "the municipality's citizen service, from the civil register",
    ),
    "municipality_social": Text(
        "kommunens socialforvaltning", "the municipality's social services"
    ),
    "municipality_integration": Text(
        "kommunens integrationskontor", "the municipality's integration office"
    ),
    "municipality_renewal": Text(
        "kommunens kontor for byfornyelse", "the municipality's renewal office"
    ),
    "prison_service": Text(
        "kriminalforsorgen eller kommunens socialforvaltning",
        "the prison service or the municipality's social services",
    ),
    "former_landlord": Text("den tidligere udlejer", "the former landlord"),
    "law_review": Text(
        "ingen, før lovens ordlyd er fundet", "nobody, until the act's wording is found"
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
        "Områdets tal og landsgennemsnittet for dømte, uden afrunding og så nye, at de gælder.",
        "The area's figures and the national average of convicted residents, not rounded and "
        "recent enough to apply.",
    ),
    "area_before_merger": Text(
        "Hvilken del af området der er tale om: kun en del af det stod på listen af "
        "{list_day} ({kind}).",
        "Which part of the area it is: only some of it stood on the list of {list_day} ({kind}).",
    ),
    "plan_after_merger": Text(
        "Hvilken del af området udviklingsplanen omfatter: den er kun godkendt for en del af "
        "de områder, der blev lagt sammen.",
        "Which part of the area the development plan covers: it was approved for only some "
        "of the areas that were merged.",
    ),
    "decision_elsewhere": Text(
        "Hvad der er besluttet i kommune {municipality} om {asked_decision}, eller et svar om, at "
        "intet er besluttet.",
        "What is decided in municipality {municipality} about {asked_decision}, or an answer that "
        "nothing is.",
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
        "Hvilken af de modstridende oplysninger om statsborgerskab den {day} der er den rigtige.",
        "Which of the contradictory attestations of citizenship on {day} is right.",
    ),
    "enrolment_attested": Text(
        "Om personen den {day} er indskrevet på en offentligt anerkendt uddannelsesinstitution.",
        "Whether on {day} the person is enrolled at a publicly recognised educational institution.",
    ),
    "enrolment_contradictory": Text(
        "Hvilken af de modstridende oplysninger om indskrivning den {day} der er den rigtige.",
        "Which of the contradictory attestations of enrolment on {day} is right.",
    ),
    "letting_day_stated": Text("Hvilken dag boligen udlejes.", "On which day the dwelling is let."),
    "move_in_day_stated": Text(
        "Hvilken dag husstanden flytter ind.", "On which day the household moves in."
    ),
    "family_dwellings_counted": Text(
        "Hvor mange af kommunens almene familieboliger der ligger i udsatte boligområder og "
        "forebyggelsesområder.",
        "How many of the municipality's social family dwellings lie in vulnerable and prevention "
        "areas.",
    ),
    "other_municipalities_stated": Text(
        "Om der blev søgt efter boliger i andre kommuner ved vurderingen af {decision_day}.",
        "Whether dwellings in other municipalities were tried at the assessment of {decision_day}.",
    ),
    "fallback_prevention_area": Text(
        "Om der efter vurderingen af {decision_day} kan anvises en bolig i et forebyggelsesområde.",
        "Whether, by the assessment of {decision_day}, a dwelling in a prevention area can be "
        "referred.",
    ),
    "releases_attested": Text(
        "At løsladelserne fra den {from} til den {day} er fuldstændigt registreret.",
        "That the releases from {from} to {day} are completely recorded.",
    ),
    "action_plan": Text(
        "Om der efter løsladelsen den {day} skal udarbejdes, eller er, en handleplan.",
        "Whether an action plan is due, or made, after the release on {day}.",
    ),
    "under_18": Text(
        "Hvornår personen, der blev løsladt den {day}, fylder 18 år.",
        "When the person released on {day} turns 18.",
    ),
    "terminations_attested": Text(
        "At ophævelser og opsigelser fra den {from} til den {day} er fuldstændigt registreret.",
        "That terminations from {from} to {day} are completely recorded.",
    ),
    "notice_given_on": Text(
        "Hvornår lejemålet, der ophører den {day}, blev opsagt eller ophævet.",
        "When the tenancy that ends on {day} was terminated, or notice of it given.",
    ),
    "assessed_anew": Text(
        "En ny vurdering af, om der kan anvises en bolig uden for områderne; den fra "
        "{decision_day} gjaldt de boliger, der var ledige dengang.",
        "A new assessment of whether a dwelling outside the areas can be referred; that of "
        "{decision_day} was about the dwellings vacant then.",
    ),
    "exemption_share_contradictory": Text(
        "Hvad andelen af familieboliger var den {day}; beslutningen og opgørelsen siger hver sit.",
        "What the share of family dwellings was on {day}; decision and count say different things.",
    ),
    "family_dwellings_counted_anew": Text(
        "En opgørelse af familieboligerne efter den seneste liste; undtagelsen er fra {day}.",
        "A count of the family dwellings by the latest list; the exemption is of {day}.",
    ),
    "termination_settled": Text(
        "Hvad den omtvistede ophævelse eller opsigelse pr. {day} ender med.",
        "What comes of the disputed termination as of {day}.",
    ),
    "refugee_attested": Text(
        "Om personen den {day} er en flygtning, der er visiteret til kommunen.",
        "Whether on {day} the person is a refugee allocated to the municipality.",
    ),
    "refugee_contradictory": Text(
        "Hvilken af de modstridende oplysninger om visitering den {day} der er den rigtige.",
        "Which of the contradictory attestations of allocation on {day} is right.",
    ),
    "ukraine_permit_attested": Text(
        "Om personen den {day} har opholdstilladelse efter særloven for Ukraine.",
        "Whether on {day} the person holds a permit under the special act for Ukraine.",
    ),
    "ukraine_permit_contradictory": Text(
        "Hvilken af de modstridende oplysninger om opholdstilladelse den {day} der er den rigtige.",
        "Which of the contradictory attestations of a permit on {day} is right.",
    ),
    "wording_of_integration_act": Text(
        "Hvilke områder integrationslovens § 12, stk. 2, nævnte den {day}.",
        "Which areas section 12(2) of the integration act named on {day}.",
    ),
    "wording_of_stk_3": Text(
        "Om § 59, stk. 3, den {day} undtog boliger som denne.",
        "Whether section 59(3) left out dwellings like this one on {day}.",
    ),
    "replacement_right_attested": Text(
        "Om husstanden den {day} har ret til en erstatningsbolig efter byfornyelsesloven.",
        "Whether on {day} the household has a right to a replacement dwelling under the urban "
        "renewal act.",
    ),
    "replacement_right_contradictory": Text(
        "Hvilken af de modstridende oplysninger om erstatningsbolig den {day} der er den rigtige.",
        "Which of the contradictory attestations of a replacement dwelling on {day} is right.",
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
    "release_six_months_ago": Text(
        "Grunden falder bort den {day}, når løsladelsen ligger mere end seks måneder tilbage.",
        "The ground falls away on {day}, when the release is more than six months ago.",
    ),
    "termination_six_months_ago": Text(
        "Grunden falder bort den {day}, når lejemålets ophør ligger mere end seks måneder tilbage.",
        "The ground falls away on {day}, when the end of the tenancy is more than six months ago.",
    ),
    "refugee_not_allocated": Text(
        "Grunden falder bort, hvis personen den {day} ikke er visiteret til kommunen som "
        "flygtning.",
        "The ground falls away if on {day} the person is not allocated to the municipality as a "
        "refugee.",
    ),
    "ukraine_decided": Text(
        "For den, der har opholdstilladelse efter særloven for Ukraine, kan kommunen fravige "
        "integrationslovens forbud, hvis den vurderer, at der ikke kan anvises en bolig uden "
        "for udsatte boligområder.",
        "For the holder of a permit under the special act for Ukraine the municipality may "
        "set the integration act's ban aside, if it finds that no dwelling outside "
        "vulnerable areas can be referred.",
    ),
    "whole_area_decided": Text(
        "Kommunen kan anvise på dette grundlag, når den har besluttet det for området (stk. 4).",
        "The municipality can refer on this basis once it has decided so for the area (4).",
    ),
    "rejection_decided": Text(
        "Kommunen kan anvise på dette grundlag, når den har besluttet kombineret udlejning "
        "(§ 51 b).",
        "The municipality can refer on this basis once it has decided on combined letting "
        "(section 51 b).",
    ),
    "increase_approved": Text(
        "Kommunen kan anvise på dette grundlag, når ministeren har godkendt et højere antal.",
        "The municipality can refer on this basis once the minister has approved a higher number.",
    ),
    "renewal_decided": Text(
        "Kommunen kan anvise på dette grundlag, når den har besluttet det efter byfornyelsesloven.",
        "The municipality can refer on this basis once it has so decided under the urban renewal "
        "act.",
    ),
    "own_flats_put_at_disposal": Text(
        "Kommunen kan anvise på dette grundlag, når den stiller halvdelen af sine egne ledige "
        "lejligheder til rådighed.",
        "The municipality can refer on this basis once it puts half of its own vacant flats at "
        "disposal.",
    ),
    "private_agreement_made": Text(
        "Kommunen kan anvise på dette grundlag, når den har en aftale om ejendommen.",
        "The municipality can refer on this basis once it has an agreement about the property.",
    ),
    "private_tenth_decided": Text(
        "Kommunen kan anvise på dette grundlag, når den har besluttet det for ejendommen.",
        "The municipality can refer on this basis once it has so decided for the property.",
    ),
    "other_basis": Text(
        "Boligen kan kun anvises på et andet grundlag end det, der er spurgt om.",
        "The dwelling can be referred only on another basis than the one asked about.",
    ),
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
        "Grunden falder bort, hvis personen den {day} er indskrevet på en offentligt "
        "anerkendt uddannelsesinstitution.",
        "The ground falls away if on {day} the person is enrolled at a publicly recognised "
        "educational institution.",
    ),
    "fallback_decided": Text(
        "Forbuddet gælder ikke, hvis kommunen vurderer, at der ikke kan anvises en bolig uden for "
        "områderne.",
        "The ban does not apply if the municipality finds that no dwelling outside the areas can "
        "be referred.",
    ),
    "exemption_decided": Text(
        "Forbuddet gælder ikke, hvis andelen er over 30 procent, og kommunen undtager området.",
        "The ban does not apply if the share is over 30 per cent and the municipality exempts the "
        "area.",
    ),
}

FALLBACK_CHANGES = {
    ("vacancies", "others"): Text(
        "Forbuddet gælder ikke, hvis kommunen på ny vurderer, at der ikke kan anvises en bolig "
        "uden for områderne.",
        "The ban does not apply if the municipality finds anew that no dwelling outside the areas "
        "can be referred.",
    ),
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
        "Kommunen skal anvise en ledig bolig i områderne til en husstand, der er omfattet af "
        "forbuddet, fordi den har vurderet, at der ikke kan anvises en bolig uden for dem.",
        "The municipality must refer a vacant dwelling inside the areas to a household that is "
        "under the ban, since it has found that no dwelling outside them can be referred.",
    ),
}

WARNINGS = {
    "DAY_AHEAD": Text(
        "Der er spurgt om en dag, der ikke er kommet endnu. Svaret bygger på det, der er "
        "kendt nu; spørg igen på dagen.",
        "The day asked about has not come yet. The answer rests on what is known now; ask "
        "again on the day.",
    ),
    "ORIGIN_CRITERION_JUDGMENT": Text(
        "Svaret hviler på kriteriet om ikkevestlig oprindelse, som EU-Domstolens dom af 18. "
        "december 2025 i sag C-417/23 handler om. Loven anvendes uændret; den danske domstol har "
        "ikke afgjort sagen.",
        "The answer rests on the criterion of non-western origin, which the EU Court's judgment of "
        "18 December 2025 in case C-417/23 is about. The act is applied unchanged; the Danish "
        "court has not ruled.",
    ),
    "AREA_OUTSIDE_LISTS": Text(
        "Området har for få beboere til listerne (almenboligloven § 61 a, stk. 3: mindst 1.000). "
        "Tal og kriterier vises, fordi aftalen af maj 2018 ville have udviklingen i mindre "
        "områder fulgt; ingen lov knytter noget til dem.",
        "The area has too few residents for the lists (almenboligloven § 61 a, stk. 3: at least "
        "1,000). Figures and criteria are shown because the agreement of May 2018 wanted smaller "
        "areas followed; no act attaches anything to them.",
    ),
    "FIGURES_DIFFER": Text(
        "Et offentliggjort tal er et andet end det, der kan regnes ud af, hvad der er talt. Det "
        "offentliggjorte afgør: listen offentliggøres af ministeren på ministeriets egne tal "
        "(almenboligloven § 61 a, stk. 5), og det, der er talt her, kan være fra en anden dag "
        "eller et andet register.",
        "A published figure is another than what can be worked out of what was counted. The "
        "published one decides: the list is published by the minister on the ministry's own "
        "figures (almenboligloven § 61 a, stk. 5), and what was counted here may be of another day "
        "or register.",
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
    "BASIS_NOT_RECORDED": Text(
        "Der er ikke registreret en beslutning eller aftale efter § 59, stk. 1-3, så anvisningen "
        "kan ikke tælles med i dem.",
        "No decision or agreement under section 59(1) to (3) is recorded, so that the referral "
        "cannot be counted under one.",
    ),
}


UNSEEN = {
    "secondary_source": Text(
        "{title}: ordlyden er ikke set i loven eller bekendtgørelsen selv, men kendes fra en anden "
        "kilde.",
        "{title}: the wording was not seen in the act or order itself, and is known from another "
        "source.",
    ),
    "not_verified": Text(
        "{title}: reglen er ikke fundet i nogen lov eller bekendtgørelse.",
        "{title}: the rule was not found in any act or order.",
    ),
    "agreement_only": Text(
        "{title}: det er aftalt politisk, men er ikke lov.",
        "{title}: this was agreed politically and is no law.",
    ),
}
"""Said of a rule whose text was not seen, by how it is known."""


# --- The answer in a sentence or two --------------------------------------------------------

SUMMARY_ORDINARY = Text(
    "Anvisning er tilladt: boligen er ikke omfattet af forbuddene i § 59, stk. 6 og 7.",
    "Referral is permitted: the bans of section 59(6) and (7) do not cover the dwelling.",
)
SUMMARY_LIFTED = {
    "REF-FALLBACK": Text(
        "Anvisning er tilladt: kommunen har vurderet, at der ikke kan anvises en bolig uden "
        "for områderne, og skal anvise en ledig bolig i dem.",
        "Referral is permitted: the municipality has found that no dwelling outside the "
        "areas can be referred, and must refer a vacant one inside them.",
    ),
    "REF-FORE-30PCT": Text(
        "Anvisning er tilladt: forbuddet gælder ikke i dette forebyggelsesområde "
        "(30-procentsundtagelsen).",
        "Referral is permitted: the ban does not apply in this prevention area (the exemption of "
        "30 per cent).",
    ),
    "REF-UKRAINE": Text(
        "Anvisning er tilladt: kommunen kan fravige integrationslovens forbud for personer med "
        "opholdstilladelse efter særloven for Ukraine.",
        "Referral is permitted: the municipality may set the integration act's ban aside for "
        "holders of a permit under the special act for Ukraine.",
    ),
}
SUMMARY_NO_GROUND = Text(
    "Anvisning er tilladt: ingen i husstanden er omfattet af forbuddene.",
    "Referral is permitted: the bans cover nobody in the household.",
)
SUMMARY_PROHIBITED = Text(
    "Anvisning er ikke tilladt. Grund: {grounds}.",
    "Referral is prohibited. Ground: {grounds}.",
)
SUMMARY_ERASED = Text(
    "kan ikke længere oplyses, fordi oplysninger er slettet",
    "can no longer be told, because facts have been erased",
)
SUMMARY_UNMET = Text("{title} (kriterierne er ikke opfyldt)", "{title} (the criteria are not met)")
SUMMARY_UNDETERMINED = Text("Svaret er ikke afgjort.", "The answer is undetermined.")
SUMMARY_MISSING = Text("Der mangler oplysninger.", "Facts are missing.")
SUMMARY_POINTS = Text(
    "Det afhænger af, hvordan loven fortolkes.", "It depends on how the law is read."
)
SUMMARY_OTHER_ACT = Text(
    "Anvisning er tilladt: boligen stilles til rådighed efter en anden lov, og forbuddene i § 59 "
    "gælder ikke.",
    "Referral is permitted: the dwelling is put at disposal under another act, and the bans of "
    "section 59 do not apply.",
)
SUMMARY_BARRED = Text(
    "Anvisning er ikke tilladt på dette grundlag: {grounds}.",
    "Referral is not permitted on this basis: {grounds}.",
)

NOT_EXAMINED_ELSEWHERE = Text(
    "ikke undersøgt, for det kræver flere oplysninger", "not examined, for it needs more facts"
)
"""Said of the places that nothing was read for."""

VARIATION_READ = Text(
    "{question} Fortolkes det sådan: {reading}", "{question} Read thus: {reading}"
)
VARIATION_OUTCOME = Text("så er svaret: {outcome}.", "the answer is: {outcome}.")
VARIATION_NOT_EXAMINED = Text(
    "så kræver svaret flere oplysninger, som ikke er hentet.",
    "the answer needs more facts, which were not read.",
)
VARIATION_DECIDES = Text(
    "Ingen fortolkning er valgt, og derfor afhænger svaret af den.",
    "No reading is chosen, so the point decides the answer.",
)

AREA_IS = Text("Området er den {day}: {categories}.", "On {day} the area is: {categories}.")
AREA_IS_NOTHING = Text(
    "Området er den {day} ikke på nogen af listerne.", "On {day} the area is on none of the lists."
)
AREA_IS_UNKNOWN = Text(
    "Status er ikke kendt for: {categories}.", "The status is not known for: {categories}."
)
