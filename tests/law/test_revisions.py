"""A rule may not change without a new revision, nor a parameter without a new package."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

from domain.law import area, eviction, notice, referral, rehousing, sale
from domain.law.kernel import LawPackage
from domain.law.package import CURRENT
from tests.law import revisions

pytestmark = pytest.mark.revision_guard

NOW = revisions.current()
BEFORE = revisions.recorded()

CONSTANTS = [
    (area, "RESIDENTS_NEEDED = 1000", "RESIDENTS_NEEDED = 999"),
    (area, "VULNERABLE_LIMITS = Limits(40,", "VULNERABLE_LIMITS = Limits(41,"),
    (
        area,
        "PARALLEL_LIMITS = Limits(40, 3, 60, 55, 50)",
        "PARALLEL_LIMITS = Limits(40, 3, 60, 55, 51)",
    ),
    (area, "PREVENTION_LIMITS = Limits(30, 2,", "PREVENTION_LIMITS = Limits(30, 3,"),
    (area, "HARD_FIVE_YEARS = (2018, 2019, 2020)", "HARD_FIVE_YEARS = (2018, 2019)"),
    (area, "FORMER_YEARS = 4", "FORMER_YEARS = 5"),
    (area, "FORMER_FIRST_YEAR = 2021", "FORMER_FIRST_YEAR = 2022"),
    (referral, "EXEMPTION_LIMIT = 30", "EXEMPTION_LIMIT = 31"),
    (referral, "Ground(6, _SHO_AND_OVERGANG)", "Ground(5, _SHO_AND_OVERGANG)"),
    (referral, "Ground(24, _OLD_KONTANTHJAELP)", "Ground(23, _OLD_KONTANTHJAELP)"),
    (referral, "_OLD_KONTANTHJAELP | _UDDANNELSESHJAELP | {", "_OLD_KONTANTHJAELP | {"),
    (referral, "PENSIONS = frozenset({Benefit.FOERTIDSPENSION})", "PENSIONS = frozenset()"),
    (referral, "REFORM = date(2025, 7, 1)", "REFORM = date(2025, 7, 2)"),
    (eviction, "LIMIT_CM = 100_000", "LIMIT_CM = 100_001"),
    (eviction, "FAST_TRACK = date(2022, 7, 1)", "FAST_TRACK = date(2022, 7, 2)"),
    (notice, "NOTICE_MONTHS = 3", "NOTICE_MONTHS = 4"),
    (notice, "YOUTH_WEEKS = 6", "YOUTH_WEEKS = 5"),
    (notice, "OBJECTION_WEEKS = 6", "OBJECTION_WEEKS = 5"),
    (notice, "COURT_WEEKS = 6", "COURT_WEEKS = 7"),
    (sale, "FORMER_TOOLS = date(2021, 7, 1)", "FORMER_TOOLS = date(2021, 7, 2)"),
    (rehousing, "AGE_LIMIT = 65", "AGE_LIMIT = 66"),
    (rehousing, "ROOMS_OVER_MEMBERS = 1", "ROOMS_OVER_MEMBERS = 2"),
    (rehousing, "LONGEST_TEMPORARY_MONTHS = 12", "LONGEST_TEMPORARY_MONTHS = 13"),
    (rehousing, "WIDENED = date(2021, 7, 1)", "WIDENED = date(2021, 7, 2)"),
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
    altered = ModuleType(module.__name__)
    exec(compile(source, module.__name__, "exec"), altered.__dict__)
    return LawPackage(
        rules={**CURRENT.rules, **{rule.id: rule for rule in altered.RULES}},
        points=CURRENT.points,
        first_day=CURRENT.first_day,
        reviewed_through=CURRENT.reviewed_through,
        not_covered=CURRENT.not_covered,
    ).id
