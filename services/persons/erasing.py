"""Erasing tokens for good: two events with the keys' deletion between.

What was begun is completed, whatever came between: by the next erasure, or by the next start.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from domain import events, facts
from domain.data_classes import DataClass, SubjectKind
from domain.reference import View
from services.log import ownership
from services.log.event import Event, metadata
from services.log.port import EventLog
from services.persons.access import AccessTable
from services.persons.keys import KeyStore
from services.persons.reading import PersonFacts

_LOGGER = logging.getLogger(__name__)
_PATIENCE = 30.0
"""Seconds that an erasure waits for a backup."""

ErasureKind = type[facts.ErasureBegun] | type[facts.ErasureDone]

Asked = tuple[UUID, SubjectKind, DataClass | None] | str
"""Of whom, and of which class of them (None: of all), an erasure was asked for; of what has run out
the policy."""


class Erasure(NamedTuple):
    """Where the log says that an erasure began, and that it was done."""

    begun: int
    done: int


def erasure_event(kind: ErasureKind, token: str, policy: str, id: UUID) -> Event:
    """Return the event that says of one token that its erasure began, or was done."""
    fact = kind(tokens=(token,), policy=policy)
    return Event(
        type=events.BY_FACT[kind].name,
        data=events.encode_fact(fact),
        tags=events.open_tags(fact),
        event_id=id.bytes,
        metadata=metadata({"purpose": "erasure"}),
    )


class Erasures:
    """The erasures of one instance: in the log, the key store, memory and the access table."""

    def __init__(
        self,
        writer: EventLog,
        keys: KeyStore,
        access: AccessTable,
        person_facts: PersonFacts,
        *,
        random: Callable[[int], bytes],
        directory: Path | None,
    ) -> None:
        self._writer = writer
        self._keys = keys
        self._access = access
        self._person_facts = person_facts
        self._random = random
        self._directory = directory
        self._alone = threading.Lock()
        self._begun: dict[Asked, tuple[int, list[str], str]] = {}
        """Those that have begun and are not done: position, tokens and policy of each."""

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Stand around an erasure, from its first event to its last: one at a time, no backup.

        Raises Held when a backup takes too long.
        """
        with ExitStack() as held:
            held.enter_context(self._alone)
            if self._directory is not None:
                held.enter_context(
                    ownership.hold(self._directory, shared=False, patience=_PATIENCE)
                )
            yield

    def going_on(self) -> bool:
        """Tell whether an erasure is being made here, or waits to be."""
        return self._alone.locked()

    def complete_begun(self) -> dict[Asked, Erasure]:
        """Complete what has begun here and failed; return it by what was asked."""
        return {asked: self._complete(asked) for asked in list(self._begun)}

    def erase(self, asked: Asked, tokens: Sequence[str], policy: str) -> Erasure:
        """Erase tokens. One that fails after it has begun is kept, for `complete_begun`."""
        begun = self._append(facts.ErasureBegun, tokens, policy)
        self._begun[asked] = (begun, list(tokens), policy)
        return self._complete(asked)

    def erase_run_out(self, tokens: Sequence[str], policy: str) -> Erasure:
        """Erase tokens, of whomever, that a policy no longer keeps."""
        return self.erase(policy, tokens, policy)

    def _complete(self, asked: Asked) -> Erasure:
        # The store may know the subject no more.
        begun, tokens, policy = self._begun[asked]
        done = self._finish(tokens, policy)
        del self._begun[asked]
        return Erasure(begun, done)

    def complete(self, view: View) -> int:
        """Complete every erasure that the log says is begun and not done; return how many tokens.

        What a restored backup of the key store or of the access table brought back is erased again.
        To be called when an instance is opened, before anything is asked of it.
        """
        done = {token for item in view.find(facts.ErasureDone, "") for token in item.fact.tokens}
        back = self._keys.held(sorted(done))
        if back:
            _LOGGER.warning("the key store held %d erased tokens again; erased anew", len(back))
            self._keys.erase_tokens(back)
        known = self._access.forget_again(done)
        if known:
            _LOGGER.warning(
                "the access table held %d erased tokens again, which were taken out; it is older "
                "than the log, so that accesses since it was copied are lost",
                known,
            )
        begun: dict[str, list[str]] = {}
        for item in view.find(facts.ErasureBegun, ""):
            for token in item.fact.tokens:
                if token not in done:
                    begun.setdefault(item.fact.policy, []).append(token)
        for policy, tokens in begun.items():
            self._finish(sorted(tokens), policy)
        return sum(len(tokens) for tokens in begun.values())

    def erase_again(self, erased: Mapping[str, Sequence[str]]) -> int:
        """Erase what a newer log of this instance says was erased; return how many tokens.

        `erased` holds the tokens by policy. Those that are not known here, or not any more, are
        passed over.
        """
        count = 0
        with self.alone():
            for policy, tokens in erased.items():
                back = sorted(self._keys.held(tokens))
                if back:
                    self._append(facts.ErasureBegun, back, policy)
                    self._finish(back, policy)
                    count += len(back)
        return count

    def _finish(self, tokens: Sequence[str], policy: str) -> int:
        self._person_facts.erased(tokens)
        self._keys.erase_tokens(tokens)
        self._access.forget(tokens)
        return self._append(facts.ErasureDone, tokens, policy)

    def _append(
        self,
        kind: ErasureKind,
        tokens: Sequence[str],
        policy: str,
    ) -> int:
        return self._writer.append(
            [
                erasure_event(kind, token, policy, UUID(bytes=self._random(16), version=4))
                for token in tokens
            ]
        )
