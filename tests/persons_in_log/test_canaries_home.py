"""What a housing organisation holds of judgments and terminations stands nowhere in clear, and
after erasure nowhere at all.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from domain import facts
from domain.controllers import FACTS
from domain.data_classes import SubjectKind
from domain.events import BY_FACT
from domain.facts import ControllerKind, MemberList
from domain.law.ending.termination_steps import TerminationQuestion
from domain.law.kernel import Outcome
from husret_verify.event import event_id
from services.answers.asking import Answers
from services.answers.receipts import Asked, request_bytes
from services.facts import recording
from services.facts.checks import NewFact
from services.facts.fields import InvalidFields
from services.facts.recording import Context
from services.instance.instance import Instance
from services.persons.reading import Reader
from services.persons.tokens import token_bytes
from tests.answers.town import new_id
from tests.persons_in_log.test_canaries import TOLD_APART, forms, found, written

DECIDER, REASONS = "Afgører Kanarie", "Begrundet af en kanariefugl, gul"
OFFENCE, LIBRARY = "kanarie-gerning-7741", "kanariemåler"
TEXTS = (DECIDER, REASONS, OFFENCE, LIBRARY)
CONTEXT = Context("case-system", "case", "§ 90", "canary-case-7741")
READER = Reader("auditor", "audit", "inspection")
TODAY, ASKED = date(2024, 11, 21), date(2024, 9, 2)
LONG_AGO = date(2000, 1, 1)
DWELLING = "D0"


class Told:
    """A housing organisation that holds every kind of fact about one person and household."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.instance = instance = Instance.create(
            directory,
            controller="Prøvebo",
            kind=ControllerKind.HOUSING_ORGANISATION,
            municipality="9999",
            today=lambda: TODAY,
        )
        self.person, self.household = person, household = new_id(), new_id()
        self.facts: list[facts.Fact] = [
            facts.PoliceNotice(
                subject=facts.NoticeSubject.JUDGMENT, received_on=ASKED, requested=True
            ),
            facts.JudgmentInCase(
                offence=OFFENCE,
                provisions=("strfl-244",),
                sanction=facts.Sanction.UNCONDITIONAL_IMPRISONMENT,
                offence_day=date(2024, 5, 1),
                judgment_day=date(2024, 7, 1),
                final_on=date(2024, 7, 15),
            ),
            facts.JudgmentsAttested(last_day=ASKED),
            facts.DistanceMeasured(
                offence=OFFENCE,
                dwelling=DWELLING,
                method=facts.DistanceMethod.PROPERTY_BOUNDARY,
                shortest_cm=40_000,
                longest_cm=40_000,
                uncertainty_cm=0,
                tolerance_um=1,
                crs="EPSG:25832",
                library=LIBRARY,
                library_version=LIBRARY,
                measured_on=ASKED,
            ),
            facts.ProportionalityWeighed(
                decision_day=ASKED,
                decided_by=DECIDER,
                reasons=REASONS,
                party_heard=True,
                offence=OFFENCE,
            ),
            facts.TerminationDecided(
                dwelling=DWELLING,
                terminated_on=ASKED,
                decided_by=DECIDER,
                reasons=REASONS,
                party_heard=True,
                offence=OFFENCE,
            ),
            facts.EnforcementRequested(
                requested_on=ASKED, police_limit=ASKED, stated=(), offence=OFFENCE
            ),
            facts.SaleCriteriaChecked(checked_on=ASKED, criteria_met=True, decided_by=DECIDER),
        ]
        self.record(
            NewFact(
                facts.DwellingRecorded(
                    dwelling=DWELLING,
                    municipality="9999",
                    kind=facts.DwellingKind.FAMILY,
                    area=None,
                    first_day=LONG_AGO,
                )
            ),
            NewFact(facts.HouseholdRegistered(registered_on=ASKED), household=household),
            NewFact(facts.PersonRegistered(), person),
            NewFact(
                facts.HouseholdMember(member_list=MemberList.DECLARED, first_day=LONG_AGO),
                person,
                household,
            ),
            NewFact(
                facts.MembersAttested(member_list=MemberList.DECLARED, first_day=LONG_AGO),
                household=household,
            ),
            *(
                NewFact(fact, household=household)
                if BY_FACT[type(fact)].of_household
                else NewFact(fact, person)
                for fact in self.facts
            ),
        )
        question = TerminationQuestion(household=household, dwelling=DWELLING, day=ASKED)
        self.answer = Answers(instance).check(
            Asked(question, request_bytes(question, ""), event_id(instance.log_id, new_id(), 0)),
            READER,
            instance.view(),
        )
        self.tokens = [
            token
            for subject in (person, household)
            for token in instance.keys.tokens_of(subject).values()
        ]

    def record(self, *new: NewFact) -> None:
        recording.record(self.instance, CONTEXT, new_id(), new)

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.directory.iterdir()}


@pytest.fixture
def told(tmp_path: Path) -> Told:
    return Told(tmp_path / "instance")


def test_every_kind_of_fact_about_a_person_that_ends_a_tenancy_is_told(
    told: Told,
) -> None:
    own = FACTS[ControllerKind.HOUSING_ORGANISATION] - FACTS[ControllerKind.MUNICIPALITY]
    of_ending = {fact for fact in own if fact.__module__ in TOLD_APART}
    sealed = {fact for fact in of_ending if BY_FACT[fact].data_class is not None}
    assert {type(fact) for fact in told.facts} == sealed
    assert told.answer.decision.outcome is Outcome.DISCRETIONARY
    told.instance.close()


def test_before_erasure_the_log_holds_nothing_of_it_in_clear(told: Told) -> None:
    told.instance.access.flush()
    ids = [form for subject in (told.person, told.household) for form in forms(subject)]
    files = {name: content for name, content in told.files().items() if name[:4] != "keys"}
    assert found([*written(TEXTS), *ids], files) == []
    assert found([b"strfl-244"], files) == []
    told.instance.close()


def test_after_erasure_no_file_holds_anything_of_it(told: Told) -> None:
    for subject, kind in (
        (told.person, SubjectKind.PERSON),
        (told.household, SubjectKind.HOUSEHOLD),
    ):
        recording.erase(told.instance, CONTEXT, subject, kind, None, "end-of-case")
    told.instance.close()
    ids = [form for subject in (told.person, told.household) for form in forms(subject)]
    raw = [token_bytes(token) for token in told.tokens]
    files = told.files()
    assert {"log.db", "keys.db", "access.db"} <= set(files)
    assert found([*written(TEXTS), *ids, *raw], files) == []


def test_no_error_repeats_what_is_about_a_judgment(told: Told) -> None:
    wrong = facts.JudgmentInCase(
        offence=OFFENCE + " ",
        provisions=("strfl-kanarie",),
        sanction=facts.Sanction.FINE,
        offence_day=date(2024, 7, 2),
        judgment_day=date(2024, 7, 1),
    )
    with pytest.raises(InvalidFields) as refused:
        told.record(NewFact(wrong, told.person))
    said = str(refused.value)
    assert [each for each in (OFFENCE, "kanarie", str(told.person)) if each in said] == []
    told.instance.close()
