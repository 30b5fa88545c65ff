"""Facts read back: what stands and what stood, by whom and when, page by page."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

import grpc
import pytest

from domain import readback
from domain.data_classes import DataClass
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as pb
from husret.v1.eligibility_service_pb2 import REFERRAL_BASIS_STK_2
from services.api.facts import FACTS, new_fact, write
from services.facts.fields import FieldErrors
from services.instance.instance import Instance
from tests.api.client import (
    AREA,
    Client,
    Refusal,
    a_benefit,
    a_dwelling,
    a_member,
    a_person,
    an_id,
    area_figures,
    audit_request,
    context,
    members_attested,
)
from tests.api.examples import example
from tests.tenancies.letting import Letting

Refused = Callable[[Callable[[], object]], Refusal]
BENEFITS = core.DATA_CLASS_BENEFITS


def page_of(client: Client, **values: Any) -> pb.ListFactsResponse:
    values.setdefault("context", context(purpose="audit"))
    return client.facts.ListFacts(pb.ListFactsRequest(**values), timeout=20)


def walked(client: Client, **values: Any) -> Iterator[pb.ListFactsResponse]:
    token = ""
    while True:
        page = page_of(client, page_token=token, **values)
        yield page
        token = page.next_page_token
        if not token:
            return


def facts_of(client: Client, **values: Any) -> list[pb.ReadFact]:
    return [fact for page in walked(client, **values) for fact in page.facts]


def benefits_of(client: Client, person: str, **values: Any) -> list[pb.ReadFact]:
    return facts_of(client, person_id=person, data_class=BENEFITS, **values)


# --- What is read back ----------------------------------------------------------------------


def test_a_fact_is_read_back_as_it_was_said_with_who_recorded_it_and_when(client: Client) -> None:
    person = client.a_person()
    [recorded] = client.record(a_benefit(person), actor="clerk.9", correlation="case-4")
    [read] = benefits_of(client, person)
    assert read.fact == a_benefit(person)
    assert (read.fact_id, read.position) == (recorded.fact_id, recorded.position)
    assert (read.kind, read.state) == ("benefit_period", pb.FACT_STATE_STANDS)
    assert (read.data_class, read.person_id, read.household_id) == (BENEFITS, person, "")
    assert read.recorded_by == pb.RecordedBy(
        actor="clerk.9",
        purpose="case",
        legal_basis="almenboligloven § 59",
        correlation="case-4",
    )
    assert read.recorded_at.seconds > 0
    assert len(read.leaf_hash) == 32


def test_corrections_chain_from_what_stood_to_what_stands(client: Client) -> None:
    person = client.a_person()
    [first] = client.record(a_benefit(person))
    second = client.correct(first.fact_id, a_benefit(person, last_day="2025-06-30"))
    third = client.correct(second.fact_id, a_benefit(person, last_day="2025-07-31"))
    one, two, three = benefits_of(client, person)
    assert [each.state for each in (one, two, three)] == [
        pb.FACT_STATE_CORRECTED,
        pb.FACT_STATE_CORRECTED,
        pb.FACT_STATE_STANDS,
    ]
    assert (one.ended.fact_id, two.corrects) == (second.fact_id, first.fact_id)
    assert (two.ended.fact_id, three.corrects) == (third.fact_id, second.fact_id)
    assert (two.ended.position, two.ended.recorded_by.purpose) == (third.position, "correction")
    assert one.fact == a_benefit(person)
    [stands] = benefits_of(client, person, standing_only=True)
    assert stands.fact_id == third.fact_id


def test_what_was_taken_back_says_who_took_it_back_and_stood_before(client: Client) -> None:
    person = client.a_person()
    [recorded] = client.record(a_benefit(person))
    before = {"at_position": client.head()}
    client.retract(recorded.fact_id)
    [read] = benefits_of(client, person)
    assert read.state == pb.FACT_STATE_RETRACTED
    assert read.ended.recorded_by.actor == "clerk.7"
    assert read.fact == a_benefit(person)
    [then] = benefits_of(client, person, consistency=before)
    assert then.state == pb.FACT_STATE_STANDS
    assert not then.HasField("ended")


def test_open_facts_are_corrected_and_retracted_alike(client: Client) -> None:
    client.an_area()
    [first] = client.record(a_dwelling("dar-1"))
    before = client.head()
    second = client.correct(first.fact_id, a_dwelling("dar-1", rooms=3))
    one, two = facts_of(client, tag="dwelling:dar-1")
    assert (one.state, one.ended.fact_id) == (pb.FACT_STATE_CORRECTED, second.fact_id)
    assert (two.fact, two.corrects) == (a_dwelling("dar-1", rooms=3), first.fact_id)
    assert one.recorded_by.actor == "clerk.7"
    client.retract(second.fact_id)
    states = [each.state for each in facts_of(client, tag="dwelling:dar-1")]
    assert states == [pb.FACT_STATE_CORRECTED, pb.FACT_STATE_RETRACTED]
    then = facts_of(client, tag="dwelling:dar-1", consistency={"at_position": before})
    assert [each.state for each in then] == [pb.FACT_STATE_STANDS]


def test_a_household_is_read_with_its_members_and_each_member_with_the_household(
    client: Client,
) -> None:
    person, household = client.a_person(), client.a_household()
    client.record(a_member(household, person), members_attested(household))
    membership = core.DATA_CLASS_MEMBERSHIP
    kinds = [each.kind for each in facts_of(client, household_id=household, data_class=membership)]
    assert kinds == ["household_registered", "household_member", "members_attested"]
    [member] = facts_of(client, person_id=person, data_class=membership)
    assert member.fact == a_member(household, person)


def test_one_case_is_read_by_its_correlation(client: Client) -> None:
    person = client.a_person()
    client.record(a_benefit(person), correlation="case-1")
    later = {"first_day": "2025-06-01", "last_day": "2025-06-30"}
    client.record(a_benefit(person, **later), correlation="case-2")
    [read] = benefits_of(client, person, correlation="case-2")
    assert read.fact.benefit_period.first_day == "2025-06-01"


def test_only_the_kinds_asked_for_are_read(client: Client) -> None:
    client.an_area()
    client.record(area_figures())
    assert [each.kind for each in facts_of(client, tag=f"area:{AREA}")] == [
        "area_registered",
        "area_figures",
    ]
    [read] = facts_of(client, tag=f"area:{AREA}", kinds=["area_figures"])
    assert read.kind == "area_figures"


def test_texts_say_what_each_field_means_in_danish_and_english(client: Client) -> None:
    person = client.a_person()
    client.record(a_benefit(person))
    [bare] = benefits_of(client, person)
    assert not bare.values
    [read] = benefits_of(client, person, texts=True)
    said = {each.name: each for each in read.values}
    assert read.says.da
    assert (said["first_day"].value, said["first_day"].said.da) == ("2025-01-01", "1. januar 2025")
    assert said["benefit"].said.da == "kontanthjælp"
    assert said["benefit"].meaning.da
    assert said["benefit"].meaning.en


def test_steps_of_a_tenancy_are_opened_only_when_their_class_is_asked_for(
    client: Client, instance: Instance
) -> None:
    client.import_areas()
    letting = Letting(client)
    household, _ = letting.a_household()
    letting.a_share(1, 1, basis=pb.SHARE_BASIS_AGREED)
    dwelling = letting.a_dwelling("home-1")
    receipt = letting.receipt(household, dwelling, basis=REFERRAL_BASIS_STK_2)
    letting.offer(letting.allocate(letting.vacancy(dwelling)), household, receipt)
    instance.access.flush()
    token = instance.keys.token(UUID(household), DataClass.TENANCY)
    noted = len(instance.access.reads([token]))
    without = [each.kind for each in facts_of(client, tag=f"dwelling:{dwelling}")]
    assert "vacancy_recorded" in without
    assert "offer_made" not in without
    assert len(instance.access.reads([token])) == noted
    steps = facts_of(client, tag=f"dwelling:{dwelling}", data_class=core.DATA_CLASS_TENANCY)
    [offered] = [each for each in steps if each.kind == "offer_made"]
    assert offered.household_id == household
    assert {each.name for each in offered.values} >= {"deadline"}
    assert len(instance.access.reads([token])) == noted + 1


@pytest.mark.parametrize("name", FACTS)
def test_every_kind_of_fact_says_the_same_when_it_is_read_back(name: str) -> None:
    stated = example(name, an_id(), an_id())
    item = new_fact(stated, "fact", FieldErrors())
    assert item is not None
    written = pb.Fact()
    content: Any = getattr(written, name)
    content.SetInParent()
    whose = {"person_id": item.subject, "household_id": item.household or item.subject}
    write(
        item.fact,
        content,
        **{of: str(id) for of, id in whose.items() if of in content.DESCRIPTOR.fields_by_name},
    )
    assert new_fact(written, "fact", FieldErrors()) == item
    assert all(each.meaning.da and each.meaning.en for each in readback.values(item.fact))


# --- Least knowledge ------------------------------------------------------------------------


def test_one_class_is_opened_and_its_reading_noted_with_purpose_and_nothing_else(
    client: Client, instance: Instance
) -> None:
    person = client.a_person()
    client.record(a_benefit(person))
    tokens = instance.keys.tokens_of(UUID(person))
    instance.access.flush()
    before = len(instance.access.reads(tokens.values()))
    benefits_of(client, person, context=context(purpose="audit", actor="auditor.1"))
    noted = instance.access.reads(tokens.values())[before:]
    [access] = noted
    assert (access.actor, access.purpose) == ("auditor.1", "audit")
    assert access.read == ((DataClass.BENEFITS, tokens[DataClass.BENEFITS]),)


def test_a_reading_that_finds_nothing_is_noted_too(client: Client, instance: Instance) -> None:
    person = client.a_person()
    token = instance.keys.token(UUID(person), DataClass.CONVICTIONS)
    assert facts_of(client, person_id=person, data_class=core.DATA_CLASS_CONVICTIONS) == []
    [access] = instance.access.reads([token])
    assert access.read == ((DataClass.CONVICTIONS, token),)


def test_reading_a_household_is_noted_with_each_member_whose_fact_it_opens(
    client: Client, instance: Instance
) -> None:
    person, household = client.a_person(), client.a_household()
    client.record(a_member(household, person))
    token = instance.keys.token(UUID(person), DataClass.MEMBERSHIP)
    instance.access.flush()
    before = len(instance.access.reads([token]))
    facts_of(client, household_id=household, data_class=core.DATA_CLASS_MEMBERSHIP)
    assert len(instance.access.reads([token])) == before + 1


def test_figures_of_few_persons_are_left_out_and_of_what_stood_as_well(client: Client) -> None:
    client.an_area()
    [first] = client.record(
        area_figures(
            figures=pb.Figures(
                residents=1200,
                measured=[
                    pb.Measured(
                        figure=pb.MEASURE_CONVICTED,
                        first_year=2024,
                        last_year=2024,
                        numerator=3,
                        denominator=1200,
                        share="0.25",
                    )
                ],
            )
        )
    )
    client.correct(first.fact_id, area_figures(figures=pb.Figures(residents=1201)))
    stood, stands = facts_of(client, tag=f"area:{AREA}", kinds=["area_figures"], texts=True)
    assert list(stood.suppressed) == ["convicted 2024"]
    [part] = stood.fact.area_figures.figures.measured
    assert not part.HasField("numerator")
    assert not part.share
    assert not any(each.value in ("3", "0.25") for each in stood.values)
    assert not stands.suppressed
    events = client.audit.ListEvents(audit_request(types=["area.figures"])).events
    assert [each.withheld for each in events] == [True, False]


# --- Erased ---------------------------------------------------------------------------------


def test_what_is_erased_stays_erased_at_every_position(client: Client) -> None:
    person = client.a_person()
    client.record(a_benefit(person))
    before = {"at_position": client.head()}
    client.erase(person_id=person, data_class=BENEFITS)
    for consistency in ({}, before):
        page = page_of(client, person_id=person, data_class=BENEFITS, consistency=consistency)
        assert page.erased
        assert not page.facts
        assert not page.next_page_token


def test_a_class_that_was_begun_anew_says_that_it_was_erased_before(client: Client) -> None:
    person = client.a_person()
    client.record(a_benefit(person))
    client.erase(person_id=person, data_class=BENEFITS)
    client.record(a_person(person))
    client.record(a_benefit(person, first_day="2026-01-01", last_day="2026-01-31"))
    page = page_of(client, person_id=person, data_class=BENEFITS)
    assert page.erased
    [read] = page.facts
    assert read.fact.benefit_period.first_day == "2026-01-01"


def test_a_member_who_was_erased_leaves_only_that_there_was_one(client: Client) -> None:
    person, household = client.a_person(), client.a_household()
    client.record(a_member(household, person))
    client.erase(person_id=person)
    membership = core.DATA_CLASS_MEMBERSHIP
    _, member = facts_of(client, household_id=household, data_class=membership)
    assert member.state == pb.FACT_STATE_ERASED
    assert not member.HasField("fact")
    assert (member.person_id, member.household_id, member.recorded_by.actor) == ("", "", "")


def test_a_person_erased_between_two_pages_is_gone_from_the_second(
    client: Client, refused: Refused
) -> None:
    person = client.a_person()
    client.record(*several(person, 4))
    first = page_of(client, person_id=person, data_class=BENEFITS, page_size=2)
    client.erase(person_id=person)
    refusal = refused(
        lambda: page_of(
            client,
            person_id=person,
            data_class=BENEFITS,
            page_size=2,
            page_token=first.next_page_token,
        )
    )
    assert refusal.code is grpc.StatusCode.NOT_FOUND


# --- Pages ----------------------------------------------------------------------------------


def several(person: str, count: int) -> list[pb.Fact]:
    return [
        a_benefit(person, first_day=f"2025-{month:02}-01", last_day=f"2025-{month:02}-28")
        for month in range(1, count + 1)
    ]


def test_pages_neither_lose_nor_repeat_a_fact_while_others_are_recorded(client: Client) -> None:
    person = client.a_person()
    recorded = client.record(*several(person, 9))
    seen: list[str] = []
    for number, page in enumerate(
        walked(client, person_id=person, data_class=BENEFITS, page_size=2)
    ):
        seen += [each.fact_id for each in page.facts]
        if number == 0:
            client.retract(recorded[5].fact_id)
            later = {"first_day": "2026-01-01", "last_day": "2026-01-31"}
            client.record(a_benefit(person, **later))
        assert all(each.state == pb.FACT_STATE_STANDS for each in page.facts)
        assert page.known_at_position == recorded[-1].position
    assert seen == [each.fact_id for each in recorded]


def test_pages_of_open_facts_neither_lose_nor_repeat_one(client: Client) -> None:
    client.an_area()
    recorded = client.record(
        *(area_figures(reference_day=f"20{year}-12-01") for year in range(15, 25))
    )
    for standing in (False, True):
        seen: list[str] = []
        for page in walked(
            client,
            tag=f"area:{AREA}",
            kinds=["area_figures"],
            page_size=3,
            standing_only=standing,
        ):
            if not seen and not standing:
                client.retract(recorded[8].fact_id)
            seen += [each.fact_id for each in page.facts]
        expected = [each.fact_id for each in recorded]
        if standing:
            expected.remove(recorded[8].fact_id)
        assert seen == expected


@pytest.mark.parametrize(
    "other",
    [
        {"data_class": core.DATA_CLASS_IDENTITY},
        {"standing_only": True},
        {"kinds": ["benefit_period"]},
        {"correlation": "case-1"},
        {"texts": True},
    ],
    ids=str,
)
def test_a_page_token_is_good_for_the_question_it_was_given_for_alone(
    client: Client, refused: Refused, other: dict[str, Any]
) -> None:
    person = client.a_person()
    client.record(*several(person, 3))
    asked: dict[str, Any] = {"person_id": person, "data_class": BENEFITS}
    token = page_of(client, page_size=1, **asked).next_page_token
    refusal = refused(lambda: page_of(client, page_token=token, **{**asked, **other}))
    assert set(refusal.fields) == {"page_token"}


def test_a_token_of_another_call_is_refused(client: Client, refused: Refused) -> None:
    person = client.a_person()
    client.record(*several(person, 3))
    token = client.audit.ListEvents(audit_request(page_size=1)).next_page_token
    refusal = refused(
        lambda: page_of(client, person_id=person, data_class=BENEFITS, page_token=token)
    )
    assert set(refusal.fields) == {"page_token"}


def test_a_page_token_names_nobody(client: Client) -> None:
    person = client.a_person()
    client.record(*several(person, 3))
    token = page_of(client, person_id=person, data_class=BENEFITS, page_size=1).next_page_token
    content = json.loads(base64.urlsafe_b64decode(token)[8:])
    assert person not in json.dumps(content)


# --- What is refused ------------------------------------------------------------------------


def test_everything_wrong_with_a_reading_is_named_at_once(client: Client, refused: Refused) -> None:
    refusal = refused(
        lambda: page_of(
            client,
            context=context(purpose="curiosity"),
            person_id="Bo Prøve",
            kinds=["benefit_period", "shoe_size"],
            page_size=-1,
            correlation="Bo Prøve",
        )
    )
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert set(refusal.fields) == {
        "context.purpose",
        "person_id",
        "data_class",
        "kinds[1]",
        "page_size",
        "correlation",
    }
    assert "Prøve" not in refusal.whole


@pytest.mark.parametrize("tag", ["p:abc", "h:abc", "erasure", "area", "area:", "name:Bo Prøve"])
def test_a_tag_that_no_open_fact_has_is_refused_without_an_echo(
    client: Client, refused: Refused, tag: str
) -> None:
    refusal = refused(lambda: page_of(client, tag=tag))
    assert set(refusal.fields) == {"tag"}
    assert "Bo Prøve" not in refusal.whole


def test_who_or_what_is_not_here_is_not_found_without_an_echo(
    client: Client, refused: Refused
) -> None:
    unknown = an_id()
    for values in (
        {"person_id": unknown, "data_class": BENEFITS},
        {"household_id": unknown, "data_class": core.DATA_CLASS_DECISIONS},
        {"tag": f"dwelling:{unknown}"},
    ):
        refusal = refused(partial(page_of, client, **values))
        assert refusal.code is grpc.StatusCode.NOT_FOUND
        assert unknown not in refusal.whole


def test_a_reading_is_as_fresh_as_it_is_asked_to_be(client: Client, refused: Refused) -> None:
    person = client.a_person()
    [recorded] = client.record(a_benefit(person))
    asked: dict[str, Any] = {"person_id": person, "data_class": BENEFITS}
    fresh = page_of(client, consistency={"at_least_position": recorded.position}, **asked)
    assert fresh.known_at_position == client.head()
    assert len(fresh.facts) == 1
    then = page_of(client, consistency={"at_position": recorded.position - 1}, **asked)
    assert (then.known_at_position, list(then.facts)) == (recorded.position - 1, [])
    ahead = {"at_least_position": recorded.position + 1}
    refusal = refused(lambda: page_of(client, consistency=ahead, **asked))
    assert refusal.reason == "ERROR_REASON_POSITION_BEYOND_HEAD"


def test_a_person_is_not_read_as_a_household(client: Client, refused: Refused) -> None:
    person = client.a_person()
    values = {"household_id": person, "data_class": core.DATA_CLASS_MEMBERSHIP}
    assert refused(lambda: page_of(client, **values)).code is grpc.StatusCode.NOT_FOUND


def test_a_class_is_not_opened_beside_an_area(client: Client, refused: Refused) -> None:
    client.an_area()
    refusal = refused(lambda: page_of(client, tag=f"area:{AREA}", data_class=BENEFITS))
    assert set(refusal.fields) == {"data_class"}


def test_a_dwelling_is_found_however_its_uuid_is_spelt(client: Client) -> None:
    client.an_area()
    dwelling = an_id()
    client.record(a_dwelling(dwelling))
    [read] = facts_of(client, tag=f"dwelling:{dwelling.upper()}")
    assert read.fact.dwelling_recorded.dwelling_id == dwelling
