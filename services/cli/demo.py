"""`husret demo`: what husret answers, on made-up data."""

from __future__ import annotations

from pathlib import Path

from services.cli import options as shared
from services.cli.exits import CommandError
from services.cli.options import Options, Parser


def add_demo(parser: Parser) -> None:
    """Add which households are made up, what is shown, and what stays."""
    parser.add_argument("--seed", type=int, default=1, help="varies the made-up data (default: 1)")
    parser.add_argument(
        "--all",
        action="store_true",
        help="print the whole course, in Danish and English, and not the first answer alone",
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="DIR",
        help="leave the municipality's instance in DIR, a new directory, to go on with",
    )
    shared.language(parser)
    shared.as_json(parser)
    parser.set_defaults(run=_demo)


def _demo(options: Options) -> int:
    from services.demo.run import run
    from services.demo.serving import ServingError

    try:
        return run(
            options.seed,
            everything=options.all,
            as_json=options.json,
            language=options.language,
            keep=options.keep,
        )
    except ServingError as error:
        raise CommandError(str(error)) from error
