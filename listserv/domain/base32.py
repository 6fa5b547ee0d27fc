"""Tokens in letters: lower-case base32 without padding (RFC 4648 §6), read in any case."""

import base64
import binascii

TOKEN_BYTES = 16
TOKEN_LETTERS = 26

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _LETTERS for second in _LETTERS]
_SHIFTS = range(120, -1, -10)


def encode(content: bytes) -> str:
    """Of 16 bytes. Two letters at a time: each copy of a post carries two tokens."""
    number = int.from_bytes(content, "big") << 2  # 130 bits are 13 pairs of letters
    return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


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
