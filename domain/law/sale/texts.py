"""Texts about sale, demolition and merging, the proceeds, and what Landsbyggefonden supports."""

from __future__ import annotations

from domain.law.ending.texts import CHECKLIST, Findings
from domain.law.kernel import Status
from domain.law.texts.kinds import PointText, RuleText, Text, one

_NONE: Findings = {}

RULES: dict[str, RuleText] = {
    "SALE-27-1": RuleText(
        Text("Kommunens godkendelse", "The municipality's approval"),
        Text(
            "Afhændelse og nedrivning af en almen boligorganisations ejendom skal godkendes af "
            "kommunen.",
            "The municipality must approve that a housing organisation's property is disposed "
            "of or demolished.",
        ),
        {
            Status.MET: (one("kommunen skal godkende det.", "the municipality must approve."),),
        },
    ),
    "SALE-27-2": RuleText(
        Text("Ministerens godkendelse", "The minister's approval"),
        Text(
            "Omfatter ejendommen almene boliger, skal ministeren også godkende det; dog ikke et "
            "salg til fortsat brug som almene boliger eller til en certificeret "
            "friplejeboligleverandør.",
            "Where the property comprises social dwellings the minister must approve too; but not "
            "a sale of what goes on as social dwellings, or to a certified provider of independent "
            "care dwellings.",
        ),
        {
            Status.MET: (
                one("ministeren skal også godkende det.", "the minister must approve too."),
            ),
            Status.NOT_MET: (
                one(
                    "ejendommen omfatter ingen almene boliger.",
                    "the property comprises no social dwellings.",
                    dwellings="none",
                ),
                one(
                    "boligerne forbliver almene.",
                    "the dwellings go on as social ones.",
                    buyer="social",
                ),
                one(
                    "køberen er en certificeret friplejeboligleverandør.",
                    "the buyer is a certified provider of independent care dwellings.",
                    buyer="free_care",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "det er ikke oplyst, hvad ejendommen omfatter, eller hvem der køber.",
                    "it is not stated what the property comprises, or who buys it.",
                ),
            ),
        },
    ),
    "SALE-27": RuleText(
        Text("Godkendelse af salg", "Approval of a sale"),
        Text(
            "Salg kan godkendes ved byggetekniske problemer, udlejningsvanskeligheder, "
            "boligsociale udfordringer i et udsat boligområde eller byudvikling uden tab.",
            "A sale may be approved for building defects, letting difficulties, social problems "
            "in a vulnerable area, or urban development without loss.",
        ),
        {
            Status.MET: (
                one(
                    "kan godkendes på grund af: {grounds}.",
                    "may be approved because of: {grounds}.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "kan ikke godkendes på grund af: {grounds}.",
                    "may not be approved because of: {grounds}.",
                ),
            ),
            Status.UNKNOWN: (
                one("områdets status er ikke kendt.", "the area's status is not known."),
            ),
        },
    ),
    "SALE-28-DEMO": RuleText(
        Text("Godkendelse af nedrivning", "Approval of a demolition"),
        Text(
            "Nedrivning kan godkendes som salg, dog ikke for byudvikling; fra 30. november "
            "2021 også for boligsociale udfordringer i et forebyggelsesområde.",
            "A demolition may be approved as a sale may, but not for urban development; from 30 "
            "November 2021 also for social problems in a prevention area.",
        ),
        {
            Status.MET: (
                one(
                    "kan godkendes på grund af: {grounds}.",
                    "may be approved because of: {grounds}.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "kan ikke godkendes på grund af: {grounds}.",
                    "may not be approved because of: {grounds}.",
                ),
            ),
            Status.UNKNOWN: (
                one("områdets status er ikke kendt.", "the area's status is not known."),
            ),
        },
    ),
    "SALE-28-MERGE": RuleText(
        Text("Godkendelse af sammenlægning", "Approval of a merging"),
        Text(
            "Kommunen kan godkende, at boliger lægges sammen, når boligen derefter er "
            "på højst 140 m² og, siden 2021, ligger i et udsat boligområde; er en af dem beboet, "
            "kun som led i en helhedsplan.",
            "The municipality may approve that dwellings are merged where the dwelling is at "
            "most 140 m² after it and, since 2021, lies in a vulnerable area; if one is lived in, "
            "only as part of a master plan.",
        ),
        {
            **CHECKLIST,
            Status.UNKNOWN: (
                one(
                    "uden for udsatte boligområder afgør § 28 a det, og den er ikke set.",
                    "outside vulnerable areas section 28 a decides it, and it was not seen.",
                    place="outside",
                ),
                *CHECKLIST[Status.UNKNOWN],
            ),
        },
    ),
    "SALE-28-MERGE-AREA": RuleText(
        Text("Sammenlægning kun i udsatte boligområder", "Merging in vulnerable areas only"),
        Text(
            "Siden 2021 kan kommunen kun godkende sammenlægning i et udsat boligområde.",
            "Since 2021 the municipality may approve a merging in a vulnerable area only.",
        ),
        {
            Status.MET: (
                one("området er et udsat boligområde.", "the area is a vulnerable area."),
            ),
            Status.NOT_MET: (
                one("området er ikke et udsat boligområde.", "the area is no vulnerable area."),
            ),
            Status.UNKNOWN: (
                one("områdets status er ikke kendt.", "the area's status is not known."),
            ),
        },
    ),
    "SALE-28A-MERGE": RuleText(
        Text("Sammenlægning uden for udsatte boligområder", "Merging outside vulnerable areas"),
        Text(
            "Uden for udsatte boligområder kan ministeren, efter kommunens indstilling, godkende "
            "en sammenlægning til højst 140 m² mod udlejningsvanskeligheder eller for en blandet "
            "beboersammensætning.",
            "Outside vulnerable areas the minister may, on the municipality's recommendation, "
            "approve a merging to at most 140 m² against letting difficulties or for a mixed "
            "composition of residents.",
        ),
        CHECKLIST,
    ),
    "SALE-27C-SET": RuleText(
        Text("Kriterier for privat udlejning", "Criteria for private letting"),
        Text(
            "Sælges en ejendom i et udsat boligområde til en privat køber, skal "
            "kommunen senest ved sin godkendelse fastsætte kriterier for udlejning; de "
            "tinglyses og gælder i ti år fra overtagelsen, også for nye udlejningsboliger.",
            "Where property in a vulnerable area is sold to a private buyer, the municipality "
            "must set criteria for its letting when it approves the sale at the latest; they are "
            "registered and bind for ten years from the takeover, new rental dwellings too.",
        ),
        CHECKLIST,
    ),
    "SALE-27-PRICE": RuleText(
        Text("Prisen", "The price"),
        Text(
            "Prisen fastsættes efter en vurdering af ejendommen. En kommune eller region betaler "
            "mindst vurderingsmyndighedens værdi. I en andelsboligforening, som beboerne har "
            "stiftet, skal mindst 50 procent af lejerne være medlemmer.",
            "The price follows a valuation of the property. A municipality or region pays the "
            "authority's value at the least. Of a cooperative that the residents founded at least "
            "50 per cent of the tenants must be members.",
        ),
        {
            Status.MET: (one("ejendommen skal vurderes.", "the property must be valued."),),
            Status.UNKNOWN: (
                one("det er ikke oplyst, hvem der køber.", "it is not stated who buys it."),
            ),
        },
    ),
    "FIN-TILLAEG": RuleText(
        Text("Frafald af tillægskøbesum", "Waiving the supplementary price"),
        Text(
            "Indtil den 1. januar 2025 kunne kommunen undlade at opkræve "
            "tillægskøbesum ved afhændelse i et udsat boligområde til private boliger eller "
            "erhverv.",
            "Until 1 January 2025 the municipality could waive the supplementary price of property "
            "in a vulnerable area that was disposed of for private dwellings or business.",
        ),
        CHECKLIST,
    ),
    "FIN-TILLAEG-OUTSIDE": RuleText(
        Text(
            "Frafald af tillægskøbesum uden for udsatte boligområder",
            "Waiving the supplementary price outside vulnerable areas",
        ),
        Text(
            "Uden for udsatte boligområder kan kommunen undlade at opkræve hele eller "
            "en del af en tillægskøbesum ved ændret anvendelse til almene boliger, private boliger "
            "eller erhverv.",
            "Outside vulnerable areas the municipality may waive all or part of a "
            "supplementary price where property is to be used otherwise, for social or private "
            "dwellings or business.",
        ),
        CHECKLIST,
    ),
    "REH-SALE-AGREED": RuleText(
        Text("Aftalen om genhusning ved salg", "The agreement on rehousing in a sale"),
        Text(
            "Aftalen af maj 2018 siger, at der genhuses i området først, uden forrang på andre "
            "afdelingers ventelister, og at den eksterne venteliste kun bruges, så langt målet om "
            "40 procent tillader det. Det er ikke lov og afgør intet.",
            "The agreement of May 2018 says that rehousing is inside the area first, without "
            "precedence on other departments' lists, and that the external list is used only as "
            "far as the aim of 40 per cent allows. That is no law and decides nothing.",
        ),
        _NONE,
    ),
    "FIN-PROCEEDS": RuleText(
        Text("Nettoprovenu i dispositionsfonden", "Net proceeds in the fund"),
        Text(
            "Overskydende nettoprovenu ved salg går i boligorganisationens dispositionsfond og kan "
            "bruges til det, som § 20 nævner.",
            "Surplus net proceeds of a sale go into the housing organisation's fund "
            "(dispositionsfond), and may be used for what section 20 names.",
        ),
        {
            Status.MET: (
                one(
                    "af nettoprovenuet på {net_oere} er {into_fund_oere} gået i fonden; der er "
                    "truffet beslutning om {decided_oere}, og {left_oere} er tilbage.",
                    "of the net proceeds of {net_oere}, {into_fund_oere} went into the fund; "
                    "{decided_oere} are decided of, and {left_oere} are left.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "der er {left_oere} tilbage, og der spørges om {asked_oere}.",
                    "{left_oere} are left, and {asked_oere} are asked about.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "salget eller dets nettoprovenu er ikke registreret.",
                    "the sale, or its net proceeds, are not recorded.",
                ),
            ),
        },
    ),
    "FIN-28-6": RuleText(
        Text("Provenuet i stedet for afdrag", "Proceeds instead of repayment"),
        Text(
            "Ministeren kan godkende, at nettoprovenuet ved salg i et udsat boligområde går i "
            "dispositionsfonden i stedet for at afdrage lån.",
            "The minister may approve that the net proceeds of a sale in a vulnerable area go into "
            "the fund instead of repaying loans.",
        ),
        {
            Status.MET: (
                one(
                    "det kan godkendes, som området var den {sold_on}.",
                    "it may be approved, as the area was on {sold_on}.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "området var den {sold_on} hverken et udsat boligområde eller et tidligere "
                    "omdannelsesområde under plan.",
                    "on {sold_on} the area was neither a vulnerable area nor a former "
                    "transformation area under a plan.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "det er ikke kendt, hvad området var den {sold_on}.",
                    "it is not known what the area was on {sold_on}.",
                ),
            ),
        },
    ),
    "FIN-LAND": RuleText(
        Text("Grundkøbstilskud", "A land-purchase grant"),
        Text(
            "Provenu fra et salg som led i en fælles udviklingsplan kan bruges til tilskud ved "
            "køb af grunde til almene boliger, når ministeren godkender det og betingelserne i "
            "§ 119 b er opfyldt.",
            "Proceeds of a sale that is part of a joint development plan may be used for grants "
            "towards land for social dwellings, where the minister approves it and the conditions "
            "of section 119 b are met.",
        ),
        CHECKLIST,
    ),
    "FIN-REMARK": RuleText(
        Text("Ommærkningsbidrag", "A contribution to dwellings marked anew"),
        Text(
            "Provenu fra et salg i et parallelsamfund kan bruges til bidrag til boliger i et "
            "parallelsamfund, der er ommærket til ungdomsboliger og har en leje over den "
            "sædvanlige.",
            "Proceeds of a sale in a parallel society may be used for contributions to dwellings "
            "in a parallel society that are marked anew as youth dwellings, with a rent above the "
            "usual one.",
        ),
        CHECKLIST,
    ),
    "FIN-80G": RuleText(
        Text("40 procent til Landsbyggefonden", "40 per cent to Landsbyggefonden"),
        Text(
            "Har ministeren godkendt, at provenuet går i dispositionsfonden i stedet for at "
            "afdrage lån, indbetales 40 procent af det til Landsbyggefonden; dog ikke af det, som "
            "det er besluttet at bruge til en godkendt helhedsplan, grundkøb eller ommærkning.",
            "Where the minister has approved that proceeds go into the fund instead of repaying "
            "loans, 40 per cent of them are paid to Landsbyggefonden; but not of what it is "
            "decided to use for an approved master plan, land or marking dwellings anew.",
        ),
        {
            Status.MET: (
                one(
                    "40 procent af {liable_oere} er {to_pay_oere}; heraf er {of_asked_oere} af de "
                    "{asked_oere}, der spørges om. {free_oere} er fri.",
                    "40 per cent of {liable_oere} are {to_pay_oere}; of these {of_asked_oere} are "
                    "of the {asked_oere} asked about. {free_oere} are free.",
                ),
                one(
                    "40 procent af {liable_oere} er {to_pay_oere}. {free_oere} er fri, og om "
                    "{undecided_oere} er der intet besluttet.",
                    "40 per cent of {liable_oere} are {to_pay_oere}. {free_oere} are free, and of "
                    "{undecided_oere} nothing is decided.",
                ),
            ),
            Status.NOT_MET: (
                one(
                    "der betales intet: {free_oere} er fri, og om {undecided_oere} er der intet "
                    "besluttet.",
                    "nothing is paid: {free_oere} are free, and of {undecided_oere} nothing is "
                    "decided.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "det kan ikke beregnes, før det manglende er oplyst.",
                    "it can't be computed until what is missing is stated.",
                ),
            ),
        },
    ),
    "FIN-80G-AGREED": RuleText(
        Text("Aftalen om andre udsatte boligområder", "The agreement on other vulnerable areas"),
        Text(
            "Aftalen af maj 2018 lader provenuet gå til forbedringer og huslejenedsættelser i "
            "andre udsatte boligområder uden betaling. Det står ikke i § 80 g og afgør intet.",
            "The agreement of May 2018 frees proceeds for improvements and lower rents in other "
            "vulnerable areas. Section 80 g does not say so, and it decides nothing.",
        ),
        _NONE,
    ),
}

CONDITIONS = {
    "merged_size": Text("Højst 140 m² efter sammenlægningen", "At most 140 m² after the merging"),
    "vacant_or_in_master_plan": Text(
        "Boligerne er ledige, eller det er led i en helhedsplan",
        "The dwellings are vacant, or it is part of a master plan",
    ),
    "vulnerable_area": Text(
        "I et udsat boligområde, eller hvor loven lader et tidligere område beholde det",
        "In a vulnerable area, or where the act lets a former area keep it",
    ),
    "outside_vulnerable_area": Text("Uden for et udsat boligområde", "Outside a vulnerable area"),
    "merging_needed": Text(
        "Mod udlejningsvanskeligheder eller for en blandet beboersammensætning",
        "Against letting difficulties or for a mixed composition of residents",
    ),
    "municipality_recommends": Text("Kommunen indstiller det", "The municipality recommends it"),
    "private_buyer": Text("Køberen er privat", "The buyer is private"),
    "window_open": Text("Før den 1. januar 2025", "Before 1 January 2025"),
    "for_private_building": Text(
        "Til opførelse af private boliger eller erhverv",
        "For building private dwellings or business",
    ),
    "for_building": Text(
        "Til almene boliger, private boliger eller erhverv",
        "For social or private dwellings or business",
    ),
    "sold_under_joint_plan": Text(
        "Solgt som led i en fælles udviklingsplan (§ 168 a)",
        "Sold as part of a joint development plan (section 168 a)",
    ),
    "support_committed": Text(
        "Tilsagn om ydelsesstøtte efter §§ 115 og 117",
        "Support is committed under sections 115 and 117",
    ),
    "local_plan_for_housing": Text(
        "En eksisterende lokalplan til boligformål", "An existing local plan for housing"
    ),
    "land_too_dear": Text(
        "Grundudgifterne hindrer byggeri inden for maksimumsbeløbet",
        "The land costs too much to build within the maximum",
    ),
    "sold_in_parallel_society": Text("Solgt i et parallelsamfund", "Sold in a parallel society"),
    "youth_in_parallel_society": Text(
        "Ungdomsboligerne ligger i et parallelsamfund",
        "The youth dwellings lie in a parallel society",
    ),
    "remarked_as_youth": Text(
        "Ommærket efter § 4, stk. 1, nr. 9 eller 11",
        "Marked anew under section 4(1) nos. 9 or 11",
    ),
    "rent_above_usual": Text(
        "Lejen er over den sædvanlige for støttede ungdomsboliger",
        "The rent lies above the usual one of supported youth dwellings",
    ),
}

CONDITION_DETAILS = {
    "merged_size": Text("{square_metres} m²", "{square_metres} m²"),
}

VALUES = {
    "criteria_bound_until": Text(
        "Kriterierne for udlejning gælder til, men ikke med, den {value}",
        "The letting criteria bind until {value}, that day not included",
    ),
    "proceeds_left": Text("Tilbage i dispositionsfonden: {value}", "Left in the fund: {value}"),
    "to_landsbyggefonden": Text(
        "Til Landsbyggefonden i alt, 40 procent af det, der ikke er frit: {value}",
        "To Landsbyggefonden in all, 40 per cent of what is not free: {value}",
    ),
    "to_landsbyggefonden_of_this": Text(
        "Heraf af det, der spørges om: {value}", "Of this, of what is asked about: {value}"
    ),
    "to_landsbyggefonden_if_due": Text(
        "Til Landsbyggefonden, hvis det også skal betales af det, der intet er besluttet om: "
        "{value}",
        "To Landsbyggefonden, if it is due of what nothing is decided of too: {value}",
    ),
}

MISSING = {
    "comprises_dwellings": Text(
        "Om ejendommen omfatter almene boliger.", "Whether the property comprises social dwellings."
    ),
    "buyer_stated": Text("Hvem der køber, og til hvad.", "Who buys it, and for what."),
    "merged_size": Text(
        "Hvor stor boligen er efter sammenlægningen.",
        "How large the dwelling is after the merging.",
    ),
    "vacant_or_in_master_plan": Text(
        "Om boligerne er beboet, og om sammenlægningen indgår i en helhedsplan.",
        "Whether the dwellings are lived in, and whether the merging is part of a master plan.",
    ),
    "merging_needed": Text(
        "Om sammenlægningen er nødvendig for en blandet beboersammensætning.",
        "Whether the merging is needed for a mixed composition of residents.",
    ),
    "municipality_recommends": Text(
        "Om kommunen indstiller sammenlægningen.", "Whether the municipality recommends it."
    ),
    "wording_of_28_a": Text(
        "Ordlyden af § 28 a om sammenlægning uden for udsatte boligområder.",
        "The wording of section 28 a on merging outside vulnerable areas.",
    ),
    "for_private_building": Text(
        "Hvad der skal opføres på ejendommen.", "What is to be built on the property."
    ),
    "for_building": Text(
        "Hvad ejendommen skal anvendes til.", "What the property is to be used for."
    ),
    "plan_of_sale_stated": Text(
        "Om salget er led i en udviklingsplan, og hvilken.",
        "Whether the sale is part of a development plan, and of which.",
    ),
    "sale_recorded": Text(
        "Salget: det er ikke registreret i området.",
        "The sale: none is recorded in the area under this id.",
    ),
    "proceeds_settled": Text(
        "Hvad nettoprovenuet er, og hvad der er gået i dispositionsfonden.",
        "What the net proceeds are, and what of them went into the fund.",
    ),
    "transfer_approval_stated": Text(
        "Om ministeren har godkendt, at provenuet går i dispositionsfonden (§ 28, stk. 6).",
        "Whether the minister has approved that the proceeds go into the fund (section 28(6)).",
    ),
    "master_plan_of_stated": Text(
        "Hvilket område den helhedsplan gælder, som midlerne bruges til.",
        "Of which area the master plan is that the money is used for.",
    ),
    "support_committed": Text(
        "Om der er meddelt tilsagn om ydelsesstøtte efter §§ 115 og 117.",
        "Whether support is committed under sections 115 and 117.",
    ),
    "local_plan_for_housing": Text(
        "Om der er en lokalplan til boligformål.", "Whether there is a local plan for housing."
    ),
    "land_too_dear": Text(
        "Om grundudgifterne hindrer byggeri inden for maksimumsbeløbet.",
        "Whether the land costs too much to build within the maximum.",
    ),
    "youth_in_parallel_society": Text(
        "Hvilket område ungdomsboligerne ligger i.", "Which area the youth dwellings lie in."
    ),
    "remarked_as_youth": Text(
        "Om boligerne er ommærket efter § 4, stk. 1, nr. 9 eller 11.",
        "Whether the dwellings are marked anew under section 4(1) nos. 9 or 11.",
    ),
    "rent_above_usual": Text(
        "Om lejen er højere end den sædvanlige for støttede ungdomsboliger.",
        "Whether the rent lies above the usual one of supported youth dwellings.",
    ),
}

CHANGES = {
    "ground_documented": Text(
        "Det bliver muligt, hvis en af lovens andre grunde er dokumenteret.",
        "It becomes possible if another of the act's grounds is documented.",
    ),
    "merging_as_the_act_asks": Text(
        "Det bliver muligt med en mindre bolig, med ledige boliger eller som led i en helhedsplan.",
        "It becomes possible with a smaller dwelling, with vacant ones, or as part of a master "
        "plan.",
    ),
    "amount_left": Text(
        "Det bliver muligt med højst {left_oere}.", "It becomes possible with at most {left_oere}."
    ),
    "another_use": Text(
        "Midlerne kan bruges til noget andet, som § 20 nævner.",
        "The money may be used for something else that section 20 names.",
    ),
}

DUTIES = {
    "MUST_GIVE_NOTICE_BELOW_CRITERIA": Text(
        "Ministeren godkender kun, når lejere, der ikke opfylder kommunens kriterier, opsiges "
        "(§ 27, stk. 4).",
        "The minister approves only if tenants who do not meet the municipality's criteria are "
        "given notice (section 27(4)).",
    ),
    "MUST_SET_LETTING_CRITERIA": Text(
        "Kommunen skal senest ved sin godkendelse fastsætte kriterier for køberens "
        "udlejning; de gælder i ti år fra overtagelsen (§ 27 c, stk. 1).",
        "The municipality must set criteria for the buyer's lettings when it approves at the "
        "latest; they bind for ten years from the takeover (section 27 c(1)).",
    ),
    "MUST_REGISTER_CRITERIA": Text(
        "Kriterierne skal tinglyses som servitut på ejendommen (§ 27 c, stk. 2).",
        "The criteria must be registered as an easement on the property (section 27 c(2)).",
    ),
    "MUST_VALUE_PROPERTY": Text(
        "Salget skal ske efter en vurdering af ejendommens tilstand og priserne (§ 27, stk. 5).",
        "The sale must rest on a valuation of the property's state and of prices (section 27(5)).",
    ),
    "PRICE_AT_LEAST_VALUE": Text(
        "Prisen må ikke være lavere end vurderingsmyndighedens værdi (§ 27, stk. 6).",
        "The price may not lie below the value that the authority sets (section 27(6)).",
    ),
    "HALF_OF_TENANTS_MEMBERS": Text(
        "Mindst 50 procent af lejerne skal være medlemmer af foreningen ved købsaftalen (§ 27, "
        "stk. 11).",
        "At least 50 per cent of the tenants must be members at the contract (section 27(11)).",
    ),
    "DEED_WITH_CONSENTS": Text(
        "Godkendelserne skal følge dokumentet ved tinglysningen (§ 27, stk. 10).",
        "The approvals must go with the deed when it is registered (section 27(10)).",
    ),
    "MAY_WAIVE_SUPPLEMENTARY_PRICE": Text(
        "Kommunen kan beslutte at undlade at opkræve tillægskøbesum (§ 27 b).",
        "The municipality may decide to waive the supplementary price (section 27 b).",
    ),
    "MAY_APPLY_FOR_PROCEEDS": Text(
        "Ministeren kan godkende, at nettoprovenuet går i dispositionsfonden i stedet for at "
        "afdrage lån (§ 28, stk. 6).",
        "The minister may approve that the net proceeds go into the fund instead of repaying loans "
        "(section 28(6)).",
    ),
    "REHOUSE_INSIDE_AREA": Text(
        "Lejere, der opsiges, kan kun tilbydes en erstatningsbolig inden for området "
        "(almenlejeloven § 86, stk. 1, 3. pkt.).",
        "Tenants given notice can only be offered a replacement inside the area (the tenancy act, "
        "section 86(1), third sentence).",
    ),
    "REHOUSE_INSIDE_AREA_OPEN": Text(
        "Om erstatningsboligen kun kan tilbydes inden for området, er ikke afgjort (almenlejeloven "
        "§ 86, stk. 1, 3. pkt.).",
        "Whether the replacement can only be offered inside the area is not settled (the tenancy "
        "act, section 86(1), third sentence).",
    ),
    "MAY_LIST_UNDER_65": Text(
        "Boligorganisationen kan optage lejere under 65 år på oprykningsventelisten uden gebyr; "
        "ældre lejere kan selv lade sig optage (udlejningsbekendtgørelsen § 2, stk. 2).",
        "The housing organisation may put tenants under 65 on the internal list without a fee; "
        "older tenants may have themselves listed (the letting order, section 2(2)).",
    ),
    "MUST_PAY_LANDSBYGGEFONDEN": Text(
        "Der skal betales 40 procent til Landsbyggefonden af det, der ikke er frit (§ 80 g).",
        "Of what is not free 40 per cent must be paid to Landsbyggefonden (section 80 g).",
    ),
    "MINISTER_APPROVES_GRANT": Text(
        "Ministeren skal godkende grundkøbstilskuddet (§ 119 b).",
        "The minister must approve the land-purchase grant (section 119 b).",
    ),
    "RENT_IN_PROPORTION": Text(
        "Den nedsatte leje skal stå i rimeligt forhold til lejen i sammenlignelige boliger (§ 20, "
        "stk. 3).",
        "The lowered rent must be in reasonable proportion to that of comparable dwellings "
        "(section 20(3)).",
    ),
}

WARNINGS = {
    "APPROVED_OUTSIDE_VULNERABLE": Text(
        "Det er registreret, at ministeren har godkendt, at provenuet går i dispositionsfonden, "
        "men området var på dagen for salget ikke et, hvor § 28, stk. 6, tillader det. "
        "Godkendelsen eller salget bør efterprøves.",
        "It is recorded that the minister has approved that the proceeds go into the fund, but on "
        "the day of the sale the area was none where section 28(6) allows that. The approval or "
        "the sale should be looked into.",
    ),
    "AGREED_REHOUSING_ORDER": Text(
        "Aftalen af 2018 siger, at der genhuses i området først, uden forrang på andre "
        "afdelingers ventelister, at beboere over 65 år kun genhuses uden for området, hvis de "
        "selv lader sig optage, og at den eksterne venteliste kun bruges, så langt målet om 40 "
        "procent tillader det, men skal bruges til boliger, der ikke er brug for til genhusning. "
        "Ingen bestemmelse om det er fundet i nogen lov.",
        "The agreement of 2018 says that rehousing is inside the area first, without precedence on "
        "other departments' lists, that residents over 65 are rehoused outside only if they have "
        "themselves listed, and that the external list is used only as far as the aim of 40 per "
        "cent allows, but must be for dwellings that rehousing does not need. No act was found to "
        "say so.",
    ),
    "AGREED_STUDENT_LETTING": Text(
        "Aftalen af 2018 lader ledige boliger i det, der skal omdannes, lejes midlertidigt ud til "
        "boligsøgende under uddannelse. Ingen bestemmelse om det er fundet i nogen lov.",
        "The agreement of 2018 lets vacant dwellings in what is to be changed be let for a while "
        "to applicants in education. No act was found to say so.",
    ),
    "AGREED_OTHER_AREAS": Text(
        "Aftalen af 2018 lader forbedringer og huslejenedsættelser i andre udsatte boligområder "
        "være fri for betaling, og ministeren godkende anvendelsen. Det står ikke i § 80 g, som "
        "kun nævner godkendte helhedsplaner, og kun om tilskud til grundkøb i § 119 b.",
        "The agreement of 2018 frees improvements and lower rents in other vulnerable areas of "
        "payment, and the minister approve the use. Section 80 g does not say so, and names "
        "approved master plans alone; of approval section 119 b speaks, of land grants alone.",
    ),
}

SUMMARIES: dict[str, dict[str, Text]] = {
    "sale": {
        "DISCRETIONARY": Text(
            "Det kan godkendes, men skal ikke. Det afgøres af: {grounds}.",
            "It may be approved, and need not be. It rests with: {grounds}.",
        ),
        "PROHIBITED": Text(
            "Det kan ikke godkendes: {grounds}.", "It may not be approved: {grounds}."
        ),
    },
    "proceeds": {
        "PERMITTED": Text(
            "Midlerne kan bruges sådan. Hvad der skal betales, står ved beløbene.",
            "The money may be used so. What must be paid stands with the amounts.",
        ),
        "DISCRETIONARY": Text(
            "Midlerne kan bruges sådan, hvis ministeren godkender det: {grounds}.",
            "The money may be used so if the minister approves: {grounds}.",
        ),
        "PROHIBITED": Text(
            "Midlerne kan ikke bruges sådan: {grounds}.", "The money may not be used so: {grounds}."
        ),
    },
}


def _point(question: Text, reason: Text, **readings: Text) -> PointText:
    return PointText(question, readings, reason)


POINTS = {
    "AMB-80G-PLAN": _point(
        Text(
            "Er midler til en godkendt helhedsplan for et andet område fri for betaling til "
            "Landsbyggefonden?",
            "Is money for an approved master plan of another area free of payment to "
            "Landsbyggefonden?",
        ),
        Text(
            "§ 80 g siger en godkendt helhedsplan; indtil 2018 nævnte § 28 den for området selv.",
            "Section 80 g says an approved master plan; until 2018 section 28 named that of the "
            "area itself.",
        ),
        a=Text("ja, enhver godkendt helhedsplan", "yes, any approved master plan"),
        b=Text("nej, kun den for salgets område", "no, only that of the area of the sale"),
    ),
    "AMB-80G-UNDECIDED": _point(
        Text(
            "Skal der betales til Landsbyggefonden af det, som intet er besluttet om?",
            "Is Landsbyggefonden paid of what nothing is decided of?",
        ),
        Text(
            "§ 80 g, stk. 1 gælder alle midlerne, og stk. 2 fritager det, som det er besluttet at "
            "bruge sådan; en frist nævnes ikke.",
            "Section 80 g(1) is about all of the money, and (2) frees what it is decided to use "
            "so; no time limit is named.",
        ),
        a=Text("ikke før det er besluttet", "not until it is decided"),
        b=Text("ja, medmindre en fri anvendelse er besluttet", "yes, unless a free use is decided"),
    ),
}
