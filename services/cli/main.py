"""The command line of husret: it finds the command that is meant, and carries it out.

Only what the command needs is imported: `husret --help` comes at once.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from threading import Event, current_thread, main_thread
from types import FrameType
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
    "token": Command("instances", "make a new token for those who ask the server of DIR"),
    "import": Command("imports", "take over data from a file"),
    "record": Command("records", "record facts from files: JSON lines, YAML, CSV, workbooks"),
    "correct": Command("amending", "put a fact in the place of one recorded earlier"),
    "retract": Command("amending", "take back a fact that should not have been recorded"),
    "erase": Command("amending", "erase a person or household, or one class of data, for good"),
    "retention": Command("retaining", "how long data is kept, and erasing what has run out"),
    "measure": Command("asking", "measure how far a property lies from an offence's place"),
    "check": Command("checks", "ask what the law says"),
    "batch": Command("asking", "ask many questions at once, of a file"),
    "order": Command("asking", "in which order a dwelling is offered to candidates"),
    "attest": Command("asking", "answer a housing organisation about one person and one day"),
    "area": Command("areas", "look at areas"),
    "facts": Command("facts", "what was recorded, what became of it, by whom and when"),
    "lookup": Command("lookups", "whom a CPR number or an id of your own system names here"),
    "report": Command("reports", "what a year came to: pages, PDFs, tables and JSON"),
    "ledger": Command("tenancies", "every allocation of an organisation, with its counts"),
    "tenancy": Command("tenancies", "from vacancy to contract (docs/tenancy.md)"),
    "decisions": Command("decisions", "find recorded answers, by what, where, when and why"),
    "replay": Command("answers", "compute a recorded answer again and compare"),
    "show": Command("answers", "show a recorded answer"),
    "decision": Command("again", "what a recorded answer would be now, or under another law"),
    "sheet": Command("papers", "a recorded answer as a case sheet: a page and a PDF"),
    "letter": Command("papers", "the letter about a recorded decision (docs/letters.md)"),
    "export": Command("exporting", "the file that proves a recorded answer elsewhere"),
    "verify": Command("verifying", "check offline that a log holds an answer (verify/README.md)"),
    "watch": Command("watching", "tell what happens in the log as it happens"),
    "law": Command("trials", "try another law on the answers that were given"),
    "log": Command("logs", "look at the event log"),
    "clock": Command("logs", "the wall clock that events are recorded by"),
    "status": Command("logs", "where the log stands, and how far its views are behind"),
    "cases": Command("cases", "try cases that a lawyer wrote against the law (docs/cases.md)"),
    "criteria": Command(
        "criteria", "what an agreement on flexible letting says (docs/criteria.md)"
    ),
    "backup": Command("copies", "copy the instance, while it is served, and try the copy"),
    "restore": Command("copies", "make an instance in DIR of a copy"),
    "generate": Command("generate", "make an instance in DIR of made-up data, as large as real"),
    "demo": Command("demo", "show what husret answers, on made-up data"),
    "completion": Command("completion", "print what completes commands in a shell"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    shell.write_anything()
    # gRPC tells stderr else how connections end, in lines that are no message to people.
    os.environ.setdefault("GRPC_VERBOSITY", "ERROR")
    ended = ANSWERED
    with shell.whoever_reads():
        ended = _carry_out(sys.argv[1:] if arguments is None else arguments)
    return ended


def _carry_out(arguments: Sequence[str]) -> int:
    named = next((each for each in arguments if not each.startswith("-")), "")
    options = parser(named).parse_args(arguments)
    run: Callable[[Options], int] = options.run
    with _interruptible() as interrupted:
        try:
            ended = run(options)
            if ended == ANSWERED:
                from services.cli import following

                for line in following.lines(options.command, options):
                    print(line)
            return ended
        except BrokenPipeError:
            raise
        except Exception as error:
            # Some libraries make an error of their own of it.
            return FAILED if interrupted.is_set() else failed(error, options)
        except KeyboardInterrupt:
            return FAILED


def _imports(frame: FrameType | None) -> bool:
    """Tell whether a frame, or one that called it, imports a module."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


@contextmanager
def _interruptible() -> Iterator[Event]:
    """Let Ctrl-C raise KeyboardInterrupt in the command, and tell whether it was pressed.

    While a library is imported it ends the process at once, as SIGINT does by default: libraries
    in C print a traceback of it, and nothing is lost that kill -9 would not lose. Where somebody
    ignores the signal, or hears it already, that stays.
    """
    pressed = Event()

    def interrupt(signum: int, frame: FrameType | None) -> None:
        pressed.set()
        if _imports(frame):
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGINT)
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    ours = before in (signal.SIG_DFL, signal.default_int_handler) and (
        current_thread() is main_thread()
    )
    if ours:
        signal.signal(signal.SIGINT, interrupt)
    try:
        yield pressed
    finally:
        if ours:
            # A process of our own ends now, with the exit code that the command has.
            signal.signal(signal.SIGINT, signal.SIG_IGN if before is signal.SIG_DFL else before)


def parser(*named: str) -> Parser:
    """Return the command line; of the commands, those named have their options."""
    made = Parser(
        prog="husret",
        description="What Danish law says about social housing: who may be referred to it, who "
        "must or may be\nrejected, when a tenancy may be ended, and what an area is; on an event "
        "log of facts.",
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
            for words, each in leaves(of_command, name):
                each.set_defaults(command=words)
    return made


def leaves(parser: Parser, words: str) -> Iterator[tuple[str, Parser]]:
    """Yield each command that runs, below the one with these words, by its words."""
    below = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not below:
        yield words, parser
    for action in below:
        for word, each in action.choices.items():
            yield from leaves(each, f"{words} {word}")


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
