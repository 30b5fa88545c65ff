"""What it means that no decision is recorded: none was taken, or it is not known here.

What a controller decides itself and has not recorded it has not decided. What only another one
decides is unknown in its log until it is recorded there, or until that one has answered that it
has decided nothing. Whose decision a fact is, its declaration says (`domain/facts/declared.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from domain import calendar
from domain.events import BY_FACT, Recorded
from domain.facts import ControllerKind, Fact, InstanceCreated, NothingDecided
from domain.facts.declared import BOTH, DECLARED, NOBODY, ORGANISATION, json_name
from domain.law.kernel import Finding, Missing, Status
from domain.reference import View

_NAMES = {
    each.fact: json_name(each.fact)
    for each in DECLARED.values()
    if each.data_class is None and each.decided_by not in (NOBODY, BOTH)
}
DECISIONS = frozenset(_NAMES.values())
"""The open facts that some controller decides and another may ask about, as they are called."""

NOT_KNOWN_HERE = "not_known_here"


def decides(view: View, kind: type[Fact], municipality: str, how: StrEnum | None = None) -> bool:
    """Tell whether this log's controller takes such decisions itself, or is party to them.

    `municipality`: where that lies which is decided about; a housing organisation asks about its
    own dwellings alone, wherever they lie. `how` the decision comes about, where that says whose.
    """
    deciders = _deciders(kind, how)
    return all(
        item.fact.controller_kind in deciders
        and (
            item.fact.controller_kind is ControllerKind.HOUSING_ORGANISATION
            or item.fact.municipality == municipality
        )
        for item in view.find(InstanceCreated, "")
    )


def _deciders(kind: type[Fact], how: StrEnum | None) -> frozenset[ControllerKind]:
    by = BY_FACT[kind].decided_by
    if not isinstance(by, Mapping):
        return by
    if how is None:
        raise TypeError(f"whose decision {kind.__name__} is goes by how it came about")
    return by[how]


def none_recorded(
    view: View,
    kind: type[Fact],
    municipality: str,
    day: date,
    none: tuple[str, str],
    area: str | None = None,
    how: StrEnum | None = None,
) -> Finding:
    """Say what it means that no decision of a kind is recorded that holds on `day`.

    Not met, with the value `none`, where it was not taken; else unknown, with what to ask whom.
    """
    name, _ = none
    if decides(view, kind, municipality, how):
        return Finding(Status.NOT_MET, (), (none,))
    answered = _answered(view, kind, municipality, day, area)
    if answered is not None:
        return Finding(Status.NOT_MET, (answered,), (none,))
    details: tuple[tuple[str, str], ...] = (
        ("asked_decision", _NAMES[kind]),
        ("municipality", municipality),
    )
    if area is not None:
        details = (*details, ("area", area))
    supplier = "landlord" if _deciders(kind, how) == ORGANISATION else "other_municipality"
    missing = Missing("decision_elsewhere", supplier, details)
    return Finding(Status.UNKNOWN, (), ((name, NOT_KNOWN_HERE),), (missing,))


def _answered(
    view: View, kind: type[Fact], municipality: str, day: date, area: str | None
) -> Recorded[NothingDecided] | None:
    """Return the answer that nothing of the kind was decided for the area on `day`."""
    for item in reversed(view.find(NothingDecided, municipality)):
        fact = item.fact
        if (
            _NAMES[kind] in fact.decisions
            and fact.area in (None, area)
            and calendar.covers(fact.first_day, fact.last_day, day)
        ):
            return item
    return None
