"""The relay: keeps one connection open between batches, and opens a new one when it broke."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from listserv.adapters.smtp_client import RelayTrouble, RelayUrl, SmtpClient, read_url
from listserv.domain.delivery import Outcome, RelayDown
from listserv.domain.ports import OutboundMessage

IDLE_SECONDS = 20  # relays close idle connections; a shorter wait of ours avoids finding that out


class SmtpRelay:
    """Implements `listserv.domain.ports.Relay`. One session at a time has the connection."""

    def __init__(self, url: str, helo_name: str) -> None:
        self._relay: RelayUrl = read_url(url)
        self._helo_name = helo_name
        self._client: SmtpClient | None = None
        self._used_at = 0.0
        self._lock = threading.Lock()

    @contextmanager
    def session(self) -> Iterator["SmtpRelay"]:
        with self._lock:
            yield self

    def send(self, message: OutboundMessage) -> Outcome:
        """An idle connection may have been closed by the relay: that is no fault, a new one is."""
        if self._client is not None and monotonic() - self._used_at > IDLE_SECONDS:
            self._client.quit()
            self._client = None
        try:
            self._client = self._client or SmtpClient(self._relay, self._helo_name)
        except RelayTrouble:
            return RelayDown()
        outcome = self._client.send(message)
        self._used_at = monotonic()
        if isinstance(outcome, RelayDown):
            self._client = None
        return outcome

    def check(self) -> str:
        """What is wrong with the relay, in words; "" when it would take mail."""
        try:
            SmtpClient(self._relay, self._helo_name).quit()
        except RelayTrouble as trouble:
            return str(trouble)
        return ""
