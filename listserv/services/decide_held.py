"""A moderator, or the operator, decides about a post that waits: whoever is first."""

from dataclasses import dataclass, replace

from listserv.domain.audit import OPERATOR
from listserv.domain.clean_reason import NO_REASON, CleanReason
from listserv.domain.errors import NotFound
from listserv.domain.held import Ruled, Ruling
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import Post
from listserv.domain.subscription import Subscription
from listserv.mail.canned_reasons import reason_in_words
from listserv.services.accept_post import accept, goes_out_at
from listserv.services.kit import Kit
from listserv.services.tell import Reader, reader_of, tell
from listserv.store import audit, held, mailing_lists, rulings, subscriptions
from listserv.store.audit import Act
from listserv.store.transaction import Transaction


@dataclass(frozen=True)
class Decided:
    """It is done. author_told: whether somebody got a mail."""

    ruled: Ruled
    post: Post
    author_told: bool


@dataclass(frozen=True)
class TooLate:
    """Somebody was first; this is what they decided."""

    ruled: Ruled


def decide_held(  # who decides what about which post, and why
    kit: Kit,
    list_id: int,
    post_id: int,
    ruling: Ruling,
    moderator: Subscription | None,
    reason: CleanReason = NO_REASON,
) -> Decided | TooLate:
    """moderator: None for the operator. reason: for the author of a post that is turned down.

    Raises NotFound for a post that never waited here.
    """
    with kit.database.transaction() as tx:
        return decide(kit, tx, mailing_lists.get(tx, list_id), post_id, ruling, moderator, reason)


def decide(  # as above
    kit: Kit,
    tx: Transaction,
    mailing_list: MailingList,
    post_id: int,
    ruling: Ruling,
    moderator: Subscription | None,
    reason: CleanReason = NO_REASON,
) -> Decided | TooLate:
    now, list_id = kit.clock.now(), mailing_list.id
    try:
        if held.is_asked(tx, post_id):
            raise NotFound("No such post waits for a moderator.")
        post = _settle(kit, tx, mailing_list, post_id, ruling)
    except NotFound:
        before = rulings.of_post(tx, list_id, post_id)
        if before is None:
            raise
        return TooLate(before)
    told = False
    if ruling is Ruling.TRUST and post.one_time:
        ruling = Ruling.APPROVE  # whom moderators trust is shown, and so whose name it is would be
    if ruling is Ruling.REJECT:
        told = give_back(kit, tx, mailing_list, post, "post_returned", reason)
    handle, moderator_id = (moderator.handle, moderator.id) if moderator else ("", None)
    author_id = None if post.one_time else post.author_id  # it is shown beside the author's others
    rulings.add(tx, list_id, post_id, author_id, moderator_id, ruling, now)
    actor = handle or (post.handle if ruling is Ruling.WITHDRAW else OPERATOR)
    act = Act(actor, ruling, list_id, post.author_id, post_id)
    audit.add(tx, act, now)
    return Decided(Ruled(post_id, ruling, handle, now), post, told)


def give_back(  # what to whom
    kit: Kit,
    tx: Transaction,
    mailing_list: MailingList,
    post: Post,
    notice: str,
    reason: CleanReason = NO_REASON,
) -> bool:
    """The author gets their text back; False for one who is no member (any more)."""
    reader = author_as_reader(kit, tx, mailing_list, post)
    if reader is None:
        return False
    why = " ".join(reason_in_words(reason.words, reader.language).split())
    tell(kit, tx, notice, reader, reason=why, text=post.message.text)
    return True


def author_as_reader(
    kit: Kit, tx: Transaction, mailing_list: MailingList, post: Post
) -> Reader | None:
    author = subscriptions.get(tx, post.author_id) if post.author_id else None
    return reader_of(kit, tx, mailing_list, author.member_id) if author else None


def _settle(
    kit: Kit, tx: Transaction, mailing_list: MailingList, post_id: int, ruling: Ruling
) -> Post:
    if ruling not in (Ruling.APPROVE, Ruling.TRUST):
        return held.drop(tx, mailing_list.id, post_id)
    at = goes_out_at(mailing_list.settings, kit.clock.now())
    post = held.release(tx, mailing_list.id, post_id, at)
    author = subscriptions.lock(tx, post.author_id) if post.author_id else None
    if ruling is Ruling.TRUST and author and not post.one_time:
        trusted = replace(author, trusted=True, moderated=False)
        subscriptions.save(tx, trusted, kit.clock.now())
    accept(tx, post)
    return post
