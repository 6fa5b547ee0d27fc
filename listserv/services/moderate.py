"""Held posts: what waits, and what a moderator decides."""

from collections.abc import Sequence

from listserv.domain.post import HeldPost, Post
from listserv.services.accept_post import accept
from listserv.services.kit import Kit
from listserv.services.tell import reader_of, tell
from listserv.store import mailing_lists, posts, subscriptions


def held_posts(kit: Kit, address: str) -> Sequence[HeldPost]:
    """What waits on this list, oldest first. Raises NotFound."""
    with kit.database.reading() as tx:
        return posts.held(tx, mailing_lists.named(tx, address).id)


def approve(kit: Kit, address: str, post_id: int) -> Post:
    """The post goes out. Raises NotFound when it does not wait (any more)."""
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        post = posts.release(tx, mailing_list.id, post_id, kit.clock.now())
        accept(tx, post)
    return post


def reject(kit: Kit, address: str, post_id: int, reason: str = "") -> bool:
    """The post is erased, and its author, if it is a member, gets their text back.

    Returns whether somebody was told. Raises NotFound as above.
    """
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        post = posts.drop_held(tx, mailing_list.id, post_id)
        author = subscriptions.get(tx, post.author_id) if post.author_id else None
        reader = reader_of(kit, tx, mailing_list, author.member_id) if author else None
        if reader:
            words = " ".join(reason.split())
            tell(kit, tx, "post_returned", reader, reason=words, text=post.message.text)
    return reader is not None
