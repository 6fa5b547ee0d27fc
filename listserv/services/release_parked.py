"""Lets copies that were set aside be tried again."""

from listserv.services.kit import Kit
from listserv.store import dispatch


def release_parked(kit: Kit) -> int:
    """Says how many. The next sweep rings for them."""
    now = kit.clock.now()
    with kit.database.transaction() as tx:
        return sum(dispatch.unpark(tx, rows, now) for rows in dispatch.ALL_ROWS)
