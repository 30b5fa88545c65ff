"""Texts about termination because of crime, notice, sale and rehousing.

What the rules are called and say, sentences for their findings, their conditions, and what such
an answer says beside them.
"""

from __future__ import annotations

from domain.facts import (
    DisposalGround,
    DistanceMethod,
    Factor,
    RequestDetail,
    Sanction,
)
from domain.law.kernel import Status
from domain.law.texts.kinds import PointText, RuleText, Sentence, Text, one

Findings = dict[Status, tuple[Sentence, ...]]

_ALL_MET = one("alle betingelser er opfyldt.", "every condition is met.")
_ONE_NOT_MET = one("mindst én betingelse er ikke opfyldt.", "at least one condition is not met.")
_ONE_UNKNOWN = one("mindst én betingelse er ikke oplyst.", "at least one condition is unknown.")
CHECKLIST: Findings = {
    Status.MET: (_ALL_MET,),
    Status.NOT_MET: (_ONE_NOT_MET,),
    Status.UNKNOWN: (_ONE_UNKNOWN,),
}


_OF_NOTICE: Findings = {
    Status.MET: (one("det gælder ved opsigelsen.", "it holds with the notice."),),
    Status.NOT_MET: (
        one("lejeren opsiges ikke.", "the tenant is not given notice.", notice="no"),
        one(
            "lejeren hører ikke til den personkreds, som boligerne er til.",
            "the tenant is not of those whom the dwellings are for.",
            entitled="no",
        ),
    ),
    Status.UNKNOWN: (
        one(
            "det gælder, hvis lejeren opsiges, og det er ikke besluttet.",
            "it holds if the tenant is given notice, and that is not decided.",
            notice="unknown",
        ),
        one(
            "det gælder, medmindre boligerne er til ældre eller unge og lejeren ikke har ret "
            "til en af dem.",
            "it holds unless the dwellings are for the elderly or the young and the tenant is not "
            "entitled to one.",
        ),
    ),
}


def _with(findings: Findings, **sentences: tuple[Sentence, ...]) -> Findings:
    """Put sentences for special values before the common ones."""
    return {
        status: (*sentences.get(str(status), ()), *findings.get(status, ()))
        for status in {*findings, *(Status(name) for name in sentences)}
    }


RULES: dict[str, RuleText] = {
    "EVI-90-10-CORE": RuleText(
        Text("Kriminalitet inden for 1 km (nr. 10)", "Crime within 1 km (no. 10)"),
        Text(
            "Lejeren eller et medlem af husstanden skal ved dom være idømt en ubetinget "
            "frihedsberøvende straf for en overtrædelse, som loven nævner, begået inden for "
            "1 km fra ejendommen.",
            "The tenant or a member of the household must by judgment have been sentenced "
            "unconditionally to lose their liberty, for an offence that the act names, "
            "committed within 1 km of the property.",
        ),
        _with(
            CHECKLIST,
            met=(
                one(
                    "dommen af {judgment_day} opfylder betingelserne om dom og gerningssted.",
                    "the judgment of {judgment_day} meets the conditions about judgment and place.",
                ),
            ),
            not_met=(
                one(
                    "der er ingen dom, og politiet har bekræftet, at der ikke er nogen.",
                    "there is no judgment, and the police have confirmed that there is none.",
                    judgments="none",
                ),
                one(
                    "dommen af {judgment_day} opfylder ikke betingelserne om dom og gerningssted.",
                    "the judgment of {judgment_day} does not meet the conditions about "
                    "judgment and place.",
                ),
            ),
            unknown=(
                one(
                    "der er ikke registreret nogen dom, og ingen har bekræftet, at der ikke er en.",
                    "no judgment is recorded, and nobody has confirmed that there is none.",
                    judgments="none",
                ),
                one(
                    "det er ikke afgjort, om dommen af {judgment_day}, eller en anden, "
                    "opfylder betingelserne om dom og gerningssted.",
                    "it is not settled whether the judgment of {judgment_day}, or another "
                    "one, meets the conditions about judgment and place.",
                ),
            ),
        ),
    ),
    "EVI-90-10": RuleText(
        Text("Ophævelse efter endelig dom", "Termination on a final judgment"),
        Text(
            "Udlejeren kan hæve lejeaftalen, når lejeren eller et medlem af husstanden er endeligt "
            "dømt.",
            "The landlord may terminate when the tenant or a member of the household has been "
            "finally judged.",
        ),
        _with(
            CHECKLIST,
            not_met=(
                one(
                    "dommen er ændret, så grundlaget er faldet bort.",
                    "the judgment was overturned, so that its ground fell away.",
                    state="overturned",
                ),
                one("dommen er ikke endelig.", "the judgment is not final.", state="not_final"),
            ),
        ),
    ),
    "EVI-90-10-NONFINAL": RuleText(
        Text("Ophævelse før endelig dom", "Termination before the judgment is final"),
        Text(
            "Udlejeren kan hæve lejeaftalen før endelig dom, medmindre internationale "
            "forpligtelser er til hinder for det.",
            "The landlord may terminate before the judgment is final unless international "
            "obligations stand in the way.",
        ),
        _with(
            CHECKLIST,
            not_met=(
                one("dommen er endelig.", "the judgment is final.", state="final"),
                one(
                    "dommen er ændret, så grundlaget er faldet bort.",
                    "the judgment was overturned, so that its ground fell away.",
                    state="overturned",
                ),
            ),
        ),
    ),
    "EVI-FOGED-JOINT": RuleText(
        Text("Udsættelse i forlængelse af straffesagen", "Eviction after the criminal case"),
        Text(
            "Retten sender efter anmodning dommen til fogedretten; ophævelsen kræver da ikke "
            "forudgående meddelelse til lejeren.",
            "On request the court sends the judgment to the bailiff court; the termination then "
            "needs no prior notice to the tenant.",
        ),
        _with(
            CHECKLIST,
            not_met=(one("der er ikke anmodet om det.", "it was not asked for.", request="none"),),
        ),
    ),
    "EVI-FOGED-596": RuleText(
        Text("Umiddelbar fogedforretning", "Immediate enforcement by the bailiff court"),
        Text(
            "Fogedretten kan sætte lejeren ud, når retten hertil er godtgjort eller "
            "sandsynliggjort; normalt får lejeren mindst 7 dages varsel og kan anlægge sag inden "
            "for 3 måneder.",
            "The bailiff court may evict when the right to it is proved or made probable; the "
            "tenant normally gets at least 7 days' notice and may sue within 3 months.",
        ),
        {
            Status.MET: (
                one(
                    "anden bevisførelse end dokumenter og parternes forklaring tillades kun "
                    "undtagelsesvis.",
                    "other evidence than documents and the parties' statements is admitted only "
                    "exceptionally.",
                    other_evidence="exceptionally",
                ),
                one(
                    "den bevisførelse tillades, som er nødvendig for at afgøre, om ophævelsen er "
                    "berettiget.",
                    "the evidence is admitted that is needed to decide whether the termination is "
                    "justified.",
                    other_evidence="if_needed",
                ),
            ),
        },
    ),
    "EVI-92-4": RuleText(
        Text("Grundlaget er faldet bort", "The ground fell away"),
        Text(
            "Ændres dommen efter ophævelsen, skal udlejeren erstatte tabet og tilbyde en bolig, "
            "hvis lejeren var flyttet.",
            "When the judgment is overturned after the termination, the landlord makes good the "
            "loss and offers a dwelling if the tenant had moved.",
        ),
        {
            Status.MET: (
                one(
                    "det skete den {overturned_on}, efter at lejeren var flyttet.",
                    "that was on {overturned_on}, after the tenant had moved.",
                    moved="yes",
                ),
                one(
                    "det skete den {overturned_on}, mens lejeren stadig boede der.",
                    "that was on {overturned_on}, while the tenant still lived there.",
                    moved="no",
                ),
            ),
            Status.NOT_MET: (
                one("dommen er ikke ændret.", "the judgment was not overturned.", ground="stands"),
                one(
                    "ændringen giver ikke en pligt efter § 92, stk. 4.",
                    "the change brings no duty under section 92(4).",
                    ground="another",
                ),
            ),
        },
    ),
    "EVI-90-OTHER": RuleText(
        Text("Øvrige grunde til ophævelse", "Other grounds for termination"),
        Text(
            "§ 90, stk. 1, nr. 1-9 og 13, er selvstændige grunde, bl.a. tilsidesættelse af "
            "god skik og orden (nr. 7).",
            "Section 90(1) nos. 1 to 9 and 13 are grounds of their own, breach of good order "
            "(no. 7) among them.",
        ),
        {},
    ),
    "EVI-63D": RuleText(
        Text("Politiets videregivelse", "What the police may tell"),
        Text(
            "Politiet kan give udlejeren oplysninger om strafferetlige afgørelser; om domme efter "
            "nr. 10 skal det fra 1. juli 2022 ske på anmodning.",
            "The police may tell a landlord of criminal decisions; of judgments under no. 10 they "
            "must, on request, from 1 July 2022.",
        ),
        {
            Status.MET: (
                one("politiet kan oplyse om det.", "the police may tell.", disclosure="may"),
                one(
                    "politiet skal på anmodning oplyse om domme efter nr. 10.",
                    "the police must on request tell of judgments under no. 10.",
                    disclosure="must_on_request",
                ),
            ),
        },
    ),
    "EVI-63E": RuleText(
        Text("Oplysning til andre udlejere", "Telling other landlords"),
        Text(
            "Andre udlejere i samme boligområde kan få lejerens navn og adresse og at lejemålet er "
            "ophævet, når det er nødvendigt for trygheden.",
            "Other landlords in the same area may be told the tenant's name and address and that "
            "the tenancy was terminated, when safety needs it.",
        ),
        {
            Status.MET: (
                one(
                    "kommunen har vurderet, at det er samme boligområde; om det er nødvendigt, "
                    "vurderer udlejeren.",
                    "the municipality has found it to be one area; whether it is needed is for "
                    "the landlord to assess.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "der er ingen ophævelse at oplyse om.",
                    "there is none to tell of.",
                    terminated="no",
                ),
                one(
                    "kommunen har vurderet, at det ikke er samme boligområde.",
                    "the municipality has found that it is not one area.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "kommunen har ikke vurderet, om det er samme boligområde.",
                    "the municipality has not assessed whether it is one area.",
                ),
            ),
        },
    ),
    "SALE-27-4": RuleText(
        Text("Opsigelse som vilkår for salget", "Notice as a condition of the sale"),
        Text(
            "I et omdannelsesområde godkender ministeren kun salget, når lejere, der ikke opfylder "
            "kommunens kriterier, opsiges.",
            "In a transformation area the minister approves the sale only if tenants who do not "
            "meet the municipality's criteria are given notice.",
        ),
        _with(
            CHECKLIST,
            not_met=(one("der er ikke besluttet et salg.", "no sale is decided.", sale="none"),),
        ),
    ),
    "TERM-85-1": RuleText(
        Text("Nedrivning eller ombygning (nr. 1)", "Demolition or rebuilding (no. 1)"),
        Text(
            "Udlejeren kan opsige, når det dokumenteres, at ejendommen nedrives, eller at "
            "boligen skal fraflyttes på grund af ombygning.",
            "The landlord may give notice when it is documented that the property is demolished, "
            "or that the dwelling must be left for a rebuilding.",
        ),
        {
            Status.MET: (one("det er dokumenteret.", "it is documented."),),
            Status.NOT_MET: (
                one("der er ikke besluttet noget.", "nothing is decided.", planned="nothing"),
                one("det er ikke dokumenteret.", "it is not documented.", documented="no"),
            ),
        },
    ),
    "TERM-85-2": RuleText(
        Text(
            "Overdragelse i et udsat boligområde (nr. 2)", "Transfer in a vulnerable area (no. 2)"
        ),
        Text(
            "Udlejeren kan opsige, når en ejendom i et udsat boligområde helt eller delvis "
            "overdrages.",
            "The landlord may give notice when a property in a vulnerable area is transferred, "
            "wholly or partly.",
        ),
        {
            Status.MET: (
                one(
                    "ejendommen ligger i et udsat boligområde og skal overdrages.",
                    "the property lies in a vulnerable area and is to be transferred.",
                    area="vulnerable",
                ),
                one(
                    "ejendommen ligger i et tidligere omdannelsesområde og overdrages efter "
                    "planen.",
                    "the property lies in a former transformation area and is transferred under "
                    "the plan.",
                    area="former",
                ),
            ),
            Status.NOT_MET: (
                one("der er ikke besluttet et salg.", "no sale is decided.", planned="nothing"),
                one(
                    "ejendommen ligger uden for alle områder.",
                    "the property lies outside every area.",
                    area="outside",
                ),
                one(
                    "ejendommen ligger ikke i et udsat boligområde.",
                    "the property does not lie in a vulnerable area.",
                ),
            ),
            Status.UNKNOWN: (
                one("områdets status er ikke kendt.", "the area's status is not known."),
            ),
        },
    ),
    "TERM-88-NOTICE": RuleText(
        Text("Varsel", "Length of notice"),
        Text(
            "Varslet er 3 måneder til den første hverdag i en måned, der ikke er dagen før en "
            "helligdag; for ungdomsboliger kan mindst 6 uger aftales.",
            "Notice is three months to a month's first weekday that is not the day before a "
            "holiday; for youth dwellings at least six weeks may be agreed.",
        ),
        {
            Status.MET: (
                one(
                    "et aftalt varsel på {agreed_weeks} uger er for kort; det er derfor 3 måneder, "
                    "tidligst til den {earliest_end}.",
                    "a notice of {agreed_weeks} weeks that was agreed is too short; it is three "
                    "months, to {earliest_end} at the earliest.",
                    gives="three_months",
                ),
                one(
                    "et aftalt varsel på {agreed_weeks} uger er for kort; det er derfor 6 uger, "
                    "tidligst til den {earliest_end}.",
                    "a notice of {agreed_weeks} weeks that was agreed is too short; it is six "
                    "weeks, to {earliest_end} at the earliest.",
                    gives="six_weeks",
                ),
                one("tidligst til den {earliest_end}.", "to {earliest_end} at the earliest."),
            ),
            Status.UNKNOWN: (
                one(
                    "det vides ikke, hvornår opsigelsen nåede frem.",
                    "it is not known when the notice reached the tenant.",
                ),
            ),
        },
    ),
    "TERM-86-7": RuleText(
        Text("Plejebolig", "Care dwelling"),
        Text(
            "En lejer af en plejebolig, som kommunen har anvist, kan kun opsiges eller få "
            "lejeaftalen hævet, når lejeren samtidig anvises en anden og passende bolig.",
            "The tenant of a care dwelling that the municipality referred to may be given notice, "
            "or be terminated, only when another suitable dwelling is assigned at the same time.",
        ),
        {
            Status.MET: (one("der anvises en anden bolig.", "another dwelling is assigned."),),
            Status.NOT_MET: (
                one("der anvises ingen anden bolig.", "no other dwelling is assigned."),
            ),
            Status.UNKNOWN: (
                one(
                    "det er ikke oplyst, om boligen er en plejebolig, eller om en anden anvises.",
                    "whether it is a care dwelling, or another is assigned, is not stated.",
                ),
            ),
        },
    ),
    "TERM-89-FORM": RuleText(
        Text("Form og indsigelse", "Form and objection"),
        Text(
            "Opsigelsen er skriftlig, nævner grunden og adgangen til indsigelse; gøres der "
            "indsigelse, skal udlejeren anlægge sag ved boligretten inden 6 uger, hvis "
            "opsigelsen skal opretholdes.",
            "The notice is written, names its ground and the right to object; if objected "
            "to, the landlord must sue in the housing court within six weeks for the notice "
            "to stand.",
        ),
        CHECKLIST,
    ),
    "REH-86-GENERAL": RuleText(
        Text("Erstatningsbolig", "Replacement dwelling"),
        Text(
            "Opsiges der for nedrivning, ombygning eller salg, skal der tilbydes en passende bolig "
            "i kommunen; udlejeren afgør, om den er permanent eller midlertidig.",
            "When notice is given for demolition, rebuilding or sale, a suitable dwelling in the "
            "municipality must be offered; the landlord decides whether it is permanent.",
        ),
        CHECKLIST,
    ),
    "REH-86-SALE-PLAN": RuleText(
        Text("Kun inden for området", "Only inside the area"),
        Text(
            "Ved salg som led i en udviklingsplan kan erstatningsboligen alene tilbydes "
            "inden for området.",
            "On a sale under a development plan the replacement can only lie inside the area.",
        ),
        {
            Status.MET: (
                one(
                    "planen er kommunens; gælder reglen også en sådan, skal boligen ligge i "
                    "området.",
                    "the plan is the municipality's; if the rule is of such a one too, the "
                    "dwelling must lie inside the area.",
                    plan="municipal",
                ),
                one(
                    "boligen skal ligge i området.",
                    "the dwelling must lie inside the area.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "planen er en kommunal udviklingsplan, og reglen fortolkes sådan, at den "
                    "kun gælder ved en fælles udviklingsplan.",
                    "the plan is the municipality's, and the rule is read to be of a joint one.",
                    plan="municipal",
                ),
                one(
                    "erstatningsboligen kan også ligge uden for området.",
                    "the replacement may lie outside the area too.",
                ),
            ),
            Status.UNKNOWN: (
                one("områdets status er ikke kendt.", "the area's status is not known."),
            ),
        },
    ),
    "REH-TAKEN-OVER": RuleText(
        Text("Kommunen genhuser", "The municipality rehouses"),
        Text(
            "Har kommunen givet påbud om salg eller nedrivning efter en kommunal udviklingsplan, "
            "overtager den genhusningsforpligtelsen og udgifterne. Udlejeren og kommunen kan også "
            "aftale, at kommunen overtager pligten til at tilbyde en bolig.",
            "Where the municipality has ordered a sale or demolition under its own plan, it takes "
            "over the duty to rehouse and its cost. Landlord and municipality may also agree that "
            "the municipality takes over the duty to offer a dwelling.",
        ),
        {
            Status.MET: (
                one("efter kommunens påbud.", "by the municipality's order.", by="order"),
                one("efter aftale.", "by agreement.", by="agreement"),
            ),
            Status.NOT_MET: (
                one("genhusningen er udlejerens.", "the rehousing is the landlord's."),
            ),
            Status.UNKNOWN: (
                one(
                    "det er ikke oplyst, om kommunen har givet påbud.",
                    "whether the municipality has ordered it is not stated.",
                ),
            ),
        },
    ),
    "REH-86-PROPERTY": RuleText(
        Text("Ledig bolig i ejendommen", "A vacant dwelling in the property"),
        Text(
            "En opsagt lejer skal tilbydes en anden bolig i ejendommen, hvis en bliver ledig "
            "senest 3 måneder efter flyttedagen.",
            "A tenant who was given notice must be offered another dwelling in the property if one "
            "falls vacant within three months of the moving day.",
        ),
        _OF_NOTICE,
    ),
    "REH-86-REBUILT": RuleText(
        Text("Bolig efter ombygning", "A dwelling after the rebuilding"),
        Text(
            "Skaber ombygningen boliger, skal lejeren samtidig med opsigelsen tilbydes en af samme "
            "art.",
            "If the rebuilding makes dwellings, the tenant must with the notice be offered one of "
            "the same kind.",
        ),
        _OF_NOTICE,
    ),
    "REH-WAITLIST-NO-FEE": RuleText(
        Text("Oprykningsventeliste uden gebyr", "Internal waiting list without a fee"),
        Text(
            "Boligorganisationen kan optage lejere under 65 år i en afdeling i et "
            "omdannelsesområde på oprykningsventelisten uden gebyr.",
            "The organisation may put tenants under 65 in a department in a transformation "
            "area on the internal waiting list without a fee.",
        ),
        CHECKLIST,
    ),
    "REH-NOFLEX": RuleText(
        Text("Genhusning går forud for kriterier", "Rehousing goes before criteria"),
        Text(
            "Ved genhusning gælder hverken reglerne om venteliste, kriterierne for fleksibel "
            "udlejning eller § 51 c.",
            "Neither waiting lists and flexible criteria nor section 51 c apply to rehousing.",
        ),
        {
            Status.MET: (
                one(
                    "kriterierne og § 51 c prøves ikke.",
                    "the criteria and section 51 c are not tried.",
                ),
            ),
            Status.NOT_MET: (one("det er ikke genhusning.", "this is not a rehousing."),),
            Status.UNKNOWN: (
                one(
                    "det er ikke afgjort, om det er genhusning.",
                    "it is not settled whether this is a rehousing.",
                ),
            ),
        },
    ),
    "REH-86A-TEMP": RuleText(
        Text("Midlertidig genhusning", "Temporary rehousing"),
        Text(
            "Den midlertidige bolig er passende og i kommunen; udlejeren betaler flytning og leje, "
            "lejeren beholder sin lejeaftale.",
            "The temporary dwelling is suitable and in the municipality; the landlord pays for the "
            "move and the rent there, the tenant keeps the lease.",
        ),
        {
            Status.MET: (
                one(
                    "lejeren kan vælge en permanent bolig, når det varer over 12 måneder.",
                    "the tenant may choose a permanent dwelling, since it lasts over 12 months.",
                    choice="yes",
                ),
                one("genhusningen er midlertidig.", "the rehousing is temporary."),
            ),
            Status.NOT_MET: (
                one("genhusningen er ikke midlertidig.", "the rehousing is not temporary."),
            ),
            Status.UNKNOWN: (
                one(
                    "det er ikke besluttet, om genhusningen er permanent eller midlertidig.",
                    "it is not decided whether the rehousing is for good or for a while.",
                ),
            ),
        },
    ),
    "REH-VACANCY-LOSS": RuleText(
        Text("Dækning af tomgangsleje", "Cover for rent lost while empty"),
        Text(
            "Landsbyggefonden kan i 2019-2026, og med det ubrugte i 2027, dække en del af "
            "tomgangslejen ved genhusning fra et omdannelsesområde; hvor stor, bestemmer den selv.",
            "In 2019-2026, and with what is unused in 2027, Landsbyggefonden may cover part of the "
            "rent lost when people are rehoused from a transformation area; how large, it decides.",
        ),
        CHECKLIST,
    ),
}

# --- Conditions -------------------------------------------------------------------------------

CONDITIONS = {
    "core_met": Text(
        "Dom og gerningssted opfylder nr. 10, 1. pkt.", "Judgment and place meet no. 10"
    ),
    "offence_listed": Text("Loven nævner overtrædelsen", "The act names the offence"),
    "custodial_sanction": Text(
        "Sanktionen er ubetinget frihedsberøvelse",
        "The sanction takes away liberty unconditionally",
    ),
    "judgment_day": Text(
        "Dommen er fra 1. december 2018 eller senere",
        "The judgment is of 1 December 2018 or later",
    ),
    "within_1_km": Text("Begået inden for 1 km", "Committed within 1 km"),
    "judgment_final": Text("Dommen er endelig", "The judgment is final"),
    "judgment_not_final": Text("Dommen er ikke endelig", "The judgment is not final"),
    "obligations_kept": Text(
        "Ikke i strid med internationale forpligtelser", "Not contrary to international obligations"
    ),
    "member_at_offence": Text(
        "Hørte til husstanden ved forholdet", "Belonged to the household at the offence"
    ),
    "member_at_judgment": Text(
        "Hørte til husstanden ved dommen", "Belonged to the household at the judgment"
    ),
    "member_at_termination": Text(
        "Hører til husstanden ved ophævelsen", "Belongs to the household at the termination"
    ),
    "proportionality_weighed": Text(
        "Proportionalitet og væsentlighed er vurderet",
        "Proportionality and importance were weighed",
    ),
    "request_of_this_case": Text(
        "Anmodningen gælder denne dom", "The request is about this judgment"
    ),
    "convicted": Text(
        "Lejeren eller en i husstanden er dømt som nævnt i nr. 10",
        "The judgment is one as in no. 10, of somebody in the household",
    ),
    "request_in_time": Text(
        "Anmodet inden politiets frist", "Asked within the police's time limit"
    ),
    "request_complete": Text("Anmodningen er fyldestgørende", "The request states what it must"),
    "judgment_sent_on": Text(
        "Retten har sendt dommen til fogedretten", "The court has sent the judgment on"
    ),
    "transformation_area": Text(
        "I et omdannelsesområde, eller et tidligere under plan",
        "In a transformation area, or a former one under a plan",
    ),
    "minister_asked": Text("Ministerens godkendelse er søgt", "The minister's approval is sought"),
    "criteria_not_met": Text(
        "Lejeren opfylder ikke kommunens kriterier",
        "The tenant does not meet the municipality's criteria",
    ),
    "sold_in_vulnerable_area": Text(
        "Solgt til en privat køber i et udsat boligområde",
        "Sold to a private buyer in a vulnerable area",
    ),
    "within_ten_years": Text(
        "Inden for ti år fra overtagelsen", "Within ten years of the takeover"
    ),
    "tenants_below_criteria": Text(
        "Lejerne opfylder ikke kriterierne", "The tenants do not meet the criteria"
    ),
    "notice_written": Text("Skriftlig", "In writing"),
    "notice_states_ground": Text("Nævner grunden", "Names its ground"),
    "notice_states_objection": Text("Nævner adgangen til indsigelse", "Names the right to object"),
    "objection_answered": Text(
        "Ingen rettidig indsigelse, eller sag anlagt i tide",
        "No objection in time, or sued upon in time",
    ),
    "rehousing_ground": Text(
        "Nedrivning, ombygning eller salg giver ret til opsigelse",
        "A demolition, rebuilding or sale gives a right to notice",
    ),
    "suitable_size": Text("Passende størrelse", "Suitable size"),
    "inside_area": Text("Inden for området", "Inside the area"),
    "in_municipality": Text(
        "I kommunen, eller lejeren er indforstået", "In the municipality, or the tenant agrees"
    ),
    "department_in_transformation_area": Text(
        "Afdelingen er i et omdannelsesområde", "The department is in a transformation area"
    ),
    "under_65": Text("Under 65 år", "Under 65"),
}
"""What each condition is called."""

CONDITION_DETAILS = {
    "offence_listed": Text("{provisions}", "{provisions}"),
    "custodial_sanction": Text("{sanction}", "{sanction}"),
    "within_1_km": Text(
        "mellem {shortest} m og {longest} m, {method}",
        "between {shortest} m and {longest} m, {method}",
    ),
    "proportionality_weighed": Text(
        "til stede: {present}; ikke til stede: {absent}", "present: {present}; absent: {absent}"
    ),
}
"""What is said of a condition's values, where it has them."""

SANCTIONS = {
    Sanction.UNCONDITIONAL_IMPRISONMENT: Text("ubetinget fængsel", "unconditional imprisonment"),
    Sanction.PARTLY_SUSPENDED_IMPRISONMENT: Text(
        "delvist betinget fængsel", "partly suspended imprisonment"
    ),
    Sanction.SUSPENDED_IMPRISONMENT: Text("betinget fængsel", "suspended imprisonment"),
    Sanction.OTHER_CUSTODIAL: Text(
        "anden frihedsberøvende retsfølge", "another sanction that takes away liberty"
    ),
    Sanction.FINE: Text("bøde", "fine"),
    Sanction.OTHER_NON_CUSTODIAL: Text(
        "anden retsfølge uden frihedsberøvelse", "another sanction that leaves liberty"
    ),
}

METHODS = {
    DistanceMethod.PROPERTY_BOUNDARY: Text(
        "i lige linje til ejendommens nærmeste skel",
        "in a straight line to the property's nearest boundary",
    ),
    DistanceMethod.ADDRESS_POINT: Text(
        "i lige linje til adressepunktet", "in a straight line to the address point"
    ),
    DistanceMethod.WALKING_ROUTE: Text("ad korteste gangvej", "by the shortest way on foot"),
}

FACTORS = {
    Factor.LONG_TENANCY: Text("langt lejeforhold", "long tenancy"),
    Factor.HEALTH: Text("helbred", "health"),
    Factor.MINORS: Text("mindreårige i husstanden", "minors in the household"),
    Factor.OTHERS_IN_HOUSEHOLD: Text(
        "andre i husstanden uden del i forholdet",
        "others in the household without part in the offence",
    ),
    Factor.OFFENDER_GONE: Text("gerningspersonen er flyttet", "the offender has moved out"),
    Factor.PASSIVITY: Text("udlejerens passivitet", "the landlord's passivity"),
    Factor.INSIGNIFICANT: Text("forholdet er uvæsentligt", "the matter is insignificant"),
}

REQUEST_DETAILS = {
    RequestDetail.TENANT_IDENTITY: Text("lejerens identitet", "the tenant's identity"),
    RequestDetail.EPISODE: Text("episoden", "the episode"),
    RequestDetail.TIME_AND_PLACE: Text("tid og sted", "time and place"),
    RequestDetail.CADASTRAL_NUMBER: Text("matrikelnummer", "cadastral number"),
    RequestDetail.ADDRESS: Text("bopælsadresse", "address"),
}

GROUNDS = {
    DisposalGround.BUILDING_DEFECTS: Text("byggetekniske problemer", "building defects"),
    DisposalGround.LETTING_DIFFICULTIES: Text("udlejningsvanskeligheder", "letting difficulties"),
    DisposalGround.SOCIAL_PROBLEMS: Text("boligsociale udfordringer", "social problems"),
    DisposalGround.URBAN_DEVELOPMENT_WITHOUT_LOSS: Text(
        "byudvikling uden tab", "urban development without loss"
    ),
}

NONE = Text("ingen", "none")

VALUES = {
    "distance_shortest": Text("Korteste afstand: {value} m", "Shortest distance: {value} m"),
    "distance_longest": Text("Længste afstand: {value} m", "Longest distance: {value} m"),
    "rent_liable_until": Text(
        "Ved ophævelse skal lejeren betale leje m.v. til {value}, hvis boligen ikke genudlejes før",
        "On termination the tenant owes rent until {value} unless the dwelling is let before",
    ),
    "earliest_end": Text("Tidligste ophør: {value}", "Earliest end: {value}"),
    "objection_deadline": Text(
        "Lejerens frist for indsigelse: {value}", "The tenant's last day to object: {value}"
    ),
    "court_deadline": Text(
        "Udlejerens frist for sagsanlæg: {value}", "The landlord's last day to sue: {value}"
    ),
    "rooms_by_household": Text(
        "Passende antal værelser efter husstanden: {value}",
        "Suitable number of rooms by the household: {value}",
    ),
    "rooms_as_before": Text(
        "Passende antal værelser som før: {value}", "Suitable number of rooms as before: {value}"
    ),
}
"""What each computed value is called."""

# --- What is missing, changes, duties, warnings -----------------------------------------------

SUPPLIERS = {
    "landlord": Text("udlejeren selv", "the landlord itself"),
    "police": Text("politiet", "the police"),
}

MISSING = {
    "judgments_attested": Text(
        "At alle domme til og med den {day} er registreret.",
        "That all judgments up to {day} are recorded.",
    ),
    "distance_measured": Text(
        "Afstanden fra gerningsstedet, målt {method}.",
        "The distance from the place of the offence, {method}.",
    ),
    "offence_place_exact": Text(
        "Gerningsstedet så nøjagtigt, at det kan afgøres, om afstanden, målt {method}, er "
        "over 1 km.",
        "The place of the offence so exactly that it can be told whether the distance, "
        "{method}, is over 1 km.",
    ),
    "case_weighed": Text(
        "Hvilken dom vurderingen af proportionaliteten gælder.",
        "Which judgment the assessment of proportionality is about.",
    ),
    "case_of_request": Text(
        "Hvilken dom anmodningen om udsættelse i forlængelse af straffesagen gælder.",
        "Which judgment the request for eviction after the criminal case is about.",
    ),
    "judgment_rested_on": Text(
        "Hvilken dom ophævelsen hvilede på; én er faldet bort, en anden står ved magt.",
        "Which judgment the termination rested on; one of them fell, another stands.",
    ),
    "judgment_final": Text(
        "Om dommen af {judgment_day} er endelig eller anket.",
        "Whether the judgment of {judgment_day} is final or under appeal.",
    ),
    "obligations_assessed": Text(
        "Om ophævelse før endelig dom strider mod internationale forpligtelser.",
        "Whether termination before the final judgment is contrary to international obligations.",
    ),
    "factor_weighed": Text(
        "Om dette taler imod ophævelsen: {factor}.",
        "Whether this speaks against the termination: {factor}.",
    ),
    "joint_area_assessed": Text(
        "Om udlejerne lejer ud i samme boligområde.", "Whether the landlords let in one area."
    ),
    "other_dwelling_assigned": Text(
        "Om der samtidig anvises en anden passende bolig, hvis boligen er en plejebolig.",
        "Whether another suitable dwelling is assigned at the same time, if it is a care dwelling.",
    ),
    "care_stated": Text(
        "Om boligen er en plejebolig, som kommunen har anvist.",
        "Whether the dwelling is a care dwelling that the municipality referred to.",
    ),
    "served_otherwise_stated": Text(
        "Om straffen er afsonet i varetægt eller med fodlænke.",
        "Whether the sentence was served on remand or with a tag.",
    ),
    "order_stated": Text(
        "Om kommunen har givet påbud om salget eller nedrivningen efter sin udviklingsplan.",
        "Whether the municipality has ordered the sale or demolition under its plan.",
    ),
    "rebuilt_as_stated": Text(
        "Hvilken slags boliger ombygningen giver.", "What kind of dwellings the rebuilding makes."
    ),
    "entitled_to_rebuilt_stated": Text(
        "Om lejeren hører til den personkreds, som de ombyggede boliger er til.",
        "Whether the tenant is of those whom the rebuilt dwellings are for.",
    ),
    "sale_criteria_checked": Text(
        "Om lejeren den {day} opfylder kommunens kriterier for udlejning efter salget.",
        "Whether on {day} the tenant meets the municipality's criteria for letting after the sale.",
    ),
    "notice_objected": Text(
        "Om lejeren har gjort skriftlig indsigelse.", "Whether the tenant has objected in writing."
    ),
    "notice_objected_on": Text("Hvornår lejeren gjorde indsigelse.", "When the tenant objected."),
    "notice_received_on": Text(
        "Hvornår opsigelsen er nået frem til lejeren, eller skal nå frem.",
        "When the notice reached the tenant, or is to reach the tenant.",
    ),
    "notice_sued": Text("Om udlejeren har anlagt sag.", "Whether the landlord has gone to court."),
    "notice_sued_on": Text("Hvornår udlejeren anlagde sag.", "When the landlord went to court."),
    "notice_written": Text("Om opsigelsen er skriftlig.", "Whether the notice is in writing."),
    "notice_states_ground": Text(
        "Om opsigelsen nævner grunden.", "Whether the notice names its ground."
    ),
    "notice_states_objection": Text(
        "Om opsigelsen nævner adgangen til indsigelse.",
        "Whether the notice names the right to object.",
    ),
    "offered_rooms": Text(
        "Hvor mange værelser den tilbudte bolig har.", "How many rooms the dwelling offered has."
    ),
    "rooms_before": Text(
        "Hvor mange værelser den hidtidige bolig har.", "How many rooms the old dwelling has."
    ),
    "household_size": Text(
        "Hvor mange der hører til husstanden.", "How many belong to the household."
    ),
    "offered_dwelling": Text("Hvor den tilbudte bolig ligger.", "Where the dwelling offered lies."),
    "tenant_consents": Text(
        "Om lejeren er indforstået med en bolig uden for kommunen.",
        "Whether the tenant agrees to a dwelling outside the municipality.",
    ),
    "tenant_age": Text("Lejerens alder.", "The tenant's age."),
    "permanent_decided": Text(
        "Om genhusningen er permanent eller midlertidig.",
        "Whether the rehousing is for good or for a while.",
    ),
    "months_away": Text(
        "Hvor mange måneder boligen ikke kan bebos.", "For how many months it can't be lived in."
    ),
}

CHANGES = {
    "judgment_becomes_final": Text(
        "Ophævelse bliver mulig, hvis dommen bliver endelig uden at blive ændret.",
        "Termination becomes possible if the judgment becomes final unaltered.",
    ),
    "another_ground": Text(
        "En af de øvrige grunde i § 90, stk. 1, eller opsigelse efter § 85 kan være opfyldt.",
        "One of the other grounds of section 90(1), or notice under section 85, may be met.",
    ),
    "disposal_documented": Text(
        "Det bliver muligt, når nedrivningen eller ombygningen er besluttet og dokumenteret.",
        "It becomes possible when the demolition or rebuilding is decided and documented.",
    ),
    "sale_in_vulnerable_area": Text(
        "Det bliver muligt, hvis et salg er besluttet og ejendommen ligger i et udsat boligområde.",
        "It becomes possible if a sale is decided and the property lies in a vulnerable area.",
    ),
    "other_dwelling_assigned": Text(
        "Det bliver muligt, når der samtidig anvises en anden og passende bolig.",
        "It becomes possible when another suitable dwelling is assigned at the same time.",
    ),
    "new_notice": Text(
        "En ny opsigelse, der opfylder § 89, kan gives.",
        "A new notice that meets section 89 can be given.",
    ),
    "suitable_size": Text(
        "En bolig med et passende antal værelser opfylder pligten.",
        "A dwelling with a suitable number of rooms meets the duty.",
    ),
    "tenant_consents": Text(
        "En bolig i kommunen, eller lejerens samtykke, opfylder pligten.",
        "A dwelling in the municipality, or the tenant's consent, meets the duty.",
    ),
    "dwelling_inside_area": Text(
        "En bolig inden for området opfylder pligten.", "A dwelling inside the area meets the duty."
    ),
}

DUTIES = {
    "MUST_COMPENSATE": Text(
        "Udlejeren skal erstatte lejerens tab ved ophævelsen.",
        "The landlord must make good the tenant's loss by the termination.",
    ),
    "MUST_OFFER_DWELLING": Text(
        "Udlejeren skal tilbyde lejeren en bolig efter § 86, stk. 2.",
        "The landlord must offer the tenant a dwelling by section 86(2).",
    ),
    "NO_PRIOR_NOTICE": Text(
        "Ophævelsen kræver ikke forudgående meddelelse til lejeren.",
        "The termination needs no prior notice to the tenant.",
    ),
    "MUST_GIVE_NOTICE": Text(
        "Lejeren skal opsiges, for at ministeren kan godkende salget.",
        "The tenant must be given notice for the minister to approve the sale.",
    ),
    "MUST_SUE": Text(
        "Udlejeren skal anlægge sag ved boligretten inden fristen, hvis opsigelsen skal "
        "opretholdes.",
        "The landlord must sue in the housing court before the deadline if the notice is to stand.",
    ),
    "MUST_REHOUSE": Text(
        "Udlejeren skal uden unødigt ophold tilbyde en passende bolig.",
        "The landlord must offer a suitable dwelling without undue delay.",
    ),
    "REPLACEMENT_INSIDE_AREA": Text(
        "Erstatningsboligen kan alene tilbydes inden for boligområdet (§ 86, stk. 1, 3. pkt.).",
        "The replacement can only be offered inside the housing area (section 86(1), third "
        "sentence).",
    ),
    "REPLACEMENT_PLACE_OPEN": Text(
        "Om erstatningsboligen alene kan tilbydes inden for boligområdet, er ikke afgjort (§ 86, "
        "stk. 1, 3. pkt.).",
        "Whether the replacement can only be offered inside the housing area is not settled "
        "(section 86(1), third sentence).",
    ),
    "MUNICIPALITY_OFFERS": Text(
        "Kommunen har ved aftale overtaget pligten til at tilbyde en passende bolig (§ 86, stk. 2 "
        "og 3).",
        "By agreement the municipality has taken over the duty to offer a suitable dwelling "
        "(section 86(2) and (3)).",
    ),
    "REHOUSER_OPEN": Text(
        "Har kommunen givet påbud om salget eller nedrivningen, overtager den "
        "genhusningsforpligtelsen og udgifterne (§ 168 b, stk. 6). Ellers skal udlejeren tilbyde "
        "en passende bolig og at dække rimelige og dokumenterede flytteudgifter.",
        "If the municipality has ordered the sale or demolition, it takes over the duty to rehouse "
        "and its cost (section 168 b(6)). Otherwise the landlord must offer a suitable dwelling "
        "and to cover reasonable documented moving costs.",
    ),
    "MUST_OFFER_IN_PROPERTY": Text(
        "Bliver en anden bolig i ejendommen ledig senest 3 måneder efter den flyttedag, som "
        "lejeren er opsagt til, skal udlejeren uden unødigt ophold tilbyde lejeren den; har flere "
        "ret til den, først den, der i længst tid har boet i ejendommen (§ 86, stk. 4).",
        "If another dwelling in the property falls vacant within three months of the moving day of "
        "the notice, the landlord must offer it to the tenant without undue delay; of several, "
        "first to whoever has lived in the property longest (section 86(4)).",
    ),
    "MUST_OFFER_REBUILT": Text(
        "Skaber ombygningen boliger, skal udlejeren samtidig med opsigelsen tilbyde lejeren en "
        "bolig af samme art som den opsagte (§ 86, stk. 5).",
        "If the rebuilding makes dwellings, the landlord must with the notice offer the tenant one "
        "of the same kind (section 86(5)).",
    ),
    "ONLY_THE_ENTITLED": Text(
        "Bliver boligerne ældreboliger eller ungdomsboliger, gælder stk. 4 og 5 kun, hvis "
        "lejeren hører til den personkreds, der har ret til sådanne boliger (§ 86, stk. 6).",
        "If the dwellings become dwellings for the elderly or youth dwellings, subsections 4 "
        "and 5 hold only for a tenant who is entitled to such a dwelling (section 86(6)).",
    ),
    "MUST_OFFER_REPLACEMENT": Text(
        "Udlejeren skal tilbyde en passende bolig i kommunen uden unødigt ophold.",
        "The landlord must offer a suitable dwelling in the municipality without undue delay.",
    ),
    "MUST_PAY_MOVING": Text(
        "Udlejeren skal tilbyde at dække rimelige og dokumenterede flytteudgifter.",
        "The landlord must offer to cover reasonable documented moving costs.",
    ),
    "MUST_PAY_TEMPORARY": Text(
        "Udlejeren skal betale flytteudgifter og lejen i den midlertidige bolig.",
        "The landlord must pay moving costs and the rent of the temporary dwelling.",
    ),
    "ASSIGN_WITH_NOTICE": Text(
        "Er boligen en plejebolig, som kommunen har anvist, kan lejeren kun opsiges, når der "
        "samtidig anvises en anden og passende bolig (§ 86, stk. 7).",
        "If the dwelling is a care dwelling that the municipality referred to, the tenant may be "
        "given notice only when another suitable dwelling is assigned at the same time (section "
        "86(7)).",
    ),
    "MUST_OFFER_TEMPORARY": Text(
        "Udlejeren skal uden unødigt ophold tilbyde, at lejeren midlertidigt kan overtage en anden "
        "bolig (§ 86, stk. 3).",
        "The landlord must without undue delay offer that the tenant may take over another "
        "dwelling for a while (section 86(3)).",
    ),
    "TENANT_CHOOSES_IF_LONG": Text(
        "Varer det over 12 måneder, har lejeren ret til en permanent bolig og kan, hvis lejeren er "
        "midlertidigt genhuset, vælge at få den midlertidige bolig som permanent, at få anvist en "
        "anden permanent bolig eller at fortsætte den midlertidige genhusning (§ 86, stk. 3).",
        "If it lasts over 12 months, the tenant has a right to a permanent dwelling and, if "
        "rehoused for a while, may choose to keep that dwelling for good, to be assigned another "
        "permanent dwelling, or to go on with the temporary rehousing (section 86(3)).",
    ),
    "TENANT_CHOOSES": Text(
        "Det varer over 12 måneder: lejeren har ret til en permanent bolig. Er lejeren "
        "midlertidigt genhuset, kan lejeren vælge at få den midlertidige bolig som permanent, at "
        "få anvist en anden permanent bolig eller at fortsætte den midlertidige genhusning "
        "(§ 86, stk. 3).",
        "It lasts over 12 months: the tenant has a right to a permanent dwelling. A tenant who is "
        "rehoused for a while may choose to keep that dwelling for good, to be assigned another "
        "permanent one, or to go on as now (section 86(3)).",
    ),
    "MUNICIPALITY_REHOUSES": Text(
        "Kommunen har givet påbud om salget eller nedrivningen og overtager "
        "genhusningsforpligtelsen og udgifterne (§ 168 b, stk. 6).",
        "The municipality has ordered the sale or demolition and takes over the duty to rehouse "
        "and its cost (section 168 b(6)).",
    ),
    "MUST_TERMINATE_IF_NEEDED": Text(
        "Udlejeren skal hæve lejeaftalen, hvis det er nødvendigt for god orden i ejendommen (§ 80, "
        "stk. 1).",
        "The landlord must terminate if good order in the property needs it (section 80(1)).",
    ),
    "ASSESS_SUITABILITY": Text(
        "En navngiven person skal vurdere, om beliggenhed, kvalitet og udstyr er passende.",
        "A named person must assess whether location, quality and fittings are suitable.",
    ),
}

WARNINGS = {
    "DUTY_TO_TERMINATE_OPEN": Text(
        "Om udlejeren om fornødent skal hæve, er ikke afklaret: almenlejelovens § 80, som den har "
        "lydt siden 1. juli 2022, er ikke set.",
        "Whether the landlord must terminate if needed is open: section 80 of the act as it reads "
        "since 1 July 2022 was not seen.",
    ),
    "LIABLE_IF_OVERTURNED": Text(
        "Er dommen ikke endelig, og ændres den, hæfter udlejeren efter § 92, stk. 4.",
        "If the judgment is not final and is overturned, the landlord answers for it under section "
        "92(4).",
    ),
    "OTHER_GROUNDS": Text(
        "Her prøves kun nr. 10; øvrige grunde i § 90, stk. 1, nr. 1-9 og 13, og i § 85 prøves for "
        "sig.",
        "Only no. 10 is tried here; the other grounds of section 90(1) nos. 1 to 9 and 13, and of "
        "section 85, are tried by themselves.",
    ),
}

# --- The answer in a sentence -----------------------------------------------------------------

SUMMARY_DUTY_UNDER_80 = Text(
    "Betingelserne i § 90, stk. 1, nr. 10, er opfyldt: udlejeren kan hæve lejeaftalen. En "
    "navngiven person afvejer det, der taler for og imod, og begrunder beslutningen.",
    "The conditions of section 90(1) no. 10 are met: the landlord may terminate. A named person "
    "weighs what speaks for and against it and gives reasons.",
)
"""Where it is not known that the landlord need not (AMB-80)."""

SUMMARIES: dict[str, dict[str, Text]] = {
    "termination": {
        "DISCRETIONARY": Text(
            "Betingelserne i § 90, stk. 1, nr. 10, er opfyldt: udlejeren kan hæve "
            "lejeaftalen, men skal ikke. En navngiven person afvejer det, der taler imod, og "
            "begrunder beslutningen.",
            "The conditions of section 90(1) no. 10 are met: the landlord may terminate, and need "
            "not. A named person weighs what speaks against it and gives reasons.",
        ),
        "PROHIBITED": Text(
            "Lejeaftalen kan ikke hæves efter § 90, stk. 1, nr. 10: mindst én betingelse er "
            "ikke opfyldt.",
            "The tenancy cannot be terminated under section 90(1) no. 10: at least one condition "
            "is not met.",
        ),
    },
    "notice": {
        "PERMITTED": Text(
            "Lejeren kan og skal opsiges, hvis salget skal godkendes.",
            "The tenant may, and for the sale to be approved must, be given notice.",
        ),
        "DISCRETIONARY": Text(
            "Lejeren kan opsiges, men skal ikke. En navngiven person træffer beslutningen.",
            "The tenant may be given notice, and need not. A named person decides.",
        ),
        "PROHIBITED": Text(
            "Opsigelsen er ikke mulig, er ugyldig eller kan ikke opretholdes. Ikke opfyldt: "
            "{grounds}.",
            "The notice is not possible, is void or cannot stand. Not met: {grounds}.",
        ),
    },
    "rehousing": {
        "PERMITTED": Text(
            "Det er i overensstemmelse med reglerne om genhusning.",
            "It accords with the rules on rehousing.",
        ),
        "DISCRETIONARY": Text(
            "Udlejeren kan tilbyde midlertidig genhusning, hvis det er nødvendigt, at "
            "boligen fraflyttes for en tid.",
            "The landlord may offer temporary rehousing if the dwelling must be left for a while.",
        ),
        "PROHIBITED": Text(
            "Boligen opfylder ikke pligten til genhusning.",
            "The dwelling does not meet the duty to rehouse.",
        ),
    },
}
"""What an answer comes to, by question and outcome."""

_NO_REHOUSING = Text(
    "Der er intet grundlag for genhusning: lejeren kan ikke opsiges efter § 85, stk. 1, nr. 1 "
    "eller 2.",
    "There is no ground for rehousing: the tenant may not be given notice under section 85(1) "
    "no. 1 or 2.",
)
SUMMARIES_BY: dict[tuple[str, str, str], Text] = {
    ("rehousing", "PROHIBITED", "TERM-85-1"): _NO_REHOUSING,
    ("rehousing", "PROHIBITED", "TERM-85-2"): _NO_REHOUSING,
    ("rehousing", "PROHIBITED", "REH-WAITLIST-NO-FEE"): Text(
        "Lejeren kan ikke optages på oprykningsventelisten uden gebyr, og der er intet grundlag "
        "for genhusning.",
        "The tenant may not be put on the internal list without a fee, and there is no ground for "
        "rehousing.",
    ),
    ("rehousing", "DISCRETIONARY", "REH-WAITLIST-NO-FEE"): Text(
        "Boligorganisationen kan beslutte at optage lejeren på oprykningsventelisten uden gebyr. "
        "Der er intet grundlag for genhusning.",
        "The housing organisation may decide to put the tenant on the internal list without a "
        "fee. There is no ground for rehousing.",
    ),
}
"""What it comes to by the rule that decided, where the question has more than one to give."""

# --- Open points ------------------------------------------------------------------------------


def _point(question: Text, reason: Text, **readings: Text) -> PointText:
    return PointText(question, readings, reason)


POINTS = {
    "AMB-1000M-LINE": _point(
        Text("Hvordan måles kilometeren?", "How is the kilometre measured?"),
        Text("Loven taler om ejendommen.", "The act names the property."),
        a=Text(
            "i lige linje til ejendommens nærmeste skel",
            "in a straight line to the property's nearest boundary",
        ),
        b=Text("fra adressepunktet", "from the address point"),
        c=Text("ad gangvejen", "along the way on foot"),
    ),
    "AMB-1000M-LIMIT": _point(
        Text("Er nøjagtigt 1.000 m inden for 1 km?", "Is exactly 1,000 m within 1 km?"),
        Text("»Inden for 1 km« omfatter selve grænsen.", "Within a kilometre takes the limit in."),
        a=Text("ja", "yes"),
        b=Text("nej", "no"),
    ),
    "AMB-119B": _point(
        Text(
            "Omfatter listen straffelovens § 119 b ved forhold før 15. december 2020?",
            "Does the list hold section 119 b of the criminal code for acts before 15 December "
            "2020?",
        ),
        Text("Bestemmelsen kom på listen den dag.", "The provision joined the list on that day."),
        a=Text("ja, når dommen er fra den dag eller senere", "yes, when judged from that day on"),
        b=Text("nej, kun forhold fra den dag", "no, only acts from that day on"),
    ),
    "AMB-191": _point(
        Text(
            "Er grov narkotika- og våbenkriminalitet omfattet af nr. 10?",
            "Does no. 10 cover serious drug and weapon crime?",
        ),
        Text(
            "Loven nævner ikke bestemmelserne om dem.",
            "The act does not name the provisions on them.",
        ),
        a=Text("nej, loven nævner dem ikke", "no, the act does not name them"),
        b=Text("kun efter andre grunde", "only through other grounds"),
    ),
    "AMB-85-FORMER": _point(
        Text(
            "Kan der opsiges ved salg i et tidligere omdannelsesområde?",
            "Can notice be given on a sale in a former transformation area?",
        ),
        Text(
            "Ingen fortolkning er valgt: § 168 a, stk. 5, nævner § 27, stk. 4, men ikke § 85.",
            "No reading is chosen: section 168 a(5) names section 27(4), not section 85.",
        ),
        a=Text(
            "ja, det følger af § 27, stk. 4, ved salg efter planen",
            "yes, section 27(4) implies it for sales under the plan",
        ),
        b=Text("nej", "no"),
    ),
    "AMB-80": _point(
        Text(
            "Skal udlejeren om fornødent hæve efter § 90, stk. 1, nr. 10, siden 1. juli 2022?",
            "Must the landlord terminate under section 90(1) no. 10 if needed since 1 July 2022?",
        ),
        Text(
            "Ingen fortolkning er valgt: § 80 er kun set i LBK 928/2019, og et udkast til lov nr. "
            "890 af 21/6/2022 ville tilføje nr. 10.",
            "No reading is chosen: section 80 was seen in LBK 928/2019 only; a draft of Lov 890 of "
            "21/6/2022 would add no. 10.",
        ),
        a=Text("nej, § 80, stk. 1, nævner ikke nr. 10", "no, section 80(1) does not name no. 10"),
        b=Text(
            "ja, hvis god orden i ejendommen kræver det",
            "yes, if good order in the property needs it",
        ),
    ),
    "AMB-86-PLAN": _point(
        Text(
            "Kan erstatningsboligen også ved salg efter en kommunal udviklingsplan alene "
            "tilbydes inden for området?",
            "Is the replacement bound to the area on a sale under a municipal plan too?",
        ),
        Text(
            "Ingen fortolkning er valgt: almenlejelovens tekst, som den er set, nævner § 168 "
            "a, ikke § 168 b.",
            "No reading is chosen: the text of the act that was seen names section 168 a, "
            "not 168 b.",
        ),
        a=Text("ja", "yes"),
        b=Text("nej, kun efter en fælles udviklingsplan", "no, only under a joint plan"),
    ),
    "AMB-88-SHORT": _point(
        Text(
            "Hvad gælder, når et kortere varsel end 6 uger er aftalt for en ungdomsbolig?",
            "What holds where a notice of less than six weeks was agreed for a youth dwelling?",
        ),
        Text(
            "Aftalen gælder ikke, så lovens almindelige varsel gælder.",
            "The agreement does not hold, so the act's ordinary notice does.",
        ),
        a=Text("3 måneder", "three months"),
        b=Text("6 uger", "six weeks"),
    ),
    "AMB-91": _point(
        Text(
            "Gælder undtagelsen for uvæsentlige forhold ved nr. 10?",
            "Does the exception for insignificant matters apply to no. 10?",
        ),
        Text(
            "Det indgår i afvejningen; svaret er et skøn efter begge fortolkninger.",
            "It is part of the weighing; the answer is discretionary under both readings.",
        ),
        a=Text("ja, efter ordlyden", "yes, by the wording"),
        b=Text(
            "nej, væsentligheden ligger i nr. 10; proportionalitet prøves",
            "no, the weight is built in; proportionality is left",
        ),
    ),
    "AMB-DEPT-DEPARTMENT": _point(
        Text(
            "Hvad afgør, om regler, der nævner afdelingen, gælder, når den kun delvis ligger "
            "i området?",
            "What decides whether rules that name the department apply when it lies only "
            "partly in the area?",
        ),
        Text("Reglerne nævner afdelingen.", "The rules name the department."),
        a=Text("den matrikel, som boligen ligger på", "the plot of the dwelling"),
        b=Text("hele afdelingen", "the whole department"),
    ),
    "AMB-FINAL": _point(
        Text(
            "Er ophævelse før endelig dom i strid med internationale forpligtelser?",
            "Is termination before the final judgment contrary to international obligations?",
        ),
        Text(
            "Det er tilladt med ansvar; den, der træffer beslutningen, foretager afvejningen.",
            "It is allowed with liability; the weighing is the decision-maker's.",
        ),
        a=Text("normalt ikke", "normally not"),
        b=Text(
            "ja, hvor uskyldsformodningen eller hensynet til hjemmet vejer tungere",
            "yes, where the presumption of innocence or the home weighs more",
        ),
    ),
    "AMB-HOUSEHOLD-TIME-ATTACH": _point(
        Text(
            "Er reel tilknytning uden at bo der nok?",
            "Is real attachment without living there enough?",
        ),
        Text(
            "Ingen fortolkning er valgt: landsretten har godtaget det i en enkelt sag.",
            "No reading is chosen: the High Court accepted it in one case.",
        ),
        a=Text("nej", "no"),
        b=Text("ja, når den er dokumenteret", "yes, when it is documented"),
    ),
    "AMB-HOUSEHOLD-TIME-MOMENT": _point(
        Text(
            "Hvornår skal den dømte høre til husstanden?",
            "When must the offender belong to the household?",
        ),
        Text(
            "Ophævelse foreslås kun ved medlemskab, da forholdet blev begået.",
            "A termination is proposed only with membership at the offence.",
        ),
        a=Text("da forholdet blev begået", "at the offence"),
        b=Text("ved dommen", "at the judgment"),
        c=Text("ved ophævelsen", "at the termination"),
    ),
    "AMB-OFFSET": _point(
        Text(
            "Betyder det noget, at straffen er afsonet i varetægt eller med fodlænke?",
            "Does it matter that the sentence was served on remand or with a tag?",
        ),
        Text("Det er den idømte straf, loven taler om.", "What the act is about is the sentence."),
        a=Text("nej, dommen afgør det", "no, the sentence decides"),
        b=Text("ja", "yes"),
    ),
    "AMB-PARTIAL": _point(
        Text(
            "Er en delvist betinget straf ubetinget?",
            "Is a partly suspended sentence an unconditional one?",
        ),
        Text(
            "Den ubetingede del er frihedsberøvelse.", "The unconditional part takes away liberty."
        ),
        a=Text("ja, for den ubetingede del", "yes, for its unconditional part"),
        b=Text("nej", "no"),
    ),
    "AMB-PROP": _point(
        Text(
            "Hvad kan stå i vejen for en ophævelse, der opfylder ordlyden?",
            "What stops a termination that meets the wording?",
        ),
        Text(
            "Der er kun én fortolkning: svaret er højst et skøn.",
            "There is one reading only: the answer is at most discretionary.",
        ),
        a=Text(
            "det afvejes af den, der træffer beslutningen", "it is weighed by the decision-maker"
        ),
    ),
}
