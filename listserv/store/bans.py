"""Queries about addresses that a list does not want to hear from."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from listserv.domain.sealed import Lookup
from listserv.store.tables import BanRow
from listserv.store.transaction import Transaction


def add(
    tx: Transaction, list_id: int, lookup: Lookup, subscription_id: int | None, now: datetime
) -> None:
    """subscription_id: under whose handle moderators know the address."""
    if tx.session.get(BanRow, (list_id, lookup.digest)) is None:
        tx.session.add(
            BanRow(
                list_id=list_id,
                lookup=lookup.digest,
                lookup_key=lookup.key_id,
                subscription_id=subscription_id,
                created_at=now,
            )
        )
        tx.session.flush()


def has(tx: Transaction, list_id: int, lookups: Sequence[Lookup]) -> bool:
    """lookups: of one address, under every key there is."""
    digests = [lookup.digest for lookup in lookups]
    query = select(BanRow.list_id).where(BanRow.list_id == list_id, BanRow.lookup.in_(digests))
    return tx.session.scalar(query.limit(1)) is not None


def lift(tx: Transaction, list_id: int, lookups: Sequence[Lookup]) -> bool:
    """Whether there was one."""
    digests = [lookup.digest for lookup in lookups]
    query = delete(BanRow).where(BanRow.list_id == list_id, BanRow.lookup.in_(digests))
    return bool(tx.session.execute(query.returning(BanRow.list_id)).all())


def lift_of(tx: Transaction, list_id: int, subscription_id: int) -> bool:
    """The same, by whose handle it is known."""
    query = delete(BanRow).where(
        BanRow.list_id == list_id, BanRow.subscription_id == subscription_id
    )
    return bool(tx.session.execute(query.returning(BanRow.list_id)).all())
