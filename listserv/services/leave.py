"""Somebody leaves a list, and is told how to come back."""

from listserv.domain.life import Step, after
from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import Subscription
from listserv.services.kit import Kit
from listserv.services.question import Purpose, ask
from listserv.services.tell import reader_of, tell
from listserv.services.unsubscribe import unsubscribe
from listserv.store import members, subscriptions
from listserv.store.transaction import Transaction


def leave(kit: Kit, tx: Transaction, mailing_list: MailingList, subscription: Subscription) -> None:
    """Ends the subscription and says goodbye. A reply to that brings them back as they were.

    For as long as the reply is good, three days, the question keeps the sealed address.
    """
    member_id = subscription.member_id
    if member_id:
        members.lock(tx, member_id)
    # Of many who press the button at once, one gets here first.
    mine = subscriptions.lock(tx, subscription.id)
    if mine is None or after(mine.state, Step.LEAVE) is mine.state:
        return
    reader = reader_of(kit, tx, mailing_list, member_id)
    unsubscribe(kit, tx, mine)
    if reader:
        before = {
            "subscription": mine.id,
            "state": mine.state,
            "delivery": mine.delivery,
            "role": mine.role,
        }
        speaks = reader.language
        asked = ask(kit, tx, Purpose.UNDO, mailing_list.id, reader.address, speaks, before)
        tell(kit, tx, "goodbye", reader, asked.token, handle=mine.handle)
