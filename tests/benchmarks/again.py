"""Recorded answers asked again: replayed, under another law, and after one late correction.

All is CPU time of one core, in one process, against the first decisions of the same households.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID, uuid4

from domain.data_classes import DataClass
from domain.facts import CitizenshipAttested, CitizenshipCondition
from projections.moved_decisions import VIEW
from services.answers import replaying, trial
from services.answers.asking import Answers
from services.answers.moved import MovedFollower
from services.answers.receipts import Receipts
from services.facts import recording
from services.facts.checks import NewFact
from services.facts.recording import Context
from services.instance.instance import Instance
from services.instance.views import FollowedView
from tests.benchmarks.households import (
    ATTESTED_FROM,
    FACTS,
    READER,
    Household,
    asked,
    created,
    populate,
)
from tests.benchmarks.measuring import Line, Scale, directory

NAME = "again"
_CONTEXT = Context("benchmark", "correction", "")


def lines(scale: Scale) -> Iterator[Line]:
    """Measure replays and another law per receipt, and a correction among few and many."""
    with directory() as path, created(path / "instance") as instance:
        households = populate(instance, scale.households)
        answers, tenth = Answers(instance), max(1, len(households) // 10)
        first = [_cpu(partial(_ask, answers, instance, households[:tenth])) / tenth]
        few = _correction(instance, scale, households)
        rest = households[tenth:]
        first += [_cpu(partial(_ask, answers, instance, rest)) / len(rest)] * (scale.rounds - 1)
        many = _correction(instance, scale, households)
        lot = [
            event.position for event in instance.log.read() if event.type == "decision.referral"
        ][: min(200, len(households))]
        tried = trial.Tried("", {"AMB-YOUTH": "b"}, False, READER, named=False)
        conditions = {
            "in_flight": 1,
            "facts_per_household": FACTS,
            "receipts": len(households),
            "events_in_log": instance.log.head(),
            "pinned": False,
        }

        def line(what: str, against: str, ours: list[float], baseline: list[float]) -> Line:
            return Line(
                name=NAME,
                what=what,
                against=against,
                unit="µs",
                ours=tuple(ours),
                baseline=tuple(baseline),
                goal=None,
                at_most=True,
                conditions=conditions,
            )

        for what, work in (
            ("a receipt replayed", partial(replaying.replayed_some, instance, lot, READER)),
            ("an answer under another law", partial(trial.tried, instance, lot, tried)),
        ):
            ours = [_cpu(work) / len(lot) for _ in range(scale.rounds)]
            yield line(what, "the first decision, with its receipt", ours, first)
        against = f"the same among {tenth}"
        yield line("one late correction, until its answers are listed", against, many, few)


def _ask(answers: Answers, instance: Instance, households: list[Household]) -> None:
    for start in range(0, len(households), 100):
        questions = [
            asked(instance, household, uuid4().bytes)
            for household in households[start : start + 100]
        ]
        for result in answers.check_all(questions, READER, instance.view()):
            if isinstance(result, Exception):
                raise result


def _correction(instance: Instance, scale: Scale, households: list[Household]) -> list[float]:
    """Correct one person's attestation, and measure until the follower has caught up."""
    view = FollowedView(instance, VIEW, followed_by=partial(MovedFollower, Receipts(instance)))
    try:
        view.wait_for(instance.log.head())
        taken = []
        for number in range(scale.rounds):
            _correct(instance, households[number].members[0])
            taken.append(_cpu(lambda: view.wait_for(instance.log.head())))
        return taken
    finally:
        view.stop()


def _correct(instance: Instance, person: UUID) -> None:
    upto = instance.log.head()
    held = instance.person_facts.standing(person, DataClass.ATTESTATIONS, upto, READER)
    attested = next(each for each in held if isinstance(each.fact, CitizenshipAttested))
    fact = CitizenshipAttested(
        condition=CitizenshipCondition.NOT_MET, first_day=ATTESTED_FROM, corrects=attested.event_id
    )
    item = NewFact(fact, person)
    recording.correct(instance, _CONTEXT, uuid4(), attested.event_id, item)


def _cpu(work: Callable[[], object]) -> float:
    """Return how much CPU time some work takes, in microseconds."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1e6
