"""What an instance answered from one day to another, counted: nobody is named, and no few told.

What was answered comes counted, by kind of question and outcome; it is read off the receipts by
whoever may (`services/reports/answered.py`). All else is told by the open facts.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from domain import facts
from domain.data_classes import DataClass
from domain.decide import Decision
from domain.events import BY_NAME, Recorded
from domain.law import explain
from domain.law.beside import LAW_REVIEW_STALE
from domain.law.edition import Edition
from domain.law.kernel import Outcome, Status
from domain.ledger import Row, ledger
from domain.questions import KINDS
from domain.readback import says
from domain.reference import View
from domain.reports import texts
from domain.reports.areas import LettingCount, counted
from domain.reports.said import Basis, Exceptional, Said, basis, literal, of_review, said
from domain.suppression import Sum, hidden

LACKING = "missing:"
"""Begins the families of what is missing; who can supply it follows, as the edition names it."""


class Why(NamedTuple):
    """Why one answer is undetermined: the family, and the kind of what is missing, if anything.

    Families are whoever can supply what is missing, and those of `texts.FAMILIES`: a point of law
    without a reading, a ground that the edition does not hold, a review too old, and the rest.
    """

    family: str
    kind: str = ""


def opened(decision: Decision) -> frozenset[DataClass]:
    """Return the classes of data that were opened to decide a question about a household."""
    classes = {each.data_class for each in decision.examined if each.data_class is not None}
    return frozenset(classes | {DataClass.DECISIONS, DataClass.MEMBERSHIP})


def why(decision: Decision) -> frozenset[Why]:
    """Return why an answer is undetermined."""
    found = {Why(f"{LACKING}{each.supplier}", each.kind) for each, _ in decision.missing}
    if any(each.decides for each in decision.variations):
        found.add(Why("open_point"))
    if any(each.finding.status is Status.NOT_COVERED for each in decision.examined):
        found.add(Why("not_covered"))
    if LAW_REVIEW_STALE in decision.warnings:
        found.add(Why("law_review"))
    return frozenset(found or {Why("other")})


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What was answered in a period, counted.

    `outcomes`: receipts by kind of question and outcome. `pages`: pages of waiting lists by kind,
    how many and of how many households. `reasons`: of each undetermined answer why, None where
    that was not asked for; `unreadable`: of how many it can't be told, since they were erased.
    """

    outcomes: Counter[tuple[str, Outcome]]
    pages: Mapping[str, tuple[int, int]]
    reasons: tuple[frozenset[Why], ...] | None = None
    unreadable: int = 0
    opened: frozenset[DataClass] = frozenset()
    """The classes that were opened to tell why."""


class Changed(NamedTuple):
    """A fact that a later one has taken the place of, or taken back, in the period.

    `type` None: of a person. `days`: between the two; None: not known.
    """

    type: str | None
    retracted: bool
    days: int | None


class ShownCount(msgspec.Struct, frozen=True):
    """A count; None: it would tell of few, and is not shown."""

    value: int | None = None


class QuestionCount(msgspec.Struct, frozen=True, kw_only=True):
    """How one kind of question was answered."""

    question: str
    title: Said
    total: ShownCount
    permitted: ShownCount
    prohibited: ShownCount
    discretionary: ShownCount
    undetermined: ShownCount
    of_nobody: bool


class PageCount(msgspec.Struct, frozen=True, kw_only=True):
    """Pages of waiting lists of one kind of question, and how many households stand on them."""

    question: str
    title: Said
    pages: int
    households: ShownCount


class ReasonCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many answers were undetermined because of one family, and which kinds it was."""

    family: str
    title: Said
    answers: ShownCount
    kinds: tuple[str, ...]


class ChosenReading(msgspec.Struct, frozen=True, kw_only=True):
    """A reading of an open point that was chosen; who chose it and why stands in the event."""

    point: str
    reading: str
    question: Said
    text: Said
    first_day: date
    position: int


class ErasureCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many tokens, each of one class of one subject, were erased under a policy."""

    policy: str
    erased: ShownCount


class ClockAcceptance(msgspec.Struct, frozen=True, kw_only=True):
    """The wall clock was trusted again, and why."""

    reason: str
    position: int


class CorrectionCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many facts of a kind were corrected or taken back; `late`: on a later day than theirs."""

    kind: str
    title: Said
    corrected: ShownCount | None
    retracted: ShownCount
    late: ShownCount | None
    most_days: int | None


class DepartmentLedger(msgspec.Struct, frozen=True, kw_only=True):
    """The allocations of one department in the period, recounted.

    `digest`: SHA-256 over the leaf hashes of those counted, in the order of the log.
    """

    organisation: str
    department: str
    lettings: tuple[LettingCount, ...]
    out_of_order: tuple[int, ...]
    digest: bytes


class PeriodReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an instance answered from one day to another, and what was out of the ordinary."""

    first_day: date
    last_day: date
    basis: Basis
    answers: tuple[QuestionCount, ...]
    pages: tuple[PageCount, ...]
    reasons: tuple[ReasonCount, ...]
    reasons_asked: bool
    readings: tuple[ChosenReading, ...]
    erasures: tuple[ErasureCount, ...]
    clock: tuple[ClockAcceptance, ...]
    corrections: tuple[CorrectionCount, ...]
    departments: tuple[DepartmentLedger, ...]
    exceptions: tuple[Exceptional, ...]
    least_shown: int
    opened: tuple[DataClass, ...]


def period_report(
    edition: Edition,
    view: View,
    days: tuple[date, date],
    answered: Answered,
    noted: Collection[Recorded[facts.Fact]],
    changed: Collection[Changed],
    least: int,
) -> PeriodReport:
    """Return the report of the days from the first through the last.

    `noted`: the open facts recorded on these days, in the order of the log. `changed`: the facts
    corrected or taken back on them. `least`: the smallest count of households that is shown.
    """
    first_day, last_day = days
    departments = tuple(_departments(view, first_day, last_day))
    return PeriodReport(
        first_day=first_day,
        last_day=last_day,
        basis=basis(edition, view),
        answers=tuple(_answers(answered.outcomes, least)),
        pages=tuple(_pages(answered.pages, least)),
        reasons=tuple(_reasons(edition, answered, least)),
        reasons_asked=answered.reasons is not None,
        readings=tuple(_readings(edition, noted)),
        erasures=tuple(_erasures(noted, least)),
        clock=tuple(
            ClockAcceptance(reason=each.fact.reason, position=each.position)
            for each in noted
            if isinstance(each.fact, facts.ClockAccepted)
        ),
        corrections=tuple(_corrections(changed, least)),
        departments=departments,
        exceptions=tuple(_exceptions(edition, view, last_day, answered, departments)),
        least_shown=least,
        opened=tuple(each for each in DataClass if each in answered.opened),
    )


# --- Answers ---------------------------------------------------------------------------------

_TOTAL = "total"


def _answers(outcomes: Counter[tuple[str, Outcome]], least: int) -> Iterator[QuestionCount]:
    """Count the answers by question and outcome, the small cells of the table left out.

    Whoever reads knows no sum over all questions; within one its outcomes add up to its total.
    """
    asked = [kind for kind in KINDS.values() if any(name == kind.name for name, _ in outcomes)]
    for kind in asked:
        counts: dict[str, int] = {each.value: outcomes[kind.name, each] for each in Outcome}
        total = sum(counts.values())
        unshown: Collection[str] = ()
        if not kind.of_nobody:
            unshown = _few({**counts, _TOTAL: total}, [Sum(_TOTAL, [*counts])], least)
        shown = {
            name: ShownCount(None if name in unshown else count)
            for name, count in (*counts.items(), (_TOTAL, total))
        }
        yield QuestionCount(
            question=kind.name,
            title=Said(kind.da, kind.en),
            total=shown[_TOTAL],
            permitted=shown[Outcome.PERMITTED.value],
            prohibited=shown[Outcome.PROHIBITED.value],
            discretionary=shown[Outcome.DISCRETIONARY.value],
            undetermined=shown[Outcome.UNDETERMINED.value],
            of_nobody=kind.of_nobody,
        )


def _few(counts: Mapping[str, int], sums: list[Sum[str]], least: int) -> Collection[str]:
    """Return which counts are not shown; that there are none at all tells of nobody."""
    if least == 0 or not any(counts.values()):
        return ()
    return hidden(counts, sums, least)


def _pages(pages: Mapping[str, tuple[int, int]], least: int) -> Iterator[PageCount]:
    for name, (count, households) in sorted(pages.items()):
        kind = KINDS[name]
        yield PageCount(
            question=name,
            title=Said(kind.da, kind.en),
            pages=count,
            households=ShownCount(households if households >= least else None),
        )


def _reasons(edition: Edition, answered: Answered, least: int) -> Iterator[ReasonCount]:
    """Count the undetermined answers by family; who knows their number must not tell the rest."""
    if not answered.reasons:
        return
    total = len(answered.reasons) + answered.unreadable
    families = Counter(family for each in answered.reasons for family in {w.family for w in each})
    for family, count in sorted(families.items()):
        counts = {_TOTAL: total, family: count, "others": total - count}
        unshown: Collection[str] = ()
        if least:
            unshown = hidden(counts, [Sum(_TOTAL, [family, "others"])], least, ["others"])
        kinds = {w.kind for each in answered.reasons for w in each if w.family == family}
        yield ReasonCount(
            family=family,
            title=_family(edition, family),
            answers=ShownCount(None if family in unshown else count),
            kinds=tuple(sorted(kinds - {""})),
        )


def _family(edition: Edition, family: str) -> Said:
    """Return what a family of reasons is called."""
    if not family.startswith(LACKING):
        return literal(texts.FAMILIES[family])
    supplier = explain.supplier_text(edition, family.removeprefix(LACKING))
    return said(texts.LACKING, supplier=literal(supplier))


# --- What was out of the ordinary ------------------------------------------------------------


def _readings(edition: Edition, noted: Iterable[Recorded[facts.Fact]]) -> Iterator[ChosenReading]:
    for each in noted:
        if not isinstance(each.fact, facts.ReadingChosen):
            continue
        text = explain.point_text(edition, each.fact.point)
        yield ChosenReading(
            point=each.fact.point,
            reading=each.fact.reading,
            question=literal(text.question),
            text=literal(text.readings[each.fact.reading]),
            first_day=each.fact.first_day,
            position=each.position,
        )


def _erasures(noted: Iterable[Recorded[facts.Fact]], least: int) -> Iterator[ErasureCount]:
    """Count the erasures by policy; of which class each was, no event says."""
    found: Counter[str] = Counter()
    for each in noted:
        if isinstance(each.fact, facts.ErasureDone):
            found[each.fact.policy] += len(each.fact.tokens)
    for policy, count in sorted(found.items()):
        yield ErasureCount(policy=policy, erased=ShownCount(count if count >= least else None))


def _corrections(changed: Iterable[Changed], least: int) -> Iterator[CorrectionCount]:
    """Count what was corrected or taken back; what open facts say is about no person."""
    of_kind: dict[str | None, list[Changed]] = {}
    for each in changed:
        of_kind.setdefault(each.type, []).append(each)
    for name, found in sorted(of_kind.items(), key=lambda each: each[0] or ""):
        retracted = sum(each.retracted for each in found)
        if name is None:
            yield CorrectionCount(
                kind="",
                title=literal(texts.OF_PERSONS),
                corrected=None,
                retracted=ShownCount(retracted if retracted >= least else None),
                late=None,
                most_days=None,
            )
            continue
        days = [each.days for each in found if each.days is not None]
        declared = BY_NAME[name]
        yield CorrectionCount(
            kind=name,
            title=literal(says(declared)),
            corrected=ShownCount(len(found) - retracted),
            retracted=ShownCount(retracted),
            late=ShownCount(sum(each > 0 for each in days)),
            most_days=max(days, default=None),
        )


# --- The ledger ------------------------------------------------------------------------------


def _departments(view: View, first_day: date, last_day: date) -> Iterator[DepartmentLedger]:
    """Recount the allocations of the period, a department at a time."""
    for organisation in sorted(view.keys(facts.VacancyAllocated)):
        by_department: dict[str, list[Row]] = {}
        for row in ledger(organisation, view).rows():
            if first_day <= row.allocation.fact.allocated_on <= last_day:
                by_department.setdefault(row.department, []).append(row)
        for department, rows in sorted(by_department.items()):
            digest = hashlib.sha256()
            for row in rows:
                digest.update(row.allocation.leaf_hash)
            yield DepartmentLedger(
                organisation=organisation,
                department=department,
                lettings=counted(rows),
                out_of_order=tuple(r.allocation.position for r in rows if not r.in_order),
                digest=digest.digest(),
            )


def _exceptions(
    edition: Edition,
    view: View,
    last_day: date,
    answered: Answered,
    departments: Iterable[DepartmentLedger],
) -> Iterator[Exceptional]:
    yield from of_review(edition, view, last_day)
    if answered.pages:
        yield _exceptional("PAGES_SEALED")
    if answered.reasons is None and any(
        outcome is Outcome.UNDETERMINED and count
        for (_, outcome), count in answered.outcomes.items()
    ):
        yield _exceptional("REASONS_NOT_ASKED")
    if answered.unreadable:
        yield _exceptional("REASONS_ERASED")
    yield _exceptional("CORRECTIONS_SEALED")
    for each in departments:
        if each.out_of_order:
            text = texts.EXCEPTIONS["ALLOCATIONS_OUT_OF_ORDER"]
            values = {"organisation": each.organisation, "count": str(len(each.out_of_order))}
            yield Exceptional(
                code="ALLOCATIONS_OUT_OF_ORDER",
                text=said(text, **values),
                positions=each.out_of_order,
            )


def _exceptional(code: str) -> Exceptional:
    return Exceptional(code=code, text=literal(texts.EXCEPTIONS[code]))
