"""How an answer is laid out for people."""

from __future__ import annotations

from domain.law.editions import CURRENT
from husret.v1 import core_pb2 as core
from services.terminal import show


def _otherwise(*findings: tuple[str, core.FindingStatus.ValueType]) -> list[str]:
    decision = core.Decision(
        outcome=core.OUTCOME_PERMITTED,
        day="2024-09-02",
        findings=[
            core.Finding(rule_id=rule, status=status, citation=CURRENT.rules[rule].section)
            for rule, status in findings
        ],
    )
    [lines] = [said for title, said in show.Words("en").answer(decision) if title == "Otherwise"]
    return [str(line) for line in lines]


def test_a_rule_that_does_not_reach_the_place_is_not_named_again_as_unexamined() -> None:
    base, crowded = CURRENT.rules["LET-KOMB-51B-BASE"], CURRENT.rules["LET-OCC-26"]
    assert _otherwise(
        (base.id, core.FINDING_STATUS_NOT_MET),
        (base.id, core.FINDING_STATUS_NOT_EXAMINED),
        (crowded.id, core.FINDING_STATUS_NOT_EXAMINED),
    ) == [
        f"not met: {base.section.removeprefix('almenboligloven ')}",
        f"not examined: {crowded.section}",
    ]
