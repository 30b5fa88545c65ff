"""A rule may not change without a new revision, nor a parameter without a new package."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Iterable
from types import ModuleType

import pytest

from domain import law
from domain.law import acts
from domain.law.area import figures, former, lists, origin
from domain.law.area import status as area
from domain.law.ending import notice, rehousing
from domain.law.ending import termination as eviction
from domain.law.kernel import LawPackage
from domain.law.package import CURRENT, RULES_OF
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
    (acts, '30/12/2024", in_force=date(2025, 7, 1)', '30/12/2024", in_force=date(2025, 7, 2)'),
    (eviction, "LIMIT_CM = 100_000", "LIMIT_CM = 100_001"),
    (acts, '21/6/2022", in_force=date(2022, 7, 1)', '21/6/2022", in_force=date(2022, 7, 2)'),
    (notice, "NOTICE_MONTHS = 3", "NOTICE_MONTHS = 4"),
    (notice, "YOUTH_WEEKS = 6", "YOUTH_WEEKS = 5"),
    (notice, "OBJECTION_WEEKS = 6", "OBJECTION_WEEKS = 5"),
    (notice, "COURT_WEEKS = 6", "COURT_WEEKS = 7"),
    (acts, '8/6/2021", in_force=date(2021, 7, 1)', '8/6/2021", in_force=date(2021, 7, 2)'),
    (rehousing, "AGE_LIMIT = 65", "AGE_LIMIT = 66"),
    (rehousing, "ROOMS_OVER_MEMBERS = 1", "ROOMS_OVER_MEMBERS = 2"),
    (rehousing, "LONGEST_TEMPORARY_MONTHS = 12", "LONGEST_TEMPORARY_MONTHS = 13"),
]


@pytest.mark.parametrize("id", sorted(NOW))
def test_a_rule_has_a_new_revision_when_its_source_or_parameters_change(id: str) -> None:
    ((revision, now),) = NOW[id].items()
    what = "SEMANTICS in domain/law/kernel.py" if id == "semantics" else f"the revision of {id}"
    assert BEFORE.get(id, {}).get(revision) == now, (
        f"{id}, revision {revision}, is not what was recorded. If a released log may name it: keep "
        f"the old one beside the new one, raise {what}, and run `python -m tests.law.revisions`. "
        "If no release holds this revision yet, run that command alone."
    )


def test_nothing_is_recorded_for_a_rule_that_the_package_does_not_have() -> None:
    assert set(BEFORE) == set(NOW)


@pytest.mark.parametrize(("module", "before", "after"), CONSTANTS)
def test_altering_one_constant_gives_another_package(
    module: ModuleType, before: str, after: str
) -> None:
    source = inspect.getsource(module)
    assert source.count(before) == 1, f"{before!r} is no longer in {module.__name__}"
    assert _package_id(module, source) == CURRENT.id
    assert _package_id(module, source.replace(before, after)) != CURRENT.id


def _package_id(module: ModuleType, source: str) -> str:
    """Return the package's id with a module's source in place of the module's own."""
    altered = {module.__name__: _executed(module.__name__, source)}
    with pytest.MonkeyPatch.context() as patch:
        # A module that takes its numbers from the altered one is executed anew beside it.
        for full in _IN_ORDER:
            name = full.rpartition(".")[2]
            if full not in altered:
                original = importlib.import_module(full)
                altered[full] = _executed(full, inspect.getsource(original))
            patch.setattr(law, name, altered[full])
            patch.setitem(sys.modules, full, altered[full])
        rules = [rule for module in RULES_OF for rule in vars(altered[module.__name__])["RULES"]]
    return LawPackage(
        rules={rule.id: rule for rule in rules},
        points=CURRENT.points,
        first_day=CURRENT.first_day,
        reviewed_through=CURRENT.reviewed_through,
        not_covered=CURRENT.not_covered,
    ).id


def _in_order(modules: Iterable[ModuleType]) -> list[str]:
    """Name the law modules that others take numbers from, each behind those that it imports."""
    found: dict[str, None] = {}

    def visit(module: ModuleType) -> None:
        if module.__name__ in found or module.__name__ in _KERNEL:
            return
        for name in re.findall(r"^from domain\.law import (.+)$", inspect.getsource(module), re.M):
            for each in re.findall(r"(\w+)(?: as \w+)?", name):
                if (other := getattr(law, each, None)) is not None:
                    visit(other)
        for name in re.findall(r"^from (domain\.law\.\w+) import", inspect.getsource(module), re.M):
            visit(sys.modules[name])
        found[module.__name__] = None

    for module in modules:
        visit(module)
    return list(found)


_KERNEL = ("domain.law.kernel", "domain.law.area.categories", "domain.law.letting.criteria")
_IN_ORDER = _in_order(RULES_OF)


def _executed(name: str, source: str) -> ModuleType:
    made = ModuleType(name)
    exec(compile(source, name, "exec"), made.__dict__)
    return made
