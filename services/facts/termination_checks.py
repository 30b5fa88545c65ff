"""What must hold of facts about how a landlord ends a tenancy before they are recorded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain import facts
from domain.law.ending.offences import CITATIONS
from domain.law.lives import out_of_order

if TYPE_CHECKING:
    from services.facts.checks import Checked

MOST_DAYS_OF_SANCTION = 36_525
MOST_DWELLINGS = 1_000
MOST_PROVISIONS = 50
FARTHEST_CM = 100_000_000
"""A thousand kilometres."""
MOST_GROUNDS = 100
LONGEST_NAME = 200
LONGEST_REASONS = 4_000


def check(fact: facts.Fact, field: Checked, today: date) -> bool:
    """Note every wrong field of a fact about a tenancy's end; False: it is about another thing."""
    match fact:
        case facts.PoliceNotice():
            field.day("received_on", fact.received_on, today, past=True)
        case facts.JudgmentInCase():
            _judgment(fact, field, today)
        case facts.JudgmentsAttested():
            field.days(fact, today, past=True)
        case facts.DistanceMeasured():
            _distance(fact, field, today)
        case facts.ProportionalityWeighed():
            field.day("decision_day", fact.decision_day, today, past=True)
            field.text("decided_by", fact.decided_by, LONGEST_NAME)
            field.text("reasons", fact.reasons, LONGEST_REASONS, lines=True)
            for name in ("present", "absent"):
                field.listed(name, getattr(fact, name), MOST_GROUNDS)
            for index, factor in enumerate(fact.absent):
                if factor in fact.present:
                    field.bad(f"absent[{index}]", "is named as present too")
            field.named("offence", fact.offence)
        case facts.TerminationDecided():
            field.opaque("dwelling", fact.dwelling)
            field.day("terminated_on", fact.terminated_on, today, past=True)
            field.text("decided_by", fact.decided_by, LONGEST_NAME)
            field.text("reasons", fact.reasons, LONGEST_REASONS, lines=True)
            field.day("moved_out_on", fact.moved_out_on, today, past=True)
            field.order("moved_out_on", fact.terminated_on, fact.moved_out_on)
            field.named("offence", fact.offence)
        case facts.EnforcementRequested():
            field.day("requested_on", fact.requested_on, today, past=True)
            field.day("police_limit", fact.police_limit, today)
            field.day("sent_on", fact.sent_on, today, past=True)
            field.order("sent_on", fact.requested_on, fact.sent_on)
            field.listed("stated", fact.stated, MOST_GROUNDS)
            field.named("offence", fact.offence)
        case facts.SaleCriteriaChecked():
            field.day("checked_on", fact.checked_on, today, past=True)
            field.text("decided_by", fact.decided_by, LONGEST_NAME)
            field.named("dwelling", fact.dwelling)
        case facts.DisposalDecided():
            field.text("decided_by", fact.decided_by, LONGEST_NAME)
            field.day("decision_day", fact.decision_day, today, past=True)
            field.day("documented_on", fact.documented_on, today, past=True)
            field.listed("dwellings", fact.dwellings, MOST_DWELLINGS, empty=False)
            field.listed("grounds", fact.grounds, MOST_GROUNDS, empty=False)
            rebuilt = fact.kind is facts.DisposalKind.REBUILDING
            if fact.rebuilt_as is not None and not rebuilt:
                field.bad("rebuilt_as", "is of a rebuilding alone")
            if fact.rebuilt_as is facts.DwellingKind.PRIVATE:
                field.bad("rebuilt_as", "must be a kind of social dwelling")
            if fact.ordered and (rebuilt or fact.plan is not facts.PlanKind.MUNICIPAL):
                field.bad("ordered", "is of a sale or demolition under a municipal plan alone")
        case _:
            return False
    return True


def _judgment(fact: facts.JudgmentInCase, field: Checked, today: date) -> None:
    """Check a judgment: known provisions, days in order, a sanction that agrees with itself."""
    field.opaque("offence", fact.offence)
    field.listed("provisions", fact.provisions, MOST_PROVISIONS, empty=False)
    for index, provision in enumerate(fact.provisions):
        if provision not in CITATIONS:
            field.bad(
                f"provisions[{index}]",
                "is not a provision that the law in use knows; docs/data.md lists them",
            )
    for name in (
        "offence_day",
        "judgment_day",
        "appealed_on",
        "appeal_withdrawn_on",
        "overturned_on",
    ):
        field.day(name, getattr(fact, name), today, past=True)
    field.day("final_on", fact.final_on, today)
    field.order("judgment_day", fact.offence_day, fact.judgment_day)
    for name in ("appealed_on", "final_on", "overturned_on"):
        field.order(name, fact.judgment_day, getattr(fact, name))
    for name in out_of_order(fact):
        field.bad(name, "cannot follow on the judgment's other days")
    days = fact.unconditional_days
    if days is None:
        return
    if not 0 <= days <= MOST_DAYS_OF_SANCTION:
        field.bad("unconditional_days", f"must lie from 0 to {MOST_DAYS_OF_SANCTION}")
    elif days == 0 and fact.sanction in (
        facts.Sanction.UNCONDITIONAL_IMPRISONMENT,
        facts.Sanction.PARTLY_SUSPENDED_IMPRISONMENT,
    ):
        field.bad("unconditional_days", "is 0, yet the sanction has an unconditional part")
    elif days > 0 and fact.sanction in (
        facts.Sanction.SUSPENDED_IMPRISONMENT,
        facts.Sanction.FINE,
        facts.Sanction.OTHER_NON_CUSTODIAL,
    ):
        field.bad("unconditional_days", "is given, yet the sanction has no unconditional part")


def _distance(fact: facts.DistanceMeasured, field: Checked, today: date) -> None:
    field.opaque("offence", fact.offence)
    field.opaque("dwelling", fact.dwelling)
    for name in ("shortest_cm", "longest_cm", "uncertainty_cm", "tolerance_um"):
        if not 0 <= (getattr(fact, name) or 0) <= FARTHEST_CM:
            field.bad(name, f"must lie from 0 to {FARTHEST_CM}")
    if fact.longest_cm < fact.shortest_cm:
        field.bad("longest_cm", "is less than shortest_cm")
    if fact.crs != "EPSG:25832":
        field.bad("crs", "must be EPSG:25832")
    field.text("library", fact.library, LONGEST_NAME)
    field.text("library_version", fact.library_version, LONGEST_NAME)
    field.day("measured_on", fact.measured_on, today, past=True)
