"""What does not fit together between the log and the key store, for `husret log verify`.

Nothing that is opened here is shown or kept, and no finding names a token, an id or a person: the
position of an event, or a table and the number of its row (in the order of its primary key, from 1)
say where to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import events, facts, receipt, screening
from domain.data_classes import DataClass
from domain.events import UnknownEventError
from domain.questions import PAGE_TYPES, RECEIPT_TYPES
from domain.receipt import MalformedReceiptError
from services.log.event import RecordedEvent
from services.log.finding import Finding
from services.log.port import EventLog
from services.persons.keys import SUBJECT_BYTES, KeyStore, TokenRow
from services.persons.reading import PREFIXES, is_personal
from services.persons.sealing import Binding, Tampered, period_of
from services.persons.tokens import InvalidToken, token_bytes, token_text
from services.persons.wrapping import KeyAltered

_PAGE = 2_000
_ERASURES = DCBQuery(
    items=[
        DCBQueryItem(
            types=[events.BY_FACT[f].name for f in (facts.ErasureBegun, facts.ErasureDone)]
        )
    ]
)
_KINDS = {prefix: kind for kind, prefix in PREFIXES.items()}


def findings(log: EventLog, keys: KeyStore, log_id: bytes) -> Iterator[Finding]:
    """Yield what is found; it may be served meanwhile.

    `token-unknown`: the log has a token that the key store does not know, and that no erasure
    names. `token-exchanged`: the subject, class or kind that the key store says a token stands for
    is not whom its first sealed fact is about. `token-erased`: the key store holds a token whose
    erasure is done. `key-missing`: a fact or answer is sealed under a key that is gone, and was not
    erased.
    `key-altered`: a key does not unwrap. `row-stray`: a row belongs to none of another table.
    What the sections of receipts say is left out: it is compared by a replay. Raises StorageError.
    """
    head = log.head()
    unknown: dict[bytes, int] = {}
    seen: set[tuple[bytes, int]] = set()
    sections: set[_Key] = set()
    missing: set[tuple[str, int]] = set()
    for events_of_page in _pages(log, head):
        yield from _of_page(events_of_page, keys, log_id, seen, unknown, missing)
        for event in events_of_page:
            if event.type in RECEIPT_TYPES:
                yield from _of_sections(event, keys, sections, missing)
    # An erasure names its tokens before it deletes them, so those of the meantime are known now.
    begun: set[bytes] = set()
    done: set[bytes] = set()
    for event in log.read(_ERASURES):
        try:
            fact = events.decode_fact(event.type, event.schema_version, event.data)
            assert isinstance(fact, facts.ErasureBegun | facts.ErasureDone)
            named = {token_bytes(token) for token in fact.tokens}
        except (msgspec.MsgspecError, UnknownEventError, InvalidToken):
            continue  # altered, which its leaf hash tells
        begun |= named
        if isinstance(fact, facts.ErasureDone):
            done |= named
    for token, position in unknown.items():
        if token not in begun:
            yield Finding.at("token-unknown", position)
    for token in keys.rows_of(done):
        yield Finding("token-erased", f"keys.db, token, row {keys.row_number(token)}")
    for kind, table, row in keys.unsound():
        yield Finding(kind, f"keys.db, {table}, row {row}")


def _pages(log: EventLog, head: int) -> Iterator[list[RecordedEvent]]:
    for after in range(0, head, _PAGE):
        yield [
            e for e in log.read(after=after, upto=min(head, after + _PAGE)) if is_personal(e.tags)
        ]


def _of_page(
    page: Iterable[RecordedEvent],
    keys: KeyStore,
    log_id: bytes,
    seen: set[tuple[bytes, int]],
    unknown: dict[bytes, int],
    missing: set[tuple[str, int]],
) -> Iterator[Finding]:
    """Look at the events under a token and key that no event before was under.

    `seen`, `unknown` (with the position of the first event) and `missing` (the keys that are gone)
    are carried from page to page.
    """
    first: list[tuple[RecordedEvent, bytes, int]] = []
    for event in page:
        for tag in event.tags:
            try:
                token = token_bytes(tag[2:]) if is_personal([tag]) else None
            except InvalidToken:
                continue  # the event itself was altered, which its leaf hash tells
            if token is None:
                continue
            try:
                period = _period(event, tag)
            except (Tampered, MalformedReceiptError):
                continue
            if (token, period) not in seen:
                seen.add((token, period))
                first.append((event, token, period))
    rows = keys.rows_of(token for _, token, _ in first)
    for event, token, period in first:
        row = rows.get(token)
        if row is None:
            unknown.setdefault(token, event.position)
        elif period:
            yield from _of_event(event, token, period, row, keys, log_id, missing)


def _period(event: RecordedEvent, tag: str) -> int:
    """Return the period of the key that an event needs under a tag; 0: it need not have one.

    A receipt's question is sealed under its household's; a page has an entry under each.
    Raises Tampered and MalformedReceiptError.
    """
    if event.type in PAGE_TYPES:
        return screening.unpack(event.data).period
    if tag != event.tags[0]:
        return 0
    if event.type in RECEIPT_TYPES:
        return receipt.unpack(event.data).period
    return period_of(event.data) if event.type in events.BY_NAME else 0


_Key = tuple[bytes, DataClass, int]
"""A key that a section needs: a token of its subject, the class, and the period."""


def _of_sections(
    event: RecordedEvent, keys: KeyStore, seen: set[_Key], missing: set[tuple[str, int]]
) -> Iterator[Finding]:
    """Yield whether keys of a receipt's sections are gone, though their classes were not erased.

    `seen` are the keys of the receipts before, `missing` those that were found to be gone.
    """
    try:
        said = receipt.unpack(event.data)
        about = [token_bytes(tag[2:]) for tag in event.tags]
        needed = {(about[each.subject], each.data_class, said.period) for each in said.sections}
    except (MalformedReceiptError, InvalidToken, IndexError):
        return  # the event itself was altered, which its leaf hash tells
    for each in needed - seen:
        try:
            own = _own_token(keys, each)
            if own is None or (own, said.period) in missing or keys.key(own, said.period):
                continue
            row = keys.rows_of([token_bytes(own)]).get(token_bytes(own))
        except (KeyAltered, InvalidToken):
            continue  # found with the rows of the key store
        if row is not None and said.period > row.erased_through and event.is_intact():
            missing.add((own, said.period))
            yield Finding.at("key-missing", event.position)
    seen |= needed


def _own_token(keys: KeyStore, needed: _Key) -> str | None:
    """Return the token of the class of a section, None where it was erased."""
    token, data_class, _ = needed
    row = keys.rows_of([token]).get(token)
    if row is None or len(row.subject_id) != SUBJECT_BYTES:
        return None
    subject = UUID(bytes=row.subject_id)
    own = keys.tokens([subject], data_class)[subject]
    return None if own is None or keys.begun_anew(subject, data_class) else own


def _of_event(
    event: RecordedEvent,
    token: bytes,
    period: int,
    row: TokenRow,
    keys: KeyStore,
    log_id: bytes,
    missing: set[tuple[str, int]],
) -> Iterator[Finding]:
    try:
        key = keys.key(token_text(token), period)
    except KeyAltered:
        return  # found with the rows of the key store
    if key is None:
        # Erased since its row was read; else it must be here, or its period erased.
        if period > row.erased_through and event.is_intact() and keys.rows_of([token]):
            missing.add((token_text(token), period))
            yield Finding.at("key-missing", event.position)
        return
    if event.type not in events.BY_NAME:
        return  # what is sealed in it is compared by a replay
    place = Binding(log_id, event.event_id, event.type, event.schema_version)
    data_class = events.BY_NAME[event.type].data_class
    try:
        key.unseal(place, event.data)
        fits = data_class in (None, row.data_class) and _KINDS[event.tags[0][:2]] is row.kind
    except (Tampered, ValueError):
        # Of an event that was altered itself its leaf hash tells.
        fits = not event.is_intact()
    if not fits:
        yield Finding(
            "token-exchanged",
            f"keys.db, token, row {keys.row_number(token)}; event at position {event.position}",
            event.position,
        )
