"""Facts about dwellings (open)."""

from __future__ import annotations

from datetime import date

from domain.facts.base import Fact
from domain.facts.words import DwellingKind


class DwellingRecorded(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A social dwelling on these days: its kind and the area that its plot lies in.

    `area` None is a statement too: the plot lies outside every housing area.
    `department_areas` are areas that other plots of its department lie in (AMB-DEPT-DWELLING).
    `rooms` counts the habitable rooms; None: not stated.
    """

    dwelling: str
    municipality: str
    kind: DwellingKind
    area: str | None
    first_day: date
    last_day: date | None = None
    organisation: str = ""
    department: str = ""
    department_areas: tuple[str, ...] = ()
    rooms: int | None = None
