"""What the rules about letting, exchange and sublet are called, what they say, and their texts."""

from __future__ import annotations

from domain.law.ending.texts import CHECKLIST
from domain.law.kernel import Status
from domain.law.texts.kinds import RuleText, Sentence, Text, one

Findings = dict[Status, tuple[Sentence, ...]]

_NONE: Findings = {}

_HERE_MET = (
    one(
        "Boligafdelingen ligger i et område på listen af {list_day} ({kind}).",
        "The department lies in an area on the list of {list_day} ({kind}).",
    ),
    one(
        "Området var et omdannelsesområde og er stadig omfattet af en udviklingsplan.",
        "The area was a transformation area and is still covered by a development plan.",
    ),
)
_COUPLE = {
    Status.MET: (
        one(
            "Den boligsøgende modtager efter kommunens oplysning en af ydelserne den {day}.",
            "By the municipality's word the applicant receives one of the benefits on {day}.",
        ),
        one(
            "Den boligsøgende skal afvises; der er ingen ægtefælle eller samlever, der "
            "sidestilles med en ægtefælle.",
            "The applicant must be rejected; there is no spouse or partner taken as one.",
            who="single",
        ),
        one(
            "Den boligsøgende skal afvises; det samme gælder ægtefællen eller samleveren.",
            "The applicant must be rejected; so must the spouse or partner.",
            who="couple",
        ),
        one(
            "Kommunen har besluttet kombineret udlejning for området den {decided_on}.",
            "The municipality decided on combined letting for the area on {decided_on}.",
        ),
        *_HERE_MET,
    ),
    Status.NOT_MET: (
        one(
            "Kommunen har dispenseret, så den boligsøgende skal ikke afvises.",
            "The municipality has dispensed, so the applicant is not to be rejected.",
            lifted_by="LET-OMD-51C-DISP",
        ),
        one(
            "Boligen kan ikke udlejes til andre på ventelisten, så afvisningen gælder ikke.",
            "The dwelling cannot be let to others on the list, so the rejection does not apply.",
            lifted_by="LET-KOMB-51B-EMPTY",
        ),
        one(
            "Den boligsøgende har allerede en bolig i afdelingen.",
            "The applicant already has a dwelling in the department.",
            lives_in_department="yes",
        ),
        one(
            "Kommunen har ikke meddelt nogen beslutning om kombineret udlejning for området.",
            "The municipality has told of no decision on combined letting for the area.",
            decision="none",
        ),
        one(
            "Kommunens beslutning af {decided_on} omfatter ikke den udvidede personkreds.",
            "The municipality's decision of {decided_on} does not cover the extended list.",
            decision="not_extended",
        ),
        one(
            "Kommunens beslutning af {decided_on} gælder et område, der har forladt listen.",
            "The municipality's decision of {decided_on} is about an area that has left the list.",
            decision="off_the_list",
        ),
        one(
            "Den boligsøgende skal ikke afvises.",
            "The applicant is not to be rejected.",
            who="single",
        ),
        one(
            "Den boligsøgende og ægtefællen eller samleveren skal ikke afvises.",
            "The applicant and the spouse or partner are not to be rejected.",
            who="couple",
        ),
        one(
            "Ydelsen modtages efter kommunens oplysning ikke den {day}.",
            "By the municipality's word the benefit is not received on {day}.",
        ),
        one("Reglen gælder ikke her.", "The rule does not apply here."),
    ),
    Status.UNKNOWN: (
        one(
            "Kommunen har ikke givet et klart svar for den {day}.",
            "The municipality has given no clear answer for {day}.",
        ),
        one(
            "Det vides ikke, om den boligsøgende skal afvises efter reglen.",
            "It is not known whether the applicant must be rejected under the rule.",
        ),
    ),
}
_PERSON = {
    Status.MET: (
        one(
            "Ydelsen er modtaget i {months_required} sammenhængende kalendermåneder, fra "
            "{run_from} til {run_to}, og der modtages en af ydelserne på dagen.",
            "The benefit was received for {months_required} calendar months in a row, from "
            "{run_from} to {run_to}, and a benefit is received on the day.",
        ),
        one(
            "Der modtages den {day}: {benefits}.",
            "Received on {day}: {benefits}.",
        ),
    ),
    Status.NOT_MET: (
        one(
            "Ydelserne er ikke modtaget i {months_required} sammenhængende kalendermåneder.",
            "The benefits were not received for {months_required} calendar months in a row.",
        ),
        one(
            "Der modtages ingen af ydelserne den {day}.",
            "None of the benefits is received on {day}.",
        ),
        one("Reglen gjaldt ikke på dagen.", "The rule did not apply on the day."),
    ),
    Status.UNKNOWN: (
        one(
            "Det vides ikke, om betingelsen er opfyldt.",
            "It is not known whether the condition is met.",
        ),
    ),
}
_CRITERIA = {
    Status.MET: (
        one(
            "En navngiven person har fundet, at husstanden lukkes ind efter {let_in_by}.",
            "A named person found that the household is let in by {let_in_by}.",
        ),
        one(
            "Kriterierne opfyldes ved {met_by} (prioritet {rank}).",
            "The criteria are met by {met_by} (rank {rank}).",
        ),
        one(
            "Opfylder kriterierne, for så vidt angår {met_by}.",
            "Meets the criteria as to {met_by}.",
        ),
        one(
            "Kriterierne stilles ikke til nogen i husstanden; det giver ingen prioritet.",
            "The criteria are asked of nobody in the household; that carries no rank.",
            exempt="yes",
        ),
        one(
            "Kriterierne {criteria_set} gælder for udlejningen; de skal være taget op til "
            "revision senest den {revision_due}.",
            "The criteria {criteria_set} bind the letting; they are due for revision by "
            "{revision_due}.",
        ),
        one("Kriterierne er opfyldt.", "The criteria are met."),
    ),
    Status.NOT_MET: (
        one(
            "Der er ikke fastsat kriterier.",
            "No criteria are set.",
            criteria="none",
        ),
        one(
            "Kriterierne er ikke offentliggjort og gælder derfor ikke endnu.",
            "The criteria are not announced and so do not apply yet.",
            criteria="not_announced",
        ),
        one(
            "Kriterierne er aftalt af andre, og kommunens beslutning om, at alle skal bruge dem, "
            "bortfaldt den {lapsed_on} (§ 60 b, stk. 2).",
            "The criteria were agreed by others, and the municipality's decision that all are to "
            "use them lapsed on {lapsed_on} (section 60 b(2)).",
            criteria="not_extended",
        ),
        one(
            "Kriterierne er aftalt af andre, og kommunen har ikke besluttet, at de skal bruges af "
            "alle (§ 60 b).",
            "The criteria were agreed by others, and the municipality has not decided that all are "
            "to use them (section 60 b).",
            criteria="not_extended",
        ),
        one(
            "Kriterierne bortfaldt den {lapsed_on}, da området hverken var udsat boligområde "
            "eller forebyggelsesområde.",
            "The criteria lapsed on {lapsed_on}, when the area was neither vulnerable nor a "
            "prevention area.",
            criteria="lapsed",
        ),
        one(
            "Kriterierne bruges kun til {share} ud af hver {share_of_every} boliger, og denne "
            "udlejes på anden måde.",
            "The criteria are used for {share} of every {share_of_every} dwellings only, and this "
            "one is let in another way.",
            criteria="other_dwellings",
        ),
        one(
            "En navngiven person har fundet, at husstanden ikke opfylder {clause_failed}.",
            "A named person found that the household does not meet {clause_failed}.",
        ),
        one(
            "Kriterierne er ikke opfyldt. Der kræves {asked_for}.",
            "The criteria are not met. Asked for: {asked_for}.",
        ),
        one(
            "Området er ikke på listen af {list_day} ({kind}).",
            "The area is not on the list of {list_day} ({kind}).",
        ),
        one("Kriterierne er ikke opfyldt.", "The criteria are not met."),
    ),
    Status.NOT_APPLICABLE: (
        one(
            "Kriterierne stilles ikke til personen.",
            "The criteria are not asked of the person.",
        ),
    ),
    Status.UNKNOWN: (
        one(
            "Aftalen siger mere, end kriterierne kan udtrykke her; en person skal se på det.",
            "The agreement says more than the criteria can say here; a person has to look at it.",
            asks_more="yes",
        ),
        one(
            "Det vides ikke, om kriterierne er opfyldt.",
            "It is not known whether the criteria are met.",
        ),
    ),
}
_FOUND_OR_NOT = {
    Status.MET: (
        one(
            "Et medlem af husstanden er omfattet.",
            "A member of the household is covered.",
        ),
    ),
    Status.NOT_MET: (
        one("Ingen i husstanden er omfattet.", "Nobody in the household is covered."),
    ),
}
_PERSONS = (
    one(
        "Der vil bo {persons} personer i {rooms} beboelsesrum, og grænsen er {most} pr. "
        "beboelsesrum.",
        "{persons} persons would live in {rooms} habitable rooms, and the limit is {most} a room.",
    ),
)
_DEBT_BARS = ("insignificant", "time_barred", "instalments_kept", "relief_kept")
_GROUNDS = {
    Status.MET: (
        *_PERSONS,
        one(
            "Den fraflyttende lejer har ikke boet i boligen i tre år, men har det den "
            "{three_years_on}.",
            "The tenant who moves out has not lived there for three years, but will have on "
            "{three_years_on}.",
            ground="residence",
        ),
        one(
            "Den, der byttes med, er ikke lejer af en anden bolig.",
            "The other party is not the tenant of another dwelling.",
            ground="not_a_tenant",
        ),
        one(
            "Den, der flytter ind, opfylder ikke betingelserne for en bolig af den slags.",
            "Whoever moves in does not meet the conditions of a dwelling of that kind.",
            ground="kind_of_dwelling",
        ),
        one(
            "Der fremlejes {rooms_sublet} af {rooms} beboelsesrum, mere end halvdelen.",
            "{rooms_sublet} of {rooms} rooms are sublet, more than half.",
            ground="rooms_sublet",
        ),
        one(
            "Fremlejen er for mere end to år, eller lejerens fravær er ikke midlertidigt af "
            "en grund, som loven nævner.",
            "The sublet is for more than two years, or the absence is not of the kind that the "
            "act names.",
            ground="not_for_a_time",
        ),
        one(
            "Udlejeren er underrettet for sent, og aftalen kan tidligst indgås den "
            "{earliest_agreement}.",
            "The landlord was told too late, and the agreement may be made on {earliest_agreement} "
            "at the earliest.",
            ground="told_too_late",
        ),
        one(
            "Den aftalte leje overstiger den leje, lejeren selv betaler.",
            "The rent that was agreed exceeds what the tenant pays.",
            ground="rent",
        ),
        one(
            "Kopien af fremlejeaftalen er først sendt den {sent_on}; fremlejen begynder den "
            "{starts_on}.",
            "The copy of the agreement was sent only on {sent_on}; the sublet starts on "
            "{starts_on}.",
            ground="no_copy",
        ),
        one(
            "Dokumentationen er først sendt den {sent_on}; fremlejen begynder den {starts_on}.",
            "The proof was sent only on {sent_on}; the sublet starts on {starts_on}.",
            ground="proof_too_late",
        ),
        one(
            "Udlejeren har den {decision_day} vurderet, at der er rimelig grund til at "
            "modsætte sig det.",
            "On {decision_day} the landlord found reasonable ground to oppose.",
        ),
        one(
            "Den, der flytter ind, opfylder ikke kriterierne.",
            "Whoever moves in does not meet the criteria.",
            fails="criteria",
        ),
        one(
            "Den, der flytter ind, skal afvises efter § 51 c.",
            "Whoever moves in must be rejected under section 51 c.",
            fails="section_51c",
        ),
        *_HERE_MET,
    ),
    Status.NOT_MET: (
        one(
            "Udlejeren har ikke modsat sig fremlejen senest den {oppose_by} og kan ikke "
            "længere gøre det efter § 65, stk. 2 og 4.",
            "The landlord has not opposed the sublet by {oppose_by} and can no longer do so "
            "under section 65(2) and (4).",
            right="lapsed",
        ),
        *_PERSONS,
        one(
            "Udlejeren har ikke vurderet, at der er rimelig grund til at modsætte sig det.",
            "The landlord has found no reasonable ground to oppose.",
            assessment="none",
        ),
        one(
            "Den fraflyttende lejer havde boet i boligen i tre år den {three_years_on}.",
            "On {three_years_on} the tenant who moves out had lived there for three years.",
            ground="residence",
        ),
        one(
            "Den, der byttes med, er lejer af en anden bolig.",
            "The other party is the tenant of another dwelling.",
            ground="not_a_tenant",
        ),
        one(
            "Boligens art er ikke til hinder for det.",
            "The kind of dwelling does not stand in the way.",
            ground="kind_of_dwelling",
        ),
        one(
            "Der fremlejes {rooms_sublet} af {rooms} beboelsesrum, højst halvdelen.",
            "{rooms_sublet} of {rooms} rooms are sublet, at most half.",
            ground="rooms_sublet",
        ),
        one(
            "Fremlejen er for højst to år, og lejerens fravær er midlertidigt af en grund, "
            "som loven nævner.",
            "The sublet is for at most two years, and the absence of the kind that the act names.",
            ground="not_for_a_time",
        ),
        one(
            "Udlejeren er underrettet i tide; aftalen kan tidligst indgås den "
            "{earliest_agreement}.",
            "The landlord was told in time; the agreement may be made on {earliest_agreement} at "
            "the earliest.",
            ground="told_too_late",
        ),
        one(
            "Den aftalte leje overstiger ikke den leje, lejeren selv betaler.",
            "The rent that was agreed does not exceed what the tenant pays.",
            ground="rent",
        ),
        one(
            "Kopien af fremlejeaftalen er sendt den {sent_on}, før fremlejen begynder den "
            "{starts_on}.",
            "The copy of the agreement was sent on {sent_on}, before the sublet starts on "
            "{starts_on}.",
            ground="no_copy",
        ),
        one(
            "Dokumentationen er sendt den {sent_on}, før fremlejen begynder den {starts_on}.",
            "The proof was sent on {sent_on}, before the sublet starts on {starts_on}.",
            ground="proof_too_late",
        ),
        one(
            "Den, der flytter ind, opfylder det, som en ny lejer skal opfylde.",
            "Whoever moves in meets what a new tenant must meet.",
            fails="nothing",
        ),
        one("Der er ikke grund til at modsætte sig det.", "There is no ground to oppose."),
    ),
    Status.UNKNOWN: (
        one(
            "Det vides ikke, siden hvornår den fraflyttende lejer har boet i boligen.",
            "It is not known since when the tenant who moves out has lived there.",
            ground="residence",
        ),
        one(
            "Det vides ikke, om den, der byttes med, er lejer af en anden bolig.",
            "It is not known whether the other party is the tenant of another dwelling.",
            ground="not_a_tenant",
        ),
        one(
            "Det vides ikke, om den, der flytter ind, opfylder betingelserne for en bolig af den "
            "slags.",
            "It is not known whether whoever moves in meets the conditions of a dwelling of that "
            "kind.",
            ground="kind_of_dwelling",
        ),
        one(
            "Det vides ikke, hvor mange af beboelsesrummene der fremlejes.",
            "It is not known how many of the rooms are sublet.",
            ground="rooms_sublet",
        ),
        one(
            "Det vides ikke, hvor længe der fremlejes, eller hvorfor lejeren er væk.",
            "It is not known how long the sublet lasts, or why the tenant is away.",
            ground="not_for_a_time",
        ),
        one(
            "Det vides ikke, om udlejeren er underrettet i tide.",
            "It is not known whether the landlord was told in time.",
            ground="told_too_late",
        ),
        one(
            "Det vides ikke, om den aftalte leje overstiger den leje, lejeren selv betaler.",
            "It is not known whether the rent that was agreed exceeds what the tenant pays.",
            ground="rent",
        ),
        one(
            "Det vides ikke, om kopien af fremlejeaftalen er sendt, før fremlejen begynder.",
            "It is not known whether the copy of the agreement was sent before the sublet starts.",
            ground="no_copy",
        ),
        one(
            "Det vides ikke, om dokumentationen er sendt, før fremlejen begynder.",
            "It is not known whether the proof was sent before the sublet starts.",
            ground="proof_too_late",
        ),
        one(
            "Det vides ikke, om udlejeren har vurderet, at der er rimelig grund til at "
            "modsætte sig det.",
            "It is not known whether the landlord found reasonable ground to oppose.",
            ground="reasonable_ground",
        ),
        one(
            "Det vides ikke, hvor mange personer der vil bo i de {rooms} beboelsesrum; "
            "grænsen er {most} pr. beboelsesrum.",
            "It is not known how many persons would live in the {rooms} habitable rooms; the limit "
            "is {most} a room.",
        ),
        one(
            "Det vides ikke, hvor mange beboelsesrum der er til dem, der vil bo der; grænsen "
            "er {most} pr. beboelsesrum.",
            "It is not known how many habitable rooms there are for those who would live there; "
            "the limit is {most} a room.",
        ),
        one(
            "Det vides ikke, om der er grund til at modsætte sig det.",
            "It is not known whether there is a ground to oppose.",
        ),
    ),
}

RULES: dict[str, RuleText] = {
    "LET-OMD-51C": RuleText(
        Text("Afvisning i omdannelsesområde", "Rejection in a transformation area"),
        Text(
            "En boligsøgende på ventelisten skal afvises, når den boligsøgende og ægtefællen "
            "modtager kontanthjælp m.v.",
            "An applicant on the waiting list must be rejected when the applicant and the spouse "
            "receive cash benefit.",
        ),
        _COUPLE,
    ),
    "LET-OMD-51C-PERSON": RuleText(
        Text("Ydelse på dagen (§ 51 c)", "Benefit on the day (section 51 c)"),
        Text(
            "Om en person modtager en af de nævnte ydelser på dagen.",
            "Whether a person receives one of the named benefits on the day.",
        ),
        _PERSON,
    ),
    "LET-OMD-51C-DISP": RuleText(
        Text("Dispensation fra afvisning", "Dispensation from rejection"),
        Text(
            "Kommunen kan dispensere i helt særlige tilfælde.",
            "The municipality may dispense in wholly special cases.",
        ),
        {
            Status.MET: (
                one(
                    "Kommunen har dispenseret den {decision_day}.",
                    "The municipality dispensed on {decision_day}.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Dispensationen af {decision_day} gælder ikke længere.",
                    "The dispensation of {decision_day} no longer holds.",
                    decision="ended",
                ),
                one(
                    "Kommunen har ikke meddelt nogen dispensation.",
                    "The municipality has told of no dispensation.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, hvilket område dispensationen af {decision_day} gælder.",
                    "It is not known which area the dispensation of {decision_day} is about.",
                ),
            ),
        },
    ),
    "LET-KOMB-51B-BASE": RuleText(
        Text("Kombineret udlejning", "Combined letting"),
        Text(
            "Hvor kommunen har besluttet det, afvises boligsøgende efter seks måneder på "
            "kontanthjælp m.v.",
            "Where the municipality has decided so, applicants are rejected after six months on "
            "cash benefit.",
        ),
        _COUPLE,
    ),
    "LET-KOMB-51B-BASE-PERSON": RuleText(
        Text("Seks måneder på ydelser (§ 51 b)", "Six months on benefits (section 51 b)"),
        Text(
            "Om en person har modtaget ydelserne i seks måneder og modtager en af dem på dagen.",
            "Whether a person has received the benefits for six months and receives one on the "
            "day.",
        ),
        _PERSON,
    ),
    "LET-KOMB-51B-EXT": RuleText(
        Text("Kombineret udlejning, udvidet", "Combined letting, extended"),
        Text(
            "Kommunen kan udvide afvisningen til førtidspension, arbejdsløshedsdagpenge, "
            "sygedagpenge m.v.",
            "The municipality may extend the rejection to disability pension, unemployment and "
            "sickness benefit.",
        ),
        _COUPLE,
    ),
    "LET-KOMB-51B-EXT-PERSON": RuleText(
        Text("Den udvidede personkreds (§ 51 b)", "The extended list (section 51 b)"),
        Text(
            "Om en person modtager førtidspension eller har modtaget de udvidede ydelser i seks "
            "måneder.",
            "Whether a person receives disability pension or has received the extended benefits "
            "for six months.",
        ),
        _PERSON,
    ),
    "LET-KOMB-51B-EMPTY": RuleText(
        Text("Boligen kan ikke udlejes til andre", "The dwelling cannot be let to others"),
        Text(
            "Kan boligen ikke udlejes til andre på ventelisten, udlejes den til "
            "boligsøgende, der ellers skulle afvises.",
            "If the dwelling cannot be let to others on the list, it is let to applicants "
            "who would else be rejected.",
        ),
        {
            Status.MET: (
                one(
                    "Boligen kan ikke udlejes til andre på ventelisten.",
                    "The dwelling cannot be let to others on the list.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Det er aftalt, at boligen kan stå tom til den {left_empty_until}.",
                    "It is agreed that the dwelling may be left empty until {left_empty_until}.",
                ),
                one(
                    "Boligen kan udlejes til andre på ventelisten.",
                    "The dwelling can be let to others on the list.",
                ),
            ),
        },
    ),
    "LET-KOMB-51B-OFFER": RuleText(
        Text(
            "Anden passende bolig til den, der afvises", "Another dwelling for whoever is rejected"
        ),
        Text(
            "Kommunen skal anvise en anden passende bolig til den, der stod på ventelisten "
            "ved beslutningen.",
            "The municipality must refer another suitable dwelling to whoever was on the list at "
            "the decision.",
        ),
        {
            Status.MET: (
                one(
                    "Den boligsøgende stod på ventelisten den {decided_on}; en anden "
                    "passende bolig skal så vidt muligt anvises senest den {offer_by}.",
                    "The applicant was on the list on {decided_on}; another dwelling is as far as "
                    "possible to be referred by {offer_by}.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Den boligsøgende blev først optaget på ventelisten efter beslutningen "
                    "den {decided_on}.",
                    "The applicant was listed only after the decision of {decided_on}.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, om den boligsøgende stod på ventelisten den {decided_on}.",
                    "It is not known whether the applicant was on the list on {decided_on}.",
                ),
            ),
        },
    ),
    "LET-FLEX-OBL": RuleText(
        Text("Fleksibel udlejning i udsat boligområde", "Flexible letting in a vulnerable area"),
        Text(
            "Ledige boliger anvises efter kriterier, som kommunen fastsætter og offentliggør.",
            "Vacant dwellings are let by criteria that the municipality sets and announces.",
        ),
        _CRITERIA,
    ),
    "LET-FLEX-OBL-FORE": RuleText(
        Text("Fleksibel udlejning i forebyggelsesområde", "Flexible letting in a prevention area"),
        Text(
            "Ledige boliger anvises efter kriterier, som kommunen fastsætter og offentliggør.",
            "Vacant dwellings are let by criteria that the municipality sets and announces.",
        ),
        _CRITERIA,
    ),
    "LET-FLEX-2011": RuleText(
        Text(
            "Fleksibel udlejning efter beslutning, 2011-2018",
            "Flexible letting by decision, 2011-2018",
        ),
        Text(
            "Kommunen kunne beslutte kriterier for ledige boliger i et ghettoområde.",
            "The municipality could decide on criteria for vacant dwellings in a ghetto area.",
        ),
        _CRITERIA,
    ),
    "LET-FLEX-VOL": RuleText(
        Text("Aftalt fleksibel udlejning", "Agreed flexible letting"),
        Text(
            "Kommune og boligorganisation kan aftale kriterier for ledige boliger i en afdeling.",
            "Municipality and housing organisation may agree on criteria for vacant dwellings in "
            "a department.",
        ),
        _CRITERIA,
    ),
    "LET-ADVERTISED": RuleText(
        Text("Udlejning via annoncering", "Letting by public advertising"),
        Text(
            "Kommune og boligorganisation kan aftale, at indtil 50 procent af de ledige boliger i "
            "en problemramt afdeling udlejes via annoncering.",
            "Municipality and housing organisation may agree that up to 50 per cent of the vacant "
            "dwellings in a problem-stricken department are let by public advertising.",
        ),
        {
            Status.MET: (
                one(
                    "Det er aftalt, og der er konstateret væsentlige problemer i afdelingen.",
                    "It is agreed, and substantial problems were found in the department.",
                    problems="found",
                ),
                one(
                    "Det er aftalt, og afdelingen ligger i et område til kombineret udlejning.",
                    "It is agreed, and the department lies in an area for combined letting.",
                    problems="combined_letting",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Kun familieboliger udlejes via annoncering.",
                    "Family dwellings alone are let by public advertising.",
                    advertised="not_family",
                ),
                one(
                    "Det er ikke aftalt, at boliger i afdelingen udlejes via annoncering.",
                    "It is not agreed that dwellings in the department are let by public "
                    "advertising.",
                    advertised="not_agreed",
                ),
                one(
                    "Afdelingen er ikke problemramt.",
                    "The department is not problem-stricken.",
                    advertised="not_stricken",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, om afdelingen er problemramt.",
                    "It is not known whether the department is problem-stricken.",
                ),
            ),
        },
    ),
    "LET-ADVERTISED-CRITERIA": RuleText(
        Text("Kriterier ved annoncering", "Criteria of public advertising"),
        Text(
            "Kriterier, der er aftalt for annoncering, offentliggøres senest samtidig med "
            "annonceringen.",
            "Criteria agreed for public advertising are published no later than the advertisement.",
        ),
        {
            **_CRITERIA,
            Status.NOT_MET: (
                one(
                    "Kriterierne er offentliggjort den {announced_on}, efter annonceringen den "
                    "{advertised_on}, og gælder ikke for den.",
                    "The criteria were published on {announced_on}, after the advertisement of "
                    "{advertised_on}, and do not bind it.",
                    criteria="published_late",
                ),
                *_CRITERIA[Status.NOT_MET],
            ),
        },
    ),
    "LET-FLEX-MEETS": RuleText(
        Text("Om en person opfylder kriterierne", "Whether a person meets the criteria"),
        Text(
            "Kriterierne opfyldes ved det, der er forevist.",
            "The criteria are met by what was shown.",
        ),
        _CRITERIA,
    ),
    "LET-FLEX-EXTENDED": RuleText(
        Text("Aftalen udstrakt til alle", "The agreement extended to all"),
        Text(
            "Hvor en samlet aftale omfatter mere end halvdelen af kommunens almene familieboliger, "
            "kan kommunen beslutte, at alle boligorganisationer skal bruge det aftalte.",
            "Where a joint agreement covers more than half of the municipality's social family "
            "dwellings, it may decide that every housing organisation is to use what was agreed.",
        ),
        {
            Status.MET: (
                one(
                    "Beslutningen gælder; den skal tages op til revision senest den "
                    "{revision_due}.",
                    "The decision holds; it is due for revision by {revision_due}.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Beslutningen bortfaldt den {lapsed_on}.",
                    "The decision lapsed on {lapsed_on}.",
                    extension="lapsed",
                ),
                one("Det er ikke besluttet.", "It has not been decided."),
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, om kommunen har besluttet det.",
                    "It is not known whether the municipality has decided so.",
                ),
            ),
        },
    ),
    "LET-FLEX-CLAUSE": RuleText(
        Text("En persons vurdering efter aftalen", "A person's finding under the agreement"),
        Text(
            "Det, som kriteriernes form ikke kan sige, ser en navngiven person på.",
            "What the form of the criteria can't say is looked at by a named person.",
        ),
        {
            Status.MET: (
                one(
                    "Fundet opfyldt er bestemmelse {fits}, og ikke opfyldt {fails}.",
                    "Found met are clauses {fits}, and not met {fails}.",
                ),
                one("Fundet opfyldt er bestemmelse {fits}.", "Found met are clauses {fits}."),
                one("Fundet ikke opfyldt er bestemmelse {fails}.", "Found not met: {fails}."),
            ),
            Status.NOT_MET: (one("Ingen har set på det endnu.", "Nobody has looked at it yet."),),
            Status.UNKNOWN: (
                one("Det, der er fundet, er slettet.", "What was found has been erased."),
            ),
        },
    ),
    "LET-OCC-26": RuleText(
        Text("For mange personer pr. beboelsesrum", "Too many persons a habitable room"),
        Text(
            "Boligorganisationen kan afvise, når der vil bo flere end to personer pr. "
            "beboelsesrum.",
            "The organisation may refuse when more than two persons a habitable room would live "
            "there.",
        ),
        {
            Status.MET: (
                *_PERSONS,
                one(
                    "Reglerne om beboermaksimum anvendes ikke her.",
                    "The statutory cap on occupancy is not used here.",
                ),
            ),
            Status.NOT_MET: _PERSONS,
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, hvor mange personer der vil bo i boligen, eller hvor "
                    "mange beboelsesrum den har.",
                    "It is not known how many persons would live in the dwelling, or how "
                    "many habitable rooms it has.",
                ),
            ),
        },
    ),
    "LET-CAP-14": RuleText(
        Text("Beboermaksimum", "The cap on occupancy"),
        Text(
            "Hvor reglerne om beboermaksimum gælder, er det forbudt at udleje et lejemål til flere "
            "end to personer pr. beboelsesrum, medmindre kommunen tillader det.",
            "Where the rules on the cap apply, a tenancy must not be let to more than two persons "
            "a habitable room unless the municipality permits it.",
        ),
        {
            Status.MET: (
                *_PERSONS,
                one(
                    "Reglerne om beboermaksimum gælder her.",
                    "The statutory cap on occupancy applies here.",
                ),
            ),
            Status.NOT_MET: _PERSONS,
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, hvor mange personer eller beboelsesrum der er.",
                    "The number of persons or rooms is not known.",
                ),
            ),
        },
    ),
    "LET-DEBT-27": RuleText(
        Text("Gæld til boligorganisationen", "Debt to the organisation"),
        Text(
            "Boligorganisationen kan afvise ved forfalden gæld til den fra et lejeforhold.",
            "The organisation may refuse on overdue debt from a tenancy.",
        ),
        {
            Status.MET: (
                one(
                    "Der er forfalden gæld, som en afvisning kan bygge på.",
                    "There is overdue debt that a refusal may rest on.",
                ),
            ),
            Status.NOT_MET: (
                one("Der er ingen forfalden gæld.", "There is no overdue debt.", debt="none"),
                *(
                    one(
                        "Der er gæld, men en afvisning kan ikke bygge på den.",
                        "There is debt, but a refusal cannot rest on it.",
                        debt=bar,
                    )
                    for bar in _DEBT_BARS
                ),
                one(
                    "Der er ingen gæld, som en afvisning kan bygge på.",
                    "There is no debt that a refusal may rest on.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, om der er forfalden gæld, som en afvisning kan bygge på.",
                    "It is not known whether there is overdue debt that a refusal may rest on.",
                ),
            ),
        },
    ),
    "LET-PRIOR-28": RuleText(
        Text(
            "Lejemål opsagt eller ophævet hos en anden udlejer",
            "A tenancy ended by another social landlord",
        ),
        Text(
            "Boligorganisationen kan efter en konkret vurdering afvise, når en anden almen udlejer "
            "i samme område har opsagt eller ophævet et lejemål inden for to år.",
            "The organisation may after a concrete assessment refuse when another social landlord "
            "in the same area ended a tenancy within two years.",
        ),
        {
            Status.MET: (
                one(
                    "Et lejemål blev ophævet eller opsagt den {terminated_on}; det tæller, hvis "
                    "boligen overtages senest den {counts_until}.",
                    "A tenancy was ended on {terminated_on}; it counts if the dwelling is taken "
                    "over on {counts_until} at the latest.",
                ),
                one(
                    "Et lejemål blev ophævet eller opsagt den {terminated_on}.",
                    "A tenancy was ended on {terminated_on}.",
                ),
                one(
                    "Et medlem af husstanden er omfattet. En afvisning skal indberettes gennem "
                    "kommunen; indberetningen oplyser alene, at der er afvist på dette grundlag.",
                    "A member of the household is covered. A refusal must be reported by way of "
                    "the municipality; the report says only that there was one on this ground.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Der er ingen underretning om et lejemål, der er ophævet eller opsagt.",
                    "There is no notice of a tenancy that was ended.",
                    termination="none",
                ),
                one(
                    "Lejemålet, der ophørte den {terminated_on}, giver ikke adgang til at afvise.",
                    "The tenancy that ended on {terminated_on} gives no power to refuse.",
                ),
                *_FOUND_OR_NOT[Status.NOT_MET],
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, om et lejemål er ophævet eller opsagt, så en afvisning kan "
                    "bygge på det.",
                    "It is not known whether a tenancy was ended so that a refusal may rest on it.",
                ),
            ),
        },
    ),
    "LET-RECORD-29": RuleText(
        Text("Straffeattest", "Criminal record certificate"),
        Text(
            "I et udsat boligområde kan boligorganisationen forlange straffeattest, før der "
            "indgås lejekontrakt, og afvise ved kriminalitet, der vurderes at have betydning "
            "for trygheden.",
            "In a vulnerable area the organisation may demand a certificate before a contract and "
            "refuse on crime that matters for how safe the area is.",
        ),
        {
            Status.MET: (
                one(
                    "En straffeattest, der er set den {seen_on}, viser kriminalitet, der "
                    "vurderes at have betydning for trygheden.",
                    "A certificate seen on {seen_on} shows what matters for how safe the area is.",
                ),
                one(
                    "De aftalte kriterier {criteria_set} nævner straffeattest, som kan "
                    "forlanges efter en konkret vurdering.",
                    "The agreed criteria {criteria_set} ask for a certificate, which may be "
                    "demanded after a concrete assessment.",
                    basis="agreed",
                ),
                one(
                    "Området er på listen af {list_day} ({kind}), og de offentliggjorte "
                    "kriterier {criteria_set} nævner straffeattest.",
                    "The area is on the list of {list_day} ({kind}), and the published criteria "
                    "{criteria_set} ask for a certificate.",
                ),
                one(
                    "Området er på listen af {list_day} ({kind}), så straffeattest kan forlanges.",
                    "The area is on the list of {list_day} ({kind}), so a certificate may be "
                    "demanded.",
                ),
                *_FOUND_OR_NOT[Status.MET],
            ),
            Status.NOT_MET: (
                one(
                    "Straffeattesten, der er set den {seen_on}, viser ikke kriminalitet af "
                    "betydning for trygheden.",
                    "The certificate seen on {seen_on} shows nothing that matters.",
                ),
                one(
                    "Der kan ikke forlanges straffeattest af den, som kommunen anviser.",
                    "No certificate is demanded of whoever the municipality refers.",
                    channel="referral",
                ),
                one(
                    "Der kan ikke forlanges straffeattest af den, som genhuses.",
                    "No certificate is demanded of whoever is rehoused.",
                    channel="rehousing",
                ),
                one(
                    "Boligen ligger uden for alle områder, så straffeattest kan ikke forlanges.",
                    "The dwelling lies outside every area, so no certificate may be demanded.",
                    place="outside_areas",
                ),
                one(
                    "Området er ikke på listen af {list_day} ({kind}), så straffeattest kan "
                    "ikke forlanges.",
                    "The area is not on the list of {list_day} ({kind}), so no certificate may be "
                    "demanded.",
                ),
                *_FOUND_OR_NOT[Status.NOT_MET],
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, om straffeattest kan forlanges, eller hvad den viser.",
                    "It is not known whether a certificate may be demanded, or what it shows.",
                ),
            ),
        },
    ),
    "LET-OTHER-30": RuleText(
        Text("Ganske særlige tilfælde", "Very special cases"),
        Text(
            "Boligorganisationen kan i ganske særlige tilfælde afvise, når den har rimelig "
            "grund til at modsætte sig udlejningen.",
            "The organisation may refuse in very special cases when it has reasonable ground "
            "to oppose the letting.",
        ),
        {
            Status.MET: (
                one(
                    "Boligorganisationen har den {decision_day} vurderet, at der er rimelig "
                    "grund til at modsætte sig udlejningen.",
                    "On {decision_day} the organisation found reasonable ground to oppose "
                    "the letting.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Boligorganisationen har ikke foretaget en vurdering.",
                    "The organisation has made no assessment.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, hvilken udlejning vurderingen af {decision_day} gælder.",
                    "It is not known which letting the assessment of {decision_day} is about.",
                ),
            ),
        },
    ),
    "LET-APPROVAL-42": RuleText(
        Text("Kommunens godkendelse", "The municipality's approval"),
        Text(
            "Hvor kommunen godkender hver udlejning, kan den afvise inden for fem hverdage "
            "ved åbenbart misforhold mellem husstandsindkomst og boligafgift.",
            "Where the municipality approves each letting, it may within five weekdays "
            "refuse on an obvious mismatch of household income and rent.",
        ),
        {
            Status.MET: (
                one(
                    "Kommunens afslag er afsendt den {sent_on}, inden fristen den {refuse_by}.",
                    "The municipality refused on {sent_on}, before the deadline of {refuse_by}.",
                ),
                one(
                    "Kommunen godkender hver udlejning.",
                    "The municipality approves each letting.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Kommunens afslag er afsendt efter fristen den {refuse_by} og gælder ikke.",
                    "The municipality's refusal came after the deadline of {refuse_by} and does "
                    "not count.",
                    approval="lapsed",
                ),
                one(
                    "Kommunen har godkendt udlejningen.",
                    "The municipality has approved the letting.",
                    approval="given",
                ),
                one(
                    "Kommunen har ikke afsendt et afslag inden fristen den {refuse_by}.",
                    "The municipality has not refused before the deadline of {refuse_by}.",
                    approval="not_refused_in_time",
                ),
                one(
                    "Kommunen godkender ikke hver udlejning her.",
                    "The municipality does not approve each letting here.",
                ),
            ),
            Status.UNKNOWN: (
                one("Kommunen har ikke svaret endnu.", "The municipality has not answered yet."),
            ),
        },
    ),
    "LET-AGREEMENT-CRIME": RuleText(
        Text("Aftalen om kriminelle", "The agreement on criminals"),
        Text(
            "Den politiske aftale af maj 2018 er ikke lov og afgør intet.",
            "The political agreement of May 2018 is no law and decides nothing.",
        ),
        _NONE,
    ),
    "LET-STUDENT-TEMP": RuleText(
        Text("Midlertidig udlejning til studerende", "Temporary letting to students"),
        Text(
            "Aftalen nævner det, men ingen bestemmelse er fundet; det afgør intet.",
            "The agreement names it, but no provision was found; it decides nothing.",
        ),
        _NONE,
    ),
    "LET-WAITLIST": RuleText(
        Text("Venteliste", "Waiting list"),
        Text(
            "Ledige familieboliger udlejes til den, der i længst tid har været optaget på "
            "ventelisten; man kan optages, når man er fyldt 15 år.",
            "Vacant family dwellings go to whoever has been on the list longest; it is open from "
            "the age of 15.",
        ),
        {
            Status.MET: (
                one(
                    "Optagelse på ventelisten er mulig fra den {from_day}.",
                    "Listing is possible from {from_day}.",
                ),
                one("Lejeforholdet fortsættes.", "The tenancy is continued."),
            ),
            Status.NOT_MET: (
                one(
                    "Optagelse på ventelisten er først mulig fra den {from_day}.",
                    "Listing is possible only from {from_day}.",
                ),
            ),
        },
    ),
    "LET-WAITLIST-HALF": RuleText(
        Text("Hver anden ledige bolig", "Every second vacant dwelling"),
        Text(
            "Lejere, der samtidig afgiver en bolig, har fortrinsret til hver anden ledige "
            "familiebolig.",
            "Tenants who give up a dwelling come first to every second vacant family dwelling.",
        ),
        {
            Status.MET: (
                one(
                    "Boligen går til oprykningsventelisten ({internal} mod {ordinary}).",
                    "The dwelling goes to the internal list ({internal} to {ordinary}).",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Boligen går til den almindelige venteliste ({internal} mod {ordinary}).",
                    "The dwelling goes to the ordinary list ({internal} to {ordinary}).",
                ),
            ),
        },
    ),
    "LET-CHILD": RuleText(
        Text("Børnefamilier", "Families with children"),
        Text(
            "Det kan aftales, at husstande med børn har fortrinsret til boliger med tre "
            "eller flere beboelsesrum.",
            "It may be agreed that households with children come first to dwellings with "
            "three or more habitable rooms.",
        ),
        {
            Status.MET: (
                one(
                    "Husstanden har {children} børn, og boligen har {rooms} beboelsesrum.",
                    "The household has {children} children, and the dwelling {rooms} rooms.",
                ),
            ),
            Status.NOT_MET: (
                one("Der er ingen aftale.", "There is no agreement.", agreement="none"),
                one(
                    "Husstanden har {children} børn, og boligen har {rooms} beboelsesrum.",
                    "The household has {children} children, and the dwelling {rooms} rooms.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, hvor mange børn husstanden har, eller hvor mange "
                    "beboelsesrum boligen har.",
                    "It is not known how many children the household has, or how many habitable "
                    "rooms the dwelling has.",
                ),
            ),
        },
    ),
    "EXC-69-GENERAL": RuleText(
        Text("Bytteret", "Right to exchange"),
        Text(
            "Lejeren kan bytte med en anden lejer; udlejeren kan modsætte sig af visse grunde.",
            "The tenant may exchange with another tenant; the landlord may oppose on some grounds.",
        ),
        _GROUNDS,
    ),
    "EXC-69-UDS": RuleText(
        Text("Bytte i udsat boligområde", "Exchange into a vulnerable area"),
        Text(
            "Den, der flytter ind, skal opfylde det, som en ny lejer skal.",
            "Whoever moves in must meet what a new tenant must.",
        ),
        _GROUNDS,
    ),
    "SUB-64-65-GENERAL": RuleText(
        Text("Fremleje", "Sublet"),
        Text(
            "Lejeren kan fremleje højst halvdelen af beboelsesrummene, eller hele boligen i "
            "indtil to år ved midlertidigt fravær.",
            "The tenant may sublet at most half of the habitable rooms, or the whole "
            "dwelling for up to two years while away for a time.",
        ),
        _GROUNDS,
    ),
    "SUB-UDS": RuleText(
        Text("Fremleje i udsat boligområde", "Sublet in a vulnerable area"),
        Text(
            "Den, der flytter ind, skal opfylde det, som en ny lejer skal, og det skal "
            "dokumenteres, før fremlejen begynder.",
            "Whoever moves in must meet what a new tenant must, and it is shown before the sublet.",
        ),
        _GROUNDS,
    ),
    "SALE-27C-LEASE": RuleText(
        Text("Lejemål i strid med kriterierne", "A lease against the criteria"),
        Text(
            "Udlejes et lejemål i strid med kriterierne, skal kommunen pålægge udlejeren at ophæve "
            "lejeaftalen.",
            "If a lease is made against the criteria, the municipality must order the landlord to "
            "terminate it.",
        ),
        CHECKLIST,
    ),
    "SALE-27C": RuleText(
        Text("Kriterier efter salg til private", "Criteria after sale to a private buyer"),
        Text(
            "Kommunens kriterier binder køberens udlejning i ti år fra overtagelsen.",
            "The municipality's criteria bind the buyer's lettings for ten years from takeover.",
        ),
        {
            Status.MET: (
                one(
                    "Kriterierne gælder indtil den {bound_until}.",
                    "The criteria bind until {bound_until}.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Kriterierne gælder ikke; de ti år udløber den {bound_until}.",
                    "The criteria do not bind; the ten years end on {bound_until}.",
                ),
            ),
        },
    ),
}

SUPPLIERS = {
    "municipality_answers": Text(
        "kommunen, når boligorganisationen spørger", "the municipality, when the organisation asks"
    ),
    "housing_organisation": Text("boligorganisationen selv", "the housing organisation itself"),
    "applicant": Text("den boligsøgende", "the applicant"),
}

_ASKED = {
    "receives_51c": Text("modtager en ydelse efter § 51 c", "receives a benefit of section 51 c"),
    "six_months_51b": Text(
        "har modtaget ydelser efter § 51 b i seks måneder",
        "has received benefits of section 51 b for six months",
    ),
    "extended_51b": Text(
        "er omfattet af den udvidede personkreds i § 51 b",
        "is on the extended list of section 51 b",
    ),
}
ASKED_CONDITIONS = _ASKED
"""What a municipality is asked about one person."""

SIGHT_DETAILS = {
    "job": Text("hvilken slags beskæftigelse", "the kind of work"),
    "hours": Text("timetal om ugen", "hours a week"),
    "in_municipality": Text(
        "om uddannelsen ligger i kommunen", "whether it is in the municipality"
    ),
    "su_eligible": Text("om uddannelsen giver ret til SU", "whether it gives a student grant"),
    "full_time": Text("om uddannelsen er på fuld tid", "whether it is full time"),
    "months": Text("uddannelsens længde", "how long the education is"),
    "age": Text("alderen", "the age"),
    "over_age": Text(
        'om aftalens ord "over" også dækker alderen selv',
        'whether the agreement\'s word "over" covers that age itself',
    ),
    "answer": Text("myndighedens klare svar", "a clear answer of the authority"),
    "which": Text(
        "hvilket af flere kriterier af samme slags myndigheden svarede på",
        "which of several criteria of the kind the authority answered",
    ),
    "full_time_agreed": Text(
        "om det er fuld tid efter overenskomsten",
        "whether it is full time by its collective agreement",
    ),
    "inside": Text("hvor det ligger", "where it lies"),
    "outside": Text("hvor det ligger", "where it lies"),
    "km": Text("hvor langt det er fra boligen", "how far it is from the dwelling"),
    "level": Text("uddannelsens niveau", "the level of the education"),
    "incomes": Text("hvad personen lever af", "what the person lives from"),
    "back": Text("hele den tid, kriteriet ser på", "all of the time that the criterion looks at"),
    "sick_since": Text("siden hvornår der er sygedagpenge", "since when there is sickness benefit"),
    "amount": Text("om indtægten når beløbet", "whether the income reaches the sum"),
    "no_child": Text(
        "at der ikke bor noget barn hos personen", "that no child lives with the person"
    ),
    "rooms": Text("hvor mange beboelsesrum boligen har", "how many rooms the dwelling has"),
    "over": Text("over hvor lang tid indtægten er regnet", "over how long the income is counted"),
    "pension": Text("pensionens slags", "the kind of pension"),
    "ended_by": Text("hvordan samlivet ophørte", "how living together ended"),
    "together": Text("hvor længe samlivet varede", "how long they lived together"),
    "living": Text("hvor barnet bor", "where the child lives"),
    "children": Text("om det er flere børn eller det samme", "whether they are several children"),
    "tie": Text("tilknytningens slags", "the kind of tie"),
    "leaves": Text("hvad der sker med den nuværende bolig", "what becomes of the present dwelling"),
    "first_day": Text("fra hvornår", "since when"),
    "held": Text("hvor længe det har varet", "how long it has lasted"),
    "term": Text("hvor længe det varer", "how long it lasts"),
    "left": Text("til hvornår det varer", "until when it lasts"),
}
"""What a document seen may leave open."""

CRITERION_KINDS = {
    "work": Text("beskæftigelse", "work"),
    "education": Text("uddannelse", "education"),
    "degree": Text("fuldført uddannelse", "completed education"),
    "self_support": Text("selvforsørgelse", "self-support"),
    "income": Text("indtægt", "income"),
    "child": Text("hjemmeboende barn", "a child at home"),
    "tie": Text("tilknytning", "a local tie"),
    "leaves": Text("fraflytning af den nuværende bolig", "leaving the present dwelling"),
    "other_dwelling_needed": Text(
        "behov for en mere egnet bolig", "need of a more suitable dwelling"
    ),
    "age": Text("alder", "age"),
    "pension": Text("pension", "pension"),
    "separation": Text("separation eller skilsmisse", "separation or divorce"),
}
"""What criteria ask for."""

MISSING = {
    "benefit_condition_attested": Text(
        "Kommunens svar for den {day} om, hvorvidt personen {asked_condition}.",
        "The municipality's answer for {day} on whether the person {asked_condition}.",
    ),
    "benefit_condition_contradictory": Text(
        "Hvilket af kommunens modstridende svar for den {day} der er det rigtige.",
        "Which of the municipality's contradictory answers for {day} is right.",
    ),
    "benefit_condition_undetermined": Text(
        "Et klart svar fra kommunen for den {day}: svaret var, at det ikke kan afgøres.",
        "A clear answer from the municipality for {day}: it answered that it cannot tell.",
    ),
    "roles_stated": Text(
        "Hvem i husstanden der er boligsøgende, ægtefælle eller samlever.",
        "Who in the household is the applicant, the spouse or the partner.",
    ),
    "cohabitation_stated": Text(
        "Siden hvornår samleveren har boet sammen med den boligsøgende.",
        "Since when the partner has lived together with the applicant.",
    ),
    "criterion_shown": Text(
        "Dokumentation for {criterion} den {day}, eller at der ikke er nogen.",
        "Proof of {criterion} on {day}, or that nothing can be shown.",
    ),
    "more_shown": Text(
        "Om der er anden dokumentation for {criterion} den {day} end den, der er set.",
        "Whether there is other proof of {criterion} on {day} than what was seen.",
    ),
    "sight_detail": Text(
        "Det, som dokumentationen for {criterion} ikke viser: {lacks}.",
        "What the proof of {criterion} that was seen does not show: {lacks}.",
    ),
    "amount_published": Text(
        "Hvilket beløb der gælder for {criterion} i {year}.",
        "Which sum counts for {criterion} in {year}.",
    ),
    "clause_looked_at": Text(
        "En persons vurdering af det, aftalen siger her: {at}.",
        "What a person makes of what the agreement says here: {at}.",
    ),
    "income_of_both_shown": Text(
        "Om ansøgerens og partnerens indtægt tilsammen når beløbet.",
        "Whether the income of applicant and partner together reaches the sum.",
    ),
    "let_by_stated": Text(
        "Hvilken måde eller tur boligen er tildelt efter; kriterierne har ikke den nævnte.",
        "Which way or turn the dwelling was allocated by; the criteria have none as stated.",
    ),
    "couple_stated": Text(
        "Om der flytter en ægtefælle eller samlever med ind.",
        "Whether a spouse or partner moves in too.",
    ),
    "takeover_stated": Text(
        "Hvilken dag boligen overtages.", "On which day the dwelling is taken over."
    ),
    "staying_stated": Text(
        "Hvor mange personer der bliver boende i boligen.",
        "How many persons go on living in the dwelling.",
    ),
    "municipality_consents_stated": Text(
        "Om kommunen har givet samtykke til byttet.",
        "Whether the municipality has consented to the exchange.",
    ),
    "debt_bar_stated": Text(
        "Om gælden er uvæsentlig eller forældet, eller om en aftale om afvikling eller "
        "gældssanering overholdes.",
        "Whether the debt is insignificant or time-barred, or an agreement or debt relief is kept.",
    ),
    "termination_upheld_stated": Text(
        "Om en dom har fundet opsigelsen eller ophævelsen uberettiget, eller om en indsigelse ikke "
        "blev indbragt for boligretten i tide.",
        "Whether a court found the termination unjustified, or an objection was not taken to "
        "the housing court in time.",
    ),
    "sold_in_vulnerable_area": Text(
        "Om ejendommen lå i et udsat boligområde, da den blev solgt til en privat køber.",
        "Whether the property lay in a vulnerable area when it was sold to a private buyer.",
    ),
    "within_ten_years": Text(
        "Hvornår køberen overtog ejendommen.", "When the buyer took the property over."
    ),
    "tenants_below_criteria": Text(
        "Om lejerne opfylder de kriterier, som kommunen har fastsat.",
        "Whether the tenants meet the criteria that the municipality has set.",
    ),
    "residence_stated": Text(
        "Om den boligsøgende allerede har en bolig i afdelingen.",
        "Whether the applicant already has a dwelling in the department.",
    ),
    "registered_on_stated": Text(
        "Hvornår den boligsøgende blev optaget på ventelisten.",
        "When the applicant was put on the waiting list.",
    ),
    "rooms_recorded": Text(
        "Hvor mange beboelsesrum boligen har.", "How many habitable rooms the dwelling has."
    ),
    "certificate_seen": Text(
        "En straffeattest, der er forevist.", "A criminal record certificate that was shown."
    ),
    "problems_found": Text(
        "Om der er konstateret væsentlige problemer i afdelingen (§ 91 a, stk. 1).",
        "Whether substantial problems were found in the department (§ 91 a, stk. 1).",
    ),
    "advertised_on_stated": Text(
        "Hvornår den ledige bolig blev annonceret.",
        "When the vacant dwelling was advertised.",
    ),
    "department_recorded": Text(
        "Hvilken afdeling boligen hører til.",
        "Which department the dwelling belongs to.",
    ),
    "approval_dwelling": Text(
        "Hvilken bolig kommunens svar på godkendelsen gælder.",
        "Which dwelling the municipality's answer on approval is about.",
    ),
    "opposition_dwelling": Text(
        "Hvilken bolig boligorganisationens vurdering af {decision_day} gælder.",
        "Which dwelling the organisation's assessment of {decision_day} is about.",
    ),
    "dispensation_area": Text(
        "Hvilket område kommunens dispensation af {decision_day} gælder.",
        "Which area the municipality's dispensation of {decision_day} is about.",
    ),
    "approval_answered": Text(
        "Kommunens svar på, om udlejningen godkendes.",
        "The municipality's answer on whether it approves the letting.",
    ),
    "membership_recorded": Text(
        "At personen hører til husstanden på dagen.",
        "That the person belongs to the household on the day.",
    ),
    "lived_since_stated": Text(
        "Siden hvornår den fraflyttende lejer har boet i boligen.",
        "Since when the tenant who moves out has lived there.",
    ),
    "partner_is_tenant_stated": Text(
        "Om den, der byttes med, er lejer af en anden bolig.",
        "Whether the other party is the tenant of another dwelling.",
    ),
    "meets_conditions_stated": Text(
        "Om den, der flytter ind, opfylder betingelserne for boligtypen.",
        "Whether whoever moves in meets the conditions of the kind of dwelling.",
    ),
    "rooms_sublet_stated": Text(
        "Hvor mange beboelsesrum der fremlejes.", "How many rooms are sublet."
    ),
    "sublet_months_stated": Text(
        "Hvor mange måneder fremlejen varer.", "How many months the sublet lasts."
    ),
    "reason_stated": Text("Hvorfor lejeren er væk.", "Why the tenant is away."),
    "sublet_notice_stated": Text(
        "Hvornår udlejeren er underrettet, og hvornår aftalen indgås.",
        "When the landlord was told, and when the agreement is made.",
    ),
    "sublet_rent_stated": Text(
        "Om den aftalte leje overstiger den leje, lejeren selv betaler.",
        "Whether the rent that was agreed exceeds what the tenant pays.",
    ),
    "sublet_papers_stated": Text(
        "Hvornår kopien af fremlejeaftalen eller dokumentationen er sendt, og hvornår "
        "fremlejen begynder.",
        "When the copy of the agreement or the proof was sent, and when the sublet starts.",
    ),
    "children_stated": Text(
        "Hvor mange børn husstanden har.", "How many children the household has."
    ),
}

CHANGES = {
    "lease_meets_criteria": Text(
        "Pligten falder bort, hvis lejerne opfylder kriterierne.",
        "The duty falls away if the tenants meet the criteria.",
    ),
    "benefit_condition_not_met": Text(
        "Grunden falder bort, hvis betingelsen ikke er opfyldt den {day}.",
        "The ground falls away if the condition is not met on {day}.",
    ),
    "dispensation_decided": Text(
        "Den boligsøgende skal ikke afvises, hvis kommunen dispenserer i et helt særligt tilfælde.",
        "The applicant is not rejected if the municipality dispenses in a wholly special case.",
    ),
    "nobody_else_wants_it": Text(
        "Boligen udlejes til den boligsøgende, hvis den ikke kan udlejes til andre på ventelisten.",
        "The dwelling is let to the applicant if it cannot be let to others on the list.",
    ),
    "criteria_shown_met": Text(
        "Kriterierne er opfyldt, hvis en af disse vises: {asked_for}.",
        "The criteria are met if one of these is shown: {asked_for}.",
    ),
    "fewer_persons": Text(
        "Grunden falder bort, hvis der højst flytter {persons} ind.",
        "The ground falls away if at most {persons} move in.",
    ),
    "more_persons_permitted": Text(
        "Kommunen kan tillade flere personer af tvingende sociale hensyn eller ved plejekrævende "
        "slægtninge (lov om boligforhold § 15).",
        "The municipality may permit more persons for compelling social reasons or for relatives "
        "in need of care (section 15 of lov om boligforhold).",
    ),
    "debt_paid_or_instalments_kept": Text(
        "Grunden falder bort, hvis gælden betales eller en afdragsordning overholdes.",
        "The ground falls away if the debt is paid or an instalment plan is kept.",
    ),
    "takeover_after": Text(
        "Grunden falder bort ved overtagelse efter den {day}.",
        "The ground falls away if the dwelling is taken over after {day}.",
    ),
    "approval_given": Text(
        "Udlejning er mulig, hvis kommunen godkender den.",
        "Letting is possible if the municipality approves it.",
    ),
    "lived_three_years": Text("Grunden falder bort den {day}.", "The ground falls away on {day}."),
    "municipality_consents": Text(
        "Bytte er muligt med kommunens samtykke.",
        "Exchange is possible with the municipality's consent.",
    ),
    "fewer_rooms_sublet": Text(
        "Højst {rooms} beboelsesrum kan fremlejes.", "At most {rooms} rooms may be sublet."
    ),
    "sublet_for_a_time": Text(
        "Fremlejen skal være for højst {most_months} måneder og af en grund, som loven nævner.",
        "The sublet must be for at most {most_months} months and for a reason that the act names.",
    ),
    "agreement_after": Text(
        "Aftalen kan indgås fra den {day}.", "The agreement may be made from {day}."
    ),
    "rent_lowered": Text(
        "Den aftalte leje må ikke overstige den leje, lejeren selv betaler.",
        "The rent may not exceed what the tenant pays.",
    ),
    "sent_before": Text(
        "Kopien af fremlejeaftalen og dokumentationen skal sendes før den {day}.",
        "The copy of the sublet agreement and the proof must be sent before {day}.",
    ),
}

DUTIES = {
    "MUST_ORDER_TERMINATION": Text(
        "Kommunen skal pålægge udlejeren at ophæve lejeaftalen.",
        "The municipality must order the landlord to terminate the lease.",
    ),
    "MUST_DRAW_LOTS": Text(
        "Hvis flere boligsøgende ønsker boligen og opfylder eventuelle kriterier, trækkes der lod "
        "om den. Lodtrækningen foretages af boligorganisationens revisor (§ 38, stk. 3).",
        "Where several applicants want the dwelling and meet any criteria, lots are drawn for it. "
        "The organisation's auditor draws them (§ 38, stk. 3).",
    ),
    "MUST_OFFER_ANOTHER": Text(
        "Kommunen skal anvise en anden passende bolig, så vidt muligt inden seks måneder efter "
        "afvisningen.",
        "The municipality must refer another suitable dwelling, as far as possible within six "
        "months of the rejection.",
    ),
}

WARNINGS = {
    "CRITERIA_REVISION_OVERDUE": Text(
        "Kriterierne skulle være taget op til revision efter fire år.",
        "The criteria should have been taken up for revision after four years.",
    ),
    "CRITERIA_NOT_SET": Text(
        "Der gælder ingen kriterier for udlejningen. I et udsat boligområde eller et "
        "forebyggelsesområde skal kommunen fastsætte og offentliggøre dem (§ 60, stk. 4); "
        "andre steder er fleksibel udlejning kun mulig efter kriterier, der er aftalt (stk. "
        "1).",
        "No criteria are in force for the letting. In a vulnerable area or a prevention area "
        "the municipality must set and announce them (section 60(4)); elsewhere flexible "
        "letting is possible only by criteria that are agreed (1).",
    ),
    "ATTESTED_ON_READINGS": Text(
        "Kommunens svar ville være et andet, hvis loven blev fortolket anderledes.",
        "The municipality's answer would be another if the law were read otherwise.",
    ),
    "EVALUATION_OVERDUE": Text(
        "Beslutningen om kombineret udlejning skulle være evalueret efter fem år.",
        "The decision on combined letting should have been evaluated after five years.",
    ),
}

SUMMARIES: dict[str, dict[str, Text]] = {
    "letting": {
        "PERMITTED": Text(
            "Boligen kan udlejes til husstanden.", "The dwelling may be let to the household."
        ),
        "PROHIBITED": Text(
            "Boligen kan ikke udlejes til husstanden. Grund: {grounds}.",
            "The dwelling may not be let to the household. Ground: {grounds}.",
        ),
        "DISCRETIONARY": Text(
            "Boligorganisationen kan afvise; en navngiven person afgør det og begrunder det. "
            "Grund: {grounds}.",
            "The organisation may refuse; a named person decides and gives reasons. Ground: "
            "{grounds}.",
        ),
    },
    "exchange": {
        "PERMITTED": Text(
            "Udlejeren kan ikke modsætte sig byttet.", "The landlord may not oppose the exchange."
        ),
        "PROHIBITED": Text(
            "Byttet kan ikke ske. Grund: {grounds}.",
            "The exchange may not take place. Ground: {grounds}.",
        ),
        "DISCRETIONARY": Text(
            "Udlejeren kan modsætte sig byttet. Grund: {grounds}.",
            "The landlord may oppose the exchange. Ground: {grounds}.",
        ),
    },
    "sublet": {
        "PERMITTED": Text(
            "Udlejeren kan ikke modsætte sig fremlejen.", "The landlord may not oppose the sublet."
        ),
        "PROHIBITED": Text(
            "Fremlejen kan ikke ske. Grund: {grounds}.",
            "The sublet may not take place. Ground: {grounds}.",
        ),
        "DISCRETIONARY": Text(
            "Udlejeren kan modsætte sig fremlejen. Grund: {grounds}.",
            "The landlord may oppose the sublet. Ground: {grounds}.",
        ),
    },
    "certificate": {
        "PERMITTED": Text(
            "Straffeattest kan forlanges, og en afvisning kan følge af den; dog ikke af den, "
            "som kommunen anviser til løsning af påtrængende boligsociale problemer, eller "
            "som genhuses.",
            "A certificate may be demanded, and a refusal may follow from it; but not of whoever "
            "the municipality refers to solve urgent social problems, or who is rehoused.",
        ),
        "PROHIBITED": Text(
            "Straffeattest kan ikke forlanges her på den dag.",
            "No certificate may be demanded here on that day.",
        ),
    },
    "private_lease": {
        "PERMITTED": Text(
            "Lejemålet er ikke i strid med kriterierne.", "The lease is not against the criteria."
        ),
        "PROHIBITED": Text(
            "Lejemålet er i strid med de kriterier, som kommunen har fastsat.",
            "The lease is against the criteria that the municipality has set.",
        ),
    },
    "benefit_condition": {
        "PERMITTED": Text("Nej, betingelsen er ikke opfyldt.", "No, the condition is not met."),
        "PROHIBITED": Text("Ja, betingelsen er opfyldt.", "Yes, the condition is met."),
    },
}
"""The answer in a sentence, by kind of question and outcome."""
