"""A recorded answer with all that an auditor needs to perform it again.

It is put together from what the audit calls answer, so that a report never says anything else than
they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

import grpc

from domain import events, facts
from domain.data_classes import DataClass
from domain.law import explain
from domain.law.area import figures, measured
from domain.law.area.measured import DERIVED
from domain.law.edition import Edition
from domain.law.editions import edition_named
from domain.law.texts.kinds import Text
from domain.questions import PAGE_TYPES
from domain.reference import View
from domain.reports import texts
from domain.reports.said import readings_used
from domain.shown import Shown
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import report_service_pb2 as pb
from services.answers.receipts import Receipts
from services.api import convert, report_basis
from services.api.audit_service import AuditService
from services.api.calls import known_uuid, view_for
from services.api.decisions import CLASSES
from services.api.fields import UNREAD
from services.facts.fields import FieldErrors
from services.instance.instance import Instance
from services.log.event import RecordedEvent

_COMPARED = re.compile(r"(\S+) (>=|>|<) (.+): ([a-z_]+)")
"""A criterion as a finding's value says it (`Criterion.said`)."""

_RESULTS = {core.FINDING_STATUS_MET: "met", core.FINDING_STATUS_NOT_MET: "not_met"}

_FIGURES = {events.BY_FACT[kind].name for kind in (facts.AreaFigures, facts.AreaListed)}


def decision_report(
    instance: Instance,
    receipts: Receipts,
    audits: AuditService,
    least: int,
    request: pb.GetDecisionReportRequest,
    context: grpc.ServicerContext,
) -> pb.GetDecisionReportResponse:
    """Make the report of one recorded answer."""
    wrong = FieldErrors()
    convert.context(request.context, wrong)
    receipt_id = known_uuid(request.receipt_id, "receipt_id", wrong) or UNREAD
    view = view_for(instance, request.consistency, wrong)
    wrong.raise_if_any()
    event = receipts.receipt_or_page(receipt_id)
    if event.position > view.position:
        wrong.add("consistency", f"the answer was recorded later, at position {event.position}")
        wrong.raise_if_any()
    asked = audit.GetDecisionRequest(
        context=request.context,
        receipt_id=request.receipt_id,
        household_id=request.household_id,
        names=request.names,
    )
    found = audits.decision(asked, view)
    decision = found.decision
    edition = edition_named(decision.law_package)
    report = pb.GetDecisionReportResponse(
        basis=report_basis.head(
            instance, edition, view, least, _commands(request, view, event.position)
        ),
        decision=decision,
        about=found.about,
        leaf_hash=b"" if _is_withheld(decision) else event.leaf_hash,
        opened=[CLASSES[each] for each in _opened(edition, found, names=request.names)],
        shares=_shares(instance, edition, decision, least),
    )
    if event.type not in PAGE_TYPES:
        replay = audit.ReplayDecisionRequest(context=request.context, receipt_id=request.receipt_id)
        report.replay.CopyFrom(audits.ReplayDecision(replay, context))
    known = instance.view(at=decision.known_at_position)
    day = date.fromisoformat(decision.judged_on or decision.day)
    points = {point for each in decision.findings for point in each.points}
    for read in readings_used(edition, known, day, points):
        report.readings.add(
            point=read.point,
            reading=read.reading,
            question=core.Text(da=read.question.da, en=read.question.en),
            text=core.Text(da=read.text.da, en=read.text.en),
            position=read.position,
        )
    report.exceptions.extend(_exceptions(report, event))
    return report


def _commands(request: pb.GetDecisionReportRequest, view: View, position: int) -> Iterator[str]:
    receipt, household = request.receipt_id, request.household_id
    yield report_basis.command(
        *("report", "decision", receipt),
        household=household,
        names=request.names,
        at_position=view.position,
    )
    yield report_basis.command("show", receipt, household=household)
    yield report_basis.command("replay", receipt)
    yield report_basis.command("log", "prove", str(position), size=view.position)


def _is_withheld(decision: core.Decision) -> bool:
    """Tell whether the hash of the receipt is not shown, since it tells of few persons."""
    return not decision.receipt_hash


def _opened(
    edition: Edition, found: audit.GetDecisionResponse, *, names: bool
) -> Iterator[DataClass]:
    """Yield the classes of data that were opened: those of the rules that were applied."""
    if not found.about.household_id:
        return
    classes = {DataClass.DECISIONS}
    if found.about.members:
        classes.add(DataClass.MEMBERSHIP)
    if names:
        classes |= {DataClass.MEMBERSHIP, DataClass.IDENTITY}
    for each in found.decision.findings:
        rule = edition.rules.get(each.rule_id)
        applied = each.status not in (
            core.FINDING_STATUS_NOT_EXAMINED,
            core.FINDING_STATUS_NOT_IN_FORCE,
        )
        if rule is not None and each.person_id and applied:
            of_rule = (rule.data_class, *rule.also_reads, *(limb for limb, _ in rule.limbs))
            classes.update(each for each in of_rule if each is not None)
    yield from (each for each in DataClass if each in classes)


# --- Shares ----------------------------------------------------------------------------------


def _shares(
    instance: Instance, edition: Edition, decision: core.Decision, least: int
) -> Iterator[pb.ComputedShare]:
    """Yield each share that a rule computed or compared, once."""
    view = instance.view(at=decision.known_at_position)
    seen: set[bytes] = set()
    for finding in decision.findings:
        for each in _of_finding(instance, edition, view, decision, finding, least):
            said = each.SerializeToString(deterministic=True)
            if said not in seen:
                seen.add(said)
                yield each


def _of_finding(
    instance: Instance,
    edition: Edition,
    view: View,
    decision: core.Decision,
    finding: core.Finding,
    least: int,
) -> Iterator[pb.ComputedShare]:
    values = finding.values
    if "share" in values and "total" in values and "family" in values:
        yield pb.ComputedShare(
            rule_id=finding.rule_id,
            citation=finding.citation,
            title=_text(texts.FAMILY_SHARE),
            share=values["share"],
            numerator=values["family"],
            denominator=values["total"],
            comparison="<=" if values.get("target") else "",
            limit=values.get("target", ""),
            result=_RESULTS.get(finding.status, ""),
            area=decision.area,
        )
    areas = list(_areas_of(instance, finding.evidence))
    for name, value in sorted(values.items()):
        compared = _COMPARED.fullmatch(value)
        if compared is None or name not in edition.texts.CRITERIA:
            continue
        share, comparison, limit, result = compared.groups()
        made = pb.ComputedShare(
            rule_id=finding.rule_id,
            citation=finding.citation,
            title=_text(explain.criterion_title(edition, name)),
            share="" if share == "?" else share,
            comparison=comparison,
            limit=limit,
            result=result,
        )
        if len(areas) == 1:
            made.area = areas[0]
            made.counted.extend(_counted(view, areas[0], name, decision, least))
        yield made


def _areas_of(instance: Instance, evidence: Iterable[core.Evidence]) -> Iterator[str]:
    """Yield the areas whose figures a finding rests on, each once."""
    found: dict[str, None] = {}
    for each in evidence:
        event = instance.log.event_at(each.position)
        if event is not None and event.type in _FIGURES:
            fact: facts.AreaFigures | facts.AreaListed = events.decode_fact(  # type: ignore[assignment]  # of these types it is one of the two
                event.type, event.schema_version, event.data
            )
            found[fact.area] = None
    yield from found


def _counted(
    view: View, area: str, name: str, decision: core.Decision, least: int
) -> Iterator[pb.CountedShare]:
    """Yield what a figure was worked out of; nothing where that would tell of few."""
    day = date.fromisoformat(decision.judged_on or decision.day)
    known = figures.figures_on(view, area, day)
    hides = Shown(view, area, least)
    if known is None or name in hides.hidden(known):
        return
    for year, many, of in measured.parts_of(view, known, name):
        if not hides.hides_part(DERIVED[name].counted, year):
            yield pb.CountedShare(year=year, numerator=many, denominator=of)


# --- Exceptions ------------------------------------------------------------------------------


def _exceptions(
    report: pb.GetDecisionReportResponse, event: RecordedEvent
) -> Iterator[pb.ReportException]:
    decision = report.decision
    for code, text in zip(decision.warnings, decision.warning_texts, strict=False):
        yield pb.ReportException(code=code, text=text)
    for each in decision.unseen_texts:
        yield pb.ReportException(code="TEXT_NOT_SEEN", text=each.text)
    if event.type in PAGE_TYPES:
        yield _exceptional("PAGE_NOT_REPLAYED")
    elif report.replay.verdict == audit.REPLAY_VERDICT_DIFFERENT:
        positions = sorted({at for each in report.replay.found for at in each.positions})
        yield _exceptional("REPLAY_DIFFERENT", positions)
    elif report.replay.verdict == audit.REPLAY_VERDICT_EQUAL_BUT_ERASED:
        yield _exceptional("REPLAY_ERASED")
    if _is_withheld(decision):
        yield _exceptional("HASH_WITHHELD")


def _exceptional(code: str, positions: Iterable[int] = ()) -> pb.ReportException:
    return pb.ReportException(code=code, text=_text(texts.EXCEPTIONS[code]), positions=positions)


def _text(said: Text) -> core.Text:
    return core.Text(da=said.da, en=said.en)
