"""Queries about deliveries."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, func, insert, literal, or_, select

from listserv.domain.delivery import ClaimedCopy, DeliveryState
from listserv.domain.post import Post, Undelivered
from listserv.domain.sealed import SealedMember
from listserv.domain.subscription import DeliveryMode, SubscriptionState
from listserv.store import dispatch
from listserv.store.one_of import one_of
from listserv.store.tables import DeliveryRow, MemberRow, PostRow, SubscriptionRow
from listserv.store.transaction import Transaction

AGAIN_AFTER = timedelta(hours=1)


def make(tx: Transaction, post: Undelivered, now: datetime) -> int:
    """One row for each active member who gets each post; says how many.

    Who that is, is as it is now: no clock has a say in it, since those of two
    machines differ. The caller holds the post's row locked and has not made
    them before.
    """
    people = select(
        SubscriptionRow.list_id,
        literal(post.id),
        SubscriptionRow.id,
        literal(str(DeliveryState.PENDING)),
        literal(0),
        literal(0),
        literal(now, DeliveryRow.queued_at.type),
        literal(now, DeliveryRow.attempt_at.type),
        literal(""),
    ).where(
        SubscriptionRow.list_id == post.list_id,
        SubscriptionRow.state == SubscriptionState.ACTIVE,
        or_(
            SubscriptionRow.delivery == DeliveryMode.EACH,
            and_(SubscriptionRow.receipts, SubscriptionRow.id == post.author_id),
        ),
    )
    columns = "list_id post_id subscription_id state attempts strikes queued_at attempt_at status"
    tx.session.execute(insert(DeliveryRow).from_select(columns.split(), people))
    return tx.session.scalar(select(func.count()).where(DeliveryRow.post_id == post.id)) or 0


def make_again(tx: Transaction, post: Post, subscription_id: int, now: datetime) -> None:
    """A copy for one who asks for it; nothing while one is on its way, or went within the hour."""
    row = tx.session.scalar(
        select(DeliveryRow)
        .where(DeliveryRow.post_id == post.id, DeliveryRow.subscription_id == subscription_id)
        .with_for_update()
    )
    if row is None:
        row = DeliveryRow(
            list_id=post.list_id, post_id=post.id, subscription_id=subscription_id, strikes=0
        )
        tx.session.add(row)
    elif row.attempt_at is not None or row.queued_at > now - AGAIN_AFTER:
        return
    row.state, row.queued_at, row.attempt_at = DeliveryState.PENDING, now, now
    row.attempts, row.status = 0, ""
    tx.session.flush()


def claim(
    tx: Transaction, list_id: int, lease: str, now: datetime, limit: int
) -> list[ClaimedCopy]:
    """Copies of this list that are due, leased to the caller, grouped by post.

    Who has left gets none any more. Who took a break since they were made gets
    them: those posts are in no other mail of theirs.
    """
    ids = dispatch.claim(tx, DeliveryRow, (DeliveryRow.list_id, list_id), lease, now, limit)
    rows = tx.connection.execute(_CLAIMED, {"ids": ids}).all()
    return [
        ClaimedCopy(
            id=copy_id,
            post_id=post_id,
            subscription_id=to,
            attempts=attempts,
            queued_at=queued_at,
            to_author=to == author_id,
            member=SealedMember(member_id, key, address) if member_id else None,
        )
        for copy_id, post_id, to, attempts, queued_at, author_id, member_id, key, address in rows
    ]


# Columns, not objects: they are read at the speed of the database. See `claim`.
_CLAIMED = (
    select(
        DeliveryRow.id,
        DeliveryRow.post_id,
        DeliveryRow.subscription_id,
        DeliveryRow.attempts,
        DeliveryRow.queued_at,
        PostRow.author_id,
        MemberRow.id,
        MemberRow.sealed_key,
        MemberRow.sealed_address,
    )
    .join(PostRow, PostRow.id == DeliveryRow.post_id)
    .join(SubscriptionRow, SubscriptionRow.id == DeliveryRow.subscription_id)
    .outerjoin(
        MemberRow,
        and_(
            MemberRow.id == SubscriptionRow.member_id,
            SubscriptionRow.state != SubscriptionState.LEFT,
        ),
    )
    .where(one_of(DeliveryRow.id, "ids"))
    .order_by(DeliveryRow.post_id, DeliveryRow.id)
)


def lists_with_work(tx: Transaction, now: datetime) -> Sequence[int]:
    """Ids of the lists that have something due."""
    query = select(DeliveryRow.list_id).where(dispatch.due(DeliveryRow, now)).distinct()
    return tx.session.scalars(query).all()
