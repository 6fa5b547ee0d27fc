"""The audit log: who did what, when, to which id. The database refuses to change its rows."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.types import RowId, UtcDateTime


class AuditRow(Base):
    __tablename__ = "audit_log"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(32))
    list_id: Mapped[int | None] = mapped_column(ForeignKey("mailing_lists.id"))
    subscription_id: Mapped[int | None] = mapped_column(ForeignKey("subscriptions.id"))
    # No foreign key: a post that was turned down is gone, and its line stays.
    post_id: Mapped[int | None] = mapped_column(RowId)
    reason: Mapped[str] = mapped_column(Text)
    # Of this line and the hash of the one before; see `listserv.domain.audit`.
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
