"""`husret demo`: what husret answers, on made-up data."""

from __future__ import annotations

from services.cli import options as shared
from services.cli.options import Options, Parser


def add_demo(parser: Parser) -> None:
    """Add which households are made up."""
    parser.add_argument("--seed", type=int, default=1, help="varies the made-up data (default: 1)")
    shared.as_json(parser)
    parser.set_defaults(run=_demo)


def _demo(options: Options) -> int:
    from services.demo import course

    return course.run(seed=options.seed, as_json=options.json)
