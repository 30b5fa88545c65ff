"""Two editions of the law beside each other: each answer stays under the one it was given by."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from google.rpc import code_pb2, error_details_pb2

from domain.decide import BeforeCoverageError, Decision, Need
from domain.law import editions
from domain.law.edition import Edition, EditionUnknownError
from domain.law.kernel import Finding, OpenPoint, Outcome, Status
from domain.law.referral.steps import ReferralQuestion, referral
from domain.law.texts.kinds import RuleText, Text, one
from domain.reference import View
from domain.shown import Showing
from husret.v1 import core_pb2 as core
from services.answers.replay import replayed
from services.answers.screening import ListRequest, Screening
from services.api import decisions, errors, origin_dependants
from services.log.event import RecordedEvent
from tests.answers.town import (
    ORDINARY,
    VULNERABLE,
    Household,
    Town,
    alter,
    new_id,
    restated,
    stored,
)
from tests.law.in_force import in_force

FIRST = editions.CURRENT
RULE = FIRST.rules["REF-UDS-N5"]
NEW_TITLE = Text("Kontanthjælp i et halvt år (ny)", "Cash benefit for half a year (new)")


def no_longer(record: Any, day: date, readings: Any) -> Finding:
    return Finding(Status.NOT_MET, tuple(record.facts)[:1])


def referral_anew(
    question: ReferralQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Examine as before, but leave open what lies outside every area."""
    decision: Decision = yield from referral(question, view, position, edition)
    if decision.area is None:
        return msgspec.structs.replace(decision, outcome=Outcome.UNDETERMINED)
    return decision


SECOND = FIRST.amended(
    rules=[replace(RULE, revision=2, evaluate=no_longer)],
    steps=[replace(FIRST.steps["referral"], revision=2, examine=referral_anew)],
    texts={
        "RULES": {RULE.id: RuleText(NEW_TITLE, NEW_TITLE, {Status.NOT_MET: (one("nej.", "no."),)})}
    },
    first_day=date(2024, 1, 1),
    reviewed_through=date(2024, 6, 1),
)


@pytest.fixture
def households(town: Town) -> list[Household]:
    """One without a ground against it, and one on kontanthjælp."""
    found = [town.register(1), town.register(2)]
    town.on_kontanthjaelp(found[1].members[1])
    return found


def shown(town: Town, receipt_id: Any) -> core.Decision:
    """Return a recorded answer as the API shows it, with its texts."""
    answer = town.answers.receipts.get(town.answers.receipts.find(receipt_id), town.reader)
    return decisions.decision(answer, Showing(town.instance.view(), 0), texts=True)


def test_old_receipts_stay_as_they_were_and_new_ones_come_under_the_new_edition(
    town: Town, households: list[Household], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [(h, d) for h in households for d in (ORDINARY, VULNERABLE)]
    before = [town.ask(*each) for each in asked]
    said = [shown(town, each.receipt_id) for each in before]
    in_force(monkeypatch, SECOND)
    after = [town.ask(*each) for each in asked]
    assert [shown(town, each.receipt_id) for each in before] == said
    for each, law in [(e, FIRST) for e in before] + [(e, SECOND) for e in after]:
        assert each.receipt_id is not None
        replay = town.replay(each)
        assert replay.differences == []
        assert replay.computed_hash == replay.stored_hash == each.receipt_hash
        assert shown(town, each.receipt_id).law_package == each.decision.edition == law.id
    permitted, prohibited, open_ = Outcome.PERMITTED, Outcome.PROHIBITED, Outcome.UNDETERMINED
    assert [e.decision.outcome for e in before] == [permitted, permitted, permitted, prohibited]
    assert [e.decision.outcome for e in after] == [open_, permitted, open_, permitted]


def test_an_answer_is_in_the_words_of_its_own_edition(
    town: Town, households: list[Household], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = town.ask(households[1])
    in_force(monkeypatch, SECOND)
    after = town.ask(households[1])
    old, new = (
        [f for f in shown(town, each.receipt_id).findings if f.rule_id == RULE.id]
        for each in (before, after)
    )
    assert len(old) == len(new) == 2
    assert not any(f.explanation.da.startswith(NEW_TITLE.da) for f in old)
    assert all(f.explanation.da.startswith(NEW_TITLE.da) for f in new)
    assert {f.revision for f in old} == {1}
    assert {f.revision for f in new} == {2}


def test_the_days_that_are_covered_are_those_of_the_edition(
    town: Town, households: list[Household], monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = date(2023, 5, 2)
    before = town.ask(households[0], VULNERABLE, earlier)
    in_force(monkeypatch, SECOND)
    assert town.replay(before).differences == []
    with pytest.raises(BeforeCoverageError, match="2024-01-01"):
        town.ask(households[0], VULNERABLE, earlier)
    assert "LAW_NEWER_THAN_REVIEW" in town.ask(households[0]).decision.warnings
    reviewed = town.ask(households[0], ORDINARY, date(2024, 5, 2))
    assert "LAW_NEWER_THAN_REVIEW" not in reviewed.decision.warnings


def page(town: Town, households: list[Household]) -> RecordedEvent:
    """Screen the households on one page, and return its event."""
    question = town.asked(households[0]).question
    walk = ListRequest(question, town.instance.view(), town.reader, new_id())
    [found] = Screening(town.instance).pages(walk, [each.id for each in households], 2)
    assert found.receipt_id is not None
    return town.answers.receipts.receipt_or_page(found.receipt_id)


def test_a_page_of_a_waiting_list_stays_under_its_edition(
    town: Town, households: list[Household], monkeypatch: pytest.MonkeyPatch
) -> None:
    screening = Screening(town.instance)
    before = page(town, households)
    in_force(monkeypatch, SECOND)
    after = page(town, households)
    for event, law, outcome in (
        (before, FIRST, Outcome.PROHIBITED),
        (after, SECOND, Outcome.PERMITTED),
    ):
        assert screening.replay(event, town.reader).differences == []
        decision = screening.get(event, households[1].id, town.reader).decision
        assert (decision.outcome, decision.edition) == (outcome, law.id)


def test_an_edition_that_this_version_cannot_run_is_an_error_that_names_it(
    town: Town,
    households: list[Household],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = town.ask(households[1])
    assert answer.receipt_id is not None
    event, screened = town.answers.receipts.find(answer.receipt_id), page(town, households)
    screening = Screening(town.instance)
    in_force(monkeypatch, SECOND)
    monkeypatch.delitem(editions.EDITIONS, FIRST.id)
    for read in (
        lambda: town.answers.receipts.get(event, town.reader),
        lambda: replayed(town.answers.receipts, event, town.reader),
        lambda: town.answers.receipts.reexamine(event, town.reader),
        lambda: town.answers.readings(answer.decision),
        lambda: decisions.decision(answer, Showing(town.instance.view(), 0), texts=True),
        lambda: screening.get(screened, households[1].id, town.reader),
        lambda: screening.replay(screened, town.reader),
        lambda: origin_dependants.answers(town.instance, [event], date(2011, 1, 1)),
    ):
        with pytest.raises(EditionUnknownError, match=FIRST.id) as raised:
            read()
        status = errors.status_of(raised.value)
        assert status.code == code_pb2.FAILED_PRECONDITION
        assert FIRST.id in status.message
        info = error_details_pb2.ErrorInfo()
        assert status.details[0].Unpack(info)
        assert info.reason == "ERROR_REASON_EDITION_UNKNOWN"


def test_a_law_that_was_altered_is_a_difference_and_no_unknown_edition(
    town_on_disk: Town, directory: Path
) -> None:
    town = town_on_disk
    answer = town.ask(town.register(1))
    assert answer.receipt_id is not None
    data = stored(directory / "log.db", answer.position, "data")
    alter(directory / "log.db", answer.position, True, data=restated(town, data, law="0" * 64))
    replay = replayed(
        town.answers.receipts, town.answers.receipts.find(answer.receipt_id), town.reader
    )
    [said] = replay.differences
    assert re.match(f"open part, law: .*{'0' * 64}", said)


def test_an_edition_holds_what_differs_and_the_rest_of_the_one_before_it() -> None:
    assert {id for id, rule in SECOND.rules.items() if rule is not FIRST.rules[id]} == {RULE.id}
    assert {k for k, step in SECOND.steps.items() if step is not FIRST.steps[k]} == {"referral"}
    assert SECOND.texts.RULES["REF-UDS-N4"] is FIRST.texts.RULES["REF-UDS-N4"]
    assert SECOND.texts.MISSING is FIRST.texts.MISSING
    assert SECOND.points.keys() == FIRST.points.keys()
    repealed = FIRST.amended(without_rules=["REF-UDS-N5"], without_points=["AMB-2025"])
    assert FIRST.rules.keys() - repealed.rules.keys() == {"REF-UDS-N5"}
    assert FIRST.points.keys() - repealed.points.keys() == {"AMB-2025"}
    added = FIRST.amended(
        rules=[replace(RULE, id="REF-NEW", start_verified=False)],
        points=[OpenPoint("AMB-NEW", ("a", "b"), "a")],
    )
    assert added.points.keys() - FIRST.points.keys() == {"AMB-NEW", "START-REF-NEW"}


@pytest.mark.parametrize(
    "changed",
    [
        {"rules": [replace(RULE, evaluate=no_longer)]},
        {"steps": [replace(FIRST.steps["referral"], examine=referral_anew)]},
        {"texts": {"NO_SUCH_TABLE": Text("ja", "yes")}},
        {"without_rules": ["REF-NEVER"]},
        {"without_points": ["AMB-NEVER"]},
    ],
    ids=" ".join,
)
def test_what_changes_has_a_new_revision_and_what_goes_was_there(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"same revision|no table|none to leave out"):
        FIRST.amended(**changed)
