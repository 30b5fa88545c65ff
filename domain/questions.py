"""The kinds of question, each said once: who may ask it, and whether it is recorded (design 2.11).

How a kind is examined stands in its edition of the law. What it is asked with stands once in the
struct of the question, beside its steps; messages are read by it.
"""

from __future__ import annotations

from typing import NamedTuple

from domain.facts import ControllerKind

_MUNICIPALITY = frozenset({ControllerKind.MUNICIPALITY})
_ORGANISATION = frozenset({ControllerKind.HOUSING_ORGANISATION})


class Kind(NamedTuple):
    """A kind of question, by the name that its receipts and event types have."""

    name: str
    asked_by: frozenset[ControllerKind]
    """The controllers in whose instances it exists."""
    recorded: bool = True
    """Its answer is about a household, and leaves a receipt."""


KINDS = (
    Kind("referral", _MUNICIPALITY),
    Kind("letting", _ORGANISATION),
    Kind("benefit_condition", _MUNICIPALITY),
    Kind("exchange", _ORGANISATION),
    Kind("sublet", _ORGANISATION),
    Kind("certificate", _ORGANISATION, recorded=False),
    Kind("termination", _ORGANISATION),
    Kind("notice", _ORGANISATION),
    Kind("rehousing", _MUNICIPALITY | _ORGANISATION),
    Kind("private_lease", _MUNICIPALITY),
)
