"""AuditService: what was answered, whether it would be the same again, and the log itself."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import grpc
import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem
from google.protobuf.timestamp_pb2 import Timestamp

from domain import canonical, events, receipt
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import audit_service_pb2_grpc as pb_grpc
from services.answers import Answers
from services.api import convert, decisions
from services.api.calls import Call, known_uuid, reader_of
from services.fields import FieldErrors
from services.instance import Instance
from services.log.event import RecordedEvent
from services.person_facts import is_personal

DEFAULT_PAGE = 100
LARGEST_PAGE = 1_000
FULL_PAGE_BYTES = 3 * 1024 * 1024
"""A page ends early when its events reach this size: clients receive 4 MiB by default."""

MOST_TYPES = 50

_CLASSES = {data_class: number for number, data_class in convert.DATA_CLASSES.items()}
_TYPES = {*events.BY_NAME, *events.RECEIPT_TYPES}
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

    def GetDecision(
        self, request: pb.GetDecisionRequest, context: grpc.ServicerContext
    ) -> pb.GetDecisionResponse:
        """Show a recorded answer with its texts."""
        wrong = FieldErrors()
        reader = reader_of(request.context, "", wrong)
        receipt_id = known_uuid(request.receipt_id, "receipt_id", wrong)
        wrong.raise_if_any()
        assert receipt_id is not None  # noted as wrong otherwise
        found = self._answers.get(self._answers.find(receipt_id), reader)
        answer = self._answers.with_alternatives(found)
        return pb.GetDecisionResponse(
            decision=decisions.decision(
                answer, texts=True, area_name=decisions.area_names(self._instance.view())
            )
        )

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
        replay = self._answers.replay(self._answers.find(receipt_id), reader)
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
        payload = canonical.encode([walk.upto, walk.after, list(walk.types)])
        return base64.urlsafe_b64encode(self._check(payload) + payload).decode()

    def _read_token(self, token: str) -> _Walk | None:
        try:
            raw = base64.b64decode(token.encode(), altchars=b"-_", validate=True)
            payload = raw[_CHECK_BYTES:]
            if raw[:_CHECK_BYTES] != self._check(payload):
                return None
            upto, after, types = msgspec.json.decode(payload, type=tuple[int, int, list[str]])
        except (binascii.Error, ValueError, msgspec.MsgspecError):
            return None
        possible = 0 <= after <= upto <= self._instance.log.head()
        return _Walk(upto, after, tuple(types)) if possible else None

    def _check(self, payload: bytes) -> bytes:
        """Return bytes that show a damaged token, or one of another log."""
        log_id = self._instance.log_id.bytes
        return hashlib.sha256(b"husret page" + log_id + payload).digest()[:_CHECK_BYTES]


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
        open_part=receipt.unpack(event.data).open_part
        if event.type in events.RECEIPT_TYPES
        else b"",
    )
