"""Makes the deliveries of an accepted post, and sends the first of them."""

from listserv.domain import jobs
from listserv.services.deliver import deliver
from listserv.services.kit import Kit
from listserv.store import deliveries, posts

# More bells than this do not help: each worker empties a list's row of copies by itself.
MOST_BELLS = 4
COPIES_A_BELL = 500


def fan_out(kit: Kit, post_id: int) -> int:
    """Makes one delivery a member, once, however often it is called; says how many."""
    now = kit.clock.now()
    with kit.database.transaction() as tx:
        post = posts.to_fan_out(tx, post_id)
        if post is None:
            return 0
        copies = deliveries.make(tx, post, now)
        posts.fanned_out(tx, post_id, now)
    for _ in range(min(MOST_BELLS, copies // COPIES_A_BELL)):
        kit.queue.ring(jobs.deliver(post.list_id))
    if copies:
        deliver(kit, post.list_id)  # a small post need not wait for a second job
    return copies
