"""The index of decisions, sealed part: which grounds and rules each answer came to, and of where.

A ground tells a person's secret, so it stands sealed, and in parts: what holds of the household
under its key of the class decisions, and inside it, under a member's key of the class that it rests
on as well, each ground of a member. What rests on several is sealed under each of them in turn. So
a part dies with any class that it tells of, and a receipt's row with the receipt's own household.

A part follows from its receipt: it is what the answer, decided again, comes to. It is made when
somebody first looks for it, under that reader's name, and opened from then on; so nobody's facts
are read for a search that nobody makes. What is lost here is made again.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain import canonical, receipt, tenancy
from domain.data_classes import DataClass
from domain.decide import Decision, Examined
from domain.law.editions import edition_named
from domain.law.kernel import Status
from domain.law.question import PlaceQuestion
from domain.questions import QUESTIONS, RECEIPT_TYPES
from projections.decisions import Row
from services.answers import stored
from services.answers.receipts import Receipts, is_open
from services.instance.views import GROUNDS_FILE, RowAltered
from services.log.event import RecordedEvent
from services.log.finding import Finding
from services.persons.keys import UnknownSubject
from services.persons.reading import Reader
from services.persons.sealed_parts import SealedParts
from services.persons.sealing import Binding, ClassKey, KeyErased, Tampered, period_of
from services.persons.tokens import TOKEN_BYTES, token_bytes, token_text

_NAME = "decisions.sealed"
_FORMAT = 1
_ERASED = "the household of this receipt has been erased"
_AT_ONCE = 1_000

Place = tuple[int, int]
"""Whose class of facts something rests on: number of the subject in the receipt, and of the class.
"""


class Part(msgspec.Struct, frozen=True, array_like=True):
    """Grounds and rules that die together, by id, each once and sorted."""

    grounds: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """What is sealed under the household's key."""

    whole: bool
    """Nothing that it told of had been erased when it was made."""
    dwellings: tuple[str, ...]
    own: Part
    others: tuple[tuple[tuple[Place, ...], str], ...]
    """Parts that are sealed once more: under the classes of which members, and the bytes."""


class Told(NamedTuple):
    """What the sealed part of a row tells: which dwellings, on which grounds, by which rules.

    `ground` brought a refusal or a leave to refuse about; `rules` were met. `partly_erased`: some
    of it can't be read any more.
    """

    token: str
    """The household's; empty: the answer is about an area."""
    dwellings: tuple[str, ...]
    grounds: frozenset[str]
    rules: frozenset[str]
    partly_erased: bool = False


class Opening:
    """What somebody opens in one go: noted, and written down, together at its end."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.noted: list[tuple[DataClass, str]] = []
        """The classes that were read, and of whom by their tokens."""
        self.made: dict[int, bytes] = {}
        """The parts that were made, by the positions of their receipts."""


class SealedIndex:
    """The sealed parts of the rows of one instance, in a file that may be deleted at any time."""

    def __init__(self, receipts: Receipts) -> None:
        """Open the file; raises DatabaseError when it can't be opened."""
        self._receipts = receipts
        self._instance = receipts.instance
        directory = self._instance.directory
        self._parts = SealedParts(None if directory is None else directory / GROUNDS_FILE)

    def close(self) -> None:
        """Close the file."""
        self._parts.close()

    def told(
        self,
        row: Row,
        event_of: Callable[[Row], RecordedEvent],
        opening: Opening,
    ) -> Told:
        """Return what a receipt's grounds and rules were, and add to `opening` what it took.

        `event_of` finds the receipt of a row, where it must be looked at: what was made for it
        opens by the row alone. Raises KeyErased when the receipt's household has been erased,
        RowAltered, and what deciding again raises.
        """
        if issubclass(QUESTIONS[row.stated.kind], PlaceQuestion):
            decision = self._receipts.get(event_of(row), opening.reader).decision
            found = _parts(decision, {}).get((), Part())
            return Told("", (), frozenset(found.grounds), frozenset(found.rules))
        kept = self._parts.get(row.position)
        if kept is None:
            kept = opening.made[row.position] = self._made(event_of(row), opening.reader)
        try:
            token, sealed = token_text(kept[:TOKEN_BYTES]), kept[TOKEN_BYTES:]
            key = self._instance.keys.key(token, period_of(sealed))
            if key is None:
                raise KeyErased(_ERASED)
            opening.noted.append((DataClass.DECISIONS, token))
            opened = _kept(key.unseal(self._place(row.receipt_id.bytes, 0), sealed))
            if not opened.others:
                grounds, rules = frozenset(opened.own.grounds), frozenset(opened.own.rules)
                return Told(token, opened.dwellings, grounds, rules, not opened.whole)
            return self._opened(event_of(row), token, key.period, opened, opening)
        except (Tampered, ValueError, msgspec.MsgspecError):
            raise RowAltered("decisions", row.position, GROUNDS_FILE) from None

    def end(self, opening: Opening) -> None:
        """Note what was read for an opening, and write down what was made for it."""
        self._instance.person_facts.note(list(dict.fromkeys(opening.noted)), opening.reader)
        if opening.made:
            self._parts.put(opening.made)

    def findings(self, check_time: Callable[[], None] = lambda: None) -> Iterator[Finding]:
        """Yield each stored part that was not made for the receipt at its position.

        Nothing that was sealed is shown, nor noted as read; of one that was erased nothing can be
        told any more.
        """
        last = 0
        while some := self._parts.positions(last, _AT_ONCE):
            check_time()
            for last in some:
                if not self._is_made_for(last):
                    yield Finding("sealed-row-altered", f"decisions: position {last}", last)

    def _is_made_for(self, position: int) -> bool:
        event, kept = self._instance.log.event_at(position), self._parts.get(position)
        if event is None or event.type not in RECEIPT_TYPES or is_open(event) or kept is None:
            return False
        token = event.tags[0][2:]
        key = self._instance.keys.key(token, stored.answer(self._instance, event).period)
        try:
            if kept[:TOKEN_BYTES] != token_bytes(token):
                return False
            if key is not None:
                _kept(key.unseal(self._place(event.event_id, 0), kept[TOKEN_BYTES:]))
        except (Tampered, ValueError, msgspec.MsgspecError):
            return False
        return True

    # -- making

    def _made(self, event: RecordedEvent, reader: Reader) -> bytes:
        """Decide again what the receipt answers; return what it came to, behind its token."""
        token = event.tags[0][2:]
        key = self._instance.keys.key(token, stored.answer(self._instance, event).period)
        if key is None:
            raise KeyErased(_ERASED)
        decision = self._receipts.get(event, reader).decision
        own = Part()
        others: list[tuple[tuple[Place, ...], str]] = []
        whole = all(missing.kind != "erased" for missing, _ in decision.missing)
        people = {self._person(event, number): number for number in range(1, len(event.tags))}
        for places, part in _parts(decision, people).items():
            if not places:
                own = part
                continue
            sealed = canonical.encode([part.grounds, part.rules])
            keys = self._keys(event, key.period, places)
            if None in keys:
                whole = False
                continue
            number = 1 + len(others)
            for each in keys:
                assert each is not None  # as just seen
                sealed = each.seal(
                    self._place(event.event_id, number), sealed, self._instance.random
                )
            others.append((places, base64.b64encode(sealed).decode()))
        dwellings = [each for each in tenancy.dwellings_of(decision.question) if each]
        content = canonical.encode([whole, dwellings, [own.grounds, own.rules], others])
        place = self._place(event.event_id, 0)
        return token_bytes(token) + key.seal(place, content, self._instance.random)

    # -- opening

    def _opened(
        self,
        event: RecordedEvent,
        token: str,
        period: int,
        kept: _Kept,
        opening: Opening,
    ) -> Told:
        grounds, rules, erased = set(kept.own.grounds), set(kept.own.rules), not kept.whole
        for number, (places, text) in enumerate(kept.others, 1):
            keys = self._keys(event, period, places)
            sealed = base64.b64decode(text, validate=True)
            try:
                for each in reversed(keys):
                    if each is None:
                        raise KeyErased
                    sealed = each.unseal(self._place(event.event_id, number), sealed)
            except KeyErased:
                erased = True
                continue
            except Tampered:
                if not self._begun_anew(event, places):
                    raise
                erased = True
                continue
            opening.noted.extend(
                (receipt.CLASSES[place[1]], each.token)
                for place, each in zip(places, keys, strict=True)
                if each is not None
            )
            part = msgspec.json.decode(sealed, type=Part)
            grounds.update(part.grounds)
            rules.update(part.rules)
        return Told(token, kept.dwellings, frozenset(grounds), frozenset(rules), erased)

    def _place(self, event_id: bytes, number: int) -> Binding:
        return Binding(self._instance.log_id.bytes, event_id, _NAME, _FORMAT, number)

    def _keys(
        self, event: RecordedEvent, period: int, places: Sequence[Place]
    ) -> list[ClassKey | None]:
        """Return the keys of members' classes, None for one that is erased."""
        found: list[ClassKey | None] = []
        for number, data_class in places:
            person = self._person(event, number)
            try:
                if person is None:
                    raise UnknownSubject
                token = self._instance.keys.token(person, receipt.CLASSES[data_class])
            except UnknownSubject:
                found.append(None)
            else:
                found.append(self._instance.keys.key(token, period))
        return found

    def _person(self, event: RecordedEvent, number: int) -> UUID | None:
        found = self._instance.keys.subject_of(event.tags[number][2:])
        return None if found is None else found[0]

    def _begun_anew(self, event: RecordedEvent, places: Sequence[Place]) -> bool:
        """Tell whether one of the classes was erased after the part was made, and begun anew."""
        people = [(self._person(event, number), receipt.CLASSES[c]) for number, c in places]
        return any(p is not None and self._instance.keys.begun_anew(p, c) for p, c in people)


def _kept(content: bytes) -> _Kept:
    return msgspec.json.decode(content, type=_Kept)


def _parts(decision: Decision, people: Mapping[UUID | None, int]) -> dict[tuple[Place, ...], Part]:
    """Return the grounds and rules of an answer by what they rest on; nothing: the household.

    `people` are the members by their number in the receipt.
    """
    grounds: dict[tuple[Place, ...], set[str]] = {}
    rules: dict[tuple[Place, ...], set[str]] = {}
    for each in decision.decided_by:
        grounds.setdefault(_rests_on(decision, each, people), set()).add(each.rule_id)
    for each in rules_met(decision):
        rules.setdefault(_rests_on(decision, each, people), set()).add(each.rule_id)
    return {
        places: Part(tuple(sorted(grounds.get(places, ()))), tuple(sorted(rules.get(places, ()))))
        for places in sorted({*grounds, *rules})
    }


def rules_met(decision: Decision) -> list[Examined]:
    """Return what met a rule of the question; one on an area is its only where it asks of one."""
    of_area = decision.question.declared.of_nobody
    return [
        each
        for each in (*decision.examined, *decision.concluded)
        if each.finding.status is Status.MET and (of_area or not each.area)
    ]


def _rests_on(
    decision: Decision, examined: Examined, people: Mapping[UUID | None, int]
) -> tuple[Place, ...]:
    """Return the members' classes that a finding tells of, sorted; nothing: the household's own.

    A conclusion tells of the findings of its rule about members. One that joins several subjects
    or classes tells of all that were read.
    """
    if decision.question.declared.of_nobody:
        return ()

    def place(of: Examined) -> Place | None:
        if of.person not in people or of.data_class is None or of.derived:
            return None
        return people[of.person], receipt.CLASS_NUMBERS[of.data_class]

    own = place(examined)
    if own is not None:
        return (own,)
    of_rule = [each for each in decision.examined if each.rule_id == examined.rule_id]
    about = {found for each in of_rule if (found := place(each)) is not None}
    if about:
        return tuple(sorted(about))
    if any(each.person is None and not each.derived for each in of_rule):
        return ()
    read = {
        (people[decision.members[each.subject - 1]], receipt.CLASS_NUMBERS[each.data_class])
        for each in receipt.sections(decision, edition_named(decision.edition).rule_numbers)
        if each.subject != receipt.HOUSEHOLD
    }
    return tuple(sorted(read))
