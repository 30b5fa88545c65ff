"""Planning an import of figures: a file beside what stands in the log.

Nothing is written here. The caller appends a plan's facts in one batch, so that a file is imported
whole or not at all. What a file leaves out stays as it is: the fact that corrects one that stands
holds both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from domain.events import Recorded
from domain.facts import AreaFigures, AreaRegistered, AreaRenamed, Fact, Figures, ReferenceFigures
from domain.law.area.figures import PUBLISHED
from domain.law.area.measured import COUNTED
from domain.reference import View
from services.area_figures.reading import FigureFile, Group, NewArea
from services.facts import plausibility
from services.facts.checks import NewFact
from services.facts.fields import FieldErrors
from services.sheets.file import BadFile, Problem


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that a file states otherwise than it stands; its values are not repeated."""

    line: int
    row: str


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """What the import of a file appends, in one batch, and how its rows compare to the log.

    `new` are figures that nobody stated before; `changed` those that stand with another value.
    """

    facts: tuple[NewFact, ...]
    groups: tuple[Group | NewArea, ...]
    """By the number that is the path of each fact: the rows that it comes of."""
    new: int
    unchanged: int
    changed: tuple[Changed, ...]
    new_areas: tuple[AreaRegistered, ...]

    def problems(self, wrong: FieldErrors) -> Iterator[Problem]:
        """Say of wrong fields of the facts in which line and column they stand."""
        for path, what in wrong.found:
            at, _, rest = path.partition(".")
            of = self.groups[int(at)]
            line, column = (of.line, rest) if isinstance(of, NewArea) else of.place_of(rest)
            yield Problem(line, column, what)


def plan_import(file: FigureFile, view: View) -> FigurePlan:
    """Compare a file with what stands and return what its import appends.

    Raises BadFile where an area is not registered and the file does not name it, or names one that
    is registered otherwise.
    """
    problems: list[Problem] = []
    steps: list[tuple[Fact, Group | NewArea]] = []
    new_areas = list(_areas(file, view, problems))
    steps += [(each.fact, each) for each in new_areas]
    counts = {"new": 0, "unchanged": 0}
    changed: list[Changed] = []
    for group in sorted(file.groups, key=lambda each: (bool(each.about.area), each.about)):
        fact = group.fact()
        standing = _standing(view, fact)
        if standing is None:
            counts["new"] += len(group.values) + len(_counted(fact.figures))
            steps.append((fact, group))
            continue
        figures, found = _merged(standing.fact.figures, fact.figures, group)
        for name, count in found.counts.items():
            counts[name] += count
        about = group.about.area or group.about.place
        changed += [
            Changed(line, f"{about} {group.about.day}: {what}") for line, what in found.rows
        ]
        merged = msgspec.structs.replace(
            fact,
            figures=figures,
            source=_both(standing.fact.source, fact.source),
            corrects=standing.event_id,
        )
        if isinstance(merged, ReferenceFigures) and group.municipalities is None:
            merged = msgspec.structs.replace(merged, municipalities=standing.fact.municipalities)
        if msgspec.structs.replace(merged, corrects=standing.fact.corrects) != standing.fact:
            steps.append((merged, group))
    if problems:
        raise BadFile(file.name, problems)
    return FigurePlan(
        facts=tuple(NewFact(fact, path=str(at)) for at, (fact, _) in enumerate(steps)),
        groups=tuple(of for _, of in steps),
        new=counts["new"],
        unchanged=counts["unchanged"],
        changed=tuple(changed),
        new_areas=tuple(each.fact for each in new_areas),
    )


def implausible(plan: FigurePlan, view: View) -> Iterator[Problem]:
    """Name figures of a plan that can hardly be right, beside each other and what stands."""
    own: defaultdict[str, list[tuple[date, Figures]]] = defaultdict(list)
    areas = [
        (new.fact, of)
        for new, of in zip(plan.facts, plan.groups, strict=True)
        if isinstance(new.fact, AreaFigures) and isinstance(of, Group)
    ]
    for fact, _ in areas:
        own[fact.area].append((fact.reference_day, fact.figures))
    for fact, group in areas:
        day = fact.reference_day
        row = view.listed(fact.area, day)
        stands = plausibility.figures_beside(view, fact.area, fact.corrects, but=day)
        beside = [*own[fact.area], *stands]
        listed = None if row is None else row.fact
        for doubt in plausibility.figure_doubts(fact.figures, day, listed, beside):
            line, column = group.place_of(f"figures.{doubt.about}")
            what = f"{doubt.what}; correct it, or confirm it with accept_implausible"
            yield Problem(line, column, f"{doubt.about} {what} (--accept-implausible)")


def _areas(file: FigureFile, view: View, problems: list[Problem]) -> Iterator[NewArea]:
    unknown: set[str] = set()
    for group in file.groups:
        area = group.about.area
        if not area or area in file.named or area in unknown or view.area(area) is not None:
            continue
        unknown.add(area)
        what = f"{area} is not registered here; give its name in the column name"
        problems.append(Problem(group.line, "area", what))
    for area, named in sorted(file.named.items()):
        registered = view.area(area)
        if registered is None:
            yield named
            continue
        names = {registered.fact.name, *(i.fact.name for i in view.find(AreaRenamed, area))}
        if named.fact.name not in names:
            what = f"{area} is registered under another name; write that, or leave it empty"
            problems.append(Problem(named.line, "name", what))


def _standing(view: View, fact: AreaFigures | ReferenceFigures) -> Recorded[Any] | None:
    about = fact.area if isinstance(fact, AreaFigures) else fact.place
    found: list[Recorded[Any]] = [
        item
        for item in view.find(type(fact), about)
        if item.fact.reference_day == fact.reference_day
    ]
    return found[-1] if found else None


class _Found:
    """How the figures of a file compare to those that stand."""

    def __init__(self) -> None:
        self.counts = {"new": 0, "unchanged": 0}
        self.rows: list[tuple[int, str]] = []

    def note(self, before: Any, after: Any, line: int, what: str) -> None:
        if before is None:
            self.counts["new"] += 1
        elif before == after:
            self.counts["unchanged"] += 1
        else:
            self.rows.append((line, what))


def _merged(old: Figures, new: Figures, group: Group) -> tuple[Figures, _Found]:
    """Put what a file states in the place of what stands, and leave the rest."""
    found = _Found()
    values = {}
    for name in PUBLISHED:
        before, after = getattr(old, name), getattr(new, name)
        if after is not None:
            found.note(before, after, group.lines[name], name)
            values[name] = after
    measured = {(each.figure, _year(each)): each for each in old.measured}
    for each, line in zip(new.measured, group.measured_lines, strict=True):
        key = each.figure, _year(each)
        before = measured.get(key)
        if each.figure in COUNTED or (before is not None and before != each):
            what = f"{each.figure} {each.first_year}" if each.figure in COUNTED else "how measured"
            found.note(before, each, line, what)
        measured[key] = each
    for name, said in (("rounded", group.exact), ("education_cleaned", group.cleaned)):
        if said is not None:
            before, after = getattr(old, name), getattr(new, name)
            if before is not None and before != after:
                found.rows.append((group.line, name))
            values[name] = after
    return msgspec.structs.replace(old, measured=tuple(measured.values()), **values), found


def _year(each: Any) -> int | None:
    year: int | None = each.first_year if each.figure in COUNTED else None
    return year


def _counted(figures: Figures) -> list[Any]:
    return [each for each in figures.measured if each.figure in COUNTED]


def _both(old: str, new: str) -> str:
    return " | ".join(dict.fromkeys([*old.split(" | "), *new.split(" | ")]))
