"""Claims and outcomes, the same for every kind of row that the relay takes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from listserv.domain.delivery import LEASE, MOST_STRIKES, DeliveryState, Next
from listserv.store.tables import DeliveryRow, NoticeRow
from listserv.store.transaction import Transaction

Rows = type[DeliveryRow] | type[NoticeRow]


def due(rows: Rows, now: datetime) -> ColumnElement[bool]:
    """Rows that may be tried now: their time has come and no live lease holds them."""
    return and_(
        rows.attempt_at <= now,
        or_(rows.lease_until.is_(None), rows.lease_until < now),
        rows.strikes < MOST_STRIKES,
    )


def claim(
    tx: Transaction, rows: Rows, where: ColumnElement[bool], lease: str, now: datetime, limit: int
) -> list[Any]:
    """Takes a lease on up to `limit` due rows and counts the try; returns their ids.

    Counting comes before trying, so that a copy which kills its worker is
    noticed (see `park`). Rows that another worker is claiming are passed over.
    """
    key: InstrumentedAttribute[Any] = rows.id
    ids = tx.session.scalars(
        select(key)
        .where(where, due(rows, now))
        .order_by(rows.attempt_at, key)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if ids:
        tx.session.execute(
            update(rows)
            .where(key.in_(ids))
            .values(
                lease=lease,
                lease_until=now + LEASE,
                attempts=rows.attempts + 1,
                strikes=rows.strikes + 1,
            )
        )
    return list(ids)


def record(tx: Transaction, rows: Rows, outcomes: Mapping[Any, Next], lease: str) -> None:
    """Writes what became of each row.

    That a copy was sent is true whoever holds the lease by now; anything else
    is only written while the lease is ours.
    """
    by_next: dict[Next, list[Any]] = {}
    for row_id, following in outcomes.items():
        by_next.setdefault(following, []).append(row_id)
    key: InstrumentedAttribute[Any] = rows.id
    for following, ids in by_next.items():
        values: dict[str, Any] = {
            "state": following.state,
            "attempt_at": following.attempt_at,
            "status": following.status,
            "strikes": 0,
            "lease": None,
            "lease_until": None,
        }
        if not following.counted:
            values["attempts"] = rows.attempts - 1
        query = update(rows).where(key.in_(ids))
        if following.state is not DeliveryState.SENT:
            query = query.where(rows.lease == lease)
        tx.session.execute(query.values(values))


def renew(tx: Transaction, rows: Rows, lease: str, now: datetime) -> None:
    """Holds every row of this lease for another while."""
    tx.session.execute(update(rows).where(rows.lease == lease).values(lease_until=now + LEASE))


def give_back(tx: Transaction, rows: Rows, lease: str) -> None:
    """Hands rows back that were not tried: neither the try nor the strike counts."""
    tx.session.execute(
        update(rows)
        .where(rows.lease == lease)
        .values(lease=None, lease_until=None, attempts=rows.attempts - 1, strikes=rows.strikes - 1)
    )


def park(tx: Transaction, rows: Rows, now: datetime) -> int:
    """Sets aside rows that were tried over and over without any outcome; says how many."""
    parked = tx.session.execute(
        update(rows)
        .where(
            rows.attempt_at.is_not(None),
            rows.strikes >= MOST_STRIKES,
            or_(rows.lease_until.is_(None), rows.lease_until < now),
        )
        .values(state=DeliveryState.PARKED, attempt_at=None, lease=None, lease_until=None)
        .returning(rows.id)
    ).all()
    return len(parked)


def unpark(tx: Transaction, rows: Rows, now: datetime) -> int:
    """Lets parked rows be tried again; says how many."""
    freed: Sequence[Any] = tx.session.execute(
        update(rows)
        .where(rows.state == DeliveryState.PARKED)
        .values(state=DeliveryState.PENDING, attempt_at=now, queued_at=now, strikes=0)
        .returning(rows.id)
    ).all()
    return len(freed)


def release(tx: Transaction, rows: Rows, owner: str) -> None:
    """Frees every row that a dead worker had claimed, whatever the slice."""
    tx.session.execute(
        update(rows)
        .where(rows.lease.startswith(owner + "/", autoescape=True))
        .values(lease=None, lease_until=None)
    )
