"""Reference state: areas, lists, dwellings, readings and the controller's own decisions.

Folded once per process from the open events, advanced by the difference, and usable at any
past position: a `View` shows what stood when the log's head was at that position.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from domain import facts
from domain.events import BY_FACT, Recorded
from domain.facts.declared import slots

F = TypeVar("F", bound=facts.Fact)

_CODE, _ID = 10, 40
"""Up to how many characters a text is kept once, of a field that facts are found by, and of any
other: codes and numbers recur, but what is recorded under an id of its own has that once as a rule.
"""


_PAST_KEPT = 8
"""Of how many past states computed answers are kept: who walks through receipts goes from one to
the next."""


class _Held(msgspec.Struct, gc=False):
    """A fact as it is kept: there are as many as the log has open events, so little is kept.

    `place` is the position (8 bytes), the event id (16) and the leaf hash; `Recorded` is made of
    it for who asks.
    """

    place: bytes
    fact: facts.Fact

    @property
    def position(self) -> int:
        return int.from_bytes(self.place[:8], "big")

    @property
    def event_id(self) -> UUID:
        return UUID(bytes=self.place[8:24])


class Reference:
    """The open facts of the log, by kind and by what they are about."""

    def __init__(self) -> None:
        self.position = 0
        self._by_kind: dict[type[facts.Fact], dict[str, _Held | list[_Held]]] = {}
        """By kind and by key: one fact, or several in the order of the log."""
        self._ended: dict[UUID, int] = {}
        """By event id: where what was corrected or retracted was so last."""
        self._same: dict[Any, Any] = {}
        """Each day and short text once, however many facts say it."""
        self._memo: dict[Any, Any] = {}
        self._applied: list[int] = []
        """The positions of all open events, in order."""
        self._past: OrderedDict[int, dict[Any, Any]] = OrderedDict()
        """Answers computed as of past positions: by how many open events stood before them."""

    def apply(self, item: Recorded[Any]) -> None:
        """Fold one event in; events come in the order of the log."""
        fact = item.fact
        gone = fact.retracts if isinstance(fact, facts.Retracted) else fact.corrects
        if gone is not None:
            self._ended[gone] = item.position
        if not isinstance(fact, facts.Retracted):
            self._share(fact)
            place = item.position.to_bytes(8, "big") + item.event_id.bytes + item.leaf_hash
            held = _Held(place, fact)
            by_key = self._by_kind.setdefault(type(fact), {})
            for key in keys_of(fact):
                before = by_key.setdefault(key, held)
                if isinstance(before, list):
                    before.append(held)
                elif before is not held:
                    by_key[key] = [before, held]
        self.position = item.position
        self._applied.append(item.position)
        self._memo = {}

    def _share(self, fact: facts.Fact) -> None:
        """Have a fact say the same days and texts by the same objects as those before it."""
        for name, longest in _shared(type(fact)):
            value = getattr(fact, name)
            if value and (longest is None or len(value) <= longest):
                known = self._same.setdefault(value, value)
                if known is not value:
                    msgspec.structs.force_setattr(fact, name, known)

    def advance_to(self, position: int) -> None:
        """Note that the log up to `position` has been folded in."""
        self.position = max(self.position, position)

    def at(self, position: int | None = None) -> View:
        """Return what stood at `position` (None: at the head as folded so far)."""
        if position is None or position >= self.position:
            return View(self, self.position, self._memo)
        if not self._applied or position >= self._applied[-1]:
            return View(self, position, self._memo)
        stood = bisect_right(self._applied, position)
        memo = self._past.setdefault(stood, {})
        while len(self._past) > _PAST_KEPT:
            self._past.popitem(last=False)
        return View(self, position, memo)

    def ended(self, event_id: UUID) -> int | None:
        """Return where a fact was corrected or retracted last; None: nowhere so far."""
        return self._ended.get(event_id)

    def find(self, kind: type[F], key: str, position: int) -> list[Recorded[F]]:
        """Return the facts of a kind about `key` that stood at `position`, oldest first."""
        return [item for item in self._of(kind, key) if item.stood_at(position)]

    def recorded(self, kind: type[F], key: str, position: int) -> list[Recorded[F]]:
        """Return the facts of a kind about `key` recorded up to `position`, standing or not."""
        return [item for item in self._of(kind, key) if item.position <= position]

    def _of(self, kind: type[F], key: str) -> Iterator[Recorded[F]]:
        found = self._by_kind.get(kind, {}).get(key, [])
        for held in [found] if isinstance(found, _Held) else found:
            fact: Any = held.fact
            id = held.event_id
            yield Recorded(held.position, id, held.place[24:], fact, self._ended.get(id))

    def keys(self, kind: type[facts.Fact]) -> list[str]:
        """Return every key under which facts of a kind have been recorded."""
        return sorted(self._by_kind.get(kind, ()))


class View:
    """The reference state as known at one position; it never changes."""

    def __init__(
        self,
        reference: Reference,
        position: int,
        memo: dict[Any, Any],
        asked: set[tuple[type[facts.Fact], str | None]] | None = None,
    ) -> None:
        self._reference = reference
        self.position = position
        self.memo = memo
        """Answers computed from the open facts; shared until another open fact is folded in."""
        self.asked = asked
        """What a traced view was asked for: a kind of fact, and about what (None: every key)."""

    def traced(self) -> View:
        """Return the same view, one that notes in `asked` what it is asked for.

        It shares no answers computed before, for what those have read would not be noted.
        """
        return View(self._reference, self.position, {}, set())

    def find(self, kind: type[F], key: str) -> list[Recorded[F]]:
        """Return the facts of a kind about `key`, oldest first."""
        if self.asked is not None:
            self.asked.add((kind, key))
        memo_key = (kind, key)
        found: list[Recorded[F]] | None = self.memo.get(memo_key)
        if found is None:
            found = self.memo[memo_key] = self._reference.find(kind, key, self.position)
        return found

    def history(self, kind: type[F], key: str) -> list[Recorded[F]]:
        """Return the facts of a kind about `key` that were recorded, standing or not."""
        if self.asked is not None:
            self.asked.add((kind, key))
        return self._reference.recorded(kind, key, self.position)

    def ended(self, event_id: UUID) -> int | None:
        """Return the position of what has corrected or retracted an open fact; None: it stands."""
        position = self._reference.ended(event_id)
        return None if position is None or position > self.position else position

    def keys(self, kind: type[facts.Fact]) -> list[str]:
        """Return every key that has a fact of this kind standing, sorted."""
        if self.asked is not None:
            self.asked.add((kind, None))
        return [key for key in self._reference.keys(kind) if self.find(kind, key)]

    def recorded_keys(self, kind: type[facts.Fact]) -> list[str]:
        """Return every key that a fact of this kind was recorded of, standing or not, sorted."""
        if self.asked is not None:
            self.asked.add((kind, None))
        return self._reference.keys(kind)

    def instance(self) -> facts.InstanceCreated:
        """Return whose log this is; raises LookupError for a log without its first event."""
        found = self.find(facts.InstanceCreated, "")
        if not found:
            raise LookupError("the log has no instance.created event")
        return found[0].fact

    def area(self, area: str) -> Recorded[facts.AreaRegistered] | None:
        """Return the area as last registered, None when it is not known."""
        found = self.find(facts.AreaRegistered, area)
        return found[-1] if found else None

    def area_name(self, area: str, day: date) -> str:
        """Return what a registered area was called on `day`; raises LookupError for another."""
        registered = self.area(area)
        if registered is None:
            raise LookupError("no area with this id is registered")
        renamed = [i for i in self.find(facts.AreaRenamed, area) if i.fact.first_day <= day]
        if not renamed:
            return registered.fact.name
        return max(renamed, key=lambda item: (item.fact.first_day, item.position)).fact.name

    def dwelling(self, dwelling: str, day: date) -> Recorded[facts.DwellingRecorded] | None:
        """Return the dwelling as it was on `day`; of overlapping records the later counts."""
        return _last_covering(self.find(facts.DwellingRecorded, dwelling), day)

    def listed(self, area: str, list_day: date) -> Recorded[facts.AreaListed] | None:
        """Return what the lists of `list_day` say of the area."""
        found = self.find(facts.AreaListed, area)
        memo_key = ("rows by day", area)
        rows: dict[date, Recorded[facts.AreaListed]] | None = self.memo.get(memo_key)
        if rows is None:
            rows = self.memo[memo_key] = {item.fact.list_day: item for item in found}
        return rows.get(list_day)

    def published(
        self, kind: facts.ListKind, list_day: date
    ) -> Recorded[facts.AreaListPublished] | None:
        """Return the list of a kind that was published on `list_day`."""
        found = self.find(facts.AreaListPublished, f"{kind}:{list_day.isoformat()}")
        return found[-1] if found else None

    def readings(self, day: date) -> dict[str, Recorded[facts.ReadingChosen]]:
        """Return the reading that this instance has chosen for each open point on `day`."""
        chosen: dict[str, Recorded[facts.ReadingChosen]] = {}
        for point in self.keys(facts.ReadingChosen):
            for item in self.find(facts.ReadingChosen, point):
                before = chosen.get(point)
                if item.fact.first_day <= day and (
                    before is None or before.fact.first_day <= item.fact.first_day
                ):
                    chosen[point] = item
        return chosen


class Supposed(View):
    """A view in which facts stand that nobody has recorded: for what would be, and for no answer.

    They stand at position 0. A reading among them is the one in use on every day, whatever the
    instance has chosen.
    """

    def __init__(self, view: View, supposed: Iterable[facts.Fact]) -> None:
        listed = tuple(supposed)
        # Shared by all that suppose the same of the same state.
        memo = view.memo.setdefault(("supposed", listed), {})
        super().__init__(view._reference, view.position, memo)
        self._supposed = [Recorded(0, _NO_EVENT, b"", fact) for fact in listed]

    def find(self, kind: type[F], key: str) -> list[Recorded[F]]:
        """Return the facts of a kind about `key`, what is supposed last."""
        found: list[Any] = [
            item for item in self._supposed if type(item.fact) is kind and key in keys_of(item.fact)
        ]
        return [*super().find(kind, key), *found] if found else super().find(kind, key)

    def keys(self, kind: type[facts.Fact]) -> list[str]:
        """Return every key that has a fact of this kind standing or supposed, sorted."""
        of = [i.fact for i in self._supposed if type(i.fact) is kind]
        return sorted({*super().keys(kind), *(key for fact in of for key in keys_of(fact))})

    def readings(self, day: date) -> dict[str, Recorded[facts.ReadingChosen]]:
        """Return the readings on `day`, those that are supposed in the place of those chosen."""
        supposed: list[Any] = [i for i in self._supposed if type(i.fact) is facts.ReadingChosen]
        return {**super().readings(day), **{item.fact.point: item for item in supposed}}


_NO_EVENT = UUID(int=0)


@cache
def _shared(kind: type[facts.Fact]) -> tuple[tuple[str, int | None], ...]:
    """Return the days and texts of a kind of fact, and up to how many characters each is shared."""
    own = {name for key, _ in BY_FACT[kind].found_by for name in key.names}
    days = [(slot.name, None) for slot in slots(kind) if slot.kind is date]
    texts = [(s.name, _CODE if s.name in own else _ID) for s in slots(kind) if s.kind is str]
    return (*days, *texts)


def _last_covering(found: list[Recorded[Any]], day: date) -> Recorded[Any] | None:
    covering = [
        i for i in found if i.fact.first_day <= day and (i.fact.last_day or date.max) >= day
    ]
    return covering[-1] if covering else None


def keys_of(fact: facts.Fact) -> Iterable[str]:
    """Return what an open fact is found by; raises TypeError for a sealed one."""
    found_by = BY_FACT[type(fact)].found_by
    if not found_by:
        raise TypeError(f"{type(fact).__name__} is not reference state")
    return [each for key, _ in found_by for each in key.of(fact)]
