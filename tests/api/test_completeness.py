"""An attestation of completeness falls with what it counted, by whichever way that goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import grpc
import pytest

from domain import facts
from husret.v1 import area_service_pb2 as areas
from husret.v1 import core_pb2
from husret.v1 import tenancy_service_pb2 as tenancy
from services.instance.instance import Instance
from tests.api.client import (
    AREA,
    TODAY,
    Client,
    Refusal,
    a_benefit,
    a_dwelling,
    a_household,
    a_member,
    a_person,
    an_area,
    an_id,
    area_figures,
    audit_request,
    benefits_attested,
    context,
    members_attested,
    pb,
)
from tests.api.test_areas import MADE_UP, PUBLISHED, request, status

Refused = Callable[[Callable[[], object]], Refusal]
DAY = "2025-02-01"
LIST = "2024-12-01"
ELM, ASH = "9999-elmehegnet", "9999-askelunden"
VULNERABLE = core_pb2.LIST_KIND_VULNERABLE


def row(instance: Instance, area: str, day: str = LIST) -> str:
    """Return the id of what the lists of a day say of an area."""
    for item in instance.view().find(facts.AreaListed, area):
        if item.fact.list_day.isoformat() == day:
            return str(item.event_id)
    raise AssertionError(f"{area} has no row of {day}")


def attested(client: Client, day: str = LIST) -> dict[int, tuple[bool, tuple[str, ...]]]:
    lists = client.areas.ListAreaLists(areas.ListAreaListsRequest()).lists
    return {
        each.kind: (each.complete_nationwide, tuple(each.complete_for))
        for each in lists
        if each.list_day == day
    }


def is_vulnerable(client: Client, area: str) -> int:
    return int(status(client, area, DAY)["vulnerable"].official)


UNKNOWN, NOT_MET = core_pb2.FINDING_STATUS_UNKNOWN, core_pb2.FINDING_STATUS_NOT_MET


@pytest.fixture
def listed(client: Client) -> Client:
    client.areas.ImportAreaLists(request(MADE_UP))
    return client


def test_a_row_that_is_taken_back_leaves_its_list_incomplete_and_no_area_off_it(
    listed: Client, instance: Instance
) -> None:
    assert is_vulnerable(listed, ASH) == NOT_MET  # without a row, by the complete list
    listed.retract(row(instance, ELM))
    assert attested(listed)[VULNERABLE] == (False, ())
    assert is_vulnerable(listed, ELM) == is_vulnerable(listed, ASH) == UNKNOWN
    # The list of another day still stands.
    assert attested(listed, "2023-12-01")[VULNERABLE] == (False, ("9999",))


def test_what_fell_stands_again_once_a_file_attests_it_anew(
    listed: Client, instance: Instance
) -> None:
    listed.retract(row(instance, ELM))
    listed.areas.ImportAreaLists(request(MADE_UP))
    assert attested(listed)[VULNERABLE] == (False, ("9999",))
    assert is_vulnerable(listed, ASH) == NOT_MET


def test_the_retraction_of_a_row_is_repeated_safely(listed: Client, instance: Instance) -> None:
    request_id, fact_id = an_id(), row(instance, ELM)
    first = listed.retract(fact_id, request_id)
    head = listed.head()
    assert listed.retract(fact_id, request_id) == first
    assert listed.head() == head


def test_a_nationwide_list_is_nowhere_complete_once_one_of_its_rows_goes(
    listed: Client, instance: Instance
) -> None:
    listed.areas.ImportAreaLists(request(PUBLISHED))
    parallel = core_pb2.LIST_KIND_PARALLEL_SOCIETY
    assert attested(listed, "2018-12-01")[parallel] == (True, ())
    listed.retract(row(instance, "0461-vollsmose", "2018-12-01"))
    assert attested(listed, "2018-12-01")[parallel] == (False, ())


def test_a_made_up_row_stands_on_no_list_of_the_country(listed: Client, instance: Instance) -> None:
    listed.areas.ImportAreaLists(request(PUBLISHED))
    parallel = core_pb2.LIST_KIND_PARALLEL_SOCIETY
    listed.retract(row(instance, ELM, "2018-12-01"))
    nationwide, municipalities = attested(listed, "2018-12-01")[parallel]
    assert not nationwide
    assert len(municipalities) == 98
    assert "9999" not in municipalities


def changed(content: bytes, area: str, column: str, value: str, complete: str = "9999") -> bytes:
    """Return a file of one day's rows of one area, with one cell changed."""
    lines = content.decode().splitlines()
    header = next(line for line in lines if line.startswith("record;")).split(";")
    kept = []
    for line in lines:
        cells = dict(zip(header, line.split(";"), strict=False))
        if line.startswith("list;") and cells["list_day"] == LIST:
            kept.append(";".join({**cells, "complete": complete}.values()))
        elif cells.get("area") == area and cells["list_day"] == LIST:
            kept.append(";".join({**cells, column: value}.values()))
    return "\n".join([";".join(header), *kept, ""]).encode()


@pytest.mark.parametrize("said", ["off", "unknown"])
def test_a_row_that_a_file_corrects_takes_the_attestation_with_it_unless_the_file_attests_it(
    said: str, listed: Client
) -> None:
    area = "9999-kastanjeparken"
    file = changed(MADE_UP, area, "vulnerable", said, complete="no")
    # The figures of the row say that it is on; the ministry may still have left it off.
    listed.areas.ImportAreaLists(request(file, correct=True, accept_implausible=True))
    assert attested(listed)[VULNERABLE] == (False, ())
    assert is_vulnerable(listed, ASH) == UNKNOWN
    # Of the other lists nothing that was counted has changed.
    assert attested(listed)[core_pb2.LIST_KIND_PREVENTION] == (False, ("9999",))


def test_a_file_that_corrects_a_row_and_attests_the_list_leaves_it_complete(
    listed: Client,
) -> None:
    file = changed(MADE_UP, "9999-kastanjeparken", "vulnerable", "off")
    listed.areas.ImportAreaLists(request(file, correct=True, accept_implausible=True))
    assert attested(listed)[VULNERABLE] == (False, ("9999",))


def test_a_row_of_which_the_file_has_no_list_takes_the_attestation_with_it_too(
    listed: Client,
) -> None:
    file = changed(MADE_UP, "9999-kastanjeparken", "vulnerable", "unknown").decode()
    lines = [line for line in file.splitlines() if f"list;{LIST};vulnerable" not in line]
    refusal = listed.areas.ImportAreaLists(
        request("\n".join([*lines, ""]).encode(), correct=True, validate_only=True)
    )
    assert any("vulnerable list" in each for each in refusal.changed_rows)
    listed.areas.ImportAreaLists(request("\n".join([*lines, ""]).encode(), correct=True))
    assert attested(listed)[VULNERABLE] == (False, ())


def test_one_more_area_on_a_complete_list_contradicts_it(listed: Client, refused: Refused) -> None:
    file = changed(MADE_UP, "9999-kastanjeparken", "residents", "900", complete="no").decode()
    file = file.replace("9999-kastanjeparken", "9999-nyparken")
    content = file.replace("Kastanjeparken", "Nyparken").encode()
    refusal = refused(lambda: listed.areas.ImportAreaLists(request(content, accept_new=True)))
    assert "complete_for: 9999 -> blank" in refusal.details
    listed.areas.ImportAreaLists(request(content, correct=True, accept_new=True))
    assert attested(listed)[VULNERABLE] == (False, ())


def test_the_view_of_all_areas_follows(listed: Client, instance: Instance) -> None:
    def ash() -> list[int]:
        asked = areas.ListAreaStatusRequest(
            category="vulnerable",
            day=DAY,
            page_size=1000,
            consistency=core_pb2.Consistency(at_least_position=listed.head()),
        )
        periods = listed.areas.ListAreaStatus(asked).periods
        return [each.status for each in periods if each.area == ASH]

    assert ash() == []
    listed.retract(row(instance, ELM))
    assert ash() == [UNKNOWN]


# --- Persons --------------------------------------------------------------------------------


def types_after(client: Client, position: int) -> list[str]:
    events = client.audit.ListEvents(audit_request(page_size=1000)).events
    return [each.type for each in events if each.position > position]


def a_release(person: str) -> pb.Fact:
    return pb.Fact(
        release_recorded=pb.ReleaseRecorded(
            person_id=person,
            released_on="2026-01-05",
            released_from=pb.RELEASED_FROM_PRISON_SENTENCE,
            convicted=pb.CONVICTED_YES,
            action_plan=pb.ACTION_PLAN_NEITHER,
        )
    )


def a_termination(person: str) -> pb.Fact:
    return pb.Fact(
        termination_recorded=pb.TerminationRecorded(
            person_id=person,
            ended_on="2026-01-31",
            ending=pb.TENANCY_ENDING_LANDLORD,
            cause=pb.TERMINATION_CAUSE_OTHER,
        )
    )


def _counted(household: str, person: str) -> dict[str, tuple[pb.Fact, pb.Fact]]:
    days = {"person_id": person, "first_day": "2025-12-01", "last_day": "2026-06-01"}
    return {
        "a benefit": (a_benefit(person), benefits_attested(person)),
        "one benefit": (
            a_benefit(person),
            benefits_attested(person, benefits=[pb.BENEFIT_KONTANTHJAELP]),
        ),
        "a release": (
            a_release(person),
            pb.Fact(releases_attested=pb.ReleasesAttested(**days)),
        ),
        "an ended tenancy": (
            a_termination(person),
            pb.Fact(terminations_attested=pb.TerminationsAttested(**days)),
        ),
        "a member": (a_member(household, person), members_attested(household)),
    }


@pytest.mark.parametrize("case", list(_counted("", "")))
@pytest.mark.parametrize("together", [True, False])
def test_a_persons_attestation_falls_with_what_it_counted(
    case: str, together: bool, client: Client
) -> None:
    household, person = an_id(), an_id()
    client.record(a_person(person), a_household(household))
    counted, attestation = _counted(household, person)[case]
    if together:
        _, first = client.record(attestation, counted)
    else:
        [first] = client.record(counted)
        client.record(attestation)
    head = client.head()
    request_id = an_id()
    retracted = client.retract(first.fact_id, request_id)
    assert types_after(client, head) == ["fact.retracted", "fact.retracted"]
    assert client.retract(first.fact_id, request_id) == retracted


@pytest.mark.parametrize("case", list(_counted("", "")))
def test_an_attestation_from_before_did_not_count_it(case: str, client: Client) -> None:
    household, person = an_id(), an_id()
    client.record(a_person(person), a_household(household))
    counted, attestation = _counted(household, person)[case]
    client.record(attestation)
    [first] = client.record(counted)
    head = client.head()
    client.retract(first.fact_id)
    assert types_after(client, head) == ["fact.retracted"]


def test_an_attestation_of_other_days_or_benefits_stays(client: Client) -> None:
    person = client.a_person()
    [first] = client.record(a_benefit(person))
    client.record(
        benefits_attested(person, first_day="2025-06-01"),
        benefits_attested(person, benefits=[pb.BENEFIT_SYGEDAGPENGE]),
    )
    head = client.head()
    client.retract(first.fact_id)
    assert types_after(client, head) == ["fact.retracted"]


def test_what_a_correction_put_in_its_place_was_counted_as_well(client: Client) -> None:
    person = client.a_person()
    [first] = client.record(a_benefit(person))
    client.record(benefits_attested(person))
    second = client.correct(first.fact_id, a_benefit(person, last_day="2025-04-30"))
    head = client.head()
    client.retract(second.fact_id)
    assert types_after(client, head) == ["fact.retracted", "fact.retracted"]


def moved_away(household: str, person: str) -> dict[str, pb.Fact]:
    """Return each counted fact as a correction has it that nobody counted."""
    release, ended = a_release(person), a_termination(person)
    release.release_recorded.released_on = "2024-01-05"
    ended.termination_recorded.ended_on = "2024-01-31"
    old = {"first_day": "2019-01-01", "last_day": "2019-02-28"}
    return {
        "a benefit": a_benefit(person, **old),
        "one benefit": a_benefit(person, benefit=pb.BENEFIT_SYGEDAGPENGE),
        "a release": release,
        "an ended tenancy": ended,
        "a member": a_member(household, person, **old),
    }


@pytest.mark.parametrize("case", list(_counted("", "")))
def test_a_correction_that_moves_it_out_of_what_was_counted_is_as_good_as_taking_it_back(
    case: str, client: Client
) -> None:
    household, person = an_id(), an_id()
    client.record(a_person(person), a_household(household))
    counted, attestation = _counted(household, person)[case]
    [first] = client.record(counted)
    client.record(attestation)
    head = client.head()
    request_id, corrected = an_id(), moved_away(household, person)[case]
    correction = client.correct(first.fact_id, corrected, request_id)
    assert types_after(client, head)[1:] == ["fact.retracted"]
    assert client.correct(first.fact_id, corrected, request_id) == correction
    assert client.head() == head + 2


def test_a_correction_within_what_was_counted_leaves_it(client: Client) -> None:
    person = client.a_person()
    [first] = client.record(a_benefit(person))
    client.record(benefits_attested(person))
    head = client.head()
    client.correct(first.fact_id, a_benefit(person, last_day="2025-04-30"))
    assert types_after(client, head) == ["benefit.period"]


# --- What rests on a fact -------------------------------------------------------------------


def a_plan(approved_on: str = "2019-06-01") -> pb.Fact:
    plan = pb.PlanApproved(area=AREA, kind=pb.PLAN_KIND_JOINT, approved_on=approved_on)
    return pb.Fact(plan_approved=plan)


@pytest.mark.parametrize(
    "resting", [a_dwelling("d"), area_figures(), a_plan()], ids=lambda f: f.WhichOneof("fact")
)
def test_an_area_is_not_taken_back_while_something_rests_on_it(
    resting: pb.Fact, client: Client, refused: Refused
) -> None:
    area, fact = client.record(an_area(), resting)
    refusal = refused(lambda: client.retract(area.fact_id))
    assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
    assert refusal.reason == "ERROR_REASON_INVARIANT"
    client.retract(fact.fact_id)
    client.retract(area.fact_id)


def test_a_plan_is_neither_taken_back_nor_moved_behind_the_day_it_was_carried_out(
    client: Client, refused: Refused
) -> None:
    done = pb.Fact(plan_carried_out=pb.PlanCarriedOut(area=AREA, carried_out_on="2022-01-01"))
    _, plan, _ = client.record(an_area(), a_plan(), done)
    assert refused(lambda: client.retract(plan.fact_id)).reason == "ERROR_REASON_INVARIANT"
    late = a_plan("2023-01-01")
    assert set(refused(lambda: client.correct(plan.fact_id, late)).fields) == {
        "fact.plan_approved.approved_on"
    }
    client.correct(plan.fact_id, a_plan("2020-01-01"))


def test_of_two_plans_carried_out_each_keeps_one_approved_before_it(
    client: Client, refused: Refused
) -> None:
    done = [
        pb.Fact(plan_carried_out=pb.PlanCarriedOut(area=AREA, carried_out_on=day))
        for day in ("2022-01-01", "2024-01-01")
    ]
    _, first, second, *_ = client.record(an_area(), a_plan(), a_plan("2023-01-01"), *done)
    for plan in (first, second):
        assert refused(partial(client.retract, plan.fact_id)).reason == "ERROR_REASON_INVARIANT"
    refusal = refused(lambda: client.correct(second.fact_id, a_plan("2021-01-01")))
    assert set(refusal.fields) == {"fact.plan_approved.approved_on"}
    client.correct(second.fact_id, a_plan("2022-06-01"))


def a_vacancy(client: Client) -> None:
    client.tenancies.RecordVacancy(
        tenancy.RecordVacancyRequest(
            context=context(), request_id=an_id(), dwelling_id="d", vacant_from=TODAY
        )
    )


def let(**values: Any) -> pb.Fact:
    return a_dwelling("d", organisation="0000", department="1", **values)


def test_a_dwelling_in_the_middle_of_a_letting_is_not_taken_back(
    client: Client, refused: Refused
) -> None:
    _, before, dwelling = client.record(
        an_area(), let(last_day="2025-12-31"), let(first_day="2026-01-01")
    )
    a_vacancy(client)
    # The other record of the dwelling is of other days than those of the vacancy.
    assert refused(lambda: client.retract(dwelling.fact_id)).reason == "ERROR_REASON_INVARIANT"
    client.retract(before.fact_id)
    assert refused(lambda: client.retract(dwelling.fact_id)).reason == "ERROR_REASON_INVARIANT"


@pytest.mark.parametrize("days", [{"first_day": "2026-12-01"}, {"last_day": "2025-12-31"}])
def test_a_dwelling_is_not_corrected_away_from_the_day_on_which_it_was_vacant(
    days: dict[str, str], client: Client, refused: Refused
) -> None:
    _, dwelling = client.record(an_area(), let())
    a_vacancy(client)
    refusal = refused(lambda: client.correct(dwelling.fact_id, let(**days)))
    assert set(refusal.fields) == {"fact.dwelling_recorded.first_day"}
    client.correct(dwelling.fact_id, let(first_day=TODAY, last_day=TODAY))


def test_a_fact_that_is_recorded_twice_may_be_taken_back_once(client: Client) -> None:
    client.record(an_area(), let())
    [again] = client.record(let())
    a_vacancy(client)
    client.retract(again.fact_id)


@pytest.mark.parametrize("entrance", ["record", "correct", "rename"])
def test_one_name_in_a_municipality_is_one_area_by_every_way_in(
    entrance: str, client: Client, refused: Refused
) -> None:
    _, other = client.record(an_area(), an_area("9999-nabo"))
    taken = an_area().area_registered.name
    renamed = pb.AreaRenamed(area="9999-nabo", name=taken, first_day="2024-01-01")
    action: dict[str, Callable[[], object]] = {
        "record": lambda: client.record(an_area("9999-ny", name=taken)),
        "correct": lambda: client.correct(other.fact_id, an_area("9999-nabo", name=taken)),
        "rename": lambda: client.record(pb.Fact(area_renamed=renamed)),
    }
    refusal = refused(action[entrance])
    assert [path.rpartition(".")[2] for path in refusal.fields] == ["name"]
