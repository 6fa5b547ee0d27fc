"""Queries about how many copies went out. Counted as they go: there may be millions of rows."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import cast

from sqlalchemy import Executable, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from listserv.store.tables import SentCountRow
from listserv.store.transaction import Transaction

SLOT_SECONDS = 10
KEPT = timedelta(hours=1)
_TABLE = cast(Table, SentCountRow.__table__)


def add(tx: Transaction, list_id: int, copies: int, now: datetime) -> None:
    """Counts copies that the relay took just now."""
    _add(tx, list_id, _slot(now), copies)


def totals(tx: Transaction) -> Mapping[int, int]:
    """Copies by list, ever."""
    return _sums(tx, 0)


def since(tx: Transaction, when: datetime) -> Mapping[int, int]:
    """Copies by list since then, up to an hour ago and to within ten seconds."""
    return _sums(tx, _slot(when))


def fold(tx: Transaction, now: datetime) -> None:
    """Keeps nothing but the sum of what is older than an hour."""
    old = SentCountRow.slot > 0, SentCountRow.slot < _slot(now - KEPT)
    query = select(SentCountRow.list_id, func.sum(SentCountRow.copies)).where(*old)
    sums = tx.session.execute(query.group_by(SentCountRow.list_id)).all()
    if sums:
        tx.session.execute(delete(SentCountRow).where(*old))
    for list_id, copies in sums:
        _add(tx, list_id, 0, int(copies))


def _sums(tx: Transaction, first: int) -> Mapping[int, int]:
    query = select(SentCountRow.list_id, func.sum(SentCountRow.copies))
    rows = tx.session.execute(
        query.where(SentCountRow.slot >= first).group_by(SentCountRow.list_id)
    )
    return {list_id: int(copies) for list_id, copies in rows}


def _add(tx: Transaction, list_id: int, slot: int, copies: int) -> None:
    connection = tx.connection
    values = {"list_id": list_id, "slot": slot, "copies": copies}
    connection.execute(_adding(connection.dialect.name), values)


@cache  # built once, since it is asked for with every few copies
def _adding(dialect: str) -> Executable:
    row = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(_TABLE)
    return row.on_conflict_do_update(
        index_elements=["list_id", "slot"],
        set_={"copies": SentCountRow.copies + row.excluded.copies},
    )


def _slot(when: datetime) -> int:
    return int(when.timestamp()) // SLOT_SECONDS
