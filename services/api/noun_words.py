"""The Danish words that cells of a noun's sheet may hold, and the declared word of each."""

from __future__ import annotations

from domain.facts.words import Benefit

FAMILY = {
    **dict.fromkeys(("familiebolig", "almen familiebolig", "familieboliger"), "family"),
    **dict.fromkeys(("ungdomsbolig", "almen ungdomsbolig", "ungdomsboliger"), "youth"),
    **dict.fromkeys(("ældrebolig", "almen ældrebolig", "plejebolig", "ældreboliger"), "elderly"),
    **dict.fromkeys(("privat", "privat bolig", "private"), "private"),
}
MARKS = {"ommærket": "redesignated", "ingen": "none", "startbolig": "startbolig"}
LISTS = {
    **dict.fromkeys(("indflytning", "ved indflytning", "oplyst"), "declared"),
    **dict.fromkeys(("ansøgning", "ved ansøgning", "opnoteret"), "registered"),
    "tilknyttet": "attached",
}
ROLES = {
    "ansøger": "applicant",
    "ægtefælle": "spouse",
    "samlever": "partner",
    **dict.fromkeys(("barn", "andet", "andre"), "other"),
}
PROOFS = {**dict.fromkeys(("folkeregister", "cpr", "register"), "register"), "andet": "other"}
BENEFITS = {each.da.casefold(): each.value for each in Benefit}
PLANS = {"fælles": "joint", "kommunal": "municipal", "kommunens": "municipal"}
BUILDERS = {
    "boligorganisation": "housing_organisation",
    "kommune": "municipality",
    "privat": "private",
}
SANCTIONS = {
    "ubetinget fængsel": "unconditional_imprisonment",
    "delvis betinget fængsel": "partly_suspended_imprisonment",
    "betinget fængsel": "suspended_imprisonment",
    "anden frihedsberøvende": "other_custodial",
    "bøde": "fine",
    "anden ikke frihedsberøvende": "other_non_custodial",
}
CRITERIA = {
    "arbejde": "work",
    "uddannelse": "education",
    "gennemført uddannelse": "degree",
    "selvforsørgelse": "self_support",
    "indkomst": "income",
    "alder": "age",
    "pension": "pension",
    "skilsmisse": "separation",
    "barn": "child",
    "tilknytning": "tie",
}
WHO = {
    "ansøger": "applicant",
    "en af parret": "applicant_or_partner",
    "begge": "applicant_and_partner",
    "én i husstanden": "one_in_household",
    "alle": "everyone",
}
TESTED = {"tilbud": "offer", "kontrakt": "contract", "anvisning": "allocation"}
BASES = {
    "aftale": "agreed",
    "ministeriet": "ministry",
    "kommunen": "municipality",
    "annoncering": "advertising",
    "udvidet": "extended",
}
CHANGES = {
    **dict.fromkeys(("opført", "bygget"), "built"),
    "nedrevet": "demolished",
    "solgt": "sold",
    "ommærket": "relabelled",
}
CITIZENSHIP = {
    "opfyldt": "met",
    "ikke opfyldt": "not_met",
    "flere statsborgerskaber": "several",
    "statsløs": "stateless",
    "udtrædelsesaftalen": "withdrawal_agreement",
}
YES = dict.fromkeys(("ja", "j", "x", "yes", "y"), "yes")
RELEASED = {
    **dict.fromkeys(("fængsel", "afsoning"), "prison_sentence"),
    "varetægt": "remand",
    **dict.fromkeys(("fodlænke", "udslusning"), "tag_or_halfway_house"),
    "uden for kriminalforsorgen": "outside_prison_service",
}
ACTION_PLANS = {
    "skal udarbejdes": "duty",
    "udarbejdet": "made",
    "skal udarbejdes og er udarbejdet": "duty_and_made",
    "ingen": "neither",
    "ikke oplyst": "unknown",
}
ENDINGS = {"udlejer": "landlord", "forlig": "settlement", "bestridt": "disputed"}
