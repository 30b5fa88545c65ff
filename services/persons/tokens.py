"""A token stands for one class of one subject wherever the log must name it.

It is 16 random bytes; the text form is base64url without padding, 22 characters.
"""

from __future__ import annotations

import base64
import binascii

TOKEN_BYTES = 16
_TEXT_LENGTH = 22


class InvalidToken(ValueError):
    """The text is not the text form of a token. The message does not repeat it."""


def token_text(token: bytes) -> str:
    """Return the text form of a token's 16 bytes."""
    if len(token) != TOKEN_BYTES:
        raise InvalidToken(f"token: {TOKEN_BYTES} bytes are needed, {len(token)} were given")
    return base64.urlsafe_b64encode(token)[:_TEXT_LENGTH].decode("ascii")


def token_bytes(text: str) -> bytes:
    """Return the 16 bytes of a token's text form; raises InvalidToken for any other text."""
    try:
        token = base64.b64decode(text.encode("ascii") + b"==", altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise InvalidToken("token: not base64url without padding") from None
    # One token has one text: the four unused bits of the last character must be zero.
    if len(token) != TOKEN_BYTES or token_text(token) != text:
        raise InvalidToken("token: not the text form of 16 bytes")
    return token
