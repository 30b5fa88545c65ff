"""The list of offences in almenlejeloven § 90, stk. 1, nr. 10, as dated data.

Source: LBK nr. 928 af 4/9/2019 § 90, stk. 1, nr. 10 (the text of Lov nr. 1322 af 27/11/2018);
Lov nr. 1832 af 8/12/2020 § 3 put straffeloven § 119 b in from 15 December 2020. The act prints
the range 244-246, which takes § 245 a in. The list is closed: what is not on it is not covered.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.law import acts

FIRST_JUDGMENT = date(2018, 12, 1)
"""The act counts judgments from this day on; the offence may lie before it."""

SECTION_119B = acts.LOV_1832_2020.in_force

_LIST_OF_2018 = frozenset(
    {
        "strfl-119",
        "strfl-134a",
        "strfl-180",
        "strfl-181",
        "strfl-192a",
        "strfl-216",
        "strfl-237",
        "strfl-244",
        "strfl-245",
        "strfl-245a",
        "strfl-246",
        "strfl-252-1",
        "strfl-260",
        "strfl-266",
        "strfl-276a",
        "strfl-281",
        "strfl-288",
        "strfl-291-2",
        "narko-3-videreoverdragelse",
    }
)

LISTS: tuple[tuple[date, frozenset[str]], ...] = (
    (FIRST_JUDGMENT, _LIST_OF_2018),
    (SECTION_119B, _LIST_OF_2018 | {"strfl-119b"}),
)
"""The list by the day from which it reads so."""

POINTED_ELSEWHERE = frozenset({"strfl-191", "vaabenloven-10"})
"""Serious drug and weapon offences: not listed, but another ground may reach them (AMB-191)."""

CITATIONS = {
    "strfl-119": "straffeloven § 119",
    "strfl-119a": "straffeloven § 119 a",
    "strfl-119b": "straffeloven § 119 b",
    "strfl-121": "straffeloven § 121",
    "strfl-123": "straffeloven § 123",
    "strfl-134a": "straffeloven § 134 a",
    "strfl-134b": "straffeloven § 134 b",
    "strfl-180": "straffeloven § 180",
    "strfl-181": "straffeloven § 181",
    "strfl-183": "straffeloven § 183",
    "strfl-191": "straffeloven § 191",
    "strfl-192a": "straffeloven § 192 a",
    "strfl-193": "straffeloven § 193",
    "strfl-210": "straffeloven § 210",
    "strfl-213": "straffeloven § 213",
    "strfl-216": "straffeloven § 216",
    "strfl-222": "straffeloven § 222",
    "strfl-232": "straffeloven § 232",
    "strfl-237": "straffeloven § 237",
    "strfl-241": "straffeloven § 241",
    "strfl-243": "straffeloven § 243",
    "strfl-244": "straffeloven § 244",
    "strfl-245": "straffeloven § 245",
    "strfl-245a": "straffeloven § 245 a",
    "strfl-246": "straffeloven § 246",
    "strfl-249": "straffeloven § 249",
    "strfl-250": "straffeloven § 250",
    "strfl-252-1": "straffeloven § 252, stk. 1",
    "strfl-252-2": "straffeloven § 252, stk. 2",
    "strfl-253": "straffeloven § 253",
    "strfl-260": "straffeloven § 260",
    "strfl-261": "straffeloven § 261",
    "strfl-262a": "straffeloven § 262 a",
    "strfl-264": "straffeloven § 264",
    "strfl-265": "straffeloven § 265",
    "strfl-266": "straffeloven § 266",
    "strfl-276": "straffeloven § 276",
    "strfl-276a": "straffeloven § 276 a",
    "strfl-278": "straffeloven § 278",
    "strfl-279": "straffeloven § 279",
    "strfl-279a": "straffeloven § 279 a",
    "strfl-280": "straffeloven § 280",
    "strfl-281": "straffeloven § 281",
    "strfl-282": "straffeloven § 282",
    "strfl-288": "straffeloven § 288",
    "strfl-290": "straffeloven § 290",
    "strfl-290a": "straffeloven § 290 a",
    "strfl-291-1": "straffeloven § 291, stk. 1",
    "strfl-291-2": "straffeloven § 291, stk. 2",
    "strfl-291-3": "straffeloven § 291, stk. 3",
    "strfl-293": "straffeloven § 293",
    "narko-3": "lov om euforiserende stoffer § 3 (uden hensigt til videreoverdragelse)",
    "narko-3-videreoverdragelse": (
        "lov om euforiserende stoffer § 3 (besiddelse med henblik på videreoverdragelse)"
    ),
    "vaabenloven-10": "våbenloven § 10",
    "knivloven-7": "knivloven § 7",
    "faerdselsloven-117": "færdselsloven §§ 117-117 d",
    "ordensbekendtgoerelsen": "ordensbekendtgørelsen",
}
"""Every provision that a judgment may be recorded under, listed or not, and where it stands."""


def listed_on(day: date) -> frozenset[str]:
    """Return the list as it reads on `day`; nothing before its first day."""
    lists = [provisions for first_day, provisions in LISTS if first_day <= day]
    return lists[-1] if lists else frozenset()


def on_list(provisions: Iterable[str], day: date) -> tuple[str, ...]:
    """Return those of the provisions that the list holds on `day`, sorted."""
    return tuple(sorted(set(provisions) & listed_on(day)))
