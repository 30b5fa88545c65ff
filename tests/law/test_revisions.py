"""No law that an edition reaches may change in place, nor a parameter without a new edition."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Generator
from dataclasses import replace
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

import pytest

import domain.law
from domain.law import acts
from domain.law.answer import Decision, Need
from domain.law.area import figures, former, lists, origin
from domain.law.area import status as area
from domain.law.editions import CURRENT
from domain.law.ending import notice, rehousing, sale
from domain.law.ending import termination as eviction
from domain.law.kernel import Finding, Status
from domain.law.referral import grounds as referral
from tests.law import revisions

pytestmark = pytest.mark.revision_guard

NOW = revisions.current()
BEFORE = revisions.recorded()

CONSTANTS = [
    (figures, "RESIDENTS_NEEDED = 1000", "RESIDENTS_NEEDED = 999"),
    (
        figures,
        'VULNERABLE_TEST = Test(\n    (\n        Limit("unattached_share", ">", "40")',
        'VULNERABLE_TEST = Test(\n    (\n        Limit("unattached_share", ">", "41")',
    ),
    (
        figures,
        'Limit("convicted_per_10000", ">", "270")',
        'Limit("convicted_per_10000", ">", "271")',
    ),
    (figures, 'Limit("convicted_share_adults", ">", "2.7")', 'Limit("income_ratio", ">", "2.7")'),
    (figures, "    3,\n    origin.OVER_50", "    2,\n    origin.OVER_50"),
    (figures, 'Limit("income_ratio", "<", "65")', 'Limit("income_ratio", "<", "66")'),
    (figures, "    (5000, Limit(", "    (4999, Limit("),
    (origin, 'OVER_50 = Limit("nonwestern_share", ">"', 'OVER_50 = Limit("nonwestern_share", ">="'),
    (origin, "JUDGMENT = date(2025, 12, 18)", "JUDGMENT = date(2025, 12, 17)"),
    (lists, "    date(2014, 2, 1),", "    date(2014, 2, 2),"),
    (
        lists,
        "COUNTS_NEXT_YEAR_FROM = date(2023, 10, 1)",
        "COUNTS_NEXT_YEAR_FROM = date(2023, 10, 2)",
    ),
    (area, "HARD_FIVE_YEARS = (2018, 2019, 2020)", "HARD_FIVE_YEARS = (2018, 2019)"),
    (former, "FORMER_YEARS = 4", "FORMER_YEARS = 5"),
    (former, "FORMER_FIRST_YEAR = 2021", "FORMER_FIRST_YEAR = 2022"),
    (referral, "EXEMPTION_LIMIT = 30", "EXEMPTION_LIMIT = 31"),
    (referral, "Ground(6, _SHO_AND_OVERGANG)", "Ground(5, _SHO_AND_OVERGANG)"),
    (referral, "Ground(24, _OLD_KONTANTHJAELP)", "Ground(23, _OLD_KONTANTHJAELP)"),
    (referral, "_OLD_KONTANTHJAELP | _UDDANNELSESHJAELP | {", "_OLD_KONTANTHJAELP | {"),
    (referral, "PENSIONS = frozenset({Benefit.FOERTIDSPENSION})", "PENSIONS = frozenset()"),
    (acts, "date(2025, 7, 1)", "date(2025, 7, 2)"),
    (eviction, "LIMIT_CM = 100_000", "LIMIT_CM = 100_001"),
    (eviction, "FAST_TRACK = acts.LOV_890_2022", "FAST_TRACK = acts.LOV_1167_2021"),
    (notice, "NOTICE_MONTHS = 3", "NOTICE_MONTHS = 4"),
    (notice, "YOUTH_WEEKS = 6", "YOUTH_WEEKS = 5"),
    (notice, "OBJECTION_WEEKS = 6", "OBJECTION_WEEKS = 5"),
    (notice, "COURT_WEEKS = 6", "COURT_WEEKS = 7"),
    (sale, "FORMER_TOOLS = acts.LOV_1167_2021", "FORMER_TOOLS = acts.LOV_890_2022"),
    (rehousing, "AGE_LIMIT = 65", "AGE_LIMIT = 66"),
    (rehousing, "ROOMS_OVER_MEMBERS = 1", "ROOMS_OVER_MEMBERS = 2"),
    (rehousing, "LONGEST_TEMPORARY_MONTHS = 12", "LONGEST_TEMPORARY_MONTHS = 13"),
    (rehousing, "WIDENED = acts.LOV_1167_2021", "WIDENED = acts.LOV_890_2022"),
]


@pytest.mark.parametrize(
    ("id", "name"), [(id, name) for id in NOW if id in BEFORE for name in NOW[id]]
)
def test_no_law_that_an_edition_reaches_changes_unnoticed(id: str, name: str) -> None:
    assert BEFORE[id].get(name) == NOW[id][name], (
        f"{name} is not what it was when the edition {id[:8]} was recorded. If a release can run "
        "that edition, put what is new beside the old, in an edition of its own "
        "(docs/amending.md), and see that tests/frozen still passes. Then run "
        "`python -m tests.law.revisions`."
    )


def test_the_editions_are_those_that_were_recorded() -> None:
    assert set(BEFORE) == set(NOW), (
        "an edition's id follows from all that it holds, so one of them was changed in place. If "
        "a receipt of a release may name it, amend it instead (docs/amending.md); else run "
        "`python -m tests.law.revisions`."
    )


def test_the_module_of_an_amended_function_is_hashed_with_its_edition() -> None:
    rule = replace(CURRENT.rules["REF-UDS-N5"], revision=2, evaluate=_no_longer)
    step = replace(CURRENT.steps["referral"], revision=2, examine=_no_step)
    for amended in (CURRENT.amended(rules=[rule]), CURRENT.amended(steps=[step])):
        assert set(revisions.reached(amended)) - set(revisions.reached(CURRENT)) == {__name__}


def _no_longer(*handed: Any) -> Finding:
    return Finding(Status.NOT_MET)


def _no_step(*handed: Any) -> Generator[Need, Any, Decision]:
    raise NotImplementedError
    yield


def test_comments_and_docstrings_are_no_law_and_all_else_is() -> None:
    source = inspect.getsource(notice)
    assert revisions.of("# said\n" + source) == revisions.of(source)
    assert revisions.of(source.replace('"""Notice', '"""Said: notice')) == revisions.of(source)
    assert revisions.of(source + "\nMORE = 1\n") != revisions.of(source)


@pytest.mark.parametrize(("module", "before", "after"), CONSTANTS)
def test_altering_one_constant_gives_another_edition(
    module: ModuleType, before: str, after: str
) -> None:
    source = inspect.getsource(module)
    assert source.count(before) == 1, f"{before!r} is no longer in {module.__name__}"
    altered = source.replace(before, after)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(domain, "law", domain.law)
        for name in [name for name in sys.modules if name.startswith("domain.law")]:
            patch.delitem(sys.modules, name)
        patch.setattr(SourceFileLoader, "get_code", _instead_of(module, altered))
        anew = importlib.import_module("domain.law.editions").CURRENT.id
        for name in [name for name in sys.modules if name.startswith("domain.law")]:
            del sys.modules[name]
    assert anew != CURRENT.id


def test_the_law_imported_anew_without_an_alteration_is_the_same_edition() -> None:
    source = inspect.getsource(notice)
    with pytest.raises(AssertionError):
        test_altering_one_constant_gives_another_edition(notice, source, source)


def _instead_of(module: ModuleType, source: str) -> Callable[[SourceFileLoader, str], CodeType]:
    """Return what gives a module's code to its importer: of one module, that of another source."""
    read = SourceFileLoader.get_code

    def code_of(loader: SourceFileLoader, name: str) -> CodeType:
        if name == module.__name__:
            return compile(source, name, "exec")
        code = read(loader, name)
        assert code is not None
        return code

    return code_of
