"""The first edition: LBK nr. 207 af 25/1/2026 and what it changed, for days since 2011."""

from __future__ import annotations

from datetime import date

from domain.law.all_texts import TEXTS
from domain.law.area import status as area
from domain.law.edition import Edition
from domain.law.ending import (
    notice,
    notice_steps,
    rehousing,
    rehousing_steps,
    sale,
    termination,
    termination_steps,
)
from domain.law.fund import money, support, support_steps
from domain.law.governance import deciding
from domain.law.governance import steps as governance_steps
from domain.law.letting import (
    advertising,
    benefit_condition_steps,
    certificate_steps,
    exchange,
    exchange_steps,
    flexible,
    meeting,
    private_lease_steps,
    private_letting,
    refusal,
    rejection,
    waiting_list,
)
from domain.law.letting import steps as letting_steps
from domain.law.open_points import OPEN_POINTS
from domain.law.plans import counting as plan_counting
from domain.law.plans import dispensation, joint_plan, winding_up, youth
from domain.law.plans import steps as plan_steps
from domain.law.referral import bases, grounds, refugees
from domain.law.referral import steps as referral_steps
from domain.law.sale import (
    approval,
    proceeds,
    proceeds_steps,
    sale_steps,
    terms,
)

RULES_OF = (
    area,
    money,
    grounds,
    bases,
    refugees,
    rejection,
    flexible,
    advertising,
    meeting,
    refusal,
    waiting_list,
    exchange,
    private_letting,
    sale,
    termination,
    notice,
    rehousing,
    joint_plan,
    plan_counting,
    dispensation,
    winding_up,
    youth,
    deciding,
    approval,
    terms,
    proceeds,
    support,
)
"""The modules that hold the rules, each in its `RULES`."""

STEPS_OF = (
    referral_steps,
    letting_steps,
    benefit_condition_steps,
    exchange_steps,
    certificate_steps,
    termination_steps,
    notice_steps,
    rehousing_steps,
    private_lease_steps,
    plan_steps,
    governance_steps,
    sale_steps,
    proceeds_steps,
    support_steps,
)
"""The modules that declare the questions, each with how it is examined in its `STEPS`."""

EDITION = Edition(
    rules={rule.id: rule for module in RULES_OF for rule in module.RULES},
    open_points=OPEN_POINTS,
    steps={step.id: step for module in STEPS_OF for step in module.STEPS},
    texts=TEXTS,
    first_day=date(2011, 1, 1),
    reviewed_through=date(2026, 1, 25),
)
