"""`husret-verify BUNDLE --vkey KEY`: check an answer offline."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from husret_verify import command, texts


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the command line and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="husret-verify",
        description="Check that a log of husret holds an answer, without asking whoever runs it.",
        epilog=command.EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_arguments(parser)
    parser.add_argument(
        "--language",
        choices=(texts.DANISH, texts.ENGLISH),
        default=texts.DANISH,
        help="language of texts (default: da)",
    )
    return command.run(parser.parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main())
