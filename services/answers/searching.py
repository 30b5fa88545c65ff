"""Searching for decisions: by what their receipts state openly, and by what is sealed in them.

What is open is looked up in the view. What is sealed is opened row by row of those that the open
part has left, in the order of the log; what is opened is noted in the access table, and what was
erased is passed over and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain.data_classes import DataClass, SubjectKind
from domain.law.kernel import Outcome
from projections.decisions import TYPES, Filter, Row, row_of
from projections.view import Condition, one_of
from services.answers.decision_index import StatedReceipts
from services.answers.receipts import Receipts
from services.answers.screening import Opened, Screening
from services.answers.sealed_index import Opening, SealedIndex
from services.instance.views import FollowedView, RowAltered
from services.log.event import RecordedEvent
from services.persons.keys import UnknownSubject
from services.persons.reading import Erased, Reader, TamperedEvent, tag
from services.persons.sealing import KeyErased

MOST_OPENED = 1_000
"""Receipts and entries that are opened for one page of a walk; the page after goes on."""

_ADVERSE = (Outcome.PROHIBITED, Outcome.DISCRETIONARY)
"""The outcomes that have a ground."""


class Wanted(NamedTuple):
    """Which decisions are wanted: `open` by what they state openly, the rest by what is sealed.

    A ground is looked for where the outcome is adverse alone; nothing else is opened for it.

    `opened` tells of each what is sealed in it, whatever it is looked for by.
    """

    open: Filter
    household: UUID | None = None
    dwelling: str = ""
    ground: str = ""
    rule: str = ""
    opened: bool = False

    @property
    def opens_receipts(self) -> bool:
        """Tell whether receipts are opened for it; their outcomes stand openly."""
        return bool(self.dwelling or self.ground or self.rule or self.opened)

    @property
    def opens_pages(self) -> bool:
        """Tell whether the entries of pages are opened for it."""
        return bool(self.opens_receipts or self.household or self.open.outcomes)


class Answered(NamedTuple):
    """What an answer says that is sealed: to whom, and what came out."""

    household: UUID | None
    """None: the answer is about an area."""
    outcome: Outcome
    dwellings: tuple[str, ...] = ()
    grounds: tuple[str, ...] | None = None
    """None: not worked out."""
    rules: tuple[str, ...] = ()
    partly_erased: bool = False


class Found(NamedTuple):
    """A row of the index, and those of its answers that were opened and are wanted."""

    row: Row
    answers: tuple[Answered, ...] = ()


class Results(NamedTuple):
    """A page of what was found; `after`: the position that a walk goes on after, 0 at its end."""

    found: list[Found]
    after: int
    erased: int
    """Receipts and entries that were passed over since they were erased."""


class Search:
    """Searches the index of decisions of one instance."""

    def __init__(
        self,
        receipts: Receipts,
        screening: Screening,
        view: FollowedView[Row],
        sealed: SealedIndex,
    ) -> None:
        self._receipts = receipts
        self._instance = receipts.instance
        self._screening = screening
        self._view = view
        self._sealed = sealed
        self._stated = StatedReceipts(self._instance)

    def page(
        self,
        wanted: Wanted,
        after: int,
        upto: int,
        size: int,
        reader: Reader,
        check_time: Callable[[], None] = lambda: None,
    ) -> Results:
        """Return the next decisions after a position, up to another.

        Raises ViewBehind, UnknownHousehold, Erased, RowAltered, TamperedEvent.
        """
        self._view.wait_for(upto, check_time)
        token = "" if wanted.household is None else self._token(wanted.household)
        opening = Opening(reader)
        if token:
            opening.noted.append((DataClass.DECISIONS, token))
        found: list[Found] = []
        erased = opened = 0
        last, more = after, False
        try:
            for row in self._rows(wanted.open, token, after, upto):
                if len(found) == size or opened >= MOST_OPENED:
                    more = True
                    break
                check_time()
                last = row.position
                if not self._opens(wanted, row):
                    self._event(row)
                    found.append(Found(row))
                    continue
                opened += max(1, row.stated.households if not token else 1)
                of = self._of_page if row.stated.households else self._of_receipt
                answers, gone = of(row, wanted, token, opening)
                erased += gone
                if answers:
                    found.append(Found(row, tuple(answers)))
        finally:
            self._sealed.end(opening)
        return Results(found, last if more else 0, erased)

    def _opens(self, wanted: Wanted, row: Row) -> bool:
        return wanted.opens_pages if row.stated.households else wanted.opens_receipts

    def _token(self, household: UUID) -> str:
        keys = self._instance.keys
        if keys.known(household) is SubjectKind.HOUSEHOLD:
            try:
                return keys.token(household, DataClass.DECISIONS)
            except UnknownSubject:
                raise Erased(
                    "the class decisions of this household has been erased, and with it which "
                    "answers are about it"
                ) from None
        return self._receipts.token_of(household)

    def _rows(self, open: Filter, token: str, after: int, upto: int) -> Iterator[Row]:
        """Yield the rows that the open part leaves, as many at a time as are looked at together."""
        conditions = open.conditions()
        while True:
            between = ("position > ? AND position <= ?", (after, upto))
            narrowed, reached = self._of_household(token, after, upto) if token else ([], upto)
            rows = self._view.table.select([between, *narrowed, *conditions], MOST_OPENED)
            yield from rows
            if len(rows) == MOST_OPENED:
                after = rows[-1].position
            elif reached < upto:
                after = reached
            else:
                return

    def _of_household(self, token: str, after: int, upto: int) -> tuple[list[Condition], int]:
        """Return the condition that rows are some of a household's, and up to where these go."""
        about = DCBQueryItem(types=list(TYPES), tags=[tag(SubjectKind.HOUSEHOLD, token)])
        read = self._instance.log.read(
            DCBQuery(items=[about]), after=after, upto=upto, limit=MOST_OPENED
        )
        positions = [event.position for event in read]
        condition, places = one_of("position", [str(each) for each in positions])
        reached = positions[-1] if len(positions) == MOST_OPENED else upto
        return [(condition, tuple(map(int, places)))], reached

    def _event(self, row: Row) -> RecordedEvent:
        """Return the event of a row, which says what the row says; raises RowAltered."""
        event = self._instance.log.event_at(row.position)
        if event is None:
            raise TamperedEvent(row.position)
        if event.type not in TYPES or row_of(self._stated.of(event)) != row:
            raise RowAltered(self._view.view.name, row.position, self._view.view.file)
        return event

    def _of_receipt(
        self,
        row: Row,
        wanted: Wanted,
        token: str,
        opening: Opening,
    ) -> tuple[list[Answered], int]:
        """Return a receipt's answer if it is wanted, and 1 if it was erased."""
        outcome = Outcome(row.stated.outcome)
        if wanted.ground and outcome not in _ADVERSE:
            return [], 0
        try:
            told = self._sealed.told(row, self._event, opening)
            answer = Answered(
                None,
                outcome,
                told.dwellings,
                tuple(sorted(told.grounds)),
                tuple(sorted(told.rules)),
                told.partly_erased,
            )
            if not _is_wanted(answer, wanted):
                return [], 0
            self._event(row)
            return [answer._replace(household=self._household(told.token))], 0
        except KeyErased:
            return [], 1

    def _household(self, token: str) -> UUID | None:
        """Return whom a token stands for; raises KeyErased."""
        if not token:
            return None
        found = self._instance.keys.subject_of(token)
        if found is None:
            raise KeyErased
        return found[0]

    def _of_page(
        self,
        row: Row,
        wanted: Wanted,
        token: str,
        opening: Opening,
    ) -> tuple[list[Answered], int]:
        """Return the wanted answers of a page, and how many of its entries were erased."""
        event = self._event(row)
        found, erased = [], 0
        dwellings = self._stated.dwellings(event)
        for each in self._screening.opened(event, token):
            if each.entry is None or each.household is None:
                erased += 1
                continue
            opening.noted.append((DataClass.DECISIONS, each.token))
            answer = Answered(each.household, each.entry.outcome, dwellings, None, each.entry.met)
            if not _is_wanted(answer, wanted) or (wanted.ground and answer.outcome not in _ADVERSE):
                continue
            if wanted.ground:
                answer = answer._replace(grounds=self._grounds(event, each, opening.reader))
                if not _is_wanted(answer, wanted):
                    continue
            found.append(answer)
        return found, erased

    def _grounds(self, event: RecordedEvent, entry: Opened, reader: Reader) -> tuple[str, ...]:
        """Return the grounds of an entry, which holds the rules met alone, by deciding again."""
        assert entry.household is not None  # as the caller has seen
        decision = self._screening.get(event, entry.household, reader).decision
        return tuple(sorted({each.rule_id for each in decision.decided_by}))


def _is_wanted(answer: Answered, wanted: Wanted) -> bool:
    """Tell whether an answer is wanted; by its ground only where that is worked out."""
    return (
        (not wanted.open.outcomes or str(answer.outcome) in wanted.open.outcomes)
        and (not wanted.dwelling or wanted.dwelling in answer.dwellings)
        and (not wanted.rule or wanted.rule in answer.rules)
        and (not wanted.ground or answer.grounds is None or wanted.ground in answer.grounds)
    )
