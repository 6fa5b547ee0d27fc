"""Deliveries: one post to one subscription, and where that stands."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.types import RowId, UtcDateTime


class Dispatch:
    """What every row that goes out by the relay knows of its tries.

    attempt_at is None once nothing is left to do. strikes counts claims since
    the last outcome: a copy that kills its worker each time is parked.
    """

    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(default=0)
    strikes: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempt_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(16), default="")


def dispatch_indexes(table: str) -> tuple[Index, ...]:
    """Each holds only the rows that it is for: nearly all rows are sent, and in none of them.

    None has a column that a claim changes: then PostgreSQL writes no index for a claim.
    """
    return (
        _partial(f"ix_{table}_due", "attempt_at IS NOT NULL", "list_id", "attempt_at", "id"),
        # For those who watch: what is not done, or was given up.
        _partial(f"ix_{table}_backlog", "state <> 'sent'", "list_id", "state", "queued_at"),
    )


def _partial(name: str, where: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


# For that it also needs room for the new version of a row on the page of the old one: percent of
# a page that are filled with new rows.
ROOM_FOR_CLAIMS = {"fillfactor": 40}


class DeliveryRow(Dispatch, Base):
    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("post_id", "subscription_id"),
        *dispatch_indexes("deliveries"),
        {"sqlite_autoincrement": True, "postgresql_with": ROOM_FOR_CLAIMS},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id"))
