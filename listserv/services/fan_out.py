"""Makes the deliveries of the accepted posts that wait, and sends the first of them."""

from listserv.domain import jobs
from listserv.domain.errors import Unavailable
from listserv.services.deliver import MOST_SECONDS, SLICE_SECONDS, deliver
from listserv.services.kit import Kit
from listserv.store import deliveries, digest_order, mailing_lists, posts

POSTS_AT_ONCE = 50
# Lists with more copies than this are left to bells, so that small ones need not wait for them.
FEW_COPIES = 250


def fan_out(kit: Kit) -> int:
    """Makes one delivery a member, once, however often it is called; says how many.

    One bell is enough for any number of posts.
    """
    with kit.database.reading() as tx:
        waiting = posts.not_fanned_out(tx, POSTS_AT_ONCE, kit.clock.now())
    copies: dict[int, int] = {}
    problem: Exception | None = None
    for post_id in waiting:
        try:
            made = _make(kit, post_id)
        except Unavailable:
            raise
        except Exception as error:  # it must not stop the others; the worker tells of it
            made, problem = {}, error
        for list_id, number in made.items():
            copies[list_id] = copies.get(list_id, 0) + number
    if len(waiting) == POSTS_AT_ONCE:
        kit.queue.ring(jobs.fan_out())
    # Smallest first, and the one big list there may be need not wait for a second job.
    lists = sorted(copies, key=lambda list_id: copies[list_id])
    big = [list_id for list_id in lists if copies[list_id] > FEW_COPIES]
    for list_id in big[1:]:
        kit.queue.ring(jobs.deliver(list_id))
    here = [list_id for list_id in lists if list_id not in big[1:]]
    for list_id in here:
        deliver(kit, list_id, MOST_SECONDS if list_id == here[-1] else SLICE_SECONDS)
    if problem is not None:
        raise problem
    return sum(copies.values())


def _make(kit: Kit, post_id: int) -> dict[int, int]:
    """How many copies for which list; nothing when another worker was first."""
    now = kit.clock.now()
    with kit.database.transaction() as tx:
        post = posts.to_fan_out(tx, post_id)
        if post is None:
            return {}
        settings = mailing_lists.get(tx, post.list_id).settings
        # First: from here on nobody begins or ends to read digests until this is kept.
        number = digest_order.next_number(tx, post.list_id, now, settings.digest_posts)
        copies = deliveries.make(tx, post, now)
        posts.fanned_out(tx, post_id, number, now)
        if settings.digest_by_size:
            tx.ring(jobs.issue_digests(post.list_id))
    return {post.list_id: copies} if copies else {}
