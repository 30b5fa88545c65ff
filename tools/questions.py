"""Write docs/questions.md from the declarations of questions.

`python -m tools.questions` writes it; a test fails when it is not current.
"""

from __future__ import annotations

import sys
from pathlib import Path

from domain.facts.declared import BOTH
from domain.law.question import QuestionKind
from domain.questions import KINDS
from services.cli import checks
from tools import facts

DOCUMENT = Path(__file__).parent.parent / "docs" / "questions.md"
HEAD = """# Questions

What can be asked, as `@question` declares it beside the steps that examine it, in `domain/law/`.
`python -m tools.questions` writes this page. A batch takes every question of `CheckQuestion`, a
waiting list those of `ScreenWaitingListRequest`. Where a command is named, it has an option for
each field. Days are `YYYY-MM-DD`. A field without a star may be left out; what is left out is not
said, and the answer names it where it matters.
"""


def page() -> str:
    """Return the whole page."""
    return "\n\n".join([HEAD.rstrip(), *(_question(each) for each in KINDS.values())]) + "\n"


def _question(kind: QuestionKind) -> str:
    if kind.asked_by == BOTH:
        who = "asked by both kinds of controller"
    else:
        [one] = kind.asked_by
        who = f"asked by a {one.replace('_', ' ')} alone"
    kept = f"recorded as `decision.{kind.name}`" if kind.recorded else "of nobody, never recorded"
    command = {asked.name: word for word, asked in checks.ASKED.items()}.get(kind.name)
    typed = f"; `husret check {command}`" if command else ""
    about = f"`{kind.method}`{typed}; {who}; {kept}."
    rows = ["| field | what it is | what it says |", "|---|---|---|"]
    for slot in kind.fields:
        star = " *" if slot.required and slot.name != "day" else ""
        rows.append(
            f"| `{slot.wire}`{star} | {facts.what(slot)} | {slot.said.da}<br>{slot.said.en} |"
        )
    table = "\n".join(rows)
    return f"## `{kind.name}`\n\n{kind.da}  \n{kind.en}\n\n{about}\n\n{table}"


def main() -> int:
    """Write the page; returns the exit code."""
    DOCUMENT.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
