"""May this sale, demolition or merging of dwellings be approved, by whom, and on which terms?

Almenboligloven §§ 27-28 a, and what a sale brings with it: notice (§ 27, stk. 4), criteria for
private letting (§ 27 c), the supplementary price (§ 27 b), the proceeds (§ 28, stk. 6) and
rehousing (almenlejeloven § 86, stk. 1). What is sought is part of the question.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from functools import partial
from typing import Annotated, Any

import msgspec

from domain.facts import Buyer, DisposalGround, PartOfPlan
from domain.facts.declared import BOTH, Field
from domain.facts.kinds import MOST_NAMED, Department, Organisation
from domain.law.answer import Decision, Need, Value, ValueKind
from domain.law.area.case import AreaCase
from domain.law.edition import Edition, Step
from domain.law.ending import rehousing as rehousing_law
from domain.law.ending import sale as notice_law
from domain.law.home import ENDING_FIRST_DAY
from domain.law.kernel import (
    Change,
    Condition,
    Finding,
    Missing,
    Outcome,
    Readings,
    Status,
    Tree,
    checklist,
    chosen,
    open_to,
)
from domain.law.question import PlaceQuestion, question
from domain.law.sale.approval import Sought
from domain.law.sale.terms import ToBuild
from domain.reference import View

MUST_GIVE_NOTICE_BELOW_CRITERIA = "MUST_GIVE_NOTICE_BELOW_CRITERIA"
MUST_SET_LETTING_CRITERIA = "MUST_SET_LETTING_CRITERIA"
MUST_REGISTER_CRITERIA = "MUST_REGISTER_CRITERIA"
MUST_VALUE_PROPERTY = "MUST_VALUE_PROPERTY"
PRICE_AT_LEAST_VALUE = "PRICE_AT_LEAST_VALUE"
HALF_OF_TENANTS_MEMBERS = "HALF_OF_TENANTS_MEMBERS"
DEED_WITH_CONSENTS = "DEED_WITH_CONSENTS"
MAY_WAIVE_SUPPLEMENTARY_PRICE = "MAY_WAIVE_SUPPLEMENTARY_PRICE"
MAY_APPLY_FOR_PROCEEDS = "MAY_APPLY_FOR_PROCEEDS"
REHOUSE_INSIDE_AREA = "REHOUSE_INSIDE_AREA"
REHOUSE_INSIDE_AREA_OPEN = "REHOUSE_INSIDE_AREA_OPEN"
MAY_LIST_UNDER_65 = "MAY_LIST_UNDER_65"

AGREED_REHOUSING_ORDER = "AGREED_REHOUSING_ORDER"
AGREED_STUDENT_LETTING = "AGREED_STUDENT_LETTING"


@question(
    "sale",
    da="Må salget, nedrivningen eller sammenlægningen godkendes, af hvem og på hvilke vilkår?",
    asked_by=BOTH,
    asks=("sale", "termination", "rehousing"),
    purpose="area",
    without=("household",),
)
class SaleQuestion(PlaceQuestion, frozen=True, kw_only=True):
    """May this sale, demolition or merging be approved, by whom, and on which terms?"""

    organisation: Organisation = ""
    department: Department = ""
    sought: Annotated[Sought, Field("hvad der søges godkendt", "what is to be approved")]
    grounds: Annotated[
        tuple[DisposalGround, ...],
        Field(
            "de grunde, der søges på og er dokumenteret",
            "the grounds that approval is sought on, and that are documented",
            most=MOST_NAMED,
        ),
    ] = ()
    comprises_dwellings: Annotated[
        bool | None,
        Field(
            "om ejendommen omfatter almene boliger",
            "whether the property comprises social dwellings",
        ),
    ] = None
    buyer: Annotated[
        Buyer | None, Field("hvem der køber, og til hvad", "who buys it, and for what")
    ] = None
    plan: Annotated[
        PartOfPlan | None,
        Field("den udviklingsplan, det er led i", "the development plan that it is part of"),
    ] = None
    to_build: Annotated[
        ToBuild | None,
        Field("hvad der skal opføres på ejendommen", "what is to be built on the property"),
    ] = None
    taken_over_on: Annotated[
        date | None,
        Field(
            "hvornår køberen overtager, eller skal overtage",
            "when the buyer takes over, or is to",
        ),
    ] = None
    merged_m2: Annotated[
        int | None,
        Field(
            "boligens areal efter sammenlægningen",
            "the dwelling's area after the merging",
            unit="square metres",
            least=1,
            most=10_000,
        ),
    ] = None
    inhabited: Annotated[
        bool | None,
        Field("om en bolig, der lægges sammen, er beboet", "whether a merged dwelling is lived in"),
    ] = None
    in_master_plan: Annotated[
        bool | None,
        Field(
            "om sammenlægningen indgår i en helhedsplan, der skal fremtidssikre området",
            "whether the merging is part of a master plan for the area's future",
        ),
    ] = None
    for_mixed_residents: Annotated[
        bool | None,
        Field(
            "om sammenlægningen er nødvendig for en blandet beboersammensætning",
            "whether the merging is needed for a mixed composition of residents",
        ),
    ] = None
    municipality_recommends: Annotated[
        bool | None,
        Field("om kommunen indstiller det", "whether the municipality recommends it"),
    ] = None


def sale(
    question: SaleQuestion, view: View, position: int, edition: Edition
) -> Generator[Need, Any, Decision]:
    """Decide whether it may be approved; nothing about persons is asked for.

    Raises BeforeCoverageError or AreaUnknownError.
    """
    yield from ()
    case = _Sale(question, view, position, edition)
    if question.sought is Sought.MERGING:
        case.merging()
    else:
        case.disposal()
    return case.decision()


class _Sale(AreaCase[SaleQuestion]):
    """The working state of a question about a sale, a demolition or a merging."""

    order = (
        "SALE-27-1",
        "SALE-27-2",
        "SALE-27",
        "SALE-28-MERGE",
        "SALE-28A-MERGE",
        "SALE-28-DEMO",
    )

    # -- sale and demolition

    def disposal(self) -> None:
        """Examine a sale or demolition: who approves it, on what ground, on which terms."""
        asked, day, rules = self.question, self.question.day, self.edition.rules
        of_municipality = self.here(
            "SALE-27-1", lambda _: rules["SALE-27-1"].evaluate(asked.sought, asked.buyer, day)
        )
        self.against("SALE-27-1", of_municipality, Outcome.DISCRETIONARY)
        if of_municipality.under(self.readings).status is Status.NOT_COVERED:
            return
        of_minister = self.here(
            "SALE-27-2",
            lambda _: rules["SALE-27-2"].evaluate(
                asked.sought, asked.comprises_dwellings, asked.buyer, day
            ),
        )
        self.against("SALE-27-2", of_minister, Outcome.DISCRETIONARY)
        rule_id = "SALE-27" if asked.sought is Sought.SALE else "SALE-28-DEMO"
        by_ground = partial(
            rules[rule_id].evaluate, self.edition, self.view, asked.area, asked.grounds, (), day
        )

        def carried(readings: Readings) -> Finding:
            minister = chosen(of_minister, readings)
            found: Finding = by_ground(readings)
            if minister.status is Status.NOT_MET:
                return Finding(Status.NOT_APPLICABLE)
            if minister.status is Status.UNKNOWN and found.status is not Status.MET:
                missing = (*minister.missing, *found.missing)
                return Finding(Status.UNKNOWN, found.evidence, found.values, missing)
            return open_to(found, Change("ground_documented"))

        self.against(rule_id, self.here(rule_id, carried), adverse=Status.NOT_MET)
        if asked.sought is Sought.SALE:
            self._terms(of_minister)
        self._rehousing()

    def _terms(self, of_minister: Tree[Finding]) -> None:
        """Say on which terms a sale is approved; they inform and decide nothing."""
        asked, day, rules = self.question, self.question.day, self.edition.rules
        edition, view, area = self.edition, self.view, self.question.area
        demanded = rules["SALE-27-4"].part(notice_law.where_notice_is_demanded)

        def notice(readings: Readings) -> Finding:
            minister = chosen(of_minister, readings)
            needed = Condition("minister_asked", minister.status, (), (), minister.missing)
            place = demanded(edition, view, area, day, readings)
            return checklist((place, needed), (("sale", "planned"),))

        if self._met("SALE-27-4", notice):
            self.duty(MUST_GIVE_NOTICE_BELOW_CRITERIA, "SALE-27-4")
        if self._met(
            "SALE-27C-SET",
            partial(rules["SALE-27C-SET"].evaluate, edition, view, area, asked.buyer, day),
        ):
            self.duty(MUST_SET_LETTING_CRITERIA, "SALE-27C-SET")
            self.duty(MUST_REGISTER_CRITERIA, "SALE-27C-SET")
            self._bound_until()
        self.duty(MUST_VALUE_PROPERTY, "SALE-27-PRICE")
        self._met("SALE-27-PRICE", lambda _: rules["SALE-27-PRICE"].evaluate(asked.buyer, day))
        if asked.buyer is Buyer.PUBLIC:
            self.duty(PRICE_AT_LEAST_VALUE, "SALE-27-PRICE")
        if asked.buyer is Buyer.COOPERATIVE:
            self.duty(HALF_OF_TENANTS_MEMBERS, "SALE-27-PRICE")
        self.duty(DEED_WITH_CONSENTS, "SALE-27-1")
        for rule_id in ("FIN-TILLAEG", "FIN-TILLAEG-OUTSIDE"):
            rule = rules[rule_id]
            if self._met(
                rule_id,
                partial(rule.evaluate, edition, view, area, asked.to_build, day),
            ):
                self.duty(MAY_WAIVE_SUPPLEMENTARY_PRICE, rule_id)
        if self._met(
            "FIN-28-6", partial(rules["FIN-28-6"].evaluate, edition, view, area, day, day)
        ):
            self.duty(MAY_APPLY_FOR_PROCEEDS, "FIN-28-6")

    def _bound_until(self) -> None:
        """Say until when the criteria bind, where the day of the takeover is stated."""
        taken_over = self.question.taken_over_on
        if taken_over is None:
            return
        rule = self.edition.rules["SALE-27C"]
        found = rule.evaluate(True, taken_over, self.question.day)
        until = dict(found.values)["bound_until"]
        self.values.append(Value("criteria_bound_until", ValueKind.DAY, until, "SALE-27C"))

    def _rehousing(self) -> None:
        """Say where whoever must leave is rehoused, and what was only agreed of it."""
        asked, day, rules = self.question, self.question.day, self.edition.rules
        edition, view, area = self.edition, self.view, self.question.area
        if asked.sought is Sought.SALE:
            only_inside = rules["REH-86-SALE-PLAN"].part(rehousing_law.by_plan)
            inside = self.here(
                "REH-86-SALE-PLAN",
                partial(only_inside, edition, view, area, asked.plan, (), day),
            )
            status = inside.under(self.readings).status
            if status is Status.MET:
                self.duty(REHOUSE_INSIDE_AREA, "REH-86-SALE-PLAN")
            elif status is Status.UNKNOWN:
                self.duty(REHOUSE_INSIDE_AREA_OPEN, "REH-86-SALE-PLAN")
        listed = rules["REH-WAITLIST-NO-FEE"].part(rehousing_law.in_transformation_area)
        if self._met(
            "REH-WAITLIST-NO-FEE",
            lambda r: checklist(
                (listed(edition, view, () if area is None else (area,), day, r),),
                (("fee", "none"),),
            ),
        ):
            self.duty(MAY_LIST_UNDER_65, "REH-WAITLIST-NO-FEE")
            self.remark(AGREED_REHOUSING_ORDER)
            self.remark(AGREED_STUDENT_LETTING)

    # -- merging

    def merging(self) -> None:
        """Examine a merging: by the municipality in a vulnerable area, else by the minister."""
        asked, day, rules = self.question, self.question.day, self.edition.rules
        self.here(
            "SALE-28-MERGE-AREA",
            partial(rules["SALE-28-MERGE-AREA"].evaluate, self.edition, self.view, asked.area, day),
        )
        by_size = partial(
            rules["SALE-28-MERGE"].evaluate,
            self.edition,
            self.view,
            asked.area,
            asked.merged_m2,
            asked.inhabited,
            asked.in_master_plan,
            day,
        )

        def by_municipality(readings: Readings) -> Finding:
            met = by_size(readings).status is Status.MET
            return Finding(Status.MET if met else Status.NOT_APPLICABLE)

        def by_minister(readings: Readings) -> Finding:
            if not _outside(by_size(readings)):
                return Finding(Status.NOT_APPLICABLE)
            found: Finding = rules["SALE-28A-MERGE"].evaluate(
                asked.merged_m2,
                asked.grounds,
                asked.for_mixed_residents,
                asked.municipality_recommends,
                day,
            )
            return found

        def merged(readings: Readings) -> Finding:
            found = by_size(readings)
            if not _outside(found):
                return open_to(found, Change("merging_as_the_act_asks"))
            other = by_minister(readings)
            if other.status is Status.MET:
                return msgspec.structs.replace(found, status=Status.NOT_APPLICABLE)
            # The section that may let it be done all the same was not seen.
            missing = other.missing or (Missing("wording_of_28_a", "law_review"),)
            values = (("place", "outside"),)
            return msgspec.structs.replace(
                found, status=Status.UNKNOWN, values=values, missing=missing
            )

        self.against("SALE-28-MERGE", self.here("SALE-28-MERGE", merged), adverse=Status.NOT_MET)
        for rule_id, found in (("SALE-27-1", by_municipality), ("SALE-28A-MERGE", by_minister)):
            self.against(rule_id, self.here(rule_id, found), Outcome.DISCRETIONARY)

    def _met(self, rule_id: str, evaluate: Any) -> bool:
        return self.here(rule_id, evaluate).under(self.readings).status is Status.MET


def _outside(merged: Finding) -> bool:
    """Tell whether the area is what a merging by § 28 fails on, alone or besides."""
    return any(
        each.name == "vulnerable_area" and each.status is Status.NOT_MET
        for each in merged.conditions
    )


STEPS = (Step(SaleQuestion, sale, first_day=ENDING_FIRST_DAY),)
