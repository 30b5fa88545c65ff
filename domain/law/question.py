"""How a question is declared: once, beside its steps; everything else that is known of it derives.

`@question` says of a kind of question what it asks, who may ask it and whose rules it asks; the
fields of its struct say what it is asked with. Messages are read by them, and the command line,
batches, receipts and the page of questions have them from here. The steps that examine it belong to
an edition of the law (`domain/law/editions/`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Self, TypeVar
from uuid import UUID

import msgspec

from domain.facts import ControllerKind
from domain.facts.declared import Field, Slot, UndeclaredError, slots
from domain.facts.kinds import Area, CaseNumber

Household = Annotated[UUID, Field("husstanden", "the household", wire="household_id")]
LivesThere = Annotated[Household, Field("den husstand, der bor der", "the household living there")]
MovesIn = Annotated[
    Household, Field("den husstand, der flytter ind", "the household that moves in")
]
Dwelling = Annotated[str, Field("boligen", "the dwelling", wire="dwelling_id")]
Day = Annotated[
    date, Field("dagen, der spørges om; tom: i dag", "the day asked about; empty: today")
]

NOBODY = UUID(int=0)
"""Stands where a question names a household, in one that is about none."""


class Question(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A question about a household on a day.

    What a kind of question asks beyond that is sealed in the household's part of the receipt; of
    one about an area (`PlaceQuestion`) it stands there open.
    """

    kind: ClassVar[str]
    declared: ClassVar[QuestionKind]

    household: Household
    day: Day
    asked_on: date | None = None
    """The day the question is put, when `day` lies after it: what goes on is known up to it."""
    case_number: CaseNumber | None = None
    """The asker's own case number: no rule reads it. It is sealed, so none stands in a question
    about nobody, whose receipt is open."""

    def sealed(self) -> dict[str, Any]:
        """Return what is asked beyond household and days, without what is left out."""
        return {
            name: value
            for name in self.__struct_fields__
            if name not in _OPEN and (value := getattr(self, name)) is not None
        }

    @classmethod
    def restored(
        cls, household: UUID, day: date, asked_on: date | None, sealed: Mapping[str, Any]
    ) -> Self:
        """Return the question again from what its receipt holds; raises ValidationError."""
        asked = {name: sealed[name] for name in cls.__struct_fields__ if name in sealed}
        return msgspec.convert(
            {**asked, "household": household, "day": day, "asked_on": asked_on}, cls
        )


_OPEN = ("household", "day", "asked_on")


class PlaceQuestion(Question, frozen=True, kw_only=True):
    """A question about an area on a day, and about nobody: nothing of a person is read.

    It may be about property outside every housing area: `area` None says so. What stands below of
    an `AreaQuestion` holds of it too.
    """

    household: Household = NOBODY
    area: Annotated[
        Area | None,
        Field(
            "boligområdet, eller at ejendommen ligger i intet boligområde",
            "the housing area, or that the property lies in none",
            none_by="outside_areas",
        ),
    ]

    @property
    def tags(self) -> list[str]:
        """What its receipt is found by: the area, or the department of property in none."""
        if self.area is not None:
            return [f"area:{self.area}"]
        of = [getattr(self, name, "") for name in ("organisation", "department")]
        return [f"department:{'/'.join(of)}"] if all(of) else []

    def passed_over(self) -> tuple[str, ...]:
        """Name the fields that are stated and say nothing of what is asked; they are refused."""
        return ()


class AreaQuestion(PlaceQuestion, frozen=True, kw_only=True):
    """A question about a registered area on a day, and about nobody.

    Its receipt is wholly open, and its event carries the area's tag. A further one is a struct of
    this class under `@question(..., without=("household",))`, with a step that is decided by an
    `AreaCase` (`domain/law/area/case.py`); in the contract `Check<Name>` and `<Name>Question` with
    `area`, `day` and its own fields, and its line in `CheckQuestion`; a summary of each outcome in
    the texts of its subject (`SUMMARIES`); and in `services/cases/casebook_area.py` the words of
    its cases. Receipts, replay, batches, commands and the page of questions follow.
    """

    area: Area


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """A kind of question, by the name that its receipts and event types have."""

    name: str
    struct: type[Question]
    da: str
    """The question in Danish; the struct's docstring asks it in English."""
    asked_by: frozenset[ControllerKind]
    """The controllers in whose instances it exists."""
    asks: tuple[str, ...]
    """Whose rules it asks, by what the rules say that they are asked for: those that look at an
    area."""
    purpose: str
    """What it is asked for, where the caller says nothing else (`domain/purposes.py`)."""
    method: str
    """The method of the contract that asks it alone."""
    message: str
    """The message of the contract that states it."""
    without: tuple[str, ...] = ()
    """Fields of the struct that it is not asked with."""

    @property
    def of_nobody(self) -> bool:
        """It is about no household: nothing of a person is read, and nothing is sealed."""
        return "household" in self.without

    @property
    def unasked(self) -> tuple[str, ...]:
        """The fields of the struct that the caller doesn't say."""
        return ("asked_on", *self.without, *(("case_number",) if self.of_nobody else ()))

    @property
    def recorded(self) -> bool:
        """Its answer is kept as a receipt; of one about nobody only where it is about an area."""
        return not self.of_nobody or issubclass(self.struct, PlaceQuestion)

    @property
    def en(self) -> str:
        """The question in English."""
        return " ".join((self.struct.__doc__ or "").partition("\n\n")[0].split())

    @property
    def fields(self) -> tuple[Slot, ...]:
        """What it is asked with, in order: what the caller says."""
        return tuple(slot for slot in slots(self.struct) if slot.name not in self.unasked)


Q = TypeVar("Q", bound=Question)


def question(
    name: str,
    *,
    da: str,
    asked_by: frozenset[ControllerKind],
    asks: tuple[str, ...] = (),
    purpose: str = "letting",
    method: str = "",
    message: str = "",
    without: tuple[str, ...] = (),
) -> Callable[[type[Q]], type[Q]]:
    """Declare a kind of question; by default `Check<Name>` of the contract takes a
    `<Name>Question`.

    Raises UndeclaredError for a field whose meaning is not said.
    """
    camel = "".join(word.capitalize() for word in name.split("_"))

    def declare(struct: type[Q]) -> type[Q]:
        struct.kind = name
        struct.declared = QuestionKind(
            name,
            struct,
            da,
            asked_by,
            asks,
            purpose,
            method or f"Check{camel}",
            message or f"{camel}Question",
            without,
        )
        for slot in struct.declared.fields:
            if not (slot.said.da and slot.said.en):
                raise UndeclaredError(f"{name}: what {slot.name} means is not said")
        return struct

    return declare
