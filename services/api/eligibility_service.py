"""EligibilityService: what the law says on the facts known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import grpc

from domain.controllers import may_ask
from domain.decide import (
    Basis,
    NoticeGround,
    NoticeQuestion,
    Question,
    ReferralQuestion,
    RehousingQuestion,
    TerminationQuestion,
)
from domain.reference import View
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as pb
from husret.v1 import eligibility_service_pb2_grpc as pb_grpc
from services.answers import Answer, Answers, Asked, request_bytes
from services.api import convert, decisions
from services.api.calls import (
    Call,
    item_error,
    known_day,
    known_request_id,
    known_uuid,
    reader_of,
    view_for,
)
from services.fields import FieldErrors
from services.instance import Instance, event_id
from services.recording import NotForThisController

MOST_WEEKS = 520
MOST_ROOMS = 100
MOST_MONTHS = 1_200
OLDEST = 150
LARGEST_BATCH = 1_000
"""Most questions in one BatchCheck."""

BASES = {
    pb.REFERRAL_BASIS_STK_1: Basis.STK_1,
    pb.REFERRAL_BASIS_STK_2: Basis.STK_2,
    pb.REFERRAL_BASIS_STK_3: Basis.STK_3,
    pb.REFERRAL_BASIS_STK_4: Basis.STK_4,
    pb.REFERRAL_BASIS_STK_5: Basis.STK_5,
}


_GROUNDS = {
    pb.NOTICE_GROUND_DEMOLITION: NoticeGround.DEMOLITION,
    pb.NOTICE_GROUND_SALE: NoticeGround.SALE,
}


class EligibilityService(pb_grpc.EligibilityServiceServicer):
    """Answers questions about households, alone; about referral in batches too."""

    def __init__(self, instance: Instance, answers: Answers) -> None:
        self._instance = instance
        self._answers = answers

    def CheckReferral(
        self, request: pb.CheckReferralRequest, context: grpc.ServicerContext
    ) -> pb.CheckReferralResponse:
        """Answer one question; recorded as a receipt unless it is a preview."""
        return pb.CheckReferralResponse(
            decision=self._decision(request, context, "referral", self._asked)
        )

    def CheckTermination(
        self, request: pb.CheckTerminationRequest, context: grpc.ServicerContext
    ) -> pb.CheckTerminationResponse:
        """Say whether a tenancy may be terminated because of crime, condition by condition."""
        return pb.CheckTerminationResponse(
            decision=self._decision(request, context, "termination", self._asked_termination)
        )

    def CheckNotice(
        self, request: pb.CheckNoticeRequest, context: grpc.ServicerContext
    ) -> pb.CheckNoticeResponse:
        """Say whether notice for demolition or sale may, or must, be given, and its days."""
        return pb.CheckNoticeResponse(
            decision=self._decision(request, context, "notice", self._asked_notice)
        )

    def CheckRehousing(
        self, request: pb.CheckRehousingRequest, context: grpc.ServicerContext
    ) -> pb.CheckRehousingResponse:
        """Say whether a dwelling is the replacement that a household is due."""
        return pb.CheckRehousingResponse(
            decision=self._decision(request, context, "rehousing", self._asked_rehousing)
        )

    def _decision(
        self, request: Any, context: grpc.ServicerContext, kind: str, read: Callable[..., Asked]
    ) -> core.Decision:
        """Answer one question of a kind; `read` makes it of the request's question."""
        call = Call(context)
        self._check_controller(kind, "question")
        errors = FieldErrors()
        reader = reader_of(request.context, request.request_id, errors)
        request_id = known_request_id(request.request_id, request.preview, errors)
        view = view_for(self._instance, request.consistency, errors)
        asked = read(request.question, request_id, 0, view, "question", errors)
        errors.raise_if_any()
        call.check_time()
        if request.preview:
            answer = self._answers.preview(asked, reader, view)
        else:
            [result] = self._answers.check_all([asked], reader, view, call.is_late)
            if isinstance(result, Exception):
                raise result
            answer = result
        return decisions.decision(answer, texts=not request.omit_texts)

    def BatchCheck(
        self, request: pb.BatchCheckRequest, context: grpc.ServicerContext
    ) -> pb.BatchCheckResponse:
        """Answer up to 1,000 questions at one position; each item has a status of its own."""
        call = Call(context)
        self._check_controller("referral", "questions")
        errors = FieldErrors()
        reader = reader_of(request.context, request.request_id, errors)
        request_id = known_request_id(request.request_id, request.preview, errors)
        view = view_for(self._instance, request.consistency, errors)
        if not request.questions:
            errors.add("questions", "at least one is needed")
        if len(request.questions) > LARGEST_BATCH:
            errors.add("questions", f"at most {LARGEST_BATCH} in one batch")
        errors.raise_if_any()
        results: list[Answer | Exception | None] = []
        asked: list[Asked] = []
        for index, question in enumerate(request.questions):
            wrong = FieldErrors()
            each = self._asked(question, request_id, index, view, f"questions[{index}]", wrong)
            try:
                wrong.raise_if_any()
                results.append(None)
                asked.append(each)
            except ValueError as error:
                results.append(error)
        call.check_time()
        answered = iter(self._all(asked, request.preview, reader, view, call))
        items = [self._item(next(answered) if result is None else result) for result in results]
        return pb.BatchCheckResponse(items=items, known_at_position=view.position)

    def _check_controller(self, question: str, path: str) -> None:
        """Refuse a question that does not exist in this kind of instance (design 2.11)."""
        kind = self._instance.created.controller_kind
        if not may_ask(kind, question):
            raise NotForThisController(kind, [path])

    def _all(
        self, asked: Sequence[Asked], preview: bool, reader: Any, view: View, call: Call
    ) -> list[Answer | Exception]:
        if not preview:
            return self._answers.check_all(asked, reader, view, call.is_late)
        results: list[Answer | Exception] = []
        for each in asked:
            call.check_time()
            try:
                results.append(self._answers.preview(each, reader, view))
            except (ValueError, LookupError) as error:
                results.append(error)
        return results

    def _item(self, result: Answer | Exception) -> pb.BatchCheckItem:
        if isinstance(result, Exception):
            return pb.BatchCheckItem(error=item_error(result))
        return pb.BatchCheckItem(
            outcome=decisions.OUTCOMES[result.decision.outcome],
            receipt_id="" if result.receipt_id is None else str(result.receipt_id),
            receipt_hash=result.receipt_hash,
            rule_ids=decisions.met_rules(result.decision),
        )

    def _asked(
        self,
        question: pb.ReferralQuestion,
        request_id: UUID | None,
        index: int,
        view: View,
        path: str,
        errors: FieldErrors,
    ) -> Asked:
        """Read a question, noting every field that is wrong."""
        fields = self._home(question, view, path, errors)
        basis = BASES.get(question.basis)
        if basis is None:
            errors.add(f"{path}.basis", "name one of § 59, stk. 1 to 5")
        made = ReferralQuestion(**fields, basis=basis or Basis.STK_1)
        return self._put(made, question.day, request_id, index)

    def _asked_termination(
        self,
        question: pb.TerminationQuestion,
        request_id: UUID | None,
        index: int,
        view: View,
        path: str,
        errors: FieldErrors,
    ) -> Asked:
        fields = self._home(question, view, path, errors)
        read = convert.Fields(errors, path)
        made = TerminationQuestion(
            **fields, other_dwelling_assigned=_stated(question, "other_dwelling_assigned", read)
        )
        return self._put(made, question.day, request_id, index)

    def _asked_notice(
        self,
        question: pb.NoticeQuestion,
        request_id: UUID | None,
        index: int,
        view: View,
        path: str,
        errors: FieldErrors,
    ) -> Asked:
        fields = self._home(question, view, path, errors)
        read = convert.Fields(errors, path)
        received = read.day("received_on", question.received_on, optional=True) or fields["day"]
        objected = read.day("objected_on", question.objected_on, optional=True)
        sued = read.day("sued_on", question.sued_on, optional=True)
        if objected is not None and objected < received:
            read.bad("objected_on", "lies before the day on which the notice was received")
        if sued is not None and (objected is None or sued < objected):
            read.bad("sued_on", "needs an objection on that day or before")
        made = NoticeQuestion(
            **fields,
            ground=read.word("ground", question.ground, _GROUNDS) or NoticeGround.DEMOLITION,
            received_on=received if question.received_on else None,
            written=_stated(question, "written", read),
            states_ground=_stated(question, "states_ground", read),
            states_objection=_stated(question, "states_objection", read),
            objected_on=objected,
            sued_on=sued,
            agreed_weeks=_number(question, "agreed_weeks", MOST_WEEKS, read),
            other_dwelling_assigned=_stated(question, "other_dwelling_assigned", read),
        )
        return self._put(made, question.day, request_id, index)

    def _asked_rehousing(
        self,
        question: pb.RehousingQuestion,
        request_id: UUID | None,
        index: int,
        view: View,
        path: str,
        errors: FieldErrors,
    ) -> Asked:
        fields = self._home(question, view, path, errors)
        read = convert.Fields(errors, path)
        made = RehousingQuestion(
            **fields,
            offered=read.opaque("offered_dwelling_id", question.offered_dwelling_id, optional=True)
            or "",
            offered_rooms=_number(question, "offered_rooms", MOST_ROOMS, read),
            rooms_before=_number(question, "rooms_before", MOST_ROOMS, read),
            consents=_stated(question, "consents", read),
            permanent=_stated(question, "permanent", read),
            months=_number(question, "months", MOST_MONTHS, read),
            age=_number(question, "age", OLDEST, read),
        )
        return self._put(made, question.day, request_id, index)

    def _home(self, question: Any, view: View, path: str, errors: FieldErrors) -> dict[str, Any]:
        """Read the household, the dwelling and the day that every question names."""
        household = known_uuid(question.household_id, f"{path}.household_id", errors)
        if household is not None and not self._answers.knows(household):
            errors.add(f"{path}.household_id", "no household is registered under this id")
        today = self._instance.today()
        day = known_day(question.day, f"{path}.day", errors) if question.day else today
        if not question.dwelling_id:
            errors.add(f"{path}.dwelling_id", "name a dwelling")
        elif day is not None and view.dwelling(question.dwelling_id, day) is None:
            errors.add(f"{path}.dwelling_id", "no dwelling is recorded under this id for the day")
        return {
            "household": household or _NOBODY,
            "dwelling": question.dwelling_id,
            "day": day or date.max,
            "asked_on": today if day is not None and day > today else None,
        }

    def _put(self, made: Question, day: str, request_id: UUID | None, index: int) -> Asked:
        id = b"" if request_id is None else event_id(self._instance.log_id, request_id, index)
        return Asked(made, request_bytes(made, day), id)


def _stated(message: Any, field: str, fields: convert.Fields) -> bool | None:
    """Read a yes, a no, or what was not stated."""
    said: bool | None = fields.word(field, getattr(message, field), convert.STATED)
    return said


def _number(message: Any, field: str, most: int, fields: convert.Fields) -> int | None:
    """Read a number that may be left out."""
    if not message.HasField(field):
        return None
    number: int = getattr(message, field)
    if not 0 <= number <= most:
        fields.bad(field, f"must lie from 0 to {most}")
    return number


_NOBODY = UUID(int=0)
