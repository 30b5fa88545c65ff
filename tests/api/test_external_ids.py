"""The caller's own ids: from recording to receipt and contract without a UUID, and gone in time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import grpc
import pytest

from domain import external_ids
from domain.data_classes import DataClass
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as pb
from husret.v1 import tenancy_service_pb2 as tenancies
from services.cli.main import main
from services.facts import stating
from services.instance.instance import Instance
from tests.api import client as named
from tests.api.client import (
    TODAY,
    Client,
    Refusal,
    a_dwelling,
    a_household,
    a_person,
    an_id,
    context,
)
from tests.api.conftest import DAY, served
from tests.tenancies.letting import DEPARTMENT, ORGANISATION

Refused = Callable[[Callable[[], object]], Refusal]
DAR = "0a3f50a0-4c21-32b8-e044-0003ba298018"
_NUMBERS = count(1)
_CODES = grpc.StatusCode
REFUSED = {_CODES.INVALID_ARGUMENT, _CODES.FAILED_PRECONDITION}


@pytest.fixture(scope="module")
def instance() -> Instance:
    """One instance for all: each test has ids of its own."""
    return Instance.in_memory(today=lambda: DAY)


@pytest.fixture(scope="module")
def client(instance: Instance) -> Iterator[Client]:
    with served(instance) as connected:
        connected.record(named.an_area())
        yield connected


def own(system: str = "ejd") -> str:
    """Return an id of the caller's system that nothing has yet."""
    return f"{system}:{next(_NUMBERS)}"


def of_person(person: str, external_id: str) -> pb.Fact:
    return pb.Fact(
        person_external_id=pb.PersonExternalId(person_id=person, external_id=external_id)
    )


def of_household(household: str, external_id: str) -> pb.Fact:
    return pb.Fact(
        household_external_id=pb.HouseholdExternalId(
            household_id=household, external_id=external_id
        )
    )


def of_dwelling(dwelling: str, external_id: str) -> pb.Fact:
    return pb.Fact(
        dwelling_external_id=pb.DwellingExternalId(dwelling_id=dwelling, external_id=external_id)
    )


def looked_up(client: Client, purpose: str = "case", **by: str) -> pb.LookUpResponse:
    return client.facts.LookUp(pb.LookUpRequest(context=context(purpose=purpose), **by))


# --- Their form -----------------------------------------------------------------------------


@pytest.mark.parametrize("right", ["ejd:12345", "sag:2026-00017", "esdh:S2021-12345", "p-nr:A1"])
def test_a_number_of_a_system_is_an_external_id(right: str) -> None:
    assert external_ids.wrong(right) == ""


def test_digits_that_meet_in_a_uuid_are_no_number_of_anybodys() -> None:
    made = "dwelling-0a010203-1234-4aaa-8aaa-0000000000aa"
    assert not external_ids.looks_like_cpr(made)
    assert external_ids.looks_like_cpr(f"{made}-010203-1234")


@pytest.mark.parametrize(
    "number",
    [
        "ejd:0102031234",
        "ejd:010203-1234",
        "ejd:01-02-03-1234",
        "ejd:01-02-1903-1234",
        "ejd:01.02.1903/1234",
        "ejd:010203--1234",
        "ejd:01-02-03._1234",
        "ejd:010203.1234",
        "ejd:A0102031234",
        "ejd:9010203123455",
        "ab010203:1234",
        "ejd-0102031234:7",
        "ejd:010203 1234",
        "0102031234",
        "010203-1234",
    ],
)
def test_nothing_of_a_cpr_number_s_form_is_an_external_id(number: str) -> None:
    assert external_ids.wrong(number) == external_ids.LIKE_A_CPR


@pytest.mark.parametrize(
    "text",
    [
        *("ejd:Hansen1", "ejd:Bo 1", "ejd:bo@by.dk", "ejd:vej-12", "ejd:", "Ejd:1", "ejd:1-", "1"),
        *("urn:uuid:1", "e:1", "ejd:" + "1-" * 17 + "1", "ejd:Æ1", "ejd:1:2", "ejd:1\n"),
    ],
)
def test_free_text_is_no_external_id(text: str) -> None:
    assert external_ids.wrong(text)


@pytest.mark.parametrize("number", ["0102031234", "ejd:010203-1234"])
def test_a_cpr_number_is_refused_wherever_an_id_is_taken_and_not_repeated(
    number: str, client: Client, refused: Refused
) -> None:
    attempts = {
        "facts[0].person_registered.person_id": lambda: client.record(a_person(number)),
        "facts[0].dwelling_recorded.dwelling_id": lambda: client.record(a_dwelling(number)),
        "facts[1].person_external_id.external_id": lambda: client.record(
            a_person(an_id()), of_person(an_id(), number)
        ),
        "context.correlation": lambda: client.record(a_person(an_id()), correlation=number),
        "question.household_id": lambda: client.check(number, "d", TODAY),
        "external_id": lambda: looked_up(client, external_id=number),
    }
    for field, action in attempts.items():
        refusal = refused(action)
        assert "CPR number" in refusal.fields[field], (field, refusal.fields)
        assert number not in refusal.whole


# --- From recording to receipt and contract -------------------------------------------------


def test_a_letting_system_has_ids_of_its_own_alone_until_the_contract(client: Client) -> None:
    home, who, person = own("bolig"), own("hus"), own("pers")
    lists = (pb.MEMBER_LIST_DECLARED, pb.MEMBER_LIST_REGISTERED)
    request = an_id()
    stated = [
        a_person(person, name="Bo Prøve"),
        a_household(who),
        *(named.a_member(who, person, member_list=each) for each in lists),
        *(named.members_attested(who, member_list=each) for each in lists),
        a_dwelling(
            DAR, area="", outside_areas=True, organisation=ORGANISATION, department=DEPARTMENT
        ),
        of_dwelling(DAR, home),
        pb.Fact(
            letting_share_decided=pb.LettingShareDecided(
                organisation=ORGANISATION,
                basis=pb.SHARE_BASIS_AGREED,
                kind=core.DWELLING_KIND_FAMILY,
                numerator=1,
                denominator=1,
                first_day="2026-01-01",
                decided_by="Kommunalbestyrelsen",
            )
        ),
    ]
    recorded = client.record(*stated, request_id=request)
    assert len(recorded) == len(stated)
    # A repeat says the same, although the ids are known by now.
    assert client.record(*stated, request_id=request) == recorded
    asked = eligibility.CheckReferralRequest(
        context=context(),
        request_id=an_id(),
        question=eligibility.ReferralQuestion(
            household_id=who,
            dwelling_id=home,
            basis=eligibility.REFERRAL_BASIS_STK_2,
            day=TODAY,
        ),
    )
    decision = client.eligibility.CheckReferral(asked).decision
    assert decision.outcome == core.OUTCOME_PERMITTED

    def step(method: str, **values: Any) -> str:
        asked = getattr(tenancies, f"{method}Request")(
            context=context(), request_id=an_id(), **values
        )
        return str(getattr(client.tenancies, method)(asked).recorded.step_id)

    basis = tenancies.StepBasis(receipt_ids=[decision.receipt_id])
    vacancy = step("RecordVacancy", dwelling_id=home, vacant_from=TODAY)
    case = "sag:1-2-3-4-1a2b3c4d5e6f1a2b3c4d5e6f"  # as long as a UUID, with as many hyphens
    client.record(
        pb.Fact(vacancy_external_id=pb.VacancyExternalId(vacancy_id=home, external_id=case))
    )
    assert looked_up(client, external_id=case).vacancy_id == vacancy
    step(
        "AllocateVacancy",
        vacancy_id=case,
        channel=tenancies.CHANNEL_REFERRAL,
        basis=pb.SHARE_BASIS_AGREED,
    )
    offer = step("MakeOffer", allocation_id=case, household_id=who, deadline=TODAY, basis=basis)
    step("AcceptOffer", offer_id=case, basis=basis)
    contract = step("CommenceTenancy", offer_id=home, first_day=TODAY, basis=basis)
    notice = {"given_by": tenancies.PARTY_TENANT, "last_day": "2026-12-31"}
    step("GiveNotice", tenancy_id=case, **notice)
    life = client.tenancies.GetTenancy(
        tenancies.GetTenancyRequest(context=context(), dwelling_id=home)
    )
    assert [each.step_id for each in life.steps][2:5:2] == [offer, contract]
    assert life.state == tenancies.DWELLING_STATE_UNDER_NOTICE
    # The next vacancy of the dwelling is another one, and the first keeps what it led to.
    step("EndTenancy", tenancy_id=case, cause=tenancies.END_CAUSE_NOTICE, last_day="2026-12-31")
    later = step("RecordVacancy", dwelling_id=home, vacant_from="2027-01-01")
    assert looked_up(client, external_id=case).vacancy_id == vacancy
    with pytest.raises(grpc.RpcError, match="a later one has taken the place"):
        step("WithdrawVacancy", vacancy_id=case, reason=tenancies.WITHDRAWAL_REASON_LET_BY_OTHERS)
    step("WithdrawVacancy", vacancy_id=home, reason=tenancies.WITHDRAWAL_REASON_RECORDED_WRONGLY)
    tag = pb.ListFactsRequest(context=context(purpose="audit"), tag=f"dwelling:{home}")
    assert later in [each.fact_id for each in client.facts.ListFacts(tag).facts]


def test_a_batch_and_a_screened_list_give_back_the_external_ids_that_were_sent(
    client: Client,
) -> None:
    home, first, second = own("bolig"), own("hus"), own("hus")
    client.record(a_dwelling(home), a_household(first), a_household(second))
    second_id = looked_up(client, external_id=second).household_id
    asked = eligibility.ReferralQuestion(
        dwelling_id=home, basis=eligibility.REFERRAL_BASIS_STK_1, day=TODAY
    )

    def of(household: str) -> eligibility.CheckQuestion:
        question = eligibility.ReferralQuestion(household_id=household)
        question.MergeFrom(asked)
        return eligibility.CheckQuestion(referral=question)

    batch = client.eligibility.BatchCheck(
        eligibility.BatchCheckRequest(
            context=context(), preview=True, checks=[of(first), of(second_id), of(own())]
        )
    )
    assert [item.external_id for item in batch.items] == [first, "", ""]
    assert batch.items[2].error.fields[0].field == "checks[2].household_id"
    request = eligibility.ScreenWaitingListRequest(
        context=context(), preview=True, referral=asked, household_ids=[first, second_id]
    )
    [page] = client.eligibility.ScreenWaitingList(request)
    assert [each.external_id for each in page.households] == [first, ""]
    assert page.households[1].household_id == second_id


def test_files_register_and_name_by_external_ids_and_double_nothing(client: Client) -> None:
    home, who, person = own("bolig"), own("hus"), own("pers")
    client.record(a_dwelling(home))
    content = (
        f"fact;person_id;household_id;registered_on;member_list;first_day;dwelling_id;let_as\n"
        # What names a person may stand before the registration.
        f"household_member;{person};{who};;declared;01-01-2015;;\n"
        f"person_registered;{person};;;;;;\n"
        f"household_registered;;{who};01-01-2015;;;;\n"
        f"tenancy_taken_over;;{who};;;01-02-2015;{home};family\n"
    )
    request = pb.RecordFilesRequest(
        context=context(purpose="import"),
        files=[pb.FactFile(name="a.csv", content=content.encode())],
    )
    assert client.facts.RecordFiles(request).new_facts == 6
    assert client.facts.RecordFiles(request).new_facts == 0
    assert looked_up(client, external_id=person).person_id


def test_who_sends_a_file_that_another_has_just_recorded_is_told_that_it_stands(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = pb.RecordFilesRequest(
        context=context(purpose="import"),
        files=[
            pb.FactFile(
                name="a.csv", content=f"fact;person_id\nperson_registered;{own()}\n".encode()
            )
        ],
    )
    recorded = stating.record

    def after_another(*given: Any, **said: Any) -> stating.Stated:
        # The other has its turn when the ids of the file were found to name nobody yet.
        monkeypatch.setattr(stating, "record", recorded)
        assert client.facts.RecordFiles(request).new_facts == 2
        return recorded(*given, **said)

    monkeypatch.setattr(stating, "record", after_another)
    done = client.facts.RecordFiles(request)
    assert (done.new_facts, done.known_facts) == (0, 1)


def test_what_one_fact_gives_an_id_to_the_others_of_the_request_name_by_it(client: Client) -> None:
    person, household, home = an_id(), an_id(), DAR[:-1] + "7"
    pers, hus, flat = own("pers"), own("hus"), "lbf:0042-007-0007"
    client.record(
        named.a_member(hus, pers),
        of_person(person, pers),
        of_household(household, hus),
        of_dwelling(home, flat),
        a_person(person),
        a_household(household),
        a_dwelling(home),
        pb.Fact(
            tenancy_taken_over=pb.TenancyTakenOver(
                household_id=hus,
                dwelling_id=flat,
                first_day="2015-01-01",
                let_as=core.DWELLING_KIND_FAMILY,
            )
        ),
    )
    assert looked_up(client, external_id=flat).dwelling_id == home
    assert looked_up(client, external_id=pers).person_id == person


def test_a_registration_under_an_external_id_repeated_by_many_at_once_is_recorded_once(
    client: Client,
) -> None:
    facts = [a_person(pers := own()), a_household(hus := own()), named.a_member(hus, pers)]
    facts.append(of_dwelling(own_home := own(), own()))
    client.record(a_dwelling(own_home))
    head, request = client.head(), an_id()
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: client.record(*facts, request_id=request), range(16)))
    assert all(result == results[0] for result in results)
    assert client.head() == head + len(facts) + 2


# --- Duplicates -----------------------------------------------------------------------------


def test_an_external_id_names_one_thing_and_a_second_is_told_which(
    client: Client, refused: Refused
) -> None:
    person, other, household = an_id(), an_id(), an_id()
    home, sealed, opened = own("bolig"), own(), own()
    client.record(a_person(person), a_person(other), a_household(household), a_dwelling(home))
    client.record(of_person(person, sealed), of_dwelling(home, opened))
    second = own("bolig")
    client.record(a_dwelling(second))
    for fact in (of_person(other, sealed), of_household(household, sealed)):
        assert person in refused(partial(client.record, fact)).details
    assert person in refused(lambda: client.record(of_dwelling(second, sealed))).details
    for fact in (of_person(other, opened), of_dwelling(second, opened), of_dwelling(second, home)):
        assert home in refused(partial(client.record, fact)).details
    twice = own()
    refusal = refused(lambda: client.record(of_person(person, twice), of_person(other, twice)))
    assert refusal.fields["facts[1].person_external_id.external_id"].endswith(
        "by facts[0].person_external_id"
    )
    # An id that names a household registers no person, nor does a dwelling's.
    client.record(of_household(household, hus := own("hus")))
    for taken in (hus, home):
        refusal = refused(partial(client.record, a_person(taken)))
        assert "facts[0].person_registered.person_id" in refusal.fields


def test_a_dwelling_of_a_register_is_recorded_once(client: Client, refused: Refused) -> None:
    first, second, dar = own("bolig"), DAR[:-1] + "5", f"dar:{DAR[:-1]}5"
    client.record(a_dwelling(first), a_dwelling(second))
    person = client.a_person()
    for register in (f"bbr:{DAR[:-1]}6", "lbf:0042-007-0006"):
        client.record(of_dwelling(first, register))
        again = refused(partial(client.record, of_dwelling(second, register)))
        assert first in again.details
        wrong = refused(partial(client.record, of_person(person, register)))
        assert "a dwelling alone" in wrong.details
    # Recorded under a UUID, it has that address; and an address that is given names no other.
    assert looked_up(client, external_id=dar).dwelling_id == second
    assert second in refused(lambda: client.record(of_dwelling(first, dar))).details
    client.record(of_dwelling(first, f"dar:{DAR[:-1]}4"))
    assert first in refused(lambda: client.record(a_dwelling(DAR[:-1] + "4"))).details
    for form in ("bbr:17", "dar:010203-1234", "lbf:0042-007"):
        assert refused(partial(client.record, of_dwelling(first, form))).fields


def test_a_cpr_number_that_is_held_is_refused_with_whose_it_is(
    client: Client, instance: Instance, refused: Refused
) -> None:
    person = client.a_person(cpr="610180-0101")
    token = instance.keys.token(UUID(person), DataClass.IDENTITY)
    before = len(instance.access.reads([token]))
    refusal = refused(lambda: client.a_person(cpr="6101800101"))
    assert refusal.fields["facts[0].person_registered.cpr"].endswith(person)
    # Whoever is told has looked it up.
    assert len(instance.access.reads([token])) > before


def test_of_two_who_give_an_external_id_at_once_one_is_refused(client: Client) -> None:
    person, other, home, next_door = client.a_person(), client.a_person(), own(), own()
    client.record(a_dwelling(home), a_dwelling(next_door))
    for _ in range(3):
        raced = own()
        # A household that is registered under it, others who are here already, and dwellings.
        facts = [a_household(raced), of_person(person, raced), of_person(other, raced)]
        facts += [of_dwelling(home, raced), of_dwelling(next_door, raced)]
        with ThreadPoolExecutor(5) as pool:
            ended = [pool.submit(client.record, each) for each in facts]
        taken = [each for each in ended if each.exception() is None]
        refusals = [each.exception() for each in ended if each.exception() is not None]
        assert len(taken) == 1, refusals
        assert {each.code() for each in refusals if isinstance(each, grpc.RpcError)} <= REFUSED
        looked_up(client, external_id=raced)


# --- Look-up, correction and erasure --------------------------------------------------------


def test_a_person_is_found_by_cpr_number_and_the_look_up_is_noted_with_its_purpose(
    client: Client, instance: Instance, refused: Refused
) -> None:
    person = client.a_person(cpr="610180-0202")
    for written in ("610180-0202", "6101800202"):
        assert looked_up(client, "subject_access", cpr=written).person_id == person
    token = instance.keys.token(UUID(person), DataClass.IDENTITY)
    looked = instance.access.reads([token])[-1]
    assert (looked.purpose, looked.actor) == ("subject_access", "clerk.7")
    assert refused(lambda: looked_up(client, cpr="610180-0303")).code is grpc.StatusCode.NOT_FOUND
    refusal = refused(lambda: looked_up(client, cpr="61018002020"))
    assert "61018002020" not in refusal.whole
    assert refusal.fields["cpr"]


def test_the_command_looks_up_a_number_from_a_file_or_what_is_piped_in_and_never_shows_it(
    client: Client,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person, external_id = client.a_person(cpr="610180-0404"), own()
    client.record(of_person(person, external_id))
    monkeypatch.setenv("HUSRET_SERVER", client.address)
    (tmp_path / "token").write_text(client.endpoint.token, encoding="ascii")
    (tmp_path / "token").chmod(0o600)
    monkeypatch.setenv("HUSRET_TOKEN_FILE", str(tmp_path / "token"))
    file = tmp_path / "number.txt"
    file.write_text("610180-0404\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("6101800404"))
    for asked in ([external_id], ["--cpr-file", str(file)], ["--cpr"]):
        assert main(["lookup", *asked]) == 0
        assert capsys.readouterr().out.splitlines()[0] == f"person {person}"
    file.write_text("610180-0405 6101800406", encoding="utf-8")
    for asked in ([], [external_id, "--cpr"], ["--cpr-file", str(file)], [own()], ["6101800404"]):
        assert main(["lookup", *asked]) != 0
        shown = "".join(capsys.readouterr())
        assert "6101800" not in shown.replace("-", ""), shown


def test_an_external_id_that_is_corrected_or_taken_back_names_nobody_and_may_be_given_anew(
    client: Client, refused: Refused
) -> None:
    person, other = client.a_person(), client.a_person()
    old, new = own(), own()
    [given] = client.record(of_person(person, old))
    corrected = client.correct(given.fact_id, of_person(person, new))
    assert looked_up(client, external_id=new).person_id == person
    assert refused(lambda: looked_up(client, external_id=old)).code is grpc.StatusCode.NOT_FOUND
    client.record(of_person(other, old))
    client.retract(corrected.fact_id)
    client.record(of_person(other, new))
    assert looked_up(client, external_id=new).person_id == other


def test_nothing_of_an_erased_person_s_external_id_is_found_in_any_file(directory: Path) -> None:
    # Of no length that a hash or a token might hold by chance.
    ids = {kind: f"kanarie:{kind}-77-31415-92" for kind in ("p", "h")}

    def found() -> set[str]:
        content = [path.read_bytes() for path in directory.iterdir() if path.is_file()]
        needles = {id: [id.encode()] for id in ids.values()}
        return {id for id, forms in needles.items() for form in forms for c in content if form in c}

    with served(Instance.open(directory, today=lambda: DAY)) as client:
        client.record(
            a_person(ids["p"], name="Bo"),
            a_household(ids["h"]),
            named.a_member(ids["h"], ids["p"]),
            named.an_area(),
            a_dwelling("d"),
        )
        client.check(ids["h"], "d", TODAY)
        assert found() == set()  # sealed, and looked up by a keyed hash
    with Instance.open(directory, today=lambda: DAY) as opened:
        lookups = [opened.keys._external_lookup(id) for id in ids.values()]
    held = (directory / "keys.db").read_bytes()
    assert all(lookup in held for lookup in lookups)
    with served(Instance.open(directory, today=lambda: DAY)) as client:
        client.erase(person_id=ids["p"])
        client.erase(household_id=ids["h"])
        for erased in ids.values():
            with pytest.raises(grpc.RpcError) as refusal:
                looked_up(client, external_id=erased)
            assert refusal.value.code() is grpc.StatusCode.NOT_FOUND
        # It may be given to somebody else, who is another.
        client.record(a_person(ids["p"]))
        client.erase(person_id=ids["p"])
    content = b"".join(path.read_bytes() for path in directory.iterdir() if path.is_file())
    assert found() == set()
    assert not any(lookup in content for lookup in lookups)


def test_a_receipt_asked_for_by_external_ids_holds_none_and_replays_after_they_are_gone(
    client: Client, instance: Instance
) -> None:
    home, who = own("bolig"), own("hus")
    client.record(a_dwelling(DAR[:-1] + "9"), a_household(who))
    [given] = client.record(of_dwelling(DAR[:-1] + "9", home))
    decision = client.check(who, home, TODAY)
    event = instance.log.event_by_id(UUID(decision.receipt_id).bytes)
    assert event is not None
    assert not any(id.encode() in bytes(event.data) + event.metadata for id in (home, who))
    client.retract(given.fact_id)
    verdict = client.replay(decision.receipt_id).verdict
    assert verdict == audit.REPLAY_VERDICT_EQUAL


def test_whoever_uses_an_external_id_of_somebody_has_looked_it_up_whatever_becomes_of_the_call(
    client: Client, instance: Instance
) -> None:
    who, home = own("hus"), own("person")
    client.record(a_household(who), a_person(home), a_dwelling("d-looked-up"))
    household = UUID(looked_up(client, external_id=who).household_id)
    person = UUID(looked_up(client, external_id=home).person_id)

    def readings(subject: UUID) -> int:
        token = instance.keys.tokens([subject], DataClass.IDENTITY)[subject]
        assert token is not None
        return len(instance.access.reads([token]))

    def recording(*stated: pb.Fact, **also: Any) -> pb.RecordFactsRequest:
        return pb.RecordFactsRequest(
            context=context(purpose="case"),
            request_id=an_id(),
            facts=stated,
            validate_only=True,
            **also,
        )

    def asking(**also: Any) -> eligibility.CheckReferralRequest:
        question = eligibility.ReferralQuestion(household_id=who, dwelling_id="none", day="x")
        return eligibility.CheckReferralRequest(question=question, request_id=an_id(), **also)

    tried: dict[UUID, list[Callable[[], object]]] = {
        household: [
            lambda: client.eligibility.CheckReferral(asking(context=context())),
            lambda: client.facts.RecordFacts(recording(of_household(an_id(), who))),
            lambda: client.facts.RecordFacts(recording(a_household(who))),
            lambda: client.facts.RecordFacts(recording(a_person(who))),
            lambda: client.facts.RecordFacts(recording(a_dwelling(who))),
        ],
        person: [
            lambda: client.facts.RecordFacts(recording(of_dwelling("d-looked-up", home))),
            lambda: client.facts.RecordFacts(recording(named.a_member(who, home))),
        ],
    }
    for subject, calls in tried.items():
        for number, call in enumerate(calls):
            before = readings(subject)
            with suppress(grpc.RpcError):
                call()
            assert readings(subject) > before, number

    # Who does not say who asks, and for what, is not told that anybody is known.
    def told(id: str) -> str:
        question = eligibility.ReferralQuestion(household_id=id, dwelling_id="d", day="x")
        with pytest.raises(grpc.RpcError) as refusal:
            client.eligibility.CheckReferral(
                eligibility.CheckReferralRequest(question=question, request_id=an_id())
            )
        return str(refusal.value.details())

    before = readings(household)
    assert told(who) == told(own())
    assert readings(household) == before
