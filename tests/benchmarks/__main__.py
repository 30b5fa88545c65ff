"""Measure, and print what came out: `python -m tests.benchmarks [--quick] [--json] [--only NAME]`.

A figure is never asserted: a goal that is missed is said, and the exit code is 0 all the same.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import (
    appending,
    checks,
    erasing,
    fact_files,
    figures,
    generated,
    reading,
    receipts,
    tree,
    verifying,
    views,
)
from tests.benchmarks.measuring import FULL, QUICK, Line, Scale, environment, load

_BUSY = 0.75
"""A load, for each core, above which the figures are marked as taken on a busy machine."""


def _beside_engines(name: str) -> Callable[[Scale], Iterator[Line]]:
    def measured(scale: Scale) -> Iterator[Line]:
        try:
            module = importlib.import_module(f"tests.benchmarks.{name}")
        except ModuleNotFoundError as error:
            if error.name not in ("zen", "cedarpy", "openfisca_core"):
                raise
            sys.exit('The benchmarks need rule engines: pip install -e ".[bench]" (make bench).')
        yield from module.lines(scale)

    return measured


GROUPS: dict[str, Callable[[Scale], Iterator[Line]]] = {
    "decision": _beside_engines("decision"),
    appending.NAME: appending.lines,
    tree.NAME: tree.lines,
    reading.NAME: reading.lines,
    receipts.NAME: receipts.lines,
    checks.NAME: checks.lines,
    views.NAME: views.lines,
    views.FOLLOW: views.follow_lines,
    views.OTHERS: views.other_lines,
    views.STATUS: views.status_lines,
    erasing.NAME: erasing.lines,
    figures.FILE.name: figures.FILE.lines,
    verifying.NAME: verifying.lines,
    generated.NAME: generated.lines,
    fact_files.FILE.name: fact_files.FILE.lines,
    "screening": _beside_engines("screening"),
}


def main() -> None:
    """Measure the groups asked for and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="just enough to see that it runs")
    parser.add_argument("--json", action="store_true", help="one JSON object, on stdout")
    parser.add_argument("--only", metavar="NAME", choices=GROUPS, help=", ".join(GROUPS))
    parser.add_argument(
        "--events",
        type=int,
        nargs="+",
        metavar="N",
        help="about how many events the generated sets have, the smallest first",
    )
    parser.add_argument(
        "--kept",
        type=Path,
        metavar="DIR",
        help="leave the generated sets in DIR, and take those that are there",
    )
    options = parser.parse_args()
    scale = replace(QUICK if options.quick else FULL, kept=options.kept)
    if options.events:
        scale = replace(scale, generated=tuple(options.events))
    conditions = {**environment(), "rounds": scale.rounds, "seconds_a_round": scale.seconds}
    before = load()
    if not options.json:
        _print_conditions(conditions, before)
    measured = []
    for name, lines in GROUPS.items():
        if options.only not in (None, name):
            continue
        for line in lines(scale):
            measured.append(line)
            if not options.json:
                _print_line(line)
    after = load()
    if options.json:
        report = {
            "environment": conditions,
            "load": {"before": before, "after": after},
            "lines": [line.as_json() for line in measured],
        }
        json.dump(report, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        missed = [line.name for line in measured if line.meets is False]
        print(f"\nLoad after: {after}. Goals missed: {', '.join(missed) or 'none'}.")


def _print_conditions(conditions: dict[str, Any], before: float) -> None:
    libraries = ", ".join(f"{name} {version}" for name, version in conditions["libraries"].items())
    print(
        f"Python {conditions['python']}, SQLite {conditions['sqlite']}, {libraries}\n"
        f"{conditions['system']}, {conditions['processor']}, {conditions['cores']} cores, "
        f"fdatasync {conditions['fdatasync_us']} µs\n"
        f"{conditions['rounds']} rounds of {conditions['seconds_a_round']} s; load before: {before}"
    )
    if before > _BUSY * conditions["cores"]:
        print("The machine is busy: don't trust these figures.")


def _print_line(line: Line) -> None:
    if line.absolute_goal is not None:
        goal = f"goal: {'at most' if line.at_most else 'at least'} {line.absolute_goal:,.0f}"
    elif line.goal is not None:
        goal = f"goal: {'at most' if line.at_most else 'at least'} {line.goal:g} times"
    else:
        goal = "no goal"
    verdict = {True: "met", False: "MISSED", None: "for information"}[line.meets]
    print(
        f"\n{line.name}: {line.ratio:.2f} times "
        f"({min(line.ratios):.2f} to {max(line.ratios):.2f}); {goal}, {verdict}\n"
        f"  {line.what}: {_spread(line.ours)} {line.unit}\n"
        f"  {line.against}: {_spread(line.baseline)} {line.unit}\n"
        f"  {'; '.join(f'{name} {value}' for name, value in line.conditions.items())}",
        flush=True,
    )


def _spread(values: tuple[float, ...]) -> str:
    return f"{median(values):,.0f} ({min(values):,.0f} to {max(values):,.0f})"


if __name__ == "__main__":
    main()
