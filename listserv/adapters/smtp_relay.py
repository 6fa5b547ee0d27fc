"""The relay: a few connections, kept between batches, each opened anew when it broke."""

import select
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TypeVar

from listserv.adapters.relay_url import read_relay_url
from listserv.adapters.smtp_client import Letter, Result, SmtpClient
from listserv.adapters.smtp_greeting import RelayTrouble
from listserv.adapters.smtp_wire import prepared
from listserv.domain.delivery import NotTried, Outcome, RelayDown
from listserv.domain.ports import OutboundMessage

IDLE_SECONDS = 20  # relays close idle connections; a shorter wait of ours avoids finding that out
# A small post goes over one connection: another one is worth its greeting after this many copies.
COPIES_A_CONNECTION = 10
# How often a relay that has fallen silent is looked for.
LOOK_SECONDS = 1.0
# A relay that refuses one connection more is not asked for it again for a while.
ENOUGH_SECONDS = 60
# After a greeting that took longer, the caller should look again whether it may still send.
LATE_SECONDS = 5

T = TypeVar("T")


class SmtpRelay:
    """Implements `listserv.domain.ports.Relay`. One session at a time has the connections."""

    def __init__(self, url: str, helo_name: str, connections: int = 1) -> None:
        self._relay = read_relay_url(url)
        self._helo_name = helo_name
        self._most = connections
        self._refused_at = -float(ENOUGH_SECONDS)
        self._clients: dict[int, SmtpClient] = {}  # by file number
        self._poll = select.poll()
        self._lock = threading.Lock()

    @contextmanager
    def session(self) -> Iterator["SmtpRelay"]:
        with self._lock:
            fresh = monotonic() - IDLE_SECONDS
            for client in self._clients.values():
                if client.used_at < fresh or not client.alive():
                    client.quit()
            self._forget_broken()
            try:
                yield self
            finally:
                # The caller gave up in the middle: its tags mean nothing to the next one.
                for client in self._clients.values():
                    if client.under_way:
                        client.quit()
                self._forget_broken()
                prepared.cache_clear()  # what a group writes is kept for no longer than it is sent

    def send(
        self, letters: Iterable[tuple[T, OutboundMessage]]
    ) -> Iterator[tuple[T, Outcome | NotTried]]:
        """See `listserv.domain.ports.RelaySession`."""
        batch = _Batch(iter(letters))
        while letter := batch.next():
            asked_at = monotonic()
            if not self._clients and not self._open_another():
                yield letter[0], RelayDown()
                return
            if monotonic() - asked_at > LATE_SECONDS:
                yield letter[0], NotTried()
            else:
                batch.put_back(letter)
            yield from self._pump(batch)

    def check(self) -> str:
        """What is wrong with the relay, in words; "" when it would take mail."""
        try:
            SmtpClient(self._relay, self._helo_name).quit()
        except RelayTrouble as trouble:
            return str(trouble)
        return ""

    def _pump(self, batch: "_Batch") -> Iterator[Result]:
        """Sends until the batch is over and all is answered, or no connection is left."""
        for client in [*self._clients.values()]:
            yield from self._settled(client, client.start(batch.next), batch)
        look_at = monotonic() + LOOK_SECONDS
        while any(client.busy for client in self._clients.values()):
            for number, _ in self._poll.poll(LOOK_SECONDS * 1000):
                client = self._clients[number]
                yield from self._settled(client, client.listen(batch.next), batch)
            if monotonic() > look_at:
                yield from self._give_up_silent(batch)
                look_at = monotonic() + LOOK_SECONDS
            if self._wants_another(batch) and (another := self._open_another()):
                yield from self._settled(another, another.start(batch.next), batch)

    def _give_up_silent(self, batch: "_Batch") -> Iterator[Result]:
        """Not one whose answer has come: the caller may have taken its time over the last one."""
        now = monotonic()
        speaking = {number for number, _ in self._poll.poll(0)}
        for client in [*self._clients.values()]:
            if client.busy and client.deadline < now and client.number not in speaking:
                yield from self._settled(client, client.give_up(), batch)

    def _settled(
        self, client: SmtpClient, results: Sequence[Result], batch: "_Batch"
    ) -> Sequence[Result]:
        """What one connection has to tell.

        One that ends early may just have had its share, if it served before or
        others stand beside it; else the relay is down.
        """
        batch.done += len(results)
        if not client.broken:
            return results
        if not client.served:
            self._refused_at = monotonic()
            if len(self._clients) == 1:
                results = [(tag, _down_if_untried(outcome)) for tag, outcome in results]
                batch.over |= any(isinstance(outcome, RelayDown) for _, outcome in results)
        self._forget_broken()
        return results

    def _wants_another(self, batch: "_Batch") -> bool:
        return (
            len(self._clients) < self._most  # nearly always the end of it
            and not batch.over
            and 0 < len(self._clients) < min(self._most, 1 + batch.done // COPIES_A_CONNECTION)
            and monotonic() - self._refused_at > ENOUGH_SECONDS
        )

    def _open_another(self) -> SmtpClient | None:
        try:
            client = SmtpClient(self._relay, self._helo_name)
        except RelayTrouble:
            self._refused_at = monotonic()
            return None
        self._clients[client.number] = client
        self._poll.register(client.number, select.POLLIN)
        return client

    def _forget_broken(self) -> None:
        for number in [n for n, client in self._clients.items() if client.broken]:
            del self._clients[number]
            self._poll.unregister(number)


class _Batch:
    """The messages of one call. over: there are no more, or no more are to be begun."""

    def __init__(self, letters: Iterator[Letter]) -> None:
        self._letters = letters
        self._first: Letter | None = None
        self.over = False
        self.done = 0

    def next(self) -> Letter | None:
        if self.over:
            return None
        letter, self._first = self._first or next(self._letters, None), None
        self.over = letter is None
        return letter

    def put_back(self, letter: Letter) -> None:
        self._first = letter


def _down_if_untried(outcome: Outcome | NotTried) -> Outcome:
    return RelayDown() if isinstance(outcome, NotTried) else outcome
