"""The law packages of this release. A package that a released receipt names stays here."""

from __future__ import annotations

from datetime import date

from domain.law import area, eviction, notice, referral, rehousing, sale
from domain.law.kernel import LawPackage, start_points
from domain.law.open_points import OPEN_POINTS

_RULES = {
    rule.id: rule
    for rule in (
        *area.RULES,
        *referral.RULES,
        *sale.RULES,
        *eviction.RULES,
        *notice.RULES,
        *rehousing.RULES,
    )
}

CURRENT = LawPackage(
    rules=_RULES,
    points={**OPEN_POINTS, **start_points(_RULES.values())},
    first_day=date(2018, 12, 1),
    reviewed_through=date(2026, 1, 25),
    not_covered=referral.NOT_COVERED,
)
"""The package that new answers are given under: LBK nr. 207 af 25/1/2026 and what it changed."""

PACKAGES = {CURRENT.id: CURRENT}
"""Every package that a receipt may name, by its id."""
