"""Questions of the API to what the domain decides; strict, and every wrong field noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.decide import (
    Basis,
    BenefitConditionQuestion,
    CertificateQuestion,
    ExchangeQuestion,
    LettingQuestion,
    NoticeGround,
    NoticeQuestion,
    PrivateLeaseQuestion,
    Question,
    ReferralQuestion,
    RehousingQuestion,
    SubletQuestion,
    TerminationQuestion,
    speaks_of,
)
from domain.facts import BenefitCondition
from domain.law.letting.exchange import SubletReason
from domain.law.letting.refusal import RefusalGround
from domain.law.letting.rejection import LettingChannel
from domain.reference import View
from husret.v1 import eligibility_service_pb2 as pb
from services.api.calls import check_covered
from services.api.enums import CONDITIONS, STATED
from services.api.fields import Fields, or_none, said, words
from services.facts.fields import FieldErrors

BASES = {
    pb.REFERRAL_BASIS_STK_1: Basis.STK_1,
    pb.REFERRAL_BASIS_STK_2: Basis.STK_2,
    pb.REFERRAL_BASIS_STK_3: Basis.STK_3,
    pb.REFERRAL_BASIS_STK_4: Basis.STK_4,
    pb.REFERRAL_BASIS_STK_5: Basis.STK_5,
    pb.REFERRAL_BASIS_URBAN_RENEWAL: Basis.URBAN_RENEWAL,
    pb.REFERRAL_BASIS_PRIVATE_AGREEMENT: Basis.PRIVATE_AGREEMENT,
    pb.REFERRAL_BASIS_PRIVATE_TENTH: Basis.PRIVATE_TENTH,
}
_CHANNELS = words(pb.LettingChannel, LettingChannel, "LETTING_CHANNEL_")
_GROUNDS = words(pb.RefusalGround, RefusalGround, "REFUSAL_GROUND_")
_REASONS = words(pb.SubletReason, SubletReason, "SUBLET_REASON_")
_NOTICE_GROUNDS = words(pb.NoticeGround, NoticeGround, "NOTICE_GROUND_")
MOST_PERSONS = 100
MOST_WEEKS = 520
MOST_ROOMS = 100
MOST_MONTHS = 1_200
OLDEST = 150
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


def _referral(message: pb.ReferralQuestion, fields: Fields, reading: Reading) -> Question:
    basis = BASES.get(message.basis)
    if basis is None:
        fields.bad("basis", "name what puts the dwelling at the municipality's disposal")
    common = _common(message, fields, reading)
    dwelling = reading.view.dwelling(common["dwelling"], common["day"])
    if dwelling is not None and basis and not speaks_of(basis, dwelling.fact.kind):
        fields.bad("basis", "does not go with the dwelling's kind")
    later = _days(message, fields, "letting_day", "move_in_day")
    last = max((each for each in later.values() if each), default=reading.today)
    made = ReferralQuestion(
        **{**common, "asked_on": reading.today if last > reading.today else common["asked_on"]},
        basis=basis or Basis.STK_1,
        **later,
    )
    _not_before(made, fields, "letting_day", "day")
    _not_before(made, fields, "move_in_day", "day")
    return made


def _days(message: Any, fields: Fields, *names: str) -> dict[str, Any]:
    return {name: fields.day(name, getattr(message, name), optional=True) for name in names}


def _stated(message: Any, fields: Fields, *names: str) -> dict[str, Any]:
    return {name: fields.word(name, getattr(message, name), STATED) for name in names}


def _not_before(made: Any, fields: Fields, name: str, other: str) -> None:
    one, before = getattr(made, name), getattr(made, other)
    if one is not None and before is not None and one < before:
        fields.bad(name, f"lies before {before}")


def _letting(message: pb.LettingQuestion, fields: Fields, reading: Reading) -> Question:
    channel = fields.word("channel", message.channel, _CHANNELS)
    consider = [
        fields.word(f"consider[{index}]", number, _GROUNDS)
        for index, number in enumerate(message.consider)
    ]
    for index, ground in enumerate(consider):
        if ground is not None and ground in consider[:index]:
            fields.bad(f"consider[{index}]", "is named twice")
    made = LettingQuestion(
        **_common(message, fields, reading),
        channel=channel or LettingChannel.WAITING_LIST,
        **_stated(message, fields, "lives_in_department"),
        **_days(
            message,
            fields,
            "takeover",
            "offered",
            "registered_on",
            "left_empty_since",
            "sent_for_approval",
        ),
        nobody_else=message.nobody_else,
        consider=tuple(g for g in RefusalGround if g in consider),
    )
    _not_before(made, fields, "takeover", "day")
    _not_before(made, fields, "day", "offered")
    return made


def _exchange(message: pb.ExchangeQuestion, fields: Fields, reading: Reading) -> Question:
    made = ExchangeQuestion(
        **_common(message, fields, reading),
        **_days(message, fields, "takeover", "lived_since"),
        **_stated(message, fields, "partner_is_tenant", "meets_conditions"),
        **said(message, "municipality_consents"),
    )
    _not_before(made, fields, "takeover", "day")
    return made


def _sublet(message: pb.SubletQuestion, fields: Fields, reading: Reading) -> Question:
    for name in ("rooms_sublet", "months"):
        if message.HasField(name) and getattr(message, name) < 1:
            fields.bad(name, "must be 1 or more; leave it out when it is not known")
    made = SubletQuestion(
        **_common(message, fields, reading),
        whole=fields.given("whole", message),
        staying=_number(message, fields, "staying", MOST_PERSONS),
        **said(message, "rooms_sublet", "months"),
        reason=fields.word("reason", message.reason, or_none(_REASONS)),
        **_days(
            message,
            fields,
            "takeover",
            "notified_on",
            "opposed_on",
            "agreement_on",
            "starts_on",
            "copy_sent_on",
            "proof_sent_on",
        ),
        **_stated(message, fields, "rent_exceeds_own", "meets_conditions"),
    )
    _not_before(made, fields, "takeover", "day")
    return made


def _number(message: Any, fields: Fields, name: str, most: int) -> int | None:
    """Read a number that may be left out."""
    if not message.HasField(name):
        return None
    number: int = getattr(message, name)
    if not 0 <= number <= most:
        fields.bad(name, f"must lie from 0 to {most}")
    return number


def _termination(message: pb.TerminationQuestion, fields: Fields, reading: Reading) -> Question:
    return TerminationQuestion(
        **_common(message, fields, reading),
        **_stated(message, fields, "other_dwelling_assigned"),
        agreed_weeks=_number(message, fields, "agreed_weeks", MOST_WEEKS),
    )


def _notice(message: pb.NoticeQuestion, fields: Fields, reading: Reading) -> Question:
    common = _common(message, fields, reading)
    days = _days(message, fields, "received_on", "objected_on", "sued_on")
    received, objected, sued = (days[name] for name in ("received_on", "objected_on", "sued_on"))
    if objected is not None and objected < (received or common["day"]):
        fields.bad("objected_on", "lies before the day on which the notice was received")
    if sued is not None and (objected is None or sued < objected):
        fields.bad("sued_on", "needs an objection on that day or before")
    return NoticeQuestion(
        **common,
        **days,
        **_stated(
            message,
            fields,
            "written",
            "states_ground",
            "states_objection",
            "other_dwelling_assigned",
        ),
        ground=fields.word("ground", message.ground, _NOTICE_GROUNDS) or NoticeGround.DEMOLITION,
        agreed_weeks=_number(message, fields, "agreed_weeks", MOST_WEEKS),
    )


def _rehousing(message: pb.RehousingQuestion, fields: Fields, reading: Reading) -> Question:
    common = _common(message, fields, reading)
    offered = fields.opaque("offered_dwelling_id", message.offered_dwelling_id, optional=True)
    if offered and offered == common["dwelling"]:
        fields.bad("offered_dwelling_id", "is the dwelling that the household must leave")
    return RehousingQuestion(
        **common,
        **_stated(message, fields, "consents", "permanent", "entitled_to_rebuilt"),
        offered=offered or "",
        offered_rooms=_number(message, fields, "offered_rooms", MOST_ROOMS),
        rooms_before=_number(message, fields, "rooms_before", MOST_ROOMS),
        months=_number(message, fields, "months", MOST_MONTHS),
        age=_number(message, fields, "age", OLDEST),
    )


def _private_lease(message: pb.PrivateLeaseQuestion, fields: Fields, reading: Reading) -> Question:
    return PrivateLeaseQuestion(
        **_common(message, fields, reading),
        **_stated(message, fields, "sold_in_vulnerable_area", "meets_criteria"),
        **_days(message, fields, "taken_over_on"),
    )


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
    made = CertificateQuestion(
        **_dwelling(message, fields, reading),
        **_days(message, fields, "offered"),
        channel=fields.word("channel", message.channel, or_none(_CHANNELS)),
    )
    _not_before(made, fields, "day", "offered")
    return made


READERS: dict[str, Callable[[Any, Fields, Reading], Question]] = {
    "referral": _referral,
    "letting": _letting,
    "exchange": _exchange,
    "sublet": _sublet,
    "termination": _termination,
    "notice": _notice,
    "rehousing": _rehousing,
    "private_lease": _private_lease,
}
"""How each kind of question about a household and a dwelling is read."""
