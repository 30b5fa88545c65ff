"""An answer of a real instance, exported and verified by the package that knows no server."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.law.editions import CURRENT
from domain.law.plans.steps import PlanQuestion
from husret_verify import bundle as bundles
from husret_verify import note
from husret_verify.checkpoint import Checkpoint
from husret_verify.event import event_id
from husret_verify.note import VerifierKey
from husret_verify.receipt import Page, Receipt
from husret_verify.verifying import Refused, Valid, verify
from services.answers import proving
from services.answers.proving import BeyondCheckpoint, NotAnAnswer
from services.answers.receipts import Answer, Asked, request_bytes
from services.log import tree
from services.log.event import RecordedEvent
from services.persons.reading import TamperedEvent
from tests.answers.test_screening import page_events, pages
from tests.answers.town import ASKED_DAY, Town, alter, new_id

SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def checkpoint(town: Town, size: int | None = None) -> str:
    """A checkpoint of the town's log, signed by a key of this test."""
    log, origin = town.instance.log, f"husret/{town.instance.log_id}"
    size = size or log.head() or 0
    return note.sign(Checkpoint(origin, size, tree.root(log.hashes, size)).text(), origin, SIGNING)


def key(town: Town) -> VerifierKey:
    return note.verifier_key(f"husret/{town.instance.log_id}", SIGNING)


def event_of(town: Town, answer: Answer) -> RecordedEvent:
    assert answer.receipt_id is not None
    return town.answers.receipts.find(answer.receipt_id)


def exported(town: Town, event: RecordedEvent, size: int | None = None) -> bytes:
    return bundles.write(proving.bundle(town.instance, event, checkpoint(town, size)))


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


def test_two_exports_are_shown_to_be_of_one_history(town: Town) -> None:
    answer = town.ask(town.register())
    old = checkpoint(town)
    town.register()
    joined = proving.bundle(town.instance, event_of(town, answer), checkpoint(town), old)
    assert len(verify(joined, key(town), kept=old).joined) == 1
    alone = proving.bundle(town.instance, event_of(town, answer), checkpoint(town))
    with pytest.raises(Refused, match="not_joined"):
        verify(alone, key(town), kept=old)


def test_an_answer_after_the_checkpoint_needs_a_newer_one(town: Town) -> None:
    old = checkpoint(town)
    answer = town.ask(town.register())
    with pytest.raises(BeyondCheckpoint, match="ask for a newer one"):
        proving.bundle(town.instance, event_of(town, answer), old)


def test_only_an_answer_is_exported(town: Town) -> None:
    first = town.instance.log.event_at(1)
    assert first is not None
    with pytest.raises(NotAnAnswer):
        proving.bundle(town.instance, first, checkpoint(town))


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
    head = checkpoint(town_on_disk)
    for position in (event.position, event.position - 1):  # its frame stands right before it
        alter(directory / "log.db", position, False, recorded_at=event.recorded_at + 1)
        now = town_on_disk.instance.log.event_at(event.position)
        assert now is not None
        with pytest.raises(TamperedEvent) as refused:
            proving.bundle(town_on_disk.instance, now, head)
        assert refused.value.position == position
        alter(directory / "log.db", position, False, recorded_at=event.recorded_at)
