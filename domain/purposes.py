"""Why persons' data may be processed: the closed list that every request picks from.

A purpose stands in the access table and in events' metadata. It is a word, not free text, so
that it can be counted and can hold nothing about a person.
"""

from __future__ import annotations

PURPOSES = {
    "referral": "Municipal referral to a dwelling (almenboligloven § 59)",
    "letting": "Letting, exchange and sublet by a housing organisation (§§ 51-60 b)",
    "ending": "Termination, notice and rehousing (almenlejeloven §§ 84-90)",
    "area": "Housing areas: development plans, sale, money and governance (§§ 27-28, 168 a-168 c)",
    "case": "Handling of one case: applications, attestations, decisions",
    "import": "Taking over published lists or records of another system",
    "correction": "Putting right, or taking back, what was recorded wrongly",
    "audit": "Control of what was answered and on which facts",
    "subject_access": "A person's own right of access (GDPR article 15)",
    "erasure": "Erasure when the purpose has ended (GDPR article 17)",
    "operation": "Running the service: administration of areas, dwellings and readings",
    "demonstration": "Made-up data only",
}
"""Each purpose and what it covers."""
