"""A member on one list: states, roles and ways of delivery."""

from dataclasses import dataclass, field
from enum import StrEnum


class SubscriptionState(StrEnum):
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


class Role(StrEnum):
    MEMBER = "member"
    MODERATOR = "moderator"
    OWNER = "owner"


MAY_POST = frozenset(
    {SubscriptionState.ACTIVE, SubscriptionState.PAUSED, SubscriptionState.SUSPENDED}
)


@dataclass(frozen=True)
class Subscription:
    """One row of a list's roster, without any address."""

    id: int
    list_id: int
    member_id: str | None = field(repr=False)
    handle: str
    state: SubscriptionState
    delivery: DeliveryMode
    role: Role

    @property
    def may_post(self) -> bool:
        return self.state in MAY_POST

    @property
    def moderates(self) -> bool:
        return self.role is not Role.MEMBER
