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
_RELEASE = f"{_ABL} § 59, stk. 6, nr. 1 og 2"
_TERMINATION = f"{_ABL} § 59, stk. 6, nr. 3"
_REFUGEE = "integrationsloven (LBK nr. 1146 af 22/6/2020) § 12, stk. 2"
_UKRAINE = "lov nr. 324 af 16/3/2022 § 30 a"
_RENEWAL = "byfornyelsesloven (LBK nr. 794 af 27/4/2021) § 64, jf. §§ 61 og 63"
_SPOUSE = f"{_ABL} § 51 b, stk. 1, og § 51 c, stk. 1 og 2"
_VOUCHED = f"{_ABL} § 51 b, stk. 7, og § 51 c, stk. 3"
_CRITERIA = f"{_ABL} § 60, stk. 1 og 4"
_DISPENSATION = f"{_ABL} § 51 c, stk. 4"
_APPROVAL = f"{_ABL} § 61"
_ORDER = "udlejningsbekendtgørelsen (BEK nr. 977 af 21/8/2024)"
_DEBT = f"{_ORDER} § 27"
_PRIOR_TERMINATION = f"{_ORDER} § 28 og {_ABL} § 63 e"
_CERTIFICATE = f"{_ORDER} § 29"
_OPPOSITION = f"{_ORDER} § 30 og almenlejeloven § 65, stk. 2, og § 69, stk. 2"
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

_LETTING = f"{_ABL} § 51"
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
        "role": Use("who applies, and who counts as a spouse", _SPOUSE),
        "together_since": Use("since when a partner counts as a spouse", _SPOUSE),
        "together_by": Use("how it is shown that a partner counts as a spouse", _SPOUSE),
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
        "given_on": Use("whether the person is under notice, and since when", _TERMINATION),
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
    facts.BenefitConditionAttested: {
        "corrects": _CORRECTS,
        "condition": Use("which condition was asked about; never which benefit", _VOUCHED),
        "answer": Use("the municipality's yes or no", _VOUCHED),
        "day": Use("the one day that the answer speaks of", _VOUCHED),
        "municipality": Use("who answered", _VOUCHED),
        "receipt_id": Use("where the municipality's own answer is found", _VOUCHED),
        "receipt_hash": Use("that the municipality's answer was not altered", _VOUCHED),
        "readings": Use("how open points of law were read", _VOUCHED),
        "points": Use("which open points would change the answer", _VOUCHED),
    },
    facts.SightAttested: {
        "corrects": _CORRECTS,
        "kind": Use("which criterion the document speaks of", _CRITERIA),
        "document": Use("what kind of document was seen; never the document", _CRITERIA),
        "issuer": Use("what kind of issuer it has", _CRITERIA),
        "seen_by": Use("who saw it and answers for it; an opaque id", _CRITERIA),
        "seen_on": Use("when it was seen", _CRITERIA),
        "first_day": Use("from when what it shows holds", _CRITERIA),
        "last_day": Use("until when what it shows holds", _CRITERIA),
        "expires_on": Use("until when the sight is relied on", _CRITERIA),
        "hours": Use("hours of work, which criteria set a minimum for", _CRITERIA),
        "job": Use("kind of work, since criteria leave some out", _CRITERIA),
        "full_time": Use("whether the education is full time", _CRITERIA),
        "su_eligible": Use("whether the education gives a right to a student grant", _CRITERIA),
        "in_municipality": Use("whether the education lies in the municipality", _CRITERIA),
        "months": Use("how long the education is", _CRITERIA),
        "age": Use("an age reached, which some criteria ask for or exempt", _CRITERIA),
    },
    facts.NothingShown: {
        "corrects": _CORRECTS,
        "kinds": Use("for which criteria nothing was shown when asked", _CRITERIA),
        "first_day": Use("from when nothing was shown", _CRITERIA),
        "last_day": Use("until when nothing was shown", _CRITERIA),
    },
    facts.CertificateSeen: {
        "corrects": _CORRECTS,
        "area": Use("for which area the certificate was demanded", _CERTIFICATE),
        "seen_on": Use("when it was seen", _CERTIFICATE),
        "seen_by": Use("who saw it and answers for it; an opaque id", _CERTIFICATE),
        "assessment": Use("what was made of it; never what it says", _CERTIFICATE),
        "expires_on": Use("until when the sight is relied on", _CERTIFICATE),
    },
    facts.TerminationNotified: {
        "corrects": _CORRECTS,
        "terminated_on": Use("the two years run from it", _PRIOR_TERMINATION),
        "landlord": Use("only another social landlord's counts", _PRIOR_TERMINATION),
        "ended_under": Use("only some grounds count", _PRIOR_TERMINATION),
        "joint_area": Use("whether the municipality found one joint area", _PRIOR_TERMINATION),
        "found_unjustified": Use(
            "a court that found it unjustified bars refusal", _PRIOR_TERMINATION
        ),
        "objection_not_sued": Use("an objection never sued on bars refusal", _PRIOR_TERMINATION),
    },
    facts.OverdueDebt: {
        "corrects": _CORRECTS,
        "first_day": Use("from when the debt is overdue", _DEBT),
        "last_day": Use("until when the debt is overdue", _DEBT),
        "insignificant": Use("bars refusal", _DEBT),
        "time_barred": Use("bars refusal", _DEBT),
        "instalments_kept": Use("bars refusal", _DEBT),
        "relief_kept": Use("bars refusal", _DEBT),
    },
    facts.DispensationDecided: {
        "corrects": _CORRECTS,
        "decision_day": Use("from when the dispensation holds", _DISPENSATION),
        "last_day": Use("until when the dispensation holds", _DISPENSATION),
        "decided_by": Use("who decided and answers for it", _DISPENSATION),
        "reasons": Use("why; sealed text that no rule reads", "forvaltningsloven §§ 22 og 24"),
        "party_heard": Use("whether the party was heard", "forvaltningsloven § 19"),
        "factors": Use("which of the order's factors it rests on", f"{_ORDER} § 37, stk. 2"),
        "area": Use("which letting it lets through", _DISPENSATION),
    },
    facts.ApprovalAnswered: {
        "corrects": _CORRECTS,
        "received_on": Use("the five weekdays run from it", _APPROVAL),
        "refused": Use("what the municipality answered", _APPROVAL),
        "sent_on": Use("whether it answered in time", _APPROVAL),
        "dwelling": Use("which letting was answered", _APPROVAL),
    },
    facts.OppositionAssessed: {
        "corrects": _CORRECTS,
        "ground": Use("which power the organisation uses", _OPPOSITION),
        "decision_day": Use("from when the finding holds", _OPPOSITION),
        "last_day": Use("until when the finding holds", _OPPOSITION),
        "decided_by": Use("who found so and answers for it", _OPPOSITION),
        "reasons": Use("why; sealed text that no rule reads", _OPPOSITION),
        "party_heard": Use("whether the party was heard", _OPPOSITION),
        "dwelling": Use("which letting, exchange or sublet it is about", _OPPOSITION),
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
        "appeal_withdrawn_on": Use("whether the judgment is final", _N10),
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
        "offence": Use("opaque reference to the judgment that was weighed", _WEIGHED),
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
        "offence": Use("opaque reference to the judgment that it rested on", _MOVED),
    },
    facts.EnforcementRequested: {
        "corrects": _CORRECTS,
        "requested_on": Use("whether it was asked for in time", _FAST),
        "police_limit": Use("whether it was asked for in time", _FAST),
        "stated": Use("whether the request stated what it must", _FAST),
        "sent_on": Use("whether the court sent the judgment on", _FAST),
        "offence": Use("opaque reference to the judgment that it asked for", _FAST),
    },
    facts.SaleCriteriaChecked: {
        "corrects": _CORRECTS,
        "checked_on": Use("from when the check holds", _SALE),
        "criteria_met": Use("whether notice is a condition of the sale", _SALE),
        "dwelling": Use("which sale it was checked for", _SALE),
        "decided_by": Use("who checked it and answers for it", _SALE),
    },
    facts.Retracted: {
        "corrects": _CORRECTS,
        "retracts": Use("which recorded fact is taken back", _GDPR_ACCURACY),
    },
}
"""The fields by fact. A retraction is sealed where the fact that it takes back is."""
