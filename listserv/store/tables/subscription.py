"""Subscriptions: handles on lists. A row stays after leaving, so that no handle is used again."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.types import RowId, UtcDateTime


class SubscriptionRow(Base):
    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("list_id", "skeleton"),
        UniqueConstraint("list_id", "member_id"),
        Index(None, "list_id", "state", "delivery", "id"),
        Index(
            "ix_subscriptions_next_digest",
            "next_digest_at",
            sqlite_where=text("next_digest_at IS NOT NULL"),
            postgresql_where=text("next_digest_at IS NOT NULL"),
        ),
        # Tokens in mail name a subscription's id for 60 days after it ended: no id twice.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"))
    member_id: Mapped[str | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), index=True
    )
    handle: Mapped[str] = mapped_column(String(80))
    skeleton: Mapped[str] = mapped_column(String(160))
    state: Mapped[str] = mapped_column(String(16))
    delivery: Mapped[str] = mapped_column(String(16))
    role: Mapped[str] = mapped_column(String(16))
    # None while paused: until the member says so.
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    digest_hour: Mapped[int] = mapped_column(default=8, server_default="8")
    digest_format: Mapped[str] = mapped_column(
        String(16), default="reader", server_default="reader"
    )
    # `listserv.domain.digest.Reading`; written by `listserv.store.digest_readers` only.
    digest_mark: Mapped[int] = mapped_column(RowId, default=0, server_default="0")
    digest_upto: Mapped[int | None] = mapped_column(RowId)
    next_digest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    receipts: Mapped[bool] = mapped_column(default=False, server_default=false())
    one_time: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Set by moderators: each post waits, or none does, or none is taken before then.
    moderated: Mapped[bool] = mapped_column(default=False, server_default=false())
    trusted: Mapped[bool] = mapped_column(default=False, server_default=false())
    muted_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Counted here, because posts themselves are erased after a while.
    posts_accepted: Mapped[int] = mapped_column(default=0)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RetiredHandleRow(Base):
    """A handle that somebody gave up for another one."""

    __tablename__ = "retired_handles"

    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"), primary_key=True)
    skeleton: Mapped[str] = mapped_column(String(160), primary_key=True)
