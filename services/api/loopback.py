"""Addresses to listen at, and which of them are reached from this machine alone."""

from __future__ import annotations

_HOSTS = ("127.0.0.1", "[::1]", "localhost")


def is_address(text: str) -> bool:
    """Tell whether a text is "host:port", with a port from 0 (one that is free) to 65535."""
    host, _, port = text.rpartition(":")
    is_number = port.isascii() and port.isdecimal() and len(port) <= 5
    return bool(host) and is_number and int(port) <= 65_535


def is_loopback(address: str) -> bool:
    """Tell whether an address "host:port" is reached from this machine alone."""
    host, _, _ = address.rpartition(":")
    return host in _HOSTS
