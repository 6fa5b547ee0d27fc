"""Queries about subscriptions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, or_, select, update

from listserv.domain.digest import DIGEST_MODES
from listserv.domain.errors import NotFound
from listserv.domain.handle import skeleton
from listserv.domain.subscription import (
    DeliveryMode,
    DigestFormat,
    Role,
    Subscription,
    SubscriptionState,
)
from listserv.store import digest_order, digests
from listserv.store.tables import RetiredHandleRow, SubscriptionRow
from listserv.store.transaction import Transaction


def add(tx: Transaction, subscription: Subscription, now: datetime) -> Subscription:
    """Stores a new subscription; its `id` is given here."""
    row = SubscriptionRow(
        list_id=subscription.list_id,
        member_id=subscription.member_id,
        handle=subscription.handle,
        skeleton=skeleton(subscription.handle),
        state=subscription.state,
        delivery=subscription.delivery,
        role=subscription.role,
        paused_until=subscription.paused_until,
        digest_hour=subscription.digest_hour,
        digest_format=subscription.digest_format,
        receipts=subscription.receipts,
        one_time=subscription.one_time,
        joined_at=now,
    )
    tx.session.add(row)
    tx.session.flush()
    digests.follow(tx, row.id, now)
    return _value(row)


def get(tx: Transaction, subscription_id: int) -> Subscription | None:
    row = tx.session.get(SubscriptionRow, subscription_id)
    return _value(row) if row else None


def of_member(tx: Transaction, list_id: int, member_id: str) -> Subscription | None:
    row = tx.session.scalar(
        select(SubscriptionRow).where(
            SubscriptionRow.list_id == list_id, SubscriptionRow.member_id == member_id
        )
    )
    return _value(row) if row else None


def of_handle(tx: Transaction, list_id: int, handle: str) -> Subscription:
    """Raises NotFound."""
    row = tx.session.scalar(
        select(SubscriptionRow).where(
            SubscriptionRow.list_id == list_id, SubscriptionRow.skeleton == skeleton(handle)
        )
    )
    if row is None:
        raise NotFound("Nobody on this list has that handle.")
    return _value(row)


def taken(tx: Transaction, list_id: int, plain: str) -> bool:
    """Whether a handle with that skeleton was ever used on the list."""
    return bool(
        tx.session.scalar(
            select(
                or_(
                    exists().where(
                        SubscriptionRow.list_id == list_id, SubscriptionRow.skeleton == plain
                    ),
                    exists().where(
                        RetiredHandleRow.list_id == list_id, RetiredHandleRow.skeleton == plain
                    ),
                )
            )
        )
    )


def retire(tx: Transaction, list_id: int, plain: str) -> None:
    """Keeps a handle, by its skeleton, from ever being given to somebody else."""
    tx.session.add(RetiredHandleRow(list_id=list_id, skeleton=plain))


def lock(tx: Transaction, subscription_id: int) -> Subscription | None:
    """The subscription as it is now, and for as long as this transaction lasts."""
    row = tx.session.scalar(
        select(SubscriptionRow)
        .where(SubscriptionRow.id == subscription_id)
        # Whoever makes copies holds the order of the list, and only refers to this row: they
        # do not wait for us while we wait for the order.
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return _value(row) if row else None


def of_person(tx: Transaction, member_id: str) -> Sequence[Subscription]:
    """Everything that a member is on, those left aside."""
    rows = tx.session.scalars(
        select(SubscriptionRow)
        .where(
            SubscriptionRow.member_id == member_id,
            SubscriptionRow.state != SubscriptionState.LEFT,
        )
        .order_by(SubscriptionRow.id)
    )
    return [_value(row) for row in rows]


def ever_of_person(tx: Transaction, member_id: str) -> Sequence[Subscription]:
    """The same with those that they have left, for as long as another list has them."""
    rows = tx.session.scalars(
        select(SubscriptionRow)
        .where(SubscriptionRow.member_id == member_id)
        .order_by(SubscriptionRow.id)
    )
    return [_value(row) for row in rows]


def give_back(tx: Transaction, subscription_id: int, member_id: str) -> None:
    """Ties a subscription that was left to its member again."""
    tx.session.execute(
        update(SubscriptionRow)
        .where(SubscriptionRow.id == subscription_id)
        .values(member_id=member_id)
        .execution_options(synchronize_session="fetch")
    )


def joined_at(tx: Transaction, subscription_id: int) -> datetime | None:
    query = select(SubscriptionRow.joined_at).where(SubscriptionRow.id == subscription_id)
    return tx.session.scalar(query)


def joined(tx: Transaction, ids: Sequence[int]) -> dict[int, datetime]:
    """When each of them joined."""
    query = select(SubscriptionRow.id, SubscriptionRow.joined_at)
    return dict(tx.session.execute(query.where(SubscriptionRow.id.in_(ids))).all())


def pauses_over(tx: Transaction, now: datetime, limit: int) -> Sequence[Subscription]:
    """Subscriptions whose pause has ended, locked; those that another worker holds are passed."""
    rows = tx.session.scalars(
        select(SubscriptionRow)
        .where(
            SubscriptionRow.state == SubscriptionState.PAUSED,
            SubscriptionRow.paused_until <= now,
        )
        .order_by(SubscriptionRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_value(row) for row in rows]


def page(
    tx: Transaction, list_id: int, after_id: int = 0, limit: int = 500
) -> Sequence[Subscription]:
    """Some of the roster, by id, those who left aside."""
    rows = tx.session.scalars(
        select(SubscriptionRow)
        .where(
            SubscriptionRow.list_id == list_id,
            SubscriptionRow.id > after_id,
            SubscriptionRow.state != SubscriptionState.LEFT,
        )
        .order_by(SubscriptionRow.id)
        .limit(limit)
    )
    return [_value(row) for row in rows]


def waiting(tx: Transaction, list_id: int, limit: int) -> Sequence[Subscription]:
    """Who confirmed, and waits to be let in, in the order in which they came."""
    rows = tx.session.scalars(
        select(SubscriptionRow)
        .where(
            SubscriptionRow.list_id == list_id,
            SubscriptionRow.state == SubscriptionState.WAITING,
        )
        .order_by(SubscriptionRow.id)
        .limit(limit)
    )
    return [_value(row) for row in rows]


def with_role(tx: Transaction, list_id: int, roles: Sequence[Role]) -> Sequence[Subscription]:
    rows = tx.session.scalars(
        select(SubscriptionRow)
        .where(
            SubscriptionRow.list_id == list_id,
            SubscriptionRow.role.in_(roles),
            SubscriptionRow.state == SubscriptionState.ACTIVE,
        )
        .order_by(SubscriptionRow.id)
    )
    return [_value(row) for row in rows]


def save(tx: Transaction, subscription: Subscription, now: datetime) -> None:
    """Writes what the member and others chose; a handle that is given up stays taken."""
    row = tx.session.get_one(SubscriptionRow, subscription.id)
    if subscription.state is SubscriptionState.ACTIVE and (
        subscription.delivery in DIGEST_MODES or row.delivery in DIGEST_MODES
    ):
        # Before the row is written, since whoever makes digests takes them in this order.
        digest_order.lock(tx, row.list_id)
    if subscription.state is SubscriptionState.LEFT and row.state != SubscriptionState.LEFT:
        row.left_at = now
    if subscription.state is not SubscriptionState.LEFT and row.left_at is not None:
        row.left_at, row.joined_at = None, now
    row.state = subscription.state
    row.delivery = subscription.delivery
    row.role = subscription.role
    row.paused_until = subscription.paused_until
    row.digest_hour = subscription.digest_hour
    row.digest_format = subscription.digest_format
    row.receipts = subscription.receipts
    row.one_time = subscription.one_time
    row.moderated = subscription.moderated
    row.trusted = subscription.trusted
    row.muted_until = subscription.muted_until
    plain = skeleton(subscription.handle)
    if plain != row.skeleton:
        retire(tx, row.list_id, row.skeleton)
    row.handle, row.skeleton = subscription.handle, plain
    tx.session.flush()
    digests.follow(tx, row.id, now)


def left_at(tx: Transaction, subscription_id: int) -> datetime | None:
    return tx.session.scalar(
        select(SubscriptionRow.left_at).where(SubscriptionRow.id == subscription_id)
    )


def posts_accepted(tx: Transaction, subscription_id: int) -> int:
    """How many posts of this subscription ever went out."""
    return (
        tx.session.scalar(
            select(SubscriptionRow.posts_accepted).where(SubscriptionRow.id == subscription_id)
        )
        or 0
    )


def count_accepted_post(tx: Transaction, subscription_id: int) -> None:
    tx.session.execute(
        update(SubscriptionRow)
        .where(SubscriptionRow.id == subscription_id)
        .values(posts_accepted=SubscriptionRow.posts_accepted + 1)
    )


def count_by_state(tx: Transaction, list_id: int) -> dict[str, int]:
    rows = tx.session.execute(
        select(SubscriptionRow.state, func.count())
        .where(SubscriptionRow.list_id == list_id)
        .group_by(SubscriptionRow.state)
    )
    return dict(rows.all())


def _value(row: SubscriptionRow) -> Subscription:
    return Subscription(
        id=row.id,
        list_id=row.list_id,
        member_id=row.member_id,
        handle=row.handle,
        state=SubscriptionState(row.state),
        delivery=DeliveryMode(row.delivery),
        role=Role(row.role),
        paused_until=row.paused_until,
        digest_hour=row.digest_hour,
        receipts=row.receipts,
        one_time=row.one_time,
        digest_format=DigestFormat(row.digest_format),
        moderated=row.moderated,
        trusted=row.trusted,
        muted_until=row.muted_until,
    )
