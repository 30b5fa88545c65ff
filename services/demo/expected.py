"""What the demo expects: a question with what must come out, and what came out beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from services.terminal.output import plain


class Text(NamedTuple):
    """Words of the demo itself, in Danish and in English."""

    da: str
    en: str


@dataclass(frozen=True)
class Expected:
    """What an answer must say; every part that is given is compared."""

    outcome: core.Outcome.ValueType
    met: tuple[str, ...] = ()
    """Rules that must be met."""
    missing: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    """Open points of which another reading must be listed."""
    decided_by: str = ""
    """The open point that must leave the answer undetermined."""
    other_outcome: core.Outcome.ValueType | None = None
    """An outcome that another reading must give."""
    duty: str = ""
    unsealed: int | None = None

    def differences(self, decision: core.Decision) -> list[str]:
        """Say how the answer differs from what is expected; nothing when it does not."""
        found = []
        if decision.outcome != self.outcome:
            expected, got = (core.Outcome.Name(each) for each in (self.outcome, decision.outcome))
            found.append(f"outcome: expected {expected}, got {got}")
        met = {f.rule_id for f in decision.findings if f.status == core.FINDING_STATUS_MET}
        found += _lacking("rules met", self.met, met)
        found += _lacking("missing", self.missing, {m.kind for m in decision.missing})
        listed = {point for each in decision.open_points for point in each.point_ids}
        found += _lacking("open points", self.points, listed)
        deciding = {p for each in decision.open_points if each.decides for p in each.point_ids}
        found += _lacking("deciding points", (self.decided_by,), deciding)
        found += _lacking("duties", (self.duty,), {duty.code for duty in decision.duties})
        others = {each.outcome for each in decision.open_points}
        if self.other_outcome is not None and self.other_outcome not in others:
            name = core.Outcome.Name(self.other_outcome)
            found.append(f"open points: no other reading gives {name}")
        if self.unsealed is not None and decision.unsealed != self.unsealed:
            found.append(f"unsealed: expected {self.unsealed}, got {decision.unsealed}")
        return found


def _lacking(what: str, wanted: Iterable[str], got: set[str]) -> list[str]:
    return [f"{what}: {each} is not there" for each in wanted if each and each not in got]


@dataclass(frozen=True)
class Scenario:
    """One question, why it is asked, and what must come out."""

    key: str
    title: Text
    why: Text
    question: eligibility.ReferralQuestion
    expected: Expected


@dataclass
class Answered:
    """A question's answer, and how it differs from what is expected."""

    scenario: Scenario
    decision: core.Decision
    differences: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """Compare at once."""
        self.differences = self.scenario.expected.differences(self.decision)

    @property
    def key(self) -> str:
        """The key of the question."""
        return self.scenario.key

    def document(self) -> dict[str, Any]:
        """Return the answer as it stands in the JSON document."""
        return {
            "key": self.key,
            "title": self.scenario.title._asdict(),
            "question": plain(self.scenario.question),
            "expected_outcome": core.Outcome.Name(self.scenario.expected.outcome),
            "outcome": core.Outcome.Name(self.decision.outcome),
            "differences": self.differences,
            "decision": plain(self.decision),
        }


@dataclass
class Replayed:
    """A replay of an answer given before, and how it differs from what is expected."""

    key: str
    decision: core.Decision
    expected: audit.ReplayVerdict.ValueType
    replay: audit.ReplayDecisionResponse
    differences: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """Compare the verdict, and the hash computed anew with the one of the answer."""
        self.differences = list(self.replay.differences)
        if self.replay.verdict != self.expected:
            expected, got = (
                audit.ReplayVerdict.Name(each) for each in (self.expected, self.replay.verdict)
            )
            self.differences.append(f"verdict: expected {expected}, got {got}")
        hashes = {
            self.replay.computed_hash,
            self.replay.stored_hash,
            self.decision.receipt_hash,
        }
        if len(hashes) > 1:
            self.differences.append("receipt hash: differs from the one first given")

    def document(self) -> dict[str, Any]:
        """Return the replay as it stands in the JSON document."""
        return {
            "key": self.key,
            "receipt_id": self.decision.receipt_id,
            "expected_verdict": audit.ReplayVerdict.Name(self.expected),
            "differences": self.differences,
            "replay": plain(self.replay),
        }
