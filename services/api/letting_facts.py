"""Facts about letting, from requests to what the domain works on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from google.protobuf.message import Message
from google.protobuf.unknown_fields import UnknownFieldSet

from domain import facts
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as messages

if TYPE_CHECKING:
    from services.api.convert import Fields

W = TypeVar("W", bound=StrEnum)


def words(enum: Any, kind: type[W], prefix: str) -> dict[Any, W]:
    """Return the words of an enum of the contract; its zero says that nothing is given."""
    return {
        number: kind(name.removeprefix(prefix).lower())
        for name, number in enum.items()
        if number != 0
    }


ROLES = words(messages.MemberRole, facts.MemberRole, "MEMBER_ROLE_")
PROOFS = words(messages.CohabitationProof, facts.CohabitationProof, "COHABITATION_PROOF_")
CONDITIONS = words(core.BenefitCondition, facts.BenefitCondition, "BENEFIT_CONDITION_")
ANSWERS = words(core.AttestedAnswer, facts.AttestedAnswer, "ATTESTED_ANSWER_")
_BASES = words(messages.CriteriaBasis, facts.CriteriaBasis, "CRITERIA_BASIS_")
_KINDS = words(messages.CriterionKind, facts.CriterionKind, "CRITERION_KIND_")
_JOBS = words(messages.JobKind, facts.JobKind, "JOB_KIND_")
_WHO = words(messages.MustMeet, facts.MustMeet, "MUST_MEET_")
_TESTS = words(messages.CriteriaTest, facts.CriteriaTest, "CRITERIA_TEST_")
_DOCUMENTS = words(messages.DocumentKind, facts.DocumentKind, "DOCUMENT_KIND_")
_ISSUERS = words(messages.IssuerKind, facts.IssuerKind, "ISSUER_KIND_")
_ASSESSMENTS = words(
    messages.CertificateAssessment, facts.CertificateAssessment, "CERTIFICATE_ASSESSMENT_"
)
_LANDLORDS = words(messages.LandlordKind, facts.LandlordKind, "LANDLORD_KIND_")
_ENDED = words(messages.EndedUnder, facts.EndedUnder, "ENDED_UNDER_")
_FACTORS = words(messages.DispensationFactor, facts.DispensationFactor, "DISPENSATION_FACTOR_")
_GROUNDS = words(messages.OppositionGround, facts.OppositionGround, "OPPOSITION_GROUND_")
_JOINT: Mapping[Any, bool | None] = {
    messages.JOINT_AREA_UNSPECIFIED: None,
    messages.JOINT_AREA_FOUND: True,
    messages.JOINT_AREA_NOT_FOUND: False,
}


def or_none(known: Mapping[Any, W]) -> dict[Any, W | None]:
    """Return the words of an enum where nothing need be given."""
    return {0: None, **known}


def said(message: Any, *names: str) -> dict[str, Any]:
    """Return what a message says by these names; None for what it leaves out."""
    return {name: getattr(message, name) if message.HasField(name) else None for name in names}


def _days(message: Any, fields: Fields) -> dict[str, Any]:
    return {
        "first_day": fields.day("first_day", message.first_day),
        "last_day": fields.day("last_day", message.last_day, optional=True),
    }


def _optional(fields: Fields, message: Any, *names: str) -> dict[str, Any]:
    return {name: fields.day(name, getattr(message, name), optional=True) for name in names}


# --- Criteria -------------------------------------------------------------------------------


def _refuse_unknown(message: Message, path: str, fields: Fields) -> None:
    """Refuse what this release has no field for: a criterion is never dropped in silence."""
    if len(UnknownFieldSet(message)):
        fields.bad(path, "holds a field that this release does not know; no criterion is dropped")


def _criteria_set(message: messages.CriteriaSet, fields: Fields) -> facts.Fact:
    _refuse_unknown(message, "criteria", fields)
    return facts.CriteriaSet(
        criteria=message.criteria,
        municipality=message.municipality,
        basis=fields.word("basis", message.basis, _BASES),
        set_on=fields.day("set_on", message.set_on),
        **_days(message, fields),
        **_optional(fields, message, "announced_on", "revised_on"),
        organisation=message.organisation,
        departments=tuple(message.departments),
        area=message.area or None,
        alternatives=tuple(
            _alternative(each, f"alternatives[{index}]", fields)
            for index, each in enumerate(message.alternatives)
        ),
        who=fields.word("who", message.who, _WHO),
        tested=fields.word("tested", message.tested, _TESTS),
        share=message.share or 100,
        priority_only=message.priority_only,
        exempt_residents=message.exempt_residents,
        exempt_age=message.exempt_age or None,
        exempt_pension=message.exempt_pension,
        certificate=message.certificate,
    )


def _alternative(
    message: messages.LettingAlternative, path: str, fields: Fields
) -> facts.Alternative:
    _refuse_unknown(message, path, fields)
    return facts.Alternative(
        all_of=tuple(
            _criterion(each, f"{path}.all_of[{index}]", fields)
            for index, each in enumerate(message.all_of)
        ),
        rank=message.rank or 1,
    )


def _criterion(message: messages.LettingCriterion, path: str, fields: Fields) -> facts.Criterion:
    _refuse_unknown(message, path, fields)
    return facts.Criterion(
        kind=fields.word(f"{path}.kind", message.kind, _KINDS),
        hours=message.hours or None,
        excluded=tuple(
            fields.word(f"{path}.excluded[{index}]", number, _JOBS)
            for index, number in enumerate(message.excluded)
        ),
        start_within=message.start_within if message.HasField("start_within") else None,
        months=message.months or None,
        full_time=message.full_time,
        su_eligible=message.su_eligible,
        in_municipality=message.in_municipality,
        apprentice=message.apprentice,
        age=message.age or None,
    )


# --- Schemes --------------------------------------------------------------------------------


def _combined(message: messages.CombinedLettingDecided, fields: Fields) -> facts.Fact:
    return facts.CombinedLettingDecided(
        area=message.area,
        decided_on=fields.day("decided_on", message.decided_on),
        extended=message.extended,
        **_days(message, fields),
        **_optional(fields, message, "evaluated_on"),
    )


def _approval_scheme(message: messages.ApprovalSchemeDecided, fields: Fields) -> facts.Fact:
    return facts.ApprovalSchemeDecided(
        municipality=message.municipality,
        organisation=message.organisation,
        **_days(message, fields),
    )


def _occupancy_cap(message: messages.OccupancyCapUsed, fields: Fields) -> facts.Fact:
    return facts.OccupancyCapUsed(
        municipality=message.municipality,
        organisation=message.organisation,
        **_days(message, fields),
    )


# --- Applicants -----------------------------------------------------------------------------


def _condition_attested(message: messages.BenefitConditionAttested, fields: Fields) -> facts.Fact:
    return facts.BenefitConditionAttested(
        condition=fields.word("condition", message.condition, CONDITIONS),
        answer=fields.word("answer", message.answer, ANSWERS),
        day=fields.day("day", message.day),
        municipality=message.municipality,
        receipt_id=fields.uuid("receipt_id", message.receipt_id),
        receipt_hash=message.receipt_hash,
        readings=tuple(message.readings),
        points=tuple(message.points),
    )


def _sight(message: messages.SightAttested, fields: Fields) -> facts.Fact:
    return facts.SightAttested(
        kind=fields.word("kind", message.kind, _KINDS),
        document=fields.word("document", message.document, _DOCUMENTS),
        issuer=fields.word("issuer", message.issuer, _ISSUERS),
        seen_by=message.seen_by,
        seen_on=fields.day("seen_on", message.seen_on),
        **_days(message, fields),
        **_optional(fields, message, "expires_on"),
        job=fields.word("job", message.job, or_none(_JOBS)),
        **said(message, "hours", "full_time", "su_eligible", "in_municipality", "months", "age"),
    )


def _nothing_shown(message: messages.NothingShown, fields: Fields) -> facts.Fact:
    return facts.NothingShown(
        kinds=tuple(
            fields.word(f"kinds[{index}]", number, _KINDS)
            for index, number in enumerate(message.kinds)
        ),
        **_days(message, fields),
    )


def _certificate(message: messages.CertificateSeen, fields: Fields) -> facts.Fact:
    return facts.CertificateSeen(
        area=message.area,
        seen_on=fields.day("seen_on", message.seen_on),
        seen_by=message.seen_by,
        assessment=fields.word("assessment", message.assessment, _ASSESSMENTS),
        **_optional(fields, message, "expires_on"),
    )


def _termination(message: messages.TerminationNotified, fields: Fields) -> facts.Fact:
    return facts.TerminationNotified(
        terminated_on=fields.day("terminated_on", message.terminated_on),
        landlord=fields.word("landlord", message.landlord, _LANDLORDS),
        ended_under=fields.word("ended_under", message.ended_under, _ENDED),
        joint_area=fields.word("joint_area", message.joint_area, _JOINT),
        **said(message, "found_unjustified", "objection_not_sued"),
    )


def _debt(message: messages.OverdueDebt, fields: Fields) -> facts.Fact:
    return facts.OverdueDebt(
        **_days(message, fields),
        **said(message, "insignificant", "time_barred", "instalments_kept", "relief_kept"),
    )


def _dispensation(message: messages.DispensationDecided, fields: Fields) -> facts.Fact:
    return facts.DispensationDecided(
        decision_day=fields.day("decision_day", message.decision_day),
        **_optional(fields, message, "last_day"),
        decided_by=message.decided_by,
        reasons=message.reasons,
        **said(message, "party_heard"),
        factors=tuple(
            fields.word(f"factors[{index}]", number, _FACTORS)
            for index, number in enumerate(message.factors)
        ),
        area=message.area,
    )


def _approval(message: messages.ApprovalAnswered, fields: Fields) -> facts.Fact:
    return facts.ApprovalAnswered(
        received_on=fields.day("received_on", message.received_on),
        refused=fields.given("refused", message),
        sent_on=fields.day("sent_on", message.sent_on),
        dwelling=message.dwelling,
    )


def _opposition(message: messages.OppositionAssessed, fields: Fields) -> facts.Fact:
    return facts.OppositionAssessed(
        ground=fields.word("ground", message.ground, _GROUNDS),
        decision_day=fields.day("decision_day", message.decision_day),
        **_optional(fields, message, "last_day"),
        decided_by=message.decided_by,
        reasons=message.reasons,
        **said(message, "party_heard"),
        dwelling=message.dwelling,
    )


READERS: dict[str, Callable[[Any, Fields], facts.Fact]] = {
    "criteria_set": _criteria_set,
    "combined_letting_decided": _combined,
    "approval_scheme_decided": _approval_scheme,
    "occupancy_cap_used": _occupancy_cap,
    "benefit_condition_attested": _condition_attested,
    "sight_attested": _sight,
    "nothing_shown": _nothing_shown,
    "certificate_seen": _certificate,
    "termination_notified": _termination,
    "overdue_debt": _debt,
    "dispensation_decided": _dispensation,
    "approval_answered": _approval,
    "opposition_assessed": _opposition,
}
"""How each fact about letting is read, by its name in `Fact`."""
