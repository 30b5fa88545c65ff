"""What every fact has in common."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec

from domain.facts.declared import NOBODY, Field, fact
from domain.facts.kinds import GDPR_ACCURACY


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=False, gc=False):
    """What every fact has: the event id of the fact that it corrects, if it corrects one."""

    corrects: Annotated[
        UUID | None,
        Field(
            "den registrering, som denne retter",
            "the recorded fact that this one takes the place of",
            "which recorded fact this one puts right",
            GDPR_ACCURACY,
        ),
    ] = None


@fact(
    "fact.retracted",
    da="En registrering tages tilbage; den skulle ikke have været foretaget.",
    decided_by=NOBODY,
    section=GDPR_ACCURACY,
)
class Retracted(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A fact is taken back: it should not have been recorded."""

    retracts: Annotated[
        UUID,
        Field(
            "den registrering, der tages tilbage",
            "the recorded fact that is taken back",
            "which recorded fact is taken back",
        ),
    ]
