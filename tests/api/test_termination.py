"""A housing organisation's questions on a real socket: facts in, answers out, replayed, erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest

from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as pb
from services.cli import exits
from services.cli import main as cli
from tests.api.client import (
    Client,
    Refusal,
    a_dwelling,
    a_household,
    a_member,
    a_person,
    an_area,
    an_id,
    context,
    members_attested,
    reached,
)
from tests.api.test_distance import request as measuring
from tests.api.test_recording import OF_ENDING

Refused = Callable[[Callable[[], object]], Refusal]

DAY = "2026-06-01"
SINCE = {"first_day": "2020-01-01"}


def a_judgment(person: str, **values: Any) -> pb.Fact:
    content = {
        "offence": "offence-1",
        "provisions": ["strfl-244"],
        "sanction": pb.SANCTION_UNCONDITIONAL_IMPRISONMENT,
        "unconditional_days": 60,
        "offence_day": "2026-01-10",
        "judgment_day": "2026-03-02",
        "final_on": "2026-03-16",
        **values,
    }
    return pb.Fact(judgment_in_case=pb.JudgmentInCase(person_id=person, **content))


def a_weighing(household: str, **values: Any) -> pb.Fact:
    content = {
        "decision_day": "2026-05-01",
        "decided_by": "Kim Sagsbehandler",
        "reasons": "Afvejet.",
        "present": [pb.FACTOR_MINORS],
        "absent": [pb.FACTOR_LONG_TENANCY],
        "offence": "offence-1",
        **values,
    }
    return pb.Fact(
        proportionality_weighed=pb.ProportionalityWeighed(household_id=household, **content)
    )


def a_disposal(**values: Any) -> pb.Fact:
    content = {
        "dwellings": ["dar-1"],
        "kind": pb.DISPOSAL_KIND_DEMOLITION,
        "decision_day": "2026-01-05",
        "decided_by": "Bestyrelsen",
        "grounds": [pb.DISPOSAL_GROUND_BUILDING_DEFECTS],
        "documented_on": "2026-01-05",
        **values,
    }
    return pb.Fact(disposal_decided=pb.DisposalDecided(**content))


@dataclass
class Home:
    """A household with a tenant and a son, in a dwelling of the organisation."""

    client: Client
    household: str
    tenant: str
    son: str

    def check(self, name: str, question: Any = None, **values: Any) -> core.Decision:
        """Ask a question of a kind, recorded as a receipt."""
        made = question or getattr(eligibility, f"{name}Question")(
            household_id=self.household, dwelling_id="dar-1", day=DAY, **values
        )
        request = getattr(eligibility, f"Check{name}Request")(
            context=context(), request_id=an_id(), question=made
        )
        decision: core.Decision = getattr(self.client.eligibility, f"Check{name}")(request).decision
        return decision


@pytest.fixture
def home(organisation: Client) -> Home:
    household, tenant, son = an_id(), an_id(), an_id()
    organisation.record(
        an_area(),
        a_dwelling("dar-1"),
        a_household(household),
        a_person(tenant),
        a_person(son),
        a_member(household, tenant, **SINCE),
        a_member(household, son, **SINCE),
        members_attested(household, **SINCE),
        *(
            pb.Fact(judgments_attested=pb.JudgmentsAttested(person_id=each, last_day=DAY))
            for each in (tenant, son)
        ),
    )
    return Home(organisation, household, tenant, son)


@pytest.fixture
def judged(home: Home) -> Home:
    home.client.record(a_judgment(home.son))
    home.client.distances.MeasureDistance(measuring(home.son))
    return home


QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("Termination", {}),
    (
        "Notice",
        {
            "ground": eligibility.NOTICE_GROUND_DEMOLITION,
            "written": core.STATED_YES,
            "states_ground": core.STATED_YES,
            "states_objection": core.STATED_YES,
            "received_on": DAY,
        },
    ),
    ("Rehousing", {"rooms_before": 3}),
]


def test_a_termination_comes_with_its_checklist(judged: Home) -> None:
    decision = judged.check("Termination")
    assert decision.outcome == core.OUTCOME_DISCRETIONARY
    (found,) = (
        each
        for each in decision.findings
        if each.rule_id == "EVI-90-10" and each.person_id == judged.son
    )
    (core_found,) = (
        each
        for each in decision.findings
        if each.rule_id == "EVI-90-10-CORE" and each.person_id == judged.son
    )
    by_name = {each.name: each for each in (*core_found.conditions, *found.conditions)}
    assert by_name["core_met"].status == core.FINDING_STATUS_MET
    assert by_name["within_1_km"].status == core.FINDING_STATUS_MET
    assert by_name["within_1_km"].values["longest"] == "40000"
    assert by_name["within_1_km"].text.en == (
        "Committed within 1 km: met (between 400.00 m and 400.00 m, in a straight line to the "
        "property's nearest boundary)."
    )
    assert by_name["within_1_km"].evidence
    assert by_name["proportionality_weighed"].status == core.FINDING_STATUS_NOT_EXAMINED
    values = {each.name: each for each in decision.values}
    assert values["distance_longest"].distance_cm == 40_000
    assert values["rent_liable_until"].day == "2026-09-01"
    # Whether it need not is not known: § 80 was not seen as it reads since 1 July 2022.
    assert "may terminate. A named person" in decision.summary.en
    seen = {each.rule_id: each.confidence for each in decision.findings}
    assert seen["EVI-90-10-CORE"] == core.CONFIDENCE_TEXT_SEEN
    assert seen["EVI-FOGED-596"] == core.CONFIDENCE_SECONDARY_SOURCE
    unseen = {each.rule_id: each for each in decision.unseen_texts}
    assert set(unseen) <= {each for each in seen if seen[each] != core.CONFIDENCE_TEXT_SEEN}
    assert unseen["EVI-FOGED-596"].confidence == core.CONFIDENCE_SECONDARY_SOURCE
    assert unseen["EVI-FOGED-596"].text.en.endswith("is known from another source.")
    assert {each.kind for each in decision.missing} == {"factor_weighed"}
    assert {each.details["factor"] for each in decision.missing} >= {"minors"}


def test_what_a_person_weighed_is_shown_and_asked_for_no_more(judged: Home) -> None:
    judged.client.record(a_weighing(judged.household))
    decision = judged.check("Termination")
    assert decision.outcome == core.OUTCOME_DISCRETIONARY
    asked_for = {each.details["factor"] for each in decision.missing}
    assert "minors" not in asked_for
    assert "others_in_household" in asked_for


def test_without_a_judgment_it_is_ruled_out(home: Home) -> None:
    assert home.check("Termination").outcome == core.OUTCOME_PROHIBITED


@pytest.mark.parametrize(("name", "values"), QUESTIONS, ids=[name for name, _ in QUESTIONS])
def test_an_answer_is_shown_again_and_replayed_to_the_same_bytes(
    judged: Home, name: str, values: dict[str, Any]
) -> None:
    judged.client.record(a_disposal(), a_weighing(judged.household))
    decision = judged.check(name, **values)
    shown = judged.client.audit.GetDecision(
        audit.GetDecisionRequest(context=context(), receipt_id=decision.receipt_id)
    ).decision
    assert shown.outcome == decision.outcome
    assert list(shown.values) == list(decision.values)
    assert list(shown.findings) == list(decision.findings)
    # What is recorded afterwards changes nothing in it.
    judged.client.record(a_judgment(judged.tenant, offence="offence-2", provisions=["strfl-276"]))
    replay = judged.client.replay(decision.receipt_id)
    assert replay.verdict == audit.REPLAY_VERDICT_EQUAL
    assert not replay.differences


@pytest.mark.parametrize("who", ["son", "tenant", "household"])
@pytest.mark.parametrize(("name", "values"), QUESTIONS, ids=[name for name, _ in QUESTIONS])
def test_after_an_erasure_the_rest_comes_out_equal(
    judged: Home, name: str, values: dict[str, Any], who: str
) -> None:
    judged.client.record(a_disposal(), a_weighing(judged.household))
    decision = judged.check(name, **values)
    if who == "household":
        judged.client.erase(household_id=judged.household)
    else:
        judged.client.erase(person_id=getattr(judged, who))
    replay = judged.client.replay(decision.receipt_id)
    assert not replay.differences
    touched = who == "household" or name != "Notice"
    expected = audit.REPLAY_VERDICT_EQUAL_BUT_ERASED if touched else audit.REPLAY_VERDICT_EQUAL
    assert replay.verdict == expected
    assert any(each.verdict == "equal" for each in replay.sections) or name == "Notice"


def test_erased_convictions_leave_the_answer_open(judged: Home) -> None:
    judged.client.erase(person_id=judged.son, data_class=core.DATA_CLASS_CONVICTIONS)
    decision = judged.check("Termination")
    assert decision.outcome == core.OUTCOME_UNDETERMINED
    assert "erased" in {each.kind for each in decision.missing}


def test_a_notice_comes_with_its_days(home: Home) -> None:
    home.client.record(a_disposal())
    decision = home.check("Notice", **QUESTIONS[1][1])
    days = {each.name: each.day for each in decision.values}
    assert decision.outcome == core.OUTCOME_DISCRETIONARY
    assert days == {
        "earliest_end": "2026-09-01",
        "objection_deadline": "2026-07-13",
        "court_deadline": "2026-08-24",
    }


def test_a_rehousing_comes_with_the_suitable_rooms(home: Home) -> None:
    home.client.record(a_disposal())
    decision = home.check("Rehousing", rooms_before=4)
    assert decision.outcome == core.OUTCOME_PERMITTED
    numbers = {each.name: each.number for each in decision.values}
    assert numbers == {"rooms_by_household": 3, "rooms_as_before": 4}


_LANDLORDS = [each for each in QUESTIONS if each[0] != "Rehousing"]


@pytest.mark.parametrize(("name", "values"), _LANDLORDS, ids=[name for name, _ in _LANDLORDS])
def test_these_questions_do_not_exist_in_a_municipality(
    client: Client, refused: Refused, name: str, values: dict[str, Any]
) -> None:
    refusal = refused(lambda: Home(client, an_id(), "", "").check(name, **values))
    assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
    assert refusal.reason == "ERROR_REASON_NOT_FOR_THIS_CONTROLLER"


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"provisions": ["strfl-244", "strfl-999"]}, {"provisions[1]"}),
        ({"provisions": []}, {"provisions"}),
        ({"offence": "with space"}, {"offence"}),
        ({"sanction": 0}, {"sanction"}),
        ({"judgment_day": "2026-01-09"}, {"judgment_day"}),
        ({"final_on": "2026-03-01"}, {"final_on"}),
        ({"appealed_on": "2026-03-01"}, {"appealed_on"}),
        ({"appealed_on": "2026-03-20"}, {"final_on"}),
        ({"overturned_on": "2026-03-01"}, {"overturned_on"}),
        ({"judgment_day": "2026-06-16", "final_on": ""}, {"judgment_day"}),
        ({"unconditional_days": -1}, {"unconditional_days"}),
        ({"unconditional_days": 0}, {"unconditional_days"}),
        ({"sanction": pb.SANCTION_FINE}, {"unconditional_days"}),
    ],
)
def test_a_judgment_that_cannot_be_is_refused_by_its_fields(
    home: Home, refused: Refused, values: dict[str, Any], fields: set[str]
) -> None:
    head = home.client.head()
    refusal = refused(lambda: home.client.record(a_judgment(home.son, **values)))
    assert set(refusal.fields) == {f"facts[0].judgment_in_case.{field}" for field in fields}
    assert home.client.head() == head


def test_other_facts_of_a_termination_that_cannot_be_are_refused_by_their_fields(
    home: Home, refused: Refused
) -> None:
    both = [pb.FACTOR_MINORS]
    facts = [
        a_weighing(home.household, present=both, absent=both, reasons=""),
        a_disposal(dwellings=["unknown"], grounds=[], decided_by=""),
        pb.Fact(
            termination_decided=pb.TerminationDecided(
                household_id=home.household,
                dwelling="unknown",
                terminated_on="2026-05-02",
                moved_out_on="2026-05-01",
                decided_by="x",
                reasons="x",
            )
        ),
        pb.Fact(
            enforcement_requested=pb.EnforcementRequested(
                household_id=home.household,
                requested_on="2026-05-02",
                police_limit="2026-05-03",
                sent_on="2026-05-01",
            )
        ),
        pb.Fact(
            sale_criteria_checked=pb.SaleCriteriaChecked(
                household_id=home.household, checked_on="2026-05-01", decided_by="x"
            )
        ),
        pb.Fact(
            distance_measured=pb.DistanceMeasured(
                person_id=home.son,
                offence="offence-1",
                dwelling="dar-1",
                method=pb.DISTANCE_METHOD_WALKING_ROUTE,
                shortest_cm=2,
                longest_cm=1,
                crs="EPSG:4326",
                library="by hand",
                library_version="1",
                measured_on="2026-05-01",
            )
        ),
        pb.Fact(police_notice=pb.PoliceNotice(person_id=home.son, received_on="2026-06-16")),
    ]
    refusal = refused(lambda: home.client.record(*facts))
    assert set(refusal.fields) == {
        "facts[0].proportionality_weighed.absent[0]",
        "facts[0].proportionality_weighed.reasons",
        "facts[1].disposal_decided.dwellings[0]",
        "facts[1].disposal_decided.grounds",
        "facts[1].disposal_decided.decided_by",
        "facts[2].termination_decided.dwelling",
        "facts[2].termination_decided.moved_out_on",
        "facts[3].enforcement_requested.sent_on",
        "facts[4].sale_criteria_checked.criteria_met",
        "facts[5].distance_measured.longest_cm",
        "facts[5].distance_measured.crs",
        "facts[6].police_notice.subject",
        "facts[6].police_notice.received_on",
    }


def test_every_fact_that_only_an_organisation_holds_is_recorded(home: Home) -> None:
    landlord = {"household_id": home.household}
    facts = [
        pb.Fact(
            police_notice=pb.PoliceNotice(
                person_id=home.son, subject=pb.NOTICE_SUBJECT_JUDGMENT, received_on="2026-05-01"
            )
        ),
        a_judgment(home.son),
        pb.Fact(
            judgments_attested=pb.JudgmentsAttested(
                person_id=home.son, first_day="2018-12-01", last_day="2026-06-01"
            )
        ),
        pb.Fact(
            distance_measured=pb.DistanceMeasured(
                person_id=home.son,
                offence="offence-1",
                dwelling="dar-1",
                method=pb.DISTANCE_METHOD_WALKING_ROUTE,
                shortest_cm=50_000,
                longest_cm=60_000,
                crs="EPSG:25832",
                library="by hand",
                library_version="1",
                measured_on="2026-05-01",
            )
        ),
        a_weighing(home.household, contrary_to_obligations=core.STATED_NO),
        pb.Fact(
            termination_decided=pb.TerminationDecided(
                dwelling="dar-1",
                terminated_on="2026-05-02",
                moved_out_on="2026-05-20",
                decided_by="Kim Sagsbehandler",
                reasons="Begrundet.",
                party_heard=True,
                joint_area_assessed=core.STATED_YES,
                **landlord,
            )
        ),
        pb.Fact(
            enforcement_requested=pb.EnforcementRequested(
                requested_on="2026-02-02",
                police_limit="2026-02-09",
                stated=[pb.REQUEST_DETAIL_EPISODE, pb.REQUEST_DETAIL_ADDRESS],
                sent_on="2026-03-02",
                **landlord,
            )
        ),
        pb.Fact(
            sale_criteria_checked=pb.SaleCriteriaChecked(
                checked_on="2026-05-01",
                criteria_met=core.STATED_YES,
                decided_by="Kim Sagsbehandler",
                **landlord,
            )
        ),
        a_disposal(kind=pb.DISPOSAL_KIND_SALE, plan=pb.PLAN_KIND_JOINT, minister_asked=True),
    ]
    assert {fact.WhichOneof("fact") for fact in facts} == OF_ENDING
    head = home.client.head()
    recorded = home.client.record(*facts)
    assert [each.position for each in recorded] == list(range(head + 1, head + 1 + len(facts)))


def test_a_question_that_cannot_be_is_refused_by_its_fields(home: Home, refused: Refused) -> None:
    question = eligibility.NoticeQuestion(
        household_id=an_id(),
        dwelling_id="unknown",
        day="2026-13-01",
        received_on="2026-05-10",
        objected_on="2026-05-09",
        sued_on="2026-05-08",
        agreed_weeks=-1,
    )
    refusal = refused(lambda: home.check("Notice", question))
    assert set(refusal.fields) == {
        f"question.{field}"
        for field in (
            "household_id",
            "dwelling_id",
            "day",
            "ground",
            "objected_on",
            "sued_on",
            "agreed_weeks",
        )
    } - {"question.dwelling_id"}


def test_a_dwelling_is_no_replacement_for_itself(home: Home, refused: Refused) -> None:
    refusal = refused(lambda: home.check("Rehousing", offered_dwelling_id="dar-1"))
    assert set(refusal.fields) == {"question.offered_dwelling_id"}


# --- The command line -------------------------------------------------------------------------


def test_the_command_line_shows_the_checklist_and_replays_it(
    judged: Home, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = [*reached(judged.client.endpoint, tmp_path), "--language", "en"]
    home = ["--household", judged.household, "--dwelling", "dar-1", "--day", DAY]
    assert cli.main(["check", "termination", *asked, *home]) == exits.ANSWERED
    shown = capsys.readouterr().out
    for said in (
        "DISCRETIONARY",
        "The act names the offence: met",
        "Committed within 1 km: met (between 400.00 m and 400.00 m",
        "Longest distance: 400.00 m",
        "Whether this speaks against the termination: minors in the household.",
    ):
        assert said in " ".join(shown.split()), said
    receipt = shown.split("Receipt")[1].split()[0]
    assert cli.main(["replay", receipt, *asked]) == exits.ANSWERED
    assert "the same bytes" in capsys.readouterr().out
    assert cli.main(["show", receipt, *asked]) == exits.ANSWERED
    assert "DISCRETIONARY" in capsys.readouterr().out


def test_the_command_line_asks_about_notice_and_rehousing(
    home: Home, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home.client.record(a_disposal())
    asked = [*reached(home.client.endpoint, tmp_path), "--language", "en", "--preview"]
    about = ["--household", home.household, "--dwelling", "dar-1", "--day", DAY]
    said = ["--written", "yes", "--states-ground", "yes", "--states-objection", "yes"]
    notice = ["check", "notice", *asked, *about, "--ground", "demolition", *said]
    assert cli.main(notice) == exits.ANSWERED
    assert "UNDETERMINED" in capsys.readouterr().out
    notice += ["--received-on", DAY, "--objected", "no"]
    assert cli.main(notice) == exits.ANSWERED
    assert "Earliest end: 1 September 2026" in capsys.readouterr().out
    rehousing = ["check", "rehousing", *asked, *about, "--rooms-before", "4"]
    assert cli.main(rehousing) == exits.ANSWERED
    shown = capsys.readouterr().out
    assert "Suitable number of rooms by the household: 3" in shown
    assert "PREVIEW" in shown


def test_what_the_landlord_decided_before_it_was_erased_is_not_taken_as_undecided(
    judged: Home,
) -> None:
    judged.client.record(a_weighing(judged.household))
    judged.client.erase(household_id=judged.household, data_class=core.DATA_CLASS_DECISIONS)
    judged.client.record(a_household(judged.household))
    decision = judged.check("Termination")
    (found,) = (each for each in decision.findings if each.rule_id == "EVI-FOGED-JOINT")
    assert found.status == core.FINDING_STATUS_UNKNOWN
    replay = judged.client.replay(decision.receipt_id)
    assert not replay.differences


def test_a_batch_holds_questions_about_the_end_of_a_tenancy(judged: Home) -> None:
    judged.client.record(a_disposal())
    about = {"household_id": judged.household, "dwelling_id": "dar-1", "day": DAY}
    asked: dict[str, Any] = {
        name.lower(): getattr(eligibility, f"{name}Question")(**about, **values)
        for name, values in QUESTIONS
    }
    request = eligibility.BatchCheckRequest(
        context=context(),
        request_id=an_id(),
        checks=[
            *(eligibility.CheckQuestion(**{name: each}) for name, each in asked.items()),
            eligibility.CheckQuestion(
                notice=eligibility.NoticeQuestion(household_id=judged.household)
            ),
        ],
    )
    *items, wrong = judged.client.eligibility.BatchCheck(request).items
    alone = [judged.check(name, **values) for name, values in QUESTIONS]
    assert [each.outcome for each in items] == [
        core.OUTCOME_DISCRETIONARY,
        core.OUTCOME_DISCRETIONARY,
        core.OUTCOME_PERMITTED,
    ]
    assert [each.outcome for each in items] == [each.outcome for each in alone]
    assert {each.field for each in wrong.error.fields} == {
        "checks[3].dwelling_id",
        "checks[3].ground",
    }
    for item in items:
        assert judged.client.replay(item.receipt_id).verdict == audit.REPLAY_VERDICT_EQUAL
