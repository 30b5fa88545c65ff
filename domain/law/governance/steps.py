"""May this body decide this without asking the other?

Almenboligloven §§ 13, 37, stk. 4-7, and 165 a: the housing organisation's top body without the
department, the board it appoints, the municipality over the organisation, and whether a decision of
the tenants' democracy holds at all.
"""

from __future__ import annotations

from collections.abc import Generator
from enum import StrEnum
from typing import Annotated, Any

from domain.facts.declared import BOTH, Field
from domain.facts.kinds import Department, Opaque, Organisation
from domain.law import acts
from domain.law.answer import Decision, Need
from domain.law.area.case import AreaCase
from domain.law.edition import Edition, Step
from domain.law.governance.deciding import REPORTED, Works, WorksMeasure
from domain.law.kernel import Status
from domain.law.question import PlaceQuestion, question
from domain.reference import View

MUST_REPORT_DECISION = "MUST_REPORT_DECISION"
MUST_DECIDE_IN_DANISH = "MUST_DECIDE_IN_DANISH"
BOARD_OUTSIDE_37_4 = "BOARD_OUTSIDE_37_4"

MOST_MEMBERS = 100


class Power(StrEnum):
    """What somebody wants to decide, and whom it would be without."""

    WORKS_WITHOUT_DEPARTMENT = "works_without_department"
    """The top body: works or activities in a department, without its consent (§ 37, stk. 4)."""
    IMPLEMENTATION_BOARD = "implementation_board"
    """The top body: a board that steers works decided so (§ 37, stk. 6)."""
    MUNICIPAL_ORDER = "municipal_order"
    """The municipality: an order to act in the area, without the organisation (§ 165 a)."""
    TENANTS_DECISION = "tenants_decision"
    """A body of the tenants' democracy: whatever it decides (§ 13)."""


_NAMED = frozenset({"organisation", "department", "project"})
_USES = {
    Power.WORKS_WITHOUT_DEPARTMENT: _NAMED
    | {"measure", "necessary", "kitchens_or_bathrooms", "needed_for_whole", "danish"},
    Power.IMPLEMENTATION_BOARD: _NAMED | {"management_members", "municipal_members", "danish"},
    Power.MUNICIPAL_ORDER: frozenset[str](),
    Power.TENANTS_DECISION: frozenset({"organisation", "department", "danish"}),
}
"""Which fields say something of each; others are refused, for they would be passed over."""

_OF_POWERS = sorted(frozenset[str]().union(*_USES.values()))


@question(
    "competence",
    da="Må den, der vil beslutte det, gøre det uden den anden?",
    asked_by=BOTH,
    asks=("governance",),
    purpose="area",
    without=("household",),
)
class CompetenceQuestion(PlaceQuestion, frozen=True, kw_only=True):
    """May whoever wants to decide this do so without the other?"""

    power: Annotated[
        Power, Field("hvad der skal besluttes, og af hvem", "what is to be decided, and by whom")
    ]
    organisation: Organisation = ""
    department: Department = ""
    project: Annotated[
        Opaque | None,
        Field(
            "boligorganisationens egen henvisning til arbejderne",
            "the organisation's own reference to the works",
        ),
    ] = None
    measure: Annotated[
        WorksMeasure | None, Field("hvad arbejderne går ud på", "what the works are for")
    ] = None
    necessary: Annotated[
        bool | None,
        Field(
            "om de er nødvendige for at gøre boligerne og afdelingen tidssvarende og "
            "konkurrencedygtige",
            "whether they are needed to make dwellings and department up to date and competitive",
        ),
    ] = None
    kitchens_or_bathrooms: Annotated[
        bool | None,
        Field(
            "om køkkener eller badeværelser moderniseres",
            "whether kitchens or bathrooms are modernised",
        ),
    ] = None
    needed_for_whole: Annotated[
        bool | None,
        Field(
            "om det er nødvendigt for, at det samlede projekt kan gennemføres hensigtsmæssigt",
            "whether the whole project needs that to be carried out well",
        ),
    ] = None
    management_members: Annotated[
        int | None,
        Field(
            "ledelsesrepræsentanter fra boligorganisationen i bestyrelsen",
            "members of the board from the organisation's management",
            least=0,
            most=MOST_MEMBERS,
        ),
    ] = None
    municipal_members: Annotated[
        int | None,
        Field(
            "medlemmer af bestyrelsen, der sidder i byrådet eller er udpeget af det",
            "members of the board that are of the municipal council, or named by it",
            least=0,
            most=MOST_MEMBERS,
        ),
    ] = None
    danish: Annotated[
        bool | None,
        Field(
            "om arbejdssproget er dansk, når det besluttes",
            "whether the working language is Danish when it is decided",
        ),
    ] = None

    def passed_over(self) -> tuple[str, ...]:
        """Name what says nothing of such a decision."""
        used = _USES.get(self.power, _OF_POWERS)
        stated = (name for name in _OF_POWERS if getattr(self, name) not in (None, ""))
        return tuple(name for name in stated if name not in used)

    @property
    def works(self) -> Works:
        """What is stated of the works."""
        return Works(
            self.organisation,
            self.department,
            self.project or "",
            self.measure,
            self.necessary,
            self.kitchens_or_bathrooms,
            self.needed_for_whole,
        )


def competence(
    question: CompetenceQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide it on what the question states and on open facts; nothing about persons is asked.

    Raises BeforeCoverageError or AreaUnknownError.
    """
    case = AreaCase(question, view, position, edition)
    match question.power:
        case Power.WORKS_WITHOUT_DEPARTMENT:
            _works(case)
        case Power.IMPLEMENTATION_BOARD:
            _board(case)
        case Power.MUNICIPAL_ORDER:
            rule = edition.rules["GOV-165A"]
            found = case.here(
                rule.id,
                lambda readings: rule.evaluate(
                    edition, view, question.area, question.day, readings
                ),
            )
            case.allowed(rule.id, found)
        case Power.TENANTS_DECISION:
            _language(case)
    yield from ()
    return case.decision()


def _works(case: AreaCase[CompetenceQuestion]) -> None:
    question, view, day = case.question, case.view, case.question.day
    rule = case.edition.rules["GOV-37-4"]
    municipality = case.municipality
    found = case.here(rule.id, lambda _: rule.evaluate(view, municipality, question.works, day))
    case.allowed(rule.id, found)
    finding = found.under(case.readings)
    if finding.status is Status.MET and finding.values != REPORTED:
        case.duty(MUST_REPORT_DECISION, rule.id)
    _language(case, only_stated=True)


def _board(case: AreaCase[CompetenceQuestion]) -> None:
    question, view = case.question, case.view
    rule = case.edition.rules["GOV-REALISE"]
    municipality = case.municipality
    found = case.here(
        rule.id,
        lambda _: rule.evaluate(
            view,
            municipality,
            question.works,
            question.management_members,
            question.municipal_members,
            question.day,
        ),
    )
    case.allowed(rule.id, found)
    if found.under(case.readings).status is Status.NOT_APPLICABLE:
        case.remark(BOARD_OUTSIDE_37_4)
    _language(case, only_stated=True)


def _language(case: AreaCase[CompetenceQuestion], only_stated: bool = False) -> None:
    """Ask for the working language; of a decision that is still to come it is a duty."""
    rule = case.edition.rules["GOV-13"]
    if only_stated and case.question.danish is None:
        case.duty(MUST_DECIDE_IN_DANISH, rule.id)
        return
    found = case.here(rule.id, lambda _: rule.evaluate(case.question.danish, case.question.day))
    case.against(rule.id, found)


STEPS = (Step(CompetenceQuestion, competence, first_day=acts.LOV_1322_2018.in_force),)
