"""What must hold between the fields of one fact; `validating.py` has checked each by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from domain import facts, ledger
from domain.calendar import months_after
from domain.facts import (
    Alternative,
    Condition,
    Criterion,
    CriterionKind,
    DwellingKind,
    MustMeet,
    ShareBasis,
)
from domain.facts.areas import Measured
from domain.facts.declared import slots
from domain.facts.kinds import MOST_ROOMS
from domain.facts.words import Measure
from domain.law import acts
from domain.law.area.figures import says_anything
from domain.law.area.measured import COUNTED, YEARS, half_unit, mean_of
from domain.law.area.measured import number as number_of
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
        case facts.AgreementExtended():
            if fact.covered > fact.in_municipality:
                field.bad("covered", "exceeds in_municipality, which it is a part of")
            elif 2 * fact.covered <= fact.in_municipality and fact.permitted_on is None:
                field.bad(
                    "covered",
                    "is no more than half, which takes the minister's permission (permitted_on)",
                )
        case facts.AreaRegistered():
            if fact.area[:4] != fact.municipality:
                field.bad("area", "must begin with the code of its municipality")
        case facts.AreaChangeApproved():
            _check_change(fact, field)
        case facts.OriginCriterionSuspended():
            if was_read(fact.first_day) and fact.first_day < OWN_CRITERION_FROM:
                field.bad("first_day", f"the criterion stands by itself since {OWN_CRITERION_FROM}")
        case facts.AreaFigures() | facts.ReferenceFigures():
            _figures(fact, field)
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
            _check_plan(fact, field)


def _check_plan(fact: facts.Fact, field: Checked) -> None:
    """Check a fact about a development plan, or about the dwellings of an area."""
    match fact:
        case facts.DwellingsBuilt():
            if bool(fact.replaces) != (fact.replacement is True):
                field.bad("replaces", "goes with replacement: name the unit that they replace")
        case facts.DwellingsSold():
            if fact.kind is DwellingKind.PRIVATE:
                field.bad("kind", "must be social dwellings: what is private is not sold again")
        case facts.DwellingsRelabelled():
            for name in ("kind", "to_kind"):
                if getattr(fact, name) is DwellingKind.PRIVATE:
                    field.bad(name, "must be social dwellings; a sale is recorded as one")
            if was_read(fact.kind) and fact.kind is fact.to_kind:
                field.bad("to_kind", "is what they were before")
        case facts.DwellingsMerged():
            if was_read(fact.dwellings) and (fact.merged_into or 0) >= fact.dwellings:
                field.bad("merged_into", "must be fewer than before")
        case facts.NewBuildingDocumented():
            if bool(fact.plot_ratio) != (facts.NewBuildingProof.PLOT_RATIO in fact.proofs):
                field.bad("plot_ratio", "goes with that proof: give both or neither")
        case facts.FamilyDwellingsByArea() if was_read(fact.in_municipality):
            parallel, transformation = fact.in_parallel_societies, fact.in_transformation_areas
            if parallel is not None and parallel > fact.in_municipality:
                field.bad("in_parallel_societies", "exceeds in_municipality, which it is a part of")
            most = fact.in_municipality if parallel is None else parallel
            if transformation is not None and transformation > most:
                field.bad(
                    "in_transformation_areas",
                    "exceeds those in parallel societies: each such area is one",
                )
        case facts.WindingUpPlanSent():
            if was_read(fact.allowed_dwellings) and (
                (fact.social_dwellings or 0) > fact.allowed_dwellings
            ):
                field.bad("social_dwellings", "exceeds allowed_dwellings, which it is a part of")
        case facts.PlanDispensationApplied() | facts.PlanDispensationDecided():
            if fact.share in ("40", "40.0", "40.00"):
                field.bad("share", "must be over 40, from which it dispenses")
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
        for at, dwelling in enumerate(way.not_dwellings):
            if dwelling in way.only_dwellings:
                field.bad(f"ways[{number}].not_dwellings[{at}]", "is named in only_dwellings too")
        if way.to_rooms is not None and way.to_rooms < (way.from_rooms or 0):
            field.bad(f"ways[{number}].to_rooms", "lies below from_rooms; no dwelling is so")
        named += [(f"ways[{number}].conditions[{at}]", c) for at, c in enumerate(way.conditions)]
    asked: set[str] = set()
    for path, condition in named:
        if condition.who is not MustMeet.EVERYONE:
            for name in ("from_age", "to_age"):
                if getattr(condition, name) is not None:
                    field.bad(f"{path}.{name}", "goes with a condition that everyone must meet")
        if condition.who is MustMeet.TOGETHER:
            _together(condition, f"{path}.any_of", field)
        if condition.to_age is not None and condition.to_age < (condition.from_age or 0):
            field.bad(f"{path}.to_age", "lies below from_age; nobody would be asked")
        asked |= _alternatives(condition.any_of, f"{path}.any_of", field)
    _alternatives(fact.exempt, "exempt", field)
    for number, way in enumerate(fact.ways):
        _alternatives(way.exempt, f"ways[{number}].exempt", field)
    if fact.basis is facts.CriteriaBasis.MUNICIPALITY and not {"work", "education"} <= asked:
        field.bad("ways", "criteria under § 60, stk. 4 must ask for work and for education too")
    for index, clause in enumerate(fact.clauses):
        if clause.way is not None and clause.way > len(fact.ways):
            field.bad(f"clauses[{index}].way", f"is no way; there are {len(fact.ways)}")
        if _ASKS_FOR_ORIGIN.search(clause.says):
            field.bad(
                f"clauses[{index}].says",
                "speaks of origin or citizenship, which criteria may not ask for",
            )
    _shares(fact, field)


_ASKS_FOR_ORIGIN = re.compile(
    r"statsborger|oprindelse|herkomst|etni|nationalitet|indvandrer|flygtning|vestlig|modersmål|"
    r"danskere|født i|hudfarve|\brace|religion|trosretning|citizen|ethnic|origin\b",
    re.IGNORECASE,
)
"""Words of what no criterion may ask (almenboligloven § 60; lov om etnisk ligebehandling)."""


def _shares(fact: facts.CriteriaSet, field: Checked) -> None:
    """Check the shares that criteria say: each a part, and together no more than the whole."""
    said: list[tuple[str, facts.CriteriaSet | facts.OtherShare | facts.TurnOrder | facts.Way]] = [
        ("", fact),
        *((f"other_shares[{at}].", each) for at, each in enumerate(fact.other_shares)),
        *((f"turns[{at}].", each) for at, each in enumerate(fact.turns)),
        *((f"ways[{at}].", each) for at, each in enumerate(fact.ways)),
    ]
    for path, each in said:
        if each.share is not None and each.share > each.share_of_every:
            field.bad(f"{path}share", f"is more than share_of_every, {each.share_of_every}")
    for at, other in enumerate(fact.other_shares):
        path = f"other_shares[{at}]"
        if not other.departments and other.from_rooms is None and other.to_rooms is None:
            field.bad(path, "says of which dwellings: name departments, from_rooms or to_rooms")
        if other.to_rooms is not None and other.to_rooms < (other.from_rooms or 0):
            field.bad(f"{path}.to_rooms", "lies below from_rooms; no dwelling is so")
        if any(_covers(earlier, other) for earlier in fact.other_shares[:at]):
            field.bad(path, "is of dwellings that one before it is of, and would never hold")
        for number, department in enumerate(other.departments):
            if fact.departments and department not in fact.departments:
                field.bad(f"{path}.departments[{number}]", "is none that the criteria cover")
    if fact.basis is facts.CriteriaBasis.ADVERTISING:
        numerator, denominator = ledger.MOST[ShareBasis.ADVERTISED]
        for path, each in said[: 1 + len(fact.other_shares)]:
            if (each.share or 0) * denominator > each.share_of_every * numerator:
                field.bad(f"{path}share", f"the act allows at most {numerator} of {denominator}")
        if fact.rounding is not facts.Rounding.DOWN:
            field.bad("rounding", "must be down: the act allows at most half")
    if sum(Fraction(share, of_every) for _, share, of_every in fact.splits if of_every) > 1:
        name = "turns" if fact.turns else "ways"
        field.bad(name, f"the shares of the {name} come to more than all of it")
    _turns(fact, field)


def _covers(one: facts.OtherShare, other: facts.OtherShare) -> bool:
    """Tell whether one share is of every dwelling that another is of."""
    return (
        (not one.departments or set() < set(other.departments) <= set(one.departments))
        and (one.from_rooms or 0) <= (other.from_rooms or 0)
        and (one.to_rooms or MOST_ROOMS) >= (other.to_rooms or MOST_ROOMS)
    )


def _turns(fact: facts.CriteriaSet, field: Checked) -> None:
    for at, turn in enumerate(fact.turns):
        path = f"turns[{at}].ways"
        if not turn.ways:
            field.bad(path, "is empty; name at least one")
        for number, way in enumerate(turn.ways):
            if way > len(fact.ways):
                field.bad(f"{path}[{number}]", f"is no way; there are {len(fact.ways)}")
            elif way in turn.ways[:number]:
                field.bad(f"{path}[{number}]", "is named twice")
    if fact.turns:
        named = {way for turn in fact.turns for way in turn.ways}
        for at in range(len(fact.ways)):
            if at + 1 not in named:
                field.bad(f"ways[{at}]", "stands in no turn, and would let nobody in")
        for at, each in enumerate(fact.ways):
            if each.share is not None:
                field.bad(f"ways[{at}].share", "goes by turns here; leave it out")


def _together(condition: Condition, path: str, field: Checked) -> None:
    """Check that what two meet together can be added up: hours of work, or an income."""
    for at, alternative in enumerate(condition.any_of):
        adds_up = [
            (each.kind is CriterionKind.WORK and each.hours is not None)
            or each.kind is CriterionKind.INCOME
            for each in alternative.all_of
        ]
        most = any(each.most_amount is not None for each in alternative.all_of)
        if most and len(condition.any_of) > 1:
            field.bad(
                f"{path}[{at}]", "asks for a greatest sum of both; make a way of its own of it"
            )
        if adds_up != [True]:
            field.bad(
                f"{path}[{at}].all_of", "of what is met together, say hours of work or an income"
            )


def _alternatives(listed: Sequence[Alternative], path: str, field: Checked) -> set[str]:
    """Check what is asked, and return the kinds that are."""
    asked: set[str] = set()
    if not listed and not path.endswith("exempt"):
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


def _figures(fact: facts.AreaFigures | facts.ReferenceFigures, field: Checked) -> None:
    """Check how figures were measured: of which years, and from how many of how many."""
    stated, day = fact.figures, fact.reference_day
    if not says_anything(stated) and not stated.measured:
        field.bad("figures", "states no figure")
    seen: dict[tuple[Measure, int | None], int] = {}
    for index, each in enumerate(stated.measured):
        path = f"figures.measured[{index}]"
        if not was_read(each.figure):
            continue
        if each.figure in COUNTED:
            _counted(each, path, field)
            key = each.figure, each.first_year
        else:
            _published(each, stated, path, field)
            key = each.figure, None
        if seen.setdefault(key, index) != index:
            field.bad(f"{path}.figure", f"stands twice, first in measured[{seen[key]}]")
        for name in ("first_year", "last_year"):
            year = getattr(each, name)
            if year is not None and was_read(day) and year > day.year:
                field.bad(f"{path}.{name}", f"lies after the figures, which are of {day}")


def _counted(part: Measured, path: str, field: Checked) -> None:
    if part.first_year is None:
        field.bad(f"{path}.first_year", "is not given; what is counted is counted of one year")
    if part.last_year not in (None, part.first_year):
        field.bad(f"{path}.last_year", "is another year; what is counted is counted of one")
    if (part.numerator is None) is not (part.denominator is None):
        field.bad(f"{path}.denominator", "goes with numerator: give both, or neither")
    elif part.numerator is None and part.share is None:
        field.bad(f"{path}.numerator", "is not given; say how many of how many, or the share")
    elif part.denominator == 0:
        field.bad(f"{path}.denominator", "is 0; of nobody there is no share")
    elif part.numerator is not None and part.denominator is not None:
        if part.numerator > part.denominator:
            field.bad(f"{path}.numerator", "exceeds denominator, which it is a part of")
        elif part.share is not None and not _is_share(part.share, part):
            field.bad(f"{path}.share", "is not what numerator and denominator give")


def _is_share(text: str, part: Measured) -> bool:
    try:
        return abs(number_of(text) - mean_of([part]).by_shares) <= half_unit(text)
    except ValueError:
        return True  # a share that can't be read is named already


def _published(measured: Measured, stated: facts.Figures, path: str, field: Checked) -> None:
    for name in ("numerator", "denominator", "share"):
        if getattr(measured, name) is not None:
            field.bad(f"{path}.{name}", "goes with what is counted of one year")
    if getattr(stated, measured.figure) is None:
        field.bad(f"{path}.figure", "is not stated beside it")
    first, last = measured.first_year, measured.last_year
    if (first is None) is not (last is None):
        field.bad(f"{path}.last_year", "goes with first_year: give both, or neither")
    elif first is not None and last is not None:
        years = YEARS.get(measured.figure, 1)
        if last - first + 1 != years:
            said = "one year" if years == 1 else f"{years} years in a row"
            field.bad(f"{path}.last_year", f"does not go with first_year: it is of {said}")


_NEEDED = {
    CriterionKind.AGE: ("age", "over_age", "most_age"),
    CriterionKind.SELF_SUPPORT: ("incomes", "none_of"),
    CriterionKind.INCOME: ("amount", "most_amount"),
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
    if criterion.amount is not None and criterion.most_amount is not None:
        field.bad(f"{path}.most_amount", "is shown apart from amount; make two criteria of it")
    if criterion.none and (
        criterion.children is not None
        or criterion.living
        or criterion.inside is not None
        or criterion.outside is not None
    ):
        field.bad(f"{path}.none", "asks that there is no child; it goes with below_age alone")
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
    CriterionKind.CHILD: ("age", "living", "no_child"),
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
    detailed = any(getattr(fact, name) not in (None, ()) for name in shown if name != "answer")
    if fact.answer is not None and detailed:
        field.bad("answer", "answers for the whole; leave out what a document shows in detail")
    if fact.answer is not None and fact.issuer is facts.IssuerKind.EMPLOYER:
        field.bad("answer", "is an authority's; of an employer say what the document shows")
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
