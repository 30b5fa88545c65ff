"""`husret verify`: an answer is checked offline, by the command that `husret-verify` has too."""

from __future__ import annotations

from husret_verify import command
from services.cli import options as shared
from services.cli.options import Parser


def add_verify(parser: Parser) -> None:
    """Add the file, the key, and what the caller holds of its own."""
    command.add_arguments(parser)
    shared.language(parser)
    parser.set_defaults(run=command.run)
