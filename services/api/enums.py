"""The words of the contract's enums that more than one service reads or writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain import facts
from domain.data_classes import DataClass
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as messages
from services.api.fields import words

LIST_KINDS = words(core.ListKind, facts.ListKind, "LIST_KIND_")
DATA_CLASSES = words(core.DataClass, DataClass, "DATA_CLASS_")
DWELLING_KINDS = words(core.DwellingKind, facts.DwellingKind, "DWELLING_KIND_")
SHARE_BASES = words(messages.ShareBasis, facts.ShareBasis, "SHARE_BASIS_")
SHARES_OF = words(messages.ShareOf, facts.ShareOf, "SHARE_OF_")
COUNTED_BY = words(messages.CountedBy, facts.CountedBy, "COUNTED_BY_")
ROUNDINGS = words(messages.Rounding, facts.Rounding, "ROUNDING_")
CONDITIONS = words(core.BenefitCondition, facts.BenefitCondition, "BENEFIT_CONDITION_")
ANSWERS = words(core.AttestedAnswer, facts.AttestedAnswer, "ATTESTED_ANSWER_")
STATED: Mapping[Any, bool | None] = {
    core.STATED_UNSPECIFIED: None,
    core.STATED_YES: True,
    core.STATED_NO: False,
}
