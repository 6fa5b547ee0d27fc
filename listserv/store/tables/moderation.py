"""What moderators decide, and what they keep: no address and no words of a post in the clear."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from listserv.store.base import Base
from listserv.store.types import RowId, UtcDateTime


class RulingRow(Base):
    """What was decided about a post that waited. The post itself may be gone."""

    __tablename__ = "rulings"
    __table_args__ = (
        Index(None, "author_id", "id"),
        Index(None, "post_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"))
    post_id: Mapped[int] = mapped_column(RowId)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("subscriptions.id"))
    # None: the operator, the author, or time.
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("subscriptions.id"))
    ruling: Mapped[str] = mapped_column(String(16))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HeldTokenRow(Base):
    """What a moderator may decide, or an author take back, by a reply or a link."""

    __tablename__ = "held_tokens"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"))
    # Outlives the post, so that the second moderator can be told who was first.
    post_id: Mapped[int] = mapped_column(RowId)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class ModerationRoundRow(Base):
    """When the moderators of a list were last told of everything that waits."""

    __tablename__ = "moderation_rounds"

    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"), primary_key=True)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClosedThreadRow(Base):
    """A conversation that takes no more answers. thread: as in `posts`."""

    __tablename__ = "closed_threads"

    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"), primary_key=True)
    thread: Mapped[str] = mapped_column(String(320), primary_key=True)
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BanRow(Base):
    """An address, by its keyed hash only: it outlives the member's own row."""

    __tablename__ = "bans"

    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"), primary_key=True)
    lookup: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    # Which key made the hash: it is known again for as long as that key is kept.
    lookup_key: Mapped[str] = mapped_column(String(16))
    # Under which handle moderators know them, to lift it again.
    subscription_id: Mapped[int | None] = mapped_column(ForeignKey("subscriptions.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MemberNoteRow(Base):
    """What moderators wrote about a member, or a newcomer answered; sealed."""

    __tablename__ = "member_notes"

    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id"), index=True)
    # None: the operator, or the newcomer themselves.
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("subscriptions.id"))
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OwnerLetterRow(Base):
    """A mail that went through `-owner`: where an answer to it goes."""

    __tablename__ = "owner_letters"
    __table_args__ = (Index(None, "list_id", "fingerprint"),)

    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_lists.id"))
    # Who answers with this token: "owners" or "writer".
    side: Mapped[str] = mapped_column(String(16))
    # The writer's.
    sealed_address: Mapped[bytes] = mapped_column(LargeBinary)
    handle: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(5))
    # A keyed hash of the mail as it came, to know it when it is sent twice.
    fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
