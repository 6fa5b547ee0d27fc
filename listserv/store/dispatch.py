"""Claims and outcomes, the same for every kind of row that the relay takes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute

from listserv.domain.delivery import LEASE, MOST_STRIKES, SENT, DeliveryState, Next
from listserv.store.one_of import one_of
from listserv.store.tables import DeliveryRow, DigestDeliveryRow, NoticeRow
from listserv.store.transaction import Transaction

Rows = type[DeliveryRow] | type[DigestDeliveryRow] | type[NoticeRow]
ALL_ROWS: tuple[Rows, ...] = (DeliveryRow, DigestDeliveryRow, NoticeRow)


# The rows with that value in that column; None: all.
Whose = tuple[InstrumentedAttribute[Any], int] | None


def due(rows: Rows, now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Rows that may be tried now: their time has come and no live lease holds them."""
    return and_(
        rows.attempt_at <= now,
        or_(rows.lease_until.is_(None), rows.lease_until < now),
        rows.strikes < MOST_STRIKES,
    )


def claim(
    tx: Transaction, rows: Rows, whose: Whose, lease: str, now: datetime, limit: int
) -> list[Any]:
    """Takes a lease on up to `limit` due rows and counts the try; returns their ids.

    Counting comes before trying, so that a copy which kills its worker is
    noticed (see `park`). Rows that another worker is claiming are passed over.
    """
    column, value = whose or (None, 0)
    asked = {"whose": value} if whose else {}
    ids = tx.connection.scalars(_choosing(rows, column), {**asked, "now": now, "most": limit}).all()
    if ids:
        values = {"ids": ids, "new_lease": lease, "until": now + LEASE}
        tx.connection.execute(_claiming(rows), values)
    return list(ids)


def record(tx: Transaction, rows: Rows, outcomes: Mapping[Any, Next], lease: str) -> int:
    """Writes what became of each row; returns how many were sent.

    That a copy was sent is true whoever holds the lease by now; anything else
    is only written while the lease is ours.
    """
    sent: list[Any] = []
    others: dict[Next, list[Any]] = {}
    for row_id, following in outcomes.items():
        if following.state is DeliveryState.SENT:  # nearly all
            sent.append(row_id)
        else:
            others.setdefault(following, []).append(row_id)
    if sent:
        tx.connection.execute(_recording(rows, True, SENT.counted), _values(SENT, sent))
    for following, ids in others.items():
        query = _recording(rows, False, following.counted)
        tx.connection.execute(query, {**_values(following, ids), "old_lease": lease})
    return len(sent)


def _values(following: Next, ids: list[Any]) -> dict[str, Any]:
    return {
        "ids": ids,
        "new_state": following.state,
        "new_attempt_at": following.attempt_at,
        "new_status": following.status,
    }


# A statement that is built once costs a tenth of one that is built for each batch.


@cache
def _choosing(rows: Rows, column: InstrumentedAttribute[Any] | None) -> Select[Any]:
    key: InstrumentedAttribute[Any] = rows.id
    query = select(key).where(due(rows, bindparam("now", type_=rows.attempt_at.type)))
    if column is not None:
        query = query.where(column == bindparam("whose"))
    ordered = query.order_by(rows.attempt_at, key).limit(bindparam("most", type_=Integer()))
    return ordered.with_for_update(skip_locked=True)


@cache
def _claiming(rows: Rows) -> Update:
    return (
        update(_table(rows))
        .where(one_of(rows.id, "ids"))
        .values(
            lease=bindparam("new_lease"),
            lease_until=bindparam("until", type_=rows.lease_until.type),
            attempts=rows.attempts + 1,
            strikes=rows.strikes + 1,
        )
    )


@cache
def _recording(rows: Rows, sent: bool, counted: bool) -> Update:
    query = update(_table(rows)).where(one_of(rows.id, "ids"))
    if not sent:
        query = query.where(rows.lease == bindparam("old_lease"))
    if not counted:
        query = query.values(attempts=rows.attempts - 1)
    return query.values(
        state=bindparam("new_state"),
        attempt_at=bindparam("new_attempt_at", type_=rows.attempt_at.type),
        status=bindparam("new_status"),
        strikes=0,
        lease=None,
        lease_until=None,
    )


def _table(rows: Rows) -> Table:
    return cast(Table, rows.__table__)


# No index is by lease (see `dispatch_indexes`): rows are found by their ids, or among those that
# are not done.


def renew(tx: Transaction, rows: Rows, lease: str, now: datetime) -> None:
    """Holds every row of this lease for another while."""
    ours = rows.attempt_at.is_not(None), rows.lease == lease
    tx.session.execute(update(rows).where(*ours).values(lease_until=now + LEASE))


def give_back(tx: Transaction, rows: Rows, lease: str, ids: Sequence[Any]) -> None:
    """Hands rows back that were not tried: neither the try nor the strike counts."""
    tx.connection.execute(
        update(_table(rows))
        .where(one_of(rows.id, "ids"), rows.lease == lease)
        .values(lease=None, lease_until=None, attempts=rows.attempts - 1, strikes=rows.strikes - 1),
        {"ids": ids},
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
        .where(rows.attempt_at.is_not(None), rows.lease.startswith(owner + "/", autoescape=True))
        .values(lease=None, lease_until=None)
    )
