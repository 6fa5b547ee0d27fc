"""Requests to join that moderators were told of: what each of them may decide by a reply."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.types import UtcDateTime


class RequestTokenRow(Base):
    """Lets one moderator decide about one newcomer, by a reply or a link."""

    __tablename__ = "request_tokens"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"))
    newcomer_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id"), index=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
