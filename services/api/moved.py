"""The answers that something recorded later has moved, as the API lists them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from domain import canonical
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2 as core
from projections.moved_decisions import Row
from projections.table import Walk, WalkEnded
from services.answers import moved, stored
from services.answers.given import area_of
from services.answers.moved import Listed, Verdict
from services.answers.receipts import Receipts
from services.api import decisions, pages
from services.api.calls import Call
from services.facts.fields import FieldErrors
from services.instance.instance import Instance
from services.instance.views import FollowedView
from services.persons.reading import Reader

_KIND = "moved decisions"

VERDICTS = {
    Verdict.WOULD_BE_PERMITTED: pb.MOVED_VERDICT_WOULD_BE_PERMITTED,
    Verdict.OTHER_OUTCOME: pb.MOVED_VERDICT_OTHER_OUTCOME,
    Verdict.CANNOT_BE_TOLD: pb.MOVED_VERDICT_CANNOT_BE_TOLD,
    Verdict.SAME_OUTCOME: pb.MOVED_VERDICT_SAME_OUTCOME,
    Verdict.NOT_MOVED: pb.MOVED_VERDICT_NOT_MOVED,
}


class _Walk(NamedTuple):
    """A walk through the list: the rows that it began with, and how many were shown."""

    generation: int
    position: int
    shown: int
    asked: tuple[str, bool, bool]


def listed(
    instance: Instance,
    view: FollowedView[Row],
    request: pb.ListMovedDecisionsRequest,
    at_least: int | None,
    reader: Reader,
    call: Call,
    wrong: FieldErrors,
) -> pb.ListMovedDecisionsResponse:
    """Return a page of the list, those that press most first; every page is of one position.

    `at_least`: the list must stand there; None: as it stands. Raises InvalidFields, and what
    waiting for the view raises.
    """
    asked = (request.asked_by, request.settled, request.same_outcome)
    walk = None
    if request.page_token:
        walk = pages.read_token(instance.log_id, _KIND, request.page_token, _Walk)
        if walk is None:
            wrong.add("page_token", "is not a token that this call gave; begin the walk anew")
        elif walk.asked != asked:
            wrong.add("page_token", "was given for other conditions; begin the walk anew")
    wrong.raise_if_any()
    if walk is None and at_least is not None:
        view.wait_for(at_least, call.check_time)
    elif walk is None and not view.wait_for_first_rows(call.check_time):
        return pb.ListMovedDecisionsResponse(head_position=instance.log.head())
    try:
        if walk is None:
            begun = view.table.begin_walk()
            walk = _Walk(begun.generation, begun.position, 0, asked)
        rows = view.table.page(Walk(walk.generation, walk.position), [], -1)
    except WalkEnded:
        wrong.add("page_token", "is of a list that has been made anew; begin the walk anew")
        wrong.raise_if_any()
        raise
    found = sorted(
        (each for row in rows if (each := moved.opened(instance, row)) and _wanted(each, request)),
        key=lambda each: each.moved.urgency,
    )
    size = pages.size_of(request.page_size)
    some = found[walk.shown : walk.shown + size]
    moved.shown(instance, some, reader)
    token = ""
    if walk.shown + len(some) < len(found):
        walk = walk._replace(shown=walk.shown + len(some))
        token = pages.token(instance.log_id, _KIND, walk)
    return pb.ListMovedDecisionsResponse(
        decisions=messages(instance, some),
        next_page_token=token,
        known_at_position=walk.position,
        head_position=instance.log.head(),
    )


def resting(
    receipts: Receipts, request: pb.ListMovedDecisionsRequest, reader: Reader
) -> pb.ListMovedDecisionsResponse:
    """Return every answer that rests on one event, as it stands now."""
    instance, head = receipts.instance, receipts.instance.log.head()
    event = instance.log.event_at(request.rests_on_position)
    wrong = FieldErrors()
    if event is None:
        wrong.add("rests_on_position", "no event stands at this position")
        wrong.raise_if_any()
    assert event is not None  # noted as wrong otherwise
    found = sorted(
        (
            each
            for each in moved.resting_on(receipts, event, head, reader)
            if not request.asked_by or actor_of(each) == request.asked_by
        ),
        key=lambda each: each.moved.urgency,
    )
    return pb.ListMovedDecisionsResponse(
        decisions=messages(instance, found), known_at_position=head, head_position=head
    )


def actor_of(listed: Listed) -> str:
    """Return who asked."""
    actor: str = canonical.decode(listed.event.metadata).get("actor", "")
    return actor


def _wanted(listed: Listed, request: pb.ListMovedDecisionsRequest) -> bool:
    if request.asked_by and actor_of(listed) != request.asked_by:
        return False
    if listed.moved.settled_at and not request.settled:
        return False
    return request.same_outcome or listed.moved.verdict is not Verdict.SAME_OUTCOME


def messages(instance: Instance, found: Iterable[Listed]) -> list[pb.MovedDecision]:
    """Return answers of the list as messages."""
    view = instance.view()
    made = []
    for moved_, event, about in found:
        said = stored.stated(instance, event)
        subject = instance.keys.subject_of(about[2:]) if about else None
        made.append(
            pb.MovedDecision(
                receipt_id=str(UUID(bytes=event.event_id)),
                household_id="" if subject is None else str(subject[0]),
                question=said.kind,
                day=said.day.isoformat(),
                area=area_of(said, view) or "",
                recorded_position=event.position,
                known_at_position=said.position,
                asked_by=canonical.decode(event.metadata).get("actor", ""),
                before=decisions.OUTCOMES[moved_.before],
                after=core.OUTCOME_UNSPECIFIED
                if moved_.after is None
                else decisions.OUTCOMES[moved_.after],
                verdict=VERDICTS[moved_.verdict],
                moved_at_position=moved_.moved_at,
                settled_at_position=moved_.settled_at,
            )
        )
    return made
