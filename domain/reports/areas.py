"""The yearly report on housing areas: the lists of a year, and what is known of the areas on them.

It is computed from the open facts alone, as known at the position of the view, so no person is in
it. The day that it looks at is that of the year's last list; lettings are those of the calendar
year. What is not known is said to be so, and never counted as none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

import msgspec

from domain import facts
from domain.events import Recorded
from domain.facts import Channel, ListKind, ShareBasis
from domain.law import explain
from domain.law.area import figures, measured, origin
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.consequences import ToolKind
from domain.law.area.measured import DERIVED, Known, day_of
from domain.law.area.tools import Tool as InForceTool
from domain.law.area.tools import tools
from domain.law.edition import Edition
from domain.law.kernel import Readings, Status
from domain.law.letting.criteria import Compared
from domain.law.plans import counting
from domain.law.plans.course import course
from domain.law.plans.progress import standing_of
from domain.law.undecided import none_recorded
from domain.ledger import CITATIONS, Row, ledger
from domain.reference import View
from domain.reports import lists, texts
from domain.reports.lists import Movement
from domain.reports.said import (
    Basis,
    Exceptional,
    Reading,
    Said,
    Source,
    basis,
    literal,
    of_review,
    readings_used,
    said,
    sources_of,
    warning,
)
from domain.shown import WITHHELD, Shown

YEARS = 10
"""How many lists, the year's own among them, the criteria are followed over."""

Hides = Callable[[View, str], Shown]
"""Says, for an area, which of its figures would tell of few persons and are not shown."""


def nothing_hidden(view: View, area: str) -> Shown:
    """Hide nothing."""
    return Shown(view, area, 0)


_DECISIONS: dict[str, tuple[type[facts.Fact], str]] = {
    "COMBINED_LETTING": (facts.CombinedLettingDecided, "first_day"),
    "REFERRAL_RIGHT": (facts.ReferralRightDecided, "decision_day"),
}
"""The tools that somebody decides on: the fact that says so, and the field of its first day."""


class NoListsError(LookupError):
    """No list of the year is held, so there is nothing to report."""


class AreaMovement(msgspec.Struct, frozen=True, kw_only=True):
    """An area on a list, or on the one before: how it moved, and the events that say so."""

    area: str
    name: str
    municipality: str
    movement: str
    positions: tuple[int, ...]


class ListCount(msgspec.Struct, frozen=True, kw_only=True):
    """A list: what was published of it, and how many areas are known to be on it, came and left.

    `published_total` None: not known. `not_known`: areas registered here that may be on it.
    """

    kind: str
    title: Said
    day: date
    published: bool
    published_total: int | None
    complete: bool
    complete_for: tuple[str, ...]
    on: int
    entered: int
    stayed: int
    on_before_not_known: int
    left: int
    changed: int
    may_have_left: int
    not_known: int
    areas: tuple[AreaMovement, ...]


class CategoryStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an area is of a category: officially, and as its figures would give it."""

    category: str
    title: Said
    official: str
    computed: str


class CountedShare(msgspec.Struct, frozen=True, kw_only=True):
    """How many of how many were counted in a year."""

    year: int
    numerator: int
    denominator: int


class CriterionPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of one list day beside its limit; `value` empty: not known, or not shown.

    `withheld`: it would tell of few persons, and is not shown. `counted`: what it was worked out
    of, where that is recorded.
    """

    day: date
    value: str
    withheld: bool
    comparison: str
    limit: str
    result: str
    counted: tuple[CountedShare, ...] = ()


class CriterionCourse(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion over the lists, oldest first; list days without figures are left out."""

    name: str
    title: Said
    points: tuple[CriterionPoint, ...]


class PlanState(msgspec.Struct, frozen=True, kw_only=True):
    """How the development plan of an area stands: `status` met (approved), not_met or unknown.

    `due_on`: the last day to send it; None where the first list is not known. `state` is the word
    for it, empty where the area need have none and has none; `in_time`: whether it was sent by
    `due_on`, or still can be.
    """

    status: str
    kind: str = ""
    first_listed_on: date | None = None
    due_on: date | None = None
    sent_on: date | None = None
    refused_on: date | None = None
    approved_on: date | None = None
    reported_on: date | None = None
    carried_out_on: date | None = None
    positions: tuple[int, ...] = ()
    amended_on: date | None = None
    state: str = ""
    in_time: str = ""
    council_due_on: date | None = None


class SharePoint(msgspec.Struct, frozen=True, kw_only=True):
    """The share of family dwellings on a day, by the counting of § 168 a, stk. 1.

    Shares and the target are per cent as decimal text. `status` met: at most the target.
    `by_agreement`: as the agreement of 2018 would count, which was not enacted so. What is left to
    the target: family dwellings `too_many`, or others `to_build` in their place.
    """

    day: date
    family: int
    total: str
    share: str
    by_agreement: str
    target: str
    status: str
    too_many: int
    to_build: int
    positions: tuple[int, ...]


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    """A tool of letting that reaches an area by what it is, as the rules named say.

    `status` met: it is in force. Of a tool that somebody decides on, met: decided, from a day
    through another; not_met: not decided; unknown: not known here.
    """

    code: str
    title: Said
    citation: str
    rules: tuple[str, ...]
    status: str
    decided: bool
    """Somebody decides on it; else the area's status alone brings it."""
    first_day: date | None = None
    last_day: date | None = None
    positions: tuple[int, ...] = ()


class InForce(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that is in force in an area (`status` met), or may be (unknown), and why.

    `categories`: those of the area that it follows from; none: it reaches every area.
    """

    rule_id: str
    citation: str
    text: Said
    status: str
    categories: tuple[str, ...]
    positions: tuple[int, ...]


class ToolGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The tools of one kind, of the three that the agreement of 2018 brought, or of none."""

    kind: str
    title: Said
    tools: tuple[InForce, ...]


class LettingCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many vacancies went to a channel in the year, in order, and let go again."""

    channel: str
    basis: str
    title: Said
    citation: str
    allocated: int
    in_order: int
    released: int


class AreaSection(msgspec.Struct, frozen=True, kw_only=True):
    """What the report says of one area.

    `tested_as`: the category whose test the criteria are. `outside_lists`: it has too few residents
    for the lists, and is on none.
    """

    area: str
    name: str
    municipality: str
    summary: Said
    statuses: tuple[CategoryStatus, ...]
    tested_as: str
    criteria: tuple[CriterionCourse, ...]
    plan: PlanState
    family_share: tuple[SharePoint, ...]
    tools: tuple[Tool, ...]
    lettings: tuple[LettingCount, ...]
    positions: tuple[int, ...]
    in_force: tuple[ToolGroup, ...]
    outside_lists: bool


class SmallerArea(msgspec.Struct, frozen=True, kw_only=True):
    """An area with too few residents for the lists: the same figures, and nothing follows.

    `residents` empty: not known, or, where `withheld`, not shown.
    """

    area: str
    name: str
    municipality: str
    residents: str
    withheld: bool
    criteria: tuple[CriterionCourse, ...]
    positions: tuple[int, ...]


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A share of an organisation's vacancies that stood on any day of the year."""

    basis: str
    title: Said
    citation: str
    kind: str
    departments: tuple[str, ...]
    numerator: int
    denominator: int
    first_day: date
    last_day: date | None


class OrganisationSection(msgspec.Struct, frozen=True, kw_only=True):
    """The allocation ledger of an organisation in the year, recounted."""

    organisation: str
    shares: tuple[Share, ...]
    lettings: tuple[LettingCount, ...]
    out_of_order: tuple[int, ...]


class AreaReport(msgspec.Struct, frozen=True, kw_only=True):
    """The yearly report on housing areas."""

    year: int
    as_of: date
    municipality: str
    basis: Basis
    lists: tuple[ListCount, ...]
    areas: tuple[AreaSection, ...]
    organisations: tuple[OrganisationSection, ...]
    lettings_recorded: bool
    readings: tuple[Reading, ...]
    sources: tuple[Source, ...]
    exceptions: tuple[Exceptional, ...]
    smaller: tuple[SmallerArea, ...]
    area: str = ""


def area_report(
    edition: Edition,
    view: View,
    year: int,
    municipality: str = "",
    hides: Hides = nothing_hidden,
    *,
    area: str = "",
) -> AreaReport:
    """Return the report of a year as known at the view's position; raises NoListsError.

    `municipality` empty: of every municipality whose areas are registered here. `area`: of this
    area alone, which must be registered, with the lists and the ledgers that it has a part in.
    """
    return _Report(edition, view, year, municipality, hides, area).made()


class _Report:
    """The report in the making: what it rests on is gathered as it is looked at."""

    def __init__(
        self,
        edition: Edition,
        view: View,
        year: int,
        municipality: str,
        hides: Hides,
        area: str,
    ) -> None:
        self.edition, self.view, self.year, self.municipality = edition, view, year, municipality
        self.hides = hides
        self.area = area
        self.first_day, self.last_day = date(year, 1, 1), date(year, 12, 31)
        self.due = [
            (kind, day)
            for kind in ListKind
            for day in lists.days(kind, edition.first_day, self.last_day)
            if day.year == year
        ]
        self.held = [(kind, day) for kind, day in self.due if _is_held(view, kind, day)]
        if not self.held:
            raise NoListsError
        self.as_of = max(day for _, day in self.held)
        self.evidence: dict[int, Recorded[Any]] = {}
        self.points: set[str] = set()
        self.exceptions: list[Exceptional] = []
        self.lettings = _Lettings(view, year)

    def made(self) -> AreaReport:
        listed = [lists.of_day(self.view, kind, day, self.municipality) for kind, day in self.due]
        counted = tuple(self._counted(each) for each in listed)
        named = sorted({each.area for one in listed for each in one.areas} | set(self._planned()))
        if self.area:
            named = [self.area]
        areas = tuple(self._section(area) for area in named)
        smaller = () if self.area else tuple(self._smaller(named))
        letting = self.lettings.organisations_in(self.area)
        organisations = tuple(self._organisation(each) for each in letting)
        if not self.lettings.recorded:
            self._note("LETTINGS_NOT_RECORDED")
        return AreaReport(
            year=self.year,
            as_of=self.as_of,
            municipality=self.municipality,
            basis=basis(self.edition, self.view),
            lists=counted,
            areas=areas,
            organisations=organisations,
            lettings_recorded=self.lettings.recorded,
            readings=readings_used(self.edition, self.view, self.as_of, self.points),
            sources=sources_of(self.evidence.values()),
            exceptions=tuple(
                dict.fromkeys((*of_review(self.edition, self.view, self.as_of), *self.exceptions))
            ),
            smaller=smaller,
            area=self.area,
        )

    def _rests_on(self, items: Iterable[Recorded[Any]]) -> tuple[int, ...]:
        found = {item.position: item for item in items}
        self.evidence.update(found)
        return tuple(sorted(found))

    def _note(
        self, code: str, area: str = "", positions: tuple[int, ...] = (), **values: str | Said
    ) -> None:
        text = said(texts.EXCEPTIONS[code], **values)
        self.exceptions.append(Exceptional(code=code, text=text, area=area, positions=positions))

    # -- lists

    def _counted(self, found: lists.AreaList) -> ListCount:
        fact = None if found.published is None else found.published.fact
        title = literal(explain.list_kind_text(self.edition, found.kind, found.day))
        if found.published is not None:
            self._rests_on([found.published])
        total = None if fact is None else fact.published_total
        named: dict[str, Any] = {"kind": title, "day": texts.day(found.day)}
        if (found.kind, found.day) not in self.held:
            self._note("LIST_NOT_HELD", **named)
        elif total is None or self.municipality:
            if found.not_known:
                self._note("LIST_INCOMPLETE_HERE", **named, not_known=str(found.not_known))
        elif found.on != total:
            code = "LIST_COUNT_DIFFERS" if found.complete else "LIST_INCOMPLETE"
            self._note(code, **named, on=str(found.on), total=str(total))
        uncertain = found.count(Movement.ON, Movement.MAY_HAVE_LEFT)
        if uncertain:
            self._note("MOVEMENT_NOT_KNOWN", **named, count=str(uncertain))
        return ListCount(
            kind=found.kind.value,
            title=title,
            day=found.day,
            published=fact is not None,
            published_total=total,
            complete=found.complete,
            complete_for=() if fact is None else fact.complete_for,
            on=found.on,
            entered=found.count(Movement.ENTERED),
            stayed=found.count(Movement.STAYED),
            on_before_not_known=found.count(Movement.ON),
            left=found.count(Movement.LEFT),
            changed=found.count(Movement.CHANGED),
            may_have_left=found.count(Movement.MAY_HAVE_LEFT),
            not_known=found.not_known,
            areas=tuple(
                AreaMovement(
                    area=each.area,
                    name=each.name,
                    municipality=each.municipality,
                    movement=each.movement.value,
                    positions=self._rests_on(each.evidence),
                )
                for each in found.areas
                if self.area in ("", each.area)
            ),
        )

    def _planned(self) -> Iterable[str]:
        """Yield the areas under a plan on the day, on a list or not."""
        for registered in self._registered():
            if course(self.view, registered.fact.area, self.as_of).approved is not None:
                yield registered.fact.area

    def _registered(self) -> Iterable[Recorded[facts.AreaRegistered]]:
        """Yield the areas registered here that the report is about."""
        for area in self.view.keys(facts.AreaRegistered):
            registered = self.view.area(area)
            if registered is not None and self.municipality in ("", registered.fact.municipality):
                yield registered

    def _smaller(self, named: Collection[str]) -> Iterable[SmallerArea]:
        """Yield the other areas that have too few residents for the lists."""
        for registered in sorted(self._registered(), key=lambda item: item.fact.area):
            area = registered.fact.area
            if area in named or not self._is_outside(area):
                continue
            known = figures.figures_on(self.view, area, self.as_of)
            assert known is not None  # how many live there is known
            withheld = "residents" in self.hides(self.view, area).hidden(known)
            yield SmallerArea(
                area=area,
                name=self._name(area),
                municipality=registered.fact.municipality,
                residents="" if withheld else str(known.figures.residents),
                withheld=withheld,
                criteria=self._criteria(area, Category.PARALLEL_SOCIETY, told=False),
                positions=self._rests_on([registered, *known.evidence(["residents"])]),
            )

    def _is_outside(self, area: str) -> bool:
        return area_law.is_outside_lists(self.edition, self.view, area, self.as_of)

    # -- one area

    def _section(self, area: str) -> AreaSection:
        view, day = self.view, self.as_of
        standings = area_law.standings(self.edition, view, area, day)
        found = tools(self.edition, view, area, day)
        official = [(each.category.value, each.finding.status) for each in standings]
        registered = view.area(area)
        assert registered is not None  # a list names only what is registered
        positions = set(self._rests_on([registered]))
        statuses = []
        for each in standings:
            self.points.update(each.tree.points)
            positions.update(self._rests_on(each.finding.evidence))
            statuses.append(self._status(area, each))
        for code in origin.warnings(
            ((each.category, each.finding.status) for each in standings), day
        ):
            self.exceptions.append(warning(self.edition, code))
        met = [each.category for each in standings if each.finding.status is Status.MET]
        tested_as = _tested_as(met)
        criteria = self._criteria(area, tested_as)
        plan, family_share = self._plan(area), tuple(self._family_share(area))
        if plan.status == Status.UNKNOWN.value and Category.TRANSFORMATION in met:
            self._note("PLAN_NOT_KNOWN", area, name=self._name(area))
        open_plan = plan.status == Status.MET.value and plan.carried_out_on is None
        if open_plan and not family_share:
            self._note("FAMILY_SHARE_NOT_RECORDED", area, name=self._name(area))
        return AreaSection(
            area=area,
            name=self._name(area),
            municipality=registered.fact.municipality,
            summary=literal(explain.area_text(self.edition, day, official)),
            statuses=tuple(statuses),
            tested_as=tested_as.value,
            criteria=criteria,
            plan=plan,
            family_share=family_share,
            tools=tuple(self._tools(area, registered.fact.municipality, found)),
            lettings=self.lettings.of_area(area),
            positions=tuple(sorted(positions)),
            in_force=tuple(self._in_force(found)),
            outside_lists=self._is_outside(area),
        )

    def _name(self, area: str) -> str:
        return self.view.area_name(area, self.as_of)

    def _status(self, area: str, standing: area_law.Standing) -> CategoryStatus:
        category, status = standing.category, standing.finding.status
        title = literal(texts.category(self.edition, category, self.as_of))
        computed = Status.NOT_EXAMINED
        kind = category.list_kind
        if kind is not None:
            found, tree = area_law.judged(
                self.edition,
                self.view,
                self.as_of,
                lambda readings: area_law.by_figures(
                    self.edition, self.view, area, kind, self.as_of, readings
                ),
            )
            known = figures.figures_on(self.view, area, self.as_of)
            in_use = area_law.in_use(self.edition, self.view, self.as_of)
            readings = Readings(self.edition.points, in_use)
            criteria = area_law.criteria(self.view, area, category, self.as_of, readings)
            computed = self.hides(self.view, area).withhold(found, criteria, known).status
            self.points.update(tree.points)
            self._rests_on(found.evidence)
        decisive = {Status.MET, Status.NOT_MET}
        if computed is not status and {computed, status} <= decisive:
            self._note(
                "LIST_AND_FIGURES_DIFFER",
                area,
                name=self._name(area),
                category=title,
                official=texts.STATUSES[status.value],
                computed=texts.STATUSES[computed.value],
            )
        if status is Status.UNKNOWN and (kind is None or self._has_list(kind)):
            self._note("STATUS_NOT_KNOWN", area, name=self._name(area), category=title)
        return CategoryStatus(
            category=category.value, title=title, official=status.value, computed=computed.value
        )

    def _criteria(
        self, area: str, category: Category, *, told: bool = True
    ) -> tuple[CriterionCourse, ...]:
        """Follow the criteria of a test over the lists of its kind.

        `told`: what is not known of them is named among the exceptions.
        """
        kind = category.list_kind
        assert kind is not None  # what is tested has a list
        courses: dict[tuple[str, int], list[CriterionPoint]] = {}
        hides = self.hides(self.view, area)
        days = list(lists.days(kind, self.edition.first_day, self.as_of))[-YEARS:]
        for day in days:
            item = figures.figures_on(self.view, area, day)
            if item is None or day_of(item.item.fact).year != day.year:
                if day == self.as_of and told:
                    self._note("FIGURES_MISSING", area, name=self._name(area))
                continue
            hidden = hides.hidden(item)
            in_use = area_law.in_use(self.edition, self.view, day)
            readings = Readings(self.edition.points, in_use)
            names: Counter[str] = Counter()
            found = area_law.criteria(self.view, area, category, day, readings)
            self._rests_on(item.evidence(each.name for each in found))
            for each in found:
                withheld = each.name in hidden
                courses.setdefault((each.name, names[each.name]), []).append(
                    CriterionPoint(
                        day=day,
                        value="" if withheld else each.value or "",
                        withheld=withheld,
                        comparison=each.comparison,
                        limit=each.limit,
                        result=WITHHELD if hides.tells(each, item) else each.compared.value,
                        counted=() if withheld else self._counted_of(item, each.name, hides),
                    )
                )
                names[each.name] += 1
                if day == self.as_of and told and not hides.tells(each, item):
                    self._note_criterion(area, each.name, each.compared)
            self.points.update(readings.consulted)
        return tuple(
            CriterionCourse(
                name=name,
                title=literal(explain.criterion_title(self.edition, name)),
                points=tuple(points),
            )
            for (name, _), points in courses.items()
        )

    def _counted_of(self, known: Known, name: str, hides: Shown) -> tuple[CountedShare, ...]:
        """Return how many of how many a figure was worked out of; nothing where that is hidden."""
        return tuple(
            CountedShare(year=year, numerator=many, denominator=of)
            for year, many, of in measured.parts_of(self.view, known, name)
            if not hides.hides_part(DERIVED[name].counted, year)
        )

    def _note_criterion(self, area: str, name: str, compared: Compared) -> None:
        code = {
            Compared.NOT_DECIDABLE: "CRITERION_NOT_DECIDABLE",
            Compared.MISSING: "CRITERION_MISSING",
            Compared.SET_ASIDE: "CRITERION_SET_ASIDE",
        }.get(compared)
        if code is not None:
            title = literal(explain.criterion_title(self.edition, name))
            self._note(code, area, name=self._name(area), criterion=title)

    def _plan(self, area: str) -> PlanState:
        """Say how the area's development plan stands on the day."""
        made = course(self.view, area, self.as_of)
        rule = self.edition.rules["PLAN-168A"]
        found, tree = area_law.judged(
            self.edition,
            self.view,
            self.as_of,
            partial(rule.evaluate, self.edition, self.view, area, self.as_of),
        )
        self.points.update(tree.points)
        stands = standing_of(made, found, area, self.as_of)
        listed, approved = made.listed, made.approved
        status = made.unapproved.status if approved is None else Status.MET
        evidence = (*made.evidence, *(made.unapproved.evidence if approved is None else ()))
        return PlanState(
            status=status.value,
            kind="" if stands.kind is None else stands.kind.value,
            first_listed_on=listed.latest if listed.earliest == listed.latest else None,
            due_on=stands.due_on,
            council_due_on=stands.council_due_on,
            sent_on=None if made.sent is None else made.sent.fact.sent_on,
            refused_on=stands.refused_on,
            approved_on=stands.approved_on,
            amended_on=stands.amended_on,
            reported_on=stands.reported_on,
            carried_out_on=stands.carried_out_on,
            state=stands.state,
            in_time=stands.in_time.value if stands.state else "",
            positions=self._rests_on(evidence),
        )

    def _family_share(self, area: str) -> Iterator[SharePoint]:
        """Yield the share on each day up to the report's on which something of it changed."""
        days = [day for day in counting.days_of_change(self.view, area) if day <= self.as_of]
        rule = self.edition.rules["PLAN-COUNT"]
        for day in dict.fromkeys((*days, self.as_of) if days else ()):
            found, tree = area_law.judged(
                self.edition, self.view, day, partial(rule.evaluate, self.view, area, day)
            )
            share = counting.share_of(found)
            if share is None:
                continue
            self.points.update(tree.points)
            yield SharePoint(
                day=day,
                family=share.family,
                total=share.total,
                share=share.share,
                by_agreement=share.by_agreement,
                target=share.target,
                status=share.status.value,
                too_many=share.too_many,
                to_build=share.to_build,
                positions=self._rests_on(found.evidence),
            )

    def _has_list(self, kind: ListKind) -> bool:
        """Tell whether any list of the year is held; that none is, is said of the list."""
        return any(held is kind for held, _ in self.held)

    # -- letting

    def _in_force(self, found: Iterable[InForceTool]) -> Iterable[ToolGroup]:
        """Yield what is in force in an area, and what may be, by kind of tool."""
        for kind in ToolKind:
            of_kind = []
            for each in found:
                if each.kind is not kind:
                    continue
                if each.said is not None:
                    self.points.update(each.said.tree.points)
                of_kind.append(
                    InForce(
                        rule_id=each.rule_id,
                        citation=each.section,
                        text=literal(explain.consequence_text(self.edition, each.rule_id)),
                        status=each.finding.status.value,
                        categories=tuple(category.value for category in each.categories),
                        positions=self._rests_on(each.finding.evidence),
                    )
                )
            if of_kind:
                title = literal(self.edition.texts.TOOL_KINDS[kind])
                yield ToolGroup(kind=kind.value, title=title, tools=tuple(of_kind))

    def _tools(self, area: str, municipality: str, found: Iterable[InForceTool]) -> Iterable[Tool]:
        """Yield the tools of letting that reach the area, and what was decided of them."""
        reaching = [each for each in found if each.kind is ToolKind.LETTING]
        for text in texts.TOOLS:
            of_tool = [each for each in reaching if each.rule_id.startswith(text.rules)]
            rules = tuple(each.rule_id for each in of_tool)
            sure = any(each.finding.status is Status.MET for each in of_tool)
            decisions = _DECISIONS.get(text.code)
            if sure and decisions is not None:
                yield from self._decided(text, rules, area, municipality, *decisions)
            elif rules:
                yield self._tool(text, rules, Status.MET if sure else Status.UNKNOWN, False)
        for item in self.view.find(facts.ExemptionDecided, municipality):
            if area in item.fact.areas and self._in_year(item.fact.decision_day, item.fact):
                yield self._tool(
                    texts.EXEMPTION, (), Status.MET, True, item, item.fact.decision_day
                )

    def _decided(
        self,
        text: texts.ToolText,
        rules: tuple[str, ...],
        area: str,
        municipality: str,
        kind: type[facts.Fact],
        begins: str,
    ) -> Iterable[Tool]:
        """Yield what was decided of a tool in the area; where nothing is, what that means."""
        by_area = kind is facts.CombinedLettingDecided
        found: list[Recorded[Any]] = [
            item
            for item in self.view.find(kind, area if by_area else municipality)
            if by_area or area in getattr(item.fact, "areas", ())
        ]
        standing = [item for item in found if self._in_year(getattr(item.fact, begins), item.fact)]
        for item in standing:
            yield self._tool(text, rules, Status.MET, True, item, getattr(item.fact, begins))
        if not standing:
            none = none_recorded(
                self.view, kind, municipality, self.as_of, ("decision", "none"), area
            )
            evidence = none.evidence[0] if none.evidence else None
            yield self._tool(text, rules, none.status, True, evidence)

    def _in_year(self, first: date, fact: Any) -> bool:
        return _overlaps(first, fact.last_day, self.first_day, self.last_day)

    def _tool(
        self,
        text: texts.ToolText,
        rules: tuple[str, ...],
        status: Status,
        decided: bool,
        item: Recorded[Any] | None = None,
        first_day: date | None = None,
    ) -> Tool:
        return Tool(
            code=text.code,
            title=literal(text.title),
            citation=text.citation,
            rules=rules,
            status=status.value,
            decided=decided,
            first_day=first_day,
            last_day=None if first_day is None or item is None else item.fact.last_day,
            positions=self._rests_on([] if item is None else [item]),
        )

    def _organisation(self, organisation: str) -> OrganisationSection:
        out = self.lettings.out_of_order(organisation)
        if out:
            self._note(
                "ALLOCATIONS_OUT_OF_ORDER",
                positions=out,
                organisation=organisation,
                count=str(len(out)),
            )
        return OrganisationSection(
            organisation=organisation,
            shares=tuple(self._shares(organisation)),
            lettings=self.lettings.of_organisation(organisation),
            out_of_order=out,
        )

    def _shares(self, organisation: str) -> Iterable[Share]:
        for terms in ledger(organisation, self.view).terms:
            if terms.known_until is not None or not _overlaps(
                terms.first_day, terms.last_day, self.first_day, self.last_day
            ):
                continue
            yield Share(
                basis=terms.basis.value,
                title=literal(texts.BASES[terms.basis]),
                citation=CITATIONS[terms.basis],
                kind=terms.kind.value,
                departments=terms.departments,
                numerator=terms.numerator,
                denominator=terms.denominator,
                first_day=terms.first_day,
                last_day=terms.last_day,
            )


class _Lettings:
    """The allocations of a year: of each area, and of each organisation."""

    def __init__(self, view: View, year: int) -> None:
        self._rows = {
            organisation: [
                row
                for row in ledger(organisation, view).rows()
                if row.allocation.fact.allocated_on.year == year
            ]
            for organisation in view.keys(facts.VacancyAllocated)
        }
        self._areas = {
            row.allocation.event_id: _area_of(view, row.allocation.fact)
            for rows in self._rows.values()
            for row in rows
        }
        self.recorded = bool(view.keys(facts.VacancyRecorded))

    def organisations_in(self, area: str) -> list[str]:
        """Return the organisations that let in an area in the year; `area` empty: anywhere."""
        return [
            organisation
            for organisation, rows in self._rows.items()
            if any(area in ("", self._areas[row.allocation.event_id]) for row in rows)
        ]

    def of_area(self, area: str) -> tuple[LettingCount, ...]:
        return counted(
            row
            for rows in self._rows.values()
            for row in rows
            if self._areas[row.allocation.event_id] == area
        )

    def of_organisation(self, organisation: str) -> tuple[LettingCount, ...]:
        return counted(self._rows[organisation])

    def out_of_order(self, organisation: str) -> tuple[int, ...]:
        return tuple(
            row.allocation.position for row in self._rows[organisation] if not row.in_order
        )


def counted(rows: Iterable[Row]) -> tuple[LettingCount, ...]:
    """Count allocations by the turn that they took."""
    allocated: Counter[tuple[Channel, ShareBasis | None]] = Counter()
    in_order: Counter[tuple[Channel, ShareBasis | None]] = Counter()
    released: Counter[tuple[Channel, ShareBasis | None]] = Counter()
    for row in rows:
        way = row.allocation.fact.channel, row.allocation.fact.basis
        allocated[way] += 1
        in_order[way] += row.in_order
        released[way] += row.released is not None
    return tuple(
        LettingCount(
            channel=channel.value,
            basis="" if share is None else share.value,
            title=literal(texts.CHANNELS[channel] if share is None else texts.BASES[share]),
            citation=CITATIONS[share or channel],
            allocated=allocated[channel, share],
            in_order=in_order[channel, share],
            released=released[channel, share],
        )
        for channel in Channel
        for share in (None, *ShareBasis)
        if (channel, share) in allocated
    )


def _area_of(view: View, made: facts.VacancyAllocated) -> str | None:
    dwelling = view.dwelling(made.dwelling, made.allocated_on)
    return None if dwelling is None else dwelling.fact.area


def _is_held(view: View, kind: ListKind, day: date) -> bool:
    """Tell whether anything is held of a list: its publication, or a row that says who is on it."""
    if view.published(kind, day) is not None:
        return True
    return any(
        (row := view.listed(area, day)) is not None
        and getattr(row.fact, kind.value) is not facts.Listing.UNKNOWN
        for area in view.keys(facts.AreaListed)
    )


def _tested_as(met: list[Category]) -> Category:
    """Return the category whose test says most of an area: the one that holds all others."""
    narrow = {Category.VULNERABLE, Category.PARALLEL_SOCIETY, Category.TRANSFORMATION}
    if narrow & {*met}:
        return Category.PARALLEL_SOCIETY
    for category in (Category.PREVENTION, Category.COMBINED_LETTING):
        if category in met:
            return category
    return Category.PARALLEL_SOCIETY


def _overlaps(first: date, last: date | None, since: date, until: date) -> bool:
    return first <= until and (last or date.max) >= since
