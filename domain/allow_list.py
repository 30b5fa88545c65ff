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
_BENEFITS = f"{_ABL} § 59, stk. 6, nr. 5 og 6, og stk. 7"

_CORRECTS = Use("which recorded fact this one puts right", _GDPR_ACCURACY)

_LETTING = f"{_ABL} § 51"
_LEASE = "almenlejeloven (LBK nr. 928 af 4/9/2019)"
_CONTRACT = "udlejningsbekendtgørelsen (BEK nr. 977 af 21/8/2024) § 1, stk. 10"
_STEP = {
    "corrects": _CORRECTS,
    "dwelling": Use("which dwelling it is about", _LETTING),
}
_DECIDED = {
    **_STEP,
    "receipts": Use("which answers it rests on", "databeskyttelsesforordningen art. 5, stk. 2"),
    "receipt_hashes": Use("that they are unaltered", "databeskyttelsesforordningen art. 5, stk. 2"),
    "decided_by": Use("who decided and answers for it", "forvaltningsloven § 22"),
    "reasons": Use("why; sealed text that no rule reads", "forvaltningsloven §§ 22 og 24"),
    "party_heard": Use("whether the party was heard", "forvaltningsloven § 19"),
}

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
    facts.OfferMade: {
        **_DECIDED,
        "allocation": Use("which vacancy, by which channel", _LETTING),
        "offered_on": Use("the day of the offer", _LETTING),
        "deadline": Use("until when it may be accepted", _LETTING),
    },
    facts.OfferAccepted: {
        **_DECIDED,
        "offer": Use("which offer", _LETTING),
        "accepted_on": Use("the day of the acceptance, before the deadline or not", _LETTING),
    },
    facts.OfferRefused: {
        **_STEP,
        "offer": Use("which offer", _LETTING),
        "refused_on": Use("the day of the refusal", _LETTING),
    },
    facts.OfferLapsed: {
        **_STEP,
        "offer": Use("which offer", _LETTING),
        "lapsed_on": Use("the day on which the deadline had passed", _LETTING),
    },
    facts.OfferWithdrawn: {
        **_DECIDED,
        "offer": Use("which offer", _LETTING),
        "withdrawn_on": Use("the day it was taken back", _LETTING),
    },
    facts.TenancyCommenced: {
        **_DECIDED,
        "offer": Use("which offer", _LETTING),
        "contract_on": Use("the day of the contract", _CONTRACT),
        "first_day": Use("from when the dwelling is let", _CONTRACT),
    },
    facts.NoticeGiven: {
        **_DECIDED,
        "tenancy": Use("which tenancy", f"{_LEASE} §§ 84-89"),
        "given_by": Use("which party gave notice", f"{_LEASE} §§ 84-89"),
        "given_on": Use("the day of the notice: the period runs from it", f"{_LEASE} § 86"),
        "last_day": Use("the last day of the tenancy", f"{_LEASE} § 86"),
    },
    facts.TenancyEnded: {
        **_DECIDED,
        "tenancy": Use("which tenancy", f"{_LEASE} §§ 84-90"),
        "cause": Use("what ended it", f"{_LEASE} §§ 84-90"),
        "ended_on": Use("the day it was ended", f"{_LEASE} §§ 84-90"),
        "last_day": Use("the last day of the tenancy", f"{_LEASE} §§ 84-90"),
    },
    facts.Retracted: {
        "corrects": _CORRECTS,
        "retracts": Use("which recorded fact is taken back", _GDPR_ACCURACY),
    },
}
"""The fields by fact. A retraction is sealed where the fact that it takes back is."""
