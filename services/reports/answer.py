"""A recorded answer as the case sheet and an auditor's report show it: what all of them say.

Everything in it follows from what the answer rests on; no kind of question has a form of its own.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from domain.law.editions import CURRENT
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2 as core
from services.reports.writing import Writing
from services.terminal import show

_APPLIED = (core.FINDING_STATUS_MET, core.FINDING_STATUS_UNKNOWN)
"""What was found to be met, or is not known, is explained; the rest is named."""


class Found(NamedTuple):
    """A finding as the sheet shows it: where it stands, about whom, and what came out."""

    citation: str
    who: str
    status: str
    said: str
    finding: core.Finding


class Answered:
    """An answer put into words: its findings, and what its members are called."""

    def __init__(self, decision: core.Decision, about: pb.AnswerAbout, writing: Writing) -> None:
        self.decision, self.about, self._writing = decision, about, writing
        self.names = {
            each.person_id: each.name or writing.word("member_number", number=number)
            for number, each in enumerate(about.members, 1)
        }
        self.applied: list[Found] = []
        """What was met, is not known or depends on a reading; the rest is named in `others`."""
        self.others: list[Found] = []
        deciding = show.left_open(decision)
        for finding in decision.findings:
            depends = show.rests_open(finding, deciding)
            status = writing.said(CURRENT.texts.STATUSES[show.STATUSES[finding.status]])
            if depends:
                status = writing.word("depends_on", points=", ".join(depends))
            # What follows the title holds under one of several readings only.
            said = show.title(finding.explanation) if depends else finding.explanation
            who = self.name(finding.person_id)
            shown = Found(show.citation(finding), who, status, writing.said(said), finding)
            explained = finding.status in _APPLIED or depends or finding.conditions
            (self.applied if explained else self.others).append(shown)

    def name(self, person: str) -> str:
        """Return what a member is called; empty: it is about nobody."""
        return self.names.get(person, self._writing.word("unnamed")) if person else ""

    def outcome(self, number: core.Outcome.ValueType) -> str:
        """Return an outcome in words."""
        return self._writing.said(CURRENT.texts.OUTCOMES[show.OUTCOMES[number][0]])

    def content(self) -> dict[str, Any]:
        """Return what the page shows."""
        return {
            "decision": self.decision,
            "about": self.about,
            "applied": self.applied,
            "others": _grouped(self.others, self._writing),
            "name": self.name,
            "names": self.names,
            "outcome": self.outcome(self.decision.outcome),
            "outcome_of": self.outcome,
            "by": show.who(self.about.asked_by),
        }


def _grouped(found: list[Found], writing: Writing) -> list[tuple[str, str, str]]:
    """Return whom what was found of, what that is, and in one line the sections of which it was."""
    sections: dict[tuple[str, str], dict[str, None]] = {}
    for each in found:
        sections.setdefault((each.who, each.status), {})[writing.citation(each.citation)] = None
    return [(who, status, "; ".join(cited)) for (who, status), cited in sections.items()]
