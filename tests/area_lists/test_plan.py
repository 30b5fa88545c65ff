"""An import appends what is new, corrects what differs, and leaves alone what stands."""

from __future__ import annotations

import random
from datetime import date

import pytest

from domain.facts import AreaListed, AreaListPublished, AreaRegistered, Listing, ListKind
from services.area_lists import shipped
from services.area_lists.planning import ImportPlan, plan_import
from services.area_lists.reading import parse
from services.area_lists.totals import ListSummary
from services.sheets.file import BadFile, Problem
from tests.area_lists.files import SECOND, Log, a_list, an_area, file_of
from tests.support import scaled

DAY = date(2021, 12, 1)


def planned(log: Log, data: bytes) -> ImportPlan:
    return plan_import(parse(data, "lists.csv"), log.view())


def imported(log: Log, data: bytes) -> ImportPlan:
    plan = planned(log, data)
    log.append(plan.facts)
    return plan


def log_with(*records: dict[str, str]) -> Log:
    log = Log()
    imported(log, file_of(*records))
    return log


def problems_of(log: Log, *records: dict[str, str]) -> tuple[Problem, ...]:
    with pytest.raises(BadFile) as caught:
        planned(log, file_of(*records))
    return caught.value.problems


def with_another_first_row(data: bytes, old: str, new: str) -> bytes:
    lines = data.decode().splitlines(keepends=True)
    at = next(index for index, line in enumerate(lines) if old in line)
    lines[at] = lines[at].replace(old, new)
    return "".join(lines).encode()


def reordered(data: bytes, chance: random.Random) -> bytes:
    comment, header, *rows = data.decode().splitlines()
    chance.shuffle(rows)
    return "\n".join([comment, header, *rows]).encode()


def test_a_first_import_appends_areas_then_lists_then_rows() -> None:
    plan = planned(Log(), file_of(a_list(), an_area(), an_area(**SECOND)))
    assert [type(fact) for fact in plan.facts] == [
        AreaRegistered,
        AreaRegistered,
        AreaListPublished,
        AreaListed,
        AreaListed,
    ]
    assert all(fact.corrects is None for fact in plan.facts)
    assert (plan.new, plan.unchanged, plan.changed_rows) == (3, 0, ())


def test_the_published_file_registers_each_area_once() -> None:
    plan = imported(Log(), shipped.read(shipped.PUBLISHED))
    kinds = [type(fact) for fact in plan.facts]
    assert kinds.count(AreaRegistered) == 59
    assert kinds.count(AreaListPublished) == 31
    assert kinds.count(AreaListed) == 304


@pytest.mark.parametrize("name", [shipped.PUBLISHED, shipped.MADE_UP])
def test_repeating_an_import_appends_nothing(name: str) -> None:
    log = Log()
    first = imported(log, shipped.read(name))
    again = imported(log, shipped.read(name))
    assert (again.facts, again.new, again.unchanged) == ((), 0, first.new)
    assert again.summary == first.summary


@pytest.mark.parametrize("name", [shipped.PUBLISHED, shipped.MADE_UP])
def test_the_order_of_the_rows_does_not_matter(name: str) -> None:
    log = Log()
    first = imported(log, shipped.read(name))
    for seed in range(scaled(3, 30)):
        turned = reordered(shipped.read(name), random.Random(seed))
        assert planned(Log(), turned).facts == first.facts
        assert planned(log, turned).facts == ()


def test_one_changed_row_is_one_correcting_fact() -> None:
    log = Log()
    imported(log, shipped.read(shipped.PUBLISHED))
    data = with_another_first_row(shipped.read(shipped.PUBLISHED), ";1453;51,2;", ";1454;51,3;")
    plan = imported(log, data)
    (fact,) = plan.facts
    assert isinstance(fact, AreaListed)
    assert fact.corrects is not None
    (changed,) = plan.changed_rows
    assert changed.row == "0316-agervang of 2014-12-01"
    assert changed.changes == ("residents: 1453 -> 1454", "unattached_share: 51.2 -> 51.3")
    assert (plan.new, plan.unchanged) == (0, 334)
    standing = log.view().listed("0316-agervang", date(2014, 12, 1))
    assert standing is not None
    assert standing.fact.figures.residents == 1454
    assert planned(log, data).facts == ()


def test_a_changed_row_names_its_line() -> None:
    log = log_with(a_list(), an_area(), an_area(**SECOND))
    plan = planned(log, file_of(a_list(), an_area(), an_area(**SECOND, vulnerable="off")))
    assert [(row.line, row.changes) for row in plan.changed_rows] == [
        (4, ("vulnerable: on -> off",))
    ]


def test_the_same_row_changed_twice_corrects_the_correction() -> None:
    log = log_with(a_list(), an_area())
    for vulnerable in ("off", "unknown"):
        plan = imported(log, file_of(a_list(), an_area(vulnerable=vulnerable)))
        assert len(plan.facts) == 1
    assert len(log.view().find(AreaListed, "0461-first")) == 1


def test_a_list_published_again_with_another_total_is_a_changed_row() -> None:
    log = log_with(a_list(), an_area())
    plan = imported(log, file_of(a_list(published_total="3"), an_area()))
    (fact,) = plan.facts
    assert isinstance(fact, AreaListPublished)
    assert fact.corrects is not None
    (changed,) = plan.changed_rows
    assert changed.row == "vulnerable list of 2021-12-01"
    assert changed.changes == ("published_total: 2 -> 3",)


def test_a_new_name_corrects_the_area() -> None:
    log = log_with(a_list(), an_area())
    plan = imported(log, file_of(a_list(), an_area(name="Primus")))
    (fact,) = plan.facts
    assert isinstance(fact, AreaRegistered)
    assert fact.corrects is not None
    assert [row.changes for row in plan.changed_rows] == [("name: First -> Primus",)]
    assert plan.unchanged == 2


def test_a_name_that_stands_for_another_area_is_refused() -> None:
    log = log_with(a_list(), an_area())
    (problem,) = problems_of(log, a_list(), an_area(area="0461-other"))
    assert (problem.line, problem.column) == (3, "area")
    assert "'First' is registered as 0461-first" in problem.what


def test_rows_that_a_file_leaves_out_are_not_taken_back() -> None:
    log = log_with(a_list(), an_area(), an_area(**SECOND))
    plan = planned(log, file_of(a_list(), an_area()))
    assert plan.facts == ()
    assert plan.summary[0].known_on == 2


def test_a_total_is_held_against_the_rows_that_stand() -> None:
    log = log_with(a_list(), an_area(), an_area(**SECOND))
    third = an_area(area="0461-third", name="Third")
    (problem,) = problems_of(log, a_list(), third)
    assert (problem.line, problem.column) == (2, "published_total")
    assert "2 areas were published, but 3 rows are on the vulnerable list" in problem.what
    assert "not in the file: 0461-first, 0461-second" in problem.what


def test_completeness_is_held_against_the_rows_that_stand() -> None:
    log = log_with(a_list(), an_area(vulnerable="unknown"), an_area(**SECOND))
    (problem,) = problems_of(log, a_list(complete="0461"), an_area(**SECOND))
    assert (problem.line, problem.column) == (2, "complete")
    assert "unknown on the vulnerable list of 2021-12-01: 0461-first" in problem.what


def test_two_files_add_up_what_they_attest() -> None:
    log = log_with(a_list(complete="0461", source="one"), an_area())
    imported(log, file_of(a_list(complete="0751", source="two", published_total="")))
    published = log.view().published(ListKind.VULNERABLE, DAY)
    assert published is not None
    assert published.fact.complete_for == ("0461", "0751")
    assert published.fact.source == "one | two"
    assert published.fact.published_total == 2


def test_repeating_either_of_two_files_appends_nothing() -> None:
    first = file_of(a_list(complete="0461", source="one"), an_area())
    second = file_of(a_list(complete="0751", source="two", published_total=""))
    log = Log()
    imported(log, first)
    imported(log, second)
    assert planned(log, first).facts == planned(log, second).facts == ()


def test_a_list_complete_nationwide_needs_no_municipality_named() -> None:
    log = log_with(a_list(complete="0461"), an_area())
    imported(log, file_of(a_list(complete="nationwide"), an_area(), an_area(**SECOND)))
    published = log.view().published(ListKind.VULNERABLE, DAY)
    assert published is not None
    assert (published.fact.complete_nationwide, published.fact.complete_for) == (True, ())


def test_no_attests_nothing_and_takes_nothing_back() -> None:
    log = log_with(a_list(complete="0461"), an_area())
    assert planned(log, file_of(a_list(complete="no"), an_area())).facts == ()


@pytest.mark.parametrize(
    "names", [(shipped.PUBLISHED, shipped.MADE_UP), (shipped.MADE_UP, shipped.PUBLISHED)]
)
def test_made_up_areas_stand_beside_published_lists_and_are_not_counted(
    names: tuple[str, str],
) -> None:
    log = Log()
    for name in names:
        imported(log, shipped.read(name))
    summary = plan_import(
        parse(shipped.read(shipped.PUBLISHED), shipped.PUBLISHED), log.view()
    ).summary
    assert summary[-3] == ListSummary(
        list_day=date(2024, 12, 1),
        kind=ListKind.PARALLEL_SOCIETY,
        known_on=8,
        made_up_on=2,
        published_total=8,
        complete_nationwide=True,
        complete_for=(),
    )
    assert all(planned(log, shipped.read(name)).facts == () for name in names)


def test_a_bad_file_plans_nothing() -> None:
    data = with_another_first_row(shipped.read(shipped.PUBLISHED), ";1453;51,2;", ";1453;151,2;")
    log = Log()
    with pytest.raises(BadFile):
        imported(log, data)
    assert log.view().position == 0


def test_what_was_imported_can_be_asked_for() -> None:
    log = Log()
    imported(log, shipped.read(shipped.PUBLISHED))
    vollsmose = log.view().listed("0461-vollsmose", date(2019, 12, 1))
    assert vollsmose is not None
    assert vollsmose.fact.transformation is Listing.ON
    assert vollsmose.fact.figures.basic_schooling_share == "77.2"
    assert vollsmose.fact.prevention is Listing.NO_SUCH_LIST
