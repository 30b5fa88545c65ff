"""Write docs/nouns.md from the declarations of the nouns of the field.

`python -m tools.nouns` writes it; a test fails when it is not current.
"""

from __future__ import annotations

import sys
from pathlib import Path

from services.api.fact_templates import noun_holds, noun_means
from services.api.nouns import SHEETS, Noun

DOCUMENT = Path(__file__).parent.parent / "docs" / "nouns.md"
HEAD = """# Sheets in the nouns of the field

`husret record FILE` takes sheets whose rows are what a clerk has: a dwelling, a member of a
household, a month on a benefit. A row makes the facts named below ([facts.md](facts.md)). Which
noun a sheet is of is found by its headings, or said with `--kind`. `husret record --template NOUN`
prints an example, with a file's name behind it writes it. How files are read, mapped and recorded
is in [data.md](data.md#facts). `python -m tools.nouns` writes this page.

Headings are the Danish or the English ones here, or the column's name; capitals mean nothing. A
column with a star must be there. What a cell may hold is in [data.md](data.md#facts); the Danish
words beside the declared ones are listed.

Persons and households are named by any id: a UUID, the caller's own id (`ejd:10001`), with
`--system person=ejd` a bare `10001`. A person is known by the CPR number too, where one is
registered here or by a row of *households* in the same files; that somebody was looked up is noted
as a reading. What rows say of one person or household more than once is taken once.

The order of a waiting list is no fact: `husret check waiting-list` (`--households FILE`)
takes it. Vacancies are steps: `husret import vacancies FILE` takes their sheet.
"""


def page() -> str:
    """Return the whole page."""
    return "\n\n".join([HEAD.rstrip(), *map(_noun, SHEETS.values())]) + "\n"


def _noun(noun: Noun) -> str:
    kinds = ", ".join(f"`{kind}`" for kind in dict.fromkeys(made.kind for made in noun.makes))
    rows = ["| column | Danish heading | English heading | what it means | what it holds |"]
    rows.append("|---|---|---|---|---|")
    for column in noun.columns:
        star = " *" if column.needed else ""
        means, holds = noun_means(noun, column), noun_holds(noun, column)
        held = "" if holds == means else holds[0].replace("|", "\\|")
        said = "<br>".join(each.replace("|", "\\|") for each in means)
        rows.append(f"| `{column.name}`{star} | {column.da} | {column.en} | {said} | {held} |")
    table = "\n".join(rows)
    makes = f"Makes {kinds}." if kinds else "Each row is a step: `husret import vacancies FILE`."
    return f"## `{noun.name}`\n\n{noun.da}  \n{noun.en}\n\n{makes}\n\n{table}"


def main() -> int:
    """Write the page; returns the exit code."""
    DOCUMENT.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
