"""What can be wrong with what is verified: every error has a code and the values it is about.

The words for people stand in `texts`, by code, in Danish and English.
"""

from __future__ import annotations


class Problem(ValueError):
    """Something is wrong; `code` says what, `values` where and with what.

    Values are numbers, hashes, names of keys and of fields, never what a field holds of a person.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values_of = values

    def __str__(self) -> str:
        """Say the code and the values, for a traceback; `texts` has words for people."""
        told = ", ".join(f"{name} {value}" for name, value in self.values_of.items())
        return f"{self.code}: {told}" if told else self.code


class NotValid(Problem):
    """It can be read, and does not prove what it should."""


class Unreadable(Problem):
    """It isn't what it should be in form, so nothing can be said of it."""
