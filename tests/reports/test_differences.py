"""What comes out otherwise when an answer is computed again: data, with words in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.data_classes import DataClass
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import report_service_pb2 as pb
from services.answers import differences
from services.answers.differences import Difference
from services.instance.instance import Instance
from services.reports import decision
from services.reports.writing import Writing
from services.terminal import show
from tests.api.client import context
from tests.api.conftest import DAY, served
from tests.api.conftest import directory as directory
from tests.api.test_altered import Answered
from tests.api.test_altered import answered as answered
from tests.reports.test_files import Page

ROOT = Path(__file__).resolve().parent.parent.parent
BENEFITS = DataClass.BENEFITS

EVERY = (
    differences.event_altered(17),
    differences.event_not_as_read(17),
    differences.receipt_unreadable(17, "ValueError", intact=True),
    differences.receipt_unreadable(17, "ValueError", intact=False),
    differences.not_authentic("event at position 17: altered", [17]),
    differences.law_unknown("unknown"),
    differences.stated("outcome", "PERMITTED", "PROHIBITED"),
    differences.receipt_differs(),
    differences.question_differs(),
    differences.question_altered(),
    differences.section_not_stored(1, BENEFITS),
    differences.section_not_made(3, BENEFITS, [17]),
    differences.section_facts(3, BENEFITS, [17]),
    differences.section_rules(3, BENEFITS, [17]),
    differences.section_commits(3, BENEFITS, [17]),
    differences.section_unreadable(3, BENEFITS),
    differences.section_without_key(3, BENEFITS),
    differences.page_unreadable(17, "ValueError"),
    differences.page_differs(),
    differences.entry_not_asked(4, "LookupError"),
    differences.entry_differs(4),
)


@pytest.mark.parametrize("each", EVERY, ids=[each.code for each in EVERY])
def test_every_difference_says_the_same_in_both_languages(each: Difference) -> None:
    assert each.da != each.en
    assert not re.search(r"\b(event|section|entry|receipt|otherwise)\b", each.da.partition(":")[0])
    for number in (*each.positions, *([each.section] if each.section else [])):
        assert str(number) in each.da
        assert str(number) in each.en


def test_every_kind_of_difference_is_tried_here_and_stands_in_the_docs() -> None:
    made = {
        name for name, value in vars(differences).items() if callable(value) and name[0].islower()
    }
    made -= {"Iterable"}
    source = Path(differences.__file__).read_text()
    codes = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', source))
    assert len(made) + 1 == len(EVERY)  # one of them is tried in two ways
    assert codes == {each.code for each in EVERY}
    page = (ROOT / "docs" / "reports.md").read_text()
    assert all(f"`{code}`" in page for code in codes)


def test_a_report_on_an_altered_answer_names_the_event_in_the_language_asked_for(
    answered: Answered,
) -> None:
    position = answered.position("decision.referral")
    answered.alter("UPDATE event SET recorded_at = recorded_at + 1 WHERE position = ?", position)
    with served(Instance.open(answered.directory, today=lambda: DAY)) as client:
        request = pb.GetDecisionReportRequest(
            context=context(purpose="audit"), receipt_id=answered.receipt_id
        )
        report = client.reports.GetDecisionReport(request, timeout=20)
    replay = report.replay
    assert replay.verdict == audit.REPLAY_VERDICT_DIFFERENT
    assert [each.text.en for each in replay.found] == list(replay.differences)
    [found] = replay.found
    assert (found.code, list(found.positions)) == ("EVENT_ALTERED", [position])
    [exception] = [each for each in report.exceptions if each.code == "REPLAY_DIFFERENT"]
    assert list(exception.positions) == [position]
    for writing in (Writing("da"), Writing("en")):
        said = Page(decision.page(report, writing)).root.words
        shown = show.Words(writing.language).replay(replay)
        lines = [str(line) for _, lines in shown for line in lines]
        assert writing.said(found.text) in said
        assert writing.said(found.text) in lines
    table = dict(decision.tables(report, Writing("da")))["forskelle"].decode()
    assert f"EVENT_ALTERED;{found.text.da};{position}" in table
