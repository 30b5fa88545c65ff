"""What the rules about an area are called, what they say, and sentences for their findings."""

from __future__ import annotations

from domain.facts import ListKind
from domain.law.kernel import Status
from domain.law.texts.kinds import RuleText, Sentence, Text, one
from domain.law.texts.words import LIST_KINDS, OLDER_LIST_KINDS

_SET_ASIDE = (
    one(
        "Kriteriet om ikkevestlig oprindelse er sat ud af kraft her den dag, og derfor "
        "gælder denne status ikke.",
        "The criterion of non-western origin is suspended here on that day, and so this "
        "status does not hold.",
        set_aside="suspended",
    ),
    one(
        "Kriteriet om ikkevestlig oprindelse anvendes ikke efter dommen i C-417/23, og "
        "derfor gælder denne status ikke.",
        "The criterion of non-western origin is set aside after the judgment in C-417/23, "
        "and so this status does not hold.",
        set_aside="judgment",
    ),
)

_NO_PLAN = (
    one(
        "Området har ingen udviklingsplan.",
        "The area has no development plan.",
        plan="none",
    ),
    one(
        "Efter listerne er området ikke et tidligere omdannelsesområde, uanset om det har en "
        "udviklingsplan.",
        "By the lists it is not a former transformation area, whether or not it has a "
        "development plan.",
        plan="of_no_effect",
    ),
    one(
        "Områdets udviklingsplan er gennemført.",
        "The area's development plan has been carried out.",
        plan="carried_out",
    ),
)

_ENDED = one(
    "Reglerne for tidligere omdannelsesområder gælder ikke længere.",
    "The rules on former transformation areas apply no longer.",
    ended="2030",
)
_OPEN_POINT = one(
    "Det afhænger af et fortolkningsspørgsmål ({open_point}), og ingen fortolkning er valgt.",
    "It depends on an open point of law ({open_point}) that no reading is chosen for.",
)


def _by_figures(name: Text) -> dict[Status, tuple[Sentence, ...]]:
    return {
        Status.MET: (
            one(
                f"Tallene opfylder betingelserne for et {name.da}: {{criteria}}.",
                f"The figures meet the conditions of a {name.en}: {{criteria}}.",
            ),
        ),
        Status.NOT_MET: (
            one(
                f"Tallene opfylder ikke betingelserne for et {name.da}: {{criteria}}.",
                f"The figures do not meet the conditions of a {name.en}: {{criteria}}.",
            ),
        ),
        Status.UNKNOWN: (
            one(
                f"Tallene afgør ikke, om det er et {name.da}: {{criteria}}.",
                f"The figures do not decide whether it is a {name.en}: {{criteria}}.",
            ),
        ),
    }


def _by_run(name: Text, yearly: Text) -> dict[Status, tuple[Sentence, ...]]:
    return {
        Status.MET: (
            one(
                f"Området har været {yearly.da} {{years}} år i træk, senest den {{last_list}}; "
                f"det er dermed et {name.da}.",
                f"The area has been a {yearly.en} {{years}} years in a row, last on {{last_list}}, "
                f"which makes it a {name.en}.",
            ),
        ),
        Status.NOT_MET: (
            *_SET_ASIDE,
            one(
                f"Området har ikke været {yearly.da} {{years}} år i træk: det var det ikke den "
                f"{{gap}} og er derfor ikke et {name.da}.",
                f"The area has not been a {yearly.en} {{years}} years in a row: it was not one on "
                f"{{gap}}, and so it is not a {name.en}.",
            ),
        ),
        Status.UNKNOWN: (
            one(
                f"Der mangler lister, så det vides ikke, om området er et {name.da}.",
                f"Lists are missing, so it is not known whether the area is a {name.en}.",
            ),
        ),
    }


RULES: dict[str, RuleText] = {
    "AREA-UNIT-2018": RuleText(
        Text("Boligområdet og dets beboertal", "The housing area and its residents"),
        Text(
            "Kun fysisk sammenhængende matrikelnumre, som almene boligafdelinger ejede i "
            "2010, og som da havde mindst 1.000 beboere, er et boligområde.",
            "Only contiguous plots that social-housing departments owned in 2010, with at "
            "least 1,000 residents then, are a housing area.",
        ),
        {
            Status.MET: (
                one(
                    "Området har beboere nok: {residents_2010} i 2010 og {residents} nu.",
                    "The area has enough residents: {residents_2010} in 2010 and {residents} now.",
                ),
                one(
                    "Området havde beboere nok i 2010: {residents_2010}.",
                    "The area had enough residents in 2010: {residents_2010}.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Området har ikke beboere nok: {residents_2010} i 2010 og {residents} nu.",
                    "The area has too few residents: {residents_2010} in 2010 and {residents} now.",
                ),
                one(
                    "Området havde ikke beboere nok i 2010: {residents_2010}.",
                    "The area had too few residents in 2010: {residents_2010}.",
                ),
                one(
                    "Området har ikke beboere nok: {residents} nu.",
                    "The area has too few residents: {residents} now.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Beboertallet er ikke oplyst for både 2010 og nu.",
                    "The number of residents is not known for both 2010 and now.",
                ),
            ),
        },
    ),
    "AREA-UDS-2018": RuleText(
        Text("Udsat boligområde efter tallene", "Vulnerable housing area by the figures"),
        Text(
            "Mindst to af fire kriterier om tilknytning til arbejdsmarkedet eller "
            "uddannelse, domme, grundskoleuddannelse og indkomst skal være opfyldt.",
            "At least two of four criteria must be met: attachment to the labour market or "
            "education, convictions, basic schooling and income.",
        ),
        _by_figures(LIST_KINDS[ListKind.VULNERABLE]),
    ),
    "AREA-PAR-2018": RuleText(
        Text("Parallelsamfund efter tallene", "Parallel society by the figures"),
        Text(
            "Som et udsat boligområde, og andelen af indvandrere og efterkommere fra ikkevestlige "
            "lande er over 50 procent.",
            "As a vulnerable housing area, with over 50 per cent immigrants and descendants from "
            "non-western countries.",
        ),
        _by_figures(LIST_KINDS[ListKind.PARALLEL_SOCIETY]),
    ),
    "AREA-HARD-2018-2021": RuleText(
        Text("Hårdt ghettoområde", "Hard ghetto area"),
        Text(
            "Et ghettoområde fem år i træk i årene 2018 til 2020, ellers fire.",
            "A ghetto area five years in a row for the years 2018 to 2020, otherwise four.",
        ),
        _by_run(
            OLDER_LIST_KINDS[ListKind.TRANSFORMATION], OLDER_LIST_KINDS[ListKind.PARALLEL_SOCIETY]
        ),
    ),
    "AREA-OMD-2021": RuleText(
        Text("Omdannelsesområde", "Transformation area"),
        Text(
            "Et område, der har været parallelsamfund i hvert af de seneste fem år.",
            "An area that has been a parallel society in each of the last five years.",
        ),
        _by_run(LIST_KINDS[ListKind.TRANSFORMATION], LIST_KINDS[ListKind.PARALLEL_SOCIETY]),
    ),
    "AREA-FORE-2021": RuleText(
        Text("Forebyggelsesområde efter tallene", "Prevention area by the figures"),
        Text(
            "Andelen af indvandrere og efterkommere fra ikkevestlige lande er over 30 procent, og "
            "mindst to af fire lavere kriterier er opfyldt.",
            "Over 30 per cent are immigrants and descendants from non-western countries, and at "
            "least two of four lower criteria are met.",
        ),
        _by_figures(LIST_KINDS[ListKind.PREVENTION]),
    ),
    "AREA-PUBLISH": RuleText(
        Text("De offentliggjorte lister", "The published lists"),
        Text(
            "Ministeriet offentliggør listerne den 1. december; en liste gælder til den næste.",
            "The ministry publishes the lists on 1 December; a list holds until the next one.",
        ),
        {
            Status.MET: (
                one(
                    "Området er {kind}: ministeren har den {approved_on} godkendt afdelingerne som "
                    "ét område (§ 51 b, stk. 6).",
                    "The area is a {kind}: on {approved_on} the minister approved the departments "
                    "as one area (§ 51 b(6)).",
                    grouping="only",
                ),
                one(
                    "Området er {kind}: ministeren har den {approved_on} godkendt afdelingerne som "
                    "ét område (§ 51 b, stk. 6).",
                    "The area is a {kind}: on {approved_on} the minister approved the departments "
                    "as one area (§ 51 b(6)).",
                    grouping="at_least",
                ),
                one(
                    "Området er {kind} efter listen af {list_day}, hvor det stod som {listed_as}.",
                    "The area is a {kind} by the list of {list_day}, which named it as "
                    "{listed_as}.",
                ),
                one(
                    "Området er {kind} efter listen af {list_day}.",
                    "The area is a {kind} by the list of {list_day}.",
                ),
                one(
                    "Området har tal, der opfylder betingelserne: {criteria}.",
                    "The area's figures meet the conditions: {criteria}.",
                ),
            ),
            Status.NOT_MET: (
                *_SET_ASIDE,
                one(
                    "Området er kun {kind}, fordi ministeren den {approved_on} har godkendt "
                    "afdelingerne som ét område (§ 51 b, stk. 6); det er ikke omfattet af "
                    "reglen.",
                    "The area is a {kind} only because the minister approved the departments "
                    "as one area on {approved_on} (§ 51 b(6)); the rule does not cover that.",
                    grouping="only",
                ),
                one(
                    "Området er kun område for kombineret udlejning, fordi afdelingerne er "
                    "godkendt som ét område (§ 51 b, stk. 6); det er ikke omfattet af "
                    "reglen.",
                    "The area is a combined-letting area only because its departments are "
                    "approved as one area (§ 51 b(6)); the rule does not cover that.",
                    stk="6",
                ),
                one(
                    "Der fandtes ingen liste over denne slags områder ({kind}) den {list_day}.",
                    "There was no list of this kind of area ({kind}) on {list_day}.",
                    list="none_yet",
                ),
                one(
                    "Området er ikke {kind} efter listen af {list_day}.",
                    "The area is not a {kind} by the list of {list_day}.",
                ),
                one(
                    "Området har tal, der ikke opfylder betingelserne: {criteria}.",
                    "The area's figures do not meet the conditions: {criteria}.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Ministeren har den {approved_on} godkendt afdelingerne som ét område (§ 51 b, "
                    "stk. 6); det vides ikke, om listen også nævner det ({kind}).",
                    "On {approved_on} the minister approved the departments as one area (§ 51 "
                    "b(6)); it is not known whether the list names it too ({kind}).",
                    grouping="at_least",
                ),
                _OPEN_POINT,
                one(
                    "Det vides ikke, om området er {kind}: på listen af {list_day} stod kun "
                    "en del af det, som dengang var {listed_as}.",
                    "It is not known whether the area is a {kind}: on the list of {list_day} stood "
                    "some of what was then {listed_as}.",
                ),
                one(
                    "Det vides ikke, om området er {kind}: listen af {list_day} er ikke "
                    "registreret fuldstændigt.",
                    "It is not known whether the area is a {kind}: the list of {list_day} is not "
                    "held completely.",
                ),
            ),
        },
    ),
    "AREA-LEAVE": RuleText(
        Text("Området er udgået af en liste", "The area has left a list"),
        Text(
            "Står et område ikke på den nye liste, gælder de regler ikke længere, som fulgte "
            "af listen.",
            "When an area is not on the new list, the rules that came with the list end.",
        ),
        {
            Status.MET: (
                one(
                    "Området står ikke længere på den liste, der kom {list_day} ({kind}).",
                    "The area is no longer on the list of {list_day} ({kind}).",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Området udgik ikke med den liste, der kom {list_day} ({kind}).",
                    "The area did not leave with the list of {list_day} ({kind}).",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Listerne er ikke registreret fuldstændigt, så det vides ikke, om "
                    "området er udgået ({kind}).",
                    "The lists are not held completely, so it is not known whether the area has "
                    "left ({kind}).",
                ),
            ),
        },
    ),
    "PLAN-FORMER-LETTING": RuleText(
        Text("Tidligere omdannelsesområde", "Former transformation area"),
        Text(
            "Forbuddet mod anvisning gælder fortsat, indtil udviklingsplanen er gennemført, "
            "dog ikke efter fire lister i træk uden området og senest den 1. januar "
            "2030.",
            "The ban on referral goes on until the development plan is carried out, but not "
            "after four lists in a row without the area, and at the latest until 1 January "
            "2030.",
        ),
        {
            Status.MET: (
                one(
                    "Området er udgået af listen, men har {plan}, som ikke er gennemført; "
                    "lister i træk uden området: {lists_off_in_a_row}.",
                    "The area has left the list, but has {plan} that is not carried out; lists in "
                    "a row without the area: {lists_off_in_a_row}.",
                ),
            ),
            Status.NOT_MET: (
                *_SET_ASIDE,
                *_NO_PLAN,
                _ENDED,
                one(
                    "Området har ikke stået på de seneste {lists_off_in_a_row} lister.",
                    "The area was not on the last {lists_off_in_a_row} lists.",
                ),
                one(
                    "Området står stadig på listen af {list_day} ({kind}).",
                    "The area is still on the list of {list_day} ({kind}).",
                ),
            ),
            Status.UNKNOWN: (
                _OPEN_POINT,
                one(
                    "Området har en udviklingsplan, men listerne er ikke registreret fuldstændigt.",
                    "The area has a development plan, but the lists are not held completely.",
                ),
            ),
        },
    ),
    "PLAN-FORMER-TOOLS": RuleText(
        Text("Tidligere omdannelsesområde under plan", "Former transformation area under a plan"),
        Text(
            "I et område, der er udgået af listen, gælder visse redskaber fortsat, indtil "
            "udviklingsplanen er gennemført, dog senest 1. januar 2030.",
            "An area that has left the list keeps certain tools until the plan is carried out, at "
            "most until 1 January 2030.",
        ),
        {
            Status.MET: (
                one(
                    "området er omfattet af {plan} og ikke længere et omdannelsesområde.",
                    "{plan} covers the area, which is no longer a transformation area.",
                ),
            ),
            Status.NOT_MET: (
                _ENDED,
                one("der er ingen plan for området.", "no plan covers the area.", plan="none"),
                one("planen er gennemført.", "the plan was carried out.", plan="carried_out"),
                one(
                    "området er stadig et omdannelsesområde.",
                    "the area still is a transformation area.",
                ),
            ),
            Status.UNKNOWN: (
                one("områdets status er ikke kendt.", "the area's status is not known."),
            ),
        },
    ),
    "AREA-GHETTO-2010": RuleText(
        Text("Ghettoområde efter kriterierne fra 2010", "Ghetto area by the criteria of 2010"),
        Text(
            "En sammenhængende afdeling med mindst 1.000 beboere, hvor to af tre kriterier "
            "om oprindelse, tilknytning til arbejdsmarkedet eller uddannelse og domme er "
            "opfyldt.",
            "A contiguous department with at least 1,000 residents where two of three "
            "criteria are met: origin, attachment to the labour market or education, and "
            "convictions.",
        ),
        _by_figures(OLDER_LIST_KINDS[ListKind.PARALLEL_SOCIETY]),
    ),
    "AREA-GHETTO-2014": RuleText(
        Text("Ghettoområde efter kriterierne fra 2014", "Ghetto area by the criteria of 2014"),
        Text(
            "Sammenhængende afdelinger med mindst 1.000 beboere, hvor tre af fem kriterier "
            "om oprindelse, tilknytning til arbejdsmarkedet eller uddannelse, domme, "
            "grundskoleuddannelse og indkomst er opfyldt.",
            "Contiguous departments with at least 1,000 residents where three of five "
            "criteria are met: origin, attachment to the labour market or education, "
            "convictions, basic schooling and income.",
        ),
        _by_figures(OLDER_LIST_KINDS[ListKind.PARALLEL_SOCIETY]),
    ),
    "AREA-ORIGIN": RuleText(
        Text("Kriteriet om ikkevestlig oprindelse", "The criterion of non-western origin"),
        Text(
            "Andelen af indvandrere og efterkommere fra ikkevestlige lande er over 50 procent "
            "(parallelsamfund) eller over 30 procent (forebyggelsesområde).",
            "Over 50 per cent (parallel society) or over 30 per cent (prevention area) are "
            "immigrants and descendants from non-western countries.",
        ),
        {
            Status.MET: (one("{criteria}.", "As published: {criteria}."),),
            Status.NOT_MET: (one("{criteria}.", "As published: {criteria}."),),
            Status.UNKNOWN: (one("{criteria}.", "As published: {criteria}."),),
        },
    ),
    "AREA-KOMB": RuleText(
        Text("Område for kombineret udlejning efter tallene", "Combined letting by the figures"),
        Text(
            "Mindst 1.000 beboere, hvoraf mindst 40 procent i den arbejdsdygtige alder er uden for "
            "arbejdsmarkedet, eller mindst 5.000 beboere og mindst 30 procent.",
            "At least 1,000 residents of whom at least 40 per cent of working age are outside the "
            "labour market, or at least 5,000 residents and at least 30 per cent.",
        ),
        _by_figures(LIST_KINDS[ListKind.COMBINED_LETTING]),
    ),
    "AREA-BOLIGKRAV": RuleText(
        Text(
            "Boligkravet ved ægtefællesammenføring",
            "The housing requirement for spouse reunification",
        ),
        Text(
            "En bolig i et udsat boligområde opfylder ikke boligkravet ved ægtefællesammenføring; "
            "det afgøres af Udlændingestyrelsen og ikke her.",
            "A dwelling in a vulnerable housing area does not meet the housing requirement for "
            "spouse reunification; the Immigration Service decides that, and not husret.",
        ),
        {
            Status.MET: (
                one(
                    "Området står på listen af {list_day} ({kind}).",
                    "The area is on the list of {list_day} ({kind}).",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Området står ikke på listen af {list_day} ({kind}).",
                    "The area is not on the list of {list_day} ({kind}).",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "Listen af {list_day} er ikke registreret fuldstændigt ({kind}).",
                    "The list of {list_day} is not held completely ({kind}).",
                ),
            ),
        },
    ),
    "EU-C417-23": RuleText(
        Text("EU-Domstolens dom i sag C-417/23", "The EU Court's judgment in case C-417/23"),
        Text(
            "Dommen af 18. december 2025 gælder kriteriet om ikkevestlig oprindelse. Den danske "
            "domstol har ikke afgjort sagen, og loven er uændret.",
            "The judgment of 18 December 2025 concerns the criterion of non-western origin. The "
            "Danish court has not ruled, and the act is unchanged.",
        ),
        {
            Status.MET: (
                one(
                    "Svaret hviler på kriteriet om ikkevestlig oprindelse, som dommen handler om.",
                    "The answer rests on the criterion of non-western origin, which the judgment "
                    "is about.",
                    reach="named",
                ),
                one(
                    "Svaret hviler på kriteriet om ikkevestlig oprindelse; dommen handler ikke om "
                    "§ 61 b, men det samme kan gøres gældende.",
                    "The answer rests on the criterion of non-western origin; the judgment is not "
                    "about § 61 b, but the same can be argued.",
                    reach="alike",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "Svaret hviler ikke på kriteriet om ikkevestlig oprindelse, eller dagen ligger "
                    "før dommen.",
                    "The answer does not rest on the criterion of non-western origin, or the day "
                    "lies before the judgment.",
                ),
            ),
        },
    ),
}

OLDER_RULES = {
    "AREA-PAR-2018": RuleText(
        Text("Ghettoområde efter tallene", "Ghetto area by the figures"),
        RULES["AREA-PAR-2018"].says,
        _by_figures(OLDER_LIST_KINDS[ListKind.PARALLEL_SOCIETY]),
    ),
}
"""What is said of a rule on days before `NAMES_CHANGED`, where that is something else."""
