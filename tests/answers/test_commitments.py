"""What a receipt commits to: every piece of a section, and nothing that links two of them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from domain import receipt
from domain.data_classes import DataClass, SubjectKind
from domain.receipt import Content, Place, Section
from services.answers import stored
from services.answers.receipts import Answer
from tests.answers.test_altered import names
from tests.answers.town import Household, Town, alter

PLACE = Place(bytes(16), b'{"kind":"referral"}', b"\x02head")
SECTION = Section(1, DataClass.BENEFITS, Content(((4, ""),), (7, 9)), b"[[]]", bytes(64))


def message(place: Place = PLACE, number: int = 3, section: Section = SECTION) -> bytes:
    return section.message(place, number, section.content.encode())


@pytest.mark.parametrize(
    "changed",
    [
        {"place": {"event_id": bytes([*bytes(15), 1])}},
        {"place": {"frame": b'{"kind":"letting"}'}},
        {"place": {"head": b"\x02heat"}},
        {"number": 4},
        {"section": {"subject": 2}},
        {"section": {"data_class": DataClass.CONVICTIONS}},
        {"section": {"content": Content(((5, ""),), (7, 9))}},
        {"section": {"content": Content(((4, "x"),), (7, 9))}},
        {"section": {"content": Content(((4, ""),), (7, 10))}},
        {"section": {"findings": b"[[1]]"}},
        {"section": {"pins": bytes([*bytes(63), 1])}},
        # No two pieces run into one another.
        {"place": {"frame": PLACE.frame + b"\x02", "head": PLACE.head[1:]}},
    ],
    ids=str,
)
def test_a_commitment_is_made_over_each_piece(changed: dict[str, Any]) -> None:
    place = msgspec.structs.replace(PLACE, **changed.get("place", {}))
    section = msgspec.structs.replace(SECTION, **changed.get("section", {}))
    assert message(place, changed.get("number", 3), section) != message()


@pytest.mark.parametrize("field", ["event_id", "frame", "head"])
def test_the_question_commits_to_where_it_stands_and_what_is_stated(field: str) -> None:
    place = msgspec.structs.replace(PLACE, **{field: getattr(PLACE, field) + b"x"})
    asked = receipt.question_message(PLACE, b"{}")
    assert receipt.question_message(place, b"{}") != asked
    assert receipt.question_message(PLACE, b"{} ") != asked


def packed_of(town: Town, answer: Answer) -> receipt.Packed:
    assert answer.receipt_id is not None
    event = town.answers.receipts.find(answer.receipt_id)
    return stored.answer(town.instance, event).packed


def test_no_value_of_a_receipt_links_two_classes_two_members_or_two_receipts(town: Town) -> None:
    """Two receipts of one household, the members of whom the same is recorded, share nothing."""
    household = town.register(3)
    sealed: list[bytes] = []
    for answer in (town.ask(household), town.ask(household)):
        packed = packed_of(town, answer)
        sealed.append(packed.last)
        sealed += [section.commitment + section.sealed for section in packed.sections]
        assert {section.subject for section in packed.sections} == {0, 1, 2, 3}
    windows = [each[at : at + 6] for each in sealed for at in range(len(each) - 5)]
    assert len(windows) == len(set(windows))


def test_a_section_opens_to_what_it_rests_on_with_its_own_key_alone(town: Town) -> None:
    household = town.register(2)
    [written] = town.on_kontanthjaelp(household.members[0])
    packed = packed_of(town, town.ask(household))
    keys, receipts = town.instance.keys, town.answers.receipts
    number = [(s.subject, s.data_class) for s in packed.sections].index((1, DataClass.BENEFITS))
    section = packed.sections[number]
    own = keys.sealing_key(household.members[0], DataClass.BENEFITS, packed.period)
    assert written.position in receipts.content_of(section, own).positions
    for person, data_class in (
        (household.members[1], DataClass.BENEFITS),
        (household.members[0], DataClass.CONVICTIONS),
        (household.id, DataClass.DECISIONS),
    ):
        other = keys.sealing_key(person, data_class, packed.period)
        opened = other.masked(town.instance.log_id.bytes, section.commitment, section.sealed)
        assert opened != receipts.content_of(section, own).encode()


@pytest.mark.parametrize("erased", ["nobody", "a member", "the household", "everyone"])
def test_the_hash_is_that_of_frame_and_payload_whatever_has_been_erased(
    town: Town, erased: str
) -> None:
    household = town.register(2)
    answer = town.ask(household)
    if erased in ("a member", "everyone"):
        town.erase(household.members[0])
    if erased == "everyone":
        town.erase(household.members[1])
    if erased in ("the household", "everyone"):
        town.erase(household.id, kind=SubjectKind.HOUSEHOLD)
    assert answer.receipt_id is not None
    assert town.answers.receipts.hash_of(answer.receipt_id) == answer.receipt_hash
    replay = town.replay(answer)
    assert (replay.differences, replay.stored_hash) == ([], answer.receipt_hash)


@pytest.fixture
def asked(town_on_disk: Town) -> tuple[Town, Household, Answer]:
    household = town_on_disk.register(2)
    return town_on_disk, household, town_on_disk.ask(household)


def test_sections_of_one_person_cannot_change_places_although_another_is_erased(
    asked: tuple[Town, Household, Answer],
) -> None:
    town, household, answer = asked
    town.erase(household.members[1])
    packed = packed_of(town, answer)
    mine = [at for at, section in enumerate(packed.sections) if section.subject == 1]
    listed = [*packed.sections]
    listed[mine[0]], listed[mine[1]] = listed[mine[1]], listed[mine[0]]
    assert town.instance.directory is not None
    log = town.instance.directory / "log.db"
    alter(log, answer.position, True, data=receipt.pack(packed.head, listed, packed.last))
    different = [s.number for s in town.replay(answer).sections if s.verdict == "different"]
    assert different == [mine[0] + 1, mine[1] + 1]


def test_an_altered_fact_is_named_by_the_section_that_rests_on_it_alone(
    asked: tuple[Town, Household, Answer],
) -> None:
    town, household, answer = asked
    held = town.instance.person_facts.standing(
        household.members[0], DataClass.TERMINATIONS, answer.position, town.reader
    )
    [item] = held
    assert town.instance.directory is not None
    alter(town.instance.directory / "log.db", item.position, True, metadata=b"{}")
    replay = town.replay(answer)
    assert names(replay, item.position)
    different = [s.data_class for s in replay.sections if s.verdict == "different"]
    assert different == [DataClass.TERMINATIONS]


def test_another_finding_on_the_same_facts_is_found_in_its_section_alone(
    asked: tuple[Town, Household, Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a rule found stands nowhere: the commitment alone tells what it was."""
    town, _, answer = asked
    entry = receipt._entry

    def otherwise(examined: Any, index: dict[int, int]) -> list[Any]:
        made = entry(examined, index)
        if examined.data_class is DataClass.CONVICTIONS:
            for leaf in made[3:]:
                leaf[1] = 1
        return made

    monkeypatch.setattr(receipt, "_entry", otherwise)
    replay = town.replay(answer)
    different = {s.data_class for s in replay.sections if s.verdict == "different"}
    assert different == {DataClass.CONVICTIONS}
    assert any("it commits to other findings" in said for said in replay.differences)
