"""What changes after the first answers, and what is then asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as facts
from services.demo.expected import Expected, Scenario, Text
from services.demo.households import benefit_facts, first_of_month, on_kontanthjaelp


def corrected_period(period: facts.BenefitPeriod) -> facts.Fact:
    """Return the period as it should have been recorded: its last five months only."""
    last = date.fromisoformat(period.last_day)
    return facts.Fact(
        benefit_period=facts.BenefitPeriod(
            person_id=period.person_id,
            benefit=period.benefit,
            first_day=first_of_month(last, -4).isoformat(),
            last_day=period.last_day,
        )
    )


def supplied(scenario: Scenario) -> Scenario:
    """Return the question to ask again once the missing benefits were supplied."""
    return replace(
        scenario,
        key=f"{scenario.key}, supplied",
        title=Text("Da oplysningen var der", "Once the fact was there"),
        why=Text("Samme spørgsmål som før.", "The same question as before."),
        expected=Expected(core.OUTCOME_PROHIBITED, met=("REF-UDS-N5",)),
    )


def corrected(scenario: Scenario) -> Scenario:
    """Return the question to ask again after the correction."""
    return replace(
        scenario,
        key=f"{scenario.key}, corrected",
        title=Text("Efter rettelsen", "After the correction"),
        why=Text(
            "Fem måneder er ikke nok, og det gamle svar står stadig.",
            "Five months are not enough, and the old answer still stands.",
        ),
        expected=Expected(core.OUTCOME_PERMITTED),
    )


def reading_chosen(scenario: Scenario) -> Scenario:
    """Return the question to ask again once a reading was chosen."""
    return replace(
        scenario,
        key=f"{scenario.key}, reading chosen",
        title=Text("Efter valget af fortolkning", "Once a reading was chosen"),
        why=Text(
            "Fortolkningen gælder kun i denne kommunes instans.",
            "The reading holds in this municipality's instance alone.",
        ),
        expected=Expected(core.OUTCOME_PERMITTED, points=("AMB-30PCT-UNDECIDED",), unsealed=0),
    )


def erased(scenario: Scenario) -> Scenario:
    """Return the question to ask again after the erasure."""
    return replace(
        scenario,
        key=f"{scenario.key}, erased",
        title=Text("Efter sletningen", "After the erasure"),
        why=Text(
            "Hvad der er slettet, kan ikke oplyses, og det er ikke det samme som et nej.",
            "What is erased cannot be told, and that is not the same as a no.",
        ),
        expected=Expected(core.OUTCOME_UNDETERMINED, missing=("erased",)),
    )


def supplied_benefits(person: str, day: date) -> list[facts.Fact]:
    """Return what the municipality's benefits office supplies: a year of kontanthjælp."""
    member = on_kontanthjaelp(first_of_month(day, -12), day)
    return benefit_facts(person, member, day)


def chosen_reading(day: date, chosen_by: str) -> facts.Fact:
    """Return the municipality's choice of a reading for AMB-30PCT-UNDECIDED, valid on `day`."""
    return facts.Fact(
        reading_chosen=facts.ReadingChosen(
            point="AMB-30PCT-UNDECIDED",
            reading="b",
            first_day=day.replace(day=1).isoformat(),
            chosen_by=chosen_by,
            reason="Forbuddet gælder ikke, før kommunen har valgt, hvor det skal gælde.",
        )
    )
