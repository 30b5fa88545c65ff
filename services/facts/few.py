"""How small a count of persons an instance shows."""

from __future__ import annotations

import os

from domain.suppression import LEAST_SHOWN

LEAST_VARIABLE = "HUSRET_LEAST_SHOWN"


class BadSetting(ValueError):
    """A setting of the environment is not what it must be."""


def least_shown() -> int:
    """Return the smallest count of persons that is shown; raises BadSetting for no such number."""
    text = os.environ.get(LEAST_VARIABLE, str(LEAST_SHOWN))
    if not text.isdecimal() or int(text) > 1_000:
        raise BadSetting(f"{LEAST_VARIABLE} must be a whole number from 0 (all is shown) to 1000")
    return int(text)
