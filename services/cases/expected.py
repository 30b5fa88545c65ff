"""Compares what a case expects with what came out; every word under `expect` is read here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from domain.data_classes import DataClass
from domain.decide import Decision, Examined
from domain.facts import ListKind
from domain.law import explain
from domain.law.area import figures, origin
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.area.status import Standing
from domain.law.area.timeline import timeline
from domain.law.area.tools import tools
from domain.law.beside import DAY_AHEAD, LAW_NEWER_THAN_REVIEW, LAW_REVIEW_STALE
from domain.law.editions import CURRENT
from domain.law.kernel import Finding, Outcome, Status, explore, readings_in_use
from services.cases import putting
from services.cases.casebook import OTHER_AREA, Case
from services.cases.casebook_letting import HOUSEHOLD_QUESTIONS
from services.cases.stated import CaseError, Stated, asked_of_the_law, each_of, nearest
from services.cases.world import AREA, REFUSED, World, person

RETIRED_CHANGES = ("longer_notice",)
"""Kinds of change that no answer names any more; a file that expects one is read all the same."""


class Difference(NamedTuple):
    """What a case expects under a word, and what came out instead."""

    word: str
    expected: Any
    found: Any


Differences = list[Difference]

_LOOSE = (
    "outcome_in", "not_outcome", "never", "includes", "excludes", "texts_include", "texts_exclude",
)  # fmt: skip
"""Words that say something about an answer and leave the rest of it open."""

_ANSWERED = "an answer"
"""What comes of a question that is not refused."""

_ABOUT_THE_DAY = frozenset({DAY_AHEAD, LAW_NEWER_THAN_REVIEW, LAW_REVIEW_STALE})
"""Warnings about the day or the area as such; they name no matter of the case's own."""

_KINDS = {
    "AREA-UDS-2018": ListKind.VULNERABLE,
    "AREA-PAR-2018": ListKind.PARALLEL_SOCIETY,
    "AREA-FORE-2021": ListKind.PREVENTION,
    "AREA-OMD-2021": ListKind.TRANSFORMATION,
    "AREA-HARD-2018-2021": ListKind.TRANSFORMATION,
    "AREA-KOMB": ListKind.COMBINED_LETTING,
}
_BY_FIGURES = ("AREA-UNIT-2018", "AREA-GHETTO-2010", "AREA-GHETTO-2014")


def decided(
    case: Case, world: World, decision: Decision | None, refusal: str, exact: bool
) -> Differences:
    """Compare an answer that is a decision; `refusal` says why the question can't be asked.

    `exact`: points, duties and (about letting) warnings that the case leaves unsaid must be none,
    unless it uses a word that leaves the rest open.
    """
    expect: Case = case["expect"]
    wanted = expect.get("refused", "")
    if wanted not in ("", *REFUSED):
        raise CaseError("expect.refused", f"'{wanted}': {nearest(wanted, REFUSED)}")
    if wanted or decision is None:
        expect.pass_over()  # without an answer nothing else can be compared; it is not unknown
        return _same("refused", wanted or _ANSWERED, refusal or _ANSWERED)
    exact = exact and not any(word in expect for word in _LOOSE)
    found = _outcome(expect, decision)
    found += _findings(case, decision, expect)
    found += _codes(case, decision, expect, exact)
    for each in each_of(expect.get("under")):
        found += _under(case, each)
    found += _shown(expect, world, decision)
    return [*found, *_texts(expect, decision)]


def _same(word: str, expected: Any, found: Any) -> Differences:
    return [] if expected == found else [Difference(word, expected, found)]


# --- The outcome ----------------------------------------------------------------------------


def _outcome(expect: Case, decision: Decision) -> Differences:
    outcome, found = str(decision.outcome), []
    for word in ("outcome", "not_outcome", "never"):
        if word in expect:
            _one_of(f"expect.{word}", expect[word], Outcome)
    found += _same("outcome", expect.get("outcome", outcome), outcome)
    if "outcome_in" in expect:
        wanted = each_of(expect["outcome_in"])
        for each in wanted:
            _one_of("expect.outcome_in", each, Outcome)
        if outcome not in wanted:
            found.append(Difference("outcome_in", wanted, outcome))
    warned = set(decision.warnings) - _ABOUT_THE_DAY
    named = flagged(decision) or decision.warnings
    if expect.get("not_outcome") == outcome and not named:
        found.append(Difference("not_outcome", f"not {outcome}, or flagged or warned of", outcome))
    if expect.get("never") == outcome and not warned:
        found.append(Difference("never", f"not {outcome}, or warned of", outcome))
    return found


def _one_of(where: str, said: Any, known: Iterable[str]) -> None:
    """Raise CaseError for what is none of a closed list of words, and name the nearest."""
    names = [str(each) for each in known]
    if said not in names:
        close = [name for name in names if name.casefold() == str(said).casefold()]
        raise CaseError(where, f"'{said}': {nearest(close[0] if close else str(said), names)}")


def flagged(decision: Decision) -> set[str]:
    """Return the open points whose other reading changes the answer."""
    return {point for variation in decision.variations for point in variation.points}


def _codes(case: Case, decision: Decision, expect: Case, exact: bool) -> Differences:
    come = {
        "flagged": (flagged(decision), set(CURRENT.points)),
        "duties": ({duty for duty, _ in decision.duties}, set(CURRENT.texts.DUTIES)),
        "missing": ({missing.kind for missing, _ in decision.missing}, set(CURRENT.texts.MISSING)),
        "warnings": (set(decision.warnings), set(CURRENT.texts.WARNINGS)),
        "changes": (
            {change.kind for change, _, _ in decision.changes},
            {*CURRENT.texts.CHANGES, *RETIRED_CHANGES},
        ),
    }
    always = {"flagged"} if exact else set()
    if exact and case["question"] in HOUSEHOLD_QUESTIONS:
        always.add("warnings")
    found: Differences = []
    if exact or "duties" in expect:
        in_order = [duty for duty, _ in decision.duties]
        _known("expect.duties", expect.get("duties"), set(CURRENT.texts.DUTIES))
        found += _same("duties", each_of(expect.get("duties")), in_order)
    for word, (codes, known) in come.items():
        if word != "duties" and (word in expect or word in always):
            wanted = _known(f"expect.{word}", expect.get(word), known)
            found += _same(word, sorted(wanted), sorted(codes))
    for which in ("includes", "excludes"):
        for word, wanted in expect.get(which, {}).items():
            if word not in come:
                raise CaseError(f"expect.{which}", f"'{word}' is not known; {nearest(word, come)}")
            codes, known = come[word]
            right = _known(f"expect.{which}.{word}", wanted, known)
            if not (right <= codes if which == "includes" else right.isdisjoint(codes)):
                found.append(Difference(f"{which}.{word}", sorted(right), sorted(codes)))
    consulted = _known("expect.consulted", expect.get("consulted"), set(CURRENT.points))
    if not consulted <= set(decision.consulted):
        found.append(Difference("consulted", sorted(consulted), sorted(decision.consulted)))
    return found


def _known(where: str, codes: Any, known: set[str]) -> set[str]:
    """Return the codes, one or several; raises CaseError for one that no answer can have."""
    found = each_of(codes)
    for code in found:
        if code not in known:
            raise CaseError(where, f"'{code}' is not known here; {nearest(code, known)}")
    return set(found)


# --- Findings -------------------------------------------------------------------------------


def _findings(case: Case, decision: Decision, expect: Case) -> Differences:
    """Compare what rules came to: `findings`, `here` for the place, `person`, and their values."""
    of_household = case["question"] in HOUSEHOLD_QUESTIONS
    found: Differences = []
    for rule_id, expected in _rules(expect, "findings"):
        if isinstance(expected, str):
            _one_of(f"expect.findings.{rule_id}", expected, Status)
            seen = _household(decision, rule_id) if of_household else _of(decision, rule_id)
            if expected not in seen:
                found.append(Difference(f"findings.{rule_id}", expected, sorted(seen)))
        else:
            found += _by_person(case, f"findings.{rule_id}", rule_id, expected, decision)
    for rule_id, expected in _rules(expect, "here"):
        _one_of(f"expect.here.{rule_id}", expected, Status)
        seen = {str(e.finding.status) for e in _all(decision, rule_id) if e.area}
        if seen != {expected}:
            found.append(Difference(f"here.{rule_id}", expected, sorted(seen)))
    for rule_id, expected in _rules(expect, "person"):
        found += _by_person(case, f"person.{rule_id}", rule_id, expected, decision)
    for rule_id, values in _rules(expect, "values"):
        come = dict(
            pair
            for e in (*decision.examined, *decision.concluded)
            if e.rule_id == rule_id
            for pair in e.finding.values
        )
        found += _pairs(f"values.{rule_id}", values, come)
    for rule_id, conditions in _rules(expect, "conditions"):
        lists = [
            {each.name: str(each.status) for each in e.finding.conditions}
            for e in _all(decision, rule_id)
        ]
        if not any(conditions.items() <= each.items() for each in lists):
            found.append(Difference(f"conditions.{rule_id}", dict(conditions), lists))
    return found


def _rules(expect: Case, word: str) -> Iterable[tuple[str, Any]]:
    """Return what is expected of rules; raises CaseError for a rule that there is not."""
    for rule_id, expected in expect.get(word, {}).items():
        if rule_id not in CURRENT.rules:
            near = nearest(rule_id, CURRENT.rules)
            raise CaseError(f"expect.{word}", f"'{rule_id}' is no rule; {near}")
        if isinstance(expected, Stated):
            expected.items()
        elif word in ("findings", "here") and not isinstance(expected, str):
            what = f"'{expected}' is not known here; {nearest(str(expected), Status)}"
            raise CaseError(f"expect.{word}.{rule_id}", what)
        elif word in ("person", "values", "conditions"):
            raise CaseError(f"expect.{word}", f"'{rule_id}' has words below it (docs/cases.md)")
        yield rule_id, expected


def _all(decision: Decision, rule_id: str) -> list[Examined]:
    return [e for e in decision.examined if e.rule_id == rule_id]


def _of(decision: Decision, rule_id: str) -> set[str]:
    return {str(e.finding.status) for e in _all(decision, rule_id)}


def _household(decision: Decision, rule_id: str) -> set[str]:
    about_all = [e for e in decision.concluded if e.rule_id == rule_id]
    noted = [e for e in _all(decision, rule_id) if not e.person and not e.area]
    return {str(e.finding.status) for e in (*about_all, *noted)}


def _by_person(
    case: Case, word: str, rule_id: str, expected: Mapping[str, str | None], decision: Decision
) -> Differences:
    members = sorted({str(name) for name in case.get("household", {"applicant": {}})})
    for name, status in expected.items():
        _one_of(f"expect.{word}", name, members)
        if status is not None:
            _one_of(f"expect.{word}.{name}", status, Status)
    by_person = {e.person: str(e.finding.status) for e in _all(decision, rule_id) if e.person}
    return _same(word, dict(expected), {name: by_person.get(person(name)) for name in expected})


def _pairs(word: str, expected: Mapping[str, Any], found: Mapping[str, Any]) -> Differences:
    return _same(word, dict(expected), {name: found.get(name) for name in expected})


# --- Readings, and what an answer shows -----------------------------------------------------


def _under(case: Case, under: Case) -> Differences:
    read = under["read"]
    read.items()
    chosen = case.changed(readings={**case.get("readings", {}), **read})
    decision = putting.ask(chosen, putting.build(chosen))
    if "outcome" in under:
        _one_of("expect.under.outcome", under["outcome"], Outcome)
    found = _same("outcome", under.get("outcome", str(decision.outcome)), str(decision.outcome))
    found += _findings(case, decision, under)
    as_read = ", ".join(f"{point}={reading}" for point, reading in read.items())
    return [Difference(f"under {as_read}: {each.word}", *each[1:]) for each in found]


def _shown(expect: Case, world: World, decision: Decision) -> Differences:
    found: Differences = []
    if "computed" in expect:
        come = {value.name: value.value for value in decision.values}
        expect["computed"].items()
        found += _pairs("computed", expect["computed"], come)
    for word in ("asked", "read"):
        if word in expect:
            needs = [str(need.data_class) for need in world.needs]
            wanted = each_of(expect[word])
            for each in wanted:
                _one_of(f"expect.{word}", each, DataClass)
            found += _same(word, wanted, needs)
    if "elsewhere" in expect:
        elsewhere = {each.area or each.kind: each.outcome for each in world.elsewhere(decision)}
        for name in expect["elsewhere"]:
            _one_of("expect.elsewhere", name, (*CURRENT.texts.PLACES, AREA, OTHER_AREA))
        expect["elsewhere"].items()
        found += _pairs("elsewhere", expect["elsewhere"], elsewhere)
    return found


def said(decision: Decision) -> dict[str, list[str]]:
    """Return what the answer says in Danish, by the words of `texts_include`."""
    day = decision.question.day
    about = [*decision.examined, *decision.concluded]
    by_word = {
        "summary": [explain.summary_text(CURRENT, decision).da],
        "findings": [explain.finding_text(CURRENT, each, day).da for each in about]
        + [
            explain.condition_text(CURRENT, c).da for each in about for c in each.finding.conditions
        ],
        "duties": [explain.duty_text(CURRENT, duty).da for duty, _ in decision.duties],
        "missing": [explain.missing_text(CURRENT, missing).da for missing, _ in decision.missing],
        "changes": [explain.change_text(CURRENT, c, decision).da for c, _, _ in decision.changes],
        "warnings": [explain.warning_text(CURRENT, code).da for code in decision.warnings],
    }
    shown = [explain.variation_text(CURRENT, each).da for each in decision.variations]
    shown += [explain.value_text(CURRENT, value).da for value in decision.values]
    return {**by_word, "all": [text for each in by_word.values() for text in each] + shown}


def _texts(expect: Case, decision: Decision) -> Differences:
    found: Differences = []
    for which in ("texts_include", "texts_exclude"):
        for word, wanted in expect.get(which, {}).items():
            shown = said(decision)
            if word not in shown:
                raise CaseError(f"expect.{which}", f"'{word}' is not known; {nearest(word, shown)}")
            for part in map(str, each_of(wanted)):
                there = any(part.casefold() in text.casefold() for text in shown[word])
                if there != (which == "texts_include"):
                    found.append(Difference(f"{which}.{word}", part, shown[word]))
    return found


# --- Lists ----------------------------------------------------------------------------------


def about_list(case: Case, found: Finding | list[str]) -> Differences:
    """Compare what a rule about the waiting list says, or the order of candidates."""
    expect: Case = case["expect"]
    case.get("day")  # a case says when it is, also where the rule has no days
    if isinstance(found, Finding):
        status = str(found.status)
        different = _same("status", expect["status"], status)
        for rule_id, expected in _rules(expect, "findings"):
            different += _same(f"findings.{rule_id}", expected, status)
        return different
    return _same("order", list(expect["order"]), found)


# --- Areas ----------------------------------------------------------------------------------


def about_area(case: Case, world: World) -> Differences:
    """Compare what lists and figures make of an area."""
    expect: Case = case["expect"]
    found = _area(case, world, expect, {})
    for under in each_of(expect.get("under")):
        read = under["read"]
        read.items()
        found += _area(case, world, under, read)
    consulted = set()
    for category in Category:
        standing = _standing(world, category, case["day"])
        consulted |= set(standing.tree.points)
    if not set(each_of(expect.get("consulted"))) <= consulted:
        found.append(Difference("consulted", expect["consulted"], sorted(consulted)))
    return found


def _area(case: Case, world: World, expect: Case, read: Mapping[str, str]) -> Differences:
    found: Differences = []
    day = case["day"]
    for rule_id, expected in _rules(expect, "findings"):
        word = f"findings.{rule_id}"
        if isinstance(expected, str):
            found += _same(word, expected, str(_area_finding(world, case, rule_id, read).status))
        else:
            come = {k: str(_finding_of(world, case, rule_id, k, read).status) for k in expected}
            found += _same(word, dict(expected), come)
    for rule_id, values in _rules(expect, "values"):
        come = dict(_area_finding(world, case, rule_id, read).values)
        found += _pairs(f"values.{rule_id}", values, come)
    for rule_id, conditions in _rules(expect, "conditions"):
        said = {
            each.name: str(each.status)
            for each in _area_finding(world, case, rule_id, read).conditions
        }
        found += _same(f"conditions.{rule_id}", dict(conditions), said)
    found += _tools(expect, world, day)
    for name, expected in expect.get("is", {}).items():
        as_read = world
        if read:
            as_read = putting.build(case.changed(readings={**case.get("readings", {}), **read}))
        standing = _standing(as_read, Category(name), day)
        found += _same(f"is.{name}", expected, str(standing.finding.status))
    if "warnings" in expect:
        with asked_of_the_law():
            standings = area_law.standings(CURRENT, world.view(), AREA, day)
            warned = origin.warnings([(s.category, s.finding.status) for s in standings], day)
        found += _same("warnings", expect["warnings"], list(warned))
    if "periods" in expect:
        shown: dict[str, list[str]] = {}
        with asked_of_the_law():
            periods = list(timeline(CURRENT, world.view(), AREA, {}, day))
        for each in periods:
            if each.category.value in expect["periods"]:
                period = f"{each.status} {each.first_day} to {each.last_day or 'now'}"
                shown.setdefault(each.category.value, []).append(period)
        found += _same("periods", dict(expect["periods"].items()), shown)
    return found


def _tools(expect: Case, world: World, day: date) -> Differences:
    """Compare whether rules are in force in the area (met), may be (unknown), or are not (null)."""
    wanted = expect.get("tools", {})
    if not wanted:
        return []
    with asked_of_the_law():
        come = {t.rule_id: str(t.finding.status) for t in tools(CURRENT, world.view(), AREA, day)}
    known = {*CURRENT.rules, *CURRENT.texts.CONSEQUENCES}
    for rule_id, _ in wanted.items():
        _one_of("expect.tools", rule_id, known)
    return _pairs("tools", wanted, come)


def _standing(world: World, category: Category, day: date) -> Standing:
    with asked_of_the_law():
        return area_law.standing(CURRENT, world.view(), AREA, category, day)


def _area_finding(world: World, case: Case, rule_id: str, read: Mapping[str, str]) -> Finding:
    view, day = world.view(), case["day"]
    rule = CURRENT.rules[rule_id]
    if not rule.in_force(day):
        raise CaseError("expect.findings", f"{rule_id} is not in force on {day}")

    def evaluate(readings: Any) -> Finding:
        if rule_id in _BY_FIGURES:
            known = figures.figures_on(view, AREA, day)
            if known is None:
                raise CaseError("area.figures", f"{rule_id} needs figures")
            return rule.evaluate(known, readings)
        if rule_id.startswith("PLAN-FORMER-"):
            return rule.evaluate(view, AREA, day, readings)
        if rule_id == "AREA-BOLIGKRAV":
            applied_on: date = case.get("applied_on") or day
            return rule.evaluate(view, AREA, applied_on, day)
        if rule.question == "fund":
            return rule.evaluate(CURRENT, view, AREA, day, readings)
        if rule_id not in _KINDS:
            raise CaseError("expect.findings", f"{rule_id} is no rule about an area")
        return area_law.by_figures(CURRENT, view, AREA, _KINDS[rule_id], day, readings)

    return _in_use(evaluate, read)


def _in_use(evaluate: Callable[[Any], Finding], read: Mapping[str, str]) -> Finding:
    in_use = {p: use.reading for p, use in readings_in_use(CURRENT.points, dict(read)).items()}
    with asked_of_the_law(CaseError):
        return explore(CURRENT.points, evaluate).under(in_use)


def _finding_of(
    world: World, case: Case, rule_id: str, name: str, read: Mapping[str, str]
) -> Finding:
    """Return what a rule about several categories finds of one of them."""
    rule, view, day = CURRENT.rules[rule_id], world.view(), case["day"]
    if rule_id == "EU-C417-23":
        standing = _standing(world, Category(name), day)
        with asked_of_the_law():
            return rule.evaluate(standing.category, standing.finding.status, day)
    if rule_id == "AREA-ORIGIN":
        known = figures.figures_on(view, AREA, day)
        if known is None:
            raise CaseError("area.figures", f"{rule_id} needs figures")
        limit = {"parallel_society": origin.OVER_50, "prevention": origin.OVER_30}[name]
        return _in_use(
            lambda readings: rule.evaluate(
                known, limit, readings, origin.left_out(view, day, readings)
            ),
            read,
        )
    kind = ListKind(name)
    with asked_of_the_law():
        found: Finding = rule.evaluate(view, AREA, kind, day)
    return found
