"""Work on many answers, as the API streams it: a law that is tried, and receipts replayed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from domain.law.kernel import Outcome
from domain.law.question import NOBODY
from domain.questions import KINDS
from domain.suppression import Sum, hidden
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2 as core
from services.answers import cores, replaying, trial
from services.answers.replaying import Verdict
from services.answers.trial import Tally, Tried, Wanted
from services.api import again, decisions
from services.api.calls import Call, known_day
from services.facts.fields import FieldErrors
from services.instance.instance import Instance
from services.log.wall_clock import midnight
from services.persons.reading import Reader

MOST_SAMPLE = 1_000_000

VERDICTS = {
    Verdict.EQUAL: pb.REPLAY_VERDICT_EQUAL,
    Verdict.EQUAL_BUT_ERASED: pb.REPLAY_VERDICT_EQUAL_BUT_ERASED,
    Verdict.DIFFERENT: pb.REPLAY_VERDICT_DIFFERENT,
    Verdict.NOT_RUN: pb.REPLAY_VERDICT_NOT_RUN,
}


# --- A law that is tried ------------------------------------------------------------------------


def wanted(request: pb.TryLawRequest, wrong: FieldErrors) -> Wanted:
    """Read which answers it is tried on; what is wrong is noted."""
    days: list[date | None] = []
    for name in ("first_day", "last_day"):
        text = getattr(request, name)
        days.append(known_day(text, name, wrong) if text else None)
    first, last = days
    if first and last and last < first:
        wrong.add("last_day", "lies before first_day")
    for index, kind in enumerate(request.questions):
        if kind not in KINDS:
            wrong.add(f"questions[{index}]", "is no kind of question")
    until = last if last is None or last == date.max else last + timedelta(days=1)
    return Wanted(
        None if first is None else midnight(first),
        None if until is None else midnight(until),
        request.area,
        tuple(request.questions),
    )


def try_law(
    instance: Instance,
    request: pb.TryLawRequest,
    asked: Wanted,
    upto: int,
    reader: Reader,
    least_shown: int,
    call: Call,
) -> Iterator[pb.TryLawResponse]:
    """Yield how far it is, and at the end what came out."""
    law = Tried(
        request.law.edition,
        dict(request.law.readings),
        request.law.origin_suspended,
        reader,
        request.receipts,
    )
    total, tally = trial.count(instance, asked, upto), Tally()
    yield pb.TryLawResponse(total=total)
    for part in cores.each(
        instance,
        trial.tried,
        trial.lots(instance, asked, upto),
        law,
        answers=total,
        check_time=call.check_time,
    ):
        tally.add(part)
        yield pb.TryLawResponse(done=tally.done, total=total)
    yield pb.TryLawResponse(
        done=tally.done, total=total, result=_result(instance, request, tally, upto, least_shown)
    )


def _result(
    instance: Instance, request: pb.TryLawRequest, tally: Tally, upto: int, least_shown: int
) -> pb.LawTrial:
    instance.access.flush()
    edition = again.law_of(request.law, FieldErrors()).edition
    return pb.LawTrial(
        answers=tally.done,
        by_area=[
            _counted(count, key in few, question=key[0], area=key[1], outcomes=key[2:])
            for few in [_hidden_by_area(tally.by_area, least_shown)]
            for key, count in sorted(tally.by_area.items(), key=_in_order)
        ],
        by_rule=[
            _counted(count, count < least_shown, rule_id=key[0], outcomes=key[1:])
            for key, count in sorted(tally.by_rule.items(), key=_in_order)
        ],
        cannot_be_told=tally.cannot_be_told,
        not_run=tally.not_run,
        changed=[
            pb.ChangedDecision(
                receipt_id=str(each.receipt),
                household_id="" if each.household == NOBODY else str(each.household),
                recorded_position=each.position,
                question=each.question,
                area=each.area,
                before=decisions.OUTCOMES[each.before],
                after=decisions.OUTCOMES[each.after],
            )
            for each in sorted(tally.changed)
        ],
        known_at_position=upto,
        law_package=edition.id,
        draft=again.draft_text(request.law),
    )


def _in_order(item: tuple[tuple[Any, ...], int]) -> tuple[str, ...]:
    return tuple(map(str, item[0]))


def _counted(
    count: int, few: bool, *, outcomes: tuple[Outcome, Outcome], **of: str
) -> pb.OutcomeCount:
    before, after = outcomes
    return pb.OutcomeCount(
        before=decisions.OUTCOMES[before],
        after=decisions.OUTCOMES[after],
        answers=0 if few else count,
        hidden=few,
        **of,
    )


def _hidden_by_area(by_area: Counter[trial.ByArea], least: int) -> frozenset[Hashable]:
    """Return which counts are not shown: few, or what a few could be computed from.

    They add up to the number of all answers, which is shown, and those of an area to that area's,
    which whoever tries it on one area is shown.
    """
    counts: dict[Hashable, int] = {}
    parts: defaultdict[str, list[Hashable]] = defaultdict(list)
    for key, count in by_area.items():
        counts[key] = count
        parts[key[1]].append(key)
        counts["area", key[1]] = counts.get(("area", key[1]), 0) + count
    areas: list[Hashable] = [("area", area) for area in parts]
    counts["all"] = by_area.total()
    sums = [Sum[Hashable](("area", area), of) for area, of in parts.items()]
    sums.append(Sum("all", areas))
    return hidden(counts, sums, least)


# --- Many replays -------------------------------------------------------------------------------


def replay(
    instance: Instance, sample: int, seed: str, upto: int, reader: Reader, call: Call
) -> Iterator[pb.ReplayDecisionsResponse]:
    """Yield how far it is and what differed, and at the end the report."""
    positions, recorded = replaying.chosen(instance, upto, sample, seed)
    counts: Counter[tuple[replaying.Stratum, Verdict]] = Counter()
    yield pb.ReplayDecisionsResponse(total=len(positions))
    for part in cores.each(
        instance,
        replaying.replayed_some,
        replaying.lots(positions),
        reader,
        answers=len(positions),
        check_time=call.check_time,
    ):
        counts.update((each.stratum, each.verdict) for each in part)
        yield pb.ReplayDecisionsResponse(
            done=counts.total(), total=len(positions), found=list(_found(part))
        )
    instance.access.flush()
    yield pb.ReplayDecisionsResponse(
        done=counts.total(),
        total=len(positions),
        report=pb.ReplayReport(
            counts=[
                pb.ReplayCount(
                    question=kind,
                    outcome=core.OUTCOME_UNSPECIFIED
                    if outcome is None
                    else decisions.OUTCOMES[outcome],
                    verdict=VERDICTS[verdict],
                    receipts=count,
                )
                for ((kind, outcome), verdict), count in sorted(
                    counts.items(), key=lambda item: str(item[0])
                )
            ],
            replayed=counts.total(),
            recorded=recorded,
            known_at_position=upto,
        ),
    )


def _found(part: Iterable[replaying.Replayed]) -> Iterator[pb.ReplayedDecision]:
    for each in part:
        if each.verdict in (Verdict.DIFFERENT, Verdict.NOT_RUN):
            yield pb.ReplayedDecision(
                receipt_id=str(each.receipt),
                position=each.position,
                question=each.stratum[0],
                verdict=VERDICTS[each.verdict],
                differences=each.differences,
            )
