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
_NOT_MET = (one("området er ikke omfattet.", "the area is not one of those."),)
_UNKNOWN = (one("områdets status er ikke kendt.", "the area's status is not known."),)


def _part(da: str, en: str) -> Sentence:
    return one(
        "rammen for hele landet er {frame_oere} i {year}, før den årlige regulering, heraf op til "
        f"{{of_it_oere}} til {da}.",
        "the frame for the whole country is {frame_oere} in {year}, before the yearly regulation, "
        f"of it up to {{of_it_oere}} for {en}.",
    )


RULES = {
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
            Status.NOT_MET: (
                one("rammen er udløbet.", "the frame has run out.", frame="over"),
                *_NOT_MET,
            ),
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
}

CONDITIONS = {
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
