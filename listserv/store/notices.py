"""Queries about notices."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, null, select, update

from listserv.domain.delivery import ClaimedNotice, DeliveryState
from listserv.store import dispatch
from listserv.store.tables import NoticeRow
from listserv.store.transaction import Transaction

_DROPPED = (DeliveryState.DROPPED, null())


def add(
    tx: Transaction, notice_id: str, kind: str, recipient: bytes, content: bytes, now: datetime
) -> None:
    """Stores a notice. recipient and content are sealed, for the places that `place` names."""
    tx.session.add(
        NoticeRow(
            id=notice_id,
            kind=kind,
            sealed_recipient=recipient,
            sealed_content=content,
            state=DeliveryState.PENDING,
            queued_at=now,
            attempt_at=now,
        )
    )


def settle(tx: Transaction, notice_id: str, wanted: bool) -> None:
    """Lets a notice that this very transaction has added go out, or drops it.

    One statement that writes the same columns either way: the time it takes
    must not tell a member from a stranger. `forget_dropped` erases the words.
    """
    tx.session.flush()
    state, at = (DeliveryState.PENDING, NoticeRow.queued_at) if wanted else _DROPPED
    tx.session.execute(
        update(NoticeRow).where(NoticeRow.id == notice_id).values(state=state, attempt_at=at)
    )


def forget_dropped(tx: Transaction) -> None:
    """Forgets what dropped notices would have said, and to whom."""
    tx.session.execute(
        delete(NoticeRow).where(
            NoticeRow.state == DeliveryState.DROPPED, NoticeRow.attempt_at.is_(None)
        )
    )


def place(column: str, notice_id: str) -> str:
    return f"notices.{column}:{notice_id}"


def claim(tx: Transaction, lease: str, now: datetime, limit: int) -> list[ClaimedNotice]:
    ids = dispatch.claim(tx, NoticeRow, None, lease, now, limit)
    rows = tx.session.scalars(
        select(NoticeRow).where(NoticeRow.id.in_(ids)).order_by(NoticeRow.queued_at)
    )
    return [
        ClaimedNotice(
            id=row.id,
            kind=row.kind,
            attempts=row.attempts,
            queued_at=row.queued_at,
            sealed_recipient=row.sealed_recipient,
            sealed_content=row.sealed_content,
        )
        for row in rows
    ]


def empty_finished(tx: Transaction, ids: Sequence[str]) -> None:
    """Forgets what a finished notice said and to whom."""
    tx.session.execute(
        update(NoticeRow)
        .where(NoticeRow.id.in_(ids), NoticeRow.attempt_at.is_(None))
        .where(NoticeRow.state != DeliveryState.PARKED)
        .values(sealed_recipient=b"", sealed_content=b"")
    )


def erase_finished(tx: Transaction, before: datetime) -> None:
    """Forgets notices that were queued before then and are sent or given up."""
    tx.session.execute(
        delete(NoticeRow).where(
            NoticeRow.queued_at < before,
            NoticeRow.attempt_at.is_(None),
            NoticeRow.state != DeliveryState.PARKED,
        )
    )


def any_due(tx: Transaction, now: datetime) -> bool:
    query = select(NoticeRow.id).where(dispatch.due(NoticeRow, now)).limit(1)
    return tx.session.scalar(query) is not None


def count_by_state(tx: Transaction) -> dict[str, int]:
    rows = tx.session.execute(select(NoticeRow.state, func.count()).group_by(NoticeRow.state))
    return dict(rows.all())
