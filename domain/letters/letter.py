"""A letter about a decision, put together of what is recorded, or what is missing for one.

The slots are those of forvaltningsloven §§ 19, 22, 24 and 25, and are asked for whoever decides:
the rules, the facts that were given weight, the considerations, the hearing, and where to complain.

The letter is to one person of the household. What the decision rests on is told in full of the
dwelling, the household and that person; of another member only that a rule applies to them, never
the facts behind it: not what they received, were convicted of or lost a tenancy for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain import cpr
from domain.decide import Decision, Examined
from domain.facts import ComplaintBody, ControllerKind, DwellingKind
from domain.law import explain
from domain.law.edition import Edition
from domain.law.editions import edition_named
from domain.law.kernel import Effect, Outcome, Status
from domain.law.texts.kinds import Text
from domain.letters import words
from domain.letters.kinds import COMPLAIN_BY, COMPLAINTS, ROUTES, LetterKind, kind_of
from domain.reports import texts
from domain.reports.said import Said, literal, said


class Taken(NamedTuple):
    """A named person's decision, as it is recorded."""

    done: bool
    day: date
    decided_by: str
    reasons: str
    party_heard: bool | None = None
    known_to_party: bool | None = None
    complaint_to: ComplaintBody | None = None
    complain_by: date | None = None
    last_day: date | None = None
    """Of a tenancy that is ended: its last day."""


class Place(NamedTuple):
    """What a letter says of where and whom, beside the answer."""

    controller: str
    controller_kind: ControllerKind
    addressee: UUID
    names: Mapping[UUID, str]
    """The household's members; "" where no name is recorded."""
    addresses: tuple[str, ...]
    """Of the dwellings asked about, in their order; "" where none is recorded."""
    dwelling_kind: DwellingKind | None = None
    """Of the first of them; None: not recorded."""
    lives_there: bool = False
    """The household lives in the first of them."""


class Missing(msgspec.Struct, frozen=True):
    """A slot that is not filled, and what to do about it."""

    slot: str
    what: str


class Part(msgspec.Struct, frozen=True):
    """A part of a letter: its heading and its paragraphs, or the entries of a list."""

    heading: Said
    lines: tuple[Said, ...]
    listed: bool = False


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter in both languages."""

    addressee: str
    address: str
    sender: str
    day: date
    case_number: str
    subject: Said
    greeting: Said
    opening: Said
    parts: tuple[Part, ...]
    closing: Said
    signed_by: str


def compose(decision: Decision, taken: Taken, place: Place) -> Letter | tuple[Missing, ...]:
    """Return the letter about a decision, or every slot that is not filled."""
    question = decision.question
    kind = kind_of(place.controller_kind, question.kind, taken.done)
    if kind is None:
        return (Missing("kind", "no letter is made about such a decision; write it yourself"),)
    made = _Making(decision, taken, place, kind)
    missing = tuple(made.missing())
    return missing or made.letter()


class _Making:
    def __init__(self, decision: Decision, taken: Taken, place: Place, kind: LetterKind) -> None:
        self.decision, self.taken, self.place, self.kind = decision, taken, place, kind
        self.law: Edition = edition_named(decision.edition)
        self.grounds = _grounds(decision, kind, self.law)

    # -- what is missing

    def missing(self) -> Iterator[Missing]:
        """Yield every slot that is not filled."""
        decision, taken, kind = self.decision, self.taken, self.kind
        if not self.place.names.get(self.place.addressee):
            yield Missing("addressee", "no name is recorded of the person that the letter is to")
        for index, address in enumerate(self.place.addresses):
            if not address:
                yield Missing(
                    f"dwellings[{index}].address",
                    "is not recorded; correct the fact dwelling_recorded",
                )
        if decision.outcome is Outcome.UNDETERMINED:
            yield Missing("answer", "is UNDETERMINED; its receipt says what is missing")
        elif _against(decision.outcome, kind):
            yield Missing(
                "answer", f"is {decision.outcome}, and the decision is another; ask again"
            )
        if not taken.decided_by:
            yield Missing("decided_by", "no named person has decided")
        if kind.favourable:
            return
        if not taken.reasons:
            yield Missing("reasons", "the considerations are not recorded")
        elif _CODES.search(taken.reasons) or cpr.stands_in(taken.reasons):
            yield Missing(
                "reasons",
                "hold an id, a code or what looks like a CPR number; correct the decision",
            )
        if not self.grounds:
            yield Missing(
                "rules", "the answer names no rule and no fact that the decision rests on"
            )
        if self.hearing() is None:
            yield Missing("party_heard", "it is not recorded that the party was heard, or why not")
        if self.complaint() is None:
            yield Missing(
                "complaint_to",
                "who can be complained to does not follow from this kind of decision as far as the "
                "texts of the law were seen; say it with the decision",
            )

    def hearing(self) -> Text | None:
        """Say how the party was heard; None: neither that nor why not is recorded."""
        if self.taken.party_heard:
            return words.HEARD
        if self.taken.known_to_party:
            return words.KNOWN
        if self.kind.hearing is None and self.taken.party_heard is False:
            return words.NOT_HEARD
        return None

    def complaint(self) -> Said | None:
        """Say where the decision can be brought; None: it is not known."""
        taken, route = self.taken, self.kind.route
        if taken.complaint_to is not None:
            last = taken.complain_by
            by = "" if last is None else said(COMPLAIN_BY, day=texts.day(last))
            return said(COMPLAINTS[taken.complaint_to], by=by)
        if route is None or not route.leads(self.decision, self.place.dwelling_kind):
            return None
        return literal(ROUTES[route])

    # -- the letter

    def letter(self) -> Letter:
        """Put the letter together."""
        taken, place, kind = self.taken, self.place, self.kind
        addressee = place.names[place.addressee]
        filled = {"address": place.addresses[0], "offered": place.addresses[-1]}
        return Letter(
            addressee=addressee,
            address=place.addresses[0] if place.lives_there else "",
            sender=place.controller,
            day=taken.day,
            case_number=self.decision.question.case_number or "",
            subject=literal(kind.subject),
            greeting=Said(f"Kære {addressee}", f"Dear {addressee}"),
            opening=said(kind.opening, **filled),
            parts=tuple(part for part in self._parts() if part.lines),
            closing=literal(words.CLOSING),
            signed_by=taken.decided_by,
        )

    def _parts(self) -> Iterator[Part]:
        reasons = [line for line in self.taken.reasons.splitlines() if line.strip()]
        why = [Said(line, line) for line in reasons]
        if self.kind.favourable:
            yield _part(words.WHY, why)
        else:
            yield _part(words.WHEN, self._days())
            yield _part(words.WHY, why)
            yield _part(words.FACTS, map(literal, self._facts()), listed=True)
            yield _part(words.RULES, map(literal, self._rules()), listed=True)
            hearing, complaint = self.hearing(), self.complaint()
            assert hearing is not None  # else it was named as missing
            assert complaint is not None
            yield _part(words.HEARING, (literal(hearing),))
            yield _part(words.COMPLAINT, (complaint,))
        yield _part(words.QUESTIONS, map(literal, (words.CONTACT, words.ACCESS)))

    def _days(self) -> Iterator[Said]:
        ends = self.taken.last_day
        known = [] if ends is None else [(words.LAST_DAY, ends)]
        for each in () if known else self.decision.values:
            if each.name in words.DAYS:
                known.append((words.DAYS[each.name], date.fromisoformat(each.value)))
        for text, on in known:
            yield said(text, day=texts.day(on))

    def _rules(self) -> Iterator[Text]:
        for each in self.grounds:
            rule = self.law.rules[each.rule_id]
            says = explain.rule_text(self.law, each.rule_id)
            section = words.section(rule.section)
            yield Text(f"{section}: {says.da}", f"{section}: {says.en}")

    def _facts(self) -> Iterator[Text]:
        """Yield what was given weight to; what is duly done is no ground, if there is another."""
        weighed = [e for e in self.grounds if self._effect(e) is not Effect.OBLIGES]
        of_others: dict[UUID, list[Text]] = {}
        addressee = self.place.addressee
        others = {e.rule_id for e in weighed if e.person not in (None, addressee)}
        for each in weighed or self.grounds:
            if each.rule_id in others and (each.derived or each in self.decision.concluded):
                continue  # it joins what is known of several persons
            if each.person is not None and each.person != addressee:
                # Its facts are that person's own, and stay with that person.
                title = explain.rule_title(self.law, each.rule_id)
                of_others.setdefault(each.person, []).append(title)
                continue
            found = explain.finding_text(self.law, each, self.decision.question.day)
            yield words.to_you(found, each.person is not None)
            for condition in each.finding.conditions:
                if condition.status is Status.MET:
                    yield explain.condition_text(self.law, condition)
        for person, titles in of_others.items():
            yield words.of_another(self.place.names.get(person, ""), titles)

    def _effect(self, examined: Examined) -> Effect:
        return self.law.rules[examined.rule_id].effect


def _part(heading: Text, lines: Iterable[Said], *, listed: bool = False) -> Part:
    return Part(literal(heading), tuple(dict.fromkeys(lines)), listed)


def _grounds(decision: Decision, kind: LetterKind, law: Edition) -> tuple[Examined, ...]:
    """Return the findings that the decision rests on, and what the place is by the law.

    What refuses, or leaves a choice, the answer names itself. Where something adverse is done that
    the law lets somebody do, it is what lets them, and what they must see to.
    """
    named = {each.rule_id for each in decision.decided_by}
    if not named and not kind.done:
        return ()

    def rests_on(each: Examined) -> bool:
        if each.finding.status is not Status.MET or each.rule_id not in law.rules:
            return False
        effect = law.rules[each.rule_id].effect
        if effect is Effect.CLASSIFIES:
            return each.person is None
        return each.rule_id in named if named else effect in (Effect.ALLOWS, Effect.OBLIGES)

    return tuple(filter(rests_on, decision.findings))


def _against(outcome: Outcome, kind: LetterKind) -> bool:
    """Tell whether the answer says that what was decided may not be."""
    if kind.done:
        return outcome is Outcome.PROHIBITED
    return outcome is Outcome.PERMITTED and not kind.favourable


_CODES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{16}|\b[A-Z]{2,}[-_][A-Z0-9]{2,}",
)
"""What doesn't belong in a letter: ids, hashes, codes of rules."""
