"""Who may decide what without whom: rules and their findings, and what such an answer says."""

from __future__ import annotations

from domain.law.kernel import Status
from domain.law.texts.kinds import RuleText, Text, one

RULES: dict[str, RuleText] = {
    "GOV-13": RuleText(
        Text(
            "Dansk som arbejdssprog i beboerdemokratiet",
            "Danish as the working language of the tenants' democracy",
        ),
        Text(
            "Arbejdssproget i beboerdemokratiets organer er dansk; en beslutning i strid med det "
            "er uden gyldighed.",
            "The working language of the bodies of the tenants' democracy is Danish; a decision "
            "against that has no validity.",
        ),
        {
            Status.MET: (
                one("arbejdssproget er ikke dansk.", "the working language is not Danish."),
            ),
            Status.NOT_MET: (one("arbejdssproget er dansk.", "the working language is Danish."),),
            Status.UNKNOWN: (one("det er ikke oplyst.", "that is not stated."),),
        },
    ),
    "GOV-37-4": RuleText(
        Text("Øverste myndighed uden afdelingen", "The top body without the department"),
        Text(
            "Kan afdelingens godkendelse ikke opnås, kan boligorganisationens øverste myndighed "
            "beslutte større renovering, større energibesparelser, en boligsocial helhedsplan, "
            "fremtidssikring og indsatser mod udsatte boligområder, når det er nødvendigt for at "
            "gøre boligerne og afdelingen tidssvarende og konkurrencedygtige.",
            "Where the department's approval cannot be had, the organisation's top body may decide "
            "major renovation, major energy saving, a social master plan, future-proofing and "
            "efforts against vulnerable areas, when that is needed to make dwellings and "
            "department up to date and competitive.",
        ),
        {
            Status.MET: (one("betingelserne er opfyldt.", "the conditions are met."),),
            Status.NOT_MET: (one("en betingelse er ikke opfyldt.", "a condition is not met."),),
            Status.NOT_APPLICABLE: (
                one(
                    "afdelingen har godkendt arbejderne den {voted_on}.",
                    "the department approved the works on {voted_on}.",
                ),
            ),
            Status.UNKNOWN: (one("det er ikke afklaret.", "that is not settled."),),
        },
    ),
    "GOV-REALISE": RuleText(
        Text("Realiseringsbestyrelse", "Implementation board"),
        Text(
            "En realiseringsbestyrelse, som øverste myndighed indsætter til at styre arbejder, der "
            "er besluttet uden afdelingens samtykke, skal omfatte mindst én ledelsesrepræsentant "
            "fra boligorganisationen og ét medlem, der sidder i byrådet eller er udpeget af det.",
            "An implementation board that the top body appoints to steer works decided without the "
            "department's consent must have at least one member of the organisation's management "
            "and one of the municipal council, or named by it.",
        ),
        {
            Status.MET: (
                one(
                    "bestyrelsen har de medlemmer, den skal have.",
                    "the board has the members that it must have.",
                ),
            ),
            Status.NOT_MET: (one("bestyrelsen mangler et medlem.", "the board lacks a member."),),
            Status.NOT_APPLICABLE: (
                one(
                    "arbejderne er ikke besluttet uden afdelingens samtykke.",
                    "the works were not decided without the department's consent.",
                    works="not_decided",
                ),
            ),
            Status.UNKNOWN: (one("det er ikke afklaret.", "that is not settled."),),
        },
    ),
    "GOV-165A": RuleText(
        Text("Kommunalt påbud", "Municipal order"),
        Text(
            "Kommunen kan påbyde boligorganisationen at sætte indsatser i gang i et udsat "
            "boligområde eller et forebyggelsesområde, også mod, at der dannes parallelsamfund.",
            "The municipality may order the housing organisation to act in a vulnerable or a "
            "prevention area, against a parallel society forming too.",
        ),
        {
            Status.MET: (
                one(
                    "området er omfattet den dag.",
                    "the area is one of those on that day.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "området er hverken udsat boligområde eller forebyggelsesområde den dag, og "
                    "ingen udviklingsplan holder reglen i gang.",
                    "the area is neither a vulnerable nor a prevention area on that day, and no "
                    "development plan keeps the rule going.",
                ),
            ),
            Status.UNKNOWN: (
                one("områdets status er ikke kendt.", "the area's status is not known."),
            ),
        },
    ),
}

CONDITIONS = {
    "approval_not_obtained": Text(
        "afdelingens godkendelse kan ikke opnås", "the department's approval cannot be had"
    ),
    "measure_named_in_act": Text(
        "arbejderne er nævnt i § 37, stk. 4", "the works are named in section 37(4)"
    ),
    "works_necessary": Text(
        "de er nødvendige for at gøre boligerne og afdelingen tidssvarende og konkurrencedygtige",
        "they are needed to make dwellings and department up to date and competitive",
    ),
    "kitchens_part_of_whole": Text(
        "køkkener og badeværelser moderniseres ikke, eller det er nødvendigt for det samlede "
        "projekt",
        "no kitchens or bathrooms are modernised, or the whole project needs it",
    ),
    "decided_without_department": Text(
        "arbejderne er besluttet uden afdelingens samtykke",
        "the works were decided without the department's consent",
    ),
    "management_member": Text(
        "mindst én ledelsesrepræsentant fra boligorganisationen",
        "at least one member of the organisation's management",
    ),
    "municipal_member": Text(
        "mindst ét medlem, der sidder i byrådet eller er udpeget af det",
        "at least one member of the municipal council, or named by it",
    ),
}

MISSING = {
    "works_named": Text(
        "Hvilke arbejder i hvilken afdeling det gælder.",
        "Which works it is about, in which department.",
    ),
    "measure_named_in_act_stated": Text("Hvad arbejderne går ud på.", "What the works are for."),
    "works_necessary_stated": Text(
        "Om arbejderne er nødvendige for at gøre boligerne og afdelingen tidssvarende og "
        "konkurrencedygtige.",
        "Whether the works are needed to make dwellings and department up to date and competitive.",
    ),
    "kitchens_part_of_whole_stated": Text(
        "Om køkkener eller badeværelser moderniseres, og om det samlede projekt kræver det.",
        "Whether kitchens or bathrooms are modernised, and whether the whole project needs it.",
    ),
    "management_member_stated": Text(
        "Hvor mange i bestyrelsen der er ledelsesrepræsentanter fra boligorganisationen.",
        "How many of the board are of the organisation's management.",
    ),
    "municipal_member_stated": Text(
        "Hvor mange i bestyrelsen der sidder i byrådet eller er udpeget af det.",
        "How many of the board are of the municipal council, or named by it.",
    ),
    "working_language_stated": Text(
        "Om arbejdssproget var dansk.", "Whether the working language was Danish."
    ),
    "working_language_of_vote": Text(
        "Om arbejdssproget var dansk, da afdelingen stemte den {voted_on}.",
        "Whether the working language was Danish when the department voted on {voted_on}.",
    ),
    "working_language_of_decision": Text(
        "Om arbejdssproget var dansk, da øverste myndighed besluttede arbejderne den {decided_on}.",
        "Whether the working language was Danish when the top body decided the works on "
        "{decided_on}.",
    ),
}

CHANGES = {
    "decided_anew_in_danish": Text(
        "Beslutningen kan træffes igen med dansk som arbejdssprog.",
        "The decision can be made again with Danish as the working language.",
    ),
    "department_approves": Text(
        "Med afdelingens godkendelse kan arbejderne gennemføres.",
        "With the department's approval the works can be carried out.",
    ),
    "department_asked": Text(
        "Arbejderne kan forelægges afdelingen, hvis godkendelse der først skal søges.",
        "The works can be put to the department, whose approval must be sought first.",
    ),
    "board_completed": Text(
        "Bestyrelsen kan få det medlem, som den mangler.",
        "The board can get the member that it lacks.",
    ),
}

DUTIES = {
    "MUST_REPORT_DECISION": Text(
        "Øverste myndigheds beslutning skal indberettes til ministeriet gennem kommunen med "
        "oplysning om arbejdernes art og baggrunden (§ 37, stk. 7).",
        "The top body's decision must be reported to the ministry by way of the municipality, with "
        "the kind of works and the reasons (section 37(7)).",
    ),
    "MUST_DECIDE_IN_DANISH": Text(
        "Arbejdssproget skal være dansk, når det besluttes; ellers er beslutningen uden gyldighed "
        "(§ 13).",
        "The working language must be Danish when it is decided, or the decision has no validity "
        "(section 13).",
    ),
}

WARNINGS = {
    "BOARD_OUTSIDE_37_4": Text(
        "§ 37, stk. 6, gælder kun bestyrelser for arbejder, der er besluttet uden afdelingens "
        "samtykke. At beboerne selv kan overlade beslutninger til en bestyrelse, er aftalt i 2018; "
        "en bestemmelse om det er ikke fundet.",
        "Section 37(6) is only about boards for works that were decided without the department's "
        "consent. That tenants may themselves leave decisions to a board was agreed in 2018; no "
        "provision on it was found.",
    ),
}

DECISIONS = {
    "department_voted": Text(
        "afdelingens svar på arbejderne (§ 37)", "the department's answer on the works (§ 37)"
    ),
    "top_body_decided": Text(
        "øverste myndigheds beslutning om arbejderne (§ 37, stk. 4)",
        "the top body's decision of the works (§ 37, stk. 4)",
    ),
}

SUMMARIES: dict[str, dict[str, Text]] = {
    "competence": {
        "PERMITTED": Text(
            "Intet i reglerne her står i vejen; den andens samtykke er der, eller det kræves ikke.",
            "Nothing in these rules stands in the way; the other has agreed, or need not.",
        ),
        "DISCRETIONARY": Text(
            "Det kan besluttes uden den anden, og den, der beslutter, svarer for det: {grounds}.",
            "It may be decided without the other, and whoever decides answers for it: {grounds}.",
        ),
        "PROHIBITED": Text(
            "Det kan ikke besluttes uden den anden, som det er oplyst: {grounds}.",
            "It may not be decided without the other, as it is stated: {grounds}.",
        ),
    },
}

SUMMARIES_BY: dict[tuple[str, str, str], Text] = {
    ("competence", "PROHIBITED", "GOV-13"): Text(
        "Beslutningen er uden gyldighed: {grounds}.", "The decision has no validity: {grounds}."
    ),
    ("competence", "PROHIBITED", "GOV-REALISE"): Text(
        "Bestyrelsen er ikke sammensat, som loven kræver: {grounds}.",
        "The board is not put together as the act demands: {grounds}.",
    ),
    ("competence", "PROHIBITED", "GOV-165A"): Text(
        "§ 165 a giver ikke kommunen ret til et påbud i området den dag: {grounds}.",
        "Section 165 a gives the municipality no right to an order in the area on that day: "
        "{grounds}.",
    ),
}
