"""Randomness from the operating system."""

import secrets
from collections.abc import Sequence

from listserv.domain.base32 import TOKEN_BYTES, encode


class SystemRandomness:
    def token(self) -> str:
        return encode(secrets.token_bytes(TOKEN_BYTES))

    def choose(self, options: Sequence[str]) -> str:
        return secrets.choice(options)
