"""The allocation ledger: which channel is due for a vacancy, counted from what is recorded.

Each vacant dwelling that is allocated to a channel is one row, in the order of the log. A share
of one in k falls due at the k-th dwelling of its series and is never more than that: after n
dwellings at most n * numerator // denominator have gone to it. So every count is whole, an
auditor can recount it row by row, and no share is overdrawn at any row.

A dwelling that a channel lets go has been at its disposal and counts as its turn (§ 59, stk. 1
speaks of dwellings that are put at disposal); it is then due to the next channel.

Which dwellings a series counts:

- A municipal share (§ 59, stk. 1, 2 and 5; stk. 3 for youth dwellings): every vacant dwelling of
  its kind in the organisation, or in the departments that it names.
- Replacement dwellings (byfornyelsesloven § 64): the same, but for dwellings that went to the
  internal list, since § 65, stk. 1 leaves out those who move within a property.
- Flexible letting (§ 60): vacant family dwellings that no municipal share and no rehousing took.
- The two lists (letting order § 7, "hver anden"): vacant family dwellings that one of them took.
  Before 1 July 2019 the internal list came before the ordinary one for every dwelling.

Temporary letting to persons in education stands in no act (it was agreed in 2018 only). It is
never due, counts in no series, and is possible where the organisation has recorded its choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain import facts
from domain.calendar import covers
from domain.events import Recorded
from domain.facts import Channel, DwellingKind, ReleaseReason, ShareBasis
from domain.law.letting.waiting_list import internal_turns
from domain.reference import View

EVERY_SECOND_FROM = date(2019, 7, 1)
"""Letting order § 7 as amended in 2019: the internal list's priority is for every second one."""

MUNICIPAL = (
    ShareBasis.AREA,
    ShareBasis.QUARTER,
    ShareBasis.AGREED,
    ShareBasis.INCREASE,
    ShareBasis.REPLACEMENT,
)
"""Shares at the municipality's disposal, in the order in which they fall due."""

CRITERIA = (ShareBasis.CRITERIA_SET, ShareBasis.CRITERIA_AGREED)
"""Shares that are let by criteria, in the order in which they fall due."""

MOST: dict[ShareBasis, tuple[int, int]] = {
    ShareBasis.QUARTER: (1, 4),
    ShareBasis.INCREASE: (1, 3),
    ShareBasis.REPLACEMENT: (1, 3),
}
"""The largest share that the act allows on a basis; the others may cover all dwellings."""

FAMILY_ONLY = (ShareBasis.AREA, ShareBasis.INCREASE, *CRITERIA)
"""Bases that the act knows for family dwellings alone."""

CITATIONS: dict[ShareBasis | Channel, str] = {
    ShareBasis.QUARTER: "almenboligloven § 59, stk. 1 (stk. 3)",
    ShareBasis.AGREED: "almenboligloven § 59, stk. 2 (stk. 3)",
    ShareBasis.AREA: "almenboligloven § 59, stk. 4",
    ShareBasis.INCREASE: "almenboligloven § 59, stk. 5",
    ShareBasis.REPLACEMENT: "lov om byfornyelse og udvikling af byer § 64, stk. 1",
    ShareBasis.CRITERIA_AGREED: "almenboligloven § 60, stk. 1",
    ShareBasis.CRITERIA_SET: "almenboligloven § 60, stk. 4",
    Channel.INTERNAL: "udlejningsbekendtgørelsen § 7",
    Channel.EXTERNAL: "almenboligloven § 51, stk. 1; udlejningsbekendtgørelsen § 2",
    Channel.REHOUSING: "almenlejeloven § 86; udlejningsbekendtgørelsen § 1, stk. 5",
    Channel.TEMPORARY: "",
}
"""Where a channel or share stands; empty: in no act."""

_LISTS = (Channel.INTERNAL, Channel.EXTERNAL)
_MUNICIPAL_SERIES = frozenset(Channel) - {Channel.TEMPORARY}
_SERIES: dict[ShareBasis, frozenset[Channel]] = {
    **dict.fromkeys(MUNICIPAL, _MUNICIPAL_SERIES),
    **dict.fromkeys(CRITERIA, frozenset({Channel.FLEXIBLE, *_LISTS})),
    ShareBasis.REPLACEMENT: _MUNICIPAL_SERIES - {Channel.INTERNAL},
}
"""A dwelling counts in a share's series once one of these channels has had it."""


class Turn(NamedTuple):
    """A channel for a vacancy, and the count that makes it due or possible.

    `dwellings` counts the series with the vacancy at hand, `taken` what went to the channel
    before it, `allowed` how many may have gone with it. All 0 where nothing is counted.
    """

    channel: Channel
    basis: ShareBasis | None = None
    dwellings: int = 0
    taken: int = 0
    allowed: int = 0

    @property
    def overdrawn(self) -> bool:
        """Tell whether one more would be more than the share."""
        return self.dwellings > 0 and self.taken >= self.allowed

    @property
    def citation(self) -> str:
        """Where the channel stands; empty: in no act."""
        return CITATIONS[self.basis or self.channel]


@dataclass
class _Place:
    """A vacant dwelling, and the channels that it was allocated to."""

    vacancy: Recorded[facts.VacancyRecorded]
    allocations: list[facts.VacancyAllocated] = field(default_factory=list)

    def went_to(self, channel: Channel) -> bool:
        """Tell whether the channel has had the dwelling."""
        return any(made.channel is channel for made in self.allocations)

    def took(self, basis: ShareBasis) -> bool:
        """Tell whether a share has had the dwelling."""
        return any(made.basis is basis for made in self.allocations)

    def had(self, turn: Turn) -> bool:
        """Tell whether the dwelling was allocated on this turn before."""
        return any(
            made.channel is turn.channel and made.basis is turn.basis for made in self.allocations
        )


class Row(NamedTuple):
    """One allocation as an auditor recounts it: the turn it took, and what was due then."""

    number: int
    allocation: Recorded[facts.VacancyAllocated]
    department: str
    kind: DwellingKind
    turn: Turn
    due: Turn
    released: ReleaseReason | None

    @property
    def in_order(self) -> bool:
        """Tell whether the turn was due, or goes before it, and overdrew nothing."""
        return not self.turn.overdrawn and (
            (self.turn.channel, self.turn.basis) == (self.due.channel, self.due.basis)
            or self.turn.channel in OUT_OF_TURN
        )


OUT_OF_TURN = (Channel.REHOUSING, Channel.TEMPORARY)
"""Channels that may be taken though another is due: rehousing goes before the others, and
temporary letting is the organisation's own choice where it has recorded it."""


class Ledger:
    """The allocations of one organisation as known at one position."""

    def __init__(self, organisation: str, view: View) -> None:
        self.organisation = organisation
        self.position = view.position
        self._shares = view.history(facts.LettingShareDecided, organisation)
        self._vacancies = {
            item.event_id: item for item in view.find(facts.VacancyRecorded, organisation)
        }
        self._allocations = view.find(facts.VacancyAllocated, organisation)
        self._released = {
            item.fact.allocation: item.fact.reason
            for item in view.find(facts.AllocationReleased, organisation)
        }
        self._counts = _Counts(self._shares)
        for item in self._allocations:
            self._counts.fold(item.fact, self._vacancies)

    def vacancy(self, vacancy: UUID) -> Recorded[facts.VacancyRecorded] | None:
        """Return a vacancy of this organisation, None when it has none with this id."""
        return self._vacancies.get(vacancy)

    def due(self, vacancy: UUID, day: date) -> Turn:
        """Return the channel that is due for a vacancy when it is allocated on `day`."""
        place = self._counts.place(self._vacancies[vacancy])
        return self._counts.due(place, day, self.position)

    def possible(self, vacancy: UUID, day: date) -> list[Turn]:
        """Return the turns that may be taken: the one that is due, and those out of turn."""
        place = self._counts.place(self._vacancies[vacancy])
        found = [self._counts.due(place, day, self.position), Turn(Channel.REHOUSING)]
        if place.vacancy.fact.awaits_other_use:
            found.append(Turn(Channel.TEMPORARY))
        return found

    def rows(self) -> list[Row]:
        """Return every allocation, with the counts as they stood when it was made."""
        rows: list[Row] = []
        counts = _Counts(self._shares)
        for item in self._allocations:
            vacancy = self._vacancies[item.fact.vacancy]
            place, day = counts.place(vacancy), item.fact.allocated_on
            turn = counts.turn(place, day, item.fact, item.position)
            due = counts.due(place, day, item.position)
            reason = self._released.get(item.event_id)
            fact = vacancy.fact
            rows.append(Row(len(rows) + 1, item, fact.department, fact.kind, turn, due, reason))
            counts.fold(item.fact, self._vacancies)
        return rows


class _Counts:
    """How many dwellings each series counts, and how many of them each turn took."""

    def __init__(self, shares: Sequence[Recorded[facts.LettingShareDecided]]) -> None:
        self._shares = shares
        self._places: dict[UUID, _Place] = {}
        self._dwellings: Counter[object] = Counter()
        self._taken: Counter[object] = Counter()

    def place(self, vacancy: Recorded[facts.VacancyRecorded]) -> _Place:
        """Return the dwelling of a vacancy."""
        return self._places.setdefault(vacancy.event_id, _Place(vacancy))

    def fold(
        self,
        made: facts.VacancyAllocated,
        vacancies: dict[UUID, Recorded[facts.VacancyRecorded]],
    ) -> None:
        """Count an allocation."""
        place = self.place(vacancies[made.vacancy])
        self._count(place, -1)
        place.allocations.append(made)
        self._count(place, 1)

    def _count(self, place: _Place, one: int) -> None:
        for key, taken in self._keys(place):
            self._dwellings[key] += one
            self._taken[key] += one * taken

    def _keys(self, place: _Place) -> Iterator[tuple[object, bool]]:
        """Yield each series that a dwelling counts in, and whether it was taken there."""
        if not place.allocations:
            return
        first = place.allocations[0].allocated_on
        for item in self._shares:
            share = item.fact
            if (
                _covers(share, place.vacancy.fact)
                and first >= share.first_day
                and any(place.went_to(channel) for channel in _SERIES[share.basis])
            ):
                yield item.event_id, place.took(share.basis)
        if (
            place.vacancy.fact.kind is DwellingKind.FAMILY
            and first >= EVERY_SECOND_FROM
            and any(place.went_to(channel) for channel in _LISTS)
        ):
            yield Channel.INTERNAL, place.went_to(Channel.INTERNAL)
            yield Channel.EXTERNAL, place.went_to(Channel.EXTERNAL)

    def due(self, place: _Place, day: date, position: int) -> Turn:
        """Return the turn that is due for a dwelling, by the shares known at `position`."""
        for basis in (*MUNICIPAL, *CRITERIA):
            turn = self._of_share(place, day, basis, position)
            if turn is not None and not turn.overdrawn and not place.had(turn):
                return turn
        internal = self._of_list(place, day, Channel.INTERNAL)
        if (
            place.vacancy.fact.kind is DwellingKind.FAMILY
            and not internal.overdrawn
            and not place.had(internal)
        ):
            return internal
        return self._of_list(place, day, Channel.EXTERNAL)

    def turn(self, place: _Place, day: date, made: facts.VacancyAllocated, position: int) -> Turn:
        """Return the turn that an allocation took, with its counts."""
        found = None
        if made.basis is not None:
            found = self._of_share(place, day, made.basis, position)
        elif made.channel in _LISTS:
            found = self._of_list(place, day, made.channel)
        return found or Turn(made.channel, made.basis)

    def _of_share(self, place: _Place, day: date, basis: ShareBasis, position: int) -> Turn | None:
        standing = [
            item
            for item in self._shares
            if item.fact.basis is basis
            and item.stood_at(position)
            and _covers(item.fact, place.vacancy.fact)
            and covers(item.fact.first_day, item.fact.last_day, day)
        ]
        if not standing:
            return None
        # Of several the one that began last: a new decision counts anew.
        item = max(standing, key=lambda each: (each.fact.first_day, each.position))
        share = item.fact
        dwellings, taken = self._beside(place, item.event_id)
        channel = Channel.REFERRAL if basis in MUNICIPAL else Channel.FLEXIBLE
        allowed = dwellings * share.numerator // share.denominator
        return Turn(channel, basis, dwellings, taken, allowed)

    def _of_list(self, place: _Place, day: date, channel: Channel) -> Turn:
        if place.vacancy.fact.kind is not DwellingKind.FAMILY or day < EVERY_SECOND_FROM:
            return Turn(channel)
        dwellings, taken = self._beside(place, channel)
        allowed = internal_turns(dwellings) if channel is Channel.INTERNAL else dwellings
        return Turn(channel, None, dwellings, taken, allowed)

    def _beside(self, place: _Place, key: object) -> tuple[int, int]:
        """Return the count with the dwelling at hand, and how many others were taken."""
        held = dict(self._keys(place))
        dwellings = self._dwellings[key] + (key not in held)
        return dwellings, self._taken[key] - held.get(key, False)


def _covers(share: facts.LettingShareDecided, vacancy: facts.VacancyRecorded) -> bool:
    """Tell whether a share is of such dwellings."""
    return share.kind is vacancy.kind and (
        not share.departments or vacancy.department in share.departments
    )


def ledger(organisation: str, view: View) -> Ledger:
    """Return the ledger of an organisation as known at the view's position."""
    key = ("ledger", organisation)
    known: Ledger | None = view.memo.get(key)
    if known is None:
        known = view.memo[key] = Ledger(organisation, view)
    return known
