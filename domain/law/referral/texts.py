"""What the rules about a referral are called, what they say, and sentences for their findings."""

from __future__ import annotations

from domain.law.kernel import Status
from domain.law.texts.kinds import RuleText, Sentence, Text, one


def _run_of_months(who: Text) -> dict[Status, tuple[Sentence, ...]]:
    return {
        Status.MET: (
            one(
                f"{who.da} har modtaget {{benefits}} i {{months_required}} sammenhængende "
                "kalendermåneder, fra {run_from} til {run_to}.",
                f"{who.en} has received {{benefits}} for {{months_required}} calendar months in a "
                "row, from {run_from} to {run_to}.",
            ),
        ),
        Status.NOT_MET: (
            one(
                f"{who.da} har ikke modtaget ydelserne i {{months_required}} sammenhængende "
                "kalendermåneder: i {month_without} er der ikke modtaget en ydelse, der "
                "tæller med.",
                f"{who.en} has not received the benefits for {{months_required}} calendar months "
                "in a row: no benefit that counts was received in {month_without}.",
            ),
        ),
        Status.UNKNOWN: (
            one(
                "Det vides ikke, om ydelserne er modtaget i {months_required} sammenhængende "
                "kalendermåneder til og med {last_full_month}.",
                "It is not known whether the benefits were received for {months_required} calendar "
                "months in a row up to and including {last_full_month}.",
            ),
        ),
    }


def _six_months(
    number: str, da: str, en: str, what_da: str, what_en: str, asked_da: str, asked_en: str
) -> list[tuple[Status, Sentence]]:
    """Return sentences of one of nr. 1 to 3, told apart by the finding's number."""
    return [
        (Status.MET, one(f"{da} den {{on}}.", f"{en} on {{on}}.", number=number)),
        (
            Status.NOT_MET,
            one(
                f"{what_da} fra den {{from}} til den {{day}}.",
                f"{what_en} from {{from}} to {{day}}.",
                number=number,
            ),
        ),
        (
            Status.UNKNOWN,
            one(
                f"Det vides ikke, om {asked_da} fra den {{from}} til den {{day}}.",
                f"It is not known whether {asked_en} from {{from}} to {{day}}.",
                number=number,
            ),
        ),
    ]


def _by_status(sentences: list[tuple[Status, Sentence]]) -> dict[Status, tuple[Sentence, ...]]:
    found: dict[Status, tuple[Sentence, ...]] = {}
    for status, sentence in sentences:
        found[status] = (*found.get(status, ()), sentence)
    return found


_NR_1 = _six_months(
    "1",
    "Husstandsmedlemmet er dømt og blev løsladt fra en institution under kriminalforsorgen",
    "The member is convicted and was released from an institution of the prison service",
    "Der er ingen løsladelse, som forbuddet omfatter,",
    "There is no release that the ban covers",
    "der er en løsladelse, som forbuddet omfatter,",
    "there is a release that the ban covers",
)
_NR_2 = _six_months(
    "2",
    "Husstandsmedlemmet er under 18 år og dømt og blev løsladt fra en anbringelse uden for "
    "kriminalforsorgen",
    "The member is under 18, convicted, and was released from a placement outside the prison "
    "service",
    "Der er ingen løsladelse fra en anbringelse, som forbuddet omfatter,",
    "There is no release from a placement that the ban covers",
    "der er en løsladelse fra en anbringelse, som forbuddet omfatter,",
    "there is a release from a placement that the ban covers",
)
_NR_3 = _six_months(
    "3",
    "Husstandsmedlemmet fik sit lejemål ophævet eller opsagt som følge af grove "
    "overtrædelser af god skik og orden",
    "The member's tenancy was terminated for gross breaches of good order",
    "Der er ingen ophævelse eller opsigelse, som forbuddet omfatter,",
    "There is no termination that the ban covers",
    "der er en ophævelse eller opsigelse, som forbuddet omfatter,",
    "there is a termination that the ban covers",
)
_NR_3 = [
    (
        Status.MET,
        one(
            "Husstandsmedlemmet er opsagt som følge af grove overtrædelser af god skik og "
            "orden; lejemålet ophører den {on}.",
            "The member is under notice for gross breach of good order; the tenancy ends on {on}.",
            number="3",
            tenancy="under_notice",
        ),
    ),
    *_NR_3,
]
_NR_1_AND_2 = [
    each
    for each in _six_months(
        "1-2",
        "",
        "",
        "Der er ingen løsladelse, som forbuddene omfatter,",
        "There is no release that the bans cover",
        "der er en løsladelse, som forbuddene omfatter,",
        "there is a release that the bans cover",
    )
    if each[0] is not Status.MET
]

_ATTESTED_REFUGEE: dict[Status, tuple[Sentence, ...]] = {
    Status.MET: (
        one(
            "Husstandsmedlemmet er den {day} en flygtning, der er visiteret til kommunen.",
            "On {day} the member is a refugee allocated to the municipality.",
        ),
    ),
    Status.NOT_MET: (
        one(
            "Husstandsmedlemmet er den {day} ikke en flygtning, der er visiteret til kommunen.",
            "On {day} the member is not a refugee allocated to the municipality.",
        ),
    ),
    Status.UNKNOWN: (
        one(
            "Det vides ikke, om husstandsmedlemmet er omfattet af reglen den {day}.",
            "It is not known whether the rule covers the member on {day}.",
        ),
    ),
}

_NOT_RECORDED = one(
    "Der er ikke registreret en beslutning eller aftale, som den hviler på.",
    "No decision or agreement that it rests on is recorded.",
    recorded="none",
)
_RECORDED = one(
    "Beslutningen eller aftalen gælder fra den {since}.",
    "The decision or agreement holds from {since}.",
)

_PRIVATE: dict[Status, tuple[Sentence, ...]] = {
    Status.MET: (_RECORDED,),
    Status.NOT_MET: (
        _NOT_RECORDED,
        one(
            "Ikke alle private ejere er opfordret til at afgive tilbud.",
            "Not every private owner was invited to make an offer.",
            lacking="owners_invited",
        ),
        one(
            "Aftalen omfatter mere end hver fjerde ledige lejlighed.",
            "The agreement gives more than every fourth vacant flat.",
            lacking="share",
        ),
        one(
            "Aftalen skal nævne mindst to lejligheder og højst en fjerdedel af ejendommens.",
            "The agreement must name at least two flats, and at most a fourth of the property's.",
            lacking="named_flats",
        ),
        one(
            "Aftalen nævner ikke denne lejlighed.",
            "The agreement does not name this flat.",
            lacking="this_flat",
        ),
        one(
            "Der er tidligere indgået en aftale om ejendommen, og den kan ikke gentages.",
            "There was an agreement about the property before, and there can be one only.",
            lacking="second_agreement",
        ),
    ),
}

_CITIZENSHIP: dict[Status, tuple[Sentence, ...]] = {
    Status.MET: (
        one(
            "Betingelsen om statsborgerskab er ikke opfyldt, og husstandsmedlemmet er ikke "
            "indskrevet på en offentligt anerkendt uddannelsesinstitution.",
            "The condition of citizenship is not met, and the member is not enrolled at a "
            "publicly recognised educational institution.",
            condition="not_met",
        ),
        one(
            "Betingelsen om statsborgerskab anses ikke for opfyldt ({condition}), og "
            "husstandsmedlemmet er ikke indskrevet på en offentligt anerkendt "
            "uddannelsesinstitution.",
            "The condition of citizenship is not taken to be met ({condition}), and the "
            "member is not enrolled at a publicly recognised educational institution.",
        ),
    ),
    Status.NOT_MET: (
        one(
            "Husstandsmedlemmet er indskrevet på en offentligt anerkendt uddannelsesinstitution.",
            "The member is enrolled at a publicly recognised educational institution.",
            enrolled="yes",
        ),
        one(
            "Betingelsen om statsborgerskab er opfyldt.",
            "The condition of citizenship is met.",
            condition="met",
        ),
        one(
            "Betingelsen om statsborgerskab anses for opfyldt ({condition}).",
            "The condition of citizenship is taken to be met ({condition}).",
        ),
    ),
    Status.UNKNOWN: (
        one(
            "Det vides ikke, om husstandsmedlemmet er indskrevet på en offentligt anerkendt "
            "uddannelsesinstitution; betingelsen om statsborgerskab: {condition}.",
            "It is not known whether the member is enrolled at a publicly recognised "
            "educational institution; the condition of citizenship: {condition}.",
        ),
        one(
            "Det er ikke oplyst, om betingelsen om statsborgerskab er opfyldt.",
            "It was not said whether the condition of citizenship is met.",
        ),
    ),
}

_NR_1_TO_4 = _by_status(
    [
        *_NR_1,
        *_NR_2,
        *_NR_3,
        *_NR_1_AND_2,
        *((status, each) for status, several in _CITIZENSHIP.items() for each in several),
    ]
)

MEMBER = Text("Husstandsmedlemmet", "The member of the household")

RULES: dict[str, RuleText] = {
    "REF-UDS-N1": RuleText(
        Text("Løsladelse fra kriminalforsorgen (nr. 1)", "Release from prison (no. 1)"),
        Text(
            "Forbud, når et medlem, der er dømt, er løsladt inden for de seneste seks "
            "måneder og skal have en handleplan.",
            "A ban when a convicted member was released within six months and is due an action "
            "plan.",
        ),
        _by_status(_NR_1),
    ),
    "REF-UDS-N2": RuleText(
        Text("Løsladelse af et medlem under 18 år (nr. 2)", "Release of a member under 18 (no. 2)"),
        Text(
            "Forbud, når et medlem under 18 år, der er dømt, er løsladt fra en anbringelse "
            "inden for de seneste seks måneder og skal have en handleplan.",
            "A ban when a convicted member under 18 was released from a placement within six "
            "months and is due an action plan.",
        ),
        _by_status(_NR_2),
    ),
    "REF-UDS-N3": RuleText(
        Text("Ophævet eller opsagt lejemål (nr. 3)", "Terminated tenancy (no. 3)"),
        Text(
            "Forbud, når et medlem inden for de seneste seks måneder har fået sit lejemål "
            "ophævet eller er opsagt som følge af grove overtrædelser af god skik og orden.",
            "A ban when a member's tenancy was terminated, or notice of it given, within six "
            "months for gross breaches of good order.",
        ),
        _by_status(_NR_3),
    ),
    "REF-UDS-N4": RuleText(
        Text("Statsborgerskab (nr. 4)", "Citizenship (no. 4)"),
        Text(
            "Forbud, når et medlem hverken er statsborger i EU, EØS eller Schweiz eller er "
            "studerende.",
            "A ban when a member is neither a citizen of an EU or EEA state or Switzerland nor a "
            "student.",
        ),
        _CITIZENSHIP,
    ),
    "REF-UDS-N5": RuleText(
        Text("Kontanthjælp m.v. i seks måneder (nr. 5)", "Cash benefit for six months (no. 5)"),
        Text(
            "Forbud, når et medlem i seks sammenhængende kalendermåneder har modtaget de "
            "ydelser, loven nævner.",
            "A ban when a member has had the benefits that the act names for six calendar months "
            "in a row.",
        ),
        _run_of_months(MEMBER),
    ),
    "REF-UDS-N6": RuleText(
        Text("Førtidspension (nr. 6)", "Disability pension (no. 6)"),
        Text(
            "Forbud, når et medlem modtager førtidspension.",
            "A ban when a member receives disability pension.",
        ),
        {
            Status.MET: (
                one(
                    "Husstandsmedlemmet modtager førtidspension den {day}.",
                    "The member receives disability pension on {day}.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Husstandsmedlemmet modtager ikke førtidspension den {day}.",
                    "The member does not receive disability pension on {day}.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, om husstandsmedlemmet modtager førtidspension den {day}.",
                    "It is not known whether the member receives disability pension on {day}.",
                ),
            ),
        },
    ),
    "REF-UDS-N7": RuleText(
        Text(
            "Arbejdsløshedsdagpenge, sygedagpenge m.v. i seks måneder (nr. 7)",
            "Unemployment or sickness benefit for six months (no. 7)",
        ),
        Text(
            "Forbud, når et medlem i seks sammenhængende kalendermåneder har modtaget "
            "arbejdsløshedsdagpenge, sygedagpenge eller ressourceforløbsydelse under "
            "jobafklaringsforløb.",
            "A ban when a member has had unemployment, sickness or job-clarification benefit for "
            "six calendar months in a row.",
        ),
        _run_of_months(MEMBER),
    ),
    "REF-OLD-2011-2018": RuleText(
        Text(
            "Løsladelse, ophævet eller opsagt lejemål eller statsborgerskab (forbuddet "
            "indtil 2018)",
            "Release, terminated tenancy or citizenship (the ban until 2018)",
        ),
        Text(
            "Indtil 30. november 2018 gjaldt forbuddene i nr. 1-4 i ghettoområder og i områder for "
            "kombineret udlejning.",
            "Until 30 November 2018 the bans of nos. 1 to 4 held in ghetto areas and in areas for "
            "combined letting.",
        ),
        _NR_1_TO_4,
    ),
    "REF-FORE-N1-4": RuleText(
        Text(
            "Løsladelse, ophævet eller opsagt lejemål eller statsborgerskab (nr. 1-4)",
            "Release, terminated tenancy or citizenship (nos. 1 to 4)",
        ),
        Text(
            "I forebyggelsesområder gælder forbuddene i nr. 1-4 for familieboliger.",
            "In prevention areas the bans of nos. 1 to 4 hold for family dwellings.",
        ),
        _NR_1_TO_4,
    ),
    "REF-FORE-SHO": RuleText(
        Text(
            "Selvforsørgelses- og hjemrejseydelse m.v. i seks måneder (forebyggelsesområde)",
            "Self-support and return benefit etc. for six months (prevention area)",
        ),
        Text(
            "Forbud, når et medlem i seks sammenhængende kalendermåneder har modtaget "
            "selvforsørgelses- og hjemrejseydelse eller overgangsydelse, fra 1. juli 2025 "
            "kontanthjælp efter § 16, stk. 2.",
            "A ban when a member has had self-support and return benefit or transitional benefit, "
            "from 1 July 2025 cash benefit under section 16(2), for six calendar months in a row.",
        ),
        {
            **_run_of_months(MEMBER),
            # Values name cash benefit without its rate; here only that of section 16(2) counts.
            Status.MET: (
                one(
                    "Husstandsmedlemmet har modtaget kontanthjælp efter aktivlovens § 16, "
                    "stk. 2, i {months_required} sammenhængende kalendermåneder, fra "
                    "{run_from} til {run_to}.",
                    "The member of the household has received cash benefit under section 16(2) of "
                    "the active social policy act for {months_required} calendar months in a row, "
                    "from {run_from} to {run_to}.",
                    benefits="kontanthjaelp",
                ),
                *_run_of_months(MEMBER)[Status.MET],
            ),
        },
    ),
    "REF-FORE-24": RuleText(
        Text(
            "Kontanthjælp i 24 måneder (forebyggelsesområde)",
            "Cash benefit for 24 months (prevention area)",
        ),
        Text(
            "Forbud, når et medlem i 24 sammenhængende kalendermåneder har modtaget "
            "kontanthjælp, fra 1. juli 2025 efter § 16, stk. 1.",
            "A ban when a member has had cash benefit, from 1 July 2025 under section 16(1), for "
            "24 calendar months in a row.",
        ),
        _run_of_months(MEMBER),
    ),
    "REF-FORE-30PCT": RuleText(
        Text("30-procentsundtagelsen", "The exemption of 30 per cent"),
        Text(
            "Ligger over 30 procent af kommunens almene familieboliger i udsatte boligområder og "
            "forebyggelsesområder, vælger kommunen, hvilke forebyggelsesområder der undtages.",
            "Where over 30 per cent of the municipality's social family dwellings lie in "
            "vulnerable and prevention areas, it chooses which prevention areas are exempt.",
        ),
        {
            Status.MET: (
                one(
                    "Kommunen har undtaget området, og ved opgørelsen den {counted_on} var andelen "
                    "over 30 procent ({dwellings} boliger).",
                    "The municipality has exempted the area, and at the count of {counted_on} the "
                    "share was over 30 per cent ({dwellings} dwellings).",
                ),
                one(
                    "Kommunen har undtaget området; den lagde en andel på {share_used} procent til "
                    "grund.",
                    "The municipality has exempted the area, on a share of {share_used} per cent.",
                ),
                one(
                    "Andelen er over 30 procent ({dwellings} boliger), og intet er besluttet; "
                    "forbuddet anses for bortfaldet.",
                    "The share is over 30 per cent ({dwellings} dwellings) and nothing is decided; "
                    "the ban is taken to have lapsed.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Kommunens beslutning undtager andre områder end dette.",
                    "The municipality's decision exempts other areas than this one.",
                    decision="other_areas",
                ),
                one(
                    "Kommunen har undtaget området, men ved opgørelsen den {counted_on} var "
                    "andelen ikke over 30 procent ({dwellings} boliger).",
                    "The municipality has exempted the area, but at the count of {counted_on} the "
                    "share was not over 30 per cent ({dwellings} dwellings).",
                ),
                one(
                    "Beslutningen hviler på en andel på {share_used} procent, som ikke er over 30.",
                    "The decision rests on a share of {share_used} per cent, which is not over 30.",
                ),
                one(
                    "Kommunen har ikke undtaget området; {dwellings} familieboliger ligger i "
                    "områderne.",
                    "The municipality has not exempted the area; {dwellings} family dwellings lie "
                    "in such areas.",
                ),
                one(
                    "Kommunen har ikke besluttet at undtage området.",
                    "The municipality has not decided to exempt the area.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Kommunen har undtaget området med en andel på {share_used} procent; en "
                    "opgørelse efter den samme liste siger noget andet.",
                    "The municipality has exempted the area on a share of {share_used} per cent; a "
                    "count by the same list says otherwise.",
                    share="contradictory",
                ),
                one(
                    "Kommunen har undtaget området med en andel på {share_used} procent; andelen "
                    "er ikke opgjort, siden områderne blev offentliggjort på ny.",
                    "The municipality has exempted the area on a share of {share_used} per cent; "
                    "the share was not counted since the areas were published anew.",
                    share="not_counted_since_the_list",
                ),
                one(
                    "Andelen af familieboliger i områderne er ikke opgjort, og kommunen har "
                    "ikke besluttet noget.",
                    "The share of family dwellings in such areas is not counted, and the "
                    "municipality has decided nothing.",
                ),
            ),
        },
    ),
    "REF-FALLBACK": RuleText(
        Text(
            "Ingen mulighed for at anvise en bolig uden for områderne",
            "No dwelling outside the areas can be referred",
        ),
        Text(
            "Vurderer kommunen, at der ikke kan anvises en bolig uden for områderne, skal den "
            "anvise en ledig bolig i dem.",
            "Where the municipality finds that no dwelling outside the areas can be referred, it "
            "must refer a vacant one inside them.",
        ),
        {
            Status.MET: (
                one(
                    "Kommunen har den {decision_day} vurderet, at der ikke kan anvises en bolig "
                    "uden for områderne.",
                    "On {decision_day} the municipality found that no dwelling outside the areas "
                    "can be referred.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Kommunen har ikke foretaget en vurdering af, om der kan anvises en "
                    "bolig uden for områderne.",
                    "The municipality has made no assessment of whether a dwelling outside "
                    "the areas can be referred.",
                    decision="none",
                ),
                one(
                    "Vurderingen af {decision_day} gjaldt de boliger, der var ledige "
                    "dengang; kommunen har ikke foretaget en ny vurdering.",
                    "The assessment of {decision_day} was about the dwellings vacant then; the "
                    "municipality has made none for the day.",
                    vacancies="others",
                ),
                one(
                    "Vurderingen af {decision_day} er foretaget, uden at muligheden for at "
                    "anvise en bolig i andre kommuner er undersøgt.",
                    "The assessment of {decision_day} was made without examining referral in "
                    "other municipalities.",
                    other_municipalities="not_tried",
                ),
                one(
                    "Efter vurderingen af {decision_day} kan der anvises en bolig i et "
                    "forebyggelsesområde, som går forud.",
                    "By the assessment of {decision_day} a dwelling in a prevention area can "
                    "be referred, which comes first.",
                    prevention_area="possible",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Vurderingen af {decision_day} siger ikke, om der kan anvises en bolig i "
                    "et forebyggelsesområde, som går forud.",
                    "The assessment of {decision_day} does not say whether a dwelling in a "
                    "prevention area, which comes first, can be referred.",
                ),
            ),
        },
    ),
    "REF-REFUGEE": RuleText(
        Text("Flygtninge (integrationsloven)", "Refugees (integration act)"),
        Text(
            "En flygtning, der er visiteret til kommunen, må ikke anvises en bolig i et udsat "
            "boligområde; § 59, stk. 9, ophæver ikke forbuddet.",
            "A refugee allocated to the municipality may not be referred to a dwelling in a "
            "vulnerable area; section 59(9) does not lift that ban.",
        ),
        _ATTESTED_REFUGEE,
    ),
    "REF-REFUGEE-2017": RuleText(
        Text("Flygtninge (integrationsloven før 2020)", "Refugees (integration act before 2020)"),
        Text(
            "En flygtnings bolig måtte ikke ligge i et ghettoområde eller et område for "
            "kombineret udlejning.",
            "A refugee's dwelling was not to lie in a ghetto area or an area for combined letting.",
        ),
        _ATTESTED_REFUGEE,
    ),
    "REF-UKRAINE": RuleText(
        Text("Fordrevne fra Ukraine", "Persons displaced from Ukraine"),
        Text(
            "Kommunen kan fravige integrationslovens forbud for den, der har "
            "opholdstilladelse efter særloven, hvis den vurderer, at der ikke kan anvises en "
            "bolig uden for udsatte boligområder.",
            "The municipality may set the integration act's ban aside for the holder of a "
            "permit under the special act, where it finds that no dwelling outside "
            "vulnerable areas can be referred.",
        ),
        {
            Status.MET: (
                one(
                    "Kommunen har den {decision_day} vurderet, at der ikke kan anvises en "
                    "bolig uden for udsatte boligområder.",
                    "On {decision_day} the municipality found that no dwelling outside "
                    "vulnerable areas can be referred.",
                ),
                one(
                    "Husstandsmedlemmet har den {day} opholdstilladelse efter særloven.",
                    "On {day} the member holds a permit under the special act.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Kommunen har ikke foretaget en vurdering efter § 30 a.",
                    "The municipality has made no assessment under section 30 a.",
                    decision="none",
                ),
                one(
                    "Vurderingen af {decision_day} efter § 30 a gjaldt de boliger, der var "
                    "ledige dengang; kommunen har ikke foretaget en ny vurdering.",
                    "The assessment of {decision_day} under section 30 a was about the dwellings "
                    "vacant then; the municipality has made none for the day.",
                    vacancies="others",
                ),
                one(
                    "Husstandsmedlemmet har den {day} ikke opholdstilladelse efter særloven.",
                    "On {day} the member holds no permit under the special act.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, om husstandsmedlemmet har opholdstilladelse efter særloven "
                    "den {day}.",
                    "It is not known whether the member holds a permit under the special act on "
                    "{day}.",
                ),
            ),
        },
    ),
    "REF-QUARTER": RuleText(
        Text("Hver fjerde bolig, eller aftale (stk. 1-3)", "Every fourth dwelling (1 to 3)"),
        Text(
            "Kommunen kan kræve at få indtil hver fjerde ledige bolig stillet til rådighed, "
            "eller indgå aftale om flere.",
            "The municipality can require up to every fourth vacant dwelling, or agree on more.",
        ),
        {
            Status.MET: (_RECORDED,),
            Status.NOT_MET: (
                _NOT_RECORDED,
                one(
                    "Boligen er en startbolig, som stk. 3 ikke omfatter.",
                    "The dwelling is a *startbolig*, which paragraph 3 does not cover.",
                    mark="startbolig",
                ),
                one(
                    "Boligen er ommærket, og stk. 3 omfatter den ikke.",
                    "The dwelling is re-designated, and paragraph 3 does not cover it.",
                    mark="redesignated",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Ordlyden af stk. 3 den dag er ikke set, og den kan afgøre, om boligen "
                    "er omfattet.",
                    "The wording of paragraph 3 on the day was not seen, and may decide whether "
                    "the dwelling is covered.",
                ),
            ),
        },
    ),
    "REF-KOMB-4": RuleText(
        Text("Hele området (stk. 4)", "The whole area (4)"),
        Text(
            "I områder med mange uden for arbejdsmarkedet kan kommunen beslutte at råde over alle "
            "ledige familieboliger.",
            "In areas with many outside the labour market the municipality can decide to have all "
            "vacant family dwellings at its disposal.",
        ),
        {
            Status.MET: (_RECORDED,),
            Status.NOT_MET: (
                _NOT_RECORDED,
                one(
                    "Området er kun et område for kombineret udlejning efter ministerens "
                    "godkendelse (§ 51 b, stk. 6).",
                    "The area is one for combined letting only by the minister's approval "
                    "(section 51 b(6)).",
                    area="grouping",
                ),
                one(
                    "Området er ikke et område for kombineret udlejning.",
                    "The area is not one for combined letting.",
                    area="no_combined_letting",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, om området er et område for kombineret udlejning.",
                    "It is not known whether the area is one for combined letting.",
                ),
            ),
        },
    ),
    "REF-PLUS-5": RuleText(
        Text("Forhøjet antal (stk. 5)", "Increased number (5)"),
        Text(
            "Har kommunen besluttet kombineret udlejning (§ 51 b), kan ministeren godkende, "
            "at den råder over flere boliger.",
            "Where the municipality has decided on combined letting (section 51 b), the "
            "minister can approve that it has more dwellings at its disposal.",
        ),
        {
            Status.MET: (
                one(
                    "Ministeren har godkendt {dwellings} boliger fra den {since}.",
                    "The minister has approved {dwellings} dwellings from {since}.",
                ),
            ),
            Status.NOT_MET: (
                _NOT_RECORDED,
                one(
                    "Ministerens godkendelse er ikke registreret.",
                    "No approval by the minister is recorded.",
                    approved="none",
                ),
            ),
        },
    ),
    "REF-THIRD": RuleText(
        Text("Genhusning ved byfornyelse", "Rehousing in urban renewal"),
        Text(
            "Kommunen kan beslutte at råde over hver tredje ledige lejlighed til husstande, der "
            "skal genhuses, når den samtidig stiller halvdelen af sine egne til rådighed.",
            "The municipality can decide to have every third vacant flat at its disposal for "
            "households to be rehoused, if half of its own are put at disposal as well.",
        ),
        {
            Status.MET: (
                _RECORDED,
                one(
                    "Husstanden har den {day} ret til en erstatningsbolig.",
                    "On {day} the household has a right to a replacement dwelling.",
                    right="yes",
                ),
            ),
            Status.NOT_MET: (
                _NOT_RECORDED,
                one(
                    "Beslutningen stiller ikke halvdelen af kommunens egne lejligheder til "
                    "rådighed.",
                    "The decision does not put half of the municipality's own flats at disposal.",
                    own_flats="not_half",
                ),
                one(
                    "Husstanden har den {day} ikke ret til en erstatningsbolig.",
                    "On {day} the household has no right to a replacement dwelling.",
                    right="no",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Det vides ikke, om husstanden har ret til en erstatningsbolig den {day}.",
                    "It is not known whether the household has a right to a replacement dwelling "
                    "on {day}.",
                ),
            ),
        },
    ),
    "PRIV-ANV": RuleText(
        Text(
            "Aftale om private lejligheder (før 30/11/2021)",
            "Agreement about private flats (before 30/11/2021)",
        ),
        Text(
            "Kommuner, der brugte § 51 b eller § 59, stk. 4, kunne aftale anvisning til private "
            "lejligheder i seks år.",
            "Municipalities that used section 51 b or 59(4) could agree on referral to private "
            "flats for six years.",
        ),
        _PRIVATE,
    ),
    "PRIV-ANV-2022": RuleText(
        Text("Aftale om private lejligheder", "Agreement about private flats"),
        Text(
            "Kommunen kan aftale anvisning til private lejligheder mod godtgørelse; forbuddene i "
            "§ 59 gælder ikke dem.",
            "The municipality can agree on referral to private flats against payment; the bans of "
            "section 59 do not cover them.",
        ),
        _PRIVATE,
    ),
    "PRIV-ANV-58": RuleText(
        Text("Hver tiende private lejlighed", "Every tenth private flat"),
        Text(
            "I ejendomme, hvis leje eller afkast fastsættes på visse måder, kan kommunen kræve "
            "hver tiende ledige lejlighed.",
            "In properties whose rent or yield is set in certain ways the municipality can require "
            "every tenth vacant flat.",
        ),
        {Status.MET: (_RECORDED,), Status.NOT_MET: (_NOT_RECORDED,)},
    ),
}
