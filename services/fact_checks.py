"""What must hold of facts before they are recorded; every wrong field is named at once.

A field that could not be read (its error is noted already) stands in the fact as None, and the
other fields of that fact are checked all the same; such a fact is never recorded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain import canonical, cpr, facts
from domain.calendar import covers
from domain.data_classes import DataClass, SubjectKind
from domain.events import BY_FACT, EventType, Recorded
from domain.facts import Benefit
from domain.law.offences import CITATIONS
from domain.law.package import CURRENT
from domain.reference import View
from services.area_lists import LARGEST_FIGURE, MADE_UP_MUNICIPALITY
from services.fields import FieldErrors
from services.instance import Instance
from services.person_facts import Erased, Reader

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)
"""No day of a fact may lie outside these; an open end is left empty, not written far away."""

LONGEST_NAME = 200
LONGEST_SOURCE = 500
LONGEST_REASONS = 4_000
MOST_PARCELS = 1_000
MOST_AREAS = 100
MOST_RESIDENTS = 1_000_000
"""Limits of a fact, in characters or entries; docs/api.md states them."""

LAST_BEFORE_REFORM = date(2025, 6, 30)
_EXISTED: dict[Benefit, tuple[date, date]] = {
    # Lov nr. 1655 af 30/12/2024: the cash-benefit reform of 1 July 2025.
    Benefit.KONTANTHJAELP_16_1: (date(2025, 7, 1), LAST_DAY),
    Benefit.KONTANTHJAELP_16_2: (date(2025, 7, 1), LAST_DAY),
    Benefit.SELVFORSOERGELSES_OG_HJEMREJSEYDELSE: (FIRST_DAY, LAST_BEFORE_REFORM),
    Benefit.OVERGANGSYDELSE: (FIRST_DAY, LAST_BEFORE_REFORM),
    Benefit.UDDANNELSESHJAELP: (FIRST_DAY, LAST_BEFORE_REFORM),
}
"""The days that a benefit existed, where the reform ended or made it."""

_MUNICIPALITY = re.compile(r"[0-9]{4}")
_AREA = re.compile(r"[0-9]{4}(-[a-z0-9]+)+")
_OPAQUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_NUMBER = re.compile(r"[A-Za-z0-9-]{0,20}")
_SHARE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to record, whose it is, and how the caller knows it ("facts[2].benefit_period")."""

    fact: facts.Fact
    person: UUID | None = None
    household: UUID | None = None
    path: str = "fact"

    @property
    def event_type(self) -> EventType:
        """How the fact is written in the log."""
        return BY_FACT[type(self.fact)]

    @property
    def subject(self) -> UUID | None:
        """The person or household whose key seals the fact; None for an open one."""
        return self.household if self.event_type.of_household else self.person


def check(
    instance: Instance,
    view: View,
    new: Sequence[NewFact],
    reader: Reader,
    wrong: FieldErrors,
    *,
    corrects: UUID | None = None,
) -> None:
    """Note every wrong field of `new`, judged by itself, by each other and by what stands.

    What stands is taken as of the view's position. `corrects`: a fact that will not stand any
    more, and is therefore in nobody's way.
    """
    known = _Known(instance, view, new)
    for item in new:
        field = _Fields(item.path, wrong)
        _check_alone(item.fact, field, instance.today(), known)
        _check_subjects(item, field, known)
        _check_references(item.fact, field, known)
    _check_registrations(instance, view, new, reader, wrong, corrects)
    _check_memberships(instance, view, new, reader, wrong, corrects)
    _check_attestations(instance, view, new, reader, wrong, corrects)


class _Fields:
    """Notes wrong fields of one fact."""

    def __init__(self, path: str, wrong: FieldErrors) -> None:
        self._path = path
        self._wrong = wrong

    def bad(self, field: str, description: str) -> None:
        self._wrong.add(f"{self._path}.{field}", description)

    def day(self, field: str, day: date | None, today: date, *, past: bool = False) -> None:
        """Check one day; `past`: it may not lie after today."""
        if day is None:
            return
        if not FIRST_DAY <= day <= LAST_DAY:
            self.bad(field, f"must lie from {FIRST_DAY} to {LAST_DAY}")
        elif past and day > today:
            self.bad(field, f"lies after today, {today}")

    def days(self, fact: Any, today: date, *, past: bool = False) -> None:
        """Check the interval of a fact."""
        self.day("first_day", fact.first_day, today, past=past)
        self.day("last_day", fact.last_day, today, past=past)
        self.order("last_day", fact.first_day, fact.last_day)

    def order(self, field: str, first: date | None, last: date | None) -> None:
        """Check that one day does not lie before another."""
        if first is not None and last is not None and last < first:
            self.bad(field, f"lies before {first}")

    def text(
        self, field: str, text: str, longest: int, *, empty: bool = False, lines: bool = False
    ) -> None:
        """Check a text: its length, Unicode form, and that it can be printed."""
        if not text:
            if not empty:
                self.bad(field, "is empty")
            return
        if len(text) > longest:
            self.bad(field, f"has {len(text)} characters; at most {longest} are allowed")
        try:
            canonical.check_text(text, field)
        except canonical.NotCanonicalError:
            self.bad(field, "must be in Unicode normal form C (NFC)")
        if text != text.strip():
            self.bad(field, "must not begin or end with a space")
        if not (text.replace("\n", "") if lines else text).isprintable():
            self.bad(field, "holds a character that cannot be printed")

    def matches(self, field: str, text: str, pattern: re.Pattern[str], what: str) -> None:
        """Check a text against the pattern of an identifier."""
        if not pattern.fullmatch(text):
            self.bad(field, what)

    def municipality(self, code: str) -> None:
        """Check a municipality code."""
        self.matches("municipality", code, _MUNICIPALITY, "must be four digits, such as 9999")

    def share(self, field: str, text: str | None, largest: int) -> None:
        """Check a share: per cent as decimal text with a point."""
        if text is None:
            return
        if "," in text:
            self.bad(field, "has a comma; the decimal sign here is a point, as in 41.5")
        elif not _SHARE.fullmatch(text):
            self.bad(field, "must be per cent as decimal text with a point, such as 41.5")
        elif float(text) > largest:
            self.bad(field, f"must lie from 0 to {largest}")


class _Known:
    """Who and what is known: in the instance, or by a registration of the same request."""

    def __init__(self, instance: Instance, view: View, new: Sequence[NewFact]) -> None:
        self.instance = instance
        self.view = view
        self._kinds: dict[UUID, SubjectKind | None] = {}
        self.registered: defaultdict[UUID, set[SubjectKind]] = defaultdict(set)
        self._areas: dict[str, facts.AreaRegistered] = {}
        self._dwellings: set[str] = set()
        self._plans: defaultdict[str, list[date]] = defaultdict(list)
        for item in new:
            match item.fact:
                case facts.PersonRegistered() if item.person is not None:
                    self.registered[item.person].add(SubjectKind.PERSON)
                case facts.HouseholdRegistered() if item.household is not None:
                    self.registered[item.household].add(SubjectKind.HOUSEHOLD)
                case facts.AreaRegistered():
                    self._areas[item.fact.area] = item.fact
                case facts.DwellingRecorded():
                    self._dwellings.add(item.fact.dwelling)
                case facts.PlanApproved():
                    self._plans[item.fact.area].append(item.fact.approved_on)

    def kind(self, subject: UUID) -> SubjectKind | None:
        """Return what the key store knows the subject as."""
        if subject not in self._kinds:
            self._kinds[subject] = self.instance.keys.known(subject)
        return self._kinds[subject]

    def has_class(self, subject: UUID, data_class: DataClass) -> bool:
        """Tell whether the class can be written: it was not erased, or is begun anew here."""
        return subject in self.registered or data_class in self.instance.keys.tokens_of(subject)

    def area(self, area: str) -> facts.AreaRegistered | None:
        """Return the area as the request or the instance has it."""
        if area in self._areas:
            return self._areas[area]
        found = self.view.area(area)
        return None if found is None else found.fact

    def dwelling(self, dwelling: str) -> bool:
        """Tell whether the dwelling is recorded, by the request or before, for any day."""
        return dwelling in self._dwellings or bool(self.view.find(facts.DwellingRecorded, dwelling))

    def first_plan(self, area: str) -> date | None:
        """Return the day of the area's first approved plan."""
        approved = [item.fact.approved_on for item in self.view.find(facts.PlanApproved, area)]
        return min(filter(None, [*approved, *self._plans[area]]), default=None)

    @property
    def test_numbers_allowed(self) -> bool:
        """Tell whether CPR numbers made for tests are read: only in the made-up municipality."""
        return self.instance.created.municipality == MADE_UP_MUNICIPALITY


# --- Each fact by itself --------------------------------------------------------------------


def _check_alone(fact: facts.Fact, field: _Fields, today: date, known: _Known) -> None:
    match fact:
        case facts.PersonRegistered():
            field.text("name", fact.name, LONGEST_NAME, empty=True)
            if fact.cpr:
                try:
                    cpr.parse(fact.cpr, allow_test_numbers=known.test_numbers_allowed)
                except cpr.InvalidCpr as error:
                    field.bad("cpr", str(error).removeprefix("cpr: "))
        case facts.HouseholdRegistered():
            field.day("registered_on", fact.registered_on, today, past=True)
        case facts.HouseholdMember():
            field.days(fact, today)
        case facts.MembersAttested() | facts.CitizenshipAttested() | facts.EnrolmentAttested():
            field.days(fact, today, past=True)
        case facts.BenefitPeriod():
            field.days(fact, today, past=True)
            _check_benefit(fact, field, today)
        case facts.BenefitsAttested():
            field.days(fact, today, past=True)
            for index, benefit in enumerate(fact.benefits):
                if benefit in fact.benefits[:index]:
                    field.bad(f"benefits[{index}]", "is named twice")
        case facts.FallbackDecided():
            _check_decision(fact, field, today)
            field.text("reasons", fact.reasons, LONGEST_REASONS, lines=True)
        case facts.ExemptionDecided():
            _check_decision(fact, field, today)
            field.municipality(fact.municipality)
            field.share("share_used", fact.share_used, 100)
            _check_list("areas", fact.areas, MOST_AREAS, field, empty=False)
        case facts.DwellingRecorded():
            field.days(fact, today)
            field.municipality(fact.municipality)
            field.matches("dwelling_id", fact.dwelling, _OPAQUE, _OPAQUE_WHAT)
            field.matches("organisation", fact.organisation, _NUMBER, _NUMBER_WHAT)
            field.matches("department", fact.department, _NUMBER, _NUMBER_WHAT)
            _check_list("department_areas", fact.department_areas, MOST_AREAS, field)
        case facts.FamilyDwellingsCounted():
            field.municipality(fact.municipality)
            field.day("counted_on", fact.counted_on, today, past=True)
            for name in ("in_listed_areas", "in_municipality"):
                if getattr(fact, name) < 0:
                    field.bad(name, "must not be negative")
            if fact.in_listed_areas > fact.in_municipality:
                field.bad("in_listed_areas", "exceeds in_municipality, which it is a part of")
        case facts.ReadingChosen():
            field.day("first_day", fact.first_day, today)
            field.text("chosen_by", fact.chosen_by, LONGEST_NAME)
            field.text("reason", fact.reason, LONGEST_REASONS, lines=True)
        case facts.DisposalDecided():
            field.text("decided_by", fact.decided_by, LONGEST_NAME)
            field.day("decision_day", fact.decision_day, today, past=True)
            field.day("documented_on", fact.documented_on, today, past=True)
            _check_list("dwellings", fact.dwellings, MOST_DWELLINGS, field, empty=False)
            _check_list("grounds", fact.grounds, MOST_AREAS, field, empty=False)
        case _ if isinstance(fact, _OF_TERMINATION):
            _check_termination_fact(fact, field, today)
        case _:
            _check_area_fact(fact, field, today)


_OF_TERMINATION = (
    facts.PoliceNotice,
    facts.JudgmentInCase,
    facts.JudgmentsAttested,
    facts.DistanceMeasured,
    facts.ProportionalityWeighed,
    facts.TerminationDecided,
    facts.EnforcementRequested,
    facts.SaleCriteriaChecked,
)


def _check_termination_fact(fact: facts.Fact, field: _Fields, today: date) -> None:
    match fact:
        case facts.PoliceNotice():
            field.day("received_on", fact.received_on, today, past=True)
        case facts.JudgmentInCase():
            _check_judgment(fact, field, today)
        case facts.JudgmentsAttested():
            field.days(fact, today, past=True)
        case facts.DistanceMeasured():
            _check_distance(fact, field, today)
        case facts.ProportionalityWeighed():
            field.day("decision_day", fact.decision_day, today, past=True)
            field.text("decided_by", fact.decided_by, LONGEST_NAME)
            field.text("reasons", fact.reasons, LONGEST_REASONS, lines=True)
            for name in ("present", "absent"):
                _check_list(name, getattr(fact, name), MOST_AREAS, field)
            for index, factor in enumerate(fact.absent):
                if factor in fact.present:
                    field.bad(f"absent[{index}]", "is named as present too")
        case facts.TerminationDecided():
            field.matches("dwelling", fact.dwelling, _OPAQUE, _OPAQUE_WHAT)
            field.day("terminated_on", fact.terminated_on, today, past=True)
            field.text("decided_by", fact.decided_by, LONGEST_NAME)
            field.text("reasons", fact.reasons, LONGEST_REASONS, lines=True)
            field.day("moved_out_on", fact.moved_out_on, today, past=True)
            field.order("moved_out_on", fact.terminated_on, fact.moved_out_on)
        case facts.EnforcementRequested():
            field.day("requested_on", fact.requested_on, today, past=True)
            field.day("police_limit", fact.police_limit, today)
            field.day("sent_on", fact.sent_on, today, past=True)
            field.order("sent_on", fact.requested_on, fact.sent_on)
            _check_list("stated", fact.stated, MOST_AREAS, field)
        case facts.SaleCriteriaChecked():
            field.day("checked_on", fact.checked_on, today, past=True)
            field.text("decided_by", fact.decided_by, LONGEST_NAME)
        case _:
            raise TypeError(f"{type(fact).__name__} is not about a termination")


MOST_DAYS_OF_SANCTION = 36_525
MOST_DWELLINGS = 1_000
MOST_PROVISIONS = 50
FARTHEST_CM = 100_000_000
"""A thousand kilometres."""


def _check_judgment(fact: facts.JudgmentInCase, field: _Fields, today: date) -> None:
    """Check a judgment: known provisions, days in order, a sanction that agrees with itself."""
    field.matches("offence", fact.offence, _OPAQUE, _OPAQUE_WHAT)
    _check_list("provisions", fact.provisions, MOST_PROVISIONS, field, empty=False)
    for index, provision in enumerate(fact.provisions):
        if provision not in CITATIONS:
            field.bad(
                f"provisions[{index}]",
                "is not a provision that the law package in use knows; docs/data.md lists them",
            )
    for name in ("offence_day", "judgment_day", "appealed_on", "overturned_on"):
        field.day(name, getattr(fact, name), today, past=True)
    field.day("final_on", fact.final_on, today)
    field.order("judgment_day", fact.offence_day, fact.judgment_day)
    for name in ("appealed_on", "final_on", "overturned_on"):
        field.order(name, fact.judgment_day, getattr(fact, name))
    field.order("final_on", fact.appealed_on, fact.final_on)
    field.order("overturned_on", fact.appealed_on, fact.overturned_on)
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


def _check_distance(fact: facts.DistanceMeasured, field: _Fields, today: date) -> None:
    field.matches("offence", fact.offence, _OPAQUE, _OPAQUE_WHAT)
    field.matches("dwelling", fact.dwelling, _OPAQUE, _OPAQUE_WHAT)
    for name in ("shortest_cm", "longest_cm", "uncertainty_cm", "tolerance_um"):
        if not 0 <= getattr(fact, name) <= FARTHEST_CM:
            field.bad(name, f"must lie from 0 to {FARTHEST_CM}")
    if fact.longest_cm < fact.shortest_cm:
        field.bad("longest_cm", "is less than shortest_cm")
    if fact.crs != "EPSG:25832":
        field.bad("crs", "must be EPSG:25832")
    field.text("library", fact.library, LONGEST_NAME)
    field.text("library_version", fact.library_version, LONGEST_NAME)
    field.day("measured_on", fact.measured_on, today, past=True)


def _check_area_fact(fact: facts.Fact, field: _Fields, today: date) -> None:
    match fact:
        case facts.AreaRegistered():
            field.municipality(fact.municipality)
            field.text("name", fact.name, LONGEST_NAME)
            if not _AREA.fullmatch(fact.area):
                field.bad(
                    "area", "must be the municipality's code, a hyphen, and a-z, 0-9 or hyphens"
                )
            elif fact.area[:4] != fact.municipality:
                field.bad("area", "must begin with the code of its municipality")
        case facts.AreaParcels():
            field.day("first_day", fact.first_day, today)
            _check_list("parcels", fact.parcels, MOST_PARCELS, field, empty=False)
            for index, parcel in enumerate(fact.parcels):
                field.text(f"parcels[{index}]", parcel, LONGEST_NAME)
        case facts.AreaFigures():
            field.day("reference_day", fact.reference_day, today, past=True)
            field.text("source", fact.source, LONGEST_SOURCE)
            _check_figures(fact.figures, field)
        case facts.PlanApproved():
            field.day("approved_on", fact.approved_on, today, past=True)
        case facts.PlanCarriedOut():
            field.day("carried_out_on", fact.carried_out_on, today, past=True)
        case _:
            raise TypeError(f"{type(fact).__name__} is not recorded fact by fact")


_NO_DWELLING = "no dwelling with this id is recorded here; record it first"
_OPAQUE_WHAT = "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -, the first a letter or digit"
_NUMBER_WHAT = "must be at most 20 characters of A-Z a-z 0-9 -"


def _check_benefit(fact: Any, field: _Fields, today: date) -> None:
    if fact.benefit not in _EXISTED:
        return
    first, last = _EXISTED[fact.benefit]
    if fact.first_day is not None and fact.first_day < first:
        field.bad("first_day", f"this benefit did not exist before {first}")
    if fact.first_day is not None and fact.first_day > last:
        field.bad("first_day", f"this benefit does not exist after {last}")
    elif (fact.last_day or today) > last:
        field.bad("last_day", f"this benefit does not exist after {last}; give a last day")


def _check_decision(fact: Any, field: _Fields, today: date) -> None:
    field.text("decided_by", fact.decided_by, LONGEST_NAME)
    field.day("decision_day", fact.decision_day, today, past=True)
    field.day("last_day", fact.last_day, today)
    field.order("last_day", fact.decision_day, fact.last_day)


def _check_list(
    name: str, values: Sequence[str], most: int, field: _Fields, *, empty: bool = True
) -> None:
    if not values and not empty:
        field.bad(name, "is empty; name at least one")
    if len(values) > most:
        field.bad(name, f"names {len(values)}; at most {most} are allowed")
    for index, value in enumerate(values):
        if value in values[:index]:
            field.bad(f"{name}[{index}]", "is named twice")


def _check_figures(figures: facts.Figures, field: _Fields) -> None:
    for name in ("residents", "residents_2010"):
        count = getattr(figures, name)
        if count is not None and not 0 <= count <= MOST_RESIDENTS:
            field.bad(f"figures.{name}", f"must lie from 0 to {MOST_RESIDENTS}")
    for name, largest in {**LARGEST_FIGURE, "convicted_share_country": 100}.items():
        field.share(f"figures.{name}", getattr(figures, name), largest)
    if figures == facts.Figures(rounded=figures.rounded):
        field.bad("figures", "states no figure")


# --- Whom and what the facts speak of -------------------------------------------------------


def _check_subjects(item: NewFact, field: _Fields, known: _Known) -> None:
    data_class = item.event_type.data_class
    if data_class is None:
        return
    for name, subject, kind in (
        ("person_id", item.person, SubjectKind.PERSON),
        ("household_id", item.household, SubjectKind.HOUSEHOLD),
    ):
        if subject is None:
            continue
        kinds = set(known.registered.get(subject, ()))
        stored = known.kind(subject)
        if stored is not None:
            kinds.add(stored)
        if kinds - {kind}:
            field.bad(name, f"is the id of a {(kinds - {kind}).pop()}; a {kind} needs its own")
        elif not kinds:
            field.bad(name, f"no {kind} with this id is registered here; register it first")
        elif not known.has_class(subject, data_class):
            field.bad(
                name,
                f"the class {data_class} of this {kind} has been erased; register the {kind} "
                "again to begin it anew",
            )


def _check_references(fact: facts.Fact, field: _Fields, known: _Known) -> None:
    match fact:
        case facts.AreaParcels() | facts.AreaFigures() | facts.PlanApproved():
            _check_area("area", fact.area, field, known)
        case facts.PlanCarriedOut():
            _check_area("area", fact.area, field, known)
            approved = known.first_plan(fact.area)
            if approved is None:
                field.bad("area", "no plan is recorded for this area")
            else:
                field.order("carried_out_on", approved, fact.carried_out_on)
        case facts.DwellingRecorded():
            if fact.area is not None:
                _check_area("area", fact.area, field, known, fact.municipality)
            for index, area in enumerate(fact.department_areas):
                _check_area(f"department_areas[{index}]", area, field, known)
        case facts.ExemptionDecided():
            for index, area in enumerate(fact.areas):
                _check_area(f"areas[{index}]", area, field, known, fact.municipality)
        case facts.DisposalDecided():
            for index, dwelling in enumerate(fact.dwellings):
                if not known.dwelling(dwelling):
                    field.bad(f"dwellings[{index}]", _NO_DWELLING)
        case facts.DistanceMeasured() | facts.TerminationDecided():
            if not known.dwelling(fact.dwelling):
                field.bad("dwelling", _NO_DWELLING)
        case facts.ReadingChosen():
            point = CURRENT.points.get(fact.point)
            if point is None:
                field.bad("point", "is not an open point of the law package in use")
            elif fact.reading not in point.readings:
                field.bad("reading", f"is not one of {', '.join(point.readings)}")
        case _:
            return


def _check_area(
    name: str, area: str, field: _Fields, known: _Known, municipality: str | None = None
) -> None:
    registered = known.area(area)
    if registered is None:
        field.bad(name, "no area with this id is registered here; register it first")
    elif municipality is not None and registered.municipality != municipality:
        field.bad(name, "lies in another municipality than the one named")


# --- Facts beside what stands ---------------------------------------------------------------


def _check_registrations(
    instance: Instance,
    view: View,
    new: Sequence[NewFact],
    reader: Reader,
    wrong: FieldErrors,
    corrects: UUID | None,
) -> None:
    """A person, household or area is registered once; other content is a correction."""
    seen: dict[object, str] = {}
    numbers: dict[str, UUID | None] = {}
    for item in new:
        field = _Fields(item.path, wrong)
        match item.fact:
            case facts.PersonRegistered():
                name, key = "person_id", item.person
                _check_cpr_owner(instance, item, field, numbers)
            case facts.HouseholdRegistered():
                name, key = "household_id", item.household
            case facts.AreaRegistered():
                before = view.area(item.fact.area)
                if before is not None and _other(before, item.fact, corrects):
                    field.bad("area", "is registered with other content; correct that fact")
                if seen.setdefault(item.fact.area, item.path) != item.path:
                    field.bad("area", f"is registered twice, first by {seen[item.fact.area]}")
                continue
            case _:
                continue
        if key is None:
            continue
        if seen.setdefault(key, item.path) != item.path:
            field.bad(name, f"is registered twice, first by {seen[key]}")
        standing = _standing(instance, key, item.event_type, view, reader)
        if any(_other(one, item.fact, corrects) for one in standing):
            field.bad(name, "is registered with other content; correct that fact")


def _other(before: Recorded[Any], fact: facts.Fact, corrects: UUID | None) -> bool:
    """Tell whether a standing fact of the same kind says something else."""
    if before.event_id == corrects or type(before.fact) is not type(fact):
        return False
    return any(
        getattr(before.fact, name) != getattr(fact, name)
        for name in fact.__struct_fields__
        if name != "corrects"
    )


def _check_cpr_owner(
    instance: Instance, item: NewFact, field: _Fields, numbers: dict[str, UUID | None]
) -> None:
    number = getattr(item.fact, "cpr", "")
    if not number:
        return
    try:
        parsed = cpr.parse(number, allow_test_numbers=True)
    except cpr.InvalidCpr:
        return
    owner = instance.keys.find_by_cpr(parsed)
    if owner not in (None, item.person) or numbers.setdefault(number, item.person) != item.person:
        field.bad("cpr", "the number belongs to another person here")


def _check_memberships(
    instance: Instance,
    view: View,
    new: Sequence[NewFact],
    reader: Reader,
    wrong: FieldErrors,
    corrects: UUID | None,
) -> None:
    """One person stands on one list of one household once on any day."""
    by_household: defaultdict[UUID, list[NewFact]] = defaultdict(list)
    for item in new:
        if type(item.fact) is facts.HouseholdMember and item.household and item.person:
            by_household[item.household].append(item)
    for household, items in by_household.items():
        taken: list[tuple[UUID | None, facts.HouseholdMember]] = []
        if instance.keys.known(household) is SubjectKind.HOUSEHOLD:
            membership = instance.person_facts.membership(household, view.position, reader)
            taken = [
                (person, recorded.fact)
                for person, recorded in membership.members
                if recorded is not None and recorded.event_id != corrects
            ]
        for item in items:
            fact: Any = item.fact
            if any(
                person == item.person
                and other.member_list is fact.member_list
                and _overlap(other, fact)
                for person, other in taken
            ):
                _Fields(item.path, wrong).bad(
                    "first_day",
                    "overlaps another membership of this person in this household and list; "
                    "correct that one, or give days that don't overlap",
                )
            taken.append((item.person, fact))


def _check_attestations(
    instance: Instance,
    view: View,
    new: Sequence[NewFact],
    reader: Reader,
    wrong: FieldErrors,
    corrects: UUID | None,
) -> None:
    """Two attestations of one thing for one day say the same."""
    by_person: defaultdict[tuple[UUID, EventType], list[NewFact]] = defaultdict(list)
    for item in new:
        if type(item.fact) in _ATTESTED and item.person is not None:
            by_person[item.person, item.event_type].append(item)
    for (person, event_type), items in by_person.items():
        name = _ATTESTED[event_type.fact]
        taken = [
            one.fact
            for one in _standing(instance, person, event_type, view, reader)
            if one.event_id != corrects
        ]
        for item in items:
            said = getattr(item.fact, name)
            if said is not None and any(
                getattr(other, name) not in (None, said) and _overlap(other, item.fact)
                for other in taken
            ):
                _Fields(item.path, wrong).bad(
                    _FIELD_OF.get(name, name),
                    "contradicts another attestation of this person for some of these days; "
                    "correct or retract that one",
                )
            taken.append(item.fact)


_ATTESTED: dict[type[facts.Fact], str] = {
    facts.CitizenshipAttested: "condition",
    facts.EnrolmentAttested: "enrolled",
}
_FIELD_OF = {"enrolled": "enrolment"}


def _standing(
    instance: Instance, subject: UUID, event_type: EventType, view: View, reader: Reader
) -> Iterable[Recorded[Any]]:
    """Return the standing facts of one kind about a subject; none when they can't be read."""
    data_class = event_type.data_class
    if data_class is None or data_class not in instance.keys.tokens_of(subject):
        return ()
    try:
        found = instance.person_facts.standing(subject, data_class, view.position, reader)
    except Erased:
        return ()
    return [item for item in found if type(item.fact) is event_type.fact]


def _overlap(one: Any, other: Any) -> bool:
    if one.first_day is None or other.first_day is None:
        return False
    return covers(one.first_day, one.last_day, other.first_day) or covers(
        other.first_day, other.last_day, one.first_day
    )
