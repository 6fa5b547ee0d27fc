"""What is not done: copies by list and state, from an index that finished ones are not in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal_column, select

from listserv.domain.delivery import DeliveryState
from listserv.store.tables import DeliveryRow
from listserv.store.transaction import Transaction


@dataclass(frozen=True)
class Backlog:
    """Copies of one list in one state. oldest: when the first of them was queued."""

    list_id: int
    state: DeliveryState
    copies: int
    oldest: datetime


def by_list(tx: Transaction) -> Sequence[Backlog]:
    """Every state but sent, those with copies."""
    rows = tx.session.execute(
        select(
            DeliveryRow.list_id, DeliveryRow.state, func.count(), func.min(DeliveryRow.queued_at)
        )
        # Spelled as in the index, or SQLite does not see that it can be used.
        .where(DeliveryRow.state != literal_column("'sent'"))
        .group_by(DeliveryRow.list_id, DeliveryRow.state)
    )
    return [
        Backlog(list_id, DeliveryState(state), copies, oldest)
        for list_id, state, copies, oldest in rows
    ]
