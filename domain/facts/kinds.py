"""Kinds of field that many facts share: what each is, and what it may be."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from domain.facts.declared import Field

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)
"""No day of a fact may lie outside these; an open end is left empty, not written far away."""

LONGEST_NAME = 200
LONGEST_SOURCE = 500
LONGEST_REASONS = 4_000
MOST_PARCELS = 1_000
MOST_AREAS = 100
MOST_FLATS = 1_000
MOST_DWELLINGS = 1_000
MOST_DEPARTMENTS = 200
MOST_NAMED = 100
MOST_ALTERNATIVES = 20
MOST_RESIDENTS = 1_000_000
MOST_PERSONS = 10_000_000
MOST_MEASURED = 500
MOST_MUNICIPALITIES = 100
MOST_ROOMS = 50
"""Limits of a fact, in characters or entries; docs/api.md states them."""

ABL = "almenboligloven (LBK nr. 207 af 25/1/2026)"
LEASE = "almenlejeloven (LBK nr. 928 af 4/9/2019)"
ORDER = "udlejningsbekendtgørelsen (BEK nr. 977 af 21/8/2024)"
GDPR_ACCURACY = "databeskyttelsesforordningen art. 5, stk. 1, litra d"
GDPR_ACCOUNTABILITY = "databeskyttelsesforordningen art. 5, stk. 2"
"""The acts, as the sections of fields name them."""

# --- Days -----------------------------------------------------------------------------------

Past = Annotated[date, Field(past=True)]
First = Annotated[date, Field("første dag", "first day", "from when it counts")]
Last = Annotated[
    date,
    Field(
        "sidste dag; tom: uden slutdag",
        "last day; empty: without an end",
        "until when it counts",
        not_before="first_day",
    ),
]
FirstPast = Annotated[First, Field(past=True)]
LastPast = Annotated[Last, Field(past=True)]
DecisionDay = Annotated[
    Past, Field("dagen for afgørelsen", "the day of the decision", "from when the decision holds")
]
LastOfDecision = Annotated[Last, Field(not_before="decision_day")]

# --- Texts ----------------------------------------------------------------------------------

Name = Annotated[str, Field(longest=LONGEST_NAME)]
Source = Annotated[
    str, Field("hvor det vides fra", "where it is known from", longest=LONGEST_SOURCE)
]
Reason = Annotated[str, Field("begrundelsen", "the reason", longest=LONGEST_REASONS, lines=True)]
DecidedBy = Annotated[
    Name, Field("hvem der har truffet afgørelsen", "who decided", "who decided and answers for it")
]
Reasons = Annotated[
    str,
    Field(
        "begrundelsen for afgørelsen",
        "the reasons of the decision",
        "why; sealed text that no rule reads",
        "forvaltningsloven §§ 22 og 24",
        longest=LONGEST_REASONS,
        lines=True,
    ),
]
PartyHeard = Annotated[
    bool,
    Field(
        "om parten er hørt",
        "whether the party was heard",
        "whether the party was heard",
        "forvaltningsloven § 19",
    ),
]

# --- Identifiers ----------------------------------------------------------------------------

OPAQUE = r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}"
"""The form of an id that says nothing of a person; a CPR number in it is refused."""

Opaque = Annotated[
    str,
    Field(
        pattern=OPAQUE,
        says="must be 1 to 64 characters of A-Z a-z 0-9 . _ : -, the first a letter or digit",
    ),
]
CaseNumber = Annotated[
    str,
    Field(
        "sagsnummeret i egne sager",
        "the case number in one's own files",
        known="case_number",
        of_one=True,
    ),
]
_Number = Annotated[
    str, Field(pattern=r"[A-Za-z0-9-]{0,20}", says="must be at most 20 characters of A-Z a-z 0-9 -")
]
Municipality = Annotated[
    str,
    Field(
        "kommunens kode, fire cifre", "the municipality's code, four digits", known="municipality"
    ),
]
Organisation = Annotated[
    _Number,
    Field(
        "boligorganisationens nummer hos Landsbyggefonden",
        "the housing organisation's number with Landsbyggefonden",
    ),
]
Department = Annotated[
    _Number,
    Field(
        "afdelingens nummer hos Landsbyggefonden", "the department's number with Landsbyggefonden"
    ),
]
OnlyDepartments = Annotated[
    tuple[Department, ...],
    Field(
        "kun i disse afdelinger, når nogen er nævnt",
        "in these departments only, when any is named",
        most=MOST_DEPARTMENTS,
    ),
]
Area = Annotated[str, Field("boligområdet", "the housing area", refers="area")]
AreaHere = Annotated[Area, Field(here=True)]
Dwelling = Annotated[
    Opaque,
    Field("boligen, ved sin adresse i DAR", "the dwelling, by its DAR address", refers="dwelling"),
]
Property = Annotated[Opaque, Field("den private ejendom", "the private property")]
Parcel = Annotated[Name, Field("matriklen", "the cadastral parcel")]
Parcels = Annotated[
    tuple[Parcel, ...], Field("matriklerne", "the cadastral parcels", most=MOST_PARCELS)
]
Offence = Annotated[
    Opaque,
    Field(
        "udlejerens egen henvisning til forbrydelsen, uden oplysninger i sig selv",
        "the landlord's own opaque reference to the offence",
    ),
]
ReliedOnUntil = Annotated[
    date,
    Field(
        "sidste dag, der stoles på det sete",
        "the last day that the sight is relied on",
        "until when the sight is relied on",
        not_before="seen_on",
    ),
]
SeenBy = Annotated[
    Opaque, Field("hvem der så det", "who saw it", "who saw it and answers for it; an opaque id")
]
Percent = Annotated[str, Field(unit="per cent", share=True, most=100)]
