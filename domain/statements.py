"""What one fact of a kind is a statement about, so that two of them can be seen to contradict.

Two facts of one kind contradict when they are about the same thing, for the same day, and do not
say the same of it. Of a person's or a household's facts the person or household is part of what
they are about. Which of two contradicting facts is right is for a person to say: one corrects the
other, or is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec

from domain import facts
from domain.calendar import covers

_BESIDE = frozenset({"corrects", "source", "reasons", "reason", "reference"})
"""Where a statement is from, and why it was made: two may say that each in its own way."""


class About(NamedTuple):
    """What a fact is about: the fields that name it, and the days that it is stated for.

    `each`: a field of several things, every one of which it is about. `days`: the first and the
    last day of those that it speaks of; none: the fields of `what` name its day. `says`: what may
    not differ; none: everything else. `apart`: a smallest and a largest value; it differs when
    both cannot be true.
    """

    what: tuple[str, ...] = ()
    each: str = ""
    days: tuple[str, str] | None = None
    says: tuple[str, ...] = ()
    apart: tuple[str, str] | None = None


_SPAN = ("first_day", "last_day")

STATED: dict[type[facts.Fact], tuple[About, ...]] = {
    # -- areas, dwellings, the law
    facts.AreaParcels: (About(("area", "first_day")),),
    facts.AreaRenamed: (About(("area", "first_day")),),
    facts.AreaChangeApproved: (About(("area", "change", "approved_on")),),
    facts.GroupingApproved: (About(("area", "approved_on")),),
    facts.AreaFigures: (About(("area", "reference_day")),),
    facts.DwellingRecorded: (About(("dwelling",), days=_SPAN),),
    facts.PlanApproved: (About(("area", "approved_on")),),
    facts.ReadingChosen: (About(("point", "first_day"), says=("reading",)),),
    # -- the controller's own decisions
    facts.FamilyDwellingsCounted: (About(("municipality", "counted_on")),),
    facts.ExemptionDecided: (About(("municipality", "decision_day")),),
    facts.ReferralRightDecided: (
        About(("municipality", "right", "organisation", "areas", "properties", "decision_day")),
    ),
    facts.ReferralAgreed: (About(("municipality", "organisation", "kind", "agreed_on")),),
    facts.ReferralIncreaseApproved: (About(("municipality", "approved_on")),),
    facts.PrivateReferralAgreed: (About(("municipality", "property", "agreed_on")),),
    facts.CriteriaSet: (
        About(("criteria", "set_on", "first_day")),
        About(("area", "basis", "set_on", "first_day")),
        About(("organisation", "set_on", "first_day"), each="departments"),
    ),
    facts.CombinedLettingDecided: (About(("area", "decided_on")),),
    facts.ApprovalSchemeDecided: (About(("municipality", "organisation", "first_day")),),
    facts.OccupancyCapUsed: (About(("municipality", "organisation", "first_day")),),
    facts.LettingShareDecided: (
        About(("organisation", "basis", "kind", "departments", "first_day")),
    ),
    facts.DisposalDecided: (About(("decision_day",), each="dwellings"),),
    # -- persons and households
    facts.BenefitPeriod: (About(("benefit", "first_day")),),
    facts.CitizenshipAttested: (About(days=_SPAN, says=("condition",)),),
    facts.EnrolmentAttested: (About(days=_SPAN, says=("enrolled",)),),
    facts.RefugeeAttested: (About(days=_SPAN, says=("allocated",)),),
    facts.UkrainePermitAttested: (About(days=_SPAN, says=("permit",)),),
    facts.ReplacementRightAttested: (About(days=_SPAN, says=("entitled",)),),
    facts.ReleaseRecorded: (About(("released_on",)),),
    facts.TerminationRecorded: (About(("ended_on",)),),
    facts.UkraineDecided: (About(("decision_day",)),),
    facts.FallbackDecided: (About(("decision_day",)),),
    facts.BenefitConditionAttested: (
        About(("condition", "day", "municipality"), says=("answer",)),
    ),
    facts.CertificateSeen: (About(("area", "seen_on")),),
    facts.TerminationNotified: (About(("terminated_on", "landlord")),),
    facts.OverdueDebt: (About(("first_day",)),),
    facts.DispensationDecided: (About(("decision_day",)),),
    facts.ApprovalAnswered: (About(("received_on",)),),
    facts.OppositionAssessed: (About(("ground", "decision_day")),),
    facts.PoliceNotice: (About(("subject", "received_on")),),
    facts.JudgmentInCase: (About(("offence", "judgment_day")),),
    facts.DistanceMeasured: (
        About(("offence", "dwelling", "method"), apart=("shortest_cm", "longest_cm")),
    ),
    facts.ProportionalityWeighed: (About(("decision_day",)),),
    facts.TerminationDecided: (About(("dwelling", "terminated_on")),),
    facts.EnforcementRequested: (About(("requested_on",)),),
    facts.SaleCriteriaChecked: (About(("checked_on",)),),
}
"""What each kind of fact is a statement about. CriteriaSet: its own id, and each place."""

NOT_COMPARED: dict[type[facts.Fact], str] = {
    facts.PersonRegistered: "registered once; other content is refused as a registration",
    facts.HouseholdRegistered: "registered once; other content is refused as a registration",
    facts.AreaRegistered: "registered once; other content is refused as a registration",
    facts.AreaListPublished: "imported, each beside the one that stands",
    facts.AreaListed: "imported, each beside the one that stands",
    facts.PlanCarriedOut: "once for each plan, whatever the day",
    facts.OriginCriterionSuspended: "two never overlap, whatever they say",
    facts.HouseholdMember: "two of one person and list never overlap, whatever they say",
    facts.MembersAttested: "says one thing only: that the list is complete",
    facts.BenefitsAttested: "says one thing only: that the record is complete",
    facts.ReleasesAttested: "says one thing only: that the record is complete",
    facts.TerminationsAttested: "says one thing only: that the record is complete",
    facts.JudgmentsAttested: "says one thing only: that the record is complete",
    facts.SightAttested: "several documents may be seen on one day; the rules weigh them",
    facts.NothingShown: "says one thing only: that nothing was shown",
}
"""Kinds of fact that are not compared so, and why. Steps and the log's own events are not
recorded fact by fact."""


def contradiction(one: facts.Fact, other: facts.Fact) -> str | None:
    """Return the field in which two facts of one kind contradict each other; None: they do not.

    They must be about the same person or household, where they are about one. What could not be
    read (None where a fact must say something) contradicts nothing.
    """
    for about in STATED.get(type(one), ()):
        if _same(about, one, other) and _days_meet(about, one, other):
            differing = next(_differing(about, one, other), None)
            if differing is not None:
                return differing
    return None


def _same(about: About, one: Any, other: Any) -> bool:
    for name in about.what:
        value = getattr(one, name)
        if value is None or value != getattr(other, name):
            return False
    if not about.each:
        return True
    return not set(getattr(one, about.each)).isdisjoint(getattr(other, about.each))


def _days_meet(about: About, one: Any, other: Any) -> bool:
    if about.days is None:
        return True
    (first, last), (other_first, other_last) = (
        tuple(getattr(fact, name) for name in about.days) for fact in (one, other)
    )
    if not isinstance(first, date) or not isinstance(other_first, date):
        return False
    return covers(first, last, other_first) or covers(other_first, other_last, first)


def _differing(about: About, one: Any, other: Any) -> Iterator[str]:
    if about.apart is not None:
        low, high = about.apart
        if getattr(one, high) < getattr(other, low) or getattr(other, high) < getattr(one, low):
            yield high
        return
    for name in about.says or _others(about, one):
        said, before = getattr(one, name), getattr(other, name)
        if isinstance(said, msgspec.Struct) and isinstance(before, msgspec.Struct):
            yield from (f"{name}.{field}" for field in _figures_apart(said, before))
        elif said != before:
            yield name


def _others(about: About, one: Any) -> Iterable[str]:
    named = {*about.what, *(about.days or ()), about.each, *_BESIDE}
    return (name for name in one.__struct_fields__ if name not in named)


def _figures_apart(one: msgspec.Struct, other: msgspec.Struct) -> Iterator[str]:
    """Return the figures that both state and state differently."""
    for name in one.__struct_fields__:
        said, before = getattr(one, name), getattr(other, name)
        if name != "rounded" and said != before and None not in (said, before):
            yield name
