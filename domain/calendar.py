"""Civil days and calendar months, as the statutes count them.

Days are `datetime.date` in Europe/Copenhagen. A calendar month is an `int`, twelve times the
year plus the month less one, so that months can be counted and compared without a class.
"""

from __future__ import annotations

import calendar as _calendar
from datetime import date, timedelta
from functools import cache, lru_cache


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


@lru_cache(4096)
def _shift(day: date, months: int) -> date:
    month = month_of(day) + months
    end = last_day(month)
    return end if day.day > end.day else end.replace(day=day.day)


def covers(first: date | None, last: date | None, day: date) -> bool:
    """Tell whether `day` lies in the closed interval; None leaves that end open."""
    return (first is None or first <= day) and (last is None or day <= last)


# --- Public holidays and notice ----------------------------------------------------------------

STORE_BEDEDAG_ENDS = 2024
"""From this year on Store bededag is no public holiday (Lov nr. 214 af 6/3/2023)."""

_FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)
"""Maundy Thursday, Good Friday, Easter, Ascension and Whitsun, in days from Easter Sunday."""

_STORE_BEDEDAG = 26
"""The fourth Friday after Easter, in days from Easter Sunday."""

_FIXED = ((1, 1), (12, 25), (12, 26))


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar."""
    golden = year % 19
    century = year // 100
    corrected = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = corrected - corrected // 28 * (1 - 29 // (corrected + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    from_march = moon - weekday + 28
    return date(year, 3, 1) + timedelta(days=from_march - 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays (*helligdage*) of a year, Sundays apart.

    Constitution Day, 24 and 31 December and 1 May are none.
    """
    easter = easter_sunday(year)
    found = {easter + timedelta(days=days) for days in _FROM_EASTER}
    if year < STORE_BEDEDAG_ENDS:
        found.add(easter + timedelta(days=_STORE_BEDEDAG))
    return frozenset(found | {date(year, month, day) for month, day in _FIXED})


def is_holy(day: date) -> bool:
    """Tell whether the day is a Sunday or a public holiday."""
    return day.isoweekday() == _SUNDAY or day in public_holidays(day.year)


_SUNDAY = 7


def moving_day(month: int) -> date:
    """Return a month's first weekday that is not the day before a Sunday or public holiday.

    A Saturday is a weekday, but the day before a Sunday (almenlejeloven § 88, stk. 1).
    """
    day = first_day(month)
    while is_holy(day) or is_holy(day + timedelta(days=1)):
        day += timedelta(days=1)
    return day


def notice_end(received: date, months: int) -> date:
    """Return the first moving day that lies at least `months` calendar months after `received`."""
    earliest = months_after(received, months)
    month = month_of(earliest)
    day = moving_day(month)
    return day if day >= earliest else moving_day(month + 1)


def weeks_after(day: date, weeks: int) -> date:
    """Return the day that lies `weeks` whole weeks after `day`."""
    return day + timedelta(weeks=weeks)
