"""Importing a file of figures, against reading the same file into plain rows.

`python -m tests.benchmarks.figures [ROWS]` measures once, with the peak of memory of each side.
"""

from __future__ import annotations

import csv
import io
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

from domain.facts import ControllerKind, Measure
from domain.law.area.measured import COUNTED
from domain.suppression import LEAST_SHOWN
from husret.v1 import area_service_pb2 as pb
from services.api.area_figures import import_figures
from services.instance.instance import Instance
from tests.benchmarks.measuring import Line, Scale, in_rounds

NAME = "figures"
ROWS = 100_000
_SEED = 168
_YEARS = range(2016, 2024)
_HEADER = (
    "figure", "area", "name", "reference_day", "years", "value", "numerator", "denominator",
    "supplier", "extracted_on", "source",
)  # fmt: skip


def file_of(rows: int) -> bytes:
    """Make a file of so many figures: yearly counts of made-up areas."""
    chance = random.Random(_SEED)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(_HEADER)
    for line in _rows(chance, rows):
        writer.writerow(line)
    return out.getvalue().encode()


def _rows(chance: random.Random, rows: int) -> Iterator[list[str]]:
    counted = sorted(each.value for each in Measure if each in COUNTED)
    left = rows
    number = 0
    while left > 0:
        area, name = f"9999-omraade-{number:05}", f"Opdigtet {_roman(number)}"
        number += 1
        residents = chance.randint(300, 4000)
        for year in _YEARS:
            day = date(year + 1, 1, 1).isoformat()
            lines = [["residents", area, name, day, "", str(residents), "", "", "", "", "made up"]]
            for each in counted:
                of = residents if each in ("convicted", "nonwestern") else residents // 2
                many = chance.randint(of // 100, of // 2)
                by = ["Danmarks Statistik", f"{year + 1}-04-01", "made up"]
                lines.append([each, area, "", day, str(year), "", str(many), str(of), *by])
            yield from lines[:left]
            left -= len(lines)
            if left <= 0:
                return


def _roman(number: int) -> str:
    """Name areas so that no name is near another's."""
    return "".join("abcdefghij"[int(digit)] * 3 for digit in f"{number:05}")


def _import(content: bytes, rows: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        instance = Instance.create(
            Path(scratch) / "instance",
            controller="made up",
            kind=ControllerKind.MUNICIPALITY,
            municipality="9999",
        )
        request = pb.ImportAreaFiguresRequest(request_id=str(uuid4()), content=content)
        request.context.actor, request.context.purpose = "benchmark", "import"
        request.accept_new = request.accept_implausible = True
        done = import_figures(instance, request, lambda: None, LEAST_SHOWN)
        assert done.rows == rows
        instance.close()


def _plain(content: bytes) -> None:
    rows = list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";"))
    assert rows


def lines(scale: Scale) -> Iterator[Line]:
    """Measure how many rows a second are imported, and read."""
    count = ROWS if scale.households >= 1_000 else 1_000
    content = file_of(count)

    def timed(run: object, *arguments: object) -> float:
        assert callable(run)
        began = time.perf_counter()
        run(*arguments)
        return count / (time.perf_counter() - began)

    ours, baseline = in_rounds(
        scale, lambda: timed(_import, content, count), lambda: timed(_plain, content)
    )
    yield Line(
        name=NAME,
        what="rows a second, from bytes to facts on disk",
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
        before, began, worked = _peak(), time.perf_counter(), time.process_time()
        _import(content, rows) if side == "import" else _plain(content)
        took, worked = time.perf_counter() - began, time.process_time() - worked
        more = f"{_peak() - before:.0f} MB more than {before:.0f} MB"
        print(f"{side}: {took:.2f} s ({worked:.2f} s of processor), {more}")
        return
    count = sys.argv[1] if len(sys.argv) > 1 else str(ROWS)
    for each in ("plain", "import"):
        subprocess.run([sys.executable, "-m", "tests.benchmarks.figures", each, count], check=True)


if __name__ == "__main__":
    main()
