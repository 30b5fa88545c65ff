"""Write the table and the diagram of a dwelling's life into docs/tenancy.md.

    python -m tools.tenancy

`tests/tenancies/test_docs.py` fails while the document is not current.
"""

from __future__ import annotations

import sys
from pathlib import Path

from domain.tenancy import TRANSITIONS, State
from services.cli.tenancies import WORDS

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "tenancy.md"
BEGIN = "<!-- steps: written by tools/tenancy.py -->"
END = "<!-- /steps -->"


def diagram() -> str:
    """Return the diagram of the states and steps, in Mermaid."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {State.FREE}"]
    for transition in TRANSITIONS:
        for before in transition.before:
            lines.append(f"    {before} --> {transition.after}: {transition.event}")
    return "\n".join([*lines, "```"])


def table() -> str:
    """Return the table of the steps."""
    rows = [
        "| step | command | event | from | to | what must hold | section |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in TRANSITIONS:
        before = ", ".join(f"`{state}`" for state in each.before)
        holds = "; ".join(each.holds) or "–"
        rows.append(
            f"| `{each.method}` | `tenancy {WORDS[each.method]}` | `{each.event}` | {before} "
            f"| `{each.after}` | {holds} | {each.citation or '–'} |"
        )
    return "\n".join(rows)


def with_steps(document: str) -> str:
    """Return the document with a current table and diagram between its two marks."""
    before, rest = document.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{diagram()}\n\n{table()}\n\n{END}{after}"


def main() -> int:
    """Write the document; returns the exit code."""
    DOCUMENT.write_text(with_steps(DOCUMENT.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
