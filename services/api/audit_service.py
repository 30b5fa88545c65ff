"""AuditService: what was answered, whether it would be the same again, and the log itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import grpc
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem
from google.protobuf.timestamp_pb2 import Timestamp

from domain import events, receipt, screening
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import audit_service_pb2_grpc as pb_grpc
from services.answers import Answer, Answers, Asked
from services.api import convert, decisions, page_tokens
from services.api.calls import Call, known_uuid, reader_of
from services.fields import FieldErrors
from services.instance import Instance
from services.log.event import RecordedEvent
from services.person_facts import Reader, is_personal
from services.screening import PageReplay, Screening

DEFAULT_PAGE = 100
LARGEST_PAGE = 1_000
FULL_PAGE_BYTES = 3 * 1024 * 1024
"""A page ends early when its events reach this size: clients receive 4 MiB by default."""

MOST_TYPES = 50

_CLASSES = {data_class: number for number, data_class in convert.DATA_CLASSES.items()}
_TYPES = {*events.BY_NAME, *events.RECEIPT_TYPES, *events.PAGE_TYPES}
_CHECK_BYTES = 8


class _Walk(NamedTuple):
    """Where a walk through the log stands: as of which position, after which, of which types."""

    upto: int
    after: int
    types: tuple[str, ...]


class AuditService(pb_grpc.AuditServiceServicer):
    """Shows receipts, computes them again, and walks the log."""

    def __init__(self, instance: Instance, answers: Answers) -> None:
        self._instance = instance
        self._answers = answers
        self._screening = Screening(instance)

    def GetDecision(
        self, request: pb.GetDecisionRequest, context: grpc.ServicerContext
    ) -> pb.GetDecisionResponse:
        """Show a recorded answer with its texts."""
        wrong = FieldErrors()
        reader = reader_of(request.context, "", wrong)
        receipt_id = known_uuid(request.receipt_id, "receipt_id", wrong)
        wrong.raise_if_any()
        assert receipt_id is not None  # noted as wrong otherwise
        if request.household_id:
            household = known_uuid(request.household_id, "household_id", wrong)
            wrong.raise_if_any()
            assert household is not None  # noted as wrong otherwise
            answer = self._on_page(receipt_id, household, reader)
        else:
            answer = self._answers.get(self._answers.find(receipt_id), reader)
        return pb.GetDecisionResponse(decision=decisions.decision(answer, texts=True))

    def _on_page(self, receipt_id: UUID, household: UUID, reader: Reader) -> Answer:
        """Compute again, in full, what a page of a waiting list says of one household."""
        event = self._screening.find(receipt_id)
        question, position = self._screening.question(event, household)
        return self._answers.preview(Asked(question, b""), reader, self._instance.view(position))

    def VerifyLog(
        self, request: pb.VerifyLogRequest, context: grpc.ServicerContext
    ) -> pb.VerifyLogResponse:
        """Name every event of the log that was altered where it is stored, or is gone."""
        call = Call(context)
        wrong = FieldErrors()
        reader_of(request.context, "", wrong)
        wrong.raise_if_any()
        head = self._instance.log.head()
        altered = []
        for position in self._instance.log.altered():
            call.check_time()
            altered.append(position)
        return pb.VerifyLogResponse(
            altered_positions=altered[:LARGEST_PAGE], altered=len(altered), known_at_position=head
        )

    def ReplayDecision(
        self, request: pb.ReplayDecisionRequest, context: grpc.ServicerContext
    ) -> pb.ReplayDecisionResponse:
        """Compute a recorded answer again, and only then compare it with what was stored."""
        wrong = FieldErrors()
        reader = reader_of(request.context, "", wrong)
        receipt_id = known_uuid(request.receipt_id, "receipt_id", wrong)
        wrong.raise_if_any()
        assert receipt_id is not None  # noted as wrong otherwise
        event = self._answers.receipt_or_page(receipt_id)
        if event.type in events.PAGE_TYPES:
            return self._replayed_page(self._screening.replay(event, reader))
        replay = self._answers.replay(event, reader)
        verdict = pb.REPLAY_VERDICT_EQUAL
        if replay.differences:
            verdict = pb.REPLAY_VERDICT_DIFFERENT
        elif replay.erased:
            verdict = pb.REPLAY_VERDICT_EQUAL_BUT_ERASED
        return pb.ReplayDecisionResponse(
            verdict=verdict,
            computed_hash=replay.computed_hash,
            stored_hash=replay.stored_hash,
            sections=[
                pb.ReplayedSection(
                    number=section.number,
                    data_class=_CLASSES[section.data_class],
                    verdict=section.verdict,
                    erased_at_position=section.erased_at,
                    policy=section.policy,
                )
                for section in replay.sections
            ],
            differences=replay.differences,
        )

    def _replayed_page(self, replay: PageReplay) -> pb.ReplayDecisionResponse:
        verdict = pb.REPLAY_VERDICT_EQUAL
        if replay.differences:
            verdict = pb.REPLAY_VERDICT_DIFFERENT
        elif replay.erased:
            verdict = pb.REPLAY_VERDICT_EQUAL_BUT_ERASED
        return pb.ReplayDecisionResponse(
            verdict=verdict,
            computed_hash=replay.computed_hash,
            stored_hash=replay.stored_hash,
            differences=replay.differences[:LARGEST_PAGE],
        )

    def ListEvents(
        self, request: pb.ListEventsRequest, context: grpc.ServicerContext
    ) -> pb.ListEventsResponse:
        """Walk the log; every page of a walk sees the log as of one position."""
        wrong = FieldErrors()
        convert.context(request.context, wrong)
        if request.page_size < 0:
            wrong.add("page_size", "must not be negative")
        if request.after_position < 0:
            wrong.add("after_position", "must not be negative")
        if len(request.types) > MOST_TYPES:
            wrong.add("types", f"names {len(request.types)}; at most {MOST_TYPES} are allowed")
        for index, name in enumerate(request.types[:MOST_TYPES]):
            if name not in _TYPES:
                wrong.add(f"types[{index}]", "is not an event type of this release")
        walk = self._walk(request, wrong)
        wrong.raise_if_any()
        Call(context).check_time()
        size = min(request.page_size or DEFAULT_PAGE, LARGEST_PAGE)
        query = DCBQuery(items=[DCBQueryItem(types=list(walk.types))]) if walk.types else None
        read = self._instance.log.read(query, after=walk.after, upto=walk.upto, limit=size + 1)
        shown, more = _page([_shown(event) for event in read], size)
        token = ""
        if more:
            token = self._token(walk._replace(after=shown[-1].position))
        return pb.ListEventsResponse(
            events=shown, next_page_token=token, known_at_position=walk.upto
        )

    def _walk(self, request: pb.ListEventsRequest, wrong: FieldErrors) -> _Walk:
        types = tuple(sorted(set(request.types)))
        if not request.page_token:
            return _Walk(self._instance.log.head(), request.after_position, types)
        walk = self._read_token(request.page_token)
        if walk is None:
            wrong.add("page_token", "is not a token that this log gave; begin the walk anew")
        elif walk.types != types:
            wrong.add("types", "differ from those that the page token was given for")
        elif request.after_position > walk.after:
            wrong.add("after_position", "differs from the one that the walk began with")
        return walk or _Walk(0, 0, types)

    def _token(self, walk: _Walk) -> str:
        return page_tokens.write(self._instance.log_id, _EVENTS, walk)

    def _read_token(self, token: str) -> _Walk | None:
        walk = page_tokens.read(self._instance.log_id, _EVENTS, token, _Walk)
        if walk is None or not 0 <= walk.after <= walk.upto <= self._instance.log.head():
            return None
        return walk


_EVENTS = "events"


def _page(found: Sequence[pb.LogEvent], size: int) -> tuple[list[pb.LogEvent], bool]:
    """Return what fits on a page, at least one event, and whether there is more."""
    shown: list[pb.LogEvent] = []
    used = 0
    for event in found[:size]:
        used += event.ByteSize()
        if shown and used > FULL_PAGE_BYTES:
            break
        shown.append(event)
    return shown, len(shown) < len(found)


def _shown(event: RecordedEvent) -> pb.LogEvent:
    recorded_at = Timestamp()
    recorded_at.FromMicroseconds(event.recorded_at)
    sealed = is_personal(event.tags)
    return pb.LogEvent(
        position=event.position,
        event_id=str(UUID(bytes=event.event_id)),
        recorded_at=recorded_at,
        type=event.type,
        schema_version=event.schema_version,
        tags=event.tags,
        leaf_hash=event.leaf_hash,
        open_data="" if sealed else event.data.decode(),
        sealed_size=len(event.data) if sealed else 0,
        metadata=event.metadata.decode(),
        open_part=_open_part(event),
    )


def _open_part(event: RecordedEvent) -> bytes:
    """Return the hashed part of a receipt or page; nothing of other events."""
    if event.type in events.RECEIPT_TYPES:
        return receipt.unpack(event.data).open_part
    if event.type in events.PAGE_TYPES:
        return screening.unpack(event.data).open_part
    return b""
