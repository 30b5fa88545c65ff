"""What an answer says of a duty to terminate: § 80 was not seen as it reads since 1 July 2022."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.law import explain
from domain.law.editions import CURRENT
from tests.law import golden


def _summary(day: date, readings: dict[str, str]) -> str:
    judged = {"day": day - timedelta(days=60), "state": "final", "metres": 400}
    case = {
        "question": "termination",
        "day": day,
        "household": {"tenant": {"judgment": judged}},
        "otherwise": "attested_absent",
        "readings": readings,
    }
    return explain.summary_text(CURRENT, golden.answer(case)).da


@pytest.mark.parametrize(
    ("day", "readings", "need_not"),
    [
        (date(2022, 6, 30), {}, True),
        (date(2022, 7, 1), {}, False),
        (date(2024, 5, 1), {}, False),
        (date(2024, 5, 1), {"AMB-80": "a"}, True),
        (date(2024, 5, 1), {"AMB-80": "b"}, False),
    ],
)
def test_the_landlord_need_not_terminate_only_where_the_text_says_so(
    day: date, readings: dict[str, str], need_not: bool
) -> None:
    said = _summary(day, readings)
    assert "kan hæve lejeaftalen" in said
    assert ("men skal ikke" in said) is need_not
