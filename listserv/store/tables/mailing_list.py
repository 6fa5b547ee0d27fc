"""Lists."""

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.types import RowId, UtcDateTime


class MailingListRow(Base):
    __tablename__ = "mailing_lists"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    address: Mapped[str] = mapped_column(String(254), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    settings: Mapped[dict[str, str]] = mapped_column(JSON)
    # The number of the post that went out last.
    sequence: Mapped[int] = mapped_column(RowId, default=0, server_default="0")
    # The issue that this post is in, the last post before it, and when the next one may begin.
    volume: Mapped[int] = mapped_column(default=1, server_default="1")
    issue: Mapped[int] = mapped_column(default=0, server_default="0")
    issue_after: Mapped[int] = mapped_column(RowId, default=0, server_default="0")
    issue_ends: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
