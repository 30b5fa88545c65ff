"""Questions of the API to what the domain decides; strict, and every wrong field noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import singledispatch
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.facts import PropertySold
from domain.law.ending.notice_steps import NoticeQuestion
from domain.law.ending.rehousing_steps import RehousingQuestion
from domain.law.letting.refusal import RefusalGround
from domain.law.letting.steps import LettingQuestion
from domain.law.question import PlaceQuestion, Question
from domain.law.referral.steps import ReferralQuestion, speaks_of
from domain.law.sale.approval import Sought
from domain.law.sale.proceeds_steps import ProceedsQuestion
from domain.law.sale.sale_steps import SaleQuestion
from domain.questions import QUESTIONS
from domain.reference import View
from services.api.calls import check_covered
from services.api.facts import read_fields
from services.api.fields import UNREAD, Fields
from services.facts.validating import check_fields


class Reading(NamedTuple):
    """What a question is read with: what is known, and what today is."""

    view: View
    today: date
    knows: Callable[[UUID], bool]


def read(kind: str, message: Any, fields: Fields, reading: Reading) -> Question:
    """Read a question by what is declared of its kind, and note every field that is wrong."""
    struct = QUESTIONS[kind]
    common = _common(struct, message, fields, reading)
    made: Any = struct(**common, **read_fields(struct, message, fields, _APART[kind]))
    check_fields(made, fields, reading.today, test_numbers=False)
    if isinstance(made, PlaceQuestion):
        for name in made.passed_over():
            fields.bad(name, "says nothing of what is asked; leave it out")
    return _agreeing(made, fields, reading)


_APART = {
    kind: ("household", "dwelling", "area", "day", *struct.declared.unasked)
    for kind, struct in QUESTIONS.items()
}
"""The fields of each that are not read by what is declared of them alone."""


def _common(
    struct: type[Question], message: Any, fields: Fields, reading: Reading
) -> dict[str, Any]:
    """Read whom and what it is about, and the day; what is wrong is noted, and stands in."""
    day = fields.day("day", message.day) if message.day else reading.today
    later = day is not None and day > reading.today
    found = {"day": day or date.max, "asked_on": reading.today if later else None}
    if "household" not in struct.declared.without:
        household = fields.uuid("household_id", message.household_id)
        if household is not None and not reading.knows(household):
            fields.bad("household_id", "no household is registered under this id")
        found["household"] = household or UNREAD
    if "dwelling" in struct.__struct_fields__:
        found["dwelling"] = message.dwelling_id
        _check_dwelling(message.dwelling_id, day, fields, reading)
    if issubclass(struct, PlaceQuestion):
        outside = getattr(message, "outside_areas", False)
        found["area"] = None if outside else message.area
        if outside and message.area:
            fields.bad("outside_areas", "can't be true when an area is named")
        if not outside and reading.view.area(message.area) is None:
            fields.bad("area", "no area is registered under this id")
    return found


def _check_dwelling(dwelling: str, day: date | None, fields: Fields, reading: Reading) -> None:
    if day is not None:
        check_covered(day)
    if not dwelling:
        fields.bad("dwelling_id", "name a dwelling")
    elif day is not None and reading.view.dwelling(dwelling, day) is None:
        fields.bad("dwelling_id", "no dwelling is recorded under this id for the day")


@singledispatch
def _agreeing(made: Question, fields: Fields, reading: Reading) -> Question:
    """Check what must hold between the fields of a question, and beyond them."""
    return made


@_agreeing.register
def _referral(made: ReferralQuestion, fields: Fields, reading: Reading) -> Question:
    dwelling = reading.view.dwelling(made.dwelling, made.day)
    if dwelling is not None and made.basis and not speaks_of(made.basis, dwelling.fact.kind):
        fields.bad("basis", "does not go with the dwelling's kind")
    later = [each for each in (made.letting_day, made.move_in_day) if each is not None]
    if max(later, default=reading.today) > reading.today:
        return msgspec.structs.replace(made, asked_on=reading.today)
    return made


@_agreeing.register
def _letting(made: LettingQuestion, fields: Fields, reading: Reading) -> Question:
    if len(made.consider) < 2:
        return made
    named = tuple(ground for ground in RefusalGround if ground in made.consider)
    return msgspec.structs.replace(made, consider=named)


@_agreeing.register
def _notice(made: NoticeQuestion, fields: Fields, reading: Reading) -> Question:
    objected, sued = made.objected_on, made.sued_on
    if objected is not None and made.received_on is not None and objected < made.received_on:
        fields.bad("objected_on", "lies before the day on which the notice was received")
    if objected is not None and made.objected is False:
        fields.bad("objected", "says that there is none, and objected_on names its day")
    if sued is not None and (objected is None or sued < objected):
        fields.bad("sued_on", "needs an objection on that day or before")
    if sued is not None and made.sued is False:
        fields.bad("sued", "says that nobody went to court, and sued_on names the day")
    return made


@_agreeing.register
def _rehousing(made: RehousingQuestion, fields: Fields, reading: Reading) -> Question:
    if made.offered and made.offered == made.dwelling:
        fields.bad("offered_dwelling_id", "is the dwelling that the household must leave")
    return made


@_agreeing.register
def _sale(made: SaleQuestion, fields: Fields, reading: Reading) -> Question:
    if made.area is None and not (made.organisation and made.department):
        fields.bad("department", "name organisation and department of property in no area")
    merging, sold = made.sought is Sought.MERGING, made.sought is Sought.SALE
    said = {name: getattr(made, name) is not None for name in _OF_MERGING + _OF_SALE}
    for name in _OF_MERGING:
        if said[name] and not merging:
            fields.bad(name, "is said of a merging alone")
    for name in _OF_SALE:
        if said[name] and not sold:
            fields.bad(name, "is said of a sale alone")
    return made


_OF_MERGING = (
    "merged_m2",
    "inhabited",
    "in_master_plan",
    "for_mixed_residents",
    "municipality_recommends",
)
_OF_SALE = ("buyer", "plan", "to_build", "taken_over_on")


@_agreeing.register
def _proceeds(made: ProceedsQuestion, fields: Fields, reading: Reading) -> Question:
    sold = reading.view.find(PropertySold, made.sale)
    if not any(item.fact.area == made.area for item in sold):
        fields.bad("sale", "no sale in the area is recorded under this id")
    if made.used_in and reading.view.area(made.used_in) is None:
        fields.bad("used_in", "no area is registered under this id")
    if made.use is None and made.amount_oere is not None:
        fields.bad("use", "is not given; say what the amount is to be used for")
    if made.use is not None and made.amount_oere is None:
        fields.bad("amount_oere", "is not given; say how much is to be used")
    return made
