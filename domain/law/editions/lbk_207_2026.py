"""The first edition: LBK nr. 207 af 25/1/2026 and what it changed, for days since 2011."""

from __future__ import annotations

from datetime import date

from domain.law.all_texts import TEXTS
from domain.law.area import status as area
from domain.law.edition import Edition, Step
from domain.law.ending import notice, rehousing, sale
from domain.law.ending import termination as eviction
from domain.law.ending.notice_steps import NoticeQuestion
from domain.law.ending.notice_steps import notice as examine_notice
from domain.law.ending.rehousing_steps import RehousingQuestion
from domain.law.ending.rehousing_steps import rehousing as examine_rehousing
from domain.law.ending.termination_steps import TerminationQuestion, termination
from domain.law.letting import (
    advertising,
    exchange,
    flexible,
    meeting,
    private_letting,
    refusal,
    waiting_list,
)
from domain.law.letting import rejection as letting
from domain.law.letting.benefit_condition_steps import BenefitConditionQuestion, benefit_condition
from domain.law.letting.certificate_steps import CertificateQuestion, certificate
from domain.law.letting.exchange_steps import ExchangeQuestion, SubletQuestion, sublet
from domain.law.letting.exchange_steps import exchange as examine_exchange
from domain.law.letting.private_lease_steps import PrivateLeaseQuestion, private_lease
from domain.law.letting.steps import LettingQuestion
from domain.law.letting.steps import letting as examine_letting
from domain.law.open_points import OPEN_POINTS
from domain.law.referral import bases as referral_bases
from domain.law.referral import grounds as referral
from domain.law.referral import refugees
from domain.law.referral.steps import ReferralQuestion
from domain.law.referral.steps import referral as examine_referral

RULES_OF = (
    area,
    referral,
    referral_bases,
    refugees,
    letting,
    flexible,
    advertising,
    meeting,
    refusal,
    waiting_list,
    exchange,
    private_letting,
    sale,
    eviction,
    notice,
    rehousing,
)
"""The modules that hold the rules, each in its `RULES`."""

ENDING_FIRST_DAY = date(2018, 12, 1)
"""What the edition holds of how a landlord ends a tenancy begins here (Lov nr. 1322 of 2018)."""

STEPS = (
    Step(ReferralQuestion, examine_referral),
    Step(LettingQuestion, examine_letting),
    Step(BenefitConditionQuestion, benefit_condition),
    Step(ExchangeQuestion, examine_exchange),
    Step(SubletQuestion, sublet),
    Step(CertificateQuestion, certificate),
    Step(TerminationQuestion, termination, first_day=ENDING_FIRST_DAY),
    Step(NoticeQuestion, examine_notice, first_day=ENDING_FIRST_DAY),
    Step(RehousingQuestion, examine_rehousing, first_day=ENDING_FIRST_DAY),
    Step(PrivateLeaseQuestion, private_lease),
)

EDITION = Edition(
    rules={rule.id: rule for module in RULES_OF for rule in module.RULES},
    open_points=OPEN_POINTS,
    steps={step.id: step for step in STEPS},
    texts=TEXTS,
    first_day=date(2011, 1, 1),
    reviewed_through=date(2026, 1, 25),
)
