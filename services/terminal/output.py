"""What a command prints: lines for people, or one JSON document."""

from __future__ import annotations

import sys
from argparse import Namespace as Options
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from services.log.finding import KINDS
from services.terminal import shell

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn


def plain(message: Message) -> dict[str, Any]:
    """Return a message as it stands in a JSON document, every field of it."""
    made: dict[str, Any] = MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    return made


def put(options: Options, answer: Message | dict[str, Any], lines: Iterable[str]) -> None:
    """Print an answer with --json, else its lines; an empty line is left out."""
    with shell.whoever_reads():
        if options.json:
            document = plain(answer) if isinstance(answer, Message) else answer
            print(shell.as_json(document, sys.stdout, indent=2))
            return
        for line in lines:
            if line:
                print(line)


def say(options: Options, da: str, en: str) -> str:
    """Return words in the language that was asked for."""
    return da if options.language == "da" else en


def recorded(options: Options, id: str, position: int) -> str:
    """Say what was recorded, and where it stands in the log."""
    return f"{id} {say(options, 'ved position', 'at position')} {position}"


def tried(options: Options) -> str:
    """Say that nothing was recorded, and why."""
    return say(options, "intet blev registreret", "nothing was recorded") + ": --dry-run"


def progress(*columns: ProgressColumn) -> Progress:
    """Return bars on stderr that are gone at the end; none where no terminal shows them."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        *columns,
        TimeElapsedColumn(),
        transient=True,
        disable=not sys.stderr.isatty(),
        redirect_stdout=False,
        console=Console(stderr=True),
    )


@contextmanager
def stages(shown: bool = True) -> Iterator[Callable[[str], None]]:
    """Give what says which stage a command is at: a bar on a terminal, else a line on stderr."""
    if not shown:
        yield lambda _: None
        return
    if not sys.stderr.isatty():
        yield lambda stage: print(f"{stage} …", file=sys.stderr, flush=True)
        return
    with progress() as bar:
        task = bar.add_task("", total=None)
        yield lambda stage: bar.update(task, description=stage)


def counting() -> tuple[ProgressColumn, ...]:
    """Return what shows how many events there are, and how long it will take, beside a bar.

    Its task has a field `events`.
    """
    from rich.progress import TextColumn, TimeRemainingColumn

    return (TextColumn("{task.fields[events]:,} events, left"), TimeRemainingColumn())


def found(kind: str, place: str) -> str:
    """Name something that does not follow from what it must follow from."""
    return f"  {kind}: {place}" + (f" ({KINDS[kind]})" if kind in KINDS else "")
