"""Which post a mail answers, where its address or a digest says so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from listserv.domain.mailing_list import MailingList
from listserv.domain.post import Post, PostState, Thread
from listserv.domain.routing import ToList
from listserv.mail.digest_reply import (
    answers_digest,
    quoted_posts,
    quoted_tokens,
    without_digest,
)
from listserv.mail.inbound import InboundMessage
from listserv.services.kit import Kit
from listserv.store import digest_posts, digests, posts
from listserv.store.transaction import Transaction


@dataclass(frozen=True)
class Aim:
    """message: without what it quotes of a digest. thread: None where only its header can tell.

    parent: the handle of whoever wrote the very post that it answers, "" where that is not kept.
    astray: it answers a whole digest, and nobody could say which post.
    """

    message: InboundMessage
    thread: Thread | None = None
    parent: str = ""
    astray: bool = False


def find_aim(
    kit: Kit,
    mailing_list: MailingList,
    route: ToList,
    message: InboundMessage,
    references: Sequence[str],
) -> Aim | None:
    """references: ids that its header names, nearest first.

    None for a token in the address that is none of ours.
    """
    with kit.database.reading() as tx:
        return _aim(kit, tx, mailing_list, route, message, references)


def _aim(  # where, by which address, and what
    kit: Kit,
    tx: Transaction,
    mailing_list: MailingList,
    route: ToList,
    message: InboundMessage,
    references: Sequence[str],
) -> Aim | None:
    if route.post:
        post_id = kit.tokens.read_post(route.post)
        if post_id is None:
            return None
        answered = _kept(tx, mailing_list, post_id)
        # Where it is not kept any more, the answer begins a conversation of its own.
        if answered is None:
            return Aim(without_digest(message))
        return Aim(without_digest(message), _below(tx, answered), answered.handle)
    digest_id = _digest_in(kit, mailing_list, references[:1])
    if digest_id is None and not answers_digest(message):
        parent = posts.handle_of(tx, mailing_list.id, references[0]) if references else ""
        return Aim(without_digest(message, answer=False), parent=parent)
    quoted = _quoted(kit, tx, mailing_list, digest_id, message)
    answered = _kept(tx, mailing_list, quoted) if quoted else None
    if answered is None:
        return Aim(without_digest(message), astray=True)
    subject = f"Re: {answered.message.subject}"
    return Aim(replace(without_digest(message), subject=subject), _below(tx, answered))


def _kept(tx: Transaction, mailing_list: MailingList, post_id: int) -> Post | None:
    """The post, if it went out on this list and is still there."""
    post = posts.get(tx, post_id)
    ours = post and post.list_id == mailing_list.id and post.state is PostState.ACCEPTED
    return post if ours else None


def _below(tx: Transaction, answered: Post) -> Thread:
    return posts.thread_above(tx, answered.list_id, (answered.message_id,))


def _digest_in(kit: Kit, mailing_list: MailingList, references: Sequence[str]) -> int | None:
    for reference in references:
        token, _, domain = reference.strip("<>").partition("@")
        digest_id = kit.tokens.read_digest(token) if domain == mailing_list.domain else None
        if digest_id is not None:
            return digest_id
    return None


def _quoted(
    kit: Kit,
    tx: Transaction,
    mailing_list: MailingList,
    digest_id: int | None,
    message: InboundMessage,
) -> int | None:
    """The id of the one post that it quotes, by its address or by its words."""
    tokens = quoted_tokens(message)
    if tokens:
        return kit.tokens.read_post(next(iter(tokens))) if len(tokens) == 1 else None
    digest = digests.get(tx, digest_id) if digest_id else None
    if digest is None or digest.list_id != mailing_list.id:
        return None
    found = quoted_posts(message, digest_posts.in_window(tx, digest.list_id, digest.window))
    return found[0].id if len(found) == 1 else None
