"""Taking in a whole file, against reading the same file into plain rows."""

from __future__ import annotations

import csv
import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.benchmarks.measuring import Line, Scale, in_rounds

ROWS = 100_000


class WholeFile(NamedTuple):
    """A kind of file, and what takes it in."""

    name: str
    what: str
    """What the line measures, in words."""
    module: str
    """The module whose `main` measures one side in a process of its own."""
    file_of: Callable[[int], bytes]
    """Makes a file of so many rows."""
    take: Callable[[bytes, int], None]
    """Takes a file of so many rows into a new instance."""

    def lines(self, scale: Scale) -> Iterator[Line]:
        """Measure how many rows a second are taken in, and read."""
        count = ROWS if scale.households >= 1_000 else 1_000
        content = self.file_of(count)

        def rate(side: Callable[[bytes, int], None]) -> float:
            began = time.perf_counter()
            side(content, count)
            return count / (time.perf_counter() - began)

        ours, baseline = in_rounds(scale, lambda: rate(self.take), lambda: rate(_plain))
        yield Line(
            name=self.name,
            what=self.what,
            against="rows a second, the same file into lists of text",
            unit="rows/s",
            ours=ours,
            baseline=baseline,
            goal=None,
            conditions={"rows": f"{count:,}", "bytes": f"{len(content):,}"},
        )

    def main(self, arguments: list[str]) -> None:
        """Measure one side in this process (`husret ROWS`, `plain ROWS`), or each in its own."""
        if len(arguments) < 2:
            count = arguments[0] if arguments else str(ROWS)
            for each in ("plain", "husret"):
                subprocess.run([sys.executable, "-m", self.module, each, count], check=True)
            return
        side, rows = arguments[0], int(arguments[1])
        content = self.file_of(rows)
        before, began, worked = _peak(), time.perf_counter(), time.process_time()
        (self.take if side == "husret" else _plain)(content, rows)
        took, worked = time.perf_counter() - began, time.process_time() - worked
        more = f"{_peak() - before:.0f} MB more than {before:.0f} MB"
        print(f"{side}: {took:.2f} s ({worked:.2f} s of processor), {more}")


def _plain(content: bytes, rows: int) -> None:
    read = list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";"))
    assert len(read) == 1 + rows


def _peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
