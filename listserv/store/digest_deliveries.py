"""Queries about copies of digests."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, select

from listserv.domain.digest import ClaimedDigest
from listserv.domain.sealed import SealedMember
from listserv.domain.subscription import SubscriptionState
from listserv.store import built_digests, dispatch
from listserv.store.tables import DigestDeliveryRow, DigestRow, MemberRow, SubscriptionRow
from listserv.store.transaction import Transaction


def claim(  # of what, for whom, and how many
    tx: Transaction, list_id: int, lease: str, now: datetime, limit: int, at_hand: int | None = None
) -> list[ClaimedDigest]:
    """Copies of one digest of this list that are due, leased to the caller.

    One that is not built yet is for one worker alone, who builds it; once it is
    kept, all may send it. at_hand: the digest that the caller sent last; it comes
    first, then those that nobody else is at. Who has left gets none any more. Who
    took a break since it was made gets it: its posts are in no other mail of theirs.
    """
    for digest_id in _in_turn(tx, list_id, lease, now, at_hand):
        if built_digests.is_kept(tx, digest_id) or _is_mine(tx, digest_id, lease, now):
            of_it = DigestDeliveryRow.digest_id, digest_id
            ids = dispatch.claim(tx, DigestDeliveryRow, of_it, lease, now, limit)
            if ids:
                return _claimed(tx, ids)
    return []


def _in_turn(  # of what, for whom
    tx: Transaction, list_id: int, lease: str, now: datetime, at_hand: int | None
) -> Iterator[int]:
    """Digests to go on with; the first one may have nothing left."""
    if at_hand is not None:
        yield at_hand
    due = dispatch.due(DigestDeliveryRow, now)
    busy = func.max(case((_of_others(lease, now), 1), else_=0))
    query = (
        select(DigestDeliveryRow.digest_id)
        .where(DigestDeliveryRow.list_id == list_id, DigestDeliveryRow.attempt_at <= now)
        .group_by(DigestDeliveryRow.digest_id)
        .having(func.max(case((due, 1), else_=0)) == 1)
        .order_by(busy, func.min(DigestDeliveryRow.id))
    )
    yield from tx.session.scalars(query).all()


def _is_mine(tx: Transaction, digest_id: int, lease: str, now: datetime) -> bool:
    """Whether nobody else has copies of it, or takes some at this moment."""
    row = select(DigestRow.id).where(DigestRow.id == digest_id)
    # Rows that only refer to it are written all the same.
    locked = tx.session.scalar(row.with_for_update(skip_locked=True, key_share=True))
    copies = select(DigestDeliveryRow.id).where(
        DigestDeliveryRow.digest_id == digest_id, _of_others(lease, now)
    )
    return locked is not None and tx.session.scalar(copies.limit(1)) is None


def _of_others(lease: str, now: datetime) -> ColumnElement[bool]:
    """Copies that another worker has in hand."""
    return and_(DigestDeliveryRow.lease != lease, DigestDeliveryRow.lease_until >= now)


def _claimed(tx: Transaction, ids: Sequence[int]) -> list[ClaimedDigest]:
    rows = tx.session.execute(
        select(DigestDeliveryRow, MemberRow)
        .join(SubscriptionRow, SubscriptionRow.id == DigestDeliveryRow.subscription_id)
        .outerjoin(
            MemberRow,
            and_(
                MemberRow.id == SubscriptionRow.member_id,
                SubscriptionRow.state != SubscriptionState.LEFT,
            ),
        )
        .where(DigestDeliveryRow.id.in_(ids))
        .order_by(DigestDeliveryRow.id)
    )
    return [
        ClaimedDigest(
            id=row.id,
            digest_id=row.digest_id,
            subscription_id=row.subscription_id,
            attempts=row.attempts,
            queued_at=row.queued_at,
            member=SealedMember(member.id, member.sealed_key, member.sealed_address)
            if member
            else None,
        )
        for row, member in rows
    ]


def lists_with_work(tx: Transaction, now: datetime) -> Sequence[int]:
    """Ids of the lists that have something due."""
    query = select(DigestDeliveryRow.list_id).where(dispatch.due(DigestDeliveryRow, now))
    return tx.session.scalars(query.distinct()).all()


def erase_finished(tx: Transaction, before: datetime) -> None:
    """Forgets old digests of which nothing is left to send, and who got them."""
    waiting = exists().where(
        DigestDeliveryRow.digest_id == DigestRow.id, DigestDeliveryRow.attempt_at.is_not(None)
    )
    tx.session.execute(delete(DigestRow).where(DigestRow.made_at < before, ~waiting))
