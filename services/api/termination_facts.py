"""Facts about how a landlord ends a tenancy, from messages of the API to facts of the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from domain import facts
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as messages
from services.api.letting_facts import or_none, said, words

if TYPE_CHECKING:
    from services.api.convert import Fields

STATED: Mapping[Any, bool | None] = {
    core.STATED_UNSPECIFIED: None,
    core.STATED_YES: True,
    core.STATED_NO: False,
}
_NOTICE_SUBJECTS = words(messages.NoticeSubject, facts.NoticeSubject, "NOTICE_SUBJECT_")
_SANCTIONS = words(messages.Sanction, facts.Sanction, "SANCTION_")
METHODS = words(messages.DistanceMethod, facts.DistanceMethod, "DISTANCE_METHOD_")
METHOD_NUMBERS = {word: number for number, word in METHODS.items()}
_FACTORS = words(messages.Factor, facts.Factor, "FACTOR_")
_DETAILS = words(messages.RequestDetail, facts.RequestDetail, "REQUEST_DETAIL_")
_DWELLINGS = words(core.DwellingKind, facts.DwellingKind, "DWELLING_KIND_")
_DISPOSALS = words(messages.DisposalKind, facts.DisposalKind, "DISPOSAL_KIND_")
_GROUNDS = words(messages.DisposalGround, facts.DisposalGround, "DISPOSAL_GROUND_")
_PLANS = words(messages.PlanKind, facts.PlanKind, "PLAN_KIND_")


def _police_notice(message: messages.PoliceNotice, fields: Fields) -> facts.Fact:
    return facts.PoliceNotice(
        subject=fields.word("subject", message.subject, _NOTICE_SUBJECTS),
        received_on=fields.day("received_on", message.received_on),
        **said(message, "requested"),
    )


def _judgment_in_case(message: messages.JudgmentInCase, fields: Fields) -> facts.Fact:
    return facts.JudgmentInCase(
        offence=message.offence,
        provisions=tuple(message.provisions),
        sanction=fields.word("sanction", message.sanction, _SANCTIONS),
        **said(message, "unconditional_days", "served_otherwise"),
        offence_day=fields.day("offence_day", message.offence_day),
        judgment_day=fields.day("judgment_day", message.judgment_day),
        appealed_on=fields.day("appealed_on", message.appealed_on, optional=True),
        final_on=fields.day("final_on", message.final_on, optional=True),
        overturned_on=fields.day("overturned_on", message.overturned_on, optional=True),
        appeal_withdrawn_on=fields.day(
            "appeal_withdrawn_on", message.appeal_withdrawn_on, optional=True
        ),
    )


def _judgments_attested(message: messages.JudgmentsAttested, fields: Fields) -> facts.Fact:
    return facts.JudgmentsAttested(
        first_day=fields.day("first_day", message.first_day, optional=True),
        last_day=fields.day("last_day", message.last_day),
    )


def _distance_measured(message: messages.DistanceMeasured, fields: Fields) -> facts.Fact:
    return facts.DistanceMeasured(
        offence=message.offence,
        dwelling=message.dwelling,
        method=fields.word("method", message.method, METHODS),
        shortest_cm=fields.given("shortest_cm", message),
        longest_cm=fields.given("longest_cm", message),
        **said(message, "uncertainty_cm", "tolerance_um"),
        crs=message.crs,
        library=message.library,
        library_version=message.library_version,
        measured_on=fields.day("measured_on", message.measured_on),
    )


def _each_word(fields: Fields, name: str, numbers: Iterable[int], known: Mapping[Any, Any]) -> Any:
    return tuple(
        fields.word(f"{name}[{index}]", number, known) for index, number in enumerate(numbers)
    )


def _proportionality_weighed(
    message: messages.ProportionalityWeighed, fields: Fields
) -> facts.Fact:
    return facts.ProportionalityWeighed(
        decision_day=fields.day("decision_day", message.decision_day),
        decided_by=message.decided_by,
        reasons=message.reasons,
        **said(message, "party_heard"),
        present=_each_word(fields, "present", message.present, _FACTORS),
        absent=_each_word(fields, "absent", message.absent, _FACTORS),
        contrary_to_obligations=fields.word(
            "contrary_to_obligations", message.contrary_to_obligations, STATED
        ),
        offence=message.offence,
    )


def _termination_decided(message: messages.TerminationDecided, fields: Fields) -> facts.Fact:
    return facts.TerminationDecided(
        dwelling=message.dwelling,
        terminated_on=fields.day("terminated_on", message.terminated_on),
        decided_by=message.decided_by,
        reasons=message.reasons,
        **said(message, "party_heard"),
        moved_out_on=fields.day("moved_out_on", message.moved_out_on, optional=True),
        joint_area_assessed=fields.word("joint_area_assessed", message.joint_area_assessed, STATED),
        offence=message.offence,
    )


def _enforcement_requested(message: messages.EnforcementRequested, fields: Fields) -> facts.Fact:
    return facts.EnforcementRequested(
        requested_on=fields.day("requested_on", message.requested_on),
        police_limit=fields.day("police_limit", message.police_limit),
        stated=_each_word(fields, "stated", message.stated, _DETAILS),
        sent_on=fields.day("sent_on", message.sent_on, optional=True),
        offence=message.offence,
    )


def _sale_criteria_checked(message: messages.SaleCriteriaChecked, fields: Fields) -> facts.Fact:
    met = fields.word("criteria_met", message.criteria_met, STATED)
    if message.criteria_met == core.STATED_UNSPECIFIED:
        fields.bad("criteria_met", "is not given")
    return facts.SaleCriteriaChecked(
        checked_on=fields.day("checked_on", message.checked_on),
        criteria_met=met,
        decided_by=message.decided_by,
        dwelling=message.dwelling,
    )


def _disposal_decided(message: messages.DisposalDecided, fields: Fields) -> facts.Fact:
    plan = message.plan
    return facts.DisposalDecided(
        dwellings=tuple(message.dwellings),
        kind=fields.word("kind", message.kind, _DISPOSALS),
        decision_day=fields.day("decision_day", message.decision_day),
        decided_by=message.decided_by,
        grounds=_each_word(fields, "grounds", message.grounds, _GROUNDS),
        documented_on=fields.day("documented_on", message.documented_on, optional=True),
        plan=None if plan == 0 else fields.word("plan", plan, _PLANS),
        minister_asked=message.minister_asked,
        ordered=fields.word("ordered", message.ordered, STATED),
        taken_over=message.taken_over,
        rebuilt_as=fields.word("rebuilt_as", message.rebuilt_as, or_none(_DWELLINGS)),
    )


READERS: dict[str, Callable[[Any, Fields], facts.Fact]] = {
    "police_notice": _police_notice,
    "judgment_in_case": _judgment_in_case,
    "judgments_attested": _judgments_attested,
    "distance_measured": _distance_measured,
    "proportionality_weighed": _proportionality_weighed,
    "termination_decided": _termination_decided,
    "enforcement_requested": _enforcement_requested,
    "sale_criteria_checked": _sale_criteria_checked,
    "disposal_decided": _disposal_decided,
}
"""How each fact is read, by the name of its field in `Fact`."""
