"""A housing organisation lets its own dwellings, on its own answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
import pytest

from domain import facts
from domain.facts import Channel, ControllerKind, ShareBasis
from domain.law.kernel import Outcome
from domain.law.letting.rejection import LettingChannel
from domain.law.letting.steps import LettingQuestion
from husret_verify.event import event_id
from services.answers.receipts import Asked as Question
from services.answers.receipts import request_bytes
from services.facts import recording
from services.facts.checks import NewFact
from services.facts.fields import InvalidFields
from services.facts.recording import Written
from services.instance.instance import Instance
from services.tenancies.requirements import StaleReceipt, StepBasis, StepRefused
from tests.answers.town import LONG_AGO, MUNICIPALITY, TODAY, Calendar, Household, Town, new_id
from tests.tenancies.estate import DEPARTMENT, NOTHING, ORGANISATION, Estate


@pytest.fixture
def estate() -> Iterator[Estate]:
    instance = Instance.in_memory(
        kind=ControllerKind.HOUSING_ORGANISATION, controller="Prøvebo", today=lambda: TODAY
    )
    with Town(instance, Calendar()) as town:
        made = Estate(town)
        made.build("home", "other")
        town.record(
            facts.NothingDecided(
                municipality=MUNICIPALITY,
                decisions=("approval_scheme_decided",),
                first_day=LONG_AGO,
                answered_by="Prøvekøbing Kommune",
            )
        )
        yield made


def registered(estate: Estate) -> Household:
    """Register a household of one; a housing organisation holds no benefits of it."""
    household = Household(new_id(), (new_id(),))
    member = facts.HouseholdMember(
        member_list=facts.MemberList.DECLARED,
        first_day=LONG_AGO,
        role=facts.MemberRole.APPLICANT,
    )
    new = [
        NewFact(facts.HouseholdRegistered(registered_on=LONG_AGO), household=household.id),
        NewFact(
            facts.MembersAttested(member_list=facts.MemberList.DECLARED, first_day=LONG_AGO),
            household=household.id,
        ),
        NewFact(facts.PersonRegistered(), person=household.members[0]),
        NewFact(member, person=household.members[0], household=household.id),
    ]
    recording.record(estate.town.instance, estate.town.context, new_id(), new)
    return household


def asked(
    estate: Estate,
    household: Household,
    channel: LettingChannel,
    dwelling: str = "home",
    way: int | None = None,
    way_of: str = "",
) -> tuple[UUID, Outcome]:
    question = LettingQuestion(
        household=household.id,
        day=estate.today,
        dwelling=dwelling,
        channel=channel,
        way=way,
        way_of=way_of,
    )
    instance = estate.town.instance
    put = Question(question, request_bytes(question, ""), event_id(instance.log_id, new_id(), 0))
    answer = estate.town.answers.check(put, estate.town.reader, instance.view())
    assert answer.receipt_id is not None
    return answer.receipt_id, answer.decision.outcome


def test_a_dwelling_is_let_from_the_external_list_on_letting_answers(estate: Estate) -> None:
    household = registered(estate)
    allocation = estate.allocate(estate.vacancy("home"))
    receipt, outcome = asked(estate, household, LettingChannel.WAITING_LIST)
    assert outcome is Outcome.PERMITTED
    decided = NOTHING._replace(receipts=(receipt,))
    offer = estate.offer(allocation, household.id, decided)
    estate.accept(offer, decided)
    tenancy = estate.commence(offer, decided)
    assert estate.tenancies.lives.life("home").state == "let"
    with pytest.raises(StepRefused, match="notice or termination"):
        estate.tenancies.give_notice(
            estate.caller(),
            tenancy,
            facts.Party.LANDLORD,
            estate.today,
            estate.today,
            StepBasis((), "Kim", "A reason.", True),
        )


def test_an_answer_about_another_channel_permits_nothing(estate: Estate) -> None:
    household = registered(estate)
    allocation = estate.allocate(estate.vacancy("home"), Channel.EXTERNAL)
    for channel in (LettingChannel.FLEXIBLE, LettingChannel.REFERRAL, LettingChannel.REHOUSING):
        receipt, _ = asked(estate, household, channel)
        with pytest.raises(StepRefused, match="another basis"):
            estate.offer(allocation, household.id, NOTHING._replace(receipts=(receipt,)))
    receipt, _ = asked(estate, household, LettingChannel.WAITING_LIST, "other")
    with pytest.raises(StepRefused, match="another dwelling"):
        estate.offer(allocation, household.id, NOTHING._replace(receipts=(receipt,)))
    with pytest.raises(StepRefused, match="letting is needed"):
        estate.offer(allocation, household.id, NOTHING)


def test_what_the_organisation_decides_moves_its_answers(estate: Estate) -> None:
    household = registered(estate)
    allocation = estate.allocate(estate.vacancy("home"))
    receipt, _ = asked(estate, household, LettingChannel.WAITING_LIST)
    estate.build("home", area=None)
    with pytest.raises(StaleReceipt, match=r"dwelling\.recorded"):
        estate.offer(allocation, household.id, NOTHING._replace(receipts=(receipt,)))


def _works() -> facts.SightAttested:
    return facts.SightAttested(
        kind=facts.CriterionKind.WORK,
        document=facts.DocumentKind.PAYSLIPS,
        issuer=facts.IssuerKind.EMPLOYER,
        seen_by="clerk.7",
        seen_on=TODAY,
        first_day=LONG_AGO,
        hours="37",
    )


def agreed(estate: Estate, per_cent: int, corrects: UUID | None = None, **stated: Any) -> Written:
    """Record criteria for the department, and once the share that they say."""
    work = facts.Alternative(all_of=(facts.Criterion(kind=facts.CriterionKind.WORK),))
    criteria = facts.CriteriaSet(
        criteria="agreed",
        municipality=MUNICIPALITY,
        basis=facts.CriteriaBasis.AGREED,
        organisation=ORGANISATION,
        departments=(DEPARTMENT,),
        set_on=LONG_AGO,
        first_day=LONG_AGO,
        announced_on=LONG_AGO,
        confirmed_by="the head of letting",
        ways=(
            facts.Way(
                conditions=(
                    facts.Condition(
                        who=facts.MustMeet.APPLICANT,
                        tested=facts.CriteriaTest.ALLOCATION,
                        any_of=(work,),
                    ),
                ),
                share=50,
            ),
        ),
        share=per_cent,
        **stated,
    )
    if corrects is None:
        [written] = estate.town.record(criteria)
        estate.decide_share(ShareBasis.CRITERIA_AGREED, None, None, criteria="agreed")
        return written
    [written] = recording.correct(
        estate.town.instance, estate.town.context, new_id(), corrects, NewFact(criteria)
    )
    return written


def test_the_internal_list_has_its_turn_and_flexible_letting_its_share(estate: Estate) -> None:
    agreed(estate, 34)
    said = []
    for name in ("a", "b", "c", "d", "e"):
        estate.build(name)
        vacancy = estate.vacancy(name)
        said.append(str(estate.due(vacancy).channel))
        estate.allocate(vacancy)
    assert said == ["external", "internal", "flexible", "external", "internal"]
    estate.build("f")
    vacancy = estate.vacancy("f")
    with pytest.raises(StepRefused, match=r"flexible \(criteria_agreed\), way 1, is due"):
        estate.allocate(vacancy, Channel.EXTERNAL)
    with pytest.raises(StepRefused, match="way 1"):
        estate.allocate(vacancy, Channel.FLEXIBLE, ShareBasis.CRITERIA_AGREED)
    estate.allocate(vacancy)


def test_a_dwelling_is_let_by_the_way_that_it_was_allocated_on(estate: Estate) -> None:
    household = registered(estate)
    agreed(estate, 100)
    for name in ("other", "home"):
        allocation = estate.allocate(estate.vacancy(name))
    ways = [row.turn.way for row in estate.tenancies.lives.ledger(ORGANISATION).rows()]
    assert ways == [None, 1]
    estate.town.record(_works(), person=household.members[0])
    for way, way_of in ((None, ""), (2, ""), (1, "others")):
        receipt, _ = asked(estate, household, LettingChannel.FLEXIBLE, way=way, way_of=way_of)
        with pytest.raises(StepRefused, match=r"another basis .*\(flexible, way 1 of agreed\)"):
            estate.offer(allocation, household.id, NOTHING._replace(receipts=(receipt,)))
    receipt, outcome = asked(estate, household, LettingChannel.FLEXIBLE, way=1, way_of="agreed")
    assert outcome is Outcome.PERMITTED
    estate.offer(allocation, household.id, NOTHING._replace(receipts=(receipt,)))


def test_a_dwelling_whose_rooms_are_not_known_is_not_allocated_where_the_share_goes_by_them(
    estate: Estate,
) -> None:
    agreed(estate, 100, counted_by=(facts.CountedBy.ROOMS,))
    with pytest.raises(StepRefused, match="goes by the number of rooms"):
        estate.allocate(estate.vacancy("home"), Channel.FLEXIBLE, ShareBasis.CRITERIA_AGREED)


def test_an_advertised_dwelling_is_let_on_an_answer_about_advertising(estate: Estate) -> None:
    household = registered(estate)
    estate.decide_share(ShareBasis.ADVERTISED, 1, 2, departments=(DEPARTMENT,))
    found = facts.ProblemsFound(
        organisation=ORGANISATION,
        department=DEPARTMENT,
        found=True,
        found_by="Landsbyggefonden",
        first_day=LONG_AGO,
    )
    estate.town.record(found)
    estate.allocate(estate.vacancy("other"))
    allocation = estate.allocate(estate.vacancy("home"))
    said = [row.turn.channel for row in estate.tenancies.lives.ledger(ORGANISATION).rows()]
    assert said == [Channel.EXTERNAL, Channel.ADVERTISED], "at most half of the department's"
    receipt, _ = asked(estate, household, LettingChannel.WAITING_LIST)
    with pytest.raises(StepRefused, match="another basis"):
        estate.offer(allocation, household.id, NOTHING._replace(receipts=(receipt,)))
    receipt, outcome = asked(estate, household, LettingChannel.ADVERTISED)
    assert outcome is Outcome.PERMITTED
    [taken_back] = estate.town.record(
        msgspec.structs.replace(found, found=False, first_day=estate.today)
    )
    with pytest.raises(StaleReceipt, match=r"letting\.problems_found"):
        estate.offer(allocation, household.id, NOTHING._replace(receipts=(receipt,)))
    estate.town.retract(taken_back)
    receipt, _ = asked(estate, household, LettingChannel.ADVERTISED)
    estate.offer(allocation, household.id, NOTHING._replace(receipts=(receipt,)))
    assert estate.tenancies.lives.life("home").state == "offered"


def test_a_dwelling_is_not_allocated_on_criteria_that_have_changed_meanwhile(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    criteria = agreed(estate, 100)
    vacancy = estate.vacancy("home")
    writer = estate.town.instance.writer
    append_batch = writer.append_batch
    changed: list[Written] = []

    def append_after_a_change(*given: Any, **named: Any) -> Any:
        if not changed:
            changed.append(criteria)
            agreed(estate, 1, criteria.fact_id)
        return append_batch(*given, **named)

    monkeypatch.setattr(writer, "append_batch", append_after_a_change)
    with pytest.raises(StepRefused, match="external is due"):
        estate.allocate(vacancy)


def test_a_share_of_criteria_is_said_by_criteria_that_are_recorded_and_fit(
    estate: Estate,
) -> None:
    with pytest.raises(InvalidFields, match="no criteria with this id are recorded"):
        estate.decide_share(ShareBasis.CRITERIA_AGREED, None, None, criteria="agreed")
    agreed(estate, 50)
    for basis, numbers, said, wrong in (
        (ShareBasis.CRITERIA_AGREED, (1, 2), "agreed", "numerator: is said by the criteria"),
        (ShareBasis.CRITERIA_AGREED, (1, 2), "", "criteria: is empty"),
        (ShareBasis.CRITERIA_SET, (None, None), "agreed", "criteria of another basis"),
        (ShareBasis.QUARTER, (None, None), "agreed", "no criteria go with this basis"),
        (ShareBasis.QUARTER, (None, None), "", "say the share"),
        (ShareBasis.ADVERTISED, (2, 3), "", "at most 1 of 2"),
    ):
        with pytest.raises(InvalidFields, match=wrong):
            estate.decide_share(basis, *numbers, departments=(DEPARTMENT,), criteria=said)
    with pytest.raises(InvalidFields, match="name one: half of each department"):
        estate.decide_share(ShareBasis.ADVERTISED, 1, 2)
