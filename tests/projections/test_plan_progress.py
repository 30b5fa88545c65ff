"""How plans stand, followed: whatever way the log is read, the rows are what the rules find."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import facts
from domain.events import BY_FACT
from domain.facts import DwellingKind, Listing, PlanBody, PlanKind
from domain.law.editions import CURRENT
from domain.law.plans import progress
from domain.law.plans.kinds import FIRST_DAY
from domain.reference import Reference, View
from projections.follower import Follower
from projections.plan_progress import VIEW, ProgressRow
from projections.table import Table
from tests.projections.town import AREAS, LIST_DAYS, Log, id_at, logs, published, registered
from tests.support import scaled

ONE, TWO, ELSEWHERE = AREAS
LISTED = date(2018, 12, 1)


class Read(Log):
    """A log as the follower of this view reads it."""

    types = VIEW.types


@pytest.fixture
def table() -> Iterator[Table[ProgressRow]]:
    table = Table(":memory:", VIEW)
    yield table
    table.close()


def rebuilt(log: Log, upto: int | None = None) -> list[ProgressRow]:
    return VIEW.made_from(CURRENT, log.read(0, log.head() if upto is None else upto))


def transformation(
    area: str, list_day: date, said: Listing = Listing.ON, corrects: Any = None
) -> facts.AreaListed:
    return facts.AreaListed(
        area=area,
        list_day=list_day,
        vulnerable=said,
        parallel_society=said,
        transformation=said,
        prevention=Listing.UNKNOWN,
        source="made up",
        confidence="high",
        corrects=corrects,
    )


def municipality() -> facts.InstanceCreated:
    return facts.InstanceCreated(
        log_id=id_at(99),
        controller="Prøvekøbing Kommune",
        controller_kind=facts.ControllerKind.MUNICIPALITY,
        municipality="9999",
        stale_after_months=24,
    )


def counted(area: str, day: date, family: int, private: int) -> facts.AreaDwellingsCounted:
    return facts.AreaDwellingsCounted(
        area=area,
        counted_on=day,
        family=family,
        youth=0,
        elderly=0,
        private=private,
        commercial_m2=0,
        source="made up",
    )


def sold(area: str, day: date, dwellings: int, unit: str = "a") -> facts.DwellingsSold:
    return facts.DwellingsSold(
        area=area, unit=unit, kind=DwellingKind.FAMILY, dwellings=dwellings, taken_over_on=day
    )


# --- What a row says --------------------------------------------------------------------------


def test_a_plan_is_awaited_sent_approved_and_the_share_falls_to_forty(
    table: Table[ProgressRow],
) -> None:
    log = Read([municipality(), registered(ONE)])
    following = Follower(log, table, CURRENT)
    for fact in (
        transformation(ONE, LISTED),
        counted(ONE, date(2019, 3, 1), 600, 400),
        facts.PlanDecided(
            area=ONE, kind=PlanKind.JOINT, body=PlanBody.ORGANISATION, decided_on=date(2019, 5, 20)
        ),
        facts.PlanDecided(
            area=ONE, kind=PlanKind.JOINT, body=PlanBody.COUNCIL, decided_on=date(2019, 5, 28)
        ),
        facts.PlanSent(area=ONE, kind=PlanKind.JOINT, sent_on=date(2019, 5, 31)),
        facts.PlanApproved(area=ONE, kind=PlanKind.JOINT, approved_on=date(2019, 9, 1)),
        transformation(ONE, date(2019, 12, 1)),
        sold(ONE, date(2020, 5, 1), 200),
        facts.PlanAmended(area=ONE, amended_on=date(2020, 8, 1)),
    ):
        log.append(fact)
        following.catch_up()
        assert table.rows() == rebuilt(log)
    rows = [
        (row.first_day, row.state, row.status, row.share, row.too_many, row.amended_on)
        for row in table.rows()
    ]
    amended = date(2020, 8, 1)
    assert rows == [
        (LISTED, "not_due", "met", "", None, None),
        (date(2019, 3, 1), "not_due", "met", "60.00", 200, None),
        (date(2019, 5, 31), "sent", "met", "60.00", 200, None),
        (date(2019, 9, 1), "approved", "met", "60.00", 200, None),
        (date(2020, 5, 1), "approved", "met", "40.00", 0, None),
        (amended, "approved", "met", "40.00", 0, amended),
        # The list of 2020 is not recorded: whether the area must still have a plan is not known.
        (date(2020, 12, 1), "approved", "unknown", "40.00", 0, amended),
    ]
    first, *_, last = table.rows()
    assert (first.due_on, first.in_time) == (date(2019, 6, 1), "met")
    assert (last.last_day, last.kind, last.sent_on) == (None, "joint", date(2019, 5, 31))
    assert {each.position for each in table.rows()[4].evidence} == {4, 5, 6, 7, 8, 9, 10}
    assert last.known_at == log.head()


def test_without_a_plan_it_is_late_from_the_day_after_it_was_due(
    table: Table[ProgressRow],
) -> None:
    log = Read([municipality(), registered(ONE), transformation(ONE, LISTED)])
    Follower(log, table, CURRENT).catch_up()
    assert [(row.first_day, row.state, row.status, row.in_time) for row in table.rows()] == [
        (LISTED, "not_due", "met", "met"),
        (date(2019, 6, 2), "none", "not_met", "not_met"),
        (date(2019, 12, 1), "none", "unknown", "not_met"),
    ]


def test_an_area_that_no_list_names_and_nobody_counted_has_no_row(
    table: Table[ProgressRow],
) -> None:
    log = Read([municipality(), *(registered(area) for area in AREAS)])
    log.append(transformation(ONE, LISTED, Listing.OFF))
    log.append(published(facts.ListKind.TRANSFORMATION, LISTED, complete_nationwide=True))
    Follower(log, table, CURRENT).catch_up()
    assert table.rows() == []
    log.append(counted(TWO, date(2020, 1, 1), 10, 90))
    following = Follower(log, table, CURRENT)
    following.catch_up()
    assert {row.area for row in table.rows()} == {TWO}
    log.append(facts.Retracted(retracts=id_at(log.head())))
    following.catch_up()
    assert table.rows() == []


def test_the_share_of_the_agreement_stands_beside_that_of_the_act(
    table: Table[ProgressRow],
) -> None:
    log = Read([municipality(), registered(ONE), counted(ONE, date(2019, 1, 1), 500, 500)])
    log.append(
        facts.DwellingsDemolished(
            area=ONE,
            unit="a",
            kind=DwellingKind.FAMILY,
            dwellings=100,
            demolished_on=date(2020, 1, 1),
        )
    )
    log.append(
        facts.DwellingsBuilt(
            area=ONE,
            unit="b",
            kind=DwellingKind.PRIVATE,
            dwellings=100,
            built_on=date(2021, 1, 1),
            built_by=facts.Builder.PRIVATE,
            replacement=True,
            replaces="a",
        )
    )
    Follower(log, table, CURRENT).catch_up()
    # 400 of 1,100 by the act; what private dwellings replaced is not counted by the agreement.
    shares = dict.fromkeys((row.share, row.by_agreement) for row in table.rows() if row.share)
    assert list(shares) == [
        ("50.00", "50.00"),
        ("40.00", "40.00"),
        ("36.36", "40.00"),
    ]


# --- However it is read -----------------------------------------------------------------------

_areas = st.sampled_from(AREAS)
_days = st.dates(date(2018, 6, 1), date(2023, 6, 1))
_plan_facts = st.one_of(
    st.builds(transformation, _areas, st.sampled_from(LIST_DAYS), st.sampled_from(Listing)),
    st.builds(municipality),
    st.builds(
        facts.PlanDecided,
        area=_areas,
        kind=st.sampled_from(PlanKind),
        body=st.sampled_from(PlanBody),
        decided_on=_days,
    ),
    st.builds(facts.PlanSent, area=_areas, kind=st.sampled_from(PlanKind), sent_on=_days),
    st.builds(facts.PlanRefused, area=_areas, kind=st.sampled_from(PlanKind), refused_on=_days),
    st.builds(facts.PlanAmended, area=_areas, amended_on=_days),
    st.builds(facts.PlanStatusReported, area=_areas, reported_on=_days, on_schedule=st.booleans()),
    st.builds(
        facts.PlanDispensationDecided,
        area=_areas,
        under=st.sampled_from(facts.PlanDispensation),
        decided_on=_days,
        share=st.sampled_from((None, "50")),
    ),
    st.builds(
        facts.NothingDecided,
        municipality=st.just("9999"),
        decisions=st.just(("plan_approved",)),
        first_day=_days,
        last_day=st.one_of(st.none(), st.dates(date(2023, 6, 2), date(2024, 1, 1))),
        answered_by=st.just("made up"),
    ),
    st.builds(counted, _areas, _days, st.integers(400, 600), st.integers(400, 600)),
    st.builds(sold, _areas, _days, st.integers(1, 50)),
    st.builds(
        facts.DwellingsBuilt,
        area=_areas,
        unit=st.just("b"),
        kind=st.sampled_from(DwellingKind),
        dwellings=st.integers(1, 50),
        built_on=_days,
        built_by=st.sampled_from(facts.Builder),
        replacement=st.sampled_from((None, False)),
    ),
    st.builds(
        facts.DwellingsDemolished,
        area=_areas,
        unit=st.just("c"),
        kind=st.just(DwellingKind.FAMILY),
        dwellings=st.integers(1, 50),
        demolished_on=_days,
    ),
    st.builds(
        facts.CommercialAreaMeasured,
        area=_areas,
        measured_on=_days,
        square_metres=st.integers(0, 5000),
        source=st.just("made up"),
    ),
)


@st.composite
def plan_logs(draw: st.DrawFn) -> Read:
    """Draw a log of areas and what becomes of their plans; some of it is taken back."""
    drawn, log = draw(logs()), Read()
    log.events = drawn.events
    for fact in draw(st.lists(_plan_facts, min_size=2, max_size=20)):
        log.append(fact)
        if not draw(st.integers(0, 5)):
            gone = draw(st.integers(1, log.head()))
            if log.events[gone - 1] is not None:
                log.append(facts.Retracted(retracts=id_at(gone)))
    return log


@settings(max_examples=scaled(50, 2000), deadline=None)
@given(plan_logs(), st.data())
def test_a_prefix_and_its_continuation_give_the_rows_of_a_rebuild_at_every_step(
    drawn: Read, data: st.DataObject
) -> None:
    table = Table(":memory:", VIEW)
    seen = Read(log_id=drawn.log_id)
    following = Follower(seen, table, CURRENT)
    cuts = data.draw(st.sets(st.integers(1, drawn.head())), label="ends of batches")
    restarts = data.draw(st.sets(st.integers(1, drawn.head())), label="restarts")
    for position, event in enumerate(drawn.events, 1):
        seen.events.append(event)
        if position in restarts:
            following = Follower(seen, table, CURRENT)
        if position in cuts or position == drawn.head():
            following.catch_up()
            assert table.rows() == rebuilt(drawn, position)
    table.close()


@settings(max_examples=scaled(40, 1000), deadline=None)
@given(plan_logs(), st.lists(st.dates(date(2018, 12, 1), date(2031, 1, 1)), min_size=5))
def test_a_row_says_what_the_rules_find_on_each_of_its_days(drawn: Read, days: list[date]) -> None:
    view = reference(drawn)
    rows = rebuilt(drawn)
    for row in rows:
        days = [*days, row.first_day, row.first_day - timedelta(days=1)]
    for area in AREAS:
        if view.area(area) is None or not progress.is_of_interest(view, area):
            assert not [row for row in rows if row.area == area]
            continue
        for day in days:
            if day < FIRST_DAY:
                continue
            found = [
                row
                for row in rows
                if row.area == area
                and row.first_day <= day
                and (row.last_day is None or day <= row.last_day)
            ]
            plan = progress.plan_on(CURRENT, view, area, day)
            share = progress.share_on(CURRENT, view, area, day)
            if not found:
                assert plan.found is None
                assert share.found is None
                continue
            [row] = found
            _same(row, plan.found, share.found)
            held = {each.position for each in row.evidence}
            assert {item.position for item in (*plan.evidence, *share.evidence)} <= held


def _same(row: ProgressRow, plan: Any, share: Any) -> None:
    assert (row.state or None) == (None if plan is None else plan.state)
    assert (row.share or None) == (None if share is None else share.share)
    for name in ("due_on", "sent_on", "approved_on", "amended_on", "reported_on", "refused_on"):
        assert getattr(row, name) == (None if plan is None else getattr(plan, name))
    if plan is not None:
        assert (row.status, row.in_time) == (plan.status.value, plan.in_time.value)
    if share is not None:
        assert (row.by_agreement, row.too_many) == (share.by_agreement, share.too_many)


def reference(log: Log) -> View:
    held = Reference()
    for event in log.read(0, log.head()):
        held.apply(event)
    return held.at()


@settings(max_examples=scaled(30, 300), deadline=None)
@given(plan_logs(), st.dates(date(2018, 12, 1), date(2031, 1, 1)))
def test_the_rules_ask_for_no_fact_that_the_view_does_not_read(drawn: Read, day: date) -> None:
    asked: set[type[facts.Fact]] = set()

    class Listening(View):
        def find(self, kind: Any, key: str) -> Any:
            asked.add(kind)
            return super().find(kind, key)

    held = Reference()
    for event in drawn.read(0, drawn.head()):
        held.apply(event)
    for area in AREAS:
        view = Listening(held, held.position, {})
        if view.area(area) is not None:
            progress.plan_on(CURRENT, view, area, day)
            progress.share_on(CURRENT, view, area, day)
    assert {BY_FACT[kind].name for kind in asked} <= {*VIEW.types}


def test_a_later_list_looks_only_at_the_days_that_it_holds(
    table: Table[ProgressRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Read([municipality(), registered(ONE), counted(ONE, date(2019, 1, 1), 500, 500)])
    log.append(transformation(ONE, LIST_DAYS[0]))
    log.append(transformation(ONE, LIST_DAYS[1]))
    following = Follower(log, table, CURRENT)
    following.catch_up()
    looked: list[date] = []
    real = progress.plan_on

    def noted(edition: Any, view: Any, area: str, day: date) -> Any:
        looked.append(day)
        return real(edition, view, area, day)

    monkeypatch.setattr(progress, "plan_on", noted)
    log.append(transformation(ONE, LIST_DAYS[2]))
    following.catch_up()
    assert [day for day in looked if day < LIST_DAYS[2]] == []
    assert table.rows() == rebuilt(log)
    looked.clear()
    log.append(sold(ONE, date(2021, 1, 1), 10))
    following.catch_up()
    assert looked == []
    assert table.rows() == rebuilt(log)
