"""Addresses that are reached from this machine alone."""

from __future__ import annotations

_HOSTS = ("127.0.0.1", "[::1]", "localhost")


def is_loopback(address: str) -> bool:
    """Tell whether an address "host:port" is reached from this machine alone."""
    host, _, _ = address.rpartition(":")
    return host in _HOSTS
