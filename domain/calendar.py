"""Civil days and calendar months, as the statutes count them.

Days are `datetime.date` in Europe/Copenhagen. A calendar month is an `int`, twelve times the
year plus the month less one, so that months can be counted and compared without a class.
"""

from __future__ import annotations

import calendar as _calendar
from datetime import date
from functools import cache


def month_of(day: date) -> int:
    """Return the calendar month that `day` lies in."""
    return day.year * 12 + day.month - 1


@cache
def first_day(month: int) -> date:
    """Return the first day of the calendar month."""
    return date(month // 12, month % 12 + 1, 1)


@cache
def last_day(month: int) -> date:
    """Return the last day of the calendar month."""
    year, number = divmod(month, 12)
    return date(year, number + 1, _calendar.monthrange(year, number + 1)[1])


def month_text(month: int) -> str:
    """Write a calendar month as `YYYY-MM`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def parse_month(text: str) -> int:
    """Read `YYYY-MM`; raises ValueError when it is not a calendar month."""
    return month_of(date.fromisoformat(f"{text}-01"))


def last_full_month(day: date) -> int:
    """Return the last calendar month that was over before `day` began."""
    return month_of(day) - 1


def month_after(day: date) -> int:
    """Return the first calendar month that is not wholly over by the end of `day`."""
    month = month_of(day)
    return month + 1 if day == last_day(month) else month


def months_before(day: date, months: int) -> date:
    """Go `months` calendar months back; a day that the month lacks becomes its last day.

    31 August less six months is 28 or 29 February.
    """
    return _shift(day, -months)


def months_after(day: date, months: int) -> date:
    """Go `months` calendar months on; a day that the month lacks becomes its last day."""
    return _shift(day, months)


def _shift(day: date, months: int) -> date:
    month = month_of(day) + months
    end = last_day(month)
    return end if day.day > end.day else end.replace(day=day.day)


def covers(first: date | None, last: date | None, day: date) -> bool:
    """Tell whether `day` lies in the closed interval; None leaves that end open."""
    return (first is None or first <= day) and (last is None or day <= last)
