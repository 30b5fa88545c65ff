"""The editions of the law that this version can run. One that a released receipt names stays here.

Each edition is a module; docs/amending.md says how the next one is made.
"""

from __future__ import annotations

from domain.law.edition import Edition, EditionUnknownError
from domain.law.editions import lbk_207_2026

IN_ORDER = (lbk_207_2026.EDITION,)
"""Every edition, the oldest first."""

CURRENT = IN_ORDER[-1]
"""The edition that new answers are given under."""

EDITIONS = {each.id: each for each in IN_ORDER}
"""Every edition that a receipt may name, by its id."""


def edition_named(id: str) -> Edition:
    """Return the edition that a receipt names; raises EditionUnknownError."""
    try:
        return EDITIONS[id]
    except KeyError:
        raise EditionUnknownError(id) from None
