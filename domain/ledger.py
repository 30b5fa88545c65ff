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
- Letting by criteria (§ 60): as the criteria say, every vacant family dwelling, or those that no
  municipal share and no rehousing took, in the departments that they cover together, or in those
  of them that the share names. A share for each department is a share of its own.
- Advertising (§ 60 a): vacant family dwellings of one department that no municipal share and no
  rehousing took; where criteria are agreed for it, they say the share.
- Criteria may say more of their share. Where the internal list goes first, they have what that
  leaves. Where they say another share for some of the dwellings, those are a series of their own,
  and so is each department, or each size of dwelling, where they are counted by it. What they may
  have in a year at most is counted of all of them.
- The ways that a share by criteria is split among: the dwellings that went to the share. Each way
  is a share of those; a dwelling at which none of them is due is for whoever meets the criteria in
  any way, in the order of their ranks. Turns are split so too, and always rounded up: the first
  that is due has the dwelling.
- The two lists (letting order § 7, "hver anden"): vacant family dwellings that one of them took.
  Before 1 July 2019 the internal list came before the ordinary one for every dwelling.

Criteria say their share once. A share names them, and stands where they do: from the day they are
announced, as their newest version says it. The ways are told apart by their number in the list.

Temporary letting to persons in education stands in no act (it was agreed in 2018 only). It is
never due, counts in no series, and is possible where the organisation has recorded its choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import NamedTuple
from uuid import UUID

from domain import facts
from domain.calendar import covers
from domain.events import Recorded
from domain.facts import (
    Channel,
    CountedBy,
    CriteriaBasis,
    DwellingKind,
    OtherShare,
    ReleaseReason,
    Rounding,
    ShareBasis,
    ShareOf,
)
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

CRITERIA: dict[ShareBasis, tuple[CriteriaBasis, ...]] = {
    ShareBasis.CRITERIA_SET: (CriteriaBasis.MUNICIPALITY,),
    ShareBasis.CRITERIA_AGREED: (
        CriteriaBasis.AGREED,
        CriteriaBasis.MINISTRY,
        CriteriaBasis.EXTENDED,
    ),
    ShareBasis.ADVERTISED: (CriteriaBasis.ADVERTISING,),
}
"""Shares that are let by criteria, or may be, in the order in which they fall due; and the
criteria of which each may be."""

MOST: dict[ShareBasis, tuple[int, int]] = {
    ShareBasis.QUARTER: (1, 4),
    ShareBasis.INCREASE: (1, 3),
    ShareBasis.REPLACEMENT: (1, 3),
    ShareBasis.ADVERTISED: (1, 2),
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
    ShareBasis.ADVERTISED: "almenboligloven § 60 a, stk. 1; udlejningsbekendtgørelsen § 38",
    Channel.INTERNAL: "udlejningsbekendtgørelsen § 7",
    Channel.EXTERNAL: "almenboligloven § 51, stk. 1; udlejningsbekendtgørelsen § 2",
    Channel.REHOUSING: "almenlejeloven § 86; udlejningsbekendtgørelsen § 1, stk. 5",
    Channel.TEMPORARY: "",
}
"""Where a channel or share stands; empty: in no act."""

_LISTS = (Channel.INTERNAL, Channel.EXTERNAL)
_ALL = frozenset(Channel) - {Channel.TEMPORARY}
_SERIES = {
    ShareOf.ALL_VACANT: _ALL,
    ShareOf.MUNICIPALITY: _ALL,
    ShareOf.AFTER_REFERRAL: _ALL - {Channel.REFERRAL, Channel.REHOUSING},
    ShareOf.AFTER_INTERNAL: _ALL - {Channel.REFERRAL, Channel.REHOUSING, Channel.INTERNAL},
}
"""A dwelling counts in a share's series once one of these channels has had it."""


def channel_of(basis: ShareBasis) -> Channel:
    """Return the channel that a share goes through."""
    if basis is ShareBasis.ADVERTISED:
        return Channel.ADVERTISED
    return Channel.FLEXIBLE if basis in CRITERIA else Channel.REFERRAL


_Cell = tuple[str, int | None]
"""A department, and how many rooms a dwelling has (None: not recorded)."""


class RoomsUnknownError(ValueError):
    """A share goes by the number of rooms, which is not recorded of the dwelling."""


def rounded(dwellings: int, numerator: int, denominator: int, rounding: Rounding) -> int:
    """Return how many of so many dwellings a share comes to."""
    match rounding:
        case Rounding.UP:
            return -(-dwellings * numerator // denominator)
        case Rounding.NEAREST:
            return (2 * dwellings * numerator + denominator) // (2 * denominator)
        case _:
            return dwellings * numerator // denominator


class Terms(NamedTuple):
    """A share as it stands between two positions: what is counted, and how much of it.

    `series` is the share's own id: what was counted under it counts on when its criteria change.
    `departments` empty: the whole organisation. `others`: another share for some of the dwellings,
    which are counted by themselves; the first that fits holds. `ways`: the number of each way of
    the criteria, or of each turn, that has a part of the share, with so many of every so many, in
    the order in which they fall due.
    """

    series: UUID
    basis: ShareBasis
    kind: DwellingKind
    departments: tuple[str, ...]
    of: ShareOf
    numerator: int
    denominator: int
    others: tuple[OtherShare, ...]
    counted_by: tuple[CountedBy, ...]
    rounding: Rounding
    ways: tuple[tuple[int, int, int], ...]
    in_turns: bool
    most_a_year: int | None
    criteria: str
    counted_from: date
    first_day: date
    last_day: date | None
    known_from: int
    """The position from which it is known."""
    known_until: int | None
    """The position from which it is no more; None: it stands."""
    order: tuple[date, int, date, int]
    """Of several of a basis for a dwelling the greatest holds: a new decision counts anew. Of one
    series the greatest that has begun is meant, also when it has ended."""

    def of_dwelling(self, vacancy: facts.VacancyRecorded) -> bool:
        """Tell whether it is a share of such dwellings."""
        return self.kind is vacancy.kind and (
            not self.departments or vacancy.department in self.departments
        )

    @property
    def by_rooms(self) -> bool:
        """Tell whether it goes by the number of rooms which share a dwelling counts in."""
        return CountedBy.ROOMS in self.counted_by or any(
            each.from_rooms or each.to_rooms for each in self.others
        )

    def part(self, cell: _Cell) -> OtherShare | None:
        """Return the other share that such dwellings count in; None: the share of the rest."""
        return next((each for each in self.others if each.fits(*cell)), None)

    def beside(self, one: _Cell, other: _Cell) -> bool:
        """Tell whether dwellings of two kinds are counted together."""
        return (
            self.part(one) == self.part(other)
            and (CountedBy.DEPARTMENT not in self.counted_by or one[0] == other[0])
            and (CountedBy.ROOMS not in self.counted_by or one[1] == other[1])
        )

    def begun(self, day: date, position: int) -> bool:
        """Tell whether it was known at a position, and had begun on a day."""
        return (
            self.known_from <= position
            and (self.known_until is None or position < self.known_until)
            and self.first_day <= day
        )


class Turn(NamedTuple):
    """A channel for a vacancy, and the count that makes it due or possible.

    `dwellings` counts the series with the vacancy at hand, `taken` what went to the channel
    before it, `allowed` how many may have gone with it. All 0 where nothing is counted. `way` is
    the number of the way of the criteria whose part it is, None for no one way; `way_dwellings`
    and so on count within the share. `criteria`: the id of those that say the share.
    """

    channel: Channel
    basis: ShareBasis | None = None
    dwellings: int = 0
    taken: int = 0
    allowed: int = 0
    way: int | None = None
    way_dwellings: int = 0
    way_taken: int = 0
    way_allowed: int = 0
    criteria: str = ""

    @property
    def overdrawn(self) -> bool:
        """Tell whether one more would be more than the share, or than the way's part of it."""
        return (self.dwellings > 0 and self.taken >= self.allowed) or (
            self.way is not None and self.way_taken >= self.way_allowed
        )

    def goes(self, channel: Channel, basis: ShareBasis | None, way: int | None) -> bool:
        """Tell whether it is this turn."""
        return self.channel is channel and self.basis is basis and self.way == way

    @property
    def citation(self) -> str:
        """Where the channel stands; empty: in no act."""
        return CITATIONS[self.basis or self.channel]


@dataclass
class Place:
    """A vacant dwelling, and the channels that it was allocated to."""

    vacancy: Recorded[facts.VacancyRecorded]
    allocations: list[facts.VacancyAllocated] = field(default_factory=list)

    @property
    def cell(self) -> _Cell:
        """What tells it apart from other dwellings of its kind."""
        return self.vacancy.fact.department, self.vacancy.fact.rooms

    def took(self, basis: ShareBasis, way: int) -> bool:
        """Tell whether a way's part of a share has had the dwelling."""
        return any(made.basis is basis and made.way == way for made in self.allocations)

    def had(self, turn: Turn) -> bool:
        """Tell whether the dwelling was allocated on this turn before."""
        return any(turn.goes(made.channel, made.basis, made.way) for made in self.allocations)


class Row(NamedTuple):
    """One allocation as an auditor recounts it: the turn it took, and what was due then."""

    number: int
    allocation: Recorded[facts.VacancyAllocated]
    department: str
    kind: DwellingKind
    rooms: int | None
    turn: Turn
    due: Turn
    released: ReleaseReason | None

    @property
    def in_order(self) -> bool:
        """Tell whether the turn was due, or goes before it, and overdrew nothing."""
        return not self.turn.overdrawn and (
            self.due.goes(self.turn.channel, self.turn.basis, self.turn.way)
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
        shares = view.history(facts.LettingShareDecided, organisation)
        self.terms = terms_of(view, shares)
        self.criteria = sorted({item.fact.criteria for item in shares} - {""})
        """The ids of the criteria that say its shares."""
        self._vacancies = {
            item.event_id: item for item in view.find(facts.VacancyRecorded, organisation)
        }
        self._allocations = view.find(facts.VacancyAllocated, organisation)
        self._released = {
            item.fact.allocation: item.fact.reason
            for item in view.find(facts.AllocationReleased, organisation)
        }
        self._counts = Counts(self.terms)
        for item in self._allocations:
            self._counts.fold(item.fact, self._vacancies)

    def add(self, item: Recorded[facts.VacancyRecorded] | Recorded[facts.VacancyAllocated]) -> None:
        """Take in a vacancy or an allocation that was recorded since; shares stay as they were.

        It counts in what is due; `rows` shows what had been recorded at first.
        """
        self.position = item.position
        fact = item.fact
        if isinstance(fact, facts.VacancyRecorded):
            self._vacancies[item.event_id] = Recorded(
                item.position, item.event_id, item.leaf_hash, fact, item.ended
            )
        else:
            self._counts.fold(fact, self._vacancies)

    def vacancy(self, vacancy: UUID) -> Recorded[facts.VacancyRecorded] | None:
        """Return a vacancy of this organisation, None when it has none with this id."""
        return self._vacancies.get(vacancy)

    def due(self, vacancy: UUID, day: date) -> Turn:
        """Return the channel that is due for a vacancy when it is allocated on `day`.

        Raises RoomsUnknownError where a share goes by rooms and those are not recorded.
        """
        place = self._counts.place(self._vacancies[vacancy])
        self._counts.require_rooms(place, day, self.position)
        return self._counts.due(place, day, self.position)

    def possible(self, vacancy: UUID, day: date) -> list[Turn]:
        """Return the turns that may be taken: the one that is due, and those out of turn.

        Raises RoomsUnknownError as `due` does.
        """
        place = self._counts.place(self._vacancies[vacancy])
        found = [self.due(vacancy, day), Turn(Channel.REHOUSING)]
        if place.vacancy.fact.awaits_other_use:
            found.append(Turn(Channel.TEMPORARY))
        return found

    def criteria_of(self, made: facts.VacancyAllocated) -> str:
        """Return the id of the criteria whose share an allocation counts in; empty: of none."""
        if made.basis is None:
            return ""
        place = self._counts.place(self._vacancies[made.vacancy])
        terms = self._counts.standing(place, made.allocated_on, made.basis, self.position)
        return "" if terms is None else terms.criteria

    def rows(self) -> list[Row]:
        """Return every allocation, with the counts as they stood when it was made."""
        counts = Counts(self.terms)
        return [
            counts.recount(number, item, self._vacancies, self._released)
            for number, item in enumerate(self._allocations, 1)
        ]


class Counts:
    """How many dwellings each series counts, and how many of them each turn took."""

    def __init__(self, terms: Sequence[Terms]) -> None:
        self._terms = terms
        self._series = {
            (each.series, each.basis, each.kind, each.counted_from): None for each in terms
        }
        self._ways = {number for each in terms for number, _, _ in each.ways}
        self._cells: dict[_Cell, None] = {}
        """Every kind of dwelling that was counted."""
        self._places: dict[UUID, Place] = {}
        self._dwellings: Counter[object] = Counter()
        self._taken: Counter[object] = Counter()

    def place(self, vacancy: Recorded[facts.VacancyRecorded]) -> Place:
        """Return the dwelling of a vacancy."""
        return self._places.setdefault(vacancy.event_id, Place(vacancy))

    def fold(
        self,
        made: facts.VacancyAllocated,
        vacancies: dict[UUID, Recorded[facts.VacancyRecorded]],
    ) -> None:
        """Count an allocation."""
        place = self.place(vacancies[made.vacancy])
        self._cells.setdefault(place.cell)
        self._count(place, -1)
        place.allocations.append(made)
        self._count(place, 1)

    def recount(
        self,
        number: int,
        item: Recorded[facts.VacancyAllocated],
        vacancies: dict[UUID, Recorded[facts.VacancyRecorded]],
        released: Mapping[UUID, ReleaseReason],
    ) -> Row:
        """Count an allocation, and return it with the counts as they stood when it was made."""
        vacancy = vacancies[item.fact.vacancy]
        place, day = self.place(vacancy), item.fact.allocated_on
        turn = self.turn(place, day, item.fact, item.position)
        due = self.due(place, day, item.position)
        self.fold(item.fact, vacancies)
        fact, reason = vacancy.fact, released.get(item.event_id)
        return Row(number, item, fact.department, fact.kind, fact.rooms, turn, due, reason)

    def _count(self, place: Place, one: int) -> None:
        for key, taken in self._keys(place):
            self._dwellings[key] += one
            self._taken[key] += one * taken

    def _keys(self, place: Place) -> Iterator[tuple[object, bool]]:
        """Yield each series that a dwelling counts in, and whether it was taken there.

        What a share is counted of, and where, may change with its criteria: each is counted.
        """
        if not place.allocations:
            return
        first, vacancy = place.allocations[0].allocated_on, place.vacancy.fact
        channels = {made.channel for made in place.allocations}
        bases = {made.basis for made in place.allocations}
        for series, basis, kind, counted_from in self._series:
            if kind is not vacancy.kind or first < counted_from:
                continue
            taken = basis in bases
            for of in ShareOf:
                if not channels.isdisjoint(_channels(basis, of)):
                    for cell in (None, place.cell):
                        yield (series, of, cell), taken
            if not taken:
                continue
            for year in {m.allocated_on.year for m in place.allocations if m.basis is basis}:
                yield (series, "in", year), True
            for way in self._ways:
                for cell in (None, place.cell):
                    yield (series, way, cell), place.took(basis, way)
        if (
            vacancy.kind is DwellingKind.FAMILY
            and first >= EVERY_SECOND_FROM
            and not channels.isdisjoint(_LISTS)
        ):
            yield Channel.INTERNAL, Channel.INTERNAL in channels
            yield Channel.EXTERNAL, Channel.EXTERNAL in channels

    def due(self, place: Place, day: date, position: int) -> Turn:
        """Return the turn that is due for a dwelling, by the shares known at `position`."""
        internal = self._of_list(place, day, Channel.INTERNAL)
        internal_due = (
            place.vacancy.fact.kind is DwellingKind.FAMILY
            and not internal.overdrawn
            and not place.had(internal)
        )
        for basis in (*MUNICIPAL, *CRITERIA):
            terms = self.standing(place, day, basis, position)
            if internal_due and terms is not None and terms.of is ShareOf.AFTER_INTERNAL:
                return internal
            for turn in self._of_share(place, day, basis, position):
                if not turn.overdrawn and not place.had(turn):
                    return turn
        return internal if internal_due else self._of_list(place, day, Channel.EXTERNAL)

    def turn(self, place: Place, day: date, made: facts.VacancyAllocated, position: int) -> Turn:
        """Return the turn that an allocation took, with its counts."""
        if made.basis is not None:
            found = self._of_share(place, day, made.basis, position)
        else:
            found = [self._of_list(place, day, made.channel)] if made.channel in _LISTS else []
        turns = (turn for turn in found if turn.goes(made.channel, made.basis, made.way))
        return next(turns, Turn(made.channel, made.basis, way=made.way))

    def require_rooms(self, place: Place, day: date, position: int) -> None:
        """Raise RoomsUnknownError where a share that stands can't tell which dwelling it is."""
        for basis in CRITERIA:
            terms = self.standing(place, day, basis, position)
            if terms is not None and terms.by_rooms and place.vacancy.fact.rooms is None:
                raise RoomsUnknownError(terms.criteria)

    def standing(self, place: Place, day: date, basis: ShareBasis, position: int) -> Terms | None:
        """Return the share of a basis that stands for a dwelling."""
        begun: dict[UUID, Terms] = {}
        for each in sorted(self._terms, key=lambda each: each.order):
            if (
                each.basis is basis
                and each.begun(day, position)
                and each.of_dwelling(place.vacancy.fact)
            ):
                # What newer criteria took the place of does not come back when they end.
                begun[each.series] = each
        standing = [each for each in begun.values() if covers(None, each.last_day, day)]
        return max(standing, key=lambda each: each.order, default=None)

    def _of_share(self, place: Place, day: date, basis: ShareBasis, position: int) -> list[Turn]:
        """Return the turns of a share: of each way that it is split among, and of no one way."""
        terms = self.standing(place, day, basis, position)
        if terms is None:
            return []
        where = self._where(terms, place.cell)
        dwellings, taken = self._beside(place, [(terms.series, terms.of, each) for each in where])
        part = terms.part(place.cell)
        numerator, denominator = terms.numerator, terms.denominator
        if part is not None:
            numerator, denominator = part.share, part.share_of_every
        allowed = rounded(dwellings, numerator, denominator, terms.rounding)
        if terms.most_a_year is not None:
            _, of_year = self._beside(place, [(terms.series, "in", day.year)])
            allowed = min(allowed, taken + max(0, terms.most_a_year - of_year))
        share = Turn(channel_of(basis), basis, dwellings, taken, allowed, criteria=terms.criteria)
        of_part = Rounding.UP if terms.in_turns else terms.rounding
        turns = []
        for way, part_of, of_every in terms.ways:
            _, of_way = self._beside(place, [(terms.series, way, each) for each in where])
            turns.append(
                share._replace(
                    way=way,
                    way_dwellings=taken + 1,
                    way_taken=of_way,
                    way_allowed=rounded(taken + 1, part_of, of_every, of_part),
                )
            )
        return [*turns, share]

    def _where(self, terms: Terms, cell: _Cell) -> Sequence[_Cell | None]:
        """Return the kinds of dwelling that are counted with one; None: every kind, as one."""
        if not terms.departments and not terms.others and not terms.counted_by:
            return (None,)
        return [
            each
            for each in dict.fromkeys((*self._cells, cell))
            if (not terms.departments or each[0] in terms.departments) and terms.beside(cell, each)
        ]

    def _of_list(self, place: Place, day: date, channel: Channel) -> Turn:
        if place.vacancy.fact.kind is not DwellingKind.FAMILY or day < EVERY_SECOND_FROM:
            return Turn(channel)
        dwellings, taken = self._beside(place, [channel])
        allowed = internal_turns(dwellings) if channel is Channel.INTERNAL else dwellings
        return Turn(channel, None, dwellings, taken, allowed)

    def _beside(self, place: Place, keys: Sequence[object]) -> tuple[int, int]:
        """Return the count with the dwelling at hand, and how many others were taken.

        The series are parts of one: the dwelling counts in one of them, or will.
        """
        held = dict(self._keys(place))
        counted = any(key in held for key in keys)
        dwellings = sum(self._dwellings[key] for key in keys) + (not counted)
        taken = sum(self._taken[key] - held.get(key, False) for key in keys)
        return dwellings, taken


@cache
def _channels(basis: ShareBasis, of: ShareOf) -> frozenset[Channel]:
    """Return the channels of which one must have had a dwelling for it to count."""
    less = {Channel.INTERNAL} if basis is ShareBasis.REPLACEMENT else set()
    return _SERIES[of] - less


def terms_of(view: View, shares: Sequence[Recorded[facts.LettingShareDecided]]) -> list[Terms]:
    """Return every share as it stood, and stands."""
    found: list[Terms] = []
    for item in shares:
        share = item.fact
        if share.criteria:
            found += _by_criteria(item, view.history(facts.CriteriaSet, share.criteria))
        elif share.numerator is not None and share.denominator is not None:
            # Of what advertising is counted, nothing but the act says: § 60 a leaves out § 59.
            by_ad = share.basis is ShareBasis.ADVERTISED
            found.append(
                Terms(
                    item.event_id,
                    share.basis,
                    share.kind,
                    share.departments,
                    ShareOf.AFTER_REFERRAL if by_ad else ShareOf.ALL_VACANT,
                    share.numerator,
                    share.denominator,
                    (),
                    (),
                    Rounding.DOWN,
                    (),
                    False,
                    None,
                    "",
                    share.first_day,
                    share.first_day,
                    share.last_day,
                    item.position,
                    item.ended,
                    (share.first_day, item.position, share.first_day, 0),
                )
            )
    return found


def _by_criteria(
    item: Recorded[facts.LettingShareDecided], versions: Sequence[Recorded[facts.CriteriaSet]]
) -> Iterator[Terms]:
    """Yield a share as each version of its criteria says it; what is not announced says nothing."""
    share = item.fact
    for version in versions:
        criteria = version.fact
        covered = criteria.departments
        if share.departments:
            covered = tuple(each for each in share.departments if not covered or each in covered)
        if (
            criteria.announced_on is None
            or criteria.basis not in CRITERIA.get(share.basis, ())
            or criteria.organisation not in ("", share.organisation)
            or not covered
        ):
            continue
        ended = [each.ended for each in (item, version) if each.ended is not None]
        lasts = [each for each in (share.last_day, criteria.last_day) if each is not None]
        yield Terms(
            item.event_id,
            share.basis,
            share.kind,
            covered,
            criteria.share_of,
            criteria.share,
            criteria.share_of_every,
            criteria.other_shares,
            criteria.counted_by,
            criteria.rounding,
            criteria.splits,
            bool(criteria.turns),
            criteria.most_a_year,
            criteria.criteria,
            share.first_day,
            max(share.first_day, criteria.set_on, criteria.first_day, criteria.announced_on),
            min(lasts, default=None),
            max(item.position, version.position),
            min(ended, default=None),
            (share.first_day, item.position, criteria.set_on, version.position),
        )


def ledger(organisation: str, view: View) -> Ledger:
    """Return the ledger of an organisation as known at the view's position."""
    key = ("ledger", organisation)
    known: Ledger | None = view.memo.get(key)
    if known is None:
        known = view.memo[key] = Ledger(organisation, view)
    return known
