"""Tokens in letters: lower-case base32 without padding (RFC 4648 §6), read in any case."""

import base64
import binascii
from functools import lru_cache

TOKEN_BYTES = 16
TOKEN_LETTERS = 26

# Each copy of a post carries two tokens, so those of many copies are written together: one
# number holds all their bits, and three rounds split it into 40, 20, 10 and at last 5 bits.
_PADDED_BYTES = 20
_PADDED_LETTERS = 32
_ROUNDS = ((20, 8), (10, 4), (5, 2))  # bits that one half keeps, bytes that both take up
_LETTERS = bytes(b"abcdefghijklmnopqrstuvwxyz234567"[value & 31] for value in range(256))


def encode(content: bytes) -> str:
    """Of 16 bytes."""
    return encode_all(content)[0]


def encode_all(contents: bytes) -> list[str]:
    """Of any number of tokens, 16 bytes each, one behind the other."""
    size = len(contents) // TOKEN_BYTES * _PADDED_LETTERS
    padded = bytearray(size // _PADDED_LETTERS * _PADDED_BYTES)
    for place in range(TOKEN_BYTES):
        padded[place::_PADDED_BYTES] = contents[place::TOKEN_BYTES]
    spread = bytearray(size)
    for place in range(5):  # five bytes, which are eight letters, to the end of eight
        spread[3 + place :: 8] = padded[place::5]
    bits = int.from_bytes(spread, "big")
    for half, both in _ROUNDS:
        lower = _lower_half(half, both, size)
        bits = (bits >> half & lower) << 4 * both | bits & lower
    letters = bits.to_bytes(size, "big").translate(_LETTERS).decode("ascii")
    return [letters[at : at + TOKEN_LETTERS] for at in range(0, size, _PADDED_LETTERS)]


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


@lru_cache(maxsize=16)
def _lower_half(half: int, both: int, size: int) -> int:
    """Ones in the lowest `half` bits of every `both` bytes, over `size` bytes in all."""
    return int.from_bytes((2**half - 1).to_bytes(both, "big") * (size // both), "big")
