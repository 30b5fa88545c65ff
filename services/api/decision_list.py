"""ListDecisions: reads what is looked for, and writes what was found as messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from domain.facts import AreaRegistered
from domain.law.editions import EDITIONS
from domain.purposes import PURPOSES
from domain.questions import KINDS, RECEIPT_TYPES
from domain.reference import View
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2 as core
from projections.decisions import Filter
from services.answers.searching import Answered, Found, Results, Search, Wanted
from services.api import pages
from services.api.calls import Call, known_day, known_uuid, view_for
from services.api.facts_back import moment
from services.facts.fields import FieldErrors
from services.facts.municipalities import not_a_municipality
from services.instance.instance import Instance
from services.persons.reading import Reader

_WALK = "decisions"
_KINDS_ASKED = tuple(sorted(RECEIPT_TYPES.values()))
_RULES = frozenset(rule for edition in EDITIONS.values() for rule in edition.rules)
_OUTCOME = "OUTCOME_"


class _Walk(NamedTuple):
    """Where a walk stands: as of which position, after which, and what was asked for."""

    upto: int
    after: int
    asked: list[str]


def answer(
    instance: Instance,
    search: Search,
    request: pb.ListDecisionsRequest,
    reader: Reader,
    call: Call,
    wrong: FieldErrors,
) -> pb.ListDecisionsResponse:
    """Return the page of decisions that a request asks for; raises InvalidFields."""
    view = view_for(instance, request.consistency, wrong)
    wanted = _wanted(request, instance.view(), wrong)
    walk = _Walk(view.position, 0, _asked(wanted))
    if request.page_size < 0:
        wrong.add("page_size", "must not be negative")
    if request.page_token:
        read = pages.read_token(instance.log_id, _WALK, request.page_token, _Walk)
        if read is None or not 0 <= read.after <= read.upto <= instance.log.head():
            wrong.add("page_token", "is not a token that this call gave; begin the walk anew")
        elif read.asked != walk.asked:
            wrong.add("page_token", "was given for another search; begin the walk anew")
        else:
            walk = read
    wrong.raise_if_any()
    call.check_time()
    size = pages.size_of(request.page_size)
    results = search.page(wanted, walk.after, walk.upto, size, reader, call.check_time)
    return _page(instance, walk, results)


def _page(instance: Instance, walk: _Walk, results: Results) -> pb.ListDecisionsResponse:
    listed = [_listed(each) for each in results.found]
    shown, after = pages.fitting(listed), results.after
    if len(shown) < len(listed):
        after = shown[-1].position
    return pb.ListDecisionsResponse(
        decisions=shown,
        next_page_token=pages.token(instance.log_id, _WALK, walk._replace(after=after))
        if after
        else "",
        known_at_position=walk.upto,
        erased=results.erased,
    )


def _asked(wanted: Wanted) -> list[str]:
    """Return what is looked for, as a token holds it."""
    return [str(each) for each in (*wanted.open, *wanted[1:])]


def _wanted(request: pb.ListDecisionsRequest, view: View, wrong: FieldErrors) -> Wanted:
    for index, kind in enumerate(request.questions):
        if kind not in _KINDS_ASKED:
            wrong.add(f"questions[{index}]", f"must be one of {', '.join(_KINDS_ASKED)}")
    outcomes = []
    for index, number in enumerate(request.outcomes):
        if number in core.Outcome.values() and number != core.OUTCOME_UNSPECIFIED:
            outcomes.append(core.Outcome.Name(number).removeprefix(_OUTCOME))
        else:
            wrong.add(f"outcomes[{index}]", "must be one of the outcomes")
    if request.area and request.area not in view.keys(AreaRegistered):
        wrong.add("area", "is not registered here")
    if request.municipality and not_a_municipality(request.municipality):
        wrong.add("municipality", not_a_municipality(request.municipality))
    if request.purpose and request.purpose not in PURPOSES:
        wrong.add("purpose", f"must be one of {', '.join(PURPOSES)}")
    if request.law_package and request.law_package not in EDITIONS:
        wrong.add("law_package", "is not an edition of the law that this release holds")
    for field in ("ground", "rule"):
        if getattr(request, field) and getattr(request, field) not in _RULES:
            wrong.add(field, "is not a rule of an edition of the law (docs/questions.md)")
    if request.kind_of_day not in _DAYS:
        wrong.add("kind_of_day", "must be the day asked about or the day of recording")
    first = known_day(request.first_day, "first_day", wrong) if request.first_day else None
    last = known_day(request.last_day, "last_day", wrong) if request.last_day else None
    if first is not None and last is not None and last < first:
        wrong.add("last_day", "lies before first_day")
    household = (
        known_uuid(request.household_id, "household_id", wrong) if request.household_id else None
    )
    return Wanted(
        Filter(
            kinds=tuple(sorted(set(request.questions))),
            outcomes=tuple(sorted(set(outcomes))),
            area=request.area,
            municipality=request.municipality,
            actor=request.actor,
            purpose=request.purpose,
            law=request.law_package,
            first_day=first,
            last_day=last,
            days_of=_DAYS.get(request.kind_of_day, "day"),
        ),
        household=household,
        dwelling=request.dwelling_id,
        ground=request.ground,
        rule=request.rule,
        opened=request.opened,
    )


_DAYS: dict[int, str] = {
    pb.DECISION_DAY_UNSPECIFIED: "day",
    pb.DECISION_DAY_ASKED_ABOUT: "day",
    pb.DECISION_DAY_RECORDED: "recorded_on",
}


def _listed(found: Found) -> pb.ListedDecision:
    row, stated = found.row, found.row.stated
    kind = KINDS[stated.kind]
    message = pb.ListedDecision(
        receipt_id=str(row.receipt_id),
        position=row.position,
        recorded_at=moment(stated.recorded_at),
        question=stated.kind,
        title=core.Text(da=kind.da, en=kind.en),
        households=stated.households,
        outcome=_outcome(stated.outcome or "UNSPECIFIED"),
        area=stated.area,
        municipality=stated.municipality,
        day=stated.day.isoformat(),
        asked_on="" if stated.asked is None else stated.asked.isoformat(),
        judged_on="" if stated.judged is None else stated.judged.isoformat(),
        law_package=stated.law,
        known_at_position=stated.known_at,
        answers=_answers(found.answers),
    )
    message.asked_by.actor, message.asked_by.system = stated.actor, stated.system
    message.asked_by.purpose, message.asked_by.legal_basis = stated.purpose, stated.legal_basis
    return message


def _answers(found: Iterable[Answered]) -> list[pb.OpenedAnswer]:
    return [
        pb.OpenedAnswer(
            household_id="" if each.household is None else str(each.household),
            outcome=_outcome(each.outcome),
            dwelling_ids=each.dwellings,
            grounds=each.grounds or (),
            rules=each.rules,
            partly_erased=each.partly_erased,
        )
        for each in found
    ]


def _outcome(outcome: str) -> Any:
    return core.Outcome.Value(f"{_OUTCOME}{outcome}")
