"""Puts another edition of the law into force, as a release that has it would."""

from __future__ import annotations

import sys

import pytest

from domain.law import editions
from domain.law.edition import Edition


def in_force(patch: pytest.MonkeyPatch, edition: Edition) -> None:
    """Have new answers given under `edition`; those that there are can be run beside it."""
    patch.setitem(editions.EDITIONS, edition.id, edition)
    for module in list(sys.modules.values()):
        if module.__name__.startswith(("domain", "services", "projections")) and isinstance(
            vars(module).get("CURRENT"), Edition
        ):
            patch.setattr(module, "CURRENT", edition)
