"""Notices: mail of our own to one person, sealed until it is sent."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.tables.delivery import Dispatch


class NoticeRow(Dispatch, Base):
    __tablename__ = "notices"
    __table_args__ = (Index(None, "attempt_at"),)

    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    # Emptied once the notice is sent or given up.
    sealed_recipient: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_content: Mapped[bytes] = mapped_column(LargeBinary)
