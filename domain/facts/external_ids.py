"""Facts of the caller's own names for what it has here: external ids (`domain/external_ids.py`).

Of a person or household they are data of the class identity, and are sealed and erased with it; of
a dwelling or a vacancy they are open. One external id names one thing at a time, of whatever kind.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from domain.data_classes import DataClass
from domain.facts.base import Fact
from domain.facts.declared import BOTH, NOBODY, Field, fact, household, person
from domain.facts.kinds import ABL, Dwelling

_ONCE = "names one thing at a time; one that is given already is refused"
_REFERRAL = f"{ABL} § 59, stk. 6 og 7"

_ExternalId = Annotated[
    str,
    Field(
        "id i eget system, som ejd:12345",
        "the id in the caller's own system, as ejd:12345",
        "finding it from the caller's own system",
        known="external_id",
    ),
]
_TAG = "external-id:{external_id}"


@fact(
    "person.external_id_given",
    da="En person har et id i eget system.",
    of=person(DataClass.IDENTITY),
    held_by=BOTH,
    section=_REFERRAL,
    not_compared=_ONCE,
)
class PersonExternalId(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A person has an id in the caller's own system."""

    external_id: _ExternalId


@fact(
    "household.external_id_given",
    da="En husstand har et id i eget system.",
    of=household(DataClass.IDENTITY),
    held_by=BOTH,
    section=_REFERRAL,
    not_compared=_ONCE,
)
class HouseholdExternalId(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A household has an id in the caller's own system."""

    external_id: _ExternalId


@fact(
    "dwelling.external_id_given",
    da="En bolig har et id i eget system.",
    held_by=BOTH,
    decided_by=NOBODY,
    tags=("dwelling:{dwelling}", _TAG),
    found_by=(("{external_id}", _TAG),),
    not_compared=_ONCE,
    no_status=True,
    no_rule=True,
)
class DwellingExternalId(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A dwelling has an id in the caller's own system."""

    dwelling: Annotated[Dwelling, Field(wire="dwelling_id")]
    external_id: _ExternalId


@fact(
    "vacancy.external_id_given",
    da="En ledig bolig har et id i eget system, så længe den er ledig, og siden.",
    held_by=BOTH,
    decided_by=NOBODY,
    tags=("vacancy:{vacancy}", _TAG),
    found_by=(("{external_id}", _TAG),),
    not_compared=_ONCE,
    no_status=True,
    no_rule=True,
)
class VacancyExternalId(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A vacancy has an id in the caller's own system, and with it what it leads to."""

    vacancy: Annotated[UUID, Field("den ledige bolig", "the vacancy", wire="vacancy_id")]
    external_id: _ExternalId
