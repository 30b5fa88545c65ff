"""What the agreement of 2018 and Landsbyggefonden's explainer name and husret does not decide.

Each with where it is named and why it lies outside, so that an answer about an area's tools is seen
to be whole. What was agreed and became no rule, and is a rule here all the same, is not repeated:
it is listed by its own confidence (`Confidence.AGREEMENT_ONLY`).
"""

from __future__ import annotations

from domain.law.texts.kinds import OutsideText, Text

AGREEMENT = Text("aftalen af 2018", "the agreement of 2018")
_PART_2 = Text("aftalen af 2018, afsnit 2", "the agreement of 2018, part 2")
_PART_3 = Text("aftalen af 2018, afsnit 3", "the agreement of 2018, part 3")
_PART_5 = Text("aftalen af 2018, afsnit 5", "the agreement of 2018, part 5")
_FUND = Text(
    "Landsbyggefondens side om aftalen af 2018",
    "Landsbyggefonden's page on the agreement of 2018",
)
_CHILDREN = Text(
    "Det er reglerne om dagtilbud, skole og børns forhold; de afgør intet om en bolig eller et "
    "boligområde efter almenboligloven.",
    "These are rules of day care, school and the care of children; they decide nothing about a "
    "dwelling or a housing area under the act on social housing.",
)
_STUDY = Text(
    "Det er en undersøgelse; den giver ingen regel, der kan afgøres efter.",
    "It is a study; it makes no rule to decide by.",
)
_FOLLOWING = Text(
    "Det er, hvordan parterne og ministeriet følger aftalen; det binder ingen i det enkelte "
    "område.",
    "It is how the parties and the ministry follow the agreement; it binds nobody in an area.",
)

OUTSIDE = {
    "sale_study": OutsideText(
        Text(
            "Analyse af mulighederne for salg i de hårde ghettoområder",
            "A study of what could be sold in the hard ghetto areas",
        ),
        _STUDY,
        _PART_2,
    ),
    "external_list_if_compatible": OutsideText(
        Text(
            "Udlejning fra den eksterne venteliste kun, når det er foreneligt med 40 procent",
            "Letting from the external list only where that goes with 40 per cent",
        ),
        Text(
            "Det er aftalt; en bestemmelse, der siger det, er ikke fundet. Udlejningsreglerne for "
            "området gælder.",
            "That was agreed; no provision that says so was found. The area's letting rules hold.",
        ),
        _PART_2,
    ),
    "regard_for_organisations": OutsideText(
        Text(
            "Hensyn til berørte boligorganisationer, når kommunen opfører nye almene boliger",
            "Regard for the organisations concerned when a municipality has new dwellings built",
        ),
        Text(
            "Det er en opfordring fra parterne, ingen regel.",
            "It is an appeal by the parties, no rule.",
        ),
        _PART_2,
    ),
    "tenants_delegate": OutsideText(
        Text(
            "Beboernes egen delegation af beslutninger om en helhedsplan til en "
            "realiseringsbestyrelse",
            "Tenants' own delegation of decisions on a master plan to an implementation board",
        ),
        Text(
            "Almenboligloven § 37, stk. 6, siger kun, hvem bestyrelsen skal omfatte, når øverste "
            "myndighed indsætter den efter stk. 4.",
            "Section 37(6) of the act on social housing only says who must be on the board that "
            "the top body appoints for works under (4).",
        ),
        _PART_2,
    ),
    "majority_for_winding_up": OutsideText(
        Text(
            "Drøftelse med aftaleparterne og et flertal i Folketinget bag en afvikling",
            "Talks with the parties, and a majority of parliament behind a winding-up",
        ),
        Text(
            "Det er en politisk forudsætning; almenboligloven § 168 c stiller ikke krav om det.",
            "It is a political condition; section 168 c of the act on social housing does not ask "
            "for it.",
        ),
        _PART_3,
    ),
    "state_takeover": OutsideText(
        Text("Statens overtagelse af afviklingen", "The state's taking over of a winding-up"),
        Text(
            "Efter aftalen kræver det en lov; efter § 168 c, stk. 4, iværksætter ministeren de "
            "nødvendige tiltag. Der er ingen regel at afgøre efter, før de er der.",
            "By the agreement it takes an act; by section 168 c(4) the minister takes the steps "
            "that are needed. There is no rule to decide by before they are there.",
        ),
        _PART_3,
    ),
    "efficiency_unit": OutsideText(
        Text(
            "Effektiviseringsenheden og pengene til administration",
            "The efficiency unit, and the money for administration",
        ),
        Text(
            "Det er bevillinger til staten for at gøre driften billigere; de vedrører intet "
            "bestemt område.",
            "They are grants to the state for cheaper running; they concern no area in particular.",
        ),
        _PART_5,
    ),
    "ministry_report": OutsideText(
        Text(
            "Ministeriets årlige redegørelse om parallelsamfund",
            "The ministry's yearly statement on each parallel society",
        ),
        _FOLLOWING,
        _PART_5,
    ),
    "follow_up": OutsideText(
        Text(
            "Parternes opfølgning, også på den øvrige almene sektor",
            "The parties' own following up, of the rest of the sector too",
        ),
        _FOLLOWING,
        _PART_5,
    ),
    "new_building_study": OutsideText(
        Text(
            "Analyse af styring af nybyggeri af almene boliger",
            "A study of how the building of social dwellings is steered",
        ),
        _STUDY,
        _PART_5,
    ),
    "funds_own_rules": OutsideText(
        Text(
            "Landsbyggefondens regulativer, vejledninger og prioritering af ansøgninger",
            "Landsbyggefonden's own regulations, guidance and choice among applications",
        ),
        Text(
            "Fonden afgør selv, hvem der får støtte; husret siger, hvad loven sætter af til og "
            "kræver.",
            "The fund itself decides who gets support; husret says what the act sets aside for it, "
            "and asks.",
        ),
        _FUND,
    ),
    "supervision_of_plans": OutsideText(
        Text(
            "Ministeriets tilsyn med, at udviklingsplanerne gennemføres",
            "The ministry's supervision of how development plans are carried out",
        ),
        Text(
            "Det er ministeriets egen opgave; husret viser planens forløb og udløserne i § 168 c.",
            "It is the ministry's own task; husret shows a plan's course and the triggers of "
            "section 168 c.",
        ),
        _FUND,
    ),
    "day_care_and_school": OutsideText(
        Text(
            "Sprogprøver, læringstilbud og fordeling af børn i daginstitutioner",
            "Language tests, learning offers, and how children are spread over day care",
        ),
        _CHILDREN,
        _FUND,
    ),
    "parental_responsibility": OutsideText(
        Text("Initiativer om forældreansvar", "Initiatives on parents' responsibility"),
        _CHILDREN,
        _FUND,
    ),
    "penalty_zones": OutsideText(
        Text(
            "Skærpede strafzoner og styrket lokal politiindsats",
            "Zones of higher penalties, and more local police",
        ),
        Text(
            "Det er strafferet og politiets opgaver. Hvad en dom kan betyde for et lejemål, svarer "
            "spørgsmålet om ophævelse på.",
            "That is criminal law and the work of the police. What a judgment may mean for a "
            "tenancy is answered by the question of termination.",
        ),
        _FUND,
    ),
    "effects_measured": OutsideText(
        Text(
            "Målingen af, hvordan indsatserne virker", "The measuring of what the efforts come to"
        ),
        _STUDY,
        _FUND,
    ),
}
"""By a code of its own; every answer about an area's tools lists them all."""
