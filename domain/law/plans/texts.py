"""Texts about development plans: rules and their findings, and what such an answer says."""

from __future__ import annotations

from domain.law.kernel import Status
from domain.law.texts.kinds import RuleText, Text, one

RULES: dict[str, RuleText] = {
    "PLAN-168A": RuleText(
        Text(
            "Udviklingsplan for et omdannelsesområde", "Development plan of a transformation area"
        ),
        Text(
            "Boligorganisation og kommune skal i fællesskab udarbejde en udviklingsplan, der "
            "sendes ind senest seks måneder efter den første liste og godkendes af ministeren.",
            "Housing organisation and municipality must together make a development plan, sent "
            "within six months of the first list and approved by the minister.",
        ),
        {
            Status.MET: (
                one(
                    "området skal have en udviklingsplan; den skulle være sendt senest den "
                    "{plan_due}.",
                    "the area must have a development plan; it was due on {plan_due}.",
                ),
                one("området skal have en udviklingsplan.", "the area must have a plan."),
            ),
            Status.NOT_MET: (
                one(
                    "området er ikke et omdannelsesområde den dag.",
                    "the area is no transformation area on that day.",
                ),
            ),
            Status.UNKNOWN: (
                one(
                    "det er ikke kendt, om området er et omdannelsesområde.",
                    "it is not known whether the area is a transformation area.",
                ),
            ),
        },
    ),
}

SUMMARIES: dict[str, dict[str, Text]] = {
    "plan": {
        "PERMITTED": Text(
            "Området behøver ingen udviklingsplan, eller lovens krav til den er opfyldt.",
            "The area needs no development plan, or what the act asks of it is kept.",
        ),
        "DISCRETIONARY": Text("Området skal have en plan: {grounds}.", "A plan is due: {grounds}."),
        "PROHIBITED": Text(
            "Lovens krav til udviklingsplanen er ikke opfyldt: {grounds}.",
            "What the act asks of the development plan is not kept: {grounds}.",
        ),
    },
}
