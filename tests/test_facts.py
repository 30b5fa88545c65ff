"""A fact is declared once: what is known of it is said in one place, and nowhere else."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest

import domain.law.area
from domain import boundary, events, facts
from domain.data_classes import DataClass
from domain.facts.declared import (
    DECLARED,
    DeclaredTwiceError,
    Field,
    Slot,
    UndeclaredError,
    columns,
    fact,
    json_name,
    person,
    slots,
)
from services.api.facts import FACTS
from tools import facts as facts_page

ROOT = Path(__file__).parent.parent
KINDS = events.EVENT_TYPES


def _every_slot() -> Iterator[tuple[str, Slot]]:
    """Return every field of every fact, and of what stands within some of them."""
    within: list[type[Any]] = [kind.fact for kind in KINDS]
    for struct in within:
        for slot in slots(struct):
            yield f"{struct.__name__}.{slot.name}", slot
            inner = (slot.each or slot).kind
            if hasattr(inner, "__struct_fields__") and inner not in within:
                within.append(inner)


def test_a_name_or_a_struct_that_is_declared_twice_is_refused() -> None:
    class Another(facts.Fact, frozen=True, kw_only=True):
        """Not in the log."""

    with pytest.raises(DeclaredTwiceError):
        fact("area.registered", da="En gang til.")(Another)
    with pytest.raises(DeclaredTwiceError):
        fact("area.registered_again", da="En gang til.")(facts.AreaRegistered)
    assert events.BY_NAME["area.registered"].fact is facts.AreaRegistered


def test_a_field_about_a_person_without_a_purpose_is_refused() -> None:
    class Purposeless(facts.Fact, frozen=True, kw_only=True):
        """Says what stands in it, and not why."""

        shoes: Annotated[str, Field("skostørrelsen", "the size of the shoes")]

    class Meaningless(facts.Fact, frozen=True, kw_only=True):
        """Does not say what stands in it."""

        shoes: str

    with pytest.raises(UndeclaredError, match="why shoes may be held"):
        fact("person.shoes", da="Sko.", of=person(DataClass.IDENTITY), section="§ 1")(Purposeless)
    with pytest.raises(UndeclaredError, match="what shoes means"):
        fact("person.shoes", da="Sko.")(Meaningless)
    assert "person.shoes" not in DECLARED


def _kinds_of(struct: type[Any]) -> Iterator[type[Any]]:
    for each in struct.__subclasses__():
        if each.__module__.startswith("domain.") and not each.__name__.startswith("_"):
            yield each
        yield from _kinds_of(each)


def test_every_fact_is_declared() -> None:
    assert set(_kinds_of(facts.Fact)) == {kind.fact for kind in KINDS}


def test_every_fact_and_every_field_says_what_it_means_in_both_languages() -> None:
    for kind in KINDS:
        assert kind.da.endswith("."), kind.name
        assert (kind.fact.__doc__ or "").partition("\n\n")[0].strip(), kind.name
    for name, slot in _every_slot():
        assert slot.said.da, name
        assert slot.said.en, name
        assert slot.said.da != slot.said.en, name


def test_every_fact_is_held_by_some_controller_but_those_of_the_log_itself() -> None:
    none = {kind.fact for kind in KINDS if not kind.held_by}
    assert none == {kind.fact for kind in KINDS if kind.of_log} | {facts.Retracted}


def test_what_is_asked_for_by_a_key_that_names_nothing_is_watched_all_the_same() -> None:
    assert boundary.of_open([(facts.VacancyRecorded, "")])[0].tag == "organisation:"
    assert boundary.of_open([(facts.CriteriaSet, "a:b")])[0].tag == "criteria:a:b"
    assert boundary.of_open([(facts.ApprovalSchemeDecided, "0461")])[0].tag == ""


def test_the_law_of_areas_names_no_fact_that_is_declared_to_be_beside_every_status() -> None:
    beside = {kind.fact for kind in KINDS if kind.no_status}
    read = {
        each
        for module in pkgutil.iter_modules(domain.law.area.__path__, "domain.law.area.")
        for each in vars(importlib.import_module(module.name)).values()
        if isinstance(each, type)
    }
    assert facts.PlanApproved in read
    assert read & beside == set()
    assert {kind.data_class for kind in KINDS if kind.no_status} == {None}


def test_what_a_declaration_names_is_a_field_of_the_fact() -> None:
    for kind in KINDS:
        known = {*kind.fact.__struct_fields__, *vars(kind.fact)}
        for template in (*kind.tags, *(each for pair in kind.found_by for each in pair)):
            assert set(template.names) <= known, (kind.name, template.text)
        for slot in slots(kind.fact):
            assert slot.said.not_before is None or slot.said.not_before in known


NOT_EVENTS = {"services/cases/expected.py"}
"""Where the name of an event is a word of its own: what a case asks about."""


AGAINST_OTHERS = {
    f"services/facts/{name}.py" for name in ("agreeing", "checks", "completeness")
} | {"domain/law/area/timeline.py", "domain/law/plans/progress.py"}
"""Where code says what must hold between fields, and between facts; and the law of what a fact
changes of an area or of its plan, and when."""
MOST_OF_A_TABLE = 6
"""A few kinds may be treated alike in some place; a table of more says something of each."""


def _product() -> Iterator[tuple[str, ast.AST]]:
    for room in ("domain", "services", "projections", "tools"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith("domain/facts/"):
                for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                    yield name, node


def test_no_name_of_an_event_is_written_beside_its_declaration() -> None:
    written = [
        (name, node.lineno)
        for name, node in _product()
        if isinstance(node, ast.Constant) and node.value in events.BY_NAME
        if name not in NOT_EVENTS
    ]
    assert written == []


def test_no_table_says_something_of_each_fact_beside_its_declaration() -> None:
    kinds = {kind.fact.__name__ for kind in KINDS}
    tables = []
    for name, node in _product():
        match node:
            case ast.Dict():
                entries: list[Any] = node.keys
            case ast.Set() | ast.List() | ast.Tuple():
                entries = node.elts
            case ast.Match():
                entries = [each.cls for case in node.cases for each in _classes(case.pattern)]
            case _:
                continue
        named = {getattr(each, "attr", getattr(each, "id", "")) for each in entries}
        if len(named & kinds) > MOST_OF_A_TABLE and name not in AGAINST_OTHERS:
            tables.append((name, node.lineno))
    assert tables == []


def _classes(pattern: ast.pattern) -> Iterator[ast.MatchClass]:
    return (each for each in ast.walk(pattern) if isinstance(each, ast.MatchClass))


# --- The page, and names outside the log ----------------------------------------------------


def test_the_page_of_facts_is_current() -> None:
    written = facts_page.DOCUMENT.read_text("utf-8")
    assert written == facts_page.page(), "run `python -m tools.facts`"


def test_a_fact_has_the_name_that_messages_have_for_it() -> None:
    for name, struct in FACTS.items():
        assert json_name(struct) == name


def test_a_fact_has_a_column_for_each_of_its_fields_and_those_of_its_parts() -> None:
    assert list(columns(facts.EnrolmentAttested)) == ["enrolment", "first_day", "last_day"]
    figures = columns(facts.AreaFigures)
    assert list(figures)[:3] == ["area", "reference_day", "figures.residents"]
    assert figures["figures.exact"].said.turned
