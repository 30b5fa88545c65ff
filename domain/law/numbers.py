"""Numbers written for people: what a finding says beside what it worked out exactly."""

from __future__ import annotations

from fractions import Fraction


def rounded(value: Fraction, places: int) -> str:
    """Write a number with just so many decimals, half away from zero."""
    scaled = (abs(value) * 10**places * 2 + 1) // 2
    whole, rest = divmod(int(scaled), 10**places)
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def decimal_text(value: Fraction, places: int = 4) -> str:
    """Write a number to so many decimals, half away from zero, without trailing noughts."""
    text = rounded(value, places)
    return text.rstrip("0").rstrip(".") if places else text


def plain(number: Fraction) -> str:
    """Write a whole number as it is, and any other with two decimals."""
    return str(number.numerator) if number.denominator == 1 else rounded(number, 2)


def per_cent(part: int, whole: Fraction, target: Fraction) -> str:
    """Write a share in per cent with two decimals, or as many as tell it from the target."""
    share = Fraction(part) / whole if whole else Fraction(0)
    for decimals in (2, 4, 6):
        text = rounded(share * 100, decimals)
        if (Fraction(text) > target * 100) is (share > target):
            return text
    return text
