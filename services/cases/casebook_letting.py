"""Reads the golden cases about letting, exchange, sublet, the certificate and the waiting list.

How a case is written is described in `cases/README.md`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.decide import Decision
from domain.facts import (
    ApprovalAnswered,
    ApprovalSchemeDecided,
    AttestedAnswer,
    BenefitCondition,
    BenefitConditionAttested,
    BenefitsAttested,
    CertificateAssessment,
    CertificateSeen,
    CohabitationProof,
    CombinedLettingDecided,
    CriteriaSet,
    CriterionKind,
    DispensationDecided,
    DispensationFactor,
    DwellingKind,
    Fact,
    LettingShareDecided,
    MemberList,
    MemberRole,
    NothingShown,
    OccupancyCapUsed,
    OppositionAssessed,
    OppositionGround,
    OverdueDebt,
    ProblemsFound,
    ShareBasis,
    TerminationNotified,
)
from domain.law.area import status as area_law
from domain.law.editions import CURRENT
from domain.law.kernel import Finding
from domain.law.letting.waiting_list import (
    Candidate,
    Ties,
    WaitingList,
    turns,
)
from domain.law.question import Question
from domain.questions import QUESTIONS
from services.cases import casebook, casebook_area, casebook_termination, form
from services.cases.casebook import Case
from services.cases.stated import CaseError, Stated, each_of, nearest
from services.cases.world import (
    AREA,
    DEPARTMENT,
    DWELLING,
    HOUSEHOLD,
    LONG_AGO,
    MUNICIPALITY,
    NAMESPACE,
    ORGANISATION,
    World,
    person,
)

HOUSEHOLD_QUESTIONS = tuple(
    kind
    for kind in QUESTIONS
    if kind not in ("referral", *casebook_termination.KINDS, *casebook_area.KINDS)
)
LIST_QUESTIONS = ("turns", "listing", "list_due", "children", "private_letting", "agreement")

_DOCUMENTS = {
    "work": ("employment_contract", "employer"),
    "education": ("statement_of_enrolment", "educational_institution"),
    "age": ("proof_of_age", "public_authority"),
    "pension": ("pension_notice", "public_authority"),
    "separation": ("separation_grant", "public_authority"),
    "degree": ("diploma", "educational_institution"),
    "self_support": ("income_register_printout", "tax_authority"),
    "income": ("income_register_printout", "tax_authority"),
    "child": ("health_card", "public_authority"),
    "tie": ("residence_certificate", "public_authority"),
    "leaves": ("lease", "public_authority"),
    "other_dwelling_needed": ("authority_answer", "public_authority"),
}


def build(case: Case, otherwise: str | None = None) -> World:
    """Record what the case states; `otherwise` overrides what holds for everything else."""
    attested = casebook.attested(case, otherwise)
    world = casebook.begin(case, attested)
    _record_schemes(world, case.get("municipality", {}))
    for stated in each_of(case.get("criteria")):
        world.record(criteria_set(stated))
    _record_decided(world, case)
    for name, stated in case.get("household", {"applicant": None}).items():
        _record_member(world, name, stated or Stated({}, name), case, attested)
    if attested or case.get("members_attested"):
        world.attest_members()
    world.choose(case.get("readings", {}))
    return world


def ask(case: Case, world: World) -> Decision:
    """Put the case's question."""
    return world.put(question(case))


def question(case: Case) -> Question:
    """Return the case's question."""
    stated = case.get("asked", Stated({}, "asked"))
    kind = case["question"]
    others: dict[str, Any] = {"day": case["day"], "asked_on": case.get("asked_on")}
    if kind == "letting":
        others |= {"channel": "waiting_list", "lives_in_department": False}
    if kind == "exchange" and case["otherwise"] == "attested_absent":
        others["municipality_consents"] = False
    if kind == "benefit_condition":
        others["person"] = person(stated.get("of", "applicant"))
        stated = stated.without("of")
    else:
        others["dwelling"] = DWELLING
    if kind != "certificate":
        others["household"] = HOUSEHOLD
    made: Question = stated.into(QUESTIONS[kind], **others)
    return made


def found(case: Case) -> Finding | list[str]:
    """Answer a question about the waiting list, or about letting by a private buyer."""
    stated = case.get("asked", Stated({}, "asked"))
    match case["question"]:
        case "listing":
            world = World()
            world.choose(case.get("readings", {}))
            born, continues = stated["born"], stated.get("continues", False)
            listed, _ = area_law.judged(
                CURRENT,
                world.view(),
                case["day"],
                lambda readings: CURRENT.rules["LET-WAITLIST"].evaluate(
                    born, case["day"], readings, continues_tenancy=continues
                ),
            )
            return listed
        case "list_due":
            return CURRENT.rules["LET-WAITLIST-HALF"].evaluate(
                stated["internal"], stated["ordinary"]
            )
        case "children":
            return CURRENT.rules["LET-CHILD"].evaluate(
                stated.get("agreed", False), stated.get("children"), stated.get("rooms")
            )
        case "agreement":
            return CURRENT.rules[stated["rule"]].evaluate()
        case "private_letting":
            return CURRENT.rules["SALE-27C"].evaluate(
                stated.get("sold_in_vulnerable_area", True), stated["taken_over"], case["day"]
            )
    candidates = [
        Candidate(
            key=name,
            waiting_list=WaitingList(each.get("list", "ordinary")),
            registered_on=each.get("registered"),
            rank=each.get("rank"),
            exempt=each.get("exempt", False),
            lot=each.get("lot"),
            same_department=each.get("same_department"),
            children=each.get("children"),
            larger=each.get("larger"),
        )
        for name, each in stated["candidates"].items()
    ]
    due = WaitingList(stated.get("due", "ordinary"))
    every_second = case["day"] >= date(2019, 7, 1)
    ties = Ties(stated.get("ties", "seniority"))
    return [each.key for each in turns(candidates, due, every_second, ties)]


# --- What the municipality and the organisation have decided --------------------------------


def _record_schemes(world: World, stated: Case) -> None:
    for combined in each_of(stated.get("combined_letting")):
        world.record(
            CombinedLettingDecided(
                area=AREA,
                decided_on=combined["decided"],
                extended=combined.get("extended", False),
                first_day=combined.get("first_day", combined["decided"]),
                last_day=combined.get("last_day"),
                evaluated_on=combined.get("evaluated"),
            )
        )
    for agreed in each_of(stated.get("advertising")):
        world.record(
            LettingShareDecided(
                organisation=ORGANISATION,
                basis=ShareBasis.ADVERTISED,
                kind=DwellingKind.FAMILY,
                numerator=1,
                denominator=2,
                departments=(agreed.get("department", DEPARTMENT),),
                first_day=agreed["first_day"],
                last_day=agreed.get("last_day"),
                decided_by="made up",
            )
        )
    for problems in each_of(stated.get("problems")):
        world.record(
            ProblemsFound(
                organisation=ORGANISATION,
                department=DEPARTMENT,
                found=problems["found"],
                found_by="made up",
                first_day=problems.get("first_day", LONG_AGO),
                last_day=problems.get("last_day"),
            )
        )
    if "approves_from" in stated:
        world.record(
            ApprovalSchemeDecided(
                municipality=MUNICIPALITY,
                organisation=ORGANISATION,
                first_day=stated["approves_from"],
                departments=tuple(stated.get("approves_departments", ())),
            )
        )
    if "cap_used_from" in stated:
        world.record(
            OccupancyCapUsed(
                municipality=MUNICIPALITY,
                organisation=ORGANISATION,
                first_day=stated["cap_used_from"],
            )
        )


def criteria_set(stated: Case) -> CriteriaSet:
    """Read criteria for flexible letting, as `services/cases/form.py` says how they are written."""
    basis = stated.get("basis", "municipality")
    place: dict[str, Any] = (
        {"area": AREA}
        if basis == "municipality"
        else {"organisation": ORGANISATION, "departments": [DEPARTMENT]}
    )
    set_on = stated["set_on"]
    content = {
        "criteria": "made-up-criteria",
        "municipality": MUNICIPALITY,
        "basis": basis,
        "first_day": set_on,
        "announced_on": set_on,
        "confirmed_by": "made up",
        **place,
        **form.asked(stated),
    }
    return stated.without(*form.WORDS).into(CriteriaSet, **content)


def _about(stated: Case, this: str) -> str:
    """Return what a decision is about: `this`, unless `of` says `another` or `unstated`."""
    known, said = {"this": this, "another": f"another-{this}", "unstated": ""}, stated.get("of")
    if said is None:
        return this
    if said not in known:
        raise CaseError(f"{stated.path}.of", f"'{said}': {nearest(str(said), known)}")
    return known[said]


def _record_decided(world: World, case: Case) -> None:
    stated = case.get("decided", {})
    for each in each_of(stated.get("dispensation")):
        world.record_decision(
            DispensationDecided(
                decision_day=each["day"],
                last_day=each.get("last_day"),
                decided_by="made up",
                reasons="made up",
                party_heard=True,
                factors=(DispensationFactor.WORK_OR_EDUCATION_SOON,),
                area=_about(each, AREA),
            )
        )
    for each in each_of(stated.get("approval")):
        world.record_decision(
            ApprovalAnswered(
                received_on=each["received"],
                refused=each["refused"],
                sent_on=each["sent"],
                dwelling=_about(each, DWELLING),
            )
        )
    for each in each_of(stated.get("opposition")):
        world.record_decision(
            OppositionAssessed(
                ground=OppositionGround(each["ground"]),
                decision_day=each["day"],
                last_day=each.get("last_day"),
                decided_by="made up",
                reasons="made up",
                party_heard=True,
                dwelling=_about(each, DWELLING),
            )
        )


# --- Households -----------------------------------------------------------------------------


def _record_member(world: World, name: str, member: Case, case: Case, attested: bool) -> None:
    subject, day = person(name), case["day"]
    lists = [MemberList(e) for e in each_of(member.get("on_lists", list(MemberList)))]
    role = member.get("role", "applicant" if name == "applicant" else "other")
    stated: dict[str, Any] = {}
    if "together_since" in member:
        stated = {
            "together_since": member["together_since"],
            "together_by": CohabitationProof(member["together_by"]),
        }
    world.belongs(
        subject,
        lists,
        **stated,
        role=None if role == "unstated" else MemberRole(role),
    )
    facts = [*_attested(member, day, attested), *_seen(member, day, attested)]
    facts += [casebook.benefit_period(t) for t in each_of(member.get("benefits"))]
    if case["question"] == "benefit_condition" and (attested or "benefits_attested" in member):
        last_day = member.get("benefits_attested", day)
        if last_day is not None and not isinstance(last_day, date):
            raise CaseError(
                f"{member.path}.benefits_attested",
                "for a benefit_condition this is the day up to which the record is complete",
            )
        if last_day is not None:
            facts.append(BenefitsAttested(last_day=last_day))
    for each in each_of(member.get("certificate")):
        facts.append(
            CertificateSeen(
                area=each.get("area", AREA),
                seen_on=each.get("seen") or day,
                seen_by="clerk.7",
                assessment=CertificateAssessment(each["assessment"]),
                expires_on=each.get("expires"),
            )
        )
    for each in each_of(member.get("terminated")):
        usual: dict[str, Any] = {"landlord": "other_social", "joint_area": True}
        usual |= {"found_unjustified": False, "objection_not_sued": False}
        facts.append(_known(each).into(TerminationNotified, **usual))
    for each in each_of(member.get("debt")):
        bars = ("insignificant", "time_barred", "instalments_kept", "relief_kept")
        usual = {"first_day": LONG_AGO, **dict.fromkeys(bars, False)}
        facts.append(_known(each).into(OverdueDebt, **usual))
    world.record_about(subject, *facts)


def _known(stated: Case) -> Case:
    """Return what is stated, with `unknown` as what was never said."""
    unsaid = {word: None for word, value in dict(stated).items() if value == "unknown"}
    return stated.changed(**unsaid)


def _attested(member: Case, day: date, attested: bool) -> list[Fact]:
    default = dict.fromkeys(map(str, BenefitCondition), "no") if attested else {}
    answers = {**default, **dict(member.get("attested", {}).items())}
    found: list[Fact] = []
    for condition, answer in answers.items():
        if answer is None:
            continue
        stated = answer if isinstance(answer, list) else [answer]
        for each in stated:
            said = each if isinstance(each, dict) else {"answer": each}
            found.append(
                BenefitConditionAttested(
                    condition=BenefitCondition(condition),
                    answer=AttestedAnswer(said["answer"]),
                    day=said.get("day", day),
                    municipality=MUNICIPALITY,
                    receipt_id=NAMESPACE,
                    receipt_hash="00" * 32,
                    points=tuple(each_of(said.get("points"))),
                )
            )
    return found


def _seen(member: Case, day: date, attested: bool) -> list[Fact]:
    found: list[Fact] = []
    seen = each_of(member.get("seen"))
    for each in seen:
        document, issuer = _DOCUMENTS[each["kind"]]
        content = {
            "document": document,
            "issuer": issuer,
            "seen_by": "clerk.7",
            "seen_on": day,
            # An age is of the day on which it was seen; what else was seen has been so for long.
            "first_day": day if "age" in each else LONG_AGO,
        }
        found.append(form.seen(each, **content))
    shown = {each["kind"] for each in seen}
    default = [kind for kind in CriterionKind if kind not in shown] if attested else []
    kinds = tuple(CriterionKind(each) for each in member.get("nothing_shown", default))
    if kinds:
        found.append(NothingShown(kinds=kinds, first_day=LONG_AGO))
    return found
