"""The words of the statute that facts are stated in: kinds of dwelling, list, benefit and so on."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class DwellingKind(StrEnum):
    """What a dwelling is let as (almenboligloven § 5, § 59 stk. 1 and 3)."""

    FAMILY = "family"
    YOUTH = "youth"
    ELDERLY = "elderly"
    PRIVATE = "private"
    """A flat in a private rental property (lov om boligforhold § 49): no social dwelling."""


class DwellingMark(StrEnum):
    """What takes a youth dwelling out of § 59, stk. 1 and 2 (§ 59, stk. 3, 2. pkt.)."""

    NONE = "none"
    STARTBOLIG = "startbolig"
    """*Startbolig* (§ 101 a, stk. 1)."""
    REDESIGNATED = "redesignated"
    """*Ommærket* after § 4, nr. 7 or 10."""


class ListKind(StrEnum):
    """The published area lists (almenboligloven §§ 51 b, 61 a, 61 b), under today's names.

    Until 29 November 2021 `parallel_society` was printed as *ghettoområde* and
    `transformation` as *hårdt ghettoområde*. `combined_letting` is the list of areas with a high
    share of persons outside the labour market (*kombineret udlejning*).
    """

    VULNERABLE = "vulnerable"
    PARALLEL_SOCIETY = "parallel_society"
    TRANSFORMATION = "transformation"
    PREVENTION = "prevention"
    COMBINED_LETTING = "combined_letting"


class Listing(StrEnum):
    """What a source says of one area and one list."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"
    NO_SUCH_LIST = "no_such_list"


_REFORM = date(2025, 7, 1)
"""Lov nr. 1655 af 30/12/2024: the cash-benefit reform."""


class Benefit(StrEnum):
    """Benefits under their names of the day (aktivloven, social pension act and others).

    Each says its name in Danish and English; `since` is the first day that it exists, and `until`
    the first that it does not, where the reform made or ended it.
    """

    da: str
    en: str
    since: date | None
    until: date | None

    def __new__(
        cls,
        value: str,
        da: str = "",
        en: str = "",
        since: date | None = None,
        until: date | None = None,
    ) -> Benefit:
        """Make a benefit of its word in the log; a look-up gives that alone."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.da, made.en, made.since, made.until = da, en, since, until
        return made

    INTEGRATIONSYDELSE = "integrationsydelse", "integrationsydelse", "integration benefit"
    SELVFORSOERGELSES_OG_HJEMREJSEYDELSE = (
        "selvforsoergelses_og_hjemrejseydelse",
        "selvforsørgelses- og hjemrejseydelse",
        "self-support and return benefit",
        None,
        _REFORM,
    )
    OVERGANGSYDELSE = (
        "overgangsydelse",
        "overgangsydelse",
        "transitional benefit",
        None,
        _REFORM,
    )
    UDDANNELSESHJAELP = (
        "uddannelseshjaelp",
        "uddannelseshjælp",
        "education assistance",
        None,
        _REFORM,
    )
    KONTANTHJAELP = "kontanthjaelp", "kontanthjælp", "cash benefit"
    """Kontanthjælp before 1 July 2025, or after it with the rate not known."""
    KONTANTHJAELP_16_1 = (
        "kontanthjaelp_16_1",
        "kontanthjælp efter aktivlovens § 16, stk. 1",
        "cash benefit under section 16(1) of the active social policy act",
        _REFORM,
    )
    """From 1 July 2025: the rates of aktivloven § 16, stk. 1."""
    KONTANTHJAELP_16_2 = (
        "kontanthjaelp_16_2",
        "kontanthjælp efter aktivlovens § 16, stk. 2",
        "cash benefit under section 16(2) of the active social policy act",
        _REFORM,
    )
    """From 1 July 2025: the lower rates of aktivloven § 16, stk. 2."""
    FOERTIDSPENSION = "foertidspension", "førtidspension", "disability pension"
    SENIORPENSION = "seniorpension", "seniorpension", "senior pension"
    ARBEJDSLOESHEDSDAGPENGE = (
        "arbejdsloeshedsdagpenge",
        "arbejdsløshedsdagpenge",
        "unemployment benefit",
    )
    SYGEDAGPENGE = "sygedagpenge", "sygedagpenge", "sickness benefit"
    RESSOURCEFORLOEBSYDELSE_JOBAFKLARING = (
        "ressourceforloebsydelse_jobafklaring",
        "ressourceforløbsydelse under jobafklaringsforløb",
        "resource-course benefit during job clarification",
    )
    RESSOURCEFORLOEBSYDELSE = (
        "ressourceforloebsydelse",
        "ressourceforløbsydelse",
        "resource-course benefit",
    )


class CitizenshipCondition(StrEnum):
    """The condition of § 59, stk. 6, nr. 4, as attested; never which citizenship."""

    MET = "met"
    NOT_MET = "not_met"
    SEVERAL = "several"
    """Several citizenships, one of which meets the condition (AMB-CITDUAL-DUAL)."""
    STATELESS = "stateless"
    """No citizenship at all (AMB-CITDUAL-STATELESS)."""
    WITHDRAWAL_AGREEMENT = "withdrawal_agreement"
    """Rights under the agreement on the United Kingdom's withdrawal (AMB-CITDUAL-UK)."""


class ReleasedFrom(StrEnum):
    """What a person was released from (§ 59, stk. 6, nr. 1 and 2)."""

    PRISON_SENTENCE = "prison_sentence"
    """An institution of the prison service (*kriminalforsorgen*), after serving a sentence."""
    REMAND = "remand"
    """An institution of the prison service, after remand (AMB-RELEASE)."""
    TAG_OR_HALFWAY_HOUSE = "tag_or_halfway_house"
    """A tag or a halfway house of the prison service (AMB-RELEASE)."""
    OUTSIDE_PRISON_SERVICE = "outside_prison_service"
    """An institution outside it, placed under straffuldbyrdelsesloven § 78, stk. 2 (nr. 2)."""


class ActionPlan(StrEnum):
    """The action plan that nr. 1 and 2 ask for: serviceloven § 141, or § 57 c, stk. 1.

    For nr. 2 the duty is to draw up the plan of § 57 c, stk. 1, or since 2024 what replaced it.
    """

    DUTY = "duty"
    """The municipality must offer (nr. 2: draw up) one, and none is made."""
    MADE = "made"
    """There is one, without such a duty."""
    DUTY_AND_MADE = "duty_and_made"
    NEITHER = "neither"
    UNKNOWN = "unknown"


class TenancyEnding(StrEnum):
    """How a tenancy came to its end, or is being brought to it (§ 59, stk. 6, nr. 3)."""

    LANDLORD = "landlord"
    """By the landlord's completed termination, whether *ophævet* or *opsagt*."""
    SETTLEMENT = "settlement"
    """By a settlement, or the tenant moved of own accord (AMB-TERMREASON)."""
    DISPUTED = "disputed"
    """The landlord's termination is still disputed."""


class ReferralRight(StrEnum):
    """A decision of the municipality that puts dwellings at its disposal, or lets them be."""

    STK_1 = "stk_1"
    """§ 59, stk. 1: up to every fourth vacant family dwelling."""
    STK_3 = "stk_3"
    """§ 59, stk. 3: the same of youth dwellings."""
    STK_4 = "stk_4"
    """§ 59, stk. 4: all vacant family dwellings of areas for combined letting."""
    SECTION_51B = "section_51b"
    """§ 51 b, stk. 1: applicants on benefits are rejected in such areas."""
    URBAN_RENEWAL = "urban_renewal"
    """Byfornyelsesloven § 64, stk. 1: up to every third vacant social flat."""
    PRIVATE_TENTH = "private_tenth"
    """Lov om boligforhold § 58: up to every tenth vacant flat of certain private properties."""


class MemberList(StrEnum):
    """Which list of a household a membership stands on (AMB-HOUSEHOLD)."""

    DECLARED = "declared"
    """Declared to live in the dwelling at move-in."""
    REGISTERED = "registered"
    """Registered in the household at the application."""
    ATTACHED = "attached"
    """Documented as really attached to it without living there (AMB-HOUSEHOLD-TIME-ATTACH)."""


class AreaChange(StrEnum):
    """How the limits of a housing area were changed with approval (§ 61 a, stk. 3, 2. pkt.)."""

    SPLIT = "split"
    """*Opdeling*: one area becomes several."""
    MERGER = "merger"
    """Areas whose plots are contiguous become one."""
    EXTENSION = "extension"
    """*Udvidelse*: contiguous plots come into the area."""


class MemberRole(StrEnum):
    """What a member of a household is in an application or a tenancy (§§ 51 b, 51 c)."""

    APPLICANT = "applicant"
    SPOUSE = "spouse"
    PARTNER = "partner"
    """Lives together with the applicant without being married."""
    OTHER = "other"


class CohabitationProof(StrEnum):
    """What shows since when two people have lived together (AMB-2Y)."""

    REGISTER = "register"
    """The same address in the civil register."""
    OTHER = "other"


class BenefitCondition(StrEnum):
    """What a municipality vouches for about one person and one day, never more."""

    RECEIVES_51C = "receives_51c"
    """Receives a benefit of § 51 c on the day."""
    SIX_MONTHS_51B = "six_months_51b"
    """§ 51 b, stk. 1, 1. pkt.: six months on those benefits, and receives one on the day."""
    EXTENDED_51B = "extended_51b"
    """§ 51 b, stk. 1, 2. pkt.: the extended list, and receives one on the day."""


class AttestedAnswer(StrEnum):
    """What a municipality answers when a housing organisation asks."""

    YES = "yes"
    NO = "no"
    UNDETERMINED = "undetermined"


class CriteriaBasis(StrEnum):
    """How criteria for letting came about (almenboligloven §§ 60, 60 a and 60 b)."""

    AGREED = "agreed"
    """Stk. 1: agreed by municipality and housing organisation."""
    MINISTRY = "ministry"
    """Stk. 3: decided by the ministry when the two disagree."""
    MUNICIPALITY = "municipality"
    """Stk. 4: set by the municipality for a vulnerable or prevention area."""
    ADVERTISING = "advertising"
    """§ 60 a, stk. 1: agreed for dwellings that are let by public advertising."""
    EXTENDED = "extended"
    """§ 60 b: what others agreed, and the municipality extended to this organisation."""


class CriterionKind(StrEnum):
    """What a criterion of flexible letting asks for. There is none on origin or citizenship."""

    WORK = "work"
    EDUCATION = "education"
    """Education under way."""
    DEGREE = "degree"
    """Education that is completed."""
    SELF_SUPPORT = "self_support"
    """What a person lives from, and for how long."""
    INCOME = "income"
    """Earnings of at least a sum."""
    AGE = "age"
    PENSION = "pension"
    SEPARATION = "separation"
    """Separation, divorce, a partnership that ended, or the death of a partner."""
    CHILD = "child"
    TIE = "tie"
    """Lives, has lived, or has relatives somewhere."""
    LEAVES = "leaves"
    """What becomes of the present dwelling."""
    OTHER_DWELLING_NEEDED = "other_dwelling_needed"
    """Needs a dwelling fitter for a disability: yes or no, never a diagnosis."""


class JobKind(StrEnum):
    """Kinds of work that agreements tell apart."""

    ORDINARY = "ordinary"
    SUBSIDISED = "subsidised"
    SELF_EMPLOYED = "self_employed"
    APPRENTICE = "apprentice"
    FLEX_JOB = "flex_job"
    TEMPORARY = "temporary"
    """Through a temping agency, or called in by the day."""


class EducationLevel(StrEnum):
    """How far an education reaches, from the lowest up."""

    BASIC = "basic"
    """Folkeskolen."""
    UPPER_SECONDARY = "upper_secondary"
    VOCATIONAL = "vocational"
    HIGHER = "higher"


class Place(StrEnum):
    """Where something is, as seen from the dwelling that is let."""

    DEPARTMENT = "department"
    AREA = "area"
    """The housing area, or what the agreement names as the local area."""
    MUNICIPALITY = "municipality"
    DENMARK = "denmark"

    def holds(self, other: Place) -> bool:
        """Tell whether another place lies in this one, and is smaller."""
        return _AROUND.index(other) < _AROUND.index(self)


_AROUND = (Place.DEPARTMENT, Place.AREA, Place.MUNICIPALITY, Place.DENMARK)
"""From the smallest up: each lies in those after it."""


class IncomeKind(StrEnum):
    """What a person may live from, as agreements tell it apart."""

    WAGE = "wage"
    """A wage, and no public benefit beside it."""
    OWN_BUSINESS = "own_business"
    HOLIDAY_PAY = "holiday_pay"
    PARENTAL_PAY_IN_JOB = "parental_pay_in_job"
    SICK_PAY_IN_JOB = "sick_pay_in_job"
    """Sickness benefit of somebody who keeps the job."""
    SICK_PAY_WITHOUT_JOB = "sick_pay_without_job"
    FLEX_JOB = "flex_job"
    FLEX_BENEFIT = "flex_benefit"
    EARLY_RETIREMENT_PAY = "early_retirement_pay"
    """Efterløn."""
    STUDENT_GRANT = "student_grant"
    """SU, and no other benefit beside it."""
    AGE_PENSION = "age_pension"
    DISABILITY_PENSION = "disability_pension"
    UNEMPLOYMENT_BENEFIT = "unemployment_benefit"
    """Dagpenge."""
    SUPPLEMENTARY_BENEFIT = "supplementary_benefit"
    """A public benefit beside a wage."""
    CASH_BENEFIT = "cash_benefit"
    """Kontanthjælp, and what it was called before or beside it."""
    OWN_MEANS = "own_means"
    SENIOR_PENSION = "senior_pension"
    EARLY_PENSION = "early_pension"
    """Tidlig pension."""
    RESOURCE_BENEFIT = "resource_benefit"
    """Ressourceforløbsydelse, under a job clarification too."""
    REHABILITATION_BENEFIT = "rehabilitation_benefit"
    """Revalideringsydelse."""
    FLEX_UNEMPLOYMENT_BENEFIT = "flex_unemployment_benefit"
    """Ledighedsydelse: of somebody found fit for a flex job and without one."""


class PensionKind(StrEnum):
    """Kinds of pension that agreements tell apart."""

    AGE_PENSION = "age_pension"
    EARLY_RETIREMENT_PAY = "early_retirement_pay"
    DISABILITY_PENSION = "disability_pension"
    SENIOR_PENSION = "senior_pension"
    EARLY_PENSION = "early_pension"
    """Tidlig pension."""


class BreakKind(StrEnum):
    """How living together ended."""

    SEPARATION = "separation"
    DIVORCE = "divorce"
    PARTNERSHIP_ENDED = "partnership_ended"
    DEATH = "death"


class ChildLiving(StrEnum):
    """Where a child lives, as seen from the person asked about."""

    HERE = "here"
    SHARED = "shared"
    """Shared residence."""
    CONTACT = "contact"
    """With the other parent, and there is a right of contact."""


class TieKind(StrEnum):
    """How a person is tied to a place."""

    LIVES = "lives"
    HAS_LIVED = "has_lived"
    PARENTS_LIVE = "parents_live"
    RELATIVES_LIVE = "relatives_live"
    WORKS = "works"


class LeavesKind(StrEnum):
    """What a person does with the present dwelling."""

    GIVES_UP = "gives_up"
    """A dwelling of one's own is given up."""
    LARGER = "larger"
    """A larger social dwelling is given up."""
    FOR_SALE = "for_sale"
    """An owned dwelling is put up for sale."""
    YOUTH_DWELLING = "youth_dwelling"
    PARENTS = "parents"
    """Moves from the parents into a first home."""


class MustMeet(StrEnum):
    """Who of a household must meet a condition."""

    APPLICANT = "applicant"
    APPLICANT_OR_PARTNER = "applicant_or_partner"
    APPLICANT_AND_PARTNER = "applicant_and_partner"
    ONE_IN_HOUSEHOLD = "one_in_household"
    EVERYONE = "everyone"
    """Everybody of the household, or everybody of the ages that the condition names."""
    TOGETHER = "together"
    """Applicant and partner together: their hours are added up, and so is their income."""


class CriteriaTest(StrEnum):
    """On which day a condition must be met."""

    OFFER = "offer"
    ACCEPTANCE = "acceptance"
    ALLOCATION = "allocation"
    CONTRACT = "contract"
    TAKEOVER = "takeover"


class HouseholdKind(StrEnum):
    """Whether somebody moves in with a spouse or partner."""

    SINGLE = "single"
    COUPLE = "couple"


class AsksMore(StrEnum):
    """What a clause does that the form can't say."""

    CONDITION = "condition"
    """It asks for more: who meets what stands in the form may still not fit."""
    WAY_IN = "way_in"
    """It lets in others too: who meets nothing of the form may still fit."""
    EXEMPTION = "exemption"
    """It exempts others too."""
    ORDER = "order"
    """It says who comes first, and nothing of who fits."""


class LooksAtIt(StrEnum):
    """Who has to look at what a clause says."""

    ORGANISATION = "organisation"
    MUNICIPALITY = "municipality"


class ShareOf(StrEnum):
    """Which dwellings a share is counted of."""

    AFTER_REFERRAL = "after_referral"
    """Vacant family dwellings that no municipal share and no rehousing took."""
    ALL_VACANT = "all_vacant"
    """Every vacant family dwelling."""
    MUNICIPALITY = "municipality"
    """Every vacant family dwelling of several organisations; each counts its own here."""
    AFTER_INTERNAL = "after_internal"
    """Those of `AFTER_REFERRAL` that the internal list did not take, whose turn comes first."""


class CountedBy(StrEnum):
    """What a share is counted apart by."""

    DEPARTMENT = "department"
    ROOMS = "rooms"
    """Each size of dwelling by itself."""


class Rounding(StrEnum):
    """How many of some dwellings a share comes to, where it is no whole number."""

    DOWN = "down"
    """Never more than the share."""
    NEAREST = "nearest"
    """A half is rounded up."""
    UP = "up"
    """Never less than the share."""


class Ties(StrEnum):
    """What tells candidates apart who are level by all that goes before it."""

    SENIORITY = "seniority"
    """The list that is due, and the longest time on it (§ 51, stk. 1, letting order §§ 2 and 7)."""
    TIME_ALONE = "time_alone"
    """The longest time on either list."""
    INTERNAL_FIRST = "internal_first"
    """The internal list before the ordinary one, and the longest time on each."""
    LOT = "lot"
    """By lot: of an advertised dwelling drawn by the auditor (letting order § 38, stk. 3), else as
    the agreement says. No list and no time on it counts."""
    ASKED_FIRST = "asked_first"
    """Who asked for the dwelling first. No list and no time on it counts."""


class DocumentKind(StrEnum):
    """What kind of document was seen; the document itself is never held."""

    PAYSLIPS = "payslips"
    EMPLOYMENT_CONTRACT = "employment_contract"
    ANNUAL_TAX_STATEMENT = "annual_tax_statement"
    INCOME_REGISTER_PRINTOUT = "income_register_printout"
    BUSINESS_REGISTER_EXTRACT = "business_register_extract"
    STATEMENT_OF_ENROLMENT = "statement_of_enrolment"
    STUDENT_GRANT_NOTICE = "student_grant_notice"
    APPRENTICESHIP_CONTRACT = "apprenticeship_contract"
    DIPLOMA = "diploma"
    PENSION_NOTICE = "pension_notice"
    BENEFIT_NOTICE = "benefit_notice"
    PROOF_OF_AGE = "proof_of_age"
    SEPARATION_GRANT = "separation_grant"
    DEATH_CERTIFICATE = "death_certificate"
    HEALTH_CARD = "health_card"
    BIRTH_CERTIFICATE = "birth_certificate"
    CONTACT_DECISION = "contact_decision"
    RESIDENCE_CERTIFICATE = "residence_certificate"
    LEASE = "lease"
    SALE_AGREEMENT = "sale_agreement"
    """With an estate agent, or of the sale."""
    AUTHORITY_ANSWER = "authority_answer"
    """What a public authority answers of the criterion as a whole."""


class IssuerKind(StrEnum):
    """Who issued a document that was seen."""

    EMPLOYER = "employer"
    TAX_AUTHORITY = "tax_authority"
    EDUCATIONAL_INSTITUTION = "educational_institution"
    PUBLIC_AUTHORITY = "public_authority"


class CertificateAssessment(StrEnum):
    """What the organisation made of a certificate that it saw (letting order § 29, stk. 2)."""

    NOTHING_RELEVANT = "nothing_relevant"
    RELEVANT = "relevant"
    """It shows crime that is judged to matter for how safe the area is."""


class LandlordKind(StrEnum):
    """Whose tenancy it was that was ended (letting order § 28)."""

    OTHER_SOCIAL = "other_social"
    """Another housing organisation, self-governing institution, municipality or region."""
    SAME_ORGANISATION = "same_organisation"
    PRIVATE = "private"


class EndedUnder(StrEnum):
    """The number of almenlejeloven § 85 or § 90, stk. 1 that a tenancy was ended under."""

    SECTION_85_3 = "85_3"
    SECTION_85_4 = "85_4"
    SECTION_85_5 = "85_5"
    SECTION_90_7 = "90_7"
    SECTION_90_8 = "90_8"
    SECTION_90_9 = "90_9"
    SECTION_90_10 = "90_10"
    SECTION_90_13 = "90_13"
    OTHER = "other"


class OppositionGround(StrEnum):
    """What an organisation's own finding lets it oppose under."""

    LETTING_30 = "letting_30"
    """Letting order § 30: a very special case."""
    EXCHANGE_69 = "exchange_69"
    """Almenlejeloven § 69, stk. 2, nr. 3: reasonable ground to oppose an exchange."""
    SUBLET_65 = "sublet_65"
    """Almenlejeloven § 65, stk. 2, nr. 2: reasonable ground to oppose a sublet."""


class DispensationFactor(StrEnum):
    """What a dispensation from § 51 c may rest on (letting order § 37, stk. 2)."""

    WORK_OR_EDUCATION_SOON = "work_or_education_soon"
    PENSION_SOON = "pension_soon"
    DWELLING_ELSEWHERE = "dwelling_elsewhere"
    OTHER_HARDSHIP = "other_hardship"


class PlanKind(StrEnum):
    """Who drew up a development plan (almenboligloven §§ 168 a, 168 b)."""

    JOINT = "joint"
    MUNICIPAL = "municipal"


class PlanBody(StrEnum):
    """Who must have decided a plan or an application before it is sent (BEK 1354/2018 § 9)."""

    ORGANISATION = "organisation"
    """The housing organisation's highest authority."""
    COUNCIL = "council"
    """The municipal council."""


class PlanDispensation(StrEnum):
    """By which subsection the minister may dispense from 40 per cent (§ 168 a; § 168 b, 7-8)."""

    STK_3 = "stk_3"
    """Four conditions (§ 168 a, stk. 3; § 168 b, stk. 7)."""
    STK_4 = "stk_4"
    """Below 2,100 residents, without the criterion of convictions (stk. 4; § 168 b, stk. 8)."""


class NewBuildingProof(StrEnum):
    """What shows that new building cannot contribute much (BEK 1354/2018 § 4, stk. 4)."""

    NO_FREE_LAND = "no_free_land"
    PLOT_RATIO = "plot_ratio"
    """The plot ratio of the area is over 60 per cent."""
    PRICE = "price"
    """New building costs more than owner-occupied flats of the municipality sell for on average."""


class Builder(StrEnum):
    """Who built new dwellings."""

    HOUSING_ORGANISATION = "housing_organisation"
    MUNICIPALITY = "municipality"
    PRIVATE = "private"


class WindingUpFactor(StrEnum):
    """What the minister weighs, among other things, before winding up (BEK 1354/2018 § 18)."""

    YEARS_ON_LIST = "years_on_list"
    DEVELOPMENT = "development"
    """How the area has developed against the criteria."""
    CRIME = "crime"
    """Extent and nature of crime in the area."""
    MASTER_PLAN = "master_plan"
    """The prospect of the master plan in force."""


class VoteResult(StrEnum):
    """What came of putting works or activities to a department (almenboligloven § 37)."""

    APPROVED = "approved"
    REJECTED = "rejected"
    """Voted down, at the meeting or by a ballot (*urafstemning*) of the tenants."""
    NOT_REACHED = "not_reached"
    """It was put to the department, and an approval could not be had: no decision came about."""


class ControllerKind(StrEnum):
    """Whose instance this is; its kind decides which facts and questions exist in it."""

    MUNICIPALITY = "municipality"
    HOUSING_ORGANISATION = "housing_organisation"


class Channel(StrEnum):
    """The way that a vacant dwelling is let (almenboligloven §§ 51, 59, 60, 60 a)."""

    REFERRAL = "referral"
    """Municipal referral (*kommunal anvisning*), § 59 or byfornyelsesloven § 64."""
    FLEXIBLE = "flexible"
    """Flexible letting (*fleksibel udlejning*) by criteria, § 60."""
    INTERNAL = "internal"
    """The internal list (*oprykningsventeliste*), letting order §§ 7-10."""
    EXTERNAL = "external"
    """The ordinary list (*den almindelige venteliste*), § 51, stk. 1, and letting order § 2."""
    REHOUSING = "rehousing"
    """Rehousing (*genhusning*), almenlejeloven § 86; goes before the other ways."""
    TEMPORARY = "temporary"
    """Temporary letting to persons in education; the organisation's own choice, in no act."""
    ADVERTISED = "advertised"
    """Public advertising (*annoncering*) in a problem-stricken department, § 60 a."""


class ShareBasis(StrEnum):
    """What puts a share of vacant dwellings at somebody's disposal."""

    QUARTER = "quarter"
    """Up to every fourth, § 59, stk. 1 (youth dwellings: stk. 3)."""
    AGREED = "agreed"
    """By agreement, § 59, stk. 2 (youth dwellings: stk. 3)."""
    AREA = "area"
    """Departments in areas with many outside the labour market, § 59, stk. 4."""
    INCREASE = "increase"
    """One third of the lettings in departments under § 51 b, approved, § 59, stk. 5."""
    REPLACEMENT = "replacement"
    """Up to every third as replacement dwellings, byfornyelsesloven § 64, stk. 1."""
    CRITERIA_AGREED = "criteria_agreed"
    """Letting by criteria that were agreed, § 60, stk. 1."""
    CRITERIA_SET = "criteria_set"
    """Letting by criteria that the municipality set, § 60, stk. 4."""
    ADVERTISED = "advertised"
    """Up to half of a problem-stricken department by public advertising, § 60 a, stk. 1."""


class ReleaseReason(StrEnum):
    """Why a vacancy is not let through the channel it was allocated to."""

    GIVEN_BACK = "given_back"
    """The municipality will not use it (§ 59, stk. 1, 5. pkt.)."""
    NOBODY = "nobody"
    """Nobody is left whom it could be offered to through the channel."""


class WithdrawalReason(StrEnum):
    """Why a vacancy is closed without a contract."""

    LET_BY_OTHERS = "let_by_others"
    """Somebody else lets it: of a municipality's instance, the housing organisation."""
    NOT_TO_BE_LET = "not_to_be_let"
    """It is sold, torn down, or put to another use."""
    RECORDED_WRONGLY = "recorded_wrongly"
    """It was not vacant."""


class Party(StrEnum):
    """A side of a tenancy."""

    TENANT = "tenant"
    LANDLORD = "landlord"


class EndCause(StrEnum):
    """What ends a tenancy (almenlejeloven chapters 15 and 16)."""

    NOTICE = "notice"
    """A notice (*opsigelse*) given before has run out."""
    AGREEMENT = "agreement"
    """The parties agreed."""
    TERMINATION = "termination"
    """The landlord terminated it at once (*ophævelse*), § 90."""
    EXPIRY = "expiry"
    """The time that the lease was made for has run out, § 87."""


class Measure(StrEnum):
    """What was measured of the residents of an area, of a region or of the country.

    Those from `unattached` on are what is counted of one year, and what other figures are worked
    out of (`domain.law.area.measured`); the others are those that `Figures` state.
    """

    UNATTACHED_SHARE = "unattached_share"
    UNATTACHED_SHARE_4_YEARS = "unattached_share_4_years"
    CONVICTED_SHARE = "convicted_share"
    CONVICTED_SHARE_ADULTS = "convicted_share_adults"
    CONVICTED_PER_10000 = "convicted_per_10000"
    BASIC_SCHOOLING_SHARE = "basic_schooling_share"
    NONWESTERN_SHARE = "nonwestern_share"
    OUTSIDE_LABOUR_MARKET_SHARE = "outside_labour_market_share"
    INCOME_RATIO = "income_ratio"
    AVERAGE_INCOME = "average_income"
    RESIDENTS = "residents"
    RESIDENTS_2010 = "residents_2010"
    CONVICTED_SHARE_COUNTRY = "convicted_share_country"
    CONVICTED_LIMIT = "convicted_limit"
    UNATTACHED = "unattached"
    """Aged 18-64 without attachment to the labour market or education, of those of that age."""
    CONVICTED = "convicted"
    """Convicted residents, of all residents."""
    CONVICTED_ADULTS = "convicted_adults"
    """Convicted residents aged 18 or more, of those of that age."""
    BASIC_SCHOOLING = "basic_schooling"
    """Aged 30-59 who have basic schooling only, of those of that age."""
    NONWESTERN = "nonwestern"
    """Immigrants and descendants from non-western countries, of all residents; as published."""
    OUTSIDE_LABOUR_MARKET = "outside_labour_market"
    """Aged 18-64 outside the labour market, in full-time persons, of those of that age."""


class ComplaintBody(StrEnum):
    """Before whom a decision can be brought."""

    RESIDENTS_BOARD = "residents_board"
    """*Beboerklagenævnet* (almenlejeloven chapter 17)."""
    HOUSING_COURT = "housing_court"
    """*Boligretten*: the district court (lov om boligforhold § 91)."""
    APPEALS_BOARD = "appeals_board"
    """*Ankestyrelsen*."""
    MUNICIPALITY = "municipality"
    """The municipal council, as the supervision of housing organisations."""
    NO_AUTHORITY = "no_authority"
    """No other authority: the courts alone."""


class Remedy(StrEnum):
    """What was done about an answer that something recorded later has moved."""

    OFFERED_ANEW = "offered_anew"
    """What was refused has been offered anew."""
    DECIDED_ANEW = "decided_anew"
    """The decision was taken back, and another taken."""
    INFORMED = "informed"
    """The party was told that the answer rested on facts that were not so."""
    UPHELD = "upheld"
    """The decision stands on other grounds."""
    NO_REMEDY_NEEDED = "no_remedy_needed"
    """Nothing had come of the answer."""
