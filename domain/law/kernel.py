"""What every rule of law has in common: findings, open points of law, and how readings vary.

A rule is a pure function of facts and readings. It asks for the reading of an open point only
where the facts make the point matter. `explore` runs it once for each way of answering and
keeps every result, so that no reading that matters can be missed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from itertools import combinations, product
from math import prod
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

import msgspec

from domain import calendar, canonical
from domain.data_classes import DataClass
from domain.events import Recorded

LARGEST_VARIATION = 4096
"""Above this many combinations of readings, points are varied alone and in pairs only."""

START_MONTHS = 6
"""How far from a first day that was not verified a rule may have begun."""

T = TypeVar("T")


class Outcome(StrEnum):
    """What the law says on the facts known (design 2.1)."""

    PERMITTED = "PERMITTED"
    PROHIBITED = "PROHIBITED"
    DISCRETIONARY = "DISCRETIONARY"
    UNDETERMINED = "UNDETERMINED"


class Status(StrEnum):
    """What a rule finds."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_EXAMINED = "not_examined"
    NOT_IN_FORCE = "not_in_force"
    NOT_APPLICABLE = "not_applicable"
    NOT_COVERED = "not_covered"


class Confidence(StrEnum):
    """How surely the text of a rule was read."""

    TEXT_SEEN = "text_seen"
    SECONDARY_SOURCE = "secondary_source"
    NOT_VERIFIED = "not_verified"
    AGREEMENT_ONLY = "agreement_only"


class Effect(StrEnum):
    """What a rule does when it is met."""

    BANS = "bans"
    ALLOWS_REFUSAL = "allows_refusal"
    LIFTS = "lifts"
    CLASSIFIES = "classifies"
    ALLOWS = "allows"
    """It lets somebody do something; a named person decides."""
    OBLIGES = "obliges"
    INFORMS = "informs"
    """It says what goes with an answer, and changes no outcome."""
    WARNS = "warns"


class Whose(StrEnum):
    """Whose personal facts a rule reads, where it reads any (a test holds it to what is read)."""

    APPLICANT = "applicant"
    COUPLE = "couple"
    """The applicant, and who is married to or lives together with the applicant."""
    MEMBERS = "members"
    """Any member of the household."""


class Missing(msgspec.Struct, frozen=True, gc=False):
    """A fact that is not recorded, what it is about, and who can supply it.

    `kind` and `supplier` have texts in both languages; `details` fill them.
    """

    kind: str
    supplier: str
    details: tuple[tuple[str, str], ...] = ()


class Change(msgspec.Struct, frozen=True, gc=False):
    """A change of the facts that would remove a ground found; `kind` has a text."""

    kind: str
    details: tuple[tuple[str, str], ...] = ()


class Condition(msgspec.Struct, frozen=True, gc=False):
    """One condition of a rule: met, not met or unknown (unproven), and what shows it.

    `name` has a text in both languages; `values` are what was compared.
    """

    name: str
    status: Status
    evidence: tuple[Recorded[Any], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    missing: tuple[Missing, ...] = ()


class Finding(msgspec.Struct, frozen=True, gc=False):
    """What a rule finds about one subject, and what that rests on.

    `evidence` names every fact whose removal would change or unsettle the finding.
    `conditions` is the checklist of a rule whose conditions are shown one by one.
    """

    status: Status
    evidence: tuple[Recorded[Any], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    missing: tuple[Missing, ...] = ()
    changes: tuple[Change, ...] = ()
    conditions: tuple[Condition, ...] = ()


def all_met(statuses: Iterable[Status]) -> Status:
    """Return what several conditions come to when all of them are needed."""
    seen = set(statuses)
    for status in (Status.NOT_MET, Status.UNKNOWN, Status.NOT_EXAMINED):
        if status in seen:
            return status
    return Status.MET


def turned(status: Status) -> Status:
    """Return what the opposite comes to: what is neither met nor not met stays what it is."""
    return {Status.MET: Status.NOT_MET, Status.NOT_MET: Status.MET}.get(status, status)


def as_stated(unstated: Condition, said: bool | None) -> Condition:
    """Return a condition that somebody states; as it stands, where it is left out (None)."""
    if said is None:
        return unstated
    return msgspec.structs.replace(
        unstated, status=Status.MET if said else Status.NOT_MET, missing=()
    )


def checklist(conditions: Sequence[Condition], values: tuple[tuple[str, str], ...] = ()) -> Finding:
    """Return the finding of a rule that needs all of these conditions."""
    evidence = dict.fromkeys(item for each in conditions for item in each.evidence)
    status = all_met(each.status for each in conditions)
    missing = dict.fromkeys(m for each in conditions for m in each.missing)
    return Finding(
        status,
        tuple(evidence),
        values,
        tuple(missing) if status is Status.UNKNOWN else (),
        (),
        tuple(conditions),
    )


def open_to(found: Finding, change: Change) -> Finding:
    """Say of what is not met what would meet it."""
    if found.status is not Status.NOT_MET:
        return found
    return msgspec.structs.replace(found, changes=(change,))


class Record:
    """The standing facts of one person and data class, as the rules of that class take them.

    What rules made of them is remembered in `trees`, for as long as the facts stand.
    """

    __slots__ = ("facts", "trees")

    def __init__(self, facts: Iterable[Recorded[Any]]) -> None:
        self.facts = tuple(facts)
        self.trees: dict[Any, Tree[Finding]] = {}

    def __len__(self) -> int:
        """Return how many facts the record holds."""
        return len(self.facts)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """An open point of law: its readings, and the one applied unless an instance chooses."""

    id: str
    readings: tuple[str, ...]
    default: str | None


G = TypeVar("G", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of law in one revision, declared above the function that evaluates it by `rule`.

    `evaluate` is handed the day asked about, also where no wording so far depends on it: an
    amendment holds from a day. `section` is where it stands, `act` what made it. `parameters` are
    its dated data in canonical form. All that is declared here makes the rule's part of the
    edition's identity; a function that changes gets a new revision.
    """

    evaluate: Callable[..., Finding]
    id: str
    section: str
    _: KW_ONLY
    act: str
    first_day: date
    question: str
    effect: Effect
    revision: int = 1
    last_day: date | None = None
    confidence: Confidence = Confidence.TEXT_SEEN
    start_verified: bool = True
    signed: date | None = None
    """The day its act was signed, where the first day is not verified; None: not known."""
    printed: date | None = None
    """The day of the first text seen that prints it in force; None: none was seen."""
    data_class: DataClass | None = None
    """The class of personal data that `evaluate` takes; None: it takes none."""
    limbs: tuple[tuple[DataClass, Callable[..., Finding]], ...] = ()
    """What the rule applies to further classes of personal data, if it takes several."""
    areas: tuple[str, ...] = ()
    whose: Whose | None = None
    also_reads: tuple[DataClass, ...] = ()
    """Further classes whose facts its function is handed: a judgment, a decision made of it."""
    points: tuple[str, ...] = ()
    """The open points that its functions ask for, and its step for it. Those behind what an area is
    are declared by the rules about areas, which the others ask."""
    defeated_by: tuple[str, ...] = ()
    parameters: Any = None
    asked_with_more: bool = False
    """A rule about a member that also takes the reference state, and what it was asked with."""
    parts: tuple[Callable[..., Any], ...] = ()
    """Further functions of it, which its steps ask for a part of what it says; of two of one name
    the later is meant, so that an amendment adds its own."""

    def in_force(self, day: date) -> bool:
        """Tell whether the rule applies on `day`."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def start_in_doubt(self) -> tuple[date, date] | None:
        """Return the first day on which its start is open, and the first on which it no longer is.

        Six months to either side of a first day that was not verified (design 2.3), but not
        before its act was signed, and not after a text that prints it in force. None: no day.
        """
        if self.start_verified:
            return None
        opens = calendar.months_before(self.first_day, START_MONTHS)
        closes = calendar.months_after(self.first_day, START_MONTHS)
        if self.signed is not None:
            opens = max(opens, self.signed)
        if self.printed is not None:
            closes = min(closes, self.printed)
        return (opens, closes) if opens < closes else None

    def start_is_open(self, day: date) -> bool:
        """Tell whether on `day` it is not known that the rule had begun, or had not."""
        doubt = self.start_in_doubt()
        return doubt is not None and doubt[0] <= day < doubt[1]

    def about(self, data_class: DataClass | None) -> Callable[..., Finding]:
        """Return what the rule applies to one class of personal data."""
        for each, evaluate in self.limbs:
            if each is data_class:
                return evaluate
        return self.evaluate

    def part(self, function: G) -> G:
        """Return the rule's own function of that name; raises LookupError where it has none.

        The steps name the function that they were written with; an amended rule may hold another.
        """
        for each in reversed(self.parts):
            if each.__name__ == function.__name__:
                own: G = each
                return own
        raise LookupError(f"{self.id} has no part {function.__name__}")

    def declaration_hash(self) -> str:
        """Return the SHA-256, in hex, of the canonical form of all that is declared of the rule.

        That is every field but the functions; of the limbs, their classes.
        """
        declared = {each.name: getattr(self, each.name) for each in fields(self)}
        del declared["evaluate"], declared["parts"]
        declared["act"] = str(self.act)  # a title that also knows its day
        declared["limbs"] = [data_class for data_class, _ in self.limbs]
        return hashlib.sha256(canonical.encode(declared)).hexdigest()


F = TypeVar("F", bound=Callable[..., Finding])
P = ParamSpec("P")


class Declaration(Protocol):
    """A decorator that leaves the function below it as it is."""

    def __call__(self, function: F, /) -> F:
        """Return `function`, which now declares a rule."""


def _above_its_function(
    make: Callable[Concatenate[Callable[..., Finding], P], Rule],
) -> Callable[P, Declaration]:
    def declare(*args: P.args, **fields: P.kwargs) -> Declaration:
        def above(function: F) -> F:
            rules = vars(function).get(_DECLARES, ())
            vars(function)[_DECLARES] = (make(function, *args, **fields), *rules)
            return function

        return above

    return declare


_DECLARES = "declares"

rule = _above_its_function(Rule)
"""Declares a rule above the function that evaluates it, by the fields of `Rule`."""


def _again(function: Callable[..., Finding], /, before: Rule, **changed: Any) -> Rule:
    return replace(before, evaluate=function, revision=before.revision + 1, **changed)


amends = _above_its_function(_again)
"""Declares the next revision of a rule above the function that now evaluates it: what it was, but
for the fields that are given anew."""


def declared(module: dict[str, Any]) -> tuple[Rule, ...]:
    """Return the rules that a module's own functions declare, in the order in which they stand."""
    own = (
        each for each in module.values() if getattr(each, "__module__", "") == module["__name__"]
    )
    return tuple(rule for each in own for rule in getattr(each, _DECLARES, ()))


# --- Readings -------------------------------------------------------------------------------


class Readings:
    """Answers a rule's question how an open point is read, and remembers that it was asked."""

    __slots__ = ("_assigned", "_points", "consulted")

    def __init__(self, points: dict[str, OpenPoint], assigned: dict[str, str]) -> None:
        self._points = points
        self._assigned = assigned
        self.consulted: list[str] = []

    def __call__(self, point: str) -> str:
        """Return the reading of `point` on this run."""
        if point not in self.consulted:
            self.consulted.append(point)
        reading = self._assigned.get(point)
        return self._points[point].readings[0] if reading is None else reading


class Tree(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """A result for every way of reading the points that were asked for.

    A leaf is the readings on its path and the result under them; the leaves exclude each
    other and cover every combination.
    """

    leaves: tuple[tuple[tuple[tuple[str, str], ...], T], ...]
    points: tuple[str, ...] = ()

    def under(self, readings: dict[str, str]) -> T:
        """Return the result under these readings, which must name every point of the tree."""
        leaves = self.leaves
        if len(leaves) == 1:
            return leaves[0][1]
        for path, value in leaves:
            for point, reading in path:
                if readings[point] != reading:
                    break
            else:
                return value
        raise LookupError("the readings do not name a reading that the tree knows")


def chosen(tree: Tree[T], readings: Readings) -> T:
    """Return a tree's result on this run, asking only for the points on its way."""
    for path, value in tree.leaves:
        if all(readings(point) == reading for point, reading in path):
            return value
    raise LookupError("the tree has no leaf for these readings")


def explore(points: dict[str, OpenPoint], evaluate: Callable[[Readings], T]) -> Tree[T]:
    """Run `evaluate` once for each way of reading the points that it asks for."""
    readings = Readings(points, {})
    value = evaluate(readings)
    if not readings.consulted:
        return Tree((((), value),))
    leaves: list[tuple[tuple[tuple[str, str], ...], T]] = []
    seen: dict[str, None] = {}
    pending: list[dict[str, str]] = []
    assigned: dict[str, str] = {}
    while True:
        path = dict(assigned)
        for point in readings.consulted:
            seen.setdefault(point)
            if point in path:
                continue
            first, *others = points[point].readings
            pending.extend({**path, point: other} for other in others)
            path[point] = first
        leaves.append((tuple((p, path[p]) for p in readings.consulted), value))
        if not pending:
            return Tree(tuple(leaves), tuple(seen))
        assigned = pending.pop()
        readings = Readings(points, assigned)
        value = evaluate(readings)


def only_on_facts_at_hand(tree: Tree[Finding], in_use: dict[str, str]) -> Tree[Finding]:
    """Mark as not examined what another reading could say only with more facts (design 2.4)."""
    if len(tree.leaves) == 1:
        return tree
    base = tree.under(in_use)
    known = set(base.missing)
    leaves = tuple(
        (
            path,
            Finding(Status.NOT_EXAMINED)
            if value.status is Status.UNKNOWN
            and (base.status is not Status.UNKNOWN or not known.issuperset(value.missing))
            else value,
        )
        for path, value in tree.leaves
    )
    return Tree(leaves, tree.points)


class ReadingInUse(msgspec.Struct, frozen=True, gc=False):
    """How this instance reads an open point on the day asked about."""

    reading: str
    settled: bool
    """False: neither chosen nor a default; the first reading leads which facts are read."""


def readings_in_use(
    points: dict[str, OpenPoint], chosen: dict[str, str]
) -> dict[str, ReadingInUse]:
    """Return the reading of each point: the one chosen, else the default, else the first."""
    return {
        id: ReadingInUse(
            chosen.get(id) or point.default or point.readings[0],
            id in chosen or point.default is not None,
        )
        for id, point in points.items()
    }


# --- How readings vary ----------------------------------------------------------------------


class Variation(msgspec.Struct, frozen=True, gc=False):
    """Points that change the outcome when read otherwise, and what it is then.

    `outcome` None: not examined, since the other reading needs facts that were not read.
    `decides`: no reading is in use, so the point itself settles that nothing is settled.
    """

    points: tuple[str, ...]
    readings: tuple[str, ...]
    outcome: Outcome | None
    decides: bool = False


class Varied(msgspec.Struct, frozen=True, gc=False):
    """The outcome under the readings in use, and every variation that would change it."""

    outcome: Outcome
    variations: tuple[Variation, ...]
    exhaustive: bool


class _Outcomes:
    """The outcomes of a case under the readings of its points, each found once.

    Points without a reading in use are read in every way at once.
    """

    def __init__(
        self,
        points: dict[str, OpenPoint],
        in_use: dict[str, ReadingInUse],
        consulted: Sequence[str],
        outcome_under: Callable[[dict[str, str]], Outcome | None],
    ) -> None:
        self._points = points
        self._outcome_under = outcome_under
        self._consulted = consulted
        self.base = {point: in_use[point].reading for point in consulted}
        self.unsettled = [point for point in consulted if not in_use[point].settled]
        size = prod(len(points[point].readings) for point in consulted)
        self.exhaustive = size <= LARGEST_VARIATION
        self._known: dict[tuple[str, ...], Outcome | None] = {}

    def _raw(self, readings: dict[str, str]) -> Outcome | None:
        """Find the outcome under readings that stand in the order of the points consulted."""
        key = (*readings.values(),)
        if key not in self._known:
            self._known[key] = self._outcome_under(readings)
        return self._known[key]

    def are_one(self) -> bool:
        """Tell whether every combination of readings gives the same outcome."""
        if not self.exhaustive:
            return False
        found = set()
        for readings in product(*(self._points[point].readings for point in self._consulted)):
            found.add(self._raw(dict(zip(self._consulted, readings, strict=True))))
            if len(found) > 1:
                return False
        return True

    def under(self, fixed: dict[str, str]) -> Outcome | None:
        """Read the unsettled points that are not fixed in every way; None: not examined."""
        base = self.base
        free = [point for point in self.unsettled if point not in fixed]
        if not free:
            return self._raw({**base, **fixed})
        outcomes = set()
        for readings in (
            product(*(self._points[point].readings for point in free))
            if self.exhaustive
            else _alone_and_in_pairs(self._points, free, base)
        ):
            others = dict(zip(free, readings, strict=True))
            result = self._raw({**base, **fixed, **others})
            # What the reading in use leaves unexamined says nothing about a variation of it.
            if result is not None or (fixed and self._raw({**base, **others}) is not None):
                outcomes.add(result)
            if len(outcomes) > (2 if None in outcomes else 1):
                # They part already, and nothing that follows can bring them together.
                return Outcome.UNDETERMINED
        if None in outcomes or not outcomes:
            return None
        return outcomes.pop()


def outcome_alone(
    points: dict[str, OpenPoint],
    in_use: dict[str, ReadingInUse],
    consulted: Sequence[str],
    outcome_under: Callable[[dict[str, str]], Outcome | None],
) -> Outcome:
    """Return the outcome that `vary` finds, without what would change it."""
    outcomes = _Outcomes(points, in_use, consulted, outcome_under)
    return outcomes.under({}) or Outcome.UNDETERMINED


def vary(
    points: dict[str, OpenPoint],
    in_use: dict[str, ReadingInUse],
    consulted: Sequence[str],
    outcome_under: Callable[[dict[str, str]], Outcome | None],
) -> Varied:
    """Find the outcome, and each smallest set of points whose other readings would change it.

    Points without a reading in use are read in every way at once: where the outcomes then
    part, the outcome is UNDETERMINED and those points decide. `outcome_under` returns None
    where the facts at hand do not say.
    """
    outcomes = _Outcomes(points, in_use, consulted, outcome_under)
    base, unsettled = outcomes.base, outcomes.unsettled
    exhaustive = outcomes.exhaustive
    outcome = outcomes.under({})
    if outcomes.are_one():
        return Varied(outcome or Outcome.UNDETERMINED, (), exhaustive)
    found: list[Variation] = []
    for point in unsettled:
        under = {r: outcomes.under({point: r}) for r in points[point].readings}
        if len(set(under.values())) > 1:
            examined = {o for o in under.values() if o is not None}
            found.extend(
                Variation((point,), (reading,), result, decides=len(examined) > 1)
                for reading, result in under.items()
                if result is None or result is not outcome or len(examined) > 1
            )
    open_to = {
        point: [r for r in points[point].readings if point in unsettled or r != base[point]]
        for point in consulted
    }
    for count in range(1, (len(consulted) if exhaustive else min(2, len(consulted))) + 1):
        for chosen in combinations(consulted, count):
            if count == 1 and chosen[0] in unsettled:
                continue
            for others in product(*(open_to[point] for point in chosen)):
                changed = dict(zip(chosen, others, strict=True))
                within = [variation for variation in found if _within(variation, changed)]
                if any(variation.outcome is not None for variation in within):
                    continue
                result = outcomes.under(changed)
                if result is not outcome and not (result is None and within):
                    decides = result is not None and all(p in unsettled for p in chosen)
                    found.append(Variation(chosen, others, result, decides))
    return Varied(outcome or Outcome.UNDETERMINED, tuple(found), exhaustive)


def _within(variation: Variation, changed: dict[str, str]) -> bool:
    return all(
        changed.get(point) == reading
        for point, reading in zip(variation.points, variation.readings, strict=True)
    )


def _alone_and_in_pairs(
    points: dict[str, OpenPoint], free: Sequence[str], base: dict[str, str]
) -> Iterable[tuple[str, ...]]:
    start = [base[point] for point in free]
    yield tuple(start)
    for count in (1, 2):
        for indices in combinations(range(len(free)), count):
            for others in product(*(points[free[i]].readings for i in indices)):
                readings = list(start)
                for index, reading in zip(indices, others, strict=True):
                    readings[index] = reading
                yield tuple(readings)


# --- Rules whose first day was not verified -----------------------------------------------------


def start_points(rules: Iterable[Rule]) -> dict[str, OpenPoint]:
    """Return one open point, without a default, for each rule whose start is open on some day."""
    return {
        point.id: point
        for point in (
            OpenPoint(f"START-{rule.id}", ("in_force", "not_in_force"), None)
            for rule in rules
            if rule.start_in_doubt() is not None
        )
    }


def applies(rule: Rule, day: date, readings: Readings) -> bool:
    """Tell whether a rule applies on `day`; where its start is open, it is read both ways."""
    if rule.start_is_open(day):
        return readings(f"START-{rule.id}") == "in_force"
    return rule.in_force(day)
