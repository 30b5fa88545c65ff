"""How long a start day that was not verified leaves open whether a rule was in force."""

from __future__ import annotations

from datetime import date

import pytest

from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.editions import CURRENT
from domain.law.kernel import Confidence, Rule
from services.area_lists import shipped
from services.area_lists.planning import plan_import
from services.area_lists.reading import parse
from services.cases.world import World

NOT_VERIFIED = [rule for rule in CURRENT.rules.values() if not rule.start_verified]
NEVER_ENACTED = (Confidence.AGREEMENT_ONLY, Confidence.NOT_VERIFIED)
NOT_SEEN = {
    # § 30 a stands in no consolidation: the act on persons from Ukraine was never printed anew.
    "REF-UKRAINE",
    # Anvisningsretsloven was not at hand; its start lies before the days covered.
    "PRIV-ANV",
}


@pytest.mark.parametrize("rule", NOT_VERIFIED, ids=[rule.id for rule in NOT_VERIFIED])
def test_a_start_that_was_not_verified_is_bounded_by_the_texts(rule: Rule) -> None:
    if rule.confidence in NEVER_ENACTED:
        assert (rule.signed, rule.printed) == (None, None)
        return
    assert (rule.printed is None) is (rule.id in NOT_SEEN)
    if rule.signed is not None:
        # Before it was signed a rule has no first day.
        assert rule.signed <= rule.first_day


@pytest.mark.parametrize("rule", NOT_VERIFIED, ids=[rule.id for rule in NOT_VERIFIED])
def test_a_text_from_before_a_rule_began_proves_no_start(rule: Rule) -> None:
    """What prints a rule earlier prints what was still to come into force.

    Unless the rule is older than the first day on which its question can be asked.
    """
    if rule.printed is not None and rule.printed < rule.first_day:
        assert rule.first_day in {CURRENT.covers_from(kind) for kind in CURRENT.steps}


def test_a_start_is_open_on_some_day_covered_for_few_rules_only() -> None:
    covered = {
        rule.id: doubt
        for rule in NOT_VERIFIED
        if rule.confidence not in NEVER_ENACTED
        and (doubt := rule.start_in_doubt()) is not None
        and doubt[1] > CURRENT.first_day
    }
    printed = date(2011, 2, 11)
    signed = date(2010, 12, 22)
    assert covered == {
        "AREA-GHETTO-2010": (signed, printed),
        "REF-OLD-2011-2018": (signed, printed),
        "REF-FALLBACK": (signed, printed),
        "LET-FLEX-2011": (signed, printed),
        "LET-KOMB-51B-EXT": (signed, printed),
        "LET-KOMB-51B-EXT-PERSON": (signed, printed),
        **dict.fromkeys(("LET-ADVERTISED", "LET-ADVERTISED-CRITERIA"), (date(2010, 7, 1), printed)),
        "LET-FLEX-EXTENDED": (date(2010, 7, 1), date(2011, 7, 1)),
        "REF-REFUGEE-2017": (date(2010, 7, 1), date(2011, 7, 1)),
        "AREA-GHETTO-2014": (date(2013, 12, 26), date(2014, 7, 1)),
        # Rules about evidence: termination is covered since 1 December 2018.
        "EVI-63D": (date(2013, 12, 26), date(2014, 7, 1)),
        "EVI-63E": (date(2013, 12, 26), date(2014, 7, 1)),
        "FIN-TILLAEG-OUTSIDE": (date(2021, 3, 16), date(2021, 9, 27)),
        "REF-REFUGEE": (date(2019, 7, 1), date(2020, 1, 1)),
        "REF-UKRAINE": (date(2022, 5, 3), date(2022, 11, 3)),
        "SALE-28-MERGE-AREA": (date(2020, 12, 21), date(2021, 7, 1)),
        "SALE-28A-MERGE": (date(2020, 12, 21), date(2021, 7, 1)),
    }


@pytest.mark.parametrize("day", [date(2018, 12, 1), date(2019, 1, 15), date(2019, 5, 31)])
def test_korskaerparken_is_known_under_the_list_of_2018(day: date) -> None:
    world = World()
    for fact in plan_import(
        parse(shipped.read(shipped.PUBLISHED), shipped.PUBLISHED), world.view()
    ).facts:
        world.record(fact)
    known = {
        each.category: str(each.finding.status)
        for each in area_law.standings(CURRENT, world.view(), "0607-korskaerparken", day)
    }
    del known[Category.COMBINED_LETTING]  # No list of that kind is shipped.
    assert known == {
        Category.VULNERABLE: "met",
        Category.PARALLEL_SOCIETY: "not_met",
        Category.TRANSFORMATION: "not_met",
        Category.PREVENTION: "not_met",
        Category.FORMER_TRANSFORMATION: "not_in_force",
    }
