"""Queries about addresses that asked to be left alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from listserv.store.tables import SuppressionRow
from listserv.store.transaction import Transaction


def add(tx: Transaction, lookup: bytes, now: datetime) -> None:
    if tx.session.get(SuppressionRow, lookup) is None:
        tx.session.add(SuppressionRow(lookup=lookup, created_at=now))
        tx.session.flush()


def has(tx: Transaction, lookups: Sequence[bytes]) -> bool:
    query = select(SuppressionRow.lookup).where(SuppressionRow.lookup.in_(lookups))
    return tx.session.scalar(query.limit(1)) is not None


def lift(tx: Transaction, lookups: Sequence[bytes]) -> None:
    tx.session.execute(delete(SuppressionRow).where(SuppressionRow.lookup.in_(lookups)))
