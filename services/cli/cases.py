"""`husret cases`: a lawyer's cases are tried against the law."""

from __future__ import annotations

from pathlib import Path

from services.cases import trying
from services.cases.stated import CaseError
from services.cli import options as shared
from services.cli.exits import ANSWERED, FAILED, CommandError
from services.cli.options import Options, Parser
from services.terminal import output


def add_cases(parser: Parser) -> None:
    """Add which cases, and how strictly."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="YAML files, or folders"
    )
    parser.add_argument(
        "--exact",
        action="store_true",
        help="points, duties and warnings that a case leaves unsaid must be none",
    )
    shared.language(parser, "reasons")
    shared.as_json(parser)
    parser.set_defaults(run=_cases)


def _cases(options: Options) -> int:
    try:
        tried = list(trying.tried(options.paths, options.exact))
    except CaseError as error:
        raise CommandError(str(error)) from error
    held = sum(each.holds for each in tried)
    failed = [each for each in tried if not each.holds]
    document = {
        "cases": [trying.plain(each, options.language) for each in tried],
        "held": held,
        "tried": len(tried),
    }
    shown = [line for each in failed for line in trying.lines(each, options.language)]
    output.put(options, document, [*shown, f"{held} of {len(tried)} hold"])
    return FAILED if failed else ANSWERED
