"""A post waits: for a moderator, or first for its author to say that it is theirs."""

from listserv.domain import jobs
from listserv.domain.decision import Reason
from listserv.domain.list_settings import SenderProof
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import NewPost, Post
from listserv.domain.reasons import PRIVATE, reason, words
from listserv.domain.traits import Traits
from listserv.services.ask_author import ask_author
from listserv.services.gather_facts import NOBODY
from listserv.services.issue_token import issue_token
from listserv.services.kit import Kit
from listserv.services.tell import reader_of, tell
from listserv.store import held, notices, posts, subscriptions
from listserv.store.transaction import Transaction

UNPROVEN = "unproven"
# Who has more than that waiting knows that posts wait.
MOST_TOLD = 10


def hold(  # what waits, where and why
    kit: Kit,
    tx: Transaction,
    mailing_list: MailingList,
    new: NewPost,
    why: Reason,
    traits: Traits,
    address: str,
) -> None:
    """address: the one in From; without proof it is asked, where the list wants that."""
    ask = why.code == UNPROVEN and mailing_list.settings.sender_proof is SenderProof.ASK
    post = posts.add(tx, new, accepted_at=None)
    held.add(tx, post.id, why, traits, ask or why.code == PRIVATE, new.received_at)
    if ask:
        if ask_author(kit, tx, mailing_list, address, post.author_id, post.message.subject):
            held.author_asked(tx, post.author_id or NOBODY, new.received_at)
    elif why.code == UNPROVEN:
        tx.ring(jobs.tell_moderators())  # and nobody else: it may be forged
    else:
        let_know(kit, tx, mailing_list, post, why)


def hold_and_drop(  # the same as above
    kit: Kit,
    tx: Transaction,
    mailing_list: MailingList,
    new: NewPost,
    traits: Traits,
    address: str,
) -> None:
    """All the work of asking a member, and nothing is left of it."""
    ask = mailing_list.settings.sender_proof is SenderProof.ASK
    post = posts.add(tx, new, accepted_at=None)
    held.add(tx, post.id, reason(UNPROVEN), traits, ask, new.received_at)
    if ask:
        notice_id = ask_author(kit, tx, mailing_list, address, None, post.message.subject)
        if notice_id:
            held.author_asked(tx, NOBODY, new.received_at)
            notices.settle(tx, notice_id, wanted=False)
    held.drop(tx, new.list_id, post.id)


def let_know(kit: Kit, tx: Transaction, mailing_list: MailingList, post: Post, why: Reason) -> None:
    """Its author hears that it waits, and how to take it back; moderators that it is there.

    What waits for its author's second thought is nobody else's yet.
    """
    private = why.code == PRIVATE
    if not private:
        tx.ring(jobs.tell_moderators())
    author = subscriptions.get(tx, post.author_id) if post.author_id else None
    if author is None or held.count_of_author(tx, author.id) > MOST_TOLD:
        return
    reader = reader_of(kit, tx, mailing_list, author.member_id)
    if reader:
        token = issue_token(kit, tx, mailing_list, post.id, author.id, "withdraw")
        tell(
            kit,
            tx,
            "post_private" if private else "post_waits",
            reader,
            answers=mailing_list.sub_address("held", token),
            text=post.message.text,
            title=post.message.subject,
            why=words(why.code, reader.language, why.detail),
            days=mailing_list.settings.keep_held,
            held_page=f"{kit.base_url}/held/{token}",
        )
