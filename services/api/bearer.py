"""The token of an instance as calls carry it: `authorization: Bearer TOKEN`, on gRPC and HTTP."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import grpc

HEADER = "authorization"
_SCHEME = "bearer"

NOT_BORNE = (
    "the call bears no token, or not that of this instance: give `Authorization: Bearer TOKEN` "
    "with what api.token in the instance's directory holds"
)
"""What who has no token is told."""


def is_borne(token: str, given: Sequence[str]) -> bool:
    """Tell whether the values of HEADER are one, and it bears the token.

    How long it takes tells nothing of the token.
    """
    scheme, _, shown = given[0].partition(" ") if len(given) == 1 else ("", "", "")
    return scheme.lower() == _SCHEME and hmac.compare_digest(
        shown.strip().encode(errors="replace"), token.encode()
    )


class Endpoint(NamedTuple):
    """Where a server of the loopback is, and the token that it asks for."""

    address: str
    token: str

    def __repr__(self) -> str:
        """Leave the token out: what is shown ends in logs."""
        return f"Endpoint({self.address!r})"

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        """What a call carries."""
        return ((HEADER, f"Bearer {self.token}"),)

    def channel(self, options: Sequence[tuple[str, Any]] = ()) -> grpc.Channel:
        """Connect to it; every call of one request carries the token."""
        return grpc.intercept_channel(
            grpc.insecure_channel(self.address, options), _Bearing(self.metadata)
        )


class _Details(NamedTuple):
    method: str
    timeout: float | None
    metadata: Sequence[tuple[str, str | bytes]] | None
    credentials: grpc.CallCredentials | None
    wait_for_ready: bool | None
    compression: grpc.Compression | None


class _Bearing(
    grpc.UnaryUnaryClientInterceptor,
    grpc.UnaryStreamClientInterceptor,
):
    """Gives each call the token."""

    def __init__(self, metadata: tuple[tuple[str, str], ...]) -> None:
        self._metadata = metadata

    def _with(self, details: Any) -> Any:
        return _Details(
            details.method,
            details.timeout,
            (*(details.metadata or ()), *self._metadata),
            details.credentials,
            details.wait_for_ready,
            details.compression,
        )

    def intercept_unary_unary(
        self, continuation: Callable[..., Any], client_call_details: Any, request: Any
    ) -> Any:
        """Carry the token with the call."""
        return continuation(self._with(client_call_details), request)

    intercept_unary_stream = intercept_unary_unary
