"""Sheets in the nouns of the field: what their columns are called, and which facts a row makes.

A noun is a sheet that a clerk has or can have made: dwellings, households, months on a benefit.
Each of its rows makes one fact or several. Reading, template, mapping and docs/nouns.md derive from
what is said here; what a column means is said in the declaration of the field that it fills.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from services.api import noun_words as words


class Column(NamedTuple):
    """A column: our name, the headings that people write, and what else a cell may be.

    `needed`: the sheet must have it. `words`: what may stand for a declared word, in small letters,
    and the declared word. `of`: it names a person or household, by any id, or a person by the CPR
    number. `month_of`: a month, which gives these two columns their first and last day. `means`:
    what it means, where no field says it. `also`: what else systems call it.
    """

    name: str
    da: str
    en: str
    needed: bool = False
    example: str = ""
    words: Mapping[str, str] = {}
    of: str = ""
    month_of: tuple[str, str] | None = None
    means: tuple[str, str] | None = None
    also: tuple[str, ...] = ()


class Each(NamedTuple):
    """A list: one entry for each of the words in a cell, which have a stroke between them."""

    column: str
    entry: Any


class Made(NamedTuple):
    """A fact that a row makes, by its kind, and what its fields hold.

    A field is a text with columns in braces; it is left out where one of these is empty. `when`:
    the columns that must be filled, or hold one of these words, for the fact to be made. `once`:
    it is made once for its subject, whatever rows name that; they may fill each other in.
    """

    kind: str
    fields: Mapping[str, Any]
    when: Mapping[str, tuple[str, ...]] = {}
    once: bool = False


class Noun(NamedTuple):
    """A sheet: what a row of it is, its columns, and the facts that a row makes."""

    name: str
    da: str
    en: str
    columns: tuple[Column, ...]
    makes: tuple[Made, ...]

    def column(self, name: str) -> Column:
        """Return a column by its name."""
        return next(each for each in self.columns if each.name == name)


_FILLED: tuple[str, ...] = ()

_PERSON = Column(
    "person",
    "Person",
    "Person",
    needed=True,
    example="ejd:10001",
    of="person",
    means=("personens id, eget id (ejd:10001) eller CPR-nummer", "id, own id, or CPR number"),
    also=("CPR-nummer", "CPR-nr.", "CPR-nr", "CPR", "Personnummer"),
)
_HOUSEHOLD = Column(
    "household",
    "Husstand",
    "Household",
    needed=True,
    example="sag:2024-00017",
    of="household",
    means=("husstandens id eller eget id (sag:2024-00017)", "id, or own id (sag:2024-00017)"),
)
_AREA = Column("area", "Boligområde", "Housing area", needed=True, example="9999-eksempel")
_MUNICIPALITY = Column("municipality", "Kommunekode", "Municipality", needed=True, example="9999")
_FROM = Column("first_day", "Fra", "From", needed=True, example="01-01-2024")
_TO = Column("last_day", "Til", "To")


def _same(*names: str) -> dict[str, str]:
    return {name: f"{{{name}}}" for name in names}


_DWELLING = Column(
    "dwelling",
    "Bolig",
    "Dwelling",
    needed=True,
    example="lbf:0042-007-0012",
    means=(
        "boligens id, eget id eller id i et register (lbf:0042-007-0012)",
        "its id, own id, or id in a register (lbf:0042-007-0012)",
    ),
)

VACANCIES = Noun(
    "vacancies",
    "en bolig, der er eller bliver ledig",
    "a dwelling that is or becomes vacant",
    (
        _DWELLING,
        Column(
            "vacant_from",
            "Ledig fra",
            "Vacant from",
            needed=True,
            example="01-01-2027",
            means=("dagen: 01-01-2027", "the day: 2027-01-01"),
        ),
        Column(
            "awaits_other_use",
            "Afventer anden brug",
            "Awaits other use",
            means=(
                "ja: udlejes til uddannelsessøgende, til den skal bruges til andet",
                "yes: let to persons in education until it is put to another use",
            ),
        ),
    ),
    (),
)
"""Vacancies are steps and no facts; `husret import vacancies` records them."""

NOUNS = {
    noun.name: noun
    for noun in (
        Noun(
            "dwellings",
            "en bolig på disse dage",
            "a dwelling on these days",
            (
                Column(
                    "dwelling",
                    "DAR-adresse",
                    "DAR address",
                    needed=True,
                    example="0a3f50a0-0000-4000-8000-0000000000aa",
                ),
                Column("street", "Adresse", "Address", example="Prøvevej 1, 9999 Prøvekøbing"),
                Column(
                    "bbr",
                    "BBR-enhed",
                    "BBR unit",
                    means=("enhedens id i BBR (UUID)", "the unit's id in BBR (UUID)"),
                ),
                _MUNICIPALITY,
                Column("organisation", "Organisationsnr.", "Organisation", example="0042"),
                Column("department", "Afdelingsnr.", "Department", example="007"),
                Column(
                    "number",
                    "Bolignr.",
                    "Dwelling number",
                    example="0012",
                    means=(
                        "boligens nummer hos Landsbyggefonden",
                        "the dwelling's number with Landsbyggefonden",
                    ),
                ),
                Column("kind", "Boligtype", "Kind", True, "familiebolig", words.FAMILY),
                Column("area", "Boligområde", "Housing area"),
                Column("outside_areas", "Uden for boligområder", "Outside areas", example="ja"),
                Column("rooms", "Rum", "Rooms", example="3"),
                Column("mark", "Mærke", "Mark", words=words.MARKS),
                Column("care", "Plejebolig", "Care dwelling"),
                Column("property", "Ejendom", "Property"),
                _FROM,
                _TO,
            ),
            (
                Made(
                    "dwelling_recorded",
                    {
                        "dwelling_id": "{dwelling}",
                        "address": "{street}",
                        **_same("municipality", "organisation", "department", "kind", "area"),
                        **_same("outside_areas", "rooms", "mark", "care", "property"),
                        **_same("first_day", "last_day"),
                    },
                ),
                Made(
                    "dwelling_external_id",
                    {"dwelling_id": "{dwelling}", "external_id": "bbr:{bbr}"},
                    {"bbr": _FILLED},
                    once=True,
                ),
                Made(
                    "dwelling_external_id",
                    {
                        "dwelling_id": "{dwelling}",
                        "external_id": "lbf:{organisation}-{department}-{number}",
                    },
                    {"number": _FILLED},
                    once=True,
                ),
            ),
        ),
        Noun(
            "households",
            "et medlem af en husstand",
            "a member of a household",
            (
                _HOUSEHOLD,
                Column("registered_on", "Registreret", "Registered", True, "01-01-2024"),
                _PERSON._replace(needed=False, also=()),
                Column("cpr", "CPR-nummer", "CPR number", also=("CPR-nr.", "CPR-nr", "CPR")),
                Column("name", "Navn", "Name", example="Bo Prøve"),
                Column("member_list", "Liste", "List", True, "indflytning", words.LISTS),
                _FROM,
                _TO,
                Column("role", "Rolle", "Role", example="ansøger", words=words.ROLES),
                Column("together_since", "Samlevende siden", "Together since"),
                Column("together_by", "Samliv vist ved", "Together by", words=words.PROOFS),
                Column("complete_from", "Fuldstændig fra", "Complete from", example="01-01-2024"),
                Column("complete_to", "Fuldstændig til", "Complete to"),
            ),
            (
                Made(
                    "household_registered",
                    {"household_id": "{household}", "registered_on": "{registered_on}"},
                    once=True,
                ),
                Made(
                    "person_registered",
                    {"person_id": "{person}", "name": "{name}", "cpr": "{cpr}"},
                    once=True,
                ),
                Made(
                    "household_member",
                    {
                        "household_id": "{household}",
                        "person_id": "{person}",
                        **_same("member_list", "first_day", "last_day", "role"),
                        **_same("together_since", "together_by"),
                    },
                ),
                Made(
                    "members_attested",
                    {
                        "household_id": "{household}",
                        "member_list": "{member_list}",
                        "first_day": "{complete_from}",
                        "last_day": "{complete_to}",
                    },
                    {"complete_from": _FILLED},
                    once=True,
                ),
            ),
        ),
        Noun(
            "tenancies",
            "et lejemål, der begyndte, før det blev ført her",
            "a tenancy that began before it was kept here",
            (
                _DWELLING,
                _HOUSEHOLD,
                Column("first_day", "Lejet fra", "Let from", True, "01-05-2015"),
                Column("let_as", "Lejet som", "Let as", True, "familiebolig", words.FAMILY),
                Column("contract_on", "Kontrakt", "Contract"),
                Column("last_day", "Lejet til", "Let until"),
            ),
            (
                Made(
                    "tenancy_taken_over",
                    {
                        "dwelling_id": "{dwelling}",
                        "household_id": "{household}",
                        **_same("first_day", "let_as", "contract_on", "last_day"),
                    },
                ),
            ),
        ),
        Noun(
            "benefits",
            "en måned eller en periode, hvor en person modtog en ydelse",
            "a month or a period in which a person received a benefit",
            (
                _PERSON,
                Column("benefit", "Ydelse", "Benefit", False, "kontanthjælp", words.BENEFITS),
                Column(
                    "month",
                    "Måned",
                    "Month",
                    example="2024-03",
                    month_of=("first_day", "last_day"),
                    means=(
                        "måneden: 2024-03, 03-2024, marts 2024; i stedet for Fra og Til",
                        "the month: 2024-03, 03-2024; instead of From and To",
                    ),
                ),
                _FROM._replace(needed=False, example=""),
                _TO,
                Column("complete_from", "Fuldstændig fra", "Complete from", example="01-01-2023"),
                Column("complete_to", "Fuldstændig til", "Complete to", example="31-12-2024"),
            ),
            (
                Made(
                    "benefit_period",
                    {"person_id": "{person}", **_same("benefit", "first_day", "last_day")},
                    {"benefit": _FILLED},
                ),
                Made(
                    "benefits_attested",
                    {
                        "person_id": "{person}",
                        "first_day": "{complete_from}",
                        "last_day": "{complete_to}",
                    },
                    {"complete_to": _FILLED},
                    once=True,
                ),
            ),
        ),
        Noun(
            "attestations",
            "hvad der er bekræftet om en person på disse dage",
            "what is attested of a person on these days",
            (
                _PERSON,
                _FROM._replace(example="01-01-2023"),
                _TO._replace(example="31-12-2024"),
                Column(
                    "citizenship",
                    "Statsborgerskab",
                    "Citizenship",
                    example="opfyldt",
                    words=words.CITIZENSHIP,
                ),
                Column("enrolled", "Indskrevet", "Enrolled"),
                Column("refugee", "Visiteret flygtning", "Allocated refugee", example="nej"),
                Column("ukraine", "Tilladelse, Ukraine", "Permit, Ukraine"),
                Column(
                    "releases",
                    "Løsladelser fuldstændige",
                    "Releases complete",
                    example="ja",
                    words=words.YES,
                    means=(
                        "ja: alle personens løsladelser på disse dage er registreret; ellers tom",
                        "yes: all of the person's releases on these days are recorded; else empty",
                    ),
                ),
                Column(
                    "terminations",
                    "Ophævelser fuldstændige",
                    "Terminations complete",
                    example="ja",
                    words=words.YES,
                    means=(
                        "ja: alle ophævelser på disse dage er registreret; ellers tom",
                        "yes: all terminations on these days are recorded; else empty",
                    ),
                ),
            ),
            (
                *(
                    Made(
                        kind,
                        {
                            "person_id": "{person}",
                            field: f"{{{column}}}",
                            **_same("first_day", "last_day"),
                        },
                        {column: _FILLED},
                    )
                    for column, kind, field in (
                        ("citizenship", "citizenship_attested", "condition"),
                        ("enrolled", "enrolment_attested", "enrolment"),
                        ("refugee", "refugee_attested", "allocated"),
                        ("ukraine", "ukraine_permit_attested", "permit"),
                    )
                ),
                *(
                    Made(
                        f"{column}_attested",
                        {"person_id": "{person}", **_same("first_day", "last_day")},
                        {column: ("yes",)},
                    )
                    for column in ("releases", "terminations")
                ),
            ),
        ),
        Noun(
            "releases",
            "en løsladelse, og hvad § 59, stk. 6, nr. 1 og 2, spørger om ved den",
            "a release, and what § 59, stk. 6, nr. 1 and 2, ask about it",
            (
                _PERSON,
                Column("released_on", "Løsladt", "Released on", True, "01-02-2024"),
                Column(
                    "released_from", "Løsladt fra", "Released from", True, "fængsel", words.RELEASED
                ),
                Column("convicted", "Dømt", "Convicted", True, "ja"),
                Column("convicted_on", "Domsdag", "Convicted on"),
                Column(
                    "action_plan",
                    "Handleplan",
                    "Action plan",
                    True,
                    "skal udarbejdes",
                    words.ACTION_PLANS,
                ),
                Column("under_18_until", "Under 18 til", "Under 18 until"),
            ),
            (
                Made(
                    "release_recorded",
                    {
                        "person_id": "{person}",
                        **_same("released_on", "released_from", "convicted", "convicted_on"),
                        **_same("action_plan", "under_18_until"),
                    },
                ),
            ),
        ),
        Noun(
            "terminations",
            "et lejemål, en person har mistet",
            "a tenancy that a person has lost",
            (
                _PERSON,
                Column("ended_on", "Ophørt", "Ended on", True, "01-03-2024"),
                Column("ending", "Ophørt ved", "Ended by", True, "udlejer", words.ENDINGS),
                Column("cause", "Grove overtrædelser", "Gross breach", True, "ja"),
                Column("given_on", "Ophævet eller opsagt", "Terminated on"),
            ),
            (
                Made(
                    "termination_recorded",
                    {"person_id": "{person}", **_same("ended_on", "ending", "cause", "given_on")},
                ),
            ),
        ),
        Noun(
            "criteria",
            "en aftale om fleksibel udlejning, med én måde at opfylde den på",
            "an agreement on flexible letting, with one way to meet it",
            (
                Column("criteria", "Aftale", "Agreement", True, "aftale-2024"),
                _MUNICIPALITY,
                Column("basis", "Grundlag", "Basis", True, "aftale", words.BASES),
                Column("set_on", "Aftalt", "Set on", True, "01-12-2023"),
                Column("confirmed_by", "Bekræftet af", "Confirmed by", True, "leder-3"),
                _FROM,
                _TO,
                Column("announced_on", "Offentliggjort", "Announced on", example="01-12-2023"),
                Column("organisation", "Organisationsnr.", "Organisation", True, "0042"),
                Column("departments", "Afdelinger", "Departments", True, "007"),
                Column(
                    "who",
                    "Hvem",
                    "Who",
                    True,
                    "ansøger",
                    words.WHO,
                    means=("hvem der skal opfylde dem", "who must meet them"),
                ),
                Column(
                    "tested",
                    "Hvornår",
                    "Tested",
                    True,
                    "tilbud",
                    words.TESTED,
                    means=("hvornår de skal være opfyldt", "when they must be met"),
                ),
                Column(
                    "any_of",
                    "Et af kriterierne",
                    "Any of",
                    True,
                    "arbejde | uddannelse",
                    words.CRITERIA,
                    means=("ét er nok, med | imellem", "any of them, with | between"),
                ),
                Column("share", "Andel", "Share", example="50"),
            ),
            (
                Made(
                    "criteria_set",
                    {
                        **_same("criteria", "municipality", "basis", "set_on", "confirmed_by"),
                        **_same("first_day", "last_day", "announced_on", "organisation"),
                        **_same("departments", "share"),
                        "ways": [
                            {
                                "conditions": [
                                    {
                                        "who": "{who}",
                                        "tested": "{tested}",
                                        "any_of": Each("any_of", {"all_of": [{"kind": "{each}"}]}),
                                    }
                                ]
                            }
                        ],
                    },
                ),
            ),
        ),
        Noun(
            "judgments",
            "en dom i en sag om ophævelse",
            "a judgment in a case of termination",
            (
                _PERSON,
                Column("offence", "Forhold", "Offence", True, "forhold-1"),
                Column("provisions", "Bestemmelser", "Provisions", True, "strfl-244"),
                Column(
                    "sanction", "Sanktion", "Sanction", True, "ubetinget fængsel", words.SANCTIONS
                ),
                Column("unconditional_days", "Ubetingede dage", "Unconditional days"),
                Column("offence_day", "Gerningsdag", "Day of the offence", True, "01-02-2024"),
                Column("judgment_day", "Domsdag", "Day of the judgment", True, "01-06-2024"),
                Column("appealed_on", "Anket", "Appealed on"),
                Column("final_on", "Endelig fra", "Final on", example="16-06-2024"),
                Column("overturned_on", "Ændret", "Overturned on"),
                Column("appeal_withdrawn_on", "Anke frafaldet", "Appeal withdrawn on"),
            ),
            (
                Made(
                    "judgment_in_case",
                    {
                        "person_id": "{person}",
                        **_same("offence", "provisions", "sanction", "unconditional_days"),
                        **_same("offence_day", "judgment_day", "appealed_on", "final_on"),
                        **_same("overturned_on", "appeal_withdrawn_on"),
                    },
                ),
            ),
        ),
        Noun(
            "plans",
            "en udviklingsplan og dens dage",
            "a development plan and its days",
            (
                _AREA,
                Column("kind", "Plan", "Plan", True, "fælles", words.PLANS),
                Column("organisation_on", "Besluttet i boligorganisationen", "By organisation"),
                Column("council_on", "Besluttet i byrådet", "By the council"),
                Column("sent_on", "Sendt", "Sent on", example="01-06-2024"),
                Column("approved_on", "Godkendt", "Approved on", example="01-09-2024"),
                Column("refused_on", "Afvist", "Refused on"),
                Column("amended_on", "Ændret", "Amended on"),
                Column("carried_out_on", "Gennemført", "Carried out on"),
            ),
            (
                Made(
                    "plan_decided",
                    {
                        **_same("area", "kind"),
                        "body": "organisation",
                        "decided_on": "{organisation_on}",
                    },
                    {"organisation_on": _FILLED},
                ),
                Made(
                    "plan_decided",
                    {**_same("area", "kind"), "body": "council", "decided_on": "{council_on}"},
                    {"council_on": _FILLED},
                ),
                Made("plan_sent", _same("area", "kind", "sent_on"), {"sent_on": _FILLED}),
                Made(
                    "plan_approved", _same("area", "kind", "approved_on"), {"approved_on": _FILLED}
                ),
                Made("plan_refused", _same("area", "kind", "refused_on"), {"refused_on": _FILLED}),
                Made("plan_amended", _same("area", "amended_on"), {"amended_on": _FILLED}),
                Made(
                    "plan_carried_out",
                    _same("area", "carried_out_on"),
                    {"carried_out_on": _FILLED},
                ),
            ),
        ),
        Noun(
            "inventories",
            "hvor mange boliger et område har",
            "how many dwellings an area has",
            (
                _AREA,
                Column("counted_on", "Opgjort", "Counted on", True, "31-12-2024"),
                Column("family", "Familieboliger", "Family dwellings", True, "917"),
                Column("youth", "Ungdomsboliger", "Youth dwellings", True, "20"),
                Column("elderly", "Ældreboliger", "Dwellings for the elderly", True, "0"),
                Column("private", "Private boliger", "Private dwellings", True, "518"),
                Column("commercial_m2", "Erhverv, m²", "Commercial, m²"),
                Column("source", "Kilde", "Source", True, "BBR"),
            ),
            (
                Made(
                    "area_dwellings_counted",
                    {
                        **_same("area", "counted_on", "family", "youth", "elderly", "private"),
                        **_same("commercial_m2", "source"),
                    },
                ),
            ),
        ),
        Noun(
            "changes",
            "boliger i et område, der er bygget, revet ned, solgt eller ommærket",
            "dwellings of an area that were built, demolished, sold or relabelled",
            (
                _AREA,
                Column(
                    "change",
                    "Ændring",
                    "Change",
                    True,
                    "nedrevet",
                    words.CHANGES,
                    means=(
                        "opført | nedrevet | solgt | ommærket",
                        "built | demolished | sold | relabelled",
                    ),
                ),
                Column("unit", "Enhed", "Unit", True, "blok-1"),
                Column("kind", "Boligtype", "Kind", True, "familiebolig", words.FAMILY),
                Column("dwellings", "Antal boliger", "Dwellings", True, "24"),
                Column("on", "Dag", "Day", True, "31-12-2024"),
                Column("built_by", "Bygget af", "Built by", words=words.BUILDERS),
                Column("replaces", "Erstatter", "Replaces"),
                Column("to_kind", "Ny boligtype", "New kind", words=words.FAMILY),
            ),
            tuple(
                Made(
                    f"dwellings_{change}",
                    {
                        **_same("area", "unit", "kind", "dwellings"),
                        day: "{on}",
                        **{name: f"{{{name}}}" for name in more},
                    },
                    {"change": (change,)},
                )
                for change, day, more in (
                    ("built", "built_on", ("built_by", "replaces")),
                    ("demolished", "demolished_on", ()),
                    ("sold", "taken_over_on", ()),
                    ("relabelled", "relabelled_on", ("to_kind",)),
                )
            ),
        ),
    )
}
"""The nouns whose rows make facts."""

SHEETS = {**NOUNS, VACANCIES.name: VACANCIES}
"""All of them."""
