"""What must hold of facts before they are recorded; every wrong field is named at once.

A field that could not be read (its error is noted already) stands in the fact as None, and the
other fields of that fact are checked all the same; such a fact is never recorded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import canonical, cpr, facts, ledger, statements
from domain.calendar import covers, months_after
from domain.data_classes import DataClass, SubjectKind
from domain.events import BY_FACT, EVENT_TYPES, EventType, Recorded
from domain.facts import Benefit, DwellingKind, ShareBasis
from domain.law import lists
from domain.law.origin import OWN_CRITERION_FROM
from domain.law.package import CURRENT
from domain.law.six_months import MONTHS
from domain.reference import View, keys_of
from services.area_lists.lists import LARGEST_FIGURE, LARGEST_OTHER_FIGURE
from services.facts import letting_checks, plausibility, termination_checks
from services.facts.fields import FieldErrors
from services.facts.municipalities import MADE_UP_MUNICIPALITY, not_a_municipality
from services.instance.instance import Instance
from services.persons.reading import Erased, Reader

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)
"""No day of a fact may lie outside these; an open end is left empty, not written far away."""

LONGEST_NAME = 200
LONGEST_SOURCE = 500
LONGEST_REASONS = 4_000
MOST_PARCELS = 1_000
MOST_AREAS = 100
MOST_FLATS = 1_000
MOST_RESIDENTS = 1_000_000
MOST_ROOMS = 50
"""Limits of a fact, in characters or entries; docs/api.md states them."""

CHANGES_APPROVED_FROM = date(2018, 12, 1)
"""BEK 1365 af 29/11/2018 § 3: since then an area's limits are changed by approval."""

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

_AREA = re.compile(r"[0-9]{4}(-[a-z0-9]+)+")
_OPAQUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_NUMBER = re.compile(r"[A-Za-z0-9-]{0,20}")
_SHARE = re.compile(r"[0-9]{1,5}(\.[0-9]{1,4})?")


class NewFact(msgspec.Struct, frozen=True):
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
    accept_implausible: bool = False,
) -> None:
    """Note every wrong field of `new`, judged by itself, by each other and by what stands.

    What stands is taken as of the view's position. `corrects`: a fact that will not stand any
    more, and is therefore in nobody's way. `accept_implausible`: somebody has confirmed figures
    that are implausible, and they are not noted.
    """
    known = _Known(instance, view, new)
    for item in new:
        field = Checked(item.path, wrong)
        _check_alone(item.fact, field, instance.today(), known)
        _check_subjects(item, field, known)
        _check_references(item.fact, field, known, corrects)
        if not accept_implausible:
            _check_plausible(item.fact, field, known, corrects)
    _check_registrations(instance, view, new, reader, wrong, corrects)
    _check_memberships(instance, view, new, reader, wrong, corrects)
    _check_statements(instance, view, new, reader, wrong)


def resting_on(instance: Instance, view: View, fact: facts.Fact) -> str:
    """Say what stands and rests on an open fact, so that it cannot be taken back; "": nothing."""
    match fact:
        case facts.AreaRegistered():
            return _resting_on_area(view, fact.area)
        case facts.DwellingRecorded():
            return _resting_on_dwelling(instance, view, fact)
        case facts.PlanApproved():
            others = [item.fact for item in view.find(facts.PlanApproved, fact.area)]
            return _carried_out_before(view, fact.area, [o for o in others if o != fact])
        case _:
            return ""


def _carried_out_before(view: View, area: str, plans: Sequence[facts.PlanApproved]) -> str:
    """Say that a plan was carried out that none of these plans can be; "": each can be one."""
    first = min((plan.approved_on for plan in plans), default=LAST_DAY)
    done = [item.fact.carried_out_on for item in view.find(facts.PlanCarriedOut, area)]
    before = [day for day in done if day < first]
    return f"the plan carried out on {min(before)}" if before else ""


def _resting_on_area(view: View, area: str) -> str:
    kinds: tuple[type[facts.Fact], ...] = (
        facts.AreaListed,
        facts.AreaFigures,
        facts.AreaParcels,
        facts.AreaRenamed,
        facts.AreaChangeApproved,
        facts.GroupingApproved,
        facts.PlanApproved,
        facts.PlanCarriedOut,
        facts.CombinedLettingDecided,
    )
    for kind in kinds:
        if view.find(kind, area):
            return f"{BY_FACT[kind].name} of the area"
    if view.find(facts.CriteriaSet, f"area:{area}"):
        return "letting.criteria_set of the area"
    for dwelling in view.keys(facts.DwellingRecorded):
        for item in view.find(facts.DwellingRecorded, dwelling):
            if area == item.fact.area or area in item.fact.department_areas:
                return "dwelling.recorded in the area"
    named: tuple[type[facts.Fact], ...] = (facts.ExemptionDecided, facts.ReferralRightDecided)
    for kind in named:
        for key in view.keys(kind):
            if any(area in getattr(item.fact, "areas", ()) for item in view.find(kind, key)):
                return f"{BY_FACT[kind].name} that names the area"
    return ""


def _resting_on_dwelling(instance: Instance, view: View, fact: facts.DwellingRecorded) -> str:
    if len(view.find(facts.DwellingRecorded, fact.dwelling)) > 1:
        return ""
    if view.find(facts.DisposalDecided, fact.dwelling):
        return "property.disposal_decided of the dwelling"
    tagged = DCBQuery(items=[DCBQueryItem(types=_STEPS, tags=[f"dwelling:{fact.dwelling}"])])
    if instance.log.read(tagged, upto=view.position, limit=1).all():
        return "a step of the dwelling's life"
    return ""


_STEPS = [event_type.name for event_type in EVENT_TYPES if event_type.step]


class Checked:
    """Notes wrong fields of one fact."""

    def __init__(self, path: str, wrong: FieldErrors) -> None:
        self._path = path
        self._wrong = wrong

    def bad(self, field: str, description: str) -> None:
        """Note a wrong field."""
        self._wrong.add(f"{self._path}.{field}", description)

    def day(self, field: str, day: date | None, today: date, *, past: bool = False) -> None:
        """Check one day; `past`: it may not lie after today."""
        if day is None:
            return
        if past and day > today:
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

    def not_before(self, field: str, day: date | None, first: date, why: str) -> None:
        """Check that a day does not lie before the first one that makes sense."""
        if day is not None and day < first:
            self.bad(field, why)

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

    def listed(self, field: str, values: Sequence[Any], most: int, *, empty: bool = True) -> None:
        """Check a list: how many it names, and that it names none twice."""
        if not values and not empty:
            self.bad(field, "is empty; name at least one")
        if len(values) > most:
            self.bad(field, f"names {len(values)}; at most {most} are allowed")
        for index, value in enumerate(values):
            if value is not None and value in values[:index]:
                self.bad(f"{field}[{index}]", "is named twice")

    def matches(self, field: str, text: str, pattern: re.Pattern[str], what: str) -> None:
        """Check a text against the pattern of an identifier."""
        if not pattern.fullmatch(text):
            self.bad(field, what)

    def municipality(self, code: str) -> None:
        """Check a municipality code."""
        what = not_a_municipality(code)
        if what:
            self.bad("municipality", what)

    def opaque(self, field: str, text: str) -> None:
        """Check an opaque id."""
        self.matches(field, text, _OPAQUE, _OPAQUE_WHAT)

    def named(self, field: str, text: str) -> None:
        """Check an opaque id that need not be given."""
        if text:
            self.opaque(field, text)

    def number_of_organisation(self, text: str) -> None:
        """Check an organisation's number, which must be given."""
        if not text:
            self.bad("organisation", "is empty")
        self.matches("organisation", text, _NUMBER, _NUMBER_WHAT)

    def decision(self, fact: Any, today: date) -> None:
        """Check a decision that a named person made and gave reasons for."""
        _check_decision(fact, self, today)
        self.text("reasons", fact.reasons, LONGEST_REASONS, lines=True)

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
        self._named: defaultdict[tuple[str, str], set[str]] | None = None
        self._dwellings: set[str] = set()
        self._plans: defaultdict[str, list[date]] = defaultdict(list)
        self.carried_out: defaultdict[str, list[date]] = defaultdict(list)
        self.changes: list[facts.AreaChangeApproved] = []
        self.suspensions: list[facts.OriginCriterionSuspended] = []
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
                case facts.PlanApproved() if _read(item.fact.approved_on):
                    self._plans[item.fact.area].append(item.fact.approved_on)
                case facts.PlanCarriedOut() if _read(item.fact.carried_out_on):
                    self.carried_out[item.fact.area].append(item.fact.carried_out_on)
                case facts.AreaChangeApproved():
                    self._note_change(item.fact)
                case facts.OriginCriterionSuspended():
                    self.suspensions.append(item.fact)

    def _note_change(self, fact: Any) -> None:
        if fact.approved_on is not None and fact.change is not None:
            self.changes.append(fact)

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

    def areas_named(self, municipality: str, name: str) -> set[str]:
        """Return the areas of a municipality that were registered, or go, by a name."""
        if self._named is None:
            self._named = defaultdict(set)
            for area in {*self.view.keys(facts.AreaRegistered), *self._areas}:
                registered = self.area(area)
                if registered is None:
                    continue
                names = {registered.name}
                if self.view.area(area) is not None:
                    names.add(self.view.area_name(area, LAST_DAY))
                for each in names:
                    self._named[registered.municipality, each].add(area)
        return self._named[municipality, name]

    def dwelling(self, dwelling: str) -> bool:
        """Tell whether the dwelling is recorded, by the request or before, for any day."""
        return dwelling in self._dwellings or bool(self.view.find(facts.DwellingRecorded, dwelling))

    def approvals(self, area: str) -> list[date]:
        """Return the days on which plans of the area were approved."""
        approved = [item.fact.approved_on for item in self.view.find(facts.PlanApproved, area)]
        return [*approved, *self._plans[area]]

    @property
    def test_numbers_allowed(self) -> bool:
        """Tell whether CPR numbers made for tests are read: only in the made-up municipality."""
        return self.instance.created.municipality == MADE_UP_MUNICIPALITY


def _read(value: object) -> bool:
    """Tell whether a field could be read."""
    return value is not None


# --- Each fact by itself --------------------------------------------------------------------


def _check_alone(fact: facts.Fact, field: Checked, today: date, known: _Known) -> None:
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
            _check_role(fact, field, today)
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
        case facts.ReleaseRecorded():
            _check_release(fact, field, today)
        case facts.TerminationRecorded():
            # A disputed one may be to end on a day to come, and one under notice is.
            ahead = fact.given_on is not None or fact.ending is facts.TenancyEnding.DISPUTED
            field.day("ended_on", fact.ended_on, today, past=not ahead)
            field.day("given_on", fact.given_on, today, past=True)
            field.order("ended_on", fact.given_on, fact.ended_on)
        case (
            facts.ReleasesAttested()
            | facts.TerminationsAttested()
            | facts.RefugeeAttested()
            | facts.UkrainePermitAttested()
            | facts.ReplacementRightAttested()
        ):
            field.days(fact, today, past=True)
        case facts.FallbackDecided() | facts.UkraineDecided():
            _check_decision(fact, field, today)
            field.text("reasons", fact.reasons, LONGEST_REASONS, lines=True)
        case facts.ExemptionDecided():
            _check_decision(fact, field, today)
            field.municipality(fact.municipality)
            field.share("share_used", fact.share_used, 100)
            field.listed("areas", fact.areas, MOST_AREAS, empty=False)
        case (
            facts.ReferralRightDecided()
            | facts.ReferralAgreed()
            | facts.ReferralIncreaseApproved()
            | facts.PrivateReferralAgreed()
        ):
            field.municipality(fact.municipality)
            _check_disposal(fact, field, today)
        case facts.DwellingRecorded():
            _check_kind(fact, field)
            field.days(fact, today)
            field.municipality(fact.municipality)
            field.matches("dwelling_id", fact.dwelling, _OPAQUE, _OPAQUE_WHAT)
            field.matches("organisation", fact.organisation, _NUMBER, _NUMBER_WHAT)
            field.matches("department", fact.department, _NUMBER, _NUMBER_WHAT)
            if fact.rooms is not None and not 1 <= fact.rooms <= MOST_ROOMS:
                field.bad("rooms", f"must lie from 1 to {MOST_ROOMS}")
            field.listed("department_areas", fact.department_areas, MOST_AREAS)
        case facts.FamilyDwellingsCounted():
            field.municipality(fact.municipality)
            field.day("counted_on", fact.counted_on, today, past=True)
            for name in ("in_listed_areas", "in_municipality"):
                if getattr(fact, name) < 0:
                    field.bad(name, "must not be negative")
            if fact.in_listed_areas > fact.in_municipality:
                field.bad("in_listed_areas", "exceeds in_municipality, which it is a part of")
        case facts.LettingShareDecided():
            _check_share(fact, field, today)
        case facts.ReadingChosen():
            field.day("first_day", fact.first_day, today)
            field.text("chosen_by", fact.chosen_by, LONGEST_NAME)
            field.text("reason", fact.reason, LONGEST_REASONS, lines=True)
        case _ if letting_checks.check(fact, field, today):
            return
        case _ if termination_checks.check(fact, field, today):
            return
        case _:
            _check_area_fact(fact, field, today)


def _check_role(fact: facts.HouseholdMember, field: Checked, today: date) -> None:
    field.day("together_since", fact.together_since, today, past=True)
    if fact.together_since is None and fact.together_by is None:
        return
    if fact.role is not facts.MemberRole.PARTNER:
        field.bad("together_since", "is said of a partner only")
    elif fact.together_since is None or fact.together_by is None:
        field.bad("together_by", "goes with together_since: give both or neither")


def _check_area_fact(fact: facts.Fact, field: Checked, today: date) -> None:
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
            field.listed("parcels", fact.parcels, MOST_PARCELS, empty=False)
            for index, parcel in enumerate(fact.parcels):
                field.text(f"parcels[{index}]", parcel, LONGEST_NAME)
        case facts.AreaRenamed():
            field.day("first_day", fact.first_day, today)
            field.text("name", fact.name, LONGEST_NAME)
        case facts.AreaChangeApproved():
            field.day("approved_on", fact.approved_on, today, past=True)
            field.text("source", fact.source, LONGEST_SOURCE)
            _check_change(fact, field)
        case facts.GroupingApproved():
            field.day("approved_on", fact.approved_on, today, past=True)
            field.day("last_day", fact.last_day, today)
            field.order("last_day", fact.approved_on, fact.last_day)
            field.text("source", fact.source, LONGEST_SOURCE)
        case facts.OriginCriterionSuspended():
            field.days(fact, today)
            since = f"the criterion stands by itself since {OWN_CRITERION_FROM}"
            field.not_before("first_day", fact.first_day, OWN_CRITERION_FROM, since)
            field.text("decided_by", fact.decided_by, LONGEST_NAME)
            field.text("reason", fact.reason, LONGEST_REASONS, lines=True)
            field.text("legal_basis", fact.legal_basis, LONGEST_SOURCE)
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


def _check_change(fact: Any, field: Checked) -> None:
    """Check that the parts of a change are told apart and add up among themselves."""
    since = f"such approvals exist since {CHANGES_APPROVED_FROM}"
    field.not_before("approved_on", fact.approved_on, CHANGES_APPROVED_FROM, since)
    if len(fact.parts) > MOST_AREAS:
        field.bad("parts", f"names {len(fact.parts)}; at most {MOST_AREAS} are allowed")
    if fact.change is facts.AreaChange.EXTENSION:
        if [part.area for part in fact.parts] != [fact.area]:
            field.bad("parts", "of an extension is one part, the area itself")
        elif not fact.parts[0].parcels:
            field.bad("parts[0].parcels", "is empty; name the plots that come in")
    elif fact.change is not None and len(fact.parts) < 2:
        field.bad("parts", f"names {len(fact.parts)}; a {fact.change} has two or more")
    named: dict[str, int] = {}
    owners: dict[str, int] = {}
    for index, part in enumerate(fact.parts):
        if named.setdefault(part.area, index) != index:
            field.bad(f"parts[{index}].area", "is named twice")
        field.listed(f"parts[{index}].parcels", part.parcels, MOST_PARCELS)
        for number, parcel in enumerate(part.parcels):
            place = f"parts[{index}].parcels[{number}]"
            field.text(place, parcel, LONGEST_NAME)
            owner = owners.setdefault(parcel, index)
            if owner != index:
                field.bad(place, f"stands in parts[{owner}] too")


def _check_change_beside(fact: Any, field: Checked, known: _Known, corrects: UUID | None) -> None:
    """Check a change of an area's limits against what stands about the areas it names."""
    registered = known.area(fact.area)
    municipality = None if registered is None else registered.municipality
    _check_area("area", fact.area, field, known)
    for index, part in enumerate(fact.parts):
        _check_area(f"parts[{index}].area", part.area, field, known, municipality)
    if fact.change is None or fact.approved_on is None:
        return
    for name, area in (
        ("area", fact.area),
        *((f"parts[{index}].area", part.area) for index, part in enumerate(fact.parts)),
    ):
        came_from = lists.origins(fact, area)
        if not came_from:
            continue
        beside = [change for change in known.changes if change is not fact]
        if any(lists.origins(change, area) for change in beside):
            field.bad(name, "comes out of another change of this request too")
        for origin in came_from:
            since, _ = lists.existed(known.view, origin, beside)
            if since is not None and since >= fact.approved_on:
                field.bad("approved_on", f"lies before {origin} came to be, on {since}")
        others = [
            item
            for item in lists.changes(known.view, area)
            if item.event_id != corrects and lists.origins(item.fact, area)
        ]
        if others:
            field.bad(name, f"came out of the change approved on {others[0].fact.approved_on}")
        before = [
            item.fact.list_day
            for item in known.view.find(facts.AreaListed, area)
            if item.fact.list_day < fact.approved_on
        ]
        if before:
            field.bad(name, f"is named by the list of {min(before)}, before it came to be")
    _check_parcels(fact, field, known)


def _check_parcels(fact: facts.AreaChangeApproved, field: Checked, known: _Known) -> None:
    """Check that the plots of a change add up to those that are recorded of the whole."""
    held = [
        item
        for item in known.view.find(facts.AreaParcels, fact.area)
        if item.fact.first_day <= fact.approved_on
    ]
    if not held:
        return
    whole = set(max(held, key=lambda item: (item.fact.first_day, item.position)).fact.parcels)
    extension = fact.change is facts.AreaChange.EXTENSION
    for index, part in enumerate(fact.parts):
        for number, parcel in enumerate(part.parcels):
            place = f"parts[{index}].parcels[{number}]"
            if extension and parcel in whole:
                field.bad(place, "lies in the area already")
            elif fact.change is facts.AreaChange.SPLIT and parcel not in whole:
                field.bad(place, "is not among the plots recorded of the area that is split")
    if fact.change is facts.AreaChange.SPLIT and all(part.parcels for part in fact.parts):
        left = whole - {parcel for part in fact.parts for parcel in part.parcels}
        if left:
            field.bad("parts", f"leave out {len(left)} of the plots recorded of the area")


def _check_suspension(fact: Any, field: Checked, known: _Known, corrects: UUID | None) -> None:
    """Check that one suspension at most covers any day."""
    for item in known.view.find(facts.OriginCriterionSuspended, ""):
        if fact.first_day is not None and item.event_id != corrects and _overlap(item.fact, fact):
            field.bad("first_day", "overlaps a suspension that stands; correct that one")
    if any(_overlap(other, fact) for other in known.suspensions if other is not fact):
        field.bad("first_day", "overlaps another suspension of this request")


_NO_DWELLING = "no dwelling with this id is recorded here; record it first"
_OPAQUE_WHAT = "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -, the first a letter or digit"
_NUMBER_WHAT = "must be at most 20 characters of A-Z a-z 0-9 -"


def _check_benefit(fact: Any, field: Checked, today: date) -> None:
    if fact.benefit not in _EXISTED:
        return
    first, last = _EXISTED[fact.benefit]
    if fact.first_day is not None and fact.first_day < first:
        field.bad("first_day", f"this benefit did not exist before {first}")
    if fact.first_day is not None and fact.first_day > last:
        field.bad("first_day", f"this benefit does not exist after {last}")
    elif (fact.last_day or today) > last:
        field.bad("last_day", f"this benefit does not exist after {last}; give a last day")


def _check_release(fact: facts.ReleaseRecorded, field: Checked, today: date) -> None:
    """Check a release: not before the conviction it serves, and no more than the rules ask."""
    field.day("released_on", fact.released_on, today, past=True)
    field.day("convicted_on", fact.convicted_on, today, past=True)
    if fact.convicted is False and fact.convicted_on is not None:
        field.bad("convicted_on", "is given though the person was not convicted")
    if fact.released_from is not facts.ReleasedFrom.REMAND:
        field.order("released_on", fact.convicted_on, fact.released_on)
    until = fact.under_18_until
    if until is None or fact.released_on is None:
        return
    if fact.released_from is not facts.ReleasedFrom.OUTSIDE_PRISON_SERVICE:
        field.bad("under_18_until", "is asked only of a release outside the prison service")
    earliest = fact.released_on - timedelta(days=1)
    latest = months_after(fact.released_on, MONTHS)
    if not earliest <= until <= latest:
        field.bad(
            "under_18_until",
            f"must lie from {earliest} to {latest}: the rule asks about six months, not about a "
            "day of birth",
        )


_AREAS_OF = (facts.ReferralRight.STK_4, facts.ReferralRight.SECTION_51B)
_OF_ORGANISATION = (facts.ReferralRight.STK_1, facts.ReferralRight.STK_3)


def _check_disposal(fact: Any, field: Checked, today: date) -> None:
    """Check what puts dwellings at the municipality's disposal."""
    match fact:
        case facts.ReferralRightDecided():
            _check_decision(fact, field, today)
            _check_right(fact, field)
        case facts.ReferralAgreed():
            _check_agreed("agreed_on", fact, field, today)
            field.matches("organisation", fact.organisation, _NUMBER, _NUMBER_WHAT)
            if not fact.organisation:
                field.bad("organisation", "is empty")
            if fact.kind not in (None, facts.DwellingKind.FAMILY, facts.DwellingKind.YOUTH):
                field.bad("kind", "must be family or youth dwellings (§ 59, stk. 2 and 3)")
        case facts.ReferralIncreaseApproved():
            _check_agreed("approved_on", fact, field, today)
            if not 0 < fact.dwellings <= MOST_RESIDENTS:
                field.bad("dwellings", f"must lie from 1 to {MOST_RESIDENTS}")
        case facts.PrivateReferralAgreed():
            _check_agreed("agreed_on", fact, field, today)
            field.matches("property", fact.property, _OPAQUE, _OPAQUE_WHAT)
            field.listed("named", fact.named, MOST_FLATS)
            if bool(fact.share) == bool(fact.named):
                field.bad("share", "give either a share or the flats named, and not both")
            field.share("share", fact.share or None, 100)
            if not 0 < fact.flats <= MOST_RESIDENTS:
                field.bad("flats", f"must lie from 1 to {MOST_RESIDENTS}")


def _check_agreed(name: str, fact: Any, field: Checked, today: date) -> None:
    first = getattr(fact, name)
    field.day(name, first, today, past=True)
    field.day("last_day", fact.last_day, today)
    field.order("last_day", first, fact.last_day)


def _check_right(fact: facts.ReferralRightDecided, field: Checked) -> None:
    """Check that a decision says what its right asks for, and nothing else."""
    right = fact.right
    if right is None:
        return
    wanted = {
        "organisation": right in _OF_ORGANISATION,
        "areas": right in _AREAS_OF,
        "properties": right is facts.ReferralRight.PRIVATE_TENTH,
        "half_of_own_flats": right is facts.ReferralRight.URBAN_RENEWAL,
    }
    for name, allowed in wanted.items():
        if getattr(fact, name) and not allowed:
            field.bad(name, "does not go with this right")
    field.matches("organisation", fact.organisation, _NUMBER, _NUMBER_WHAT)
    if wanted["areas"]:
        field.listed("areas", fact.areas, MOST_AREAS, empty=False)
    if wanted["properties"]:
        field.listed("properties", fact.properties, MOST_FLATS, empty=False)
        for index, each in enumerate(fact.properties):
            field.matches(f"properties[{index}]", each, _OPAQUE, _OPAQUE_WHAT)


def _check_kind(fact: facts.DwellingRecorded, field: Checked) -> None:
    """Check what only some kinds of dwelling have."""
    private = fact.kind is facts.DwellingKind.PRIVATE
    if fact.kind is None:
        return
    if fact.mark is not facts.DwellingMark.NONE and fact.kind is not facts.DwellingKind.YOUTH:
        field.bad("mark", "is of youth dwellings only (§ 59, stk. 3)")
    if private:
        field.matches("property", fact.property, _OPAQUE, _OPAQUE_WHAT)
        if fact.department_areas:
            field.bad("department_areas", "a private flat belongs to no department")
    elif fact.property:
        field.bad("property", "is of private flats only")


def _check_decision(fact: Any, field: Checked, today: date) -> None:
    field.text("decided_by", fact.decided_by, LONGEST_NAME)
    field.day("decision_day", fact.decision_day, today, past=True)
    field.day("last_day", fact.last_day, today)
    field.order("last_day", fact.decision_day, fact.last_day)


def _check_share(fact: facts.LettingShareDecided, field: Checked, today: date) -> None:
    field.days(fact, today)
    field.matches("organisation", fact.organisation, _NUMBER, _NUMBER_WHAT)
    if not fact.organisation:
        field.bad("organisation", "is empty")
    field.listed("departments", fact.departments, MOST_AREAS)
    for index, department in enumerate(fact.departments):
        field.matches(f"departments[{index}]", department, _NUMBER, _NUMBER_WHAT)
    field.text("decided_by", fact.decided_by, LONGEST_NAME)
    field.text("reference", fact.reference, LONGEST_NAME, empty=True)
    numerator, denominator = ledger.MOST.get(fact.basis, (1, 1))
    if not 1 <= fact.denominator <= MOST_RESIDENTS:
        field.bad("denominator", f"must lie from 1 to {MOST_RESIDENTS}")
    elif fact.numerator < 1:
        field.bad("numerator", "must be at least 1")
    elif fact.numerator * denominator > numerator * fact.denominator:
        field.bad("numerator", f"the act allows at most {numerator} of {denominator}")
    if fact.kind is DwellingKind.ELDERLY or (
        fact.kind is DwellingKind.YOUTH and fact.basis in ledger.FAMILY_ONLY
    ):
        field.bad("kind", "the act knows no such share of these dwellings")
    if fact.basis in (ShareBasis.AREA, ShareBasis.INCREASE) and not fact.departments:
        field.bad("departments", "name those that the decision covers")


def _check_figures(figures: facts.Figures, field: Checked) -> None:
    for name in ("residents", "residents_2010"):
        count = getattr(figures, name)
        if count is not None and not 0 <= count <= MOST_RESIDENTS:
            field.bad(f"figures.{name}", f"must lie from 0 to {MOST_RESIDENTS}")
    for name, largest in {**LARGEST_FIGURE, **LARGEST_OTHER_FIGURE}.items():
        field.share(f"figures.{name}", getattr(figures, name), largest)
    if figures == facts.Figures(rounded=figures.rounded):
        field.bad("figures", "states no figure")


def _check_plausible(
    fact: facts.Fact, field: Checked, known: _Known, corrects: UUID | None
) -> None:
    """Name figures that can hardly be right; the caller may confirm them."""
    match fact:
        case facts.AreaFigures() if fact.reference_day is not None:
            day = fact.reference_day
            row = known.view.listed(fact.area, day)
            try:
                found = plausibility.figure_doubts(
                    fact.figures,
                    day,
                    None if row is None else row.fact,
                    plausibility.figures_beside(known.view, fact.area, corrects),
                )
            except ArithmeticError:
                return  # a figure that can't be read is named already
            found = [doubt._replace(about=f"figures.{doubt.about}") for doubt in found]
        case facts.ExemptionDecided():
            found = plausibility.share_doubts("share_used", fact.share_used)
        case facts.PrivateReferralAgreed():
            found = plausibility.share_doubts("share", fact.share)
        case _:
            return
    for doubt in found:
        field.bad(doubt.about, f"{doubt.what}; correct it, or confirm it with accept_implausible")


# --- Whom and what the facts speak of -------------------------------------------------------


def _check_subjects(item: NewFact, field: Checked, known: _Known) -> None:
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


def _check_references(
    fact: facts.Fact, field: Checked, known: _Known, corrects: UUID | None
) -> None:
    match fact:
        case facts.AreaParcels() | facts.GroupingApproved():
            _check_area("area", fact.area, field, known)
        case facts.PlanApproved():
            _check_area("area", fact.area, field, known)
            if corrects is not None and fact.approved_on is not None:
                plans = known.view.find(facts.PlanApproved, fact.area)
                others = [item.fact for item in plans if item.event_id != corrects]
                earlier = _carried_out_before(known.view, fact.area, [*others, fact])
                if earlier:
                    field.bad("approved_on", f"lies after {earlier}")
        case facts.AreaRegistered():
            _check_new_name(fact, field, known)
        case facts.AreaRenamed():
            _check_area("area", fact.area, field, known)
            _check_new_name(fact, field, known)
        case facts.AreaFigures():
            _check_area("area", fact.area, field, known)
            _check_existed(fact, field, known)
        case facts.AreaChangeApproved():
            _check_change_beside(fact, field, known, corrects)
        case facts.OriginCriterionSuspended():
            _check_suspension(fact, field, known, corrects)
        case facts.PlanCarriedOut():
            _check_area("area", fact.area, field, known)
            approved = min(known.approvals(fact.area), default=None)
            if approved is None:
                field.bad("area", "no plan is recorded for this area")
            else:
                field.order("carried_out_on", approved, fact.carried_out_on)
                _check_carried_out(fact, field, known, corrects)
        case facts.CombinedLettingDecided():
            _check_area("area", fact.area, field, known)
        case facts.CertificateSeen():
            _check_area("area", fact.area, field, known)
        case facts.DispensationDecided():
            if fact.area:
                _check_area("area", fact.area, field, known)
        case facts.CriteriaSet():
            if fact.area is not None:
                _check_area("area", fact.area, field, known, fact.municipality)
        case facts.DwellingRecorded():
            if fact.area is not None:
                _check_area("area", fact.area, field, known, fact.municipality)
            for index, area in enumerate(fact.department_areas):
                _check_area(f"department_areas[{index}]", area, field, known)
        case facts.ExemptionDecided():
            for index, area in enumerate(fact.areas):
                _check_area(f"areas[{index}]", area, field, known, fact.municipality)
        case facts.ReferralRightDecided():
            for index, area in enumerate(fact.areas):
                _check_area(f"areas[{index}]", area, field, known, fact.municipality)
        case facts.DisposalDecided():
            for index, dwelling in enumerate(fact.dwellings):
                if not known.dwelling(dwelling):
                    field.bad(f"dwellings[{index}]", _NO_DWELLING)
        case facts.DistanceMeasured() | facts.TerminationDecided():
            if not known.dwelling(fact.dwelling):
                field.bad("dwelling", _NO_DWELLING)
        case facts.ApprovalAnswered() | facts.OppositionAssessed() | facts.SaleCriteriaChecked():
            if fact.dwelling and not known.dwelling(fact.dwelling):
                field.bad("dwelling", _NO_DWELLING)
        case facts.ReadingChosen():
            point = CURRENT.points.get(fact.point)
            if point is None:
                field.bad("point", "is not an open point of the law package in use")
            elif fact.reading not in point.readings:
                field.bad("reading", f"is not one of {', '.join(point.readings)}")
        case _:
            return


def _check_carried_out(fact: Any, field: Checked, known: _Known, corrects: UUID | None) -> None:
    """Check that a plan is carried out once: a second time is of a plan approved in between."""
    day = fact.carried_out_on
    approved = known.approvals(fact.area)
    others = {
        *(
            item.fact.carried_out_on
            for item in known.view.find(facts.PlanCarriedOut, fact.area)
            if item.event_id != corrects
        ),
        *known.carried_out[fact.area],
    }
    for other in sorted(others - {day}) if _read(day) else ():
        if not any(min(day, other) < each <= max(day, other) for each in approved):
            field.bad("carried_out_on", f"the plan is recorded as carried out on {other}")


def _check_existed(fact: Any, field: Checked, known: _Known) -> None:
    """Check that figures are of a year in which the area existed."""
    if fact.reference_day is None:
        return
    since, before = lists.existed(known.view, fact.area, known.changes)
    if since is not None and fact.reference_day.year < since.year:
        field.bad("reference_day", f"the area did not exist in that year; it came to be on {since}")
    if before is not None and fact.reference_day >= before:
        field.bad("reference_day", f"the area does not exist since the list of {before}")


def _check_new_name(
    fact: facts.AreaRegistered | facts.AreaRenamed, field: Checked, known: _Known
) -> None:
    """One name in a municipality is one area."""
    registered = known.area(fact.area)
    if registered is not None:
        others = known.areas_named(registered.municipality, fact.name) - {fact.area}
        if others:
            field.bad("name", f"is the name of {min(others)}")


def _check_area(
    name: str, area: str, field: Checked, known: _Known, municipality: str | None = None
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
        field = Checked(item.path, wrong)
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
    if before.event_id in (corrects, fact.corrects) or type(before.fact) is not type(fact):
        return False
    return any(
        getattr(before.fact, name) != getattr(fact, name)
        for name in fact.__struct_fields__
        if name != "corrects"
    )


def _check_cpr_owner(
    instance: Instance, item: NewFact, field: Checked, numbers: dict[str, UUID | None]
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
                Checked(item.path, wrong).bad(
                    "first_day",
                    "overlaps another membership of this person in this household and list; "
                    "correct that one, or give days that don't overlap",
                )
            taken.append((item.person, fact))


def _check_statements(
    instance: Instance, view: View, new: Sequence[NewFact], reader: Reader, wrong: FieldErrors
) -> None:
    """Two facts about one thing and day say the same, unless the one corrects the other."""
    taken: dict[tuple[EventType, UUID | str], list[facts.Fact]] = {}
    for item in new:
        if type(item.fact) not in statements.STATED:
            continue
        about: list[UUID | str] = []
        if item.event_type.data_class is None:
            about.extend(keys_of(item.fact))
        elif item.subject is not None:
            about.append(item.subject)
        for each in about:
            place = (item.event_type, each)
            if place not in taken:
                taken[place] = [
                    one.fact
                    for one in _said(instance, each, item.event_type, view, reader)
                    if one.event_id != item.fact.corrects
                ]
            found = (statements.contradiction(item.fact, other) for other in taken[place])
            field = next(filter(None, found), None)
            if field is not None:
                Checked(item.path, wrong).bad(
                    _FIELD_OF.get(field, field),
                    "contradicts another fact about the same for some of these days; correct or "
                    "retract that one",
                )
            taken[place].append(item.fact)


_FIELD_OF = {
    "dwelling": "dwelling_id",
    "enrolled": "enrolment",
    "gross_breach": "cause",
    "prevention_area_possible": "prevention_area",
}
"""The field of a message, where the fact's own has another name."""


def _said(
    instance: Instance, about: UUID | str, event_type: EventType, view: View, reader: Reader
) -> Iterable[Recorded[Any]]:
    """Return the standing facts of one kind about a subject, or of an open kind about a key."""
    if isinstance(about, UUID):
        return _standing(instance, about, event_type, view, reader)
    return view.find(event_type.fact, about)


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
