"""What an area can be, in the statute's terms, and how its rules are declared."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from domain.facts import ListKind
from domain.law.kernel import Effect, rule


class Category(StrEnum):
    """A category of areas; all but one have a list of their own."""

    VULNERABLE = "vulnerable"
    PARALLEL_SOCIETY = "parallel_society"
    TRANSFORMATION = "transformation"
    PREVENTION = "prevention"
    COMBINED_LETTING = "combined_letting"
    FORMER_TRANSFORMATION = "former_transformation"
    """A former transformation area that is still under a plan (§ 168 a, stk. 5-6)."""

    @property
    def list_kind(self) -> ListKind | None:
        """The list that names such areas; None: no list does."""
        return _LIST_KINDS.get(self)


_LIST_KINDS: dict[Category, ListKind] = {
    each: ListKind(each.value) for each in Category if each is not Category.FORMER_TRANSFORMATION
}

classifies = partial(rule, question="area", effect=Effect.CLASSIFIES)
"""Declares a rule by which an area is something, or which tells of what it is."""

SECTION_61 = (
    Category.VULNERABLE.value,
    Category.PARALLEL_SOCIETY.value,
    Category.TRANSFORMATION.value,
    Category.PREVENTION.value,
)
"""What §§ 61 a and 61 b name."""
