"""Where the household can be referred: kinds of area, and the municipality's own areas.

Worked out on the facts that the answer has read already, for display; nothing more is read, and
what would need more says so. It is no part of a receipt.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from domain.events import Recorded
from domain.facts import AreaRegistered, DwellingKind, DwellingRecorded, ListKind
from domain.law.answer import Elsewhere, FactsRead
from domain.law.area import origin
from domain.law.area.categories import Category
from domain.law.area.lists import FIRST_LIST
from domain.law.edition import Edition
from domain.law.kernel import Readings, Status, Tree, applies, explore
from domain.law.referral.bases import BEYOND_SECTION_59
from domain.law.referral.grounds import SCOPE_OF_2018, Place, Regime, refugees_banned_from
from domain.law.referral.steps import ReferralCase, ReferralQuestion
from domain.reference import View

FORMER = "former_transformation"
_SOME = ("",)
"""An area of the kind that is none of those registered."""


def alternatives(
    question: ReferralQuestion, view: View, position: int, edition: Edition, facts_read: FactsRead
) -> tuple[Elsewhere, ...]:
    """Say what the answer would be elsewhere, for a dwelling like the one asked about."""
    dwelling = view.dwelling(question.dwelling, question.day)
    if dwelling is None or question.basis in BEYOND_SECTION_59:
        return ()
    if dwelling.fact.kind is DwellingKind.ELDERLY:
        return ()
    put = msgspec.structs.replace(question, letting_day=None, move_in_day=None)
    found = [
        _alternative(name, "", ReferralCase(put, view, position, edition, place=place), facts_read)
        for name, place in _kinds(question, view, edition, dwelling.fact.kind)
    ]
    for area in view.keys(AreaRegistered):
        registered = view.area(area)
        if registered is None or registered.fact.municipality != dwelling.fact.municipality:
            continue
        fact = msgspec.structs.replace(dwelling.fact, area=area, department_areas=())
        there: Recorded[DwellingRecorded] = msgspec.structs.replace(dwelling, fact=fact)
        case = ReferralCase(put, view, position, edition, dwelling=there)
        found.append(
            _alternative(_kind_of(case.place.under(case.readings)), area, case, facts_read)
        )
    return tuple(found)


def _alternative(kind: str, area: str, case: ReferralCase, facts_read: FactsRead) -> Elsewhere:
    unread = facts_read.drives(case.examine())
    return Elsewhere(kind, area, case.outcome() if unread is None else None, unread)


def _kinds(
    question: ReferralQuestion, view: View, edition: Edition, kind: DwellingKind
) -> Iterator[tuple[str, Tree[Place]]]:
    """Return the kinds of area that the law tells apart on the day, each as the law is read.

    Where the criterion of origin is left out, an area that rests on it is as any other.
    """
    day = question.day

    def reached(category: Category, rule_id: str, regime: Regime, readings: Readings) -> Place:
        """Say which bans reach a dwelling of this kind in an area of a category."""
        if not applies(edition.rules[rule_id], day, readings):
            regime = Regime.ORDINARY
        if origin.rests(category, day) and origin.left_out(view, day, readings) is not None:
            regime = Regime.ORDINARY
        if (
            kind is DwellingKind.YOUTH
            and regime in (Regime.VULNERABLE, Regime.GHETTO)
            and readings("AMB-YOUTH") == "b"
        ):
            regime = Regime.ORDINARY
        refugee, named = refugees_banned_from(edition, day, readings)
        status = Status.MET if category in named else Status.NOT_MET
        return Place(regime, _SOME, (), status, refugee)

    def explored(category: Category, rule_id: str, regime: Regime) -> Tree[Place]:
        return explore(
            edition.points, lambda readings: reached(category, rule_id, regime, readings)
        )

    yield Regime.ORDINARY, Tree((((), Place(Regime.ORDINARY)),))
    if day < SCOPE_OF_2018:
        ghetto = explored(Category.PARALLEL_SOCIETY, "REF-OLD-2011-2018", Regime.GHETTO)
        yield Regime.GHETTO, ghetto
        return
    if day >= FIRST_LIST[ListKind.PREVENTION] and kind is DwellingKind.FAMILY:
        prevention = explored(Category.PREVENTION, "AREA-FORE-2021", Regime.PREVENTION)
        yield Regime.PREVENTION, prevention
    if edition.rules["PLAN-FORMER-LETTING"].in_force(day):
        former = Category.FORMER_TRANSFORMATION
        yield FORMER, explored(former, "PLAN-FORMER-LETTING", Regime.VULNERABLE)
    yield Regime.VULNERABLE, explored(Category.VULNERABLE, "AREA-UDS-2018", Regime.VULNERABLE)


def _kind_of(place: Place) -> str:
    former = any(
        rule_id == "PLAN-FORMER-LETTING" and finding.status is Status.MET
        for rule_id, _, finding in place.findings
    )
    return FORMER if former and place.regime is Regime.VULNERABLE else str(place.regime)
