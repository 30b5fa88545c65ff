"""Shape and date of a CPR number, as the CPR office describes them (*Personnummeret i CPR*).

Since 2007 the office also gives out numbers that fail the modulus 11 check, so that check says
nothing about a number and is not made here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_SHAPE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})-?([0-9]{4})")
_IN_PROSE = re.compile(r"(?<![0-9-])[0-9]{6}[- ]?[0-9]{4}(?![0-9-])")
_TEST_DAY_OFFSET = 60


class InvalidCpr(ValueError):
    """The text is no CPR number. The message never repeats any of its digits."""


@dataclass(frozen=True, repr=False, slots=True)
class Cpr:
    """A CPR number of the right shape with a real date; `repr` shows nothing of it."""

    number: str
    birth_date: date

    def __repr__(self) -> str:
        return "Cpr(...)"


def parse(text: str, *, allow_test_numbers: bool = False) -> Cpr:
    """Read a CPR number written as ten digits, with or without a hyphen after the sixth.

    Numbers whose day is 61 to 91 are made for tests (60 is added to the day) and never given to
    a person; they are read only when `allow_test_numbers` is true.

    Raises InvalidCpr when the shape is wrong, the date does not exist, or the number is a test
    number where none is allowed.
    """
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise InvalidCpr("cpr: write ten digits, with or without a hyphen after the sixth")
    day, month, year_of_century = int(shape[1]), int(shape[2]), int(shape[3])
    if day > _TEST_DAY_OFFSET:
        if not allow_test_numbers:
            raise InvalidCpr("cpr: the day is above 60: test numbers are not allowed here")
        day -= _TEST_DAY_OFFSET
    year = _century(int(shape[4][0]), year_of_century) + year_of_century
    try:
        birth_date = date(year, month, day)
    except ValueError:
        # `from None`: the cause would repeat digits of the number.
        raise InvalidCpr("cpr: the first six digits are not a date that exists") from None
    return Cpr(text.replace("-", ""), birth_date)


def stands_in(prose: str) -> bool:
    """Tell whether what looks like a CPR number stands in a text that people wrote.

    Prose has dates, years and sums beside each other, which are none; an id has no need of them,
    and is held to more (`domain.external_ids.looks_like_cpr`).
    """
    return _IN_PROSE.search(prose) is not None


def _century(seventh_digit: int, year_of_century: int) -> int:
    """Return the century that the seventh digit stands for."""
    if seventh_digit <= 3:
        return 1900
    if seventh_digit in (4, 9):
        return 2000 if year_of_century <= 36 else 1900
    return 2000 if year_of_century <= 57 else 1800
