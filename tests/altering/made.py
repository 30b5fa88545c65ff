"""A small instance in which every file and table holds something, and a copy of it as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from domain import facts
from domain.data_classes import DataClass
from domain.facts import ShareBasis
from projections.decisions import Filter
from services.answers.screening import ListRequest, Screening
from services.answers.searching import Search, Wanted
from services.api.server import opened_views
from services.facts import recording
from services.facts.checks import NewFact
from services.instance import counting
from services.instance.checkpoints import LATEST, Publisher
from tests.answers.town import ORDINARY, PREVENTION, VULNERABLE, Household, Town, new_id
from tests.tenancies.estate import Estate

CPR = "6101010123"  # Day 61: made for tests, never given to a person.
AREA = "9999-kastanjeparken"
AFTER_ALL = date(2100, 1, 1)


class Made(NamedTuple):
    """The closed instance, a copy of it as it was before its last third, and what was published."""

    directory: Path
    older: Path
    checkpoint: str
    """The note that was published last, and that somebody else keeps."""
    vkey: str
    """The verifier key as it was published with it."""


def made(place: Path) -> Made:
    """Make an instance in a new directory of `place`."""
    directory, older, published = place / "instance", place / "older", place / "published"
    with Town.founded(directory) as town:
        households = _recorded(town)
        with looked_into(town):
            pass
        counting.note(town.instance)
    shutil.copytree(directory, older)
    with Town.reopened(directory) as town:
        _done_later(town, households)
        with looked_into(town):
            pass
        counting.note(town.instance)
        Publisher(town.instance, published, 3_600.0).publish()
        vkey = str(town.instance.signer().vkey)
    return Made(directory, older, (published / LATEST).read_text("utf-8"), vkey)


def _recorded(town: Town) -> list[Household]:
    households = [town.register(count) for count in (1, 2, 2, 1)]
    named = new_id()
    recording.record(
        town.instance,
        town.context,
        new_id(),
        [
            NewFact(facts.PersonRegistered(cpr=CPR), named),
            NewFact(facts.PersonExternalId(external_id="own:77"), named),
        ],
    )
    town.on_kontanthjaelp(households[1].members[0])
    for household in households:
        town.ask(household, VULNERABLE)
        town.ask(household, PREVENTION)
    town.ask(households[0], ORDINARY)
    question = town.asked(households[0]).question
    request = ListRequest(question, town.instance.view(), town.reader, new_id())
    assert list(Screening(town.instance).pages(request, [each.id for each in households], 3))
    plan = facts.PlanDecided(
        area=AREA,
        kind=facts.PlanKind.JOINT,
        body=facts.PlanBody.COUNCIL,
        decided_on=date(2019, 5, 28),
    )
    recording.record(
        town.instance, town.context, new_id(), [NewFact(plan)], accept_implausible=True
    )
    estate = Estate(town)
    estate.decide_share(ShareBasis.AGREED, 1, 1)
    estate.build("altered-home", "another-home")
    for home in ("altered-home", "another-home"):
        estate.allocate(estate.vacancy(home))
    return households


def _done_later(town: Town, households: list[Household]) -> None:
    """Prune and erase, and record what moves answers; each leaves its own traces."""
    assert counting.prune(town.instance, AFTER_ALL)
    town.on_kontanthjaelp(households[2].members[0])
    town.on_kontanthjaelp(households[2].members[1])
    town.erase(households[2].members[1], DataClass.BENEFITS)
    town.erase(households[3].members[0])
    for household in households[:3]:
        town.ask(household, VULNERABLE)


@contextmanager
def looked_into(town: Town) -> Iterator[None]:
    """Have every view follow, and every answer opened for the index of decisions; hold it open."""
    receipts = town.answers.receipts
    views, _, sealed = opened_views(town.instance, receipts)
    try:
        head = town.instance.log.head()
        for each in views.all:
            each.wait_for(head)
        search = Search(receipts, Screening(town.instance), views.decisions, sealed)
        search.page(Wanted(Filter(), opened=True), 0, head, 1_000, town.reader)
        yield
    finally:
        views.stop()
        sealed.close()
