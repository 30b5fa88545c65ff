"""Try mutations of valid bundles, as many as are asked for, and count how they are judged.

    python -m tests.verify.fuzz --tries 1000000 --seed 1

A failure names the seed of the try that showed it. Without `--seed` the day's number is taken, so
that other mutations are tried each day and a run can still be repeated.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from random import Random

from tests.verify.mutating import blob, judged, mutated, read_back, worlds


def tried(number: int) -> str:
    """Make one try and return the verdict; every fourth is of a payload by itself."""
    random = Random(number)
    if number % 4:
        return judged(*mutated(random))
    payload = random.choice(worlds())[0].answer.data
    return "payload read" if read_back(blob(random, payload)) else "payload refused"


def main() -> int:
    """Carry out the tries of the command line."""
    parser = argparse.ArgumentParser(description="Try mutations of valid bundles.")
    parser.add_argument("--tries", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=date.today().toordinal())
    options = parser.parse_args()
    first = options.seed * 1_000_000_000
    counts: Counter[str] = Counter()
    for number in range(first, first + options.tries):
        try:
            counts[tried(number)] += 1
        except Exception:
            print(f"try {number} failed:", file=sys.stderr)
            raise
    told = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counts.items()))
    print(f"{options.tries:,} tries from {first}: no crash, none falsely valid ({told})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
