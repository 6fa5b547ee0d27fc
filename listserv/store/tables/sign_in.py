"""Sign-ins under way: a link and a code that were mailed, until one of them is used."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.types import UtcDateTime


class SignInRow(Base):
    """One for everybody who asks, member or not, so that asking tells nothing."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index(None, "lookup", "created_at"),)

    # Kept by the browser that asked, in its signed cookie: the code works there only.
    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    lookup: Mapped[bytes] = mapped_column(LargeBinary(32))
    member_id: Mapped[str | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
