"""What owners wrote in place of our own words in a notice."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base


class NoticeTextRow(Base):
    __tablename__ = "notice_texts"

    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"), primary_key=True)
    notice: Mapped[str] = mapped_column(String(32), primary_key=True)
    language: Mapped[str] = mapped_column(String(5), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
