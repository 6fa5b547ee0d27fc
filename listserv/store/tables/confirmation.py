"""Confirmations: questions that wait for their answer, by hashed token."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.types import UtcDateTime


class ConfirmationRow(Base):
    __tablename__ = "confirmations"
    __table_args__ = (
        Index(None, "list_id", "lookup", "created_at"),
        Index(None, "lookup", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    purpose: Mapped[str] = mapped_column(String(16))
    # None for a question about the person, on whatever lists they are.
    list_id: Mapped[int | None] = mapped_column(ForeignKey("mailing_lists.id"))
    # The keyed hash of the address, to cap how much mail one address is sent.
    lookup: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed_address: Mapped[bytes] = mapped_column(LargeBinary)
    # What would be done, without any address; see `listserv.domain.request`.
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    language: Mapped[str] = mapped_column(String(5), default="en", server_default="en")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
