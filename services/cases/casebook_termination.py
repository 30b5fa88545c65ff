"""Builds and asks the golden cases about termination, notice and rehousing.

How such a case is written is described in `docs/cases.md`, under "Termination, notice and
rehousing". The world that the household lives in is built by `casebook.py`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from domain.decide import Decision
from domain.facts import (
    DisposalDecided,
    DisposalGround,
    DisposalKind,
    DistanceMeasured,
    DistanceMethod,
    DwellingKind,
    EnforcementRequested,
    Factor,
    JudgmentInCase,
    JudgmentsAttested,
    MemberList,
    NoticeSubject,
    PlanKind,
    PoliceNotice,
    ProportionalityWeighed,
    RequestDetail,
    SaleCriteriaChecked,
    Sanction,
    TerminationDecided,
)
from domain.questions import QUESTIONS
from services.cases import casebook
from services.cases.casebook import Case
from services.cases.stated import Stated, each_of
from services.cases.world import DWELLING, HOUSEHOLD, LONG_AGO, World, person

KINDS = ("termination", "notice", "rehousing")
OFFERED = "offered-dwelling"
_LISTS = {"declared": MemberList.DECLARED, "registered": MemberList.REGISTERED}


def build(case: Case, otherwise: str | None = None) -> World:
    """Record what the case states; `otherwise` overrides what holds for everything else."""
    attested, day = casebook.attested(case, otherwise), case["day"]
    world = casebook.begin(case, attested)
    for name, stated in case.get("household", {"tenant": {}}).items():
        _record_person(world, name, stated or {}, day, attested)
    if attested:
        world.attest_members(tuple(MemberList))
    elif case.get("members_attested"):
        world.attest_members((MemberList.DECLARED, MemberList.REGISTERED))
    _record_landlord(world, case.get("landlord", {}), _Judgments(case))
    offered = case.get("offered")
    if offered is not None and offered.get("recorded", True):
        world.place_dwelling(
            offered.get("area"),
            dwelling=OFFERED,
            municipality=offered.get("municipality", "9999"),
            rooms=offered.get("rooms"),
        )
    world.choose(case.get("readings", {}))
    return world


def _record_person(
    world: World, name: str, stated: dict[str, Any], day: date, attested: bool
) -> None:
    subject = person(name)
    for member in each_of(stated.get("member", {})):
        world.belongs(
            subject,
            [_LISTS[each] for each in member.get("on_lists", _LISTS)],
            member.get("from", LONG_AGO),
            member.get("to"),
        )
    for attached in each_of(stated.get("attached")):
        world.belongs(
            subject, [MemberList.ATTACHED], attached.get("from", LONG_AGO), attached.get("to")
        )
    for number, judgment in enumerate(each_of(stated.get("judgment")), 1):
        _record_judgment(world, name, judgment, f"{name}-{number}")
    for notice in each_of(stated.get("police_notice")):
        fact = PoliceNotice(
            subject=NoticeSubject(notice["of"]),
            received_on=notice["day"],
            requested=notice.get("requested", True),
        )
        world.record_about(subject, fact)
    vouched = stated.get("judgments_attested", {} if attested else None)
    if vouched is not None:
        complete = JudgmentsAttested(first_day=vouched.get("from"), last_day=vouched.get("to", day))
        world.record_about(subject, complete)


def _record_judgment(world: World, name: str, stated: dict[str, Any], offence: str) -> None:
    judgment_day = stated["day"]
    final_on = stated.get("final")
    served = stated.get("served_otherwise", False)
    if stated.get("state") == "final":
        final_on = judgment_day + timedelta(days=14)
    world.record_about(
        person(name),
        JudgmentInCase(
            offence=offence,
            provisions=tuple(each_of(stated.get("for", "strfl-244"))),
            sanction=Sanction(stated.get("sanction", "unconditional_imprisonment")),
            unconditional_days=stated.get("unconditional_days"),
            served_otherwise=None if served == "unknown" else served,
            offence_day=stated.get("offence_day", judgment_day),
            judgment_day=judgment_day,
            appealed_on=stated.get("appealed"),
            final_on=final_on,
            overturned_on=stated.get("overturned"),
            appeal_withdrawn_on=stated.get("appeal_withdrawn"),
        ),
    )
    for measured in each_of(stated.get("metres")):
        if not isinstance(measured, dict):
            measured = {"exactly": measured}
        shortest = float(measured.get("from", measured.get("exactly", 0)))
        longest = float(measured.get("to", measured.get("exactly", 0)))
        world.record_about(
            person(name),
            DistanceMeasured(
                offence=offence,
                dwelling=_dwelling(measured),
                method=DistanceMethod(measured.get("by", "property_boundary")),
                shortest_cm=round(shortest * 100),
                longest_cm=round(longest * 100),
                uncertainty_cm=round((longest - shortest) * 50),
                tolerance_um=1,
                crs="EPSG:25832",
                library="made up",
                library_version="1",
                measured_on=judgment_day,
            ),
        )


def _dwelling(stated: dict[str, Any]) -> str:
    """Return the dwelling that is asked about, or another one (`of: another`)."""
    return DWELLING if stated.get("of", "this") == "this" else "another-dwelling"


class _Judgments:
    """The judgments of a case, as what the landlord decided names them."""

    def __init__(self, case: Case) -> None:
        self._days: dict[str, date] = {
            f"{name}-{number}": judgment["day"]
            for name, stated in case.get("household", {"tenant": {}}).items()
            for number, judgment in enumerate(each_of((stated or {}).get("judgment")), 1)
        }

    def named(self, stated: Case, since: date, until: date, unsaid: str | None = None) -> str:
        """Return the offence that a decision is about: as `judgment` says, else by its days.

        A name is that of a person and a number (`tenant-1`), `another` one that isn't recorded,
        `unstated` none. Unsaid it is the last one judged between the days, else the last before
        them, else the first; or what `unsaid` says.
        """
        said = stated.get("judgment", unsaid)
        if said is not None:
            return {"unstated": "", "another": "another-offence"}.get(str(said), str(said))
        if not self._days:
            return "another-offence"
        between = [name for name, day in self._days.items() if since <= day <= until]
        before = [name for name, day in self._days.items() if day <= until]
        if between or before:
            return max(between or before, key=lambda name: self._days[name])
        return min(self._days, key=lambda name: self._days[name])


def _record_landlord(world: World, stated: dict[str, Any], judgments: _Judgments) -> None:
    for disposal in each_of(stated.get("disposal")):
        world.record(
            DisposalDecided(
                dwellings=(DWELLING,),
                kind=DisposalKind(disposal["kind"]),
                decision_day=disposal.get("day", LONG_AGO),
                decided_by="made up",
                grounds=tuple(
                    DisposalGround(each)
                    for each in each_of(disposal.get("grounds", "social_problems"))
                ),
                documented_on=disposal.get("documented"),
                plan=None if "plan" not in disposal else PlanKind(disposal["plan"]),
                minister_asked=disposal.get("minister_asked", False),
                ordered=disposal.get("ordered"),
                taken_over=disposal.get("taken_over", False),
                rebuilt_as=None
                if "rebuilt_as" not in disposal
                else DwellingKind(disposal["rebuilt_as"]),
            )
        )
    for weighed in each_of(stated.get("weighed")):
        world.record_decision(
            ProportionalityWeighed(
                decision_day=weighed["day"],
                decided_by="made up",
                reasons="made up",
                party_heard=True,
                present=tuple(Factor(each) for each in each_of(weighed.get("present"))),
                absent=tuple(Factor(each) for each in each_of(weighed.get("absent"))),
                contrary_to_obligations=weighed.get("contrary_to_obligations"),
                offence=judgments.named(weighed, LONG_AGO, weighed["day"]),
            )
        )
    for ended in each_of(stated.get("terminated")):
        world.record_decision(
            TerminationDecided(
                dwelling=_dwelling(ended),
                terminated_on=ended["day"],
                decided_by="made up",
                reasons="made up",
                party_heard=True,
                moved_out_on=ended.get("moved_out"),
                joint_area_assessed=ended.get("joint_area_assessed"),
                offence=judgments.named(ended, LONG_AGO, ended["day"], "unstated"),
            )
        )
    for asked in each_of(stated.get("enforcement_requested")):
        stated_details = asked.get("stated", [str(each) for each in RequestDetail])
        world.record_decision(
            EnforcementRequested(
                requested_on=asked["day"],
                police_limit=asked.get("limit", asked["day"]),
                stated=tuple(RequestDetail(each) for each in stated_details),
                sent_on=asked.get("sent"),
                offence=judgments.named(asked, asked["day"], asked.get("sent", date.max)),
            )
        )
    checked = stated.get("sale_criteria")
    if "sale_criteria_met" in stated:
        checked = {"met": stated["sale_criteria_met"]}
    for each in each_of(checked):
        world.record_decision(
            SaleCriteriaChecked(
                checked_on=each.get("day", LONG_AGO),
                criteria_met=each["met"],
                decided_by="made up",
                dwelling=_dwelling(each),
            )
        )


def ask(case: Case, world: World) -> Decision:
    """Put the case's question."""
    others = {
        "household": HOUSEHOLD,
        "dwelling": DWELLING,
        "day": case["day"],
        "asked_on": case.get("asked_on"),
    }
    if case["question"] == "rehousing" and "offered" in case:
        others["offered"] = OFFERED
    asked = case.get("asked", Stated({}, "asked"))
    if case["question"] == "notice" and case["otherwise"] == "attested_absent":
        others |= {"received_on": case["day"], "objected": False, "sued": False}
        others |= {
            said: None for said in ("objected", "sued") if asked.get(f"{said}_on") is not None
        }
    return world.put(asked.into(QUESTIONS[case["question"]], **others))
