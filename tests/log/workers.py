"""What the tests of the event log run in processes of their own.

`python -m tests.log.workers <work> <json>` runs one function of WORK with the json as keyword
arguments. A worker prints "ready", waits for a line on its standard input, works, and prints
what it has to report.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import IO

from eventsourcing.persistence import IntegrityError

from services.log.event import Event
from services.log.factory import open_log
from services.log.port import StorageError
from services.log.sqlite import SQLiteEventLog
from tests.log.events import event, item, query, unless

ROOT = Path(__file__).parents[2]
BATCH = 3
"""Events in each batch of `acknowledge`."""


def command(work: str, **arguments: object) -> list[str]:
    return [sys.executable, "-m", "tests.log.workers", work, json.dumps(arguments)]


class Worker:
    """A worker's process, from the side of the test."""

    def __init__(self, work: str, *, prefix: Sequence[str] = (), **arguments: object) -> None:
        self.process = subprocess.Popen(
            [*prefix, *command(work, **arguments)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._stdout.readline() == "ready\n"

    @property
    def _stdout(self) -> IO[str]:
        assert self.process.stdout is not None
        return self.process.stdout

    def start(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def lines(self) -> Iterable[str]:
        """Yield the complete lines that the worker prints, until it ends."""
        return (line.rstrip("\n") for line in self._stdout if line.endswith("\n"))

    def result(self) -> dict[str, float]:
        """Wait for the worker to end well and return what it reported."""
        [line] = self.lines()
        assert self.process.wait() == 0
        report: dict[str, float] = json.loads(line)
        return report


def ready() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


def take_slots(env: dict[str, str], seed: int, slots: int, head: int) -> None:
    """Take free slots and release taken ones until the log has reached `head`.

    Whoever decides has read the slot first, and appends only if nothing has changed since.
    """
    chance = random.Random(seed)
    waits: list[float] = []
    tries = conflicts = 0
    with closing(open_log(env)) as log:
        ready()
        while log.head() < head:
            slot = item(f"slot:{chance.randrange(slots)}", types=["slot.taken", "slot.released"])
            response = log.read(query(slot))
            kinds = [recorded.type for recorded in response]
            taken = bool(kinds) and kinds[-1] == "slot.taken"
            decided = event("slot.released" if taken else "slot.taken", *slot.tags, f"seed:{seed}")
            start = time.perf_counter()
            try:
                log.append_batch([decided], unless(slot, after=response.head))
            except IntegrityError:
                conflicts += 1
            waits.append(time.perf_counter() - start)
            tries += 1
    waits.sort()
    report = {
        "tries": tries,
        "conflicts": conflicts,
        "appended": tries - conflicts,
        "longest": waits[-1],
        "median": waits[len(waits) // 2],
    }
    print(json.dumps(report), flush=True)


def append_until(env: dict[str, str], seed: int, slots: int, stop: str) -> None:
    """Append to random slots until the file `stop` exists."""
    chance = random.Random(seed)
    with closing(open_log(env)) as log:
        ready()
        while not Path(stop).exists():
            kind = chance.choice(["slot.taken", "slot.released", "other"])
            log.append_batch([event(kind, f"slot:{chance.randrange(slots)}")])


def acknowledge(env: dict[str, str]) -> None:
    """Append batches of events for ever and print the number of each once it is appended."""
    with closing(open_log(env)) as log:
        ready()
        number = log.head() // BATCH
        while True:
            log.append_batch([event("t", f"batch:{number}") for _ in range(BATCH)])
            print(number, flush=True)
            number += 1


def acknowledge_durably(path: str, count: int, durable: bool) -> None:
    """Append `count` events and print an acknowledgement after each."""
    with closing(SQLiteEventLog(path, durable=durable)) as log:
        ready()
        for number in range(count):
            log.append_batch([event("t", "tag")])
            sys.stdout.write(f"acknowledged {number}\n")  # one call, for the trace
            sys.stdout.flush()


def outgrow_the_file_limit(path: str) -> None:
    """Append until the operating system lets no file grow, then lift the limit and go on."""
    with closing(SQLiteEventLog(path)) as log:
        ready()
        first = log.append_batch([event("t", request="first")])
        grown = max(file.stat().st_size for file in Path(path).parent.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (grown + 100_000, resource.RLIM_INFINITY))
        appended, message = 0, ""
        refused: list[Event] = []
        while not message:
            refused = [event("t", "tag", data=bytes(10_000)) for _ in range(4)]
            try:
                log.append_batch(refused)
                appended += 1
            except StorageError as error:
                message = str(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        report = {
            "appended": appended,
            "message": message,
            "head_after_the_error": log.head(),
            "repeated": list(log.append_batch([event("t", request="first")])) == list(first),
            "again": list(log.append_batch(refused)),
        }
        print(json.dumps(report), flush=True)


WORK = {
    work.__name__: work
    for work in (
        take_slots,
        append_until,
        acknowledge,
        acknowledge_durably,
        outgrow_the_file_limit,
    )
}

if __name__ == "__main__":
    WORK[sys.argv[1]](**json.loads(sys.argv[2]))
