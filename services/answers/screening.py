"""Screening a whole waiting list: page by page at one position, one receipt for each page.

A page is one event, so a screening that is broken off leaves whole pages and nothing half done. The
same request asked again gets the pages that are recorded, and goes on after them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import canonical, screening
from domain.data_classes import DataClass, SubjectKind
from domain.decide import Decision
from domain.law.case import settings
from domain.law.edition import Edition
from domain.law.editions import CURRENT, edition_named
from domain.law.kernel import Outcome
from domain.law.question import Question
from domain.questions import PAGE_TYPES, QUESTIONS
from domain.reference import View
from services.answers.finding import Decided, FactFinder
from services.answers.receipts import Answer, UnknownHousehold
from services.instance.instance import Instance
from services.log.event import Event, RecordedEvent, event_id, metadata
from services.log.port import EventIdReused
from services.persons.reading import Erased, Reader, TamperedEvent, tag
from services.persons.sealing import NONCE_BYTES, Binding, ClassKey, commitment, period_of

PAGE_SCHEMA = 1
_NOT_ON_PAGE = "the page has no entry of this household, or it was erased"


class NotOnPage(LookupError):
    """The page has no entry of this household, or it was erased."""


class Item(NamedTuple):
    """What came out for one household: an outcome with the rules met, or an error."""

    household: UUID
    outcome: Outcome | None
    met: tuple[str, ...] = ()
    error: Exception | None = None
    decision: Decision | None = None
    """The answer itself; None: it can't be computed any more, but is recorded all the same."""


class Page(NamedTuple):
    """One page of a waiting list, and its receipt when it was recorded."""

    number: int
    items: Sequence[Item]
    known_at: int
    """The position that its answers were given at."""
    edition: Edition = CURRENT
    """The edition of the law that they were given under."""
    receipt_id: UUID | None = None
    receipt_hash: bytes = b""
    position: int = 0


class ListRequest(NamedTuple):
    """What is asked of every household, and as known at which position."""

    question: Question
    """Its household is nobody: it is put in for each."""
    view: View
    reader: Reader
    request_id: UUID | None = None
    """None: a preview, which records nothing."""


class Opened(NamedTuple):
    """An entry of a page, opened; None of both: it was erased."""

    token: str
    household: UUID | None
    entry: screening.Entry | None


class PageReplay(NamedTuple):
    """What came out when a page was computed again."""

    computed_hash: bytes
    stored_hash: bytes
    equal: int
    erased: int
    differences: list[str]


class Screening:
    """Screens waiting lists of one instance."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def pages(
        self,
        request: ListRequest,
        households: Sequence[UUID],
        page_size: int,
        first: int = 0,
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[Page]:
        """Screen the households from page `first` on, and record each page before it is given.

        Raises TimeoutError when `stop` says so; what is recorded by then stays.
        Raises EventIdReused when the request id was used for something else.
        """
        if self._instance.altered:
            raise TamperedEvent(self._instance.altered[0])
        for number in range(first, -(-len(households) // page_size)):
            if stop():
                raise TimeoutError
            some = households[number * page_size : (number + 1) * page_size]
            page = self._page(request, number, some, stop)
            if page.known_at != request.view.position:
                # Recorded when the same request was asked before, which goes on at its position.
                request = request._replace(view=self._instance.view(at=page.known_at))
            yield page

    def _page(
        self,
        request: ListRequest,
        number: int,
        households: Sequence[UUID],
        stop: Callable[[], bool],
    ) -> Page:
        if request.request_id is not None:
            repeated = self._repeated(request, number, households, stop)
            if repeated is not None:
                return repeated
        finder = FactFinder(self._instance, request.view.position, request.reader, keep=False)
        asked = [self._asked(request.question, household) for household in households]
        decided = finder.answer_all(asked, request.view, CURRENT, stop)
        if request.request_id is None:
            items = [_item(h, d) for h, d in zip(households, decided, strict=True)]
            return Page(number, items, request.view.position)
        return self._recorded(request, number, households, decided)

    def _asked(self, question: Question, household: UUID) -> Question | Exception:
        if self._instance.keys.known(household) is not SubjectKind.HOUSEHOLD:
            return UnknownHousehold("the household is not registered here")
        return msgspec.structs.replace(question, household=household)

    def _recorded(
        self,
        request: ListRequest,
        number: int,
        households: Sequence[UUID],
        decided: Sequence[Decided | Exception],
    ) -> Page:
        instance = self._instance
        log_id = instance.log_id.bytes
        id = self._id(request, number)
        items: list[Item] = []
        made: list[tuple[UUID, bytes]] = []
        tokens = instance.keys.tokens(households, DataClass.DECISIONS)
        for household, each in zip(households, decided, strict=True):
            item = _item(household, each)
            if item.error is None and tokens[household] is None:
                error = Erased("the class decisions of this household has been erased")
                item = Item(household, None, (), error)
            items.append(item)
            if item.error is None and not isinstance(each, Exception):
                entry = screening.entry(each.decision, instance.log_id)
                made.append((household, screening.encode_entry(entry, CURRENT)))
        if not made:
            return Page(number, items, request.view.position)
        keys = instance.keys.sealing_keys(
            [(household, DataClass.DECISIONS) for household, _ in made], instance.period()
        )
        _, chosen, _ = settings(request.view, request.question.day, CURRENT)
        stated = screening.statement(
            request.question, request.view.position, CURRENT, chosen, instance.log_id, number
        )
        nonces = instance.random(NONCE_BYTES * len(made))
        commitments, sealed = [], []
        for index, ((_, content), key) in enumerate(zip(made, keys, strict=True)):
            nonce = nonces[index * NONCE_BYTES : (index + 1) * NONCE_BYTES]
            place = self._binding(id, request.question.kind, index + 1)
            salt = key.salt(log_id, id, index + 1)
            commitments.append(commitment(salt, screening.committed(stated, content)))
            sealed.append(key.seal_with(nonce, place, content))
        open_bytes = screening.open_part(stated, commitments)
        event = Event(
            type=_page_type(request.question.kind),
            data=screening.pack(open_bytes, sealed),
            tags=[tag(SubjectKind.HOUSEHOLD, key.token) for key in keys],
            event_id=id,
            schema_version=PAGE_SCHEMA,
            metadata=metadata(
                {
                    "actor": request.reader.actor,
                    "purpose": request.reader.purpose,
                    "legal_basis": request.reader.legal_basis,
                }
            ),
            fingerprint=keys[0].fingerprint(log_id, self._request(request, number, households)),
        )
        [position] = instance.writer.append_batch([event])
        stored = instance.log.event_at(position)
        if stored is not None and stored.data != event.data:
            # A twin of this request came first: what it recorded is the answer.
            twin = self._repeated(request, number, households)
            if twin is not None:
                return twin
        known_at = request.view.position
        hashed = screening.page_hash(open_bytes)
        return Page(number, items, known_at, CURRENT, UUID(bytes=id), hashed, position)

    def _id(self, request: ListRequest, number: int) -> bytes:
        assert request.request_id is not None  # a preview has no id
        return event_id(self._instance.log_id, request.request_id, number)

    def _request(self, request: ListRequest, number: int, households: Sequence[UUID]) -> bytes:
        """Return what a repeat is recognised by: all that was asked, but not when."""
        question = request.question
        return canonical.encode(
            [question.kind, question.sealed(), question.day, number, list(households)]
        )

    def _binding(self, id: bytes, kind: str, number: int) -> Binding:
        return Binding(self._instance.log_id.bytes, id, _page_type(kind), PAGE_SCHEMA, number)

    # -- reading pages

    def _repeated(
        self,
        request: ListRequest,
        number: int,
        households: Sequence[UUID],
        stop: Callable[[], bool] = lambda: False,
    ) -> Page | None:
        event = self._instance.log.event_by_id(self._id(request, number))
        if event is None:
            return None
        if event.type not in PAGE_TYPES:
            raise EventIdReused(0, event.position)
        keys = self._keys(event)
        recognised_by = self._request(request, number, households)
        first = keys[0]
        if first is None or event.fingerprint != first.fingerprint(
            self._instance.log_id.bytes, recognised_by
        ):
            raise EventIdReused(0, event.position)
        stored = screening.unpack(event.data)
        stated = canonical.decode(stored.statement)
        entries = dict(zip(self._subjects(event), self._entries(event, stored), strict=True))
        held = [each for each in households if entries.get(each) is not None]
        # An entry is small: warnings, and what is missing, follow from the answer.
        finder = FactFinder(self._instance, stated["position"], request.reader, keep=False)
        decided = finder.answer_all(
            [self._question(stated, household) for household in held],
            self._instance.view(at=stated["position"]),
            edition_named(stated["law"]),
            stop,
        )
        again = dict(zip(held, decided, strict=True))
        items = []
        for household in households:
            entry = entries.get(household)
            if entry is None:
                error = NotOnPage(_NOT_ON_PAGE)
                items.append(Item(household, None, (), error))
            else:
                made = _item(household, again[household]).decision
                made = made and made.as_recorded(entry.outcome)
                items.append(Item(household, entry.outcome, entry.met, None, made))
        self._note(event, request.reader)
        return Page(
            number,
            items,
            stated["position"],
            edition_named(stated["law"]),
            UUID(bytes=event.event_id),
            screening.page_hash(stored.open_part),
            event.position,
        )

    def _keys(self, event: RecordedEvent) -> list[ClassKey | None]:
        sealed = screening.unpack(event.data).sealed
        wanted = [
            (each[2:], period_of(payload)) for each, payload in zip(event.tags, sealed, strict=True)
        ]
        found = self._instance.keys.keys(wanted)
        return [found.get(each) for each in wanted]

    def _subjects(self, event: RecordedEvent) -> list[UUID | None]:
        found = self._instance.keys.subjects_of(each[2:] for each in event.tags)
        return [found.get(each[2:]) for each in event.tags]

    def _entries(
        self, event: RecordedEvent, stored: screening.StoredPage
    ) -> list[screening.Entry | None]:
        return [
            None if key is None else self._entry(event, stored, index, key)
            for index, key in enumerate(self._keys(event))
        ]

    def _entry(
        self, event: RecordedEvent, stored: screening.StoredPage, index: int, key: ClassKey
    ) -> screening.Entry:
        kind = PAGE_TYPES[event.type]
        edition = edition_named(canonical.decode(stored.statement)["law"])
        place = self._binding(event.event_id, kind, index + 1)
        return screening.decode_entry(key.unseal(place, stored.sealed[index]), edition)

    def _note(self, event: RecordedEvent, reader: Reader) -> None:
        self._instance.person_facts.note(
            [(DataClass.DECISIONS, each[2:]) for each in event.tags], reader
        )

    def get(self, event: RecordedEvent, household: UUID, reader: Reader) -> Answer:
        """Return what a page answered about one household, computed again in full.

        The outcome is the one that was recorded, whatever has been erased since. Raises NotOnPage.
        """
        stored = screening.unpack(event.data)
        stated = canonical.decode(stored.statement)
        subjects = self._subjects(event)
        if household not in subjects:
            raise NotOnPage(_NOT_ON_PAGE)
        index = subjects.index(household)
        token = event.tags[index][2:]
        key = self._instance.keys.key(token, period_of(stored.sealed[index]))
        if key is None:
            raise NotOnPage(_NOT_ON_PAGE)
        self._instance.person_facts.note([(DataClass.DECISIONS, token)], reader)
        entry = self._entry(event, stored, index, key)
        position = stated["position"]
        decided = FactFinder(self._instance, position, reader).answer(
            self._question(stated, household),
            self._instance.view(at=position),
            edition_named(stated["law"]),
        )
        return Answer(
            decided.decision.as_recorded(entry.outcome),
            decided.unsealed,
            UUID(bytes=event.event_id),
            screening.page_hash(stored.open_part),
            event.position,
            decided.facts_read,
        )

    def opened(self, event: RecordedEvent, only: str = "") -> Iterator[Opened]:
        """Yield the entries of a page, or that of one token; the caller notes the reading."""
        stored, subjects = screening.unpack(event.data), self._subjects(event)
        for index, (about, key) in enumerate(zip(event.tags, self._keys(event), strict=True)):
            token = about[2:]
            if not only or token == only:
                household = subjects[index]
                entry = None if key is None else self._entry(event, stored, index, key)
                yield Opened(token, household, None if household is None else entry)

    def told_of(
        self, about: str, upto: int
    ) -> Iterator[tuple[RecordedEvent, dict[str, Any], Outcome]]:
        """Yield each page that tells of the household of a tag: what it asked, and the outcome.

        An entry that was erased is passed over. The caller notes the reading.
        """
        query = DCBQuery(items=[DCBQueryItem(types=list(PAGE_TYPES), tags=[about])])
        for event in self._instance.log.read(query, upto=upto):
            stored = screening.unpack(event.data)
            index = list(event.tags).index(about)
            key = self._instance.keys.key(about[2:], period_of(stored.sealed[index]))
            if key is not None:
                entry = self._entry(event, stored, index, key)
                yield event, canonical.decode(stored.statement), entry.outcome

    def _question(self, stated: dict[str, Any], household: UUID) -> Question:
        return QUESTIONS[stated["kind"]].restored(
            household,
            date.fromisoformat(stated["day"]),
            date.fromisoformat(stated["asked"]) if "asked" in stated else None,
            stated["target"],
        )

    def replay(self, event: RecordedEvent, reader: Reader) -> PageReplay:
        """Compute every entry of a page again at its position under its law, then compare."""
        instance = self._instance
        stored = screening.unpack(event.data)
        stated = canonical.decode(stored.statement)
        kind, edition = stated["kind"], edition_named(stated["law"])
        view = instance.view(at=stated["position"])
        subjects, keys = self._subjects(event), self._keys(event)
        readable = {
            index: (subject, key)
            for index, (subject, key) in enumerate(zip(subjects, keys, strict=True))
            if subject is not None and key is not None
        }
        questions = [self._question(stated, subject) for subject, _ in readable.values()]
        finder = FactFinder(instance, stated["position"], reader, fresh=True, keep=False)
        decided = finder.answer_all(questions, view, edition)
        differences = []
        if not event.is_intact():
            differences.append(
                f"event at position {event.position}: the stored columns do not give its leaf hash"
            )
        _, chosen, _ = settings(view, questions[0].day, edition) if questions else (None, (), None)
        computed = stored.statement
        if questions:
            computed = screening.statement(
                questions[0], view.position, edition, chosen, instance.log_id, stated["page"]
            )
        if computed != stored.statement:
            differences.append("the open part of the page comes out otherwise")
        commitments = list(stored.commitments)
        for (index, (_, key)), each in zip(readable.items(), decided, strict=True):
            what = f"entry {index + 1}"
            if isinstance(each, Exception):
                differences.append(f"{what}: cannot be asked again ({type(each).__name__})")
                continue
            content = screening.encode_entry(
                screening.entry(each.decision, instance.log_id), edition
            )
            place = self._binding(event.event_id, kind, index + 1)
            salt = key.salt(instance.log_id.bytes, event.event_id, index + 1)
            commitments[index] = commitment(salt, screening.committed(computed, content))
            if key.unseal(place, stored.sealed[index]) != content:
                differences.append(f"{what}: comes out otherwise")
            elif commitments[index] != stored.commitments[index]:
                differences.append(f"{what}: the open part commits to something else")
        return PageReplay(
            screening.page_hash(screening.open_part(computed, commitments)),
            screening.page_hash(stored.open_part),
            len(readable),
            len(subjects) - len(readable),
            differences,
        )


def _page_type(kind: str) -> str:
    return f"screening.{kind}"


def _item(household: UUID, decided: Decided | Exception) -> Item:
    if isinstance(decided, Exception):
        return Item(household, None, (), decided)
    decision = decided.decision
    met = screening.met_rules(decision)
    return Item(household, decision.outcome, met, decision=decision)
