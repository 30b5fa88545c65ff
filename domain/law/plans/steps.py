"""The questions about development plans: how one stands, and what the minister may decide."""

from __future__ import annotations

from collections.abc import Generator
from typing import Annotated, Any

from domain.facts import PlanDispensation, PlanKind
from domain.facts.declared import BOTH, Field
from domain.law.answer import Decision, Need, Value, ValueKind
from domain.law.area.case import AreaCase
from domain.law.edition import Edition, Step
from domain.law.ending.rehousing_steps import MUNICIPALITY_REHOUSES
from domain.law.kernel import Finding, Status, chosen, explore
from domain.law.numbers import plain
from domain.law.plans.kinds import FIRST_DAY, LAST_DAY, TARGET, TARGET_DAY
from domain.law.question import AreaQuestion, question
from domain.reference import View

MUST_SEND_PLAN = "MUST_SEND_PLAN"
MUST_REDUCE_FAMILY_DWELLINGS = "MUST_REDUCE_FAMILY_DWELLINGS"
MAY_APPOINT_MANAGER = "MAY_APPOINT_MANAGER"
WEIGH_WINDING_UP = "WEIGH_WINDING_UP"
MUST_SEND_WINDING_UP_PLAN = "MUST_SEND_WINDING_UP_PLAN"

PLAN_SHARE_READ_OTHERWISE = "PLAN_SHARE_READ_OTHERWISE"
"""Code of the warning that another reading puts the share on the other side of the target."""

DISPENSED_FROM_40 = "DISPENSED_FROM_40"
"""Code of the warning that the target is the one of a dispensation."""


# --- How the plan stands --------------------------------------------------------------------


@question(
    "plan",
    da="Hvordan står områdets udviklingsplan på dagen?",
    asked_by=BOTH,
    asks=("plan",),
    purpose="area",
    without=("household",),
)
class PlanQuestion(AreaQuestion, frozen=True, kw_only=True):
    """How does the area's development plan stand on this day?"""


def plan(
    question: PlanQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide whether the act's demands are kept; nothing about persons is asked for.

    PROHIBITED: a plan that was due lacks, was late and is not approved, or was refused; or since 1
    January 2030 the share is over what it may be. Raises BeforeCoverageError or AreaUnknownError.
    """
    case = _PlanCase(question, view, position, edition)
    rules, area, day = edition.rules, question.area, question.day
    made = case.here(
        "PLAN-168A",
        lambda readings: rules["PLAN-168A"].evaluate(edition, view, area, day, readings),
    )
    case.against("PLAN-168A", made, adverse=Status.NOT_MET)
    case.here("PLAN-168B", lambda _: rules["PLAN-168B"].evaluate(view, area, day))
    case.here(
        "PLAN-FORMER-TOOLS",
        lambda readings: rules["PLAN-FORMER-TOOLS"].evaluate(view, area, day, readings),
    )
    share = case.here(
        "PLAN-COUNT", lambda readings: rules["PLAN-COUNT"].evaluate(view, area, day, readings)
    )
    if day >= TARGET_DAY:
        # What is over the target is against the act where the area must have a plan.
        over = explore(
            edition.points,
            lambda readings: (
                chosen(share, readings)
                if chosen(made, readings).status is not Status.NOT_APPLICABLE
                else Finding(Status.NOT_APPLICABLE)
            ),
        )
        case.against("PLAN-COUNT", over, adverse=Status.NOT_MET)
    case.tell_duties()
    case.tell_values()
    yield from ()
    return case.decision()


class _PlanCase(AreaCase[PlanQuestion]):
    """The working state of the question how a plan stands."""

    def tell_duties(self) -> None:
        """Say what is still to be done, and what may be."""
        made, share = self._found("PLAN-168A"), self._found("PLAN-COUNT")
        needed = made.status in (Status.MET, Status.NOT_MET)
        if needed and dict(made.values).get("plan") in ("not_due", "none", "refused"):
            self.duty(MUST_SEND_PLAN, "PLAN-168A")
        # An area that left the list is still covered by the plan that it has (§ 168 a, stk. 5).
        covered = any(
            each.rule_id == "PLAN-FORMER-TOOLS" and each.finding.status is Status.MET
            for each in self.examined
        )
        bound = needed or (covered and self.question.day < TARGET_DAY)
        if bound and share.status is Status.NOT_MET:
            self.duty(MUST_REDUCE_FAMILY_DWELLINGS, "PLAN-COUNT")
        order = dict(self._found("PLAN-168B").values)
        if order.get("municipality_rehouses") == "yes":
            self.duty(MUNICIPALITY_REHOUSES, "PLAN-168B")
        if order.get("order") == "overdue":
            self.duty(MAY_APPOINT_MANAGER, "PLAN-168B")
        [counted] = (each for each in self.examined if each.rule_id == "PLAN-COUNT")
        statuses = {finding.status for _, finding in counted.tree.leaves}
        if {Status.MET, Status.NOT_MET} <= statuses:
            self.remark(PLAN_SHARE_READ_OTHERWISE)
        if dict(share.values).get("target", _TARGET) != _TARGET:
            self.remark(DISPENSED_FROM_40)

    def _found(self, rule_id: str) -> Finding:
        [found] = (each.finding for each in self.examined if each.rule_id == rule_id)
        return found

    def tell_values(self) -> None:
        """Say the share, what is still needed, and by when."""
        for rule_id, values in _VALUES.items():
            told = dict(self._found(rule_id).values)
            for name, said, kind in values:
                if said in told:
                    self.values.append(Value(name, kind, told[said], rule_id))
        if self.question.day < TARGET_DAY and self._found("PLAN-COUNT").values:
            last_day = Value("target_day", ValueKind.DAY, LAST_DAY.isoformat(), "PLAN-COUNT")
            self.values.append(last_day)


_TARGET = plain(TARGET * 100)

_VALUES = {
    "PLAN-168A": (
        ("plan_due", "plan_due", ValueKind.DAY),
        ("council_due", "council_due", ValueKind.DAY),
    ),
    "PLAN-COUNT": (
        ("family_share", "share", ValueKind.SHARE),
        ("family_share_by_agreement", "share_by_agreement", ValueKind.SHARE),
        ("family_dwellings", "family", ValueKind.NUMBER),
        ("all_dwellings", "standing", ValueKind.NUMBER),
        ("family_dwellings_too_many", "too_many", ValueKind.NUMBER),
        ("other_dwellings_to_build", "to_build", ValueKind.NUMBER),
    ),
}
"""What the answer computes, by the values of the findings that say it."""


# --- Dispensation ---------------------------------------------------------------------------


@question(
    "dispensation",
    da="Kan ministeren dispensere fra højst 40 procent almene familieboliger i området?",
    asked_by=BOTH,
    asks=("plan",),
    purpose="area",
    without=("household",),
)
class DispensationQuestion(AreaQuestion, frozen=True, kw_only=True):
    """May the minister dispense from at most 40 per cent social family dwellings in the area?"""

    under: Annotated[
        PlanDispensation,
        Field("efter hvilket stykke i § 168 a", "by which subsection of § 168 a"),
    ]
    plan: Annotated[
        PlanKind, Field("hvem der har udarbejdet planen", "who drew up the plan", usual="joint")
    ]


def dispensation(
    question: DispensationQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide whether the conditions are met; nothing about persons is asked for.

    DISCRETIONARY: every condition is met, and the minister may dispense in special cases.
    PROHIBITED: one is not. Raises BeforeCoverageError or AreaUnknownError.
    """
    case = AreaCase(question, view, position, edition)
    rule = edition.rules[_DISPENSATION[question.under]]
    found = case.here(
        rule.id,
        lambda readings: rule.evaluate(
            edition, view, question.area, question.plan, question.day, readings
        ),
    )
    case.allowed(rule.id, found)
    yield from ()
    return case.decision()


_DISPENSATION = {PlanDispensation.STK_3: "PLAN-DISP-3", PlanDispensation.STK_4: "PLAN-DISP-4"}


# --- Winding up -----------------------------------------------------------------------------


@question(
    "winding_up",
    da="Kan ministeren påbyde, at området afvikles?",
    asked_by=BOTH,
    asks=("plan",),
    purpose="area",
    without=("household",),
)
class WindingUpQuestion(AreaQuestion, frozen=True, kw_only=True):
    """May the minister order the area to be wound up?"""


def winding_up(
    question: WindingUpQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide whether it may be ordered, and tell of a plan for it; nobody is read.

    DISCRETIONARY: the minister may, after weighing. PROHIBITED: there is no ground. Raises
    BeforeCoverageError or AreaUnknownError.
    """
    case = AreaCase(question, view, position, edition)
    rules, area, day = edition.rules, question.area, question.day
    found = case.here(
        "PLAN-168C",
        lambda readings: rules["PLAN-168C"].evaluate(edition, view, area, day, readings),
    )
    case.allowed("PLAN-168C", found)
    ordered = case.here(
        "PLAN-168C-ORDER", lambda _: rules["PLAN-168C-ORDER"].evaluate(view, area, day)
    ).under(case.readings)
    told = dict(ordered.values)
    if found.under(case.readings).status is Status.MET:
        case.duty(WEIGH_WINDING_UP, "PLAN-168C")
    if told.get("plan") == "none":
        case.duty(MUST_SEND_WINDING_UP_PLAN, "PLAN-168C-ORDER")
    if "due" in told:
        due = Value("winding_up_due", ValueKind.DAY, told["due"], "PLAN-168C-ORDER")
        case.values.append(due)
    yield from ()
    return case.decision()


# --- Redesignation --------------------------------------------------------------------------


@question(
    "relabelling",
    da="Kan familieboliger i området mærkes om til ungdomsboliger?",
    asked_by=BOTH,
    asks=("plan",),
    purpose="area",
    without=("household",),
)
class RelabellingQuestion(AreaQuestion, frozen=True, kw_only=True):
    """May family dwellings of the area be redesignated as youth dwellings?"""

    gross_m2: Annotated[
        int | None,
        Field(
            "bruttoetageareal af hver bolig",
            "gross floor area of each dwelling",
            unit="m²",
            least=1,
            most=1_000,
        ),
    ] = None
    agreed: Annotated[
        bool | None,
        Field(
            "om kommunen og boligorganisationen har aftalt det",
            "whether municipality and housing organisation have agreed on it",
        ),
    ] = None


def relabelling(
    question: RelabellingQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide whether § 4, stk. 1, nr. 11 allows it; other numbers of § 4 are not examined.

    Raises BeforeCoverageError or AreaUnknownError.
    """
    case = AreaCase(question, view, position, edition)
    rule = edition.rules["FIN-YOUTH"]
    found = case.here(
        rule.id,
        lambda readings: rule.evaluate(
            edition, view, question.area, question.gross_m2, question.agreed, question.day, readings
        ),
    )
    case.against(rule.id, found, adverse=Status.NOT_MET)
    yield from ()
    return case.decision()


STEPS = (
    Step(PlanQuestion, plan, first_day=FIRST_DAY),
    Step(DispensationQuestion, dispensation, first_day=FIRST_DAY),
    Step(WindingUpQuestion, winding_up, first_day=FIRST_DAY),
    Step(RelabellingQuestion, relabelling, first_day=FIRST_DAY),
)
