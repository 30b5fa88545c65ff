"""Termination because of crime: almenlejeloven §§ 90-92, retsplejeloven §§ 596-600 and 996 b.

Nr. 10 needs a listed offence, a custodial sanction that is not suspended, a judgment from its
first day on, an offence within 1 km of the property, and an offender who belongs to the
household. Each is a condition of its own: met, not met, or unproven. It lets the landlord
terminate; it never makes the landlord do so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    DistanceMeasured,
    DistanceMethod,
    EnforcementRequested,
    Factor,
    JudgmentInCase,
    JudgmentsAttested,
    ProportionalityWeighed,
    RequestDetail,
    Sanction,
    TerminationDecided,
)
from domain.law import acts
from domain.law.ending import offences
from domain.law.kernel import (
    Condition,
    Confidence,
    Effect,
    Finding,
    Missing,
    Readings,
    Record,
    Status,
    Whose,
    all_met,
    checklist,
    declared,
    rule,
)
from domain.law.lives import EnforcementState, JudgmentState, enforcement_on, judgment_on
from domain.law.standing import newest, of_case
from domain.reference import View

LIMIT_CM = 100_000
"""One kilometre, in centimetres."""

BAND_CM = 5_000
"""So near the limit the way of measuring is named even where no way of it changes anything."""

FACTORS = (
    Factor.LONG_TENANCY,
    Factor.HEALTH,
    Factor.MINORS,
    Factor.OTHERS_IN_HOUSEHOLD,
    Factor.OFFENDER_GONE,
    Factor.PASSIVITY,
    Factor.INSIGNIFICANT,
)
"""What is asked about where it is weighed whether a termination is proportionate (AMB-PROP)."""

REQUEST_DETAILS = (
    RequestDetail.TENANT_IDENTITY,
    RequestDetail.EPISODE,
    RequestDetail.TIME_AND_PLACE,
    RequestDetail.CADASTRAL_NUMBER,
    RequestDetail.ADDRESS,
)
"""Retsplejeloven § 996 b, stk. 4: what a request states."""

FAST_TRACK = acts.LOV_890_2022.in_force
"""Lov nr. 890 af 21/6/2022: non-final judgments, the joint track, and what goes with them."""


def _met(yes: bool) -> Status:
    return Status.MET if yes else Status.NOT_MET


# --- The core of nr. 10: offence, sanction, judgment, distance --------------------------------


def judgments(record: Record, day: date) -> list[Recorded[Any]]:
    """Return the judgments given by `day`, the newest last."""
    found = [
        item
        for item in record.facts
        if type(item.fact) is JudgmentInCase and item.fact.judgment_day <= day
    ]
    return sorted(found, key=_by_judgment_day)


def _by_judgment_day(item: Recorded[Any]) -> tuple[date, int]:
    return item.fact.judgment_day, item.position


def offence_listed(item: Recorded[Any], readings: Readings) -> Condition:
    """Nr. 10: one of the provisions judged is on the list that counts for this judgment."""
    fact = item.fact
    # The list of its first day reaches earlier acts; what joined it later may not (AMB-119B).
    as_of = max(offences.FIRST_JUDGMENT, min(fact.judgment_day, fact.offence_day))
    listed = offences.on_list(fact.provisions, as_of)
    by_judgment = offences.on_list(fact.provisions, fact.judgment_day)
    if by_judgment and not listed and readings("AMB-119B") == "a":
        listed = by_judgment
    if not listed and offences.POINTED_ELSEWHERE & set(fact.provisions):
        readings("AMB-191")
    values = (("provisions", " ".join(sorted(fact.provisions))),)
    return Condition("offence_listed", _met(bool(listed)), (item,), values)


def custodial(item: Recorded[Any], readings: Readings) -> Condition:
    """Nr. 10: unconditional imprisonment, or another sanction that takes away liberty."""
    fact = item.fact
    unconditional = fact.sanction in (
        Sanction.UNCONDITIONAL_IMPRISONMENT,
        Sanction.OTHER_CUSTODIAL,
    )
    if fact.sanction is Sanction.PARTLY_SUSPENDED_IMPRISONMENT:
        unconditional = readings("AMB-PARTIAL") == "a"
    values = [("sanction", str(fact.sanction))]
    if unconditional and fact.served_otherwise is not False and readings("AMB-OFFSET") == "b":
        if fact.served_otherwise is None:
            missing = Missing("served_otherwise_stated", "police")
            return Condition(
                "custodial_sanction", Status.UNKNOWN, (item,), tuple(values), (missing,)
            )
        unconditional = False
    if fact.unconditional_days is not None:
        values.append(("unconditional_days", str(fact.unconditional_days)))
    return Condition("custodial_sanction", _met(unconditional), (item,), tuple(values))


def judged_in_time(item: Recorded[Any]) -> Condition:
    """Nr. 10 counts judgments from 1 December 2018; the offence may be earlier."""
    day = item.fact.judgment_day
    values = (("judgment_day", day.isoformat()),)
    return Condition("judgment_day", _met(day >= offences.FIRST_JUDGMENT), (item,), values)


_METHODS = {
    "a": DistanceMethod.PROPERTY_BOUNDARY,
    "b": DistanceMethod.ADDRESS_POINT,
    "c": DistanceMethod.WALKING_ROUTE,
}


def within_limit(
    item: Recorded[Any], record: Record, dwelling: str, readings: Readings
) -> Condition:
    """Nr. 10: the offence was committed within 1 km of the property; the interval decides.

    No way of measuring gives less than the straight line to the property, so beyond 1 km by
    that line nothing else can matter.
    """
    measured = {
        found.fact.method: found
        for found in sorted(record.facts, key=_position)
        if type(found.fact) is DistanceMeasured
        and found.fact.offence == item.fact.offence
        and found.fact.dwelling == dwelling
    }
    by_line = measured.get(DistanceMethod.PROPERTY_BOUNDARY)
    if by_line is not None and by_line.fact.shortest_cm > LIMIT_CM:
        if by_line.fact.shortest_cm <= LIMIT_CM + BAND_CM:
            readings("AMB-1000M-LINE")
        return _distance(by_line, Status.NOT_MET)
    method = _METHODS[readings("AMB-1000M-LINE")]
    used = measured.get(method)
    if used is None:
        missing = Missing("distance_measured", "landlord", (("method", str(method)),))
        return Condition("within_1_km", Status.UNKNOWN, (), (), (missing,))
    shortest, longest = used.fact.shortest_cm, used.fact.longest_cm
    inside, outside = longest < LIMIT_CM, shortest > LIMIT_CM
    if not inside and not outside and LIMIT_CM in (shortest, longest):
        # One end lies on the limit itself: reading the limit in or out may settle it.
        if readings("AMB-1000M-LIMIT") == "a":
            inside = longest == LIMIT_CM
        else:
            outside = shortest == LIMIT_CM
    if inside or outside:
        return _distance(used, _met(inside))
    missing = Missing("offence_place_exact", "police", (("method", str(method)),))
    return _distance(used, Status.UNKNOWN, (missing,))


def _position(item: Recorded[Any]) -> int:
    return item.position


def _distance(item: Recorded[Any], status: Status, missing: tuple[Missing, ...] = ()) -> Condition:
    fact = item.fact
    values = (
        ("shortest", str(fact.shortest_cm)),
        ("longest", str(fact.longest_cm)),
        ("method", str(fact.method)),
    )
    return Condition("within_1_km", status, (item,), values, missing)


def core_of(
    item: Recorded[Any], record: Record, dwelling: str, day: date, readings: Readings
) -> tuple[Condition, ...]:
    """Return the conditions of nr. 10 that one judgment and its distance decide."""
    return (
        offence_listed(item, readings),
        custodial(item, readings),
        judged_in_time(item),
        within_limit(item, record, dwelling, readings),
    )


_TIME = ("AMB-HOUSEHOLD-TIME-MOMENT", "AMB-HOUSEHOLD-TIME-ATTACH", "AMB-HOUSEHOLD")
_eviction = partial(
    rule,
    question="eviction",
    first_day=acts.LOV_1322_2018.in_force,
    effect=Effect.ALLOWS,
)
_since_2022 = partial(
    rule,
    question="eviction",
    act=acts.LOV_890_2022,
    first_day=FAST_TRACK,
    effect=Effect.ALLOWS,
    confidence=Confidence.SECONDARY_SOURCE,
)
_informs = partial(rule, question="eviction", effect=Effect.INFORMS, start_verified=False)
_evidence = partial(
    _informs,
    question="evidence",
    first_day=acts.LOV_1609_2013.in_force,
    signed=acts.LOV_1609_2013.day,
    printed=acts.LBK_1278_2015.day,
)


@_eviction(
    "EVI-90-10-CORE",
    "almenlejeloven § 90, stk. 1, nr. 10, 1. pkt.",
    act=f"{acts.LOV_1322_2018}; {acts.LOV_1832_2020}",
    data_class=DataClass.CONVICTIONS,
    points=(
        "AMB-1000M-LINE",
        "AMB-1000M-LIMIT",
        "AMB-PARTIAL",
        "AMB-OFFSET",
        "AMB-191",
        "AMB-119B",
    ),
    parameters={
        "limit_cm": LIMIT_CM,
        "judgments_from": offences.FIRST_JUDGMENT,
        "lists": [{"from": day, "offences": sorted(held)} for day, held in offences.LISTS],
    },
    asked_with_more=True,
    whose=Whose.MEMBERS,
    parts=(core_of,),
)
def core(record: Record, day: date, readings: Readings, view: View, dwelling: str) -> Finding:
    """§ 90, stk. 1, nr. 10, 1. pkt.: what the judgment that goes furthest comes to."""
    given = judgments(record, day)
    complete = complete_until(record, day)
    evidence = (*given, *_distances(record, dwelling), *complete)
    if not given:
        if complete:
            return Finding(Status.NOT_MET, evidence, (("judgments", "none"),))
        missing = judgments_missing(day)
        return Finding(Status.UNKNOWN, evidence, (("judgments", "none"),), (missing,))
    found = [
        checklist(core_of(item, record, dwelling, day, readings), _which(item)) for item in given
    ]
    best = furthest(found)
    status, missing_facts = best.status, best.missing
    if status is Status.NOT_MET and not complete:
        status, missing_facts = Status.UNKNOWN, (judgments_missing(day),)
    return Finding(status, evidence, best.values, missing_facts, (), best.conditions)


def _which(item: Recorded[Any]) -> tuple[tuple[str, str], ...]:
    return (("judgment_day", item.fact.judgment_day.isoformat()),)


def furthest(found: Sequence[Finding]) -> Finding:
    """Return the finding that goes furthest towards a termination; of equals the last."""
    order = (Status.NOT_MET, Status.NOT_EXAMINED, Status.UNKNOWN, Status.MET)
    best = found[0]
    for each in found[1:]:
        ahead = order.index(each.status) - order.index(best.status)
        if ahead > 0 or (ahead == 0 and _how_many_met(each) >= _how_many_met(best)):
            best = each
    return best


def _how_many_met(finding: Finding) -> int:
    return sum(1 for each in finding.conditions if each.status is Status.MET)


def _distances(record: Record, dwelling: str) -> list[Recorded[Any]]:
    return [
        item
        for item in record.facts
        if type(item.fact) is DistanceMeasured and item.fact.dwelling == dwelling
    ]


def complete_until(record: Record, day: date) -> tuple[Recorded[Any], ...]:
    """Return the attestation that the judgments of a person are complete up to `day`."""
    for item in reversed(record.facts):
        if (
            type(item.fact) is JudgmentsAttested
            and item.fact.last_day >= day
            and (item.fact.first_day is None or item.fact.first_day <= offences.FIRST_JUDGMENT)
        ):
            return (item,)
    return ()


def judgments_missing(day: date) -> Missing:
    """Say that nobody has vouched for a person's judgments being complete."""
    return Missing("judgments_attested", "police", (("day", day.isoformat()),))


# --- Finality ---------------------------------------------------------------------------------


# --- The landlord's own decisions -------------------------------------------------------------


def _of_kind(decisions: Iterable[Recorded[Any]], kind: type[Any]) -> list[Recorded[Any]]:
    return [item for item in decisions if type(item.fact) is kind]


class Weighed(NamedTuple):
    """What a named person has weighed that is, or may be, about one judgment."""

    item: Recorded[ProportionalityWeighed] | None
    of_this_judgment: bool
    """False: it names no judgment, and may have been made of another one."""


def weighing(decisions: Iterable[Recorded[Any]], judgment: Recorded[Any], day: date) -> Weighed:
    """Return what a named person has weighed of a judgment by `day`."""
    of = of_case(_of_kind(decisions, ProportionalityWeighed), "offence", (judgment.fact.offence,))
    item = newest(of.named, day)
    if item is not None:
        return Weighed(item, True)
    return Weighed(newest(of.unnamed, day), False)


_CASE_WEIGHED = Missing("case_weighed", "landlord")


def terminated(decisions: Iterable[Recorded[Any]], day: date) -> Recorded[Any] | None:
    """Return the termination under nr. 10 that the landlord has decided by `day`."""
    return newest(_of_kind(decisions, TerminationDecided), day, "terminated_on")


def proportionate(weighed: Weighed, day: date, readings: Readings) -> Condition:
    """§ 91, stk. 1, and ECHR art. 8: weighed by a named person; it never decides by itself."""
    readings("AMB-PROP")
    readings("AMB-91")
    if weighed.item is None:
        missing = tuple(factor_missing(factor) for factor in FACTORS)
        return Condition("proportionality_weighed", Status.NOT_EXAMINED, (), (), missing)
    if not weighed.of_this_judgment:
        return Condition(
            "proportionality_weighed", Status.NOT_EXAMINED, (weighed.item,), (), (_CASE_WEIGHED,)
        )
    fact = weighed.item.fact
    known = {*fact.present, *fact.absent}
    values = (
        ("present", " ".join(sorted(fact.present))),
        ("absent", " ".join(sorted(fact.absent))),
    )
    missing = tuple(factor_missing(factor) for factor in FACTORS if factor not in known)
    return Condition("proportionality_weighed", Status.MET, (weighed.item,), values, missing)


def factor_missing(factor: Factor) -> Missing:
    """Say that nobody has stated whether a factor is there."""
    return Missing("factor_weighed", "landlord", (("factor", str(factor)),))


@_eviction(
    "EVI-90-10",
    "almenlejeloven § 90, stk. 1, nr. 10",
    act=acts.LOV_1322_2018,
    points=(*_TIME, "AMB-PROP", "AMB-91", "AMB-80"),
    whose=Whose.MEMBERS,
    also_reads=(DataClass.CONVICTIONS,),
    parts=(proportionate,),
)
def final(item: Recorded[Any], day: date, readings: Readings) -> Finding:
    """§ 90, stk. 1, nr. 10: the judgment is final on `day` and has not been overturned."""
    match judgment_on(item.fact, day):
        case JudgmentState.OVERTURNED:
            return _state(item, Status.NOT_MET, "overturned")
        case JudgmentState.FINAL:
            return _state(item, Status.MET, "final")
        case JudgmentState.APPEALED:
            return _state(item, Status.NOT_MET, "not_final")
        case JudgmentState.GIVEN | JudgmentState.APPEAL_WITHDRAWN:
            if item.fact.final_on is not None:
                return _state(item, Status.NOT_MET, "not_final")
            missing = Missing("judgment_final", "police", _which(item))
            return _state(item, Status.UNKNOWN, "unknown", (missing,))


def _state(
    item: Recorded[Any], status: Status, state: str, missing: tuple[Missing, ...] = ()
) -> Finding:
    values = (("state", state),)
    return checklist((Condition("judgment_final", status, (item,), values, missing),), values)


def obligations_kept(weighed: Weighed, day: date, readings: Readings) -> Condition:
    """Nr. 10, 2. pkt.: a non-final judgment may be used unless obligations forbid it."""
    name = "obligations_kept"
    if weighed.item is not None and weighed.item.fact.contrary_to_obligations is not None:
        kept = not weighed.item.fact.contrary_to_obligations
        if weighed.of_this_judgment:
            return Condition(name, _met(kept), (weighed.item,))
        if not kept or readings("AMB-FINAL") == "b":
            return Condition(name, Status.UNKNOWN, (weighed.item,), (), (_CASE_WEIGHED,))
    if readings("AMB-FINAL") == "a":
        return Condition(name, Status.MET)
    missing = Missing("obligations_assessed", "landlord")
    return Condition(name, Status.UNKNOWN, (), (), (missing,))


@_since_2022(
    "EVI-90-10-NONFINAL",
    "almenlejeloven § 90, stk. 1, nr. 10, 2. pkt.",
    points=(*_TIME, "AMB-FINAL", "AMB-PROP", "AMB-91"),
    whose=Whose.MEMBERS,
    also_reads=(
        DataClass.CONVICTIONS,
        DataClass.DECISIONS,
    ),
    parts=(obligations_kept, proportionate),
)
def non_final(item: Recorded[Any], weighed: Weighed, day: date, readings: Readings) -> Finding:
    """Nr. 10, 2. pkt. (from 1 July 2022): before it is final, unless obligations forbid it."""
    found = final(item, day, readings)
    (state,) = (condition for condition in found.conditions)
    said = dict(state.values)["state"]
    if said in ("overturned", "final"):
        first = Condition("judgment_not_final", Status.NOT_MET, (item,), state.values)
        return checklist((first,), state.values)
    status = Status.UNKNOWN if said == "unknown" else Status.MET
    first = Condition("judgment_not_final", status, (item,), state.values, state.missing)
    return checklist((first, obligations_kept(weighed, day, readings)), state.values)


# --- Straight after the criminal case, the bailiff court, and what may be told ----------------


def requested(decisions: Iterable[Recorded[Any]], day: date) -> list[Recorded[Any]]:
    """Return the requests made by `day` that the court sends a judgment on, of whichever case."""
    return [
        item for item in _of_kind(decisions, EnforcementRequested) if item.fact.requested_on <= day
    ]


@_since_2022(
    "EVI-FOGED-JOINT",
    "almenlejeloven § 90, stk. 4, og retsplejeloven § 996 b",
    data_class=DataClass.DECISIONS,
    parameters={"stated": sorted(REQUEST_DETAILS)},
    also_reads=(DataClass.CONVICTIONS,),
)
def fast_track(
    decisions: Sequence[Recorded[Any]],
    judgment: Recorded[Any] | None,
    convicted: Condition,
    day: date,
) -> Finding:
    """§ 90, stk. 4, retsplejeloven § 996 b: no prior notice where the court sends it on.

    The request is about one episode, and opens the joint track for the judgment of that alone.
    `convicted`: whether that judgment is one as in nr. 10 of somebody of the household. None: no
    judgment is known.
    """
    made = requested(decisions, day)
    if not made:
        return Finding(Status.NOT_MET, (), (("request", "none"),))
    if judgment is None:
        return checklist((convicted,), (("request", "made"),))
    of = of_case(made, "offence", (judgment.fact.offence,))
    asked = newest(of.named, day, "requested_on")
    concerns = Condition("request_of_this_case", Status.MET)
    if asked is None:
        asked = newest(of.unnamed, day, "requested_on")
        missing = Missing("case_of_request", "landlord")
        concerns = Condition("request_of_this_case", Status.UNKNOWN, (), (), (missing,))
    if asked is None:
        other = Condition("request_of_this_case", Status.NOT_MET, tuple(made))
        return checklist((other,), (("request", "made"),))
    fact = asked.fact
    lacking = sorted(detail for detail in REQUEST_DETAILS if detail not in fact.stated)
    # It is asked for before the judgment, which the court sends on as soon as it is given.
    by = min(fact.police_limit, judgment.fact.judgment_day)
    sent = (
        enforcement_on(fact, day) is EnforcementState.SENT_ON
        and fact.sent_on >= judgment.fact.judgment_day
    )
    conditions = (
        concerns,
        convicted,
        Condition(
            "request_in_time",
            _met(fact.requested_on <= by),
            (asked,),
            (("police_limit", by.isoformat()),),
        ),
        Condition(
            "request_complete", _met(not lacking), (asked,), (("not_stated", " ".join(lacking)),)
        ),
        Condition("judgment_sent_on", _met(sent), (asked,)),
    )
    return checklist(conditions, (("request", "made"),))


@_informs(
    "EVI-FOGED-596",
    "retsplejeloven kap. 55 (596-600)",
    act=f"retsplejeloven; {acts.LOV_890_2022}",
    first_day=acts.LOV_1322_2018.in_force,
    printed=acts.LBK_1101_2017.day,
    confidence=Confidence.SECONDARY_SOURCE,
    parameters={"other_evidence_if_needed_from": FAST_TRACK},
)
def bailiff_court(day: date) -> Finding:
    """Retsplejeloven §§ 596-600: which evidence the bailiff court admits on a nr. 10 claim."""
    admitted = "if_needed" if day >= FAST_TRACK else "exceptionally"
    return Finding(Status.MET, (), (("other_evidence", admitted),))


OTHER_GROUNDS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 13)


@_informs(
    "EVI-90-OTHER",
    "almenlejeloven § 90, stk. 1, nr. 1-9 og 13",
    act=acts.ALMENLEJELOVEN,
    first_day=date(1998, 1, 1),
    signed=acts.ALMENLEJELOVEN.day,
    printed=acts.LBK_228_2016.day,
    points=("AMB-191",),
    parameters={"numbers": OTHER_GROUNDS},
)
def other_grounds(day: date) -> Finding:
    """§ 90, stk. 1, nr. 1-9 and 13: grounds of their own, which this question does not try."""
    numbers = " ".join(str(number) for number in OTHER_GROUNDS)
    return Finding(Status.NOT_EXAMINED, (), (("numbers", numbers),))


@_evidence(
    "EVI-63D",
    "almenboligloven § 63 d",
    act=f"{acts.LOV_1609_2013}; {acts.LOV_890_2022}",
    parameters={"must_on_request_from": FAST_TRACK},
)
def police_disclosure(day: date) -> Finding:
    """Almenboligloven § 63 d: the police may tell; on request they must tell of nr. 10."""
    disclosure = "must_on_request" if day >= FAST_TRACK else "may"
    return Finding(Status.MET, (), (("disclosure", disclosure),))


@_evidence(
    "EVI-63E",
    "almenboligloven § 63 e",
    act=f"{acts.LOV_1609_2013}; {acts.LOV_1322_2018}",
    data_class=DataClass.DECISIONS,
)
def landlord_disclosure(decisions: Sequence[Recorded[Any]], day: date) -> Finding:
    """Almenboligloven § 63 e: whether other landlords in the area may be told of the end."""
    ended = terminated(decisions, day)
    if ended is None:
        return Finding(Status.NOT_MET, (), (("terminated", "no"),))
    values = (("terminated", "yes"),)
    assessed = ended.fact.joint_area_assessed
    if assessed is None:
        missing = Missing("joint_area_assessed", "municipality")
        return Finding(Status.UNKNOWN, (ended,), values, (missing,))
    return Finding(_met(assessed), (ended,), values)


@_since_2022(
    "EVI-92-4",
    "almenlejeloven § 92, stk. 4",
    effect=Effect.OBLIGES,
    points=("AMB-FINAL", "AMB-PARTIAL", "AMB-OFFSET", "AMB-191", "AMB-119B"),
    also_reads=(
        DataClass.CONVICTIONS,
        DataClass.DECISIONS,
    ),
)
def ground_fell(
    item: Recorded[Any], ended: Recorded[Any] | None, day: date, readings: Readings
) -> Finding:
    """§ 92, stk. 4: the tenancy was terminated on a judgment that was overturned afterwards.

    The loss is to be made good; a dwelling is to be offered where the tenant had moved by then.
    """
    fell = item.fact.overturned_on
    if ended is None or fell is None or fell > day:
        return Finding(Status.NOT_MET, (), (("ground", "stands"),))
    if not item.fact.judgment_day <= ended.fact.terminated_on <= fell or fell < FAST_TRACK:
        return Finding(Status.NOT_MET, (item, ended), (("ground", "another"),))
    if ended.fact.offence not in ("", item.fact.offence):
        return Finding(Status.NOT_MET, (item, ended), (("ground", "another"),))
    own = (offence_listed(item, readings), custodial(item, readings), judged_in_time(item))
    if all_met(each.status for each in own) is Status.NOT_MET:
        # No termination under nr. 10 can have rested on it.
        return Finding(Status.NOT_MET, (item, ended), (("ground", "another"),))
    moved = ended.fact.moved_out_on is not None and ended.fact.moved_out_on < fell
    values = (
        ("overturned_on", fell.isoformat()),
        ("moved", "yes" if moved else "no"),
        ("rested_on", "this" if ended.fact.offence else "unknown"),
    )
    return Finding(Status.MET, (item, ended), values)


RULES = declared(globals())
