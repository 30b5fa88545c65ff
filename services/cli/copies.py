"""`husret backup` and `husret restore`: an instance is copied, and made again of a copy."""

from __future__ import annotations

from pathlib import Path

from services.cli import following
from services.cli import options as shared
from services.cli.exits import ANSWERED, DIFFERENT
from services.cli.options import Options, Parser
from services.instance import backup
from services.terminal import output, shell


def add_backup(parser: Parser) -> None:
    """Add where the copy goes."""
    shared.everywhere(parser)
    parser.add_argument("target", type=Path, metavar="TARGET", help="a new directory")
    parser.set_defaults(run=_backup)


def _backup(options: Options) -> int:
    following.found(options, target=options.target)
    with shell.orderly_end():
        checked = backup.backup(options.dir, options.target)
    return _copied(
        options,
        checked,
        f"{options.target}: a copy of {options.dir} up to position {checked.position}; an instance "
        "was made of it, and works",
        "The master key is not in it. Keep the copy no longer than your erasures allow.",
    )


def add_restore(parser: Parser) -> None:
    """Add what a copy is not: its key, and what was erased since."""
    shared.everywhere(parser)
    parser.add_argument("source", type=Path, metavar="COPY", help="made by husret backup")
    parser.add_argument(
        "--master-key",
        type=Path,
        metavar="FILE",
        help="the master key (default: master.key in DIR, or $HUSRET_MASTER_KEY)",
    )
    parser.add_argument(
        "--erasures",
        type=Path,
        metavar="LOG",
        help="a newer log of the instance: what was erased in it is erased here too",
    )
    parser.set_defaults(run=_restore)


def _restore(options: Options) -> int:
    with shell.orderly_end():
        checked = backup.restore(
            options.source, options.dir, key_file=options.master_key, erasures=options.erasures
        )
    return _copied(
        options,
        checked,
        f"{options.dir}: the instance as of position {checked.position}; {checked.erased} tokens "
        "erased since were erased again",
        ""
        if options.erasures
        else "What was erased after that position is back: erase it again, or restore with "
        "--erasures and a newer log.",
    )


def _copied(options: Options, checked: backup.Checked, *lines: str) -> int:
    found = [output.found(each.kind, each.place) for each in checked.found]
    said = {
        **checked._asdict(),
        "log_id": str(checked.log_id),
        "found": [each._asdict() for each in checked.found],
    }
    output.put(options, said, [*lines, *found])
    return DIFFERENT if found else ANSWERED
