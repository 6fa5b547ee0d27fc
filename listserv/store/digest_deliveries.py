"""Queries about copies of digests."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, exists, func, select
from sqlalchemy.orm import aliased

from listserv.domain.digest import ClaimedDigest
from listserv.domain.sealed import SealedMember
from listserv.domain.subscription import SubscriptionState
from listserv.store import dispatch
from listserv.store.tables import DigestDeliveryRow, DigestRow, MemberRow, SubscriptionRow
from listserv.store.transaction import Transaction


def claim(  # of what, for whom, and how many
    tx: Transaction, list_id: int, lease: str, now: datetime, limit: int, at_hand: int | None = None
) -> list[ClaimedDigest]:
    """Copies of this list that are due, leased to the caller, grouped by digest.

    at_hand: the digest that the caller has built; its copies come first, then
    those of digests that nobody else is at. So each is built by few workers.
    Who has left gets none any more. Who took a break since it was made gets it:
    its posts are in no other mail of theirs.
    """
    ids: list[int] = []
    digest_id = at_hand if at_hand and _is_due(tx, at_hand, now) else _pick(tx, list_id, now)
    while digest_id is not None:
        of_it = DigestDeliveryRow.digest_id, digest_id
        taken = dispatch.claim(tx, DigestDeliveryRow, of_it, lease, now, limit - len(ids))
        ids += taken
        digest_id = _pick(tx, list_id, now) if taken and len(ids) < limit else None
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


def _is_due(tx: Transaction, digest_id: int, now: datetime) -> bool:
    of_it = DigestDeliveryRow.digest_id == digest_id
    query = select(DigestDeliveryRow.id).where(of_it, dispatch.due(DigestDeliveryRow, now))
    return tx.session.scalar(query.limit(1)) is not None


def _pick(tx: Transaction, list_id: int, now: datetime) -> int | None:
    """The digest to go on with: the first one that nobody is at, else the first one."""
    other = aliased(DigestDeliveryRow)
    taken = exists().where(other.digest_id == DigestDeliveryRow.digest_id, other.lease_until >= now)
    query = (
        select(DigestDeliveryRow.digest_id)
        .where(DigestDeliveryRow.list_id == list_id, dispatch.due(DigestDeliveryRow, now))
        .group_by(DigestDeliveryRow.digest_id)
        .order_by(taken, func.min(DigestDeliveryRow.id))
        .limit(1)
    )
    return tx.session.scalar(query)


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
