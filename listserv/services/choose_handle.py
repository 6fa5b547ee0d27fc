"""Under which name a post shows: the usual handle, or one that is drawn for its thread."""

from listserv.domain.author import Author
from listserv.domain.envelope import Envelope
from listserv.domain.errors import Refused
from listserv.domain.handle import chosen, draw, skeleton
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import VISITOR
from listserv.domain.routing import Shown
from listserv.domain.sender import Sender
from listserv.domain.subscription import Subscription
from listserv.services.kit import Kit
from listserv.store import posts, subscriptions
from listserv.store.transaction import Transaction


def author_of(member: Subscription | None, envelope: Envelope, shown: Shown) -> Author:
    """What is known of the author. The handle is "" where one is drawn later.

    Under a one-time handle the usual one is a name like any other: it is taken out.
    """
    addresses = frozenset({envelope.mail_from} - {""})
    if member is None:
        return Author(VISITOR, addresses)
    if shown is Shown.ONE_TIME or member.one_time:
        return Author("", addresses, names=frozenset({member.handle}))
    return Author(member.handle, addresses)


def one_time_handle(
    kit: Kit, tx: Transaction, mailing_list: MailingList, sender: Sender, thread: str
) -> str:
    """The same for one author within a thread, and never used again by anybody.

    thread: the message_id that began it, "" for a new thread.
    """
    if thread and sender.member:
        known = posts.one_time_handle(tx, mailing_list.id, thread, sender.member.id)
        if known:
            return known
    handle = free_handle(kit, tx, mailing_list)
    subscriptions.retire(tx, mailing_list.id, skeleton(handle))
    return handle


def free_handle(kit: Kit, tx: Transaction, mailing_list: MailingList, wanted: str = "") -> str:
    """The wanted handle, else one that is drawn; nobody on the list ever had it.

    Raises Refused for a handle that is taken or unfit.
    """
    if not wanted:
        return draw(
            kit.randomness.choose,
            lambda plain: subscriptions.taken(tx, mailing_list.id, plain),
            mailing_list.settings.language,
        )
    handle = chosen(wanted)
    if subscriptions.taken(tx, mailing_list.id, skeleton(handle)):
        raise Refused("That name, or one that looks like it, is or was in use in this group.")
    return handle
