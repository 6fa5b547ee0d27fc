"""How many copies of a list went out, ten seconds a row."""

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base


class SentCountRow(Base):
    """slot: tens of seconds since 1970; all that is older than an hour is folded into slot 0."""

    __tablename__ = "sent_counts"

    list_id: Mapped[int] = mapped_column(
        ForeignKey("mailing_lists.id"), primary_key=True, autoincrement=False
    )
    slot: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    copies: Mapped[int] = mapped_column(BigInteger)
