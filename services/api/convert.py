"""Requests to what the domain works on; strict, and every wrong field noted.

A value that can't be read is noted as wrong and becomes None, so that the rest of the request
can still be checked; a request with a wrong field is never carried out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
from services.api import letting_facts, termination_facts
from services.api.letting_facts import said
from services.api.termination_facts import STATED
from services.facts.checks import FIRST_DAY, LAST_DAY, NewFact
from services.facts.fields import FieldErrors
from services.facts.recording import Context

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
    core.LIST_KIND_COMBINED_LETTING: facts.ListKind.COMBINED_LETTING,
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
DWELLING_KINDS = {
    core.DWELLING_KIND_FAMILY: facts.DwellingKind.FAMILY,
    core.DWELLING_KIND_YOUTH: facts.DwellingKind.YOUTH,
    core.DWELLING_KIND_ELDERLY: facts.DwellingKind.ELDERLY,
    core.DWELLING_KIND_PRIVATE: facts.DwellingKind.PRIVATE,
}
_DWELLING_MARKS = {
    messages.DWELLING_MARK_UNSPECIFIED: facts.DwellingMark.NONE,
    messages.DWELLING_MARK_STARTBOLIG: facts.DwellingMark.STARTBOLIG,
    messages.DWELLING_MARK_REDESIGNATED: facts.DwellingMark.REDESIGNATED,
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
_RELEASED_FROM = {
    number: facts.ReleasedFrom(name.removeprefix("RELEASED_FROM_").lower())
    for name, number in messages.ReleasedFrom.items()
    if number != messages.RELEASED_FROM_UNSPECIFIED
}
_CONVICTED = {messages.CONVICTED_YES: True, messages.CONVICTED_NO: False}
_ACTION_PLANS = {
    number: facts.ActionPlan(name.removeprefix("ACTION_PLAN_").lower())
    for name, number in messages.ActionPlan.items()
    if number != messages.ACTION_PLAN_UNSPECIFIED
}
_ENDINGS = {
    messages.TENANCY_ENDING_LANDLORD: facts.TenancyEnding.LANDLORD,
    messages.TENANCY_ENDING_SETTLEMENT: facts.TenancyEnding.SETTLEMENT,
    messages.TENANCY_ENDING_DISPUTED: facts.TenancyEnding.DISPUTED,
}
_CAUSES = {
    messages.TERMINATION_CAUSE_GROSS_BREACH_OF_GOOD_ORDER: True,
    messages.TERMINATION_CAUSE_OTHER: False,
}
_ANSWERS = {messages.ANSWER_YES: True, messages.ANSWER_NO: False}
_RIGHTS = {
    number: facts.ReferralRight(name.removeprefix("REFERRAL_RIGHT_").lower())
    for name, number in messages.ReferralRight.items()
    if number != messages.REFERRAL_RIGHT_UNSPECIFIED
}
_ENROLMENTS = {messages.ENROLMENT_ENROLLED: True, messages.ENROLMENT_NOT_ENROLLED: False}
_ASSESSMENTS = {
    messages.ASSESSMENT_UNSPECIFIED: None,
    messages.ASSESSMENT_POSSIBLE: True,
    messages.ASSESSMENT_NOT_POSSIBLE: False,
}
_AREA_CHANGES = {
    messages.AREA_CHANGE_SPLIT: facts.AreaChange.SPLIT,
    messages.AREA_CHANGE_MERGER: facts.AreaChange.MERGER,
    messages.AREA_CHANGE_EXTENSION: facts.AreaChange.EXTENSION,
}
SHARE_BASES = {
    number: facts.ShareBasis(name.removeprefix("SHARE_BASIS_").lower())
    for name, number in messages.ShareBasis.items()
    if number != messages.SHARE_BASIS_UNSPECIFIED
}
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

    def given(self, field: str, message: Any) -> Any:
        """Read a number or a yes or no that must be said: what is left out is not its default."""
        if not message.HasField(field):
            self.bad(field, "is not given; say it, also where it is 0 or false")
        return getattr(message, field)

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
            found = date.fromisoformat(text)
        except ValueError:
            self.bad(field, "is no day of the calendar")
            return None
        if not FIRST_DAY <= found <= LAST_DAY:
            self.bad(field, f"must lie from {FIRST_DAY} to {LAST_DAY}")
            return None
        return found

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
        role=fields.word("role", message.role, letting_facts.or_none(letting_facts.ROLES)),
        together_since=fields.day("together_since", message.together_since, optional=True),
        together_by=fields.word(
            "together_by", message.together_by, letting_facts.or_none(letting_facts.PROOFS)
        ),
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


def _release_recorded(message: messages.ReleaseRecorded, fields: Fields) -> facts.Fact:
    return facts.ReleaseRecorded(
        released_on=fields.day("released_on", message.released_on),
        released_from=fields.word("released_from", message.released_from, _RELEASED_FROM),
        convicted=fields.word("convicted", message.convicted, _CONVICTED),
        convicted_on=fields.day("convicted_on", message.convicted_on, optional=True),
        action_plan=fields.word("action_plan", message.action_plan, _ACTION_PLANS),
        under_18_until=fields.day("under_18_until", message.under_18_until, optional=True),
    )


def _releases_attested(message: messages.ReleasesAttested, fields: Fields) -> facts.Fact:
    return facts.ReleasesAttested(
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day),
    )


def _termination_recorded(message: messages.TerminationRecorded, fields: Fields) -> facts.Fact:
    return facts.TerminationRecorded(
        ended_on=fields.day("ended_on", message.ended_on),
        ending=fields.word("ending", message.ending, _ENDINGS),
        gross_breach=fields.word("cause", message.cause, _CAUSES),
        given_on=fields.day("given_on", message.given_on, optional=True),
    )


def _terminations_attested(message: messages.TerminationsAttested, fields: Fields) -> facts.Fact:
    return facts.TerminationsAttested(
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day),
    )


def _refugee_attested(message: messages.RefugeeAttested, fields: Fields) -> facts.Fact:
    return facts.RefugeeAttested(
        allocated=fields.word("allocated", message.allocated, _ANSWERS),
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
    )


def _ukraine_permit(message: messages.UkrainePermitAttested, fields: Fields) -> facts.Fact:
    return facts.UkrainePermitAttested(
        permit=fields.word("permit", message.permit, _ANSWERS),
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
    )


def _ukraine_decided(message: messages.UkraineDecided, fields: Fields) -> facts.Fact:
    return facts.UkraineDecided(
        decision_day=fields.day("decision_day", message.decision_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
        decided_by=message.decided_by,
        reasons=message.reasons,
        **said(message, "party_heard"),
    )


def _replacement_right(message: messages.ReplacementRightAttested, fields: Fields) -> facts.Fact:
    return facts.ReplacementRightAttested(
        entitled=fields.word("entitled", message.entitled, _ANSWERS),
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
    )


def _referral_right(message: messages.ReferralRightDecided, fields: Fields) -> facts.Fact:
    return facts.ReferralRightDecided(
        municipality=message.municipality,
        right=fields.word("right", message.right, _RIGHTS),
        decision_day=fields.day("decision_day", message.decision_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
        organisation=message.organisation,
        areas=tuple(message.areas),
        properties=tuple(message.properties),
        half_of_own_flats=message.half_of_own_flats,
        decided_by=message.decided_by,
    )


def _referral_agreed(message: messages.ReferralAgreed, fields: Fields) -> facts.Fact:
    return facts.ReferralAgreed(
        municipality=message.municipality,
        organisation=message.organisation,
        kind=fields.word("kind", message.kind, DWELLING_KINDS),
        agreed_on=fields.day("agreed_on", message.agreed_on),
        last_day=fields.day("last_day", message.last_day, optional=True),
    )


def _increase_approved(message: messages.ReferralIncreaseApproved, fields: Fields) -> facts.Fact:
    return facts.ReferralIncreaseApproved(
        municipality=message.municipality,
        approved_on=fields.day("approved_on", message.approved_on),
        last_day=fields.day("last_day", message.last_day, optional=True),
        dwellings=message.dwellings,
    )


def _private_agreed(message: messages.PrivateReferralAgreed, fields: Fields) -> facts.Fact:
    return facts.PrivateReferralAgreed(
        municipality=message.municipality,
        property=message.property,
        agreed_on=fields.day("agreed_on", message.agreed_on),
        last_day=fields.day("last_day", message.last_day, optional=True),
        owners_invited=fields.given("owners_invited", message),
        share=message.share,
        named=tuple(message.named),
        flats=message.flats,
    )


def _fallback_decided(message: messages.FallbackDecided, fields: Fields) -> facts.Fact:
    return facts.FallbackDecided(
        decision_day=fields.day("decision_day", message.decision_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
        decided_by=message.decided_by,
        reasons=message.reasons,
        **said(message, "party_heard"),
        prevention_area_possible=fields.word(
            "prevention_area", message.prevention_area, _ASSESSMENTS
        ),
        **said(message, "other_municipalities_tried"),
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


def _area_renamed(message: messages.AreaRenamed, fields: Fields) -> facts.Fact:
    return facts.AreaRenamed(
        area=message.area, name=message.name, first_day=fields.day("first_day", message.first_day)
    )


def _area_change_approved(message: messages.AreaChangeApproved, fields: Fields) -> facts.Fact:
    return facts.AreaChangeApproved(
        area=message.area,
        change=fields.word("change", message.change, _AREA_CHANGES),
        parts=tuple(
            facts.AreaPart(area=part.area, parcels=tuple(part.parcels)) for part in message.parts
        ),
        approved_on=fields.day("approved_on", message.approved_on),
        source=message.source,
    )


def _grouping_approved(message: messages.GroupingApproved, fields: Fields) -> facts.Fact:
    return facts.GroupingApproved(
        area=message.area,
        approved_on=fields.day("approved_on", message.approved_on),
        last_day=fields.day("last_day", message.last_day, optional=True),
        source=message.source,
    )


def _origin_suspended(message: messages.OriginCriterionSuspended, fields: Fields) -> facts.Fact:
    return facts.OriginCriterionSuspended(
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
        decided_by=message.decided_by,
        reason=message.reason,
        legal_basis=message.legal_basis,
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
            unattached_share_4_years=given.unattached_share_4_years or None,
            convicted_share=given.convicted_share or None,
            convicted_share_country=given.convicted_share_country or None,
            convicted_limit=given.convicted_limit or None,
            convicted_share_adults=given.convicted_share_adults or None,
            convicted_per_10000=given.convicted_per_10000 or None,
            basic_schooling_share=given.basic_schooling_share or None,
            income_ratio=given.income_ratio or None,
            nonwestern_share=given.nonwestern_share or None,
            outside_labour_market_share=given.outside_labour_market_share or None,
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
        kind=fields.word("kind", message.kind, DWELLING_KINDS),
        area=message.area or None,
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
        organisation=message.organisation,
        department=message.department,
        department_areas=tuple(message.department_areas),
        mark=fields.word("mark", message.mark, _DWELLING_MARKS),
        property=message.property,
        rooms=message.rooms or None,
        care=fields.word("care", message.care, STATED),
    )


def _dwellings_counted(message: messages.FamilyDwellingsCounted, fields: Fields) -> facts.Fact:
    return facts.FamilyDwellingsCounted(
        municipality=message.municipality,
        counted_on=fields.day("counted_on", message.counted_on),
        in_listed_areas=fields.given("in_listed_areas", message),
        in_municipality=fields.given("in_municipality", message),
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


def _letting_share_decided(message: messages.LettingShareDecided, fields: Fields) -> facts.Fact:
    return facts.LettingShareDecided(
        organisation=message.organisation,
        basis=fields.word("basis", message.basis, SHARE_BASES),
        kind=fields.word("kind", message.kind, DWELLING_KINDS),
        numerator=message.numerator,
        denominator=message.denominator,
        departments=tuple(message.departments),
        first_day=fields.day("first_day", message.first_day),
        last_day=fields.day("last_day", message.last_day, optional=True),
        decided_by=message.decided_by,
        reference=message.reference,
    )


def _reading_chosen(message: messages.ReadingChosen, fields: Fields) -> facts.Fact:
    return facts.ReadingChosen(
        point=message.point,
        reading=message.reading,
        first_day=fields.day("first_day", message.first_day),
        chosen_by=message.chosen_by,
        reason=message.reason,
    )


_READERS: dict[str, Callable[[Any, Fields], facts.Fact]] = {
    "household_registered": _household_registered,
    "household_member": _household_member,
    "members_attested": _members_attested,
    "benefit_period": _benefit_period,
    "benefits_attested": _benefits_attested,
    "citizenship_attested": _citizenship_attested,
    "enrolment_attested": _enrolment_attested,
    "release_recorded": _release_recorded,
    "releases_attested": _releases_attested,
    "termination_recorded": _termination_recorded,
    "terminations_attested": _terminations_attested,
    "refugee_attested": _refugee_attested,
    "ukraine_permit_attested": _ukraine_permit,
    "ukraine_decided": _ukraine_decided,
    "replacement_right_attested": _replacement_right,
    "referral_right_decided": _referral_right,
    "referral_agreed": _referral_agreed,
    "referral_increase_approved": _increase_approved,
    "private_referral_agreed": _private_agreed,
    "fallback_decided": _fallback_decided,
    "area_registered": _area_registered,
    "area_parcels": _area_parcels,
    "area_figures": _area_figures,
    "area_renamed": _area_renamed,
    "area_change_approved": _area_change_approved,
    "grouping_approved": _grouping_approved,
    "origin_criterion_suspended": _origin_suspended,
    "dwelling_recorded": _dwelling_recorded,
    "family_dwellings_counted": _dwellings_counted,
    "exemption_decided": _exemption_decided,
    "plan_approved": _plan_approved,
    "plan_carried_out": _plan_carried_out,
    "reading_chosen": _reading_chosen,
    "letting_share_decided": _letting_share_decided,
    **letting_facts.READERS,
    **termination_facts.READERS,
}
"""How each kind of fact is read, by its name in `Fact`; a test holds it complete."""
