"""Suppressions: addresses that asked to be left alone, as keyed hashes only."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.types import UtcDateTime


class SuppressionRow(Base):
    __tablename__ = "suppressions"

    lookup: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
