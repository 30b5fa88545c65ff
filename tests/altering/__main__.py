"""Alter copies of a small instance in every way there is: `python -m tests.altering [--only TEXT]`.

Prints a table: the alteration, by what it is found without the published checkpoint, and with it.
"""

from __future__ import annotations

import argparse
import traceback
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.altering.alterations import all_of
from tests.altering.looking import tried
from tests.altering.made import made


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.altering", description=__doc__)
    parser.add_argument("--only", default="", help="alterations that have this in their names")
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    with TemporaryDirectory() as place:
        instance = made(Path(place))
        for each in all_of(instance):
            if asked.only not in str(each):
                continue
            try:
                found = tried(each, instance)
            except Exception:
                print(f"{each} | broke | {traceback.format_exc()}", flush=True)
                counts["broke"] += 1
                continue
            print(f"{each} | {found.without or '-'} | {found.by or '-'}", flush=True)
            counts["found" if found.by else "not found"] += 1
    print(dict(counts))


if __name__ == "__main__":
    main()
