"""What must hold of facts about letting before they are recorded."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from domain import facts
from domain.facts import Criterion, CriterionKind
from domain.law.editions import CURRENT

if TYPE_CHECKING:
    from services.facts.checks import Checked

MOST_ALTERNATIVES = 20
MOST_CRITERIA = 10
MOST_DEPARTMENTS = 200
MOST_HOURS = 168
MOST_MONTHS = 600
MOST_AGE = 120
MOST_RANK = 99

_HASH = re.compile(r"[0-9a-f]{64}")
_READING = re.compile(r"[A-Z0-9-]+=[a-z_]+")

_FORMS: dict[CriterionKind, frozenset[str]] = {
    CriterionKind.WORK: frozenset({"hours", "excluded", "start_within", "months"}),
    CriterionKind.EDUCATION: frozenset(
        {"months", "full_time", "su_eligible", "in_municipality", "apprentice"}
    ),
    CriterionKind.AGE: frozenset({"age"}),
    CriterionKind.PENSION: frozenset(),
    CriterionKind.SEPARATION: frozenset({"months"}),
}
"""What may be asked with each kind of criterion."""

_SEEN: dict[CriterionKind, frozenset[str]] = {
    CriterionKind.WORK: frozenset({"hours", "job"}),
    CriterionKind.EDUCATION: frozenset({"full_time", "su_eligible", "in_municipality", "months"}),
    CriterionKind.AGE: frozenset({"age"}),
    CriterionKind.PENSION: frozenset(),
    CriterionKind.SEPARATION: frozenset(),
}
"""What may be attested of a document seen for each kind of criterion."""


def check(fact: facts.Fact, field: Checked, today: date) -> bool:
    """Note every wrong field of a fact about letting; False when it is about something else."""
    match fact:
        case facts.CriteriaSet():
            _criteria(fact, field, today)
        case facts.CombinedLettingDecided():
            field.day("decided_on", fact.decided_on, today, past=True)
            field.days(fact, today)
            field.day("evaluated_on", fact.evaluated_on, today, past=True)
            field.order("first_day", fact.decided_on, fact.first_day)
            field.order("evaluated_on", fact.decided_on, fact.evaluated_on)
        case facts.ApprovalSchemeDecided() | facts.OccupancyCapUsed():
            field.days(fact, today)
            field.municipality(fact.municipality)
            field.number_of_organisation(fact.organisation)
        case facts.BenefitConditionAttested():
            _attested(fact, field, today)
        case facts.SightAttested():
            _sight(fact, field, today)
        case facts.NothingShown():
            field.days(fact, today)
            field.day("first_day", fact.first_day, today, past=True)
            field.listed("kinds", fact.kinds, MOST_DEPARTMENTS, empty=False)
        case facts.CertificateSeen():
            field.day("seen_on", fact.seen_on, today, past=True)
            field.day("expires_on", fact.expires_on, today)
            field.order("expires_on", fact.seen_on, fact.expires_on)
            field.opaque("seen_by", fact.seen_by)
        case facts.TerminationNotified():
            field.day("terminated_on", fact.terminated_on, today, past=True)
        case facts.OverdueDebt():
            field.days(fact, today)
            field.day("first_day", fact.first_day, today, past=True)
        case facts.DispensationDecided():
            field.decision(fact, today)
            field.listed("factors", fact.factors, MOST_DEPARTMENTS, empty=False)
        case facts.OppositionAssessed():
            field.decision(fact, today)
            field.named("dwelling", fact.dwelling)
        case facts.ApprovalAnswered():
            field.day("received_on", fact.received_on, today, past=True)
            field.day("sent_on", fact.sent_on, today, past=True)
            field.order("sent_on", fact.received_on, fact.sent_on)
            field.named("dwelling", fact.dwelling)
        case _:
            return False
    return True


def _criteria(fact: facts.CriteriaSet, field: Checked, today: date) -> None:
    field.opaque("criteria", fact.criteria)
    field.municipality(fact.municipality)
    field.day("set_on", fact.set_on, today, past=True)
    field.days(fact, today)
    field.order("first_day", fact.set_on, fact.first_day)
    field.day("announced_on", fact.announced_on, today, past=True)
    field.order("announced_on", fact.set_on, fact.announced_on)
    field.day("revised_on", fact.revised_on, today, past=True)
    field.order("revised_on", fact.set_on, fact.revised_on)
    _place(fact, field)
    if not 1 <= fact.share <= 100:
        field.bad("share", "must lie from 1 to 100 per cent")
    _between("exempt_age", fact.exempt_age, MOST_AGE, field)
    if not fact.alternatives:
        field.bad("alternatives", "is empty; name at least one")
    if len(fact.alternatives) > MOST_ALTERNATIVES:
        field.bad("alternatives", f"at most {MOST_ALTERNATIVES} are allowed")
    for index, alternative in enumerate(fact.alternatives):
        path = f"alternatives[{index}]"
        _between(f"{path}.rank", alternative.rank, MOST_RANK, field)
        if not 1 <= len(alternative.all_of) <= MOST_CRITERIA:
            field.bad(f"{path}.all_of", f"must name from 1 to {MOST_CRITERIA} criteria")
        for number, criterion in enumerate(alternative.all_of):
            _criterion(criterion, f"{path}.all_of[{number}]", field)
    set_by_law = fact.basis is facts.CriteriaBasis.MUNICIPALITY
    if set_by_law and not {"work", "education"} <= {
        str(each.kind) for one in fact.alternatives for each in one.all_of
    }:
        field.bad(
            "alternatives", "criteria under § 60, stk. 4 must ask for work and for education too"
        )


def _place(fact: facts.CriteriaSet, field: Checked) -> None:
    if fact.basis is facts.CriteriaBasis.MUNICIPALITY:
        if fact.area is None:
            field.bad("area", "is empty; criteria under § 60, stk. 4 are set for an area")
        if fact.departments:
            field.bad("departments", "must be empty; criteria under § 60, stk. 4 cover an area")
        return
    if fact.area is not None:
        field.bad("area", "must be empty; agreed criteria cover departments")
    if not fact.departments:
        field.bad("departments", "is empty; name at least one")
    if len(fact.departments) > MOST_DEPARTMENTS:
        field.bad("departments", f"at most {MOST_DEPARTMENTS} are allowed")
    field.number_of_organisation(fact.organisation)
    for index, department in enumerate(fact.departments):
        if department in fact.departments[:index]:
            field.bad(f"departments[{index}]", "is named twice")


def _criterion(criterion: Criterion, path: str, field: Checked) -> None:
    if criterion.kind is None:
        return
    allowed = _FORMS[criterion.kind]
    for name in Criterion.__struct_fields__:
        given = getattr(criterion, name)
        if name == "kind" or name in allowed or given in (None, False, ()):
            continue
        field.bad(f"{path}.{name}", f"says nothing in a criterion of {criterion.kind}")
    _between(f"{path}.hours", criterion.hours, MOST_HOURS, field)
    _between(f"{path}.months", criterion.months, MOST_MONTHS, field)
    _between(f"{path}.age", criterion.age, MOST_AGE, field)
    if criterion.start_within is not None and not 0 <= criterion.start_within <= MOST_MONTHS:
        field.bad(f"{path}.start_within", f"must lie from 0 to {MOST_MONTHS} months")
    if criterion.kind is CriterionKind.AGE and criterion.age is None:
        field.bad(f"{path}.age", "is not given")


def _between(name: str, value: int | None, most: int, field: Checked) -> None:
    if value is not None and not 1 <= value <= most:
        field.bad(name, f"must lie from 1 to {most}")


def _attested(fact: facts.BenefitConditionAttested, field: Checked, today: date) -> None:
    field.day("day", fact.day, today, past=True)
    field.municipality(fact.municipality)
    if not _HASH.fullmatch(fact.receipt_hash):
        field.bad("receipt_hash", "must be the receipt's hash: 64 hex digits, a-f in lower case")
    for index, reading in enumerate(fact.readings):
        if not _READING.fullmatch(reading) or reading.split("=")[0] not in CURRENT.points:
            field.bad(f"readings[{index}]", "is not an open point and its reading, AMB-NAMEGAP=a")
    for index, point in enumerate(fact.points):
        if point not in CURRENT.points:
            field.bad(f"points[{index}]", "is not an open point of the edition of the law in use")


def _sight(fact: facts.SightAttested, field: Checked, today: date) -> None:
    field.day("seen_on", fact.seen_on, today, past=True)
    field.days(fact, today)
    field.day("expires_on", fact.expires_on, today)
    field.order("expires_on", fact.seen_on, fact.expires_on)
    field.opaque("seen_by", fact.seen_by)
    _between("hours", fact.hours, MOST_HOURS, field)
    _between("months", fact.months, MOST_MONTHS, field)
    _between("age", fact.age, MOST_AGE, field)
    if fact.kind is None:
        return
    for name in ("hours", "job", "full_time", "su_eligible", "in_municipality", "months", "age"):
        if name not in _SEEN[fact.kind] and getattr(fact, name) not in (None, False):
            field.bad(name, f"says nothing of {fact.kind}")
    if fact.kind is CriterionKind.WORK and fact.hours is None:
        field.bad("hours", "is not given")
    if fact.kind is CriterionKind.AGE and fact.age is None:
        field.bad("age", "is not given")
