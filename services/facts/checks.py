"""What must hold of facts against other facts before they are recorded.

Each fact by itself comes first (`validating.py`, `agreeing.py`); every wrong field is named at
once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import cpr, events, facts, statements
from domain.calendar import covers
from domain.data_classes import DataClass, SubjectKind
from domain.events import BY_FACT, EVENT_TYPES, EventType, Recorded
from domain.facts import Listing, ListKind
from domain.facts.declared import Slot, slots
from domain.facts.kinds import LAST_DAY
from domain.law.area import lists
from domain.law.editions import CURRENT
from domain.law.letting.flexible import current
from domain.ledger import CRITERIA
from domain.questions import PAGE_TYPES, RECEIPT_TYPES
from domain.reference import Reference, View, keys_of
from services.facts import external_ids, inventories, plausibility, taken_over
from services.facts.agreeing import check_agreement
from services.facts.area_names import WHOLE, nearness
from services.facts.fields import FieldErrors
from services.facts.municipalities import MADE_UP_MUNICIPALITY
from services.facts.validating import Checked, all_read, check_fields, referred, refers, was_read
from services.instance.instance import Instance
from services.persons.reading import Erased, Reader

F = TypeVar("F", bound=facts.Fact)

_MONEY = (facts.PropertySold, facts.ProceedsSettled, facts.ProceedsUseDecided)

HELD_AGAINST: dict[type[facts.Fact], tuple[type[facts.Fact], ...]] = {
    facts.AreaRegistered: (facts.AreaRenamed, facts.AreaRegistered, facts.AreaListed),
    facts.PlanCarriedOut: (facts.PlanApproved, facts.PlanCarriedOut),
    facts.OriginCriterionSuspended: (facts.OriginCriterionSuspended,),
    facts.AreaChangeApproved: (
        facts.AreaChangeApproved,
        facts.AreaListed,
        facts.AreaFigures,
        facts.AreaParcels,
    ),
    facts.AreaParcels: (facts.AreaChangeApproved, facts.AreaParcels),
    facts.AreaFigures: (facts.AreaChangeApproved, facts.AreaFigures),
    facts.AreaRenamed: (facts.AreaRenamed, facts.AreaRegistered, facts.AreaListed),
    **dict.fromkeys(_MONEY, _MONEY),
}
"""Facts that are compared with all facts of some kinds; they are rare."""


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
    accept_new: bool = False,
) -> None:
    """Note every wrong field of `new`, judged by itself, by each other and by what stands.

    What stands is taken as of the view's position. `corrects`: a fact that will not stand any
    more, and is therefore in nobody's way. `accept_implausible`: somebody has confirmed figures
    that are implausible, and they are not noted; `accept_new`: the same of names of areas that are
    near others.
    """
    known = _Known(instance, view, new)
    for item in new:
        field = Checked(item.path, wrong)
        today, test_numbers = instance.today(), known.test_numbers_allowed
        check_fields(item.fact, field, today, test_numbers=test_numbers)
        check_agreement(item.fact, field, today)
        if item.event_type.data_class is None:
            _check_of_nobody(item.fact, "", field)
        _check_subjects(item, field, known)
        _check_receipt(instance, item, field)
        _check_references(item.fact, field, known, corrects)
        if not accept_implausible:
            _check_plausible(item.fact, field, known, corrects)
        if not accept_new:
            _check_near_names(item.fact, field, known)
    for found in inventories.wrong_of(view, [item.fact for item in new], corrects):
        Checked(new[found.number].path, wrong).bad(found.field, found.what)
    stated = [(item.fact, item.path) for item in new]
    external_ids.check(instance, view, stated, reader, wrong, corrects)
    taken_over.check(instance, view, stated, reader, wrong)
    _check_registrations(instance, view, new, reader, wrong, corrects)
    _check_memberships(instance, view, new, reader, wrong, corrects)
    _check_statements(instance, view, new, reader, wrong)


def _check_receipt(instance: Instance, item: NewFact, field: Checked) -> None:
    """Note a decision on, or a remedy of, what is no answer about its household."""
    if not isinstance(item.fact, facts.CaseDecided | facts.AnswerRemedied):
        return
    if item.fact.receipt is None:
        return
    event = instance.log.event_by_id(item.fact.receipt.bytes)
    tokens: list[str] = []
    if event is not None and event.type in RECEIPT_TYPES:
        tokens = event.tags[:1]
    elif event is not None and event.type in PAGE_TYPES:
        # A letter is made of a receipt; what is settled may be one of many on a page.
        tokens = event.tags if isinstance(item.fact, facts.AnswerRemedied) else []
    about = instance.keys.subjects_of(each[2:] for each in tokens if each.startswith("h:"))
    if item.household not in about.values():
        field.bad("receipt_id", "no answer about this household is recorded under this id")


def _check_of_nobody(fact: Any, within: str, field: Checked) -> None:
    """Note the free texts of an open fact that hold what looks like a CPR number."""
    for slot, is_text in _free_texts(type(fact)):
        value = getattr(fact, slot.name)
        if value is None:
            continue
        path = f"{within}{slot.wire}"
        if is_text:
            if value and cpr.stands_in(value):
                what = "holds what looks like a CPR number; an open fact says nothing of a person"
                field.bad(path, what)
        elif slot.each is None:
            _check_of_nobody(value, f"{path}.", field)
        else:
            for index, each in enumerate(value):
                _check_of_nobody(each, f"{path}[{index}].", field)


_FREE_TEXTS: dict[type[Any], tuple[tuple[Slot, bool], ...]] = {}


def _free_texts(struct: type[Any]) -> tuple[tuple[Slot, bool], ...]:
    """Return the fields that are free text (True), and the parts that may have some."""
    if struct not in _FREE_TEXTS:
        found = []
        for slot in slots(struct):
            kind = (slot.each or slot).kind
            if slot.each is None and kind is str and slot.said.longest:
                found.append((slot, True))
            elif issubclass(kind, msgspec.Struct) and _free_texts(kind):
                found.append((slot, False))
        _FREE_TEXTS[struct] = tuple(found)
    return _FREE_TEXTS[struct]


def resting_on(instance: Instance, view: View, fact: facts.Fact, fact_id: UUID) -> str:
    """Say what stands and rests on an open fact, so that it cannot be taken back; "": nothing."""
    match fact:
        case facts.AreaRegistered():
            return _resting_on(view, "area", fact.area)
        case facts.DwellingRecorded():
            recorded = _others(view, fact, fact.dwelling, fact_id)
            resting = "" if recorded else _resting_on(view, "dwelling", fact.dwelling)
            return resting or _vacant_before(instance, view, fact.dwelling, recorded)
        case facts.PropertySold():
            return _resting_on(view, "sale", fact.sale)
        case facts.ProceedsSettled():
            used = view.find(facts.ProceedsUseDecided, fact.sale)
            return f"{BY_FACT[facts.ProceedsUseDecided].name} of the sale" if used else ""
        case facts.PlanApproved():
            plans = _others(view, fact, fact.area, fact_id)
            return _without_plan(view, fact.area, [plan.approved_on for plan in plans])
        case facts.AreaParcels():
            return _change_apart(view, fact.area, _others(view, fact, fact.area, fact_id))
        case facts.DwellingsDemolished():
            built = view.find(facts.DwellingsBuilt, fact.area)
            replaced = any(item.fact.replaces == fact.unit for item in built)
            return "what was built in the place of the unit" if replaced else ""
        case facts.WindingUpOrdered():
            sent = view.find(facts.WindingUpPlanSent, fact.area)
            left = _others(view, fact, fact.area, fact_id)
            return "" if left or not sent else "the plan for winding up the area"
        case _:
            return ""


def _others(view: View, fact: F, about: str, fact_id: UUID | None) -> list[F]:
    """Return the facts of a kind that stand about a thing, but for one, if one is named."""
    return [item.fact for item in view.find(type(fact), about) if item.event_id != fact_id]


def _without_plan(view: View, area: str, approved: Iterable[date]) -> str:
    """Say of which plan carried out none can be that was approved on these days; "": of none."""
    done = [item.fact.carried_out_on for item in view.find(facts.PlanCarriedOut, area)]
    day = _not_approved(approved, done)
    return "" if day is None else f"the plan carried out on {day}"


def _not_approved(approved: Iterable[date], done: Iterable[date]) -> date | None:
    """Return the first day a plan was carried out without one approved since the one before."""
    approved = list(approved)
    for before, day in pairwise([date.min, *sorted(set(done))]):
        if not any(before < each <= day for each in approved):
            return day
    return None


def may_rest_on(fact: facts.Fact) -> list[DCBQueryItem]:
    """Return the events that may rest on an open fact: of these none may have come meanwhile."""
    match fact:
        case facts.AreaRegistered():
            return [DCBQueryItem(types=[kind.name for kind in _referring("area")])]
        case facts.DwellingRecorded():
            return [
                DCBQueryItem(types=[_VACANCY], tags=[f"dwelling:{fact.dwelling}"]),
                DCBQueryItem(types=[kind.name for kind in _referring("dwelling")]),
            ]
        case facts.PropertySold():
            return [DCBQueryItem(types=[kind.name for kind in _referring("sale")])]
        case facts.ProceedsSettled():
            return [
                DCBQueryItem(
                    types=[BY_FACT[facts.ProceedsUseDecided].name], tags=[f"sale:{fact.sale}"]
                )
            ]
        case facts.PlanApproved():
            return [DCBQueryItem(types=[BY_FACT[facts.PlanCarriedOut].name])]
        case facts.AreaParcels():
            return [DCBQueryItem(types=[BY_FACT[facts.AreaChangeApproved].name])]
        case facts.DwellingsDemolished():
            return [DCBQueryItem(types=[BY_FACT[facts.DwellingsBuilt].name])]
        case facts.WindingUpOrdered():
            return [DCBQueryItem(types=[BY_FACT[facts.WindingUpPlanSent].name])]
        case _:
            return []


def _referring(what: str) -> list[EventType]:
    """Return the open kinds of fact that refer to an area, a dwelling or a sale."""
    return [kind for kind in EVENT_TYPES if kind.data_class is None and refers(kind.fact, what)]


def _resting_on(view: View, what: str, id: str) -> str:
    """Name a kind of open fact of which one that stands refers to an area, dwelling or sale."""
    for kind in _referring(what):
        for key in view.keys(kind.fact):
            for item in view.find(kind.fact, key):
                if any(said.refers == what and one == id for _, said, one in referred(item.fact)):
                    return f"{kind.name} of the {what}"
    return ""


def _vacant_before(
    instance: Instance, view: View, dwelling: str, recorded: Sequence[facts.DwellingRecorded]
) -> str:
    """Say that a dwelling was vacant on a day of none of these records; "": each is covered."""
    vacancies = DCBQueryItem(types=[_VACANCY], tags=[f"dwelling:{dwelling}"])
    for event in instance.log.read(DCBQuery(items=[vacancies]), upto=view.position):
        vacancy: Any = events.decode_fact(event.type, event.schema_version, event.data)
        day = vacancy.vacant_from
        if not any(covers(each.first_day, each.last_day, day) for each in recorded):
            return f"the vacancy from {day}"
    return ""


_VACANCY = BY_FACT[facts.VacancyRecorded].name


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
        self.money: defaultdict[str, list[Any]] = defaultdict(list)
        """What the request states of a sale and its proceeds, by the sale."""
        self.criteria: defaultdict[str, list[facts.CriteriaSet]] = defaultdict(list)
        self._plans: defaultdict[str, list[date]] = defaultdict(list)
        self.carried_out: defaultdict[str, list[date]] = defaultdict(list)
        self.changes: list[facts.AreaChangeApproved] = []
        self.suspensions: list[facts.OriginCriterionSuspended] = []
        self.winding_up: set[str] = set()
        self._course: defaultdict[str, list[Any]] = defaultdict(list)
        """What the request states of the course of an area's plan."""
        for item in new:
            if isinstance(item.fact, plausibility.COURSE) and all_read(item.fact):
                self._course[item.fact.area].append(item.fact)
            match item.fact:
                case facts.PersonRegistered() if item.person is not None:
                    self.registered[item.person].add(SubjectKind.PERSON)
                case facts.HouseholdRegistered() if item.household is not None:
                    self.registered[item.household].add(SubjectKind.HOUSEHOLD)
                case facts.AreaRegistered():
                    self._areas[item.fact.area] = item.fact
                case facts.DwellingRecorded():
                    self._dwellings.add(item.fact.dwelling)
                case facts.PropertySold() | facts.ProceedsSettled() | facts.ProceedsUseDecided():
                    self.money[item.fact.sale].append(item.fact)
                case facts.CriteriaSet() if was_read(item.fact.criteria):
                    self.criteria[item.fact.criteria].append(item.fact)
                case facts.PlanApproved() if was_read(item.fact.approved_on):
                    self._plans[item.fact.area].append(item.fact.approved_on)
                case facts.PlanCarriedOut() if was_read(item.fact.carried_out_on):
                    self.carried_out[item.fact.area].append(item.fact.carried_out_on)
                case facts.AreaChangeApproved():
                    self._note_change(item.fact)
                case facts.OriginCriterionSuspended():
                    self.suspensions.append(item.fact)
                case facts.WindingUpOrdered():
                    self.winding_up.add(item.fact.area)

    def _note_change(self, fact: Any) -> None:
        if fact.approved_on is not None and fact.change is not None:
            self.changes.append(fact)

    def course_beside(self, fact: Any, corrects: UUID | None) -> list[Any]:
        """Return the other facts of a plan's course that stand, or that the request states."""
        standing = [
            item.fact
            for kind in plausibility.COURSE
            for item in self.view.find(kind, fact.area)
            if item.event_id != corrects
        ]
        return [*standing, *(each for each in self._course[fact.area] if each is not fact)]

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

    def areas(self) -> list[str]:
        """Return every area that is registered, by the request or before."""
        return sorted({*self.view.keys(facts.AreaRegistered), *self._areas})

    def names(self, area: str, *, stands: bool = False) -> set[str]:
        """Return the names of an area on any day; `stands`: without those of the request."""
        renamed = {item.fact.name for item in self.view.find(facts.AreaRenamed, area)}
        before = self.view.area(area)
        registered = before.fact if before is not None else None
        if not stands and area in self._areas:
            registered = self._areas[area]
        return renamed if registered is None else {registered.name, *renamed}

    def was_listed(self, area: str) -> bool:
        """Tell whether a list names the area."""
        rows = self.view.find(facts.AreaListed, area)
        return any(lists.listing(row.fact, k) is Listing.ON for row in rows for k in ListKind)

    def dwelling(self, dwelling: str) -> bool:
        """Tell whether the dwelling is recorded, by the request or before, for any day."""
        return dwelling in self._dwellings or bool(self.view.find(facts.DwellingRecorded, dwelling))

    def of_sale(self, kind: type[F], sale: str, corrects: UUID | None = None) -> list[F]:
        """Return what is stated of a sale, by the request or before, but for one corrected."""
        before = [i.fact for i in self.view.find(kind, sale) if i.event_id != corrects]
        return [*before, *(fact for fact in self.money[sale] if isinstance(fact, kind))]

    def approvals(self, area: str) -> list[date]:
        """Return the days on which plans of the area were approved."""
        approved = [item.fact.approved_on for item in self.view.find(facts.PlanApproved, area)]
        return [*approved, *self._plans[area]]

    @property
    def test_numbers_allowed(self) -> bool:
        """Tell whether CPR numbers made for tests are read: only in the made-up municipality."""
        return self.instance.created.municipality == MADE_UP_MUNICIPALITY


_NOTHING = Reference().at()
"""A view in which nothing is recorded: what one change by itself says."""


# --- What stands about areas -------------------------------------------------------------------


def _check_change_beside(fact: Any, field: Checked, known: _Known, corrects: UUID | None) -> None:
    """Check a change of an area's limits against what stands about the areas it names."""
    registered = known.area(fact.area)
    municipality = None if registered is None else registered.municipality
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
    _check_days_of_areas(fact, field, known)
    _check_parcels(fact, field, known)


def _check_days_of_areas(fact: facts.AreaChangeApproved, field: Checked, known: _Known) -> None:
    """Check that no list and no figures are of a day on which, by this change, an area is not."""
    named = [("area", fact.area)]
    named += [(f"parts[{index}].area", part.area) for index, part in enumerate(fact.parts)]
    for name, area in named:
        since, before = lists.existed(_NOTHING, area, [fact])
        listed = [item.fact.list_day for item in known.view.find(facts.AreaListed, area)]
        measured = [item.fact.reference_day for item in known.view.find(facts.AreaFigures, area)]
        if since is not None:
            early = [day for day in listed if day < since]
            early += [day for day in measured if day.year < since.year]
            if early:
                field.bad(name, f"has a list or figures of {min(early)}, before it came to be")
        if before is not None:
            late = [day for day in (*listed, *measured) if day >= before]
            if late:
                field.bad(name, f"has a list or figures of {max(late)}; it ends before {before}")


def _check_parcels(fact: facts.AreaChangeApproved, field: Checked, known: _Known) -> None:
    """Check that the plots of a change add up to those that are recorded of the whole."""
    recorded = [item.fact for item in known.view.find(facts.AreaParcels, fact.area)]
    for place, what in _plots_apart(fact, recorded):
        field.bad(place, what)


def _plots_apart(
    change: facts.AreaChangeApproved, recorded: Iterable[facts.AreaParcels]
) -> Iterator[tuple[str, str]]:
    """Say where the plots of a change do not add up to those that were the area's on its day."""
    held = [each for each in recorded if each.first_day <= change.approved_on]
    if not held:
        return
    whole = set(max(held, key=lambda each: each.first_day).parcels)
    extension = change.change is facts.AreaChange.EXTENSION
    for index, part in enumerate(change.parts):
        for number, parcel in enumerate(part.parcels):
            place = f"parts[{index}].parcels[{number}]"
            if extension and parcel in whole:
                yield place, "lies in the area already"
            elif change.change is facts.AreaChange.SPLIT and parcel not in whole:
                yield place, "is not among the plots recorded of the area that is split"
    if change.change is facts.AreaChange.SPLIT and all(part.parcels for part in change.parts):
        left = whole - {parcel for part in change.parts for parcel in part.parcels}
        if left:
            yield "parts", f"leave out {len(left)} of the plots recorded of the area"


def _change_apart(view: View, area: str, recorded: Sequence[facts.AreaParcels]) -> str:
    """Say of which change the plots do not add up to these records; "": of none."""
    for item in lists.changes(view, area):
        if item.fact.area == area and next(_plots_apart(item.fact, recorded), None):
            return f"the change approved on {item.fact.approved_on}"
    return ""


def _check_suspension(fact: Any, field: Checked, known: _Known, corrects: UUID | None) -> None:
    """Check that one suspension at most covers any day."""
    for item in known.view.find(facts.OriginCriterionSuspended, ""):
        if fact.first_day is not None and item.event_id != corrects and _overlap(item.fact, fact):
            field.bad("first_day", "overlaps a suspension that stands; correct that one")
    if any(_overlap(other, fact) for other in known.suspensions if other is not fact):
        field.bad("first_day", "overlaps another suspension of this request")


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
                    # Those of the day itself contradict it, which is no matter of confirming.
                    plausibility.figures_beside(known.view, fact.area, corrects, but=day),
                )
            except (ArithmeticError, ValueError):
                return  # a figure that can't be read is named already
            found = [doubt._replace(about=f"figures.{doubt.about}") for doubt in found]
        case _:
            found = plausibility.share_doubts(fact)
            found += plausibility.plan_doubts(known.view, fact)
            found += plausibility.built_doubts(fact)
            if isinstance(fact, plausibility.COURSE) and all_read(fact):
                found += plausibility.course_doubts(fact, known.course_beside(fact, corrects))
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
    """Check that what a fact refers to is recorded, and what must hold of it there."""
    here = getattr(fact, "municipality", None)
    for name, said, id in referred(fact):
        if said.refers == "area":
            _check_area(name, id, field, known, here if said.here else None)
        elif said.refers == "sale":
            if not known.of_sale(facts.PropertySold, id):
                field.bad(name, "no sale with this id is recorded here; record it first")
        elif not known.dwelling(id):
            field.bad(name, "no dwelling with this id is recorded here; record it first")
    match fact:
        case facts.PlanApproved():
            if corrects is not None and fact.approved_on is not None:
                plans = [*_others(known.view, fact, fact.area, corrects), fact]
                left = _without_plan(known.view, fact.area, [plan.approved_on for plan in plans])
                if left:
                    field.bad("approved_on", f"leaves {left} without a plan approved before it")
        case facts.DwellingRecorded() if corrects is not None and was_read(fact.first_day):
            recorded = [*_others(known.view, fact, fact.dwelling, corrects), fact]
            vacant = _vacant_before(known.instance, known.view, fact.dwelling, recorded)
            if vacant:
                field.bad("first_day", f"leaves out {vacant}")
        case facts.AreaRegistered() | facts.AreaRenamed():
            _check_new_name(fact, field, known)
        case facts.AreaFigures():
            _check_existed(fact, field, known)
        case facts.AreaParcels() if was_read(fact.first_day):
            parcels = [*_others(known.view, fact, fact.area, corrects), fact]
            change = _change_apart(known.view, fact.area, parcels)
            if change:
                field.bad("parcels", f"do not go with the plots of {change}")
        case facts.AreaChangeApproved():
            _check_change_beside(fact, field, known, corrects)
        case facts.OriginCriterionSuspended():
            _check_suspension(fact, field, known, corrects)
        case facts.PlanCarriedOut():
            if not known.approvals(fact.area):
                field.bad("area", "no plan is recorded for this area")
            elif was_read(fact.carried_out_on):
                _check_carried_out(fact, field, known, corrects)
        case facts.WindingUpPlanSent():
            ordered = known.view.find(facts.WindingUpOrdered, fact.area)
            if not ordered and fact.area not in known.winding_up:
                field.bad("area", "no order to wind up this area is recorded")
        case facts.LettingShareDecided():
            _check_share_of_criteria(fact, field, known)
        case facts.ClauseJudged():
            _check_clause(fact, field, known)
        case facts.PropertySold() | facts.ProceedsSettled() | facts.ProceedsUseDecided():
            _check_money(fact, field, known, corrects)
        case facts.DwellingsSold() if fact.sale is not None:
            _check_sold(fact, field, known)
        case facts.ReadingChosen():
            point = CURRENT.points.get(fact.point)
            if point is not None and fact.reading not in point.readings:
                field.bad("reading", f"is not one of {', '.join(point.readings)}")
        case _:
            return


def _check_money(fact: Any, field: Checked, known: _Known, corrects: UUID | None) -> None:
    """Check days of a sale in their order, and that no more is used than went into the fund."""
    sold = known.of_sale(facts.PropertySold, fact.sale, corrects)
    settled = known.of_sale(facts.ProceedsSettled, fact.sale, corrects)
    uses = known.of_sale(facts.ProceedsUseDecided, fact.sale, corrects)
    match fact:
        case facts.PropertySold():
            gone = [i.fact for i in known.view.find(facts.DwellingsSold, fact.area or "")]
            days = [
                *(each.settled_on for each in settled),
                *(each.decided_on for each in uses),
                *(each.taken_over_on for each in gone if each.sale == fact.sale),
            ]
            earliest = min(filter(was_read, days), default=date.max)
            if corrects is not None and was_read(fact.sold_on) and earliest < fact.sold_on:
                field.bad("sold_on", f"lies after what is recorded of the sale, {earliest}")
            return
        case facts.ProceedsSettled():
            field.order("settled_on", _day_of(sold), fact.settled_on)
        case facts.ProceedsUseDecided():
            field.order("decided_on", _day_of(sold), fact.decided_on)
            if sold and not settled:
                field.bad("sale", "its proceeds are not settled; record that first")
    amounts = [use.amount_oere for use in uses]
    fund: Any = settled[-1].into_fund_oere if settled else None
    if was_read(fund) and all(map(was_read, amounts)) and sum(amounts) > fund:
        name = "into_fund_oere" if isinstance(fact, facts.ProceedsSettled) else "amount_oere"
        field.bad(name, f"{sum(amounts)} øre are used in all, of {fund} in the fund")


def _check_sold(fact: facts.DwellingsSold, field: Checked, known: _Known) -> None:
    """Check that dwellings of the inventory go with the sale that they are said to be part of."""
    for sold in known.of_sale(facts.PropertySold, fact.sale or "")[-1:]:
        if sold.area != fact.area:
            field.bad("sale", "is a sale in another area")
        if sold.buyer in facts.GOES_ON:
            field.bad("sale", "is to a buyer that goes on with them as social or care dwellings")
        field.order("taken_over_on", _day_of([sold]), fact.taken_over_on)


def _day_of(sold: Sequence[facts.PropertySold]) -> date | None:
    """Return the day of the sale, as far as it could be read."""
    return next((each.sold_on for each in sold if was_read(each.sold_on)), None)


def _check_share_of_criteria(
    fact: facts.LettingShareDecided, field: Checked, known: _Known
) -> None:
    """Check that the criteria that say a share are recorded, and are such criteria."""
    if not fact.criteria:
        return
    versions = _versions(fact.criteria, field, known)
    if (
        versions
        and fact.basis in CRITERIA
        and not any(
            each.basis in CRITERIA[fact.basis] and each.organisation in ("", fact.organisation)
            for each in versions
        )
    ):
        field.bad("criteria", "are criteria of another basis, or of another organisation")


def _versions(criteria: str, field: Checked, known: _Known) -> list[facts.CriteriaSet]:
    """Return every version of the criteria; that there are none is noted."""
    versions = [item.fact for item in known.view.find(facts.CriteriaSet, criteria)]
    versions += known.criteria[criteria]
    if not versions:
        field.bad("criteria", "no criteria with this id are recorded here; record them first")
    return versions


def _check_clause(fact: facts.ClauseJudged, field: Checked, known: _Known) -> None:
    """Check that a clause that was looked at stands in the criteria, and leaves something open."""
    versions = _versions(fact.criteria, field, known)
    if not versions or not was_read(fact.number):
        return
    standing = current(known.view, fact.criteria, fact.decision_day)
    if standing is not None and not known.criteria[fact.criteria]:
        versions = [standing.fact]
    named = [e.clauses[fact.number - 1] for e in versions if 0 < fact.number <= len(e.clauses)]
    if not named:
        most = max(len(each.clauses) for each in versions)
        field.bad("number", f"is no clause of these criteria, which have {most}")
    elif all(each.does is facts.AsksMore.ORDER for each in named):
        field.bad("number", "is a clause about who comes first, which no finding settles")


def _check_carried_out(
    fact: facts.PlanCarriedOut, field: Checked, known: _Known, corrects: UUID | None
) -> None:
    """Check that a plan is carried out once: a second time is of a plan approved in between."""
    others = [
        item.fact.carried_out_on
        for item in known.view.find(facts.PlanCarriedOut, fact.area)
        if item.event_id != corrects
    ]
    done = {*others, *known.carried_out[fact.area], fact.carried_out_on}
    day = _not_approved(known.approvals(fact.area), done)
    if day is not None:
        field.bad(
            "carried_out_on",
            f"of the plan carried out on {day} none was approved since the one before it",
        )


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


def _check_near_names(fact: facts.Fact, field: Checked, known: _Known) -> None:
    """Name an area whose name is so near that the two may be one; the caller may confirm it.

    The whole of the name in the same municipality is asked about always; a part of it, a slip of a
    letter, and the same name elsewhere, where lists name the other area: its run of them breaks if
    the two are one.
    """
    if not isinstance(fact, facts.AreaRegistered | facts.AreaRenamed):
        return
    registered = known.area(fact.area)
    if registered is None or fact.name in known.names(fact.area, stands=True):
        return
    for other in known.areas():
        of_other = known.area(other)
        if of_other is None or other == fact.area:
            continue
        ways = {nearness(fact.name, each) for each in known.names(other)}
        whole = not ways.isdisjoint(WHOLE)
        here = of_other.municipality == registered.municipality
        if (whole and here) or ((whole or (here and ways != {None})) and known.was_listed(other)):
            field.bad(
                "name",
                f"is near that of {other}: write the id of that area if it is meant, or confirm "
                "with accept_new",
            )
            return


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
                _check_cpr_owner(instance, item, field, numbers, reader)
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
    instance: Instance,
    item: NewFact,
    field: Checked,
    numbers: dict[str, UUID | None],
    reader: Reader,
) -> None:
    number = getattr(item.fact, "cpr", "")
    if not number:
        return
    try:
        parsed = cpr.parse(number, allow_test_numbers=True)
    except cpr.InvalidCpr:
        return
    owner = instance.keys.find_by_cpr(parsed)
    if owner is not None and owner != item.person:
        # Whoever is told so has looked the number up.
        instance.person_facts.note_looked_up([owner], reader)
        field.bad("cpr", f"the number belongs to another person here, {owner}")
    elif numbers.setdefault(number, item.person) != item.person:
        field.bad("cpr", "the number stands for another person in this request")


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
                    _wire(item.fact, field),
                    "contradicts another fact about the same for some of these days; correct or "
                    "retract that one",
                )
            taken[place].append(item.fact)


def _wire(fact: facts.Fact, field: str) -> str:
    """Return what a message calls a field of its fact."""
    return next((slot.wire for slot in slots(type(fact)) if slot.name == field), field)


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
