"""How long each class of persons' data is kept, and erasing what has run out.

The rules are data of the instance: events `retention.decided`, the newest for each class. A class
of a person or household has run out when the years are over, counted from the end of the calendar
year in which something was last sealed in it: a fact, or a section of an answer. Identity and
membership are kept for as long as any other class of the same person or household is. What has run
out is erased as on request: an event for each token before and after, under a policy that the rule
names.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import events, facts
from domain.data_classes import DataClass
from services.instance.instance import Instance
from services.log.event import Event, metadata
from services.log.ownership import Held
from services.log.port import ClockSuspect, EventLog, LogClosed, StorageError
from services.persons.database import DatabaseError
from services.persons.keys import KeyStore, LastSealed, last_sealed_in
from services.persons.tokens import token_text

KEPT_WITH_OTHERS = (DataClass.IDENTITY, DataClass.MEMBERSHIP)
"""Without these nobody could tell whom the other classes are about."""

AT_ONCE = 500
"""Most tokens that are erased in one transaction."""

FIRST, INTERVAL = 600.0, 24 * 3_600.0
"""Seconds from a server's start to the first run, and from one run to the next."""

_LOGGER = logging.getLogger("husret.retention")
_DECIDED = DCBQuery(items=[DCBQueryItem(types=[events.BY_FACT[facts.RetentionDecided].name])])


class Due(NamedTuple):
    """A token whose class has run out."""

    data_class: DataClass
    last: int
    """The calendar year in which something was last sealed."""
    token: bytes


def rules(log: EventLog) -> dict[DataClass, facts.RetentionDecided]:
    """Return the newest rule of each class that has one."""
    found: dict[DataClass, facts.RetentionDecided] = {}
    for event in log.read(_DECIDED):
        fact = events.decode_fact(event.type, event.schema_version, event.data)
        assert isinstance(fact, facts.RetentionDecided)
        found[DataClass(fact.data_class)] = fact
    return found


def decide(instance: Instance, rule: facts.RetentionDecided) -> int:
    """Record a rule in place of the one of its class before; return the event's position.

    Raises ValueError when it can't be a rule, and what the log raises.
    """
    if rule.data_class not in list(DataClass):
        raise ValueError(f"class: must be one of {', '.join(DataClass)}")
    if not 0 <= rule.years <= 100:
        raise ValueError("years: must lie from 0 to 100")
    if len(rule.law) > 100 or not rule.law.isprintable():
        raise ValueError("law: must be at most 100 printable characters, such as an act's section")
    return instance.writer.append(
        [
            Event(
                type=events.BY_FACT[facts.RetentionDecided].name,
                data=events.encode_fact(rule),
                tags=events.open_tags(rule),
                event_id=UUID(bytes=instance.random(16), version=4).bytes,
                metadata=metadata({"purpose": "erasure"}),
            )
        ]
    )


def due(
    rows: Iterable[LastSealed], decided: Mapping[DataClass, facts.RetentionDecided], year: int
) -> Iterator[Due]:
    """Yield what has run out in a calendar year; rows come subject by subject.

    With a subject's identity go the classes of it that never held anything.
    """
    for _, of_subject in groupby(rows, key=lambda row: row[0]):
        held = [(DataClass(word), token, last) for _, word, token, last in of_subject]
        newest = max((last for _, _, last in held if last is not None), default=0)
        nobody_left = False
        for data_class, token, last in held:
            rule = decided.get(data_class)
            if last is None or rule is None or rule.law:
                continue
            counted = newest if data_class in KEPT_WITH_OTHERS else last
            if counted + rule.years < year:
                nobody_left |= data_class is DataClass.IDENTITY
                yield Due(data_class, last, token)
        if nobody_left:
            for data_class, token, last in held:
                if last is None:
                    yield Due(data_class, 0, token)


def tried(
    directory: Path, keys_file: str, decided: Mapping[DataClass, facts.RetentionDecided], year: int
) -> Counter[tuple[DataClass, int]]:
    """Count by class and year what would be erased, from the files as they lie; served or not."""
    return counted(due(last_sealed_in(directory / keys_file), decided, year))


def counted(found: Iterable[Due]) -> Counter[tuple[DataClass, int]]:
    """Count what is due by class and year; what never held anything is not counted."""
    return Counter((each.data_class, each.last) for each in found if each.last)


def run(instance: Instance) -> Counter[tuple[DataClass, int]]:
    """Erase what has run out; return how much of each class and year.

    Raises Held when a backup takes too long, ClockSuspect while the day can't be told, and what the
    log and the key store raise: what has begun is then completed as any erasure is.
    """
    decided = rules(instance.log)
    year = instance.today().year
    erased: Counter[tuple[DataClass, int]] = Counter()
    with instance.erasures.alone():
        instance.erasures.complete_begun()
        found = sorted(due(instance.keys.last_sealed(), decided, year))
        for data_class, of_class in groupby(found, key=lambda each: each.data_class):
            listed = list(of_class)
            rule = decided.get(data_class, decided.get(DataClass.IDENTITY))
            assert rule is not None  # nothing is due without one
            for start in range(0, len(listed), AT_ONCE):
                some = _still(instance.keys, listed[start : start + AT_ONCE])
                instance.erasures.erase_run_out(
                    sorted(token_text(each.token) for each in some),
                    f"retention-{rule.data_class}-{rule.years}-years",
                )
                erased += counted(some)
    return erased


def _still(keys: KeyStore, listed: list[Due]) -> list[Due]:
    """Leave out what something was sealed in since it was listed."""
    last = keys.last_periods(each.token for each in listed)
    return [each for each in listed if last.get(each.token, 0) == each.last]


class Retaining:
    """A thread that erases what has run out, once a day, until it is stopped."""

    def __init__(
        self, instance: Instance, first: float = FIRST, interval: float = INTERVAL
    ) -> None:
        """Erase from `instance`, `first` seconds after the start and then every `interval`."""
        self._instance = instance
        self._waits: Callable[[int], float] = lambda runs: interval if runs else first
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="retention", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the run in hand."""
        if self._thread.is_alive():
            self._ending.set()
            self._thread.join()

    def _run(self) -> None:
        runs = 0
        while not self._ending.wait(self._waits(runs)):
            runs += 1
            try:
                erased = run(self._instance)
            except (StorageError, ClockSuspect, LogClosed, DatabaseError, Held) as error:
                _LOGGER.warning("what has run out was not erased: %s", error)
            else:
                for (data_class, year), count in sorted(erased.items()):
                    _LOGGER.info("erased %d of class %s, last of %d", count, data_class, year)
