"""Reference state: areas, lists, dwellings, readings and the controller's own decisions.

Folded once per process from the open events, advanced by the difference, and usable at any
past position: a `View` shows what stood when the log's head was at that position.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from domain import facts
from domain.events import BY_FACT, Recorded

F = TypeVar("F", bound=facts.Fact)


class Reference:
    """The open facts of the log, by kind and by what they are about."""

    def __init__(self) -> None:
        self.position = 0
        self._by_key: defaultdict[tuple[type[facts.Fact], str], list[UUID]] = defaultdict(list)
        self._keys: defaultdict[type[facts.Fact], dict[str, None]] = defaultdict(dict)
        self._by_id: dict[UUID, Recorded[Any]] = {}
        self._memo: dict[Any, Any] = {}

    def apply(self, item: Recorded[Any]) -> None:
        """Fold one event in; events come in the order of the log."""
        fact = item.fact
        gone = fact.retracts if isinstance(fact, facts.Retracted) else fact.corrects
        if gone is not None and gone in self._by_id:
            before = self._by_id[gone]
            self._by_id[gone] = Recorded(
                before.position, before.event_id, before.leaf_hash, before.fact, item.position
            )
        if not isinstance(fact, facts.Retracted):
            self._by_id[item.event_id] = item
            for key in keys_of(fact):
                self._by_key[type(fact), key].append(item.event_id)
                self._keys[type(fact)][key] = None
        self.position = item.position
        self._memo = {}

    def advance_to(self, position: int) -> None:
        """Note that the log up to `position` has been folded in."""
        self.position = max(self.position, position)

    def holds(self, event_id: UUID) -> Recorded[Any] | None:
        """Return the open fact with this event id, standing or not."""
        return self._by_id.get(event_id)

    def at(self, position: int | None = None) -> View:
        """Return what stood at `position` (None: at the head as folded so far)."""
        if position is None or position >= self.position:
            return View(self, self.position, self._memo)
        return View(self, position, {})

    def find(self, kind: type[F], key: str, position: int) -> list[Recorded[F]]:
        """Return the facts of a kind about `key` that stood at `position`, oldest first."""
        found = (self._by_id[event_id] for event_id in self._by_key.get((kind, key), ()))
        return [item for item in found if item.stood_at(position)]

    def recorded(self, kind: type[F], key: str, position: int) -> list[Recorded[F]]:
        """Return the facts of a kind about `key` recorded up to `position`, standing or not."""
        found = (self._by_id[event_id] for event_id in self._by_key.get((kind, key), ()))
        return [item for item in found if item.position <= position]

    def keys(self, kind: type[facts.Fact]) -> list[str]:
        """Return every key under which facts of a kind have been recorded."""
        return sorted(self._keys[kind])


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
        found = self._reference.holds(event_id)
        if found is None or found.stood_at(self.position):
            return None
        return found.ended

    def keys(self, kind: type[facts.Fact]) -> list[str]:
        """Return every key that has a fact of this kind standing, sorted."""
        if self.asked is not None:
            self.asked.add((kind, None))
        return [key for key in self._reference.keys(kind) if self.find(kind, key)]

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
