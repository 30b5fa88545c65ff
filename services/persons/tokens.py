"""A token stands for one class of one subject wherever the log must name it.

It is 16 random bytes; the text form is base64url without padding, 22 characters.
"""

from __future__ import annotations

import binascii

TOKEN_BYTES = 16
_TEXT_LENGTH = 22
_TO_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_FROM_URL_SAFE = bytes.maketrans(b"-_", b"+/")


class InvalidToken(ValueError):
    """The text is not the text form of a token. The message does not repeat it."""


def token_text(token: bytes) -> str:
    """Return the text form of a token's 16 bytes."""
    if len(token) != TOKEN_BYTES:
        raise InvalidToken(f"token: {TOKEN_BYTES} bytes are needed, {len(token)} were given")
    text = binascii.b2a_base64(token, newline=False)[:_TEXT_LENGTH]
    return text.translate(_TO_URL_SAFE).decode("ascii")


def is_token(text: str) -> bool:
    """Tell whether the text is the text form of a token."""
    try:
        token_bytes(text)
    except InvalidToken:
        return False
    return True


def token_bytes(text: str) -> bytes:
    """Return the 16 bytes of a token's text form; raises InvalidToken for any other text."""
    try:
        token = binascii.a2b_base64(text.encode("ascii").translate(_FROM_URL_SAFE) + b"==")
    except (binascii.Error, UnicodeEncodeError):
        raise InvalidToken("token: not base64url without padding") from None
    # One token has one text: no other characters, and the four unused bits of the last are zero.
    if len(token) != TOKEN_BYTES or token_text(token) != text:
        raise InvalidToken("token: not the text form of 16 bytes")
    return token
