"""Queries about quarantined mail."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from listserv.store.tables import QuarantineRow
from listserv.store.transaction import Transaction

KEEP = timedelta(days=14)


def place(quarantine_id: str) -> str:
    return f"quarantine.sealed_content:{quarantine_id}"


def add(tx: Transaction, quarantine_id: str, reason: str, sealed: bytes, now: datetime) -> None:
    """reason: a code of ours or the class name of an error."""
    tx.session.add(
        QuarantineRow(
            id=quarantine_id,
            reason=reason,
            sealed_content=sealed,
            received_at=now,
            expires_at=now + KEEP,
        )
    )


def listing(tx: Transaction) -> Sequence[tuple[str, str, datetime]]:
    """Id, reason and time of everything in it, oldest first."""
    rows = tx.session.execute(
        select(QuarantineRow.id, QuarantineRow.reason, QuarantineRow.received_at).order_by(
            QuarantineRow.received_at
        )
    )
    return [(i, reason, at) for i, reason, at in rows]


def sealed(tx: Transaction, quarantine_id: str) -> bytes | None:
    row = tx.session.get(QuarantineRow, quarantine_id)
    return row.sealed_content if row else None


def erase(tx: Transaction, quarantine_id: str) -> bool:
    gone = tx.session.execute(
        delete(QuarantineRow).where(QuarantineRow.id == quarantine_id).returning(QuarantineRow.id)
    ).all()
    return bool(gone)


def erase_expired(tx: Transaction, now: datetime) -> None:
    tx.session.execute(delete(QuarantineRow).where(QuarantineRow.expires_at < now))


def count(tx: Transaction) -> int:
    return tx.session.scalar(select(func.count()).select_from(QuarantineRow)) or 0
