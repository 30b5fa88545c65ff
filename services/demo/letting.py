"""The demo's second instance: a housing organisation that lets, and asks the municipality.

The organisation holds no benefits. It is told yes or no, about one person and one day, and
records that beside the municipality's receipt. What the municipality decides is unknown too until
it is recorded, or that it has decided nothing.
"""

from __future__ import annotations

from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as facts
from services.api.bearer import Endpoint
from services.area_lists import shipped
from services.demo import town
from services.demo.client import Client
from services.demo.households import applicant_facts
from services.demo.show import Show
from services.terminal.show import Words

ORGANISATION = "Boligforeningen Kastanjen"
AREA = "9999-elmehegnet"
DWELLING = "9999-elmehegnet-12"
DAY = "2024-11-27"
SINCE = "2020-01-01"
BASIS = "almenboligloven § 51 c, stk. 3"

_EXPECTED = (core.OUTCOME_UNDETERMINED, core.OUTCOME_PROHIBITED)


def go(show: Show, municipality: Endpoint, organisation: Endpoint, seed: int) -> list[str]:
    """Let a dwelling in a transformation area; return what did not come out as expected."""
    show.step(
        "En instans til: boligorganisationen",
        "A second instance: the housing organisation",
        "Den må ikke have ydelser. Kommunen svarer ja eller nej om én person og én dag.",
        "It may not hold benefits. The municipality answers yes or no about one person and day.",
    )
    with (
        Client(municipality, f"letting of {seed}, asked", BASIS) as answers,
        Client(organisation, f"letting of {seed}, asking", BASIS) as lets,
    ):
        show.instance(ORGANISATION, town.MUNICIPALITY, organisation.address)
        return _let(show, answers, lets)


def _let(show: Show, answers: Client, lets: Client) -> list[str]:
    known, asked = answers.new_id(), answers.new_id()
    answers.record(
        *applicant_facts(asked, known, SINCE),
        facts.Fact(
            benefit_period=facts.BenefitPeriod(
                person_id=known,
                benefit=facts.BENEFIT_KONTANTHJAELP,
                first_day="2024-10-28",
                last_day="2025-01-31",
            )
        ),
    )
    household, applicant = lets.new_id(), lets.new_id()
    lets.import_lists(shipped.MADE_UP, shipped.read(shipped.MADE_UP))
    lets.record(
        *applicant_facts(household, applicant, SINCE),
        facts.Fact(
            dwelling_recorded=facts.DwellingRecorded(
                dwelling_id=DWELLING,
                municipality=town.MUNICIPALITY,
                kind=core.DWELLING_KIND_FAMILY,
                area=AREA,
                first_day="2000-01-01",
                rooms=3,
                address=f"Egelunden 12, {town.POSTAL_TOWN}",
            )
        ),
    )
    question = eligibility.LettingQuestion(
        household_id=household,
        dwelling_id=DWELLING,
        day=DAY,
        channel=eligibility.LETTING_CHANNEL_WAITING_LIST,
        lives_in_department=core.STATED_NO,
    )
    first = lets.check(question)
    names = {applicant: "den boligsøgende · the applicant"}
    show.told(
        "Før kommunen har svaret",
        "Before the municipality answered",
        first,
        Words(names=names, types=lets.event_types()),
    )
    said = answers.attest(
        household_id=asked,
        person_id=known,
        condition=core.BENEFIT_CONDITION_RECEIVES_51C,
        day=DAY,
    )
    show.event(
        "Kommunen svarer ja, med sin egen kvittering, og siger ikke hvilken ydelse",
        "The municipality answers yes, with a receipt of its own, and does not say which benefit",
    )
    show.event(
        "Den oplyser også, at den ikke har besluttet kombineret udlejning, godkendelse eller "
        "kriterier",
        "It says too that it has decided no combined letting, no approval and no criteria",
    )
    lets.record(
        facts.Fact(
            nothing_decided=facts.NothingDecided(
                municipality=town.MUNICIPALITY,
                decisions=["approval_scheme_decided", "combined_letting_decided", "criteria_set"],
                first_day=SINCE,
                answered_by=town.CONTROLLER,
            )
        ),
        facts.Fact(
            benefit_condition_attested=facts.BenefitConditionAttested(
                person_id=applicant,
                condition=said.condition,
                answer=said.answer,
                day=said.day,
                municipality=said.municipality,
                receipt_id=said.receipt_id,
                receipt_hash=said.receipt_hash.hex(),
                readings=said.readings,
                points=said.points,
            )
        ),
    )
    second = lets.check(question)
    show.told("Derefter", "After that", second, Words(names=names, types=lets.event_types()))
    return [
        f"letting {number}: {core.Outcome.Name(made.outcome)}"
        for number, (made, expected) in enumerate(zip((first, second), _EXPECTED, strict=True), 1)
        if made.outcome != expected
    ]
