"""Frees what a dead worker had claimed."""

from listserv.domain import jobs
from listserv.services.kit import Kit
from listserv.store import deliveries, digest_deliveries, dispatch, notices


def release_leases(kit: Kit, owner: str) -> None:
    """Rings for it too, so that it does not wait for the next sweep.

    owner: the name of a seat whose process is dead (`kit.lease`).
    """
    now = kit.clock.now()
    with kit.database.transaction() as tx:
        for rows in dispatch.ALL_ROWS:
            dispatch.release(tx, rows, owner)
        if notices.any_due(tx, now):
            tx.ring(jobs.deliver_notices())
        for list_id in deliveries.lists_with_work(tx, now):
            tx.ring(jobs.deliver(list_id))
        for list_id in digest_deliveries.lists_with_work(tx, now):
            tx.ring(jobs.deliver_digests(list_id))
