"""The kinds of question that the editions of the law examine, and what follows from each.

Each is declared beside its steps, in `domain/law/`: `@question` (`domain/law/question.py`).
"""

from __future__ import annotations

from domain.law.editions import EDITIONS
from domain.law.question import Question

QUESTIONS: dict[str, type[Question]] = {
    kind: step.question for each in EDITIONS.values() for kind, step in each.steps.items()
}
"""The questions that can be asked, by their kind: it stands in receipts and event types."""

KINDS = {kind: struct.declared for kind, struct in QUESTIONS.items()}
"""What is declared of each."""

RECEIPT_TYPES = {f"decision.{name}": name for name, kind in KINDS.items() if kind.recorded}
"""The event type of a receipt for each kind of question; `domain/receipt.py` fixes the payload."""

PAGE_TYPES = {f"screening.{name}": name for name, kind in KINDS.items() if not kind.of_nobody}
"""The event type of a page of a screened waiting list; `domain/screening.py` fixes the payload."""
