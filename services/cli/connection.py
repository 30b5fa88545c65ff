"""Whom a command asks: the server named, else the one that owns the directory, else its own.

A command is a client. Where no server owns the instance, it starts one on a free port of the
loopback for as long as it runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import grpc

from husret.v1 import core_pb2
from services.api import loopback
from services.api.bearer import Endpoint
from services.cli.exits import CommandError
from services.cli.options import Options
from services.instance import token
from services.log import ownership

DEADLINE = 60.0
"""Seconds that one call may take."""

PATIENCE = 5.0
"""Seconds to wait for a server that owns the instance and has not said where it is yet."""

_OPTIONS = (("grpc.max_receive_message_length", 64 * 1024 * 1024),)

Stub = TypeVar("Stub")


@contextmanager
def stub(options: Options, service: Callable[[grpc.Channel], Stub]) -> Iterator[Stub]:
    """Connect to one service of the server that is meant."""
    with channel(options) as connected:
        yield service(connected)


@contextmanager
def channel(options: Options) -> Iterator[grpc.Channel]:
    """Connect to the server that is meant."""
    address = options.server or _owner(options.dir)
    if address:
        with _connected(address, options) as connected:
            yield connected
        return
    from services.api import server  # only here: who asks another's server needs none itself

    with (
        server.serving(options.dir, follow=False) as own,
        own.endpoint.channel(_OPTIONS) as connected,
    ):
        yield connected


def _connected(address: str, options: Options) -> grpc.Channel:
    if loopback.is_loopback(address) and not options.tls_cert:
        held = options.token_file or options.dir / token.FILE
        if options.server and not options.token_file and not held.exists():
            raise CommandError(
                f"the server at {address} asks for a token: name its file with --token-file or "
                f"$HUSRET_TOKEN_FILE ({token.FILE} in the directory of its instance)"
            )
        return Endpoint(address, token.load(held)).channel(_OPTIONS)
    given = [options.tls_cert, options.tls_key, options.tls_ca]
    if not all(given):
        raise CommandError(
            f"the server at {address} needs mutual TLS: give --tls-cert, --tls-key and "
            "--tls-server-ca"
        )
    certificate, key, ca = (path.read_bytes() for path in given)
    return grpc.secure_channel(
        address, grpc.ssl_channel_credentials(ca, key, certificate), _OPTIONS
    )


def _owner(directory: Path) -> str:
    """Return where the server of the directory is; "" when it has none."""
    deadline = time.monotonic() + PATIENCE
    while True:
        address = ownership.owner(directory)
        if address is None:
            return ""
        if address:
            return address
        if time.monotonic() > deadline:
            raise CommandError(
                f"the instance in {directory} has a server that does not say where it is; "
                "wait for it, or stop it"
            )
        time.sleep(0.05)


def consistency(options: Options) -> core_pb2.Consistency:
    """Return as known when something is read (`options.known`)."""
    if options.at_position is not None:
        return core_pb2.Consistency(at_position=options.at_position)
    if options.known_on:
        return core_pb2.Consistency(known_on=options.known_on)
    return core_pb2.Consistency()


def event_id(options: Options, channel: grpc.Channel, given: str) -> str:
    """Return the id of an event that is named by it, or by its position, which stands beside it.

    So nobody types a UUID; the position is looked up in the open columns of the log.
    """
    if not given.isdecimal():
        return given
    if 0 < len(given) < _LONGEST_POSITION:
        from husret.v1 import audit_service_pb2
        from husret.v1.audit_service_pb2_grpc import AuditServiceStub

        request = audit_service_pb2.ListEventsRequest(
            context=context(options, "audit"), page_size=1, after_position=max(0, int(given) - 1)
        )
        for event in AuditServiceStub(channel).ListEvents(request, timeout=DEADLINE).events:
            if event.position == int(given):
                return event.event_id
    raise CommandError(f"no event stands at position {given}")


_LONGEST_POSITION = 19
"""Digits of no position that the log could have."""


def context(options: Options, purpose: str) -> core_pb2.RequestContext:
    """Return who asks, and for what."""
    return core_pb2.RequestContext(
        actor=options.actor, purpose=purpose, legal_basis=options.legal_basis
    )
