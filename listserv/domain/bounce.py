"""Mail that comes back: what counts, and when we stop sending."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

# As long as return paths live: what is older cannot come back any more.
WINDOW_DAYS = 30
# With fewer people a few dead mailboxes look like everybody.
FEWEST_FOR_A_STORM = 5


class BounceKind(StrEnum):
    HARD = "hard"  # there is no such mailbox, or it takes no mail from us
    SOFT = "soft"  # full, away for days, or this mail was not to its liking


@dataclass(frozen=True)
class BounceDay:
    """How many copies that went out on one day came back. day: days since 1970, in UTC."""

    day: int
    hard: int
    soft: int


def has_enough(
    days: Iterable[BounceDay], today: int, limit: int, storms: Collection[int] = ()
) -> bool:
    """Whether a subscription had that many days with bounces, and is to be suspended.

    However many copies of one day come back, it is one day; a day with soft
    bounces only is half a day. Days older than the window are forgotten, and
    `storms`, days on which a whole list bounced, count for nobody.
    """
    halves = sum(
        2 if found.hard else 1
        for found in days
        if (found.hard or found.soft)
        and today - found.day < WINDOW_DAYS
        and found.day not in storms
    )
    return halves >= 2 * limit


def is_storm(bounced: int, members: int) -> bool:
    """Whether so many of a list bounced on one day that the trouble is ours, not theirs.

    A relay that is set up wrongly refuses everybody, and must not empty a list.
    """
    return bounced >= FEWEST_FOR_A_STORM and bounced * 3 > members


def kind_of_report(status: str) -> BounceKind:
    """What a failure with this enhanced status code means (RFC 3463), "" for none given."""
    parts = status.split(".")
    if len(parts) != 3 or parts[0] != "5":
        return BounceKind.SOFT if parts[0] == "4" else BounceKind.HARD
    subject, detail = parts[1:]
    too_full_or_large = (subject, detail) in {("2", "2"), ("2", "3"), ("3", "4")}
    content_or_policy = subject in {"6", "7"}
    return BounceKind.SOFT if too_full_or_large or content_or_policy else BounceKind.HARD


def kind_of_refusal(status: str) -> BounceKind | None:
    """What a copy that our relay gave back means. status: the three digits of its reply.

    552 says that the post is too large (RFC 1870 §6.1): that is not the member's doing.
    A copy that was put off for days has a 4xx, or no status at all.
    """
    if status == "552":
        return None
    return BounceKind.HARD if status.startswith("5") else BounceKind.SOFT
