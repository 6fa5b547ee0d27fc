"""A post: anonymised content, accepted or waiting."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from listserv.domain.anonymous_message import AnonymousMessage
from listserv.domain.reasons import OF_THE_MEMBER, OTHER
from listserv.domain.redaction import Redaction

VISITOR = "Visitor"  # the handle of whoever posts without being a member
MOST_REFERENCES = 20


class PostState(StrEnum):
    HELD = "held"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Undelivered:
    """As much of an accepted post as it takes to make its copies' rows."""

    id: int
    list_id: int
    author_id: int | None


@dataclass(frozen=True)
class Post:
    """message_id and references are ours, in angle brackets, references oldest first.

    one_time: the handle is drawn for this thread only.
    """

    id: int
    list_id: int
    author_id: int | None
    state: PostState
    handle: str
    message: AnonymousMessage = field(repr=False)
    message_id: str
    references: tuple[str, ...]
    redactions: tuple[Redaction, ...]
    received_at: datetime
    accepted_at: datetime | None
    one_time: bool = False


@dataclass(frozen=True)
class Thread:
    """Where an answer belongs. first: the message_id that began it; "" for no answer.

    references: our own ids, oldest first, the answered post last.
    """

    first: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewPost:
    """What is about to be stored; fingerprint is None for mail that carries no Message-ID.

    thread: the message_id of the first post of the thread, be it this one.
    """

    list_id: int
    author_id: int | None
    handle: str
    message: AnonymousMessage = field(repr=False)
    redactions: tuple[Redaction, ...]
    message_id: str
    references: tuple[str, ...]
    fingerprint: bytes | None = field(repr=False)
    received_at: datetime
    thread: str
    one_time: bool = False


@dataclass(frozen=True)
class HeldPost:
    """A post that waits for a moderator, and why: see `listserv.domain.reasons`."""

    post: Post
    reason: str
    detail: str
    held_at: datetime

    @property
    def shown_reason(self) -> str:
        """As moderators may know it."""
        hidden = self.post.one_time and self.reason in OF_THE_MEMBER
        return OTHER if hidden else self.reason
