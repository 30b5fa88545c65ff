"""What a report holds as its message, whose fields have the same names."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, TypeVar

from google.protobuf import json_format
from google.protobuf.message import Message

M = TypeVar("M", bound=Message)


def fill(plain: Any, message: M) -> M:
    """Fill a message with plain values; None is left out, bytes are bytes."""
    return json_format.ParseDict(_without_nothing(plain), message)


def _without_nothing(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_nothing(each) for name, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_without_nothing(each) for each in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value
