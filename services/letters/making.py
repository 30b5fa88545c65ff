"""Makes a letter of a recorded decision, as things stand now, or says what is missing for it.

It decides nothing and records nothing but that persons were read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from domain import events, facts, tenancy
from domain.data_classes import DataClass
from domain.decide import Decision
from domain.facts import MemberRole, Party
from domain.law.home import HomeQuestion
from domain.letters.letter import Letter, Missing, Place, Taken, compose
from domain.questions import RECEIPT_TYPES
from services.answers.receipts import Receipts, Reexamined, UnknownReceipt
from services.facts.fields import FieldError
from services.facts.recording import FactUnknown, InvariantBroken
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.persons.members import Member, members_on
from services.persons.reading import Erased, Reader, is_personal

STEPS: Mapping[type[facts.Fact], tuple[bool, str]] = {
    facts.OfferMade: (True, "offered_on"),
    facts.OfferWithdrawn: (False, "withdrawn_on"),
    facts.TenancyCommenced: (True, "contract_on"),
    facts.NoticeGiven: (True, "given_on"),
    facts.TenancyEnded: (True, "ended_on"),
}
"""Steps that somebody decides: whether what was asked about is done by them, and the field that
says on which day."""

_KINDS: tuple[type[facts.Fact], ...] = (facts.CaseDecided, *STEPS)
SOURCES = {events.BY_FACT[kind].name for kind in _KINDS}
"""The kinds of event that a letter is made of."""


class LetterRefused(InvariantBroken):
    """There is no letter yet; `fields` names every slot that is not filled."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__("no letter can be made; something is missing")
        self.fields = [FieldError(each.slot, each.what) for each in missing]


class Made(NamedTuple):
    """A letter, and what it rests on."""

    letter: Letter
    decision_id: UUID
    receipt_id: UUID
    addressee: UUID
    position: int


class _Source(NamedTuple):
    """A recorded decision: whose, what it says, and the answer that it rests on."""

    household: UUID
    taken: Taken
    receipt: UUID | None


def make(
    instance: Instance,
    receipts: Receipts,
    decision_id: UUID,
    addressee: UUID | None,
    reader: Reader,
) -> Made:
    """Make the letter about a decision to a member of its household; None: to the applicant.

    The decision may be named by the answer that it rests on: then it is the last one that stands.

    Raises FactUnknown, Erased, KeyErased, and LetterRefused with all that is missing.
    """
    upto = instance.view().position
    event = instance.log.event_by_id(decision_id.bytes)
    if event is not None and event.type in RECEIPT_TYPES:
        event = _decided_on(instance, event, upto, reader)
    if event is None or event.type not in SOURCES:
        raise FactUnknown("no decision that a letter can be about has this id")
    source = _source(instance, event, upto, reader)
    missing: list[Missing] = []
    given = _given(instance, receipts, event, source, reader, missing)
    if given is None:
        raise LetterRefused(tuple(missing))
    decision = given.answer.decision
    members = members_on(
        instance.person_facts, source.household, decision.question.day, upto, reader
    )
    whom = _addressee(members, addressee, missing)
    if whom is None:
        raise LetterRefused(tuple(missing))
    composed = compose(decision, source.taken, _place(instance, decision, members, whom))
    if isinstance(composed, tuple):
        raise LetterRefused((*missing, *composed))
    if missing:
        raise LetterRefused(tuple(missing))
    if source.receipt is None:
        raise LookupError("an answer was decided again that the decision does not rest on")
    return Made(composed, UUID(bytes=event.event_id), source.receipt, whom, upto)


def _decided_on(
    instance: Instance, receipt: RecordedEvent, upto: int, reader: Reader
) -> RecordedEvent | None:
    """Return the last decision that stands on an answer."""
    about = instance.keys.subject_of(receipt.tags[0][2:]) if is_personal(receipt.tags) else None
    if about is None:
        raise Erased("the answer is about an area, or its household has been erased")
    held = instance.person_facts.standing(about[0], DataClass.DECISIONS, upto, reader)
    id = UUID(bytes=receipt.event_id)
    found = [
        item
        for item in held
        if isinstance(item.fact, facts.CaseDecided) and item.fact.receipt == id
    ]
    if not found:
        missing = Missing("decided_by", "no decision on this answer is recorded: case_decided")
        raise LetterRefused((missing,))
    return instance.log.event_at(found[-1].position)


def _source(instance: Instance, event: RecordedEvent, upto: int, reader: Reader) -> _Source:
    found = instance.keys.subject_of(event.tags[0][2:])
    if found is None:
        raise Erased("the household of this decision has been erased")
    household, data_class = found
    instance.person_facts.note([(data_class, event.tags[0][2:])], reader)
    fact: Any = instance.person_facts.unsealed(event).fact
    if fact is None:
        raise Erased("the decision has been erased")
    if isinstance(fact, facts.CaseDecided):
        held = instance.person_facts.standing(household, DataClass.DECISIONS, upto, reader)
        if UUID(bytes=event.event_id) not in {item.event_id for item in held}:
            raise FactUnknown("the decision was corrected or taken back; name the one that stands")
        taken = Taken(
            fact.done,
            fact.decision_day,
            fact.decided_by,
            fact.reasons,
            fact.party_heard,
            fact.known_to_party,
            fact.complaint_to,
            fact.complain_by,
        )
        return _Source(household, taken, fact.receipt)
    if isinstance(fact, facts.NoticeGiven) and fact.given_by is not Party.LANDLORD:
        raise FactUnknown("the tenant gave this notice; no letter is about it")
    done, day = STEPS[type(fact)]
    taken = Taken(
        done,
        getattr(fact, day),
        fact.decided_by,
        fact.reasons,
        fact.party_heard,
        last_day=getattr(fact, "last_day", None),
    )
    return _Source(household, taken, fact.receipts[0] if fact.receipts else None)


def _given(
    instance: Instance,
    receipts: Receipts,
    event: RecordedEvent,
    source: _Source,
    reader: Reader,
    missing: list[Missing],
) -> Reexamined | None:
    """Return the answer that a decision rests on, decided again; what is wrong with it is noted."""
    if source.receipt is None:
        missing.append(Missing("answer", "the decision rests on no recorded answer"))
        return None
    try:
        given = receipts.reexamine(receipts.find(source.receipt), reader)
    except UnknownReceipt:
        missing.append(Missing("answer", "the answer that the decision rests on is not recorded"))
        return None
    if not given.holds:
        missing.append(Missing("answer", "what it rests on has been erased; ask again"))
    known = given.answer.decision.position
    moved = instance.log.read(given.boundary, after=known)
    newer = next((e for e in moved if e.event_id != event.event_id and _moves(instance, e)), None)
    if newer is not None:
        missing.append(
            Missing(
                "answer",
                f"is out of date: the event at position {newer.position} ({newer.type}) is "
                "newer than what it was decided on; ask again, and decide on the new answer",
            )
        )
    return given


def _moves(instance: Instance, event: RecordedEvent) -> bool:
    """Tell whether an event moves an answer; to take back what no rule reads does not."""
    if event.type != events.BY_FACT[facts.Retracted].name or not is_personal(event.tags):
        return True
    fact: facts.Retracted | None = instance.person_facts.unsealed(event).fact
    taken_back = None if fact is None else instance.log.event_by_id(fact.retracts.bytes)
    return taken_back is None or not events.BY_NAME[taken_back.type].no_rule


def _addressee(
    members: Sequence[Member], named: UUID | None, missing: list[Missing]
) -> UUID | None:
    """Return whom the letter is to: a party, who is named, the one applicant, or the one there is.

    A party is who applies or rents, and a spouse or partner; all, where no role is recorded.
    """
    parties = [each for each in members if each.role in _PARTIES]
    parties = parties or [each for each in members if each.role is None]
    ids = [each.person for each in parties]
    applicants = [each.person for each in parties if each.role is MemberRole.APPLICANT]
    if named is not None:
        if named in ids:
            return named
        missing.append(
            Missing(
                "person_id", "applies for nothing and rents nothing in this case; name one who does"
            )
        )
        return None
    for those in (applicants, ids):
        if len(those) == 1:
            return those[0]
    what = "nobody is recorded as a member of the household on the day"
    if members:
        what = "several could be meant; name whom the letter is to"
    missing.append(Missing("person_id", what))
    return None


_PARTIES = (MemberRole.APPLICANT, MemberRole.SPOUSE, MemberRole.PARTNER)


def _place(instance: Instance, decision: Decision, members: list[Member], whom: UUID) -> Place:
    question, view = decision.question, instance.view()
    found = [view.dwelling(id, question.day) for id in filter(None, tenancy.dwellings_of(question))]
    dwellings = [None if each is None else each.fact for each in found] or [None]
    created = view.instance()
    return Place(
        created.controller,
        created.controller_kind,
        whom,
        {each.person: each.name for each in members},
        tuple("" if each is None else each.address for each in dwellings),
        None if dwellings[0] is None else dwellings[0].kind,
        isinstance(question, HomeQuestion),
    )
