"""EligibilityService: what the law says on the facts known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import grpc

from domain.controllers import may_ask
from domain.decide import Basis, ReferralQuestion, speaks_of
from domain.reference import View
from domain.screening import LARGEST_PAGE, met_rules
from husret.v1 import eligibility_service_pb2 as pb
from husret.v1 import eligibility_service_pb2_grpc as pb_grpc
from services.answers import Answer, Answers, Asked, request_bytes
from services.api import decisions, pages
from services.api.calls import (
    Call,
    check_covered,
    item_error,
    known_day,
    known_request_id,
    known_uuid,
    reader_of,
    view_for,
)
from services.api.errors import OverLimit
from services.fields import FieldErrors
from services.instance import Instance, event_id
from services.recording import NotForThisController
from services.screening import Item, Screening, Walk

LARGEST_BATCH = 1_000
"""Most questions in one BatchCheck."""

LONGEST_LIST = 100_000
"""Most households of one walk through a waiting list."""

BASES = {
    pb.REFERRAL_BASIS_STK_1: Basis.STK_1,
    pb.REFERRAL_BASIS_STK_2: Basis.STK_2,
    pb.REFERRAL_BASIS_STK_3: Basis.STK_3,
    pb.REFERRAL_BASIS_STK_4: Basis.STK_4,
    pb.REFERRAL_BASIS_STK_5: Basis.STK_5,
    pb.REFERRAL_BASIS_URBAN_RENEWAL: Basis.URBAN_RENEWAL,
    pb.REFERRAL_BASIS_PRIVATE_AGREEMENT: Basis.PRIVATE_AGREEMENT,
    pb.REFERRAL_BASIS_PRIVATE_TENTH: Basis.PRIVATE_TENTH,
}


class _Cursor(NamedTuple):
    """Where a walk through a waiting list goes on, at which position, and which walk it is."""

    page: int
    position: int
    walk_of: list[str | int]


class EligibilityService(pb_grpc.EligibilityServiceServicer):
    """Answers referral questions, alone and in batches."""

    def __init__(self, instance: Instance, answers: Answers) -> None:
        self._instance = instance
        self._answers = answers
        self._screening = Screening(instance)

    def CheckReferral(
        self, request: pb.CheckReferralRequest, context: grpc.ServicerContext
    ) -> pb.CheckReferralResponse:
        """Answer one question; recorded as a receipt unless it is a preview."""
        call = Call(context)
        self._check_controller("question")
        errors = FieldErrors()
        reader = reader_of(request.context, request.request_id, errors)
        request_id = known_request_id(request.request_id, request.preview, errors)
        view = view_for(self._instance, request.consistency, errors)
        asked = self._asked(request.question, request_id, 0, view, "question", errors)
        errors.raise_if_any()
        call.check_time()
        if request.preview:
            answer = self._answers.preview(asked, reader, view)
        else:
            [result] = self._answers.check_all([asked], reader, view, call.is_late)
            if isinstance(result, Exception):
                raise result
            answer = result
        if not request.omit_texts:
            answer = self._answers.with_alternatives(answer)
        return pb.CheckReferralResponse(
            decision=decisions.decision(
                answer, texts=not request.omit_texts, area_name=decisions.area_names(view)
            )
        )

    def BatchCheck(
        self, request: pb.BatchCheckRequest, context: grpc.ServicerContext
    ) -> pb.BatchCheckResponse:
        """Answer up to 1,000 questions at one position; each item has a status of its own."""
        if len(request.questions) > LARGEST_BATCH:
            raise OverLimit(
                f"questions: {len(request.questions)} in one batch; at most {LARGEST_BATCH}"
            )
        call = Call(context)
        self._check_controller("questions")
        errors = FieldErrors()
        reader = reader_of(request.context, request.request_id, errors)
        request_id = known_request_id(request.request_id, request.preview, errors)
        view = view_for(self._instance, request.consistency, errors)
        if not request.questions:
            errors.add("questions", "at least one is needed")
        errors.raise_if_any()
        results: list[Answer | Exception | None] = []
        asked: list[Asked] = []
        for index, question in enumerate(request.questions):
            wrong = FieldErrors()
            try:
                each = self._asked(question, request_id, index, view, f"questions[{index}]", wrong)
                wrong.raise_if_any()
                results.append(None)
                asked.append(each)
            except ValueError as error:
                results.append(error)
        call.check_time()
        answered = iter(self._all(asked, request.preview, reader, view, call))
        items = [self._item(next(answered) if result is None else result) for result in results]
        return pb.BatchCheckResponse(items=items, known_at_position=view.position)

    def ScreenWaitingList(
        self, request: pb.ScreenWaitingListRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.ScreenWaitingListResponse]:
        """Ask the same of many households, page by page, each recorded before it is sent."""
        call = Call(context)
        self._check_controller("question")
        errors = FieldErrors()
        reader = reader_of(request.context, request.request_id, errors)
        request_id = known_request_id(request.request_id, request.preview, errors)
        households = self._waiting_list(request.household_ids, errors)
        size = request.page_size or LARGEST_PAGE
        if not 1 <= size <= LARGEST_PAGE:
            errors.add("page_size", f"must lie from 1 to {LARGEST_PAGE}, or be 0 for the most")
        asked_of = hashlib.sha256(b"".join(each.bytes for each in households)).hexdigest()
        walk_of: list[str | int] = [request.request_id, size, asked_of]
        first = 0
        if request.cursor:
            cursor = self._cursor(request.cursor, walk_of)
            if cursor is None:
                errors.add("cursor", "was not given for this walk; begin it anew")
                errors.raise_if_any()
                raise AssertionError("a cursor that can't be used was noted as wrong")
            first = cursor.page
            view = self._instance.view(at=cursor.position)
        else:
            view = view_for(self._instance, request.consistency, errors)
        if request.WhichOneof("question") is None:
            errors.add("question", "is not given; say what is asked of every household")
        if request.referral.household_id:
            errors.add("referral.household_id", "must be empty; it is put in for each household")
        question = self._question(request.referral, _NOBODY, view, "referral", errors)
        errors.raise_if_any()
        walk = Walk(question, view, reader, request_id)
        for page in self._screening.pages(walk, households, size, first, call.is_late):
            done = min((page.number + 1) * size, len(households))
            yield pb.ScreenWaitingListResponse(
                households=[_screened(item) for item in page.items],
                receipt_id="" if page.receipt_id is None else str(page.receipt_id),
                receipt_hash=page.receipt_hash,
                recorded_position=page.position,
                known_at_position=page.known_at,
                done=done,
                total=len(households),
                cursor=pages.token(
                    self._instance.log_id,
                    _SCREENING,
                    _Cursor(page.number + 1, page.known_at, walk_of),
                ),
            )

    def _cursor(self, given: str, walk_of: list[str | int]) -> _Cursor | None:
        """Read a cursor; None for one that was not given on this walk."""
        cursor = pages.read_token(self._instance.log_id, _SCREENING, given, _Cursor)
        if cursor is None or cursor.walk_of != walk_of or cursor.page < 0:
            return None
        return cursor if 1 <= cursor.position <= self._instance.log.head() else None

    def _waiting_list(self, ids: Sequence[str], errors: FieldErrors) -> list[UUID]:
        """Read whom a walk goes through; a household that is named twice is wrong."""
        if not ids:
            registered = self._instance.keys.households()
            _check_length(registered)
            return registered
        _check_length(ids)
        found: dict[UUID, None] = {}
        for index, text in enumerate(ids):
            household = known_uuid(text, f"household_ids[{index}]", errors)
            if household in found:
                errors.add(f"household_ids[{index}]", "is named twice")
            elif household is not None:
                found[household] = None
        return list(found)

    def _later_day(
        self, text: str, day: date | None, path: str, errors: FieldErrors
    ) -> date | None:
        """Read an optional day that may not lie before the day of the referral."""
        if not text:
            return None
        found = known_day(text, path, errors)
        if found is not None and day is not None and found < day:
            errors.add(path, f"lies before the day of the referral, {day}")
        return found

    def _check_controller(self, path: str) -> None:
        """Refuse a question that does not exist in this kind of instance (design 2.11)."""
        kind = self._instance.created.controller_kind
        if not may_ask(kind, "referral"):
            raise NotForThisController(kind, [path])

    def _all(
        self, asked: Sequence[Asked], preview: bool, reader: Any, view: View, call: Call
    ) -> list[Answer | Exception]:
        if not preview:
            return self._answers.check_all(asked, reader, view, call.is_late)
        return self._answers.preview_all(asked, reader, view, call.is_late)

    def _item(self, result: Answer | Exception) -> pb.BatchCheckItem:
        if isinstance(result, Exception):
            return pb.BatchCheckItem(error=item_error(result))
        return pb.BatchCheckItem(
            outcome=decisions.OUTCOMES[result.decision.outcome],
            receipt_id="" if result.receipt_id is None else str(result.receipt_id),
            receipt_hash=result.receipt_hash,
            rule_ids=met_rules(result.decision),
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
        household = known_uuid(question.household_id, f"{path}.household_id", errors)
        if household is not None and not self._answers.knows(household):
            errors.add(f"{path}.household_id", "no household is registered under this id")
        made = self._question(question, household or _NOBODY, view, path, errors)
        id = b"" if request_id is None else event_id(self._instance.log_id, request_id, index)
        return Asked(made, request_bytes(made, question.day), id)

    def _question(
        self,
        question: pb.ReferralQuestion,
        household: UUID,
        view: View,
        path: str,
        errors: FieldErrors,
    ) -> ReferralQuestion:
        """Read what is asked beside the household, noting every field that is wrong."""
        basis = BASES.get(question.basis)
        if basis is None:
            errors.add(
                f"{path}.basis", "name what puts the dwelling at the municipality's disposal"
            )
        day = (
            known_day(question.day, f"{path}.day", errors)
            if question.day
            else self._instance.today()
        )
        if day is not None:
            check_covered(day)
        dwelling = None if day is None else view.dwelling(question.dwelling_id, day)
        if not question.dwelling_id:
            errors.add(f"{path}.dwelling_id", "name a dwelling")
        elif day is not None and dwelling is None:
            errors.add(f"{path}.dwelling_id", "no dwelling is recorded under this id for the day")
        elif dwelling is not None and basis and not speaks_of(basis, dwelling.fact.kind):
            errors.add(f"{path}.basis", "does not go with the dwelling's kind")
        letting_day = self._later_day(question.letting_day, day, f"{path}.letting_day", errors)
        move_in_day = self._later_day(question.move_in_day, day, f"{path}.move_in_day", errors)
        today = self._instance.today()
        last = max((each for each in (day, letting_day, move_in_day) if each), default=today)
        return ReferralQuestion(
            household=household,
            day=day or date.max,
            asked_on=today if last > today else None,
            dwelling=question.dwelling_id,
            basis=basis or Basis.STK_1,
            letting_day=letting_day,
            move_in_day=move_in_day,
        )


def _check_length(households: Sequence[Any]) -> None:
    if len(households) > LONGEST_LIST:
        raise OverLimit(f"household_ids: {len(households)} in one walk; at most {LONGEST_LIST}")


def _screened(item: Item) -> pb.ScreenedHousehold:
    if item.outcome is None:
        error = None if item.error is None else item_error(item.error)
        return pb.ScreenedHousehold(household_id=str(item.household), error=error)
    return pb.ScreenedHousehold(
        household_id=str(item.household),
        outcome=decisions.OUTCOMES[item.outcome],
        rule_ids=item.met,
    )


_NOBODY = UUID(int=0)
_SCREENING = "screening"
