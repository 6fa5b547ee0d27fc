"""Tokens in letters: lower-case base32 without padding (RFC 4648 §6), read in any case."""

import base64
import binascii

TOKEN_BYTES = 16
TOKEN_LETTERS = 26


def encode(content: bytes) -> str:
    return base64.b32encode(content).decode("ascii").rstrip("=").lower()


def decode(text: str) -> bytes | None:
    """The 16 bytes of a token, or None when it is none."""
    if len(text) != TOKEN_LETTERS:
        return None
    try:
        content = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return None
    # The last letter carries two spare bits: one token has one spelling.
    return content if encode(content) == text.lower() else None
