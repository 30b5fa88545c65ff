"""Recorded answers asked again, as the API shows them: moved by what, and what would be now."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.decide import Decision
from domain.law.drafts import DRAFTS
from domain.law.edition import Edition
from domain.law.editions import CURRENT, edition_named
from domain.questions import PAGE_TYPES
from domain.shown import Showing
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2 as core
from services.answers import again
from services.answers.given import Given, given
from services.answers.receipts import Answer, Receipts
from services.answers.screening import NotOnPage
from services.api import decisions, enums
from services.api.calls import known_uuid
from services.api.facts_back import moment
from services.facts.fields import FieldErrors
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.persons.reading import Reader
from services.persons.sealing import KeyErased

_CLASSES = {str(data_class): number for number, data_class in enums.DATA_CLASSES.items()}


def law_of(message: pb.LawToTry, wrong: FieldErrors, default: Edition = CURRENT) -> again.Law:
    """Read the law to decide under; what is wrong is noted, and the default stands in."""
    try:
        return again.law_named(
            message.edition,
            dict(message.readings),
            without_origin=message.origin_suspended,
            default=default,
        )
    except again.LawUnknown as error:
        wrong.add(f"law.{error.field}", str(error))
        return again.Law(default)


def draft_text(message: pb.LawToTry) -> core.Text | None:
    """Say what a draft says; None: it is no draft."""
    found = DRAFTS.get(message.edition)
    return None if found is None else decisions.text(found.says)


def one_of(receipts: Receipts, event: RecordedEvent, household_id: str, reader: Reader) -> Given:
    """Return the answer of a receipt, or that about one household on a page.

    Raises InvalidFields, KeyErased, NotOnPage, TamperedEvent, EditionUnknownError.
    """
    wrong, household = FieldErrors(), None
    if event.type in PAGE_TYPES:
        if not household_id:
            wrong.add("household_id", "is empty; this is a page of a waiting list: say whose")
            wrong.raise_if_any()
        household = known_uuid(household_id, "household_id", wrong)
    elif household_id:
        wrong.add("household_id", "is given with pages of a waiting list only")
    wrong.raise_if_any()
    found = given(receipts, event, reader)
    if household is None:
        if not found:
            raise KeyErased("the household of this receipt has been erased")
        return found[0]
    for each in found:
        if each.household == household:
            return each
    raise NotOnPage("the page has no entry of this household, or it was erased")


def decide_again(
    instance: Instance,
    answer: Given,
    request: pb.DecideAgainRequest,
    law: again.Law,
    known_at: int,
    reader: Reader,
    least_shown: int,
) -> pb.DecideAgainResponse:
    """Decide a recorded answer again on the facts of a position under a law, and compare."""
    then = again.as_then(instance, answer, reader)
    question = answer.question
    if not request.facts_as_then:
        question = again.asked_now(question, instance.today())
    view = instance.view(at=known_at)
    [decided] = again.decided_all(instance, [question], law, view, reader)
    if isinstance(decided, Exception):
        raise decided
    showing = Showing(instance.view(), least_shown)
    before, after = then.decision.as_recorded(answer.outcome), decided.decision
    own = edition_named(answer.law)
    names = decisions.area_names(instance.view())
    return pb.DecideAgainResponse(
        before=decisions.decision(
            Answer(before, receipt_id=UUID(bytes=answer.event.event_id)),
            showing,
            texts=True,
            area_name=names,
        ),
        after=decisions.decision(
            Answer(after, decided.unsealed), showing, texts=True, area_name=names, law=law.edition
        ),
        moved_by=[_moving(each) for each in then.moved_by(instance, known_at)],
        differences=list(_differences(before, after, own, law.edition, showing)),
        reproduced=then.decision.outcome is answer.outcome,
        draft=draft_text(request.law),
    )


def _moving(event: RecordedEvent) -> pb.MovingEvent:
    return pb.MovingEvent(
        position=event.position,
        type=event.type,
        data_class=_CLASSES.get(again.class_of(event), core.DATA_CLASS_UNSPECIFIED),
        recorded_at=moment(event.recorded_at),
    )


def _differences(
    before: Decision, after: Decision, own: Edition, other: Edition, showing: Showing
) -> Iterable[pb.RuleDifference]:
    shown = showing.decision(before), showing.decision(after)
    for each in again.differences(*shown, own, other):
        one, two = each.statuses
        yield pb.RuleDifference(
            rule_id=each.rule_id,
            citation=_citation(each.rule_id, other, own),
            person_id="" if each.person is None else str(each.person),
            before=decisions.STATUSES[one],
            after=decisions.STATUSES[two],
            text=decisions.text(each.said),
        )


def _citation(rule_id: str, *laws: Edition) -> str:
    for law in laws:
        if rule_id in law.rules:
            return law.rules[rule_id].section
        if rule_id in law.not_covered:
            return law.not_covered[rule_id]
    return ""
