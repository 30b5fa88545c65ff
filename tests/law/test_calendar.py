"""Public holidays and notice, beside a library that others keep."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from domain import calendar

YEARS = range(2011, 2100)


@pytest.mark.parametrize("year", YEARS)
def test_the_public_holidays_are_those_of_the_library(year: int) -> None:
    assert calendar.public_holidays(year) == set(holidays.country_holidays("DK", years=year))


def test_store_bededag_ended_with_2023() -> None:
    assert date(2023, 5, 5) in calendar.public_holidays(2023)
    assert date(2024, 4, 26) not in calendar.public_holidays(2024)


def test_a_moving_day_is_the_first_weekday_of_a_month_that_lies_before_no_holiday() -> None:
    for year in YEARS:
        for month in range(year * 12, year * 12 + 12):
            found = calendar.moving_day(month)
            assert calendar.month_of(found) == month
            day = calendar.first_day(month)
            while day < found:
                assert calendar.is_holy(day) or calendar.is_holy(day + timedelta(days=1))
                day += timedelta(days=1)
            assert not calendar.is_holy(found)
            assert not calendar.is_holy(found + timedelta(days=1))
            assert found.isoweekday() != 6


def test_notice_ends_on_the_first_moving_day_that_leaves_the_months() -> None:
    day = date(2018, 12, 1)
    while day < date(2031, 1, 1):
        end = calendar.notice_end(day, 3)
        earliest = calendar.months_after(day, 3)
        assert end >= earliest
        assert end == calendar.moving_day(calendar.month_of(end))
        assert calendar.moving_day(calendar.month_of(end) - 1) < earliest
        day += timedelta(days=1)


def test_weeks_are_seven_days_each() -> None:
    assert calendar.weeks_after(date(2024, 3, 1), 6) - date(2024, 3, 1) == timedelta(days=42)
