"""Planning an import of figures: a file beside what stands in the log.

Nothing is written here. The caller appends a plan's facts in one batch, so that a file is imported
whole or not at all. What a file leaves out stays as it is: the fact that corrects one that stands
holds both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from domain.events import Recorded
from domain.facts import (
    AreaFigures,
    AreaRegistered,
    AreaRenamed,
    Fact,
    Figures,
    Measured,
    ReferenceFigures,
)
from domain.law.area.figures import PUBLISHED
from domain.law.area.measured import COUNTED
from domain.reference import View
from domain.shown import name_of, parts_hidden, small
from domain.suppression import LEAST_SHOWN
from services.area_figures.reading import FigureFile, Group, NewArea
from services.facts import plausibility
from services.facts.checks import NewFact
from services.facts.fields import FieldErrors
from services.sheets.file import Problem


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that a file states otherwise than it stands; its values are not repeated.

    `secret`: what stands tells of few persons, so that whether it is stated otherwise is not told.
    """

    line: int
    row: str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """What the import of a file appends, in one batch, and how its rows compare to the log.

    `new` are figures that nobody stated before; `changed` those that stand with another value, and
    every one that tells of few persons and stands, with whatever value: what comes of a row that
    states it is the same whether it is right or not. `refused`: areas that are not known.
    """

    facts: tuple[NewFact, ...]
    groups: tuple[Group | NewArea, ...]
    """By the number that is the path of each fact: the rows that it comes of."""
    new: int
    unchanged: int
    changed: tuple[Changed, ...]
    new_areas: tuple[AreaRegistered, ...]
    refused: tuple[Problem, ...]

    def problems(self, wrong: FieldErrors) -> Iterator[Problem]:
        """Say of wrong fields of the facts in which line and column they stand."""
        for path, what in wrong.found:
            at, _, rest = path.partition(".")
            of = self.groups[int(at)]
            fact: Any = self.facts[int(at)].fact
            if isinstance(of, NewArea):
                line, column = of.line, rest
            else:
                line, column = of.place_of(rest, fact.figures)
            yield Problem(line, column, what)


def plan_import(file: FigureFile, view: View, least: int = LEAST_SHOWN) -> FigurePlan:
    """Compare a file with what stands and return what its import appends.

    `least`: the smallest count of persons that is shown. What a file says of an area that is not
    registered and that it does not name, or names otherwise than it is registered, is left out.
    """
    problems: list[Problem] = []
    steps: list[tuple[Fact, Group | NewArea]] = []
    new_areas = list(_areas(file, view, problems))
    steps += [(each.fact, each) for each in new_areas]
    counts = {"new": 0, "unchanged": 0}
    changed: list[Changed] = []
    refused = {each.line for each in problems}
    left_out = {each.about.area for each in file.groups if each.line in refused}
    for group in sorted(file.groups, key=lambda each: (bool(each.about.area), each.about)):
        if group.about.area and group.about.area in left_out:
            continue
        fact = group.fact()
        standing = _standing(view, fact)
        if standing is None:
            counts["new"] += len(group.values) + len(_counted(fact.figures))
            steps.append((fact, group))
            continue
        secret = _secret(view, standing, least)
        figures, found = _merged(standing.fact.figures, fact.figures, group, secret)
        for name, count in found.counts.items():
            counts[name] += count
        about = group.about.area or group.about.place
        changed += [
            Changed(line, f"{about} {group.about.day}: {what}", what in secret)
            for line, what in found.rows
        ]
        merged = msgspec.structs.replace(
            fact,
            figures=figures,
            source=_both(standing.fact.source, fact.source),
            corrects=standing.event_id,
        )
        if isinstance(merged, ReferenceFigures) and group.municipalities is None:
            merged = msgspec.structs.replace(merged, municipalities=standing.fact.municipalities)
        same = msgspec.structs.replace(merged, corrects=standing.fact.corrects) == standing.fact
        if not same or any(what in secret for _, what in found.rows):
            steps.append((merged, group))
    return FigurePlan(
        facts=tuple(NewFact(fact, path=str(at)) for at, (fact, _) in enumerate(steps)),
        groups=tuple(of for _, of in steps),
        new=counts["new"],
        unchanged=counts["unchanged"],
        changed=tuple(changed),
        new_areas=tuple(each.fact for each in new_areas),
        refused=tuple(problems),
    )


def _secret(view: View, standing: Recorded[Any], least: int) -> frozenset[str]:
    """Name the figures of a fact that are not shown, as the rows of a file are named."""
    fact = standing.fact
    if not isinstance(fact, AreaFigures):
        return frozenset()
    shown, names = small(view, fact.area, least).figures(fact.figures, fact.reference_day.year)
    return frozenset((*names, *parts_hidden(fact.figures, shown)))


def implausible(
    plan: FigurePlan, view: View, least: int = LEAST_SHOWN, but: Collection[int] = ()
) -> Iterator[Problem]:
    """Name figures of a plan that can hardly be right, beside each other and what stands.

    `but`: the numbers of facts that are left out, because they can't be right at all.
    What stands and tells of few persons is left out: a doubt beside it would tell of it.
    """
    own: defaultdict[str, list[tuple[date, Figures]]] = defaultdict(list)
    areas = [
        (_without_secrets(new.fact, of, view, least), of)
        for at, (new, of) in enumerate(zip(plan.facts, plan.groups, strict=True))
        if isinstance(new.fact, AreaFigures) and isinstance(of, Group) and at not in but
    ]
    for fact, _ in areas:
        own[fact.area].append((fact.reference_day, fact.figures))
    for fact, group in areas:
        day = fact.reference_day
        row = view.listed(fact.area, day)
        stands = plausibility.figures_beside(view, fact.area, fact.corrects, but=day, least=least)
        beside = [*own[fact.area], *stands]
        listed = None if row is None else row.fact
        for doubt in plausibility.figure_doubts(fact.figures, day, listed, beside):
            line, column = group.place_of(f"figures.{doubt.about}", fact.figures)
            what = f"{doubt.what}; correct it, or confirm it with accept_implausible"
            yield Problem(line, column, f"{doubt.about} {what} (--accept-implausible)")


def _without_secrets(fact: AreaFigures, group: Group, view: View, least: int) -> AreaFigures:
    """Return a fact with what the file states, and of what stood before only what is shown."""
    standing = _standing(view, fact)
    secret = frozenset[str]() if standing is None else _secret(view, standing, least)
    left_out = {name: None for name in PUBLISHED if name in secret and name not in group.values}
    measured = tuple(
        each
        for each in fact.figures.measured
        if each in group.measured or _named(each) not in secret
    )
    figures = msgspec.structs.replace(fact.figures, measured=measured, **left_out)
    return msgspec.structs.replace(fact, figures=figures)


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


def _merged(
    old: Figures, new: Figures, group: Group, secret: frozenset[str]
) -> tuple[Figures, _Found]:
    """Put what a file states in the place of what stands, and leave the rest.

    What stands of the figures in `secret` is not compared: they are noted with any value.
    """
    found = _Found()
    values = {}
    for name in PUBLISHED:
        before, after = getattr(old, name), getattr(new, name)
        if after is not None:
            found.note(before, _SECRET if name in secret else after, group.lines[name], name)
            values[name] = after
    measured = {(each.figure, _year(each)): each for each in old.measured}
    for each, line in zip(new.measured, group.measured_lines, strict=True):
        key = each.figure, _year(each)
        before = measured.get(key)
        if each.figure in COUNTED or (before is not None and before != each):
            what = _named(each)
            found.note(before, _SECRET if what in secret else each, line, what)
        measured[key] = each
    for name, said in (("rounded", group.exact), ("education_cleaned", group.cleaned)):
        if said is not None:
            before, after = getattr(old, name), getattr(new, name)
            if before is not None and before != after:
                found.rows.append((group.line, name))
            values[name] = after
    return msgspec.structs.replace(old, measured=tuple(measured.values()), **values), found


_SECRET = object()
"""Is equal to no figure that stands."""


def _named(each: Measured) -> str:
    """Name what was counted of a year, or how a figure was measured."""
    return name_of(each) if each.figure in COUNTED else "how measured"


def _year(each: Measured) -> int | None:
    return each.first_year if each.figure in COUNTED else None


def _counted(figures: Figures) -> list[Measured]:
    return [each for each in figures.measured if each.figure in COUNTED]


def _both(old: str, new: str) -> str:
    return " | ".join(dict.fromkeys([*old.split(" | "), *new.split(" | ")]))
