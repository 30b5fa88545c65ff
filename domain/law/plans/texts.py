"""Texts about development plans: rules and their findings, and what such an answer says."""

from __future__ import annotations

from domain.facts import WindingUpFactor
from domain.law.kernel import Status
from domain.law.texts.kinds import PointText, RuleText, Sentence, Text, one

Findings = dict[Status, tuple[Sentence, ...]]

_CHECKLIST: Findings = {
    Status.MET: (one("alle betingelser er opfyldt.", "every condition is met."),),
    Status.NOT_MET: (
        one("mindst én betingelse er ikke opfyldt.", "at least one condition is not met."),
    ),
    Status.UNKNOWN: (
        one("mindst én betingelse er ikke oplyst.", "at least one condition is unknown."),
    ),
}

_COUNTED = (
    "{family} almene familieboliger af {total} (heraf {standing} boliger, {demolished} nedrevne og "
    "{units} for erhvervsareal) er {share} procent",
    "{family} social family dwellings of {total} ({standing} dwellings, {demolished} pulled down "
    "and {units} for commercial area) are {share} per cent",
)

RULES: dict[str, RuleText] = {
    "PLAN-168A": RuleText(
        Text(
            "Udviklingsplan for et omdannelsesområde", "Development plan of a transformation area"
        ),
        Text(
            "Boligorganisation og kommune skal i fællesskab udarbejde en udviklingsplan: højst 40 "
            "procent almene familieboliger inden 2030. Den sendes ind senest seks måneder efter "
            "den første liste og godkendes af ministeren.",
            "Housing organisation and municipality must together make a development plan: at most "
            "40 per cent social family dwellings before 2030. It is sent within six months of the "
            "first list, and the minister approves it.",
        ),
        {
            Status.MET: (
                one(
                    "områdets plan er godkendt den {approved_on} og gennemført.",
                    "the area's plan was approved on {approved_on} and has been carried out.",
                    plan="carried_out",
                ),
                one(
                    "områdets plan er godkendt den {approved_on}.",
                    "the area's plan was approved on {approved_on}.",
                    plan="approved",
                ),
                one(
                    "planen er sendt i tide og afventer ministerens godkendelse.",
                    "the plan was sent in time and awaits the minister's approval.",
                    plan="sent",
                ),
                one(
                    "området skal have en plan; den skal være sendt senest den {plan_due}.",
                    "the area must have a plan; it is due on {plan_due}.",
                    plan="not_due",
                ),
                one("området skal have en plan.", "the area must have a plan.", plan="not_due"),
            ),
            Status.NOT_MET: (
                one(
                    "ministeren kan ikke godkende planen.",
                    "the minister cannot approve the plan.",
                    plan="refused",
                ),
                one(
                    "ingen plan er sendt; den skulle være sendt senest den {plan_due}.",
                    "no plan was sent; it was due on {plan_due}.",
                    plan="none",
                ),
                one("ingen plan er sendt i tide.", "no plan was sent in time.", plan="none"),
                one(
                    "planen er ikke besluttet eller sendt i tide.",
                    "the plan was not decided or not sent in time.",
                    plan="sent",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "det er ikke kendt, om området skal have en plan, eller hvordan den står.",
                    "it is not known whether the area must have a plan, or how it stands.",
                ),
            ),
        },
    ),
    "PLAN-168B": RuleText(
        Text("Kommunal udviklingsplan", "Municipal development plan"),
        Text(
            "Bliver parterne ikke enige, kan ministeren godkende en kommunal udviklingsplan, som "
            "kommunen kan påbyde boligorganisationen at gennemføre; volder det tab, yder kommunen "
            "erstatning.",
            "Without agreement the minister may approve a municipal development plan, which the "
            "municipality may order the housing organisation to carry out; it compensates the "
            "loss.",
        ),
        {
            Status.MET: (
                one(
                    "den kommunale plan er godkendt; påbuddet af {ordered_on} er ikke efterkommet "
                    "inden fristen den {limit}, og kommunen kan udpege en forretningsfører.",
                    "the municipal plan is approved; the order of {ordered_on} was not met by its "
                    "limit, {limit}, and the municipality may appoint a manager.",
                    order="overdue",
                ),
                one(
                    "den kommunale plan er godkendt; påbuddet af {ordered_on} er efterkommet.",
                    "the municipal plan is approved; the order of {ordered_on} has been met.",
                    order="met",
                ),
                one(
                    "den kommunale plan er godkendt; påbuddet af {ordered_on} skal efterkommes "
                    "senest den {limit}.",
                    "the municipal plan is approved; the order of {ordered_on} is to be met by "
                    "{limit}.",
                    order="open",
                ),
                one("den kommunale plan er godkendt.", "the municipal plan is approved."),
            ),
            Status.NOT_MET: (
                one(
                    "en kommunal plan er sendt og ikke godkendt.",
                    "a municipal plan was sent and is not approved.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "det er ikke kendt, hvad der er blevet af den kommunale plan.",
                    "it is not known what has become of the municipal plan.",
                ),
            ),
        },
    ),
    "PLAN-COUNT": RuleText(
        Text("Andelen af almene familieboliger", "The share of social family dwellings"),
        Text(
            "Højst 40 procent af boligerne skal være almene familieboliger. Boliger, der er revet "
            "ned efter 2010 og ikke erstattet af andre almene familieboliger, kan tælles med, og "
            "hver 75 m² erhvervsareal tæller som en bolig.",
            "At most 40 per cent of the dwellings may be social family dwellings. Dwellings pulled "
            "down after 2010 and not replaced by other social family dwellings may be counted in, "
            "and each 75 m² of commercial area counts as a dwelling.",
        ),
        {
            Status.MET: (
                one(
                    f"{_COUNTED[0]} og ikke over {{target}}.",
                    f"{_COUNTED[1]}, and not over {{target}}.",
                ),
            ),
            Status.NOT_MET: (
                one(f"{_COUNTED[0]} og over {{target}}.", f"{_COUNTED[1]}, and over {{target}}."),
            ),
            Status.UNKNOWN: (
                one(
                    f"{_COUNTED[0]}, som det er oplyst; det kan ikke afgøres, om det er højst "
                    "{target}.",
                    f"{_COUNTED[1]} as far as it is known; whether it is at most {{target}} cannot "
                    "be told.",
                ),
                one("områdets boliger er ikke opgjort.", "the area's dwellings were not counted."),
            ),
        },
    ),
    "PLAN-DISP-3": RuleText(
        Text("Dispensation, fire betingelser", "Dispensation, four conditions"),
        Text(
            "Ministeren kan i særlige tilfælde dispensere, når ansøgningen redegør for skridt, der "
            "får området af listen, når over 12 procent af kommunens almene familieboliger ligger "
            "i parallelsamfund, når nybyggeri ikke rækker, og når salg kun kan ske med tab. Der "
            "søges senest to måneder efter den første liste, med en kommunal plan senest med den.",
            "The minister may dispense in special cases when the application accounts for steps to "
            "take the area off the list, over 12 per cent of the municipality's social family "
            "dwellings lie in parallel societies, new building is not enough, and a sale is "
            "possible only at a loss. It is applied for within two months of the first list, with "
            "a municipal plan at the latest with it.",
        ),
        _CHECKLIST,
    ),
    "PLAN-DISP-4": RuleText(
        Text("Dispensation for et mindre område", "Dispensation for a smaller area"),
        Text(
            "Ministeren kan i særlige tilfælde dispensere for et område med færre end 2.100 "
            "beboere, der ikke opfylder kriteriet om dømte beboere. Der søges senest fire måneder "
            "efter den første liste, med en kommunal plan senest med den.",
            "The minister may dispense in special cases for an area below 2,100 residents that "
            "does not meet the criterion of convicted residents. It is applied for within four "
            "months of the first list, with a municipal plan at the latest with it.",
        ),
        _CHECKLIST,
    ),
    "PLAN-168C": RuleText(
        Text("Påbud om afvikling", "Order to wind up"),
        Text(
            "Ministeren kan påbyde, at et omdannelsesområde afvikles, hvis ingen udviklingsplan "
            "kan godkendes, eller den godkendte ikke gennemføres.",
            "The minister may order a transformation area to be wound up when no development plan "
            "can be approved, or the approved one is not carried out.",
        ),
        _CHECKLIST,
    ),
    "PLAN-168C-ORDER": RuleText(
        Text("Påbuddet om afvikling og planen for den", "The order to wind up and its plan"),
        Text(
            "Efter et påbud om afvikling udarbejder boligorganisation og kommune en afviklingsplan "
            "inden seks måneder; højst 25 procent af de boliger, som lokalplanen tillader, kan "
            "være almene.",
            "After an order to wind up, organisation and municipality make a plan for it within "
            "six months; at most 25 per cent of the dwellings that the local plan allows may be "
            "social.",
        ),
        {
            Status.MET: (
                one(
                    "påbuddet er af {ordered_on}; planen skal være sendt senest den {due}.",
                    "the order is of {ordered_on}; the plan is due on {due}.",
                    plan="none",
                ),
                *_CHECKLIST[Status.MET],
            ),
            Status.NOT_MET: (
                one(
                    "påbuddet er af {ordered_on}; ingen plan var sendt den {due}.",
                    "the order is of {ordered_on}; no plan had been sent by {due}.",
                    plan="none",
                ),
                *_CHECKLIST[Status.NOT_MET],
            ),
            Status.UNKNOWN: _CHECKLIST[Status.UNKNOWN],
        },
    ),
    "FIN-YOUTH": RuleText(
        Text("Ommærkning til ungdomsboliger", "Redesignation as youth dwellings"),
        Text(
            "I et parallelsamfund kan kommune og boligorganisation aftale, at almene "
            "familieboliger på 50 til 65 m² fremover mærkes som ungdomsboliger.",
            "In a parallel society municipality and housing organisation may agree that social "
            "family dwellings of 50 to 65 m² are designated as youth dwellings from then on.",
        ),
        _CHECKLIST,
    ),
}

CONDITIONS = {
    "is_transformation_area": Text(
        "Området er et omdannelsesområde", "The area is a transformation area"
    ),
    "plan_sent_in_time": Text("Planen er sendt i tide", "The plan was sent in time"),
    "plan_decided_by_organisation": Text(
        "Boligorganisationens øverste myndighed har besluttet planen, før den blev sendt",
        "The organisation's highest authority decided the plan before it was sent",
    ),
    "plan_decided_by_council": Text(
        "Kommunen har besluttet planen i tide", "The municipality has decided the plan in time"
    ),
    "plan_approved": Text("Ministeren har godkendt planen", "The minister has approved the plan"),
    "applied_in_time": Text("Der er søgt i tide", "It was applied for in time"),
    "application_decided_first": Text(
        "Boligorganisationens øverste myndighed og kommunen har først besluttet ansøgningen",
        "The organisation's highest authority and the municipality decided the application first",
    ),
    "steps_accounted": Text(
        "Ansøgningen redegør fyldestgørende for de skridt, der vil blive taget",
        "The application accounts fully for the steps that will be taken",
    ),
    "over_12_per_cent": Text(
        "Over 12 procent af kommunens almene familieboliger ligger i sådanne områder",
        "Over 12 per cent of the municipality's social family dwellings lie in such areas",
    ),
    "new_building_excluded": Text(
        "Det er dokumenteret, at nybyggeri ikke i væsentligt omfang kan bidrage",
        "It is documented that new building cannot contribute much",
    ),
    "sale_only_at_loss": Text(
        "En registreret ejendomsmægler vurderer, efter at området kom på listen, at salg kun kan "
        "ske med tab",
        "A registered estate agent finds, since the area was listed, that a sale is possible only "
        "at a loss",
    ),
    "below_2100_residents": Text("Færre end 2.100 beboere", "Fewer than 2,100 residents"),
    "convictions_below_limit": Text(
        "Andelen af dømte er under tre gange landsgennemsnittet",
        "The share of convicted residents is below three times the national average",
    ),
    "no_plan_or_not_followed": Text(
        "Ingen plan kan godkendes, eller den godkendte gennemføres ikke (loven)",
        "No plan can be approved, or the approved one is not carried out (the act)",
    ),
    "late_refused_or_behind": Text(
        "Planen kom for sent, kan ikke godkendes eller følger ikke tidsplanen (bekendtgørelsen)",
        "The plan came late, cannot be approved or is behind its timetable (the order)",
    ),
    "winding_up_weighed": Text(
        "Ministeren har vurderet alt det, som bekendtgørelsen nævner",
        "The minister has weighed all that the order names",
    ),
    "winding_up_plan_in_time": Text(
        "Afviklingsplanen er sendt i tide", "The plan for winding up was sent in time"
    ),
    "social_at_most_a_quarter": Text(
        "Højst en fjerdedel af de boliger, som lokalplanen tillader, er almene",
        "At most a quarter of the dwellings that the local plan allows are social",
    ),
    "parallel_society_or_under_plan": Text(
        "Området er et parallelsamfund, eller er udgået af listen under en udviklingsplan",
        "The area is a parallel society, or has left the list under a development plan",
    ),
    "between_50_and_65_m2": Text(
        "Boligen har et bruttoetageareal på 50 til 65 m²", "Its gross floor area is 50 to 65 m²"
    ),
    "agreed_with_municipality": Text(
        "Kommune og boligorganisation har aftalt det",
        "Municipality and housing organisation have agreed on it",
    ),
}

CONDITION_DETAILS = {
    "plan_sent_in_time": Text("senest den {plan_due}", "by {plan_due}"),
    "plan_decided_by_organisation": Text("senest den {due}", "by {due}"),
    "plan_decided_by_council": Text("senest den {due}", "by {due}"),
    "plan_approved": Text("den {approved_on}", "on {approved_on}"),
    "applied_in_time": Text(
        "{applied_on}; fristen er den {due}", "{applied_on}; the limit is {due}"
    ),
    "over_12_per_cent": Text(
        "i parallelsamfund {in_parallel_societies}, i omdannelsesområder {in_transformation_areas}",
        "in parallel societies {in_parallel_societies}, in transformation areas "
        "{in_transformation_areas}",
    ),
    "new_building_excluded": Text(
        "bebyggelsesprocenten er {plot_ratio}", "the plot ratio is {plot_ratio}"
    ),
    "sale_only_at_loss": Text("vurderet den {valued_on}", "valued on {valued_on}"),
    "below_2100_residents": Text("{residents}", "{residents}"),
    "winding_up_weighed": Text("{weighed}", "{weighed}"),
    "winding_up_plan_in_time": Text("senest den {due}", "by {due}"),
    "social_at_most_a_quarter": Text("{share} procent", "{share} per cent"),
    "between_50_and_65_m2": Text("{gross_m2} m²", "{gross_m2} m²"),
}

SUPPLIERS = {
    "plan_parties": Text(
        "boligorganisationen eller kommunen, som planen er mellem",
        "the housing organisation or the municipality, whose plan it is",
    ),
}

MISSING = {
    "area_dwellings": Text(
        "Hvor mange boliger af hver slags området havde den {day} eller før.",
        "How many dwellings of each kind the area had on {day} or before.",
    ),
    "commercial_area": Text(
        "Hvor stort erhvervsarealet i området er den {day}.",
        "How large the commercial area of the area is on {day}.",
    ),
    "replacement_stated": Text(
        "Om nye almene familieboliger den {day} erstatter nogle, der er revet ned.",
        "Whether new social family dwellings on {day} replace some that were pulled down.",
    ),
    "plan_course": Text(
        "Om og hvornår en udviklingsplan for området er sendt, og hvad der blev af den.",
        "Whether and when a development plan for the area was sent, and what became of it.",
    ),
    "plan_status_reported": Text(
        "Om områdets godkendte udviklingsplan følger sin tidsplan.",
        "Whether the area's approved development plan keeps its timetable.",
    ),
    "dispensation_applied": Text(
        "En ansøgning om dispensation; den kan stadig sendes.",
        "An application for dispensation; it can still be sent.",
    ),
    "application_decided_first": Text(
        "Om boligorganisationens øverste myndighed og kommunen besluttede ansøgningen, "
        "før den blev sendt.",
        "Whether the organisation's highest authority and the municipality decided the "
        "application before it was sent.",
    ),
    "steps_accounted": Text(
        "Om ansøgningen fyldestgørende redegør for de skridt, der vil blive taget.",
        "Whether the application accounts fully for the steps that will be taken.",
    ),
    "family_dwellings_by_area": Text(
        "Hvor mange af kommunens almene familieboliger der ligger i parallelsamfund og i "
        "omdannelsesområder.",
        "How many of the municipality's social family dwellings lie in parallel societies and in "
        "transformation areas.",
    ),
    "new_building_documented": Text(
        "Hvad der er dokumenteret om nybyggeri i området.",
        "What is documented about new building in the area.",
    ),
    "sale_valued": Text(
        "En registreret ejendomsmæglers vurdering af, om salg kun kan ske med tab.",
        "A registered estate agent's valuation of whether a sale is possible only at a loss.",
    ),
    "winding_up_weighed": Text(
        "Om ministeren også har vurderet det, som påbuddet ikke nævner.",
        "Whether the minister has also weighed what the order to wind up does not name.",
    ),
    "winding_up_extended": Text(
        "Om fristen for afviklingsplanen undtagelsesvis er forlænget.",
        "Whether the limit for the plan was extended exceptionally.",
    ),
    "gross_m2_stated": Text("Boligens bruttoetageareal.", "The gross floor area of the dwelling."),
    "relabelling_agreed": Text(
        "Om kommune og boligorganisation har aftalt ommærkningen.",
        "Whether municipality and housing organisation have agreed on the redesignation.",
    ),
}

DUTIES = {
    "MUST_SEND_PLAN": Text(
        "Boligorganisation og kommune skal udarbejde en udviklingsplan og sende den til "
        "ministerens godkendelse.",
        "Housing organisation and municipality must make a development plan and send it for the "
        "minister's approval.",
    ),
    "MUST_REDUCE_FAMILY_DWELLINGS": Text(
        "Andelen af almene familieboliger skal nedbringes til målet inden den 1. januar 2030.",
        "The share of social family dwellings must be reduced to the target before 1 January 2030.",
    ),
    "MAY_APPOINT_MANAGER": Text(
        "Kommunen kan udpege en forretningsfører til at gennemføre planen (§ 168 b, stk. 3).",
        "The municipality may appoint a manager to carry out the plan (section 168 b(3)).",
    ),
    "WEIGH_WINDING_UP": Text(
        "Ministeren skal bl.a. vurdere, hvor længe området har stået på listen, dets udvikling i "
        "forhold til kriterierne, kriminaliteten og den gældende helhedsplan.",
        "The minister weighs, among other things, how long the area has been on the list, its "
        "development against the criteria, the crime in it and the master plan in force.",
    ),
    "MUST_SEND_WINDING_UP_PLAN": Text(
        "Boligorganisation og kommune skal i fællesskab sende en afviklingsplan.",
        "Housing organisation and municipality must together send a plan for winding up.",
    ),
}

WARNINGS = {
    "PLAN_SHARE_READ_OTHERWISE": Text(
        "Andelen er på den anden side af målet, når loven fortolkes anderledes.",
        "The share is on the other side of the target when the act is read otherwise.",
    ),
    "DISPENSED_FROM_40": Text(
        "Målet er det, som en dispensation fra de 40 procent siger.",
        "The target is what a dispensation from the 40 per cent says.",
    ),
}

VALUES = {
    "plan_due": Text("Planen skal være sendt senest: {value}", "The plan is due: {value}"),
    "council_due": Text(
        "Kommunens godkendelse skal foreligge senest: {value}",
        "The municipality's approval is due: {value}",
    ),
    "target_day": Text(
        "Målet skal være nået senest: {value}", "The target is to be reached by: {value}"
    ),
    "family_share": Text(
        "Almene familieboliger efter loven: {value} procent",
        "Social family dwellings by the act: {value} per cent",
    ),
    "family_share_by_agreement": Text(
        "Efter aftalen fra 2018, som ikke er lov: {value} procent",
        "By the agreement of 2018, which is no law: {value} per cent",
    ),
    "family_dwellings": Text("Almene familieboliger: {value}", "Social family dwellings: {value}"),
    "all_dwellings": Text("Boliger i alt: {value}", "Dwellings in all: {value}"),
    "family_dwellings_too_many": Text(
        "Almene familieboliger over målet, som kan sælges, mærkes om eller rives ned: {value}",
        "Social family dwellings over the target, to be sold, redesignated or pulled down: {value}",
    ),
    "other_dwellings_to_build": Text(
        "Andre boliger, der i stedet kan bygges: {value}",
        "Other dwellings that may be built instead: {value}",
    ),
    "winding_up_due": Text(
        "Afviklingsplanen skal være sendt senest: {value}",
        "The plan for winding up is due: {value}",
    ),
}

WINDING_UP_FACTORS: dict[WindingUpFactor, Text] = {
    WindingUpFactor.YEARS_ON_LIST: Text("årene på listen", "the years on the list"),
    WindingUpFactor.DEVELOPMENT: Text(
        "udviklingen i forhold til kriterierne", "the development against the criteria"
    ),
    WindingUpFactor.CRIME: Text("kriminaliteten", "the crime"),
    WindingUpFactor.MASTER_PLAN: Text("helhedsplanen", "the master plan"),
}

POINTS = {
    "AMB-12PCT": PointText(
        Text(
            "Hvilke områders familieboliger måles mod de 12 procent?",
            "The family dwellings of which areas are measured against the 12 per cent?",
        ),
        {
            "a": Text("parallelsamfund, som loven siger", "parallel societies, as the act says"),
            "b": Text(
                "omdannelsesområder, som bekendtgørelsen siger",
                "transformation areas, as the order says",
            ),
        },
        Text(
            "Loven går forud for bekendtgørelsen, men bekendtgørelsen stiller kravet til "
            "ansøgningen.",
            "The act prevails over the order, yet the order says what the application must show.",
        ),
    ),
    "AMB-75": PointText(
        Text(
            "Tæller en påbegyndt enhed på 75 m² erhvervsareal med?",
            "Does a unit of 75 m² of commercial area that is not full count?",
        ),
        {
            "a": Text("nej, kun hele enheder", "no, whole units only"),
            "b": Text("ja, brøkdele tæller med", "yes, fractions count"),
        },
        Text(
            "Hver 75 m² tæller som en bolig; loven siger ikke, hvad en rest gør.",
            "Each 75 m² counts as a dwelling; the act does not say what a rest does.",
        ),
    ),
    "AMB-DEMO": PointText(
        Text(
            "Fra hvilken dag tælles nedrevne boliger med?",
            "From which day are dwellings pulled down counted?",
        ),
        {
            "a": Text("efter den 31. december 2010", "after 31 December 2010"),
            "b": Text("fra den 1. januar 2010", "from 1 January 2010"),
        },
        Text(
            "Efter 2010 fortolkes som efter årets udgang.", "After 2010 is read as after its end."
        ),
    ),
    "AMB-DISP-DAY": PointText(
        Text(
            "På hvilken dag måles et mindre områdes beboere og dømte?",
            "On which day are the residents and convictions of a smaller area measured?",
        ),
        {
            "a": Text(
                "den dag, der søges om dispensation", "on the day the dispensation is applied for"
            ),
            "b": Text("den dag, ministeren afgør sagen", "on the day the minister decides"),
        },
        Text(
            "Loven siger, hvad området har og opfylder, men ikke hvornår; bekendtgørelsen nævner "
            "afgørelsestidspunktet om ministerens vurdering alene.",
            "The act says what the area has and meets, and not when; the order names the time of "
            "the decision of the minister's assessment alone.",
        ),
    ),
    "AMB-DISP-LATE": PointText(
        Text(
            "Er en ansøgning i tide, når den følger en kommunal plan, der selv kom for sent?",
            "Is an application in time that goes with a municipal plan which itself came late?",
        ),
        {
            "a": Text("ja, den skal blot følge planen", "yes, it need only go with the plan"),
            "b": Text(
                "nej, planens frist gælder også for den", "no, the plan's limit is its limit too"
            ),
        },
        Text(
            "Bekendtgørelsen siger senest samtidig med planen og henviser til planens frist.",
            "The order says at the latest with the plan, and refers to the plan's limit.",
        ),
    ),
}

SUMMARIES: dict[str, dict[str, Text]] = {
    "plan": {
        "PERMITTED": Text(
            "Det, som loven kræver af områdets udviklingsplan på dagen, er opfyldt.",
            "What the act asks of the area's development plan on the day is kept.",
        ),
        "PROHIBITED": Text(
            "Lovens krav til udviklingsplanen er ikke opfyldt. Grund: {grounds}.",
            "What the act asks of the development plan is not kept. Ground: {grounds}.",
        ),
    },
    "dispensation": {
        "PROHIBITED": Text(
            "Ministeren kan ikke dispensere. Grund: {grounds}.",
            "The minister may not dispense. Ground: {grounds}.",
        ),
        "DISCRETIONARY": Text(
            "Betingelserne er opfyldt, og ministeren kan i særlige tilfælde dispensere: {grounds}.",
            "The conditions are met, and the minister may dispense in special cases: {grounds}.",
        ),
    },
    "winding_up": {
        "PROHIBITED": Text(
            "Ministeren kan ikke påbyde afvikling. Grund: {grounds}.",
            "The minister may not order it to be wound up. Ground: {grounds}.",
        ),
        "DISCRETIONARY": Text(
            "Ministeren kan efter en konkret vurdering påbyde afvikling: {grounds}.",
            "The minister may, after weighing the case, order it to be wound up: {grounds}.",
        ),
    },
    "relabelling": {
        "PERMITTED": Text(
            "Boligerne kan mærkes om til ungdomsboliger efter § 4, stk. 1, nr. 11.",
            "The dwellings may be redesignated as youth dwellings by section 4(1) no. 11.",
        ),
        "PROHIBITED": Text(
            "Boligerne kan ikke mærkes om efter § 4, stk. 1, nr. 11. Grund: {grounds}.",
            "The dwellings may not be redesignated by section 4(1) no. 11. Ground: {grounds}.",
        ),
    },
}
"""The answer in a sentence, by kind of question and outcome."""

SUMMARIES_FOUND: dict[tuple[str, str, str, Status], Text] = {
    ("plan", "PERMITTED", "PLAN-168A", Status.NOT_APPLICABLE): Text(
        "Området er intet omdannelsesområde på dagen, og loven kræver ingen ny udviklingsplan.",
        "The area is no transformation area on the day, and the act asks for no new development "
        "plan.",
    ),
}
"""The answer in a sentence where a rule found so: by question, outcome, rule and what it found."""
