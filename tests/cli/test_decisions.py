"""`husret decisions`: recorded answers found from the command line, and led on from."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from domain.law.editions import CURRENT
from domain.law.kernel import Outcome
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as facts
from tests.api.client import (
    a_benefit,
    a_dwelling,
    a_household,
    a_member,
    a_person,
    an_id,
    benefits_attested,
    citizenship,
    members_attested,
    no_refugee,
)
from tests.cli.conftest import Husret, Running

DWELLING = "find-1"
AREA = "9999-kastanjeparken"
DAY = "2024-09-02"
GROUND = "REF-UDS-N5"


@pytest.fixture(scope="module")
def denied(municipality: Running) -> str:
    """The household of a referral that was denied since it is on kontanthjælp."""
    client, household, person = municipality.client, an_id(), an_id()
    client.record(
        a_household(household, "2020-01-01"),
        a_person(person),
        a_member(household, person, first_day="2020-01-01"),
        members_attested(household, first_day="2020-01-01"),
        citizenship(person),
        no_refugee(person),
        benefits_attested(person, first_day="2023-01-01"),
        a_benefit(person, first_day="2024-01-01", last_day="2024-08-31"),
        a_dwelling(DWELLING, area=AREA),
        facts.Fact(
            referral_right_decided=facts.ReferralRightDecided(
                municipality="9999",
                right=facts.REFERRAL_RIGHT_STK_1,
                decision_day="2018-12-01",
                decided_by="the council",
            )
        ),
    )
    answered = client.check(household, DWELLING, DAY)
    assert answered.outcome == core.OUTCOME_PROHIBITED
    return household


def test_an_answer_is_found_by_its_ground_and_leads_to_itself_and_back(
    denied: str, husret: Husret
) -> None:
    found = husret("decisions", "--ground", GROUND, "--area", AREA)
    assert (found.code, found.err) == (0, "")
    assert denied in found.out
    assert f"because of {GROUND}" in found.out
    [shown, replayed] = found.may_follow
    assert replayed.startswith("replay ")
    back = husret(*shown.split())
    assert back.code == 0
    assert f"decisions --household {denied}" in back.may_follow
    again = husret("decisions", "--household", denied)
    assert shown.split()[1] in again.out


def test_what_is_sealed_is_said_only_when_it_is_asked_for(denied: str, husret: Husret) -> None:
    listed = husret("decisions", "--outcome", "prohibited", "--question", "referral")
    assert listed.code == 0
    assert AREA in listed.out
    assert denied not in listed.out
    assert GROUND not in listed.out
    assert denied in husret("decisions", "--outcome", "prohibited", "--opened").out


def test_the_table_has_danish_headings_and_a_row_for_each_answer(
    denied: str, husret: Husret
) -> None:
    made = husret(
        "decisions", "--household", denied, "--opened", "--format", "csv", "--language", "da"
    )
    assert (made.code, made.err) == (0, "")
    [row] = csv.DictReader(io.StringIO(made.out.removeprefix("\ufeff")), delimiter=";")
    assert row["Svar"] == CURRENT.texts.OUTCOMES[Outcome.PROHIBITED].da.upper()
    assert row["Husstand"] == denied
    assert row["Boliger"] == DWELLING
    assert row["Grunde"].startswith(f"{GROUND} (")
    assert husret("show", row["Kvittering"]).code == 0
    english = husret("decisions", "--household", denied, "--format", "csv").out
    assert english.removeprefix("\ufeff").startswith("Receipt;Position;Recorded;Question;Answer;")
    both = husret("decisions", "--format", "csv", "--json")
    assert both.code == 1
    assert "name one" in both.err


def test_answers_are_found_as_they_were_known_at_a_position_or_a_moment(
    denied: str, municipality: Running, husret: Husret
) -> None:
    before = municipality.client.head()
    municipality.client.check(denied, DWELLING, DAY)
    now = json.loads(husret("decisions", "--household", denied, "--json").out)
    then = json.loads(
        husret("decisions", "--household", denied, "--at-position", before, "--json").out
    )
    assert len(now["decisions"]) == len(then["decisions"]) + 1
    assert int(then["known_at_position"]) == before
    ahead = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    refused = husret("decisions", "--known-at", ahead)
    assert refused.code == 1
    assert "consistency.known_on" in refused.err


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("--ground", "NONE"), "ground"),
        (("--rule", "NONE"), "rule"),
        (("--area", "nowhere"), "area"),
        (("--municipality", "12"), "municipality"),
        (("--from", "2024-13-01"), "first_day"),
        (("--from", "2024-02-02", "--to", "2024-02-01"), "last_day"),
        (("--law", "none"), "law_package"),
        (("--household", "nobody"), "household_id"),
    ],
)
def test_what_cannot_be_looked_for_is_named(
    husret: Husret, typed: tuple[str, ...], field: str
) -> None:
    refused = husret("decisions", *typed)
    assert refused.code == 1
    assert field in refused.err
