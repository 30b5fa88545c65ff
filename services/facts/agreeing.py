"""What must hold between the fields of one fact; `validating.py` has checked each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from domain import facts, ledger
from domain.calendar import months_after
from domain.facts import (
    Alternative,
    Criterion,
    CriterionKind,
    DwellingKind,
    MustMeet,
    ShareBasis,
)
from domain.facts.declared import slots
from domain.law import acts
from domain.law.area.origin import OWN_CRITERION_FROM
from domain.law.lives import out_of_order
from domain.law.referral.six_months import MONTHS
from services.facts.validating import Checked, was_read

CHANGES_APPROVED_FROM = date(2018, 12, 1)
"""BEK 1365 af 29/11/2018 § 3: since then an area's limits are changed by approval."""


def check_agreement(fact: facts.Fact, field: Checked, today: date) -> None:
    """Note the fields of a fact that don't go with its others, or with what the law knows."""
    match fact:
        case facts.HouseholdMember():
            _check_role(fact, field)
        case facts.BenefitPeriod():
            _check_benefit(fact, field, today)
        case facts.ReleaseRecorded():
            _check_release(fact, field)
        case facts.TerminationRecorded():
            # A disputed one may be to end on a day to come, and one under notice is.
            ahead = fact.given_on is not None or fact.ending is facts.TenancyEnding.DISPUTED
            if not ahead and was_read(fact.ended_on) and fact.ended_on > today:
                field.bad("ended_on", f"lies after today, {today}")
        case facts.ReferralRightDecided():
            _check_right(fact, field)
        case facts.ReferralAgreed():
            if fact.kind not in (None, facts.DwellingKind.FAMILY, facts.DwellingKind.YOUTH):
                field.bad("kind", "must be family or youth dwellings (§ 59, stk. 2 and 3)")
        case facts.PrivateReferralAgreed():
            if bool(fact.share) == bool(fact.named):
                field.bad("share", "give either a share or the flats named, and not both")
        case facts.DwellingRecorded():
            _check_kind(fact, field)
        case facts.FamilyDwellingsCounted():
            if fact.in_listed_areas > fact.in_municipality:
                field.bad("in_listed_areas", "exceeds in_municipality, which it is a part of")
        case facts.LettingShareDecided():
            _check_share(fact, field)
        case facts.AreaRegistered():
            if fact.area[:4] != fact.municipality:
                field.bad("area", "must begin with the code of its municipality")
        case facts.AreaChangeApproved():
            _check_change(fact, field)
        case facts.OriginCriterionSuspended():
            if was_read(fact.first_day) and fact.first_day < OWN_CRITERION_FROM:
                field.bad("first_day", f"the criterion stands by itself since {OWN_CRITERION_FROM}")
        case facts.AreaFigures():
            if fact.figures == facts.Figures(rounded=fact.figures.rounded):
                field.bad("figures", "states no figure")
        case facts.CriteriaSet():
            _criteria(fact, field)
        case facts.SightAttested():
            _sight(fact, field)
        case facts.JudgmentInCase():
            _judgment(fact, field)
        case facts.DistanceMeasured():
            if fact.longest_cm < fact.shortest_cm:
                field.bad("longest_cm", "is less than shortest_cm")
        case facts.ProportionalityWeighed():
            for index, factor in enumerate(fact.absent):
                if factor in fact.present:
                    field.bad(f"absent[{index}]", "is named as present too")
        case facts.DisposalDecided():
            _disposal(fact, field)
        case facts.ProceedsSettled():
            _settled(fact, field)
        case _:
            return


def _check_role(fact: facts.HouseholdMember, field: Checked) -> None:
    if fact.together_since is None and fact.together_by is None:
        return
    if fact.role is not facts.MemberRole.PARTNER:
        field.bad("together_since", "is said of a partner only")
    elif fact.together_since is None or fact.together_by is None:
        field.bad("together_by", "goes with together_since: give both or neither")


def _check_benefit(fact: Any, field: Checked, today: date) -> None:
    if fact.benefit is None:
        return
    since, until = fact.benefit.since, fact.benefit.until
    if fact.first_day is not None and since is not None and fact.first_day < since:
        field.bad("first_day", f"this benefit did not exist before {since}")
    if until is None:
        return
    if fact.first_day is not None and fact.first_day >= until:
        field.bad("first_day", f"this benefit does not exist from {until} on")
    elif (fact.last_day or today) >= until:
        field.bad("last_day", f"this benefit does not exist from {until} on; give a last day")


def _check_release(fact: facts.ReleaseRecorded, field: Checked) -> None:
    """Check a release: not before the conviction it serves, and no more than the rules ask."""
    if fact.convicted is False and fact.convicted_on is not None:
        field.bad("convicted_on", "is given though the person was not convicted")
    if fact.released_from is not facts.ReleasedFrom.REMAND:
        field.order("released_on", fact.convicted_on, fact.released_on)
    until = fact.under_18_until
    if until is None or fact.released_on is None:
        return
    if fact.released_from is not facts.ReleasedFrom.OUTSIDE_PRISON_SERVICE:
        field.bad("under_18_until", "is asked only of a release outside the prison service")
    earliest = fact.released_on - timedelta(days=1)
    latest = months_after(fact.released_on, MONTHS)
    if not earliest <= until <= latest:
        field.bad(
            "under_18_until",
            f"must lie from {earliest} to {latest}: the rule asks about six months, not about a "
            "day of birth",
        )


_AREAS_OF = (facts.ReferralRight.STK_4, facts.ReferralRight.SECTION_51B)
_OF_ORGANISATION = (facts.ReferralRight.STK_1, facts.ReferralRight.STK_3)


def _check_right(fact: facts.ReferralRightDecided, field: Checked) -> None:
    """Check that a decision says what its right asks for, and nothing else."""
    right = fact.right
    if right is None:
        return
    wanted = {
        "organisation": right in _OF_ORGANISATION,
        "areas": right in _AREAS_OF,
        "properties": right is facts.ReferralRight.PRIVATE_TENTH,
        "half_of_own_flats": right is facts.ReferralRight.URBAN_RENEWAL,
    }
    for name, allowed in wanted.items():
        if getattr(fact, name) and not allowed:
            field.bad(name, "does not go with this right")
    for name in ("areas", "properties"):
        if wanted[name] and not getattr(fact, name):
            field.bad(name, "is empty; name at least one")


def _check_kind(fact: facts.DwellingRecorded, field: Checked) -> None:
    """Check what only some kinds of dwelling have."""
    private = fact.kind is facts.DwellingKind.PRIVATE
    if fact.kind is None:
        return
    if fact.mark is not facts.DwellingMark.NONE and fact.kind is not facts.DwellingKind.YOUTH:
        field.bad("mark", "is of youth dwellings only (§ 59, stk. 3)")
    if private:
        if not fact.property:
            field.bad("property", "is empty; name the property that the flat is in")
        if fact.department_areas:
            field.bad("department_areas", "a private flat belongs to no department")
    elif fact.property:
        field.bad("property", "is of private flats only")


_OF_DEPARTMENTS = (ShareBasis.AREA, ShareBasis.INCREASE, ShareBasis.CRITERIA_SET)


def _check_share(fact: facts.LettingShareDecided, field: Checked) -> None:
    if not was_read(fact.basis):
        return
    if fact.criteria:
        if fact.basis not in ledger.CRITERIA:
            field.bad("criteria", "no criteria go with this basis")
        for name in ("numerator", "denominator"):
            if getattr(fact, name) is not None:
                field.bad(name, "is said by the criteria; leave it out")
    elif fact.basis in (ShareBasis.CRITERIA_AGREED, ShareBasis.CRITERIA_SET):
        field.bad("criteria", "is empty; name the criteria, which say the share")
    elif fact.numerator is None or fact.denominator is None:
        field.bad("numerator", "say the share: so many of so many dwellings")
    else:
        numerator, denominator = ledger.MOST.get(fact.basis, (1, 1))
        if fact.numerator * denominator > numerator * fact.denominator:
            field.bad("numerator", f"the act allows at most {numerator} of {denominator}")
    if fact.kind is DwellingKind.ELDERLY or (
        fact.kind is DwellingKind.YOUTH and fact.basis in ledger.FAMILY_ONLY
    ):
        field.bad("kind", "the act knows no such share of these dwellings")
    if fact.basis in _OF_DEPARTMENTS and not fact.departments:
        field.bad("departments", "name those that the decision covers")
    if fact.basis is ShareBasis.ADVERTISED and len(fact.departments) != 1:
        field.bad("departments", "name one: half of each department is counted by itself (§ 60 a)")


def _check_change(fact: Any, field: Checked) -> None:
    """Check that the parts of a change are told apart and add up among themselves."""
    since = f"such approvals exist since {CHANGES_APPROVED_FROM}"
    if fact.approved_on is not None and fact.approved_on < CHANGES_APPROVED_FROM:
        field.bad("approved_on", since)
    if fact.change is facts.AreaChange.EXTENSION:
        if [part.area for part in fact.parts] != [fact.area]:
            field.bad("parts", "of an extension is one part, the area itself")
        elif not fact.parts[0].parcels:
            field.bad("parts[0].parcels", "is empty; name the plots that come in")
    elif fact.change is not None and len(fact.parts) < 2:
        field.bad("parts", f"names {len(fact.parts)}; a {fact.change} has two or more")
    named: dict[str, int] = {}
    owners: dict[str, int] = {}
    for index, part in enumerate(fact.parts):
        if named.setdefault(part.area, index) != index:
            field.bad(f"parts[{index}].area", "is named twice")
        for number, parcel in enumerate(part.parcels):
            place = f"parts[{index}].parcels[{number}]"
            owner = owners.setdefault(parcel, index)
            if owner != index:
                field.bad(place, f"stands in parts[{owner}] too")


def _criteria(fact: facts.CriteriaSet, field: Checked) -> None:
    _place(fact, field)
    if not fact.every and not fact.ways:
        field.bad("ways", "is empty, and every too; nothing would be asked")
    named = [(f"every[{at}]", each) for at, each in enumerate(fact.every)]
    for number, way in enumerate(fact.ways):
        rooms = way.from_rooms or way.to_rooms
        if not way.conditions and not way.residents_only and not rooms:
            field.bad(f"ways[{number}].conditions", "is empty; name at least one")
        if way.to_rooms is not None and way.to_rooms < (way.from_rooms or 0):
            field.bad(f"ways[{number}].to_rooms", "lies below from_rooms; no dwelling is so")
        named += [(f"ways[{number}].conditions[{at}]", c) for at, c in enumerate(way.conditions)]
    asked: set[str] = set()
    for path, condition in named:
        if condition.who is not MustMeet.EVERYONE:
            for name in ("from_age", "to_age"):
                if getattr(condition, name) is not None:
                    field.bad(f"{path}.{name}", "goes with a condition that everyone must meet")
        if condition.to_age is not None and condition.to_age < (condition.from_age or 0):
            field.bad(f"{path}.to_age", "lies below from_age; nobody would be asked")
        asked |= _alternatives(condition.any_of, f"{path}.any_of", field)
    _alternatives(fact.exempt, "exempt", field)
    if fact.basis is facts.CriteriaBasis.MUNICIPALITY and not {"work", "education"} <= asked:
        field.bad("ways", "criteria under § 60, stk. 4 must ask for work and for education too")
    for index, clause in enumerate(fact.clauses):
        if clause.way is not None and clause.way > len(fact.ways):
            field.bad(f"clauses[{index}].way", f"is no way; there are {len(fact.ways)}")
    if fact.share > fact.share_of_every:
        field.bad("share", f"is more than share_of_every, {fact.share_of_every}")
    if fact.basis is facts.CriteriaBasis.ADVERTISING:
        numerator, denominator = ledger.MOST[ShareBasis.ADVERTISED]
        if fact.share * denominator > fact.share_of_every * numerator:
            field.bad("share", f"the act allows at most {numerator} of {denominator}")
    if sum(way.per_cent or 0 for way in fact.ways) > 100:
        field.bad("ways", "the shares of the ways come to more than 100 per cent")


def _alternatives(listed: Sequence[Alternative], path: str, field: Checked) -> set[str]:
    """Check what is asked, and return the kinds that are."""
    asked: set[str] = set()
    if not listed and path != "exempt":
        field.bad(path, "is empty; name at least one")
    for index, alternative in enumerate(listed):
        if not alternative.all_of:
            field.bad(f"{path}[{index}].all_of", "is empty; name at least one")
        for number, criterion in enumerate(alternative.all_of):
            where = f"{path}[{index}].all_of[{number}]"
            _criterion(criterion, where, field)
            if criterion in alternative.all_of[:number]:
                field.bad(where, "asks for the same as one before it, and one proof would do")
            asked.add(str(criterion.kind))
    return asked


def _place(fact: facts.CriteriaSet, field: Checked) -> None:
    if fact.basis is facts.CriteriaBasis.MUNICIPALITY:
        if fact.area is None:
            field.bad("area", "is empty; criteria under § 60, stk. 4 are set for an area")
        if fact.departments:
            field.bad("departments", "must be empty; criteria under § 60, stk. 4 cover an area")
        return
    if fact.area is not None:
        field.bad("area", "must be empty; agreed criteria cover departments")
    if not fact.departments:
        field.bad("departments", "is empty; name at least one")
    if not fact.organisation:
        field.bad("organisation", "is empty")


_NEEDED = {
    CriterionKind.AGE: ("age", "over_age", "most_age"),
    CriterionKind.SELF_SUPPORT: ("incomes", "none_of"),
    CriterionKind.INCOME: ("amount",),
    CriterionKind.TIE: ("tie",),
    CriterionKind.LEAVES: ("leaves",),
    CriterionKind.DEGREE: ("level", "months"),
}
"""Of what a criterion of some kinds must say one, or it would ask for nothing."""


def _criterion(criterion: Criterion, path: str, field: Checked) -> None:
    if criterion.kind is None:
        return
    _goes_with(criterion, f"{path}.", f"a criterion of {criterion.kind}", field)
    needed = _NEEDED.get(criterion.kind, ())
    if needed and not any(getattr(criterion, name) for name in needed):
        field.bad(f"{path}.{needed[0]}", f"is not given; say one of {', '.join(needed)}")
    if criterion.none_of and criterion.months is None:
        field.bad(f"{path}.months", "is not given; say how far back none_of reaches")
    for name, other in (("excluded", "jobs"), ("none_of", "incomes")):
        counts = getattr(criterion, other)
        for index, each in enumerate(getattr(criterion, name)):
            if each in counts:
                field.bad(f"{path}.{name}[{index}]", f"is named in {other} too")
    least = max(criterion.age or 0, (criterion.over_age or 0) + 1)
    if criterion.most_age is not None and criterion.most_age < least:
        field.bad(f"{path}.most_age", "lies below the least age; nobody would meet it")
    if criterion.inside and criterion.outside and not criterion.inside.holds(criterion.outside):
        field.bad(f"{path}.outside", "holds what inside names; nothing lies so")


def _goes_with(part: Any, path: str, what: str, field: Checked) -> None:
    """Note what is said beside a kind that it says nothing of."""
    for slot in slots(type(part)):
        kinds = slot.said.goes_with
        if (
            kinds is not None
            and part.kind not in kinds
            and getattr(part, slot.name) != slot.default
        ):
            field.bad(f"{path}{slot.wire}", f"says nothing in {what}")


_SHOWN = {
    CriterionKind.WORK: ("hours", "full_time_agreed"),
    CriterionKind.AGE: ("age",),
    CriterionKind.SELF_SUPPORT: ("incomes",),
    CriterionKind.INCOME: ("amount",),
    CriterionKind.CHILD: ("age", "living"),
    CriterionKind.TIE: ("tie",),
    CriterionKind.LEAVES: ("leaves",),
    CriterionKind.OTHER_DWELLING_NEEDED: ("answer",),
}
"""Of what a sight of some kinds must say one, unless an authority answers for the whole."""


def _sight(fact: facts.SightAttested, field: Checked) -> None:
    if fact.kind is None:
        return
    _goes_with(fact, "", f"a sight of {fact.kind}", field)
    shown = _SHOWN.get(fact.kind, ())
    if (
        shown
        and fact.answer is None
        and not any(getattr(fact, name) not in (None, ()) for name in shown)
    ):
        wires = {slot.name: slot.wire for slot in slots(facts.SightAttested)}
        named = [wires[name] for name in shown]
        field.bad(named[0], f"is not given; say {' or '.join(named)}, or an authority's answer")
    if (fact.amount is None) is not (fact.reached is None):
        field.bad("reached", "goes with amount: say both, or neither")
    for index, place in enumerate(fact.outside):
        if place in fact.inside:
            field.bad(f"outside[{index}]", "is named as inside too")
        elif any(place.holds(inner) for inner in fact.inside):
            field.bad(f"outside[{index}]", "holds a place that is named as inside")


def _judgment(fact: facts.JudgmentInCase, field: Checked) -> None:
    """Check a judgment: its days in order, and a sanction that agrees with itself."""
    for name in out_of_order(fact):
        field.bad(name, "cannot follow on the judgment's other days")
    days = fact.unconditional_days
    if days is None:
        return
    if days == 0 and fact.sanction in (
        facts.Sanction.UNCONDITIONAL_IMPRISONMENT,
        facts.Sanction.PARTLY_SUSPENDED_IMPRISONMENT,
    ):
        field.bad("unconditional_days", "is 0, yet the sanction has an unconditional part")
    elif days > 0 and fact.sanction in (
        facts.Sanction.SUSPENDED_IMPRISONMENT,
        facts.Sanction.FINE,
        facts.Sanction.OTHER_NON_CUSTODIAL,
    ):
        field.bad("unconditional_days", "is given, yet the sanction has no unconditional part")


def _disposal(fact: facts.DisposalDecided, field: Checked) -> None:
    rebuilt = fact.kind is facts.DisposalKind.REBUILDING
    if fact.rebuilt_as is not None and not rebuilt:
        field.bad("rebuilt_as", "is of a rebuilding alone")
    if fact.rebuilt_as is facts.DwellingKind.PRIVATE:
        field.bad("rebuilt_as", "must be a kind of social dwelling")
    if fact.ordered and (rebuilt or fact.plan is not facts.PlanKind.MUNICIPAL):
        field.bad("ordered", "is of a sale or demolition under a municipal plan alone")


def _settled(fact: Any, field: Checked) -> None:
    """Check that no more went into the fund than the sale brought, and the minister's approval."""
    amounts = (fact.net_oere, fact.into_fund_oere)
    if None not in amounts and fact.into_fund_oere > fact.net_oere:
        field.bad("into_fund_oere", "exceeds net_oere, which it is a part of")
    since = acts.LOV_1322_2018.in_force
    if fact.transfer_approved and fact.settled_on is not None and fact.settled_on < since:
        field.bad("transfer_approved", f"such approvals exist since {since}")
