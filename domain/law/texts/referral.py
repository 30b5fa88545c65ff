"""What the rules about a referral are called, what they say, and sentences for their findings."""

from __future__ import annotations

from domain.law.kernel import Status
from domain.law.texts.kinds import RuleText, Sentence, Text, one


def _run_of_months(who: Text) -> dict[Status, tuple[Sentence, ...]]:
    return {
        Status.MET: (
            one(
                f"{who.da} har modtaget {{benefits}} i {{months_required}} kalendermåneder i træk, "
                "fra {run_from} til {run_to}.",
                f"{who.en} has received {{benefits}} for {{months_required}} calendar months in a "
                "row, from {run_from} to {run_to}.",
            ),
        ),
        Status.NOT_MET: (
            one(
                f"{who.da} har ikke modtaget ydelserne i {{months_required}} kalendermåneder i "
                "træk: i {month_without} er der ikke modtaget en ydelse, der tæller med.",
                f"{who.en} has not received the benefits for {{months_required}} calendar months "
                "in a row: no benefit that counts was received in {month_without}.",
            ),
        ),
        Status.UNKNOWN: (
            one(
                "Det vides ikke, om ydelserne er modtaget i {months_required} kalendermåneder i "
                "træk til og med {last_full_month}.",
                "It is not known whether the benefits were received for {months_required} calendar "
                "months in a row up to and including {last_full_month}.",
            ),
        ),
    }


MEMBER = Text("Husstandsmedlemmet", "The member of the household")
NO_VALUES: dict[Status, tuple[Sentence, ...]] = {}

RULES: dict[str, RuleText] = {
    "REF-UDS-N1": RuleText(
        Text("Løsladelse fra kriminalforsorgen (nr. 1)", "Release from prison (no. 1)"),
        Text(
            "Forbud, når et dømt medlem er løsladt inden for seks måneder og skal have handleplan.",
            "A ban when a convicted member was released within six months and is due an action "
            "plan.",
        ),
        NO_VALUES,
    ),
    "REF-UDS-N2": RuleText(
        Text("Løsladelse af et medlem under 18 år (nr. 2)", "Release of a member under 18 (no. 2)"),
        Text(
            "Forbud, når et dømt medlem under 18 år er løsladt fra en anbringelse inden for seks "
            "måneder og skal have handleplan.",
            "A ban when a convicted member under 18 left a placement within six months and is due "
            "an action plan.",
        ),
        NO_VALUES,
    ),
    "REF-UDS-N3": RuleText(
        Text("Ophævet eller opsagt lejemål (nr. 3)", "Terminated tenancy (no. 3)"),
        Text(
            "Forbud, når et medlem inden for seks måneder har mistet sit lejemål på grund af grov "
            "overtrædelse af god skik og orden.",
            "A ban when a member lost a tenancy within six months for gross breach of good order.",
        ),
        NO_VALUES,
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
                one(
                    "Betingelsen om statsborgerskab er ikke opfyldt, og husstandsmedlemmet er ikke "
                    "indskrevet på en anerkendt uddannelsesinstitution.",
                    "The condition of citizenship is not met, and the member is not enrolled at a "
                    "recognised institution.",
                    condition="not_met",
                ),
                one(
                    "Betingelsen om statsborgerskab anses ikke for opfyldt ({condition}), og "
                    "husstandsmedlemmet er ikke indskrevet på en anerkendt uddannelsesinstitution.",
                    "The condition of citizenship is not taken to be met ({condition}), and the "
                    "member is not enrolled at a recognised institution.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Husstandsmedlemmet er indskrevet på en anerkendt uddannelsesinstitution.",
                    "The member is enrolled at a recognised institution.",
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
                    "Det vides ikke, om husstandsmedlemmet er indskrevet på en anerkendt "
                    "uddannelsesinstitution; betingelsen om statsborgerskab: {condition}.",
                    "It is not known whether the member is enrolled at a recognised institution; "
                    "the condition of citizenship: {condition}.",
                ),
                one(
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
            "Dagpenge, sygedagpenge m.v. i seks måneder (nr. 7)",
            "Unemployment or sickness benefit for six months (no. 7)",
        ),
        Text(
            "Forbud, når et medlem i seks kalendermåneder i træk har fået dagpenge, sygedagpenge "
            "eller ressourceforløbsydelse under jobafklaring.",
            "A ban when a member has had unemployment, sickness or job-clarification benefit for "
            "six calendar months in a row.",
        ),
        NO_VALUES,
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
        NO_VALUES,
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
            **_run_of_months(MEMBER),
            # Values name cash benefit without its rate; here only that of section 16(2) counts.
            Status.MET: (
                one(
                    "Husstandsmedlemmet har modtaget kontanthjælp efter aktivlovens § 16, stk. 2, "
                    "i {months_required} kalendermåneder i træk, fra {run_from} til {run_to}.",
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
            "Forbud, når et medlem i 24 kalendermåneder i træk har fået kontanthjælp, fra 1. juli "
            "2025 efter § 16, stk. 1.",
            "A ban when a member has had cash benefit, from 1 July 2025 under section 16(1), for "
            "24 calendar months in a row.",
        ),
        _run_of_months(MEMBER),
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
                one(
                    "Kommunen har den {decision_day} vurderet, at der ikke kan anvises en bolig "
                    "uden for områderne.",
                    "On {decision_day} the municipality found that no dwelling outside the areas "
                    "can be referred.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Kommunen har ikke foretaget en vurdering af, om der er mulighed uden for "
                    "områderne.",
                    "The municipality has made no assessment of what is possible outside the "
                    "areas.",
                    decision="none",
                ),
                one(
                    "Vurderingen af {decision_day} er gjort uden at prøve andre kommuner.",
                    "The assessment of {decision_day} was made without trying other "
                    "municipalities.",
                    other_municipalities="not_tried",
                ),
                one(
                    "Efter vurderingen af {decision_day} er der mulighed i et forebyggelsesområde, "
                    "som går forud.",
                    "By the assessment of {decision_day} a prevention area is possible, which "
                    "comes first.",
                    prevention_area="possible",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Vurderingen af {decision_day} siger ikke, om der er mulighed i et "
                    "forebyggelsesområde, som går forud.",
                    "The assessment of {decision_day} does not say whether a prevention area, "
                    "which comes first, is possible.",
                ),
            ),
        },
    ),
}
