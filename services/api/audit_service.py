"""AuditService: what was answered, whether it would be the same again, the log and its views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import grpc
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem
from google.protobuf.timestamp_pb2 import Timestamp

from domain import events, facts
from domain.frame import FRAME_TYPE
from domain.law.area.origin import OWN_CRITERION_FROM
from domain.law.editions import CURRENT, edition_named
from domain.questions import KINDS, PAGE_TYPES, RECEIPT_TYPES
from domain.receipt import MalformedReceiptError
from domain.reference import View
from domain.shown import Showing, withheld
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import audit_service_pb2_grpc as pb_grpc
from husret.v1 import core_pb2 as core
from husret.v1.core_pb2 import RequestContext
from husret_verify import bundle as bundles
from husret_verify import texts
from husret_verify.checkpoint import Checkpoint, open_checkpoint
from husret_verify.note import VerifierKey
from husret_verify.problems import Problem
from projections.moved_decisions import Row
from services.answers import proving, stored
from services.answers.asking import Answers
from services.answers.differences import Difference
from services.answers.replay import Replay, replayed
from services.answers.screening import PageReplay, Screening
from services.answers.sealed_index import SealedIndex
from services.answers.searching import Search
from services.answers.verifying import findings
from services.api import (
    again,
    convert,
    decision_list,
    decisions,
    enums,
    moved,
    origin_dependants,
    pages,
    trials,
)
from services.api.about import about
from services.api.calls import Call, check_covered, known_day, known_uuid, reader_of, view_for
from services.api.fields import Fields
from services.facts import clock
from services.facts.fields import FieldErrors
from services.instance import checkpoints
from services.instance.checkpoints import OutOfTree
from services.instance.instance import Instance
from services.instance.signing import origin_of
from services.instance.views import FollowedView, Views, ViewState
from services.log.event import RecordedEvent
from services.log.finding import OF_EVENTS, Finding
from services.persons.reading import Reader, TamperedEvent, is_personal

MOST_TYPES = 50
LONGEST_REASON = 500
LONGEST_SEED = 200

_CLASSES = {data_class: number for number, data_class in enums.DATA_CLASSES.items()}
_TYPES = {*events.BY_NAME, FRAME_TYPE, *RECEIPT_TYPES, *PAGE_TYPES}
_EVENTS = "events"
_ORIGIN = "origin dependants"
"""The kinds of walk: no one takes the token of another."""


class _Walk(NamedTuple):
    """Where a walk through the log stands: as of which position, after which, asked for what."""

    upto: int
    after: int
    asked: tuple[str, ...]


class AuditService(pb_grpc.AuditServiceServicer):
    """Shows receipts, computes them again, walks the log, and says how it and its views are."""

    def __init__(
        self,
        instance: Instance,
        answers: Answers,
        views: Views,
        sealed: SealedIndex,
        moved_decisions: FollowedView[Row],
        least_shown: int,
    ) -> None:
        self._instance = instance
        self._moved = moved_decisions
        self._least_shown = least_shown
        self._answers = answers
        self._screening = Screening(instance)
        self._views = views
        self._sealed = sealed
        self._search = Search(answers.receipts, self._screening, views.decisions, sealed)

    def ListDecisions(
        self, request: pb.ListDecisionsRequest, context: grpc.ServicerContext
    ) -> pb.ListDecisionsResponse:
        """Find recorded answers, by what is open and by what is sealed in them."""
        wrong = FieldErrors()
        reader = reader_of(request.context, wrong)
        return decision_list.answer(
            self._instance, self._search, request, reader, Call(context), wrong
        )

    def GetDecision(
        self, request: pb.GetDecisionRequest, context: grpc.ServicerContext
    ) -> pb.GetDecisionResponse:
        """Show a recorded answer with its texts."""
        return self.decision(request, self._instance.view())

    def decision(self, request: pb.GetDecisionRequest, view: View) -> pb.GetDecisionResponse:
        """Show a recorded answer, with the names that areas, places and persons have in `view`."""
        reader, event = self._recorded(request)
        wrong = FieldErrors()
        if event.type in PAGE_TYPES:
            if not request.household_id:
                wrong.add("household_id", "is empty; this is a page of a waiting list: say whose")
                wrong.raise_if_any()
            household = known_uuid(request.household_id, "household_id", wrong)
            wrong.raise_if_any()
            assert household is not None  # noted as wrong otherwise
            answer = self._screening.get(event, household, reader)
        else:
            if request.household_id:
                wrong.add("household_id", "is given with pages of a waiting list only")
            wrong.raise_if_any()
            answer = self._answers.receipts.get(event, reader)
        return pb.GetDecisionResponse(
            decision=decisions.decision(
                self._answers.with_alternatives(answer),
                Showing(view, self._least_shown),
                texts=True,
                area_name=decisions.area_names(view),
            ),
            about=about(self._instance, answer, event, reader, view, names=request.names),
        )

    def _recorded(
        self,
        request: (
            pb.GetDecisionRequest
            | pb.ReplayDecisionRequest
            | pb.DecideAgainRequest
            | pb.ExportProofRequest
        ),
    ) -> tuple[Reader, RecordedEvent]:
        """Return who asks, and the receipt or page that is asked for."""
        wrong = FieldErrors()
        reader = reader_of(request.context, wrong)
        receipt_id = known_uuid(request.receipt_id, "receipt_id", wrong)
        wrong.raise_if_any()
        assert receipt_id is not None  # noted as wrong otherwise
        return reader, self._answers.receipts.receipt_or_page(receipt_id)

    def DecideAgain(
        self, request: pb.DecideAgainRequest, context: grpc.ServicerContext
    ) -> pb.DecideAgainResponse:
        """Show what a recorded answer would be on other facts, or under another law."""
        reader, event = self._recorded(request)
        Call(context).check_time()
        wrong = FieldErrors()
        known_at = view_for(self._instance, request.consistency, wrong).position
        if request.facts_as_then and request.HasField("consistency"):
            wrong.add("consistency", "is not given together with facts_as_then")
        wrong.raise_if_any()
        answer = again.one_of(self._answers.receipts, event, request.household_id, reader)
        default = edition_named(answer.law) if request.facts_as_then else CURRENT
        law = again.law_of(request.law, wrong, default)
        wrong.raise_if_any()
        if request.facts_as_then:
            known_at = answer.position
        return again.decide_again(
            self._instance, answer, request, law, known_at, reader, self._least_shown
        )

    def ListMovedDecisions(
        self, request: pb.ListMovedDecisionsRequest, context: grpc.ServicerContext
    ) -> pb.ListMovedDecisionsResponse:
        """List the answers that something recorded later has moved."""
        call = Call(context)
        wrong = FieldErrors()
        reader = reader_of(request.context, wrong)
        if request.page_size < 0:
            wrong.add("page_size", "must not be negative")
        if request.rests_on_position < 0:
            wrong.add("rests_on_position", "must not be negative")
        if request.consistency.HasField("at_position") or request.consistency.HasField("known_on"):
            wrong.add("consistency", "the list is kept as of now: ask for the latest, or at least")
        upto = self._upto(request, wrong)
        at_least = upto if request.consistency.WhichOneof("requirement") else None
        if request.rests_on_position:
            wrong.raise_if_any()
            return moved.resting(self._answers.receipts, request, reader)
        return moved.listed(self._instance, self._moved, request, at_least, reader, call, wrong)

    def TryLaw(
        self, request: pb.TryLawRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.TryLawResponse]:
        """Decide the answers of a period again under another law, and count what comes out."""
        call = Call(context)
        wrong = FieldErrors()
        reader = reader_of(request.context, wrong)
        again.law_of(request.law, wrong)
        wanted = trials.wanted(request, wrong)
        upto = self._upto(request, wrong)
        wrong.raise_if_any()
        yield from trials.try_law(
            self._instance, request, wanted, upto, reader, self._least_shown, call
        )

    def ReplayDecisions(
        self, request: pb.ReplayDecisionsRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.ReplayDecisionsResponse]:
        """Compute all recorded answers again, or a sample of them, and report."""
        call = Call(context)
        wrong = FieldErrors()
        reader = reader_of(request.context, wrong)
        if not 0 <= request.sample <= trials.MOST_SAMPLE:
            wrong.add("sample", f"must lie from 0, which is all, to {trials.MOST_SAMPLE}")
        if len(request.seed) > LONGEST_SEED:
            wrong.add("seed", f"must have at most {LONGEST_SEED} characters")
        upto = self._upto(request, wrong)
        wrong.raise_if_any()
        yield from trials.replay(self._instance, request.sample, request.seed, upto, reader, call)

    def VerifyLog(
        self, request: pb.VerifyLogRequest, context: grpc.ServicerContext
    ) -> pb.VerifyLogResponse:
        """Name everything in the instance that does not follow from what it must follow from."""
        call = Call(context)
        wrong = FieldErrors()
        reader_of(request.context, wrong)
        checkpoint = self._checkpoint(request, wrong)
        wrong.raise_if_any()
        head = self._instance.log.head()
        verified = pb.VerifyLogResponse(known_at_position=head, head_vouched=True)
        for found in findings(
            self._answers.receipts,
            self._views,
            self._moved,
            self._sealed,
            checkpoint,
            call.check_time,
        ):
            add_finding(verified, found)
        return verified

    def _checkpoint(self, request: pb.VerifyLogRequest, wrong: FieldErrors) -> Checkpoint | None:
        """Return the checkpoint that the log is to be held against, its signature verified."""
        if not request.checkpoint:
            if request.vkey:
                wrong.add("vkey", "is given with a checkpoint only")
            return None
        field = "vkey"
        try:
            key = VerifierKey.parse(request.vkey) if request.vkey else self._instance.signer().vkey
            field = "checkpoint"
            checkpoint, _ = open_checkpoint(request.checkpoint, key)
        except Problem as problem:
            wrong.add(field, texts.problem(problem, texts.ENGLISH))
            return None
        if checkpoint.origin != origin_of(self._instance.log_id):
            wrong.add("checkpoint", "is of another log")
        return checkpoint

    def GetCheckpoint(
        self, request: pb.GetCheckpointRequest, context: grpc.ServicerContext
    ) -> pb.GetCheckpointResponse:
        """Say what the log is at this moment, signed."""
        self._asked(request.context, context)
        checkpoint, note = checkpoints.made(self._instance)
        return pb.GetCheckpointResponse(
            note=note,
            vkey=str(self._instance.signer().vkey),
            size=checkpoint.size,
            root=checkpoint.root,
        )

    def GetInclusionProof(
        self, request: pb.GetInclusionProofRequest, context: grpc.ServicerContext
    ) -> pb.GetInclusionProofResponse:
        """Prove that an event stands in the tree of one size."""
        self._asked(request.context, context)
        with _of_the_tree():
            proof = checkpoints.inclusion(self._instance, request.position, request.size)
        secret = self._is_withheld(proof.event)
        return pb.GetInclusionProofResponse(
            position=proof.event.position,
            size=proof.size,
            root=proof.root,
            leaf_hash=b"" if secret else proof.event.leaf_hash,
            hashes=proof.hashes,
        )

    def GetConsistencyProof(
        self, request: pb.GetConsistencyProofRequest, context: grpc.ServicerContext
    ) -> pb.GetConsistencyProofResponse:
        """Prove that the tree of one size is the start of that of another."""
        self._asked(request.context, context)
        with _of_the_tree():
            proof = checkpoints.consistency(self._instance, request.first_size, request.second_size)
        return pb.GetConsistencyProofResponse(
            first_size=proof.first,
            second_size=proof.second,
            first_root=proof.first_root,
            second_root=proof.second_root,
            hashes=proof.hashes,
        )

    def _asked(self, asked: RequestContext, context: grpc.ServicerContext) -> None:
        """Refuse a request that does not say who asks."""
        wrong = FieldErrors()
        reader_of(asked, wrong)
        wrong.raise_if_any()
        Call(context).check_time()

    def ReplayDecision(
        self, request: pb.ReplayDecisionRequest, context: grpc.ServicerContext
    ) -> pb.ReplayDecisionResponse:
        """Compute a recorded answer again, and only then compare it with what was stored."""
        reader, event = self._recorded(request)
        if event.type in PAGE_TYPES:
            page = self._screening.replay(event, reader)
            return pb.ReplayDecisionResponse(
                verdict=_verdict(page),
                computed_hash=page.computed_hash,
                stored_hash=page.stored_hash,
                differences=page.differences[: pages.LARGEST_PAGE],
                found=_found(page.found[: pages.LARGEST_PAGE]),
            )
        replay = replayed(self._answers.receipts, event, reader)
        secret = self._is_withheld(event)
        return pb.ReplayDecisionResponse(
            verdict=_verdict(replay),
            computed_hash=b"" if secret else replay.computed_hash,
            stored_hash=b"" if secret else replay.stored_hash,
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
            found=_found(replay.found),
        )

    def ExportProof(
        self, request: pb.ExportProofRequest, context: grpc.ServicerContext
    ) -> pb.ExportProofResponse:
        """Give the file that proves a recorded answer; nothing is unsealed for it."""
        _, event = self._recorded(request)
        wrong = FieldErrors()
        if self._is_withheld(event):
            wrong.add("receipt_id", "rests on figures of few persons, which the proof would tell")
        wrong.raise_if_any()
        Call(context).check_time()
        try:
            made = proving.bundle(self._instance, event, request.checkpoint)
        except Problem as problem:
            wrong.add("checkpoint", texts.problem(problem, texts.ENGLISH))
            wrong.raise_if_any()
            raise
        return pb.ExportProofResponse(
            bundle=bundles.write(made), position=event.position, size=made.size
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
        size = pages.size_of(request.page_size)
        query = DCBQuery(items=[DCBQueryItem(types=list(walk.asked))]) if walk.asked else None
        read = self._instance.log.read(query, after=walk.after, upto=walk.upto, limit=size + 1)
        found = [self._shown(event) for event in read]
        shown = pages.fitting(found[:size])
        token = ""
        if len(shown) < len(found):
            token = self._token(_EVENTS, walk._replace(after=shown[-1].position))
        return pb.ListEventsResponse(
            events=shown, next_page_token=token, known_at_position=walk.upto
        )

    def ListOriginDependants(
        self, request: pb.ListOriginDependantsRequest, context: grpc.ServicerContext
    ) -> pb.ListOriginDependantsResponse:
        """Name the areas and the recorded answers that rest on the criterion of origin."""
        call = Call(context)
        wrong = FieldErrors()
        convert.context(request.context, wrong)
        if request.page_size < 0:
            wrong.add("page_size", "must not be negative")
        day = known_day(request.day, "day", wrong) if request.day else self._instance.today()
        first_day: date | None = OWN_CRITERION_FROM
        if request.first_day:
            first_day = known_day(request.first_day, "first_day", wrong)
        asked = (str(day), str(first_day))
        walk = _Walk(self._upto(request, wrong), 0, asked)
        if request.page_token:
            found = self._read_token(_ORIGIN, request.page_token)
            if found is None:
                wrong.add("page_token", "is not a token that this call gave; begin the walk anew")
            elif found.asked != asked:
                wrong.add("page_token", "was given for other days; begin the walk anew")
            walk = found or walk
        wrong.raise_if_any()
        day, first_day = day or date.max, first_day or OWN_CRITERION_FROM
        check_covered(day)
        call.check_time()
        size = pages.size_of(request.page_size)
        types = [*RECEIPT_TYPES, *PAGE_TYPES]
        query = DCBQuery(items=[DCBQueryItem(types=types)])
        read = self._instance.log.read(query, after=walk.after, upto=walk.upto, limit=size + 1)
        receipts = read.all()
        token = ""
        if len(receipts) > size:
            token = self._token(_ORIGIN, walk._replace(after=receipts[size - 1].position))
        return pb.ListOriginDependantsResponse(
            areas=[]
            if request.page_token
            else origin_dependants.areas(self._instance.view(at=walk.upto), day),
            answers=origin_dependants.answers(self._instance, receipts[:size], first_day),
            next_page_token=token,
            known_at_position=walk.upto,
        )

    def _is_withheld(self, event: RecordedEvent) -> bool:
        """Tell whether the event shows figures of few persons, or the hash of such an event."""
        if event.type in _OF_NOBODY:
            showing = Showing(self._instance.view(), self._least_shown)
            try:
                return any(map(showing.hides_at, stored.answer(self._instance, event).rests_on()))
            except (MalformedReceiptError, TamperedEvent):
                return True  # what it rests on can't be told
        if event.type not in _OF_FIGURES:
            return False
        fact = events.decode_fact(event.type, event.schema_version, event.data)
        return withheld(self._instance.view(), fact, self._least_shown)

    def _shown(self, event: RecordedEvent) -> pb.LogEvent:
        recorded_at = Timestamp()
        recorded_at.FromMicroseconds(event.recorded_at)
        sealed, withheld = is_personal(event.tags), self._is_withheld(event)
        is_answer = event.type in RECEIPT_TYPES or event.type in PAGE_TYPES
        open_part = b""
        if is_answer and not withheld:
            with suppress(MalformedReceiptError, TamperedEvent):
                open_part = stored.stated(self._instance, event).hashed
        return pb.LogEvent(
            position=event.position,
            event_id=str(UUID(bytes=event.event_id)),
            recorded_at=recorded_at,
            type=event.type,
            schema_version=event.schema_version,
            tags=event.tags,
            # The hash of an open event tells which guess at its figures is right.
            leaf_hash=b"" if withheld else event.leaf_hash,
            open_data="" if sealed or is_answer or withheld else event.data.decode(),
            withheld=withheld,
            sealed_size=len(event.data) if sealed else 0,
            metadata=event.metadata.decode(),
            open_part=open_part,
        )

    def _walk(self, request: pb.ListEventsRequest, wrong: FieldErrors) -> _Walk:
        types = tuple(sorted(set(request.types)))
        if not request.page_token:
            return _Walk(self._upto(request, wrong), request.after_position, types)
        walk = self._read_token(_EVENTS, request.page_token)
        if walk is None:
            wrong.add("page_token", "is not a token that this log gave; begin the walk anew")
        elif walk.asked != types:
            wrong.add("types", "differ from those that the page token was given for")
        elif request.after_position > walk.after:
            wrong.add("after_position", "differs from the one that the walk began with")
        return walk or _Walk(0, 0, types)

    def _upto(self, request: Any, wrong: FieldErrors) -> int:
        """Return the position that a walk goes up to, which begins now."""
        return view_for(self._instance, request.consistency, wrong).position

    def _token(self, kind: str, walk: _Walk) -> str:
        return pages.token(self._instance.log_id, kind, walk)

    def _read_token(self, kind: str, token: str) -> _Walk | None:
        walk = pages.read_token(self._instance.log_id, kind, token, _Walk)
        if walk is None or not 0 <= walk.after <= walk.upto <= self._instance.log.head():
            return None
        return walk

    def AcceptClock(
        self, request: pb.AcceptClockRequest, context: grpc.ServicerContext
    ) -> pb.AcceptClockResponse:
        """Trust the wall clock again as it is now, and record why."""
        wrong = FieldErrors()
        given = convert.context(request.context, wrong)
        request_id = known_uuid(request.request_id, "request_id", wrong)
        reason = Fields(wrong).text("reason", request.reason, LONGEST_REASON)
        wrong.raise_if_any()
        assert request_id is not None  # noted as wrong otherwise
        Call(context).check_time()
        position = clock.accept(self._instance, given, request_id, reason)
        return pb.AcceptClockResponse(position=position)

    def GetHealth(
        self, request: pb.GetHealthRequest, context: grpc.ServicerContext
    ) -> pb.GetHealthResponse:
        """Say where the log stands, and how far its views are behind it."""
        return pb.GetHealthResponse(
            head_position=self._instance.log.head(),
            clock_problem=self._instance.log.clock_problem(),
            views=[
                pb.ViewHealth(
                    name=view.name,
                    state=_VIEW_STATES[view.state],
                    position=view.position,
                    lag=view.lag,
                    law_package=view.edition,
                    problem=view.problem,
                )
                for view in (each.status() for each in self._views.all)
            ],
        )


_OF_NOBODY = frozenset(name for name, kind in RECEIPT_TYPES.items() if KINDS[kind].of_nobody)
"""The receipts that hold open what they rest on."""

_OF_FIGURES = frozenset(events.BY_FACT[kind].name for kind in (facts.AreaFigures, facts.AreaListed))


def _found(differences: Iterable[Difference]) -> Iterator[pb.ReplayDifference]:
    for each in differences:
        yield pb.ReplayDifference(
            code=each.code,
            text=core.Text(da=each.da, en=each.en),
            positions=each.positions,
            section=each.section,
        )


def _verdict(replay: Replay | PageReplay) -> pb.ReplayVerdict.ValueType:
    if replay.differences:
        return pb.REPLAY_VERDICT_DIFFERENT
    return pb.REPLAY_VERDICT_EQUAL_BUT_ERASED if replay.erased else pb.REPLAY_VERDICT_EQUAL


_VIEW_STATES = {
    ViewState.FOLLOWING: pb.VIEW_STATE_FOLLOWING,
    ViewState.REBUILDING: pb.VIEW_STATE_REBUILDING,
    ViewState.STOPPED: pb.VIEW_STATE_STOPPED,
    ViewState.IDLE: pb.VIEW_STATE_IDLE,
}


def add_finding(verified: pb.VerifyLogResponse, found: Finding) -> None:
    """Add what was found to what is said of the log; the first of them are named."""
    verified.found += 1
    if verified.found <= pages.LARGEST_PAGE:
        verified.findings.add(kind=found.kind, place=found.place, position=found.position)
    if found.kind in OF_EVENTS:
        verified.altered += 1
        if verified.altered <= pages.LARGEST_PAGE:
            verified.altered_positions.append(found.position)


@contextmanager
def _of_the_tree() -> Iterator[None]:
    """Have a size or position that the tree doesn't have be told as a wrong field."""
    try:
        yield
    except OutOfTree as error:
        wrong = FieldErrors()
        wrong.add(error.field, str(error))
        wrong.raise_if_any()
