"""An auditor's work over gRPC: still so today, moved answers, another law, many replays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import grpc
import pytest

from domain import facts
from domain.data_classes import DataClass, SubjectKind
from domain.law.editions import CURRENT, EDITIONS
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2 as core
from services.answers import cores, trial
from services.answers.screening import ListRequest, Screening
from tests.answers.town import ORDINARY, TODAY, Household, Town, new_id
from tests.api.client import Client, Refusal, context
from tests.api.conftest import served

Refused = Callable[[Callable[[], object]], Refusal]


READER = Town.reader


@pytest.fixture
def town() -> Town:
    return Town.founded()


@pytest.fixture
def client(town: Town) -> Iterator[Client]:
    with served(town.instance) as connected:
        yield connected


def audit(**values: Any) -> dict[str, Any]:
    return {"context": context(purpose="audit"), **values}


def again(client: Client, receipt: object, **values: Any) -> pb.DecideAgainResponse:
    request = pb.DecideAgainRequest(**audit(receipt_id=str(receipt), **values))
    return client.audit.DecideAgain(request, timeout=20)


def moved(client: Client, **values: Any) -> pb.ListMovedDecisionsResponse:
    request = pb.ListMovedDecisionsRequest(**audit(**values))
    request.consistency.at_least_position = client.head()
    return client.audit.ListMovedDecisions(request, timeout=20)


def tried(client: Client, **values: Any) -> list[pb.TryLawResponse]:
    return list(client.audit.TryLaw(pb.TryLawRequest(**audit(**values)), timeout=60))


def replays(client: Client, **values: Any) -> list[pb.ReplayDecisionsResponse]:
    request = pb.ReplayDecisionsRequest(**audit(**values))
    return list(client.audit.ReplayDecisions(request, timeout=60))


def test_from_a_receipt_on_it_is_told_what_has_moved_and_what_would_be_now(
    town: Town, client: Client
) -> None:
    household = town.register(2)
    answer = town.ask(household)
    still = again(client, answer.receipt_id)
    assert (list(still.moved_by), list(still.differences)) == ([], [])
    assert still.before.outcome == still.after.outcome == core.OUTCOME_PERMITTED
    assert (still.before.receipt_id, still.after.receipt_id) == (str(answer.receipt_id), "")
    [late] = town.on_kontanthjaelp(household.members[0])
    found = again(client, answer.receipt_id)
    assert [(each.position, each.type) for each in found.moved_by] == [
        (late.position, "benefit.period")
    ]
    assert found.moved_by[0].data_class == core.DATA_CLASS_BENEFITS
    assert found.after.outcome == core.OUTCOME_PROHIBITED
    ground = next(each for each in found.differences if each.after == core.FINDING_STATUS_MET)
    assert (ground.rule_id, ground.person_id) == ("REF-UDS-N5", str(household.members[0]))
    assert "Nu: " in ground.text.da
    assert "Now: " in ground.text.en
    # As known before it was recorded, nothing has moved.
    before = core.Consistency(at_position=late.position - 1)
    assert not again(client, answer.receipt_id, consistency=before).moved_by


def test_another_law_is_tried_on_the_facts_known_then_or_now(town: Town, client: Client) -> None:
    household = town.register(1)
    answer = town.ask(household)
    town.on_kontanthjaelp(household.members[0])
    law = pb.LawToTry(edition="four-years", readings={"AMB-YOUTH": "b"})
    then = again(client, answer.receipt_id, law=law, facts_as_then=True)
    assert then.after.known_at_position == answer.decision.position
    assert then.after.outcome == core.OUTCOME_PERMITTED
    assert "fire år" in then.draft.da
    assert then.after.law_package not in ("", CURRENT.id)
    now = again(client, answer.receipt_id, law=law)
    assert now.after.outcome == core.OUTCOME_PROHIBITED


def test_a_law_or_a_time_that_is_not_known_names_the_field(
    town: Town, client: Client, refused: Refused
) -> None:
    receipt = town.ask(town.register(1)).receipt_id
    for values, field in (
        ({"law": pb.LawToTry(edition="zz")}, "law.law"),
        ({"law": pb.LawToTry(readings={"AMB-X": "a"})}, "law.readings[AMB-X]"),
        ({"household_id": str(new_id())}, "household_id"),
        ({"facts_as_then": True, "consistency": core.Consistency(at_position=1)}, "consistency"),
    ):
        refusal = refused(partial(again, client, receipt, **values))
        assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
        assert set(refusal.fields) == {field}


def page_of(town: Town, households: list[Household]) -> str:
    question = town.asked(households[0]).question
    walk = ListRequest(question, town.instance.view(), town.reader, new_id())
    [page] = Screening(town.instance).pages(walk, [each.id for each in households], 10)
    return str(page.receipt_id)


def test_an_entry_of_a_page_is_asked_again_for_one_household(
    town: Town, client: Client, refused: Refused
) -> None:
    households = [town.register(1), town.register(1)]
    page = page_of(town, households)
    town.on_kontanthjaelp(households[1].members[0])
    outcomes = [again(client, page, household_id=str(each.id)).after.outcome for each in households]
    assert outcomes == [core.OUTCOME_PERMITTED, core.OUTCOME_PROHIBITED]
    assert set(refused(partial(again, client, page)).fields) == {"household_id"}
    stranger = refused(partial(again, client, page, household_id=str(new_id())))
    assert stranger.code is grpc.StatusCode.NOT_FOUND


def test_the_list_of_moved_answers_is_walked_in_pages_denials_first(
    town: Town, client: Client
) -> None:
    households = [town.register(1) for _ in range(5)]
    denials = {}
    for each in households[:2]:
        [denials[each]] = town.on_kontanthjaelp(each.members[0])
    for each in households:
        town.ask(each)
    for each in households[2:4]:
        town.on_kontanthjaelp(each.members[0])
    for written in denials.values():
        town.retract(written)
    first = moved(client, page_size=3)
    rest = moved(client, page_size=3, page_token=first.next_page_token)
    found = [*first.decisions, *rest.decisions]
    assert not rest.next_page_token
    assert [each.verdict for each in found] == [
        *[pb.MOVED_VERDICT_WOULD_BE_PERMITTED] * 2,
        *[pb.MOVED_VERDICT_OTHER_OUTCOME] * 2,
    ]
    assert {each.household_id for each in found[:2]} == {str(each.id) for each in households[:2]}
    assert all(each.asked_by == "auditor" for each in found)
    assert not moved(client, asked_by="somebody").decisions
    town.choose("AMB-YOUTH", "b")
    assert len(moved(client).decisions) == 4
    assert len(moved(client, same_outcome=True).decisions) == 5


def test_the_list_is_verified_with_the_log(town: Town, client: Client) -> None:
    household = town.register(1)
    town.ask(household)
    town.on_kontanthjaelp(household.members[0])
    assert len(moved(client).decisions) == 1
    request = pb.VerifyLogRequest(context=context(purpose="audit"))
    assert not client.audit.VerifyLog(request, timeout=20).findings


def test_a_remedy_of_an_answer_about_another_household_is_refused(
    town: Town, client: Client
) -> None:
    answer, other = town.ask(town.register(1)), town.register(1)
    with pytest.raises(Exception, match="receipt_id"):
        town.record(remedy(answer.receipt_id), household=other.id)
    town.record(remedy(page_of(town, [other])), household=other.id)


def remedy(receipt: Any) -> facts.AnswerRemedied:
    return facts.AnswerRemedied(
        receipt=UUID(str(receipt)),
        remedy=facts.Remedy.INFORMED,
        decision_day=TODAY,
        decided_by="the letting office",
        reasons="a test",
    )


def test_what_rests_on_a_fact_is_listed_with_what_has_become_of_it(
    town: Town, client: Client
) -> None:
    household = town.register(1)
    [benefit] = town.on_kontanthjaelp(household.members[0])
    answer = town.ask(household)
    [found] = moved(client, rests_on_position=benefit.position).decisions
    assert (found.receipt_id, found.verdict) == (
        str(answer.receipt_id),
        pb.MOVED_VERDICT_NOT_MOVED,
    )


def test_outcomes_are_counted_before_and_after_and_few_are_hidden(
    town: Town, client: Client
) -> None:
    households = [town.register(1) for _ in range(8)]
    for each in households:
        town.on_kontanthjaelp(each.members[0])
        town.ask(each)
    town.ask(households[0], ORDINARY)
    *_, last = tried(client, law=pb.LawToTry(readings={"AMB-YOUTH": "b"}), receipts=True)
    result = last.result
    assert (last.done, last.total, result.answers) == (9, 9, 9)
    assert {(each.area, each.answers, each.hidden) for each in result.by_area} == {
        ("", 0, True),
        ("9999-kastanjeparken", 0, True),  # or the one could be computed from it
    }
    [by_rule] = result.by_rule
    assert (by_rule.rule_id, by_rule.answers) == ("REF-UDS-N5", 8)
    assert not result.changed


def test_answers_that_another_law_changes_are_named_to_who_asks_for_them(
    town: Town, client: Client
) -> None:
    household = town.register(1)
    town.record(
        facts.BenefitPeriod(
            benefit=facts.Benefit.KONTANTHJAELP,
            first_day=date(2021, 1, 1),
            last_day=date(2024, 8, 31),
        ),
        person=household.members[0],
    )
    answer = town.ask(household, "D2")
    law = pb.LawToTry(origin_suspended=True)
    [changed] = tried(client, law=law, receipts=True)[-1].result.changed
    assert (changed.receipt_id, changed.after) == (
        str(answer.receipt_id),
        core.OUTCOME_PERMITTED,
    )
    assert not tried(client, law=law)[-1].result.changed
    tomorrow = date.today().replace(year=date.today().year + 1).isoformat()
    assert tried(client, law=law, first_day=tomorrow)[-1].result.answers == 0
    assert tried(client, law=law, area="9999-kastanjeparken")[-1].result.answers == 0


def test_what_is_erased_is_counted_as_what_cannot_be_told(town: Town, client: Client) -> None:
    gone, stays = town.register(1), town.register(1)
    for each in (gone, stays):
        town.ask(each)
    town.erase(gone.id, kind=SubjectKind.HOUSEHOLD)
    result = tried(client, law=pb.LawToTry(origin_suspended=True))[-1].result
    assert (result.answers, result.cannot_be_told) == (2, 1)


def test_all_receipts_are_replayed_and_reported(town: Town, client: Client) -> None:
    households = [town.register(1) for _ in range(3)]
    town.on_kontanthjaelp(households[0].members[0])
    for each in households:
        town.ask(each)
    page_of(town, households)
    *_, last = replays(client)
    report = last.report
    assert (report.replayed, report.recorded, last.done, last.total) == (4, 4, 4, 4)
    assert {(c.outcome, c.verdict): c.receipts for c in report.counts} == {
        (core.OUTCOME_UNSPECIFIED, pb.REPLAY_VERDICT_EQUAL): 1,
        (core.OUTCOME_PERMITTED, pb.REPLAY_VERDICT_EQUAL): 2,
        (core.OUTCOME_PROHIBITED, pb.REPLAY_VERDICT_EQUAL): 1,
    }


def test_a_sample_has_every_kind_of_answer_and_is_the_same_for_the_same_seed(
    town: Town, client: Client
) -> None:
    households = [town.register(1) for _ in range(12)]
    town.on_kontanthjaelp(households[0].members[0])
    for each in households:
        town.ask(each)
    *_, last = replays(client, sample=4, seed="1")
    assert {each.outcome for each in last.report.counts} == {
        core.OUTCOME_PERMITTED,
        core.OUTCOME_PROHIBITED,
    }
    assert 4 <= last.report.replayed <= 5
    assert replays(client, sample=4, seed="1")[-1] == last


def test_a_receipt_of_an_edition_that_is_not_held_is_said_not_to_be_run(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = town.ask(town.register(1))
    monkeypatch.delitem(EDITIONS, CURRENT.id)
    pages = replays(client)
    [found] = [each for page in pages for each in page.found]
    assert found.verdict == pb.REPLAY_VERDICT_NOT_RUN
    assert found.position == answer.position
    assert CURRENT.id in found.differences[0]


def test_by_all_cores_the_same_comes_out_readings_are_noted_and_an_erasure_goes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Town.founded(tmp_path / "town") as town:
        households = [town.register(1) for _ in range(4)]
        town.on_kontanthjaelp(households[0].members[0])
        for each in households:
            town.ask(each)
        token = town.token(households[0].members[0], DataClass.BENEFITS)
        upto, law = (
            town.instance.log.head(),
            trial.Tried("", {"AMB-YOUTH": "b"}, False, READER, False),
        )

        def results(lots: Iterable[list[int]]) -> Iterator[trial.Tally]:
            return cores.each(town.instance, trial.tried, lots, law, answers=4)

        [alone] = results(trial.lots(town.instance, trial.Wanted(), upto))
        noted = len(town.instance.access.reads([token]))
        monkeypatch.setattr(cores, "FEW", 0)
        monkeypatch.setattr(cores, "cores", lambda: 2)
        together = trial.Tally()
        for part in results(_one_by_one(town, households[3])):
            together.add(part)
        assert len(town.instance.access.reads([token])) > noted
        # What was erased in the middle was told before at most.
        assert (together.done, 1 <= together.cannot_be_told <= 2) == (5, True)
        assert together.by_area.total() + together.cannot_be_told == alone.by_area.total() + 1


def _one_by_one(town: Town, gone: Household) -> Iterator[list[int]]:
    """Give a receipt at a time; then erase whom the last is about, and give it once more."""
    upto = town.instance.log.head()
    lots = list(trial.lots(town.instance, trial.Wanted(), upto, 1))
    yield from lots
    town.erase(gone.id, kind=SubjectKind.HOUSEHOLD)
    yield lots[3]
