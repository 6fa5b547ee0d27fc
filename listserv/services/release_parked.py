"""Lets copies that were set aside be tried again."""

from listserv.services.kit import Kit
from listserv.store import dispatch
from listserv.store.tables import DeliveryRow, NoticeRow


def release_parked(kit: Kit) -> int:
    """Says how many. The next sweep rings for them."""
    now = kit.clock.now()
    with kit.database.transaction() as tx:
        return dispatch.unpark(tx, DeliveryRow, now) + dispatch.unpark(tx, NoticeRow, now)
