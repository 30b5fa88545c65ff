"""What the law asks of a decision: reasons, a hearing, and where it can be brought.

No answer rests on it, so it is in no rule of an edition: it is about what a named person decides on
an answer, and a letter says it. A municipality is an authority in all of this, and
forvaltningsloven binds it. A housing organisation is not one in all that it decides: what is asked
of it stands in almenlejeloven and the letting order.
"""

from __future__ import annotations

from typing import NamedTuple

from domain.facts import ComplaintBody, DwellingKind
from domain.law.answer import Decision
from domain.law.kernel import Confidence, Status
from domain.law.letting.rejection import LettingChannel


class Law(NamedTuple):
    """A section that asks something of a decision, and how surely its text was read."""

    section: str
    confidence: Confidence


class Route(NamedTuple):
    """Before whom a decision can be brought.

    `channel` and `kind`: it is the way for a letting by that channel, of that kind of dwelling
    alone; None: for all. `unless`: a rule that must be known not to hold at the place.
    """

    body: ComplaintBody
    law: Law
    channel: LettingChannel | None = None
    kind: DwellingKind | None = None
    unless: str = ""

    def leads(self, decision: Decision, kind: DwellingKind | None) -> bool:
        """Tell whether it is known to be the way for what was decided on an answer.

        `kind`: of the dwelling asked about; None: not recorded.
        """
        if self.law.confidence is not Confidence.TEXT_SEEN:
            return False
        if self.channel not in (None, getattr(decision.question, "channel", None)):
            return False
        if self.kind not in (None, kind):
            return False
        found = {e.finding.status for e in decision.findings if e.rule_id == self.unless}
        return not self.unless or found == {Status.NOT_MET}


REASONS = Law("forvaltningsloven §§ 22 og 24", Confidence.SECONDARY_SOURCE)
HEARING = Law("forvaltningsloven § 19", Confidence.SECONDARY_SOURCE)
REASONS_OF_NOTICE = Law("almenlejeloven § 89, stk. 1", Confidence.TEXT_SEEN)

LETTING_DISPUTE = Route(
    ComplaintBody.RESIDENTS_BOARD,
    Law(
        "udlejningsbekendtgørelsen § 11, jf. almenlejeloven § 101, stk. 1, nr. 2",
        Confidence.TEXT_SEEN,
    ),
    LettingChannel.WAITING_LIST,
    DwellingKind.FAMILY,
    "LET-APPROVAL-42",
)
"""Disputes about letting a family dwelling from the list, unless the municipality approves it."""
TAKEOVER_DISPUTE = Route(
    ComplaintBody.RESIDENTS_BOARD, Law("almenlejeloven § 76", Confidence.TEXT_SEEN)
)
"""Disagreement about the tenant's right to sublet or exchange."""
OBJECTION = Route(ComplaintBody.HOUSING_COURT, Law("almenlejeloven § 89", Confidence.TEXT_SEEN))
"""The tenant objects to the landlord, who must sue for the notice to stand."""
