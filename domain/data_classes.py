"""The classes of personal data, and the kinds of subject, that an instance tells apart."""

from __future__ import annotations

from enum import StrEnum


class DataClass(StrEnum):
    """A class of personal data: each has a token, keys and a retention of its own."""

    IDENTITY = "identity"
    """Who the subject is: the reference to the CPR register and to other systems."""

    MEMBERSHIP = "membership"
    """Who belongs to which household, from when to when, and as what."""

    BENEFITS = "benefits"
    """Months with a benefit named by the act, or a municipality's attested yes or no."""

    CONVICTIONS = "convictions"
    """Judgments and certificates that the act lets a landlord or municipality weigh."""

    TERMINATIONS = "terminations"
    """Earlier tenancies that ended because rules of good order were broken."""

    ATTESTATIONS = "attestations"
    """Attested conditions: a statutory condition met or not, enrolment in an education."""

    TENANCY = "tenancy"
    """Offers, contracts, notices and ends of the subject's tenancies."""

    DECISIONS = "decisions"
    """What was answered or decided about the subject, and the reasons given."""


class SubjectKind(StrEnum):
    """What a subject of the key store is."""

    PERSON = "person"
    """A natural person."""

    HOUSEHOLD = "household"
    """The persons who live, or apply to live, together."""
