"""WatchService: what happens in the log, told as it happens to the system that it concerns."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from uuid import UUID

import grpc

from domain.data_classes import DataClass
from domain.law.kernel import Status
from husret.v1 import watch_service_pb2 as pb
from husret.v1 import watch_service_pb2_grpc as pb_grpc
from projections import area_status
from projections.moved_decisions import Row
from services.answers.stored import StatedAnswer
from services.answers.watching import (
    Answered,
    AnswerMoved,
    Kind,
    StatusChanged,
    Told,
    WasErased,
    Watch,
)
from services.api.calls import Call, calling_system, reader_of
from services.api.decisions import OUTCOMES, STATUSES
from services.facts.fields import FieldErrors
from services.instance.instance import Instance, PositionBeyondHead
from services.instance.views import FollowedView
from services.persons.reading import Reader

LONGEST = 3_600.0
"""Seconds after which a watch ends; whoever wants more begins again where it ended."""

CHECKPOINT, LONGEST_SILENCE = 10, 300
"""Seconds of silence before a checkpoint where none are asked for, and the most."""

LOOK_EVERY = 0.1
"""Seconds between two looks for something new."""

STEP = 2_000
"""Positions of the log that are looked through at a time."""

_KINDS = {
    pb.WATCH_KIND_ANSWERS: Kind.ANSWERS,
    pb.WATCH_KIND_AREA_STATUS: Kind.AREA_STATUS,
    pb.WATCH_KIND_ANSWERS_MOVED: Kind.MOVED,
    pb.WATCH_KIND_ERASURES: Kind.ERASURES,
}


class WatchService(pb_grpc.WatchServiceServicer):
    """Tells a system of its own answers, of areas, and of erasures."""

    def __init__(
        self,
        instance: Instance,
        moved: FollowedView[Row],
        status: FollowedView[area_status.Row],
    ) -> None:
        self._instance = instance
        self._moved = moved
        self._status = status

    def Watch(
        self, request: pb.WatchRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.WatchResponse]:
        """Go through the log from a position on, then wait for more."""
        call = Call(context)
        wrong = FieldErrors()
        reader = reader_of(request.context, wrong)
        kinds = self._kinds(request, wrong)
        position = self._begin(request, wrong)
        silence = request.checkpoint_seconds or CHECKPOINT
        if not 1 <= silence <= LONGEST_SILENCE:
            wrong.add("checkpoint_seconds", f"must lie from 1 to {LONGEST_SILENCE}, or be 0 for 10")
        view = self._instance.view()
        for number, area in enumerate(request.areas):
            if view.area(area) is None:
                wrong.add(f"areas[{number}]", "is not registered here")
        wrong.raise_if_any()
        watch = Watch(
            self._instance,
            self._moved.table,
            self._status.table,
            kinds,
            frozenset(request.areas),
            _own(reader),
        )
        ends = time.monotonic() + LONGEST
        stop_at = self._instance.log.head() if request.until_now else None
        told_at = time.monotonic()
        while True:
            upto = min(self._reached(kinds, call, stop_at), position + STEP)
            if upto > position:
                for at, told in watch.step(position, upto):
                    self._note(told, reader)
                    yield self._message(at, told)
                    told_at = time.monotonic()
                position = upto
                if stop_at is None or position < stop_at:
                    continue
            now = time.monotonic()
            over = now >= ends or (stop_at is not None and position >= stop_at)
            if over or now - told_at >= silence:
                yield pb.WatchResponse(position=position, checkpoint=pb.WatchCheckpoint())
                told_at = now
            if over:
                return
            if call.is_late():
                return
            time.sleep(LOOK_EVERY)

    def _kinds(self, request: pb.WatchRequest, wrong: FieldErrors) -> frozenset[Kind]:
        for number, kind in enumerate(request.kinds):
            if kind not in _KINDS:
                wrong.add(f"kinds[{number}]", "is no kind of what can be watched")
        return frozenset(_KINDS[each] for each in request.kinds if each in _KINDS) or frozenset(
            Kind
        )

    def _begin(self, request: pb.WatchRequest, wrong: FieldErrors) -> int:
        head = self._instance.log.head()
        if request.from_now:
            if request.after_position:
                wrong.add("after_position", "must be empty where `from_now` is asked for")
            return head
        if request.after_position < 0:
            wrong.add("after_position", "must not be negative")
            return 0
        if request.after_position > head:
            raise PositionBeyondHead(request.after_position, head)
        return request.after_position

    def _reached(self, kinds: frozenset[Kind], call: Call, stop_at: int | None) -> int:
        """Return up to where can be told: the log's head, or where the views are that are read.

        `stop_at` is waited for.
        """
        reached = self._instance.log.head()
        for kind, view in ((Kind.MOVED, self._moved), (Kind.AREA_STATUS, self._status)):
            if kind in kinds:
                if stop_at is not None:
                    view.wait_for(stop_at, call.check_time)
                reached = min(reached, view.status().position)
        return reached

    def _note(self, told: Told, reader: Reader) -> None:
        """Note who was told that something has moved an answer about a household."""
        if isinstance(told, AnswerMoved) and told.about:
            self._instance.person_facts.note([(DataClass.DECISIONS, told.about[2:])], reader)

    def _message(self, position: int, told: Told) -> pb.WatchResponse:
        made = pb.WatchResponse(position=position)
        match told:
            case Answered(event, own):
                made.answer.receipt_id = str(UUID(bytes=event.event_id))
                made.answer.question = own.stated.kind
                made.answer.day = own.stated.day.isoformat()
                made.answer.area = own.area or ""
                if isinstance(own.stated, StatedAnswer):
                    made.answer.outcome = OUTCOMES[own.stated.outcome]
                made.answer.recorded_at.FromMicroseconds(event.recorded_at)
            case StatusChanged(area, periods):
                made.area_status.area = area
                made.area_status.periods.extend(map(_period, periods))
            case AnswerMoved(event, household):
                made.answer_moved.receipt_id = str(UUID(bytes=event.event_id))
                made.answer_moved.household_id = "" if household is None else str(household)
            case WasErased(policy):
                made.erasure.policy = policy
        return made


def _own(reader: Reader) -> Callable[[str], bool]:
    """Return what tells whether an answer was recorded for whoever watches.

    A system's answers are its own whichever person it named; without TLS they are the actor's.
    """
    system = calling_system.get()
    if system:
        return lambda actor: actor.startswith(f"{system}/")
    return lambda actor: actor == reader.actor


def _period(row: area_status.Row) -> pb.WatchedPeriod:
    return pb.WatchedPeriod(
        category=row.category,
        status=STATUSES[Status(row.status)],
        first_day=row.first_day.isoformat(),
        last_day="" if row.last_day is None else row.last_day.isoformat(),
    )
