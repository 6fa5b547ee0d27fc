"""Frees what a dead worker had claimed."""

from listserv.services.kit import Kit
from listserv.store import dispatch
from listserv.store.tables import DeliveryRow, NoticeRow


def release_leases(kit: Kit, owner: str) -> None:
    """owner: the name of a seat whose process is dead (`kit.lease`)."""
    with kit.database.transaction() as tx:
        for rows in (DeliveryRow, NoticeRow):
            dispatch.release(tx, rows, owner)
