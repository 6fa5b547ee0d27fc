"""Makes the deliveries of an accepted post, and sends the first of them."""

from listserv.domain import jobs
from listserv.services.deliver import deliver
from listserv.services.kit import Kit
from listserv.store import deliveries, digests, mailing_lists, posts


def fan_out(kit: Kit, post_id: int) -> int:
    """Makes one delivery a member, once, however often it is called; says how many."""
    now = kit.clock.now()
    with kit.database.transaction() as tx:
        post = posts.to_fan_out(tx, post_id)
        if post is None:
            return 0
        # First: from here on nobody begins or ends to read digests until this is kept.
        number = digests.next_number(tx, post.list_id)
        copies = deliveries.make(tx, post, now)
        posts.fanned_out(tx, post_id, number, now)
        if mailing_lists.get(tx, post.list_id).settings.digest_by_size:
            tx.ring(jobs.issue_digests(post.list_id))
    if copies:
        deliver(kit, post.list_id)  # a small post need not wait for a second job
    return copies
