"""What was altered in the log's file, behind the service's back, is found and named."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from domain import receipt
from domain.data_classes import DataClass, SubjectKind
from domain.law.kernel import Outcome
from services.answers import stored as answers_stored
from services.answers.receipts import Answer
from services.answers.replay import Replay
from services.instance.instance import InstanceError
from services.log.event import RecordedEvent
from services.persons.reading import TamperedEvent
from services.persons.sealing import ClassKey, Tampered
from services.persons.tokens import token_bytes
from tests.answers.town import (
    ASKED_DAY,
    ORDINARY,
    VULNERABLE,
    Household,
    Town,
    alter,
    restated,
    stored,
    with_bit_flipped,
)
from tests.log import verified


class Asked:
    """A town on disk with one prohibited answer, and the facts that it rests on."""

    def __init__(self, town: Town, directory: Path) -> None:
        self.town = town
        self.log = directory / "log.db"
        self.directory = directory
        self.household: Household = town.register(2)
        self.benefit = town.on_kontanthjaelp(self.household.members[0])[0].position
        self.answer: Answer = town.ask(self.household)
        assert self.answer.decision.outcome is Outcome.PROHIBITED
        assert self.answer.receipt_id is not None
        evidence = {
            type(item.fact).__name__: item.position
            for examined in self.answer.decision.examined
            for item in examined.finding.evidence
        }
        self.listed = evidence["AreaListed"]
        self.citizenship = evidence["CitizenshipAttested"]
        [attested] = [i.position for person, i in self.answer.decision.membership if person is None]
        self.attested = attested

    @property
    def position(self) -> int:
        return self.answer.position

    def replay(self) -> Replay:
        return self.town.replay(self.answer)

    def replay_in_a_new_server(self) -> Replay:
        self.town.instance.close()
        with Town.reopened(self.directory) as town:
            return town.replay(self.answer)


@pytest.fixture
def asked(town_on_disk: Town, directory: Path) -> Asked:
    return Asked(town_on_disk, directory)


def names(replay: Replay, position: int) -> bool:
    """Tell whether a difference names the position."""
    return any(re.search(rf"\b{position}\b", said) for said in replay.differences)


SEALED_FACTS = ["benefit", "citizenship", "attested"]


def altered(asked: Asked, position: int, column: str) -> Any:
    """Return another value for a column of a stored event."""
    value = stored(asked.log, position, column)
    match column:
        case "data":
            return with_bit_flipped(value, len(value) // 2)
        case "recorded_at":
            return value + 1
        case "tags":
            # Another token of the same shape.
            return value[:5] + ("A" if value[5] != "A" else "B") + value[6:]
        case _:
            raise ValueError(column)


@pytest.mark.parametrize("seal_again", [False, True], ids=["as it is", "with its leaf hash"])
@pytest.mark.parametrize("column", ["data", "recorded_at", "tags"])
@pytest.mark.parametrize("fact", SEALED_FACTS)
def test_an_altered_sealed_fact_is_found_and_named(
    asked: Asked, fact: str, column: str, seal_again: bool
) -> None:
    position = getattr(asked, fact)
    alter(asked.log, position, seal_again, **{column: altered(asked, position, column)})
    assert names(asked.replay(), position)
    assert names(asked.replay_in_a_new_server(), position)


@pytest.mark.parametrize("seal_again", [False, True], ids=["as it is", "with its leaf hash"])
@pytest.mark.parametrize("first_byte", [0, 1, 2], ids=["version", "period", "period's end"])
def test_an_altered_head_of_a_sealed_payload_is_found_and_named(
    asked: Asked, first_byte: int, seal_again: bool
) -> None:
    data = with_bit_flipped(stored(asked.log, asked.benefit, "data"), first_byte)
    alter(asked.log, asked.benefit, seal_again, data=data)
    assert names(asked.replay(), asked.benefit)


@pytest.mark.parametrize("seal_again", [False, True], ids=["as it is", "with its leaf hash"])
@pytest.mark.parametrize("column", ["data", "recorded_at", "tags"])
def test_an_altered_open_fact_is_found_and_named(
    asked: Asked, column: str, seal_again: bool
) -> None:
    value = stored(asked.log, asked.listed, column)
    match column:
        case "data":
            other: Any = value.replace(b"1290", b"1291").replace(b"1288", b"1289")
        case "tags":
            other = value.replace("kastanjeparken", "kastanjeparkem")
        case _:
            other = value - 1
    assert other != value
    alter(asked.log, asked.listed, seal_again, **{column: other})
    assert names(asked.replay(), asked.listed)
    assert names(asked.replay_in_a_new_server(), asked.listed)


def test_an_open_fact_that_can_not_be_read_any_more_is_named_at_start(asked: Asked) -> None:
    asked.town.instance.close()
    alter(asked.log, asked.listed, True, data=b"{" + stored(asked.log, asked.listed, "data"))
    with pytest.raises(InstanceError, match=rf"position {asked.listed}\b"):
        Town.reopened(asked.directory)


@pytest.mark.parametrize("seal_again", [False, True], ids=["as it is", "with its leaf hash"])
@pytest.mark.parametrize("column", ["data", "recorded_at"])
def test_an_altered_fact_is_found_when_another_member_is_erased(
    asked: Asked, column: str, seal_again: bool
) -> None:
    asked.town.erase(asked.household.members[1])
    assert asked.replay().differences == []
    alter(asked.log, asked.benefit, seal_again, **{column: altered(asked, asked.benefit, column)})
    assert names(asked.replay(), asked.benefit)


# --- What stands behind every answer --------------------------------------------------------


class Behind(NamedTuple):
    """A closed town on disk with an answer, and the positions of what stands behind it."""

    directory: Path
    answer: Answer
    positions: dict[str, int]

    @property
    def log(self) -> Path:
        return self.directory / "log.db"


@pytest.fixture(scope="module")
def behind_once(tmp_path_factory: pytest.TempPathFactory) -> Behind:
    directory = tmp_path_factory.mktemp("behind") / "instance"
    with Town.founded(directory) as town:
        [reading] = town.choose("AMB-WINDOW", "c")
        household = town.register(1)
        town.on_kontanthjaelp(household.members[0])
        answer = town.ask(household)
        view = town.instance.view()
        dwelling = view.dwelling(VULNERABLE, ASKED_DAY)
        assert dwelling is not None
        area = view.area(dwelling.fact.area or "")
        assert area is not None
    positions = {
        "dwelling": dwelling.position,
        "reading": reading.position,
        "area": area.position,
        "instance": 1,
    }
    return Behind(directory, answer, positions)


@pytest.fixture
def behind(behind_once: Behind, directory: Path) -> Behind:
    shutil.copytree(behind_once.directory, directory)
    return behind_once._replace(directory=directory)


OTHER_CONTENT = {
    "dwelling": (b"2000-01-01", b"2001-01-01"),
    "reading": (b"the legal office", b"some other office"),
    "area": (b'"name":"', b'"name":"Ny '),
    "instance": ("Prøvekøbing".encode(), "Prøvestrand".encode()),
}
"""Content that gives the same answer: only what was stored tells it apart."""


def replayed_anew(behind: Behind) -> Replay:
    with Town.reopened(behind.directory) as town:
        return town.replay(behind.answer)


def test_an_answer_of_a_town_that_was_not_touched_replays_equal(behind: Behind) -> None:
    assert replayed_anew(behind).differences == []


@pytest.mark.parametrize("seal_again", [False, True], ids=["as it is", "with its leaf hash"])
@pytest.mark.parametrize("column", ["data", "recorded_at", "metadata"])
@pytest.mark.parametrize("what", OTHER_CONTENT)
def test_what_stands_behind_an_answer_can_not_be_altered_unnoticed(
    behind: Behind, what: str, column: str, seal_again: bool
) -> None:
    position = behind.positions[what]
    value = stored(behind.log, position, column)
    match column:
        case "data":
            other: Any = value.replace(*OTHER_CONTENT[what])
        case "recorded_at":
            other = value - 1
        case _:
            other = b'{"actor":"somebody else"}'
    assert other != value
    alter(behind.log, position, seal_again, **{column: other})
    assert names(replayed_anew(behind), position)


@pytest.mark.parametrize("what", ["dwelling", "reading", "area"])
def test_what_stands_behind_an_answer_can_not_be_removed_unnoticed(
    behind: Behind, what: str
) -> None:
    position = behind.positions[what]
    remove(behind.log, position)
    assert names(replayed_anew(behind), position)


@pytest.mark.parametrize("seal_again", [False, True], ids=["as it is", "with its leaf hash"])
def test_a_dwelling_altered_so_that_the_question_can_not_be_asked_is_named(
    behind: Behind, seal_again: bool
) -> None:
    position = behind.positions["dwelling"]
    data = stored(behind.log, position, "data").replace(b'"family"', b'"youth"')
    alter(behind.log, position, seal_again, data=data)
    replay = replayed_anew(behind)
    assert replay.differences
    assert seal_again or names(replay, position)


def test_an_event_of_a_type_that_is_not_known_is_said_at_start(behind: Behind) -> None:
    alter(behind.log, behind.positions["dwelling"], False, type_id=999)
    with pytest.raises(InstanceError, match="a file of the instance cannot be read"):
        Town.reopened(behind.directory)


# --- What the log says of itself ------------------------------------------------------------


def test_a_log_with_an_altered_open_event_answers_nothing_new_and_still_replays(
    behind: Behind,
) -> None:
    position = behind.positions["dwelling"]
    data = stored(behind.log, position, "data").replace(*OTHER_CONTENT["dwelling"])
    alter(behind.log, position, False, data=data)
    refuses_and_replays(behind, position)


def test_a_log_with_an_open_event_removed_answers_nothing_new_and_still_replays(
    behind: Behind,
) -> None:
    remove(behind.log, behind.positions["reading"])
    refuses_and_replays(behind, behind.positions["reading"])


def refuses_and_replays(behind: Behind, position: int) -> None:
    """Find that nothing new is answered, and that both the log and the replay name the event."""
    with Town.reopened(behind.directory) as town:
        household = town.register(1)
        with pytest.raises(TamperedEvent, match=rf"position {position}\b"):
            town.ask(household)
        with pytest.raises(TamperedEvent, match=rf"position {position}\b"):
            town.ask(household, ORDINARY)
        with pytest.raises(TamperedEvent, match=rf"position {position}\b"):
            town.answers.preview(town.asked(household), town.reader, town.instance.view())
        assert verified.altered(town.instance.log) == [position]
        assert names(town.replay(behind.answer), position)


def remove(path: Path, position: int) -> None:
    """Remove an event from the log's file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("DELETE FROM tag WHERE position = ?", (position,))
        assert database.execute("DELETE FROM event WHERE position = ?", (position,)).rowcount == 1


def test_a_fact_that_the_answer_does_not_rest_on_changes_nothing(asked: Asked) -> None:
    other = asked.town.register(1)
    [written] = asked.town.on_kontanthjaelp(other.members[0])
    alter(asked.log, written.position, True, recorded_at=1)
    assert asked.replay().differences == []


# --- The receipt itself ---------------------------------------------------------------------


def restate(asked: Asked, seal_again: bool, /, **changes: Any) -> Replay:
    """State something else in the receipt where it is stored, and replay it."""
    data = restated(asked.town, stored(asked.log, asked.position, "data"), **changes)
    alter(asked.log, asked.position, seal_again, data=data)
    return asked.replay()


@pytest.mark.parametrize("seal_again", [False, True], ids=["as it is", "with its leaf hash"])
def test_a_replay_computes_before_it_looks_at_the_stored_outcome(
    asked: Asked, seal_again: bool
) -> None:
    replay = restate(asked, seal_again, outcome=Outcome.PERMITTED)
    assert replay.computed_hash == asked.answer.receipt_hash
    assert replay.stored_hash != asked.answer.receipt_hash
    assert "open part, outcome: 'PROHIBITED' comes out, 'PERMITTED' is stored" in (
        replay.differences
    )
    assert {section.verdict for section in replay.sections} == {"equal"}
    assert names(replay, asked.position) is not seal_again


def section_of(asked: Asked, data_class: DataClass) -> tuple[int, receipt.Packed, ClassKey]:
    """Return the number of the first member's section of a class, the receipt, and the key."""
    packed = receipt.unpack(stored(asked.log, asked.position, "data"))
    [number] = [
        number
        for number, section in enumerate(packed.sections, 1)
        if (section.subject, section.data_class) == (1, data_class)
    ]
    keys, person = asked.town.instance.keys, asked.household.members[0]
    return number, packed, keys.sealing_key(person, data_class, packed.period)


def with_section(packed: receipt.Packed, number: int, section: receipt.StoredSection) -> bytes:
    """Return a receipt's payload with another section in the place of one."""
    listed = [*packed.sections]
    listed[number - 1] = section
    return receipt.pack(packed.head, listed, packed.last)


@pytest.mark.parametrize("seal_again", [False, True], ids=["as it is", "with its leaf hash"])
def test_a_section_that_names_other_facts_is_found(asked: Asked, seal_again: bool) -> None:
    number, packed, key = section_of(asked, DataClass.BENEFITS)
    section = packed.sections[number - 1]
    content = asked.town.answers.receipts.content_of(section, key)
    assert asked.benefit in content.positions
    other = msgspec.structs.replace(content, positions=(asked.attested,)).encode()
    log_id = asked.town.instance.log_id.bytes
    sealed = key.masked(log_id, section.commitment, other)
    data = with_section(packed, number, msgspec.structs.replace(section, sealed=sealed))
    alter(asked.log, asked.position, seal_again, data=data)
    replay = asked.replay()
    assert replay.computed_hash == asked.answer.receipt_hash != replay.stored_hash
    assert any(
        said.startswith(f"section {number} (benefits): the facts come out otherwise")
        for said in replay.differences
    )
    assert [s.number for s in replay.sections if s.verdict == "different"] == [number]


@pytest.mark.parametrize("seal_again", [False, True], ids=["as it is", "with its leaf hash"])
def test_an_altered_commitment_is_found_and_the_right_hash_computed(
    asked: Asked, seal_again: bool
) -> None:
    number, packed, _ = section_of(asked, DataClass.BENEFITS)
    section = packed.sections[number - 1]
    altered = msgspec.structs.replace(section, commitment=with_bit_flipped(section.commitment, 31))
    data = with_section(packed, number, altered)
    alter(asked.log, asked.position, seal_again, data=data)
    replay = asked.replay()
    assert replay.computed_hash == asked.answer.receipt_hash != replay.stored_hash
    assert [s.number for s in replay.sections if s.verdict == "different"] == [number]


def test_an_altered_question_is_found_and_nothing_is_shown_of_it(asked: Asked) -> None:
    data = stored(asked.log, asked.position, "data")
    # A letter of the dwelling's id: the question can be read still, and asks something else.
    packed = receipt.unpack(data)
    question, as_made = asked.town.answers.receipts.opened_question(
        answers_stored.answer(asked.town.instance, event_of(asked))
    )
    assert as_made
    at = len(data) - len(question) + question.index(b"stk_1") + 4
    assert packed.last == data[-len(packed.last) :]
    alter(asked.log, asked.position, True, data=with_bit_flipped(data, at))
    assert asked.replay().differences
    with pytest.raises(Tampered, match="not as it was made"):
        asked.town.answers.receipts.get(event_of(asked), asked.town.reader)


@pytest.mark.parametrize("changes", [{"outcome": Outcome.PERMITTED}, {"day": "2024-09-03"}])
def test_an_answer_is_not_shown_when_what_it_states_was_altered(
    asked: Asked, changes: dict[str, Any]
) -> None:
    restate(asked, True, **changes)
    with pytest.raises(Tampered, match="not as it was made"):
        asked.town.answers.receipts.get(event_of(asked), asked.town.reader)


def event_of(asked: Asked) -> RecordedEvent:
    assert asked.answer.receipt_id is not None
    return asked.town.answers.receipts.find(asked.answer.receipt_id)


@pytest.mark.parametrize(
    "changes",
    [
        {"position": 10**9},
        {"position": 3},
        {"outcome": Outcome.UNDETERMINED},
        {"day": "2019-02-03"},
        {"day": "yesterday"},
        {"day": "1999-01-01"},
        {"law": "0" * 64},
        {"area": None},
        {"asked": "2024-09-01"},
        {"judged": "2024-09-01"},
        {"chosen": [["AMB-WINDOW", "b"]]},
        {"kind": "letting"},
        {"log": "00000000-0000-0000-0000-000000000000"},
        {"said_besides": 2},
    ],
    ids=str,
)
@pytest.mark.parametrize("seal_again", [False, True], ids=["as it is", "with its leaf hash"])
def test_no_value_that_stands_open_can_be_altered_unnoticed(
    asked: Asked, changes: dict[str, Any], seal_again: bool
) -> None:
    replay = restate(asked, seal_again, **changes)
    assert replay.differences
    assert seal_again or names(replay, asked.position)


@pytest.mark.parametrize("seal_again", [False, True], ids=["as it is", "with its leaf hash"])
def test_an_altered_frame_is_found_by_every_receipt_that_names_it(
    asked: Asked, seal_again: bool
) -> None:
    named = receipt.unpack(stored(asked.log, asked.position, "data")).frame_id
    frame = asked.town.instance.log.event_by_id(named)
    assert frame is not None
    other = frame.data.replace(b"2024-09-02", b"2024-09-03")
    assert other != frame.data
    again = asked.town.ask(asked.town.register(1))
    alter(asked.log, frame.position, seal_again, data=other)
    for answer in (asked.answer, again):
        assert names(asked.town.replay(answer), frame.position)
    asked.town.instance.close()
    with Town.reopened(asked.directory) as town:
        assert names(town.replay(again), frame.position)
        with pytest.raises(TamperedEvent, match=rf"position {frame.position}\b"):
            town.ask(town.register(1))


def test_a_frame_that_is_gone_is_found(asked: Asked) -> None:
    named = receipt.unpack(stored(asked.log, asked.position, "data")).frame_id
    frame = asked.town.instance.log.event_by_id(named)
    assert frame is not None
    remove(asked.log, frame.position)
    [said] = asked.replay().differences
    assert "the log has no frame of the id that it names" in said


def moved(asked: Asked, to: Answer) -> Replay:
    """Put the receipt's payload in the place of another receipt's, and replay that."""
    data = stored(asked.log, asked.position, "data")
    alter(asked.log, to.position, True, data=data)
    return asked.town.replay(to)


def test_a_receipt_cannot_be_moved_to_another_event(asked: Asked) -> None:
    again = asked.town.ask(asked.household)
    assert stored(asked.log, again.position, "tags") == stored(asked.log, asked.position, "tags")
    replay = moved(asked, again)
    verdicts = [section.verdict for section in replay.sections]
    assert set(verdicts) == {"different"}


def test_a_receipt_cannot_be_moved_to_another_household(asked: Asked) -> None:
    other = asked.town.ask(asked.town.register(2))
    replay = moved(asked, other)
    assert replay.differences


@pytest.mark.parametrize("how", ["left out", "exchanged", "said twice"])
def test_a_section_that_is_left_out_or_in_another_place_is_found(asked: Asked, how: str) -> None:
    packed = receipt.unpack(stored(asked.log, asked.position, "data"))
    first, *others, last = packed.sections
    listed = {
        "left out": [first, *others],
        "exchanged": [first, *others[1:], others[0], last],
        "said twice": [first, *others, last, last],
    }[how]
    head = receipt.head(
        packed.frame_id, packed.position, packed.outcome, packed.period, len(listed)
    )
    alter(asked.log, asked.position, True, data=receipt.pack(head, listed, packed.last))
    assert asked.replay().differences


def test_no_byte_of_a_stored_receipt_can_be_altered_unnoticed(asked: Asked) -> None:
    data = stored(asked.log, asked.position, "data")
    for at in range(0, len(data), 7):
        alter(asked.log, asked.position, False, data=with_bit_flipped(data, at))
        assert names(asked.replay(), asked.position), at
        alter(asked.log, asked.position, True)
        assert asked.replay().differences, at
    alter(asked.log, asked.position, True, data=data)
    assert asked.replay().differences == []


def test_a_receipt_cut_short_or_made_longer_is_found(asked: Asked) -> None:
    data = stored(asked.log, asked.position, "data")
    for other in (data[:-1], data[:40], data + b"\x00", b"", b"\x01" + data[1:]):
        alter(asked.log, asked.position, True, data=other)
        assert asked.replay().differences


@pytest.mark.parametrize("erased", ["another member", "the household"])
@pytest.mark.parametrize("what", ["outcome", "day", "position", "area"])
def test_an_altered_statement_is_found_by_whoever_can_compute_one_section(
    asked: Asked, what: str, erased: str
) -> None:
    """Of all that can be computed of one member each section says that the statement differs."""
    if erased == "another member":
        asked.town.erase(asked.household.members[1])
    else:
        asked.town.erase(asked.household.id, kind=SubjectKind.HOUSEHOLD)
        asked.town.erase(asked.household.members[1])
    before = {section.verdict for section in asked.replay().sections}
    assert before == {"equal", "erased"}
    other: dict[str, Any] = {
        "outcome": Outcome.PERMITTED,
        "day": "2024-09-03",
        "position": asked.answer.decision.position - 1,
        "area": None,
    }
    replay = restate(asked, True, **{what: other[what]})
    assert {section.verdict for section in replay.sections} == {"different", "erased"}


def test_a_key_that_is_gone_without_an_erasure_is_a_difference(asked: Asked) -> None:
    town, person = asked.town, asked.household.members[0]
    token = token_bytes(town.token(person, DataClass.BENEFITS))
    town.instance.close()
    with closing(sqlite3.connect(asked.directory / "keys.db", isolation_level=None)) as database:
        database.execute("DELETE FROM class_key WHERE token = ?", (token,))
    with Town.reopened(asked.directory) as again:
        replay = again.replay(asked.answer)
    assert any("the log tells of no erasure since" in said for said in replay.differences)
