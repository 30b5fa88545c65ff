"""What has run out is erased, class by class, as the instance's rules say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from domain import facts
from domain.data_classes import DataClass, SubjectKind
from services.cli import exits
from services.cli import main as cli
from services.instance import retention
from services.instance.retention import Due, due
from tests.answers.town import Town

BENEFITS, IDENTITY, DECISIONS = DataClass.BENEFITS, DataClass.IDENTITY, DataClass.DECISIONS


def rule(data_class: DataClass, years: int = 0, law: str = "") -> facts.RetentionDecided:
    return facts.RetentionDecided(data_class=data_class, years=years, law=law)


def due_of(*classes: tuple[DataClass, int | None], years: int = 5, law: str = "") -> set[DataClass]:
    """Return what has run out in 2030 of a subject, by when something was last sealed."""
    decided = {each: rule(each, years) for each in (BENEFITS, IDENTITY)}
    decided[DECISIONS] = rule(DECISIONS, years, law)
    rows = [(b"one", str(each), str(each).encode(), last) for each, last in classes]
    return {each.data_class for each in due(rows, decided, 2030)}


def test_a_class_is_kept_through_its_last_calendar_year() -> None:
    assert due_of((BENEFITS, 2025)) == set()
    assert due_of((BENEFITS, 2024)) == {BENEFITS}
    assert due_of((BENEFITS, 2029), years=0) == {BENEFITS}
    assert due_of((BENEFITS, 2030), years=0) == set()


def test_a_class_without_a_rule_or_that_a_law_has_stay_never_runs_out() -> None:
    assert due_of((DataClass.TENANCY, 1900)) == set()
    assert due_of((DECISIONS, 1900), law="an act, § 1") == set()
    assert due_of((DECISIONS, 1900)) == {DECISIONS}


def test_who_somebody_is_is_kept_as_long_as_anything_else_of_them() -> None:
    assert due_of((IDENTITY, 2010), (DataClass.TENANCY, 2029)) == set()
    assert due_of((IDENTITY, 2010), (BENEFITS, 2010)) == {IDENTITY, BENEFITS}


def test_with_the_identity_go_the_classes_that_never_held_anything() -> None:
    assert due_of((IDENTITY, 2010), (BENEFITS, None)) == {IDENTITY, BENEFITS}
    assert due_of((IDENTITY, 2029), (BENEFITS, None)) == set()


def test_rows_of_several_subjects_are_told_apart() -> None:
    rows = [(b"1", "identity", b"a", 2010), (b"2", "identity", b"b", 2029)]
    assert list(due(rows, {IDENTITY: rule(IDENTITY, 5)}, 2030)) == [Due(IDENTITY, 2010, b"a")]


def test_a_run_erases_what_has_run_out_and_records_it_as_erasures_are() -> None:
    with Town.founded() as town:
        household = town.register(2)
        person, other = household.members
        town.on_kontanthjaelp(person)
        year = town.instance.today().year
        town.calendar.day = date(year + 6, 1, 1)
        town.on_kontanthjaelp(other)
        assert retention.run(town.instance) == Counter()  # there is no rule
        retention.decide(town.instance, rule(BENEFITS, 5))
        assert retention.run(town.instance) == Counter({(BENEFITS, year): 1})
        assert BENEFITS not in town.instance.keys.tokens_of(person)
        assert BENEFITS in town.instance.keys.tokens_of(other)
        assert town.instance.keys.known(person) is SubjectKind.PERSON
        done = [e for e in town.instance.log.read() if e.type == "erasure.done"]
        assert [json.loads(e.data)["policy"] for e in done] == ["retention-benefits-5-years"]
        assert retention.run(town.instance) == Counter()
        # The newest rule holds.
        retention.decide(town.instance, rule(BENEFITS, law="an act, § 1"))
        town.calendar.day = date(year + 40, 1, 1)
        assert retention.run(town.instance) == Counter()


def test_what_something_is_recorded_in_while_a_run_is_under_way_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Town.founded() as town:
        household = town.register(2)
        for person in household.members:
            town.on_kontanthjaelp(person)
        year = town.instance.today().year
        town.calendar.day = date(year + 6, 1, 1)
        retention.decide(town.instance, rule(BENEFITS, 5))
        listed = town.instance.keys.last_sealed

        def then_recorded() -> list[tuple[bytes, str, bytes, int | None]]:
            found = listed()
            town.on_kontanthjaelp(household.members[0])
            return found

        monkeypatch.setattr(town.instance.keys, "last_sealed", then_recorded)
        assert retention.run(town.instance) == Counter({(BENEFITS, year): 1})
        assert BENEFITS in town.instance.keys.tokens_of(household.members[0])


def test_a_server_erases_what_has_run_out_by_itself() -> None:
    with Town.founded() as town:
        person = town.register(1).members[0]
        town.on_kontanthjaelp(person)
        town.calendar.day = date(town.instance.today().year + 2, 1, 1)
        retention.decide(town.instance, rule(BENEFITS, 1))
        running = retention.Retaining(town.instance, first=0.01)
        running.start()
        for _ in range(1_000):
            if BENEFITS not in town.instance.keys.tokens_of(person):
                break
            running._ending.wait(0.01)
        running.stop()
        assert BENEFITS not in town.instance.keys.tokens_of(person)


def test_what_can_be_no_rule_is_refused() -> None:
    with Town.founded() as town:
        for wrong in (
            facts.RetentionDecided(data_class="income"),
            rule(BENEFITS, -1),
            rule(BENEFITS, 101),
            rule(BENEFITS, law="a\nb"),
        ):
            with pytest.raises(ValueError, match="must"):
                retention.decide(town.instance, wrong)


def test_the_command_records_rules_tries_and_erases(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "instance"
    with Town.founded(directory) as town:
        household = town.register(1)
        town.on_kontanthjaelp(household.members[0])
        year = town.instance.period()

    def said(*arguments: str) -> dict[str, object]:
        assert cli.main(["retention", "--dir", str(directory), "--json", *arguments]) == 0
        found: dict[str, object] = json.loads(capsys.readouterr().out)
        return found

    kept = {"benefits": {"years": 0}, "decisions": {"law": "an act, § 1"}}
    assert said("--keep", "benefits=0", "--law", "decisions=an act, § 1")["kept"] == kept
    due_now = [{"class": "benefits", "last_year": year, "count": 1}]
    monkeypatch.setattr(retention, "due", _a_year_later(retention.due))
    # It is tried while another has the instance open.
    with Town.reopened(directory) as town:
        head = town.instance.log.head()
        assert said("--dry-run") == {"kept": kept, "would_be_erased": due_now}
        assert town.instance.log.head() == head
    assert said() == {"kept": kept, "erased": due_now}
    assert said("--dry-run")["would_be_erased"] == []
    for wrong in ("--keep=income=5", "--keep=benefits"):
        with pytest.raises(SystemExit) as refused:
            cli.main(["retention", "--dir", str(directory), wrong])
        assert refused.value.code == exits.USAGE
    assert cli.main(["retention", "--dir", str(directory), "--keep", "benefits=x"]) == exits.FAILED


def _a_year_later(whole: Callable[..., Iterator[Due]]) -> Callable[..., Iterator[Due]]:
    return lambda rows, decided, year: whole(rows, decided, year + 1)
