"""A made-up world in a log: it verifies, comes out the same, and can be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from domain import facts
from domain.data_classes import DataClass
from domain.law.referral.bases import Basis
from domain.law.referral.steps import ReferralQuestion
from services.answers.asking import Answers
from services.answers.receipts import Asked, request_bytes
from services.facts import recording
from services.facts.checks import NewFact
from services.generator.filling import NotAsDeclared, fill
from services.generator.told import Erased, Told
from services.instance.instance import Instance, InstanceError
from services.persons.reading import Reader
from tests.generator.made import COUNTRY, TOWN, directory, erased, opened, told
from tests.log.verified import altered

DAY = date(2026, 1, 2)
READER = Reader("test", "referral", "almenboligloven § 59")


class OneDay:
    """A world of one day."""

    first_day = last_day = date(2020, 1, 1)

    def __init__(self, *listed: Told | Erased) -> None:
        self.listed = list(listed)

    def days(self) -> Iterator[tuple[date, list[Told | Erased]]]:
        yield self.first_day, self.listed


@pytest.mark.parametrize("name", [TOWN, COUNTRY])
def test_no_event_of_a_filled_log_is_altered(name: str) -> None:
    with opened(name) as instance:
        assert altered(instance.log) == []
        assert instance.altered == []
        assert instance.log.head() > 1_000


def test_the_same_seed_gives_the_same_log_and_another_seed_another() -> None:
    def said(path: Path) -> list[tuple[object, ...]]:
        # But for the fingerprints, and the leaf hashes over them: the master key is another's.
        with Instance.open(path) as instance:
            return [
                (e.position, e.event_id, e.recorded_at, e.type, *e.tags, e.data, e.metadata)
                for e in instance.log.read()
            ]

    again = directory.__wrapped__(COUNTRY)
    assert said(again) == said(directory(COUNTRY))
    assert said(directory(COUNTRY, 2)) != said(again)


def test_an_event_has_the_day_on_which_it_came_to_be_known() -> None:
    with opened(COUNTRY) as instance:
        events = {event.event_id: event for event in instance.log.read()}
    for day, listed in told(COUNTRY):
        for each in listed:
            at = datetime.fromtimestamp(events[each.id.bytes].recorded_at / 1e6, UTC)
            assert at.date() == day


def test_who_waits_can_be_asked_about_and_answers_differ() -> None:
    with opened(TOWN) as instance:
        view = instance.view()
        homes = [view.dwelling(each, DAY) for each in view.keys(facts.DwellingRecorded)]
        listed = {
            item.fact.area
            for area in view.keys(facts.AreaListed)
            for item in view.find(facts.AreaListed, area)
            if item.fact.list_day.year == 2025 and item.fact.vulnerable is facts.Listing.ON
        }
        family = [h.fact for h in homes if h and h.fact.kind is facts.DwellingKind.FAMILY]
        inside = [home.dwelling for home in family if home.area in listed]
        outside = [home.dwelling for home in family if home.area not in listed]
        households = instance.keys.households()
        asked = []
        for number, household in enumerate(households):
            of = inside if number % 2 else outside
            question = ReferralQuestion(
                household=household, dwelling=of[number % len(of)], basis=Basis.STK_1, day=DAY
            )
            id = UUID(int=number + 1, version=4).bytes
            asked.append(Asked(question, request_bytes(question, DAY.isoformat()), id))
        results = Answers(instance).check_all(asked, READER, view)
    answers = [each for each in results if not isinstance(each, Exception)]
    outcomes = Counter(str(each.decision.outcome) for each in answers)
    assert len(answers) == len(households)
    assert {"PERMITTED", "PROHIBITED", "UNDETERMINED"} <= set(outcomes), outcomes


def test_what_is_erased_is_in_no_file_and_nobody_else_is() -> None:
    gone = erased(TOWN)
    whole = {each.subject for each in gone if each.data_class is None}
    part = {each.subject for each in gone if each.data_class is not None} - whole
    assert whole
    assert part
    with opened(TOWN) as instance:
        for subject in whole:
            assert instance.keys.known(subject) is None
        for subject in part:
            assert DataClass.MEMBERSHIP not in instance.keys.tokens_of(subject)
        done = instance.view().find(facts.ErasureDone, "")
        tokens = [token for item in done for token in item.fact.tokens]
        assert instance.keys.held(tokens) == []
        assert len(instance.keys.households()) > 10


def test_a_world_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    home = tmp_path / "made"
    wrong = facts.AreaRegistered(area="0461-a", name="A", municipality="0999")
    with pytest.raises(NotAsDeclared, match="AreaRegistered of 2020-01-01"):
        fill(home, OneDay(Told(UUID(int=1, version=4), wrong)), 1)
    assert not home.exists()


def test_a_directory_with_an_instance_is_not_filled(tmp_path: Path) -> None:
    fill(tmp_path / "made", OneDay(), 1)
    with pytest.raises(InstanceError, match="already holds an instance"):
        fill(tmp_path / "made", OneDay(), 1)
    with Instance.open(tmp_path / "made") as instance:
        assert instance.log.head() == 1


def test_nothing_is_made_where_the_environment_names_another_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUSRET_LOG", f"sqlite://{tmp_path}/other.db")
    with pytest.raises(InstanceError, match="HUSRET_LOG"):
        fill(tmp_path / "made", OneDay(), 1)
    assert list(tmp_path.iterdir()) == []


def test_a_log_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    home = tmp_path / "made"
    seen = []

    def told(events: int, day: date) -> None:
        seen.append(Instance.is_in(home))

    new = facts.AreaRegistered(area="9999-a", name="A", municipality="9999")
    fill(home, OneDay(Told(UUID(int=1, version=4), new)), 1, told=told)
    assert seen == [False]
    assert sorted(file.name for file in home.iterdir()) == [
        "access.db",
        "api.token",
        "keys.db",
        "keys.root",
        "log.db",
        "master.key",
        "signing.key",
    ]


def test_more_can_be_recorded_once_it_is_filled(tmp_path: Path) -> None:
    fill(tmp_path / "made", OneDay(), 1)
    new = facts.AreaRegistered(area="9999-a", name="A", municipality="9999")
    with Instance.open(tmp_path / "made") as instance:
        context = recording.Context("a", "b")
        written = recording.record(instance, context, UUID(int=5, version=4), [NewFact(new)])
        assert [each.position for each in written] == [2]
