"""What may the proceeds of a sale be used for, and what must Landsbyggefonden be paid?

Almenboligloven §§ 20, 28, stk. 6, 80 g and 119 b. The sale, its settlement and what was decided of
the money are recorded; a use that is considered is part of the question. The organisation asks:
what it has not recorded it has not decided.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import Annotated, Any

from domain.facts import ProceedsUse
from domain.facts.declared import ORGANISATION, Field
from domain.facts.kinds import Area
from domain.facts.sales import Oere, Sale
from domain.law.answer import Decision, Need, Value, ValueKind
from domain.law.area.case import AreaCase
from domain.law.edition import Edition, Step
from domain.law.home import ENDING_FIRST_DAY
from domain.law.kernel import Change, Finding, Outcome, Status, Tree, open_to
from domain.law.question import AreaQuestion, question
from domain.law.sale.proceeds import Planned, recorded, share_oere
from domain.reference import View

MUST_PAY_LANDSBYGGEFONDEN = "MUST_PAY_LANDSBYGGEFONDEN"
MINISTER_APPROVES_GRANT = "MINISTER_APPROVES_GRANT"
RENT_IN_PROPORTION = "RENT_IN_PROPORTION"

AGREED_OTHER_AREAS = "AGREED_OTHER_AREAS"
APPROVED_OUTSIDE_VULNERABLE = "APPROVED_OUTSIDE_VULNERABLE"


@question(
    "proceeds",
    da="Hvad kan provenuet af et salg anvendes til, og hvad skal Landsbyggefonden have?",
    asked_by=ORGANISATION,
    asks=("proceeds",),
    purpose="area",
    without=("household",),
)
class ProceedsQuestion(AreaQuestion, frozen=True, kw_only=True):
    """What may the proceeds of a sale be used for, and what must Landsbyggefonden be paid?"""

    sale: Annotated[
        Sale,
        Field(
            "det salg i området, provenuet stammer fra",
            "the sale in the area that the proceeds are of",
        ),
    ]
    use: Annotated[
        ProceedsUse | None,
        Field(
            "hvad midlerne overvejes anvendt til; tom: det, der allerede er besluttet",
            "what the money may come to be used for; empty: what is decided already",
        ),
    ] = None
    amount_oere: Annotated[
        Oere | None,
        Field(
            "beløbet, der overvejes, i øre",
            "the amount that is considered, in øre",
            least=1,
        ),
    ] = None
    used_in: Annotated[
        Area | None,
        Field(
            "det boligområde, midlerne skal anvendes i",
            "the housing area that the money is to be used in",
        ),
    ] = None
    support_committed: Annotated[
        bool | None,
        Field(
            "ved grundkøb: om der er meddelt tilsagn om ydelsesstøtte (§§ 115 og 117)",
            "of land: whether support was committed under §§ 115 and 117",
        ),
    ] = None
    local_plan: Annotated[
        bool | None,
        Field(
            "ved grundkøb: om området har en lokalplan til boligformål",
            "of land: whether there is a local plan for housing",
        ),
    ] = None
    land_too_dear: Annotated[
        bool | None,
        Field(
            "ved grundkøb: om grundudgifterne hindrer byggeri inden for maksimumsbeløbet",
            "of land: whether it costs too much to build within the maximum (§ 115, stk. 10)",
        ),
    ] = None
    remarked: Annotated[
        bool | None,
        Field(
            "ved ommærkning: om boligerne er ommærket efter § 4, stk. 1, nr. 9 eller 11",
            "of marking anew: whether the dwellings are so marked under § 4, stk. 1, nr. 9 or 11",
        ),
    ] = None
    rent_above_usual: Annotated[
        bool | None,
        Field(
            "ved ommærkning: om lejen er højere end den sædvanlige for støttede ungdomsboliger",
            "of marking anew: whether the rent lies above the usual of supported youth dwellings",
        ),
    ] = None


def proceeds(
    question: ProceedsQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide what the money may be used for; nothing about persons is asked for.

    Raises BeforeCoverageError or AreaUnknownError.
    """
    yield from ()
    case = _Proceeds(question, view, position, edition)
    case.examine()
    return case.decision()


class _Proceeds(AreaCase[ProceedsQuestion]):
    """The working state of a question about the proceeds of a sale."""

    order = ("FIN-PROCEEDS", "FIN-LAND", "FIN-REMARK", "FIN-80G")

    def __init__(
        self, question: ProceedsQuestion, view: View, position: int, edition: Edition
    ) -> None:
        super().__init__(question, view, position, edition)
        self.recorded = recorded(view, question.sale, question.area, question.day)

    def examine(self) -> None:
        """Examine whether the money is there, the use, and what is paid of it."""
        asked, day, rules = self.question, self.question.day, self.edition.rules
        edition, view, sold = self.edition, self.view, self.recorded.sold
        in_fund = self.here(
            "FIN-PROCEEDS",
            lambda _: rules["FIN-PROCEEDS"].evaluate(self.recorded, asked.amount_oere, day),
        )
        self.against("FIN-PROCEEDS", in_fund, adverse=Status.NOT_MET)
        self._money(in_fund, "left_oere", "proceeds_left")
        if sold is not None:
            could = self.here(
                "FIN-28-6",
                partial(
                    rules["FIN-28-6"].evaluate, edition, view, asked.area, sold.fact.sold_on, day
                ),
            )
            settled = self.recorded.settled
            approved = settled is not None and settled.fact.transfer_approved
            if approved and could.under(self.readings).status is Status.NOT_MET:
                self.remark(APPROVED_OUTSIDE_VULNERABLE)
        if asked.use is ProceedsUse.LAND_GRANT:
            self._land()
        if asked.use is ProceedsUse.REMARKING and sold is not None:
            self._conditional(
                "FIN-REMARK",
                partial(
                    rules["FIN-REMARK"].evaluate,
                    edition,
                    view,
                    asked.area,
                    sold.fact.sold_on,
                    asked.used_in,
                    asked.remarked,
                    asked.rent_above_usual,
                    day,
                ),
            )
        if asked.use is ProceedsUse.RENT_REDUCTION:
            self.duty(RENT_IN_PROPORTION, "FIN-PROCEEDS")
        if asked.use in (ProceedsUse.IMPROVEMENT, ProceedsUse.RENT_REDUCTION):
            self.remark(AGREED_OTHER_AREAS)
        self._paid()

    def _land(self) -> None:
        asked, rule = self.question, self.edition.rules["FIN-LAND"]
        found = self._conditional(
            rule.id,
            lambda _: rule.evaluate(
                self.recorded.sold,
                asked.support_committed,
                asked.local_plan,
                asked.land_too_dear,
                asked.day,
            ),
        )
        self.against(rule.id, found, Outcome.DISCRETIONARY)
        self.duty(MINISTER_APPROVES_GRANT, rule.id)

    def _conditional(self, rule_id: str, evaluate: Any) -> Tree[Finding]:
        """Let a use with conditions of its own be barred where one of them is not met."""
        tree = self.here(
            rule_id, lambda readings: open_to(evaluate(readings), Change("another_use"))
        )
        self.against(rule_id, tree, adverse=Status.NOT_MET)
        return tree

    def _paid(self) -> None:
        """Say what Landsbyggefonden is paid; whatever it is, it bars no use."""
        asked, rule = self.question, self.edition.rules["FIN-80G"]
        planned = None
        if asked.use is not None:
            planned = Planned(asked.use, asked.amount_oere, asked.used_in)
        tree = self.here(
            rule.id, partial(rule.evaluate, self.recorded, planned, asked.area, asked.day)
        )
        # What is never found stands for what would bar; unknown still leaves the answer open.
        self.against(rule.id, tree, adverse=Status.NOT_COVERED)
        found = dict(tree.under(self.readings).values)
        self._money(tree, "to_pay_oere", "to_landsbyggefonden")
        self._money(tree, "of_asked_oere", "to_landsbyggefonden_of_this")
        undecided = int(found.get("undecided_oere", "0"))
        if undecided and planned is None:
            share = rule.part(share_oere)(int(found["liable_oere"]) + undecided, asked.day)
            self.values.append(
                Value("to_landsbyggefonden_if_due", ValueKind.MONEY_OERE, str(share), rule.id)
            )
        if int(found.get("to_pay_oere", "0")):
            self.duty(MUST_PAY_LANDSBYGGEFONDEN, rule.id)

    def _money(self, tree: Tree[Finding], of: str, name: str) -> None:
        """Keep an amount that a finding computed as a value of the answer."""
        amount = dict(tree.under(self.readings).values).get(of)
        if amount is not None:
            rule_id = self.examined[-1].rule_id
            self.values.append(Value(name, ValueKind.MONEY_OERE, amount, rule_id))


STEPS = (Step(ProceedsQuestion, proceeds, first_day=ENDING_FIRST_DAY),)
