"""The relay: keeps one connection open between batches, and opens a new one when it broke."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from listserv.adapters.relay_url import read_relay_url
from listserv.adapters.smtp_client import RelayTrouble, SmtpClient
from listserv.domain.delivery import Outcome, RelayDown
from listserv.domain.ports import OutboundMessage

IDLE_SECONDS = 20  # relays close idle connections; a shorter wait of ours avoids finding that out


class SmtpRelay:
    """Implements `listserv.domain.ports.Relay`. One session at a time has the connection."""

    def __init__(self, url: str, helo_name: str) -> None:
        self._relay = read_relay_url(url)
        self._helo_name = helo_name
        self._client: SmtpClient | None = None
        self._used_at = 0.0
        self._lock = threading.Lock()

    @contextmanager
    def session(self) -> Iterator["SmtpRelay"]:
        with self._lock:
            if self._client and not self._usable(self._client):
                self._client.quit()
                self._client = None
            yield self

    def send(self, message: OutboundMessage) -> Outcome:
        """A relay may close a connection that served it before: then a new one is tried, once.

        Only before it saw any of the content; after that, trying again at once
        could double the copy.
        """
        reused = self._client is not None and not self._client.untouched
        outcome = self._send(message)
        if outcome is None and reused:
            outcome = self._send(message)
        return outcome or RelayDown()

    def check(self) -> str:
        """What is wrong with the relay, in words; "" when it would take mail."""
        try:
            SmtpClient(self._relay, self._helo_name).quit()
        except RelayTrouble as trouble:
            return str(trouble)
        return ""

    def _send(self, message: OutboundMessage) -> Outcome | None:
        try:
            self._client = self._client or SmtpClient(self._relay, self._helo_name)
        except RelayTrouble:
            return RelayDown()
        outcome = self._client.send(message)
        self._used_at = monotonic()
        if self._client.broken:
            self._client = None
        return outcome

    def _usable(self, client: SmtpClient) -> bool:
        return monotonic() - self._used_at < IDLE_SECONDS and client.alive()
