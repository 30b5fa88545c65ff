"""A recorded answer on paper: what it is about, what was found, and where it stands in the log.

Everything in it follows from what the answer rests on; no kind of question has a form of its own.
"""

from __future__ import annotations

from typing import NamedTuple

from domain.law.editions import CURRENT
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2 as core
from services.reports import rendering
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


def page(found: pb.GetDecisionResponse, writing: Writing) -> str:
    """Return the sheet as a page."""
    decision, about = found.decision, found.about
    names = {
        each.person_id: each.name or writing.word("member_number", number=number)
        for number, each in enumerate(about.members, 1)
    }

    def name(person: str) -> str:
        return names.get(person, writing.word("unnamed")) if person else ""

    deciding = show.left_open(decision)
    applied: list[Found] = []
    others: list[Found] = []
    for finding in decision.findings:
        depends = show.rests_open(finding, deciding)
        status = writing.said(CURRENT.texts.STATUSES[show.STATUSES[finding.status]])
        if depends:
            status = writing.word("depends_on", points=", ".join(depends))
        # What follows the title holds under one of several readings only.
        said = show.title(finding.explanation) if depends else finding.explanation
        who = name(finding.person_id)
        shown = Found(show.citation(finding), who, status, writing.said(said), finding)
        explained = finding.status in _APPLIED or depends or finding.conditions
        (applied if explained else others).append(shown)
    return rendering.page(
        "case_sheet.html",
        writing,
        found=found,
        decision=decision,
        about=about,
        applied=applied,
        others=_grouped(others, writing),
        name=name,
        names=names,
        outcome=writing.said(CURRENT.texts.OUTCOMES[show.OUTCOMES[decision.outcome][0]]),
        outcome_of=lambda number: writing.said(CURRENT.texts.OUTCOMES[show.OUTCOMES[number][0]]),
        by=show.who(about.asked_by),
    )


def _grouped(found: list[Found], writing: Writing) -> list[tuple[str, str, str]]:
    """Return whom what was found of, what that is, and in one line the sections of which it was."""
    sections: dict[tuple[str, str], dict[str, None]] = {}
    for each in found:
        sections.setdefault((each.who, each.status), {})[writing.citation(each.citation)] = None
    return [(who, status, "; ".join(cited)) for (who, status), cited in sections.items()]
