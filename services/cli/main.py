"""The command line of husret: it finds the command that is meant, and carries it out.

Only what the command needs is imported: `husret --help` comes at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from services.cli.exits import ANSWERED, EXIT_CODES, FAILED, failed
from services.cli.options import Options, Parser
from services.terminal import shell


class Command(NamedTuple):
    """A command: the file of this room that has it, and what it does."""

    file: str
    help: str

    def fill(self, name: str, parser: Parser) -> None:
        """Add the command's own options, and what it runs: `add_<name>` in its file."""
        getattr(import_module(f"services.cli.{self.file}"), f"add_{name}")(parser)


COMMANDS = {
    "init": Command("instances", "make a new instance in DIR"),
    "serve": Command("instances", "serve the instance until SIGTERM or Ctrl-C"),
    "import": Command("imports", "take over data from a file"),
    "check": Command("checks", "ask what the law says"),
    "area": Command("areas", "look at areas"),
    "ledger": Command("tenancies", "every allocation of an organisation, with its counts"),
    "tenancy": Command("tenancies", "from vacancy to contract (docs/tenancy.md)"),
    "replay": Command("answers", "compute a recorded answer again and compare"),
    "show": Command("answers", "show a recorded answer"),
    "log": Command("logs", "look at the event log"),
    "clock": Command("logs", "the wall clock that events are recorded by"),
    "status": Command("logs", "where the log stands, and how far its views are behind"),
    "cases": Command("cases", "try cases that a lawyer wrote against the law (docs/cases.md)"),
    "criteria": Command(
        "criteria", "what an agreement on flexible letting says (docs/criteria.md)"
    ),
    "backup": Command("copies", "copy the instance, while it is served, and try the copy"),
    "restore": Command("copies", "make an instance in DIR of a copy"),
    "demo": Command("demo", "show what husret answers, on made-up data"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    shell.write_anything()
    try:
        try:
            return _carry_out(sys.argv[1:] if arguments is None else arguments)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        shell.stop_writing()
        return ANSWERED


def _carry_out(arguments: Sequence[str]) -> int:
    named = next((each for each in arguments if not each.startswith("-")), "")
    options = parser(named).parse_args(arguments)
    run: Callable[[Options], int] = options.run
    try:
        return run(options)
    except BrokenPipeError:
        raise
    except Exception as error:
        return failed(error, options)
    except KeyboardInterrupt:
        return FAILED


def parser(*named: str) -> Parser:
    """Return the command line; of the commands, those named have their options."""
    made = Parser(
        prog="husret",
        description="What Danish law says about municipal referral to social housing, and about "
        "the status of its areas, on an event log of facts.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--version", action=_Version, nargs=0, help="show program's version number and exit"
    )
    commands = made.add_subparsers(metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        of_command = commands.add_parser(name, help=command.help)
        if name in named:
            command.fill(name, of_command)
    return made


class _Version(argparse.Action):
    """Looks the version up when it is asked for, and not before."""

    def __call__(self, parser: Parser, namespace: Options, *_: Any) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            found = version("husret")
        except PackageNotFoundError:
            found = "(not installed as a distribution)"
        print(f"husret {found}")
        parser.exit()
