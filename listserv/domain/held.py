"""Posts that wait: what can be decided about them, and who is told when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum


class Ruling(StrEnum):
    """What became of a post that waited; the value is stored and must not change."""

    APPROVE = "approve"
    TRUST = "trust"  # approve, and let this member's posts go out at once from now on
    REJECT = "reject"  # its author gets the text back, with a reason
    DISCARD = "discard"
    WITHDRAW = "withdraw"  # its author took it back
    SEND = "send"  # its author wants it to go out as it is
    EXPIRE = "expire"  # nobody decided in time


MODERATORS_RULINGS = (Ruling.APPROVE, Ruling.TRUST, Ruling.REJECT, Ruling.DISCARD)


class Told(IntEnum):
    """How far word of a post that waits has gone; the value is stored."""

    NOBODY = 0
    MODERATORS = 1
    OWNERS = 2
    OPERATOR = 3


# Nobody decided for so long: word goes to the next.
PATIENCE = timedelta(days=2)


@dataclass(frozen=True)
class Ruled:
    """One decision. moderator: a handle; "" for the operator, the author, or time."""

    post_id: int
    ruling: Ruling
    moderator: str
    decided_at: datetime
