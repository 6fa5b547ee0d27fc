"""Queries about bounces."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select

from listserv.domain.bounce import BounceDay, BounceKind
from listserv.domain.subscription import Subscription
from listserv.store import subscriptions
from listserv.store.tables import BounceRow, SubscriptionRow
from listserv.store.transaction import Transaction


def whose(tx: Transaction, subscription_id: int) -> Subscription | None:
    """The subscription, locked: of two bounces at once, the second sees what the first did."""
    tx.session.execute(
        select(SubscriptionRow.id)
        .where(SubscriptionRow.id == subscription_id)
        .with_for_update(key_share=True)
    )
    return subscriptions.get(tx, subscription_id)


def count(tx: Transaction, subscription: Subscription, day: int, kind: BounceKind) -> None:
    """One more bounce of what went out on that day. The caller came by `whose`."""
    row = tx.session.get(BounceRow, (subscription.id, day))
    if row is None:
        row = BounceRow(
            subscription_id=subscription.id, day=day, list_id=subscription.list_id, hard=0, soft=0
        )
        tx.session.add(row)
    if kind is BounceKind.HARD:
        row.hard += 1
    else:
        row.soft += 1
    tx.session.flush()


def days_of(tx: Transaction, subscription_id: int) -> Sequence[BounceDay]:
    rows = tx.session.scalars(select(BounceRow).where(BounceRow.subscription_id == subscription_id))
    return [BounceDay(row.day, row.hard, row.soft) for row in rows]


def people_by_day(tx: Transaction, list_id: int, days: Sequence[int]) -> Mapping[int, int]:
    """How many of a list's subscriptions bounced on each of these days."""
    rows = tx.session.execute(
        select(BounceRow.day, func.count())
        .where(BounceRow.day.in_(days), BounceRow.list_id == list_id)
        .group_by(BounceRow.day)
    )
    return dict(rows.all())


def forget(tx: Transaction, subscription_id: int) -> None:
    """Begins anew for one subscription."""
    tx.session.execute(delete(BounceRow).where(BounceRow.subscription_id == subscription_id))


def erase_before(tx: Transaction, day: int) -> None:
    """Forgets bounces of what went out before that day."""
    tx.session.execute(delete(BounceRow).where(BounceRow.day < day))
