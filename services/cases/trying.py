"""Tries cases against the edition of the law, and says of each that fails what came out and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from domain.decide import Decision
from domain.facts.kinds import FIRST_DAY, LAST_DAY
from domain.law import explain
from domain.law.editions import CURRENT
from domain.law.kernel import Finding, Status
from domain.law.texts.kinds import Text
from services.cases import expected, putting
from services.cases.casebook import Case
from services.cases.expected import Difference
from services.cases.stated import (
    CaseError,
    LawFaultError,
    asked_of_the_law,
    each_of,
    files,
    located,
    misshapen,
    nearest,
    read,
)
from services.cases.world import REFUSALS, REFUSED

_DAY = "2024-09-02"
_FORMS = (
    f"a day is written {_DAY}, several things in [brackets], and a yes that is a word in 'marks'"
)
_SURE = ("high", "medium", "low")
_SAID_OF_RULES = (Status.MET, Status.NOT_MET, Status.UNKNOWN, Status.NOT_COVERED)


class Tried(NamedTuple):
    """One case, tried: it holds when nothing differs and nothing in it is wrong."""

    file: str
    id: str
    differences: list[Difference]
    wrong: list[str]
    """What can't be read in it, each with where it stands and what to write instead."""
    reasons: list[Text]
    """What came out, in sentences, when something differs."""

    @property
    def holds(self) -> bool:
        """Tell whether the case is answered as written."""
        return not self.differences and not self.wrong


def tried(paths: Iterable[Path], exact: bool = False) -> Iterator[Tried]:
    """Try the cases of the files and folders named, in their order.

    `exact`: what a case leaves unsaid of points, duties and warnings must be none. A file that
    can't be read is one case that fails, without an id. Raises CaseError for a folder without any.
    """
    for path in files(paths):
        seen: set[str] = set()
        try:
            cases = read(path)
        except CaseError as error:
            yield Tried(str(path), "", [], [str(error)], [])
            continue
        except OSError as error:
            yield Tried(str(path), "", [], [error.strerror or str(error)], [])
            continue
        for case in cases:
            result = try_case(case, str(path), exact)
            if result.id in seen:
                result.wrong.append("'id': another case of the file has the same")
            seen.add(result.id)
            yield result


def try_case(case: Case, file: str = "", exact: bool = False) -> Tried:
    """Try one case; raises LawFaultError where it can be read and the law fails on it."""
    id = str(case.get("id") or "(no id)")
    shapes = [str(error) for error in misshapen(case)]
    if shapes:
        return Tried(file, id, [], shapes, [])
    try:
        with located():
            differences, reasons = _compared(case, exact)
    except LawFaultError as error:
        error.add_note(f"{file}: {id}")
        raise
    except CaseError as error:
        return Tried(file, id, [], [str(error)], [])
    wrong = [str(error) for error in case.unknown()]
    if wrong:  # What comes out without a word that was written is no answer to the case.
        return Tried(file, id, [], wrong, [])
    return Tried(file, id, differences, [], reasons if differences else [])


def _compared(case: Case, exact: bool) -> tuple[list[Difference], list[Text]]:
    for word in ("id", "says", "section", "expect"):
        if not case.get(word):
            raise CaseError("", f"'{word}' is missing")
    for word in ("day", "asked_on"):
        stated = case["day"] if word == "day" else case.get(word)
        if stated is not None and type(stated) is not date:
            raise CaseError(word, f"'{stated}' is no day; a day is written {_DAY}")
        if stated is not None and not FIRST_DAY <= stated <= LAST_DAY:
            raise CaseError(word, f"'{stated}' does not lie from {FIRST_DAY} to {LAST_DAY}")
    if case["sure"] not in _SURE:
        raise CaseError("sure", f"this is one of {', '.join(_SURE)}")
    case.get("scenario"), case.get("note")  # for people; nothing here reads them
    _check_readings(case)
    if putting.decided(case):
        world = putting.build(case)
        decision, refusal = None, ""
        try:
            decision = putting.ask(case, world)
        except REFUSALS as error:
            refusal = next(n for n, kind in REFUSED.items() if isinstance(error, kind))
        found = expected.decided(case, world, decision, refusal, exact)
        with asked_of_the_law():
            return found, [] if decision is None else _reasons(decision)
    if case["question"] == "area":
        world = putting.build(case, None if "otherwise" in case else "unknown")
        return expected.about_area(case, world), []
    answer = putting.found(case)
    shown = str(answer.status) if isinstance(answer, Finding) else ", ".join(answer)
    return expected.about_list(case, answer), [Text(shown, shown)]


def _check_readings(case: Case) -> None:
    """Raise CaseError for an open point that there is not, and a reading that it does not have."""
    read = [("readings", case.get("readings", {}))]
    read += [("expect.under.read", u["read"]) for u in each_of(case["expect"].get("under"))]
    for where, readings in read:
        for point, chosen in readings.items():
            if point not in CURRENT.points:
                raise CaseError(where, f"'{point}' is no point; {nearest(point, CURRENT.points)}")
            known = CURRENT.points[point].readings
            if chosen not in known:
                raise CaseError(f"{where}.{point}", f"'{chosen}': one of {', '.join(known)}")


def _reasons(decision: Decision) -> list[Text]:
    """Say what the answer is and what it rests on."""
    day = decision.question.day
    found = [Text(decision.outcome, decision.outcome), explain.summary_text(CURRENT, decision)]
    for each in (*decision.examined, *decision.concluded):
        if each.finding.status in _SAID_OF_RULES:
            said = explain.finding_text(CURRENT, each, day)
            found.append(Text(f"{each.rule_id}: {said.da}", f"{each.rule_id}: {said.en}"))
    found += [explain.missing_text(CURRENT, missing) for missing, _ in decision.missing]
    found += [explain.variation_text(CURRENT, variation) for variation in decision.variations]
    return list(dict.fromkeys(found))


def plain(tried: Tried, language: str) -> dict[str, Any]:
    """Return a tried case as JSON has it."""
    return {
        "file": tried.file,
        "id": tried.id,
        "holds": tried.holds,
        "differences": [
            {"word": each.word, "expected": each.expected, "found": each.found}
            for each in tried.differences
        ],
        "wrong": tried.wrong,
        "reasons": [getattr(each, language) for each in tried.reasons],
    }


def lines(tried: Tried, language: str) -> Iterator[str]:
    """Say of a case that fails what was expected, and what came out with its reasons."""
    yield f"{tried.file}: {tried.id}" if tried.id else tried.file
    for wrong in tried.wrong:
        yield f"  can't be read: {wrong}"
    for each in tried.differences:
        yield f"  {each.word}: expected {_said(each.expected)}"
        yield f"  {' ' * len(each.word)}  came out {_said(each.found)}"
    for reason in tried.reasons:
        yield f"    {getattr(reason, language)}"


def _said(value: Any) -> str:
    match value:
        case None:
            return "not examined"
        case list() | tuple() | set():
            return ", ".join(map(_said, value)) or "nothing"
        case dict():
            return ", ".join(f"{name}: {_said(each)}" for name, each in value.items()) or "nothing"
    return str(value)
