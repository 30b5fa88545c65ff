"""Referral checks over gRPC, beside a server that echoes the same messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from services.api.bearer import Endpoint
from tests.benchmarks import serving
from tests.benchmarks.households import FACTS, created, populate
from tests.benchmarks.measuring import Line, Scale, directory, in_rounds
from tests.benchmarks.serving import Client, Done, Job, Running

NAME = "check"
BATCH = "batch"
HTTP = "http"
IN_FLIGHT = 16
LARGEST_BATCH = 1_000

_ECHO = "a gRPC server with the same pool and options that echoes an answer of husret"


def lines(scale: Scale) -> Iterator[Line]:
    """Measure single checks and batches, recorded and not, warm; and single ones cold."""
    with directory() as path:
        with created(path) as instance:
            households = tuple(str(h.id) for h in populate(instance, scale.households))
            events = instance.log.head()
        client = Client()
        try:
            yield from _warm(scale, path, households, events, client)
            yield from _cold(scale, path, households, events, client)
        finally:
            client.close()


def _warm(
    scale: Scale, path: Path, households: tuple[str, ...], events: int, client: Client
) -> Iterator[Line]:
    with serving.husret(path) as ours:
        job = Job(ours.server, IN_FLIGHT, scale.seconds, households, recorded=False)
        # Every household is asked about once, so that its facts are in memory and it has a key
        # for this year's receipts.
        client.do(replace(job, recorded=True, batch=min(LARGEST_BATCH, len(households)), seconds=0))
        answers = serving.answers(job)
        with serving.echo(*answers) as echo:
            for name, changed, goal, measure in (
                (f"{NAME}, unrecorded", job, 0.40, _rate),
                (f"{NAME}, recorded", replace(job, recorded=True), 0.30, _rate),
                (f"{NAME}, unrecorded, no texts", replace(job, texts=False), None, _rate),
                (
                    f"{NAME}, recorded, no texts",
                    replace(job, texts=False, recorded=True),
                    None,
                    _rate,
                ),
                (f"{NAME}, unrecorded, alone", replace(job, in_flight=1), 2.5, _p50),
                (
                    f"{NAME}, recorded, alone",
                    replace(job, in_flight=1, recorded=True),
                    2.5,
                    _p50,
                ),
            ):
                yield _line(scale, client, name, changed, ours, echo, goal, events, measure)
        for name, changed in (
            (f"{HTTP}, recorded", replace(job, recorded=True)),
            (f"{HTTP}, recorded, alone", replace(job, recorded=True, in_flight=1)),
            (
                f"{HTTP}, recorded, alone, no texts",
                replace(job, recorded=True, in_flight=1, texts=False),
            ),
        ):
            yield _http_line(scale, client, name, changed, ours, events)
        batch = replace(job, in_flight=1, recorded=True, batch=LARGEST_BATCH)
        with serving.echo(*answers) as echo:
            yield _batch_line(scale, client, batch, ours, echo, events)


def _line(
    scale: Scale,
    client: Client,
    name: str,
    job: Job,
    ours: Running,
    echo: Running,
    goal: float | None,
    events: int,
    measure: Callable[[Done], float],
) -> Line:
    used: dict[str, list[float]] = {"husret": [], "echo": []}
    first, second = in_rounds(
        scale,
        partial(_measured, client, job, ours, used["husret"], measure),
        partial(_measured, client, replace(job, server=echo.server), echo, used["echo"], measure),
    )
    alone = measure is _p50
    return Line(
        name=name,
        what="p50 of one call, nothing else in flight" if alone else "answers",
        against=_ECHO,
        unit="µs" if alone else "answers/s",
        ours=first,
        baseline=second,
        goal=goal,
        at_most=alone,
        conditions={
            **_conditions(job, events),
            "server_processor_us_per_answer": {
                side: round(median(each), 1) for side, each in used.items()
            },
        },
    )


def _http_line(
    scale: Scale, client: Client, name: str, job: Job, ours: Running, events: int
) -> Line:
    """Compare what JSON over HTTP costs the two processes with what gRPC costs the one."""

    def used(asked: Job) -> float:
        spent: list[float] = []
        _measured(client, asked, ours, spent, _rate)
        return spent[0]

    first, second = in_rounds(
        scale, partial(used, replace(job, http=ours.http)), partial(used, job)
    )
    return Line(
        name=name,
        what="processor time of both servers for one answer over HTTP",
        against="the same over gRPC, of the same server",
        unit="µs",
        ours=first,
        baseline=second,
        goal=1.6,
        at_most=True,
        conditions=_conditions(job, events),
    )


def _batch_line(
    scale: Scale, client: Client, job: Job, ours: Running, echo: Running, events: int
) -> Line:
    used: list[float] = []
    single = replace(
        job, server=echo.server, batch=0, in_flight=IN_FLIGHT, households=job.households
    )
    first, second = in_rounds(
        scale,
        partial(_measured, client, job, ours, used, _rate),
        partial(_measured, client, single, echo, [], _rate),
    )
    return Line(
        name=BATCH,
        what=f"answers of BatchCheck, recorded, {LARGEST_BATCH} in a call",
        against=f"{_ECHO}, asked one by one with {IN_FLIGHT} in flight",
        unit="answers/s",
        ours=first,
        baseline=second,
        goal=None,
        absolute_goal=2_500,
        conditions={
            **_conditions(job, events),
            "server_processor_us_per_answer": {"husret": round(median(used), 1)},
        },
    )


def _cold(
    scale: Scale, path: Path, households: tuple[str, ...], events: int, client: Client
) -> Iterator[Line]:
    """Ask a server that has just started about each household once."""
    job = Job(Endpoint("", ""), IN_FLIGHT, 0.0, households, recorded=False, once=True)
    with serving.husret(path) as ours:
        answers = serving.answers(replace(job, server=ours.server))

    def cold() -> float:
        with serving.husret(path) as ours:
            return client.do(replace(job, server=ours.server)).answers_per_second

    with serving.echo(*answers) as echo:
        first, second = in_rounds(
            scale,
            cold,
            lambda: client.do(replace(job, server=echo.server)).answers_per_second,
        )
    yield Line(
        name=f"{NAME}, unrecorded, cold",
        what="answers of a server just started, each household asked about once",
        against=_ECHO,
        unit="answers/s",
        ours=first,
        baseline=second,
        goal=None,
        conditions={**_conditions(job, events), "facts": "neither facts nor keys in memory"},
    )


def _conditions(job: Job, events: int) -> dict[str, Any]:
    return {
        "in_flight": job.in_flight,
        "facts_per_household": FACTS,
        "households": len(job.households),
        "events_in_log": f"{events}, and the receipts of this run",
        "pinned": "client and server to one core each",
        "texts": job.texts,
        "facts": "in memory",
    }


def _rate(done: Done) -> float:
    return done.answers_per_second


def _p50(done: Done) -> float:
    return done.p50


def _measured(
    client: Client, job: Job, asked: Running, used: list[float], measure: Callable[[Done], float]
) -> float:
    before = asked.processor_seconds()
    done = client.do(job)
    used.append((asked.processor_seconds() - before) / done.answers * 1e6)
    return measure(done)
