"""`husret completion`: what completes commands and their options in a shell."""

from __future__ import annotations

from services.cli.exits import ANSWERED
from services.cli.options import Options, Parser
from services.terminal import shell

SHELLS = ("bash", "zsh", "fish")


def add_completion(parser: Parser) -> None:
    """Add for which shell."""
    parser.add_argument("shell", choices=SHELLS, help="e.g. husret completion bash >> ~/.bashrc")
    parser.set_defaults(run=_completion, json=False)


def _completion(options: Options) -> int:
    # Only here: no other command needs the options of every command.
    import shtab

    from services.cli import main

    written = shtab.complete(main.parser(*main.COMMANDS), shell=options.shell)
    with shell.whoever_reads():
        print(written)
    return ANSWERED
