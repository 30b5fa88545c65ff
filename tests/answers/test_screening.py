"""Pages of a screened waiting list: the same answers, one event each, computed again the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain import screening
from domain.data_classes import DataClass, SubjectKind
from domain.frame import FRAME_TYPE
from domain.law.editions import CURRENT
from domain.law.kernel import Outcome
from domain.law.referral.bases import Basis
from domain.law.referral.steps import ReferralQuestion
from domain.questions import PAGE_TYPES
from domain.receipt import MalformedReceiptError
from services.answers import stored
from services.answers.screening import Item, ListRequest, NotOnPage, Page, Screening
from services.log.event import Event, RecordedEvent
from services.log.port import EventIdReused
from services.persons.sealing import Tampered
from tests.answers.town import ASKED_DAY, PREVENTION, VULNERABLE, Household, Town, alter, new_id

MOST_BYTES_OF_AN_ENTRY = 80


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with Town.founded(tmp_path / "instance") as found:
        yield found


@pytest.fixture
def households(town: Town) -> list[Household]:
    """Five households of one to three; the second and the last are on kontanthjælp."""
    found = [town.register(count) for count in (1, 2, 3, 1, 2)]
    town.on_kontanthjaelp(found[1].members[1])
    town.on_kontanthjaelp(found[4].members[0])
    return found


def question(dwelling: str = VULNERABLE) -> ReferralQuestion:
    return ReferralQuestion(household=new_id(), day=ASKED_DAY, dwelling=dwelling, basis=Basis.STK_1)


def walk(town: Town, asked: ReferralQuestion | None = None, record: bool = True) -> ListRequest:
    request = new_id() if record else None
    return ListRequest(asked or question(), town.instance.view(), town.reader, request)


def pages(
    town: Town, households: list[Household], of: ListRequest | None = None, size: int = 2
) -> list[Page]:
    found = Screening(town.instance).pages(
        of or walk(town), [household.id for household in households], size
    )
    return list(found)


def page_events(town: Town) -> list[RecordedEvent]:
    return [event for event in town.instance.log.read() if event.type in PAGE_TYPES]


def items(found: list[Page]) -> list[Item]:
    return [item for page in found for item in page.items]


def test_a_walk_gives_each_household_the_answer_that_it_gets_alone(
    town: Town, households: list[Household]
) -> None:
    screened = items(pages(town, households))
    alone = [town.ask(household).decision for household in households]
    assert [item.household for item in screened] == [household.id for household in households]
    assert [item.outcome for item in screened] == [decision.outcome for decision in alone]
    assert [item.met for item in screened] == [screening.met_rules(each) for each in alone]
    answers = [item.decision for item in screened if item.decision]
    assert [each.warnings for each in answers] == [each.warnings for each in alone]
    assert [each.missing for each in answers] == [each.missing for each in alone]
    assert len({item.outcome for item in screened}) > 1


def test_each_page_is_one_event_with_an_entry_for_each_household(
    town: Town, households: list[Household]
) -> None:
    found = pages(town, households)
    events = page_events(town)
    assert [len(event.tags) for event in events] == [2, 2, 1]
    assert [page.position for page in found] == [event.position for event in events]
    for page, event in zip(found, events, strict=True):
        stated = stored.page(town.instance, event)
        assert stated.hash == page.receipt_hash
        assert stated.number == page.number
        assert len(stated.packed.entries) == len(event.tags)
    assert len({stored.page(town.instance, event).named.id for event in events}) == 1


def test_an_entry_with_its_tag_takes_few_bytes(town: Town, households: list[Household]) -> None:
    pages(town, households, size=5)
    [event] = page_events(town)
    tags = sum(len(tag) + 1 for tag in event.tags)
    assert (len(event.data) + tags) / len(event.tags) <= MOST_BYTES_OF_AN_ENTRY


def test_an_entry_reads_back_as_it_was_written(town: Town, households: list[Household]) -> None:
    decision = town.ask(households[1]).decision
    entry = screening.entry(decision)
    assert entry.outcome is Outcome.PROHIBITED
    assert entry.met
    assert screening.decode_entry(screening.encode_entry(entry, CURRENT), CURRENT) == entry


def test_a_page_cut_short_or_drawn_out_cannot_be_read(
    town: Town, households: list[Household]
) -> None:
    pages(town, households)
    data = page_events(town)[0].data
    for altered in (data[:-1], data + b"\0", b"\1" + data[1:], b""):
        with pytest.raises(MalformedReceiptError):
            screening.unpack(altered)


def test_a_preview_gives_the_same_outcomes_and_records_nothing(
    town: Town, households: list[Household]
) -> None:
    head = town.instance.log.head()
    previewed = pages(town, households, walk(town, record=False))
    assert town.instance.log.head() == head
    assert all(page.receipt_id is None for page in previewed)
    assert items(previewed) == items(pages(town, households))


def test_a_repeated_walk_gets_the_pages_that_are_recorded(
    town: Town, households: list[Household]
) -> None:
    same = walk(town)
    first = pages(town, households, same)
    head = town.instance.log.head()
    later = same._replace(view=town.instance.view())
    assert pages(town, households, later) == first
    assert town.instance.log.head() == head


def test_a_walk_that_was_broken_off_leaves_whole_pages_and_goes_on_after_them(
    town: Town, households: list[Household]
) -> None:
    same = walk(town)
    ids = [household.id for household in households]
    walked = Screening(town.instance).pages(same, ids, 2, stop=lambda: len(page_events(town)) == 2)
    taken = [next(walked), next(walked)]
    with pytest.raises(TimeoutError):
        next(walked)
    recorded = page_events(town)
    assert [page.position for page in taken] == [event.position for event in recorded]
    assert 0 < len(recorded) < 3
    whole = pages(town, households, same)
    assert [page.position for page in whole[: len(recorded)]] == [e.position for e in recorded]
    assert len(page_events(town)) == 3


@pytest.mark.parametrize("changed", ["dwelling", "households"])
def test_a_request_id_is_not_used_for_another_walk(
    town: Town, households: list[Household], changed: str
) -> None:
    same = walk(town)
    pages(town, households, same)
    if changed == "dwelling":
        same = same._replace(question=question(PREVENTION))
    else:
        households = households[1:]
    with pytest.raises(EventIdReused):
        pages(town, households, same)


def test_a_household_that_cannot_be_asked_about_has_its_error_and_no_entry(
    town: Town, households: list[Household]
) -> None:
    stranger = Household(new_id(), ())
    erased = households[0]
    town.erase(erased.id, DataClass.DECISIONS, SubjectKind.HOUSEHOLD)
    found = items(pages(town, [stranger, *households], size=6))
    assert [item.error is None for item in found] == [False, False, True, True, True, True]
    [event] = page_events(town)
    assert len(event.tags) == 4


# --- Computed again -------------------------------------------------------------------------


def test_a_page_is_computed_again_to_the_same_bytes_whatever_came_later(
    town: Town, households: list[Household]
) -> None:
    pages(town, households, size=5)
    [event] = page_events(town)
    town.on_kontanthjaelp(households[0].members[0])
    town.choose("AMB-WINDOW", "c")
    replay = Screening(town.instance).replay(event, town.reader)
    assert (replay.differences, replay.equal, replay.erased) == ([], 5, 0)
    assert replay.computed_hash == replay.stored_hash


def test_an_entry_dies_with_its_household_and_the_others_stay_equal(
    town: Town, households: list[Household]
) -> None:
    pages(town, households, size=5)
    [event] = page_events(town)
    town.erase(households[1].id, kind=SubjectKind.HOUSEHOLD)
    replay = Screening(town.instance).replay(event, town.reader)
    assert (replay.differences, replay.equal, replay.erased) == ([], 4, 1)
    with pytest.raises(NotOnPage):
        Screening(town.instance).get(event, households[1].id, town.reader)


def test_a_fact_that_was_altered_shows_in_the_entry_that_rests_on_it(
    town: Town, households: list[Household], tmp_path: Path
) -> None:
    [benefit] = town.on_kontanthjaelp(households[0].members[0])
    pages(town, households, size=5)
    [event] = page_events(town)
    alter(tmp_path / "instance" / "log.db", benefit.position, True, metadata=b"{}")
    replay = Screening(town.instance).replay(event, town.reader)
    assert replay.differences == ["entry 1: comes out otherwise"]


def test_the_full_receipt_of_one_household_is_the_one_that_the_page_vouches_for(
    town: Town, households: list[Household]
) -> None:
    pages(town, households, size=5)
    [event] = page_events(town)
    town.on_kontanthjaelp(households[0].members[0])
    on_page = Screening(town.instance)
    decision = on_page.get(event, households[0].id, town.reader).decision
    period = town.instance.period()
    [key] = town.instance.keys.sealing_keys([(households[0].id, DataClass.DECISIONS)], period)
    entry = on_page.entry(stored.page(town.instance, event), 1, key)
    assert entry == screening.entry(decision)


def test_what_a_page_said_is_shown_whatever_was_erased_since(
    town: Town, households: list[Household]
) -> None:
    [page] = pages(town, households, size=5)
    [event] = page_events(town)
    assert page.items[1].outcome is Outcome.PROHIBITED
    town.erase(households[1].members[1])
    shown = Screening(town.instance).get(event, households[1].id, town.reader)
    assert shown.decision.outcome is Outcome.PROHIBITED
    assert {missing.kind for missing, _ in shown.decision.missing} == {"erased"}
    assert (shown.receipt_id, shown.receipt_hash) == (page.receipt_id, page.receipt_hash)
    # Of the page only the entry of this household was opened.
    read = [
        len(town.instance.access.reads([town.token(each.id, DataClass.DECISIONS)]))
        for each in households
    ]
    assert read[0] == read[2] == read[3] == read[4] < read[1]


def test_what_a_walk_reads_is_noted_and_not_kept_in_memory(
    town: Town, households: list[Household]
) -> None:
    pages(town, households)
    token = town.token(households[0].id, DataClass.MEMBERSHIP)
    assert len(town.instance.access.reads([token])) == 1
    assert not town.instance.person_facts.keeps(token)


def test_of_two_walks_that_race_under_one_request_the_later_gets_what_is_recorded(
    town: Town, households: list[Household], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = walk(town)
    append = town.instance.frames.append
    recorded: list[Page] = []

    def after_another(given: Any) -> Any:
        monkeypatch.undo()
        town.on_kontanthjaelp(households[0].members[0])
        recorded.extend(pages(town, households, late._replace(view=town.instance.view()), 5))
        return append(given)

    monkeypatch.setattr(town.instance.frames, "append", after_another)
    found = pages(town, households, late, 5)
    assert found == recorded
    assert len(page_events(town)) == 1


# --- Altered where it is stored -------------------------------------------------------------


def page_with(town: Town, event: RecordedEvent, how: str) -> bytes:
    """Return a page's payload as one may alter it who has the log alone."""
    packed = screening.unpack(event.data)
    frame, position, entries = packed.frame_id, packed.position, list(packed.entries)
    match how:
        case "position":
            position -= 1
        case "day":
            named = town.instance.frames.as_stored(frame)
            other = msgspec.structs.replace(named.frame, day=named.frame.day.replace(day=3))
            frame = town.instance.frames.of(other).id
            town.instance.writer.append_batch(
                [Event(type=FRAME_TYPE, data=other.payload(), tags=[], event_id=frame)]
            )
        case "outcome":
            # Of a stream cipher the first byte can be altered without the key: 1 becomes 2.
            sealed = bytes([entries[0].sealed[0] ^ 3, *entries[0].sealed[1:]])
            entries[0] = msgspec.structs.replace(entries[0], sealed=sealed)
        case "exchanged":
            entries[0], entries[1] = entries[1], entries[0]
        case "left out":
            del entries[-1]
    head = screening.head(frame, position, packed.period, packed.number, len(entries))
    return screening.pack(head, entries)


HOW = ["position", "day", "outcome", "exchanged"]


@pytest.mark.parametrize("how", [*HOW, "left out"])
@pytest.mark.parametrize("seal_again", [False, True], ids=["as it is", "with its leaf hash"])
def test_an_altered_page_is_found(
    town: Town, households: list[Household], tmp_path: Path, how: str, seal_again: bool
) -> None:
    pages(town, households, size=5)
    [event] = page_events(town)
    data = page_with(town, event, how)
    alter(tmp_path / "instance" / "log.db", event.position, seal_again, data=data)
    [event] = page_events(town)
    replay = Screening(town.instance).replay(event, town.reader)
    assert replay.differences
    assert how == "left out" or replay.stored_hash != replay.computed_hash


@pytest.mark.parametrize("how", HOW)
def test_an_altered_entry_is_not_shown(
    town: Town, households: list[Household], tmp_path: Path, how: str
) -> None:
    pages(town, households, size=5)
    [event] = page_events(town)
    data = page_with(town, event, how)
    alter(tmp_path / "instance" / "log.db", event.position, True, data=data)
    [event] = page_events(town)
    with pytest.raises((Tampered, MalformedReceiptError)):
        Screening(town.instance).get(event, households[0].id, town.reader)


def test_an_entry_that_rests_on_what_was_erased_since_is_said_to_and_is_no_difference(
    town: Town, households: list[Household]
) -> None:
    pages(town, households, size=5)
    [event] = page_events(town)
    town.erase(households[1].members[1], DataClass.BENEFITS)
    replay = Screening(town.instance).replay(event, town.reader)
    assert (replay.differences, replay.equal, replay.erased) == ([], 4, 1)
    assert replay.computed_hash == replay.stored_hash
