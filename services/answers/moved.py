"""Answers that something recorded later has moved: found from each event, and kept as a list.

An event that is recorded late, corrects or takes back moves the answers that would have read it. A
follower decides each of those again as the log then stands, so that a wrong denial shows the same
day. What it keeps of an answer is the receipt's id, the entry and a position; the outcomes are
sealed under the household's key of the class decisions and go with it. Which class moved it, and
why, is kept nowhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import boundary, canonical, events, facts
from domain.data_classes import DataClass, SubjectKind
from domain.decide import Decision
from domain.law.edition import Edition, EditionUnknownError
from domain.law.editions import CURRENT
from domain.law.kernel import Outcome
from domain.law.question import NOBODY
from domain.questions import PAGE_TYPES, QUESTIONS
from projections.moved_decisions import VIEW, Row
from projections.table import Checkpoint, Table
from projections.view import Changes
from services.answers import stored
from services.answers.again import AsThen, Law, as_then, decided_all
from services.answers.given import (
    RECORDED_TYPES,
    Given,
    about_of,
    area_of,
    entries_of,
    given,
    key_of,
    recorded,
)
from services.answers.receipts import Receipts
from services.instance.instance import Instance
from services.instance.views import FollowedView
from services.log.event import RecordedEvent
from services.log.finding import Finding
from services.persons.reading import PREFIXES, Reader, TamperedEvent, is_personal
from services.persons.sealing import NONCE_BYTES, Binding, Tampered

FOLLOWER = Reader("husret", "audit", "databeskyttelsesforordningen artikel 5, stk. 1, litra d")
"""Who reads, as the access table keeps it, when answers are decided again by themselves."""

_BATCH = 100_000
"""Most positions of the log whose answers are found and decided together."""
_READ_AT_ONCE = 5_000
"""Most positions of the log that are read at a time."""
_TAGS = 200
"""How many tags are looked up at once."""
_AT_ONCE = 200
"""How many answers are decided again before the follower asks whether to go on."""
_EVERY = 5_000
"""Positions that may pass without a row before the checkpoint is written all the same."""

_RECORDED = DCBQuery(items=[DCBQueryItem(types=list(RECORDED_TYPES))])
_MEMBER = events.BY_FACT[facts.HouseholdMember].name
_ERASED = events.BY_FACT[facts.ErasureDone].name
_FACT_TYPES = sorted(events.BY_NAME.keys() - boundary.READ_BY_NO_QUESTION)
_FACTS = DCBQuery(items=[DCBQueryItem(types=_FACT_TYPES)])
_FOLLOWED = DCBQuery(items=[DCBQueryItem(types=[*_FACT_TYPES, _ERASED])])
_DENIALS = (Outcome.PROHIBITED, Outcome.DISCRETIONARY)
_SEALED_AS = "view.moved_decisions"


class Verdict(StrEnum):
    """What has become of an answer, the most pressing first."""

    WOULD_BE_PERMITTED = "would_be_permitted"
    """It denied what would now be permitted."""
    OTHER_OUTCOME = "other_outcome"
    CANNOT_BE_TOLD = "cannot_be_told"
    """What it rests on has been erased, or it can't be asked any more."""
    SAME_OUTCOME = "same_outcome"
    NOT_MOVED = "not_moved"


class Moved(NamedTuple):
    """How an answer stands as of a position.

    `moved_at` is the first newer event that it would have read, 0 when there is none; `after` None:
    it cannot be told. `settled_at` is the remedy that settles it, 0 when none does.
    """

    receipt: bytes
    entry: int
    moved_at: int
    before: Outcome
    after: Outcome | None
    settled_at: int

    @property
    def verdict(self) -> Verdict:
        """What has become of it."""
        if not self.moved_at:
            return Verdict.NOT_MOVED
        if self.after is None:
            return Verdict.CANNOT_BE_TOLD
        if self.after is self.before:
            return Verdict.SAME_OUTCOME
        if self.before in _DENIALS and self.after is Outcome.PERMITTED:
            return Verdict.WOULD_BE_PERMITTED
        return Verdict.OTHER_OUTCOME

    @property
    def urgency(self) -> tuple[bool, int, int, bytes, int]:
        """Return what it is listed by: wrong denials first, what is settled last."""
        order = list(Verdict).index(self.verdict)
        return bool(self.settled_at), order, self.moved_at, self.receipt, self.entry


# --- Which answers an event may have moved ------------------------------------------------------


def affected(
    instance: Instance, event: RecordedEvent, upto: int
) -> Iterator[tuple[RecordedEvent, str]]:
    """Yield the receipts and pages up to a position that an event may have moved, or be read by.

    Each comes with the tag of the household that is meant; "" means every answer of it. Of a
    sealed event they are those of the households that its subjects are or were members of; of an
    open one, those about the areas that it tells of. Nothing is unsealed for it.
    """
    if is_personal(event.tags):
        return _about_subjects(instance, dict.fromkeys(filter(_is_subject, event.tags), upto))
    return _about_areas(instance, {_areas(instance, event): upto})


def _is_subject(tag: str) -> bool:
    return is_personal([tag])


def _about_subjects(
    instance: Instance, told: Mapping[str, int]
) -> Iterator[tuple[RecordedEvent, str]]:
    """Yield what is about households of subjects, each recorded up to a position of its own.

    `told`: the tags of sealed events, each with the last position that it was recorded at.
    """
    about = households_of(instance, told)
    tags = sorted(about)
    for start in range(0, len(tags), _TAGS):
        some = tags[start : start + _TAGS]
        # Without types: the class holds few facts, and there are many kinds of receipt.
        items = [DCBQueryItem(types=[], tags=[tag]) for tag in some]
        upto = max(about[tag] for tag in some)
        for event in instance.log.read(DCBQuery(items=items), upto=upto):
            for tag in event.tags if event.type in RECORDED_TYPES else ():
                if event.position <= about.get(tag, 0):
                    yield event, tag


def households_of(instance: Instance, told: Mapping[str, int]) -> dict[str, int]:
    """Return the tags that receipts about the households of subjects have, with the last position.

    A person's households are those that a membership was ever recorded in, taken back or not.
    """
    keys, person = instance.keys, PREFIXES[SubjectKind.PERSON]
    subjects = keys.subjects_of(tag[2:] for tag in told)
    households: defaultdict[UUID, int] = defaultdict(int)
    persons: defaultdict[UUID, int] = defaultdict(int)
    for tag, position in told.items():
        subject = subjects.get(tag[2:])
        if subject is not None:
            kind = persons if tag.startswith(person) else households
            kind[subject] = max(position, kind[subject])
    tokens = keys.tokens(sorted(persons), DataClass.MEMBERSHIP)
    last = {person + token: persons[each] for each, token in tokens.items() if token is not None}
    members = sorted(last)
    for start in range(0, len(members), _TAGS):
        items = [
            DCBQueryItem(types=[_MEMBER], tags=[tag]) for tag in members[start : start + _TAGS]
        ]
        read = instance.log.read(DCBQuery(items=items)).all()
        of = keys.subjects_of(tag[2:] for event in read for tag in event.tags[1:])
        for event in read:
            for tag in event.tags[1:]:
                household = of.get(tag[2:])
                if household is not None:
                    position = last.get(event.tags[0], 0)
                    households[household] = max(position, households[household])
    found = keys.tokens(sorted(households), DataClass.DECISIONS)
    prefix = PREFIXES[SubjectKind.HOUSEHOLD]
    return {prefix + token: households[each] for each, token in found.items() if token is not None}


_Areas = frozenset[str | None] | None


def _areas(instance: Instance, event: RecordedEvent) -> _Areas:
    view = instance.view()

    def areas_of(dwelling: str) -> Iterable[str | None]:
        held = view.history(facts.DwellingRecorded, dwelling)
        return [each.fact.area for each in held]

    return boundary.areas_moved(event.type, event.tags, areas_of)


_BEYOND = frozenset(
    kind
    for kind, struct in QUESTIONS.items()
    if struct.declared.of_nobody or "offered" in struct.__struct_fields__
)
"""Questions that look beyond the area they are about: at another dwelling, or at other areas."""


def _about_areas(
    instance: Instance, before: Mapping[_Areas, int]
) -> Iterator[tuple[RecordedEvent, str]]:
    """Yield the receipts and pages about areas, each recorded before a position of its own."""
    wanted = {areas: position for areas, position in before.items() if areas != frozenset()}
    if not wanted:
        return
    view = instance.view()
    for event in recorded(instance, max(wanted.values())):
        said = stored.stated(instance, event)
        for areas, position in wanted.items():
            if event.position <= position and (
                areas is None or said.kind in _BEYOND or area_of(said, view) in areas
            ):
                yield event, ""
                break


# --- Deciding them again ------------------------------------------------------------------------


def rests_on(decision: Decision) -> set[int]:
    """Return the positions of the events that an answer names as what it rests on."""
    items = [item for _, item in decision.membership]
    items += decision.reference
    for each in decision.examined:
        items += (item for _, finding in each.tree.leaves for item in finding.evidence)
    return {item.position for item in items}


def moved_of(
    receipts: Receipts, answers: Sequence[Given], upto: int, reader: Reader
) -> list[tuple[Moved, AsThen | None]]:
    """Decide answers again as known at a position; return how each stands.

    Without the answer as known then: its law can't be run here. Raises TamperedEvent.
    """
    instance = receipts.instance
    then: list[AsThen | None] = []
    for each in answers:
        try:
            then.append(as_then(instance, each, reader))
        except EditionUnknownError:
            then.append(None)
    first = [
        None if each is None else next(iter(each.moved_by(instance, upto, 1)), None)
        for each in then
    ]
    wanted = [answer for answer, event in zip(answers, first, strict=True) if event is not None]
    now = decided_all(
        instance, [each.question for each in wanted], Law(), instance.view(at=upto), reader
    )
    outcome = {
        (each.event.position, each.entry): None if isinstance(made, Exception) else made.decision
        for each, made in zip(wanted, now, strict=True)
    }
    remedies = _remedies(instance, wanted, upto, reader)
    found = []
    for answer, was, event in zip(answers, then, first, strict=True):
        at = 0 if event is None else event.position
        after: Outcome | None = answer.outcome
        settled = 0
        if was is None:
            after, at = None, answer.event.position
        elif at:
            after = _outcome(answer, was, outcome[answer.event.position, answer.entry])
            settled = remedies.get((answer.household, answer.event.event_id), 0)
            if settled and was.moved_by(instance, upto, 1, settled):
                settled = 0
        moved = Moved(answer.event.event_id, answer.entry, at, answer.outcome, after, settled)
        found.append((moved, was))
    return found


def _outcome(answer: Given, then: AsThen, now: Decision | None) -> Outcome | None:
    """Return what comes out now; None where erasures, or what can't be asked, hide it."""
    if now is None or then.decision.outcome is not answer.outcome:
        return None
    if now.outcome is answer.outcome:
        return now.outcome
    erased = any(missing.kind == "erased" for missing, _ in now.missing)
    return None if erased else now.outcome


def _remedies(
    instance: Instance, answers: Iterable[Given], upto: int, reader: Reader
) -> dict[tuple[UUID, bytes], int]:
    """Return the last remedy recorded of each household's receipts."""
    households = sorted({each.household for each in answers} - {NOBODY})
    held = instance.person_facts.of_many(households, DataClass.DECISIONS, upto, reader, keep=False)
    return {
        (household, item.fact.receipt.bytes): item.position
        for household, items in held.items()
        for item in items or ()
        if isinstance(item.fact, facts.AnswerRemedied)
    }


# --- The list that is kept ----------------------------------------------------------------------


class MovedFollower:
    """Keeps the list in step with the log: each event's answers are decided again."""

    def __init__(
        self,
        receipts: Receipts,
        table: Table[Row],
        edition: Edition = CURRENT,
        upto: int | None = None,
    ) -> None:
        """Keep `table`; `upto`: no further than to this position."""
        self._upto = upto
        self._receipts = receipts
        self._instance = receipts.instance
        self._table = table
        self._edition = edition
        self._durable = self.position
        self._known = False
        """The rows have been found to be this log's."""

    @property
    def position(self) -> int:
        """Return the position that the rows stand at, 0 when there are none."""
        checkpoint = self._table.checkpoint
        return 0 if checkpoint is None else checkpoint.position

    @property
    def rebuilds(self) -> bool:
        """Tell whether the rows are about to be made anew."""
        return not self._known and not self._continues()

    def _continues(self) -> bool:
        found = self._table.checkpoint
        return found is not None and found._replace(generation=0) == self._checkpoint(
            found.position
        )

    def _checkpoint(self, position: int) -> Checkpoint:
        event = self._instance.log.event_at(position)
        return Checkpoint(
            position,
            b"" if event is None else event.leaf_hash,
            str(self._instance.log_id),
            self._edition.id,
            VIEW.format,
            0,
        )

    def catch_up(self, go_on: Callable[[], bool] = lambda: True) -> None:
        """Follow the log to its head, or until `go_on` says no."""
        if self.rebuilds:
            self._table.replace(self._checkpoint(0), [])
            self._durable = 0
        self._known = True
        while self.position < (head := self._end()) and go_on():
            if not self._follow(self.position, min(head, self.position + _BATCH), go_on):
                return

    def _end(self) -> int:
        head = self._instance.log.head()
        return head if self._upto is None else min(head, self._upto)

    def _follow(self, after: int, upto: int, go_on: Callable[[], bool]) -> bool:
        wanted, erased = self._candidates(after, upto)
        held = {(row.receipt, row.entry): row for row in self._table.rows()} if wanted else {}
        if erased:
            held = {(row.receipt, row.entry): row for row in self._table.rows()}
            for row in held.values():
                event = self._instance.log.event_by_id(row.receipt)
                if event is not None:
                    wanted[event.position].add(about_of(event, row.entry))
        gone: list[Row] = []
        made: list[Row] = []
        candidates = iter(sorted(wanted.items()))
        while some := list(islice(candidates, _AT_ONCE)):
            if not go_on():
                return False
            for key, new in self._decided(some, upto):
                before = held.get(key)
                if before is not None:
                    gone.append(before)
                if new is not None:
                    made.append(new)
        if gone or made or upto - self._durable > _EVERY:
            # The rows rest on readings: these are durable before them.
            self._instance.access.flush()
            digest = self._checkpoint(upto).digest
            self._table.advance(upto, digest, Changes(gone, made))
            self._durable = upto
        else:
            self._table.pass_over(upto)
        return True

    def _candidates(self, after: int, upto: int) -> tuple[defaultdict[int, set[str]], bool]:
        """Return the receipts that events of a stretch may have moved, with whose answers."""
        log = self._instance.log
        wanted: defaultdict[int, set[str]] = defaultdict(set)
        openly: dict[_Areas, int] = {}
        told: dict[str, int] = {}
        read: list[int] = []
        erased = False
        for event in self._read(_FOLLOWED, after, upto):
            if event.type == _ERASED:
                erased = True
                continue
            read.append(event.position)
            if is_personal(event.tags):
                told.update(dict.fromkeys(filter(_is_subject, event.tags), event.position))
            else:
                areas = _areas(self._instance, event)
                openly[areas] = max(event.position, openly.get(areas, 0))
        for receipt, tag in (
            *_about_subjects(self._instance, told),
            *_about_areas(self._instance, openly),
        ):
            wanted[receipt.position].add(tag)
        for receipt in self._read(_RECORDED, after, upto):
            known = stored.stated(self._instance, receipt).position
            # What came between the reading and the receipt.
            if bisect_right(read, known) < bisect_left(read, receipt.position) or (
                known < after and log.read(_FACTS, after=known, upto=after, limit=1).all()
            ):
                wanted[receipt.position].add("")
        return wanted, erased

    def _read(self, query: DCBQuery, after: int, upto: int) -> Iterator[RecordedEvent]:
        for start in range(after, upto, _READ_AT_ONCE):
            end = min(upto, start + _READ_AT_ONCE)
            yield from self._instance.log.read(query, after=start, upto=end)

    def _decided(
        self, some: Sequence[tuple[int, set[str]]], upto: int
    ) -> Iterator[tuple[tuple[bytes, int], Row | None]]:
        """Yield the answers that were looked at, each with its row; None: it has not moved."""
        log, answers = self._instance.log, list[Given]()
        for position, tags in some:
            event = log.event_at(position)
            if event is None:
                continue
            only = () if "" in tags else tags
            try:
                read = given(self._receipts, event, FOLLOWER, only)
            except EditionUnknownError:
                continue
            answers += read
            found = {each.entry for each in read}
            for entry in self._entries(event, only):
                if entry not in found:
                    yield (event.event_id, entry), None
        for answer, (moved, _) in zip(
            answers, moved_of(self._receipts, answers, upto, FOLLOWER), strict=True
        ):
            row = None
            if moved.moved_at:
                row = Row(moved.receipt, moved.entry, moved.moved_at, self._sealed(answer, moved))
            yield (moved.receipt, moved.entry), row

    def _entries(self, event: RecordedEvent, only: Iterable[str]) -> list[int]:
        if event.type not in PAGE_TYPES:
            return [0]
        wanted = set(only)
        return [n for n, tag in enumerate(event.tags, 1) if not wanted or tag in wanted]

    def _sealed(self, answer: Given, moved: Moved) -> bytes:
        plain = canonical.encode(
            [str(moved.before), "" if moved.after is None else str(moved.after), moved.settled_at]
        )
        if answer.key is None:
            return plain
        nonce = self._instance.random(NONCE_BYTES)
        return answer.key.seal_with(nonce, _binding(self._instance, moved), plain)


def _binding(instance: Instance, moved: Moved) -> Binding:
    return Binding(instance.log_id.bytes, moved.receipt, _SEALED_AS, VIEW.format, moved.entry)


class Listed(NamedTuple):
    """An answer of the list, with the event that holds it; `about`: its household's tag."""

    moved: Moved
    event: RecordedEvent
    about: str


def opened(instance: Instance, row: Row) -> Listed | None:
    """Open a row; None: its household's part is erased, so that nothing can be told of it.

    Whoever shows it notes the reading (`shown`). Raises Tampered.
    """
    event = instance.log.event_by_id(row.receipt)
    if event is None:
        return None
    is_page = event.type in PAGE_TYPES
    if event.type not in RECORDED_TYPES or (is_page and not 0 < row.entry <= entries_of(event)):
        raise Tampered("a row of the list of moved answers names no answer")
    about = about_of(event, row.entry)
    unread = Moved(row.receipt, row.entry, row.moved_at, Outcome.UNDETERMINED, None, 0)
    plain = row.sealed
    if about:
        key = key_of(instance, event, row.entry)
        if key is None:
            return None
        plain = key.unseal(_binding(instance, unread), row.sealed)
    before, after, settled_at = canonical.decode(plain)
    moved = unread._replace(
        before=Outcome(before), after=Outcome(after) if after else None, settled_at=settled_at
    )
    return Listed(moved, event, about)


def shown(instance: Instance, listed: Iterable[Listed], reader: Reader) -> None:
    """Note who was told of these answers."""
    instance.person_facts.note(
        [(DataClass.DECISIONS, each.about[2:]) for each in listed if each.about], reader
    )


def resting_on(receipts: Receipts, event: RecordedEvent, upto: int, reader: Reader) -> list[Listed]:
    """Return the answers that rest on an event, moved since or not, decided again for this.

    Of a receipt the sections of the event's own class are opened, and no others: what it rests on
    stands there. An entry of a page has none, and is decided again as known then. All of it is
    noted. Raises TamperedEvent, Tampered.
    """
    instance, answers = receipts.instance, list[Given]()
    for each, tag in affected(instance, event, upto):
        if each.position > event.position and (
            each.type in PAGE_TYPES or _names(receipts, each, event, reader)
        ):
            with suppress(EditionUnknownError):
                answers += given(receipts, each, reader, (tag,) if tag else ())
    found = []
    for answer, (moved, then) in zip(
        answers, moved_of(receipts, answers, upto, reader), strict=True
    ):
        if not answer.entry or (then and event.position in rests_on(then.decision)):
            about = about_of(answer.event, answer.entry)
            found.append(Listed(moved, answer.event, about))
    return found


def _names(
    receipts: Receipts, receipt: RecordedEvent, event: RecordedEvent, reader: Reader
) -> bool:
    """Tell whether a receipt names an event among what it rests on, as far as it can be opened.

    Open facts stand in the household's part.
    """
    instance, keys = receipts.instance, receipts.instance.keys
    said = stored.answer(instance, receipt)
    if said.is_open:
        return event.position in said.rests_on()
    about = keys.subject_of(event.tags[0][2:]) if is_personal(event.tags) else None
    if is_personal(event.tags) and about is None:
        return False  # erased
    data_class = DataClass.DECISIONS if about is None else about[1]
    subjects = keys.subjects_of(tag[2:] for tag in receipt.tags)
    for section in said.packed.sections:
        subject = subjects.get(receipt.tags[section.subject][2:])
        if section.data_class is not data_class or subject is None:
            continue
        token = keys.tokens([subject], data_class)[subject]
        key = None if token is None else keys.key(token, said.period)
        if token is None or key is None or keys.begun_anew(subject, data_class):
            continue
        instance.person_facts.note([(data_class, token)], reader)
        if event.position in receipts.content_of(section, key).positions:
            return True
    return False


# --- Verifying the list -------------------------------------------------------------------------


def findings(
    receipts: Receipts,
    kept: FollowedView[Row],
    check_time: Callable[[], None] = lambda: None,
) -> Iterator[Finding]:
    """Yield what of the list does not follow: it is made anew beside the one kept, and compared.

    Rows of households that have been erased since, and those of which erasures leave nothing to
    tell, are passed over. `check_time` raises when nobody waits any more.
    """
    if kept.table.checkpoint is None or kept.rebuilds:
        return

    def go_on() -> bool:
        check_time()
        return True

    instance = receipts.instance
    checkpoint, stored_rows = kept.table.kept()
    table = Table(":memory:", VIEW)
    try:
        MovedFollower(receipts, table, upto=checkpoint.position).catch_up(go_on)
    except TamperedEvent as error:
        place = f"{VIEW.name}: event at position {error.position}"
        yield Finding("view-unverified", place, error.position)
        return
    else:
        made = {(each.receipt, each.entry): each for each in table.rows()}
    finally:
        table.close()
    for row in (Row(*columns) for columns in stored_rows):
        anew = made.pop((row.receipt, row.entry), None)
        place = f"{VIEW.name}: {_named(row)}"
        try:
            found = opened(instance, row)
        except (Tampered, ValueError):
            yield Finding("view-row-altered", place)
            continue
        if found is None or found.moved.verdict is Verdict.CANNOT_BE_TOLD:
            continue
        if anew is None:
            yield Finding("view-row-stray", place)
            continue
        other = opened(instance, anew)
        if other is not None and other.moved.after is not None and other.moved != found.moved:
            yield Finding("view-row-altered", place)
    for row in made.values():
        other = opened(instance, row)
        if other is not None and other.moved.after is not None:
            yield Finding("view-row-missing", f"{VIEW.name}: {_named(row)}")


def _named(row: Row) -> str:
    return f"receipt {UUID(bytes=row.receipt)}, entry {row.entry}"
