"""An answer of a real instance, exported and verified by the package that knows no server."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.law.editions import CURRENT
from domain.law.plans.steps import PlanQuestion
from husret_verify import bundle as bundles
from husret_verify.checkpoint import Checkpoint
from husret_verify.event import event_id
from husret_verify.note import VerifierKey, sign
from husret_verify.problems import NotValid, Unreadable
from husret_verify.receipt import Page, Receipt
from husret_verify.verifying import Refused, Valid, verify
from services.answers import proving
from services.answers.receipts import Answer, Asked, request_bytes
from services.instance import checkpoints
from services.log.event import RecordedEvent
from services.log.port import LogAltered
from services.persons.reading import TamperedEvent
from tests.answers.test_screening import page_events, pages
from tests.answers.town import ASKED_DAY, Town, alter, new_id


def key(town: Town) -> VerifierKey:
    return town.instance.signer().vkey


def event_of(town: Town, answer: Answer) -> RecordedEvent:
    assert answer.receipt_id is not None
    return town.answers.receipts.find(answer.receipt_id)


def exported(town: Town, event: RecordedEvent, kept: str = "") -> bytes:
    return bundles.write(proving.bundle(town.instance, event, kept))


def verified(town: Town, file: bytes) -> Valid:
    return verify(bundles.read(file), key(town))


def test_an_answer_is_proved_to_whoever_was_given_it(town: Town) -> None:
    household = town.register()
    town.on_kontanthjaelp(household.members[1])
    answer = town.ask(household)
    proved = verified(town, exported(town, event_of(town, answer)))
    assert isinstance(proved.answer, Receipt)
    assert proved.receipt_id == answer.receipt_id
    assert proved.hash == answer.receipt_hash
    assert proved.log == town.instance.log_id
    assert proved.answer.outcome == answer.decision.outcome.value
    assert proved.frame.area == "9999-kastanjeparken"
    assert proved.frame.law == CURRENT.id
    assert proved.answer.known_at < proved.position
    assert dict(proved.metadata)["actor"] == town.reader.actor


def test_it_stays_valid_when_more_is_recorded_and_everybody_is_erased(town: Town) -> None:
    household = town.register()
    answer = town.ask(household)
    before = exported(town, event_of(town, answer))
    for person in household.members:
        town.erase(person)
    after = exported(town, event_of(town, answer))
    assert verified(town, before).hash == verified(town, after).hash == answer.receipt_hash
    assert verified(town, before).checkpoint.size < verified(town, after).checkpoint.size


def test_it_leads_from_a_checkpoint_that_was_kept(town: Town) -> None:
    answer = town.ask(town.register())
    _, kept = checkpoints.made(town.instance)
    town.register()
    joined = bundles.read(exported(town, event_of(town, answer), kept))
    assert len(verify(joined, key(town), kept=kept).joined) == 1
    alone = bundles.read(exported(town, event_of(town, answer)))
    with pytest.raises(Refused, match="not_joined"):
        verify(alone, key(town), kept=kept)


def test_a_kept_checkpoint_that_the_log_does_not_continue_stops_the_export(town: Town) -> None:
    event = event_of(town, town.ask(town.register()))
    head, _ = checkpoints.made(town.instance)
    signer = town.instance.signer()
    for size, root, said in (
        (head.size + 1, head.root, "it ends before"),
        (head.size - 1, bytes(32), "does not continue"),
    ):
        kept = Checkpoint(signer.origin, size, root).text()
        with pytest.raises(LogAltered, match=said):
            exported(town, event, sign(kept, signer.origin, signer.private))


def test_a_kept_checkpoint_of_another_log_is_refused(town: Town) -> None:
    event = event_of(town, town.ask(town.register()))
    with Town.founded() as other:
        _, kept = checkpoints.made(other.instance)
    with pytest.raises(NotValid, match="not_signed_by"):
        exported(town, event, kept)
    with pytest.raises(Unreadable, match="note_blank"):
        exported(town, event, "no note")


def test_the_bundle_of_another_log_is_not_valid(town: Town) -> None:
    file = exported(town, event_of(town, town.ask(town.register())))
    with Town.founded() as other, pytest.raises(Refused) as refused:
        verify(bundles.read(file), key(other))
    assert [each.code for each in refused.value.problems] == ["not_signed_by", "another_log"]


def test_a_page_of_a_waiting_list_is_proved_with_what_was_asked_of_all(town: Town) -> None:
    households = [town.register(count) for count in (1, 2)]
    [page] = pages(town, households)
    [event] = page_events(town)
    proved = verified(town, exported(town, event))
    assert isinstance(proved.answer, Page)
    assert proved.hash == page.receipt_hash
    assert len(proved.answer.entries) == len(households)
    assert proved.frame.target == '{"basis":"stk_1","dwelling":"D1"}'


def test_an_answer_about_an_area_is_proved_with_what_was_found(town: Town) -> None:
    asked = PlanQuestion(area="9999-kastanjeparken", day=ASKED_DAY)
    id = event_id(town.instance.log_id, new_id(), 0)
    named = Asked(asked, request_bytes(asked, ""), id)
    answer = town.answers.check(named, town.reader, town.instance.view())
    proved = verified(town, exported(town, event_of(town, answer)))
    assert isinstance(proved.answer, Receipt)
    assert proved.answer.found is not None
    assert proved.answer.sections == ()
    assert proved.hash == answer.receipt_hash


def test_what_was_altered_where_it_is_stored_is_not_exported(
    town_on_disk: Town, directory: Path
) -> None:
    event = event_of(town_on_disk, town_on_disk.ask(town_on_disk.register()))
    for position in (event.position, event.position - 1):  # its frame stands right before it
        alter(directory / "log.db", position, False, recorded_at=event.recorded_at + 1)
        now = town_on_disk.instance.log.event_at(event.position)
        assert now is not None
        with pytest.raises((TamperedEvent, LogAltered), match=f"at position {position}"):
            exported(town_on_disk, now)
        alter(directory / "log.db", position, False, recorded_at=event.recorded_at)
