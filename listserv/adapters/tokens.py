"""Derived tokens: one AES block each, so 26 letters, opaque and impossible to guess.

A 128-bit block cipher is a random permutation to whoever lacks the key: of the
2**128 tokens only those decrypt to a well-formed block that we made, so forging
any of n live ones takes 2**128 / n tries, as if each were random and stored.
Nothing is stored, and local parts stay within 64 octets.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from threading import get_ident

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import ECB

from listserv.adapters.keys import ReadKeys, derive, lately
from listserv.domain.base32 import decode, encode_all
from listserv.domain.return_path import ReturnPath

RETURN_PATH_DAYS = 30
_UNSUBSCRIBE = "unsubscribe token"
_RETURN_PATH = "return path token"
_POST = "post token"
_DIGEST = "digest token"
_ZEROS = bytes(6)


class AesTokens:
    """Implements `listserv.domain.ports.Tokens`. A block: id (8 bytes), day (2), zeros (6)."""

    def __init__(self, read_keys: ReadKeys) -> None:
        self._read_keys = read_keys
        self._lately = lately(read_keys)

    def unsubscribe(self, subscription_id: int) -> str:
        return self._make(_UNSUBSCRIBE, subscription_id)

    def unsubscribe_all(self, subscription_ids: Sequence[int]) -> list[str]:
        return self._make_all(_UNSUBSCRIBE, subscription_ids, 0)

    def read_unsubscribe(self, token: str) -> int | None:
        return self._read_undated(_UNSUBSCRIBE, token)

    def post(self, post_id: int) -> str:
        return self._make(_POST, post_id)

    def read_post(self, token: str) -> int | None:
        return self._read_undated(_POST, token)

    def digest(self, digest_id: int) -> str:
        return self._make(_DIGEST, digest_id)

    def read_digest(self, token: str) -> int | None:
        return self._read_undated(_DIGEST, token)

    def return_paths(self, subscription_ids: Sequence[int], day: int) -> list[str]:
        return self._make_all(_RETURN_PATH, subscription_ids, day)

    def read_return_path(self, token: str, today: int) -> ReturnPath | None:
        for subscription_id, day in self._read(_RETURN_PATH, token):
            # A day ahead is fine: no two machines' clocks agree.
            if -1 <= today - day <= RETURN_PATH_DAYS:
                return ReturnPath(subscription_id, day)
        return None

    def hash(self, token: str) -> bytes:
        return sha256(token.strip().lower().encode()).digest()

    def _read_undated(self, purpose: str, token: str) -> int | None:
        return next((number for number, day in self._read(purpose, token) if day == 0), None)

    def _make(self, purpose: str, number: int) -> str:
        return self._make_all(purpose, (number,), 0)[0]

    def _make_all(self, purpose: str, numbers: Sequence[int], day: int) -> list[str]:
        rest = day.to_bytes(2, "big") + _ZEROS
        blocks = b"".join([number.to_bytes(8, "big") + rest for number in numbers])
        return encode_all(_encryptor(self._lately()[0], purpose, get_ident()).update(blocks))

    def _read(self, purpose: str, token: str) -> list[tuple[int, int]]:
        """What the token says under each key; nearly always at most one."""
        content = decode(token)
        if content is None:
            return []
        ciphers = [_cipher(key, purpose) for key in self._read_keys()]
        blocks = [cipher.decryptor().update(content) for cipher in ciphers]
        return [
            (int.from_bytes(block[:8], "big"), int.from_bytes(block[8:10], "big"))
            for block in blocks
            if block[10:] == _ZEROS and block[0] < 0x80
        ]


@lru_cache(maxsize=64)
def _cipher(key: str, purpose: str) -> Cipher[ECB]:
    # ECB of a single block is the permutation itself; each block is a token of its own.
    return Cipher(AES256(derive(key, purpose)), ECB())  # noqa: S305


@lru_cache(maxsize=256)
def _encryptor(key: str, purpose: str, thread: int) -> CipherContext:
    """Made once: that takes ten times as long as one block. No two threads may share it."""
    return _cipher(key, purpose).encryptor()
