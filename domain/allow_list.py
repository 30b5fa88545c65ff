"""Every field of every fact about a person or household: what it is for, and under which law.

A field that is not named here fails the build (design 2.7), so nobody adds one without saying
why it may be held. Origin and health have no field. Only two fields hold free text by a person
about a case, `decided_by` and `reasons`: both are sealed, and no rule reads them.
"""

from __future__ import annotations

from typing import NamedTuple

from domain import facts


class Use(NamedTuple):
    """Why a field may be held: its purpose, and the section that asks for it or allows it."""

    purpose: str
    section: str


_ABL = "almenboligloven (LBK nr. 207 af 25/1/2026)"
_GDPR_ACCURACY = "databeskyttelsesforordningen art. 5, stk. 1, litra d"
_REFERRAL = f"{_ABL} § 59, stk. 6 og 7"
_FALLBACK = f"{_ABL} § 59, stk. 9"
_N4 = f"{_ABL} § 59, stk. 6, nr. 4"
_RELEASE = f"{_ABL} § 59, stk. 6, nr. 1 og 2"
_TERMINATION = f"{_ABL} § 59, stk. 6, nr. 3"
_REFUGEE = "integrationsloven (LBK nr. 1146 af 22/6/2020) § 12, stk. 2"
_UKRAINE = "lov nr. 324 af 16/3/2022 § 30 a"
_RENEWAL = "byfornyelsesloven (LBK nr. 794 af 27/4/2021) § 64, jf. §§ 61 og 63"
_BENEFITS = f"{_ABL} § 59, stk. 6, nr. 5 og 6, og stk. 7"

_CORRECTS = Use("which recorded fact this one puts right", _GDPR_ACCURACY)

ALLOWED: dict[type[facts.Fact], dict[str, Use]] = {
    facts.PersonRegistered: {
        "corrects": _CORRECTS,
        "name": Use("telling persons apart in a case; optional", _REFERRAL),
        "cpr": Use(
            "telling persons apart for certain; optional", "databeskyttelsesloven § 11, stk. 1 og 2"
        ),
    },
    facts.HouseholdRegistered: {
        "corrects": _CORRECTS,
        "registered_on": Use("since when the household is known here", _REFERRAL),
    },
    facts.HouseholdMember: {
        "corrects": _CORRECTS,
        "member_list": Use("whether declared at move-in or registered at application", _REFERRAL),
        "first_day": Use("since when the person belongs to the household", _REFERRAL),
        "last_day": Use("until when the person belongs to the household", _REFERRAL),
    },
    facts.MembersAttested: {
        "corrects": _CORRECTS,
        "member_list": Use("which of the two lists is complete", _REFERRAL),
        "first_day": Use("first day on which the list is complete", _REFERRAL),
        "last_day": Use("last day on which the list is complete", _REFERRAL),
    },
    facts.BenefitPeriod: {
        "corrects": _CORRECTS,
        "benefit": Use("which of the benefits named by the act was received", _BENEFITS),
        "first_day": Use("first day of receipt: the act counts calendar months", _BENEFITS),
        "last_day": Use("last day of receipt: the act counts calendar months", _BENEFITS),
    },
    facts.BenefitsAttested: {
        "corrects": _CORRECTS,
        "benefits": Use("for which benefits the record is complete", _BENEFITS),
        "first_day": Use("first day for which the record is complete", _BENEFITS),
        "last_day": Use("last day for which the record is complete", _BENEFITS),
    },
    facts.CitizenshipAttested: {
        "corrects": _CORRECTS,
        "condition": Use("whether the condition is met; never which citizenship", _N4),
        "first_day": Use("first day that the attestation speaks of", _N4),
        "last_day": Use("last day that the attestation speaks of", _N4),
    },
    facts.EnrolmentAttested: {
        "corrects": _CORRECTS,
        "enrolled": Use("whether enrolled at a publicly recognised institution", _N4),
        "first_day": Use("first day that the attestation speaks of", _N4),
        "last_day": Use("last day that the attestation speaks of", _N4),
    },
    facts.ReleaseRecorded: {
        "corrects": _CORRECTS,
        "released_on": Use("whether the release lies within six months", _RELEASE),
        "released_from": Use("whether the institution is one that the act names", _RELEASE),
        "convicted": Use("whether convicted; never of what, nor to what", _RELEASE),
        "convicted_on": Use("whether convicted by the day asked about", _RELEASE),
        "action_plan": Use("whether an action plan is to be drawn up", _RELEASE),
        "under_18_until": Use(
            "whether under 18 on a day within the six months; never a day of birth",
            f"{_ABL} § 59, stk. 6, nr. 2",
        ),
    },
    facts.ReleasesAttested: {
        "corrects": _CORRECTS,
        "first_day": Use("first day for which the record is complete", _RELEASE),
        "last_day": Use("last day for which the record is complete", _RELEASE),
    },
    facts.TerminationRecorded: {
        "corrects": _CORRECTS,
        "ended_on": Use("whether the ending lies within six months", _TERMINATION),
        "ending": Use("whether the landlord's termination was completed", _TERMINATION),
        "gross_breach": Use("whether for gross breach of good order", _TERMINATION),
    },
    facts.TerminationsAttested: {
        "corrects": _CORRECTS,
        "first_day": Use("first day for which the record is complete", _TERMINATION),
        "last_day": Use("last day for which the record is complete", _TERMINATION),
    },
    facts.RefugeeAttested: {
        "corrects": _CORRECTS,
        "allocated": Use("whether allocated to the municipality as a refugee", _REFUGEE),
        "first_day": Use("first day that the attestation speaks of", _REFUGEE),
        "last_day": Use("last day that the attestation speaks of", _REFUGEE),
    },
    facts.UkrainePermitAttested: {
        "corrects": _CORRECTS,
        "permit": Use("whether the special act's exception reaches the person", _UKRAINE),
        "first_day": Use("first day that the attestation speaks of", _UKRAINE),
        "last_day": Use("last day that the attestation speaks of", _UKRAINE),
    },
    facts.UkraineDecided: {
        "corrects": _CORRECTS,
        "decision_day": Use("from when the municipality's assessment holds", _UKRAINE),
        "last_day": Use("until when the municipality's assessment holds", _UKRAINE),
        "decided_by": Use("who made the assessment and answers for it", _UKRAINE),
        "reasons": Use("why; sealed text that no rule reads", "forvaltningsloven §§ 22 og 24"),
        "party_heard": Use("whether the party was heard", "forvaltningsloven § 19"),
    },
    facts.ReplacementRightAttested: {
        "corrects": _CORRECTS,
        "entitled": Use("whether the household is owed a replacement dwelling", _RENEWAL),
        "first_day": Use("first day that the attestation speaks of", _RENEWAL),
        "last_day": Use("last day that the attestation speaks of", _RENEWAL),
    },
    facts.FallbackDecided: {
        "corrects": _CORRECTS,
        "decision_day": Use("from when the municipality's assessment holds", _FALLBACK),
        "last_day": Use("until when the municipality's assessment holds", _FALLBACK),
        "decided_by": Use("who made the assessment and answers for it", _FALLBACK),
        "reasons": Use("why; sealed text that no rule reads", "forvaltningsloven §§ 22 og 24"),
        "party_heard": Use("whether the party was heard", "forvaltningsloven § 19"),
        "prevention_area_possible": Use(
            "whether a dwelling in a prevention area could be referred", _FALLBACK
        ),
        "other_municipalities_tried": Use(
            "whether dwellings of other municipalities were tried", _FALLBACK
        ),
    },
    facts.Retracted: {
        "corrects": _CORRECTS,
        "retracts": Use("which recorded fact is taken back", _GDPR_ACCURACY),
    },
}
"""The fields by fact. A retraction is sealed where the fact that it takes back is."""
