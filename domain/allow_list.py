"""Every field of every fact about a person or household: what it is for, and under which law.

A field that is not named here fails the build (design 2.7), so nobody adds one without saying
why it may be held. Origin has no field, and of health no more than that it was weighed. Only two
fields hold free text by a person about a case, `decided_by` and `reasons`: both are sealed, and
no rule reads them.
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

_LEASE = "almenlejeloven (LBK nr. 928 af 4/9/2019)"
_N10 = f"{_LEASE} § 90, stk. 1, nr. 10"
_WEIGHED = f"{_LEASE} § 90, stk. 1, nr. 10, og § 91, stk. 1; EMRK art. 8"
_MOVED = f"{_LEASE} § 92, stk. 4"
_FAST = "retsplejeloven § 996 b, stk. 3-5"
_SALE = f"{_ABL} § 27, stk. 4, og § 27 c, stk. 1"
_REASONS = Use("why; sealed text that no rule reads", f"{_LEASE} §§ 89-91")
_HEARD = Use("whether the party was heard", f"{_LEASE} §§ 89-91")
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
    facts.PoliceNotice: {
        "corrects": _CORRECTS,
        "subject": Use("whether of a charge, a judgment or a decision", f"{_ABL} § 63 d"),
        "received_on": Use("when the police told of it", f"{_ABL} § 63 d"),
        "requested": Use("whether the landlord had asked for it", f"{_ABL} § 63 d, stk. 2"),
    },
    facts.JudgmentInCase: {
        "corrects": _CORRECTS,
        "offence": Use("opaque reference that joins judgment and measured distance", _N10),
        "provisions": Use("whether an offence on the act's list was judged", _N10),
        "sanction": Use("whether the sanction takes away liberty unconditionally", _N10),
        "unconditional_days": Use("how much of the sanction is unconditional", _N10),
        "served_otherwise": Use("whether it was served on remand or with a tag", _N10),
        "offence_day": Use("when the offender must have belonged to the household", _N10),
        "judgment_day": Use("whether the list held the offence when it was judged", _N10),
        "appealed_on": Use("whether the judgment is final", _N10),
        "final_on": Use("whether the judgment is final", _N10),
        "overturned_on": Use("whether the ground fell away afterwards", _MOVED),
    },
    facts.JudgmentsAttested: {
        "corrects": _CORRECTS,
        "first_day": Use("first day for which the judgments are complete", f"{_ABL} § 63 d"),
        "last_day": Use("last day for which the judgments are complete", f"{_ABL} § 63 d"),
    },
    facts.DistanceMeasured: {
        "corrects": _CORRECTS,
        "offence": Use("to the place of which offence it was measured", _N10),
        "dwelling": Use("from the property of which tenancy it was measured", _N10),
        "method": Use("between which points it was measured", _N10),
        "shortest_cm": Use("whether the offence lies within 1 km", _N10),
        "longest_cm": Use("whether the offence lies within 1 km", _N10),
        "uncertainty_cm": Use("how exactly the place of the offence is known", _N10),
        "tolerance_um": Use("how exactly it was computed", _N10),
        "crs": Use("how the coordinates were understood", _N10),
        "library": Use("what computed it, so that it can be checked", _N10),
        "library_version": Use("what computed it, so that it can be checked", _N10),
        "measured_on": Use("when it was measured", _N10),
    },
    facts.ProportionalityWeighed: {
        "corrects": _CORRECTS,
        "decision_day": Use("from when the weighing holds", _WEIGHED),
        "decided_by": Use("who weighed it and answers for it", _WEIGHED),
        "reasons": _REASONS,
        "party_heard": _HEARD,
        "present": Use("what speaks against ending the tenancy, of a closed list", _WEIGHED),
        "absent": Use("what was looked for and is not there", _WEIGHED),
        "contrary_to_obligations": Use(
            "whether a judgment that is not final may be rested on", _N10
        ),
    },
    facts.TerminationDecided: {
        "corrects": _CORRECTS,
        "dwelling": Use("which tenancy was ended", _N10),
        "terminated_on": Use("since when it is ended", _N10),
        "decided_by": Use("who decided and answers for it", _N10),
        "reasons": _REASONS,
        "party_heard": _HEARD,
        "moved_out_on": Use("whether another dwelling is due if the ground falls", _MOVED),
        "joint_area_assessed": Use(
            "whether landlords in the area may be told", f"{_ABL} § 63 e, stk. 2"
        ),
    },
    facts.EnforcementRequested: {
        "corrects": _CORRECTS,
        "requested_on": Use("whether it was asked for in time", _FAST),
        "police_limit": Use("whether it was asked for in time", _FAST),
        "stated": Use("whether the request stated what it must", _FAST),
        "sent_on": Use("whether the court sent the judgment on", _FAST),
    },
    facts.SaleCriteriaChecked: {
        "corrects": _CORRECTS,
        "checked_on": Use("from when the check holds", _SALE),
        "criteria_met": Use("whether notice is a condition of the sale", _SALE),
        "decided_by": Use("who checked it and answers for it", _SALE),
    },
    facts.Retracted: {
        "corrects": _CORRECTS,
        "retracts": Use("which recorded fact is taken back", _GDPR_ACCURACY),
    },
}
"""The fields by fact. A retraction is sealed where the fact that it takes back is."""
