"""Bounces: how often copies of one day came back, and nothing of what they said."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base


class BounceRow(Base):
    """One subscription's bounces of the copies that went out on one day (days since 1970)."""

    __tablename__ = "bounces"
    __table_args__ = (Index(None, "day", "list_id"),)

    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"))
    hard: Mapped[int] = mapped_column(default=0)
    soft: Mapped[int] = mapped_column(default=0)
