"""Whether the access table is what it was, for `husret log verify`.

Its chain tells what was altered, taken out or exchanged in it; the log, in which is noted now and
then how far it reaches, tells whether the chain itself was written anew, cut, or is another. Not
found is what is cut off since it was noted last, and a reading that is made to look as if the
person read had been erased: who read, when, why and which classes stays in the chain then.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import events, facts
from domain.events import UnknownEventError
from services.log.finding import Finding
from services.log.port import EventLog
from services.persons import access_chain
from services.persons.access import AccessTable, Link

_COUNTED = DCBQuery(items=[DCBQueryItem(types=[events.BY_FACT[facts.AccessCounted].name])])


def findings(log: EventLog, table: AccessTable) -> Iterator[Finding]:
    """Yield what is found; it may be served meanwhile.

    `access-altered`: an access is not what was noted. `access-missing`: it is gone.
    `access-stray`: a row belongs to no access, or to one that was pruned. `access-shortened`,
    `access-emptied`: the table ends before what the log says it held. `access-chain`: the table is
    another than the one that the log speaks of. `access-pruned`: more is gone from its beginning
    than the log says was pruned. Raises StorageError, and DatabaseError.
    """
    # The log first: what it says that the table held was in it before.
    noted = list(_noted(log))
    reached = table.counted().accesses
    pruned, chain = table.pruned()
    for (_, before), (position, after) in pairwise(noted):
        if after.count < before.count:
            yield Finding.at("access-shortened", position)
    if pruned > max((fact.pruned for _, fact in noted), default=0):
        yield Finding("access-pruned", "access.db, pruned, row 1")
    for number in table.strays():
        yield Finding("access-stray", f"access.db, access {number}")

    said: dict[int, list[tuple[int, str]]] = {}
    for position, fact in noted:
        said.setdefault(fact.count, []).append((position, fact.chain))
    yield from _compared(said.pop(pruned, []) if pruned else [], chain)
    number = pruned
    while page := table.links(number, reached):
        for link in page:
            if link.number > number + 1:
                yield Finding(
                    "access-missing", f"access.db, accesses {number + 1} to {link.number - 1}"
                )
            elif not _is_whole(link, chain):
                yield Finding("access-altered", f"access.db, access {link.number}")
            number, chain = link.number, link.chain
            yield from _compared(said.pop(number, []), chain)
    beyond = [position for count in said if count > reached for position, _ in said[count]]
    if beyond:
        kind = "access-shortened" if reached else "access-emptied"
        yield Finding.at(kind, max(beyond))


def _noted(log: EventLog) -> Iterator[tuple[int, facts.AccessCounted]]:
    for event in log.read(_COUNTED):
        try:
            fact = events.decode_fact(event.type, event.schema_version, event.data)
        except (msgspec.MsgspecError, UnknownEventError):
            continue  # altered, which its leaf hash tells
        assert isinstance(fact, facts.AccessCounted)
        yield event.position, fact


def _is_whole(link: Link, before: bytes) -> bool:
    classes = [data_class for _, data_class, _ in link.read]
    if [ordinal for ordinal, _, _ in link.read] != list(range(len(classes))):
        return False
    if link.chain != access_chain.link(
        before, link.number, link.at, link.actor, link.purpose, link.legal_basis, classes,
        link.covered,
    ):  # fmt: skip
        return False
    if link.salt is None:
        return not link.request_id and any(token is None for _, _, token in link.read)
    tokens = [token or b"" for _, _, token in link.read]
    return link.covered == access_chain.covered(link.salt, tokens, link.request_id)


def _compared(said: list[tuple[int, str]], chain: bytes) -> Iterator[Finding]:
    for position, expected in said:
        if expected != chain.hex():
            yield Finding.at("access-chain", position)
