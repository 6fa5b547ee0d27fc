"""Digests, each a window of posts in one form, and who gets a copy."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.tables.delivery import ROOM_FOR_CLAIMS, Dispatch, dispatch_indexes
from listserv.store.types import RowId, UtcDateTime


class DigestRow(Base):
    """Holds no words: those stand in `BuiltDigestRow`, while it goes out."""

    __tablename__ = "digests"
    __table_args__ = (
        UniqueConstraint("list_id", "upto", "after", "format", "language"),
        # Its id stands, encrypted, in the Message-ID: no id twice.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"))
    # The posts numbered above `after`, up to and with `upto`.
    after: Mapped[int] = mapped_column(RowId)
    upto: Mapped[int] = mapped_column(RowId)
    format: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(5))
    volume: Mapped[int]
    number: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class DigestDeliveryRow(Dispatch, Base):
    __tablename__ = "digest_deliveries"
    __table_args__ = (
        UniqueConstraint("digest_id", "subscription_id"),
        *dispatch_indexes("digest_deliveries"),
        {"sqlite_autoincrement": True, "postgresql_with": ROOM_FOR_CLAIMS},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"))
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"))
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id"))
