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
import sys
import tempfile
from datetime import date
from pathlib import Path
from uuid import UUID

from domain.facts import ControllerKind
from husret.v1 import fact_service_pb2 as pb
from services.api.fact_files import record_files
from services.instance.instance import Instance
from tests.benchmarks.whole_files import WholeFile

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


def _record(content: bytes, rows: int) -> None:
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
        instance.close()


FILE = WholeFile(
    name="fact-files",
    what="rows a second, from bytes to sealed facts on disk",
    module="tests.benchmarks.fact_files",
    file_of=file_of,
    take=_record,
)


def _profile(rows: int) -> None:
    content = file_of(rows)
    with cProfile.Profile() as profile:
        _record(content, rows)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(60)


if __name__ == "__main__":
    if sys.argv[1:2] == ["profile"]:
        _profile(int(sys.argv[2]))
    else:
        FILE.main(sys.argv[1:])
