"""Sends the notices that are due. They go before posts: somebody waits for them."""

from listserv.domain.delivery import ClaimedNotice, DeliveryState, Next, RelayDown, after
from listserv.domain.errors import Locked
from listserv.domain.ports import OutboundMessage, RelaySession
from listserv.services.kit import Kit
from listserv.services.lease import kept
from listserv.store import dispatch, notices
from listserv.store.tables import NoticeRow

CLAIM = 20
_PARKED_LOCKED = Next(DeliveryState.PARKED, None, "locked")


def deliver_notices(kit: Kit) -> int:
    """Sends until nothing is due or the relay is down; says how many were dealt with."""
    done = 0
    with kept(kit, NoticeRow) as lease, kit.relay.session() as relay:
        while True:
            with kit.database.transaction() as tx:
                claimed = notices.claim(tx, lease.name, kit.clock.now(), CLAIM)
            lease.claimed()
            for notice in claimed:
                if not lease.held():
                    break
                following, relay_down = _send(kit, relay, notice)
                with kit.database.transaction() as tx:
                    dispatch.record(tx, NoticeRow, {notice.id: following}, lease.name)
                    notices.empty_finished(tx, [notice.id])
                done += 1
                if relay_down:
                    break
            else:
                if claimed:
                    continue
            with kit.database.transaction() as tx:
                dispatch.give_back(tx, NoticeRow, lease.name)
            return done


def _send(kit: Kit, relay: RelaySession, notice: ClaimedNotice) -> tuple[Next, bool]:
    try:
        recipient = kit.vault.open(
            notice.sealed_recipient, notices.place("sealed_recipient", notice.id)
        )
        content = kit.vault.open(notice.sealed_content, notices.place("sealed_content", notice.id))
    except Locked:
        return _PARKED_LOCKED, False
    outcome = relay.send(OutboundMessage("", recipient.decode(), content))
    following = after(outcome, notice.attempts, notice.queued_at, kit.clock.now())
    return following, isinstance(outcome, RelayDown)
