"""What is recorded about persons stands nowhere in clear, and after erasure nowhere at all."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain import facts
from domain.data_classes import DataClass, SubjectKind
from domain.events import BY_FACT
from domain.facts import Benefit
from domain.facts.declared import slots
from services.answers.receipts import Answer
from services.facts import recording
from services.facts.checks import NewFact
from services.facts.fields import InvalidFields
from services.facts.recording import Context
from services.instance import counting
from services.instance.checkpoints import Publisher
from services.instance.views import FILES, GROUNDS_FILE
from services.persons.tokens import token_bytes
from services.tenancies.requirements import StepBasis
from tests.altering.made import looked_into
from tests.answers.town import VULNERABLE, Household, Town, new_id
from tests.tenancies.estate import Estate

NAME, LATER_NAME = "Kanariefugl Ærøskøbing", "Kanariefugl Ebeltoft"
CPR = "6101010123"  # Day 61: made for tests, never given to a person.
DECIDER, REASONS = "Afgører Kanarie", "Begrundet af en kanariefugl, gul"
CORRELATION = "canary-case-7741"
CASE = "KANARIE-2026/7742"
NAMED, HOME_NAMED = "kanarie:77421-3", "kanarie:77421-4"
TEXTS = (NAME, LATER_NAME, CPR, DECIDER, REASONS, CASE, NAMED, HOME_NAMED, CORRELATION)
CONTEXT = Context("case-system", "case", "§ 59", CORRELATION)


class Told:
    """A town where everything was done with one person and household, and what it was told."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.town = town = Town.founded(directory)
        household = town.register(2)
        self.household, self.other = household.id, household.members[1]
        self.person = person = new_id()
        member = facts.HouseholdMember(
            member_list=facts.MemberList.DECLARED, first_day=date(2000, 1, 1)
        )
        enrolled = facts.EnrolmentAttested(enrolled=True, first_day=date(2020, 1, 1))
        month = facts.BenefitPeriod(benefit=Benefit.KONTANTHJAELP, first_day=date(2024, 1, 1))
        registered, *_, received = self.record(
            NewFact(facts.PersonRegistered(name=NAME, cpr=CPR), person),
            NewFact(member, person, self.household),
            NewFact(enrolled, person),
            NewFact(month, person),
        )
        self.record(
            NewFact(facts.PersonExternalId(external_id=NAMED), person),
            NewFact(facts.HouseholdExternalId(external_id=HOME_NAMED), household=self.household),
        )
        again = facts.PersonRegistered(name=LATER_NAME, cpr=CPR)
        recording.correct(
            town.instance, CONTEXT, new_id(), registered.fact_id, NewFact(again, person)
        )
        self.answer = town.ask(household, VULNERABLE)
        recording.retract(town.instance, CONTEXT, new_id(), received.fact_id)
        self.record(
            NewFact(
                facts.FallbackDecided(
                    decision_day=date(2024, 8, 1),
                    decided_by=DECIDER,
                    reasons=REASONS,
                    party_heard=True,
                ),
                household=self.household,
            ),
            NewFact(
                facts.UkraineDecided(
                    decision_day=date(2024, 8, 1),
                    decided_by=DECIDER,
                    reasons=REASONS,
                    party_heard=True,
                ),
                household=self.household,
            ),
        )
        self.record(
            NewFact(
                facts.DispensationDecided(
                    decision_day=date(2024, 8, 1),
                    decided_by=DECIDER,
                    reasons=REASONS,
                    party_heard=True,
                    factors=(facts.DispensationFactor.PENSION_SOON,),
                ),
                household=self.household,
            )
        )
        self.later = self.decide_on_an_answer(household)
        self.offer_and_take_back(household)
        assert town.replay(self.answer).differences == []
        self.subjects = (person, self.household)
        self.tokens = {subject: town.instance.keys.tokens_of(subject) for subject in self.subjects}

    def decide_on_an_answer(self, household: Household) -> Answer:
        """Ask in a case that has a number, and decide on the answer."""
        asked = self.town.asked(household, VULNERABLE)
        asked = asked._replace(question=replace(asked.question, case_number=CASE))
        answer = self.town.answers.check(asked, self.town.reader, self.town.instance.view())
        assert answer.receipt_id is not None
        decided = facts.CaseDecided(
            receipt=answer.receipt_id,
            done=False,
            decision_day=date(2024, 8, 1),
            decided_by=DECIDER,
            reasons=REASONS,
        )
        remedied = facts.AnswerRemedied(
            receipt=answer.receipt_id,
            remedy=facts.Remedy.UPHELD,
            decision_day=date(2024, 8, 1),
            decided_by=DECIDER,
            reasons=REASONS,
        )
        self.record(
            NewFact(decided, household=self.household), NewFact(remedied, household=self.household)
        )
        return answer

    def offer_and_take_back(self, household: Household) -> None:
        """Offer the household a dwelling, and take the offer back by a person's decision."""
        estate = Estate(self.town)
        estate.decide_share(facts.ShareBasis.AGREED, 1, 1)
        estate.build("canary-home")
        allocation = estate.allocate(estate.vacancy("canary-home"))
        receipt = estate.permitted(household.id, "canary-home")
        decided = StepBasis((receipt,), DECIDER, REASONS, True)
        offer = estate.offer(allocation, household.id, decided)
        estate.withdraw(offer, decided)

    def record(self, *new: NewFact) -> list[recording.Written]:
        return recording.record(self.town.instance, CONTEXT, new_id(), new)

    def keys(self) -> Iterator[bytes]:
        """Yield every key of the person and household, as it is and as it is stored."""
        instance = self.town.instance
        for tokens in self.tokens.values():
            for token in tokens.values():
                # Nothing but the store itself may ask for a stored key.
                raw = token_bytes(token)
                row = instance.keys._row(
                    "SELECT wrapped FROM class_key WHERE token = ? AND period = ?",
                    raw,
                    instance.period(),
                )
                if row is not None:
                    yield instance.keys._wrapping.unwrap(raw, row[0])
                    yield row[0]

    def erase(self) -> None:
        for subject, kind in (
            (self.person, SubjectKind.PERSON),
            (self.household, SubjectKind.HOUSEHOLD),
        ):
            recording.erase(self.town.instance, CONTEXT, subject, kind, None, "end-of-case")

    def files(self, *names: str) -> dict[str, bytes]:
        """Return the bytes of the instance's files whose names begin so."""
        return {
            path.name: path.read_bytes()
            for path in self.directory.iterdir()
            if path.name.startswith(names)
        }


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    made = Told(tmp_path / "instance")
    yield made
    made.town.instance.close()


_WITH_TEXTS: list[type[facts.Fact]] = [
    facts.PersonRegistered,
    facts.FallbackDecided,
    facts.UkraineDecided,
    facts.DispensationDecided,
    facts.OppositionAssessed,
    facts.ClauseJudged,
    facts.CaseDecided,
    facts.AnswerRemedied,
    facts.PersonExternalId,
    facts.HouseholdExternalId,
]
_WITH_TEXTS += [
    event_type.fact
    for event_type in BY_FACT.values()
    if event_type.step and "decided_by" in event_type.fact.__struct_fields__
]
"""Steps with the same two texts; two of them are taken here."""


def forms(id: UUID) -> list[bytes]:
    """Return the ways that an id may be written."""
    text = str(id)
    return [
        id.bytes,
        text.encode(),
        text.upper().encode(),
        id.hex.encode(),
        id.hex.upper().encode(),
    ]


def written(texts: tuple[str, ...]) -> list[bytes]:
    """Return the ways that a text may be written."""
    return [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "latin-1")]


def found(needles: list[bytes], files: dict[str, bytes]) -> list[str]:
    return [
        f"{name}: {needle!r}"
        for name, content in files.items()
        for needle in needles
        if needle in content
    ]


TOLD_APART = ("domain.facts.judgments", "domain.facts.terminations")
"""Where the facts stand that `test_canaries_home.py` tells."""


def test_every_field_that_can_hold_a_canary_holds_one() -> None:
    free = {
        (name.__name__, field)
        for name in _WITH_TEXTS
        for field in ("name", "cpr", "decided_by", "reasons", "external_id")
        if field in name.__struct_fields__
    }
    texts = {
        (event.__name__, slot.name)
        for event, event_type in BY_FACT.items()
        # What ends a tenancy is told in `test_canaries_home.py`.
        if event_type.data_class is not None and event.__module__ not in TOLD_APART
        for slot in slots(event)
        if slot.kind is str and slot.name != "dwelling"  # an id, and the event's tag
        # No sentence fits the pattern of an identifier or a hash, is decimal text, or is the name
        # of an area.
        if not (slot.said.pattern or slot.said.share)
        if not (slot.said.refers or slot.said.known == "municipality")
    }
    assert texts == free


def test_before_erasure_the_log_holds_nothing_of_a_person_in_clear(told: Told) -> None:
    told.town.instance.access.flush()
    files = told.files("log.db", "access.db")
    assert any(name == "log.db" for name in files)
    ids = [form for subject in (*told.subjects, told.other) for form in forms(subject)]
    in_log = {name: content for name, content in files.items() if name.startswith("log")}
    assert found([*written(TEXTS), *ids], in_log) == []
    # The access table knows the case, and whose data it was by token alone.
    assert found([*written(TEXTS[:-1]), *ids], files) == []


def test_a_cpr_number_is_found_again_but_stands_in_no_file(told: Told) -> None:
    files = told.files("")
    assert found(written((CPR, f"{CPR[:6]}-{CPR[6:]}")), files) == []
    told.town.instance.close()
    assert found(written((CPR,)), told.files("")) == []


def test_after_erasure_no_file_holds_anything_of_the_erased(told: Told) -> None:
    keys = list(told.keys())
    assert len(keys) >= 2 * 5
    of_store = told.files("keys.db")
    assert found(keys[1::2], of_store) != []
    told.erase()
    for files in (told.files(""), _closed(told)):
        assert {"log.db", "keys.db", "access.db", "master.key"} <= set(files)
        assert _left(told, keys, files) == []


def test_after_erasure_no_view_nor_checkpoint_holds_anything_of_the_erased(
    told: Told, tmp_path: Path
) -> None:
    instance, keys = told.town.instance, list(told.keys())
    counting.note(instance)
    # Whatever they write ahead, and leave behind of rows that are gone, lies in files of theirs.
    with looked_into(told.town):
        told.erase()
        counting.note(instance)
        Publisher(instance, tmp_path / "published", 3_600.0).publish()
        with looked_into(told.town):
            held = told.files("")
            assert set(FILES) <= set(held)
            assert _left(told, keys, held) == []
    published = {each.name: each.read_bytes() for each in (tmp_path / "published").iterdir()}
    assert published
    assert _left(told, keys, published) == []
    assert _left(told, keys, _closed(told)) == []


def _left(told: Told, keys: list[bytes], files: dict[str, bytes]) -> list[str]:
    """Return where anything is left of the person and household, who are erased.

    In front of the sealed part of an answer its household's token stands as in the log: that of the
    class decisions, at the same position, so that it tells nothing more.
    """
    of_answers = told.tokens[told.household][DataClass.DECISIONS]
    ids = [form for subject in told.subjects for form in forms(subject)]
    tokens = [token for held in told.tokens.values() for token in held.values()]
    raw = [token_bytes(token) for token in tokens]
    # A token still tags what was sealed under it; nothing but the log has it any more.
    others = {name: content for name, content in files.items() if not name.startswith("log")}
    left = [
        *found([*written(TEXTS[:-1]), *ids, *keys, *raw], files),
        *found([token.encode() for token in tokens], others),
    ]
    beside = f": {token_bytes(of_answers)!r}"
    return [each for each in left if not (GROUNDS_FILE in each and each.endswith(beside))]


def _closed(told: Told) -> dict[str, bytes]:
    told.town.instance.close()
    return told.files("")


def test_after_erasure_the_others_can_still_be_read(told: Told) -> None:
    told.erase()
    instance = told.town.instance
    position = instance.log.head()
    standing = instance.person_facts.standing(
        told.other, DataClass.BENEFITS, position, told.town.reader
    )
    assert standing
    verdicts = {section.verdict for section in told.town.replay(told.answer).sections}
    assert verdicts == {"equal", "erased"}


def test_nothing_is_printed_or_logged_about_a_person(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    told = Told(tmp_path / "instance")
    told.erase()
    told.town.instance.close()
    said = "".join(capfd.readouterr()) + caplog.text
    tokens = [token for held in told.tokens.values() for token in held.values()]
    ids = [str(subject) for subject in told.subjects]
    assert [each for each in (*TEXTS, *tokens, *ids) if each in said] == []


def test_no_error_repeats_what_is_about_a_person(told: Told) -> None:
    wrong = [
        NewFact(facts.PersonRegistered(name=NAME, cpr=CPR), new_id()),
        NewFact(facts.PersonRegistered(name=NAME + " " * 300, cpr="6199990123"), new_id()),
        NewFact(facts.PersonRegistered(name=NAME), told.person),
        NewFact(facts.PersonRegistered(name=NAME), told.household),
        NewFact(
            facts.FallbackDecided(
                decision_day=date(2099, 1, 1),
                decided_by=DECIDER + "\n",
                reasons=REASONS + "\x00",
                party_heard=True,
            ),
            household=told.person,
        ),
    ]
    for item in wrong:
        with pytest.raises(InvalidFields) as refused:
            told.record(item)
        said = f"{refused.value} {refused.value.__cause__!r}"
        ids = [str(id) for id in (item.person, item.household) if id]
        secrets = (*TEXTS, "6199990123", *ids)
        assert [each for each in secrets if each in said] == []
