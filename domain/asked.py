"""What was asked, in words: what a question says beside whom, where and when it is about."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from domain import readback
from domain.facts import BenefitCondition
from domain.law.ending.notice_steps import NoticeGround
from domain.law.letting.exchange import SubletReason
from domain.law.letting.refusal import RefusalGround
from domain.law.letting.rejection import LettingChannel
from domain.law.question import Question
from domain.law.referral.bases import Basis
from domain.law.texts.kinds import Text

_APART = ("household", "day", "asked_on", "case_number", "area", "dwelling")
"""What stands with every answer."""
_DWELLINGS = ("dwelling_id", "offered_dwelling_id")

WORDS: dict[tuple[type[Any], StrEnum], Text] = {
    (type(word), word): text
    for words in (
        {
            Basis.STK_1: Text(
                "§ 59, stk. 1: indtil hver fjerde ledige familiebolig",
                "§ 59, stk. 1: up to every fourth vacant family dwelling",
            ),
            Basis.STK_2: Text("§ 59, stk. 2: efter aftale", "§ 59, stk. 2: by agreement"),
            Basis.STK_3: Text("§ 59, stk. 3: ungdomsboliger", "§ 59, stk. 3: youth dwellings"),
            Basis.STK_4: Text(
                "§ 59, stk. 4: områder med mange uden for arbejdsmarkedet",
                "§ 59, stk. 4: areas with many outside the labour market",
            ),
            Basis.STK_5: Text("§ 59, stk. 5: forhøjet antal", "§ 59, stk. 5: an increased number"),
            Basis.URBAN_RENEWAL: Text(
                "byfornyelsesloven § 64: genhusning", "byfornyelsesloven § 64: rehousing"
            ),
            Basis.PRIVATE_AGREEMENT: Text(
                "lov om boligforhold §§ 49-57: aftale med en privat ejer",
                "lov om boligforhold §§ 49-57: agreement with a private owner",
            ),
            Basis.PRIVATE_TENTH: Text(
                "lov om boligforhold § 58: hver tiende private lejlighed",
                "lov om boligforhold § 58: every tenth private flat",
            ),
        },
        {
            LettingChannel.WAITING_LIST: Text("venteliste", "waiting list"),
            LettingChannel.FLEXIBLE: Text("fleksibel udlejning", "flexible letting"),
            LettingChannel.ADVERTISED: Text("efter annoncering", "by advertising"),
            LettingChannel.OUTSIDE_LIST: Text("uden om ventelisten", "outside the waiting list"),
            LettingChannel.REHOUSING: Text("genhusning", "rehousing"),
            LettingChannel.REFERRAL: Text("kommunal anvisning", "municipal referral"),
            LettingChannel.OTHER_REFERRAL: Text("anden anvisning", "another referral"),
            LettingChannel.HALFWAY: Text("udslusningsbolig", "a halfway dwelling"),
        },
        {
            RefusalGround.OCCUPANCY: Text("antallet af beboere", "the number of residents"),
            RefusalGround.DEBT: Text("gæld", "debt"),
            RefusalGround.TERMINATION: Text("ophævet lejemål", "a terminated tenancy"),
            RefusalGround.CERTIFICATE: Text("straffeattest", "the criminal record certificate"),
            RefusalGround.SPECIAL_CASE: Text("særligt tilfælde", "a special case"),
        },
        {
            BenefitCondition.RECEIVES_51C: Text(
                "modtager en ydelse efter § 51 c", "receives a benefit of § 51 c"
            ),
            BenefitCondition.SIX_MONTHS_51B: Text(
                "ydelse i seks måneder efter § 51 b, stk. 1, 1. pkt.",
                "a benefit for six months under § 51 b, stk. 1, 1. pkt.",
            ),
            BenefitCondition.EXTENDED_51B: Text(
                "ydelse efter den udvidede liste i § 51 b, stk. 1, 2. pkt.",
                "a benefit of the extended list of § 51 b, stk. 1, 2. pkt.",
            ),
        },
        {
            SubletReason.ILLNESS: Text("sygdom", "illness"),
            SubletReason.BUSINESS_TRIP: Text("forretningsrejse", "a business trip"),
            SubletReason.STUDY: Text("studieophold", "study"),
            SubletReason.TEMPORARY_TRANSFER: Text(
                "midlertidig forflyttelse", "a temporary transfer"
            ),
            SubletReason.SIMILAR: Text("lignende", "something like it"),
            SubletReason.OTHER: Text("andet", "something else"),
        },
        {
            NoticeGround.DEMOLITION: Text("nedrivning eller ombygning", "demolition or rebuilding"),
            NoticeGround.SALE: Text("salg af ejendommen", "sale of the property"),
        },
    )
    for word, text in words.items()
}
"""The words of questions that aren't facts' as well."""


def stated(question: Question) -> Iterator[readback.Value]:
    """Yield what was said with a question; what was left out says nothing."""
    kinds = {slot.wire: slot for slot in question.declared.fields if slot.name not in _APART}
    for each in readback.values(question):
        slot = kinds.get(each.name.partition("[")[0])
        if slot is None or getattr(question, slot.name) == slot.default or slot.wire in _DWELLINGS:
            continue
        kind = (slot.each or slot).kind
        word = kind(each.value) if issubclass(kind, StrEnum) else None
        yield each if word is None else each._replace(said=WORDS.get((kind, word), each.said))
