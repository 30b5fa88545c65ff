"""Tenancies that began before they were kept here: what is asked about them, and their ends."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

import grpc
import pytest

from domain import facts as facts_of_domain
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import tenancy_service_pb2 as pb
from services.facts import recording
from services.facts.checks import NewFact
from services.facts.fields import InvalidFields
from services.facts.recording import Context
from services.instance.instance import Instance
from tests.api import client as facts
from tests.api.client import TODAY, Client, an_id, context
from tests.api.test_distance import request as measuring
from tests.api.test_termination import a_disposal, a_judgment
from tests.tenancies.conftest import Refused
from tests.tenancies.letting import Letting
from tests.tenancies.test_landlord import DECIDED, NOTICE

_HOMES = count(1)


def taken_over(dwelling: str, household: str, **values: Any) -> facts.pb.Fact:
    content = {"first_day": "2015-02-01", "let_as": core.DWELLING_KIND_FAMILY, **values}
    return facts.pb.Fact(
        tenancy_taken_over=facts.pb.TenancyTakenOver(
            dwelling_id=dwelling, household_id=household, **content
        )
    )


class Tenant:
    """A household that has lived in a dwelling since before, and its landlord's calls."""

    def __init__(self, client: Client, dwelling: str = "dar-1") -> None:
        self.letting, self.client, self.dwelling = Letting(client), client, dwelling
        self.household, self.person = an_id(), an_id()
        client.record(
            facts.a_household(self.household),
            facts.a_person(self.person),
            facts.a_member(self.household, self.person, first_day="2015-02-01"),
            facts.members_attested(self.household, first_day="2015-02-01"),
            facts.nothing_decided(),
        )
        self.letting.a_dwelling(dwelling)
        [recorded] = client.record(taken_over(dwelling, self.household))
        self.tenancy = recorded.fact_id

    def ask(self, name: str, **values: Any) -> core.Decision:
        asked = {"household_id": self.household, "dwelling_id": self.dwelling, **values}
        question = getattr(eligibility, f"{name}Question")(**asked)
        request = getattr(eligibility, f"Check{name}Request")(
            context=context(purpose="letting"), request_id=an_id(), question=question
        )
        method = getattr(self.client.eligibility, f"Check{name}")
        decision: core.Decision = method(request, timeout=20).decision
        return decision

    def end(self, cause: Any = pb.END_CAUSE_AGREEMENT, **values: Any) -> str:
        said = {"tenancy_id": self.tenancy, "cause": cause, "last_day": TODAY, **values}
        return self.letting.step("EndTenancy", **said)


def a_home(letting: Letting) -> str:
    return letting.a_dwelling(f"home-{next(_HOMES)}")


@pytest.fixture
def tenant(organisation: Client) -> Tenant:
    return Tenant(organisation)


def test_a_termination_a_notice_a_rehousing_and_an_exchange_are_about_it(
    tenant: Tenant, refused: Refused
) -> None:
    tenant.client.record(a_disposal(), a_judgment(tenant.person))
    tenant.client.distances.MeasureDistance(measuring(tenant.person))
    for name, values in (("Notice", NOTICE), ("Termination", {})):
        assert tenant.ask(name, **values).outcome == core.OUTCOME_DISCRETIONARY
    tenant.letting.a_dwelling("new", rooms=2)
    rooms = {"offered_dwelling_id": "new", "offered_rooms": 2, "rooms_before": 2}
    assert tenant.ask("Rehousing", **rooms).outcome == core.OUTCOME_PERMITTED
    exchange = tenant.ask("Exchange", lived_since="2015-02-01", partner_is_tenant=core.STATED_YES)
    assert exchange.receipt_id
    answer = tenant.ask("Termination")
    basis = pb.StepBasis(receipt_ids=[answer.receipt_id], **DECIDED)
    alone = refused(lambda: tenant.end(pb.END_CAUSE_TERMINATION))
    assert "termination is needed" in alone.details
    tenant.end(pb.END_CAUSE_TERMINATION, basis=basis)
    # What follows is a vacancy like any other, no earlier than the tenancy has ended.
    early = refused(lambda: tenant.letting.vacancy("dar-1", vacant_from=TODAY))
    assert "has not ended by then" in early.details
    tenant.letting.vacancy("dar-1", vacant_from="2026-06-16")


def test_what_is_not_known_of_its_beginnings_is_not_said(client: Client) -> None:
    tenant = Tenant(client, "since-2015")
    life = client.tenancies.GetTenancy(
        pb.GetTenancyRequest(context=context(), dwelling_id="since-2015")
    )
    [step] = life.steps
    assert dict(step.days) == {"first_day": "2015-02-01"}
    assert dict(step.values) == {"dwelling": "since-2015", "let_as": "family"}
    assert (list(step.receipt_ids), step.decided_by) == ([], "")
    assert step.step_id == tenant.tenancy
    assert life.state == pb.DWELLING_STATE_LET


def test_a_dwelling_has_one_tenancy_however_it_is_recorded(
    client: Client, letting: Letting, refused: Refused
) -> None:
    home, household = a_home(letting), client.a_household()
    [first] = client.record(taken_over(home, household))
    again = taken_over(home, client.a_household(), first_day="2016-01-01")
    assert refused(lambda: client.record(again)).details.endswith(first.fact_id)
    row = f"fact;household_id;dwelling_id;first_day;let_as\ntenancy_taken_over;{household};{home};"
    file = facts.pb.FactFile(name="a.csv", content=f"{row}01-01-2016;family\n".encode())
    asked = facts.pb.RecordFilesRequest(context=context(purpose="import"), files=[file])
    assert first.fact_id in refused(lambda: client.facts.RecordFiles(asked)).details
    assert "the dwelling is let" in refused(lambda: letting.vacancy(home)).details
    twice = a_home(letting)
    both = [taken_over(twice, household), taken_over(twice, client.a_household())]
    assert "by facts[0]" in refused(lambda: client.record(*both)).details
    vacant = a_home(letting)
    letting.vacancy(vacant)
    known = refused(lambda: client.record(taken_over(vacant, household)))
    assert "vacancies that are recorded here" in known.details
    ahead = taken_over(twice, household, first_day="2026-07-01")
    assert "after today" in refused(lambda: client.record(ahead)).details
    ended = {"cause": pb.END_CAUSE_AGREEMENT, "last_day": "2020-01-31"}
    letting.step("EndTenancy", tenancy_id=home, **ended)
    before = taken_over(home, household, first_day="2020-01-31")
    assert "lasted through 2020-01-31" in refused(lambda: client.record(before)).details
    client.record(taken_over(home, household, first_day="2020-02-01"))


def test_one_that_comes_between_finding_it_right_and_appending_it_is_in_the_way(
    client: Client, letting: Letting, instance: Instance
) -> None:
    home, household, rival = a_home(letting), client.a_household(), client.a_household()
    fact = facts_of_domain.TenancyTakenOver(
        dwelling=home, first_day=date(2015, 2, 1), let_as=facts_of_domain.DwellingKind.FAMILY
    )
    new = [NewFact(fact, household=UUID(household))]
    rivals = iter([partial(client.record, taken_over(home, rival))])

    def in_time() -> None:
        for record in rivals:
            record()

    asked = Context("test", "case")
    with pytest.raises(InvalidFields, match="is let already"):
        recording.record(instance, asked, UUID(an_id()), new, in_time=in_time)


def test_of_those_who_take_one_over_at_once_one_does(client: Client, letting: Letting) -> None:
    home = a_home(letting)
    households = [client.a_household() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        ended: list[Future[Any]] = [
            pool.submit(client.record, taken_over(home, each)) for each in households
        ]
        ended.append(pool.submit(letting.vacancy, home))
    refusals = [each.exception() for each in ended if each.exception() is not None]
    assert len(refusals) == 6
    assert all(isinstance(each, grpc.RpcError) for each in refusals)


def test_its_id_ends_no_later_tenancy_of_the_dwelling(letting: Letting, refused: Refused) -> None:
    home, (household, _) = a_home(letting), letting.a_household()
    [first] = letting.client.record(taken_over(home, household))
    end: dict[str, Any] = {"cause": pb.END_CAUSE_AGREEMENT, "last_day": "2026-07-31"}
    letting.step("EndTenancy", tenancy_id=first.fact_id, **{**end, "last_day": "2026-06-14"})
    allocation = letting.allocate(letting.vacancy(home))
    receipt = letting.receipt(household, home, basis=eligibility.REFERRAL_BASIS_STK_2)
    offer = letting.offer(allocation, household, receipt)
    letting.accept(offer, receipt)
    letting.contract(offer, receipt)
    old = refused(lambda: letting.step("EndTenancy", tenancy_id=first.fact_id, **end))
    assert "a later one" in old.details
    letting.step("EndTenancy", tenancy_id=home, **end)


def test_what_an_erased_household_leaves_of_it_is_closed_by_freeing_the_dwelling(
    client: Client, letting: Letting, refused: Refused
) -> None:
    home, household = a_home(letting), client.a_household()
    client.record(taken_over(home, household))
    assert (
        "is known here" in refused(lambda: letting.step("FreeDwelling", dwelling_id=home)).details
    )
    client.erase(household_id=household)
    letting.step("FreeDwelling", dwelling_id=home)
    letting.vacancy(home)
