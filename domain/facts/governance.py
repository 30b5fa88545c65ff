"""What bodies of a municipality and of the tenants' democracy have decided about areas and
departments (open)."""

from __future__ import annotations

from typing import Annotated

from domain.facts.base import Fact
from domain.facts.declared import BOTH, MUNICIPALITY, ORGANISATION, About, Field, fact
from domain.facts.kinds import ABL, Area, Department, Last, Opaque, Organisation, Past
from domain.facts.words import VoteResult

_DEPARTMENT = "department:{organisation}/{department}"
_PROJECT = f"{_DEPARTMENT}/{{project}}"

_Project = Annotated[
    Opaque,
    Field(
        "boligorganisationens egen henvisning til arbejderne, uden oplysninger i sig selv",
        "the organisation's own opaque reference to the works",
    ),
]
_Danish = Annotated[
    bool | None,
    Field(
        "om arbejdssproget var dansk; tom: ikke oplyst",
        "whether Danish was the working language; empty: not stated",
    ),
]


@fact(
    "master_plan.approved",
    da="Kommunen har godkendt en helhedsplan for et område.",
    held_by=BOTH,
    decided_by=MUNICIPALITY,
    section=f"{ABL} § 91 a, stk. 3, § 91 b, stk. 2, og § 96, stk. 3",
    tags=("area:{area}",),
    about=(About(("area", "approved_on")),),
    no_status=True,
)
class MasterPlanApproved(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The municipality has approved a master plan (*helhedsplan*) for an area, with its finances.

    None: not stated.
    """

    area: Area
    approved_on: Annotated[Past, Field("dagen for godkendelsen", "the day of the approval")]
    last_day: Annotated[Last | None, Field(not_before="approved_on")] = None
    city_analysed: Annotated[
        bool | None,
        Field(
            "om den analyserer, hvordan sammenhængen med den omgivende by sikres",
            "whether it analyses how area and surrounding city are to hang together",
        ),
    ] = None
    reduction_follows_plan: Annotated[
        bool | None,
        Field(
            "om den nedbringer andelen af almene familieboliger som i den godkendte udviklingsplan",
            "whether it reduces the share of social family dwellings as the approved development "
            "plan does",
        ),
    ] = None


@fact(
    "department.voted",
    da="Hvad en afdeling svarede, da den blev forelagt arbejder eller aktiviteter.",
    held_by=BOTH,
    decided_by=ORGANISATION,
    section=f"{ABL} § 37, stk. 1 og 3",
    tags=(_DEPARTMENT,),
    found_by=((_PROJECT, _DEPARTMENT),),
    about=(About(("organisation", "department", "project", "voted_on")),),
    no_status=True,
)
class DepartmentVoted(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """What a department answered when works or activities were put to it (§ 37, stk. 1 and 3)."""

    organisation: Organisation
    department: Department
    project: _Project
    voted_on: Annotated[
        Past, Field("dagen for afdelingsmødet eller urafstemningen", "the day of meeting or ballot")
    ]
    result: Annotated[VoteResult, Field("hvad der kom ud af det", "what came of it")]
    danish: _Danish = None


@fact(
    "top_body.decided",
    da="Boligorganisationens øverste myndighed har besluttet arbejder uden afdelingens samtykke.",
    held_by=BOTH,
    decided_by=ORGANISATION,
    section=f"{ABL} § 37, stk. 4 og 7",
    tags=(_DEPARTMENT,),
    found_by=((_PROJECT, _DEPARTMENT),),
    about=(About(("organisation", "department", "project", "decided_on")),),
    no_status=True,
)
class TopBodyDecided(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """The organisation's top body decided works without the department's consent (§ 37, stk. 4)."""

    organisation: Organisation
    department: Department
    project: _Project
    decided_on: Annotated[Past, Field("dagen for beslutningen", "the day of the decision")]
    danish: _Danish = None
    reported_on: Annotated[
        Past | None,
        Field(
            "dagen, hvor den blev indberettet (stk. 7); tom: ikke indberettet",
            "the day on which it was reported (stk. 7); empty: not reported",
            not_before="decided_on",
        ),
    ] = None
