"""What puts a dwelling at the municipality's disposal, as recorded conditions.

§ 59, stk. 1 to 5 of the housing act, § 64 of the urban renewal act, and agreed referral to
private flats. A ledger counts the shares (every fourth, third or tenth); here it is said only
whether the decision, agreement or approval that they rest on is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from domain import calendar
from domain.data_classes import DataClass
from domain.events import Recorded
from domain.facts import (
    DwellingKind,
    DwellingMark,
    DwellingRecorded,
    PrivateReferralAgreed,
    ReferralAgreed,
    ReferralIncreaseApproved,
    ReferralRight,
    ReferralRightDecided,
    ReplacementRightAttested,
)
from domain.law import acts
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.kernel import (
    Change,
    Confidence,
    Effect,
    Finding,
    Missing,
    Status,
    declared,
    rule,
)
from domain.law.standing import standing
from domain.reference import View


class Basis(StrEnum):
    """What the dwelling is put at the municipality's disposal under."""

    STK_1 = "stk_1"
    STK_2 = "stk_2"
    STK_3 = "stk_3"
    STK_4 = "stk_4"
    STK_5 = "stk_5"
    URBAN_RENEWAL = "urban_renewal"
    """Byfornyelsesloven § 64, stk. 1."""
    PRIVATE_AGREEMENT = "private_agreement"
    """Anvisningsretsloven, since 1 July 2022 lov om boligforhold §§ 49-57."""
    PRIVATE_TENTH = "private_tenth"
    """Lov om boligforhold § 58."""


KINDS: dict[Basis, tuple[DwellingKind, ...]] = {
    Basis.STK_1: (DwellingKind.FAMILY,),
    Basis.STK_2: (DwellingKind.FAMILY,),
    Basis.STK_3: (DwellingKind.YOUTH,),
    Basis.STK_4: (DwellingKind.FAMILY,),
    Basis.STK_5: (DwellingKind.FAMILY,),
    Basis.URBAN_RENEWAL: (DwellingKind.FAMILY, DwellingKind.YOUTH, DwellingKind.ELDERLY),
    Basis.PRIVATE_AGREEMENT: (DwellingKind.PRIVATE,),
    Basis.PRIVATE_TENTH: (DwellingKind.PRIVATE,),
}
"""The kinds of dwelling that each basis speaks of."""

BEYOND_SECTION_59 = frozenset({Basis.URBAN_RENEWAL, Basis.PRIVATE_AGREEMENT, Basis.PRIVATE_TENTH})
"""Dwellings put at disposal otherwise than under § 59, stk. 1-5, which alone stk. 6 and 7 reach."""

MARKS_SEEN: dict[DwellingMark, tuple[date, date]] = {
    DwellingMark.STARTBOLIG: (date(2011, 2, 4), date(2013, 8, 21)),
    DwellingMark.REDESIGNATED: (date(2013, 8, 21), date(2015, 11, 18)),
}
"""For each mark: the day of the last consolidation that does not name it in stk. 3, and of the
first that does. What the act said between them was not seen."""

LARGEST_SHARE = 25
FEWEST_NAMED = 2
"""A private owner gives at most every fourth flat, or names two flats or more."""

AGREEMENTS_OPEN_FROM = date(2021, 11, 30)
"""Lov nr. 2157 af 27/11/2021: every municipality, and for as long as is agreed."""
YEARS_BEFORE = 6
"""An agreement made before that lasts six years at most."""


# --- Stk. 1 to 3 ----------------------------------------------------------------------------


_allows = partial(rule, question="referral", effect=Effect.ALLOWS, start_verified=False)


_SHARES = {"largest_share": LARGEST_SHARE, "fewest_named": FEWEST_NAMED}


@_allows(
    "REF-QUARTER",
    "almenboligloven § 59, stk. 1-3",
    act="almenboligloven (1996)",
    first_day=date(1997, 1, 1),
    signed=acts.ALMENBOLIGLOVEN.day,
    printed=acts.LBK_1204_2009.day,
    parameters={"marks_seen": {str(mark): days for mark, days in MARKS_SEEN.items()}},
)
def quarter(view: View, dwelling: DwellingRecorded, basis: Basis, day: date) -> Finding:
    """§ 59, stk. 1-3: the municipality requires vacant dwellings, or has an agreement.

    Not recorded is not met and bars nothing: the question says that the dwelling is at disposal.
    A youth dwelling that stk. 3 takes out bars the referral (`barred`).
    """
    if basis is Basis.STK_3:
        marked = _marked(dwelling.mark, day)
        if marked is not None:
            return marked
    found: Recorded[Any] | None = None
    if basis is not Basis.STK_1:
        agreed = (
            item
            for item in view.find(ReferralAgreed, dwelling.municipality)
            if item.fact.organisation == dwelling.organisation and item.fact.kind is dwelling.kind
        )
        found = standing(agreed, day, "agreed_on")
    if found is None and basis is not Basis.STK_2:
        right = ReferralRight.STK_3 if basis is Basis.STK_3 else ReferralRight.STK_1
        found = _decided(
            view,
            dwelling.municipality,
            right,
            day,
            lambda fact: fact.organisation in ("", dwelling.organisation),
        )
    if found is None:
        return Finding(Status.NOT_MET, (), (("recorded", "none"),))
    return Finding(Status.MET, (found,), _since(found))


def _marked(mark: DwellingMark, day: date) -> Finding | None:
    if mark is DwellingMark.NONE:
        return None
    without, named = MARKS_SEEN[mark]
    values = (("mark", str(mark)),)
    if day <= without:
        return None
    if day < named:
        missing = Missing("wording_of_stk_3", "law_review", (("day", day.isoformat()),))
        return Finding(Status.UNKNOWN, (), values, (missing,))
    return Finding(Status.NOT_MET, (), values, (), (Change("other_basis"),))


# --- Stk. 4 and 5 ---------------------------------------------------------------------------


@_allows(
    "REF-KOMB-4",
    "almenboligloven § 59, stk. 4, jf. § 51 b, stk. 3-5",
    act=acts.LOV_328_2005,
    first_day=acts.LOV_328_2005.in_force,
    signed=acts.LOV_328_2005.day,
    printed=acts.LBK_1204_2009.day,
    areas=("combined_letting",),
)
def whole_area(
    view: View, dwelling: DwellingRecorded, combined_letting: Finding, day: date
) -> Finding:
    """§ 59, stk. 4: all vacant family dwellings of an area for combined letting, if so decided.

    `combined_letting`: whether the dwelling's area is on that list. An area that is one only
    because the minister let departments count together (§ 51 b, stk. 6) is not meant.
    """
    area = dwelling.area
    decided = _decided(
        view,
        dwelling.municipality,
        ReferralRight.STK_4,
        day,
        lambda fact: area is not None and area in fact.areas,
    )
    if decided is None:
        return _not_decided(view, dwelling, Change("whole_area_decided"))
    if area_law.is_only_a_grouping(combined_letting):
        values = (("area", "grouping"),)
        return Finding(
            Status.NOT_MET, combined_letting.evidence, values, (), (Change("other_basis"),)
        )
    combined_letting = area_law.beyond_a_grouping(combined_letting)
    evidence = (decided, *combined_letting.evidence)
    if combined_letting.status is Status.UNKNOWN:
        return Finding(Status.UNKNOWN, evidence, (), combined_letting.missing)
    if combined_letting.status is not Status.MET:
        return Finding(
            Status.NOT_MET,
            combined_letting.evidence,
            (("area", "no_combined_letting"),),
            (),
            (Change("other_basis"),),
        )
    return Finding(Status.MET, evidence, _since(decided))


@_allows(
    "REF-PLUS-5",
    "almenboligloven § 59, stk. 5",
    act=acts.LOV_328_2005,
    first_day=acts.LOV_328_2005.in_force,
    signed=acts.LOV_328_2005.day,
    printed=acts.LBK_1204_2009.day,
)
def increase(view: View, dwelling: DwellingRecorded, day: date) -> Finding:
    """§ 59, stk. 5: more dwellings, where § 51 b is used and the minister has approved it."""
    municipality = dwelling.municipality
    decided = _decided(view, municipality, ReferralRight.SECTION_51B, day)
    if decided is None:
        return _not_decided(view, dwelling, Change("rejection_decided"))
    approved = standing(view.find(ReferralIncreaseApproved, municipality), day, "approved_on")
    if approved is None:
        return Finding(
            Status.NOT_MET, (), (("approved", "none"),), (), (Change("increase_approved"),)
        )
    return Finding(
        Status.MET,
        (decided, approved),
        (("dwellings", str(approved.fact.dwellings)), *_since(approved)),
    )


# --- Urban renewal --------------------------------------------------------------------------


def replacement_right(decisions: Sequence[Recorded[Any]], day: date) -> Finding:
    """Byfornyelsesloven §§ 61 and 63: the household is owed a replacement dwelling."""
    on = (("day", day.isoformat()),)
    attested = [
        item
        for item in decisions
        if type(item.fact) is ReplacementRightAttested
        and calendar.covers(item.fact.first_day, item.fact.last_day, day)
    ]
    said = {item.fact.entitled for item in attested}
    if len(said) != 1:
        kind = "replacement_right_contradictory" if said else "replacement_right_attested"
        missing = Missing(kind, "municipality_renewal", on)
        return Finding(Status.UNKNOWN, tuple(attested), (("right", "unknown"), *on), (missing,))
    if True in said:
        return Finding(Status.MET, (attested[-1],), (("right", "yes"), *on))
    values = (("right", "no"), *on)
    return Finding(Status.NOT_MET, (attested[-1],), values, (), (Change("other_basis"),))


@_allows(
    "REF-THIRD",
    "byfornyelsesloven § 64, stk. 1 og 4, jf. §§ 61 og 63",
    act=acts.LBK_794_2021,
    first_day=date(1997, 1, 1),
    printed=acts.LBK_794_2021.day,
    limbs=((DataClass.DECISIONS, replacement_right),),
)
def urban_renewal(view: View, dwelling: DwellingRecorded, day: date) -> Finding:
    """Byfornyelsesloven § 64, stk. 1 and 4: every third vacant flat, if so decided.

    The municipality must at the same time put half of the vacant flats in its own properties at
    disposal.
    """
    decided = _decided(view, dwelling.municipality, ReferralRight.URBAN_RENEWAL, day)
    if decided is None:
        return _not_decided(view, dwelling, Change("renewal_decided"))
    if not decided.fact.half_of_own_flats:
        change = Change("own_flats_put_at_disposal")
        return Finding(Status.NOT_MET, (decided,), (("own_flats", "not_half"),), (), (change,))
    return Finding(Status.MET, (decided,), _since(decided))


# --- Private flats --------------------------------------------------------------------------


@_allows(
    "PRIV-ANV-2022",
    "lov om boligforhold §§ 49-53 (indtil 30/6/2022: anvisningsretsloven)",
    act=f"{acts.LOV_2157_2021}; {acts.LOV_342_2022}",
    first_day=acts.LOV_2157_2021.in_force,
    start_verified=True,
    parameters={**_SHARES, "years_if_agreed_before": YEARS_BEFORE},
)
def private_agreement(view: View, dwelling: DwellingRecorded, id: str, day: date) -> Finding:
    """Lov om boligforhold §§ 49-53: an agreement about flats of this private property.

    Every private owner must have been invited; at most every fourth vacant flat, or at least two
    named flats that are at most a fourth of the property's; and one agreement only for a property.
    """
    agreed = sorted(
        (
            item
            for item in view.find(PrivateReferralAgreed, dwelling.municipality)
            if dwelling.property and item.fact.property == dwelling.property
        ),
        key=lambda item: (item.fact.agreed_on, item.position),
    )
    valid = [
        item for item in agreed if calendar.covers(item.fact.agreed_on, _lasts_to(item.fact), day)
    ]
    if not valid:
        return _not_decided(view, dwelling, Change("private_agreement_made"))
    # No agreement can be made about a property after the first, which stands as it is.
    first = agreed[0]
    item = first if first in valid else valid[-1]
    lacking = _lacking(item.fact, id)
    if item is not first:
        lacking = "second_agreement"
    if lacking:
        evidence = (item,) if item is first else (item, first)
        change = (Change("other_basis"),)
        return Finding(Status.NOT_MET, evidence, (("lacking", lacking),), (), change)
    return Finding(Status.MET, (item,), _since(item))


@_allows(
    "PRIV-ANV",
    "anvisningsretsloven §§ 1-5",
    act=f"{acts.LOV_281_1994}; {acts.LOV_328_2005}",
    first_day=date(2005, 1, 1),
    last_day=date(2021, 11, 29),
    confidence=Confidence.SECONDARY_SOURCE,
    parameters={**_SHARES, "years": YEARS_BEFORE},
)
def private_agreement_before_2021(
    view: View, dwelling: DwellingRecorded, id: str, day: date
) -> Finding:
    """Anvisningsretsloven: as §§ 49-53, where § 51 b or § 59, stk. 4 is used, for six years."""
    municipality = dwelling.municipality
    rights = (ReferralRight.STK_4, ReferralRight.SECTION_51B)
    each = (_decided(view, municipality, right, day) for right in rights)
    decided = next((item for item in each if item is not None), None)
    if decided is None:
        return _not_decided(view, dwelling, Change("rejection_decided"))
    found = private_agreement(view, dwelling, id, day)
    return Finding(
        found.status, (decided, *found.evidence), found.values, found.missing, found.changes
    )


def _lasts_to(fact: PrivateReferralAgreed) -> date | None:
    if fact.agreed_on >= AGREEMENTS_OPEN_FROM:
        return fact.last_day
    over = calendar.months_after(fact.agreed_on, 12 * YEARS_BEFORE)
    return over if fact.last_day is None else min(over, fact.last_day)


def _lacking(fact: PrivateReferralAgreed, id: str) -> str:
    """Say which condition an agreement does not meet; "" when it meets them all."""
    if not fact.owners_invited:
        return "owners_invited"
    if not fact.named:
        return "" if fact.share and Decimal(fact.share) <= LARGEST_SHARE else "share"
    enough = len(fact.named) >= FEWEST_NAMED
    if not enough or len(fact.named) * 100 > LARGEST_SHARE * fact.flats:
        return "named_flats"
    return "" if id in fact.named else "this_flat"


@_allows(
    "PRIV-ANV-58",
    "lov om boligforhold § 58",
    act=acts.LOV_342_2022,
    first_day=acts.LOV_342_2022.in_force,
    start_verified=True,
)
def private_tenth(view: View, dwelling: DwellingRecorded, day: date) -> Finding:
    """Lov om boligforhold § 58: every tenth vacant flat of properties whose rent is set so."""
    decided = _decided(
        view,
        dwelling.municipality,
        ReferralRight.PRIVATE_TENTH,
        day,
        lambda fact: bool(dwelling.property) and dwelling.property in fact.properties,
    )
    if decided is None:
        return _not_decided(view, dwelling, Change("private_tenth_decided"))
    return Finding(Status.MET, (decided,), _since(decided))


# --- What they share ------------------------------------------------------------------------


def _decided(
    view: View,
    municipality: str,
    right: ReferralRight,
    day: date,
    reaches: Callable[[ReferralRightDecided], bool] = lambda _: True,
) -> Recorded[ReferralRightDecided] | None:
    """Return the municipality's decision to use a right that stands on `day`.

    One that reaches the dwelling takes the place of an older one that does, not of others.
    """
    return standing(
        (
            item
            for item in view.find(ReferralRightDecided, municipality)
            if item.fact.right is right and reaches(item.fact)
        ),
        day,
    )


def _not_decided(view: View, dwelling: DwellingRecorded, change: Change) -> Finding:
    """Say that nothing is recorded; what the municipality has not recorded it has not decided.

    What another municipality has decided about its dwellings is not known here.
    """
    if not view.decides_for(dwelling.municipality):
        details = (("municipality", dwelling.municipality),)
        missing = Missing("right_elsewhere", "other_municipality", details)
        return Finding(Status.UNKNOWN, (), (("recorded", "not_known_here"),), (missing,))
    return Finding(Status.NOT_MET, (), (("recorded", "none"),), (), (change,))


def _since(item: Recorded[Any]) -> tuple[tuple[str, str], ...]:
    fact = item.fact
    for name in ("decision_day", "agreed_on", "approved_on"):
        day: date | None = getattr(fact, name, None)
        if day is not None:
            return (("since", day.isoformat()),)
    raise TypeError(f"{type(fact).__name__} has no day from which it holds")


def rule_of(basis: Basis, day: date) -> str:
    """Return the rule that a basis rests on."""
    match basis:
        case Basis.STK_1 | Basis.STK_2 | Basis.STK_3:
            return "REF-QUARTER"
        case Basis.STK_4:
            return "REF-KOMB-4"
        case Basis.STK_5:
            return "REF-PLUS-5"
        case Basis.URBAN_RENEWAL:
            return "REF-THIRD"
        case Basis.PRIVATE_AGREEMENT:
            return "PRIV-ANV-2022" if day >= AGREEMENTS_OPEN_FROM else "PRIV-ANV"
        case Basis.PRIVATE_TENTH:
            return "PRIV-ANV-58"


def condition(
    edition: Edition,
    view: View,
    id: str,
    dwelling: DwellingRecorded,
    basis: Basis,
    day: date,
) -> Finding:
    """Say whether what the basis rests on is recorded for this dwelling on `day`."""
    rule = edition.rules[rule_of(basis, day)]
    if not rule.in_force(day):
        values = (("first_day", rule.first_day.isoformat()),)
        return Finding(Status.NOT_IN_FORCE, (), values, (), (Change("other_basis"),))
    match rule.id:
        case "REF-QUARTER":
            return rule.evaluate(view, dwelling, basis, day)
        case "REF-KOMB-4":
            area = dwelling.area
            listed = (
                Finding(Status.NOT_MET)
                if area is None
                else area_law.standing(edition, view, area, Category.COMBINED_LETTING, day).finding
            )
            return rule.evaluate(view, dwelling, listed, day)
        case "PRIV-ANV" | "PRIV-ANV-2022":
            return rule.evaluate(view, dwelling, id, day)
        case _:
            return rule.evaluate(view, dwelling, day)


def barred(rule_id: str, finding: Finding) -> bool:
    """Tell whether the condition stops the referral on this basis.

    A decision or agreement under stk. 1 to 3 that is not recorded does not.
    """
    if finding.status is Status.NOT_IN_FORCE:
        return True
    if finding.status is not Status.NOT_MET:
        return False
    return rule_id != "REF-QUARTER" or ("recorded", "none") not in finding.values


RULES = declared(globals())
