"""Recording a file of facts, against reading the same file into plain rows.

`python -m tests.benchmarks.fact_files [ROWS]` measures once, with the peak of memory of each side;
with `profile` before the number it says where the time goes.
"""

from __future__ import annotations

import cProfile
import csv
import io
import pstats
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

from domain.facts import ControllerKind
from husret.v1 import fact_service_pb2 as pb
from services.api.fact_files import record_files
from services.instance.instance import Instance
from tests.benchmarks.measuring import Line, Scale, in_rounds

NAME = "fact-files"
ROWS = 100_000
_SEED = 12
_MONTHS = 9
"""Months on a benefit of each person, each a row, as a municipality's system exports them."""
_HEADER = ("fact", "person_id", "name", "benefit", "first_day", "last_day")


def file_of(rows: int) -> bytes:
    """Make a file of so many facts: made-up persons, and the months each was on a benefit."""
    chance = random.Random(_SEED)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(_HEADER)
    written = 0
    while written < rows:
        person = str(UUID(int=chance.getrandbits(128), version=4))
        lines = [["person_registered", person, f"Opdigtet {written}", "", "", ""]]
        for month in range(1, _MONTHS + 1):
            days = date(2024, month, 1), date(2024, month, 28)
            lines.append(
                ["benefit_period", person, "", "kontanthjaelp", *(f"{d:%d-%m-%Y}" for d in days)]
            )
        writer.writerows(lines[: rows - written])
        written += len(lines)
    return out.getvalue().encode()


def _record(content: bytes, rows: int, twice: bool = False) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        instance = Instance.create(
            Path(scratch) / "instance",
            controller="made up",
            kind=ControllerKind.MUNICIPALITY,
            municipality="9999",
        )
        request = pb.RecordFilesRequest(files=[pb.FactFile(name="made-up.csv", content=content)])
        request.context.actor, request.context.purpose = "benchmark", "import"
        done = record_files(instance, request, lambda: None)
        assert done.new_facts == rows
        if twice:
            began = time.perf_counter()
            assert record_files(instance, request, lambda: None).known_facts == rows
            print(f"again: {time.perf_counter() - began:.2f} s")
        instance.close()


def _plain(content: bytes) -> None:
    rows = list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";"))
    assert rows


def lines(scale: Scale) -> Iterator[Line]:
    """Measure how many rows a second are recorded, and read."""
    count = ROWS if scale.households >= 1_000 else 1_000
    content = file_of(count)

    def timed(run: object, *arguments: object) -> float:
        assert callable(run)
        began = time.perf_counter()
        run(*arguments)
        return count / (time.perf_counter() - began)

    ours, baseline = in_rounds(
        scale, lambda: timed(_record, content, count), lambda: timed(_plain, content)
    )
    yield Line(
        name=NAME,
        what="rows a second, from bytes to sealed facts on disk",
        against="rows a second, the same file into lists of text",
        unit="rows/s",
        ours=ours,
        baseline=baseline,
        goal=None,
        conditions={"rows": f"{count:,}", "bytes": f"{len(content):,}"},
    )


def _peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure one side in this process, or each in one of its own."""
    if len(sys.argv) > 2:
        side, rows = sys.argv[1], int(sys.argv[2])
        content = file_of(rows)
        if side == "profile":
            with cProfile.Profile() as profile:
                _record(content, rows)
            pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
            return
        before, began, worked = _peak(), time.perf_counter(), time.process_time()
        _record(content, rows) if side == "record" else _plain(content)
        took, worked = time.perf_counter() - began, time.process_time() - worked
        more = f"{_peak() - before:.0f} MB more than {before:.0f} MB"
        print(f"{side}: {took:.2f} s ({worked:.2f} s of processor), {more}")
        return
    count = sys.argv[1] if len(sys.argv) > 1 else str(ROWS)
    for each in ("plain", "record"):
        subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.fact_files", each, count], check=True
        )


if __name__ == "__main__":
    main()
