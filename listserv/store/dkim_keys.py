"""Queries about the keys that sign a domain's mail."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from listserv.domain.dkim import DkimAlgorithm, DkimKey
from listserv.store.tables import DkimKeyRow
from listserv.store.transaction import Transaction


def place(key_id: str) -> str:
    """What the vault binds a sealed key to."""
    return f"dkim_keys.sealed_key:{key_id}"


def add(tx: Transaction, key: DkimKey, now: datetime) -> None:
    """Raises Conflict at the end of the transaction when the selector is taken."""
    tx.session.add(
        DkimKeyRow(
            id=key.id,
            domain=key.domain,
            selector=key.selector,
            algorithm=key.algorithm,
            record=key.record,
            sealed_key=key.sealed,
            created_at=now,
        )
    )


def of_domain(tx: Transaction, domain: str) -> Sequence[DkimKey]:
    """Oldest first."""
    rows = tx.session.scalars(
        select(DkimKeyRow)
        .where(DkimKeyRow.domain == domain)
        .order_by(DkimKeyRow.created_at, DkimKeyRow.selector)
    )
    return [
        DkimKey(
            row.id,
            row.domain,
            row.selector,
            DkimAlgorithm(row.algorithm),
            row.record,
            row.sealed_key,
        )
        for row in rows
    ]


def remove(tx: Transaction, domain: str, selector: str) -> bool:
    """Whether there was one."""
    gone = tx.session.execute(
        delete(DkimKeyRow)
        .where(DkimKeyRow.domain == domain, DkimKeyRow.selector == selector)
        .returning(DkimKeyRow.id)
    ).all()
    return bool(gone)
