"""What is not done: copies by list and state, from an index that finished ones are not in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal_column, select, union_all

from listserv.domain.delivery import DeliveryState
from listserv.store.tables import DeliveryRow, DigestDeliveryRow
from listserv.store.transaction import Transaction


@dataclass(frozen=True)
class Backlog:
    """Copies of one list in one state. oldest: when the first of them was queued."""

    list_id: int
    state: DeliveryState
    copies: int
    oldest: datetime


def by_list(tx: Transaction) -> Sequence[Backlog]:
    """Every state but sent, those with copies, digests included."""
    parts = union_all(_by_list(DeliveryRow), _by_list(DigestDeliveryRow)).subquery()
    rows = tx.session.execute(
        select(
            parts.c.list_id, parts.c.state, func.sum(parts.c.copies), func.min(parts.c.oldest)
        ).group_by(parts.c.list_id, parts.c.state)
    )
    return [
        Backlog(list_id, DeliveryState(state), int(copies), oldest)
        for list_id, state, copies, oldest in rows
    ]


def _by_list(rows: type[DeliveryRow] | type[DigestDeliveryRow]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            rows.list_id,
            rows.state,
            func.count().label("copies"),
            func.min(rows.queued_at).label("oldest"),
        )
        # Spelled as in the index, or SQLite does not see that it can be used.
        .where(rows.state != literal_column("'sent'"))
        .group_by(rows.list_id, rows.state)
    )
