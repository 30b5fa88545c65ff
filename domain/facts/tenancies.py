"""Facts of a dwelling's life: from vacancy to contract, and from there to the tenancy's end.

What is said of the dwelling alone is open: vacancies, their allocation to a channel, and what is
at somebody's disposal. Every step with a household is sealed under its class tenancy and has the
dwelling's tag, which is the tenancy's own. `domain/tenancy.py` says which step may follow which;
a step is never corrected or taken back, the next one follows.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.facts.base import Fact
from domain.facts.words import (
    Channel,
    DwellingKind,
    EndCause,
    Party,
    ReleaseReason,
    ShareBasis,
    WithdrawalReason,
)


class LettingShareDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A share of an organisation's vacant dwellings of a kind goes through one channel.

    `numerator` of every `denominator`, counted from `first_day` on; in `departments` only, when
    any is named. `reference` is the decision's or agreement's number in its own files.
    """

    organisation: str
    basis: ShareBasis
    kind: DwellingKind
    numerator: int
    denominator: int
    departments: tuple[str, ...] = ()
    first_day: date
    last_day: date | None = None
    decided_by: str
    reference: str = ""


class VacancyRecorded(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A dwelling is or becomes vacant from a day.

    `awaits_other_use`: the organisation has chosen to let it for a time to persons in education
    until it is put to another use; no act says so.
    """

    dwelling: str
    organisation: str
    department: str
    kind: DwellingKind
    vacant_from: date
    awaits_other_use: bool = False


class VacancyAllocated(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A vacancy is to be let through one channel; `basis` names the share that it counts in."""

    vacancy: UUID
    dwelling: str
    organisation: str
    allocated_on: date
    channel: Channel
    basis: ShareBasis | None = None


class AllocationReleased(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A vacancy is not let through the channel it was allocated to."""

    allocation: UUID
    dwelling: str
    organisation: str
    released_on: date
    reason: ReleaseReason


class VacancyWithdrawn(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A vacancy is closed without a contract."""

    vacancy: UUID
    dwelling: str
    organisation: str
    withdrawn_on: date
    reason: WithdrawalReason


class DwellingFreed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The offer or tenancy that stood is over, and its household's part has been erased.

    Only of an erased household: what is left of it can be closed in no other way.
    """

    dwelling: str
    freed_on: date


class _Decided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A step that somebody answers for: what it rests on, and who decided where a person does.

    `receipts` are event ids of answers, `receipt_hashes` the hash of each. `party_heard` None:
    no decision of a person was needed.
    """

    dwelling: str
    receipts: tuple[UUID, ...] = ()
    receipt_hashes: tuple[str, ...] = ()
    decided_by: str = ""
    reasons: str = ""
    party_heard: bool | None = None


class OfferMade(_Decided, frozen=True, kw_only=True, omit_defaults=True):
    """A vacant dwelling is offered to a household, to be accepted through `deadline`."""

    allocation: UUID
    offered_on: date
    deadline: date


class OfferAccepted(_Decided, frozen=True, kw_only=True, omit_defaults=True):
    """The household accepts the offer."""

    offer: UUID
    accepted_on: date


class OfferRefused(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The household does not want the dwelling."""

    dwelling: str
    offer: UUID
    refused_on: date


class OfferLapsed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The deadline passed without an acceptance."""

    dwelling: str
    offer: UUID
    lapsed_on: date


class OfferWithdrawn(_Decided, frozen=True, kw_only=True, omit_defaults=True):
    """The offer is taken back by a named person, with reasons."""

    offer: UUID
    withdrawn_on: date


class TenancyCommenced(_Decided, frozen=True, kw_only=True, omit_defaults=True):
    """A contract is made; the tenancy begins on `first_day`."""

    offer: UUID
    contract_on: date
    first_day: date


class NoticeGiven(_Decided, frozen=True, kw_only=True, omit_defaults=True):
    """A party gives notice (*opsigelse*); the tenancy is to end with `last_day`."""

    tenancy: UUID
    given_by: Party
    given_on: date
    last_day: date


class TenancyEnded(_Decided, frozen=True, kw_only=True, omit_defaults=True):
    """The tenancy ends with `last_day`, which may lie ahead once it is certain."""

    tenancy: UUID
    cause: EndCause
    ended_on: date
    last_day: date
