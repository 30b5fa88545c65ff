"""`husret init`, `husret token` and `husret serve`: an instance is made, opened up, and served."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

from domain.facts import ControllerKind
from services.cli import following
from services.cli import options as shared
from services.cli.exits import ANSWERED, CommandError
from services.cli.options import Options, Parser
from services.facts import municipalities
from services.terminal import output, shell

HTTP, OFF = "127.0.0.1:50052", "off"
"""Where JSON over HTTP is served unless another place is named, and what names none."""

CHECKPOINT_EVERY = 60.0
"""Seconds between two looks at whether there is a checkpoint to publish."""


def add_init(parser: Parser) -> None:
    """Add what a new instance is told."""
    shared.everywhere(parser)
    parser.add_argument(
        "--controller", default="Prøvekøbing Kommune", help="the data controller's name"
    )
    parser.add_argument(
        "--kind",
        choices=[str(kind) for kind in ControllerKind],
        default=str(ControllerKind.MUNICIPALITY),
        help="what the controller is (default: %(default)s)",
    )
    parser.add_argument(
        "--municipality",
        default=municipalities.MADE_UP_MUNICIPALITY,
        help="its municipality's four digits (default: %(default)s, which is made up)",
    )
    parser.add_argument(
        "--stale-after-months",
        type=int,
        default=24,
        help="how long after the law's review answers stay firm (default: %(default)s)",
    )
    parser.set_defaults(run=_init)


def _init(options: Options) -> int:
    from services.instance.instance import Instance

    code = options.municipality
    wrong = municipalities.not_a_municipality(code)
    if wrong:
        raise CommandError(f"--municipality: {code!r} {wrong}")
    if not 0 <= options.stale_after_months <= 1200:
        raise CommandError("--stale-after-months: must lie from 0 to 1200")
    if not options.controller.strip() or len(options.controller) > 200:
        raise CommandError("--controller: must be 1 to 200 characters")
    with Instance.create(
        options.dir,
        controller=options.controller,
        kind=ControllerKind(options.kind),
        municipality=code,
        stale_after_months=options.stale_after_months,
    ) as instance:
        created = instance.created
    made_up = code == municipalities.MADE_UP_MUNICIPALITY
    following.found(options, lists="made-up" if made_up else "published")
    made = {
        "directory": str(options.dir),
        "log_id": str(created.log_id),
        "controller": created.controller,
        "controller_kind": str(created.controller_kind),
        "municipality": created.municipality,
    }
    output.put(
        options,
        made,
        [
            f"New instance of {created.controller} (municipality {code}) in {options.dir}.",
            "Its master key is master.key there: back it up apart from the rest, and keep it.",
            "Who asks its server needs the token in api.token there; husret's commands find it.",
        ],
    )
    return ANSWERED


def add_token(parser: Parser) -> None:
    """Add nothing but the directory."""
    shared.everywhere(parser)
    parser.set_defaults(run=_token)


def _token(options: Options) -> int:
    from services.instance import token
    from services.instance.instance import Instance, InstanceError
    from services.log import ownership

    if not Instance.is_in(options.dir):
        raise InstanceError(f"{options.dir} holds no instance; make one with `husret init`")
    path = token.replace(options.dir)
    lines = [f"A new token is in {path}; the one before it is good for nothing."]
    if ownership.owner(options.dir) is not None:
        lines = [
            f"A new token is in {path}. The server that runs asks for the one before it: stop it, "
            "and start it again."
        ]
    output.put(options, {"file": str(path)}, lines)
    return ANSWERED


def add_serve(parser: Parser) -> None:
    """Add where, and with which certificate."""
    shared.everywhere(parser)
    parser.add_argument(
        "--listen",
        metavar="HOST:PORT",
        default=os.environ.get("HUSRET_LISTEN", "127.0.0.1:50051"),
        help="where (default: $HUSRET_LISTEN, else 127.0.0.1:50051; port 0: a free one); any "
        "other host than the loopback needs the three --tls options",
    )
    parser.add_argument(
        "--http",
        metavar="HOST:PORT",
        default=os.environ.get("HUSRET_HTTP", ""),
        help="where JSON over HTTP, on the loopback alone; off: nowhere (default: $HUSRET_HTTP, "
        f"else {HTTP}, and off with the three --tls options)",
    )
    shared.tls(parser, "the server's certificate", "--tls-client-ca", "the clients' CA")
    parser.add_argument(
        "--checkpoints",
        type=Path,
        metavar="DIR",
        help="publish signed checkpoints of the log there, for others to keep",
    )
    parser.add_argument(
        "--checkpoint-every",
        type=_seconds,
        default=CHECKPOINT_EVERY,
        metavar="SECONDS",
        help="after how long it is looked for a new one (default: %(default).0f)",
    )
    parser.set_defaults(run=_serve)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0.1 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError("must lie from 0.1 to 86400")
    return seconds


def _serve(options: Options) -> int:
    from services import json_log
    from services.api import server
    from services.http import beside

    tls = None
    given = [options.tls_cert, options.tls_key, options.tls_ca]
    if any(given):
        if not all(given):
            raise CommandError("give all three: --tls-cert, --tls-key and --tls-client-ca")
        tls = server.Tls(*(path.read_bytes() for path in given))
    http = options.http or (OFF if tls else HTTP)
    if tls and http != OFF:
        raise CommandError(
            "--http: JSON over HTTP asks the server on the loopback without TLS: leave it off "
            "here, or serve without --tls"
        )

    @contextmanager
    def during(running: server.Server) -> Iterator[None]:
        with ExitStack() as opened:
            made = {"address": running.address}
            line = f"husret serves {options.dir} at {running.address}"
            if listener is not None:
                made["http"] = beside.address_of(listener)
                line += f", and JSON over HTTP at {made['http']}"
                opened.enter_context(beside.serving(listener, running.endpoint))
            if options.json:
                line = shell.as_json(made, sys.stdout)
            with shell.whoever_reads():
                print(line)
            yield

    with nullcontext() if http == OFF else beside.listening(http) as listener:
        json_log.to_stderr()
        publish = None
        if options.checkpoints is not None:
            publish = server.Publishing(options.checkpoints, options.checkpoint_every)
        server.serve(options.dir, options.listen, tls, during, publish)
    return ANSWERED
