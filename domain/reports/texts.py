"""The words of the reports, in Danish and English; what the law calls things it says itself."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.facts import Channel, ListKind, ShareBasis
from domain.law import explain
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.texts.kinds import Text
from domain.reports.said import Said

STATUSES = {
    "met": Said("ja", "yes"),
    "not_met": Said("nej", "no"),
    "unknown": Said("ukendt", "unknown"),
    "not_examined": Said("ikke undersøgt", "not examined"),
    "not_in_force": Said("gælder ikke", "not in force"),
    "not_applicable": Said("ikke relevant", "not applicable"),
    "not_covered": Said("ikke omfattet", "not covered"),
}
"""What a status is called in a report."""

CHANNELS = {
    Channel.REFERRAL: Text("Kommunal anvisning", "Municipal referral"),
    Channel.FLEXIBLE: Text("Fleksibel udlejning", "Flexible letting"),
    Channel.INTERNAL: Text("Oprykningsventelisten", "The internal list"),
    Channel.EXTERNAL: Text("Den almindelige venteliste", "The ordinary list"),
    Channel.REHOUSING: Text("Genhusning", "Rehousing"),
    Channel.TEMPORARY: Text(
        "Midlertidig udlejning til uddannelsessøgende (organisationens eget valg)",
        "Temporary letting to persons in education (the organisation's own choice)",
    ),
    Channel.ADVERTISED: Text("Udlejning efter annoncering", "Letting by advertising"),
}

BASES = {
    ShareBasis.QUARTER: Text(
        "Kommunal anvisning: indtil hver fjerde bolig",
        "Municipal referral: up to every fourth dwelling",
    ),
    ShareBasis.AGREED: Text("Kommunal anvisning efter aftale", "Municipal referral by agreement"),
    ShareBasis.AREA: Text(
        "Kommunal anvisning i områder med mange uden for arbejdsmarkedet",
        "Municipal referral in areas with many outside the labour market",
    ),
    ShareBasis.INCREASE: Text(
        "Kommunal anvisning: forhøjet antal ved kombineret udlejning",
        "Municipal referral: increased for combined letting",
    ),
    ShareBasis.REPLACEMENT: Text(
        "Erstatningsboliger efter byfornyelsesloven",
        "Replacement dwellings under the urban renewal act",
    ),
    ShareBasis.CRITERIA_AGREED: Text(
        "Fleksibel udlejning efter aftalte kriterier", "Flexible letting by agreed criteria"
    ),
    ShareBasis.CRITERIA_SET: Text(
        "Fleksibel udlejning efter kommunens kriterier",
        "Flexible letting by the municipality's criteria",
    ),
    ShareBasis.ADVERTISED: Text("Udlejning efter annoncering", "Letting by advertising"),
}


class ToolText(NamedTuple):
    """A tool of letting: the rules that make it up, what it is called, and where it stands."""

    code: str
    rules: tuple[str, ...]
    """How the ids of its rules begin."""
    title: Text
    citation: str


TOOLS = (
    ToolText(
        "REFERRAL_BAN",
        ("REF-UDS-",),
        Text(
            "Forbud mod at anvise visse husstande til området",
            "Ban on referring certain households to the area",
        ),
        "almenboligloven § 59, stk. 6",
    ),
    ToolText(
        "REFERRAL_BAN_PREVENTION",
        ("REF-FORE-",),
        Text(
            "Forbud mod at anvise visse husstande til forebyggelsesområdet",
            "Ban on referring certain households to the prevention area",
        ),
        "almenboligloven § 59, stk. 7 og 8",
    ),
    ToolText(
        "REFERRAL_BAN_UNTIL_2018",
        ("REF-OLD-",),
        Text(
            "Forbud mod at anvise visse husstande til området (indtil 30. november 2018)",
            "Ban on referring certain households to the area (until 30 November 2018)",
        ),
        "almenboligloven § 59, stk. 6 (indtil 30/11/2018)",
    ),
    ToolText(
        "REFUGEES",
        ("REF-REFUGEE",),
        Text(
            "Forbud mod at anvise flygtninge, der er visiteret til kommunen, en bolig i området",
            "Ban on referring refugees assigned to the municipality to a dwelling in the area",
        ),
        "integrationsloven § 12, stk. 2",
    ),
    ToolText(
        "REFERRAL_RIGHT",
        ("REF-KOMB-4",),
        Text(
            "Kommunen råder over alle ledige boliger i området",
            "All vacant dwellings of the area are at the municipality's disposal",
        ),
        "almenboligloven § 59, stk. 4",
    ),
    ToolText(
        "FLEXIBLE_LETTING",
        ("LET-FLEX-",),
        Text("Fleksibel udlejning efter kriterier", "Flexible letting by criteria"),
        "almenboligloven § 60, stk. 4",
    ),
    ToolText(
        "COMBINED_LETTING",
        ("LET-KOMB-51B-",),
        Text(
            "Kombineret udlejning: boligsøgende på bestemte ydelser afvises",
            "Combined letting: applicants on certain benefits are rejected",
        ),
        "almenboligloven § 51 b",
    ),
    ToolText(
        "TRANSFORMATION_LETTING",
        ("LET-OMD-51C",),
        Text(
            "Boligsøgende, der modtager bestemte ydelser, afvises i omdannelsesområdet",
            "Applicants who receive certain benefits are rejected in the transformation area",
        ),
        "almenboligloven § 51 c",
    ),
    ToolText(
        "ADVERTISING",
        ("LET-ADVERTISED",),
        Text(
            "Udlejning efter annoncering, hvor kommune og boligorganisation aftaler det",
            "Letting by advertising, where municipality and housing organisation agree on it",
        ),
        "almenboligloven § 60 a",
    ),
    ToolText(
        "CERTIFICATE",
        ("LET-RECORD-",),
        Text(
            "Straffeattest kan forlanges før udlejning",
            "A criminal record certificate may be demanded before letting",
        ),
        "udlejningsbekendtgørelsen § 29",
    ),
)
"""The tools of letting that what an area is brings with it, or opens the way to."""

EXEMPTION = ToolText(
    "EXEMPTION",
    (),
    Text(
        "Kommunen har undtaget området fra forbuddet mod anvisning",
        "The municipality has exempted the area from the ban on referral",
    ),
    "almenboligloven § 59, stk. 8",
)

FAMILIES = {
    "open_point": Text(
        "Et fortolkningsspørgsmål uden valgt fortolkning",
        "An open point of law without a chosen reading",
    ),
    "not_covered": Text(
        "En grund i loven, som udgaven ikke rummer", "A ground that the edition does not hold"
    ),
    "law_review": Text(
        "Loven er ikke gennemgået for dagen", "The law was not reviewed for the day"
    ),
    "other": Text("Andet", "Other"),
}
"""Why answers are undetermined where no fact is missing (`domain/reports/period.py`)."""

LACKING = Text(
    "Oplysninger mangler, som kan gives af {supplier}",
    "Facts are missing that can be supplied by {supplier}",
)

OF_PERSONS = Text("Oplysninger om personer og husstande", "Facts about persons and households")
"""What facts are called whose kind is sealed."""

FAMILY_SHARE = Text("Andelen af almene familieboliger", "The share of social family dwellings")

EXCEPTIONS = {
    "PAGE_NOT_REPLAYED": Text(
        "Svaret er en del af en side af en venteliste. Siden kan kun efterregnes som helhed, og så "
        "åbnes oplysninger om alle husstande på den.",
        "The answer is part of a page of a waiting list. Only the whole page can be computed "
        "again, which opens facts about every household on it.",
    ),
    "REPLAY_DIFFERENT": Text(
        "Svaret kommer anderledes ud, når det regnes efter.",
        "The answer comes out otherwise when it is computed again.",
    ),
    "REPLAY_ERASED": Text(
        "Dele af det, svaret hviler på, er slettet. Resten er regnet efter.",
        "Parts of what the answer rests on have been erased. The rest was computed again.",
    ),
    "HASH_WITHHELD": Text(
        "Kvitteringens hash vises ikke: den ville røbe tal om få personer.",
        "The receipt's hash is not shown: it would tell figures of few persons.",
    ),
    "PAGES_SEALED": Text(
        "Hvad siderne af ventelister svarer om hver husstand, er forseglet og er ikke talt med.",
        "What pages of waiting lists answer of each household is sealed, and is not counted.",
    ),
    "REASONS_NOT_ASKED": Text(
        "Hvorfor svar er uafklarede, er ikke undersøgt: så skal oplysninger om personer åbnes.",
        "Why answers are undetermined was not looked into: facts about persons would be opened.",
    ),
    "REASONS_ERASED": Text(
        "Af nogle uafklarede svar kan grunden ikke længere siges, fordi husstanden er slettet.",
        "Of some undetermined answers the reason can no longer be told: the household was erased.",
    ),
    "CORRECTIONS_SEALED": Text(
        "At en oplysning om en person er en rettelse, er forseglet; kun det, der er taget tilbage, "
        "er talt.",
        "That a person's fact is a correction is sealed; only those taken back are counted.",
    ),
    "LIST_NOT_HELD": Text(
        "Listen »{kind}« fra {day} er ikke registreret her.",
        "The list “{kind}” of {day} is not recorded here.",
    ),
    "LIST_INCOMPLETE": Text(
        "Listen »{kind}« fra {day} er ufuldstændig her: {on} af {total} områder er kendt.",
        "The list “{kind}” of {day} is held incompletely: {on} of {total} areas are known.",
    ),
    "LIST_INCOMPLETE_HERE": Text(
        "Listen »{kind}« fra {day} er ufuldstændig her: om {not_known} af de registrerede "
        "områder er det ukendt, om de står på den.",
        "The list “{kind}” of {day} is held incompletely: of {not_known} of the areas recorded "
        "it is not known whether they are on it.",
    ),
    "LIST_COUNT_DIFFERS": Text(
        "Listen »{kind}« fra {day} er registreret som fuldstændig, men {on} områder står på "
        "den her, og {total} blev offentliggjort.",
        "The list “{kind}” of {day} is recorded as complete, but {on} areas are on it here and "
        "{total} were published.",
    ),
    "MOVEMENT_NOT_KNOWN": Text(
        "For {count} områder på listen »{kind}« fra {day} eller den forrige er det ukendt, om "
        "de er kommet til eller gået af.",
        "Of {count} areas on the list “{kind}” of {day} or the one before it is not known "
        "whether they came or left.",
    ),
    "FIGURES_MISSING": Text(
        "{name}: ingen tal for listens år er registreret.",
        "{name}: no figures of the list's year are recorded.",
    ),
    "CRITERION_MISSING": Text(
        "{name}: tallet eller grænsen for »{criterion}« er ukendt.",
        "{name}: the figure or the limit of “{criterion}” is not known.",
    ),
    "CRITERION_NOT_DECIDABLE": Text(
        "{name}: »{criterion}« ligger så tæt på grænsen, at det afrundede tal intet afgør.",
        "{name}: “{criterion}” is so near the limit that the rounded figure decides nothing.",
    ),
    "CRITERION_SET_ASIDE": Text(
        "{name}: »{criterion}« anvendes ikke den dag.",
        "{name}: “{criterion}” is not applied on that day.",
    ),
    "LIST_AND_FIGURES_DIFFER": Text(
        "{name}: {category} efter listen: {official}, efter tallene: {computed}.",
        "{name}: {category} by the list: {official}, by the figures: {computed}.",
    ),
    "STATUS_NOT_KNOWN": Text(
        "{name}: om området er {category}, er ukendt.",
        "{name}: whether the area is of the category {category} is not known.",
    ),
    "PLAN_NOT_KNOWN": Text(
        "{name}: om der er en udviklingsplan, er ukendt her.",
        "{name}: whether there is a development plan is not known here.",
    ),
    "FAMILY_SHARE_NOT_RECORDED": Text(
        "{name}: andelen af almene familieboliger er ikke registreret, så vejen til 40 procent "
        "kan ikke vises.",
        "{name}: the share of family dwellings is not recorded, so the way to 40 per cent cannot "
        "be shown.",
    ),
    "LETTINGS_NOT_RECORDED": Text(
        "Ingen ledige boliger er registreret her, så brugen af udlejningsværktøjerne er ukendt.",
        "No vacant dwelling is recorded here, so the use of the tools of letting is not known.",
    ),
    "ALLOCATIONS_OUT_OF_ORDER": Text(
        "Organisation {organisation}: {count} tildelinger fulgte ikke den rækkefølge, som "
        "regnskabet viser.",
        "Organisation {organisation}: {count} allocations did not follow the order that the "
        "ledger shows.",
    ),
    "REJECTIONS_NOT_KNOWN": Text(
        "Afvisningerne er ikke kendt her: boligorganisationerne kan oplyse, hvem de har afvist.",
        "The rejections are not known here: the housing organisations can say whom they rejected.",
    ),
    "REJECTIONS_ERASED": Text(
        "{name}: {count} svar kan ikke længere åbnes, fordi husstanden er slettet; de er ikke talt "
        "med.",
        "{name}: {count} answers can no longer be read, since the household was erased; they are "
        "not counted.",
    ),
    "REPLACEMENTS_NOT_KNOWN": Text(
        "Anvisninger af anden bolig (§ 51 b, stk. 9) registreres ikke her; kommunen udfylder "
        "tallet selv.",
        "Other dwellings assigned (§ 51 b, stk. 9) are not recorded here; the municipality fills "
        "the number in itself.",
    ),
    "EVALUATION_OVERDUE": Text(
        "{name}: evalueringen efter § 51 b, stk. 10, skulle være foretaget {day}.",
        "{name}: the evaluation of § 51 b, stk. 10, was due on {day}.",
    ),
    "FORM_NOT_SEEN": Text(
        "Styrelsens eget skema er ikke set; her står de oplysninger, som udlejningsbekendtgørelsen "
        "§ 36, stk. 2, kræver. Perioden 1. juni til 31. maj er styrelsens vejledning og står "
        "hverken i loven eller bekendtgørelsen.",
        "The agency's own form was not seen; here is what the letting order § 36, stk. 2, demands. "
        "The period of 1 June to 31 May is the agency's guidance and stands in neither the act nor "
        "the order.",
    ),
}
"""What whoever reads a report must know, by code."""

_MONTHS = (
    ("januar", "January"),
    ("februar", "February"),
    ("marts", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("august", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
)


def day(of: date) -> Said:
    """Write a day: `1. december 2024` and `1 December 2024`."""
    da, en = _MONTHS[of.month - 1]
    return Said(f"{of.day}. {da} {of.year}", f"{of.day} {en} {of.year}")


def category(edition: Edition, of: Category, on: date) -> Text:
    """Return what a category of areas was called on a day."""
    if of.list_kind is not None:
        return explain.list_kind_text(edition, ListKind(of.list_kind), on)
    return edition.texts.AREA_CATEGORIES[of.value]
