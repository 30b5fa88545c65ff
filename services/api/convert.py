"""Requests to what the domain works on; strict, and every wrong field noted.

A value that can't be read is noted as wrong and becomes None, so that the rest of the request
can still be checked; a request with a wrong field is never carried out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from domain import canonical, cpr, facts
from domain.data_classes import DataClass
from domain.purposes import PURPOSES
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as messages
from services.fact_checks import NewFact
from services.fields import FieldErrors
from services.recording import Context

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

calling_system: ContextVar[str] = ContextVar("calling_system", default="")
"""The system that calls, by its certificate; "" on a loopback without TLS."""

LONGEST_LEGAL_BASIS = 200
MOST_FACTS = 1_000

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OPAQUE = re.compile(r"[A-Za-z0-9._:-]{1,64}")

LIST_KINDS = {
    core.LIST_KIND_VULNERABLE: facts.ListKind.VULNERABLE,
    core.LIST_KIND_PARALLEL_SOCIETY: facts.ListKind.PARALLEL_SOCIETY,
    core.LIST_KIND_TRANSFORMATION: facts.ListKind.TRANSFORMATION,
    core.LIST_KIND_PREVENTION: facts.ListKind.PREVENTION,
}
DATA_CLASSES = {
    core.DATA_CLASS_IDENTITY: DataClass.IDENTITY,
    core.DATA_CLASS_MEMBERSHIP: DataClass.MEMBERSHIP,
    core.DATA_CLASS_BENEFITS: DataClass.BENEFITS,
    core.DATA_CLASS_CONVICTIONS: DataClass.CONVICTIONS,
    core.DATA_CLASS_TERMINATIONS: DataClass.TERMINATIONS,
    core.DATA_CLASS_ATTESTATIONS: DataClass.ATTESTATIONS,
    core.DATA_CLASS_TENANCY: DataClass.TENANCY,
    core.DATA_CLASS_DECISIONS: DataClass.DECISIONS,
}
_DWELLING_KINDS = {
    core.DWELLING_KIND_FAMILY: facts.DwellingKind.FAMILY,
    core.DWELLING_KIND_YOUTH: facts.DwellingKind.YOUTH,
    core.DWELLING_KIND_ELDERLY: facts.DwellingKind.ELDERLY,
}
_MEMBER_LISTS = {
    messages.MEMBER_LIST_DECLARED: facts.MemberList.DECLARED,
    messages.MEMBER_LIST_REGISTERED: facts.MemberList.REGISTERED,
    messages.MEMBER_LIST_ATTACHED: facts.MemberList.ATTACHED,
}
_BENEFITS = {
    number: facts.Benefit(name.removeprefix("BENEFIT_").lower())
    for name, number in messages.Benefit.items()
    if number != messages.BENEFIT_UNSPECIFIED
}
_CONDITIONS = {
    messages.CITIZENSHIP_CONDITION_MET: facts.CitizenshipCondition.MET,
    messages.CITIZENSHIP_CONDITION_NOT_MET: facts.CitizenshipCondition.NOT_MET,
    messages.CITIZENSHIP_CONDITION_SEVERAL: facts.CitizenshipCondition.SEVERAL,
    messages.CITIZENSHIP_CONDITION_STATELESS: facts.CitizenshipCondition.STATELESS,
    messages.CITIZENSHIP_CONDITION_WITHDRAWAL_AGREEMENT: (
        facts.CitizenshipCondition.WITHDRAWAL_AGREEMENT
    ),
}
_ENROLMENTS = {messages.ENROLMENT_ENROLLED: True, messages.ENROLMENT_NOT_ENROLLED: False}
_ASSESSMENTS = {
    messages.ASSESSMENT_UNSPECIFIED: None,
    messages.ASSESSMENT_POSSIBLE: True,
    messages.ASSESSMENT_NOT_POSSIBLE: False,
}
STATED = {
    core.STATED_UNSPECIFIED: None,
    core.STATED_YES: True,
    core.STATED_NO: False,
}


def _words(enum: Any, prefix: str, kind: type[E]) -> dict[Any, E]:
    """Return what the numbers of an enum mean: its names are the words, after a prefix."""
    return {
        number: kind(name.removeprefix(prefix).lower())
        for name, number in enum.items()
        if number != 0
    }


_NOTICE_SUBJECTS = _words(messages.NoticeSubject, "NOTICE_SUBJECT_", facts.NoticeSubject)
_SANCTIONS = _words(messages.Sanction, "SANCTION_", facts.Sanction)
_METHODS = _words(messages.DistanceMethod, "DISTANCE_METHOD_", facts.DistanceMethod)
METHOD_NUMBERS = {word: number for number, word in _METHODS.items()}
_FACTORS = _words(messages.Factor, "FACTOR_", facts.Factor)
_DETAILS = _words(messages.RequestDetail, "REQUEST_DETAIL_", facts.RequestDetail)
_DISPOSALS = _words(messages.DisposalKind, "DISPOSAL_KIND_", facts.DisposalKind)
_GROUNDS = _words(messages.DisposalGround, "DISPOSAL_GROUND_", facts.DisposalGround)
_PLAN_KINDS = {
    messages.PLAN_KIND_JOINT: facts.PlanKind.JOINT,
    messages.PLAN_KIND_MUNICIPAL: facts.PlanKind.MUNICIPAL,
}


class Fields:
    """Reads the fields of one message; `path` stands before each field's name in an error."""

    def __init__(self, wrong: FieldErrors, path: str = "") -> None:
        self._wrong = wrong
        self._path = path

    def path(self, field: str) -> str:
        """Return the full path of a field."""
        return f"{self._path}.{field}" if self._path else field

    def bad(self, field: str, description: str) -> None:
        """Note a wrong field."""
        self._wrong.add(self.path(field), description)

    # The readers return Any: None stands for what could not be read, in a fact that is then
    # checked further but never recorded.

    def uuid(self, field: str, text: str) -> Any:
        """Read a UUID in its canonical text form."""
        if not text:
            self.bad(field, "is empty; give a UUID")
        elif not _UUID.fullmatch(text):
            self.bad(field, "is not a UUID in its canonical form of 36 characters")
        else:
            return UUID(text)
        return None

    def day(self, field: str, text: str, *, optional: bool = False) -> Any:
        """Read a day written YYYY-MM-DD; an empty one is None where it may be left out."""
        if not text:
            if not optional:
                self.bad(field, "is empty; give a day as YYYY-MM-DD")
            return None
        if not _DAY.fullmatch(text):
            self.bad(field, "is not a day written as YYYY-MM-DD")
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.bad(field, "is no day of the calendar")
            return None

    def word(self, field: str, number: int, words: Mapping[Any, T]) -> Any:
        """Read an enum's value; UNSPECIFIED and unknown numbers are wrong unless in `words`."""
        if number in words:
            return words[number]
        self.bad(field, "is not given" if number == 0 else "is a number not known to this release")
        return None

    def text(self, field: str, text: str, longest: int, *, optional: bool = False) -> Any:
        """Read a short text in Unicode normal form C, without line breaks."""
        try:
            canonical.check_text(text, field)
        except canonical.NotCanonicalError:
            self.bad(field, "must be in Unicode normal form C (NFC)")
            return None
        if not text and not optional:
            self.bad(field, "is empty")
        elif len(text) > longest:
            self.bad(field, f"has {len(text)} characters; at most {longest} are allowed")
        elif text and not text.isprintable():
            self.bad(field, "holds a character that cannot be printed")
        else:
            return text
        return None

    def opaque(self, field: str, text: str, *, optional: bool = False) -> Any:
        """Read an opaque id."""
        if _OPAQUE.fullmatch(text) or (optional and not text):
            return text
        self.bad(field, "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -")
        return None


def context(message: core.RequestContext, wrong: FieldErrors) -> Context:
    """Read who asks and why."""
    fields = Fields(wrong, "context")
    if message.purpose not in PURPOSES:
        fields.bad("purpose", f"must be one of {', '.join(PURPOSES)}")
    actor = fields.opaque("actor", message.actor) or ""
    system = calling_system.get()
    return Context(
        actor=f"{system}/{actor}" if system else actor,
        purpose=message.purpose,
        legal_basis=fields.text(
            "legal_basis", message.legal_basis, LONGEST_LEGAL_BASIS, optional=True
        )
        or "",
        correlation=fields.opaque("correlation", message.correlation, optional=True) or "",
    )


def consistency(message: core.Consistency, wrong: FieldErrors) -> dict[str, int]:
    """Read how fresh a read must be, as keyword arguments of `Instance.view`."""
    name = message.WhichOneof("requirement")
    if name is None:
        return {}
    position: int = getattr(message, name)
    if position < 1:
        wrong.add(f"consistency.{name}", "must be a position, 1 or more")
        return {}
    return {"at" if name == "at_position" else "at_least": position}


# --- Facts ----------------------------------------------------------------------------------


def new_facts(
    listed: list[messages.Fact], wrong: FieldErrors, *, test_numbers: bool
) -> list[NewFact]:
    """Read the facts of a request; one that names no fact is wrong and left out."""
    if not listed:
        wrong.add("facts", "is empty; give at least one fact")
    found = [
        new_fact(message, f"facts[{index}]", wrong, test_numbers=test_numbers)
        for index, message in enumerate(listed)
    ]
    return [item for item in found if item is not None]


def new_fact(
    message: messages.Fact, path: str, wrong: FieldErrors, *, test_numbers: bool
) -> NewFact | None:
    """Read one fact, or None when the message names none."""
    name = message.WhichOneof("fact")
    if name is None:
        wrong.add(path, "names no fact that this release knows")
        return None
    path = f"{path}.{name}"
    fields = Fields(wrong, path)
    content: Any = getattr(message, name)
    if name == "person_registered":
        fact = _person_registered(content, test_numbers)
    else:
        fact = _READERS[name](content, fields)
    present = content.DESCRIPTOR.fields_by_name
    return NewFact(
        fact,
        fields.uuid("person_id", content.person_id) if "person_id" in present else None,
        fields.uuid("household_id", content.household_id) if "household_id" in present else None,
        path,
    )


def _person_registered(message: messages.PersonRegistered, test_numbers: bool) -> facts.Fact:
    number = message.cpr
    if number:
        try:
            number = cpr.parse(number, allow_test_numbers=test_numbers).number
        except cpr.InvalidCpr:
            number = message.cpr  # refused, without an echo, where the fact is checked
    return facts.PersonRegistered(name=message.name, cpr=number)


def _household_registered(message: messages.HouseholdRegistered, fields: Fields) -> facts.Fact:
    return facts.HouseholdRegistered(
        registered_on=fields.day("registered_on", message.registered_on)
    )


def _household_member(message: messages.HouseholdMember, fields: Fields) -> facts.Fact:
    return facts.HouseholdMember(
        member_list=fields.word("member_list", message.member_list, _MEMBER_LISTS),
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
    )


def _members_attested(message: messages.MembersAttested, fields: Fields) -> facts.Fact:
    return facts.MembersAttested(
        member_list=fields.word("member_list", message.member_list, _MEMBER_LISTS),
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
    )


def _benefit_period(message: messages.BenefitPeriod, fields: Fields) -> facts.Fact:
    return facts.BenefitPeriod(
        benefit=fields.word("benefit", message.benefit, _BENEFITS),
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
    )


def _benefits_attested(message: messages.BenefitsAttested, fields: Fields) -> facts.Fact:
    return facts.BenefitsAttested(
        benefits=tuple(
            fields.word(f"benefits[{index}]", number, _BENEFITS)
            for index, number in enumerate(message.benefits)
        ),
        first_day=fields.day("first_day", message.first_day, optional=True),
        last_day=fields.day("last_day", message.last_day),
    )


def _citizenship_attested(message: messages.CitizenshipAttested, fields: Fields) -> facts.Fact:
    return facts.CitizenshipAttested(
        condition=fields.word("condition", message.condition, _CONDITIONS),
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
    )


def _enrolment_attested(message: messages.EnrolmentAttested, fields: Fields) -> facts.Fact:
    return facts.EnrolmentAttested(
        enrolled=fields.word("enrolment", message.enrolment, _ENROLMENTS),
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
    )


def _fallback_decided(message: messages.FallbackDecided, fields: Fields) -> facts.Fact:
    return facts.FallbackDecided(
        decision_day=fields.day("decision_day", message.decision_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
        decided_by=message.decided_by,
        reasons=message.reasons,
        party_heard=message.party_heard,
        prevention_area_possible=fields.word(
            "prevention_area", message.prevention_area, _ASSESSMENTS
        ),
        other_municipalities_tried=message.other_municipalities_tried,
    )


def _area_registered(message: messages.AreaRegistered, fields: Fields) -> facts.Fact:
    return facts.AreaRegistered(
        area=message.area, name=message.name, municipality=message.municipality
    )


def _area_parcels(message: messages.AreaParcels, fields: Fields) -> facts.Fact:
    return facts.AreaParcels(
        area=message.area,
        parcels=tuple(message.parcels),
        first_day=fields.day("first_day", message.first_day),
    )


def _area_figures(message: messages.AreaFigures, fields: Fields) -> facts.Fact:
    given = message.figures
    return facts.AreaFigures(
        area=message.area,
        reference_day=fields.day("reference_day", message.reference_day),
        figures=facts.Figures(
            residents=given.residents if given.HasField("residents") else None,
            residents_2010=given.residents_2010 if given.HasField("residents_2010") else None,
            unattached_share=given.unattached_share or None,
            convicted_share=given.convicted_share or None,
            convicted_share_country=given.convicted_share_country or None,
            basic_schooling_share=given.basic_schooling_share or None,
            income_ratio=given.income_ratio or None,
            nonwestern_share=given.nonwestern_share or None,
            rounded=not given.exact,
        ),
        source=message.source,
    )


def _dwelling_recorded(message: messages.DwellingRecorded, fields: Fields) -> facts.Fact:
    if message.outside_areas and message.area:
        fields.bad("outside_areas", "can't be true when an area is named")
    if not message.outside_areas and not message.area:
        fields.bad("area", "is empty; name the area, or say outside_areas when it lies in none")
    return facts.DwellingRecorded(
        dwelling=message.dwelling_id,
        municipality=message.municipality,
        kind=fields.word("kind", message.kind, _DWELLING_KINDS),
        area=message.area or None,
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
        organisation=message.organisation,
        department=message.department,
        department_areas=tuple(message.department_areas),
    )


def _dwellings_counted(message: messages.FamilyDwellingsCounted, fields: Fields) -> facts.Fact:
    return facts.FamilyDwellingsCounted(
        municipality=message.municipality,
        counted_on=fields.day("counted_on", message.counted_on),
        in_listed_areas=message.in_listed_areas,
        in_municipality=message.in_municipality,
    )


def _exemption_decided(message: messages.ExemptionDecided, fields: Fields) -> facts.Fact:
    return facts.ExemptionDecided(
        municipality=message.municipality,
        decision_day=fields.day("decision_day", message.decision_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
        areas=tuple(message.areas),
        share_used=message.share_used,
        decided_by=message.decided_by,
    )


def _plan_approved(message: messages.PlanApproved, fields: Fields) -> facts.Fact:
    return facts.PlanApproved(
        area=message.area,
        kind=fields.word("kind", message.kind, _PLAN_KINDS),
        approved_on=fields.day("approved_on", message.approved_on),
    )


def _plan_carried_out(message: messages.PlanCarriedOut, fields: Fields) -> facts.Fact:
    return facts.PlanCarriedOut(
        area=message.area, carried_out_on=fields.day("carried_out_on", message.carried_out_on)
    )


def _reading_chosen(message: messages.ReadingChosen, fields: Fields) -> facts.Fact:
    return facts.ReadingChosen(
        point=message.point,
        reading=message.reading,
        first_day=fields.day("first_day", message.first_day),
        chosen_by=message.chosen_by,
        reason=message.reason,
    )


def _police_notice(message: messages.PoliceNotice, fields: Fields) -> facts.Fact:
    return facts.PoliceNotice(
        subject=fields.word("subject", message.subject, _NOTICE_SUBJECTS),
        received_on=fields.day("received_on", message.received_on),
        requested=message.requested,
    )


def _judgment_in_case(message: messages.JudgmentInCase, fields: Fields) -> facts.Fact:
    return facts.JudgmentInCase(
        offence=message.offence,
        provisions=tuple(message.provisions),
        sanction=fields.word("sanction", message.sanction, _SANCTIONS),
        unconditional_days=message.unconditional_days
        if message.HasField("unconditional_days")
        else None,
        served_otherwise=message.served_otherwise,
        offence_day=fields.day("offence_day", message.offence_day),
        judgment_day=fields.day("judgment_day", message.judgment_day),
        appealed_on=fields.day("appealed_on", message.appealed_on, optional=True),
        final_on=fields.day("final_on", message.final_on, optional=True),
        overturned_on=fields.day("overturned_on", message.overturned_on, optional=True),
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
        method=fields.word("method", message.method, _METHODS),
        shortest_cm=message.shortest_cm,
        longest_cm=message.longest_cm,
        uncertainty_cm=message.uncertainty_cm,
        tolerance_um=message.tolerance_um,
        crs=message.crs,
        library=message.library,
        library_version=message.library_version,
        measured_on=fields.day("measured_on", message.measured_on),
    )


def _each_word(fields: Fields, name: str, numbers: Iterable[int], words: Mapping[Any, T]) -> Any:
    return tuple(
        fields.word(f"{name}[{index}]", number, words) for index, number in enumerate(numbers)
    )


def _proportionality_weighed(
    message: messages.ProportionalityWeighed, fields: Fields
) -> facts.Fact:
    return facts.ProportionalityWeighed(
        decision_day=fields.day("decision_day", message.decision_day),
        decided_by=message.decided_by,
        reasons=message.reasons,
        party_heard=message.party_heard,
        present=_each_word(fields, "present", message.present, _FACTORS),
        absent=_each_word(fields, "absent", message.absent, _FACTORS),
        contrary_to_obligations=fields.word(
            "contrary_to_obligations", message.contrary_to_obligations, STATED
        ),
    )


def _termination_decided(message: messages.TerminationDecided, fields: Fields) -> facts.Fact:
    return facts.TerminationDecided(
        dwelling=message.dwelling,
        terminated_on=fields.day("terminated_on", message.terminated_on),
        decided_by=message.decided_by,
        reasons=message.reasons,
        party_heard=message.party_heard,
        moved_out_on=fields.day("moved_out_on", message.moved_out_on, optional=True),
        joint_area_assessed=fields.word("joint_area_assessed", message.joint_area_assessed, STATED),
    )


def _enforcement_requested(message: messages.EnforcementRequested, fields: Fields) -> facts.Fact:
    return facts.EnforcementRequested(
        requested_on=fields.day("requested_on", message.requested_on),
        police_limit=fields.day("police_limit", message.police_limit),
        stated=_each_word(fields, "stated", message.stated, _DETAILS),
        sent_on=fields.day("sent_on", message.sent_on, optional=True),
    )


def _sale_criteria_checked(message: messages.SaleCriteriaChecked, fields: Fields) -> facts.Fact:
    met = fields.word("criteria_met", message.criteria_met, STATED)
    if message.criteria_met == core.STATED_UNSPECIFIED:
        fields.bad("criteria_met", "is not given")
    return facts.SaleCriteriaChecked(
        checked_on=fields.day("checked_on", message.checked_on),
        criteria_met=met,
        decided_by=message.decided_by,
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
        plan=None if plan == 0 else fields.word("plan", plan, _PLAN_KINDS),
        minister_asked=message.minister_asked,
    )


_READERS: dict[str, Callable[[Any, Fields], facts.Fact]] = {
    "household_registered": _household_registered,
    "household_member": _household_member,
    "members_attested": _members_attested,
    "benefit_period": _benefit_period,
    "benefits_attested": _benefits_attested,
    "citizenship_attested": _citizenship_attested,
    "enrolment_attested": _enrolment_attested,
    "fallback_decided": _fallback_decided,
    "area_registered": _area_registered,
    "area_parcels": _area_parcels,
    "area_figures": _area_figures,
    "dwelling_recorded": _dwelling_recorded,
    "family_dwellings_counted": _dwellings_counted,
    "exemption_decided": _exemption_decided,
    "plan_approved": _plan_approved,
    "plan_carried_out": _plan_carried_out,
    "reading_chosen": _reading_chosen,
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
"""How each kind of fact is read, by its name in `Fact`; a test holds it complete."""
