"""Reading what the log holds of a person or household: one data class at a time, unsealed.

What was unsealed is kept in memory for as long as nothing new is recorded under its token, and
is dropped when the token is erased. Every reading is noted in the access table, kept or not.
"""

from __future__ import annotations

import base64
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import canonical, decide, events, facts
from domain.data_classes import DataClass, SubjectKind
from domain.events import Recorded
from services.log.event import RecordedEvent
from services.log.port import EventLog
from services.persons.access import Access, AccessTable
from services.persons.keys import KeyStore, UnknownSubject
from services.persons.sealing import METADATA_SECTION, Binding, ClassKey, Tampered, period_of
from services.persons.tokens import InvalidToken, is_token

PREFIXES = {SubjectKind.PERSON: "p:", SubjectKind.HOUSEHOLD: "h:"}
_NEVER = 2**63
_KEPT = 200_000
"""How many tokens' facts are kept unsealed in memory."""

_DECISION_TYPES = [t.name for t in events.EVENT_TYPES if t.data_class is DataClass.DECISIONS] + [
    events.BY_FACT[facts.Retracted].name
]
"""The class decisions also holds receipts, which a reading of facts must not load."""

_OF_HOUSEHOLDS = {t.data_class for t in events.EVENT_TYPES if t.of_household}
"""The classes that a household has facts of, be they a person's too."""


def _prefixes(data_class: DataClass) -> tuple[str, ...]:
    """Return the kinds of subject that a class of facts is about."""
    if data_class in _OF_HOUSEHOLDS:
        return tuple(PREFIXES.values())
    return (PREFIXES[SubjectKind.PERSON],)


class Erased(LookupError):
    """The data class of this subject has been erased."""


class TamperedEvent(Exception):
    """An event was altered where it is stored, or is gone."""

    def __init__(self, position: int) -> None:
        super().__init__(
            f"event at position {position}: altered where it is stored, or gone; compare the log "
            "with a backup"
        )
        self.position = position


class Reader(NamedTuple):
    """Who reads, why and on what basis: what the access table keeps of a reading."""

    actor: str
    purpose: str
    legal_basis: str
    request_id: str = ""


class Opened(NamedTuple):
    """An event that was opened with what it seals of who recorded it; None of both: erased."""

    event: RecordedEvent
    fact: facts.Fact | None
    recorded_by: Mapping[str, str] | None


class _Kept(NamedTuple):
    upto: int
    """The log's head when it was read."""
    changed: int
    """The position of the newest event in the history."""
    history: tuple[tuple[Recorded[Any], tuple[str, ...]], ...]
    standing: Any
    """The standing facts, prepared for the rules of their class; of a household's membership
    the `Membership`."""
    unreadable: bool


def tag(kind: SubjectKind, token: str) -> str:
    """Return the tag of a token: "p:" for a person's, "h:" for a household's."""
    return PREFIXES[kind] + token


def is_personal(tags: Sequence[str]) -> bool:
    """Tell whether an event is sealed: its first tag is a token of a person or household.

    A tenancy's events have the dwelling's tag after it.
    """
    return bool(tags) and tags[0][:2] in ("p:", "h:")


class PersonFacts:
    """The facts about persons and households, as of any position."""

    def __init__(self, log: EventLog, keys: KeyStore, access: AccessTable, log_id: UUID) -> None:
        self._log = log
        self._key_store = keys
        self._access = access
        self._log_id = log_id
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._touched: dict[str, int] = {}
        self._erasures = 0

    def keeps(self, token: str) -> bool:
        """Tell whether what was unsealed under a token is kept in memory."""
        return token in self._kept

    def touched(self, tags: Iterable[str], position: int) -> None:
        """Note that something new is recorded under these tokens."""
        for each in tags:
            if is_personal([each]) and not self.is_erased(each[2:]):
                self._touched[each[2:]] = position

    def erased(self, tokens: Iterable[str]) -> None:
        """Forget what was unsealed under these tokens, for good.

        All else is forgotten too: a household's members are kept with the household.
        """
        for token in tokens:
            self._touched[token] = _NEVER
        self._erasures += 1
        self._kept.clear()

    def is_erased(self, token: str) -> bool:
        """Tell whether the erasure of a token has begun, as far as the log has been read."""
        return self._touched.get(token) == _NEVER

    def standing(
        self, subject: UUID, data_class: DataClass, upto: int, reader: Reader
    ) -> list[Recorded[Any]]:
        """Return the standing facts of one subject and class as known at `upto`.

        Raises Erased when they, or some of them, cannot be unsealed any more.
        """
        self.of_many([subject], data_class, upto, reader)
        try:
            token = self._key_store.token(subject, data_class)
            found = self._load([token], data_class)[token]
        except UnknownSubject:
            found = None
        if found is None or found.unreadable:
            raise Erased(f"the class {data_class} of this subject has been erased")
        readable = [item for item, _ in found.history if item.fact is not None]
        return events.standing([item for item in readable if item.position <= upto])

    def of_many(
        self,
        subjects: Sequence[UUID],
        data_class: DataClass,
        upto: int,
        reader: Reader,
        *,
        fresh: bool = False,
        keep: bool = True,
        noted: list[tuple[DataClass, str]] | None = None,
    ) -> dict[UUID, Any]:
        """Return the standing facts of several subjects and one class; None: erased.

        They come as the rules of the class take them (`domain.decide.prepared`).
        `fresh` reads the log itself, whatever is kept in memory; without `keep` nothing that is
        read is kept there. What was read is noted in the
        access table, or added to `noted` for the caller to note. Raises TamperedEvent.
        """
        tokens = self._key_store.tokens(subjects, data_class)
        wanted = [token for token in tokens.values() if token is not None]
        load = self._read if fresh else self._load
        kept = load(wanted, data_class, keep)
        self._note([(data_class, token) for token in wanted], reader, noted)
        result: dict[UUID, Any] = {}
        for subject, token in tokens.items():
            found = None if token is None else kept[token]
            if found is None or found.unreadable:
                result[subject] = None
            elif upto >= found.changed:
                result[subject] = found.standing
            else:
                history = [each for each in found.history if each[0].position <= upto]
                result[subject] = self._standing_of(data_class, history)
        return result

    def membership(
        self,
        household: UUID,
        upto: int,
        reader: Reader,
        *,
        fresh: bool = False,
        keep: bool = True,
        noted: list[tuple[DataClass, str]] | None = None,
    ) -> decide.Membership:
        """Return who belongs to a household, as known at `upto`; the rest as in `of_many`."""
        return self.memberships([household], upto, reader, fresh=fresh, keep=keep, noted=noted)[
            household
        ]

    def memberships(
        self,
        households: Sequence[UUID],
        upto: int,
        reader: Reader,
        *,
        fresh: bool = False,
        keep: bool = True,
        noted: list[tuple[DataClass, str]] | None = None,
    ) -> dict[UUID, decide.Membership]:
        """Return who belongs to each of several households; as `membership` does for one."""
        tokens = self._key_store.tokens(households, DataClass.MEMBERSHIP)
        wanted = [token for token in tokens.values() if token is not None]
        load = self._read if fresh else self._load
        kept = load(wanted, DataClass.MEMBERSHIP, keep)
        self._note([(DataClass.MEMBERSHIP, token) for token in wanted], reader, noted)
        result: dict[UUID, decide.Membership] = {}
        for household, token in tokens.items():
            if token is None:
                result[household] = decide.Membership((), (), erased=True)
                continue
            found = kept[token]
            if upto >= found.changed:
                result[household] = found.standing
            else:
                history = [each for each in found.history if each[0].position <= upto]
                result[household] = self._members(history)
        return result

    def _members(
        self,
        history: Sequence[tuple[Recorded[Any], tuple[str, ...]]],
        subjects: Mapping[str, UUID] | None = None,
    ) -> decide.Membership:
        """Return the membership that a history tells; `subjects`: whom its tokens stand for."""
        readable = [item for item, _ in history if item.fact is not None]
        standing = {item.event_id for item in events.standing(readable)}
        if subjects is None:
            subjects = self._key_store.subjects_of(tags[0][2:] for _, tags in history)
        members: list[tuple[UUID | None, Recorded[Any] | None]] = []
        attested = []
        for item, tags in history:
            if item.event_id not in standing:
                continue
            if type(item.fact) is facts.MembersAttested:
                attested.append(item)
            elif type(item.fact) is facts.HouseholdMember:
                subject = subjects.get(tags[0][2:])
                # Erased between the reading and now: nothing of it is shown either.
                members.append((None, None) if subject is None else (subject, item))
        if len(readable) < len(history):
            members.append((None, None))
        return decide.Membership(tuple(members), tuple(attested))

    def _note(
        self,
        read: Sequence[tuple[DataClass, str]],
        reader: Reader,
        noted: list[tuple[DataClass, str]] | None,
    ) -> None:
        """Note a reading, or leave it to the caller, who notes all of one question together."""
        if noted is None:
            self.note(read, reader)
        else:
            noted.extend(read)

    def note(self, read: Sequence[tuple[DataClass, str]], reader: Reader) -> None:
        """Note in the access table which classes of which tokens were read."""
        if not read:
            return
        self._access.record(
            Access(
                at=time.time_ns() // 1000,
                actor=reader.actor,
                purpose=reader.purpose,
                legal_basis=reader.legal_basis,
                request_id=reader.request_id,
                read=tuple(read),
            )
        )
        erased = [token for _, token in read if self.is_erased(token)]
        if erased:
            # An erasure came between: what it has forgotten must not come back.
            self._access.forget(erased)

    def note_looked_up(self, subjects: Iterable[UUID], reader: Reader) -> bool:
        """Note persons and households that somebody was told are known here; False: none is.

        To be told so is to read the class identity.
        """
        tokens = self._key_store.tokens(sorted(subjects), DataClass.IDENTITY)
        read = [(DataClass.IDENTITY, token) for token in tokens.values() if token is not None]
        self.note(read, reader)
        return bool(read)

    def _load(
        self, tokens: Sequence[str], data_class: DataClass, keep: bool = True
    ) -> dict[str, _Kept]:
        result: dict[str, _Kept] = {}
        absent = []
        for token in tokens:
            found = self._kept.get(token)
            if found is not None and self._touched.get(token, 0) <= found.upto:
                result[token] = found
            else:
                absent.append(token)
        if absent:
            result.update(self._read(absent, data_class, keep))
        return result

    def _read(
        self, tokens: Sequence[str], data_class: DataClass, keep: bool = True
    ) -> dict[str, _Kept]:
        types = _DECISION_TYPES if data_class is DataClass.DECISIONS else []
        items = [
            DCBQueryItem(types=types, tags=[prefix + token])
            for token in tokens
            for prefix in _prefixes(data_class)
        ]
        if not items:
            return {}
        erasures = self._erasures
        response = self._log.read(DCBQuery(items=items))
        head = response.head or 0
        read = response.all()
        under = [_sealed_under(event) for event in read]
        keys = self._keys(read, under)
        histories: dict[str, list[tuple[Recorded[Any], tuple[str, ...]]]] = {t: [] for t in tokens}
        unreadable: set[str] = set()
        for event, sealed_under in zip(read, under, strict=True):
            item = self._unsealed(event, keys.get(sealed_under))
            for each in event.tags:
                token = each[2:]
                if token in histories:
                    histories[token].append((item, tuple(event.tags)))
                    if item.fact is None and event.tags[0] == each:
                        unreadable.add(token)
        subjects = None
        if data_class is DataClass.MEMBERSHIP:
            subjects = self._key_store.subjects_of(token for token, _ in under)
        result: dict[str, _Kept] = {}
        for token, history in histories.items():
            standing = self._standing_of(data_class, history, subjects)
            changed = history[-1][0].position if history else 0
            kept = _Kept(head, changed, tuple(history), standing, token in unreadable)
            result[token] = kept
            if keep and self._touched.get(token, 0) <= head and self._erasures == erasures:
                self._kept[token] = kept
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return result

    def _standing_of(
        self,
        data_class: DataClass,
        history: Sequence[tuple[Recorded[Any], tuple[str, ...]]],
        subjects: Mapping[str, UUID] | None = None,
    ) -> Any:
        """Return what stands of a history, as the rules of its class take it."""
        if data_class is DataClass.MEMBERSHIP:
            return self._members(history, subjects)
        readable = [item for item, _ in history if item.fact is not None]
        return decide.prepared(data_class, events.standing(readable))

    def unsealed(self, event: RecordedEvent) -> Recorded[Any]:
        """Return the event's fact; its fact is None when there is no key any more."""
        under = _sealed_under(event)
        return self._unsealed(event, self._keys([event], [under]).get(under))

    def opened(
        self,
        found: Sequence[RecordedEvent],
        data_class: DataClass,
        asked: str,
        reader: Reader,
        noted: list[tuple[DataClass, str]] | None = None,
    ) -> list[Opened]:
        """Open sealed events of one class, each with who recorded it, and note the reading.

        `asked`: the token whose class is read; "": of none, but of what the events are under.
        With `noted` the caller notes it. Raises TamperedEvent.
        """
        under = [_sealed_under(event) for event in found]
        keys = self._keys(found, under)
        read = [asked] if asked else []
        read += (token for token, period in under if (token, period) in keys)
        self._note([(data_class, token) for token in dict.fromkeys(read)], reader, noted)
        result = []
        for event, place in zip(found, under, strict=True):
            # One that was erased since its key was found is not handed out any more.
            key = None if self.is_erased(place[0]) else keys.get(place)
            if key is None:
                result.append(Opened(event, None, None))
            else:
                result.append(Opened(event, self._open(event, key), self._who(event, key)))
        return result

    def _who(self, event: RecordedEvent, key: ClassKey) -> Mapping[str, str]:
        shown: dict[str, str] = canonical.decode(event.metadata)
        sealed = shown.get("sealed")
        if sealed is None:
            return shown
        place = Binding(
            self._log_id.bytes, event.event_id, event.type, event.schema_version, METADATA_SECTION
        )
        try:
            plain = key.unseal(place, base64.urlsafe_b64decode(sealed + "=="))
        except (Tampered, ValueError):
            raise TamperedEvent(event.position) from None
        who: dict[str, str] = canonical.decode(plain)
        return who

    def _keys(
        self, read: Sequence[RecordedEvent], under: Sequence[tuple[str, int]]
    ) -> dict[tuple[str, int], ClassKey]:
        """Return the keys that events were sealed under; raises TamperedEvent for no token."""
        try:
            return self._key_store.keys(under)
        except InvalidToken:
            for event, (token, _) in zip(read, under, strict=True):
                if not is_token(token):
                    raise TamperedEvent(event.position) from None
            raise

    def _unsealed(self, event: RecordedEvent, key: ClassKey | None) -> Recorded[Any]:
        """Return the event's fact; its fact is None when there is no key any more."""
        fact = None if key is None else self._open(event, key)
        return Recorded(event.position, UUID(bytes=event.event_id), event.leaf_hash, fact)

    def _open(self, event: RecordedEvent, key: ClassKey) -> facts.Fact:
        binding = Binding(self._log_id.bytes, event.event_id, event.type, event.schema_version)
        try:
            plain = key.unseal(binding, event.data)
        except Tampered:
            raise TamperedEvent(event.position) from None
        return events.decode_fact(event.type, event.schema_version, plain)


def _sealed_under(event: RecordedEvent) -> tuple[str, int]:
    """Return the token and period whose key sealed an event; raises TamperedEvent."""
    try:
        return event.tags[0][2:], period_of(event.data)
    except Tampered:
        raise TamperedEvent(event.position) from None
