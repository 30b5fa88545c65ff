"""Searching for decisions: the index finds what a walk through the whole log finds, and no more."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.data_classes import DataClass, SubjectKind
from domain.events import Recorded
from domain.questions import PAGE_TYPES, RECEIPT_TYPES
from projections.decisions import VIEW, Filter
from services.answers.decision_index import StatedReceipts
from services.answers.screening import ListRequest, Screening
from services.answers.sealed_index import SealedIndex, rules_met
from services.answers.searching import Results, Search, Wanted
from services.instance.verifying_views import findings
from services.instance.views import GROUNDS_FILE, FollowedView, RowAltered
from services.log.event import RecordedEvent
from services.log.finding import Finding
from services.persons.reading import Erased, TamperedEvent
from services.persons.sealing import KeyErased
from tests.answers.town import (
    ASKED_DAY,
    ORDINARY,
    PREVENTION,
    VULNERABLE,
    Household,
    Town,
    alter,
    new_id,
)
from tests.support import scaled

LATER = date(2024, 10, 1)
GROUND = "REF-UDS-N5"
"""Kontanthjælp for six months, which bans a referral to the vulnerable area."""


class Index:
    """The index of a town's decisions, followed by whoever asks."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.receipts = town.answers.receipts
        self.screening = Screening(town.instance)
        self.view = FollowedView(town.instance, VIEW, source=StatedReceipts(town.instance))
        self.sealed = SealedIndex(self.receipts)
        self.search = Search(self.receipts, self.screening, self.view, self.sealed)

    def close(self) -> None:
        self.view.stop()
        self.sealed.close()

    def walk(self, wanted: Wanted, size: int = 3, upto: int | None = None) -> Results:
        """Return all pages of a walk as one."""
        upto = self.town.instance.log.head() if upto is None else upto
        found: list[Any] = []
        after = erased = 0
        while True:
            page = self.search.page(wanted, after, upto, size, self.town.reader)
            assert len(page.found) <= size
            found += page.found
            erased += page.erased
            after = page.after
            if not after:
                return Results(found, 0, erased)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with Town.founded(tmp_path / "instance") as found:
        yield found


@pytest.fixture
def index(town: Town) -> Iterator[Index]:
    made = Index(town)
    yield made
    made.close()


@pytest.fixture
def households(town: Town) -> list[Household]:
    """Four households of one to three; two are on kontanthjælp."""
    found = [town.register(count) for count in (1, 2, 3, 1)]
    town.on_kontanthjaelp(found[1].members[1])
    town.on_kontanthjaelp(found[2].members[0])
    return found


def screen(town: Town, households: list[Household], dwelling: str = VULNERABLE) -> None:
    asked = town.asked(households[0], dwelling).question
    request = ListRequest(asked, town.instance.view(), town.reader, new_id())
    listed = [each.id for each in households]
    assert list(Screening(town.instance).pages(request, listed, 3))


def asked_for_all(town: Town, households: list[Household]) -> None:
    for household in households:
        for dwelling in (VULNERABLE, PREVENTION, ORDINARY):
            town.ask(household, dwelling)
    town.ask(households[1], VULNERABLE, LATER)
    screen(town, households)
    screen(town, households, ORDINARY)


def receipts_of(found: Results) -> list[UUID]:
    return [each.row.receipt_id for each in found.found]


# --- The naive walk: every event of the log, every answer decided again ------------------------


class Naive:
    """What a walk through the whole log says, without any index."""

    def __init__(self, index: Index, wanted: Wanted) -> None:
        self.index, self.wanted = index, wanted
        self.stated = StatedReceipts(index.town.instance)
        self.found: dict[UUID, list[tuple[UUID | None, str]]] = {}

    def walk(self) -> dict[UUID, list[tuple[UUID | None, str]]]:
        for event in self.index.town.instance.log.read():
            if event.type in RECEIPT_TYPES:
                self.receipt(event)
            elif event.type in PAGE_TYPES:
                self.page(event)
        return self.found

    def is_open(self, event: Any, outcome: str) -> bool:
        stated, open = self.stated.of(event).fact, self.wanted.open
        day = stated.day if open.days_of == "day" else stated.recorded_on
        return (
            (not open.kinds or stated.kind in open.kinds)
            and (not open.outcomes or outcome in open.outcomes)
            and open.area in ("", stated.area)
            and open.municipality in ("", stated.municipality)
            and open.actor in ("", stated.actor)
            and open.purpose in ("", stated.purpose)
            and (open.first_day is None or open.first_day <= day)
            and (open.last_day is None or day <= open.last_day)
        )

    def fits(self, decision: Any, rules: set[str]) -> bool:
        wanted = self.wanted
        grounds = {each.rule_id for each in decision.decided_by}
        return (
            (wanted.household is None or decision.question.household == wanted.household)
            and wanted.dwelling in ("", decision.question.dwelling)
            and (not wanted.rule or wanted.rule in rules)
            and (not wanted.ground or wanted.ground in grounds)
        )

    def receipt(self, event: Any) -> None:
        wanted, outcome = self.wanted, self.stated.of(event).fact.outcome
        if not (wanted.opens_receipts or wanted.household):
            # An erased household's too: it says so much openly.
            if self.is_open(event, outcome):
                self.found[UUID(bytes=event.event_id)] = []
            return
        with suppress(KeyErased):
            decision = self.index.receipts.get(event, self.index.town.reader).decision
            rules = {each.rule_id for each in rules_met(decision)}
            if self.is_open(event, outcome) and self.fits(decision, rules):
                opened: list[tuple[UUID | None, str]] = [(decision.question.household, outcome)]
                self.found[UUID(bytes=event.event_id)] = opened if wanted.opens_receipts else []

    def page(self, event: Any) -> None:
        wanted = self.wanted
        opened: list[tuple[UUID | None, str]] = []
        for each in self.index.screening.opened(event):
            if each.household is None or each.entry is None:
                continue
            answer = self.index.screening.get(event, each.household, self.index.town.reader)
            outcome = str(each.entry.outcome)
            if self.is_open(event, outcome) and self.fits(answer.decision, set(each.entry.met)):
                opened.append((each.household, outcome))
        if wanted.opens_pages and opened:
            self.found[UUID(bytes=event.event_id)] = opened
        elif not wanted.opens_pages and self.is_open(event, ""):
            self.found[UUID(bytes=event.event_id)] = []


def a_search(chance: random.Random, households: list[Household]) -> Wanted:
    def maybe(*values: Any) -> Any:
        return chance.choice((None, None, None, None, *values))

    return Wanted(
        Filter(
            kinds=maybe(("referral",), ("letting",)) or (),
            outcomes=maybe(("PROHIBITED",), ("PERMITTED", "UNDETERMINED")) or (),
            area=maybe("9999-kastanjeparken", "9999-hasselvangen") or "",
            municipality=maybe("9999", "0461") or "",
            actor=maybe("auditor", "nobody") or "",
            purpose=maybe("audit") or "",
            first_day=maybe(ASKED_DAY, LATER),
            last_day=maybe(ASKED_DAY),
            days_of=chance.choice(("day", "recorded_on")),
        ),
        household=maybe(*(each.id for each in households)),
        dwelling=maybe(VULNERABLE, ORDINARY) or "",
        ground=maybe(GROUND, "REF-UDS-N1") or "",
        rule=maybe(GROUND, "REF-QUARTER") or "",
        opened=chance.random() < 0.3,
    )


def test_a_search_finds_what_a_walk_through_the_whole_log_finds(
    town: Town, index: Index, households: list[Household]
) -> None:
    asked_for_all(town, households)
    town.erase(households[3].id, DataClass.DECISIONS, SubjectKind.HOUSEHOLD)
    kept = households[:3]
    chance = random.Random(13)
    some = 0
    for _ in range(scaled(60, 1_000)):
        wanted = a_search(chance, kept)
        expected = Naive(index, wanted).walk()
        found = index.walk(wanted, chance.randint(1, 5))
        said = {
            each.row.receipt_id: [(a.household, str(a.outcome)) for a in each.answers]
            for each in found.found
        }
        assert said == expected, wanted
        some += bool(expected)
    assert some > scaled(8, 150)


def test_a_ground_finds_the_answers_that_it_decided_and_the_reading_is_noted(
    town: Town, index: Index, households: list[Household]
) -> None:
    asked_for_all(town, households)
    token = town.token(households[1].id, DataClass.DECISIONS)
    before = len(town.instance.access.reads([token]))
    found = index.walk(Wanted(Filter(), ground=GROUND))
    denied = {each.household for one in found.found for each in one.answers}
    assert denied == {households[1].id, households[2].id}
    assert [each.row.stated.households for each in found.found] == [0, 0, 3]
    reads = town.instance.access.reads([token])[before:]
    assert {each.purpose for each in reads} == {"audit"}
    person = town.token(households[1].members[1], DataClass.BENEFITS)
    town.instance.access.flush()
    count = len(town.instance.access.reads([person]))
    assert receipts_of(index.walk(Wanted(Filter(), ground=GROUND))) == receipts_of(found)
    assert len(town.instance.access.reads([person])) > count


def test_what_is_open_is_listed_without_opening_anything(
    town: Town, index: Index, households: list[Household]
) -> None:
    asked_for_all(town, households)
    tokens = [town.token(each.id, DataClass.DECISIONS) for each in households]
    before = len(town.instance.access.reads(tokens))
    found = index.walk(Wanted(Filter(area="9999-kastanjeparken")))
    assert sorted(each.row.stated.households for each in found.found) == [0] * 5 + [1, 3]
    assert not any(each.answers for each in found.found)
    assert len(town.instance.access.reads(tokens)) == before


def test_an_erased_household_is_passed_over_and_counted_and_its_rows_open_no_more(
    town: Town, index: Index, households: list[Household]
) -> None:
    asked_for_all(town, households)
    everything = index.walk(Wanted(Filter(), opened=True))
    town.erase(households[1].id, DataClass.DECISIONS, SubjectKind.HOUSEHOLD)
    found = index.walk(Wanted(Filter(), opened=True))
    # Four receipts of its own, and an entry on each of two pages.
    assert (everything.erased, found.erased) == (0, 6)
    assert len(found.found) == len(everything.found) - 4
    about = {each.household for one in found.found for each in one.answers}
    assert about == {each.id for each in households} - {households[1].id}
    with pytest.raises(Erased):
        index.walk(Wanted(Filter(), household=households[1].id))
    listed = index.walk(Wanted(Filter()))
    assert len(listed.found) == len(everything.found)


def test_a_ground_goes_with_the_class_that_it_rests_on_and_the_rest_stays(
    town: Town, index: Index, households: list[Household]
) -> None:
    asked_for_all(town, households)
    before = index.walk(Wanted(Filter(outcomes=("PROHIBITED",)), opened=True))
    town.erase(households[1].members[1], DataClass.BENEFITS)
    [receipt, *_] = [
        each
        for each in index.walk(Wanted(Filter(outcomes=("PROHIBITED",)), opened=True)).found
        if each.answers[0].household == households[1].id
    ]
    assert receipt.row.receipt_id in receipts_of(before)
    [answer] = receipt.answers
    assert (answer.grounds, answer.partly_erased) == ((), True)
    assert "REF-QUARTER" in answer.rules
    others = index.walk(Wanted(Filter(), ground=GROUND))
    assert {a.household for each in others.found for a in each.answers} == {households[2].id}


def test_the_file_holds_no_rule_in_the_clear_and_its_loss_costs_nothing(
    town: Town, index: Index, households: list[Household]
) -> None:
    asked_for_all(town, households)
    assert town.instance.directory is not None
    found = index.walk(Wanted(Filter(), ground=GROUND))
    index.close()
    files = [
        path.read_bytes()
        for path in town.instance.directory.iterdir()
        if path.name.startswith(("views-grounds", "views-decisions"))
    ]
    assert files
    assert not any(GROUND.encode() in each for each in files)
    for path in town.instance.directory.glob("views-*"):
        path.unlink()
    again = Index(town)
    assert receipts_of(again.walk(Wanted(Filter(), ground=GROUND))) == receipts_of(found)
    again.close()


def test_a_walk_sees_the_log_as_of_its_position_whatever_is_asked_meanwhile(
    town: Town, index: Index, households: list[Household]
) -> None:
    asked_for_all(town, households)
    head = town.instance.log.head()
    first = index.search.page(Wanted(Filter()), 0, head, 4, town.reader)
    town.ask(households[0])
    rest = index.search.page(Wanted(Filter()), first.after, head, 100, town.reader)
    assert len(first.found) + len(rest.found) == 3 * 4 + 1 + 2 * 2
    assert len(index.walk(Wanted(Filter())).found) == 3 * 4 + 1 + 2 * 2 + 1
    earlier = index.walk(Wanted(Filter()), upto=first.after)
    assert receipts_of(earlier) == [each.row.receipt_id for each in first.found]


def test_a_restart_reads_no_receipt_again_and_a_rebuild_gives_the_same_rows(
    town: Town, index: Index, households: list[Household], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for_all(town, households)
    rows = [each.row for each in index.walk(Wanted(Filter())).found]
    index.close()
    read: list[int] = []
    of = StatedReceipts.of

    def noting(self: StatedReceipts, event: RecordedEvent) -> Recorded[Any]:
        read.append(event.position)
        return of(self, event)

    monkeypatch.setattr(StatedReceipts, "of", noting)
    again = Index(town)
    again.view.wait_for(town.instance.log.head())
    assert (read, again.view.table.rows()) == ([], rows)
    town.ask(households[0])
    again.view.wait_for(town.instance.log.head())
    assert read == [town.instance.log.head()]
    again.close()


@pytest.mark.parametrize(
    "change",
    ["outcome = 'PERMITTED'", "area = '9999-elmehegnet'", "actor = 'nobody'", "day = '2024-01-01'"],
)
def test_a_row_that_does_not_follow_from_its_event_is_shown_to_nobody(
    town: Town, index: Index, households: list[Household], change: str
) -> None:
    town.ask(households[1])
    index.walk(Wanted(Filter()))
    assert town.instance.directory is not None
    with closing(sqlite3.connect(town.instance.directory / VIEW.file)) as database:
        assert database.execute(f"UPDATE decisions SET {change}").rowcount == 1
        database.commit()
    with pytest.raises(RowAltered, match=VIEW.file):
        index.walk(Wanted(Filter()))


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE decisions SET outcome = 'PERMITTED' WHERE position = {last}", "altered"),
        ("DELETE FROM decisions WHERE position = {last}", "missing"),
        ("UPDATE decisions SET position = {last} + 1000 WHERE position = {last}", "missing stray"),
        ("UPDATE decisions SET position = -1 WHERE position = {last}", "missing stray"),
        ("UPDATE decisions SET position = 2 WHERE position = {last}", "stray missing"),
        ("UPDATE decisions SET until = 1 WHERE position = {last}", "missing"),
    ],
)
def test_verifying_names_each_row_of_the_index_that_does_not_follow(
    town: Town, index: Index, households: list[Household], change: str, kind: str
) -> None:
    asked_for_all(town, households)
    last = town.instance.log.head()
    index.walk(Wanted(Filter()))
    assert list(findings([index.view])) == []
    assert town.instance.directory is not None
    with closing(sqlite3.connect(town.instance.directory / VIEW.file)) as database:
        assert database.execute(change.format(last=last)).rowcount == 1
        database.commit()
    found = list(findings([index.view]))
    assert {each.kind for each in found} == {f"view-row-{each}" for each in kind.split()}
    assert not any(str(each.id) in str(found) for each in households)
    if "missing" in kind or "altered" in kind:
        assert f"decisions: position {last}" in {each.place for each in found}


def test_a_sealed_part_moved_to_another_receipt_does_not_open_there(
    town: Town, index: Index, households: list[Household]
) -> None:
    denied, allowed = town.ask(households[1]), town.ask(households[1], ORDINARY)
    index.walk(Wanted(Filter(), opened=True))
    assert town.instance.directory is not None
    with closing(sqlite3.connect(town.instance.directory / GROUNDS_FILE)) as database:
        [part] = database.execute(
            "SELECT part FROM sealed WHERE position = ?", (allowed.position,)
        ).fetchone()
        database.execute("UPDATE sealed SET part = ? WHERE position = ?", (part, denied.position))
        database.commit()
    with pytest.raises(RowAltered, match=str(denied.position)):
        index.walk(Wanted(Filter(), ground=GROUND))
    assert list(index.sealed.findings()) == [
        Finding("sealed-row-altered", f"decisions: position {denied.position}", denied.position)
    ]


def test_an_altered_receipt_stops_the_index_where_it_stands(
    town: Town, index: Index, households: list[Household]
) -> None:
    answer = town.ask(households[1])
    assert town.instance.directory is not None
    alter(town.instance.directory / "log.db", answer.position, False, metadata=b"{}")
    with pytest.raises(TamperedEvent):
        index.walk(Wanted(Filter()))


def test_every_kind_of_question_that_is_recorded_has_its_row() -> None:
    assert set(VIEW.types) == {*RECEIPT_TYPES, *PAGE_TYPES}
