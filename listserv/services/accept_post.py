"""A post is accepted, by the rules or by a moderator: from here it goes out."""

from datetime import datetime, timedelta

from listserv.domain import jobs
from listserv.domain.list_settings import GoOut, ListSettings
from listserv.domain.post import Post
from listserv.store import subscriptions
from listserv.store.transaction import Transaction

_QUARTER = timedelta(minutes=15)


def accept(tx: Transaction, post: Post) -> None:
    """Counts it for its author, and rings for the fan-out once the caller's change is kept."""
    if post.author_id is not None:
        subscriptions.count_accepted_post(tx, post.author_id)
    tx.ring(jobs.fan_out())


def goes_out_at(settings: ListSettings, now: datetime) -> datetime:
    """Now, or at the next quarter of an hour: then who saw a mail leave its author's house at
    some minute cannot tell which post it was."""
    if settings.posts_go_out is GoOut.NOW:
        return now
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + ((now - midnight) // _QUARTER + 1) * _QUARTER
