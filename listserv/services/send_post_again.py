"""A member asks for one post on its own, as the index of a digest offers it."""

from listserv.domain import jobs
from listserv.domain.post import PostState
from listserv.domain.subscription import SubscriptionState
from listserv.services.kit import Kit
from listserv.store import deliveries, members, posts, subscriptions


def send_post_again(kit: Kit, list_id: int, address: str, token: str) -> None:
    """Only to a member of that list, and only to their own mailbox; a stranger gets nothing.

    Asking again while it is on its way, or within the hour, changes nothing, so
    that nobody can flood a member's mailbox in their name.
    """
    post_id = kit.tokens.read_post(token)
    if post_id is None:
        return
    lookups = kit.vault.lookups(address)
    with kit.database.transaction() as tx:
        member = members.find(tx, lookups)
        mine = subscriptions.of_member(tx, list_id, member.member_id) if member else None
        post = posts.get(tx, post_id)
        if mine is None or mine.state is not SubscriptionState.ACTIVE:
            return
        if post is None or post.list_id != list_id or post.state is not PostState.ACCEPTED:
            return
        deliveries.make_again(tx, post, mine.id, kit.clock.now())
        tx.ring(jobs.deliver(list_id))
