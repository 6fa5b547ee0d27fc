"""Posts, held or accepted, and their attachments: anonymised content only."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listserv.store.base import Base
from listserv.store.types import RowId, UtcDateTime


class PostRow(Base):
    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("list_id", "fingerprint"),
        Index(None, "list_id", "state", "received_at"),
        Index(None, "author_id", "received_at"),
        Index(None, "list_id", "thread", "id"),
        Index(None, "list_id", "sequence"),
        Index(None, "list_id", "thread", "sequence"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("subscriptions.id"))
    state: Mapped[str] = mapped_column(String(16))
    handle: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(320), unique=True)
    # The message_id of the first post of the thread, be it this one.
    thread: Mapped[str] = mapped_column(String(320))
    # Its handle was drawn for this thread only.
    one_time: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Our own ids of the posts it answers, oldest first.
    references: Mapped[list[str]] = mapped_column(JSON)
    redactions: Mapped[list[list[str | int]]] = mapped_column(JSON)
    # A keyed hash of the mail as it came, so that the same mail sent twice is posted once.
    fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    # Its place in the order of the list, given when it goes out; below one where it went out
    # before there were such numbers.
    sequence: Mapped[int | None] = mapped_column(RowId)
    fanned_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    attachments: Mapped[list["AttachmentRow"]] = relationship(
        order_by="AttachmentRow.position", cascade="all, delete-orphan", passive_deletes=True
    )


class AttachmentRow(Base):
    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("post_id", "position"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    content_type: Mapped[str] = mapped_column(String(80))
    content_id: Mapped[str] = mapped_column(String(80))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class HeldPostRow(Base):
    """Why a post waits. The row goes when somebody has decided."""

    __tablename__ = "held_posts"
    __table_args__ = (Index(None, "told", "told_at"),)

    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    # `listserv.domain.reasons` has the words.
    reason: Mapped[str] = mapped_column(String(32))
    detail: Mapped[str] = mapped_column(Text, default="", server_default="")
    # `listserv.domain.traits`, for the rules that are asked once its author has said yes.
    traits: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    # Its author is asked whether it is theirs; until then no moderator sees it.
    asked: Mapped[bool] = mapped_column(default=False, server_default=false())
    # How far word of it has gone: `listserv.domain.held.Told`.
    told: Mapped[int] = mapped_column(default=0, server_default="0")
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_at: Mapped[datetime] = mapped_column(UtcDateTime)
