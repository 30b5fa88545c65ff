"""Where a changed operator of the law once went unnoticed: exact values, limits and sentences.

What a lawyer can read as a case stands in `cases/` instead.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from domain import calendar
from domain.data_classes import DataClass
from domain.decide import Decision, Examined
from domain.events import Recorded
from domain.facts import (
    AreaFigures,
    AreaListed,
    AreaRegistered,
    Benefit,
    BenefitsAttested,
    Fact,
    Figures,
    Listing,
    ListKind,
)
from domain.law import explain, kernel
from domain.law.area import figures, lists
from domain.law.area import status as area
from domain.law.area.measured import Known, alone
from domain.law.benefits import BenefitRecord, Ground, Month, run_of_months
from domain.law.editions import CURRENT
from domain.law.kernel import (
    Change,
    Effect,
    Finding,
    Missing,
    OpenPoint,
    Outcome,
    ReadingInUse,
    Readings,
    Rule,
    Status,
    Tree,
    Variation,
    Varied,
    explore,
    only_on_facts_at_hand,
    readings_in_use,
    vary,
)
from domain.law.letting import criteria
from domain.law.referral import grounds as referral
from domain.law.texts.kinds import Text
from services.cases import casebook, putting
from services.cases.world import AREA, MUNICIPALITY, World, person
from tests.law import golden

ONE_DAY = timedelta(days=1)
RULE = CURRENT.rules["REF-FALLBACK"]

# --- Open points and how readings vary ------------------------------------------------------


def _points(*ids: str, readings: tuple[str, ...] = ("a", "b")) -> dict[str, OpenPoint]:
    return {id: OpenPoint(id, readings, None) for id in ids}


def _vary(points: dict[str, OpenPoint], outcome_under: Any, settled: str = "") -> Varied:
    in_use = {id: ReadingInUse("a", id in settled) for id in points}
    return vary(points, in_use, tuple(points), outcome_under)


def test_a_rule_is_in_force_from_its_first_day_to_its_last() -> None:
    rule = replace(RULE, first_day=date(2020, 1, 2), last_day=date(2020, 1, 4))
    days = [date(2020, 1, 1) + n * ONE_DAY for n in range(5)]
    assert [rule.in_force(day) for day in days] == [False, True, True, True, False]
    assert replace(rule, last_day=None).in_force(date(2020, 1, 5))


def test_a_first_day_that_was_not_verified_is_open_for_six_months_to_either_side() -> None:
    rule = replace(
        RULE, first_day=date(2020, 7, 1), start_verified=False, signed=None, printed=None
    )

    def asked(day: date, rule: Rule = rule) -> tuple[bool, bool, list[str]]:
        points = kernel.start_points([rule])
        if not points:
            points = kernel.start_points([replace(rule, start_verified=False)])
        first = Readings(points, {})
        other = Readings(points, {f"START-{rule.id}": "not_in_force"})
        applies = kernel.applies(rule, day, first), kernel.applies(rule, day, other)
        return *applies, first.consulted

    point = f"START-{rule.id}"
    assert asked(date(2019, 12, 31)) == (False, False, [])
    assert asked(date(2020, 1, 1)) == (True, False, [point])
    assert asked(date(2020, 12, 31)) == (True, False, [point])
    assert asked(date(2021, 1, 1)) == (True, True, [])
    enacted = replace(rule, signed=date(2020, 6, 20), printed=date(2020, 9, 1))
    assert asked(date(2020, 6, 19), enacted) == (False, False, [])
    assert asked(date(2020, 6, 20), enacted) == (True, False, [point])
    assert asked(date(2020, 8, 31), enacted) == (True, False, [point])
    assert asked(date(2020, 9, 1), enacted) == (True, True, [])
    printed_before = replace(rule, printed=date(2019, 12, 31))
    assert asked(date(2020, 7, 1), printed_before) == (True, True, [])
    assert kernel.start_points([printed_before]) == {}
    verified = replace(rule, start_verified=True)
    assert asked(date(2020, 6, 30), verified) == (False, False, [])
    assert asked(date(2020, 7, 1), verified) == (True, True, [])


def test_only_rules_without_a_verified_first_day_have_a_point_of_it() -> None:
    found = kernel.start_points([RULE, replace(RULE, id="VERIFIED", start_verified=True)])
    assert found == {
        "START-REF-FALLBACK": OpenPoint("START-REF-FALLBACK", ("in_force", "not_in_force"), None)
    }


def test_a_question_of_readings_is_explored_once_for_every_way_of_answering() -> None:
    points = {**_points("P", "Q"), **_points("R", readings=("a", "b", "c"))}

    def evaluate(readings: Readings) -> str:
        first = readings("P")
        return first + (readings("R") if first == "b" else readings("Q"))

    tree = explore(points, evaluate)
    assert dict(tree.leaves) == {
        (("P", "a"), ("Q", "a")): "aa",
        (("P", "a"), ("Q", "b")): "ab",
        (("P", "b"), ("R", "a")): "ba",
        (("P", "b"), ("R", "b")): "bb",
        (("P", "b"), ("R", "c")): "bc",
    }
    assert len(tree.leaves) == 5
    assert set(tree.points) == {"P", "Q", "R"}
    assert tree.under({"P": "b", "Q": "b", "R": "c"}) == "bc"
    assert tree.under({"P": "a", "Q": "b", "R": "c"}) == "ab"
    with pytest.raises(LookupError, match="a reading that the tree knows"):
        tree.under({"P": "x", "Q": "x", "R": "x"})
    assert explore(points, lambda readings: 7) == Tree((((), 7),))


def test_asking_twice_is_consulting_once() -> None:
    readings = Readings(_points("P", "Q"), {"Q": "b"})
    assert [readings("P"), readings("Q"), readings("P")] == ["a", "b", "a"]
    assert readings.consulted == ["P", "Q"]


def test_what_only_more_facts_could_say_is_not_examined() -> None:
    met, unknown = Finding(Status.MET), Finding(Status.UNKNOWN, missing=(Missing("x", "nobody"),))
    more = Finding(Status.UNKNOWN, missing=(Missing("x", "nobody"), Missing("y", "nobody")))
    none = Finding(Status.NOT_MET)

    def statuses(*findings: Finding) -> list[Status]:
        leaves = tuple(((("P", "abc"[n]),), finding) for n, finding in enumerate(findings))
        tree = only_on_facts_at_hand(Tree(leaves, ("P",)), {"P": "a"})
        assert tree.points == ("P",)
        return [finding.status for _, finding in tree.leaves]

    assert statuses(met, unknown, none) == [Status.MET, Status.NOT_EXAMINED, Status.NOT_MET]
    assert statuses(unknown, unknown, met) == [Status.UNKNOWN, Status.UNKNOWN, Status.MET]
    assert statuses(unknown, more) == [Status.UNKNOWN, Status.NOT_EXAMINED]
    assert statuses(more, unknown) == [Status.UNKNOWN, Status.UNKNOWN]
    assert statuses(unknown) == [Status.UNKNOWN]


def test_the_reading_in_use_is_the_chosen_one_else_the_default_else_the_first() -> None:
    points = {"P": OpenPoint("P", ("a", "b", "c"), "b"), **_points("Q")}
    assert readings_in_use(points, {}) == {
        "P": ReadingInUse("b", True),
        "Q": ReadingInUse("a", False),
    }
    assert readings_in_use(points, {"P": "c", "Q": "b"}) == {
        "P": ReadingInUse("c", True),
        "Q": ReadingInUse("b", True),
    }


PERMITTED, PROHIBITED, UNDETERMINED = (
    Outcome.PERMITTED,
    Outcome.PROHIBITED,
    Outcome.UNDETERMINED,
)


def test_a_point_without_a_reading_in_use_decides_when_its_readings_part() -> None:
    varied = _vary(_points("P"), lambda r: PERMITTED if r["P"] == "a" else PROHIBITED)
    assert varied == Varied(
        UNDETERMINED,
        (
            Variation(("P",), ("a",), PERMITTED, decides=True),
            Variation(("P",), ("b",), PROHIBITED, decides=True),
        ),
        True,
    )


def test_a_point_whose_other_reading_was_not_examined_decides_nothing() -> None:
    varied = _vary(_points("P"), lambda r: PERMITTED if r["P"] == "a" else None)
    assert varied == Varied(PERMITTED, (Variation(("P",), ("b",), None, decides=False),), True)


def test_a_point_that_nothing_was_examined_under_leaves_the_outcome_undetermined() -> None:
    assert _vary(_points("P"), lambda r: None) == Varied(UNDETERMINED, (), True)


def test_a_point_with_a_reading_in_use_is_named_with_what_the_other_would_give() -> None:
    varied = _vary(_points("P"), lambda r: PERMITTED if r["P"] == "a" else PROHIBITED, "P")
    assert varied == Varied(PERMITTED, (Variation(("P",), ("b",), PROHIBITED),), True)


def test_two_points_that_matter_together_only_are_named_together() -> None:
    def together(readings: dict[str, str]) -> Outcome:
        return PROHIBITED if readings["P"] == readings["Q"] == "b" else PERMITTED

    varied = _vary(_points("P", "Q", "R"), together, "PQR")
    assert varied.variations == (Variation(("P", "Q"), ("b", "b"), PROHIBITED),)


def test_three_points_that_matter_together_only_are_named_together() -> None:
    def together(readings: dict[str, str]) -> Outcome:
        return PROHIBITED if set(readings.values()) == {"b"} else PERMITTED

    varied = _vary(_points("P", "Q", "R"), together, "PQR")
    assert varied.variations == (Variation(("P", "Q", "R"), ("b", "b", "b"), PROHIBITED),)


def test_unsettled_points_that_matter_together_only_each_decide() -> None:
    def together(readings: dict[str, str]) -> Outcome:
        return PROHIBITED if set(readings.values()) == {"b"} else PERMITTED

    varied = _vary(_points("P", "Q"), together)
    assert varied.outcome is UNDETERMINED
    assert varied.variations == tuple(
        Variation((point,), (reading,), outcome, decides=True)
        for point in "PQ"
        for reading, outcome in (("a", PERMITTED), ("b", UNDETERMINED))
    )


def test_beyond_4096_combinations_points_are_varied_alone_and_in_pairs_only() -> None:
    names = "ABCDEFGHIJKLM"
    counted: list[dict[str, str]] = []

    def outcome(readings: dict[str, str]) -> Outcome:
        counted.append(dict(readings))
        return PROHIBITED if list(readings.values()).count("b") > 2 else PERMITTED

    twelve = _vary(_points(*names[:12]), lambda r: PERMITTED, names)
    assert twelve == Varied(PERMITTED, (), True)
    thirteen = _vary(_points(*names), outcome, names)
    assert thirteen == Varied(PERMITTED, (), False)
    assert max(list(each.values()).count("b") for each in counted) == 2
    assert len(counted) == 1 + 13 + 13 * 12 // 2


def test_beyond_4096_combinations_unsettled_points_are_read_alone_and_in_pairs() -> None:
    nine = tuple("abcdefghi")

    def all_read(*wanted: str) -> Any:
        return lambda r: PROHIBITED if all(r[point] == "i" for point in wanted) else PERMITTED

    points = _points("P", "Q", "R", "S", readings=nine)
    in_pairs = _vary(points, all_read("Q", "S"))
    assert in_pairs.outcome is UNDETERMINED
    assert Variation(("Q",), ("i",), UNDETERMINED, decides=True) in in_pairs.variations
    assert not in_pairs.exhaustive
    in_threes = _vary(points, all_read("P", "Q", "S"))
    assert in_threes.outcome is PERMITTED


def test_readings_alone_and_in_pairs_start_from_those_in_use() -> None:
    points = _points("P", "Q", readings=("a", "b", "c"))
    read = list(kernel._alone_and_in_pairs(points, ["P", "Q"], {"P": "b", "Q": "a"}))
    assert read[0] == ("b", "a")
    assert read[1:7] == [("a", "a"), ("b", "a"), ("c", "a"), ("b", "a"), ("b", "b"), ("b", "c")]
    assert read[7:] == [(p, q) for p in "abc" for q in "abc"]


def test_the_identity_of_an_edition_changes_with_everything_that_can_change_an_answer() -> None:
    rules = {RULE.id: RULE}
    points = _points("P")
    edition = replace(CURRENT, rules=rules, open_points=points, not_covered={"X": "§ 1"})
    step = edition.steps["letting"]
    others = [
        replace(edition, rules={RULE.id: replace(RULE, revision=2)}),
        replace(edition, rules={RULE.id: replace(RULE, parameters={"a": 1})}),
        *(
            replace(edition, rules={RULE.id: replace(RULE, **changed)})
            for changed in (
                {"section": "§ 2"},
                {"first_day": date(2019, 1, 1)},
                {"effect": Effect.WARNS},
                {"areas": ("vulnerable",)},
                {"points": ()},
                {"limbs": ((DataClass.BENEFITS, RULE.evaluate),)},
            )
        ),
        replace(edition, rules={"OTHER": replace(RULE, id="OTHER")}),
        replace(edition, open_points=_points("Q")),
        replace(edition, open_points=_points("P", readings=("b", "a"))),
        replace(edition, open_points={"P": OpenPoint("P", ("a", "b"), "a")}),
        replace(edition, steps={}),
        edition.amended(steps=[replace(step, revision=2)]),
        replace(edition, steps={**edition.steps, "letting": replace(step, first_day=RULE.signed)}),
        replace(edition, semantics=2),
        edition.amended(texts={"AND": Text("samt", "and")}),
        edition.amended(texts={"DUTIES": {"NEW": Text("ny", "new")}}),
        replace(edition, first_day=date(2020, 1, 2)),
        replace(edition, reviewed_through=date(2025, 1, 2)),
        replace(edition, not_covered={"Y": "§ 1"}),
        replace(edition, not_covered={"X": "§ 2"}),
    ]
    ids = {edition.id, *(other.id for other in others)}
    assert len(ids) == 1 + len(others)
    assert all(len(id) == 64 for id in ids)


# --- The days of the rules, and what they are compared with ---------------------------------

RENAMING, REFORM = date(2021, 11, 30), date(2025, 7, 1)

_STARTS_NOT_VERIFIED = {
    "AREA-GHETTO-2010",
    "AREA-GHETTO-2014",
    "AREA-KOMB",
    "REF-FALLBACK",
    "REF-OLD-2011-2018",
    "REF-REFUGEE",
    "REF-REFUGEE-2017",
    "REF-UKRAINE",
    "REF-QUARTER",
    "REF-KOMB-4",
    "REF-PLUS-5",
    "REF-THIRD",
    "PRIV-ANV",
}


@pytest.mark.parametrize(
    ("rule_id", "first_day", "last_day"),
    [
        ("AREA-UNIT-2018", date(2018, 12, 1), None),
        ("AREA-UDS-2018", date(2018, 12, 1), None),
        ("AREA-PAR-2018", date(2018, 12, 1), None),
        ("AREA-HARD-2018-2021", date(2018, 12, 1), date(2021, 11, 29)),
        ("AREA-OMD-2021", RENAMING, None),
        ("AREA-FORE-2021", RENAMING, None),
        ("AREA-GHETTO-2010", date(2011, 1, 1), date(2014, 1, 31)),
        ("AREA-GHETTO-2014", date(2014, 1, 1), date(2018, 11, 30)),
        ("AREA-KOMB", date(2011, 1, 1), None),
        ("AREA-ORIGIN", date(2018, 12, 1), None),
        ("AREA-BOLIGKRAV", date(2024, 12, 1), None),
        ("EU-C417-23", date(2025, 12, 18), None),
        ("AREA-PUBLISH", date(2011, 1, 1), None),
        ("AREA-LEAVE", date(2018, 12, 1), None),
        ("PLAN-FORMER-LETTING", date(2021, 7, 1), date(2030, 1, 1)),
        ("PLAN-FORMER-TOOLS", date(2021, 7, 1), date(2030, 1, 1)),
        ("REF-UDS-N1", date(2018, 12, 1), None),
        ("REF-UDS-N2", date(2018, 12, 1), None),
        ("REF-UDS-N3", date(2018, 12, 1), None),
        ("REF-UDS-N4", date(2018, 12, 1), None),
        ("REF-UDS-N5", date(2018, 12, 1), None),
        ("REF-UDS-N6", date(2018, 12, 1), None),
        ("REF-UDS-N7", date(2018, 12, 1), None),
        ("REF-OLD-2011-2018", date(2011, 1, 1), date(2018, 11, 30)),
        ("REF-REFUGEE", date(2020, 1, 1), None),
        ("REF-REFUGEE-2017", date(2011, 1, 1), date(2019, 12, 31)),
        ("REF-UKRAINE", date(2022, 5, 3), None),
        ("REF-QUARTER", date(1997, 1, 1), None),
        ("REF-KOMB-4", date(2006, 1, 1), None),
        ("REF-PLUS-5", date(2006, 1, 1), None),
        ("REF-THIRD", date(1997, 1, 1), None),
        ("PRIV-ANV", date(2005, 1, 1), date(2021, 11, 29)),
        ("PRIV-ANV-2022", RENAMING, None),
        ("PRIV-ANV-58", date(2022, 7, 1), None),
        ("REF-FORE-N1-4", RENAMING, None),
        ("REF-FORE-SHO", RENAMING, None),
        ("REF-FORE-24", RENAMING, None),
        ("REF-FORE-30PCT", RENAMING, None),
        ("REF-FALLBACK", date(2011, 1, 1), None),
    ],
)
def test_a_rule_has_the_days_of_its_act(
    rule_id: str, first_day: date, last_day: date | None
) -> None:
    rule = CURRENT.rules[rule_id]
    assert (rule.first_day, rule.last_day) == (first_day, last_day)
    assert rule.start_verified is (rule_id not in _STARTS_NOT_VERIFIED)


def test_the_parameters_that_a_rule_is_known_by_are_the_numbers_of_its_act() -> None:
    stated = {id: msgspec.to_builtins(rule.parameters) for id, rule in CURRENT.rules.items()}
    tests = {
        "AREA-GHETTO-2010": (">40 4 years", ">270", 2, ">50"),
        "AREA-GHETTO-2014": (">40", ">2.7", ">50", "<55", 3, ">50"),
        "AREA-UDS-2018": (">40", ">=3 x", ">60", "<55", 2, None),
        "AREA-PAR-2018": (">40", ">=3 x", ">60", "<55", 2, ">50"),
        "AREA-FORE-2021": (">30", ">=2 x", ">60", "<65", 2, ">30"),
    }
    for rule_id, numbers in tests.items():
        test = stated[rule_id].get("test", stated[rule_id])
        assert (*map(_limit, test["counted"]), test["needed"], _limit(test["origin"])) == numbers
    assert [(n, _limit(limit)) for n, limit in stated["AREA-KOMB"]] == [
        (1000, ">=40"),
        (5000, ">=30"),
    ]
    own = stated["AREA-ORIGIN"]
    assert (_limit(own["parallel_society"]), _limit(own["prevention"])) == (">50", ">30")
    assert own["own_criterion_from"] == "2018-12-01"
    assert stated["EU-C417-23"]["judgment"] == "2025-12-18"
    assert stated["AREA-UNIT-2018"] == {"residents": 1000, "counts_next_year_from": "2023-10-01"}
    assert stated["AREA-HARD-2018-2021"] == {
        "years": 4,
        "years_in": {"2018": 5, "2019": 5, "2020": 5},
    }
    assert stated["AREA-OMD-2021"] == {"years": 5}
    assert stated["AREA-PUBLISH"] == {
        "list_day": "12-01",
        "ghetto_list_days": ["2011-01-01", "2011-10-01", "2012-10-01", "2013-10-01", "2014-02-01"],
        "first_list": {
            "vulnerable": "2018-12-01",
            "parallel_society": "2011-01-01",
            "transformation": "2018-12-01",
            "prevention": "2021-12-01",
            "combined_letting": "2010-12-01",
        },
        "figures_hold_months": 24,
    }
    assert stated["PLAN-FORMER-LETTING"] == {"lists_off": 4, "first_list_year": 2021}
    assert stated["REF-FORE-30PCT"] == {"share_over": 30}
    for rule_id, months, days in (
        ("REF-UDS-N5", 6, ["2018-12-01", "2021-11-30", "2025-07-01"]),
        ("REF-FORE-SHO", 6, ["2021-11-30", "2025-07-01"]),
        ("REF-FORE-24", 24, ["2021-11-30", "2025-07-01"]),
    ):
        wordings = stated[rule_id]
        assert [wording["from"] for wording in wordings] == days
        assert {wording["months"] for wording in wordings} == {months}
        assert {wording["reform_month"] for wording in wordings} == {"2025-07"}
        assert {wording["window_months"] for wording in wordings} == {6}


def _limit(limit: dict[str, Any] | None) -> str | None:
    if limit is None:
        return None
    times = " x" if limit["times_country"] else ""
    years = " 4 years" if limit["figure"].endswith("_4_years") else ""
    return f"{limit['comparison']}{limit['limit']}{times}{years}"


# --- The figures of an area -----------------------------------------------------------------


def _figures(**stated: Any) -> Known:
    usual = {"residents": 1000, "residents_2010": 1000, "rounded": False, "education_cleaned": True}
    figures = Figures(**{**usual, **stated})
    fact = AreaFigures(area=AREA, reference_day=date(2024, 1, 1), figures=figures, source="made up")
    return alone(Recorded(1, UUID(int=1), b"", fact))


def _read(**assigned: str) -> Readings:
    named = {name.replace("_", "-"): reading for name, reading in assigned.items()}
    return Readings(CURRENT.points, named)


@pytest.mark.parametrize(
    ("share", "country", "rounded", "met"),
    [
        ("6.0", "2.0", False, True),
        ("5.9", "2.0", False, False),
        ("6.1", "2.0", False, True),
        ("6.0", "2.0", True, None),
        ("6.2", "2.0", True, True),  # 0.2 over, and 0.05 + 3 * 0.05 is the most it can be off
        ("6.1", "2.0", True, None),
        ("5.9", "2.0", True, None),
        ("5.8", "2.0", True, False),
        ("8", "2", True, True),  # 2 over, and 0.5 + 3 * 0.5 is the most it can be off
        ("7", "2", True, None),
        ("4", "2", True, False),
        ("6.02", "2.00", True, True),  # 0.02 over, and 0.005 + 3 * 0.005 is the most
        ("6.01", "2.00", True, None),
        ("5.98", "2.00", True, False),
        (None, "2.0", False, None),
        ("6.0", None, False, None),
    ],
)
def test_convictions_are_compared_with_a_multiple_of_the_country_s_share(
    share: str | None, country: str | None, rounded: bool, met: bool | None
) -> None:
    item = _figures(convicted_share=share, convicted_share_country=country, rounded=rounded)
    found = figures.criteria(item, figures.VULNERABLE_TEST, None, _read())
    assert _met(found[1]) is met
    assert found[1].name == "convicted_share"


@pytest.mark.parametrize(
    ("test", "at_the_limits"),
    [
        (figures.VULNERABLE_TEST, ("40", "3", "60", "55")),
        (figures.PARALLEL_TEST, ("40", "3", "60", "55")),
        (figures.PREVENTION_TEST, ("30", "2", "60", "65")),
    ],
)
def test_three_criteria_want_more_than_their_limit_and_convictions_the_limit_itself(
    test: figures.Test, at_the_limits: tuple[str, ...]
) -> None:
    names = ("unattached_share", "convicted_share", "basic_schooling_share", "income_ratio")

    def met(off: str, rounded: bool = False, **read: str) -> list[bool | None]:
        stated = {n: limit + off for n, limit in zip(names, at_the_limits, strict=True)}
        item = _figures(convicted_share_country="1.0", rounded=rounded, **stated)
        found = figures.criteria(item, test, None, _read(**read))
        return [_met(each) for each in found[:4]]

    assert met(".0") == [False, True, False, False]
    assert met(".1") == [True, True, True, False]
    assert met(".04") == [True, True, True, False]
    assert met(".04", AMB_ROUND="b") == [False, True, False, False]
    assert met(".0", rounded=True) == [None, None, None, None]
    assert met(".0", rounded=True, AMB_ROUND="b")[::2] == [False, False]
    below = [str(int(limit) - 1) for limit in at_the_limits]
    stated = dict(zip(names, below, strict=True))
    known = _figures(convicted_share_country="1.0", **stated)
    readings = _read()
    found = figures.criteria(known, test, None, readings)[:4]
    assert [_met(each) for each in found] == [False, False, False, True]
    assert readings.consulted == []


def _met(criterion: criteria.Criterion) -> bool | None:
    """Say whether a criterion is met; None: not known, or not decidable."""
    return {Status.MET: True, Status.NOT_MET: False, Status.UNKNOWN: None}[criterion.status]


@pytest.mark.parametrize(
    ("then", "now", "read", "status", "asked"),
    [
        (1000, 1000, "a", Status.MET, False),
        (999, 1000, "a", Status.NOT_MET, False),
        (1000, 999, "a", Status.MET, True),
        (1000, 999, "b", Status.NOT_MET, True),
        (1000, None, "b", Status.UNKNOWN, True),
        (None, 1000, "b", Status.UNKNOWN, False),
        (None, 999, "a", Status.UNKNOWN, True),
        (None, 999, "b", Status.NOT_MET, True),
    ],
)
def test_a_unit_has_a_thousand_residents_in_2010_and_as_read_also_now(
    then: int | None, now: int | None, read: str, status: Status, asked: bool
) -> None:
    readings = _read(AMB_1000=read)
    item = _figures(residents_2010=then, residents=now)
    found = figures.unit(item, readings)
    assert found.status is status
    assert readings.consulted == (["AMB-1000"] if asked else [])
    assert found.evidence == (item.item,)
    assert dict(found.values) == {
        name: str(value)
        for name, value in (("residents_2010", then), ("residents", now))
        if value is not None
    }
    missing = (Missing("area_figures", "ministry", (("area", AREA),)),)
    assert found.missing == (missing if status is Status.UNKNOWN else ())


def test_a_finding_by_figures_carries_every_figure_its_limit_and_how_it_compares() -> None:
    item = _figures(
        unattached_share="40.1",
        convicted_share="6.0",
        basic_schooling_share="60.0",
        nonwestern_share="50.1",
    )
    assert dict(figures.parallel_society(item, _read()).values) == {
        "unattached_share": "40.1 > 40: met",
        "convicted_share": "6.0 >= 3 x: missing",
        "basic_schooling_share": "60.0 > 60: not_met",
        "income_ratio": "? < 55: missing",
        "nonwestern_share": "50.1 > 50: met",
    }
    with_country = _figures(convicted_share="6.0", convicted_share_country="2.0")
    values = dict(figures.vulnerable_area(with_country, _read()).values)
    assert values["convicted_share"] == "6.0 >= 6.0: met"
    assert "nonwestern_share" not in values


@pytest.mark.parametrize(
    ("judge", "origin", "status"),
    [
        (figures.vulnerable_area, None, Status.MET),
        (figures.parallel_society, None, Status.UNKNOWN),
        (figures.parallel_society, "50.0", Status.NOT_MET),
        (figures.parallel_society, "50.1", Status.MET),
        (figures.prevention_area, None, Status.UNKNOWN),
        (figures.prevention_area, "30.0", Status.NOT_MET),
        (figures.prevention_area, "30.1", Status.MET),
    ],
)
def test_the_share_of_origin_must_exceed_its_limit_where_there_is_one(
    judge: Any, origin: str | None, status: Status
) -> None:
    item = _figures(unattached_share="41", income_ratio="54", nonwestern_share=origin)
    found: Finding = judge(item, _read())
    assert found.status is status


def test_the_newest_figures_that_still_hold_are_taken() -> None:
    world = World()

    def note(day: date, **stated: Any) -> None:
        stated_figures = Figures(**stated)
        world.record(
            AreaFigures(area=AREA, reference_day=day, figures=stated_figures, source="made up")
        )

    def residents(day: date) -> int | None:
        found = figures.figures_on(world.view(), AREA, day)
        held: Figures | None = None if found is None else found.figures
        return None if held is None else held.residents

    note(date(2022, 1, 1), residents=1)
    note(date(2020, 1, 1), residents=2)
    note(date(2022, 1, 1), residents=3)
    note(date(2023, 1, 1))
    assert residents(date(2019, 12, 31)) is None
    assert residents(date(2020, 1, 1)) == 2
    assert residents(date(2021, 12, 31)) == 2
    assert residents(date(2022, 1, 1)) == 3
    assert residents(date(2023, 12, 31)) == 3
    assert residents(date(2024, 1, 1)) is None
    world.list_area(date(2022, 12, 1), (), figures=Figures(residents=4))
    assert residents(date(2022, 12, 1)) == 4
    assert residents(date(2024, 11, 30)) == 4


# --- The lists of an area -------------------------------------------------------------------


def _listed(*years: int, last: int = 2024) -> World:
    world = World()
    world.register_area()
    world.publish_lists(2009, last)
    for year in years:
        kinds = {ListKind.PARALLEL_SOCIETY, ListKind.VULNERABLE}
        world.list_area(date(year, 12, 1), kinds)
    return world


@pytest.mark.parametrize(
    ("year", "length"), [(2017, 4), (2018, 5), (2019, 5), (2020, 5), (2021, 4)]
)
def test_a_hard_ghetto_area_has_been_on_the_list_five_years_in_a_row_or_four(
    year: int, length: int
) -> None:
    list_day = date(year, 12, 1)
    enough = _listed(*range(year - length + 1, year + 1)).view()
    found = area.hard_ghetto_area(enough, AREA, list_day, _read())
    assert found.status is Status.MET
    assert dict(found.values) == {"years": str(length), "last_list": list_day.isoformat()}
    assert len(found.evidence) == length
    short = _listed(*range(year - length + 2, year + 1)).view()
    found = area.hard_ghetto_area(short, AREA, list_day, _read())
    assert found.status is Status.NOT_MET
    gap = date(year - length + 1, 12, 1).isoformat()
    assert dict(found.values) == {"years": str(length), "gap": gap}


def test_a_transformation_area_has_been_on_the_list_five_years_in_a_row() -> None:
    list_day = date(2024, 12, 1)

    def found(*years: int) -> Status:
        return area.transformation_area(_listed(*years).view(), AREA, list_day, _read()).status

    assert found(2020, 2021, 2022, 2023, 2024) is Status.MET
    assert found(2021, 2022, 2023, 2024) is Status.NOT_MET


def test_runs_of_lists_are_counted_as_the_act_of_the_day_counts_them() -> None:
    four = _listed(2018, 2019, 2020, 2021).view()
    assert area.computed_transformation_areas(CURRENT, four, date(2021, 12, 1), _read()) == []
    five = _listed(2017, 2018, 2019, 2020, 2021).view()
    assert area.computed_transformation_areas(CURRENT, five, date(2021, 12, 1), _read()) == [AREA]
    assert area.computed_transformation_areas(CURRENT, five, date(2020, 12, 1), _read()) == []
    assert area.computed_transformation_areas(CURRENT, five, date(2022, 12, 1), _read()) == []
    kind = ListKind.TRANSFORMATION
    later = date(2021, 12, 15)
    assert area.by_figures(CURRENT, four, AREA, kind, later, _read()).status is Status.NOT_MET
    assert area.by_figures(CURRENT, five, AREA, kind, later, _read()).status is Status.MET
    older = _listed(2014, 2015, 2016, 2017).view()
    assert area.computed_transformation_areas(CURRENT, older, date(2017, 12, 1), _read()) == [AREA]
    day, before = date(2021, 11, 30), date(2021, 11, 29)
    four = _listed(2017, 2018, 2019, 2020).view()
    assert area.by_figures(CURRENT, four, AREA, kind, before, _read()).values[0] == (
        "gap",
        "2016-12-01",
    )
    five = _listed(2016, 2017, 2018, 2019, 2020).view()
    for each in (before, day):
        assert area.by_figures(CURRENT, five, AREA, kind, each, _read()).status is Status.MET


def test_years_recalculated_want_figures_for_each_year() -> None:
    view = _listed(2020, 2021, 2022, 2023, 2024).view()
    list_day = date(2024, 12, 1)
    found = area.transformation_area(view, AREA, list_day, _read(AMB_YEARS="b"))
    assert found.status is Status.UNKNOWN
    assert found.missing == tuple(
        Missing("area_figures", "ministry", (("area", AREA), ("list_day", f"{year}-12-01")))
        for year in (2024, 2023, 2022, 2021, 2020)
    )


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (ListKind.VULNERABLE, 2018),
        (ListKind.PARALLEL_SOCIETY, 2011),
        (ListKind.TRANSFORMATION, 2018),
        (ListKind.PREVENTION, 2021),
    ],
)
def test_before_the_first_list_of_a_kind_no_area_is_of_it(kind: ListKind, first: int) -> None:
    view = World().view()
    before = lists.on_list(view, AREA, kind, date(first - 1, 12, 1))
    assert before.status is Status.NOT_MET
    assert ("list", "none_yet") in before.values
    since = lists.on_list(view, AREA, kind, date(first, 12, 1))
    assert since.status is Status.UNKNOWN
    details = (("kind", str(kind)), ("list_day", f"{first}-12-01"), ("area", AREA))
    assert since.missing == (Missing("area_list", "ministry", details),)


def test_an_area_that_its_row_is_silent_on_is_not_off_a_list_that_is_complete() -> None:
    world = World()
    world.register_area()
    day = date(2024, 12, 1)
    world.publish_lists(2024, 2024)
    off = lists.on_list(world.view(), AREA, ListKind.PREVENTION, day)
    assert off.status is Status.NOT_MET
    assert ("list", "complete") in off.values
    world.record(
        AreaListed(
            area=AREA,
            list_day=day,
            vulnerable=Listing.OFF,
            parallel_society=Listing.OFF,
            transformation=Listing.OFF,
            prevention=Listing.UNKNOWN,
            source="made up",
            confidence="text_seen",
        )
    )
    silent = lists.on_list(world.view(), AREA, ListKind.PREVENTION, day)
    assert silent.status is Status.UNKNOWN
    assert len(silent.evidence) == 1


def test_an_area_leaves_a_list_when_it_was_on_the_last_one_and_is_not_on_this() -> None:
    def left(*years: int, day: date = date(2024, 12, 1)) -> Status:
        return lists.left_list(_listed(*years).view(), AREA, ListKind.VULNERABLE, day).status

    assert left(2023) is Status.MET
    assert left(2023, 2024) is Status.NOT_MET
    assert left(2022) is Status.NOT_MET
    assert left(2024) is Status.NOT_MET
    assert left(2022, day=date(2024, 11, 30)) is Status.MET
    unknown = lists.left_list(World().view(), AREA, ListKind.VULNERABLE, date(2024, 12, 1))
    assert unknown.status is Status.UNKNOWN
    assert [dict(missing.details)["list_day"] for missing in unknown.missing] == [
        "2023-12-01",
        "2024-12-01",
    ]


def test_a_municipality_has_a_prevention_area_where_one_of_its_own_is_on_the_list() -> None:
    def found(world: World, day: date) -> tuple[Status, int]:
        finding = referral.any_prevention_area(world.view(), MUNICIPALITY, day)
        return finding.status, len(finding.evidence)

    world = World()
    world.register_area()
    first = date(2021, 12, 1)
    assert found(world, first - ONE_DAY) == (Status.NOT_MET, 0)
    assert found(world, first) == (Status.UNKNOWN, 0)
    world.publish_lists(2021, 2021, complete=False)
    assert found(world, first) == (Status.UNKNOWN, 0)
    world.publish_lists(2021, 2021)
    assert found(world, first) == (Status.NOT_MET, 1)
    world.record(AreaRegistered(area="far", name="Opdigtet", municipality="0001"))
    world.list_area(first, {ListKind.PREVENTION}, "far")
    assert found(world, first) == (Status.NOT_MET, 1)
    world.list_area(first, {ListKind.PREVENTION})
    assert found(world, first) == (Status.MET, 1)
    assert found(world, date(2022, 12, 1)) == (Status.UNKNOWN, 0)


# --- Months on a benefit --------------------------------------------------------------------

DAY = date(2024, 9, 2)
KONTANTHJAELP = frozenset({Benefit.KONTANTHJAELP})
SHO = Benefit.SELVFORSOERGELSES_OG_HJEMREJSEYDELSE
SIX = Ground(6, KONTANTHJAELP)


def _record(*stated: str | BenefitsAttested) -> BenefitRecord:
    """Make a record of `2024-03 to 2024-08` (kontanthjælp), other benefits and attestations."""
    facts: list[Recorded[Any]] = []
    for number, each in enumerate(stated):
        fact: Fact
        if isinstance(each, str):
            fact = casebook.benefit_period(f"kontanthjaelp {each}" if each[0].isdigit() else each)
        else:
            fact = each
        facts.append(Recorded(number, person(f"fact {number}"), b"", fact))
    return BenefitRecord(facts)


def _since(first: str | None, *kinds: Benefit, last: date = DAY) -> BenefitsAttested:
    day = None if first is None else date.fromisoformat(first)
    return BenefitsAttested(benefits=kinds, first_day=day, last_day=last)


def _found(record: BenefitRecord, ground: Ground = SIX, **read: str) -> Finding:
    return run_of_months(ground, record, DAY, _read(**read))


def _missing_months(finding: Finding) -> str:
    (missing,) = finding.missing
    return dict(missing.details)["months"]


def test_a_run_at_any_time_is_named_from_its_first_month_to_its_last() -> None:
    record = _record("2022-11 to 2023-04", _since("2022-11-01"))
    found = _found(record, AMB_WINDOW="c")
    assert found.status is Status.MET
    assert dict(found.values) == {
        "last_full_month": "2024-08",
        "months_required": "6",
        "run_from": "2022-11",
        "run_to": "2023-04",
        "benefits": "kontanthjaelp",
    }
    assert found.evidence == record.facts[:1]
    assert _found(_record("2022-11 to 2023-03", _since(None)), AMB_WINDOW="c").status is (
        Status.NOT_MET
    )


@pytest.mark.parametrize(("first", "before"), [("2022-11", "2022-10"), ("2022-12", "2022-11")])
def test_where_too_little_is_known_the_month_before_is_named_as_missing(
    first: str, before: str
) -> None:
    found = _found(_record(f"{first} to 2023-02", _since(f"{first}-01")), AMB_WINDOW="c")
    assert found.status is Status.UNKNOWN
    assert _missing_months(found) == before
    assert len(found.evidence) == 2


def test_where_a_run_may_have_begun_before_anything_is_known_the_month_before_is_missing() -> None:
    record = _record("2022-11 to 2023-01", "2023-06 to 2023-08", _since("2022-11-01"))
    found = _found(record, AMB_WINDOW="c")
    assert found.status is Status.UNKNOWN
    assert _missing_months(found) == "2022-10"
    assert set(found.evidence) == set(record.facts)


@pytest.mark.parametrize(
    ("known_from", "status"), [("2024-03-01", Status.NOT_MET), ("2024-04-01", Status.UNKNOWN)]
)
def test_a_run_that_nothing_is_known_of_matters_where_it_may_have_ended_in_the_window(
    known_from: str, status: Status
) -> None:
    found = _found(_record(_since(known_from)), AMB_WINDOW="b")
    assert found.status is status
    if status is Status.UNKNOWN:
        assert _missing_months(found) == "2024-03"


def test_a_run_that_goes_on_into_the_window_ends_in_its_first_month() -> None:
    found = _found(_record("2023-06 to 2024-04", _since(None)), AMB_WINDOW="b")
    assert found.status is Status.MET
    assert (dict(found.values)["run_from"], dict(found.values)["run_to"]) == ("2023-10", "2024-03")


def test_of_months_known_before_the_window_only_the_silent_ones_are_missing() -> None:
    attested = _since("2020-01-01", last=date(2024, 2, 29)), _since("2024-04-01")
    found = _found(_record("2023-10 to 2024-02", *attested), AMB_WINDOW="b")
    assert found.status is Status.UNKNOWN
    assert _missing_months(found) == "2024-03"


def test_the_last_full_month_is_looked_at_once_and_not_again_for_older_runs() -> None:
    record = _record("2024-08 to 2024-08", _since(None))
    found = _found(record, AMB_WINDOW="c")
    assert found.status is Status.NOT_MET
    assert found.evidence == record.facts[1:]


def test_points_are_asked_only_where_the_record_makes_them_matter() -> None:
    ground = referral.NR_5[1][1]

    def asked(*stated: str) -> list[str]:
        readings = _read(AMB_WINDOW="a", AMB_MIX_ACROSS="b", AMB_MIX_WITHIN="b")
        found = run_of_months(ground, _record(*stated, _since(None)), DAY, readings)
        assert found.status is Status.MET
        return readings.consulted

    assert asked("2024-03 to 2024-08") == []
    assert asked("integrationsydelse 2024-03 to 2024-08") == ["AMB-NAMEGAP"]
    assert asked("sygedagpenge 2024-03 to 2024-08") == ["AMB-WINDOW", "AMB-MIX-ACROSS"]


def test_one_benefit_alone_is_told_from_those_that_the_reform_replaced() -> None:
    record = _record(
        "selvforsoergelses_og_hjemrejseydelse 2025-04 to 2025-06",
        "kontanthjaelp_16_2 2025-07 to 2025-09",
        _since(None, last=date(2025, 10, 1)),
    )

    def status(within: str) -> Status:
        readings = _read(AMB_2025="b", AMB_MIX_WITHIN=within, AMB_WINDOW="a")
        day = date(2025, 10, 1)
        return run_of_months(referral.NR_5[-1][1], record, day, readings).status

    assert status("a") is Status.MET
    assert status("b") is Status.NOT_MET


def test_where_nothing_is_known_the_last_months_are_missing() -> None:
    assert _missing_months(_found(_record(), AMB_WINDOW="a")) == (
        "2024-03 2024-04 2024-05 2024-06 2024-07 2024-08"
    )


@pytest.mark.parametrize(
    ("day", "last_month", "met"),
    [
        (date(2024, 8, 31), "2024-01", False),
        (date(2024, 8, 31), "2024-02", True),
        (date(2024, 8, 31), "2024-06", True),
        (date(2024, 9, 1), "2024-02", False),
        (date(2024, 9, 2), "2024-02", False),
        (date(2024, 9, 2), "2024-03", True),
        (date(2024, 9, 30), "2024-03", True),
    ],
)
def test_a_run_within_six_months_ended_no_earlier_than_the_same_day_half_a_year_ago(
    day: date, last_month: str, met: bool
) -> None:
    first = calendar.month_text(calendar.parse_month(last_month) - 5)
    record = _record(f"{first} to {last_month}", _since(None))
    found = run_of_months(SIX, record, day, _read(AMB_WINDOW="b"))
    assert found.status is (Status.MET if met else Status.NOT_MET)
    assert dict(found.values).get("run_to") == (last_month if met else None)


def test_a_bound_of_a_run_adds_the_months_of_every_period_of_the_benefits() -> None:
    record = _record("2024-01 to 2024-03", "2023-01-31 to 2023-02-01", "sygedagpenge from 2020-01")
    upto = calendar.parse_month("2024-08")
    assert record.longest_possible(KONTANTHJAELP, upto) == 5
    assert record.longest_possible(frozenset({Benefit.SYGEDAGPENGE}), upto) == 56
    assert record.longest_possible(frozenset({SHO}), upto) == 0


def test_an_attestation_vouches_for_its_own_benefits_and_days_only() -> None:
    first, last = date(2024, 1, 1), date(2024, 1, 31)
    both = KONTANTHJAELP | {SHO}

    def vouching(*stated: BenefitsAttested) -> list[int] | None:
        found = _record(*stated).attested_on(both, first, last)
        return None if found is None else [item.position for item in found]

    assert vouching() is None
    assert vouching(_since(None)) == [0]
    assert vouching(_since(None, Benefit.SYGEDAGPENGE)) is None
    assert vouching(_since(None, SHO)) is None
    assert vouching(_since(None, SHO, Benefit.KONTANTHJAELP)) == [0]
    assert vouching(_since(None, SHO), _since(None, Benefit.KONTANTHJAELP)) == [1, 0]
    assert vouching(_since("2024-01-01", last=last)) == [0]
    assert vouching(_since("2024-01-02", last=last)) is None
    assert vouching(_since("2024-01-01", last=last - ONE_DAY)) is None
    half = date(2024, 1, 15)
    assert vouching(_since(None, last=half), _since(None)) == [1]
    assert vouching(_since(None, last=half), _since("2024-01-16")) == [0, 1]
    assert vouching(_since(None, last=half), _since("2024-01-17")) is None


@pytest.mark.parametrize(
    ("stated", "any_day", "every_day", "evidence"),
    [
        (["2024-01 to 2024-01"], True, True, [0]),
        (["2023-12-15 to 2024-02-15"], True, True, [0]),
        (["2024-01-01 to 2024-01-15", "2024-01-16 to 2024-01-31"], True, True, [0, 1]),
        (["2024-01-01 to 2024-01-15", "2024-01-17 to 2024-01-31"], True, None, [0, 1]),
        (["2024-01-01 to 2024-01-30"], True, None, [0]),
        (["2024-01-02 to 2024-02-15"], True, None, [0]),
        (["2024-01-31 to 2024-02-15", _since(None)], True, False, [0, 1]),
        (["2023-12-15 to 2024-01-01", _since("2024-01-31")], True, False, [0, 1]),
        (["2023-12-15 to 2023-12-31", _since("2024-01-31")], None, None, []),
        (["2024-02-01 to 2024-02-29", _since(None)], False, False, [1]),
        (["kontanthjaelp from 2024-01-31"], True, None, [0]),
        (["kontanthjaelp from 2024-01-01"], True, True, [0]),
        (["kontanthjaelp from 2024-02-01"], None, None, []),
    ],
)
def test_a_month_is_known_in_part_or_whole(
    stated: list[Any], any_day: bool | None, every_day: bool | None, evidence: list[int]
) -> None:
    record = _record(*stated)
    january = calendar.parse_month("2024-01")
    expected = Month(january, any_day, every_day, tuple(record.facts[n] for n in evidence))
    assert record.month(KONTANTHJAELP, january) == expected
    assert record.month(KONTANTHJAELP, january) is record.month(KONTANTHJAELP, january)


@pytest.mark.parametrize(
    ("stated", "months"),
    [
        (["2024-03 to 2024-08"], "2024-08"),
        (["2023-08 to 2024-08"], "2024-08 2024-02 2023-08"),
        (["2023-09 to 2024-08"], "2024-08 2024-02"),
        (["2023-10 to 2024-08", "2023-02 to 2023-08"], "2024-08 2024-02 2023-03"),
        (["kontanthjaelp from 2024-03", "2023-08-31 to 2024-02-01"], "2024-08 2024-02 2023-08"),
    ],
)
def test_the_fewest_months_whose_absence_breaks_every_run_are_named(
    stated: list[str], months: str
) -> None:
    (change,) = _found(_record(*stated)).changes
    assert change == Change("benefit_not_received", (("months", months),))


def test_what_goes_on_is_cut_where_the_month_of_asking_begins() -> None:
    record = _record("kontanthjaelp from 2024-01-15", "sygedagpenge from 2024-09-01", _since(None))
    cut = record.as_far_as(DAY)
    assert [item.fact.last_day for item in cut.periods] == [date(2024, 8, 31), date(2024, 9, 1)]
    assert cut.attested == record.attested
    assert [item.event_id for item in cut.facts] == [item.event_id for item in record.facts]


def test_the_rates_of_kontanthjaelp_are_one_benefit_and_a_rate_not_known_is_missing() -> None:
    day = date(2026, 1, 5)
    known = _record("kontanthjaelp_16_1 2025-07 to 2025-09", "kontanthjaelp 2025-10 to 2025-12")
    found = run_of_months(referral.NR_5[-1][1], known, day, _read())
    assert dict(found.values)["benefits"] == "kontanthjaelp"
    silent = _record("kontanthjaelp 2025-07 to 2025-12", _since(None, last=day))
    readings = _read(AMB_WINDOW="a")
    found = run_of_months(referral.STK_7_SIX_MONTHS[-1][1], silent, day, readings)
    assert found.status is Status.UNKNOWN
    (missing,) = found.missing
    assert missing.kind == "benefit_rate"
    assert missing.supplier == "municipality_benefits"
    assert dict(missing.details) == {
        "benefits": "kontanthjaelp_16_2",
        "months": "2025-07 2025-08 2025-09 2025-10 2025-11 2025-12",
    }


# --- Sentences ------------------------------------------------------------------------------


def _sentence(rule_id: str, finding: Finding, day: date | None = None) -> Text:
    return explain.finding_text(CURRENT, Examined(rule_id, finding, Tree((((), finding),))), day)


def _said(rule_id: str, status: Status, **values: str) -> str:
    return _sentence(rule_id, Finding(status, (), tuple(values.items()))).en


def test_the_sentence_is_the_first_that_the_values_fit() -> None:
    former = "PLAN-FORMER-LETTING"
    title = "Former transformation area"
    assert _said(former, Status.NOT_MET, plan="none") == (
        f"{title}: The area has no development plan."
    )
    assert _said(former, Status.NOT_MET, plan="carried_out") == (
        f"{title}: The area's development plan has been carried out."
    )
    assert _said(former, Status.NOT_MET, plan="joint", lists_off_in_a_row="4") == (
        f"{title}: The area was not on the last 4 lists."
    )
    assert _said(former, Status.NOT_MET, kind="vulnerable", list_day="2024-12-01") == (
        f"{title}: The area is still on the list of 1 December 2024 (vulnerable housing area)."
    )
    assert _said(former, Status.MET, plan="municipal", lists_off_in_a_row="1") == (
        f"{title}: The area has left the list, but has a municipal development plan that is not "
        "carried out; lists in a row without the area: 1."
    )
    published = "The published lists"
    listed = {"kind": "transformation", "list_day": "2020-12-01"}
    assert _said("AREA-PUBLISH", Status.MET, **listed) == (
        f"{published}: The area is a hard ghetto area by the list of 1 December 2020."
    )
    assert _said("AREA-PUBLISH", Status.MET, income_ratio="54.5 < 55: met") == (
        f"{published}: The area's figures meet the conditions: average gross income compared "
        "with that of the region 54.5 < 55 (met)."
    )
    assert _said("AREA-PUBLISH", Status.NOT_MET, **listed, list="none_yet") == (
        f"{published}: There was no list of this kind of area (hard ghetto area) on "
        "1 December 2020."
    )
    with pytest.raises(LookupError, match="AREA-UDS-2018 has no text for met"):
        _said("AREA-UDS-2018", Status.MET, residents="1000")
    with pytest.raises(LookupError, match="no text for the rule"):
        _said("NO-SUCH-RULE", Status.MET)


def test_criteria_are_written_with_the_decimals_of_the_language() -> None:
    finding = Finding(
        Status.UNKNOWN,
        (),
        (("unattached_share", "40.5 > 40: met"), ("convicted_share", "6.1 >= 3 x: missing")),
    )
    said = _sentence("AREA-UDS-2018", finding)
    assert said.da == (
        "Udsat boligområde efter tallene: Tallene afgør ikke, om det er et udsat "
        "boligområde: andel uden tilknytning til arbejdsmarkedet eller uddannelse 40,5 > 40 "
        "(opfyldt); andel dømte 6,1 >= 3 x landsgennemsnittet (ukendt) (tallet mangler)."
    )
    assert said.en == (
        "Vulnerable housing area by the figures: The figures do not decide whether it is a "
        "vulnerable housing area: share without attachment to the labour market or education "
        "40.5 > 40 (met); share of convicted residents 6.1 >= 3 x the national average "
        "(unknown) (figure missing)."
    )


def test_a_rule_is_called_what_it_was_called_on_the_day() -> None:
    before, since = date(2021, 11, 29), date(2021, 11, 30)
    met = Finding(Status.MET, (), (("income_ratio", "54 < 55: met"),))
    assert _sentence("AREA-PAR-2018", met, before).en.startswith("Ghetto area")
    assert _sentence("AREA-PAR-2018", met, since).en.startswith("Parallel society")
    assert _sentence("AREA-PAR-2018", met).en.startswith("Parallel society")
    assert _sentence("AREA-UDS-2018", met, before).en.startswith("Vulnerable")
    kind = ListKind.VULNERABLE
    assert explain.list_kind_text(CURRENT, kind, before) == explain.list_kind_text(
        CURRENT, kind, since
    )


def test_a_rule_that_was_not_applied_says_so_and_an_erased_fact_too() -> None:
    assert (
        _said("REF-UDS-N6", Status.NOT_EXAMINED) == "Disability pension (no. 6) was not examined."
    )
    listed = (("kind", "vulnerable"), ("list_day", "2024-12-01"))
    missing = Finding(Status.UNKNOWN, (), listed, (Missing("area_list", "ministry"),))
    assert _sentence("AREA-PUBLISH", missing).en == (
        "The published lists: It is not known whether the area is a vulnerable housing area: the "
        "list of 1 December 2024 is not held completely."
    )
    erased = Finding(Status.UNKNOWN, (), (), (Missing("erased", "nobody"),))
    said = _sentence("REF-UDS-N6", erased)
    assert said.en == (
        "Disability pension (no. 6) cannot be told, because the fact has been erased."
    )


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ("2024-03", "March 2024"),
        ("2024-03 2024-04", "March 2024 – April 2024"),
        ("2024-04 2024-03 2024-05", "March 2024 – May 2024"),
        ("2024-03 2024-05", "March 2024 and May 2024"),
        ("2023-12 2024-01 2024-03", "December 2023 – January 2024 and March 2024"),
        ("2024-01 2024-03 2024-05", "January 2024, March 2024 and May 2024"),
    ],
)
def test_months_in_a_row_are_written_by_their_first_and_last(months: str, said: str) -> None:
    text = explain.change_text(CURRENT, Change("benefit_not_received", (("months", months),)))
    assert text.en == (f"The ground falls away if the benefit was not received at all in {said}.")
    in_danish = said.replace(" and ", " og ")
    for da, en in CURRENT.texts.MONTHS:
        in_danish = in_danish.replace(en, da)
    assert text.da == f"Grunden falder bort, hvis ydelsen slet ikke er modtaget i {in_danish}."


def _decided(case_id: str) -> Decision:
    case = golden.named(case_id)
    return putting.ask(case, putting.build(case))


def test_the_summary_names_the_grounds_that_are_met_and_no_others() -> None:
    assert explain.summary_text(CURRENT, _decided("R01")).en == (
        "Referral is prohibited. Ground: Cash benefit for six months (no. 5)."
    )
    assert explain.summary_text(CURRENT, _decided("X-older-fallback-recorded-afterwards")).en == (
        "Referral is permitted: the municipality has found that no dwelling outside the "
        "areas can be referred, and must refer a vacant one inside them."
    )
    assert explain.summary_text(CURRENT, _decided("X-older-exemption-recorded-afterwards")).en == (
        "Referral is permitted: the ban does not apply in this prevention area (the exemption of "
        "30 per cent)."
    )
    assert explain.summary_text(CURRENT, _decided("M-each-benefit-attested-by-itself")).en == (
        "Referral is permitted: the bans cover nobody in the household."
    )
    assert explain.summary_text(CURRENT, _decided("M-attested-for-another-benefit-only")).en == (
        "The answer is undetermined. Facts are missing."
    )
    assert explain.summary_text(CURRENT, _decided("R51")).en == (
        "Referral is prohibited. Ground: Refugees (integration act)."
    )
    assert explain.summary_text(CURRENT, _decided("R39")).en == (
        "Referral is permitted: the bans of section 59(6) and (7) do not cover the dwelling."
    )
    assert explain.summary_text(CURRENT, _decided("Z-ukraine-and-nothing-of-section-59")).en == (
        "Referral is permitted: the municipality may set the integration act's ban aside for "
        "holders of a permit under the special act for Ukraine."
    )
    assert explain.summary_text(
        CURRENT, _decided("Z-ukraine-excepted-while-section-59-bans")
    ).en == ("Referral is prohibited. Ground: Citizenship (no. 4).")
    assert explain.summary_text(CURRENT, _decided("K-not-decided")).en == (
        "Referral is not permitted on this basis: The whole area (4)."
    )
    assert explain.summary_text(CURRENT, _decided("R64")).en == (
        "Referral is permitted: the dwelling is put at disposal under another act, and the bans "
        "of section 59 do not apply."
    )


def test_what_an_assessment_falls_short_in_is_said_where_it_was_made() -> None:
    decision = _decided("X-newer-fallback-recorded-first")
    change = Change("fallback_decided")
    assert (
        explain.change_text(CURRENT, change, decision)
        == CURRENT.texts.FALLBACK_CHANGES[("prevention_area", "possible")]
    )
    general = CURRENT.texts.CHANGES["fallback_decided"]
    assert explain.change_text(CURRENT, change) == general
    assert explain.change_text(CURRENT, change, _decided("R01")) == general
    other = Change("exemption_decided")
    assert (
        explain.change_text(CURRENT, other, decision) == CURRENT.texts.CHANGES["exemption_decided"]
    )


def test_an_area_that_is_on_one_list_only_does_not_ask_how_two_go_together() -> None:
    assert "AMB-OVERLAP" not in _decided("R01").consulted


def test_an_area_is_said_to_be_what_it_is_and_what_is_not_known_apart() -> None:
    day = date(2024, 12, 24)

    def said(**statuses: Status) -> str:
        return explain.area_text(CURRENT, day, statuses.items()).en

    met, not_met, unknown = Status.MET, Status.NOT_MET, Status.UNKNOWN
    on = "On 24 December 2024 the area is"
    assert said(vulnerable=met, prevention=not_met) == f"{on}: vulnerable housing area."
    assert said(vulnerable=met, parallel_society=met, prevention=met) == (
        f"{on}: vulnerable housing area, parallel society and prevention area."
    )
    assert said(vulnerable=not_met) == f"{on} on none of the lists."
    assert said(vulnerable=unknown, prevention=not_met) == (
        "The status is not known for: vulnerable housing area."
    )
    assert said(vulnerable=met, former_transformation=unknown) == (
        f"{on}: vulnerable housing area. The status is not known for: former transformation area "
        "under a development plan."
    )
    with pytest.raises(LookupError, match="no text for the area category"):
        said(something_else=met)


def test_a_variation_is_said_with_its_question_its_reading_and_what_it_gives() -> None:
    variation = Variation(("AMB-SENIOR",), ("b",), Outcome.PROHIBITED)
    question = "Does no. 6 cover senior pension? Read thus: yes"
    assert (
        explain.variation_text(CURRENT, variation).en == f"{question} – the answer is: prohibited."
    )
    both = Variation(("AMB-SENIOR", "AMB-YOUTH"), ("b", "b"), None, decides=True)
    assert explain.variation_text(CURRENT, both).en == (
        f"{question}; Do the bans cover youth dwellings? Read thus: no, neither of them – the "
        "answer needs more facts, which were not read. No reading is chosen, so the point decides "
        "the answer."
    )
    start = explain.point_text(CURRENT, "START-REF-FALLBACK")
    assert start.question.en == (
        "Was the rule “No dwelling outside the areas can be referred” in force on the day "
        "asked about?"
    )


def test_counts_and_shares_are_written_as_the_language_writes_them() -> None:
    rule, met = "REF-FORE-30PCT", Status.MET
    finding = Finding(met, (), (("share_used", "35.2"),))
    said = _sentence(rule, finding)
    assert "35,2 procent" in said.da
    assert "35.2 per cent" in said.en
    finding = Finding(met, (), (("decision", "none"), ("dwellings", "31 / 100")))
    said = _sentence(rule, finding)
    assert "31 af 100 boliger" in said.da
    assert "31 of 100 dwellings" in said.en


# --- What is vouched for since ever, and how far --------------------------------------------


def test_an_attestation_since_ever_of_another_benefit_vouches_for_nothing_here() -> None:
    record = _record(_since(None, Benefit.SYGEDAGPENGE), _since("2024-01-01"))
    assert _found(record, AMB_WINDOW="c").status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("until", "again", "window"),
    [(date(2022, 12, 31), "2023-07-01", "c"), (date(2023, 8, 31), "2024-06-01", "b")],
)
def test_months_silent_after_an_attestation_since_ever_stay_unknown(
    until: date, again: str, window: str
) -> None:
    record = _record(_since(None, last=until), _since(again))
    assert _found(record, AMB_WINDOW=window).status is Status.UNKNOWN


def test_nothing_since_ever_rules_out_every_run_of_months() -> None:
    assert _found(_record(_since(None)), AMB_WINDOW="c").status is Status.NOT_MET
