"""Members: the only table that holds addresses, and only sealed ones."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.types import UtcDateTime


class MemberRow(Base):
    __tablename__ = "members"

    # Random, and known before the row is written: the sealed values are bound to it.
    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    lookup: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    lookup_key: Mapped[str] = mapped_column(String(16))
    # Sealed by the operator's key; deleting the row destroys it, so that pages of the database
    # file that still hold the sealed address say nothing. A backup made before holds both.
    sealed_key: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_address: Mapped[bytes] = mapped_column(LargeBinary)
    # Not sealed: which digest is due is a question to the database.
    language: Mapped[str] = mapped_column(String(5), default="en", server_default="en")
    time_zone: Mapped[str] = mapped_column(String(40), default="UTC", server_default="UTC")
    # Sessions that began before then count no more.
    signed_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
