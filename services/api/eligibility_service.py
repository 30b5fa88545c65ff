"""EligibilityService: what the law says on the facts known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

import grpc

from domain.controllers import may_ask
from domain.decide import Decision
from domain.facts import ControllerKind, Ties
from domain.facts.criteria import MOST_RANK
from domain.law import explain
from domain.law.edition import Edition
from domain.law.editions import CURRENT, edition_named
from domain.law.letting.benefit_condition_steps import ANSWERS
from domain.law.letting.flexible import current
from domain.law.letting.waiting_list import MOST_LOTS, Candidate, WaitingList, turns
from domain.law.question import QuestionKind
from domain.questions import KINDS
from domain.reference import View
from domain.screening import LARGEST_PAGE, met_rules
from domain.shown import Showing
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as pb
from husret.v1 import eligibility_service_pb2_grpc as pb_grpc
from husret_verify.event import event_id
from services.answers.asking import Answers
from services.answers.receipts import Answer, Asked, request_bytes
from services.answers.screening import Item, ListRequest, Screening
from services.api import decisions, pages, questions
from services.api.calls import (
    Call,
    item_error,
    known_request_id,
    known_uuid,
    reader_of,
    view_for,
)
from services.api.enums import ANSWERS as ANSWER_WORDS
from services.api.errors import OverLimit
from services.api.fields import UNREAD, Fields, said, words
from services.api.ids import naming
from services.api.questions import Reading
from services.facts.fields import FieldErrors
from services.facts.recording import NotForThisController
from services.instance.instance import Instance
from services.persons.reading import Reader

LARGEST_BATCH = 1_000
"""Most questions in one BatchCheck."""

LONGEST_LIST = 100_000
"""Most households of one walk through a waiting list."""

_LISTS = words(pb.WaitingList, WaitingList, "WAITING_LIST_")
_TIES = words(core.Ties, Ties, "TIES_")
_ANSWERS = {word: number for number, word in ANSWER_WORDS.items()}


class _Cursor(NamedTuple):
    """Where a walk through a waiting list goes on, at which position, and which walk it is."""

    page: int
    position: int
    walk_of: list[str | int]


def _method(kind: QuestionKind) -> Callable[..., Any]:
    """Return the method that answers one question of a kind."""
    response = getattr(pb, f"{kind.method}Response")

    def check(self: EligibilityService, request: Any, context: grpc.ServicerContext) -> Any:
        return response(decision=self.check(request, kind.name, context))

    return check


_Alone = type(
    "_Alone",
    (pb_grpc.EligibilityServiceServicer,),
    {kind.method: _method(kind) for kind in KINDS.values()},
)
"""Each kind of question asked alone, by the method that it is declared with."""


class EligibilityService(_Alone):  # type: ignore[misc, valid-type]  # made when it is imported, of declarations
    """Answers questions about households and dwellings, alone and in batches."""

    def __init__(self, instance: Instance, answers: Answers, least_shown: int) -> None:
        self._instance = instance
        self._least_shown = least_shown
        self._answers = answers
        self._screening = Screening(instance)

    def check(self, request: Any, kind: str, context: grpc.ServicerContext) -> core.Decision:
        """Answer one question; recorded as a receipt unless it is a preview."""
        call = Call(context)
        self._check_controller(kind, "question")
        errors = FieldErrors()
        reader = reader_of(request.context, errors)
        request_id = known_request_id(request.request_id, request.preview, errors)
        view = view_for(self._instance, request.consistency, errors)
        asked = self._asked(kind, request.question, request_id, 0, view, "question", errors)
        errors.raise_if_any()
        answer = self._answered(asked, request.preview, reader, view, call)
        if not request.omit_texts:
            answer = self._answers.with_alternatives(answer)
        return decisions.decision(
            answer,
            Showing(self._instance.view(), self._least_shown),
            texts=not request.omit_texts,
            area_name=decisions.area_names(view),
        )

    def _answered(
        self, asked: Asked, preview: bool, reader: Reader, view: View, call: Call
    ) -> Answer:
        call.check_time()
        if preview:
            return self._answers.preview(asked, reader, view)
        [result] = self._answers.check_all([asked], reader, view, call.is_late)
        if isinstance(result, Exception):
            raise result
        return result

    def MayRequestCriminalRecord(
        self, request: pb.MayRequestCriminalRecordRequest, context: grpc.ServicerContext
    ) -> pb.MayRequestCriminalRecordResponse:
        """Answer about a dwelling and a day; nobody is read, and nothing is recorded."""
        call = Call(context)
        self._check_controller("certificate", "question")
        errors = FieldErrors()
        reader_of(request.context, errors)
        view = view_for(self._instance, request.consistency, errors)
        question = questions.read("certificate", request, Fields(errors), self._reading(view))
        errors.raise_if_any()
        call.check_time()
        answer = self._answers.about_nobody(question, view)
        return pb.MayRequestCriminalRecordResponse(
            decision=decisions.decision(
                answer,
                Showing(self._instance.view(), self._least_shown),
                texts=not request.omit_texts,
            )
        )

    def AttestBenefitCondition(
        self, request: pb.AttestBenefitConditionRequest, context: grpc.ServicerContext
    ) -> pb.AttestBenefitConditionResponse:
        """Answer a housing organisation, and record what was answered."""
        call = Call(context)
        self._check_controller("benefit_condition", "question")
        errors = FieldErrors()
        reader = reader_of(request.context, errors)
        if not request.context.legal_basis:
            errors.add("context.legal_basis", "is empty; say on what basis the answer is asked for")
        request_id = known_request_id(request.request_id, False, errors)
        view = self._instance.view()
        asked = self._asked("benefit_condition", request, request_id, 0, view, "", errors)
        errors.raise_if_any()
        answer = self._answered(asked, False, reader, view, call)
        made = answer.decision
        flagged = dict.fromkeys(point for each in made.variations for point in each.points)
        in_use = self._answers.readings(made)
        return pb.AttestBenefitConditionResponse(
            answer=_ANSWERS[ANSWERS[made.outcome]],
            condition=request.condition,
            day=made.question.day.isoformat(),
            municipality=self._instance.created.municipality,
            receipt_id=str(answer.receipt_id),
            receipt_hash=answer.receipt_hash,
            readings=[f"{point}={in_use[point]}" for point in made.consulted],
            points=list(flagged),
            missing=list(dict.fromkeys(missing.kind for missing, _ in made.missing)),
            warnings=made.warnings,
        )

    def OrderCandidates(
        self, request: pb.OrderCandidatesRequest, context: grpc.ServicerContext
    ) -> pb.OrderCandidatesResponse:
        """Put candidates in the order of the rules; nothing of them is read or recorded."""
        call = Call(context)
        self._check_controller("letting", "candidates")
        errors = FieldErrors()
        reader_of(request.context, errors)
        fields = Fields(errors)
        day = fields.day("day", request.day) if request.day else self._instance.today()
        due = fields.word("due", request.due, _LISTS)
        ties = self._ties(request, day, fields, errors)
        if not request.candidates:
            errors.add("candidates", "at least one is needed")
        if len(request.candidates) > LARGEST_BATCH:
            errors.add("candidates", f"at most {LARGEST_BATCH} at once")
        errors.raise_if_any()
        candidates = [
            self._candidate(each, Fields(errors, f"candidates[{index}]"))
            for index, each in enumerate(request.candidates)
        ]
        keys = [each.key for each in candidates]
        for index, key in enumerate(keys):
            if key in keys[:index]:
                errors.add(f"candidates[{index}].key", "is named twice")
        errors.raise_if_any()
        call.check_time()
        return pb.OrderCandidatesResponse(
            turns=[
                pb.CandidateTurn(
                    key=turn.key,
                    place=turn.place,
                    reasons=[pb.TurnReason(kind=kind, value=v) for kind, v in turn.reasons],
                )
                for turn in turns(
                    candidates, due, CURRENT.rules["LET-WAITLIST-HALF"].in_force(day), ties
                )
            ]
        )

    def _ties(
        self,
        request: pb.OrderCandidatesRequest,
        day: date | None,
        fields: Fields,
        errors: FieldErrors,
    ) -> Ties:
        """Return what tells those apart who are level: as the criteria say, where they say it."""
        asked: Ties | None = fields.word("ties", request.ties, _TIES) if request.ties else None
        agreed: Ties | None = None
        if request.criteria and day is not None:
            view = view_for(self._instance, request.consistency, errors)
            item = current(view, request.criteria, day)
            if item is None:
                fields.bad("criteria", "no criteria with this id stand on the day")
            else:
                agreed = item.fact.ties
        if asked and agreed and asked is not agreed:
            fields.bad("ties", f"the criteria say {agreed}; leave it out")
        return asked or agreed or Ties.SENIORITY

    def _candidate(self, message: pb.Candidate, fields: Fields) -> Candidate:
        drawn = said(message, "rank", "lot", "asked")
        for name, most in (("rank", MOST_RANK), ("lot", MOST_LOTS), ("asked", MOST_LOTS)):
            if drawn[name] is not None and not 1 <= drawn[name] <= most:
                fields.bad(name, f"must lie from 1 to {most}")
        if message.exempt and drawn["rank"] is not None:
            fields.bad("rank", "whoever is exempt from the criteria has no rank by them")
        return Candidate(
            key=fields.opaque("key", message.key) or "",
            waiting_list=fields.word("waiting_list", message.waiting_list, _LISTS),
            registered_on=fields.day("registered_on", message.registered_on, optional=True),
            exempt=message.exempt,
            **drawn,
            **said(message, "same_department", "children", "larger"),
        )

    def BatchCheck(
        self, request: pb.BatchCheckRequest, context: grpc.ServicerContext
    ) -> pb.BatchCheckResponse:
        """Answer up to 1,000 questions at one position; each item has a status of its own."""
        if len(request.checks) > LARGEST_BATCH:
            many = f"{len(request.checks)} in one batch; at most {LARGEST_BATCH}"
            raise OverLimit(f"checks: {many}")
        call = Call(context)
        listed = []
        errors = FieldErrors()
        for index, each in enumerate(request.checks):
            name = each.WhichOneof("question")
            if name is None:
                errors.add(f"checks[{index}]", "names no question that this release knows")
            else:
                listed.append((name, getattr(each, name)))
        for kind in dict.fromkeys(kind for kind, _ in listed):
            if not errors.found:
                self._check_controller(kind, "checks")
        reader = reader_of(request.context, errors)
        request_id = known_request_id(request.request_id, request.preview, errors)
        view = view_for(self._instance, request.consistency, errors)
        if not request.checks:
            errors.add("checks", "at least one is needed")
        errors.raise_if_any()
        results: list[Answer | Exception | None] = []
        asked: list[Asked] = []
        for index, (kind, question) in enumerate(listed):
            wrong = FieldErrors()
            at = f"checks[{index}]"
            try:
                one = self._asked(kind, question, request_id, index, view, at, wrong)
                wrong.raise_if_any()
                results.append(None)
                asked.append(one)
            except ValueError as error:
                results.append(error)
        call.check_time()
        answered = iter(self._all(asked, request.preview, reader, view, call))
        found = [next(answered) if result is None else result for result in results]
        sent = [naming().sent.get(getattr(each, "household_id", ""), "") for _, each in listed]
        given = [each.decision for each in found if isinstance(each, Answer)]
        return pb.BatchCheckResponse(
            items=[
                batch_item(each, self._showing(request.texts), id)
                for each, id in zip(found, sent, strict=True)
            ],
            known_at_position=view.position,
            warnings=_said((edition_named(each.edition), each.warnings) for each in given),
        )

    def ScreenWaitingList(
        self, request: pb.ScreenWaitingListRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.ScreenWaitingListResponse]:
        """Ask the same of many households, page by page, each recorded before it is sent."""
        call = Call(context)
        kind = request.WhichOneof("question") or "referral"
        self._check_controller(kind, kind)
        errors = FieldErrors()
        reader = reader_of(request.context, errors)
        request_id = known_request_id(request.request_id, request.preview, errors)
        households = self._waiting_list(request.household_ids, errors)
        size = request.page_size or LARGEST_PAGE
        if not 1 <= size <= LARGEST_PAGE:
            errors.add("page_size", f"must lie from 1 to {LARGEST_PAGE}, or be 0 for the most")
        given = getattr(request, kind)
        listed = b"".join(each.bytes for each in households)
        asked_of = hashlib.sha256(listed + given.SerializeToString(deterministic=True)).hexdigest()
        walk_of: list[str | int] = [request.request_id, size, kind, asked_of]
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
        if given.household_id:
            errors.add(f"{kind}.household_id", "must be empty; it is put in for each household")
        for slot in KINDS[kind].fields:
            if slot.said.of_one and getattr(given, slot.wire):
                wrong = "must be empty; it is said of one household alone"
                errors.add(f"{kind}.{slot.wire}", wrong)
        asked = type(given)()
        asked.CopyFrom(given)
        asked.household_id = str(UNREAD)
        everyone = self._reading(view)._replace(knows=lambda household: True)
        question = questions.read(kind, asked, Fields(errors, kind), everyone)
        errors.raise_if_any()
        asked_of_all = ListRequest(question, view, reader, request_id)
        sent = naming().sent
        for page in self._screening.pages(asked_of_all, households, size, first, call.is_late):
            done = min((page.number + 1) * size, len(households))
            yield pb.ScreenWaitingListResponse(
                households=[
                    screened(each, self._showing(request.texts), sent) for each in page.items
                ],
                warnings=_said(
                    (page.edition, each.decision.warnings) for each in page.items if each.decision
                ),
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

    def _showing(self, texts: bool) -> Showing | None:
        """Return what is shown in words; None: nothing is said in words."""
        return Showing(self._instance.view(), self._least_shown) if texts else None

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

    def _check_controller(self, kind: str, path: str) -> None:
        """Refuse a question that does not exist in this kind of instance (design 2.11)."""
        controller: ControllerKind = self._instance.created.controller_kind
        if not may_ask(controller, kind):
            raise NotForThisController(controller, [path])

    def _all(
        self, asked: Sequence[Asked], preview: bool, reader: Reader, view: View, call: Call
    ) -> list[Answer | Exception]:
        if not preview:
            return self._answers.check_all(asked, reader, view, call.is_late)
        return self._answers.preview_all(asked, reader, view, call.is_late)

    def _reading(self, view: View) -> Reading:
        return Reading(view, self._instance.today(), self._answers.knows)

    def _asked(
        self,
        kind: str,
        question: Any,
        request_id: UUID | None,
        index: int,
        view: View,
        path: str,
        errors: FieldErrors,
    ) -> Asked:
        """Read a question, noting every field that is wrong."""
        fields = Fields(errors, path)
        made = questions.read(kind, question, fields, self._reading(view))
        raw = request_bytes(made, question.day)
        id = b"" if request_id is None else event_id(self._instance.log_id, request_id, index)
        return Asked(made, raw, id)


def _check_length(households: Sequence[Any]) -> None:
    if len(households) > LONGEST_LIST:
        raise OverLimit(f"household_ids: {len(households)} in one walk; at most {LONGEST_LIST}")


def batch_item(
    result: Answer | Exception, showing: Showing | None = None, external_id: str = ""
) -> pb.BatchCheckItem:
    """Return what a batch says of one question, of whatever kind; in words with `showing`."""
    if isinstance(result, Exception):
        return pb.BatchCheckItem(error=item_error(result), external_id=external_id)
    return pb.BatchCheckItem(
        outcome=decisions.OUTCOMES[result.decision.outcome],
        receipt_id="" if result.receipt_id is None else str(result.receipt_id),
        receipt_hash=result.receipt_hash,
        rule_ids=met_rules(result.decision),
        external_id=external_id,
        **_of_answer(result.decision, showing),
    )


def screened(
    item: Item,
    showing: Showing | None = None,
    sent: Mapping[str, str] = MappingProxyType({}),
) -> pb.ScreenedHousehold:
    """Return what a page says of one household; in words with `showing`.

    `sent`: external ids that the walk named households by.
    """
    household, external_id = str(item.household), sent.get(str(item.household), "")
    if item.outcome is None:
        error = None if item.error is None else item_error(item.error)
        return pb.ScreenedHousehold(household_id=household, error=error, external_id=external_id)
    return pb.ScreenedHousehold(
        household_id=household,
        external_id=external_id,
        outcome=decisions.OUTCOMES[item.outcome],
        rule_ids=item.met,
        **({} if item.decision is None else _of_answer(item.decision, showing)),
    )


def _of_answer(made: Decision, showing: Showing | None) -> dict[str, Any]:
    """Return what an answer says of itself, and what it misses: in short, or in words."""
    edition = edition_named(made.edition)
    if showing is None:
        short = dict.fromkeys((each.kind, each.supplier) for each, _ in made.missing)
        missing = [core.MissingFact(kind=kind, supplier=supplier) for kind, supplier in short]
        points = [decisions.open_point(edition, each, texts=False) for each in made.variations]
        return {"warnings": made.warnings, "missing": missing, "open_points": points}
    shown = showing.decision(made)
    return {
        "warnings": made.warnings,
        "missing": [decisions.missing_fact(edition, each, who) for each, who in shown.missing],
        "open_points": [
            decisions.open_point(edition, each, texts=True) for each in shown.variations
        ],
        "summary": decisions.text(explain.summary_text(edition, shown)),
    }


def _said(warned: Iterable[tuple[Edition, Sequence[str]]]) -> list[pb.Warning]:
    """Say what warnings mean, each once, in the words of the edition that gave them."""
    texts = {code: explain.warning_text(law, code) for law, codes in warned for code in codes}
    return [pb.Warning(code=code, text=decisions.text(text)) for code, text in texts.items()]


_SCREENING = "screening"
