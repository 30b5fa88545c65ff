"""FactService: facts are recorded, corrected, retracted and read back; persons are erased."""

from __future__ import annotations

import re
from collections.abc import Sequence

import grpc

from domain.data_classes import DataClass, SubjectKind
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as pb
from husret.v1 import fact_service_pb2_grpc as pb_grpc
from services.api import convert, enums
from services.api.calls import Call, known_request_id, known_uuid
from services.api.errors import OverLimit
from services.api.fact_files import one_fact, record_files
from services.api.facts import MOST_FACTS, new_fact, new_facts
from services.api.facts_back import list_facts
from services.api.fields import UNREAD, Fields
from services.api.ids import naming
from services.api.looking_up import look_up
from services.facts import recording
from services.facts.fields import FieldErrors
from services.facts.recording import Written
from services.instance.instance import Instance

_POLICY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")


class FactService(pb_grpc.FactServiceServicer):
    """Records facts of one instance, and reads them back."""

    def __init__(self, instance: Instance, least_shown: int) -> None:
        self._instance = instance
        self._least_shown = least_shown

    def ListFacts(
        self, request: pb.ListFactsRequest, context: grpc.ServicerContext
    ) -> pb.ListFactsResponse:
        """Read back what was recorded; every page of a walk sees the log as of one position."""
        return list_facts(self._instance, request, self._least_shown, Call(context))

    def LookUp(self, request: pb.LookUpRequest, context: grpc.ServicerContext) -> pb.LookUpResponse:
        """Say whom or what a CPR number or an external id names here."""
        return look_up(self._instance, request)

    def RecordFacts(
        self, request: pb.RecordFactsRequest, context: grpc.ServicerContext
    ) -> pb.RecordFactsResponse:
        """Record all facts given or none."""
        if len(request.facts) > MOST_FACTS:
            raise OverLimit(f"facts: {len(request.facts)} in one request; at most {MOST_FACTS}")
        wrong = FieldErrors()
        caller = convert.context(request.context, wrong)
        request_id = known_request_id(request.request_id, False, wrong)
        new = new_facts(list(request.facts), wrong)
        stated = len(new)
        new += naming().given
        written = recording.record(
            self._instance,
            caller,
            request_id or UNREAD,
            new,
            validate_only=request.validate_only,
            accept_implausible=request.accept_implausible,
            accept_new=request.accept_new,
            wrong=wrong,
            in_time=Call(context).check_time,
        )
        return pb.RecordFactsResponse(recorded=_recorded(written[:stated]))

    def RecordFiles(
        self, request: pb.RecordFilesRequest, context: grpc.ServicerContext
    ) -> pb.RecordFilesResponse:
        """Record what whole files state, or nothing of it."""
        return record_files(self._instance, request, Call(context).check_time)

    def CorrectFact(
        self, request: pb.CorrectFactRequest, context: grpc.ServicerContext
    ) -> pb.CorrectFactResponse:
        """Put a fact of the same kind in the place of one recorded earlier."""
        wrong = FieldErrors()
        caller = convert.context(request.context, wrong)
        request_id = known_request_id(request.request_id, False, wrong)
        fact_id = known_uuid(request.fact_id, "fact_id", wrong)
        if request.HasField("file"):
            if request.HasField("fact"):
                wrong.add("file", "can't be given beside fact")
            item = one_fact(request.file, "file", wrong)
        else:
            item = new_fact(request.fact, "fact", wrong)
        if item is None or fact_id is None:
            wrong.raise_if_any()
            raise AssertionError("a fact or an id that can't be read was noted as wrong")
        written = recording.correct(
            self._instance,
            caller,
            request_id or UNREAD,
            fact_id,
            item,
            validate_only=request.validate_only,
            accept_implausible=request.accept_implausible,
            accept_new=request.accept_new,
            wrong=wrong,
            in_time=Call(context).check_time,
        )
        return pb.CorrectFactResponse(recorded=_only(_recorded(written)))

    def RetractFact(
        self, request: pb.RetractFactRequest, context: grpc.ServicerContext
    ) -> pb.RetractFactResponse:
        """Take a fact back that should not have been recorded."""
        wrong = FieldErrors()
        caller = convert.context(request.context, wrong)
        request_id = known_request_id(request.request_id, False, wrong)
        fact_id = known_uuid(request.fact_id, "fact_id", wrong)
        wrong.raise_if_any()
        written = recording.retract(
            self._instance,
            caller,
            request_id or UNREAD,
            fact_id or UNREAD,
            validate_only=request.validate_only,
            in_time=Call(context).check_time,
        )
        return pb.RetractFactResponse(recorded=_only(_recorded(written)))

    def EraseSubject(
        self, request: pb.EraseSubjectRequest, context: grpc.ServicerContext
    ) -> pb.EraseSubjectResponse:
        """Erase a person or household, or one data class of it, for good."""
        wrong = FieldErrors()
        caller = convert.context(request.context, wrong)
        subject = None
        kind = SubjectKind.PERSON
        match request.WhichOneof("subject"):
            case "person_id":
                subject = known_uuid(request.person_id, "person_id", wrong)
            case "household_id":
                kind = SubjectKind.HOUSEHOLD
                subject = known_uuid(request.household_id, "household_id", wrong)
            case _:
                wrong.add("subject", "is not given; name a person or a household")
        data_class: DataClass | None = None
        if request.data_class != core.DATA_CLASS_UNSPECIFIED:
            data_class = Fields(wrong).word("data_class", request.data_class, enums.DATA_CLASSES)
        if not _POLICY.fullmatch(request.policy):
            wrong.add("policy", "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -")
        wrong.raise_if_any()
        done = recording.erase(
            self._instance,
            caller,
            subject or UNREAD,
            kind,
            data_class,
            request.policy,
            in_time=Call(context).check_time,
        )
        return pb.EraseSubjectResponse(begun_position=done.begun, done_position=done.done)


def _recorded(written: Sequence[Written]) -> list[pb.RecordedFact]:
    return [pb.RecordedFact(fact_id=str(each.fact_id), position=each.position) for each in written]


def _only(recorded: Sequence[pb.RecordedFact]) -> pb.RecordedFact | None:
    return recorded[0] if recorded else None
