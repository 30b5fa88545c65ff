"""What an area's status brings with it on a day, rule by rule, for information.

The table holds the rules about letting, exchange and sublet, termination, rehousing, sale, plans,
finance and orders, as data: whether the edition evaluates them or not, a status brings them, and
some go on in a former transformation area. Every other rule names the categories that it reaches
itself. What they say in words stands in `texts`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec

from domain import calendar
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.kernel import Confidence, Effect, Rule

_LETTING, _TOOLS = "PLAN-FORMER-LETTING", "PLAN-FORMER-TOOLS"


class Reaching(msgspec.Struct, frozen=True, gc=False):
    """A rule that reaches areas of some categories on its days, and where it stands.

    `former`: the rule by which it goes on in a former transformation area under a plan, if any.
    """

    rule_id: str
    citation: str
    act: str
    first_day: date
    categories: tuple[Category, ...]
    last_day: date | None = None
    former: str = ""


class Consequence(msgspec.Struct, frozen=True, gc=False):
    """A rule that reaches an area because of what it is on a day.

    `evaluated`: the edition evaluates the rule; else it is named for information only.
    """

    rule_id: str
    citation: str
    categories: tuple[Category, ...]
    evaluated: bool


_ACT_2018 = "Lov nr. 1322 af 27/11/2018"
_ACT_2021 = "Lov nr. 2157 af 27/11/2021"
_V = (Category.VULNERABLE,)
_P = (Category.PARALLEL_SOCIETY,)
_T = (Category.TRANSFORMATION,)
_F = (Category.PREVENTION,)
_K = (Category.COMBINED_LETTING,)
_DEC_2018 = date(2018, 12, 1)
_NOV_2021 = date(2021, 11, 30)

OTHER_RULES = (
    Reaching(
        "LET-OMD-51C",
        "almenboligloven § 51 c; udlejningsbekendtgørelsen § 37",
        f"{_ACT_2018}; {_ACT_2021}; Lov nr. 1655 af 30/12/2024",
        date(2019, 7, 1),
        _T,
        former=_LETTING,
    ),
    Reaching(
        "LET-KOMB-51B-BASE",
        "almenboligloven § 51 b, stk. 1-2",
        "Lov nr. 328 af 18/5/2005",
        date(2006, 1, 1),
        _K,
    ),
    Reaching(
        "LET-FLEX-2011",
        "almenboligloven § 60, stk. 4 (2011-2018)",
        "Lov nr. 1611 af 22/12/2010",
        date(2011, 1, 1),
        _P,
        last_day=date(2018, 11, 30),
    ),
    Reaching("LET-FLEX-OBL", "almenboligloven § 60, stk. 4", _ACT_2018, _DEC_2018, _V),
    Reaching("LET-FLEX-OBL-FORE", "almenboligloven § 60, stk. 4", _ACT_2021, _NOV_2021, _F),
    Reaching(
        "LET-RECORD-29",
        "udlejningsbekendtgørelsen § 29",
        "BEK nr. 1360 af 28/11/2018; BEK nr. 977 af 21/8/2024",
        _DEC_2018,
        _V,
    ),
    Reaching("EXC-69-UDS", "almenlejeloven § 69", _ACT_2021, _NOV_2021, _V),
    Reaching("SUB-UDS", "almenlejeloven §§ 64-65", _ACT_2021, _NOV_2021, _V),
    Reaching("TERM-85-2", "almenlejeloven § 85, stk. 1, nr. 2", _ACT_2018, _DEC_2018, _V),
    Reaching(
        "REH-86-SALE-PLAN",
        "almenlejeloven § 86, stk. 1, 3. pkt.",
        f"{_ACT_2018}; Lov nr. 1167 af 8/6/2021",
        _DEC_2018,
        _T,
        former=_TOOLS,
    ),
    Reaching(
        "REH-WAITLIST-NO-FEE",
        "udlejningsbekendtgørelsen § 2, stk. 2",
        "BEK nr. 1360 af 28/11/2018; BEK nr. 977 af 21/8/2024",
        _DEC_2018,
        _T,
    ),
    Reaching(
        "SALE-27",
        "almenboligloven § 27, stk. 3, nr. 3",
        _ACT_2018,
        _DEC_2018,
        _V,
        former=_TOOLS,
    ),
    Reaching("SALE-27-4", "almenboligloven § 27, stk. 4", _ACT_2018, _DEC_2018, _T, former=_TOOLS),
    Reaching("SALE-27C", "almenboligloven § 27 c", _ACT_2018, _DEC_2018, _V, former=_TOOLS),
    Reaching(
        "SALE-28-DEMO",
        "almenboligloven § 28, stk. 3, nr. 3",
        f"{_ACT_2018}; {_ACT_2021}",
        _DEC_2018,
        (*_V, *_F),
        former=_TOOLS,
    ),
    Reaching(
        "FIN-YOUTH", "almenboligloven § 4, stk. 1, nr. 11", _ACT_2018, _DEC_2018, _P, former=_TOOLS
    ),
    Reaching("FIN-80G", "almenboligloven § 80 g", _ACT_2018, _DEC_2018, _V, former=_TOOLS),
    Reaching(
        "FIN-TILLAEG",
        "almenboligloven § 27 b, stk. 2 (indtil 2021: § 27 b)",
        f"{_ACT_2018}; Lov nr. 430 af 16/3/2021",
        _DEC_2018,
        _V,
        last_day=date(2024, 12, 31),
        former=_TOOLS,
    ),
    Reaching("PLAN-168A", "almenboligloven § 168 a, stk. 1-2", _ACT_2018, _DEC_2018, _T),
    Reaching("PLAN-168B", "almenboligloven § 168 b", _ACT_2018, _DEC_2018, _T),
    Reaching("PLAN-168C", "almenboligloven § 168 c", _ACT_2018, _DEC_2018, _T),
    Reaching("PLAN-96-3", "almenboligloven § 96, stk. 3", _ACT_2018, _DEC_2018, _T, former=_TOOLS),
    Reaching(
        "GOV-165A",
        "almenboligloven § 165 a",
        f"{_ACT_2018}; {_ACT_2021}",
        _DEC_2018,
        (*_V, *_F),
        former=_TOOLS,
    ),
)
"""Rules that reach an area because of what it is, the same whether the edition evaluates them."""

_TABLED = frozenset(each.rule_id for each in OTHER_RULES)

_SURE = (Confidence.TEXT_SEEN, Confidence.SECONDARY_SOURCE)


def _shown(rule: Rule) -> bool:
    """Tell whether a rule is something that a status brings with it: what makes the status is not,
    nor is what was only agreed or never verified."""
    brings = rule.question != "area" or rule.effect is Effect.INFORMS
    return brings and rule.id != _TOOLS and rule.confidence in _SURE


def consequences(
    edition: Edition, day: date, categories: Collection[Category], former: Collection[str]
) -> tuple[Consequence, ...]:
    """Return what reaches an area on `day`: the categories that it is of, and the rules that keep
    others going in it as a former transformation area (PLAN-FORMER-LETTING, PLAN-FORMER-TOOLS).
    """
    found = []
    for rule in edition.rules.values():
        reached = tuple(each for each in Category if each in categories and each in rule.areas)
        tabled = rule.id in _TABLED
        if reached and not tabled and _shown(rule) and rule.in_force(day):
            found.append(Consequence(rule.id, rule.citation, reached, True))
    for other in OTHER_RULES:
        if not calendar.covers(other.first_day, other.last_day, day):
            continue
        reached = tuple(each for each in other.categories if each in categories)
        if other.former and other.former in former:
            reached = (*reached, Category.FORMER_TRANSFORMATION)
        if reached:
            evaluated = other.rule_id in edition.rules
            found.append(Consequence(other.rule_id, other.citation, reached, evaluated))
    return tuple(found)
