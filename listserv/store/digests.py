"""Queries about digests: what is made for whom, and who begins or ends to read them.

All of it holds the order of the list (`digest_order.lock`), or asks for it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, insert, select

from listserv.domain import jobs
from listserv.domain.delivery import DeliveryState
from listserv.domain.digest import Digest, Stream, Variant, Window, turn
from listserv.domain.language import Language
from listserv.domain.post import PostState
from listserv.domain.subscription import DigestFormat
from listserv.store import digest_order, digest_readers
from listserv.store.tables import DigestDeliveryRow, DigestRow, PostRow, SubscriptionRow
from listserv.store.transaction import Transaction


def get(tx: Transaction, digest_id: int) -> Digest | None:
    row = tx.session.get(DigestRow, digest_id)
    if row is None:
        return None
    return Digest(
        row.id,
        row.list_id,
        Variant(DigestFormat(row.format), Language(row.language)),
        Window(row.after, row.upto),
        row.volume,
        row.number,
    )


def issue(  # what to whom
    tx: Transaction,
    list_id: int,
    variant: Variant,
    window: Window,
    subscription_ids: Sequence[int],
    now: datetime,
) -> int:
    """Makes the digest, unless nothing is in it, and a copy for each; says how many copies.

    The caller holds the order of the list.
    """
    if not _any_post(tx, list_id, window):
        return 0
    digest_id = _find_or_make(tx, list_id, variant, window, now)
    tx.session.execute(
        insert(DigestDeliveryRow),
        [
            {
                "list_id": list_id,
                "digest_id": digest_id,
                "subscription_id": subscription_id,
                "state": DeliveryState.PENDING,
                "attempts": 0,
                "strikes": 0,
                "queued_at": now,
                "attempt_at": now,
                "status": "",
            }
            for subscription_id in subscription_ids
        ],
    )
    tx.ring(jobs.deliver_digests(list_id))
    return len(subscription_ids)


def follow(tx: Transaction, subscription_id: int, now: datetime) -> None:
    """Brings the reading of a subscription in line with what was just written of it.

    What is owed to somebody who gets no more digests goes out as a last one.
    """
    reader = digest_readers.read(tx, subscription_id, now)
    if reader.reading.idle and reader.stream is not Stream.DIGEST:
        return
    if reader.stream in (Stream.DIGEST, Stream.NO_DIGEST):
        digest_order.lock(tx, reader.list_id)
        reader = digest_readers.read(tx, subscription_id, now)
    newest = digest_order.newest(tx, reader.list_id)
    reading, owed = turn(reader.reading, reader.stream, newest, reader.due_after_change(now))
    digest_readers.write(tx, [subscription_id], reading)
    if owed:
        issue(tx, reader.list_id, reader.variant, owed, [subscription_id], now)


def follow_person(tx: Transaction, member_id: str, now: datetime) -> None:
    """The same for all subscriptions of a member, whose time zone is another now."""
    query = select(SubscriptionRow.id).where(
        SubscriptionRow.member_id == member_id, SubscriptionRow.next_digest_at.is_not(None)
    )
    for subscription_id in tx.session.scalars(query.order_by(SubscriptionRow.id)).all():
        follow(tx, subscription_id, now)


def _find_or_make(
    tx: Transaction, list_id: int, variant: Variant, window: Window, now: datetime
) -> int:
    found = tx.session.scalar(
        select(DigestRow.id).where(
            DigestRow.list_id == list_id,
            DigestRow.upto == window.upto,
            DigestRow.after == window.after,
            DigestRow.format == variant.format,
            DigestRow.language == variant.language,
        )
    )
    if found is not None:
        return found
    volume, number = digest_order.current_issue(tx, list_id)
    row = DigestRow(
        list_id=list_id,
        after=window.after,
        upto=window.upto,
        format=variant.format,
        language=variant.language,
        volume=volume,
        number=number,
        made_at=now,
    )
    tx.session.add(row)
    tx.session.flush()
    return row.id


def _any_post(tx: Transaction, list_id: int, window: Window) -> bool:
    """Whether a post of the window is still there."""
    query = exists().where(
        PostRow.list_id == list_id,
        PostRow.sequence > window.after,
        PostRow.sequence <= window.upto,
        PostRow.state == PostState.ACCEPTED,
    )
    return bool(tx.session.scalar(select(query)))
