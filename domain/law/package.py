"""The law packages of this release. A package that a released receipt names stays here."""

from __future__ import annotations

from datetime import date

from domain.law.area import status as area
from domain.law.ending import notice, rehousing, sale
from domain.law.ending import termination as eviction
from domain.law.kernel import LawPackage, start_points
from domain.law.letting import exchange, flexible, private_letting, refusal, waiting_list
from domain.law.letting import rejection as letting
from domain.law.open_points import OPEN_POINTS
from domain.law.referral import bases as referral_bases
from domain.law.referral import grounds as referral
from domain.law.referral import refugees

RULES_OF = (
    area,
    referral,
    referral_bases,
    refugees,
    letting,
    flexible,
    refusal,
    waiting_list,
    exchange,
    private_letting,
    sale,
    eviction,
    notice,
    rehousing,
)
"""The modules that hold the rules, each in its `RULES`."""

_RULES = {rule.id: rule for module in RULES_OF for rule in module.RULES}

CURRENT = LawPackage(
    rules=_RULES,
    points={**OPEN_POINTS, **start_points(_RULES.values())},
    first_day=date(2011, 1, 1),
    reviewed_through=date(2026, 1, 25),
)
"""The package that new answers are given under: LBK nr. 207 af 25/1/2026 and what it changed."""

PACKAGES = {CURRENT.id: CURRENT}
"""Every package that a receipt may name, by its id."""
