"""The audit log: rows are added, never changed."""

from datetime import datetime

from listserv.store.tables import AuditRow
from listserv.store.transaction import Transaction


def add(
    tx: Transaction,
    actor: str,
    action: str,
    list_id: int | None,
    subscription_id: int | None,
    reason: str,
    now: datetime,
) -> None:
    """actor: a handle or "operator"; reason: the actor's own words, no address, no content."""
    tx.session.add(
        AuditRow(
            at=now,
            actor=actor,
            action=action,
            list_id=list_id,
            subscription_id=subscription_id,
            reason=reason,
        )
    )
