"""Facts of a dwelling's life: from vacancy to contract, and from there to the tenancy's end.

What is said of the dwelling alone is open: vacancies, their allocation to a channel, and what is
at somebody's disposal. Every step with a household is sealed under its class tenancy and has the
dwelling's tag, which is the tenancy's own. `domain/tenancy.py` says which step may follow which;
a step is never corrected or taken back, the next one follows.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.data_classes import DataClass
from domain.facts.base import Fact
from domain.facts.declared import BOTH, About, Field, fact, household
from domain.facts.kinds import (
    ABL,
    GDPR_ACCOUNTABILITY,
    LEASE,
    MOST_ALTERNATIVES,
    MOST_RESIDENTS,
    MOST_ROOMS,
    ORDER,
    DecidedBy,
    Department,
    Dwelling,
    First,
    FirstPast,
    Last,
    Name,
    OnlyDepartments,
    Opaque,
    Organisation,
    PartyHeard,
    Past,
    Reasons,
)
from domain.facts.words import (
    Channel,
    DwellingKind,
    EndCause,
    Party,
    ReleaseReason,
    ShareBasis,
    WithdrawalReason,
)

_LETTING = f"{ABL} § 51"
_CONTRACT = f"{ORDER} § 1, stk. 10"

_Dwelling = Annotated[str, Field("boligen", "the dwelling", "which dwelling it is about", _LETTING)]
_Vacancy = Annotated[UUID, Field("den ledige bolig", "the vacancy")]
_Allocation = Annotated[
    UUID, Field("tildelingen", "the allocation", "which vacancy, by which channel", _LETTING)
]
_Offer = Annotated[UUID, Field("tilbuddet", "the offer", "which offer", _LETTING)]
_Tenancy = Annotated[UUID, Field("lejemålet", "the tenancy", "which tenancy")]
_OF_HOUSEHOLD = household(DataClass.TENANCY)
_OF_VACANCY = ("dwelling:{dwelling}", "organisation:{organisation}")
_BY_ORGANISATION = (("{organisation}", "organisation:{organisation}"),)


@fact(
    "letting.share_decided",
    da="En andel af en organisations ledige boliger af en slags går ad én vej.",
    held_by=BOTH,
    decided_by=BOTH,
    tags=("organisation:{organisation}",),
    about=(About(("organisation", "basis", "kind", "departments", "first_day")),),
    no_status=True,
)
class LettingShareDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A share of an organisation's vacant dwellings of a kind goes through one channel.

    `numerator` of every `denominator`, counted from `first_day` on. Where it is let by criteria,
    they say the share, what it is counted of and how it is split, and `criteria` names them.
    """

    organisation: Organisation
    basis: Annotated[ShareBasis, Field("det, der giver andelen", "what puts it at disposal")]
    kind: Annotated[DwellingKind, Field("boligernes slags", "the kind of dwelling")]
    numerator: Annotated[
        int | None, Field("tælleren", "the numerator", unit="dwellings", least=1)
    ] = None
    denominator: Annotated[
        int | None,
        Field("nævneren", "the denominator", unit="dwellings", least=1, most=MOST_RESIDENTS),
    ] = None
    criteria: Annotated[
        Opaque,
        Field(
            "id på de kriterier, der siger andelen",
            "the id of the criteria that say the share",
        ),
    ] = ""
    departments: OnlyDepartments = ()
    first_day: First
    last_day: Last | None = None
    decided_by: DecidedBy
    reference: Annotated[
        Name,
        Field(
            "afgørelsens eller aftalens nummer i egne sager",
            "the decision's or agreement's number in its own files",
        ),
    ] = ""


@fact(
    "vacancy.recorded",
    da="En bolig er eller bliver ledig fra en dag.",
    held_by=BOTH,
    step=True,
    tags=_OF_VACANCY,
    found_by=_BY_ORGANISATION,
    no_status=True,
    no_rule=True,
)
class VacancyRecorded(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A dwelling is or becomes vacant from a day."""

    dwelling: _Dwelling
    organisation: Organisation
    department: Department
    kind: Annotated[DwellingKind, Field("hvad boligen udlejes som", "what it is let as")]
    vacant_from: Annotated[date, Field("ledig fra", "vacant from")]
    rooms: Annotated[
        int | None,
        Field(
            "antallet af beboelsesrum; tom: ikke registreret",
            "how many habitable rooms it has; empty: not recorded",
            unit="rooms",
            least=1,
            most=MOST_ROOMS,
        ),
    ] = None
    awaits_other_use: Annotated[
        bool,
        Field(
            "om den udlejes midlertidigt til uddannelsessøgende, til den skal bruges til andet",
            "let for a time to persons in education until it is put to another use; no act says so",
        ),
    ] = False


@fact(
    "vacancy.allocated",
    da="En ledig bolig skal udlejes ad én vej.",
    held_by=BOTH,
    step=True,
    tags=_OF_VACANCY,
    found_by=_BY_ORGANISATION,
    no_status=True,
    no_rule=True,
)
class VacancyAllocated(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A vacancy is to be let through one channel."""

    vacancy: _Vacancy
    dwelling: _Dwelling
    organisation: Organisation
    allocated_on: Annotated[date, Field("dagen for tildelingen", "the day of the allocation")]
    channel: Annotated[Channel, Field("vejen", "the channel")]
    basis: Annotated[
        ShareBasis | None,
        Field("den andel, den tæller i", "the share that it counts in; empty: in none"),
    ] = None
    way: Annotated[
        int | None,
        Field(
            "den måde at opfylde kriterierne på, eller den tur, den tæller i, som nummer i listen",
            "the way to meet the criteria, or their turn, that it counts in, by its number in the "
            "list",
            least=1,
            most=MOST_ALTERNATIVES,
        ),
    ] = None


@fact(
    "allocation.released",
    da="En ledig bolig udlejes ikke ad den vej, den var tildelt.",
    held_by=BOTH,
    step=True,
    tags=_OF_VACANCY,
    found_by=_BY_ORGANISATION,
    no_status=True,
    no_rule=True,
)
class AllocationReleased(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A vacancy is not let through the channel it was allocated to."""

    allocation: _Allocation
    dwelling: _Dwelling
    organisation: Organisation
    released_on: Annotated[date, Field("dagen, den gives fri", "the day of the release")]
    reason: Annotated[ReleaseReason, Field("hvorfor", "why")]


@fact(
    "vacancy.withdrawn",
    da="En ledig bolig lukkes uden kontrakt.",
    held_by=BOTH,
    step=True,
    tags=_OF_VACANCY,
    found_by=_BY_ORGANISATION,
    no_status=True,
    no_rule=True,
)
class VacancyWithdrawn(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A vacancy is closed without a contract."""

    vacancy: _Vacancy
    dwelling: _Dwelling
    organisation: Organisation
    withdrawn_on: Annotated[date, Field("dagen, den lukkes", "the day it is closed")]
    reason: Annotated[WithdrawalReason, Field("hvorfor", "why")]


@fact(
    "dwelling.freed",
    da="Tilbuddet eller lejemålet er forbi, og husstandens del er slettet.",
    held_by=BOTH,
    step=True,
    tags=("dwelling:{dwelling}",),
    no_status=True,
    no_rule=True,
)
class DwellingFreed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The offer or tenancy that stood is over, and its household's part has been erased.

    Only of an erased household: what is left of it can be closed in no other way.
    """

    dwelling: _Dwelling
    freed_on: Annotated[date, Field("dagen, boligen er fri", "the day of it")]


class _Decided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A step that somebody answers for: what it rests on, and who decided where a person does.

    `party_heard` None: no decision of a person was needed.
    """

    dwelling: _Dwelling
    receipts: Annotated[
        tuple[UUID, ...],
        Field(
            "de svar, skridtet hviler på",
            "event ids of the answers that it rests on",
            "which answers it rests on",
            GDPR_ACCOUNTABILITY,
        ),
    ] = ()
    receipt_hashes: Annotated[
        tuple[str, ...],
        Field(
            "aftrykket af hvert svar",
            "the hash of each",
            "that they are unaltered",
            GDPR_ACCOUNTABILITY,
        ),
    ] = ()
    decided_by: Annotated[DecidedBy, Field(by="forvaltningsloven § 22")] = ""
    reasons: Reasons = ""
    party_heard: PartyHeard | None = None


@fact(
    "offer.made",
    da="En ledig bolig tilbydes en husstand.",
    of=_OF_HOUSEHOLD,
    held_by=BOTH,
    section=_LETTING,
    step=True,
)
class OfferMade(_Decided, frozen=True, kw_only=True, omit_defaults=True):
    """A vacant dwelling is offered to a household, to be accepted within a deadline."""

    allocation: _Allocation
    offered_on: Annotated[
        date, Field("dagen for tilbuddet", "the day of the offer", "the day of the offer")
    ]
    deadline: Annotated[
        date, Field("fristen", "the last day to accept it", "until when it may be accepted")
    ]


@fact(
    "offer.accepted",
    da="Husstanden tager imod tilbuddet.",
    of=_OF_HOUSEHOLD,
    held_by=BOTH,
    section=_LETTING,
    step=True,
)
class OfferAccepted(_Decided, frozen=True, kw_only=True, omit_defaults=True):
    """The household accepts the offer."""

    offer: _Offer
    accepted_on: Annotated[
        date,
        Field(
            "dagen for accepten",
            "the day of the acceptance",
            "the day of the acceptance, before the deadline or not",
        ),
    ]


@fact(
    "offer.refused",
    da="Husstanden ønsker ikke boligen.",
    of=_OF_HOUSEHOLD,
    held_by=BOTH,
    section=_LETTING,
    step=True,
)
class OfferRefused(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The household does not want the dwelling."""

    dwelling: _Dwelling
    offer: _Offer
    refused_on: Annotated[
        date, Field("dagen for afslaget", "the day of the refusal", "the day of the refusal")
    ]


@fact(
    "offer.lapsed",
    da="Fristen er udløbet uden accept.",
    of=_OF_HOUSEHOLD,
    held_by=BOTH,
    section=_LETTING,
    step=True,
)
class OfferLapsed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The deadline passed without an acceptance."""

    dwelling: _Dwelling
    offer: _Offer
    lapsed_on: Annotated[
        date,
        Field("dagen, det bortfaldt", "the day of it", "the day on which the deadline had passed"),
    ]


@fact(
    "offer.withdrawn",
    da="Tilbuddet trækkes tilbage af en navngiven person, med begrundelse.",
    of=_OF_HOUSEHOLD,
    held_by=BOTH,
    section=_LETTING,
    step=True,
)
class OfferWithdrawn(_Decided, frozen=True, kw_only=True, omit_defaults=True):
    """The offer is taken back by a named person, with reasons."""

    offer: _Offer
    withdrawn_on: Annotated[
        date, Field("dagen, det trækkes tilbage", "the day of it", "the day it was taken back")
    ]


@fact(
    "tenancy.commenced",
    da="En kontrakt er indgået; lejemålet begynder.",
    of=_OF_HOUSEHOLD,
    held_by=BOTH,
    section=_CONTRACT,
    step=True,
)
class TenancyCommenced(_Decided, frozen=True, kw_only=True, omit_defaults=True):
    """A contract is made; the tenancy begins."""

    offer: _Offer
    contract_on: Annotated[
        date, Field("dagen for kontrakten", "the day of the contract", "the day of the contract")
    ]
    first_day: Annotated[First, Field(why="from when the dwelling is let")]


@fact(
    "tenancy.taken_over",
    da="Et lejemål, der er begyndt, før det blev ført her.",
    of=_OF_HOUSEHOLD,
    held_by=BOTH,
    section=_CONTRACT,
    step=True,
)
class TenancyTakenOver(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A tenancy that began before it was kept here.

    Nothing was asked here before it was made: it rests on no receipt, and counts in no share. What
    is left empty of how it came about is unknown, and not none.
    """

    dwelling: Annotated[
        Dwelling, Field(why="which dwelling it is of", by=_LETTING, wire="dwelling_id")
    ]
    first_day: Annotated[FirstPast, Field(why="since when the dwelling is let")]
    let_as: Annotated[
        DwellingKind,
        Field("hvad boligen er lejet som", "what it is let as", "what the tenancy is one of"),
    ]
    contract_on: Annotated[
        Past | None,
        Field(
            "dagen for kontrakten; tom: vides ikke",
            "the day of the contract; empty: not known",
            "the day of the contract",
        ),
    ] = None
    last_day: Annotated[
        Last | None,
        Field(
            "lejemålets sidste dag, hvis det er tidsbegrænset",
            "the last day of the tenancy, where it was let for a time only",
            "whether it is let for a time only",
            f"{LEASE} § 87",
        ),
    ] = None


@fact(
    "tenancy.notice_given",
    da="En part opsiger lejemålet.",
    of=_OF_HOUSEHOLD,
    held_by=BOTH,
    section=f"{LEASE} §§ 84-89",
    step=True,
)
class NoticeGiven(_Decided, frozen=True, kw_only=True, omit_defaults=True):
    """A party gives notice (*opsigelse*); the tenancy is to end on a day."""

    tenancy: _Tenancy
    given_by: Annotated[Party, Field("hvem der opsiger", "which party", "which party gave notice")]
    given_on: Annotated[
        date,
        Field(
            "dagen for opsigelsen",
            "the day of the notice",
            "the day of the notice: the period runs from it",
            f"{LEASE} § 86",
        ),
    ]
    last_day: Annotated[
        date,
        Field(
            "lejemålets sidste dag",
            "the last day of the tenancy",
            "the last day of the tenancy",
            f"{LEASE} § 86",
        ),
    ]


@fact(
    "tenancy.ended",
    da="Lejemålet ophører.",
    of=_OF_HOUSEHOLD,
    held_by=BOTH,
    section=f"{LEASE} §§ 84-90",
    step=True,
)
class TenancyEnded(_Decided, frozen=True, kw_only=True, omit_defaults=True):
    """The tenancy ends on a day, which may lie ahead once it is certain."""

    tenancy: _Tenancy
    cause: Annotated[EndCause, Field("hvorfor det ophører", "what ends it", "what ended it")]
    ended_on: Annotated[
        date, Field("dagen, det bringes til ophør", "the day it was ended", "the day it was ended")
    ]
    last_day: Annotated[
        date,
        Field(
            "lejemålets sidste dag", "the last day of the tenancy", "the last day of the tenancy"
        ),
    ]
