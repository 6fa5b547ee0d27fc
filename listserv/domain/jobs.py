"""Jobs: the bells that wake a worker. They carry ids, never text or addresses.

Losing one loses nothing: every job asks the database what is left to do, and
the sweep rings again for whatever is due.
"""

from dataclasses import dataclass
from enum import StrEnum


class Lane(StrEnum):
    """Which queue; workers empty the first before they look at the second."""

    NOTICES = "notices"
    POSTS = "posts"  # new ones: their first copies go before the rest of a big one
    COPIES = "copies"
    DIGESTS = "digests"


@dataclass(frozen=True)
class Job:
    """A dotted name and the ids it works on."""

    function: str
    ids: tuple[int, ...]
    lane: Lane


def fan_out() -> Job:
    """Make the delivery rows of the posts that wait for them."""
    return Job("workers.jobs.fan_out", (), Lane.POSTS)


def deliver(list_id: int) -> Job:
    """Send what is due of one list, for a while."""
    return Job("workers.jobs.deliver", (list_id,), Lane.COPIES)


def issue_digests(list_id: int) -> Job:
    """Make the digests of one list that are due."""
    return Job("workers.jobs.issue_digests", (list_id,), Lane.DIGESTS)


def deliver_digests(list_id: int) -> Job:
    """Send the digests of one list that are made, for a while."""
    return Job("workers.jobs.deliver_digests", (list_id,), Lane.DIGESTS)


def deliver_notices() -> Job:
    """Send the confirmations, answers and operator's mail that are due."""
    return Job("workers.jobs.deliver_notices", (), Lane.NOTICES)


def tell_moderators() -> Job:
    """Tell moderators, owners or the operator of posts that wait."""
    return Job("workers.jobs.tell_moderators", (), Lane.NOTICES)
