"""QUIETLIST_RELAY_URL, read."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit


class Tls(StrEnum):
    OFFERED = "smtp"  # STARTTLS when the relay has it
    REQUIRED = "smtp+starttls"
    AT_ONCE = "smtps"


_PORTS = {Tls.OFFERED: 25, Tls.REQUIRED: 587, Tls.AT_ONCE: 465}


@dataclass(frozen=True)
class RelayUrl:
    """Where the relay is, and how it is spoken to."""

    host: str
    port: int
    tls: Tls
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def read_relay_url(url: str) -> RelayUrl:
    """Raises ValueError for another scheme."""
    parts = urlsplit(url)
    tls = Tls(parts.scheme)
    return RelayUrl(
        parts.hostname or "localhost",
        parts.port or _PORTS[tls],
        tls,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
