"""The top body without the department, its board, the municipality's order, and the language.

Almenboligloven §§ 13, 37, stk. 4-7, and 165 a. What was put to a department, and what it answered,
are facts; what is to be decided is part of the question.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from domain.events import Recorded
from domain.facts import DepartmentVoted, TopBodyDecided, VoteResult
from domain.law import acts
from domain.law.area.categories import Category
from domain.law.area.reached import reached
from domain.law.edition import Edition
from domain.law.kernel import (
    Change,
    Condition,
    Effect,
    Finding,
    Missing,
    Readings,
    Status,
    as_stated,
    checklist,
    declared,
    rule,
)
from domain.law.standing import newest
from domain.law.undecided import none_recorded
from domain.reference import View


class WorksMeasure(StrEnum):
    """What kind of works or activities are to be carried out (§ 37, stk. 4)."""

    MAJOR_RENOVATION = "major_renovation"
    """Nr. 1: *større renoveringsarbejder*."""
    MAJOR_ENERGY_SAVING = "major_energy_saving"
    """Nr. 2: *større energibesparende foranstaltninger*."""
    SOCIAL_MASTER_PLAN = "social_master_plan"
    """Nr. 3: *boligsociale helhedsplaner*."""
    FUTURE_PROOFING = "future_proofing"
    """Nr. 4: *fremtidssikring af bebyggelsen*."""
    AGAINST_VULNERABLE_AREAS = "against_vulnerable_areas"
    """Nr. 5: efforts that prevent vulnerable areas from forming or lasting, wherever they are."""
    OTHER = "other"


REPORTED = (("reported", "yes"),)
"""What a finding says where the top body's decision was reported (§ 37, stk. 7)."""


class Works(NamedTuple):
    """What is stated of the works or activities that are to be decided; None: not stated."""

    organisation: str
    department: str
    project: str
    measure: WorksMeasure | None
    necessary: bool | None
    kitchens_or_bathrooms: bool | None
    needed_for_whole: bool | None

    @property
    def named(self) -> bool:
        """It is said whose they are, where, and which."""
        return bool(self.organisation and self.department and self.project)

    @property
    def key(self) -> str:
        """What facts about them are found by."""
        return f"department:{self.organisation}/{self.department}/{self.project}"


_about_governance = partial(
    rule,
    question="governance",
    act=acts.LOV_1322_2018,
    first_day=acts.LOV_1322_2018.in_force,
)


# --- The working language -------------------------------------------------------------------


@_about_governance("GOV-13", "almenboligloven § 13", effect=Effect.BANS)
def not_in_danish(danish: bool | None, day: date) -> Finding:
    """§ 13: the working language is Danish; met: a decision against that, which has no validity.

    None: not stated.
    """
    if danish is None:
        missing = Missing("working_language_stated", "housing_organisation")
        return Finding(Status.UNKNOWN, (), (), (missing,))
    if danish:
        return Finding(Status.NOT_MET)
    return Finding(Status.MET, changes=(Change("decided_anew_in_danish"),))


# --- The top body without the department ----------------------------------------------------


@_about_governance(
    "GOV-37-4",
    "almenboligloven § 37, stk. 4-5",
    act=f"{acts.ALMENBOLIGLOVEN}; {acts.LOV_1322_2018}",
    effect=Effect.ALLOWS,
    parameters={
        "measures": sorted(each for each in WorksMeasure if each is not WorksMeasure.OTHER)
    },
)
def without_department(view: View, municipality: str, works: Works, day: date) -> Finding:
    """§ 37, stk. 4-5: the top body may decide certain works that the department has not approved.

    They must be needed to keep dwellings and department up to date and competitive. Kitchens or
    bathrooms alone need the department's consent. With its approval nothing of this is needed.
    """
    answered = _answered(view, municipality, works, day)
    if answered.status is Status.NOT_APPLICABLE:
        return answered
    conditions = [
        Condition(
            "approval_not_obtained",
            answered.status,
            answered.evidence,
            answered.values,
            answered.missing,
        ),
        _measure(works.measure),
        as_stated(_NECESSARY, works.necessary),
        _kitchens(works),
    ]
    found = _through(answered, checklist(conditions))
    if found.status is Status.MET and reported(view, works, day):
        return Finding(found.status, found.evidence, REPORTED, conditions=found.conditions)
    if found.status is not Status.NOT_MET:
        return found
    asked = answered.status is not Status.NOT_MET
    change = Change("department_approves" if asked else "department_asked")
    return Finding(found.status, found.evidence, (), (), (change,), found.conditions)


def _answered(view: View, municipality: str, works: Works, day: date) -> Finding:
    """Say whether the department's approval could not be had; not applicable: it was.

    The last vote counts, which a ballot may be. One that was not held in Danish is none (§ 13).
    """
    if not works.named:
        missing = Missing("works_named", "housing_organisation")
        return Finding(Status.UNKNOWN, (), (), (missing,))
    held = [item for item in view.find(DepartmentVoted, works.key) if item.fact.voted_on <= day]
    for item in sorted(held, key=lambda item: (item.fact.voted_on, item.position), reverse=True):
        values = (("vote", str(item.fact.result)), ("voted_on", item.fact.voted_on.isoformat()))
        if item.fact.danish is None:
            missing = Missing("working_language_of_vote", "housing_organisation", values[1:])
            return Finding(Status.UNKNOWN, (item,), values, (missing,))
        if item.fact.danish:
            approved = item.fact.result is VoteResult.APPROVED
            status = Status.NOT_APPLICABLE if approved else Status.MET
            return Finding(status, (item,), values)
    none = none_recorded(view, DepartmentVoted, municipality, day, ("vote", "none"))
    return Finding(none.status, (*held, *none.evidence), none.values, none.missing)


def _measure(measure: WorksMeasure | None) -> Condition:
    if measure is None:
        return _MEASURE
    status = Status.NOT_MET if measure is WorksMeasure.OTHER else Status.MET
    return Condition("measure_named_in_act", status, (), (("measure", str(measure)),))


def _kitchens(works: Works) -> Condition:
    """Stk. 5, 2. pkt.: kitchens and bathrooms only where the whole project needs them."""
    if works.kitchens_or_bathrooms is False or works.needed_for_whole:
        return as_stated(_KITCHENS, True)
    if works.kitchens_or_bathrooms and works.needed_for_whole is False:
        return as_stated(_KITCHENS, False)
    return _KITCHENS


# --- The implementation board ---------------------------------------------------------------


@_about_governance("GOV-REALISE", "almenboligloven § 37, stk. 6", effect=Effect.ALLOWS)
def implementation_board(
    view: View,
    municipality: str,
    works: Works,
    management_members: int | None,
    municipal_members: int | None,
    day: date,
) -> Finding:
    """§ 37, stk. 6: the board that the top body appoints for works decided under stk. 4 has at
    least one member of the organisation's management, and one that is of, or named by, the
    municipal council. Of a board for other works it says nothing.
    """
    decided = _decided(view, municipality, works, day)
    if decided.status is Status.NOT_MET:
        values = (("works", "not_decided"),)
        return Finding(Status.NOT_APPLICABLE, decided.evidence, values)
    conditions = (
        Condition(
            "decided_without_department",
            decided.status,
            decided.evidence,
            decided.values,
            decided.missing,
        ),
        as_stated(_MANAGEMENT, _is_one(management_members)),
        as_stated(_MUNICIPAL, _is_one(municipal_members)),
    )
    found = _through(decided, checklist(conditions))
    if found.status is not Status.NOT_MET:
        return found
    change = Change("board_completed")
    return Finding(found.status, found.evidence, (), (), (change,), found.conditions)


def decision(view: View, works: Works, day: date) -> Recorded[TopBodyDecided] | None:
    """Return the top body's last decision of the works up to `day` that was made in Danish, or of
    which the language is not stated; one in another language has no validity (§ 13).
    """
    held = (i for i in view.find(TopBodyDecided, works.key) if i.fact.danish is not False)
    return newest(held, day, "decided_on")


def reported(view: View, works: Works, day: date) -> bool:
    """Tell whether the top body's decision of the works was reported up to `day` (stk. 7)."""
    taken = decision(view, works, day)
    when = None if taken is None else taken.fact.reported_on
    return when is not None and when <= day


def _decided(view: View, municipality: str, works: Works, day: date) -> Finding:
    if not works.named:
        missing = Missing("works_named", "housing_organisation")
        return Finding(Status.UNKNOWN, (), (), (missing,))
    taken = decision(view, works, day)
    if taken is None:
        return none_recorded(view, TopBodyDecided, municipality, day, ("works", "not_decided"))
    values = (("decided_on", taken.fact.decided_on.isoformat()),)
    if taken.fact.danish is None:
        missing = Missing("working_language_of_decision", "housing_organisation", values)
        return Finding(Status.UNKNOWN, (taken,), values, (missing,))
    return Finding(Status.MET, (taken,), values)


def _is_one(members: int | None) -> bool | None:
    return None if members is None else members >= 1


# --- The municipality's order ---------------------------------------------------------------


@_about_governance(
    "GOV-165A",
    "almenboligloven § 165 a",
    act=f"{acts.LOV_1322_2018}; {acts.LOV_2157_2021}",
    effect=Effect.ALLOWS,
    areas=("vulnerable", "prevention", "former_transformation"),
)
def municipal_order(
    edition: Edition, view: View, area: str | None, day: date, readings: Readings
) -> Finding:
    """§ 165 a: the municipality may order efforts in a vulnerable or a prevention area, among them
    efforts against parallel societies; no body of the tenants' democracy has to agree. There are
    prevention areas since 30 November 2021.
    """
    kinds = (Category.VULNERABLE, Category.PREVENTION)
    return reached(edition, view, area, kinds, day, readings)


# --- What the rules share -------------------------------------------------------------------


def _through(gate: Finding, found: Finding) -> Finding:
    """Leave a rule open where it is not known whether it is needed: what else it lacks may then not
    matter.
    """
    if gate.status is Status.UNKNOWN and found.status is Status.NOT_MET:
        return Finding(
            Status.UNKNOWN, found.evidence, (), gate.missing, conditions=found.conditions
        )
    return found


# Conditions that the question leaves out.
_MEASURE = Condition(
    "measure_named_in_act",
    Status.UNKNOWN,
    missing=(Missing("measure_named_in_act_stated", "housing_organisation"),),
)
_NECESSARY = Condition(
    "works_necessary",
    Status.UNKNOWN,
    missing=(Missing("works_necessary_stated", "housing_organisation"),),
)
_KITCHENS = Condition(
    "kitchens_part_of_whole",
    Status.UNKNOWN,
    missing=(Missing("kitchens_part_of_whole_stated", "housing_organisation"),),
)
_MANAGEMENT = Condition(
    "management_member",
    Status.UNKNOWN,
    missing=(Missing("management_member_stated", "housing_organisation"),),
)
_MUNICIPAL = Condition(
    "municipal_member",
    Status.UNKNOWN,
    missing=(Missing("municipal_member_stated", "housing_organisation"),),
)


RULES = declared(globals())
