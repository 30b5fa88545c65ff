"""The gate that every call passes before anything else is done for it."""

from __future__ import annotations

from typing import Any

import grpc

from services.api import bearer

OPEN_TO_ALL = ("/grpc.health.v1.", "/grpc.reflection.")
"""Services that tell nothing of an instance: whether it serves, and what the contract is."""


class NotLetIn(Exception):
    """A call has neither the token of this instance nor a certificate."""


class Gate:
    """Lets a call in that bears the instance's token, or comes over mutual TLS."""

    def __init__(self, token: str) -> None:
        self._token = token

    def let_in(self, method: str, context: grpc.ServicerContext) -> None:
        """Let a call of a method in; raises NotLetIn."""
        if method.startswith(OPEN_TO_ALL) or _has_certificate(context):
            return
        metadata: Any = context.invocation_metadata()
        given = [value for name, value in metadata if name == bearer.HEADER]
        if not bearer.is_borne(self._token, given):
            raise NotLetIn


def system_of(context: grpc.ServicerContext) -> str:
    """Return the common name of the caller's certificate, "" on a loopback without TLS."""
    names: Any = context.auth_context().get("x509_common_name", ())
    return b"".join(list(names)[:1]).decode(errors="replace")


def _has_certificate(context: grpc.ServicerContext) -> bool:
    """Tell whether the call comes over TLS; the server lets nobody in there without one."""
    security: Any = context.auth_context().get("transport_security_type", ())
    return list(security) == [b"ssl"]
