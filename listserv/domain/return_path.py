"""Return paths: whose copy it was, and the day on which it went out."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ReturnPath:
    """What the token of an envelope sender says. day: as `day_of` counts."""

    subscription_id: int
    day: int


def day_of(now: datetime) -> int:
    """Days since 1970, in UTC."""
    return int(now.timestamp() // 86400)
