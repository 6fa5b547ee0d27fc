"""Digests that were written for all who send them, sealed."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.types import RowId, UtcDateTime


class BuiltDigestRow(Base):
    """Lives while its digest goes out. made_from: a keyed hash of what the words came from."""

    __tablename__ = "built_digests"

    # Its digest's own.
    id: Mapped[int] = mapped_column(
        RowId, ForeignKey("digests.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    made_from: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed_content: Mapped[bytes] = mapped_column(LargeBinary)
    built_at: Mapped[datetime] = mapped_column(UtcDateTime)
