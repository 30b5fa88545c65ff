"""Alter copies of a small instance in every way there is: `python -m tests.altering [--only TEXT]`.

Prints a table: the alteration, by what it is found without the published checkpoint, and with it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.altering.alterations import all_of
from tests.altering.looking import seen
from tests.altering.made import made


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.altering", description=__doc__)
    parser.add_argument("--only", default="", help="alterations that have this in their names")
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    with TemporaryDirectory() as place:
        instance = made(Path(place))
        for number, each in enumerate(all_of(instance)):
            if asked.only not in str(each):
                continue
            copy = Path(place) / str(number)
            shutil.copytree(instance.directory, copy)
            each.how(copy)
            try:
                found = seen(copy, instance)
                print(f"{each} | {found.without or '-'} | {found.by or '-'}")
                counts["found" if found.by else "not found"] += 1
            except Exception as error:
                print(f"{each} | CRASH {error!r:.300}")
                counts["crash"] += 1
            sys.stdout.flush()
            shutil.rmtree(copy)
    print(dict(counts))


if __name__ == "__main__":
    main()
