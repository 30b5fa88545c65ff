"""What the log shows of persons, what erasure leaves, and what never appears anywhere."""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import grpc
import pytest

from domain import facts
from domain.data_classes import DataClass
from domain.events import BY_FACT, BY_NAME, encode_fact, open_tags
from husret.v1 import core_pb2
from husret.v1 import fact_service_pb2 as pb
from services.instance.instance import Instance
from services.log.event import Event, RecordedEvent
from services.persons.reading import Erased, Reader, is_personal
from services.persons.sealing import Binding
from tests.api.client import (
    Client,
    Refusal,
    a_benefit,
    a_fallback,
    a_household,
    a_member,
    a_person,
    an_id,
    benefits_attested,
    citizenship,
    enrolment,
    members_attested,
)
from tests.api.conftest import DAY, served

Refused = Callable[[Callable[[], object]], Refusal]
READER = Reader("auditor", "audit", "")


def a_whole_person(client: Client) -> tuple[str, str]:
    """Record a person and a household with facts of every class, in one request."""
    person, household = an_id(), an_id()
    client.record(
        a_person(person, name="Bo Prøve", cpr="6101800001"),
        a_household(household),
        a_member(household, person),
        members_attested(household),
        a_benefit(person),
        benefits_attested(person),
        citizenship(person),
        enrolment(person),
        a_fallback(household),
    )
    return person, household


def personal_events(instance: Instance) -> list[RecordedEvent]:
    return [event for event in instance.log.read() if is_personal(event.tags)]


def values_of(event: RecordedEvent) -> set[str]:
    """Every value that an event shows, but for time, order, type and purpose."""
    metadata = json.loads(event.metadata)
    del metadata["purpose"]
    shown = {*event.tags, *(tag[2:] for tag in event.tags), *metadata.values()}
    shown |= {event.event_id.hex(), event.leaf_hash.hex(), event.fingerprint.hex()}
    shown.add(event.data.hex())
    return shown


def test_events_of_different_classes_of_one_person_share_no_value(
    client: Client, instance: Instance
) -> None:
    a_whole_person(client)
    events = personal_events(instance)
    classes = {BY_NAME[event.type].data_class for event in events}
    assert len(classes) == 5
    for one in events:
        for other in events:
            if BY_NAME[one.type].data_class is not BY_NAME[other.type].data_class:
                assert not values_of(one) & values_of(other)


def test_a_sealed_event_shows_its_purpose_and_seals_the_rest_of_its_metadata(
    client: Client, instance: Instance
) -> None:
    client.a_person(name="Bo Prøve")
    [event] = personal_events(instance)
    shown = json.loads(event.metadata)
    assert set(shown) == {"purpose", "sealed"}
    key = instance.keys.key(event.tags[0][2:], DAY.year)
    assert key is not None
    place = Binding(instance.log_id.bytes, event.event_id, event.type, 1, 1)
    sealed = base64.urlsafe_b64decode(shown["sealed"] + "==")
    assert json.loads(key.unseal(place, sealed)) == {
        "actor": "clerk.7",
        "correlation": "case-1",
        "legal_basis": "almenboligloven § 59",
        "purpose": "case",
    }


def test_what_is_recorded_is_read_back_as_it_was_said(client: Client, instance: Instance) -> None:
    person, household = a_whole_person(client)
    position = instance.view().position
    read = instance.person_facts.standing
    [registered] = read(UUID(person), DataClass.IDENTITY, position, READER)
    assert registered.fact == facts.PersonRegistered(name="Bo Prøve", cpr="6101800001")
    [period, _] = read(UUID(person), DataClass.BENEFITS, position, READER)
    assert period.fact.benefit is facts.Benefit.KONTANTHJAELP
    [decision] = read(UUID(household), DataClass.DECISIONS, position, READER)
    assert decision.fact.decided_by == "Kim Sagsbehandler"
    membership = instance.person_facts.membership(UUID(household), position, READER)
    assert [member for member, _ in membership.members] == [UUID(person)]


def test_a_request_id_is_stored_nowhere(directory: Path) -> None:
    request_id = an_id()
    with served(Instance.open(directory, today=lambda: DAY)) as client:
        client.record(a_person(an_id()), request_id=request_id)
    for form in (request_id.encode(), UUID(request_id).bytes):
        assert form not in every_byte(directory)


# --- Canaries -------------------------------------------------------------------------------


def every_byte(directory: Path) -> bytes:
    return b"\0".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())


def test_no_unique_text_about_a_person_reaches_a_file_or_an_error(
    directory: Path, capfd: pytest.CaptureFixture[str], refused: Refused
) -> None:
    canaries = [
        "CanaryName",
        "6101809999",
        "CanaryDecider",
        "CanaryReasons",
        "canary.actor",
        "canary.correlation",
        "CanaryBasis",
    ]
    person, household = an_id(), an_id()
    shown = []
    with served(Instance.open(directory, today=lambda: DAY)) as client:
        client.record(a_household(household))
        client.record(
            a_person(person, name="CanaryName", cpr="610180-9999"),
            a_member(household, person),
            a_benefit(person, first_day="2011-11-11", last_day="2022-12-22"),
            a_fallback(household, decided_by="CanaryDecider", reasons="CanaryReasons"),
            actor="canary.actor",
            correlation="canary.correlation",
            legal_basis="CanaryBasis § 1",
        )
        for action in (
            lambda: client.record(a_person(person, name="CanaryName\x07", cpr="610180-99990")),
            lambda: client.record(a_person(an_id(), name="CanaryName", cpr="610180-9999")),
            lambda: client.record(a_person(person, name="CanaryName2")),
            lambda: client.record(a_benefit("CanaryName", first_day="CanaryName")),
            lambda: client.record(
                a_fallback(household, decided_by="CanaryDecider" * 50, decision_day="2030-01-01")
            ),
            lambda: client.record(a_benefit(person, last_day="2030-01-01")),
            lambda: client.record(a_benefit(household)),
            lambda: client.retract(person),
            lambda: client.erase(person_id=household),
            lambda: client.record(a_person(an_id()), correlation="CanaryName!"),
        ):
            shown.append(refused(action).whole)
        # Whoever records a number that is held is told of whom, by the UUID alone.
        assert person in shown[1]
        shown[1] = shown[1].replace(person, "")
    output = "".join(capfd.readouterr()) + "".join(shown)
    for canary in [*canaries, "2011-11-11", "2022-12-22", person, household]:
        assert canary not in output, canary
    files = {path.name: path.read_bytes() for path in directory.iterdir()}
    assert {"log.db", "keys.db", "access.db"} <= set(files)
    who_asked = canaries[-3:]  # what the access table is for
    for name, content in files.items():
        for canary in [*canaries, "2011-11-11", "2022-12-22", person, household]:
            if not (name.startswith("access.db") and canary in who_asked):
                assert canary.encode() not in content, f"{canary} in {name}"
        if name.startswith(("log.db", "access.db")):
            assert UUID(person).bytes not in content
            assert UUID(household).bytes not in content


# --- Erasure --------------------------------------------------------------------------------


def test_an_erased_person_is_gone_from_every_file_and_can_be_linked_to_nothing(
    directory: Path, refused: Refused
) -> None:
    with served(Instance.open(directory, today=lambda: DAY)) as client:
        person, household = a_whole_person(client)
        client.record(citizenship(person, first_day="2021-01-01"))
        before = client.head()
        done = client.erase(person_id=person)
        assert before < done.begun_position < done.done_position
        refusal = refused(lambda: client.record(a_benefit(person)))
        assert set(refusal.fields) == {"facts[0].benefit_period.person_id"}
        assert refused(lambda: client.erase(person_id=person)).code is grpc.StatusCode.NOT_FOUND
    content = every_byte(directory)
    assert UUID(person).bytes not in content
    assert person.encode() not in content
    with Instance.open(directory, today=lambda: DAY) as instance:
        position = instance.view().position
        assert instance.person_facts.membership(UUID(household), position, READER).members[0] == (
            None,
            None,
        )
        erasures = [e for e in instance.log.read() if e.type.startswith("erasure.")]
        assert len(erasures) == 2 * len(DataClass)
        for event in erasures:
            # One token each: not even the erasure links two classes of the person.
            assert len(json.loads(event.data)["tokens"]) == 1
            assert json.loads(event.data)["policy"] == "retention-5-years"
            assert json.loads(event.metadata) == {"purpose": "erasure"}


def test_one_class_is_erased_and_the_others_are_still_read(
    client: Client, instance: Instance, refused: Refused
) -> None:
    person, _ = a_whole_person(client)
    client.erase(person_id=person, data_class=core_pb2.DATA_CLASS_BENEFITS)
    position = instance.view().position
    with pytest.raises(Erased):
        instance.person_facts.standing(UUID(person), DataClass.BENEFITS, position, READER)
    assert instance.person_facts.standing(UUID(person), DataClass.ATTESTATIONS, position, READER)
    refusal = refused(
        lambda: client.erase(person_id=person, data_class=core_pb2.DATA_CLASS_BENEFITS)
    )
    assert (refusal.code, refusal.reason) == (
        grpc.StatusCode.FAILED_PRECONDITION,
        "ERROR_REASON_ERASED",
    )
    assert "begin it anew" in refused(lambda: client.record(a_benefit(person))).whole
    client.record(a_person(person, name="Bo Prøve", cpr="6101800001"), a_benefit(person))
    [period] = instance.person_facts.standing(
        UUID(person), DataClass.BENEFITS, instance.view().position, READER
    )
    assert period.fact.last_day is not None


def test_a_repeat_of_a_request_whose_facts_are_erased_says_so(
    client: Client, refused: Refused
) -> None:
    person, request_id = client.a_person(), an_id()
    [fact] = client.record(a_benefit(person), request_id=request_id)
    client.erase(person_id=person)
    for action in (
        lambda: client.record(a_benefit(person), request_id=request_id),
        lambda: client.retract(fact.fact_id),
        lambda: client.correct(fact.fact_id, a_benefit(person)),
    ):
        assert refused(action).reason == "ERROR_REASON_ERASED"


def test_a_household_is_erased_and_its_members_stay(client: Client, instance: Instance) -> None:
    person, household = a_whole_person(client)
    client.erase(household_id=household)
    position = instance.view().position
    assert instance.person_facts.membership(UUID(household), position, READER).erased
    assert instance.person_facts.standing(UUID(person), DataClass.BENEFITS, position, READER)


def test_wrong_erasures_are_refused_with_every_wrong_field(
    client: Client, refused: Refused
) -> None:
    # A number that the enum does not have: the wire can carry it, the types cannot.
    request = pb.EraseSubjectRequest(data_class=99, policy="two words")  # type: ignore[arg-type]
    refusal = refused(lambda: client.facts.EraseSubject(request))
    assert set(refusal.fields) == {
        "context.actor",
        "context.purpose",
        "subject",
        "data_class",
        "policy",
    }


@pytest.mark.parametrize("interrupted", ["before the keys", "after the keys"])
def test_an_interrupted_erasure_is_completed_at_the_next_start(
    directory: Path, interrupted: str
) -> None:
    with served(Instance.open(directory, today=lambda: DAY)) as client:
        person, _ = a_whole_person(client)
    with Instance.open(directory, today=lambda: DAY) as instance:
        tokens = sorted(instance.keys.tokens_of(UUID(person)).values())
        for token in tokens:
            begun = facts.ErasureBegun(tokens=(token,), policy="on-request")
            instance.writer.append([_event(begun)])
        if interrupted == "after the keys":
            instance.keys.erase_tokens(tokens[:3])
    with Instance.open(directory, today=lambda: DAY) as instance:
        instance.erasures.complete(instance.view())
        assert instance.keys.known(UUID(person)) is None
        done = [e for e in instance.log.read() if e.type == "erasure.done"]
        assert sorted(json.loads(e.data)["tokens"][0] for e in done) == tokens
        assert {json.loads(e.data)["policy"] for e in done} == {"on-request"}
        assert instance.erasures.complete(instance.view()) == 0
    assert UUID(person).bytes not in every_byte(directory)


def _event(fact: Any) -> Event:
    return Event(type=BY_FACT[type(fact)].name, data=encode_fact(fact), tags=open_tags(fact))


def test_an_erasure_leaves_who_asked_for_it_in_the_access_table_without_tokens(
    directory: Path,
) -> None:
    with served(Instance.open(directory, today=lambda: DAY)) as client:
        person, _ = a_whole_person(client)
        client.erase(person_id=person)
    with sqlite3.connect(directory / "access.db") as table:
        rows = table.execute(
            "SELECT actor, data_class, token FROM access JOIN access_class USING (access)"
            " WHERE purpose = 'erasure'"
        ).fetchall()
    assert {row[0] for row in rows} == {"clerk.7"}
    assert {row[1] for row in rows} == set(DataClass)
    assert {row[2] for row in rows} == {None}


def test_reading_what_stands_is_noted_in_the_access_table(
    client: Client, instance: Instance
) -> None:
    person = client.a_person()
    client.record(citizenship(person))
    client.record(citizenship(person, first_day="2022-01-01"))
    token = instance.keys.token(UUID(person), DataClass.ATTESTATIONS)
    noted = instance.access.reads([token])
    assert noted
    assert {(each.actor, each.purpose, each.request_id) for each in noted} == {
        ("clerk.7", "case", "case-1")
    }
