"""The options that several commands have, and what they mean."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from services.terminal import shell

Options = argparse.Namespace
Parser = argparse.ArgumentParser

DAY = "YYYY-MM-DD"

EVENT = "its id, or its position in the log"
"""How a receipt, a fact or a step of a tenancy is named."""


def everywhere(parser: Parser) -> None:
    """Add what every command of an instance has."""
    parser.add_argument(
        "--dir",
        type=Path,
        default=_directory(),
        metavar="DIR",
        help="the instance's directory (default: $HUSRET_DIR, else ./husret-data)",
    )
    as_json(parser)


def asking(parser: Parser) -> None:
    """Add what every command that asks a server has."""
    everywhere(parser)
    parser.add_argument(
        "--server",
        metavar="HOST:PORT",
        default=os.environ.get("HUSRET_SERVER", ""),
        help="ask this server, not the owner of DIR (default: $HUSRET_SERVER)",
    )
    variable = "HUSRET_TOKEN_FILE"
    parser.add_argument(
        "--token-file",
        type=Path,
        metavar="FILE",
        default=Path(os.environ[variable]) if variable in os.environ else None,
        help=f"the token of the server's instance (default: ${variable}, else api.token in DIR)",
    )
    tls(parser, "the client's certificate", "--tls-server-ca", "the server's CA")
    parser.add_argument(
        "--actor",
        default=os.environ.get("HUSRET_ACTOR", "cli"),
        help="opaque id of who asks (default: $HUSRET_ACTOR, else cli)",
    )
    parser.add_argument("--legal-basis", default="", help="the section that allows it")
    language(parser)


def language(parser: Parser, what: str = "texts") -> None:
    """Add the language of what is printed for people."""
    parser.add_argument(
        "--language", choices=("da", "en"), default="da", help=f"language of {what} (default: da)"
    )


def as_json(parser: Parser) -> None:
    """Add how it is printed for machines."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def tls(parser: Parser, whose: str, ca: str, whose_ca: str) -> None:
    """Add the three files of mutual TLS; `ca` is the option of the other side's CA."""
    for option, what in (("--tls-cert", whose), ("--tls-key", "its key"), (ca, whose_ca)):
        variable = "HUSRET" + option[1:].replace("-", "_").upper()
        parser.add_argument(
            option,
            type=Path,
            metavar="PEM",
            dest="tls_ca" if option == ca else None,
            default=Path(os.environ[variable]) if variable in os.environ else None,
            help=f"{what} (default: ${variable})",
        )


def day(parser: Parser, option: str = "--day", default: str = "today") -> None:
    """Add the day that is asked about."""
    parser.add_argument(option, default="", metavar=DAY, help=f"default: {default}")


def known(parser: Parser) -> None:
    """Add as known when something is read: by default, as the log stands now."""
    when = parser.add_mutually_exclusive_group()
    when.add_argument(
        "--at-position", type=int, default=None, metavar="N", help="as known at this position"
    )
    when.add_argument(
        "--known-on",
        "--known-at",
        default="",
        metavar="DAY",
        help="as known at the end of a day, or at a moment such as 2026-06-15T12:00:00Z",
    )


def preview(parser: Parser, *, quiet: bool = False) -> None:
    """Add that an answer is only looked at; `quiet`: or that only its receipt is named."""
    recorded = parser.add_mutually_exclusive_group()
    if quiet:
        recorded.add_argument(
            "--quiet",
            action="store_true",
            help="print nothing but the receipt's id, for what is typed next",
        )
    recorded.add_argument(
        "--preview", action="store_true", help="don't record; what is printed is no answer"
    )


def hint(text: str, options: Options) -> str:
    """Return a text whose commands can be typed in this shell, for this directory."""
    meant = getattr(options, "server", "") or getattr(options, "dir", None) in (None, _directory())
    return shell.hint(text, None if meant else options.dir)


def _directory() -> Path:
    """Return the instance's directory that is meant unless --dir says another."""
    return Path(os.environ.get("HUSRET_DIR", "husret-data"))
