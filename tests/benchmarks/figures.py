"""Importing a file of figures, against reading the same file into plain rows.

`python -m tests.benchmarks.figures [ROWS]` measures once, with the peak of memory of each side.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import tempfile
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
from tests.benchmarks.whole_files import WholeFile

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


FILE = WholeFile(
    name="figures",
    what="rows a second, from bytes to facts on disk",
    module="tests.benchmarks.figures",
    file_of=file_of,
    take=_import,
)

if __name__ == "__main__":
    FILE.main(sys.argv[1:])
