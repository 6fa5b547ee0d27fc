"""A member on one list: states, roles and ways of delivery."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SubscriptionState(StrEnum):
    """invited and asked have a question that waits for its answer, and no row yet."""

    INVITED = "invited"
    ASKED = "asked"
    WAITING = "waiting"  # confirmed by the member, waits for a moderator
    ACTIVE = "active"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    LEFT = "left"


class DeliveryMode(StrEnum):
    EACH = "each"
    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


class DigestFormat(StrEnum):
    """How a digest is written; index: subjects only, and a way to ask for each post."""

    READER = "reader"
    PLAIN = "plain"  # RFC 1153
    MIME = "mime"  # RFC 2046 §5.1.5
    INDEX = "index"


class Role(StrEnum):
    MEMBER = "member"
    MODERATOR = "moderator"
    OWNER = "owner"


MAY_POST = frozenset(
    {SubscriptionState.ACTIVE, SubscriptionState.PAUSED, SubscriptionState.SUSPENDED}
)


@dataclass(frozen=True)
class Subscription:
    """One row of a list's roster, without any address.

    paused_until: in UTC, None while paused without an end. digest_hour: 0 to
    23, in the member's time zone. receipts: a copy of their own posts even
    without other mail. one_time: each thread shows another handle of theirs.
    moderated, trusted, muted_until: what moderators set; each of their posts
    waits, or the list's first-posts rule leaves them out, or they may only read.
    """

    id: int
    list_id: int
    member_id: str | None = field(repr=False)
    handle: str
    state: SubscriptionState
    delivery: DeliveryMode
    role: Role
    paused_until: datetime | None = None
    digest_hour: int = 8
    receipts: bool = False
    one_time: bool = False
    digest_format: DigestFormat = DigestFormat.READER
    moderated: bool = False
    trusted: bool = False
    muted_until: datetime | None = None

    @property
    def may_post(self) -> bool:
        return self.state in MAY_POST

    @property
    def moderates(self) -> bool:
        return self.role is not Role.MEMBER
