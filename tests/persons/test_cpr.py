"""Every number here is a test number (day + 60), impossible, or of a birth date decades ahead."""

from __future__ import annotations

from datetime import date

import pytest

from domain.cpr import InvalidCpr, parse

NOT_YET_GIVEN_OUT = "290256-5001"


def fails_modulus_11(number: str) -> bool:
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    return sum(int(d) * w for d, w in zip(number, weights, strict=True)) % 11 != 0


def test_a_number_is_read_with_and_without_its_hyphen() -> None:
    assert parse(NOT_YET_GIVEN_OUT) == parse(NOT_YET_GIVEN_OUT.replace("-", ""))
    assert parse(NOT_YET_GIVEN_OUT).number == "2902565001"


def test_a_number_that_fails_modulus_11_is_valid() -> None:
    assert fails_modulus_11(parse(NOT_YET_GIVEN_OUT).number)


@pytest.mark.parametrize(
    ("seventh_digit", "year_of_century", "year"),
    [
        ("0", "00", 1900),
        ("3", "99", 1999),
        ("4", "36", 2036),
        ("4", "37", 1937),
        ("5", "57", 2057),
        ("5", "58", 1858),
        ("8", "57", 2057),
        ("8", "58", 1858),
        ("9", "36", 2036),
        ("9", "37", 1937),
    ],
)
def test_the_seventh_digit_gives_the_century(
    seventh_digit: str, year_of_century: str, year: int
) -> None:
    cpr = parse(f"6101{year_of_century}-{seventh_digit}000", allow_test_numbers=True)
    assert cpr.birth_date == date(year, 1, 1)


@pytest.mark.parametrize(
    "text",
    ["290255-5001", "290200-0001", "310457-5001", "320157-5001", "000157-5001", "011357-5001"],
)
def test_a_date_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(InvalidCpr, match="not a date"):
        parse(text, allow_test_numbers=True)


@pytest.mark.parametrize("text", ["600190-0000", "920190-0000", "910290-0000"])
def test_sixty_must_give_a_real_day_too(text: str) -> None:
    with pytest.raises(InvalidCpr, match="not a date"):
        parse(text, allow_test_numbers=True)


@pytest.mark.parametrize("day", ["61", "91"])
def test_test_numbers_are_read_only_where_they_are_allowed(day: str) -> None:
    text = f"{day}0190-0000"
    assert parse(text, allow_test_numbers=True).birth_date == date(1990, 1, int(day) - 60)
    with pytest.raises(InvalidCpr, match="test numbers"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "290256", "290256 5001", "290256-500", "290256-50011", "29025-65001", "29025\u0666-5001",
     "290256-5001\n", "290256-500A"],
)  # fmt: skip
def test_another_shape_is_refused(text: str) -> None:
    with pytest.raises(InvalidCpr, match="ten digits"):
        parse(text)


@pytest.mark.parametrize("text", ["290255-5001", "610190-0000", "290256-50011"])
def test_an_error_never_repeats_the_number(text: str) -> None:
    with pytest.raises(InvalidCpr) as refused:
        parse(text)
    shown = repr(refused.value)
    assert not any(part in shown for part in (text, text[:6], text[7:]))
    assert refused.value.__cause__ is None


def test_a_number_is_not_shown_by_accident() -> None:
    assert repr(parse(NOT_YET_GIVEN_OUT)) == "Cpr(...)"
    assert "2902565001" not in str(parse(NOT_YET_GIVEN_OUT))
