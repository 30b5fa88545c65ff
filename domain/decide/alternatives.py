"""Where the household can be referred: kinds of area, and the municipality's own areas.

Worked out on the facts that the answer has read already, for display; nothing more is read, and
what would need more says so. It is no part of a receipt.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from domain.decide.answer import Alternative, AtHand
from domain.decide.referral import ReferralCase, ReferralQuestion
from domain.events import Recorded
from domain.facts import AreaRegistered, DwellingKind, DwellingRecorded
from domain.law.kernel import LawPackage, Status
from domain.law.referral import SCOPE_OF_2018, Place, Regime
from domain.law.referral_bases import BEYOND_SECTION_59
from domain.reference import View

FORMER = "former_transformation"
_SOME = ("",)
"""An area of the kind that is none of those registered."""


def alternatives(
    question: ReferralQuestion, view: View, position: int, package: LawPackage, at_hand: AtHand
) -> tuple[Alternative, ...]:
    """Say what the answer would be elsewhere, for a dwelling like the one asked about."""
    dwelling = view.dwelling(question.dwelling, question.day)
    if dwelling is None or question.basis in BEYOND_SECTION_59:
        return ()
    if dwelling.fact.kind is DwellingKind.ELDERLY:
        return ()
    put = msgspec.structs.replace(question, letting_day=None, move_in_day=None)
    found = [
        _alternative(name, "", ReferralCase(put, view, position, package, place=place), at_hand)
        for name, place in _kinds(question, package)
        if place.regime is not Regime.PREVENTION or dwelling.fact.kind is DwellingKind.FAMILY
    ]
    for area in view.keys(AreaRegistered):
        registered = view.area(area)
        if registered is None or registered.fact.municipality != dwelling.fact.municipality:
            continue
        fact = msgspec.structs.replace(dwelling.fact, area=area, department_areas=())
        there: Recorded[DwellingRecorded] = msgspec.structs.replace(dwelling, fact=fact)
        case = ReferralCase(put, view, position, package, dwelling=there)
        found.append(_alternative(_kind_of(case.place.under(case.readings)), area, case, at_hand))
    return tuple(found)


def _alternative(kind: str, area: str, case: ReferralCase, at_hand: AtHand) -> Alternative:
    unread = at_hand.drives(case.examine())
    return Alternative(kind, area, case.outcome() if unread is None else None, unread)


def _kinds(question: ReferralQuestion, package: LawPackage) -> Iterator[tuple[str, Place]]:
    """Return the kinds of area that the law tells apart on the day."""
    day, rules = question.day, package.rules
    yield Regime.ORDINARY, Place(Regime.ORDINARY)
    refugee = "REF-REFUGEE" if rules["REF-REFUGEE"].in_force(day) else "REF-REFUGEE-2017"
    if day < SCOPE_OF_2018:
        yield Regime.GHETTO, Place(Regime.GHETTO, _SOME, (), Status.MET, refugee)
        return
    if rules["AREA-FORE-2021"].in_force(day):
        yield Regime.PREVENTION, Place(Regime.PREVENTION, _SOME)
    if rules["PLAN-FORMER-LETTING"].in_force(day):
        yield FORMER, Place(Regime.VULNERABLE, _SOME)
    yield Regime.VULNERABLE, Place(Regime.VULNERABLE, _SOME, (), Status.MET, refugee)


def _kind_of(place: Place) -> str:
    former = any(
        rule_id == "PLAN-FORMER-LETTING" and finding.status is Status.MET
        for rule_id, _, finding in place.findings
    )
    return FORMER if former and place.regime is Regime.VULNERABLE else str(place.regime)
