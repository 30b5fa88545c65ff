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
from domain.law.kernel import Status
from domain.questions import RECEIPT_TYPES
from services.answers.decision_index import period_of_receipt
from services.answers.receipts import Receipts, is_open
from services.instance.verifying import Finding
from services.instance.views import GROUNDS_FILE, RowAltered
from services.log.event import RecordedEvent
from services.persons.keys import UnknownSubject
from services.persons.reading import Reader
from services.persons.sealed_parts import SealedParts
from services.persons.sealing import Binding, ClassKey, KeyErased, Tampered

_NAME = "decisions.sealed"
_FORMAT = 1
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

    household: UUID | None
    """None: the answer is about an area."""
    dwellings: tuple[str, ...]
    grounds: frozenset[str]
    rules: frozenset[str]
    partly_erased: bool = False


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
        self, event: RecordedEvent, reader: Reader, noted: list[tuple[DataClass, str]]
    ) -> Told:
        """Return what a receipt's grounds and rules were; what is opened is added to `noted`.

        Raises KeyErased when the receipt's household has been erased, RowAltered, and what
        deciding again raises.
        """
        if is_open(event):
            decision = self._receipts.get(event, reader).decision
            own = _parts(decision, {})
            found = Part() if not own else next(iter(own.values()))
            grounds, rules = frozenset(found.grounds), frozenset(found.rules)
            return Told(None, (), grounds, rules)
        token = event.tags[0][2:]
        period = period_of_receipt(event)
        key, known = self._instance.keys.key(token, period), self._instance.keys.subject_of(token)
        if key is None or known is None:
            raise KeyErased("the household of this receipt has been erased")
        noted.append((DataClass.DECISIONS, token))
        sealed = self._parts.get(event.position)
        if sealed is None:
            sealed = self._made(event, reader, key)
        try:
            kept = _kept(key.unseal(self._place(event, 0), sealed))
            return self._opened(event, known[0], period, kept, noted)
        except (Tampered, ValueError, msgspec.MsgspecError):
            raise RowAltered("decisions", event.position, GROUNDS_FILE) from None

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
                    yield Finding("sealed_row_altered", f"decisions: position {last}")

    def _is_made_for(self, position: int) -> bool:
        event, sealed = self._instance.log.event_at(position), self._parts.get(position)
        if event is None or event.type not in RECEIPT_TYPES or is_open(event) or sealed is None:
            return False
        key = self._instance.keys.key(event.tags[0][2:], period_of_receipt(event))
        if key is None:
            return True
        try:
            _kept(key.unseal(self._place(event, 0), sealed))
        except (Tampered, ValueError, msgspec.MsgspecError):
            return False
        return True

    # -- making

    def _made(self, event: RecordedEvent, reader: Reader, key: ClassKey) -> bytes:
        """Decide again what the receipt answers, and keep what it came to."""
        decision = self._receipts.get(event, reader).decision
        own, others = Part(), []
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
                sealed = each.seal(self._place(event, number), sealed, self._instance.random)
            others.append((places, base64.b64encode(sealed).decode()))
        dwellings = [each for each in tenancy.dwellings_of(decision.question) if each]
        content = canonical.encode([whole, dwellings, [own.grounds, own.rules], others])
        made = key.seal(self._place(event, 0), content, self._instance.random)
        self._parts.put(event.position, made)
        return made

    # -- opening

    def _opened(
        self,
        event: RecordedEvent,
        household: UUID,
        period: int,
        kept: _Kept,
        noted: list[tuple[DataClass, str]],
    ) -> Told:
        grounds, rules, erased = set(kept.own.grounds), set(kept.own.rules), not kept.whole
        for number, (places, text) in enumerate(kept.others, 1):
            keys = self._keys(event, period, places)
            sealed = base64.b64decode(text, validate=True)
            try:
                for each in reversed(keys):
                    if each is None:
                        raise KeyErased
                    sealed = each.unseal(self._place(event, number), sealed)
            except KeyErased:
                erased = True
                continue
            except Tampered:
                if not self._begun_anew(event, places):
                    raise
                erased = True
                continue
            noted.extend(
                (receipt.CLASSES[place[1]], each.token)
                for place, each in zip(places, keys, strict=True)
                if each is not None
            )
            part = msgspec.json.decode(sealed, type=Part)
            grounds.update(part.grounds)
            rules.update(part.rules)
        return Told(household, kept.dwellings, frozenset(grounds), frozenset(rules), erased)

    def _place(self, event: RecordedEvent, number: int) -> Binding:
        return Binding(self._instance.log_id.bytes, event.event_id, _NAME, _FORMAT, number)

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
        for each in receipt.sections(decision)
        if each.subject != receipt.HOUSEHOLD
    }
    return tuple(sorted(read))
