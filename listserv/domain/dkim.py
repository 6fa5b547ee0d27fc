"""DKIM keys as values (RFC 6376, RFC 8463)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from listserv.domain.errors import Refused

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


class DkimAlgorithm(StrEnum):
    RSA = "rsa"  # 2048 bits
    ED25519 = "ed25519"


@dataclass(frozen=True)
class DkimKey:
    """A key of a domain, sealed. record: the text that stands at `name` in the DNS."""

    id: str
    domain: str
    selector: str
    algorithm: DkimAlgorithm
    record: str
    sealed: bytes = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.selector}._domainkey.{self.domain}"


class Signer(Protocol):
    """Signs for one domain with one key."""

    @property
    def domain(self) -> str: ...

    @property
    def selector(self) -> str: ...

    @property
    def algorithm(self) -> DkimAlgorithm: ...

    def sign(self, digests: Sequence[bytes]) -> list[bytes]:
        """Of SHA-256 digests, in their order. Several together may cost less each."""


def checked_selector(text: str) -> str:
    """Raises Refused for what cannot be a label in the DNS."""
    if not _LABEL.fullmatch(text):
        raise Refused("A selector takes lower-case letters, digits and hyphens, such as may2026.")
    return text
