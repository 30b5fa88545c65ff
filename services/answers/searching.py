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
from services.answers.sealed_index import SealedIndex
from services.instance.views import FollowedView, RowAltered
from services.log.event import RecordedEvent
from services.persons.keys import UnknownSubject
from services.persons.reading import Erased, Reader, TamperedEvent, tag
from services.persons.sealing import KeyErased

MOST_OPENED = 1_000
"""Receipts and entries that are opened for one page of a walk; the page after goes on."""

_ADVERSE = (Outcome.PROHIBITED, Outcome.DISCRETIONARY)


class Wanted(NamedTuple):
    """Which decisions are wanted: `open` by what they state openly, the rest by what is sealed.

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
        noted = [(DataClass.DECISIONS, token)] if token else []
        found: list[Found] = []
        erased = opened = 0
        last, more = after, False
        try:
            for row in self._rows(wanted.open, token, after, upto):
                if len(found) == size or opened >= MOST_OPENED:
                    more = True
                    break
                check_time()
                last, opens = row.position, self._opens(wanted, row)
                event = self._event(row)
                if not opens:
                    found.append(Found(row))
                    continue
                opened += max(1, row.stated.households if not token else 1)
                answers, gone = self._answers(event, row, wanted, token, reader, noted)
                erased += gone
                if answers:
                    found.append(Found(row, tuple(answers)))
        finally:
            self._instance.person_facts.note(list(dict.fromkeys(noted)), reader)
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

    def _answers(
        self,
        event: RecordedEvent,
        row: Row,
        wanted: Wanted,
        token: str,
        reader: Reader,
        noted: list[tuple[DataClass, str]],
    ) -> tuple[list[Answered], int]:
        """Return the wanted answers of a receipt or page, and how many were erased."""
        if not row.stated.households:
            try:
                told = self._sealed.told(event, reader, noted)
            except KeyErased:
                return [], 1
            answer = Answered(
                told.household,
                Outcome(row.stated.outcome),
                told.dwellings,
                tuple(sorted(told.grounds)),
                tuple(sorted(told.rules)),
                told.partly_erased,
            )
            return [answer] if _is_wanted(answer, wanted) else [], 0
        found, erased = [], 0
        dwellings = self._stated.dwellings(event)
        for each in self._screening.opened(event, token):
            if each.entry is None or each.household is None:
                erased += 1
                continue
            noted.append((DataClass.DECISIONS, each.token))
            answer = Answered(each.household, each.entry.outcome, dwellings, None, each.entry.met)
            if wanted.ground and answer.outcome in _ADVERSE and _is_wanted(answer, wanted):
                answer = answer._replace(grounds=self._grounds(event, each, reader))
            if _is_wanted(answer, wanted) and not (wanted.ground and answer.grounds is None):
                found.append(answer)
        return found, erased

    def _grounds(self, event: RecordedEvent, entry: Opened, reader: Reader) -> tuple[str, ...]:
        """Return the grounds of an entry, which holds the rules met alone, by deciding again."""
        assert entry.household is not None  # as the caller has seen
        decision = self._screening.get(event, entry.household, reader).decision
        return tuple(sorted({each.rule_id for each in decision.decided_by}))


def _is_wanted(answer: Answered, wanted: Wanted) -> bool:
    return (
        (not wanted.open.outcomes or str(answer.outcome) in wanted.open.outcomes)
        and (wanted.household is None or answer.household == wanted.household)
        and (not wanted.dwelling or wanted.dwelling in answer.dwellings)
        and (not wanted.rule or wanted.rule in answer.rules)
        and (not wanted.ground or answer.grounds is None or wanted.ground in answer.grounds)
    )
