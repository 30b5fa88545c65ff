"""Charts as SVG pictures: the same numbers give the same bytes.

By hand, for they are few: no library that was tried draws them smaller or the same twice. Whoever
does not see colours tells the marks by their shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from html import escape
from itertools import pairwise
from typing import NamedTuple

from services.reports.writing import Writing

INK, GREY, GRID, LINE, LIMIT, BELOW = (
    "#1a1a1a",
    "#454545",
    "#d9d9d9",
    "#0059b3",
    "#b3261e",
    "#e6f2ea",
)
FONT = "Plex, IBM Plex Sans, DejaVu Sans, sans-serif"

WIDTH = 720
PANEL_HEIGHT = 150
COLUMNS = 3

_STEPS = tuple(Decimal(each) for each in ("0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "50"))


class Mark(NamedTuple):
    """A figure of a year: its value, the limit it is measured by, and what came of that."""

    year: int
    value: Decimal | None
    limit: Decimal | None
    result: str


LONG_TITLE = 30
"""Characters of a panel's title that fit above it in any letters."""


class Panel(NamedTuple):
    """One criterion over the years."""

    title: str
    marks: Sequence[Mark]


class SharePoint(NamedTuple):
    """A share in per cent on a day, and whether it is at most what is aimed at."""

    day: date
    share: Decimal
    reached: bool


def criteria(panels: Sequence[Panel], writing: Writing) -> str:
    """Draw the criteria of an area beside each other, each over the years with its limit."""
    rows = -(-len(panels) // COLUMNS)
    height = rows * PANEL_HEIGHT + 24
    years = [mark.year for panel in panels for mark in panel.marks]
    drawn = [
        _panel(
            panel,
            WIDTH // COLUMNS * (number % COLUMNS),
            PANEL_HEIGHT * (number // COLUMNS),
            min(years),
            max(years),
            writing,
        )
        for number, panel in enumerate(panels)
    ]
    return _svg(WIDTH, height, [*drawn, _legend(height - 8, writing)])


def _panel(panel: Panel, left: int, top: int, first: int, last: int, writing: Writing) -> str:
    width, height = WIDTH // COLUMNS, PANEL_HEIGHT
    x0, x1, y0, y1 = left + 38, left + width - 34, top + 28, top + height - 22
    values = [v for mark in panel.marks for v in (mark.value, mark.limit) if v is not None]
    low, high, step = _scale(values or [Decimal(0), Decimal(1)])

    def across(year: int) -> Decimal:
        return x0 + Decimal(x1 - x0) * (year - first) / max(1, last - first)

    def up(value: Decimal) -> Decimal:
        return y1 - (y1 - y0) * (value - low) / (high - low)

    # A reader without our letters has wider ones.
    size = 11 if len(panel.title) <= LONG_TITLE else 9
    found = [_text(left + 4, top + 16, panel.title, size, INK, weight=600)]
    tick = low
    while tick <= high:
        found.append(_path(f"M{x0} {_n(up(tick))}H{x1}", GRID, 1))
        found.append(_text(x0 - 5, up(tick) + 4, writing.number(_plain(tick)), 10, GREY, "end"))
        tick += step
    for year in sorted({first, last}):
        found.append(_text(across(year), y1 + 15, str(year), 10, GREY, "middle"))
    found.append(_limit(panel.marks, across, up))
    known = [mark for mark in panel.marks if mark.value is not None]
    for before, after in pairwise(known):
        if before.value is not None and after.value is not None:
            found.append(
                _path(
                    f"M{_n(across(before.year))} {_n(up(before.value))}"
                    f"L{_n(across(after.year))} {_n(up(after.value))}",
                    LINE,
                    2,
                )
            )
    for mark in known:
        if mark.value is not None:
            found.append(_mark(across(mark.year), up(mark.value), mark.result))
    if known and known[-1].value is not None:
        end = known[-1]
        label = writing.number(str(end.value))
        found.append(
            _text(across(end.year) + 7, up(known[-1].value) + 4, label, 10, LINE, weight=600)
        )
    return "".join(found)


def _limit(
    marks: Iterable[Mark], across: Callable[[int], Decimal], up: Callable[[Decimal], Decimal]
) -> str:
    """Draw the limit as steps, one for each year that it is known of."""
    steps = [(mark.year, mark.limit) for mark in marks if mark.limit is not None]
    corners = []
    for number, (year, limit) in enumerate(steps):
        last = number + 1 == len(steps)
        begins = (across(steps[number - 1][0]) + across(year)) / 2 if number else across(year) - 4
        ends = across(year) + 4 if last else (across(year) + across(steps[number + 1][0])) / 2
        corners += [f"{_n(begins)} {_n(up(limit))}", f"{_n(ends)} {_n(up(limit))}"]
    return _path("M" + "L".join(corners), LIMIT, 1.5, dashed=True) if corners else ""


def _mark(x: Decimal, y: Decimal, result: str) -> str:
    at = f'cx="{_n(x)}" cy="{_n(y)}" r="3.5"'
    match result:
        case "met":
            return f'<circle {at} fill="{LINE}" stroke="{LINE}" stroke-width="1.5"/>'
        case "not_met":
            return f'<circle {at} fill="#ffffff" stroke="{LINE}" stroke-width="1.5"/>'
        case _:
            corners = f"M{_n(x)} {_n(y - 5)}l5 5l-5 5l-5 -5z"
            return f'<path d="{corners}" fill="#ffffff" stroke="{LINE}" stroke-width="1.5"/>'


def _legend(y: int, writing: Writing) -> str:
    found = []
    x = Decimal(8)
    for result, word in (
        ("met", "criterion_met"),
        ("not_met", "criterion_not_met"),
        ("not_decidable", "criterion_open"),
    ):
        said = writing.word(word)
        found.append(_mark(x, Decimal(y - 4), result))
        found.append(_text(x + 9, y, said, 10, GREY))
        x += 26 + len(said) * 6
    found.append(_path(f"M{_n(x)} {y - 4}h22", LIMIT, 1.5, dashed=True))
    found.append(_text(x + 28, y, writing.word("limit"), 10, GREY))
    return "".join(found)


def family_share(
    points: Sequence[SharePoint], target: Decimal, target_day: date, writing: Writing
) -> str:
    """Draw the share of family dwellings as counted, and the way that is left to the target."""
    width, height, left, right, top, bottom = WIDTH, 240, 44, 24, 20, 28
    first = min(each.day.year for each in points)
    last = max(target_day.year, *(each.day.year for each in points))

    def across(day: date) -> Decimal:
        year = Decimal(day.year) + Decimal(day.timetuple().tm_yday - 1) / 366
        return left + (width - left - right) * (year - first) / max(1, last - first)

    def up(value: Decimal) -> Decimal:
        return height - bottom - (height - top - bottom) * value / 100

    found = [
        f'<path d="M{left} {_n(up(target))}H{width - right}V{_n(up(Decimal(0)))}H{left}z" '
        f'fill="{BELOW}"/>'
    ]
    for tick in range(0, 101, 20):
        found.append(_path(f"M{left} {_n(up(Decimal(tick)))}H{width - right}", GRID, 1))
        found.append(_text(left - 6, up(Decimal(tick)) + 4, f"{tick} %", 10, GREY, "end"))
    for year in range(first, last + 1, 2 if last - first > 8 else 1):
        middle = across(date(year, 1, 1))
        found.append(_text(middle, height - bottom + 16, str(year), 10, GREY, "middle"))
    found.append(_path(f"M{left} {_n(up(target))}H{width - right}", LIMIT, 1.5, dashed=True))
    aim = writing.word("family_target", target=writing.number(_plain(target)))
    found.append(_text(left + 6, up(target) + 14, aim, 10, LIMIT, weight=600))
    for before, after in pairwise(points):
        line = (
            f"M{_n(across(before.day))} {_n(up(before.share))}"
            f"L{_n(across(after.day))} {_n(up(after.share))}"
        )
        found.append(_path(line, LINE, 2))
    latest = points[-1]
    if not latest.reached and latest.day < target_day:
        line = (
            f"M{_n(across(latest.day))} {_n(up(latest.share))}"
            f"L{_n(across(target_day))} {_n(up(target))}"
        )
        found.append(_path(line, LINE, 1.5, dashed=True))
        beyond = (across(latest.day) + across(target_day)) / 2
        height_there = (up(latest.share) + up(target)) / 2
        way = writing.word("way_left")
        found.append(_text(beyond, height_there - 12, way, 10, LINE))
    for each in points:
        found.append(_mark(across(each.day), up(each.share), "met" if each.reached else "not_met"))
        label = writing.number(str(each.share.quantize(Decimal("0.1"))))
        found.append(_text(across(each.day), up(each.share) - 9, label, 10, INK, "middle"))
    return _svg(width, height, found)


# --- Drawing --------------------------------------------------------------------------------


def _scale(values: Iterable[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """Return the ends and the step of an axis that holds the values, with some room."""
    listed = list(values)
    room = (max(listed) - min(listed)) * Decimal("0.15") or Decimal(1)
    low, high = max(Decimal(0), min(listed) - room), max(listed) + room
    step = next((each for each in _STEPS if (high - low) / each <= 4), Decimal(100))
    return (
        (low / step).to_integral_value(ROUND_FLOOR) * step,
        (high / step).to_integral_value(ROUND_CEILING) * step,
        step,
    )


def _svg(width: int, height: int, parts: Iterable[str]) -> str:
    drawn = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="{FONT}">{drawn}</svg>\n'
    )


def _path(path: str, stroke: str, width: float, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="5 3"' if dashed else ""
    return f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width}"{dashes}/>'


def _text(
    x: Decimal | int,
    y: Decimal | int,
    said: str,
    size: int,
    fill: str,
    anchor: str = "start",
    weight: int = 400,
) -> str:
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{size}" fill="{fill}" '
        f'text-anchor="{anchor}" font-weight="{weight}">{escape(said)}</text>'
    )


def _n(number: Decimal | int) -> str:
    """Write a coordinate, with one decimal where it has any."""
    return _plain(Decimal(number).quantize(Decimal("0.1")))


def _plain(number: Decimal) -> str:
    said = f"{number:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said
