"""Facts about dwellings (open)."""

from __future__ import annotations

from datetime import date

from domain.facts.base import Fact
from domain.facts.words import DwellingKind, DwellingMark


class DwellingRecorded(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A dwelling on these days: its kind and the area that its plot lies in.

    `area` None is a statement too: the plot lies outside every housing area.
    `department_areas` are areas that other plots of its department lie in (AMB-DEPT-DWELLING).
    `mark` is of a youth dwelling. `property` is the private property that a private flat is in;
    its plot lies in an area where a social department owned it in 2010 (§ 61 a, stk. 3).
    `rooms` counts the habitable rooms; `care` is of a dwelling for the elderly: whether it is a
    care dwelling (*plejebolig*) that the municipality refers to. None: not stated.
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
    mark: DwellingMark = DwellingMark.NONE
    property: str = ""
    rooms: int | None = None
    care: bool | None = None
