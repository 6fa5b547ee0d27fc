"""Queries about copies of digests."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, exists, select

from listserv.domain.digest import ClaimedDigest
from listserv.domain.sealed import SealedMember
from listserv.domain.subscription import SubscriptionState
from listserv.store import dispatch
from listserv.store.tables import DigestDeliveryRow, DigestRow, MemberRow, SubscriptionRow
from listserv.store.transaction import Transaction


def claim(
    tx: Transaction, list_id: int, lease: str, now: datetime, limit: int
) -> list[ClaimedDigest]:
    """Copies of this list that are due, leased to the caller, grouped by digest.

    Who has left gets none any more. Who took a break since it was made gets it:
    its posts are in no other mail of theirs.
    """
    rows_of_list = DigestDeliveryRow.list_id == list_id
    ids = dispatch.claim(tx, DigestDeliveryRow, rows_of_list, lease, now, limit)
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
        .order_by(DigestDeliveryRow.digest_id, DigestDeliveryRow.id)
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
