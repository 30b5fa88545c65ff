"""Facts about the log itself: whose it is, its clock, and what was erased from it (open)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from domain.facts.base import Fact
from domain.facts.declared import LOG, Field, fact
from domain.facts.kinds import Municipality
from domain.facts.words import ControllerKind


@fact(
    "instance.created",
    da="Loggens første hændelse: dens tilfældige id, og hvis den er.",
    of=LOG,
    tags=("instance",),
)
class InstanceCreated(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The first event of a log: its random id and whose it is."""

    log_id: Annotated[UUID, Field("loggens id", "the log's random id")]
    controller: Annotated[str, Field("den dataansvarliges navn", "the controller's name")]
    controller_kind: Annotated[
        ControllerKind, Field("kommune eller boligorganisation", "the kind of controller")
    ]
    municipality: Municipality
    stale_after_months: Annotated[
        int,
        Field(
            "hvor længe efter lovens gennemgang et svar kan stå fast",
            "how long after the law was last reviewed an answer may still be firm",
            unit="months",
        ),
    ] = 24


@fact(
    "clock.accepted",
    da="En driftsansvarlig fandt uret rigtigt.",
    of=LOG,
    tags=("clock",),
    no_status=True,
)
class ClockAccepted(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """An operator found the wall clock right after all, and why; events are written again.

    The event's own time may be later than `clock`: that of the event before it, which a wrong
    clock had given.
    """

    reason: Annotated[str, Field("begrundelsen", "the reason")]
    clock: Annotated[
        int, Field("hvad uret viste, UTC", "what it said, UTC", unit="microseconds since 1970")
    ]


@fact(
    "access.counted",
    da="Så mange opslag stod i adgangstabellen, og hvad dens kæde da viste.",
    of=LOG,
    tags=("access",),
    no_status=True,
)
class AccessCounted(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """How far the access table reached, so that one which was emptied or cut later is told.

    Nothing of it says who was read, or by whom.
    """

    count: Annotated[int, Field("antal opslag i alt", "accesses since the first")]
    chain: Annotated[
        str, Field("kædens værdi ved den sidste", "the chain's value at the last, hexadecimal")
    ]
    pruned: Annotated[
        int, Field("hvor mange af de første der er slettet", "how many of the first were pruned")
    ] = 0


@fact(
    "retention.decided",
    da="Så længe opbevares en klasse af personoplysninger her.",
    of=LOG,
    tags=("retention",),
    no_status=True,
)
class RetentionDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """How long the controller keeps a class of persons' data; the newest of a class holds."""

    data_class: Annotated[str, Field("dataklassen", "the data class")]
    years: Annotated[
        int,
        Field(
            "hvor mange kalenderår efter det, hvori der sidst blev registreret noget",
            "calendar years after the one in which something was last recorded",
            unit="years",
        ),
    ] = 0
    law: Annotated[
        str,
        Field(
            "loven, der kræver, at klassen bevares; så slettes intet af den",
            "the law that has the class stay; nothing of it is erased then",
        ),
    ] = ""


class _Erasure(Fact, frozen=True, kw_only=True, omit_defaults=True):
    tokens: Annotated[tuple[str, ...], Field("de slettede mærker", "the tokens erased")]
    policy: Annotated[str, Field("slettereglen", "the policy that it follows")]
    classes: Annotated[
        tuple[str, ...],
        Field("de slettede dataklasser", "the data classes erased, so that answers can say so"),
    ] = ()


@fact(
    "erasure.begun",
    da="En sletning er begyndt; nøglerne dør nu.",
    of=LOG,
    tags=("erasure",),
    no_status=True,
)
class ErasureBegun(_Erasure, frozen=True, kw_only=True, omit_defaults=True):
    """The erasure of these tokens has begun under a policy; their keys die next."""


@fact(
    "erasure.done",
    da="En sletning er sket; nøglerne er borte.",
    of=LOG,
    tags=("erasure",),
    no_status=True,
)
class ErasureDone(_Erasure, frozen=True, kw_only=True, omit_defaults=True):
    """The erasure of these tokens is done: their keys and mapping are gone."""
