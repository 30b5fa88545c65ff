"""What the rules about Landsbyggefonden's money are called, what they say, and what they find."""

from __future__ import annotations

from domain.law.kernel import Status
from domain.law.texts.kinds import RuleText, Sentence, Text, one

_LEFT = one(
    "der er kun, hvad der ikke blev brugt af rammen for {left_of}.",
    "there is only what was not used of the frame of {left_of}.",
)
_YEAR = one(
    "rammen for hele landet er {frame_oere} i {year}, før den årlige regulering.",
    "the frame for the whole country is {frame_oere} in {year}, before the yearly regulation.",
)
_YEARS = one(
    "rammen for hele landet er {frame_oere} for {years}, før den årlige regulering.",
    "the frame for the whole country is {frame_oere} for {years}, before the yearly regulation.",
)
_NOT_MET = (
    one("rammen er udløbet.", "the frame has run out.", frame="over"),
    one("området er ikke omfattet.", "the area is not one of those."),
)
_UNKNOWN = (one("områdets status er ikke kendt.", "the area's status is not known."),)
_FREE = one("støtten har ingen særlig ramme.", "the support has no frame of its own.")


def _part(da: str, en: str) -> Sentence:
    return one(
        "rammen for hele landet er {frame_oere} i {year}, før den årlige regulering, heraf op til "
        f"{{of_it_oere}} til {da}.",
        "the frame for the whole country is {frame_oere} in {year}, before the yearly regulation, "
        f"of it up to {{of_it_oere}} for {en}.",
    )


RULES = {
    "FUND-91-1": RuleText(
        Text("Arbejder uanset område", "Works in any area"),
        Text(
            "Landsbyggefonden kan støtte lån til udbedring, tilgængelighed, ombygning, "
            "sammenlægning og fællesarealer i almene afdelinger, uanset hvor de ligger, til og med "
            "2026.",
            "Through 2026 Landsbyggefonden may support loans for repair, access, rebuilding, "
            "merging and common areas in social departments, wherever they lie.",
        ),
        {
            Status.MET: (
                one(
                    "de fælles beløbsrammer i § 91 er ikke opgjort her.",
                    "the common frames of section 91 are not counted here.",
                ),
            ),
        },
    ),
    "FUND-91-4": RuleText(
        Text("Renovering i udsatte boligområder", "Renovation in vulnerable areas"),
        Text(
            "Landsbyggefonden kan støtte lån til renovering i et udsat boligområde inden for en "
            "særlig ramme; til og med 2020 var det en forhøjelse af den fælles ramme (§ 91, stk. "
            "1).",
            "Landsbyggefonden may support loans for renovation in a vulnerable area within a frame "
            "of its own; until the end of 2020 it was an increase of the common frame (section "
            "91(1)).",
        ),
        {
            Status.MET: (_part("afhændelse af boliger", "disposing of dwellings"), _YEAR, _LEFT),
            Status.NOT_MET: _NOT_MET,
            Status.UNKNOWN: (
                one(
                    "det afhænger af et fortolkningsspørgsmål ({open_point}).",
                    "it depends on how an open point of law is read ({open_point}).",
                ),
                *_UNKNOWN,
            ),
        },
    ),
    "FUND-91A": RuleText(
        Text("Boligsocial indsats og lavere husleje", "Social efforts and lower rents"),
        Text(
            "Landsbyggefonden kan give tilskud til boligsociale indsatser og til lavere husleje, "
            "hvor der er konstateret væsentlige problemer; det afhænger ikke af listerne. "
            "Indsatsen skal indgå i en helhedsplan med finansieringsplan, som kommunen har "
            "godkendt; fonden kan fravige det i særlige tilfælde.",
            "Landsbyggefonden may give grants for social efforts and for lower rents where "
            "substantial problems are found; it does not depend on the lists. The effort must be "
            "part of a master plan with a plan of its finances that the municipality has approved; "
            "in special cases the fund may depart from that.",
        ),
        {Status.MET: (_part("lavere husleje", "lower rents"), _LEFT)},
    ),
    "FUND-91B": RuleText(
        Text("Infrastruktur i udsatte boligområder", "Infrastructure in vulnerable areas"),
        Text(
            "Landsbyggefonden kan med ministerens godkendelse give tilskud til "
            "infrastrukturændringer i et udsat boligområde som led i en godkendt helhedsplan, der "
            "analyserer sammenhængen med den omgivende by.",
            "With the minister's approval Landsbyggefonden may give grants for changes of "
            "infrastructure in a vulnerable area, as part of an approved master plan that analyses "
            "how it hangs together with the surrounding city.",
        ),
        {Status.MET: (_YEAR, _LEFT), Status.NOT_MET: _NOT_MET, Status.UNKNOWN: _UNKNOWN},
    ),
    "FUND-92-1": RuleText(
        Text("Afdelinger i økonomiske vanskeligheder", "Departments in economic trouble"),
        Text(
            "Landsbyggefonden kan give lån eller tilskud, hvor økonomiske problemer kan hindre, at "
            "en afdeling føres videre; om de er der, vurderer fonden.",
            "Landsbyggefonden may give loans or grants where economic problems may keep a "
            "department from going on; whether there are any, the fund finds.",
        ),
        {Status.MET: (_FREE,)},
    ),
    "FUND-92-2": RuleText(
        Text("Nedrivning i udsatte boligområder", "Demolition in vulnerable areas"),
        Text(
            "Landsbyggefonden kan støtte nedrivning af almene boliger i et udsat boligområde inden "
            "for en årlig ramme, op til 60 procent af det samlede støttebehov.",
            "Landsbyggefonden may support the demolition of social dwellings in a vulnerable area "
            "within a yearly frame, up to 60 per cent of the support that is needed.",
        ),
        {Status.MET: (_YEAR, _LEFT), Status.NOT_MET: _NOT_MET, Status.UNKNOWN: _UNKNOWN},
    ),
    "FUND-92-2-ANYWHERE": RuleText(
        Text("Nedrivning uanset område", "Demolition in any area"),
        Text(
            "Landsbyggefonden kan støtte nedrivning af almene boliger, uanset hvor de ligger, op "
            "til 60 procent af det samlede støttebehov.",
            "Landsbyggefonden may support the demolition of social dwellings wherever they lie, up "
            "to 60 per cent of the support that is needed.",
        ),
        {Status.MET: (_YEAR, _YEARS)},
    ),
    "FUND-92-3": RuleText(
        Text("Støtte ved afvikling", "Support of a winding-up"),
        Text(
            "Landsbyggefonden kan støtte afdelinger, der er omfattet af en afviklingsplan.",
            "Landsbyggefonden may support departments that a winding-up plan covers.",
        ),
        {
            Status.MET: (
                one(
                    "området er et omdannelsesområde; støtten har ingen særlig ramme.",
                    "the area is a transformation area; the support has no frame of its own.",
                ),
            ),
            Status.NOT_MET: _NOT_MET,
            Status.UNKNOWN: _UNKNOWN,
        },
    ),
    "FUND-96-2": RuleText(
        Text("Støtte betinget af et salg", "Support that depends on a sale"),
        Text(
            "Landsbyggefonden kan betinge sin støtte af, at der søges om godkendelse af et salg af "
            "boliger.",
            "Landsbyggefonden may make its support depend on an application for approval of a sale "
            "of dwellings.",
        ),
        {
            Status.MET: (one("det gælder i hele landet.", "that holds in the whole country."),),
        },
    ),
    "PLAN-96-3": RuleText(
        Text("Støtte på betingelse af udviklingsplanen", "Support on condition of the plan"),
        Text(
            "I et omdannelsesområde skal Landsbyggefonden betinge støtten af, at helhedsplanen "
            "medfører den reduktion af andelen af almene familieboliger, som den godkendte "
            "udviklingsplan fastlægger.",
            "In a transformation area Landsbyggefonden must make support conditional on a master "
            "plan that entails the reduction of social family dwellings of the approved "
            "development plan.",
        ),
        {
            Status.MET: (
                one(
                    "helhedsplanen medfører reduktionen.", "the master plan entails the reduction."
                ),
            ),
            Status.NOT_MET: (
                one(
                    "ingen udviklingsplan er godkendt, eller helhedsplanen medfører ikke "
                    "reduktionen.",
                    "no development plan is approved, or the master plan does not entail the "
                    "reduction.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "det er ikke kendt, om området er omfattet, eller om helhedsplanen medfører "
                    "reduktionen.",
                    "it is not known whether the area is one, or whether the master plan entails "
                    "the reduction.",
                ),
            ),
        },
    ),
    "FIN-SUPPORT": RuleText(
        Text("Landsbyggefondens støtte", "Landsbyggefonden's support"),
        Text(
            "Landsbyggefonden kan støtte arbejder, boligsociale indsatser, lavere husleje, "
            "infrastruktur, afdelinger i økonomiske vanskeligheder, nedrivning og afvikling, hver "
            "på sine betingelser; det bestemmer den selv.",
            "Landsbyggefonden may support works, social efforts, lower rents, infrastructure, "
            "departments in economic trouble, demolition and winding-up, each on its terms; it "
            "decides itself.",
        ),
        {
            Status.MET: (
                one(
                    "Landsbyggefonden kan støtte det efter {section}.",
                    "Landsbyggefonden may support it under {section}.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "en betingelse i {section} er ikke opfyldt.",
                    "a condition of {section} is not met.",
                    lacking="condition",
                ),
                one(
                    "rammen efter {section} er udløbet.",
                    "the frame under {section} has run out.",
                    frame="over",
                ),
                one(
                    "{section} giver ingen midler til det her.",
                    "{section} has no money for it here.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "det, der gjaldt før {section}, er ikke set.",
                    "what held before {section} was not seen.",
                    text="not_seen",
                ),
                one(
                    "det er ikke kendt, om {section} giver midler til det her.",
                    "it is not known whether {section} has money for it here.",
                ),
            ),
        },
    ),
    "FIN-LOSS": RuleText(
        Text("Dækning af tab ved salg", "Covering the loss on a sale"),
        Text(
            "Aftalen af maj 2018 siger, at Landsbyggefonden kan dække tab ved salg i de hårdeste "
            "områder. Ingen bestemmelse er fundet; § 75 j gælder kun salg til lejere.",
            "The agreement of May 2018 says that Landsbyggefonden may cover losses on sales in the "
            "hardest areas. No provision was found; section 75 j is about sales to tenants alone.",
        ),
        {
            Status.UNKNOWN: (
                one(
                    "det er aftalt i 2018, og ingen bestemmelse om det er fundet i nogen lov.",
                    "it was agreed in 2018, and no act was found to provide for it.",
                ),
            ),
        },
    ),
}

CONDITIONS = {
    "vacant_for_rehousing": Text(
        "Boligerne står tomme på grund af genhusning", "The dwellings are empty for rehousing"
    ),
    "frame_open": Text("Inden for årene 2019-2026", "Within the years 2019-2026"),
    "substantial_problems_found": Text(
        "der er konstateret væsentlige problemer", "substantial problems are found"
    ),
    "master_plan_approved": Text(
        "kommunen har godkendt en helhedsplan med finansieringsplan",
        "the municipality has approved a master plan with a plan of its finances",
    ),
    "city_analysed": Text(
        "helhedsplanen analyserer sammenhængen med den omgivende by",
        "the master plan analyses how area and surrounding city hang together",
    ),
    "development_plan_approved": Text(
        "en udviklingsplan for området er godkendt",
        "a development plan for the area is approved",
    ),
    "reduction_follows_plan": Text(
        "helhedsplanen nedbringer andelen af almene familieboliger som i den godkendte "
        "udviklingsplan",
        "the master plan reduces the share of social family dwellings as the approved development "
        "plan does",
    ),
    "winding_up_plan": Text(
        "en afviklingsplan omfatter afdelingen", "a winding-up plan covers the department"
    ),
}

MISSING = {
    "vacant_for_rehousing": Text(
        "Om boligerne står tomme på grund af genhusning fra området.",
        "Whether the dwellings are empty for rehousing from the area.",
    ),
    "carried_over": Text(
        "Om der er ubrugte midler fra 2026.", "Whether money of 2026 is left unused."
    ),
    "provision_found": Text(
        "En bestemmelse om dækning af tab ved salg efter en udviklingsplan.",
        "A provision on covering the loss on a sale under a development plan.",
    ),
    "support_before": Text(
        "De bestemmelser om støtten, der gjaldt før {first_day}.",
        "The provisions on the support that held before {first_day}.",
    ),
    "substantial_problems_known": Text(
        "Om der er konstateret væsentlige problemer i en afdeling i området {area}.",
        "Whether substantial problems were found in a department of the area {area}.",
    ),
    "city_analysed_known": Text(
        "Om helhedsplanen for {area} analyserer sammenhængen med den omgivende by.",
        "Whether the master plan of {area} analyses how it hangs together with the city around it.",
    ),
    "reduction_follows_plan_known": Text(
        "Om helhedsplanen for {area} nedbringer andelen af almene familieboliger som i den "
        "godkendte udviklingsplan.",
        "Whether the master plan of {area} reduces the share of social family dwellings as the "
        "approved development plan does.",
    ),
    "winding_up_plan_known": Text(
        "Om en afviklingsplan omfatter afdelinger i {area}.",
        "Whether a winding-up plan covers departments of {area}.",
    ),
}

DECISIONS = {
    "master_plan_approved": Text("helhedsplan for området", "a master plan of the area"),
}

VALUES = {
    "support_frame_year": Text(
        "Ramme i hele landet i året, før den årlige regulering: {value}",
        "The country's frame of the year, before the yearly regulation: {value}",
    ),
    "support_frame_years": Text(
        "Samlet ramme i hele landet for årene, før den årlige regulering: {value}",
        "The country's frame of all the years, before the yearly regulation: {value}",
    ),
}

SUPPLIERS = {
    "landsbyggefonden": Text("Landsbyggefonden", "Landsbyggefonden"),
}

CHANGES = {
    "master_plan_follows": Text(
        "Støtte bliver mulig, når helhedsplanen medfører den reduktion, som den godkendte "
        "udviklingsplan fastlægger.",
        "Support becomes possible when the master plan entails the reduction of the approved "
        "development plan.",
    ),
    "support_conditions_met": Text(
        "Støtte bliver mulig, når betingelserne er opfyldt.",
        "Support becomes possible when the conditions are met.",
    ),
}

DUTIES = {
    "ON_CONDITION_OF_PLAN": Text(
        "Landsbyggefonden skal betinge støtten af reduktionen i den godkendte udviklingsplan "
        "(§ 96, stk. 3).",
        "Landsbyggefonden must make support conditional on the reduction of the approved plan "
        "(section 96(3)).",
    ),
    "MASTER_PLAN_APPROVED": Text(
        "Indsatsen skal indgå i en helhedsplan med finansieringsplan, som kommunen har "
        "godkendt; Landsbyggefonden kan fravige det i særlige tilfælde (§ 91 a, stk. 3).",
        "The effort must be part of a master plan with a financing plan that the municipality "
        "has approved; Landsbyggefonden may depart from it in special cases (section 91 a(3)).",
    ),
    "MASTER_PLAN_WITH_ANALYSIS": Text(
        "Det skal ske som led i en godkendt helhedsplan med en analyse af sammenhængen med byen "
        "(§ 91 b, stk. 2).",
        "It must be part of an approved master plan that analyses how the area is tied to the town "
        "(section 91 b(2)).",
    ),
}

WARNINGS = {
    "AGREED_LOSS_COVERED": Text(
        "Aftalen af 2018 lader Landsbyggefonden dække tab ved salg i de hårdeste områder. Ingen "
        "bestemmelse om det er fundet i nogen lov.",
        "The agreement of 2018 lets Landsbyggefonden cover losses on sales in the hardest areas. "
        "No act was found to say so.",
    ),
    "FRAMES_NOT_TRIED": Text(
        "De fælles beløbsrammer for arbejder i § 91, stk. 1-3 og 5, er ikke opgjort.",
        "The common frames for works in section 91(1) to (3) and (5) are not counted.",
    ),
}

SUMMARIES: dict[str, dict[str, Text]] = {
    "support": {
        "DISCRETIONARY": Text(
            "Landsbyggefonden kan støtte det, men skal ikke.",
            "Landsbyggefonden may support it, and need not.",
        ),
        "PROHIBITED": Text(
            "Landsbyggefonden kan ikke støtte det: {grounds}.",
            "Landsbyggefonden may not support it: {grounds}.",
        ),
    },
}
