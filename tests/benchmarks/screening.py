"""A whole waiting list screened, beside three rule engines that are given the same facts.

Every side begins at the same SQLite file. The engines read a plain table of it and make what they
take of each row; husret reads its log, opens what is sealed, and explains. The engines' own part
without reading (their best case) is a line of its own.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import cedarpy
import numpy
import zen
from openfisca_core.entities import build_entity
from openfisca_core.periods import MONTH
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from domain.data_classes import DataClass
from domain.events import Recorded
from domain.law.kernel import Outcome
from domain.law.referral.bases import Basis
from domain.law.referral.steps import ReferralQuestion
from services.answers.screening import ListRequest, Screening
from services.instance.instance import Instance
from tests.benchmarks import decision
from tests.benchmarks.households import (
    DAY,
    DWELLING,
    READER,
    Household,
    created,
    populate,
)
from tests.benchmarks.measuring import Line, Scale, directory

NAME = "screening"
PAGE = 1_000
PER_HOUSEHOLD = 300
"""OpenFisca is called for so many households one by one; its rate is the same for more."""

MONTHS = ((12,), (5, 5), (5, 5, 4), (4, 0, 3, 0), (6, 5, 0, 0, 0))
"""Months on a benefit of each member: households of one to five persons in turn."""

_NOBODY = UUID(int=0)
Answers = dict[UUID, bool]
"""For each household whether a ground is met."""


def lines(scale: Scale) -> Iterator[Line]:
    """Measure husret recorded and unrecorded, and each engine end to end and without reading."""
    with directory() as path, created(path) as instance:
        households = populate(instance, scale.screened, MONTHS)
        _write_plain(path / "log.db", instance, households)
        ids = [household.id for household in households]
        memory: list[int] = []
        cold, ours = _timed(lambda: _husret(instance, ids, None, memory))
        warm, _ = _timed(lambda: _husret(instance, ids, None, []))
        recorded, _ = _timed(lambda: _husret(instance, ids, uuid4(), []))
        conditions = {
            "households": len(ids),
            "persons": sum(len(each.members) for each in households),
            "events_in_log": instance.log.head(),
            "pinned": False,
            "in_flight": 1,
            "mb_after_a_tenth": round(memory[max(0, len(memory) // 10 - 1)] / 1e6),
            "mb_at_the_end": round(memory[-1] / 1e6),
        }
        for name, against, engine, most in _engines():
            whole, theirs = _timed(partial(_end_to_end, engine, path / "log.db", most))
            loaded = engine.load(_rows(path / "log.db", most))
            bare, _ = _timed(partial(engine.run, loaded))
            _same(ours, theirs)
            count = len(theirs)
            for what, took, over, goal in (
                ("unrecorded, facts not in memory", cold, len(ids), engine.goal_unrecorded),
                ("unrecorded, facts read before", warm, len(ids), None),
                ("recorded", recorded, len(ids), engine.goal_recorded),
            ):
                yield Line(
                    name=f"{NAME}, {what.split(',')[0]}"
                    + (" again" if "before" in what else "")
                    + f", {name}",
                    what=f"one page of {PAGE:,} after another in process: {what}",
                    against=against,
                    unit="households/s",
                    ours=(over / took,),
                    baseline=(count / whole,),
                    goal=goal,
                    conditions={
                        **conditions,
                        "asked_of_the_engine": count,
                        "engine_loader_share": round(1 - bare / whole, 2),
                        "engine_without_loader": round(count / bare),
                    },
                )


class _Engine(ABC):
    """An engine: what it makes of the plain rows, and how it answers."""

    goal_unrecorded: float | None = None
    goal_recorded: float | None = None

    @abstractmethod
    def load(self, rows: Sequence[tuple[bytes, str]]) -> Any:
        """Make the engine's own input of the rows."""

    @abstractmethod
    def run(self, loaded: Any) -> Answers:
        """Say for each household whether a ground is met."""


class _Zen(_Engine):
    """ZEN Engine: one compiled expression for each household."""

    goal_unrecorded = 1 / 1.3

    def __init__(self) -> None:
        self._expression = zen.compile_expression(decision.EXPRESSION)
        shared = json.dumps(decision.shared_context())
        self._head = shared[:-1].encode()

    def load(self, rows: Sequence[tuple[bytes, str]]) -> list[tuple[UUID, bytes]]:
        head = self._head
        return [(UUID(bytes=id), b'%s, "members": %s}' % (head, m.encode())) for id, m in rows]

    def run(self, loaded: list[tuple[UUID, bytes]]) -> Answers:
        evaluate = self._expression.evaluate
        return {id: evaluate(context) == "PROHIBITED" for id, context in loaded}


_POLICY = """
permit (principal, action, resource);
forbid (principal, action, resource) when {{
  (principal.citizenship == "not_met" && !principal.enrolled) || principal.refugee
  || principal.released || principal.evicted || principal.pension
  || {windows}
}};
"""


class _Cedar(_Engine):
    """Cedar: a policy over each member, a batch of requests for a page of households."""

    goal_recorded = 1.0

    def __init__(self) -> None:
        shared = decision.shared_context()
        self._named, self._insured = set(shared["named"]), set(shared["insured"])
        windows = " || ".join(
            f"principal.{months}.containsAll([{', '.join(map(str, range(end - 5, end + 1)))}])"
            for months in ("named", "insured")
            for end in shared["ends"]
        )
        self._policies = cedarpy.PolicySet.from_str(_POLICY.format(windows=windows))

    def load(self, rows: Sequence[tuple[bytes, str]]) -> list[Any]:
        pages = []
        for start in range(0, len(rows), PAGE):
            entities, requests, asked = [], [], []
            for id, text in rows[start : start + PAGE]:
                for number, member in enumerate(json.loads(text)):
                    name = f"{id.hex()}-{number}"
                    entities.append(
                        {
                            "uid": {"type": "Person", "id": name},
                            "attrs": self._attributes(member),
                            "parents": [],
                        }
                    )
                    requests.append(
                        {
                            "principal": f'Person::"{name}"',
                            "action": 'Action::"refer"',
                            "resource": 'Dwelling::"it"',
                            "context": {},
                        }
                    )
                    asked.append(UUID(bytes=id))
            handle = cedarpy.Entities.from_json_str(json.dumps(entities))
            pages.append((requests, handle, asked))
        return pages

    def _attributes(self, member: dict[str, Any]) -> dict[str, Any]:
        day = DAY.toordinal()
        return {
            "citizenship": member["citizenship"],
            "enrolled": member["enrolled"],
            "refugee": member["refugee"],
            "released": bool(member["releases"]),
            "evicted": bool(member["terminations"]),
            "pension": any(
                p["benefit"] == "foertidspension" and p["first_day"] <= day <= p["last_day"]
                for p in member["periods"]
            ),
            "named": self._months(member, self._named),
            "insured": self._months(member, self._insured),
        }

    def _months(self, member: dict[str, Any], benefits: set[str]) -> list[int]:
        found: set[int] = set()
        for period in member["periods"]:
            if period["benefit"] in benefits:
                found.update(range(period["first"], period["last"] + 1))
        return sorted(found)

    def run(self, loaded: list[Any]) -> Answers:
        found: Answers = {}
        for requests, entities, asked in loaded:
            results = cedarpy.is_authorized_batch(requests, self._policies, entities)
            for household, result in zip(asked, results, strict=True):
                found[household] = found.get(household, False) or not result.allowed
        return found


_PERSON = build_entity(key="person", plural="persons", label="", is_person=True)
_HOUSE = build_entity(
    key="household", plural="households", label="", roles=[{"key": "member", "plural": "members"}]
)
_MONTH = f"{DAY:%Y-%m}"
_ALWAYS = ("citizenship_not_met", "enrolled", "refugee", "released", "evicted", "pension")


def _fisca_system() -> TaxBenefitSystem:
    """Return the rules as OpenFisca holds them: a variable for each month and each condition."""
    ends = decision.shared_context()["ends"]
    months = sorted({month for end in ends for month in range(end - 5, end + 1)})
    system = TaxBenefitSystem([_PERSON, _HOUSE])

    def add(name: str, entity: Any, formula: Callable[..., Any] | None = None) -> None:
        body: dict[str, Any] = {
            "value_type": bool,
            "entity": entity,
            "definition_period": MONTH,
            "label": name,
        }
        if formula is not None:
            body["formula"] = formula
        system.add_variable(type(name, (Variable,), body))

    for name in (*_ALWAYS, *(f"{kind}_{m}" for kind in ("named", "insured") for m in months)):
        add(name, _PERSON)

    def met(person: Any, period: Any) -> Any:
        found = person("citizenship_not_met", period) & ~person("enrolled", period)
        for name in _ALWAYS[2:]:
            found = found | person(name, period)
        for kind in ("named", "insured"):
            on = {month: person(f"{kind}_{month}", period) for month in months}
            for end in ends:
                run = on[end]
                for month in range(end - 5, end):
                    run = run & on[month]
                found = found | run
        return found

    def barred(household: Any, period: Any) -> Any:
        return household.any(household.members("met", period))

    add("met", _PERSON, met)
    add("barred", _HOUSE, barred)
    return system


class _Fisca(_Engine):
    """OpenFisca: one simulation of every household at once."""

    def __init__(self) -> None:
        self._system = _fisca_system()
        self._cedar = _Cedar()

    def load(self, rows: Sequence[tuple[bytes, str]]) -> Any:
        members: list[dict[str, Any]] = []
        of: list[int] = []
        for number, (_, text) in enumerate(rows):
            for member in json.loads(text):
                members.append(self._cedar._attributes(member))
                of.append(number)
        columns: dict[str, Any] = {
            "citizenship_not_met": numpy.array([m["citizenship"] == "not_met" for m in members]),
            **{name: numpy.array([m[name] for m in members]) for name in _ALWAYS[1:]},
        }
        for name in self._system.variables:
            kind, _, month = name.partition("_")
            if kind in ("named", "insured"):
                at = int(month)
                columns[name] = numpy.array([at in m[kind] for m in members])
        return [UUID(bytes=id) for id, _ in rows], numpy.array(of), columns

    def run(self, loaded: Any) -> Answers:
        households, of, columns = loaded
        builder = SimulationBuilder()
        builder.create_entities(self._system)
        builder.declare_person_entity("person", [str(n) for n in range(len(of))])
        declared = builder.declare_entity("household", [str(n) for n in range(len(households))])
        builder.join_with_persons(declared, [str(n) for n in of], ["member"] * len(of))
        simulation = builder.build(self._system)
        for name, column in columns.items():
            simulation.set_input(name, _MONTH, column)
        barred = simulation.calculate("barred", _MONTH)
        return dict(zip(households, map(bool, barred), strict=True))


class _FiscaEach(_Fisca):
    """OpenFisca called for each household by itself."""

    goal_recorded = 1.0

    def load(self, rows: Sequence[tuple[bytes, str]]) -> Any:
        return [super(_FiscaEach, self).load([row]) for row in rows]

    def run(self, loaded: Any) -> Answers:
        found: Answers = {}
        for each in loaded:
            found |= super().run(each)
        return found


def _engines() -> Iterator[tuple[str, str, _Engine, int | None]]:
    yield "ZEN", "ZEN Engine, one compiled expression, the outcome alone", _Zen(), None
    yield (
        "Cedar",
        "Cedar, policies parsed once, batches of a page, the outcome alone",
        _Cedar(),
        None,
    )
    yield "OpenFisca", "OpenFisca, a simulation for each household", _FiscaEach(), PER_HOUSEHOLD
    yield "OpenFisca vectorised", "OpenFisca, one simulation of all", _Fisca(), None


# --- husret ---------------------------------------------------------------------------------


def _husret(
    instance: Instance, ids: Sequence[UUID], request: UUID | None, memory: list[int]
) -> Answers:
    question = ReferralQuestion(household=_NOBODY, dwelling=DWELLING, basis=Basis.STK_1, day=DAY)
    walk = ListRequest(question, instance.view(), READER, request)
    found: Answers = {}
    for page in Screening(instance).pages(walk, ids, PAGE):
        for item in page.items:
            if item.error is not None:
                raise item.error
            found[item.household] = item.outcome is Outcome.PROHIBITED
        memory.append(_resident())
    return found


def _resident() -> int:
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * 4096


# --- The plain table ------------------------------------------------------------------------


def _write_plain(file: Path, instance: Instance, households: Sequence[Household]) -> None:
    """Write beside the log what the engines are given, as rows in the clear."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE plain (household BLOB PRIMARY KEY, members TEXT)")
        position = instance.view().position
        for start in range(0, len(households), PAGE):
            some = households[start : start + PAGE]
            persons = [person for each in some for person in each.members]
            held = {
                data_class: instance.person_facts.of_many(persons, data_class, position, READER)
                for data_class in (
                    DataClass.ATTESTATIONS,
                    DataClass.BENEFITS,
                    DataClass.CONVICTIONS,
                    DataClass.TERMINATIONS,
                )
            }
            database.executemany(
                "INSERT INTO plain VALUES (?, ?)",
                [
                    (each.id.bytes, json.dumps([_plain(held, p) for p in each.members]))
                    for each in some
                ],
            )
        database.commit()


def _plain(held: dict[DataClass, dict[UUID, Any]], person: UUID) -> dict[str, Any]:
    def of(data_class: DataClass) -> list[Recorded[Any]]:
        record = held[data_class][person]
        return list(getattr(record, "facts", record))

    return decision.member_context(
        of(DataClass.BENEFITS),
        of(DataClass.ATTESTATIONS),
        of(DataClass.CONVICTIONS),
        of(DataClass.TERMINATIONS),
    )


def _rows(file: Path, most: int | None) -> list[tuple[bytes, str]]:
    with closing(sqlite3.connect(file)) as database:
        limit = -1 if most is None else most
        found = database.execute("SELECT household, members FROM plain LIMIT ?", (limit,))
        return found.fetchall()


def _end_to_end(engine: _Engine, file: Path, most: int | None) -> Answers:
    return engine.run(engine.load(_rows(file, most)))


# --- Measuring ------------------------------------------------------------------------------


def _timed(once: Callable[[], Answers]) -> tuple[float, Answers]:
    gc.collect()
    start = time.perf_counter()
    found = once()
    return time.perf_counter() - start, found


def _same(ours: Answers, theirs: Answers) -> None:
    """Hold every side to the same answers, so that they are known to evaluate the same rules."""
    different = [id for id, barred in theirs.items() if ours[id] is not barred]
    if different:
        raise AssertionError(f"{len(different)} of {len(theirs)} are answered otherwise")
