"""A post is accepted, by the rules or by a moderator: from here it goes out."""

from listserv.domain import jobs
from listserv.domain.post import Post
from listserv.store import subscriptions
from listserv.store.transaction import Transaction


def accept(tx: Transaction, post: Post) -> None:
    """Counts it for its author, and rings for the fan-out once the caller's change is kept."""
    if post.author_id is not None:
        subscriptions.count_accepted_post(tx, post.author_id)
    tx.ring(jobs.fan_out())
