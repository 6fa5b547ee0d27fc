"""Sends the notices that are due. They go before posts: somebody waits for them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from listserv.domain.delivery import (
    ClaimedNotice,
    DeliveryState,
    Next,
    NotTried,
    RelayDown,
    after,
)
from listserv.domain.errors import Locked, Unavailable
from listserv.domain.ports import OutboundMessage, RelaySession
from listserv.mail.dkim import Signing, from_domain, signed
from listserv.services.find_signing import find_signing
from listserv.services.kit import Kit
from listserv.services.lease import Lease, kept
from listserv.store import dispatch, notices
from listserv.store.tables import NoticeRow

CLAIM = 20
_PARKED_LOCKED = Next(DeliveryState.PARKED, None, "locked")


def deliver_notices(kit: Kit) -> int:
    """Sends until nothing is due or the relay is down; says how many were dealt with."""
    done = 0
    with kept(kit, NoticeRow) as lease, kit.relay.session() as relay:
        while claimed := _claim(kit, lease):
            batch = _Batch(kit, lease, claimed)
            batch.send(relay)
            batch.record()
            done += len(batch.outcomes)
            if batch.problem:
                raise batch.problem
            if batch.relay_down or not lease.held():
                break
    return done


@dataclass
class _Batch:
    """Some notices, and what became of those that were tried."""

    kit: Kit
    lease: Lease
    claimed: list[ClaimedNotice]
    outcomes: dict[str, Next] = field(default_factory=dict)
    relay_down: bool = False
    problem: Unavailable | None = None

    def send(self, relay: RelaySession) -> None:
        for notice, outcome in relay.send(self._letters()):
            if isinstance(outcome, NotTried):
                continue
            self.relay_down |= isinstance(outcome, RelayDown)
            now = self.kit.clock.now()
            self.outcomes[notice.id] = after(outcome, notice.attempts, notice.queued_at, now)

    def record(self) -> None:
        """Hands back what was not tried."""
        with self.kit.database.transaction() as tx:
            dispatch.record(tx, NoticeRow, self.outcomes, self.lease.name)
            notices.empty_finished(tx, list(self.outcomes))
            untried = [one.id for one in self.claimed if one.id not in self.outcomes]
            dispatch.give_back(tx, NoticeRow, self.lease.name, untried)

    def _letters(self) -> Iterator[tuple[ClaimedNotice, OutboundMessage]]:
        for notice in self.claimed:
            if not self.lease.held():
                return
            try:
                opened = self._open(notice)
            except Locked:
                self.outcomes[notice.id] = _PARKED_LOCKED
            except Unavailable as problem:  # raised once it is written down what was sent
                self.problem = problem
                return
            else:
                yield notice, opened

    def _open(self, notice: ClaimedNotice) -> OutboundMessage:
        sealed = notice.sealed_recipient, notice.sealed_content
        recipient, content = (
            self.kit.vault.open(value, notices.place(column, notice.id))
            for column, value in zip(("sealed_recipient", "sealed_content"), sealed, strict=True)
        )
        return OutboundMessage("", recipient.decode(), signed(content, self._signing(content)))

    def _signing(self, content: bytes) -> Signing:
        """Looked up as it is sent: a notice may wait for days, and its key be gone by then."""
        with self.kit.database.reading() as tx:
            return find_signing(self.kit, tx, from_domain(content))


def _claim(kit: Kit, lease: Lease) -> list[ClaimedNotice]:
    asked_at = kit.clock.monotonic()
    with kit.database.transaction() as tx:
        claimed = notices.claim(tx, lease.name, kit.clock.now(), CLAIM)
    lease.claimed(asked_at)
    return claimed
