"""Questions of the API to what the domain decides; strict, and every wrong field noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.decide import (
    QUESTIONS,
    BenefitConditionQuestion,
    CertificateQuestion,
    LettingQuestion,
    NoticeQuestion,
    Question,
    ReferralQuestion,
    RehousingQuestion,
    speaks_of,
)
from domain.facts import BenefitCondition
from domain.law.letting.refusal import RefusalGround
from domain.reference import View
from husret.v1 import eligibility_service_pb2 as pb
from services.api.calls import check_covered
from services.api.enums import CONDITIONS
from services.api.facts import read_fields
from services.api.fields import Fields
from services.facts.fields import FieldErrors
from services.facts.validating import check_fields

NOBODY = UUID(int=0)


class Reading(NamedTuple):
    """What a question is read with: what is known, and what today is."""

    view: View
    today: date
    knows: Callable[[UUID], bool]


def _common(message: Any, fields: Fields, reading: Reading) -> dict[str, Any]:
    """Read household, dwelling and day; what is wrong is noted and stands in as something."""
    household = fields.uuid("household_id", message.household_id)
    if household is not None and not reading.knows(household):
        fields.bad("household_id", "no household is registered under this id")
    return {"household": household or NOBODY, **_dwelling(message, fields, reading)}


def _dwelling(message: Any, fields: Fields, reading: Reading) -> dict[str, Any]:
    day = fields.day("day", message.day) if message.day else reading.today
    if day is not None:
        check_covered(day)
    if not message.dwelling_id:
        fields.bad("dwelling_id", "name a dwelling")
    elif day is not None and reading.view.dwelling(message.dwelling_id, day) is None:
        fields.bad("dwelling_id", "no dwelling is recorded under this id for the day")
    return {
        "dwelling": message.dwelling_id,
        "day": day or date.max,
        "asked_on": reading.today if day is not None and day > reading.today else None,
    }


def read(kind: str, message: Any, fields: Fields, reading: Reading) -> Question:
    """Read a question by what its kind declares, and note every field that is wrong.

    `kind` is a name of `domain/questions.py`, and of the field that a batch has for it.
    """
    struct = QUESTIONS[kind]
    common = _common(message, fields, reading)
    made: Any = struct(**common, **read_fields(struct, message, fields, common))
    check_fields(made, fields, reading.today, test_numbers=False)
    agreeing = _AGREEING.get(kind)
    return made if agreeing is None else agreeing(made, fields, reading)


def _referral(made: ReferralQuestion, fields: Fields, reading: Reading) -> Question:
    dwelling = reading.view.dwelling(made.dwelling, made.day)
    if dwelling is not None and made.basis and not speaks_of(made.basis, dwelling.fact.kind):
        fields.bad("basis", "does not go with the dwelling's kind")
    later = [each for each in (made.letting_day, made.move_in_day) if each is not None]
    if max(later, default=reading.today) > reading.today:
        return msgspec.structs.replace(made, asked_on=reading.today)
    return made


def _letting(made: LettingQuestion, fields: Fields, reading: Reading) -> Question:
    if len(made.consider) < 2:
        return made
    named = tuple(ground for ground in RefusalGround if ground in made.consider)
    return msgspec.structs.replace(made, consider=named)


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


def _rehousing(made: RehousingQuestion, fields: Fields, reading: Reading) -> Question:
    if made.offered and made.offered == made.dwelling:
        fields.bad("offered_dwelling_id", "is the dwelling that the household must leave")
    return made


_AGREEING: dict[str, Callable[[Any, Fields, Reading], Question]] = {
    "referral": _referral,
    "letting": _letting,
    "notice": _notice,
    "rehousing": _rehousing,
}
"""What must hold between the fields of a question, and beyond them."""


def benefit_condition(
    message: pb.AttestBenefitConditionRequest, errors: FieldErrors, reading: Reading
) -> BenefitConditionQuestion:
    """Read what a housing organisation asks of a municipality; a day to come is wrong."""
    fields = Fields(errors)
    household = fields.uuid("household_id", message.household_id)
    if household is not None and not reading.knows(household):
        fields.bad("household_id", "no household is registered under this id")
    day = fields.day("day", message.day) if message.day else reading.today
    if day is not None and day > reading.today:
        fields.bad("day", f"lies after today, {reading.today}; what is to come can't be attested")
    condition = fields.word("condition", message.condition, CONDITIONS)
    return BenefitConditionQuestion(
        household=household or NOBODY,
        person=fields.uuid("person_id", message.person_id) or NOBODY,
        day=day or date.max,
        condition=condition or BenefitCondition.RECEIVES_51C,
    )


def certificate(
    message: pb.MayRequestCriminalRecordRequest, errors: FieldErrors, reading: Reading
) -> CertificateQuestion:
    """Read a question about a dwelling alone."""
    fields = Fields(errors)
    common = _dwelling(message, fields, reading)
    apart = (*common, "household", "takeover")
    made = CertificateQuestion(**common, **read_fields(CertificateQuestion, message, fields, apart))
    check_fields(made, fields, reading.today, test_numbers=False)
    return made
