"""The open points of law: the question, each reading, and why the default is what it is."""

from __future__ import annotations

from domain.facts import MemberList
from domain.law.texts.kinds import PointText, Text
from domain.law.texts.words import MEMBER_LISTS

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

POINTS = {
    "AMB-91-2027": PointText(
        Text(
            "Kan det, der ikke blev brugt af rammen for 2026 til renovering i udsatte "
            "boligområder, bruges i 2027?",
            "Can what was not used of the frame of 2026 for renovation in vulnerable areas be used "
            "in 2027?",
        ),
        {
            "a": Text(
                "ja, beløb kan overføres til det følgende år",
                "yes, amounts may be carried over to the next year",
            ),
            "b": Text(
                "nej, rammen er for årene 2021-2026", "no, the frame is for the years 2021-2026"
            ),
        },
        Text(
            "Ingen fortolkning er valgt: § 91, stk. 4, lader beløb overføre til det følgende år, "
            "men nævner ikke 2027, som §§ 91 a, 91 b og 92 gør.",
            "No reading is chosen: section 91(4) lets amounts be carried over to the next year, "
            "but does not name 2027, as sections 91 a, 91 b and 92 do.",
        ),
    ),
    "AMB-57C-MEETING": PointText(
        Text(
            "Hvilken handleplan mener nr. 2, når servicelovens § 57 c, stk. 1, handler om et "
            "netværkssamråd?",
            "Which action plan does no. 2 mean while section 57 c(1) of the social services act "
            "is about a network meeting?",
        ),
        {
            "a": Text(
                "ingen: stk. 1 kræver ikke en handleplan, så nr. 2 kan ikke opfyldes",
                "none: (1) asks for no plan, so no. 2 cannot be met",
            ),
            "b": Text(
                "den handleplan, der skal udarbejdes for den unge",
                "the plan that must be drawn up for the young person",
            ),
        },
        Text(
            "Nr. 2 taler om en handleplan; stk. 1 var om den indtil 2014, og nr. 2 er ikke rettet.",
            "No. 2 speaks of a plan; (1) was about it until 2014, and no. 2 was not amended.",
        ),
    ),
    "AMB-51B-OFF": PointText(
        Text(
            "Gælder en beslutning om kombineret udlejning stadig, når området ikke længere er på "
            "listen over områder for kombineret udlejning?",
            "Does a decision on combined letting still hold when the area is no longer on the list "
            "of areas for combined letting?",
        ),
        {
            "a": Text(
                "ja, indtil kommunen tilbagekalder den", "yes, until the municipality withdraws it"
            ),
            "b": Text(
                "nej, der afvises kun i områder, der er på listen",
                "no, only in areas on the list are applicants rejected",
            ),
        },
        Text(
            "Ingen fortolkning er valgt: stk. 1 taler om områder med en høj andel uden for "
            "arbejdsmarkedet, mens stk. 10 lader kommunen vurdere, om der fortsat skal afvises, og "
            "ministeren kræve beslutningen tilbagekaldt; at den bortfalder, står der ikke.",
            "No reading is chosen: stk. 1 speaks of areas with a high share outside the labour "
            "market, while stk. 10 lets the municipality assess whether to go on rejecting, and "
            "the minister demand that the decision is withdrawn; that it lapses is not said.",
        ),
    ),
    "AMB-57C": PointText(
        Text(
            "Hvad gælder for nr. 2, når servicelovens § 57 c, stk. 1, ikke findes mere?",
            "What of no. 2 now that section 57 c(1) of the social services act is gone?",
        ),
        {
            "a": Text("nr. 2 kan ikke opfyldes mere", "no. 2 cannot be met any more"),
            "b": Text("det er den plan, der er trådt i stedet", "it is the plan that replaced it"),
            "c": Text("kravet om en plan er faldet bort", "the condition of a plan is dropped"),
        },
        Text(
            "Ingen fortolkning er valgt: loven henviser stadig til en bestemmelse, der ikke "
            "findes.",
            "No reading is chosen: the act points to a provision that does not exist.",
        ),
    ),
    "AMB-6MDAY": PointText(
        Text(
            "Ligger selve dagen seks måneder efter en løsladelse eller ophævelse inden for de "
            "seneste seks måneder?",
            "Is the very day six months after a release or termination within the last six months?",
        ),
        {"a": Text("ja", "yes"), "b": Text("nej", "no")},
        Text(
            "Ingen fortolkning er valgt: spørgsmålet gælder kun den ene dag.",
            "No reading is chosen: the question is about that one day only.",
        ),
    ),
    "AMB-6MDAY-MONTH": PointText(
        Text(
            "Ligger månedens sidste dag inden for de seneste seks måneder, når måneden mangler den "
            "dag, de regnes tilbage til?",
            "Is the last day of a month within the last six months, where the month lacks the day "
            "that they reach back to?",
        ),
        {
            "a": Text(
                "ja, der regnes tilbage til månedens sidste dag",
                "yes, they reach back to the last day of the month",
            ),
            "b": Text(
                "nej, regnet frem fra løsladelsen eller ophævelsen er de seks måneder gået",
                "no, counted on from the release or termination the six months are over",
            ),
        },
        Text(
            "Ingen fortolkning er valgt: loven siger ikke, hvordan der regnes ved månedens udgang.",
            "No reading is chosen: the act does not say how to count at the end of a month.",
        ),
    ),
    "AMB-PLAN": PointText(
        Text(
            "For hvem skal der udarbejdes en handleplan efter servicelovens § 141?",
            "For whom must an action plan be drawn up under section 141 of the social services "
            "act?",
        ),
        {
            "a": Text(
                "dem, kommunen har pligt til at tilbyde en (stk. 2)",
                "those whom the municipality must offer one (2)",
            ),
            "b": Text("dem, der har en", "those who have one"),
            "c": Text("alle, der løslades", "everyone released"),
            "d": Text(
                "dem, der skal tilbydes en eller har en", "those due to be offered, or with, one"
            ),
        },
        Text(
            "Pligten eller en plan, der findes, lægges til grund.",
            "The duty, or a plan that exists, is taken.",
        ),
    ),
    "AMB-REFDATE-59": PointText(
        Text("Hvilken dag gælder forbuddene i § 59 for?", "Which day counts for the bans of § 59?"),
        {
            "a": Text("dagen for anvisningen", "the day of the referral"),
            "b": Text("dagen for udlejningen", "the day of the letting"),
            "c": Text("dagen for indflytningen", "the day of moving in"),
        },
        Text("Det er anvisningen, loven forbyder.", "What the act bans is referring."),
    ),
    "AMB-RELEASE": PointText(
        Text(
            "Er den løsladt, der forlader varetægt, fodlænke eller en pension under "
            "kriminalforsorgen?",
            "Is a person released who leaves remand, a tag or a halfway house?",
        ),
        {
            "a": Text("ja, fra enhver af institutionerne", "yes, from any of the institutions"),
            "b": Text("kun efter afsoning", "only after serving a sentence"),
        },
        Text(
            "Ingen fortolkning er valgt: løsladelse efter afsoning er omfattet under begge.",
            "No reading is chosen: release after a sentence is covered under both.",
        ),
    ),
    "AMB-TERMREASON": PointText(
        Text(
            "Er et lejemål ophævet eller opsagt efter nr. 3 ved et forlig eller en frivillig "
            "fraflytning?",
            "Is a tenancy terminated under no. 3 by a settlement or a voluntary move?",
        ),
        {
            "a": Text(
                "nej, kun en gennemført ophævelse eller opsigelse",
                "no, only a completed termination",
            ),
            "b": Text("ja, også et forlig", "yes, a settlement too"),
        },
        Text(
            "Loven taler om at få lejemålet ophævet eller opsagt.",
            "The act speaks of a tenancy terminated.",
        ),
    ),
    "AMB-TERMDAY": PointText(
        Text(
            "Hvornår begynder de seks måneder i nr. 3, når der er en tid mellem opsigelsen og "
            "lejemålets ophør?",
            "When do the six months of no. 3 begin where some time lies between the notice and "
            "the end of the tenancy?",
        ),
        {
            "a": Text("den dag, lejemålet blev ophævet eller opsagt", "on the day of the notice"),
            "b": Text(
                "den dag, lejemålet ophører; indtil da er husstandsmedlemmet opsagt",
                "on the day the tenancy ends; until then the member is under notice",
            ),
        },
        Text(
            "Ingen fortolkning er valgt: loven siger både »har fået sit lejemål ophævet« og "
            "»er opsagt«.",
            "No reading is chosen: the act says both that the tenancy was terminated and that the "
            "member is under notice.",
        ),
    ),
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
            "Ingen fortolkning er valgt: en overgangsregel er ikke set, så svaret kræver, at "
            "begge fortolkninger giver det samme.",
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
    "AMB-30PCT-DAY": PointText(
        Text(
            "Hvilken dags andel afgør, om undtagelsen efter stk. 8 gælder?",
            "The share of which day decides whether an exemption under subsection 8 holds?",
        ),
        {
            "a": Text(
                "den, kommunens beslutning bygger på, indtil en ny træffes",
                "that which the municipality's decision rests on, until a new one is made",
            ),
            "b": Text(
                "den, der gælder på dagen for anvisningen, efter de områder, der da er på listen",
                "that of the day of the referral, by the areas that are then on the list",
            ),
        },
        Text(
            "Ingen fortolkning er valgt: forbuddet gælder ikke, i det omfang andelen "
            "overstiger 30 procent, men loven siger ikke, hvornår den gøres op.",
            "No reading is chosen: the ban does not apply to the extent that the share exceeds 30 "
            "per cent, but the act does not say when it is counted.",
        ),
    ),
    "AMB-30PCT-UNDECIDED": PointText(
        Text(
            "Gælder forbuddet, når andelen er over 30 procent, og kommunen intet har besluttet?",
            "Does the ban hold when the share is over 30 per cent and the municipality has "
            "decided nothing?",
        ),
        {
            "a": Text("ja, indtil et område er undtaget", "yes, until an area is exempted"),
            "b": Text(
                "nej, det er bortfaldet i det omfang, andelen overstiger 30 procent",
                "no, it has lapsed to the extent that the share exceeds 30 per cent",
            ),
        },
        Text(
            "Ingen fortolkning er valgt: en beslutning kræves og sluttes aldrig af andet.",
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
            "Ingen fortolkning er valgt: loven siger ikke, hvordan der tælles.",
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
            "Loven spørger kun, om personen er statsborger i et af landene, og det er personen.",
            "The act asks only whether the person is a citizen of such a state, and that is so.",
        ),
    ),
    "AMB-CITDUAL-STATELESS": PointText(
        Text(
            "Er en statsløs omfattet af forbuddet i nr. 4?",
            "Does the ban of no. 4 cover a stateless person?",
        ),
        {
            "a": Text(
                "ja, intet statsborgerskab opfylder betingelsen",
                "yes, no citizenship meets the condition",
            ),
            "b": Text(
                "nej, forbuddet forudsætter et andet statsborgerskab",
                "no, the ban presupposes another citizenship",
            ),
        },
        Text("Ordlyden er lagt til grund.", "Follows the wording."),
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
    "AMB-CJEU": PointText(
        Text(
            "Hvad følger af EU-Domstolens dom i sag C-417/23, før den danske domstol har afgjort "
            "sagen?",
            "What follows from the EU Court's judgment in case C-417/23 before the Danish court "
            "has ruled?",
        ),
        {
            "a": Text("loven anvendes, med en advarsel", "the act is applied, with a warning"),
            "b": Text(
                "det, der hviler på kriteriet om ikkevestlig oprindelse, anvendes ikke",
                "what rests on the criterion of non-western origin is set aside",
            ),
        },
        Text(
            "Loven er uændret efter dommen; svar, der hviler på kriteriet, kan findes igen.",
            "The act is unchanged after the judgment; answers that rest on the criterion can be "
            "found again.",
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
            "a": Text("den matrikel, som boligen ligger på", "the plot of the dwelling"),
            "b": Text("hele afdelingen", "the whole department"),
        },
        Text(
            "Bestemmelsen taler om boliger, der ligger i området.",
            "The section speaks of dwellings situated in the area.",
        ),
    ),
    "AMB-EDU": PointText(
        Text(
            "Hvilken uddannelse tæller som mere end en grundskoleuddannelse?",
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
    "AMB-FALLBACK-AGE": PointText(
        Text(
            "Hvor længe gælder en vurdering af, at der ikke er mulighed for at anvise en bolig "
            "uden for områderne?",
            "For how long does an assessment hold that no dwelling outside the areas can be "
            "referred?",
        ),
        {
            "a": Text(
                "indtil den ophører, eller kommunen foretager en ny vurdering",
                "until it ends, or the municipality makes a new assessment",
            ),
            "b": Text(
                "den gælder de boliger, der var ledige, og de områder, der var på listen, da den "
                "blev foretaget; siden skal der vurderes på ny",
                "it is about the dwellings vacant, and the areas listed, when it was made; after "
                "that a new one must be made",
            ),
        },
        Text(
            "Ingen fortolkning er valgt: loven taler om mulighed for at anvise ledige "
            "boliger, men nævner ingen frist. Der spørges, når vurderingen er over tre "
            "måneder gammel eller fra før den seneste liste.",
            "No reading is chosen: the act speaks of whether vacant dwellings can be referred, "
            "but names no period. It is asked where the assessment is more than three months old "
            "or from before the latest list.",
        ),
    ),
    "AMB-FALLBACK-ORDER": PointText(
        Text(
            "Er der en rækkefølge mellem områderne, når der ikke kan anvises en bolig uden "
            "for dem?",
            "Is there an order among the areas when no dwelling outside them can be referred?",
        ),
        {
            "a": Text("nej, kommunen vælger frit", "no, the municipality chooses freely"),
            "b": Text(
                "ja, et forebyggelsesområde går forud, hvor husstanden ikke er omfattet af "
                "forbuddet",
                "yes, a prevention area comes first where the household is not banned there",
            ),
        },
        Text(
            "Loven angiver ingen rækkefølge; den mildeste er valgt.",
            "The mildest order is chosen; the act states none.",
        ),
    ),
    "AMB-FALLBACK-SHOWN": PointText(
        Text(
            "Hvordan skal det vises, at der ikke kan anvises en bolig uden for områderne?",
            "How must it be shown that no dwelling outside the areas can be referred?",
        ),
        {
            "a": Text(
                "ved kommunens egen, begrundede vurdering",
                "by the municipality's own reasoned assessment",
            ),
            "b": Text(
                "også ved, at muligheden i andre kommuner er undersøgt",
                "also by having tried other municipalities",
            ),
        },
        Text(
            "Loven overlader vurderingen til kommunen.",
            "The act leaves the assessment to the municipality.",
        ),
    ),
    "AMB-FORMER-2030": PointText(
        Text(
            "Gælder reglerne for tidligere omdannelsesområder også den 1. januar 2030?",
            "Do the rules on former transformation areas apply on 1 January 2030 too?",
        ),
        {
            "a": Text("ja, den dag er den sidste", "yes, that day is the last"),
            "b": Text(
                "nej, den 31. december 2029 er den sidste dag", "no, 31 December 2029 is the last"
            ),
        },
        Text(
            "Loven siger indtil planen er gennemført, dog senest den 1. januar 2030; den dag er "
            "så den sidste, det kan ske.",
            "The act says until the plan is carried out, but at the latest on 1 January 2030; that "
            "day is then the last on which it can end.",
        ),
    ),
    "AMB-FORMER-YEARS-COUNT": PointText(
        Text(
            "Hvornår er et tidligere omdannelsesområde ude af listerne i fire år i træk?",
            "When has a former transformation area been off the lists for four years in a row?",
        ),
        {
            "a": Text(
                "når den fjerde liste i træk ikke nævner det",
                "when the fourth list in a row does not name it",
            ),
            "b": Text(
                "når der er gået fire hele år, efter at listen ikke nævnte det",
                "when four whole years have passed since a list did not name it",
            ),
        },
        Text(
            "Årene i § 61 a, stk. 4, tælles også i lister, den nyeste med.",
            "The years of section 61 a(4) are counted in lists too, the newest included.",
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
            "Ingen fortolkning er valgt: bestemmelsen siger det ikke.",
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
            "Er det den offentliggjorte liste, der afgør områdets status, eller er listen "
            "kun et bevis?",
            "Does the published list decide the area's status, or is it evidence only?",
        ),
        {
            "a": Text(
                "listen afgør den, fra 1. december til 30. november",
                "the list decides it, from 1 December to 30 November",
            ),
            "b": Text(
                "betingelserne afgør den, og listen er bevis",
                "the conditions decide it, and the list is evidence",
            ),
        },
        Text(
            "Listen er den oplysning, som er offentliggjort.",
            "The list is the fact that is published.",
        ),
    ),
    "AMB-MEAN": PointText(
        Text(
            "Hvordan regnes gennemsnittet af de seneste to år, når det ikke er offentliggjort?",
            "How is the mean of the last two years worked out, where it is not published?",
        ),
        {
            "a": Text("gennemsnittet af årenes andele", "the mean of the shares of the years"),
            "b": Text(
                "alle talt i årene af alle, der var der",
                "all counted in the years, of all that were there",
            ),
        },
        Text(
            "§ 61 a nævner gennemsnittet af en andel over år; det offentliggjorte tal bruges, hvor "
            "det findes.",
            "§ 61 a names the mean of a share over years; the published figure is used where there "
            "is one.",
        ),
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
            "Ingen fortolkning er valgt: ordlyden udelukker det ikke, men siger det heller ikke.",
            "No reading is chosen: the wording does not exclude it, nor does it say so.",
        ),
    ),
    "AMB-MIX-WITHIN": PointText(
        Text(
            "Kan måneder på forskellige ydelser i samme nummer lægges sammen?",
            "May months on different benefits of the same number be joined?",
        ),
        {
            "a": Text("ja, ydelserne lægges sammen", "yes, any mix counts"),
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
        Text("Er seniorpension omfattet af nr. 6?", "Does no. 6 cover senior pension?"),
        {"a": Text("nej", "no"), "b": Text("ja", "yes")},
        Text("Loven nævner ikke seniorpension.", "The act does not name senior pension."),
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
            "Ydelsen var ikke nævnt før, men siden modtager de kontanthjælp efter § 16, stk. 1.",
            "The benefit was not named before; since then they receive cash benefit under "
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
            "Ingen fortolkning er valgt: kun måneder op til den sidste hele måned giver "
            "forbud efter enhver fortolkning.",
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
    "AMB-29FEB": PointText(
        Text(
            "Hvilken dag fylder den år, der er født den 29. februar, når året mangler dagen?",
            "On which day does whoever was born on 29 February turn an age in a year without it?",
        ),
        {"a": Text("den 28. februar", "on 28 February"), "b": Text("den 1. marts", "on 1 March")},
        Text(
            "Ingen fortolkning er valgt: spørgsmålet gælder kun den 28. februar.",
            "No reading is chosen: the question is about 28 February only.",
        ),
    ),
    "AMB-28REF": PointText(
        Text(
            "Hvilke numre i § 85, stk. 1, mener udlejningsbekendtgørelsens § 28?",
            "Which numbers of section 85(1) does section 28 of the letting order mean?",
        ),
        {
            "a": Text("nr. 3 eller 4, som trykt", "no. 3 or 4, as printed"),
            "b": Text("nr. 4 eller 5, som § 63 e", "no. 4 or 5, as section 63 e has it"),
        },
        Text(
            "Ingen fortolkning er valgt: bekendtgørelsen er ikke rettet som loven; nr. 4 er "
            "med i begge.",
            "No reading is chosen: the order was not corrected as the act was; no. 4 is in both.",
        ),
    ),
    "AMB-2Y": PointText(
        Text("Hvordan regnes to års samliv?", "How are two years of living together counted?"),
        {
            "a": Text(
                "efter fælles adresse i folkeregistret", "by a common address in the civil register"
            ),
            "b": Text("efter ethvert bevis for samliv", "by any proof of living together"),
        },
        Text("Folkeregistret er det sikreste bevis.", "The civil register is the surest proof."),
    ),
    "AMB-AND": PointText(
        Text(
            "Skal både den boligsøgende og ægtefællen modtage ydelsen?",
            "Must both the applicant and the spouse receive the benefit?",
        ),
        {
            "a": Text("ja, begge; en enlig prøves alene", "yes, both; a single applicant alone"),
            "b": Text("nej, den ene er nok", "no, either is enough"),
        },
        Text(
            "Loven siger »og«: begge skal modtage ydelsen.",
            "The act says “and”: both must receive the benefit.",
        ),
    ),
    "AMB-EXC-FORE": PointText(
        Text(
            "Gælder grænserne for bytte og fremleje fra 2021 også i forebyggelsesområder?",
            "Do the limits on exchange and sublet of 2021 reach prevention areas too?",
        ),
        {
            "a": Text("nej, kun udsatte boligområder", "no, vulnerable areas only"),
            "b": Text("ja", "yes"),
        },
        Text(
            "Titel og vejledning nævner udsatte boligområder; ordlyden er ikke set.",
            "Title and guidance name vulnerable areas; the wording was not seen.",
        ),
    ),
    "AMB-EXC-MEET": PointText(
        Text(
            "Hvad skal den, der flytter ind ved bytte eller fremleje, opfylde?",
            "What must whoever moves in by exchange or sublet meet?",
        ),
        {
            "a": Text("kun kriterierne for fleksibel udlejning", "the flexible criteria only"),
            "b": Text("alle udlejningsregler, også § 51 c", "all letting rules, section 51 c too"),
        },
        Text(
            "Ingen fortolkning er valgt: begge prøves, og den, der ikke er opfyldt, vises.",
            "No reading is chosen: both are examined, and the one that fails is shown.",
        ),
    ),
    "AMB-42-SATURDAY": PointText(
        Text(
            "Er en lørdag en hverdag, når fristen efter § 42 regnes?",
            "Is a Saturday a weekday when the time limit of section 42 is counted?",
        ),
        {
            "a": Text("ja, lørdagen tæller med", "yes, the Saturday counts"),
            "b": Text("nej, kun mandag til fredag", "no, Monday to Friday only"),
        },
        Text(
            "Ingen fortolkning er valgt: et afslag mellem de to frister er ikke afgjort.",
            "No reading is chosen: a refusal between the two limits is undetermined.",
        ),
    ),
    "AMB-FLEX-59": PointText(
        Text(
            "Binder kriterierne også anvisning efter § 59, stk. 3-5?",
            "Do the criteria bind referral under section 59(3) to (5) too?",
        ),
        {
            "a": Text("nej, de gælder ikke ved anvisning", "no, they do not apply to referral"),
            "b": Text("ja, efter ordlyden", "yes, by the wording"),
        },
        Text(
            "Kriterierne anvendes ikke ved anvisning.",
            "The criteria are not applied to any referral.",
        ),
    ),
    "AMB-RECORD": PointText(
        Text(
            "Hvilke forhold på en straffeattest kan tælle med?",
            "Which entries of a certificate may count?",
        ),
        {
            "a": Text(
                "det, straffeattesten viser, efter en konkret vurdering",
                "what the certificate shows, after a concrete assessment",
            ),
            "b": Text(
                "kun i indeværende og de to forrige kalenderår",
                "only of this and the two calendar years before",
            ),
        },
        Text(
            "Hvor gammelt forholdet er, og hvad det går ud på, indgår i vurderingen; svaret "
            "er højst et skøn.",
            "How old the entry is, and of what kind, is part of the assessment; the answer "
            "is at most discretionary.",
        ),
    ),
    "AMB-RECORD-AGE": PointText(
        Text(
            "Hvor længe kan der bygges på en straffeattest, der er set?",
            "For how long can a certificate that was seen be relied on?",
        ),
        {
            "a": Text(
                "indtil boligorganisationen forlanger en ny",
                "until the organisation demands a new one",
            ),
            "b": Text(
                "kun ved den udlejning, den blev forlangt til",
                "only at the letting that it was demanded for",
            ),
        },
        Text(
            "Ingen fortolkning er valgt: straffeattesten forlanges før indgåelse af lejekontrakt, "
            "men bekendtgørelsen nævner ingen frist. Der spørges, når den er set for over tre "
            "måneder siden, og det ikke er oplyst, hvor længe der stoles på den.",
            "No reading is chosen: the certificate is demanded before a contract, but the order "
            "names no period. It is asked where it was seen more than three months ago, and for "
            "how long it is relied on is not stated.",
        ),
    ),
    "AMB-INCOME-AGREED": PointText(
        Text(
            "Kan aftalte kriterier (§ 60, stk. 1) stille krav om indtægt?",
            "May criteria that are agreed (section 60(1)) ask for an income?",
        ),
        {
            "a": Text(
                "ja, efter en konkret vurdering (styrelsens notat af 15. november 2019)",
                "yes, after a concrete assessment (the agency's note of 15 November 2019)",
            ),
            "b": Text(
                "nej, indtægt kan kun vurderes efter § 61 og udlejningsbekendtgørelsens § 42",
                "no, income may be weighed only under section 61 and the letting order section 42",
            ),
        },
        Text(
            "Notatet er ikke set; det gengives således af BL.",
            "The note was not seen; it is reported so by BL.",
        ),
    ),
    "AMB-RECORD-AGREED": PointText(
        Text(
            "Kan der efter aftalte kriterier (§ 60, stk. 1) forlanges straffeattest uden for "
            "udsatte boligområder?",
            "May criteria agreed under section 60(1) ask for a certificate outside vulnerable "
            "areas?",
        ),
        {
            "a": Text(
                "ja, efter en konkret vurdering (styrelsens notat af 15. november 2019)",
                "yes, after a concrete assessment (the agency's note of 15 November 2019)",
            ),
            "b": Text("nej, kun § 29 giver adgang", "no, only section 29 allows it"),
        },
        Text(
            "Ingen fortolkning er valgt: § 29 nævner kun udsatte boligområder, og notatet "
            "er ikke set.",
            "No reading is chosen: section 29 names vulnerable areas only; the note was not seen.",
        ),
    ),
    "AMB-RECORD-FORE": PointText(
        Text(
            "Kan straffeattest forlanges i forebyggelsesområder?",
            "May a certificate be demanded in prevention areas?",
        ),
        {
            "a": Text("aldrig", "never"),
            "b": Text("kun som offentliggjort kriterium", "only as a published criterion"),
        },
        Text(
            "§ 29 nævner kun udsatte boligområder; et offentliggjort kriterium kan gå videre.",
            "Section 29 names vulnerable areas only; a published criterion may ask.",
        ),
    ),
    "AMB-REFDATE-29": PointText(
        Text("Hvilken dag gælder for straffeattesten?", "Which day counts for the certificate?"),
        {
            "a": Text("dagen for tilbuddet", "the day of the offer"),
            "b": Text("før kontrakten underskrives", "before the contract is signed"),
        },
        Text(
            "Straffeattesten forlanges, før lejekontrakten indgås.",
            "The certificate is demanded before the contract.",
        ),
    ),
    "AMB-REFDATE-51C": PointText(
        Text("Hvilken dag gælder for § 51 c?", "Which day counts for section 51 c?"),
        {
            "a": Text("dagen for tilbuddet", "the day of the offer"),
            "b": Text("udlejningsdagen", "the day of letting"),
            "c": Text("indflytningsdagen", "the day of moving in"),
        },
        Text(
            "Kommunen påser det før udlejning, og ydelsen skal modtages da.",
            "The municipality checks before letting, and the benefit must be received then.",
        ),
    ),
    "AMB-RESSOURCE": PointText(
        Text(
            "Tæller ressourceforløbsydelse uden for jobafklaringsforløb med?",
            "Does resource-course benefit without job clarification count?",
        ),
        {
            "a": Text("kun under jobafklaringsforløb", "only under job clarification"),
            "b": Text("begge", "both"),
        },
        Text("Loven nævner kun den ene.", "Only the one is named."),
    ),
}
