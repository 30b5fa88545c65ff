"""Reads what a case states of votes in a department and decisions of the top body."""

from __future__ import annotations

from domain.facts import DepartmentVoted, TopBodyDecided, VoteResult
from services.cases.casebook import Case
from services.cases.stated import each_of
from services.cases.world import DEPARTMENT, ORGANISATION, World

PROJECT = "made-up-works"

WORKS = {"organisation": ORGANISATION, "department": DEPARTMENT, "project": PROJECT}
"""Which works a case is about, unless it says so itself."""


def record(world: World, case: Case) -> None:
    """Record what was put to the department, and what the top body decided then."""
    for vote in each_of(case.get("voted")):
        world.record(
            DepartmentVoted(
                organisation=ORGANISATION,
                department=DEPARTMENT,
                project=vote.get("project", PROJECT),
                voted_on=vote["day"],
                result=VoteResult(vote["result"]),
                danish=vote.get("danish", True),
            )
        )
    for decided in each_of(case.get("top_body")):
        world.record(
            TopBodyDecided(
                organisation=ORGANISATION,
                department=DEPARTMENT,
                project=decided.get("project", PROJECT),
                decided_on=decided["day"],
                danish=decided.get("danish", True),
                reported_on=decided.get("reported"),
            )
        )
