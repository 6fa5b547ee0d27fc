"""A lease that is kept alive while a worker waits for the relay, and ends with it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from listserv.domain.delivery import LEASE
from listserv.services.kit import Kit
from listserv.store import dispatch
from listserv.store.dispatch import Rows

RENEW_EVERY = LEASE.total_seconds() / 4
# We stop this much earlier than anybody may take over, since no two machines' clocks agree.
CLOCKS_APART = 10.0


class Lease:
    """One slice's claim on its rows, looked at before each copy is sent.

    until: the monotonic time up to which they are `held`.
    """

    def __init__(self, kit: Kit, rows: Rows) -> None:
        self.name = f"{kit.lease}/{kit.randomness.token()}"
        self._kit = kit
        self._rows = rows
        self.claimed(kit.clock.monotonic())

    def held(self) -> bool:
        """Whether nobody else can have taken the rows yet.

        A process that was stopped for a while finds here that its time is over.
        """
        return self._kit.clock.monotonic() < self.until

    def renew(self) -> None:
        """Raises Unavailable when the database does not answer."""
        asked_at = self._kit.clock.monotonic()
        if not self.held():
            return
        with self._kit.database.transaction() as tx:
            dispatch.renew(tx, self._rows, self.name, self._kit.clock.now())
        self.claimed(asked_at)

    def claimed(self, asked_at: float) -> None:
        """The rows are ours. asked_at: the monotonic time right before they were asked for."""
        self.until = asked_at + LEASE.total_seconds() - CLOCKS_APART


@contextmanager
def kept(kit: Kit, rows: Rows) -> Iterator[Lease]:
    """A lease, renewed in the background until the block ends or the process dies."""
    lease = Lease(kit, rows)
    ended = threading.Event()

    def keep() -> None:
        while not ended.wait(RENEW_EVERY):
            with suppress(Exception):  # `held` turns false by itself when this goes on
                lease.renew()

    keeper = threading.Thread(target=keep, name="lease", daemon=True)
    keeper.start()
    try:
        yield lease
    finally:
        ended.set()
        keeper.join()
