"""What all sessions of one gateway share."""

import ssl
from dataclasses import dataclass, field
from typing import Protocol

from smtp_gateway.clients import Clients
from smtp_gateway.handler import Handler
from smtp_gateway.limits import Limits


class Guest(Protocol):
    """A session, as the gateway sees it when it ends."""

    @property
    def in_transaction(self) -> bool:
        """Whether a message is under way."""

    def end(self) -> None:
        """Says goodbye and closes."""

    def drop(self) -> None:
        """Closes without waiting for the other side."""


@dataclass
class House:
    """closing: nobody new comes in, and sessions end with their transaction."""

    handler: Handler
    clients: Clients
    limits: Limits
    host_name: str
    size_limit: int
    tls: ssl.SSLContext | None = None
    sessions: set[Guest] = field(default_factory=set)
    closing: bool = False
