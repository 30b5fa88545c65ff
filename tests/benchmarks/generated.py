"""The two generated sets: making them, opening and serving them, and asking while they grow.

Each is made in several sizes; what should not grow with the log is held against the smallest, in
turn with it. What a process takes is measured in one of its own.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import partial
from math import log2
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from domain import facts
from domain.facts import DwellingKind, Listing
from domain.law.editions import CURRENT
from domain.law.referral.bases import Basis
from domain.law.referral.steps import ReferralQuestion
from husret_verify import bundle as bundles
from husret_verify.verifying import verify
from projections.follower import Follower
from projections.table import Table
from projections.view import View
from services.answers import proving
from services.answers.asking import Answers
from services.answers.receipts import Asked, Receipts, request_bytes
from services.answers.replay import replayed
from services.generator.filling import fill
from services.generator.worlds import COUNTRY, LARGE_CONTROLLER, WORLDS
from services.instance.instance import Instance
from services.instance.views import VIEWS, LogSource
from services.log.event import RecordedEvent
from services.log.factory import FILE
from tests.benchmarks import serving
from tests.benchmarks.households import READER
from tests.benchmarks.measuring import Line, Scale, directory, in_rounds, microseconds_each
from tests.benchmarks.serving import Client, Job, Running

NAME = "generated"
_SEED = 1
_SPAWN = multiprocessing.get_context("spawn")
_AT_SCALE_1 = {COUNTRY: 675_000, LARGE_CONTROLLER: 6_250_000}
"""About how many events there are of each."""

_EVENTS_A_SECOND = 1_000_000 / 120
"""A million events in two minutes of a core."""
_LARGEST_MB = 500
_PROVED = 20
"""How many answers are recorded, replayed and proved."""
_ASKED = 200
"""How many households or areas are asked about, one after the other."""
_ECHO = "a gRPC server with the same pool and options that echoes an answer of husret"


class Cost(NamedTuple):
    """What something took in a process of its own."""

    processor_seconds: float
    megabytes: float
    """At most, resident."""
    result: int


class Made(NamedTuple):
    """A set that was made, and what can be asked about it."""

    name: str
    path: Path
    made: Cost
    """Its result is how many events there are."""
    last_day: date
    areas: tuple[str, ...]
    dwelling: str
    """One in a vulnerable area; "": the set has no households to ask about."""
    households: tuple[str, ...]

    @property
    def conditions(self) -> dict[str, Any]:
        """What a line of this set says."""
        return {"set": self.name, "events_in_log": self.made.result, "seed": _SEED}


def lines(scale: Scale) -> Iterator[Line]:
    """Measure each set in each size, the smallest first."""
    for name in WORLDS:
        with ExitStack() as opened:
            root = scale.kept or opened.enter_context(directory())
            smallest = None
            for events in dict.fromkeys(min(each, _AT_SCALE_1[name]) for each in scale.generated):
                made = _made(root, name, events)
                smallest = smallest or made
                yield from _costs(scale, made, smallest)
                if made.households:
                    yield from _proved(scale, made, smallest)
                yield from _served(scale, made, smallest)
                if scale.kept is None and made is not smallest:
                    shutil.rmtree(made.path)


# --- In a process of its own -----------------------------------------------------------------


def _cost(do: Callable[..., int], *given: object) -> Cost:
    here, there = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_in_process, args=(there, do, given))
    process.start()
    there.close()
    try:
        cost: Cost = here.recv()
    except EOFError:
        raise RuntimeError(f"{do.__name__} failed; its error is on stderr") from None
    finally:
        process.join()
    return cost


def _in_process(parent: Connection, do: Callable[..., int], given: tuple[object, ...]) -> None:
    before = time.process_time()
    result = do(*given)
    # What the system calls the largest resident set of a process may be that of its parent.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [most] = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    parent.send(Cost(time.process_time() - before, int(most) / 1e3, result))


def _make(path: Path, name: str, scale: float) -> int:
    return fill(path, WORLDS[name](_SEED, scale), _SEED).events


def _tell(name: str, scale: float) -> int:
    return sum(len(listed) for _, listed in WORLDS[name](_SEED, scale).days())


def _open(path: Path) -> int:
    with Instance.open(path) as instance:
        return instance.view().position


def _rebuild(path: Path) -> int:
    with Instance.open(path) as instance:
        return sum(_followed(instance, view) for view in VIEWS)


def _followed(instance: Instance, view: View[Any]) -> int:
    """Make a view from nothing, and return how many rows it has."""
    table = Table(":memory:", view)
    Follower(LogSource(instance, view), table, CURRENT).catch_up()
    rows = len(table.rows())
    table.close()
    return rows


def _made(root: Path, name: str, events: int) -> Made:
    """Make a set, or take the one that was left."""
    path = root / f"{name}-{events}"
    noted = root / f"{name}-{events}.json"
    if not noted.exists():
        cost = _cost(_make, path, name, events / _AT_SCALE_1[name])
        noted.write_text(json.dumps(cost))
    made = Cost(*json.loads(noted.read_text()))
    last_day = WORLDS[name](_SEED, 0.0).last_day
    with Instance.open(path) as instance:
        view = instance.view()
        areas = tuple(view.keys(facts.AreaRegistered)[:_ASKED])
        households = tuple(str(each) for each in _lived_in(instance))
        dwelling = _in_a_vulnerable_area(instance, last_day) if households else ""
    return Made(name, path, made, last_day, areas, dwelling, households)


def _lived_in(instance: Instance) -> Iterator[object]:
    """Yield households that have a member, from all over the log."""
    every = instance.keys.households()
    head, found = instance.log.head(), 0
    for household in every[:: max(1, len(every) // (3 * _ASKED))]:
        members = instance.person_facts.membership(household, head, READER).members
        if found < _ASKED and any(m and m.fact.last_day is None for _, m in members):
            found += 1
            yield household


def _in_a_vulnerable_area(instance: Instance, day: date) -> str:
    view = instance.view()
    for each in view.keys(facts.DwellingRecorded):
        home = view.dwelling(each, day)
        if home is None or home.fact.kind is not DwellingKind.FAMILY or home.fact.area is None:
            continue
        row = view.listed(home.fact.area, date(day.year, 12, 1))
        if row is not None and row.fact.vulnerable is Listing.ON:
            return each
    raise AssertionError("no dwelling lies in a vulnerable area")


# --- What it takes to make, open and rebuild -------------------------------------------------


def _costs(scale: Scale, made: Made, smallest: Made) -> Iterator[Line]:
    events = made.made.result
    told = _cost(_tell, made.name, events / _AT_SCALE_1[made.name])
    yield Line(
        name=f"{NAME}, make",
        what="events a second of processor time: made up, checked, sealed and recorded",
        against="made up alone",
        unit="events/s",
        ours=(events / made.made.processor_seconds,),
        baseline=(told.result / told.processor_seconds,),
        goal=None,
        absolute_goal=_EVENTS_A_SECOND,
        conditions={**made.conditions, "megabytes": round(made.made.megabytes)},
    )
    payload = _payload(made)
    yield Line(
        name=f"{NAME}, size",
        what="the log's file, indexes and all, for each event",
        against="the events' payloads alone",
        unit="bytes",
        ours=((made.path / FILE).stat().st_size / events,),
        baseline=(payload / events,),
        goal=None,
        conditions={**made.conditions, "keys_bytes": (made.path / "keys.db").stat().st_size},
    )
    for name, what, do in (
        ("open", "processor time of opening the instance: every open fact read and checked", _open),
        ("rebuild", "the same, and of making the rows of every view", _rebuild),
    ):
        costs: list[Cost] = []

        def ours(do: Callable[..., int] = do, costs: list[Cost] = costs) -> float:
            costs.append(_cost(do, made.path))
            return 1_000 * costs[-1].processor_seconds

        rounds = replace(scale, rounds=min(2, scale.rounds))
        first, second = in_rounds(
            rounds,
            ours,
            lambda do=do: 1_000 * _cost(do, smallest.path).processor_seconds,  # type: ignore[misc]  # mypy takes no default of a lambda
        )
        yield Line(
            name=f"{NAME}, {name}",
            what=what,
            against=f"that of {smallest.made.result} events",
            unit="ms",
            ours=first,
            baseline=second,
            goal=None,
            at_most=True,
            conditions={
                **made.conditions,
                "megabytes": round(max(cost.megabytes for cost in costs)),
                "came_to": costs[-1].result,
            },
        )


def _payload(made: Made) -> int:
    with Instance.open(made.path) as instance:
        return sum(len(event.data) for event in instance.log.read())


# --- What an auditor does --------------------------------------------------------------------


def _proved(scale: Scale, made: Made, smallest: Made) -> Iterator[Line]:
    """Measure what should not grow, or with the logarithm alone: a replay, a proof, its check."""
    with ExitStack() as opened:
        ours = other = opened.enter_context(Instance.open(made.path))
        if made is not smallest:
            other = opened.enter_context(Instance.open(smallest.path))
        answered = [_answered(instance, of) for instance, of in ((ours, made), (other, smallest))]
        for name, what, once in (
            ("replay", "one receipt computed again, section by section", _replay),
            ("prove", "the file that proves one answer, made", _prove),
            ("verify", "that file checked, as on another machine", _verify),
        ):
            first, second = in_rounds(
                scale,
                *(
                    microseconds_each(scale, partial(once, instance), given)
                    for instance, given in zip((ours, other), answered, strict=True)
                ),
            )
            yield Line(
                name=f"{NAME}, {name}",
                what=what,
                against=f"that of {smallest.made.result} events",
                unit="µs",
                ours=first,
                baseline=second,
                goal=None
                if made is smallest
                else log2(made.made.result) / log2(smallest.made.result),
                at_most=True,
                conditions={**made.conditions, "answers": len(answered[0])},
            )


class _Answered(NamedTuple):
    receipt: RecordedEvent
    bundle: bytes


def _answered(instance: Instance, made: Made) -> list[_Answered]:
    """Record answers about some households, and make the file that proves each."""
    answers = Answers(instance)
    found = []
    for household in made.households[:_PROVED]:
        question = ReferralQuestion(
            household=UUID(household), dwelling=made.dwelling, basis=Basis.STK_1, day=made.last_day
        )
        asked = Asked(question, request_bytes(question, ""), uuid4().bytes)
        answer = answers.check(asked, READER, instance.view())
        event = instance.log.event_at(answer.position)
        assert event is not None  # it was just recorded
        found.append(_Answered(event, bundles.write(proving.bundle(instance, event))))
    return found


def _replay(instance: Instance, answered: _Answered) -> None:
    made = replayed(Receipts(instance), answered.receipt, READER)
    assert not made.found, "a receipt of a moment ago comes out otherwise"


def _prove(instance: Instance, answered: _Answered) -> None:
    proving.bundle(instance, answered.receipt)


def _verify(instance: Instance, answered: _Answered) -> None:
    verify(bundles.read(answered.bundle), instance.signer().vkey)  # raises where it is not valid


# --- What is asked of its server -------------------------------------------------------------


def _served(scale: Scale, made: Made, smallest: Made) -> Iterator[Line]:
    client = Client()
    try:
        with ExitStack() as served:
            ours = served.enter_context(serving.husret(made.path))
            ready = ours.processor_seconds()
            other = ours
            if made is not smallest:
                other = served.enter_context(serving.husret(smallest.path))
            yield from _status_line(scale, made, client, ours)
            if made.households:
                yield from _check_lines(scale, (made, smallest), client, (ours, other))
            yield _memory_line(made, ours, ready)
    finally:
        client.close()


def _status_line(scale: Scale, made: Made, client: Client, ours: Running) -> Iterator[Line]:
    # Whatever else is answered of a past day, such as a plan's share of family dwellings, has its
    # line beside this one.
    job = Job(ours.server, 1, scale.seconds, (), recorded=False, areas=made.areas)
    with serving.echo(b"", b"", serving.status(ours.server, made.areas[0])) as echo:
        first, second = in_rounds(
            scale,
            lambda: client.do(job).p50,
            lambda: client.do(replace(job, server=echo.server)).p50,
        )
    yield Line(
        name=f"{NAME}, status",
        what=f"p50 of GetAreaStatus for {serving.PAST_DAY}, nothing else in flight",
        against=_ECHO,
        unit="µs",
        ours=first,
        baseline=second,
        goal=1.5,
        at_most=True,
        conditions={**made.conditions, "areas": len(made.areas)},
    )


def _check_lines(
    scale: Scale,
    of: tuple[Made, Made],
    client: Client,
    servers: tuple[Running, Running],
) -> Iterator[Line]:
    jobs = [
        Job(
            server.server,
            1,
            scale.seconds,
            made.households,
            recorded=False,
            dwelling=made.dwelling,
            day=made.last_day,
        )
        for made, server in zip(of, servers, strict=True)
    ]
    for job in jobs:
        # Everybody is asked about once, so that what is known of them is in memory.
        client.do(replace(job, batch=len(job.households), seconds=0.0))
    for name, texts in (("check", True), ("check, no texts", False)):
        first, second = in_rounds(
            scale, *(partial(_p50, client, replace(job, texts=texts)) for job in jobs)
        )
        yield Line(
            name=f"{NAME}, {name}",
            what="p50 of CheckReferral, unrecorded, warm, nothing else in flight",
            against=f"that of {of[1].made.result} events",
            unit="µs",
            ours=first,
            baseline=second,
            goal=1.3,
            at_most=True,
            conditions={**of[0].conditions, "households": len(of[0].households), "texts": texts},
        )


def _p50(client: Client, job: Job) -> float:
    return client.do(job).p50


def _memory_line(made: Made, ours: Running, ready: float) -> Line:
    with serving.echo(b"", b"") as echo:
        return Line(
            name=f"{NAME}, memory",
            what="resident memory of the server, after what was asked of it here",
            against="the echo server's",
            unit="MB",
            ours=(ours.megabytes(),),
            baseline=(echo.megabytes(),),
            goal=None,
            absolute_goal=_LARGEST_MB,
            at_most=True,
            conditions={
                **made.conditions,
                "processor_seconds_to_start": {
                    "husret": round(ready, 1),
                    "echo": round(echo.processor_seconds(), 1),
                },
            },
        )
