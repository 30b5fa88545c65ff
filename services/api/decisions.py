"""A decision as the API shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from domain.decide import Decision, Examined, Value, ValueKind
from domain.events import Recorded
from domain.law import explain
from domain.law.edition import Edition
from domain.law.editions import edition_named
from domain.law.kernel import Confidence, Missing, Outcome, Status, Variation
from domain.law.texts.kinds import Text
from domain.reference import View
from domain.shown import Showing
from husret.v1 import core_pb2 as core
from services.answers.receipts import Answer
from services.api.enums import DATA_CLASSES

OUTCOMES = {
    Outcome.PERMITTED: core.OUTCOME_PERMITTED,
    Outcome.PROHIBITED: core.OUTCOME_PROHIBITED,
    Outcome.DISCRETIONARY: core.OUTCOME_DISCRETIONARY,
    Outcome.UNDETERMINED: core.OUTCOME_UNDETERMINED,
}

STATUSES = {
    Status.MET: core.FINDING_STATUS_MET,
    Status.NOT_MET: core.FINDING_STATUS_NOT_MET,
    Status.UNKNOWN: core.FINDING_STATUS_UNKNOWN,
    Status.NOT_EXAMINED: core.FINDING_STATUS_NOT_EXAMINED,
    Status.NOT_IN_FORCE: core.FINDING_STATUS_NOT_IN_FORCE,
    Status.NOT_APPLICABLE: core.FINDING_STATUS_NOT_APPLICABLE,
    Status.NOT_COVERED: core.FINDING_STATUS_NOT_COVERED,
}


CONFIDENCES = {
    Confidence.TEXT_SEEN: core.CONFIDENCE_TEXT_SEEN,
    Confidence.SECONDARY_SOURCE: core.CONFIDENCE_SECONDARY_SOURCE,
    Confidence.NOT_VERIFIED: core.CONFIDENCE_NOT_VERIFIED,
    Confidence.AGREEMENT_ONLY: core.CONFIDENCE_AGREEMENT_ONLY,
}

CLASSES = {data_class: number for number, data_class in DATA_CLASSES.items()}


def text(value: Text) -> core.Text:
    """Return a text in both languages."""
    return core.Text(da=value.da, en=value.en)


def evidence(items: Iterable[Recorded[Any]]) -> list[core.Evidence]:
    """Return what an answer rests on, by position and leaf hash."""
    return [core.Evidence(position=i.position, leaf_hash=i.leaf_hash) for i in items]


def area_names(view: View) -> Callable[[str], str]:
    """Return how an area is called, by its id; the id of one that is not registered."""

    def name(area: str) -> str:
        registered = view.area(area)
        return area if registered is None else registered.fact.name

    return name


def missing_fact(
    edition: Edition, missing: Missing, person: UUID | None = None, *, texts: bool = True
) -> core.MissingFact:
    """Return a fact that is missing, of nobody or of a person, as a message."""
    return core.MissingFact(
        kind=missing.kind,
        person_id=_id(person),
        details=dict(missing.details),
        supplier=missing.supplier,
        text=text(explain.missing_text(edition, missing)) if texts else None,
    )


def open_point(edition: Edition, variation: Variation, *, texts: bool) -> core.OpenPoint:
    """Return what other readings of open points come to, as a message."""
    outcome = variation.outcome
    return core.OpenPoint(
        point_ids=variation.points,
        readings=variation.readings,
        outcome=core.OUTCOME_UNSPECIFIED if outcome is None else OUTCOMES[outcome],
        not_examined=outcome is None,
        decides=variation.decides,
        text=text(explain.variation_text(edition, variation)) if texts else None,
    )


def decision(
    answer: Answer,
    showing: Showing,
    *,
    texts: bool,
    area_name: Callable[[str], str] = str,
    law: Edition | None = None,
) -> core.Decision:
    """Return an answer with, or without, the texts for people.

    `law`: the edition that decided, where it is a draft, which no receipt names.
    """
    made = showing.decision(answer.decision)
    edition = law or edition_named(made.edition)
    message = core.Decision(
        receipt_id="" if answer.receipt_id is None else str(answer.receipt_id),
        receipt_hash=b"" if showing.hides_receipt(answer.decision) else answer.receipt_hash,
        known_at_position=made.position,
        recorded_position=answer.position,
        law_package=made.edition,
        day=made.question.day.isoformat(),
        area=made.area or "",
        outcome=OUTCOMES[made.outcome],
        findings=[
            _finding(edition, each, made, texts=texts, day=made.question.day)
            for each in made.findings
        ],
        missing=[
            missing_fact(edition, missing, person, texts=texts) for missing, person in made.missing
        ],
        would_change=[
            core.Change(
                kind=change.kind,
                person_id=_id(person),
                details=dict(change.details),
                rule_id=rule_id,
                text=text(explain.change_text(edition, change, made)) if texts else None,
            )
            for change, rule_id, person in made.changes
        ],
        others_unexamined=made.others_unexamined,
        open_points=[open_point(edition, each, texts=texts) for each in made.variations],
        duties=[
            core.Duty(
                code=code,
                rule_id=rule_id,
                text=text(explain.duty_text(edition, code)) if texts else None,
            )
            for code, rule_id in made.duties
        ],
        values=[computed(edition, each, texts=texts) for each in made.values],
        warnings=made.warnings,
        warning_texts=[text(explain.warning_text(edition, code)) for code in made.warnings]
        if texts
        else [],
        summary=text(explain.summary_text(edition, made)) if texts else None,
        variation="all" if made.exhaustive else "pairs",
        unsealed=answer.unsealed,
        alternatives=[
            core.Alternative(
                kind=each.kind,
                area=each.area,
                outcome=core.OUTCOME_UNSPECIFIED
                if each.outcome is None
                else OUTCOMES[each.outcome],
                unread=core.DATA_CLASS_UNSPECIFIED if each.unread is None else CLASSES[each.unread],
                text=text(
                    explain.place_text(edition, each.kind, each.area and area_name(each.area))
                ),
            )
            for each in made.alternatives
        ],
        unseen_texts=[
            core.UnseenText(
                rule_id=rule_id,
                confidence=CONFIDENCES[confidence],
                text=text(explain.unseen_text(edition, rule_id, confidence)) if texts else None,
            )
            for rule_id, confidence in made.unseen
        ],
        judged_on="" if made.judged_on is None else made.judged_on.isoformat(),
    )
    return message


def computed(edition: Edition, value: Value, *, texts: bool) -> core.ComputedValue:
    """Return a value that the answer computed."""
    message = core.ComputedValue(
        name=value.name,
        rule_id=value.rule_id,
        text=text(explain.value_text(edition, value)) if texts else None,
    )
    match value.kind:
        case ValueKind.DAY:
            message.day = value.value
        case ValueKind.SHARE:
            message.share = value.value
        case ValueKind.DISTANCE_CM:
            message.distance_cm = int(value.value)
        case ValueKind.NUMBER:
            message.number = int(value.value)
        case ValueKind.MONEY_OERE:
            message.money_oere = int(value.value)
    return message


def finding(
    edition: Edition, examined: Examined, showing: Showing, *, day: date | None = None
) -> core.Finding:
    """Return a finding of no answer with its texts; `day` is the day asked about."""
    return _finding(edition, showing.examined(examined), None, texts=True, day=day)


def _finding(
    edition: Edition,
    examined: Examined,
    made: Decision | None,
    *,
    texts: bool,
    day: date | None = None,
) -> core.Finding:
    """Return one rule's finding about one subject; `day` is the day asked about."""
    found = examined.finding
    revision, citation, confidence = _described(edition, examined.rule_id)
    # Built field by field: most findings leave most fields empty, and there are many of them.
    message = core.Finding(
        rule_id=examined.rule_id,
        revision=revision,
        status=STATUSES[found.status],
        citation=citation,
        confidence=confidence,
    )
    if examined.person is not None:
        message.person_id = str(examined.person)
    if found.evidence:
        message.evidence.extend(evidence(found.evidence))
    for name, value in found.values:
        message.values[name] = value
    if examined.tree.points:
        message.points.extend(examined.tree.points)
    if made is not None and found.status is Status.MET:
        message.defeats.extend(_defeated(edition, examined.rule_id, made))
    for each in found.conditions:
        message.conditions.append(
            core.Condition(
                name=each.name,
                status=STATUSES[each.status],
                evidence=evidence(each.evidence),
                values=dict(each.values),
                text=text(explain.condition_text(edition, each)) if texts else None,
            )
        )
    if texts:
        said = explain.finding_text(edition, examined, day)
        message.explanation.da = said.da
        message.explanation.en = said.en
    return message


def _described(edition: Edition, rule_id: str) -> tuple[int, str, core.Confidence.ValueType]:
    """Return a rule's revision, citation and confidence; 0: the edition does not hold it."""
    rule = edition.rules.get(rule_id)
    if rule is None:
        return 0, edition.not_covered[rule_id], core.CONFIDENCE_UNSPECIFIED
    return rule.revision, rule.section, CONFIDENCES[rule.confidence]


def _defeated(edition: Edition, rule_id: str, made: Decision) -> list[str]:
    """Return the grounds of this question that the rule lifts."""
    return [
        each
        for each in dict.fromkeys(e.rule_id for e in made.examined)
        if (rule := edition.rules.get(each)) is not None and rule_id in rule.defeated_by
    ]


def _id(person: UUID | None) -> str:
    return "" if person is None else str(person)
