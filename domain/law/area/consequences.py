"""What an area's status brings with it on a day, rule by rule, for information.

The table holds the rules about letting, exchange and sublet, termination, rehousing, sale, plans,
finance and orders, as data: whether the edition evaluates them or not, a status brings them, and
some go on in a former transformation area. Every other rule names the categories that it reaches
itself. What they say in words stands in `texts`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

import msgspec

from domain import calendar
from domain.law import acts
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.kernel import Confidence, Effect, Rule

_LETTING, _TOOLS = KEEPING = "PLAN-FORMER-LETTING", "PLAN-FORMER-TOOLS"
"""The rules that keep others going in a former transformation area."""


class ToolKind(StrEnum):
    """The three kinds of tools that the agreement of 2018 brought, as Landsbyggefonden tells them
    apart, and what is none of them."""

    PHYSICAL_CHANGE = "physical_change"
    """Fewer social family dwellings: plans, demolition, sale, and who decides on them."""
    LETTING = "letting"
    """Who may be referred, let to, exchange, or be made to leave because of crime."""
    FUND = "fund"
    """What Landsbyggefonden's money goes to."""
    BESIDE = "beside"
    """None of the three: the status matters elsewhere."""


_OF_ROOM = {
    "area": ToolKind.BESIDE,
    "ending": ToolKind.PHYSICAL_CHANGE,
    "fund": ToolKind.FUND,
    "governance": ToolKind.PHYSICAL_CHANGE,
    "letting": ToolKind.LETTING,
    "plans": ToolKind.PHYSICAL_CHANGE,
    "referral": ToolKind.LETTING,
    "sale": ToolKind.PHYSICAL_CHANGE,
}
"""What the rules of each package of the law are."""

_OTHERWISE = {
    "eviction": ToolKind.LETTING,
    "private_letting": ToolKind.PHYSICAL_CHANGE,
    "private_lease": ToolKind.PHYSICAL_CHANGE,
    "proceeds": ToolKind.FUND,
}
"""What is asked for in a package of another kind: private buyers let by what was agreed on a sale,
and proceeds are money."""


class Reaching(msgspec.Struct, frozen=True, gc=False):
    """A rule that reaches areas of some categories on its days, and where it stands.

    `former`: the rule by which it goes on in a former transformation area under a plan, if any.
    """

    rule_id: str
    section: str
    act: str
    first_day: date
    categories: tuple[Category, ...]
    last_day: date | None = None
    former: str = ""
    kind: ToolKind = ToolKind.PHYSICAL_CHANGE


class Consequence(msgspec.Struct, frozen=True, gc=False):
    """A rule that reaches an area because of what it is on a day, and which kind of tool it is.

    `evaluated`: the edition evaluates the rule; else it is named for information only.
    """

    rule_id: str
    section: str
    categories: tuple[Category, ...]
    evaluated: bool
    kind: ToolKind


_V = (Category.VULNERABLE,)
_P = (Category.PARALLEL_SOCIETY,)
_T = (Category.TRANSFORMATION,)
_F = (Category.PREVENTION,)
_K = (Category.COMBINED_LETTING,)
_DEC_2018 = acts.LOV_1322_2018.in_force
_NOV_2021 = acts.LOV_2157_2021.in_force

OTHER_RULES = (
    Reaching(
        "LET-OMD-51C",
        "almenboligloven § 51 c; udlejningsbekendtgørelsen § 37",
        f"{acts.LOV_1322_2018}; {acts.LOV_2157_2021}; {acts.LOV_1655_2024}",
        date(2019, 7, 1),
        _T,
        former=_LETTING,
        kind=ToolKind.LETTING,
    ),
    Reaching(
        "LET-KOMB-51B-BASE",
        "almenboligloven § 51 b, stk. 1-2",
        acts.LOV_328_2005,
        acts.LOV_328_2005.in_force,
        _K,
        kind=ToolKind.LETTING,
    ),
    Reaching(
        "LET-FLEX-2011",
        "almenboligloven § 60, stk. 4 (2011-2018)",
        acts.LOV_1611_2010,
        acts.LOV_1611_2010.in_force,
        _P,
        last_day=date(2018, 11, 30),
        kind=ToolKind.LETTING,
    ),
    Reaching(
        "LET-FLEX-OBL",
        "almenboligloven § 60, stk. 4",
        acts.LOV_1322_2018,
        _DEC_2018,
        _V,
        kind=ToolKind.LETTING,
    ),
    Reaching(
        "LET-FLEX-OBL-FORE",
        "almenboligloven § 60, stk. 4",
        acts.LOV_2157_2021,
        _NOV_2021,
        _F,
        kind=ToolKind.LETTING,
    ),
    Reaching(
        "LET-RECORD-29",
        "udlejningsbekendtgørelsen § 29",
        acts.LETTING_ORDER,
        _DEC_2018,
        _V,
        kind=ToolKind.LETTING,
    ),
    Reaching(
        "EXC-69-UDS",
        "almenlejeloven § 69",
        acts.LOV_2157_2021,
        _NOV_2021,
        _V,
        kind=ToolKind.LETTING,
    ),
    Reaching(
        "SUB-UDS",
        "almenlejeloven §§ 64-65",
        acts.LOV_2157_2021,
        _NOV_2021,
        _V,
        kind=ToolKind.LETTING,
    ),
    Reaching("TERM-85-2", "almenlejeloven § 85, stk. 1, nr. 2", acts.LOV_1322_2018, _DEC_2018, _V),
    Reaching(
        "REH-86-SALE-PLAN",
        "almenlejeloven § 86, stk. 1, 3. pkt.",
        f"{acts.LOV_1322_2018}; {acts.LOV_1167_2021}",
        _DEC_2018,
        _T,
        former=_TOOLS,
    ),
    Reaching(
        "REH-WAITLIST-NO-FEE",
        "udlejningsbekendtgørelsen § 2, stk. 2",
        acts.LETTING_ORDER,
        _DEC_2018,
        _T,
    ),
    Reaching(
        "REH-VACANCY-LOSS",
        "almenboligloven § 91 a, stk. 1, 2. pkt., og stk. 2, 2. pkt.",
        f"{acts.LOV_1322_2018}; {acts.LOV_1167_2021}",
        date(2019, 1, 1),
        _T,
        last_day=date(2027, 12, 31),
        former=_TOOLS,
        kind=ToolKind.FUND,
    ),
    Reaching(
        "SALE-27",
        "almenboligloven § 27, stk. 3, nr. 3",
        acts.LOV_1322_2018,
        _DEC_2018,
        _V,
        former=_TOOLS,
    ),
    Reaching(
        "SALE-27-4",
        "almenboligloven § 27, stk. 4",
        acts.LOV_1322_2018,
        _DEC_2018,
        _T,
        former=_TOOLS,
    ),
    Reaching(
        "SALE-27C", "almenboligloven § 27 c", acts.LOV_1322_2018, _DEC_2018, _V, former=_TOOLS
    ),
    Reaching(
        "SALE-28-DEMO",
        "almenboligloven § 28, stk. 3, nr. 3",
        f"{acts.LOV_1322_2018}; {acts.LOV_2157_2021}",
        _DEC_2018,
        (*_V, *_F),
        former=_TOOLS,
    ),
    Reaching(
        "FIN-YOUTH",
        "almenboligloven § 4, stk. 1, nr. 11",
        acts.LOV_1322_2018,
        _DEC_2018,
        _P,
        former=_TOOLS,
    ),
    Reaching(
        "FIN-80G",
        "almenboligloven § 80 g",
        acts.LOV_1322_2018,
        _DEC_2018,
        _V,
        former=_TOOLS,
        kind=ToolKind.FUND,
    ),
    Reaching(
        "FIN-TILLAEG",
        "almenboligloven § 27 b, stk. 2 (indtil 2021: § 27 b)",
        f"{acts.LOV_1322_2018}; {acts.LOV_430_2021}",
        _DEC_2018,
        _V,
        last_day=date(2024, 12, 31),
        former=_TOOLS,
    ),
    Reaching("PLAN-168A", "almenboligloven § 168 a, stk. 1-2", acts.LOV_1322_2018, _DEC_2018, _T),
    Reaching("PLAN-168B", "almenboligloven § 168 b", acts.LOV_1322_2018, _DEC_2018, _T),
    Reaching("PLAN-168C", "almenboligloven § 168 c", acts.LOV_1322_2018, _DEC_2018, _T),
    Reaching(
        "PLAN-96-3",
        "almenboligloven § 96, stk. 3",
        acts.LOV_1322_2018,
        _DEC_2018,
        _T,
        former=_TOOLS,
        kind=ToolKind.FUND,
    ),
    Reaching(
        "GOV-165A",
        "almenboligloven § 165 a",
        f"{acts.LOV_1322_2018}; {acts.LOV_2157_2021}",
        _DEC_2018,
        (*_V, *_F),
        former=_TOOLS,
    ),
)
"""Rules that reach an area because of what it is, the same whether the edition evaluates them."""

_TABLED = frozenset(each.rule_id for each in OTHER_RULES)


def kind_of(rule: Rule) -> ToolKind:
    """Return which kind of tool a rule is that reaches areas: that of its package, but for what is
    asked for otherwise.
    """
    package = rule.evaluate.__module__.split(".")[2]
    return _OTHERWISE.get(rule.question) or _OF_ROOM[package]


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
        if rule.id in _TABLED or not rule.areas or not _shown(rule) or not rule.in_force(day):
            continue
        kind = kind_of(rule)
        keeps = _LETTING if kind is ToolKind.LETTING else _TOOLS
        here: set[Category] = set(categories) - {Category.FORMER_TRANSFORMATION}
        if keeps in former:
            here.add(Category.FORMER_TRANSFORMATION)
        reached = tuple(each for each in Category if each in here and each in rule.areas)
        if reached:
            found.append(Consequence(rule.id, rule.section, reached, True, kind))
    for other in OTHER_RULES:
        if not calendar.covers(other.first_day, other.last_day, day):
            continue
        reached = tuple(each for each in other.categories if each in categories)
        if other.former and other.former in former:
            reached = (*reached, Category.FORMER_TRANSFORMATION)
        if reached:
            evaluated = other.rule_id in edition.rules
            found.append(Consequence(other.rule_id, other.section, reached, evaluated, other.kind))
    return tuple(found)
