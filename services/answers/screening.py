"""Screening a whole waiting list: page by page at one position, one receipt for each page.

A page is one event, so a screening that is broken off leaves whole pages and nothing half done. The
same request asked again gets the pages that are recorded, and goes on after them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import canonical, screening
from domain.data_classes import DataClass, SubjectKind
from domain.decide import Decision, Membership
from domain.law.case import settings
from domain.law.edition import Edition, EditionUnknownError
from domain.law.editions import CURRENT, edition_named
from domain.law.kernel import Outcome
from domain.law.question import Question
from domain.questions import PAGE_TYPES, QUESTIONS
from domain.receipt import MalformedReceiptError, Place
from domain.reference import View
from domain.screening import StoredEntry
from husret_verify.event import event_id
from services.answers import differences, stored
from services.answers.differences import Difference
from services.answers.finding import Decided, FactFinder
from services.answers.receipts import Answer, UnknownHousehold
from services.answers.stored import UNREADABLE, StatedPage
from services.instance.frames import StatedFrame
from services.instance.instance import Instance
from services.log.event import Event, RecordedEvent, metadata
from services.log.port import EventIdReused
from services.persons.reading import Erased, Reader, TamperedEvent, tag
from services.persons.sealing import ClassKey, Tampered

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
    found: list[Difference]
    """What came out otherwise, or does not hold."""

    @property
    def differences(self) -> list[str]:
        """What came out otherwise, in English."""
        return [each.en for each in self.found]


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
        made: list[tuple[UUID, Decided]] = []
        tokens = instance.keys.tokens(households, DataClass.DECISIONS)
        for household, each in zip(households, decided, strict=True):
            item = _item(household, each)
            if item.error is None and tokens[household] is None:
                error = Erased("the class decisions of this household has been erased")
                item = Item(household, None, (), error)
            items.append(item)
            if item.error is None and not isinstance(each, Exception):
                made.append((household, each))
        if not made:
            return Page(number, items, request.view.position)
        period = instance.period()
        keys = instance.keys.sealing_keys(
            [(household, DataClass.DECISIONS) for household, _ in made], period
        )
        named = self._frame(request.question, request.view, CURRENT)
        head = screening.head(named.id, request.view.position, period, number, len(made))
        place = Place(id, named.payload, head)
        entries = [
            self._made(place, index, each, key, CURRENT)
            for index, ((_, each), key) in enumerate(zip(made, keys, strict=True), 1)
        ]
        data = screening.pack(head, entries)
        event = Event(
            type=_page_type(request.question.kind),
            data=data,
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
        [positions] = instance.frames.append([(event, named)])
        if isinstance(positions, Exception):
            raise positions
        [position] = positions
        written = instance.log.event_at(position)
        if written is not None and written.data != event.data:
            # A twin of this request came first: what it recorded is the answer.
            twin = self._repeated(request, number, households)
            if twin is not None:
                return twin
        known_at = request.view.position
        hashed = screening.page_hash(named.payload, data)
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

    def _frame(self, question: Question, view: View, edition: Edition) -> StatedFrame:
        """Return the frame of the pages on which a question is asked of each household."""
        _, chosen, _ = settings(view, question.day, edition)
        log_id = self._instance.log_id
        return self._instance.frames.of(screening.frame(question, edition, chosen, log_id))

    def _made(
        self, place: Place, number: int, decided: Decided, key: ClassKey, edition: Edition
    ) -> StoredEntry:
        """Return the entry of one household: the same for the same key, at any time."""
        log_id = self._instance.log_id.bytes
        clear = screening.encode_entry(screening.entry(decided.decision), edition)
        read = screening.digest(decided.decision, decided.facts_read)
        committed = key.commitment(log_id, screening.message(place, number, clear, read))
        return StoredEntry(committed, key.masked(log_id, committed, clear))

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
        stated = stored.page(self._instance, event)
        subjects, entries = self._subjects(event), self._entries(stated, keys)
        numbers = {each: number for number, each in enumerate(subjects, 1)}
        held = [h for h in households if h in numbers and entries[numbers[h] - 1] is not None]
        # An entry is small: warnings, and what is missing, follow from the answer.
        finder = FactFinder(self._instance, stated.position, request.reader, keep=False)
        decided = finder.answer_all(
            [self._question(stated, household) for household in held],
            self._instance.view(at=stated.position),
            edition_named(stated.law),
            stop,
        )
        again = dict(zip(held, decided, strict=True))
        items = []
        for household in households:
            entry = entries[numbers[household] - 1] if household in again else None
            if entry is None:
                error = NotOnPage(_NOT_ON_PAGE)
                items.append(Item(household, None, (), error))
            else:
                self._vouch(stated, numbers[household], keys, again[household])
                made = _item(household, again[household]).decision
                made = made and made.as_recorded(entry.outcome)
                items.append(Item(household, entry.outcome, entry.met, None, made))
        self._note(event, request.reader)
        return Page(
            number,
            items,
            stated.position,
            edition_named(stated.law),
            stated.id,
            stated.hash,
            event.position,
        )

    def _vouch(
        self,
        stated: StatedPage,
        number: int,
        keys: Sequence[ClassKey | None],
        decided: Decided | Exception,
    ) -> None:
        """Raise Tampered when an entry is not what comes out, and nothing it rests on is erased."""
        key = keys[number - 1]
        if key is None or isinstance(decided, Exception) or _has_erased(decided):
            return
        made = self._made(stated.place, number, decided, key, edition_named(stated.law))
        if made != stated.packed.entries[number - 1]:
            raise Tampered(
                f"event at position {stated.event.position}: entry {number} of the page is not "
                "as it was made; compare the log with a backup"
            )

    def _keys(self, event: RecordedEvent) -> list[ClassKey | None]:
        period = screening.unpack(event.data).period
        wanted = [(each[2:], period) for each in event.tags]
        found = self._instance.keys.keys(wanted)
        return [found.get(each) for each in wanted]

    def _subjects(self, event: RecordedEvent) -> list[UUID | None]:
        found = self._instance.keys.subjects_of(each[2:] for each in event.tags)
        return [found.get(each[2:]) for each in event.tags]

    def _entries(
        self, stated: StatedPage, keys: Sequence[ClassKey | None]
    ) -> list[screening.Entry | None]:
        return [
            None if key is None else self.entry(stated, number, key)
            for number, key in enumerate(keys, 1)
        ]

    def entry(self, stated: StatedPage, number: int, key: ClassKey) -> screening.Entry:
        """Open an entry of a page. It is held to its commitment when it is computed again.

        Raises MalformedReceiptError, TamperedEvent when the page is not as it was recorded.
        """
        if not stated.event.is_intact():
            raise TamperedEvent(stated.event.position)
        each = stated.packed.entries[number - 1]
        clear = key.masked(self._instance.log_id.bytes, each.commitment, each.sealed)
        return screening.decode_entry(clear, edition_named(stated.law))

    def _note(self, event: RecordedEvent, reader: Reader) -> None:
        self._instance.person_facts.note(
            [(DataClass.DECISIONS, each[2:]) for each in event.tags], reader
        )

    def get(self, event: RecordedEvent, household: UUID, reader: Reader) -> Answer:
        """Return what a page answered about one household, computed again in full.

        The outcome is the one that was recorded, whatever has been erased since. Raises NotOnPage.
        """
        stated = stored.page(self._instance, event)
        subjects = self._subjects(event)
        if household not in subjects:
            raise NotOnPage(_NOT_ON_PAGE)
        number = subjects.index(household) + 1
        token = event.tags[number - 1][2:]
        key = self._instance.keys.key(token, stated.period)
        if key is None:
            raise NotOnPage(_NOT_ON_PAGE)
        self._instance.person_facts.note([(DataClass.DECISIONS, token)], reader)
        entry = self.entry(stated, number, key)
        decided = FactFinder(self._instance, stated.position, reader).answer(
            self._question(stated, household),
            self._instance.view(at=stated.position),
            edition_named(stated.law),
        )
        keys: list[ClassKey | None] = [None] * len(subjects)
        keys[number - 1] = key
        self._vouch(stated, number, keys, decided)
        return Answer(
            decided.decision.as_recorded(entry.outcome),
            decided.unsealed,
            stated.id,
            stated.hash,
            event.position,
            decided.facts_read,
        )

    def opened(self, event: RecordedEvent, only: str = "") -> Iterator[Opened]:
        """Yield the entries of a page, or that of one token; the caller notes the reading."""
        stated, subjects = stored.page(self._instance, event), self._subjects(event)
        for number, (about, key) in enumerate(zip(event.tags, self._keys(event), strict=True), 1):
            token, household = about[2:], subjects[number - 1]
            if not only or token == only:
                entry = None
                if key is not None and household is not None:
                    entry = self.entry(stated, number, key)
                yield Opened(token, household, entry)

    def told_of(self, about: str, upto: int) -> Iterator[tuple[StatedPage, Outcome]]:
        """Yield each page that tells of the household of a tag: what it asked, and the outcome.

        An entry that was erased is passed over. The caller notes the reading.
        """
        query = DCBQuery(items=[DCBQueryItem(types=list(PAGE_TYPES), tags=[about])])
        for event in self._instance.log.read(query, upto=upto):
            stated = stored.page(self._instance, event)
            key = self._instance.keys.key(about[2:], stated.period)
            if key is not None:
                number = list(event.tags).index(about) + 1
                yield stated, self.entry(stated, number, key).outcome

    def _question(self, stated: StatedPage, household: UUID) -> Question:
        kind = QUESTIONS[stated.kind]
        return kind.restored(household, stated.day, stated.asked, stated.target)

    def replay(self, event: RecordedEvent, reader: Reader) -> PageReplay:
        """Compute every entry of a page again at its position under its law, then compare.

        An entry of which something was erased that it rests on does not come out again. A page that
        was altered so that it cannot be read is a difference. Raises EditionUnknownError.
        """
        try:
            return self._replayed(event, reader)
        except EditionUnknownError:
            raise
        except (*UNREADABLE, TamperedEvent) as error:
            known = isinstance(error, MalformedReceiptError | TamperedEvent)
            why = str(error) if known else type(error).__name__
            said = differences.page_unreadable(event.position, why)
            return PageReplay(b"", b"", 0, 0, [said])

    def _replayed(self, event: RecordedEvent, reader: Reader) -> PageReplay:
        instance = self._instance
        stated = stored.page(instance, event, as_stored=True)
        edition = edition_named(stated.law)
        view = instance.view(at=stated.position)
        subjects, keys = self._subjects(event), self._keys(event)
        readable = {
            number: (subject, key)
            for number, (subject, key) in enumerate(zip(subjects, keys, strict=True), 1)
            if subject is not None and key is not None
        }
        questions = [self._question(stated, subject) for subject, _ in readable.values()]
        finder = FactFinder(instance, stated.position, reader, fresh=True, keep=False)
        decided = finder.answer_all(questions, view, edition)
        found = []
        if not event.is_intact():
            found.append(differences.event_altered(event.position))
        named, head = stated.named, stated.packed.head
        if questions:
            named = self._frame(questions[0], view, edition)
            head = screening.head(
                named.id, view.position, stated.period, stated.number, len(subjects)
            )
        if (named.payload, head) != (stated.named.payload, stated.packed.head):
            found.append(differences.page_differs())
        place = Place(event.event_id, named.payload, head)
        entries = list(stated.packed.entries)
        erased = len(subjects) - len(readable)
        for (number, (_, key)), each in zip(readable.items(), decided, strict=True):
            if isinstance(each, Exception):
                found.append(differences.entry_not_asked(number, type(each).__name__))
                continue
            made = self._made(place, number, each, key, edition)
            if made == entries[number - 1]:
                continue
            if _has_erased(each):
                erased += 1
                continue
            found.append(differences.entry_differs(number))
            entries[number - 1] = made
        return PageReplay(
            screening.page_hash(named.payload, screening.pack(head, entries)),
            stated.hash,
            len(subjects) - erased,
            erased,
            found,
        )


def _has_erased(decided: Decided) -> bool:
    """Tell whether something that a decision asked for has been erased."""
    for need, answer in decided.facts_read.all:
        if isinstance(answer, Membership):
            if answer.erased or any(item is None for _, item in answer.members):
                return True
        elif answer is None or (need.members and None in answer.values()):
            return True
    return False


def _page_type(kind: str) -> str:
    return f"screening.{kind}"


def _item(household: UUID, decided: Decided | Exception) -> Item:
    if isinstance(decided, Exception):
        return Item(household, None, (), decided)
    decision = decided.decision
    met = screening.met_rules(decision)
    return Item(household, decision.outcome, met, decision=decision)
